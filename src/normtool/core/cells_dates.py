"""Years and dates as people type them; what can mean two things is asked back. Dutch order: day, month, year."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from normtool.core.diagnostics import Fact
from normtool.core.evidence import DateSpan, Unreadable
from normtool.core.grids import GridValue
from normtool.core.parsing import Parsed, Remark, refuse, shown
from normtool.core.rules_answers import AMBIGUOUS_DATE, DATE_FROM_TEXT, NOT_A_DATE, NOT_A_YEAR, NUMBER_FROM_TEXT
from normtool.core.spellings import NONE, SEPARATORS, plain

MONTHS = (
    ("januari", "jan", "january"),
    ("februari", "feb", "february"),
    ("maart", "mrt", "march", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("augustus", "aug", "august"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
FIRST_YEAR, LAST_YEAR = 1950, 2100
DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")
YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]00:00(?::00)?)?$")
WITH_MONTH = re.compile(r"^(?:(\d{1,2})[ -])?([a-z]+)\.?[ -](\d{4})$")
EXCEL_EPOCH = date(1899, 12, 30)
FIRST_SERIAL = (date(FIRST_YEAR, 1, 1) - EXCEL_EPOCH).days
LAST_SERIAL = (date(LAST_YEAR + 1, 1, 1) - EXCEL_EPOCH).days


def read_year(value: GridValue) -> Parsed:
    """A year of four digits."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
        year = int(value)
        return Parsed(value=year) if FIRST_YEAR <= year <= LAST_YEAR else refuse(NOT_A_YEAR, value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}", plain(value)):
        year = int(plain(value))
        if FIRST_YEAR <= year <= LAST_YEAR:
            facts: dict[str, Fact] = {"found": shown(value), "read": str(year)}
            return Parsed(value=year, remarks=(Remark(rule=NUMBER_FROM_TEXT, facts=facts),))
    return refuse(NOT_A_YEAR, value)


def read_date(value: GridValue) -> Parsed:
    """A date, a month or a year; *nee* and *geen* are an answer too."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            return refuse(NOT_A_DATE, value)
        return Parsed(value=DateSpan.of_day(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date_from_number(value)
    if not isinstance(value, str):
        return refuse(NOT_A_DATE, value)
    text = plain(value)
    if text in NONE:
        return Parsed(value=False)
    return _date_from_text(value, text)


def _date_from_number(value: int | float) -> Parsed:
    if value == int(value) and FIRST_YEAR <= value <= LAST_YEAR:
        return Parsed(value=DateSpan.of_year(int(value)))
    if FIRST_SERIAL <= value < LAST_SERIAL:
        proposal = EXCEL_EPOCH + timedelta(days=int(value))
        return refuse(AMBIGUOUS_DATE, value, proposal=f"{proposal.day}-{proposal.month}-{proposal.year}")
    return refuse(NOT_A_DATE, value)


def _date_from_text(value: str, text: str) -> Parsed:
    if re.fullmatch(r"\d{4}", text):
        span: DateSpan | None = DateSpan.of_year(int(text)) if FIRST_YEAR <= int(text) <= LAST_YEAR else None
    elif found := DAY_FIRST.match(text):
        day, month, year = (int(part) for part in found.groups())
        if len(found.group(3)) == 2 and _day(2000 + year, month, day) is not None:
            return refuse(AMBIGUOUS_DATE, value, proposal=f"{day}-{month}-{2000 + year}")
        span = _day(year, month, day)
    elif found := YEAR_FIRST.match(text):
        span = _day(*(int(part) for part in found.groups()))
    else:
        span = _date_with_month(text)
    if span is None:
        return refuse(NOT_A_DATE, value)
    whole_year = span == DateSpan.of_year(span.first.year)
    read = span.first.isoformat() if span.is_exact else str(span.first.year) if whole_year else text
    return Parsed(value=span, remarks=(Remark(rule=DATE_FROM_TEXT, facts={"found": shown(value), "read": read}),))


def _date_with_month(text: str) -> DateSpan | None:
    found = WITH_MONTH.match(text)
    month = MONTH_NUMBERS.get(found.group(2)) if found else None
    if found is None or month is None:
        return None
    year = int(found.group(3))
    if found.group(1):
        return _day(year, month, int(found.group(1)))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return DateSpan(date(year, month, 1), following - timedelta(days=1))


def _day(year: int, month: int, day: int) -> DateSpan | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return DateSpan.of_day(date(year, month, day))
    except ValueError:
        return None


def read_dates(value: GridValue) -> Parsed:
    """One or more dates, separated by a semicolon, a comma or a new line."""
    if not isinstance(value, str) or plain(value) in NONE:
        parsed = read_date(value)
        spans = (parsed.value,) if isinstance(parsed.value, DateSpan) else None
        return Parsed(value=spans, remarks=parsed.remarks) if spans else parsed
    parts = [read_date(part) for part in SEPARATORS.split(value) if plain(part)]
    remarks = tuple(remark for part in parts for remark in part.remarks)
    spans_read = tuple(part.value for part in parts if isinstance(part.value, DateSpan))
    if any(part.value is False for part in parts):
        return refuse(NOT_A_DATE, value)
    if len(spans_read) < len(parts):
        return Parsed(value=Unreadable(text=value), remarks=remarks)
    return Parsed(value=spans_read, remarks=remarks)
