"""Dates as the method uses them: months back, and what a year alone can mean."""

from __future__ import annotations

import calendar
from datetime import date
from enum import Enum

from normtool.core.evidence import DateSpan


class Truth(Enum):
    """Whether something holds: yes, no, or not yet decided."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


def truth(holds: bool) -> Truth:
    """A decided truth."""
    return Truth.YES if holds else Truth.NO


def all_of(truths: list[Truth]) -> Truth:
    """Yes when all are, no when one is no, else undecided."""
    if Truth.NO in truths:
        return Truth.NO
    return Truth.UNDECIDED if Truth.UNDECIDED in truths else Truth.YES


def any_of(truths: list[Truth]) -> Truth:
    """Yes when one is, no when all are, else undecided."""
    if Truth.YES in truths:
        return Truth.YES
    return Truth.UNDECIDED if Truth.UNDECIDED in truths else Truth.NO


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_recent(day: date, months: int, reference_date: date) -> bool:
    """Whether a day is at most so many months before the reference date; exactly so many still counts."""
    return add_months(day, months) >= reference_date


def on_or_before(span: DateSpan, day: date) -> Truth:
    """Whether a date lies on or before a day; undecided for a year alone that can go either way."""
    if span.last <= day:
        return Truth.YES
    return Truth.NO if span.first > day else Truth.UNDECIDED


def on_or_after(span: DateSpan, day: date) -> Truth:
    """Whether a date lies on or after a day; undecided for a year alone that can go either way."""
    if span.first >= day:
        return Truth.YES
    return Truth.NO if span.last < day else Truth.UNDECIDED
