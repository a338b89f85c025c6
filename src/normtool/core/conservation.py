"""Nothing that was typed is lost: each filled cell was read, belongs to the form, or stands under a diagnostic."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, fields

from normtool.core.diagnostics import Collector, Diagnostic, Diagnostics
from normtool.core.evidence import Answer, OwnApproach, RegisterRows
from normtool.core.form_names import OFFER_COLUMNS, SHOWN_COLUMNS
from normtool.core.form_texts import is_part
from normtool.core.grids import Sheet
from normtool.core.intake_indicators import indicator_headers
from normtool.core.intake_network import EXPLANATION_WORDS, ITEM_WORDS, KEY_NAMES, VALUE_WORDS
from normtool.core.intake_registers import is_complete_label, register_headers
from normtool.core.own_terms import own_terms
from normtool.core.parsing import shown
from normtool.core.places import CellPlace, CellRange, FilePlace, Located
from normtool.core.rules_answers import (
    COLUMN_MISSPELT,
    COLUMN_PASSED_OVER,
    COLUMN_TWICE,
    HEADER_NOT_FOUND,
    HEADERS_AGAIN,
    LOOSE_TEXT,
    OTHER_EDITION,
    SHOWN_TEXT_CHANGED,
    TOTAL_PASSED_OVER,
)
from normtool.core.spellings import is_blank, plain
from normtool.core.standards import Framework, Indicator
from normtool.core.tables import Headers, best_header_row, header_cells

OF_A_COLUMN = frozenset({COLUMN_PASSED_OVER, COLUMN_MISSPELT, COLUMN_TWICE})
OF_A_ROW = frozenset({HEADERS_AGAIN, TOTAL_PASSED_OVER})
FILLED_BY_FORM = SHOWN_COLUMNS - {"id"}
COMPARED = ("standard", "class", "question", "norm", "where")
OFFERED = frozenset(column.id for column in OFFER_COLUMNS)
MANY = 5
"""From so many loose cells in one column they are told as one range."""
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """A sheet of the form as it was found: its file, which sheet it is, and the texts of its form, where known.

    `own_term` is the network's own word that the form was made with, if any.
    """

    file: str
    id: str
    sheet: Sheet
    texts: frozenset[str] | None = None
    own_term: str = ""

    def questions(self, indicator: Indicator) -> frozenset[str]:
        """What the form may show as the question of an indicator."""
        asked = {"nl": indicator.question.nl, "en": indicator.question.en}
        own = [own_terms(language, self.own_term)(text) for language, text in asked.items() if self.own_term]
        return frozenset(plain(text) for text in (*asked.values(), *own))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read from all workbooks, before parts were joined: the sheets, rows, answers, and single values.

    `left_out` are the cells of rows in which nobody added to what the form filled in.
    """

    sheets: tuple[SheetRead, ...]
    rows: tuple[RegisterRows, ...]
    answers: tuple[Answer, ...]
    cells: tuple[CellPlace, ...]
    left_out: tuple[CellPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Untouched:
    """What of a sheet is the form's own: columns in its rows, plain texts above the headers (None: any text)."""

    columns: frozenset[str]
    rows: frozenset[int]
    above: frozenset[str] | None = None


@dataclass(slots=True, kw_only=True)
class Accounted:
    """What of one sheet is accounted for: cells that were read by row, cells, ranges, columns from a row down, rows.

    `faults` are rows in which an error stands.
    """

    read: dict[int, set[int]] = field(default_factory=dict)
    cells: set[Cell] = field(default_factory=set)
    ranges: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    faults: set[int] = field(default_factory=set)
    whole: bool = False
    width: int = 0

    def covers(self, row: int, column: int) -> bool:
        """Whether this cell was read, or a diagnostic speaks of it; of a row that was not read one error does."""
        if (row, column) in self.cells or row in self.rows or self.columns.get(column, row + 1) <= row:
            return True
        if column in self.read.get(row, ()) or (row in self.faults and row not in self.read):
            return True
        spans = self.ranges.get(column, [])
        before = bisect(spans, row, key=first_row)
        return before > 0 and row <= spans[before - 1][1]

    def add_range(self, place: CellRange, width: int) -> None:
        """Cover the cells of a range, as far as the sheet is wide; spans of rows that meet become one."""
        for column in range(place.column, min(place.last_column, width) + 1):
            joined: list[tuple[int, int]] = []
            for first, last in sorted([*self.ranges.get(column, []), (place.row, place.last_row)]):
                if joined and first <= joined[-1][1] + 1:
                    joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
                else:
                    joined.append((first, last))
            self.ranges[column] = joined


def first_row(span: tuple[int, int]) -> int:
    """Where a span of rows begins."""
    return span[0]


def check(framework: Framework, read: Read, diagnostics: Diagnostics) -> Diagnostics:
    """A note on each filled cell that was not read, is not the form's own and stands under no diagnostic."""
    books = _accounts(read, diagnostics)
    collector = Collector()
    for item in read.sheets:
        accounted = books[item.file, item.sheet.name]
        if not accounted.whole:
            loose = [cell for cell in _unread(item.sheet, accounted) if not accounted.covers(*cell)]
            _report(item, _without_form(framework, item, {*accounted.read, *accounted.faults}, loose), collector)
    if not any(diagnostic.rule is OTHER_EDITION for diagnostic in diagnostics):
        for item in read.sheets:
            if item.id == "indicators":
                _compare_shown(framework, item, books[item.file, item.sheet.name], collector)
    return collector.done()


# --- what is accounted for ---------------------------------------------------------------------------------------


def _accounts(read: Read, diagnostics: Diagnostics) -> dict[tuple[str, str], Accounted]:
    books = {
        (item.file, item.sheet.name): Accounted(width=max((len(row) for row in item.sheet.rows), default=0))
        for item in read.sheets
    }
    for place in (*read.cells, *(place for answer in read.answers for place in places_of(answer))):
        books[place.file, place.sheet].read.setdefault(place.row, set()).add(place.column)
    for rows in read.rows:
        for row in rows.rows:
            books[row.place.file, row.place.sheet].read[row.place.row] = {row.columns[name] for name in row.contents}
        if rows.complete is not None:
            place = rows.complete.place
            books[place.file, place.sheet].cells.add((place.row, place.column))
    for place in read.left_out:
        books[place.file, place.sheet].cells.add((place.row, place.column))
    for diagnostic in diagnostics:
        _account(books, diagnostic)
    return books


def _account(books: dict[tuple[str, str], Accounted], diagnostic: Diagnostic) -> None:
    place = diagnostic.place
    if not isinstance(place, CellPlace | CellRange | FilePlace):
        return
    accounted = books.get((place.file, place.sheet))
    if accounted is None:
        return
    if isinstance(place, FilePlace):
        accounted.whole = accounted.whole or diagnostic.rule is HEADER_NOT_FOUND
        return
    if diagnostic.rule in OF_A_COLUMN:
        accounted.columns.setdefault(place.column, place.row)
    if diagnostic.rule in OF_A_ROW:
        accounted.rows.add(place.row)
    if isinstance(place, CellRange):
        accounted.add_range(place, accounted.width)
    else:
        accounted.cells.add((place.row, place.column))
    if diagnostic.is_error:
        last = place.last_row if isinstance(place, CellRange) else place.row
        accounted.faults.update(range(place.row, last + 1))


def places_of(answer: Answer) -> Iterator[CellPlace]:
    """The cells of an answer that were read, that of its id included."""
    yield answer.place
    for item in fields(answer):
        value = getattr(answer, item.name)
        cells = value.cells if isinstance(value, OwnApproach) else value if isinstance(value, tuple) else (value,)
        yield from (cell.place for cell in cells if isinstance(cell, Located))


# --- what is left ------------------------------------------------------------------------------------------------


def _unread(sheet: Sheet, accounted: Accounted) -> Iterator[Cell]:
    """The filled cells that were not read."""
    nothing: set[int] = set()
    for number, row in enumerate(sheet.rows, 1):
        read = accounted.read.get(number, nothing)
        for column, value in enumerate(row, 1):
            if value is not None and column not in read and not is_blank(value):
                yield number, column


def _without_form(framework: Framework, item: SheetRead, read: Collection[int], cells: list[Cell]) -> list[Cell]:
    """The cells but for those that the form itself fills; `read` are the rows of which something was read."""
    if not cells:
        return []
    if item.id == "network":
        return [cell for cell in cells if not _is_of_network(item, cell, read)]
    if item.id == "indicators":
        asked = {text for indicator in framework.indicators for text in item.questions(indicator)}
        rows = {n for n, row in enumerate(item.sheet.rows, 1) if n in read or any(_word(v) in asked for v in row)}
        form = Untouched(columns=FILLED_BY_FORM, rows=frozenset(rows), above=item.texts)
        return _without_headers(item.sheet, cells, indicator_headers(framework), form)
    register = framework.declared(item.id.removeprefix("register:"))
    guidance = (register.guidance.nl, register.guidance.en) if register.guidance else ()
    names = (register.sheet.nl, register.sheet.en, item.sheet.name)
    own = frozenset(plain(text) for text in (*guidance, *names))
    headers = register_headers(framework, register)
    return _without_headers(item.sheet, cells, headers, Untouched(columns=OFFERED, rows=frozenset(read), above=own))


def _without_headers(sheet: Sheet, cells: list[Cell], headers: Headers, form: Untouched) -> list[Cell]:
    """The cells but for headers, what stands above them, and columns that the form fills itself."""
    first = best_header_row(sheet, headers) or 0
    found = header_cells(sheet, first, headers) if first else []
    spots = {(cell.row, cell.column) for cell in found}
    of_form = {cell.column for cell in found if cell.id in form.columns}
    starts = tuple(headers.names)
    left: list[Cell] = []
    for row, column in cells:
        value = sheet.value(row, column)
        text = plain(value) if isinstance(value, str) else None
        above = text is not None and row < first
        heads = above and row == first - 1 and any(name.startswith(text or "") for name in starts)
        guides = above and (form.above is None or any(is_part(text or "", known) for known in form.above))
        asks = isinstance(value, str) and is_complete_label(value)
        if not (heads or guides or asks or (row, column) in spots or (column in of_form and row in form.rows)):
            left.append((row, column))
    return left


def _is_of_network(item: SheetRead, cell: Cell, read: Collection[int]) -> bool:
    """Whether a cell of the network's sheet is a label, a header, or a text of the form above or beside them."""
    sheet, value = item.sheet, item.sheet.value(*cell)
    if not isinstance(value, str):
        return False
    word = plain(value)
    if KEY_NAMES.find(word) is not None or word in ITEM_WORDS | VALUE_WORDS | EXPLANATION_WORDS:
        return True
    heads = [
        row
        for row, line in enumerate(sheet.rows, 1)
        if any(_word(text) in ITEM_WORDS for text in line) and any(_word(text) in VALUE_WORDS for text in line)
    ]
    if not heads or (item.texts is not None and not any(is_part(word, known) for known in item.texts)):
        return False
    if cell[0] < heads[0]:
        return True
    return _word(sheet.value(heads[0], cell[1])) in EXPLANATION_WORDS and _has_label(
        sheet, cell[0], (heads[0], *read)
    )


def _word(value: object) -> str:
    return plain(value) if isinstance(value, str) else ""


def _has_label(sheet: Sheet, row: int, labelled: Collection[int]) -> bool:
    return row in labelled or any(KEY_NAMES.find(_word(text)) is not None for text in sheet.rows[row - 1])


def _report(item: SheetRead, cells: Iterable[Cell], collector: Collector) -> None:
    """Say of loose cells that they do not count; many in one column are one range."""
    columns: dict[int, list[int]] = {}
    for row, column in cells:
        columns.setdefault(column, []).append(row)
    for column, rows in columns.items():
        several = len(rows) >= MANY
        for row in rows[:1] if several else rows:
            place = CellPlace(file=item.file, sheet=item.sheet.name, row=row, column=column)
            found = shown(item.sheet.value(row, column))
            spread = CellRange(
                file=item.file, sheet=item.sheet.name, row=row, column=column, last_row=rows[-1], last_column=column
            )
            collector.add(LOOSE_TEXT, spread if several else place, found=found, count=len(rows) if several else 1)


def _compare_shown(framework: Framework, item: SheetRead, accounted: Accounted, collector: Collector) -> None:
    """Note what was written over the form's own text in a row that was read: what stands there now is not."""
    headers = indicator_headers(framework)
    first = best_header_row(item.sheet, headers) or 0
    heads = {cell.id: cell for cell in header_cells(item.sheet, first, headers)} if first else {}
    known = {plain(indicator.id): indicator for indicator in framework.indicators}
    for row in range(first + 1, len(item.sheet.rows) + 1) if "id" in heads else ():
        indicator = known.get(_word(item.sheet.value(row, heads["id"].column)))
        if indicator is None or row not in accounted.read:
            continue
        for name in (name for name in COMPARED if name in heads):
            head, value = heads[name], item.sheet.value(row, heads[name].column)
            texts = item.questions(indicator) if name == "question" else item.texts
            if texts is not None and not is_blank(value) and _word(value) not in texts:
                place = CellPlace(file=item.file, sheet=item.sheet.name, row=row, column=head.column)
                header = shown(item.sheet.value(head.row, head.column))
                collector.add(SHOWN_TEXT_CHANGED, place, header=header, found=shown(value))
