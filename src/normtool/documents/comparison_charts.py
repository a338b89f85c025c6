"""Pictures of a comparison that the report does not have: how many networks there are of each verdict."""

from __future__ import annotations

from normtool.documents.charts_drawing import Caption, box, drawing

HEIGHT, WIDEST, GAP = 8.0, 8.0, 1.4


def spread_boxes(count: int, of: int, room: float, title: str) -> str:
    """A number of networks as boxes, one each, so wide that `of` of them fit in `room`; `title` says the number."""
    wide = min(WIDEST, (room + GAP) / max(of, 1) - GAP)
    body = "".join(box((place * (wide + GAP), 0), (wide, HEIGHT), fill="accent") for place in range(count))
    width = max(count * (wide + GAP) - GAP, 1.0)
    return drawing((round(width, 2), HEIGHT), body, Caption(title=title), kind="spread")
