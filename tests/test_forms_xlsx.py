"""The form as a file: what stands where, what may be changed, and that our own reader and intake take it back."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from normtool.core.asked_columns import closed_columns
from normtool.core.form_names import COMPLETE_LABEL, HIDDEN_SHEET, INDICATOR_COLUMNS, NETWORK_KEYS
from normtool.core.forms import (
    FormMember,
    FormRequest,
    expected_minutes,
    form_indicators,
    hospital_locations,
    open_indicators,
)
from normtool.core.grids import Grid, Sheet
from normtool.core.intake import take_in
from normtool.core.standards import Framework
from normtool.files.form_registers import EMPTY_ROWS
from normtool.files.forms_xlsx import write_form
from normtool.files.standards_yaml import load_framework
from normtool.files.workbooks_xlsx import read_workbook
from normtool.resources import data_dir
from normtool.telling.norm_texts import norm_sentence
from normtool.texts import Words

BUILT_IN = "netwerknormering-voorbeeld"
SHEETS = {
    "nl": [
        "Invulwijzer", "Netwerk", "Indicatoren", "Documenten", "Deelnemers", "Overlegvormen", "Tumortypenetwerken",
        "IZA-stappen", "Zorgaanbod", "Afspraken", "Volumes", "Werkgroepen", "Knelpunten",
        "Stem van de PAR", "Verbeteracties",
    ],
    "en": [
        "Guide", "Network", "Indicators", "Documents", "Members", "Meetings", "Tumour types", "IZA steps", "Care",
        "Agreements", "Volumes", "Working groups", "Bottlenecks", "Patient council", "Actions",
    ],
}  # fmt: skip
MEMBERS = (
    FormMember(id="MCV", name="Medisch Centrum Voorbeeld", kind="hospital", role="participant"),
    FormMember(id="MCV-N", name="MCV Noord", kind="location", parent="MCV"),
    FormMember(id="MCV-Z", name="MCV Zuid", kind="location", parent="MCV"),
    FormMember(id="ZKT", name="Ziekenhuis Tweede", kind="hospital", role="signatory"),
    FormMember(id="RTI", name="Radiotherapie", kind="radiotherapy", role="participant"),
)


@cache
def framework(name: str = BUILT_IN) -> Framework:
    loaded, found = load_framework(data_dir("standards") / name)
    assert loaded is not None, found
    return loaded


def request(norms: str = BUILT_IN, **changes: object) -> FormRequest:
    facts: dict[str, object] = {
        "framework": framework(norms),
        "code": "VBN",
        "name": "Oncologienetwerk Voorbeeld & Co",
        "region": "Noord",
        "assessment_year": 2026,
        "reporting_year": 2025,
        "reference_date": date(2025, 12, 31),
        "members": MEMBERS,
        "program": "0.1.0",
    }
    return FormRequest(**{**facts, **changes})  # type: ignore[arg-type]


@cache
def form_bytes(language: str = "nl") -> bytes:
    return write_form(request(language=language))


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "formulier.xlsx"
    path.write_bytes(data)
    return path


def read(path: Path) -> Grid:
    grid, found = read_workbook(path)
    assert found == ()
    assert grid is not None
    return grid


def sheet_of(grid: Grid, name: str) -> Sheet:
    return next(sheet for sheet in grid.sheets if sheet.name == name)


def header_row(sheet: Sheet, first: str) -> int:
    return next(number for number, row in enumerate(sheet.rows, 1) if row and row[0] == first)


def column(sheet: Sheet, header: str) -> int:
    row = next(row for row in sheet.rows if header in row and len([v for v in row if v]) > 2)
    return row.index(header) + 1


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sheets_in_order_and_headers_where_promised(tmp_path: Path, language: str) -> None:
    grid = read(saved(tmp_path, form_bytes(language)))
    assert [sheet.name for sheet in grid.sheets] == [*SHEETS[language], HIDDEN_SHEET]
    assert grid.sheets[-1].hidden
    indicators = grid.sheets[2]
    headers = tuple(name.text.in_language(language) for name in INDICATOR_COLUMNS if name.id != "delivered")
    assert headers in indicators.rows
    for register in framework().registers:
        sheet = sheet_of(grid, register.sheet.in_language(language))
        assert tuple(item.header.in_language(language) for item in register.columns) in sheet.rows
        label = COMPLETE_LABEL.text.in_language(language)
        row = next(row for row in sheet.rows if label in row)
        assert all(value is None for value in row[row.index(label) + 1 :])
    labels = [key.text.in_language(language) for key in NETWORK_KEYS]
    assert [row[0] for row in grid.sheets[1].rows[4:]] == labels


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", [BUILT_IN, "oncologiezorgnetwerken"])
@pytest.mark.parametrize("all_indicators", [False, True])
def test_an_empty_form_raises_no_questions(tmp_path: Path, name: str, language: str, all_indicators: bool) -> None:
    asked = request(name, language=language, all_indicators=all_indicators, first_assessment_year=2025)
    evidence, found = take_in(asked.framework, (read(saved(tmp_path, write_form(asked))),))
    assert found == ()
    assert evidence is not None
    assert (evidence.network.code, evidence.network.cycle) == ("VBN", 2)
    assert evidence.network.reference_date == date(2025, 12, 31)
    assert [answer.indicator for answer in evidence.answers] == [item.id for item in form_indicators(asked)]


def test_one_row_per_open_indicator_with_its_norm() -> None:
    first = opened(form_bytes())["Indicatoren"]
    rows = {row[0]: row for row in first.iter_rows(min_row=5, values_only=True)}
    assert set(rows) == {item.id for item in open_indicators(framework(), 1)}
    assert len(rows) == 21
    assert rows["N1.4"][4] == norm_of("N1.4", 1)
    assert "70\u00a0%" in str(rows["N1.4"][4])
    third = opened(write_form(request(first_assessment_year=2024)))["Indicatoren"]
    assert {row[0] for row in third.iter_rows(min_row=5, values_only=True)} == {
        item.id for item in framework().indicators if item.opening_cycle <= 3
    }


def norm_of(indicator_id: str, cycle: int, language: str = "nl") -> str:
    indicator = framework().indicator(indicator_id)
    assert indicator is not None
    return norm_sentence(indicator, indicator.step_in_force(cycle, 2026), Words(language))


def test_all_asks_the_rest_as_well_and_says_that_it_is_early() -> None:
    sheet = opened(write_form(request(all_indicators=True)))["Indicatoren"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
    assert len(rows) == 45
    assert rows["N1.7"][2].value == "groei, nog niet gevraagd"
    assert not rows["N1.7"][6].protection.locked
    assert rows["N1.7"][6].fill.fgColor.rgb == "FFF6F4EF"


def test_expected_rows_are_filled_in_beforehand(tmp_path: Path) -> None:
    grid = read(saved(tmp_path, form_bytes()))
    groups = [group.name.nl for group in framework().tumour_groups if group.expected]
    tumours = sheet_of(grid, "Tumortypenetwerken")
    first = header_row(tumours, "Groep")
    assert [row[0] for row in tumours.rows[first:]] == groups
    care = sheet_of(grid, "Zorgaanbod")
    pairs = [row[:2] for row in care.rows[header_row(care, "Locatie") :]]
    assert pairs == [(place, group) for place in ("MCV-N", "MCV-Z", "ZKT") for group in groups]
    members = sheet_of(grid, "Deelnemers")
    listed = [row[:5] for row in members.rows[header_row(members, "Id") :]]
    assert listed[1] == ("MCV-N", "MCV Noord", "locatie", "MCV", None)
    meetings = sheet_of(grid, "Overlegvormen")
    assert [row[1] for row in meetings.rows[header_row(meetings, "Naam") :]] == ["oncologiecommissie", "PAR"]
    volumes = sheet_of(grid, "Volumes")
    rows = volumes.rows[header_row(volumes, "Locatie") :]
    bound = {name for norm in framework().volume_norms if norm.binds_in(2025) for name in norm.treatments}
    names = {item.name.nl for item in framework().treatments if item.id in bound and item.category == "intervention"}
    assert {row[1] for row in rows} == names
    assert {row[2] for row in rows} == {2025}
    assert len(rows) == 3 * len(names)


def test_only_answer_cells_can_be_changed() -> None:
    book = opened(form_bytes())
    for sheet in book.worksheets[:-1]:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    assert not unlocked(book["Invulwijzer"])
    assert {cell.split("!")[0][0] for cell in unlocked(book["Netwerk"])} == {"B"}
    register = framework().register("tumour_types")
    assert register is not None
    closed = closed_columns(framework(), register, open_indicators(framework(), 1))
    assert "pathway_date" in closed
    assert "regional_mdt" not in closed
    sheet = book["Tumortypenetwerken"]
    top = next(row for row in sheet.iter_rows() if row[0].value == "Groep")
    header = top[0].row or 0
    below = sheet[header + 3]
    for item, cell in zip(register.columns, below, strict=True):
        assert cell.protection.locked == (item.id in closed), item.id
    assert sheet.max_row >= header + 11 + EMPTY_ROWS


def unlocked(sheet: Worksheet) -> list[str]:
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_dropdowns_and_messages_fit_what_excel_allows(language: str) -> None:
    book = opened(form_bytes(language))
    lists = 0
    for sheet in book.worksheets[:-1]:
        for rule in sheet.data_validations.dataValidation:
            lists += rule.type == "list"
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.errorTitle or "") <= 32
            assert rule.type != "list" or len(rule.formula1) <= 257
    assert lists > 60


def test_closed_choices_have_dropdowns() -> None:
    book = opened(form_bytes())
    sheet = book["Tumortypenetwerken"]
    groups = next(rule for rule in sheet.data_validations.dataValidation if rule.promptTitle == "Groep")
    assert groups.formula1.startswith(f"'{HIDDEN_SHEET}'!$")
    state = next(rule for rule in sheet.data_validations.dataValidation if rule.promptTitle == "Stand")
    assert "eigen netwerk" in state.formula1
    papers = next(rule for rule in sheet.data_validations.dataValidation if rule.promptTitle == "Documenten")
    assert papers.formula1.startswith("'Documenten'!$A$")
    assert not papers.showErrorMessage
    indicators = book["Indicatoren"]
    level = next(rule for rule in indicators.data_validations.dataValidation if rule.promptTitle == "N2.6")
    assert level.formula1 == '"0,1,2,3,4"'
    volume = next(rule for rule in indicators.data_validations.dataValidation if rule.promptTitle == "N3.2")
    assert volume.formula1 == '"geen bestaande bron"'


def test_same_request_same_bytes_and_nothing_that_runs() -> None:
    data = write_form(request())
    assert data == write_form(request())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert not [name for name in names if "vba" in name or "external" in name.lower()]
    properties = opened(data).properties
    assert properties.created is not None
    assert (properties.created.year, properties.title) == (
        2026,
        "Invulformulier Oncologienetwerk Voorbeeld & Co 2026",
    )


def test_the_hidden_sheet_says_what_the_form_was_made_for(tmp_path: Path) -> None:
    hidden = sheet_of(read(saved(tmp_path, form_bytes())), HIDDEN_SHEET)
    facts = {row[0]: row[1] for row in hidden.rows if row[0]}
    assert facts == {
        "framework": BUILT_IN,
        "edition": framework().edition,
        "digest": framework().digest,
        "template_version": 1,
        "network": "VBN",
        "assessment_year": 2026,
        "reporting_year": 2025,
        "program": "0.1.0",
    }


def test_the_guide_says_what_never_belongs_in_it_and_how_long_it_takes() -> None:
    cells = [str(cell.value) for row in opened(form_bytes())["Invulwijzer"].iter_rows() for cell in row if cell.value]
    text = "\n".join(cells)
    for part in ("BSN", "geboortedata", "namen", framework().notice.nl, "7 uur", "4 ziekenhuizen"):
        assert part in text
    assert expected_minutes(open_indicators(framework(), 1)) / 60 < framework().load.budget_hours


def test_progress_has_a_stored_value() -> None:
    formulas = opened(form_bytes())["Invulwijzer"]
    values = openpyxl.load_workbook(io.BytesIO(form_bytes()), data_only=True)["Invulwijzer"]
    found = [
        values[cell.coordinate].value
        for row in formulas.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(found) == 25
    assert all(value is not None for value in found)
    assert 5 in found


@pytest.mark.parametrize(
    ("indicator", "cycle", "part"),
    [
        ("N1.3", 1, "ten minste 2 keer"),
        ("N1.4", 3, "100\u00a0%"),
        ("N1.5", 1, "48 maanden"),
        ("N1.8", 1, "1\u00a0juli\u00a02025"),
        ("N2.6", 2, "niveau 2"),
        ("N2.7", 2, "ten minste 1"),
        ("N3.4", 1, "80\u00a0%"),
        ("N5.4", 1, "ten minste 1"),
    ],
)
def test_norms_are_told_with_the_numbers_of_the_cycle(indicator: str, cycle: int, part: str) -> None:
    assert part in norm_of(indicator, cycle)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_norm_keeps_a_gap(language: str) -> None:
    for indicator in framework().indicators:
        text = norm_of(indicator.id, 1, language)
        assert "{" not in text
        assert "–" not in text


def test_hospital_locations() -> None:
    assert hospital_locations(MEMBERS) == ("MCV-N", "MCV-Z", "ZKT")
    stray = FormMember(id="X", name="X", kind="location", parent="RTI")
    assert hospital_locations((*MEMBERS, stray)) == hospital_locations(MEMBERS)


def test_a_form_without_members_still_has_room(tmp_path: Path) -> None:
    grid = read(saved(tmp_path, write_form(request(members=()))))
    assert len(sheet_of(grid, "Zorgaanbod").rows) == header_row(sheet_of(grid, "Zorgaanbod"), "Locatie")


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    grid = read(saved(tmp_path, write_form(request(name="=1+1", region="@x"))))
    network = grid.sheets[1]
    assert "=1+1" in [row[1] for row in network.rows if len(row) > 1]
    assert network.unread_formulas == ()


@pytest.mark.office
def test_libreoffice_counts_and_keeps_everything(tmp_path: Path) -> None:
    """Fill three cells, let LibreOffice calculate and save: the same answers come back, and the guide has counted."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing; script/test says how to install it")
    book = opened(form_bytes())
    book["Indicatoren"]["G6"] = "ja"
    book["Tumortypenetwerken"]["B8"] = "eigen netwerk"
    book["Documenten"]["C8"] = date(2024, 5, 6)
    source = tmp_path / "in" / "formulier.xlsx"
    source.parent.mkdir()
    book.save(source)
    command = [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=300)
    before, after = read(source), read(tmp_path / "formulier.xlsx")
    for old, new in zip(before.sheets[1:], after.sheets[1:], strict=True):
        assert dict_of(old) == dict_of(new), old.name
    guide = after.sheets[0]
    counts = {row[1]: row[4] for row in guide.rows if len(row) > 4 and isinstance(row[4], int)}
    assert counts["Indicatoren"] == 1
    assert counts["Tumortypenetwerken"] == 1
    assert counts["Deelnemers"] == 5


def dict_of(sheet: Sheet) -> dict[tuple[int, int], object]:
    return {(row, number): value for row, number, value in sheet.filled_cells()}
