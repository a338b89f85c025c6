"""Dates as the method uses them, and truths that may be open."""

from __future__ import annotations

from datetime import date

import pytest

from normtool.core.dates import Truth, add_months, all_of, any_of, is_recent, on_or_after, on_or_before, truth
from normtool.core.evidence import DateSpan

YES, NO, OPEN = Truth.YES, Truth.NO, Truth.UNDECIDED


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 12, 31), 0, date(2025, 12, 31)),
        (date(2025, 3, 15), 36, date(2028, 3, 15)),
        (date(9999, 12, 1), 0, date(9999, 12, 1)),
        (date(9999, 12, 1), 1, date.max),
        (date(2025, 12, 1), 120_000, date.max),
    ],
)
def test_so_many_months_later(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_exactly_so_many_months_ago_is_still_recent() -> None:
    assert is_recent(date(2024, 12, 31), 12, date(2025, 12, 31))
    assert not is_recent(date(2024, 12, 30), 12, date(2025, 12, 31))
    assert is_recent(date(2026, 1, 1), 12, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("span", "before", "after"),
    [
        (DateSpan.of_day(date(2025, 6, 30)), YES, YES),
        (DateSpan.of_day(date(2025, 6, 29)), YES, NO),
        (DateSpan.of_day(date(2025, 7, 1)), NO, YES),
        (DateSpan.of_year(2025), OPEN, OPEN),
        (DateSpan.of_year(2024), YES, NO),
        (DateSpan.of_year(2026), NO, YES),
        (DateSpan(date(2025, 6, 30), date(2025, 7, 31)), OPEN, YES),
        (DateSpan(date(2025, 6, 1), date(2025, 6, 30)), YES, OPEN),
    ],
)
def test_before_and_after_a_day(span: DateSpan, before: Truth, after: Truth) -> None:
    assert on_or_before(span, date(2025, 6, 30)) is before
    assert on_or_after(span, date(2025, 6, 30)) is after


@pytest.mark.parametrize(
    ("truths", "both", "either"),
    [
        ([], YES, NO),
        ([YES, YES], YES, YES),
        ([YES, NO], NO, YES),
        ([YES, OPEN], OPEN, YES),
        ([NO, OPEN], NO, OPEN),
        ([OPEN], OPEN, OPEN),
        ([NO, NO], NO, NO),
    ],
)
def test_three_valued_logic(truths: list[Truth], both: Truth, either: Truth) -> None:
    assert all_of(truths) is both
    assert any_of(truths) is either


def test_a_decided_truth() -> None:
    assert (truth(True), truth(False)) == (YES, NO)


def test_a_span_is_exact_when_it_is_one_day() -> None:
    assert DateSpan.of_day(date(2025, 1, 1)).is_exact
    assert not DateSpan.of_year(2025).is_exact
