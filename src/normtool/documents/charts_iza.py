"""The dates of the tranches of concentration and spreading as a time line: what happens when, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from normtool.documents.charts_drawing import (
    FULL_WIDTH,
    Caption,
    Lettering,
    Point,
    Stroke,
    dot,
    drawing,
    label,
    line,
    shortened,
    text_width,
    wrapped,
)
from normtool.documents.marks import INLINE

NAME_WIDE = 62.0
"""Points that the names of the tranches take at the left."""
LABEL_WIDE, LABEL_LEAST, GAP = 100.0, 68.0, 8.0
"""The widest label of a date, the narrowest one that can be read, and what keeps two apart."""
TOP, LINE_HIGH, ROW_GAP = 20.0, 9.6, 12.0
DATE_TEXT = Lettering(size=8.25, bold=True)
WHAT_TEXT = Lettering(size=8.25)
SOURCE_TEXT = Lettering(size=7.6, paint="ink2")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """One date: the day, how it is written, what happens, who says so. A plan is drawn otherwise than a fact."""

    day: date
    shown: str
    what: str
    source: str
    is_plan: bool = False
    is_past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """One tranche with its dates."""

    name: str
    points: tuple[TimePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A date with its place on the line, and its label in lines of text; `level` is how far down that stands."""

    point: TimePoint
    x: float
    level: int
    texts: tuple[tuple[str, Lettering], ...]


def time_line(rows: tuple[TimeRow, ...], today: tuple[date, str], caption: Caption) -> str:
    """A line per tranche with its dates below it, and across them the reference date (`today`: the day, its name)."""
    day, name = today
    days = [day, *(point.day for row in rows for point in row.points)]
    first, last = min(days).toordinal(), max(days).toordinal()
    wide = FULL_WIDTH - NAME_WIDE - LABEL_WIDE

    def place(moment: date) -> float:
        return NAME_WIDE + 4 + wide * (moment.toordinal() - first) / max(1, last - first)

    body, y = _named(place(day), name), TOP
    for row in rows:
        placed = _placed(row.points, place)
        body += line((place(day), y - 8), (place(day), y + 4), Stroke("rule2", 0.6, "2 1.6"))
        body += _row(row.name, placed, y)
        y += _height(placed) + ROW_GAP
    return drawing((FULL_WIDTH, y - ROW_GAP + 4), body, caption, "chart")


def _named(x: float, name: str) -> str:
    """The name of the reference date above its place; its line stops at each tranche, so that no label is crossed."""
    wide = text_width(name, SOURCE_TEXT.size)
    return label(min(max(0.0, x - wide / 2), FULL_WIDTH - wide), 8, name, SOURCE_TEXT)


def _placed(points: Iterable[TimePoint], place: Callable[[date], float]) -> tuple[Placed, ...]:
    """Labels beside each other while there is room, else one below the other."""
    ordered = sorted(points, key=lambda point: point.day)
    places = [place(point.day) for point in ordered]
    ends: list[float] = []
    found: list[Placed] = []
    for number, (point, x) in enumerate(zip(ordered, places, strict=True)):
        room = (places[number + 1] if number + 1 < len(places) else FULL_WIDTH) - x - GAP
        wide = min(LABEL_WIDE, room) if room >= LABEL_LEAST else LABEL_WIDE
        level = next((at for at, end in enumerate(ends) if end + GAP <= x), len(ends))
        ends[level : level + 1] = [x + wide]
        found.append(Placed(point=point, x=x, level=level, texts=_texts(point, wide)))
    return tuple(found)


def _texts(point: TimePoint, wide: float) -> tuple[tuple[str, Lettering], ...]:
    parts = ((point.shown, DATE_TEXT), (point.what, WHAT_TEXT), (point.source, SOURCE_TEXT))
    return tuple((text, style) for whole, style in parts for text in wrapped(whole, style.size, wide))


def _starts(placed: tuple[Placed, ...]) -> list[float]:
    """How far below the line the labels of each level begin."""
    levels = max((item.level for item in placed), default=-1) + 1
    highs = [max(len(item.texts) for item in placed if item.level == level) * LINE_HIGH for level in range(levels)]
    return [16 + sum(highs[:level]) + 4 * level for level in range(levels + 1)]


def _height(placed: tuple[Placed, ...]) -> float:
    return _starts(placed)[-1] if placed else 12


def _row(name: str, placed: tuple[Placed, ...], y: float) -> str:
    body = label(0, y + 7, shortened(name, 8.25, NAME_WIDE - 6), DATE_TEXT)
    if placed:
        body += line((placed[0].x, y + 4), (placed[-1].x, y + 4), Stroke("rule2", 0.8))
    starts = _starts(placed)
    for item in placed:
        top = y + starts[item.level]
        if item.level:
            body += line((item.x, y + 8), (item.x, top - 8), Stroke("rule", 0.6))
        body += _mark(item.point, (item.x, y + 4))
        for number, (text, style) in enumerate(item.texts):
            body += label(item.x - 3.4, top + number * LINE_HIGH, text, style)
    return body


def _mark(point: TimePoint, centre: Point) -> str:
    """A plan is a hollow diamond; a fact a dot, filled once the reference date has passed it."""
    x, y = centre
    if point.is_plan:
        shape = f'd="M{x:.2f} {y - 4.4:.2f}L{x + 4.4:.2f} {y:.2f} {x:.2f} {y + 4.4:.2f} {x - 4.4:.2f} {y:.2f}Z"'
        return f"<path {shape} {INLINE.fill('paper')}/><path {shape} {Stroke('accent', 1.1).attributes}/>"
    if point.is_past:
        return dot(centre, 3.8)
    return dot(centre, 3.4, "paper", Stroke("accent", 1.2))
