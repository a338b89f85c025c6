"""What we remark in a cell comment: between two lines, so that it can be told from what people write there."""

from __future__ import annotations

import re
from collections.abc import Iterable

BEGIN = "—— normtool ——"
END = "————————————"
NEW_LINE = r"(?:\r?\n|_x000[dD]_\n)"
OURS = re.compile(rf"{NEW_LINE}?{BEGIN}[^\n]*{NEW_LINE}.*?(?:{END}|\Z)", re.DOTALL)
LONGEST = 4_000
"""Characters of our remarks in one cell: nobody reads more than a page in a yellow note. A comment holds 32,767."""

Paragraph = tuple[str, str]
"""A heading and what stands under it."""
Piece = tuple[str, bool]
"""A text, and whether it is bold."""


def remark(paragraphs: Iterable[Paragraph]) -> list[Piece]:
    """Our remark, from our first line to our last."""
    pieces: list[Piece] = [(BEGIN, False)]
    room = LONGEST
    for heading, body in paragraphs:
        if room <= 0:
            break
        shown = _fit(body, room)
        room -= len(heading) + len(shown)
        pieces += [(f"\n{_clean(heading)}", True), (f"\n{_clean(shown)}\n", False)]
    return [*pieces, (END, False)]


def our_spans(text: str) -> list[tuple[int, int]]:
    """Where our remarks stand in the text of a comment."""
    return [match.span() for match in OURS.finditer(text)] if BEGIN in text else []


def without_our_remarks(text: str) -> str:
    """The text of a comment as others wrote it; empty when all of it is ours."""
    kept, at = "", 0
    for start, end in our_spans(text):
        kept += text[at:start]
        at = end
    return (kept + text[at:]).strip()


def _clean(text: str) -> str:
    return text.replace(BEGIN, "").replace(END, "")


def _fit(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"
