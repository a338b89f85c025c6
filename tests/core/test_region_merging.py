"""Echelons and IZA steps of a region, out of what its sub-networks say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from normtool.core.assessment import Assessment, EchelonResult, IzaResult, IzaStepDate, ResultOrigin, StepState
from normtool.core.dossier import SubNetwork
from normtool.core.evidence import DateSpan
from normtool.core.places import CellPlace
from normtool.core.region_merging import region_echelons, region_iza
from normtool.core.region_questions import Judged, ask_between
from tests import cases
from tests.core.judging import norms
from tests.core.tables import read, seen


def at(row: int, file: str = "a.xlsx") -> tuple[CellPlace, ...]:
    """One cell of Zorgaanbod."""
    return (CellPlace(file=file, sheet="Zorgaanbod", row=row, column=4),)


def echelon(location: str = "h1", **more: Any) -> EchelonResult:
    """An echelon for lung; treated unless it says otherwise."""
    return EchelonResult(**{"location": location, "group": "lung", "treats": True, **more})


def below(code: str, *echelons: EchelonResult, iza: tuple[IzaResult, ...] = ()) -> SubNetwork:
    """A sub-network with these echelons and steps."""
    return SubNetwork(code=code, name=code, assessment=Assessment(cycle=1, standards=(), echelons=echelons, iza=iza))


def shown(results: tuple[EchelonResult, ...]) -> list[tuple[Any, ...]]:
    """What a reader sees of echelons."""
    return [(item.location, item.treats, item.stated, item.possible, item.number, item.would_be) for item in results]


def test_a_location_in_two_sub_networks_has_one_echelon() -> None:
    same = echelon(stated="2", possible=("2",), number=20, year=2025)
    found, against = region_echelons((), [below("AST", same), below("BRK", same, echelon("h2"))], {})
    assert shown(found) == [("h1", True, "2", ("2",), 20, ""), ("h2", True, "", ("1", "2", "3"), None, "")]
    assert against == ()


def test_a_location_is_known_by_its_id_in_the_region() -> None:
    ids = {("AST", "h1"): "h1", ("BRK", "zh1"): "h1"}
    one, other = below("AST", echelon("h1", stated="2")), below("BRK", echelon("ZH1"))
    found, _ = region_echelons((), [one, other], ids)
    assert shown(found) == [("h1", True, "2", ("1", "2", "3"), None, "")]


def test_the_newest_numbers_count_and_what_one_leaves_out_the_other_says() -> None:
    older = echelon(treats=None, number=10, year=2024, possible=("3",), would_be="3")
    newer = echelon(stated="1", number=60, year=2025, possible=("1",))
    for pair in ((older, newer), (newer, older)):
        found, against = region_echelons((), [below("AST", pair[0]), below("BRK", pair[1])], {})
        assert (shown(found), against) == ([("h1", True, "1", ("1",), 60, "")], ())


def test_the_region_itself_may_say_it_and_what_was_not_received_says_nothing() -> None:
    absent = SubNetwork(code="CYP", name="CYP")
    found, against = region_echelons((echelon(stated="1"),), [below("AST", echelon()), absent], {})
    assert (shown(found), against) == ([("h1", True, "1", ("1", "2", "3"), None, "")], ())


def test_what_two_networks_differ_on_stays_open_and_is_asked_about() -> None:
    one = echelon(stated="1", number=60, year=2025, possible=("1",), would_be="2", places=at(4))
    other = echelon(stated="2", number=20, year=2025, possible=("2",), places=at(5, "b.xlsx"))
    sub_networks = [below("AST", one), below("BRK", other)]
    found, against = region_echelons((), sub_networks, {})
    assert shown(found) == [("h1", True, "", ("1", "2"), None, "")]
    assert found[0].places == (*at(4), *at(5, "b.xlsx"))
    framework = norms({"kind": "yes_no"})
    evidence, _ = read("", framework=framework)
    region = Judged(evidence=evidence, assessment=Assessment(cycle=1, standards=()))
    assert seen(ask_between(framework, region, sub_networks, against)) == [
        "NT795 Zorgaanbod!D5 location=h1 group=Long first=AST second=BRK (first: Zorgaanbod!D4)"
    ]


def test_two_sub_networks_contradict_each_other_also_where_the_region_says_nothing() -> None:
    silent = echelon(treats=None)
    said = [echelon(number=205, year=2025), echelon(number=105, year=2025), echelon(number=105, year=2025)]
    sub_networks = [below(code, one) for code, one in zip(("AST", "BRK", "CYP"), said, strict=True)]
    (found,), against = region_echelons((silent,), sub_networks, {})
    assert found.number is None
    assert [item.networks for item in against] == [("AST", "BRK"), ("AST", "CYP")]


def test_another_stated_echelon_is_a_contradiction_whatever_was_counted() -> None:
    _, against = region_echelons((), [below("AST", echelon(stated="1")), below("BRK", echelon(stated="2"))], {})
    assert [item.networks for item in against] == [("AST", "BRK")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"number": 60, "year": 2025}, {}),
        ({"number": 60, "year": 2025}, {"year": 2025}),
        ({"number": 60, "year": 2024}, {"number": 20, "year": 2025}),
        ({"number": 60, "year": 2025, "stated": "1"}, {"number": 60, "year": 2025}),
        ({"stated": "1"}, {}),
    ],
)
def test_who_says_less_or_speaks_of_another_year_contradicts_nobody(one: Any, other: Any) -> None:
    for first, second in ((one, other), (other, one)):
        _, against = region_echelons((), [below("AST", echelon(**first)), below("BRK", echelon(**second))], {})
        assert against == ()


def test_another_number_of_one_year_is_a_contradiction_also_where_the_echelon_is_the_same() -> None:
    one, other = (echelon(stated="1", number=number, year=2025) for number in (60, 61))
    _, against = region_echelons((), [below("AST", one), below("BRK", other)], {})
    assert [item.networks for item in against] == [("AST", "BRK")]


@pytest.mark.parametrize(("foreseen", "together"), [("1", "1"), ("2", "")])
def test_what_would_be_is_shown_where_both_come_to_the_same(foreseen: str, together: str) -> None:
    one, other = (echelon(number=30, year=2025, would_be=level) for level in ("1", foreseen))
    (found,), _ = region_echelons((), [below("AST", one), below("BRK", other)], {})
    assert found.would_be == together


def test_treating_and_not_treating_contradict_each_other() -> None:
    named = below("BRK", echelon(treats=False))
    found, against = region_echelons((echelon(places=at(4)),), [named], {})
    assert [(item.treats, item.possible) for item in found] == [(None, ("1", "2", "3"))]
    with_another, _ = region_echelons((), [named, below("AST", echelon()), below("CYP", echelon())], {})
    assert [item.treats for item in with_another] == [None]
    framework = norms({"kind": "yes_no"})
    evidence, _ = read("", framework=framework)
    region = Judged(evidence=evidence, assessment=Assessment(cycle=1, standards=()))
    assert seen(ask_between(framework, region, [named], against)) == [
        "NT795 Zorgaanbod!D4 location=h1 group=Long first=ALBA second=BRK"
    ]


def test_a_group_that_is_not_treated_has_no_level() -> None:
    silent = echelon(treats=None)
    named = echelon(treats=False, possible=(), places=at(4))
    found, against = region_echelons((silent,), [below("AST", named), below("BRK", silent)], {})
    assert shown(found) == [("h1", False, "", (), None, "")]
    assert (found[0].places, against) == (at(4), ())


def test_of_a_group_that_is_not_treated_no_number_is_shown() -> None:
    counted = echelon(
        treats=None, number=3, year=2025, possible=("3",), open_border=("generic",), would_be="3", norms=("a",)
    )
    (found,), _ = region_echelons((), [below("AST", counted), below("BRK", echelon(treats=False, possible=()))], {})
    assert found == echelon(treats=False, possible=())


def test_a_location_keeps_its_id_in_the_region_also_when_one_network_names_it() -> None:
    (found,), _ = region_echelons((), [below("AST", echelon("zh1"))], {("AST", "zh1"): "h1"})
    assert found.location == "h1"


def test_one_number_may_still_leave_more_than_one_level() -> None:
    one = echelon(number=30, year=2025, possible=("1",), open_border=(), norms=("a",))
    other = echelon(number=30, year=2025, possible=("2", "3"), open_border=("generic",), norms=("a", "b"))
    (found,), against = region_echelons((), [below("AST", one), below("BRK", other)], {})
    assert (found.number, found.possible, found.open_border) == (30, ("1", "2", "3"), ("generic",))
    assert (found.norms, against) == (("a", "b"), ())


# --- concentration and spreading ------------------------------------------------------------------------------------


def step(name: str, day: date | None = None, state: StepState = StepState.TAKEN) -> IzaStepDate:
    """A step with its day."""
    return IzaStepDate(step=name, day=DateSpan.of_day(day) if day else None, state=state)


def steps(found: tuple[IzaResult, ...]) -> list[tuple[str, str, date | None, ResultOrigin]]:
    """Every step: group, step, its last day, whose it is."""
    return [
        (item.group, one.step, one.day.last if one.day else None, one.origin) for item in found for one in item.steps
    ]


def iza(group: str, *taken: IzaStepDate) -> tuple[IzaResult, ...]:
    """A group of the first tranche with these steps."""
    return (IzaResult(group=group, tranche="1", steps=taken),)


FRAMEWORK = cases.framework_of({}, [])
FIRST, SECOND = (item.id for item in cases.iza_steps()[:2])


def test_a_step_of_all_sub_networks_is_one_of_the_region_on_the_last_of_their_days() -> None:
    one = below("AST", iza=iza("lung", step(FIRST, date(2025, 1, 1)), step(SECOND, date(2025, 3, 1))))
    other = below("BRK", iza=iza("lung", step(FIRST, date(2025, 2, 1))))
    found = region_iza(FRAMEWORK, (), [one, other, SubNetwork(code="CYP", name="CYP")])
    assert steps(found) == [("lung", FIRST, date(2025, 2, 1), ResultOrigin.DERIVED)]


def test_a_step_that_is_planned_somewhere_is_planned() -> None:
    planned = step(FIRST, date(2026, 2, 1), StepState.PLANNED)
    later = step(FIRST, date(2025, 2, 1))
    for pair in ((planned, later), (later, planned)):
        found = region_iza(
            FRAMEWORK, (), [below(code, iza=iza("lung", one)) for code, one in zip("AB", pair, strict=True)]
        )
        assert [item.state for item in found[0].steps] == [StepState.PLANNED]


def test_the_regions_own_day_goes_before_those_of_its_sub_networks() -> None:
    own = iza("lung", step(FIRST, date(2024, 6, 1)))
    one = below("AST", iza=(*iza("lung", step(FIRST, date(2025, 1, 1)), step(SECOND)), *iza("brain")))
    found = region_iza(FRAMEWORK, own, [one])
    assert steps(found) == [
        ("lung", FIRST, date(2024, 6, 1), ResultOrigin.OWN),
        ("lung", SECOND, None, ResultOrigin.DERIVED),
    ]
    assert [(item.group, item.tranche) for item in found] == [("lung", "1"), ("brain", "1")]


def test_a_step_that_one_of_the_sub_networks_does_not_speak_of_is_not_known() -> None:
    one = below("AST", iza=iza("lung", step(FIRST, date(2025, 1, 1))))
    assert steps(region_iza(FRAMEWORK, (), [one, below("BRK", iza=iza("brain"))])) == []


def test_a_step_of_the_region_points_to_the_cells_of_all_its_sub_networks() -> None:
    said = [replace(step(FIRST, date(2025, month, 1)), places=at(month, f"{month}.xlsx")) for month in (1, 2)]
    below_it = [below(code, iza=iza("lung", one)) for code, one in zip("AB", said, strict=True)]
    (found,) = region_iza(FRAMEWORK, (), below_it)
    assert [item.places for item in found.steps] == [(*at(1, "1.xlsx"), *at(2, "2.xlsx"))]


def test_norms_without_iza_have_no_steps() -> None:
    assert region_iza(replace(FRAMEWORK, iza=None), (), [below("AST")]) == ()
