"""`explain` with a dossier retells a verdict; whatever cell it names, changing it changes the text."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.filling import Form
from tests.e2e.newcomer import KNOWN, Journey
from tests.e2e.reading import plain, read_dossier
from tests.e2e.running import Ran, here

pytestmark = pytest.mark.slow
MOST = 3
"""Cells that are changed for one indicator; N3.2 has all of its cells changed."""


def explained(dossier: Path, indicator: str, *options: str) -> str:
    ran: Ran = here("explain", indicator, "--dossier", dossier, *options)
    assert ran.code == 0, ran.err
    return ran.out


def fields(text: str) -> dict[str, str]:
    """The labels of an account with what stands beside them."""
    found: dict[str, str] = {}
    label = ""
    for line in text.splitlines()[2:]:
        if line and not line.startswith(" "):
            label, _, rest = line.partition("  ")
            found[label] = rest
        elif label:
            found[label] += f" {line}"
    return {name: plain(value) for name, value in found.items()}


# --- N3.2 -------------------------------------------------------------------------------------------------


def test_a_volume_verdict_is_retold_from_rule_to_cell(journey: Journey) -> None:
    told = fields(explained(journey.out / "dossier.json", "N3.2"))
    assert told["Oordeel"] == "voldoet niet"
    assert told["Norm"].startswith("100 % van de combinaties")  # the rule
    assert told["Doel nu"] == "100 %, gedeeltelijk vanaf 90 %"  # the path
    assert told["Waarom"].startswith("2 van 3 aantallen halen de norm, 1 niet.")  # the numbers
    assert (
        "Rectumresectie in Ziekenhuis Oost (18) blijft onder de norm van 20. Het netwerk schrijft:" in told["Waarom"]
    )
    assert "toetsjaar 2026 (ronde 3), verslagjaar 2025" in told["Netwerk"]
    for part in ("Ziekenhuis Oost, Rectumresectie: voldoet niet", "18 in 2025", "norm per jaar 20 per instelling"):
        assert part in told["Rijen"]
    assert "Plan: samen met Noord" in told["Rijen"]
    assert "Aantal: 18" in told["Rijen"]  # the cell


def test_bounds_are_told_where_the_verdict_is_open(journey: Journey, tmp_path: Path) -> None:
    form = Form(journey.workbook)
    form.complete("Volumes", said=None)
    row = form.row_with("Volumes", {"Locatie": "OO", "Behandeling": "Rectumresectie"})
    form.sheet("Volumes").cell(row, form.headers("Volumes")["Aantal"]).value = None
    dossier = assessed(form, tmp_path)
    told = fields(explained(dossier, "N3.2"))
    assert told["Oordeel"] == "niet te beoordelen (rijen niet volledig)"
    assert told["Grenzen"].startswith("voldoet niet tot voldoet: ")


def test_the_target_of_the_year_and_the_end_of_the_path_are_told(journey: Journey, tmp_path: Path) -> None:
    form = Form(journey.workbook)
    form.network("Eerste toetsjaar", 2026)
    told = fields(explained(assessed(form, tmp_path), "N1.4"))
    assert told["Doel nu"] == "70 %, gedeeltelijk vanaf 52,5 %; einddoel 100 %"
    assert told["Oordeel"] == "voldoet (op groeipad)"


def test_an_own_approach_and_the_verdict_without_it_are_told(journey: Journey) -> None:
    told = fields(explained(journey.out / "dossier.json", "N5.2"))
    assert told["Oordeel"] == "eigen aanpak; zonder eigen aanpak: voldoet niet"
    assert "De regio sluit aan bij het register van Bovenland" in told["Antwoord"]


# --- every indicator ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_verdict_can_be_explained_in_80_columns(journey: Journey, language: str) -> None:
    for indicator in KNOWN:
        text = explained(journey.out / "dossier.json", indicator, "--lang", language)
        assert text.startswith(f"{indicator}  ")
        assert max(len(line) for line in text.splitlines()) <= 80, indicator
        assert "{" not in text


def test_every_row_a_verdict_rests_on_is_named(journey: Journey) -> None:
    for standard in read_dossier(journey.out)["standards"]:
        for result in standard["indicators"]:
            named = {(sheet, row_of(cell)) for sheet, cell in cells_named(journey, result["id"])}
            for place in result["places"]:
                assert (place["sheet"], row_of(place["cell"])) in named, f"{result['id']} {place['cell']}"


def row_of(cell: str) -> int:
    return int(re.sub(r"[A-Z]", "", cell))


# --- changing a cell ------------------------------------------------------------------------------------------


def cells_named(journey: Journey, indicator: str) -> list[tuple[str, str]]:
    """Sheet and address of every cell the explanation names."""
    text = explained(journey.out / "dossier.json", indicator)
    found = re.findall(rf"{re.escape(journey.workbook.name)} › (?:'([^']+)'|(\w+))!([A-Z]+\d+)", text)
    return list(dict.fromkeys((quoted or bare, cell) for quoted, bare, cell in found))


def assessed(form: Form, folder: Path) -> Path:
    """The dossier of this form, errors or not."""
    path = form.save(folder / form.path.name)
    ran = here("assess", path, "-o", folder / "uit", "--only", "xlsx", "--draft", "--force")
    assert ran.code == 0, ran.err
    return folder / "uit" / "dossier.json"


def another(value: Any) -> Any:
    """Something else that could stand in this cell."""
    match value:
        case int() | float():
            return value + 3
        case datetime():
            return value - timedelta(days=700)
        case "ja":
            return "nee"
        case "nee":
            return "ja"
        case _:
            return f"{value} anders"


@pytest.mark.parametrize("indicator", ["N3.2", "N3.8", "N5.2", "N2.2", "N4.7"])
def test_changing_any_cell_it_names_changes_the_text(indicator: str, journey: Journey, tmp_path: Path) -> None:
    form = Form(journey.workbook)
    before = explained(assessed(form, tmp_path), indicator)
    cells = cells_named(journey, indicator)
    assert cells
    if indicator != "N3.2":
        cells = cells[:: max(1, len(cells) // MOST)]
    for sheet, address in cells:
        cell = form.sheet(sheet)[address]
        held = cell.value
        cell.value = another(held)
        after = explained(assessed(form, tmp_path), indicator)
        cell.value = held
        assert after != before, f"{indicator}: {sheet}!{address} {held!r} became {another(held)!r}"
