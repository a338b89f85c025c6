"""Checks on the registry of networks: what it names is there, its times can be, and a name means one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from normtool.core import rules_networks as rules
from normtool.core import rules_standards as shape_rules
from normtool.core.diagnostics import Diagnostics, Rule
from normtool.core.evidence import DateSpan, NetworkLayer
from normtool.core.network_names import network_spellings, organisation_spellings
from normtool.core.networks import ALIAS_SOURCES, Claim, Membership, Network, Organisation, OrganisationKind, Registry
from normtool.core.registers import Text
from normtool.core.spellings import Names, plain
from normtool.core.standards_findings import KeyPath, PlacedFindings, PlaceOf, listed

MOST_NAMED = 12
"""Known ids that are all named to somebody who typed another one."""


@dataclass(frozen=True, slots=True)
class _Findings(PlacedFindings):
    """The registry under examination, and everything found in it."""

    registry: Registry = field(kw_only=True)

    def known(self, rule: Rule, path: KeyPath, text: str, known: Iterable[str]) -> None:
        """Refuse an id that is not there, and name the one it looks most like, or what there is."""
        ids = tuple(known)
        if text in ids:
            return
        near = Names((item, item) for item in ids).guess(text)
        more = ("…",) if len(ids) > MOST_NAMED else ()
        self.add(rule, path, **{rule.facts[0]: text, "available": near or listed((*ids[:MOST_NAMED], *more))})


def check_registry(registry: Registry, place_of: PlaceOf) -> Diagnostics:
    """Everything that is wrong with a registry whose files have the right shape.

    `place_of` gives the place of a path such as `("networks", 0, "members", 2, "seen")`.
    """
    found = _Findings(place_of, registry=registry)
    for section in ("sources", "organisations", "networks"):
        found.ids(((section, number), item.id) for number, item in enumerate(getattr(registry, section)))
    _check_texts(found)
    for path, source in _named_sources(registry):
        _check_source(found, path, source)
    for number, organisation in enumerate(registry.organisations):
        _check_organisation(found, ("organisations", number), organisation)
    for number, network in enumerate(registry.networks):
        _check_network(found, ("networks", number), network)
    _check_spellings(found, "organisations", [organisation_spellings(item) for item in registry.organisations])
    _check_spellings(found, "networks", [network_spellings(item) for item in registry.networks])
    return found.collector.done()


def _check_texts(found: _Findings) -> None:
    """A name has to say something, and a note has to do so in both languages."""
    for path, text in _texts(found.registry):
        if isinstance(text, str) and not text.strip():
            found.add(shape_rules.TEXT_EXPECTED, path, value="–")
        elif isinstance(text, Text):
            for language in ("nl", "en"):
                if not text.in_language(language).strip():
                    found.add(shape_rules.LANGUAGE_MISSING, (*path, language), language=language)


def _texts(registry: Registry) -> Iterator[tuple[KeyPath, str | Text | None]]:
    for number, source in enumerate(registry.sources):
        yield ("sources", number, "title"), source.title
        yield ("sources", number, "address"), source.address
    for number, item in enumerate(registry.organisations):
        yield ("organisations", number, "name"), item.name
        yield ("organisations", number, "note"), item.note
        yield from _names(("organisations", number), item)
    for number, network in enumerate(registry.networks):
        at: KeyPath = ("networks", number)
        yield (*at, "code"), network.code
        yield (*at, "name"), network.name
        yield (*at, "note"), network.note
        yield from _names(at, network)
        for which, member in enumerate(network.members):
            yield (*at, "members", which, "note"), member.note
        for which, claim in enumerate(network.claims):
            yield (*at, "claims", which, "note"), claim.note


def _names(path: KeyPath, item: Organisation | Network) -> Iterator[tuple[KeyPath, str]]:
    for number, name in enumerate(item.also):
        yield (*path, "also", number), name
    for number, alias in enumerate(item.aliases):
        yield (*path, "aliases", number, "name"), alias.name


def _named_sources(registry: Registry) -> Iterator[tuple[KeyPath, str]]:
    """Every source that a statement names, with the path where it does."""
    for number, organisation in enumerate(registry.organisations):
        yield ("organisations", number, "source"), organisation.source
    for number, network in enumerate(registry.networks):
        at: KeyPath = ("networks", number)
        yield (*at, "source"), network.source
        if network.own_term_source:
            yield (*at, "own_term_source"), network.own_term_source
        for which, member in enumerate(network.members):
            yield (*at, "members", which, "source"), member.source
        for which, claim in enumerate(network.claims):
            yield (*at, "claims", which, "source"), claim.source


def _check_source(found: _Findings, path: KeyPath, source: str) -> None:
    found.known(rules.SOURCE_UNKNOWN, path, source, (item.id for item in found.registry.sources))


def _check_aliases(found: _Findings, path: KeyPath, item: Organisation | Network) -> None:
    """An alias names one of the sources, or a national one that has names of its own."""
    for number, alias in enumerate(item.aliases):
        if alias.source not in ALIAS_SOURCES:
            _check_source(found, (*path, "aliases", number, "source"), alias.source)


def _check_organisation(found: _Findings, path: KeyPath, organisation: Organisation) -> None:
    """Its parent is there and is no part of itself; a location has one."""
    _check_aliases(found, path, organisation)
    if organisation.parent:
        ids = (item.id for item in found.registry.organisations)
        found.known(rules.ORGANISATION_UNKNOWN, (*path, "parent"), organisation.parent, ids)
        if _is_own_ancestor(found.registry, organisation):
            found.add(rules.PARENT_CYCLE, (*path, "parent"), organisation=organisation.id)
    elif organisation.kind is OrganisationKind.LOCATION:
        found.add(rules.LOCATION_WITHOUT_PARENT, path, organisation=organisation.id)


def _is_own_ancestor(registry: Registry, organisation: Organisation) -> bool:
    parents = {item.id: item.parent for item in registry.organisations}
    passed: set[str] = set()
    above = organisation.parent
    while above and above != organisation.id and above not in passed:
        passed.add(above)
        above = parents.get(above, "")
    return above == organisation.id


def _check_network(found: _Findings, path: KeyPath, network: Network) -> None:
    _check_aliases(found, path, network)
    _check_region(found, path, network)
    if network.own_term and not network.own_term_source:
        found.add(rules.TERM_WITHOUT_SOURCE, (*path, "own_term"), network=network.code)
    ids = tuple(item.id for item in found.registry.organisations)
    for number, member in enumerate(network.members):
        at = (*path, "members", number)
        found.known(rules.ORGANISATION_UNKNOWN, (*at, "organisation"), member.organisation, ids)
        _check_period(found, at, member)
        _check_age(found, at, member)
    for number, claim in enumerate(network.claims):
        at = (*path, "claims", number)
        found.at_least((*at, "number"), claim.number)
        _check_age(found, at, claim)
    _check_repeats(found, path, network)
    _check_members(found, path, network)


def _check_region(found: _Findings, path: KeyPath, network: Network) -> None:
    """A sub-network names its region; nothing else does."""
    if network.layer is NetworkLayer.SUB_NETWORK:
        regions = (item.id for item in found.registry.networks if item.layer is NetworkLayer.REGION)
        if network.region:
            found.known(rules.REGION_UNKNOWN, (*path, "region"), network.region, regions)
        else:
            found.add(rules.REGION_MISSING, path, network=network.code)
    elif network.region:
        found.add(rules.REGION_HAS_REGION, (*path, "region"), network=network.code, region=network.region)


def _check_period(found: _Findings, path: KeyPath, member: Membership) -> None:
    """The beginning is not after the end, and the source speaks of a time between them."""
    start, end, seen = member.start, member.end, member.seen
    if start is not None and end is not None and start.first > end.last:
        found.add(rules.PERIOD_REVERSED, (*path, "end"), start=span_text(start), end=span_text(end))
    elif (start is not None and seen.last < start.first) or (end is not None and seen.first > end.last):
        found.add(rules.SEEN_OUTSIDE_PERIOD, (*path, "seen"), seen=span_text(seen))


def _check_age(found: _Findings, path: KeyPath, statement: Membership | Claim) -> None:
    """A source cannot speak of a time after it was published."""
    source = next((item for item in found.registry.sources if item.id == statement.source), None)
    published = source.published if source is not None else None
    if published is not None and statement.seen.first > published.last:
        found.add(
            rules.OLDER_THAN_IT_TELLS,
            (*path, "seen"),
            source=statement.source,
            published=span_text(published),
            seen=span_text(statement.seen),
        )


def _check_repeats(found: _Findings, path: KeyPath, network: Network) -> None:
    """One source says a thing once: a member twice at the same time, or a number twice, is a slip."""
    for (first, one), (second, other) in combinations(enumerate(network.members), 2):
        same = (one.organisation, one.source) == (other.organisation, other.source)
        if same and overlap(one, other):
            facts = {"organisation": other.organisation, "network": network.code, "source": other.source}
            found.add_pair(rules.MEMBER_TWICE, (*path, "members", second), (*path, "members", first), **facts)
    told: dict[tuple[str, str, DateSpan], KeyPath] = {}
    for number, claim in enumerate(network.claims):
        at = (*path, "claims", number)
        before = told.setdefault((claim.what, claim.source, claim.seen), at)
        if before != at:
            found.add_pair(rules.CLAIM_TWICE, at, before, network=network.code, source=claim.source)


def _check_members(found: _Findings, path: KeyPath, network: Network) -> None:
    """A network has members; when a region lists its own, those of its sub-networks are among them."""
    registry = found.registry
    parts = registry.sub_networks(network.id)
    if not network.members and not any(part.members for part in parts):
        found.add(rules.NETWORK_WITHOUT_MEMBERS, path, network=network.code)
    region = registry.network(network.region) if network.region else None
    own = {item.organisation for item in region.members} if region is not None else set()
    for number, member in enumerate(network.members):
        if region is not None and own and member.organisation not in own:
            facts = {"organisation": member.organisation, "network": network.code, "region": region.code}
            found.add(rules.MEMBER_OUTSIDE_REGION, (*path, "members", number), **facts)


def _check_spellings(found: _Findings, section: str, spellings: list[tuple[str, ...]]) -> None:
    """Refuse a spelling that two of them go by: what somebody types would then mean either."""
    items = getattr(found.registry, section)
    owners: dict[str, int] = {}
    for number, own in enumerate(spellings):
        for spelling in own:
            first = owners.setdefault(plain(spelling), number)
            if items[first].id != items[number].id:
                facts = {"name": spelling, "one": items[first].id, "other": items[number].id}
                found.add_pair(rules.SPELLING_TWICE, (section, number), (section, first), **facts)


def overlap(one: Membership, other: Membership) -> bool:
    """Whether two memberships may have held on the same day."""
    begins = max(_begin(one), _begin(other))
    return begins <= min(_finish(one), _finish(other))


def _begin(item: Membership) -> date:
    return item.start.first if item.start is not None else date.min


def _finish(item: Membership) -> date:
    return item.end.last if item.end is not None else date.max


def span_text(span: DateSpan) -> str:
    """A time as the registry writes it: a year, a month or a day, or two days with a slash between them."""
    first, last = span.first, span.last
    if span.is_exact:
        return first.isoformat()
    if span == DateSpan.of_year(first.year):
        return str(first.year)
    if span == DateSpan.of_month(first.year, first.month):
        return first.isoformat()[:7]
    return f"{first.isoformat()}/{last.isoformat()}"
