"""The board's part for one member: its own rows beside the network's, and no other hospital by name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.core.assessment import Because, EchelonResult, IndicatorResult, NormCheck, RowResult, RowState, Verdict
from normtool.core.circles import part_for
from normtool.core.diagnostics import Diagnostic
from normtool.core.dossier import Circle, Dossier, FormerAction, RegionAbove, SubNetwork
from normtool.core.evidence import (
    Evidence,
    Origin,
    OwnApproach,
    Previous,
    PreviousAnswer,
    PreviousNumber,
    RegisterRow,
    RegisterRows,
    SourceFile,
    TakenOver,
    Unreadable,
)
from normtool.core.masking_texts import MASK
from normtool.core.member_names import OtherNames, find_member, own_ids
from normtool.core.member_part import for_member
from normtool.core.places import CellPlace, Located
from normtool.core.standards import IndicatorClass
from normtool.files.dossiers_json import dossier_json, read_dossier
from tests.dossier_examples import answer, built_in, document, mixed, row, rows
from tests.masked_examples import DIGEST, former_year, judged
from tests.region_examples import three

MEMBERS = (
    row("Deelnemers", id="ZDA", name="Ziekenhuis De Aker", kind="hospital", explanation="Werkt met Bergzicht."),
    row("Deelnemers", id="ZDA-N", name="De Aker, locatie Noord", kind="location", parent="ZDA"),
    row("Deelnemers", id="BZ", name="Medisch Centrum Bergzicht", kind="hospital"),
    row("Deelnemers", id="BZ-Z", name="Bergzicht, locatie Zuid", kind="location", parent="BZ"),
    row("Deelnemers", id="100", name="Duinoord", kind="hospital"),
    row("Deelnemers", id="HA", name="Huisartsen Voorbeeldland", kind="general_practice"),
)


def network(*registers: RegisterRows, **more: object) -> Dossier:
    """A network of three hospitals, two of them with a location."""
    facts = replace(mixed().evidence.network, features="Bergzicht is het grootst, De Aker het oudst.")
    evidence = Evidence(network=facts, registers=(rows("members", *MEMBERS), *registers), **more)  # type: ignore[arg-type]
    return judged(built_in(), evidence)


def texts(dossier: Dossier) -> str:
    """All that a dossier tells, but for its norms."""
    data = json.loads(dossier_json(dossier))
    del data["norms"]
    return json.dumps(data, ensure_ascii=False)


def held(dossier: Dossier, register: str, column: str) -> list[object]:
    """What a column of a register holds."""
    return [item.contents.get(column) for item in dossier.evidence.register(register).rows]


# --- who is meant --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ZDA", "zda", "Ziekenhuis De Aker", " ziekenhuis de aker ", "ziekenhuis-de-aker"])
def test_a_member_is_found_by_id_or_name(text: str) -> None:
    assert find_member(network(), text) == "ZDA"


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("Bergzigt", "BZ-Z (Bergzicht locatie Zuid)"),
        ("Duinoort", "100 (Duinoord)"),
        ("Umbra", "ZDA (Ziekenhuis De Aker), BZ (Medisch Centrum Bergzicht), 100 (Duinoord)"),
    ],
)
def test_who_is_not_there_is_told_with_who_is(text: str, choices: str) -> None:
    found = find_member(network(), text)
    assert isinstance(found, Diagnostic)
    assert found.code == "NT820"
    facts = dict(found.facts)
    assert facts["name"] == text
    assert facts["choices"] == choices or text == "Bergzigt"


def test_a_member_whose_id_is_its_name_is_named_once() -> None:
    only = replace(network(), evidence=replace(network().evidence, registers=(rows("members", _only()),)))
    found = find_member(only, "iets anders")
    assert isinstance(found, Diagnostic)
    assert dict(found.facts)["choices"] == "IKNL"


def _only() -> RegisterRow:
    return row("Deelnemers", id="IKNL", name="IKNL", kind="iknl")


def test_without_members_there_is_nobody_to_choose() -> None:
    nobody = replace(network(), evidence=replace(network().evidence, registers=()))
    found = find_member(nobody, "ZDA")
    assert isinstance(found, Diagnostic)
    assert found.code == "NT822"


def test_a_hospital_is_read_with_its_locations_and_a_location_with_its_hospital() -> None:
    assert own_ids(network(), "ZDA") == {"zda", "zda-n"}
    assert own_ids(network(), "ZDA-N") == {"zda", "zda-n"}
    assert own_ids(network(), "100") == {"100"}


def test_a_member_of_a_region_is_the_same_in_all_its_networks() -> None:
    first, *rest = three().sub_networks
    renamed = replace(first, members=(row("Deelnemers", id="UMCV", name="UMC Voorbeeld", kind="hospital"),))
    assert own_ids(replace(three(), sub_networks=(renamed, *rest)), "umc") == {"umc", "umcv"}


# --- names in texts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Met Medisch Centrum Bergzicht en de huisartsen", f"Met {MASK} en de huisartsen"),
        ("bij bergzicht, locatie zuid", f"bij {MASK}"),
        ("Bergzicht doet mee", f"{MASK} doet mee"),
        ("BERGZICHT doet mee", f"{MASK} doet mee"),
        ("BZ en bz", f"{MASK} en bz"),
        ("De Aker, locatie Noord, en Duinoord", f"De Aker, locatie Noord, en {MASK}"),
        ("Ziekenhuis De Aker; ZDA; zda-n", "Ziekenhuis De Aker; ZDA; zda-n"),
        ("100 van de 200", "100 van de 200"),
        ("Bergzichtlaan 4", "Bergzichtlaan 4"),
        ("Huisartsen Voorbeeldland", "Huisartsen Voorbeeldland"),
    ],
)
def test_names_of_others_go_and_own_names_stay(text: str, left: str) -> None:
    assert OtherNames.of(network(), "ZDA").text(text) == left


def test_without_others_texts_stay() -> None:
    alone = replace(network(), evidence=replace(network().evidence, registers=(rows("members", MEMBERS[0]),)))
    assert OtherNames.of(alone, "ZDA").text("Bergzicht") == "Bergzicht"


def test_the_name_of_the_network_is_no_name_of_a_hospital() -> None:
    names = (*MEMBERS, row("Deelnemers", id="V", name="UMC Voorbeeldland", kind="hospital"))
    named = replace(network(), evidence=replace(network().evidence, registers=(rows("members", *names),)))
    other = OtherNames.of(named, "ZDA")
    assert (
        other.text("Oncologienetwerk Voorbeeldland, Voorbeeldland") == "Oncologienetwerk Voorbeeldland, Voorbeeldland"
    )
    assert other.text("UMC Voorbeeldland") == MASK


# --- rows --------------------------------------------------------------------------------------------------------


def test_own_rows_stay_and_those_of_others_go() -> None:
    care = rows(
        "care",
        *(row("Zorgaanbod", location=name, group="skin", treats=True) for name in ("ZDA-N", "BZ", "100", "Elders")),
    )
    part = for_member(network(care, RegisterRows(register="onbekend", rows=care.rows)), "ZDA")
    assert held(part, "care", "location") == ["ZDA-N"]
    assert held(part, "members", "id") == ["ZDA", "ZDA-N", "HA"]
    assert part.evidence.register("onbekend").rows == ()
    assert held(part, "members", "explanation")[0] == f"Werkt met {MASK}."
    assert part.evidence.network.features == f"{MASK} is het grootst, De Aker het oudst."


def test_agreements_keep_the_own_party_and_those_of_others_alone_go() -> None:
    agreements = rows(
        "agreements",
        row("Afspraken", id="A1", kind="cooperation", parties=("ZDA", "BZ", "HA")),
        row("Afspraken", id="A2", kind="cooperation", parties=("BZ", "100")),
        row("Afspraken", id="A3", kind="cooperation"),
    )
    part = for_member(network(agreements), "ZDA")
    assert held(part, "agreements", "id") == ["A1", "A3"]
    assert held(part, "agreements", "parties") == [("ZDA", "HA"), None]


def test_texts_everywhere_lose_the_names_of_others() -> None:
    place = CellPlace(file="x", sheet="y", row=1, column=1)
    told = "Samen met Bergzicht."
    own = OwnApproach(aim=Located(value=told, place=place), what=Located(value=told, place=place))
    given_ = answer("N1.5", True, "D1", source=told, explanation=told, bottleneck=told, own_approach=own)
    previous = Previous(
        file="oud.xlsx",
        answers=(PreviousAnswer(indicator="N1.5", own_aim=told, own_what=told),),
        numbers=tuple(
            PreviousNumber(register="volumes", key=(name, "cystectomy"), number=9) for name in ("ZDA", "BZ")
        ),
    )
    odd = row("Overlegvormen", name="Overleg Bergzicht", kind="board", held=Unreadable(text="zie Bergzicht"))
    entry = replace(document("D1", told, None), adopted_by=told, location=told, keeper=told)
    whole = network(rows("meetings", odd), answers=(given_,), documents=(entry,), previous=previous)
    year = former_year(
        open_actions=(FormerAction(id="V1", action=told, owner="Bergzicht"),),
    )
    part = for_member(replace(whole, history=(year,)), "ZDA")
    assert "bergzicht" not in texts(part).lower()
    assert part.evidence.previous is not None
    assert [item.key[0] for item in part.evidence.previous.numbers] == ["ZDA"]


def result_with(*found: RowResult, steps: tuple[Because, ...] = ()) -> IndicatorResult:
    """A result with these rows and this reasoning."""
    return IndicatorResult(
        id="N3.2",
        indicator_class=IndicatorClass.CORE,
        is_open=True,
        verdict=Verdict.MET,
        rows=found,
        because=steps,
    )


def test_results_keep_own_rows_and_own_steps() -> None:
    check = NormCheck(
        norm="x", state=RowState.MET, is_bound=True, total=9, minimum=5, locations=("ZDA", "BZ"), years=(2025,)
    )
    steps = (
        Because(rule="volume_below", facts=(("location", "BZ"), ("number", 4))),
        Because(rule="volume_below", facts=(("location", "ZDA"), ("number", 4))),
        Because(rule="volume_plan", facts=(("plan", "Naar Bergzicht."), ("group", "lung"), ("location", ""))),
    )
    found = result_with(
        RowResult(key=("ZDA", "cystectomy"), state=RowState.MET, checks=(check,), note="Met Bergzicht."),
        RowResult(key=("BZ", "cystectomy"), state=RowState.MET),
        RowResult(key=("lung",), state=RowState.MET),
        steps=steps,
    )
    whole = network()
    first, *rest = whole.assessment.standards
    echelons = tuple(EchelonResult(location=name, group="lung", treats=True) for name in ("ZDA-N", "BZ"))
    assessment = replace(whole.assessment, standards=(replace(first, indicators=(found,)), *rest), echelons=echelons)
    part = for_member(replace(whole, assessment=assessment), "ZDA").assessment
    left = part.indicator("N3.2")
    assert left is not None
    assert [item.key for item in left.rows] == [("ZDA", "cystectomy"), ("lung",)]
    assert left.rows[0].note == f"Met {MASK}."
    assert left.rows[0].checks[0].locations == ("ZDA",)
    assert [item.fact("location") for item in left.because] == ["ZDA", ""]
    assert left.because[1].fact("plan") == f"Naar {MASK}."
    assert [item.location for item in part.echelons] == ["ZDA-N"]


def test_a_region_and_its_sub_networks_lose_the_others_too() -> None:
    missing = SubNetwork(code="Z", name="Z")
    region = replace(three(), sub_networks=(*three().sub_networks, missing))
    part = part_for(region, Circle.BOARD, DIGEST, "dewaard")
    told = texts(part)
    assert not [name for name in ("UMC Voorbeeld", "Meerlanden", "Overmaas", "Duinrand", '"umc"') if name in told]
    assert "De Waard" in told
    above = replace(network(), region=RegionAbove(code="R", name="Regio", evidence=network().evidence))
    inherited = for_member(above, "ZDA").region
    assert inherited is not None
    assert inherited.evidence is not None
    assert held(replace(above, evidence=inherited.evidence), "members", "id") == ["ZDA", "ZDA-N", "HA"]


def test_norms_without_a_register_of_members_leave_none_of_a_sub_network() -> None:
    whole = three()
    registers = tuple(item for item in whole.framework.registers if item.id != "members")
    part = for_member(replace(whole, framework=replace(whole.framework, registers=registers)), "umc")
    assert [item.members for item in part.sub_networks] == [(), (), ()]


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["deel_Bergzicht_2026.xlsx", "2026 MedischCentrumBergzicht", "BZ-2026.xlsx"])
def test_a_form_named_after_another_hospital_is_only_numbered(file: str) -> None:
    place = CellPlace(file=file, sheet="Overlegvormen", row=7, column=1)
    line = RegisterRow(place=place, values=(("name", Located(value="Bestuur", place=place)),))
    evidence = replace(
        network(rows("meetings", line)).evidence,
        files=(SourceFile(file=file, digest=DIGEST), SourceFile(file="netwerk.xlsx", digest=DIGEST)),
        taken_over=(TakenOver(place=place, origin=Origin.LAST_YEAR, said=place, file=file),),
        previous=Previous(file=file),
        answers=(answer("N1.5", True),),
    )
    told = texts(for_member(judged(built_in(), evidence), "ZDA"))
    assert file not in told
    assert f"{MASK} 1" in told
    assert "netwerk.xlsx" in told


@given(st.sampled_from(["ZDA", "BZ", "100", "ZDA-N"]))
def test_a_members_part_is_the_same_when_it_is_cut_again(member: str) -> None:
    once = for_member(network(), member)
    assert for_member(once, member) == once


def test_a_members_part_is_the_same_after_json(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("part") / "dossier.json"
    part = part_for(network(), Circle.BOARD, DIGEST, "ZDA")
    file.write_bytes(dossier_json(part))
    assert read_dossier(file) == (part, ())
