"""The sheet of bottlenecks in the board workbook of one network: whose they are, and what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.dossier import Dossier
from tests.board_evidence import located, place
from tests.board_examples import dossier
from tests.board_reading import FIRST_ROW, opened

NOBODY = "Nog niet bekend wie erover gaat"


def told(item: Dossier) -> list[tuple[str, str]]:
    """Who can solve each, and what it is."""
    sheet = opened(item, values=True)["Knelpunten"]
    return [line[:2] for line in sheet.iter_rows(min_row=FIRST_ROW, values_only=True)]


def with_bottleneck(text: str) -> Dossier:
    """The dossier with this beside its first answer."""
    item = dossier()
    first, *others = item.evidence.answers
    answers = (replace(first, bottleneck=located(text, place(9))), *others)
    return replace(item, evidence=replace(item.evidence, answers=answers))


def test_bottlenecks_stand_by_who_can_solve_them_the_unowned_last() -> None:
    assert [owner for owner, _ in told(dossier())] == ["de beroepsgroepen", "zorgverzekeraars", NOBODY]


@pytest.mark.parametrize(("text", "more"), [("Er is geen geld.", [(NOBODY, "Er is geen geld.")]), (" \n ", [])])
def test_what_is_written_beside_an_answer_is_one_unless_it_is_blank(text: str, more: list[tuple[str, str]]) -> None:
    assert sorted(told(with_bottleneck(text))) == sorted([*told(with_bottleneck("")), *more])
