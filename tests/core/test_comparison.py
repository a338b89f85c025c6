"""Networks and years side by side: the order, what counts, what cannot be compared, and who can be learnt from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from normtool.core.assessment import Interval, Reason, ResultOrigin, RowResult, RowState, Share, Verdict
from normtool.core.comparability import NamedDossier, check_comparable, check_editions, may_be_named
from normtool.core.comparison import Comparison, Scope, WhyApart, compare, letter_of
from normtool.core.comparison_changes import Change, YearChange, changes_of
from normtool.core.comparison_learning import Means, bottlenecks_of, lessons_of, own_approaches_of
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Circle, Dossier, Part, Stage
from normtool.core.evidence import DataNature, DateSpan
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from tests.core.judging import norms
from tests.core.tables import read

YES: dict[str, Any] = {"kind": "yes_no", "may_be_not_applicable": True}
COUNT: dict[str, Any] = {"kind": "count", "path": {1: 2, 2: 4}, "partly_from": {1: 1, 2: 2}}
GROWTH: dict[str, Any] = {**COUNT, "class": "growth", "opens": 2}
SHOWN: dict[str, Any] = {**COUNT, "class": "informative"}

FORM = """
## Netwerk
| Gegeven | Waarde |
| Code | {code} |
| Naam | Netwerk {name} |
| Toetsjaar | {year} |
| Verslagjaar | {before} |
| Peildatum | {before}-12-31 |
| Eerste toetsjaar | {first} |
## Documenten
| Id | Titel | Datum |
| D1 | Reglement van {name} | {before}-02-01 |
| D2 | Jaarverslag van {name} | {before}-03-01 |
| D3 | | {before}-03-01 |
## Indicatoren
| {heads} |
{lines}
"""
HEADS = (
    "Id | Antwoord | Documenten | Toelichting | Reden n.v.t. | Eigen aanpak: doel | Eigen aanpak: wat "
    "| Eigen aanpak: werkt het | Eigen aanpak: tot | Knelpunt"
)
OWN = "| N1.1 | nee | | | | Samen besturen | Een convenant | Elk jaar een gesprek | 2028-12-31 | |"


def network(
    framework: Framework, code: str, *lines: str, year: int = 2026, first: int = 2026, more: str = ""
) -> Dossier:
    """A network in a year; the lines are rows of *Indicatoren*, and `more` are other sheets."""
    facts = {"code": code, "name": code.title(), "year": year, "before": year - 1, "first": first}
    evidence, _ = read(FORM.format(heads=HEADS, lines="\n".join(lines), **facts) + more, framework=framework)
    return Dossier(framework=framework, evidence=evidence, assessment=assess(framework, evidence)[0])


def line(comparison: Comparison, indicator: str) -> str:
    """A row as words: what it came to in each column, and who meets it."""
    row = comparison.row(indicator)
    assert row is not None
    return f"{' '.join(cell.shown.value for cell in row.cells)} ({row.met} of {row.of})"


@pytest.fixture(scope="module")
def three() -> tuple[Dossier, ...]:
    """Three networks, given in another order than that of their codes: one meets, one not, one explains."""
    framework = norms(YES, COUNT, GROWTH, SHOWN)
    return (
        network(framework, "cedar", OWN, "| N1.2 | 1 | | | | | | | | Geen geld |"),
        network(
            framework, "ALDER", "| N1.1 | ja | D1 p. 4; D1; D3 | Elk kwartaal | | | | | | |", "| N1.2 | 3 | D2 |"
        ),
        network(framework, "birch", "| N1.1 | nee | | | | | | | | |", "| N1.2 | | | | | | | | | |"),
    )


# --- columns and rows -----------------------------------------------------------------------------------------------


def test_columns_stand_in_the_order_of_codes_whatever_they_came_to(three: tuple[Dossier, ...]) -> None:
    found = compare(three)
    assert found.scope is Scope.NETWORKS
    assert found.labels == ("ALDER", "birch", "cedar")
    assert [(item.network, item.letter, item.name, item.is_latest) for item in found.columns] == [
        (0, "A", "Netwerk Alder", True),
        (1, "B", "Netwerk Birch", True),
        (2, "C", "Netwerk Cedar", True),
    ]
    assert (found.networks, found.latest, found.editions) == (3, (0, 1, 2), (three[0].framework.edition,))
    assert compare(reversed(three)) == found


def test_an_indicator_counts_who_meets_it_of_those_it_applies_to(three: tuple[Dossier, ...]) -> None:
    found = compare(three)
    assert line(found, "N1.1") == "met not_met own_approach (1 of 3)"
    assert line(found, "N1.2") == "met unknown partly_met (1 of 3)"
    assert line(found, "N1.3") == "informative informative informative (0 of 0)"
    assert found.row("N9.9") is None
    core, _, growth, shown = found.rows
    assert [row.is_core for row in found.rows] == [True, True, False, False]
    assert [row.is_asked for row in (core, growth, shown)] == [True, False, False]
    assert core.cells[2].computed is Verdict.NOT_MET
    assert (found.rows[1].cells[0].number, found.rows[1].cells[0].target) == (3, Decimal(2))


def test_what_does_not_apply_or_has_no_norm_leaves_the_count() -> None:
    framework = norms(YES)
    without = network(framework, "B", "| N1.1 | n.v.t. | | | Komt hier niet voor | | | | | |")
    result = without.assessment.standards[0]
    no_norm = replace(result.indicators[0], verdict=Verdict.UNKNOWN, reason=Reason.NO_NORM)
    third = replace(
        network(framework, "C"),
        assessment=replace(without.assessment, standards=(replace(result, indicators=(no_norm,)),)),
    )
    found = compare((network(framework, "A", "| N1.1 | ja | D1 |"), without, third))
    assert line(found, "N1.1") == "met not_applicable not_applicable (1 of 1)"


def test_masked_numbers_stay_out(three: tuple[Dossier, ...]) -> None:
    standard = three[1].assessment.standards[0]
    share = Share(numerator=8, denominator=10)
    shown, hidden = (replace(standard.indicators[1], value=share, is_masked=masked) for masked in (False, True))
    made = []
    for code, result in (("A", shown), ("B", hidden)):
        indicators = (standard.indicators[0], result, *standard.indicators[2:])
        assessment = replace(three[1].assessment, standards=(replace(standard, indicators=indicators),))
        network_facts = replace(three[1].evidence.network, code=code)
        made.append(
            replace(three[1], assessment=assessment, evidence=replace(three[1].evidence, network=network_facts))
        )
    row = compare(made).row("N1.2")
    assert row is not None
    assert [(cell.share, cell.is_masked) for cell in row.cells] == [(share, False), (None, True)]


def test_an_anonymous_comparison_keeps_letters_only(three: tuple[Dossier, ...]) -> None:
    part = Part(circle=Circle.NETWORK, digest="ab" * 32, limit=10)
    named, anonymous = (
        compare([replace(item, part=part) for item in three], is_anonymous=hides) for hides in (False, True)
    )
    assert {column.digest for column in named.columns} == {"ab" * 32}
    assert anonymous.labels == ("A", "B", "C")
    assert {(item.code, item.name, item.digest) for item in anonymous.columns} == {("", "", "")}
    assert all(cell.number is None for row in anonymous.rows for cell in row.cells)
    assert [line(anonymous, item.indicator.id) for item in anonymous.rows] == [
        line(named, item.indicator.id) for item in named.rows
    ]


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (52, "BA"), (701, "ZZ")])
def test_letters_go_on_after_z(place: int, letter: str) -> None:
    assert letter_of(place) == letter


def test_a_network_without_a_code_is_known_by_its_name() -> None:
    framework = norms(YES)
    one = network(framework, "x")
    nameless = [
        replace(one, evidence=replace(one.evidence, network=replace(one.evidence.network, code="", name=name)))
        for name in ("Netwerk Els", "Netwerk Den")
    ]
    found = compare(nameless)
    assert (found.scope, [column.name for column in found.columns]) == (
        Scope.NETWORKS,
        ["Netwerk Den", "Netwerk Els"],
    )


def test_standards_are_counted_per_verdict_and_never_per_network(three: tuple[Dossier, ...]) -> None:
    (standard,) = compare(three).standards
    assert standard.is_same
    assert dict(standard.counts) == {Verdict.MET: 1, Verdict.NOT_MET: 1, Verdict.UNKNOWN: 1}
    assert [cell and cell.verdict for cell in standard.cells] == [Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN]


# --- other norms ----------------------------------------------------------------------------------------------------


def editions() -> tuple[Dossier, Dossier]:
    """Two networks with other norms: the second indicator is asked otherwise, two are new, the last is gone."""
    old, new = norms(YES, YES, YES, YES), norms(YES, COUNT, YES, YES)
    standard, other = old.standards[0], new.standards[0]
    first, second, _, fourth = standard.indicators
    old = replace(old, standards=(replace(standard, indicators=(first, second, fourth)),))
    extra = replace(other, id="2", indicators=(replace(other.indicators[0], id="N2.1"),))
    new = replace(new, edition="2027", standards=(replace(other, indicators=other.indicators[:3]), extra))
    return network(old, "A", "| N1.1 | ja | D1 |"), network(new, "B", "| N1.1 | ja | D1 |", year=2027, first=2027)


def test_only_what_every_edition_asks_in_the_same_way_stands_side_by_side() -> None:
    found = compare(editions())
    assert [row.indicator.id for row in found.rows] == ["N1.1"]
    assert [(item.indicator.id, item.why) for item in found.apart] == [
        ("N1.2", WhyApart.CHANGED),
        ("N1.3", WhyApart.NOT_EVERYWHERE),
        ("N2.1", WhyApart.NOT_EVERYWHERE),
        ("N1.4", WhyApart.NOT_EVERYWHERE),
    ]
    first, second = found.standards
    assert (first.is_same, second.is_same, second.cells[0]) == (False, False, None)
    assert seen(check_editions(found)) == [f"NT278 editions={found.editions[0]}, 2027 count=4"]


# --- years ----------------------------------------------------------------------------------------------------------


def two_years(then: str, now: str) -> tuple[Comparison, YearChange]:
    framework = norms(YES, COUNT, GROWTH)
    before = network(framework, "A", *then.split("\n"), year=2025, first=2025)
    comparison = compare((network(framework, "A", *now.split("\n"), year=2026, first=2025), before))
    (change,) = changes_of(comparison)
    return comparison, change


def test_years_of_one_network_stand_in_their_order() -> None:
    found, change = two_years("| N1.1 | nee |", "| N1.1 | ja | D1 |")
    assert (found.scope, found.labels, found.networks, found.latest) == (Scope.YEARS, ("2025", "2026"), 1, (1,))
    assert (change.before, change.after) == (0, 1)
    assert check_editions(found) == ()


@pytest.mark.parametrize(
    ("then", "now", "indicator", "change", "same"),
    [
        ("| N1.1 | nee |", "| N1.1 | ja | D1 |", "N1.1", Change.IMPROVED, 0),
        ("| N1.1 | ja | D1 |", "| N1.1 | nee |", "N1.1", Change.WORSENED, 0),
        ("| N1.1 | |", "| N1.1 | ja | D1 |", "N1.1", Change.NEWLY_KNOWN, 0),
        ("| N1.1 | ja | D1 |", "| N1.1 | |", "N1.1", Change.NO_LONGER_KNOWN, 0),
        ("| N1.1 | ja | D1 |", OWN, "N1.1", Change.OTHERWISE, 0),
        ("| N1.2 | 2 |", "| N1.2 | 5 |", "N1.2", Change.NEW_TARGET, 1),
        ("| N1.2 | 2 |", "| N1.2 | 5 |", "N1.3", Change.NEWLY_ASKED, 1),
    ],
)
def test_what_changed(then: str, now: str, indicator: str, change: Change, same: int) -> None:
    _, found = two_years(then, now)
    (item,) = [item for item in found.changes if item.row.indicator.id == indicator]
    assert item.change is change
    assert item in found.of_kind(change)
    assert found.same == same


def test_a_higher_target_is_told_beside_what_changed() -> None:
    _, found = two_years("| N1.2 | 3 |", "| N1.2 | 3 |")
    items = {item.row.indicator.id: item for item in found.changes}
    assert (items["N1.2"].change, items["N1.2"].has_new_target) == (Change.WORSENED, True)
    assert not items["N1.3"].has_new_target


def test_what_is_only_shown_does_not_change() -> None:
    framework = norms(SHOWN)
    years = (network(framework, "A", "| N1.1 | 1 |", year=year, first=2025) for year in (2025, 2026))
    (found,) = changes_of(compare(years))
    assert (found.changes, found.same) == ((), 0)


def test_networks_and_years_together_compare_each_network_with_itself() -> None:
    framework = norms(YES)
    found = compare(
        network(framework, code, "| N1.1 | ja | D1 |" if year == 2026 else "| N1.1 | nee |", year=year, first=2025)
        for code in ("B", "A")
        for year in (2026, 2025)
        if (code, year) != ("B", 2025)
    )
    assert (found.scope, found.labels) == (Scope.BOTH, ("A 2025", "A 2026", "B 2026"))
    assert line(found, "N1.1") == "not_met met met (2 of 2)"
    assert [(item.before, item.after) for item in changes_of(found)] == [(0, 1)]
    assert lessons_of(found, ()) == ()


# --- learning -------------------------------------------------------------------------------------------------------


def test_who_does_not_meet_an_indicator_learns_from_those_who_do(three: tuple[Dossier, ...]) -> None:
    first, second = lessons_of(compare(three), three)
    assert (first.row.indicator.id, first.behind) == ("N1.1", (1,))
    met, own = first.examples
    assert (met.column, met.verdict, met.means) == (0, Verdict.MET, (Means.DOCUMENT,))
    assert (met.documents, met.text) == ((("Reglement van Alder", "4"),), "Elk kwartaal")
    assert (own.column, own.verdict, own.means, own.text) == (
        2,
        Verdict.OWN_APPROACH,
        (Means.OWN_APPROACH,),
        "Een convenant",
    )
    assert (second.row.indicator.id, second.behind) == ("N1.2", (2,))
    assert [(item.column, item.documents, item.text) for item in second.examples] == [
        (0, (("Jaarverslag van Alder", ""),), "")
    ]


def test_an_anonymous_lesson_tells_letters_and_kinds_of_evidence_only(three: tuple[Dossier, ...]) -> None:
    first, _ = lessons_of(compare(three, is_anonymous=True), three)
    assert [(item.column, item.means, item.documents, item.text) for item in first.examples] == [
        (0, (Means.DOCUMENT,), (), ""),
        (2, (Means.OWN_APPROACH,), (), ""),
    ]


MEMBERS = """
## Deelnemers
| Id | Naam | Soort | Documenten |
| Z1 | Huis Een | ziekenhuis | D2 |
| Z2 | Huis Twee | ziekenhuis | |
"""


def test_rows_that_were_counted_name_their_documents(three: tuple[Dossier, ...]) -> None:
    """An indicator without an answer of its own is met by rows, which name documents in a cell of theirs."""
    framework = three[0].framework
    behind = network(framework, "B", "| N1.1 | nee |")
    met = network(framework, "A", more=MEMBERS)
    register = met.evidence.register("members")
    assert len(register.rows) == 2
    standard = met.assessment.standards[0]
    row = RowResult(key=("Z1",), state=RowState.MET, places=(register.rows[0].place, met.evidence.documents[0].place))
    by_rows = replace(standard.indicators[0], verdict=Verdict.MET, rows=(row,))

    def means(**changes: object) -> tuple[tuple[Means, ...], tuple[tuple[str, str], ...]]:
        result = replace(by_rows, **changes)  # type: ignore[arg-type]
        indicators = (result, *standard.indicators[1:])
        assessment = replace(met.assessment, standards=(replace(standard, indicators=indicators),))
        dossiers = (replace(met, assessment=assessment), behind)
        (lesson,) = lessons_of(compare(dossiers), dossiers)
        (example,) = lesson.examples
        return example.means, example.documents

    title = (("Jaarverslag van A", ""),)
    assert means() == ((Means.DOCUMENT, Means.REGISTER), title)
    share = Share(numerator=1, denominator=2)
    assert means(value=share) == ((Means.DOCUMENT, Means.REGISTER), title)
    assert means(value=share, interval=Interval(low=0.1, high=0.9)) == ((Means.DOCUMENT, Means.FIGURES), title)
    assert means(value=share, rows=()) == ((Means.FIGURES,), ())
    assert means(is_masked=True) == ((Means.DOCUMENT, Means.FIGURES), title)
    assert means(rows=()) == ((Means.ANSWER,), ())
    assert means(rows=(), origin=ResultOrigin.INHERITED) == ((Means.REGION, Means.ANSWER), ())


def test_years_of_one_network_give_no_lesson() -> None:
    found, _ = two_years("| N1.1 | nee |", "| N1.1 | ja | D1 |")
    assert lessons_of(found, ()) == ()


def test_own_approaches_stand_side_by_side(three: tuple[Dossier, ...]) -> None:
    (own,) = own_approaches_of(compare(three), three)
    assert (own.row.indicator.id, own.column, own.computed) == ("N1.1", 2, Verdict.NOT_MET)
    assert (own.aim, own.what, own.proof) == ("Samen besturen", "Een convenant", "Elk jaar een gesprek")
    assert own.until == DateSpan.of_day(date(2028, 12, 31))
    (bare,) = own_approaches_of(compare(three, is_anonymous=True), three)
    assert (bare.column, bare.aim, bare.what, bare.proof, bare.until) == (2, "", "", "", None)


def test_an_own_approach_whose_answer_is_withheld_is_still_told(three: tuple[Dossier, ...]) -> None:
    """Without any texts, such as in a part of a dossier."""
    without = tuple(replace(item, evidence=replace(item.evidence, answers=())) for item in three)
    (own,) = own_approaches_of(compare(without), without)
    assert (own.column, own.what, own.until) == (2, "", None)
    examples = lessons_of(compare(without), without)[0].examples
    assert [item.text for item in examples] == ["", ""]


def test_own_approaches_of_all_years_stand_side_by_side() -> None:
    framework = norms(YES)
    years = tuple(network(framework, "A", OWN, year=year, first=2025) for year in (2025, 2026))
    assert [item.column for item in own_approaches_of(compare(years), years)] == [0, 1]


BOTTLENECKS = """
## Knelpunten
| Omschrijving | Indicatoren | Wie gaat erover | Gevraagd |
| {text} | N1.1; N1.2 | {owner} | Betaal het |
| Niemand weet het | | | |
"""


def test_bottlenecks_stand_by_who_can_solve_them() -> None:
    framework = norms(YES, COUNT)
    owners = {"A": "de zorgverzekeraars", "B": "VWS", "C": "De Zorgverzekeraars"}
    dossiers = tuple(
        network(
            framework,
            code,
            "| N1.1 | nee | | | | | | | | |",
            "| N1.2 | | | | | | | | | Geen geld |",
            more=BOTTLENECKS.format(text=f"Tekort bij {code}", owner=owner),
        )
        for code, owner in owners.items()
    )
    groups = bottlenecks_of(compare(dossiers), dossiers)
    assert [(group.owner, [item.column for item in group.bottlenecks]) for group in groups] == [
        ("de zorgverzekeraars", [0, 2]),
        ("VWS", [1]),
        ("", [0, 0, 1, 1, 2, 2]),
    ]
    first = groups[0].bottlenecks[0]
    assert (first.description, first.request, first.indicators) == ("Tekort bij A", "Betaal het", ("N1.1", "N1.2"))
    assert [(item.description, item.indicators) for item in groups[2].bottlenecks[:2]] == [
        ("Niemand weet het", ()),
        ("Geen geld", ("N1.2",)),
    ]
    (group,) = bottlenecks_of(compare(dossiers, is_anonymous=True), dossiers)
    assert group.owner == ""
    assert {(item.description, item.request) for item in group.bottlenecks} == {("", "")}
    assert [item.indicators for item in group.bottlenecks[:3]] == [("N1.1", "N1.2"), (), ("N1.2",)]


def test_a_bottleneck_told_in_the_list_and_beside_the_answer_is_told_once() -> None:
    beside = "| N1.2 | | | | | | | | | Tekort  bij A |"
    dossiers = tuple(
        network(norms(YES, COUNT), code, beside, more=BOTTLENECKS.format(text="Tekort bij A", owner="VWS"))
        for code in ("A", "B")
    )
    groups = bottlenecks_of(compare(dossiers), dossiers)
    assert [(group.owner, [item.description for item in group.bottlenecks]) for group in groups] == [
        ("VWS", ["Tekort bij A"] * 2),
        ("", ["Niemand weet het"] * 2),
    ]


# --- what may stand side by side ------------------------------------------------------------------------------------


def seen(diagnostics: Diagnostics) -> list[str]:
    """Diagnostics as words: code, file, facts."""
    found = []
    for item in diagnostics:
        file = [item.place.file] if item.place is not None else []
        found.append(" ".join([item.code, *file, *(f"{name}={value}" for name, value in item.facts)]))
    return found


def named(*dossiers: Dossier) -> tuple[NamedDossier, ...]:
    """Dossiers in files 1.json, 2.json and so on."""
    return tuple(NamedDossier(file=f"{place}.json", dossier=item) for place, item in enumerate(dossiers, 1))


def check(*dossiers: Dossier, is_anonymous: bool = False) -> list[str]:
    return seen(check_comparable(named(*dossiers), is_anonymous=is_anonymous))


def agreeing(dossier: Dossier, stage: Stage = Stage.FINAL) -> Dossier:
    return replace(dossier, stage=stage, shares_name=True)


def invented(dossier: Dossier) -> Dossier:
    facts = replace(dossier.evidence.network, nature=DataNature.FICTIONAL)
    return replace(dossier, evidence=replace(dossier.evidence, network=facts))


def test_networks_are_named_when_each_is_final_and_agrees_or_is_invented(three: tuple[Dossier, ...]) -> None:
    one, two, third = three
    assert check(agreeing(one), agreeing(two, Stage.FOLLOW_UP), invented(third)) == []
    assert check(*three, is_anonymous=True) == []
    assert check(agreeing(one), two, agreeing(third, Stage.DRAFT)) == [
        "NT274 2.json network=Netwerk Alder",
        "NT274 3.json network=Netwerk Birch",
    ]
    assert check(agreeing(one), replace(two, stage=Stage.FINAL)) == ["NT274 2.json network=Netwerk Alder"]


def test_years_of_one_network_may_always_be_named() -> None:
    framework = norms(YES)
    years = tuple(network(framework, "A", year=year, first=2025) for year in (2025, 2026))
    assert may_be_named(years)
    assert check(*years) == []


def test_fewer_than_two_is_no_comparison(three: tuple[Dossier, ...]) -> None:
    assert check() == ["NT275 count=0"]
    assert check(three[0]) == ["NT275 count=1"]


def test_a_network_and_year_stand_there_once(three: tuple[Dossier, ...]) -> None:
    assert check(three[0], three[1], three[0], is_anonymous=True) == [
        "NT276 3.json network=Netwerk Cedar year=2026 other=1.json"
    ]


def test_frameworks_are_not_mixed(three: tuple[Dossier, ...]) -> None:
    other = replace(three[1], framework=replace(three[1].framework, id="anders"))
    expected = three[0].framework.id
    assert check(three[0], other, is_anonymous=True) == [f"NT277 2.json found=anders expected={expected}"]


def test_a_draft_is_told(three: tuple[Dossier, ...]) -> None:
    nameless = replace(three[1].evidence.network, name=" ")
    draft = replace(three[1], draft=True, evidence=replace(three[1].evidence, network=nameless))
    assert check(three[0], draft, is_anonymous=True) == ["NT279 2.json network=ALDER"]
