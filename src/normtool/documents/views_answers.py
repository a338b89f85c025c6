"""What was answered, what was asked, and why the verdict is what it is: one indicator in few words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from normtool.core.assessment import IndicatorResult, Reason, RowState, Share, Verdict
from normtool.core.evidence import Answer, DocumentReference, OwnApproach, Said
from normtool.core.kinds import Count, Coverage, DocumentAge, Maturity, Pooled, Step, VolumeKind, YesNo
from normtool.core.standards import Indicator
from normtool.documents.regional import is_derived, is_inherited
from normtool.documents.views_context import NONE, Context, document_words
from normtool.documents.views_origin import counted_words, given_answer, of_region, open_words
from normtool.telling.retelling import row_reason
from normtool.texts import NO_BREAK

NAMES_SHOWN = 3
DOCUMENTS_SHOWN = 2
LAST_NUMBER = re.compile(r" (\d{1,3})$")


AnswerWords = tuple[str, str, tuple[str, ...]]
"""An answer: the heart of it, the rest of the line, notes below."""


def answer_words(context: Context, indicator: Indicator, result: IndicatorResult) -> AnswerWords:
    """What was answered: the heart of it, the rest of the line, and the rows that are missing or say no."""
    kind = indicator.kind
    if result.is_masked:
        return context.words.say("verdicts.masked"), "", ()
    if is_derived(result):
        return counted_words(context, result) or NONE, "", ()
    if result.reason is Reason.NO_ANSWER:
        return _plain_answer(context, result), "", ()
    if isinstance(kind, Coverage) and kind.at_least_rows is not None and result.rows:
        return _enough_rows_answer(context, result)
    if isinstance(kind, Coverage | VolumeKind) and result.rows:
        return _rows_answer(context, result)
    notes = _pooled_notes(context, kind, result) if isinstance(kind, Pooled) else ()
    if isinstance(result.value, Share):
        return _share_answer(context, result, result.value, notes)
    if isinstance(kind, Maturity) and isinstance(result.value, int):
        return context.say("level", level=result.value), context.say(f"levels.l{result.value}"), ()
    return _value_answer(context, result), "", notes


def _value_answer(context: Context, result: IndicatorResult) -> str:
    match result.value:
        case bool() as said:
            return context.say("yes" if said else "no")
        case int() as number:
            return context.words.whole(number)
        case date() as day:
            return context.words.date(day)
        case _:
            return _plain_answer(context, result)


def _share_answer(context: Context, result: IndicatorResult, share: Share, notes: tuple[str, ...]) -> AnswerWords:
    counts = context.say(
        "k_of_n", part=context.words.whole(share.numerator), whole=context.words.whole(share.denominator)
    )
    if not share.denominator:
        return counts, "", notes
    return counts, context.words.share(share, *_marks(result)), notes


def _marks(result: IndicatorResult) -> list[Decimal]:
    return [mark for mark in (result.target, result.final_target, result.partly_from) if mark is not None]


def _plain_answer(context: Context, result: IndicatorResult) -> str:
    answer = given_answer(context, result)
    if answer is None or answer.answer is None:
        return NONE
    value = answer.answer.value
    if isinstance(value, Said):
        return context.words.say(f"because.said.{value.value}")
    if isinstance(value, bool):
        return context.say("yes" if value else "no")
    return context.words.whole(value)


def _pooled_notes(context: Context, kind: Pooled, result: IndicatorResult) -> tuple[str, ...]:
    """Per group: which group is lowest and decides; otherwise which rows are missing."""
    lowest = [context.row_name(row) for row in result.rows if row.share is not None and row.share == result.value]
    if kind.per_group and lowest:
        return (context.say("rows.lowest", name=lowest[0]),)
    missing = [context.row_name(row) for row in result.rows if row.state is RowState.UNDECIDED]
    return (context.say("rows.undecided", names=context.listed(missing, NAMES_SHOWN)),) if missing else ()


def _enough_rows_answer(context: Context, result: IndicatorResult) -> AnswerWords:
    """Where a few rows are enough: which ones do, else that none does."""
    met = [context.row_name(row) for row in result.rows if row.state is RowState.MET]
    if met:
        return context.listed(met, NAMES_SHOWN), "", ()
    return context.say("no_row"), "", _row_notes(context, result)


def _rows_answer(context: Context, result: IndicatorResult) -> AnswerWords:
    rows = [row for row in result.rows if row.state is not RowState.OUTSIDE]
    met = sum(row.state is RowState.MET for row in rows)
    undecided = any(row.state is RowState.UNDECIDED for row in rows)
    counts = context.say("k_of_n", part=met, whole=len(rows)) if rows else NONE
    share = Fraction(met, len(rows)) if rows else Fraction(0)
    rest = "" if undecided or not rows or result.target is None else context.words.share(share, *_marks(result))
    return counts, rest, _row_notes(context, result)


def _row_notes(context: Context, result: IndicatorResult) -> tuple[str, ...]:
    """Which rows say no, say it in part, or say nothing; by name."""
    notes = []
    for state in (RowState.NOT_MET, RowState.PARTLY_MET, RowState.UNDECIDED):
        rows = [row for row in result.rows if row.state is state]
        names = [context.row_name(row) for row in rows]
        if len(rows) == 1 and state is RowState.NOT_MET and rows[0].reason:
            names = [f"{names[0]} ({row_reason(rows[0], context.words)})"]
        if names:
            notes.append(
                context.say(
                    f"rows.{state.value}",
                    names=context.listed(names, NAMES_SHOWN if len(rows[0].key) < 2 else NAMES_SHOWN - 1),
                )
            )
    return tuple(notes)


# --- The target ---------------------------------------------------------------------------------------------


def current_step(context: Context, indicator: Indicator) -> Step | None:
    """The step of the path that counts now: the latest not after this cycle or year, else the first."""
    cycle = context.dossier.assessment.cycle
    year = context.dossier.evidence.network.assessment_year
    reached = [
        step
        for step in indicator.path
        if (step.cycle is not None and step.cycle <= cycle) or (step.year is not None and step.year <= year)
    ]
    return reached[-1] if reached else next(iter(indicator.path), None)


def target_words(context: Context, indicator: Indicator, step: Step | None) -> str:
    """The target of a step in few words, in the unit of the indicator's kind."""
    match indicator.kind:
        case YesNo():
            return context.say("target.yes")
        case DocumentAge(deadline=None, months=months):
            return context.say("target.months", months=months)
        case DocumentAge(deadline=date() as deadline):
            return context.say("target.deadline", date=context.words.date(deadline))
        case Coverage(at_least_rows=int() as rows):
            return context.say("target.at_least", number=rows)
        case VolumeKind():
            return context.say("target.volume")
        case _:
            return _path_target(context, indicator, step)


def _path_target(context: Context, indicator: Indicator, step: Step | None) -> str:
    if step is None:
        return context.say("target.none")
    if isinstance(indicator.kind, Maturity):
        return context.say("level", level=step.target)
    if isinstance(indicator.kind, Count):
        return context.say("target.at_least", number=context.words.decimal(step.target))
    return context.words.target_share(step.target)


def verdict_notes(
    context: Context, indicator: Indicator, result: IndicatorResult, answer: Answer | None
) -> tuple[str, ...]:
    """What stands below a verdict: reason, bounds, gap, documents."""
    notes = [reason_words(context, result)]
    if result.verdict is Verdict.UNKNOWN and result.reason is not Reason.NO_NORM:
        notes.append(bounds_words(context, result))
    if result.verdict is Verdict.OWN_APPROACH and result.computed is not None:
        notes.append(context.say("without_own_approach", verdict=context.verdict_word(result.computed)))
    notes.append(gap_words(context, indicator, result))
    notes.append(documents_named(context, result, answer))
    return tuple(note for note in notes if note)


def reason_words(context: Context, result: IndicatorResult) -> str:
    """Why there is no plain verdict; empty when the word says it already."""
    if result.reason is None:
        return ""
    if result.reason is Reason.NO_NORM:
        return context.say("not_counted")
    reason = context.words.say(f"verdicts.reason.{result.reason.value}")
    if result.reason is Reason.DUE and result.due is not None:
        return f"{reason} ({context.words.date(result.due)})"
    rows = [row for row in result.rows if row.state is not RowState.OUTSIDE]
    open_rows = sum(row.state is RowState.UNDECIDED for row in rows)
    if result.reason is Reason.INCOMPLETE_ROWS and rows:
        return context.say("reason_rows", reason=reason, open=open_rows, rows=len(rows))
    return reason


def bounds_words(context: Context, result: IndicatorResult) -> str:
    """What an undecided verdict can still become."""
    if result.worst is None or result.best is None:
        return ""
    worst, best = context.verdict_word(result.worst), context.verdict_word(result.best)
    if worst == best:
        return ""
    return context.say("can_be", worst=worst, best=best)


def gap_words(context: Context, indicator: Indicator, result: IndicatorResult) -> str:
    """How many rows or units are short of the target, where that can be counted."""
    if result.verdict not in {Verdict.NOT_MET, Verdict.PARTLY_MET} or result.target is None:
        return ""
    if isinstance(indicator.kind, Pooled) and indicator.kind.per_group:
        return ""
    match result.value:
        case Share(numerator=part, denominator=whole) if whole and not isinstance(indicator.kind, VolumeKind):
            short = ceil(Fraction(result.target) * whole) - part
            return context.say("gap", number=short) if short > 0 else ""
        case _:
            return ""


def documents_named(context: Context, result: IndicatorResult, answer: Answer | None) -> str:
    """The titles of the documents that a result rests on, with their pages; the first few, the rest counted."""
    named = [item.value for item in answer.documents] if answer is not None else []
    seen = {item.document for item in named}
    named += [DocumentReference(document=item) for item in used_documents(context, result) if item not in seen]
    evidence = context.dossier.evidence_of(result)
    texts = [_tied(document_words(context, item, evidence)) for item in named]
    listed = context.listed(tuple(dict.fromkeys(texts)), DOCUMENTS_SHOWN)
    return of_region(context, listed) if listed and is_inherited(result) else listed


def _tied(text: str) -> str:
    """A text whose last number stays with the word before it: *tranche 1*, *blz. 12*."""
    return LAST_NUMBER.sub(rf"{NO_BREAK}\1", text)


def used_documents(context: Context, result: IndicatorResult) -> tuple[str, ...]:
    """The ids of the documents a result rests on: those of its answer, and those of the register rows it read."""
    answer = given_answer(context, result)
    found = [item.value.document for item in answer.documents] if answer is not None else []
    read = [row for row in result.rows if row.state not in {RowState.UNDECIDED, RowState.OUTSIDE}]
    for row in read:
        for place in row.places:
            found += context.row_documents.get((place.file, place.sheet, place.row), ())
    return tuple(dict.fromkeys(found))


def missing_words(context: Context, indicator: Indicator, result: IndicatorResult) -> str:
    """What is still to be brought: rows by name, else a document, figures or a count."""
    if is_derived(result):
        return open_words(context, result)
    if result.verdict is Verdict.OWN_APPROACH:
        return context.say("ask.own_approach")
    undecided = [context.row_name(row) for row in result.rows if row.state is RowState.UNDECIDED]
    if result.reason is Reason.NO_ANSWER:
        undecided = []
    return context.listed(undecided, 3) or context.say(f"ask.{indicator.source.value}")


def own_approach_words(context: Context, own: OwnApproach) -> str:
    """The four questions of an own approach as one paragraph; only what was answered."""
    parts = []
    for key, cell in (("aim", own.aim), ("what", own.what), ("proof", own.proof)):
        if cell is not None:
            parts.append(context.say(f"own.{key}", text=cell.value.strip().rstrip(".")))
    if own.until is not None:
        parts.append(context.say("own.until", date=context.words.span(own.until.value)))
    return " ".join(parts)
