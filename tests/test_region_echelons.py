"""What a region's report says of echelon 2: the rows of its sub-networks, each location and group once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.assessment import RowResult, RowState
from normtool.core.dossier import Dossier
from normtool.documents.regional_asked import asked_rows
from normtool.documents.views import report_view
from tests.board_reading import NL
from tests.region_examples import three, two_of_three

PAIR = frozenset(("meer", "breast"))


def with_row(dossier: Dossier, place: int, state: RowState) -> Dossier:
    """The region with this row of N4.4 in one of its sub-networks."""
    item = dossier.sub_networks[place]
    assert item.assessment is not None
    row = RowResult(key=("meer", "breast"), state=state)
    standards = tuple(
        replace(
            standard,
            indicators=tuple(
                replace(found, rows=(row,)) if found.id == "N4.4" else found for found in standard.indicators
            ),
        )
        for standard in item.assessment.standards
    )
    changed = replace(item, assessment=replace(item.assessment, standards=standards))
    return replace(dossier, sub_networks=(*dossier.sub_networks[:place], changed, *dossier.sub_networks[place + 1 :]))


def test_every_echelon_2_of_the_region_shows_what_its_sub_network_found() -> None:
    echelons = report_view(three(), NL).figures.echelons
    assert echelons is not None
    (asked,) = echelons.asked
    rows = {(row[0], row[1]): tuple(cell.verdict.code for cell in row[2]) for row in asked.rows}
    assert len(rows) == len(asked.rows) == 11
    assert rows["Meerlanden", "Borst"] == ("met", "met")
    assert rows["De Waard", "Long"] == ("met", "not_met")
    assert "unknown" not in {code for codes in rows.values() for code in codes}
    assert asked.summary == "Bij 2 van de 11 combinaties met echelon 2 is alles geregeld."


def test_nothing_is_made_up_for_a_sub_network_that_is_missing() -> None:
    (first, *_), found = three().sub_networks, asked_rows(two_of_three(), "N4.7")
    received = [item for item in two_of_three().sub_networks if item.assessment is not None]
    assert first.code in [item.code for item in received]
    assert 0 < len(found) < len(asked_rows(three(), "N4.7"))


@pytest.mark.parametrize(
    ("north", "east", "expected"),
    [
        (RowState.MET, RowState.NOT_MET, RowState.NOT_MET),
        (RowState.NOT_MET, RowState.MET, RowState.NOT_MET),
        (RowState.UNDECIDED, RowState.MET, RowState.MET),
        (RowState.MET, RowState.UNDECIDED, RowState.MET),
        (RowState.PARTLY_MET, RowState.MET, RowState.PARTLY_MET),
    ],
)
def test_of_two_sub_networks_the_lowest_that_is_known_stands(
    north: RowState, east: RowState, expected: RowState
) -> None:
    dossier = with_row(with_row(three(), 0, north), 1, east)
    assert asked_rows(dossier, "N4.4")[PAIR].state is expected


def test_a_network_on_its_own_and_an_answer_of_the_region_keep_their_own_rows() -> None:
    dossier = three()
    (one,) = [item for item in dossier.sub_networks if item.code == "OOST"]
    assert one.assessment is not None
    alone = replace(dossier, assessment=one.assessment)
    assert asked_rows(alone, "N4.4") == asked_rows(replace(alone, sub_networks=()), "N4.4")
    assert asked_rows(dossier, "no such indicator") == {}
