"""The sheet Indicatoren: each cell read as the indicator's kind asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from normtool.core.evidence import Answer
from normtool.core.places import Located
from tests.conftest import built_in
from tests.core.tables import read, said, seen, told

DOCUMENTS = """
## Documenten
| Id | Titel |
| D1 | Visie |
| D4 | Plan  |
"""


def answer(rows: str) -> tuple[Answer, list[str]]:
    """The one answer of a form with this in Indicatoren, and what is said."""
    evidence, found = read(DOCUMENTS + "\n## Indicatoren\n" + rows)
    (only,) = evidence.answers
    return only, seen(found)


def value_of(indicator: str, typed: str) -> tuple[object, list[str]]:
    """The answer read for this indicator when this is typed, and what is said."""
    found, remarks = answer(f"| Id | Antwoord |\n| {indicator} | {typed} |")
    return (told(found.answer.value) if found.answer is not None else None), remarks


def test_a_full_row() -> None:
    found, remarks = answer(
        """
| Id   | Antwoord | Teller | Noemer | Over jaar | Bron | Documenten  | Toelichting | Knelpunt | Vorig jaar |Bevestigd|
| N3.8 |          | 40     | 48     | 2025      | NKR  | D4 p. 12;D1 | Zie bijlage | Geld     | 38/48      |ja       |
"""
    )
    assert remarks == []
    assert (found.indicator, found.place.cell, found.answer) == ("N3.8", "A2", None)
    cells: list[Located[Any] | None] = [found.numerator, found.denominator, found.year, found.source]
    cells += [found.explanation, found.bottleneck, found.last_year, found.confirmed, *found.documents]
    assert [(told(cell.value), cell.place.cell) for cell in cells if cell is not None] == [
        (40, "C2"),
        (48, "D2"),
        (2025, "E2"),
        ("NKR", "F2"),
        ("Zie bijlage", "H2"),
        ("Geld", "I2"),
        ("38/48", "J2"),
        (True, "K2"),
        ("D4 p. 12", "G2"),
        ("D1", "G2"),
    ]


def test_an_own_approach_has_four_parts_at_their_cells() -> None:
    found, remarks = answer(
        """
| Id   | Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |
| N1.2 | Samen              | Convenant         | Gesprek                 | 2026-12-31        |
"""
    )
    own = found.own_approach
    assert remarks == []
    assert [(told(cell.value), cell.place.cell) for cell in own.cells] == [
        ("Samen", "B2"),
        ("Convenant", "C2"),
        ("Gesprek", "D2"),
        (date(2026, 12, 31), "E2"),
    ]
    assert own.has_all_parts


def test_three_parts_are_not_all() -> None:
    found, _ = answer(
        "| Id | Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: tot |\n| N1.2 | Ja | Wat | 2030 |"
    )
    assert len(found.own_approach.cells) == 3
    assert not found.own_approach.has_all_parts


def test_an_own_approach_until_no_date_is_asked_back() -> None:
    assert "NT305 Indicatoren!B2 found=geen" in said("## Indicatoren\n| Id | Eigen aanpak: tot |\n| N1.2 | geen |")


@pytest.mark.parametrize(
    ("indicator", "typed", "value", "remarks"),
    [
        ("N1.2", "ja", True, []),
        ("N1.2", "TRUE", True, []),
        ("N1.5", "nee", False, []),
        ("N2.6", "3", 3, []),
        ("N2.6", '"0"', 0, []),
        ("N2.6", "2,0", 2, []),
        ("N2.6", "2 - uitgevoerd", 2, []),
        ("N2.6", '"4: bijgestuurd"', 4, []),
        ("N5.4", "2", 2, []),
        ("N5.4", "geen", 0, []),
        ("N5.4", '"2"', 2, ["NT901 Indicatoren!B2 found=2 read=2"]),
        ("N1.2", "n.v.t.", "not_applicable", ["NT330 Indicatoren!B2 indicator=N1.2"]),
        ("N5.3", "NVT", "not_applicable", ["NT331 Indicatoren!B2 indicator=N5.3"]),
        ("N3.3", "geen bestaande bron", "no_source", []),
        ("N3.3", "Geen bron.", "no_source", []),
        ("N1.2", "?", None, ["NT903 Indicatoren!B2 found=?"]),
        ("N1.2", "onbekend", None, ["NT903 Indicatoren!B2 found=onbekend"]),
        ("N1.2", "–", None, ["NT903 Indicatoren!B2 found=–"]),
        ("N1.2", '"#N/B"', None, ["NT317 Indicatoren!B2 found=#N/B"]),
        ("N1.2", "#NAAM?", None, ["NT317 Indicatoren!B2 found=#NAAM?"]),
        ("N1.2", "=A9", None, ["NT318 Indicatoren!B2"]),
        ("N1.2", "wellicht", None, ["NT302 Indicatoren!B2 found=wellicht"]),
        ("N2.6", "5", None, ["NT319 Indicatoren!B2 found=5"]),
        ("N2.6", "-1", None, ["NT319 Indicatoren!B2 found=-1"]),
        ("N2.6", "2,5", None, ["NT319 Indicatoren!B2 found=2,5"]),
        ("N2.6", "TRUE", None, ["NT319 Indicatoren!B2 found=WAAR"]),
        ("N2.6", "uitgevoerd", None, ["NT319 Indicatoren!B2 found=uitgevoerd"]),
        ("N2.6", "12", None, ["NT319 Indicatoren!B2 found=12"]),
        ("N2.6", '"40"', None, ["NT319 Indicatoren!B2 found=40"]),
        ("N5.4", "85%", None, ["NT304 Indicatoren!B2 found=85%"]),
        ("N1.3", "ja", None, ["NT411 Indicatoren!B2 indicator=N1.3 header=Antwoord"]),
        ("N3.4", "12", None, ["NT411 Indicatoren!B2 indicator=N3.4 header=Antwoord"]),
        ("N5.3", "85%", None, ["NT411 Indicatoren!B2 indicator=N5.3 header=Antwoord"]),
    ],
)
def test_an_answer_is_read_as_its_kind_asks(indicator: str, typed: str, value: object, remarks: list[str]) -> None:
    assert value_of(indicator, typed) == (value, remarks)


@pytest.mark.parametrize("typed", ['"3,5"', '"2.5"', '"2-3"', '"1/4"'])
def test_a_level_between_two_levels_is_asked_back(typed: str) -> None:
    _, remarks = value_of("N2.6", typed)
    assert [remark[:5] for remark in remarks] == ["NT319"]


@pytest.mark.parametrize(
    ("typed", "number", "remarks"),
    [
        ("40", 40, []),
        ("0", 0, []),
        ("geen", 0, []),
        ("nee", 0, []),
        ("n.v.t.", None, ["NT903 Indicatoren!B2 found=n.v.t."]),
        ("onbekend", None, ["NT903 Indicatoren!B2 found=onbekend"]),
        ("-", None, ["NT903 Indicatoren!B2 found=-"]),
        ('"40 "', 40, ["NT901 Indicatoren!B2 found=40 read=40"]),
        ("0,85", None, ["NT304 Indicatoren!B2 found=0,85"]),
        ('"1.200"', None, ["NT322 Indicatoren!B2 found=1.200 first=1200 second=1,200"]),
        ("#REF!", None, ["NT317 Indicatoren!B2 found=#REF!"]),
        ("=B1", None, ["NT318 Indicatoren!B2"]),
    ],
)
def test_numerator_and_denominator(typed: str, number: int | None, remarks: list[str]) -> None:
    found, said_of_numerator = answer(f"| Id | Teller |\n| N5.3 | {typed} |")
    assert (found.numerator.value if found.numerator is not None else None) == number
    assert said_of_numerator == remarks
    found, _ = answer(f"| Id | Noemer |\n| N5.3 | {typed} |")
    assert (found.denominator.value if found.denominator is not None else None) == number


def test_a_share_is_only_asked_of_a_proportion() -> None:
    found, remarks = answer("| Id | Teller | Noemer |\n| N3.4 | 8 | 10 |")
    assert (found.numerator, found.denominator) == (None, None)
    assert remarks == [
        "NT411 Indicatoren!B2 indicator=N3.4 header=Teller",
        "NT411 Indicatoren!C2 indicator=N3.4 header=Noemer",
    ]


@pytest.mark.parametrize(("column", "cell"), [("Antwoord", "B2"), ("Bron", "B2")])
def test_no_existing_source_may_be_said_in_two_places(column: str, cell: str) -> None:
    found, remarks = answer(f"| Id | {column} |\n| N3.4 | geen bestaande bron |")
    assert remarks == []
    assert found.no_source is not None
    assert found.no_source.place.cell == cell


def test_a_source_that_is_there_is_no_missing_one() -> None:
    found, _ = answer("| Id | Bron |\n| N3.4 | NKR |")
    assert found.no_source is None


@pytest.mark.parametrize("column", ["Over jaar", "Bevestigd", "Eigen aanpak: tot"])
@pytest.mark.parametrize("typed", ["-", "#REF!", "=A1", "wie weet"])
def test_what_cannot_be_read_is_left_out_and_told(column: str, typed: str) -> None:
    found, remarks = answer(f"| Id | {column} |\n| N5.3 | {typed} |")
    assert (found.year, found.confirmed, found.own_approach.until) == (None, None, None)
    assert len(remarks) == 1
    assert "Indicatoren!B2" in remarks[0]


def test_errors_carry_their_indicator() -> None:
    _, found = read(
        """## Indicatoren
| Id | Antwoord | Teller |
| N1.2 | wellicht | 3 |
| N5.3 | n.v.t. |  |
| N5.4 | #REF! | |"""
    )
    assert [(item.code, item.indicators) for item in found if item.is_error] == [
        ("NT302", ("N1.2",)),
        ("NT317", ("N5.4",)),
        ("NT331", ("N5.3",)),
    ]


def test_an_id_is_known_whatever_its_case() -> None:
    found, remarks = answer("| Id | Antwoord |\n| ␣n1.2 | ja |")
    assert (found.indicator, remarks) == ("N1.2", [])


def test_a_row_with_only_what_the_form_filled_in_is_no_answer() -> None:
    page = "## Indicatoren\n| Id | Standaard | Vraag | Antwoord |\n|  | 1 | {} | |"
    evidence, found = read(page.format(built_in().indicators[0].question.nl))
    assert (evidence.answers, seen(found)) == ((), [])
    evidence, found = read(page.format("Wat wij nog wilden zeggen"))
    assert evidence.answers == ()
    assert seen(found) == [
        "NT916 Indicatoren!B2 found=1 count=1",
        "NT916 Indicatoren!C2 found=Wat wij nog wilden zeggen count=1",
    ]


def test_a_heading_between_the_rows_is_asked_back_as_an_unknown_id() -> None:
    assert said("## Indicatoren\n| Id | Antwoord |\n| Standaard 1 | |\n| N1.2 | nee |") == [
        "NT310 Indicatoren!A2 found=Standaard 1"
    ]


def test_a_sheet_without_headers_has_no_answers() -> None:
    evidence, found = read("## Indicatoren\n| N1.2 | ja |")
    assert evidence.answers == ()
    assert seen(found) == ["NT253 Indicatoren sheet=Indicatoren header=Id"]


def test_answers_come_in_the_order_of_the_norms() -> None:
    evidence, _ = read("## Indicatoren\n| Id | Antwoord |\n| N5.2 | nee |\n| N1.2 | nee |\n| N2.6 | 0 |")
    assert [item.indicator for item in evidence.answers] == ["N1.2", "N2.6", "N5.2"]


def test_a_year_that_is_unknown_reads_as_empty_and_is_noted() -> None:
    found, remarks = answer("| Id | Over jaar |\n| N3.8 | onbekend |")
    assert found.year is None
    assert remarks == ["NT903 Indicatoren!B2 found=onbekend"]
