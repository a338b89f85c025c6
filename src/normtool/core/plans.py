"""Plans: what a network says that it does about a number or an indicator.

Source: docs/method.md, Volumes. A plan is shown beside a result and never changes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from normtool.core.ledger import Ledger, once, place_in, span_in, text_in, texts_in
from normtool.core.places import CellPlace
from normtool.core.spellings import DASHES, NONE, NOT_APPLICABLE, plain

ACTIONS = "actions"
DONE = "done"
"""The state of an action that runs no more: what has been done is no plan."""
CARE = frozenset({"hospital", "location"})
"""Members that an action may be about; that another party helps says nothing of where."""
WORD = re.compile(r"\w+")
TYPED = re.compile(r"[\w-]+")
ALL = ""

About = tuple[str, str]
"""A member and a treatment; empty is all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An action that is open or under way; `due` is empty when no date, or only a year, was given.

    `about` are the members and treatments that its text names: it is a plan for those alone.
    """

    id: str
    text: str
    due: date | None
    places: tuple[CellPlace, ...]
    about: frozenset[About]


def plan_in(note: str) -> str:
    """What was written under *Toelichting* as a plan: nothing where it says *geen*, *n.v.t.* or a dash."""
    return "" if plain(note) in NONE | NOT_APPLICABLE | DASHES else note


def plans_for(ledger: Ledger, indicator: str) -> tuple[Plan, ...]:
    """The actions that name an indicator, say what will be done, and are not done yet."""
    plans: dict[str, list[Plan]] = once(ledger, "plans", lambda: _plans(ledger))
    return tuple(plans.get(indicator, ()))


def is_planned(ledger: Ledger, indicator: str, *, location: str, treatment: str) -> bool:
    """Whether an action of an indicator is a plan for this location and treatment."""
    about = once(ledger, ("planned", indicator), lambda: _about(plans_for(ledger, indicator)))
    return not about.isdisjoint(ways_to_name(ledger, location=location, treatment=treatment))


def ways_to_name(ledger: Ledger, *, location: str, treatment: str) -> set[About]:
    """Every way in which an action may name a row: its location, the institution of it, or all; the same for care."""
    return set(product((location, ledger.parents.get(location, ALL), ALL), (treatment, ALL)))


def _about(plans: Iterable[Plan]) -> frozenset[About]:
    return frozenset(about for plan in plans for about in plan.about)


def _plans(ledger: Ledger) -> dict[str, list[Plan]]:
    found: dict[str, list[Plan]] = {}
    for indicator, plan in _named(ledger):
        found.setdefault(indicator, []).append(plan)
    return found


def _named(ledger: Ledger) -> Iterator[tuple[str, Plan]]:
    rows = ledger.rows(ACTIONS).rows
    members, treatments = (_member_names(ledger), _treatment_names(ledger)) if rows else ({}, {})
    ids = set(members.values())
    for row in rows:
        text, due = text_in(row, "action"), span_in(row, "due")
        if not text or row.contents.get("state") == DONE:
            continue
        day = due.first if due is not None and due.is_exact else None
        where = {*_spoken_of(text, members), *ids.intersection(TYPED.findall(text))} or {ALL}
        about = frozenset(product(where, set(_spoken_of(text, treatments)) or {ALL}))
        plan = Plan(id=text_in(row, "id"), text=text, due=day, places=place_in(row, "action"), about=about)
        for indicator in texts_in(row, "indicators"):
            yield indicator, plan


def _member_names(ledger: Ledger) -> dict[tuple[str, ...], str]:
    rows = [row for row in ledger.rows("members").rows if text_in(row, "kind") in CARE]
    return {_words(text_in(row, "name") or text_in(row, "id")): text_in(row, "id") for row in rows}


def _treatment_names(ledger: Ledger) -> dict[tuple[str, ...], str]:
    return {
        _words(name): item.id
        for item in ledger.framework.treatments
        for name in (item.name.nl, item.name.en, *item.also)
    }


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(plain(text)))


def _spoken_of(text: str, names: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """The ids whose name stands in a text, in whole words; of two that overlap both."""
    words, longest = _words(text), max(map(len, names), default=0)
    for start in range(len(words)):
        for length in range(1, longest + 1):
            found = names.get(words[start : start + length])
            if found is not None:
                yield found
