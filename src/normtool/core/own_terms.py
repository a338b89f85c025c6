"""A network's own terms (eigen termen): its word for a tumour-type network in the place of ours.

Only running text changes: a word with a capital within a sentence is the name of a sheet, which keeps its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from normtool.core.house_style import HouseStyle

TERM = "tumour_type_network"
FORM_KEY = f"own_term_{TERM}"
"""The key of the form that asks for it."""

OURS = {"nl": ("tumortypenetwerk", "tumortypenetwerken"), "en": ("tumour-type network", "tumour-type networks")}
PLURALS = {
    "groep": "groepen",
    "team": "teams",
    "netwerk": "netwerken",
    "commissie": "commissies",
    "tafel": "tafels",
    "group": "groups",
    "network": "networks",
}
"""How words end that a group of a tumour type goes by, and their plurals."""

NEUTER = ("team", "netwerk", "overleg", "verband", "platform")
"""Endings of words that take *het*; the others take *de*."""

BEFORE_NEUTER = {"het": "de", "elk": "elke", "ieder": "iedere", "dit": "deze", "dat": "die", "ons": "onze"}
"""What stands before a word that takes *het*, and before one that takes *de*."""


def own_term(stated: Iterable[tuple[str, str]], style: HouseStyle | None) -> str:
    """A network's word as it stated it itself (pairs by the keys of the form), else as its house style has it."""
    typed = dict(stated).get(FORM_KEY, "").strip()
    return typed or dict(style.own_terms if style is not None else ()).get(TERM, "").strip()


def own_terms(language: str, typed: str) -> Callable[[str], str]:
    """What puts an own term into a sentence; `typed` is the word, or two with a slash: one and many.

    A plural that cannot be told leaves ours where there are many.
    """
    plain = typed.replace("{", "").replace("}", "")  # a brace would be taken for a fact of the sentence
    one, _, many = (part.strip() for part in plain.partition("/"))
    many = many or _plural(one)
    ours_one, ours_many = OURS[language]
    takes_de = language == "nl" and not one.endswith(NEUTER)
    article = rf"(?:\b({'|'.join(BEFORE_NEUTER)}) )?" if takes_de else "()"
    pattern = re.compile(rf"(?i:{article})(\b{re.escape(ours_many)}\b|\b{re.escape(ours_one)}\b)")
    start = re.compile(rf"^({re.escape(ours_many.capitalize())}|{re.escape(ours_one.capitalize())})(?= [a-z])")

    def word(found: str) -> str:
        return (many or found) if found.lower() == ours_many else one

    def replaced(match: re.Match[str]) -> str:
        before, found = match.group(1) or "", match.group(2)
        if before and found == ours_one:
            other = BEFORE_NEUTER[before.lower()]
            before = other.capitalize() if before[0].isupper() else other
        return (f"{before} " if before else "") + word(found)

    def put_in(sentence: str) -> str:
        if ours_one not in sentence.lower():
            return sentence
        opened = start.sub(lambda match: _capital(word(match.group(1))), sentence)
        return pattern.sub(replaced, opened)

    return put_in


def _plural(one: str) -> str:
    ending = next((ending for ending in PLURALS if one.lower().endswith(ending)), "")
    return one[: len(one) - len(ending)] + PLURALS[ending] if ending else ""


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
