"""An Excel workbook becomes a Grid: plain values at their true addresses, whatever program saved it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from datetime import date
from math import isfinite
from pathlib import Path
from typing import cast

from python_calamine import CalamineWorkbook

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Diagnostic, Diagnostics, Fact, Rule
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.places import FilePlace
from normtool.files.workbook_guard import (
    MAX_FILE_BYTES,
    MEBIBYTE,
    GuardedSheet,
    GuardedWorkbook,
    guard_workbook,
)

EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
TYPED_YEARS = range(1950, 2101)
"""No answer is about a day in 1905; a number in this range was typed as a year."""

Rows = tuple[tuple[GridValue, ...], ...]


def read_workbook(path: Path) -> tuple[Grid | None, Diagnostics]:
    """The workbook at a path as plain values; None when it cannot be read, and the diagnostics say why."""
    data = read_bytes(path)
    if isinstance(data, Diagnostic):
        return None, (data,)
    guarded, found = guard_workbook(data, path.name)
    if guarded is None:
        return None, found
    tables = parse(guarded)
    if tables is None:
        return None, (*found, diagnostic(rules.NOT_PARSED, path.name))
    sheets = []
    for sheet, rows in zip(guarded.sheets, tables, strict=True):
        if sheet.facts.has_values and not rows and not sheet.facts.errors:
            return None, (*found, diagnostic(rules.CELLS_NOT_READ, path.name, sheet.name))
        sheets.append(as_sheet(sheet, rows))
    return Grid(file=path.name, sheets=tuple(sheets), digest=hashlib.sha256(data).hexdigest()), found


def read_bytes(path: Path) -> bytes | Diagnostic:
    """The bytes of the file, or why there are none."""
    if path.name.startswith("~$"):
        return diagnostic(rules.LOCK_FILE, path.name)
    try:
        if path.is_dir():
            return diagnostic(rules.IS_A_FOLDER, path.name)
        if path.exists() and not path.is_file():
            return diagnostic(rules.UNREADABLE, path.name)
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // MEBIBYTE
            return diagnostic(rules.FILE_TOO_LARGE, path.name, megabytes=-(-size // MEBIBYTE), limit=limit)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return diagnostic(rules.FILE_MISSING, path.name)
    except (OSError, ValueError):
        return diagnostic(rules.UNREADABLE, path.name)


def diagnostic(rule: Rule, file: str, sheet: str = "", **facts: Fact) -> Diagnostic:
    """A diagnostic about a whole file or sheet."""
    return Diagnostic(rule=rule, place=FilePlace(file=file, sheet=sheet), facts=tuple(facts.items()))


def parse(guarded: GuardedWorkbook) -> list[Rows] | None:
    """The values of every sheet, in order; None when the parser gives up."""
    epoch = EPOCH_1904 if guarded.uses_1904 else EPOCH
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(guarded.package)) as workbook:
            return [
                plain_rows(workbook.get_sheet_by_index(number).to_python(skip_empty_area=False), epoch)
                for number in range(len(guarded.sheets))
            ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 (a panic in the parser is not an Exception; the file is at fault, not the user)
        return None


def plain_rows(table: Iterable[Iterable[object]], epoch: date) -> Rows:
    """Rows with empty cells as None, whole numbers as int, and no empty rows at the end.

    `epoch` is the day from which this workbook counts its dates.
    """
    # Written out because it runs for every cell: a call for each would double the time.
    rows = [
        tuple(
            [
                (int(value) if value.is_integer() else broken(value))
                if type(value) is float
                else ((None if value == "" else value) if type(value) is not date else typed_date(value, epoch))
                for value in row
            ]
        )
        for row in table
    ]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return cast(Rows, tuple(rows))


def typed_date(day: date, epoch: date) -> date | int:
    """The date, or the year that was typed alone in a cell for dates: 2023 is stored as a day in 1905."""
    number = (day - epoch).days
    return number if number in TYPED_YEARS else day


def broken(number: float) -> float | str:
    """A number that is not whole; what is no number at all stays text."""
    return number if isfinite(number) else str(number)


def as_sheet(sheet: GuardedSheet, rows: Rows) -> Sheet:
    """The values of a sheet joined with what the guard saw."""
    facts = sheet.facts
    return Sheet(
        name=sheet.name,
        rows=rows,
        errors=tuple(facts.errors),
        unread_formulas=tuple(facts.unread_formulas),
        hidden_rows=tuple(facts.hidden_rows),
        merged=tuple(facts.merged),
        hidden=sheet.hidden,
    )
