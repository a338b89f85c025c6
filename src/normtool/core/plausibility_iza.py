"""Questions about concentration and spreading: a plan not for all groups, another order, two stories of one group.

Source: docs/method.md, Concentration and spreading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normtool.core.asking import Asked, explanation_in, explanation_of, form_language
from normtool.core.assessment import IzaResult, IzaStepDate, StepState
from normtool.core.diagnostics import Related
from normtool.core.evidence import Answer, DateSpan, DocumentEntry, RegisterRow, Unreadable
from normtool.core.framework_names import group_names
from normtool.core.iza import STATED_STEP, SaidOfSteps, groups_asked, iza_results, row_for
from normtool.core.kinds import DocumentAge
from normtool.core.ledger import Ledger, text_in
from normtool.core.places import Located
from normtool.core.plausibility_dates import as_fact
from normtool.core.rules_iza import (
    STATED_STEP_DISAGREES,
    STEP_AFTER_DOCUMENT,
    STEP_NOT_FOR_ALL,
    STEPS_OUT_OF_ORDER,
)
from normtool.core.standards import Indicator, Iza


def ask_about_iza(ledger: Ledger) -> Iterator[Asked]:
    """The questions about steps; none when the framework has none."""
    iza = ledger.framework.iza
    if iza is None:
        return
    said = SaidOfSteps.of(ledger)
    for indicator in ledger.framework.indicators:
        if isinstance(indicator.kind, DocumentAge):
            yield from _about_document(ledger, said, indicator, indicator.kind)
    for row in said.dated.values():
        yield from _out_of_order(ledger, iza, row)
    yield from _disagreeing(ledger, iza, said)


# --- the document that a step is proved by --------------------------------------------------------------------------


def _about_document(ledger: Ledger, said: SaidOfSteps, indicator: Indicator, kind: DocumentAge) -> Iterator[Asked]:
    """*Yes* to an indicator about a step, while groups have not taken it, or took it after the document was dated.

    As long as nothing is filled in of any group there is nothing to lay beside the answer: the steps are not asked.
    """
    answer, groups = ledger.answers.get(indicator.id), groups_asked(ledger, kind)
    if answer is None or answer.answer is None or answer.answer.value is not True:
        return
    if not any(item.steps for item in groups):
        return
    still = [item.group for item in groups if _is_open(ledger, said, item, kind.iza_step)]
    if still:
        rows = (row_for(ledger, said.dated, group) for group in still)
        explained = [explanation_in(row) if row is not None else None for row in rows]
        yield Asked(
            rule=STEP_NOT_FOR_ALL,
            place=answer.answer.place,
            facts={
                "indicator": indicator.id,
                "step": step_name(ledger, kind.iza_step),
                "names": "; ".join(group_name(ledger, group) for group in still),
            },
            explanation=explanation_of(answer.explanation) or (explained[0] if all(explained) else None),
        )
    yield from _after_document(ledger, said, answer, {item.group: item.step(kind.iza_step) for item in groups})


def _is_open(ledger: Ledger, said: SaidOfSteps, result: IzaResult, step_id: str) -> bool:
    """Whether a group has not taken a step: not when a later one is done, nor while its cell must be corrected."""
    step = result.step(step_id)
    if step is not None:
        return step.state is StepState.PLANNED
    iza, row = ledger.framework.iza, row_for(ledger, said.dated, result.group)
    order = [item.id for item in iza.steps] if iza is not None else []
    is_past = result.last_taken != "" and order.index(result.last_taken) > order.index(step_id)
    return not is_past and not (row is not None and isinstance(row.contents.get(step_id), Unreadable))


def _after_document(
    ledger: Ledger, said: SaidOfSteps, answer: Answer, steps: Mapping[str, IzaStepDate | None]
) -> Iterator[Asked]:
    """Groups whose step was surely taken after the last of the documents that prove it."""
    newest = _newest(ledger, answer)
    if newest is None or newest.date is None:
        return
    for group, step in steps.items():
        later = step is not None and step.day is not None and step.day.first > newest.date.value.last
        if step is None or step.day is None or not later or step.state is StepState.PLANNED:
            continue
        row = row_for(ledger, said.dated, group)
        yield Asked(
            rule=STEP_AFTER_DOCUMENT,
            place=step.places[0],
            facts={
                "group": group_name(ledger, group),
                "first": as_fact(step.day),
                "indicator": answer.indicator,
                "second": as_fact(newest.date.value),
            },
            related=(Related(place=newest.date.place, role="document_date"),),
            explanation=explanation_of(answer.explanation) or (explanation_in(row) if row is not None else None),
        )


def _newest(ledger: Ledger, answer: Answer) -> DocumentEntry | None:
    """The document with the latest date among those named; None when one of them has no date and may be later."""
    entries = [ledger.documents.get(reference.value.document) for reference in answer.documents]
    known = [entry for entry in entries if entry is not None]
    dated = [(entry.date.value.last, entry) for entry in known if entry.date is not None]
    return max(dated, key=lambda item: item[0])[1] if dated and len(dated) == len(known) else None


# --- steps beside each other ----------------------------------------------------------------------------------------


def _out_of_order(ledger: Ledger, iza: Iza, row: RegisterRow) -> Iterator[Asked]:
    """Steps that were surely dated before a step that comes before them."""
    latest: tuple[str, Located[DateSpan]] | None = None
    for step in iza.steps:
        cell = row.get(step.id)
        if cell is None or not isinstance(cell.value, DateSpan):
            continue
        day = Located(value=cell.value, place=cell.place)
        if latest is not None and day.value.last < latest[1].value.first:
            yield Asked(
                rule=STEPS_OUT_OF_ORDER,
                place=day.place,
                facts={
                    "step": step_name(ledger, step.id),
                    "second": as_fact(day.value),
                    "before": step_name(ledger, latest[0]),
                    "first": as_fact(latest[1].value),
                },
                related=(Related(place=latest[1].place, role="earlier_step"),),
                explanation=explanation_in(row),
            )
        elif latest is None or day.value.first > latest[1].value.first:
            latest = (step.id, day)


def _disagreeing(ledger: Ledger, iza: Iza, said: SaidOfSteps) -> Iterator[Asked]:
    """The last step that a group states against the last one that has a date: both cannot be the last."""
    order = [step.id for step in iza.steps]
    results = {item.group: item for item in iza_results(ledger)}
    for group, row in said.stated.items():
        name = text_in(row, STATED_STEP)
        near = [item for item in results.values() if row_for(ledger, said.stated, item.group) is row]
        dated = [(order.index(step.step), step) for item in near if (step := _last_dated(item)) is not None]
        unsure = any((step := item.step(name)) is not None and step.state is StepState.UNDECIDED for item in near)
        if not dated or unsure or name not in order:
            continue
        first, last = min(dated, key=lambda item: item[0]), max(dated, key=lambda item: item[0])
        if first[0] <= order.index(name) <= last[0]:
            continue
        other = last if order.index(name) > last[0] else first
        yield Asked(
            rule=STATED_STEP_DISAGREES,
            place=row.place_of(STATED_STEP),
            facts={
                "group": group_name(ledger, group),
                "step": step_name(ledger, name),
                "dated": step_name(ledger, order[other[0]]),
                "sheet": other[1].places[0].sheet,
            },
            related=(Related(place=other[1].places[0], role="dated_step"),),
            explanation=explanation_in(row),
        )


def _last_dated(result: IzaResult) -> IzaStepDate | None:
    """The last step that was taken on a known day or in a known year."""
    taken = [step for step in result.steps if step.day is not None and step.state is StepState.TAKEN]
    return taken[-1] if taken else None


# --- names ----------------------------------------------------------------------------------------------------------


def step_name(ledger: Ledger, step_id: str) -> str:
    """The name of a step, in the language of the form."""
    steps = ledger.framework.iza.steps if ledger.framework.iza is not None else ()
    return next(step.name.in_language(form_language(ledger)) for step in steps if step.id == step_id)


def group_name(ledger: Ledger, group_id: str) -> str:
    """The name of a tumour group or sub-type, in the language of the form."""
    return group_names(ledger.framework)[group_id].in_language(form_language(ledger))
