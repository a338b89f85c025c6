"""Formulas of the board workbook: recalculated they agree with the engine, and follow a changed verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from normtool.core.assessment import Reason, Verdict
from normtool.core.dossier import Dossier
from normtool.core.places import column_letters
from normtool.documents.board_formulas import COLUMNS as INDICATOR_COLUMNS
from normtool.documents.board_phrases import Phrases
from normtool.documents.board_standards import COLUMNS as STANDARD_COLUMNS
from normtool.documents.board_standards import stored
from normtool.documents.board_styles import Board, Styles
from normtool.documents.board_xlsx import board_workbook
from tests import dossier_examples, region_examples
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
    for_board,
    with_results,
    with_unknown,
    with_verdict,
)
from tests.board_others import (
    earlier,
    for_member,
    networks,
    older_year_between,
    three_years,
    two_networks_in_two_years,
)
from tests.board_reading import EN, FIRST_ROW, NL, formula_cells, recalculate

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


BASES: Mapping[str, Callable[[], bytes]] = {
    "mixed": lambda: board_workbook(dossier(), NL),
    "mixed, English": lambda: board_workbook(dossier(), EN),
    "first cycle, nearly unknown": lambda: board_workbook(dossier(NEARLY_UNKNOWN, cycle=1), NL),
    "struggling": lambda: board_workbook(dossier(STRUGGLING, cycle=1), NL),
    "no norm, core own approach": lambda: board_workbook(_no_norm(), NL),
    "built-in norms, mixed": lambda: board_workbook(for_board(dossier_examples.mixed()), NL),
    "built-in norms, nearly unknown": lambda: board_workbook(dossier_examples.nearly_unknown(), EN),
    "a region": lambda: board_workbook(region_examples.two_of_three(), NL),
    "a sub-network": lambda: board_workbook(region_examples.below(), EN),
    "one member": lambda: board_workbook(for_member(), NL),
    "two years": lambda: board_workbook(dossier(), NL, (earlier(),)),
    "three years": lambda: board_workbook(three_years(), EN),
    "seven networks": lambda: board_workbook(*networks(7, NL)),
    "three networks, without names": lambda: board_workbook(*networks(3, EN), is_anonymous=True),
    "networks and years": lambda: board_workbook(*two_networks_in_two_years(NL)),
    "an older year between networks": lambda: board_workbook(*older_year_between(NL)),
}


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Every base and every change, without stored results, as LibreOffice calculates them."""
    books: dict[str, tuple[bytes, Mapping[tuple[str, str], str]]] = {
        name: (make(), {}) for name, make in BASES.items()
    }
    for name, (indicator, verdict) in CHANGES.items():
        row = FIRST_ROW + list(MIXED).index(indicator)
        cell = f"{column_letters(INDICATOR_COLUMNS.index('verdict') + 1)}{row}"
        word = NL.say(f"verdicts.{verdict.value}")
        books[name] = (board_workbook(dossier(), NL, (earlier(),)), {("Indicatoren", cell): word})
    return recalculate(tmp_path_factory.mktemp("recalculated"), books)


@pytest.mark.office
@pytest.mark.parametrize("name", list(BASES))
def test_recalculated_every_formula_gives_the_stored_value(recalculated: Mapping[str, Any], name: str) -> None:
    found = list(formula_cells(BASES[name]()))
    assert len(found) > 15
    for sheet, cell, value in found:
        assert (recalculated[name][sheet][cell].value or "") == (value or ""), f"{sheet}!{cell}"


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
@pytest.mark.parametrize("name", list(CHANGES))
def test_what_stands_beside_an_earlier_year_follows_a_changed_verdict(
    recalculated: Mapping[str, Any], name: str
) -> None:
    indicator, verdict = CHANGES[name]
    item = dossier()
    changed = with_unknown(item, indicator) if verdict is UNKNOWN else with_verdict(item, indicator, verdict)
    cells_found = formula_cells(board_workbook(changed, NL, (earlier(),)))
    wanted = {cell: value for sheet, cell, value in cells_found if sheet == "Vergelijking"}
    found = {cell: recalculated[name]["Vergelijking"][cell].value for cell in wanted}
    assert found == wanted
    before = formula_cells(board_workbook(item, NL, (earlier(),)))
    assert {cell: value for sheet, cell, value in before if sheet == "Vergelijking"} != wanted


@pytest.mark.office
def test_bounds_follow_the_chosen_verdict(recalculated: Mapping[str, Any]) -> None:
    sheet = recalculated["unknown to met"]["Indicatoren"]
    row = FIRST_ROW + list(MIXED).index("N5.2")
    found = {key: sheet.cell(row, place).value for place, key in enumerate(INDICATOR_COLUMNS, start=1)}
    assert (found["mark"], found["worst"], found["best"], found["counts"]) == ("●", "voldoet", "voldoet", 1)
    first = {key: sheet.cell(FIRST_ROW, place).value for place, key in enumerate(INDICATOR_COLUMNS, start=1)}
    assert (first["stored_worst"], first["stored_best"]) == ("voldoet niet", "voldoet")
