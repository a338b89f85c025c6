"""Concentration and spreading under the IZA: how far each tumour group is, by what a network and its region state.

Source: docs/method.md, Concentration and spreading. Nothing here decides a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from normtool.core.assessment import Because, IzaResult, IzaStepDate, ResultOrigin, StepState
from normtool.core.dates import Truth, on_or_before
from normtool.core.evidence import RegisterRow
from normtool.core.expected_rows import filled_rows
from normtool.core.kinds import DocumentAge
from normtool.core.ledger import Ledger, once, span_in, text_in
from normtool.core.outcomes import because
from normtool.core.standards import Framework, Iza

IZA_STEPS = "iza_steps"
"""The register with a date for each step of a tumour group."""
TUMOUR_TYPES, STATED_STEP = "tumour_types", "iza_step"
"""The register and the column in which a network states the last step that is done, without its date."""
GROUP = "group"

STATES = {Truth.YES: StepState.TAKEN, Truth.NO: StepState.PLANNED, Truth.UNDECIDED: StepState.UNDECIDED}

Rows = Mapping[str, RegisterRow]


def asks_steps(framework: Framework) -> bool:
    """Whether a network can say how far its groups are: there are steps, and a register with dates or with a step."""
    types = framework.register(TUMOUR_TYPES)
    stated = types is not None and types.column(STATED_STEP) is not None
    return framework.iza is not None and (stated or framework.register(IZA_STEPS) is not None)


# --- results --------------------------------------------------------------------------------------------------------


def iza_results(ledger: Ledger, region: Ledger | None = None) -> tuple[IzaResult, ...]:
    """The groups of the tranches, and every other group with a known step; with a region, its dates where none stand.

    None at all when the framework has no tranches, or has no place to say how far a group is.
    """
    iza = ledger.framework.iza
    if iza is None or not asks_steps(ledger.framework):
        return ()
    own = once(ledger, "iza", lambda: tuple(_results(ledger, iza)))
    return own if region is None else merged_iza(iza, own, iza_results(region))


def _results(ledger: Ledger, iza: Iza) -> Iterator[IzaResult]:
    said = SaidOfSteps.of(ledger)
    tranches = {group: tranche.id for tranche in iza.tranches for group in tranche.groups}
    for group, tranche in tranches.items():
        yield IzaResult(group=group, tranche=tranche, steps=said.steps(ledger, iza, group))
    for group in said.others(ledger, tranches):
        steps = said.steps(ledger, iza, group)
        if steps:
            yield IzaResult(group=group, tranche="", steps=steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfSteps:
    """The rows that speak of steps, by the group they name: those with dates, and those with only the last step."""

    dated: Rows
    stated: Rows

    @classmethod
    def of(cls, ledger: Ledger) -> SaidOfSteps:
        """What the evidence says, of rows whose group can be read; of two rows of one group, an error, the last."""
        register = ledger.framework.register(IZA_STEPS)
        dated = filled_rows(ledger, register) if register is not None else ()
        stated = [row for row in ledger.rows(TUMOUR_TYPES).rows if text_in(row, STATED_STEP)]
        return cls(dated=_by_group(dated), stated=_by_group(stated))

    def others(self, ledger: Ledger, tranches: Iterable[str]) -> tuple[str, ...]:
        """The groups outside the tranches; not those of which a row only speaks for a sub-type in one."""
        known, found = set(tranches), dict[str, None]()
        for rows in (self.dated, self.stated):
            speaking = {ledger.groups.get(group, group) for group in known if group not in rows}
            found |= dict.fromkeys(group for group in rows if group not in known | speaking)
        return tuple(found)

    def steps(self, ledger: Ledger, iza: Iza, group: str) -> tuple[IzaStepDate, ...]:
        """The known steps of a group, in order: with a date, or only stated as the last one that is done."""
        dated, stated = (row_for(ledger, rows, group) for rows in (self.dated, self.stated))
        found: dict[str, IzaStepDate] = {}
        if stated is not None:
            name = text_in(stated, STATED_STEP)
            found[name] = IzaStepDate(step=name, places=(stated.place_of(STATED_STEP),))
        if dated is not None:
            found |= {item.step: item for item in _dated_steps(ledger, iza, dated)}
        return tuple(found[step.id] for step in iza.steps if step.id in found)


def _by_group(rows: Iterable[RegisterRow]) -> Rows:
    return {group: row for row in rows if (group := text_in(row, GROUP))}


def row_for(ledger: Ledger, rows: Rows, group: str) -> RegisterRow | None:
    """The row of a group or sub-type; a sub-type without one is spoken for by the row of its group."""
    return rows.get(group) or rows.get(ledger.groups.get(group, ""))


def _dated_steps(ledger: Ledger, iza: Iza, row: RegisterRow) -> Iterator[IzaStepDate]:
    for step in iza.steps:
        day = span_in(row, step.id)
        if day is not None:
            state = STATES[on_or_before(day, ledger.reference_date)]
            yield IzaStepDate(step=step.id, day=day, state=state, places=(row.place_of(step.id),))


# --- a region above -------------------------------------------------------------------------------------------------


def merged_iza(iza: Iza, own: Iterable[IzaResult], region: Iterable[IzaResult]) -> tuple[IzaResult, ...]:
    """A sub-network's steps and those of its region: per group and step its own date, else the region's.

    A step that the sub-network only states, without a date, gives way to the region's word on that step.
    """
    above = {item.group: item for item in region}
    found = [_merged(iza, item, above.pop(item.group, None)) for item in own]
    alone = [_merged(iza, replace(item, steps=()), item) for item in above.values()]
    return (*found, *alone)


def _merged(iza: Iza, own: IzaResult, region: IzaResult | None) -> IzaResult:
    if region is None:
        return own
    steps = {item.step: replace(item, origin=ResultOrigin.INHERITED) for item in region.steps}
    steps |= {item.step: item for item in own.steps if item.day is not None or item.step not in steps}
    return replace(own, steps=tuple(steps[step.id] for step in iza.steps if step.id in steps))


# --- beside a verdict -----------------------------------------------------------------------------------------------


def groups_asked(ledger: Ledger, kind: DocumentAge) -> tuple[IzaResult, ...]:
    """The groups whose step a document is about; none for a document that is about something else."""
    return tuple(item for item in iza_results(ledger) if kind.iza_step and item.tranche == kind.iza_tranche)


def told_of_steps(ledger: Ledger, kind: DocumentAge) -> tuple[Because, ...]:
    """What is known of the step that a document is about, for the account of its verdict; it never decides."""
    groups = groups_asked(ledger, kind)
    if not groups:
        return ()
    steps = [(item.group, step) for item in groups if (step := item.step(kind.iza_step)) is not None]
    taken = [(group, step) for group, step in steps if step.state is StepState.TAKEN]
    return (
        because(
            "iza_steps",
            tuple(dict.fromkeys(place for _, step in taken for place in step.places)),
            step=kind.iza_step,
            tranche=kind.iza_tranche,
            met=len(taken),
            of=len(groups),
            known=sum(bool(item.steps) for item in groups),
            names=", ".join(group for group, _ in taken),
        ),
    )
