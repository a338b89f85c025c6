"""Figures beside other figures: counted the wrong way round, swapped, copied, passed over."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from normtool.core.standards import Corridor, Framework
from tests.core.judging import judged, norms
from tests.core.tables import read, seen

ON_TIME: dict[str, Any] = {
    "kind": "pooled",
    "register": "Zorgaanbod",
    "numerator": "Op tijd",
    "denominator": "Behandeld",
    "where": [{"is": {"Behandelt": "ja"}}],
    "path": 0.8,
}
IN_MDT: dict[str, Any] = {**ON_TIME, "numerator": "In MDO", "denominator": "Nieuw"}
HOSPITALS = "## Deelnemers\n| Id | Soort |\n" + "".join(f"| Z{n} | ziekenhuis |\n" for n in range(1, 7))
CARE = HOSPITALS + "## Zorgaanbod\n| Locatie | Groep | Behandelt | Op tijd | Behandeld | Toelichting |\n"


def asked(framework: Framework, page: str) -> list[str]:
    """The questions about figures beside figures."""
    found = seen(judged(framework, page)[1])
    return [line for line in found if line[:5] in ("NT430", "NT432", "NT433", "NT449")]


def with_corridor(*given: dict[str, Any], low: str | None = "0.20", high: str | None = None) -> Framework:
    """These indicators, each with a corridor."""
    framework = norms(*given)
    corridor = Corridor(
        low=Decimal(low) if low is not None else None, high=Decimal(high) if high is not None else None
    )
    indicators = tuple(replace(item, corridor=corridor) for item in framework.standards[0].indicators)
    return replace(framework, standards=(replace(framework.standards[0], indicators=indicators),))


# --- swapped -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "role"),
    [(284, 248, "swapped"), (100, 20, "swapped"), (100, 19, "denominator"), (5, 0, "denominator")],
)
def test_a_numerator_that_would_be_an_ordinary_denominator(numerator: int, denominator: int, role: str) -> None:
    page = CARE + f"| Z1 | Huid | ja | {numerator} | {denominator} | |"
    _, found = read(page, framework=with_corridor(ON_TIME))
    assert [item.related[0].role for item in found if item.is_error] == [role]


@pytest.mark.parametrize(
    ("low", "high", "role"),
    [("0.20", "0.90", "swapped"), ("0.20", "0.80", "denominator"), (None, "0.90", "denominator")],
)
def test_a_corridor_tells_which_shares_are_ordinary(low: str | None, high: str | None, role: str) -> None:
    _, found = read(CARE + "| Z1 | Huid | ja | 100 | 85 | |", framework=with_corridor(ON_TIME, low=low, high=high))
    assert [item.related[0].role for item in found if item.is_error] == [role]


def test_without_a_corridor_nothing_is_known_about_shares() -> None:
    _, found = read(CARE + "| Z1 | Huid | ja | 284 | 248 | |", framework=norms(ON_TIME))
    assert [item.related[0].role for item in found if item.is_error] == ["denominator"]


# --- the opposite --------------------------------------------------------------------------------------------------

USUAL = CARE + "| Z1 | Huid | ja | 85 | 100 | |\n"


@pytest.mark.parametrize(
    ("row", "question"),
    [
        ("15 | 100 |", "numerator=15 denominator=100 rest=85 percent=85 (denominator: Zorgaanbod!E3)"),
        ("5 | 100 |", "numerator=5 denominator=100 rest=95 percent=85 (denominator: Zorgaanbod!E3)"),
        ("4 | 100 |", ""),
        ("20 | 100 |", ""),
        ("2 | 10 |", ""),
        ("1 | 10 |", "numerator=1 denominator=10 rest=9 percent=85 (denominator: Zorgaanbod!E3)"),
        ("1 | 9 |", ""),
        (" | 100 |", ""),
        ("120 | 100 |", ""),
    ],
)
def test_a_low_share_whose_rest_is_like_the_other_rows(row: str, question: str) -> None:
    found = asked(with_corridor(ON_TIME), USUAL + f"| Z2 | Huid | ja | {row} |")
    assert found == ([f"NT430 Zorgaanbod!D3 indicator=N1.1 {question}"] if question else [])


def test_few_other_patients_tell_nothing() -> None:
    page = CARE + "| Z1 | Huid | ja | 42 | {} | |\n| Z2 | Huid | ja | 15 | 100 | |"
    assert asked(with_corridor(ON_TIME), page.format(49)) == []
    assert len(asked(with_corridor(ON_TIME), page.format(50))) == 1


def test_every_low_row_is_compared_with_the_ordinary_ones() -> None:
    page = (
        USUAL
        + "| Z2 | Huid | ja | 15 | 100 | |\n| Z3 | Huid | ja | 10 | 90 | Zo is het |\n| Z4 | Huid | nee | 1 | 90 | |"
    )
    first = "indicator=N1.1 numerator=15 denominator=100 rest=85 percent=85 (denominator: Zorgaanbod!E3)"
    assert asked(with_corridor(ON_TIME), page) == [
        f"NT430 Zorgaanbod!D3 {first}",
        "NT449 Zorgaanbod!D4 code=NT430 (explanation: Zorgaanbod!F4)",
        "NT433 Zorgaanbod!D5 number=1 header=Behandelt (filter: Zorgaanbod!C5)",
    ]


def test_the_indicator_may_explain_a_low_row() -> None:
    page = USUAL + "| Z2 | Huid | ja | 15 | 100 | |\n## Indicatoren\n| Id | Toelichting |\n| N1.1 | Personeel weg |"
    assert asked(with_corridor(ON_TIME), page) == ["NT449 Zorgaanbod!D3 code=NT430 (explanation: Indicatoren!B2)"]


def test_without_a_lower_end_no_row_is_low() -> None:
    page = USUAL + "| Z2 | Huid | ja | 15 | 100 | |"
    assert asked(norms(ON_TIME), page) == []
    assert asked(with_corridor(ON_TIME, low=None, high="0.99"), page) == []


# --- copied --------------------------------------------------------------------------------------------------------


def copies(count: int, share: str = "40 | 50", said: str = "") -> str:
    return CARE + "".join(f"| Z{n} | Huid | ja | {share} | {said} |\n" for n in range(1, count + 1))


def test_the_same_large_numbers_in_many_rows_are_asked_about_once() -> None:
    framework = norms(ON_TIME)
    others = " ".join(f"(same_figures: Zorgaanbod!D{row})" for row in range(3, 7))
    assert asked(framework, copies(5)) == [f"NT432 Zorgaanbod!D2 numerator=40 denominator=50 count=5 {others}"]
    assert asked(framework, copies(4)) == []
    assert asked(framework, copies(5, "39 | 49")) == []


def test_a_question_names_no_more_than_twelve_other_cells() -> None:
    places = "".join(f"| Y{number} | ziekenhuis |\n" for number in range(20))
    rows = "".join(f"| Y{number} | Huid | ja | 40 | 50 | |\n" for number in range(20))
    (line,) = asked(norms(ON_TIME), CARE.replace("## Zorgaanbod", f"{places}## Zorgaanbod") + rows)
    assert "count=20" in line
    assert line.count("same_figures") == 12


def test_copies_are_explained_when_every_row_is() -> None:
    framework = norms(ON_TIME)
    assert asked(framework, copies(5, said="Verdeeld naar rato")) == [
        "NT449 Zorgaanbod!D2 code=NT432 (explanation: Zorgaanbod!F2)"
    ]
    page = copies(5, said="Verdeeld naar rato").replace(
        "| Z5 | Huid | ja | 40 | 50 | Verdeeld naar rato |", "| Z5 | Huid | ja | 40 | 50 | |"
    )
    assert [line[:5] for line in asked(framework, page)] == ["NT432"]


# --- passed over ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("treats", "figures", "asks"),
    [
        ("nee", "3 | 9 |", True),
        ("nee", " | 9 |", True),
        ("nee", "0 | 0 |", False),
        ("nee", " | |", False),
        ("ja", "3 | 9 |", False),
        ("", "3 | 9 |", False),
    ],
)
def test_figures_in_a_row_that_does_not_count(treats: str, figures: str, *, asks: bool) -> None:
    found = asked(norms(ON_TIME), CARE + f"| Z1 | Huid | {treats} | {figures} |")
    assert [line[:5] for line in found] == (["NT433"] if asks else [])


def test_a_row_that_no_pair_counts_is_asked_about_once() -> None:
    page = (
        HOSPITALS
        + "## Zorgaanbod\n| Locatie | Groep | Behandelt | Op tijd | Behandeld | In MDO | Nieuw | Toelichting |\n"
    )
    row = "| Z1 | Huid | nee | 3 | 9 | 4 | 8 | {} |"
    framework = norms(ON_TIME, IN_MDT)
    assert asked(framework, page + row.format("")) == [
        "NT433 Zorgaanbod!D2 number=3 header=Behandelt (filter: Zorgaanbod!C2)"
    ]
    assert asked(framework, page + row.format("Gestopt in mei")) == [
        "NT449 Zorgaanbod!D2 code=NT433 (explanation: Zorgaanbod!H2)"
    ]


def test_figures_that_one_of_two_indicators_counts_are_not_asked_about() -> None:
    framework = norms(ON_TIME, {**ON_TIME, "where": []})
    assert asked(framework, CARE + "| Z1 | Huid | nee | 3 | 9 | |") == []


def test_an_agreement_may_decide_that_figures_do_not_count() -> None:
    framework = norms({**ON_TIME, "where": [{"linked": ["SLA"]}]})
    page = CARE + "| Z1 | Huid | ja | 3 | 9 | |\n## Afspraken\n| Dit overzicht is volledig | ja |\n| Id | Soort |\n"
    assert asked(framework, page) == ["NT433 Zorgaanbod!D2 number=3 header=Zorgaanbod"]


def test_a_filter_on_an_empty_cell_names_the_column_alone() -> None:
    framework = norms({**ON_TIME, "where": [{"is": {"Echelon": "2"}, "no_without": "Echelontabel van"}]})
    assert asked(framework, CARE + "| Z1 | Huid | ja | 3 | 9 | |") == ["NT433 Zorgaanbod!D2 number=3 header=Echelon"]
