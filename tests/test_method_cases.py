"""Every worked case of docs/method.md, through the naive oracle and through the engine."""

from __future__ import annotations

import pytest

from tests import cases, oracle, region_cases

CASES = cases.worked_cases()


def test_the_page_holds_at_least_sixty_cases_and_each_is_read() -> None:
    headings = [line for line in cases.METHOD.read_text(encoding="utf-8").splitlines() if line.startswith("### C")]
    numbered = [line for line in headings if line.split()[1][1:].isdigit()]
    assert len(CASES) == len(numbered) >= 60


@pytest.mark.parametrize("name", CASES)
def test_the_oracle_agrees_with_the_page(name: str) -> None:
    case = CASES[name]
    got = oracle_on(case)
    expected = {key: value for key, value in case["expect"].items() if key != "on_path"}
    assert not cases.differences(expected, got), got


@pytest.mark.parametrize("name", CASES)
def test_the_engine_agrees_with_the_page(name: str) -> None:
    case = CASES[name]
    got = engine_on(case)
    assert not cases.differences(case["expect"], got), got


def oracle_on(case: cases.Case) -> cases.Result:
    """What the oracle makes of a case."""
    if "sub_networks" in case:
        return oracle.roll_up(case["sub_networks"])
    if "standard" in case:
        return oracle.standard(case["standard"])
    return oracle.judge(case) | ({"regional": oracle.is_regional(case)} if "regional" in case["expect"] else {})


def engine_on(case: cases.Case) -> cases.Result:
    """What the engine makes of a case."""
    if "sub_networks" in case:
        return region_cases.engine_rolls_up(case["sub_networks"])
    if "standard" in case:
        return cases.engine_judges_standard(case["standard"])
    got = cases.engine_judges(case)
    return got | ({"regional": region_cases.engine_is_regional(case)} if "regional" in case["expect"] else {})
