"""Documents that go to other networks hold nothing that only a network itself may see; whichever verb makes them."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from normtool.core.dossier import Dossier
from normtool.core.house_style import HouseStyle
from normtool.files.dossiers_json import dossier_json
from tests.comparison_examples import network, years
from tests.dossier_examples import answer
from tests.e2e.running import here

DENOMINATOR = "98765"
STYLE = HouseStyle(organisation="Stichting Geheim", accent="#7A1F5C", footer="Bel het bureau van Geheim")


def saved(folder: Path, *dossiers: Dossier) -> list[Path]:
    """Dossiers in files."""
    paths = [folder / f"{place}.json" for place, _ in enumerate(dossiers)]
    for path, dossier in zip(paths, dossiers, strict=True):
        path.write_bytes(dossier_json(dossier))
    return paths


def opened(path: Path) -> str:
    """All that stands in a page or a workbook."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


@pytest.mark.parametrize(("verb", "name"), [("compare", "uit.html"), ("board", "uit.xlsx"), ("export", "uit.xlsx")])
@pytest.mark.parametrize(("count", "is_told"), [(7, False), (777, True)])
def test_a_text_with_a_small_number_is_not_told_to_other_networks(
    tmp_path: Path, verb: str, name: str, count: int, is_told: bool
) -> None:
    told = f"Het zijn er {count} van {DENOMINATOR}."
    given = answer(
        "N5.3", numerator=count, denominator=int(DENOMINATOR), year=2025, source="register", bottleneck=told
    )
    paths = saved(tmp_path, *(network(code, f"Netwerk {code}", answers=(given,)) for code in "AB"))
    ran = here(verb, *paths, "-o", name, folder=tmp_path)
    assert ran.code == 0, ran.err
    assert (DENOMINATOR in opened(tmp_path / name)) is is_told


@pytest.mark.parametrize(("verb", "name"), [("compare", "uit.html"), ("board", "uit.xlsx")])
def test_years_without_names_do_not_wear_the_style_of_their_network(tmp_path: Path, verb: str, name: str) -> None:
    paths = saved(tmp_path, *(replace(item, house_style=STYLE) for item in years()))
    assert here(verb, *paths, "-o", name, folder=tmp_path).code == 0
    assert "Geheim" in opened(tmp_path / name)
    assert here(verb, *paths, "-o", name, "--anonymous", "--force", folder=tmp_path).code == 0
    assert "Geheim" not in opened(tmp_path / name)
