"""Volumes against norms, as figures: every number beside each norm, in the unit of that norm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from math import ceil

from markupsafe import Markup

from normtool.core.assessment import IndicatorResult, NormCheck, RowResult, RowState
from normtool.core.kinds import VolumeKind
from normtool.core.standards import Indicator, VolumeNorm
from normtool.core.volumes import missed
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_volumes import (
    VolumeGroup,
    VolumeRest,
    VolumeValue,
    group_height,
    names_width,
    volume_chart,
)
from normtool.documents.views_context import NONE, Context, VerdictText, anchor, verdict_text
from normtool.documents.views_figure import Figure, FigureTable
from normtool.documents.views_volume_bands import (
    Volumes,
    band_words,
    open_volumes,
    unit_name,
    volume_group,
    volume_listing,
)
from normtool.telling.phrases import in_sentence
from normtool.telling.retelling import retell
from normtool.telling.volume_texts import compared_words, sourced_norm_words, verdict_words

ONE_PICTURE = 240.0
"""Up to this height, in points, one picture; a higher one would leave too much of a page empty before it."""
PART_OF_PAGE = 180.0
"""Of more, even pictures of at most about this height fill pages."""
NAMES = 3
"""How many locations a sentence names."""
BELOW = frozenset({"volume_below", "volumes_below_more", "volume_plan"})
"""The steps of the reasoning that tell what is below its norm, and what is done about it."""


def volume_figure(context: Context, indicator: Indicator, result: IndicatorResult) -> Figure | None:
    """The numbers of a volume indicator per treatment and location; None when there are none."""
    rows = [row for row in result.rows if row.number and len(row.key) == 2]  # 0 is: not performed here
    if not isinstance(indicator.kind, VolumeKind) or not rows:
        return None
    volumes, treatments = open_volumes(context), _by_treatment(rows)
    groups = [volume_group(volumes, treatment, found) for treatment, found in treatments.items()]
    year = context.dossier.evidence.network.reporting_year
    heads = (
        context.say("volumes.treatment"),
        context.say("volumes.norm"),
        context.say("volumes.number_in", year=year),
    )
    return Figure(
        key=f"volumes-{anchor(indicator.id)}",
        caption=context.say("volumes.caption", title=context.words.text(indicator.title), year=year),
        caption_rest=indicator.id,
        pictures=tuple(_pictures(context, indicator, groups, heads)),
        note=_note(volumes, treatments, result),
        table=_table(volumes, treatments),
        verdict=_verdict(context, result),
        listing=tuple(
            (context.name(treatment), text)
            for treatment, found in treatments.items()
            if (text := volume_listing(volumes, found))
        ),
    )


def _by_treatment(rows: list[RowResult]) -> dict[str, list[RowResult]]:
    """The rows of each treatment, the largest number first."""
    found: dict[str, list[RowResult]] = {}
    for row in sorted(rows, key=lambda row: -(row.number or 0)):
        found.setdefault(row.key[1], []).append(row)
    return found


def _verdict(context: Context, result: IndicatorResult) -> VerdictText:
    """The verdict, with how many numbers reach their norm of how many, and from where it is partly met."""
    verdict = verdict_text(context, result)
    bound = [row for row in result.rows if row.norms]
    if not bound:
        return verdict
    met = sum(row.state is RowState.MET for row in bound)
    counts = context.say("k_of_n", part=context.words.whole(met), whole=context.words.whole(len(bound)))
    if result.partly_from is not None:
        counts = context.say("volumes.counts", counts=counts, partly=context.words.target_share(result.partly_from))
    return replace(verdict, addition=f"{verdict.addition} · {counts}".strip())


def _pictures(
    context: Context, indicator: Indicator, groups: list[VolumeGroup], heads: tuple[str, str, str]
) -> Iterator[Markup]:
    """One picture if it fits a page, else smaller ones that fill pages; all on one scale."""
    sizes = ceil(max(_highest(group) for group in groups)), names_width(groups)
    for place, part in enumerate(_chunks(context, groups, sizes[1])):
        desc = "; ".join(_group_words(group) for group in part)
        title = context.say("volumes.title", groups=desc)
        key = f"volumes-{anchor(indicator.id)}-{place}"
        picture = volume_chart(part, heads, sizes, Caption(title=title, desc=desc, key=key))
        yield Markup(picture)  # noqa: S704 (escaped where it is drawn)


def _highest(group: VolumeGroup) -> float:
    rows = [row for band in group.bands for row in band.rows]
    numbers = [row.number for row in rows if isinstance(row, VolumeValue)]
    numbers += [max(row.numbers) for row in rows if isinstance(row, VolumeRest)]
    return max([*numbers, *(norm.minimum for row in rows for norm in row.lines)])


def _chunks(context: Context, groups: list[VolumeGroup], wide: float) -> list[tuple[VolumeGroup, ...]]:
    total = sum(group_height(group, wide) for group in groups)
    most = ONE_PICTURE if total <= ONE_PICTURE else max(total / ceil(total / PART_OF_PAGE) * 1.25, PART_OF_PAGE / 2)
    chunks: list[list[VolumeGroup]] = [[]]
    for piece in chain.from_iterable(_pieces(context, group, wide) for group in groups):
        if chunks[-1] and sum(group_height(item, wide) for item in (*chunks[-1], piece)) > most:
            chunks.append([])
        chunks[-1].append(piece)
    return [tuple(chunk) for chunk in chunks]


def _pieces(context: Context, group: VolumeGroup, wide: float) -> Iterator[VolumeGroup]:
    """A treatment, or of one that is too high for a page each band by itself."""
    if group_height(group, wide) <= PART_OF_PAGE:
        yield group
        return
    for place, band in enumerate(group.bands):
        name = context.say("volumes.continued", name=group.name) if place else group.name
        yield VolumeGroup(name=name, bands=(band,))


def _group_words(group: VolumeGroup) -> str:
    return f"{group.name} {'; '.join(map(band_words, group.bands))}"


# --- what stands below ------------------------------------------------------------------------------------------


def _note(volumes: Volumes, treatments: dict[str, list[RowResult]], result: IndicatorResult) -> str:
    """What norms that do not count yet would mean, and which numbers are missing."""
    context = volumes.context
    notes = [_would(volumes, treatment, rows) for treatment, rows in treatments.items()]
    missing = [context.row_name(row) for row in result.rows if row.reason == "missing"]
    if missing:
        notes.append(context.say("volumes.missing", rows=context.listed(missing, NAMES)))
    return " ".join(filter(None, notes))


def _would(volumes: Volumes, treatment: str, rows: list[RowResult]) -> str:
    """Of the norms of a treatment that are only shown: who would not reach them, or that everybody would."""
    found: dict[str, dict[NormCheck, RowResult]] = {}
    for row in rows:
        for check in row.checks:
            if not check.is_bound:
                found.setdefault(check.norm, {}).setdefault(check, row)
    texts = [_would_be(volumes, volumes.norms[norm], checks) for norm, checks in found.items()]
    said = "; ".join(filter(None, texts))
    facts = {"treatment": volumes.context.name(treatment), "texts": said}
    return volumes.context.say("volumes.would", **facts) if said else ""


def _would_be(volumes: Volumes, norm: VolumeNorm, checks: dict[NormCheck, RowResult]) -> str:
    """What one norm would mean; empty while that cannot be said."""
    context = volumes.context
    text = sourced_norm_words(norm, context.words, context.names, is_bound=False)
    failing = [
        context.say(
            "volumes.named",
            name=unit_name(volumes, check, row),
            number=compared_words(check, norm, context.words),
        )
        for check, row in checks.items()
        if check.state is RowState.NOT_MET
    ]
    if failing:
        names = context.listed(failing, NAMES)
        return context.count("volumes.would_not_meet", len(failing), names=names, norm=text)
    if all(check.state is RowState.MET for check in checks):
        return context.say("volumes.would_meet", norm=text)
    return ""


def _table(volumes: Volumes, treatments: dict[str, list[RowResult]]) -> FigureTable:
    """Each number once per norm: what was compared with it, and what came of it."""
    context = volumes.context
    rows: list[tuple[str, ...]] = []
    for treatment, found in treatments.items():
        for row in found:
            head = (
                context.name(treatment),
                context.name(row.key[0]),
                str(row.year),
                context.words.whole(row.number or 0),
            )
            rows += [(*head, *_checked(volumes, place, row)) for place in range(max(1, len(row.checks)))]
    keys = ("treatment", "location", "year", "number", "norm", "compared", "verdict")
    return FigureTable(head=tuple(context.say(f"volumes.{key}") for key in keys), rows=tuple(rows), numeric=(3,))


def _checked(volumes: Volumes, place: int, row: RowResult) -> tuple[str, str, str]:
    context, words = volumes.context, volumes.context.words
    if not row.checks:
        return context.say("volumes.none"), NONE, NONE
    check = row.checks[place]
    norm = volumes.norms[check.norm]
    text = sourced_norm_words(norm, words, context.names, is_bound=check.is_bound)
    return text, compared_words(check, norm, words), verdict_words(check, words)


# --- the lead ---------------------------------------------------------------------------------------------------


def volumes_lead(context: Context, pairs: list[tuple[Indicator, IndicatorResult]]) -> str:
    """How many numbers reach their norm, and which do not, with the plan that stands beside them."""
    results = [result for item, result in pairs if isinstance(item.kind, VolumeKind)]
    bound = [row for result in results for row in result.rows if row.norms]
    if not bound:
        return context.say("volumes.lead_none")
    met = sum(row.state is RowState.MET for row in bound)
    lead = context.count("volumes.lead", len(bound), met=context.number(met))
    parts = [lead[:1].upper() + lead[1:]]
    norms = {norm.id: norm for norm in context.dossier.framework.volume_norms}
    volumes = open_volumes(context)
    missing = {(row.key[1], check): row for row in bound if (check := missed(row)) is not None}
    below = [
        context.say(
            "volumes.below",
            treatment=in_sentence(context.name(treatment)),
            location=unit_name(volumes, check, row),
            number=compared_words(check, norms[check.norm], context.words),
        )
        for (treatment, check), row in missing.items()
    ]
    if below:
        parts.append(context.say("volumes.lead_below", rows=context.listed(below, 2)))
    return " ".join(parts)


def volumes_plans(context: Context, pairs: list[tuple[Indicator, IndicatorResult]]) -> tuple[str, ...]:
    """The numbers below their norm, each with its plan, and the actions that name the indicator."""
    return tuple(
        retell(step, context.words, context.names)
        for item, result in pairs
        if isinstance(item.kind, VolumeKind)
        for step in result.because
        if step.rule in BELOW
    )
