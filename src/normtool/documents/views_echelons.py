"""Echelons in the report: who does what, the borders, what a level asks, and what is odd about what was stated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from normtool.core.assessment import EchelonResult, IndicatorResult, RowResult, RowState, Verdict
from normtool.core.echelons import misfit
from normtool.core.standards import EchelonLevel, Echelons
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_echelons import ALONE, BESIDE, EchelonCell, EchelonRow, echelon_matrix
from normtool.documents.echelons_grid import Grid
from normtool.documents.views_context import NONE, Context, VerdictText
from normtool.documents.views_figure import Figure, FigureTable
from normtool.echelon_texts import (
    OPEN,
    BorderTexts,
    BorderWords,
    cell_words,
    computed_words,
    is_known,
    legend_words,
    lowered,
    question_words,
    why_open,
)
from normtool.retelling import row_reason

MOST_QUESTIONS = 6
MOST_NAMED = 5
MOST_ON_PAPER = 30
"""Combinations with echelon 2 that the PDF lists; the HTML has them all."""
VERDICTS = {
    RowState.MET: Verdict.MET,
    RowState.PARTLY_MET: Verdict.PARTLY_MET,
    RowState.NOT_MET: Verdict.NOT_MET,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendLine:
    """A sign of the matrix and what it means."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelView:
    """What a level does itself, to whom it refers, whom it gets, and what it is asked."""

    name: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCell:
    """Whether what is asked is there, and if not, why."""

    verdict: VerdictText
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """What is asked of one level, per location and tumour group; `more` counts what paper leaves out."""

    caption: str
    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[AskedCell, ...]], ...]
    on_paper: int
    more: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EchelonsView:
    """The section on echelons; `is_beside`: the legend stands beside the one picture."""

    heading: str
    lead: str
    figure: Figure
    is_beside: bool
    legend: tuple[LegendLine, ...]
    source: str
    question: str
    questions: tuple[str, ...]
    border_caption: str
    border_head: tuple[str, ...]
    borders: tuple[BorderWords, ...]
    level_caption: str
    level_head: tuple[str, ...]
    levels: tuple[LevelView, ...]
    asked: tuple[AskedView, ...]


def echelons_view(context: Context) -> EchelonsView | None:
    """The section; None when the norms know no echelons, or nothing was said that has to do with them."""
    echelons, results = context.dossier.framework.echelons, context.dossier.assessment.echelons
    if echelons is None or not is_known(results):
        return None
    say = context.words.say
    grid = Grid(results)
    suffix = "_intervention" if echelons.category == "intervention" else ""
    return EchelonsView(
        heading=say(f"echelons.heading{suffix}"),
        lead=_lead(context, grid.cells),
        figure=_figure(context, grid),
        is_beside=len(grid.locations) <= BESIDE,
        legend=tuple(LegendLine(sign=sign, text=text) for sign, text in legend_words(echelons, context.words)),
        source=say("echelons.legend.source", source="; ".join(_references(context, echelons))),
        question=say("echelons.question.heading"),
        questions=_questions(context),
        border_caption=say("echelons.border.caption"),
        border_head=tuple(
            say(f"echelons.border.{key}") for key in ("between", "groups", "number_head", "standing", "source")
        ),
        borders=_borders(context, grid.groups),
        level_caption=say("echelons.levels.caption"),
        level_head=tuple(say(f"echelons.levels.{key}") for key in ("level", "offers", "refers", "receives", "asks")),
        levels=tuple(_level(context, level) for level in echelons.levels),
        asked=tuple(
            view for level in echelons.levels if level.asked_in and (view := _asked(context, level)) is not None
        ),
    )


def _borders(context: Context, groups: list[str]) -> tuple[BorderWords, ...]:
    dossier = context.dossier
    year = dossier.evidence.network.reporting_year
    texts = BorderTexts(framework=dossier.framework, year=year, words=context.words, names=context.names)
    return tuple(texts.told(groups))


def _references(context: Context, echelons: Echelons) -> list[str]:
    """The sources; a mark such as S4 is written out where the norms do so."""
    marks = (text.partition(": ") for text in context.dossier.framework.basis.references)
    written = {mark: text for mark, _, text in marks if text}
    return [written.get(name, name) for name in echelons.basis.references]


def _questions(context: Context) -> tuple[str, ...]:
    """A few; the rest is counted."""
    found = question_words(context.dossier, context.words, context.names)
    left = len(found) - MOST_QUESTIONS
    more = [context.words.say_count("echelons.question.more", left)] if left > 0 else []
    return (*found[:MOST_QUESTIONS], *more)


def _lead(context: Context, cells: list[EchelonResult]) -> str:
    words = context.words
    treated = [item for item in cells if item.treats is not False]
    known = sum(bool(item.computed) for item in treated)
    differing = sum(bool(misfit(item)) for item in treated)
    key = "none" if not known else "all" if known == len(treated) else "some"
    lead = words.say(f"echelons.lead.{key}", known=words.whole(known), all=words.whole(len(treated)))
    parts = [lead]
    if any(item.open_border for item in treated):
        parts.append(words.say("echelons.lead.unpublished"))
    if differing:
        parts.append(words.say_count("echelons.lead.differ", differing))
    return " ".join(parts)


# --- the picture and its table -------------------------------------------------------------------------------------


def _figure(context: Context, grid: Grid) -> Figure:
    words = context.words
    most = BESIDE if len(grid.locations) <= BESIDE else ALONE
    pictures = []
    for start in range(0, len(grid.locations), most):
        part = grid.locations[start : start + most]
        pictures.append(_picture(context, grid, part, start))
    keys = ("group", "location", "number", "year", "computed", "stated", "would_be", "why")
    year = context.dossier.evidence.network.reporting_year
    return Figure(
        key="echelons-matrix",
        caption=words.say("echelons.figure.caption"),
        caption_rest=words.say("echelons.figure.rest", year=year),
        pictures=tuple(pictures),
        note=" ".join(_notes(context, grid)),
        table=FigureTable(
            head=tuple(words.say(f"echelons.table.{key}") for key in keys),
            rows=tuple(_table_row(context, item) for item in sorted(grid.cells, key=_by_group(grid))),
            numeric=(2,),
        ),
    )


def _by_group(grid: Grid) -> Callable[[EchelonResult], tuple[int, int]]:
    groups, locations = ({name: at for at, name in enumerate(names)} for names in (grid.groups, grid.locations))
    return lambda item: (groups[item.group], locations[item.location])


def _picture(context: Context, grid: Grid, locations: list[str], start: int) -> Markup:
    rows, told = [], []
    heads = tuple(context.name(location) for location in locations)
    for group in grid.groups:
        found = [grid.by_place.get((group, location)) for location in locations]
        cells = tuple(_cell(context, item) for item in found)
        rows.append(EchelonRow(name=context.name(group), cells=cells))
        listed = ", ".join(f"{head} {cell.text}" for head, cell in zip(heads, cells, strict=True))
        told.append(context.words.say("echelons.figure.row", group=context.name(group), cells=listed))
    title = context.words.say("echelons.figure.title", rows="; ".join(told))
    most = BESIDE if len(grid.locations) <= BESIDE else ALONE
    caption = Caption(title=title, desc="; ".join(told), key=f"echelons-{start}")
    return Markup(echelon_matrix(heads, tuple(rows), caption, most))  # noqa: S704 (escaped where it is drawn)


def _cell(context: Context, result: EchelonResult | None) -> EchelonCell:
    if result is None:
        return EchelonCell(level=OPEN, text=OPEN)
    said = cell_words(result, context.words)
    return EchelonCell(level=said.level, text=said.text)


def _table_row(context: Context, item: EchelonResult) -> tuple[str, ...]:
    words = context.words
    return (
        context.name(item.group),
        context.name(item.location),
        NONE if item.number is None else words.whole(item.number),
        NONE if item.year is None else str(item.year),
        computed_words(item, words),
        item.stated or NONE,
        item.would_be or NONE,
        why_open(item, words) or NONE,
    )


def _notes(context: Context, grid: Grid) -> list[str]:
    """Groups that are not shown, and what borders to come would make of a cell."""
    words, notes = context.words, []
    for key, groups in (("not_treated", grid.not_treated), ("not_filled", grid.not_filled)):
        if groups:
            named = ", ".join(lowered(context.name(group)) for group in groups)
            notes.append(words.say(f"echelons.figure.{key}", groups=named))
    coming = [
        words.say(
            "echelons.figure.would_be_cell",
            location=context.name(item.location),
            group=lowered(context.name(item.group)),
            level=item.would_be,
        )
        for item in grid.cells
        if item.would_be not in ("", item.computed)
    ]
    if coming:
        notes.append(words.say("echelons.figure.would_be", cells=context.listed(coming, MOST_NAMED)))
    return notes


# --- levels, and what they are asked -------------------------------------------------------------------------------


def _level(context: Context, level: EchelonLevel) -> LevelView:
    text = context.words.text
    cells = tuple(tuple(map(text, texts)) for texts in (level.offers, level.refers, level.receives, level.asks))
    return LevelView(name=f"{level.id} {text(level.name)}", cells=cells)


def _asked(context: Context, level: EchelonLevel) -> AskedView | None:
    """Per location of this level whether what it is asked is there; None when nobody has the level."""
    words, assessment = context.words, context.dossier.assessment
    results = [result for name in level.asked_in if (result := assessment.indicator(name)) is not None]
    rows_of = [{frozenset(row.key): row for row in result.rows} for result in results]
    rows, complete = [], 0
    for item in assessment.echelons:
        if item.treats is not False and level.id in (item.stated, item.computed):
            found = [rows.get(frozenset((item.location, item.group))) for rows in rows_of]
            cells = tuple(_asked_cell(context, item, row) for row in found)
            complete += all(row is not None and row.state is RowState.MET for row in found)
            rows.append((context.name(item.location), context.name(item.group), cells))
    if not rows:
        return None
    heads = [_head(context, result) for result in results]
    counts = {"complete": words.whole(complete), "all": words.whole(len(rows)), "level": level.id}
    left = len(rows) - MOST_ON_PAPER
    return AskedView(
        caption=words.say("echelons.asked.caption", level=level.id),
        summary=words.say("echelons.asked.summary", **counts),
        head=(words.say("echelons.asked.place"), *heads),
        rows=tuple(rows),
        on_paper=MOST_ON_PAPER,
        more=words.say_count("echelons.asked.more", left) if left > 0 else "",
        notes=tuple(_not_open(context, result) for result in results if not result.is_open),
    )


def _asked_cell(context: Context, item: EchelonResult, row: RowResult | None) -> AskedCell:
    """A row that is not there was not asked: by what the location states it has another level."""
    if row is None:
        key = "other_stated" if item.stated else "not_stated"
        verdict, reason = Verdict.UNKNOWN, context.words.say(f"echelons.asked.{key}", level=item.stated)
    else:
        verdict, reason = VERDICTS.get(row.state, Verdict.UNKNOWN), row_reason(row, context.words)
    return AskedCell(verdict=VerdictText(verdict=verdict, word=context.verdict_word(verdict)), reason=reason)


def _head(context: Context, result: IndicatorResult) -> str:
    indicator = context.dossier.framework.indicator(result.id)
    title = context.words.text(indicator.title) if indicator is not None else ""
    return context.words.say("echelons.asked.head", id=result.id, title=title).strip()


def _not_open(context: Context, result: IndicatorResult) -> str:
    indicator = context.dossier.framework.indicator(result.id)
    cycle = indicator.opening_cycle if indicator is not None else context.dossier.assessment.cycle + 1
    return context.words.say("echelons.asked.not_open", id=result.id, cycle=cycle)
