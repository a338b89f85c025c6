"""Where a value or a fault stands: a cell of a workbook, a key of a standards file, a whole file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


def column_letters(column: int) -> str:
    """Letters of a 1-based column number, as spreadsheets write it: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlace:
    """A whole file, or a whole sheet of it when `sheet` is not empty."""

    file: str
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlace:
    """One cell; `row` and `column` count from 1."""

    file: str
    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The address within the sheet, such as `D14`."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def line(self) -> tuple[str, str, int]:
        """The row that it is in: its file, its sheet and the number of the row."""
        return self.file, self.sheet, self.row


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRange:
    """A rectangle of cells; both corners count."""

    file: str
    sheet: str
    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def cell(self) -> str:
        """The address within the sheet, such as `D14:F20`."""
        first = f"{column_letters(self.column)}{self.row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlace:
    """A key in a YAML or JSON file; `line` and `column` count from 1, `path` is the way to it."""

    file: str
    line: int
    column: int
    path: str = ""


Place = FilePlace | CellPlace | CellRange | KeyPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Located(Generic[T]):
    """A value that still knows the cell it came from."""

    value: T
    place: CellPlace
