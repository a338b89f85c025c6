"""Nothing that was typed is lost: each filled cell ends in the evidence, or a diagnostic speaks of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from hypothesis import example, given, note
from hypothesis import strategies as st

from normtool.core.conservation import OF_A_COLUMN, OF_A_ROW, Accounted, Read, SheetRead, check
from normtool.core.diagnostics import Diagnostic
from normtool.core.evidence import Answer, Evidence, OwnApproach
from normtool.core.form_names import INDICATOR_COLUMNS, SHOWN_COLUMNS
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.intake import take_in
from normtool.core.places import CellPlace, CellRange, FilePlace, Located
from normtool.core.rules_answers import ERROR_CELL
from normtool.core.spellings import is_blank, plain
from tests.conftest import built_in
from tests.core.tables import read, seen
from tests.core.test_reading_properties import FORM, HEADERS, VALUES

SHEETS = [sheet for sheet in FORM.sheets if sheet.rows]
UNREAD = SHOWN_COLUMNS - {"id", "question"}
FORM_WORDS = {
    plain(text) for text in (*HEADERS, "Gegeven", "Waarde", "Antwoord", "Uitleg", *(sheet.name for sheet in SHEETS))
}
"""A text that the form itself has in such places cannot be told from it."""


def with_value(grid: Grid, name: str, cell: tuple[int, int], value: GridValue) -> Grid:
    """The workbook with a value in one cell of a sheet, which grows if it must."""
    sheets = tuple(put(sheet, cell, value) if sheet.name == name else sheet for sheet in grid.sheets)
    return replace(grid, sheets=sheets)


def put(sheet: Sheet, cell: tuple[int, int], value: GridValue) -> Sheet:
    """A sheet with a value in one cell."""
    row, column = cell
    width = max(column, *(len(line) for line in sheet.rows))
    lines = [list(line) + [None] * (width - len(line)) for line in sheet.rows]
    lines += [[None] * width for _ in range(row - len(lines))]
    lines[row - 1][column - 1] = value
    return replace(sheet, rows=tuple(tuple(line) for line in lines))


def kept(evidence: Evidence) -> set[CellPlace]:
    """Every cell that the evidence holds."""
    found = {place for _, place in evidence.network_places if isinstance(place, CellPlace)}
    for rows in evidence.registers:
        found |= {rows.complete.place} if rows.complete else set()
        found |= {cell.place for row in rows.rows for _, cell in row.values}
    return found | {place for answer in evidence.answers for place in of_answer(answer)}


def of_answer(answer: Answer) -> Iterator[CellPlace]:
    """The cells of one answer."""
    yield answer.place
    for item in fields(answer):
        value: Any = getattr(answer, item.name)
        cells = value.cells if isinstance(value, OwnApproach) else value if isinstance(value, tuple) else (value,)
        yield from (cell.place for cell in cells if isinstance(cell, Located))


def speaks_of(item: Diagnostic, cell: CellPlace, row_is_kept: bool) -> bool:
    """Whether a diagnostic tells the user of this cell: itself, its column, its row that was not read, its sheet."""
    place = item.place
    if isinstance(place, FilePlace):
        return item.is_error and place.sheet == cell.sheet
    if not isinstance(place, CellPlace | CellRange) or place.sheet != cell.sheet:
        return False
    if isinstance(place, CellRange):
        inside = place.row <= cell.row <= place.last_row
        return inside and place.column <= cell.column <= place.last_column
    if place == cell or (item.rule in OF_A_COLUMN and place.column == cell.column and place.row <= cell.row):
        return True
    return place.row == cell.row and (item.rule in OF_A_ROW or (item.is_error and not row_is_kept))


def test_a_diagnostic_without_a_place_accounts_for_nothing() -> None:
    sheet = Sheet(name="Documenten", rows=(("Id", "Titel"), (None, None), (None, None, None, "los")))
    had = Read(
        sheets=(SheetRead(file="f.xlsx", id="register:documents", sheet=sheet),), rows=(), answers=(), cells=()
    )
    elsewhere = CellPlace(file="g.xlsx", sheet="Documenten", row=3, column=4)
    found = check(built_in(), had, (Diagnostic(rule=ERROR_CELL), Diagnostic(rule=ERROR_CELL, place=elsewhere)))
    assert seen(found) == ["NT916 Documenten!D3 found=los count=1"]


def test_ranges_that_meet_cover_what_lies_in_them_and_no_more() -> None:
    accounted = Accounted(width=3)
    for first, last in [(8, 9), (2, 3), (4, 6), (2, 2)]:
        place = CellRange(file="f", sheet="s", row=first, column=2, last_row=last, last_column=16_384)
        accounted.add_range(place, accounted.width)
    assert accounted.ranges == {2: [(2, 6), (8, 9)], 3: [(2, 6), (8, 9)]}
    assert [row for row in range(1, 12) if accounted.covers(row, 3)] == [2, 3, 4, 5, 6, 8, 9]
    assert not accounted.covers(4, 1)


def test_many_loose_cells_of_one_column_are_one_note() -> None:
    lines = "".join(f"| D{n} | Stuk | | los {n} |\n" for n in range(1, 7))
    _, found = read(f"## Documenten\n| Id | Titel | … | … |\n{lines}")
    (note_of_them,) = [item for item in found if item.code == "NT916"]
    assert isinstance(note_of_them.place, CellRange)
    assert (note_of_them.place.cell, dict(note_of_them.facts)) == ("D2:D7", {"found": "los 1", "count": 6})


@st.composite
def anywhere(draw: st.DrawFn) -> tuple[str, tuple[int, int]]:
    """A cell of the form, or up to some rows and columns beside it."""
    sheet = draw(st.sampled_from(SHEETS))
    width = max(len(row) for row in sheet.rows)
    return sheet.name, (draw(st.integers(1, len(sheet.rows) + 6)), draw(st.integers(1, width + 4)))


@given(anywhere(), VALUES)
@example(("Volumes", (9, 3)), "telling volgt")
@example(("Indicatoren", (3, 1)), "#N/B")
@example(("Netwerk", (4, 1)), "#REF!")
@example(("Documenten", (1, 1)), 45000)
@example(("Netwerk", (1, 3)), "ja")
def test_whatever_is_typed_wherever_ends_in_the_evidence_or_in_a_diagnostic(
    where: tuple[str, tuple[int, int]], value: GridValue
) -> None:
    name, (row, column) = where
    header = next(sheet for sheet in SHEETS if sheet.name == name).value(1, column)
    of_form = {text for item in INDICATOR_COLUMNS if item.id in UNREAD for text in (item.text.nl, item.text.en)}
    if is_blank(value) or (header in of_form and row > 1) or "volledig" in str(value):
        return
    evidence, diagnostics = take_in(built_in(), (with_value(FORM, name, (row, column), value),))
    note(f"{seen(diagnostics)}")
    if evidence is None:
        assert any(item.is_error for item in diagnostics)
        return
    cell = CellPlace(file=FORM.file, sheet=name, row=row, column=column)
    places = kept(evidence)
    row_is_kept = any((place.sheet, place.row) == (name, row) for place in places)
    is_told = cell in places or any(speaks_of(item, cell, row_is_kept) for item in diagnostics)
    assert is_told or plain(value) in FORM_WORDS
