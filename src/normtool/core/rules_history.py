"""Diagnostics about former years that are laid beside this one.

Sentences are in words/*/nt2xx.yaml. A file of another network or of no earlier year has the rules of `rules_offers`.
"""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, warning_rule

FORMER_YEAR_TWICE = error_rule("NT285", "year", "other")
NOTHING_COMPARED = warning_rule("NT286", "year", "edition")
