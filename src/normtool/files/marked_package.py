"""A workbook as a package of parts that can be changed; parts that do not change keep their compressed bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from normtool.files.marked_xml import Edits, Element, MarkingError, escape, outline

CONTENT_TYPES = "[Content_Types].xml"
EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
FIXED_TIME, FIXED_DATE = 0, (1 << 5) | 1
"""1 January 1980, the first day a zip file knows."""
VERSION, UTF_8, HINTS = 20, 0x800, 0x6
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """That a part refers to another; `target` is a full part name, or empty when it is outside the package."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A part as it stands in a zip file: its compressed bytes and what is said of them."""

    name: bytes
    packed: bytes
    method: int
    crc: int
    size: int
    flags: int = 0
    time: int = FIXED_TIME
    date: int = FIXED_DATE
    attributes: int = 0

    def header(self) -> bytes:
        """What both headers say of it, from its flags to the length of its name."""
        numbers = (self.flags, self.method, self.time, self.date, self.crc, len(self.packed), self.size)
        return struct.pack("<HHHHIIIH", *numbers, len(self.name))


class Package:
    """The parts of a workbook, in their order.

    Raises:
        MarkingError: it is no readable zip file.
    """

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, ValueError, struct.error) as fault:
            raise MarkingError("zip") from fault
        self._members = {info.filename: _member(data, info) for info in infos}
        self._changed: dict[str, bytes] = {}
        self._removed: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name not in self._removed and (name in self._changed or name in self._members)

    def names(self) -> Iterator[str]:
        """The parts there are: those of the file in their order, then new ones."""
        for name in dict.fromkeys((*self._members, *self._changed)):
            if name not in self._removed:
                yield name

    def read(self, name: str) -> bytes:
        """What a part holds now. Raises MarkingError when it is not there or damaged."""
        if name not in self:
            raise MarkingError(name)
        if name in self._changed:
            return self._changed[name]
        return _inflated(self._members[name], name)

    def write(self, name: str, content: bytes) -> None:
        """Give a part this content."""
        self._removed.discard(name)
        self._changed[name] = content

    def remove(self, name: str) -> None:
        """Take a part away."""
        self._removed.add(name)
        self._changed.pop(name, None)

    def free_name(self, stem: str, extension: str) -> str:
        """A name that no part has, however it is capitalised: the stem and the first free number."""
        taken = {name.lower() for name in self.names()}
        number = 1
        while f"{stem}{number}.{extension}".lower() in taken:
            number += 1
        return f"{stem}{number}.{extension}"

    def packed(self) -> bytes:
        """The package as a zip file."""
        members = [self._packed(name) for name in self.names()]
        body, directory = bytearray(), bytearray()
        for member in members:
            head = member.header()
            directory += CENTRAL + struct.pack("<HH", VERSION, VERSION) + head
            directory += struct.pack("<HHHHII", 0, 0, 0, 0, member.attributes, len(body)) + member.name
            body += LOCAL + struct.pack("<H", VERSION) + head + b"\0\0" + member.name + member.packed
        count = len(members)
        end = END + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
        return bytes(body + directory + end)

    def _packed(self, name: str) -> Member:
        old, content = self._members.get(name), self._changed.get(name)
        if old is not None and (content is None or content == _inflated(old, name)):
            return old
        content = content or b""
        squeeze = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        return Member(
            name=old.name if old is not None else name.encode("utf-8"),
            packed=squeeze.compress(content) + squeeze.flush(),
            method=zipfile.ZIP_DEFLATED,
            crc=zlib.crc32(content),
            size=len(content),
            flags=old.flags & UTF_8 if old is not None else 0 if name.isascii() else UTF_8,
            time=old.time if old is not None else FIXED_TIME,
            date=old.date if old is not None else FIXED_DATE,
            attributes=old.attributes if old is not None else 0,
        )

    def relationships(self, part: str) -> list[Relationship]:
        """What a part refers to."""
        source = relationship_part(part)
        if source not in self:
            return []
        return [_relationship(item, part) for item in outline(self.read(source)).named("Relationship")]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; gives the id of the reference. `kind` is its full type."""
        source = relationship_part(part)
        content = self.read(source) if source in self else EMPTY_RELATIONSHIPS
        root = outline(content)
        taken = {item.attributes.get("Id", "") for item in root.children}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        edits = Edits(content)
        said = f'Relationship Id="rId{number}" Type="{kind}" Target="'
        path = escape(_relative(part, target))
        edits.append(root, b"<" + root.prefix.encode() + said.encode() + path + b'"/>')
        self.write(source, edits.done())
        return f"rId{number}"

    def unrelate(self, part: str, ids: set[str]) -> None:
        """Let a part no longer refer to others; when nothing is left of what we made, that goes too."""
        source = relationship_part(part)
        content = self.read(source)
        edits = Edits(content)
        for item in outline(content).named("Relationship"):
            if item.attributes.get("Id") in ids:
                edits.remove(item)
        if edits.done() == EMPTY_RELATIONSHIPS:
            self.remove(source)
        else:
            self.write(source, edits.done())

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type a part is."""
        content = self.read(CONTENT_TYPES)
        root = outline(content)
        said = f'Override PartName="/{part}" ContentType="{content_type}"/>'
        edits = Edits(content)
        edits.append(root, b"<" + root.prefix.encode() + said.encode())
        self.write(CONTENT_TYPES, edits.done())

    def declare_extension(self, extension: str, content_type: str) -> bool:
        """Say of what type all parts with an extension are; False when another type was said already."""
        content = self.read(CONTENT_TYPES)
        root = outline(content)
        for item in root.named("Default"):
            if item.attributes.get("Extension", "").lower() == extension:
                return item.attributes.get("ContentType") == content_type
        edits = Edits(content)
        edits.prepend(root, _our_default(root, extension, content_type))
        self.write(CONTENT_TYPES, edits.done())
        return True

    def forget_extension(self, extension: str, content_type: str) -> None:
        """Take back what `declare_extension` said, when no part needs it any more."""
        if any(name.lower().endswith(f".{extension}") for name in self.names()):
            return
        content = self.read(CONTENT_TYPES)
        self.write(CONTENT_TYPES, content.replace(_our_default(outline(content), extension, content_type), b""))

    def discard(self, part: str) -> None:
        """Take away a part with its own references and with what is said of its type."""
        for name in (part, relationship_part(part)):
            if name in self:
                self.remove(name)
        content = self.read(CONTENT_TYPES)
        edits = Edits(content)
        for item in outline(content).named("Override"):
            if item.attributes.get("PartName", "").lower() == f"/{part}".lower():
                edits.remove(item)
        self.write(CONTENT_TYPES, edits.done())


def relationship_part(part: str) -> str:
    """The name of the part that holds the references of a part; those of the package itself for the empty name."""
    path = PurePosixPath(part)
    return str(path.parent / "_rels" / f"{path.name}.rels") if part else "_rels/.rels"


def _our_default(root: Element, extension: str, content_type: str) -> bytes:
    """Written as nobody else writes it, type first, so that it can be told from what was there."""
    said = f'Default ContentType="{content_type}" Extension="{extension}"/>'
    return b"<" + root.prefix.encode() + said.encode()


def _relationship(item: Element, part: str) -> Relationship:
    kind = item.attributes.get("Type", "").rpartition("/")[2]
    target = item.attributes.get("Target", "")
    if item.attributes.get("TargetMode") == "External":
        target = ""
    elif target.startswith("/"):
        target = target.lstrip("/")
    elif target:
        target = _resolved(PurePosixPath(part).parent / target)
    return Relationship(id=item.attributes.get("Id", ""), kind=kind, target=target)


def _resolved(path: PurePosixPath) -> str:
    steps: list[str] = []
    for step in path.parts:
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _relative(part: str, target: str) -> str:
    """The way from a part to another."""
    here, there = PurePosixPath(part).parent.parts, PurePosixPath(target).parts
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]])


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    """A member of a zip file as it is; extra fields are left behind (they pad, or tell of larger files)."""
    at = info.header_offset
    names, extras = struct.unpack("<HH", data[at + 26 : at + 30]) if len(data) >= at + 30 else (0, 0)
    start = at + 30 + names + extras
    packed = data[start : start + info.compress_size]
    if len(packed) != info.compress_size or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise MarkingError(info.filename)
    year, month, day, hour, minute, second = info.date_time
    is_utf_8 = bool(info.flag_bits & UTF_8)
    return Member(
        name=info.orig_filename.encode("utf-8" if is_utf_8 else "cp437"),
        packed=packed,
        method=info.compress_type,
        crc=info.CRC,
        size=info.file_size,
        flags=info.flag_bits & (UTF_8 | HINTS),
        time=hour << 11 | minute << 5 | second // 2,
        date=(year - 1980) << 9 | month << 5 | day,
        attributes=info.external_attr,
    )


def _inflated(member: Member, name: str) -> bytes:
    if member.method == zipfile.ZIP_STORED:
        return member.packed
    try:
        return zlib.decompress(member.packed, -zlib.MAX_WBITS)
    except zlib.error as fault:
        raise MarkingError(name) from fault
