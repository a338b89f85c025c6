"""What `explain` says of codes, indicators and verdicts: complete, within 80 columns, and tied to the cells."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from normtool.core.assessment import RowResult, RowState
from normtool.core.dossier import Dossier
from normtool.core.grids import Grid, GridValue
from normtool.core.intake import take_in
from normtool.core.scoring import assess
from normtool.telling.diagnostic_texts import RULES
from normtool.telling.explaining import explain_code, explain_indicator, explain_verdict, suggest
from normtool.texts import LANGUAGES, NO_BREAK, Words
from tests import cases

DUTCH, ENGLISH = Words("nl"), Words("en")
CASES = {
    name: case
    for name, case in cases.worked_cases().items()
    if not {"standard", "sub_networks"} & set(case) and "error" not in case["expect"]
}
CELL = re.compile(r"formulier\.xlsx › ('(?:[^']|'')+'|\w+)!([A-Z]+)(\d+)")


def test_there_are_cases_to_explain() -> None:
    assert len(CASES) > 100


# --- codes and indicators ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=LANGUAGES)
@pytest.mark.parametrize("code", sorted(RULES))
def test_every_code_is_explained(code: str, words: Words) -> None:
    text = explain_code(code, words)
    assert text.startswith(f"{code}  ")
    fits(text)


def test_a_code_shows_its_message_with_gaps() -> None:
    text = explain_code("NT301", DUTCH)
    assert "NT301  Teller groter dan noemer (fout)" in text
    assert "Melding      teller … is groter dan noemer …" in text


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=LANGUAGES)
@pytest.mark.parametrize("indicator", [item.id for item in cases.built_in().indicators])
def test_every_indicator_is_explained(indicator: str, words: Words) -> None:
    text = explain_indicator(cases.built_in(), indicator, words)
    fits(text)
    found = cases.built_in().indicator(indicator)
    assert found is not None
    flat = " ".join(text.split())
    for part in (found.question, found.guidance, found.remedy, found.basis.text):
        assert " ".join(words.text(part).split()) in flat


def test_an_indicator_shows_its_path_its_place_and_its_standing() -> None:
    text = explain_indicator(cases.built_in(), "N4.7", DUTCH).replace(NO_BREAK, " ")
    assert "vanaf ronde 1: 50 %, gedeeltelijk vanaf 37,5 %" in text
    assert "blad Afspraken, kolom Toetsbaar" in text
    assert "Grondslag  voorstel: Shared care ligt vast" in text
    assert "S4: Presentatie ‘Samen verder’" in text
    assert "Dat kost ongeveer 40 uur werk." in " ".join(text.split())


def test_a_level_is_not_a_percentage() -> None:
    assert "vanaf ronde 2: 2, gedeeltelijk vanaf 1" in explain_indicator(cases.built_in(), "N2.6", DUTCH)


def test_what_does_not_exist_is_a_key_error_with_a_suggestion() -> None:
    framework = cases.built_in()
    with pytest.raises(KeyError):
        explain_code("NT999", DUTCH)
    with pytest.raises(KeyError):
        explain_indicator(framework, "N9.9", DUTCH)
    with pytest.raises(KeyError):
        explain_verdict(dossier_of(next(iter(CASES))), "N9.9", DUTCH)
    assert suggest("n32", framework) == "N3.2"
    assert suggest("NT30I", framework) in RULES
    assert suggest("zzz", framework) is None


# --- verdicts ---------------------------------------------------------------------------------------------------


def fits(text: str) -> None:
    """At most 80 columns, no blanks at the end of a line, nothing unfilled."""
    assert text.endswith("\n")
    for line in text.split("\n"):
        assert len(line) <= 80
        assert line == line.rstrip(" ")
    assert "\ue000" not in text


def explained(name: str, grid: Grid | None = None, words: Words = DUTCH) -> str:
    """The verdict of a case in words; with another workbook when one is given."""
    return explain_verdict(dossier_of(name, grid), "N1.1", words)


def dossier_of(name: str, grid: Grid | None = None) -> Dossier:
    """The dossier of a case, or of a workbook that differs from it. With errors left in it, as a draft."""
    return as_it_stands(name) if grid is None else judged(name, grid)


@cache
def as_it_stands(name: str) -> Dossier:
    """The dossier of a case, judged once for all tests."""
    return judged(name, grid_of(name))


def judged(name: str, grid: Grid) -> Dossier:
    """The dossier of this workbook by the norms of a case."""
    case = CASES[name]
    framework = cases.framework_of(case, [case["indicator"]])
    evidence, _ = take_in(framework, (grid,))
    assert evidence is not None
    assessment, _ = assess(framework, evidence)
    return Dossier(framework=framework, evidence=evidence, assessment=assessment)


@cache
def grid_of(name: str) -> Grid:
    """The workbook of a case."""
    return cases.grid_of(CASES[name], [CASES[name].get("answer") or {}])


def named_cells(text: str) -> list[tuple[str, int, int]]:
    """The cells a text names: sheet, row, column."""
    found = []
    for sheet, letters, row in dict.fromkeys(CELL.findall(text)):
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        found.append((sheet.strip("'").replace("''", "'"), int(row), column))
    return found


def other(value: GridValue) -> GridValue:
    """Another value of the same sort."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case datetime() | date():
            return value - timedelta(days=1)
        case "ja":
            return "nee"
        case "nee":
            return "ja"
        case _:
            return f"{value}x"


def with_other(grid: Grid, sheet_name: str, row: int, column: int) -> Grid:
    """The workbook with one cell changed."""
    sheets = []
    for sheet in grid.sheets:
        if sheet.name == sheet_name:
            rows = [list(cells) for cells in sheet.rows]
            rows[row - 1][column - 1] = other(rows[row - 1][column - 1])
            sheets.append(replace(sheet, rows=tuple(tuple(cells) for cells in rows)))
        else:
            sheets.append(sheet)
    return replace(grid, sheets=tuple(sheets))


@pytest.mark.parametrize("words", [DUTCH, ENGLISH], ids=LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_verdict_is_explained(name: str, words: Words) -> None:
    text = explained(name, words=words)
    fits(text)
    assert "{" not in text
    assert words.say("explain.verdict.verdict") in text


@pytest.mark.parametrize("name", CASES)
def test_changing_a_cell_that_is_named_changes_the_text(name: str) -> None:
    text = explained(name)
    for sheet, row, column in named_cells(text):
        changed = with_other(grid_of(name), sheet, row, column)
        assert explained(name, changed) != text, (sheet, row, column)


@pytest.mark.parametrize("name", CASES)
def test_every_number_a_verdict_counts_is_named(name: str) -> None:
    cells = named_cells(explained(name))
    result = dossier_of(name).assessment.indicators[0]
    numbers = [place for row in result.rows for place in row.places]
    if CASES[name]["indicator"]["kind"] != "pooled":
        assert {(place.sheet, place.row, place.column) for place in numbers} <= set(cells)
    answers = [place for place in result.places if place.sheet == "Indicatoren"]
    assert {(place.sheet, place.row, place.column) for place in answers} <= set(cells)


def case_named(start: str) -> str:
    """The full name of a case."""
    return next(name for name in CASES if name.startswith(f"{start} "))


def said_of(start: str) -> str:
    """The text of a case on one line, with plain blanks."""
    return " ".join(explained(case_named(start)).replace(NO_BREAK, " ").split())


def test_a_document_has_its_title_its_date_and_its_cells() -> None:
    text = said_of("C30")
    assert "D1: Meerjarenplan formulier.xlsx › Documenten!A3 Id: D1" in text
    assert "formulier.xlsx › Documenten!C3 Datum: 30 december 2021" in text


def test_an_own_approach_stands_beside_the_computed_verdict() -> None:
    text = said_of("C16")
    assert "eigen aanpak; zonder eigen aanpak: voldoet nog niet" in text
    assert "volledig en geldig op de peildatum" in text
    assert "niet volledig, of verlopen op de peildatum" in said_of("C21")


def test_an_empty_cell_is_told_by_its_header() -> None:
    assert "Huid: niet bekend (cel is leeg: Patiëntvertegenwoordiging)" in said_of("C70")
    assert "niet bekend of deze rij onder de norm valt: Echelon" in said_of("C106")


def test_a_sum_over_locations_names_every_number() -> None:
    text = said_of("C126")
    assert "Locatie A1, Rectumresectie: voldoet; 12 in 2025 norm per jaar 20 per instelling" in text
    assert "20 per instelling: 2 locaties samen: 20, voldoet opgeteld: Locatie A1 12, Locatie A2 8" in text
    assert "formulier.xlsx › Volumes!D3 Aantal: 12 formulier.xlsx › Volumes!D4 Aantal: 8" in text


def test_an_agreement_is_told_in_full() -> None:
    text = said_of("C104")
    assert "Afspraken formulier.xlsx › Afspraken!A3 Id: A1" in text
    assert "Toetsbaar: ja" in text
    assert "formulier.xlsx › Afspraken!B1 Dit overzicht is volledig: ja" in text


def test_what_is_open_tells_between_which_verdicts_it_lies_and_what_would_decide_it() -> None:
    text = said_of("C70")
    assert "voldoet gedeeltelijk tot voldoet: de open rijen zijn van het slechtste tot het beste ingevuld" in text
    assert "Vul de rijen aan die nog niet bekend zijn." in text


def test_the_path_is_told_with_its_end() -> None:
    assert "Doel nu 70 %; einddoel 100 %" in said_of("C68")


def test_after_forty_rows_the_rest_is_counted_and_those_that_hold_back_come_first() -> None:
    dossier = dossier_of(case_named("C68"))
    result = dossier.assessment.indicators[0]
    rows = tuple(RowResult(key=(f"groep {number}",), state=RowState.MET) for number in range(50))
    changed = replace(result, rows=(*rows, RowResult(key=("laatste",), state=RowState.NOT_MET)))
    standard = replace(dossier.assessment.standards[0], indicators=(changed,))
    text = explain_verdict(
        replace(dossier, assessment=replace(dossier.assessment, standards=(standard,))), "N1.1", DUTCH
    )
    fits(text)
    assert text.index("laatste: voldoet niet") < text.index("groep 0: voldoet")
    assert "groep 38: voldoet" in text
    assert "groep 39: voldoet" not in text
    assert "en nog 11 rijen" in text
