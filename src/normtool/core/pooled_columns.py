"""Pairs of register columns that indicators pool: the rows of each with their numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normtool.core.evidence import RegisterRow
from normtool.core.kinds import Pooled
from normtool.core.ledger import Ledger, number_in, once
from normtool.core.places import Located
from normtool.core.registers import Register
from normtool.core.standards import Framework, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledColumns:
    """A numerator and a denominator column of a register, and the indicators that pool them."""

    register: Register
    numerator: str
    denominator: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledFigures:
    """One row that has both numbers."""

    row: RegisterRow
    numerator: Located[int]
    denominator: Located[int]


def pooled_columns(framework: Framework) -> tuple[PooledColumns, ...]:
    """Every pair of columns once, in the order of the indicators."""
    found: dict[tuple[str, str, str], list[Indicator]] = {}
    for indicator in framework.indicators:
        kind = indicator.kind
        if isinstance(kind, Pooled):
            found.setdefault((kind.register, kind.numerator, kind.denominator), []).append(indicator)
    return tuple(
        PooledColumns(
            register=framework.declared(register),
            numerator=numerator,
            denominator=denominator,
            indicators=tuple(indicators),
        )
        for (register, numerator, denominator), indicators in found.items()
    )


def pooled_figures(ledger: Ledger, columns: PooledColumns) -> tuple[PooledFigures, ...]:
    """The rows with both numbers, as they stand on the sheet."""
    name = ("pooled", columns.register.id, columns.numerator, columns.denominator)
    return once(ledger, name, lambda: tuple(_pooled_figures(ledger, columns)))


def _pooled_figures(ledger: Ledger, columns: PooledColumns) -> Iterator[PooledFigures]:
    for row in ledger.rows(columns.register.id).rows:
        numerator, denominator = located_number(row, columns.numerator), located_number(row, columns.denominator)
        if numerator is not None and denominator is not None:
            yield PooledFigures(row=row, numerator=numerator, denominator=denominator)


def located_number(row: RegisterRow, column: str) -> Located[int] | None:
    """The whole number in a cell, with its place; None when the cell holds none."""
    number = number_in(row, column)
    return Located(value=number, place=row.place_of(column)) if number is not None else None
