"""Formulas of the board workbook: recalculated they agree with the engine, and follow a changed verdict."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from normtool.core.assessment import Reason, Verdict
from normtool.core.dossier import Dossier
from normtool.documents.board_formulas import COLUMNS as INDICATOR_COLUMNS
from normtool.documents.board_phrases import Phrases
from normtool.documents.board_standards import COLUMNS as STANDARD_COLUMNS
from normtool.documents.board_standards import stored
from normtool.documents.board_styles import Board, Styles
from normtool.texts import Words
from tests import dossier_examples
from tests.board_examples import (
    MET,
    MIXED,
    NA,
    NEARLY_UNKNOWN,
    NOT,
    OWN,
    PARTLY,
    STRUGGLING,
    UNKNOWN,
    dossier,
    with_results,
    with_unknown,
    with_verdict,
)
from tests.board_reading import EN, FIRST_ROW, NL, cells, opened

CHANGES: Mapping[str, tuple[str, Verdict]] = {
    "unknown to met": ("N5.2", MET),
    "unknown to not met": ("N5.2", NOT),
    "not met to met": ("N4.7", MET),
    "met to partly met": ("N1.1", PARTLY),
    "own approach to not met": ("N4.8", NOT),
    "partly met to n.v.t.": ("N6.1", NA),
    "met to unknown": ("N1.2", UNKNOWN),
}


def _no_norm() -> Dossier:
    item = dossier()
    results = {result.id: result for result in item.assessment.indicators}
    results["N5.2"] = replace(results["N5.2"], reason=Reason.NO_NORM)
    results["N4.5"] = replace(results["N4.5"], verdict=OWN)
    return with_results(item, results)


BASES: Mapping[str, Callable[[], tuple[Dossier, Words]]] = {
    "mixed": lambda: (dossier(), NL),
    "mixed, English": lambda: (dossier(), EN),
    "first cycle, nearly unknown": lambda: (dossier(NEARLY_UNKNOWN, cycle=1), NL),
    "struggling": lambda: (dossier(STRUGGLING, cycle=1), NL),
    "no norm, core own approach": lambda: (_no_norm(), NL),
    "built-in norms, mixed": lambda: (dossier_examples.mixed(), NL),
    "built-in norms, nearly unknown": lambda: (dossier_examples.nearly_unknown(), EN),
}


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Every base and every change, without stored results, as LibreOffice calculates them."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("LibreOffice is missing; script/test says how to install it")
    folder = tmp_path_factory.mktemp("recalculated")
    bare, done = folder / "bare", folder / "done"
    bare.mkdir()
    names = {}
    for number, name in enumerate((*BASES, *CHANGES)):
        item, words = BASES[name]() if name in BASES else (dossier(), NL)
        book = opened(item, words)
        if name in CHANGES:
            indicator, verdict = CHANGES[name]
            row = FIRST_ROW + list(MIXED).index(indicator)
            book["Indicatoren"].cell(row, INDICATOR_COLUMNS.index("verdict") + 1).value = NL.say(
                f"verdicts.{verdict.value}"
            )
        names[name] = f"{number}.xlsx"
        book.save(bare / names[name])
        _has_no_stored_results(bare / names[name])
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    files = [str(path) for path in sorted(bare.iterdir())]
    subprocess.run([*command, "--outdir", str(done), *files], check=True, capture_output=True, timeout=300)
    return {name: openpyxl.load_workbook(done / file, data_only=True) for name, file in names.items()}


def _has_no_stored_results(path: Path) -> None:
    """openpyxl drops stored results; so what LibreOffice gives is its own calculation."""
    formulas = openpyxl.load_workbook(path)["Standaarden" if "Standaarden" in _names(path) else "Standards"]
    values = openpyxl.load_workbook(path, data_only=True)[formulas.title]
    assert formulas["D5"].data_type == "f"
    assert values["D5"].value is None


def _names(path: Path) -> list[str]:
    with ZipFile(path) as package:
        return re.findall(r'<sheet [^>]*name="([^"]+)"', package.read("xl/workbook.xml").decode())


@pytest.mark.office
@pytest.mark.parametrize("name", list(BASES))
def test_recalculated_every_formula_gives_the_stored_value(recalculated: Mapping[str, Any], name: str) -> None:
    item, words = BASES[name]()
    formulas, values = opened(item, words), opened(item, words, values=True)
    compared = 0
    for cell in cells(formulas):
        if cell.data_type == "f":
            sheet = cell.parent.title
            place = f"{sheet}!{cell.coordinate}"
            assert recalculated[name][sheet][cell.coordinate].value == values[sheet][cell.coordinate].value, place
            compared += 1
    assert compared > 200


@pytest.mark.office
@pytest.mark.parametrize("name", list(CHANGES))
def test_a_changed_verdict_is_followed_as_the_engine_would_judge_it(
    recalculated: Mapping[str, Any], name: str
) -> None:
    indicator, verdict = CHANGES[name]
    unknown = verdict is UNKNOWN
    expected = with_unknown(dossier(), indicator) if unknown else with_verdict(dossier(), indicator, verdict)
    board = Board(expected, NL, Phrases(expected, NL), None, Styles(None))
    book = recalculated[name]
    for row, standard in enumerate(expected.assessment.standards, start=FIRST_ROW):
        wanted = stored(board, standard)
        found = {key: book["Standaarden"].cell(row, STANDARD_COLUMNS.index(key) + 1).value for key in wanted}
        assert found == wanted, standard.id
        cover = [book["Oplegger"].cell(row + 1, column).value for column in range(3, 8)]
        counts = standard.counts
        assert cover == [
            wanted["mark"],
            wanted["verdict"],
            counts.met,
            counts.best_met - counts.met,
            counts.scored - counts.best_met,
        ]


@pytest.mark.office
def test_bounds_follow_the_chosen_verdict(recalculated: Mapping[str, Any]) -> None:
    sheet = recalculated["unknown to met"]["Indicatoren"]
    row = FIRST_ROW + list(MIXED).index("N5.2")
    found = {key: sheet.cell(row, place).value for place, key in enumerate(INDICATOR_COLUMNS, start=1)}
    assert (found["mark"], found["worst"], found["best"], found["counts"]) == ("●", "voldoet", "voldoet", 1)
    first = {key: sheet.cell(FIRST_ROW, place).value for place, key in enumerate(INDICATOR_COLUMNS, start=1)}
    assert (first["stored_worst"], first["stored_best"]) == ("voldoet niet", "voldoet")
