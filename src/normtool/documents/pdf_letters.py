"""Which letters every glyph of a font stands for, when a letter is drawn as several glyphs.

WeasyPrint keeps the text of the first place where a glyph is drawn. Of a letter with a loose accent all of it goes to
the last glyph and nothing to the others: from then on every such letter of the document would be copied and read
aloud as nothing, or with the accent of another (ISO 14289-1, 7.21.7).
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from typing import Any


def give_letters(fonts: Mapping[object, Any]) -> None:
    """Give the glyphs that were drawn as parts of a letter what they stand for themselves."""
    for font in fonts.values():
        if any(map(_is_of_parts, font.to_unicode.values())):
            letters = _letters(font)
            for glyph, text in font.to_unicode.items():
                own = letters.get(glyph, "")
                if _is_of_parts(text) or _is_of_parts(own or text):
                    font.to_unicode[glyph] = own or _accents(text) or text


def _is_of_parts(text: str) -> bool:
    return not text or any(map(unicodedata.combining, text))


def _accents(text: str) -> str:
    return "".join(filter(unicodedata.combining, text))


def _letters(font: Any) -> dict[int, str]:
    """The first character of every glyph that the font itself gives one."""
    from fontTools.ttLib import TTFont

    found: dict[int, str] = {}
    with TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True) as whole:
        for code, name in sorted(whole.getBestCmap().items()):
            found.setdefault(whole.getGlyphID(name), chr(code))
    return found
