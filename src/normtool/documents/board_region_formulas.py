"""Formulas of the sheet of a region: how many sub-networks meet a norm, which, and what the region comes to.

Only IF, AND, OR and COUNTIFS, as elsewhere in the workbook. The rule is that of the engine (docs/method.md, Regions).
"""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import Reason, SubNetworkVerdict, Verdict
from normtool.core.places import column_letters
from normtool.documents.board_colours import MARKS
from normtool.documents.board_formulas import DECIDED, quoted
from normtool.documents.board_styles import DASH, TABLE_ROW, Board

OPEN = (Verdict.UNKNOWN, Verdict.OWN_APPROACH)


def not_received(board: Board) -> str:
    """The word in the cell of a sub-network of which there is no dossier."""
    return board.words.say("board_region.not_received")


def sub_network_words(board: Board, item: SubNetworkVerdict | None) -> str:
    """The verdict in one sub-network as its cell has it; one that leaves the count has a word of its own."""
    if item is None or not item.is_received:
        return not_received(board)
    if item.reason is Reason.NO_NORM:
        return board.words.say("verdicts.reason.no_norm")
    return board.phrases.verdict(item.verdict)


@dataclass(frozen=True, slots=True)
class RollUpFormulas:
    """Formulas in one row (from 1): cells of sub-networks from column `first` (from 0), results from column `after`.

    Behind the results stand the worst and the best of every sub-network whose verdict is open.
    """

    board: Board
    row: int
    first: int
    after: int

    @property
    def _number(self) -> int:
        return len(self.board.dossier.sub_networks)

    def _cell(self, column: int) -> str:
        return f"${column_letters(column + 1)}{self.row}"

    def _range(self, first: int, number: int) -> str:
        return f"{self._cell(first)}:{self._cell(first + number - 1)}"

    def _result(self, key: str) -> str:
        return self._cell(self.after + ("met", "of", "names", "mark", "verdict", "worst", "best").index(key))

    def _word(self, verdict: Verdict) -> str:
        return quoted(self.board.phrases.verdict(verdict))

    def _open_words(self) -> list[str]:
        return [*(self._word(verdict) for verdict in OPEN), quoted(not_received(self.board))]

    def _count(self, word: str) -> str:
        return f"COUNTIFS({self._range(self.first, self._number)},{word})"

    def met(self) -> str:
        """How many sub-networks meet it."""
        return self._count(self._word(Verdict.MET))

    def counted(self) -> str:
        """How many count: known, open, or not received."""
        return "+".join(self._count(word) for word in (*map(self._word, DECIDED), *self._open_words()))

    def names(self) -> str:
        """The codes of those that meet it."""
        met, parts = self._word(Verdict.MET), []
        for place in range(self._number):
            column = self.first + place
            code = f"{column_letters(column + 1)}${TABLE_ROW + 1}"
            comma = f'IF(COUNTIFS({self._range(self.first, place)},{met})>0,", ","")&' if place else ""
            parts.append(f'IF({self._cell(column)}={met},{comma}{code},"")')
        return "&".join(parts)

    def _at(self, side: str, verdict: Verdict) -> str:
        """How many come to a verdict when every open one turns out at its worst or best."""
        start = self.after + 7 + (self._number if side == "best" else 0)
        cells, bounds = self._range(self.first, self._number), self._range(start, self._number)
        word = self._word(verdict)
        waiting = (f"COUNTIFS({cells},{open_word},{bounds},{word})" for open_word in self._open_words())
        return "+".join((self._count(word), *waiting))

    def bound(self, side: str) -> str:
        """What the region comes to when every open one turns out at its `worst` or `best`."""
        of, words = self._result("of"), {verdict: self._word(verdict) for verdict in DECIDED}
        text = f"IF({self._at(side, Verdict.MET)}={of},{words[Verdict.MET]},{words[Verdict.PARTLY_MET]})"
        text = f"IF({self._at(side, Verdict.NOT_MET)}={of},{words[Verdict.NOT_MET]},{text})"
        return f"IF({of}=0,{quoted(DASH)},{text})"

    def verdict(self, left: str | None) -> str:
        """The verdict where worst and best agree; own approach where only that is between all and met.

        `left` is the word when no sub-network counts.
        """
        own, of = self._count(self._word(Verdict.OWN_APPROACH)), self._result("of")
        worst, best = self._result("worst"), self._result("best")
        decided = f"IF({worst}={best},{worst},{self._word(Verdict.UNKNOWN)})"
        text = f"IF(AND({own}>0,{self._result('met')}+{own}={of}),{self._word(Verdict.OWN_APPROACH)},{decided})"
        none = quoted(left) if left is not None else self._word(Verdict.NOT_APPLICABLE)
        return f"IF({of}=0,{none},{text})"

    def mark(self) -> str:
        """The mark of the verdict."""
        cell, text = self._result("verdict"), quoted(DASH)
        for verdict, mark in MARKS.items():
            text = f"IF({cell}={self._word(verdict)},{quoted(mark)},{text})"
        return text
