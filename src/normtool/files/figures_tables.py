"""A file with figures, csv or xlsx, as a Grid. A csv is one sheet by the name of the file, as Excel opens it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import date
from pathlib import Path

from normtool.core.diagnostics import Diagnostic, Diagnostics, Rule
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.places import CellPlace, FilePlace
from normtool.core.rules_offers import BROKEN_TABLE, FIGURES_TOO_LARGE, READ_AS_WINDOWS_TEXT
from normtool.core.rules_workbooks import EMPTY_FILE
from normtool.files.workbooks_xlsx import read_bytes, read_workbook

MAX_BYTES = 20_000_000
"""A hundred thousand rows of figures are some ten megabytes; a larger file is something else."""
MAX_ROWS = 100_000
"""All figures of all networks of a country, of ten years, are fewer."""
MAX_COLUMNS = 200
"""A delivery has about ten; beyond this it is a matrix, not a list."""
MAX_LETTERS = 5_000
"""Of one cell. Nobody writes a source or a name of more."""

DELIMITERS = (";", "\t", ",", "|")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a workbook begins, new and old: whatever its name is, it is read as one."""
WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""Excel saves *Unicode text* so."""
FIRST_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
"""How Excel is told what separates the columns."""
WHOLE = re.compile(r"[1-9]\d{0,11}|0")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_figures(path: Path) -> tuple[Grid | None, Diagnostics]:
    """The file as plain values; None when it cannot be read, and the diagnostics say why."""
    data = read_bytes(path)
    if isinstance(data, Diagnostic):
        return None, (data,)
    if data.startswith(WORKBOOKS):
        return read_workbook(path)
    if not data.strip():
        return None, (_about(EMPTY_FILE, path),)
    if len(data) > MAX_BYTES:
        return None, (_about(FIGURES_TOO_LARGE, path),)
    text, is_windows = _decoded(data)
    if text is None or "\x00" in text:
        return None, (_about(BROKEN_TABLE, path),)
    rows = _rows(text, path)
    if isinstance(rows, Diagnostic):
        return None, (rows,)
    sheet = Sheet(name=path.stem, rows=rows)
    notes = (_about(READ_AS_WINDOWS_TEXT, path),) if is_windows else ()
    return Grid(file=path.name, sheets=(sheet,), digest=hashlib.sha256(data).hexdigest()), notes


def _about(rule: Rule, path: Path) -> Diagnostic:
    return Diagnostic(rule=rule, place=FilePlace(file=path.name))


def _decoded(data: bytes) -> tuple[str | None, bool]:
    """The text, and whether it was read as Windows writes Western languages; None when it is no text."""
    mark = WIDE_MARKS.get(data[:2])
    try:
        return (data[2:].decode(mark) if mark else data.decode("utf-8-sig")), False
    except UnicodeDecodeError:
        pass
    try:
        return (None if mark else data.decode("cp1252")), True
    except UnicodeDecodeError:
        return None, False


def _rows(text: str, path: Path) -> tuple[tuple[GridValue, ...], ...] | Diagnostic:
    """The rows of the table; a fault in its quotes, or a limit that it passes, as a diagnostic."""
    told = FIRST_LINE.match(text)
    delimiter = told.group(1) if told else delimiter_of(text)
    rows: list[tuple[GridValue, ...]] = [()] if told else []
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(
        io.StringIO(text[told.end() :] if told else text, newline=""), delimiter=delimiter, strict=True
    )
    try:
        for row in reader:
            if len(rows) == MAX_ROWS or len(row) > MAX_COLUMNS or any(len(cell) > MAX_LETTERS for cell in row):
                return _about(FIGURES_TOO_LARGE, path)
            rows.append(tuple(value_of(cell) for cell in row))
    except csv.Error:
        place = CellPlace(file=path.name, sheet=path.stem, row=len(rows) + 1, column=1)
        return Diagnostic(rule=BROKEN_TABLE, place=place)
    return tuple(rows)


def delimiter_of(text: str) -> str:
    """What separates the columns: of the signs that may, the one most used in the first line that has any."""
    for line in text.splitlines():
        outside = re.sub(r'"[^"]*"', "", line)
        counts = {sign: outside.count(sign) for sign in DELIMITERS}
        if any(counts.values()):
            return max(DELIMITERS, key=lambda sign: counts[sign])
    return DELIMITERS[0]


def value_of(cell: str) -> GridValue:
    """A cell as a spreadsheet would hold it: whole numbers and days; all else stays text, also what begins with =."""
    text = cell.strip()
    if WHOLE.fullmatch(text):
        return int(text)
    if DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return cell if text else None
