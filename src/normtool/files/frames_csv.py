"""Tidy tables as csv that Excel opens without a wizard, in the language of the user.

Dutch Excel expects `;` between columns and a decimal comma, English Excel `,` and a point; both need a byte order
mark to read UTF-8. A text that Excel would take for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from normtool.files.frames_tables import CellValue, Table

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a formula can begin with; the wide forms are read as the plain ones by some programs."""
SEPARATORS: Mapping[str, tuple[str, str]] = {"nl": (";", ","), "en": (",", ".")}
"""By language: what stands between columns, and before decimals."""


def csv_bytes(table: Table, language: str) -> bytes:
    """The table as csv, with a head line, also when it has no rows."""
    delimiter, point = SEPARATORS[language]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.name for column in table.shape.columns])
    writer.writerows([_cell(value, point) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: CellValue, point: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() | Decimal():
            return repr(float(value)).replace(".", point)
        case date():
            return value.isoformat()
        case str():
            return guarded(value)
        case _:
            return str(value)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; signs that end a text for some readers are left out."""
    clean = text.replace("\x00", "")
    return f"'{clean}" if clean.lstrip(" \u00a0\n\ufeff").startswith(FORMULA_SIGNS) else clean
