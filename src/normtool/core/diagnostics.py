"""Diagnostics: what is wrong, or worth knowing, about a file. Sentences are made in `texts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from normtool.core.places import Place

Fact = str | int
Facts = tuple[tuple[str, Fact], ...]


class Severity(Enum):
    """How much a diagnostic weighs: only an error stops an assessment."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of diagnostic, declared once: its code, its weight and the names of its facts.

    A rule that `concerns_safety` also holds in a draft: the file is not read any further.
    """

    code: str
    severity: Severity
    facts: tuple[str, ...] = ()
    concerns_safety: bool = False


def error_rule(code: str, *facts: str) -> Rule:
    """A rule for what must be corrected first."""
    return Rule(code=code, severity=Severity.ERROR, facts=facts)


def safety_rule(code: str, *facts: str) -> Rule:
    """A rule for what is not read any further, not even for a draft."""
    return Rule(code=code, severity=Severity.ERROR, facts=facts, concerns_safety=True)


def warning_rule(code: str, *facts: str) -> Rule:
    """A rule for a question, which stops nothing."""
    return Rule(code=code, severity=Severity.WARNING, facts=facts)


def note_rule(code: str, *facts: str) -> Rule:
    """A rule for what is good to know: how something was read, or that it was passed over."""
    return Rule(code=code, severity=Severity.NOTE, facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A second place that a diagnostic speaks of; `role` names what stands there (a key in words/)."""

    place: Place
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault, question or note, with its place. `indicators` are those whose verdict it touches."""

    rule: Rule
    place: Place | None = None
    facts: Facts = ()
    related: tuple[Related, ...] = ()
    indicators: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code of the rule, such as `NT301`."""
        return self.rule.code

    @property
    def is_error(self) -> bool:
        """Whether the input must be corrected before it can be assessed."""
        return self.rule.severity is Severity.ERROR


Diagnostics = tuple[Diagnostic, ...]


@dataclass(slots=True)
class Collector:
    """Gathers diagnostics while something is read; the only mutable thing in the core."""

    items: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        rule: Rule,
        place: Place | None = None,
        *,
        related: tuple[Related, ...] = (),
        indicators: tuple[str, ...] = (),
        **facts: Fact,
    ) -> None:
        """Note a diagnostic, with its facts as keywords.

        Raises:
            ValueError: the facts are not the ones the rule declares (a fault in our own code).
        """
        if set(facts) != set(rule.facts):
            raise ValueError(f"{rule.code} declares {rule.facts}, not {tuple(facts)}")
        ordered = tuple((name, facts[name]) for name in rule.facts)
        self.items.append(Diagnostic(rule=rule, place=place, facts=ordered, related=related, indicators=indicators))

    def add_facts(
        self, rule: Rule, place: Place | None, facts: Mapping[str, Fact], indicators: tuple[str, ...] = ()
    ) -> None:
        """Note a diagnostic whose facts come as a mapping."""
        self.add(rule, place, related=(), indicators=indicators, **facts)

    def done(self) -> Diagnostics:
        """Everything gathered, in the order in which it was met."""
        return tuple(self.items)
