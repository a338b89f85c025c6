"""A form nobody touched, and a sample, hold no loose text; what is typed anywhere on a real form is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from normtool import __version__
from normtool.core.evidence import NetworkLayer
from normtool.core.forms import FormMember, FormRequest
from normtool.core.intake import Known, take_in
from normtool.core.own_terms import FORM_KEY, OURS
from normtool.core.standards import Framework
from normtool.files.forms_xlsx import write_form
from normtool.files.standards_yaml import load_framework
from normtool.files.workbooks_xlsx import read_workbook
from normtool.resources import data_dir
from normtool.telling.form_texts import form_texts
from tests.core.tables import seen

BUILT_IN, OTHER = "netwerknormering-voorbeeld", "oncologiezorgnetwerken"
SHAPES = ("NT914", "NT915", "NT916", "NT917", "NT918", "NT261", "NT262", "NT263", "NT264")
"""Codes about what does not look like the form as it was sent out."""
MEMBERS = (
    FormMember(id="ZA", name="Ziekenhuis Alba", kind="hospital", role="participant"),
    FormMember(id="ZA-N", name="Alba Noord", kind="location", parent="ZA"),
    FormMember(id="ZB", name="Ziekenhuis Beuken", kind="hospital", role="participant"),
)
SAMPLES = sorted(path for path in data_dir("sample_data").rglob("*.xlsx") if "fouten" not in path.name)


def norms(name: str) -> Framework:
    """A framework that comes with the program."""
    framework, found = load_framework(data_dir("standards") / name)
    assert framework is not None, found
    return framework


def form(path: Path, language: str, name: str = BUILT_IN, **changes: Any) -> Path:
    """A form as it is sent out, as a file."""
    request = FormRequest(
        framework=norms(name),
        code="ALBA",
        name="Netwerk Alba",
        region="Zuid",
        assessment_year=2026,
        reporting_year=2025,
        reference_date=date(2025, 12, 31),
        members=MEMBERS,
        language=language,
        all_indicators=True,
        program=__version__,
    )
    path.write_bytes(write_form(replace(request, **changes)))
    return path


def told(path: Path, name: str = BUILT_IN) -> list[str]:
    """What is said of a workbook on disk."""
    grid, found = read_workbook(path)
    assert grid is not None, found
    known = Known(form_texts=form_texts(norms(name)))
    return seen((*found, *take_in(norms(name), (grid,), known)[1]))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", [BUILT_IN, OTHER])
def test_a_form_as_it_is_sent_out_holds_nothing_loose(tmp_path: Path, language: str, name: str) -> None:
    assert [line for line in told(form(tmp_path / "form.xlsx", language, name), name) if line.startswith("NT9")] == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "changes",
    [
        {"layer": NetworkLayer.REGION, "unit_of_review": NetworkLayer.REGION},
        {"layer": NetworkLayer.SUB_NETWORK},
        {"layer": NetworkLayer.SUB_NETWORK, "settled": (("N1.2", "Geregeld (NOORD): ja."), ("N1.8", "De regio."))},
    ],
)
def test_a_form_of_a_region_and_of_its_sub_network_hold_nothing_loose(
    tmp_path: Path, language: str, changes: dict[str, Any]
) -> None:
    path = form(tmp_path / "form.xlsx", language, **changes)
    assert [line for line in told(path) if line.startswith("NT9")] == []


def test_what_somebody_wrote_over_a_question_that_the_region_answers_is_told(tmp_path: Path) -> None:
    settled = (("N1.2", "Geregeld (NOORD): ja."),)
    path = form(tmp_path / "form.xlsx", "nl", layer=NetworkLayer.SUB_NETWORK, settled=settled)
    book = openpyxl.load_workbook(path)
    sheet = book["Indicatoren"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "N1.2")
    where = next(cell.column for cell in sheet[4] if cell.value == "Waar") - 1
    assert row[where].value == settled[0][1]
    row[where].value, row[where + 1].value = "toch hier", "nee"
    book.save(path)
    assert [line.split()[0] for line in told(path) if row[where].coordinate in line] == ["NT917"]


@pytest.mark.parametrize(("language", "own"), [("nl", "tumorwerkgroep"), ("en", "tumour board / tumour boards")])
def test_question_and_norm_wear_the_own_term_and_what_is_typed_over_them_is_told(
    tmp_path: Path, language: str, own: str
) -> None:
    path = form(tmp_path / "form.xlsx", language, facts=((FORM_KEY, own),))
    assert [line for line in told(path) if line.startswith("NT9")] == []
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[2]
    row = next(row for row in sheet.iter_rows() if row[0].value == "N3.5")
    for cell in row[3:5]:
        assert own.partition(" /")[0] in str(cell.value)
        assert OURS[language][0] not in str(cell.value)
        cell.value = "nog eens bellen"
    book.save(path)
    loose = [line.split(" header")[0] for line in told(path) if line.startswith("NT9")]
    assert loose == [f"NT917 {sheet.title}!{cell.coordinate}" for cell in row[3:5]]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_holds_nothing_loose(path: Path) -> None:
    name = OTHER if "onz" in path.name and not told(path) else BUILT_IN
    assert [line for line in told(path, name) if line.startswith(SHAPES)] == []


def test_what_is_typed_beside_above_and_below_the_tables_is_told_at_its_cell(tmp_path: Path) -> None:
    path = form(tmp_path / "form.xlsx", "nl")
    book = openpyxl.load_workbook(path)
    typed: list[str] = []
    for name in ("Netwerk", "Documenten", "Volumes", "Indicatoren", "Zorgaanbod", "Verbeteracties"):
        sheet = book[name]
        width = sheet.max_column + 2
        spots = [(9, width), (sheet.max_row + 3, width + 1)]
        if name not in ("Netwerk", "Indicatoren"):
            spots.append((1, 3))
        for row, column in spots:
            sheet.cell(row, column).value = "nog eens bellen"
            typed.append(f"NT916 {name}!{sheet.cell(row, column).coordinate} found=nog eens bellen count=1")
    book.save(path)
    assert sorted(line for line in told(path) if line.startswith("NT9")) == sorted(typed)


TYPED_OVER = (
    ("Indicatoren", "C1", "NT916 Indicatoren!C1 found=nog eens bellen count=1"),
    ("Indicatoren", "A2", "NT916 Indicatoren!A2 found=nog eens bellen count=1"),
    ("Netwerk", "A2", "NT916 Netwerk!A2 found=nog eens bellen count=1"),
    ("Netwerk", "C6", "NT916 Netwerk!C6 found=nog eens bellen count=1"),
    ("Indicatoren", "B7", "NT917 Indicatoren!B7 header=Standaard found=nog eens bellen"),
    ("Indicatoren", "C8", "NT917 Indicatoren!C8 header=Klasse found=nog eens bellen"),
    ("Indicatoren", "D9", "NT917 Indicatoren!D9 header=Vraag found=nog eens bellen"),
    ("Indicatoren", "E10", "NT917 Indicatoren!E10 header=Norm found=nog eens bellen"),
    ("Indicatoren", "F11", "NT917 Indicatoren!F11 header=Waar found=nog eens bellen"),
)


def typed_over(path: Path) -> list[str]:
    """What is said of a form in which somebody wrote over its own texts."""
    book = openpyxl.load_workbook(path)
    for sheet, cell, _ in TYPED_OVER:
        book[sheet][cell].value = "nog eens bellen"
    book.save(path)
    return sorted(line for line in told(path) if line.startswith("NT9"))


def test_what_is_typed_over_the_texts_of_the_form_is_told_at_its_cell(tmp_path: Path) -> None:
    assert typed_over(form(tmp_path / "form.xlsx", "nl")) == sorted(line for _, _, line in TYPED_OVER)


def test_of_a_form_of_another_version_or_other_norms_only_the_questions_are_known(tmp_path: Path) -> None:
    for row, fact in ((3, "digest"), (8, "program")):
        path = form(tmp_path / f"{fact}.xlsx", "nl")
        book = openpyxl.load_workbook(path)
        assert book["_normtool"].cell(row, 1).value == fact
        book["_normtool"].cell(row, 2).value = "0"
        book.save(path)
        assert typed_over(path) == ["NT917 Indicatoren!D9 header=Vraag found=nog eens bellen"]


@pytest.mark.parametrize("changes", [{"part": ("network",)}, {"part": ("ZA",)}, {"first_assessment_year": 2023}])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_form_of_a_part_or_of_a_later_cycle_holds_nothing_loose_either(
    tmp_path: Path, language: str, changes: dict[str, Any]
) -> None:
    path = form(tmp_path / "form.xlsx", language, **changes)
    assert [line for line in told(path) if line.startswith("NT9")] == []
