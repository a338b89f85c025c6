"""`template`: what the registry of networks knows of the network that was named."""

from __future__ import annotations

from dataclasses import dataclass, replace

from normtool.core.diagnostics import Collector
from normtool.core.evidence import NetworkLayer
from normtool.core.form_members import form_members
from normtool.core.forms import FormMember, FormRequest, form_indicators
from normtool.core.network_names import Found, find_network, network_spellings
from normtool.core.networks import Network, Registry
from normtool.core.rules_networks import NETWORK_NOT_REGISTERED, NETWORK_PERHAPS, NO_MEMBERS_THEN
from normtool.core.standards import Layer
from normtool.texts import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A network that the registry knows, with its region and who takes part on the reference date."""

    network: Network
    region: Network | None
    has_sub_networks: bool
    members: tuple[FormMember, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that the network goes by."""
        return network_spellings(self.network)

    @property
    def layer(self) -> NetworkLayer | None:
        """Where it stands; a region of which no sub-networks are known answers everything itself."""
        if self.network.layer is NetworkLayer.REGION and not self.has_sub_networks:
            return None
        return self.network.layer


def registered(form: FormRequest, registry: Registry, collector: Collector) -> Registered | None:
    """What the registry knows of the network a form is for; a note when it does not know it."""
    result = find_network(registry, form.code)
    if result.network is None:
        _note(form.code, result, collector)
        return None
    return _known(registry, result.network, form, collector)


def _note(typed: str, result: Found, collector: Collector) -> None:
    meant = (*result.ambiguous, *result.near)
    if meant:
        collector.add(NETWORK_PERHAPS, None, found=typed, meant=", ".join(item.code for item in meant))
    else:
        collector.add(NETWORK_NOT_REGISTERED, None, found=typed)


def _known(registry: Registry, network: Network, form: FormRequest, collector: Collector) -> Registered:
    members = form_members(registry, network, form.reference_date)
    if not members:
        collector.add(NO_MEMBERS_THEN, None, network=network.code, date=form.reference_date.isoformat())
    return Registered(
        network=network,
        region=registry.network(network.region) if network.region else None,
        has_sub_networks=bool(registry.sub_networks(network.id)),
        members=members,
    )


def with_registered(form: FormRequest, known: Registered, words: Words) -> FormRequest:
    """The form with what the registry knows, where nothing else was said: who it is, its region, who takes part."""
    network = known.network
    facts = {"own_term_tumour_type_network": network.own_term, **dict(form.facts)}
    filled = replace(
        form,
        code=network.code,
        name=network.name if form.name == form.code else form.name,
        region=known.region.code if known.region is not None else form.region,
        layer=known.layer,
        unit_of_review=network.unit_of_review,
        members=form.members or known.members,
        facts=tuple((key, value) for key, value in facts.items() if value),
    )
    if known.layer is not NetworkLayer.SUB_NETWORK:
        return filled
    name = known.region.name if known.region is not None else filled.region
    text = words.say("form.layers.region_named", region=name)
    regional = (item for item in form_indicators(filled) if item.layer is Layer.REGION)
    return replace(filled, settled=tuple((item.id, text) for item in regional))
