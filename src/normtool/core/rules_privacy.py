"""Rules about persons in a workbook (NT8xx): data of patients do not belong in it.

The words are in words/*/nt8xx.yaml. No rule has a fact that holds what was found: the value itself is never told.
"""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, safety_rule, warning_rule

# What surely is about a person: it must be taken out, and no confirmation helps.
BSN_FOUND = safety_rule("NT801", "count")
BIRTH_DATE_FOUND = safety_rule("NT802", "count")
PATIENT_NUMBER_FOUND = safety_rule("NT803", "count")
EMAIL_FOUND = safety_rule("NT804", "count")
FOUND_IN_COMMENT = safety_rule("NT805")
FOUND_BESIDE_CELLS = safety_rule("NT806")
FOUND_IN_NAME = safety_rule("NT807")

# What may be about a person: withheld until someone confirms that it is not.
MAYBE_BSN = warning_rule("NT811", "count")
MAYBE_PATIENT_NUMBER = warning_rule("NT812", "count")
MAYBE_EMAIL = warning_rule("NT813", "count")
MAYBE_IN_COMMENT = warning_rule("NT814")
MAYBE_BESIDE_CELLS = warning_rule("NT815")
MAYBE_IN_NAME = warning_rule("NT816")

# The confirmation.
CONFIRMATION_INCOMPLETE = warning_rule("NT817")
RELEASED = note_rule("NT818", "count", "role", "date")
CONFIRMED = note_rule("NT819", "role", "date")

# Parts of a dossier: for a circle, or for one member.
MEMBER_UNKNOWN = error_rule("NT820", "name", "choices")
WIDER_THAN_PART = error_rule("NT821")
NO_MEMBERS = error_rule("NT822")
