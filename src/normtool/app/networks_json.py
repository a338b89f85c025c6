"""Networks, their members and their sources as values for `--format json`; times as the registry writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from normtool.core.evidence import DateSpan
from normtool.core.networks import (
    Alias,
    Claim,
    Membership,
    Network,
    Organisation,
    OrganisationKind,
    Registry,
    RegistrySource,
    are_apart,
)
from normtool.core.networks_check import span_text
from normtool.core.registers import Text


def network_json(registry: Registry, network: Network, day: date) -> dict[str, Any]:
    """A network with how many take part on a day, in it and in its sub-networks together."""
    members = registry.all_members_on(network, day)
    hospitals = [item for item in members if registry.organisation_of(item).kind is OrganisationKind.HOSPITAL]
    return {
        "id": network.id,
        "code": network.code,
        "name": network.name,
        "layer": network.layer.value if network.layer is not None else None,
        "region": network.region or None,
        "sub_networks": [item.id for item in registry.sub_networks(network.id)],
        "source": network.source,
        "counts": {"members": len(members), "hospitals": len(hospitals)},
    }


def full_network_json(registry: Registry, network: Network, day: date) -> dict[str, Any]:
    """The same, with everything that is told of the network and its members."""
    statements = registry.statements_on(network, day)
    elsewhere = registry.networks_by_member(day)
    return {
        **network_json(registry, network, day),
        "also": list(network.also),
        "aliases": _aliases(network.aliases),
        "own_term": network.own_term or None,
        "own_term_source": network.own_term_source or None,
        "unit_of_review": network.unit_of_review.value if network.unit_of_review is not None else None,
        "note": _text(network.note),
        "members": [
            {
                **_member(registry, item),
                "also_in": [other.code for other in elsewhere[item.organisation] if are_apart(network, other)],
                "statements": [_statement(one) for one in statements if one.organisation == item.organisation],
            }
            for item in registry.members_on(network, day)
        ],
        "claims": [_claim(item) for item in network.claims],
    }


def source_json(source: RegistrySource) -> dict[str, Any]:
    """A source: what it is, and from when."""
    return {
        "id": source.id,
        "title": source.title,
        "kind": source.kind,
        "address": source.address,
        "published": _span(source.published),
    }


def organisation_json(organisation: Organisation) -> dict[str, Any]:
    """An organisation: what it is and what it goes by."""
    return {
        "organisation": organisation.id,
        "name": organisation.name,
        "abbreviation": organisation.abbreviation or None,
        "kind": organisation.kind.value,
        "parent": organisation.parent or None,
        "also": list(organisation.also),
        "aliases": _aliases(organisation.aliases),
        "source": organisation.source,
        "note": _text(organisation.note),
    }


def _member(registry: Registry, member: Membership) -> dict[str, Any]:
    return {
        **organisation_json(registry.organisation_of(member)),
        "role": member.role.value,
        "start": _span(member.start),
        "end": _span(member.end),
    }


def _statement(item: Membership) -> dict[str, Any]:
    return {
        "source": item.source,
        "seen": span_text(item.seen),
        "role": item.role.value,
        "start": _span(item.start),
        "end": _span(item.end),
        "note": _text(item.note),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "what": claim.what,
        "number": claim.number,
        "source": claim.source,
        "seen": span_text(claim.seen),
        "note": _text(claim.note),
    }


def _aliases(aliases: tuple[Alias, ...]) -> list[dict[str, str]]:
    return [{"name": alias.name, "source": alias.source} for alias in aliases]


def _span(span: DateSpan | None) -> str | None:
    return span_text(span) if span is not None else None


def _text(text: Text | None) -> dict[str, str] | None:
    return {"nl": text.nl, "en": text.en} if text is not None else None
