"""The bounds of a coverage norm are the extremes over every completion of its rows, worked out one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from normtool.core.assessment import STEPS, Verdict
from tests.core.judging import judge

HEADERS = "| Groep | Stand | Patiëntvertegenwoordiging | Gevolgd |"
GROUPS = ("Huid", "Longen", "Bot en weke delen")
CELLS = st.sampled_from(["ja", "nee", ""])
ROWS = st.lists(
    st.tuples(st.sampled_from(["eigen netwerk", "niet behandeld", ""]), CELLS, CELLS), min_size=3, max_size=3
)
ENDS = [(0.5, None), (0.5, 0.3), (0.7, 0.6), (1, 0.5), (0.34, 0.33)]
Row = tuple[str, str, str]


def completions(row: Row) -> list[Row]:
    """All ways in which the empty cells of a row can still be filled."""
    state, *cells = row
    states = [state] if state else ["eigen netwerk", "niet behandeld"]
    first, second = ([cell] if cell else ["ja", "nee"] for cell in cells)
    return list(product(states, first, second))


def verdict_of(rows: tuple[Row, ...], target: float, partly_from: float | None) -> Verdict | None:
    """The verdict of rows that are all known; None when no row applies."""
    met = [cells.count("ja") for state, *cells in rows if state == "eigen netwerk"]
    if not met:
        return None
    if Fraction(met.count(2), len(met)) >= Fraction(str(target)):
        return Verdict.MET
    some = Fraction(sum(count > 0 for count in met), len(met))
    if partly_from is not None and some >= Fraction(str(partly_from)):
        return Verdict.PARTLY_MET
    return Verdict.NOT_MET


@example([("", "nee", "nee"), ("niet behandeld", "", ""), ("", "nee", "nee")], (0.5, 0.3))
@example([("", "ja", "ja"), ("", "nee", "ja"), ("niet behandeld", "", "")], (1, 0.5))
@given(ROWS, st.sampled_from(ENDS))
def test_bounds_are_the_extremes_of_all_completions(rows: list[Row], ends: tuple[float, float | None]) -> None:
    target, partly_from = ends
    indicator = {
        "kind": "coverage",
        "register": "Tumortypenetwerken",
        "where": [{"is": {"Stand": "eigen netwerk"}}],
        "tests": [{"is": {"Patiëntvertegenwoordiging": "ja"}}, {"is": {"Gevolgd": "ja"}}],
        "path": target,
        **({"partly_from": partly_from} if partly_from is not None else {}),
    }
    lines = [f"| {group} | {' | '.join(row)} |" for group, row in zip(GROUPS, rows, strict=True)]
    result = judge(indicator, "\n".join(["## Tumortypenetwerken", HEADERS, *lines]))
    every = [verdict_of(completed, target, partly_from) for completed in product(*map(completions, rows))]
    reached = [verdict for verdict in every if verdict is not None]
    if not reached:
        assert (result.worst, result.best) == (Verdict.NOT_MET, Verdict.MET)
        return
    assert result.worst is min(reached, key=STEPS.__getitem__)
    assert result.best is max(reached, key=STEPS.__getitem__)
    assert result.verdict is (result.worst if result.worst is result.best else Verdict.UNKNOWN)
