"""What stands under the table of volumes: what is below a norm in force, where nothing is done, and the norms."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from normtool.core.standards import VolumeNorm
from normtool.documents.board_colours import ACCENT, INK, INK2, PAPER, coloured
from normtool.documents.board_metrics import PADDING, PIXELS, POINTS, spanned
from normtool.documents.board_styles import DASH, HEADER, ROW, Board, Page
from normtool.documents.board_volume_lines import Line
from normtool.telling.retelling import names_of
from normtool.telling.volume_texts import mean_words, norm_dates, norm_words

MEAN = "#,##0.#"
MOST_BARS = 12
BAR_PIXELS = 40
BAR_SPAN = (5, 9)
"""The columns that the bars stand in."""
WRAPPED = {**ROW, "text_wrap": True}
QUIET = {**WRAPPED, "font_size": 9, "font_color": INK2}
NORM_SPANS = {"treatment": (0, 0), "norm": (1, 4), "source": (5, 11), "dates": (12, 13)}
"""The columns of the table of norms, from the first to the last of this sheet."""


def is_whole(mean: Fraction | None) -> bool:
    """Whether a number a year is a whole one."""
    return mean is not None and mean.denominator == 1


def write_idle(page: Page, row: int, idle: list[Line]) -> int:
    """Where a treatment is not performed, a line for each treatment and year; gives the first row after it."""
    board, last = page.board, len(page.widths) - 1
    if not idle:
        return row
    _section(page, row, "idle_title")
    names: dict[tuple[str, str], list[str]] = {}
    for line in idle:
        location, treatment = (*board.phrases.row_names(line.row), DASH)[:2]
        names.setdefault((treatment, str(line.row.year or DASH)), []).append(location)
    for (treatment, year), locations in names.items():
        row += 1
        listed = ", ".join(locations)
        page.text(row, 0, treatment, WRAPPED)
        page.text(row, 1, year, WRAPPED)
        page.merged(row, (2, last), listed, WRAPPED)
        page.fit(row, [(treatment, page.widths[0]), (listed, spanned(page.widths[2:]))])
    return row + 1


def write_norms(page: Page, row: int, found: Iterable[Line]) -> None:
    """Every norm once, with how firm it is, its source and its dates."""
    board, norms = page.board, {line.norm.id: line.norm for line in found if line.norm is not None}
    if not norms:
        return
    _section(page, row, "norms_title")
    row += 1
    for key, span in NORM_SPANS.items():
        page.merged(row, span, board.say(f"volumes.{key}"), HEADER)
    names = names_of(board.dossier.framework, board.dossier.evidence, board.words)
    for norm in norms.values():
        row += 1
        treatments = ", ".join(names.get(item, item) for item in norm.treatments)
        texts = {"treatment": treatments, "norm": norm_words(norm, board.words, names)}
        texts |= {"source": _source(board, norm), "dates": "; ".join(norm_dates(norm, board.words))}
        for key, span in NORM_SPANS.items():
            page.merged(row, span, texts[key] or DASH, WRAPPED if key in ("treatment", "norm") else QUIET)
        spans = {key: spanned(page.widths[first : last + 1]) for key, (first, last) in NORM_SPANS.items()}
        page.fit(row, [(texts[key], width) for key, width in spans.items()])


def _source(board: Board, norm: VolumeNorm) -> str:
    standing = board.words.say(f"verdicts.standing.{norm.basis.standing.value}")
    references = "; ".join(norm.basis.references)
    text = board.words.as_written(norm.basis.text)
    return f"{standing}: {text} [{references}]" if references else f"{standing}: {text}"


def _section(page: Page, row: int, key: str) -> None:
    page.text(row, 0, page.board.say(f"volumes.{key}"), bold=True, font_size=14, valign="bottom")
    page.sheet.set_row(row, 30)


def draw_below(page: Page, row: int, found: list[Line]) -> int:
    """A small table of what is below a norm in force, and a native chart of it; gives the first row after both."""
    board, below = page.board, found[:MOST_BARS]
    _section(page, row, "chart_title")
    heads = {"location": 0, "treatment": 1, "year": 2, "number": 3, "norm": 4}
    for key, column in heads.items():
        page.text(row + 1, column, board.say(f"volumes.{key}"), HEADER)
    page.merged(row + 1, BAR_SPAN, board.say("volumes.bars"), HEADER, indent=1)
    first = row + 2
    for place, line in enumerate(below, start=first):
        location, treatment = (*board.phrases.row_names(line.row), DASH)[:2]
        page.text(place, 0, location, WRAPPED)
        page.text(place, 1, treatment, WRAPPED)
        page.number(place, 2, line.row.year or 0, ROW)
        page.number(place, 3, float(line.compared or 0), ROW, num_format="#,##0" if is_whole(line.compared) else MEAN)
        page.number(place, 4, line.norm.minimum if line.norm else 0, ROW)
        page.sheet.set_row(place, BAR_PIXELS * POINTS)
    _chart(page, (first, first + len(below) - 1), below)
    return first + len(below) + 1


def _mean_words(board: Board, line: Line) -> str:
    check = line.check
    return mean_words(check.total, check.minimum, len(check.years), board.words) if check is not None else DASH


def _chart(page: Page, rows: tuple[int, int], below: list[Line]) -> None:
    """Two bars beside every row of the table: the number, and the norm."""
    board, (first, last) = page.board, rows
    name = board.sheet("volumes")
    chart: Any = board.book.add_chart({"type": "bar"})
    looks: tuple[dict[str, Any], ...] = (
        {"fill": {"color": ACCENT}, "border": {"color": ACCENT}},
        {
            "pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": PAPER},
            "border": {"color": INK},
        },
    )
    for column, look in zip((3, 4), looks, strict=True):
        series = {
            "name": [name, first - 1, column],
            "categories": [name, first, 0, last, 1],
            "values": [name, first, column, last, column],
            "data_labels": {"value": True, "font": {"size": 8}},
            "gap": 40,
        }
        chart.add_series(coloured({**series, **look}))
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"visible": False, "reverse": True})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"layout": {"x": 0.02, "y": 0, "width": 0.9, "height": 1}})
    width = sum(int(page.widths[column] * PIXELS + PADDING) for column in range(BAR_SPAN[0], BAR_SPAN[1] + 1))
    chart.set_size({"width": width, "height": BAR_PIXELS * len(below)})
    described = "; ".join(
        board.say(
            "volumes.chart_row",
            name=", ".join(board.phrases.row_names(line.row)),
            number=_mean_words(board, line),
            minimum=line.norm.minimum if line.norm else DASH,
        )
        for line in below
    )
    page.chart(first, BAR_SPAN[0], chart, board.say("volumes.chart", rows=described))
