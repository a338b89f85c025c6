"""Reading what a command was given: the norms, the workbooks, and saying what is wrong with them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from normtool.app.exits import INPUT_HAS_ERRORS, NOT_WRITTEN, WRONG_USE
from normtool.core.diagnostics import Diagnostic, Diagnostics, Severity
from normtool.core.evidence import Evidence
from normtool.core.grids import Grid
from normtool.core.intake import take_in
from normtool.core.places import CellPlace, FilePlace
from normtool.core.standards import Framework
from normtool.diagnostic_texts import as_json, as_text
from normtool.files.outputs import OutputError
from normtool.files.standards_yaml import find_framework, load_framework
from normtool.files.workbooks_xlsx import read_workbook
from normtool.screen import Screen
from normtool.texts import Words

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Options that verbs share: language, norms, reference date."""

    words: Words
    screen: Screen
    standards: str
    on: date | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEvidence:
    """What came of reading workbooks. `unusable`: nothing can be made of it, not even a draft."""

    framework: Framework
    evidence: Evidence | None
    diagnostics: Diagnostics
    unusable: bool

    @property
    def has_errors(self) -> bool:
        """Whether anything must be corrected first."""
        return any(item.is_error for item in self.diagnostics)


def read_framework(common: Common) -> tuple[Framework | None, Diagnostics]:
    """The framework named on the command line, with everything that is wrong with it."""
    folder, diagnostics = find_framework(common.standards)
    if folder is None:
        return None, diagnostics
    framework, found = load_framework(folder)
    return framework, (*diagnostics, *found)


def read_evidence(common: Common, framework: Framework, paths: tuple[Path, ...]) -> ReadEvidence:
    """Read all workbooks as parts of one network's evidence."""
    grids: list[Grid] = []
    diagnostics: list[Diagnostic] = []
    unusable = False
    for path in workbook_paths(paths):
        grid, found = read_workbook(path)
        diagnostics += found
        if grid is None:
            unusable = True
        else:
            grids.append(grid)
    evidence: Evidence | None = None
    if grids:
        evidence, found = take_in(framework, tuple(grids), common.on)
        diagnostics += found
    return ReadEvidence(
        framework=framework,
        evidence=evidence,
        diagnostics=in_order(diagnostics),
        unusable=unusable or evidence is None,
    )


def workbook_paths(paths: tuple[Path, ...]) -> list[Path]:
    """The workbooks named, and for a folder every workbook in it but lock files; an empty folder stays itself."""
    found: list[Path] = []
    for path in paths:
        inside: list[Path] = []
        with suppress(OSError):  # a name that no file can have: reading it says so
            inside = sorted(path.glob("*.xlsx")) if path.is_dir() else []
        found += [item for item in inside if not item.name.startswith("~$")] or [path]
    return found


def not_written(common: Common, error: OutputError) -> int:
    """Say why nothing could be written."""
    sentence = common.words.say(f"output.{error.reason}", path=error.path)
    common.screen.result({"diagnostics": [], "error": sentence})
    common.screen.problem(sentence)
    return NOT_WRITTEN


def refuse(common: Common, diagnostics: Diagnostics, *, notes: bool = False) -> int:
    """Say what is wrong with what was given, and stop there."""
    common.screen.result({"diagnostics": diagnostics_json(common, diagnostics)})
    show_diagnostics(common, diagnostics, notes=notes)
    return INPUT_HAS_ERRORS


def wrong_use(common: Common, sentence: str) -> int:
    """Say what cannot be asked."""
    common.screen.result({"diagnostics": [], "error": sentence})
    common.screen.problem(sentence)
    return WRONG_USE


def in_order(diagnostics: list[Diagnostic]) -> Diagnostics:
    """Errors first, then questions, then notes; within each by file, sheet and cell."""
    return tuple(sorted(diagnostics, key=_position))


def _position(item: Diagnostic) -> tuple[int, str, str, int, int, str]:
    place = item.place
    file = place.file if place is not None else ""
    sheet = place.sheet if isinstance(place, FilePlace | CellPlace) else ""
    row, column = (place.row, place.column) if isinstance(place, CellPlace) else (0, 0)
    return ORDER[item.rule.severity], file, sheet, row, column, item.code


def show_diagnostics(common: Common, diagnostics: Diagnostics, *, notes: bool) -> None:
    """List diagnostics under a count; notes only where they were asked for."""
    words, screen = common.words, common.screen
    shown = [item for item in diagnostics if notes or item.rule.severity is not Severity.NOTE]
    several = len({item.place.file for item in shown if item.place is not None}) > 1
    for item in shown:
        lines = as_text(item, words, with_file=several)
        if item.is_error:
            screen.problem(*lines, "")
        else:
            screen.remark(*lines, "")
    counts = {severity: sum(item.rule.severity is severity for item in shown) for severity in Severity}
    parts = [
        words.say_count(f"cli.count.{severity.value}", counts[severity]) for severity in Severity if counts[severity]
    ]
    if parts:
        screen.remark(", ".join(parts))


def diagnostics_json(common: Common, diagnostics: Diagnostics) -> list[dict[str, object]]:
    """The diagnostics as the JSON contract has them."""
    return [as_json(item, common.words) for item in diagnostics]
