"""What people can type travels from the form to board.xlsx as plain text: no formula, no link, no broken file."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell import Cell

from normtool.resources import data_dir
from tests.board_reading import cells, convert
from tests.e2e.filling import Form
from tests.e2e.running import here

HOSTILE = (
    "=1+1",
    "@SUM(A1:A9)",
    "+31 6 en -1+2",
    "-1+2",
    '=HYPERLINK("https://kwaad.example";"klik")',
    "=cmd|' /C calc'!A0",
    "https://kwaad.example/pad?x=1",
    "'begint met een aanhalingsteken",
    '<script>alert("x")</script></t></si><f>1+1</f>',
    "*{visibility:hidden}@import url(https://kwaad.example/a.css);",
    "{{ 7*7 }} {% for x in y %} ${7*7} {=A1}",
    "tekst \u202egnirutset\u202c en שלום עולם، مرحبا بالعالم",
    "👩‍⚕️🏥 e\u0301e\u0301n 𝔽𝕒𝕟𝕔𝕪 ﷽",
    "&amp; &lt; &#x3c; ]]> -->",
    ("Wij leggen het uit. " * 500).strip(),
)
BELL = "een teken _x0007_ dat geen bestand mag hebben"
"""As a file writes a control character."""
FREE = {
    "Indicatoren": ("Toelichting", "Eigen aanpak: wat", "Knelpunt"),
    "Knelpunten": ("Omschrijving", "Wie gaat erover", "Gevraagd"),
    "Verbeteracties": ("Actie", "Actiehouder (functie)", "Bewijs verwacht"),
    "Volumes": ("Toelichting", "Bron"),
}
"""Free texts that the board workbook shows, by sheet of the form."""
OURS = re.compile(r"=(IF\(|COUNTIFS\(|\"|'[^']+'!\$?[A-Z]+\$?\d+(-'[^']+'!\$?[A-Z]+\$?\d+)?$)")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board workbook of the example network, in whose free texts something hostile was typed."""
    folder = tmp_path_factory.mktemp("vijandig")
    form = Form(data_dir("sample_data") / "fictional" / "voorbeeldland-2026.xlsx")
    texts = cycle((*HOSTILE, BELL))
    for sheet, headers in FREE.items():
        columns = form.headers(sheet)
        first = form.header_row(sheet) + 1
        for row in range(first, first + 20):
            for header in headers:
                cell = form.sheet(sheet).cell(row, columns[header])
                if isinstance(cell, Cell) and form.sheet(sheet).cell(row, 1).value is not None:
                    cell.value, cell.data_type = next(texts), "s"
    ran = here("assess", form.save(folder / "vijandig.xlsx"), "--only", "xlsx", "-o", folder / "uit")
    assert ran.code == 0, ran.err
    return folder / "uit" / "board.xlsx"


def texts_of(path: Path) -> str:
    """All that is text in the cells of a workbook, as typed."""
    return "\n".join(str(cell.value) for cell in cells(openpyxl.load_workbook(path)) if cell.data_type == "s")


def test_every_text_arrives_whole_and_as_text(board: Path) -> None:
    found = texts_of(board)
    assert [text[:40] for text in HOSTILE if text not in found] == []
    assert BELL.replace("_x0007_", "\ufffd") in found


def test_nothing_typed_becomes_a_formula_or_a_link(board: Path) -> None:
    book: Any = openpyxl.load_workbook(board)
    formulas = [cell.value for cell in cells(book) if cell.data_type == "f"]
    assert len(formulas) > 200
    assert [formula for formula in formulas if not OURS.match(formula)] == []
    links = [cell.hyperlink for sheet in book for line in sheet.iter_rows() for cell in line if cell.hyperlink]
    assert {link.target for link in links} == {None}
    with ZipFile(board) as package:
        related = b"".join(package.read(name) for name in package.namelist() if name.endswith(".rels"))
        assert b"External" not in related
        for name in package.namelist():
            ET.fromstring(package.read(name))


@pytest.mark.office
def test_libreoffice_opens_it_and_keeps_every_text(board: Path, tmp_path: Path) -> None:
    convert(tmp_path, "xlsx", [board])
    found = texts_of(tmp_path / "xlsx" / board.name)
    assert [text[:40] for text in HOSTILE if text not in found] == []
