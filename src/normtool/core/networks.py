"""The registry: regions, their sub-networks and members through time, each statement with its source.

Membership overlaps and moves (domain dossier, §6), so it is dated and many to many. What two sources say
differently stands twice, with their dates; nothing here is preferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from normtool.core.evidence import DateSpan, NetworkLayer
from normtool.core.registers import Text

ALIAS_SOURCES = ("nza", "dica", "zorginzicht")
"""National sources with names of their own for institutions; an alias may name one without listing it as a source."""


class OrganisationKind(Enum):
    """What an organisation is; the same ids as in the register of members."""

    HOSPITAL = "hospital"
    LOCATION = "location"
    RADIOTHERAPY = "radiotherapy"
    GENERAL_PRACTICE = "general_practice"
    PATIENT_ORGANISATION = "patient_organisation"
    INSURER = "insurer"
    IKNL = "iknl"
    OTHER = "other"


class Role(Enum):
    """How an organisation takes part in a network."""

    PARTICIPANT = "participant"
    SIGNATORY = "signatory"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrySource:
    """Where a statement comes from: what it is, when it was published (a year, a month or a day), where it stands.

    `published` is empty for an undated text.
    """

    id: str
    title: str
    kind: Literal["primary", "secondary"]
    address: str
    published: DateSpan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """The name by which one source knows an organisation or a network; `source` is an id, such as `nza` or `S0`."""

    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A hospital, a location of one, or another party. `parent` is the organisation that it is part of."""

    id: str
    name: str
    kind: OrganisationKind
    source: str
    abbreviation: str = ""
    also: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    parent: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An organisation in a network, as one source tells it.

    `seen` is the time the source speaks of. `start` and `end` are given only where a source gives them; an empty one
    is not known, so that side is open. `signed` is when it signed the agreement, where a source says so.
    """

    organisation: str
    source: str
    seen: DateSpan
    role: Role = Role.PARTICIPANT
    start: DateSpan | None = None
    end: DateSpan | None = None
    signed: DateSpan | None = None
    note: Text | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the organisation is not known to be outside the network on this day."""
        begun = self.start is None or self.start.first <= day
        return begun and (self.end is None or day <= self.end.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A number that a source gives of a network, such as its parties; kept beside what others say."""

    what: Literal["parties", "hospitals", "sub_networks", "tumour_groups"]
    number: int
    source: str
    seen: DateSpan
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A region, a sub-network of one (`region` is the id of its region), or a network on its own (no layer).

    `own_term` is its own word for a tumour-type network, and `own_term_source` who says so. `unit_of_review`: whom
    reviewers visit, where that is known.
    """

    id: str
    code: str
    name: str
    source: str
    layer: NetworkLayer | None = None
    region: str = ""
    also: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    own_term: str = ""
    own_term_source: str = ""
    unit_of_review: NetworkLayer | None = None
    members: tuple[Membership, ...] = ()
    claims: tuple[Claim, ...] = ()
    note: Text | None = None

    @property
    def statements(self) -> tuple[Membership | Claim, ...]:
        """Everything that sources say of its members and numbers."""
        return (*self.members, *self.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All that is known of networks and who takes part in them."""

    sources: tuple[RegistrySource, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    networks: tuple[Network, ...] = ()

    @property
    def latest_day(self) -> date:
        """The latest day that a source speaks of."""
        return max((item.seen.last for network in self.networks for item in network.statements), default=date.min)

    def network(self, network_id: str) -> Network | None:
        """The network with this id, if there is one."""
        return next((item for item in self.networks if item.id == network_id), None)

    def organisation(self, organisation_id: str) -> Organisation | None:
        """The organisation with this id, if there is one."""
        return next((item for item in self.organisations if item.id == organisation_id), None)

    def organisation_of(self, member: Membership) -> Organisation:
        """The organisation that takes part. Raises LookupError when the registry, unchecked, does not have it."""
        found = self.organisation(member.organisation)
        if found is None:
            raise LookupError(member.organisation)
        return found

    def sub_networks(self, network_id: str) -> tuple[Network, ...]:
        """The sub-networks of a region, in the order of the registry."""
        return tuple(item for item in self.networks if item.region == network_id)

    def members_on(self, network: Network, day: date) -> tuple[Membership, ...]:
        """Who takes part on a day, in order of listing: of each organisation the most telling statement.

        That is one that knows when it began, else one that knows it signed, else the latest.
        """
        best: dict[str, Membership] = {}
        for item in self.statements_on(network, day):
            former = best.get(item.organisation)
            if former is None or _telling(former) <= _telling(item):
                best[item.organisation] = item
        return tuple(best.values())

    def statements_on(self, network: Network, day: date) -> tuple[Membership, ...]:
        """All statements about members that hold on a day.

        One that does not know a beginning or an end does not reach over one that another source knows.
        """
        dated: dict[str, list[Membership]] = {}
        for item in network.members:
            if item.start is not None or item.end is not None:
                dated.setdefault(item.organisation, []).append(item)
        return tuple(
            item
            for item in network.members
            if item.holds_on(day) and not any(_closes(other, item, day) for other in dated.get(item.organisation, ()))
        )

    def all_members_on(self, network: Network, day: date) -> tuple[Membership, ...]:
        """Who takes part in a network or in one of its sub-networks on a day, each organisation once."""
        found: dict[str, Membership] = {}
        for part in (network, *self.sub_networks(network.id)):
            for item in self.members_on(part, day):
                found.setdefault(item.organisation, item)
        return tuple(found.values())

    def networks_by_member(self, day: date) -> dict[str, tuple[Network, ...]]:
        """In which networks each organisation takes part on a day, in the order of the registry."""
        found: dict[str, list[Network]] = {}
        for network in self.networks:
            for item in self.members_on(network, day):
                found.setdefault(item.organisation, []).append(network)
        return {organisation: tuple(networks) for organisation, networks in found.items()}


def are_apart(one: Network, other: Network) -> bool:
    """Whether two networks are two, and not one the region of the other."""
    return one.id != other.id and one.id != other.region and other.id != one.region


def _telling(item: Membership) -> tuple[bool, bool, date]:
    return item.start is not None, item.role is Role.SIGNATORY, item.seen.last


def _closes(other: Membership, item: Membership, day: date) -> bool:
    """Whether another statement about the same member ends what this one leaves open, before it reaches a day."""
    begins, ends = other.start, other.end
    not_yet = item.start is None and begins is not None and day < begins.first <= item.seen.last
    no_more = item.end is None and ends is not None and day > ends.last >= item.seen.first
    return not_yet or no_more
