"""Questions about dates: in the future, from long ago, ends before beginnings, figures from before the beginning.

Source: docs/method.md, Dates.
"""

from __future__ import annotations

from collections.abc import Iterator

from normtool.core.asking import Asked, explanation_in
from normtool.core.dates import Truth, on_or_before
from normtool.core.diagnostics import Fact, Related
from normtool.core.evidence import DateSpan, RegisterRow
from normtool.core.kinds import AtLeast, Coverage, InReportingYear
from normtool.core.ledger import Ledger, once, span_in
from normtool.core.places import Located, Place
from normtool.core.pooled_columns import located_number, pooled_columns
from normtool.core.registers import Column, ColumnType, Expected, Register
from normtool.core.rules_answers import AFTER_REFERENCE_DATE, FIGURE_AFTER_YEAR, FIGURES_TOO_OLD, YEAR_ONLY
from normtool.core.rules_questions import END_BEFORE_START, OTHER_YEAR, STARTS_LATER, UNLIKELY_DATE
from normtool.core.scoring_rows import filter_row
from normtool.core.standards import Indicator

STARTS = ("date", "from")
ENDS = ("valid_until", "until", "answered_on")
MAY_LIE_AHEAD = frozenset({"from", "valid_until", "until", "due", "answered_on"})
"""Date columns that may well lie after the reference date; so may the steps of the IZA, which are then planned."""
FIRST_LIKELY_YEAR = 1990
"""Papers of a network are younger; a body (*Sinds*) may be older."""
YEARS_AHEAD = 50
"""Further ahead a date is a slip of the pen, or stands for no end at all."""


def ask_about_dates(ledger: Ledger) -> Iterator[Asked]:
    """The questions about every date on every sheet with rows."""
    for register in ledger.framework.registers:
        columns = _date_columns(register)
        activities = _activities(ledger, register)
        for row in rows_with_dates(ledger, register):
            for column in columns:
                for cell in dates_in(row, column.id):
                    yield from _about_date(ledger, register, column, cell)
            yield from _ends(row)
            yield from _starts_later(ledger, register, row, activities)
    yield from _other_years(ledger)


def rows_with_dates(ledger: Ledger, register: Register) -> tuple[RegisterRow, ...]:
    """The rows of a register that hold a date."""
    return once(ledger, ("with dates", register.id), lambda: _rows_with_dates(ledger, register))


def _rows_with_dates(ledger: Ledger, register: Register) -> tuple[RegisterRow, ...]:
    dated = {column.id for column in _date_columns(register)}
    return tuple(row for row in ledger.rows(register.id).rows if not dated.isdisjoint(row.contents)) if dated else ()


def _date_columns(register: Register) -> list[Column]:
    return [column for column in register.columns if column.type in (ColumnType.DATE, ColumnType.DATES)]


def dates_in(row: RegisterRow, column: str) -> tuple[Located[DateSpan], ...]:
    """The dates in a cell, each with its place."""
    cell = row.get(column)
    return () if cell is None else tuple(Located(value=span, place=cell.place) for span in spans_of(cell.value))


def spans_of(value: object) -> tuple[DateSpan, ...]:
    """The dates that a cell's value holds: one, several or none."""
    if isinstance(value, DateSpan):
        return (value,)
    return tuple(item for item in value if isinstance(item, DateSpan)) if isinstance(value, tuple) else ()


def as_fact(span: DateSpan) -> str:
    """A date as a fact: a day, a year alone, or from which to which day (a month)."""
    if span.is_exact:
        return span.first.isoformat()
    if span == DateSpan.of_year(span.first.year):
        return str(span.first.year)
    return f"{span.first.isoformat()}/{span.last.isoformat()}"


def _about_date(ledger: Ledger, register: Register, column: Column, cell: Located[DateSpan]) -> Iterator[Asked]:
    """A date in the future does not count; a year alone that may or may not is asked about."""
    day, is_since = ledger.reference_date, column.id == register.since
    far = cell.value.first.year > day.year + YEARS_AHEAD
    long_ago = cell.value.last.year < FIRST_LIKELY_YEAR and not is_since
    known = on_or_before(cell.value, day)
    if far or long_ago:
        yield Asked(rule=UNLIKELY_DATE, place=cell.place, facts={"date": as_fact(cell.value)})
    elif column.id in MAY_LIE_AHEAD or is_since or register.expected is Expected.IZA_GROUPS:
        return
    elif known is Truth.NO:
        facts = {"date": as_fact(cell.value), "reference_date": day.isoformat()}
        yield Asked(rule=AFTER_REFERENCE_DATE, place=cell.place, facts=facts)
    elif known is Truth.UNDECIDED:
        yield Asked(rule=YEAR_ONLY, place=cell.place, facts={"year": cell.value.first.year})


def _ends(row: RegisterRow) -> Iterator[Asked]:
    """An end that lies before its beginning, whatever days are meant."""
    starts = [cell for column in STARTS for cell in dates_in(row, column)]
    for end in (cell for column in ENDS for cell in dates_in(row, column)):
        for start in starts:
            if end.value.last < start.value.first:
                yield Asked(
                    rule=END_BEFORE_START,
                    place=end.place,
                    facts={"first": as_fact(start.value), "second": as_fact(end.value)},
                    related=(Related(place=start.place, role="start"),),
                )


def _activities(ledger: Ledger, register: Register) -> tuple[str, ...]:
    """The columns that hold what was done in the reporting year: counts that are asked for, and figures."""
    columns = [
        test.column
        for indicator in ledger.framework.indicators
        if isinstance(indicator.kind, Coverage) and indicator.kind.register == register.id
        for test in indicator.kind.tests
        if isinstance(test, AtLeast)
    ]
    for pooled in pooled_columns(ledger.framework):
        if pooled.register.id == register.id:
            columns += [pooled.numerator, pooled.denominator]
    return tuple(dict.fromkeys(columns))


def _starts_later(
    ledger: Ledger, register: Register, row: RegisterRow, activities: tuple[str, ...]
) -> Iterator[Asked]:
    """Something done in the reporting year by what began only afterwards; it does not count."""
    since = row.get(register.since) if register.since is not None else None
    if since is None or not isinstance(since.value, DateSpan) or since.value.first.year <= ledger.reporting_year:
        return
    numbers = (located_number(row, column) for column in activities)
    done = next((number for number in numbers if number is not None and number.value > 0), None)
    if done is not None:
        yield Asked(
            rule=STARTS_LATER,
            place=done.place,
            facts={"date": as_fact(since.value), "reporting_year": ledger.reporting_year},
            related=(Related(place=since.place, role="start"),),
            explanation=explanation_in(row),
        )


def _other_years(ledger: Ledger) -> Iterator[Asked]:
    """Dates asked of the reporting year that all lie before it; each cell once."""
    asked: set[Place] = set()
    for indicator in ledger.framework.indicators:
        kind = indicator.kind
        for test in kind.tests if isinstance(kind, Coverage) else ():
            if isinstance(kind, Coverage) and isinstance(test, InReportingYear):
                for found in _before_the_year(ledger, kind, test.column):
                    if found.place not in asked:
                        asked.add(found.place)
                        yield found


def _before_the_year(ledger: Ledger, kind: Coverage, column: str) -> Iterator[Asked]:
    register = ledger.framework.declared(kind.register)
    for row in ledger.rows(register.id).rows:
        cells = dates_in(row, column)
        last = max((cell.value for cell in cells), key=lambda span: span.last, default=None)
        if last is None or last.last.year >= ledger.reporting_year:
            continue
        since = span_in(row, register.since) if register.since is not None else None
        begun = since is None or since.first.year <= ledger.reporting_year
        if begun and filter_row(ledger, register, row, kind.where) is not Truth.NO:
            yield Asked(
                rule=OTHER_YEAR,
                place=cells[0].place,
                facts={"date": as_fact(last), "reporting_year": ledger.reporting_year},
                explanation=explanation_in(row),
            )


def about_year(ledger: Ledger, indicator: Indicator, year: Located[int]) -> Iterator[Asked]:
    """Figures of after the reporting year, or older than the indicator allows."""
    reporting_year = ledger.reporting_year
    facts: dict[str, Fact] = {"indicator": indicator.id, "year": year.value, "reporting_year": reporting_year}
    if year.value > reporting_year:
        yield Asked(rule=FIGURE_AFTER_YEAR, place=year.place, facts=facts)
    elif year.value < reporting_year - indicator.allowed_lag:
        yield Asked(rule=FIGURES_TOO_OLD, place=year.place, facts=facts)
