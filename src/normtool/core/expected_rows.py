"""Which rows a register should have, and the ones that are missing. Source: docs/method.md, Rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from normtool.core.dates import Truth, on_or_after, on_or_before
from normtool.core.evidence import DateSpan, RegisterRow, Value
from normtool.core.kinds import Coverage, Is, OneOf, Pooled
from normtool.core.ledger import Ledger, once, text_in
from normtool.core.places import CellPlace, Located
from normtool.core.registers import Expected, Register
from normtool.core.treating import Treating, where_care_is_given

NOWHERE = CellPlace(file="", sheet="", row=0, column=0)
"""The place of a row that is not there."""


def expected_rows(ledger: Ledger, register: Register) -> tuple[RegisterRow, ...]:
    """The rows of a register as scoring sees them: those filled in, and a stand-in for each that is missing.

    A row in which only its key is filled says nothing: it is missing when it is expected, and nothing otherwise;
    a body that is named in a register of bodies (`choices_used`) is there, but unanswered.
    Once the register is declared complete, a missing row reads as the register's `when_complete` says.
    """
    return once(ledger, ("expected", register.id), lambda: _expected_rows(ledger, register))


def _expected_rows(ledger: Ledger, register: Register) -> tuple[RegisterRow, ...]:
    filled = filled_rows(ledger, register)
    missing = [_stand_in(ledger, register, key) for key in missing_keys(ledger, register)]
    if register.expected is Expected.CHOICES_USED:
        blank = [row for row in ledger.rows(register.id).rows if is_blank(register, row)]
        missing += [replace(row, place=NOWHERE) for row in blank]
    return (*filled, *missing)


def filled_rows(ledger: Ledger, register: Register) -> tuple[RegisterRow, ...]:
    """The rows in which more than the key is filled."""
    return once(ledger, ("filled", register.id), lambda: _filled_rows(ledger, register))


def _filled_rows(ledger: Ledger, register: Register) -> tuple[RegisterRow, ...]:
    rows = ledger.rows(register.id).rows
    if register.expected is Expected.NONE:
        return rows
    named = _naming(register)
    return tuple(row for row in rows if not named.issuperset(row.contents))


def is_missing(row: RegisterRow) -> bool:
    """Whether this row stands in for one that nobody filled in."""
    return row.place.row == NOWHERE.row


def is_blank(register: Register, row: RegisterRow) -> bool:
    """Whether only the cells that name the row are filled."""
    return register.expected is not Expected.NONE and _naming(register).issuperset(row.contents)


def _naming(register: Register) -> set[str | None]:
    return {column.id for column in register.key_columns} | {register.expected_column}


def missing_keys(ledger: Ledger, register: Register) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The keys, as (column, value) pairs, of expected rows that are not there at all."""
    return once(ledger, ("missing", register.id), lambda: tuple(_missing_keys(ledger, register)))


def _missing_keys(ledger: Ledger, register: Register) -> Iterator[tuple[tuple[str, str], ...]]:
    rows = filled_rows(ledger, register)
    match register.expected:
        case Expected.CHOICES_USED:
            column = register.expected_column or ""
            present = {text_in(row, column) for row in ledger.rows(register.id).rows}
            yield from (((column, kind),) for kind in used_choices(ledger, register) if kind not in present)
        case Expected.GROUPS:
            column = register.key_columns[0].id
            present = {text_in(row, column) for row in rows}
            yield from (((column, group),) for group in expected_groups(ledger, present))
        case Expected.LOCATIONS_BY_GROUPS:
            yield from _missing_care(ledger, register)
        case _:
            return


def used_choices(ledger: Ledger, register: Register) -> tuple[str, ...]:
    """The choices of the expected column that indicators name in a filter, in the order of the column."""
    named: set[object] = set()
    for indicator in ledger.framework.indicators:
        kind = indicator.kind
        if isinstance(kind, Coverage | Pooled) and kind.register == register.id:
            for test in kind.where:
                if isinstance(test, Is) and test.column == register.expected_column:
                    named.add(test.value)
                elif isinstance(test, OneOf) and test.column == register.expected_column:
                    named.update(test.values)
    column = register.column(register.expected_column or "")
    return tuple(choice.id for choice in column.choices if choice.id in named) if column else ()


def expected_groups(ledger: Ledger, present: set[str]) -> list[str]:
    """Tumour groups (or the sub-types of a group that is given by sub-type) that are not among those present."""
    missing: list[str] = []
    for group in ledger.framework.tumour_groups:
        sub_types = [sub_type.id for sub_type in group.sub_types]
        if group.id in present:
            continue
        if any(sub_type in present for sub_type in sub_types):
            missing += [sub_type for sub_type in sub_types if sub_type not in present]
        elif group.expected:
            missing.append(group.id)
    return missing


def hospital_locations(ledger: Ledger) -> tuple[str, ...]:
    """Members where hospital care is given on the reference date: hospital locations, and hospitals without any."""
    kinds: dict[str, str] = {}
    for row in ledger.rows("members").rows:
        member = text_in(row, "id")
        if member and _is_active(ledger, row):
            kinds[member] = text_in(row, "kind")
    return where_care_is_given(kinds, ledger.parents)


def _is_active(ledger: Ledger, row: RegisterRow) -> bool:
    start, end = row.get("from"), row.get("until")
    day = ledger.reference_date
    begun = not (start and isinstance(start.value, DateSpan)) or on_or_before(start.value, day) is not Truth.NO
    ended = end is not None and isinstance(end.value, DateSpan) and on_or_after(end.value, day) is Truth.NO
    return begun and not ended


def _missing_care(ledger: Ledger, register: Register) -> Iterator[tuple[tuple[str, str], ...]]:
    location_column, group_column = (column.id for column in register.key_columns[:2])
    present: dict[str, set[str]] = {}
    for row in filled_rows(ledger, register):
        present.setdefault(text_in(row, location_column), set()).add(text_in(row, group_column))
    treating = treating_in(ledger)
    for location in hospital_locations(ledger):
        for group in expected_groups(ledger, present.get(location, set())):
            if treating.is_given(group):
                yield (location_column, location), (group_column, group)


def owes_volume(ledger: Ledger, location: str, treatment: str) -> bool:
    """Whether a location is to tell how often it performed a treatment in the reporting year.

    Not when it does not treat the tumour group of the treatment: that was told once, and nothing is missing there.
    """
    groups = once(ledger, "treatment groups", lambda: {item.id: item.group for item in ledger.framework.treatments})
    return treating_in(ledger).treats(location, groups.get(treatment, "")) is not False


def treating_in(ledger: Ledger) -> Treating:
    """Who treats what, by what was filled in."""
    return once(ledger, "treating", lambda: _treating(ledger))


def _treating(ledger: Ledger) -> Treating:
    groups = ledger.framework.tumour_groups
    said: dict[tuple[str, str], bool | None] = {}
    is_complete = False
    for register in ledger.framework.registers:
        if register.expected is Expected.LOCATIONS_BY_GROUPS and register.when_complete is not None:
            location, group = (column.id for column in register.key_columns[:2])
            for row in filled_rows(ledger, register):
                answer = row.contents.get(register.when_complete.column)
                said[text_in(row, location), text_in(row, group)] = answer if isinstance(answer, bool) else None
            is_complete = ledger.rows(register.id).is_complete
    return Treating(
        groups=ledger.groups,
        sub_types={group.id: tuple(part.id for part in group.sub_types) for group in groups},
        not_treated=frozenset(_groups_not_treated(ledger)),
        said=said,
        assumed=frozenset(group.id for group in groups if group.expected and is_complete),
    )


def _groups_not_treated(ledger: Ledger) -> set[str]:
    """Groups and sub-types that the network says it does not treat; a group also when none of its sub-types is."""
    register = ledger.framework.register("tumour_types")
    if register is None:
        return set()
    rows = filled_rows(ledger, register)
    named = {text_in(row, "group") for row in rows if text_in(row, "state") == "not_treated"}
    if ledger.rows(register.id).is_complete:
        named |= set(expected_groups(ledger, {text_in(row, "group") for row in rows}))
    whole = {
        group.id
        for group in ledger.framework.tumour_groups
        if group.sub_types and all(sub_type.id in named for sub_type in group.sub_types)
    }
    return named | whole


def _stand_in(ledger: Ledger, register: Register, key: tuple[tuple[str, str], ...]) -> RegisterRow:
    values = tuple((column, _nowhere(value)) for column, value in key)
    assumed = register.when_complete
    if assumed is not None and ledger.rows(register.id).is_complete:
        values = (*values, (assumed.column, _nowhere(assumed.value)))
    return RegisterRow(place=NOWHERE, values=values)


def _nowhere(value: Value) -> Located[Value]:
    return Located(value=value, place=NOWHERE)
