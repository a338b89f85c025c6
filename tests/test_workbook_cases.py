"""What real workbooks do to us, a folder for each: what its user sees, and what was read at which cell.

    tests/workbook_cases/rows-sorted/form.md    the input, as in tests/case_folders.py
    tests/workbook_cases/rows-sorted/screen.txt exit code, standard output and standard error
    tests/workbook_cases/rows-sorted/read.md    every answer that was read: sheet, cell, column and value

NORMTOOL_RECORD=1 pytest tests/test_workbook_cases.py writes both again; read them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from normtool.app import assessing
from normtool.app.batch_reading import read_networks
from normtool.app.reading import ReadEvidence
from normtool.core.evidence import Answer, Evidence, OwnApproach
from normtool.core.places import Located
from tests.case_folders import Case, run, seen
from tests.core.tables import told

CASES = Path(__file__).parent / "workbook_cases"
ALL = [Case(folder) for folder in sorted(CASES.iterdir()) if folder.is_dir()]
EACH = pytest.mark.parametrize("case", ALL, ids=lambda case: case.folder.name)
HEADINGS = ("Blad", "Cel", "Kolom", "Waarde")
NOTHING = "Niets gelezen.\n"


@cache
def outcome(case: Case) -> tuple[str, str]:
    """The screen of a case, and the table of what was read; one run for both."""
    results: list[ReadEvidence] = []

    def kept(*given: Any) -> ReadEvidence:
        read = read_networks(*given)
        assert isinstance(read, ReadEvidence)
        results.append(read)
        return read

    with tempfile.TemporaryDirectory() as name, patch.object(assessing, "read_networks", kept):
        folder = Path(name)
        case.prepare(folder)
        screen = seen(run(case, folder), folder)
    (read,) = results
    return screen, table(read.evidence)


def table(evidence: Evidence | None) -> str:
    """What was read, a line for each answer, in the order of the workbook."""
    lines = sorted(read_lines(evidence)) if evidence is not None else []
    if not lines:
        return NOTHING
    several = len({place[0] for place, *_ in lines}) > 1
    rows = [HEADINGS, *(_shown(place, column, value, several=several) for place, column, value in lines)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADINGS))]
    padded = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    dashes = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([f"| {padded[0]} |", f"|{dashes}|", *(f"| {line} |" for line in padded[1:])]) + "\n"


Line = tuple[tuple[str, str, int, int, str], str, str]


def _shown(place: tuple[str, str, int, int, str], column: str, value: str, *, several: bool) -> tuple[str, ...]:
    file, sheet, _, _, cell = place
    return (f"{file} {sheet}" if several else sheet, cell, column, value)


def read_lines(evidence: Evidence) -> Iterator[Line]:
    """Every value in the evidence but the facts of the network: its place, its column and what was read."""
    for rows in evidence.registers:
        for row in rows.rows:
            for column, cell in row.values:
                yield _line(f"{rows.register}.{column}", cell)
        if rows.complete is not None:
            yield _line(f"{rows.register}.complete", rows.complete)
    for answer in evidence.answers:
        for column, cell in answered(answer):
            yield _line(f"{answer.indicator}.{column}", cell)


def answered(of: Answer | OwnApproach) -> Iterator[tuple[str, Located[Any]]]:
    """The filled cells of one answer."""
    for field in fields(of):
        value = getattr(of, field.name)
        if isinstance(value, Located):
            yield field.name, value
        elif isinstance(value, OwnApproach):
            yield from answered(value)
        elif isinstance(value, tuple):
            yield from ((field.name, item) for item in value)


def _line(column: str, cell: Located[Any]) -> Line:
    place, value = cell.place, told(cell.value)
    shown = repr(value) if isinstance(value, str | list) else str(value)
    return (place.file, place.sheet, place.row, place.column, place.cell), column, shown.replace("|", "/")


def agrees(text: str, path: Path) -> None:
    """A text is as it was recorded; NORMTOOL_RECORD records it."""
    if os.environ.get("NORMTOOL_RECORD"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@EACH
def test_the_user_sees_this_screen(case: Case) -> None:
    agrees(outcome(case)[0], case.screen)


@EACH
def test_this_is_what_was_read(case: Case) -> None:
    agrees(outcome(case)[1], case.folder / "read.md")
