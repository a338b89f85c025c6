"""Which columns of a register a form asks: those that its indicators read, and when a row must have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from normtool.core.forms import AGREEMENTS, columns_of
from normtool.core.kinds import Coverage, Empty, InPeriod, Is, Linked, Pooled, Test, VolumeKind
from normtool.core.registers import Column, ColumnType, Expected, Register
from normtool.core.standards import Framework, Indicator


def tested_columns(register: Register, indicators: Iterable[Indicator]) -> frozenset[str]:
    """The columns of a register that these indicators read, in tests and filters."""
    found: set[str] = set()
    for indicator in indicators:
        kind = indicator.kind
        if isinstance(kind, Coverage | Pooled):
            tests = (*kind.where, *(kind.tests if isinstance(kind, Coverage) else ()))
            if kind.register == register.id:
                found.update(column for test in tests for column in columns_of(test))
                if isinstance(kind, Pooled):
                    found |= {kind.numerator, kind.denominator}
            found.update(column_elsewhere(register, tests))
        elif isinstance(kind, VolumeKind) and register.expected is Expected.LOCATIONS_BY_TREATMENTS:
            found.update(column.id for column in register.columns if column.type is ColumnType.WHOLE)
    return frozenset(found)


def occasions(register: Register, indicators: Iterable[Indicator]) -> dict[str, list[tuple[Test, ...]]]:
    """For each column that is read, when: the filters that a row must pass first, one tuple per reader.

    A column that a filter reads is itself read when the filters before it hold.
    """
    found: dict[str, list[tuple[Test, ...]]] = {}
    for indicator in indicators:
        kind = indicator.kind
        if not isinstance(kind, Coverage | Pooled) or kind.register != register.id:
            continue
        for number, test in enumerate(kind.where):
            for column in columns_of(test):
                found.setdefault(column, []).append(kind.where[:number])
        tested = [column for test in kind.tests for column in columns_of(test)] if isinstance(kind, Coverage) else []
        if isinstance(kind, Pooled):
            tested = [kind.numerator, kind.denominator]
        for column in tested:
            found.setdefault(column, []).append(kind.where)
    return found


def column_elsewhere(register: Register, tests: Iterable[Test]) -> Iterator[str]:
    """Columns of this register that tests on rows of another register read."""
    for test in tests:
        if isinstance(test, Is) and test.no_without and test.no_without.register == register.id:
            yield test.no_without.column
        elif isinstance(test, Linked) and register.id == AGREEMENTS:
            yield from (column for inner in test.tests for column in columns_of(inner))
            yield from ("kind", "parties", "groups", "date", "valid_until")


def closed_columns(framework: Framework, register: Register, indicators: Iterable[Indicator]) -> frozenset[str]:
    """Columns that only indicators outside this form read: they are greyed."""
    stays = {column.id for column in register.key_columns} | {register.expected_column, register.since}
    if register.when_complete is not None:
        stays.add(register.when_complete.column)
    later = tested_columns(register, framework.indicators) - tested_columns(register, indicators)
    return frozenset(later - stays)


def optional_columns(register: Register, indicators: Iterable[Indicator]) -> frozenset[str]:
    """Columns that are read, but in which an empty cell says something too: still, whole, for all groups."""
    found: set[str] = {"groups", "valid_until"} if register.id == AGREEMENTS else set()
    for indicator in indicators:
        kind = indicator.kind
        if isinstance(kind, Coverage | Pooled) and kind.register == register.id:
            for test in kind.where:
                if isinstance(test, InPeriod | Empty):
                    found.update(columns_of(test))
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """What makes the rest of a row superfluous: a column and its value; `stays` are asked all the same."""

    column: Column
    value: bool | str
    stays: frozenset[str]


def spared_when(register: Register) -> Spared | None:
    """When a row of this register needs no further answers: *not treated*; None when that cannot be."""
    assumed = register.when_complete
    column = register.column(assumed.column) if assumed else None
    if assumed is None or column is None:
        return None
    stays = {item.id for item in register.key_columns} | {column.id, "documents", "explanation"}
    return Spared(column=column, value=assumed.value, stays=frozenset(stays))


def needed_columns(
    framework: Framework, register: Register, indicators: tuple[Indicator, ...]
) -> dict[str, list[tuple[Test, ...]]]:
    """The columns that a row in use must have for these indicators, and when: keys and required documents always.

    The filters of one column are alternatives; an empty one means always.
    """
    always = {column.id for column in register.key_columns}
    papers = register.column_of_type(ColumnType.DOCUMENTS)
    if papers is not None and register.needs_document:
        always.add(papers.id)
    needed = occasions(register, indicators)
    for column in tested_columns(register, indicators) - needed.keys() | always:
        needed[column] = [()]
    if register.when_complete is not None and needed:
        needed[register.when_complete.column] = [()]
    closed = closed_columns(framework, register, indicators)
    spared = closed | (optional_columns(register, indicators) - always)
    return {column: filters for column, filters in needed.items() if column not in spared}
