"""The sheet of volumes: every number beside every norm that speaks of it, with sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from normtool.core.assessment import RowResult, RowState, Verdict
from normtool.core.dates import Truth
from normtool.core.evidence import RegisterRow
from normtool.core.kinds import VolumeKind
from normtool.core.ledger import open_ledger, text_in
from normtool.core.standards import VolumeNorm
from normtool.core.volumes import Figure, Figures, collect_figures, reaches
from normtool.documents.board_styles import (
    ACCENT,
    DASH,
    HEADER,
    INK,
    INK2,
    MARKS,
    ROW,
    SYMBOLS,
    TABLE_ROW,
    Board,
    Page,
)

COLUMNS = (
    "location",
    "treatment",
    "year",
    "number",
    "norm",
    "unit",
    "standing",
    "mark",
    "verdict",
    "source",
    "figure_source",
    "explanation",
)
WIDTHS = (26, 30, 7, 9, 8, 26, 13, 6, 24, 40, 22, 40)
MOST_BARS = 12
ROW_PIXELS = 20
WRAPPED = {**ROW, "text_wrap": True}
TRUTHS = {Truth.YES: Verdict.MET, Truth.NO: Verdict.NOT_MET, Truth.UNDECIDED: Verdict.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the sheet: a row, the norm beside it if any, and what comes of it."""

    row: RowResult
    register_row: RegisterRow | None
    norm: VolumeNorm | None
    verdict: Verdict
    words: str


def write_volumes(board: Board) -> None:
    """Write the sheet; what is below a norm in force is drawn under the table."""
    page = Page(board, "volumes", WIDTHS)
    headers = [board.say(f"volumes.{key}") for key in COLUMNS]
    first = page.open_table(board.say("volumes.title"), board.say("volumes.lead"), headers)
    found = list(volume_lines(board))
    for row, line in enumerate(found, start=first):
        _write_line(page, row, line)
    if not found:
        page.text(first, 0, board.say("volumes.none"))
        page.close()
        return
    last = first + len(found) - 1
    page.sheet.autofilter(TABLE_ROW, 0, last, len(COLUMNS) - 1)
    said = {verdict: MARKS[verdict] for verdict in Verdict}
    mark = COLUMNS.index("mark")
    page.paint_verdicts((first, mark, last, mark + 1), ("H", said))
    page.sheet.freeze_panes(first, 2)
    below = [line for line in found if line.verdict is Verdict.NOT_MET and line.row.number is not None]
    if below:
        _draw_below(page, last + 2, below[:MOST_BARS])
    page.close()


def volume_lines(board: Board) -> Iterator[Line]:
    """Every row of the volumes, once for each norm that names its treatment, the norms in force first."""
    ledger = open_ledger(board.dossier.framework, board.dossier.evidence)
    treatments = {item.id for item in board.dossier.framework.treatments}
    figures = collect_figures(ledger, treatments)
    for indicator in board.dossier.framework.indicators:
        if not isinstance(indicator.kind, VolumeKind):
            continue
        result = board.dossier.assessment.indicator(indicator.id)
        for row in result.rows if result else ():
            yield from _lines_of(board, figures, row)


def _lines_of(board: Board, figures: Figures, row: RowResult) -> Iterator[Line]:
    figure = _figure(figures, row)
    register_row = figure.row if figure else None
    norms = [
        norm
        for norm in board.dossier.framework.volume_norms
        if row.key[-1] in norm.treatments and not _has_ended(norm, row)
    ]
    if figure is None or figure.number == 0 or not norms:
        key = "missing" if figure is None else "not_performed" if figure.number == 0 else "no_norm"
        verdict = Verdict.UNKNOWN if row.state is RowState.UNDECIDED else Verdict.INFORMATIVE
        words = board.say(f"volumes.{key}")
        yield Line(row=row, register_row=register_row, norm=None, verdict=verdict, words=words)
        return
    for norm in sorted(norms, key=lambda item: item.id not in row.norms):
        if norm.unit == "surgeon":
            verdict, words = Verdict.INFORMATIVE, board.say("volumes.not_asked")
        else:
            verdict, words = _judged(board, reaches(figures, figure, norm), binds=norm.id in row.norms)
        yield Line(row=row, register_row=register_row, norm=norm, verdict=verdict, words=words)


def _has_ended(norm: VolumeNorm, row: RowResult) -> bool:
    """Whether a norm no longer held in the year of the figure: it only explains the past."""
    return norm.valid_until is not None and row.year is not None and norm.valid_until < date(row.year, 1, 1)


def _figure(figures: Figures, row: RowResult) -> Figure | None:
    if row.year is None or len(row.key) != 2:
        return None
    return figures.by_key.get((row.key[0], row.key[1], row.year))


def _judged(board: Board, truth: Truth, *, binds: bool) -> tuple[Verdict, str]:
    """Only a norm that binds is judged; of another it is said what it would be."""
    if binds:
        verdict = TRUTHS[truth]
        key = {Truth.NO: "below", Truth.UNDECIDED: "incomplete"}.get(truth)
        return verdict, board.say(f"volumes.{key}") if key else board.phrases.verdict(verdict)
    keys = {Truth.YES: "would_meet", Truth.NO: "would_not_meet", Truth.UNDECIDED: "shown"}
    return Verdict.INFORMATIVE, board.say(f"volumes.{keys[truth]}")


def _write_line(page: Page, row: int, line: Line) -> None:
    board = page.board
    for column, name in enumerate(board.phrases.row_names(line.row)[:2]):
        page.text(row, column, name, WRAPPED)
    for column, number in ((2, line.row.year), (3, line.row.number)):
        if number is None:
            page.text(row, column, "", ROW, align="right")
        else:
            page.number(row, column, number, ROW, num_format="0" if column == 2 else "#,##0")
    texts = _norm_texts(board, line.norm)
    if line.norm is None:
        page.text(row, 4, "", ROW, align="right")
    else:
        page.number(row, 4, line.norm.minimum, ROW, num_format="#,##0")
    page.text(row, 5, texts["unit"], WRAPPED, indent=1)
    page.text(row, 6, texts["standing"], WRAPPED)
    page.text(row, 7, MARKS[line.verdict], ROW, SYMBOLS)
    page.text(row, 8, line.words, WRAPPED, bold=line.verdict is not Verdict.INFORMATIVE)
    figure_source = text_in(line.register_row, "source") if line.register_row else ""
    page.text(row, 9, texts["source"], WRAPPED, font_size=9, font_color=INK2)
    page.text(row, 10, figure_source, WRAPPED, font_size=9, font_color=INK2)
    page.text(row, 11, line.row.note, WRAPPED)
    long_texts = ((texts["source"], 42), (line.row.note, 40), (figure_source, 22), (line.words, 24))
    page.fit(row, long_texts, 6)


def _norm_texts(board: Board, norm: VolumeNorm | None) -> dict[str, str]:
    if norm is None:
        return {"unit": "", "standing": "", "source": ""}
    unit = board.say(f"volumes.units.{norm.unit}")
    standing = board.words.say(f"verdicts.standing.{norm.basis.standing.value}")
    return {
        "unit": board.words.say_count("board.volumes.years", norm.years, unit=unit),
        "standing": board.say(f"volumes.{norm.standing.value}"),
        "source": f"{standing}: {board.words.text(norm.basis.text)}",
    }


def _draw_below(page: Page, row: int, below: list[Line]) -> None:
    """A small table of what is below a norm in force, and a native chart of it."""
    board = page.board
    page.text(row, 0, board.say("volumes.chart_title"), bold=True, font_size=14)
    page.sheet.set_row(row, 24)
    for column, key in ((0, "location"), (2, "year"), (3, "number"), (4, "norm")):
        page.text(row + 1, column, board.say(f"volumes.{key}"), HEADER)
    page.text(row + 1, 1, board.say("volumes.treatment"), HEADER)
    first = row + 2
    for place, line in enumerate(below, start=first):
        location, treatment = (*board.phrases.row_names(line.row), DASH)[:2]
        page.text(place, 0, location, WRAPPED)
        page.text(place, 1, treatment, WRAPPED)
        page.number(place, 2, line.row.year or 0, ROW)
        page.number(place, 3, line.row.number or 0, ROW)
        page.number(place, 4, line.norm.minimum if line.norm else 0, ROW)
    _chart(page, (first, first + len(below) - 1), below)


def _chart(page: Page, rows: tuple[int, int], below: list[Line]) -> None:
    board, (first, last) = page.board, rows
    name = board.sheet("volumes")
    chart: Any = board.book.add_chart({"type": "bar"})
    looks: tuple[dict[str, Any], ...] = (
        {"fill": {"color": ACCENT}, "border": {"color": ACCENT}},
        {
            "pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": "#FFFFFF"},
            "border": {"color": INK},
        },
    )
    for column, look in zip((3, 4), looks, strict=True):
        series = {
            "name": [name, first - 1, column],
            "categories": [name, first, 0, last, 1],
            "values": [name, first, column, last, column],
            "data_labels": {"value": True},
            "gap": 60,
        }
        chart.add_series({**series, **look})
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "line": {"color": INK2}, "major_tick_mark": "none"})
    chart.set_legend({"position": "bottom"})
    chart.set_chartarea({"border": {"none": True}})
    height = 70 + 44 * len(below)
    chart.set_size({"width": 620, "height": height})
    page.last_row = max(page.last_row, first + height // ROW_PIXELS)
    described = "; ".join(
        board.say(
            "volumes.chart_row",
            name=", ".join(board.phrases.row_names(line.row)),
            number=line.row.number,
            minimum=line.norm.minimum if line.norm else DASH,
        )
        for line in below
    )
    options = {"object_position": 1, "description": board.say("volumes.chart", rows=described)}
    page.sheet.insert_chart(first - 1, 6, chart, options)
