"""Every rule about the settings of a house style (NT171-NT179)."""

from __future__ import annotations

from normtool.core.diagnostics import error_rule, note_rule, warning_rule

HOUSE_STYLE_MISSING = error_rule("NT171", "file")
COLOUR_UNREADABLE = error_rule("NT172", "value")
COLOUR_TOO_LIGHT = error_rule("NT173", "value", "contrast", "needed", "nearest")
COLOUR_LIKE_VERDICT = warning_rule("NT174", "value", "verdict")
LOGO_MISSING = error_rule("NT175", "file")
LOGO_UNUSABLE = error_rule("NT176", "file", "choices", "kilobytes", "pixels")
LIMIT_OUTSIDE = error_rule("NT177", "value", "low", "high")
TEXT_TOO_LONG = error_rule("NT178", "name", "length", "most")
LIMIT_OF_THE_DOSSIER = note_rule("NT179", "value", "limit")
