"""Former years: what is kept of them, what may be laid beside this year, and what the norm itself changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from normtool.core.assessment import Share, Verdict
from normtool.core.dossier import Dossier, FormerAction, FormerResult, FormerYear
from normtool.core.evidence import DateSpan
from normtool.core.history import (
    YearPair,
    counted,
    former_year,
    former_years,
    in_both_years,
    is_asked_alike,
    would_be_met,
)
from normtool.core.registers import Text
from normtool.core.scoring import assess
from normtool.core.standards import Framework, IndicatorClass
from tests.conftest import built_in
from tests.core.judging import norms
from tests.core.tables import read

COUNT: dict[str, Any] = {"kind": "count", "path": {1: 2, 2: 4}, "may_be_not_applicable": True}
SHARE: dict[str, Any] = {"kind": "proportion", "path": {1: "0.7", 2: "0.9"}, "partly_from": {1: "0.5", 2: "0.6"}}
YES: dict[str, Any] = {"kind": "yes_no"}
GROWTH: dict[str, Any] = {**COUNT, "class": "growth", "opens": 2}
VOLUME: dict[str, Any] = {"kind": "volume", "category": "systemic_therapy", "path": {1: 1}}

ANSWERS = """
## Netwerk
| Gegeven | Waarde |
| Code | ALBA |
| Naam | Netwerk Alba |
| Toetsjaar | {year} |
| Verslagjaar | {before} |
| Peildatum | {before}-12-31 |
| Eerste toetsjaar | 2025 |
## Indicatoren
| Id | Antwoord | Teller | Noemer | Jaar | Reden n.v.t. |
{lines}
"""


def dossier(framework: Framework, year: int, *lines: str, more: str = "") -> Dossier:
    """A year of the network; the lines are rows of *Indicatoren*."""
    page = ANSWERS.format(year=year, before=year - 1, lines="\n".join(lines)) + more
    evidence, _ = read(page, framework=framework)
    assessment, _ = assess(framework, evidence)
    return Dossier(framework=framework, evidence=evidence, assessment=assessment)


def kept(framework: Framework, *lines: str) -> tuple[FormerResult, ...]:
    """What 2025 is kept as."""
    return former_year(framework, dossier(framework, 2025, *lines), "ab").results


def test_a_former_year_keeps_its_norms_its_cycle_and_every_result() -> None:
    framework = norms(COUNT, SHARE, YES)
    then = dossier(framework, 2025, "| N1.1 | 3 | | | |", "| N1.2 | | 8 | 10 | 2024 |", "| N1.3 | nee | | | |")
    found = former_year(framework, then, "ab" * 32)
    assert (found.assessment_year, found.reporting_year, found.cycle) == (2025, 2024, 1)
    assert (found.framework, found.edition, found.digest) == (framework.id, framework.edition, "ab" * 32)
    first, second, third = found.results
    assert (first.verdict, first.number, first.share, first.target) == (Verdict.MET, 3, None, Decimal(2))
    assert (second.number, second.share) == (None, Share(numerator=8, denominator=10))
    assert (third.verdict, third.number, third.share, third.target) == (Verdict.NOT_MET, None, None, None)
    assert {item.standard for item in found.results} == {framework.standards[0].id}
    assert all(item.is_same_norm for item in found.results)
    assert found.result("N1.2") is second
    assert found.result("N9.9") is None


def test_an_empty_share_is_no_number() -> None:
    (result,) = kept(norms(SHARE), "| N1.1 | | 0 | 0 | 2024 |")
    assert (result.verdict, result.number, result.share) == (Verdict.NOT_APPLICABLE, None, None)


def test_of_volumes_the_rows_that_reach_their_norm_are_counted() -> None:
    framework = built_in()
    result = dossier(framework, 2025).assessment.indicator("N3.2")
    assert result is not None
    assert counted(framework.indicator("N3.2"), result) == (None, None)
    rows = "\n## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |\n| Z2 | ziekenhuis |\n"
    rows += "## Volumes\n| Locatie | Behandeling | Jaar | Aantal |\n"
    rows += "| Z1 | Rectumresectie | 2024 | 40 |\n| Z2 | Rectumresectie | 2024 | 4 |\n"
    result = dossier(framework, 2025, more=rows).assessment.indicator("N3.2")
    assert result is not None
    assert counted(framework.indicator("N3.2"), result) == (None, Share(numerator=1, denominator=len(result.rows)))
    assert len(result.rows) > 2  # what the hospitals still owe counts as not reached


def changed(framework: Framework, number: int, **parts: object) -> Framework:
    """The framework with another indicator in this place."""
    (standard,) = framework.standards
    indicators = list(standard.indicators)
    indicators[number] = replace(indicators[number], **parts)  # type: ignore[arg-type]
    return replace(framework, standards=(replace(standard, indicators=tuple(indicators)),))


def test_another_path_is_the_same_norm_but_another_kind_or_sentence_is_not() -> None:
    framework = norms(COUNT, SHARE)
    other_path = changed(framework, 0, path=framework.indicators[0].path[:1])
    assert is_asked_alike(framework, other_path, "N1.1")
    assert not is_asked_alike(framework, changed(framework, 0, kind=framework.indicators[1].kind), "N1.1")
    assert not is_asked_alike(framework, changed(framework, 0, norm=Text(nl="anders", en="other")), "N1.1")
    assert not is_asked_alike(framework, framework, "N1.9")


def test_volume_norms_are_part_of_what_is_asked_but_only_those_of_the_category() -> None:
    framework = norms(VOLUME)
    category = {item.id: item.category for item in framework.treatments}
    for norm in framework.volume_norms:
        more = tuple(replace(item, minimum=item.minimum + (item is norm)) for item in framework.volume_norms)
        own = any(category.get(item) == "systemic_therapy" for item in norm.treatments)
        assert is_asked_alike(framework, replace(framework, volume_norms=more), "N1.1") is not own
    later = tuple(replace(item, valid_from=date(2031, 1, 1)) for item in framework.volume_norms)
    assert is_asked_alike(framework, replace(framework, volume_norms=later), "N1.1")


def test_years_within_a_former_dossier_come_along_as_far_as_nothing_between_was_asked_otherwise() -> None:
    framework = norms(COUNT, SHARE, YES)
    between = changed(framework, 1, norm=Text(nl="anders", en="other"))
    first = former_year(between, dossier(framework, 2025, "| N1.1 | 3 | | | |"), "aa")
    then = replace(dossier(between, 2026, "| N1.1 | 3 | | | |"), history=(first,))
    later = changed(framework, 0, norm=Text(nl="nieuw", en="new"))
    latest, older = former_years(later, then, "bb")
    assert [latest.assessment_year, older.assessment_year] == [2026, 2025]
    assert [item.is_same_norm for item in latest.results] == [False, False, True]
    assert [item.is_same_norm for item in first.results] == [True, False, True]
    assert [item.is_same_norm for item in older.results] == [False, False, True]
    assert older.digest == "aa"


def test_actions_that_were_not_done_are_kept_as_they_were_written() -> None:
    framework = built_in()
    page = "\n## Verbeteracties\n| Id | Indicatoren | Actie | Actiehouder (functie) | Gereed | Stand |\n"
    page += "| V1 | N1.2; N4.7 | Opschrijven. | secretaris | 2025-10-01 | loopt |\n"
    page += "| V2 | N1.3 | Al klaar. | voorzitter | 2025-03-01 | gereed |\n| V3 | | Nog te doen. | | | |\n"
    found = former_year(framework, dossier(framework, 2025, more=page), "ab").open_actions
    day = DateSpan.of_day(date(2025, 10, 1))
    assert found == (
        FormerAction(id="V1", action="Opschrijven.", indicators=("N1.2", "N4.7"), owner="secretaris", due=day),
        FormerAction(id="V3", action="Nog te doen."),
    )


def years(framework: Framework, then: tuple[str, ...], now: tuple[str, ...]) -> tuple[Dossier, FormerYear]:
    """2026 and what is kept of 2025."""
    return dossier(framework, 2026, *now), former_year(framework, dossier(framework, 2025, *then), "ab")


def test_only_what_was_scored_in_both_years_and_asked_alike_is_compared() -> None:
    informative = {**COUNT, "class": "informative"}
    framework = norms(COUNT, COUNT, COUNT, GROWTH, informative)
    line = "| N1.{} | {} | | | |"
    same = tuple(line.format(number, 3) for number in (1, 3, 4, 5))
    now, former = years(framework, (*same, "| N1.2 | 1 | | | |"), (*same, "| N1.2 | n.v.t. | | | | Past niet |"))
    former = replace(
        former,
        results=tuple(replace(item, is_same_norm=item.id != "N1.3") for item in former.results),
    )
    pairs = in_both_years(now.assessment, former)
    assert [pair.now.id for pair in pairs] == ["N1.1"]
    assert (pairs[0].then.verdict, pairs[0].now.verdict) == (Verdict.MET, Verdict.NOT_MET)
    without = replace(former, results=())
    assert in_both_years(now.assessment, without) == ()


@pytest.mark.parametrize(
    ("kind", "then", "now", "expected"),
    [
        (COUNT, "3 | | |", "3 | | |", True),  # not met by 4, met by the 2 of then
        (COUNT, "3 | | |", "1 | | |", False),
        (COUNT, "3 | | |", "4 | | |", True),
        (COUNT, "3 | | |", " | | |", False),  # not answered: nothing to lay beside a target
        (SHARE, " | 8 | 10 | 2024", " | 8 | 10 | 2025", True),
        (SHARE, " | 8 | 10 | 2024", " | 6 | 10 | 2025", False),
        (SHARE, " | 8 | 10 | 2024", " | 7 | 10 | 2025", True),
        (YES, "ja | | |", "nee | | |", False),
    ],
)
def test_the_target_of_then_tells_what_the_norm_itself_changed(
    kind: dict[str, Any], then: str, now: str, expected: bool
) -> None:
    framework = norms(kind)
    this_year, former = years(framework, (f"| N1.1 | {then} |",), (f"| N1.1 | {now} |",))
    (pair,) = in_both_years(this_year.assessment, former)
    assert would_be_met(framework.indicator("N1.1"), pair) is expected


def test_a_verdict_without_a_number_stands() -> None:
    framework = norms(COUNT)
    this_year, former = years(framework, ("| N1.1 | 3 | | | |",), ("| N1.1 | 4 | | | |",))
    (pair,) = in_both_years(this_year.assessment, former)
    masked = YearPair(then=pair.then, now=replace(pair.now, value=None, is_masked=True))
    assert would_be_met(framework.indicator("N1.1"), masked)
    assert would_be_met(None, pair)


def test_classes_are_kept() -> None:
    classes = [item.indicator_class for item in kept(norms(COUNT, GROWTH))]
    assert classes == [IndicatorClass.CORE, IndicatorClass.GROWTH]
