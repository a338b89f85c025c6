"""Volumes against norms: in force, in their own unit, over their own years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from normtool.core.assessment import STEPS, IndicatorResult, RowState
from normtool.core.standards import VolumeNorm
from tests import cases
from tests.conftest import built_in, tries
from tests.core.judging import cells, judged, norms, rows, verdict, why
from tests.fictional_norms import bound_lung

GASTRECTOMY, OESOPHAGUS, LUNG_RESECTION = "gastrectomy", "oesophageal-resection", "lung-resection"
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
    assert why(result) == [
        "volume met=2 rows=3 below=1 undecided=0 Volumes!D4",
        told("L2", "norm=location-20 total=19 minimum=20 locations=1", "Gaat naar Noord Volumes!D4"),
    ]


def told(location: str, facts: str, plan: str) -> str:
    """The step of the reasoning about one row below its norm; `plan` is what was written beside it, and the cell."""
    return f"volume_below location={location} treatment=gastrectomy {facts} treatments=1 years=1 plan={plan}"


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


# --- a check per norm -------------------------------------------------------------------------------------------


def checks(result: IndicatorResult, place: int = 0) -> list[str]:
    """The norms beside one row: which, whether it binds, what it comes to, over which locations and years."""
    return [
        f"{item.norm} {'binds' if item.is_bound else 'shown'} {item.total}/{item.minimum} {item.state.value} "
        f"{'+'.join(item.locations)} {'+'.join(map(str, item.years))}"
        for item in result.rows[place].checks
    ]


LINE = "| L1 | Maagresectie | {} | {} | definitief | |\n"


def test_each_norm_compares_the_number_it_asks() -> None:
    both = norm(30, treatments=(GASTRECTOMY, OESOPHAGUS))
    lines = ALL.format(12, 9, 20) + "\n| L1 | Slokdarmresectie | 2025 | 18 | definitief | |\n" + LINE.format(2024, 11)
    result = judge(lines, norm(10), norm(20, "institution"), norm(11, years=2), both)
    assert checks(result) == [
        "location-10 binds 12/10 met L1 2025",
        "institution-20 binds 21/20 met L1+L2 2025",
        "location-11 binds 23/22 met L1 2024+2025",
        "location-30 binds 30/30 met L1 2025",
    ]


def test_a_missing_year_or_location_leaves_a_norm_open_until_what_is_there_decides() -> None:
    mean, together = norm(20, years=3), norm(20, "institution")
    assert checks(judge(LINE.format(2025, 19), mean, together)) == [
        "location-20 binds 19/60 undecided L1 2023+2024+2025",
        "institution-20 binds 19/20 undecided L1+L2 2025",
    ]
    assert checks(judge(LINE.format(2025, 60), mean, together)) == [
        "location-20 binds 60/60 met L1 2023+2024+2025",
        "institution-20 binds 60/20 met L1+L2 2025",
    ]


def test_a_norm_that_does_not_bind_is_shown_after_those_that_do_and_changes_nothing() -> None:
    announced, intended = norm(50, standing="announced"), norm(60, "institution", standing="intended")
    later = norm(40, valid_from=date(2025, 7, 1))
    result = judge(ALL.format(20, 30, 300), announced, intended, later, norm(20))
    assert checks(result) == [
        "location-20 binds 20/20 met L1 2025",
        "location-50 shown 20/50 not_met L1 2025",
        "institution-60 shown 50/60 not_met L1+L2 2025",
        "location-40 shown 20/40 not_met L1 2025",
    ]
    assert result.rows[0].norms == ("location-20",)
    assert verdict(result) == verdict(judge(ALL.format(20, 30, 300), norm(20)))


@pytest.mark.parametrize(
    "other",
    [
        norm(50, "surgeon"),
        norm(50, valid_until=date(2024, 12, 31)),
        norm(50, standing="intended", valid_until=date(2016, 12, 31)),
        norm(50, treatments=(OESOPHAGUS,)),
    ],
)
def test_what_has_ended_or_is_per_surgeon_or_about_another_treatment_is_not_shown(other: VolumeNorm) -> None:
    assert checks(judge(ALL.format(20, 30, 300), norm(20), other)) == ["location-20 binds 20/20 met L1 2025"]


def test_what_ends_in_the_year_of_the_figure_is_laid_beside_the_norm_that_follows() -> None:
    old = norm(20, valid_until=date(2025, 6, 30))
    new = norm(30, valid_from=date(2025, 7, 1))
    assert checks(judge(LINE.format(2025, 25), old, new)) == [
        "location-20 binds 25/20 met L1 2025",
        "location-30 shown 25/30 not_met L1 2025",
    ]
    assert checks(judge(LINE.format(2024, 25), old, new)) == [
        "location-20 binds 25/20 met L1 2024",
        "location-30 shown 25/30 not_met L1 2024",
    ]


def test_a_treatment_that_is_not_performed_has_no_checks() -> None:
    result = judge(ALL.format(20, 0, 20), norm(20, "institution"))
    assert checks(result, 1) == []
    assert checks(result) == ["institution-20 binds 20/20 met L1+L2 2025"]


def test_a_norm_may_add_a_treatment_of_another_category() -> None:
    both = norm(30, treatments=(GASTRECTOMY, "immunotherapy"))
    result = judge(LINE.format(2025, 12) + "| L1 | Immunotherapie | 2025 | 18 | definitief | |", both)
    assert checks(result) == ["location-30 binds 30/30 met L1 2025"]
    assert [row.key[1] for row in result.rows if row.number] == [GASTRECTOMY]


# --- lung: two sources on one treatment (domain dossier, 10.3) -----------------------------------------------------


LUNG = "| Z2 | Longresectie | 2025 | 55 | definitief | |"


def test_fifty_five_lung_operations_would_meet_the_one_source_and_not_the_other() -> None:
    result = judge(LUNG, *norms_of(LUNG_RESECTION))
    assert checks(result) == [
        "soncos-lung-resection-50 shown 55/50 met Z2 2025",
        "iza-lung-resection-60 shown 55/60 not_met Z2 2025",
    ]
    assert verdict(result) == "unknown (no_norm)"
    assert rows(result)[0] == "Z2/lung-resection outside (no_norm) 55 2025 Volumes!D3"


def test_when_both_sources_bind_the_worst_stands_and_both_are_there() -> None:
    result = judge(LUNG, *bound_lung(built_in()).volume_norms)
    assert [line for line in checks(result) if "binds" in line] == [
        "soncos-lung-resection-50 binds 55/50 met Z2 2025",
        "iza-lung-resection-60 binds 55/60 not_met Z2 2025",
    ]
    assert result.rows[0].state is RowState.NOT_MET
    assert result.rows[0].norms == ("soncos-lung-resection-50", "iza-lung-resection-60")
    assert "norm=iza-lung-resection-60 total=55 minimum=60" in why(result)[1]


def norms_of(treatment: str) -> list[VolumeNorm]:
    """The built-in norms of a treatment."""
    return [item for item in built_in().volume_norms if treatment in item.treatments]


# --- plans -------------------------------------------------------------------------------------------------------


ACTIONS = """
## Verbeteracties
| Id | Indicatoren | Actie | Gereed | Stand |
"""


def test_the_row_furthest_below_each_norm_is_told_and_what_is_no_plan_is_not() -> None:
    lines = ALL.format(20, 19, 300).replace("20 | definitief | |", "20 | definitief | - |")
    result = judge(lines, norm(25), norm(60, "institution"))
    assert why(result)[1:] == [
        told("L1", "norm=institution-60 total=39 minimum=60 locations=2", " Volumes!D3"),
        told("L2", "norm=institution-60 total=39 minimum=60 locations=2", " Volumes!D4"),
    ]


def test_actions_that_name_the_indicator_are_its_plan_until_they_are_done() -> None:
    actions = """| V1 | N1.1 | Zuid gaat samen met Noord | 1-7-2026 | loopt |
| V2 | N1.1 | Al gedaan | 1-7-2025 | klaar |
| V3 | N1.1 |  | 2027 | open |
| V4 | N1.1 | Elders laten doen | 2027 | open |
| V5 |  | Iets anders | 2027 | open |
| V6 | N1.1 | Beuken stopt | 2027 | open |
"""
    result = judge(ALL.format(20, 19, 20) + ACTIONS + actions)
    assert why(result)[2:] == [
        "volume_plan action=V1 plan=Zuid gaat samen met Noord due=2026-07-01 Verbeteracties!C2",
        "volume_plan action=V4 plan=Elders laten doen due=None Verbeteracties!C5",
    ]
    assert why(judge(ALL.format(20, 20, 20) + ACTIONS + actions)) == ["volume met=3 rows=3 below=0 undecided=0"]


def test_of_many_rows_below_their_norm_the_first_are_named() -> None:
    members = "## Deelnemers\n| Id | Soort |\n" + "\n".join(f"| Z{n:02} | ziekenhuis |" for n in range(11))
    lines = "\n".join(f"| Z{n:02} | Maagresectie | 2025 | 3 | definitief | |" for n in range(11))
    steps = why(judge(lines, members=members))
    assert [step.split()[0] for step in steps] == ["volume", *["volume_below"] * 8, "volumes_below_more"]
    assert steps[-1] == "volumes_below_more rows=3"


# --- who owes what -------------------------------------------------------------------------------------------------


CARE = """
## Zorgaanbod
| Locatie | Groep | Behandelt |
| L2 | Long | nee |
"""


def test_a_location_that_does_not_treat_the_group_owes_no_volumes() -> None:
    result = judge(
        "| L1 | Longresectie | 2025 | 19 | definitief | |" + CARE, norm(20, "institution", (LUNG_RESECTION,))
    )
    assert rows(result) == [
        "L1/lung-resection not_met (below_norm) 19 institution-20 2025 Volumes!D3",
        "Z2/lung-resection undecided (missing)",
    ]


# --- properties --------------------------------------------------------------------------------------------------


LOOK = settings(max_examples=tries(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.integers(0, 70)
KEYS = st.tuples(
    st.sampled_from(["L1", "L2", "Z2"]), st.sampled_from([GASTRECTOMY, OESOPHAGUS]), st.integers(2022, 2025)
)
TABLES = st.dictionaries(KEYS, NUMBERS, min_size=1, max_size=10)
NORMS = st.lists(
    st.builds(
        norm,
        st.sampled_from([10, 20, 30]),
        st.sampled_from(["location", "institution"]),
        st.sampled_from([(GASTRECTOMY,), (OESOPHAGUS,), (GASTRECTOMY, OESOPHAGUS)]),
        years=st.sampled_from([1, 1, 2, 3]),
        standing=st.sampled_from(["in_force", "in_force", "intended"]),
        valid_from=st.sampled_from([date(2016, 1, 1), date(2025, 1, 1), date(2025, 1, 2)]),
    ),
    min_size=1,
    max_size=4,
)
NAMES = {GASTRECTOMY: "Maagresectie", OESOPHAGUS: "Slokdarmresectie"}
ORDER = [RowState.NOT_MET, RowState.UNDECIDED, RowState.MET]
Table = dict[tuple[str, str, int], int]


def assessed(table: Table, given: list[VolumeNorm], complete: str = "", order: int = 1) -> IndicatorResult:
    """The result on these numbers; the norms get ids of their own."""
    numbered = [replace(item, id=f"{place}-{item.unit}-{item.minimum}") for place, item in enumerate(given)]
    lines = [f"| {a} | {NAMES[b]} | {c} | {number} | definitief | |" for (a, b, c), number in table.items()]
    return judge("\n".join(lines[::order]), *numbered, complete=complete)


def ends(result: IndicatorResult) -> tuple[int, int]:
    """Worst and best as steps; a result without them is as high as can be: nothing is asked."""
    return tuple(3 if end is None else STEPS[end] for end in (result.worst, result.best))  # type: ignore[return-value]


@LOOK
@given(TABLES, NORMS, st.sampled_from(["", "ja"]), st.data(), st.integers(1, 40))
def test_a_higher_volume_never_worsens_a_row_or_the_verdict(
    table: Table, given_norms: list[VolumeNorm], complete: str, data: st.DataObject, more: int
) -> None:
    key = data.draw(st.sampled_from(sorted(key for key in table if table[key]) or [("", "", 0)]))
    assume(key[0])
    before = assessed(table, given_norms, complete)
    after = assessed({**table, key: table[key] + more}, given_norms, complete)
    states = {row.key: row.state for row in after.rows}
    for row in before.rows:
        if row.state in ORDER:
            assert ORDER.index(states[row.key]) >= ORDER.index(row.state), row
    assert all(end >= start for start, end in zip(ends(before), ends(after), strict=True)), (before, after)


@LOOK
@given(TABLES, NORMS, st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_a_norm_never_binds_before_its_date(table: Table, given_norms: list[VolumeNorm], start: date) -> None:
    norms_from = [replace(item, valid_from=start) for item in given_norms]
    for row in assessed(table, norms_from).rows:
        if row.norms:
            assert row.year is not None
            assert start <= date(row.year, 1, 1)


@LOOK
@given(st.tuples(NUMBERS, NUMBERS, st.integers(1, 70)), st.integers(1, 60))
def test_an_average_of_three_years_is_the_mean_computed_by_hand(numbers: tuple[int, int, int], minimum: int) -> None:
    lines = "".join(LINE.format(2023 + place, number) for place, number in enumerate(numbers))
    (check,) = judge(lines, norm(minimum, years=3)).rows[0].checks
    by_hand = Fraction(numbers[0], 3) + Fraction(numbers[1], 3) + Fraction(numbers[2], 3)
    assert Fraction(check.total, len(check.years)) == by_hand
    assert (check.state is RowState.MET) == (by_hand >= minimum)


@LOOK
@given(TABLES, NORMS)
def test_of_several_norms_the_worst_stands(table: Table, given_norms: list[VolumeNorm]) -> None:
    for row in assessed(table, given_norms).rows:
        bound = [check.state for check in row.checks if check.is_bound]
        if bound:
            assert row.state is min(bound, key=ORDER.index)


@LOOK
@given(TABLES, NORMS)
def test_the_order_of_rows_does_not_matter(table: Table, given_norms: list[VolumeNorm]) -> None:
    def plain(result: IndicatorResult) -> list[object]:
        return [result.verdict, [(row.key, row.state, row.checks) for row in result.rows]]

    assert plain(assessed(table, given_norms)) == plain(assessed(table, given_norms, order=-1))


@LOOK
@given(TABLES, NORMS, st.sampled_from(["intended", "announced"]), st.integers(1, 100))
def test_a_norm_that_is_not_in_force_changes_no_verdict(
    table: Table, given_norms: list[VolumeNorm], standing: str, minimum: int
) -> None:
    before = assessed(table, given_norms)
    after = assessed(table, [*given_norms, norm(minimum, "institution", standing=standing)])
    assert verdict(before) == verdict(after)
    assert [(row.state, row.reason) for row in before.rows] == [(row.state, row.reason) for row in after.rows]
