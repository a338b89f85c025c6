"""Echelons in the report: who does what, the borders, what a level asks, and what is odd about what was stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil

from markupsafe import Markup

from normtool.core.assessment import EchelonResult
from normtool.core.echelons import misfit
from normtool.core.standards import EchelonLevel, Echelons
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_echelons import (
    COLUMNS,
    EchelonCell,
    EchelonRow,
    echelon_listing,
    echelon_matrix,
)
from normtool.documents.echelons_grid import Grid
from normtool.documents.views_context import NONE, Context
from normtool.documents.views_echelons_asked import AskedView, asked_view
from normtool.documents.views_figure import Figure, FigureTable
from normtool.telling.echelon_texts import (
    NO_CARE,
    OPEN,
    BorderTexts,
    BorderWords,
    cell_words,
    computed_words,
    is_known,
    known_by_volume,
    legend_words,
    question_words,
    why_open,
)
from normtool.telling.phrases import in_sentence

MOST_QUESTIONS = 6
MOST_NAMED = 5
MOST_IN_MATRIX = 24
"""Locations that paper still shows in matrices; of more it has a listing, and the HTML keeps the matrices."""
MOST_GROUPS = 14
"""Groups in one matrix on paper; of more there are several, so that they can share a page with something else."""
LOOKS = {"1": "1", "2": "2", "3": "3", OPEN: "open", NO_CARE: "none"}
"""How the signs of the legend are filled; any other is a level that is only stated."""
ROWS_A_PAGE = 40
"""Locations of that listing on one page, under the heading and the lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendLine:
    """A sign of the matrix and what it means; `look` is how it is filled."""

    sign: str
    text: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelView:
    """What a level does itself, to whom it refers, whom it gets, and what it is asked."""

    name: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EchelonsView:
    """The section on echelons."""

    heading: str
    lead: str
    figure: Figure
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
    is_intervention = echelons.category == "intervention"
    return EchelonsView(
        heading=say("echelons.heading_intervention" if is_intervention else "echelons.heading"),
        lead=_lead(context, grid.cells),
        figure=_figure(context, grid),
        legend=tuple(_legend_line(sign, text) for sign, text in legend_words(echelons, context.words)),
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
            view for level in echelons.levels if level.asked_in and (view := asked_view(context, level)) is not None
        ),
    )


def _legend_line(sign: str, text: str) -> LegendLine:
    return LegendLine(sign=sign, text=text, look=LOOKS.get(sign, "stated"))


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
    """How much is known by volume, why not more, and what the locations themselves state."""
    words = context.words
    treated = [item for item in cells if item.treats is not False]
    parts = [known_by_volume(treated, words)]
    if any(item.open_border for item in treated):
        parts.append(words.say("echelons.lead.unpublished"))
    if not treated or not all(item.computed for item in treated):
        parts.append(_stated(context, [item for item in treated if not item.computed]))
    if differing := sum(bool(misfit(item)) for item in treated):
        parts.append(words.say_count("echelons.lead.differ", differing))
    return " ".join(parts)


def _stated(context: Context, open_cells: list[EchelonResult]) -> str:
    """What is stated of cells that cannot be told by volume: how often each level, and how often nothing."""
    words = context.words
    counted = Counter(item.stated for item in open_cells)
    told = [words.say_count("echelons.lead.times", counted[level], level=level) for level in sorted(counted) if level]
    if not told:
        return words.say("echelons.lead.stated_none")
    if counted[""]:
        told.append(words.say_count("echelons.lead.times_none", counted[""]))
    return words.say("echelons.lead.stated", times=context.listed(told))


# --- the picture and its table -------------------------------------------------------------------------------------


def _figure(context: Context, grid: Grid) -> Figure:
    words = context.words
    keys = ("group", "location", "number", "year", "computed", "stated", "would_be", "why")
    year = context.dossier.evidence.network.reporting_year
    is_listed = len(grid.locations) > MOST_IN_MATRIX
    return Figure(
        key="echelons-matrix",
        caption=words.say("echelons.figure.caption"),
        caption_rest=words.say("echelons.figure.rest", year=year),
        pictures=tuple(_matrices(context, grid)),
        note=" ".join(_notes(context, grid)),
        table=FigureTable(
            head=tuple(words.say(f"echelons.table.{key}") for key in keys),
            rows=tuple(_table_row(context, item) for item in sorted(grid.cells, key=_by_group(grid))),
            numeric=(2,),
        ),
        on_paper=tuple(_paper(context, grid)),
        paper_note=words.say("echelons.figure.brief") if is_listed else "",
    )


def _by_group(grid: Grid) -> Callable[[EchelonResult], tuple[int, int]]:
    groups, locations = ({name: at for at, name in enumerate(names)} for names in (grid.groups, grid.locations))
    return lambda item: (groups[item.group], locations[item.location])


def _location_names(context: Context, grid: Grid) -> dict[str, str]:
    """The locations by name; two of one name are told apart by what the form calls them."""
    times = Counter(context.name(location) for location in grid.locations)
    found = {}
    for location in grid.locations:
        name = context.name(location)
        found[location] = name if times[name] == 1 else f"{name} ({location})"
    return found


def _matrices(context: Context, grid: Grid, most: int = 0) -> Iterator[Markup]:
    """Locations in even parts; with `most` also the groups, so that pictures of many still share a page."""
    named = _location_names(context, grid)
    parts = product(_in_parts(grid.locations, COLUMNS), _in_parts(grid.groups, most or len(grid.groups)))
    for place, (locations, groups) in enumerate(parts):
        heads = tuple(named[location] for location in locations)
        rows = [
            EchelonRow(
                name=context.name(group),
                cells=tuple(_cell(context, grid.by_place.get((group, location))) for location in locations),
            )
            for group in groups
        ]
        caption = _told(context, heads, rows, f"echelons-{place}")
        yield Markup(echelon_matrix(heads, tuple(rows), caption))  # noqa: S704 (escaped where it is drawn)


def _paper(context: Context, grid: Grid) -> Iterator[Markup]:
    """The pictures for paper where those for a screen would be too many or too high."""
    if len(grid.locations) > MOST_IN_MATRIX:
        return _listings(context, grid)
    return _matrices(context, grid, MOST_GROUPS) if len(grid.groups) > MOST_GROUPS else iter(())


def _in_parts(names: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Names in as few parts of at most so many as there must be, as even as can be."""
    size = ceil(len(names) / max(1, ceil(len(names) / max(1, most))))
    return (names[start : start + size] for start in range(0, len(names), max(1, size)))


def _listings(context: Context, grid: Grid) -> Iterator[Markup]:
    """The same for paper, turned: a row per location, in even parts that fill a page."""
    heads, named = tuple(context.name(group) for group in grid.groups), _location_names(context, grid)
    parts = ceil(len(grid.locations) / ROWS_A_PAGE)
    most = ceil(len(grid.locations) / parts)
    for start in range(0, len(grid.locations), most):
        locations = grid.locations[start : start + most]
        told, drawn = (
            [
                EchelonRow(name=named[location], cells=_cells(context, grid, location, is_brief=brief))
                for location in locations
            ]
            for brief in (False, True)
        )
        caption = _told(context, heads, told, f"echelons-{start}")
        yield Markup(echelon_listing(heads, tuple(drawn), caption))  # noqa: S704 (escaped where it is drawn)


def _cells(context: Context, grid: Grid, location: str, *, is_brief: bool) -> tuple[EchelonCell, ...]:
    found = (grid.by_place.get((group, location)) for group in grid.groups)
    return tuple(_cell(context, item, is_brief=is_brief) for item in found)


def _told(context: Context, heads: tuple[str, ...], rows: list[EchelonRow], key: str) -> Caption:
    """What a picture shows, line by line, for who cannot see it."""
    told = []
    for row in rows:
        listed = ", ".join(f"{head} {cell.text}" for head, cell in zip(heads, row.cells, strict=True))
        told.append(context.words.say("echelons.figure.row", group=row.name, cells=listed))
    desc = "; ".join(told)
    return Caption(title=context.words.say("echelons.figure.title", rows=desc), desc=desc, key=key)


def _cell(context: Context, result: EchelonResult | None, *, is_brief: bool = False) -> EchelonCell:
    if result is None:
        return EchelonCell(level=OPEN, text=OPEN)
    said = cell_words(result, context.words)
    return EchelonCell(level=said.level, text=said.brief if is_brief else said.text, stated=said.stated)


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
            named = ", ".join(in_sentence(context.name(group)) for group in groups)
            notes.append(words.say(f"echelons.figure.{key}", groups=named))
    coming = [
        words.say(
            "echelons.figure.would_be_cell",
            location=context.name(item.location),
            group=in_sentence(context.name(item.group)),
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
