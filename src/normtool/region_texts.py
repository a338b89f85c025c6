"""Whose answer a verdict rests on, in words: the network's own, its region's, or those of its sub-networks."""

from __future__ import annotations

from normtool.core.assessment import IndicatorResult, Reason, ResultOrigin, SubNetworkVerdict, Verdict
from normtool.core.dossier import Dossier
from normtool.texts import Words


def origin_words(dossier: Dossier, result: IndicatorResult, words: Words) -> list[str]:
    """Where a verdict comes from, and what it came to in each sub-network; nothing of a network on its own."""
    lines = [_verdict_below(item, words) for item in result.sub_networks]
    if result.origin is ResultOrigin.INHERITED:
        return [words.say("explain.origin.inherited", region=region_name(dossier, result))]
    if result.origin is ResultOrigin.DERIVED:
        return [words.say_count("explain.origin.derived", len(result.sub_networks)), *lines]
    return [words.say("explain.origin.own"), *lines] if lines else []


def region_name(dossier: Dossier, result: IndicatorResult) -> str:
    """The region that a result was inherited from: by its name, else by its code."""
    return dossier.region.name if dossier.region is not None and dossier.region.name else result.inherited_from


def _verdict_below(item: SubNetworkVerdict, words: Words) -> str:
    """What an indicator came to in one sub-network."""
    verdict = words.say(f"verdicts.{item.verdict.value}")
    if not item.is_received:
        verdict = words.say("because.with_reason", verdict=verdict, reason=words.say("regions.not_received"))
    elif item.reason is not None and item.verdict is not Verdict.OWN_APPROACH and item.reason is not Reason.DUE:
        reason = words.say(f"verdicts.reason.{item.reason.value}")
        verdict = words.say("because.with_reason", verdict=verdict, reason=reason)
    return words.say("explain.origin.sub_network", name=item.network, verdict=verdict)
