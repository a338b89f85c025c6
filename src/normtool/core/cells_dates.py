"""Years and dates as people type them; what can mean two things is asked back. Dutch order: day, month, year."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from normtool.core.diagnostics import Fact
from normtool.core.evidence import DateSpan, Unreadable
from normtool.core.grids import GridValue
from normtool.core.parsing import Parsed, Remark, refuse, shown
from normtool.core.rules_answers import (
    AMBIGUOUS_DATE,
    DATE_FROM_TEXT,
    NOT_A_DATE,
    NOT_A_YEAR,
    NUMBER_FROM_TEXT,
    READ_AS_EMPTY,
    YEAR_WITH_MORE,
)
from normtool.core.spellings import NONE, is_blank_text, plain

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
DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|'?\d{2})$")
DASHES_BETWEEN = re.compile(r"(?<=\d) ?[–—] ?(?=\d)")
"""The dash that a word processor puts between figures."""
YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
TIME = re.compile(r"[t ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?uur)?$")
WITH_MONTH = re.compile(r"^(?:(\d{1,2})[ -])?([a-z]+)\.?[ -](\d{4}|'?\d{2})$")
MONTH_AND_YEAR = re.compile(r"^(?:(\d{1,2})[-/](\d{4})|(\d{4})[-/](\d{1,2}))$")
QUARTER = re.compile(
    r"^(?:(?:q|k|kw|kwartaal |quarter )([1-4])|([1-4])(?:e|de|ste|st|nd|rd|th)? (?:kwartaal|quarter))[ -](\d{4})$"
    r"|^(\d{4})[ -](?:q|k|kw)([1-4])$"
)
DIGITS = re.compile(r"^\d{5}(?:\.\d+)?$|^\d{8}$")
MONTHS_IN_WORDS = "|".join(sorted((name for names in MONTHS for name in names), key=len, reverse=True))
WITHIN = re.compile(
    r"(?<![\d-])(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{1,2}-\d{1,2}"
    rf"|(?:\d{{1,2}} )?(?:{MONTHS_IN_WORDS})\.? \d{{4}}|(?:19|20)\d{{2}})(?![\d-])"
)
"""A date, a month or a year among other words."""
YEARS_WITHIN = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
SHORT_YEAR = re.compile(r"^(?:'|(?:19|20)\d{2}[-/])?(\d{2})$")
DAY_IN_FULL = re.compile(r"\d{1,2}-\d{1,2}-\d{4}")
BETWEEN_DATES = re.compile(r"[&+•·]+| (?:en|and) ")
LONGEST_DATE = 80
EXCEL_EPOCH = date(1899, 12, 30)
FIRST_SERIAL = (date(FIRST_YEAR, 1, 1) - EXCEL_EPOCH).days
LAST_SERIAL = (date(LAST_YEAR + 1, 1, 1) - EXCEL_EPOCH).days


def read_year(value: GridValue) -> Parsed:
    """A year of four digits; one that stands among other words is asked back with a proposal."""
    if isinstance(value, date):
        return refuse(YEAR_WITH_MORE, value, proposal=str(value.year)) if _is_likely(value.year) else _no_year(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
        return Parsed(value=int(value)) if FIRST_YEAR <= value <= LAST_YEAR else _meant_year(value, str(int(value)))
    if not isinstance(value, str):
        return _no_year(value)
    text = plain(value)
    if re.fullmatch(r"\d{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        facts: dict[str, Fact] = {"found": shown(value), "read": str(int(text))}
        return Parsed(value=int(text), remarks=(Remark(rule=NUMBER_FROM_TEXT, facts=facts),))
    return _meant_year(value, text)


def _meant_year(value: GridValue, text: str) -> Parsed:
    """Ask back what is no year, with the year that it speaks of: the last one of a period."""
    short = SHORT_YEAR.match(text)
    if short:
        return refuse(YEAR_WITH_MORE, value, proposal=f"20{short.group(1)}")
    years = [int(year) for year in YEARS_WITHIN.findall(text)]
    if years and _is_likely(max(years)) and not re.fullmatch(r"\d+", text):
        return refuse(YEAR_WITH_MORE, value, proposal=str(max(years)))
    if re.fullmatch(r"\d{5}", text) and FIRST_SERIAL <= int(text) < LAST_SERIAL:
        return refuse(YEAR_WITH_MORE, value, proposal=str((EXCEL_EPOCH + timedelta(days=int(text))).year))
    return _no_year(value)


def _no_year(value: GridValue) -> Parsed:
    return refuse(NOT_A_YEAR, value)


def _is_likely(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def read_date(value: GridValue) -> Parsed:
    """A date, a quarter, a month or a year; *nee* and *geen* are an answer too."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if not _is_likely(day.year):
            return refuse(NOT_A_DATE, value)
        late = isinstance(value, datetime) and value.time() > time()
        return _noted_date(f"{shown(value)} {value:%H:%M}", DateSpan.of_day(day)) if late else _exactly(day)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date_from_number(value, value)
    if not isinstance(value, str):
        return refuse(NOT_A_DATE, value)
    text = plain(value)
    if text in NONE:
        return Parsed(value=False)
    if len(text) > LONGEST_DATE:
        return refuse(NOT_A_DATE, value)
    if DIGITS.match(text):
        return _date_from_number(float(text), value)
    text = DASHES_BETWEEN.sub("-", text)
    return _date_from_text(value, TIME.sub("", text) or text)


def _exactly(day: date) -> Parsed:
    return Parsed(value=DateSpan.of_day(day))


def _noted_date(found: str, span: DateSpan, text: str = "") -> Parsed:
    """A date that was typed as text, with how it was read; of a month in full there is nothing to say."""
    whole_year = span == DateSpan.of_year(span.first.year)
    read = span.first.isoformat() if span.is_exact else str(span.first.year) if whole_year else text
    if found == f"{MONTHS[span.first.month - 1][0]} {span.first.year}" and not whole_year:
        return Parsed(value=span)
    return Parsed(value=span, remarks=(Remark(rule=DATE_FROM_TEXT, facts={"found": found, "read": read}),))


def _date_from_number(number: int | float, value: GridValue) -> Parsed:
    """A year; a day that Excel stored as a number, or one without separators (20250301), is asked back."""
    if number == int(number) and FIRST_YEAR <= number <= LAST_YEAR:
        return Parsed(value=DateSpan.of_year(int(number)))
    if FIRST_SERIAL <= number < LAST_SERIAL:
        return _proposed(value, EXCEL_EPOCH + timedelta(days=int(number)))
    whole = int(number)
    meant = _day(whole // 10_000, whole // 100 % 100, whole % 100) if number == whole else None
    return _proposed(value, meant.first) if meant is not None else refuse(NOT_A_DATE, value)


def _proposed(value: GridValue, day: date) -> Parsed:
    return refuse(AMBIGUOUS_DATE, value, proposal=f"{day.day}-{day.month}-{day.year}")


def _date_from_text(value: str, text: str) -> Parsed:
    if re.fullmatch(r"\d{4}", text):
        span = DateSpan.of_year(int(text)) if _is_likely(int(text)) else None
    elif found := DAY_FIRST.match(text):
        return _day_first(value, *found.groups())
    elif found := YEAR_FIRST.match(text):
        span = _day(*(int(part) for part in found.groups()))
    elif found := WITH_MONTH.match(text):
        return _day_with_month(value, text, found)
    else:
        span = _quarter(text) or _month_in_figures(text)
        if span is None:
            return _date_within(value, text)
    return _noted_date(shown(value), span, text) if span is not None else refuse(NOT_A_DATE, value)


def _date_within(value: str, text: str) -> Parsed:
    """A text that speaks of one date, month or year, which is then proposed."""
    found = WITHIN.findall(text)
    years = YEARS_WITHIN.findall(found[0]) if len(found) == 1 else []
    if years and _is_likely(int(years[-1])):
        return refuse(AMBIGUOUS_DATE, value, proposal=found[0])
    return refuse(NOT_A_DATE, value)


def _day_first(value: str, day: str, month: str, year: str) -> Parsed:
    """Day, month, year; the American order and a year of two digits are asked back."""
    whole_year = int(year) if len(year) == 4 else 2000 + int(year[-2:])
    span, other = _day(whole_year, int(month), int(day)), _day(whole_year, int(day), int(month))
    if span is not None and len(year) == 4:
        return _noted_date(shown(value), span)
    meant = span or other
    return _proposed(value, meant.first) if meant is not None else refuse(NOT_A_DATE, value)


def _day_with_month(value: str, text: str, found: re.Match[str]) -> Parsed:
    day, name, year = found.groups()
    month = MONTH_NUMBERS.get(name)
    if month is None:
        return _date_within(value, text)
    short = len(year) < 4
    whole_year = 2000 + int(year[-2:]) if short else int(year)
    span = _day(whole_year, month, int(day)) if day else _months(whole_year, month, 1)
    if span is None:
        return refuse(NOT_A_DATE, value)
    if not short:
        return _noted_date(shown(value), span, text)
    return refuse(AMBIGUOUS_DATE, value, proposal=f"{day} {name} {whole_year}" if day else f"{name} {whole_year}")


def _quarter(text: str) -> DateSpan | None:
    found = QUARTER.match(text)
    if found is None:
        return None
    number = int(found.group(1) or found.group(2) or found.group(5))
    return _months(int(found.group(3) or found.group(4)), 3 * number - 2, 3)


def _month_in_figures(text: str) -> DateSpan | None:
    found = MONTH_AND_YEAR.match(text)
    month = int(found.group(1) or found.group(4)) if found else 0
    return _months(int(found.group(2) or found.group(3)), month, 1) if found and 1 <= month <= 12 else None


def _months(year: int, month: int, count: int) -> DateSpan | None:
    """So many months from this one on."""
    if not _is_likely(year):
        return None
    end = month + count
    following = date(year + (end - 1) // 12, (end - 1) % 12 + 1, 1)
    return DateSpan(date(year, month, 1), following - timedelta(days=1))


def _day(year: int, month: int, day: int) -> DateSpan | None:
    if not _is_likely(year):
        return None
    try:
        return DateSpan.of_day(date(year, month, day))
    except ValueError:
        return None


def _is_plain(remark: Remark) -> bool:
    """Whether this only says that a date in full was read as it stands; several in one cell can only be text."""
    return remark.rule is DATE_FROM_TEXT and DAY_IN_FULL.fullmatch(str(remark.facts["found"])) is not None


def read_dates(value: GridValue) -> Parsed:
    """One or more dates, separated by a semicolon, a comma, a new line, *en*, a plus or a bullet."""
    if not isinstance(value, str) or plain(value) in NONE:
        parsed = read_date(value)
        spans = (parsed.value,) if isinstance(parsed.value, DateSpan) else None
        return Parsed(value=spans, remarks=parsed.remarks) if spans else parsed
    lines = (" ".join(line.split()) for line in re.split(r"[;,\n]+", value))
    parts = [read_date(part) for line in lines for part in BETWEEN_DATES.split(line) if not is_blank_text(part)]
    if not parts:
        return Parsed(remarks=(Remark(rule=READ_AS_EMPTY, facts={"found": shown(value)}),))
    remarks = tuple(remark for part in parts for remark in part.remarks if len(parts) == 1 or not _is_plain(remark))
    spans_read = tuple(part.value for part in parts if isinstance(part.value, DateSpan))
    if any(part.value is False for part in parts):
        return refuse(NOT_A_DATE, value)
    if len(spans_read) < len(parts):
        return Parsed(value=Unreadable(text=value), remarks=remarks)
    return Parsed(value=spans_read, remarks=remarks)
