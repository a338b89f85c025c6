"""Every known fault is reported in one pass at its exact cell, and nothing else, whatever program saved the file.

A case can be made again by its name: `python -m tests.planting twenty-017`, or `pytest -k twenty-017`.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from normtool.core import rules_answers, rules_iza, rules_parts, rules_privacy, rules_questions, rules_volumes
from normtool.core.diagnostics import Rule
from normtool.files.workbooks_xlsx import read_workbook
from tests.openpyxl_oracle import same_as_openpyxl
from tests.planting.books import lay_out
from tests.planting.comparing import differences, report
from tests.planting.dealing import ALL_KINDS, Case, deal, plant, save_all
from tests.planting.kinds import Ground
from tests.planting.saving import Program, resave, save
from tests.planting.valid import valid_book

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

QUICK = deal(alone=30, twenty=32)
THOROUGH = deal(alone=len(Program) * len(ALL_KINDS), twenty=150)
CASES = THOROUGH if os.environ.get("NORMTOOL_DEEP") else QUICK
OF_FOLDERS = {"NT240", "NT241", "NT243", "NT244", "NT247", "NT940", "NT941", "NT942", "NT943", "NT944"}
OF_PARTS_BY_TEMPLATE = {"NT245", "NT246", "NT945", "NT946"}
OF_OPTIONS = {"NT908"}
OF_OTHER_NORMS = {"NT756"}
OF_SEVERAL_LOCATIONS = {"NT745"}
OF_DOSSIERS = {"NT820", "NT821", "NT822"}
ELSEWHERE = OF_FOLDERS | OF_DOSSIERS | OF_PARTS_BY_TEMPLATE | OF_OPTIONS | OF_OTHER_NORMS | OF_SEVERAL_LOCATIONS
"""Codes that no planted workbook can give: they need a folder, parts that `template --parts` wrote, an option,
norms with borders between echelons, or a hospital with several locations; or they are about a dossier.

Those of rules_offers are left out: they are about forms that last year's answers or delivered figures were put in.
"""


def parameters(cases: list[Case]) -> list[ParameterSet]:
    """The cases by name; those that need LibreOffice are marked."""
    marks = {Program.LIBREOFFICE: [pytest.mark.office]}
    return [pytest.param(case, id=case.name, marks=marks.get(case.program, [])) for case in cases]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbooks that LibreOffice saved, all in one go."""
    folder = tmp_path_factory.mktemp("planted")
    save_all([case for case in CASES if case.program is Program.LIBREOFFICE], folder)
    return folder


@pytest.mark.parametrize("case", parameters(CASES))
def test_every_fault_is_reported_at_its_cell_and_nothing_else(
    case: Case, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if case.program is Program.LIBREOFFICE:
        folder: Path = request.getfixturevalue("office")
    else:
        folder = tmp_path
        save_all([case], folder)
    planted = plant(case)
    assert len(planted.kinds) == (20 if case.many else 1)
    found = differences(planted, folder)
    if found:
        pytest.fail(found, pytrace=False)
    for file in planted.files:
        grid, _ = read_workbook(folder / file)
        assert grid is not None
        same_as_openpyxl(folder / file, grid)


@pytest.mark.parametrize("program", [Program.XLSXWRITER, Program.OPENPYXL])
def test_nothing_is_said_of_the_valid_workbook(tmp_path: Path, program: Program) -> None:
    path = tmp_path / "geldig.xlsx"
    save(lay_out(valid_book()), path, program)
    assert report(path) == []


@pytest.mark.office
def test_nothing_is_said_of_the_valid_workbook_saved_by_libreoffice(tmp_path: Path) -> None:
    save(lay_out(valid_book()), tmp_path / "geldig.xlsx", Program.LIBREOFFICE)
    resave(tmp_path)
    assert report(tmp_path / "geldig.xlsx") == []


def test_a_hundred_kinds_each_with_a_name_of_its_own() -> None:
    assert len({kind.name for kind in ALL_KINDS}) == len(ALL_KINDS) >= 100


def test_every_code_about_a_workbook_has_a_kind() -> None:
    grounds = [(kind, Ground(book=valid_book(), chance=Random(kind.name))) for kind in ALL_KINDS]
    given = {expected.code for kind, ground in grounds for expected in kind.plant(ground)}
    modules = (rules_answers, rules_iza, rules_parts, rules_privacy, rules_questions, rules_volumes)
    codes = {rule.code for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}
    assert codes - given == ELSEWHERE


def test_every_kind_has_its_turn() -> None:
    assert {name for case in QUICK for name in plant(case).kinds} == {kind.name for kind in ALL_KINDS}


def test_some_sixty_workbooks_and_many_more_when_there_is_time() -> None:
    assert len(QUICK) >= 60
    assert len(THOROUGH) >= 500
