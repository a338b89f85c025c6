"""Reading workbooks as Excel, LibreOffice, openpyxl and XlsxWriter save them; openpyxl is the oracle."""

from __future__ import annotations

import hashlib
import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from normtool.core.grids import Grid, LooseText, Sheet
from normtool.files.marked_remarks import BEGIN, END
from normtool.files.workbooks_xlsx import read_workbook
from tests.conftest import SAMPLES
from tests.openpyxl_oracle import same_as_openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 (no time zones in a workbook)


def read(path: Path) -> Grid:
    grid, found = read_workbook(path)
    assert found == ()
    assert grid is not None
    return grid


def plain(value: object) -> object:
    """Both readers' values in one form: midnight is a date, a whole float an int, blank text nothing."""
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def cells(sheet: Sheet) -> dict[tuple[int, int], object]:
    return {(row, column): plain(value) for row, column, value in sheet.filled_cells()}


def random_values(seed: int) -> list[tuple[int, int, object]]:
    chance = random.Random(seed)
    values: list[object] = [
        "tekst", "é ≥ 5 & <b>", " spatie ", "regel 1\nregel 2", "=1+1", "n.v.t.", "12,5", 0, 1, -7, 48, 12.5,
        0.1 + 0.2, 1e15, True, False, date(2024, 12, 31), date(1999, 1, 1), at(2024, 5, 6, 13, 30), "x" * 3000,
    ]  # fmt: skip
    places = {(chance.randrange(1, 200), chance.randrange(1, 40)) for _ in range(300)}
    return [(row, column, chance.choice(values)) for row, column in sorted(places)]


def by_xlsxwriter(path: Path, values: list[tuple[int, int, object]], **options: object) -> None:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", **options})
    sheet = book.add_worksheet("Blad één")
    for row, column, value in values:
        if isinstance(value, str):
            sheet.write_string(row - 1, column - 1, value)
        elif isinstance(value, date | datetime):
            sheet.write_datetime(row - 1, column - 1, value)
        else:
            sheet.write(row - 1, column - 1, value)
    book.add_worksheet("Leeg")
    book.close()


def by_openpyxl(path: Path, values: list[tuple[int, int, object]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Blad één"
    for row, column, value in values:
        cell = sheet.cell(row, column)
        cell.value = value  # type: ignore[assignment]
        if value == "=1+1":
            cell.data_type = "s"
    book.create_sheet("Leeg")
    book.save(path)


def by_libreoffice(path: Path, values: list[tuple[int, int, object]]) -> None:
    before = path.with_name("voor.xlsx")
    by_xlsxwriter(before, values)
    soffice(before, path.parent / "uit")
    shutil.move(path.parent / "uit" / "voor.xlsx", path)


def soffice(source: Path, folder: Path, form: str = "xlsx") -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing; script/test says how to install it")
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
def test_same_values_at_the_same_addresses_as_openpyxl(
    tmp_path: Path, write: Callable[[Path, list[tuple[int, int, object]]], None], seed: int
) -> None:
    path = tmp_path / "werk.xlsx"
    write(path, random_values(seed))
    grid = read(path)
    same_as_openpyxl(path, grid)
    assert cells(grid.sheets[0])


@pytest.mark.office
def test_a_file_saved_by_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    by_libreoffice(path, random_values(7))
    grid = read(path)
    same_as_openpyxl(path, grid)
    assert len(cells(grid.sheets[0])) == len(random_values(7))


def test_inline_strings_and_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    by_xlsxwriter(path, random_values(3), constant_memory=True)
    same_as_openpyxl(path, read(path))


def test_dates_of_a_1904_workbook(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    by_xlsxwriter(path, [(1, 1, date(2024, 12, 31)), (2, 2, at(2025, 1, 2, 8, 15))], date_1904=True)
    assert cells(read(path).sheets[0]) == {(1, 1): date(2024, 12, 31), (2, 2): at(2025, 1, 2, 8, 15)}


def test_whole_numbers_are_whole_and_others_exact(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    by_xlsxwriter(path, [(1, 1, 48.0), (1, 2, 12.5), (1, 3, 10**15), (1, 4, True)])
    row = read(path).sheets[0].rows[0]
    assert row == (48, 12.5, 10**15, True)
    assert [type(value) for value in row] == [int, float, int, bool]


def test_file_name_digest_and_sheets_in_order(tmp_path: Path) -> None:
    path = tmp_path / "onz 2023.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Zichtbaar").write(0, 0, 1)
    book.add_worksheet("Verborgen").hide()
    book.add_worksheet("Heel verborgen").very_hidden()
    book.add_chartsheet("Grafiek")
    book.close()
    grid = read(path)
    assert grid.file == "onz 2023.xlsx"
    assert grid.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(sheet.name, sheet.hidden) for sheet in grid.sheets] == [
        ("Zichtbaar", False),
        ("Verborgen", True),
        ("Heel verborgen", True),
    ]


def test_errors_formulas_hidden_rows_and_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1/0", value="#DIV/0!")
    sheet.write_formula("AB12", '=IF(A1<2,"a&b",NA())', value="#N/A")
    sheet.write_formula("B2", "=40+2", value=42)
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.write("A7", "verborgen")
    sheet.merge_range("C3:E4", "samen")
    book.close()
    read_sheet = read(path).sheets[0]
    assert read_sheet.errors == (((1, 1), "#DIV/0!"), ((12, 28), "#N/A"))
    assert read_sheet.value(1, 1) is None
    assert read_sheet.value(2, 2) == 42
    assert read_sheet.hidden_rows == (7,)
    assert read_sheet.merged == ((3, 3, 4, 5),)
    assert read_sheet.value(3, 3) == "samen"
    assert read_sheet.unread_formulas == ()


def test_formulas_without_a_stored_result(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 40
    sheet["C5"] = '=IF(A1>2,"ja & nee",0)'
    book.save(path)
    assert read(path).sheets[0].unread_formulas == (((5, 3), '=IF(A1>2,"ja & nee",0)'),)


def test_formatted_empty_rows_are_trimmed(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    book = xlsxwriter.Workbook(str(path))
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "kop")
    for row in range(1, 10_000):
        for column in range(5):
            sheet.write_blank(row, column, None, bold)
    book.close()
    assert len(read(path).sheets[0].rows) == 1


def hand_made(path: Path, sheet: str, strings: str = "", workbook: str = "") -> None:
    """A package with one sheet, written out by hand."""
    sheets = '<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets>'
    workbook = workbook or f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{sheets}</workbook>'
    links = f'<Relationship Id="a" Type="{REL}/worksheet" Target="/xl/worksheets/deel.xml"/>'
    if strings:
        links += f'<Relationship Id="b" Type="{REL}/sharedStrings" Target="../xl/./teksten.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        root = f'<Relationship Id="w" Type="{REL}/officeDocument" Target="xl/boek.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>')
        archive.writestr("xl/boek.xml", workbook)
        archive.writestr("xl/_rels/boek.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>')
        archive.writestr("xl/worksheets/deel.xml", sheet)
        if strings:
            archive.writestr("xl/teksten.xml", strings)


def worksheet(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('<row r="2"><c r="B2"><v>5</v></c></row>', {(2, 2): 5}),
        ("<row><c><v>5</v></c><c t='str'><v>a</v></c></row><row><c><v>7</v></c></row>",
         {(1, 1): 5, (1, 2): "a", (2, 1): 7}),
        ("<row r='3'><c r='C3' t='inlineStr'><is><t>één</t></is></c></row>", {(3, 3): "één"}),
        ('<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>', {(1, 1): "ab"}),
        ('<row r="1"><c r="A1" t="str"><f>1</f><v>tekst</v></c></row>', {(1, 1): "tekst"}),
        ('<row r="1"><!-- noot --><c r="A1"><v>5</v></c></row>', {(1, 1): 5}),
        ('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>', {(1, 1): True, (1, 2): False}),
        ('<row r="1"><c r="XFD1" s="0"/><c r="A1"><v>1</v></c></row>', {(1, 1): 1}),
        ('<row r="1"><c r="A1" t="d"><v>2024-12-31</v></c></row>', {(1, 1): date(2024, 12, 31)}),
    ],
)  # fmt: skip
def test_other_ways_of_writing_cells(tmp_path: Path, rows: str, expected: dict[tuple[int, int], object]) -> None:
    path = tmp_path / "werk.xlsx"
    hand_made(path, worksheet(rows))
    assert cells(read(path).sheets[0]) == expected


def test_a_prefix_for_every_element(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    rows = (
        '<x:row r="2" hidden="1"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="B2" t="e"><x:v>#REF!</x:v></x:c>'
        '<x:c r="C2"><x:f>1+1</x:f></x:c></x:row>'
    )
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A2:B3"/></x:mergeCells></x:worksheet>'
    )
    strings = f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>tekst</x:t></x:si></x:sst>'
    book = (
        f'<x:workbook xmlns:x="{MAIN}" xmlns:rel="{REL}"><x:sheets>'
        '<x:sheet name="A &amp; B" sheetId="1" rel:id="a" state="hidden"/></x:sheets></x:workbook>'
    )
    hand_made(path, sheet, strings, book)
    found = read(path).sheets[0]
    assert (found.name, found.hidden) == ("A & B", True)
    assert cells(found) == {(2, 1): "tekst"}
    assert found.errors == (((2, 2), "#REF!"),)
    assert found.unread_formulas == (((2, 3), "=1+1"),)
    assert found.hidden_rows == (2,)
    assert found.merged == ((2, 1, 3, 2),)


def test_quick_and_thorough_pass_see_the_same(tmp_path: Path) -> None:
    """A comment in the rows sends a sheet to the thorough pass; what it finds may not differ."""
    rows = (
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>A1+1</f><v>#REF!</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><f>A1&lt;2</f></c><c r="B2"><f t="shared" si="0"/><v/></c></row>'
        '<row r="3"><c r="A3" t="str"><f>""</f><v></v></c><c r="AC3"><f>1</f><v>1</v></c></row>'
    )
    after = '<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="AA5:AB9"/></mergeCells>'
    quick, thorough = tmp_path / "snel.xlsx", tmp_path / "grondig.xlsx"
    hand_made(quick, worksheet(rows, after))
    hand_made(thorough, worksheet("<!-- -->" + rows, after))
    assert read(quick).sheets == read(thorough).sheets
    assert read(quick).sheets[0].errors == (((1, 1), "#N/A"), ((1, 2), "#REF!"))
    assert read(quick).sheets[0].unread_formulas == (((2, 1), "=A1<2"), ((2, 2), "="))


def test_durations_and_times(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = time(13, 30), timedelta(hours=30)
    book.save(stream)
    path.write_bytes(stream.getvalue())
    assert cells(read(path).sheets[0]) == {(1, 1): time(13, 30), (2, 1): timedelta(hours=30)}


@pytest.mark.parametrize("uses_1904", [False, True])
def test_a_year_typed_in_a_cell_for_dates_is_a_year(tmp_path: Path, uses_1904: bool) -> None:
    path = tmp_path / "werk.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": uses_1904})
    sheet = book.add_worksheet()
    for row, form in enumerate(("d-m-yyyy", "[>2100]d-m-yyyy;0")):
        look = book.add_format({"num_format": form})
        sheet.write_number(row, 0, 2023, look)
        sheet.write_datetime(row, 1, at(2023, 3, 30), look)
    book.close()
    assert read(path).sheets[0].rows == ((2023, date(2023, 3, 30)),) * 2


# --- openpyxl as an oracle --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", sorted(SAMPLES.rglob("*.xlsx")), ids=lambda path: str(path.stem))
def test_every_sample_reads_as_openpyxl_reads_it(sample: Path) -> None:
    same_as_openpyxl(sample, read(sample))


@pytest.mark.office
def test_a_sample_saved_by_libreoffice_reads_as_openpyxl_reads_it(tmp_path: Path) -> None:
    soffice(SAMPLES / "fictional" / "voorbeeldland-2026.xlsx", tmp_path / "uit")
    saved = tmp_path / "uit" / "voorbeeldland-2026.xlsx"
    same_as_openpyxl(saved, read(saved))


def odd_by_xlsxwriter(path: Path, **options: object) -> None:
    """Rich texts, errors, formulas with all kinds of results, merged cells, dates of all kinds, far columns."""
    book = xlsxwriter.Workbook(str(path), dict(options))
    bold = book.add_format({"bold": True})
    day, moment, hour, span = (
        book.add_format({"num_format": form}) for form in ("d-m-yyyy", "d-m-yyyy h:mm:ss", "h:mm", "[h]:mm")
    )
    sheet = book.add_worksheet("Blad 'één' & <twee>")
    sheet.write_rich_string("A1", "gewoon ", bold, "vet", " en & weer <gewoon>")
    sheet.merge_range("B2:D9", "samen", bold)
    for row, (formula, value) in enumerate(
        [("=1+1", 2), ("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ('="a"&"b"', "ab"), ('=""', ""), ("=1=1", True),
         ("=PI()", 3.141592653589793), ("=A99", 0), ("=nee()", "#NAME?")]
    ):  # fmt: skip
        sheet.write_formula(row, 5, formula, None, value)
    sheet.write_datetime("H1", date(2024, 2, 29), day)
    sheet.write_datetime("H2", at(2025, 12, 31, 23, 59), moment)
    sheet.write_datetime("H3", time(13, 30, 15), hour)
    sheet.write_number("H4", 1.25, span)
    sheet.write_number("H5", 2023, day)
    sheet.write_number("H6", 45000.123456789, moment)
    sheet.write_boolean("I1", False)
    sheet.write_string("I2", "  blanks  ")
    sheet.write_string("I3", "regel\nregel\r\ttab")
    sheet.write_string("I4", "_x0041_ letterlijk")
    sheet.write_number("J1", 1e-300)
    sheet.write_number("J2", -0.0)
    sheet.write_number("J3", 123456789012345678)
    sheet.write_string("BZ999", "ver weg")
    book.add_worksheet("Verborgen").hide()
    book.add_worksheet("Leeg")
    book.close()


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"date_1904": True}], ids=str)
def test_odd_values_read_as_openpyxl_reads_them(tmp_path: Path, options: dict[str, object]) -> None:
    odd_by_xlsxwriter(tmp_path / "vreemd.xlsx", **options)
    same_as_openpyxl(tmp_path / "vreemd.xlsx", read(tmp_path / "vreemd.xlsx"))


def test_odd_values_saved_by_openpyxl(tmp_path: Path) -> None:
    odd_by_xlsxwriter(tmp_path / "voor.xlsx")
    book = openpyxl.load_workbook(tmp_path / "voor.xlsx", data_only=True)
    book.save(tmp_path / "na.xlsx")
    same_as_openpyxl(tmp_path / "na.xlsx", read(tmp_path / "na.xlsx"))


@pytest.mark.office
def test_odd_values_saved_by_libreoffice(tmp_path: Path) -> None:
    odd_by_xlsxwriter(tmp_path / "vreemd.xlsx")
    soffice(tmp_path / "vreemd.xlsx", tmp_path / "uit")
    saved = tmp_path / "uit" / "vreemd.xlsx"
    same_as_openpyxl(saved, read(saved))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<row r='1'><c r='A1'><v><![CDATA[7]]></v></c></row>", {(1, 1): 7}),
        ('<row r="1"><c r="A1"><v>&#55;</v></c></row>', {(1, 1): 7}),
        ('<row r="1"><c r="A1"><v>1<!-- noot -->2</v></c></row>', {(1, 1): 12}),
        ('<row r="1"><c r="A1" t="str"><v>a<![CDATA[<b>]]>c</v></c></row>', {(1, 1): "a<b>c"}),
        ('<row r="1"><c r="A1" t="inlineStr"><v>tekst</v></c></row>', {(1, 1): "tekst"}),
        ('<row r="1"><c r="A1" t="inlineStr"><is><r><t>a </t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c></row>',
         {(1, 1): "a b"}),
        ('<row r="1"><c r="A1" t="str"><f>1</f><v></v></c><c r="B1"><v>2</v></c></row>', {(1, 2): 2}),
        ('\n <row r="1">\n  <c r="A1"><v>5</v></c>\n </row>\n', {(1, 1): 5}),
        ('<row r="1"><c r="AAA1"/><c r="B1"><v>5</v></c></row>', {(1, 2): 5}),
    ],
)  # fmt: skip
def test_nothing_is_lost_by_an_odd_way_of_writing(
    tmp_path: Path, rows: str, expected: dict[tuple[int, int], object]
) -> None:
    hand_made(tmp_path / "werk.xlsx", worksheet(rows))
    assert cells(read(tmp_path / "werk.xlsx").sheets[0]) == expected


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="vreemd"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>',
    ],
)
def test_what_can_be_read_in_two_ways_is_damaged(tmp_path: Path, rows: str) -> None:
    hand_made(tmp_path / "werk.xlsx", worksheet(rows))
    grid, found = read_workbook(tmp_path / "werk.xlsx")
    assert grid is None
    assert [item.code for item in found] == ["NT214"]


def test_a_second_table_of_rows_is_not_lost_unseen(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    hand_made(tmp_path / "werk.xlsx", worksheet(row, "<sheetData>" + row.replace("1", "2") + "</sheetData>"))
    grid, found = read_workbook(tmp_path / "werk.xlsx")
    assert grid is None
    assert [item.code for item in found] == ["NT229"]


def test_errors_of_a_newer_excel(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"><v>5</v></c></row>'
    hand_made(tmp_path / "werk.xlsx", worksheet(rows))
    sheet = read(tmp_path / "werk.xlsx").sheets[0]
    assert (sheet.errors, cells(sheet)) == ((((1, 1), "#SPILL!"),), {(1, 2): 5})


def test_shared_texts_that_are_blank(tmp_path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t/></si><si><t>  </t></si><si><t>a</t></si></sst>'
    cells_of = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABC"))
    hand_made(tmp_path / "werk.xlsx", worksheet(f'<row r="1">{cells_of}</row>'), strings)
    assert cells(read(tmp_path / "werk.xlsx").sheets[0]) == {(1, 3): "a"}


# --- what stands around the cells -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "is_percentage"),
    [
        ("0%", True), ("0.00%", True), ("0.0%;[Red]-0.0%", True), ("#,##0 %", True), ('0"%"', False), ("0\\%", False),
        ("0_%", False), ("General", False), ("d-m-yyyy", False),
    ],
)  # fmt: skip
def test_numbers_shown_with_a_percent_sign(tmp_path: Path, form: str, is_percentage: bool) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "werk.xlsx"))
    look = book.add_format({"num_format": form})
    sheet = book.add_worksheet()
    sheet.write_number("B2", 0.85, look)
    sheet.write_number("C2", 0.85)
    sheet.write_string("D2", "85", look)
    sheet.write_blank("E2", None, look)
    sheet.write_formula("F2", "=B2", look, 0.85)
    book.close()
    assert read(tmp_path / "werk.xlsx").sheets[0].percentages == (((2, 2), (2, 6)) if is_percentage else ())


def test_percentages_as_openpyxl_writes_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = 0.5, 0.5
    sheet["A2"].number_format = "0.0%"
    book.save(tmp_path / "werk.xlsx")
    assert read(tmp_path / "werk.xlsx").sheets[0].percentages == ((2, 1),)


def test_remarks_at_cells_but_not_our_own(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "werk.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write_comment("B2", "klopt dit <wel>?", {"author": "Jan"})
    sheet.write_comment("A1", f"{BEGIN}\nfout NT301\n{END}")  # a re-save may have dropped our name as its author
    sheet.write_comment("D4", f"dank\n{BEGIN}\nfout NT301\n{END}\nis verbeterd")
    sheet.write_comment("C3", "twee\nregels")
    book.add_worksheet().write_comment("A1", "ander blad")
    book.close()
    first, second = read(tmp_path / "werk.xlsx").sheets
    assert first.comments == (((2, 2), "klopt dit <wel>?"), ((3, 3), "twee\nregels"), ((4, 4), "dank\nis verbeterd"))
    assert second.comments == (((1, 1), "ander blad"),)


def with_sheet_parts(path: Path, references: str, parts: dict[str, str]) -> None:
    """A workbook with one sheet that refers to these parts."""
    hand_made(path, worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/_rels/deel.xml.rels", f"<Relationships>{references}</Relationships>")
        for name, content in parts.items():
            archive.writestr(name, content)


def test_conversations_at_cells(tmp_path: Path) -> None:
    """Excel keeps a copy of each conversation as a note, for its older versions."""
    references = (
        '<Relationship Id="a" Type="x/comments" Target="../comments1.xml"/>'
        '<Relationship Id="b" Type="x/threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
    )
    note = (
        "<comments><authors><author>tc={1}</author></authors><commentList>"
        '<comment ref="B2" authorId="0"><text><t>[Opmerkingenthread] Uw versie</t></text></comment>'
        '<comment ref="B3" authorId="7"><text><t>van niemand</t></text></comment></commentList></comments>'
    )
    thread = (
        '<ThreadedComments><threadedComment ref="B2" personId="{2}"><text>Klopt dit?</text></threadedComment>'
        '<threadedComment ref="B2" personId="{3}" parentId="{1}"><text>Ja</text></threadedComment></ThreadedComments>'
    )
    path = tmp_path / "werk.xlsx"
    with_sheet_parts(path, references, {"xl/comments1.xml": note, "xl/threadedComments/threadedComment1.xml": thread})
    assert read(path).sheets[0].comments == (((2, 2), "Klopt dit?\nJa"), ((3, 2), "van niemand"))


def test_texts_that_stand_in_no_cell(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "werk.xlsx"))
    book.set_properties({"title": "Titel & zo", "subject": "Onderwerp", "keywords": "a, b", "comments": "Opmerking"})
    sheet = book.add_worksheet("Een")
    sheet.write(0, 0, 1)
    sheet.insert_textbox("B2", "in een vak\nmet twee alinea's")
    sheet.set_header('&L&"Arial,Bold"&12Vertrouwelijk && van &A&RPagina &P van &N')
    sheet.set_footer("&C&K1F4E8Cgedrukt op &D")
    book.add_worksheet("Twee").set_footer("&P")
    book.close()
    assert read(tmp_path / "werk.xlsx").loose_texts == (
        LooseText(sheet="", where="properties", text="Titel & zo"),
        LooseText(sheet="", where="properties", text="Onderwerp"),
        LooseText(sheet="", where="properties", text="a, b"),
        LooseText(sheet="", where="properties", text="Opmerking"),
        LooseText(sheet="Een", where="text_box", text="in een vak\nmet twee alinea's"),
        LooseText(sheet="Een", where="header_footer", text="Vertrouwelijk & van Pagina van"),
        LooseText(sheet="Een", where="header_footer", text="gedrukt op"),
    )
