"""What only shows when all sheets are read: n.v.t. beside rows, and shares that cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.judging import norms
from tests.core.tables import read, said

AWAY = "\n## Indicatoren\n| Id | Antwoord | Reden n.v.t. |\n| N1.1 | n.v.t. | Niemand |"
POOLED: dict[str, Any] = {
    "kind": "pooled",
    "register": "Tumortypenetwerken",
    "numerator": "Verwezen op tijd",
    "denominator": "Verwezen",
    "where": [{"is": {"Stand": "eigen netwerk"}}],
    "path": 0.8,
    "may_be_not_applicable": True,
}
VOLUME: dict[str, Any] = {"kind": "volume", "category": "intervention", "path": 1, "may_be_not_applicable": True}
TYPES = "## Tumortypenetwerken\n| Groep | Stand | Bijeenkomsten |\n"
MEMBER: dict[str, Any] = {
    "kind": "coverage",
    "register": "Deelnemers",
    "where": [{"in_period": ["Van", "Tot"]}, {"is": {"Soort": "ziekenhuis"}}],
    "tests": [{"is": {"Bericht huisarts": "ja"}}],
    "path": 1,
    "may_be_not_applicable": True,
}
MEMBERS = "## Deelnemers\n| Id | Soort | Naam | Van | Tot |\n"
VOLUMES = (
    "## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |\n## Volumes\n| Locatie | Behandeling | Jaar | Aantal |\n"
)


@pytest.mark.parametrize(
    ("given", "rows", "errors"),
    [
        (POOLED, TYPES + "| Huid | eigen netwerk | |", ["NT334"]),
        (POOLED, TYPES + "| Huid | niet behandeld | |", []),
        (POOLED, TYPES + "| Huid | | 4 |", []),
        (POOLED, TYPES + "| Huid | ? | |", []),
        (POOLED, TYPES + "| Huid | iets | 4 |", ["NT306"]),
        (POOLED, TYPES + "| Huid | | |", []),
        (POOLED, "", []),
        ({**POOLED, "where": []}, TYPES + "| Huid | | |", []),
        ({**POOLED, "where": []}, TYPES + "| Huid | | 1 |", ["NT334"]),
        (MEMBER, MEMBERS + "| Z1 | ziekenhuis | Alba | 2025 | |", ["NT334"]),
        (MEMBER, MEMBERS + "| Z1 | ziekenhuis | Alba | 2026 | |", []),
        (MEMBER, MEMBERS + "| Z1 | huisartsen | Alba | | |", []),
        (VOLUME, VOLUMES + "| Z1 | Maagresectie | 2025 | 1 |", ["NT334"]),
        (VOLUME, VOLUMES + "| Z1 | Maagresectie | 2025 | 0 |", []),
        (VOLUME, VOLUMES + "| Z1 | Maagresectie | 2025 | |", []),
        (VOLUME, VOLUMES + "| Z1 | Immunotherapie | 2025 | 40 |", []),
        ({"kind": "count", "path": 1, "may_be_not_applicable": True}, TYPES + "| Huid | eigen netwerk | |", []),
    ],
)
def test_not_applicable_beside_a_row_that_surely_applies(given: dict[str, Any], rows: str, errors: list[str]) -> None:
    _, found = read(rows + AWAY, framework=norms(given))
    assert [item.code for item in found if item.is_error] == errors
    assert all(item.indicators == ("N1.1",) for item in found if item.code == "NT334")


def test_not_applicable_may_be_wrong_in_several_ways_at_once() -> None:
    page = "## Indicatoren\n| Id | Antwoord | Eigen aanpak: wat |\n| N1.1 | n.v.t. | Anders |"
    yes_no = {"kind": "yes_no"}
    assert said(page, framework=norms(yes_no)) == [
        "NT333 Indicatoren!B2 indicator=N1.1 (also_filled: Indicatoren!C2)",
        "NT330 Indicatoren!B2 indicator=N1.1",
    ]
    assert said(page, framework=norms({**yes_no, "may_be_not_applicable": True})) == [
        "NT333 Indicatoren!B2 indicator=N1.1 (also_filled: Indicatoren!C2)",
        "NT331 Indicatoren!B2 indicator=N1.1",
    ]


def test_not_applicable_with_a_row_where_it_is_not_allowed() -> None:
    found = said(
        TYPES + "| Huid | eigen netwerk | |" + AWAY, framework=norms({**POOLED, "may_be_not_applicable": False})
    )
    assert [line[:5] for line in found] == ["NT334", "NT330"]


def test_a_reason_is_asked_back_beside_any_other_answer() -> None:
    page = "## Indicatoren\n| Id | Antwoord | Reden n.v.t. |\n| N1.1 | {} | Past niet |"
    for typed in ("ja", "", "?", "geen bron"):
        found = said(page.format(typed), framework=norms({"kind": "yes_no", "may_be_not_applicable": True}))
        assert "NT332 Indicatoren!C2 indicator=N1.1" in found, typed


def test_a_source_that_does_not_exist_cannot_be_not_applicable_too() -> None:
    page = "## Indicatoren\n| Id | Antwoord | Reden n.v.t. | Bron |\n| N1.1 | n.v.t. | Nee | geen bron |"
    given = {"kind": "proportion", "path": 1, "may_be_not_applicable": True}
    assert said(page, framework=norms(given)) == ["NT333 Indicatoren!B2 indicator=N1.1 (also_filled: Indicatoren!D2)"]


def test_two_norms_on_one_pair_of_columns_share_its_errors() -> None:
    page = """## Tumortypenetwerken
| Groep | Verwezen op tijd | Verwezen |
| Huid | 11 | 10 |
| Longen | 1 | 0 |
| Bot | 10 | 10 |
| Weke delen | 4 | |"""
    _, found = read(page, framework=norms(POOLED, {**POOLED, "where": []}))
    assert [(item.code, item.indicators) for item in found] == [
        ("NT301", ("N1.1", "N1.2")),
        ("NT325", ("N1.1", "N1.2")),
    ]


@pytest.mark.parametrize(
    ("share", "code"), [("10 | 10", []), ("0 | 0", []), ("11 | 10", ["NT301"]), ("1 | 0", ["NT325"])]
)
def test_a_numerator_is_at_most_its_denominator(share: str, code: list[str]) -> None:
    page = f"## Indicatoren\n| Id | Teller | Noemer |\n| N1.1 | {share} |"
    _, found = read(page, framework=norms({"kind": "proportion", "path": 1}))
    assert [item.code for item in found] == code
