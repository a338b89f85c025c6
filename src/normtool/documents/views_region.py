"""The region and its sub-networks: who they are, the roll-up of every indicator, what asks attention."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from normtool.core.assessment import IndicatorResult, Reason, SubNetworkVerdict, Verdict
from normtool.core.dossier import SubNetwork
from normtool.core.standards import Indicator, IndicatorClass, Standard
from normtool.documents.charts import heat_cell, verdict_mark
from normtool.documents.regional import (
    HOSPITAL,
    Tally,
    hospitals,
    in_order,
    is_derived,
    is_region,
    is_regional,
    members_of,
    spoken_names,
    tally,
)
from normtool.documents.views_annexes import grouped_digest
from normtool.documents.views_context import (
    NONE,
    Context,
    VerdictText,
    anchor,
    standard_number,
    verdict_text,
)
from normtool.documents.views_origin import count, say

MOST_COLUMNS = 6
"""Sub-networks beside each other on A4; with more the map is split."""
MOST_NAMED = 4
"""With more sub-networks the map itself shows which of them meet the norm."""
PITCH, GAP = 43.0, 2.0
MOST_DIFFERENCES = 10
CLASS_ORDER = (IndicatorClass.CORE, IndicatorClass.GROWTH, IndicatorClass.INFORMATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubNetworkRow:
    """One sub-network: name and code, its hospitals, others that take part, whether its dossier was received."""

    code: str
    name: str
    hospitals: str
    others: str
    received: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One cell of the map: a verdict in a sub-network, or a regional answer over `span` of them."""

    code: str
    verdict: Verdict
    word: str
    picture: Markup
    span: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One indicator: its cells, what the region comes to, and how many sub-networks meet it, by name."""

    id: str
    anchor: str
    title: str
    is_core: bool
    cells: tuple[HeatCell, ...]
    verdict: VerdictText
    mark: Markup
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatBlock:
    """The indicators of one standard."""

    number: str
    name: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Indicators × sub-networks; `heads` are code and name, `has_region` is for the last part of a split map."""

    heads: tuple[tuple[str, str], ...]
    blocks: tuple[HeatBlock, ...]
    has_region: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An indicator that the sub-networks do not do alike: codes of who meets it, in part, not, or otherwise."""

    id: str
    anchor: str
    title: str
    met: tuple[str, ...]
    partly: tuple[str, ...]
    below: tuple[str, ...]
    other: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionView:
    """The section on the region; `absent` are sentences on dossiers that were not received."""

    lead: str
    sub_networks: tuple[SubNetworkRow, ...]
    shared: tuple[str, ...]
    total: str
    maps: tuple[HeatMap, ...]
    not_asked: str
    absent: tuple[str, ...]
    below_head: str
    differences: tuple[Difference, ...]
    differences_note: str


def region_view(context: Context) -> RegionView | None:
    """The section on the region; None for a network without sub-networks."""
    if not is_region(context.dossier):
        return None
    rows = _asked(context)
    found = hospitals(context.dossier)
    differing = [pair for pair in rows if tally(context.dossier, pair[1]).differs and is_derived(pair[1])]
    differing.sort(key=lambda pair: pair[0].indicator_class is not IndicatorClass.CORE)
    shown = differing[:MOST_DIFFERENCES]
    left = len(differing) - len(shown)
    below = context.verdict_word(Verdict.NOT_MET)
    return RegionView(
        lead=_lead(context, [result for _, result in rows]),
        sub_networks=tuple(_sub_network(context, item) for item in in_order(context.dossier)),
        shared=_shared(context),
        total=count(context, "total", found) if found else "",
        maps=_maps(context),
        not_asked=_not_asked(context),
        absent=_absent(context, rows),
        below_head=f"{below[:1].upper()}{below[1:]}",
        differences=tuple(_difference(context, *pair) for pair in shown),
        differences_note=count(context, "differences.more", left) if left else "",
    )


# --- the sub-networks ---------------------------------------------------------------------------------------


def _lead(context: Context, results: list[IndicatorResult]) -> str:
    derived, own = (sum(test(item) for item in results) for test in (is_derived, is_regional))
    parts = [count(context, "lead.sub_networks", len(context.dossier.sub_networks))]
    parts.append(count(context, "lead.own", own) if own else say(context, "lead.no_own"))
    if derived:
        parts.append(count(context, "lead.derived", derived))
    return " ".join(parts)


def _sub_network(context: Context, item: SubNetwork) -> SubNetworkRow:
    members = [member for member in members_of(context.dossier) if item.code in member.sub_networks]
    names = [member.name for member in members if member.kind == HOSPITAL]
    others = len(members) - len(names)
    received = item.assessment is not None
    return SubNetworkRow(
        code=item.code,
        name=item.name or item.code,
        hospitals=context.listed(names) or NONE,
        others=count(context, "others", others) if others else "",
        received=say(context, "received" if received else "not_received"),
        digest=grouped_digest(item.digest) if item.digest else "",
    )


def _shared(context: Context) -> tuple[str, ...]:
    """Who takes part in more than one sub-network, gathered by which."""
    found: dict[tuple[str, ...], list[str]] = {}
    for member in members_of(context.dossier):
        if len(member.sub_networks) > 1:
            found.setdefault(member.sub_networks, []).append(member.name)
    names = spoken_names(context.dossier)
    return tuple(
        count(
            context,
            "shared",
            len(shared),
            names=context.listed(shared),
            networks=context.listed([names[code] for code in codes]),
        )
        for codes, shared in found.items()
    )


# --- the map ------------------------------------------------------------------------------------------------


def _asked(context: Context) -> list[tuple[Indicator, IndicatorResult]]:
    """The indicators that are asked now, core first within each standard."""
    results = {item.id: item for item in context.dossier.assessment.indicators}
    return [
        (indicator, results[indicator.id])
        for standard in context.dossier.framework.standards
        for indicator in sorted(standard.indicators, key=lambda item: CLASS_ORDER.index(item.indicator_class))
        if indicator.id in results and results[indicator.id].is_open
    ]


def _not_asked(context: Context) -> str:
    waiting = [item.id for item in context.dossier.assessment.indicators if not item.is_open]
    return say(context, "not_asked", ids=context.listed(waiting)) if waiting else ""


def _maps(context: Context) -> tuple[HeatMap, ...]:
    """One map, or as few as needed when there are too many sub-networks for the width of a page."""
    items = in_order(context.dossier)
    parts = -(-len(items) // MOST_COLUMNS)
    wide = -(-len(items) // parts)
    chunks = [items[start : start + wide] for start in range(0, len(items), wide)]
    asked = _asked(context)
    return tuple(
        HeatMap(
            heads=tuple((item.code, item.name or item.code) for item in chunk),
            blocks=tuple(
                block
                for standard in context.dossier.framework.standards
                if (block := _block(context, standard, chunk, asked)).rows
            ),
            has_region=chunk is chunks[-1],
        )
        for chunk in chunks
    )


def _block(
    context: Context,
    standard: Standard,
    items: tuple[SubNetwork, ...],
    asked: list[tuple[Indicator, IndicatorResult]],
) -> HeatBlock:
    return HeatBlock(
        number=standard_number(standard),
        name=context.words.text(standard.short),
        rows=tuple(_row(context, *pair, items) for pair in asked if pair[0] in standard.indicators),
    )


def _row(context: Context, indicator: Indicator, result: IndicatorResult, items: tuple[SubNetwork, ...]) -> HeatRow:
    regional, shown = is_regional(result), verdict_text(context, result)
    return HeatRow(
        id=indicator.id,
        anchor=anchor(indicator.id),
        title=context.words.text(indicator.title),
        is_core=indicator.indicator_class is IndicatorClass.CORE,
        cells=(_regional_cell(context, result, len(items)),) if regional else _cells(context, result, items),
        verdict=shown,
        mark=Markup(verdict_mark(shown.verdict, shown.word)),  # noqa: S704 (escaped where it is drawn)
        count=_count_words(context, tally(context.dossier, result)) if is_derived(result) else "",
    )


def _cells(context: Context, result: IndicatorResult, items: tuple[SubNetwork, ...]) -> tuple[HeatCell, ...]:
    verdicts = {item.network: item for item in result.sub_networks}
    return tuple(_cell(context, item.code, verdicts.get(item.code)) for item in items)


def _cell(context: Context, code: str, found: SubNetworkVerdict | None) -> HeatCell:
    """What came of it in one sub-network; without its dossier it is not known."""
    verdict, word = Verdict.UNKNOWN, say(context, "not_received")
    if found is not None and found.is_received:
        verdict, word = _shown_below(context, found)
    picture = Markup(heat_cell(verdict, PITCH - GAP, f"{code}: {word}"))  # noqa: S704 (escaped where it is drawn)
    return HeatCell(code=code, verdict=verdict, word=word, picture=picture)


def _shown_below(context: Context, found: SubNetworkVerdict) -> tuple[Verdict, str]:
    """The verdict of a sub-network as its own report shows it: without a norm there is nothing to judge."""
    if found.reason is Reason.NO_NORM:
        return Verdict.NOT_APPLICABLE, context.words.say("verdicts.reason.no_norm")
    return found.verdict, context.verdict_word(found.verdict)


def _regional_cell(context: Context, result: IndicatorResult, span: int) -> HeatCell:
    """The region's own answer, over all sub-networks."""
    shown = verdict_text(context, result)
    text = say(context, "arranged") if span > 1 else say(context, "arranged_short")
    picture = heat_cell(shown.verdict, PITCH * span - GAP, f"{say(context, 'arranged')}: {shown.word}", text)
    return HeatCell(
        code="",
        verdict=shown.verdict,
        word=shown.word,
        picture=Markup(picture),  # noqa: S704 (escaped where it is drawn)
        span=span,
        text=text,
    )


def _count_words(context: Context, found: Tally) -> str:
    """`3 van 4, namelijk A, B en C`; the names only where they say something and fit on the line."""
    met, of = len(found.met), found.counted
    if not of:
        return ""
    counts = context.say("k_of_n", part=met, whole=of)
    named = 0 < met < of and len(context.dossier.sub_networks) <= MOST_NAMED
    return say(context, "namely", counts=counts, names=context.listed(found.met)) if named else counts


# --- what asks attention ------------------------------------------------------------------------------------


def _difference(context: Context, indicator: Indicator, result: IndicatorResult) -> Difference:
    found = tally(context.dossier, result)
    other = {"own": found.own, "unknown": found.unknown, "missing": found.missing}
    return Difference(
        id=indicator.id,
        anchor=anchor(indicator.id),
        title=context.words.text(indicator.title),
        met=found.met,
        partly=found.partly,
        below=found.below,
        other=tuple((say(context, f"differences.{key}"), codes) for key, codes in other.items() if codes),
    )


def _absent(context: Context, rows: list[tuple[Indicator, IndicatorResult]]) -> tuple[str, ...]:
    """Per dossier that was not received: how many indicators of the region cannot be judged without it."""
    sentences = []
    for item in in_order(context.dossier):
        if item.assessment is not None:
            continue
        waiting = [
            result.id
            for _, result in rows
            if result.verdict is Verdict.UNKNOWN and item.code in tally(context.dossier, result).missing
        ]
        name = item.name or item.code
        sentences.append(
            count(context, "absent", len(waiting), name=name, ids=context.listed(waiting, MOST_DIFFERENCES))
            if waiting
            else say(context, "absent.none", name=name)
        )
    return tuple(sentences)
