"""What must hold before a workbook is parsed: a real .xlsx of bearable size, with nothing hidden in it.

The guard reads the package itself and hands the parser a new one, made only of the parts it has looked at:
sheets, strings and styles. Macros, links and objects are named and left behind.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.parsers import expat

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Collector, Diagnostic, Diagnostics, Fact, Rule
from normtool.core.places import FilePlace, Place
from normtool.files.workbook_cells import SheetFacts, scan_sheet

MEBIBYTE = 1024 * 1024
MAX_FILE_BYTES = 40 * MEBIBYTE
"""A filled form is 0.1 to 1 MB; pasted pictures make it some more."""
MAX_PARTS = 2_000
"""A form has about 30 parts; each pasted picture or chart adds a few."""
MAX_PART_BYTES = 64 * MEBIBYTE
"""60,000 register rows are about 40 MB of sheet XML."""
MAX_TOTAL_BYTES = 160 * MEBIBYTE
"""With the parser's own copy this stays under 500 MB of memory."""
MAX_RATIO = 400
"""Ten thousand formatted empty rows shrink about 60 times; a bomb a thousand times."""
RATIO_FROM_BYTES = 4 * MEBIBYTE
"""Below this size no ratio can hurt."""
MAX_SHEETS = 255
"""As many as Excel once allowed; a form has fifteen."""
MAX_TEXT_BYTES = 40 * MEBIBYTE
"""All texts as often as they are used; 60,000 rows of ten texts of twenty letters are 12 MB."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
FOREIGN_PARTS = (
    ("content.xml", "OpenDocument (.ods)"),
    ("word/document.xml", "Word"),
    ("ppt/presentation.xml", "PowerPoint"),
    ("Index/Document.iwa", "Numbers"),
)
DECLARED_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
SMALLEST_CELL = len('<c t="s"><v>0</v></c>')
END_OF_STRING = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
USE_OF_STRING = re.compile(rb"<c\s[^>]*?\bt=[\"']s[\"'][^>]*>\s*<v>\s*(\d+)")
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


class RefusedError(Exception):
    """The workbook is not read any further; carries the reason."""

    def __init__(self, rule: Rule, place: Place | None = None, **facts: Fact) -> None:
        super().__init__(rule.code)
        self.diagnostic = Diagnostic(rule=rule, place=place, facts=tuple(facts.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedSheet:
    """A sheet that may be parsed, with what the parser would lose."""

    name: str
    hidden: bool
    facts: SheetFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedWorkbook:
    """A package that is safe to parse; its sheets stand in the order of `sheets`."""

    package: bytes
    sheets: tuple[GuardedSheet, ...]
    uses_1904: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str


def guard_workbook(data: bytes, file: str) -> tuple[GuardedWorkbook | None, Diagnostics]:
    """The parts of a workbook that are safe to parse, or the reason why not; `file` is its name in places."""
    found = Collector()
    place = FilePlace(file=file)
    try:
        refuse_other_files(data)
        parts = inflate_parts(data)
        report_passengers(parts, found, place)
        return assemble(parts, file), found.done()
    except RefusedError as refused:
        reason = refused.diagnostic
        placed = Diagnostic(rule=reason.rule, place=reason.place or place, facts=reason.facts)
        return None, (*found.done(), placed)


def refuse_other_files(data: bytes) -> None:
    """Look at the first bytes, whatever the name says. Raises RefusedError for all but a zip file."""
    if not data:
        raise RefusedError(rules.EMPTY_FILE)
    if data.startswith(ZIP):
        return
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusedError(rules.PASSWORD)
        is_old = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
        raise RefusedError(rules.OLD_EXCEL if is_old else rules.NOT_EXCEL)
    start = data[:4096].lstrip().lower()
    for sign, kind in ((b"%pdf", "PDF"), (b"<!doctype html", "HTML"), (b"<html", "HTML"), (b"<?xml", "XML")):
        if start.startswith(sign):
            raise RefusedError(rules.OTHER_KIND_OF_FILE, kind=kind)
    raise RefusedError(rules.TEXT_FILE if is_text(data[:4096]) else rules.NOT_EXCEL)


def is_text(start: bytes) -> bool:
    """Whether these bytes look like a text file, such as a csv."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 32 or byte == 127 for byte in start)


def inflate_parts(data: bytes) -> dict[str, bytes]:
    """Every part of the package by its name; parts that are not XML are measured and left empty."""
    parts: dict[str, bytes] = {}
    total = 0
    for member in list_members(data):
        if member.is_dir():
            continue
        content = inflate(data, member)
        total += len(content)
        if total > MAX_TOTAL_BYTES:
            raise RefusedError(rules.INFLATES_TOO_FAR, part=member.filename)
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        if is_xml:
            refuse_unsafe_xml(member.filename, content)
        parts[member.filename] = content if is_xml else b""
    return parts


def list_members(data: bytes) -> list[zipfile.ZipInfo]:
    """The members of the zip file, no two of which can be mistaken for each other."""
    if data.count(b"PK\x01\x02") > MAX_PARTS:
        raise RefusedError(rules.TOO_MANY_PARTS, limit=MAX_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as fault:
        raise RefusedError(rules.INCOMPLETE_FILE) from fault
    seen: set[str] = set()
    for member in members:
        name = member.filename.lower()
        if name in seen or name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise RefusedError(rules.AMBIGUOUS_PARTS, part=member.filename)
        seen.add(name)
    return members


def inflate(data: bytes, member: zipfile.ZipInfo) -> bytes:
    """The content of one member, measured while it is inflated (the sizes in the file may lie)."""
    if member.flag_bits & 0x1:
        raise RefusedError(rules.PASSWORD)
    start = member.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or not header.startswith(ZIP):
        raise RefusedError(rules.INCOMPLETE_FILE)
    start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(data)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        content = bytes(packed)
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MAX_PART_BYTES + 1)
        except zlib.error as fault:
            raise RefusedError(rules.DAMAGED_PART, part=member.filename) from fault
    else:
        raise RefusedError(rules.DAMAGED_PART, part=member.filename)
    too_far = len(content) > RATIO_FROM_BYTES and len(content) > MAX_RATIO * len(packed)
    if too_far or len(content) > MAX_PART_BYTES:
        raise RefusedError(rules.INFLATES_TOO_FAR, part=member.filename)
    if zlib.crc32(content) != member.CRC:
        raise RefusedError(rules.DAMAGED_PART, part=member.filename)
    return content


def refuse_unsafe_xml(part: str, content: bytes) -> None:
    """Refuse entities, and encodings in which a search for them would see nothing."""
    declared = DECLARED_ENCODING.match(content.removeprefix(b"\xef\xbb\xbf")[:200])
    encoding = declared.group(1).lower() if declared else b"utf-8"
    foreign = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content
    if foreign or encoding not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}:
        raise RefusedError(rules.FOREIGN_ENCODING, part=part)
    if not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as fault:
            raise RefusedError(rules.FOREIGN_ENCODING, part=part) from fault
    if b"!" in content and DECLARATION.search(content):
        raise RefusedError(rules.ENTITIES, part=part)


def report_passengers(parts: Mapping[str, bytes], found: Collector, place: Place) -> None:
    """Name what travels with the workbook and is never run, followed or opened."""
    names = [name.lower() for name in parts]
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        found.add(rules.MACROS, place)
    if any("/externallinks/" in name or name.endswith("/connections.xml") for name in names):
        found.add(rules.EXTERNAL_LINKS, place)
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        found.add(rules.EMBEDDED_OBJECTS, place)


def assemble(parts: Mapping[str, bytes], file: str) -> GuardedWorkbook:
    """Look at every sheet, then build the package that the parser gets: stored, and with our own names."""
    workbook = find_workbook(parts)
    targets = relationships(parts, workbook)
    entries, uses_1904 = list_sheets(parts, workbook, targets)
    strings = next((parts.get(part, b"") for kind, part in targets.values() if kind == "sharedStrings"), b"")
    styles = next((parts.get(part, b"") for kind, part in targets.values() if kind == "styles"), b"")
    refuse_repeated_text(strings, [parts[entry.part] for entry in entries])
    sheets = []
    for entry in entries:
        facts = scan_sheet(parts[entry.part], file, entry.name)
        if isinstance(facts, Diagnostic):
            refused = RefusedError(facts.rule, facts.place)
            refused.diagnostic = facts
            raise refused
        sheets.append(GuardedSheet(name=entry.name, hidden=entry.hidden, facts=facts))
    contents = [("xl/styles.xml", styles), ("xl/sharedStrings.xml", strings)]
    contents += [(f"xl/worksheets/sheet{n}.xml", parts[entry.part]) for n, entry in enumerate(entries, 1)]
    package = clean_package([item for item in contents if item[1]], len(entries), uses_1904)
    return GuardedWorkbook(package=package, sheets=tuple(sheets), uses_1904=uses_1904)


def find_workbook(parts: Mapping[str, bytes]) -> str:
    """The name of the workbook's own part. Raises RefusedError when this is another kind of zip file."""
    for kind, part in relationships(parts, "").values():
        if kind == "officeDocument" and part in parts and part.endswith(".bin"):
            raise RefusedError(rules.BINARY_EXCEL)
        if kind == "officeDocument" and part in parts and not part.startswith(("word/", "ppt/")):
            return part
    for part, kind in FOREIGN_PARTS:
        if part in parts:
            raise RefusedError(rules.OTHER_KIND_OF_FILE, kind=kind)
    raise RefusedError(rules.OTHER_KIND_OF_FILE, kind="ZIP")


def relationships(parts: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: id to (kind, name of the part); references to the outside are left out."""
    folder = PurePosixPath(part).parent
    source = "_rels/.rels" if not part else str(folder / "_rels" / f"{PurePosixPath(part).name}.rels")
    found: dict[str, tuple[str, str]] = {}
    for name, attributes in elements(source, parts.get(source, b"")):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else resolve(folder, target)
            found[attributes.get("Id", "")] = (kind, full)
    return found


def resolve(folder: PurePosixPath, target: str) -> str:
    """The name of a part, from a target relative to a folder."""
    steps: list[str] = []
    for step in (folder / target).parts:
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def list_sheets(
    parts: Mapping[str, bytes], workbook: str, targets: Mapping[str, tuple[str, str]]
) -> tuple[list[SheetEntry], bool]:
    """The sheets with cells, in order, and whether dates count from 1904."""
    entries: list[SheetEntry] = []
    uses_1904 = False
    for name, attributes in elements(workbook, parts[workbook]):
        if name == "workbookPr":
            uses_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}
        elif name == "sheet":
            reference = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            kind, part = targets.get(reference, ("", ""))
            hidden = attributes.get("state", "visible") != "visible"
            if kind == "worksheet" and part not in parts:
                raise RefusedError(rules.DAMAGED_PART, part=part)
            if kind == "worksheet":
                entries.append(SheetEntry(name=attributes.get("name", ""), hidden=hidden, part=part))
    if not entries:
        raise RefusedError(rules.NO_SHEETS)
    if len(entries) > MAX_SHEETS:
        raise RefusedError(rules.TOO_MANY_PARTS, limit=MAX_SHEETS)
    return entries, uses_1904


def elements(part: str, content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a small XML part, without namespaces, in document order."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    if content:
        try:
            parser.Parse(content, True)
        except expat.ExpatError as fault:
            raise RefusedError(rules.DAMAGED_PART, part=part) from fault
    return iter(found)


def refuse_repeated_text(strings: bytes, sheets: list[bytes]) -> None:
    """One long text used five thousand times would take gigabytes: count length times uses."""
    uses = sum(map(len, sheets)) // SMALLEST_CELL
    lengths = [len(text) for text in END_OF_STRING.split(strings)]
    if uses * max(lengths) <= MAX_TEXT_BYTES:
        return
    total = sum(map(len, sheets)) // 2
    for sheet in sheets:
        for index in USE_OF_STRING.findall(sheet):
            number = int(index[:10])
            total += lengths[number] if number < len(lengths) else 0
    if total > MAX_TEXT_BYTES:
        raise RefusedError(rules.TOO_MUCH_TEXT, limit=MAX_TEXT_BYTES // MEBIBYTE)


def clean_package(contents: list[tuple[str, bytes]], sheets: int, uses_1904: bool) -> bytes:
    """A package of these parts and nothing else; sheet n is called `n`."""
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="sheet{n}"/>' for n in range(1, sheets + 1))
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><workbookPr date1904="{int(uses_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    )
    parts = [part.removeprefix("xl/") for part, _ in contents]
    made = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", relationship_part(["xl/workbook.xml"])),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relationship_part(parts)),
    ]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, text in made:
            archive.writestr(zipfile.ZipInfo(name), text)
        for name, content in contents:
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def relationship_part(targets: list[str]) -> str:
    """References to these parts; the name of a part is its id, and tells its kind."""
    references = ""
    for target in targets:
        name = PurePosixPath(target).stem
        kind = "worksheet" if name.startswith("sheet") else name
        kind = "officeDocument" if name == "workbook" else kind
        references += f'<Relationship Id="{name}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{references}</Relationships>'
