"""Which register columns count patients, and which of them are hidden together in a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normtool.core.evidence import RegisterRow
from normtool.core.kinds import Pooled
from normtool.core.ledger import number_in
from normtool.core.masking_sums import Row
from normtool.core.standards import Framework, Indicator

Pair = tuple[str, str]
"""A numerator and a denominator column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientColumns:
    """Columns of a register that are hidden together: `pairs` are pooled as numerator and denominator."""

    register: str
    columns: tuple[str, ...]
    pairs: tuple[Pair, ...] = ()

    def row(self, row: RegisterRow) -> Row | None:
        """The numbers of one row; None when it has none."""
        held = {column: number for column in self.columns if (number := number_in(row, column)) is not None}
        if not held:
            return None
        if not self.pairs:
            return Row(parts=tuple(held.values()))
        parts: list[int] = []
        for numerator, denominator in self.pairs:
            part = held.get(numerator, 0)
            parts += [part, held[denominator] - part if denominator in held else 0]
        return Row(parts=tuple(parts), wholes=tuple(held.values()))


def patient_columns(framework: Framework) -> tuple[PatientColumns, ...]:
    """All columns that count patients: those that say so, and those that an indicator about patients pools."""
    pairs: dict[str, list[Pair]] = {}
    for indicator in framework.indicators:
        if is_pool_of_patients(framework, indicator) and isinstance(indicator.kind, Pooled):
            pair = (indicator.kind.numerator, indicator.kind.denominator)
            pairs.setdefault(indicator.kind.register, []).append(pair)
    return tuple(
        PatientColumns(
            register=register.id,
            columns=tuple(columns),
            pairs=tuple(dict.fromkeys(pair for pair in pairs.get(register.id, ()) if pair[0] in columns)),
        )
        for register in framework.registers
        for columns in _together(
            [column.id for column in register.columns if column.counts_patients], pairs.get(register.id, [])
        )
    )


def is_pool_of_patients(framework: Framework, indicator: Indicator) -> bool:
    """Whether an indicator pools numbers of patients: it says so, or one of its columns does."""
    kind = indicator.kind
    if not isinstance(kind, Pooled):
        return False
    register = framework.declared(kind.register)
    columns = [register.column(name) for name in (kind.numerator, kind.denominator)]
    return indicator.counts_patients or any(column is not None and column.counts_patients for column in columns)


def _together(flagged: list[str], pairs: list[Pair]) -> Iterator[list[str]]:
    """Columns in sets: two of one pair are in the same set, a column in no pair is alone."""
    sets = [[column] for column in dict.fromkeys((*flagged, *(column for pair in pairs for column in pair)))]
    for numerator, denominator in pairs:
        one = next(item for item in sets if numerator in item)
        other = next(item for item in sets if denominator in item)
        if one is not other:
            one += other
            sets.remove(other)
    yield from sets
