"""Questions that come from laying facts side by side (NT430-NT449): never errors, no verdict rests on them.

Sentences are in words/*/nt4xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import note_rule, warning_rule

# Figures beside figures.
COUNTED_THE_REST = warning_rule("NT430", "indicator", "numerator", "denominator", "rest", "percent")
PART_LARGER_THAN_WHOLE = warning_rule("NT431", "number", "total", "sheet", "header")
SAME_FIGURES = warning_rule("NT432", "numerator", "denominator", "count")
FIGURES_NOT_COUNTED = warning_rule("NT433", "number", "header")
CARE_CONTRADICTED = warning_rule("NT434", "sheet")

# Members beside their figures.
COUNTED_TWICE = warning_rule("NT435", "member", "count")
NO_HOSPITAL_CARE = warning_rule("NT436", "member")
NOT_TAKING_PART = warning_rule("NT437", "member", "reporting_year")
LOCATION_WITHOUT_HOSPITAL = warning_rule("NT438", "member")
NOT_PART_OF = warning_rule("NT439", "member", "parent")

# Dates beside dates.
END_BEFORE_START = warning_rule("NT440", "first", "second")
UNLIKELY_DATE = warning_rule("NT441", "date")
STARTS_LATER = warning_rule("NT442", "date", "reporting_year")
OTHER_YEAR = warning_rule("NT443", "date", "reporting_year")

# Rows, documents and explanations beside each other.
ROWS_MISSING = warning_rule("NT444", "sheet", "count", "names")
MISSING_ROWS_READ = note_rule("NT445", "sheet", "count", "names")
DOCUMENT_FOR_MANY = warning_rule("NT446", "document", "count")
DOCUMENT_TWICE = warning_rule("NT447", "document", "other")
OWN_APPROACH_REPEATED = warning_rule("NT448", "count")
ALREADY_EXPLAINED = note_rule("NT449", "code")
