"""The zip file of a workbook: its parts, measured while they are inflated, and none that hides another.

Nothing of it is trusted: not the sizes it claims, not the names, not that its parts lie apart.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Diagnostic, Fact, Rule
from normtool.core.places import Place
from normtool.files.reading_limits import MEBIBYTE

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

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
XML_ENDINGS = (".xml", ".rels", ".vml")
XML_DECLARATION = re.compile(rb"\s*<\?xml\s([^>]*)>")
DECLARED_ENCODING = re.compile(rb"\bencoding\s*=\s*[\"']([^\"']*)[\"']")
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class RefusedError(Exception):
    """The workbook is not read any further; carries the reason."""

    def __init__(self, rule: Rule, place: Place | None = None, **facts: Fact) -> None:
        super().__init__(rule.code)
        self.diagnostic = Diagnostic(rule=rule, place=place, facts=tuple(facts.items()))


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
    end = 0
    for member in sorted(list_members(data), key=lambda item: item.header_offset):
        content, start = b"", member.header_offset
        if start < end:
            raise RefusedError(rules.AMBIGUOUS_PARTS, part=member.filename)
        begin = start_of_content(data, member)
        end = begin + member.compress_size
        if member.is_dir():
            continue
        content = inflate(data[begin:end], member)
        total += len(content)
        if total > MAX_TOTAL_BYTES:
            raise RefusedError(rules.INFLATES_TOO_FAR, part=member.filename)
        is_xml = member.filename.lower().endswith(XML_ENDINGS)
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


def start_of_content(data: bytes, member: zipfile.ZipInfo) -> int:
    """Where the packed content begins: after the header in place, which must name the same member."""
    if member.flag_bits & 0x1:
        raise RefusedError(rules.PASSWORD)
    start = member.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or not header.startswith(ZIP):
        raise RefusedError(rules.INCOMPLETE_FILE)
    length = int.from_bytes(header[26:28], "little")
    name = member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437")
    if data[start + 30 : start + 30 + length] != name or b"\0" in name:
        raise RefusedError(rules.AMBIGUOUS_PARTS, part=member.filename)
    return start + 30 + length + int.from_bytes(header[28:30], "little")


def inflate(packed: bytes, member: zipfile.ZipInfo) -> bytes:
    """The content of one member, measured while it is inflated (the sizes in the file may lie)."""
    content = packed
    if member.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MAX_PART_BYTES + 1)
        except zlib.error as fault:
            raise RefusedError(rules.DAMAGED_PART, part=member.filename) from fault
    elif member.compress_type != zipfile.ZIP_STORED:
        raise RefusedError(rules.DAMAGED_PART, part=member.filename)
    too_far = len(content) > RATIO_FROM_BYTES and len(content) > MAX_RATIO * len(packed)
    if too_far or len(content) > MAX_PART_BYTES:
        raise RefusedError(rules.INFLATES_TOO_FAR, part=member.filename)
    if zlib.crc32(content) != member.CRC or len(content) != member.file_size:
        raise RefusedError(rules.DAMAGED_PART, part=member.filename)
    return content


def refuse_unsafe_xml(part: str, content: bytes) -> None:
    """Refuse entities, and encodings in which a search for them would see nothing."""
    declared = XML_DECLARATION.match(content.removeprefix(b"\xef\xbb\xbf"))
    encoding = DECLARED_ENCODING.search(declared.group(1)) if declared else None
    foreign = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content
    if foreign or (encoding and encoding.group(1).lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}):
        raise RefusedError(rules.FOREIGN_ENCODING, part=part)
    if not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as fault:
            raise RefusedError(rules.FOREIGN_ENCODING, part=part) from fault
    if b"!" in content and DECLARATION.search(content):
        raise RefusedError(rules.ENTITIES, part=part)
