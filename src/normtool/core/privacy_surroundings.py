"""What the cells of a sheet hear from around them: their heading, the name of the sheet, a label beside or above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from normtool.core.grids import GridValue, Sheet
from normtool.core.privacy_tokens import SMALLEST_WHOLE, bounds, is_bsn, weigh, with_many_digits
from normtool.core.privacy_topics import LONGEST_LABEL, TRIGGERS, Topics, topics_of_label

Spot = tuple[int, int]

HEADING_ROWS = 40
"""How far down a row of headings is looked for."""
NOTHING: Topics = frozenset()


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """What is spoken of around each cell. `columns` holds per column from which row down a heading speaks."""

    name: Topics
    cells: dict[Spot, Topics] = field(default_factory=dict)
    columns: dict[int, list[tuple[int, Topics]]] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Topics:
        """All that is said around a cell."""
        topics = self.name | self.cells.get((row, column), NOTHING)
        for heading, said in self.columns.get(column, ()):
            if row > heading:
                topics |= said
        return topics

    def say(self, row: int, column: int, topics: Topics) -> None:
        """Let a cell hear this."""
        self.cells[row, column] = self.cells.get((row, column), NOTHING) | topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A sheet at a glance: what is said around its cells, and which values tell of a person by themselves."""

    around: Surroundings
    suspects: frozenset[GridValue]
    sheet: Sheet

    def cells(self) -> Iterator[tuple[int, int, GridValue]]:
        """The cells to weigh, row by row."""
        if self.around.name:
            yield from self.sheet.filled_cells()
            return
        spots = {spot for spot in self.around.cells if self.sheet.value(*spot) is not None}
        for column, said in self.around.columns.items():
            first = min(row for row, _ in said) + 1
            rows = range(first, len(self.sheet.rows) + 1)
            spots |= {(row, column) for row in rows if self.sheet.value(row, column) is not None}
        if self.suspects:
            spots |= set(_spots_of(self.sheet, self.suspects))
        for row, column in sorted(spots):
            yield row, column, self.sheet.value(row, column)


def survey(sheet: Sheet) -> Survey:
    """Look over a sheet. Values that occur often are read once: a register may have 60,000 rows."""
    texts: list[str] = []
    others: list[GridValue] = []
    for value in set(chain.from_iterable(sheet.rows)):
        if isinstance(value, str):
            texts.append(value)
        else:
            others.append(value)
    long = "\x00".join(texts)
    speaking = list(_speaking(texts, long))
    around = Surroundings(name=topics_of_label(sheet.name, heading=True))
    labels = {text: said for text in speaking if (said := topics_of_label(text, heading=False))}
    for spot in _spots_of(sheet, frozenset(labels)) if labels else ():
        _speak(sheet, spot, labels[str(sheet.value(*spot))], around)
    _hear_headings(sheet, around)
    large = (value for value in others if type(value) is not int or value >= SMALLEST_WHOLE)
    suspects: set[GridValue] = set(filter(is_bsn, large))
    suspects.update(text for text in {*with_many_digits(texts, long), *speaking} if weigh(text) is not None)
    return Survey(around=around, suspects=frozenset(suspects), sheet=sheet)


def _speaking(texts: list[str], long: str) -> Iterator[str]:
    """The texts in which a word stands that may speak of a person."""
    small = long.lower()
    if len(small) != len(long):  # a few letters grow when they become small
        yield from (text for text in texts if TRIGGERS.search(text.lower()))
        return
    end = -1
    for match in TRIGGERS.finditer(small):
        if match.start() > end:
            start, end = bounds(long, match)
            yield long[start:end]


def _hear_headings(sheet: Sheet, around: Surroundings) -> None:
    """Let every heading speak to its column: those in the row with most texts near the top, and grouped above it."""
    counts = [sum(type(value) is str for value in row) for row in sheet.rows[:HEADING_ROWS]]
    if not any(counts):
        return
    best = counts.index(max(counts)) + 1
    for row in range(max(1, best - 1), best + 1):
        for column, value in enumerate(sheet.rows[row - 1], 1):
            is_label = isinstance(value, str) and len(value) <= LONGEST_LABEL
            said = topics_of_label(str(value), heading=True) if is_label else NOTHING
            for below in _columns_under(sheet, row, column) if said else ():
                around.columns.setdefault(below, []).append((row, said))


def _spots_of(sheet: Sheet, values: frozenset[GridValue]) -> Iterator[Spot]:
    """Where these values stand."""
    for number, row in enumerate(sheet.rows, 1):
        if not values.isdisjoint(row):
            yield from ((number, column) for column, value in enumerate(row, 1) if value in values)


def _columns_under(sheet: Sheet, row: int, column: int) -> range:
    """The columns a heading stands over; more than one when its cell is merged."""
    for top, left, _, right in sheet.merged:
        if (top, left) == (row, column):
            return range(left, right + 1)
    return range(column, column + 1)


def _speak(sheet: Sheet, spot: Spot, topics: Topics, around: Surroundings) -> None:
    """A label speaks to the cell left of it, and to the right and downwards as far as there are only figures."""
    row, column = spot
    around.say(row, column - 1, topics)
    is_label = len(str(sheet.value(row, column))) <= LONGEST_LABEL
    to_the_right = ((row, number) for number in range(column + 1, len(sheet.rows[row - 1]) + 1))
    downwards = ((number, column) for number in range(row + 1, len(sheet.rows) + 1))
    for way in (to_the_right, downwards):
        for there in way:
            value = sheet.value(*there)
            if value is None or value == "":
                if is_label:
                    continue
                break
            around.say(*there, topics)
            if not is_label or (isinstance(value, str) and any(map(str.isalpha, value))):
                break
