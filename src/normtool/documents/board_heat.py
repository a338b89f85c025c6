"""A heat map in cells: the word of a verdict with its mark, painted by its word, and formulas that count words.

Only IF, AND, OR, NOT and COUNTIFS, as elsewhere in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable

from normtool.core.assessment import Verdict
from normtool.core.comparison import Cell
from normtool.documents.board_colours import HEAT, INK2, MARKS, PAPER, RULE2, colour
from normtool.documents.board_formulas import SCORED, quoted
from normtool.documents.board_styles import Board, Page
from normtool.telling.retelling import plain_verdict
from normtool.texts import Words

TILE = {
    "font_size": 9,
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "border": 1,
    "border_color": PAPER,
    "font_color": INK2,
}
"""A cell of a heat map: white edges are the gaps between the tiles."""
GAP = 6
"""Points between standards."""
DASHED, THIN = 3, 1
"""Edges of cells, as Excel numbers them."""


def words_for(verdict: Verdict, words: Words) -> tuple[str, ...]:
    """The words that a verdict can have in a cell: in a first cycle *voldoet nog niet*."""
    return tuple(dict.fromkeys(plain_verdict(verdict, words, first_cycle=first) for first in (False, True)))


def cell_words(cell: Cell, words: Words) -> str:
    """The word in the cell of one network."""
    if not cell.is_open:
        return words.say("board_comparison.not_asked")
    if cell.shown is not cell.verdict:
        return words.say("verdicts.reason.no_norm")
    return plain_verdict(cell.verdict, words, first_cycle=cell.first_cycle)


def paint_tiles(page: Page, cells: tuple[int, int, int, int]) -> None:
    """Fill the tiles (first row, first column, last row, last column) by their words, with the mark before the word.

    The mark is part of the number format, so that the cell holds the word alone and formulas can count it.
    """
    for verdict, (fill, ink) in HEAT.items():
        look: dict[str, object] = {
            "bg_color": colour(fill),
            "font_color": colour(ink),
            "num_format": f'"{MARKS[verdict]} "@',
        }
        if verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE):
            look |= {"border": DASHED if verdict is Verdict.UNKNOWN else THIN, "border_color": colour(RULE2)}
        style = page.board.book.add_format(look)
        for word in words_for(verdict, page.board.words):
            rule = {"type": "cell", "criteria": "==", "value": quoted(word), "format": style}
            page.sheet.conditional_format(*cells, rule)


def legend(board: Board) -> str:
    """The marks with their words, in one sentence."""
    marks = ", ".join(f"{mark} {board.words.say(f'verdicts.{verdict.value}')}" for verdict, mark in MARKS.items())
    return board.words.say("board_comparison.legend", marks=marks)


def is_one_of(cell: str, verdicts: Iterable[Verdict], words: Words) -> str:
    """A test whether a cell holds the word of one of these verdicts."""
    tests = [f"{cell}={quoted(word)}" for verdict in verdicts for word in words_for(verdict, words)]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def is_scored(cell: str, words: Words) -> str:
    """A test whether a cell holds a word that counts: a verdict, or one that is still open."""
    return is_one_of(cell, SCORED, words)


def how_many(ranges: Iterable[str], verdicts: Iterable[Verdict], words: Words) -> str:
    """How many cells of these ranges hold the word of one of these verdicts."""
    wanted = [quoted(word) for verdict in verdicts for word in words_for(verdict, words)]
    return "+".join(f"COUNTIFS({cells},{word})" for cells in ranges for word in wanted)
