"""Every code has a case, every case a code; each runs as its user would run it, and by the functions below."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jsonschema
import pytest

from normtool.core.diagnostics import Diagnostics
from normtool.core.intake import Known, take_in
from normtool.core.networks_notes import registry_notes
from normtool.core.scoring import assess
from normtool.files.figures_tables import read_figures
from normtool.files.networks_yaml import load_registry, read_registry
from normtool.files.standards_yaml import load_framework
from normtool.files.workbooks_xlsx import read_workbook
from normtool.resources import schemas
from normtool.screen import Screen
from normtool.telling.diagnostic_texts import RULES, as_json, blank_hint, more, title
from normtool.telling.explaining import explain_code
from normtool.texts import LANGUAGES, Words
from tests.case_folders import NETWORKS, NORMS, Case, Given, all_cases, run, seen
from tests.conftest import built_in
from tests.e2e.running import here

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads(schemas()["diagnostics"])
CONTRACT = jsonschema.Draft202012Validator(SCHEMA)
ALL = all_cases()
DROPPED = ("NT416", "NT907", "NT913")
"""Given up before they were released; a code never gets a second meaning."""


def each(cases: list[Case]) -> pytest.MarkDecorator:
    """A test for each of these cases, by its code."""
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.folder.name)


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert sorted({case.code for case in ALL}) == sorted(RULES)


def test_codes_that_were_given_up_are_nowhere() -> None:
    places = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.py"))
    words = (*places, *(ROOT / "src").rglob("*.yaml"), *(ROOT / "tests" / "cases").rglob("*.txt"))
    found = [path.name for path in words if any(code in path.read_text(encoding="utf-8") for code in DROPPED)]
    assert found == []


# --- as a user runs it --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What comes of a case: the screen, the same as JSON, and what the functions say without the program."""

    screen: str
    said: dict[str, Any]
    own: list[dict[str, object]]


@cache
def outcome(case: Case) -> Outcome:
    """One run for all tests of a case."""
    results: list[object] = []
    with tempfile.TemporaryDirectory() as name, patch.object(Screen, "result", lambda _, said: results.append(said)):
        folder = Path(name)
        case.prepare(folder)
        own = [as_json(item, Words("nl")) for item in without_program(case.given, folder)] if case.given else []
        screen = seen(run(case, folder), folder)
    (said,) = results
    return Outcome(screen=screen, said=json.loads(json.dumps(said)), own=own)


@each(ALL)
def test_the_user_sees_this_screen(case: Case) -> None:
    text = outcome(case).screen
    if os.environ.get("NORMTOOL_RECORD"):
        case.screen.write_text(text, encoding="utf-8")
    assert case.code in text
    assert text == case.screen.read_text(encoding="utf-8")


@each(ALL)
def test_the_json_form_has_the_code_and_keeps_its_contract(case: Case) -> None:
    said = outcome(case).said
    CONTRACT.validate(said)
    found = [item for item in said["diagnostics"] if item["code"] == case.code]
    assert found
    assert all(set(item["facts"]) == set(RULES[case.code].facts) for item in found)
    assert all(item["severity"] == RULES[case.code].severity.value for item in found)


@each([case for case in ALL if case.code.endswith("1")])
def test_with_format_json_that_is_what_is_printed(case: Case, tmp_path: Path) -> None:
    case.prepare(tmp_path)
    assert run(case, tmp_path, "--format", "json").json == outcome(case).said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(RULES))
def test_explain_tells_the_title_and_the_longer_text(code: str, language: str) -> None:
    words = Words(language)
    told = "".join(explain_code(code, words).split())
    for text in (title(code, words), more(code, words), blank_hint(code, words)):
        assert text
        assert "".join(text.split()) in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["NT101", "NT241", "nt301", "NT421", "NT801", "NT931"])
def test_explain_is_a_command(code: str, language: str) -> None:
    ran = here("explain", code, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip() == explain_code(code.upper(), Words(language)).strip()


# --- as the library is used ---------------------------------------------------------------------------------------


def without_program(given: Given, folder: Path) -> Diagnostics:
    """What the functions of the library say of an input, without the command line."""
    if given.norms:
        return load_framework(folder / NORMS)[1]
    if given.networks:
        reading = read_registry(folder / NETWORKS)
        notes = registry_notes(reading.registry, reading.place_of, NETWORKS) if reading.registry else ()
        return (*reading.diagnostics, *notes)
    read = [read_workbook(folder / name) for name in given.forms]
    tables = [read_figures(folder / name) for name in given.figures]
    said = [item for _, found in (*read, *tables) for item in found]
    grids = tuple(grid for grid, _ in read if grid is not None)
    figures = tuple(grid for grid, _ in tables if grid is not None)
    known = Known(on=given.on, figures=figures, registry=load_registry()[0])
    evidence, found = take_in(built_in(), grids, known) if grids else (None, ())
    questions = assess(built_in(), evidence)[1] if evidence is not None else ()
    return (*said, *found, *questions)


@each([case for case in ALL if case.given])
def test_the_functions_say_what_the_program_says(case: Case) -> None:
    said, own = outcome(case).said["diagnostics"], outcome(case).own
    assert any(item["code"] == case.code for item in own)
    assert sorted(map(json.dumps, own)) == sorted(map(json.dumps, said))
