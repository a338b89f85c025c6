"""Where a network stands: a region with sub-networks, or a sub-network of a region; and what it rests on besides."""

from __future__ import annotations

from normtool.core.evidence import NetworkLayer
from normtool.documents.regional import in_order, is_region, layer_above
from normtool.documents.views_context import Context
from normtool.documents.views_origin import count, say


def layer_words(context: Context) -> str:
    """`regio met 3 deelnetwerken` or `deelnetwerk van CCN …`; empty for a network on its own."""
    if is_region(context.dossier):
        number = len(context.dossier.sub_networks)
        return count(context, "layer.region", number)
    above = layer_above(context.dossier)
    if above:
        return say(context, "layer.sub_network", region=above)
    alone = context.dossier.evidence.network.layer is NetworkLayer.REGION
    return say(context, "layer.region_alone") if alone else ""


def review_unit(context: Context) -> str:
    """Whom reviewers of another region visit, where it is stated."""
    unit = context.dossier.evidence.network.unit_of_review
    return say(context, f"unit_of_review.{unit.value}") if unit is not None else ""


def review_sentence(context: Context) -> str:
    """`Eenheid van toetsing: elk deelnetwerk.`, where it is stated."""
    unit = review_unit(context)
    return f"{say(context, 'unit_of_review_name')}: {unit}." if unit else ""


def layer_facts(context: Context) -> tuple[tuple[str, str], ...]:
    """Layer and unit of review for the provenance, as names and values."""
    pairs = (("layer_name", layer_words(context)), ("unit_of_review_name", review_unit(context)))
    return tuple((say(context, key), value) for key, value in pairs if value)


def layer_files(context: Context) -> tuple[tuple[str, str], ...]:
    """The dossiers of sub-networks, or the files of the region, that this dossier rests on, with their digests."""
    found = [
        (say(context, "files.sub_network", name=item.name or item.code), item.digest)
        for item in in_order(context.dossier)
        if item.digest
    ]
    region = context.dossier.region
    if region is not None:
        name = region.name or region.code
        found += [(say(context, "files.region", name=name), digest) for digest in region.digests]
    return tuple(found)
