"""Finding the form in a workbook: its sheets by name, the header row of a sheet, the cells of a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from normtool.core.diagnostics import Collector, Related
from normtool.core.form_names import FormName
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.places import CellPlace, FilePlace, Located
from normtool.core.registers import Register, Text
from normtool.core.rules_answers import (
    COLUMN_MISSPELT,
    COLUMN_PASSED_OVER,
    COLUMN_TWICE,
    HEADER_NOT_FOUND,
    HIDDEN_ROWS_READ,
    SHEET_MISSPELT,
    SHEET_PASSED_OVER,
    SHEET_TWICE,
)
from normtool.core.spellings import Names, plain

HEADER_ROWS = 40
"""How far down a header row is looked for: titles and guidance stand above it, never a whole page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """The headers a sheet may have: all spellings, and which plain spelling belongs to which language."""

    names: Names
    languages: Mapping[str, str]

    @classmethod
    def of(cls, columns: Iterable[tuple[str, Text, tuple[str, ...]]]) -> Headers:
        """From (column id, header, other spellings)."""
        listed = list(columns)
        names = Names((text, name) for name, header, also in listed for text in (header.nl, header.en, *also))
        languages = {plain(header.en): "en" for _, header, _ in listed}
        return cls(names=names, languages=languages | {plain(header.nl): "nl" for _, header, _ in listed})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet whose header row was found. `columns` maps our column ids to column numbers, from 1."""

    sheet: Sheet
    file: str
    header_row: int
    columns: Mapping[str, int]
    language: str

    def place(self, row: int, column: str) -> CellPlace:
        """The place of a cell; of the first column when the sheet lacks this one."""
        number = self.columns.get(column, 1)
        return CellPlace(file=self.file, sheet=self.sheet.name, row=row, column=number)

    def value(self, row: int, column: str) -> GridValue:
        """What a cell holds; None when it is blank or the sheet lacks the column."""
        number = self.columns.get(column)
        value = self.sheet.value(row, number) if number is not None else None
        return None if isinstance(value, str) and not plain(value) else value

    def text(self, row: int, column: str) -> Located[str] | None:
        """A cell as text, exactly as typed but for blanks around it."""
        value = self.value(row, column)
        if value is None:
            return None
        text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()
        return Located(value=text, place=self.place(row, column))

    def rows(self) -> Iterator[int]:
        """The rows below the header in which at least one of our columns holds something."""
        broken = {row for (row, _), _ in (*self.sheet.errors, *self.sheet.unread_formulas)}
        for row in range(self.header_row + 1, len(self.sheet.rows) + 1):
            if row in broken or any(self.value(row, column) is not None for column in self.columns):
                yield row


def sheet_names(name: FormName) -> tuple[str, ...]:
    """All spellings of a sheet, header or label that are understood."""
    return (name.text.nl, name.text.en, *name.also)


def register_names(register: Register) -> tuple[str, ...]:
    """All spellings of a register's sheet that are understood."""
    return (register.sheet.nl, register.sheet.en, *register.also)


def find_sheets(grid: Grid, names: Names, own: frozenset[str], collector: Collector) -> dict[str, Sheet]:
    """Our sheets by id. Others are noted; one that looks misspelt, or is there twice, is asked back.

    `own` are plain names of sheets that the program writes itself and nobody answers in.
    """
    found: dict[str, Sheet] = {}
    strangers: list[Sheet] = []
    for sheet in grid.sheets:
        identity = names.find(sheet.name)
        place = FilePlace(file=grid.file, sheet=sheet.name)
        if plain(sheet.name) in own:
            continue
        if identity is None:
            strangers.append(sheet)
        elif identity in found:
            other = Related(place=FilePlace(file=grid.file, sheet=found[identity].name), role="first")
            collector.add(SHEET_TWICE, place, related=(other,), sheet=sheet.name)
        else:
            found[identity] = sheet
    for sheet in strangers:
        place = FilePlace(file=grid.file, sheet=sheet.name)
        meant = names.guess_spelling(sheet.name)
        if meant is not None and names[meant] not in found and any(sheet.filled_cells()):
            collector.add(SHEET_MISSPELT, place, found=sheet.name, meant=meant)
        elif any(True for _ in sheet.filled_cells()):
            collector.add(SHEET_PASSED_OVER, place, sheet=sheet.name)
    return found


def find_table(grid: Grid, sheet: Sheet, headers: Headers, collector: Collector) -> Table | None:
    """The table of a sheet: the row with most of our headers in it. None, with a diagnostic, when there is none."""
    best_row, best_count = 0, 0
    for row in range(1, min(len(sheet.rows), HEADER_ROWS) + 1):
        known = {headers.names.find(value) for value in sheet.rows[row - 1] if isinstance(value, str)} - {None}
        if len(known) > best_count:
            best_row, best_count = row, len(known)
    whole_sheet = FilePlace(file=grid.file, sheet=sheet.name)
    if best_count < min(2, len(set(headers.names.values()))):
        collector.add(HEADER_NOT_FOUND, whole_sheet, sheet=sheet.name, header=headers.names.first_spelling())
        return None
    spelled = [headers.languages.get(plain(value)) for value in sheet.rows[best_row - 1] if isinstance(value, str)]
    first = CellPlace(file=grid.file, sheet=sheet.name, row=best_row, column=1)
    table = Table(
        sheet=sheet,
        file=grid.file,
        header_row=best_row,
        columns=_columns(sheet, first, headers, collector),
        language="en" if spelled.count("en") > spelled.count("nl") else "nl",
    )
    filled = set(table.rows())
    hidden = [row for row in sheet.hidden_rows if row in filled]
    if hidden:
        collector.add(HIDDEN_ROWS_READ, whole_sheet, count=len(hidden))
    return table


def _columns(sheet: Sheet, first: CellPlace, headers: Headers, collector: Collector) -> dict[str, int]:
    columns: dict[str, int] = {}
    strangers: list[tuple[CellPlace, str]] = []
    for number, value in enumerate(sheet.rows[first.row - 1], 1):
        if not isinstance(value, str) or not plain(value):
            continue
        place = replace(first, column=number)
        header = " ".join(value.split())
        identity = headers.names.find(value)
        if identity is None:
            strangers.append((place, header))
        elif identity in columns:
            other = Related(place=replace(first, column=columns[identity]), role="first")
            collector.add(COLUMN_TWICE, place, related=(other,), header=header)
        else:
            columns[identity] = number
    for place, header in strangers:
        meant = headers.names.guess_spelling(header)
        if meant is not None and headers.names[meant] not in columns:
            collector.add(COLUMN_MISSPELT, place, found=header, meant=meant)
        else:
            collector.add(COLUMN_PASSED_OVER, place, header=header)
    return columns


def broken_cells(table: Table) -> Iterator[tuple[str, int, str, bool]]:
    """Cells of the table with an error (True) or a formula without a result: column id, row, text."""
    by_number = {number: name for name, number in table.columns.items()}
    for cells, is_error in ((table.sheet.errors, True), (table.sheet.unread_formulas, False)):
        for (row, number), text in cells:
            if row > table.header_row and number in by_number:
                yield by_number[number], row, text, is_error
