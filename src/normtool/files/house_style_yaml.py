"""The settings of a house style as YAML: every fault at its line, nothing guessed."""

from __future__ import annotations

import io
import re
import warnings
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normtool.core import rules_house_style as rules
from normtool.core import rules_standards as shape_rules
from normtool.core.diagnostics import Collector, Diagnostics
from normtool.core.house_style import NEEDED_CONTRAST, HouseStyle, Logo, dark_enough, least_contrast
from normtool.core.places import FilePlace, KeyPlace
from normtool.core.spellings import Names
from normtool.files.standards_yaml import in_file_order, read_text
from normtool.files.yaml_places import Entry, Node, place_of, read_tree

OWN_TERMS = {"tumour_type_network": "tumortypenetwerk"}
KEYS = {
    "organisation": "organisatie",
    "logo": "logo",
    "logo_text": "logo_tekst",
    "accent": "accentkleur",
    "footer": "voettekst",
    "own_terms": "eigen_termen",
    "small_numbers_below": "kleine_aantallen_onder",
    "mask_review": "afschermen_voor_toetsteam",
}
"""The settings: each by its English or its Dutch name."""

COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
LOGO_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}
TWO_IN_ONE = "MPO"
"""What Pillow calls a JPEG with a second picture behind it, as phones make them; it is read as a JPEG."""
MOST_KILOBYTES, MOST_PIXELS = 500, 4000
"""Of a logo: it stands in every document."""
SCREEN_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
"""Pillow's names for black and white, grey, and red-green-blue, at most 8 bits a channel."""
TURNED, UPRIGHT = 0x0112, 1
"""The mark in a photo (EXIF) that says how it must be turned, and its value for not at all."""
LONGEST = {"organisation": 80, "logo_text": 120, "footer": 120, "own_terms": 60}
"""Characters that fit on the line where they are shown."""
LOWEST_LIMIT, HIGHEST_LIMIT = 3, 100
"""Of small numbers of patients: under 3 there is nothing to hide, and over 100 there is nothing left to show."""


def read_house_style(file: Path | None) -> tuple[HouseStyle | None, Diagnostics]:
    """The house style of this file; None without a file, and None with every error when it cannot be used."""
    if file is None:
        return None, ()
    found = Collector()
    root = _tree(file, found)
    style = _Settings(file, root, found).house_style() if root is not None else None
    has_error = any(item.is_error for item in found.items)
    return None if has_error else style, in_file_order(found.items, (file.name,))


def _tree(file: Path, found: Collector) -> Node | None:
    if not file.is_file():
        found.add(rules.HOUSE_STYLE_MISSING, FilePlace(file=file.name), file=str(file))
        return None
    text = read_text(file.name, file, found)
    tree = read_tree(text, file.name, found) if text is not None else None
    if tree is not None and not isinstance(tree.value, dict):
        found.add(shape_rules.BLOCK_EXPECTED, place_of(tree, ()), value=_shown(tree.value or ""))
        return None
    return tree


@dataclass(frozen=True, slots=True)
class _Settings:
    """The settings of one file, read one by one; what is wrong is gathered in `found`."""

    file: Path
    root: Node
    found: Collector

    def house_style(self) -> HouseStyle:
        entries = _by_key(self.root, KEYS, self.found)
        readers: Mapping[str, Callable[[Entry], Any]] = {
            "organisation": lambda entry: self._text("organisation", entry),
            "logo": self._picture,
            "logo_text": lambda entry: self._text("logo_text", entry),
            "accent": self._colour,
            "footer": lambda entry: self._text("footer", entry),
            "own_terms": self._terms,
            "small_numbers_below": self._limit,
            "mask_review": self._yes_no,
        }
        filled = {key: entry for key, entry in entries.items() if key == "accent" or entry.node.value is not None}
        values = {key: readers[key](entry) for key, entry in filled.items()}
        logo = values.get("logo")
        organisation = values.get("organisation", "")
        return HouseStyle(
            organisation=organisation,
            logo=_described(logo, values.get("logo_text") or organisation) if logo is not None else None,
            accent=values.get("accent", ""),
            footer=values.get("footer", ""),
            own_terms=values.get("own_terms", ()),
            small_below=values.get("small_numbers_below"),
            masks_review=values.get("mask_review", False),
        )

    def _text(self, key: str, entry: Entry) -> str:
        value = entry.node.value
        if isinstance(value, dict | list | bool):
            self.found.add(shape_rules.TEXT_EXPECTED, _place(entry), value=_shown(value))
            return ""
        text = "".join(character for character in " ".join(str(value).split()) if character.isprintable())
        if len(text) > LONGEST[key]:
            most = LONGEST[key]
            self.found.add(rules.TEXT_TOO_LONG, _place(entry), name=key, length=len(text), most=most)
        return text

    def _colour(self, entry: Entry) -> str:
        value = entry.node.value
        match = COLOUR.fullmatch(str(value).strip())
        if match is None or isinstance(value, dict | list | bool):
            shown = "" if value is None else _shown(value)  # without quotes a colour is a remark in YAML
            self.found.add(rules.COLOUR_UNREADABLE, _place(entry), value=shown)
            return ""
        colour = f"#{match.group(1).upper()}"
        reached = least_contrast(colour)
        if reached < NEEDED_CONTRAST:
            self.found.add(
                rules.COLOUR_TOO_LIGHT,
                _place(entry),
                value=colour,
                contrast=int(reached * 10),
                needed=round(NEEDED_CONTRAST * 10),
                nearest=dark_enough(colour),
            )
        return colour

    def _picture(self, entry: Entry) -> Logo | None:
        if isinstance(entry.node.value, dict | list | bool):
            self.found.add(shape_rules.TEXT_EXPECTED, _place(entry), value=_shown(entry.node.value))
            return None
        name = str(entry.node.value).strip()
        file = self.file.parent / name
        if not name or not file.is_file():
            self.found.add(rules.LOGO_MISSING, _place(entry), file=name)
            return None
        logo = _logo_of(file)
        if logo is None:
            kinds = ", ".join(kind.lower() for kind in LOGO_KINDS)
            self.found.add(
                rules.LOGO_UNUSABLE,
                _place(entry),
                file=name,
                choices=kinds,
                kilobytes=MOST_KILOBYTES,
                pixels=MOST_PIXELS,
            )
        return logo

    def _terms(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        if not isinstance(entry.node.value, dict):
            self.found.add(shape_rules.BLOCK_EXPECTED, _place(entry), value=_shown(entry.node.value))
            return ()
        entries = _by_key(entry.node, OWN_TERMS, self.found)
        texts = {key: self._text("own_terms", item) for key, item in entries.items() if item.node.value is not None}
        return tuple((key, text) for key, text in texts.items() if text)

    def _limit(self, entry: Entry) -> int | None:
        value = entry.node.value
        if type(value) is not int:
            self.found.add(shape_rules.WHOLE_EXPECTED, _place(entry), value=_shown(value))
            return None
        if not LOWEST_LIMIT <= value <= HIGHEST_LIMIT:
            self.found.add(rules.LIMIT_OUTSIDE, _place(entry), value=value, low=LOWEST_LIMIT, high=HIGHEST_LIMIT)
        return value

    def _yes_no(self, entry: Entry) -> bool:
        value = entry.node.value
        said = {"ja": True, "yes": True, "nee": False, "no": False}.get(str(value).lower(), value)
        if not isinstance(said, bool):
            self.found.add(shape_rules.TRUE_FALSE_EXPECTED, _place(entry), value=_shown(value))
            return False
        return said


def _by_key(node: Node, known: Mapping[str, str], found: Collector) -> dict[str, Entry]:
    """The entries of a block by the English name of their key; other keys are refused."""
    names = {other: key for key, dutch in known.items() for other in (key, dutch)}
    entries: dict[str, Entry] = {}
    for name, entry in node.value.items():
        key = names.get(str(name))
        if key is None:
            near = Names((other, other) for other in names).guess(str(name))
            if near is not None:
                found.add(shape_rules.KEY_MISSPELT, _place(entry), name=str(name), nearest=near)
            else:
                found.add(shape_rules.KEY_UNKNOWN, _place(entry), name=str(name), allowed=", ".join(known.values()))
        elif key in entries:
            found.add(shape_rules.KEY_TWICE, _place(entry), name=key)
        else:
            entries[key] = entry
    return entries


def _logo_of(file: Path) -> Logo | None:
    """The picture in a file; None when it is another kind of file, damaged, or too large."""
    try:
        return picture_of(file.read_bytes()) if file.stat().st_size <= MOST_KILOBYTES * 1000 else None
    except OSError:
        return None


def picture_of(data: bytes) -> Logo | None:
    """The picture that these bytes are; None when they are something else, damaged, or of too many pixels."""
    from PIL import Image, ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole program: half a logo would pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture of too many pixels is only warned of
            with Image.open(io.BytesIO(data), formats=tuple(LOGO_KINDS)) as picture:
                kind = "JPEG" if picture.format == TWO_IN_ONE else picture.format or ""
                width, height = picture.size
                fits = max(width, height) <= MOST_PIXELS and _is_shown_alike(picture)
                if fits:
                    picture.load()
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    if not fits:
        return None
    return Logo(media_type=LOGO_KINDS[kind], data=b64encode(data).decode(), width=width, height=height)


def _is_shown_alike(picture: Any) -> bool:
    """Whether every program shows a picture in the same way: colours for a screen, and the right way up by itself.

    A PDF/A may not hold colours for print (CMYK), and a workbook does not turn a picture as a browser does.
    """
    return picture.mode in SCREEN_MODES and picture.getexif().get(TURNED, UPRIGHT) == UPRIGHT


def _described(logo: Logo, alternative: str) -> Logo:
    return Logo(
        media_type=logo.media_type,
        data=logo.data,
        width=logo.width,
        height=logo.height,
        alternative=alternative,
    )


def _place(entry: Entry) -> KeyPlace:
    return KeyPlace(file=entry.file, line=entry.line, column=entry.column)


def _shown(value: Any) -> str:
    return "…" if isinstance(value, dict | list) else str(value)
