"""Questions about parts that are larger than their whole: a location beside the network, one sheet beside another.

Which column counts part of which is said in standards/ (`part_of`, `denominator_holds`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from normtool.core.asking import Asked, explanation_in, explanation_of, form_language
from normtool.core.diagnostics import Related
from normtool.core.evidence import RegisterRow
from normtool.core.expected_rows import expected_rows, is_missing
from normtool.core.form_names import INDICATOR_COLUMNS, INDICATORS_SHEET
from normtool.core.kinds import ColumnRef, Pooled, Proportion
from normtool.core.ledger import Ledger, number_in
from normtool.core.places import Located
from normtool.core.pooled_columns import located_number
from normtool.core.registers import Column, ColumnType, Register, Text
from normtool.core.rules_questions import PART_LARGER_THAN_WHOLE
from normtool.core.standards import Indicator
from normtool.core.units import Neighbours, Unit, UnitReader

DENOMINATOR: Text = next(column.text for column in INDICATOR_COLUMNS if column.id == "denominator")


def ask_about_totals(ledger: Ledger) -> Iterator[Asked]:
    """The questions about every declared part."""
    framework = ledger.framework
    for register in framework.registers:
        for column in register.columns:
            if column.part_of is not None and framework.register(column.part_of.register) is not None:
                yield from _parts(ledger, register, column, column.part_of)
    for indicator in framework.indicators:
        holds = indicator.kind.denominator_holds if isinstance(indicator.kind, Proportion) else None
        if holds is not None and framework.register(holds.register) is not None:
            yield from _locations(ledger, indicator, holds)


def _parts(ledger: Ledger, register: Register, column: Column, reference: ColumnRef) -> Iterator[Asked]:
    """Rows whose number is larger than the sum, for the same place, group and year, of what it is part of."""
    counted = list(_of_year(ledger, register, column, _stated(ledger, reference)))
    if not counted:
        return
    reader, neighbours = UnitReader.of(ledger, register), Neighbours.of(ledger)
    wholes = _by_unit(ledger, ledger.framework.declared(reference.register), by_place=bool(reader.location))
    totals: dict[Unit, int | None] = {}
    for row, part in counted:
        unit = reader.unit(row)
        if not unit.group or (reader.location and not unit.location):
            continue
        if unit not in totals:
            totals[unit] = _total(_around(unit, wholes, neighbours), reference)
        total = totals[unit]
        if total is not None and part > total:
            number = cast(Located[int], row.cells[column.id])
            yield _too_large(ledger, reference, (row, number), _around(unit, wholes, neighbours))


def _around(unit: Unit, wholes: dict[Unit, list[RegisterRow]], neighbours: Neighbours) -> list[RegisterRow]:
    """The rows that can hold what a unit counts part of."""
    return [row for near in neighbours.around(unit) for row in wholes.get(near, ())]


def _of_year(
    ledger: Ledger, register: Register, column: Column, years: frozenset[int]
) -> Iterator[tuple[RegisterRow, int]]:
    """The rows with a number about these years: by their own column, else by the indicators that read them."""
    year = register.column_of_type(ColumnType.YEAR)
    if year is None and _stated(ledger, ColumnRef(register=register.id, column=column.id)) != years:
        return
    rows = ledger.rows(register.id).rows
    if year is not None:
        rows = tuple(row for row in rows if number_in(row, year.id) in years) if len(years) == 1 else ()
    for row in rows:
        number = number_in(row, column.id)
        if number is not None:
            yield row, number


def _too_large(
    ledger: Ledger, reference: ColumnRef, part: tuple[RegisterRow, Located[int]], wholes: list[RegisterRow]
) -> Asked:
    register = ledger.framework.declared(reference.register)
    header = next(column.header for column in register.columns if column.id == reference.column)
    language = form_language(ledger)
    row, number = part
    numbers = [cast(Located[int], whole.cells[reference.column]) for whole in wholes]
    return Asked(
        rule=PART_LARGER_THAN_WHOLE,
        place=number.place,
        facts={
            "number": number.value,
            "total": sum(item.value for item in numbers),
            "sheet": register.sheet.in_language(language),
            "header": header.in_language(language),
        },
        related=tuple(Related(place=item.place, role="whole") for item in numbers),
        explanation=explanation_in(row),
    )


def _by_unit(ledger: Ledger, register: Register, *, by_place: bool) -> dict[Unit, list[RegisterRow]]:
    """The rows of a register that give care, also expected ones that are missing, by what they are about."""
    reader = UnitReader.of(ledger, register)
    found: dict[Unit, list[RegisterRow]] = {}
    for row in expected_rows(ledger, register):
        if not says_absent(register, row):
            unit = reader.unit(row)
            found.setdefault(unit if by_place else Unit("", unit.group), []).append(row)
    return found


def _total(rows: list[RegisterRow], reference: ColumnRef) -> int | None:
    """The sum of the numbers of these rows; None when there are none, or one of them is still open."""
    numbers = [None if is_missing(row) else number_in(row, reference.column) for row in rows]
    return sum(filter(None, numbers)) if numbers and None not in numbers else None


def says_absent(register: Register, row: RegisterRow) -> bool:
    """Whether a row says what a missing one would: that the care it is about is not given."""
    assumed = register.when_complete
    return assumed is not None and row.contents.get(assumed.column) == assumed.value


def _stated(ledger: Ledger, reference: ColumnRef) -> frozenset[int]:
    """The years that the answers give for a pooled column; the reporting year when none does."""
    years = {
        answer.year.value
        for indicator in ledger.framework.indicators
        if isinstance(indicator.kind, Pooled)
        and indicator.kind.register == reference.register
        and reference.column in (indicator.kind.numerator, indicator.kind.denominator)
        and (answer := ledger.answers.get(indicator.id)) is not None
        and answer.year is not None
    }
    return frozenset(years or {ledger.reporting_year})


def _locations(ledger: Ledger, indicator: Indicator, reference: ColumnRef) -> Iterator[Asked]:
    """Locations that count more patients than the whole network says it has."""
    answer = ledger.answers.get(indicator.id)
    denominator = answer.denominator if answer is not None else None
    if answer is None or denominator is None:
        return
    year = answer.year.value if answer.year is not None else ledger.reporting_year
    if _stated(ledger, reference) != {year}:
        return
    register = ledger.framework.declared(reference.register)
    reader = UnitReader.of(ledger, register)
    counted: dict[str, list[tuple[RegisterRow, Located[int]]]] = {}
    for row in ledger.rows(register.id).rows:
        number = located_number(row, reference.column)
        if number is not None and not says_absent(register, row):
            counted.setdefault(reader.unit(row).location, []).append((row, number))
    language = form_language(ledger)
    for cells in counted.values():
        total = sum(number.value for _, number in cells)
        if total > denominator.value:
            row, first = cells[0]
            yield Asked(
                rule=PART_LARGER_THAN_WHOLE,
                place=first.place,
                facts={
                    "number": total,
                    "total": denominator.value,
                    "sheet": INDICATORS_SHEET.text.in_language(language),
                    "header": DENOMINATOR.in_language(language),
                },
                related=(
                    Related(place=denominator.place, role="denominator"),
                    *(Related(place=number.place, role="part") for _, number in cells[1:]),
                ),
                explanation=explanation_of(answer.explanation) or explanation_in(row),
            )
