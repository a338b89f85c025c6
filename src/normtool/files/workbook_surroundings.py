"""What stands around the cells of a workbook: remarks, text boxes, headers, the title; and how numbers are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from normtool.core.grids import LooseText
from normtool.files.marked_remarks import without_our_remarks
from normtool.files.workbook_cells import parse_address
from normtool.files.workbook_parts import Handlers, Parts, References, SheetEntry, read_elements

Comments = tuple[tuple[tuple[int, int], str], ...]

THREAD = "tc="
"""So begins the author of the copy that Excel keeps of a threaded comment, for its older versions."""
BUILT_IN_PERCENT = frozenset({9, 10})
"""The numbers of `0%` and `0.00%`, which no file writes out."""
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""What a number format shows as it is, or leaves room for."""
PRINTED = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\s*>([^<]*)<")
CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[A-Za-z])')
"""Fonts, sizes, page numbers and the like in a printed header; `&&` is a plain ampersand."""
AUTHOR, TEXT, THREADED = frozenset({"author"}), frozenset({"t"}), frozenset({"threadedComment"})
TITLES = frozenset({"title", "subject", "keywords", "description", "category"})


class Texts:
    """Gathers the texts of some elements of a part: one text for each outer element, with its attributes."""

    def __init__(self, outer: frozenset[str], inner: frozenset[str]) -> None:
        self.outer, self.inner = outer, inner
        self.found: list[tuple[dict[str, str], str]] = []
        self.attributes: dict[str, str] = {}
        self.pieces: list[str] | None = None
        self.is_taking = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in self.outer:
            self.attributes, self.pieces = attributes, []
        self.is_taking = name in self.inner and self.pieces is not None

    def end(self, name: str) -> None:
        """An element ends."""
        self.is_taking = False
        if self.pieces is None:
            return
        if name == "p":
            self.pieces.append("\n")
        if name in self.outer:
            self.found.append((self.attributes, "".join(self.pieces).strip()))
            self.pieces = None

    def text(self, characters: str) -> None:
        """Characters of a text."""
        if self.is_taking and self.pieces is not None:
            self.pieces.append(characters)

    def of(self, part: str, content: bytes) -> list[tuple[dict[str, str], str]]:
        """The texts of a part."""
        read_elements(part, content, Handlers(start=self.start, end=self.end, text=self.text))
        return self.found


def parts_of_kind(references: References, kind: str) -> list[str]:
    """The parts of a kind that a part refers to, each once."""
    return list(dict.fromkeys(part for of_kind, part in references.values() if of_kind == kind))


def comments_of(parts: Parts, references: References) -> Comments:
    """What others remarked at the cells of a sheet, in old notes and in conversations."""
    found: dict[tuple[int, int], list[str]] = {}
    if not references:
        return ()
    for attributes, text, author in notes(parts, references):
        theirs = without_our_remarks(text)  # by its own lines: a program that saves a marked copy drops its author
        if theirs and not author.startswith(THREAD):
            _add(found, attributes, theirs)
    for part in parts_of_kind(references, "threadedComment"):
        for attributes, text in Texts(THREADED, frozenset({"text"})).of(part, parts.small(part) or b"<a/>"):
            _add(found, attributes, text)
    return tuple((cell, "\n".join(texts)) for cell, texts in sorted(found.items()))


def _add(found: dict[tuple[int, int], list[str]], attributes: dict[str, str], text: str) -> None:
    try:
        found.setdefault(parse_address(attributes.get("ref", "")), []).append(text)
    except ValueError:
        found.setdefault((1, 1), []).append(text)  # a remark without a place is still a remark


def notes(parts: Parts, references: References) -> Iterator[tuple[dict[str, str], str, str]]:
    """The notes of a sheet: attributes, text and author."""
    for part in parts_of_kind(references, "comments"):
        content = parts.small(part) or b"<a/>"
        authors = [name for _, name in Texts(AUTHOR, AUTHOR).of(part, content)]
        for attributes, text in Texts(frozenset({"comment"}), TEXT).of(part, content):
            number = attributes.get("authorId", "")
            is_known = number.isascii() and number.isdigit() and int(number[:9]) < len(authors)
            yield attributes, text, authors[int(number[:9])] if is_known else ""


def loose_texts_of(parts: Parts, references: References, entry: SheetEntry) -> Iterator[LooseText]:
    """The texts of a sheet that stand in no cell: in its drawings, and printed above and below it."""
    for part in parts_of_kind(references, "drawing"):
        for _, text in Texts(frozenset({"txBody"}), TEXT).of(part, parts.small(part) or b"<a/>"):
            if text:
                yield LooseText(sheet=entry.name, where="text_box", text=text)
    content = parts.contents[entry.part]
    # From the end, where it stands: from the beginning all rows would be passed on every reading.
    end = content.rfind(b"eaderFooter")
    start = content.rfind(b"eaderFooter", 0, end) if end >= 0 else -1
    for printed in dict.fromkeys(PRINTED.findall(content, start, end)) if start >= 0 else ():
        text = CODES.sub(" ", unescape(printed.decode("utf-8")).replace("&&", "\0")).replace("\0", "&")
        if text := " ".join(text.split()):
            yield LooseText(sheet=entry.name, where="header_footer", text=text)


def titles_of(parts: Parts) -> Iterator[LooseText]:
    """What the properties of the file say it is: title, subject, keywords, remarks."""
    for part in parts_of_kind(parts.references(""), "core-properties"):
        for _, text in Texts(TITLES, TITLES).of(part, parts.small(part) or b"<a/>"):
            if text:
                yield LooseText(sheet="", where="properties", text=text)


def percent_styles(styles: bytes, part: str) -> frozenset[int]:
    """The numbers of the cell styles that show a number with a percent sign; none costs next to nothing."""
    if b"%" not in styles and not re.search(rb"numFmtId\s*=\s*[\"'](?:9|10)[\"']", styles):
        return frozenset()
    formats = set(BUILT_IN_PERCENT)
    found: list[int] = []
    state = {"in_cells": False, "number": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and "%" in QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(_number(attributes))
        elif name == "cellXfs":
            state["in_cells"] = True
        elif name == "xf" and state["in_cells"]:
            if _number(attributes) in formats:
                found.append(state["number"])
            state["number"] += 1

    def end(name: str) -> None:
        if name == "cellXfs":
            state["in_cells"] = False

    read_elements(part, styles, Handlers(start=start, end=end))
    return frozenset(found)


def _number(attributes: dict[str, str]) -> int:
    number = attributes.get("numFmtId", "")
    return int(number[:9]) if number.isascii() and number.isdigit() else 0
