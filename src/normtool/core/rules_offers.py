"""Diagnostics about what is offered instead of typed: last year's answers, figures of a national source.

Sentences are in words/*/nt3xx.yaml, nt4xx.yaml and nt9xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, safety_rule, warning_rule

# What cannot be taken over.
NOTHING_OFFERED = error_rule("NT340")
OTHER_NETWORK_LAST_YEAR = error_rule("NT341", "found", "expected")
NOT_AN_EARLIER_YEAR = error_rule("NT342", "found", "year")

# Files with figures.
NO_FIGURES = error_rule("NT343", "header")
BROKEN_TABLE = error_rule("NT344")
FIGURES_TOO_LARGE = safety_rule("NT345")
FIGURE_TWICE = error_rule("NT346", "found", "other")
DELIVERIES_DISAGREE = error_rule("NT347", "found", "other")
FIGURE_DOES_NOT_FIT = warning_rule("NT348", "indicator")
FIGURE_INCOMPLETE = error_rule("NT349", "header")

# Questions.
SHARE_JUMPED = warning_rule("NT420", "indicator", "percent", "before")
NUMBER_JUMPED = warning_rule("NT421", "number", "before")
OWN_APPROACH_UNCHANGED = warning_rule("NT422", "indicator")
DELIVERED_DIFFERS = warning_rule("NT423", "found", "delivered")
UNKNOWN_IN_FIGURES = warning_rule("NT424", "header", "found")
MISSPELT_IN_FIGURES = warning_rule("NT425", "header", "found", "meant")
DOCUMENT_NOT_CONFIRMED = warning_rule("NT426", "document")
COMPLETE_BUT_UNCONFIRMED = warning_rule("NT427", "sheet", "count")
FIGURE_WITHOUT_ROW = warning_rule("NT428", "indicator")

# Notes.
OTHERS_IN_FIGURES = note_rule("NT930", "count")
LAST_YEAR_NOT_ALL_READ = note_rule("NT931", "count")
WAITING_ROWS = note_rule("NT932", "sheet", "count")
NOT_TAKEN_OVER = note_rule("NT933")
TYPED_INSTEAD = note_rule("NT934", "found", "offered")
DELIVERED_DIFFERS_EXPLAINED = note_rule("NT935", "found", "delivered")
NEWER_DELIVERY = note_rule("NT936", "found", "before")
READ_AS_WINDOWS_TEXT = note_rule("NT937")
FIGURES_NOT_SHOWN = note_rule("NT938", "count")
NOTHING_ADDED = note_rule("NT939")
