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

from normtool.core.grids import Grid, Sheet
from normtool.files.workbooks_xlsx import read_workbook

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


def oracle(path: Path) -> dict[str, dict[tuple[int, int], object]]:
    book = openpyxl.load_workbook(path, data_only=True)
    found: dict[str, dict[tuple[int, int], object]] = {}
    for sheet in book.worksheets:
        found[sheet.title] = {}
        for row in sheet.iter_rows():
            for cell in row:
                value = plain(cell.value)
                if value is not None and cell.data_type != "e":
                    found[sheet.title][cell.row or 0, cell.column or 0] = value
    return found


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
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
def test_same_values_at_the_same_addresses_as_openpyxl(
    tmp_path: Path, write: Callable[[Path, list[tuple[int, int, object]]], None], seed: int
) -> None:
    path = tmp_path / "werk.xlsx"
    write(path, random_values(seed))
    grid = read(path)
    assert {sheet.name: cells(sheet) for sheet in grid.sheets} == oracle(path)
    assert cells(grid.sheets[0])


@pytest.mark.office
def test_a_file_saved_by_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    by_libreoffice(path, random_values(7))
    grid = read(path)
    assert {sheet.name: cells(sheet) for sheet in grid.sheets} == oracle(path)
    assert len(cells(grid.sheets[0])) == len(random_values(7))


def test_inline_strings_and_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "werk.xlsx"
    by_xlsxwriter(path, random_values(3), constant_memory=True)
    assert {sheet.name: cells(sheet) for sheet in read(path).sheets} == oracle(path)


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
