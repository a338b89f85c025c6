"""`template` of a network that the registry knows: what it fills in, what it asks, and what a region answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from normtool.files.form_looks import PANEL
from tests.conftest import built_in
from tests.e2e.filling import Form
from tests.e2e.running import Ran, here

MOST_QUESTIONS = 30
OWN = """\
sources:
  - {id: eigen, title: Overeenkomst, kind: primary, address: Netwerk De Waard, published: 2025-03}
organisations:
  - {id: dw, name: Ziekenhuis De Waard, abbreviation: ZDW, kind: hospital, source: eigen}
  - {id: dw-oost, name: De Waard Oost, kind: location, parent: dw, source: eigen}
  - {id: rt, name: Radiotherapie Waard, kind: radiotherapy, source: eigen}
  - {id: ha, name: Huisartsen De Waard, kind: general_practice, source: eigen}
networks:
  - id: waard
    code: WAARD
    name: Netwerk De Waard
    source: eigen
    own_term: expertteam
    own_term_source: eigen
    members:
      - {organisation: dw, role: signatory, start: 2025-03-01, seen: 2025-03, source: eigen}
      - {organisation: rt, role: partner, seen: 2025-03, source: eigen}
      - {organisation: ha, role: partner, seen: 2025-03, source: eigen}
"""


def template(folder: Path, *arguments: str | Path) -> Ran:
    ran = here("template", *arguments, folder=folder)
    assert ran.code == 0, ran.err
    return ran


def opened(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def network_of(book: openpyxl.Workbook) -> dict[str, Any]:
    return {str(row[0].value): row[1].value for row in book["Netwerk"].iter_rows(min_row=5) if row[0].value}


def table(sheet: Worksheet, first: str) -> list[dict[str, Any]]:
    """The rows under the header that begins with `first`, as far as they are filled."""
    rows = list(sheet.iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == first)
    names = [str(name) for name in rows[head]]
    return [dict(zip(names, row, strict=True)) for row in rows[head + 1 :] if row[0] is not None]


def greyed(book: openpyxl.Workbook) -> dict[str, str]:
    """The indicators that are shown in grey, each with what stands under *Waar*."""
    sheet = book["Indicatoren"]
    where = next(number for number, cell in enumerate(sheet[4]) if cell.value == "Waar")
    rows = [row for row in sheet.iter_rows(min_row=5) if row[0].value]
    grey = [row for row in rows if str(row[0].fill.fgColor.rgb).endswith(PANEL[1:])]
    return {str(row[0].value): str(row[where].value) for row in grey}


def open_questions(path: Path) -> list[str]:
    """The indicators with an answer cell that is coloured while it is empty."""
    sheet = opened(path)["Indicatoren"]
    rows = {int(part.min_row or 0) for area in sheet.conditional_formatting for part in area.sqref.ranges}
    return [str(sheet.cell(row, 1).value) for row in sorted(rows)]


def asked_rows(path: Path) -> list[str]:
    """The indicators that this form asks: those that are not shown in grey."""
    book = opened(path)
    return [row["Id"] for row in table(book["Indicatoren"], "Id") if row["Id"] not in greyed(book)]


# --- ONZ ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def onz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form for ONZ, its file, and what `template` said of it."""
    folder = tmp_path_factory.mktemp("onz")
    ran = template(folder, "onz", "--year", "2026")
    (folder / "said.txt").write_text(ran.out + ran.err, encoding="utf-8")
    return folder / "onz-2026.xlsx"


def test_a_network_is_filled_in_with_what_the_registry_knows(onz: Path) -> None:
    book = opened(onz)
    network = network_of(book)
    assert (network["Code"], network["Naam"], network["Regio"]) == ("ONZ", "ONZ netwerk", "CCN-NO")
    assert (network["Laag"], network["Eigen woord voor tumortypenetwerk"]) == ("deelnetwerk", "tumorwerkgroep")
    signed = {"Van": date(2023, 3, 30), "Getekend op": date(2023, 3, 30)}
    members = table(book["Deelnemers"], "Id")
    assert [(row["Id"], row["Soort"], row["Rol"]) for row in members] == [
        (name, "ziekenhuis", "ondertekenaar") for name in ("MST", "SXB", "SKB", "ZGT")
    ]
    assert all({key: row[key].date() for key in signed} == signed for row in members)


def test_a_limited_set_of_questions_for_four_hospitals_and_eleven_groups(onz: Path) -> None:
    book = opened(onz)
    asked = asked_rows(onz)
    assert 0 < len(asked) <= MOST_QUESTIONS
    assert len(open_questions(onz)) <= len(asked)
    assert len(table(book["Tumortypenetwerken"], "Groep")) == 11
    assert len(table(book["Zorgaanbod"], "Locatie")) == 4 * 11
    assert {row["Locatie"] for row in table(book["Volumes"], "Locatie")} == {"MST", "SXB", "SKB", "ZGT"}


def test_no_fact_is_asked_twice(onz: Path) -> None:
    book = opened(onz)
    for sheet, keys in (("Zorgaanbod", ("Locatie", "Groep")), ("Volumes", ("Locatie", "Behandeling", "Jaar"))):
        rows = [tuple(row[key] for key in keys) for row in table(book[sheet], "Locatie")]
        assert len(rows) == len(set(rows))
    elsewhere = [row["Id"] for row in table(book["Indicatoren"], "Id") if "blad" in str(row["Waar"])]
    assert set(elsewhere).isdisjoint(open_questions(onz))


def test_the_hours_are_said_and_within_the_budget(onz: Path) -> None:
    said = (onz.parent / "said.txt").read_text(encoding="utf-8")
    hours = next(int(word) for word in said.split("naar schatting ")[1].split() if word.isdigit())
    assert 0 < hours <= built_in().load.budget_hours
    assert f"{len(asked_rows(onz))} indicatoren" in said


def test_what_is_for_the_region_is_shown_in_grey_and_not_counted(onz: Path) -> None:
    (said,) = greyed(opened(onz)).items()
    assert said == ("N1.8", "Geregeld op regioniveau: de regio CCN Noordoost Nederland beantwoordt dit.")
    ran = here("check", onz)
    assert (ran.code, ran.out) == (
        0,
        f"ONZ netwerk: 0 van de {len(asked_rows(onz))} gevraagde indicatoren beantwoord.\n",
    )


@pytest.mark.parametrize("name", ["ONZ", "ONZ netwerk", "onz  Netwerk", "CCN NO | ONZ netwerk"])
def test_a_network_is_found_by_any_of_its_names(name: str, tmp_path: Path) -> None:
    template(tmp_path, name, "--year", "2026", "-o", "f.xlsx")
    assert network_of(opened(tmp_path / "f.xlsx"))["Code"] == "ONZ"


def test_a_name_that_was_typed_wins(tmp_path: Path) -> None:
    template(tmp_path, "onz", "--year", "2026", "--name", "Samen in Twente")
    assert network_of(opened(tmp_path / "onz-2026.xlsx"))["Naam"] == "Samen in Twente"


def test_members_are_those_of_the_reference_date(tmp_path: Path) -> None:
    ran = template(tmp_path, "groningen-drenthe", "--year", "2022")
    rows = table(opened(tmp_path / "groningen-drenthe-2022.xlsx")["Deelnemers"], "Id")
    assert (len(rows), ran.err) == (12, "")
    care = table(opened(tmp_path / "groningen-drenthe-2022.xlsx")["Zorgaanbod"], "Locatie")
    assert {row["Locatie"] for row in care} == {row["Id"] for row in rows if row["Soort"] == "ziekenhuis"}
    assert here("check", tmp_path / "groningen-drenthe-2022.xlsx").err.startswith("Alles is te lezen")


def test_last_year_goes_before_the_registry_for_members(onz: Path, tmp_path: Path) -> None:
    form = Form(onz)
    form.network("Code", "onz")
    form.put("Deelnemers", {"Id": "ZGT"}, {"Id": "ZGT-A", "Naam": "ZGT Almelo"})
    for row in range(form.header_row("Zorgaanbod") + 1, form.sheet("Zorgaanbod").max_row + 1):
        for sheet in ("Zorgaanbod", "Volumes"):
            if form.sheet(sheet).cell(row, 1).value == "ZGT":
                form.sheet(sheet).cell(row, 1).value = "ZGT-A"
    form.save(tmp_path / "onz-2026.xlsx")
    template(tmp_path, "onz", "--year", "2027", "--from", "onz-2026.xlsx")
    book = opened(tmp_path / "onz-2027.xlsx")
    assert [row["Id"] for row in table(book["Deelnemers"], "Id")] == ["MST", "SXB", "SKB", "ZGT-A"]
    assert (network_of(book)["Code"], network_of(book)["Laag"]) == ("ONZ", "deelnetwerk")


def test_of_care_that_was_not_given_last_year_nothing_is_asked(onz: Path, tmp_path: Path) -> None:
    form = Form(onz)
    form.put("Tumortypenetwerken", {"Groep": "Oog"}, {"Stand": "niet behandeld"})
    form.put("Zorgaanbod", {"Locatie": "MST", "Groep": "Urologisch"}, {"Behandelt": "nee"})
    form.save(tmp_path / "oud.xlsx")
    template(tmp_path, "onz", "--year", "2027", "--from", "oud.xlsx")
    book = opened(tmp_path / "onz-2027.xlsx")
    treats = [(row["Locatie"], row["Groep"]) for row in table(book["Zorgaanbod"], "Locatie")]
    assert (len(treats), "Oog" in {group for _, group in treats}) == (4 * 10, False)
    assert ("MST", "Urologisch") in treats
    volumes = [(row["Locatie"], row["Behandeling"]) for row in table(book["Volumes"], "Locatie")]
    assert ("MST", "Cystectomie") not in volumes
    assert ("ZGT", "Cystectomie") in volumes


# --- a region, an own network, an unknown one ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form for the region of ONZ."""
    folder = tmp_path_factory.mktemp("regio")
    template(folder, "ccn-no", "--year", "2026")
    return folder / "ccn-no-2026.xlsx"


def test_a_region_is_asked_its_own_question_and_may_answer_the_rest(region: Path) -> None:
    book = opened(region)
    assert network_of(book)["Laag"] == "regio"
    assert open_questions(region) == ["N1.8"]
    where = {row["Id"]: str(row["Waar"]) for row in table(book["Indicatoren"], "Id")}
    free = "Alleen invullen als de regio dit voor alle deelnetwerken regelt; anders leeg laten."
    assert [name for name, text in where.items() if free not in text] == ["N1.8"]
    assert greyed(book) == {}


def test_a_region_has_every_member_once_and_no_rows_that_its_sub_networks_fill(region: Path) -> None:
    book = opened(region)
    members = [row["Id"] for row in table(book["Deelnemers"], "Id")]
    assert len(members) == len(set(members)) == 5 + 4 + 4 + 12
    for sheet, first in (("Tumortypenetwerken", "Groep"), ("Zorgaanbod", "Locatie"), ("Volumes", "Locatie")):
        assert table(book[sheet], first) == []
    guide = [str(cell.value) for row in book["Invulwijzer"].iter_rows() for cell in row if cell.value]
    assert any("vullen de deelnetwerken" in text for text in guide)
    assert here("check", region).out == "CCN Noordoost Nederland: 0 van 1 gevraagde indicator beantwoord.\n"


def test_a_region_without_sub_networks_answers_everything_itself(tmp_path: Path) -> None:
    template(tmp_path, "oncomid", "--year", "2026")
    book = opened(tmp_path / "oncomid-2026.xlsx")
    assert (network_of(book)["Laag"], greyed(book)) == (None, {})
    assert table(book["Zorgaanbod"], "Locatie")


def test_a_network_of_ones_own_is_filled_in_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text(OWN, encoding="utf-8")
    template(tmp_path, "waard", "--year", "2026", "--networks", "eigen.yaml")
    book = opened(tmp_path / "waard-2026.xlsx")
    assert (network_of(book)["Code"], network_of(book)["Laag"]) == ("WAARD", None)
    assert [(row["Id"], row["Onderdeel van"], row["Getekend op"]) for row in table(book["Deelnemers"], "Id")] == [
        ("ZDW", None, None),
        ("ZDW-Oost", "ZDW", None),
        ("RT", None, None),
        ("HA", None, None),
    ]
    care = table(book["Zorgaanbod"], "Locatie")
    assert {row["Locatie"] for row in care} == {"ZDW-Oost"}
    ran = here("check", tmp_path / "waard-2026.xlsx", "--networks", tmp_path / "eigen.yaml")
    assert (ran.code, ran.err.splitlines()[0][:17]) == (0, "Alles is te lezen")


def test_a_file_with_own_networks_that_is_wrong_is_refused(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text(OWN.replace("kind: hospital", "kind: klooster"), encoding="utf-8")
    ran = here("template", "waard", "--year", "2026", "--networks", "eigen.yaml", folder=tmp_path)
    assert (ran.code, list(tmp_path.glob("*.xlsx"))) == (1, [])
    assert "eigen.yaml:4" in ran.err


# --- what the region answered -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def arranged(region: Path) -> Path:
    """The region's form with a few answers, and a patient council of its own."""
    form = Form(region)
    form.put("Documenten", {"Id": "D1"}, {"Titel": "Overeenkomst CCN", "Datum": date(2024, 5, 1)})
    form.answer("N1.2", Antwoord="ja", Documenten="D1 p. 4")
    form.answer("N2.6", Antwoord=2)
    council = {"Soort": "PAR", "Gehouden": 4, "Reglement": "Reglement", "Documenten": "D1"}
    form.put("Overlegvormen", {"Naam": "PAR Noordoost"}, council)
    return form.save(region.parent / "geregeld.xlsx")


def meetings(book: openpyxl.Workbook) -> list[str]:
    """The kinds of meetings that a form asks after."""
    rows = list(book["Overlegvormen"].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "Naam")
    kind = rows[head].index("Soort")
    return [str(row[kind]) for row in rows[head + 1 :] if row[kind] is not None]


def test_what_the_region_answered_is_not_asked_of_a_sub_network(onz: Path, arranged: Path, tmp_path: Path) -> None:
    template(tmp_path, "onz", "--year", "2026", "--region", arranged)
    own = tmp_path / "onz-2026.xlsx"
    assert greyed(opened(own)) == {
        "N1.2": "Geregeld op regioniveau (CCN-NO): ja; document: Overeenkomst CCN.",
        "N1.8": "Geregeld op regioniveau: de regio CCN Noordoost Nederland beantwoordt dit.",
        "N2.1": "Geregeld op regioniveau (CCN-NO): zie blad Overlegvormen van de regio.",
        "N2.6": "Geregeld op regioniveau (CCN-NO): 2.",
    }
    assert set(open_questions(onz)) - set(open_questions(own)) == {"N1.2", "N2.6"}
    assert set(meetings(opened(onz))) - set(meetings(opened(own))) == {"PAR"}
    ran = here("check", own)
    assert (ran.code, ran.out) == (0, "ONZ netwerk: 0 van de 17 gevraagde indicatoren beantwoord.\n")
    assert ran.err.startswith("Alles is te lezen")


def test_what_the_region_answered_is_said_in_english_too(arranged: Path, tmp_path: Path) -> None:
    template(tmp_path, "onz", "--year", "2026", "--region", arranged, "--lang", "en")
    cells = [str(cell.value) for row in opened(tmp_path / "onz-2026.xlsx")["Indicators"].iter_rows() for cell in row]
    assert "Arranged at regional level (CCN-NO): yes; document: Overeenkomst CCN." in cells
    assert here("check", tmp_path / "onz-2026.xlsx", "--lang", "en").err.startswith("Everything can be read")


def test_the_dossier_of_the_region_does_as_well_as_its_form(arranged: Path, tmp_path: Path) -> None:
    made = here("assess", arranged, "-o", tmp_path / "regio", "--only", "xlsx")
    assert made.code == 0, made.err
    template(tmp_path, "onz", "--year", "2026", "--region", arranged, "-o", "a.xlsx")
    template(tmp_path, "onz", "--year", "2026", "--region", tmp_path / "regio" / "dossier.json", "-o", "b.xlsx")
    assert greyed(opened(tmp_path / "a.xlsx")) == greyed(opened(tmp_path / "b.xlsx"))


def test_a_network_that_nobody_knows_becomes_a_sub_network_by_its_region(arranged: Path, tmp_path: Path) -> None:
    ran = template(tmp_path, "oost-twente", "--year", "2026", "--region", arranged)
    book = opened(tmp_path / "oost-twente-2026.xlsx")
    assert (network_of(book)["Laag"], network_of(book)["Regio"]) == ("deelnetwerk", "CCN-NO")
    assert ("NT730" in ran.err, "N1.2" in greyed(book)) == (True, True)


@pytest.mark.parametrize(
    ("network", "changed", "code"),
    [
        ("onz", {"Code": "ZW", "Naam": "Zuidwest"}, "NT734"),
        ("onz", {"Laag": "deelnetwerk", "Regio": "CCN-NO"}, "NT735"),
        ("onz", {"Laag": None}, "NT735"),
        ("ccn-no", {}, "NT736"),
        ("onz", {"Toetsjaar": 2025, "Verslagjaar": 2024, "Eerste toetsjaar": 2025}, "NT737"),
    ],
)
def test_a_file_that_is_not_of_the_region_is_refused(
    network: str, changed: dict[str, Any], code: str, region: Path, tmp_path: Path
) -> None:
    form = Form(region)
    for label, value in changed.items():
        form.network(label, value)
    form.save(tmp_path / "regio.xlsx")
    ran = here("template", network, "--year", "2026", "--region", "regio.xlsx", "--format", "json", folder=tmp_path)
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, [code])
    assert list(tmp_path.glob("*-2026.xlsx")) == []


@pytest.mark.parametrize("content", [b"", b"geen werkmap", b"{}"])
@pytest.mark.parametrize("name", ["regio.xlsx", "dossier.json"])
def test_a_file_that_cannot_be_read_is_refused(content: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    ran = here("template", "onz", "--year", "2026", "--region", name, "--format", "json", folder=tmp_path)
    assert ran.code == 1
    assert [item["severity"] for item in ran.json["diagnostics"]] == ["error"]


def test_a_dossier_of_other_norms_is_refused(arranged: Path, tmp_path: Path) -> None:
    here("assess", arranged, "-o", tmp_path / "regio", "--only", "xlsx")
    stored = tmp_path / "regio" / "dossier.json"
    text = stored.read_text(encoding="utf-8")
    stored.write_text(text.replace(f'"{built_in().id}"', '"elders"'), encoding="utf-8")
    ran = here("template", "onz", "--year", "2026", "--region", stored, "--format", "json", folder=tmp_path)
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, ["NT259"])
