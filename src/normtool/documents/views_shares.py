"""Shares of patients: intervals per group, and institutions in a funnel."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from markupsafe import Markup

from normtool.core.assessment import IndicatorResult
from normtool.core.kinds import Pooled
from normtool.core.standards import Indicator
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_figures import FunnelPoint, ShareRow, funnel, is_outside, share_intervals
from normtool.documents.views_answers import current_step
from normtool.documents.views_context import Context, anchor, cell_text, verdict_text
from normtool.documents.views_figure import Figure, FigureTable
from normtool.texts import display_percent


def share_figures(context: Context, indicator: Indicator, result: IndicatorResult) -> list[Figure]:
    """The intervals of a pooled indicator, and a funnel where at least three institutions have numbers."""
    kind = indicator.kind
    if not isinstance(kind, Pooled):
        return []
    rows = [row for row in result.rows if row.is_masked or (row.share is not None and row.interval is not None)]
    target = _target(context, indicator, result)
    if not rows or target is None:
        return []
    figures = [_intervals(context, indicator, result, target)]
    is_masked = result.is_masked or any(row.is_masked for row in result.rows)
    spread = _institutions(context, kind) if not is_masked else []  # what is left would not be their sums
    if len(spread) >= 3:
        figures.append(_funnel(context, indicator, spread))
    return figures


def shares_lead(context: Context, pairs: list[tuple[Indicator, IndicatorResult]]) -> str:
    """How many of the groups lie below their target beyond chance, and for how many the difference may be chance."""
    rows = []
    for indicator, result in pairs:
        target = _target(context, indicator, result)
        if isinstance(indicator.kind, Pooled) and target is not None:
            rows += [(row, target) for row in _share_rows(context, result, target) if row.share is not None]
    below = sum(row.high <= target for row, target in rows)
    chance = sum(bool(row.chance) for row, _ in rows)
    return context.count("intervals.lead", len(rows), below=context.number(below), chance=context.number(chance))


def with_one_note(figures: list[Figure]) -> tuple[Figure, ...]:
    """The note is the same for all: it stands under the last."""
    return tuple(figure if figure is figures[-1] else replace(figure, note="") for figure in figures)


def _target(context: Context, indicator: Indicator, result: IndicatorResult) -> float | None:
    """The target of this cycle; of an informative indicator the one that its path would have."""
    if result.target is not None:
        return float(result.target)
    step = current_step(context, indicator)
    return float(step.target) if step is not None else None


def _intervals(context: Context, indicator: Indicator, result: IndicatorResult, target: float) -> Figure:
    rows = _share_rows(context, result, target)
    shown_target = context.say("intervals.target", target=context.words.percent(round(target * 100)))
    key = f"intervals-{anchor(indicator.id)}"
    desc = "; ".join(f"{row.name} {row.shown}, {row.counts} {row.chance}".strip() for row in rows)
    title = context.say("intervals.title", title=context.words.text(indicator.title), rows=desc, target=shown_target)
    head = context.say("intervals.counts")
    told = (head, shown_target, context.words.percent(100))
    picture = share_intervals(rows, target, told, Caption(title=title, desc=desc, key=key))
    heads = (
        context.say("intervals.group"),
        context.say("intervals.share"),
        head,
        context.say("intervals.chance_head"),
    )
    return Figure(
        key=key,
        caption=context.words.text(indicator.title),
        caption_rest=indicator.id,
        pictures=(Markup(picture),),  # noqa: S704 (escaped where it is drawn)
        note=context.say("intervals.note"),
        table=FigureTable(
            head=heads, rows=tuple((row.name, row.shown, row.counts, row.chance) for row in rows), numeric=(1, 2)
        ),
        verdict=verdict_text(context, result),
    )


def _share_rows(context: Context, result: IndicatorResult, target: float) -> tuple[ShareRow, ...]:
    rows = []
    for row in result.rows:
        if row.is_masked:
            rows.append(ShareRow(name=context.row_name(row), shown=context.words.say("verdicts.masked")))
        if row.share is None or row.interval is None:
            continue
        part, whole = context.words.whole(row.share.numerator), context.words.whole(row.share.denominator)
        low, high = row.interval.low, row.interval.high
        rows.append(
            ShareRow(
                name=context.row_name(row),
                share=float(row.share.fraction),
                low=low,
                high=high,
                shown=context.words.share(row.share, Fraction(str(target))),
                counts=context.say("k_of_n", part=part, whole=whole),
                chance=context.say("intervals.chance") if low < target < high else "",
            )
        )
    return tuple(rows)


def _institutions(context: Context, kind: Pooled) -> list[tuple[str, int, int]]:
    """Name, numerator and denominator of each institution with numbers: its locations and groups together."""
    register = context.dossier.evidence.register(kind.register)
    parents = {
        cell_text(row, "id"): cell_text(row, "parent") for row in context.dossier.evidence.register("members").rows
    }
    sums: dict[str, tuple[int, int]] = {}
    for row in register.rows:
        location = cell_text(row, "location")
        part, whole = row.get(kind.numerator), row.get(kind.denominator)
        if not location or part is None or whole is None:
            continue
        if isinstance(part.value, int) and isinstance(whole.value, int):
            institution = parents.get(location) or location
            before = sums.get(institution, (0, 0))
            sums[institution] = (before[0] + part.value, before[1] + whole.value)
    return [(context.name(name), part, whole) for name, (part, whole) in sums.items() if whole > 0]


def _funnel(context: Context, indicator: Indicator, spread: list[tuple[str, int, int]]) -> Figure:
    part, whole = sum(item[1] for item in spread), sum(item[2] for item in spread)
    mean = part / whole
    points = tuple(FunnelPoint(name=name, patients=n, share=k / n) for name, k, n in spread)
    axis = (context.say("funnel.share"), context.say("funnel.patients"))
    level = context.say("funnel.mean", mean=display_percent(Fraction(part, whole)))
    key = f"funnel-{anchor(indicator.id)}"
    counts = {name: context.say("k_of_n", part=k, whole=n) for name, k, n in spread}
    shown = {name: context.words.share(Fraction(k, n)) for name, k, n in spread}
    desc = "; ".join(f"{point.name} {counts[point.name]} ({shown[point.name]})" for point in points)
    outside = [point.name for point in points if is_outside(point, mean)]
    message = context.say("funnel.inside")
    if outside:
        message = context.count("funnel.outside", len(outside), names=context.listed(outside))
    facts = {"title": context.words.text(indicator.title), "mean": level, "message": message}
    title = context.say("funnel.title", points=desc, **facts)
    words = (*axis, level, context.say("funnel.discuss"))
    picture = funnel(points, mean, words, Caption(title=title, desc=desc, key=key))
    rows = tuple((name, shown[name], counts[name]) for name, _, _ in spread)
    return Figure(
        key=key,
        caption=context.say("funnel.caption"),
        caption_rest=indicator.id,
        pictures=(Markup(picture),),  # noqa: S704 (escaped where it is drawn)
        note=f"{message} {context.say('funnel.note')}",
        table=FigureTable(head=(context.say("volumes.location"), *axis), rows=rows, numeric=(1, 2)),
        half=True,
    )
