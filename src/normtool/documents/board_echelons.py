"""The sheet of echelons: every location beside every tumour group, the borders with their sources, the questions."""

from __future__ import annotations

from typing import Any

from normtool.core.assessment import EchelonResult
from normtool.documents.board_colours import (
    ACCENT,
    ACCENT_FAINT,
    ACCENT_SOFT,
    INK,
    INK2,
    PAPER,
    UNKNOWN_EDGE,
    UNKNOWN_FILL,
)
from normtool.documents.board_metrics import lines, spanned
from normtool.documents.board_styles import HEADER, LINE, ROW, TABLE_ROW, Board, Page
from normtool.documents.echelons_grid import Grid
from normtool.telling.echelon_texts import (
    NO_CARE,
    OPEN,
    BorderTexts,
    cell_words,
    is_known,
    legend_words,
    question_words,
)

LOCATION_WIDTH, GROUP_WIDTH = 28.0, 13.8
LEAST_GROUPS = 8
"""So many columns are there at least: what stands below the matrix needs their width."""
ONE_PAGE = 14
"""So many locations print on one page with all that stands below them; of more the borders begin a page."""
BORDER_KEYS = ("between", "groups", "number_head", "standing", "source")
STARTS = (0, 1, 3, 4, 6)
"""The column in which each part of a border begins."""
WRAPPED = {**ROW, "text_wrap": True, "valign": "top"}
SECTION = {"font_size": 14, "bold": True, "valign": "bottom"}
CELL = {"align": "center", "bold": True, "border": 1, "border_color": ACCENT, "text_wrap": True}
LOOKS: dict[str, dict[str, Any]] = {
    "1": {**CELL, "bg_color": ACCENT, "font_color": PAPER, "border_color": PAPER},
    "2": {**CELL, "bg_color": ACCENT_SOFT, "font_color": INK},
    "3": {**CELL, "font_color": INK},
    OPEN: {**CELL, "bg_color": UNKNOWN_FILL, "font_color": INK, "border": 3, "border_color": UNKNOWN_EDGE},
    NO_CARE: {"align": "center", "font_color": INK2, "text_wrap": True},
}
"""How a cell is filled, by the level that it is drawn as: dark, soft, hollow, broken edge, bare."""
STATED: dict[str, dict[str, Any]] = {
    level: {**LOOKS[OPEN], "bg_color": paint}
    for level, paint in (("1", ACCENT_SOFT), ("2", ACCENT_FAINT), ("3", PAPER))
}
"""How a level that is only stated is filled: lighter than one by volume, with a broken edge."""


def write_echelons(board: Board) -> None:
    """Write the sheet; nothing when the norms know no echelons."""
    if board.dossier.framework.echelons is None:
        return
    results = board.dossier.assessment.echelons
    grid = Grid(results if is_known(results) else ())
    names = board.phrases.names()
    widths = (LOCATION_WIDTH, *(GROUP_WIDTH,) * max(len(grid.groups), LEAST_GROUPS))
    page = Page(board, "echelons", widths)
    headers = [board.words.say("echelons.board.location"), *(names.get(group, group) for group in grid.groups)]
    title, lead = (board.words.say(f"echelons.board.{key}") for key in ("title", "lead"))
    row = page.open_table(title, lead, headers if grid.groups else headers[:1])
    for location in grid.locations:
        name = names.get(location, location)
        page.text(row, 0, name, ROW, bold=True, text_wrap=True)
        for column, group in enumerate(grid.groups, start=1):
            _write_cell(page, (row, column), grid.by_place.get((group, location)))
        page.sheet.set_row(row, 8 + LINE * lines(name, LOCATION_WIDTH, bold=True))
        row += 1
    if not grid.locations:
        page.text(row, 0, board.words.say("echelons.board.none"))
        row += 1
    row = _write_legend(page, row)
    row = _write_questions(page, row, names)
    if len(grid.locations) <= ONE_PAGE:
        page.sheet.fit_to_pages(1, 1)
    else:
        page.sheet.set_h_pagebreaks([row])
    _write_borders(page, row, grid, names)
    page.sheet.freeze_panes(TABLE_ROW + 1, 1)
    page.close()


def _write_cell(page: Page, place: tuple[int, int], result: EchelonResult | None) -> None:
    row, column = place
    if result is None:
        page.text(row, column, OPEN, LOOKS[OPEN])
        return
    cell = cell_words(result, page.board.words)
    look = LOOKS[cell.level]
    page.text(row, column, cell.text, STATED.get(cell.stated, look) if cell.level == OPEN else look)


def _section(page: Page, row: int, key: str) -> int:
    page.text(row, 0, page.board.words.say(f"echelons.{key}"), SECTION)
    page.sheet.set_row(row, 32)
    return row + 1


def _write_legend(page: Page, row: int) -> int:
    """The signs, filled as in the matrix, and what they mean."""
    board, echelons = page.board, page.board.dossier.framework.echelons
    row = _section(page, row, "board.meaning")
    for sign, text in legend_words(echelons, board.words) if echelons is not None else ():
        page.text(row, 0, sign, LOOKS.get(sign, STATED["2"]))
        page.merged(row, (1, LEAST_GROUPS), text, text_wrap=True, indent=1)
        row += 1
    return row


def _write_borders(page: Page, row: int, grid: Grid, names: dict[str, str]) -> None:
    """The borders of the groups shown, with number, standing, dates and source."""
    board, dossier = page.board, page.board.dossier
    row = _section(page, row, "border.caption")
    spans = tuple(zip(STARTS, (*(start - 1 for start in STARTS[1:]), len(page.widths) - 1), strict=True))
    for span, key in zip(spans, BORDER_KEYS, strict=True):
        page.merged(row, span, board.words.say(f"echelons.border.{key}"), HEADER)
    year = dossier.evidence.network.reporting_year
    texts = BorderTexts(framework=dossier.framework, year=year, words=board.words, names=names)
    for border in texts.told(grid.groups):
        row += 1
        parts = (border.between, border.groups, border.number, border.standing or NO_CARE, border.source)
        high = 1
        for (first, last), text in zip(spans, parts, strict=True):
            page.merged(row, (first, last), text, WRAPPED)
            high = max(high, lines(text, spanned(page.widths[first : last + 1])))
        page.sheet.set_row(row, LINE * high + 5)


def _write_questions(page: Page, row: int, names: dict[str, str]) -> int:
    board = page.board
    row = _section(page, row, "board.questions")
    found = question_words(board.dossier, board.words, names) or [board.words.say("echelons.board.no_questions")]
    for text in found:
        page.merged(row, (0, LEAST_GROUPS), text, text_wrap=True, valign="top")
        page.sheet.set_row(row, LINE * lines(text, spanned(page.widths[: LEAST_GROUPS + 1])) + 5)
        row += 1
    return row
