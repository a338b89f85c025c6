"""Where a cell of a certain kind stands in the workbook, and how people misspell what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from normtool.core.kinds import Count, DocumentAge, Maturity, Proportion, YesNo
from normtool.core.registers import Register
from normtool.core.standards import TumourGroup, TumourSubType
from tests.conftest import built_in
from tests.planting.books import Book, Spot, Value

WORDS_OF_INDICATORS = {
    "documents": "documents",
    "source": "text",
    "explanation": "text",
    "year": "year",
    "own_aim": "text",
    "own_what": "text",
    "own_proof": "text",
    "own_until": "date",
    "bottleneck": "text",
}
NOT_APPLICABLE = "n.v.t."


@cache
def registers() -> dict[str, Register]:
    """The registers of the norms by id."""
    return {register.id: register for register in built_in().registers}


@cache
def indicator_kinds() -> dict[str, str]:
    """What each indicator asks in its own row."""
    words = {YesNo: "yes_no", DocumentAge: "yes_no", Maturity: "level", Count: "whole", Proportion: "share"}
    return {item.id: words.get(type(item.kind), "elsewhere") for item in built_in().indicators}


def kind_of(spot: Spot) -> str:
    """What a cell may hold, in one word: `whole`, `yes_no`, `date`, `choice`, `documents` …"""
    if spot.sheet != "indicators":
        return column_words(spot.sheet).get(spot.column, "")
    asked = indicator_kinds().get(spot.row, "")
    if spot.column == "answer":
        return asked
    if spot.column in ("numerator", "denominator"):
        return "whole" if asked == "share" else ""
    return WORDS_OF_INDICATORS.get(spot.column, "")


@cache
def column_words(sheet: str) -> dict[str, str]:
    """What the cells of each column of a register may hold."""
    return {column.id: column.type.value for column in registers()[sheet].columns} if sheet in registers() else {}


@cache
def keys_of(sheet: str) -> frozenset[str]:
    """The columns that help to name a row."""
    return (
        frozenset(column.id for column in registers()[sheet].key_columns)
        if sheet in registers()
        else frozenset({"id"})
    )


def cells(book: Book, *words: str, sheets: tuple[str, ...] = (), empty: bool = False) -> list[Spot]:
    """The cells of these kinds that are filled in (or, with `empty`, that are not). Key cells are left out."""
    valued = _valued(book, sheets, words)
    return [spot for spot, value in valued if (value is None) is empty and value != NOT_APPLICABLE]


def every_cell(book: Book, sheets: tuple[str, ...], words: tuple[str, ...]) -> list[Spot]:
    """All cells of these kinds on these sheets (on all of them when none is named), but those that name a row."""
    return [spot for spot, _ in _valued(book, sheets, words)]


def _valued(book: Book, sheets: tuple[str, ...], words: tuple[str, ...]) -> Iterator[tuple[Spot, Value]]:
    for table in book.tables.values():
        if (sheets and table.id not in sheets) or table.id == "network":
            continue
        known, keys = column_words(table.id), keys_of(table.id)
        columns = [heading.id for heading in table.headings if heading.id not in keys]
        if known:
            columns = [column for column in columns if known.get(column) in words]
        for row in table.rows:
            for column in columns:
                spot = Spot(table.id, row.id, column)
                if known or kind_of(spot) in words:
                    yield spot, row.cells.get(column)


def column_cells(book: Book, sheet: str, column: str) -> list[Spot]:
    """The filled cells of one column."""
    rows = book.tables[sheet].rows
    return [Spot(sheet, row.id, column) for row in rows if row.cells.get(column) is not None]


@cache
def known_words() -> frozenset[str]:
    """Every spelling of a name or choice that the norms know, in small letters."""
    framework = built_in()
    words: set[str] = set()
    for treatment in framework.treatments:
        words |= {treatment.name.nl, treatment.name.en, treatment.id, *treatment.also}
    for group in framework.tumour_groups:
        named: list[TumourGroup | TumourSubType] = [group, *group.sub_types]
        for item in named:
            words |= {item.name.nl, item.name.en, item.id, *item.also}
    for register in framework.registers:
        words |= {register.sheet.nl, register.sheet.en, *register.also}
        for column in register.columns:
            words |= {column.header.nl, column.header.en, *column.also}
            for choice in column.choices:
                words |= {choice.label.nl, choice.label.en, choice.id, *choice.also}
    return frozenset(word.casefold() for word in words)


def misspelt(text: str, chance: Random) -> str:
    """A text with one slip of the hand in it: a letter twice, or two that changed places."""
    for _ in range(100):
        at = chance.randrange(1, len(text) - 2)
        one, two = text[at], text[at + 1]
        if not (one.isalpha() and two.isalpha()):
            continue
        found = (
            text[:at] + one + text[at:]
            if one == two or chance.random() < 0.5
            else text[:at] + two + one + text[at + 2 :]
        )
        if found.casefold() not in known_words():
            return found
    raise AssertionError(text)


def long_enough(value: Value) -> bool:
    """Whether a text can be misspelt and still be recognised."""
    return isinstance(value, str) and len(value) >= 6 and sum(letter.isalpha() for letter in value) >= 6
