"""A workbook as plain values at their true addresses, whatever program saved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

GridValue = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: `rows[0][0]` is A1. Errors and formulas without a result stand beside the plain values.

    `errors` and `unread_formulas` map (row, column), from 1, to the error code or the formula's text;
    `merged` holds the (row, column, last row, last column) of merged cells; `percentages` are the cells whose
    number is shown with a percent sign; `comments` maps cells to what others than this program remarked there.
    """

    name: str
    rows: tuple[tuple[GridValue, ...], ...]
    errors: tuple[tuple[tuple[int, int], str], ...] = ()
    unread_formulas: tuple[tuple[tuple[int, int], str], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    percentages: tuple[tuple[int, int], ...] = ()
    comments: tuple[tuple[tuple[int, int], str], ...] = ()

    def value(self, row: int, column: int) -> GridValue:
        """The value at a 1-based address; None outside the sheet."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def filled_cells(self) -> Iterator[tuple[int, int, GridValue]]:
        """Every cell that holds a value, with its 1-based row and column."""
        for row_number, row in enumerate(self.rows, 1):
            for column_number, value in enumerate(row, 1):
                if value is not None and value != "":
                    yield row_number, column_number, value


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseText:
    """A text in a workbook that stands in no cell: a text box, a header, the title of the file.

    `sheet` is empty when it belongs to the whole file; `where` names what it is (a key in words/).
    """

    sheet: str
    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A workbook: its file name, the digest of its bytes, its sheets in order and the texts outside its cells."""

    file: str
    sheets: tuple[Sheet, ...]
    digest: str = ""
    loose_texts: tuple[LooseText, ...] = ()
