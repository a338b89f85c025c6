"""Masking at its borders: one number more or less, one reader more, one place more where a hidden number is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from normtool.core.assessment import Share
from normtool.core.diagnostics import Diagnostic
from normtool.core.dossier import RegionAbove
from normtool.core.evidence import OwnApproach, Previous, PreviousAnswer
from normtool.core.masking import masked
from normtool.core.masking_below import _comes_near
from normtool.core.masking_sums import Hidden, hide
from normtool.core.masking_texts import MASK, Secrets, text_about
from normtool.core.places import CellRange, Located
from normtool.core.rules_questions import PART_LARGER_THAN_WHOLE
from tests.core.test_masking import LIMIT, each, on_time, pair, shown, whole
from tests.dossier_examples import answer, at, rows
from tests.masked_examples import Care, care_row, framework, judged, network

# --- rows and sums -----------------------------------------------------------------------------------------------


def test_a_one_beside_a_number_that_cannot_be_smaller_is_sure_so_the_sum_goes() -> None:
    """Ten can be no smaller for who knows that it is no small number, so of eleven the other is one."""
    found = [pair(40, 10), pair(0, 1)]
    kept = hide(found, [whole(found, 0, 1)], LIMIT)
    assert (kept.rows, kept.sums) == ({0, 1}, {0})


def test_a_reader_with_a_share_of_what_is_hidden_leaves_room_for_every_small_number_of_others() -> None:
    found = [pair(4, 4), pair(40, 5), pair(40, 12), pair(90, 40)]
    sums = [whole(found, 0, 1, 2, 3)]
    assert hide(found, sums, LIMIT).rows == {0, 1, 2}
    assert hide(found, sums, LIMIT, each(1)).rows == {0, 1, 2, 3}


def test_who_has_all_that_counts_in_a_small_sum_is_kept_from_nothing() -> None:
    found = [pair(40, 1), pair(0, 0), pair(90, 30)]
    sums = [whole(found, 0, 1), whole(found, 0, 1, 2)]
    kept = hide(found, sums, LIMIT, Hidden(readers=(frozenset({0, 2}),)))
    assert (kept.rows, kept.sums) == ({0, 2}, {0})


def test_places_that_are_no_members_are_readers_too() -> None:
    care = on_time(("A", "skin", 40, 60), ("B", "skin", 7, 60))
    evidence = replace(network([]).evidence, registers=(rows("care", *map(care_row, care)),))
    assert shown(masked(judged(framework(), evidence), LIMIT), "N3.3")["skin"] == "-"


@pytest.mark.parametrize(
    ("numerator", "denominator", "near"),
    [
        (100, 230, True),
        (109, 400, True),
        (110, 400, False),
        (300, 439, True),
        (300, 440, False),
        (91, 400, True),
        (90, 400, False),
    ],
)
def test_one_part_that_comes_near_a_sum_of_those_below_is_enough(
    numerator: int, denominator: int, *, near: bool
) -> None:
    below = [Share(numerator=60, denominator=130), Share(numerator=40, denominator=100)]
    assert _comes_near(Share(numerator=numerator, denominator=denominator), below, LIMIT) is near


@pytest.mark.parametrize(
    ("denominator", "stays"), [(520, True), (521, False), (530, False), (539, False), (540, True)]
)
def test_a_share_of_about_as_many_patients_as_all_rows_together_goes_with_one_of_them(
    denominator: int, *, stays: bool
) -> None:
    """The rows have 45, 305 and 180 new patients: a reader who takes 530 for their sum has the one that is hidden."""
    care = [
        Care("A", "skin", (0, 0), (40, 45)),
        Care("B", "skin", (0, 0), (200, 305)),
        Care("C", "lung", (0, 0), (90, 180)),
    ]
    part = masked(network(care, trials=(100, denominator)), LIMIT)
    assert shown(part, "N4.2") == {"skin": "-", "lung": "90/180", "=": "90/180"}
    assert (shown(part, "N5.3") == {"=": f"100/{denominator}"}) is stays


# --- answers and texts -------------------------------------------------------------------------------------------


def test_every_text_beside_a_hidden_answer_goes_when_it_tells_its_number() -> None:
    told = Located(value="Het waren er 7.", place=at("Indicatoren"))
    own = OwnApproach(aim=told, what=told, proof=told)
    texts = dict.fromkeys(("source", "explanation", "reason_not_applicable", "bottleneck"), "Het waren er 7.")
    given = answer("N5.3", None, numerator=7, denominator=480, own_approach=own, **texts)
    found = masked(network([], answers=[given]), LIMIT).evidence.answer("N5.3")
    assert found is not None
    cells = [*(getattr(found, name) for name in texts), found.own_approach.aim, found.own_approach.what]
    assert [cell.value for cell in (*cells, found.own_approach.proof)] == [MASK] * 7


@pytest.mark.parametrize(
    ("numerator", "denominator", "stays"),
    [(None, 9, False), (None, 10, True), (90, 99, False), (90, 100, True), (9, None, False), (10, None, True)],
)
def test_numbers_typed_beside_a_pool_go_when_any_of_them_or_what_is_left_is_small(
    numerator: int | None, denominator: int | None, *, stays: bool
) -> None:
    both = {"numerator": numerator, "denominator": denominator}
    typed: dict[str, Any] = {name: number for name, number in both.items() if number is not None}
    given = answer("N3.3", None, **typed)
    dossier = network(on_time(("A", "skin", 150, 190)), answers=[given])
    found = masked(dossier, LIMIT).evidence.answers[0]
    assert (found.numerator is not None or found.denominator is not None) is stays


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("14 %", True),
        ("15 %", True),
        ("16 %", False),
        ("14,8 %", True),
        ("14,9 %", True),
        ("0,14", True),
        ("0,1", False),
        ("0,2", False),
    ],
)
def test_a_hidden_share_is_told_by_its_percentage_however_it_was_rounded(text: str, *, is_told: bool) -> None:
    """7 of 47 is 14,893… %; one figure behind the comma tells too little of it, and may be of anything."""
    assert text_about(text, Secrets.of((), [(7, 47)])) == (MASK if is_told else text)


def test_no_text_tells_a_hidden_number_of_last_years_form_of_the_region() -> None:
    previous = Previous(file="oud.xlsx", answers=(PreviousAnswer(indicator="N5.3", numerator=7, denominator=4711),))
    above = replace(network([]).evidence, previous=previous)
    told = answer("N1.2", True, explanation="Vorig jaar 7 patiënten in de hele regio.")
    dossier = replace(network([], answers=[told]), region=RegionAbove(code="R", name="R", evidence=above))
    explanation = masked(dossier, LIMIT).evidence.answers[0].explanation
    assert explanation is not None
    assert explanation.value == f"Vorig jaar {MASK} patiënten in de hele regio."


# --- questions to the review team --------------------------------------------------------------------------------


def test_a_question_about_a_hidden_number_keeps_its_years() -> None:
    dossier = network([], answers=[answer("N5.3", None, numerator=7, denominator=480)])
    place = dossier.evidence.answers[0].place
    rows_up_to = CellRange(
        file=place.file, sheet=place.sheet, row=place.row - 2, column=1, last_row=place.row, last_column=3
    )
    rows_before = replace(rows_up_to, last_row=place.row - 1)
    facts = (("number", 7), ("year", 2025), ("reporting_year", 2024))
    asked = tuple(
        Diagnostic(rule=PART_LARGER_THAN_WHOLE, place=where, facts=facts)
        for where in (place, rows_up_to, rows_before)
    )
    found = masked(replace(dossier, diagnostics=asked), LIMIT).diagnostics
    hidden = (("number", MASK), *facts[1:])
    assert [item.facts for item in found] == [hidden, hidden, facts]
