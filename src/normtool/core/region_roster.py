"""Which of the networks that came in is the region, which are its sub-networks, and what does not belong together.

Source: docs/method.md, Regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from normtool.core.diagnostics import Collector, Diagnostics, Related
from normtool.core.dossier import Dossier, SubNetwork
from normtool.core.evidence import DataNature, Evidence, NetworkFacts, NetworkLayer
from normtool.core.form_names import NATURES, NETWORK_KEYS
from normtool.core.network_names import meant, names_of_networks
from normtool.core.networks import Network, Registry
from normtool.core.places import FilePlace, Place
from normtool.core.rules_regions import (
    DRAFT_AMONG_THEM,
    NATURES_DIFFER,
    NETWORK_TWICE,
    NORMS_DIFFER,
    NOT_OF_THIS_REGION,
    REGION_FORM_MISSING,
    REGION_NOT_FOUND,
    REGION_NOT_SAID,
    SUB_NETWORKS_MISSING,
    SUB_NETWORKS_UNKNOWN,
    YEARS_DIFFER,
)
from normtool.core.spellings import Names, plain

YEARS = ("assessment_year", "reporting_year")
LABELS = {key.id: key.text.nl for key in NETWORK_KEYS}
NATURE_NAMES = {nature.id: nature.text.nl for nature in NATURES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A network as it came in: its evidence, out of forms or out of a dossier; `file` is the first it came in."""

    evidence: Evidence
    file: str
    dossier: Dossier | None = None

    @property
    def network(self) -> NetworkFacts:
        """Who it is, and its years."""
        return self.evidence.network

    def place(self, *keys: str) -> Place:
        """The cell of its form that says one of these; the file itself when it came as a dossier."""
        places = dict(self.evidence.network_places) if self.dossier is None else {}
        return next((places[key] for key in keys if key in places), FilePlace(file=self.file))


@dataclass(slots=True)
class Identities:
    """Which network a text means: the id of one in the registry, else the text itself in its plain form."""

    registry: Registry
    known: dict[str, str] = field(default_factory=dict)
    names: Names | None = None

    def of(self, text: str) -> str:
        """The identity that a code or name stands for; empty for an empty text."""
        if text not in self.known:
            if self.names is None:
                self.names = names_of_networks(self.registry)
            self.known[text] = (meant(self.names, text) if text.strip() else None) or plain(text)
        return self.known[text]

    def of_network(self, code: str, name: str) -> str:
        """The identity of a network: by its code or its name in the registry, else by its code."""
        registered = (self.of(text) for text in (code, name))
        return next((item for item in registered if self.registered(item) is not None), self.of(code or name))

    def registered(self, identity: str) -> Network | None:
        """The network of the registry with this identity, if there is one."""
        return self.registry.network(identity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A region and what came in of it: the region's own arrival, its sub-networks, and those that did not come in.

    `code` and `name` are those of the region; `registered` is its entry in the registry.
    """

    code: str
    name: str
    region: Arrival | None
    below: tuple[Arrival, ...]
    absent: tuple[SubNetwork, ...] = ()
    registered: Network | None = None


def facts_of(roster: Roster) -> NetworkFacts:
    """The region as its form says it; without one, as its sub-networks and the registry do.

    Then it is in the lowest cycle of its sub-networks, and judged on the last of their days.
    """
    if roster.region is not None:
        return roster.region.network
    below = [item.network for item in roster.below]
    first = min(below, key=lambda item: item.cycle)
    return NetworkFacts(
        code=roster.code,
        name=roster.name,
        region="",
        assessment_year=first.assessment_year,
        reporting_year=first.reporting_year,
        reference_date=max(item.reference_date for item in below),
        first_assessment_year=first.first_assessment_year,
        nature=max((item.nature for item in below), key=list(DataNature).index),
        layer=NetworkLayer.REGION,
        unit_of_review=roster.registered.unit_of_review if roster.registered is not None else None,
        reference_date_overridden=any(item.reference_date_overridden for item in below),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for: the region as it was typed, the registry, the digest of the norms.

    `unread` are the codes of networks whose forms came in but could not be read.
    """

    region: str
    identities: Identities
    digest: str
    unread: tuple[str, ...] = ()

    @property
    def registered(self) -> Network | None:
        """What was asked for, in the registry."""
        return self.identities.registered(self.identities.of(self.region))

    @property
    def is_sub_network(self) -> bool:
        """Whether the registry knows it as a sub-network, and so not as a region."""
        return self.registered is not None and self.registered.layer is NetworkLayer.SUB_NETWORK


def call_the_roll(asked: Asked, arrivals: Iterable[Arrival]) -> tuple[Roster | None, Diagnostics]:
    """Find the region and its sub-networks among what came in; None when nothing of the region is there."""
    collector = Collector()
    present = _each_once(asked, arrivals, collector)
    keys, region = _region_among(asked, present)
    below = [item for item in present if item is not region and _is_below(asked, keys, item)]
    registered = asked.registered
    if region is None and not below:
        _miss_region(asked, present, collector)
        return None, collector.done()
    name = _name_of(asked, registered, region, below)
    for item in present:
        if item is not region and item not in below:
            _refuse_stranger(item, name[0], collector)
    roster = Roster(
        code=name[0],
        name=name[1],
        region=region,
        below=tuple(sorted(below, key=lambda item: (plain(item.network.code), item.network.code))),
        absent=tuple(_absent(asked, registered, region, present)),
        registered=registered,
    )
    _compare(asked, roster, collector)
    _miss_networks(roster, collector)
    return roster, collector.done()


def _each_once(asked: Asked, arrivals: Iterable[Arrival], collector: Collector) -> list[Arrival]:
    """What came in, in order of files; a network that came in twice is refused the second time."""
    found: dict[str, Arrival] = {}
    for item in sorted(arrivals, key=lambda item: (item.dossier is not None, item.file)):
        identity = asked.identities.of_network(item.network.code, item.network.name)
        former = found.setdefault(identity, item)
        if former is not item:
            related = (Related(place=FilePlace(file=former.file), role="first"),)
            collector.add(NETWORK_TWICE, FilePlace(file=item.file), related=related, network=item.network.code)
    return list(found.values())


def _region_among(asked: Asked, present: Sequence[Arrival]) -> tuple[set[str], Arrival | None]:
    """All that the region goes by, and its own arrival if it came in; a registered sub-network is no region."""
    keys = {asked.identities.of(asked.region)}
    if asked.is_sub_network:
        return set(), None
    for item in present:
        own = {asked.identities.of(text) for text in (item.network.code, item.network.name)}
        if keys & own and item.network.layer is not NetworkLayer.SUB_NETWORK:
            return keys | own, item
    return keys, None


def _is_below(asked: Asked, keys: set[str], item: Arrival) -> bool:
    """Whether a network says that it is of this region; where it says nothing the registry does."""
    if item.network.layer is NetworkLayer.REGION:
        return False
    if item.network.region:
        return asked.identities.of(item.network.region) in keys
    known = asked.identities.registered(asked.identities.of_network(item.network.code, item.network.name))
    return known is not None and known.region in keys


def _name_of(
    asked: Asked, registered: Network | None, region: Arrival | None, below: Sequence[Arrival]
) -> tuple[str, str]:
    """The code and the name of the region: its form says them, else the registry, else its sub-networks."""
    if region is not None:
        return region.network.code, region.network.name
    if registered is not None:
        return registered.code, registered.name
    said = next((item.network.region for item in below if item.network.region), asked.region)
    return said, said


def _miss_region(asked: Asked, present: Sequence[Arrival], collector: Collector) -> None:
    said = {item.network.region or item.network.code for item in present}
    named = asked.identities
    regions = {found.code if (found := named.registered(named.of(text))) else text for text in said}
    collector.add(REGION_NOT_FOUND, None, region=asked.region, found=", ".join(sorted(regions)) or "–")


def _refuse_stranger(item: Arrival, region: str, collector: Collector) -> None:
    network = item.network
    if network.region and network.layer is not NetworkLayer.REGION:
        collector.add(
            NOT_OF_THIS_REGION, item.place("region"), network=network.code, region=region, said=network.region
        )
    else:
        collector.add(REGION_NOT_SAID, item.place("region", "layer", "code"), network=network.code, region=region)


def _absent(
    asked: Asked, registered: Network | None, region: Arrival | None, present: Sequence[Arrival]
) -> Iterator[SubNetwork]:
    """The sub-networks that are known of the region, in the registry or from its own dossier, and did not come in."""
    identities = asked.identities
    here = {identities.of_network(item.network.code, item.network.name) for item in present}
    here |= {identities.of(code) for code in asked.unread}
    listed = identities.registry.sub_networks(registered.id) if registered is not None else ()
    known = [(item.code, item.name) for item in listed]
    if region is not None and region.dossier is not None:
        known += [(item.code, item.name) for item in region.dossier.sub_networks]
    for code, name in known:
        identity = identities.of_network(code, name)
        if identity not in here:
            here.add(identity)
            yield SubNetwork(code=code, name=name)


# --- what must be the same for all ----------------------------------------------------------------------------


def _compare(asked: Asked, roster: Roster, collector: Collector) -> None:
    """Years, norms and nature must be those of the region; without its form those of the first sub-network."""
    came_in = [item for item in (roster.region, *roster.below) if item is not None]
    for item in came_in:
        _check_dossier(asked, item, collector)
    first, *others = came_in
    for item in others:
        for key in YEARS:
            own, expected = getattr(item.network, key), getattr(first.network, key)
            if own != expected:
                collector.add(
                    YEARS_DIFFER,
                    item.place(key),
                    related=_beside(first, key),
                    network=item.network.code,
                    key=LABELS[key],
                    found=str(own),
                    expected=str(expected),
                )
        if item.network.nature is not first.network.nature:
            collector.add(
                NATURES_DIFFER,
                item.place("nature"),
                related=_beside(first, "nature"),
                network=item.network.code,
                found=NATURE_NAMES[item.network.nature.value],
                expected=NATURE_NAMES[first.network.nature.value],
            )


def _beside(item: Arrival, key: str) -> tuple[Related, ...]:
    return (Related(place=item.place(key), role="first"),)


def _check_dossier(asked: Asked, item: Arrival, collector: Collector) -> None:
    if item.dossier is None:
        return
    place = FilePlace(file=item.file)
    if item.dossier.framework.digest != asked.digest:
        collector.add(NORMS_DIFFER, place, network=item.network.code)
    if item.dossier.draft:
        collector.add(DRAFT_AMONG_THEM, place, network=item.network.code)


def _miss_networks(roster: Roster, collector: Collector) -> None:
    """Say what did not come in: the region's own form, sub-networks that are known, or any sub-network at all."""
    if roster.region is None:
        collector.add(REGION_FORM_MISSING, None, region=roster.name)
    names = ", ".join(item.name for item in roster.absent)
    if roster.absent:
        collector.add(SUB_NETWORKS_MISSING, None, region=roster.name, count=len(roster.absent), names=names)
    elif not roster.below:
        collector.add(SUB_NETWORKS_UNKNOWN, None, region=roster.name)
