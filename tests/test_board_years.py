"""The sheet of the years in the board workbook: every way in which an indicator can change has its word."""

from __future__ import annotations

import pytest

from normtool.core.assessment import Verdict
from normtool.core.dossier import Dossier
from tests.board_examples import dossier, with_verdict
from tests.board_others import earlier
from tests.board_reading import NL, opened

INDICATOR, SINCE = "N1.2", 5
MET, PARTLY, NOT = Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET


def told(then: Dossier, now: Dossier) -> tuple[tuple[object, ...], str]:
    """The line of the indicator beside the year before, and the sentence that counts the changes."""
    lines = list(opened(now, NL, (then,), values=True)["Vergelijking"].iter_rows(values_only=True))
    line = next(line for line in lines if line[0] == INDICATOR)
    return line, next(str(line[0]) for line in lines if str(line[0]).startswith("Sinds 2025: "))


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        (MET, MET, "gelijk"),
        (NOT, PARTLY, "vooruit"),
        (PARTLY, MET, "vooruit"),
        (NOT, MET, "vooruit"),
        (MET, PARTLY, "achteruit"),
        (PARTLY, NOT, "achteruit"),
        (MET, NOT, "achteruit"),
    ],
)
def test_a_change_is_told_by_both_verdicts_and_counted(then: Verdict, now: Verdict, change: str) -> None:
    line, counted = told(with_verdict(earlier(), INDICATOR, then), with_verdict(dossier(), INDICATOR, now))
    assert line[SINCE] == change
    _, without = told(with_verdict(earlier(), INDICATOR, MET), with_verdict(dossier(), INDICATOR, MET))
    assert (counted == without) is (change == "gelijk")
