"""The rows of a register as a form is pre-filled with them, and how a row is known again."""

from __future__ import annotations

from collections.abc import Mapping

from normtool.core.evidence import Origin
from normtool.core.ready import Key, Offer, Typed, compared
from normtool.core.registers import Column, ColumnType, Expected, Register
from normtool.core.standards import Framework

Row = tuple[tuple[str, Typed], ...]

MEMBER_CELLS = ("name", "kind", "parent", "role")
"""What a form knows of a member beside its id (core/forms, FormMember)."""

TOLD_OF_MEMBERS = frozenset({"id", *MEMBER_CELLS, "from", "until", "signed_on"})
"""What may stand in a member's row without anybody having answered anything."""


def binding_columns(register: Register) -> tuple[Column, ...]:
    """The key columns by which a row is known again next year: without the year, and without its standing."""
    keys = register.key_columns
    if not has_year(register):
        return keys
    return tuple(column for column in keys if column.type not in (ColumnType.YEAR, ColumnType.CHOICE))


def has_year(register: Register) -> bool:
    """Whether the year is part of what names a row: then each year asks for a new number."""
    return any(column.type is ColumnType.YEAR for column in register.key_columns)


def naming_cells(register: Register) -> tuple[str, ...]:
    """The columns that a form fills in itself: keys, the kind a row is expected of, what is known of a member."""
    keys = tuple(column.id for column in binding_columns(register))
    if register.expected is Expected.MEMBERS:
        return (*keys, *MEMBER_CELLS)
    return (*keys, register.expected_column) if register.expected_column else keys


def with_offered_rows(
    framework: Framework, register: Register, expected: tuple[Row, ...], offers: tuple[Offer, ...]
) -> tuple[Row, ...]:
    """The expected rows of a register and those of last year, each once; a sub-type stands in for its group."""
    own = [offer for offer in offers if offer.scope == register.id and offer.origin is Origin.LAST_YEAR]
    if has_year(register) or register.expected is Expected.MEMBERS or not own:
        return expected
    offered = {compared(offer.key): offer.named for offer in own}
    if register.expected is Expected.CHOICES_USED:
        kinds = {dict(named).get(register.expected_column or "") for named in offered.values()}
        kept = [row for row in expected if dict(row).get(register.expected_column or "") not in kinds]
        return (*offered.values(), *kept)
    kept = [row for row in expected if not _is_divided(framework, register, row, offered)]
    known = {row_key(register, row) for row in kept}
    return (*kept, *(named for key, named in offered.items() if key not in known))


def row_key(register: Register, row: Row) -> Key:
    """The key of a pre-filled row, as keys are compared."""
    values = dict(row)
    key = tuple(str(values.get(column.id, "")) for column in binding_columns(register))
    return compared(key if any(key) else (str(values.get(register.expected_column or "", "")),))


def _is_divided(framework: Framework, register: Register, row: Row, offered: Mapping[Key, Row]) -> bool:
    """Whether last year's rows name sub-types of the group in this row, and not the group itself."""
    column = register.column_of_type(ColumnType.GROUP)
    values = dict(row)
    if column is None or row_key(register, row) in offered:
        return False
    group = next((item for item in framework.tumour_groups if item.id == values.get(column.id)), None)
    parts = group.sub_types if group is not None else ()
    return any(row_key(register, tuple({**values, column.id: part.id}.items())) in offered for part in parts)
