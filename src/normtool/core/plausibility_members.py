"""Questions about members beside their figures: hospitals, their locations, and who takes part.

Source: docs/method.md, Implausible is not below target.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from normtool.core.asking import Asked, explanation_in
from normtool.core.diagnostics import Related
from normtool.core.evidence import RegisterRow
from normtool.core.ledger import Ledger, number_in, place_in, span_in, text_in
from normtool.core.places import CellPlace, Located
from normtool.core.pooled_columns import pooled_columns
from normtool.core.registers import ColumnType, Register
from normtool.core.rules_questions import (
    COUNTED_TWICE,
    LOCATION_WITHOUT_HOSPITAL,
    NO_HOSPITAL_CARE,
    NOT_PART_OF,
    NOT_TAKING_PART,
)
from normtool.core.volumes import VOLUMES

MEMBERS = "members"
HOSPITAL, LOCATION = "hospital", "location"
Figure = tuple[RegisterRow, Located[int]]
"""A row of a register and the first number above 0 in it."""


def ask_about_members(ledger: Ledger) -> Iterator[Asked]:
    """The questions about who belongs to whom, and whose figures these are."""
    members = {text_in(row, "id"): row for row in ledger.rows(MEMBERS).rows}
    for member, row in members.items():
        yield from _belongs(members, member, row)
    odd = _to_look_at(ledger, members)
    for register, columns in _columns_with_figures(ledger) if odd else ():
        figures = {name: found for name, found in _figures(ledger, register, columns).items() if name in odd}
        yield from _counted_twice(ledger, register, figures)
        for member in members:
            for first in figures.get(member, [])[:1]:
                yield from _whose(ledger, members, member, first)


def _to_look_at(ledger: Ledger, members: dict[str, RegisterRow]) -> set[str]:
    """The members whose figures may be asked about: parts and their wholes, and who gave no hospital care here."""
    ordinary = ("", HOSPITAL, LOCATION)
    odd = {
        name
        for name, row in members.items()
        if text_in(row, "kind") not in ordinary or _outside(ledger, members, name) is not None
    }
    return odd.union(ledger.parents, ledger.parents.values())


def _belongs(members: dict[str, RegisterRow], member: str, row: RegisterRow) -> Iterator[Asked]:
    """A location is part of a hospital; nobody is part of itself, or of a location."""
    kind, cell, parent = row.get("kind"), row.get("parent"), text_in(row, "parent")
    is_location = text_in(row, "kind") == LOCATION
    if kind is not None and is_location and cell is None:
        yield Asked(
            rule=LOCATION_WITHOUT_HOSPITAL,
            place=kind.place,
            facts={"member": member},
            explanation=explanation_in(row),
        )
    if cell is None or parent not in members:
        return
    above = text_in(members[parent], "kind")
    if parent == member or above == LOCATION or (is_location and above not in ("", HOSPITAL)):
        yield Asked(
            rule=NOT_PART_OF,
            place=cell.place,
            facts={"member": member, "parent": parent},
            related=(Related(place=members[parent].place, role="parent"),),
            explanation=explanation_in(row),
        )


def _columns_with_figures(ledger: Ledger) -> Iterator[tuple[Register, tuple[str, ...]]]:
    """The registers with figures per location, and the columns that hold them."""
    columns: dict[str, list[str]] = {VOLUMES: ["number"]}
    for pooled in pooled_columns(ledger.framework):
        columns.setdefault(pooled.register.id, []).extend((pooled.numerator, pooled.denominator))
    for register in ledger.framework.registers:
        if register.id in columns and register.column_of_type(ColumnType.LOCATION) is not None:
            yield register, tuple(columns[register.id])


def _figures(ledger: Ledger, register: Register, columns: tuple[str, ...]) -> dict[str, list[Figure]]:
    """Per member the rows in which it has a number above 0."""
    location = register.column_of_type(ColumnType.LOCATION)
    found: dict[str, list[Figure]] = {}
    for row in ledger.rows(register.id).rows:
        member = text_in(row, location.id) if location is not None else ""
        for column in columns if member else ():
            if (number_in(row, column) or 0) > 0:
                found.setdefault(member, []).append((row, cast(Located[int], row.cells[column])))
                break
    return found


def _counted_twice(ledger: Ledger, register: Register, figures: dict[str, list[Figure]]) -> Iterator[Asked]:
    """A hospital that has figures of its own for what its locations have figures for; once per hospital."""
    of_locations: dict[str, dict[tuple[object, ...], Figure]] = {}
    for member, found in figures.items():
        parent = ledger.parents.get(member, "")
        if parent and parent != member:
            parts = of_locations.setdefault(parent, {})
            parts.update({_subject(ledger, register, row): (row, cell) for row, cell in found})
    for hospital, parts in of_locations.items():
        twice = [
            (row, cell, parts[subject])
            for row, cell in figures.get(hospital, ())
            if (subject := _subject(ledger, register, row)) in parts
        ]
        if twice:
            row, cell, (_, part) = twice[0]
            yield Asked(
                rule=COUNTED_TWICE,
                place=cell.place,
                facts={"member": hospital, "count": len(twice)},
                related=(Related(place=part.place, role="location"),),
                explanation=explanation_in(row),
            )


def _subject(ledger: Ledger, register: Register, row: RegisterRow) -> tuple[object, ...]:
    """What a row is about apart from the place; a sub-type as its group, provisional as definitive."""
    group = register.column_of_type(ColumnType.GROUP)
    named = text_in(row, group.id) if group is not None else ""
    year = register.column_of_type(ColumnType.YEAR)
    treatment = register.column_of_type(ColumnType.TREATMENT)
    return (
        ledger.groups.get(named, named),
        number_in(row, year.id) if year is not None else None,
        text_in(row, treatment.id) if treatment is not None else "",
    )


def _whose(ledger: Ledger, members: dict[str, RegisterRow], member: str, figure: Figure) -> Iterator[Asked]:
    """Figures of a member that gives no hospital care, or took no part in the reporting year; once per member."""
    row, cell = figure
    kind = members[member].get("kind")
    if kind is not None and isinstance(kind.value, str) and kind.value not in (HOSPITAL, LOCATION):
        yield Asked(
            rule=NO_HOSPITAL_CARE,
            place=cell.place,
            facts={"member": member},
            related=(Related(place=kind.place, role="kind"),),
            explanation=explanation_in(row),
        )
    outside = _outside(ledger, members, member)
    if outside is not None:
        yield Asked(
            rule=NOT_TAKING_PART,
            place=cell.place,
            facts={"member": member, "reporting_year": ledger.reporting_year},
            related=(Related(place=outside, role="member_date"),),
            explanation=explanation_in(row),
        )


def _outside(ledger: Ledger, members: dict[str, RegisterRow], member: str) -> CellPlace | None:
    """The date by which a member, or the hospital it is part of, took no part in the whole reporting year."""
    for name in (member, ledger.parents.get(member, "")):
        row = members.get(name)
        if row is None:
            continue
        start, end = span_in(row, "from"), span_in(row, "until")
        if start is not None and start.first.year > ledger.reporting_year:
            return place_in(row, "from")[0]
        if end is not None and end.last.year < ledger.reporting_year:
            return place_in(row, "until")[0]
    return None
