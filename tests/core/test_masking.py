"""Masking: what is hidden, what stays, and that nothing that was hidden follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.core.assessment import Because, IndicatorResult, ResultOrigin, RowResult, RowState, Share, Verdict
from normtool.core.diagnostics import Diagnostic, Related
from normtool.core.dossier import Dossier, FormerAction, FormerResult, RegionAbove, SubNetwork
from normtool.core.evidence import Previous, PreviousAnswer, PreviousNumber, Unreadable
from normtool.core.kinds import Count, Is, Pooled
from normtool.core.masking import masked
from normtool.core.masking_columns import PatientColumns, is_pool_of_patients, patient_columns
from normtool.core.masking_sums import Hidden, Row, Sum, hide, is_small
from normtool.core.masking_texts import MASK, NO_SECRETS, Secrets, text_about, text_beside
from normtool.core.places import CellRange, FilePlace
from normtool.core.rules_questions import PART_LARGER_THAN_WHOLE
from normtool.core.standards import Framework, IndicatorClass
from tests.dossier_examples import answer, built_in, document, row, rows
from tests.masked_examples import Care, care_row, former_year, framework, judged, network

LIMIT = 10


def shown(dossier: Dossier, indicator: str) -> dict[str, str]:
    """What a result tells by row, and as its value under `=`: `7/47`, or `-` where it is hidden."""
    result = dossier.assessment.indicator(indicator)
    assert result is not None
    told = {" ".join(item.key): _told(item.share, is_masked=item.is_masked) for item in result.rows}
    value = result.value if isinstance(result.value, Share) else None
    return told | {"=": _told(value, is_masked=result.is_masked)}


def _told(share: Share | None, *, is_masked: bool) -> str:
    if share is not None:
        return f"{share.numerator}/{share.denominator}"
    return "-" if is_masked else ""


def cells(dossier: Dossier, register: str, *columns: str) -> list[str]:
    """What the rows of a register hold in these columns."""
    found = dossier.evidence.register(register).rows
    return ["/".join(str(item.contents.get(column, "-")) for column in columns) for item in found]


def on_time(*counted: tuple[str, str, int, int]) -> list[Care]:
    """Rows of *Zorgaanbod* of which only the time to treatment matters."""
    return [Care(location, group, (one, other), (0, 0)) for location, group, one, other in counted]


# --- which numbers are small -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "small"),
    [
        (0, 0, False),
        (0, 9, True),
        (1, 40, True),
        (9, 40, True),
        (10, 40, False),
        (31, 40, True),
        (30, 40, False),
        (40, 40, False),
        (0, 10, False),
        (41, 40, True),
    ],
)
def test_a_number_from_1_up_to_the_limit_is_small(numerator: int, denominator: int, *, small: bool) -> None:
    item = Row(parts=(numerator, denominator - numerator), wholes=(denominator,))
    assert is_small(item, LIMIT) is small


# --- rows and sums -----------------------------------------------------------------------------------------------


def pair(one: int, other: int) -> Row:
    """A row by how many met and how many did not."""
    return Row(parts=(one, other), wholes=(one + other,))


def added(rows_: list[Row], *members: int) -> Row:
    """The sum of rows."""
    return pair(*(sum(rows_[member].parts[part] for member in members) for part in (0, 1)))


def whole(rows_: list[Row], *members: int, is_exact: bool = True) -> Sum:
    """A sum of these rows."""
    return Sum(members=frozenset(members), row=added(rows_, *members), is_exact=is_exact)


def test_one_small_row_takes_the_smallest_roomy_row_with_it() -> None:
    found = [pair(5, 60), pair(200, 90), pair(40, 50), pair(300, 100)]
    assert hide(found, [whole(found, 0, 1, 2, 3)], LIMIT).rows == {0, 2}


def test_without_a_sum_a_small_row_goes_alone() -> None:
    found = [pair(5, 60), pair(200, 90)]
    assert hide(found, [], LIMIT) == Hidden(rows={0})


def test_small_rows_may_protect_each_other() -> None:
    found = [pair(92, 4), pair(41, 6), pair(80, 40)]
    assert hide(found, [whole(found, 0, 1, 2)], LIMIT) == Hidden(rows={0, 1})


def test_two_rows_that_can_only_be_what_they_are_cost_the_sum() -> None:
    """Who takes both for small knows that 18 is 9 and 9."""
    found = [pair(9, 40), pair(9, 40)]
    kept = hide(found, [whole(found, 0, 1)], LIMIT)
    assert (kept.rows, kept.sums) == ({0, 1}, {0})


def test_all_rows_of_a_sum_may_be_needed() -> None:
    found = [pair(1, 1), pair(12, 0), pair(0, 12)]
    kept = hide(found, [whole(found, 0, 1, 2)], LIMIT)
    assert (kept.rows, kept.sums) == ({0, 1, 2}, set())


def test_a_sum_of_one_row_and_nothing_is_small_itself() -> None:
    found = [pair(5, 60), pair(0, 0)]
    kept = hide(found, [whole(found, 0, 1)], LIMIT)
    assert (kept.rows, kept.sums) == ({0}, {0})


def test_when_no_row_can_protect_the_sum_goes_too() -> None:
    found = [pair(7, 0), pair(20, 0)]
    kept = hide(found, [whole(found, 0, 1)], LIMIT)
    assert (kept.rows, kept.sums) == ({0, 1}, {0})


def test_of_two_sums_the_smaller_goes_first() -> None:
    found = [pair(7, 50), pair(60, 70)]
    both = [Sum(members=frozenset({0}), row=pair(30, 70)), whole(found, 0, 1)]
    assert hide(found, both, LIMIT).sums == {0}


def test_a_hidden_sum_takes_one_row_with_it_or_all() -> None:
    roomy = [pair(40, 50), pair(30, 35)]
    kept = hide(roomy, [whole(roomy, 0, 1)], LIMIT, Hidden(sums={0}))
    assert kept.rows == {1}
    tight = [pair(14, 12), pair(12, 15)]
    assert hide(tight, [whole(tight, 0, 1)], LIMIT, Hidden(sums={0})).rows == {0, 1}
    none = [pair(0, 0)]
    assert hide(none, [whole(none, 0)], LIMIT, Hidden(sums={0})).rows == set()


def test_a_hidden_sum_does_not_follow_from_a_sum_around_it() -> None:
    found = [pair(40, 5), pair(60, 3), pair(40, 40), pair(70, 70)]
    inner, outer = whole(found, 0, 1), whole(found, 0, 1, 2, 3)
    kept = hide(found, [inner, outer], LIMIT)
    assert kept.sums == {0}
    assert kept.rows == {0, 1, 2}, "a row outside the hidden sum goes, else the outer sum tells it"


def test_a_row_outside_a_hidden_sum_goes_though_those_inside_protect_each_other() -> None:
    found = [pair(92, 4), pair(41, 6), pair(80, 40)]
    sums = [whole(found, 0, 1), whole(found, 0, 1, 2)]
    assert hide(found, sums, LIMIT, Hidden(sums={0})).rows == {0, 1, 2}


def test_without_a_row_outside_a_hidden_sum_the_sum_around_it_goes() -> None:
    found = [pair(92, 4), pair(41, 6), pair(0, 0)]
    sums = [whole(found, 0, 1), whole(found, 0, 1, 2)]
    kept = hide(found, sums, LIMIT, Hidden(sums={0}))
    assert (kept.rows, kept.sums) == ({0, 1}, {0, 1})


def test_a_hidden_sum_that_is_all_of_another_takes_it_along() -> None:
    found = [pair(40, 3), pair(60, 4)]
    twins = [whole(found, 0, 1), Sum(members=frozenset({0, 1}), row=pair(150, 60))]
    assert hide(found, twins, LIMIT).sums == {0, 1}


def each(*numbers: int) -> Hidden:
    """Nothing is hidden yet, and each of these rows is some reader's own."""
    return Hidden(readers=tuple(frozenset({number}) for number in numbers))


def test_rows_that_a_reader_knows_protect_nothing_from_it() -> None:
    found = [pair(5, 60), pair(200, 90), pair(40, 50)]
    assert hide(found, [whole(found, 0, 1, 2)], LIMIT).rows == {0, 2}
    kept = hide(found, [whole(found, 0, 1, 2)], LIMIT, each(2))
    assert (kept.rows, kept.sums) == ({0, 1, 2}, set())


def test_a_row_that_is_not_small_may_be_worked_out_by_who_has_the_small_one() -> None:
    found = [pair(5, 60), pair(200, 90), pair(40, 50)]
    assert hide(found, [whole(found, 0, 1, 2)], LIMIT, each(0)).rows == {0, 2}


def test_of_two_owners_each_would_know_the_other_so_the_sum_goes_and_the_large_row_stays() -> None:
    found = [pair(5, 60), pair(200, 90)]
    kept = hide(found, [whole(found, 0, 1)], LIMIT, each(0, 1))
    assert (kept.rows, kept.sums) == ({0}, {0})


def test_a_sum_of_which_little_is_hidden_goes_when_readers_know_their_share_of_it() -> None:
    """Of 14 each has 5 at most, or another would know it: then who has 4 knows that the others have 5 each."""
    found = [pair(90, 4), pair(90, 5), pair(90, 5)]
    kept = hide(found, [whole(found, 0, 1, 2)], LIMIT, each(0, 1, 2))
    assert (kept.rows, kept.sums) == ({0, 1, 2}, {0})
    more = [*found, pair(90, 40)]
    kept = hide(more, [whole(more, 0, 1, 2, 3)], LIMIT, each(0, 1, 2, 3))
    assert (kept.rows, kept.sums) == ({0, 1, 2, 3}, set())


def test_a_small_sum_is_kept_from_who_has_the_row_beside_it() -> None:
    """Nine in two rows: who has the row outside takes it off the sum around them."""
    found = [pair(90, 4), pair(90, 5), pair(60, 60), pair(70, 70)]
    sums = [whole(found, 0, 1), whole(found, 0, 1, 2, 3)]
    assert hide(found, sums, LIMIT).rows == {0, 1, 2}
    kept = hide(found, sums, LIMIT, each(2))
    assert (kept.rows, kept.sums) == ({0, 1, 2, 3}, {0})
    own = Hidden(readers=(frozenset({0, 1, 2}),))
    assert hide(found, sums, LIMIT, own).rows == {0, 1, 2}, "a small sum of one's own rows is no secret"


def shared_out(total: int, size: int) -> Iterator[tuple[int, ...]]:
    """All ways to share out a total over rows."""
    if size == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in shared_out(total - first, size - 1))


@pytest.mark.parametrize("total", [*range(10, 19), 21])
def test_who_tries_every_network_with_the_rule_itself_is_sure_of_no_small_number(total: int) -> None:
    """Three hospitals; each knows the sum, which rows are hidden, its own row, and by which program they went."""
    seen: dict[tuple[tuple[int | None, ...], int | None, int | None], list[tuple[int, ...]]] = {}
    for numbers in shared_out(total, 3):
        found = [pair(40, number) for number in numbers]
        kept = hide(found, [whole(found, 0, 1, 2)], LIMIT, each(0, 1, 2))
        if not kept.sums:
            left = tuple(None if place in kept.rows else number for place, number in enumerate(numbers))
            for own in (None, 0, 1, 2):
                seen.setdefault((left, own, numbers[own] if own is not None else None), []).append(numbers)
    for (left, own, _), worlds in seen.items():
        for place in (place for place, number in enumerate(left) if number is None and place != own):
            possible = {numbers[place] for numbers in worlds}
            assert len(possible) > 1 or not 0 < min(possible) < LIMIT, (left, own, worlds[0])


PARTS = st.tuples(st.integers(0, 30), st.integers(0, 30))


@given(st.lists(PARTS, min_size=1, max_size=6), st.sets(st.integers(0, 5)))
def test_hiding_hides_every_small_number_and_hiding_again_changes_nothing(
    parts: list[tuple[int, int]], some: set[int]
) -> None:
    found = [pair(*item) for item in parts]
    inner = sorted(number for number in some if number < len(found))
    sums = [whole(found, *range(len(found))), *([whole(found, *inner)] if inner else [])]
    kept = hide(found, sums, 5)
    assert {number for number, item in enumerate(found) if is_small(item, 5)} <= kept.rows
    before = (set(kept.rows), set(kept.sums))
    again = hide(found, sums, 5, kept)
    assert (again.rows, again.sums) == before


# --- columns -------------------------------------------------------------------------------------------------------


def test_columns_of_one_pool_are_hidden_together() -> None:
    found = {item.columns: item.pairs for item in patient_columns(framework()) if item.register == "care"}
    assert found == {
        ("on_time", "treated"): (("on_time", "treated"),),
        ("in_mdt", "new_patients"): (("in_mdt", "new_patients"),),
    }


def with_kind(norms: Framework, indicator: str, kind: object, *, counts: bool = True) -> Framework:
    """The norms in which one indicator has another kind."""
    standards = tuple(
        replace(
            standard,
            indicators=tuple(
                replace(item, kind=kind, counts_patients=counts) if item.id == indicator else item  # type: ignore[arg-type]
                for item in standard.indicators
            ),
        )
        for standard in norms.standards
    )
    return replace(norms, standards=standards)


def pool(numerator: str, denominator: str, *, per_group: bool = False) -> Pooled:
    """A pool of columns of *Zorgaanbod*."""
    return Pooled(
        type="pooled",
        register="care",
        numerator=numerator,
        denominator=denominator,
        per_group=per_group,
        where=(Is(test="is", column="treats", value=True),),
    )


def test_two_pools_with_a_column_in_common_are_one_set() -> None:
    norms = with_kind(framework(), "N4.2", pool("on_time", "new_patients"))
    found = [item for item in patient_columns(norms) if item.register == "care"]
    assert [set(item.columns) for item in found] == [{"on_time", "treated", "new_patients"}, {"in_mdt"}]
    together, alone = found
    line = care_row(Care("A", "skin", (7, 50), (30, 60)))
    made = together.row(line)
    assert made is not None
    assert made.parts == (7, 43, 7, 53)
    lonely = alone.row(line)
    assert lonely is not None
    assert lonely.parts == (30,)
    assert alone.row(row("Zorgaanbod", location="A", group="skin")) is None


def test_a_row_with_one_number_of_a_pair_is_hidden_by_that_number() -> None:
    columns = PatientColumns(register="care", columns=("on_time", "treated"), pairs=(("on_time", "treated"),))
    made = columns.row(row("Zorgaanbod", location="A", group="skin", treated=7))
    assert made is not None
    assert is_small(made, LIMIT)
    other = columns.row(row("Zorgaanbod", location="A", group="skin", on_time=40))
    assert other is not None
    assert other.parts == (40, 0)


def test_an_indicator_that_pools_patients_counts_them_even_if_it_does_not_say_so() -> None:
    norms = with_kind(framework(), "N3.3", pool("on_time", "treated"), counts=False)
    indicator = norms.indicator("N3.3")
    assert indicator is not None
    assert is_pool_of_patients(norms, indicator)
    unknown = replace(indicator, kind=pool("echelon", "nothing"))
    assert not is_pool_of_patients(norms, unknown)


# --- results and cells ---------------------------------------------------------------------------------------------


def test_a_small_row_and_one_beside_it_go_and_the_group_stays() -> None:
    care = on_time(("A", "skin", 7, 60), ("B", "skin", 150, 190), ("C", "skin", 300, 380))
    part = masked(network(care), LIMIT)
    assert cells(part, "care", "on_time", "treated") == ["-/-", "-/-", "-/-"]
    assert shown(part, "N3.3")["skin"] == "457/630"


def test_of_two_hospitals_the_sum_goes_and_the_large_row_stays() -> None:
    care = on_time(("A", "skin", 7, 60), ("B", "skin", 150, 190), ("A", "lung", 300, 380))
    part = masked(network(care), LIMIT)
    assert cells(part, "care", "on_time", "treated") == ["-/-", "150/190", "300/380"]
    assert shown(part, "N3.3") == {"skin": "-", "lung": "300/380", "=": "-"}


def test_a_hospital_with_locations_is_one_reader_and_a_place_that_is_no_member_another() -> None:
    """A and its location know three of the four rows; so does nobody else."""
    care = on_time(("A", "skin", 40, 60), ("A1", "skin", 40, 60), ("B", "skin", 7, 60), ("X", "skin", 40, 60))
    members = (
        row("Deelnemers", id="A", name="Aker", kind="hospital"),
        row("Deelnemers", id="A1", name="Aker Noord", kind="location", parent="A"),
        row("Deelnemers", id="B", name="Bergzicht", kind="hospital"),
    )
    evidence = replace(
        network([]).evidence, registers=(rows("members", *members), rows("care", *map(care_row, care)))
    )
    assert shown(masked(judged(framework(), evidence), LIMIT), "N3.3")["skin"] == "127/240"
    alone = tuple(item for item in evidence.registers[1].rows if item.contents["location"] != "X")
    two = replace(evidence, registers=(evidence.registers[0], rows("care", *alone)))
    assert shown(masked(judged(framework(), two), LIMIT), "N3.3")["skin"] == "-"


def test_a_group_whose_own_numbers_are_small_goes_with_the_value_that_rests_on_it() -> None:
    care = on_time(("A", "skin", 150, 190), ("A", "lung", 4, 8), ("B", "lung", 0, 0))
    part = masked(network(care), LIMIT)
    assert shown(part, "N3.3") == {"skin": "150/190", "other-pooled": "-", "=": "-"}
    result = part.assessment.indicator("N3.3")
    assert result is not None
    assert [step.rule for step in result.because] == ["masked"]
    hidden = next(item for item in result.rows if item.is_masked)
    assert (hidden.number, hidden.interval, hidden.state) == (None, None, RowState.UNDECIDED)


def test_verdicts_stay_as_they_were() -> None:
    whole_ = network(on_time(("A", "skin", 7, 60), ("B", "lung", 9, 9)))
    part = masked(whole_, LIMIT)
    assert [item.verdict for item in part.assessment.indicators] == [
        item.verdict for item in whole_.assessment.indicators
    ]


def test_without_small_numbers_nothing_changes() -> None:
    whole_ = network(on_time(("A", "skin", 150, 190)))
    assert masked(whole_, LIMIT) == whole_


def test_a_share_of_the_network_goes_with_the_numbers_that_were_typed() -> None:
    typed: dict[str, Any] = {
        "numerator": 7,
        "denominator": 480,
        "year": 2025,
        "explanation": "7 van de 480.",
        "last_year": "12 van 300",
    }
    whole_ = network([], answers=[answer("N5.3", None, **typed)])
    part = masked(whole_, LIMIT)
    found = part.evidence.answer("N5.3")
    assert found is not None
    assert (found.numerator, found.denominator, found.year, found.last_year) == (None, None, None, None)
    assert found.explanation is not None
    assert found.explanation.value == MASK
    assert shown(part, "N5.3") == {"=": "-"}


def test_numbers_typed_beside_a_pool_go_when_they_are_small() -> None:
    typed = [
        answer("N3.3", None, numerator=4, denominator=50),
        answer("N4.2", None, numerator=40),
        answer("N1.1", None, numerator=4),
    ]
    part = masked(network(on_time(("A", "skin", 150, 190)), answers=typed), LIMIT)
    assert [item.numerator is None for item in part.evidence.answers] == [True, False, False]


def test_a_total_that_was_typed_goes_when_a_group_of_it_is_hidden() -> None:
    care = on_time(("A", "skin", 60, 190), ("A", "lung", 7, 60))
    typed = answer("N3.3", None, numerator=67, denominator=250)
    part = masked(network(care, answers=[typed]), LIMIT)
    assert shown(part, "N3.3") == {"skin": "60/190", "lung": "-", "=": "-"}
    better = on_time(("A", "skin", 60, 190), ("A", "lung", 53, 60))
    part = masked(network(better, answers=[typed]), LIMIT)
    assert shown(part, "N3.3") == {"skin": "60/190", "lung": "-", "=": "60/190"}
    assert part.evidence.answers[0].numerator is None


def test_what_is_told_of_a_document_loses_hidden_numbers() -> None:
    whole_ = network(on_time(("A", "lung", 4, 8)))
    told, left = "Over 4 van 8 patiënten", f"Over {MASK} van {MASK} patiënten"
    entry = replace(document("D1", told, date(2025, 1, 1)), adopted_by=told, location=told, keeper=told)
    part = masked(replace(whole_, evidence=replace(whole_.evidence, documents=(entry,))), LIMIT)
    found = part.evidence.documents[0]
    assert (found.title, found.adopted_by, found.location, found.keeper) == (left, left, left, left)


def test_a_total_that_tells_the_rest_of_a_network_takes_a_second_group_along() -> None:
    care = [
        Care("A", "skin", (0, 0), (100, 150)),
        Care("A", "lung", (0, 0), (50, 80)),
        Care("A", "brain", (0, 0), (4, 7)),
    ]
    part = masked(network(care, trials=(60, 237)), LIMIT)
    assert shown(part, "N4.2") == {"skin": "100/150", "lung": "-", "other-pooled": "-", "=": "-"}
    assert shown(part, "N5.3") == {"=": "60/237"}
    far = masked(network(care, trials=(60, 400)), LIMIT)
    assert shown(far, "N4.2")["lung"] == "50/80"


def test_a_pool_over_all_rows_is_a_sum_of_them() -> None:
    norms = with_kind(framework(), "N3.3", pool("on_time", "treated"))
    care = on_time(("A", "skin", 7, 60), ("B", "lung", 150, 190), ("C", "lung", 300, 380))
    evidence = network(care).evidence
    part = masked(judged(norms, evidence), LIMIT)
    assert shown(part, "N3.3") == {"A skin": "-", "B lung": "-", "C lung": "-", "=": "457/630"}


def test_two_indicators_over_the_same_columns_hide_the_same() -> None:
    norms = with_kind(framework(), "N4.2", pool("on_time", "treated"))
    care = on_time(("A", "skin", 7, 60), ("B", "skin", 150, 190), ("C", "lung", 300, 380), ("D", "skin", 300, 380))
    part = masked(judged(norms, network(care).evidence), LIMIT)
    assert shown(part, "N3.3") == {"skin": "457/630", "lung": "300/380", "=": "457/630"}
    assert shown(part, "N4.2") == {
        "A skin": "-",
        "B skin": "-",
        "C lung": "300/380",
        "D skin": "-",
        "=": "757/1010",
    }
    twice = with_kind(framework(), "N4.2", pool("on_time", "treated", per_group=True))
    part = masked(judged(twice, network(on_time(("A", "skin", 7, 60))).evidence), LIMIT)
    assert shown(part, "N3.3") == shown(part, "N4.2") == {"skin": "-", "=": "-"}


def test_a_count_of_patients_goes_with_its_answer() -> None:
    norms = with_kind(framework(), "N5.3", Count(type="count"))
    few = judged(norms, network([], answers=[answer("N5.3", 6)]).evidence)
    given_few = replace(
        few,
        assessment=replace(
            few.assessment,
            standards=tuple(
                replace(
                    item,
                    indicators=tuple(
                        replace(
                            one, value=6, because=(Because(rule="count", facts=(("number", 6),)), Because(rule="x"))
                        )
                        if one.id == "N5.3"
                        else one
                        for one in item.indicators
                    ),
                )
                for item in few.assessment.standards
            ),
        ),
    )
    part = masked(given_few, LIMIT)
    found, result = part.evidence.answer("N5.3"), part.assessment.indicator("N5.3")
    assert found is not None
    assert result is not None
    assert (found.answer, result.value, result.is_masked) == (None, None, True)
    assert [step.rule for step in result.because] == ["masked", "x"]


def test_a_cell_with_patients_that_could_not_be_read_goes() -> None:
    line = row("Zorgaanbod", location="A", group="skin", treats=True, on_time=Unreadable(text="7 of 8"))
    evidence = replace(network([]).evidence, registers=(rows("care", line),))
    part = masked(judged(framework(), evidence), LIMIT)
    assert "on_time" not in part.evidence.register("care").rows[-1].contents


def test_a_cell_of_another_kind_that_could_not_be_read_loses_hidden_numbers() -> None:
    odd = row("Zorgaanbod", location="B", group="skin", treats=Unreadable(text="ja, 4 van 8 patiënten"))
    line = care_row(Care("A", "lung", (4, 8), (0, 0)))
    evidence = replace(network([]).evidence, registers=(rows("care", line, odd),))
    part = masked(judged(framework(), evidence), LIMIT)
    found = part.evidence.register("care").rows[1].contents["treats"]
    assert found == Unreadable(text=f"ja, {MASK} van {MASK} patiënten")


def test_a_row_that_counts_part_of_hidden_numbers_goes_when_it_tells_more_than_is_shown() -> None:
    care = on_time(("A", "skin", 30, 36), ("B", "skin", 5, 60))
    part_of = [row("Tumortypenetwerken", group="skin", state="own", referred_on_time=30, referred=50)]
    part = masked(network(care, tumour_types=part_of), LIMIT)
    assert cells(part, "tumour_types", "referred") == ["-"]
    few = [row("Tumortypenetwerken", group="skin", state="own", referred_on_time=0, referred=0)]
    assert cells(masked(network(care, tumour_types=few), LIMIT), "tumour_types", "referred") == ["0"]


# --- other scopes ------------------------------------------------------------------------------------------------


def below(code: str, care: list[Care], **more: Any) -> SubNetwork:
    """A sub-network with the results of these numbers."""
    made = network(care, **more)
    said = "Verwees 7 patiënten."
    told = row("Deelnemers", id="A", name="Aker", kind="hospital", explanation=said)
    return SubNetwork(
        code=code, name=code, network=made.evidence.network, assessment=made.assessment, members=(told,)
    )


def told_below(part: Dossier, indicator: str) -> list[dict[str, str]]:
    """What a region's dossier tells of its sub-networks."""
    return [
        shown(replace(part, assessment=item.assessment), indicator) for item in part.sub_networks if item.assessment
    ]


def test_a_region_tells_no_numbers_of_patients_of_its_sub_networks() -> None:
    """What their own documents hide depends on evidence that the region's dossier does not have."""
    first = below("X", on_time(("A", "skin", 150, 190), ("A", "lung", 4, 8)), trials=(7, 400))
    second = below("Y", on_time(("B", "skin", 300, 380)))
    region = replace(network([]), sub_networks=(first, second, SubNetwork(code="Z", name="Z")))
    part = masked(region, LIMIT)
    assert told_below(part, "N3.3") == [{"skin": "-", "other-pooled": "-", "=": "-"}, {"skin": "-", "=": "-"}]
    assert told_below(part, "N5.3") == [{"=": "-"}, {"=": ""}]
    before = [item.verdict for item in first.assessment.indicators] if first.assessment else []
    after = part.sub_networks[0].assessment
    assert after is not None
    assert [item.verdict for item in after.indicators] == before
    assert part.sub_networks[0].members[0].contents["explanation"] == f"Verwees {MASK} patiënten."
    assert part.sub_networks[2].assessment is None


def test_a_large_number_of_a_sub_network_may_be_told_in_a_text_and_a_small_one_may_not() -> None:
    first = below("X", on_time(("A", "skin", 4, 50), ("A", "lung", 150, 190)))
    told = answer("N1.2", True, explanation="X helpt 4 patiënten van 50, en 150 patiënten van 190.")
    part = masked(replace(network([], answers=(told,)), sub_networks=(first,)), LIMIT)
    explanation = part.evidence.answers[0].explanation
    assert explanation is not None
    assert explanation.value == f"X helpt {MASK} patiënten van {MASK}, en 150 patiënten van 190."


def test_figures_of_a_region_that_are_the_sum_of_those_below_go() -> None:
    """Each sub-network tells its own, so that of one that does not would be what is left."""
    first = below("X", on_time(("A", "skin", 4, 50)), trials=(4, 50))
    second = below("Y", on_time(("B", "skin", 100, 180)), trials=(100, 180))
    own = network(on_time(("A", "skin", 64, 130), ("B", "skin", 40, 100), ("A", "lung", 40, 60)), trials=(104, 230))
    part = masked(replace(own, sub_networks=(first, second)), LIMIT)
    assert shown(part, "N3.3")["skin"] == "-"
    assert cells(part, "care", "on_time", "treated") == ["-/-", "-/-", "40/60"]
    assert shown(part, "N5.3") == {"=": "-"}


def test_figures_of_a_region_that_are_no_sum_of_those_below_stay() -> None:
    own = network(on_time(("R", "skin", 500, 900)), trials=(500, 900))
    sub_network = below("X", on_time(("A", "skin", 4, 50)), trials=(4, 50))
    part = masked(replace(own, sub_networks=(sub_network,)), LIMIT)
    assert shown(part, "N3.3")["skin"] == "500/900"
    assert shown(part, "N5.3") == {"=": "500/900"}


def inherited(dossier: Dossier) -> Dossier:
    """The same network, whose results are all its region's."""
    standards = tuple(
        replace(item, indicators=tuple(replace(one, origin=ResultOrigin.INHERITED) for one in item.indicators))
        for item in dossier.assessment.standards
    )
    above = RegionAbove(code="R", name="R", evidence=dossier.evidence)
    own = network([])
    return replace(own, assessment=replace(dossier.assessment, standards=standards), region=above)


def test_what_was_inherited_stands_there_without_numbers_that_rest_on_rows() -> None:
    """Which of them the documents of the region tell is not known here."""
    whole_ = network(on_time(("A", "skin", 150, 190), ("A", "lung", 4, 8)), trials=(60, 400))
    part = masked(inherited(whole_), LIMIT)
    assert shown(part, "N3.3") == {"skin": "-", "other-pooled": "-", "=": "-"}
    assert shown(part, "N5.3") == {"=": "-"}
    assert part.region is not None
    assert part.region.evidence is not None
    region = replace(part, evidence=part.region.evidence)
    columns = ("on_time", "treated", "in_mdt", "new_patients")
    assert cells(region, "care", *columns) == ["-/-/-/-", "-/-/-/-"]
    without = replace(inherited(whole_), region=RegionAbove(code="R", name="R"))
    assert shown(masked(without, LIMIT), "N3.3")["skin"] == "-"
    assert shown(masked(without, LIMIT), "N5.3") == {"=": "60/400"}


def test_an_inherited_share_that_stands_by_itself_stays_unless_it_is_small() -> None:
    empty = rows("care", row("Zorgaanbod", location="A", group="skin", treats=True))
    evidence = replace(network([], trials=(60, 400)).evidence, registers=(empty,))
    typed = judged(framework(), evidence)
    assert shown(masked(inherited(typed), LIMIT), "N5.3") == {"=": "60/400"}
    assert shown(masked(inherited(network([], trials=(6, 400))), LIMIT), "N5.3") == {"=": "-"}


# --- other years ---------------------------------------------------------------------------------------------------


def former(indicator: str, number: int | None = None, share: Share | None = None) -> FormerResult:
    return FormerResult(
        id=indicator,
        standard="3",
        indicator_class=IndicatorClass.CORE,
        is_open=True,
        verdict=Verdict.MET,
        number=number,
        share=share,
    )


def test_former_years_lose_small_numbers_and_those_of_what_is_hidden_now() -> None:
    year = former_year(
        results=(
            former("N3.3", share=Share(numerator=200, denominator=300)),
            former("N4.2", share=Share(numerator=200, denominator=300)),
            former("N5.3", share=Share(numerator=4, denominator=300)),
            former("N1.1", number=3),
        ),
        open_actions=(FormerAction(id="V1", action="Help de 4 van 8 eerder.", indicators=("N3.3",)),),
    )
    whole_ = replace(network(on_time(("A", "lung", 4, 8))), framework=built_in(), history=(year,))
    found = masked(whole_, LIMIT).history[0]
    assert [(item.number, item.share) for item in found.results] == [
        (None, None),
        (None, None),
        (None, None),
        (3, None),
    ]
    assert found.open_actions[0].action == MASK


def test_hidden_numbers_of_a_former_year_are_in_no_text_of_then_or_now() -> None:
    actions = (
        FormerAction(id="V1", action="In 2024: 3613 van 3617.", indicators=("N5.3",)),
        FormerAction(id="V2", action="Van 3613 patiënten naar meer.", owner="coördinator van 3617 patiënten"),
    )
    year = former_year(
        results=(former("N5.3", share=Share(numerator=3613, denominator=3617)), former("N9.9", number=4)),
        open_actions=actions,
    )
    told = answer("N1.2", True, explanation="Vorig jaar 3613 patiënten.")
    part = masked(replace(network([], answers=(told,)), history=(year,)), LIMIT)
    found = part.history[0]
    assert [(item.number, item.share) for item in found.results] == [(None, None), (None, None)]
    assert [(item.action, item.owner) for item in found.open_actions] == [
        (MASK, ""),
        (f"Van {MASK} patiënten naar meer.", f"coördinator van {MASK} patiënten"),
    ]
    explanation = part.evidence.answers[0].explanation
    assert explanation is not None
    assert explanation.value == f"Vorig jaar {MASK} patiënten."


def test_last_year_in_the_form_loses_them_too() -> None:
    previous = Previous(
        file="oud.xlsx",
        answers=(
            PreviousAnswer(indicator="N3.3", numerator=200, denominator=300),
            PreviousAnswer(indicator="N4.2", numerator=200, denominator=300),
            PreviousAnswer(indicator="N5.3", numerator=3, denominator=300),
            PreviousAnswer(indicator="N1.1", number=3, own_aim="7 patiënten"),
        ),
        numbers=(
            PreviousNumber(register="care", key=("A",), number=4),
            PreviousNumber(register="volumes", key=("A",), number=4),
        ),
    )
    whole_ = network(on_time(("A", "lung", 4, 8)))
    part = masked(replace(whole_, evidence=replace(whole_.evidence, previous=previous)), LIMIT)
    found = part.evidence.previous
    assert found is not None
    assert [item.numerator for item in found.answers] == [None, None, None, None]
    assert [item.register for item in found.numbers] == ["volumes"]


def test_a_share_of_a_former_year_that_is_no_sum_of_rows_stays() -> None:
    """Of a sum nobody can tell any more whether the documents of that year hid it."""
    share = Share(numerator=60, denominator=300)
    year = former_year(
        results=(former("N3.3", share=share), former("N5.3", share=share)),
    )
    previous = Previous(
        file="oud.xlsx",
        answers=tuple(PreviousAnswer(indicator=name, numerator=60, denominator=300) for name in ("N3.3", "N5.3")),
    )
    whole_ = network(on_time(("A", "skin", 150, 190)))
    told = replace(whole_, evidence=replace(whole_.evidence, previous=previous), history=(year,))
    part = masked(told, LIMIT)
    assert [item.share for item in part.history[0].results] == [None, share]
    assert part.evidence.previous is not None
    assert [item.numerator for item in part.evidence.previous.answers] == [None, 60]


# --- diagnostics, for a masked report of the review team ---------------------------------------------------------


def test_questions_lose_the_hidden_numbers_they_tell() -> None:
    line = care_row(Care("A", "lung", (4, 8), (0, 0)))
    evidence = replace(network([]).evidence, registers=(rows("onbekend"), rows("care"), rows("care", line)))
    whole_ = judged(framework(), evidence)
    facts = (("number", 8), ("total", 4), ("sheet", "Zorgaanbod"), ("header", "4 van 8 patiënten"))
    place = line.place
    elsewhere = replace(place, row=9999)
    area = CellRange(
        file=place.file, sheet=place.sheet, row=place.row - 1, column=1, last_row=place.row + 1, last_column=2
    )
    asked = [
        Diagnostic(rule=PART_LARGER_THAN_WHOLE, place=place, facts=facts),
        Diagnostic(rule=PART_LARGER_THAN_WHOLE, place=area, facts=facts),
        Diagnostic(rule=PART_LARGER_THAN_WHOLE, related=(Related(place=place, role="whole"),), facts=facts),
        Diagnostic(rule=PART_LARGER_THAN_WHOLE, place=FilePlace(file="x"), facts=facts, indicators=("N3.3",)),
        Diagnostic(rule=PART_LARGER_THAN_WHOLE, place=elsewhere, facts=facts),
    ]
    part = masked(replace(whole_, diagnostics=tuple(asked)), LIMIT)
    about = (("number", MASK), ("total", MASK), ("sheet", "Zorgaanbod"), ("header", MASK))
    assert [item.facts for item in part.diagnostics[:4]] == [about] * 4
    assert dict(part.diagnostics[4].facts) == {**dict(facts), "header": f"{MASK} van {MASK} patiënten"}
    assert masked(replace(network([]), diagnostics=tuple(asked)), LIMIT).diagnostics == tuple(asked)


# --- texts ---------------------------------------------------------------------------------------------------------

SECRETS = Secrets.of((), [(7, 4711)])


@pytest.mark.parametrize(
    "text",
    [
        "7 van de 4711",
        "7/4.711",
        "zeven keer",
        "0,15 %",
        "0,1 procent",
        "4704 wel",
        "in 4 711 gevallen",
        "99,85 %",
        "0,9985 deel",
        "0,00149",
        "７ keer",
        "⁷ keer",
        "7-tal",
        "7x",
        "ONZE Zeven",
    ],
)
def test_a_text_about_hidden_numbers_goes_whole_when_it_tells_one(text: str) -> None:
    assert text_about(text, SECRETS) == MASK


@pytest.mark.parametrize(
    "text",
    ["in 7 weken", "op 7-4-2025", "zie D7 en N3.7", "de 7e ronde", "0,3 %", "0,5", "zevenentwintig keer", "zeef", ""],
)
def test_a_text_about_them_that_tells_none_stays(text: str) -> None:
    assert text_about(text, SECRETS) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("7 patiënten wachtten 8 weken", f"{MASK} patiënten wachtten 8 weken"),
        ("van de patiënten waren er 7 op tijd", f"van de patiënten waren er {MASK} op tijd"),
        ("het waren er 7 van de 4711, dus 0,15%", f"het waren er {MASK} van de {MASK}, dus {MASK}"),
        ("7 ziekenhuizen en 4711 inwoners", f"7 ziekenhuizen en {MASK} inwoners"),
        ("7 leden van de patiëntenadviesraad", "7 leden van de patiëntenadviesraad"),
        ("seven referred patients", f"{MASK} referred patients"),
        ("7\u00a0patiënten, 7\u200b pat.", f"{MASK}\u00a0patiënten, {MASK}\u200b pat."),
        ("７ patiënten en 7patiënten", f"{MASK} patiënten en {MASK}patiënten"),
        ("(n = 7) en n=8", f"(n = {MASK}) en n=8"),
        ("zeven\u2009/\u20094711", f"{MASK}\u2009/\u2009{MASK}"),
        ("7 vrouwen, 7 mensen, 7 leden", f"{MASK} vrouwen, {MASK} mensen, 7 leden"),
    ],
)
def test_in_other_texts_a_hidden_number_goes_where_it_counts_patients(text: str, left: str) -> None:
    assert text_beside(text, SECRETS) == left


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (11, "elf"),
        (20, "twintig"),
        (21, "eenentwintig"),
        (32, "tweeëndertig"),
        (48, "achtenveertig"),
        (99, "negenennegentig"),
        (48, "forty-eight"),
        (33, "Thirty Three"),
        (90, "ninety"),
    ],
)
def test_numbers_that_are_written_out_are_read(number: int, words: str) -> None:
    assert text_about(f"Het waren er {words}.", Secrets.of((number,))) == MASK
    assert text_about(f"Het waren er {words}.", Secrets.of((number + 1, 4, 8, 9))) != MASK


def test_a_year_is_not_a_number_of_patients() -> None:
    assert text_beside("sinds 2024", Secrets.of((2024,))) == "sinds 2024"


def test_without_secrets_texts_stay() -> None:
    assert text_about("7 patiënten", NO_SECRETS) == text_beside("7 patiënten", NO_SECRETS) == "7 patiënten"
    assert not NO_SECRETS
    assert Secrets.of((0,)) == NO_SECRETS | NO_SECRETS
    assert Secrets.of((), [(0, 0)]).shares


def test_what_stands_in_an_action_about_a_hidden_indicator_goes() -> None:
    lines = [
        row("Verbeteracties", id="V1", action="De 4 van 8 eerder helpen.", indicators=("N3.3",)),
        row("Verbeteracties", id="V2", action="De 4 folders afmaken.", indicators=("N1.1",)),
    ]
    part = masked(network(on_time(("A", "lung", 4, 8)), actions=lines, onbekend=lines), LIMIT)
    assert cells(part, "actions", "action") == [MASK, "De 4 folders afmaken."]


def test_rows_by_a_typed_name_and_notes_lose_hidden_numbers() -> None:
    whole_ = network(on_time(("A", "lung", 4, 8)))
    told = RowResult(key=("4 patiënten",), state=RowState.MET, note="Over 8 patiënten.")
    step = Because(rule="volume_plan", facts=(("plan", "Voor 4 patiënten."), ("due", date(2026, 1, 1))))
    extra = IndicatorResult(
        id="X", indicator_class=IndicatorClass.CORE, is_open=True, verdict=Verdict.MET, rows=(told,), because=(step,)
    )
    first = whole_.assessment.standards[0]
    standards = (replace(first, indicators=(*first.indicators, extra)), *whole_.assessment.standards[1:])
    part = masked(replace(whole_, assessment=replace(whole_.assessment, standards=standards)), LIMIT)
    found = part.assessment.indicator("X")
    assert found is not None
    assert (found.rows[0].key, found.rows[0].note) == ((f"{MASK} patiënten",), f"Over {MASK} patiënten.")
    assert found.because[0].fact("plan") == f"Voor {MASK} patiënten."


# --- properties ----------------------------------------------------------------------------------------------------

COUNTS = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(lambda item: (item[0], sum(item)))
CARES = st.lists(
    st.builds(Care, st.sampled_from("ABC"), st.sampled_from(["skin", "lung", "brain"]), COUNTS, COUNTS),
    max_size=8,
    unique_by=lambda care: (care.location, care.group),
)


@given(CARES)
def test_masking_again_changes_nothing(care: list[Care]) -> None:
    once = masked(network(care), LIMIT)
    assert masked(once, LIMIT) == once


@given(CARES.flatmap(lambda care: st.tuples(st.just(care), st.permutations(care))))
def test_the_order_of_rows_makes_no_difference(given_: tuple[list[Care], list[Care]]) -> None:
    first, second = (masked(network(care), LIMIT) for care in given_)
    columns = ("location", "group", "on_time", "treated", "in_mdt", "new_patients")
    assert sorted(cells(first, "care", *columns)) == sorted(cells(second, "care", *columns))


@given(CARES)
def test_whatever_the_limit_all_that_is_small_is_gone(care: list[Care]) -> None:
    dossier = network(care)
    small = {name for name, told in shown(dossier, "N3.3").items() if "/" in told and _is_small_text(told)}
    for limit in (LIMIT, LIMIT + 5):
        assert small <= {name for name, told in shown(masked(dossier, limit), "N3.3").items() if told == "-"}


def _is_small_text(told: str) -> bool:
    numerator, denominator = map(int, told.split("/"))
    return is_small(pair(numerator, denominator - numerator), LIMIT)
