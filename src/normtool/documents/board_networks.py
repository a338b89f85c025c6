"""The sheet of several networks side by side: a heat map, how many meet each norm, and what cannot be compared.

Nothing is added up for a network, and nothing is ranked (principle 1): the count behind a row is of one indicator.
"""

from __future__ import annotations

from itertools import groupby

from normtool.core.assessment import Verdict
from normtool.core.comparison import Column, Comparison, Row, Scope, StandardCell
from normtool.core.places import column_letters
from normtool.documents.board_colours import ACCENT, HEAT, INK2, MARKS
from normtool.documents.board_formulas import SCORED, filled, quoted
from normtool.documents.board_heat import GAP, TILE, cell_words, how_many, legend, paint_tiles
from normtool.documents.board_metrics import lines, spanned
from normtool.documents.board_styles import DASH, HEADER, LINE, ROW, TABLE_ROW, Board, Page
from normtool.telling.retelling import plain_verdict

BEFORE = ("id", "indicator", "class")
BEFORE_WIDTHS, MET_WIDTH = (7, 37, 10), 10
MANY = 8
"""With more columns than this the tiles are narrower."""
TILE_WIDTH, NARROW_TILE, LEAST_TILES = 18, 12.5, 3
"""What stands below the heat map needs the width of so many tiles."""
WRAPPED = {**ROW, "text_wrap": True}
SECTION = {"font_size": 14, "bold": True, "valign": "bottom"}


def write_networks(board: Board, networks: Comparison) -> None:
    """Write the sheet."""
    width = TILE_WIDTH if len(networks.columns) <= MANY else NARROW_TILE
    spare = max(0, LEAST_TILES - len(networks.columns))
    page = Page(board, "comparison", (*BEFORE_WIDTHS, *[width] * len(networks.columns), MET_WIDTH, *[width] * spare))
    headers = [_say(board, f"column.{key}") for key in BEFORE]
    headers += [*column_labels(board, networks), _say(board, "met")]
    row = page.open_table(_say(board, "alike.title"), _say(board, "alike.lead"), headers)
    for column in range(len(BEFORE), len(headers)):
        page.text(TABLE_ROW, column, headers[column], HEADER, align="center")
    page.sheet.freeze_panes(row, len(BEFORE) - 1)
    row = _write_rows(page, networks, row)
    row = _write_note(page, row, legend(board))
    page.sheet.set_h_pagebreaks([row])
    row = _write_standards(page, networks, row)
    row = _write_apart(page, networks, row)
    _write_columns(page, networks, row)
    page.close()


def column_labels(board: Board, networks: Comparison) -> list[str]:
    """What stands above the columns; without names a letter."""
    if not networks.is_anonymous:
        return list(networks.labels)
    letters = [column_name(board, column) for column in networks.columns]
    if networks.scope is Scope.NETWORKS:
        return letters
    return [f"{letter} {item.assessment_year}" for letter, item in zip(letters, networks.columns, strict=True)]


def column_name(board: Board, column: Column) -> str:
    """The name of the network of a column; without names its letter."""
    return column.name or _say(board, "letter", letter=column.letter)


def _say(board: Board, key: str, **facts: object) -> str:
    return board.words.say(f"board_comparison.{key}", **facts)


# --- the heat map -------------------------------------------------------------------------------------------


def _write_rows(page: Page, networks: Comparison, row: int) -> int:
    """The indicators that any network was asked, by standard."""
    asked = [item for item in networks.rows if item.is_asked]
    first = row
    for _, items in groupby(asked, key=lambda item: item.standard):
        page.sheet.set_row(row, GAP)
        row += 1
        for item in items:
            _write_row(page, networks, row, item)
            row += 1
    start = len(BEFORE)
    if asked:
        tiles = (first, start, row - 1, start + len(networks.columns) - 1)
        paint_tiles(page, tiles)
        _let_choose(page, tiles)
    return row


def _write_row(page: Page, networks: Comparison, row: int, item: Row) -> None:
    board, start = page.board, len(BEFORE)
    title = board.words.text(item.indicator.title)
    page.text(row, 0, item.indicator.id, ROW, bold=True, font_color=ACCENT)
    page.text(row, 1, title, WRAPPED)
    kind = board.words.say(f"verdicts.class.{item.indicator.indicator_class.value}")
    page.text(row, 2, kind, ROW, font_size=9, font_color=INK2)
    for column, cell in enumerate(item.cells, start=start):
        page.text(row, column, cell_words(cell, board.words), TILE)
    value = _say(board, "met_of", met=item.met, of=item.of) if item.of else DASH
    page.formula(row, start + len(item.cells), (_met_of(board, networks, row), value), ROW, align="center")
    high = max(lines(title, BEFORE_WIDTHS[1]), 1 if page.widths[start] == TILE_WIDTH else 2)
    page.sheet.set_row(row, LINE * high + 6)


def _met_of(board: Board, networks: Comparison, row: int) -> str:
    """How many networks, each in its latest year, meet it of those that it applies to."""
    ranges = []
    for _, run in groupby(enumerate(networks.latest), key=lambda pair: pair[1] - pair[0]):
        places = [len(BEFORE) + place + 1 for _, place in run]
        ranges.append(f"${column_letters(places[0])}{row + 1}:${column_letters(places[-1])}{row + 1}")
    met = how_many(ranges, (Verdict.MET,), board.words)
    of = how_many(ranges, SCORED, board.words)
    text = filled(board.words.find("board_comparison.met_of"), met=f"({met})", of=f"({of})")
    return f"IF({of}=0,{quoted(DASH)},{text})"


def _let_choose(page: Page, tiles: tuple[int, int, int, int]) -> None:
    words = [page.board.words.say(f"verdicts.{verdict.value}") for verdict in Verdict]
    page.sheet.data_validation(
        *tiles, {"validate": "list", "source": words, "ignore_blank": True, "error_type": "warning"}
    )


# --- below it -----------------------------------------------------------------------------------------------


def _write_note(page: Page, row: int, text: str) -> int:
    last = len(page.widths) - 1
    page.merged(row, (0, last), text, font_size=9, font_color=INK2, text_wrap=True, valign="top")
    page.sheet.set_row(row, 12.5 * lines(text, spanned(page.widths), 9) + 5)
    return row + 1


def _section(page: Page, row: int, title: str) -> int:
    page.text(row, 0, title, SECTION)
    page.sheet.set_row(row, 30)
    return row + 1


def _write_standards(page: Page, networks: Comparison, row: int) -> int:
    """The verdict of every standard in every column, as the dossiers have it."""
    board, start = page.board, len(BEFORE)
    row = _section(page, row, _say(board, "standards.title"))
    for item in networks.standards:
        page.text(row, 0, item.standard.id, ROW, bold=True, font_color=ACCENT)
        page.merged(row, (1, start - 1), board.words.text(item.standard.short), WRAPPED)
        for place, cell in enumerate(item.cells):
            _write_standard(page, (row, start + place), networks.columns[place], cell)
        page.sheet.set_row(row, (3 if any(_is_between(cell) for cell in item.cells) else 1) * LINE + 8)
        row += 1
    row = _write_note(page, row, _say(board, "standards.note"))
    if not all(item.is_same for item in networks.standards):
        row = _write_note(page, row, _say(board, "standards.partly_same"))
    return row


def _write_standard(page: Page, place: tuple[int, int], column: Column, cell: StandardCell | None) -> None:
    """The verdict of a standard, painted as it is: it follows no other cell."""
    if cell is None:
        page.text(*place, DASH, TILE)
        return
    (fill, ink), words = HEAT[cell.verdict], _standard_words(page.board, column, cell)
    page.text(*place, f"{MARKS[cell.verdict]} {words}", TILE, bg_color=fill, font_color=ink)


def _is_between(cell: StandardCell | None) -> bool:
    return cell is not None and cell.verdict is Verdict.UNKNOWN


def _standard_words(board: Board, column: Column, cell: StandardCell) -> str:
    first_cycle = column.cycle == 1

    def say(verdict: Verdict) -> str:
        return plain_verdict(verdict, board.words, first_cycle=first_cycle)

    if cell.verdict is not Verdict.UNKNOWN or cell.worst is None or cell.best is None:
        return say(cell.verdict)
    return board.words.say("verdicts.between", worst=say(cell.worst), best=say(cell.best))


def _write_apart(page: Page, networks: Comparison, row: int) -> int:
    """The indicators that cannot be compared, and why; nothing when all networks have the same norms."""
    board = page.board
    if not networks.apart:
        return row
    row = _section(page, row, _say(board, "apart.title"))
    row = _write_note(page, row, _say(board, "apart.lead"))
    for item in networks.apart:
        page.text(row, 0, item.indicator.id, ROW, bold=True)
        page.merged(row, (1, 2), board.words.text(item.indicator.title), WRAPPED)
        page.merged(row, (3, len(page.widths) - 1), _say(board, f"apart.{item.why.value}"), WRAPPED)
        page.fit(row, [(board.words.text(item.indicator.title), spanned(page.widths[1:3]))])
        row += 1
    return row


def _write_columns(page: Page, networks: Comparison, row: int) -> None:
    """Which network and years every column is, with its norms and stage."""
    board, last = page.board, len(page.widths) - 1
    row = _section(page, row, _say(board, "who.title"))
    spans = {"column": (0, 1), "network": (2, 4), "norms": (5, last)}
    for key, span in spans.items():
        page.merged(row, span, _say(board, f"who.{key}"), HEADER)
    labels = column_labels(board, networks)
    for column, label, dossier in zip(networks.columns, labels, board.dossiers, strict=True):
        row += 1
        norms = _say(
            board,
            "who.norms_text",
            norms=board.norms_of(dossier),
            assessment_year=column.assessment_year,
            reporting_year=column.reporting_year,
            stage=board.words.say(f"verdicts.stage.{column.stage.value}"),
        )
        texts = {"column": label, "network": column_name(board, column), "norms": norms}
        for key, span in spans.items():
            page.merged(row, span, texts[key], WRAPPED)
        page.fit(row, [(texts[key], spanned(page.widths[start : end + 1])) for key, (start, end) in spans.items()])
