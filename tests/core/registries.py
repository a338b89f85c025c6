"""Small registries for tests: two hospitals, one network, whatever a test adds."""

from __future__ import annotations

from datetime import date
from typing import Any

from normtool.core.evidence import DateSpan, NetworkLayer
from normtool.core.networks import (
    Membership,
    Network,
    Organisation,
    OrganisationKind,
    Registry,
    RegistrySource,
)

REGION, SUB_NETWORK = NetworkLayer.REGION, NetworkLayer.SUB_NETWORK


def span(text: str) -> DateSpan:
    """`2021`, `2021-04` or `2021-04-01`."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return DateSpan.of_day(date(*parts))
    return DateSpan.of_month(*parts) if len(parts) == 2 else DateSpan.of_year(*parts)


def source(identity: str = "S1", published: str = "") -> RegistrySource:
    """A source, undated unless told otherwise."""
    day = span(published) if published else None
    return RegistrySource(id=identity, title="Overzicht", kind="primary", address="elders.nl", published=day)


def organisation(identity: str, name: str = "", **more: Any) -> Organisation:
    """A hospital unless told otherwise."""
    told: dict[str, Any] = {"kind": OrganisationKind.HOSPITAL, "source": "S1"} | more
    return Organisation(id=identity, name=name or f"Ziekenhuis {identity}", **told)


def member(identity: str, seen: str = "2024", **more: Any) -> Membership:
    """An organisation in a network; `start` and `end` as texts."""
    times: dict[str, Any] = {key: span(more.pop(key)) for key in ("start", "end") if key in more}
    told: dict[str, Any] = {"source": "S1", "seen": span(seen)} | times | more
    return Membership(organisation=identity, **told)


def network(identity: str, *members: Membership, **more: Any) -> Network:
    """A network on its own unless told otherwise."""
    told = {"code": identity.upper(), "name": f"Netwerk {identity}", "source": "S1"} | more
    return Network(id=identity, members=members, **told)


def registry(*networks: Network, **more: Any) -> Registry:
    """These networks, with the hospitals that they name."""
    named = dict.fromkeys(item.organisation for network in networks for item in network.members)
    told = {"sources": (source(),), "organisations": tuple(organisation(item) for item in named)} | more
    return Registry(networks=networks, **told)
