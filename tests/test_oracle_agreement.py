"""Engine and oracle agree on any evidence, and the engine keeps the promises of docs/method.md.

`NORMTOOL_DEEP=1` looks much further.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from tests import cases, oracle, strategies

Case = dict[str, Any]

LOOK = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
COMPARED = ("error", "verdict", "reason", "worst", "best", "computed")
ANY_CASE = st.one_of(*strategies.KINDS.values())


def compare(case: Case) -> None:
    """Fail when engine and oracle differ, showing what each said."""
    expected, got = oracle.judge(case), cases.engine_judges(case)
    note(f"case {case}\noracle {expected}\nengine {got}")
    if "reason" not in expected and "error" not in expected and expected["verdict"] != "own_approach":
        expected["reason"] = None
    wanted = {name: expected[name] for name in COMPARED if name in expected}
    assert not cases.differences(wanted, got)
    assert ("error" in got) == ("error" in expected)


@pytest.mark.parametrize("kind", strategies.KINDS)
def test_engine_and_oracle_agree(kind: str) -> None:
    @LOOK
    @given(strategies.KINDS[kind])
    def agree(case: Case) -> None:
        compare(case)

    agree()


@LOOK
@given(strategies.RESULTS)
def test_engine_and_oracle_agree_on_standards(results: list[Case]) -> None:
    expected, got = oracle.standard(results), cases.engine_judges_standard(results)
    note(f"results {results}\noracle {expected}\nengine {got}")
    assert not cases.differences(expected, got)


@LOOK
@given(strategies.volumes())
def test_engine_and_oracle_agree_on_every_norm_beside_a_number(case: Case) -> None:
    expected, got = oracle.judge(case), cases.engine_checks(case)
    assume(got is not None and expected.get("reason") != "declared" and oracle.step_of(case) is not None)
    note(f"case {case}")
    assert got == oracle.checks(case)


@LOOK
@given(strategies.parts_of_a_whole())
def test_a_higher_numerator_never_worsens_a_verdict(case: Case) -> None:
    more = copy.deepcopy(case)
    more["answer"]["Teller"] += 1
    before, after = cases.engine_judges(case), cases.engine_judges(more)
    for end in ("worst", "best"):
        assert step(after, end) >= step(before, end), (case, before, after)


@LOOK
@given(strategies.pooled_groups(), st.randoms(use_true_random=False))
def test_a_higher_numerator_in_one_row_never_worsens_a_verdict(case: Case, random: Any) -> None:
    rows = [
        row
        for row in oracle.rows_of(case, "Tumortypenetwerken")
        if row.get("Verwezen op tijd", 0) < row.get("Verwezen", 0)
    ]
    assume(rows)
    before = cases.engine_judges(case)
    random.choice(rows)["Verwezen op tijd"] += 1
    after = cases.engine_judges(case)
    for end in ("worst", "best"):
        assert step(after, end) >= step(before, end), (case, before, after)


def step(result: Case, end: str) -> int:
    """A verdict as a number, from the worst or the best side."""
    verdict = result.get(end) or result["verdict"]
    return oracle.ORDER.index(verdict) if verdict in oracle.ORDER else 0


@LOOK
@given(ANY_CASE, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case: Case, random: Any) -> None:
    before = cases.engine_judges(case)
    shuffled = copy.deepcopy(case)
    for content in shuffled["sheets"].values():
        random.shuffle(content["rows"] if isinstance(content, dict) else content)
    after = cases.engine_judges(shuffled)
    for result in (before, after):
        result.pop("codes", None)
    assert before == after, case


FILLINGS = {
    "Patiëntvertegenwoordiging": ["ja", "nee"],
    "Platform": ["gezamenlijk", "geen"],
    "Advies binnen dagen": [3],
    "Stand": strategies.STATES,
}


@LOOK
@given(strategies.coverage_of_groups(), st.randoms(use_true_random=False))
def test_the_bounds_contain_every_completion(case: Case, random: Any) -> None:
    """Fill in one empty cell, or a missing group: the new bounds lie within the old ones."""
    assume(not oracle.is_complete(case, "Tumortypenetwerken"))
    rows = oracle.rows_of(case, "Tumortypenetwerken")
    gaps = [
        (row, column)
        for row in rows
        if not oracle.only_named("Tumortypenetwerken", row)
        for column in FILLINGS
        if column not in row
    ]
    assume(gaps)
    before = cases.engine_judges(case)
    assume(before["verdict"] in ("unknown", "met", "partly_met", "not_met"))
    row, column = random.choice(gaps)
    row[column] = random.choice(FILLINGS[column])
    after = cases.engine_judges(case)
    if after["verdict"] == "not_applicable" or after.get("reason") == "no_answer":
        return  # every row turned out to be outside: a completion that bounds leave out
    assert step(before, "worst") <= step(after, "worst"), (case, before, after)
    assert step(before, "best") >= step(after, "best"), (case, before, after)
