"""Typed texts that name numbers that are hidden.

Source: docs/privacy.md. What is *about* hidden numbers (the explanation beside them) is hidden whole as soon as it
names one of them. In any other text numbers are hidden where it speaks of a number of patients, or of one hidden
number out of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from unicodedata import category, normalize

MASK = "\u2592\u2592\u2592"
"""Stands for what is hidden in a typed text, in every language; documents may say it in words."""

TELLING = 100
"""From here on a number is hidden wherever it stands: that it is there by chance is not likely."""
YEARS = range(1900, 2101)
USUAL = {"Cf": " ", "Zs": " "}
"""What is read for signs of these kinds: marks that nobody sees, and blanks."""

UNITS = (
    "één one",
    "twee two",
    "drie three",
    "vier four",
    "vijf five",
    "zes six",
    "zeven seven",
    "acht eight",
    "negen nine",
    "tien ten",
    "elf eleven",
    "twaalf twelve",
    "dertien thirteen",
    "veertien fourteen",
    "vijftien fifteen",
    "zestien sixteen",
    "zeventien seventeen",
    "achttien eighteen",
    "negentien nineteen",
)
TENS = (
    "twintig twenty",
    "dertig thirty",
    "veertig forty",
    "vijftig fifty",
    "zestig sixty",
    "zeventig seventy",
    "tachtig eighty",
    "negentig ninety",
)


def _written_out() -> Iterator[tuple[str, int]]:
    """Numbers below 100 as people write them out. Without its accents *een* is an article; it is not among them."""
    for number, words in enumerate(UNITS, start=1):
        yield from ((word, number) for word in words.split())
    for ten, words in zip(range(20, 100, 10), TENS, strict=True):
        dutch, english = words.split()
        yield from ((dutch, ten), (english, ten))
        for number, unit in enumerate(UNITS[:9], start=1):
            one, other = unit.replace("één", "een").split()
            yield f"{one}{'ën' if one.endswith('e') else 'en'}{dutch}", ten + number
            yield from ((f"{english}{sign}{other}", ten + number) for sign in "- ")


WORDS = dict(_written_out())

GROUPED = r"[1-9]\d{0,2}(?:[.\u00a0\u202f ]\d{3})+(?!\d)|[1-9]\d{0,2}(?:,\d{3})+(?!\d)|\d+"
"""Whole numbers, also with signs between the thousands."""
NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>{GROUPED})(?P<decimals>[.,]\d+)?|(?P<word>{'|'.join(sorted(WORDS, key=len)[::-1])}))"
    r"(?:(?!\w)|(?=(?:x|tal|pati[eë]nt\w*|pts?|ptn|pat)\b))(?P<percent>\s?(?:%|procent\b|percent\b))?",
    re.IGNORECASE,
)
DATE = re.compile(r"\b(?:\d{1,2}([-/.])\d{1,2}\1\d{2,4}|\d{4}-\d{2}-\d{2})\b")
TIME = re.compile(
    r"[\s-]*(?:jaar|jaren|maand\w*|we?ken?|(?:werk)?dag(?:en)?|uur|uren|minuten|years?|months?|weeks?|days?|hours?|minutes?"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|january|february|march|may|june|july|august|october)\b",
    re.IGNORECASE,
)
"""After a number: it counts time, or it is a day."""
PERSONS = (
    r"(?:pati[eë]nt(?:en|s)?|verwijzing(?:en)?|verwezen|referrals?|referred|mensen|vrouwen|mannen|women|men"
    r"|casus(?:sen)?|cases?|pat|pts?|ptn)\b"
)
AFTER = re.compile(rf"(?:(?:\s+[\w-]+){{0,3}}?\s+)?{PERSONS}", re.IGNORECASE)
BEFORE = re.compile(
    r"\b(?:pati[eë]nten|patients|verwijzingen|referrals)\b[^\w.;!?]+(?:[\w-]+\W+){0,3}$|\bn\s*[=:]\s*$", re.IGNORECASE
)
"""Beside a number: it counts patients."""
OUT_OF = re.compile(r"\s*(?:van|uit|op|of|out of|/)\s*(?:de|het|the)?\s*", re.IGNORECASE)
"""Between a number and that of which it is a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Hidden numbers, and hidden shares as (numerator, denominator)."""

    numbers: frozenset[int] = frozenset()
    shares: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def of(cls, numbers: Iterable[int], shares: Iterable[tuple[int, int]] = ()) -> Secrets:
        """What must not be told: these numbers, and of each share both numbers, their difference and the share."""
        pairs = frozenset(shares)
        told = {number for pair in pairs for number in (*pair, pair[1] - pair[0])}
        return cls(numbers=frozenset(number for number in {*numbers, *told} if number > 0), shares=pairs)

    @classmethod
    def together(cls, secrets: Iterable[Secrets]) -> Secrets:
        """What any of these does not tell."""
        found = list(secrets)
        return cls(
            numbers=frozenset().union(*(item.numbers for item in found)),
            shares=frozenset().union(*(item.shares for item in found)),
        )

    def __or__(self, other: Secrets) -> Secrets:
        return Secrets(numbers=self.numbers | other.numbers, shares=self.shares | other.shares)

    def __bool__(self) -> bool:
        return bool(self.numbers)


NO_SECRETS = Secrets()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A number that a text tells: from where to where, what it is, and whether it is a percentage or counts time."""

    start: int
    end: int
    value: Fraction
    decimals: int = 0
    is_percent: bool = False
    is_time: bool = False

    def tells(self, secrets: Secrets) -> bool:
        """Whether it is a hidden number, or a hidden share as a percentage."""
        if not self.is_percent and not self._is_part_of_one:
            return not self.is_time and self.value in secrets.numbers
        whole = 100 if self.is_percent else 1
        return any(
            abs(Fraction(whole * number, denominator) - self.value) < Fraction(1, 10**self.decimals)
            for numerator, denominator in secrets.shares
            if denominator > 0
            for number in (numerator, denominator - numerator)
        )

    @property
    def _is_part_of_one(self) -> bool:
        """Whether it is written as a share of one: 0,85."""
        return self.value < 1 and self.decimals > 1


def _told_in(text: str) -> list[_Told]:
    return list(_numbers(text))


def _numbers(text: str) -> Iterator[_Told]:
    text = _as_usual(text)
    days = {place for found in DATE.finditer(text) for place in range(found.start(), found.end())}
    for found in NUMBER.finditer(text):
        word, digits, decimals = found["word"], found["digits"], found["decimals"] or ""
        whole = WORDS[word.casefold()] if word else int(re.sub(r"\D", "", digits))
        value = Fraction(whole) + (Fraction(int(decimals[1:]), 10 ** len(decimals[1:])) if decimals else 0)
        yield _Told(
            start=found.start(),
            end=found.end(),
            value=value,
            decimals=max(0, len(decimals) - 1),
            is_percent=found["percent"] is not None,
            is_time=found.start() in days or TIME.match(text, found.end()) is not None,
        )


def _as_usual(text: str) -> str:
    """The same text, as long as it was, with usual digits and blanks for any that look like them."""
    if text.isascii():
        return text
    return "".join(
        USUAL.get(category(sign), usual if len(usual := normalize("NFKC", sign)) == 1 else sign) for sign in text
    )


def text_about(text: str, secrets: Secrets) -> str:
    """A text about hidden numbers: hidden whole when it tells one of them."""
    return MASK if secrets and any(number.tells(secrets) for number in _told_in(text)) else text


def text_beside(text: str, secrets: Secrets) -> str:
    """Any other text: its hidden numbers go where it counts patients, or tells one out of another."""
    if not secrets:
        return text
    told, usual = _told_in(text), _as_usual(text)
    shares = {
        number
        for one, other in pairwise(told)
        if (int(one.value), int(other.value)) in secrets.shares and OUT_OF.fullmatch(usual, one.end, other.start)
        for number in (one, other)
    }
    hidden = [item for item in told if item.tells(secrets)]
    telling = [item for item in hidden if item in shares or _counts_patients(usual, item)]
    if telling:
        telling = [item for item in hidden if item in telling or item.is_percent]
    parts, end = [], 0
    for number in telling:
        parts += [text[end : number.start], MASK]
        end = number.end
    return "".join((*parts, text[end:]))


def _counts_patients(text: str, number: _Told) -> bool:
    """Whether a number is about patients, as far as the text shows."""
    if number.value >= TELLING and number.value not in YEARS and not number.is_percent:
        return True
    return AFTER.match(text, number.end) is not None or BEFORE.search(text, 0, number.start) is not None
