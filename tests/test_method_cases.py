"""Every worked case of docs/method.md, through the naive oracle and through the engine."""

from __future__ import annotations

import pytest

from tests import cases, oracle

CASES = cases.worked_cases()


def test_the_page_holds_at_least_sixty_cases_and_each_is_read() -> None:
    headings = [line for line in cases.METHOD.read_text(encoding="utf-8").splitlines() if line.startswith("### C")]
    numbered = [line for line in headings if line.split()[1][1:].isdigit()]
    assert len(CASES) == len(numbered) >= 60


@pytest.mark.parametrize("name", CASES)
def test_the_oracle_agrees_with_the_page(name: str) -> None:
    case = CASES[name]
    got = oracle.standard(case["standard"]) if "standard" in case else oracle.judge(case)
    expected = {key: value for key, value in case["expect"].items() if key != "on_path"}
    assert not cases.differences(expected, got), got


@pytest.mark.parametrize("name", CASES)
def test_the_engine_agrees_with_the_page(name: str) -> None:
    case = CASES[name]
    got = cases.engine_judges_standard(case["standard"]) if "standard" in case else cases.engine_judges(case)
    assert not cases.differences(case["expect"], got), got
