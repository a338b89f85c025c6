"""What every part of a comparison needs: the columns, the words, and how a network is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normtool.core.assessment import Verdict
from normtool.core.comparison import Cell, Comparison, Scope
from normtool.core.dossier import Dossier
from normtool.core.standards import Indicator
from normtool.documents.views_context import VerdictText
from normtool.telling.phrases import in_full, joined
from normtool.telling.retelling import plain_verdict
from normtool.texts import Words

LABEL_LENGTH, NAME_LENGTH = 24, 70
"""Characters of a code above a column, and of the name of a network."""
FEW_YEARS = 2
"""Years that are named one by one, also in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Dossiers side by side with the words of one language; `dossiers` are those that `comparison` was made of."""

    comparison: Comparison
    dossiers: tuple[Dossier, ...]
    words: Words

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the comparison."""
        return self.words.say(f"comparison.{key}", **facts)

    def count(self, key: str, number: int, **facts: object) -> str:
        """A sentence of the comparison that depends on a number, which it may name in full as `{number}`."""
        return self.words.say_count(f"comparison.{key}", number, number=self.number(number), **facts)

    def number(self, number: int) -> str:
        """A number in words up to twelve, in figures from there."""
        return in_full(number, self.words)

    def listed(self, items: Sequence[str]) -> str:
        """`a, b en c`."""
        return joined(items, self.words)

    def years(self, years: Iterable[int]) -> str:
        """Years in words: three or more in a row by the first and the last."""
        found = sorted(set(years))
        if len(found) > FEW_YEARS and found[-1] - found[0] == len(found) - 1:
            return self.say("from_to", first=found[0], last=found[-1])
        return self.listed([str(year) for year in found])

    @property
    def is_years(self) -> bool:
        """Whether years of one network stand side by side."""
        return self.comparison.scope is Scope.YEARS

    def label(self, place: int) -> str:
        """How the column at a place is called in tables."""
        return shortened_text(self.comparison.labels[place], LABEL_LENGTH)

    def speaker(self, place: int) -> str:
        """Who a column speaks for, where each network speaks once: its code or letter; of years the year."""
        if self.is_years:
            return self.label(place)
        return shortened_text(self.comparison.columns[place].short_name, LABEL_LENGTH)

    def name(self, place: int) -> str:
        """The name of the network of a column, or *netwerk A*."""
        column = self.comparison.columns[place]
        if self.comparison.is_anonymous:
            return self.say("anonymous_name", letter=column.letter)
        return shortened_text(column.name, NAME_LENGTH)

    def head(self, place: int) -> str:
        """How the column at a place is called in full: a year, a name, or *netwerk A*."""
        column = self.comparison.columns[place]
        if self.is_years:
            return self.say("year_head", year=column.assessment_year)
        if self.comparison.scope is Scope.BOTH:
            return self.say("name_and_year", name=self.name(place), year=column.assessment_year)
        return self.name(place)

    def title(self, indicator: Indicator) -> str:
        """The title of an indicator."""
        return self.words.text(indicator.title)

    def named(self, indicator: Indicator) -> str:
        """An indicator by its id and its title."""
        return self.say("indicator", id=indicator.id, title=self.title(indicator))

    def verdict(self, cell: Cell) -> VerdictText:
        """The verdict of a cell in words, with what the growth path or a mask adds."""
        verdict, addition = cell.shown, ""
        word = plain_verdict(verdict, self.words, first_cycle=cell.first_cycle)
        if cell.shown is not cell.verdict:
            word = self.words.say("verdicts.reason.no_norm")
        elif verdict is Verdict.INFORMATIVE and not cell.is_open:
            word = self.words.say("verdicts.reason.not_yet_asked")
        elif verdict is Verdict.MET and cell.on_path:
            addition = f"({self.words.say('verdicts.on_path')})"
        return VerdictText(verdict=verdict, word=word, addition=addition)


def shortened_text(text: str, most: int) -> str:
    """A text on one line, cut after a word at `most` characters, with an ellipsis when something was left out."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    cut = flat[: most - 1]
    whole = cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut
    return f"{whole.rstrip(' ,;:.')}…"
