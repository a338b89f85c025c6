"""A row of a register: the cells of a row on a sheet are made only when they are asked for, and are the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.evidence import RegisterRow, Value
from normtool.core.places import CellPlace, Located

PLACE = CellPlace(file="deel.xlsx", sheet="Volumes", row=7, column=1)


def on_sheet() -> RegisterRow:
    """A row of which the second column was not filled."""
    columns = {"location": 1, "year": 2, "number": 3}
    return RegisterRow.on_sheet(PLACE, columns, {"location": "H1", "number": 20})


def of_cells() -> RegisterRow:
    """The same row, made of its cells."""
    location: Located[Value] = Located(value="H1", place=PLACE)
    number: Located[Value] = Located(value=20, place=replace(PLACE, column=3))
    return RegisterRow(place=PLACE, values=(("location", location), ("number", number)))


def test_a_row_on_a_sheet_is_the_row_of_its_cells() -> None:
    assert on_sheet() == of_cells()
    assert on_sheet().values == of_cells().values


def test_both_tell_what_their_cells_hold_and_where_they_stand() -> None:
    for row in (on_sheet(), of_cells()):
        assert row.contents == {"location": "H1", "number": 20}
        assert [row.columns[name] for name in row.contents] == [1, 3]
        assert row.place_of("number").cell == "C7"
        assert row.get("year") is None


def test_a_row_knows_where_a_cell_stands_also_after_its_cells_were_made() -> None:
    row = on_sheet()
    before = row.place_of("number")
    assert row.cells["number"].place == before == row.place_of("number")


def test_a_row_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="colour"):
        getattr(on_sheet(), "colour")  # noqa: B009 (a type checker would refuse the plain way)
