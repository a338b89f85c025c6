"""Data of patients do not belong in a workbook: what seems to be some is withheld before anything else is read.

Where it stands is told, never what it is. What surely is about a person is an error, in a draft too; what may be is
a question, which the workbook itself can answer (the confirmation on the sheet *Netwerk*).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from normtool.core import rules_privacy as rules
from normtool.core.diagnostics import Collector, Diagnostic, Diagnostics, Related, Rule, Severity
from normtool.core.form_names import NETWORK_SHEET, RETURNED_SHEET, WITHHELD
from normtool.core.grids import Grid, GridValue, LooseText, Sheet
from normtool.core.places import CellPlace, CellRange, FilePlace, Place
from normtool.core.privacy_release import Release, read_release
from normtool.core.privacy_surroundings import Spot, Survey, survey
from normtool.core.privacy_tokens import Found, Kind, weigh
from normtool.core.privacy_topics import Topics, topics_of_label
from normtool.core.spellings import plain

MOST_RUNS = 10
"""More runs of cells than this in one column are told as one."""

CELL_RULES: Mapping[tuple[Kind, bool], Rule] = {
    (Kind.BSN, True): rules.BSN_FOUND,
    (Kind.BSN, False): rules.MAYBE_BSN,
    (Kind.PATIENT_NUMBER, True): rules.PATIENT_NUMBER_FOUND,
    (Kind.PATIENT_NUMBER, False): rules.MAYBE_PATIENT_NUMBER,
    (Kind.BIRTH_DATE, True): rules.BIRTH_DATE_FOUND,
    (Kind.EMAIL, True): rules.EMAIL_FOUND,
    (Kind.EMAIL, False): rules.MAYBE_EMAIL,
}
COMMENT_RULES = {True: rules.FOUND_IN_COMMENT, False: rules.MAYBE_IN_COMMENT}
LOOSE_RULES = {True: rules.FOUND_BESIDE_CELLS, False: rules.MAYBE_BESIDE_CELLS}
NAME_RULES = {True: rules.FOUND_IN_NAME, False: rules.MAYBE_IN_NAME}

MASKS = tuple(WITHHELD.text.in_language(language).rstrip("]") for language in ("nl", "en"))
"""How a mask begins; those of names go on with a number."""


def shield(grids: tuple[Grid, ...]) -> tuple[tuple[Grid, ...], Diagnostics]:
    """The workbooks without what seems to be about patients, and where it stood: in cells of every sheet, hidden
    ones too, in comments, names and texts beside the cells. The sheet that this program adds itself is passed over.
    """
    done = [_Shield(grid, number).done() for number, grid in enumerate(grids, 1)]
    return tuple(grid for grid, _ in done), tuple(item for _, found in done for item in found)


def is_withheld(value: object) -> bool:
    """Whether this stands in the place of a value that was withheld."""
    return isinstance(value, str) and value.startswith(MASKS)


def without_follow_ups(diagnostics: Diagnostics, grids: tuple[Grid, ...], found: Diagnostics) -> Diagnostics:
    """The diagnostics but those that only say that a withheld value cannot be read; `found` are shield's own."""
    if all(item.rule.severity is Severity.NOTE for item in found):
        return diagnostics
    filled = {(grid.file, sheet.name): sheet for grid in grids for sheet in grid.sheets}
    spots = {
        (file, name, row, column)
        for item in found
        for file, name, row, column in _filled_in(item.place, filled)
        if is_withheld(filled[file, name].value(row, column))
    }

    def follows(item: Diagnostic) -> bool:
        if any(isinstance(fact, str) and any(mask in fact for mask in MASKS) for _, fact in item.facts):
            return True
        cells = list(_filled_in(item.place, filled))
        return bool(cells) and spots.issuperset(cells)

    return tuple(item for item in diagnostics if not follows(item))


Cell = tuple[str, str, int, int]


def _filled_in(place: Place | None, sheets: Mapping[tuple[str, str], Sheet]) -> Iterator[Cell]:
    """The cells in the place of a diagnostic that hold something; none when it is about a whole sheet."""
    if not isinstance(place, CellPlace | CellRange):
        return
    sheet = sheets.get((place.file, place.sheet))
    last_row, last_column = (
        (place.last_row, place.last_column) if isinstance(place, CellRange) else (place.row, place.column)
    )
    for row in range(place.row, last_row + 1) if sheet is not None else ():
        for column in range(place.column, last_column + 1):
            if sheet is not None and sheet.value(row, column) is not None:
                yield place.file, place.sheet, row, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A cell that holds something, and the rule that says so."""

    row: int
    column: int
    rule: Rule


class _Shield:
    """Goes through one workbook; `number` is its place among the others."""

    def __init__(self, grid: Grid, number: int) -> None:
        self.grid = grid
        self.collector = Collector()
        language = "en" if any(plain(sheet.name) == plain(NETWORK_SHEET.text.en) for sheet in grid.sheets) else "nl"
        self.mask = WITHHELD.text.in_language(language)
        self.file = grid.file
        self.release: Release | None = None
        self.number = number

    def done(self) -> tuple[Grid, Diagnostics]:
        """The workbook as it may be read, and what there is to say."""
        grid = self.grid
        self.release = read_release(grid)
        self.file = self._name(grid.file, weigh(grid.file.rpartition(".")[0]), self.number)
        names = [
            self._sheet_name(sheet, number) if not _is_ours(sheet) else sheet.name
            for number, sheet in enumerate(grid.sheets, 1)
        ]
        sheets = tuple(
            self._sheet(sheet, name) if not _is_ours(sheet) else sheet
            for sheet, name in zip(grid.sheets, names, strict=True)
        )
        renamed = {sheet.name: name for sheet, name in zip(grid.sheets, names, strict=True)}
        loose = tuple(self._loose_text(text, renamed) for text in grid.loose_texts)
        self._tell_release(renamed)
        return replace(grid, file=self.file, sheets=sheets, loose_texts=loose), self.collector.done()

    def _rule(self, rule: Rule) -> Rule:
        """The rule, or that it was released."""
        may_be_released = rule.severity is Severity.WARNING
        return rules.RELEASED if may_be_released and self.release is not None and self.release.is_valid else rule

    def _add(self, rule: Rule, place: Place, count: int = 1) -> None:
        if rule is rules.RELEASED and self.release is not None:
            role, day = self.release.role, self.release.day
            related = (Related(place=replace(self.release.place, file=self.file), role="confirmed"),)
            self.collector.add(rule, place, related=related, count=count, role=role, date=day)
        else:
            self.collector.add_facts(rule, place, {"count": count} if "count" in rule.facts else {})

    def _name(self, name: str, found: Found | None, number: int) -> str:
        """The name of a file, or another when it tells of a person."""
        if found is None:
            return name
        rule = self._rule(NAME_RULES[found.certain])
        masked = f"{self.mask[:-1]} {number}].xlsx"
        shown = name if rule is rules.RELEASED else masked
        self._add(rule, FilePlace(file=shown))
        return shown

    def _sheet_name(self, sheet: Sheet, number: int) -> str:
        found = weigh(sheet.name)
        if found is None:
            return sheet.name
        rule = self._rule(NAME_RULES[found.certain])
        shown = sheet.name if rule is rules.RELEASED else f"{self.mask[:-1]} {number}]"
        self._add(rule, FilePlace(file=self.file, sheet=shown))
        return shown

    def _loose_text(self, loose: LooseText, renamed: Mapping[str, str]) -> LooseText:
        sheet = renamed.get(loose.sheet, loose.sheet)
        found = weigh(loose.text, topics_of_label(loose.sheet, heading=True))
        if found is None:
            return replace(loose, sheet=sheet)
        rule = self._rule(LOOSE_RULES[found.certain])
        self._add(rule, FilePlace(file=self.file, sheet=sheet))
        return replace(loose, sheet=sheet, text=loose.text if rule is rules.RELEASED else self.mask)

    def _sheet(self, sheet: Sheet, name: str) -> Sheet:
        """One sheet without what is withheld."""
        seen = survey(sheet)
        hits = [
            Hit(row=row, column=column, rule=self._rule(CELL_RULES[found.kind, found.certain]))
            for row, column, value in seen.cells()
            if (found := weigh(value, seen.around.at(row, column))) is not None
        ]
        broken = [*sheet.errors, *sheet.unread_formulas]
        hits += [
            Hit(row=row, column=column, rule=self._rule(CELL_RULES[found.kind, found.certain]))
            for (row, column), text in broken
            if (found := weigh(text, seen.around.at(row, column))) is not None
        ]
        for place, rule, count in _told(hits, FilePlace(file=self.file, sheet=name)):
            self._add(rule, place, count)
        comments = tuple(self._comment(spot, text, seen, name) for spot, text in sheet.comments)
        hidden = {(hit.row, hit.column) for hit in hits if hit.rule is not rules.RELEASED}
        return replace(
            sheet,
            name=name,
            rows=_masked(sheet.rows, hidden, self.mask),
            errors=tuple(item for item in sheet.errors if item[0] not in hidden),
            unread_formulas=tuple(item for item in sheet.unread_formulas if item[0] not in hidden),
            comments=comments,
        )

    def _comment(self, spot: Spot, text: str, seen: Survey, name: str) -> tuple[Spot, str]:
        row, column = spot
        value = seen.sheet.value(row, column)
        own: Topics = topics_of_label(value, heading=True) if isinstance(value, str) else frozenset()
        found = weigh(text, seen.around.at(row, column) | own)
        if found is None:
            return spot, text
        rule = self._rule(COMMENT_RULES[found.certain])
        self._add(rule, CellPlace(file=self.file, sheet=name, row=row, column=column))
        return spot, text if rule is rules.RELEASED else self.mask

    def _tell_release(self, renamed: Mapping[str, str]) -> None:
        release = self.release
        if release is None or release.tells_of_a_person:
            return
        place = replace(release.place, file=self.file, sheet=renamed.get(release.place.sheet, release.place.sheet))
        if release.is_valid:
            self.collector.add(rules.CONFIRMED, place, role=release.role, date=release.day)
        else:
            self.collector.add(rules.CONFIRMATION_INCOMPLETE, place)


def _is_ours(sheet: Sheet) -> bool:
    """Whether this program adds the sheet itself and reads nothing from it."""
    return plain(sheet.name) in {plain(RETURNED_SHEET.text.nl), plain(RETURNED_SHEET.text.en)}


def _masked(
    rows: tuple[tuple[GridValue, ...], ...], hidden: set[Spot], mask: str
) -> tuple[tuple[GridValue, ...], ...]:
    """The rows with a mask in these cells; rows without any stay the same objects."""
    if not hidden:
        return rows
    height = max(len(rows), *(row for row, _ in hidden))
    masked: list[tuple[GridValue, ...]] = [*rows, *([()] * (height - len(rows)))]
    for row, column in hidden:
        cells = list(masked[row - 1])
        cells += [None] * (column - len(cells))
        cells[column - 1] = mask
        masked[row - 1] = tuple(cells)
    return tuple(masked)


def _told(hits: Iterable[Hit], sheet: FilePlace) -> Iterator[tuple[Place, Rule, int]]:
    """What to say: once for cells below one another; once for a column in which it happens all the time."""
    columns: dict[tuple[int, str], list[Hit]] = {}
    for hit in sorted(hits, key=lambda hit: (hit.row, hit.column)):
        columns.setdefault((hit.column, hit.rule.code), []).append(hit)
    told: list[list[Hit]] = []
    for column in columns.values():
        runs: list[list[Hit]] = []
        for hit in column:
            if runs and runs[-1][-1].row + 1 >= hit.row:
                runs[-1].append(hit)
            else:
                runs.append([hit])
        told += runs if len(runs) <= MOST_RUNS else [column]
    for run in sorted(told, key=lambda run: (run[0].row, run[0].column)):
        yield _place_of(run, sheet), run[0].rule, len(run)


def _place_of(run: list[Hit], sheet: FilePlace) -> Place:
    first, last = run[0], run[-1]
    if first.row == last.row:
        return CellPlace(file=sheet.file, sheet=sheet.sheet, row=first.row, column=first.column)
    return CellRange(
        file=sheet.file,
        sheet=sheet.sheet,
        row=first.row,
        column=first.column,
        last_row=last.row,
        last_column=last.column,
    )
