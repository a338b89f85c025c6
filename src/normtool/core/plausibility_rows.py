"""Questions about rows: expected ones that are missing, and care on one sheet that another sheet denies.

Source: docs/method.md, Missing rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from normtool.core.asking import Asked, explanation_in, form_language
from normtool.core.diagnostics import Related
from normtool.core.evidence import RegisterRow, Unreadable
from normtool.core.expected_rows import filled_rows, hospital_locations, missing_keys, owes_volume
from normtool.core.framework_names import group_names
from normtool.core.ledger import Ledger, number_in, place_in, text_in
from normtool.core.places import FilePlace
from normtool.core.plausibility_totals import says_absent
from normtool.core.pooled_columns import located_number
from normtool.core.registers import Choice, ColumnType, Expected, Register
from normtool.core.rules_questions import CARE_CONTRADICTED, MISSING_ROWS_READ, ROWS_MISSING
from normtool.core.units import Unit, UnitReader
from normtool.core.volumes import VOLUMES

NAMED = 3
"""How many missing rows are named; the rest is counted."""
Key = tuple[str, ...]


def ask_about_rows(ledger: Ledger) -> Iterator[Asked]:
    """The questions about rows that are missing, and about rows that contradict each other."""
    for register in ledger.framework.registers:
        yield from _missing(ledger, register)
    yield from _care_denied_by_the_network(ledger)
    yield from _volumes_denied(ledger)


# --- missing -------------------------------------------------------------------------------------------------------


def _missing(ledger: Ledger, register: Register) -> Iterator[Asked]:
    """One question about a sheet that is mostly filled in; one note when it was declared complete.

    A sheet that is mostly empty is still being filled in, and one that was declared incomplete says so itself:
    there the indicators that lean on it tell what is open.
    """
    known, filled = ledger.rows(register.id), filled_rows(ledger, register)
    if not filled or (known.complete is not None and not known.is_complete) or not _is_readable(ledger, register):
        return
    missing = list(missing_rows(ledger, register))
    if not missing or (not known.is_complete and len(missing) >= len(filled)):
        return
    yield Asked(
        rule=MISSING_ROWS_READ if known.is_complete else ROWS_MISSING,
        place=FilePlace(file=filled[0].place.file, sheet=filled[0].place.sheet),
        facts={
            "sheet": filled[0].place.sheet,
            "count": len(missing),
            "names": "; ".join(_named(ledger, register, key) for key in missing[:NAMED]),
        },
    )


def _is_readable(ledger: Ledger, register: Register) -> bool:
    """Whether all rows can be told apart: one whose name must be corrected first may be the row that is missed."""
    for item in (register, ledger.framework.register("members")):
        if item is None:
            continue
        names = [column.id for column in item.key_columns if column.type is not ColumnType.CHOICE]
        if item.expected is Expected.CHOICES_USED:
            names = [item.expected_column or ""]
        for row in ledger.rows(item.id).rows:
            values = [row.contents.get(name) for name in names]
            if None in values or Unreadable in map(type, values):
                return False
    return True


def missing_rows(ledger: Ledger, register: Register) -> Iterator[Key]:
    """The keys of expected rows that are not there or hold nothing but their key."""
    if register.expected is not Expected.LOCATIONS_BY_TREATMENTS:
        yield from (tuple(value for _, value in key) for key in missing_keys(ledger, register))
        return
    year = ledger.reporting_year
    bound = {name for norm in ledger.framework.volume_norms if norm.binds_in(year) for name in norm.treatments}
    location, treatment = (column.id for column in register.key_columns[:2])
    present = {(text_in(row, location), text_in(row, treatment)) for row in filled_rows(ledger, register)}
    for member in hospital_locations(ledger):
        for item in ledger.framework.treatments:
            is_owed = item.id in bound and (member, item.id) not in present
            if is_owed and owes_volume(ledger, member, item.id):
                yield member, item.id


def _named(ledger: Ledger, register: Register, key: Key) -> str:
    """A row by the names that people use: a member by its own, the rest as the norms call it."""
    language, framework = form_language(ledger), ledger.framework
    texts = group_names(framework) | {item.id: item.name for item in framework.treatments}
    choices: tuple[Choice, ...] = ()
    column = register.column(register.expected_column or "")
    if column is not None:
        choices = column.choices
    texts |= {choice.id: choice.label for choice in choices}
    return " ".join(texts[part].in_language(language) if part in texts else part for part in key)


# --- contradicted --------------------------------------------------------------------------------------------------


def _care_denied_by_the_network(ledger: Ledger) -> Iterator[Asked]:
    """Locations that treat a group of which the network says that it is not treated; each group once."""
    for network in _registers(ledger, Expected.GROUPS):
        denied = {text_in(row, network.key_columns[0].id): row for row in _denying(ledger, network)}
        for register in _registers(ledger, Expected.LOCATIONS_BY_GROUPS):
            reader = UnitReader.of(ledger, register)
            given: dict[str, list[RegisterRow]] = {}
            for row in ledger.rows(register.id).rows:
                group = reader.unit(row).group
                named = next((name for name in (group, ledger.groups.get(group, "")) if name in denied), "")
                if named and _says_given(register, row):
                    given.setdefault(named, []).append(row)
            for group, rows in given.items():
                yield _contradicted(network, register, denied[group], rows)


def _contradicted(network: Register, register: Register, denying: RegisterRow, rows: list[RegisterRow]) -> Asked:
    """A question at the first location that treats, with the others and with what denies it."""
    column = register.when_complete.column if register.when_complete is not None else ""
    denied_by = network.when_complete.column if network.when_complete is not None else ""
    said = [explanation_in(row) for row in rows]
    return Asked(
        rule=CARE_CONTRADICTED,
        place=place_in(rows[0], column)[0],
        facts={"sheet": denying.place.sheet},
        related=(
            Related(place=place_in(denying, denied_by)[0], role="not_treated"),
            *(Related(place=place_in(row, column)[0], role="treated") for row in rows[1:]),
        ),
        explanation=explanation_in(denying) or (said[0] if all(said) else None),
    )


def _volumes_denied(ledger: Ledger) -> Iterator[Asked]:
    """Treatments done at a location that says it does not treat the group, or in a network that says so."""
    volumes = ledger.framework.register(VOLUMES)
    if volumes is None or not ledger.rows(VOLUMES).rows:
        return
    denied, given = _care_by_unit(ledger)
    reader = UnitReader.of(ledger, volumes)
    for row in ledger.rows(VOLUMES).rows if denied else ():
        number, unit = located_number(row, "number"), reader.unit(row)
        is_now = number_in(row, "year") == ledger.reporting_year
        if number is None or number.value == 0 or not is_now or not unit.group:
            continue
        group = ledger.groups.get(unit.group, "")
        near = [Unit(place, name) for place in (unit.location, "") for name in (unit.group, group)]
        denying = next((denied[item] for item in near if item in denied), None)
        if denying is not None and not any(item in given for item in near):
            yield Asked(
                rule=CARE_CONTRADICTED,
                place=number.place,
                facts={"sheet": denying.place.sheet},
                related=(Related(place=denying.place, role="not_treated"),),
                explanation=explanation_in(row) or explanation_in(denying),
            )


def _care_by_unit(ledger: Ledger) -> tuple[dict[Unit, RegisterRow], set[Unit]]:
    """What locations and network say they do not treat, and what locations say they do."""
    denied: dict[Unit, RegisterRow] = {}
    given: set[Unit] = set()
    for expected in (Expected.LOCATIONS_BY_GROUPS, Expected.GROUPS):
        for register in _registers(ledger, expected):
            reader = UnitReader.of(ledger, register)
            denied |= {reader.unit(row): row for row in _denying(ledger, register)}
            given |= {reader.unit(row) for row in ledger.rows(register.id).rows if _says_given(register, row)}
    return denied, given


def _registers(ledger: Ledger, expected: Expected) -> list[Register]:
    """The registers with these expected rows that have a word for *not here*."""
    return [item for item in ledger.framework.registers if item.expected is expected and item.when_complete]


def _denying(ledger: Ledger, register: Register) -> list[RegisterRow]:
    return [row for row in ledger.rows(register.id).rows if says_absent(register, row)]


def _says_given(register: Register, row: RegisterRow) -> bool:
    """Whether a row says plainly that the care is given here."""
    column = register.column(register.when_complete.column) if register.when_complete is not None else None
    return column is not None and column.type is ColumnType.YES_NO and row.contents.get(column.id) is True
