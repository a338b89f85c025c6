"""Bombs of common knowledge: each is refused within a second, for a reason, by the process that may die of it."""

from __future__ import annotations

import io
import random
import resource
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

import pytest
import xlsxwriter

from normtool.core.grids import Grid
from normtool.files.reading_worker import read_all
from normtool.files.workbooks_xlsx import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1024 * 1024
NOISE = random.Random(1)
"""Text that hardly shrinks: the ratio alone must not be what stops a bomb."""


def good_parts(sheets: int = 1) -> dict[str, bytes]:
    """The parts of a small workbook with a shared text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for number in range(sheets):
        book.add_worksheet(f"Blad {number}").write_string(0, 0, "tekst")
    book.close()
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_parts(parts: Mapping[str, bytes | str]) -> bytes:
    return zipped({**good_parts(), **parts})


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def with_sheet(rows: str, before: str = "", after: str = "") -> bytes:
    return with_parts({SHEET: sheet(rows, before, after)})


def noise(length: int) -> str:
    """Letters that shrink to a fortieth: not enough to be suspect."""
    pieces = (NOISE.randbytes(50).hex() + "a" * 4_000 for _ in range(length // 4_100 + 1))
    return "".join(pieces)[:length]


ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


# --- the zip file -----------------------------------------------------------------------------------------------


def zip_of(members: list[tuple[bytes, int, bytes, int]], body: bytes) -> bytes:
    """A zip file of which the central directory says: name, offset, packed content, size."""
    central = b"".join(
        b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 33, crc_of(packed), len(packed), size,
                                len(name), 0, 0, 0, 0, 0, offset) + name
        for name, offset, packed, size in members
    )  # fmt: skip
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(central), len(body), 0)
    return body + central + b"PK\5\6" + end


@cache
def crc_of(packed: bytes) -> int:
    return zlib.crc32(zlib.decompress(packed, -15))


def local(name: bytes, packed: bytes, size: int) -> bytes:
    known = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc_of(packed), len(packed), size, len(name), 0)
    return b"PK\3\4" + known + name


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def full_overlap() -> bytes:
    """Many names for one kernel."""
    kernel = deflated(b"0" * 3 * MEGABYTE)
    body = local(b"xl/media/0.png", kernel, 3 * MEGABYTE) + kernel
    return zip_of([(b"xl/media/0.png", 0, kernel, 3 * MEGABYTE)] * 1000, body)


def quoted_overlap() -> bytes:
    """After Fifield: each member quotes the header of the next and shares the kernel with it."""
    kernel = deflated(b"0" * MEGABYTE)
    names = [f"xl/media/{number:03}.png".encode() for number in range(60)]
    body = local(names[-1], kernel, MEGABYTE) + kernel
    parts = [(names[-1], kernel, MEGABYTE)]
    for name in reversed(names[:-1]):
        header = local(parts[0][0], parts[0][1], parts[0][2])
        packed = b"\0" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF) + header + parts[0][1]
        size = parts[0][2] + len(header)
        parts.insert(0, (name, packed, size))
        body = local(name, packed, size) + packed[:5] + body
    offset, members = 0, []
    for name, packed, size in parts:
        members.append((name, offset, packed, size))
        offset += 30 + len(name) + 5
    return zip_of(members, body)


def nested_zip() -> bytes:
    """A bomb in a bomb: what is embedded is never opened."""
    inner = zipped({f"{number}.bin": b"\0" * MEGABYTE for number in range(10)})
    return with_parts({f"xl/embeddings/{number}.xlsx": inner for number in range(20)})


def lying_sizes() -> bytes:
    data = bytearray(with_parts({"xl/media/a.png": b" " * 30 * MEGABYTE}))
    central = data.rfind(b"PK\1\2")
    data[central + 24 : central + 28] = struct.pack("<I", 100)
    return bytes(data)


def smaller_than_it_says() -> bytes:
    data = bytearray(zipped(good_parts()))
    central = data.rfind(b"PK\1\2")
    data[central + 24 : central + 28] = struct.pack("<I", 2**31)
    return bytes(data)


def other_name_in_place() -> bytes:
    data = bytearray(zipped(good_parts()))
    data[30] = ord("x")
    return bytes(data)


def many_members() -> bytes:
    return with_parts({f"xl/media/{number}": b"" for number in range(20_000)})


# --- sheets -----------------------------------------------------------------------------------------------------


FAR = "XFD1048576"


def far_cells() -> list[str]:
    """One cell in the last corner, in every disguise that a parser sees through."""
    values = ("<v>1</v>", "<v><![CDATA[1]]></v>", "<v>&#49;</v>", "<f>1</f><v>1</v>")
    kinds = ("", ' t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="d"')
    rows = [f'<row r="1"><c r="{FAR}"{kind}>{value}</c></row>' for kind in kinds for value in values]
    return [
        *rows,
        f'<row r="1"><c r="{FAR.lower()}"><v>1</v></c></row>',
        f'<c r="{FAR}"><v>1</v></c>',
        f'<q><c r="{FAR}"><v>1</v></c></q>',
        '<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>',
        f'<x:row r="1"><x:c r="{FAR}"><x:v>1</x:v></x:c></x:row>',
        '<row r="1048576"><c><v>1</v></c></row>',
    ]


def far_blanks() -> list[str]:
    """The same without anything in it, though a parser may lay out the sheet for it."""
    values = ("", "<v/>", "<v></v>", "<is/>", "<is></is>", "<is><t/></is>", "<is><t></t></is>", "<f>1</f>")
    kinds = ("", ' t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="d"')
    rows = [f'<row r="9"><c r="{FAR}"{kind}>{value}</c></row>' for kind in kinds for value in values]
    return [*rows, f'<row r="9"><c r="{FAR}" t="e"><v>#N/A</v></c></row>']


def wide_sheets() -> bytes:
    """Sheets that are each bearable, and together are not."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9999"><c r="AZ9999"><v>1</v></c></row>'
    return zipped({**good_parts(200), **{f"xl/worksheets/sheet{n}.xml": sheet(rows) for n in range(1, 201)}})


def shared_texts(length: int, uses: int, attributes: str = ' t="s"') -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"{attributes}><v>1</v></c></row>' for n in range(1, uses + 1))
    strings = f'<sst xmlns="{MAIN}"><si><t>a</t></si><si><t>{noise(length)}</t></si></sst>'
    return with_parts({SHEET: sheet(rows), "xl/sharedStrings.xml": strings})


def inline(value: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is>{value}</is></c></row>'


def many_long_texts() -> bytes:
    """Every cell as long as Excel allows."""
    rows = (f'<row r="{n}"><c r="A{n}" t="str"><v>{noise(32_767)}</v></c></row>' for n in range(1, 1_900))
    part = sheet("".join(rows))
    return zipped({**good_parts(2), SHEET: part, "xl/worksheets/sheet2.xml": part})


def merged(count: int) -> str:
    merges = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(1, count + 1))
    return f"<mergeCells>{merges}</mergeCells>"


# --- other parts ------------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETERS = '<!DOCTYPE x [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]>'
PARTS = (
    SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels",
    "[Content_Types].xml", "xl/comments1.xml", "xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml",
    "xl/theme/theme1.xml", "docProps/core.xml", "customXml/item1.xml", "xl/worksheets/_rels/sheet1.xml.rels",
)  # fmt: skip


def styles(count: int) -> str:
    formats = '<xf numFmtId="10"/>' * count
    return f'<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>'


def sheet_listed_twice() -> bytes:
    parts = good_parts(2)
    rels = parts["xl/_rels/workbook.xml.rels"].replace(b"sheet2.xml", b"sheet1.xml")
    return zipped({**parts, "xl/_rels/workbook.xml.rels": rels})


def sheet_that_is(part: bytes) -> bytes:
    parts = good_parts()
    rels = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", part)
    return zipped({**parts, "xl/_rels/workbook.xml.rels": rels})


def hidden_sheets(count: int) -> bytes:
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" state="veryHidden" r:id="rId1"/>' for n in range(1, count))
    book = good_parts()["xl/workbook.xml"].replace(b"</sheets>", listed.encode() + b"</sheets>")
    return with_parts({"xl/workbook.xml": book})


def many_references() -> bytes:
    rels = "".join(f'<Relationship Id="r{n}" Type="x/hyperlink" Target="t{n}"/>' for n in range(75_000))
    return with_parts({"xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships>{rels}</Relationships>"})


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "one kernel for many members": (full_overlap, "NT223"),
    "overlapping members": (quoted_overlap, "NT223"),
    "sizes that lie": (lying_sizes, "NT222"),
    "a size that is too large": (smaller_than_it_says, "NT214"),
    "another name in place": (other_name_in_place, "NT223"),
    "twenty thousand members": (many_members, "NT221"),
    "blanks": (lambda: with_sheet(" " * 60 * MEGABYTE), "NT222"),
    "a part of 70 MB": (lambda: with_parts({"xl/media/a.bin": noise(70 * MEGABYTE)}), "NT222"),
    **{f"far {n}": (partial(with_sheet, row), "NT226") for n, row in enumerate(far_cells())},
    "two addresses": (lambda: with_sheet(f'<row r="1"><c r="A1" r="{FAR}"><v>1</v></c></row>'), "NT214"),
    "wide sheets": (wide_sheets, "NT227"),
    "a rectangle of 50 million": (lambda: with_sheet(
        '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>'), "NT227"),
    "a shared text": (lambda: shared_texts(32_000, 5_000), "NT228"),
    "a shared text, by an odd sheet": (lambda: shared_texts(32_000, 5_000, ' ph="1" t="s"'), "NT228"),
    "a shared text of 1 MB": (lambda: shared_texts(MEGABYTE, 20), "NT235"),
    "a text of 8 MB": (lambda: with_sheet(inline(f"<t>{noise(8 * MEGABYTE)}</t>")), "NT235"),
    "a text of 10 MB in runs": (lambda: with_sheet(inline(
        "".join(f"<r><t>{noise(1000)}</t></r>" for _ in range(10_000)))), "NT235"),
    "long texts": (many_long_texts, "NT228"),
    "a hundred thousand merges": (lambda: with_sheet(ONE, after=merged(100_000)), "NT234"),
    "overlapping merges": (lambda: with_sheet(
        ONE, after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 5_000 + "</mergeCells>"), "NT227"),
    "a million formats": (lambda: with_parts({"xl/styles.xml": styles(1_000_000)}), "NT222"),
    "a sheet listed twice": (sheet_listed_twice, "NT223"),
    "a sheet that is the texts": (lambda: sheet_that_is(b"sharedStrings.xml"), "NT223"),
    "a sheet that is the workbook": (lambda: sheet_that_is(b"workbook.xml"), "NT223"),
    "a sheet that is its references": (lambda: sheet_that_is(b"_rels/workbook.xml.rels"), "NT214"),
    "thousands of hidden sheets": (lambda: hidden_sheets(5_000), "NT221"),
    "references": (many_references, "NT221"),
    "elements in elements": (lambda: with_sheet("<a>" * 200_000 + "</a>" * 200_000), "NT233"),
    "elements in elements, in the workbook": (
        lambda: with_parts({"xl/workbook.xml": "<a>" * 200_000 + "</a>" * 200_000}), "NT233"),
    "a row number of 5,000 digits": (lambda: with_sheet(f'<row r="{"9" * 5_000}"><c><v>1</v></c></row>'), "NT214"),
    "a negative row": (lambda: with_sheet('<row r="-1"><c><v>1</v></c></row>'), "NT214"),
    "a cell in row 0": (lambda: with_sheet('<row r="0"><c r="A0"><v>1</v></c></row>'), "NT214"),
    "a style of 5,000 digits": (
        lambda: with_sheet(f'<row r="1"><c r="A1" s="{"9" * 5_000}" ><v>1</v></c></row>'), "NT214"),
    **{
        f"laughs in {part}": (partial(with_parts, {part: f"{LAUGHS}<a>&j;</a>"}), "NT225")
        for part in PARTS
    },
    "an entity outside": (lambda: with_parts({SHEET: f"{OUTSIDE}<a>&x;</a>"}), "NT225"),
    "a parameter entity": (lambda: with_parts({"docProps/app.xml": f"{PARAMETERS}<a/>"}), "NT225"),
    **{
        f"{code} in {part}": (partial(with_parts, {part: f"{OUTSIDE}<a>&x;</a>".encode(code)}), "NT224")
        for code in ("utf-16", "utf-16-le", "utf-16-be", "utf-32") for part in (SHEET, "xl/comments1.xml")
    },
    "utf-7": (lambda: with_parts(
        {SHEET: b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<a/>'}), "NT224"),
    "utf-7, said late": (lambda: with_parts(
        {SHEET: b'<?xml version="1.0"' + b" " * 5_000 + b'encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<a/>'}), "NT224"),
    "ebcdic": (lambda: with_parts({SHEET: "<?xml version='1.0'?><a/>".encode("cp037")}), "NT224"),
}  # fmt: skip

HARMLESS: dict[str, Callable[[], bytes]] = {
    "a zip bomb inside": nested_zip,
    "a far dimension": lambda: with_sheet(ONE, before='<dimension ref="A1:XFD1048576"/>'),
    "a merge over the whole sheet": lambda: with_sheet(
        ONE, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "columns without end": lambda: with_sheet(
        ONE, before='<cols><col min="1" max="4294967295" width="1e308"/></cols>'),
    "lists over the whole sheet": lambda: with_sheet(ONE, after="<dataValidations>" + (
        '<dataValidation type="list" sqref="A1:XFD1048576"><formula1>A1:XFD1048576</formula1></dataValidation>'
    ) * 2_000 + "</dataValidations>"),
    "names of other files": lambda: with_parts({"xl/workbook.xml": good_parts()["xl/workbook.xml"].replace(
        b"</sheets>", b"</sheets><definedNames>" + b'<definedName name="a">[1]B!$A:$XFD</definedName>' * 5_000
        + b"</definedNames>")}),
    "rows without cells": lambda: with_sheet(ONE + "".join(
        f'<row r="{n}" s="{n % 9}" customFormat="1"/>' for n in range(2, 400_000))),
    **{f"a far blank {n}": partial(with_sheet, ONE + row) for n, row in enumerate(far_blanks())},
    "formats of 60,000 cells": lambda: with_parts({"xl/styles.xml": styles(60_000)}),
}  # fmt: skip


def spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_a_second(tmp_path: Path, name: str) -> None:
    make, code = BOMBS[name]
    (tmp_path / "bom.xlsx").write_bytes(make())
    before = spent()
    (found,) = read_all([tmp_path / "bom.xlsx"])
    assert spent() - before < 1
    assert found.grid is None
    assert [item.code for item in found.diagnostics if item.is_error] == [code]
    assert found.diagnostics[-1].rule.concerns_safety or code == "NT214"


@pytest.mark.parametrize("name", HARMLESS)
def test_what_looks_like_a_bomb_and_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "groot.xlsx").write_bytes(HARMLESS[name]())
    before = spent()
    (found,) = read_all([tmp_path / "groot.xlsx"])
    assert spent() - before < 2
    assert isinstance(found.grid, Grid)
    assert found.grid.sheets[0].value(1, 1) in {1, "tekst"}
    assert len(found.grid.sheets[0].rows) == 1
    assert all(bottom <= 1_000 and right <= 100 for _, _, bottom, right in found.grid.sheets[0].merged)


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+31 6", "-5 %", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "<b>vet</b>",
     "<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "${7*7}", "#{x}", "&amp;", "%s%n", "javascript:x", "--",
     "'; DROP TABLE x; --", "../../etc/passwd", "\u202eabc", "\u200b", "😀", "a\nb", "#REF!", "TRUE", "1e308", "NaN"],
)  # fmt: skip
def test_what_looks_like_code_stays_text(tmp_path: Path, value: str) -> None:
    path = tmp_path / "werk.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_string(0, 0, value)
    book.close()
    grid, found = read_workbook(path)
    assert grid is not None
    assert found == ()
    assert grid.sheets[0].rows == ((value,),)
    assert grid.sheets[0].unread_formulas == grid.sheets[0].errors == ()


def test_a_carriage_return_stays_a_carriage_return(tmp_path: Path) -> None:
    for value in ("_x000D_=1", "&#13;=1"):
        (tmp_path / "w.xlsx").write_bytes(with_sheet(inline(f'<t xml:space="preserve">{value}</t>')))
        grid, _ = read_workbook(tmp_path / "w.xlsx")
        assert grid is not None
        assert grid.sheets[0].rows == (("\r=1",),)
