"""A workbook as plain values with names instead of addresses; the addresses come last, when it is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

HEADER, COMPLETE, FIRST = "#header", "#complete", "#first"
"""The names of the row with headers, of the one that says whether the overview is complete, of the first column."""
ANY = "*"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula; without a result nothing is stored beside it."""

    text: str
    result: str | int | float | None = None


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What a cell shows when its formula fails, such as `#REF!`."""

    code: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A number that is shown with a percent sign."""

    share: float


Value = str | int | float | bool | date | Formula | ErrorValue | Percent | None
Address = tuple[int, int, int]
"""The number of the sheet, the row and the column, from 1; zeroes for what is no cell."""


class Spot(NamedTuple):
    """A cell by names: sheet, row and column ids. An empty row means the whole sheet, an empty sheet the file."""

    sheet: str = ""
    row: str = ""
    column: str = ""

    def meets(self, other: Spot) -> bool:
        """Whether two spots, of which parts may be `*`, have a cell in common."""
        return all(ANY in (one, two) or one == two for one, two in zip(self, other, strict=True))


@dataclass(slots=True)
class Heading:
    """A column: the id it is known by here, and what stands in the header row."""

    id: str
    text: str


@dataclass(slots=True)
class Row:
    """A row: the name it is known by here, and its values by column id."""

    id: str
    cells: dict[str, Value]
    hidden: bool = False


@dataclass(slots=True)
class Table:
    """A sheet with one table. `fixed` sheets keep the order of their rows and columns.

    `titles` are the form's own lines above the table, `above` is a line that somebody added.
    """

    id: str
    name: str
    titles: list[str]
    headings: list[Heading]
    rows: list[Row]
    complete: list[Value] | None = None
    above: str = ""
    headed: bool = True
    fixed: bool = False
    merged: list[tuple[Spot, Spot]] = field(default_factory=list)
    comments: dict[Spot, str] = field(default_factory=dict)
    hidden_columns: set[str] = field(default_factory=set)
    hidden: bool = False
    formatted_rows: int = 0

    def row(self, row_id: str) -> Row:
        """The row with this name."""
        return next(row for row in self.rows if row.id == row_id)

    def heading(self, column: str) -> Heading:
        """The column with this id."""
        return next(heading for heading in self.headings if heading.id == column)


@dataclass(slots=True)
class LooseSheet:
    """A sheet that nobody answers in. `withheld`: its name tells of a person, and must not be told."""

    name: str
    rows: list[list[Value]]
    hidden: bool = False
    withheld: bool = False


@dataclass(slots=True)
class Book:
    """A workbook: its tables by id, and its other sheets. `parts` are added to the package once it is saved."""

    tables: dict[str, Table]
    loose: list[LooseSheet]
    order: list[str]
    parts: dict[str, bytes] = field(default_factory=dict)
    date_1904: bool = False
    inline_texts: bool = False
    title: str = ""
    second: Book | None = None

    def get(self, spot: Spot) -> Value:
        """What a cell holds."""
        return self.tables[spot.sheet].row(spot.row).cells.get(spot.column)

    def put(self, spot: Spot, value: Value) -> None:
        """Write in a cell."""
        self.tables[spot.sheet].row(spot.row).cells[spot.column] = value


@dataclass(slots=True)
class Page:
    """A sheet with addresses: (row, column) from 1."""

    name: str
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    withheld: bool = False
    formatted_rows: int = 0


@dataclass(slots=True)
class Laid:
    """A workbook with addresses, and where every named cell has come to stand."""

    pages: list[Page]
    places: dict[Spot, Address]
    book: Book

    def address(self, spot: Spot) -> Address:
        """Where a spot has come to stand."""
        return self.places[spot] if spot.sheet else (0, 0, 0)

    def sheet_name(self, address: Address) -> str:
        """The name of the sheet of an address; empty for the whole file."""
        if not address[0]:
            return ""
        page = self.pages[address[0] - 1]
        return f"[niet getoond {address[0]}]" if page.withheld else page.name


def lay_out(book: Book) -> Laid:
    """Give every cell its address."""
    laid = Laid(pages=[], places={}, book=book)
    loose = {sheet.name: sheet for sheet in book.loose}
    for number, name in enumerate(book.order, 1):
        if name in book.tables:
            laid.pages.append(_page(book.tables[name], laid.places, number))
        elif name in loose:
            page = Page(name=name, hidden=loose[name].hidden, withheld=loose[name].withheld)
            page.cells = {
                (row, column): value
                for row, values in enumerate(loose[name].rows, 1)
                for column, value in enumerate(values, 1)
                if value is not None
            }
            laid.places[Spot(name)] = (number, 0, 0)
            laid.pages.append(page)
    return laid


def _page(table: Table, places: dict[Spot, Address], number: int) -> Page:
    page = Page(name=table.name, hidden=table.hidden, formatted_rows=table.formatted_rows)
    places[Spot(table.id)] = (number, 0, 0)
    line = 0
    for line, title in enumerate(table.titles, 1):
        if title:
            page.cells[line, 1] = title
    if table.above:
        line += 1
        page.cells[line, 1] = table.above
        places[Spot(table.id, "#above", FIRST)] = (number, line, 1)
    if table.complete is not None:
        line += 1
        for column, value in enumerate(table.complete, 1):
            page.cells[line, column] = value
        places[Spot(table.id, COMPLETE, "label")] = (number, line, 1)
        places[Spot(table.id, COMPLETE, "answer")] = (number, line, 2)
    line += 2 if line else 1
    for row in _lines(table):
        places[Spot(table.id, row.id, FIRST)] = (number, line, 1)
        for column, heading in enumerate(table.headings, 1):
            places[Spot(table.id, row.id, heading.id)] = (number, line, column)
            value = row.cells.get(heading.id)
            if value is not None:
                page.cells[line, column] = value
        if row.hidden:
            page.hidden_rows.append(line)
        line += 1
    _decorate(table, page, places)
    return page


def _lines(table: Table) -> Iterator[Row]:
    if table.headed:
        yield Row(HEADER, {heading.id: heading.text for heading in table.headings})
    yield from table.rows


def _decorate(table: Table, page: Page, places: dict[Spot, Address]) -> None:
    for first, last in table.merged:
        page.merged.append((*places[first][1:], *places[last][1:]))
    page.comments = {places[spot][1:]: text for spot, text in table.comments.items()}
    page.hidden_columns = [
        number for number, heading in enumerate(table.headings, 1) if heading.id in table.hidden_columns
    ]
