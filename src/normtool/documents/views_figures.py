"""The data behind the pictures, each with a caption that carries its message and a table that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from normtool.core.assessment import IndicatorResult, RowState, Share
from normtool.core.kinds import Coverage, Pooled, Proportion
from normtool.core.standards import Indicator, IndicatorClass
from normtool.documents.charts import MatrixRow, Tile, verdict_matrix
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_figures import PathPanel, PathStep, target_paths
from normtool.documents.regional import short_codes
from normtool.documents.regional_volumes import with_volumes
from normtool.documents.views_answers import current_step
from normtool.documents.views_context import (
    Context,
    VerdictText,
    anchor,
    open_context,
    shown_verdict,
    standard_number,
    verdict_text,
)
from normtool.documents.views_echelons import EchelonsView, echelons_view
from normtool.documents.views_figure import Figure, FigureTable
from normtool.documents.views_origin import code_words
from normtool.documents.views_shares import share_figures, shares_lead, with_one_note
from normtool.documents.views_trend import TrendView, trend_view
from normtool.documents.views_volumes import volume_figure, volumes_lead, volumes_plans
from normtool.texts import display_percent

PATHS_SHOWN = 8
PATHS_A_ROW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TileView:
    """One tile of the matrix on screen, a link to its indicator."""

    id: str
    name: str
    anchor: str
    verdict: VerdictText
    core: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """The verdict matrix: a picture for paper, links for the screen."""

    picture: Markup
    rows: tuple[tuple[str, str, str, tuple[TileView, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """Every picture of the report; those without data are absent."""

    matrix: MatrixView
    paths: Figure | None
    paths_lead: str
    volumes: tuple[Figure, ...]
    volumes_lead: str
    volumes_plans: tuple[str, ...]
    volumes_note: str
    echelons: EchelonsView | None
    intervals: tuple[Figure, ...]
    intervals_lead: str
    funnels: tuple[Figure, ...]
    trend: TrendView | None


def figures_view(context: Context) -> FiguresView:
    """All figures of a dossier."""
    results = {item.id: item for item in context.dossier.assessment.indicators}
    pairs = [(item, results[item.id]) for item in context.dossier.framework.indicators if item.id in results]
    paths, paths_lead = _paths(context, pairs)
    below, volume_pairs = _with_volumes(context, pairs, short=False)
    drawn, drawn_pairs = _with_volumes(context, pairs, short=True)
    volumes = [figure for pair in drawn_pairs if (figure := volume_figure(drawn, *pair)) is not None]
    shares = [figure for pair in pairs for figure in share_figures(context, *pair)]
    return FiguresView(
        matrix=matrix_view(context),
        paths=paths,
        paths_lead=paths_lead,
        volumes=tuple(volumes),
        volumes_note=f"{context.say('volumes.note')} {code_words(context)}".strip(),
        volumes_lead=volumes_lead(below, volume_pairs),
        volumes_plans=volumes_plans(below, volume_pairs),
        echelons=echelons_view(context),
        intervals=with_one_note([figure for figure in shares if not figure.half]),
        intervals_lead=shares_lead(context, pairs),
        funnels=tuple(figure for figure in shares if figure.half),
        trend=trend_view(context),
    )


def _with_volumes(
    context: Context, pairs: list[tuple[Indicator, IndicatorResult]], *, short: bool
) -> tuple[Context, list[tuple[Indicator, IndicatorResult]]]:
    """What is told of volumes: for a region with those of its sub-networks, which are named `short` in pictures."""
    whole = with_volumes(context.dossier, short_codes(context.dossier) if short else None)
    if whole is context.dossier:
        return context, pairs
    results = {item.id: item for item in whole.assessment.indicators}
    return open_context(whole, context.words), [(item, results[item.id]) for item, _ in pairs]


# --- The matrix ---------------------------------------------------------------------------------------------


def matrix_view(context: Context) -> MatrixView:
    """The verdict on every indicator, core and other, by standard."""
    results = {item.id: item for item in context.dossier.assessment.indicators}
    rows, screen = [], []
    for standard in context.dossier.framework.standards:
        tiles = [
            TileView(
                id=item.id,
                name=item.id.lstrip("N"),
                anchor=anchor(item.id),
                verdict=verdict_text(context, results[item.id]),
                core=item.indicator_class is IndicatorClass.CORE,
            )
            for item in standard.indicators
            if item.id in results
        ]
        tiles.sort(key=lambda tile: not tile.core)
        drawn = [(tile.core, Tile(name=tile.name, verdict=shown_verdict(results[tile.id]))) for tile in tiles]
        number, short = standard_number(standard), context.words.text(standard.short)
        core = tuple(tile for is_core, tile in drawn if is_core)
        other = tuple(tile for is_core, tile in drawn if not is_core)
        rows.append(MatrixRow(number=number, name=short, core=core, other=other))
        screen.append((number, short, f"standard-{anchor(standard.id)}", tuple(tiles)))
    desc = " ".join(
        context.say(
            "matrix.row", number=number, name=name, tiles=", ".join(f"{t.id} {t.verdict.word}" for t in tiles)
        )
        for number, name, _, tiles in screen
    )
    heads = (context.say("matrix.core"), context.say("matrix.other"))
    title = f"{context.say('matrix.title')} {desc}"
    picture = verdict_matrix(tuple(rows), heads, Caption(title=title, desc=desc, key="matrix"))
    return MatrixView(picture=Markup(picture), rows=tuple(screen))  # noqa: S704 (escaped where it is drawn)


# --- The path to the final target ---------------------------------------------------------------------------


def _paths(context: Context, pairs: list[tuple[Indicator, IndicatorResult]]) -> tuple[Figure | None, str]:
    shown = [
        (indicator, result, share)
        for indicator, result in pairs
        if isinstance(indicator.kind, Coverage | Proportion | Pooled)
        and len(indicator.path) > 1
        and result.is_open
        and (share := _known_share(result)) is not None
    ]
    shown.sort(key=lambda item: item[0].indicator_class is not IndicatorClass.CORE)
    shown = shown[:PATHS_SHOWN]
    if not shown:
        return None, ""
    panels = [_panel(context, *item) for item in shown]
    reached = sum(result.target is not None and share >= result.target for _, result, share in shown)
    pictures = []
    for start in range(0, len(panels), PATHS_A_ROW):
        part = panels[start : start + PATHS_A_ROW]
        title = context.say("paths.title", panels="; ".join(_panel_words(context, panel) for panel in part))
        picture = target_paths(tuple(part), Caption(title=title, desc=title, key=f"paths-{start}"))
        pictures.append(Markup(picture))  # noqa: S704 (escaped where it is drawn)
    before = any(panel.former for panel in panels)
    head = tuple(context.say(f"paths.{key}") for key in ("indicator", "target_now", "result", "verdict"))
    rows = tuple(
        (panel.name, panel.steps[panel.current].target_label, panel.result_label, context.verdict_word(panel.verdict))
        for panel in panels
    )
    figure = Figure(
        key="paths",
        caption=context.say("paths.caption"),
        caption_rest=context.say("paths.unit"),
        pictures=tuple(pictures),
        note=context.say("paths.note") + (f" {context.say('paths.before_note')}" if before else ""),
        table=FigureTable(head=head, rows=rows, numeric=(2,)),
    )
    return figure, context.count("paths.lead", len(shown), reached=context.number(reached))


def _known_share(result: IndicatorResult) -> Fraction | None:
    """The share to draw: the one computed, else that of rows already met; none when it is withheld."""
    if result.is_masked:
        return None
    if isinstance(result.value, Share) and result.value.denominator:
        return result.value.fraction
    rows = [row for row in result.rows if row.state is not RowState.OUTSIDE]
    if not rows or all(row.state is RowState.UNDECIDED for row in rows):
        return None
    return Fraction(sum(row.state is RowState.MET for row in rows), len(rows))


def _panel(context: Context, indicator: Indicator, result: IndicatorResult, share: Fraction) -> PathPanel:
    step = current_step(context, indicator)
    percent = display_percent(share, *([result.target] if result.target is not None else []))
    steps = tuple(
        PathStep(
            cycle=context.say("paths.cycle", cycle=item.cycle) if item.cycle is not None else str(item.year),
            target=float(item.target * 100),
            target_label=context.say("paths.target", target=context.words.decimal(item.target * 100)),
        )
        for item in indicator.path
    )
    return PathPanel(
        name=f"{indicator.id} {context.words.text(indicator.title)}",
        steps=steps,
        current=indicator.path.index(step) if step is not None else 0,
        result=float(share * 100),
        result_label=str(percent),
        verdict=result.verdict,
        former=_former_points(context, indicator),
    )


def _former_points(context: Context, indicator: Indicator) -> tuple[tuple[int, float], ...]:
    """What the indicator came to in former years that asked it in the same way, oldest first, by step of the path."""
    points = []
    for former in reversed(context.dossier.history):
        result = former.result(indicator.id)
        if result is None or result.share is None or not result.is_same_norm:
            continue
        step = indicator.step_in_force(former.cycle, former.assessment_year) or indicator.path[0]
        points.append((indicator.path.index(step), float(result.share.fraction * 100)))
    return tuple(points)


def _panel_words(context: Context, panel: PathPanel) -> str:
    target = panel.steps[panel.current].target_label
    words = context.say(
        "paths.panel",
        name=panel.name,
        result=panel.result_label,
        target=target,
        verdict=context.verdict_word(panel.verdict),
    )
    before = ", ".join(str(round(percent)) for _, percent in panel.former)
    return f"{words} ({context.say('paths.before', results=before)})" if before else words
