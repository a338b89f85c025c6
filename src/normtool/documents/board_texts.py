"""Texts as a spreadsheet can hold them: no half characters, none that its files may not have, none too long."""

from __future__ import annotations

import re

LONGEST_CELL = 32_767
LONGEST_FURNITURE = 255
"""Characters that a spreadsheet allows in a cell, and in a header or footer; it counts in UTF-16."""
LONGEST_HEAD = 160
"""Characters of a network's name in the head of a page; the sheet of contents has it whole."""
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What an XML file may not hold: control characters and halves of characters. Source: XML 1.0, 2.2."""
REPLACEMENT = "\ufffd"
ELLIPSIS = " …"


def writable(text: str) -> str:
    """The text with a replacement character for each that a file cannot hold."""
    return UNWRITABLE.sub(REPLACEMENT, text)


def fitted(text: str) -> str:
    """The text as a cell can hold it: what is longer than a cell is cut, and says so."""
    text = writable(text)
    if _length(text) <= LONGEST_CELL:
        return text
    return _cut(text, LONGEST_CELL - len(ELLIPSIS)) + ELLIPSIS


def furniture(text: str, room: int) -> str:
    """Text for a header or footer: ampersands are codes there, and room is short.

    A space goes before it, because a digit would be read as part of the size of the letters.
    """
    doubled = " ".join(writable(text).split()).replace("&", "&&")
    if _length(doubled) <= room:
        return doubled
    cut = _cut(doubled, room - 1)
    is_halved = (len(cut) - len(cut.rstrip("&"))) % 2
    return (cut[:-1] if is_halved else cut) + "…"


def _length(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _cut(text: str, room: int) -> str:
    """As many whole characters as fit."""
    cut = text[:room]
    while _length(cut) > room:
        cut = cut[: -max(1, (_length(cut) - room) // 2)]
    return cut
