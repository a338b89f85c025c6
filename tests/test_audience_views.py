"""What the reports of the public and of a board choose to tell, and in which order; nothing is rendered here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from normtool.core.assessment import IndicatorResult, Reason, RowResult, RowState, Share, StandardResult, Verdict
from normtool.core.dossier import Dossier, Stage
from normtool.core.evidence import RegisterRow
from normtool.core.kinds import Pooled
from normtool.core.scoring import assess
from normtool.documents import views_board_member
from normtool.documents.board_phrases import Phrases
from normtool.documents.pages import report_html
from normtool.documents.views_board import MOST_STEPS, _strength, board_view
from normtool.documents.views_board_matters import FEWER, MOST_BOTTLENECKS, MOST_VOLUMES
from normtool.documents.views_public import public_view
from normtool.texts import Words
from tests.dossier_examples import built_in, mixed, row
from tests.region_examples import six, three
from tests.test_audience_reports import board, large, public, sample

NL = Words("nl")
MET, PARTLY, NOT, UNKNOWN = Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET, Verdict.UNKNOWN


def with_results(dossier: Dossier, verdicts: Mapping[str, Verdict], *, rest: Verdict | None = None) -> Dossier:
    """The dossier with these verdicts, and one for all other indicators when there is a `rest`."""

    def changed(item: IndicatorResult) -> IndicatorResult:
        found = verdicts.get(item.id, rest)
        return replace(item, verdict=found, reason=None) if found is not None else item

    def of_standard(item: StandardResult) -> StandardResult:
        return replace(item, indicators=tuple(map(changed, item.indicators)))

    assessment = dossier.assessment
    return replace(dossier, assessment=replace(assessment, standards=tuple(map(of_standard, assessment.standards))))


def with_rows(register: str, *found: RegisterRow, of: Dossier | None = None) -> Dossier:
    """The mixed network (or another dossier) with these rows in a register instead of its own."""
    dossier = of or mixed()
    registers = tuple(
        replace(item, rows=found) if item.register == register else item for item in dossier.evidence.registers
    )
    evidence = replace(dossier.evidence, registers=registers)
    assessment, questions = assess(dossier.framework, evidence)
    return replace(dossier, evidence=evidence, assessment=assessment, diagnostics=questions)


def sentence(indicator: str, *, is_good: bool) -> str:
    found = built_in().indicator(indicator)
    assert found is not None
    assert found.public is not None
    return found.public.good.nl if is_good else found.public.better.nl


# --- the public: the first page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdicts", "good"),
    [
        ({"N1.1": MET, "N6.6": MET, "N4.1": MET}, ("N6.6", "N1.1", "N4.1")),
        ({"N1.6": MET, "N2.3": MET, "N5.1": MET}, ("N5.1", "N1.6", "N2.3")),
        ({"N1.1": MET, "N1.2": MET, "N1.3": MET, "N1.4": MET, "N6.2": MET}, ("N1.1", "N6.2", "N1.2")),
    ],
    ids=["what patients notice first", "then the core", "of each standard in turn"],
)
def test_what_goes_well_is_chosen_in_this_order(verdicts: Mapping[str, Verdict], good: tuple[str, ...]) -> None:
    view = public_view(public(with_results(mixed(), verdicts, rest=UNKNOWN)), NL)
    assert [item.text for item in view.good] == [sentence(item, is_good=True) for item in good]


@pytest.mark.parametrize(
    ("verdicts", "better"),
    [
        ({"N2.4": NOT, "N3.2": PARTLY, "N4.7": NOT}, ("N4.7", "N3.2", "N2.4")),
        ({"N2.4": PARTLY, "N3.6": NOT, "N5.6": NOT}, ("N5.6", "N3.6", "N2.4")),
    ],
    ids=["the core first and in it the lowest", "of what is alike that which patients notice"],
)
def test_what_must_get_better_is_chosen_in_this_order(
    verdicts: Mapping[str, Verdict], better: tuple[str, ...]
) -> None:
    view = public_view(public(with_results(mixed(), verdicts, rest=UNKNOWN)), NL)
    assert [item.text for item in view.better] == [sentence(item, is_good=False) for item in better]


def test_one_hospital_does_not_work_together_and_a_location_is_no_second_one() -> None:
    members = (
        row("Deelnemers", id="umc", name="UMC Voorbeeld", kind="hospital"),
        row("Deelnemers", id="noord", name="UMC Noord", kind="hospital", parent="umc"),
        row("Deelnemers", id="par", name="Patiëntenvereniging", kind="patient_organisation"),
    )
    view = public_view(public(with_rows("members", *members)), NL)
    assert view.title == NL.say("public_report.title.plain")
    assert view.lead == NL.say("public_report.lead.plain", network="Oncologienetwerk Voorbeeldland")
    assert not any("Noord" in text for text in view.members)
    assert (view.has_many_members, public_view(public(large()), NL).has_many_members) == (False, True)


def test_the_footer_says_final_only_of_what_was_released() -> None:
    final = replace(mixed(), stage=Stage.FINAL)
    footers = [public_view(public(final, released=flag), NL).furniture.footer for flag in (True, False)]
    stages = [NL.say(f"public_report.stage.{stage}") for stage in ("final", "other")]
    assert [text.rpartition(" · ")[2] for text in footers] == stages


# --- the public: the answers --------------------------------------------------------------------------------------


def test_an_answer_is_not_known_at_all_or_not_wholly() -> None:
    first, second = mixed(), with_results(mixed(), {}, rest=UNKNOWN)
    open_answers = [
        item
        for dossier in (first, second)
        for item in public_view(public(dossier), NL).answers
        if "weten" in item.answer.word
    ]
    assert {(item.answer.word, bool(item.points)) for item in open_answers} == {
        ("weten we nog niet helemaal", True),
        ("weten we nog niet", False),
    }


def test_what_does_not_apply_or_has_no_norm_is_no_point_that_was_looked_at() -> None:
    assert (
        public_view(public(mixed()), NL).answers[0].counted.startswith("We keken naar acht punten. Acht zijn goed.")
    )
    without = with_results(mixed(), {"N1.1": Verdict.NOT_APPLICABLE, "N1.2": UNKNOWN})
    first, *others = without.assessment.standards
    results = tuple(replace(item, reason=Reason.NO_NORM) if item.id == "N1.2" else item for item in first.indicators)
    standards = (replace(first, indicators=results), *others)
    without = replace(without, assessment=replace(without.assessment, standards=standards))
    assert public_view(public(without), NL).answers[0].counted == "We keken naar zes punten. Zes zijn goed."


def test_a_sentence_that_begins_with_one_has_a_capital_without_an_accent() -> None:
    view = public_view(public(with_results(mixed(), {"N1.1": MET}, rest=UNKNOWN)), NL)
    assert "Eén is goed." in view.answers[0].counted


# --- the board ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("member", ["", "alba"])
def test_the_contents_of_a_board_stand_in_the_order_of_its_report(member: str) -> None:
    dossier = board(mixed(), member)
    page = report_html(dossier, NL)
    anchors = [item.anchor for item in board_view(dossier, NL).contents]
    assert len(anchors) > 3
    places = [page.index(f'id="{anchor}"') for anchor in anchors]
    assert places == sorted(places)


def test_steps_that_are_left_out_are_counted() -> None:
    view = board_view(board(mixed()), NL)
    found = {
        item.standard.id: (len(item.standard.next_step.lines), len(item.steps), item.more)
        for item in view.standards
        if item.standard.next_step is not None
    }
    assert max(lines for lines, _, _ in found.values()) > MOST_STEPS
    for lines, shown, more in found.values():
        assert shown == min(lines, MOST_STEPS)
        assert more == (NL.say_count("board_report.more_steps", lines - shown) if lines > shown else "")


@pytest.mark.parametrize(
    ("value", "is_masked", "text"),
    [
        (Share(numerator=4, denominator=4), False, " (4\u00a0van\u00a04)."),
        (Share(numerator=400, denominator=1400), False, " (400 van 1.400)."),
        (None, False, "."),
        (Share(numerator=4, denominator=4), True, f" ({NL.say('verdicts.masked')})."),
    ],
    ids=[
        "its numbers on one line",
        "longer ones as they fall",
        "no verdict beside the sentence",
        "no number that is withheld",
    ],
)
def test_a_strength_is_a_sentence_with_its_numbers(value: Share | None, text: str, *, is_masked: bool) -> None:
    dossier = mixed()
    result = dossier.assessment.indicator("N1.1")
    assert result is not None
    changed = replace(result, value=value, interval=None, is_masked=is_masked)
    first, *others = dossier.assessment.standards
    results = tuple(changed if item is result else item for item in first.indicators)
    standards = (replace(first, indicators=results), *others)
    phrases = Phrases(replace(dossier, assessment=replace(dossier.assessment, standards=standards)), NL)
    assert _strength(phrases, "N1.1").text == sentence("N1.1", is_good=True).rstrip(".") + text


@pytest.mark.parametrize("member", ["", "h1"])
def test_lists_are_shorter_where_there_is_also_a_page_of_one_member(member: str) -> None:
    matters = board_view(board(large(), member), NL).matters
    assert matters.bottlenecks is not None
    assert len(matters.bottlenecks.rows) == (FEWER if member else MOST_BOTTLENECKS)
    assert (matters.volumes is None) is bool(member), "on the page of the member its volumes stand already"
    if matters.volumes is not None:
        assert len(matters.volumes.rows) == MOST_VOLUMES
        assert matters.volumes.more == NL.say_count("board_report.more", 70 - MOST_VOLUMES)


def test_bottlenecks_of_which_nobody_is_named_come_last_and_empty_rows_are_none() -> None:
    found = (
        row("Knelpunten", description="Niemand gaat erover."),
        row("Knelpunten", description="De wet laat het niet toe.", owner="ministerie"),
        row("Knelpunten", owner="zorgverzekeraars"),
        row("Knelpunten", description="Het mag niet.", owner="Autoriteit"),
    )
    view = board_view(board(with_rows("bottlenecks", *found)), NL).matters.bottlenecks
    assert view is not None
    nobody = NL.say("board_report.bottlenecks.nobody")
    assert [line[0] for line in view.rows] == ["Autoriteit", "ministerie", nobody, nobody]


def volume(treatment: str, number: int, location: str = "alba") -> RegisterRow:
    return row("Volumes", location=location, treatment=treatment, year=2025, number=number, standing="definitive")


def with_changed_rows(dossier: Dossier, change: Callable[[RowResult], RowResult]) -> Dossier:
    """The dossier with every row of a result changed in this way."""

    def of_standard(item: StandardResult) -> StandardResult:
        results = (replace(one, rows=tuple(map(change, one.rows))) for one in item.indicators)
        return replace(item, indicators=tuple(results))

    assessment = dossier.assessment
    return replace(dossier, assessment=replace(assessment, standards=tuple(map(of_standard, assessment.standards))))


def with_open(dossier: Dossier, treatment: str) -> Dossier:
    """The dossier in which nobody can say yet whether the numbers of this treatment are enough."""

    def changed(item: RowResult) -> RowResult:
        return replace(item, state=RowState.UNDECIDED) if item.key[-1] == treatment else item

    return with_changed_rows(dossier, changed)


def test_one_number_beside_a_norm_is_said_so_and_those_not_known_are_counted() -> None:
    alone = board_view(board(with_rows("volumes", volume("rectal-resection", 17))), NL).matters.volumes
    assert alone is not None
    assert alone.lead == NL.say("board_report.volumes.only_below", all="1")
    assert alone.notes == ()
    two = with_rows("volumes", volume("rectal-resection", 17), volume("cystectomy", 41))
    view = board_view(board(with_open(two, "cystectomy")), NL).matters.volumes
    assert view is not None
    assert view.notes == (NL.say_count("board_report.volumes.open", 1),)


# --- the page of one member ---------------------------------------------------------------------------------------


def test_the_numbers_of_a_member_below_a_norm_come_first_then_those_not_known() -> None:
    found = (volume("prostatectomy", 400), volume("cystectomy", 41), volume("rectal-resection", 17))
    view = board_view(board(with_open(with_rows("volumes", *found), "cystectomy"), "alba"), NL).member
    assert view is not None
    assert [line[2] for line in view.volumes] == ["17", "41", "400"]


def test_of_several_norms_a_member_reads_the_outcome_that_decides() -> None:
    """A number may be enough for one norm in force and not for another."""
    dossier = with_rows("volumes", volume("rectal-resection", 17))

    def twice(item: RowResult) -> RowResult:
        first = (replace(check, state=RowState.MET) for check in item.checks)
        return replace(item, checks=(*first, *item.checks))

    view = board_view(board(with_changed_rows(dossier, twice), "alba"), NL).member
    assert view is not None
    (line,) = view.volumes
    assert line[-1] == "onder de norm"


def test_the_numbers_of_its_locations_are_those_of_a_member() -> None:
    below = row("Deelnemers", id="oost", name="Alba Oost", kind="location", parent="alba")
    members = mixed().evidence.register("members").rows
    numbers = (volume("rectal-resection", 17, "oost"), volume("rectal-resection", 46, "umc"))
    dossier = with_rows("volumes", *numbers, of=with_rows("members", *members, below))
    view = board_view(board(dossier, "alba"), NL).member
    assert view is not None
    assert [line[0] for line in view.volumes] == ["Alba Oost"]


def test_care_that_a_member_does_not_give_is_counted_nowhere() -> None:
    given = {"treats": True, "on_time": 100, "treated": 190, "contact": True, "echelon": "2"}
    care = (
        row("Zorgaanbod", location="alba", group="breast", **given),
        row("Zorgaanbod", location="alba", group="lung", treats=False, echelon="2"),
        row("Zorgaanbod", location="umc", group="breast", treats=True, on_time=300, treated=400),
        row("Zorgaanbod", location="meer", group="breast", treats=True, on_time=200, treated=400),
    )
    view = board_view(board(with_rows("care", *care), "alba"), NL).member
    assert view is not None
    own = {line.id: line.own for line in view.rows}
    assert (own["N3.3"], own["N2.4"]) == ("100 van 190", "1 van 1")
    assert len(view.levels) == 1
    assert "orst" in view.levels[0]
    assert "ong" not in view.levels[0]


def test_rows_to_which_an_indicator_does_not_apply_are_not_counted_for_a_member() -> None:
    care = (
        row("Zorgaanbod", location="alba", group=group, treats=True, contact=True) for group in ("breast", "lung")
    )

    def outside(item: RowResult) -> RowResult:
        return replace(item, state=RowState.OUTSIDE) if "lung" in item.key else item

    view = board_view(board(with_changed_rows(with_rows("care", *care), outside), "alba"), NL).member
    assert view is not None
    assert {line.id: line.own for line in view.rows}["N2.4"] == "1 van 1"


def test_what_is_withheld_of_the_network_is_said_to_be_beside_a_member() -> None:
    dossier = board(mixed(), "alba")

    def withheld(item: StandardResult) -> StandardResult:
        return replace(item, indicators=tuple(replace(one, is_masked=True) for one in item.indicators))

    standards = tuple(map(withheld, dossier.assessment.standards))
    view = board_view(replace(dossier, assessment=replace(dossier.assessment, standards=standards)), NL).member
    assert view is not None
    by_group = {item.id for item in built_in().indicators if isinstance(item.kind, Pooled)}
    told = [line.network for line in view.rows if line.id not in by_group]  # how many groups tells of no patients
    assert len(told) > 1
    assert set(told) == {NL.say("verdicts.masked")}


def test_rows_that_do_not_fit_are_counted_and_none_is_when_all_do(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = board(sample("voorbeeldland-2026"), "DW")
    view = board_view(dossier, NL).member
    assert view is not None
    assert not view.more
    for left in (0, 1):
        monkeypatch.setattr(views_board_member, "MOST_INDICATORS", len(view.rows) - left)
        again = board_view(dossier, NL).member
        assert again is not None
        assert again.more == (NL.say_count("board_report.more", left) if left else "")
        assert again.rows == view.rows[: len(view.rows) - left]


# --- a region -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [three, six])
def test_a_board_of_a_region_hears_on_how_many_points_that_are_asked_its_sub_networks_differ(
    make: Callable[[], Dossier],
) -> None:
    found = board_view(board(make()), NL)
    matters = found.matters.sub_networks
    assert matters is not None
    hidden = int(re.findall(r"\d+", matters.more)[0]) if matters.more else 0
    assert found.cover.regional[-1] == NL.say_count("board_report.differ", len(matters.rows) + hidden)


def test_one_sub_network_is_not_alike() -> None:
    region = three()
    alone = replace(region, sub_networks=region.sub_networks[:1])
    assert NL.say("board_report.alike") not in board_view(board(alone), NL).cover.regional
