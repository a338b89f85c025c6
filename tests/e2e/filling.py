"""Filling in a form as a person does: by sheet name, header and row, never by address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Values = Mapping[str, Any]
COMPLETE = ("Dit overzicht is volledig", "This overview is complete")
SEARCHED_ROWS = 10


class Form:
    """An evidence workbook that is being filled in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook = openpyxl.load_workbook(path)

    def save(self, path: Path | None = None) -> Path:
        """Save it, here or elsewhere; gives where."""
        target = path or self.path
        self.book.save(target)
        return target

    def network(self, label: str, value: Any) -> None:
        """Fill in one fact about the network."""
        sheet = self.sheet("Netwerk")
        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == label)
        sheet.cell(row, 2).value = value

    def sheet(self, name: str) -> Worksheet:
        """A sheet by its name."""
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def header_row(self, sheet: str) -> int:
        """The first row with at least four filled cells."""
        found = self.sheet(sheet)
        for row in range(1, SEARCHED_ROWS):
            if sum(cell.value is not None for cell in found[row]) > 3:
                return row
        raise AssertionError(f"{sheet} has no headers")

    def headers(self, sheet: str) -> dict[str, int]:
        """The headers of a sheet with their columns."""
        row = self.sheet(sheet)[self.header_row(sheet)]
        return {str(cell.value): cell.column or 0 for cell in row if cell.value is not None}

    def row_with(self, sheet: str, values: Values) -> int:
        """The row that holds these values; when there is none the first empty one."""
        headers, found = self.headers(sheet), self.sheet(sheet)
        first = self.header_row(sheet) + 1
        for row in range(first, found.max_row + 1):
            if all(found.cell(row, headers[header]).value == value for header, value in values.items()):
                return row
        for row in range(first, found.max_row + 2):
            if all(found.cell(row, column).value is None for column in headers.values()):
                return row
        raise AssertionError(f"{sheet} is full")

    def put(self, sheet: str, key: Values, values: Values | None = None) -> int:
        """Fill a row that is known by `key` (in the form already, or new); gives its number."""
        row = self.row_with(sheet, key)
        headers = self.headers(sheet)
        for header, value in {**key, **(values or {})}.items():
            self.sheet(sheet).cell(row, headers[header]).value = excel_value(value)
        return row

    def answer(self, indicator: str, **values: Any) -> int:
        """Fill the row of an indicator; `Over_jaar` stands for the header *Over jaar*."""
        spaced = {header.replace("_", " "): value for header, value in values.items()}
        return self.put("Indicatoren", {"Id": indicator}, spaced)

    def cell(self, sheet: str, row: int, header: str) -> str:
        """The address of a cell: `D14`."""
        return self.sheet(sheet).cell(row, self.headers(sheet)[header]).coordinate

    def complete(self, *sheets: str, said: str | None = "ja") -> None:
        """Say of registers whether they are complete."""
        for name in sheets:
            sheet = self.sheet(name)
            cells = (cell for row in sheet.iter_rows(max_row=SEARCHED_ROWS) for cell in row)
            label = next(cell for cell in cells if cell.value in COMPLETE)
            sheet.cell(label.row, label.column + 1).value = said


def excel_value(value: Any) -> Any:
    """A date as openpyxl writes it; other values as they are."""
    return datetime.combine(value, time()) if type(value) is date else value
