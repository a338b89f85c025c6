"""Whether a workbook is one that Excel opens without repairing it: the rules of ECMA-376 that marks could break.

Written from the standard alone, with the XML reader of the standard library: it knows nothing of how marks are made.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
WORKSHEET = re.findall(
    r"\w+",
    """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems
    tableParts extLst
    """,
)
WORKBOOK = re.findall(
    r"\w+",
    """
    fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences
    definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing
    fileRecoveryPr webPublishObjects extLst
    """,
)
STYLES = re.findall(
    r"\w+", "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
)
REPEATED = {"conditionalFormatting"}


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len({name.lower() for name in names}) == len(names)
        return {name: archive.read(name) for name in names}


def check_package(data: bytes) -> None:
    """Assert everything that Excel would otherwise repair or refuse."""
    parts = parts_of(data)
    check_types(parts)
    targets = {name: related(parts, name) for name in ("", *parts) if not name.endswith(".rels")}
    book = next(target for kind, target in targets[""].values() if kind == "officeDocument")
    styles = next(target for kind, target in targets[book].values() if kind == "styles")
    sheets = check_book(parts[book], targets[book])
    xfs, dxfs = check_styles(parts[styles])
    for sheet in sheets:
        check_sheet(parts, sheet, targets[sheet], (xfs, dxfs))
    check_shapes(parts)


def check_types(parts: dict[str, bytes]) -> None:
    """Every part has a type, every type is of a part, and no extension has two."""
    root = ET.fromstring(parts["[Content_Types].xml"])
    defaults = [(item.get("Extension", "").lower(), item.get("ContentType")) for item in root.iter(f"{TYPES}Default")]
    overrides = [(item.get("PartName", ""), item.get("ContentType")) for item in root.iter(f"{TYPES}Override")]
    assert len(dict(defaults)) == len(defaults)
    assert len({name.lower() for name, _ in overrides}) == len(overrides)
    said = {name.lower(): kind for name, kind in overrides}
    for name in parts:
        kind = said.pop(f"/{name}".lower(), dict(defaults).get(name.rpartition(".")[2].lower()))
        assert name == "[Content_Types].xml" or kind, name
        assert not re.search(r"comments\d*\.xml$", name) or kind == COMMENTS_TYPE, name
        assert not name.endswith(".vml") or kind == VML_TYPE, name
    assert not said, "a type of a part that is not there"


def related(parts: dict[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to; every target is there and no id is used twice."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels") if part else "_rels/.rels"
    found: dict[str, tuple[str, str]] = {}
    if source not in parts:
        return found
    for item in ET.fromstring(parts[source]).iter(RELATION):
        assert item.get("Id") not in found
        kind = item.get("Type", "").rpartition("/")[2]
        target = item.get("Target", "")
        if item.get("TargetMode") != "External":
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}").lstrip("/")
            )
            assert target in parts, (part, target)
        found[item.get("Id", "")] = (kind, target)
    return found


def in_order(root: ET.Element, order: list[str]) -> None:
    """The children of an element stand in the order of the schema, each once."""
    names = [child.tag.removeprefix(MAIN) for child in root if child.tag.startswith(MAIN)]
    places = [order.index(name) for name in names]
    assert places == sorted(places), names
    once = [name for name in names if name not in REPEATED]
    assert len(set(once)) == len(once), names


def check_book(content: bytes, targets: dict[str, tuple[str, str]]) -> list[str]:
    """The workbook; gives the parts of its worksheets."""
    root = ET.fromstring(content)
    in_order(root, WORKBOOK)
    sheets = list(root.find(f"{MAIN}sheets") or ())
    names = [sheet.get("name", "") for sheet in sheets]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 for name in names)
    assert len({sheet.get("sheetId") for sheet in sheets}) == len(sheets)
    for view in root.iter(f"{MAIN}workbookView"):
        active = sheets[int(view.get("activeTab", "0"))]
        assert active.get("state", "visible") == "visible"
    local = [(item.get("name"), item.get("localSheetId")) for item in root.iter(f"{MAIN}definedName")]
    assert len(set(local)) == len(local)
    assert all(number is None or int(number) < len(sheets) for _, number in local)
    used = [targets[sheet.get(f"{{{OFFICE}}}id", "")] for sheet in sheets]
    assert len(set(used)) == len(used)
    return [part for kind, part in used if kind == "worksheet"]


def check_styles(content: bytes) -> tuple[int, int]:
    """The styles; gives how many cell formats and conditional formats there are."""
    root = ET.fromstring(content)
    in_order(root, STYLES)
    sizes = {}
    for section in root:
        if section.get("count") is not None:
            assert int(section.get("count", "")) == len(section), section.tag
        sizes[section.tag.removeprefix(MAIN)] = len(section)
    for xf in root.find(f"{MAIN}cellXfs") or ():
        assert int(xf.get("fontId", "0")) < sizes["fonts"]
        assert int(xf.get("fillId", "0")) < sizes["fills"]
        assert int(xf.get("borderId", "0")) < sizes["borders"]
    return sizes["cellXfs"], sizes.get("dxfs", 0)


def check_sheet(
    parts: dict[str, bytes], part: str, targets: dict[str, tuple[str, str]], sizes: tuple[int, int]
) -> None:
    """One worksheet, with its comments and their notes."""
    root = ET.fromstring(parts[part])
    in_order(root, WORKSHEET)
    xfs, dxfs = sizes
    assert all(int(cell.get("s", "0")) < xfs for cell in root.iter(f"{MAIN}c"))
    rules = list(root.iter(f"{MAIN}cfRule"))
    assert all(int(rule.get("dxfId", "0")) < max(1, dxfs) for rule in rules)
    priorities = [int(rule.get("priority", "")) for rule in rules]
    assert len(set(priorities)) == len(priorities)
    assert all(priority > 0 for priority in priorities)
    for element, kind in ((f"{MAIN}legacyDrawing", "vmlDrawing"), (f"{MAIN}drawing", "drawing")):
        for item in root.iter(element):
            assert targets[item.get(f"{{{OFFICE}}}id", "")][0] == kind
    comments = [target for kind, target in targets.values() if kind == "comments"]
    assert len(comments) <= 1
    if comments:
        drawing = root.find(f"{MAIN}legacyDrawing")
        assert drawing is not None
        notes = targets[drawing.get(f"{{{OFFICE}}}id", "")][1]
        check_comments(parts[comments[0]], parts[notes])


def check_comments(content: bytes, drawing: bytes) -> None:
    """Every comment has an author, a cell of its own and a note."""
    root = ET.fromstring(content)
    authors = list(root.iter(f"{MAIN}author"))
    comments = list(root.iter(f"{MAIN}comment"))
    assert comments
    assert all(int(item.get("authorId", "")) < len(authors) for item in comments)
    cells = [item.get("ref", "") for item in comments]
    assert len(set(cells)) == len(cells)
    assert sorted(cells) == sorted(notes_in(drawing))


def notes_in(drawing: bytes) -> Iterator[str]:
    """The cells that have a note."""
    root = ET.fromstring(drawing)
    excel = "{urn:schemas-microsoft-com:office:excel}"
    for data in root.iter(f"{excel}ClientData"):
        if data.get("ObjectType") == "Note":
            row, column = int(data.findtext(f"{excel}Row", "")), int(data.findtext(f"{excel}Column", ""))
            assert len((data.findtext(f"{excel}Anchor") or "0,0,0,0,0,0,0,0").split(",")) == 8
            yield f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """The letters of a column, from 0."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def check_shapes(parts: dict[str, bytes]) -> None:
    """No two shapes of one drawing have the same number (LibreOffice gives them none)."""
    for name, content in parts.items():
        if name.endswith(".vml"):
            ET.fromstring(content)
            numbers = re.findall(rb'<v:shape [^>]*?\bid="(_x0000_s\d+)"', content)
            assert len(set(numbers)) == len(numbers), name
