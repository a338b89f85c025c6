"""The sheet `Indicatoren`: one row per indicator, each cell read as the indicator's kind asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from normtool.core.cells import as_percentage, read_documents, read_whole, read_yes_no
from normtool.core.cells_dates import read_date, read_year
from normtool.core.diagnostics import Collector, Related
from normtool.core.evidence import Answer, DateSpan, DocumentReference, OwnApproach, Said
from normtool.core.form_names import INDICATOR_COLUMNS, SHOWN_COLUMNS
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.kinds import Count, DocumentAge, Maturity, Proportion, YesNo
from normtool.core.merged_cells import report_merged
from normtool.core.parsing import Desk, Parsed, Remark, refuse, shown
from normtool.core.places import Located
from normtool.core.rules_answers import (
    COLUMN_MISSING,
    ERROR_CELL,
    FORMULA_WITHOUT_RESULT,
    INDICATOR_TWICE,
    LEVEL_OUT_OF_RANGE,
    NAME_MISSPELT,
    NOT_A_DATE,
    NOT_ASKED_HERE,
    READ_AS_EMPTY,
    TOTAL_PASSED_OVER,
    UNKNOWN_INDICATOR,
)
from normtool.core.spellings import DASHES, NO_SOURCE, NOT_APPLICABLE, PASTED_ERRORS, UNKNOWN, plain
from normtool.core.standards import Framework, Indicator
from normtool.core.tables import Headers, Table, broken_cells, find_tables
from normtool.core.taking_over import ready_indicators

DECIDING_COLUMNS = ("id", "answer", "numerator", "denominator", "documents")
"""Without these there are no answers, or no proof of them."""
LABELS = {column.id: column.text.nl for column in INDICATOR_COLUMNS}
LEVEL = re.compile(r"^(?:niveau |level )?([0-4])(?:[.,]0+|[\s:=(–-]+[^\W\d].*)?$", re.DOTALL)
"""A level alone, or followed by its word: `2`, `2,0`, `2 - uitgevoerd`; not `2,5`, `2-3` or `1/4`."""


def read_indicators(grid: Grid, sheet: Sheet, desk: Desk) -> tuple[Answer, ...]:
    """All answers of one sheet. Rows with an id that no indicator has are asked back."""
    collector = desk.collector
    headers = indicator_headers(desk.framework)
    tables = find_tables(grid, sheet, headers, collector)
    report_merged(tables, headers, collector)
    answers: dict[str, Answer] = {}
    for number, table in enumerate(tables):
        if number == 0 and not table.unsure:
            _report_missing_columns(table, collector)
        _read_table(table, desk, answers)
    return tuple(answers.values())


def indicator_headers(framework: Framework) -> Headers:
    """The headers of the sheet; an answer column bears on every indicator, one beside it on none."""
    everything = tuple(indicator.id for indicator in framework.indicators)
    return Headers.of(
        ((column.id, column.text, column.also) for column in INDICATOR_COLUMNS),
        lambda column: everything if column in DECIDING_COLUMNS else (),
    )


def _read_table(table: Table, desk: Desk, answers: dict[str, Answer]) -> None:
    """Read the rows of one table into `answers`."""
    table = ready_indicators(table, desk)
    collector = desk.collector
    broken = {(column, row): (text, error) for column, row, text, error in broken_cells(table)}
    for row in table.rows():
        typed = table.text(row, "id")
        place = table.place(row, "id")
        total = table.total(row, ("id",))
        if total is not None:
            collector.add(TOTAL_PASSED_OVER, place, found=shown(total))
            continue
        indicator_id = desk.vocabulary.indicators.find(typed.value) if typed is not None else None
        indicator = desk.framework.indicator(indicator_id) if indicator_id is not None else None
        if indicator is None:
            _ask_back_id(table, row, broken.get(("id", row)), desk)
        elif indicator.id in answers:
            related = (Related(place=answers[indicator.id].place, role="first"),)
            touched = (indicator.id,)
            collector.add(INDICATOR_TWICE, place, related=related, indicators=touched, indicator=indicator.id)
        else:
            answers[indicator.id] = RowReader(table, row, indicator, desk).read(broken)


def _ask_back_id(table: Table, row: int, broken: tuple[str, bool] | None, desk: Desk) -> None:
    """Say what is the matter with the id of a row that is answered, or holds one: the one fault of that row."""
    collector, place = desk.collector, table.place(row, "id")
    typed = table.text(row, "id")
    if broken is not None:
        text, is_error = broken
        if is_error:
            collector.add(ERROR_CELL, place, found=text)
        else:
            collector.add(FORMULA_WITHOUT_RESULT, place)
    elif typed is None:
        hidden = table.is_merged_away(row, place.column)
        if "id" in table.columns and not hidden and _is_answered(table, row):
            collector.add(UNKNOWN_INDICATOR, place, found="")
    elif plain(typed.value) in PASTED_ERRORS:
        collector.add(ERROR_CELL, place, found=typed.value)
    else:
        meant = desk.vocabulary.indicators.guess_spelling(typed.value)
        if meant is not None:
            collector.add(NAME_MISSPELT, place, found=shown(typed.value), meant=meant)
        else:
            collector.add(UNKNOWN_INDICATOR, place, found=shown(typed.value))


def _report_missing_columns(table: Table, collector: Collector) -> None:
    for column in INDICATOR_COLUMNS:
        if column.id not in table.columns and column.id in DECIDING_COLUMNS:
            place = table.place(table.header_row, "id")
            header = column.text.in_language(table.language)
            collector.add(COLUMN_MISSING, place, sheet=table.sheet.name, header=header)


def _is_answered(table: Table, row: int) -> bool:
    return any(
        table.value(row, column.id) is not None for column in INDICATOR_COLUMNS if column.id not in SHOWN_COLUMNS
    )


class RowReader:
    """Reads the cells of one indicator's row; every remark carries the cell and the indicator."""

    def __init__(self, table: Table, row: int, indicator: Indicator, desk: Desk) -> None:
        self.table = table
        self.row = row
        self.indicator = indicator
        self.collector = desk.collector
        self.documents = desk.vocabulary.documents
        self.broken: Mapping[tuple[str, int], tuple[str, bool]] = {}

    def read(self, broken: Mapping[tuple[str, int], tuple[str, bool]]) -> Answer:
        """The answer in this row; `broken` are the table's cells with an error or without a result."""
        self.broken = broken
        answer = self._answer()
        source = self._text("source")
        no_source = None
        for cell in (answer, source):
            if cell is not None and (cell.value is Said.NO_SOURCE or plain(cell.value) in NO_SOURCE):
                no_source = Located(value=Said.NO_SOURCE, place=cell.place)
        documents = self._parsed("documents", lambda value: read_documents(value, self.documents))
        place = self.table.place(self.row, "documents")
        references = documents if isinstance(documents, tuple) else ()
        return Answer(
            indicator=self.indicator.id,
            place=self.table.place(self.row, "id"),
            answer=answer,
            numerator=self._number("numerator"),
            denominator=self._number("denominator"),
            year=self._year(),
            source=source,
            documents=tuple(
                Located(value=item, place=place) for item in references if isinstance(item, DocumentReference)
            ),
            explanation=self._text("explanation"),
            reason_not_applicable=self._text("reason_not_applicable"),
            own_approach=self._own_approach(),
            bottleneck=self._text("bottleneck"),
            last_year=self._text("last_year"),
            confirmed=self._confirmed(),
            no_source=no_source,
        )

    def _value(self, column: str) -> GridValue:
        """The cell's value; a broken cell is asked back and read as empty."""
        broken = self.broken.get((column, self.row))
        if broken is not None:
            text, is_error = broken
            place = self.table.place(self.row, column)
            if is_error:
                self.collector.add(ERROR_CELL, place, indicators=(self.indicator.id,), found=text)
            else:
                self.collector.add(FORMULA_WITHOUT_RESULT, place, indicators=(self.indicator.id,))
            return None
        value = self.table.value(self.row, column)
        if isinstance(value, str) and plain(value) in PASTED_ERRORS:
            place = self.table.place(self.row, column)
            self.collector.add(ERROR_CELL, place, indicators=(self.indicator.id,), found=value.strip())
            return None
        if isinstance(value, str) and plain(value) in DASHES:
            self.collector.add(READ_AS_EMPTY, self.table.place(self.row, column), found=value.strip())
            return None
        return value

    def _as_shown(self, column: str, value: GridValue) -> GridValue:
        """The value, or the percentage that the cell shows."""
        is_share = (self.row, self.table.columns[column]) in self.table.sheet.percentages
        return as_percentage(value) if is_share and isinstance(value, int | float) else value

    def _parsed(self, column: str, read: Callable[[GridValue], Parsed]) -> object:
        value = self._value(column)
        if value is None:
            return None
        return self._remark(column, read(value))

    def _remark(self, column: str, parsed: Parsed) -> object:
        for remark in parsed.remarks:
            place = self.table.place(self.row, column)
            self.collector.add_facts(remark.rule, place, remark.facts, indicators=(self.indicator.id,))
        return parsed.value

    def _text(self, column: str) -> Located[str] | None:
        value = self._value(column)
        return self.table.text(self.row, column) if value is not None else None

    def _answer(self) -> Located[bool | int | Said] | None:
        value = self._value("answer")
        if value is None:
            return None
        word = plain(value)
        place = self.table.place(self.row, "answer")
        if word in NOT_APPLICABLE:
            return Located(value=Said.NOT_APPLICABLE, place=place)
        if word in NO_SOURCE:
            return Located(value=Said.NO_SOURCE, place=place)
        if word in UNKNOWN:
            self.collector.add(READ_AS_EMPTY, place, found=str(value).strip())
            return None
        read = self._read_answer(value)
        if isinstance(read, bool | int):
            return Located(value=read, place=place)
        return None

    def _read_answer(self, value: GridValue) -> object:
        match self.indicator.kind:
            case YesNo() | DocumentAge():
                return self._remark("answer", read_yes_no(value))
            case Maturity():
                return self._remark("answer", read_level(self._as_shown("answer", value)))
            case Count():
                parsed = read_whole(self._as_shown("answer", value))
                if parsed.value is False:
                    parsed = Parsed(value=0, remarks=parsed.remarks)
                return self._remark("answer", parsed)
            case _:
                self._not_asked("answer")
                return None

    def _number(self, column: str) -> Located[int] | None:
        value = self._value(column)
        if value is None:
            return None
        if not isinstance(self.indicator.kind, Proportion):
            self._not_asked(column)
            return None
        if plain(value) in NOT_APPLICABLE | UNKNOWN:
            self.collector.add(READ_AS_EMPTY, self.table.place(self.row, column), found=str(value).strip())
            return None
        parsed = read_whole(self._as_shown(column, value))
        if parsed.value is False:
            parsed = Parsed(value=0, remarks=parsed.remarks)
        number = self._remark(column, parsed)
        if isinstance(number, int) and not isinstance(number, bool):
            return Located(value=number, place=self.table.place(self.row, column))
        return None

    def _not_asked(self, column: str) -> None:
        self.collector.add(
            NOT_ASKED_HERE,
            self.table.place(self.row, column),
            indicator=self.indicator.id,
            header=LABELS[column],
        )

    def _year(self) -> Located[int] | None:
        year = self._parsed("year", _read_year)
        if isinstance(year, int):
            return Located(value=year, place=self.table.place(self.row, "year"))
        return None

    def _confirmed(self) -> Located[bool] | None:
        said = self._parsed("confirmed", read_yes_no)
        if isinstance(said, bool):
            return Located(value=said, place=self.table.place(self.row, "confirmed"))
        return None

    def _own_approach(self) -> OwnApproach:
        until = self._parsed("own_until", read_end)
        place = self.table.place(self.row, "own_until")
        return OwnApproach(
            aim=self._text("own_aim"),
            what=self._text("own_what"),
            proof=self._text("own_proof"),
            until=Located(value=until, place=place) if isinstance(until, DateSpan) else None,
        )


def _read_year(value: GridValue) -> Parsed:
    """A year; *onbekend* reads as empty."""
    if plain(value) in UNKNOWN:
        return Parsed(remarks=(Remark(rule=READ_AS_EMPTY, facts={"found": shown(value)}),))
    return read_year(value)


def read_end(value: GridValue) -> Parsed:
    """The end of an own approach: a date; *geen* is not one."""
    parsed = read_date(value)
    return refuse(NOT_A_DATE, value) if parsed.value is False else parsed


def read_level(value: GridValue) -> Parsed:
    """A level of maturity: 0 to 4, alone or followed by its word (`2 - uitgevoerd`)."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value in (0, 1, 2, 3, 4):
            return Parsed(value=int(value))
        return refuse(LEVEL_OUT_OF_RANGE, value)
    found = LEVEL.match(plain(value)) if isinstance(value, str) else None
    return Parsed(value=int(found.group(1))) if found else refuse(LEVEL_OUT_OF_RANGE, value)
