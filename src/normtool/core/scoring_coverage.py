"""Coverage: the share of a register's rows for which tests hold. Source: docs/method.md, Rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from normtool.core.assessment import STEPS, Because, Reason, RowResult, RowState, Share, Verdict, worst_of
from normtool.core.dates import Truth
from normtool.core.evidence import RegisterRow
from normtool.core.expected_rows import expected_rows, is_missing
from normtool.core.kinds import Coverage, Is, Step
from normtool.core.ledger import Ledger, key_names, place_in, text_in
from normtool.core.outcomes import Outcome, against, because, decided, not_applicable, partly, undecided
from normtool.core.registers import ColumnType, Register
from normtool.core.scoring_rows import Tested, filter_row, read_cell, test_row

OUTSIDE = -1
"""A row that is outside the filter; 0, 1 and 2 are not met, partly met and met."""

STATES = {0: RowState.NOT_MET, 1: RowState.PARTLY_MET, 2: RowState.MET, OUTSIDE: RowState.OUTSIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One row: all the states it can still have, the tests that were done, and whether it was filled in at all."""

    key: tuple[str, ...]
    options: frozenset[int]
    tested: tuple[Tested, ...]
    row: RegisterRow
    missing: bool


def score_coverage(ledger: Ledger, kind: Coverage, step: Step | None) -> Outcome:
    """Judge a coverage norm. `step` is None for norms that ask a number of rows instead of a share."""
    register = ledger.framework.declared(kind.register)
    readings = tuple(_read_row(ledger, register, row, kind) for row in expected_rows(ledger, register))
    outcome = _judge(ledger, kind, step, readings)
    results = tuple(row_result(reading) for reading in readings if reading.options != {OUTSIDE})
    steps = (*outcome.because, *_notes(ledger, kind, readings))
    places = tuple(reading.row.place for reading in readings if not reading.missing and max(reading.options) >= 0)
    return replace(outcome, rows=results, because=steps, places=places)


def _read_row(ledger: Ledger, register: Register, row: RegisterRow, kind: Coverage) -> Reading:
    tests = kind.tests
    inside = filter_row(ledger, register, row, kind.where)
    tested: tuple[Tested, ...] = ()
    options: set[int] = set()
    if inside is not Truth.NO:
        tested = tuple(test_row(ledger, register, row, test) for test in tests)
        certain = sum(item.outcome is Truth.YES for item in tested)
        possible = sum(item.outcome is not Truth.NO for item in tested)
        options = {_state(count, len(tests)) for count in range(certain, possible + 1)}
    if inside is not Truth.YES:
        options.add(OUTSIDE)
    key = tuple([text_in(row, column) for column in key_names(ledger, register)])
    if not any(key):
        key = tuple(text_in(row, column) for column in (register.expected_column,) if column)
    return Reading(key=key, options=frozenset(options), tested=tested, row=row, missing=is_missing(row))


def _state(holding: int, tests: int) -> int:
    if holding == tests:
        return 2
    return 1 if holding else 0


def fold_groups(ledger: Ledger, register: Register, readings: Iterable[Reading]) -> tuple[frozenset[int], ...]:
    """The options of each unit that counts: a row, or a tumour group whose sub-types have rows.

    A group is met when all its applicable sub-types are, partly met when some are, outside when none applies.
    """
    column = register.column_of_type(ColumnType.GROUP)
    keyed = column is not None and column.key
    units: dict[object, list[frozenset[int]]] = {}
    for number, reading in enumerate(readings):
        unit: object = number
        if keyed and any(reading.key):
            unit = tuple(ledger.groups.get(part, part) for part in reading.key)
        units.setdefault(unit, []).append(reading.options)
    return tuple(options[0] if len(options) == 1 else _fold(options) for options in units.values())


def _fold(parts: list[frozenset[int]]) -> frozenset[int]:
    reachable: set[frozenset[int]] = {frozenset()}
    for options in parts:
        reachable = {seen | ({state} - {OUTSIDE}) for seen in reachable for state in options}
    return frozenset(_group_state(seen) for seen in reachable)


def _group_state(states: frozenset[int]) -> int:
    if not states:
        return OUTSIDE
    return next(iter(states)) if len(states) == 1 else 1


def _judge(ledger: Ledger, kind: Coverage, step: Step | None, readings: tuple[Reading, ...]) -> Outcome:
    register = ledger.framework.declared(kind.register)
    units = [unit for unit in fold_groups(ledger, register, readings) if unit != {OUTSIDE}]
    complete = ledger.rows(register.id).is_complete
    answered = any(not reading.missing and reading.options != {OUTSIDE} for reading in readings)
    if kind.at_least_rows is not None:
        return _judge_rows(kind.at_least_rows, units, answered=answered, complete=complete)
    if step is None:
        return undecided(Reason.NO_NORM, because("no_step"))
    if not units:
        if complete and ledger.rows(register.id).rows:
            return not_applicable(Reason.NO_ROWS, because("no_rows"))
        return undecided(Reason.NO_ANSWER, because("no_answer_rows"))
    return _judge_share(step, units, answered=answered)


def _judge_share(step: Step, units: list[frozenset[int]], *, answered: bool) -> Outcome:
    worst, best = share_bounds(step, units)
    inside = [unit for unit in units if OUTSIDE not in unit]
    met = sum(unit == {2} for unit in inside)
    partly_met = sum(unit == {1} for unit in inside)
    open_units = sum(len(unit) > 1 for unit in units)
    known = any(len(unit) == 1 for unit in inside)
    value = Share(numerator=met, denominator=len(inside)) if known else None
    facts = because(
        "coverage",
        met=met,
        partly_met=partly_met,
        inside=len(inside),
        undecided=open_units,
        at_most=sum(max(unit) == 2 for unit in units),
        target=step.target,
    )
    if worst is best:
        return decided(worst, facts, value=value)
    if not answered:
        return undecided(Reason.NO_ANSWER, because("no_answer_rows"), worst=worst, best=best)
    return undecided(Reason.INCOMPLETE_ROWS, facts, worst=worst, best=best, value=value)


def share_bounds(step: Step, units: list[frozenset[int]]) -> tuple[Verdict, Verdict]:
    """The worst and the best verdict over every completion; the one with all rows outside is ignored."""
    return _extreme(step, units, lowest=True), _extreme(step, units, lowest=False)


def _extreme(step: Step, units: list[frozenset[int]], *, lowest: bool) -> Verdict:
    """Rows surely inside take their extreme state; rows that may be outside come in where that helps.

    Only rows in the middle state can help one comparison and harm the other, so every number of them is tried.
    """
    pick = min if lowest else max
    counts = {0: 0, 1: 0, 2: 0}
    limbo = {0: 0, 1: 0, 2: 0}
    for unit in units:
        state = pick(unit - {OUTSIDE})
        (limbo if OUTSIDE in unit else counts)[state] += 1
    helpful, harmful = (0, 2) if lowest else (2, 0)
    counts[helpful] += limbo[helpful]
    verdicts = [
        _share_verdict(step, {**counts, 1: counts[1] + taken})
        for taken in range(limbo[1] + 1)
        if sum(counts.values()) + taken > 0
    ]
    if not verdicts:
        verdicts = [_share_verdict(step, {**counts, harmful: 1})]
    return worst_of(tuple(verdicts)) if lowest else max(verdicts, key=STEPS.__getitem__)


def _share_verdict(step: Step, counts: dict[int, int]) -> Verdict:
    total = sum(counts.values())
    if against(Fraction(counts[2], total), step) is Verdict.MET:
        return Verdict.MET
    return partly(Fraction(counts[2] + counts[1], total), step)


def _judge_rows(wanted: int, units: list[frozenset[int]], *, answered: bool, complete: bool) -> Outcome:
    worst = _rows_verdict(wanted, [min(unit) for unit in units])
    best = _rows_verdict(wanted, [max(unit) for unit in units])
    met = sum(unit == {2} for unit in units)
    facts = because("rows", met=met, wanted=wanted, inside=len(units))
    if not units and not complete:
        return undecided(Reason.NO_ANSWER, because("no_answer_rows"))
    if worst is best:
        return decided(worst, facts, value=met)
    if not answered:
        return undecided(Reason.NO_ANSWER, because("no_answer_rows"), worst=worst, best=best)
    return undecided(Reason.INCOMPLETE_ROWS, facts, worst=worst, best=best, value=met)


def _rows_verdict(wanted: int, states: list[int]) -> Verdict:
    if sum(state == 2 for state in states) >= wanted:
        return Verdict.MET
    return Verdict.PARTLY_MET if any(state >= 1 for state in states) else Verdict.NOT_MET


def row_result(reading: Reading) -> RowResult:
    """What one row said, for documents and `explain`."""
    options = reading.options
    state = STATES[next(iter(options))] if len(options) == 1 else RowState.UNDECIDED
    reason = "missing" if reading.missing else next((item.reason for item in reading.tested if item.reason), "")
    if not reason and state is RowState.UNDECIDED:
        reason = "filter_undecided"
    places = tuple(dict.fromkeys(place for item in reading.tested for place in item.places))
    if reading.missing:
        places = ()
    return RowResult(
        key=reading.key or (reading.row.place.cell,),
        state=state,
        reason=reason if state is not RowState.MET else "",
        note=text_in(reading.row, "explanation"),
        places=places or (() if reading.missing else place_in(reading.row)),
    )


def _notes(ledger: Ledger, kind: Coverage, readings: tuple[Reading, ...]) -> list[Because]:
    """Groups that are not yet classified: an empty echelon was read as *not 2*."""
    tests = [test for test in kind.where if isinstance(test, Is) and test.no_without is not None]
    unclassified = {
        ledger.groups.get(text_in(reading.row, "group"), "")
        for reading in readings
        for test in tests
        if read_cell(ledger, reading.row, test)[1] == "not_classified"
    }
    return [because("not_classified", groups=len(unclassified))] if unclassified else []
