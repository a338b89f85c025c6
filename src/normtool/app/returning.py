"""`--annotate`: every workbook back as a copy in which each diagnostic stands at its cell."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from normtool.app.reading import Common, Given
from normtool.core.diagnostics import Diagnostic, Diagnostics, Related, Severity
from normtool.core.form_names import GUIDE_SHEET, INDICATORS_SHEET, NETWORK_SHEET, RETURNED_SHEET
from normtool.core.grids import Grid
from normtool.core.places import CellPlace, CellRange, FilePlace, Place
from normtool.core.privacy import shield
from normtool.core.spellings import plain
from normtool.files.marked_list import ListPage, Mark
from normtool.files.marked_xlsx import mark_workbook
from normtool.files.marked_xml import MarkingError
from normtool.files.outputs import OutputError, check_target, write_files
from normtool.files.reading_worker import ReadFile
from normtool.files.workbooks_xlsx import read_bytes
from normtool.telling.diagnostic_lists import counts_text
from normtool.telling.diagnostic_texts import hint, message, place_text, title
from normtool.texts import Words

MOST_MARKS = 2_000
"""Marks in one workbook: nobody works through more at a time, and spreadsheets become slow with more comments."""
RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
ENGLISH = frozenset(plain(name.text.en) for name in (GUIDE_SHEET, NETWORK_SHEET, INDICATORS_SHEET))
DUTCH = frozenset(plain(name.text.nl) for name in (GUIDE_SHEET, NETWORK_SHEET, INDICATORS_SHEET))


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came of it: the copies, the files of which there is none, and all that in sentences."""

    files: tuple[Path, ...]
    left_out: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def json(self) -> dict[str, object]:
        """The copies as the JSON contract has them."""
        return {"returned": [str(path) for path in self.files], "not_returned": list(self.left_out)}


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingAsked:
    """No copies were asked for: there is nothing to tell of them."""

    sentences: tuple[str, ...] = ()

    @property
    def json(self) -> dict[str, object]:
        """No keys at all."""
        return {}


def check_returning(common: Common, folder: Path, paths: Sequence[Path]) -> None:
    """Refuse before any work is done when copies would stand in the way of each other or of the workbooks.

    Raises:
        OutputError: with the reason.
    """
    seen: set[str] = set()
    for path in paths:
        if _is_same(folder, path.parent) or _is_same(folder / path.name, path):
            raise OutputError("folder_of_originals", folder)
        if path.name.lower() in seen:
            raise OutputError("same_name", Path(path.name))
        seen.add(path.name.lower())
    check_target(folder, tuple(path.name for path in paths), force=common.force)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder or file."""
    with suppress(OSError):
        return one.exists() and other.exists() and one.samefile(other)
    return False


def copies_of(common: Common, given: Given, files: Sequence[ReadFile], found: Diagnostics) -> Returned | NothingAsked:
    """The marked copies, when `--annotate` asks for them.

    Raises:
        OutputError: nothing was written, for this reason.
    """
    return write_marked(common, given.annotate, files, found) if given.annotate is not None else NothingAsked()


def write_marked(common: Common, folder: Path, files: Sequence[ReadFile], diagnostics: Diagnostics) -> Returned:
    """Write a marked copy of every workbook that was read, under its own name; `files` in the order of taking in.

    A workbook without diagnostics is copied too: its list says so, and marks of an earlier return are gone from it.

    Raises:
        OutputError: nothing was written, for this reason.
    """
    check_returning(common, folder, [file.path for file in files if file.grid is not None])
    words = common.words
    shown = _shown_names(files, diagnostics)
    copies: dict[str, bytes] = {}
    left_out: list[str] = []
    sentences: list[str] = []
    for file in files:
        copy = _copy(file, shown.get(file.path, ""), diagnostics)
        if isinstance(copy, bytes):
            copies[file.path.name] = copy
        else:
            left_out.append(file.path.name)
            sentences.append(words.say(f"returned.{copy}", file=file.path.name))
    written = write_files(folder, copies, force=common.force) if copies else ()
    if written:
        where = written[0] if len(written) == 1 else folder
        sentences.insert(0, words.say_count("returned.written", len(written), path=where))
    return Returned(files=written, left_out=tuple(left_out), sentences=tuple(sentences))


def _shown_names(files: Sequence[ReadFile], diagnostics: Diagnostics) -> dict[Path, str]:
    """The name under which diagnostics speak of each workbook: its own, unless that tells of a patient."""
    read = [(file.path, file.grid) for file in files if file.grid is not None]
    own = {grid.file for _, grid in read}
    if all(item.place is None or item.place.file in own for item in diagnostics):
        return {path: grid.file for path, grid in read}
    shielded, _ = shield(tuple(grid for _, grid in read))
    return {path: grid.file for (path, _), grid in zip(read, shielded, strict=True)}


def form_words(grid: Grid) -> Words:
    """The language of a form, by the names of its sheets: what is sent back speaks it too."""
    names = {plain(sheet.name) for sheet in grid.sheets}
    return Words("en" if len(names & ENGLISH) > len(names & DUTCH) else "nl")


def marks_of(diagnostics: Diagnostics, file: str, words: Words) -> list[Mark]:
    """The marks of one workbook: at the place of each diagnostic, and at the other places that it speaks of."""
    marks: list[Mark] = []
    for item in sorted(diagnostics, key=lambda item: RANK[item.rule.severity]):
        if item.place is not None and item.place.file == file:
            marks.append(_mark(item, file, words))
        marks += [
            _related_mark(item, other, file, words)
            for other in item.related
            if other.place.file == file and isinstance(other.place, CellPlace | CellRange)
        ]
    return marks


def _copy(file: ReadFile, shown: str, diagnostics: Diagnostics) -> bytes | str:
    """The marked copy of a workbook that diagnostics call `shown`; or a key of words, why there is none."""
    data = read_bytes(file.path)
    if file.grid is None or isinstance(data, Diagnostic):
        return "not_read"
    if any(item.rule.concerns_safety and item.is_error and _speaks_of(item, file.grid.file) for item in diagnostics):
        return "not_safe"  # a copy would spread what must not be in it
    if hashlib.sha256(data).hexdigest() != file.grid.digest:
        return "changed"
    words = form_words(file.grid)
    marks = marks_of(diagnostics, shown, words)
    own = tuple(item for item in diagnostics if _speaks_of(item, shown))
    page = list_page(shown, own, max(0, len(marks) - MOST_MARKS), words)
    try:
        return mark_workbook(data, marks[:MOST_MARKS], page)
    except MarkingError:
        return "not_marked"


def _speaks_of(item: Diagnostic, file: str) -> bool:
    """Whether a diagnostic is about a file, or about a cell of it among others."""
    own = item.place is not None and item.place.file == file
    return own or any(
        other.place.file == file and isinstance(other.place, CellPlace | CellRange) for other in item.related
    )


def list_page(file: str, diagnostics: Diagnostics, left_off: int, words: Words) -> ListPage:
    """The texts of the list; `left_off` marks did not fit."""
    severities = {item.rule.severity for item in diagnostics}
    if not diagnostics:
        lines = [words.say("returned.none", file=file), words.say("returned.keep")]
    else:
        lines = [words.say("returned.counts", file=file, counts=counts_text(diagnostics, words))]
        if severities == {Severity.NOTE}:
            lines.append(words.say("returned.how.notes"))
        else:
            lines += [words.say("returned.how.find"), words.say("returned.how.answer")]
    if left_off:
        lines.append(words.say_count("returned.left_off", left_off))
    headers = ("severity", "sheet", "cell", "message", "hint", "code")
    return ListPage(
        sheet=words.text(RETURNED_SHEET.text),
        title=words.say("returned.title"),
        lines=tuple(lines),
        headers=tuple(words.say(f"returned.headers.{name}") for name in headers),
        severities=tuple((severity, _severity(severity, words)) for severity in Severity),
        whole_file=words.say("returned.whole_file"),
        whole_sheet=words.say("returned.whole_sheet"),
        footer=words.say("form.properties.page", page="&P", pages="&N"),
    )


def _mark(item: Diagnostic, file: str, words: Words) -> Mark:
    sheet, cell = _where(item.place)
    see = [
        words.say("returned.see", place=_place(other.place, sheet, file, words), role=_role(other, words))
        for other in item.related
    ]
    return Mark(
        sheet=sheet,
        cell=cell,
        severity=item.rule.severity,
        code=item.code,
        title=_title(item, words),
        message=" ".join([_sentence(message(item, words)), *see]),
        hint=_sentence(hint(item, words)),
    )


def _related_mark(item: Diagnostic, other: Related, file: str, words: Words) -> Mark:
    """The mark at another place; it is listed when the first place is in another file."""
    sheet, cell = _where(other.place)
    belongs = words.say("returned.belongs", role=_role(other, words), place=_place(item.place, sheet, file, words))
    elsewhere = item.place is None or item.place.file != file
    return Mark(
        sheet=sheet,
        cell=cell,
        severity=item.rule.severity,
        code=item.code,
        title=_title(item, words),
        message=f"{_sentence(message(item, words))} {belongs}",
        hint=_sentence(hint(item, words)) if elsewhere else "",
        listed=elsewhere,
    )


def _where(place: Place | None) -> tuple[str, str]:
    """Sheet and cell; both may be empty."""
    match place:
        case CellPlace() | CellRange():
            return place.sheet, place.cell
        case FilePlace():
            return place.sheet, ""
        case _:
            return "", ""


def _place(place: Place | None, sheet: str, file: str, words: Words) -> str:
    """A place as it is said on a sheet of a file: no more than is needed to find it."""
    if place is None:
        return words.say("returned.whole_file")
    if place.file == file and isinstance(place, CellPlace | CellRange) and place.sheet == sheet:
        return place.cell
    return place_text(place, words, with_file=place.file != file)


def _title(item: Diagnostic, words: Words) -> str:
    severity = _severity(item.rule.severity, words)
    return words.say("returned.remark", severity=severity, code=item.code, title=title(item.code, words))


def _severity(severity: Severity, words: Words) -> str:
    return _capital(words.say(f"diagnostics.severity.{severity.value}"))


def _role(other: Related, words: Words) -> str:
    return words.say(f"diagnostics.role.{other.role}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    """A message as a sentence of its own: with a capital and a full stop."""
    return _capital(text) if text.endswith((".", "?", "!", "…")) else f"{_capital(text)}."
