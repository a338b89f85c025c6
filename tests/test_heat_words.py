"""The word in a tile of the heat map of a workbook: of a verdict, or why there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.assessment import Reason, Verdict
from normtool.core.comparison import Cell, compare
from normtool.documents.board_heat import cell_words
from normtool.texts import Words
from tests.comparison_examples import seven


def cell(**changes: object) -> Cell:
    """A cell that is met, with these changes."""
    row = compare(seven()[:2]).row("N1.1")
    assert row is not None
    assert row.cells[0].verdict is Verdict.MET
    return replace(row.cells[0], **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "verdicts.met"),
        ({"is_open": False}, "board_comparison.not_asked"),
        ({"verdict": Verdict.UNKNOWN}, "verdicts.unknown"),
        ({"verdict": Verdict.UNKNOWN, "reason": Reason.NO_NORM}, "verdicts.reason.no_norm"),
        ({"verdict": Verdict.UNKNOWN, "reason": Reason.NO_NORM, "is_open": False}, "board_comparison.not_asked"),
    ],
)
def test_a_tile_says_its_verdict_or_why_there_is_none(changes: dict[str, object], key: str, words: Words) -> None:
    assert cell_words(cell(**changes), words) == words.say(key)
