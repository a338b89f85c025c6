"""The board workbook on paper, as LibreOffice prints it: nothing is cut, and each sheet takes sensible pages."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from normtool.documents.board_xlsx import board_workbook
from tests import dossier_examples, region_examples
from tests.board_examples import NEARLY_UNKNOWN, STRUGGLING, dossier, for_board
from tests.board_fitting import cut_texts
from tests.board_others import earlier, for_member, networks, three_years
from tests.board_reading import EN, NL, convert, formula_cells, read

BOOKS: Mapping[str, Callable[[], bytes]] = {
    "mixed": lambda: board_workbook(for_board(dossier_examples.mixed()), NL),
    "mixed, English": lambda: board_workbook(for_board(dossier_examples.mixed()), EN),
    "nearly unknown": lambda: board_workbook(for_board(dossier_examples.nearly_unknown()), NL),
    "first cycle": lambda: board_workbook(dossier(NEARLY_UNKNOWN, cycle=1), EN),
    "struggling": lambda: board_workbook(dossier(STRUGGLING, cycle=1), NL),
    "a region": lambda: board_workbook(for_board(region_examples.two_of_three()), NL),
    "a large region": lambda: board_workbook(for_board(region_examples.six()), EN),
    "one member": lambda: board_workbook(for_member(), NL),
    "two years": lambda: board_workbook(dossier(), NL, (earlier(),)),
    "three years": lambda: board_workbook(three_years(), EN),
    "seven networks": lambda: board_workbook(*networks(7, NL)),
}
PRINTED = ("mixed", "mixed, English", "nearly unknown", "a large region", "two years", "seven networks")
MOST_PAGES = {"Volumes": 3, "Indicatoren": 6, "Indicators": 6, "Gegevens": 21, "Data": 3, "Regio": 2, "Region": 2}
"""More than two pages only for what lists every row."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """The text of every page, by workbook."""
    folder = tmp_path_factory.mktemp("printed")
    files = {name: folder / f"{number}.xlsx" for number, name in enumerate(PRINTED)}
    for name, file in files.items():
        file.write_bytes(BOOKS[name]())
    convert(folder, "pdf", list(files.values()))
    return {name: _pages(folder / "pdf" / f"{file.stem}.pdf") for name, file in files.items()}


def _pages(pdf: Path) -> list[str]:
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
    return [_plain(page) for page in done.stdout.decode().split("\f")[:-1]]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _sheet_of(page: str, sheets: list[str]) -> str:
    """The sheet that a page is of, by the line that every page begins with."""
    head = page[:300].lower()
    return next(sheet for sheet in sheets if f" · {sheet.lower()} 202" in head)


@pytest.mark.office
@pytest.mark.parametrize("name", list(BOOKS))
def test_no_text_is_cut_by_its_cell(name: str) -> None:
    assert list(cut_texts(BOOKS[name]())) == []


@pytest.mark.office
@pytest.mark.parametrize("name", PRINTED)
def test_every_sheet_takes_sensible_pages_and_the_cover_one(pages: Mapping[str, list[str]], name: str) -> None:
    sheets = read(BOOKS[name]()).sheetnames
    counted = Counter(_sheet_of(page, sheets) for page in pages[name])
    assert set(counted) == set(sheets)
    assert counted.get("Oplegger", 1) == counted.get("Cover note", 1) == 1
    assert {sheet: number for sheet, number in counted.items() if number > MOST_PAGES.get(sheet, 2)} == {}


@pytest.mark.office
@pytest.mark.parametrize("name", PRINTED)
def test_paper_shows_every_printed_word_and_no_number_that_does_not_fit(
    pages: Mapping[str, list[str]], name: str
) -> None:
    content = BOOKS[name]()
    assert not any("###" in page for page in pages[name])
    shown = Counter(re.findall(r"\w+", " ".join(pages[name])))
    for sheet, cell, value in formula_cells(content):
        if sheet in ("Oplegger", "Cover note", "Standaarden", "Standards") and isinstance(value, str):
            assert [word for word in re.findall(r"\w+", value) if word not in shown] == [], (sheet, cell)
