"""One answer and its verdict: the order of the method, what it rests on, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from normtool.core.assessment import Share
from normtool.core.scoring import assess
from normtool.core.standards import IndicatorClass
from tests.core.judging import cells, judge, judged, norms, rows, verdict, why
from tests.core.tables import NETWORK, read

DOCUMENTS = """
## Documenten
| Id | Titel | Datum      | Geldig tot |
| D1 | Visie | 2025-03-01 |            |
| D2 | Oud   | 2020-01-01 | 2024-12-31 |
| D3 | Later | 2026-01-01 |            |
| D4 | Jaar  | 2025       |            |
| D5 | Half  | 2021-12-31 |            |
| D6 | Los   |            |            |
"""
OWN = (
    "| Id | Antwoord | Teller | Noemer | Documenten "
    "| Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |"
)

YES_NO: dict[str, Any] = {"kind": "yes_no"}
COUNT: dict[str, Any] = {"kind": "count", "path": {1: 2, 2: 4}, "partly_from": {1: 1, 2: 2}}
LEVEL: dict[str, Any] = {"kind": "maturity", "path": 2, "partly_from": 1}
SHARE: dict[str, Any] = {
    "kind": "proportion",
    "path": {1: 0.7, 3: 0.9},
    "partly_from": {1: 0.5, 3: 0.6},
    "may_be_not_applicable": True,
}
PATIENTS: dict[str, Any] = {**SHARE, "counts_patients": True}


def answered(line: str, more: str = DOCUMENTS) -> str:
    """A form with one answer: id, answer, numerator, denominator, documents, four parts of an own approach."""
    return f"{more}\n## Indicatoren\n{OWN}\n| N1.1 | {line} |"


@pytest.mark.parametrize(
    ("line", "expected", "because"),
    [
        ("ja | | | D1", "met", "yes_with_document"),
        ("ja | | | D6", "met", "yes_with_document"),
        ("ja | | | D2; D1", "met", "yes_with_document"),
        ("ja | | | ", "unknown (unsubstantiated) not_met … met", "yes_without_document"),
        ("ja | | | D2", "unknown (unsubstantiated) not_met … met", "yes_without_document"),
        ("ja | | | D3", "unknown (unsubstantiated) not_met … met", "yes_without_document"),
        ("nee | | | D1", "not_met", "said_no"),
        ("nee", "not_met", "said_no"),
        ("", "unknown (no_answer) not_met … met", "no_answer"),
        (" | | | D1", "unknown (no_answer) not_met … met", "no_answer"),
        ("onbekend", "unknown (no_answer) not_met … met", "no_answer"),
    ],
)
def test_yes_needs_a_document_and_no_does_not(line: str, expected: str, because: str) -> None:
    result = judge(YES_NO, answered(line))
    assert (verdict(result), why(result)) == (expected, [because])


def test_an_indicator_without_a_row_has_no_answer() -> None:
    result = judge(YES_NO, "")
    assert (verdict(result), cells(result)) == ("unknown (no_answer) not_met … met", [])


@pytest.mark.parametrize(
    ("line", "expected", "because"),
    [
        ("2 | | | D1", "met", "level level=2 target=2"),
        ("1 | | | D1", "partly_met", "level level=1 target=2"),
        ("0 | | | ", "not_met", "level level=0 target=2"),
        ("0 | | | D1", "not_met", "level level=0 target=2"),
        ("1 | | | ", "unknown (unsubstantiated) not_met … partly_met", "level_without_document level=1 target=2"),
        ("3 | | | D3", "unknown (unsubstantiated) not_met … met", "level_without_document level=3 target=2"),
        ("", "unknown (no_answer) not_met … met", "no_answer"),
    ],
)
def test_a_level_from_one_up_needs_a_document(line: str, expected: str, because: str) -> None:
    result = judge(LEVEL, answered(line))
    assert (verdict(result), why(result)) == (expected, [because])


@pytest.mark.parametrize(
    ("line", "expected", "because"),
    [
        ("2", "met", "count number=2 target=2"),
        ("1", "partly_met", "count number=1 target=2"),
        ("geen", "not_met", "count number=0 target=2"),
        ("", "unknown (no_answer) not_met … met", "no_answer"),
    ],
)
def test_a_count_needs_no_document(line: str, expected: str, because: str) -> None:
    result = judge(COUNT, answered(line))
    assert (verdict(result), why(result)) == (expected, [because])


@pytest.mark.parametrize(
    ("line", "expected", "because"),
    [
        (" | 7 | 10", "met", "share share=7/10 target=0.7"),
        (" | 699 | 1000", "partly_met", "share share=699/1000 target=0.7"),
        (" | 1 | 2", "partly_met", "share share=1/2 target=0.7"),
        (" | 49 | 100", "not_met", "share share=49/100 target=0.7"),
        (" | 0 | 0", "not_applicable (zero_denominator)", "zero_denominator"),
        (" | 7 | ", "unknown (no_answer) not_met … met", "no_answer"),
        (" |  | 10", "unknown (no_answer) not_met … met", "no_answer"),
        (" | 3 | 0", "unknown (to_be_repaired) not_met … met", "to_be_repaired"),
        (" | 11 | 10", "unknown (to_be_repaired) not_met … met", "to_be_repaired"),
        ("n.v.t. | 11 | 10", "unknown (to_be_repaired) not_met … met", "to_be_repaired"),
    ],
)
def test_a_share_is_compared_exactly(line: str, expected: str, because: str) -> None:
    result = judge(SHARE, answered(line))
    assert (verdict(result), why(result)) == (expected, [because])


@pytest.mark.parametrize(
    ("line", "expected", "because"),
    [
        (" | 9 | 9", "unknown (small_numbers) not_met … met", "small_numbers denominator=9 small_below=10"),
        (" | 10 | 10", "met", "share share=10/10 target=0.7"),
    ],
)
def test_small_numbers_of_patients_are_not_judged(line: str, expected: str, because: str) -> None:
    result = judge(PATIENTS, answered(line))
    assert (verdict(result), why(result)) == (expected, [because])
    assert result.interval is not None


def test_the_interval_of_wilson_belongs_to_patients() -> None:
    """Reference: 81 of 263, Wilson 1927 as tabled by Newcombe, Stat. Med. 17 (1998) 857-872: 0.2553 to 0.3662."""
    result = judge(PATIENTS, answered(" | 81 | 263"))
    assert result.interval is not None
    assert (round(result.interval.low, 4), round(result.interval.high, 4)) == (0.2553, 0.3662)
    assert judge(SHARE, answered(" | 81 | 263")).interval is None


def test_an_interval_stays_between_none_and_all() -> None:
    for line, ends in [(" | 0 | 20", (0.0, 0.161125)), (" | 20 | 20", (0.838875, 1.0))]:
        interval = judge(PATIENTS, answered(line)).interval
        assert interval is not None
        assert (interval.low, interval.high) == ends


AGE: dict[str, Any] = {"kind": "document_age", "months": 48}


@pytest.mark.parametrize(
    ("line", "expected", "because"),
    [
        ("ja | | | D1", "met", "age date=2025-03-01 months=48"),
        ("ja | | | D5", "met", "age date=2021-12-31 months=48"),
        ("ja | | | D7", "not_met", "too_old date=2021-12-30 months=48"),
        ("ja | | | D7; D1", "met", "age date=2025-03-01 months=48"),
        ("ja | | | D4", "met", "age date=True months=48"),
        ("ja | | | D8", "unknown (unsubstantiated) not_met … met", "age_year_only months=48 year=2021 Documenten!C9"),
        (
            "ja | | | D9; D8; D9",
            "unknown (unsubstantiated) not_met … met",
            "age_year_only months=48 year=2021 Documenten!C9",
        ),
        ("ja | | | D6", "unknown (unsubstantiated) not_met … met", "yes_without_date months=48"),
        ("ja | | | D7; D6", "unknown (unsubstantiated) not_met … met", "yes_without_date months=48"),
        ("ja | | | D2", "unknown (unsubstantiated) not_met … met", "yes_without_date months=48"),
        ("ja | | | D3", "unknown (unsubstantiated) not_met … met", "yes_without_date months=48"),
        ("ja", "unknown (unsubstantiated) not_met … met", "yes_without_date months=48"),
        ("nee | | | D1", "not_met", "said_no"),
        ("", "unknown (no_answer) not_met … met", "no_answer"),
    ],
)
def test_the_newest_document_tells_the_age(line: str, expected: str, because: str) -> None:
    more = DOCUMENTS + "| D7 | Vorige | 2021-12-30 |\n| D8 | Ooit | 2021 |\n| D9 | Eerder | 2020 |"
    result = judge(AGE, answered(line, more))
    assert (verdict(result), why(result)) == (expected, [because])


@pytest.mark.parametrize(
    ("reference", "dated", "months", "expected"),
    [
        ("2025-02-28", "2024-02-29", 12, "met"),
        ("2025-03-01", "2024-02-29", 12, "not_met"),
        ("2024-02-29", "2023-02-28", 12, "not_met"),
        ("2024-02-28", "2023-02-28", 12, "met"),
        ("2025-06-30", "2024-12-31", 6, "met"),
        ("2025-07-01", "2024-12-31", 6, "not_met"),
        ("2025-12-31", "2025-06-30", 6, "not_met"),
        ("2025-12-30", "2025-06-30", 6, "met"),
    ],
)
def test_months_are_counted_by_the_calendar_and_exactly_so_many_still_counts(
    reference: str, dated: str, months: int, expected: str
) -> None:
    page = NETWORK.replace("2025-12-31", reference) + f"\n## Documenten\n| Id | Datum |\n| D1 | {dated} |"
    result = judge({"kind": "document_age", "months": months}, answered("ja | | | D1", page))
    assert verdict(result) == expected


@pytest.mark.parametrize(
    ("kind", "documents", "value"),
    [
        ({"months": 48}, "D1", date(2025, 3, 1)),
        ({"months": 48}, "D1; D5", date(2025, 3, 1)),
        ({"months": 48}, "D1; D4", True),
        ({"months": 6}, "D1", date(2025, 3, 1)),
        ({"months": 6}, "D5", date(2021, 12, 31)),
        ({"months": 6}, "D6", True),
        ({"months": 6}, "D4", True),
        ({"deadline": date(2025, 7, 1)}, "D1", date(2025, 3, 1)),
        ({"deadline": date(2025, 2, 1)}, "D1", date(2025, 3, 1)),
        ({"deadline": date(2025, 2, 1)}, "D1; D6", date(2025, 3, 1)),
        ({"deadline": date(2025, 2, 1)}, "D4", True),
        ({"deadline": date(2025, 2, 1)}, "D6", True),
    ],
)
def test_the_value_is_the_day_of_the_document_when_it_is_known(
    kind: dict[str, Any], documents: str, value: object
) -> None:
    assert judge({"kind": "document_age", **kind}, answered(f"ja | | | {documents}")).value == value


@pytest.mark.parametrize(
    "months",
    [
        12,
        3,
    ],
)
def test_a_document_of_a_year_that_is_not_over_may_count(months: int) -> None:
    page = NETWORK.replace("2025-12-31", "2025-06-30") + DOCUMENTS
    result = judge({"kind": "document_age", "months": months}, answered("ja | | | D4", page))
    assert verdict(result) == "unknown (unsubstantiated) not_met … met"
    assert why(result) == [f"age_year_only months={months} year=2025 Documenten!C5"]


DEADLINE: dict[str, Any] = {"kind": "document_age", "deadline": date(2025, 7, 1)}


@pytest.mark.parametrize(
    ("line", "expected", "because"),
    [
        ("ja | | | D1", "met", "deadline date=2025-03-01 deadline=2025-07-01"),
        ("ja | | | D7", "met", "deadline date=2025-07-01 deadline=2025-07-01"),
        ("ja | | | D8", "partly_met", "deadline date=2025-07-02 deadline=2025-07-01"),
        ("ja | | | D8; D1", "met", "deadline date=2025-03-01 deadline=2025-07-01"),
        ("ja | | | D4", "unknown (unsubstantiated) partly_met … met", "deadline date=True deadline=2025-07-01"),
        (
            "ja | | | D8; D6",
            "unknown (unsubstantiated) partly_met … met",
            "deadline date=2025-07-02 deadline=2025-07-01",
        ),
        ("ja | | | D6", "unknown (unsubstantiated) not_met … met", "yes_without_date_deadline deadline=2025-07-01"),
        ("ja", "unknown (unsubstantiated) not_met … met", "yes_without_date_deadline deadline=2025-07-01"),
        ("nee", "not_met", "said_no"),
    ],
)
def test_against_a_deadline_the_oldest_document_counts(line: str, expected: str, because: str) -> None:
    more = DOCUMENTS + "| D7 | Net op tijd | 2025-07-01 |\n| D8 | Net te laat | 2025-07-02 |"
    result = judge(DEADLINE, answered(line, more))
    assert (verdict(result), why(result)) == (expected, [because])
    assert result.due is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "informative (due)"),
        ("nee", "informative (due)"),
        ("ja | | | D6", "informative (due)"),
        ("ja | | | D1", "met"),
    ],
)
def test_before_a_deadline_nothing_but_met_is_judged(line: str, expected: str) -> None:
    page = NETWORK.replace("2025-12-31", "2025-06-30") + DOCUMENTS
    result = judge(DEADLINE, answered(line, page))
    assert verdict(result) == expected
    assert result.due == (date(2025, 7, 1) if expected != "met" else None)


def test_on_the_day_of_a_deadline_it_has_come() -> None:
    page = NETWORK.replace("2025-12-31", "2025-07-01") + DOCUMENTS
    assert verdict(judge(DEADLINE, answered("nee", page))) == "not_met"


COMPLETE = "Samen | Convenant | Gesprek | 2025-12-31"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"1 | | | | {COMPLETE}", "own_approach partly_met … met, else partly_met"),
        (f"0 | | | | {COMPLETE}", "own_approach not_met … met, else not_met"),
        (f" | | | | {COMPLETE}", "own_approach (no_answer) not_met … met, else unknown"),
        (f"2 | | | | {COMPLETE}", "met"),
        ("0 | | | | Samen | Convenant | Gesprek | 2025-12-30", "not_met"),
        ("0 | | | | Samen | Convenant | Gesprek | 2025", "own_approach not_met … met, else not_met"),
        ("0 | | | | Samen | Convenant | Gesprek | 2024", "not_met"),
        ("0 | | | | Samen | Convenant | Gesprek | ", "not_met"),
        ("0 | | | | Samen |  | Gesprek | 2030", "not_met"),
    ],
)
def test_a_complete_own_approach_stands_where_the_norm_is_not_met(line: str, expected: str) -> None:
    result = judge(COUNT, answered(line))
    assert verdict(result) == expected


def test_an_own_approach_against_an_error_waits_for_the_repair() -> None:
    assert verdict(judge(COUNT, answered(f"veel | | | | {COMPLETE}"))) == "unknown (to_be_repaired) not_met … met"


def test_an_own_approach_is_only_shown_where_nothing_is_asked_yet() -> None:
    for given in ({**COUNT, "class": "informative"}, {**COUNT, "class": "growth"}):
        result = judge(given, answered(f"0 | | | | {COMPLETE}"))
        assert result.verdict.value == "informative"
        assert result.own_approach


@pytest.mark.parametrize(
    ("given", "line", "expected"),
    [
        (PATIENTS, "n.v.t.", "unknown (to_be_repaired) not_met … met"),
        (YES_NO, "n.v.t.", "unknown (to_be_repaired) not_met … met"),
        ({**PATIENTS, "class": "informative"}, "geen bestaande bron", "informative"),
        (PATIENTS, "geen bestaande bron", "unknown (no_source) not_met … met"),
        (PATIENTS, "geen bron | 3 | 20", "unknown (no_source) not_met … met"),
        (PATIENTS, "geen bron | 12 | 20", "unknown (no_source) not_met … met"),
        (PATIENTS, "geen bron | 18 | 20", "met"),
        (PATIENTS, "geen bron | 0 | 0", "not_applicable (zero_denominator)"),
        (PATIENTS, f"geen bron | 3 | 20 | | {COMPLETE}", "own_approach not_met … met, else not_met"),
        (PATIENTS, "geen bron | 30 | 20", "unknown (to_be_repaired) not_met … met"),
    ],
)
def test_no_existing_source_comes_after_everything_else(given: dict[str, Any], line: str, expected: str) -> None:
    found = verdict(judge(given, answered(line)))
    assert found.replace(", else unknown", "") == expected


def test_a_growth_indicator_that_is_open_is_judged() -> None:
    assert verdict(judge({**COUNT, "class": "growth", "opens": 1}, answered("0"))) == "not_met"


INFORMATIVE: dict[str, Any] = {"kind": "proportion", "class": "informative", "counts_patients": True}


def test_an_informative_share_without_a_target_is_shown_and_not_compared() -> None:
    result = judge(INFORMATIVE, answered(" | 12 | 20"))
    assert (verdict(result), why(result), result.target) == ("informative", ["shown share=12/20"], None)
    assert result.interval is not None
    result = judge({**INFORMATIVE, "opens": 1}, answered(" | 0 | 20"))
    assert (verdict(result), why(result)) == ("informative", ["shown share=0/20"])


def test_the_value_is_what_was_answered() -> None:
    for given, line, value in [
        (YES_NO, "ja | | | D1", True),
        (YES_NO, "ja", True),
        (YES_NO, "nee", False),
        (YES_NO, "", None),
        (AGE, "nee", False),
        (COUNT, "3", 3),
        (LEVEL, "3 | | | D1", 3),
        (LEVEL, "3", 3),
        (SHARE, " | 3 | 20", Share(numerator=3, denominator=20)),
        (PATIENTS, " | 3 | 9", Share(numerator=3, denominator=9)),
        (SHARE, " | 0 | 0", None),
    ]:
        assert judge(given, answered(line)).value == value, line


def test_a_share_of_nothing_that_is_not_asked_yet_is_not_shown() -> None:
    later = {**SHARE, "class": "growth"}
    assert judge(later, answered(" | 0 | 20")).value is None
    assert judge(later, answered(" | 1 | 20")).value == Share(numerator=1, denominator=20)
    assert judge({**later, "opens": 1}, answered(" | 0 | 20")).value == Share(numerator=0, denominator=20)
    assert why(judge(later, answered(" | 1 | 20"))) == ["share share=1/20 target=0.7"]


def test_no_existing_source_rests_on_the_cell_that_says_so() -> None:
    assert why(judge(PATIENTS, answered("geen bron"))) == ["no_source Indicatoren!B2"]


def test_declared_not_applicable_with_its_reason() -> None:
    page = "## Indicatoren\n| Id | Antwoord | Reden n.v.t. |\n| N1.1 | n.v.t. | Geen trials |"
    for given in (SHARE, {**SHARE, "class": "informative"}, {**SHARE, "class": "growth"}):
        result = judge(given, page)
        assert verdict(result) == "not_applicable (declared)"
        assert (result.worst, result.best) == (None, None)
        assert why(result) == ["declared Indicatoren!B2"]
        assert cells(result) == ["Indicatoren!B2", "Indicatoren!C2"]


@pytest.mark.parametrize(
    ("given", "page", "expected"),
    [
        ({**COUNT, "class": "informative", "opens": 1}, "2", "informative, else met"),
        ({**COUNT, "class": "informative", "opens": 1}, "1", "informative, else partly_met"),
        ({**COUNT, "class": "informative", "opens": 1}, "", "informative"),
        ({**COUNT, "class": "informative"}, "4", "informative"),
        ({**COUNT, "class": "growth"}, "0", "informative (not_yet_asked)"),
        ({**COUNT, "opens": 3}, "0", "informative"),
    ],
)
def test_what_is_not_asked_yet_is_only_shown(given: dict[str, Any], page: str, expected: str) -> None:
    result = judge(given, answered(page))
    assert verdict(result) == expected
    assert (result.worst, result.best) == (None, None)


@pytest.mark.parametrize(
    ("first", "target", "final", "number", "on_path"),
    [
        (2026, 2, 4, 2, True),
        (2026, 2, 4, 3, True),
        (2026, 2, 4, 4, False),
        (2025, 4, 4, 4, False),
        (2020, 4, 4, 5, False),
    ],
)
def test_met_below_the_final_target_is_on_the_path(
    first: int, target: int, final: int, number: int, *, on_path: bool
) -> None:
    page = NETWORK.replace("Eerste toetsjaar | 2026", f"Eerste toetsjaar | {first}")
    result = judge(COUNT, answered(str(number), page))
    assert (verdict(result), result.on_path) == ("met", on_path)
    assert result.target == target
    assert result.final_target == final
    assert result.first_cycle is (first == 2026)


def test_a_share_on_the_path_is_compared_as_a_share() -> None:
    assert judge(SHARE, answered(" | 89 | 100")).on_path
    assert not judge(SHARE, answered(" | 90 | 100")).on_path


def test_a_path_by_calendar_year_has_no_norm_before_its_first_year() -> None:
    later = {"kind": "count", "path": {2030: 1}}
    for line in ("1", "", f"1 | | | | {COMPLETE}", "geen bron"):
        result = judge(later, answered(line))
        assert verdict(result) == "unknown (no_norm)"
        assert (result.target, result.worst, result.best) == (None, None, None)
        assert result.final_target == 1
        assert why(result) == ["no_step"]
    assert verdict(judge({"kind": "count", "path": {2026: 1}}, answered("1"))) == "met"
    assert judge({"kind": "count", "path": {2026: 1}}, answered("1")).partly_from is None


def test_a_norm_without_a_path_has_no_target() -> None:
    result = judge(YES_NO, answered("ja | | | D1"))
    assert (result.target, result.final_target, result.on_path) == (None, None, False)


def test_a_result_rests_on_the_cells_that_were_filled_in() -> None:
    result = judge(SHARE, answered("geen bron | 3 | 20 | D1 p. 4; D4 | Doel"))
    assert cells(result) == ["Indicatoren!B2", "Indicatoren!C2", "Indicatoren!D2", "Indicatoren!E2", "Indicatoren!F2"]
    assert result.documents == ("D1 p. 4", "D4")
    assert cells(judge(SHARE, answered(""))) == ["Indicatoren!A2"]


def test_an_empty_ledger_of_another_standard_changes_nothing() -> None:
    framework = norms(COUNT)
    standard = framework.standards[0]
    other = replace(standard, id="2", indicators=(replace(standard.indicators[0], id="N2.1"),))
    both = replace(framework, standards=(standard, other))
    evidence, _ = read(answered("2"), framework=both)
    assessment, _ = assess(both, evidence)
    assert [verdict(result) for result in assessment.indicators] == ["met", "unknown (no_answer) not_met … met"]
    assert assessment.cycle == 1
    assert assessment.indicator("N2.1") is assessment.standards[1].indicators[0]
    assert assessment.indicator("N3.1") is None


def test_the_class_of_an_indicator_comes_back() -> None:
    standard, _ = judged(norms(COUNT, {**COUNT, "class": "growth"}), answered("2"))
    assert [item.indicator_class for item in standard.indicators] == [IndicatorClass.CORE, IndicatorClass.GROWTH]
    assert [item.is_open for item in standard.indicators] == [True, False]
    assert rows(standard.indicators[0]) == []
