"""Pictures of verdicts: matrix, cell of a heat map, scale of a standard, boxes of a share, steps of a target."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import STEPS, Verdict
from normtool.documents.charts_drawing import (
    FULL_WIDTH,
    Caption,
    Lettering,
    Point,
    Stroke,
    box,
    drawing,
    hatch,
    indicator_boxes,
    label,
    line,
    text_width,
    wrapped,
)
from normtool.documents.marks import INLINE, PAINTS, mark_at

STATIONS = (8.0, 37.0, 66.0)
TILE = (28.6, 17.0)
TILE_GAP = 2.0
TILE_NAME, TILE_EDGE = 14.6, 2.1
"""Where the name in a tile begins, and what is left free beside it: never letters over hatching."""
SEMIBOLD = 1.18
"""How much wider semibold letters are at most than `text_width` says."""
ROW_PITCH = 22.0
NAME_WIDTH = 142.0
BOXES_WIDTH = 101.0
HEAT_HEIGHT = 12.6
MARK = 8.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One indicator of the matrix: its id without the letter, and its verdict."""

    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One standard of the matrix; `core` decides its verdict."""

    number: str
    name: str
    core: tuple[Tile, ...]
    other: tuple[Tile, ...]


def verdict_scale(worst: Verdict, best: Verdict, title: str) -> str:
    """Three stations, from *not met* on the left to *met*; undecided is a hatched band from worst to best."""
    first, last = STEPS[worst], STEPS[best]
    start, end = STATIONS[first], STATIONS[last]
    body = line((STATIONS[0], 8), (STATIONS[2], 8), Stroke("rule2", 0.9))
    if first != last:
        body += _band(start, end)
    for step, x in enumerate(STATIONS):
        if step < first or step > last:
            body += f'<circle cx="{x:g}" cy="8" r="2.4" {INLINE.fill("paper")}/>'
            body += f'<circle cx="{x:g}" cy="8" r="2.4" fill="none" {INLINE.stroke("rule2", 1.1)}/>'
    if first == last:
        body += f'<circle cx="{start:g}" cy="8" r="7.6" {INLINE.fill("paper")}/>'
    size = 13 if first == last else 11.6
    body += mark_at(worst, (start, 8), size)
    if first != last:
        body += mark_at(best, (end, 8), size)
    return drawing((74, 16), body, Caption(title=title), kind="scale")


def _band(start: float, end: float) -> str:
    place = f'x="{start - 7.4:g}" y="0.6" width="{end - start + 14.8:g}" height="14.8" rx="7.4"'
    pill = f"<rect {place} {INLINE.fill('paper')}/>"
    pill += hatch((start + 6.6, 2.6), (end - start - 13.2, 10.8), Stroke("hatch", 0.7), step=3.2)
    return pill + f'<rect {place} fill="none" {INLINE.stroke("unknown", 1.1)} stroke-dasharray="2.6 1.6"/>'


def share_boxes(met: int, best: int, total: int, title: str) -> str:
    """One box per indicator: filled is met, hatched can still be met, hollow is the rest."""
    wide = max(3.0, min(12.0, (BOXES_WIDTH + 1.6) / max(total, 1) - 1.6))
    body = indicator_boxes((met, best, total), (0, 0), (wide, 10, wide + 1.6))
    width = max(total * (wide + 1.6) - 1.6, 1)
    return drawing((round(width, 2), 10), body, Caption(title=title), kind="boxes")


def target_steps(heights: tuple[float, ...], current: int, title: str) -> str:
    """The steps of a target path as small bars, 0 to 1 high; the present one is filled."""
    body = ""
    for place, height in enumerate(heights):
        tall = 2 + 6.5 * height
        edge = "" if place == current else "accent" if place < current else "rule2"
        fill = "accent" if place == current else "none"
        body += box((place * 13.6, 8.5 - tall), (12.4, tall), fill=fill, edge=Stroke(edge, 0.8) if edge else None)
    return drawing((len(heights) * 13.6 - 1.2, 8.5), body, Caption(title=title), kind="steps")


def verdict_matrix(rows: tuple[MatrixRow, ...], heads: tuple[str, str], caption: Caption) -> str:
    """Every indicator as a tile: the core of each standard on the left, growth and informative on the right."""
    core_wide = max((len(row.core) for row in rows), default=1)
    other_wide = max((len(row.other) for row in rows), default=1)
    size = _tile_size(rows)
    columns = int((FULL_WIDTH - NAME_WIDTH - 3) // (size[0] + TILE_GAP))
    if core_wide + other_wide > columns:
        core_wide = min(core_wide, max(columns - other_wide, columns // 2 + 1))
        other_wide = columns - core_wide
    other_x = NAME_WIDTH + core_wide * (size[0] + TILE_GAP) + 5
    body = label(NAME_WIDTH, 7, heads[0], Lettering(size=8, paint="ink2"))
    body += label(other_x, 7, heads[1], Lettering(size=8, paint="ink2")) if any(row.other for row in rows) else ""
    y = 13.0
    for row in rows:
        names = wrapped(row.name, 8.6, NAME_WIDTH + 8)
        body += label(0, y + 11.6, row.number, Lettering(size=9.5, paint="accent", bold=True))
        start = y + 11.6 if len(names) == 1 else y + 7
        number_wide = max(11.0, text_width(row.number, 9.5) + 4)
        body += "".join(
            label(number_wide, start + at * 9.5, text, Lettering(size=8.6)) for at, text in enumerate(names[:2])
        )
        lines = max(_tiles(row.core, core_wide)[1], _tiles(row.other, other_wide)[1], 1)
        body += _place_tiles(row.core, (NAME_WIDTH, y), (core_wide, size), core=True)
        body += _place_tiles(row.other, (other_x, y), (other_wide, size), core=False)
        y += ROW_PITCH * lines
    return drawing((FULL_WIDTH, y), body, caption)


def _tile_size(rows: tuple[MatrixRow, ...]) -> Point:
    """How large the tiles are: all as wide as the longest name asks."""
    names = [tile.name for row in rows for tile in (*row.core, *row.other)]
    longest = max((text_width(name, 7.6) for name in names), default=0.0)
    return max(TILE[0], TILE_NAME + longest * SEMIBOLD + TILE_EDGE), TILE[1]


def _tiles(tiles: tuple[Tile, ...], wide: int) -> tuple[int, int]:
    wide = max(wide, 1)
    return wide, -(-len(tiles) // wide)


def _place_tiles(tiles: tuple[Tile, ...], corner: Point, tiling: tuple[int, Point], *, core: bool) -> str:
    """Tiles beside and below each other; `tiling`: how many beside each other, and their size."""
    wide, size = max(tiling[0], 1), tiling[1]
    drawn = ""
    for place, tile in enumerate(tiles):
        x = corner[0] + place % wide * (size[0] + TILE_GAP)
        y = corner[1] + place // wide * ROW_PITCH
        drawn += _tile(tile, (x, y), size, core=core)
    return drawn


def _tile(tile: Tile, corner: Point, size: Point, *, core: bool) -> str:
    x, y = corner
    dark = tile.verdict is Verdict.NOT_MET
    ground = _ground(tile.verdict, corner, size, 1.3 if core else 0.6)
    mark = mark_at(tile.verdict, (x + 8.3, y + 8.5), 8.6, on_dark=dark)
    name = label(x + TILE_NAME, y + 11.2, tile.name, Lettering(size=7.6, paint="paper" if dark else "ink", bold=core))
    return ground + mark + name


def _ground(verdict: Verdict, corner: Point, size: Point, edge: float) -> str:
    """The box behind a mark: filled by verdict; unknown is hatched, with room for the mark and its name."""
    if verdict is Verdict.UNKNOWN:
        return _hatched(corner, size, ((corner[0] + 3, corner[1] + 2.8), (size[0] - 6, size[1] - 5.6)), edge)
    paint = PAINTS[verdict]
    filled = verdict in {Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET, Verdict.OWN_APPROACH}
    stroke = Stroke(paint if filled else "rule2", edge)
    return box(corner, size, fill=f"{paint}-fill" if filled else "paper", edge=stroke)


def _hatched(corner: Point, size: Point, clear: tuple[Point, Point], edge: float) -> str:
    """A hatched box with a broken edge; no hatching in the box `clear` (corner, size)."""
    ground = hatch((corner[0] + 0.7, corner[1] + 0.7), (size[0] - 1.4, size[1] - 1.4), Stroke("hatch", 0.6), step=4.2)
    ground += box(*clear, fill="paper")
    return ground + box(corner, size, edge=Stroke(PAINTS[Verdict.UNKNOWN], edge, "2.6 1.6"))


def verdict_mark(verdict: Verdict, title: str) -> str:
    """A mark that stands alone, with its word for who cannot see it."""
    return drawing((MARK, MARK), mark_at(verdict, (MARK / 2, MARK / 2), MARK), Caption(title=title), kind="lone-mark")


def heat_cell(verdict: Verdict, width: float, title: str, text: str = "") -> str:
    """One cell of a heat map, so many points wide; with a `text` the mark stands before it. What is met recedes."""
    dark, middle = verdict is Verdict.NOT_MET, HEAT_HEIGHT / 2
    wide = text_width(text, 7.6) + 12 if text else 0.0
    centre = (width - wide) / 2 + 4 if text else width / 2
    size = (width, HEAT_HEIGHT)
    if verdict is Verdict.UNKNOWN:
        body = _hatched((0, 0), size, ((centre - 6.5, 0.9), (13 + wide, HEAT_HEIGHT - 1.8)), 0.8)
    else:
        body = _ground(verdict, (0, 0), size, 0.4 if verdict is Verdict.MET else 0.9)
    body += mark_at(verdict, (centre, middle), 8.6, on_dark=dark)
    if text:
        body += label(centre + 8, middle + 2.6, text, Lettering(size=7.6, paint="paper" if dark else "ink"))
    return drawing(size, body, Caption(title=title), kind="heat-cell")
