"""Finding the tables of a sheet: the header row, pasted header rows below it, the cells of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, pairwise, zip_longest

from normtool.core.diagnostics import Collector, Related
from normtool.core.form_names import FormName
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.parsing import as_typed
from normtool.core.places import CellPlace, FilePlace, Located
from normtool.core.registers import Register, Text
from normtool.core.rules_answers import (
    COLUMN_MISSPELT,
    COLUMN_PASSED_OVER,
    COLUMN_TWICE,
    ERROR_CELL,
    FORMULA_WITHOUT_RESULT,
    HEADER_NOT_FOUND,
    HEADERS_AGAIN,
    HIDDEN_ROWS_READ,
)
from normtool.core.spellings import TOTALS, Names, is_blank, is_blank_text, is_broken, plain

HEADER_ROWS = 40
"""How far down a header row is looked for: titles and guidance stand above it, never a whole page."""
START_OF_TOTALS = frozenset(word[:2] for word in TOTALS)
MOST_REPEATED = 50
MOST_MERGED = 500
"""A sheet with more pasted header rows or merged cells than this is not the work of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """The headers a sheet may have: all spellings, and which plain spelling belongs to which language.

    `touched` gives the indicators that lean on a column.
    """

    names: Names
    languages: Mapping[str, str]
    touched: Callable[[str], tuple[str, ...]]

    @classmethod
    def of(
        cls,
        columns: Iterable[tuple[str, Text, tuple[str, ...]]],
        touched: Callable[[str], tuple[str, ...]] = lambda _: (),
    ) -> Headers:
        """From (column id, header, other spellings)."""
        listed = list(columns)
        names = Names((text, name) for name, header, also in listed for text in (header.nl, header.en, *also))
        languages = {plain(header.en): "en" for _, header, _ in listed}
        languages |= {plain(header.nl): "nl" for _, header, _ in listed}
        return cls(names=names, languages=languages, touched=touched)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderCell:
    """A header: its cell, its text on one line, and the column id it stands for."""

    row: int
    column: int
    text: str
    id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose header row was found, up to its last row. `columns` maps column ids to column numbers, from 1.

    `merged` are merges of several rows (row, column, last row, last column): what they hold stands in the first.
    `unsure`: a header could not be read, so a column that seems to be missing may be that one.
    """

    sheet: Sheet
    file: str
    header_row: int
    last_row: int
    columns: Mapping[str, int]
    language: str
    merged: tuple[tuple[int, int, int, int], ...] = ()
    unsure: bool = False

    def place(self, row: int, column: str) -> CellPlace:
        """The place of a cell; of the first column when the sheet lacks this one."""
        number = self.columns.get(column, 1)
        return CellPlace(file=self.file, sheet=self.sheet.name, row=row, column=number)

    def value(self, row: int, column: str) -> GridValue:
        """What a cell holds; None when it is blank or the sheet lacks the column."""
        number = self.columns.get(column)
        value = self.sheet.value(row, number) if number is not None else None
        return None if isinstance(value, str) and is_blank_text(value) else value

    def text(self, row: int, column: str) -> Located[str] | None:
        """A cell as text, exactly as typed but for blanks around it."""
        value = self.value(row, column)
        return Located(value=as_typed(value), place=self.place(row, column)) if value is not None else None

    def is_merged_away(self, row: int, column: int) -> bool:
        """Whether what a cell would hold stands in a cell above it, with which it was merged."""
        return any(top < row <= bottom and left <= column <= right for top, left, bottom, right in self.merged)

    def rows(self) -> Iterator[int]:
        """The rows below the header in which at least one of our columns holds something."""
        broken = {row for (row, _), _ in (*self.sheet.errors, *self.sheet.unread_formulas)}
        numbers = sorted(self.columns.values())
        for number, row in enumerate(self.sheet.rows[self.header_row : self.last_row], self.header_row + 1):
            if number in broken or _is_filled(row, numbers):
                yield number

    def may_have_totals(self, keys: Iterable[str]) -> bool:
        """Whether there may be rows that only add up the others, named in one of these columns."""
        numbers = [self.columns[key] for key in keys if key in self.columns]
        rows = self.sheet.rows[self.header_row : self.last_row]
        named = {row[number - 1] for number in numbers for row in rows if number <= len(row)}
        return any(isinstance(value, str) and value.lstrip()[:2].casefold() in START_OF_TOTALS for value in named)

    def total(self, row: int, keys: Iterable[str]) -> str | None:
        """What a row is called that only adds up the others, in the first of its keys that is filled; else None."""
        called = next((value for key in keys if (value := self.value(row, key)) is not None), None)
        if not isinstance(called, str) or called.lstrip()[:2].casefold() not in START_OF_TOTALS:
            return None
        words = plain(called).split(" ")
        is_total = " ".join(words) in TOTALS or (words[0] in TOTALS and not self._has_text(row, called))
        return called if is_total else None

    def _has_text(self, row: int, besides: str) -> bool:
        values = (self.value(row, column) for column in self.columns)
        return any(isinstance(value, str) and value != besides for value in values)


def _is_filled(row: tuple[GridValue, ...], numbers: list[int]) -> bool:
    """Whether one of these columns (from 1) holds something in a row."""
    for number in numbers:
        if number > len(row):
            return False
        value = row[number - 1]
        if value is not None and not (isinstance(value, str) and is_blank_text(value)):
            return True
    return False


def sheet_names(name: FormName) -> tuple[str, ...]:
    """All spellings of a sheet, header or label that are understood."""
    return (name.text.nl, name.text.en, *name.also)


def register_names(register: Register) -> tuple[str, ...]:
    """All spellings of a register's sheet that are understood."""
    return (register.sheet.nl, register.sheet.en, *register.also)


def find_tables(grid: Grid, sheet: Sheet, headers: Headers, collector: Collector) -> tuple[Table, ...]:
    """The tables of a sheet: the row with most of our headers in it, and each row further down that repeats them.

    None at all, with a diagnostic, when no row has our headers.
    """
    whole_sheet = FilePlace(file=grid.file, sheet=sheet.name)
    first = best_header_row(sheet, headers)
    if first is None:
        header = headers.names.first_spelling()
        collector.add(HEADER_NOT_FOUND, whole_sheet, sheet=sheet.name, header=header)
        return ()
    starts = [first, *islice(_repeated(sheet, first, headers), MOST_REPEATED), len(sheet.rows) + 1]
    search = Search(grid.file, sheet, headers, collector)
    tables = tuple(search.table(start, end - 1) for start, end in pairwise(starts))
    for table in tables[1:]:
        place = replace(table.place(table.header_row, ""), column=min(table.columns.values(), default=1))
        collector.add(HEADERS_AGAIN, place, row=first)
    filled = {row for table in tables for row in table.rows()} if sheet.hidden_rows else set()
    hidden = [row for row in sheet.hidden_rows if row in filled]
    if hidden:
        collector.add(HIDDEN_ROWS_READ, whole_sheet, count=len(hidden))
    return tables


def best_header_row(sheet: Sheet, headers: Headers) -> int | None:
    """The row near the top with most of our headers; None when there are too few of them."""
    ids = set(headers.names.values())
    best_row, best_count = None, min(2, len(ids)) - 1
    for row in range(1, min(len(sheet.rows), HEADER_ROWS) + 1):
        if _count_texts(sheet, row) <= best_count:
            continue
        count = len({cell.id for cell in header_cells(sheet, row, headers)} - {None})
        if count > best_count:
            best_row, best_count = row, count
        if best_count == len(ids):
            break
    return best_row


def _count_texts(sheet: Sheet, row: int) -> int:
    """How many headers a row can have at most: columns with a text in it, or above it where it has nothing."""
    own, above = sheet.rows[row - 1], sheet.rows[row - 2] if row > 1 else ()
    pairs = zip_longest(own, above)
    return sum(isinstance(lower, str) or (lower is None and isinstance(upper, str)) for lower, upper in pairs)


def header_cells(sheet: Sheet, row: int, headers: Headers) -> list[HeaderCell]:
    """The texts in a header row; above it may stand a line with the other half of a header of two lines."""
    above = sheet.rows[row - 2] if row > 1 else ()
    own = sheet.rows[row - 1]
    cells: list[HeaderCell] = []
    group = ""
    for number in range(1, max(len(above), len(own)) + 1):
        upper = _header_text(sheet.value(row - 1, number))
        lower = _header_text(sheet.value(row, number))
        group = upper or group
        if lower:
            found = headers.names.find_loosely(lower)
            if found is None and headers.names.starts_one(group):
                found = headers.names.find_loosely(f"{group} {lower}")
            cells.append(HeaderCell(row=row, column=number, text=lower, id=found))
        elif upper and sheet.value(row, number) is None and headers.names.find(upper) is not None:
            cells.append(HeaderCell(row=row - 1, column=number, text=upper, id=headers.names.find(upper)))
    return cells


def _header_text(value: GridValue) -> str:
    """A header on one line; empty when the cell holds none."""
    return " ".join(value.split()) if isinstance(value, str) and not is_blank_text(value) else ""


def _repeated(sheet: Sheet, first: int, headers: Headers) -> Iterator[int]:
    """The rows below the first header row that are header rows again: pasted from another form."""
    written = {value for value in sheet.rows[first - 1] if isinstance(value, str)} | headers.names.spellings()
    for number, row in enumerate(sheet.rows[first:], first + 1):
        if written.isdisjoint(row):
            continue
        filled = [value for value in row if not is_blank(value)]
        known = {headers.names.find_loosely(value) for value in filled if isinstance(value, str)} - {None}
        if len(known) > 1 and len(known) * 2 > len(filled):
            yield number


class Search:
    """Makes tables of the header rows of one sheet; what is the matter with a header is said at its cell."""

    def __init__(self, file: str, sheet: Sheet, headers: Headers, collector: Collector) -> None:
        self.file = file
        self.sheet = sheet
        self.headers = headers
        self.collector = collector

    def table(self, first: int, last: int) -> Table:
        """The table with its headers in the first row, up to the last."""
        cells = header_cells(self.sheet, first, self.headers)
        spelled = [self.headers.languages.get(plain(cell.text)) for cell in cells]
        merged = [area for area in self.sheet.merged[:MOST_MERGED] if first < area[0] < area[2] <= last]
        return Table(
            sheet=self.sheet,
            file=self.file,
            header_row=first,
            last_row=last,
            columns=self._columns(cells),
            language="en" if spelled.count("en") > spelled.count("nl") else "nl",
            merged=tuple(merged),
            unsure=self._broken(first),
        )

    def _place(self, row: int, column: int) -> CellPlace:
        return CellPlace(file=self.file, sheet=self.sheet.name, row=row, column=column)

    def _broken(self, row: int) -> bool:
        """Ask back headers that are an error or have no result; whether there are any."""
        found = [(cell[1], text) for cell, text in self.sheet.errors if cell[0] == row]
        unread = [cell[1] for cell, _ in self.sheet.unread_formulas if cell[0] == row]
        line = enumerate(self.sheet.rows[row - 1], 1)
        found += [(number, str(value).strip()) for number, value in line if is_broken(value)]
        for number, text in found:
            self.collector.add(ERROR_CELL, self._place(row, number), found=text)
        for number in unread:
            self.collector.add(FORMULA_WITHOUT_RESULT, self._place(row, number))
        return bool(found or unread)

    def _columns(self, cells: list[HeaderCell]) -> dict[str, int]:
        """Which column is which. A header that looks misspelt is asked back, and read as what is probably meant."""
        columns: dict[str, int] = {}
        strangers: list[HeaderCell] = []
        for cell in cells:
            place = self._place(cell.row, cell.column)
            if cell.id is None:
                strangers += [cell] if not is_broken(cell.text) else []
            elif cell.id in columns:
                other = Related(place=replace(place, column=columns[cell.id]), role="first")
                self.collector.add(COLUMN_TWICE, place, related=(other,), header=cell.text)
            else:
                columns[cell.id] = cell.column
        for cell in strangers:
            self._place_stranger(cell, columns)
        return columns

    def _place_stranger(self, cell: HeaderCell, columns: dict[str, int]) -> None:
        place = self._place(cell.row, cell.column)
        meant = self.headers.names.guess_spelling(cell.text)
        identity = self.headers.names[meant] if meant is not None else ""
        if meant is not None and identity not in columns:
            touched = self.headers.touched(identity)
            self.collector.add(COLUMN_MISSPELT, place, indicators=touched, found=cell.text, meant=meant)
            columns[identity] = cell.column
        else:
            self.collector.add(COLUMN_PASSED_OVER, place, header=cell.text)


def broken_cells(table: Table) -> Iterator[tuple[str, int, str, bool]]:
    """Cells of the table with an error (True) or a formula without a result: column id, row, text."""
    by_number = {number: name for name, number in table.columns.items()}
    for cells, is_error in ((table.sheet.errors, True), (table.sheet.unread_formulas, False)):
        for (row, number), text in cells:
            if table.header_row < row <= table.last_row and number in by_number:
                yield by_number[number], row, text, is_error
