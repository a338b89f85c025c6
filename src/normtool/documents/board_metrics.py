"""How much room text takes in a cell: a spreadsheet does not make a row higher for a text that is merged or measured.

Widths are those of Calibri, in hundredths of the size of its letters; bold is a little wider.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

BY_WIDTH = {
    22: "'",
    23: "il",
    24: "j",
    25: " ,.I‘’·\u00a0",
    27: ":;",
    29: "`",
    30: "()",
    31: "-[]f{}",
    32: "J",
    33: "!t",
    35: "r",
    39: "/\\s",
    40: '"z',
    42: "Lc“”",
    43: "x",
    45: "kvy",
    46: "?FS|",
    47: "Zg",
    48: "a",
    49: "ETY",
    50: "#*+<=>^_e~–•×≥≤",
    51: "$0123456789€",
    52: "KPX",
    53: "Cbdhnopqu",
    54: "BR",
    57: "V",
    58: "A",
    62: "DH",
    63: "G",
    64: "U",
    65: "N",
    66: "O",
    67: "Q",
    68: "&",
    69: "…",
    71: "%w",
    80: "m",
    85: "M",
    89: "@W",
    91: "—→",
}
WIDTHS = {letter: width / 100 for width, letters in BY_WIDTH.items() for letter in letters}
OTHER, WIDE = 0.6, 1.1
"""Letters of other scripts, and those that are as wide as high."""
BOLD = 1.04
SAFE = 1.04
"""Programs and printers differ this much in how wide they draw a text."""
PIXELS, PADDING = 7, 5
"""Pixels of a character of a column's width at 11 points, and of both edges of a cell; as Excel counts."""
POINTS = 0.75
"""Points in a pixel at 96 to the inch."""
INNER = 4.0
"""Points between the edges of a cell and its text, both sides together."""


def lines(text: str, width: float, size: float = 10, *, bold: bool = False) -> int:
    """How many lines a text takes in a column of so many characters, when it is broken between words."""
    room = (int(width * PIXELS + PADDING) * POINTS - INNER) / (size * SAFE * (BOLD if bold else 1))
    return sum(_lines(part, max(room, 1.0)) for part in text.splitlines()) or 1


def spanned(widths: Sequence[float]) -> float:
    """The width of columns that are one cell together, in characters."""
    return sum(widths) + (len(widths) - 1) * PADDING / PIXELS


def text_width(text: str) -> float:
    """How wide a text is, in sizes of its letters."""
    return sum(_width(letter) for letter in text)


def _lines(part: str, room: float) -> int:
    """Lines of one paragraph; a word that is wider than the column is broken."""
    count, filled = 1, 0.0
    for word in part.split(" "):
        wide = text_width(word)
        if filled and filled + wide > room:
            count, filled = count + 1, 0.0
        if wide > room:
            count += int(wide / room)
            wide %= room
        filled += wide + WIDTHS[" "]
    return count


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    if base in WIDTHS:
        return WIDTHS[base]
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else OTHER
