"""Register sheets: a table with typed columns, and one cell that says whether it is complete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from normtool.core.cells import read_cell, read_yes_no
from normtool.core.diagnostics import Collector, Fact, Related, Severity
from normtool.core.evidence import DateSpan, DocumentEntry, RegisterRow, RegisterRows, Unreadable, Value
from normtool.core.form_names import COMPLETE_LABEL
from normtool.core.grids import Grid, Sheet
from normtool.core.kinds import Coverage, Is, Linked, Pooled, Test, VolumeKind
from normtool.core.ledger import span_in, text_in
from normtool.core.parsing import Desk, Parsed, Remark, refuse
from normtool.core.places import CellPlace, Located
from normtool.core.registers import Column, ColumnType, Expected, Register
from normtool.core.rules_answers import (
    COLUMN_MISSING,
    ERROR_CELL,
    FORMULA_WITHOUT_RESULT,
    ROW_TWICE,
    ROW_WITHOUT_KEY,
)
from normtool.core.spellings import Names, plain
from normtool.core.standards import Framework
from normtool.core.tables import Headers, Table, broken_cells, find_table, sheet_names

NO_RESULT = Parsed(value=Unreadable(text=""), remarks=(Remark(rule=FORMULA_WITHOUT_RESULT),))
"""What a formula without a stored result reads as."""

COMPLETE_NAMES = Names((spelling, COMPLETE_LABEL.id) for spelling in sheet_names(COMPLETE_LABEL))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTable:
    """A register's sheet whose header was found, ready to be read; its documents and names are read later."""

    register: Register
    table: Table
    complete: Located[bool] | None


def open_register(grid: Grid, sheet: Sheet, register: Register, collector: Collector) -> RegisterTable | None:
    """Find the table of a register and whether it was declared complete."""
    headers = Headers.of((column.id, column.header, column.also) for column in register.columns)
    table = find_table(grid, sheet, headers, collector)
    if table is None:
        return None
    for column in register.key_columns:
        if column.id not in table.columns and register.expected_column not in table.columns:
            place = table.place(table.header_row, column.id)
            header = column.header.in_language(table.language)
            collector.add(COLUMN_MISSING, place, sheet=sheet.name, header=header)
    return RegisterTable(register=register, table=table, complete=_complete(table, collector))


def _complete(table: Table, collector: Collector) -> Located[bool] | None:
    """The answer to *Dit overzicht is volledig*: right of that label, or in the same cell after a colon."""
    for row_number, row in enumerate(table.sheet.rows, 1):
        if row_number == table.header_row:
            continue
        for number, value in enumerate(row, 1):
            if not isinstance(value, str):
                continue
            label, _, same_cell = value.partition(":")
            if COMPLETE_NAMES.find(label) is None:
                continue
            if plain(same_cell).startswith(("ja/nee", "yes/no")):
                same_cell = ""
            answers = [(number, same_cell)] if plain(same_cell) else []
            answers += [(n, v) for n, v in enumerate(row, 1) if n > number and v not in (None, "")]  # type: ignore[misc]
            for answer_number, answer in answers[:1]:
                place = CellPlace(file=table.file, sheet=table.sheet.name, row=row_number, column=answer_number)
                parsed = read_yes_no(answer)
                for remark in parsed.remarks:
                    collector.add_facts(remark.rule, place, remark.facts)
                if isinstance(parsed.value, bool):
                    return Located(value=parsed.value, place=place)
            return None
    return None


def read_rows(opened: RegisterTable, desk: Desk) -> RegisterRows:
    """All rows of a register. Two rows with one key, and rows without one, are asked back."""
    register, table = opened.register, opened.table
    broken = {(column, row): (text, error) for column, row, text, error in broken_cells(table)}
    readers = [ColumnReader(opened, column, desk) for column in register.columns]
    rows: list[RegisterRow] = []
    keys: dict[tuple[str, ...], RegisterRow] = {}
    for number in table.rows():
        cells = tuple(
            (reader.column.id, cell)
            for reader in readers
            if (cell := reader.read(number, broken.get((reader.column.id, number)))) is not None
        )
        if cells:
            row = RegisterRow(place=table.place(number, register.columns[0].id), values=cells)
            rows.append(row)
            _check_key(opened, row, keys, desk)
    return RegisterRows(register=register.id, rows=tuple(rows), complete=opened.complete)


class ColumnReader:
    """Reads the cells of one column; errors name the indicators that lean on it."""

    def __init__(self, opened: RegisterTable, column: Column, desk: Desk) -> None:
        self.table = opened.table
        self.column = column
        self.desk = desk
        self.users = users(desk.framework, opened.register.id, column.id)
        self.choices = Names(
            (spelling, choice.id)
            for choice in column.choices
            for spelling in (choice.label.nl, choice.label.en, choice.id, *choice.also)
        )

    def read(self, row: int, broken: tuple[str, bool] | None) -> Located[Value] | None:
        """The value of a cell; None when it is empty."""
        value = self.table.value(row, self.column.id)
        if broken is not None:
            text, is_error = broken
            parsed = refuse(ERROR_CELL, text) if is_error else NO_RESULT
        elif value is None:
            return None
        else:
            parsed = read_cell(value, self.column.type, self.choices, self.desk.vocabulary)
        place = self.table.place(row, self.column.id)
        for remark in parsed.remarks:
            facts: dict[str, Fact] = dict(remark.facts)
            if "choices" in facts:
                labels = (choice.label.in_language(self.table.language) for choice in self.column.choices)
                facts["choices"] = ", ".join(labels)
            touched = self.users if remark.rule.severity is Severity.ERROR else ()
            self.desk.collector.add_facts(remark.rule, place, facts, indicators=touched)
        return Located(value=parsed.value, place=place) if parsed.value is not None else None


def _key_part(cell: Located[Value] | None) -> str:
    if cell is None:
        return ""
    return cell.value.text if isinstance(cell.value, Unreadable) else str(cell.value)


def _check_key(opened: RegisterTable, row: RegisterRow, keys: dict[tuple[str, ...], RegisterRow], desk: Desk) -> None:
    register = opened.register
    cells = [row.get(column.id) for column in register.key_columns]
    key = tuple(_key_part(cell) for cell in cells)
    if not any(key) and register.expected is Expected.CHOICES_USED and text_in(row, register.expected_column or ""):
        return
    touched = users(desk.framework, register.id, None)
    missing = [
        column
        for column, value in zip(register.key_columns, key, strict=True)
        if not value and column.type is not ColumnType.CHOICE and column.id in opened.table.columns
    ]
    if missing:
        place = opened.table.place(row.place.row, missing[0].id)
        header = missing[0].header.in_language(opened.table.language)
        desk.collector.add(ROW_WITHOUT_KEY, place, indicators=touched, header=header)
        return
    plain_key = tuple(plain(value) for value in key)
    if plain_key in keys:
        related = (Related(place=keys[plain_key].place, role="first"),)
        shown_key = ", ".join(value for value in key if value)
        desk.collector.add(ROW_TWICE, row.place, related=related, indicators=touched, key=shown_key)
    else:
        keys[plain_key] = row


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
