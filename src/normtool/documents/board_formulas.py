"""Formulas of the board workbook: standards count and judge over the sheet of indicators.

Only IF, AND, OR, NOT and COUNTIFS, so that every spreadsheet program of the last fifteen years agrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normtool.core.assessment import Verdict
from normtool.core.places import column_letters
from normtool.documents.board_colours import MARKS
from normtool.documents.board_styles import DASH, TABLE_ROW, Board
from normtool.documents.regional import has_origins

COLUMNS = (
    "id",
    "standard",
    "class",
    "open",
    "name",
    "mark",
    "verdict",
    "worst",
    "best",
    "target",
    "value",
    "reason",
    "note",
    "explanation",
    "documents",
    "basis",
    "cells",
    "counts",
    "stored_worst",
    "stored_best",
)
"""The columns of the sheet of indicators."""
COLUMNS_WITH_ORIGIN = (*COLUMNS[: COLUMNS.index("note")], "origin", *COLUMNS[COLUMNS.index("note") :])
"""The same for a region and its sub-networks, where it has to be told whose answer it is."""
DECIDED = (Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET)
SCORED = (*DECIDED, Verdict.UNKNOWN, Verdict.OWN_APPROACH)
TO_THE_CELL_START = "\x00"


def columns(board: Board) -> tuple[str, ...]:
    """The columns of the sheet of indicators of this workbook."""
    return COLUMNS_WITH_ORIGIN if has_origins(board.dossier) else COLUMNS


def column(board: Board, key: str) -> int:
    """The number of a column of the sheet of indicators, from 0."""
    return columns(board).index(key)


def letter(board: Board, key: str) -> str:
    """The letters of a column of the sheet of indicators."""
    return column_letters(column(board, key) + 1)


def quoted(text: str) -> str:
    """A text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class RowFormulas:
    """Formulas in one row of indicators (from 1): mark, bounds and whether it counts follow its verdict."""

    board: Board
    row: int

    def _cell(self, key: str) -> str:
        return f"${letter(self.board, key)}{self.row}"

    def _is(self, *verdicts: Verdict) -> str:
        cell = self._cell("verdict")
        tests = [f"{cell}={quoted(self.board.phrases.verdict(verdict))}" for verdict in verdicts]
        return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"

    def mark(self) -> str:
        """The mark of the verdict."""
        text = quoted(DASH)
        for verdict, mark in MARKS.items():
            text = f"IF({self._is(verdict)},{quoted(mark)},{text})"
        return text

    def worst(self) -> str:
        """A decided verdict itself; of an undecided one the lower bound."""
        undecided = (
            f"IF({self._is(Verdict.UNKNOWN, Verdict.OWN_APPROACH)},{self._cell('stored_worst')},{quoted(DASH)})"
        )
        return f"IF({self._is(*DECIDED)},{self._cell('verdict')},{undecided})"

    def best(self) -> str:
        """A decided verdict itself; met for an own approach; of an unknown one the upper bound."""
        met = quoted(self.board.phrases.verdict(Verdict.MET))
        own = f"IF({self._is(Verdict.OWN_APPROACH)},{met},{quoted(DASH)})"
        undecided = f"IF({self._is(Verdict.UNKNOWN)},{self._cell('stored_best')},{own})"
        return f"IF({self._is(*DECIDED)},{self._cell('verdict')},{undecided})"

    def counts(self) -> str:
        """1 when the indicator is among the m of its standard: asked, core or growth, judged, and with a norm."""
        say = self.board.words.say
        asked = f"{self._cell('open')}={quoted(self.board.say('indicators.yes'))}"
        informative = f"{self._cell('class')}={quoted(say('verdicts.class.informative'))}"
        no_norm = f"{self._cell('reason')}={quoted(say('verdicts.reason.no_norm'))}"
        undecided = self._is(Verdict.UNKNOWN, Verdict.OWN_APPROACH)
        return f"IF(AND({asked},NOT({informative}),{self._is(*SCORED)},NOT(AND({no_norm},{undecided}))),1,0)"


@dataclass(frozen=True, slots=True)
class StandardFormulas:
    """Formulas in one row of standards (from 1): counts over the indicators whose standard is `label`."""

    board: Board
    row: int
    columns: Sequence[str]

    def cell(self, key: str) -> str:
        """A cell of this row."""
        return f"${column_letters(self.columns.index(key) + 1)}{self.row}"

    def _range(self, key: str) -> str:
        first = TABLE_ROW + 2
        last = TABLE_ROW + 1 + max(1, len(self.board.dossier.assessment.indicators))
        letters = letter(self.board, key)
        return f"{self.board.reference('indicators')}${letters}${first}:${letters}${last}"

    def count(self, **wanted: str | int) -> str:
        """How many indicators of this standard have these words in these columns."""
        label = f'{self.cell("number")}&" "&{self.cell("standard")}'
        parts = [self._range("standard"), label]
        for key, value in wanted.items():
            parts += [self._range(key), quoted(value) if isinstance(value, str) else str(value)]
        return f"COUNTIFS({','.join(parts)})"

    def scored(self, verdict: Verdict) -> str:
        """How many scored indicators have this verdict."""
        return self.count(counts=1, verdict=self.board.phrases.verdict(verdict))

    def _core(self, **wanted: str) -> str:
        says_core = {"class": self.board.words.say("verdicts.class.core")}
        return self.count(counts=1, **says_core, **wanted)

    def core(self) -> str:
        """How many core indicators decide."""
        return self._core()

    def core_known(self) -> str:
        """How many of them are decided."""
        return "+".join(self._core(verdict=self.board.phrases.verdict(verdict)) for verdict in DECIDED)

    def bound(self, side: str) -> str:
        """The verdict of the core when every open one turns out at its `worst` or `best`."""
        words = {verdict: self.board.phrases.verdict(verdict) for verdict in DECIDED}
        not_met, partly = words[Verdict.NOT_MET], words[Verdict.PARTLY_MET]
        text = f"IF({self._core(**{side: partly})}>0,{quoted(partly)},{quoted(words[Verdict.MET])})"
        text = f"IF({self._core(**{side: not_met})}>0,{quoted(not_met)},{text})"
        return f"IF({self.cell('core')}=0,{quoted(DASH)},{text})"

    def verdict(self) -> str:
        """The verdict where the bounds agree, else between which it lies; too little known comes first."""
        worst, best = self.cell("worst"), self.cell("best")
        known, core = self.cell("known"), self.cell("core")
        between = filled(self.board.words.find("verdicts.between"), worst=worst, best=best)
        few = filled(self.board.words.find("board.standards.known_first"), known=known, core=core)
        none = quoted(self.board.phrases.verdict(Verdict.NOT_APPLICABLE))
        open_verdict = f"IF(2*({core}-{known})>{core},{few},{between})"
        return f"IF({core}=0,{none},IF({worst}={best},{worst},{open_verdict}))"

    def mark(self) -> str:
        """The mark of the verdict."""
        worst = self.cell("worst")
        text = quoted(MARKS[Verdict.NOT_MET])
        for verdict in (Verdict.PARTLY_MET, Verdict.MET):
            word = quoted(self.board.phrases.verdict(verdict))
            text = f"IF({worst}={word},{quoted(MARKS[verdict])},{text})"
        text = f"IF({worst}={self.cell('best')},{text},{quoted(MARKS[Verdict.UNKNOWN])})"
        return f"IF({self.cell('core')}=0,{quoted(MARKS[Verdict.NOT_APPLICABLE])},{text})"

    def share(self) -> str:
        """The share met in words: how many of how many, and how many it can become."""
        met, scored, best = self.cell("met"), self.cell("scored"), self.cell("best_met")
        now = filled(self.board.words.find("board.standards.share_text"), met=met, scored=scored)
        more = filled(self.board.words.find("board.standards.share_more"), best=best)
        none = quoted(self.board.say("standards.share_none"))
        return f'IF({scored}=0,{none},{now}&IF({best}>{met},{more},""))'


def filled(sentence: str, **cells: str) -> str:
    """A sentence with facts as a formula that joins its parts with cells."""
    marked = sentence.format_map(
        {name: f"{TO_THE_CELL_START}{cell}{TO_THE_CELL_START}" for name, cell in cells.items()}
    )
    parts = marked.split(TO_THE_CELL_START)
    joined = [part if place % 2 else quoted(part) for place, part in enumerate(parts) if part]
    return "&".join(joined)
