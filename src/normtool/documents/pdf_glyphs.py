"""Characters that our fonts lack: shown as a box that still is what was typed, and never taken from another font.

A font of the computer would make the file another one on every machine, and a character without any glyph breaks
both PDF/UA-1 (ISO 14289-1, 7.21.8) and PDF/A-3 (ISO 19005-3, 6.2.11.8). Whoever has the page read aloud or copies
from it gets the character itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, partial
from html import escape
from pathlib import Path

BOX = "□"
FAMILY = "SourceSans3-*.ttf"
"""Every text may fall back on this family (print.css)."""
PIECE = re.compile(r"<(style|script|title|desc)\b.*?</\1>|<!?/?([a-zA-Z]*)[^>]*>|[^<]+", re.DOTALL)
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that steer a text and have no look of their own."""


def in_our_glyphs(page: str, fonts: Path) -> str:
    """The page with only characters that the fonts in this folder have."""
    missing = frozenset(character for character in set(page) if _needs_glyph(character)) - _covered(fonts)
    return "".join(_pieces(page, missing)) if missing else page


def _needs_glyph(character: str) -> bool:
    return not " " <= character <= "~" and character not in "\n\r\t"


@cache
def _covered(fonts: Path) -> frozenset[str]:
    """The characters that every font of the family has."""
    from fontTools.ttLib import TTFont

    known = []
    for path in sorted(fonts.glob(FAMILY)):
        with TTFont(path, lazy=True) as font:
            known.append(frozenset(font.getBestCmap()))
    return frozenset(chr(code) for code in frozenset.intersection(*known))


def _pieces(page: str, missing: frozenset[str]) -> Iterator[str]:
    """The page piece by piece: tags as they are, texts in our glyphs; a drawing holds no marks inside its texts."""
    runs = re.compile("[" + "".join(re.escape(item) for item in sorted(missing)) + "]+")
    depth = 0
    for piece in PIECE.finditer(page):
        text = piece[0]
        if text.startswith("<"):
            if piece[2] == "svg":
                depth += -1 if text.startswith("</") else 1
            yield text
        else:
            yield runs.sub(partial(_boxes, is_marked=depth == 0), text)


def _boxes(found: re.Match[str], *, is_marked: bool) -> str:
    run = found[0]
    shown = BOX * sum(unicodedata.category(item) not in UNSEEN for item in run)
    if not shown or not is_marked:
        return shown
    said = "".join(item for item in run if unicodedata.category(item) not in {"Cc", "Cs"})
    return f'<span data-text="{escape(said)}">{shown}</span>'
