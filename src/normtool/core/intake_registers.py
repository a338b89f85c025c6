"""Register sheets: a table with typed columns, and one cell that says whether it is complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from normtool.core.cells import read_cell, read_percentage, read_yes_no
from normtool.core.diagnostics import Collector, Fact, Related, Severity
from normtool.core.evidence import DateSpan, DocumentEntry, RegisterRow, RegisterRows, Unreadable, Value
from normtool.core.form_names import COMPLETE_LABEL, OFFER_COLUMNS
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.kinds import Coverage, Is, Linked, Pooled, Test, VolumeKind
from normtool.core.ledger import span_in, text_in
from normtool.core.merged_cells import report_merged
from normtool.core.parsing import Desk, Parsed, Remark, refuse, shown
from normtool.core.places import CellPlace, Located
from normtool.core.registers import Column, ColumnType, Expected, Register
from normtool.core.rules_answers import (
    COLUMN_MISSING,
    ERROR_CELL,
    FORMULA_WITHOUT_RESULT,
    NAMES_MISSING,
    OTHER_TABLE,
    ROW_TWICE,
    ROW_WITHOUT_KEY,
    TOTAL_PASSED_OVER,
)
from normtool.core.spellings import NO, YES, Names, is_blank, is_blank_text, plain
from normtool.core.standards import Framework
from normtool.core.tables import Headers, Table, best_header_row, broken_cells, find_tables, sheet_names
from normtool.core.taking_over import ready_tables

NO_RESULT = Parsed(value=Unreadable(text=""), remarks=(Remark(rule=FORMULA_WITHOUT_RESULT),))
"""What a formula without a stored result reads as."""

COMPLETE_NAMES = Names((spelling, COMPLETE_LABEL.id) for spelling in sheet_names(COMPLETE_LABEL))
GIVES_NAMES = frozenset({"documents", "members"})
"""Other sheets refer to the rows of these; without their ids nothing they say can be followed."""
REMEMBERED = frozenset({str, int})
"""Equal values of these types are the same; True and 1.0 are equal to 1, but no number of patients."""
LONGEST_LABEL = 60
FEWEST_ROWS = 2
"""Fewer rows do not look like a table."""
MAY_BE_LABEL = re.compile("olledig|omplete", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTable:
    """A register's sheet whose headers were found, ready to be read; its documents and names are read later."""

    register: Register
    tables: tuple[Table, ...]
    complete: Located[bool] | None


def register_headers(framework: Framework, register: Register) -> Headers:
    """The headers of a register, with the indicators that lean on each column."""
    own = [(column.id, column.header, column.also) for column in register.columns]
    return Headers.of(
        [*own, *((column.id, column.text, column.also) for column in OFFER_COLUMNS)],
        lambda column: users(framework, register.id, column),
    )


def open_register(grid: Grid, sheet: Sheet, register: Register, desk: Desk) -> RegisterTable | None:
    """Find the tables of a register and whether it was declared complete."""
    collector = desk.collector
    headers = register_headers(desk.framework, register)
    complete, without = _complete(grid, sheet, best_header_row(sheet, headers), collector)
    tables = find_tables(grid, without, headers, collector)
    if not tables:
        return None
    first = tables[0]
    report_merged(tables, headers, collector)
    for column in register.key_columns:
        missing = column.id not in first.columns and register.expected_column not in first.columns
        if missing and not first.unsure:
            place = first.place(first.header_row, column.id)
            header = column.header.in_language(first.language)
            rule = NAMES_MISSING if register.id in GIVES_NAMES else COLUMN_MISSING
            collector.add(rule, place, sheet=sheet.name, header=header)
    return RegisterTable(register=register, tables=tables, complete=complete)


def _complete(
    grid: Grid, sheet: Sheet, header_row: int | None, collector: Collector
) -> tuple[Located[bool] | None, Sheet]:
    """The answer to *Dit overzicht is volledig*, and the sheet without that question and its answer.

    It stands right of that label, or in the same cell after a colon, or left of it. Where several say it, a *nee*
    counts.
    """
    said: list[Located[bool]] = []
    rows = list(sheet.rows)
    for row, number in _labels(sheet):
        if row == header_row:
            continue
        cells = rows[row - 1]
        answer, value = _beside(cells, number)
        rows[row - 1] = tuple(None if n in (number, answer) else v for n, v in enumerate(cells, 1))
        if value is None:
            continue
        place = CellPlace(file=grid.file, sheet=sheet.name, row=row, column=answer)
        parsed = read_yes_no(value)
        for remark in parsed.remarks:
            collector.add_facts(remark.rule, place, remark.facts)
        if isinstance(parsed.value, bool):
            said.append(Located(value=parsed.value, place=place))
    complete = next((cell for cell in said if not cell.value), said[0] if said else None)
    return complete, replace(sheet, rows=tuple(rows)) if rows != list(sheet.rows) else sheet


def said_complete(grid: Grid, sheet: Sheet, headers: Headers) -> bool:
    """Whether a register's sheet says of itself that its overview is complete."""
    complete, _ = _complete(grid, sheet, best_header_row(sheet, headers), Collector())
    return complete is not None and complete.value


def _labels(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The cells that ask whether the overview is complete."""
    others: set[str] = set()
    for row, cells in enumerate(sheet.rows, 1):
        for number, value in enumerate(cells, 1):
            if not isinstance(value, str) or value in others:
                continue
            if is_complete_label(value):
                yield row, number
            else:
                others.add(value)


def is_complete_label(value: str) -> bool:
    """Whether a text asks if the overview is complete, perhaps with its answer behind a colon."""
    if len(value) > LONGEST_LABEL or MAY_BE_LABEL.search(value) is None:
        return False
    return COMPLETE_NAMES.find(value.partition(":")[0].partition("(")[0]) is not None


def _beside(cells: tuple[GridValue, ...], number: int) -> tuple[int, GridValue]:
    """The cell that answers a label, and the answer: in itself, right of it, or left of it."""
    same_cell = str(cells[number - 1]).partition(":")[2]
    if not is_blank_text(same_cell) and not plain(same_cell).startswith(("ja/nee", "yes/no")):
        return number, same_cell
    filled = [(n, v) for n, v in enumerate(cells, 1) if not is_blank(v)]
    right = [cell for cell in filled if cell[0] > number]
    left = [cell for cell in filled if cell[0] < number and plain(cell[1]) in YES | NO]
    return right[0] if right else left[-1] if left else (number, None)


def read_rows(opened: RegisterTable, desk: Desk) -> RegisterRows:
    """All rows of a register. Two rows with one key, and rows without one, are asked back; totals are passed over."""
    rows: list[RegisterRow] = []
    keys = Keys(opened.register, desk)
    for table in ready_tables(opened.register, opened.tables, opened.complete, desk):
        readers = [
            ColumnReader(opened.register, table, column, desk)
            for column in opened.register.columns
            if column.id in table.columns
        ]
        is_keyed = keys.has_columns(table)
        for row in _read_table(opened.register, table, readers, desk.collector):
            rows.append(row)
            if is_keyed:
                keys.check(table, row)
        _report_other_table(opened.register, table, rows, desk.collector)
    return RegisterRows(register=opened.register.id, rows=tuple(rows), complete=opened.complete)


def _report_other_table(register: Register, table: Table, rows: list[RegisterRow], collector: Collector) -> None:
    """Note rows below an empty one, at the end, that hold free text only where the rows above hold more than that."""
    typed = {column.id for column in register.columns if column.type not in (ColumnType.TEXT, ColumnType.IDENTIFIER)}
    own = [row for row in rows if table.header_row < row.place.row <= table.last_row]
    start = next((n for n in range(len(own) - 1, 0, -1) if own[n].place.row - own[n - 1].place.row > 1), 0)
    below, above = own[start:], own[:start]
    if len(below) < FEWEST_ROWS or any(not typed.isdisjoint(row.contents) for row in below):
        return
    if sum(not typed.isdisjoint(row.contents) for row in above) * 2 > len(above):
        first = below[0].values[0][1]
        found = shown(str(first.value))
        collector.add(OTHER_TABLE, first.place, found=found, count=len(below))


def _read_table(
    register: Register, table: Table, readers: list[ColumnReader], collector: Collector
) -> Iterator[RegisterRow]:
    broken = {(column, row): (text, error) for column, row, text, error in broken_cells(table)}
    named = [column.id for column in register.key_columns] or [register.columns[0].id]
    first = register.columns[0].id
    may_be_total = table.may_have_totals(named)
    for number in table.rows():
        total = table.total(number, named) if may_be_total else None
        if total is not None:
            collector.add(TOTAL_PASSED_OVER, table.place(number, named[0]), found=shown(total))
            continue
        line = table.sheet.rows[number - 1] if number <= len(table.sheet.rows) else ()
        width = len(line)
        contents: dict[str, Value] = {}
        for reader in readers:
            value = line[reader.number - 1] if reader.number <= width else None
            if value is None and not broken:
                continue
            read = reader.known.get(value) if type(value) in REMEMBERED and not broken else None
            if read is None:
                read = reader.read(number, value, broken.get((reader.id, number)))
            if read is not None:
                contents[reader.id] = read
        if contents:
            yield RegisterRow.on_sheet(table.place(number, first), table.columns, contents)


class ColumnReader:
    """Reads the cells of one column; errors name the indicators that lean on it. Equal values are read once.

    `known` holds what was read of which there is nothing to say, so that thousands of rows need not ask again.
    """

    def __init__(self, register: Register, table: Table, column: Column, desk: Desk) -> None:
        self.id = column.id
        self.table = table
        self.column = column
        self.desk = desk
        self.number = table.columns[column.id]
        self.users = users(desk.framework, register.id, column.id)
        counts = column.type is ColumnType.WHOLE
        self.percentages = {row for row, number in table.sheet.percentages if counts and number == self.number}
        self.known: dict[GridValue, Value] = {}
        self.parsed: dict[GridValue, Parsed] = {}
        self.choices = Names(
            (spelling, choice.id)
            for choice in column.choices
            for spelling in (choice.label.nl, choice.label.en, choice.id, *choice.also)
        )

    def read(self, row: int, value: GridValue, broken: tuple[str, bool] | None) -> Value | None:
        """What a cell in this row holds; None when it is empty."""
        if broken is not None:
            text, is_error = broken
            parsed = refuse(ERROR_CELL, text) if is_error else NO_RESULT
        elif value is None:
            return None
        elif row in self.percentages and isinstance(value, int | float):
            parsed = read_percentage(value)
        else:
            parsed = self._parse(value)
        for remark in parsed.remarks:
            self._say(remark, self.table.place(row, self.id))
        return parsed.value

    def _parse(self, value: GridValue) -> Parsed:
        if type(value) not in REMEMBERED:
            return read_cell(value, self.column.type, self.choices, self.desk.vocabulary)
        parsed = self.parsed.get(value)
        if parsed is None:
            parsed = self.parsed[value] = read_cell(value, self.column.type, self.choices, self.desk.vocabulary)
            if parsed.value is not None and not parsed.remarks and not self.percentages:
                self.known[value] = parsed.value
        return parsed

    def _say(self, remark: Remark, place: CellPlace) -> None:
        facts: dict[str, Fact] = dict(remark.facts)
        if "choices" in facts:
            labels = (choice.label.in_language(self.table.language) for choice in self.column.choices)
            facts["choices"] = ", ".join(labels)
        touched = self.users if remark.rule.severity is Severity.ERROR else ()
        self.desk.collector.add_facts(remark.rule, place, facts, indicators=touched)


class Keys:
    """The keys of a register's rows: asks back a row without one, or with the key of another."""

    def __init__(self, register: Register, desk: Desk) -> None:
        self.register = register
        self.collector = desk.collector
        self.users = users(desk.framework, register.id, None)
        self.columns = [column.id for column in register.key_columns]
        self.seen: dict[tuple[str, ...], RegisterRow] = {}
        self.compared: dict[Value, str] = {}

    def check(self, table: Table, row: RegisterRow) -> None:
        """Look at one more row. A key that cannot be read was asked back itself."""
        values = [row.contents.get(column) for column in self.columns]
        if Unreadable in map(type, values):
            return
        named = self.register.expected is Expected.CHOICES_USED and not any(values)
        if named and text_in(row, self.register.expected_column or ""):
            return
        if None in values and self._report_missing(table, row):
            return
        known = self.compared
        key = tuple([known.get(value) or self._plain(value) for value in values if value is not None])
        former = self.seen.setdefault(key, row)
        if former is not row:
            related = (Related(place=former.place, role="first"),)
            typed = [table.text(row.place.row, column) for column in self.columns]
            shown_key = shown(", ".join(cell.value for cell in typed if cell is not None))
            self.collector.add(ROW_TWICE, row.place, related=related, indicators=self.users, key=shown_key)

    def has_columns(self, table: Table) -> bool:
        """Whether a table has all keys but those that may be left out; a missing one was asked back itself."""
        return all(
            column.id in table.columns or column.type is ColumnType.CHOICE for column in self.register.key_columns
        )

    def _report_missing(self, table: Table, row: RegisterRow) -> bool:
        """Ask back the first key that is empty; a choice may be left out, and what was merged was asked back."""
        missing = next(
            (
                item
                for item in self.register.key_columns
                if item.id not in row.cells and item.type is not ColumnType.CHOICE
            ),
            None,
        )
        if missing is not None:
            place = table.place(row.place.row, missing.id)
            if not table.is_merged_away(place.row, place.column):
                header = missing.header.in_language(table.language)
                self.collector.add(ROW_WITHOUT_KEY, place, indicators=self.users, header=header)
        return missing is not None

    def _plain(self, value: Value) -> str:
        """The plain form of a value, which is remembered."""
        found = self.compared[value] = plain(str(value))
        return found


def document_entries(rows: RegisterRows) -> tuple[DocumentEntry, ...]:
    """The document register as documents; rows without an id were asked back already."""
    entries: dict[str, DocumentEntry] = {}
    for row in rows.rows:
        identity = text_in(row, "id")
        if identity and identity not in entries:
            entries[identity] = DocumentEntry(
                id=identity,
                place=row.place,
                title=text_in(row, "title"),
                date=_dated(row, "date"),
                valid_until=_dated(row, "valid_until"),
                adopted_by=text_in(row, "adopted_by"),
                location=text_in(row, "place"),
                access=text_in(row, "access"),
                keeper=text_in(row, "keeper"),
            )
    return tuple(entries.values())


def _dated(row: RegisterRow, column: str) -> Located[DateSpan] | None:
    cell, span = row.get(column), span_in(row, column)
    return Located(value=span, place=cell.place) if cell is not None and span is not None else None


def users(framework: Framework, register_id: str, column_id: str | None) -> tuple[str, ...]:
    """The indicators whose verdict leans on a register, or on one of its columns (key columns: on all)."""
    register = framework.register(register_id)
    column = register.column(column_id) if register is not None and column_id is not None else None
    whole = column is None or column.key or (register is not None and _bears_on_all(register, column))
    return tuple(
        indicator.id
        for indicator in framework.indicators
        if any(used == register_id and (whole or name in ("", column_id)) for used, name in _used(indicator.kind))
    )


def _bears_on_all(register: Register, column: Column) -> bool:
    """Whether every test on a row leans on this column: from when the row holds, and the documents that prove it."""
    proves = register.needs_document or any(item.needs_document for item in register.columns)
    return column.id == register.since or (proves and column.type is ColumnType.DOCUMENTS)


def _used(kind: object) -> Iterable[tuple[str, str]]:
    """The (register, column) pairs a kind reads; an empty column means the whole register."""
    match kind:
        case Coverage():
            yield from _used_by_tests(kind.register, (*kind.where, *kind.tests))
        case Pooled():
            yield kind.register, kind.numerator
            yield kind.register, kind.denominator
            yield from _used_by_tests(kind.register, kind.where)
        case VolumeKind():
            yield "volumes", ""


def _used_by_tests(register: str, tests: tuple[Test, ...]) -> Iterable[tuple[str, str]]:
    for test in tests:
        column = getattr(test, "column", None)
        if isinstance(test, Linked):
            yield "agreements", ""
        elif isinstance(column, str):
            yield register, column
            if isinstance(test, Is) and test.no_without is not None:
                yield test.no_without.register, test.no_without.column
        else:
            yield register, ""
