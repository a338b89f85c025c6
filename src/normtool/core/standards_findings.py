"""What a check of a framework gathers, and the paths by which it names a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from normtool.core import rules_standards as rules
from normtool.core.diagnostics import Collector, Related, Rule
from normtool.core.places import Place
from normtool.core.standards import Framework

KeyPath = tuple[str | int, ...]
"""The way to a value of a framework, by field and position: `("standards", 2, "title", "nl")`."""

PlaceOf = Callable[[KeyPath], Place | None]

ID = re.compile(r"(?!NT[0-9]{3}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
"""Ids that people type: letters and digits, joined by dot, hyphen or underscore; no code of a diagnostic."""

FIELD_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
"""Ids that become keys: registers, columns and choices."""


@dataclass(frozen=True, slots=True)
class PlacedFindings:
    """Everything that a check finds, each at the place of its path."""

    place_of: PlaceOf
    collector: Collector = field(default_factory=Collector)

    def add(self, rule: Rule, path: KeyPath, **facts: Any) -> None:
        """Note a diagnostic at a path."""
        self.collector.add(rule, self.place_of(path), **facts)

    def add_pair(self, rule: Rule, path: KeyPath, first: KeyPath, **facts: Any) -> None:
        """Note a diagnostic at a path that clashes with an earlier one."""
        earlier = self.place_of(first)
        related = () if earlier is None else (Related(place=earlier, role="first"),)
        self.collector.add(rule, self.place_of(path), related=related, **facts)

    def at_least(self, path: KeyPath, number: int | None, smallest: int = 1) -> None:
        """Refuse a number that is too small."""
        if number is not None and number < smallest:
            self.add(rules.NUMBER_TOO_SMALL, path, number=number, smallest=smallest)

    def ids(self, items: Iterable[tuple[KeyPath, str]], shape: re.Pattern[str] = ID) -> None:
        """Refuse odd ids, and an id that was there before, capitals aside."""
        seen: dict[str, KeyPath] = {}
        for path, identity in items:
            if not shape.fullmatch(identity) or len(identity) > 60:
                self.add(rules.ID_SHAPE, (*path, "id"), id=identity)
            first = seen.setdefault(identity.casefold(), path)
            if first != path:
                self.add_pair(rules.ID_TWICE, (*path, "id"), (*first, "id"), id=identity)

    def names(self, items: Iterable[tuple[KeyPath, tuple[str, ...]]]) -> None:
        """Refuse a name that two things share: what somebody types would then mean either."""
        seen: dict[str, KeyPath] = {}
        for path, names in items:
            for name in dict.fromkeys(name for name in names if bare(name)):
                first = seen.setdefault(bare(name), path)
                if first != path:
                    self.add_pair(rules.NAME_TWICE, path, first, name=name)


@dataclass(frozen=True, slots=True)
class Findings(PlacedFindings):
    """The framework under examination, and everything found in it."""

    framework: Framework = field(kw_only=True)


def bare(name: str) -> str:
    """A name as a tolerant reader sees it: no capitals, accents, blanks or punctuation."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalnum())


def listed(names: Iterable[str]) -> str:
    """Names in one line."""
    return ", ".join(names)
