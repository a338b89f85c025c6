"""Figures of national sources: reading a delivery, which one counts, which row it fills, what it is laid beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.core.diagnostics import Collector, Diagnostics
from normtool.core.evidence import Evidence, Origin
from normtool.core.figures import Bureau
from normtool.core.framework_names import framework_names
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.intake import Known, take_in
from normtool.core.intake_offers import figures_for_form
from normtool.core.ready import Offer
from normtool.core.spellings import Names
from tests.conftest import built_in, tries
from tests.core.tables import form, rows, seen, workbook

MEMBERS = """
## Deelnemers
| Id | Naam      | Soort      | Onderdeel van |
| A  | Alfa      | ziekenhuis |               |
| A1 | Alfa Noord| locatie    | A             |
| B  | Beta      | ziekenhuis |               |
| B1 | Beta Oost | locatie    | B             |
| B2 | Beta West | locatie    | B             |
"""
CARE = """
## Zorgaanbod
| Locatie | Groep | Behandelt | In MDO | Nieuw | Toelichting |
| A1      | Borst | ja        |        |       |             |
| B1      | Borst | ja        |        |       |             |
"""
INDICATORS = """
## Indicatoren
| Id   | Antwoord | Teller | Noemer | Over jaar | Bron | Toelichting | Bevestigd |
| N4.2 |          |        |        |           |      |             |           |
| N5.3 |          |        |        |           |      |             |           |
| N5.4 |          |        |        |           |      |             |           |
"""
HEADER = "| Indicator | Netwerk | Instelling | Groep | Teller | Noemer | Jaar | Bron | Aangeleverd op |\n"


def delivery(lines: str, file: str = "nkr.csv") -> Grid:
    """A file with figures, with these lines under the header."""
    return workbook(f"## nkr\n{HEADER}{lines}", file)


def taken(page: str, *figures: Grid) -> tuple[Evidence, list[str]]:
    """The evidence of a form beside these figures, and what is said."""
    evidence, found = take_in(built_in(), (form(MEMBERS + page),), Known(figures=figures))
    assert evidence is not None
    return evidence, seen(found)


def figure(evidence: Evidence, indicator: str) -> list[object]:
    """The figure of an indicator's own row, as values."""
    answer = evidence.answer(indicator)
    assert answer is not None
    cells = (answer.answer, answer.numerator, answer.denominator, answer.year, answer.source)
    return [cell.value for cell in cells if cell is not None]


def test_a_form_is_no_table_of_figures() -> None:
    page = "## Indicatoren\n| Id | Antwoord | Teller | Over jaar |\n| N4.2 | | 3 | |\n"
    other = form(page + "## _normtool\n| network | BETA |\n", "vorig jaar.xlsx")
    assert taken("", other)[1] == ["NT343 vorig jaar.xlsx header=Indicator, Teller, Jaar"]


# --- what a figure fills ------------------------------------------------------------------------------------------


def test_figures_fill_the_empty_cells_of_their_rows() -> None:
    page = """
| N4.2 | ALBA         | Alfa | Borst | 45 | 50  | 2025 | NKR  | |
| n4.2 | Netwerk alba | B1   | borst | 20 | 25  | 2025 | NKR  | |
| N5.3 | ALBA         |      |       | 40 | 800 | 2025 | NKR  | |
| N5.4 |              |      |       | 3  |     | 2025 |      | |
"""
    evidence, remarks = taken(CARE + INDICATORS, delivery(page))
    assert remarks == []
    assert [(row["location"], row["in_mdt"], row["new_patients"]) for row in rows(evidence, "care")] == [
        ("A1", 45, 50),
        ("B1", 20, 25),
    ]
    assert figure(evidence, "N4.2") == [2025, "NKR"]
    assert figure(evidence, "N5.3") == [40, 800, 2025, "NKR"]
    assert figure(evidence, "N5.4") == [3, 2025]
    first = evidence.taken_over[0]
    assert (first.place.sheet, first.place.cell, first.said.file, first.said.sheet, first.said.cell) == (
        "Zorgaanbod",
        "D2",
        "nkr.csv",
        "nkr",
        "E2",
    )
    assert {item.origin for item in evidence.taken_over} == {Origin.DELIVERED}
    assert [(file.file, file.is_figures) for file in evidence.files] == [("formulier.xlsx", False), ("nkr.csv", True)]


def test_without_a_source_they_agree_on_only_the_year_is_filled() -> None:
    page = "| N4.2 | ALBA | A1 | Borst | 45 | 50 | 2025 | NKR | |\n"
    page += "| N4.2 | ALBA | B1 | Borst | 20 | 25 | 2025 | DICA | |"
    evidence, remarks = taken(CARE + INDICATORS, delivery(page))
    assert (figure(evidence, "N4.2"), remarks) == ([2025], [])
    other = page.replace("25 | 2025", "25 | 2024")
    evidence, remarks = taken(CARE + INDICATORS, delivery(other))
    assert (figure(evidence, "N4.2"), remarks) == ([], [])


def test_a_row_with_half_a_figure_is_left_as_it_is() -> None:
    page = CARE.replace("| A1      | Borst | ja        |        |", "| A1 | Borst | ja | 44 |")
    evidence, remarks = taken(page, delivery("| N4.2 | ALBA | A1 | Borst | 45 | 50 | 2025 | NKR | |"))
    row = rows(evidence, "care")[0]
    assert (row["in_mdt"], "new_patients" in row) == (44, False)
    assert remarks == ["NT423 Zorgaanbod!D2 found=44 delivered=45 (delivered: nkr!E2)"]


@pytest.mark.parametrize(
    ("typed", "explanation", "remarks"),
    [
        ("45 | 50", "", []),
        ('"45" | 50', "", ["NT901 Zorgaanbod!D2 found=45 read=45"]),
        ("44 | 50", "", ["NT423 Zorgaanbod!D2 found=44/50 delivered=45/50 (delivered: nkr!E2)"]),
        (
            "44 | 50",
            "Eén patiënt dubbel geteld",
            ["NT935 Zorgaanbod!D2 found=44/50 delivered=45/50 (delivered: nkr!E2) (explanation: Zorgaanbod!F2)"],
        ),
    ],
)
def test_what_was_typed_goes_first_and_a_difference_needs_a_reason(
    typed: str, explanation: str, remarks: list[str]
) -> None:
    page = "## Zorgaanbod\n| Locatie | Groep | Behandelt | In MDO | Nieuw | Toelichting |\n"
    page += f"| A1 | Borst | ja | {typed} | {explanation} |"
    evidence, found = taken(page, delivery("| N4.2 | ALBA | A1 | Borst | 45 | 50 | 2025 | NKR | |"))
    assert found == remarks
    assert rows(evidence, "care")[0]["in_mdt"] == int(typed.split(" ", maxsplit=1)[0].strip('"'))


def test_a_no_keeps_the_delivered_figure_out() -> None:
    page = INDICATORS.replace(
        "| N5.3 |          |        |        |           |      |             |           |",
        "| N5.3 | | | | | | | nee |",
    )
    evidence, remarks = taken(page, delivery("| N5.3 | ALBA | | | 40 | 800 | 2025 | NKR | |"))
    assert (figure(evidence, "N5.3"), remarks) == ([], ["NT933 Indicatoren!H3"])


def test_a_yes_beside_a_delivered_figure_is_fine() -> None:
    page = INDICATORS.replace(
        "| N5.3 |          |        |        |           |      |             |           |",
        "| N5.3 | | | | | | | ja |",
    )
    evidence, remarks = taken(page, delivery("| N5.3 | ALBA | | | 40 | 800 | 2025 | NKR | |"))
    assert (figure(evidence, "N5.3"), remarks) == ([40, 800, 2025, "NKR"], [])


def test_a_figure_that_came_with_the_form_counts_once_confirmed_and_is_laid_beside_what_was_typed() -> None:
    carried = """
## _aangeboden
| indicators | numerator   | 40   | delivered | nkr.csv | 2025 | n5.3 |
| indicators | denominator | 800  | delivered | nkr.csv | 2025 | n5.3 |
| indicators | year        | 2025 | delivered | nkr.csv | 2025 | n5.3 |
"""
    page = "## Indicatoren\n| Id | Teller | Noemer | Over jaar | Aangeleverd | Bevestigd |\n"
    evidence, remarks = taken(carried + page + "| N5.3 | | | | 40 van 800 | ja |")
    assert (figure(evidence, "N5.3"), remarks) == ([40, 800, 2025], [])
    evidence, remarks = taken(carried + page + "| N5.3 | | | | 40 van 800 | |")
    assert (figure(evidence, "N5.3"), remarks) == ([], [])
    evidence, remarks = taken(carried + page + "| N5.3 | 41 | 800 | 2025 | 40 van 800 | |")
    assert remarks == ["NT423 Indicatoren!B2 found=41/800 delivered=40/800 (delivered: Indicatoren!E2)"]
    newer = delivery("| N5.3 | ALBA | | | 42 | 800 | 2025 | NKR | |")
    evidence, remarks = taken(carried + page + "| N5.3 | | | | 40 van 800 | |", newer)
    assert (figure(evidence, "N5.3"), remarks) == ([42, 800, 2025, "NKR"], [])


# --- which row, and whose -----------------------------------------------------------------------------------------


def test_rows_of_other_networks_are_counted_and_passed_over() -> None:
    page = """
| N5.3 | ANDERS | | | 1 | 2 | 2025 | NKR | |
| N4.2 |        | Elders | Borst | 1 | 2 | 2025 | NKR | |
| N5.3 | ALBA   | | | 40 | 800 | 2025 | NKR | |
"""
    evidence, remarks = taken(INDICATORS, delivery(page))
    assert (figure(evidence, "N5.3"), remarks) == ([40, 800, 2025, "NKR"], ["NT930 nkr.csv count=2"])


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("| N9.9 | ALBA | | | 1 | 2 | 2025 | | |", "NT424 nkr!A2 header=Indicator found=N9.9"),
        ("| N4.2 | ALBA | Gamma | Borst | 1 | 2 | 2025 | | |", "NT424 nkr!C2 header=Instelling found=Gamma"),
        (
            "| N4.2 | ALBA | Beta Oostt | Borst | 1 | 2 | 2025 | | |",
            "NT425 nkr!C2 header=Instelling found=Beta Oostt meant=Beta Oost",
        ),
        ("| N4.2 | ALBA | A1 | Zaagsel | 1 | 2 | 2025 | | |", "NT424 nkr!D2 header=Groep found=Zaagsel"),
        ("| N3.1 | ALBA | | | 1 | 2 | 2025 | | |", "NT348 nkr!E2 indicator=N3.1"),
        ("| N5.3 | ALBA | A1 | | 1 | 2 | 2025 | | |", "NT348 nkr!E2 indicator=N5.3"),
        ("| N5.3 | ALBA | | | 1 | | 2025 | | |", "NT348 nkr!E2 indicator=N5.3"),
        ("| N5.4 | ALBA | | | 1 | 2 | 2025 | | |", "NT348 nkr!E2 indicator=N5.4"),
        ("| N4.2 | ALBA | A1 | | 1 | 2 | 2025 | | |", "NT348 nkr!E2 indicator=N4.2"),
        ("| N4.2 | ALBA | A1 | Borst | 1 | | 2025 | | |", "NT348 nkr!E2 indicator=N4.2"),
        ("| N4.3 | ALBA | A1 | Borst | 1 | 2 | 2025 | | |", "NT348 nkr!E2 indicator=N4.3"),
        ("| N4.2 | ALBA | Beta | Borst | 1 | 2 | 2025 | | |", "NT428 nkr!E2 indicator=N4.2"),
        ("| N4.2 | ALBA | B2 | Long | 1 | 2 | 2025 | | |", "NT428 nkr!E2 indicator=N4.2"),
        ("| | ALBA | | | 1 | 2 | 2025 | | |", "NT349 nkr!A2 header=Indicator"),
        ("| N5.3 | ALBA | | | | 2 | 2025 | | |", "NT349 nkr!E2 header=Teller"),
        ("| N5.3 | ALBA | | | 1 | 2 | | | |", "NT349 nkr!G2 header=Jaar"),
        ("| N5.3 | ALBA | | | 1,5 | 2 | 2025 | | |", "NT303 nkr!E2 found=1,5"),
        ("| N5.3 | ALBA | | | geen | 2 | 2025 | | |", "NT349 nkr!E2 header=Teller"),
        ("| N5.3 | ALBA | | | #REF! | 2 | 2025 | | |", "NT317 nkr!E2 found=#REF!"),
        ("| N5.3 | ALBA | | | =A1 | 2 | 2025 | | |", "NT318 nkr!E2"),
        ("| N5.3 | ALBA | | | 1 | 2 | 25 | | |", "NT338 nkr!G2 found=25 proposal=2025"),
        ("| N5.3 | ALBA | | | 1 | 2 | 2025 | | gisteren |", "NT305 nkr!I2 found=gisteren"),
    ],
)
def test_a_figure_that_cannot_be_used_is_named_at_its_cell(line: str, remark: str) -> None:
    # In a first cycle N5.3 is shown and N4.2 not asked yet, so the network here is in its second.
    page = "## Netwerk\n| Gegeven | Waarde |\n| Code | ALBA |\n| Naam | Netwerk Alba |\n| Toetsjaar | 2026 |\n"
    page += "| Verslagjaar | 2025 |\n| Peildatum | 2025-12-31 |\n| Eerste toetsjaar | 2024 |\n"
    evidence, remarks = taken(page + CARE + INDICATORS, delivery(line))
    assert remarks == [remark]
    assert evidence.taken_over == () or remark.startswith("NT428")


def test_figures_of_indicators_that_are_not_asked_yet_raise_nothing() -> None:
    _, remarks = taken(CARE, delivery("| N4.2 | ALBA | B2 | Long | 1 | 2 | 2025 | | |"))
    assert remarks == []


def test_a_pooled_register_that_rows_cannot_be_told_apart_in_takes_no_figures() -> None:
    framework = built_in()
    care = framework.declared("care")
    columns = tuple(replace(column, key=column.key or column.id == "treats") for column in care.columns)
    registers = tuple(replace(item, columns=columns) if item.id == "care" else item for item in framework.registers)
    _, found = take_in(
        replace(framework, registers=registers),
        (form(MEMBERS + CARE),),
        Known(figures=(delivery("| N4.2 | ALBA | A1 | Borst | 1 | 2 | 2025 | | |"),)),
    )
    assert [line for line in seen(found) if line.startswith("NT348")] == ["NT348 nkr!E2 indicator=N4.2"]


# --- which delivery counts ----------------------------------------------------------------------------------------


def test_the_newest_delivery_counts_and_the_difference_is_shown() -> None:
    page = """
| N5.3 | ALBA | | | 40 | 800 | 2025 | NKR | 2026-03-01 |
| N5.3 | ALBA | | | 38 | 800 | 2025 | NKR | 2026-02-01 |
| N5.3 | ALBA | | | 30 | 700 | 2024 | NKR | 2026-03-01 |
"""
    evidence, remarks = taken(INDICATORS, delivery(page))
    assert figure(evidence, "N5.3")[:2] == [40, 800]
    assert remarks == ["NT936 nkr!E2 found=40/800 before=38/800 (first: nkr!E3)"]
    older = delivery("| N5.3 | ALBA | | | 38 | 800 | 2025 | NKR | 2026-02-01 |", "eerder.csv")
    newer = delivery("| N5.3 | ALBA | | | 40 | 800 | 2025 | NKR | 2026-03-01 |", "later.csv")
    evidence, remarks = taken(INDICATORS, newer, older)
    assert figure(evidence, "N5.3")[:2] == [40, 800]
    assert [line[:5] for line in remarks] == ["NT936"]


def test_figures_of_a_later_year_only_count_when_there_are_no_others() -> None:
    page = "| N5.3 | ALBA | | | 40 | 800 | 2026 | NKR | |\n| N5.3 | ALBA | | | 30 | 800 | 2027 | NKR | |"
    evidence, _ = taken(INDICATORS, delivery(page))
    assert figure(evidence, "N5.3") == [40, 800, 2026, "NKR"]


def test_equal_rows_are_one_and_different_ones_are_asked_back() -> None:
    same = "| N5.3 | ALBA | | | 40 | 800 | 2025 | NKR | |\n" * 2
    evidence, remarks = taken(INDICATORS, delivery(same))
    assert (figure(evidence, "N5.3")[:2], remarks) == ([40, 800], [])
    other = same.replace("40", "41", 1)
    evidence, remarks = taken(INDICATORS, delivery(other))
    assert figure(evidence, "N5.3") == []
    assert remarks == ["NT346 nkr!E3 found=40/800 other=41/800 (first: nkr!E2)"]


def test_undated_deliveries_that_differ_are_asked_back_with_both_cells() -> None:
    line = "| N5.4 | ALBA | | | {} | | 2025 | NKR | {} |"
    first, second = (delivery(line.format(number, ""), file) for number, file in ((3, "een.csv"), (4, "twee.csv")))
    _, found = take_in(built_in(), (form(MEMBERS + INDICATORS),), Known(figures=(first, second)))
    assert seen(found) == ["NT347 nkr!E2 found=4 other=3 (first: nkr!E2)"]
    assert found[0].indicators == ("N5.4",)
    assert found[0].is_error
    dated = delivery(line.format(4, "2026-01-01"), "twee.csv")
    _, remarks = taken(INDICATORS, first, dated)
    assert remarks == ["NT347 nkr!E2 found=4 other=3 (first: nkr!E2)"]


# --- the shape of the file ----------------------------------------------------------------------------------------


def test_english_headers_moved_columns_and_a_title_above_are_read() -> None:
    page = """## Sheet1
| Delivery 2026 |  |  |  |  |
| Year | Denominator | Numerator | Indicator | Hospital |
| 2025 | 800         | 40        | N5.3      |          |
"""
    evidence, remarks = taken(INDICATORS, workbook(page, "figures.xlsx"))
    assert (figure(evidence, "N5.3"), remarks) == ([40, 800, 2025], [])


@pytest.mark.parametrize(
    ("page", "remark"),
    [
        ("## nkr\n| Iets | Anders |\n| 1 | 2 |", "NT343 nkr.csv header=Indicator, Teller, Jaar"),
        ("## nkr\n| Indicator | Noemer | Bron |\n| N5.3 | 2 | x |", "NT343 nkr header=Teller, Jaar"),
        ("## nkr\n| Indicator | Denominator | Source |\n| N5.3 | 2 | x |", "NT343 nkr header=Numerator, Year"),
    ],
)
def test_a_file_without_figures_says_what_is_needed(page: str, remark: str) -> None:
    _, remarks = taken(INDICATORS, workbook(page, "nkr.csv"))
    assert remarks == [remark]


def test_a_misspelt_header_is_asked_back() -> None:
    page = "## nkr\n| Indicator | Teler | Noemer | Jaar |\n| N5.3 | 40 | 800 | 2025 |"
    _, remarks = taken(INDICATORS, workbook(page, "nkr.csv"))
    assert remarks == ["NT258 nkr!B1 found=Teler meant=Teller"]


def test_numbers_as_text_are_noted_in_a_workbook_and_not_in_a_text_file() -> None:
    page = '| N5.3 | ALBA | | | "40" | 800 | 2025 | NKR | |'
    assert taken(INDICATORS, delivery(page))[1] == []
    assert taken(INDICATORS, delivery(page, "nkr.xlsx"))[1] == ["NT901 nkr!E2 found=40 read=40"]


def test_without_a_year_of_the_network_figures_are_left_alone() -> None:
    page = "## Netwerk\n| Gegeven | Waarde |\n| Naam | Alba |\n"
    evidence, found = take_in(
        built_in(), (form(page),), Known(figures=(delivery("| N5.3 | | | | 1 | 2 | 2025 | | |"),))
    )
    assert evidence is None
    assert [line[:5] for line in seen(found)] == ["NT270"]


# --- figures in a form that is still to be filled in --------------------------------------------------------------


def offered(*pages: str, members: tuple[str, ...] = ("A1",)) -> tuple[tuple[Offer, ...], Diagnostics]:
    """The offers that these deliveries make in a new form of a network with these members."""
    framework, collector = built_in(), Collector()
    bureau = Bureau(
        framework=framework,
        code="ALBA",
        name="Netwerk Alba",
        reporting_year=2025,
        vocabulary=replace(framework_names(framework), members=Names((name, name) for name in members)),
        parents={},
        collector=collector,
        listed=bool(members),
    )
    return figures_for_form(bureau, tuple(delivery(page) for page in pages)), collector.done()


def test_figures_stand_ready_in_a_new_form() -> None:
    page = "| N5.3 | ALBA | | | 40 | 800 | 2025 | NKR | |\n"
    page += "| N4.2 | ALBA | A1 | Borst | 45 | 50 | 2025 | NKR | 2026-03-01 |"
    offers, remarks = offered(page)
    assert remarks == ()
    assert [(item.scope, item.key, item.cells) for item in offers] == [
        ("indicators", ("n5.3",), (("numerator", 40), ("denominator", 800), ("year", 2025), ("source", "NKR"))),
        ("care", ("a1", "breast"), (("in_mdt", 45), ("new_patients", 50))),
        ("indicators", ("n4.2",), (("year", 2025), ("source", "NKR"))),
    ]
    assert {(item.origin, item.file, item.year) for item in offers} == {(Origin.DELIVERED, "nkr.csv", 2025)}


def test_while_no_member_is_known_figures_of_institutions_are_only_counted() -> None:
    page = "| N5.3 | ALBA | | | 40 | 800 | 2025 | | |\n| N4.2 | ALBA | A1 | Borst | 45 | 50 | 2025 | | |"
    offers, remarks = offered(page, members=())
    assert seen(remarks) == ["NT938 nkr.csv count=1"]
    assert [item.key for item in offers] == [("n5.3",), ("n4.2",)]


def test_a_delivery_date_may_be_a_month() -> None:
    page = (
        "| N5.3 | ALBA | | | 40 | 800 | 2025 | | maart 2026 |\n| N5.3 | ALBA | | | 41 | 800 | 2025 | | 2026-03-30 |"
    )
    offers, remarks = offered(page)
    assert dict(offers[0].cells)["numerator"] == 40
    assert [item.code for item in remarks] == ["NT936"]
    assert date(2026, 3, 31) > date(2026, 3, 30)


HEADS = st.sampled_from(
    ["Indicator", "Netwerk", "Instelling", "Groep", "Teller", "Noemer", "Jaar", "Bron", "Aangeleverd op", "Teler", ""]
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 3000),
    st.floats(),
    st.dates(),
    st.sampled_from(["N4.2", "N5.3", "N5.4", "N3.1", "ALBA", "A1", "Alfa", "Borst", "geen", "1.200", "#N/B", "?"]),
    st.text(max_size=6),
)


@settings(max_examples=tries(60))
@given(st.lists(HEADS, max_size=9), st.lists(st.lists(CELLS, max_size=9), max_size=8))
def test_any_table_beside_a_form_is_read_without_fail(heads: list[str], lines: list[list[GridValue]]) -> None:
    table = Sheet(name="nkr", rows=(tuple(heads), *(tuple(line) for line in lines)))
    evidence, _ = taken(CARE + INDICATORS, Grid(file="nkr.csv", sheets=(table,)))
    assert len(evidence.files) == 2
