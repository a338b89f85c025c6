"""Marked copies of what was sent in: every diagnostic at its cell, in the form's language, and never in the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from normtool.app import returning
from normtool.app.reading import Common
from normtool.app.returning import Returned, form_words, write_marked
from normtool.core.diagnostics import Diagnostic, Diagnostics, Related, Rule, Severity
from normtool.core.intake import take_in
from normtool.core.places import CellPlace, CellRange, FilePlace
from normtool.core.scoring import assess
from normtool.files.marked_remarks import BEGIN, END
from normtool.files.outputs import OutputError
from normtool.files.reading_worker import ReadFile
from normtool.files.workbooks_xlsx import read_workbook
from normtool.screen import Screen
from normtool.telling.diagnostic_texts import hint, message
from normtool.texts import Words
from tests.conftest import SAMPLES, built_in
from tests.e2e.filling import Form
from tests.e2e.newcomer import Journey
from tests.package_checks import check_package
from tests.test_marked_xlsx import converted

FAULTS = SAMPLES / "fictional" / "fouten-2026.xlsx"
NL = Words("nl")


def common(*, force: bool = False) -> Common:
    return Common(words=NL, screen=Screen(), standards="", force=force)


def read(*paths: Path) -> tuple[list[ReadFile], Diagnostics]:
    """The files as `check` reads them, and everything that it finds."""
    files = [
        ReadFile(path=path, grid=grid, diagnostics=found) for path in paths for grid, found in [read_workbook(path)]
    ]
    found = [item for file in files for item in file.diagnostics]
    grids = tuple(file.grid for file in files if file.grid is not None)
    evidence, noted = take_in(built_in(), grids)
    questions = assess(built_in(), evidence)[1] if evidence is not None else ()
    return files, (*found, *noted, *questions)


@cache
def faults() -> tuple[list[ReadFile], Diagnostics]:
    """The sample with faults, read once."""
    return read(FAULTS)


def annotate(folder: Path, *paths: Path, force: bool = False) -> tuple[Returned, Diagnostics]:
    files, found = faults() if paths == (FAULTS,) else read(*paths)
    return write_marked(common(force=force), folder, files, found), found


def places(found: Diagnostics) -> Iterator[tuple[Diagnostic, str, str]]:
    """Every diagnostic at a cell, with its sheet and its (first) cell."""
    for item in found:
        if isinstance(item.place, CellPlace | CellRange):
            yield item, item.place.sheet, item.place.cell.partition(":")[0]


def comment(book: openpyxl.Workbook, sheet: str, cell: str) -> str:
    found = book[sheet][cell].comment
    return found.text if found is not None else ""


def as_said(found: Diagnostics) -> list[str]:
    return sorted(f"{item.code} {item.place} {message(item, NL)} {hint(item, NL)}" for item in found)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*/*.xlsx")), ids=lambda path: path.stem)
def test_checking_a_marked_copy_finds_the_same(sample: Path, tmp_path: Path) -> None:
    returned, found = annotate(tmp_path / "terug", sample)
    assert [path.name for path in returned.files] == [sample.name]
    _, again = read(returned.files[0])
    assert as_said(again) == as_said(found)


def test_every_fault_stands_at_its_cell_and_in_the_list(tmp_path: Path) -> None:
    returned, found = annotate(tmp_path / "terug", FAULTS)
    data = returned.files[0].read_bytes()
    check_package(data)
    book = openpyxl.load_workbook(returned.files[0])
    listed = [row for row in book["Na te kijken"].iter_rows(min_row=7, values_only=True) if row[5]]
    assert sorted(str(row[5]) for row in listed) == sorted(item.code for item in found)
    for item, sheet, cell in places(found):
        text = comment(book, sheet, cell)
        assert text.startswith(BEGIN)
        assert text.endswith(END)
        assert item.code in text
        assert message(item, NL)[1:] in text
        assert hint(item, NL)[1:] in text
    assert book["Na te kijken"]["A2"].value.startswith("fouten-2026.xlsx: ")


def test_twice_is_once(tmp_path: Path) -> None:
    first, _ = annotate(tmp_path / "een", FAULTS)
    second, _ = annotate(tmp_path / "twee", FAULTS)
    third, _ = annotate(tmp_path / "drie", first.files[0])
    bytes_of = [returned.files[0].read_bytes() for returned in (first, second, third)]
    assert len({hashlib.sha256(data).hexdigest() for data in bytes_of}) == 1


@pytest.mark.office
def test_a_marked_copy_that_libreoffice_saved_finds_the_same_and_bears_one_set_of_marks(tmp_path: Path) -> None:
    returned, _ = annotate(tmp_path / "terug", FAULTS)
    unmarked = tmp_path / "zonder.xlsx"
    unmarked.write_bytes(FAULTS.read_bytes())
    saved, plain = converted([*returned.files, unmarked], tmp_path / "opgeslagen", "xlsx")
    again, found = annotate(tmp_path / "weer", saved)
    _, without = read(plain)
    assert as_said(found) == [said.replace(plain.name, saved.name) for said in as_said(without)]
    book = openpyxl.load_workbook(again.files[0])
    for _, sheet, cell in places(found):
        assert comment(book, sheet, cell).count(BEGIN) == 1
    assert sum(name.startswith("Na te kijken") for name in book.sheetnames) == 1
    third, _ = annotate(tmp_path / "nog", again.files[0])
    assert third.files[0].read_bytes() == again.files[0].read_bytes()


def test_answers_and_formulas_stay(tmp_path: Path) -> None:
    returned, _ = annotate(tmp_path / "terug", FAULTS)
    for data_only in (True, False):
        old = openpyxl.load_workbook(FAULTS, data_only=data_only)
        new = openpyxl.load_workbook(returned.files[0], data_only=data_only)
        assert new.sheetnames[1:] == old.sheetnames
        for sheet in old.worksheets:
            assert list(new[sheet.title].values) == list(sheet.values)


def test_a_form_without_faults_gets_a_list_that_says_so(journey: Journey, tmp_path: Path) -> None:
    files, _ = read(journey.workbook)
    returned = write_marked(common(), tmp_path / "terug", files, ())
    sheet = openpyxl.load_workbook(returned.files[0]).worksheets[0]
    assert sheet["A2"].value == f"Niets meer na te kijken in {journey.workbook.name}."
    assert "Gemarkeerde kopie" in returned.sentences[0]


def test_the_copy_speaks_the_language_of_the_form(tmp_path: Path) -> None:
    form = Form(FAULTS)
    form.book["Netwerk"].title = "Network"
    form.book["Invulwijzer"].title = "Guide"
    form.book["Indicatoren"].title = "Indicators"
    path = form.save(tmp_path / "form.xlsx")
    grid, _ = read_workbook(path)
    assert grid is not None
    assert form_words(grid).language == "en"
    returned, found = annotate(tmp_path / "terug", path)
    book = openpyxl.load_workbook(returned.files[0])
    assert book.sheetnames[0] == "To correct"
    item, sheet, cell = next(places(found))
    assert message(item, Words("en"))[1:] in comment(book, sheet, cell)


# --- places that belong together ------------------------------------------------------------------------------

PAIR = Rule(code="NT301", severity=Severity.ERROR, facts=("numerator", "denominator"))


def pair(first: str, second: str) -> Diagnostic:
    """A numerator in one file and its denominator in another, or the same."""
    place = CellPlace(file=first, sheet="Indicatoren", row=6, column=8)
    other = CellPlace(file=second, sheet="Indicatoren", row=6, column=9)
    facts = (("numerator", 51), ("denominator", 48))
    return Diagnostic(rule=PAIR, place=place, facts=facts, related=(Related(place=other, role="denominator"),))


def test_a_place_that_belongs_to_a_fault_is_marked_too(tmp_path: Path) -> None:
    files, _ = faults()
    returned = write_marked(common(), tmp_path / "terug", files, (pair(FAULTS.name, FAULTS.name),))
    book = openpyxl.load_workbook(returned.files[0])
    assert "Zie ook I6 (noemer)." in comment(book, "Indicatoren", "H6")
    assert "In deze cel: noemer. Het gaat om H6." in comment(book, "Indicatoren", "I6")
    rows = [row for row in book.worksheets[0].iter_rows(min_row=7, values_only=True) if row[5]]
    assert [(row[1], row[2]) for row in rows] == [("Indicatoren", "H6")]


def test_a_place_in_another_file_is_marked_and_listed_there(journey: Journey, tmp_path: Path) -> None:
    files, _ = read(FAULTS, journey.workbook)
    found = (pair(FAULTS.name, journey.workbook.name),)
    returned = write_marked(common(), tmp_path / "terug", files, found)
    books = {path.name: openpyxl.load_workbook(path) for path in returned.files}
    there = comment(books[journey.workbook.name], "Indicatoren", "I6")
    assert f"Het gaat om {FAULTS.name} › Indicatoren!H6." in there
    row = [cell.value for cell in books[journey.workbook.name].worksheets[0][7]]
    assert (row[0], row[2], row[5]) == ("Fout", "I6", "NT301")
    assert f"Zie ook {journey.workbook.name} › Indicatoren!I6" in comment(books[FAULTS.name], "Indicatoren", "H6")


def test_a_file_whose_name_is_withheld_gets_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "bsn 111222333.xlsx"
    path.write_bytes(FAULTS.read_bytes())
    returned, found = annotate(tmp_path / "terug", path)
    assert all(item.place is not None and item.place.file != path.name for item in found)
    book = openpyxl.load_workbook(returned.files[0])
    assert "111222333" not in str(book.worksheets[0]["A2"].value)
    for item, sheet, cell in places(found):
        assert item.code in comment(book, sheet, cell)


def test_no_more_marks_than_one_can_work_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returning, "MOST_MARKS", 50)
    files, _ = faults()
    rule = Rule(code="NT902", severity=Severity.NOTE, facts=("found", "read"))
    notes = [
        Diagnostic(
            rule=rule,
            place=CellPlace(file=FAULTS.name, sheet="Volumes", row=row, column=4),
            facts=(("found", "x"), ("read", "y")),
        )
        for row in range(1, 101)
    ]
    returned = write_marked(common(), tmp_path / "terug", files, (*notes, pair(FAULTS.name, FAULTS.name)))
    sheet = openpyxl.load_workbook(returned.files[0]).worksheets[0]
    lines = [str(sheet.cell(row, 1).value) for row in range(1, 7)]
    assert "Nog 52 meldingen passen hier niet bij; verbeter eerst deze." in lines
    assert "NT301" in {cell.value for cell in sheet["F"]}, "what weighs most is never left off"


# --- never in the way -----------------------------------------------------------------------------------------


def refused(folder: Path, files: Sequence[ReadFile], *, force: bool = False) -> str:
    with pytest.raises(OutputError) as error:
        write_marked(common(force=force), folder, files, ())
    assert NL.say(f"output.{error.value.reason}", path=error.value.path)
    return error.value.reason


def test_never_over_the_form_itself(tmp_path: Path) -> None:
    own = tmp_path / FAULTS.name
    own.write_bytes(FAULTS.read_bytes())
    (tmp_path / "omweg").symlink_to(tmp_path)
    files, _ = read(own)
    for folder in (tmp_path, tmp_path / "omweg", tmp_path / "omweg" / ".." / tmp_path.name):
        assert refused(folder, files, force=True) == "folder_of_originals"
    (tmp_path / "elders").mkdir()
    (tmp_path / "elders" / FAULTS.name).symlink_to(own)
    files, _ = read(tmp_path / "elders" / FAULTS.name)
    assert refused(tmp_path, files, force=True) == "folder_of_originals"
    assert own.read_bytes() == FAULTS.read_bytes()


def test_an_older_copy_is_replaced_only_when_asked(tmp_path: Path) -> None:
    files, _ = faults()
    (tmp_path / FAULTS.name).write_bytes(b"van vorige week")
    assert refused(tmp_path, files) == "exists"
    assert (tmp_path / FAULTS.name).read_bytes() == b"van vorige week"
    write_marked(common(force=True), tmp_path, files, ())
    check_package((tmp_path / FAULTS.name).read_bytes())


def test_two_forms_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "deel.xlsx").write_bytes(FAULTS.read_bytes())
    files, _ = read(tmp_path / "a" / "deel.xlsx", tmp_path / "b" / "deel.xlsx")
    assert refused(tmp_path / "terug", files) == "same_name"
    assert not (tmp_path / "terug").exists()


def test_what_could_not_be_read_is_said_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "oud.xlsx").write_bytes(b"Id;Antwoord\n")
    (tmp_path / "anders.xlsx").write_bytes(FAULTS.read_bytes())
    files, found = read(tmp_path / "oud.xlsx", tmp_path / "anders.xlsx", FAULTS)
    (tmp_path / "anders.xlsx").write_bytes(FAULTS.read_bytes() + b" ")
    returned = write_marked(common(), tmp_path / "terug", files, found)
    assert [path.name for path in returned.files] == [FAULTS.name]
    assert returned.left_out == ("oud.xlsx", "anders.xlsx")
    assert "Van oud.xlsx is geen kopie gemaakt: het kon niet worden gelezen" in returned.sentences
    assert any("veranderd terwijl" in sentence for sentence in returned.sentences)


def test_nothing_readable_makes_no_folder(tmp_path: Path) -> None:
    (tmp_path / "leeg.xlsx").write_bytes(b"")
    files, found = read(tmp_path / "leeg.xlsx")
    returned = write_marked(common(), tmp_path / "terug", files, found)
    assert returned.files == ()
    assert not (tmp_path / "terug").exists()


def test_a_workbook_that_cannot_be_marked_is_left_out(tmp_path: Path) -> None:
    """Here its strange parts were read, but bytes and digest were put together by hand."""
    path = tmp_path / "raar.xlsx"
    path.write_bytes(b"PK\x03\x04 raar")
    grid, _ = read_workbook(FAULTS)
    assert grid is not None
    odd = replace(grid, file=path.name, digest=hashlib.sha256(path.read_bytes()).hexdigest())
    returned = write_marked(common(), tmp_path / "terug", [ReadFile(path=path, grid=odd, diagnostics=())], ())
    assert returned.left_out == ("raar.xlsx",)
    assert "Sla het op in Excel" in returned.sentences[0]


def test_a_fault_of_a_whole_file_or_sheet_is_listed_without_a_link(tmp_path: Path) -> None:
    files, _ = faults()
    rule = Rule(code="NT230", severity=Severity.WARNING)
    found = tuple(
        Diagnostic(rule=rule, place=FilePlace(file=FAULTS.name, sheet=sheet)) for sheet in ("", "Documenten")
    )
    returned = write_marked(common(), tmp_path / "terug", files, found)
    rows = [
        row for row in openpyxl.load_workbook(returned.files[0]).worksheets[0].iter_rows(min_row=7) if row[5].value
    ]
    assert [(row[1].value, row[2].value, row[2].hyperlink) for row in rows] == [
        ("hele bestand", None, None),
        ("Documenten", "hele blad", None),
    ]
