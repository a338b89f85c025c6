"""Colours and marks of the board workbook: looks name paints, and paints become colours when a cell is written."""

from __future__ import annotations

from typing import Any

from normtool.core.assessment import Verdict
from normtool.documents.marks import LIGHT, palette

INK, INK2, PAPER, PANEL = "ink", "ink2", "paper", "panel"
RULE, RULE2 = "rule", "rule2"
ACCENT, ACCENT_SOFT, ACCENT_FAINT, ACCENT_MID = "accent", "accent-soft", "accent-faint", "accent-mid"
UNKNOWN_EDGE = "unknown"

MARKS = {
    Verdict.MET: "●",
    Verdict.PARTLY_MET: "◐",
    Verdict.NOT_MET: "■",
    Verdict.UNKNOWN: "?",
    Verdict.OWN_APPROACH: "◆",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.INFORMATIVE: "i",
}
"""Marks that Segoe UI Symbol has; look.md, Terminal and xlsx."""
UNKNOWN_FILL = "#F1F3F5"
SOFT = {
    Verdict.MET: ("met-fill", "met-text"),
    Verdict.PARTLY_MET: ("#FCF1DA", "partly-text"),
    Verdict.NOT_MET: ("#F8E4E8", "not-text"),
    Verdict.UNKNOWN: (UNKNOWN_FILL, "unknown-text"),
    Verdict.OWN_APPROACH: ("#F0EBF8", "own-text"),
    Verdict.NOT_APPLICABLE: (PAPER, "plain-text"),
    Verdict.INFORMATIVE: (PAPER, "plain-text"),
}
"""Soft fill and text colour of a verdict; the fills of rows are this workbook's own (look.md, soft row fill)."""
HEAT = {
    Verdict.MET: ("met-fill", "met-text"),
    Verdict.PARTLY_MET: ("partly-fill", INK),
    Verdict.NOT_MET: ("not-fill", PAPER),
    Verdict.UNKNOWN: (UNKNOWN_FILL, "unknown-text"),
    Verdict.OWN_APPROACH: ("own-fill", "own-text"),
    Verdict.NOT_APPLICABLE: (PAPER, "plain-text"),
    Verdict.INFORMATIVE: (PAPER, "plain-text"),
}
"""Fill and text colour of a tile in a heat map; no text on a hatch, so unknown has a broken edge and its mark."""


def colour(paint: str) -> str:
    """The colour of a paint on paper, in the house style in use; a colour that is written out is itself."""
    paints = palette()
    return paints[paint][LIGHT] if paint in paints else paint


def coloured(look: dict[str, Any]) -> dict[str, Any]:
    """A look of a cell or a chart with its paints as colours."""
    return {key: _coloured(key, value) for key, value in look.items()}


def _coloured(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return coloured(value)
    return colour(value) if key.endswith("color") and isinstance(value, str) else value
