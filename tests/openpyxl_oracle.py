"""openpyxl as an oracle: the same values at the same addresses, read by a program that shares no code with ours."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import MergedCell

from normtool.core.grids import Grid, Sheet

Cells = dict[tuple[int, int], object]

YEARS = range(1950, 2101)
"""A whole number of days in this range was typed as a year: ours keeps it, openpyxl makes a day in 1905 of it."""
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def same_as_openpyxl(path: Path, grid: Grid) -> None:
    """Assert that every cell of every sheet holds the same, its errors included; also which sheets are hidden."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out when it saves
        book = openpyxl.load_workbook(path, data_only=True)
    assert [(sheet.name, sheet.hidden) for sheet in grid.sheets] == [
        (sheet.title, sheet.sheet_state != "visible") for sheet in book.worksheets
    ]
    for ours, sheet in zip(grid.sheets, book.worksheets, strict=True):
        values: Cells = {}
        errors: Cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                value = None if isinstance(cell, MergedCell) else cell.value
                if cell.data_type == "e":
                    errors[cell.row, cell.column] = value  # type: ignore[index]
                elif value not in {None, ""}:
                    values[cell.row, cell.column] = in_one_form(value, book.epoch)  # type: ignore[index]
        assert cells_of(ours) == values, f"{path.name}, {ours.name}"
        assert dict(ours.errors) == errors, f"{path.name}, {ours.name}"


def cells_of(sheet: Sheet) -> Cells:
    """Our filled cells by address."""
    return {(row, column): in_one_form(value, None) for row, column, value in sheet.filled_cells()}


def in_one_form(value: object, epoch: datetime | None) -> object:
    """Both readers' values in one form: midnight is a date, a whole float an int; times to the millisecond."""
    if isinstance(value, bool):
        return value, "truth"
    if isinstance(value, datetime):
        days = (value - epoch).days if epoch is not None else 0
        if value.time() == time(0):
            return days if days in YEARS else value.date()
        return rounded(value)
    if isinstance(value, float):
        return int(value) if isfinite(value) and value.is_integer() else value if isfinite(value) else str(value)
    if isinstance(value, time):
        return rounded(datetime.combine(date(2000, 1, 1), value)).time()
    if isinstance(value, timedelta):
        return timedelta(milliseconds=round(value / timedelta(milliseconds=1)))
    if isinstance(value, str):
        # openpyxl leaves `_x000D_` in what it did not write itself; calamine ends lines as XML does.
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value).replace("\r\n", "\n")
    return value


def rounded(moment: datetime) -> datetime:
    """The moment to the millisecond: a float of days holds no more."""
    start = datetime(1900, 1, 1)  # noqa: DTZ001 (no time zones in a workbook)
    return start + timedelta(milliseconds=round((moment - start) / timedelta(milliseconds=1)))
