"""What is good to know of a registry that is sound: sources that disagree, organisations in several networks."""

from __future__ import annotations

from datetime import date

from normtool.core import rules_networks as rules
from normtool.core.diagnostics import Diagnostics
from normtool.core.networks import Claim, Network, Organisation, OrganisationKind, Registry, are_apart
from normtool.core.networks_check import overlap
from normtool.core.standards_findings import KeyPath, PlacedFindings, PlaceOf, listed


def registry_notes(registry: Registry, place_of: PlaceOf, file: str = "") -> Diagnostics:
    """Where sources disagree with each other or with the members listed, who is in several networks, and who in none.

    None of it is wrong: membership overlaps, and sources count in their own way. With a `file`: only what is about
    statements in that file.
    """
    found = PlacedFindings(place_of)
    for number, network in enumerate(registry.networks):
        _note_numbers(found, registry, ("networks", number), network)
    for number, organisation in enumerate(registry.organisations):
        _note_networks(found, registry, ("organisations", number), organisation)
    return tuple(item for item in found.collector.done() if not file or (item.place and item.place.file == file))


def counted(registry: Registry, network: Network, what: str, day: date) -> int | None:
    """How many parties, hospitals or sub-networks the registry itself has on a day; None for anything else."""
    if what == "sub_networks":
        return len(registry.sub_networks(network.id))
    members = registry.all_members_on(network, day)
    if what == "parties":
        return len(members)
    kinds = {item.id: item.kind for item in registry.organisations}
    hospitals = [item for item in members if kinds.get(item.organisation) is OrganisationKind.HOSPITAL]
    return len(hospitals) if what == "hospitals" else None


def _note_numbers(found: PlacedFindings, registry: Registry, path: KeyPath, network: Network) -> None:
    """The numbers that sources give, when they differ or the registry counts another."""
    told: dict[str, list[tuple[int, Claim]]] = {}
    for number, claim in enumerate(network.claims):
        told.setdefault(claim.what, []).append((number, claim))
    for what, claims in told.items():
        last, latest = claims[-1][0], max(claims, key=lambda item: item[1].seen.last)[1]
        own = counted(registry, network, what, latest.seen.last)
        numbers = {claim.number for _, claim in claims} | ({own} if own is not None else set())
        if len(numbers) > 1:
            found.add(
                rules.SOURCES_DISAGREE,
                (*path, "claims", last),
                network=network.code,
                what=what,
                numbers=listed(f"{claim.number} ({claim.source})" for _, claim in claims),
                counted="–" if own is None else str(own),
            )


def _note_networks(found: PlacedFindings, registry: Registry, path: KeyPath, organisation: Organisation) -> None:
    """Several networks at the same time, a region and its own sub-network aside; or none at all."""
    sitting = [
        (("networks", number, "members", which), network, item)
        for number, network in enumerate(registry.networks)
        for which, item in enumerate(network.members)
        if item.organisation == organisation.id
    ]
    several = [
        (at, network.code)
        for at, network, item in sitting
        if any(are_apart(network, other) and overlap(item, second) for _, other, second in sitting)
    ]
    if several:
        networks = listed(dict.fromkeys(code for _, code in several))
        found.add(rules.IN_SEVERAL_NETWORKS, several[-1][0], organisation=organisation.name, networks=networks)
    elif not sitting and not _is_near_a_member(registry, organisation):
        found.add(rules.ORGANISATION_UNUSED, path, organisation=organisation.name)


def _is_near_a_member(registry: Registry, organisation: Organisation) -> bool:
    """Whether it has parts in the registry, or is part of something that takes part in a network."""
    if any(item.parent == organisation.id for item in registry.organisations):
        return True
    return any(item.organisation == organisation.parent for network in registry.networks for item in network.members)
