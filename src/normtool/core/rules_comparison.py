"""Rules about dossiers that are laid side by side (NT274-NT279). The words are in words/*/nt2xx.yaml."""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, warning_rule

NAMES_NOT_ALLOWED = error_rule("NT274", "network")
TOO_FEW_DOSSIERS = error_rule("NT275", "count")
DOSSIER_TWICE = error_rule("NT276", "network", "year", "other")
FRAMEWORKS_DIFFER = error_rule("NT277", "found", "expected")
EDITIONS_DIFFER = warning_rule("NT278", "editions", "count")
PRELIMINARY_AMONG_THEM = note_rule("NT279", "network")
