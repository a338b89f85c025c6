"""Workbooks that the program made itself and nobody answers in: marked inside, so that a new name does not matter."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from normtool.files.workbook_package import MAX_FILE_BYTES

PROPERTY = "normtool"
BOARD, DISTRIBUTION = "board", "distribution"
PROPERTIES_PART = "docProps/custom.xml"
MOST_READ = 64 * 1024
"""Bytes of the properties that are looked at; ours are under two thousand."""
MARK = re.compile(rb"<(?:\w+:)?property\b[^>]*\bname=\"normtool\"[^>]*>\s*<\w+:lpwstr\b[^>]*>(\w{1,20})<")


def mark(book: Any, kind: str) -> None:
    """Write into a workbook of XlsxWriter what it is."""
    book.set_custom_property(PROPERTY, kind)


def made_here(path: Path) -> str:
    """What sort of output of ours a file is; empty when it is none, or cannot be read.

    Only the few bytes of the document properties are unpacked, and nothing of them is parsed.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return ""
        with zipfile.ZipFile(path) as package, package.open(PROPERTIES_PART) as part:
            found = MARK.search(part.read(MOST_READ))
    except Exception:  # noqa: BLE001 (a damaged zip can fail in any way; reading it says what is the matter)
        return ""
    kind = found.group(1).decode() if found else ""
    return kind if kind in (BOARD, DISTRIBUTION) else ""
