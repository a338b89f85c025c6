"""Which files of a folder are read, and what is said of the others."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from normtool.app.folders import (
    FoundFile,
    under_its_name,
    without_figures,
    without_marks,
    without_strangers,
    workbooks_in,
)
from normtool.core.diagnostics import Diagnostics
from normtool.core.grids import Grid
from normtool.core.intake import take_in
from normtool.core.places import FilePlace
from normtool.files.own_outputs import BOARD, DISTRIBUTION, made_here, mark
from normtool.files.reading_worker import ReadFile
from normtool.files.workbooks_xlsx import read_workbook
from normtool.texts import Words
from tests.conftest import built_in

NL = Words("nl")


def book(path: Path, *cells: object, sheet: str = "Blad1") -> Path:
    """A small workbook with these cells in its first row."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    page.append(list(cells))
    made.save(path)
    return path


def looked(*paths: Path) -> tuple[list[str], list[str]]:
    """The files that are read, and what is said of the others."""
    found, said = workbooks_in(paths, NL)
    return [item.path.name for item in found], told(said)


def told(diagnostics: Diagnostics) -> list[str]:
    lines = []
    for item in diagnostics:
        assert isinstance(item.place, FilePlace)
        lines.append(" ".join([item.code, item.place.file, *(str(value) for _, value in item.facts)]))
    return lines


def test_every_workbook_is_read_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for number, name in enumerate(("b.xlsx", "A.XLSX", "c.xlsm")):
        book(tmp_path / name, number)
    for name in ("notulen.docx", "foto.png", "LEESMIJ", ".DS_Store", "._b.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    inner = tmp_path / "retour"
    inner.mkdir()
    book(inner / "d.xlsx", 9)
    assert looked(tmp_path) == (["A.XLSX", "b.xlsx", "c.xlsm"], [])


def test_lock_files_and_half_saved_files_say_who_is_still_busy(tmp_path: Path) -> None:
    book(tmp_path / "deel.xlsx", 1)
    for name in ("~$deel.xlsx", ".~lock.deel.xlsx#", "deel.xlsx.crdownload", ".deel.xlsx.ab12.tmp", "~$brief.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert looked(tmp_path) == (
        ["deel.xlsx"],
        [f"NT943 {name} deel.xlsx" for name in (".deel.xlsx.ab12.tmp", ".~lock.deel.xlsx#")]
        + [f"NT943 {name} deel.xlsx" for name in ("deel.xlsx.crdownload", "~$deel.xlsx")],
    )


def test_spreadsheets_of_another_make_are_never_passed_over_in_silence(tmp_path: Path) -> None:
    book(tmp_path / "deel.xlsx", 1)
    for name in ("oud.xls", "snel.xlsb", "vrij.ods", "mac.numbers", "wolk.gsheet"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "blad.csv").write_text("Id;Antwoord\n")
    (tmp_path / "levering.csv").write_text('\ufeff"Indicator";network;Teller;Noemer;year\n')
    (tmp_path / "wolk.url").write_text("[InternetShortcut]\nURL=https://docs.google.com/spreadsheets/d/1\n")
    (tmp_path / "nieuws.url").write_text("[InternetShortcut]\nURL=https://example.org\n")
    (tmp_path / "map.numbers").mkdir()
    assert looked(tmp_path) == (
        ["deel.xlsx"],
        [
            "NT247 blad.csv",
            "NT944 levering.csv",
            "NT240 mac.numbers Numbers",
            "NT240 map.numbers Numbers",
            "NT240 oud.xls Excel 97-2003",
            "NT240 snel.xlsb Excel, .xlsb",
            "NT240 vrij.ods OpenDocument",
            "NT240 wolk.gsheet Google Sheets",
            "NT240 wolk.url Google Sheets",
        ],
    )


def test_own_outputs_are_known_by_a_mark_inside(tmp_path: Path) -> None:
    for kind, name in ((BOARD, "bestuur.xlsx"), (DISTRIBUTION, "wie krijgt wat.xlsx"), ("anders", "gewoon.xlsx")):
        made = xlsxwriter.Workbook(tmp_path / name)
        made.add_worksheet()
        mark(made, kind)
        made.close()
    assert looked(tmp_path) == (
        ["gewoon.xlsx"],
        ["NT941 bestuur.xlsx werkmap voor het bestuur", "NT941 wie krijgt wat.xlsx uitzetlijst"],
    )
    saved = openpyxl.load_workbook(tmp_path / "bestuur.xlsx")
    saved.save(tmp_path / "opnieuw.xlsx")
    assert made_here(tmp_path / "opnieuw.xlsx") == BOARD


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 100])
def test_what_is_no_workbook_is_no_output_of_ours(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert made_here(tmp_path / "a.xlsx") == ""
    assert made_here(tmp_path / "weg.xlsx") == ""


def test_a_bomb_among_the_properties_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bom.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("docProps/custom.xml", b" " * 50_000_000)
    assert made_here(tmp_path / "bom.xlsx") == ""


def test_equal_files_are_read_once(tmp_path: Path) -> None:
    book(tmp_path / "deel.xlsx", 1)
    data = (tmp_path / "deel.xlsx").read_bytes()
    for name in ("deel - kopie.xlsx", "deel (1).xlsx"):
        (tmp_path / name).write_bytes(data)
    assert looked(tmp_path) == (
        ["deel.xlsx"],
        ["NT942 deel (1).xlsx deel.xlsx", "NT942 deel - kopie.xlsx deel.xlsx"],
    )
    assert looked(tmp_path / "deel (1).xlsx", tmp_path)[0] == ["deel (1).xlsx"]


@pytest.mark.parametrize(
    "name",
    [
        "zh-a (1)",
        "zh-a - kopie",
        "zh-a - Copy (2)",
        "Kopie van zh-a",
        "Copy of zh-a",
        "zh-a (Conflict 2026-01-12)",
        "zh-a (Jan's conflicted copy 2026-01-12)",
        "zh-a-LAPTOP123",
        "zh-a-DESKTOP-9F3K2",
        "Kopie van zh-a (1)",
        "zh-a kopie",
    ],
)
def test_a_second_version_is_known_by_its_name(name: str, tmp_path: Path) -> None:
    book(tmp_path / "zh-a.xlsx", 1)
    book(tmp_path / f"{name}.xlsx", 2)
    names, said = looked(tmp_path)
    assert sorted(names) == sorted(["zh-a.xlsx", f"{name}.xlsx"])
    assert said == [f"NT241 {name}.xlsx zh-a.xlsx"]


@pytest.mark.parametrize(
    "name", ["zh-b", "zh-a-noord", "alba-2026-pc", "onderzoek", "conflict", "zh (a)", "alba-2026"]
)
def test_an_ordinary_name_is_no_second_version(name: str) -> None:
    assert without_marks(name) == name


def test_a_folder_without_forms_and_one_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brief.docx").write_bytes(b"x")
    assert looked(tmp_path) == ([], [f"NT243 {tmp_path.name}"])
    (tmp_path / "vrij.ods").write_bytes(b"x")
    assert looked(tmp_path) == ([], ["NT240 vrij.ods OpenDocument", f"NT243 {tmp_path.name}"])

    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert looked(tmp_path) == ([], [f"NT244 {tmp_path.name}"])


def test_a_named_file_is_read_whatever_it_is(tmp_path: Path) -> None:
    (tmp_path / "vrij.ods").write_bytes(b"x")
    named = (tmp_path / "vrij.ods", tmp_path / "weg.xlsx", Path("\0"))
    assert workbooks_in(named, NL) == (tuple(FoundFile(path=path, is_named=True) for path in named), ())


def test_a_stranger_in_a_folder_is_noted_and_one_that_was_named_refused(tmp_path: Path) -> None:
    book(tmp_path / "omzet.xlsx", "omzet", 2025)
    book(tmp_path / "levering.xlsx", "indicator", "numerator", "denominator")
    book(tmp_path / "deel.xlsx", "Code", "ALBA", sheet="Netwerk")
    for named, codes in (((), ["NT944", "NT940"]), (("omzet.xlsx",), ["NT944", "NT250"])):
        found, said = workbooks_in([*(tmp_path / name for name in named), tmp_path], NL)
        assert said == ()
        grids, figures = without_figures(found, read_all(found))
        assert sorted(grid.file for grid in grids) == ["deel.xlsx", "omzet.xlsx"]
        _, diagnostics = take_in(built_in(), grids)
        shown = (*figures, *without_strangers(found, grids, diagnostics))
        assert [item.code for item in shown if item.code in ("NT250", "NT940", "NT944")] == codes


def test_a_folder_with_only_strangers_holds_no_form(tmp_path: Path) -> None:
    book(tmp_path / "omzet.xlsx", "omzet", 2025)
    found, _ = workbooks_in([tmp_path], NL)
    grids = read_all(found)
    _, diagnostics = take_in(built_in(), grids)
    assert told(without_strangers(found, grids, diagnostics)) == ["NT940 omzet.xlsx", f"NT243 {tmp_path.name}"]


def test_files_with_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "formulier.xlsx" for folder in ("noord/in", "zuid/in", "west")]
    for number, path in enumerate(paths):
        path.parent.mkdir(parents=True)
        book(path, "Code", f"Z{number}", sheet="Netwerk")
    other = book(tmp_path / "west" / "formulier (1).xlsx", "omzet", sheet="Blad1")
    found, said = workbooks_in([*paths[:2], other.parent], NL)
    names = ["noord/in/formulier.xlsx", "zuid/in/formulier.xlsx", "formulier (1).xlsx", "west/formulier.xlsx"]
    assert [item.called for item in found] == names
    assert told(said) == ["NT241 formulier (1).xlsx noord/in/formulier.xlsx"]
    read = [under_its_name(item, named.called) for item, named in zip(read_files(found), found, strict=True)]
    assert [item.grid.file for item in read if item.grid is not None] == names
    grids = tuple(item.grid for item in read if item.grid is not None)
    _, diagnostics = take_in(built_in(), grids)
    shown = told(tuple(item for item in without_strangers(found, grids, diagnostics) if item.code == "NT940"))
    assert shown == ["NT940 formulier (1).xlsx"]


def test_what_is_said_of_a_file_that_was_not_read_has_its_name_too(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "deel.xlsx" for folder in ("noord", "zuid")]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        path.write_bytes(b"geen werkmap" * number)
    found, _ = workbooks_in(paths, NL)
    read = [under_its_name(item, named.called) for item, named in zip(read_files(found), found, strict=True)]
    assert [item.place.file for file in read for item in file.diagnostics if item.place] == [
        "noord/deel.xlsx",
        "zuid/deel.xlsx",
    ]


def read_files(found: tuple[FoundFile, ...]) -> tuple[ReadFile, ...]:
    results = [(item.path, *read_workbook(item.path)) for item in found]
    return tuple(ReadFile(path=path, grid=grid, diagnostics=said) for path, grid, said in results)


def read_all(found: tuple[FoundFile, ...]) -> tuple[Grid, ...]:
    grids = [read_workbook(item.path)[0] for item in found]
    return tuple(grid for grid in grids if grid is not None)
