"""Diagnostics about what is offered instead of typed: last year's answers, figures of a national source.

Sentences are in words/*/nt3xx.yaml, nt4xx.yaml and nt9xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import Rule, Severity


def _error(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.ERROR, facts=facts)


def _warning(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.WARNING, facts=facts)


def _note(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.NOTE, facts=facts)


# What cannot be taken over.
NOTHING_OFFERED = _error("NT340")
OTHER_NETWORK_LAST_YEAR = _error("NT341", "found", "expected")
NOT_AN_EARLIER_YEAR = _error("NT342", "found", "year")

# Files with figures.
NO_FIGURES = _error("NT343", "header")
BROKEN_TABLE = _error("NT344")
FIGURES_TOO_LARGE = Rule(code="NT345", severity=Severity.ERROR, concerns_safety=True)
FIGURE_TWICE = _error("NT346", "found", "other")
DELIVERIES_DISAGREE = _error("NT347", "found", "other")
FIGURE_DOES_NOT_FIT = _warning("NT348", "indicator")
FIGURE_INCOMPLETE = _error("NT349", "header")

# Questions.
SHARE_JUMPED = _warning("NT420", "indicator", "percent", "before")
NUMBER_JUMPED = _warning("NT421", "number", "before")
OWN_APPROACH_UNCHANGED = _warning("NT422", "indicator")
DELIVERED_DIFFERS = _warning("NT423", "found", "delivered")
UNKNOWN_IN_FIGURES = _warning("NT424", "header", "found")
MISSPELT_IN_FIGURES = _warning("NT425", "header", "found", "meant")
DOCUMENT_NOT_CONFIRMED = _warning("NT426", "document")
COMPLETE_BUT_UNCONFIRMED = _warning("NT427", "sheet", "count")
FIGURE_WITHOUT_ROW = _warning("NT428", "indicator")

# Notes.
OTHERS_IN_FIGURES = _note("NT930", "count")
LAST_YEAR_NOT_ALL_READ = _note("NT931", "count")
WAITING_ROWS = _note("NT932", "sheet", "count")
NOT_TAKEN_OVER = _note("NT933")
TYPED_INSTEAD = _note("NT934", "found", "offered")
DELIVERED_DIFFERS_EXPLAINED = _note("NT935", "found", "delivered")
NEWER_DELIVERY = _note("NT936", "found", "before")
READ_AS_WINDOWS_TEXT = _note("NT937")
FIGURES_NOT_SHOWN = _note("NT938", "count")
NOTHING_ADDED = _note("NT939")
