"""A region and its sub-networks: what is inherited, what is derived, who is who, and what is asked about."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from normtool.core.assessment import STEPS, IndicatorResult, Reason, ResultOrigin, SubNetworkVerdict, Verdict
from normtool.core.dossier import Dossier, RegionAbove, SubNetwork
from normtool.core.intake import take_in
from normtool.core.region_members import region_members
from normtool.core.region_questions import Judged
from normtool.core.regions import derive, inherit, regional_answers, roll_up
from normtool.core.regions_together import Together, judge_region
from normtool.core.scoring import assess
from normtool.core.standards import Framework, IndicatorClass, VolumeNorm
from tests import cases, oracle
from tests.conftest import tries
from tests.core.judging import norms, verdict, why
from tests.core.tables import form, seen
from tests.region_cases import FRAME, engine_rolls_up, verdict_of

Result = dict[str, Any] | str

YES_NO = {"kind": "yes_no"}
COUNT = {"kind": "count", "path": 2, "partly_from": 1}
REGION_ONLY = {"kind": "yes_no", "layer": "region"}
BELOW_ONLY = {"kind": "yes_no", "layer": "sub_network"}
COMMITTEE = {
    "kind": "coverage",
    "register": "Overlegvormen",
    "where": [{"is": {"Soort": "oncologiecommissie"}}],
    "tests": [{"at_least": {"Gehouden": 2}}],
    "at_least_rows": 1,
}
MDT = {
    "kind": "coverage",
    "register": "Tumortypenetwerken",
    "where": [{"is": {"Stand": "eigen netwerk"}}],
    "tests": [{"is": {"Regionaal MDO": "ja"}}],
    "path": 1,
}

DOCUMENTS = """
## Documenten
| Id | Titel | Datum      |
|----|-------|------------|
| D1 | Plan  | 2025-03-01 |
"""


def network(code: str, *, layer: str = "deelnetwerk", **more: str) -> str:
    """The sheet Netwerk of one network; `more` are other labels, with blanks as underscores."""
    facts = {
        "Code": code,
        "Naam": f"Netwerk {code}",
        "Regio": "NRD" if layer == "deelnetwerk" else "",
        "Laag": layer,
        "Toetsjaar": "2026",
        "Verslagjaar": "2025",
        "Peildatum": "2025-12-31",
        "Eerste toetsjaar": "2026",
        **{label.replace("_", " "): value for label, value in more.items()},
    }
    lines = "\n".join(f"| {label} | {value} |" for label, value in facts.items() if value)
    return f"## Netwerk\n| Gegeven | Waarde |\n{lines}\n"


def answers(*said: str) -> str:
    """The sheet Indicatoren: `N1.1 ja D1`."""
    rows = "\n".join("| {} | {} | {} |".format(*(f"{line}  ".split(" ")[:3])) for line in said)
    return f"\n## Indicatoren\n| Id | Antwoord | Documenten |\n|---|---|---|\n{rows}\n{DOCUMENTS}"


def judged(framework: Framework, markdown: str) -> Judged:
    """A network that was read and judged by itself; its file is named after its code."""
    code = markdown.partition("| Code | ")[2].split(" |")[0]
    evidence, found = take_in(framework, (form(markdown, f"{code}.xlsx", framework),))
    assert evidence is not None, seen(found)
    return Judged(evidence=evidence, assessment=assess(framework, evidence)[0])


def together(framework: Framework, region: str, *below: str, absent: tuple[str, ...] = ()) -> Together:
    """A region and its sub-networks judged together."""
    received = [judged(framework, markdown) for markdown in below]
    missing = [SubNetwork(code=code, name=f"Netwerk {code}") for code in absent]
    return judge_region(framework, judged(framework, region), received, missing)


def results(one: Together, indicator: str = "N1.1") -> dict[str, str]:
    """What an indicator came to in the region (NRD) and in each sub-network."""
    found = {"NRD": one.region.indicator(indicator)}
    found |= {item.code: item.assessment.indicator(indicator) for item in one.sub_networks if item.assessment}
    return {code: verdict(result) for code, result in found.items() if result is not None}


def asked(one: Together, code: str = "") -> list[str]:
    """The questions about the region as a whole, or about one sub-network."""
    return seen(dict(one.asked)[code] if code else one.questions)


# --- down -----------------------------------------------------------------------------------------------------------


def test_an_answer_of_the_region_is_taken_over_unchanged_by_all() -> None:
    framework = norms(YES_NO, COUNT)
    one = together(
        framework,
        network("NRD", layer="regio") + answers("N1.1 ja D1"),
        network("AST") + answers("N1.2 2"),
        network("BRK") + answers("N1.2 0"),
    )
    assert results(one) == {"NRD": "met", "AST": "met", "BRK": "met"}
    own = judged(framework, network("NRD", layer="regio") + answers("N1.1 ja D1")).assessment.indicator("N1.1")
    assert own is not None
    for item in one.sub_networks:
        assert item.assessment is not None
        inherited = item.assessment.indicator("N1.1")
        assert inherited == replace(own, origin=ResultOrigin.INHERITED, inherited_from="NRD")
    above = one.region.indicator("N1.1")
    assert above is not None
    assert above.origin is ResultOrigin.OWN
    assert [(item.network, item.verdict, item.origin) for item in above.sub_networks] == [
        ("AST", Verdict.MET, ResultOrigin.INHERITED),
        ("BRK", Verdict.MET, ResultOrigin.INHERITED),
    ]


def test_standards_are_judged_again_with_what_was_inherited() -> None:
    framework = norms(YES_NO, COUNT)
    one = together(
        framework, network("NRD", layer="regio") + answers("N1.1 ja D1"), network("AST") + answers("N1.2 2")
    )
    assessment = one.sub_networks[0].assessment
    assert assessment is not None
    (standard,) = assessment.standards
    assert (standard.verdict, standard.counts.met, standard.counts.core_known) == (Verdict.MET, 2, 2)
    assert standard.next_step is None


def test_what_the_region_alone_answers_is_inherited_also_without_an_answer() -> None:
    framework = norms(REGION_ONLY)
    one = together(framework, network("NRD", layer="regio") + answers("N1.1"), network("AST") + answers("N1.1 nee"))
    assert results(one) == {"NRD": "unknown (no_answer) not_met … met", "AST": "unknown (no_answer) not_met … met"}
    assert asked(one, "AST") == [
        "NT792 Indicatoren!B2 indicator=N1.1 network=AST region=NRD (region_answer: Indicatoren!A2)"
    ]


def test_a_sub_network_without_its_region_is_told_who_answers() -> None:
    framework = norms(REGION_ONLY, YES_NO)
    alone = judged(framework, network("AST") + answers("N1.2 nee")).assessment
    assert [why(result) for result in alone.indicators] == [["region_answers"], ["said_no"]]
    on_its_own = judged(framework, network("AST", layer="") + answers("N1.2 nee")).assessment
    assert why(on_its_own.indicators[0]) == ["no_answer"]
    typed = judged(framework, network("AST") + answers("N1.1 nee")).assessment
    assert verdict(typed.indicators[0]) == "not_met"


def test_what_is_asked_of_sub_networks_only_is_never_the_regions() -> None:
    framework = norms(BELOW_ONLY)
    one = together(
        framework, network("NRD", layer="regio") + answers("N1.1 nee"), network("AST") + answers("N1.1 ja D1")
    )
    assert results(one) == {"NRD": "met", "AST": "met"}


def test_a_row_that_holds_an_error_is_still_the_regions() -> None:
    framework = norms(YES_NO)
    region = judged(framework, network("NRD", layer="regio") + answers("N1.1 misschien D1"))
    assert region.evidence.to_repair == ("N1.1",)
    assert set(regional_answers(framework, region.evidence, region.assessment)) == {"N1.1"}


def test_an_unknown_typed_by_the_region_is_no_answer() -> None:
    framework = norms(YES_NO)
    region = judged(framework, network("NRD", layer="regio") + answers("N1.1 ?"))
    assert not regional_answers(framework, region.evidence, region.assessment)


def test_without_a_form_of_the_region_nothing_is_inherited() -> None:
    framework = norms(REGION_ONLY, YES_NO)
    region = judged(framework, network("NRD", layer="regio") + answers())
    below = judged(framework, network("AST") + answers("N1.1 ja D1", "N1.2 ja D1"))
    one = judge_region(framework, replace(region, is_received=False), [below])
    assert results(one) == {"NRD": "unknown (no_answer) not_met … met", "AST": "met"}
    assert results(one, "N1.2") == {"NRD": "met", "AST": "met"}
    assert one.asked == (("AST", ()),)


# --- up -------------------------------------------------------------------------------------------------------------


def test_what_the_region_does_not_answer_follows_from_its_sub_networks() -> None:
    one = together(
        norms(YES_NO),
        network("NRD", layer="regio") + answers(),
        network("BRK") + answers("N1.1 nee"),
        network("AST") + answers("N1.1 ja D1"),
        network("CYP") + answers(),
        absent=("DEN",),
    )
    result = one.region.indicator("N1.1")
    assert result is not None
    assert verdict(result) == "partly_met"
    assert result.origin is ResultOrigin.DERIVED
    assert why(result) == [
        "roll_up met=1 of=4 names=AST",
        "roll_up_not_met names=BRK",
        "roll_up_unknown names=CYP",
        "roll_up_not_received names=DEN",
    ]
    assert [item.network for item in result.sub_networks] == ["AST", "BRK", "CYP", "DEN"]
    assert [item.is_received for item in result.sub_networks] == [True, True, True, False]
    absent = result.sub_networks[-1]
    assert (absent.verdict, absent.reason) == (Verdict.UNKNOWN, Reason.NO_ANSWER)
    assert (absent.worst, absent.best) == (Verdict.NOT_MET, Verdict.MET)
    (standard,) = one.region.standards
    assert (standard.verdict, standard.worst, standard.best) == (Verdict.PARTLY_MET,) * 3


def test_every_way_to_come_short_is_named() -> None:
    below = [
        {"verdict": "partly_met"},
        {"verdict": "own_approach", "computed": "not_met", "worst": "not_met", "best": "met"},
        {"verdict": "not_applicable", "reason": "declared"},
    ]
    result = derive(FRAME, [verdict_of(f"S{number}", item) for number, item in enumerate(below, 1)])
    assert why(result) == [
        "roll_up met=0 of=2 names=",
        "roll_up_partly names=S1",
        "roll_up_own_approach names=S2",
        "roll_up_left names=S3",
    ]


def test_sub_networks_with_the_same_verdict_are_named_together() -> None:
    below = [verdict_of(code, {"verdict": "not_met"}) for code in ("AST", "BRK")]
    assert why(derive(FRAME, below)) == ["roll_up met=0 of=2 names=", "roll_up_not_met names=AST, BRK"]


def test_what_is_derived_keeps_the_norm_that_it_was_held_against() -> None:
    norm = {"target": Decimal(60), "final_target": Decimal(80), "partly_from": Decimal(40), "first_cycle": True}
    frame = replace(FRAME, due=date(2026, 7, 1), **norm)  # type: ignore[arg-type]
    result = derive(frame, [verdict_of("AST", {"verdict": "not_met"})])
    assert {name: getattr(result, name) for name in norm} == norm
    assert result.due is None, "what is judged is due no more"


def test_an_own_approach_of_a_sub_network_makes_it_one_of_the_region() -> None:
    own = {"verdict": "own_approach", "computed": "not_met", "worst": "not_met", "best": "met"}
    assert derive(FRAME, [verdict_of("AST", own), verdict_of("BRK", {"verdict": "met"})]).own_approach
    assert not derive(FRAME, [verdict_of("AST", own), verdict_of("BRK", {"verdict": "not_met"})]).own_approach


def test_what_the_norm_says_of_an_own_approach_is_kept_beside_it() -> None:
    own = """
## Indicatoren
| Id   | Antwoord | Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |
|------|----------|--------------------|-------------------|-------------------------|-------------------|
| N1.1 | nee      | Leren van elkaar   | Een bezoek        | Verslag per bezoek      | 2026              |
"""
    one = together(norms(YES_NO), network("NRD", layer="regio") + answers(), network("AST") + own)
    result = one.region.indicator("N1.1")
    assert result is not None
    assert [(item.verdict, item.computed) for item in result.sub_networks] == [
        (Verdict.OWN_APPROACH, Verdict.NOT_MET)
    ]


@pytest.mark.parametrize(
    ("reasons", "together_for"),
    [(("declared", "declared"), Reason.DECLARED), (("declared", "no_rows"), None)],
)
def test_not_applicable_in_all_sub_networks_is_so_for_the_reason_that_they_share(
    reasons: tuple[str, str], together_for: Reason | None
) -> None:
    below = [verdict_of(reason, {"verdict": "not_applicable", "reason": reason}) for reason in reasons]
    result = derive(FRAME, below)
    assert (result.verdict, result.reason) == (Verdict.NOT_APPLICABLE, together_for)


def test_nothing_is_derived_that_the_region_is_not_asked() -> None:
    shown = replace(FRAME, indicator_class=IndicatorClass.INFORMATIVE, verdict=Verdict.INFORMATIVE, reason=None)
    later = replace(FRAME, is_open=False, verdict=Verdict.INFORMATIVE, reason=Reason.NOT_YET_ASKED)
    met = [SubNetworkVerdict(network="AST", verdict=Verdict.MET, worst=Verdict.MET, best=Verdict.MET)]
    assert derive(shown, met) == shown
    assert derive(later, met) == later


def test_not_yet_due_in_all_sub_networks_is_not_yet_due() -> None:
    framework = norms({"kind": "document_age", "deadline": date(2026, 7, 1)})
    one = together(framework, network("NRD", layer="regio") + answers(), network("AST") + answers("N1.1 nee"))
    assert results(one) == {"NRD": "informative (due)", "AST": "informative (due)"}
    result = one.region.indicator("N1.1")
    assert result is not None
    assert result.due == date(2026, 7, 1)


def test_a_region_without_sub_networks_is_a_network_on_its_own() -> None:
    framework = norms(YES_NO)
    region = judged(framework, network("NRD", layer="regio") + answers("N1.1 nee"))
    assert judge_region(framework, region, []).region == region.assessment


RESULTS: tuple[Result, ...] = (
    {"verdict": "met"},
    {"verdict": "partly_met"},
    {"verdict": "not_met"},
    {"verdict": "unknown", "reason": "no_answer", "worst": "not_met", "best": "met"},
    {"verdict": "unknown", "reason": "unsubstantiated", "worst": "not_met", "best": "partly_met"},
    {"verdict": "unknown", "reason": "incomplete_rows", "worst": "partly_met", "best": "met"},
    {"verdict": "unknown", "reason": "unsubstantiated", "worst": "not_met", "best": "not_met"},
    {"verdict": "own_approach", "computed": "not_met", "worst": "not_met", "best": "met"},
    {"verdict": "own_approach", "computed": "partly_met", "worst": "partly_met", "best": "met"},
    {"verdict": "own_approach", "computed": "unknown", "worst": "not_met", "best": "met"},
    {"verdict": "unknown", "reason": "no_norm"},
    {"verdict": "not_applicable", "reason": "declared"},
    {"verdict": "informative", "reason": "not_yet_asked"},
    "not_received",
)
SEVERAL = st.lists(st.sampled_from(RESULTS), min_size=1, max_size=6)
LOOK = settings(max_examples=tries(200), deadline=None)


@LOOK
@given(SEVERAL)
def test_the_roll_up_is_that_of_the_oracle(below: list[Result]) -> None:
    expected, got = oracle.roll_up(list(below)), engine_rolls_up(list(below))
    note(f"{below}\noracle {expected}\nengine {got}")
    compared: cases.Result = {
        name: expected[name] for name in ("verdict", "worst", "best", "computed") if name in expected
    }
    assert not cases.differences(compared, got)


@LOOK
@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_sub_networks_does_not_matter(below: list[Result], random: Any) -> None:
    shuffled = list(below)
    random.shuffle(shuffled)
    assert engine_rolls_up(shuffled) == engine_rolls_up(list(below))


ORDERED = [item for item in Verdict if item in STEPS]
DECIDED = st.lists(st.sampled_from(ORDERED), min_size=1, max_size=6)


def decided(*verdicts: Verdict) -> IndicatorResult:
    """What follows from sub-networks that came to these."""
    return derive(FRAME, [verdict_of(f"S{n}", {"verdict": item.value}) for n, item in enumerate(verdicts)])


@LOOK
@given(st.integers(1, 6))
def test_with_all_met_the_region_is_met(number: int) -> None:
    assert decided(*[Verdict.MET] * number).verdict is Verdict.MET


@LOOK
@given(DECIDED, st.data())
def test_a_better_sub_network_never_worsens_the_region(verdicts: list[Verdict], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(verdicts) - 1))
    better = data.draw(st.sampled_from([item for item in ORDERED if STEPS[item] >= STEPS[verdicts[place]]]))
    lifted = [better if number == place else item for number, item in enumerate(verdicts)]
    assert STEPS[decided(*lifted).verdict] >= STEPS[decided(*verdicts).verdict]


@LOOK
@given(SEVERAL)
def test_the_bounds_hold_every_completion(below: list[Result]) -> None:
    verdicts = [verdict_of(f"S{number}", item) for number, item in enumerate(below)]
    result = derive(FRAME, verdicts)
    ends = [(item.worst, item.best) for item in verdicts if item.worst is not None and item.best is not None]
    assert (result.worst is None) == (not ends)
    by_step = {step: item for item, step in STEPS.items()}
    for completion in itertools.product(*(range(STEPS[worst], STEPS[best] + 1) for worst, best in ends)):
        if result.worst is not None and result.best is not None:
            came_to = STEPS[decided(*(by_step[step] for step in completion)).verdict]
            assert STEPS[result.worst] <= came_to <= STEPS[result.best]


# --- what is asked about --------------------------------------------------------------------------------------------


def test_an_own_answer_that_is_passed_over_is_asked_about_when_it_differs() -> None:
    framework = norms(YES_NO, COUNT)
    region = network("NRD", layer="regio") + answers("N1.1 ja D1", "N1.2 2")
    same = together(framework, region, network("AST") + answers("N1.1 ja", "N1.2 2"))
    assert asked(same, "AST") == []
    other = together(framework, region, network("AST") + answers("N1.1 nee", "N1.2 1"))
    assert asked(other, "AST") == [
        "NT792 Indicatoren!B2 indicator=N1.1 network=AST region=NRD (region_answer: Indicatoren!B2)",
        "NT792 Indicatoren!B3 indicator=N1.2 network=AST region=NRD (region_answer: Indicatoren!B3)",
    ]


MEETING = """
## Overlegvormen
| Naam      | Soort               | Gehouden | Documenten |
|-----------|---------------------|----------|------------|
| Commissie | oncologiecommissie  | {held}   | D1         |
"""


def test_an_own_register_that_is_passed_over_is_asked_about_when_its_verdict_differs() -> None:
    framework = norms(COMMITTEE)
    region = network("NRD", layer="regio") + answers() + MEETING.format(held=3)
    same = together(framework, region, network("AST") + answers() + MEETING.format(held=2))
    assert (results(same), asked(same, "AST")) == ({"NRD": "met", "AST": "met"}, [])
    other = together(framework, region, network("AST") + answers() + MEETING.format(held=1))
    assert results(other) == {"NRD": "met", "AST": "met"}
    assert asked(other, "AST") == [
        "NT792 Overlegvormen!A2 indicator=N1.1 network=AST region=NRD (region_answer: Overlegvormen!A2)"
    ]
    empty = together(framework, region, network("AST") + answers() + MEETING.format(held=""))
    assert asked(empty, "AST") == []


def test_an_own_approach_beside_an_answer_of_the_region_is_asked_about() -> None:
    framework = norms(COUNT)
    own = """
## Indicatoren
| Id   | Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |
|------|--------------------|-------------------|-------------------------|-------------------|
| N1.1 | Leren van elkaar   | Een bezoek        | Verslag per bezoek      | 2026              |
"""
    one = together(framework, network("NRD", layer="regio") + answers("N1.1 2"), network("AST") + own)
    assert results(one) == {"NRD": "met", "AST": "met"}
    assert asked(one, "AST") == [
        "NT792 Indicatoren!B2 indicator=N1.1 network=AST region=NRD (region_answer: Indicatoren!B2)"
    ]


GROUP_ROWS = """
## Tumortypenetwerken
| Dit overzicht is volledig | ja |
| Groep | Stand         | Regionaal MDO | Documenten |
|-------|---------------|---------------|------------|
| Long  | eigen netwerk | {mdt}         | D1         |
"""


def test_what_only_follows_from_a_register_is_no_answer_beside_one_in_the_row() -> None:
    framework = norms({**MDT, "may_be_not_applicable": True})
    typed = """
## Indicatoren
| Id   | Antwoord | Reden n.v.t.      |
|------|----------|-------------------|
| N1.1 | n.v.t.   | Dat doet men hier niet. |
"""
    below = network("AST") + answers() + GROUP_ROWS.format(mdt="ja")
    one = together(framework, network("NRD", layer="regio") + typed, below)
    assert results(one) == {"NRD": "not_applicable (declared)", "AST": "not_applicable (declared)"}
    assert asked(one, "AST") == []
    rows = network("NRD", layer="regio") + answers() + GROUP_ROWS.format(mdt="nee")
    assert [line.partition(" ")[0] for line in asked(together(framework, rows, below), "AST")] == ["NT792"]


VOLUMES = """
## Volumes
| Dit overzicht is volledig | ja |
| Locatie | Behandeling      | Jaar | Aantal   |
|---------|------------------|------|----------|
| h1      | longresectie     | 2025 | {number} |
"""


def test_volumes_that_a_region_declares_complete_hold_for_all() -> None:
    framework = norms({"kind": "volume", "category": "intervention", "path": 1}, volume_norms=(bound(),))
    hospital = members("h1 | Ziekenhuis Een | ziekenhuis | | deelnemer |")
    region = network("NRD", layer="regio") + hospital + VOLUMES.format(number=60)
    one = together(framework, region, network("AST") + answers("N1.1") + hospital + VOLUMES.format(number=10))
    assert results(one) == {"NRD": "met", "AST": "met"}
    assert asked(one, "AST") == ["NT792 Volumes!D3 indicator=N1.1 network=AST region=NRD (region_answer: Volumes!D3)"]
    some = region.replace("volledig | ja", "volledig |  ")
    assert results(together(framework, some, network("AST") + hospital + VOLUMES.format(number=10))) == {
        "NRD": "not_met",
        "AST": "not_met",
    }


def test_two_sub_networks_that_give_another_number_for_one_location_are_asked_about() -> None:
    framework = norms({"kind": "volume", "category": "intervention", "path": 1}, volume_norms=(bound(),))
    hospital = members("h1 | Ziekenhuis Een | ziekenhuis | | deelnemer |")
    renamed = members("een | Ziekenhuis Een | ziekenhuis | | deelnemer |")
    other = VOLUMES.replace("h1 ", "een").format(number=49)
    one = together(
        framework,
        network("NRD", layer="regio") + hospital,
        network("AST") + hospital + VOLUMES.format(number=60),
        network("BRK") + renamed + other,
        network("CYP") + hospital + VOLUMES.format(number=60),
    )
    assert results(one) == {"NRD": "partly_met", "AST": "met", "BRK": "not_met", "CYP": "met"}
    facts = "location=Ziekenhuis Een treatment=Longresectie year=2025 first=AST second=BRK number=60 other=49"
    assert [line for line in asked(one) if "NT799" in line] == [f"NT799 Volumes!D3 {facts} (first: Volumes!D3)"]
    echelons = framework.echelons
    assert echelons is not None
    of_echelons = replace(framework, echelons=replace(echelons, category="intervention"))
    again = together(
        of_echelons,
        network("NRD", layer="regio"),
        network("AST") + hospital + VOLUMES.format(number=60),
        network("BRK") + hospital + VOLUMES.format(number=49),
    )
    assert not [line for line in asked(again) if "NT799" in line]


def test_where_the_year_is_wrong_the_cycle_is_not_asked_about_as_well() -> None:
    region = network("NRD", layer="regio") + answers()
    one = together(norms(YES_NO), region, network("AST", Toetsjaar="2027") + answers())
    assert asked(one, "AST") == []


def bound() -> VolumeNorm:
    """Fifty lung resections a year per location."""
    given = {"treatments": ["lung-resection"], "minimum": 50, "unit": "location", "valid_from": date(2020, 1, 1)}
    return replace(cases.norm_of(given, "norm-1"), treatments=("lung-resection",))


def test_norms_without_concentration_and_spreading_have_nothing_to_hand_down() -> None:
    framework = replace(norms(YES_NO), iza=None)
    one = together(framework, network("NRD", layer="regio") + answers(), network("AST") + answers("N1.1 nee"))
    assert (results(one), one.region.iza) == ({"NRD": "not_met", "AST": "not_met"}, ())


def test_another_cycle_and_another_day_are_asked_about() -> None:
    framework = norms(YES_NO)
    one = together(
        framework,
        network("NRD", layer="regio", Eerste_toetsjaar="2025") + answers("N1.1 ja D1"),
        network("AST", Peildatum="2026-03-01") + answers(),
    )
    assert asked(one, "AST") == [
        "NT793 Netwerk!B9 network=AST found=1 expected=2",
        "NT794 Netwerk!B8 network=AST first=2026-03-01 second=2025-12-31",
    ]


MEMBERS = """
## Deelnemers
| Id | Naam | Soort | Onderdeel van | Rol | Tot |
|----|------|-------|---------------|-----|-----|
{rows}
"""


def members(*rows: str) -> str:
    """The sheet Deelnemers."""
    return MEMBERS.format(rows="\n".join(f"| {row} |" for row in rows))


def test_members_of_several_sub_networks_are_one() -> None:
    iknl = network("NRD", layer="regio") + answers() + members("iknl | IKNL | IKNL | | partner |")
    one = together(
        norms(YES_NO),
        iknl,
        network("AST")
        + answers()
        + members(
            "h1 | Ziekenhuis Een | ziekenhuis | | deelnemer |",
            "h2 | Ziekenhuis Twee | ziekenhuis | | deelnemer |",
            "oud | Ziekenhuis Oud | ziekenhuis | | deelnemer | 2024-12-31",
        ),
        network("BRK")
        + answers()
        + members(
            "H1 | Ziekenhuis Een | ziekenhuis | | deelnemer |",
            "zh2 | Ziekenhuis Twee | ziekenhuis | | deelnemer |",
            "loc | Locatie Zuid | locatie | zh2 | deelnemer |",
            "iknl | | IKNL | | partner |",
        ),
    )
    region = judged(norms(YES_NO), iknl)
    found = region_members(region.evidence, one.sub_networks)
    assert [(item.id, item.name, item.kind, item.sub_networks, item.parent) for item in found] == [
        ("iknl", "IKNL", "iknl", ("BRK",), ""),
        ("h1", "Ziekenhuis Een", "hospital", ("AST", "BRK"), ""),
        ("h2", "Ziekenhuis Twee", "hospital", ("AST", "BRK"), ""),
        ("loc", "Locatie Zuid", "location", ("BRK",), "h2"),
    ]
    assert asked(one) == ["NT797 Deelnemers!A3 member=Ziekenhuis Twee first=h2 second=zh2 (first: Deelnemers!A3)"]


def test_a_result_rests_on_the_evidence_of_the_region_when_it_was_inherited() -> None:
    framework = norms(YES_NO, COUNT)
    region = judged(framework, network("NRD", layer="regio") + answers("N1.1 ja D1"))
    below = judged(framework, network("AST") + answers("N1.2 2"))
    (item,) = judge_region(framework, region, [below]).sub_networks
    assert item.assessment is not None
    inherited, own = item.assessment.indicators
    above = RegionAbove(code="NRD", name="Netwerk NRD", evidence=region.evidence)
    dossier = Dossier(framework=framework, evidence=below.evidence, assessment=item.assessment, region=above)
    assert dossier.evidence_of(inherited) is region.evidence
    assert dossier.evidence_of(own) is below.evidence
    assert replace(dossier, region=None).evidence_of(inherited) is below.evidence


def test_one_id_with_two_names_is_asked_about_once() -> None:
    one = together(
        norms(YES_NO),
        network("NRD", layer="regio") + answers(),
        network("AST") + answers() + members("h1 | Ziekenhuis Een | ziekenhuis | | deelnemer |"),
        network("BRK") + answers() + members("h1 | Ziekenhuis Drie | ziekenhuis | | deelnemer |"),
        network("CYP") + answers() + members("h1 | Ziekenhuis Drie | ziekenhuis | | deelnemer |"),
    )
    assert asked(one) == [
        "NT796 Deelnemers!B2 member=h1 first=Ziekenhuis Een second=Ziekenhuis Drie (first: Deelnemers!B2)"
    ]


def test_inheriting_nothing_changes_nothing() -> None:
    framework = norms(YES_NO, COUNT)
    own = judged(framework, network("AST") + answers("N1.1 ja D1")).assessment
    empty: Mapping[str, IndicatorResult] = {}
    assert inherit(framework, own, empty, "NRD") == own
    assert roll_up(framework, own, empty, ()) == own


@pytest.mark.parametrize("order", list(itertools.permutations(("AST", "BRK", "CYP"))))
def test_a_region_is_the_same_in_any_order(order: tuple[str, ...]) -> None:
    framework = norms(YES_NO, MDT)
    pages = {
        "AST": network("AST") + answers("N1.1 ja D1"),
        "BRK": network("BRK") + answers("N1.1 nee"),
        "CYP": network("CYP") + answers(),
    }
    region = network("NRD", layer="regio") + answers()
    one = together(framework, region, *(pages[code] for code in order))
    usual = together(framework, region, *pages.values())
    assert (one.region, one.sub_networks) == (usual.region, usual.sub_networks)
