"""The workbook around its sheets: our list goes in first and out again, and all that counts sheets keeps counting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normtool.files.marked_package import Package
from normtool.files.marked_xml import (
    Edits,
    Element,
    MarkingError,
    escape,
    fold,
    outline,
    relationships_of,
    text_of,
    unfold,
)

BOOK_ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
"""The elements of a workbook in the order that the schema prescribes (ECMA-376 part 1, CT_Workbook)."""
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DESELECTED = "false"
"""Nobody else writes it of one sheet only, so it tells which sheet was shown before our list."""
PRINT_TITLES = "_xlnm.Print_Titles"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheet:
    """A sheet as the workbook lists it; `part` is empty when there is none."""

    name: str
    kind: str
    part: str
    relationship: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSheet:
    """A sheet to be put first: its name, what its part holds, and which of its rows repeats on every page."""

    name: str
    content: bytes
    head_row: int | None


def book_part(package: Package) -> str:
    """The name of the workbook's own part. Raises MarkingError when there is none."""
    for item in package.relationships(""):
        if item.kind == "officeDocument" and item.target in package:
            return item.target
    raise MarkingError("workbook")


def beside(book: str, name: str) -> str:
    """A name in the folder of the workbook's own part."""
    folder, slash, _ = book.rpartition("/")
    return folder + slash + name


def list_sheets(package: Package, book: str) -> list[BookSheet]:
    """The sheets of every kind, in order."""
    targets = {item.id: item for item in package.relationships(book)}
    found = []
    for sheet in _listed(outline(package.read(book))):
        reference = next((value for key, value in sheet.attributes.items() if key.endswith(":id")), "")
        target = targets.get(reference)
        found.append(
            BookSheet(
                name=sheet.attributes.get("name", ""),
                kind=target.kind if target is not None else "",
                part=target.target if target is not None and target.target in package else "",
                relationship=reference,
                hidden=sheet.attributes.get("state", "visible") != "visible",
            )
        )
    return found


def put_first(package: Package, book: str, sheet: NewSheet) -> None:
    """List a new sheet before all others, and open the workbook there."""
    root = outline(package.read(book))
    listing = root.child("sheets")
    if listing is None:
        raise MarkingError("sheets")
    part = package.free_name(beside(book, "worksheets/sheet"), "xml")
    whole = b'<worksheet xmlns="' + root.namespace.encode() + b'">' + sheet.content + b"</worksheet>"
    package.write(part, DECLARATION + whole)
    package.declare(part, SHEET_TYPE)
    reference = package.relate(book, f"{relationships_of(root)}/worksheet", part)
    edits = Edits(package.read(book))
    number = max((item.number("sheetId") for item in listing.children), default=0) + 1
    said = f'sheetId="{number}" xmlns:r="{relationships_of(root)}" r:id="{reference}"/>'.encode()
    tag = f"<{root.prefix}sheet".encode()
    edits.prepend(listing, tag + b' name="' + escape(sheet.name) + b'" ' + said)
    for view in _views(root):
        edits.set(view, "activeTab", "0")
        if "firstSheet" in view.attributes:
            edits.set(view, "firstSheet", "0")
    for name in _local_names(root):
        edits.set(name, "localSheetId", str(name.number("localSheetId") + 1))
    if sheet.head_row is not None:
        _repeat_on_pages(edits, root, sheet)
    package.write(book, edits.done())
    _retitle(package, added=sheet.name)


def take_out(package: Package, book: str, place: int) -> None:
    """Take the sheet at this place (from 0) out of the workbook, with its part and the names that belong to it."""
    sheets = list_sheets(package, book)
    sheet = sheets.pop(place)
    content = package.read(book)
    root = outline(content)
    edits = Edits(content)
    edits.remove(_listed(root)[place])
    was_shown = any(view.number("activeTab") == place for view in _views(root))
    shown = _select_again(package, sheets) if was_shown else 0
    for view in _views(root):
        _follow(edits, view, "activeTab", (place, shown))
        _follow(edits, view, "firstSheet", (place, max(0, place - 1)))
    names = root.child("definedNames")
    gone = [name for name in _local_names(root) if name.number("localSheetId") == place]
    if names is not None and len(gone) == len(names.children):
        edits.remove(names)
    else:
        for name in _local_names(root):
            if name in gone:
                edits.remove(name)
            elif name.number("localSheetId") > place:
                edits.set(name, "localSheetId", str(name.number("localSheetId") - 1))
    package.write(book, edits.done())
    package.unrelate(book, {sheet.relationship})
    _discard(package, sheet.part)
    _retitle(package, removed=sheet.name)


def deselect(content: bytes) -> bytes:
    """A sheet that is not the selected one: typing in one of two selected sheets would change both."""
    return _selected(content, ("1", "true"), DESELECTED)


def _select_again(package: Package, sheets: Sequence[BookSheet]) -> int:
    """Which sheet to open with: the one that we deselected; the first visible one when that cannot be told."""
    parts = {number: package.read(sheet.part) for number, sheet in enumerate(sheets) if sheet.part}
    chosen = {number: _selected(content, (DESELECTED,), "1") for number, content in parts.items()}
    ours = [number for number, content in chosen.items() if content != parts[number]]
    if len(ours) == 1 and not sheets[ours[0]].hidden:
        package.write(sheets[ours[0]].part, chosen[ours[0]])
        return ours[0]
    return next((number for number, sheet in enumerate(sheets) if not sheet.hidden), 0)


def _selected(content: bytes, old: tuple[str, ...], new: str) -> bytes:
    """The sheet with what it says of being selected changed, where it says one of the old values."""
    if b"tabSelected" not in content:
        return content
    folded, rows = fold(content)
    edits = Edits(folded)
    for view in outline(folded).all("sheetView"):
        if view.attributes.get("tabSelected", "") in old:
            edits.set(view, "tabSelected", new)
    return unfold(edits.done(), rows)


def _listed(root: Element) -> list[Element]:
    listing = root.child("sheets")
    return listing.children if listing is not None else []


def _views(root: Element) -> list[Element]:
    views = root.child("bookViews")
    return views.children if views is not None else []


def _local_names(root: Element) -> Iterator[Element]:
    names = root.child("definedNames")
    return (name for name in (names.children if names is not None else []) if "localSheetId" in name.attributes)


def _repeat_on_pages(edits: Edits, root: Element, sheet: NewSheet) -> None:
    quoted = sheet.name.replace("'", "''")
    tag = f"{root.prefix}definedName"
    text = f'<{tag} name="{PRINT_TITLES}" localSheetId="0">'.encode()
    text += escape(f"'{quoted}'!${sheet.head_row}:${sheet.head_row}") + f"</{tag}>".encode()
    names = root.child("definedNames")
    if names is not None:
        edits.prepend(names, text)
        return
    around = f"{root.prefix}definedNames".encode()
    edits.insert_in_order(root, b"<" + around + b">" + text + b"</" + around + b">", "definedNames", BOOK_ORDER)


def _follow(edits: Edits, view: Element, name: str, gone: tuple[int, int]) -> None:
    """Let a view point at the sheet it pointed at, when the one at `gone[0]` goes; at `gone[1]` when it was that."""
    place, instead = gone
    old = view.number(name)
    new = old - 1 if old > place else instead if old == place else old
    if new != old:
        edits.set(view, name, str(new))


def _discard(package: Package, part: str) -> None:
    """Take a sheet's part away, and the parts that only it refers to."""
    if not part:
        return
    own = {item.target for item in package.relationships(part) if item.target}
    package.discard(part)
    kept = {
        item.target
        for name in list(package.names())
        if name.endswith(".rels")
        for item in package.relationships(_source(name))
    }
    for target in sorted(own - kept):
        if target in package:
            package.discard(target)


def _source(relationship_part: str) -> str:
    """The part whose references stand in a `.rels` part."""
    folder, _, name = relationship_part.rpartition("_rels/")
    return folder + name.removesuffix(".rels")


def _retitle(package: Package, added: str = "", removed: str = "") -> None:
    """Keep the list of sheets in the file's properties, where it has one."""
    part = next((item.target for item in package.relationships("") if item.kind == "extended-properties"), "")
    if part not in package:
        return
    content = package.read(part)
    root = outline(content)
    titles = [item for group in root.named("TitlesOfParts") for item in group.all("vector")]
    counts = [item for group in root.named("HeadingPairs") for item in group.all("i4")]
    if len(titles) != 1 or not counts:
        return
    edits = Edits(content)
    said = text_of(content, counts[0]).strip()
    number = int(said) if re.fullmatch(r"\d{1,6}", said) else 0
    listed = titles[0].children[:number]
    if added:
        tag = f"{titles[0].prefix}lpstr".encode()
        edits.prepend(titles[0], b"<" + tag + b">" + escape(added) + b"</" + tag + b">")
        change = 1
    else:
        gone = next((item for item in listed if text_of(content, item) == removed), None)
        if gone is None:
            return
        edits.remove(gone)
        change = -1
    edits.replace(counts[0].inner, counts[0].close, str(number + change).encode())
    edits.set(titles[0], "size", str(len(titles[0].children) + change))
    package.write(part, edits.done())
