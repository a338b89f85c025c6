"""Small pieces that charts are drawn with: text, lines, boxes, hatching. Units are points."""

from __future__ import annotations

from html import escape

from normtool.documents.marks import INLINE

FULL_WIDTH = 482.0
HALF_WIDTH = 234.0
FAMILY = "Source Sans 3, system-ui, sans-serif"

_NARROW = set("iljtfI.,:;|!'’()[] ")
_WIDE = set("mwMWÆŒ@%—")


def drawing(size: tuple[float, float], body: str, *, title: str, desc: str = "", key: str = "", kind: str = "chart") -> str:
    """A whole SVG of so many points; `key` makes the ids of title and description unique in a page."""
    width, height = size
    labelled = ""
    heading = f"<title>{escape(title)}</title>"
    if key:
        heading = f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(desc)}</desc>'
        labelled = f' aria-labelledby="{key}-t" aria-describedby="{key}-d"'
    root = f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="img"{labelled}'
    box = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt"'
    return f'{root} {box} font-family="{FAMILY}">{heading}{body}</svg>'


def label(x: float, y: float, text: str, *, size: float = 8.25, token: str = "ink", bold: bool = False, anchor: str = "start") -> str:
    """Real text with its base line at (x, y)."""
    weight = ' font-weight="600"' if bold else ""
    align = "" if anchor == "start" else f' text-anchor="{anchor}"'
    place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}"'
    return f"<text {place}{weight}{align} {INLINE.fill(token)}>{escape(text)}</text>"


def line(start: tuple[float, float], end: tuple[float, float], token: str, width: float, dash: str = "") -> str:
    """A straight line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    path = f"M{start[0]:.2f} {start[1]:.2f}L{end[0]:.2f} {end[1]:.2f}"
    return f'<path d="{path}" fill="none" {INLINE.stroke(token, width)}{dashes}/>'


def box(x: float, y: float, size: tuple[float, float], *, fill: str = "none", edge: str = "", width: float = 0.8, dash: str = "") -> str:
    """A rectangle; an edge is drawn inside its outline, so neighbours keep their gap."""
    inset = width / 2 if edge else 0
    place = f'x="{x + inset:.2f}" y="{y + inset:.2f}" width="{size[0] - 2 * inset:.2f}" height="{size[1] - 2 * inset:.2f}"'
    drawn = "" if fill == "none" else f"<rect {place} {INLINE.fill(fill)}/>"
    if edge:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        drawn += f'<rect {place} fill="none" {INLINE.stroke(edge, width)}{dashes}/>'
    return drawn


def hatch(x: float, y: float, size: tuple[float, float], token: str, *, step: float = 3.4, width: float = 0.7) -> str:
    """Lines at 45° that fill a rectangle, as one path."""
    wide, high = size
    parts = []
    offset = step / 2
    while offset < wide + high:
        left = max(0.0, offset - high)
        right = min(wide, offset)
        parts.append(f"M{x + left:.2f} {y + offset - left:.2f}L{x + right:.2f} {y + offset - right:.2f}")
        offset += step
    return f'<path d="{"".join(parts)}" fill="none" {INLINE.stroke(token, width)}/>'


def dot(x: float, y: float, radius: float, *, fill: str = "accent", edge: str = "paper", width: float = 0.8) -> str:
    """A dot with an edge that keeps it apart from lines behind it."""
    circle = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:g}"'
    return f'{circle} {INLINE.fill(fill)}/>{circle} fill="none" {INLINE.stroke(edge, width)}/>'


def text_width(text: str, size: float) -> float:
    """About how wide a text is in Source Sans 3; errs on the wide side."""
    units = 0.0
    for letter in text:
        if letter in _NARROW:
            units += 0.28
        elif letter in _WIDE:
            units += 0.85
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
