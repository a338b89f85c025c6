"""Circles: what each sees, and that a part only becomes narrower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from normtool.core.assessment import Assessment, ResultOrigin, Share, Verdict
from normtool.core.circles import ORDER, may_become, part_for
from normtool.core.dossier import Circle, Dossier, FormerResult, FormerYear, RegionAbove, SubNetwork
from normtool.core.evidence import SourceFile
from normtool.core.house_style import HouseStyle
from normtool.core.standards import IndicatorClass
from normtool.files.dossiers_json import dossier_json, read_dossier
from tests.dossier_examples import mixed, row, rows
from tests.masked_examples import crafted, former_year, network
from tests.region_examples import below, three

DIGEST = "cd" * 32
WHOLES: dict[str, Callable[[], Dossier]] = {
    "network": mixed,
    "small numbers": crafted,
    "region": three,
    "sub-network": below,
}


@pytest.mark.parametrize("name", WHOLES)
@pytest.mark.parametrize("circle", list(Circle))
def test_every_part_is_the_same_after_json(name: str, circle: Circle, tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    part = part_for(WHOLES[name](), circle, DIGEST)
    file.write_bytes(dossier_json(part))
    assert read_dossier(file) == (part, ())


@pytest.mark.parametrize("circle", list(Circle))
@pytest.mark.parametrize("name", WHOLES)
def test_verdicts_are_the_same_for_every_circle(name: str, circle: Circle) -> None:
    whole = WHOLES[name]()
    part = part_for(whole, circle, DIGEST)
    told = [[(item.id, item.verdict, item.reason, item.worst) for item in one.indicators] for one in verdicts(part)]
    assert told == [
        [(item.id, item.verdict, item.reason, item.worst) for item in one.indicators] for one in verdicts(whole)
    ]


def verdicts(dossier: Dossier) -> list[Assessment]:
    """All assessments of a dossier."""
    return [dossier.assessment, *(item.assessment for item in dossier.sub_networks if item.assessment is not None)]


def test_the_review_team_sees_all_unless_the_house_style_masks() -> None:
    whole = crafted()
    assert part_for(whole, Circle.REVIEW, DIGEST) is whole
    part = part_for(replace(whole, house_style=HouseStyle(masks_review=True)), Circle.REVIEW, DIGEST)
    assert part.circle is Circle.REVIEW
    assert part.part is not None
    assert part.diagnostics
    assert any(item.is_masked for item in part.assessment.indicators)
    assert part_for(replace(whole, house_style=HouseStyle()), Circle.REVIEW, DIGEST).part is None


@pytest.mark.parametrize("circle", [Circle.NETWORK, Circle.BOARD])
def test_files_go_by_the_beginning_of_their_digests(circle: Circle) -> None:
    """With whole ones somebody could try numbers until the digest of the whole dossier comes out."""
    whole = below()
    assert whole.region is not None
    assert whole.region.evidence is not None
    files = (SourceFile(file="regio.xlsx", digest="ab" * 32),)
    region = replace(whole.region, digests=("ab" * 32,), evidence=replace(whole.region.evidence, files=files))
    own = replace(whole.evidence, files=(SourceFile(file="eigen.xlsx", digest="ef" * 32),))
    part = part_for(replace(whole, evidence=own, region=region, history=(former(),)), circle, DIGEST)
    assert [item.digest for item in part.evidence.files] == ["efefefefefef"]
    assert part.region is not None
    assert part.region.evidence is not None
    assert part.region.digests == ("abababababab",)
    assert [item.digest for item in part.region.evidence.files] == ["abababababab"]
    assert [item.digest for item in part.history] == ["121212121212"]


def former() -> FormerYear:
    """A former year."""
    return former_year(digest="12" * 32)


def test_a_network_sees_all_but_questions_and_small_numbers() -> None:
    whole = mixed()
    part = part_for(whole, Circle.NETWORK, DIGEST)
    assert part.part is not None
    assert (part.part.circle, part.part.digest, part.part.limit, part.part.member) == (Circle.NETWORK, DIGEST, 10, "")
    assert part.diagnostics == ()
    assert part.evidence.network.contact_role == whole.evidence.network.contact_role
    assert part.evidence.documents == whole.evidence.documents


def test_a_board_does_not_see_whom_to_ask_or_where_documents_are() -> None:
    whole = below()
    asked = replace(whole.evidence.network, contact_role="beleidsondersteuner")
    whole = replace(whole, evidence=replace(whole.evidence, network=asked))
    part = part_for(whole, Circle.BOARD, DIGEST)
    assert part.evidence.network.contact_role == ""
    assert {(item.location, item.access, item.keeper) for item in part.evidence.documents} == {("", "", "")}
    assert part.region is not None
    assert part.region.evidence is not None
    assert {item.location for item in part.region.evidence.documents} == {""}
    assert [item.title for item in part.evidence.documents] == [item.title for item in whole.evidence.documents]
    assert part.evidence.register("patient_council") == whole.evidence.register("patient_council")


def test_a_board_does_not_find_it_in_the_register_of_documents_either() -> None:
    told = {"title": "Reglement", "place": "Netwerkmap", "access": "on_request", "keeper": "secretaris"}
    papers = rows("documents", row("Documenten", id="D1", **told))
    whole = mixed()
    whole = replace(whole, evidence=replace(whole.evidence, registers=(*whole.evidence.registers, papers)))
    (found,) = part_for(whole, Circle.BOARD, DIGEST).evidence.register("documents").rows
    assert set(found.contents) == {"id", "title"}
    (kept,) = part_for(whole, Circle.NETWORK, DIGEST).evidence.register("documents").rows
    assert set(kept.contents) == {"id", *told}


def test_a_board_of_a_region_sees_no_contacts_of_its_sub_networks() -> None:
    missing = SubNetwork(code="Z", name="Z")
    part = part_for(replace(three(), sub_networks=(*three().sub_networks, missing)), Circle.BOARD, DIGEST)
    assert {item.network.contact_role for item in part.sub_networks if item.network is not None} == {""}


def test_the_public_sees_names_and_verdicts() -> None:
    year = former_year(
        digest=DIGEST,
        results=(
            FormerResult(
                id="N3.3",
                standard="3",
                indicator_class=IndicatorClass.CORE,
                is_open=True,
                verdict=Verdict.MET,
                share=Share(numerator=200, denominator=300),
            ),
        ),
    )
    part = part_for(replace(below(), history=(year,)), Circle.PUBLIC, DIGEST)
    left = (part.diagnostics, part.evidence.documents, part.evidence.answers, part.evidence.files)
    assert left == ((), (), (), ())
    assert [item.register for item in part.evidence.registers] == ["members"]
    assert {name for row in part.evidence.register("members").rows for name in row.contents} <= {
        "id",
        "name",
        "kind",
        "parent",
    }
    assert {row.place.file for row in part.evidence.register("members").rows} == {""}
    assert part.region == RegionAbove(code="VBR", name="Oncologieregio Voorbeeldland")
    assert all(
        (item.value, item.rows, item.because, item.places, item.documents) == (None, (), (), (), ())
        for item in part.assessment.indicators
    )
    assert any(item.origin is ResultOrigin.INHERITED for item in part.assessment.indicators)
    assert (part.history[0].digest, part.history[0].results[0].share) == ("", None)
    assert part.is_preliminary


def test_the_public_sees_the_sub_networks_of_a_region_in_the_same_way() -> None:
    missing = SubNetwork(code="Z", name="Z")
    part = part_for(replace(three(), sub_networks=(*three().sub_networks, missing)), Circle.PUBLIC, DIGEST)
    assert [item.code for item in part.sub_networks] == ["NOORD", "OOST", "ZUID", "Z"]
    assert all(item.digest == "" for item in part.sub_networks)
    assert part.sub_networks[0].assessment is not None
    assert part.sub_networks[0].assessment.echelons == ()


def test_a_public_part_without_members_has_no_registers() -> None:
    whole = network([])
    whole = replace(whole, evidence=replace(whole.evidence, registers=()))
    assert part_for(whole, Circle.PUBLIC, DIGEST).evidence.registers == ()


@pytest.mark.parametrize(("first", "then"), [*product(ORDER[1:], ORDER)])
def test_a_part_only_becomes_narrower(first: Circle, then: Circle) -> None:
    part = part_for(crafted(), first, DIGEST)
    if ORDER.index(then) >= ORDER.index(first):
        narrower = part_for(part, then, "ef" * 32)
        assert narrower.part is not None
        assert narrower.part.digest == DIGEST, "the digest of the whole stays"
        assert narrower == part_for(crafted(), then, DIGEST)
    else:
        assert not may_become(part, then)
        with pytest.raises(ValueError, match="wider"):
            part_for(part, then, DIGEST)


def test_a_part_of_a_member_is_made_of_the_whole_only() -> None:
    whole = crafted()
    assert may_become(whole, Circle.BOARD, "Aker")
    member = part_for(whole, Circle.BOARD, DIGEST, "Aker")
    assert may_become(member, Circle.BOARD, "Aker")
    assert not may_become(member, Circle.BOARD)
    assert not may_become(member, Circle.BOARD, "Bergzicht")
    assert not may_become(part_for(whole, Circle.BOARD, DIGEST), Circle.BOARD, "Aker")
    assert may_become(member, Circle.PUBLIC)
    assert part_for(whole, Circle.NETWORK, DIGEST, "Aker") == part_for(whole, Circle.NETWORK, DIGEST)


def test_the_limit_of_a_part_never_falls() -> None:
    part = part_for(crafted(), Circle.NETWORK, DIGEST)
    settings = replace(part.framework.settings, small_below=5)
    lower = replace(part, framework=replace(part.framework, settings=settings))
    narrower = part_for(lower, Circle.BOARD, DIGEST)
    assert narrower.part is not None
    assert narrower.part.limit == 10
