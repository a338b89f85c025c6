"""Which cells of two workbooks differ: also one that was emptied, and a number that differs in its last figure."""

from __future__ import annotations

import pytest

from normtool.app.verifying_documents import _cells
from normtool.core.grids import Grid, Sheet
from normtool.core.places import CellPlace


def grid(*row: str | float | None, name: str = "Blad") -> Grid:
    """A workbook of one row."""
    return Grid(file="b.xlsx", sheets=(Sheet(name=name, rows=(row,)),))


def at(column: int, sheet: str = "Blad") -> CellPlace:
    return CellPlace(file="", sheet=sheet, row=1, column=column)


@pytest.mark.parametrize(
    ("written", "expected", "differs"),
    [
        (("a", 12345.5), ("a", 12345.5), []),
        (("a", None), ("a", "b"), [(at(2), "", "b")]),
        (("a", "b"), ("a", None), [(at(2), "b", "")]),
        ((12346.0,), (12345.0,), [(at(1), "12346", "12345")]),
        ((0.1 + 0.2,), (0.3,), []),
    ],
)
def test_every_cell_that_differs_is_found(
    written: tuple[str | float | None, ...],
    expected: tuple[str | float | None, ...],
    differs: list[tuple[CellPlace, str, str]],
) -> None:
    assert list(_cells(grid(*written), grid(*expected))) == differs


def with_error(*row: str | None) -> Grid:
    """A workbook of one row in which the second cell holds an error."""
    return Grid(file="b.xlsx", sheets=(Sheet(name="Blad", rows=(row,), errors=(((1, 2), "#N/A"),)),))


def test_a_cell_that_became_an_error_differs_also_where_nothing_stood() -> None:
    assert list(_cells(with_error("a"), grid("a"))) == [(at(2), "#N/A", "")]
    assert list(_cells(with_error("a", None), grid("a", "b"))) == [(at(2), "#N/A", "b")]
    assert list(_cells(with_error("a"), with_error("a"))) == []


def test_a_sheet_that_one_of_them_lacks_differs_in_every_cell() -> None:
    found = list(_cells(grid("a", "b", name="Eigen"), grid("c")))
    assert found == [(at(1, "Eigen"), "a", ""), (at(2, "Eigen"), "b", ""), (at(1), "", "c")]
