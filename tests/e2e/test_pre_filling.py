"""Last year in this year's form: `template --from`, confirming, and what the check and the report make of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.e2e.filling import Form
from tests.e2e.running import here

FIGURES = """\
Indicator;Netwerk;Instelling;Groep;Teller;Noemer;Jaar;Bron;Aangeleverd op
N4.2;voorbeeldland;UMC Voorbeeld;Borst;190;200;2025;NKR;2026-03-01
N4.2;voorbeeldland;UMCV;Borst;188;200;2025;NKR;2026-02-01
N5.3;voorbeeldland;;;45;900;2025;NKR;2026-03-01
N5.3;anderland;;;1;2;2025;NKR;2026-03-01
"""


@pytest.fixture(scope="module")
def last_year(samples: Path) -> Path:
    """The form of the year before."""
    return samples / "fictional" / "voorbeeldland-2025.xlsx"


@pytest.fixture(scope="module")
def samples() -> Path:
    """The folder with samples."""
    from tests.conftest import SAMPLES

    return SAMPLES


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, last_year: Path) -> Path:
    """This year's form with last year and delivered figures in it."""
    folder = tmp_path_factory.mktemp("form")
    (folder / "nkr.csv").write_text(FIGURES, encoding="utf-8")
    ran = here(
        *("template", "voorbeeldland", "--year", "2026", "--from", last_year),
        *("--figures", folder / "nkr.csv", "-o", folder / "form.xlsx"),
    )
    assert ran.code == 0, ran.err
    return folder / "form.xlsx"


def confirm(path: Path, target: Path, wanted: Callable[[str, int], bool], said: str = "ja") -> int:
    """Answer *Bevestigd* in the rows where it is asked; gives in how many."""
    form = Form(path)
    count = 0
    for sheet in form.book.worksheets:
        if sheet.sheet_state != "visible" or sheet.title in ("Invulwijzer", "Netwerk"):
            continue
        headers = form.headers(sheet.title)
        for row in range(form.header_row(sheet.title) + 1, sheet.max_row + 1):
            cell = sheet.cell(row, headers.get("Bevestigd", sheet.max_column + 1))
            if not cell.protection.locked and wanted(sheet.title, row):
                cell.value = said
                count += 1
    form.save(target)
    return count


def codes(path: Path, *more: str | Path) -> list[str]:
    """The codes that `check` gives, notes included."""
    ran = here("check", path, *more, "--format", "json")
    return [item["code"] for item in ran.json["diagnostics"]]


def dossier(path: Path, folder: Path) -> Any:
    """The dossier that `assess` makes of a form."""
    ran = here("assess", path, "-o", folder, "--only", "html")
    assert ran.code == 0, ran.err
    return json.loads((folder / "dossier.json").read_text(encoding="utf-8"))


def test_the_form_shows_last_year_and_leaves_the_answers_empty(made: Path) -> None:
    form = Form(made)
    headers = form.headers("Indicatoren")
    assert list(headers)[-3:] == ["Vorig jaar", "Aangeleverd", "Bevestigd"]
    sheet = form.sheet("Indicatoren")
    row = form.row_with("Indicatoren", {"Id": "N1.2"})
    assert sheet.cell(row, headers["Vorig jaar"]).value == "ja · D2 p. 3"
    count = form.row_with("Indicatoren", {"Id": "N5.4"})
    assert sheet.cell(count, headers["Vorig jaar"]).value == "2 (2024) · D5 p. 9"
    figure = form.row_with("Indicatoren", {"Id": "N5.3"})
    assert sheet.cell(figure, headers["Aangeleverd"]).value == "45 van 900 (2025, NKR)"
    answers = [headers[name] for name in ("Antwoord", "Teller", "Noemer", "Over jaar", "Bron", "Documenten")]
    rows = range(form.header_row("Indicatoren") + 1, sheet.max_row + 1)
    assert all(sheet.cell(row, column).value is None for row in rows for column in answers)
    care = form.headers("Zorgaanbod")
    breast = form.row_with("Zorgaanbod", {"Locatie": "UMCV", "Groep": "Borst"})
    assert form.sheet("Zorgaanbod").cell(breast, care["Aangeleverd"]).value == "In MDO 190 · Nieuw 200"
    assert list(form.headers("Volumes"))[-2:] == ["Vorig jaar", "Bevestigd"]
    assert "Aangeleverd" not in form.headers("Documenten")


def test_facts_of_the_network_and_its_members_come_along(made: Path) -> None:
    form = Form(made)
    facts = {row[0].value: row[1].value for row in form.sheet("Netwerk").iter_rows(min_row=5)}
    assert facts["Naam"] == "Oncologienetwerk Voorbeeldland"
    assert (facts["Toetsjaar"], facts["Eerste toetsjaar"], facts["Aard van de gegevens"]) == (2026, 2025, "fictief")
    assert facts["Contactpersoon (functie)"] == "beleidsondersteuner van het netwerk"
    ids = [row[0].value for row in form.sheet("Deelnemers").iter_rows(min_row=7, max_row=13)]
    assert ids[:2] == ["UMCV", "DW"]


def test_what_stands_ready_is_only_confirmed_where_it_may_be(made: Path) -> None:
    form = Form(made)
    sheet, headers = form.sheet("Volumes"), form.headers("Volumes")
    row = form.row_with("Volumes", {"Locatie": "UMCV", "Behandeling": "Rectumresectie"})
    assert "Aantal 44" in str(sheet.cell(row, headers["Vorig jaar"]).value)
    assert sheet.cell(row, headers["Bevestigd"]).protection.locked


def test_the_same_input_gives_the_same_form(made: Path, last_year: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    figures = made.parent / "nkr.csv"
    here("template", "voorbeeldland", "--year", "2026", "--from", last_year, "--figures", figures, "-o", again)
    assert again.read_bytes() == made.read_bytes()


def test_an_untouched_form_has_nothing_wrong_with_it(made: Path) -> None:
    assert set(codes(made)) == {"NT932"}


@pytest.fixture(scope="module")
def confirmed(made: Path) -> Path:
    """The folder of a form in which everything was confirmed, and of what `assess` makes of it."""
    folder = made.parent
    assert confirm(made, folder / "all.xlsx", lambda _sheet, _row: True) > 90
    dossier(folder / "all.xlsx", folder / "now")
    return folder


def test_confirming_everything_gives_last_years_answers_and_this_years_questions(confirmed: Path) -> None:
    assert codes(confirmed / "all.xlsx") == ["NT408"]  # the count of N5.4 is of 2024, and says so
    now = json.loads((confirmed / "now" / "dossier.json").read_text(encoding="utf-8"))["evidence"]
    answer = next(item for item in now["answers"] if item["indicator"] == "N1.2")
    assert (answer["answer"]["value"], answer["answer"]["cell"], answer["confirmed"]["value"]) == (True, "G6", True)
    taken = next(item for item in now["taken_over"] if item["place"]["sheet"] == "Indicatoren")
    assert (taken["origin"], taken["file"], taken["year"]) == ("last_year", "voorbeeldland-2025.xlsx", 2024)
    care = next(rows for rows in now["registers"] if rows["register"] == "care")
    breast = next(row for row in care["rows"] if row["values"].get("in_mdt"))
    assert (breast["values"]["in_mdt"]["value"], breast["values"]["new_patients"]["value"]) == (190, 200)
    meetings = next(rows for rows in now["registers"] if rows["register"] == "meetings")
    assert all("held" not in row["values"] for row in meetings["rows"])


def test_a_verdict_says_that_its_answer_was_taken_over(confirmed: Path) -> None:
    ran = here("explain", "N1.2", "--dossier", confirmed / "now" / "dossier.json")
    told = " ".join(ran.out.split())
    assert "Antwoord: ja (van vorig jaar, bevestigd in Indicatoren!V6)" in told


def test_half_confirmed_half_typed_and_sorted(made: Path, tmp_path: Path) -> None:
    confirm(made, tmp_path / "half.xlsx", lambda sheet, row: sheet == "Documenten" and row % 2 == 0)
    form = Form(tmp_path / "half.xlsx")
    sheet = form.sheet("Documenten")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7, max_row=18)]
    for number, values in enumerate(reversed(rows), 7):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
    form.put("Documenten", {"Id": "D99"}, {"Titel": "Nieuw document"})
    form.save()
    now = dossier(tmp_path / "half.xlsx", tmp_path / "now")["evidence"]
    listed = {item["id"]: item["title"] for item in now["documents"]}
    assert listed["D99"] == "Nieuw document"
    assert listed["D2"].startswith("Bestuursreglement")
    assert "D1" not in listed


def test_a_confirmed_row_without_its_hidden_sheet_is_asked_back(made: Path, tmp_path: Path) -> None:
    confirm(made, tmp_path / "lost.xlsx", lambda sheet, _row: sheet == "Overlegvormen")
    book = openpyxl.load_workbook(tmp_path / "lost.xlsx")
    del book["_aangeboden"]
    book.save(tmp_path / "lost.xlsx")
    assert set(codes(tmp_path / "lost.xlsx")) == {"NT340"}


def test_a_dossier_of_last_year_brings_the_same(made: Path, last_year: Path, tmp_path: Path) -> None:
    dossier(last_year, tmp_path / "then")
    target = tmp_path / "form.xlsx"
    ran = here(
        *("template", "voorbeeldland", "--year", "2026", "--from", tmp_path / "then" / "dossier.json"),
        *("-o", target),
    )
    assert ran.code == 0, ran.err
    first, second = (openpyxl.load_workbook(path)["_aangeboden"] for path in (made, target))
    carried = [
        sorted(
            tuple(map(str, (*row[:3], *row[6:])))
            for row in sheet.iter_rows(values_only=True)
            if row[3] == "last_year"
        )
        for sheet in (first, second)
    ]
    assert [len(item) for item in carried] == [len(carried[0])] * 2
    assert [row[:3] for row in carried[0]] == [row[:3] for row in carried[1]]


@pytest.mark.parametrize(
    ("network", "year", "code"),
    [("duinmark", "2026", "NT341"), ("voorbeeldland", "2025", "NT342"), ("voorbeeldland", "2024", "NT342")],
)
def test_a_file_that_is_not_last_years_of_this_network_is_refused(
    last_year: Path, tmp_path: Path, network: str, year: str, code: str
) -> None:
    target = tmp_path / "form.xlsx"
    ran = here("template", network, "--year", year, "--from", last_year, "-o", target, "--format", "json")
    assert ran.code == 1
    assert [item["code"] for item in ran.json["diagnostics"]] == [code]
    assert not target.exists()


def test_what_cannot_be_read_of_last_year_does_not_stop_it(samples: Path, tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    faults = samples / "fictional" / "fouten-2026.xlsx"
    network = next(
        str(row[1].value)
        for row in openpyxl.load_workbook(faults)["Netwerk"].iter_rows()
        if row[0].value in ("Code", "Netwerkcode", "Afkorting")
    )
    ran = here("template", network, "--year", "2027", "--from", faults, "-o", target, "--format", "json")
    assert ran.code == 0, ran.err
    assert [item["code"] for item in ran.json["diagnostics"]] == ["NT931"]
    assert target.exists()


@pytest.mark.parametrize(("name", "content"), [("weg.xlsx", None), ("leeg.json", b"{}"), ("los.xlsx", b"tekst")])
def test_a_file_that_cannot_be_read_at_all_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    target = tmp_path / "form.xlsx"
    ran = here("template", "x", "--year", "2026", "--from", tmp_path / name, "-o", target, "--format", "json")
    assert ran.code == 1
    assert all(item["severity"] == "error" for item in ran.json["diagnostics"])
    assert not target.exists()


def test_a_workbook_that_is_no_form_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "los.xlsx")
    ran = here("template", "x", "--year", "2026", "--from", tmp_path / "los.xlsx", "--format", "json")
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, ["NT250"])


def test_an_english_form_speaks_english(last_year: Path, tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    here("template", "voorbeeldland", "--year", "2026", "--from", last_year, "-o", target, "--lang", "en")
    book = openpyxl.load_workbook(target)
    texts = [cell.value for row in book["Indicators"].iter_rows() for cell in row]
    assert "yes · D2 p. 3" in texts
    assert "no" in texts
    confirmed = [
        cell for row in book["Documents"].iter_rows(min_row=7) for cell in row[-1:] if not cell.protection.locked
    ]
    confirmed[1].value = "yes"
    book.save(target)
    found = codes(target)
    assert set(found) == {"NT932"}
    then = dossier(target, tmp_path / "now")["evidence"]["documents"]
    assert [item["id"] for item in then] == ["D2"]
