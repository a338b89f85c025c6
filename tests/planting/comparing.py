"""What was reported beside what had to be: every fault once, at its own cell, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from normtool.core.diagnostics import Diagnostic
from normtool.core.intake import take_in
from normtool.core.places import CellPlace, CellRange, FilePlace, column_letters
from normtool.core.scoring import assess
from normtool.files.workbooks_xlsx import read_workbook
from tests.conftest import built_in
from tests.planting.dealing import Planted
from tests.planting.kinds import Expected

Line = tuple[str, str, str, str, str]
"""Code, severity, file, sheet and cell."""


def report(*paths: Path) -> list[Diagnostic]:
    """Everything the program says about these workbooks as the parts of one form, as `check` does."""
    found: list[Diagnostic] = []
    grids = []
    for path in paths:
        grid, remarks = read_workbook(path)
        found += remarks
        if grid is not None:
            grids.append(grid)
    if not grids:
        return found
    evidence, remarks = take_in(built_in(), tuple(grids))
    found += remarks
    if evidence is not None:
        found += assess(built_in(), evidence)[1]
    return found


def line_of(item: Diagnostic) -> Line:
    """A diagnostic in short."""
    place = item.place
    assert isinstance(place, FilePlace | CellPlace | CellRange), item
    cell = "" if isinstance(place, FilePlace) else place.cell
    return item.code, item.rule.severity.value, place.file, place.sheet, cell


def expected_line(expected: Expected, planted: Planted) -> Line:
    """What must be said, in short."""
    laid, file = planted.laid[expected.part], planted.files[expected.part]
    addresses = [laid.address(spot) for spot in expected.spots]
    address = (max if expected.last else min)(addresses)
    _, row, column = address
    cell = f"{column_letters(column)}{row}" if row else ""
    if expected.until is not None:
        _, last_row, last_column = laid.address(expected.until)
        cell += f":{column_letters(last_column)}{last_row}"
    return expected.code, expected.severity, file, laid.sheet_name(address), cell


def differences(planted: Planted, folder: Path) -> str:
    """What is missing, too much, or told with other facts; empty when all is well."""
    found = report(*(folder / file for file in planted.files))
    wanted = Counter(expected_line(item, planted) for item in planted.expected)
    given = Counter(line_of(item) for item in found)
    lines = [*_lines("missing", wanted - given), *_lines("surplus", given - wanted)]
    lines += _other_facts(planted, found)
    if not lines:
        return ""
    case = planted.case
    told = [f"case {case.name} (again: python -m tests.planting {case.name})"]
    told += [f"  planted: {', '.join(planted.kinds)}", f"  shapes: {', '.join(planted.shapes)}"]
    return "\n".join([*told, *lines])


def _lines(word: str, counted: Counter[Line]) -> Iterable[str]:
    for (code, severity, file, sheet, cell), times in sorted(counted.items()):
        yield f"  {word}: {code} {severity} {file} {sheet}!{cell}" + (f" × {times}" if times > 1 else "")


def _other_facts(planted: Planted, found: list[Diagnostic]) -> Iterable[str]:
    for expected in planted.expected:
        line = expected_line(expected, planted)
        told = [dict(item.facts) for item in found if line_of(item) == line]
        if told and not any(all(_same(facts.get(name), fact) for name, fact in expected.facts) for facts in told):
            yield f"  facts: {' '.join(line)} tells {told[0]}, not {dict(expected.facts)}"


def _same(told: object, meant: object) -> bool:
    """Whether two facts agree; a shape may have put the text in capitals or blanks around it."""
    return told == meant or _folded(told) == _folded(meant)


def _folded(fact: object) -> str:
    return " ".join(str(fact).split()).casefold().rstrip(" .:*")
