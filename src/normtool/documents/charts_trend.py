"""Pictures of a trend: the indicators that are met, in a former year and now."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.documents.charts_drawing import (
    FULL_WIDTH,
    Caption,
    Lettering,
    Stroke,
    drawing,
    indicator_boxes,
    label,
    line,
    text_width,
    wrapped,
)

BOX = (9.0, 8.0)
GAP = 1.4
THEN_X, NOW_X = 172.0, 348.0
ARROW_X = 318.0
NAME_WIDTH = 158.0
ROW_PITCH = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOfYear:
    """How many indicators were met in one year, how many could still be, and of how many."""

    met: int
    best: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """One standard: its number and name, the share of then and of now, and the change in few words."""

    number: str
    name: str
    then: ShareOfYear
    now: ShareOfYear
    change: str


def paired_shares(rows: tuple[TrendRow, ...], years: tuple[str, str], caption: Caption) -> str:
    """Two rows of boxes a standard: the former year in the middle blue, this year in the accent."""
    body = label(THEN_X, 7, years[0], Lettering(size=8, paint="ink2"))
    body += label(NOW_X, 7, years[1], Lettering(size=8, bold=True))
    y = 14.0
    for row in rows:
        names = wrapped(row.name, 8.6, NAME_WIDTH - 12)[:2]
        number_wide = max(11.0, text_width(row.number, 9.5) + 4)
        first = y + 9 if len(names) == 1 else y + 5
        body += label(0, y + 9, row.number, Lettering(size=9.5, paint="accent", bold=True))
        body += "".join(
            label(number_wide, first + at * 9.2, text, Lettering(size=8.6)) for at, text in enumerate(names)
        )
        body += _boxes(row.then, THEN_X, y + 2, "accent-mid")
        body += _boxes(row.now, NOW_X, y + 2, "accent")
        body += label(ARROW_X, y + 9, row.change, Lettering(size=8.25, anchor="middle"))
        y += ROW_PITCH
        body += line((0, y - 2.6), (FULL_WIDTH, y - 2.6), Stroke("rule", 0.5))
    return drawing((FULL_WIDTH, y), body, caption)


def _boxes(share: ShareOfYear, left: float, top: float, paint: str) -> str:
    """The boxes of one year, closer together where there are many."""
    pitch = min(BOX[0] + GAP, (ARROW_X - 24 - THEN_X) / max(share.total, 1))
    wide = pitch - min(GAP, pitch * 0.3)
    return indicator_boxes((share.met, share.best, share.total), (left, top), (wide, BOX[1], pitch), paint)
