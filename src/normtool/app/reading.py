"""Reading what a command was given: the norms, the workbooks, and saying what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from normtool.app.exits import INPUT_HAS_ERRORS, NOT_WRITTEN, WRONG_USE
from normtool.app.figures import read_figures_files
from normtool.app.folders import (
    FoundFile,
    under_its_name,
    without_figures,
    without_strangers,
    workbooks_in,
)
from normtool.core.diagnostics import Diagnostic, Diagnostics, Severity
from normtool.core.evidence import Evidence
from normtool.core.grids import Grid
from normtool.core.house_style import HouseStyle
from normtool.core.intake import Known, take_in
from normtool.core.networks import Registry
from normtool.core.places import CellPlace, CellRange, FilePlace
from normtool.core.privacy import shield
from normtool.core.rules_privacy import FOUND_IN_NAME, MAYBE_IN_NAME
from normtool.core.standards import Framework
from normtool.files.networks_yaml import load_registry
from normtool.files.outputs import OutputError
from normtool.files.reading_worker import ReadFile, read_all
from normtool.files.standards_yaml import find_framework, load_framework
from normtool.screen import Screen
from normtool.telling.diagnostic_lists import counts_text, listed
from normtool.telling.diagnostic_texts import as_json
from normtool.telling.form_texts import form_texts
from normtool.texts import Words

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Options that verbs share: language, norms, reference date, house style.

    `jobs` is how many networks are worked on at once; 0: as many as there are cores.
    """

    words: Words
    screen: Screen
    standards: str
    on: date | None = None
    force: bool = False
    house_style: Path | None = None
    jobs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What `check` and `assess` were given: workbooks or folders, figures of national sources, where marked
    copies go; `region` names the region they are of, `networks` a file with own networks, `former` what was made or
    filled in in earlier years."""

    paths: tuple[Path, ...]
    figures: tuple[Path, ...] = ()
    annotate: Path | None = None
    region: str = ""
    networks: Path | None = None
    former: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEvidence:
    """What came of reading workbooks: the files, those that are forms, and the evidence in them.

    `unusable`: nothing can be made of it, not even a draft, for a file was not read or is not safe.
    """

    framework: Framework
    files: tuple[ReadFile, ...]
    forms: tuple[Grid, ...]
    evidence: Evidence | None
    diagnostics: Diagnostics
    unusable: bool


def read_framework(common: Common) -> tuple[Framework | None, Diagnostics]:
    """The framework named on the command line, with the house style's limit of small numbers; None, with everything
    that is wrong, when either cannot be used."""
    folder, diagnostics = find_framework(common.standards)
    if folder is None:
        return None, diagnostics
    framework, found = load_framework(folder)
    if framework is None or common.house_style is None:
        return framework, (*diagnostics, *found)
    from normtool.app.house_style import framework_with

    style, about_style = given_style(common)
    return framework_with(framework, style) if style else None, (*diagnostics, *found, *about_style)


def given_style(common: Common) -> tuple[HouseStyle | None, Diagnostics]:
    """The house style that was given, with what there is to say of it; nothing is loaded when none was given."""
    if common.house_style is None:
        return None, ()
    from normtool.app.house_style import house_style_of

    return house_style_of(common)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFiles:
    """Files as plain values, not yet read as answers: forms, and figures of national sources.

    `found` says how each file was named; `all_read`: none of them was left unread. `registry` is what is known of
    networks and members, with `about_networks` what there is to say of a file with own networks.
    """

    found: tuple[FoundFile, ...]
    files: tuple[ReadFile, ...]
    forms: tuple[Grid, ...]
    figures: tuple[Grid, ...]
    diagnostics: Diagnostics
    all_read: bool
    registry: Registry | None = None
    about_networks: Diagnostics = ()


def open_files(common: Common, given: Given) -> OpenedFiles:
    """Open all workbooks, and the figures delivered beside them."""
    found, said = workbooks_in(given.paths, common.words)
    opened = read_all([item.path for item in found])
    files = tuple(under_its_name(file, item.called) for file, item in zip(opened, found, strict=True))
    figures, about_figures, figures_are_read = read_figures_files(given.figures)
    grids = tuple(file.grid for file in files if file.grid is not None)
    forms, passed_over = without_figures(found, grids)
    about_files = (item for file in files for item in file.diagnostics)
    registry, about_networks = load_registry(given.networks)
    return OpenedFiles(
        found=found,
        files=files,
        forms=forms,
        figures=figures,
        diagnostics=(*given_style(common)[1], *said, *about_files, *about_figures, *passed_over),
        all_read=figures_are_read and len(grids) == len(files),
        registry=registry,
        about_networks=about_networks,
    )


def read_opened(common: Common, framework: Framework, opened: OpenedFiles) -> ReadEvidence:
    """Read all workbooks as parts of one network's evidence, with the figures delivered beside them."""
    forms, evidence, found = read_forms(common, framework, opened, opened.forms)
    about_forms = without_strangers(opened.found, forms, found)
    diagnostics = (*opened.about_networks, *opened.diagnostics, *about_forms)
    return ReadEvidence(
        framework=framework,
        files=opened.files,
        forms=forms,
        evidence=evidence,
        diagnostics=in_order(diagnostics),
        unusable=evidence is None or is_unsafe(diagnostics) or not opened.all_read,
    )


def read_forms(
    common: Common, framework: Framework, opened: OpenedFiles, forms: tuple[Grid, ...]
) -> tuple[tuple[Grid, ...], Evidence | None, Diagnostics]:
    """Read these forms as parts of one network's evidence: the forms as they may be shown, and what is in them."""
    known = Known(on=common.on, figures=opened.figures, form_texts=form_texts(framework), registry=opened.registry)
    evidence, found = take_in(framework, forms, known) if forms else (None, ())
    if any(item.rule in (FOUND_IN_NAME, MAYBE_IN_NAME) for item in found):
        forms, _ = shield(forms)  # a name that is withheld in what was said must not be shown beside it
    return forms, evidence, found


def is_unsafe(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of them holds also in a draft."""
    return any(item.is_error and item.rule.concerns_safety for item in diagnostics)


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


def in_order(diagnostics: Iterable[Diagnostic]) -> Diagnostics:
    """Errors first, then questions, then notes; within each by file, sheet and cell."""
    return tuple(sorted(diagnostics, key=_position))


def _position(item: Diagnostic) -> tuple[int, str, str, int, int, str]:
    place = item.place
    file = place.file if place is not None else ""
    sheet = place.sheet if isinstance(place, FilePlace | CellPlace | CellRange) else ""
    row, column = (place.row, place.column) if isinstance(place, CellPlace | CellRange) else (0, 0)
    return ORDER[item.rule.severity], file, sheet, row, column, item.code


def show_diagnostics(common: Common, diagnostics: Diagnostics, *, notes: bool, several: bool = False) -> None:
    """List diagnostics above their count; notes only where they were asked for, files when there are `several`."""
    words, screen = common.words, common.screen
    shown = tuple(item for item in diagnostics if notes or item.rule.severity is not Severity.NOTE)
    for entry in listed(shown, words, several=several):
        screen.listed([*entry.lines, ""], is_error=entry.is_error)
    counted = counts_text(shown, words)
    if counted:
        screen.remark(counted)


def diagnostics_json(common: Common, diagnostics: Diagnostics) -> list[dict[str, object]]:
    """The diagnostics as the JSON contract has them."""
    return [as_json(item, common.words) for item in diagnostics]
