"""Which sheets the board workbook has, in their order."""

from __future__ import annotations

from normtool.documents.board_styles import Board
from normtool.documents.regional import is_region

SHEETS = (
    "cover",
    "standards",
    "member",
    "region",
    "volumes",
    "echelons",
    "iza",
    "programme",
    "contents",
    "indicators",
    "comparison",
    "bottlenecks",
    "guide",
    "data",
)
"""All sheets of one network."""
SIDE_BY_SIDE = ("contents", "comparison", "bottlenecks", "guide", "data")
"""The sheets of several networks: no cover note, because there is no one board that it speaks to."""


def sheets_of(board: Board) -> tuple[str, ...]:
    """The sheets that this workbook has; one that its dossier has nothing for is left out."""
    if board.networks is not None:
        return SIDE_BY_SIDE
    dossier = board.dossier
    there = {
        "member": dossier.part is not None and bool(dossier.part.member),
        "region": is_region(dossier),
        "echelons": dossier.framework.echelons is not None,
        "iza": dossier.framework.iza is not None and bool(dossier.assessment.iza),
        "comparison": bool(board.former),
    }
    return tuple(key for key in SHEETS if there.get(key, True))
