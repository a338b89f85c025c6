"""The heat map of a comparison, indicators × networks or years, and the spread per standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from normtool.core.assessment import Verdict
from normtool.core.comparison import Cell, Row, StandardCell, StandardRow
from normtool.core.comparison_learning import NOT_THERE_YET
from normtool.core.standards import IndicatorClass
from normtool.documents.charts import heat_cell
from normtool.documents.charts_drawing import FULL_WIDTH
from normtool.documents.comparison_charts import spread_boxes
from normtool.documents.comparison_context import Beside
from normtool.documents.marks import LEGEND_ORDER
from normtool.documents.views_context import VerdictText, anchor
from normtool.telling.retelling import plain_verdict

GAP = 2.0
NAME_WIDTH, SUM_WIDTH = 147.0, 34.0
PITCH = 43.0
"""Points from one cell to the next; look.md, heat map."""
WIDE_PITCH = 100.0
"""Of few columns, which have room for the word of the verdict."""
FEW = 3
SPREAD_ROOM, BESIDE_BOXES = 340.0, 26.0
"""Points for all verdicts of the spread together, and in each column for its number and the padding."""
LETTER, SHORT_HEAD = 4.7, 14
"""Points of a letter above a column; letters of a head that is short when it stands on its side."""
MOST_COLUMNS = 12
"""Cells of more columns would be too narrow for their heads; then the map goes on in a second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """One cell: its column, its verdict in words, and its picture for paper. `text` stands in the cell."""

    head: str
    verdict: VerdictText
    picture: Markup
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One indicator, or one standard; `count` is *6 van 7*, `anchor` where is told who to learn from; else empty."""

    id: str
    anchor: str
    title: str
    cells: tuple[MapCell, ...]
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Indicators × columns, in blocks of one standard. `heads` are the label and the full name of each column.

    `size` names the width of the columns in the stylesheets, `turned` how heads stand on their side that are wider
    than that, else nothing; `has_sum`: with a column *6 van 7*.
    """

    key: str
    caption: str
    heads: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[MapRow, ...], ...]
    size: str
    turned: str
    has_sum: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadCell:
    """How many networks a standard has of one verdict, as a number and as boxes."""

    count: int
    picture: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadView:
    """The spread per standard: heads are the verdicts that occur, `note` what the rows do not say by themselves."""

    heads: tuple[VerdictText, ...]
    rows: tuple[tuple[str, str, tuple[SpreadCell, ...]], ...]
    note: str


# --- maps -----------------------------------------------------------------------------------------------------------


def core_maps(beside: Beside) -> tuple[HeatMap, ...]:
    """The core indicators that are asked somewhere; in parts when there are many columns."""
    return _maps(beside, "core", IndicatorClass.CORE)


def growth_maps(beside: Beside) -> tuple[HeatMap, ...]:
    """The growth indicators that are asked somewhere; in parts when there are many columns."""
    return _maps(beside, "growth", IndicatorClass.GROWTH)


def _maps(beside: Beside, key: str, of_class: IndicatorClass) -> tuple[HeatMap, ...]:
    rows = [row for row in beside.comparison.rows if row.indicator.indicator_class is of_class and row.is_asked]
    if not rows:
        return ()
    parts = column_parts(len(beside.comparison.columns))
    counted = not beside.is_years
    return tuple(
        HeatMap(
            key=f"{key}-{number}",
            caption=_caption(beside, key, len(rows), part if len(parts) > 1 else range(0)),
            heads=tuple((beside.label(place), beside.head(place)) for place in part),
            blocks=_blocks(beside, rows, part),
            size=size_of(len(part)),
            turned=turned([beside.label(place) for place in part]),
            has_sum=counted and part is parts[-1],
        )
        for number, part in enumerate(parts, 1)
    )


def column_parts(columns: int) -> tuple[range, ...]:
    """The columns in parts of nearly the same size that fit the width of a page."""
    parts = -(-columns // MOST_COLUMNS)
    wide = -(-columns // parts)
    return tuple(range(start, min(start + wide, columns)) for start in range(0, columns, wide))


def size_of(columns: int) -> str:
    """The name of the width of so many columns: *few* with words, *some*, or the number of narrow ones."""
    if columns <= FEW:
        return "few"
    return "some" if columns * PITCH <= FULL_WIDTH - NAME_WIDTH - SUM_WIDTH else f"of-{columns}"


def pitch_of(columns: int) -> float:
    """Points from one cell to the next, for so many columns."""
    if columns <= FEW:
        return WIDE_PITCH
    return min(PITCH, (FULL_WIDTH - NAME_WIDTH - SUM_WIDTH) / columns)


def turned(heads: Sequence[str]) -> str:
    """How these heads stand on their side: *turned*, *turned-far* when they are long; empty when they can stand."""
    words = (word for head in heads for word in head.split())
    if max(map(len, words), default=0) * LETTER <= pitch_of(len(heads)) - GAP:
        return ""
    return "turned" if max(map(len, heads)) <= SHORT_HEAD else "turned-far"


def _caption(beside: Beside, key: str, number: int, part: range) -> str:
    years = {column.reporting_year for column in beside.comparison.columns}
    caption = beside.count(
        f"map.{key}.{'one_year' if len(years) == 1 else 'years'}", number, year=beside.years(years)
    )
    if not part:
        return caption
    return beside.say("map.part", caption=caption, first=beside.label(part[0]), last=beside.label(part[-1]))


def _blocks(beside: Beside, rows: list[Row], part: range) -> tuple[tuple[MapRow, ...], ...]:
    standards = dict.fromkeys(row.standard for row in rows)
    return tuple(tuple(_row(beside, row, part) for row in rows if row.standard == standard) for standard in standards)


def _row(beside: Beside, row: Row, part: range) -> MapRow:
    return MapRow(
        id=row.indicator.id,
        anchor=lesson_anchor(row) if has_lesson(beside, row) else "",
        title=beside.title(row.indicator),
        cells=tuple(_cell(beside, place, row.cells[place], len(part)) for place in part),
        count=beside.say("k_of_n", part=row.met, whole=row.of) if row.of else "–",
    )


def has_lesson(beside: Beside, row: Row) -> bool:
    """Whether some network does not meet this indicator, so that it can learn from another."""
    return not beside.is_years and any(row.cells[place].shown in NOT_THERE_YET for place in beside.comparison.latest)


def lesson_anchor(row: Row) -> str:
    """Where is told who can be learnt from about this indicator."""
    return f"learn-{anchor(row.indicator.id)}"


def _cell(beside: Beside, place: int, cell: Cell, columns: int) -> MapCell:
    return map_cell(beside, place, beside.verdict(cell), columns)


def map_cell(beside: Beside, place: int, verdict: VerdictText, columns: int) -> MapCell:
    """A cell with this verdict in a map of so many columns; with few columns its word stands in it."""
    label, text = beside.label(place), verdict.word if columns <= FEW else ""
    said = f"{verdict.word} {verdict.addition}".strip()
    picture = heat_cell(verdict.verdict, pitch_of(columns) - GAP, f"{label}: {said}", text)
    return MapCell(
        head=label,
        verdict=verdict,
        picture=Markup(picture),  # noqa: S704 (escaped where it is drawn)
        text=text,
    )


# --- standards ------------------------------------------------------------------------------------------------------


def spread_view(beside: Beside) -> SpreadView | None:
    """How many networks there are of each verdict, per standard; None for years of one network."""
    if beside.is_years:
        return None
    rows = beside.comparison.standards
    found = {verdict for row in rows for verdict, _ in row.counts}
    verdicts = tuple(verdict for verdict in LEGEND_ORDER if verdict in found)
    apart = [row.standard.id for row in rows if not row.is_same]
    note = beside.say("spread.note")
    if apart:
        note = f"{note} {beside.count('spread.differs', len(apart), ids=beside.listed(apart))}"
    return SpreadView(
        heads=tuple(VerdictText(verdict=item, word=_spread_word(beside, item)) for item in verdicts),
        rows=tuple(_spread_row(beside, row, verdicts) for row in rows),
        note=note,
    )


def _spread_word(beside: Beside, verdict: Verdict) -> str:
    if verdict is Verdict.UNKNOWN:
        return beside.words.say("verdicts.not_yet_known")
    return beside.words.say(f"verdicts.{verdict.value}")


def _spread_row(
    beside: Beside, row: StandardRow, verdicts: tuple[Verdict, ...]
) -> tuple[str, str, tuple[SpreadCell, ...]]:
    counts, title = dict(row.counts), beside.words.text(row.standard.short)
    cells = []
    for verdict in verdicts:
        number = counts.get(verdict, 0)
        said = beside.count("spread.cell", number, standard=title, verdict=_spread_word(beside, verdict))
        picture = spread_boxes(number, beside.comparison.networks, SPREAD_ROOM / len(verdicts) - BESIDE_BOXES, said)
        cells.append(SpreadCell(count=number, picture=Markup(picture)))  # noqa: S704 (escaped where it is drawn)
    return row.standard.id, title, tuple(cells)


def standards_map(beside: Beside) -> tuple[HeatMap, ...]:
    """The standards of one network through the years; nothing for several networks, which get no totals."""
    if not beside.is_years:
        return ()
    parts = column_parts(len(beside.comparison.columns))
    return tuple(
        HeatMap(
            key=f"standards-{number}",
            caption=beside.say("map.standards"),
            heads=tuple((beside.label(place), beside.head(place)) for place in part),
            blocks=(tuple(_standard_row(beside, row, part) for row in beside.comparison.standards),),
            size=size_of(len(part)),
            turned="",
            has_sum=False,
        )
        for number, part in enumerate(parts, 1)
    )


def _standard_row(beside: Beside, row: StandardRow, part: range) -> MapRow:
    cells = tuple(
        map_cell(beside, place, _standard_verdict(beside, row.cells[place], place), len(part)) for place in part
    )
    return MapRow(
        id=row.standard.id,
        anchor="",
        title=beside.words.text(row.standard.short),
        cells=cells,
    )


def _standard_verdict(beside: Beside, cell: StandardCell | None, place: int) -> VerdictText:
    if cell is None:
        return VerdictText(verdict=Verdict.NOT_APPLICABLE, word=beside.say("not_in_norms"))
    if cell.verdict is Verdict.UNKNOWN:
        return VerdictText(verdict=cell.verdict, word=beside.words.say("verdicts.not_yet_known"))
    first = beside.comparison.columns[place].cycle == 1
    return VerdictText(verdict=cell.verdict, word=plain_verdict(cell.verdict, beside.words, first_cycle=first))
