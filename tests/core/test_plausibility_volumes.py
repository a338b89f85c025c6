"""Volumes below a norm are asked for a plan: at the number, or at a sum of several; and never twice."""

from __future__ import annotations

import pytest

from normtool.core.standards import VolumeNorm
from tests.core.judging import judged, norms
from tests.core.tables import seen
from tests.core.test_volumes import ACTIONS, GASTRECTOMY, MEMBERS, OESOPHAGUS, norm

INDICATOR = {"kind": "volume", "category": "intervention", "path": 1}
HEAD = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Stand | Toelichting |\n"
LINE = "| {} | {} | {} | {} | definitief | {} |\n"


def asked(lines: str, *volume_norms: VolumeNorm, more: str = "") -> list[str]:
    """The questions about volumes, of which no rows are missed."""
    framework = norms(INDICATOR, volume_norms=volume_norms)
    found = seen(judged(framework, MEMBERS + HEAD + lines + more)[1])
    return [line for line in found if not line.startswith("NT444")]


def row(location: str, number: object, note: str = "", *, treatment: str = "Maagresectie", year: int = 2025) -> str:
    """A row of the sheet Volumes."""
    return LINE.format(location, treatment, year, number, note)


@pytest.mark.parametrize("note", ["", "-", "geen", "n.v.t."])
def test_a_number_below_its_norm_without_a_plan(note: str) -> None:
    assert asked(row("Z2", 19, note), norm()) == ["NT412 Volumes!D2 number=19 minimum=20"]


def test_a_number_below_several_norms_is_asked_about_the_one_it_is_furthest_from() -> None:
    assert asked(row("Z2", 19), norm(20), norm(60, "institution")) == ["NT412 Volumes!D2 number=19 minimum=60"]


def test_a_plan_beside_the_number_or_an_action_about_the_indicator_answers_it() -> None:
    action = ACTIONS + "| V1 | N1.1 | Samenvoegen | 1-7-2026 | {} |"
    assert asked(row("Z2", 19, "Gaat naar Beuken"), norm()) == []
    assert asked(row("Z2", 19), norm(), more=action.format("open")) == []
    assert asked(row("Z2", 19), norm(), more=action.format("klaar")) == ["NT412 Volumes!D2 number=19 minimum=20"]


def test_a_sum_of_locations_is_asked_about_once_with_every_number_in_it() -> None:
    both = row("L1", 9) + row("L2", 8)
    question = "NT745 Volumes!D2 total=17 minimum=20 locations=2 treatments=1 years=1"
    assert asked(both, norm(20, "institution")) == [f"{question} (part: Volumes!D3)"]
    assert asked(row("L1", 9) + row("L2", 8, "Gaat naar Noord"), norm(20, "institution")) == []
    assert asked(row("L1", 9) + row("L2", 11), norm(20, "institution")) == []


def test_a_sum_of_years_and_treatments_counts_what_is_there() -> None:
    both = norm(20, treatments=(GASTRECTOMY, OESOPHAGUS), years=2)
    lines = row("Z2", 3) + row("Z2", 4, year=2024) + row("Z2", 5, treatment="Slokdarmresectie")
    lines += row("Z2", 6, treatment="Slokdarmresectie", year=2024)
    question = "NT745 Volumes!D2 total=18 minimum=40 locations=1 treatments=2 years=2"
    assert asked(lines, both) == [f"{question} (part: Volumes!D3) (part: Volumes!D5) (part: Volumes!D4)"]


def test_a_norm_that_is_only_shown_asks_for_no_plan() -> None:
    assert asked(row("Z2", 19), norm(60, standing="intended"), norm(60, standing="announced")) == []


def test_two_indicators_about_one_sum_ask_once() -> None:
    framework = norms(INDICATOR, INDICATOR, volume_norms=(norm(20, "institution"),))
    page = MEMBERS + HEAD + row("L1", 9) + row("L2", 8) + row("Z2", 30)
    found = seen(judged(framework, page)[1])
    assert [line[:5] for line in found] == ["NT745"]


@pytest.mark.parametrize(
    ("action", "asks"),
    [
        ("Samenvoegen met een ander huis", []),
        ("De maagresecties gaan naar elders", ["Z2 oesophageal-resection"]),
        ("Beuken stopt ermee", ["L1 gastrectomy"]),
        ("Beuken stopt met slokdarmresecties", ["L1 gastrectomy", "Z2 gastrectomy"]),
        ("Z2 stopt ermee", ["L1 gastrectomy"]),
        ("z2 is hier geen Id", []),
        ("Alba vraagt het na", ["Z2 gastrectomy", "Z2 oesophageal-resection"]),
        ("Noordoost kiest; straal helpt mee", []),
        ("Gastrectomy and oesophagectomy move together", []),
    ],
)
def test_an_action_is_a_plan_for_the_members_and_treatments_that_it_names(action: str, asks: list[str]) -> None:
    lines = row("L1", 19) + row("Z2", 18) + row("Z2", 17, treatment="Slokdarmresectie")
    cells = {"D2": "L1 gastrectomy", "D3": "Z2 gastrectomy", "D4": "Z2 oesophageal-resection"}
    found = asked(
        lines, norm(), norm(21, treatments=(OESOPHAGUS,)), more=f"{ACTIONS}| V1 | N1.1 | {action} | | open |"
    )
    assert [cells[line.split()[1].partition("!")[2]] for line in found] == asks
