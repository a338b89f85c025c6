"""Whose answer a verdict rests on: the network's own, that of its sub-networks together, or its region's."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import IndicatorResult
from normtool.core.evidence import Answer
from normtool.documents.regional import (
    Tally,
    is_derived,
    is_inherited,
    is_region,
    is_regional,
    region_name,
    short_codes,
    spoken_names,
    tally,
)
from normtool.documents.views_context import Chip, Context, cells_words

CELLS_SHOWN = 4
MOST_ASKED = 3
"""Sub-networks that a short line names before it counts the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """Whose answer it is: a label and a sentence."""

    chip: Chip
    text: str


def say(context: Context, key: str, **facts: object) -> str:
    """A sentence on a region."""
    return context.words.say(f"region_report.{key}", **facts)


def count(context: Context, key: str, number: int, **facts: object) -> str:
    """A sentence on a region that depends on a number, which it may name as `{number}`."""
    return context.words.say_count(f"region_report.{key}", number, number=context.number(number), **facts)


def origin_view(context: Context, result: IndicatorResult) -> OriginView | None:
    """Whose answer the verdict of an indicator rests on; None where it is simply the network's own."""
    if is_inherited(result):
        return _origin(context, "inherited", _inherited(context, result))
    if not is_region(context.dossier) or not result.is_open:
        return None
    if is_derived(result):
        return _origin(context, "derived", derived_words(context, result))
    return _origin(context, "own", say(context, "origin.own")) if is_regional(result) else None


def _origin(context: Context, key: str, text: str) -> OriginView:
    return OriginView(chip=Chip(kind="origin", text=say(context, f"chip.{key}")), text=text)


def _inherited(context: Context, result: IndicatorResult) -> str:
    region = region_name(context.dossier, result.inherited_from)
    cells = "; ".join(cells_words(result.places, CELLS_SHOWN))
    return (
        say(context, "origin.inherited", region=region, cells=cells)
        if cells
        else say(context, "origin.inherited_bare", region=region)
    )


def derived_words(context: Context, result: IndicatorResult) -> str:
    """`2 van 3 voldoen, namelijk A en B; C voldoet nog niet.`"""
    found = tally(context.dossier, result)
    if not found.counted:
        return say(context, "derived.none_counts")
    parts = [_met(context, found)]
    not_met = "below_first_cycle" if result.first_cycle else "below"
    keys = {"partly": found.partly, not_met: found.below, "own": found.own, "unknown": found.unknown}
    keys |= {"missing": found.missing, "left": found.left}
    parts += [
        count(context, f"derived.{key}", len(codes), names=_names(context, codes))
        for key, codes in keys.items()
        if codes
    ]
    return f"{'; '.join(parts)}."


def _met(context: Context, found: Tally) -> str:
    met, of = len(found.met), found.counted
    if not met:
        return say(context, "derived.none_met", of=of)
    if met == of > 1:
        return say(context, "derived.all_met", of=of)
    return count(context, "derived.met", met, met=met, of=of, names=_names(context, found.met))


def counted_words(context: Context, result: IndicatorResult) -> str:
    """The answer of a derived indicator: `2 van 3 deelnetwerken`."""
    found = tally(context.dossier, result)
    return count(context, "answer", found.counted, met=len(found.met), of=found.counted) if found.counted else ""


def open_words(context: Context, result: IndicatorResult) -> str:
    """What is still to come from sub-networks before a derived indicator can be judged."""
    found = tally(context.dossier, result)
    missing, undecided = found.missing, found.unknown + found.own
    asked = []
    if missing:
        asked.append(count(context, "ask.missing", len(missing), names=_names(context, missing, MOST_ASKED)))
    if undecided:
        asked.append(say(context, "ask.evidence", names=_names(context, undecided, MOST_ASKED)))
    return context.listed(asked)


def given_answer(context: Context, result: IndicatorResult) -> Answer | None:
    """The answer that a result rests on: for an inherited one the region's; not one that it passed over."""
    evidence = context.dossier.evidence_of(result)
    passed_over = is_inherited(result) and evidence is context.dossier.evidence
    return None if passed_over else evidence.answer(result.id)


def code_words(context: Context) -> str:
    """What the short codes in pictures stand for; empty where they are the codes themselves."""
    codes = short_codes(context.dossier)
    texts = [f"{short}: {code}" for code, short in codes.items() if short != code]
    return say(context, "codes", codes=", ".join(texts)) if texts else ""


def of_region(context: Context, text: str) -> str:
    """What a region gave, said to be the region's."""
    return say(context, "of_region", text=text)


def _names(context: Context, codes: tuple[str, ...], most: int = 99) -> str:
    names = spoken_names(context.dossier)
    return context.listed([names[code] for code in codes], most)
