"""Two sources on one treatment, from workbook to screen: shown while one is intended, the worst once both bind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import SAMPLES, built_in
from tests.e2e.reading import plain
from tests.e2e.running import here
from tests.fictional_norms import averaged, bound_lung, write_standards

pytestmark = pytest.mark.slow
SAMPLE = SAMPLES / "fictional" / "voorbeeldland-2026.xlsx"
WAARD = ["DW", "lung-resection"]


def assessed(folder: Path, *options: str | Path) -> dict[str, Any]:
    """The dossier of the sample, of which De Waard did 55 lung resections."""
    ran = here("assess", SAMPLE, "-o", folder, "--only", "html,xlsx", *options)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
    return found


def lung(dossier: dict[str, Any]) -> dict[str, Any]:
    """The row of De Waard's lung resections."""
    rows = [row for item in dossier["standards"] for part in item["indicators"] for row in part["rows"]]
    found: dict[str, Any] = next(row for row in rows if row["key"] == WAARD)
    return found


def told(folder: Path) -> str:
    """The account of N3.2 on one line."""
    ran = here("explain", "N3.2", "--dossier", folder / "dossier.json")
    assert ran.code == 0, ran.err
    return plain(ran.out)


def board_lines(folder: Path) -> list[tuple[object, ...]]:
    """The lines of the sheet Volumes about De Waard's lung resections: number, norm, standing, compared, verdict."""
    sheet = openpyxl.load_workbook(folder / "board.xlsx", data_only=True)["Volumes"]
    rows = sheet.iter_rows(min_row=5, values_only=True)
    found = [row for row in rows if row[:2] == ("De Waard", "Longresectie") and row[10] is not None]
    return [(row[3], row[4], row[6], row[7], row[10]) for row in found]


def test_fifty_five_lung_operations_are_shown_beside_both_sources_and_not_scored(tmp_path: Path) -> None:
    folder = tmp_path / "toets"
    row = lung(assessed(folder))
    assert (row["state"], row["reason"]) == ("outside", "no_norm")
    text = told(folder)
    assert "norm per jaar 50 per instelling (SONCOS v5, voorgenomen): 55, zou voldoen; telt niet mee" in text
    assert "norm per jaar 60 per instelling (IZA, voorgenomen): 55, zou niet voldoen; telt niet mee" in text
    assert "toezicht vanaf 1 januari 2027" in text
    assert board_lines(folder) == [
        (55, 50, "voorgenomen", 55, "zou voldoen"),
        (55, 60, "voorgenomen", 55, "zou niet voldoen"),
    ]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "De Waard (55) zou niet voldoen aan 60 per instelling (IZA, voorgenomen)" in page
    assert "alle aantallen zouden voldoen aan 50 per instelling (SONCOS v5, voorgenomen)" in page


def test_once_both_bind_the_worst_stands_with_both_sources(tmp_path: Path) -> None:
    folder = tmp_path / "toets"
    norms = write_standards(tmp_path / "normen", bound_lung(built_in()))
    row = lung(assessed(folder, "--standards", norms))
    assert (row["state"], row["reason"]) == ("not_met", "below_norm")
    assert row["norms"] == ["soncos-lung-resection-50", "iza-lung-resection-60"]
    text = told(folder)
    assert "Longresectie in De Waard (55) blijft onder de norm van 60." in text
    assert "norm per jaar 50 per instelling (SONCOS v5): 55, voldoet" in text
    assert "norm per jaar 60 per instelling (IZA): 55, onder de norm" in text
    assert board_lines(folder) == [(55, 50, "geldt", 55, "voldoet"), (55, 60, "geldt", 55, "onder de norm")]


def test_a_mean_of_three_years_is_told_with_the_years_that_are_missing(tmp_path: Path) -> None:
    folder = tmp_path / "toets"
    norms = write_standards(tmp_path / "normen", averaged(built_in(), "vulvar-cancer", 20))
    assessed(folder, "--standards", norms)
    text = told(folder)
    assert "gemiddeld over 2023-2025: ten minste 7,3, niet alle aantallen zijn bekend" in text
    assert "2023 ontbreekt, 2024 ontbreekt, 2025 22" in text
