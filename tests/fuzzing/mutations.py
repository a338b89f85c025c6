"""Workbooks made worse at random: the bytes of the zip file, the XML of its parts, the values in its cells.

A number gives a file, always the same one: `mutated(17, base)` is what a failing test names.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random
from xml.sax.saxutils import escape

Parts = dict[str, bytes]

NUMBERS = (
    "0", "-0", "-1", "1", "1.5", "1e308", "-1e308", "1e309", "1e-400", "NaN", "INF", "2147483648", "4294967296",
    "18446744073709551616", "9" * 400, "0x41", "1048577", "16385", "2958466", "45000.5", "99999999", "", " ", "+7",
    "1,5", "true", "XFD1048576", "A0", "AAAA1", "$A$1", "A1:XFD1048576", "é",
)  # fmt: skip
TEXTS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x";"y")',
    "<script>alert(1)</script>", "<b>vet", "{{ 7*7 }}", "{% for x in y %}", "${7*7}", "%s%s%n", "{0.__class__}",
    "'; DROP TABLE x; --", "x" * 79, "x" * 500, "ja " * 10_000, "a" * 32_767, "(" * 30_000, "1" * 30_000, "9" * 400,
    "1." * 400, "1-" * 2_000, "D1;" * 5_000, "N1.1, " * 3_000, " " * 9_000, "\n" * 3_000, "A/" * 3_000, "12%" * 900,
    "\u202eomgekeerd", "עברית", "😀" * 300, "e\u0301" * 200, "\u200b", "\ufeff", "\ud7ff", "\uffff", "\x7f", "\x85",
    "_x0000_", "_xD800_", "_x000D_", "n.v.t.", "?", "-", "#N/B", "#VERW!", "ja/nee", "✓", "x", "85%", "1.200", "12,5",
    "1e308", "1e99999", "-0", "nan", "inf", "0,000000000000000000001", "١٢٣", "²", "½", "Ⅷ", "31-02-2025", "1-1-1",
    "00-00-0000", "31-12-9999", "1-1-10000", "29-2-1900", "2025", "99999999999", "24:61", "12-2024", "2024-13-45",
)  # fmt: skip
DATES = ("-1", "0", "0.5", "59", "60", "61", "2958465", "2958466", "1e10", "45000.999999999", "-700000")
SHARDS = (
    b"<!-- ", b"-->", b"<![CDATA[", b"]]>", b"<?x ?>", b"&x;", b"&#0;", b"&#xD800;", b"&lt;", b"\0", b"\xff", b"<",
    b">", b'"', b"<a>", b"</a>", b"<c/>", b"<row>", b"</row>", b"<sheetData>", b"</sheetData>", b"<v>1</v>",
    b"<!DOCTYPE a>", b"<mc:AlternateContent>", b'<c r="A1"><v>1</v></c>', b"\xef\xbb\xbf", b"\r",
    b" xmlns:q='q' ", b"<q:c/>",
)  # fmt: skip
TAG = re.compile(rb"<[^<>]+>")
ATTRIBUTE = re.compile(rb'[\w:]+="[^"]*"')
CELL = re.compile(rb'<c r="([A-Z]+\d+)"((?: [st]="\w+")*)(?:/>|>(?:<(?:v|is|f)[\s\S]*?)?</c>)')


@cache
def parts_of(base: bytes) -> Parts:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    """The parts as a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def mutated(number: int, base: bytes) -> bytes:
    """The mutation of a workbook that has this number."""
    chance = Random(number)
    how = (mutated_bytes, mutated_xml, mutated_cells)[number % 3]
    return how(chance, base)


# --- the bytes of the file --------------------------------------------------------------------------------------


def mutated_bytes(chance: Random, base: bytes) -> bytes:
    """The file with some of its bytes lost, doubled, moved or changed; often near the headers of its members."""
    data = bytearray(base)
    headers = [found.start() for found in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", base)]
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        near = chance.random() < 0.7 and headers
        start = chance.choice(headers) + chance.randrange(50) if near else chance.randrange(len(data))
        start = min(start, len(data) - 1)
        size = chance.choice((1, 1, 2, 4, 30, 2_000))
        match chance.randrange(6):
            case 0:
                data[start] ^= 1 << chance.randrange(8)
            case 1:
                data[start : start + size] = chance.randbytes(len(data[start : start + size]))
            case 2:
                del data[start : start + size]
            case 3:
                data[start:start] = data[start : start + size]
            case 4:
                data[start : start + 4] = chance.choice((b"\0" * 4, b"\xff" * 4, b"\0\0\0\x80"))
            case _:
                other = chance.randrange(len(data))
                data[start : start + size] = data[other : other + size]
        if len(data) < 30:
            return bytes(data)
    if chance.random() < 0.1:
        data = data[: chance.randrange(len(data))]
    return bytes(data)


# --- the XML of its parts ---------------------------------------------------------------------------------------


def mutated_xml(chance: Random, base: bytes) -> bytes:
    """The file with some parts changed, lost, doubled or swapped."""
    parts = dict(parts_of(base))
    for _ in range(chance.choice((1, 1, 2, 4))):
        name = chance.choice(sorted(parts))
        if chance.random() < 0.4:
            name = next(item for item in sorted(parts) if item.endswith(("workbook.xml", "styles.xml", "sheet1.xml")))
        match chance.randrange(9):
            case 0:
                del parts[name]
            case 1:
                other = chance.choice(sorted(parts))
                parts[name], parts[other] = parts[other], parts[name]
            case 2:
                parts[chance.choice((name.upper(), f"../{name}", f"x/{name}", name + "x"))] = parts[name]
            case 3:
                parts[name] = (
                    parts[name].decode("utf-8", "replace").encode(chance.choice(("utf-16", "cp1252")), "ignore")
                )
            case 4:
                swap_references(chance, parts)
            case _:
                parts[name] = changed_xml(chance, parts[name])
        if not parts:
            break
    return zipped(parts)


def changed_xml(chance: Random, content: bytes) -> bytes:
    """A part with some tags, attributes or characters changed."""
    for _ in range(chance.choice((1, 2, 5))):
        tags = list(TAG.finditer(content))
        if not tags:
            return content
        tag = chance.choice(tags)
        start, end = tag.span()
        text = tag.group()
        match chance.randrange(7):
            case 0:
                text = b""
            case 1:
                text *= chance.choice((2, 3, 300))
            case 2:
                text = ATTRIBUTE.sub(lambda found: hostile_attribute(chance, found.group()), text)
            case 3:
                text = re.sub(
                    rb"(?<=<)/?[\w:]+", chance.choice((b"c", b"row", b"v", b"x:c", b"sheetData", b"q")), text
                )
            case 4:
                text = ATTRIBUTE.sub(b"", text, count=1)
            case 5:
                text += chance.choice(SHARDS)
            case _:
                return content[:start]
        content = content[:start] + text + content[end:]
    return content


def hostile_attribute(chance: Random, attribute: bytes) -> bytes:
    """The attribute itself, doubled, or with another value."""
    name, _, _ = attribute.partition(b"=")
    if chance.random() < 0.5:
        return attribute
    if chance.random() < 0.1:
        return attribute + b" " + attribute
    return name + b'="' + chance.choice(NUMBERS).encode() + b'"'


def swap_references(chance: Random, parts: Parts) -> None:
    """Let two references of a part point at each other's target."""
    rels = [name for name in sorted(parts) if name.endswith(".rels")]
    name = chance.choice(rels) if rels else ""
    targets = re.findall(rb'Target="([^"]*)"', parts.get(name, b""))
    if len(targets) > 1:
        first, second = chance.sample(targets, 2)
        text = parts[name].replace(b'"%s"' % first, b'"?"').replace(b'"%s"' % second, b'"%s"' % first)
        parts[name] = text.replace(b'"?"', b'"%s"' % second if chance.random() < 0.5 else b'"%s"' % first)


# --- the values in its cells ------------------------------------------------------------------------------------


def mutated_cells(chance: Random, base: bytes) -> bytes:
    """The file with hostile values in some cells: a few on one sheet, or on all of them."""
    parts = dict(parts_of(base))
    sheets = [name for name in sorted(parts) if name.startswith("xl/worksheets/sheet")]
    share = chance.choice((0.01, 0.05, 0.3))
    for name in chance.sample(sheets, chance.randint(1, len(sheets))):
        room = [150_000]  # characters, so that a file stays one that a person could have made
        parts[name] = CELL.sub(lambda found, room=room: hostile_cell(chance, found, share, room), parts[name])  # type: ignore[misc]
    return zipped(parts)


def hostile_cell(chance: Random, cell: re.Match[bytes], share: float, room: list[int]) -> bytes:
    """A cell, by chance with another value."""
    if chance.random() >= share:
        return cell.group()
    style = re.search(rb' s="\d+"', cell.group(2))
    kind, value = hostile_value(chance)
    room[0] -= len(value)
    if room[0] < 0:
        return cell.group()
    return b'<c r="%s"%s%s>%s</c>' % (cell.group(1), style.group() if style else b"", kind, value)


def hostile_value(chance: Random) -> tuple[bytes, bytes]:
    """A type and a value as XML."""
    makers: tuple[Callable[[], tuple[str, str]], ...] = (
        lambda: (' t="inlineStr"', f'<is><t xml:space="preserve">{escape(chance.choice(TEXTS))}</t></is>'),
        lambda: (' t="str"', f"<v>{escape(chance.choice(TEXTS)[:900] + chance.choice(TEXTS)[:900])}</v>"),
        lambda: ("", f"<v>{chance.choice(NUMBERS[:14])}</v>"),
        lambda: (' t="n"', f"<v>{chance.choice(DATES)}</v>"),
        lambda: (' t="b"', f"<v>{chance.choice('01')}</v>"),
        lambda: (' t="e"', f"<v>{chance.choice(('#N/A', '#REF!', '#SPILL!', '#x'))}</v>"),
        lambda: ("", "<f>1/0</f>"),
        lambda: (' t="d"', f"<v>{chance.choice(('2024-12-31', '2024-12-31T10:00:00Z', '0000-00-00', 'x'))}</v>"),
    )
    kind, value = chance.choice(makers[:1] * 4 + makers)()
    value = "".join(sign for sign in value if sign in "\t\n\r" or sign >= " ")
    return kind.encode(), value.replace("\uffff", "").encode()
