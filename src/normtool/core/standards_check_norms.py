"""Checks on what an indicator asks: its kind, its tests on columns and the numbers in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from string import Formatter

from normtool.core import rules_standards as rules
from normtool.core.kinds import (
    AtLeast,
    ColumnRef,
    Coverage,
    DocumentAge,
    InPeriod,
    Is,
    IsNot,
    Linked,
    NotOlderThanMonths,
    OneOf,
    Pooled,
    Proportion,
    Test,
    Valid,
    VolumeKind,
)
from normtool.core.registers import ColumnType, Register
from normtool.core.standards import Indicator, IndicatorClass
from normtool.core.standards_check_iza import check_document_step
from normtool.core.standards_check_paths import asks_share, check_path
from normtool.core.standards_check_registers import check_counted, check_value, find_column
from normtool.core.standards_findings import Findings, KeyPath, listed

AGREEMENTS = "agreements"
ON_VALUES = (
    ColumnType.YES_NO,
    ColumnType.CHOICE,
    ColumnType.WHOLE,
    ColumnType.YEAR,
    ColumnType.TEXT,
    ColumnType.IDENTIFIER,
    ColumnType.MEMBER,
    ColumnType.LOCATION,
    ColumnType.GROUP,
    ColumnType.TREATMENT,
    ColumnType.STANDARD,
)
SUITED: dict[str, tuple[ColumnType, ...]] = {
    "is": ON_VALUES,
    "is_not": ON_VALUES,
    "one_of": ON_VALUES,
    "filled": tuple(ColumnType),
    "empty": tuple(ColumnType),
    "in_period": (ColumnType.DATE,),
    "at_least": (ColumnType.WHOLE,),
    "not_older_than_months": (ColumnType.DATE, ColumnType.DATES),
    "in_reporting_year": (ColumnType.DATE, ColumnType.DATES),
}
"""The types of column that a test can be done on."""


def check_norm(found: Findings, path: KeyPath, indicator: Indicator) -> None:
    """Check the kind, the path, the tests and the text of one indicator."""
    at = (*path, "kind")
    match indicator.kind:
        case Coverage() as kind:
            _check_coverage(found, at, indicator, kind)
        case Pooled() as kind:
            _check_pooled(found, at, indicator, kind)
        case DocumentAge(months=months, deadline=deadline) as kind:
            if (months is None) is (deadline is None):
                found.add(rules.AGE_OR_DEADLINE, at, indicator=indicator.id)
            found.at_least((*at, "months"), months)
            check_document_step(found, at, indicator, kind)
        case VolumeKind():
            _find_register(found, at, "volumes")
        case Proportion(denominator_holds=ColumnRef() as reference):
            check_counted(found, (*at, "denominator_holds"), reference)
        case _:
            pass
    check_path(found, path, indicator)
    if indicator.indicator_class is IndicatorClass.CORE and indicator.source.value == "new_count":
        found.add(rules.CORE_NEEDS_NEW_COUNT, (*path, "source"), indicator=indicator.id)
    if indicator.opening_cycle < 1:
        found.add(rules.OPENS_TOO_EARLY, (*path, "opens"), indicator=indicator.id, opens=indicator.opening_cycle)
    _check_text(found, path, indicator)


def _find_register(found: Findings, path: KeyPath, name: str) -> Register | None:
    register = found.framework.register(name)
    if register is None:
        available = listed(register.id for register in found.framework.registers)
        found.add(rules.REGISTER_UNKNOWN, path, register=name, available=available)
    return register


def _check_coverage(found: Findings, path: KeyPath, indicator: Indicator, kind: Coverage) -> None:
    register = _find_register(found, (*path, "register"), kind.register)
    if not kind.tests:
        found.add(rules.TESTS_MISSING, (*path, "tests"), indicator=indicator.id)
    found.at_least((*path, "at_least_rows"), kind.at_least_rows)
    counted = [register.column(name) for test in kind.tests for name in columns_of(test)] if register else []
    if indicator.counts_patients or any(column and column.counts_patients for column in counted):
        found.add(rules.COVERAGE_OF_PATIENTS, (*path, "type"), indicator=indicator.id)
    for key, tests in (("where", kind.where), ("tests", kind.tests)):
        for number, test in enumerate(tests):
            _check_test(found, (*path, key, number), register, test)


def _check_pooled(found: Findings, path: KeyPath, indicator: Indicator, kind: Pooled) -> None:
    register = _find_register(found, (*path, "register"), kind.register)
    if register is None:
        return
    for key, name in (("numerator", kind.numerator), ("denominator", kind.denominator)):
        at = (*path, key)
        column = find_column(found, at, register, name)
        if column is not None and column.type is not ColumnType.WHOLE:
            found.add(rules.COLUMN_TYPE, at, column=name, register=register.id, type=ColumnType.WHOLE.value)
        if column is not None and column.counts_patients and not indicator.counts_patients:
            found.add(rules.PATIENTS_NOT_SAID, at, indicator=indicator.id, column=name)
    if kind.per_group and register.column_of_type(ColumnType.GROUP) is None:
        at = (*path, "per_group")
        found.add(rules.COLUMN_OF_TYPE_MISSING, at, register=register.id, type=ColumnType.GROUP.value)
    for number, test in enumerate(kind.where):
        _check_test(found, (*path, "where", number), register, test)


def columns_of(test: Test) -> tuple[str, ...]:
    """The columns of the row that a test looks at."""
    match test:
        case InPeriod(start=start, end=end):
            return start, end
        case Valid() | Linked():
            return ()
        case _:
            return (test.column,)


def _check_test(found: Findings, path: KeyPath, register: Register | None, test: Test) -> None:
    match test:
        case Linked():
            _check_linked(found, path, test)
        case Valid():
            if register is not None and register.id != AGREEMENTS:
                found.add(rules.TEST_UNSUITED, (*path, "test"), test="valid", column=register.id, type="register")
        case InPeriod(start=start, end=end):
            for key, name in (("start", start), ("end", end)):
                _check_column(found, (*path, key), register, (name, test))
        case _:
            _check_column(found, (*path, "column"), register, (test.column, test))
            _check_numbers(found, path, test)
            if isinstance(test, Is):
                _check_empty(found, path, register, test)


def _check_numbers(found: Findings, path: KeyPath, test: Test) -> None:
    match test:
        case AtLeast(minimum=minimum):
            found.at_least((*path, "minimum"), minimum)
        case NotOlderThanMonths(months=months):
            found.at_least((*path, "months"), months)
        case _:
            pass


def _check_empty(found: Findings, path: KeyPath, register: Register | None, test: Is) -> None:
    """What makes an empty cell read as *no* must exist: a column of another register, a value of the row itself."""
    if test.no_without is not None:
        other = _find_register(found, (*path, "no_without", "register"), test.no_without.register)
        if other is not None:
            find_column(found, (*path, "no_without", "column"), other, test.no_without.column)
    if test.no_when is not None:
        tested = Is(test="is", column=test.no_when.column, value=test.no_when.value)
        _check_column(found, (*path, "no_when", "column"), register, (test.no_when.column, tested))


def _check_column(found: Findings, path: KeyPath, register: Register | None, tested: tuple[str, Test]) -> None:
    name, test = tested
    column = find_column(found, path, register, name) if register is not None else None
    if column is None:
        return
    if column.type not in SUITED[test.test]:
        found.add(rules.TEST_UNSUITED, path, test=test.test, column=name, type=column.type.value)
        return
    at = path[:-1]
    match test:
        case Is(value=value) | IsNot(value=value):
            check_value(found, (*at, "value"), column, value)
        case OneOf(values=values):
            if not values:
                found.add(rules.LIST_EXPECTED, (*at, "values"), value="[]")
            for number, value in enumerate(values):
                check_value(found, (*at, "values", number), column, value)
        case _:
            pass


def _check_linked(found: Findings, path: KeyPath, test: Linked) -> None:
    agreements = _find_register(found, path, AGREEMENTS)
    kinds = agreements.column("kind") if agreements is not None else None
    if not test.kinds:
        found.add(rules.LIST_EXPECTED, (*path, "kinds"), value="[]")
    if kinds is not None:
        for number, kind in enumerate(test.kinds):
            check_value(found, (*path, "kinds", number), kinds, kind)
    for number, inner in enumerate(test.tests):
        _check_test(found, (*path, "tests", number), agreements, inner)


def _tests(indicator: Indicator) -> Iterator[Test]:
    """The tests of a norm, those on agreements included; its filters are not part of what it asks."""
    if isinstance(indicator.kind, Coverage):
        for test in indicator.kind.tests:
            yield test
            if isinstance(test, Linked):
                yield from test.tests


def numbers_of(indicator: Indicator) -> dict[str, tuple[Decimal | int, ...]]:
    """What the text of a norm may name, and the numbers meant: shares in per cent, a deadline by its year."""
    kind = indicator.kind
    numbers: dict[str, tuple[Decimal | int, ...]] = {}
    if indicator.path:
        scale = 100 if asks_share(indicator) else 1
        numbers["target"] = tuple(step.target * scale for step in indicator.path)
    months = [test.months for test in _tests(indicator) if isinstance(test, NotOlderThanMonths)]
    minima = [test.minimum for test in _tests(indicator) if isinstance(test, AtLeast)]
    if isinstance(kind, DocumentAge):
        months += [kind.months] if kind.months is not None else []
        if kind.deadline is not None:
            numbers["deadline"] = (kind.deadline.year,)
    if isinstance(kind, Coverage) and kind.at_least_rows is not None:
        numbers["rows"] = (kind.at_least_rows,)
    if months:
        numbers["months"] = tuple(months)
    if minima:
        numbers["minimum"] = tuple(minima)
    return numbers


def _check_text(found: Findings, path: KeyPath, indicator: Indicator) -> None:
    numbers = numbers_of(indicator)
    for language, text in (("nl", indicator.norm.nl), ("en", indicator.norm.en)):
        at = (*path, "norm", language)
        named = _placeholders(text)
        for name in named:
            if name not in numbers:
                available = listed(f"{{{known}}}" for known in numbers)
                found.add(
                    rules.PLACEHOLDER_UNKNOWN,
                    at,
                    indicator=indicator.id,
                    placeholder=f"{{{name}}}",
                    available=available,
                )
        for name, values in numbers.items():
            typed = next(
                (value for value in values if _is_typed(text, value, is_share=_is_share(name, indicator))),
                None,
            )
            if name not in named and typed is not None:
                number = format(Decimal(typed).normalize(), "f")
                found.add(
                    rules.NUMBER_TYPED_TWICE,
                    at,
                    indicator=indicator.id,
                    number=number,
                    placeholder=f"{{{name}}}",
                )


def _is_share(name: str, indicator: Indicator) -> bool:
    return name == "target" and asks_share(indicator)


def _placeholders(text: str) -> tuple[str, ...]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return ("",)
    return tuple(
        name if not spec and not conversion else f"{name}…" for _, name, spec, conversion in parts if name is not None
    )


def _is_typed(text: str, number: Decimal | int, *, is_share: bool) -> bool:
    """Whether a text holds this number in digits; a share only when per cent follows."""
    digits = re.escape(format(Decimal(number).normalize(), "f")).replace(r"\.", "[.,]")
    after = r"\s*(%|procent|per cent|percent)" if is_share else r"(?![\d.,]*\d)"
    return re.search(rf"(?<![\d.,]){digits}{after}", text) is not None
