"""An Excel workbook becomes a Grid: plain values at their true addresses, whatever program saved it."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import cast

from python_calamine import CalamineWorkbook

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Diagnostic, Diagnostics, Fact, Rule
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.places import CellPlace, FilePlace
from normtool.files.reading_limits import MEBIBYTE
from normtool.files.workbook_cells import MAX_AREA, MAX_LONG_RUN, Address, address
from normtool.files.workbook_guard import GuardedSheet, GuardedWorkbook, guard_workbook, shared_texts
from normtool.files.workbook_package import MAX_FILE_BYTES

EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
TYPED_YEARS = range(1950, 2101)
"""No answer is about a day in 1905; a number in this range was typed as a year."""

MERGED_ROWS, MERGED_COLUMNS = 1_000, 100
"""As far as merged cells are followed where nothing is filled in."""

Rows = tuple[tuple[GridValue, ...], ...]
Merged = tuple[int, int, int, int]


def read_workbook(path: Path) -> tuple[Grid | None, Diagnostics]:
    """The workbook at a path as plain values; None when it cannot be read, and the diagnostics say why."""
    data = read_bytes(path)
    if isinstance(data, Diagnostic):
        return None, (data,)
    attempt = read_once(data, path.name, is_odd=False)
    if attempt.guarded is not None and (attempt.tables is None or attempt.lost is not None):
        # What two readers take differently is settled by reading it element by element.
        attempt = read_once(data, path.name, is_odd=True)
    guarded, tables, found = attempt.guarded, attempt.tables, attempt.found
    if guarded is None:
        return None, found
    if tables is None:
        return None, (*found, diagnostic(rules.NOT_PARSED, path.name))
    fault = diagnostic(rules.CELLS_NOT_READ, path.name, attempt.lost) if attempt.lost is not None else None
    fault = fault or find_fault(guarded, tables, path.name)
    if fault is not None:
        return None, (*found, fault)
    sheets = tuple(as_sheet(guarded, sheet, rows) for sheet, rows in zip(guarded.sheets, tables, strict=True))
    digest = hashlib.sha256(data).hexdigest()
    return Grid(file=path.name, sheets=sheets, digest=digest, loose_texts=guarded.loose_texts), found


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of guard and parser; `lost` is the name of a sheet of which not every cell was read."""

    guarded: GuardedWorkbook | None
    tables: list[Rows] | None = None
    lost: str | None = None
    found: Diagnostics


def read_once(data: bytes, file: str, *, is_odd: bool) -> Attempt:
    """Guard and parse a workbook, its sheets element by element when they are odd."""
    guarded, found = guard_workbook(data, file, is_odd=is_odd)
    tables = parse(guarded) if guarded is not None else None
    lost = find_loss(guarded, tables) if guarded is not None and tables is not None else None
    return Attempt(guarded=guarded, tables=tables, lost=lost, found=found)


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


def find_loss(guarded: GuardedWorkbook, tables: list[Rows]) -> str | None:
    """The name of a sheet where guard and parser do not find the same number of filled cells; None if all agree."""
    texts: list[str] | None = None
    for sheet, rows in zip(guarded.sheets, tables, strict=True):
        filled = sum([len(row) - row.count(None) for row in rows])
        blank = 0
        if filled != sheet.facts.values and sheet.facts.shared:
            texts = shared_texts(guarded.strings) if texts is None else texts
            # The parser strips a text unless its blanks are to be kept, so a blank one may count or not.
            blank = sum([0 <= number < len(texts) and not texts[number].strip() for number in sheet.facts.shared])
        if not sheet.facts.values - blank <= filled <= sheet.facts.values:
            return sheet.name
    return None


def find_fault(guarded: GuardedWorkbook, tables: list[Rows], file: str) -> Diagnostic | None:
    """Why the values may not be used after all."""
    for sheet, rows in zip(guarded.sheets, tables, strict=True):
        if sheet.facts.merged and sum(map(area, clipped(sheet.facts.merged, rows))) > MAX_AREA:
            return diagnostic(rules.TOO_MANY_CELLS, file, sheet.name, limit=MAX_AREA)
        if not guarded.has_long_text and not sheet.facts.has_long_text:
            continue
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if isinstance(value, str) and len(value) > MAX_LONG_RUN:
                    place = CellPlace(file=file, sheet=sheet.name, row=row, column=column)
                    return Diagnostic(rule=rules.CELL_TOO_LONG, place=place, facts=(("limit", MAX_LONG_RUN),))
    return None


def area(merged: Merged) -> int:
    """The number of cells that are merged."""
    top, left, bottom, right = merged
    return (bottom - top + 1) * (right - left + 1)


def clipped(merged: Sequence[Merged], rows: Rows) -> list[Merged]:
    """Merged cells without those far beyond the values: whole rows and columns may be merged, to the end of Excel."""
    if not merged:
        return []
    last, widest = max(len(rows), MERGED_ROWS), max(max(map(len, rows), default=0), MERGED_COLUMNS)
    found = []
    for first, left, second, right in merged:
        top, bottom = sorted((first, second))
        found.append((top, left, max(top, min(bottom, last)), max(left, min(right, widest))))
    return found


def as_sheet(guarded: GuardedWorkbook, sheet: GuardedSheet, rows: Rows) -> Sheet:
    """The values of a sheet joined with what the guard saw."""
    facts = sheet.facts
    return Sheet(
        name=sheet.name,
        rows=rows,
        errors=tuple(facts.errors),
        unread_formulas=tuple(facts.unread_formulas),
        hidden_rows=tuple([row for row in facts.hidden_rows if row <= len(rows)]),
        merged=tuple(clipped(facts.merged, rows)),
        hidden=sheet.hidden,
        percentages=tuple(percentages(guarded.percent_styles, facts.content, rows)),
        comments=sheet.comments,
    )


def percentages(styles: frozenset[int], content: bytes, rows: Rows) -> Iterator[Address]:
    """The cells whose number is shown with a percent sign."""
    if not styles:
        return
    wanted = "|".join(map(str, sorted(styles)))
    styled = re.compile(rf'<c r="([A-Z]+)(\d+)"[^>]*?\ss="(?:{wanted})"(?:[^>]*[^>/])?>'.encode())
    for letters, number in styled.findall(content):
        row, column = address(number, letters)
        value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
        if type(value) in {int, float}:
            yield row, column
