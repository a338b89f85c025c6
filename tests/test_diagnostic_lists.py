"""A list of many diagnostics can be read: by sheet, counted, errors first, the same thing said once."""

from __future__ import annotations

import pytest

from normtool.core.diagnostics import Diagnostic, Related
from normtool.core.places import CellPlace, CellRange, FilePlace, Place
from normtool.core.rules_answers import NOT_A_WHOLE_NUMBER, NUMBER_FROM_TEXT, NUMERATOR_TOO_LARGE, SHEET_MISSING
from normtool.telling.diagnostic_lists import FEW, counts_text, listed, runs
from normtool.texts import Words

DUTCH, ENGLISH = Words("nl"), Words("en")


def cell(sheet: str, row: int, column: int, file: str = "form.xlsx") -> CellPlace:
    return CellPlace(file=file, sheet=sheet, row=row, column=column)


def not_whole(place: Place, found: str = "12 st") -> Diagnostic:
    return Diagnostic(rule=NOT_A_WHOLE_NUMBER, place=place, facts=(("found", found),))


def from_text(place: Place) -> Diagnostic:
    return Diagnostic(rule=NUMBER_FROM_TEXT, place=place, facts=(("found", "12 "), ("read", "12")))


def too_large(sheet: str, row: int) -> Diagnostic:
    return Diagnostic(
        rule=NUMERATOR_TOO_LARGE,
        place=cell(sheet, row, 8),
        facts=(("numerator", 51), ("denominator", 48)),
        related=(Related(place=cell(sheet, row, 9), role="denominator"),),
    )


def text_of(*items: Diagnostic, words: Words = DUTCH) -> str:
    return "\n".join("\n".join(entry.lines) for entry in listed(items, words))


def two_hundred() -> tuple[Diagnostic, ...]:
    wrong = [not_whole(cell("Volumes", row, 4), f"{row % 9} st") for row in range(5, 105)]
    shares = [too_large("Zorgaanbod", row) for row in range(10, 60)]
    notes = [from_text(cell("Documenten", row, 2)) for row in range(8, 58)]
    return (
        *wrong,
        *shares,
        *notes,
        Diagnostic(rule=SHEET_MISSING, place=FilePlace(file="form.xlsx"), facts=(("sheet", "Netwerk"),)),
    )


def test_a_few_are_shown_one_by_one_without_headings() -> None:
    text = text_of(*(not_whole(cell("Volumes", row, 4)) for row in range(1, FEW + 1)))
    assert text.count("NT303  Volumes!D") == FEW
    assert "==" not in text


def test_two_hundred_faults_fit_on_two_screens_of_eighty_columns() -> None:
    lines = text_of(*two_hundred()).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_sheets_have_a_heading_with_counts_and_the_file_comes_first_then_the_sheet_with_most_errors() -> None:
    headings = [line for line in text_of(*two_hundred()).splitlines() if line.startswith("==")]
    assert headings == [
        "== form.xlsx: 1 fout",
        "== Volumes: 100 fouten",
        "== Zorgaanbod: 50 fouten",
        "== Documenten: 50 opmerkingen",
    ]


def test_the_same_thing_in_many_cells_is_said_once_with_all_its_cells() -> None:
    text = text_of(*two_hundred())
    assert "NT303  100 keer: " in text
    assert "D5, D14, D23" in text
    assert "ook in D9:D13, D18:D22" in text
    assert "H10:H59  teller 51 is groter dan noemer 48" in text
    assert text.count("normtool explain NT303") == 1
    assert text.count("normtool explain NT301") == 1


def test_errors_come_before_notes_on_one_sheet() -> None:
    notes = [from_text(cell("Volumes", row, 2)) for row in range(1, 12)]
    text = text_of(*notes, too_large("Volumes", 90), not_whole(cell("Volumes", 91, 1)))
    assert text.index("NT301") < text.index("NT303") < text.index("NT901")


def test_a_related_cell_of_one_in_a_group_is_named() -> None:
    few = [not_whole(cell("Volumes", row, 4)) for row in range(1, 14)]
    odd = Diagnostic(
        rule=NUMERATOR_TOO_LARGE,
        place=cell("Volumes", 80, 8),
        facts=(("numerator", 9), ("denominator", 8)),
        related=too_large("Volumes", 80).related,
    )
    text = text_of(*few, odd, too_large("Volumes", 81), too_large("Volumes", 83))
    assert "H80  teller 9 is groter dan noemer 8 (zie I80)" in text
    assert "H81, H83  teller 51" in text


def test_several_files_are_named_in_the_headings() -> None:
    items = [not_whole(cell("Volumes", row, 4, file)) for file in ("a.xlsx", "b.xlsx") for row in range(1, 9)]
    assert [line for line in text_of(*items).splitlines() if line.startswith("==")] == [
        "== a.xlsx › Volumes: 8 fouten",
        "== b.xlsx › Volumes: 8 fouten",
    ]


def test_what_is_not_about_a_file_stands_under_its_own_heading() -> None:
    lost = [Diagnostic(rule=SHEET_MISSING, facts=(("sheet", name),)) for name in "abc"]
    text = text_of(*lost, *(not_whole(cell("Volumes", row, 4)) for row in range(1, 12)), words=ENGLISH)
    assert "== General: 3 errors" in text


def test_very_many_scattered_cells_are_counted_rather_than_listed() -> None:
    text = text_of(*(not_whole(cell("Volumes", row * 2, 4)) for row in range(1, 101)))
    assert "D120 en nog 40" in text


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        ([cell("S", 5, 4)], ["D5"]),
        ([cell("S", 5, 4), cell("S", 6, 4), cell("S", 8, 4)], ["D5:D6", "D8"]),
        ([cell("S", 6, 4), cell("S", 5, 4), cell("S", 5, 4)], ["D5:D6"]),
        ([cell("S", 5, 4), cell("S", 6, 5)], ["D5", "E6"]),
        ([CellRange(file="f", sheet="S", row=5, column=4, last_row=9, last_column=4)], ["D5:D9"]),
        ([], []),
    ],
)
def test_cells_under_each_other_are_one_run(places: list[Place], shown: list[str]) -> None:
    assert runs(places) == shown


def test_errors_questions_and_notes_are_counted_in_that_order() -> None:
    assert counts_text(two_hundred(), DUTCH) == "151 fouten, 50 opmerkingen"
    assert counts_text((), DUTCH) == ""


def test_a_list_with_an_error_in_it_shows_its_heading_even_when_silenced() -> None:
    entries = listed(two_hundred(), DUTCH)
    shown = [entry.lines[0] for entry in entries if entry.is_error]
    assert "== Volumes: 100 fouten" in shown
    assert "== Documenten: 50 opmerkingen" not in shown


def test_each_file_is_named_when_several_were_read_or_are_spoken_of() -> None:
    (entry,) = listed((not_whole(cell("Volumes", 1, 4)),), DUTCH, several=True)
    assert entry.lines[0].startswith("fout NT303  form.xlsx › Volumes!D1")
    other = Diagnostic(
        rule=NUMERATOR_TOO_LARGE,
        place=cell("Zorgaanbod", 7, 8),
        facts=(("numerator", 9), ("denominator", 8)),
        related=(Related(place=cell("Zorgaanbod", 7, 9, "ander.xlsx"), role="denominator"),),
    )
    assert "zie  ander.xlsx › Zorgaanbod!I7" in text_of(other)
    many = [other, *(not_whole(cell("Volumes", row, 4)) for row in range(1, 13)), too_large("Zorgaanbod", 8)]
    assert "H7  teller 9 is groter dan noemer 8 (zie ander.xlsx › Zorgaanbod!I7)" in text_of(
        *many, too_large("Zorgaanbod", 9)
    )
