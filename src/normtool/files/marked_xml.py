"""Changing a part of a workbook byte by byte: where its elements stand, and cutting and pasting between them.

Nothing is parsed and written again: what is not asked to change keeps its bytes, with its prefixes and quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not have, or advises against."""
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Spreadsheets read `_x0041_` in a text as an A."""
SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^>]*)?>")

MOST_ELEMENTS, DEEPEST = 400_000, 100
"""A form has some thousands of elements around its rows, ten deep; a part with more would cost too much memory."""

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class MarkingError(Exception):
    """The workbook is put together in a way that marks cannot be written into."""


@dataclass(slots=True, kw_only=True, eq=False)
class Element:
    """An element; at which bytes `<a>` begins (`start`) and ends (`inner`) and `</a>` begins (`close`) and ends."""

    name: str
    prefix: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """Whether it was written without an end tag: `<a/>`."""
        return self.inner == self.end

    def child(self, name: str) -> Element | None:
        """Its first child of this name."""
        return next(self.named(name), None)

    def named(self, name: str) -> Iterator[Element]:
        """Its children of this name."""
        return (child for child in self.children if child.name == name)

    def all(self, name: str) -> Iterator[Element]:
        """Every element of this name below it, in document order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def attribute(self, name: str) -> str:
        """An attribute by its name without prefix; empty when it lacks."""
        return next((value for key, value in self.attributes.items() if key.rpartition(":")[2] == name), "")

    def number(self, name: str, default: int = 0) -> int:
        """An attribute as a number; the default when it lacks or is none."""
        text = self.attributes.get(name, "").strip()
        return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default

    @property
    def namespace(self) -> str:
        """The namespace of a root element; empty when it has none."""
        return self.attributes.get(f"xmlns:{self.prefix[:-1]}" if self.prefix else "xmlns", "")


def outline(content: bytes) -> Element:
    """The root of a part, with everything below it.

    Raises:
        MarkingError: the part is not well-formed, or too large.
    """
    top = Element(name="", prefix="", attributes={}, start=0, inner=0, end=len(content))
    stack = [top]
    count = 0
    parser = expat.ParserCreate()

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS or len(stack) > DEEPEST:
            raise MarkingError(f"more than {MOST_ELEMENTS} elements, or more than {DEEPEST} deep")
        start = parser.CurrentByteIndex
        tag = TAG.match(content, start)
        prefix, colon, local = name.rpartition(":")
        inner = tag.end() if tag is not None else start
        item = Element(name=local, prefix=prefix + colon, attributes=attributes, start=start, inner=inner)
        stack[-1].children.append(item)
        stack.append(item)

    def finish(_: str) -> None:
        item = stack.pop()
        if content[item.inner - 2 : item.inner] == b"/>":
            item.close = item.end = item.inner
        else:
            item.close = parser.CurrentByteIndex
            item.end = content.index(b">", item.close) + 1

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as fault:  # the last two: an encoding that nobody knows
        raise MarkingError(str(fault)) from fault
    return top.children[0]


class Edits:
    """Changes to one part, gathered first and made at once; changes may not overlap."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._changes: list[tuple[int, int, int, bytes]] = []

    def replace(self, start: int, end: int, text: bytes) -> None:
        """Put a text in the place of these bytes."""
        self._changes.append((start, end, len(self._changes), text))

    def insert(self, at: int, text: bytes) -> None:
        """Put a text between two bytes; texts at one place keep the order in which they came."""
        self.replace(at, at, text)

    def remove(self, element: Element) -> None:
        """Leave an element out."""
        self.replace(element.start, element.end, b"")

    def set(self, element: Element, name: str, value: str | None) -> None:
        """Give an attribute (named as it is written) a value; None takes it away."""
        for match in ATTRIBUTE.finditer(self.content, element.start, element.inner):
            if match.group(1) == name.encode():
                if value is None:
                    self.replace(match.start(), match.end(), b"")
                else:
                    quote = match.group(2)[:1]
                    self.replace(*match.span(2), quote + escape(value).replace(b"'", b"&apos;") + quote)
                return
        if value is not None:
            self.insert(self._tag_end(element), b" " + name.encode() + b'="' + escape(value) + b'"')

    def append(self, parent: Element, text: bytes) -> None:
        """Put a text behind the last child of an element."""
        if parent.is_closed:
            name = (parent.prefix + parent.name).encode()
            self.replace(self._tag_end(parent), parent.inner, b">" + text + b"</" + name + b">")
        else:
            self.insert(parent.close, text)

    def prepend(self, parent: Element, text: bytes) -> None:
        """Put a text before the first child of an element."""
        if parent.is_closed:
            self.append(parent, text)
        else:
            self.insert(parent.inner, text)

    def insert_in_order(self, root: Element, text: bytes, name: str, order: Sequence[str]) -> None:
        """Put an element of this name where the schema wants it: before the first child that comes no earlier."""
        rank = order.index(name)
        for child in root.children:
            if rank <= _rank(child, order):
                self.insert(child.start, text)
                return
        self.append(root, text)

    def done(self) -> bytes:
        """The part with all changes."""
        if not self._changes:
            return self.content
        pieces: list[bytes] = []
        at = 0
        for start, end, _, text in sorted(self._changes, key=lambda change: change[:3]):
            pieces += [self.content[at:start], text]
            at = end
        return b"".join([*pieces, self.content[at:]])

    def _tag_end(self, element: Element) -> int:
        return element.inner - (2 if self.content[element.inner - 2 : element.inner] == b"/>" else 1)


def _rank(child: Element, order: Sequence[str]) -> int:
    """The place of an element in the schema; -1 when unknown. An `AlternateContent` stands for what is in it."""
    if child.name == "AlternateContent":
        inside = [_rank(item, order) for choice in child.children for item in choice.children]
        return max(inside, default=-1)
    return order.index(child.name) if child.name in order else -1


def fold(content: bytes) -> tuple[bytes, bytes]:
    """A sheet without its rows, and those rows: they are most of it, and no mark touches them."""
    begin = None if b"<!" in content else SHEET_DATA.search(content)
    if begin is None or begin.group().endswith(b"/>"):
        return content, b""
    end = content.rfind(b"</" + begin.group(1) + b"sheetData")
    if end < begin.end():
        return content, b""
    return content[: begin.end()] + content[end:], content[begin.end() : end]


def unfold(content: bytes, rows: bytes) -> bytes:
    """The sheet with its rows again."""
    begin = SHEET_DATA.search(content)
    if not rows or begin is None:
        return content
    return content[: begin.end()] + rows + content[begin.end() :]


def text_of(content: bytes, element: Element) -> str:
    """The text between the tags of an element that has no children."""
    inside = content[element.inner : element.close].decode("utf-8")
    if inside.startswith("<![CDATA["):
        return inside.removeprefix("<![CDATA[").removesuffix("]]>")
    return unescape(inside)


def escape(text: str) -> bytes:
    """A text as it stands in XML, in an element or between double quotes."""
    safe = NOT_ALLOWED.sub("", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        safe = safe.replace(sign, entity)
    return safe.encode("utf-8")


def escape_text(text: str) -> bytes:
    """A text of a cell or a comment, so that a spreadsheet shows it as it is."""
    return escape(LOOKS_ESCAPED.sub("_x005F_", text))


def text_element(text: str, prefix: str = "") -> bytes:
    """A `<t>` that keeps its blanks."""
    name = f"{prefix}t".encode()
    return b"<" + name + b' xml:space="preserve">' + escape_text(text) + b"</" + name + b">"


def relationships_of(root: Element) -> str:
    """The namespace of relationships that goes with the namespace of a part: strict or transitional."""
    return STRICT if root.namespace.startswith("http://purl.oclc.org/") else TRANSITIONAL
