"""Whose answer a verdict rests on, in words: the network's own, its region's, or those of its sub-networks."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.core.assessment import IndicatorResult, Reason, ResultOrigin, SubNetworkVerdict, Verdict
from normtool.core.dossier import Dossier
from normtool.core.ledger import text_in
from normtool.telling.retelling import names_of, plain_verdict, retell
from normtool.texts import Words

SPEAKS_FOR_ITSELF = (Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE)
"""Verdicts of a sub-network of which nobody asks why."""


def origin_words(dossier: Dossier, result: IndicatorResult, words: Words) -> list[str]:
    """Where a verdict comes from, and what it came to in each sub-network; nothing of a network on its own."""
    first = {item.code for item in dossier.sub_networks if item.assessment is not None and item.assessment.cycle == 1}
    lines = [_verdict_below(item, words, first_cycle=item.network in first) for item in result.sub_networks]
    is_open = result.reason is Reason.NO_ANSWER and not result.own_approach
    if result.origin is ResultOrigin.INHERITED:
        key = "open" if is_open else "inherited"
        return [words.say(f"explain.origin.{key}", region=region_name(dossier, result))]
    if result.origin is ResultOrigin.DERIVED:
        reasons = _why_below(dossier, result, words)
        told = [f"{line}. {' '.join(why)}" if why else line for line, why in zip(lines, reasons, strict=True)]
        return [words.say_count("explain.origin.derived", len(result.sub_networks)), *told]
    if not lines:
        return []
    own = words.say("explain.origin.open", region=dossier.evidence.network.name)
    return [own if is_open else words.say("explain.origin.own"), *lines]


def _why_below(dossier: Dossier, result: IndicatorResult, words: Words) -> Iterator[list[str]]:
    """Per sub-network the reasoning behind its verdict; nothing where the verdict speaks for itself."""
    names = names_of(dossier.framework, dossier.evidence, words)
    known = {item.code: item for item in dossier.sub_networks}
    for verdict in result.sub_networks:
        item = known.get(verdict.network)
        below = item.assessment.indicator(result.id) if item is not None and item.assessment is not None else None
        if item is None or below is None or verdict.verdict in SPEAKS_FOR_ITSELF:
            yield []
            continue
        members = {text_in(row, "id"): text_in(row, "name") for row in item.members if text_in(row, "name")}
        yield [retell(step, words, names | members) for step in below.because]


def region_name(dossier: Dossier, result: IndicatorResult) -> str:
    """The region that a result was inherited from: by its name, else by its code."""
    return dossier.region.name if dossier.region is not None and dossier.region.name else result.inherited_from


def _verdict_below(item: SubNetworkVerdict, words: Words, *, first_cycle: bool) -> str:
    """What an indicator came to in one sub-network, which may be in its first round."""
    verdict = plain_verdict(item.verdict, words, first_cycle=first_cycle)
    if not item.is_received:
        verdict = words.say("because.with_reason", verdict=verdict, reason=words.say("regions.not_received"))
    elif item.reason is not None and item.verdict is not Verdict.OWN_APPROACH and item.reason is not Reason.DUE:
        reason = words.say(f"verdicts.reason.{item.reason.value}")
        verdict = words.say("because.with_reason", verdict=verdict, reason=reason)
    return words.say("explain.origin.sub_network", name=item.network, verdict=verdict)
