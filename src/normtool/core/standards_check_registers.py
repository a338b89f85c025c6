"""Checks on the registers of a framework: names, columns, choices, and what the code itself leans on."""

from __future__ import annotations

import re

from normtool.core import form_names
from normtool.core import rules_standards as rules
from normtool.core.kinds import ColumnRef
from normtool.core.registers import Assumed, Column, ColumnType, Expected, Register
from normtool.core.standards_findings import FIELD_ID, Findings, KeyPath, listed

LONGEST_SHEET_NAME = 31
"""What Excel allows."""

KEYS_OF_EXPECTED: dict[Expected, tuple[tuple[ColumnType, ...], ...]] = {
    Expected.GROUPS: ((ColumnType.GROUP,),),
    Expected.LOCATIONS_BY_GROUPS: ((ColumnType.LOCATION, ColumnType.MEMBER), (ColumnType.GROUP,)),
    Expected.LOCATIONS_BY_TREATMENTS: ((ColumnType.LOCATION, ColumnType.MEMBER), (ColumnType.TREATMENT,)),
    Expected.MEMBERS: ((ColumnType.IDENTIFIER, ColumnType.MEMBER),),
    Expected.IZA_GROUPS: ((ColumnType.GROUP,),),
}
"""The types of the first key columns, in order, of a register that has expected rows."""

BUILT_IN: dict[str, dict[str, tuple[ColumnType, ...]]] = {
    "members": {
        "id": (ColumnType.IDENTIFIER,),
        "name": (ColumnType.TEXT,),
        "kind": (ColumnType.CHOICE,),
        "parent": (ColumnType.MEMBER,),
        "from": (ColumnType.DATE,),
        "until": (ColumnType.DATE,),
    },
    "documents": {
        "id": (ColumnType.IDENTIFIER,),
        "title": (ColumnType.TEXT,),
        "date": (ColumnType.DATE,),
        "adopted_by": (ColumnType.TEXT,),
        "valid_until": (ColumnType.DATE,),
        "place": (ColumnType.TEXT,),
        "access": (ColumnType.CHOICE,),
        "keeper": (ColumnType.TEXT,),
    },
    "agreements": {
        "id": (ColumnType.IDENTIFIER,),
        "kind": (ColumnType.CHOICE,),
        "parties": (ColumnType.MEMBERS,),
        "groups": (ColumnType.GROUPS,),
        "date": (ColumnType.DATE,),
        "valid_until": (ColumnType.DATE,),
    },
    "volumes": {
        "location": (ColumnType.LOCATION,),
        "treatment": (ColumnType.TREATMENT,),
        "year": (ColumnType.YEAR,),
        "number": (ColumnType.WHOLE,),
        "standing": (ColumnType.CHOICE,),
    },
    "tumour_types": {"group": (ColumnType.GROUP,)},
    "care": {"location": (ColumnType.LOCATION,), "group": (ColumnType.GROUP,)},
    "iza_steps": {"group": (ColumnType.GROUP,)},
}
"""Columns that code reads by name, when the register is there, and the types they must have."""

BUILT_IN_CHOICES = {
    ("members", "kind"): ("hospital", "location"),
    ("volumes", "standing"): ("provisional", "definitive"),
}
"""Choices that code knows by name."""


def check_registers(found: Findings) -> None:
    """Check every register by itself and the names of all sheets together."""
    registers = found.framework.registers
    paths: list[KeyPath] = [("registers", number) for number in range(len(registers))]
    found.ids(zip(paths, (register.id for register in registers), strict=True), FIELD_ID)
    fixed = (
        form_names.GUIDE_SHEET,
        form_names.NETWORK_SHEET,
        form_names.INDICATORS_SHEET,
        form_names.RETURNED_SHEET,
    )
    own: list[tuple[KeyPath, tuple[str, ...]]] = [
        (("registers",), (name.text.nl, name.text.en, *name.also)) for name in fixed
    ]
    for path, register in zip(paths, registers, strict=True):
        own.append(((*path, "sheet"), (register.sheet.nl, register.sheet.en, *register.also)))
        _check_register(found, path, register)
    found.names(own)


def _check_register(found: Findings, path: KeyPath, register: Register) -> None:
    for language, name in (("nl", register.sheet.nl), ("en", register.sheet.en)):
        if len(name) > LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", name):
            found.add(rules.SHEET_NAME, (*path, "sheet", language), sheet=name)
    columns = [((*path, "columns", number), column) for number, column in enumerate(register.columns)]
    found.ids(((at, column.id) for at, column in columns), FIELD_ID)
    found.names(((*at, "header"), (column.header.nl, column.header.en, *column.also)) for at, column in columns)
    for at, column in columns:
        _check_column(found, at, column)
        if column.part_of is not None:
            check_counted(found, (*at, "part_of"), column.part_of)
    _check_roles(found, path, register)
    _check_expected(found, path, register)
    _check_built_in(found, path, register)


def _check_column(found: Findings, path: KeyPath, column: Column) -> None:
    if bool(column.choices) is not (column.type is ColumnType.CHOICE):
        found.add(rules.CHOICES_MISPLACED, path, column=column.id, type=column.type.value)
    choices = [((*path, "choices", number), choice) for number, choice in enumerate(column.choices)]
    found.ids((at, choice.id) for at, choice in choices)
    found.names(((*at, "label"), (choice.label.nl, choice.label.en, *choice.also)) for at, choice in choices)
    for at, choice in choices:
        for language, label in (("nl", choice.label.nl), ("en", choice.label.en)):
            if "," in label or ";" in label:
                found.add(rules.LABEL_WITH_COMMA, (*at, "label", language), label=label)


def check_counted(found: Findings, path: KeyPath, reference: ColumnRef) -> None:
    """What is said to be counted in a column must be counted in a column that there is, in whole numbers."""
    register = found.framework.register(reference.register)
    if register is None:
        available = listed(item.id for item in found.framework.registers)
        found.add(rules.REGISTER_UNKNOWN, (*path, "register"), register=reference.register, available=available)
        return
    _check_role(found, (*path, "column"), register, (reference.column, ColumnType.WHOLE))


def _check_roles(found: Findings, path: KeyPath, register: Register) -> None:
    if register.since is not None:
        _check_role(found, (*path, "since"), register, (register.since, ColumnType.DATE))
    wants_choices = register.expected is Expected.CHOICES_USED
    if register.expected_column is not None:
        _check_role(found, (*path, "expected_column"), register, (register.expected_column, ColumnType.CHOICE))
    elif wants_choices:
        found.add(rules.KEY_MISSING, (*path, "expected_column"), name="expected_column")
    if register.when_complete is not None:
        _check_assumed(found, (*path, "when_complete"), register, register.when_complete)


def _check_role(found: Findings, path: KeyPath, register: Register, role: tuple[str, ColumnType]) -> None:
    name, wanted = role
    column = find_column(found, path, register, name)
    if column is not None and column.type is not wanted:
        found.add(rules.COLUMN_TYPE, path, column=name, register=register.id, type=wanted.value)


def _check_assumed(found: Findings, path: KeyPath, register: Register, assumed: Assumed) -> None:
    column = find_column(found, (*path, "column"), register, assumed.column)
    if column is not None:
        check_value(found, (*path, "value"), column, assumed.value)


def find_column(found: Findings, path: KeyPath, register: Register, name: str) -> Column | None:
    """The column that a path names; when there is none, that is noted."""
    column = register.column(name)
    if column is None:
        available = listed(column.id for column in register.columns)
        found.add(rules.COLUMN_UNKNOWN, path, column=name, register=register.id, available=available)
    return column


def check_value(found: Findings, path: KeyPath, column: Column, value: bool | int | str) -> None:
    """Refuse a value that the column can never hold."""
    framework = found.framework
    match column.type:
        case ColumnType.YES_NO:
            fits, available = isinstance(value, bool), "true, false"
        case ColumnType.WHOLE | ColumnType.YEAR:
            fits, available = isinstance(value, int) and not isinstance(value, bool), "0, 1, 2 …"
        case ColumnType.CHOICE:
            names = [choice.id for choice in column.choices]
            fits, available = value in names, listed(names)
        case ColumnType.GROUP | ColumnType.GROUPS:
            names = [group.id for group in framework.tumour_groups]
            names += [part.id for group in framework.tumour_groups for part in group.sub_types]
            fits, available = value in names, listed(names)
        case ColumnType.TREATMENT:
            names = [treatment.id for treatment in framework.treatments]
            fits, available = value in names, listed(names)
        case _:
            fits, available = isinstance(value, str), "…"
    if not fits:
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        found.add(rules.VALUE_UNKNOWN, path, value=shown, column=column.id, available=available)


def _check_expected(found: Findings, path: KeyPath, register: Register) -> None:
    keys = register.key_columns
    for number, types in enumerate(KEYS_OF_EXPECTED.get(register.expected, ())):
        if number >= len(keys) or keys[number].type not in types:
            found.add(rules.COLUMN_OF_TYPE_MISSING, (*path, "expected"), register=register.id, type=types[0].value)
    needs_groups = register.expected in (Expected.GROUPS, Expected.LOCATIONS_BY_GROUPS)
    if needs_groups and not found.framework.tumour_groups:
        found.add(rules.GROUPS_MISSING, (*path, "expected"), register=register.id)
    if register.expected is Expected.IZA_GROUPS and found.framework.iza is None:
        found.add(rules.FILE_MISSING, (*path, "expected"), file="iza.yaml")


def _check_built_in(found: Findings, path: KeyPath, register: Register) -> None:
    for name, types in BUILT_IN.get(register.id, {}).items():
        column = register.column(name)
        if column is None:
            found.add(rules.BUILT_IN_COLUMN_MISSING, path, column=name, register=register.id, type=types[0].value)
        elif column.type not in types:
            at = (*path, "columns", register.columns.index(column), "type")
            found.add(rules.COLUMN_TYPE, at, column=name, register=register.id, type=types[0].value)
    for (register_id, name), wanted in BUILT_IN_CHOICES.items():
        column = register.column(name) if register.id == register_id else None
        if column is not None:
            present = {choice.id for choice in column.choices}
            at = (*path, "columns", register.columns.index(column), "choices")
            for choice in (choice for choice in wanted if choice not in present):
                found.add(rules.BUILT_IN_CHOICE_MISSING, at, choice=choice, column=name, register=register.id)
