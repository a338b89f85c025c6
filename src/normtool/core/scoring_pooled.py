"""Pooled: a share summed over the rows of a register, as a whole or per tumour group.

Source: docs/method.md, Kinds and Small numbers. A share reaches a target t when sum(numerator - t x denominator)
is not negative, so rows that may be outside the filter can be weighed one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from normtool.core.assessment import STEPS, Because, Reason, RowResult, RowState, Share, Verdict, worst_of
from normtool.core.dates import Truth
from normtool.core.evidence import RegisterRow
from normtool.core.expected_rows import expected_rows, is_missing
from normtool.core.kinds import Pooled, Step
from normtool.core.ledger import Ledger, number_in, place_in, text_in
from normtool.core.outcomes import Outcome, because, decided, not_applicable, undecided, wilson
from normtool.core.registers import ColumnType, Register
from normtool.core.scoring_rows import filter_row

OTHER = "other-pooled"
"""The key of the groups under the small-number limit, taken together (*overig*)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledRow:
    """One row that is, or may be, in the pool; `share` is None while a number is missing."""

    row: RegisterRow
    key: tuple[str, ...]
    group: str
    share: Share | None
    certain: bool


def score_pooled(ledger: Ledger, kind: Pooled, step: Step, *, patients: bool) -> Outcome:
    """Judge a pooled share; per group, the worst group decides."""
    register = ledger.framework.declared(kind.register)
    rows = _rows(ledger, register, kind)
    if not rows:
        known = ledger.rows(register.id)
        if known.is_complete and known.rows:
            return not_applicable(Reason.NO_ROWS, because("no_rows"))
        return undecided(Reason.NO_ANSWER, because("no_answer_rows"))
    small_below = ledger.framework.settings.small_below if patients else 0
    outcome = _per_group(rows, step, small_below) if kind.per_group else judge_pool(rows, step, small_below)
    if outcome.reason is Reason.INCOMPLETE_ROWS and all(is_missing(row.row) for row in rows):
        outcome = undecided(Reason.NO_ANSWER, because("no_answer_rows"))
    places = tuple(
        place
        for row in rows
        if not is_missing(row.row)
        for place in place_in(row.row, kind.numerator, kind.denominator)
    )
    results = outcome.rows if kind.per_group else tuple(_row_result(row, kind) for row in rows)
    return replace(outcome, rows=results, places=places)


def _rows(ledger: Ledger, register: Register, kind: Pooled) -> list[PooledRow]:
    rows: list[PooledRow] = []
    group_column = register.column_of_type(ColumnType.GROUP)
    for row in expected_rows(ledger, register):
        inside = filter_row(ledger, register, row, kind.where)
        if inside is Truth.NO:
            continue
        numerator, denominator = number_in(row, kind.numerator), number_in(row, kind.denominator)
        share = None
        if numerator is not None and denominator is not None:
            share = Share(numerator=numerator, denominator=denominator)
        group = text_in(row, group_column.id) if group_column else ""
        key = tuple(text_in(row, column.id) for column in register.key_columns)
        group = ledger.groups.get(group, group)
        rows.append(PooledRow(row=row, key=key, group=group, share=share, certain=inside is Truth.YES))
    return rows


def judge_pool(rows: list[PooledRow], step: Step, small_below: int) -> Outcome:
    """Judge the sum of rows; one row without numbers leaves it undecided."""
    shares = [row.share for row in rows if row.share is not None]
    total = _sum(shares)
    value = total if total.denominator else None
    if len(shares) < len(rows):
        facts = because("pooled_incomplete", answered=len(shares), rows=len(rows), share=value, target=step.target)
        return undecided(Reason.INCOMPLETE_ROWS, facts, value=value)
    if total.denominator == 0:
        return not_applicable(Reason.ZERO_DENOMINATOR, because("zero_denominator"))
    interval = wilson(total) if small_below else None
    least = _least_total(rows)
    if total.denominator < small_below:
        small = because("small_numbers", denominator=total.denominator, small_below=small_below)
        return replace(undecided(Reason.SMALL_NUMBERS, small, value=value), interval=interval)
    if least < small_below:
        facts = because("pooled_limbo", share=total, rows=_in_limbo(rows), target=step.target)
        return replace(undecided(Reason.INCOMPLETE_ROWS, facts, value=value), interval=interval)
    worst, best = _bounds(rows, step)
    facts = because("pooled", share=total, rows=len(rows), target=step.target)
    if worst is best:
        return replace(decided(worst, facts, value=value), interval=interval)
    facts = because("pooled_limbo", share=total, rows=_in_limbo(rows), target=step.target)
    outcome = undecided(Reason.INCOMPLETE_ROWS, facts, worst=worst, best=best, value=value)
    return replace(outcome, interval=interval)


def _in_limbo(rows: list[PooledRow]) -> int:
    return sum(not row.certain for row in rows)


def _least_total(rows: list[PooledRow]) -> int:
    """The smallest number of patients that any completion counts; the one with all rows outside is ignored."""
    counted = [row.share.denominator for row in rows if row.share is not None and row.certain]
    limbo = [row.share.denominator for row in rows if row.share is not None and not row.certain]
    return sum(counted) or min((number for number in limbo if number), default=0)


def _bounds(rows: list[PooledRow], step: Step) -> tuple[Verdict, Verdict]:
    """The verdict when rows that may be outside are in or out, whichever is worst and whichever is best."""
    lines = [(Fraction(step.target), Verdict.MET)]
    if step.partly_from is not None:
        lines.append((Fraction(step.partly_from), Verdict.PARTLY_MET))
    worst = next((verdict for line, verdict in lines if _reaches(rows, line, lowest=True)), Verdict.NOT_MET)
    best = next((verdict for line, verdict in lines if _reaches(rows, line, lowest=False)), Verdict.NOT_MET)
    return worst, best


def _reaches(rows: list[PooledRow], line: Fraction, *, lowest: bool) -> bool:
    """Whether the share reaches a line in its lowest (or highest) completion that has any patient in it."""
    surplus = Fraction(0)
    options: list[Fraction] = []
    counted = False
    for row in rows:
        if row.share is None or row.share.denominator == 0:
            continue
        gain = row.share.numerator - line * row.share.denominator
        if row.certain:
            surplus += gain
            counted = True
        else:
            options.append(gain)
    wanted = [gain for gain in options if (gain < 0) is lowest]
    if not counted and not wanted:
        wanted = [min(options) if lowest else max(options)] if options else []
    return surplus + sum(wanted, Fraction(0)) >= 0


def _per_group(rows: list[PooledRow], step: Step, small_below: int) -> Outcome:
    groups: dict[str, list[PooledRow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    small = [name for name, members in groups.items() if _is_small(members, small_below)]
    other = [row for name in small for row in groups.pop(name)]
    if other:
        groups[OTHER] = other
    outcomes = {name: judge_pool(members, step, small_below) for name, members in groups.items()}
    applicable = {name: item for name, item in outcomes.items() if item.verdict is not Verdict.NOT_APPLICABLE}
    results = tuple(_group_result(name, groups[name], outcome) for name, outcome in applicable.items())
    if not applicable:
        return not_applicable(Reason.ZERO_DENOMINATOR, because("zero_denominator"))
    certain = {name for name, members in groups.items() if any(row.certain for row in members)}
    worst, best = _worst_group(applicable, certain)
    lowest = min(applicable, key=lambda name: (STEPS[applicable[name].worst], _fraction(applicable[name])))
    value = applicable[lowest].value
    facts = _group_facts(applicable, lowest, len(small), step)
    if worst is best:
        return replace(decided(worst, facts, value=value), rows=results, interval=applicable[lowest].interval)
    reasons = {item.reason for item in applicable.values() if item.verdict is Verdict.UNKNOWN}
    only_small = reasons == {Reason.SMALL_NUMBERS} and not _in_limbo(rows)
    reason = Reason.SMALL_NUMBERS if only_small else Reason.INCOMPLETE_ROWS
    return replace(undecided(reason, facts, worst=worst, best=best, value=value), rows=results)


def _worst_group(outcomes: dict[str, Outcome], certain: set[str]) -> tuple[Verdict, Verdict]:
    """The bounds of the worst group; a group whose rows may all be outside can drop out, if another is left."""
    worst = worst_of(tuple(item.worst for item in outcomes.values()))
    sure = tuple(item.best for name, item in outcomes.items() if name in certain)
    if sure:
        return worst, worst_of(sure)
    return worst, max((item.best for item in outcomes.values()), key=STEPS.__getitem__)


def _group_facts(outcomes: dict[str, Outcome], lowest: str, small: int, step: Step) -> Because:
    share = outcomes[lowest].value
    return because(
        "pooled_groups",
        group=lowest,
        share=share if isinstance(share, Share) else None,
        groups=len(outcomes),
        met=sum(item.verdict is Verdict.MET for item in outcomes.values()),
        small=small,
        target=step.target,
    )


def _is_small(rows: list[PooledRow], small_below: int) -> bool:
    """Whether a group is decided to have fewer patients than the limit, and at least one."""
    if any(row.share is None for row in rows):
        return False
    return 0 < _sum([row.share for row in rows if row.share is not None]).denominator < small_below


def _sum(shares: list[Share]) -> Share:
    numerator = sum(share.numerator for share in shares)
    return Share(numerator=numerator, denominator=sum(share.denominator for share in shares))


def _fraction(outcome: Outcome) -> Fraction:
    return outcome.value.fraction if isinstance(outcome.value, Share) else Fraction(2)


def _group_result(name: str, rows: list[PooledRow], outcome: Outcome) -> RowResult:
    states = {
        Verdict.MET: RowState.MET,
        Verdict.PARTLY_MET: RowState.PARTLY_MET,
        Verdict.NOT_MET: RowState.NOT_MET,
    }
    return RowResult(
        key=(name,),
        state=states.get(outcome.verdict, RowState.UNDECIDED),
        reason=outcome.reason.value if outcome.reason else "",
        share=outcome.value if isinstance(outcome.value, Share) else None,
        number=len(rows),
        interval=outcome.interval,
        places=tuple(row.row.place for row in rows if not is_missing(row.row)),
    )


def _row_result(row: PooledRow, kind: Pooled) -> RowResult:
    missing = is_missing(row.row)
    return RowResult(
        key=row.key,
        state=RowState.UNDECIDED if row.share is None else RowState.COUNTED,
        reason="missing" if missing else "empty" if row.share is None else "",
        share=row.share,
        places=() if missing else place_in(row.row, kind.numerator, kind.denominator),
    )
