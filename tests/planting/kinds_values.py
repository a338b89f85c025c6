"""Faults in one cell: a value that cannot be read as what the cell asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.planting.books import Percent, Value
from tests.planting.cells import cells
from tests.planting.kinds import Expected, Ground, Kind, say


@dataclass(frozen=True, slots=True)
class Typed:
    """A value typed in a cell of one of these kinds, and the code that must be given for that cell.

    `found` is how the value is shown to the user; `facts` are the others. `empty`: in a cell that was empty.
    """

    into: tuple[str, ...]
    value: Value
    code: str
    found: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sheets: tuple[str, ...] = ()
    empty: bool = False

    def __call__(self, ground: Ground) -> list[Expected]:
        """Plant it."""
        spot = ground.choose(cells(ground.book, *self.into, sheets=self.sheets, empty=self.empty))
        ground.book.put(spot, self.value)
        facts = dict(self.facts)
        if self.found or isinstance(self.value, str):
            facts["found"] = self.found or str(self.value)
        return say(self.code, spot, **facts)


@dataclass(frozen=True, slots=True)
class Retyped:
    """The value that stood there, typed in another way: it is read as before, and that is noted."""

    into: tuple[str, ...]
    how: Callable[[Any], str]
    code: str

    def __call__(self, ground: Ground) -> list[Expected]:
        """Plant it."""
        spot = ground.choose(spot for spot in cells(ground.book, *self.into) if self._fits(ground.book.get(spot)))
        old = ground.book.get(spot)
        ground.book.put(spot, self.how(old))
        return say(self.code, spot, read=old.isoformat() if isinstance(old, date) else str(old))

    def _fits(self, old: Value) -> bool:
        """Some cells for dates say *nee*, and some for years hold none."""
        if self.into == YES_NO:
            return old in ("ja", "nee")
        return isinstance(old, date if self.into == DATE else int)


def _facts(**facts: str) -> tuple[tuple[str, str], ...]:
    return tuple(facts.items())


MONTHS = ("jan", "feb", "maart", "april", "mei", "juni", "juli", "aug", "sept", "oktober", "november", "december")
WHOLE, YES_NO, DATE, YEAR, LEVEL, CHOICE = ("whole",), ("yes_no",), ("date",), ("year",), ("level",), ("choice",)
OWN_YEAR = ("indicators",)

TYPED = {
    "yes or no: a word between them": Typed(YES_NO, "soms", "NT302"),
    "yes or no: a number": Typed(YES_NO, 5, "NT302", "5"),
    "yes or no: a date": Typed(YES_NO, date(2025, 3, 1), "NT302"),
    "yes or no: both": Typed(YES_NO, "ja/nee", "NT302"),
    "yes or no: a sentence": Typed(YES_NO, "ja, maar niet overal", "NT337", facts=_facts(proposal="ja")),
    "yes or no: partly": Typed(YES_NO, "deels", "NT337", facts=_facts(proposal="nee")),
    "yes or no: a one": Typed(YES_NO, 1, "NT337", "1", _facts(proposal="ja")),
    "number: with its unit": Typed(WHOLE, "48 patiënten", "NT336", facts=_facts(proposal="48")),
    "number: about": Typed(WHOLE, "ca. 50", "NT336", facts=_facts(proposal="50")),
    "number: more than": Typed(WHOLE, "meer dan 40", "NT303"),
    "number: with a comma, as text": Typed(WHOLE, "12,5", "NT303"),
    "number: broken": Typed(WHOLE, 12.5, "NT303", "12,5"),
    "number: in words": Typed(WHOLE, "ongeveer veertig", "NT303"),
    "number: a range": Typed(WHOLE, "40-50", "NT303"),
    "number: a date": Typed(WHOLE, date(2025, 4, 8), "NT303"),
    "number: a sum": Typed(WHOLE, "12+30", "NT303"),
    "number: a percentage as text": Typed(WHOLE, "85%", "NT304"),
    "number: a percentage with a blank": Typed(WHOLE, "85 %", "NT304"),
    "number: a share as text": Typed(WHOLE, "0,85", "NT304"),
    "number: a share": Typed(WHOLE, 0.85, "NT304", "0,85"),
    "number: a percentage in words": Typed(WHOLE, "85 procent", "NT304"),
    "number: shown as a percentage": Typed(WHOLE, Percent(0.85), "NT304", "85%"),
    "number: negative": Typed(WHOLE, -3, "NT320", "-3"),
    "number: negative, as text": Typed(WHOLE, "-12", "NT320"),
    "number: thousands with a dot": Typed(WHOLE, "1.200", "NT322", facts=_facts(first="1200", second="1,200")),
    "number: thousands with a comma": Typed(WHOLE, "1,200", "NT322", facts=_facts(first="1200", second="1,200")),
    "number: beyond belief": Typed(WHOLE, 123_456_789, "NT335"),
    "date: a day that does not exist": Typed(DATE, "31-02-2025", "NT305"),
    "date: in words": Typed(DATE, "binnenkort", "NT305"),
    "date: before anybody's time": Typed(DATE, date(1925, 5, 6), "NT305"),
    "date: a small number": Typed(DATE, 12, "NT305", "12"),
    "date: yes": Typed(DATE, "ja", "NT305"),
    "date: one of several is none": Typed(("dates",), "11-3-2025; na de zomer", "NT305", "na de zomer"),
    "date: two digits of a year": Typed(DATE, "12-3-25", "NT323", facts=_facts(proposal="12-3-2025")),
    "date: months first": Typed(DATE, "12/31/2024", "NT323", facts=_facts(proposal="31-12-2024")),
    "date: within a sentence": Typed(
        DATE, "besproken begin maart 2025", "NT323", facts=_facts(proposal="maart 2025")
    ),
    "date: without separators": Typed(DATE, 20_250_301, "NT323", facts=_facts(proposal="1-3-2025")),
    "date: a number that lost its format": Typed(DATE, 45_000, "NT323", facts=_facts(proposal="15-3-2023")),
    "end of an own approach: none": Typed(DATE, "geen", "NT305", sheets=("indicators",)),
    "choice: a word that is none": Typed(CHOICE, "weet ik nog niet", "NT306"),
    "choice: a number that is none": Typed(CHOICE, 7, "NT306", "7"),
    "level: too high": Typed(LEVEL, 5, "NT319", "5"),
    "level: between two": Typed(LEVEL, "2-3", "NT319"),
    "level: broken": Typed(LEVEL, 2.5, "NT319", "2,5"),
    "level: in words": Typed(LEVEL, "goed op weg", "NT319"),
    "year: two digits": Typed(YEAR, 25, "NT338", "25", _facts(proposal="2025"), OWN_YEAR),
    "year: an abbreviation": Typed(YEAR, "’25", "NT338", facts=_facts(proposal="2025"), sheets=OWN_YEAR),
    "year: two years": Typed(YEAR, "2024/2025", "NT338", facts=_facts(proposal="2025"), sheets=OWN_YEAR),
    "year: a date": Typed(YEAR, date(2025, 12, 31), "NT338", facts=_facts(proposal="2025"), sheets=OWN_YEAR),
    "year: in words": Typed(YEAR, "vorig jaar", "NT321", sheets=OWN_YEAR),
    "year: long past": Typed(YEAR, 1925, "NT321", sheets=OWN_YEAR),
    "documents: one that is not registered": Typed(("documents",), "Jaarverslag", "NT308"),
    "documents: one that is not registered, with a page": Typed(("documents",), "X77 p. 4", "NT308", "X77"),
    "documents: one of two is not registered": Typed(("documents",), "D1; Jaarverslag", "NT308", "Jaarverslag"),
    "member: one that is not listed": Typed(("member",), "Ziekenhuis Noordzicht", "NT313", empty=True),
    "groups: one of two does not exist": Typed(("groups",), "Borst; Tandheelkunde", "NT314", "Tandheelkunde"),
    "indicators: one of two does not exist": Typed(("indicators",), "N1.2; Q99", "NT310", "Q99"),
    "nothing: a dash": Typed((*WHOLE, *YES_NO, *DATE, *CHOICE), "-", "NT903", empty=True),
    "nothing: a question mark": Typed((*WHOLE, *YES_NO), "?", "NT903", empty=True),
    "nothing: unknown": Typed((*WHOLE, *YES_NO), "onbekend", "NT903", empty=True),
    "nothing: no documents": Typed(("documents",), "geen", "NT903", empty=True),
}

RETYPED = {
    "number: as text, with a blank": Retyped(WHOLE, lambda old: f"{old} ", "NT901"),
    "number: as text, after a blank that does not break": Retyped(WHOLE, lambda old: f"\u00a0{old}", "NT901"),
    "number: as text, with an empty fraction": Retyped(WHOLE, lambda old: f"{old},0", "NT901"),
    "year: as text": Retyped(YEAR, lambda old: f"{old}", "NT901"),
    "date: text in Dutch order": Retyped(DATE, lambda old: f"{old:%d-%m-%Y}", "NT902"),
    "date: text with the year first": Retyped(DATE, lambda old: f"{old:%Y-%m-%d}", "NT902"),
    "date: text with the month in words": Retyped(
        DATE, lambda old: f"{old:%d} {MONTHS[old.month - 1]} {old:%Y}", "NT902"
    ),
    "date: text with slashes": Retyped(DATE, lambda old: f"{old:%d/%m/%Y}", "NT902"),
    "yes or no: a letter": Retyped(YES_NO, lambda old: {"ja": "v", "nee": "n"}[old], "NT912"),
    "yes or no: the word of a formula": Retyped(YES_NO, lambda old: {"ja": "WAAR", "nee": "ONWAAR"}[old], "NT912"),
}

KINDS = [Kind(name=name, plant=plant) for name, plant in (TYPED | RETYPED).items()]
