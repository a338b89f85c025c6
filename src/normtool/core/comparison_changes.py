"""What changed between two years of one network that stand side by side; only what was asked in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from normtool.core.assessment import STEPS, Verdict
from normtool.core.comparison import Cell, Comparison, Row


class Change(Enum):
    """What became of an indicator from one year to the next."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    NEWLY_KNOWN = "newly_known"
    NO_LONGER_KNOWN = "no_longer_known"
    NEWLY_ASKED = "newly_asked"
    NEW_TARGET = "new_target"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorChange:
    """One indicator that changed. `has_new_target`: the target is another one than the year before."""

    row: Row
    before: Cell
    after: Cell
    change: Change
    has_new_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChange:
    """Two years of one network that follow each other, by the places of their columns.

    `changes` stand in the order of the norms; `same` is how many indicators were judged in both years and did not
    change.
    """

    before: int
    after: int
    changes: tuple[IndicatorChange, ...]
    same: int

    def of_kind(self, change: Change) -> tuple[IndicatorChange, ...]:
        """The indicators that changed in this way."""
        return tuple(item for item in self.changes if item.change is change)


def changes_of(comparison: Comparison) -> tuple[YearChange, ...]:
    """What changed, per network and pair of years that follow each other; nothing where each has one year."""
    columns = tuple(enumerate(comparison.columns))
    return tuple(
        _year_change(comparison, before, after)
        for (before, one), (after, other) in pairwise(columns)
        if one.network == other.network
    )


def _year_change(comparison: Comparison, before: int, after: int) -> YearChange:
    changes = tuple(_changes(comparison, before, after))
    both = sum(_is_judged(row.cells[before]) and _is_judged(row.cells[after]) for row in comparison.rows)
    changed = sum(_is_judged(item.before) for item in changes)
    return YearChange(before=before, after=after, changes=changes, same=both - changed)


def _changes(comparison: Comparison, before: int, after: int) -> Iterator[IndicatorChange]:
    for row in comparison.rows:
        then, now = row.cells[before], row.cells[after]
        change = _change(then, now)
        if change is not None:
            has_new_target = _is_judged(then) and then.target != now.target
            yield IndicatorChange(row=row, before=then, after=now, change=change, has_new_target=has_new_target)


def _change(then: Cell, now: Cell) -> Change | None:
    """What changed; None for what stayed the same, or is only shown."""
    if not _is_judged(now):
        return None
    if not _is_judged(then):
        return Change.NEWLY_ASKED
    if then.shown is now.shown:
        return Change.NEW_TARGET if then.target != now.target else None
    if then.shown in STEPS and now.shown in STEPS:
        return Change.IMPROVED if STEPS[now.shown] > STEPS[then.shown] else Change.WORSENED
    if Verdict.UNKNOWN in (then.shown, now.shown):
        return Change.NEWLY_KNOWN if then.shown is Verdict.UNKNOWN else Change.NO_LONGER_KNOWN
    return Change.OTHERWISE


def _is_judged(cell: Cell) -> bool:
    """Whether it is asked, and more than shown; one that is not due yet is only shown."""
    return cell.is_open and cell.shown is not Verdict.INFORMATIVE
