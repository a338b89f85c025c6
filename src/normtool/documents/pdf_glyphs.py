"""Characters that our fonts lack: shown as a box that still is what was typed, and never taken from another font.

A font of the computer would make the file another one on every machine, and a character without any glyph breaks
both PDF/UA-1 (ISO 14289-1, 7.21.8) and PDF/A-3 (ISO 19005-3, 6.2.11.8). Whoever has the page read aloud or copies
from it gets the character itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from pathlib import Path

BOX = "□"
FAMILY = "SourceSans3-*.ttf"
"""Every text may fall back on this family (print.css)."""
PIECE = re.compile(r"<(style|script|title|desc)\b.*?</\1>|<!?/?([a-zA-Z]*)[^>]*>|[^<]+", re.DOTALL)
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that steer a text and have no look of their own."""
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Characters that choose a look for the one before them, as most emoji have."""
MUTE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of characters, and two codes that are none: XML may not hold them, and the metadata of a PDF is XML."""
UNREADABLE = "\ufffd"
LONGEST_RUN = 1_000
"""Characters that boxes stand for together: no string may be longer than 32,767 bytes (ISO 19005-3, 6.1.13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What a page needs: the characters that no font of ours has, and the accents that ours set on a letter."""

    missing: frozenset[str]
    accents: frozenset[str]
    covered: frozenset[str]

    def pattern(self) -> re.Pattern[str]:
        """What is to be replaced: runs of missing characters, and letters with accents of their own behind them."""
        run = f"[{_class(self.missing)}]{{1,{LONGEST_RUN}}}" if self.missing else "(?!)"
        accented = rf"[^\W_][{_class(self.accents)}]+" if self.accents else "(?!)"
        return re.compile(f"(?P<run>{run})|{accented}")


def in_our_glyphs(page: str, fonts: Path) -> str:
    """The page with only characters that the fonts in this folder have, and that XML may hold."""
    page = BROKEN.sub(UNREADABLE, MUTE.sub("", page))
    covered = _covered(fonts)
    used = frozenset(filter(_needs_glyph, set(page)))
    accents = frozenset(item for item in used & covered if _is_accent(item))
    wanted = _Wanted(missing=used - covered, accents=accents, covered=covered)
    return "".join(_pieces(page, wanted)) if wanted.missing or wanted.accents else page


def _needs_glyph(character: str) -> bool:
    return not " " <= character <= "~" and character not in "\n\r\t"


def _is_accent(character: str) -> bool:
    return _is_mark(character) and not SELECTORS.match(character)


def _class(characters: frozenset[str]) -> str:
    return "".join(re.escape(item) for item in sorted(characters))


@cache
def _covered(fonts: Path) -> frozenset[str]:
    """The characters that every font of the family has."""
    from fontTools.ttLib import TTFont

    known = []
    for path in sorted(fonts.glob(FAMILY)):
        with TTFont(path, lazy=True) as font:
            known.append(frozenset(font.getBestCmap()))
    return frozenset(chr(code) for code in frozenset.intersection(*known))


def _pieces(page: str, wanted: _Wanted) -> Iterator[str]:
    """The page piece by piece: tags as they are, texts in our glyphs; a drawing holds no marks inside its texts."""
    pattern = wanted.pattern()
    depth = 0
    for piece in PIECE.finditer(page):
        text = piece[0]
        if text.startswith("<"):
            if piece[2] == "svg":
                depth += -1 if text.startswith("</") else 1
            yield text
        else:
            yield pattern.sub(partial(_shown, covered=wanted.covered, is_marked=depth == 0), text)


def _shown(found: re.Match[str], covered: frozenset[str], *, is_marked: bool) -> str:
    """What stands for a text that our fonts cannot show as it is; where marks may be, it is told as it was typed."""
    said = found[0]
    shown = _boxes(said) if found["run"] is not None else _composed(said, covered)
    if not is_marked or not shown or (len(shown) == 1 and shown != BOX):
        return shown
    return f'<span data-text="{escape(said)}">{shown}</span>'


def _boxes(run: str) -> str:
    """A box for every character that is seen; accents and what only steers come along with the others."""
    seen = sum(unicodedata.category(item) not in UNSEEN and not _is_mark(item) for item in run)
    return BOX * (seen or any(map(_is_accent, run)))


def _composed(letter: str, covered: frozenset[str]) -> str:
    """A letter and its accents as the one character that they are, if our fonts have it."""
    composed = unicodedata.normalize("NFC", letter)
    return composed if covered.issuperset(composed) else letter


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
