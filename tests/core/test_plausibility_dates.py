"""Dates beside dates: from long ago, far ahead, ends before beginnings, work before the beginning."""

from __future__ import annotations

from typing import Any

import pytest

from normtool.core.standards import Framework
from tests.core.judging import judged, norms
from tests.core.tables import seen

PLAIN: dict[str, Any] = {"kind": "yes_no"}
MEETINGS: dict[str, Any] = {
    "kind": "coverage",
    "register": "Overlegvormen",
    "at_least_rows": 1,
    "tests": [{"at_least": {"Gehouden": 2}}],
}
DISCUSSED: dict[str, Any] = {
    "kind": "coverage",
    "register": "Tumortypenetwerken",
    "where": [{"is": {"Stand": "eigen netwerk"}}],
    "tests": [{"in_reporting_year": "Cijfers besproken op"}],
    "path": 1,
}
REFERRED: dict[str, Any] = {
    "kind": "pooled",
    "register": "Tumortypenetwerken",
    "numerator": "Verwezen op tijd",
    "denominator": "Verwezen",
    "path": 0.8,
}
CODES = ("NT401", "NT402", "NT440", "NT441", "NT442", "NT443", "NT449")


def asked(page: str, *given: dict[str, Any], framework: Framework | None = None) -> list[str]:
    """The questions about dates."""
    found = seen(judged(framework or norms(*(given or (PLAIN,))), page)[1])
    return [line for line in found if line[:5] in CODES]


# --- long ago and far ahead ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "column", "typed", "questions"),
    [
        ("Documenten", "Datum", "1989-12-31", ["NT441 Documenten!B2 date=1989-12-31"]),
        ("Documenten", "Datum", "1989", ["NT441 Documenten!B2 date=1989"]),
        ("Documenten", "Datum", "1990-01-01", []),
        ("Documenten", "Datum", "2088-01-01", ["NT441 Documenten!B2 date=2088-01-01"]),
        ("Documenten", "Geldig tot", "2075-12-31", []),
        ("Documenten", "Geldig tot", "2076-01-01", ["NT441 Documenten!B2 date=2076-01-01"]),
        ("Deelnemers", "Van", "1966-01-01", ["NT441 Deelnemers!B2 date=1966-01-01"]),
        ("Verbeteracties", "Gereed", "2099", ["NT441 Verbeteracties!B2 date=2099"]),
        ("Overlegvormen", "Sinds", "1982", []),
        ("Overlegvormen", "Sinds", "2099-01-01", ["NT441 Overlegvormen!B2 date=2099-01-01"]),
    ],
)
def test_a_date_that_is_hard_to_believe(sheet: str, column: str, typed: str, questions: list[str]) -> None:
    key = {"Overlegvormen": "Naam"}.get(sheet, "Id")
    assert asked(f"## {sheet}\n| {key} | {column} |\n| X1 | {typed} |") == questions


# --- ends and beginnings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "start", "end"),
    [
        ("Documenten", "Datum", "Geldig tot"),
        ("Afspraken", "Datum", "Geldig tot"),
        ("Deelnemers", "Van", "Tot"),
        ("Stem van de PAR", "Datum", "Beantwoord op"),
    ],
)
@pytest.mark.parametrize(
    ("first", "second", "asks"),
    [
        ("2024-05-02", "2024-05-01", True),
        ("2024-05-01", "2024-05-01", False),
        ("2024-05-01", "2023", True),
        ("2024", "2024-03-01", False),
        ("2024", "2023-12-31", True),
        ("2024-05-01", "", False),
        ("", "2024-05-01", False),
        ("2024-05-01", "geen", False),
    ],
)
def test_an_end_before_its_beginning(
    sheet: str, start: str, end: str, first: str, second: str, *, asks: bool
) -> None:
    key = {"Stem van de PAR": "Punt of advies"}.get(sheet, "Id")
    found = asked(f"## {sheet}\n| {key} | {start} | {end} |\n| X1 | {first} | {second} |")
    question = f"NT440 {sheet}!C2 first={first} second={second} (start: {sheet}!B2)"
    assert found == ([question] if asks else [])


# --- work before the beginning -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "held", "questions"),
    [
        ("2026-02-01", "4", ["NT442 Overlegvormen!D2 date=2026-02-01 reporting_year=2025 (start: Overlegvormen!B2)"]),
        ("2026", "4", ["NT442 Overlegvormen!D2 date=2026 reporting_year=2025 (start: Overlegvormen!B2)"]),
        ("2026-02-01", "0", []),
        ("2026-02-01", "", []),
        ("2025-12-31", "4", []),
        ("", "4", []),
        ("nee", "4", []),
    ],
)
def test_meetings_held_before_the_body_began(since: str, held: str, questions: list[str]) -> None:
    page = f"## Overlegvormen\n| Naam | Sinds | Afgesproken per jaar | Gehouden |\n| DB | {since} | 6 | {held} |"
    assert asked(page, MEETINGS) == questions
    assert asked(page, PLAIN) == []


def test_figures_from_before_the_network_of_a_group() -> None:
    page = "## Tumortypenetwerken\n| Groep | Sinds | Verwezen | Toelichting |\n| Huid | 2026 | 12 | {} |"
    assert asked(page.format(""), REFERRED) == [
        "NT442 Tumortypenetwerken!C2 date=2026 reporting_year=2025 (start: Tumortypenetwerken!B2)"
    ]
    assert asked(page.format("Al eerder verwezen"), REFERRED) == [
        "NT449 Tumortypenetwerken!C2 code=NT442 (explanation: Tumortypenetwerken!D2)"
    ]


# --- another year --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("2024-11-26", "date=2024-11-26 reporting_year=2025"),
        ("1-3-2023; 1-3-2024", "date=2024-03-01 reporting_year=2025"),
        ("2024", "date=2024 reporting_year=2025"),
        ("1-3-2024; 1-3-2025", ""),
        ("2025", ""),
        ("nee", ""),
        ("", ""),
    ],
)
def test_figures_that_were_last_discussed_in_another_year(typed: str, question: str) -> None:
    page = f"## Tumortypenetwerken\n| Groep | Stand | Cijfers besproken op |\n| Huid | eigen netwerk | {typed} |"
    assert asked(page, DISCUSSED, DISCUSSED) == ([f"NT443 Tumortypenetwerken!C2 {question}"] if question else [])
    assert asked(page, PLAIN) == []


def test_another_year_is_only_asked_about_where_the_row_counts() -> None:
    page = "## Tumortypenetwerken\n| Groep | Stand | Sinds | Cijfers besproken op | Toelichting |\n"
    date = "2024-11-26"
    assert asked(page + f"| Huid | niet behandeld | | {date} | |", DISCUSSED) == []
    assert asked(page + f"| Huid | eigen netwerk | 2026 | {date} | |", DISCUSSED) == []
    assert asked(page + f"| Huid | eigen netwerk | 2024 | {date} | Volgt in februari |", DISCUSSED) == [
        "NT449 Tumortypenetwerken!D2 code=NT443 (explanation: Tumortypenetwerken!E2)"
    ]


def test_a_register_without_a_since_has_no_beginning() -> None:
    given = {**DISCUSSED, "register": "Afspraken", "where": [], "tests": [{"in_reporting_year": "Datum"}]}
    page = "## Afspraken\n| Id | Datum |\n| A1 | 2024-11-26 |"
    assert asked(page, given) == ["NT443 Afspraken!B2 date=2024-11-26 reporting_year=2025"]
