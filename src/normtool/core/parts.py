"""Parts of a form: what belongs to which member or tumour group, and what is left for the network itself.

Every expected row of a form is in exactly one part, and so are the minutes that answering costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from normtool.core.evidence import NetworkLayer
from normtool.core.forms import (
    FormMember,
    FormRequest,
    RowValues,
    asked_indicators,
    expected_rows,
    form_indicators,
    registers_of,
)
from normtool.core.kinds import Coverage, Is, OneOf, Pooled, VolumeKind
from normtool.core.ready import Typed
from normtool.core.registers import ColumnType, Expected, Register
from normtool.core.spellings import Names, plain
from normtool.core.standards import Framework, Indicator, TumourGroup, TumourSubType

NETWORK = "network"
"""The id of the part of the network itself."""
NETWORK_NAMES = ("network", "netwerk")
INDICATORS = "indicators"
DOCUMENTS = "documents"
WITHOUT_A_PART = frozenset({"insurer", "iknl", "other", ""})
"""Kinds of member that have nothing of their own to answer: the network fills in their row."""


class PartKind(Enum):
    """Whose part it is."""

    MEMBER = "member"
    GROUP = "group"
    NETWORK = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: whose it is, which sheets it asks (ids of registers, `indicators`), how many rows and minutes."""

    id: str
    kind: PartKind
    title: str
    sheets: tuple[str, ...] = ()
    rows: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Whose a row is: `members` and `groups` map what a row names to the id of a part."""

    members: Mapping[str, str]
    groups: Mapping[str, str]

    def of_row(self, register: Register, values: Mapping[str, object]) -> str:
        """The part that a row of this register belongs to, by the values that name it."""
        return self.reader(register)(values)

    def reader(self, register: Register) -> Callable[[Mapping[str, object]], str]:
        """For the rows of this register: what tells whose each is, by the values that name it."""
        named, known = self._naming(register)

        def owner(values: Mapping[str, object]) -> str:
            for column in named:
                part = known.get(str(values.get(column)))
                if part is not None:
                    return part
            return NETWORK

        return owner

    def _naming(self, register: Register) -> tuple[list[str], Mapping[str, str]]:
        """The columns that name whose a row is, and the part that each name in them stands for."""
        match register.expected:
            case Expected.MEMBERS:
                return [column.id for column in register.key_columns], self.members
            case Expected.LOCATIONS_BY_GROUPS | Expected.LOCATIONS_BY_TREATMENTS:
                place = register.column_of_type(ColumnType.LOCATION)
                return [place.id] if place else [], self.members
            case Expected.GROUPS | Expected.IZA_GROUPS:
                group = register.column_of_type(ColumnType.GROUP)
                return [group.id] if group else [], self.groups
            case _:
                return [], {}


def owners_of(framework: Framework, members: Iterable[FormMember]) -> Owners:
    """Whose the rows are of a network with these members."""
    listed = {member.id: member for member in members}
    roots = {name: _root(member, listed) for name, member in listed.items()}
    kinds = {name: member.kind for name, member in listed.items()}
    has_part = {name for name in roots.values() if kinds.get(name, "") not in WITHOUT_A_PART}
    taken = {plain(name) for name in has_part} | set(NETWORK_NAMES)
    groups: dict[str, str] = {}
    for group in framework.tumour_groups:
        part = f"{group.id}-group" if plain(group.id) in taken else group.id
        owner = part if group.expected and _asks_groups(framework) else NETWORK
        groups |= dict.fromkeys((group.id, *(sub_type.id for sub_type in group.sub_types)), owner)
    members_of = {name: root if root in has_part else NETWORK for name, root in roots.items()}
    return Owners(members=members_of, groups=groups)


def owners_in(request: FormRequest) -> Owners:
    """Whose the rows of this form are. A region fills in its own form whole: its sub-networks hand out theirs."""
    owners = owners_of(request.framework, request.members)
    if request.layer is not NetworkLayer.REGION:
        return owners
    return Owners(members=dict.fromkeys(owners.members, NETWORK), groups=dict.fromkeys(owners.groups, NETWORK))


def _asks_groups(framework: Framework) -> bool:
    return any(register.expected is Expected.GROUPS for register in framework.registers)


def _root(member: FormMember, known: Mapping[str, FormMember]) -> str:
    """The member that this one is part of, as far up as is known."""
    seen = {member.id}
    while member.parent in known and member.parent not in seen:
        member = known[member.parent]
        seen.add(member.id)
    return member.id


def parts_of(request: FormRequest) -> tuple[Part, ...]:
    """All parts of the whole form: the members, the tumour groups, and the network itself at the end."""
    whole = replace(request, part=())
    owners = owners_in(whole)
    owned = {register.id: _owned(whole, register, owners) for register in whole.framework.registers}
    rows = sum(owned.values(), Counter({NETWORK: len(asked_indicators(whole))}))
    minutes = _minutes(whole, owners)
    return tuple(
        replace(part, sheets=_sheets(whole, part, owned), rows=rows[part.id], minutes=minutes[part.id])
        for part in _named(whole, owners)
    )


def _named(request: FormRequest, owners: Owners) -> tuple[Part, ...]:
    members = [
        Part(id=member.id, kind=PartKind.MEMBER, title=member.name or member.id)
        for member in request.members
        if owners.members[member.id] == member.id
    ]
    groups = [
        Part(id=owners.groups[group.id], kind=PartKind.GROUP, title=group.name.in_language(request.language))
        for group in request.framework.tumour_groups
        if owners.groups[group.id] != NETWORK
    ]
    return (*members, *groups, Part(id=NETWORK, kind=PartKind.NETWORK, title=request.name))


def _owned(request: FormRequest, register: Register, owners: Owners) -> Counter[str]:
    """How many of the expected rows of a register are whose."""
    return Counter(map(owners.reader(register), map(dict, expected_rows(request, register))))


def _sheets(request: FormRequest, part: Part, owned: Mapping[str, Counter[str]]) -> tuple[str, ...]:
    """What the part asks, in the order of the form. What is nobody else's is the network's."""
    is_network = part.kind is PartKind.NETWORK
    found = [INDICATORS] if is_network and form_indicators(request) else []
    for register in request.framework.registers:
        shared = register.expected is Expected.MEMBERS or not owned[register.id]
        if register.id == DOCUMENTS or part.id in owned[register.id] or (is_network and shared):
            found.append(register.id)
    return tuple(found)


# --- minutes ----------------------------------------------------------------------------------------------------


def _minutes(request: FormRequest, owners: Owners) -> dict[str, int]:
    """Whole minutes per part; together exactly what the whole form costs."""
    exact = dict.fromkeys((part.id for part in _named(request, owners)), Fraction(0))
    for indicator in asked_indicators(request):
        askers = _askers(request, indicator, owners)
        for owner, count in Counter(askers).items():
            exact[owner] += Fraction(indicator.minutes * count, len(askers))
    whole = {name: int(share) for name, share in exact.items()}
    left = sum(indicator.minutes for indicator in asked_indicators(request)) - sum(whole.values())
    # The largest remainders are rounded up, until the sum is that of the whole.
    for name in sorted(exact, key=lambda name: (whole[name] - exact[name], name))[:left]:
        whole[name] += 1
    return whole


def _askers(request: FormRequest, indicator: Indicator, owners: Owners) -> list[str]:
    """Whose work an indicator is: one entry per row it is answered in; the network's where there are no rows."""
    kind = indicator.kind
    found: list[str] = []
    for register, columns in registers_of(request.framework, indicator):
        answered_here = columns if isinstance(kind, Coverage | Pooled) else isinstance(kind, VolumeKind)
        if answered_here:
            rows = filter(_reads(request.framework, indicator), map(dict, expected_rows(request, register)))
            found += map(owners.reader(register), rows)
        if found:
            break
    return found or [NETWORK]


def _reads(framework: Framework, indicator: Indicator) -> Callable[[Mapping[str, Typed]], bool]:
    """What tells whether an indicator may read a row, by what is known of it beforehand."""
    kind = indicator.kind
    if isinstance(kind, VolumeKind):
        treatments = {item.id for item in framework.treatments if item.category == kind.category}
        return lambda values: not treatments.isdisjoint(map(str, values.values()))
    where = kind.where if isinstance(kind, Coverage | Pooled) else ()
    allowed = [
        (test.column, test.values if isinstance(test, OneOf) else (test.value,))
        for test in where
        if isinstance(test, Is | OneOf)
    ]
    return lambda values: all(column not in values or values[column] in wanted for column, wanted in allowed)


# --- the form of a part -----------------------------------------------------------------------------------------


def rows_in(request: FormRequest, register: Register) -> tuple[RowValues, ...]:
    """The expected rows of a register that belong in this form."""
    rows = expected_rows(request, register)
    if not request.part:
        return rows
    owners = owners_in(request)
    return tuple(row for row in rows if owners.of_row(register, dict(row)) in request.part)


def own_parts(request: FormRequest) -> tuple[Part, ...]:
    """The parts that this form is for; none when it is a whole one."""
    return tuple(part for part in parts_of(request) if part.id in request.part)


def sheets_in(request: FormRequest) -> frozenset[str]:
    """What this form asks: ids of registers, and `indicators`."""
    if not request.part:
        return frozenset({INDICATORS, *(register.id for register in request.framework.registers)})
    return frozenset(sheet for part in own_parts(request) for sheet in part.sheets)


def asks_indicators(request: FormRequest) -> bool:
    """Whether the indicators themselves are answered in this form: they are the network's."""
    return not request.part or NETWORK in request.part


def asks_completeness(register: Register, parts: tuple[str, ...]) -> bool:
    """Whether a form for these parts (none: a whole form) can say that this overview is complete.

    Of the members and the documents only the network can: the others see no more than their own.
    """
    by_others = register.expected in (
        Expected.GROUPS,
        Expected.LOCATIONS_BY_GROUPS,
        Expected.LOCATIONS_BY_TREATMENTS,
        Expected.IZA_GROUPS,
    )
    return by_others or not parts or NETWORK in parts


def part_names(framework: Framework, parts: tuple[Part, ...], members: Iterable[FormMember]) -> Names:
    """What people may call a part: its id or its title, a location of it, a sub-type."""
    listed = tuple(members)
    owners = owners_of(framework, listed)
    known = {part.id for part in parts}
    pairs = [(spelling, part.id) for part in parts for spelling in (part.id, part.title)]
    pairs += [(spelling, NETWORK) for spelling in NETWORK_NAMES]
    for member in listed:
        pairs += [(spelling, owners.members[member.id]) for spelling in (member.id, member.name) if spelling]
    for group in framework.tumour_groups:
        named: list[TumourGroup | TumourSubType] = [group, *group.sub_types]
        for item in named:
            spellings = (item.id, item.name.nl, item.name.en, *item.also)
            pairs += [(spelling, owners.groups[item.id]) for spelling in spellings]
    return Names(((spelling, part) for spelling, part in pairs if part in known), beside=framework.network_words)
