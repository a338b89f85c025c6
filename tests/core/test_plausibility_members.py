"""Members beside their figures: hospitals and locations, who gives care, who takes part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from normtool.core.standards import Framework
from tests.core.judging import judged, norms
from tests.core.tables import seen

VOLUME: dict[str, Any] = {"kind": "volume", "category": "intervention", "path": 1}
ON_TIME: dict[str, Any] = {
    "kind": "pooled",
    "register": "Zorgaanbod",
    "numerator": "Op tijd",
    "denominator": "Behandeld",
    "path": 0.8,
}
MEMBERS = "## Deelnemers\n| Id | Soort | Onderdeel van | Van | Tot | Toelichting |\n"
HOSPITAL = MEMBERS + "| Z1 | ziekenhuis | | | | |\n| Z1-N | locatie | Z1 | | | |\n| Z1-Z | locatie | Z1 | | | |\n"
VOLUMES = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Stand | Toelichting |\n"
CARE = "## Zorgaanbod\n| Locatie | Groep | Op tijd | Behandeld | Toelichting |\n"
CODES = ("NT435", "NT436", "NT437", "NT438", "NT439", "NT449")


def asked(page: str, framework: Framework | None = None) -> list[str]:
    """The questions about members."""
    found = seen(judged(framework or norms(VOLUME, ON_TIME), page)[1])
    return [line for line in found if line[:5] in CODES]


# --- who belongs to whom -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "questions"),
    [
        ("| Z1-N | locatie | | | | |", ["NT438 Deelnemers!B2 member=Z1-N"]),
        ("| Z1-N | locatie | | | | Zelfstandig |", ["NT449 Deelnemers!B2 code=NT438 (explanation: Deelnemers!F2)"]),
        ("| Z1-N | locatie | Z1 | | | |\n| Z1 | ziekenhuis | | | | |", []),
        ("| Z1-N | locatie | Zee | | | |", []),
        ("| Z1-N | locatie | Z1 | | | |\n| Z1 | | | | | |", []),
        ("| Z1 | ziekenhuis | | | | |", []),
        ("| Z1 | | | | | |", []),
        (
            "| Z1-N | locatie | Z1-N | | | |",
            ["NT439 Deelnemers!C2 member=Z1-N parent=Z1-N (parent: Deelnemers!A2)"],
        ),
        ("| Z1 | ziekenhuis | Z1 | | | |", ["NT439 Deelnemers!C2 member=Z1 parent=Z1 (parent: Deelnemers!A2)"]),
        (
            "| A | locatie | B | | | |\n| B | locatie | Z1 | | | |\n| Z1 | ziekenhuis | | | | |",
            ["NT439 Deelnemers!C2 member=A parent=B (parent: Deelnemers!A3)"],
        ),
        (
            "| A | huisartsen | B | | | |\n| B | locatie | Z1 | | | |\n| Z1 | ziekenhuis | | | | |",
            ["NT439 Deelnemers!C2 member=A parent=B (parent: Deelnemers!A3)"],
        ),
        (
            "| A | locatie | H | | | |\n| H | huisartsen | | | | |",
            ["NT439 Deelnemers!C2 member=A parent=H (parent: Deelnemers!A3)"],
        ),
        ("| A | huisartsen | H | | | |\n| H | huisartsen | | | | |", []),
        (
            "| A | locatie | H | | | Fusie loopt |\n| H | huisartsen | | | | |",
            ["NT449 Deelnemers!C2 code=NT439 (explanation: Deelnemers!F2)"],
        ),
    ],
)
def test_a_location_is_part_of_a_hospital(members: str, questions: list[str]) -> None:
    assert asked(MEMBERS + members) == questions


# --- counted twice -------------------------------------------------------------------------------------------------


TWO_TREATMENTS = """| Z1 | Maagresectie | 2025 | 40 | | |
| Z1-N | Maagresectie | 2025 | 25 | | |
| Z1 | Leverresectie | 2025 | 40 | | |
| Z1-Z | Leverresectie | 2025 | 25 | | |"""


@pytest.mark.parametrize(
    ("volumes", "count"),
    [
        ("| Z1 | Maagresectie | 2025 | 40 | | |\n| Z1-N | Maagresectie | 2025 | 25 | | |", 1),
        ("| Z1 | Maagresectie | 2025 | 40 | definitief | |\n| Z1-N | Maagresectie | 2025 | 25 | voorlopig | |", 1),
        (TWO_TREATMENTS, 2),
        ("| Z1 | Maagresectie | 2025 | 40 | | |\n| Z1-N | Leverresectie | 2025 | 25 | | |", 0),
        ("| Z1 | Maagresectie | 2025 | 40 | | |\n| Z1-N | Maagresectie | 2024 | 25 | | |", 0),
        ("| Z1 | Maagresectie | 2025 | 40 | | |\n| Z1-N | Maagresectie | 2025 | 0 | | |", 0),
        ("| Z1 | Maagresectie | 2025 | 40 | | |\n| Zee | Maagresectie | 2025 | 20 | | |", 0),
        ("| Z1-N | Maagresectie | 2025 | 40 | | |\n| Z1-Z | Maagresectie | 2025 | 20 | | |", 0),
    ],
)
def test_a_hospital_beside_its_locations(volumes: str, count: int) -> None:
    found = asked(HOSPITAL + VOLUMES + volumes)
    assert [line.partition(" (")[0] for line in found] == (
        [f"NT435 Volumes!D2 member=Z1 count={count}"] if count else []
    )


def test_patients_of_a_group_and_of_its_sub_type_are_counted_twice() -> None:
    page = HOSPITAL + CARE + "| Z1 | Bot en weke delen | | 40 | {} |\n| Z1-N | Bot | 12 | 15 | |"
    assert asked(page.format("")) == ["NT435 Zorgaanbod!D2 member=Z1 count=1 (location: Zorgaanbod!C3)"]
    assert asked(page.format("Alleen de poli")) == ["NT449 Zorgaanbod!D2 code=NT435 (explanation: Zorgaanbod!E2)"]


def test_a_member_that_is_part_of_itself_is_not_counted_twice() -> None:
    page = MEMBERS + "| Z1 | ziekenhuis | Z1 | | | |\n" + VOLUMES + "| Z1 | Maagresectie | 2025 | 40 | | |"
    assert [line[:5] for line in asked(page)] == ["NT439"]


# --- whose figures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "asks"),
    [("radiotherapie", True), ("huisartsen", True), ("ziekenhuis", False), ("", False), ("zorgboerderij", False)],
)
def test_figures_of_a_member_that_gives_no_hospital_care(kind: str, *, asks: bool) -> None:
    page = MEMBERS + f"| R1 | {kind} | | | | |\n" + CARE + "| R1 | Huid | 12 | 15 | |\n| R1 | Longen | 12 | 15 | |"
    question = "NT436 Zorgaanbod!C2 member=R1 (kind: Deelnemers!B2)"
    assert asked(page) == ([question] if asks else [])


def test_a_member_may_explain_its_figures() -> None:
    page = MEMBERS + "| R1 | radiotherapie | | | | |\n" + CARE + "| R1 | Huid | 12 | 15 | Bestraling telt hier |"
    assert asked(page) == ["NT449 Zorgaanbod!C2 code=NT436 (explanation: Zorgaanbod!E2)"]


@pytest.mark.parametrize(
    ("period", "where"),
    [
        ("2026-01-01 | |", "Deelnemers!D2"),
        ("2026 | |", "Deelnemers!D2"),
        ("2025-12-31 | |", ""),
        ("2025 | |", ""),
        (" | 2024-12-31 |", "Deelnemers!E2"),
        (" | 2025-01-01 |", ""),
        (" | nee |", ""),
        ("? | ? |", ""),
        (" | |", ""),
    ],
)
def test_figures_of_a_member_that_took_no_part_in_the_reporting_year(period: str, where: str) -> None:
    page = MEMBERS + f"| Z1 | ziekenhuis | | {period} |\n" + CARE + "| Z1 | Huid | 12 | 15 | |"
    question = f"NT437 Zorgaanbod!C2 member=Z1 reporting_year=2025 (member_date: {where})"
    assert asked(page) == ([question] if where else [])


def test_a_location_takes_part_with_its_hospital() -> None:
    page = MEMBERS + "| Z1 | ziekenhuis | | 2026-03-01 | | |\n| Z1-N | locatie | Z1 | | | |\n" + CARE
    assert asked(page + "| Z1-N | Huid | 12 | 15 | |") == [
        "NT437 Zorgaanbod!C2 member=Z1-N reporting_year=2025 (member_date: Deelnemers!D2)"
    ]


def test_a_parent_that_is_no_member_tells_nothing() -> None:
    page = (
        MEMBERS + "| Z1-N | locatie | Zee | | | |\n" + CARE + "| Z1-N | Huid | 12 | 15 | |\n| Zee | Huid | 1 | 2 | |"
    )
    assert asked(page) == []


def test_without_a_register_of_members_nothing_is_asked() -> None:
    framework = norms(VOLUME)
    small = replace(framework, registers=tuple(item for item in framework.registers if item.id == "volumes"))
    assert asked(VOLUMES + "| Z1 | Maagresectie | 2025 | 40 | | |", small) == []
