"""Questions that come from laying facts side by side (NT430-NT449): never errors, no verdict rests on them.

Sentences are in words/*/nt4xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import Rule, Severity


def _warning(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.WARNING, facts=facts)


def _note(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.NOTE, facts=facts)


# Figures beside figures.
COUNTED_THE_REST = _warning("NT430", "indicator", "numerator", "denominator", "rest", "percent")
PART_LARGER_THAN_WHOLE = _warning("NT431", "number", "total", "sheet", "header")
SAME_FIGURES = _warning("NT432", "numerator", "denominator", "count")
FIGURES_NOT_COUNTED = _warning("NT433", "number", "header")
CARE_CONTRADICTED = _warning("NT434", "sheet")

# Members beside their figures.
COUNTED_TWICE = _warning("NT435", "member", "count")
NO_HOSPITAL_CARE = _warning("NT436", "member")
NOT_TAKING_PART = _warning("NT437", "member", "reporting_year")
LOCATION_WITHOUT_HOSPITAL = _warning("NT438", "member")
NOT_PART_OF = _warning("NT439", "member", "parent")

# Dates beside dates.
END_BEFORE_START = _warning("NT440", "first", "second")
UNLIKELY_DATE = _warning("NT441", "date")
STARTS_LATER = _warning("NT442", "date", "reporting_year")
OTHER_YEAR = _warning("NT443", "date", "reporting_year")

# Rows, documents and explanations beside each other.
ROWS_MISSING = _warning("NT444", "sheet", "count", "names")
MISSING_ROWS_READ = _note("NT445", "sheet", "count", "names")
DOCUMENT_FOR_MANY = _warning("NT446", "document", "count")
DOCUMENT_TWICE = _warning("NT447", "document", "other")
OWN_APPROACH_REPEATED = _warning("NT448", "count")
ALREADY_EXPLAINED = _note("NT449", "code")
