"""The sheet of volumes: every number beside every norm that speaks of it, with sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from normtool.core.assessment import FactValue, NormCheck, RowResult, RowState, Verdict
from normtool.core.evidence import RegisterRow
from normtool.core.kinds import VolumeKind
from normtool.core.ledger import Ledger, open_ledger, text_in
from normtool.core.plans import plans_for, ways_to_name
from normtool.core.standards import VolumeNorm
from normtool.core.volumes import VOLUMES
from normtool.documents.board_phrases import Phrases
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
from normtool.documents.regional_volumes import with_volumes
from normtool.documents.views_context import cells_words
from normtool.telling.retelling import names_of, retell
from normtool.telling.volume_texts import mean_words, norm_dates, standing_words, sum_words, verdict_words

COLUMNS = (
    "location",
    "treatment",
    "year",
    "number",
    "norm",
    "unit",
    "standing",
    "compared",
    "sum",
    "mark",
    "verdict",
    "source",
    "dates",
    "figure_source",
    "explanation",
)
WIDTHS = (36, 26, 7, 9, 8, 16, 16, 13, 20, 6, 21, 46, 22, 31, 34)
A3 = 8
"""The paper of this sheet, as Excel numbers it: with its many columns A4 would be too small to read."""
MARK_COLUMN = "J"
MEAN = "#,##0.#"
MOST_BARS = 12
ROW_PIXELS = 20
WRAPPED = {**ROW, "text_wrap": True}
VERDICTS = {RowState.MET: Verdict.MET, RowState.NOT_MET: Verdict.NOT_MET, RowState.UNDECIDED: Verdict.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the sheet: a row, the norm beside it if any, what was compared with it, and what comes of it.

    `plan` is what the network says it does: at the row, else in its improvement actions.
    """

    row: RowResult
    register_row: RegisterRow | None
    norm: VolumeNorm | None
    check: NormCheck | None
    verdict: Verdict
    words: str
    plan: str

    @property
    def compared(self) -> Fraction | None:
        """The number a year that the norm asks."""
        return Fraction(self.check.total, len(self.check.years)) if self.check is not None else None


def write_volumes(board: Board) -> None:
    """Write the sheet; what is below a norm in force is drawn under the table."""
    board = _whole(board)
    page = Page(board, "volumes", WIDTHS)
    page.sheet.set_paper(A3)
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
    page.paint_verdicts((first, mark, last, mark + 1), (MARK_COLUMN, said))
    page.sheet.freeze_panes(first, 2)
    below = [line for line in found if line.verdict is Verdict.NOT_MET and line.row.number is not None]
    if below:
        _draw_below(page, last + 2, below[:MOST_BARS])
    page.close()


def _whole(board: Board) -> Board:
    """The workbook of a region with the volumes of its sub-networks in it; any other as it is."""
    dossier = with_volumes(board.dossier)
    if dossier is board.dossier:
        return board
    return replace(board, dossier=dossier, phrases=Phrases(dossier, board.words))


def volume_lines(board: Board) -> Iterator[Line]:
    """Every row of the volumes, once for each norm that is laid beside it, the norms in force first."""
    dossier = board.dossier
    names = names_of(dossier.framework, dossier.evidence, board.words)
    norms = {norm.id: norm for norm in dossier.framework.volume_norms}
    ledger = open_ledger(dossier.framework, dossier.evidence)
    typed = {(row.place.file, row.place.sheet, row.place.row): row for row in dossier.evidence.register(VOLUMES).rows}
    for indicator in dossier.framework.indicators:
        result = dossier.assessment.indicator(indicator.id)
        if not isinstance(indicator.kind, VolumeKind) or result is None:
            continue
        steps = [step for step in result.because if step.rule == "volume_plan"]
        texts = {step.fact("action"): retell(step, board.words, names) for step in steps}
        for row in result.rows:
            places = (typed.get((place.file, place.sheet, place.row)) for place in row.places)
            register_row = next((found for found in places if found is not None), None)
            plan = row.note or (_actions(ledger, indicator.id, row, texts) if row.state is RowState.NOT_MET else "")
            for check in row.checks or (None,):
                yield _line(board, norms, (row, check), (register_row, plan))


def _actions(ledger: Ledger, indicator: str, row: RowResult, texts: Mapping[FactValue, str]) -> str:
    """The actions that are about a row, in words."""
    named = ways_to_name(ledger, location=row.key[0], treatment=row.key[1])
    plans = plans_for(ledger, indicator)
    return " ".join(texts[plan.id] for plan in plans if plan.id in texts and not named.isdisjoint(plan.about))


def _line(
    board: Board,
    norms: Mapping[str, VolumeNorm],
    pair: tuple[RowResult, NormCheck | None],
    typed: tuple[RegisterRow | None, str],
) -> Line:
    """A row beside one norm; only a norm that binds is judged, of another it is said what it would be."""
    (row, check), (register_row, plan) = pair, typed
    if check is None:
        verdict = Verdict.UNKNOWN if row.state is RowState.UNDECIDED else Verdict.INFORMATIVE
        words = board.say(f"volumes.{row.reason}") if row.reason else board.phrases.verdict(verdict)
    else:
        verdict = VERDICTS[check.state] if check.is_bound else Verdict.INFORMATIVE
        words = verdict_words(check, board.words)
    norm = norms[check.norm] if check is not None else None
    return Line(row=row, register_row=register_row, norm=norm, check=check, verdict=verdict, words=words, plan=plan)


def _write_line(page: Page, row: int, line: Line) -> None:
    board = page.board
    minimum = line.norm.minimum if line.norm is not None else None
    numbers = ((2, line.row.year, "0"), (3, line.row.number, "#,##0"), (4, minimum, "#,##0"))
    for column, number, look in numbers:
        _write_number(page, (row, column), number, look)
    mean = line.compared
    _write_number(page, (row, 7), float(mean) if mean is not None else None, "#,##0" if _is_whole(mean) else MEAN)
    texts = _norm_texts(board, line)
    page.text(row, 5, texts["unit"], WRAPPED, indent=1)
    page.text(row, 6, texts["standing"], WRAPPED)
    page.text(row, 8, texts["sum"], WRAPPED, indent=1)
    page.text(row, 9, MARKS[line.verdict], ROW, SYMBOLS)
    page.text(row, 10, line.words, WRAPPED, bold=line.verdict is not Verdict.INFORMATIVE)
    figure_source = _figure_source(line)
    names = board.phrases.row_names(line.row)[:2]
    for column, name in enumerate(names):
        page.text(row, column, name, WRAPPED)
    for column, text in ((11, texts["source"]), (12, texts["dates"]), (13, figure_source)):
        page.text(row, column, text, WRAPPED, font_size=9, font_color=INK2)
    page.text(row, 14, line.plan, WRAPPED)
    norm_texts = (texts["unit"], texts["standing"], texts["sum"], line.words, texts["source"], texts["dates"])
    columns = (0, 1, 5, 6, 8, 10, 11, 12, 13, 14)
    widths = (WIDTHS[column] for column in columns)
    page.fit(row, zip((*names, *norm_texts, figure_source, line.plan), widths, strict=True), 8)


def _figure_source(line: Line) -> str:
    """Where a number comes from: what was typed beside it, else the cell that it stands in."""
    typed = text_in(line.register_row, "source") if line.register_row else ""
    return typed or "; ".join(cells_words(line.row.places))


def _is_whole(mean: Fraction | None) -> bool:
    return mean is not None and mean.denominator == 1


def _write_number(page: Page, cell: tuple[int, int], number: float | None, look: str) -> None:
    """A number, or an empty cell that keeps the look of the row."""
    if number is None:
        page.text(*cell, "", ROW, align="right")
    else:
        page.number(*cell, number, ROW, num_format=look)


def _norm_texts(board: Board, line: Line) -> dict[str, str]:
    norm, check = line.norm, line.check
    if norm is None or check is None:
        return dict.fromkeys(("unit", "standing", "sum", "source", "dates"), "")
    unit = board.say(f"volumes.units.{norm.unit}")
    standing = board.words.say(f"verdicts.standing.{norm.basis.standing.value}")
    shown = standing_words(norm, board.words, is_bound=check.is_bound)
    references = "; ".join(norm.basis.references)
    source = [board.words.text(norm.basis.text), f"[{references}]" if references else ""]
    return {
        "unit": board.words.say_count("board.volumes.years", norm.years, unit=unit),
        "standing": shown or board.words.say("volumes.standing.in_force"),
        "sum": sum_words(check, norm, board.words),
        "source": f"{standing}: {' '.join(source)}".strip(),
        "dates": "; ".join(norm_dates(norm, board.words)),
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
        page.fit(place, ((location, WIDTHS[0]), (treatment, WIDTHS[1])))
        page.number(place, 2, line.row.year or 0, ROW)
        page.number(
            place, 3, float(line.compared or 0), ROW, num_format="#,##0" if _is_whole(line.compared) else MEAN
        )
        page.number(place, 4, line.norm.minimum if line.norm else 0, ROW)
    _chart(page, (first, first + len(below) - 1), below)


def _mean_words(board: Board, line: Line) -> str:
    check = line.check
    return mean_words(check.total, check.minimum, len(check.years), board.words) if check is not None else DASH


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
            number=_mean_words(board, line),
            minimum=line.norm.minimum if line.norm else DASH,
        )
        for line in below
    )
    options = {"object_position": 1, "description": board.say("volumes.chart", rows=described)}
    page.sheet.insert_chart(first - 1, 6, chart, options)
