"""Codes and facts become sentences, numbers and dates, in Dutch or English.

The sentences live in words/nl and words/en, one file per topic; a key is `topic.rest`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from normtool.resources import words_dir

if TYPE_CHECKING:  # the start-up of `--help` does not pay for the core
    from normtool.core.assessment import Share
    from normtool.core.evidence import DateSpan
    from normtool.core.registers import Text

LANGUAGES = ("nl", "en")
NO_BREAK = "\u00a0"
COMMAND_LINE = "cli"


@cache
def load_topic(language: str, topic: str) -> Mapping[str, Any]:
    """One file of words; an unknown topic is a fault in our own code and raises FileNotFoundError.

    The words of the command line are JSON, all others YAML: importing YAML would cost `--help` a quarter of its time.
    """
    folder = words_dir(language)
    if topic == COMMAND_LINE:
        words: Mapping[str, Any] = json.loads((folder / f"{topic}.json").read_text(encoding="utf-8"))
        return words
    import yaml

    text = (folder / f"{topic}.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def display_percent(share: Fraction, *marks: Fraction | Decimal) -> int:
    """A share as whole per cent that is never rounded across 0, 1 or one of the marks (targets)."""
    percent = floor(share * 100 + Fraction(1, 2))
    for mark in (Fraction(0), Fraction(1), *(Fraction(mark) for mark in marks)):
        if share < mark <= Fraction(percent, 100):
            percent = ceil(mark * 100) - 1
        elif share > mark >= Fraction(percent, 100):
            percent = floor(mark * 100) + 1
    return percent


class Words:
    """The words of one language; `terms` puts a network's own terms in the place of ours, in all running text."""

    def __init__(self, language: str, terms: Callable[[str], str] = str) -> None:
        self.language = language
        self._terms = terms

    def find(self, key: str) -> Any:
        """What stands under a key: a sentence, or a mapping of them. Raises KeyError when there is nothing."""
        topic, *path = key.split(".")
        node: Any = load_topic(self.language, topic)
        for step in path:
            node = node[step]
        return node

    def has(self, key: str) -> bool:
        """Whether there is a sentence under this key."""
        try:
            self.find(key)
        except (KeyError, FileNotFoundError, TypeError):
            return False
        return True

    def say(self, key: str, /, **facts: object) -> str:
        """The sentence under a key, with its facts filled in.

        Raises:
            KeyError: no such sentence, or a fact is missing (a fault in our own code).
        """
        sentence = self.find(key)
        if not isinstance(sentence, str):
            raise KeyError(key)
        return self._terms(sentence).format_map(facts)

    def say_count(self, key: str, count: int, /, **facts: object) -> str:
        """The sentence under `key.one` or `key.other`, after the number; `{count}` is the number itself."""
        form = "one" if count == 1 else "other"
        return self.say(f"{key}.{form}", count=self.whole(count), **facts)

    def text(self, text: Text) -> str:
        """A text of the norms in this language."""
        return self._terms(text.in_language(self.language))

    def as_written(self, text: Text) -> str:
        """A text on what a source asks or is called: a network's own terms do not stand in somebody else's words."""
        return text.in_language(self.language)

    def whole(self, number: int) -> str:
        """A whole number with the separators of the language."""
        grouped = f"{number:,}"
        return grouped.replace(",", ".") if self.language == "nl" else grouped

    def decimal(self, number: Decimal) -> str:
        """A decimal number as it stands, without needless zeros."""
        plain = format(number.normalize(), "f")
        return plain.replace(".", ",") if self.language == "nl" else plain

    def percent(self, percent: int | Decimal) -> str:
        """A percentage that is already in per cent: `89 %` in Dutch (no-break space), `89%` in English."""
        number = self.decimal(Decimal(percent)) if isinstance(percent, Decimal) else self.whole(percent)
        return f"{number}{NO_BREAK}%" if self.language == "nl" else f"{number}%"

    def share(self, share: Share | Fraction, *marks: Fraction | Decimal) -> str:
        """A share as whole per cent, never rounded across a mark (a target)."""
        fraction = share if isinstance(share, Fraction) else share.fraction
        return self.percent(display_percent(fraction, *marks))

    def target_share(self, target: Decimal) -> str:
        """A target that is a share, exactly: `85 %`, `63,75 %`."""
        return self.percent(target * 100)

    def date(self, day: dt.date) -> str:
        """A date in full, with no-break spaces: `31 december 2025`."""
        from babel.dates import format_date

        return format_date(day, format="d MMMM y", locale=self.language).replace(" ", NO_BREAK)

    def short_date(self, day: dt.date) -> str:
        """A date in figures: `31-12-2025` in Dutch, `31/12/2025` in English."""
        separator = "-" if self.language == "nl" else "/"
        return f"{day.day}{separator}{day.month}{separator}{day.year}"

    def span(self, span: DateSpan) -> str:
        """A date, a month or a year, whichever is known; else from which to which."""
        from normtool.core.evidence import DateSpan

        first, last = span.first, span.last
        if span.is_exact:
            return self.date(first)
        if span == DateSpan.of_year(first.year):
            return str(first.year)
        if span == DateSpan.of_month(first.year, first.month):
            return self.month(first)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"{first.year} – {last.year}"
        begin = self.month(first)
        return f"{begin.split(NO_BREAK)[0] if first.year == last.year else begin} – {self.month(last)}"

    def month(self, day: dt.date) -> str:
        """The month of a date, with a no-break space: `april 2021`."""
        from babel.dates import format_date

        return format_date(day, format="LLLL y", locale=self.language).replace(" ", NO_BREAK)
