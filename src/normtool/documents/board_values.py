"""Values of register cells and targets as a reader sees them."""

from __future__ import annotations

from decimal import Decimal

from normtool.core.evidence import DateSpan, DocumentReference, RegisterRow, Said, Unreadable, Value
from normtool.core.kinds import Count, Coverage, Maturity
from normtool.core.registers import Column, Register
from normtool.core.standards import Indicator
from normtool.documents.board_styles import Board
from normtool.texts import Words


def cell_text(board: Board, column: Column, value: Value) -> str:
    """One cell in words: choices by their label, ids by their name, dates in figures."""
    match value:
        case bool():
            return board.say("indicators.yes" if value else "indicators.no")
        case int():
            return board.words.whole(value)
        case str():
            return _named(board, column, value)
        case DateSpan():
            return board.words.short_date(value.first) if value.is_exact else board.words.span(value)
        case Said():
            return _said(board, value)
        case Unreadable():
            return value.text
        case tuple():
            return "; ".join(_part(board, column, part) for part in value)


def row_text(board: Board, register: Register, row: RegisterRow, column_id: str) -> str:
    """The cell of a column of a row in words; empty when it is."""
    column, cell = register.column(column_id), row.get(column_id)
    return cell_text(board, column, cell.value) if column is not None and cell is not None else ""


def _part(board: Board, column: Column, part: str | DateSpan | DocumentReference) -> str:
    if isinstance(part, DocumentReference):
        return f"{part.document} {part.page}".strip()
    return cell_text(board, column, part)


def _named(board: Board, column: Column, value: str) -> str:
    choice = next((item for item in column.choices if item.id == value), None)
    if choice is not None:
        return board.words.text(choice.label)
    return board.phrases.names().get(value, value)


def _said(board: Board, said: Said) -> str:
    if said is Said.NOT_APPLICABLE:
        return board.words.say("verdicts.not_applicable")
    if said is Said.NO_SOURCE:
        return board.words.say("verdicts.reason.no_source")
    return board.say("guide.not_stated")


def is_level(indicator: Indicator | None) -> bool:
    """Whether the target of an indicator is a level or a number, not a share."""
    kind = indicator.kind if indicator else None
    rows = isinstance(kind, Coverage) and kind.at_least_rows is not None
    return rows or isinstance(kind, Count | Maturity)


def target_words(indicator: Indicator | None, target: Decimal, words: Words) -> str:
    """A target in the unit of its indicator: a number, or a share in per cent."""
    return words.decimal(target) if is_level(indicator) else words.target_share(target)
