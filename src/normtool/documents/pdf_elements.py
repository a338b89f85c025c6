"""Which element of a tagged PDF (ISO 32000-1, 14.8.4) an element of the page becomes; tidying the tree of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Marked(NamedTuple):
    """A piece of content: its sheet, and its number there."""

    page: int
    mcid: int


class Referred(NamedTuple):
    """A link on a sheet."""

    page: int
    annotation: Any


@dataclass(slots=True, kw_only=True, eq=False)
class Node:
    """One element of the tree while it grows. `spans` are the columns and rows of a cell; `box` is in points."""

    tag: str
    parent: Node | None = None
    kids: list[Kid] = field(default_factory=list)
    alt: str = ""
    actual: str = ""
    language: str = ""
    id: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    numbering: str = ""
    spans: tuple[int, int] = (1, 1)
    box: tuple[float, float, float, float] | None = None

    def add(self, tag: str) -> Node:
        """A new last child."""
        made = Node(tag=tag, parent=self)
        self.kids.append(made)
        return made

    def within(self, tag: str) -> Node:
        """This element when it is of this kind, else a new child of that kind."""
        return self if self.tag == tag else self.add(tag)

    def children(self, *tags: str) -> list[Node]:
        """The children that are elements, of these kinds."""
        return [kid for kid in self.kids if isinstance(kid, Node) and (not tags or kid.tag in tags)]


Kid = Node | Marked | Referred

ALWAYS = {
    "section": "Sect",
    "article": "Art",
    "main": "Part",
    "blockquote": "BlockQuote",
    "div": "Div",
    "figure": "Div",
    "p": "P",
    "figcaption": "Caption",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "{http://www.w3.org/2000/svg}svg": "Figure",
    "img": "Figure",
}
"""Elements that are the same wherever they stand."""

INSIDE = {
    "caption": ("Caption", {"Table"}),
    "thead": ("THead", {"Table"}),
    "tbody": ("TBody", {"Table"}),
    "tfoot": ("TFoot", {"Table"}),
    "tr": ("TR", {"Table", "THead", "TBody", "TFoot"}),
    "th": ("TH", {"TR"}),
    "td": ("TD", {"TR"}),
}
"""Parts of tables, with what they stand in; those of a table that only lays out are groups or nothing."""

IN_LISTS = {"li", "dt", "dd", "li::marker"}
CONTENTS = "toc"
"""The class of the list that is the table of contents: its items are references to pages, not items of a list."""
NUMBERING = {"ul": "Disc", "ol": "Decimal", "dl": "None"}
SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
"""What may not hold text itself."""
HOLDS_BLOCKS = GROUPS | {"TD", "TH", "LBody"}
MAY_BE_EMPTY = {"TD", "TH"}
HEADINGS = {f"H{level}": level for level in range(1, 7)}


def node_for(element: Any, tag: str, parent: Node, *, is_block: bool) -> Node:
    """The element of the tree for one of the page, added below its parent; the parent where it adds nothing."""
    made = _node_for(element, tag, parent, is_block=is_block)
    if made is not parent and "::" not in tag:
        made.language = element.get("lang", "") if tag != "html" else ""
        made.actual = element.get("data-text", "")
    return made


def _node_for(element: Any, tag: str, parent: Node, *, is_block: bool) -> Node:
    if tag in NUMBERING or tag in IN_LISTS:
        return _part_of_list(element, tag, parent)
    if parent.tag == "L" or "::" in tag or tag in {"html", "body"}:
        return parent  # a group of terms in a list is not an element of it
    if tag in ALWAYS:
        made = parent.add(ALWAYS[tag])
        made.alt = alternative(element) if made.tag == "Figure" else ""
        return made
    if tag in INSIDE or tag == "table":
        return _part_of_table(element, tag, parent)
    if tag == "a" and element.get("href"):
        return parent.add("Link")
    if element.get("lang") or element.get("data-text"):
        return parent.add("Span")
    if is_block:
        return parent.add("P" if parent.tag in HOLDS_BLOCKS else "Span")
    return parent


def _part_of_table(element: Any, tag: str, parent: Node) -> Node:
    if tag == "table":
        return parent.add("Div" if element.get("role") == "presentation" else "Table")
    made, inside = INSIDE[tag]
    if parent.tag not in inside:
        return parent.add("Div") if tag in {"td", "th"} else parent
    node = parent.add(made)
    if made == "TH":
        node.scope = SCOPES.get(element.get("scope", ""), "")
    return node


def _part_of_list(element: Any, tag: str, parent: Node) -> Node:
    if tag in NUMBERING and element.get("class") == CONTENTS:
        return parent.add("TOC")
    if tag == "li" and parent.tag == "TOC":
        return parent.add("TOCI").add("Reference")
    if tag in NUMBERING:
        made = parent.add("L")
        made.numbering = NUMBERING[tag]
        return made
    if tag == "li::marker":
        return _label(parent)
    if parent.tag != "L":
        return parent
    if tag == "li":
        return parent.add("LI").add("LBody")
    last = parent.children("LI")[-1:]
    if tag == "dt":
        return (last[0] if last and not last[0].children("LBody") else parent.add("LI")).add("Lbl")
    return (last[0] if last else parent.add("LI")).add("LBody")


def _label(body: Node) -> Node:
    """Where the mark of a list item goes: before its body, in the item."""
    item = body.parent
    if item is None or item.tag != "LI":
        return body
    made = Node(tag="Lbl", parent=item)
    item.kids.insert(0, made)
    return made


def alternative(element: Any) -> str:
    """What a picture says, in words: its title and description, or its alt; empty when it only decorates."""
    if element.get("aria-hidden") == "true" or element.get("role") in {"presentation", "none"}:
        return ""
    if not element.tag.endswith("}svg"):
        return " ".join((element.get("alt") or "").split())
    wanted = {element.tag.removesuffix("svg") + name for name in ("title", "desc")}
    told = [" ".join("".join(part.itertext()).split()) for part in element if part.tag in wanted]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in told if text)


def own_text(element: Any) -> str:
    """The text of an element, on one line."""
    return " ".join("".join(element.itertext()).split())


def without_empty(node: Node) -> None:
    """Leave out elements that nothing stands in, except cells: they keep the columns in place."""
    for kid in node.children():
        without_empty(kid)
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.tag in MAY_BE_EMPTY]


def in_paragraphs(node: Node) -> None:
    """Put text that stands loose in a group in a paragraph; a group of text only is the paragraph itself."""
    for element in node.children():
        in_paragraphs(element)
    if node.tag not in GROUPS or not any(_is_text(kid) for kid in node.kids):
        return
    if node.tag == "Div" and all(_is_inline(kid) for kid in node.kids):
        node.tag = "P"
        return
    kids, node.kids = node.kids, []
    paragraph: Node | None = None
    for kid in kids:
        if not _is_inline(kid) or (paragraph is None and not _is_text(kid)):
            paragraph = None
            node.kids.append(kid)
            continue
        paragraph = paragraph if paragraph is not None else node.add("P")
        paragraph.kids.append(kid)


def number_headings(root: Node) -> None:
    """Make the first heading the highest, and let none stand more than one level below the one that it belongs to."""
    above: list[int] = []
    for node in _headings(root):
        level = HEADINGS[node.tag]
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        node.tag = f"H{len(above)}"


def _headings(node: Node) -> Iterator[Node]:
    for kid in node.children():
        if kid.tag in HEADINGS:
            yield kid
        yield from _headings(kid)


def _is_text(kid: Kid) -> bool:
    return not isinstance(kid, Node) or kid.tag in {"Span", "Link"}


def _is_inline(kid: Kid) -> bool:
    return _is_text(kid) or (isinstance(kid, Node) and kid.tag == "Figure")
