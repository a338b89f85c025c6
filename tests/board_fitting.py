"""Whether texts fit their cells, measured with the letters that LibreOffice draws Calibri with."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from openpyxl.cell.rich_text import CellRichText, TextBlock

from tests.board_reading import read

PIXELS, PADDING, POINTS, EDGES = 7, 5, 0.75, 4.0
"""Pixels of a character of a column's width, of a cell's padding; points in a pixel, and of both edges of a cell."""
LINE_HEIGHT = 1.2
"""Points from line to line, in sizes of the letters."""


@cache
def _font(style: str) -> tuple[Any, Any, int]:
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", f"Calibri:{style}"], capture_output=True, check=True, text=True
    )
    if "Carlito" not in found.stdout and "calibri" not in found.stdout.lower():
        pytest.fail("letters as wide as Calibri's are missing; script/test says how to install them")
    font = TTFont(found.stdout, recalcTimestamp=False)
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def width_of(text: str, size: float, *, bold: bool) -> float:
    """How wide a text is drawn, in points."""
    letters, widths, units = _font("bold" if bold else "regular")
    return float(sum(widths[letters.get(ord(letter), ".notdef")][0] for letter in text) * size / units)


def _lines(text: str, room: float, letters: tuple[float, bool]) -> int:
    """Lines that a text takes, broken between words, and within a word that is wider than the cell."""
    (size, bold), count = letters, 0
    for part in text.split("\n"):
        filled, count = 0.0, count + 1
        for word in part.split(" "):
            wide = width_of(word, size, bold=bold)
            if filled and filled + wide > room:
                filled, count = 0.0, count + 1
            count += int(wide / room)
            filled += width_of(f"{word} ", size, bold=bold) % room
    return count


def cut_texts(content: bytes, longest: int = 600) -> Iterator[str]:
    """Every text of a workbook that is cut by its cell; texts over `longest` are cut on purpose, on screen too."""
    book, values = read(content, rich=True), read(content, values=True)
    for sheet in book:
        widths = {
            column: found.width
            for found in sheet.column_dimensions.values()
            for column in range(found.min, found.max + 1)
        }
        merged = {(span.min_row, span.min_col): span.max_col for span in sheet.merged_cells.ranges}
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            text = values[sheet.title][cell.coordinate].value
            if isinstance(text, str) and len(text) <= longest:
                last = merged.get((cell.row, cell.column), cell.column)
                if not _fits(sheet, cell, text, (widths, last)):
                    yield f"{sheet.title}!{cell.coordinate}: {text[:60]}"


def _fits(sheet: Any, cell: Any, text: str, columns: tuple[dict[int, float], int]) -> bool:
    widths, last = columns

    def points(column: int) -> float:
        return int(widths.get(column, 8.43) * PIXELS + PADDING) * POINTS

    room = sum(points(column) for column in range(cell.column, last + 1)) - EDGES - 7 * (cell.alignment.indent or 0)
    size, bold = float(cell.font.sz), bool(cell.font.b)
    if cell.alignment.wrap_text:
        height = float(sheet.row_dimensions[cell.row].height or 15)
        parts = [(text, size)]
        if isinstance(cell.value, CellRichText):
            blocks = [part for part in cell.value if isinstance(part, TextBlock)]
            parts = [(block.text.strip("\n"), float(block.font.sz or size)) for block in blocks]
        return sum(_lines(part, room, (own, bold)) * own for part, own in parts) * LINE_HEIGHT <= height + 1.5
    column = last + 1
    while width_of(text, size, bold=bold) > room and column <= sheet.max_column:
        if sheet.cell(cell.row, column).value is not None or cell.alignment.horizontal in ("center", "right"):
            return False
        room, column = room + points(column), column + 1
    return True
