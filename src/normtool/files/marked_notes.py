"""The comments of one sheet, with all that a comment needs: its part, its yellow note, and the references to both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normtool.files.marked_colours import SHEET_ORDER
from normtool.files.marked_comments import empty_comments, with_remarks, without_remarks
from normtool.files.marked_drawing import (
    VML_TYPE,
    blocks,
    empty_drawing,
    measures,
    with_notes,
    without_notes,
)
from normtool.files.marked_package import Package
from normtool.files.marked_remarks import Paragraph, remark
from normtool.files.marked_xml import Edits, Element, fold, outline, relationships_of, unfold

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML = "vml"


def take_remarks_out(package: Package, part: str) -> None:
    """Take our remarks out of the comments of a sheet; what others wrote stays, with its note."""
    comments = _comments_part(package, part)
    if not comments:
        return
    content, freed, left = without_remarks(package.read(comments))
    package.write(comments, content)
    if not left:
        references = {item.id for item in package.relationships(part) if item.target == comments}
        package.unrelate(part, references)
        package.discard(comments)
    if freed or not left:
        _take_notes_out(package, part, freed)


def put_remarks_in(package: Package, part: str, remarks: Mapping[str, Sequence[Paragraph]]) -> None:
    """Put our remarks (cell to paragraphs) into the comments of a sheet, each with a note."""
    if not remarks:
        return
    comments = _comments_part(package, part) or _new_comments_part(package, part)
    content, added = with_remarks(package.read(comments), remarks)
    package.write(comments, content)
    if not added:
        return
    drawing = _drawing_part(package, part)
    block = _free_block(package)
    if not drawing:
        drawing = _new_drawing_part(package, part, block)
    texts = {cell: "".join(text for text, _ in remark(remarks[cell])) for cell in added}
    sheet = measures(*fold(package.read(part)))
    package.write(drawing, with_notes(package.read(drawing), texts, sheet, block))


def _comments_part(package: Package, part: str) -> str:
    """The part with the comments of a sheet; empty when it has none."""
    found = (item.target for item in package.relationships(part) if item.kind == "comments")
    return next((target for target in found if target in package), "")


def _new_comments_part(package: Package, part: str) -> str:
    root = outline(fold(package.read(part))[0])
    folder = part.rpartition("/")[0].rpartition("/")[0]
    name = package.free_name(f"{folder}/comments" if folder else "comments", "xml")
    package.write(name, empty_comments(root.namespace))
    package.declare(name, COMMENTS_TYPE)
    package.relate(part, f"{relationships_of(root)}/comments", name)
    return name


def _legacy(package: Package, part: str) -> tuple[Element | None, str]:
    """The element of a sheet that refers to its drawing of notes, and the part that it refers to."""
    root = outline(fold(package.read(part))[0])
    element = root.child("legacyDrawing")
    reference = element.attribute("id") if element is not None else ""
    targets = {item.id: item.target for item in package.relationships(part)}
    return element, targets.get(reference, "")


def _drawing_part(package: Package, part: str) -> str:
    """The drawing with the notes of a sheet; empty when it has none."""
    _, drawing = _legacy(package, part)
    return drawing if drawing in package else ""


def _new_drawing_part(package: Package, part: str, block: int) -> str:
    _drop_reference(package, part)  # to a drawing that is not there
    folded, rows = fold(package.read(part))
    root = outline(folded)
    folder = part.rpartition("/")[0].rpartition("/")[0]
    name = package.free_name(f"{folder}/drawings/vmlDrawing" if folder else "drawings/vmlDrawing", VML)
    package.write(name, empty_drawing(block))
    if not package.declare_extension(VML, VML_TYPE):
        package.declare(name, VML_TYPE)
    space = relationships_of(root)
    reference = package.relate(part, f"{space}/vmlDrawing", name)
    edits = Edits(folded)
    element = f'<{root.prefix}legacyDrawing xmlns:r="{space}" r:id="{reference}"/>'
    edits.insert_in_order(root, element.encode(), "legacyDrawing", SHEET_ORDER)
    package.write(part, unfold(edits.done(), rows))
    return name


def _take_notes_out(package: Package, part: str, cells: Sequence[str]) -> None:
    element, drawing = _legacy(package, part)
    if element is None or drawing not in package:
        return
    content, is_used = without_notes(package.read(drawing), cells)
    package.write(drawing, content)
    if not is_used:
        references = {item.id for item in package.relationships(part) if item.target == drawing}
        _drop_reference(package, part)
        package.unrelate(part, references)
        package.discard(drawing)
        package.forget_extension(VML, VML_TYPE)


def _drop_reference(package: Package, part: str) -> None:
    """Take the reference to the drawing out of a sheet."""
    folded, rows = fold(package.read(part))
    element = outline(folded).child("legacyDrawing")
    if element is not None:
        edits = Edits(folded)
        edits.remove(element)
        package.write(part, unfold(edits.done(), rows))


def _free_block(package: Package) -> int:
    """A block of numbers of shapes that no drawing of the workbook uses."""
    taken: set[int] = set()
    for name in package.names():
        if name.lower().endswith(f".{VML}"):
            taken |= blocks(package.read(name))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
