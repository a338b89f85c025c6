"""The registry of networks as lines of at most 80 columns: a list, or a network with its members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from normtool.core.networks import (
    Membership,
    Network,
    Organisation,
    OrganisationKind,
    Registry,
    RegistrySource,
    are_apart,
)
from normtool.texts import Words

WIDTH = 80
CODES, COUNTS = 20, 12
"""Columns for the codes of networks, and for each of their two counts."""
NAMES = WIDTH - CODES - 2 * COUNTS - 1
COUNTED_APART = ("hospital", "location", "radiotherapy")


def listed_networks(registry: Registry, day: date, words: Words) -> list[str]:
    """The regions with their sub-networks under them, a line each; then networks without a region."""
    heads = [words.say(f"networks.columns.{name}") for name in ("code", "name", "hospitals", "members")]
    lines = [_row(*heads), "-" * WIDTH]
    for network in (item for item in registry.networks if not item.region):
        lines.append(_listed(registry, network, day, ""))
        lines += [_listed(registry, part, day, "  ") for part in registry.sub_networks(network.id)]
    return lines


def _listed(registry: Registry, network: Network, day: date, indent: str) -> str:
    members = registry.all_members_on(network, day)
    hospitals = _kinds(registry, members)[OrganisationKind.HOSPITAL.value]
    return _row(f"{indent}{network.code}", network.name, str(hospitals), str(len(members)))


def _row(code: str, name: str, hospitals: str, members: str) -> str:
    name = name if len(name) <= NAMES else f"{name[: NAMES - 1]}…"
    return f"{code:<{CODES}} {name:<{NAMES}}{hospitals:>{COUNTS}}{members:>{COUNTS}}"


def counts_of(registry: Registry, network: Network, day: date, words: Words) -> str:
    """How many take part in a network and its sub-networks: `4 ziekenhuizen, 1 andere partij`."""
    kinds = _kinds(registry, registry.all_members_on(network, day))
    counted = {kind: kinds.pop(kind, 0) for kind in COUNTED_APART} | {"other": kinds.total()}
    told = [words.say_count(f"networks.count.{kind}", number) for kind, number in counted.items() if number]
    members = ", ".join(told) or words.say("networks.count.none")
    parts = len(registry.sub_networks(network.id))
    if not parts:
        return members
    told_parts = words.say_count("networks.count.sub_networks", parts)
    return words.say("networks.in_parts", members=members, parts=told_parts)


def _kinds(registry: Registry, members: Iterable[Membership]) -> Counter[str]:
    kinds = {item.id: item.kind.value for item in registry.organisations}
    return Counter(kinds[item.organisation] for item in members)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """Networks with their members on a day. `elsewhere` are the networks of each member."""

    registry: Registry
    day: date
    words: Words
    elsewhere: Mapping[str, tuple[Network, ...]]

    def lines(self, networks: Iterable[Network]) -> list[str]:
        """The networks, each sub-network under its region, and the sources that they name."""
        shown = tuple(networks)
        ids = {network.id for network in shown}
        lines: list[str] = []
        for network in (item for item in shown if item.region not in ids):
            lines += ["", *self._network(network, "")]
            for part in self.registry.sub_networks(network.id):
                lines += ["", *self._network(part, "  ")]
        return [*lines, "", *self._sources(shown)]

    def about(self, organisation: Organisation) -> list[str]:
        """An organisation: what it is, its names, and each network it takes part in on this day, with the sources."""
        words = self.words
        lines = [
            "",
            *_hung(_named(organisation), ""),
            *_hung(words.say(f"networks.kind.{organisation.kind.value}"), "  "),
        ]
        names = _other_names(organisation)
        told = [words.say("networks.also_called", names="; ".join(names))] if names else []
        told += self._part_of(organisation)
        told += [words.text(organisation.note)] if organisation.note is not None else []
        for text in told:
            lines += _hung(text[:1].upper() + text[1:], "  ")
        statements = [
            (network, member)
            for network in self.registry.networks
            for member in self.registry.members_on(network, self.day)
            if member.organisation == organisation.id
        ]
        for network, member in statements:
            both = words.say("networks.takes_part", code=network.code, name=network.name)
            lines += _hung(network.code if network.code == network.name else both, "  - ")
            lines += _hung("; ".join(self._taking_part(network, member)), "      ")
        if not statements:
            lines += _hung(words.say("networks.takes_no_part"), "  ")
        own = {organisation.source, *(alias.source for alias in organisation.aliases)}
        said = {
            item.source
            for network, _ in statements
            for item in self.registry.statements_on(network, self.day)
            if item.organisation == organisation.id
        }
        return [*lines, "", *self._source_lines(own | said)]

    def _network(self, network: Network, indent: str) -> list[str]:
        inner = f"{indent}  "
        lines = _hung(f"{network.code}  {network.name}", indent)
        lines += _hung(f"{self._layer(network)}; {counts_of(self.registry, network, self.day, self.words)}", inner)
        for text in self._remarks(network):
            lines += _hung(text, inner)
        for member in self.registry.members_on(network, self.day):
            lines += self._member(network, member, inner)
        return lines

    def _layer(self, network: Network) -> str:
        layer = network.layer.value if network.layer is not None else "own"
        region = self.registry.network(network.region)
        return self.words.say(f"networks.layer.{layer}", region=region.code if region is not None else "")

    def _remarks(self, network: Network) -> list[str]:
        """What is told of a network beside its members: its names, its own term, numbers of sources, a note."""
        words, told = self.words, []
        if network.also or network.aliases:
            told.append(words.say("networks.also_called", names="; ".join(_other_names(network))))
        if network.own_term:
            told.append(words.say("networks.own_term", term=network.own_term, source=network.own_term_source))
        if network.unit_of_review is not None:
            told.append(words.say(f"networks.unit_of_review.{network.unit_of_review.value}"))
        for claim in network.claims:
            kind = "hospital" if claim.what == "hospitals" else claim.what
            number = words.say_count(f"networks.count.{kind}", claim.number)
            said = words.say("networks.claim", source=claim.source, time=words.span(claim.seen), number=number)
            told.append(f"{said}. {words.text(claim.note)}" if claim.note is not None else said)
        return [*told, *([words.text(network.note)] if network.note is not None else [])]

    def _member(self, network: Network, member: Membership, indent: str) -> list[str]:
        organisation, words = self.registry.organisation_of(member), self.words
        facts = [
            words.say(f"networks.kind.{organisation.kind.value}"),
            *self._taking_part(network, member),
            *self._elsewhere(network, organisation),
        ]
        notes = [words.text(note) for note in (member.note, organisation.note) if note is not None]
        told = ". ".join(["; ".join(facts), *(note.rstrip(".") for note in notes)])
        return [*_hung(_named(organisation), f"{indent}- "), *_hung(told, f"{indent}    ")]

    def _taking_part(self, network: Network, member: Membership) -> list[str]:
        """In which role, from when until when, and who says so."""
        words = self.words
        return [
            words.say(f"networks.role.{member.role.value}"),
            *([words.say("networks.since", day=words.span(member.start))] if member.start is not None else []),
            *([words.say("networks.until", day=words.span(member.end))] if member.end is not None else []),
            self._seen(network, member),
        ]

    def _seen(self, network: Network, member: Membership) -> str:
        """When which sources speak of it, the oldest first."""
        words = self.words
        statements = [
            item
            for item in self.registry.statements_on(network, self.day)
            if item.organisation == member.organisation
        ]
        times = [f"{words.span(item.seen)} ({item.source})" for item in sorted(statements, key=_by_time)]
        return words.say("networks.seen", times=", ".join(times))

    def _elsewhere(self, network: Network, organisation: Organisation) -> list[str]:
        """The other networks it takes part in on this day, and what it is part of."""
        words, told = self.words, []
        codes = [other.code for other in self.elsewhere[organisation.id] if are_apart(network, other)]
        if codes:
            told.append(words.say("networks.also_in", networks=", ".join(codes)))
        return [*told, *self._part_of(organisation)]

    def _part_of(self, organisation: Organisation) -> list[str]:
        parent = self.registry.organisation(organisation.parent)
        return [self.words.say("networks.part_of", organisation=parent.name)] if parent is not None else []

    def _sources(self, networks: Iterable[Network]) -> list[str]:
        """The sources that these networks and their members name, in the order of the registry."""
        return self._source_lines({source for network in networks for source in self._named(network)})

    def _source_lines(self, named: set[str]) -> list[str]:
        lines = [self.words.say("networks.sources")]
        for source in self.registry.sources:
            if source.id in named:
                lines += _hung(_source_text(source, self.words), "  ")
        return lines

    def _named(self, network: Network) -> Iterable[str]:
        yield from (network.source, network.own_term_source)
        yield from (alias.source for alias in network.aliases)
        yield from (claim.source for claim in network.claims)
        yield from (item.source for item in self.registry.statements_on(network, self.day))


def _other_names(network: Network | Organisation) -> list[str]:
    """Synonyms, then the names that sources have for it, with those sources."""
    sources: dict[str, list[str]] = {}
    for alias in network.aliases:
        sources.setdefault(alias.name, []).append(alias.source)
    return [*network.also, *(f"{name} ({', '.join(told)})" for name, told in sources.items())]


def _by_time(member: Membership) -> date:
    return member.seen.last


def _named(organisation: Organisation) -> str:
    short = organisation.abbreviation
    return organisation.name if short in ("", organisation.name) else f"{organisation.name} ({short})"


def _source_text(source: RegistrySource, words: Words) -> str:
    published = words.span(source.published) if source.published is not None else words.say("networks.undated")
    return f"{source.id}: {source.address}, {source.title} ({published})"


def _hung(text: str, indent: str) -> list[str]:
    """A text behind an indent, its next lines two columns further."""
    rest = f"{' ' * len(indent)}  "
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=rest, break_on_hyphens=False)
