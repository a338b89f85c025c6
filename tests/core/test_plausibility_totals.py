"""Parts and their wholes: one sheet beside another, a location beside the network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from normtool.core.kinds import ColumnRef, Proportion
from normtool.core.standards import Framework
from tests.core.judging import judged, norms
from tests.core.tables import seen

ON_TIME: dict[str, Any] = {
    "kind": "pooled",
    "register": "Zorgaanbod",
    "numerator": "Op tijd",
    "denominator": "Behandeld",
    "path": 0.8,
}
REFERRED: dict[str, Any] = {
    **ON_TIME,
    "register": "Tumortypenetwerken",
    "numerator": "Verwezen op tijd",
    "denominator": "Verwezen",
}
HOSPITALS = "## Deelnemers\n| Id | Soort | Onderdeel van |\n| Z1 | ziekenhuis | |\n| Z2 | ziekenhuis | |\n"
CARE = "## Zorgaanbod\n| Locatie | Groep | Behandelt | Op tijd | Behandeld | Nieuw |\n"
TYPES = "## Tumortypenetwerken\n| Groep | Verwezen op tijd | Verwezen | Toelichting |\n"
VOLUMES = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Toelichting |\n"
YEARS = "## Indicatoren\n| Id | Over jaar |\n"


def asked(page: str, framework: Framework | None = None) -> list[str]:
    """The questions about parts and wholes."""
    found = seen(judged(framework or norms(ON_TIME, REFERRED), page)[1])
    return [line for line in found if line[:5] == "NT431" or "code=NT431" in line]


# --- referred patients of a group, and the patients that its locations treat ---------------------------------------


@pytest.mark.parametrize(
    ("care", "total"),
    [
        ("| Z1 | Huid | ja | | 60 | |\n| Z2 | Huid | ja | | 40 | |", None),
        ("| Z1 | Huid | ja | | 60 | |\n| Z2 | Huid | ja | | 39 | |", 99),
        ("| Z1 | Huid | ja | | 60 | |\n| Z2 | Huid | nee | | | |", 60),
        ("| Z1 | Huid | ja | | 60 | |\n| Z2 | Huid | ja | | | |", None),
        ("| Z1 | Huid | ja | | 60 | |", None),
        ("| Z1 | Huid | nee | | | |\n| Z2 | Huid | nee | | | |", None),
        ("", None),
    ],
)
def test_more_patients_referred_than_treated(care: str, total: int | None) -> None:
    found = asked(HOSPITALS + CARE + care + "\n" + TYPES + "| Huid | 80 | 100 | |")
    facts = f"number=100 total={total} sheet=Zorgaanbod header=Behandeld"
    assert [line.partition(" (")[0] for line in found] == ([f"NT431 Tumortypenetwerken!C2 {facts}"] if total else [])


def test_the_cells_of_the_whole_are_named() -> None:
    page = (
        HOSPITALS + CARE + "| Z1 | Huid | ja | | 6 | |\n| Z2 | Huid | ja | | 4 | |\n" + TYPES + "| Huid | 8 | 11 | |"
    )
    (line,) = asked(page)
    assert line.endswith("(whole: Zorgaanbod!E2) (whole: Zorgaanbod!E3)")
    (line,) = asked(page.replace("| 8 | 11 | |", "| 8 | 11 | Ook van buiten |"))
    assert line == "NT449 Tumortypenetwerken!C2 code=NT431 (explanation: Tumortypenetwerken!D2)"


@pytest.mark.parametrize(
    ("part", "whole", "asks"),
    [
        ("Bot en weke delen", "Bot", True),
        ("Bot", "Bot en weke delen", True),
        ("Bot", "Bot", True),
        ("Bot", "Weke delen", False),
        ("Huid", "Longen", False),
    ],
)
def test_a_group_holds_its_sub_types(part: str, whole: str, *, asks: bool) -> None:
    members = HOSPITALS.replace("| Z2 | ziekenhuis | |\n", "")
    care = f"| Z1 | {whole} | ja | | 10 | |\n"
    care += "| Z1 | Weke delen | nee | | | |\n" if whole == "Bot" else ""
    assert bool(asked(members + CARE + care + TYPES + f"| {part} | 8 | 11 | |")) is asks


@pytest.mark.parametrize(
    ("years", "asks"),
    [
        ("", True),
        ("| N1.1 | 2025 |\n", True),
        ("| N1.1 | 2024 |\n", False),
        ("| N1.1 | 2024 |\n| N1.2 | 2024 |\n", True),
    ],
)
def test_only_figures_of_one_year_are_compared(years: str, *, asks: bool) -> None:
    members = HOSPITALS.replace("| Z2 | ziekenhuis | |\n", "")
    page = members + CARE + "| Z1 | Huid | ja | | 10 | |\n" + TYPES + "| Huid | 8 | 11 | |\n" + YEARS + years
    assert bool(asked(page)) is asks


def test_a_row_without_its_group_or_place_is_not_compared() -> None:
    page = HOSPITALS + CARE + "| Z1 | ? | ja | | 5 | |\n" + TYPES + "| Groen | 8 | 11 | |\n"
    assert asked(page) == []
    assert asked(page + VOLUMES + "| Zeezicht | Longresectie | 2025 | 9 | |\n| Z1 | Kappen | 2025 | 9 | |") == []


# --- treatments at a location, and the patients it treats ----------------------------------------------------------


@pytest.mark.parametrize(
    ("volume", "asks"),
    [
        ("| Z1 | Longresectie | 2025 | 61 | |", True),
        ("| Z1 | Longresectie | 2025 | 60 | |", False),
        ("| Z1 | Longresectie | 2024 | 61 | |", False),
        ("| Z1 | Longresectie | | 61 | |", False),
        ("| Z1 | Longresectie | 2025 | ? | |", False),
        ("| Z2 | Longresectie | 2025 | 61 | |", False),
        ("| Z1 | Maagresectie | 2025 | 61 | |", False),
    ],
)
def test_more_treatments_than_patients(volume: str, *, asks: bool) -> None:
    page = HOSPITALS + CARE + "| Z1 | Longen | ja | | 60 | |\n" + VOLUMES + volume
    question = "NT431 Volumes!D2 number=61 total=60 sheet=Zorgaanbod header=Behandeld (whole: Zorgaanbod!E2)"
    assert asked(page) == ([question] if asks else [])


def test_a_hospital_and_its_locations_hold_each_other() -> None:
    members = HOSPITALS.replace("| Z2 | ziekenhuis | |", "| Z1-N | locatie | Z1 |\n| Z1-Z | locatie | Z1 |")
    care = CARE + "| Z1-N | Longen | ja | | 30 | |\n| Z1-Z | Longen | ja | | 20 | |\n"
    page = members + care + VOLUMES
    assert asked(page + "| Z1 | Longresectie | 2025 | 50 | |") == []
    assert [line[:16] for line in asked(page + "| Z1 | Longresectie | 2025 | 51 | |")] == ["NT431 Volumes!D2"]
    assert [line[:16] for line in asked(page + "| Z1-N | Longresectie | 2025 | 31 | |")] == ["NT431 Volumes!D2"]


# --- a location, and the whole network -----------------------------------------------------------------------------

TRIALS: dict[str, Any] = {"kind": "proportion", "path": 0.1}


def network_wide(*more: dict[str, Any]) -> Framework:
    """A share whose denominator is all new patients of the network."""
    framework = norms(TRIALS, *more)
    kind = Proportion(type="proportion", denominator_holds=ColumnRef(register="care", column="new_patients"))
    first, *others = framework.standards[0].indicators
    return replace(
        framework,
        standards=(replace(framework.standards[0], indicators=(replace(first, kind=kind), *others)),),
    )


MDT: dict[str, Any] = {**ON_TIME, "numerator": "In MDO", "denominator": "Nieuw"}
NEW = HOSPITALS + CARE + "| Z1 | Huid | ja | | | 60 |\n| Z1 | Longen | ja | | | 41 |\n| Z2 | Huid | ja | | | 100 |\n"


def test_a_location_with_more_patients_than_the_network() -> None:
    page = NEW + "| Z2 | Longen | nee | | | 50 |\n"
    page += "## Indicatoren\n| Id | Teller | Noemer | Toelichting |\n| N1.1 | 10 | {} | {} |"
    facts = "number=101 total=100 sheet=Indicatoren header=Noemer"
    assert asked(page.format(100, ""), network_wide()) == [
        f"NT431 Zorgaanbod!F2 {facts} (denominator: Indicatoren!C2) (part: Zorgaanbod!F3)"
    ]
    assert asked(page.format(101, ""), network_wide()) == []
    assert asked(page.format("", ""), network_wide()) == []
    assert asked(page.format(100, "Anders geteld"), network_wide()) == [
        "NT449 Zorgaanbod!F2 code=NT431 (explanation: Indicatoren!D2)"
    ]


def test_a_network_that_says_nothing_is_not_compared() -> None:
    assert asked(NEW, network_wide()) == []


@pytest.mark.parametrize(("first", "second", "asks"), [(2025, 2025, True), (2024, 2025, False), (2024, 2024, True)])
def test_location_and_network_are_compared_over_one_year(first: int, second: int, *, asks: bool) -> None:
    page = NEW + "## Indicatoren\n| Id | Teller | Noemer | Over jaar |\n"
    page += f"| N1.1 | 10 | 100 | {first} |\n| N1.2 | | | {second} |"
    assert bool(asked(page, network_wide(MDT))) is asks


def test_without_the_other_register_nothing_is_compared() -> None:
    page = NEW + TYPES + "| Huid | 80 | 100 | |\n## Indicatoren\n| Id | Teller | Noemer |\n| N1.1 | 10 | 9 |"
    framework = network_wide()
    registers = tuple(item for item in framework.registers if item.id != "care")
    assert asked(page, replace(framework, registers=registers)) == []
