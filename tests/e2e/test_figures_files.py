"""Figures of national sources beside a form: from the file on disk to the dossier."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from normtool.app.figures import read_figures_files
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Dossier
from normtool.core.evidence import Evidence, Origin
from normtool.core.intake import Known, take_in
from normtool.core.scoring import assess
from normtool.files.dossier_schema import dossier_schema
from normtool.files.dossiers_json import dossier_json, read_dossier
from normtool.files.workbooks_xlsx import read_workbook
from tests.conftest import built_in
from tests.core.tables import seen
from tests.e2e.filling import Form
from tests.e2e.running import here

HEADER = "Indicator;Netwerk;Instelling;Groep;Teller;Noemer;Jaar;Bron;Aangeleverd op\n"


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory, last_year: Path) -> Path:
    """A form of this year in which one hospital filled in one row by hand."""
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    here("template", "voorbeeldland", "--year", "2026", "--from", last_year, "-o", path)
    filled = Form(path)
    key = {"Locatie": "UMCV", "Groep": "Borst"}
    filled.put("Zorgaanbod", key, {"Behandelt": "ja", "In MDO": 180, "Nieuw": 200})
    filled.put("Zorgaanbod", {"Locatie": "DW", "Groep": "Borst"}, {"Behandelt": "ja"})
    filled.save()
    return path


@pytest.fixture(scope="module")
def last_year() -> Path:
    """The form of the year before."""
    from tests.conftest import SAMPLES

    return SAMPLES / "fictional" / "voorbeeldland-2025.xlsx"


def taken(form: Path, *figures: Path) -> tuple[Evidence, Diagnostics]:
    """The evidence of a form beside files with figures, and everything that is said."""
    grid, _ = read_workbook(form)
    grids, said_of_files, _ = read_figures_files(figures)
    assert grid is not None
    evidence, found = take_in(built_in(), (grid,), Known(figures=grids))
    assert evidence is not None
    return evidence, (*said_of_files, *(item for item in found if item.code != "NT932"))


def delivery(folder: Path, lines: str, name: str = "nkr.csv") -> Path:
    """A csv with these lines under the header."""
    path = folder / name
    path.write_bytes((HEADER + lines).encode("utf-8-sig"))
    return path


def test_a_hospital_need_not_type_what_was_delivered_and_may_differ_with_a_reason(form: Path, tmp_path: Path) -> None:
    figures = delivery(
        tmp_path,
        "N4.2;voorbeeldland;UMCV;Borst;190;200;2025;NKR;1-3-2026\nN4.2;;De Waard;borst;90;100;2025;NKR;1-3-2026\n",
    )
    evidence, found = taken(form, figures)
    row = Form(form).row_with("Zorgaanbod", {"Locatie": "UMCV", "Groep": "Borst"})
    assert seen(found) == [f"NT423 Zorgaanbod!I{row} found=180/200 delivered=190/200 (delivered: nkr!E2)"]
    values = [
        (item.get("in_mdt"), item.get("new_patients"))
        for item in evidence.register("care").rows
        if item.get("in_mdt") is not None
    ]
    assert [(first.value, second.value) for first, second in values if first and second] == [(180, 200), (90, 100)]
    filled = Form(form)
    filled.put(
        "Zorgaanbod", {"Locatie": "UMCV", "Groep": "Borst"}, {"Toelichting": "Tien patiënten elders besproken"}
    )
    explained = filled.save(tmp_path / "explained.xlsx")
    assert [item.code for item in taken(explained, figures)[1]] == ["NT935"]


def test_a_workbook_of_figures_reads_as_the_text_file_does(form: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (HEADER + "N5.3;voorbeeldland;;;45;900;2025;NKR;1-3-2026").splitlines():
        sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(";")])
    book.save(tmp_path / "nkr.xlsx")
    text = delivery(tmp_path, "N5.3;voorbeeldland;;;45;900;2025;NKR;1-3-2026\n")
    answers = [taken(form, path)[0].answer("N5.3") for path in (tmp_path / "nkr.xlsx", text)]
    cells = [(item.numerator, item.denominator, item.year) for item in answers if item is not None]
    assert [[cell.value for cell in row if cell] for row in cells] == [[45, 900, 2025]] * 2


def test_a_file_that_cannot_be_read_stops_the_others_from_being_taken_for_all(tmp_path: Path) -> None:
    good = delivery(tmp_path, "N5.3;voorbeeldland;;;45;900;2025;NKR;\n")
    bad = tmp_path / "stuk.csv"
    bad.write_bytes(b'a;b\n"nooit dicht')
    grids, found, are_read = read_figures_files((good, bad))
    assert ([grid.file for grid in grids], seen(found), are_read) == (["nkr.csv"], ["NT344 stuk!A2"], False)
    assert read_figures_files(()) == ((), (), True)


def test_what_was_taken_over_survives_the_dossier(form: Path, tmp_path: Path) -> None:
    filled = Form(form)
    sheet, headers = filled.sheet("Indicatoren"), filled.headers("Indicatoren")
    for name in ("N1.2", "N5.4"):
        sheet.cell(filled.row_with("Indicatoren", {"Id": name}), headers["Bevestigd"]).value = "ja"
    confirmed = filled.save(tmp_path / "confirmed.xlsx")
    figures = delivery(tmp_path, "N5.3;voorbeeldland;;;45;900;2025;NKR;1-3-2026\n")
    evidence, found = taken(confirmed, figures)
    assert {item.origin for item in evidence.taken_over} == {Origin.LAST_YEAR, Origin.DELIVERED}
    assert evidence.previous is not None
    before = evidence.previous.answer("N5.4")
    assert before is not None
    assert (before.number, before.year, evidence.previous.file) == (2, 2024, "voorbeeldland-2025.xlsx")
    assert evidence.previous.answer("N1.2") is None
    assessment, questions = assess(built_in(), evidence)
    dossier = Dossier(
        framework=built_in(), evidence=evidence, assessment=assessment, diagnostics=(*found, *questions)
    )
    path = tmp_path / "dossier.json"
    path.write_bytes(dossier_json(dossier))
    again, faults = read_dossier(path)
    assert faults == ()
    assert again is not None
    assert again.evidence == evidence
    assert dossier_json(again) == path.read_bytes()
    data = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(dossier_schema()).validate(data)
    assert [(item["file"], item["is_figures"]) for item in data["evidence"]["files"]] == [
        ("confirmed.xlsx", False),
        ("nkr.csv", True),
    ]


def test_a_dossier_without_all_this_still_reads(form: Path, tmp_path: Path) -> None:
    evidence, _ = taken(form)
    assessment, _ = assess(built_in(), evidence)
    data = json.loads(dossier_json(Dossier(framework=built_in(), evidence=evidence, assessment=assessment)))
    for key in ("taken_over", "previous"):
        data["evidence"].pop(key, None)
    for file in data["evidence"]["files"]:
        del file["is_figures"]
    (tmp_path / "older.json").write_text(json.dumps(data), encoding="utf-8")
    again, faults = read_dossier(tmp_path / "older.json")
    assert faults == ()
    assert again is not None
    assert (again.evidence.taken_over, again.evidence.previous) == ((), None)


def test_faulty_figures_keep_a_form_from_being_made(last_year: Path, tmp_path: Path) -> None:
    figures = delivery(tmp_path, "N5.3;voorbeeldland;;;45;1.200;2025;NKR;\n")
    target = tmp_path / "form.xlsx"
    ran = here(
        *("template", "voorbeeldland", "--year", "2026", "--from", last_year, "--figures", figures),
        *("-o", target, "--format", "json"),
    )
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, ["NT322"])
    assert not target.exists()
    gone = here("template", "x", "--year", "2026", "--figures", tmp_path / "weg.csv", "--format", "json")
    assert (gone.code, [item["code"] for item in gone.json["diagnostics"]]) == (1, ["NT730", "NT201"])


def test_without_last_year_figures_of_the_whole_network_still_stand_ready(tmp_path: Path) -> None:
    lines = "N5.3;alba;;;45;900;2025;NKR;\nN5.4;alba;;;3;;2025;;\nN4.2;alba;Ergens;Borst;1;2;2025;;\n"
    target = tmp_path / "form.xlsx"
    ran = here(
        *("template", "alba", "--year", "2026", "--figures", delivery(tmp_path, lines), "-o", target),
        *("--format", "json", "--all"),
    )
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (0, ["NT730", "NT938"])
    filled = Form(target)
    headers = filled.headers("Indicatoren")
    assert list(headers)[-2:] == ["Aangeleverd", "Bevestigd"]
    shown = {
        name: filled.sheet("Indicatoren").cell(filled.row_with("Indicatoren", {"Id": name}), headers["Aangeleverd"])
        for name in ("N5.3", "N5.4", "N1.2")
    }
    assert {name: cell.value for name, cell in shown.items()} == {
        "N5.3": "45 van 900 (2025, NKR)",
        "N5.4": "3 (2025)",
        "N1.2": None,
    }
