"""Echelons: what the borders decide, what they leave open, and what is asked about a stated level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pytest

from normtool.core.assessment import EchelonResult
from normtool.core.dates import Truth
from normtool.core.echelon_borders import borders_of, possible_levels
from normtool.core.echelons import concerns_echelons, misfit
from normtool.core.scoring import assess
from normtool.core.standards import Framework, NormStanding
from tests.conftest import built_in
from tests.core.tables import NETWORK, place, read
from tests.fictional_norms import border, with_borders

MEMBERS = """
## Deelnemers
| Id | Naam   | Soort      | Onderdeel van |
| Z2 | Beuken | ziekenhuis |               |
| Z1 | Alba   | ziekenhuis |               |
| L1 | Noord  | locatie    | Z1            |
| L2 | Zuid   | locatie    | Z1            |
"""
CARE = """
## Zorgaanbod
| Locatie | Groep | Behandelt | Echelon | Toelichting |
"""
VOLUMES = """
## Volumes
| Dit overzicht is volledig | {} |
| Locatie | Behandeling | Jaar | Aantal | Stand | Toelichting |
"""
LUNG = "| {} | Systeemtherapie long | {} | {} | definitief | |\n"


def norms(
    specific: int | None = 50, generic: int | None = 20, unit: Literal["location", "institution"] = "location"
) -> Framework:
    """The built-in norms with these borders for lung in force; the intended norm for lung is gone."""
    framework = with_borders(built_in(), specific={"lung": specific or 1}, generic=generic, unit=unit)
    if specific is None:
        framework = replace(framework, volume_norms=framework.volume_norms[:-1])
    return framework


def results(
    care: str, volumes: str = "", framework: Framework | None = None, complete: str = ""
) -> dict[tuple[str, str], EchelonResult]:
    """The results that say anything, by location and group."""
    page = MEMBERS + CARE + care + VOLUMES.format(complete) + volumes
    norms_used = framework or norms()
    evidence, _ = read(page, framework=norms_used)
    found = assess(norms_used, evidence)[0].echelons
    said = (item for item in found if item.stated or item.treats is not None or item.number is not None)
    return {(item.location, item.group): item for item in said}


def lung(number: int | None, framework: Framework | None = None, **care: str) -> EchelonResult:
    """What Beuken comes to for lung, with this number and what it says in the register of care."""
    said = f"| Z2 | Long | {care.get('treats', 'ja')} | {care.get('stated', '')} | {care.get('note', '')} |\n"
    volumes = "" if number is None else LUNG.format("Z2", 2025, number)
    return results(said, volumes, framework)["Z2", "lung"]


def told(result: EchelonResult) -> str:
    """`2 of 3, open generic`: the levels that remain, and the unpublished borders between them."""
    levels = " of ".join(result.possible) or "none"
    return f"{levels}, open {' '.join(result.open_border)}" if result.open_border else levels


# --- borders in force ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "level"), [(300, "1"), (50, "1"), (49, "2"), (20, "2"), (19, "3"), (1, "3"), (0, "3")]
)
def test_both_borders_decide_and_are_reached_exactly(number: int, level: str) -> None:
    result = lung(number)
    assert (result.computed, result.number, result.year, result.open_border) == (level, number, 2025, ())
    assert (result.norms, result.would_be) == (("border-lung", "generic-minimum"), "")
    assert [place(cell) for cell in result.places] == ["Zorgaanbod!A2", "Volumes!D3"]


@pytest.mark.parametrize(
    ("specific", "generic", "number", "expected"),
    [
        (None, None, 300, "1 of 2 of 3, open specific generic"),
        (50, None, 50, "1"),
        (50, None, 49, "2 of 3, open generic"),
        (None, 20, 20, "1 of 2, open specific"),
        (None, 20, 19, "3"),
    ],
)
def test_an_unpublished_border_leaves_open_what_it_would_have_decided(
    specific: int | None, generic: int | None, number: int, expected: str
) -> None:
    assert told(lung(number, norms(specific, generic))) == expected


def test_without_a_number_everything_is_open() -> None:
    result = lung(None, stated="2")
    assert (told(result), result.number, result.stated, result.norms) == ("1 of 2 of 3", None, "2", ())
    assert [place(cell) for cell in result.places] == ["Zorgaanbod!D2"], "where the level is stated"
    assert told(lung(None, norms(50, None))) == "1 of 2 of 3, open generic"


def test_the_built_in_norms_publish_no_border_so_nothing_is_decided() -> None:
    result = lung(300, built_in())
    assert told(result) == "1 of 2 of 3, open specific generic"
    assert (result.would_be, result.norms) == ("1", ())
    assert lung(99, built_in()).would_be == ""
    assert (told(lung(1, built_in())), told(lung(0, built_in()))) == ("1 of 2 of 3, open specific generic", "3")


def test_every_specific_norm_must_be_reached_each_in_its_own_unit() -> None:
    framework = norms(50, None)
    framework = replace(framework, volume_norms=(*framework.volume_norms, border("whole", 80, "institution", "lung")))
    care = "| L1 | Long | ja | | |\n| L2 | Long | ja | | |\n"
    found = results(care, LUNG.format("L1", 2025, 60) + LUNG.format("L2", 2025, 20), framework)
    assert (told(found["L1", "lung"]), told(found["L2", "lung"])) == ("1", "2 of 3, open generic")
    found = results(care, LUNG.format("L1", 2025, 60) + LUNG.format("L2", 2025, 19), framework)
    assert told(found["L1", "lung"]) == "2 of 3, open generic"


def test_a_sum_that_is_not_whole_yet_leaves_the_level_open_without_an_unpublished_border() -> None:
    care = "| L1 | Long | ja | | |\n| L2 | Long | ja | | |\n"
    found = results(care, LUNG.format("L1", 2025, 30), norms(unit="institution"))
    assert told(found["L1", "lung"]) == "1 of 2"
    found = results(care, LUNG.format("L1", 2025, 30), norms(unit="institution"), complete="ja")
    assert told(found["L1", "lung"]) == "2"


def test_a_missing_sum_with_a_minimum_that_is_missed_leaves_the_ends() -> None:
    whole = replace(norms(None, 20), volume_norms=(border("whole", 80, "institution", "lung"),))
    care = "| L1 | Long | ja | | |\n| L2 | Long | ja | | |\n"
    assert told(results(care, LUNG.format("L1", 2025, 19), whole)["L1", "lung"]) == "1 of 3"


def test_a_border_counts_from_1_january_of_the_year_of_the_figure() -> None:
    volumes = LUNG.format("Z2", 2024, 300)
    result = results("| Z2 | Long | ja | | |\n", volumes)["Z2", "lung"]
    assert (told(result), result.year, result.would_be) == ("1 of 2 of 3, open specific generic", 2024, "1")


def test_the_newest_year_counts_and_none_after_the_reporting_year() -> None:
    volumes = LUNG.format("Z2", 2024, 10) + LUNG.format("Z2", 2025, 60) + LUNG.format("Z2", 2026, 10)
    result = results("| Z2 | Long | ja | | |\n", volumes)["Z2", "lung"]
    assert (result.number, result.year, result.computed) == (60, 2025, "1")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_treatments_of_a_group_are_added_up_in_whatever_order_they_stand(order: tuple[int, int]) -> None:
    rows = ("| Z2 | Immunotherapie | 2025 | 30 | definitief | |", "| Z2 | {} | 2025 | 12 | definitief | |")
    other = next(item for item in built_in().treatments if item.id == "systemic-therapy-other")
    lines = [row.format(other.name.nl) for row in rows]
    group = next(item for item in built_in().tumour_groups if item.id == other.group)
    volumes = "\n".join(lines[number] for number in order)
    result = results(f"| Z2 | {group.name.nl} | ja | | |\n", volumes)["Z2", group.id]
    assert result.number == 42
    cells = [place(cell) for cell in result.places[1:]]
    assert cells == (["Volumes!D3", "Volumes!D4"] if order == (0, 1) else ["Volumes!D4", "Volumes!D3"])


def test_what_is_announced_is_only_shown() -> None:
    framework = norms()
    later = replace(border("later", 100, "location", "lung"), standing=NormStanding.ANNOUNCED)
    framework = replace(framework, volume_norms=(*framework.volume_norms, later))
    result = lung(60, framework)
    assert (result.computed, result.would_be, result.norms) == ("1", "2", ("border-lung", "generic-minimum"))
    assert lung(100, framework).would_be == "1"


def test_a_border_that_has_ended_or_is_per_surgeon_is_no_border() -> None:
    framework = norms(50, None)
    ended = replace(framework.volume_norms[-1], valid_until=date(2024, 12, 31))
    surgeon = replace(framework.volume_norms[-1], id="surgeon", unit="surgeon")
    changed = replace(framework, volume_norms=(*framework.volume_norms[:-1], ended, surgeon))
    result = lung(300, changed)
    assert (told(result), result.would_be) == ("1 of 2 of 3, open specific generic", "")
    assert [norm.id for norm in borders_of(changed)["lung"].norms] == ["border-lung"]


def test_a_norm_over_several_treatments_is_a_border_of_each_group() -> None:
    both = replace(
        border("both", 100, "location", "lung"), treatments=("systemic-therapy-lung", "systemic-therapy-skin")
    )
    framework = replace(norms(50, None), volume_norms=(both,))
    volumes = LUNG.format("Z2", 2025, 60) + "| Z2 | Systeemtherapie huid | 2025 | 40 | definitief | |\n"
    found = results("| Z2 | Long | ja | | |\n| Z2 | Huid | ja | | |\n", volumes, framework)
    assert (told(found["Z2", "lung"]), told(found["Z2", "skin"])) == ("1", "1")


# --- who is placed -------------------------------------------------------------------------------------------------


def test_who_does_not_treat_has_no_level() -> None:
    result = lung(60, treats="nee", stated="1")
    assert (result.treats, result.possible, result.computed, result.stated) == (False, (), "", "1")


def test_a_zero_says_that_the_group_is_not_treated_unless_a_level_is_claimed() -> None:
    assert results("", LUNG.format("Z2", 2025, 0))["Z2", "lung"].treats is False
    claimed = lung(0, treats="", stated="3")
    assert (claimed.treats, claimed.computed) == (None, "3")


def test_numbers_without_a_row_in_the_care_register_are_placed_too() -> None:
    result = results("", LUNG.format("Z2", 2025, 60))["Z2", "lung"]
    assert (result.treats, result.computed, result.stated) == (None, "1", "")


def test_sub_types_have_no_numbers_of_their_own() -> None:
    volumes = "| Z2 | Systeemtherapie urologisch | 2025 | 60 | definitief | |\n"
    found = results("| Z2 | Nier | ja | 2 | |\n", volumes)
    assert (found["Z2", "kidney"].number, found["Z2", "urological"].number) == (None, 60)
    assert told(found["Z2", "kidney"]) == "1 of 2 of 3, open specific generic"


def test_an_open_group_is_placed_only_where_the_care_register_has_it() -> None:
    lines = "| Z2 | {} | 2025 | {} | definitief | |\n"
    volumes = lines.format("Immunotherapie", 5) + lines.format("Systeemtherapie overig", 30)
    assert results("", volumes) == {}
    assert results("| Z2 | Overig | ja | | |\n", volumes)["Z2", "other"].number == 35


def test_a_group_that_nobody_treats_or_a_complete_register_leaves_no_question_marks() -> None:
    page = (
        MEMBERS
        + "## Zorgaanbod\n| Dit overzicht is volledig | ja |\n| Locatie | Groep | Behandelt |\n| Z2 | Long | ja |"
    )
    evidence, _ = read(page)
    found = assess(built_in(), evidence)[0].echelons
    assert {item.treats for item in found if (item.location, item.group) != ("Z2", "lung")} == {False}


def test_results_come_in_the_order_of_members_and_groups() -> None:
    care = [
        "| L2 | Huid | ja | 3 | |",
        "| Z2 | Long | ja | 1 | |",
        "| L1 | Long | ja | 2 | |",
        "| L1 | Huid | ja | 1 | |",
    ]
    orders = [list(results("\n".join(lines) + "\n")) for lines in (care, care[::-1])]
    assert orders[0] == orders[1] == [("Z2", "lung"), ("L1", "skin"), ("L1", "lung"), ("L2", "skin")]


def test_norms_without_echelons_place_nobody() -> None:
    framework = replace(built_in(), echelons=None)
    assert results("| Z2 | Long | ja | 1 | |\n", LUNG.format("Z2", 2025, 60), framework) == {}
    assert borders_of(framework) == {}
    assert not any(concerns_echelons(framework, item) for item in framework.indicators)


def test_norms_without_a_care_register_place_by_numbers_alone() -> None:
    framework = norms()
    kept = tuple(item for item in framework.registers if item.id != "care")
    standards = tuple(
        replace(item, indicators=tuple(one for one in item.indicators if one.id in ("N3.2", "N4.6")))
        for item in framework.standards
    )
    small = replace(framework, registers=kept, standards=standards)
    evidence, _ = read(MEMBERS + VOLUMES.format("") + LUNG.format("Z2", 2025, 60), framework=small)
    (result,) = assess(small, evidence)[0].echelons
    assert (result.location, result.computed) == ("Z2", "1")


def test_a_care_register_without_a_word_for_not_here_says_nothing_of_treating() -> None:
    framework = norms()
    plain = tuple(replace(item, when_complete=None) if item.id == "care" else item for item in framework.registers)
    result = lung(60, replace(framework, registers=plain), treats="nee")
    assert (result.treats, result.computed) == (None, "1")


# --- what remains, by the method -----------------------------------------------------------------------------------

ANSWERS = (None, Truth.YES, Truth.NO, Truth.UNDECIDED)


@pytest.mark.parametrize("specific", ANSWERS)
@pytest.mark.parametrize("generic", ANSWERS)
def test_the_levels_that_remain_are_those_of_every_completion(specific: Truth | None, generic: Truth | None) -> None:
    def completions(answer: Truth | None) -> Iterable[bool]:
        return {Truth.YES: [True], Truth.NO: [False]}.get(answer, [True, False]) if answer else [True, False]

    naive = set()
    for reaches_specific in completions(specific):
        for reaches_generic in completions(generic):
            if specific is None and generic is Truth.NO and reaches_specific:
                continue  # a minimum is lower than any specific norm
            naive.add("1" if reaches_specific else "2" if reaches_generic else "3")
    assert possible_levels(specific, generic) == tuple(sorted(naive))


# --- which indicators look at echelons -----------------------------------------------------------------------------


def test_the_indicators_that_look_at_echelons_follow_from_the_norms() -> None:
    framework = built_in()
    found = [item.id for item in framework.indicators if concerns_echelons(framework, item)]
    assert found == ["N4.4", "N4.5", "N4.6", "N4.7"]


# --- questions -----------------------------------------------------------------------------------------------------


def asked(page: str, framework: Framework | None = None) -> list[str]:
    """The questions about echelons: code, cell, facts, and the cells beside it."""
    used = framework or norms()
    evidence, _ = read(NETWORK + MEMBERS + page, framework=used)
    found = []
    for item in assess(used, evidence)[1]:
        facts: dict[str, Any] = dict(item.facts)
        if item.code.startswith("NT75") or str(facts.get("code", "")).startswith("NT75"):
            said = " ".join(f"{name}={value}" for name, value in item.facts)
            beside = " ".join(f"{one.role}:{place(one.place)}" for one in item.related)
            found.append(f"{item.code} {place(item.place)} {said} {beside}".strip())
    return found


def care_and_volumes(care: str, volumes: str = "") -> str:
    """The two sheets that a question lays side by side."""
    return CARE + care + VOLUMES.format("") + volumes


def test_another_level_than_the_numbers_give_is_asked_about() -> None:
    page = care_and_volumes("| Z2 | Long | ja | 1 | |\n", LUNG.format("Z2", 2025, 30))
    assert asked(page) == ["NT755 Zorgaanbod!D2 stated=1 computed=2 number=30 year=2025 counted:Volumes!D3"]


@pytest.mark.parametrize(
    "page",
    [
        care_and_volumes("| Z2 | Long | ja | 1 | Fusie in 2026 |\n", LUNG.format("Z2", 2025, 30)),
        care_and_volumes("| Z2 | Long | ja | 1 | |\n", LUNG.format("Z2", 2025, 30).replace("| |", "| Fusie |")),
    ],
)
def test_an_explanation_at_either_row_answers_it(page: str) -> None:
    (line,) = asked(page)
    assert line.startswith("NT449 Zorgaanbod!D2 code=NT755 explanation:")


def test_a_level_that_the_one_known_border_rules_out_is_asked_about() -> None:
    page = care_and_volumes("| Z2 | Long | ja | 1 | |\n", LUNG.format("Z2", 2025, 49))
    assert asked(page, norms(50, None)) == ["NT756 Zorgaanbod!D2 stated=1 number=49 year=2025 counted:Volumes!D3"]


@pytest.mark.parametrize("stated", ["1", "2"])
def test_borders_that_are_not_in_force_never_lead_to_a_question(stated: str) -> None:
    page = care_and_volumes(
        f"| Z2 | Long | ja | {stated} | |\n| L1 | Long | ja | 1 | |\n", LUNG.format("Z2", 2025, 3)
    )
    assert asked(page, built_in()) == []


def test_a_level_where_the_group_is_not_treated_is_asked_about() -> None:
    page = care_and_volumes("| Z2 | Long | nee | 2 | |\n| L1 | Long | nee | 3 | |\n| L2 | Long | ja | 1 | |\n")
    assert asked(page) == ["NT757 Zorgaanbod!D2 stated=2 not_treated:Zorgaanbod!C2"]


TABLE = "\n## Tumortypenetwerken\n| Groep | Stand | Echelontabel van |\n| {} | {} | {} |\n"


def test_a_level_that_was_not_stated_is_noted_where_there_is_a_table() -> None:
    page = care_and_volumes("| Z2 | Long | ja | | |\n", LUNG.format("Z2", 2025, 60))
    assert asked(page) == []
    assert asked(page + TABLE.format("Long", "eigen netwerk", "nee")) == []
    assert asked(page + TABLE.format("Long", "eigen netwerk", "2025-03-01")) == [
        "NT759 Zorgaanbod!A2 computed=1 number=60 year=2025 counted:Volumes!D3"
    ]


def test_an_echelon_2_without_anybody_at_1_is_asked_about_once_per_group() -> None:
    page = care_and_volumes("| Z2 | Long | ja | 2 | |\n| L1 | Long | ja | 2 | |\n| L2 | Long | nee | | |\n")
    assert asked(page) == ["NT758 Zorgaanbod!D2 group=Long second:Zorgaanbod!D3"]


@pytest.mark.parametrize(
    "more",
    [
        "| L1 | Long | ja | 1 | |\n",
        "| L1 | Long | ja | | |\n",  # it may still be 1
    ],
)
def test_not_while_somebody_is_or_may_be_echelon_1(more: str) -> None:
    assert asked(care_and_volumes(f"| Z2 | Long | ja | 2 | |\n{more}")) == []


def test_a_level_1_by_numbers_is_enough() -> None:
    care = "| Z2 | Long | ja | 2 | |\n| L1 | Long | ja | 3 | Klopt |\n| L2 | Long | nee | | |\n"
    assert asked(care_and_volumes(care, LUNG.format("L1", 2025, 60)))[1:] == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        TABLE.format("Long", "ondergebracht bij", ""),
        "\n## Afspraken\n| Id | Soort | Groepen |\n| A1 | verwijzing | Long |\n",
    ],
)
def test_nor_when_the_group_is_placed_elsewhere_or_an_agreement_names_it(elsewhere: str) -> None:
    page = care_and_volumes("| Z2 | Long | ja | 2 | |\n| L1 | Long | ja | 3 | |\n| L2 | Long | nee | | |\n")
    assert len(asked(page)) == 1
    assert asked(page + elsewhere) == []


def test_it_is_answered_when_every_location_explains_it() -> None:
    care = "| Z2 | Long | ja | 2 | Met het UMC |\n| L1 | Long | ja | 2 | {} |\n| L2 | Long | nee | | |\n"
    assert len(asked(care_and_volumes(care.format("")))) == 1
    assert asked(care_and_volumes(care.format("Ook zo"))) == [
        "NT449 Zorgaanbod!D2 code=NT758 explanation:Zorgaanbod!E2"
    ]


@pytest.mark.parametrize(
    ("result", "key"),
    [
        ({"treats": False, "stated": "1"}, "without_care"),
        ({"treats": False, "stated": "3"}, ""),
        ({"treats": True, "stated": "1", "number": 4, "possible": ("2",)}, "differs"),
        ({"treats": True, "stated": "1", "number": 4, "possible": ("2", "3")}, "ruled_out"),
        ({"treats": True, "stated": "2", "number": 4, "possible": ("2", "3")}, ""),
        ({"treats": True, "stated": "1", "number": None}, ""),
        ({"treats": True, "stated": "", "number": 4, "possible": ("2",)}, ""),
    ],
)
def test_what_makes_a_stated_level_odd(result: dict[str, Any], key: str) -> None:
    assert misfit(EchelonResult(location="Z2", group="lung", **result)) == key
