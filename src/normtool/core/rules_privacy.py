"""Rules about persons in a workbook (NT8xx): data of patients do not belong in it.

The words are in words/*/nt8xx.yaml. No rule has a fact that holds what was found: the value itself is never told.
"""

from __future__ import annotations

from normtool.core.diagnostics import Rule, Severity


def _error(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.ERROR, facts=facts, concerns_safety=True)


def _warning(code: str, *facts: str) -> Rule:
    return Rule(code=code, severity=Severity.WARNING, facts=facts)


# What surely is about a person: it must be taken out, and no confirmation helps.
BSN_FOUND = _error("NT801", "count")
BIRTH_DATE_FOUND = _error("NT802", "count")
PATIENT_NUMBER_FOUND = _error("NT803", "count")
EMAIL_FOUND = _error("NT804", "count")
FOUND_IN_COMMENT = _error("NT805")
FOUND_BESIDE_CELLS = _error("NT806")
FOUND_IN_NAME = _error("NT807")

# What may be about a person: withheld until someone confirms that it is not.
MAYBE_BSN = _warning("NT811", "count")
MAYBE_PATIENT_NUMBER = _warning("NT812", "count")
MAYBE_EMAIL = _warning("NT813", "count")
MAYBE_IN_COMMENT = _warning("NT814")
MAYBE_BESIDE_CELLS = _warning("NT815")
MAYBE_IN_NAME = _warning("NT816")

# The confirmation.
CONFIRMATION_INCOMPLETE = _warning("NT817")
RELEASED = Rule(code="NT818", severity=Severity.NOTE, facts=("count", "role", "date"))
CONFIRMED = Rule(code="NT819", severity=Severity.NOTE, facts=("role", "date"))
