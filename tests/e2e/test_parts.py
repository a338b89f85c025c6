"""A form in parts: who gets what, what comes back, what is still missing, and the same verdict in the end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from normtool.core.parts import parts_of
from normtool.files.distribution_xlsx import DistributedPart, write_distribution
from tests.conftest import SAMPLES
from tests.core.parted import request
from tests.e2e.filling import Form
from tests.e2e.parting import fill_from, turn_around
from tests.e2e.reading import plain, read_dossier
from tests.e2e.running import Ran, here

LAST_YEAR = SAMPLES / "fictional" / "voorbeeldland-2025.xlsx"
THIS_YEAR = SAMPLES / "fictional" / "voorbeeldland-2026.xlsx"
NAME = "voorbeeldland-2026"
LIST = f"uitzetlijst-{NAME}.xlsx"
HOSPITALS, REST = ("umcv", "dw", "ml", "sa"), ("rtv", "hav", "ppv")
SCREEN = 45
"""Lines of a screen on which everything must be seen."""


def template(*options: str | Path) -> Ran:
    return here("template", "voorbeeldland", "--year", "2026", "--from", LAST_YEAR, *options)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all parts, as it is sent out."""
    folder = tmp_path_factory.mktemp("delen") / "uit"
    ran = template("--parts", folder, "--deadline", "1-3-2026")
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture(scope="module")
def returned(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all parts, as everybody filled them in."""
    folder = tmp_path_factory.mktemp("terug") / "in"
    shutil.copytree(sent, folder)
    whole = Form(THIS_YEAR)
    for path in sorted(folder.glob(f"{NAME}-*.xlsx")):
        fill_from(whole, path)
    return folder


@pytest.fixture
def messy(returned: Path, sent: Path, tmp_path: Path) -> Path:
    """What an officer really gets: one empty, one twice, one sorted, one in another format, two not at all."""
    folder = tmp_path / "in"
    shutil.copytree(returned, folder)
    shutil.copy(sent / f"{NAME}-dw.xlsx", folder)
    twice = Form(folder / f"{NAME}-ml.xlsx")
    row = twice.row_with("Zorgaanbod", {"Groep": "Borst"})
    column = twice.headers("Zorgaanbod")["Behandelt"]
    cell = twice.sheet("Zorgaanbod").cell(row, column)
    cell.value = "nee" if cell.value == "ja" else "ja"
    twice.save(folder / f"{NAME}-ml (1).xlsx")
    turned = Form(folder / f"{NAME}-sa.xlsx")
    turn_around(turned, "Zorgaanbod")
    turned.save()
    (folder / f"{NAME}-umcv.xlsx").rename(folder / f"{NAME}-umcv.ods")
    for group in ("long", "oog"):
        (folder / f"{NAME}-{group}.xlsx").unlink()
    (folder / f"~${NAME}-netwerk.xlsx").write_bytes(b"x")
    return folder


def part_of(ran: Ran, name: str) -> dict[str, Any]:
    parts: list[dict[str, Any]] = ran.json["standing"]["parts"]
    return next(item for item in parts if item["id"] == name)


# --- sending ----------------------------------------------------------------------------------------------------


def test_all_parts_at_once_with_the_list_of_who_gets_what(sent: Path) -> None:
    names = sorted(path.name for path in sent.iterdir())
    assert len(names) == len(HOSPITALS) + len(REST) + 11 + 1 + 1
    assert LIST in names
    sheet = openpyxl.load_workbook(sent / LIST, data_only=True)["Uitzetlijst"]
    head = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Deel")
    rows: list[dict[Any, Any]] = [
        dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=6, values_only=True)
    ]
    *parts, total = rows
    assert {row["Bestand"] for row in parts} == set(names) - {LIST}
    assert total["Minuten"] == sum(row["Minuten"] for row in parts)
    assert total["Rijen"] == sum(row["Rijen"] for row in parts)
    waard = next(row for row in parts if row["Deel"] == "De Waard")
    assert (waard["Wie (functie)"], waard["Soort"]) == ("contactpersoon van het ziekenhuis", "deelnemer")
    assert (waard["Uiterlijk"].month, waard["Verstuurd op"], waard["Terug op"]) == (3, None, None)


def test_a_part_and_the_list_are_the_same_bytes_each_time(sent: Path, tmp_path: Path) -> None:
    assert template("--for", "dw", "-o", tmp_path / "dw.xlsx", "--deadline", "2026-03-01").code == 0
    assert (tmp_path / "dw.xlsx").read_bytes() == (sent / f"{NAME}-dw.xlsx").read_bytes()
    form = request()
    parts = tuple(DistributedPart(part=item, file=f"{item.id}.xlsx") for item in parts_of(form))
    assert write_distribution(form, parts) == write_distribution(form, parts)


def test_a_part_asks_only_what_is_its_own(sent: Path) -> None:
    hospital = openpyxl.load_workbook(sent / f"{NAME}-dw.xlsx")
    assert hospital.sheetnames[:6] == ["Invulwijzer", "Netwerk", "Documenten", "Deelnemers", "Zorgaanbod", "Volumes"]
    assert all(hospital[name].sheet_state == "hidden" for name in hospital.sheetnames[6:])
    form = Form(sent / f"{NAME}-dw.xlsx")
    text = " ".join(str(cell.value) for row in form.sheet("Invulwijzer").iter_rows() for cell in row if cell.value)
    for said in (
        "Deel van: De Waard",
        "contactpersoon van het ziekenhuis",
        "minuten",
        "1\u00a0maart\u00a02026",
        "DW-D1",
    ):
        assert said in text
    assert "Indicatoren" not in text
    group = openpyxl.load_workbook(sent / f"{NAME}-huid.xlsx")
    assert group.sheetnames[:4] == ["Invulwijzer", "Netwerk", "Documenten", "Tumortypenetwerken"]
    network = Form(sent / f"{NAME}-netwerk.xlsx")
    assert {"Indicatoren", "Afspraken", "Stem van de PAR"} <= set(network.book.sheetnames)
    assert not {"Zorgaanbod", "Tumortypenetwerken", "Volumes"} & set(network.book.sheetnames)


def test_a_part_shows_nothing_of_another_hospital(sent: Path) -> None:
    book = openpyxl.load_workbook(sent / f"{NAME}-dw.xlsx")
    shown = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    other = [str(row["Aantal"]) for row in _volumes("ML")]
    assert other
    assert not [text for text in shown if "Meerlanden" in text and text != "Meerlanden"]
    places = [cell.value for name in ("Zorgaanbod", "Volumes") for (cell,) in book[name].iter_rows(max_col=1)]
    assert "DW" in places
    assert "ML" not in places


def _volumes(location: str) -> list[dict[str, Any]]:
    from tests.e2e.parting import rows_of

    return [row for row in rows_of(Form(LAST_YEAR), "Volumes") if row["Locatie"] == location and "Aantal" in row]


@pytest.mark.parametrize(
    ("typed", "name", "titles"),
    [
        ("dw", f"{NAME}-dw.xlsx", "De Waard"),
        ("De Waard", f"{NAME}-dw.xlsx", "De Waard"),
        ("huid, ML", f"{NAME}-ml-huid.xlsx", "Meerlanden, Huid"),
        ("netwerk", f"{NAME}-netwerk.xlsx", "Oncologienetwerk Voorbeeldland"),
    ],
)
def test_one_form_for_the_parts_that_are_named(
    typed: str, name: str, titles: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = template("--for", typed)
    assert ran.code == 0, ran.err
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert titles in plain(ran.out)


def test_a_name_that_is_unknown_is_guessed_and_all_are_named(tmp_path: Path) -> None:
    ran = template("--for", "Merlanden", "-o", tmp_path / "x.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "bedoelt u Meerlanden?" in plain(ran.err)
    assert "DW, ML, SA" in plain(ran.err)
    ran = here("template", "voorbeeldland", "--year", "2026", "--for", "dw", "-o", tmp_path / "x.xlsx")
    assert ran.code == 2
    assert "--from BESTAND" in plain(ran.err)
    assert not list(tmp_path.iterdir())


def test_without_last_year_only_the_groups_and_the_network_have_a_part(tmp_path: Path) -> None:
    ran = here("template", "voorbeeldland", "--year", "2026", "--parts", tmp_path / "uit", "--format", "json")
    assert ran.code == 0
    assert len(ran.json["parts"]) == 12
    assert "--from BESTAND" in plain(ran.err)
    assert ran.json["list"] == LIST


@pytest.mark.parametrize("typed", ["", " , "])
def test_a_part_without_a_name_is_not_the_whole_form(typed: str, tmp_path: Path) -> None:
    ran = template("--for", typed, "-o", tmp_path / "x.xlsx")
    assert ran.code == 2
    assert "--for" in ran.err
    assert not list(tmp_path.iterdir())


def test_two_hospitals_with_one_file_name_are_two_parts(returned: Path, tmp_path: Path) -> None:
    for name in ("dw", "ml"):
        (tmp_path / name).mkdir()
        shutil.copy(returned / f"{NAME}-{name}.xlsx", tmp_path / name / "formulier.xlsx")
    ran = here("check", tmp_path / "dw", tmp_path / "ml", "--format", "json")
    assert [part_of(ran, part)["files"] for part in ("DW", "ML")] == [["dw/formulier.xlsx"], ["ml/formulier.xlsx"]]
    shutil.copytree(returned, tmp_path / "alles")
    Form(tmp_path / "alles" / f"{NAME}-dw.xlsx").save()  # the same answers in other bytes
    both = here("check", tmp_path / "alles", returned, "--format", "json")
    once = here("check", returned, "--format", "json")
    for part in ("DW", "skin"):
        counts = [{key: part_of(ran, part)[key] for key in ("state", "asked", "filled")} for ran in (both, once)]
        assert counts[0] == counts[1]


def test_parts_and_one_part_do_not_go_together(tmp_path: Path) -> None:
    assert template("--parts", tmp_path, "--for", "dw").code == 2


# --- coming back ------------------------------------------------------------------------------------------------


def test_all_parts_together_give_the_verdicts_of_the_whole(returned: Path, tmp_path: Path) -> None:
    ran = here("assess", returned, "-o", tmp_path / "delen", "--only", "html")
    assert ran.code == 0, ran.err
    assert here("assess", THIS_YEAR, "-o", tmp_path / "geheel", "--only", "html").code == 0
    verdicts = []
    for name in ("delen", "geheel"):
        standards = read_dossier(tmp_path / name)["standards"]
        verdicts.append(
            [
                (item["id"], item["verdict"], item["reason"], item["worst"], item["best"], item["value"])
                for standard in standards
                for item in standard["indicators"]
            ]
        )
    assert verdicts[0] == verdicts[1]


def test_the_officer_sees_in_one_screen_what_to_ask_from_whom(messy: Path) -> None:
    ran = here("check", messy)
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert len(lines) <= SCREEN
    assert max(len(line) for line in lines) <= 80
    said = plain(ran.out)
    for part in (
        "16 van de 19 delen binnen",
        "uiterlijk 1 maart 2026",
        f"UMC Voorbeeld niet te lezen: {NAME}-umcv.ods",
        "De Waard leeg teruggekomen",
        f"Meerlanden meer versies die verschillen: {NAME}-ml (1).xlsx",
        "Nog niet binnen (2): Long, Oog",
        "– Long en Oog: het formulier is nog niet terug.",
        "– De Waard: het formulier kwam leeg terug.",
        "– Meerlanden: we kregen meer dan één versie",
    ):
        assert part in said, part
    heads = [line for line in lines if line.startswith("  ") and "Oncologienetwerk" in line]
    assert not [line for line in heads if "open" in line]


def test_copies_with_the_places_are_offered_until_they_are_made(returned: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(returned, folder)
    wrong = Form(folder / f"{NAME}-long.xlsx")
    row = wrong.row_with("Tumortypenetwerken", {"Groep": "Long"})
    wrong.sheet("Tumortypenetwerken").cell(row, wrong.headers("Tumortypenetwerken")["Bijeenkomsten"]).value = "zes"
    wrong.save()
    ran = here("check", folder)
    assert "– Long: één antwoord klopt niet, we sturen u de plek erbij." in plain(ran.out)
    assert ran.err.endswith(f"normtool check {folder} --annotate MAP\n")
    assert "--annotate" not in here("check", folder, "--annotate", tmp_path / "uit").err
    assert "--annotate" not in here("check", folder / f"{NAME}-long.xlsx").err


def test_a_part_with_sorted_rows_stands_as_the_one_it_was(messy: Path, returned: Path) -> None:
    turned, straight = here("check", messy, "--format", "json"), here("check", returned, "--format", "json")
    own, same = part_of(turned, "SA"), part_of(straight, "SA")
    # Whether a group is treated at all is told in the part of that group; not all have come back to the messy folder.
    told_elsewhere = {"asked", "open"}
    assert {key: own[key] for key in own.keys() - told_elsewhere} == {
        key: same[key] for key in same.keys() - told_elsewhere
    }
    assert (own["asked"] >= same["asked"], same["errors"]) == (True, 0)


def test_the_standing_as_json(messy: Path) -> None:
    ran = here("check", messy, "--format", "json")
    standing = ran.json["standing"]
    assert (standing["divided"], standing["deadline"]) == (True, "2026-03-01")
    waard = part_of(ran, "DW")
    assert (waard["state"], waard["filled"], waard["files"]) == ("empty", 0, [f"{NAME}-dw.xlsx"])
    assert waard["asked"] == sum(item["count"] for item in waard["open"]) > 0
    assert part_of(ran, "ML")["state"] == "twice"
    assert part_of(ran, "ML")["errors"] >= 1
    assert part_of(ran, "lung")["state"] == "not_received"
    assert part_of(ran, "UMCV")["state"] == "not_read"
    assert {"id", "kind", "title", "state", "files", "asked", "filled", "errors", "questions", "open"} == set(waard)
    assert standing["reminder"].startswith("Beste collega’s")
    json.dumps(standing)


def test_what_was_passed_over_in_the_folder_is_named(messy: Path) -> None:
    codes = {(item["code"], item["file"]) for item in here("check", messy, "--format", "json").json["diagnostics"]}
    assert ("NT240", f"{NAME}-umcv.ods") in codes
    assert ("NT241", f"{NAME}-ml (1).xlsx") in codes
    assert ("NT941", LIST) in codes
    assert ("NT943", f"~${NAME}-netwerk.xlsx") in codes
    assert ("NT312", f"{NAME}-ml.xlsx") in codes or ("NT312", f"{NAME}-ml (1).xlsx") in codes


@pytest.mark.parametrize("name", ["dw", "huid", "netwerk", "rtv"])
def test_a_part_alone_is_told_of_itself_only(name: str, sent: Path) -> None:
    ran = here("check", sent / f"{NAME}-{name}.xlsx")
    assert ran.code == 0, ran.err
    assert not [line for line in ran.err.splitlines() if line.startswith(("fout", "let op"))]
    assert len([line for line in ran.out.splitlines() if line.strip()]) <= 3
    assert "Deel van " in ran.out
    assert "Herinnering" not in ran.out


def test_no_verdict_comes_of_a_part_alone(returned: Path, tmp_path: Path) -> None:
    for draft in ([], ["--draft"]):
        ran = here("assess", returned / f"{NAME}-rtv.xlsx", "-o", tmp_path / "uit", *draft)
        assert ran.code == 1
        assert "NT245" in ran.err
        assert "--draft" not in ran.err
        assert not (tmp_path / "uit").exists()


def test_an_assessment_says_which_parts_are_missing(returned: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(returned, folder)
    (folder / f"{NAME}-dw.xlsx").unlink()
    ran = here("assess", folder, "-o", tmp_path / "uit", "--only", "html")
    assert ran.code == 0, ran.err
    assert "NT246" in ran.err
    assert "De Waard" in plain(ran.err)
    dossier = read_dossier(tmp_path / "uit")
    care = next(item for standard in dossier["standards"] for item in standard["indicators"] if item["id"] == "N6.1")
    assert "DW" in json.dumps(care["rows"])


def test_an_output_in_the_folder_is_not_taken_for_a_form(returned: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(returned, folder)
    assert here("assess", THIS_YEAR, "-o", tmp_path / "uit", "--only", "xlsx").code == 0
    shutil.copy(tmp_path / "uit" / "board.xlsx", folder / "voor het bestuur.xlsx")
    found = here("check", folder, "--format", "json").json["diagnostics"]
    assert ("NT941", "voor het bestuur.xlsx") in {(item["code"], item["file"]) for item in found}
