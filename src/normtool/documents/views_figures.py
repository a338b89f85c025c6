"""The data behind the pictures, each with a caption that carries its message and a table that says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from normtool.core.assessment import IndicatorResult, RowResult, RowState, Share
from normtool.core.kinds import Coverage, Pooled, Proportion, VolumeKind
from normtool.core.standards import Indicator, IndicatorClass, NormStanding, VolumeNorm
from normtool.documents.charts import MatrixRow, Tile, verdict_matrix
from normtool.documents.charts_figures import (
    FunnelPoint,
    PathPanel,
    PathStep,
    ShareRow,
    VolumeGroup,
    VolumeValue,
    funnel,
    is_outside,
    share_intervals,
    target_paths,
    volume_chart,
)
from normtool.documents.views_context import (
    Context,
    VerdictText,
    anchor,
    cell_text,
    shown_verdict,
    standard_number,
    verdict_text,
)
from normtool.documents.views_indicators import current_step
from normtool.texts import display_percent

PATHS_SHOWN = 8
PATHS_A_ROW = 4
VALUES_A_CHART = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """The same as a picture, as a table; `numeric` are the columns that stand right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: caption, verdict if it has one, the pictures, a note and the table."""

    key: str
    caption: str
    caption_rest: str
    pictures: tuple[Markup, ...]
    note: str
    table: FigureTable
    verdict: VerdictText | None = None
    half: bool = False


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
    intervals: tuple[Figure, ...]
    funnels: tuple[Figure, ...]


def figures_view(context: Context) -> FiguresView:
    """All figures of a dossier."""
    results = {item.id: item for item in context.dossier.assessment.indicators}
    pairs = [(item, results[item.id]) for item in context.dossier.framework.indicators if item.id in results]
    paths, paths_lead = _paths(context, pairs)
    volumes = [figure for pair in pairs if (figure := _volumes(context, *pair)) is not None]
    shares = [figure for pair in pairs for figure in _shares(context, *pair)]
    return FiguresView(
        matrix=_matrix(context),
        paths=paths,
        paths_lead=paths_lead,
        volumes=tuple(volumes),
        volumes_lead=_volumes_lead(context, pairs),
        intervals=_with_one_note([figure for figure in shares if not figure.half]),
        funnels=tuple(figure for figure in shares if figure.half),
    )


# --- The matrix ---------------------------------------------------------------------------------------------


def _matrix(context: Context) -> MatrixView:
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
        context.say("matrix.row", number=number, name=name, tiles=", ".join(f"{t.id} {t.verdict.word}" for t in tiles))
        for number, name, _, tiles in screen
    )
    heads = (context.say("matrix.core"), context.say("matrix.other"))
    title = f"{context.say('matrix.title')} {desc}"
    picture = verdict_matrix(tuple(rows), heads, title=title, desc=desc)
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
        picture = target_paths(tuple(part), key=f"paths-{start}", title=title, desc=title)
        pictures.append(Markup(picture))  # noqa: S704 (escaped where it is drawn)
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
        note=context.say("paths.note"),
        table=FigureTable(head=head, rows=rows, numeric=(2,)),
    )
    return figure, context.count("paths.lead", len(shown), reached=context.number(reached))


def _known_share(result: IndicatorResult) -> Fraction | None:
    """The share to draw: the one computed, else that of rows already met."""
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
    )


def _panel_words(context: Context, panel: PathPanel) -> str:
    target = panel.steps[panel.current].target_label
    return context.say(
        "paths.panel",
        name=panel.name,
        result=panel.result_label,
        target=target,
        verdict=context.verdict_word(panel.verdict),
    )


# --- Volumes ------------------------------------------------------------------------------------------------


def _volumes(context: Context, indicator: Indicator, result: IndicatorResult) -> Figure | None:
    rows = [row for row in result.rows if row.number is not None and len(row.key) >= 2]
    if not isinstance(indicator.kind, VolumeKind) or not rows:
        return None
    groups = _volume_groups(context, rows)
    top = max([row.number or 0 for row in rows] + [norm for group in groups for norm in group.in_force])
    heads = (context.say("volumes.treatment"), context.say("volumes.norm"), context.say("volumes.number"))
    pictures = []
    for place, part in enumerate(_chunks(groups)):
        desc = "; ".join(_group_words(context, group) for group in part)
        title = context.say("volumes.title", groups=desc)
        key = f"volumes-{anchor(indicator.id)}-{place}"
        picture = volume_chart(part, heads, top=top, key=key, title=title, desc=desc)
        pictures.append(Markup(picture))  # noqa: S704 (escaped where it is drawn)
    year = context.dossier.evidence.network.reporting_year
    table_rows = tuple(
        (group.name, ", ".join(group.norms), value.name, value.shown) for group in groups for value in group.values
    )
    return Figure(
        key=f"volumes-{anchor(indicator.id)}",
        caption=context.say("volumes.caption", title=context.words.text(indicator.title), year=year),
        caption_rest=indicator.id,
        pictures=tuple(pictures),
        note=_volumes_note(context, groups),
        table=FigureTable(head=(*heads[:2], context.say("volumes.location"), heads[2]), rows=table_rows, numeric=(3,)),
        verdict=verdict_text(context, result),
    )


def _volume_groups(context: Context, rows: list[RowResult]) -> list[VolumeGroup]:
    treatments: dict[str, list[RowResult]] = {}
    for row in rows:
        treatments.setdefault(_treatment(context, row), []).append(row)
    groups = [_volume_group(context, treatment, found) for treatment, found in treatments.items()]
    return sorted(groups, key=lambda group: -max(value.number for value in group.values))


def _treatment(context: Context, row: RowResult) -> str:
    known = {item.id for item in context.dossier.framework.treatments}
    return next((part for part in row.key if part in known), row.key[-1])


def _volume_group(context: Context, treatment: str, rows: list[RowResult]) -> VolumeGroup:
    norms = {norm.id: norm for norm in context.dossier.framework.volume_norms}
    bound = list(dict.fromkeys(identifier for row in rows for identifier in row.norms if identifier in norms))
    in_force = [norms[identifier] for identifier in bound]
    waiting = [norm for norm in norms.values() if treatment in norm.treatments and _is_waiting(context, norm)]
    texts = [_norm_words(context, norm) for norm in in_force]
    texts += [context.say(f"volumes.{norm.standing.value}", minimum=norm.minimum) for norm in waiting]
    texts = texts or [context.say("volumes.none")]
    values = [
        VolumeValue(
            name=_locations(context, row, treatment),
            number=row.number or 0,
            shown=context.words.whole(row.number or 0),
            below=row.state is RowState.NOT_MET,
        )
        for row in rows
    ]
    return VolumeGroup(
        name=context.name(treatment),
        norms=tuple(dict.fromkeys(texts)),
        in_force=tuple(sorted({norm.minimum for norm in in_force})),
        announced=tuple(sorted({norm.minimum for norm in waiting})),
        values=tuple(sorted(values, key=lambda value: -value.number)),
    )


def _is_waiting(context: Context, norm: VolumeNorm) -> bool:
    """Announced or intended, and not past its end: shown, never scored."""
    first = date(context.dossier.evidence.network.reporting_year, 1, 1)
    ended = norm.valid_until is not None and norm.valid_until < first
    return norm.standing is not NormStanding.IN_FORCE and norm.unit != "surgeon" and not ended


def _norm_words(context: Context, norm: VolumeNorm) -> str:
    return context.say("volumes.norm_row", minimum=norm.minimum, unit=context.say(f"unit.{norm.unit}"))


def _locations(context: Context, row: RowResult, treatment: str) -> str:
    return ", ".join(context.name(part) for part in row.key if part and part != treatment)


def _chunks(groups: list[VolumeGroup]) -> list[tuple[VolumeGroup, ...]]:
    """Groups in pictures that fit a page."""
    chunks: list[list[VolumeGroup]] = [[]]
    for group in groups:
        if chunks[-1] and sum(len(item.values) for item in chunks[-1]) + len(group.values) > VALUES_A_CHART:
            chunks.append([])
        chunks[-1].append(group)
    return [tuple(chunk) for chunk in chunks]


def _group_words(context: Context, group: VolumeGroup) -> str:
    values = ", ".join(f"{value.name} {value.shown}" for value in group.values)
    return f"{group.name} ({', '.join(group.norms)}): {values}"


def _volumes_note(context: Context, groups: list[VolumeGroup]) -> str:
    notes = [context.say("volumes.note")]
    for group in groups:
        for norm in group.announced:
            names = [value.name for value in group.values if value.number < norm]
            if names:
                facts = {"norm": norm, "treatment": group.name.lower(), "names": context.listed(names)}
                notes.append(context.say("volumes.would_not", **facts))
    return " ".join(notes)


def _volumes_lead(context: Context, pairs: list[tuple[Indicator, IndicatorResult]]) -> str:
    rows = [row for item, result in pairs if isinstance(item.kind, VolumeKind) for row in result.rows]
    bound = [row for row in rows if row.norms and row.number is not None and row.state is not RowState.OUTSIDE]
    if not bound:
        return context.say("volumes.lead_none")
    met = [row for row in bound if row.state is RowState.MET]
    lead = context.count("volumes.lead", len(bound), met=context.number(len(met)))
    below = [
        context.say(
            "volumes.below",
            treatment=context.name(_treatment(context, row)).lower(),
            location=_locations(context, row, _treatment(context, row)),
            number=row.number,
        )
        for row in bound
        if row.state is RowState.NOT_MET
    ]
    text = f"{_upper(lead)} {context.say('volumes.lead_below', rows=context.listed(below, 2))}" if below else _upper(lead)
    return text


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- Shares of patients -------------------------------------------------------------------------------------


def _shares(context: Context, indicator: Indicator, result: IndicatorResult) -> list[Figure]:
    kind = indicator.kind
    if not isinstance(kind, Pooled):
        return []
    rows = [row for row in result.rows if row.share is not None and row.interval is not None]
    step = current_step(context, indicator)
    target = result.target if result.target is not None else step.target if step is not None else None
    if not rows or target is None:
        return []
    figures = [_intervals(context, indicator, result, float(target))]
    spread = _institutions(context, kind)
    if len(spread) >= 3:
        figures.append(_funnel(context, indicator, spread))
    return figures


def _with_one_note(figures: list[Figure]) -> tuple[Figure, ...]:
    """The note is the same for all: it stands under the last."""
    return tuple(figure if figure is figures[-1] else replace(figure, note="") for figure in figures)


def _intervals(context: Context, indicator: Indicator, result: IndicatorResult, target: float) -> Figure:
    rows = tuple(_share_row(context, row, target) for row in result.rows if row.share is not None and row.interval)
    shown_target = context.say("intervals.target", target=context.words.percent(round(target * 100)))
    key = f"intervals-{anchor(indicator.id)}"
    desc = "; ".join(f"{row.name} {row.shown}, {row.counts} {row.chance}".strip() for row in rows)
    title = context.say("intervals.title", title=context.words.text(indicator.title), rows=desc, target=shown_target)
    head = context.say("intervals.counts")
    picture = share_intervals(rows, target, (head, shown_target), key=key, title=title, desc=desc)
    heads = (context.say("intervals.group"), context.say("intervals.share"), head, context.say("intervals.chance_head"))
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


def _share_row(context: Context, row: RowResult, target: float) -> ShareRow:
    assert row.share is not None
    assert row.interval is not None
    low, high = row.interval.low, row.interval.high
    return ShareRow(
        name=context.row_name(row),
        share=float(row.share.fraction),
        low=low,
        high=high,
        shown=context.words.share(row.share, Fraction(str(target))),
        counts=context.say(
            "k_of_n", part=context.words.whole(row.share.numerator), whole=context.words.whole(row.share.denominator)
        ),
        chance=context.say("intervals.chance") if low < target < high else "",
    )


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
    desc = "; ".join(f"{point.name} {counts[point.name]}" for point in points)
    outside = [point.name for point in points if is_outside(point, mean)]
    title = context.say("funnel.title", title=context.words.text(indicator.title), points=desc)
    words = (*axis, level, context.say("funnel.discuss"))
    picture = funnel(points, mean, words, key=key, title=title, desc=desc)
    message = context.count("funnel.outside", len(outside), names=context.listed(outside)) if outside else (
        context.say("funnel.inside")
    )
    rows = tuple((name, context.words.share(Fraction(k, n)), counts[name]) for name, k, n in spread)
    return Figure(
        key=key,
        caption=context.say("funnel.caption"),
        caption_rest=indicator.id,
        pictures=(Markup(picture),),  # noqa: S704 (escaped where it is drawn)
        note=f"{message} {context.say('funnel.note')}",
        table=FigureTable(head=(context.say("volumes.location"), *axis), rows=rows, numeric=(1, 2)),
        half=True,
    )
