"""`networks list|show|check`: the registry of regions, sub-networks and their members."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from normtool.app.exits import DONE
from normtool.app.networks_json import full_network_json, network_json, organisation_json, source_json
from normtool.app.reading import Common, diagnostics_json, refuse, show_diagnostics, wrong_use
from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import NetworkLayer
from normtool.core.network_names import Found, find_network, find_organisation
from normtool.core.networks import Organisation, Registry
from normtool.core.networks_notes import registry_notes
from normtool.files.networks_yaml import load_registry, read_registry
from normtool.telling.network_texts import NetworkPage, listed_networks


def list_networks(common: Common, own: Path | None) -> int:
    """The regions with their sub-networks, and how many take part on a day."""
    registry, diagnostics = load_registry(own)
    if registry is None:
        return refuse(common, diagnostics)
    day = common.on or registry.latest_day
    common.screen.result(
        {
            "on": day.isoformat(),
            "networks": [network_json(registry, network, day) for network in registry.networks],
            "diagnostics": diagnostics_json(common, diagnostics),
        }
    )
    show_diagnostics(common, diagnostics, notes=False)
    common.screen.lines(*_title(common, day), "", *listed_networks(registry, day, common.words))
    return DONE


def show_networks(common: Common, name: str, own: Path | None) -> int:
    """A network with its sub-networks and members on a day, or an organisation with its networks; without a name
    every network."""
    registry, diagnostics = load_registry(own)
    if registry is None:
        return refuse(common, diagnostics)
    day = common.on or registry.latest_day
    shown = registry.networks
    if name:
        found = find_network(registry, name)
        organisation = find_organisation(registry, name).organisation if found.network is None else None
        if organisation is not None:
            return _show_organisation(common, registry, organisation, diagnostics)
        if found.network is None:
            return _unknown(common, registry, name, found)
        shown = (found.network, *registry.sub_networks(found.network.id))
    common.screen.result(
        {
            "on": day.isoformat(),
            "networks": [full_network_json(registry, network, day) for network in shown],
            "sources": [source_json(source) for source in registry.sources],
            "diagnostics": diagnostics_json(common, diagnostics),
        }
    )
    show_diagnostics(common, diagnostics, notes=False)
    common.screen.lines(*_title(common, day), *_page(common, registry, day).lines(shown))
    return DONE


def _show_organisation(
    common: Common, registry: Registry, organisation: Organisation, diagnostics: Diagnostics
) -> int:
    """An organisation, and the networks that it takes part in on the day."""
    day = common.on or registry.latest_day
    networks = registry.networks_by_member(day).get(organisation.id, ())
    common.screen.result(
        {
            "on": day.isoformat(),
            "organisation": organisation_json(organisation),
            "networks": [network_json(registry, network, day) for network in networks],
            "sources": [source_json(source) for source in registry.sources],
            "diagnostics": diagnostics_json(common, diagnostics),
        }
    )
    show_diagnostics(common, diagnostics, notes=False)
    common.screen.lines(*_title(common, day), *_page(common, registry, day).about(organisation))
    return DONE


def _page(common: Common, registry: Registry, day: date) -> NetworkPage:
    return NetworkPage(registry=registry, day=day, words=common.words, elsewhere=registry.networks_by_member(day))


def check_networks(common: Common, own: Path | None) -> int:
    """Check the registry, with a network's own file if one is given: everything that is wrong with it at once."""
    read = read_registry(own)
    if read.registry is None:
        return refuse(common, read.diagnostics, notes=True)
    registry = read.registry
    diagnostics = (*read.diagnostics, *registry_notes(registry, read.place_of, own.name if own else ""))
    counts = {
        "networks": len(registry.networks),
        "regions": sum(network.layer is NetworkLayer.REGION for network in registry.networks),
        "sub_networks": sum(network.layer is NetworkLayer.SUB_NETWORK for network in registry.networks),
        "organisations": len(registry.organisations),
        "sources": len(registry.sources),
    }
    common.screen.result({**counts, "diagnostics": diagnostics_json(common, diagnostics)})
    show_diagnostics(common, diagnostics, notes=True)
    key = "networks.checked_own" if own is not None else "networks.checked"
    common.screen.told(common.words.say(key, file=own.name if own else "", **counts))
    return DONE


def _title(common: Common, day: date) -> list[str]:
    lines = [common.words.say("networks.on", day=common.words.date(day))]
    return lines if common.on else [*lines, common.words.say("networks.latest")]


def _unknown(common: Common, registry: Registry, name: str, found: Found) -> int:
    """Nothing goes by this name: the networks, else the organisations, that come near."""
    organisations = find_organisation(registry, name)
    meant = [network.code for network in found.near + found.ambiguous]
    meant = meant or [item.name for item in organisations.near + organisations.ambiguous]
    key = "networks.unknown_meant" if meant else "networks.unknown"
    return wrong_use(common, common.words.say(key, name=name, meant=", ".join(meant)))
