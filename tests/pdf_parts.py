"""A tagged PDF taken apart for tests: its elements, the content they own, and what every page draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf

PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "EI", "INLINE IMAGE"}
"""Operators that leave something on the page."""


@dataclass(slots=True, eq=False)
class Element:
    """One element of the structure tree: what stands in it, in order; a piece of content is a (page, MCID) pair."""

    tag: str
    source: Any
    parent: Element | None = None
    inside: list[Element | tuple[int, int]] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)

    @property
    def kids(self) -> list[Element]:
        """The elements in it."""
        return [item for item in self.inside if isinstance(item, Element)]

    @property
    def content(self) -> list[tuple[int, int]]:
        """The content that it owns itself."""
        return [item for item in self.inside if isinstance(item, tuple)]

    @property
    def everything(self) -> Iterator[tuple[int, int]]:
        """All content in it that is text, in reading order: of a picture its alternative is read."""
        for item in self.inside:
            if isinstance(item, tuple):
                yield item
            elif item.tag != "Figure":
                yield from item.everything

    def text(self, key: str) -> str:
        """A text that belongs to it, such as `/Alt`."""
        return str(self.source.get(key, ""))

    @property
    def attributes(self) -> dict[str, Any]:
        """All attributes together."""
        found = self.source.get("/A")
        parts = [] if found is None else list(found) if isinstance(found, pikepdf.Array) else [found]
        return {str(key): value for part in parts for key, value in part.items()}

    def below(self) -> Iterator[Element]:
        """Everything in it, in reading order."""
        for kid in self.kids:
            yield kid
            yield from kid.below()


@dataclass(slots=True)
class Painted:
    """An operator that paints, and the marked content that it stands in, from outside to inside."""

    page: int
    operator: str
    operands: tuple[Any, ...]
    marks: tuple[tuple[str, dict[str, Any]], ...]
    depth: int
    font: str = ""

    @property
    def mcid(self) -> int | None:
        """The number of the marked content that it stands in; None for what only decorates."""
        return next((int(values["/MCID"]) for _, values in self.marks if "/MCID" in values), None)

    @property
    def codes(self) -> Iterator[bytes]:
        """The letters it shows, as codes of two bytes in its font."""
        shown = self.operands[0] if self.operator == "TJ" else self.operands[:1] if self.operator == "Tj" else ()
        for part in shown:
            if isinstance(part, pikepdf.String):
                data = bytes(part)
                yield from (data[at : at + 2] for at in range(0, len(data), 2))


class Parts:
    """A PDF taken apart."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf = pikepdf.open(BytesIO(content))
        self._fonts: dict[str, dict[bytes, str]] = {}
        self.numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages)}

    @cached_property
    def root(self) -> Element:
        """The element `Document`."""
        (only,) = self.pdf.Root.StructTreeRoot.K
        return self._element(only, None)

    def _element(self, source: Any, parent: Element | None) -> Element:
        made = Element(str(source.S).lstrip("/"), source, parent)
        page = source.get("/Pg")
        for kid in source.get("/K", []):
            if isinstance(kid, int):
                made.inside.append((self.numbers[page.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                made.inside.append((self.numbers[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                made.links.append(kid.Obj)
            else:
                made.inside.append(self._element(kid, made))
        return made

    @cached_property
    def elements(self) -> list[Element]:
        """Every element, in reading order."""
        return [self.root, *self.root.below()]

    def of(self, *tags: str) -> list[Element]:
        """The elements of these kinds."""
        return [item for item in self.elements if item.tag in tags]

    @cached_property
    def painted(self) -> list[Painted]:
        """Everything that is painted, page by page."""
        return [item for number, page in enumerate(self.pdf.pages) for item in _painted(number, page)]

    def told(self) -> str:
        """What is read out, in reading order."""
        said: dict[tuple[int, int], str] = {}
        for item in self.painted:
            if item.mcid is not None:
                place = (item.page, item.mcid)
                said[place] = said.get(place, "") + self.letters(item)
        return "".join(said.get(place, "") for place in self.root.everything)

    def letters(self, item: Painted) -> str:
        """The letters that an operator shows."""
        return "".join(self.letters_of(item))

    def letters_of(self, item: Painted) -> list[str]:
        """The letters that an operator shows, glyph by glyph."""
        return [self._letters(item.font)[code] for code in item.codes]

    def _letters(self, font: str) -> dict[bytes, str]:
        """The letter of every code of a font, as its `/ToUnicode` says."""
        if font not in self._fonts:
            source = self.pdf.pages[0].Resources.Font[font].ToUnicode.read_bytes().decode()
            pairs = re.findall(r"^<([0-9a-f]{4})> <([0-9a-f]+)>$", source, flags=re.MULTILINE | re.IGNORECASE)
            known = {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
            self._fonts[font] = known
        return self._fonts[font]

    def dictionaries(self, kind: str = "") -> list[Any]:
        """Every dictionary and stream of the file, or those of one `/Type`."""
        every = [item for item in self.pdf.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]
        return [item for item in every if not kind or item.get("/Type") == kind]


def _painted(number: int, page: Any) -> Iterator[Painted]:
    marks: list[tuple[str, dict[str, Any]]] = []
    depth, font = 0, ""
    for command in pikepdf.parse_content_stream(page):
        operator, operands = str(command.operator), tuple(command.operands)
        if operator in {"BMC", "BDC"}:
            known = operands[1] if operator == "BDC" else pikepdf.Dictionary()
            marks.append((str(operands[0]), {str(key): value for key, value in known.items()}))
        elif operator == "EMC":
            marks.pop()
        elif operator in {"q", "Q"}:
            depth += 1 if operator == "q" else -1
        elif operator == "Tf":
            font = str(operands[0])
        elif operator in PAINTS:
            yield Painted(number, operator, operands, tuple(marks), depth, font)
