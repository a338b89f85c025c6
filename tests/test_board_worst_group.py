"""The workbook of a board, where the worst tumour group decides: whose share it is."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from normtool.core.assessment import Share
from normtool.core.dossier import Dossier
from normtool.documents.board_xlsx import board_workbook
from normtool.texts import Words
from tests.masked_examples import Care, network

NL = Words("nl")
CARES = (
    Care("aa", "lung", (40, 60), (90, 100)),
    Care("bb", "lung", (40, 60), (90, 100)),
    Care("aa", "skin", (75, 100), (95, 100)),
)
SMALL = (Care("aa", "brain", (1, 4), (4, 4)), Care("aa", "skin", (75, 100), (95, 100)))


def noted(dossier: Dossier, indicator: str) -> str:
    """What stands beside an indicator on the sheet of all of them."""
    book = openpyxl.load_workbook(io.BytesIO(board_workbook(dossier, NL)))
    rows = [[cell.value for cell in row] for row in book[NL.say("board.sheet.indicators")].iter_rows()]
    heads = next(row for row in rows if NL.say("board.indicators.note") in row)
    found = next(row for row in rows if row[0] == indicator)
    return str(found[heads.index(NL.say("board.indicators.note"))])


@pytest.mark.parametrize(
    ("cares", "share", "name"),
    [
        (CARES, Share(numerator=80, denominator=120), "Long"),
        (SMALL, Share(numerator=1, denominator=4), "overige groepen samen"),
    ],
)
def test_the_group_that_decides_is_named_beside_its_share(cares: tuple[Care, ...], share: Share, name: str) -> None:
    dossier = network(cares)
    result = next(item for item in dossier.assessment.indicators if item.id == "N3.3")
    assert result.value == share
    assert f"laagste groep: {name}" in noted(dossier, "N3.3")


def test_of_a_withheld_share_no_group_is_named() -> None:
    dossier = network(CARES)
    standards = tuple(
        replace(item, indicators=tuple(replace(one, value=None, is_masked=True) for one in item.indicators))
        for item in dossier.assessment.standards
    )
    hidden = replace(dossier, assessment=replace(dossier.assessment, standards=standards))
    assert "laagste groep" not in noted(hidden, "N3.3")
