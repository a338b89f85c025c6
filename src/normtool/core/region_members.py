"""Who takes part in a region: the members of its sub-networks, each once, with the sub-networks they are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from normtool.core.dates import Truth, on_or_after, on_or_before
from normtool.core.dossier import SubNetwork
from normtool.core.evidence import Evidence, RegisterRow
from normtool.core.ledger import span_in, text_in
from normtool.core.spellings import plain

MEMBERS = "members"
REGION = ""
"""Stands for the region itself, where sub-networks go by their code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionMember:
    """A member of a region. `sub_networks` are the codes of those it is in; none when only the region names it.

    `known_as` are its ids in the networks that list it: (code, id), the region itself with an empty code.
    """

    id: str
    name: str
    kind: str = ""
    role: str = ""
    parent: str = ""
    sub_networks: tuple[str, ...] = ()
    known_as: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Gathered:
    """A member while it is gathered: the rows that name it, with the network each is from."""

    rows: list[tuple[str, RegisterRow]]

    def text(self, column: str) -> str:
        """The first text in a column."""
        return next((found for _, row in self.rows if (found := text_in(row, column))), "")

    @property
    def parents(self) -> Iterator[tuple[str, str]]:
        """What it is part of, as each network says it."""
        return ((code, parent) for code, row in self.rows if (parent := text_in(row, "parent")))


def region_members(evidence: Evidence, sub_networks: Sequence[SubNetwork]) -> tuple[RegionMember, ...]:
    """The members of a region on the reference date, in the order in which they are met.

    Two rows are of one member when they have the same id, or the same name. `evidence` is the region's own.
    """
    day = evidence.network.reference_date
    found: list[_Gathered] = []
    by_id: dict[str, _Gathered] = {}
    by_name: dict[str, _Gathered] = {}
    for code, row in _rows(evidence, sub_networks, day):
        identity, name = plain(text_in(row, "id")), plain(text_in(row, "name"))
        member = by_id.get(identity) or (by_name.get(name) if name else None)
        if member is None:
            member = _Gathered(rows=[])
            found.append(member)
        member.rows.append((code, row))
        by_id.setdefault(identity, member)
        if name:
            by_name.setdefault(name, member)
    made = tuple(_member(item) for item in found)
    ids = ids_in_the_region(made)
    return tuple(
        replace(member, parent=next((ids.get((code, plain(parent)), parent) for code, parent in item.parents), ""))
        for member, item in zip(made, found, strict=True)
    )


def _rows(evidence: Evidence, sub_networks: Sequence[SubNetwork], day: date) -> Iterator[tuple[str, RegisterRow]]:
    listed: Iterable[tuple[str, Sequence[RegisterRow]]] = (
        (REGION, evidence.register(MEMBERS).rows),
        *((item.code, item.members) for item in sub_networks),
    )
    for code, rows in listed:
        yield from ((code, row) for row in rows if text_in(row, "id") and _takes_part(row, day))


def _takes_part(row: RegisterRow, day: date) -> bool:
    start, end = span_in(row, "from"), span_in(row, "until")
    begun = start is None or on_or_before(start, day) is not Truth.NO
    return begun and (end is None or on_or_after(end, day) is not Truth.NO)


def _member(item: _Gathered) -> RegionMember:
    return RegionMember(
        id=item.text("id"),
        name=item.text("name") or item.text("id"),
        kind=item.text("kind"),
        role=item.text("role"),
        sub_networks=tuple(dict.fromkeys(code for code, _ in item.rows if code != REGION)),
        known_as=tuple(dict.fromkeys((code, text_in(row, "id")) for code, row in item.rows)),
    )


def ids_in_the_region(members: Iterable[RegionMember]) -> Mapping[tuple[str, str], str]:
    """The id that a member has in the region, by a network's code and its id there in plain form."""
    return {(code, plain(identity)): item.id for item in members for code, identity in item.known_as}
