"""Marks in somebody's own workbook: they show, they are replaced, they go, and nothing else changes by a byte."""

from __future__ import annotations

import contextlib
import io
import random
import re
import shutil
import subprocess
import time
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import xlsxwriter

from normtool.core.diagnostics import Severity
from normtool.core.form_names import RETURNED_SHEET
from normtool.files.marked_book import book_part
from normtool.files.marked_list import ListPage, Mark
from normtool.files.marked_package import Package
from normtool.files.marked_remarks import BEGIN, END, without_our_remarks
from normtool.files.marked_xlsx import mark_workbook, take_marks_out
from normtool.files.marked_xml import MarkingError
from normtool.files.workbooks_xlsx import read_workbook
from tests.marked_examples import (
    ANSWERS,
    HIDDEN,
    SECOND,
    USERS_COMMENT,
    by_openpyxl,
    by_xlsxwriter,
    written_oddly,
)
from tests.package_checks import check_package, parts_of

LIST = RETURNED_SHEET.text.nl
PAGE = ListPage(
    sheet=LIST,
    title="Na te kijken",
    lines=("formulier.xlsx: 2 fouten", "Klik op een cel."),
    headers=("Soort", "Blad", "Cel", "Wat is er", "Wat u kunt doen", "Code"),
    severities=((Severity.ERROR, "Fout"), (Severity.WARNING, "Let op"), (Severity.NOTE, "Ter info")),
    whole_file="hele bestand",
    whole_sheet="hele blad",
    footer="pagina &P van &N",
)
ERROR_FILL, WARNING_FILL = "FFF8E4E8", "FFFCF1DA"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHANGED = re.compile(
    r"\[Content_Types\]\.xml|.*\.rels|docProps/app\.xml|.*/?(workbook|boek|styles|sheet[123]|Sheet1)\.xml"
    r"|.*[cC]omments?\w*\.xml|.*\.vml"
)
"""Parts that marks may touch: never strings, charts, pictures, tables, themes or the other sheets."""


def mark(cell: str, severity: Severity = Severity.ERROR, sheet: str = ANSWERS, code: str = "NT302") -> Mark:
    said = f"‘=1+1’ in {cell} is <geen> ja & geen nee."
    return Mark(
        sheet=sheet, cell=cell, severity=severity, code=code, title=f"Fout {code}: geen ja of nee", message=said,
        hint="Kies: ja of nee.",
    )  # fmt: skip


MARKS = (
    mark("C4", Severity.WARNING, code="NT402"),
    mark("B3"),
    mark("B3", Severity.NOTE, code="NT902"),
    mark("I3"),
    mark("A5:B6", Severity.WARNING),
    mark("D2", Severity.NOTE, code="NT903"),
    mark("A2", Severity.WARNING, SECOND),
    mark("", Severity.WARNING, "", "NT230"),
    mark("", Severity.WARNING, SECOND, "NT255"),
    mark("A1", Severity.NOTE, HIDDEN, "NT901"),
)

Maker = Callable[[Path], Path]
MAKERS = (by_xlsxwriter, by_openpyxl, written_oddly)


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def original(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """A rich workbook, by each library, and one that is written oddly."""
    make: Maker = request.param
    return make(tmp_path / "formulier.xlsx").read_bytes()


def without_marks(data: bytes) -> bytes:
    """The workbook as its maker would get it back, were every mark taken out."""
    package = Package(data)
    take_marks_out(package, book_part(package))
    return package.packed()


def opened(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for known in (".*extension is not supported", "Sparkline Group", "Workbook contains no default style"):
            warnings.filterwarnings("ignore", message=known)
        return openpyxl.load_workbook(io.BytesIO(data))


def comments(data: bytes) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in opened(data).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def fills(data: bytes, sheet: str) -> dict[str, str]:
    """Our colours on a sheet: ranges to colour; ours come before all others."""
    formats = opened(data)[sheet].conditional_formatting
    rules = [(str(item.sqref), rule) for item in formats for rule in item.rules]
    ours = [(ranges, rule) for ranges, rule in rules if "normtool" in str(rule.formula)]
    theirs = [rule.priority for ranges, rule in rules if (ranges, rule) not in ours]
    assert all(rule.priority < min(theirs, default=99) for _, rule in ours)
    return {ranges: rule.dxf.fill.bgColor.rgb for ranges, rule in ours}


def listed(data: bytes) -> list[tuple[object, ...]]:
    return [tuple(row) for row in opened(data).worksheets[0].iter_rows(values_only=True)]


def with_parts(data: bytes, **changed: bytes) -> bytes:
    """The workbook with some parts changed or added; names are keys of CHANGES."""
    return packed(parts_of(data) | {CHANGES[key]: value for key, value in changed.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


CHANGES = {"sheet": "xl/worksheets/sheet1.xml", "comments": "xl/comments1.xml", "styles": "xl/styles.xml"}


# --- nothing else changes -----------------------------------------------------------------------------------


def test_only_what_must_change_does(original: bytes) -> None:
    before, after = parts_of(original), parts_of(mark_workbook(original, MARKS, PAGE))
    for name, content in before.items():
        assert after[name] == content or CHANGED.fullmatch(name), name
    assert [name for name in after if name in before] == list(before)


def test_untouched_parts_keep_their_compressed_bytes_and_their_day(original: bytes) -> None:
    marked = mark_workbook(original, MARKS, PAGE)
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(io.BytesIO(marked)) as new:
        for info in old.infolist():
            now = new.getinfo(info.filename)
            assert now.date_time == info.date_time
            assert now.compress_size == info.compress_size or CHANGED.fullmatch(info.filename)
        fresh = [info for info in new.infolist() if info.filename not in old.namelist()]
        assert {info.date_time for info in fresh} == {(1980, 1, 1, 0, 0, 0)}


def test_cells_keep_their_xml(original: bytes) -> None:
    before, after = parts_of(original), parts_of(mark_workbook(original, MARKS, PAGE))
    data = re.compile(rb"<(?:x:)?sheetData.*</(?:x:)?sheetData>", re.DOTALL)
    sheets = [name for name in before if re.search(r"[sS]heet\d\.xml$", name) and "chart" not in name]
    for name in sheets:
        assert data.findall(before[name]) == data.findall(after[name])
        assert data.search(before[name]) is not None
        for element in (b"dataValidations", b"sheetProtection", b"mergeCell ", b"tablePart ", b"autoFilter"):
            assert before[name].count(b"<" + element) == after[name].count(b"<" + element)


def test_excel_has_nothing_to_repair(original: bytes) -> None:
    check_package(mark_workbook(original, MARKS, PAGE))
    check_package(mark_workbook(original, (), PAGE))


def test_other_conditional_formats_keep_their_order(original: bytes) -> None:
    def theirs(data: bytes) -> list[tuple[str, str]]:
        formats = opened(data)[ANSWERS].conditional_formatting
        rules = [
            (rule.priority, str(item.sqref), str(rule.formula), rule.type) for item in formats for rule in item.rules
        ]
        return [
            (where, f"{kind} {formula}") for _, where, formula, kind in sorted(rules) if "normtool" not in formula
        ]

    assert theirs(original)
    assert theirs(mark_workbook(original, MARKS, PAGE)) == theirs(original)


def test_names_of_one_sheet_stay_with_their_sheet(tmp_path: Path) -> None:
    for make in (by_xlsxwriter, by_openpyxl):
        data = make(tmp_path / "boek.xlsx").read_bytes()
        old, new = opened(data), opened(mark_workbook(data, MARKS, PAGE))
        assert new.sheetnames == [LIST, *old.sheetnames]
        assert list(new.defined_names) == list(old.defined_names) == ["Alles"]
        for name in (ANSWERS, SECOND):
            assert set(new[name].defined_names) == set(old[name].defined_names)
            assert new[name].print_title_rows == old[name].print_title_rows
            assert new[name].print_area == old[name].print_area
        assert any("Hier" in sheet.defined_names for sheet in new.worksheets)


def test_the_properties_list_the_new_sheet(tmp_path: Path) -> None:
    data = by_xlsxwriter(tmp_path / "boek.xlsx").read_bytes()
    root = ET.fromstring(parts_of(mark_workbook(data, MARKS, PAGE))["docProps/app.xml"])
    types = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
    titles = [item for item in root.iter(f"{types}vector") if item.get("baseType") == "lpstr"]
    names = [item.text for item in titles[0]]
    assert names[:4] == [LIST, ANSWERS, SECOND, HIDDEN]
    assert titles[0].get("size") == str(len(names))
    assert next(root.iter(f"{types}i4")).text == "4"


# --- marks that show ----------------------------------------------------------------------------------------


@pytest.fixture
def rich(tmp_path: Path) -> bytes:
    """The rich workbook of XlsxWriter."""
    return by_xlsxwriter(tmp_path / "rijk.xlsx").read_bytes()


def test_every_mark_has_a_comment_and_a_colour(original: bytes) -> None:
    marked = mark_workbook(original, MARKS, PAGE)
    said = comments(marked)
    covered = "H2" if (ANSWERS, "H2") in said else "I3"  # I3 lies under H2 where cells are merged
    for cell in ("B3", "C4", "A5", "D2", covered):
        assert f"{BEGIN}\nFout NT" in said[ANSWERS, cell]
        assert said[ANSWERS, cell].endswith(END)
    found = fills(marked, ANSWERS)
    assert found == {f"B3 {covered}": ERROR_FILL, "A5:B6 C4": WARNING_FILL}, "a note has no colour"


def test_several_remarks_on_a_cell_are_one_comment_with_the_heaviest_first(rich: bytes) -> None:
    said = comments(mark_workbook(rich, (MARKS[2], MARKS[1]), PAGE))[ANSWERS, "B3"]
    assert said.count(BEGIN) == 1
    assert said.index("NT302") < said.index("NT902")


def test_a_users_comment_stays_above_ours(original: bytes) -> None:
    marked = mark_workbook(original, (mark("B3"), mark("B4")), PAGE)
    had_comment = (ANSWERS, "B3") in comments(original)
    said = comments(marked)[ANSWERS, "B3"]
    assert said.startswith(f"{USERS_COMMENT}\n{BEGIN}\n" if had_comment else BEGIN)
    assert without_our_remarks(said) == (USERS_COMMENT if had_comment else "")
    assert comments(without_marks(marked)) == comments(original)


def test_the_list_says_it_all_by_sheet_with_links(rich: bytes) -> None:
    marked = mark_workbook(rich, MARKS, PAGE)
    rows = listed(marked)
    assert rows[0][0] == "Na te kijken"
    assert rows[4] == PAGE.headers
    assert [(row[0], row[1], row[2], row[5]) for row in rows[5:]] == [
        ("Let op", "hele bestand", None, "NT230"),
        ("Fout", ANSWERS, "B3", "NT302"),
        ("Fout", ANSWERS, "I3", "NT302"),
        ("Let op", ANSWERS, "C4", "NT402"),
        ("Let op", ANSWERS, "A5:B6", "NT302"),
        ("Ter info", ANSWERS, "D2", "NT903"),
        ("Ter info", ANSWERS, "B3", "NT902"),
        ("Let op", SECOND, "hele blad", "NT255"),
        ("Let op", SECOND, "A2", "NT302"),
        ("Ter info", HIDDEN, "A1", "NT901"),
    ]
    sheet = opened(marked).worksheets[0]
    links = {
        link.ref: link.location for link in (cell.hyperlink for row in sheet for cell in row) if link is not None
    }
    assert links["C7"] == f"'{ANSWERS}'!B3"
    assert "'D''r bij & zo'!A2" in links.values()
    assert not any(HIDDEN in str(place) for place in links.values()), "nobody can follow a link to a hidden sheet"
    assert rows[6][3] == "‘=1+1’ in B3 is <geen> ja & geen nee."
    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert all(sheet.cell(7, column).alignment.wrap_text for column in range(1, 7))


def test_a_list_without_marks_says_so(original: bytes) -> None:
    page = replace(PAGE, lines=("Niets meer na te kijken.",))
    cleared = mark_workbook(mark_workbook(original, MARKS, PAGE), (), page)
    assert [row[0] for row in listed(cleared)] == ["Na te kijken", "Niets meer na te kijken."]
    assert comments(cleared) == comments(original)
    assert parts_of(cleared) == parts_of(mark_workbook(original, (), page))
    assert parts_of(mark_workbook(cleared, MARKS, PAGE)) == parts_of(mark_workbook(original, MARKS, PAGE))


def test_the_list_is_what_one_sees_first_and_alone(original: bytes) -> None:
    parts = parts_of(mark_workbook(original, MARKS, PAGE))
    selected = [name for name, content in parts.items() if re.search(rb'tabSelected="(?:1|true)"', content)]
    assert len(selected) == 1
    assert LIST.encode() in parts[selected[0]]
    assert not re.search(rb'activeTab="[^0]', parts.get("xl/workbook.xml", b""))


def test_texts_from_cells_stay_texts(rich: bytes) -> None:
    odd = '=HYPERLINK("x") _x0041_ ]]> \x00\x0b' + "é" * 40_000
    wild = replace(mark("B4"), message=odd, title="=1+1", hint="+SUM(A1)")
    marked = mark_workbook(rich, (wild,), PAGE)
    cell = opened(marked).worksheets[0]["D6"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("=HYPERLINK(")
    assert b"_x005F_x0041_" in parts_of(marked)["xl/worksheets/sheet4.xml"], "a spreadsheet would read it as an A"
    assert len(str(cell.value)) <= 32_767 + len("x005F_")
    assert len(comments(marked)[ANSWERS, "B4"]) < 5_000
    check_package(marked)


def test_marks_for_a_sheet_that_is_not_there_are_listed_only(rich: bytes) -> None:
    marked = mark_workbook(rich, (mark("B3", sheet="Weg"), mark("B3", sheet="Grafiek")), PAGE)
    assert {row[1] for row in listed(marked)[5:]} == {"Weg", "Grafiek"}
    assert comments(marked) == comments(rich)
    check_package(marked)


# --- marks that go ------------------------------------------------------------------------------------------


def test_marks_never_pile_up(original: bytes) -> None:
    marked = mark_workbook(original, MARKS, PAGE)
    assert mark_workbook(original, MARKS, PAGE) == marked
    assert mark_workbook(marked, MARKS, PAGE) == marked
    other = (mark("A3"), mark("B3", Severity.WARNING))
    assert parts_of(mark_workbook(marked, other, PAGE)) == parts_of(mark_workbook(original, other, PAGE))


def test_without_marks_the_workbook_is_what_it_was(rich: bytes) -> None:
    assert parts_of(without_marks(mark_workbook(rich, MARKS, PAGE))) == parts_of(rich)
    assert parts_of(without_marks(rich)) == parts_of(rich)


def test_what_somebody_adds_to_our_comment_stays(rich: bytes) -> None:
    marked = mark_workbook(rich, (mark("B4"),), PAGE)
    part = parts_of(marked)["xl/comments1.xml"].decode()
    answered = part.replace(f"{END}</t>", f"{END}</t></r><r><t>Klopt, is verbeterd.</t>")
    returned = with_parts(marked, comments=answered.encode())
    assert comments(without_marks(returned))[ANSWERS, "B4"] == "Klopt, is verbeterd."
    again = comments(mark_workbook(returned, (mark("B4"),), PAGE))[ANSWERS, "B4"]
    assert again.startswith(f"Klopt, is verbeterd.\n{BEGIN}\n")
    assert again.count(BEGIN) == 1


def test_a_sheet_of_somebody_else_with_the_name_of_ours_stays(tmp_path: Path) -> None:
    path = tmp_path / "boek.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Netwerk").write("A1", "x")
    book.add_worksheet(LIST).write_formula("A1", "=MIN(_normtool!A1)", None, 7)
    book.add_worksheet("_normtool")
    book.close()
    marked = mark_workbook(path.read_bytes(), (mark("A1", sheet="Netwerk"),), PAGE)
    assert opened(marked).sheetnames == [f"{LIST}.", "Netwerk", LIST, "_normtool"]
    assert opened(without_marks(marked)).sheetnames == ["Netwerk", LIST, "_normtool"]


def test_a_conversation_is_left_alone(rich: bytes) -> None:
    thread = parts_of(rich)["xl/comments1.xml"].replace(
        b"Contactpersoon", b"tc={3F2504E0-4F89-11D3-9A0C-0305E82C3301}"
    )
    data = with_parts(rich, comments=thread)
    marked = mark_workbook(data, (mark("B3"),), PAGE)
    assert parts_of(marked)["xl/comments1.xml"] == thread
    assert fills(marked, ANSWERS) == {"B3": ERROR_FILL}


def test_a_format_for_other_programs_is_found_too(rich: bytes) -> None:
    """As LibreOffice and Excel may move it: in the extensions of a sheet."""
    part = parts_of(rich)["xl/worksheets/sheet1.xml"]
    rule = (
        b'<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        b'<x14:cfRule type="expression" priority="1" id="{00000000-0000-0000-0000-000000000001}">'
        b"<xm:f>N(&quot;normtool&quot;)=0</xm:f></x14:cfRule><xm:sqref>B3</xm:sqref></x14:conditionalFormatting>"
    )
    moved = part.replace(b"</x14:conditionalFormattings>", rule + b"</x14:conditionalFormattings>")
    assert moved != part
    stripped = parts_of(without_marks(with_parts(rich, sheet=moved)))["xl/worksheets/sheet1.xml"]
    assert b"normtool" not in stripped
    assert stripped.count(b"<x14:conditionalFormatting ") == part.count(b"<x14:conditionalFormatting ")


def test_a_rule_of_a_format_that_is_not_there_does_not_get_ours(rich: bytes) -> None:
    """LibreOffice writes such rules."""
    part = parts_of(rich)["xl/worksheets/sheet1.xml"]
    dangling = with_parts(rich, sheet=re.sub(rb' dxfId="\d+"', b' dxfId="5"', part))
    marked = mark_workbook(dangling, (mark("B3"),), PAGE)
    check_package(marked)
    theirs = [
        rule.dxf.fill
        for item in opened(marked)[ANSWERS].conditional_formatting
        for rule in item.rules
        if rule.dxf is not None and "normtool" not in str(rule.formula)
    ]
    assert theirs == [None, None]
    assert mark_workbook(marked, (mark("B3"),), PAGE) == marked


def test_many_cells_are_ranges_and_quick(tmp_path: Path) -> None:
    path = tmp_path / "groot.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet(ANSWERS)
    for row in range(3_000):
        sheet.write_row(
            row, 0, [f"rij {row} met een tekst die telkens anders is: {row * 7919 % 10007}", row, row * 1.5, "ja"]
        )
    book.close()
    marks = tuple(mark(f"{column}{row}") for column in "BD" for row in range(1, 1001, 2 if column == "B" else 1))
    data = path.read_bytes()
    began = time.process_time()
    marked = mark_workbook(data, marks, PAGE)
    assert time.process_time() - began < 5, "about half a second on a common laptop"
    assert fills(marked, ANSWERS)
    assert b"D1:D1000" in parts_of(marked)["xl/worksheets/sheet1.xml"]
    check_package(marked)


def test_a_workbook_without_styles_gets_them(tmp_path: Path) -> None:
    odd = written_oddly(tmp_path / "boek.xlsx").read_bytes()
    parts = parts_of(odd)
    del parts["xl/styles.xml"]
    for name, content in parts.items():
        parts[name] = re.sub(rb"<\w:(Override|Relationship) [^>]*styles[^>]*/>", b"", content)
    marked = mark_workbook(packed(parts), (mark("B1"),), PAGE)
    check_package(marked)
    assert fills(marked, ANSWERS) == {"B1": ERROR_FILL}
    assert mark_workbook(marked, (mark("B1"),), PAGE) == marked


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 geen zip", b"tekst"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(MarkingError):
        mark_workbook(data, MARKS, PAGE)


def test_a_sheet_that_is_not_well_formed_is_refused(rich: bytes) -> None:
    with pytest.raises(MarkingError):
        mark_workbook(with_parts(rich, sheet=b"<worksheet><sheetData></worksheet>"), MARKS, PAGE)


def test_our_reader_sees_the_same_answers(original: bytes, tmp_path: Path) -> None:
    (tmp_path / "voor.xlsx").write_bytes(original)
    (tmp_path / "na.xlsx").write_bytes(mark_workbook(original, MARKS, PAGE))
    before, _ = read_workbook(tmp_path / "voor.xlsx")
    after, _ = read_workbook(tmp_path / "na.xlsx")
    assert before is not None
    assert after is not None
    assert after.sheets[0].name == LIST
    assert tuple(replace(sheet, comments=()) for sheet in after.sheets[1:]) == tuple(
        replace(sheet, comments=()) for sheet in before.sheets
    )


class Unseekable(io.RawIOBase):
    """A stream that cannot go back, as when a web server makes a file: sizes come behind the parts."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def test_a_workbook_written_as_a_stream(rich: bytes) -> None:
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of(rich).items():
            info = zipfile.ZipInfo(name, (2025, 3, 4, 5, 6, 8))
            info.compress_type, info.extra = zipfile.ZIP_DEFLATED, b"\x55\x54\x05\x00\x01\x00\x00\x00\x00"
            archive.writestr(info, content)
    marked = mark_workbook(bytes(stream.data), MARKS, PAGE)
    check_package(marked)
    assert parts_of(marked) == parts_of(mark_workbook(rich, MARKS, PAGE))
    assert mark_workbook(marked, MARKS, PAGE) == marked


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def test_a_strict_workbook_gets_strict_marks(rich: bytes) -> None:
    parts = parts_of(rich)
    for name, content in parts.items():
        parts[name] = re.sub(b"|".join(STRICT), lambda found: STRICT[found.group()], content)
    marked = mark_workbook(packed(parts), MARKS, PAGE)
    for content in parts_of(marked).values():
        assert not any(old in content for old in STRICT)
    assert mark_workbook(marked, MARKS, PAGE) == marked
    assert parts_of(without_marks(marked)) == parts


def test_a_note_without_a_comment_is_used_again(rich: bytes) -> None:
    """Excel loses comments but not their notes when a file is repaired."""
    marked = mark_workbook(rich, MARKS, PAGE)
    emptied = re.sub(rb'<comment ref="C9".*?</comment>', b"", parts_of(marked)["xl/comments1.xml"], flags=re.DOTALL)
    check_package(mark_workbook(with_parts(marked, comments=emptied), (*MARKS, mark("C9")), PAGE))


SPOILS = (b"<", b">", b'"', b"/>", b"-1", b"9" * 20, b"<a>", b"&amp;", b"A1:B2", b"x", b"")


@pytest.mark.parametrize("seed", range(40))
def test_spoiled_parts_are_refused_or_bear_marks(seed: int, tmp_path: Path) -> None:
    """Values of attributes and stretches of XML, changed at random: never anything but a refusal."""
    chance = random.Random(seed)
    maker = chance.choice(MAKERS)
    data = maker(tmp_path / "boek.xlsx").read_bytes()
    parts = parts_of(mark_workbook(data, MARKS, PAGE) if chance.random() < 0.5 else data)
    for _ in range(chance.randrange(1, 5)):
        name = chance.choice([name for name in parts if name.endswith((".xml", ".rels", ".vml"))])
        places = [match.span(1) for match in re.finditer(rb"""=["']([^"'<>]*)["']""", parts[name])]
        start, end = chance.choice(places) if places and chance.random() < 0.9 else (40, 43)
        parts[name] = parts[name][:start] + chance.choice(SPOILS) + parts[name][end:]
    with contextlib.suppress(MarkingError):
        parts_of(mark_workbook(packed(parts), MARKS, PAGE))


@pytest.mark.parametrize("inside", [b"<x>" * 2_000 + b"</x>" * 2_000, b"<x/>" * 500_000], ids=["deep", "many"])
def test_a_sheet_of_nothing_but_elements_is_refused(inside: bytes, rich: bytes) -> None:
    sheet = parts_of(rich)["xl/worksheets/sheet1.xml"].replace(b"<pageMargins", inside + b"<pageMargins")
    with pytest.raises(MarkingError):
        mark_workbook(with_parts(rich, sheet=sheet), MARKS, PAGE)


# --- LibreOffice --------------------------------------------------------------------------------------------


def converted(files: list[Path], folder: Path, form: str) -> list[Path]:
    """Files opened by LibreOffice and saved again."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing; script/test says how to install it")
    profile = f"-env:UserInstallation=file://{folder.parent}/profiel"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [folder / f"{file.stem}.{form}" for file in files]


@pytest.mark.office
def test_libreoffice_shows_and_keeps_the_marks_and_they_are_found_again(tmp_path: Path) -> None:
    files = []
    for make in MAKERS:
        path = tmp_path / f"{make.__name__}.xlsx"
        path.write_bytes(mark_workbook(make(path).read_bytes(), MARKS, PAGE))
        files.append(path)
    for saved in converted(files, tmp_path / "uit", "xlsx"):
        data = saved.read_bytes()
        said = comments(data)
        assert f"{BEGIN}\nFout NT302" in said[ANSWERS, "B3"]
        assert set(fills(data, ANSWERS).values()) == {ERROR_FILL, WARNING_FILL}
        assert any(row[5] == "NT302" for row in listed(data)[5:])
        again = mark_workbook(data, MARKS, PAGE)
        assert mark_workbook(again, MARKS, PAGE) == again
        check_package(again)
        assert opened(again).sheetnames.count(LIST) == 1
        assert comments(again).keys() == said.keys()
        assert all(text.count(BEGIN) <= 1 for text in comments(again).values())
        assert set(fills(again, ANSWERS).values()) == {ERROR_FILL, WARNING_FILL}
        clean = parts_of(without_marks(again))
        assert not any(
            re.search(rb"N\(.{1,6}normtool", content) or BEGIN.encode() in content for content in clean.values()
        )


@pytest.mark.office
def test_what_libreoffice_saved_is_marked_and_printed(tmp_path: Path) -> None:
    makers = [make(tmp_path / f"{make.__name__}.xlsx") for make in MAKERS]
    saved = converted(makers, tmp_path / "uit", "xlsx")
    marked = []
    for path in saved:
        data = path.read_bytes()
        target = tmp_path / f"gemerkt-{path.name}"
        target.write_bytes(mark_workbook(data, MARKS, PAGE))
        marked.append(target)
        check_package(target.read_bytes())
        before, after = parts_of(data), parts_of(target.read_bytes())
        assert all(after[name] == before[name] or CHANGED.fullmatch(name) for name in before)
        assert mark_workbook(target.read_bytes(), MARKS, PAGE) == target.read_bytes()
        assert comments(without_marks(target.read_bytes())) == comments(data)
    for page in converted(marked, tmp_path / "druk", "pdf"):
        text = subprocess.run(
            ["pdftotext", "-layout", str(page), "-"], capture_output=True, check=True
        ).stdout.decode()
        assert "Wat u kunt doen" in text.split("\f", 1)[0]
