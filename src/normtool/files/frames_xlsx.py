"""Tidy tables as one workbook: a sheet per table, each a real Excel table, and the dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from normtool.files.frames_tables import CellValue, Kind, Table
from normtool.workbook_bytes import workbook_bytes

LONGEST_CELL = 32_767
"""Characters that a spreadsheet allows in a cell."""
WIDEST, NARROWEST = 60, 9
DAY_FORMAT, SHARE_FORMAT = "yyyy-mm-dd", "0.000"
STYLE = "Table Style Light 1"


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of a workbook that are not those of plain text or a whole number."""

    day: Any
    decimal: Any
    wrapped: Any

    def of(self, kind: Kind) -> Any:
        """The format for a kind of column; None for a plain one."""
        return {Kind.DAY: self.day, Kind.DECIMAL: self.decimal}.get(kind)


def xlsx_bytes(tables: Iterable[Table], title: str, day: date) -> bytes:
    """The tables as a workbook that says it was made on `day`: the same tables give the same bytes."""

    def fill(book: Any) -> None:
        book.set_properties({"title": title, "author": "normtool", "created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001
        formats = Formats(
            book.add_format({"num_format": DAY_FORMAT, "align": "left"}),
            book.add_format({"num_format": SHARE_FORMAT}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        for table in tables:
            _write(book, table, formats)

    return workbook_bytes(fill)


def _write(book: Any, table: Table, formats: Formats) -> None:
    name, columns = table.shape.name, table.shape.columns
    sheet = book.add_worksheet(name)
    last = max(len(table.rows), 1)
    """An Excel table has at least one row; that of a table without rows is blank."""
    heads = [{"header": column.name, "format": formats.of(column.kind)} for column in columns]
    sheet.add_table(0, 0, last, len(columns) - 1, {"name": f"T_{name}", "columns": heads, "style": STYLE})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(table, place))
        for line, row in enumerate(table.rows, 1):
            _write_cell(sheet, (line, place), row[place], formats.of(column.kind))
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Any, place: tuple[int, int], value: CellValue, style: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(*place, value)
        case int() | float() | Decimal():
            sheet.write_number(*place, float(value), style)
        case date():
            sheet.write_datetime(*place, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001
        case str():
            sheet.write_string(*place, _text(value), style)


def _text(value: str) -> str:
    """A text as a cell can hold it: whole characters, and not too many."""
    clean = value.encode("utf-8", "backslashreplace").decode("utf-8")
    return clean if len(clean) <= LONGEST_CELL else f"{clean[: LONGEST_CELL - 1]}…"


def _width(table: Table, place: int) -> float:
    """Wide enough for the head with its filter button and for most values."""
    head = len(table.shape.columns[place].name) + 4
    longest = max((len(str(row[place])) for row in table.rows if row[place] is not None), default=0)
    return min(WIDEST, max(NARROWEST, head, longest + 2))
