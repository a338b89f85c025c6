"""What several parts say together: the facts of the network, its members, what is complete, what may be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtool.core.diagnostics import Collector, Related
from normtool.core.evidence import RegisterRow, RegisterRows, Value
from normtool.core.form_identity import FormIdentity, ListedMember
from normtool.core.forms import member_row
from normtool.core.intake_network import LABELS, OF_ONE_WORKBOOK, NetworkValue
from normtool.core.ledger import text_in
from normtool.core.parts import asks_completeness, owners_of
from normtool.core.places import Located
from normtool.core.registers import Expected, Register
from normtool.core.rules_parts import COMPLETE_IN_SOME_PARTS, NETWORK_PART_COUNTS
from normtool.core.spellings import plain
from normtool.core.standards import Framework

NetworkValues = dict[str, NetworkValue]
Identities = tuple[FormIdentity, ...]
IDENTIFYING = frozenset({"code", "assessment_year", "reporting_year"}) | OF_ONE_WORKBOOK
"""What every workbook must agree on, or says of itself alone; the rest is for the network to say."""


def is_divided(identities: Iterable[FormIdentity]) -> bool:
    """Whether any of these workbooks is a part."""
    return any(item.is_part for item in identities)


def asked_of(identities: Identities, name: str) -> tuple[FormIdentity, ...]:
    """The forms that ask a sheet: the parts that do, or else the whole forms."""
    parts = tuple(item for item in identities if name in item.sheets)
    return parts or tuple(item for item in identities if not item.is_part)


def lacking(identities: Identities, having: Identities, name: str) -> tuple[FormIdentity, ...]:
    """The forms that ask a sheet, while it is not in them nor in another form of the same part: each part once.

    A whole form that has it may hold everybody's answers, so then nobody lacks it; and what only stands in parts
    that are not there is not missing: those parts are.
    """
    if any(not item.is_part for item in having):
        return ()
    had = {part for item in having for part in item.parts}
    missed: dict[tuple[str, ...], FormIdentity] = {}
    for item in asked_of(identities, name):
        whole_in_parts = not item.is_part and having
        if not whole_in_parts and not had & set(item.parts):
            missed.setdefault(item.parts, item)
    return tuple(missed.values())


def by_the_network(read: list[tuple[FormIdentity, NetworkValues]], collector: Collector) -> list[NetworkValues]:
    """The facts of the network as its own part says them, then what the others say of who and when.

    A member or tumour group has them from the day its part was made; where the network has changed one since,
    that is noted once.
    """
    own = [values for item, values in read if item.is_network]
    others = [values for item, values in read if not item.is_network]
    if not own:
        return others
    said: NetworkValues = {}
    for values in own:
        said = {**values, **said}
    noted: set[str] = set()
    for values in others:
        for key, value in values.items():
            former = said.get(key)
            if key in IDENTIFYING or former is None or former.value == value.value or key in noted:
                continue
            noted.add(key)
            related = (Related(place=former.place, role="counts"),)
            collector.add(NETWORK_PART_COUNTS, value.place, related=related, key=LABELS[key])
    kept = [{key: value for key, value in values.items() if key in IDENTIFYING} for values in others]
    return [*own, *kept]


# --- members ----------------------------------------------------------------------------------------------------


def elsewhere(framework: Framework, identities: Identities) -> Iterator[ListedMember]:
    """The members whose part is not here, as the parts that are here know them; each once."""
    received = {part for item in identities for part in item.parts}
    if not all(item.is_part for item in identities):
        return
    seen: set[str] = set()
    for item in identities:
        owners = owners_of(framework, [listed.member for listed in item.members])
        for listed in item.members:
            name = listed.member.id
            if owners.members[name] not in received and name not in seen:
                seen.add(name)
                yield listed


def with_members_elsewhere(
    register: Register, rows: RegisterRows, framework: Framework, identities: Identities
) -> RegisterRows:
    """The members with those whose part is not in yet, once the network's own part is: they are not forgotten."""
    if not any(item.is_part and item.is_network for item in identities):
        return rows
    known = {plain(text_in(row, "id")) for row in rows.rows}
    added = [
        _as_row(register, listed)
        for listed in elsewhere(framework, identities)
        if plain(listed.member.id) not in known
    ]
    return RegisterRows(register=rows.register, rows=(*rows.rows, *added), complete=rows.complete)


def _as_row(register: Register, listed: ListedMember) -> RegisterRow:
    cells: list[tuple[str, Located[Value]]] = [
        (column, Located(value=value, place=listed.place))
        for column, value in member_row(register, listed.member)
        if isinstance(value, str)
    ]
    return RegisterRow(place=listed.place, values=tuple(cells))


def documents_elsewhere(identities: Identities) -> Iterator[tuple[str, str]]:
    """Ids of documents that stood in the network's own part already, while that part is not here."""
    if not any(item.is_network for item in identities):
        yield from ((document, document) for item in identities for document in item.documents)


# --- complete or not --------------------------------------------------------------------------------------------


def complete_of(
    register: Register,
    said: list[tuple[FormIdentity, Located[bool] | None]],
    identities: Identities,
    collector: Collector,
) -> Located[bool] | None:
    """Whether a register is complete: nobody denies it, and a whole form or every part that asks it says so.

    Of the members only the network says it, and it holds once every member's own part is in.
    """
    stated = [(item, cell) for item, cell in said if cell is not None]
    denied = next((cell for _, cell in stated if not cell.value), None)
    if denied is not None or not stated:
        return denied
    whole = next((cell for item, cell in stated if not item.is_part), None)
    if whole is not None:
        return whole
    awaited = {
        part.id
        for item in identities
        for part in item.all_parts
        if register.id in part.sheets
        and (register.expected is Expected.MEMBERS or asks_completeness(register, (part.id,)))
    }
    received = {name for item in identities for name in item.parts if not asks_completeness(register, (name,))}
    confirmed = (received | {name for item, _ in stated for name in item.parts}) & awaited
    first = stated[0][1]
    if awaited <= confirmed:
        return first
    number, total = len(confirmed), len(awaited)
    collector.add(COMPLETE_IN_SOME_PARTS, first.place, sheet=first.place.sheet, count=number, total=total)
    return None
