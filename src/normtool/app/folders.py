"""Which files of a folder are read: every workbook that may be a form. What is passed over is named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from normtool.core.diagnostics import Diagnostic, Diagnostics, Fact, Related, Rule
from normtool.core.form_identity import hidden_sheet
from normtool.core.grids import Grid
from normtool.core.places import FilePlace
from normtool.core.rules_answers import NOT_OUR_FORM
from normtool.core.rules_parts import (
    FIGURES_PASSED_OVER,
    FOLDER_NOT_READ,
    FOLDER_WITHOUT_FORMS,
    LOOKS_LIKE_A_COPY,
    NOT_OURS_PASSED_OVER,
    OTHER_FORMAT,
    OWN_OUTPUT_PASSED_OVER,
    SAME_FILE_PASSED_OVER,
    STILL_OPEN,
    TEXT_TABLE,
)
from normtool.core.spellings import plain
from normtool.files.own_outputs import made_here
from normtool.files.reading_worker import ReadFile
from normtool.texts import Words

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
OTHER_FORMATS = {
    ".xls": "Excel 97-2003",
    ".xlsb": "Excel, .xlsb",
    ".ods": "OpenDocument",
    ".fods": "OpenDocument",
    ".numbers": "Numbers",
    ".gsheet": "Google Sheets",
    ".url": "Google Sheets",
}
"""Spreadsheets that are not read: a part could be in them. A shortcut to Google Sheets holds no answers at all."""
TEXT_TABLES = frozenset({".csv", ".tsv"})
SHORTCUT = b"docs.google.com/spreadsheets"
FIGURE_HEADERS = ({"indicator"}, {"numerator", "teller"}, {"denominator", "noemer"})
"""A table with all of these is a delivery of figures, not a form."""
HEADER_ROWS = 10
MOST_READ = 4096
LOCKS = re.compile(r"^(?:~\$(?P<excel>.+)|\.~lock\.(?P<office>.+)#)$")
TEMPORARY = re.compile(r"^(?:~.*|\..*|.*\.(?:tmp|temp|part|crdownload|download|partial))$", re.IGNORECASE)
UNFINISHED = re.compile(r"[^~.].*?\.xls[xm]", re.IGNORECASE)
"""The workbook that a temporary file belongs to, as far as its name tells."""
COPY_MARKS = re.compile(
    r"\s*\(\d{1,3}\)$"
    r"|\s*[-–_]\s*(?:kopie|copy|kopi)(?:\s*\(?\d{0,3}\)?)$"
    r"|\s+(?:kopie|copy)(?:\s*\d{1,3})?$"
    r"|^(?:kopie van|copy of|kopie -|conflicterend exemplaar van|conflicted copy of)\s+"
    r"|\s*\((?:[^()]*\b(?:conflict|conflicted|conflicterend|conflicterende)\b[^()]*)\)$"
    r"|\s*[-–_]\s*(?:conflicted copy|conflict|conflicterend exemplaar)\b.*$"
    r"|-(?:laptop|desktop|pc|surface|macbook|win)-?[a-z0-9]{2,}$",
    re.IGNORECASE,
)
"""What programs and people put in the name of a second version of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file to read; `is_named`: the user gave it by name, so whatever is wrong with it is said of it.

    `name` is what it is called, where another file has the same name: with the folders before it.
    """

    path: Path
    is_named: bool
    name: str = ""

    @property
    def called(self) -> str:
        """What it is called in all that is said of it."""
        return self.name or self.path.name


def workbooks_in(paths: Iterable[Path], words: Words) -> tuple[tuple[FoundFile, ...], Diagnostics]:
    """The files to read, in order, of files and folders that were given; what was passed over, and why.

    Folders inside a folder are not searched. Nothing is opened here but the few bytes that tell what a file is.
    """
    found: list[FoundFile] = []
    said: list[Diagnostic] = []
    for path in paths:
        if not _is_folder(path):
            found.append(FoundFile(path=path, is_named=True))
            continue
        inside, remarks = _in_folder(path, words)
        found += inside
        said += remarks
    different, same = _without_doubles(list({_spot(item.path): item for item in reversed(found)}.values())[::-1])
    apart = tuple(told_apart(different))
    return apart, (*said, *same, *_versions(apart))


def told_apart(found: tuple[FoundFile, ...]) -> Iterator[FoundFile]:
    """The files, those with one name told apart by as many of the folders they are in as that takes."""
    alike: dict[str, list[tuple[str, ...]]] = {}
    for item in found:
        alike.setdefault(item.path.name, []).append(item.path.absolute().parts)
    for item in found:
        own, others = item.path.absolute().parts, alike[item.path.name]
        if len(others) == 1:
            yield item
            continue
        tails = (own[-length:] for length in range(2, len(own) + 1))
        tail = next((tail for tail in tails if [part[-len(tail) :] for part in others].count(tail) == 1), own)
        yield replace(item, name="/".join(tail))


def under_its_name(file: ReadFile, name: str) -> ReadFile:
    """A file that was read, called by this name in all that was and will be said of it."""
    if file.path.name == name:
        return file
    renamed = tuple(
        replace(item, place=replace(item.place, file=name) if item.place is not None else None)
        for item in file.diagnostics
    )
    grid = replace(file.grid, file=name) if file.grid is not None else None
    return ReadFile(path=file.path, grid=grid, diagnostics=renamed)


def _spot(path: Path) -> Path:
    """Where a file is, however it was named: a file that was given twice is read once."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have: reading it says so
        return False


def _in_folder(folder: Path, words: Words) -> tuple[list[FoundFile], list[Diagnostic]]:
    try:
        files = sorted(item for item in folder.iterdir() if not item.is_dir() or _is_bundle(item))
    except OSError:
        return [], [_about(folder, FOLDER_NOT_READ)]
    found: list[FoundFile] = []
    said: list[Diagnostic] = []
    for path in files:
        remark = _remark(path, words)
        if remark is not None:
            said.append(remark)
        elif path.suffix.lower() in WORKBOOKS and not TEMPORARY.match(path.name):
            found.append(FoundFile(path=path, is_named=False))
    if not found:
        said.append(_about(folder, FOLDER_WITHOUT_FORMS))
    return found, said


def _is_bundle(path: Path) -> bool:
    """Whether a folder is a document after all: Numbers may store one so."""
    return path.suffix.lower() == ".numbers"


def _remark(path: Path, words: Words) -> Diagnostic | None:
    """Why a file of a folder is not read; None when it is, or when it is no spreadsheet at all."""
    name, suffix = path.name, path.suffix.lower()
    lock = LOCKS.match(name)
    if lock:
        of = lock["excel"] or lock["office"]
        return _about(path, STILL_OPEN, other=of) if Path(of).suffix.lower() in WORKBOOKS else None
    if TEMPORARY.match(name):
        unfinished = UNFINISHED.search(name)
        return _about(path, STILL_OPEN, other=unfinished[0]) if unfinished and not name.startswith("._") else None
    if suffix in OTHER_FORMATS:
        is_other_link = suffix == ".url" and SHORTCUT not in _first_bytes(path)
        return None if is_other_link else _about(path, OTHER_FORMAT, kind=OTHER_FORMATS[suffix])
    if suffix in TEXT_TABLES:
        header = [re.split(rb"[;,\t]", line) for line in _first_bytes(path).splitlines()[:1]]
        return _about(path, FIGURES_PASSED_OVER if has_figures(header) else TEXT_TABLE)
    if suffix in WORKBOOKS and (kind := made_here(path)):
        return _about(path, OWN_OUTPUT_PASSED_OVER, kind=words.say(f"parts.output.{kind}"))
    return None


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_READ)
    except OSError:
        return b""


def has_figures(rows: Iterable[Iterable[object]]) -> bool:
    """Whether one of these rows has the headers of a delivery of figures."""
    for row in rows:
        cells = {
            plain(cell.decode("utf-8", "replace").strip('"\ufeff') if isinstance(cell, bytes) else cell)
            for cell in row
        }
        if all(cells & headers for headers in FIGURE_HEADERS):
            return True
    return False


def _about(file: Path | str, rule: Rule, *related: Related, **facts: Fact) -> Diagnostic:
    name = file.name if isinstance(file, Path) else file
    return Diagnostic(rule=rule, place=FilePlace(file=name), related=related, facts=tuple(facts.items()))


# --- doubles and second versions --------------------------------------------------------------------------------


def _without_doubles(found: list[FoundFile]) -> tuple[tuple[FoundFile, ...], list[Diagnostic]]:
    """The files without those that are byte for byte the same as another."""
    sizes: dict[int, list[FoundFile]] = {}
    for item in found:
        sizes.setdefault(_size(item.path), []).append(item)
    first: dict[bytes, FoundFile] = {}
    said: list[Diagnostic] = []
    same: set[int] = set()
    for size, items in sizes.items():
        for item in sorted(items, key=_plainest) if size >= 0 and len(items) > 1 else ():
            digest = _digest(item.path)
            former = first.setdefault(digest, item) if digest else item
            if former is not item:
                same.add(id(item))
                said.append(_about(item.path, SAME_FILE_PASSED_OVER, other=former.path.name))
    return tuple(item for item in found if id(item) not in same), said


def _plainest(item: FoundFile) -> tuple[bool, bool, str]:
    """Of equal files the one that was named, or whose name has no mark of a copy, is kept."""
    return not item.is_named, bool(COPY_MARKS.search(item.path.stem)), item.path.name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return -1


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return b""


def _versions(found: tuple[FoundFile, ...]) -> Iterator[Diagnostic]:
    """Files that look like a second version of another, by their names; their content differs."""
    originals: dict[str, FoundFile] = {}
    for item in sorted(found, key=_plainest):
        base = without_marks(item.path.stem)
        former = originals.setdefault(base, item)
        if former is not item and COPY_MARKS.search(item.path.stem):
            other = Related(place=FilePlace(file=former.called), role="first")
            yield _about(item.called, LOOKS_LIKE_A_COPY, other, other=former.called)


def without_marks(stem: str) -> str:
    """A file's name without what marks it as a copy; twice marked is a copy of a copy."""
    former = ""
    while former != stem:
        former, stem = stem, COPY_MARKS.sub("", stem).strip()
    return stem.casefold()


# --- after reading ----------------------------------------------------------------------------------------------


def without_figures(found: tuple[FoundFile, ...], grids: tuple[Grid, ...]) -> tuple[tuple[Grid, ...], Diagnostics]:
    """The workbooks without deliveries of figures that lay in a folder: those are given with --figures."""
    unnamed = {item.called for item in found if not item.is_named}
    figures = {
        grid.file for grid in grids if grid.file in unnamed and hidden_sheet(grid) is None and _is_figures(grid)
    }
    kept = tuple(grid for grid in grids if grid.file not in figures)
    return kept, tuple(_about(name, FIGURES_PASSED_OVER) for name in sorted(figures))


def _is_figures(grid: Grid) -> bool:
    return any(has_figures(sheet.rows[:HEADER_ROWS]) for sheet in grid.sheets)


def without_strangers(found: tuple[FoundFile, ...], grids: tuple[Grid, ...], diagnostics: Diagnostics) -> Diagnostics:
    """The diagnostics of reading forms, in which a workbook of a folder that is no form is only noted.

    A folder in which none of the workbooks is a form is an error all the same.
    """
    unnamed = {item.called: item.path for item in found if not item.is_named}
    said: list[Diagnostic] = []
    strangers: set[str] = set()
    for item in diagnostics:
        file = item.place.file if item.place is not None else ""
        if item.rule is not NOT_OUR_FORM or file not in unnamed:
            said.append(item)
            continue
        strangers.add(file)
        said.append(_about(file, NOT_OURS_PASSED_OVER))
    if strangers and strangers == {grid.file for grid in grids}:
        said += [_about(folder, FOLDER_WITHOUT_FORMS) for folder in dict.fromkeys(p.parent for p in unnamed.values())]
    return tuple(said)
