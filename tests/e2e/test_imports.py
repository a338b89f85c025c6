"""What a verb loads: help nothing heavy, and a check nothing that makes documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.newcomer import Journey
from tests.e2e.running import environment, program

HEAVY = (
    "pydantic",
    "jinja2",
    "weasyprint",
    "xlsxwriter",
    "pandas",
    "openpyxl",
    "babel",
    "rich",
    "python_calamine",
    "normtool.core",
    "normtool.documents",
    "normtool.files",
    "normtool.app",
)
AT_END = """
import atexit, json, sys
atexit.register(lambda: open("modules.json", "w").write(json.dumps(sorted(sys.modules))))
"""


def loaded(folder: Path, *arguments: str | Path, code: int = 0) -> set[str]:
    """The modules that were loaded when the program ended."""
    ran = program(*arguments, folder=folder, prelude=AT_END)
    assert ran.code == code, ran.err
    return set(json.loads((folder / "modules.json").read_text()))


def among(modules: set[str], names: tuple[str, ...]) -> list[str]:
    return sorted(name for name in modules if name in names or name.startswith(tuple(f"{part}." for part in names)))


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--help", "--lang", "en"]])
def test_help_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    assert among(loaded(tmp_path, *arguments), HEAVY) == []


@pytest.mark.parametrize("arguments", [[], ["assess", "-h"], ["--version"], ["asses"]])
def test_the_help_of_a_verb_and_usage_errors_load_nothing_of_ours(arguments: list[str], tmp_path: Path) -> None:
    """Typer itself loads pydantic as soon as it reads an option."""
    heavy = tuple(name for name in HEAVY if name != "pydantic")
    assert among(loaded(tmp_path, *arguments, code=2 if arguments == ["asses"] else 0), heavy) == []


def test_check_loads_nothing_that_makes_documents(journey: Journey, tmp_path: Path) -> None:
    modules = loaded(tmp_path, "check", journey.workbook)
    assert among(modules, ("weasyprint", "pandas", "numpy", "openpyxl", "xlsxwriter", "jinja2", "matplotlib")) == []
    assert "python_calamine" in modules


def test_assess_without_pdf_does_not_load_its_maker(journey: Journey, tmp_path: Path) -> None:
    modules = loaded(tmp_path, "assess", journey.workbook, "-o", "uit", "--only", "html,xlsx")
    assert among(modules, ("weasyprint", "pandas", "numpy", "openpyxl", "fontTools", "matplotlib")) == []
    assert {"jinja2", "xlsxwriter"} <= modules


def test_explain_loads_nothing_that_makes_documents(journey: Journey, tmp_path: Path) -> None:
    modules = loaded(tmp_path, "explain", "N3.2", "--dossier", journey.out / "dossier.json")
    assert among(modules, ("weasyprint", "pandas", "openpyxl", "xlsxwriter", "jinja2")) == []


def test_the_program_is_the_one_of_this_checkout() -> None:
    assert (Path(environment()["PYTHONPATH"]) / "normtool" / "cli.py").is_file()
