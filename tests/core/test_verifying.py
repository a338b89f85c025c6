"""Judging again, and comparing what is written with what follows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from normtool.core.assessment import Because, IndicatorResult, ResultOrigin, Verdict
from normtool.core.dossier import Circle, Dossier, Part, RegionAbove
from normtool.core.house_style import HouseStyle
from normtool.core.places import CellPlace, Located
from normtool.core.registers import Text
from normtool.core.standards import Framework
from normtool.core.verifying import Difference, Missing, differences, follow, norm_differences
from tests.dossier_examples import mixed
from tests.region_examples import below, three

PART = Part(circle=Circle.BOARD, digest="0" * 64, limit=10)


@cache
def dossier() -> Dossier:
    return mixed()


def with_results(found: Dossier, change: dict[str, IndicatorResult]) -> Dossier:
    """The dossier with other results written in it."""
    standards = tuple(
        replace(standard, indicators=tuple(change.get(item.id, item) for item in standard.indicators))
        for standard in found.assessment.standards
    )
    return replace(found, assessment=replace(found.assessment, standards=standards))


def result(found: Dossier, identifier: str) -> IndicatorResult:
    wanted = found.assessment.indicator(identifier)
    assert wanted is not None
    return wanted


def paths(found: Dossier) -> list[str]:
    """Where a dossier says something else than follows."""
    return [".".join(item.path) for item in differences(found.assessment, follow(found).assessment)]


# --- following --------------------------------------------------------------------------------------------------


def test_what_the_engine_wrote_follows() -> None:
    assert follow(dossier()).assessment == dossier().assessment
    assert follow(dossier()).untested == ()


def test_a_changed_verdict_does_not_follow() -> None:
    own = result(dossier(), "N3.2")
    more = (*own.because, Because(rule="x"))
    forged = with_results(dossier(), {"N3.2": replace(own, verdict=Verdict.MET, because=more)})
    assert paths(forged)[0] == "standards.3.indicators.N3.2.verdict"
    assert any(path.endswith(f"N3.2.because.{len(own.because)}") for path in paths(forged))


def test_a_region_follows_from_its_sub_networks() -> None:
    region = three()
    assert region.sub_networks
    assert follow(region).assessment == region.assessment


def test_a_sub_network_follows_from_the_evidence_of_its_region() -> None:
    own = below()
    assert own.region is not None
    assert own.region.evidence is not None
    assert follow(own).assessment == own.assessment
    inherited = next(item for item in own.assessment.indicators if item.origin is ResultOrigin.INHERITED)
    other = Verdict.MET if inherited.verdict is not Verdict.MET else Verdict.NOT_MET
    forged = with_results(own, {inherited.id: replace(inherited, verdict=other)})
    assert any(path.endswith(f"{inherited.id}.verdict") for path in paths(forged))


def test_without_the_evidence_of_the_region_its_answers_are_taken_as_written() -> None:
    own = below()
    assert own.region is not None
    bare = replace(own, region=RegionAbove(code=own.region.code, name=own.region.name))
    followed = follow(bare)
    inherited = {item.id for item in own.assessment.indicators if item.origin is ResultOrigin.INHERITED}
    assert set(followed.untested) == inherited
    verdicts = [item.verdict for item in own.assessment.standards]
    assert [item.verdict for item in followed.assessment.standards] == verdicts


def test_of_a_part_the_standards_follow_from_its_verdicts() -> None:
    part = replace(dossier(), part=PART)
    assert paths(part) == []
    assert len(follow(part).untested) == len(part.assessment.indicators)
    own = result(part, "N1.1")
    worse = replace(own, verdict=Verdict.NOT_MET, worst=Verdict.NOT_MET, best=Verdict.NOT_MET)
    forged = with_results(part, {"N1.1": worse})
    assert "standards.1.verdict" in paths(forged)
    assert "standards.1.counts.met" in paths(forged)


def test_a_part_without_next_steps_or_with_an_unknown_standard_is_taken_as_it_is() -> None:
    first, *rest = dossier().assessment.standards
    bare = tuple(replace(item, next_step=None) for item in (replace(first, id="onbekend"), *rest))
    part = replace(dossier(), part=PART, assessment=replace(dossier().assessment, standards=bare))
    assert paths(part) == []


# --- comparing --------------------------------------------------------------------------------------------------


def test_values_that_are_equal_do_not_differ() -> None:
    assert list(differences(dossier().assessment, dossier().assessment)) == []


@pytest.mark.parametrize(
    ("written", "follows", "found"),
    [
        (1, 2, Difference(path=(), written=1, follows=2)),
        ((1, 2), (1, 3), Difference(path=(), written=(1, 2), follows=(1, 3))),
        (Text(nl="a", en="b"), Text(nl="a", en="c"), None),
    ],
)
def test_what_is_shown_as_one_value_is_compared_as_one(
    written: object, follows: object, found: Difference | None
) -> None:
    only = list(differences(written, follows))
    assert only == [found or Difference(path=(), written=written, follows=follows)]


def test_what_was_typed_is_named_by_its_cell() -> None:
    here, there = (CellPlace(file="a.xlsx", sheet="Zorgaanbod", row=row, column=4) for row in (7, 8))
    typed = Located(value=2, place=here)
    moved, changed = Located(value=2, place=there), Located(value=5, place=there)
    assert list(differences((typed,), (changed,))) == [Difference(path=("0",), written=2, follows=5, place=here)]
    assert list(differences((typed,), (moved,))) == [Difference(path=("0", "place"), written=here, follows=there)]


def test_what_one_side_lacks_is_named() -> None:
    first, second = Because(rule="a"), Because(rule="b")
    assert list(differences((first,), (first, second))) == [
        Difference(path=("1",), written=Missing.NOTHING, follows=second)
    ]
    assert list(differences((first, second), (first,))) == [
        Difference(path=("1",), written=second, follows=Missing.NOTHING)
    ]


def test_a_field_is_named_after_the_last_word_of_its_path() -> None:
    assert Difference(path=("rows", "3", "number"), written=1, follows=2).field == "number"
    assert Difference(path=("because", "0"), written=1, follows=2).field == "because"
    assert Difference(path=(), written=1, follows=2).field == ""


# --- norms ------------------------------------------------------------------------------------------------------


def other_norms(**change: object) -> Framework:
    first, *rest = dossier().framework.standards
    indicator, *others = first.indicators
    changed = replace(first, indicators=(replace(indicator, **change), *others))  # type: ignore[arg-type]
    return replace(dossier().framework, standards=(changed, *rest))


def test_the_same_norms_do_not_differ_whatever_their_digest() -> None:
    installed = replace(dossier().framework, digest="iets anders")
    assert norm_differences(dossier(), installed) == ((), False)


def test_a_lower_target_decides_and_another_text_does_not() -> None:
    path = dossier().framework.standards[0].indicators[0].path
    lower = tuple(replace(step, target=Decimal("0.01"), partly_from=None) for step in path)
    found, decides = norm_differences(dossier(), other_norms(path=lower, minutes=1))
    assert found
    assert decides
    found, decides = norm_differences(dossier(), other_norms(title=Text(nl="Anders", en="Other")))
    assert [item.path[-1] for item in found] == ["title"]
    assert not decides


def test_the_limit_of_small_numbers_may_be_that_of_the_house_style() -> None:
    settings = replace(dossier().framework.settings, small_below=25)
    lower = replace(dossier(), framework=replace(dossier().framework, settings=settings))
    found, decides = norm_differences(lower, dossier().framework)
    assert [item.field for item in found] == ["small_below"]
    assert decides
    styled = replace(lower, house_style=HouseStyle(small_below=25))
    assert norm_differences(styled, dossier().framework) == ((), False)
    assert norm_differences(replace(dossier(), house_style=HouseStyle()), dossier().framework) == ((), False)
