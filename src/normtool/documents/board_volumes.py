"""The sheet of volumes: every number beside every norm that speaks of it."""

from __future__ import annotations

from dataclasses import replace

from normtool.core.assessment import Verdict
from normtool.core.ledger import text_in
from normtool.documents.board_colours import INK2, MARKS
from normtool.documents.board_phrases import Phrases
from normtool.documents.board_styles import ROW, SYMBOLS, TABLE_ROW, Board, Page
from normtool.documents.board_volume_lines import Line, volume_lines
from normtool.documents.board_volumes_below import MEAN, draw_below, is_whole, write_idle, write_norms
from normtool.documents.regional_volumes import with_volumes
from normtool.documents.views_context import cells_words
from normtool.telling.volume_texts import source_words, standing_words, sum_words

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
    "figure_source",
    "explanation",
)
WIDTHS = (36, 27, 7, 9, 8, 17, 16, 13, 21, 6, 21, 18, 31, 40)
A3 = 8
"""The paper of this sheet, as Excel numbers it: with its many columns A4 would be too small to read."""
ON_ONE_PAGE, WITH_NORMS = 30, 12
"""Rows that fit one page, and rows with which the table of the norms fits that page too."""
MARK_COLUMN = "J"
WRAPPED = {**ROW, "text_wrap": True}
QUIET = {**WRAPPED, "font_size": 9, "font_color": INK2}


def write_volumes(board: Board) -> None:
    """Write the sheet; what is below a norm in force is drawn under the table."""
    board = _whole(board)
    page = Page(board, "volumes", WIDTHS)
    page.sheet.set_paper(A3)
    headers = [board.say(f"volumes.{key}") for key in COLUMNS]
    lines_found = list(volume_lines(board))
    found = [line for line in lines_found if not line.is_idle]
    title, lead = board.say("volumes.title"), board.say("volumes.lead")
    first = page.open_table(title, lead, headers, repeats=len(found) > ON_ONE_PAGE)
    for row, line in enumerate(found, start=first):
        _write_line(page, row, line)
    page.sheet.freeze_panes(first, 2)
    last = first + max(1, len(found)) - 1
    if found:
        page.sheet.autofilter(TABLE_ROW, 0, last, len(COLUMNS) - 1)
        mark = COLUMNS.index("mark")
        page.paint_verdicts((first, mark, last, mark + 1), (MARK_COLUMN, dict(MARKS)))
    else:
        page.text(first, 0, board.say("volumes.none"))
    below = [line for line in found if line.verdict is Verdict.NOT_MET and line.row.number is not None]
    row = draw_below(page, last + 2, below) if below else last + 1
    row = write_idle(page, row, [line for line in lines_found if line.is_idle])
    if len(found) > WITH_NORMS:
        page.sheet.set_h_pagebreaks([row])
    write_norms(page, row, found)
    page.close()


def _whole(board: Board) -> Board:
    """The workbook of a region with the volumes of its sub-networks in it; any other as it is."""
    dossier = with_volumes(board.dossier)
    if dossier is board.dossier:
        return board
    return replace(board, dossier=dossier, phrases=Phrases(dossier, board.words))


def _write_line(page: Page, row: int, line: Line) -> None:
    board = page.board
    minimum = line.norm.minimum if line.norm is not None else None
    numbers = ((2, line.row.year, "0"), (3, line.row.number, "#,##0"), (4, minimum, "#,##0"))
    for column, number, look in numbers:
        _write_number(page, (row, column), number, look)
    mean = line.compared
    _write_number(page, (row, 7), float(mean) if mean is not None else None, "#,##0" if is_whole(mean) else MEAN)
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
    page.text(row, 11, texts["source"], QUIET)
    page.text(row, 12, figure_source, QUIET)
    page.text(row, 13, line.plan, WRAPPED)
    norm_texts = (texts["unit"], texts["standing"], texts["sum"], line.words, texts["source"])
    columns = (0, 1, 5, 6, 8, 10, 11, 12, 13)
    widths = (WIDTHS[column] for column in columns)
    page.fit(row, zip((*names, *norm_texts, figure_source, line.plan), widths, strict=True), 8)


def _figure_source(line: Line) -> str:
    """Where a number comes from: what was typed beside it, else the cell that it stands in."""
    typed = text_in(line.register_row, "source") if line.register_row else ""
    return typed or "; ".join(cells_words(line.row.places))


def _write_number(page: Page, cell: tuple[int, int], number: float | None, look: str) -> None:
    """A number, or an empty cell that keeps the look of the row."""
    if number is None:
        page.text(*cell, "", ROW, align="right")
    else:
        page.number(*cell, number, ROW, num_format=look)


def _norm_texts(board: Board, line: Line) -> dict[str, str]:
    norm, check = line.norm, line.check
    if norm is None or check is None:
        return dict.fromkeys(("unit", "standing", "sum", "source"), "")
    unit = board.say(f"volumes.units.{norm.unit}")
    shown = standing_words(norm, board.words, is_bound=check.is_bound)
    return {
        "unit": board.words.say_count("board.volumes.years", norm.years, unit=unit),
        "standing": shown or board.words.say("volumes.standing.in_force"),
        "sum": sum_words(check, norm, board.words),
        "source": source_words(norm),
    }
