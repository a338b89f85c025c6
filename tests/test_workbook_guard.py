"""What the guard refuses, each with its own code and before any parser sees the file."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from normtool.core.diagnostics import Diagnostic
from normtool.core.places import CellPlace, FilePlace
from normtool.files import workbook_guard, workbook_odd_cells, workbook_package
from normtool.files.workbooks_xlsx import read_workbook
from normtool.texts import Words

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def good_bytes() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("Netwerk").write_string(0, 0, "tekst")
    book.close()
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(name: str, content: bytes | str) -> bytes:
    return zipped({**parts_of(good_bytes()), name: content})


def with_sheet(rows: str) -> bytes:
    return with_part(
        "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    )


def refusal(path: Path, data: bytes) -> Diagnostic:
    path.write_bytes(data)
    started = time.process_time()
    grid, found = read_workbook(path)
    assert time.process_time() - started < 1
    assert grid is None
    assert found[-1].is_error
    return found[-1]


def csv_bytes() -> bytes:
    return b"Id;Antwoord\nN1.1;ja\n"


FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "NT205"),
    "csv": (csv_bytes(), "NT207"),
    "utf-16 text": ("Id;Antwoord".encode("utf-16"), "NT207"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "NT208"),
    "html": (b"\n<!DOCTYPE html><html></html>", "NT208"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "NT208"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NT209"),
    "old xls": (OLE + "Workbook".encode("utf-16-le"), "NT210"),
    "other ole": (OLE, "NT209"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "NT211"),
    "ods": (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "NT208"),
    "word": (zipped({"word/document.xml": "<a/>"}), "NT208"),
    "other zip": (zipped({"foto.jpg": b"\xff\xd8"}), "NT208"),
    "truncated": (good_bytes()[:-200], "NT213"),
    "half": (good_bytes()[: len(good_bytes()) // 2], "NT213"),
    "only the signature": (b"PK\x03\x04", "NT213"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_other_kinds_of_files(tmp_path: Path, kind: str) -> None:
    data, code = FILES[kind]
    found = refusal(tmp_path / "werk.xlsx", data)
    assert found.code == code
    assert found.place == FilePlace(file="werk.xlsx")


def test_a_missing_file_a_folder_and_a_lock_file(tmp_path: Path) -> None:
    assert codes(tmp_path / "weg.xlsx") == ["NT201"]
    assert codes(tmp_path / "werk.xlsx" / "weg.xlsx") == ["NT201"]
    assert codes(tmp_path) == ["NT202"]
    (tmp_path / "bestand").write_bytes(b"")
    assert codes(tmp_path / "bestand" / "weg.xlsx") == ["NT201"]
    (tmp_path / "~$werk.xlsx").write_bytes(b"\5Jan")
    assert codes(tmp_path / "~$werk.xlsx") == ["NT206"]
    assert codes(tmp_path / "nul\0teken") == ["NT204"]
    os.mkfifo(tmp_path / "pijp")
    assert codes(tmp_path / "pijp") == ["NT204"]


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "groot.xlsx"
    with path.open("wb") as stream:
        stream.truncate(workbook_package.MAX_FILE_BYTES + 1)
    grid, found = read_workbook(path)
    assert grid is None
    assert (found[0].code, found[0].facts) == ("NT220", (("megabytes", 41), ("limit", 40)))
    assert found[0].rule.concerns_safety


def codes(path: Path) -> list[str]:
    grid, found = read_workbook(path)
    assert grid is None
    return [item.code for item in found]


def test_binary_excel(tmp_path: Path) -> None:
    parts = parts_of(good_bytes())
    root = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/workbook.bin")
    assert (
        refusal(tmp_path / "w.xlsx", zipped({**parts, "_rels/.rels": root, "xl/workbook.bin": "x"})).code == "NT212"
    )


def test_damaged_deflate_data_and_a_wrong_checksum(tmp_path: Path) -> None:
    data = bytearray(good_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    start = member.header_offset + 30 + len(member.filename)
    data[start : start + 20] = b"\xff" * 20
    assert refusal(tmp_path / "w.xlsx", bytes(data)).code == "NT214"
    central = good_bytes().rfind(b"PK\x01\x02")
    data = bytearray(good_bytes())
    data[central + 16 : central + 20] = b"\1\2\3\4"
    assert refusal(tmp_path / "w.xlsx", bytes(data)).code == "NT214"


def test_a_member_locked_with_a_password(tmp_path: Path) -> None:
    data = bytearray(good_bytes())
    central = data.find(b"PK\x01\x02")
    data[central + 8] |= 1
    assert refusal(tmp_path / "w.xlsx", bytes(data)).code == "NT211"


def test_a_sheet_that_breaks_off_and_a_workbook_that_is_no_xml(tmp_path: Path) -> None:
    broken = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1'
    assert refusal(tmp_path / "w.xlsx", with_part("xl/worksheets/sheet1.xml", broken)).code == "NT214"
    assert refusal(tmp_path / "w.xlsx", with_part("xl/workbook.xml", "<workbook")).code == "NT214"
    no_sheets = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'
    assert refusal(tmp_path / "w.xlsx", with_part("xl/workbook.xml", no_sheets)).code == "NT215"
    parts = parts_of(good_bytes())
    del parts["xl/worksheets/sheet1.xml"]
    assert refusal(tmp_path / "w.xlsx", zipped(parts)).code == "NT214"


def test_too_many_parts(tmp_path: Path) -> None:
    many = {f"xl/media/{number}.png": b"" for number in range(workbook_package.MAX_PARTS + 1)}
    assert refusal(tmp_path / "w.xlsx", zipped({**parts_of(good_bytes()), **many})).code == "NT221"


def test_a_zip_bomb_stops_while_it_inflates(tmp_path: Path) -> None:
    bomb = with_part("xl/worksheets/sheet1.xml", b" " * (workbook_package.MAX_PART_BYTES + 5 * 1024 * 1024))
    assert refusal(tmp_path / "w.xlsx", bomb).code == "NT222"
    picture = with_part("xl/media/image1.png", b"\0" * (workbook_package.RATIO_FROM_BYTES + 1))
    assert refusal(tmp_path / "w.xlsx", picture).code == "NT222"


def test_sizes_in_the_file_that_lie(tmp_path: Path) -> None:
    data = bytearray(with_part("xl/media/image1.png", b"\0" * (workbook_package.RATIO_FROM_BYTES + 1)))
    central = data.rfind(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)
    assert refusal(tmp_path / "w.xlsx", bytes(data)).code == "NT222"


def test_names_that_can_be_mistaken(tmp_path: Path) -> None:
    assert refusal(tmp_path / "w.xlsx", with_part("XL/worksheets/Sheet1.xml", "<a/>")).code == "NT223"
    assert refusal(tmp_path / "w.xlsx", with_part("../buiten.xml", "<a/>")).code == "NT223"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "iso-8859-1"])
def test_parts_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x><worksheet><sheetData/></worksheet>'
    found = refusal(tmp_path / "w.xlsx", with_part("xl/worksheets/sheet1.xml", text.encode(encoding)))
    assert found.code == "NT224"
    assert dict(found.facts) == {"part": "xl/worksheets/sheet1.xml"}


def test_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    assert refusal(tmp_path / "w.xlsx", with_part("xl/worksheets/sheet1.xml", b"<a>\xe9</a>")).code == "NT224"


@pytest.mark.parametrize(
    "declaration", ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b "c">]>', '<!doctype a SYSTEM "file:///etc/passwd">']
)
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "docProps/app.xml", "x/y.vml"])
def test_entities_in_any_part(tmp_path: Path, part: str, declaration: str) -> None:
    assert refusal(tmp_path / "w.xlsx", with_part(part, f"{declaration}<a/>")).code == "NT225"


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        ('<row r="1"><c r="AAA1"><v>1</v></c></row>', "AAA1"),
        ('<row r="100000"><c r="B100000"><v>1</v></c></row>', "B100000"),
        ("<row r='1'><c r = 'XFD1048576'><v>1</v></c></row>", "XFD1048576"),
        ('<row r="1"><c\nr="XFD7"><v>1</v></c></row>', "XFD7"),
        ('<row r="1"><y:c xmlns:y="' + MAIN + '" r="XFD7"><v>1</v></y:c></row>', "XFD7"),
        ('<row r="1"><c s="1" r="XFD7"><v>1</v></c></row>', "XFD7"),
        ('<row r="1048576"><c><v>1</v></c></row>', "A1048576"),
    ],
)
def test_a_cell_far_away_is_named(tmp_path: Path, rows: str, cell: str) -> None:
    found = refusal(tmp_path / "w.xlsx", with_sheet(rows))
    assert found.code == "NT226"
    assert isinstance(found.place, CellPlace)
    assert (found.place.sheet, found.place.cell) == ("Netwerk", cell)
    assert found.rule.concerns_safety


def test_two_cells_that_span_too_much(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>'
    assert refusal(tmp_path / "w.xlsx", with_sheet(rows)).code == "NT227"


def test_an_empty_cell_far_away_is_no_reason_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    path.write_bytes(
        with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>')
    )
    grid, found = read_workbook(path)
    assert found == ()
    assert grid is not None
    assert grid.sheets[0].rows == ((1,),)


def test_addresses_that_are_none(tmp_path: Path) -> None:
    assert refusal(tmp_path / "w.xlsx", with_sheet('<row r="1"><c r="7"><v>1</v></c></row>')).code == "NT214"


def test_one_long_text_used_very_often(tmp_path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si/><si><t>{"x" * 400_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(1, 5001))
    parts = {**parts_of(with_sheet(rows)), "xl/sharedStrings.xml": strings.encode()}
    assert refusal(tmp_path / "w.xlsx", zipped(parts)).code == "NT228"


def test_a_long_text_used_once_is_fine(tmp_path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>a</t></si><si><t>{"x" * 32_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{int(n == 1)}</v></c></row>' for n in range(1, 5001))
    path = tmp_path / "w.xlsx"
    path.write_bytes(zipped({**parts_of(with_sheet(rows)), "xl/sharedStrings.xml": strings.encode()}))
    grid, found = read_workbook(path)
    assert found == ()
    assert grid is not None


def test_cells_that_the_reader_does_not_see(tmp_path: Path) -> None:
    """Cells outside sheetData: the guard sees them, the parser does not."""
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    for inside in ("", "<!-- -->"):
        odd = f'<worksheet xmlns="{MAIN}">{row}<sheetData>{inside}</sheetData></worksheet>'
        found = refusal(tmp_path / "w.xlsx", with_part("xl/worksheets/sheet1.xml", odd))
        assert found.code == "NT229"
        assert found.place == FilePlace(file="w.xlsx", sheet="Netwerk")


def test_an_odd_sheet_of_great_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_odd_cells, "MAX_ODD_BYTES", 100)
    assert refusal(tmp_path / "w.xlsx", with_sheet("<!-- -->" * 20)).code == "NT227"


def test_passengers_are_named_and_left_behind(tmp_path: Path) -> None:
    parts: dict[str, bytes | str] = {
        **parts_of(good_bytes()),
        "xl/vbaProject.bin": b"macro",
        "xl/externalLinks/externalLink1.xml": "<a/>",
        "xl/embeddings/oleObject1.bin": b"object",
    }
    path = tmp_path / "werk.xlsm"
    path.write_bytes(zipped(parts))
    grid, found = read_workbook(path)
    assert [(item.code, item.is_error) for item in found] == [("NT230", False), ("NT231", False), ("NT232", False)]
    assert grid is not None
    guarded, _ = workbook_guard.guard_workbook(path.read_bytes(), path.name)
    assert guarded is not None
    with zipfile.ZipFile(io.BytesIO(guarded.package)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name or "external" in name or "embed" in name]


def test_the_parser_that_gives_up(tmp_path: Path) -> None:
    """A style sheet that is no style sheet."""
    found = refusal(tmp_path / "w.xlsx", with_part("xl/styles.xml", "<styleSheet><cellXfs><xf"))
    assert found.code == "NT216"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_rule_has_words_with_its_facts(language: str) -> None:
    from normtool.core import rules_workbooks
    from normtool.core.diagnostics import Rule

    words = Words(language)
    for rule in vars(rules_workbooks).values():
        if isinstance(rule, Rule) and words.has(f"nt2xx.{rule.code}.title"):
            facts = dict.fromkeys(rule.facts, "X")
            for part in ("title", "message", "hint", "more"):
                assert words.say(f"nt2xx.{rule.code}.{part}", **facts)
