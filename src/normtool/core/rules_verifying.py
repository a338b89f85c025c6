"""Diagnostics about documents that `verify` was given, and about evidence that was to be attached.

Sentences are in words/*/nt1xx.yaml.
"""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, warning_rule

NOT_OUR_DOCUMENT = error_rule("NT188")
DOCUMENT_DAMAGED = error_rule("NT189", "megabytes")
DOSSIER_NOT_BESIDE = error_rule("NT198", "digest")
EVIDENCE_NOT_ATTACHED = warning_rule("NT199", "files")
