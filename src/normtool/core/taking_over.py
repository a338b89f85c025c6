"""Filling empty answer cells with what was confirmed or delivered, before they are read as if they were typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from normtool.core.cells import read_cell, read_whole, read_yes_no
from normtool.core.diagnostics import Related
from normtool.core.evidence import Origin, TakenOver, Unreadable
from normtool.core.form_names import SHOWN_COLUMNS
from normtool.core.grids import GridValue
from normtool.core.kinds import Pooled
from normtool.core.offered_rows import binding_columns, naming_cells
from normtool.core.offers import FIGURE_CELLS, NEVER_TAKEN_OVER, WAS, may_take_over
from normtool.core.parsing import Desk, as_typed, shown
from normtool.core.places import CellPlace, Located
from normtool.core.ready import INDICATORS, Delivered, Key, Offer, Typed, compared
from normtool.core.registers import Column, ColumnType, Expected, Register
from normtool.core.rules_offers import (
    COMPLETE_BUT_UNCONFIRMED,
    DELIVERED_DIFFERS,
    DELIVERED_DIFFERS_EXPLAINED,
    NOT_TAKEN_OVER,
    NOTHING_ADDED,
    NOTHING_OFFERED,
    TYPED_INSTEAD,
    WAITING_ROWS,
)
from normtool.core.spellings import NO_SOURCE, NOT_APPLICABLE, Names, plain
from normtool.core.standards import Framework
from normtool.core.tables import Table

# --- filling the empty cells ------------------------------------------------------------------------------------


def stand_ready(table: Table, register: Register | None, keys: Mapping[int, Key], desk: Desk) -> Table:
    """The table with what was confirmed or delivered in its empty cells, and with rows that nobody touched blank.

    `keys` are the ids that name each row; without a register the table is the sheet with indicators.
    """
    hand = _Hand(table, register, desk)
    for row, key in keys.items():
        hand.take(_Row(row=row, key=key, said=hand.said(row)))
    return hand.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row that is being filled: its number, its key, and what *Bevestigd* says."""

    row: int
    key: Key
    said: bool | None


class _Hand:
    """Goes along the rows of one table and fills them."""

    def __init__(self, table: Table, register: Register | None, desk: Desk) -> None:
        self.table = table
        self.register = register
        self.desk = desk
        self.scope = register.id if register is not None else INDICATORS
        self.filled: dict[tuple[int, str], GridValue] = {}
        self.left_out: set[int] = set()
        self.waiting: list[int] = []
        self.broken = {place for place, _ in (*table.sheet.errors, *table.sheet.unread_formulas)}
        self.figures = figures_in(register, desk.framework)

    def said(self, row: int) -> bool | None:
        """The answer under *Bevestigd*; what is no yes or no is asked back (for an indicator, with its row)."""
        value = self.table.value(row, "confirmed")
        if value is None:
            return None
        parsed = read_yes_no(value)
        if self.register is not None:
            for remark in parsed.remarks:
                place = self.table.place(row, "confirmed")
                self.desk.collector.add_facts(remark.rule, place, remark.facts)
        return parsed.value if isinstance(parsed.value, bool) else None

    def take(self, at: _Row) -> None:
        """Fill one row."""
        ready, scope = self.desk.ready, self.scope
        ready.met.add((scope, at.key))
        offers = ready.offers.get((self.table.file, scope, at.key), ())
        last = next((offer for offer in offers if offer.origin is Origin.LAST_YEAR), None)
        delivered = ready.delivered.get((scope, at.key), ())
        carried = tuple(offer for offer in offers if offer.origin is Origin.DELIVERED) if not delivered else ()
        is_touched = bool(self._typed(at.row))
        for figure in (*delivered, *(self._as_delivered(at.row, offer) for offer in carried)):
            self._lay_beside(at.row, figure)
        if at.said is False:
            self.desk.collector.add(NOT_TAKEN_OVER, self.table.place(at.row, "confirmed"))
        else:
            for figure in delivered:
                self._fill(at.row, figure.cells, (Origin.DELIVERED, "", figure.year))
        if at.said is True:
            self._confirm(at, (*carried, *((last,) if last is not None else ())), found=bool(delivered))
        elif last is not None and not is_touched and not any(row == at.row for row, _ in self.filled):
            self._leave(at, last)

    def _as_delivered(self, row: int, offer: Offer) -> Delivered:
        """A figure that came with the form, at the cell that shows it."""
        place = self.table.place(row, "delivered")
        cells = tuple((name, _at(value, place)) for name, value in offer.cells)
        return Delivered(scope=self.scope, key=offer.key, indicator="", cells=cells)

    def _confirm(self, at: _Row, offers: tuple[Offer, ...], *, found: bool) -> None:
        """Take over what the row offers; saying yes where nothing stands ready is asked back."""
        place = self.table.place(at.row, "confirmed")
        for offer in offers:
            cells = tuple(self._confirmable(at.row, offer))
            found = found or bool(cells)
            for column, value in cells:
                typed = self.table.value(at.row, column)
                is_other = typed is not None and self._meant(column, typed) != self._meant(column, value)
                if is_other and offer.origin is Origin.LAST_YEAR:
                    facts = {"found": shown(typed), "offered": shown(value)}
                    self.desk.collector.add_facts(TYPED_INSTEAD, self.table.place(at.row, column), facts)
            located = tuple((name, _at(value, place)) for name, value in cells)
            self._fill(at.row, located, (offer.origin, offer.file, offer.year))
        if found:
            return
        if not self._typed(at.row):
            touched = at.key if self.register is None else ()
            self.desk.collector.add(NOTHING_OFFERED, place, indicators=_ids(self.desk.framework, touched))
        elif self.register is not None:
            self.desk.collector.add(NOTHING_ADDED, place)

    def _meant(self, column_id: str, value: GridValue) -> str:
        """What a value says, to compare it: as it is read in its column."""
        column = self.register.column(column_id) if self.register is not None else None
        return plain(_read_as(value, column, self.desk) if column is not None else as_typed(value))

    def _confirmable(self, row: int, offer: Offer) -> Iterator[tuple[str, Typed]]:
        """The values of an offer that a yes takes over, whether or not something else was typed."""
        is_last = offer.origin is Origin.LAST_YEAR
        if is_last and self.register is None and self._is_other_answer(row, offer):
            return
        for column, value in offer.cells:
            if column in WAS or column in NEVER_TAKEN_OVER or column not in self.table.columns:
                continue
            if not is_last or self.register is None or may_take_over(self.register, column):
                yield column, value

    def _is_other_answer(self, row: int, offer: Offer) -> bool:
        """Whether n.v.t. or *no source* was typed where last year had an answer, or the other way round."""
        typed, then = plain(self.table.value(row, "answer") or ""), plain(offer.get("answer") or "")
        words = NOT_APPLICABLE | NO_SOURCE
        return typed != then and bool(typed) and (typed in words or then in words)

    def _fill(
        self,
        row: int,
        cells: tuple[tuple[str, Located[GridValue]], ...],
        about: tuple[Origin, str, int | None],
    ) -> None:
        """Put values in the empty cells of a row; those of a figure only when none of its cells holds anything."""
        names = {name for name, _ in cells}
        begun = {
            name
            for figure in self.figures(names)
            if any(self._holds(row, column) for column in figure)
            for name in figure
        }
        for name, cell in cells:
            if name in begun or name not in self.table.columns or self._holds(row, name):
                continue
            self.filled[row, name] = cell.value
            place = self.table.place(row, name)
            origin, file, year = about
            taken = TakenOver(place=place, origin=origin, said=cell.place, file=file or cell.place.file, year=year)
            self.desk.ready.taken.append(taken)

    def _holds(self, row: int, column: str) -> bool:
        """Whether something was typed in a cell, or filled in already."""
        return (row, column) in self.filled or self._is_typed(row, column)

    def _is_typed(self, row: int, column: str) -> bool:
        number = self.table.columns.get(column, 0)
        return self.table.value(row, column) is not None or (row, number) in self.broken

    def _typed(self, row: int) -> list[str]:
        """The answer cells of a row in which something was typed."""
        register = self.register
        named = naming_cells(register) if register is not None else tuple(SHOWN_COLUMNS)
        years = [column.id for column in register.key_columns if column.type is ColumnType.YEAR] if register else []
        kept = {*named, *years, "last_year", "delivered", "confirmed"}
        return [column for column in self.table.columns if column not in kept and self._is_typed(row, column)]

    def _leave(self, at: _Row, last: Offer) -> None:
        """A row of last year that nobody touched: it waits, and as a row of a register it does not count."""
        is_member = self.register is not None and self.register.expected is Expected.MEMBERS
        if at.said is None and not is_member and any(True for _ in self._confirmable(at.row, last)):
            self.waiting.append(at.row)
        if self.register is not None and not is_member:
            self.left_out.add(at.row)
            self.desk.ready.left_out += [self.table.place(at.row, column) for column in self.table.columns]
            if self.scope == "documents":
                self.desk.ready.waiting[last.key[0]] = self.table.place(at.row, "confirmed")

    def _lay_beside(self, row: int, delivered: Delivered) -> None:
        """Compare the figure that was typed with the one that was delivered."""
        cells = [
            (name, cell)
            for name, cell in delivered.cells
            if name not in ("year", "source") and isinstance(cell.value, int) and self._is_typed(row, name)
        ]
        typed = [self.table.value(row, name) for name, _ in cells]
        if not any(read_whole(value).value != cell.value for value, (_, cell) in zip(typed, cells, strict=True)):
            return
        found = "/".join(shown(value) for value in typed)
        brought = "/".join(shown(cell.value) for _, cell in cells)
        related = [Related(place=cells[0][1].place, role="delivered")]
        is_explained = self._is_typed(row, "explanation")
        if is_explained:
            related.append(Related(place=self.table.place(row, "explanation"), role="explanation"))
        rule = DELIVERED_DIFFERS_EXPLAINED if is_explained else DELIVERED_DIFFERS
        place = self.table.place(row, cells[0][0])
        self.desk.collector.add(rule, place, related=tuple(related), found=found, delivered=brought)

    def done(self) -> Table:
        """The table as it now stands; how many rows still wait is said."""
        if self.waiting:
            place = self.table.place(self.waiting[0], "confirmed")
            name = self.table.sheet.name
            self.desk.collector.add(WAITING_ROWS, place, sheet=name, count=len(self.waiting))
        if not self.filled and not self.left_out:
            return self.table
        rows = [list(row) for row in self.table.sheet.rows]
        for (row, column), value in self.filled.items():
            number = self.table.columns[column]
            rows[row - 1] += [None] * (number - len(rows[row - 1]))
            rows[row - 1][number - 1] = value
        for row in self.left_out:
            rows[row - 1] = []
        cells = {(row, self.table.columns[column]) for row, column in self.filled}
        sheet = self.table.sheet
        shares = tuple(cell for cell in sheet.percentages if cell not in cells)
        return replace(self.table, sheet=replace(sheet, rows=tuple(tuple(row) for row in rows), percentages=shares))


def _at(value: GridValue, place: CellPlace) -> Located[GridValue]:
    return Located(value=value, place=place)


def _ids(framework: Framework, key: Key) -> tuple[str, ...]:
    """The indicator that a key names."""
    return tuple(indicator.id for indicator in framework.indicators if plain(indicator.id) in key)


def figures_in(register: Register | None, framework: Framework) -> Callable[[set[str]], list[frozenset[str]]]:
    """Which of some columns make up one figure: half of one never mixes with half of another."""
    if register is None:
        return lambda names: [_figure_among(names)]
    pairs = {
        frozenset({indicator.kind.numerator, indicator.kind.denominator})
        for indicator in framework.indicators
        if isinstance(indicator.kind, Pooled) and indicator.kind.register == register.id
    }
    return lambda names: [pair for pair in pairs if pair & names]


def _figure_among(names: set[str]) -> frozenset[str]:
    """The cells of an indicator's figure: with the answer, when that is a number over a year."""
    is_count = {"answer", "year"} <= names
    return frozenset(names) & (FIGURE_CELLS | {"answer"} if is_count else FIGURE_CELLS)


# --- the keys of rows -------------------------------------------------------------------------------------------


def ready_indicators(table: Table, desk: Desk) -> Table:
    """The sheet with indicators, with what was confirmed or delivered filled in."""
    if not _has_any(table, INDICATORS, desk):
        return table
    keys: dict[int, Key] = {}
    for row in table.rows():
        typed = table.text(row, "id")
        found = desk.vocabulary.indicators.find(typed.value) if typed is not None else None
        keys[row] = compared((found,)) if found is not None else ()
    return stand_ready(table, None, keys, desk)


def ready_tables(
    register: Register, tables: tuple[Table, ...], complete: Located[bool] | None, desk: Desk
) -> tuple[Table, ...]:
    """The tables of a register, with what was confirmed or delivered filled in.

    When it was declared complete while rows still wait to be confirmed, that is asked about: they read as absent.
    """
    if not any(_has_any(table, register.id, desk) for table in tables):
        return tables
    filled: list[Table] = []
    absent = 0
    for table in tables:
        keys = {row: _key_of(register, table, row, desk) for row in table.rows()}
        done = stand_ready(table, register, keys, desk)
        filled.append(done)
        absent += sum(not any(done.sheet.rows[row - 1]) and table.value(row, "confirmed") is None for row in keys)
    if absent and complete is not None and complete.value:
        name = tables[0].sheet.name
        desk.collector.add(COMPLETE_BUT_UNCONFIRMED, complete.place, sheet=name, count=absent)
    return tuple(filled)


def _has_any(table: Table, scope: str, desk: Desk) -> bool:
    """Whether anything may have to be filled in: else a large sheet is not gone through for nothing."""
    return "confirmed" in table.columns or any(name == scope for name, _ in desk.ready.delivered)


def _key_of(register: Register, table: Table, row: int, desk: Desk) -> Key:
    parts = [_id_in(table, row, column, desk) for column in binding_columns(register)]
    if any(parts):
        return compared(parts)
    expected = register.column(register.expected_column or "")
    return compared((_id_in(table, row, expected, desk),)) if expected is not None else ()


def _id_in(table: Table, row: int, column: Column, desk: Desk) -> str:
    """What a key cell names, as the id it stands for."""
    value = table.value(row, column.id)
    return "" if value is None else _read_as(value, column, desk)


def _read_as(value: GridValue, column: Column, desk: Desk) -> str:
    """A value as its column reads it, in a few signs; its text when it cannot be read."""
    choices = Names(
        (text, choice.id)
        for choice in column.choices
        for text in (choice.label.nl, choice.label.en, choice.id, *choice.also)
    )
    read = read_cell(value, column.type, choices, desk.vocabulary).value
    return as_typed(value) if read is None or isinstance(read, Unreadable) else str(read)
