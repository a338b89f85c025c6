"""The structure tree of a tagged PDF: one element per element of the page, however many sheets it runs over.

WeasyPrint builds its tree per sheet and per box: a table on three sheets becomes three, its repeated head is read
three times, layout tables are tables, and a group inside a list breaks the list. Readers with a screen reader notice,
and so does veraPDF (ISO 14289-1, 7.2 and 7.5). This tree follows the elements of the HTML instead. It takes the place
of `weasyprint.pdf.add_tags`, whose version is pinned, and reads the same boxes and marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from normtool.documents.pdf_elements import (
    Kid,
    Marked,
    Node,
    Referred,
    alternative,
    in_paragraphs,
    node_for,
    number_headings,
    own_text,
    without_empty,
)
from normtool.documents.pdf_headers import tie_headers

SVG = "{http://www.w3.org/2000/svg}svg"
PIXEL = 0.75
"""Points per CSS pixel."""


def add_structure(pdf: Any, document: Any, _pdf_version: object, page_streams: Sequence[Any]) -> None:
    """Give the file its structure tree, and what goes with it in the catalogue."""
    import pydyf

    grown = _grow(document, page_streams, pdf.page_references)
    _Writer(pdf, pydyf, grown).write()
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _grow(document: Any, page_streams: Sequence[Any], references: Sequence[bytes]) -> _Grower:
    grower = _Grower()
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        grower.take_page(number, page, stream)
    without_empty(grower.root)
    in_paragraphs(grower.root)
    number_headings(grower.root)
    tie_headers(grower.root)
    grower.references = tuple(references)
    return grower


class _Grower:
    """Reads the boxes of every sheet into one tree of elements."""

    def __init__(self) -> None:
        self.root = Node(tag="Document")
        self.references: tuple[bytes, ...] = ()
        self.counts: list[int] = []
        self._nodes: dict[tuple[int, str], Node] = {}
        self._heads: dict[int, int] = {}
        self._page = 0
        self._sheet: Any = None
        self._stream: Any = None
        self._places: dict[int, int] | None = None

    def take_page(self, number: int, page: Any, stream: Any) -> None:
        """Add what stands on one sheet."""
        self._page, self._sheet, self._stream, self._places = number, page, stream, None
        self.counts.append(len(stream._tags))
        self._take(page._page_box, self.root)
        for left in list(stream._tags):
            self._set_aside(left, "")

    def _take(self, box: Any, node: Node) -> None:
        from weasyprint.formatting_structure import boxes

        box = getattr(box, "_box", box)  # what is placed absolutely stands behind a stand-in
        if isinstance(box, boxes.TextBox):
            self._mark(box, node)
            return
        if isinstance(box, boxes.MarginBox):
            self._set_aside(box, "Header" if "top" in box.at_keyword else "Footer")
            return
        inner = self._inner(box, node)
        if inner is None:
            self._set_aside(box, "")
            return
        if getattr(box, "link_annotation", None) is not None:
            inner = inner.within("Link")
            inner.kids.append(Referred(self._page, box.link_annotation))
            text = own_text(box.element)
            if text:
                box.link_annotation["Contents"] = type(box.link_annotation["Contents"])(text)
        if isinstance(box, boxes.ReplacedBox):
            self._mark(box, inner)
            inner.box = self._rectangle(box)
        for child in getattr(box, "children", ()):
            self._take(child, inner)

    def _inner(self, box: Any, node: Node) -> Node | None:
        """The element that the content of a box belongs to; None when it only decorates."""
        element, tag = box.element, box.element_tag
        if element is None:
            return node
        if tag in {"thead", "tfoot"} and self._heads.setdefault(id(element), self._page) != self._page:
            return None  # repeated on the next sheet
        if (tag == SVG or tag == "img") and not alternative(element):
            return None
        key = (id(element), tag)
        known = self._nodes.get(key)
        if known is not None:
            return known  # an anonymous box of the same element, or the same element on the next sheet
        from weasyprint.formatting_structure import boxes

        made = node_for(element, tag, node, is_block=isinstance(box, boxes.BlockLevelBox))
        if made is not node:
            self._nodes[key] = made
            made.spans = (getattr(box, "colspan", 1), getattr(box, "rowspan", 1))
        return made

    def _mark(self, box: Any, node: Node) -> None:
        found = self._stream._tags.pop(box, None)
        if found is not None:
            node.kids.append(Marked(self._page, found["mcid"]))

    def _set_aside(self, box: Any, subtype: str) -> None:
        """Make everything in a box an artifact: it is seen, and not read out. Its links stay with their element."""
        box = getattr(box, "_box", box)
        found = self._stream._tags.pop(box, None)
        if found is not None:
            self._as_artifact(found["mcid"], subtype)
        if getattr(box, "link_annotation", None) is not None:
            node = self._nodes.get((id(box.element), box.element_tag))
            (node or self.root.within("Link")).kids.append(Referred(self._page, box.link_annotation))
        for child in getattr(box, "children", ()):
            self._set_aside(child, subtype)

    def _as_artifact(self, mcid: int, subtype: str) -> None:
        commands = self._stream.stream
        if self._places is None:
            self._places = {
                item["MCID"]: at for at, item in enumerate(commands) if isinstance(item, dict) and "MCID" in item
            }
        at = self._places[mcid]
        commands[at - 1] = "/Artifact"
        del commands[at]["MCID"]
        commands[at]["Type"] = "/Pagination"
        if subtype:
            commands[at]["Subtype"] = f"/{subtype}"

    def _rectangle(self, box: Any) -> tuple[float, float, float, float]:
        """Where a picture stands, in points from the lower left corner of its sheet."""
        left, top = box.content_box_x(), box.content_box_y()
        height = self._sheet.height
        across, down = left + box.width, top + box.height
        return (left * PIXEL, (height - down) * PIXEL, across * PIXEL, (height - top) * PIXEL)


class _Writer:
    """Writes a tree of elements as objects of the file."""

    def __init__(self, pdf: Any, pydyf: Any, grown: _Grower) -> None:
        self._pdf, self._pydyf, self._grown = pdf, pydyf, grown
        self._owners: list[list[bytes]] = [[b"null"] * count for count in grown.counts]
        self._annotations: list[tuple[bytes, Any]] = []
        self._ids: list[tuple[str, bytes]] = []

    def write(self) -> None:
        """Write root, elements, the way back from content to elements, and the names of header cells."""
        pydyf = self._pydyf
        root = self._new({"Type": "/StructTreeRoot"})
        root["K"] = pydyf.Array([self._element(self._grown.root, root)])
        numbers = pydyf.Array()
        for page, owners in enumerate(self._owners):
            numbers += [page, pydyf.Array(owners)]
        for number, (owner, annotation) in enumerate(self._annotations, start=len(self._owners)):
            annotation["StructParent"] = number
            numbers += [number, owner]
        root["ParentTree"] = self._new({"Nums": numbers}).reference
        root["ParentTreeNextKey"] = len(self._owners) + len(self._annotations)
        if self._ids:
            names = pydyf.Array(part for key, owner in sorted(self._ids) for part in (pydyf.String(key), owner))
            root["IDTree"] = self._new({"Names": names}).reference
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _new(self, values: dict[str, object]) -> Any:
        made = self._pydyf.Dictionary(values)
        self._pdf.add_object(made)
        return made

    def _element(self, node: Node, parent: Any) -> bytes:
        """Write one element with everything below it; its reference."""
        own = self._new({"Type": "/StructElem", "S": f"/{node.tag}", "P": parent.reference})
        reference: bytes = own.reference
        page = next((kid.page for kid in node.kids if isinstance(kid, Marked)), None)
        if page is not None:
            own["Pg"] = self._grown.references[page]
        for key, text in (("Alt", node.alt), ("ActualText", node.actual), ("Lang", node.language), ("ID", node.id)):
            if text:
                own[key] = self._pydyf.String(text)
        if node.id:
            self._ids.append((node.id, reference))
        attributes = list(self._attributes(node))
        if attributes:
            own["A"] = attributes[0] if len(attributes) == 1 else self._pydyf.Array(attributes)
        own["K"] = self._pydyf.Array(self._kid(kid, own, page) for kid in node.kids)
        return reference

    def _kid(self, kid: Kid, own: Any, page: int | None) -> object:
        pydyf, references = self._pydyf, self._grown.references
        if isinstance(kid, Node):
            return self._element(kid, own)
        if isinstance(kid, Referred):
            self._annotations.append((own.reference, kid.annotation))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": references[kid.page]})
        self._owners[kid.page][kid.mcid] = own.reference
        if kid.page == page:
            return kid.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": references[kid.page], "MCID": kid.mcid})

    def _attributes(self, node: Node) -> Iterator[Any]:
        """What tables, lists and pictures say of themselves."""
        pydyf = self._pydyf
        if node.box is not None and node.tag == "Figure":
            yield pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(node.box)})
        if node.numbering:
            yield pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{node.numbering}"})
        if node.tag in {"TH", "TD"}:
            cell = pydyf.Dictionary({"O": "/Table"})
            if node.scope:
                cell["Scope"] = f"/{node.scope}"
            if node.headers:
                cell["Headers"] = pydyf.Array(pydyf.String(key) for key in node.headers)
            across, down = node.spans
            if across > 1:
                cell["ColSpan"] = across
            if down > 1:
                cell["RowSpan"] = down
            if len(cell) > 1:
                yield cell
