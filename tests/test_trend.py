"""This year beside a former one in the report: what is compared, in words, in the picture and in the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from normtool.core.assessment import Share, Verdict
from normtool.core.dossier import Dossier, FormerResult, FormerYear
from normtool.core.history import former_year
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_trend import ShareOfYear, TrendRow, paired_shares
from normtool.documents.pages import report_html
from normtool.documents.views import ReportView, report_view
from normtool.documents.views_trend import TrendView
from normtool.texts import Words
from tests.dossier_examples import built_in, mixed

NL, EN = Words("nl"), Words("en")


@cache
def last_year() -> FormerYear:
    """The year before the mixed network's: the same results, in its first cycle."""
    found = former_year(built_in(), mixed(), "ab" * 32)
    return replace(found, assessment_year=2025, reporting_year=2024, cycle=1)


def with_former(*years: FormerYear) -> Dossier:
    """The mixed network with these former years, latest first."""
    return replace(mixed(), history=years)


def year_with(year: FormerYear, **changes: Mapping[str, object]) -> FormerYear:
    """A former year in which some indicators came to something else; `N1_2` is N1.2."""
    named = {name.replace("_", "."): parts for name, parts in changes.items()}
    results = tuple(replace(item, **named.get(item.id, {})) for item in year.results)  # type: ignore[arg-type]
    return replace(year, results=results)


def trend(*years: FormerYear, words: Words = NL) -> TrendView:
    """The section."""
    found = report_view(with_former(*years), words).figures.trend
    assert found is not None
    return found


def result(year: FormerYear, indicator: str) -> FormerResult:
    """One result of a former year."""
    found = year.result(indicator)
    assert found is not None
    return found


def test_without_a_former_year_there_is_nothing_of_it() -> None:
    view = report_view(mixed(), NL)
    assert view.figures.trend is None
    assert "trend" not in {row.anchor for row in view.contents}
    page = report_html(mixed(), NL)
    assert 'id="trend"' not in page
    assert "in 2025:" not in page


def test_nothing_changed_is_said_so() -> None:
    found = trend(last_year())
    assert found.lead == "Geen enkele indicator die ook in 2025 is gevraagd, kreeg een ander oordeel."
    assert found.changes == ()
    assert found.own_effect[1].startswith("Geen doel is sinds 2025 veranderd")


def test_changes_are_named_with_both_results_and_what_the_target_did() -> None:
    now = {item.id: item for item in mixed().assessment.indicators}
    lower = now["N4.1"].target
    assert lower is not None
    before = year_with(
        last_year(),
        N1_2={"verdict": Verdict.NOT_MET, "best": Verdict.NOT_MET},
        N4_1={"verdict": Verdict.UNKNOWN, "share": Share(numerator=3, denominator=9), "target": lower / 2},
    )
    found = trend(before)
    assert [row.id for row in found.changes] == ["N1.2", "N4.1"]
    first, second = found.changes
    assert (first.then.word, first.now.word, first.target) == ("voldoet niet", "voldoet", "–")
    assert second.then_number == "3 van 9 (33\u00a0%)"
    assert second.target.startswith("van ")
    assert " naar " in second.target
    assert found.lead == (
        "Sinds 2025 ging één indicator vooruit en kreeg er één een ander soort oordeel, zoals ‘niet te beoordelen’."
    )


def test_the_norms_own_effect_is_told_apart() -> None:
    dossier = mixed()
    below = next(
        item
        for item in dossier.assessment.indicators
        if item.verdict in (Verdict.NOT_MET, Verdict.PARTLY_MET)
        and isinstance(item.value, Share)
        and item.target is not None
        and item.value.fraction > 0
        and item.is_open
    )
    assert isinstance(below.value, Share)
    name = below.id.replace(".", "_")
    easy = year_with(last_year(), **{name: {"target": below.target and below.target / 100}})
    effect = trend(easy).own_effect[1]
    assert f"bij {below.id}" in effect
    assert "Sinds 2025 is het doel van één" in effect
    harder = year_with(last_year(), **{name: {"target": below.target and below.target * 2}})
    assert trend(harder).own_effect[1].endswith("Met de doelen van 2025 voldeden dezelfde indicatoren.")


def test_what_is_not_compared_is_named_with_the_reason() -> None:
    before = year_with(
        last_year(),
        N1_2={"is_same_norm": False},
        N1_7={"is_open": False},
        N5_1={"worst": None, "best": None},
    )
    gone = replace(result(before, "N1.1"), id="N9.9")
    kept = tuple(item for item in (*before.results, gone) if item.id != "N1.3")
    told = " ".join(trend(replace(before, results=kept)).left_out)
    assert "Nieuw in deze normen: N1.3." in told
    assert "Niet meer in deze normen: N9.9." in told
    assert "Anders gevraagd dan in 2025: N1.2." in told
    assert "In 2025 nog niet gevraagd: N1.7." in told
    assert "N5.1" in told.split("zonder oordeel")[1]


def test_a_year_of_other_norms_is_passed_over_for_an_older_one() -> None:
    other = replace(last_year(), results=tuple(replace(item, is_same_norm=False) for item in last_year().results))
    assert report_view(with_former(other), NL).figures.trend is None
    older = replace(last_year(), assessment_year=2024)
    assert trend(other, older).heading == "Wat is er veranderd sinds 2024?"


def test_the_boxes_count_per_standard_and_are_said_in_words() -> None:
    before = year_with(last_year(), N1_2={"verdict": Verdict.NOT_MET, "best": Verdict.NOT_MET})
    figure = trend(before, words=EN).figure
    first = figure.table.rows[0]
    picture = ET.fromstring(str(figure.pictures[0]))
    desc = picture.findtext("{http://www.w3.org/2000/svg}title") or ""
    then, now = first[1].split(" ")[0], first[2].split(" ")[0]
    assert int(now) == int(then) + 1
    assert f"in 2025 {first[1]}, in 2026 {first[2]}" in desc
    shown = [item.text for item in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert f"{then} → {now}" in shown
    assert {"2025", "2026"} <= set(shown)


def test_boxes_shrink_rather_than_run_into_the_next_column() -> None:
    many = ShareOfYear(met=20, best=30, total=40)
    row = TrendRow(number="1", name="Een naam", then=many, now=many, change="20 → 20")
    drawn = ET.fromstring(paired_shares((row,), ("2025", "2026"), Caption(title="t", desc="d", key="k")))
    right = [
        float(box.attrib["x"]) + float(box.attrib["width"]) for box in drawn.iter("{http://www.w3.org/2000/svg}rect")
    ]
    assert max(right) <= 482
    assert max(end for end in right if end < 340) < 300


def indicator_notes(view: ReportView, indicator: str) -> tuple[str, ...]:
    """What stands below the answer of an indicator."""
    rows = {row.id: row for standard in view.standards for row in standard.rows}
    return rows[indicator].answer_notes


def test_last_year_stands_in_the_row_of_an_indicator() -> None:
    before = year_with(
        last_year(),
        N4_1={"share": Share(numerator=3, denominator=9), "verdict": Verdict.NOT_MET},
        N1_2={"is_same_norm": False, "verdict": Verdict.NOT_MET},
    )
    view = report_view(with_former(before), NL)
    assert indicator_notes(view, "N4.1")[-1] == "in 2025: 3 van 9 (33\u00a0%), voldoet niet"
    assert indicator_notes(view, "N1.2")[-1] == "in 2025: voldoet niet, anders gevraagd"
    assert indicator_notes(view, "N3.7")[-1].startswith("in 2025: niveau 2")
    assert not any("in 2025" in note for note in indicator_notes(report_view(mixed(), NL), "N4.1"))


def test_an_older_year_speaks_where_the_latest_does_not_know_the_indicator() -> None:
    latest = replace(last_year(), results=())
    older = replace(last_year(), assessment_year=2024)
    notes = indicator_notes(report_view(with_former(latest, older), NL), "N1.2")
    assert notes[-1].startswith("in 2024: ")


@pytest.mark.parametrize(("cycle", "expected"), [(1, "50"), (2, "50 → ")])
def test_former_results_are_earlier_points_of_the_path(cycle: int, expected: str) -> None:
    half = {"share": Share(numerator=1, denominator=2)}
    before = replace(year_with(last_year(), N4_1=half), cycle=cycle)
    paths = report_view(with_former(before), NL).figures.paths
    assert paths is not None
    picture = next(item for item in map(str, paths.pictures) if "N4.1" in item)
    drawn = ET.fromstring(picture)
    texts = [item.text or "" for item in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert any(text.startswith(expected) for text in texts)
    assert "(eerder: 50 procent" in picture
    assert paths.note.endswith("Open punten: eerdere jaren.")
    asked_otherwise = year_with(before, N4_1={"is_same_norm": False})
    paths = report_view(with_former(asked_otherwise), NL).figures.paths
    assert paths is not None
    assert not any("eerder: 50 procent" in str(item) for item in paths.pictures)
