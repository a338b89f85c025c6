"""Volumes against norms: in force, in their own unit, over their own years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from normtool.core.assessment import IndicatorResult
from normtool.core.standards import VolumeNorm
from tests import cases
from tests.core.judging import cells, judged, norms, rows, verdict, why

GASTRECTOMY, OESOPHAGUS = "gastrectomy", "oesophageal-resection"
MEMBERS = """
## Deelnemers
| Id | Naam   | Soort      | Onderdeel van | Van        | Tot        |
| Z1 | Alba   | ziekenhuis |               |            |            |
| L1 | Noord  | locatie    | Z1            |            |            |
| L2 | Zuid   | locatie    | Z1            |            |            |
| Z2 | Beuken | ziekenhuis |               |            |            |
| Z3 | Oud    | ziekenhuis |               |            | 2025-06-30 |
| Z4 | Nieuw  | ziekenhuis |               | 2026-01-01 |            |
| R1 | Straal | radiotherapie |            |            |            |
"""
VOLUMES = """
## Volumes
| Dit overzicht is volledig | {} |
| Locatie | Behandeling | Jaar | Aantal | Stand | Toelichting |
"""


def norm(
    minimum: int = 20, unit: str = "location", treatments: tuple[str, ...] = (GASTRECTOMY,), **more: Any
) -> VolumeNorm:
    """A norm for stomach resections, in force since 2016 unless it is said otherwise."""
    given = {"treatments": [], "minimum": minimum, "unit": unit, "valid_from": date(2016, 1, 1), **more}
    return replace(cases.norm_of(given, f"{unit}-{minimum}"), treatments=treatments)


def judge(lines: str, *volume_norms: VolumeNorm, complete: str = "", members: str = MEMBERS) -> IndicatorResult:
    """The volumes indicator on these rows."""
    indicator = {"kind": "volume", "category": "intervention", "path": 1, "partly_from": 0.9}
    framework = norms(indicator, volume_norms=volume_norms or (norm(),))
    return judged(framework, members + VOLUMES.format(complete) + lines)[0].indicators[0]


ALL = """| L1 | Maagresectie | 2025 | {} | definitief | |
| L2 | Maagresectie | 2025 | {} | definitief | |
| Z2 | Maagresectie | 2025 | {} | definitief | |"""


def test_every_location_reaches_the_norm() -> None:
    result = judge(ALL.format(20, 21, 300))
    assert verdict(result) == "met"
    assert rows(result) == [
        "L1/gastrectomy met 20 location-20 2025 Volumes!D3",
        "L2/gastrectomy met 21 location-20 2025 Volumes!D4",
        "Z2/gastrectomy met 300 location-20 2025 Volumes!D5",
    ]
    assert why(result) == ["volume met=3 rows=3 below=0 undecided=0"]
    assert cells(result) == ["Volumes!D3", "Volumes!D4", "Volumes!D5"]
    assert result.value == 3


def test_one_below_the_norm_of_three_is_not_met_and_is_named() -> None:
    result = judge(ALL.format(20, 19, 20).replace("19 | definitief | ", "19 | definitief | Gaat naar Noord "))
    assert verdict(result) == "not_met"
    assert rows(result)[1] == "L2/gastrectomy not_met (below_norm) 19 location-20 2025 ‘Gaat naar Noord’ Volumes!D4"
    assert why(result) == ["volume met=2 rows=3 below=1 undecided=0 Volumes!D4"]


def test_nine_of_ten_is_partly_met() -> None:
    members = "## Deelnemers\n| Id | Soort |\n" + "\n".join(f"| Z{n} | ziekenhuis |" for n in range(10))
    lines = [f"| Z{n} | Maagresectie | 2025 | {19 if n == 0 else 20} | definitief | |" for n in range(10)]
    assert verdict(judge("\n".join(lines), members=members)) == "partly_met"
    lines[1] = lines[1].replace("20 |", "19 |").replace("| 2025 ", "| 2025 ")
    assert verdict(judge("\n".join(lines), members=members)) == "not_met"


def test_volumes_below_the_final_target_are_on_the_path() -> None:
    indicator = {"kind": "volume", "category": "intervention", "path": {1: 0.5, 2: 1}}
    page = MEMBERS + VOLUMES.format("ja") + ALL.format(20, 20, 19)
    (result,) = judged(norms(indicator, volume_norms=(norm(),)), page)[0].indicators
    assert (verdict(result), result.on_path) == ("met", True)


def test_a_treatment_that_is_not_performed_is_outside() -> None:
    result = judge(ALL.format(20, 0, 20))
    assert verdict(result) == "met"
    assert rows(result)[1] == "L2/gastrectomy outside (not_performed) 0 2025 Volumes!D4"


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ("| L1 | Maagresectie | 2024 | 20 | definitief | |", "L1/gastrectomy met 20 location-20 2024 Volumes!D3"),
        (
            "| L1 | Maagresectie | 2024 | 20 | definitief | |\n| L1 | Maagresectie | 2025 | 19 | voorlopig | |",
            "L1/gastrectomy not_met (below_norm) 19 location-20 2025 Volumes!D4",
        ),
        (
            "| L1 | Maagresectie | 2025 | 19 | voorlopig | |\n| L1 | Maagresectie | 2025 | 20 | definitief | |",
            "L1/gastrectomy met 20 location-20 2025 Volumes!D4",
        ),
        (
            "| L1 | Maagresectie | 2025 | 20 | definitief | |\n| L1 | Maagresectie | 2025 | 19 | voorlopig | |",
            "L1/gastrectomy met 20 location-20 2025 Volumes!D3",
        ),
        (
            "| L1 | Maagresectie | 2025 | 20 | definitief | |\n| L1 | Maagresectie | 2026 | 1 | voorlopig | |",
            "L1/gastrectomy met 20 location-20 2025 Volumes!D3",
        ),
    ],
)
def test_the_newest_figure_counts_definitive_before_provisional(lines: str, row: str) -> None:
    assert rows(judge(lines))[0] == row


def test_a_figure_of_a_later_year_alone_is_no_figure() -> None:
    result = judge("| L1 | Maagresectie | 2026 | 24 | voorlopig | |")
    assert verdict(result) == "unknown (no_answer) not_met … met"
    assert rows(result) == [f"{name}/gastrectomy undecided (missing)" for name in ("L1", "L2", "Z2")]


@pytest.mark.parametrize(
    "line",
    [
        "| L1 | Maagresectie | 2025 |  | definitief | |",
        "| L1 | Maagresectie | ? | 24 | definitief | |",
        "| L1 | ? | 2025 | 24 | definitief | |",
        "| ? | Maagresectie | 2025 | 24 | definitief | |",
        "| L1 | Immunotherapie | 2025 | 24 | definitief | |",
        "| L1 | Maagresectie | 2025 | ? | definitief | |",
    ],
)
def test_half_a_figure_is_none(line: str) -> None:
    assert [row.reason for row in judge(line).rows] == ["missing"] * 3


def test_missing_locations_leave_it_open_until_the_register_is_complete() -> None:
    line = "| L1 | Maagresectie | 2025 | 20 | definitief | |"
    assert verdict(judge(line)) == "unknown (incomplete_rows) not_met … met"
    assert why(judge(line)) == ["volume met=1 rows=1 below=0 undecided=2"]
    assert verdict(judge(line, complete="ja")) == "met"


def test_without_figures_there_is_no_answer() -> None:
    assert verdict(judge("")) == "unknown (no_answer) not_met … met"
    assert verdict(judge("", complete="ja")) == "unknown (no_answer) not_met … met"
    assert why(judge("")) == ["no_answer_rows"]


def test_nothing_performed_anywhere_is_not_applicable_only_when_complete() -> None:
    line = "| Z2 | Knie | 2025 | 3 | definitief | |"
    assert verdict(judge(line, complete="ja")) != "met"
    line = "| Z2 | Maagresectie | 2025 | 0 | definitief | |"
    assert verdict(judge(line, complete="ja")) == "not_applicable (no_rows)"
    assert why(judge(line, complete="ja")) == ["no_rows"]


def test_a_treatment_without_any_norm_is_listed_and_leaves() -> None:
    lines = ALL.format(20, 20, 20) + "\n| L1 | Slokdarmresectie | 2025 | 3 | definitief | |"
    result = judge(lines)
    assert verdict(result) == "met"
    assert why(result) == ["volume met=3 rows=3 below=0 undecided=0", "volumes_without_norm treatments=1"]
    assert rows(result)[-1] == "L1/oesophageal-resection outside (no_norm) 3 2025 Volumes!D6"


@pytest.mark.parametrize(
    "other",
    [
        norm(standing="announced"),
        norm(standing="intended"),
        norm(valid_from=None),
        norm(valid_from=date(2025, 1, 2)),
        norm(valid_until=date(2024, 12, 31)),
        norm(unit="surgeon"),
    ],
)
def test_only_a_norm_in_force_on_the_first_of_january_binds(other: VolumeNorm) -> None:
    result = judge(ALL.format(1, 1, 1), other)
    assert verdict(result) == "unknown (no_norm)"
    assert why(result) == ["no_volume_norm", "volumes_without_norm treatments=1"]


@pytest.mark.parametrize("other", [norm(valid_from=date(2025, 1, 1)), norm(valid_until=date(2025, 1, 1))])
def test_a_norm_that_starts_or_ends_on_that_day_binds(other: VolumeNorm) -> None:
    assert verdict(judge(ALL.format(20, 20, 20), other)) == "met"


def test_an_institution_is_the_sum_of_its_locations() -> None:
    institution = norm(20, "institution")
    assert verdict(judge(ALL.format(10, 10, 20), institution)) == "met"
    result = judge(ALL.format(10, 9, 20), institution)
    assert [row.state.value for row in result.rows] == ["not_met", "not_met", "met"]
    only = "| L1 | Maagresectie | 2025 | 19 | definitief | |"
    assert rows(judge(only, institution))[0] == (
        "L1/gastrectomy undecided (years_or_locations_missing) 19 institution-20 2025 Volumes!D3"
    )
    assert rows(judge(only, institution, complete="ja"))[0].startswith("L1/gastrectomy not_met (below_norm) 19")
    assert rows(judge(only.replace("19", "20"), institution))[0].startswith("L1/gastrectomy met 20")


def test_a_norm_for_several_treatments_adds_their_numbers() -> None:
    both = norm(30, treatments=(GASTRECTOMY, OESOPHAGUS))
    lines = "| L1 | Maagresectie | 2025 | 12 | definitief | |\n| L1 | Slokdarmresectie | 2025 | {} | definitief | |"
    assert [row.state.value for row in judge(lines.format(18), both).rows[:2]] == ["met", "met"]
    assert [row.state.value for row in judge(lines.format(17), both).rows[:2]] == ["not_met", "not_met"]


def test_an_average_over_years_is_decided_by_the_years_that_are_there() -> None:
    mean = norm(20, years=3)
    line = "| L1 | Maagresectie | {} | {} | definitief | |\n"
    assert rows(judge(line.format(2025, 60), mean))[0].startswith("L1/gastrectomy met 60")
    assert rows(judge(line.format(2025, 59), mean))[0].startswith(
        "L1/gastrectomy undecided (years_or_locations_missing) 59"
    )
    three = line.format(2025, 5) + line.format(2024, 25) + line.format(2023, 30)
    assert rows(judge(three, mean))[0].startswith("L1/gastrectomy met 5")
    below = line.format(2025, 5) + line.format(2024, 25) + line.format(2023, 29) + line.format(2022, 99)
    assert rows(judge(below, mean))[0].startswith("L1/gastrectomy not_met (below_norm) 5")
    assert rows(judge(line.format(2025, 59), mean, complete="ja"))[0].startswith("L1/gastrectomy undecided")


def test_every_norm_in_force_counts_and_the_worst_stands() -> None:
    result = judge(ALL.format(20, 20, 20), norm(20), norm(41, "institution"))
    assert rows(result)[0] == "L1/gastrectomy not_met (below_norm) 20 location-20+institution-41 2025 Volumes!D3"


def test_locations_outside_the_register_of_members_stand_for_themselves() -> None:
    page = "| L9 | Maagresectie | 2025 | 24 | definitief | |"
    result = judge(page, norm(20, "institution"), members="## Deelnemers\n| Id | Soort |\n| L9 | overig |")
    assert rows(result) == ["L9/gastrectomy met 24 institution-20 2025 Volumes!D3"]


def test_members_that_left_or_are_still_to_come_are_not_missed() -> None:
    missed = [
        row.key[0]
        for row in judge("| L1 | Maagresectie | 2025 | 20 | definitief | |").rows
        if row.reason == "missing"
    ]
    assert missed == ["L2", "Z2"]


def test_systemic_therapy_is_judged_apart() -> None:
    indicator = {"kind": "volume", "category": "systemic_therapy", "path": 1}
    framework = norms(indicator, volume_norms=(norm(), norm(30, treatments=("immunotherapy",))))
    page = (
        MEMBERS + VOLUMES.format("ja") + ALL.format(1, 1, 1) + "\n| L1 | Immunotherapie | 2025 | 30 | definitief | |"
    )
    (result,) = judged(framework, page)[0].indicators
    assert rows(result) == ["L1/immunotherapy met 30 location-30 2025 Volumes!D6"]
