"""Small pieces that charts are drawn with: text, lines, boxes, hatching. Units are points."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from normtool.documents.marks import INLINE

Point = tuple[float, float]

FULL_WIDTH = 482.0
HALF_WIDTH = 234.0
FAMILY = "Source Sans 3, system-ui, sans-serif"

_NARROW = set("iljtfI.,:;|!'’()[] ")
_WIDE = set("mwMWÆŒ@%—")
LAST_OF_FONT = "\u02ff"
"""Letters beyond this come from other faces, and may be as wide as high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What a picture says in words; `key` makes the ids of title and description unique in a page."""

    title: str
    desc: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """How text is set: size in points, colour, weight, and which end stands at its place."""

    size: float = 8.25
    paint: str = "ink"
    bold: bool = False
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: colour, width in points, pattern of dashes."""

    paint: str
    width: float
    dash: str = ""

    @property
    def attributes(self) -> str:
        """The attributes of a shape drawn with this stroke."""
        dashes = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        return f'fill="none" {INLINE.stroke(self.paint, self.width)}{dashes}'


PLAIN = Lettering()
THIN_PAPER = Stroke("paper", 0.8)


def drawing(size: Point, body: str, caption: Caption, kind: str = "chart") -> str:
    """A whole SVG of so many points; `kind` is its class in the stylesheets."""
    width, height = size
    labelled = ""
    heading = f"<title>{escape(caption.title)}</title>"
    if caption.key:
        key = caption.key
        heading = (
            f'<title id="{key}-t">{escape(caption.title)}</title><desc id="{key}-d">{escape(caption.desc)}</desc>'
        )
        labelled = f' aria-labelledby="{key}-t" aria-describedby="{key}-d"'
    root = f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="img"{labelled}'
    view = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt"'
    return f'{root} {view} font-family="{FAMILY}">{heading}{body}</svg>'


def label(x: float, y: float, text: str, style: Lettering = PLAIN) -> str:
    """Real text with its base line at (x, y)."""
    weight = ' font-weight="600"' if style.bold else ""
    align = "" if style.anchor == "start" else f' text-anchor="{style.anchor}"'
    place = f'x="{x:.2f}" y="{y:.2f}" font-size="{style.size:g}"'
    return f"<text {place}{weight}{align} {INLINE.fill(style.paint)}>{escape(text)}</text>"


def line(start: Point, end: Point, stroke: Stroke) -> str:
    """A straight line."""
    return f'<path d="M{start[0]:.2f} {start[1]:.2f}L{end[0]:.2f} {end[1]:.2f}" {stroke.attributes}/>'


def box(corner: Point, size: Point, fill: str = "none", edge: Stroke | None = None) -> str:
    """A rectangle; an edge is drawn inside its outline, so neighbours keep their gap."""
    inset = edge.width / 2 if edge else 0
    place = f'x="{corner[0] + inset:.2f}" y="{corner[1] + inset:.2f}"'
    place += f' width="{size[0] - 2 * inset:.2f}" height="{size[1] - 2 * inset:.2f}"'
    filled = "" if fill == "none" else f"<rect {place} {INLINE.fill(fill)}/>"
    return filled + (f"<rect {place} {edge.attributes}/>" if edge else "")


def hatch(corner: Point, size: Point, stroke: Stroke, step: float = 3.4) -> str:
    """Lines at 45° that fill a rectangle, as one path."""
    (x, y), (wide, high) = corner, size
    parts = []
    offset = step / 2
    while offset < wide + high:
        left = max(0.0, offset - high)
        right = min(wide, offset)
        parts.append(f"M{x + left:.2f} {y + offset - left:.2f}L{x + right:.2f} {y + offset - right:.2f}")
        offset += step
    return f'<path d="{"".join(parts)}" {stroke.attributes}/>'


def dot(centre: Point, radius: float, fill: str = "accent", edge: Stroke = THIN_PAPER) -> str:
    """A dot with an edge that keeps it apart from lines behind it."""
    circle = f'<circle cx="{centre[0]:.2f}" cy="{centre[1]:.2f}" r="{radius:g}"'
    return f"{circle} {INLINE.fill(fill)}/>{circle} {edge.attributes}/>"


def text_width(text: str, size: float) -> float:
    """About how wide a text is in Source Sans 3; errs on the wide side."""
    units = 0.0
    for letter in text:
        if letter in _NARROW:
            units += 0.28
        elif letter in _WIDE:
            units += 0.85
        elif letter > LAST_OF_FONT:
            units += 1.0
        else:
            units += 0.6 if letter.isupper() else 0.52
    return units * size


def wrapped(text: str, size: float, width: float) -> tuple[str, ...]:
    """A text in lines of at most `width`; a longer word is cut, with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(shortened(word, size, width))
    return tuple(lines)


def shortened(text: str, size: float, width: float) -> str:
    """A text cut to `width`, with an ellipsis when something was left out."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


BoxSize = tuple[float, float, float]
"""Width and height of a box, and the pitch from box to box."""


def indicator_boxes(counts: tuple[int, int, int], corner: Point, box_of: BoxSize, paint: str = "accent") -> str:
    """One box per indicator: filled is met, hatched can (or could) still be met, hollow is the rest.

    `counts` are how many are met, how many can be, and how many there are; `box_of` is how wide and high a box
    is, and how far the next one stands.
    """
    met, best, total = counts
    (left, top), (wide, high, pitch) = corner, box_of
    size = wide, high
    drawn = ""
    for place in range(total):
        at = left + place * pitch, top
        if place < met:
            drawn += box(at, size, fill=paint)
        elif place < best:
            drawn += hatch((at[0] + 0.4, top + 0.4), (wide - 0.8, high - 0.8), Stroke(paint, 0.8), step=2.6)
            drawn += box(at, size, edge=Stroke(paint, 0.9))
        else:
            drawn += box(at, size, edge=Stroke("rule2", 0.9))
    return drawn
