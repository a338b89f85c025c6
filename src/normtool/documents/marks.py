"""Verdict marks and the palette: every colour and shape of the documents, once.

Source of the measures and of the contrasts: design/look.md. A mark is drawn in a box of 16 units.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from normtool.core.assessment import Verdict
from normtool.core.house_style import HouseStyle, accents_of

PALETTE: dict[str, tuple[str, str]] = {
    "paper": ("#FFFFFF", "#14181D"),
    "panel": ("#F6F4EF", "#1D232A"),
    "ink": ("#1B1F24", "#ECEFF2"),
    "ink2": ("#4D545C", "#B4BDC7"),
    "rule": ("#D9D5CB", "#38414B"),
    "rule2": ("#85807A", "#7F8A96"),
    "accent": ("#1F4E8C", "#8DB8F0"),
    "accent-mid": ("#6A8EBB", "#5F84B5"),
    "accent-soft": ("#B9CCE4", "#1E2F47"),
    "accent-faint": ("#E4ECF6", "#19232F"),
    "hatch": ("#8C95A0", "#6B7682"),
    "met": ("#1E7A74", "#4FB3AB"),
    "met-fill": ("#DDEEEB", "#17332F"),
    "met-text": ("#14625D", "#76D0C8"),
    "partly": ("#9A5B00", "#F2B84B"),
    "partly-fill": ("#F2C66B", "#7A5210"),
    "partly-text": ("#7A4B00", "#F4C873"),
    "not": ("#8E1B32", "#F58A9B"),
    "not-fill": ("#8E1B32", "#F58A9B"),
    "not-text": ("#8E1B32", "#FF9FAE"),
    "unknown": ("#5B6470", "#A9B3BE"),
    "unknown-text": ("#4A525C", "#C3CBD4"),
    "own": ("#5B3F8C", "#C3A9F0"),
    "own-fill": ("#D6C9EC", "#453466"),
    "own-text": ("#54388A", "#CFBBF6"),
    "plain": ("#6B7178", "#98A2AD"),
    "plain-text": ("#5A6068", "#B4BDC7"),
}
"""Paint → (light, dark)."""

LIGHT, DARK = 0, 1

Palette = Mapping[str, tuple[str, str]]
_IN_USE: ContextVar[Palette] = ContextVar("palette", default=PALETTE)


@contextmanager
def painted_as(style: HouseStyle | None) -> Iterator[None]:
    """While this lasts, drawings and style sheets have the accent colour of a house style; verdicts never change."""
    if style is None or not style.accent:
        yield
        return
    accents = accents_of(style.accent)
    own = {
        "accent": accents.accent,
        "accent-mid": accents.mid,
        "accent-soft": accents.soft,
        "accent-faint": accents.faint,
    }
    before = _IN_USE.set(PALETTE | own)
    try:
        yield
    finally:
        _IN_USE.reset(before)


def palette() -> Palette:
    """The colours that are in use now: paint → (light, dark)."""
    return _IN_USE.get()


PAINTS = {
    Verdict.MET: "met",
    Verdict.PARTLY_MET: "partly",
    Verdict.NOT_MET: "not",
    Verdict.UNKNOWN: "unknown",
    Verdict.OWN_APPROACH: "own",
    Verdict.NOT_APPLICABLE: "plain",
    Verdict.INFORMATIVE: "plain",
}
"""The paint that a verdict's mark is drawn in."""

LEGEND_ORDER = tuple(PAINTS)
"""The verdicts in the order of every legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """How colours are written.

    With a theme the colours are fixed (pictures in a stylesheet). Without one each colour is the light value
    and a class beside it, which the screen stylesheet maps to the theme; printing ignores the class.
    """

    theme: int | None = None

    def fill(self, paint: str) -> str:
        """The attributes that fill a shape with a paint; `none` leaves it hollow."""
        return self._paint("fill", "f", paint)

    def stroke(self, paint: str, width: float) -> str:
        """The attributes of an outline, `width` in units of the drawing."""
        return f'{self._paint("stroke", "s", paint)} stroke-width="{width:g}"'

    def _paint(self, attribute: str, prefix: str, paint: str) -> str:
        if paint == "none":
            return f'{attribute}="none"'
        value = palette()[paint][self.theme or LIGHT]
        if self.theme is not None:
            return f'{attribute}="{value}"'
        return f'class="{prefix}-{paint}" {attribute}="{value}"'


INLINE = Brush()


def mark_shapes(verdict: Verdict, brush: Brush = INLINE, *, on_dark: bool = False) -> str:
    """The shapes of a mark in a box of 16; `on_dark`: on the filled cell of *not met*."""
    paint = PAINTS[verdict]
    fill, line = brush.fill, brush.stroke
    match verdict:
        case Verdict.MET:
            check = '<path d="M4.6 8.3 7.1 10.8 11.5 5.7"'
            return f'<circle cx="8" cy="8" r="7" {fill(paint)}/>{check} fill="none" {line("paper", 1.9)}/>'
        case Verdict.PARTLY_MET:
            half = f'<path d="M8 1.7A6.3 6.3 0 0 0 8 14.3Z" {fill(paint)}/>'
            return _ring(brush, paint, 6.3, 1.4) + half
        case Verdict.NOT_MET:
            back, front = ("paper", paint) if on_dark else (paint, "paper")
            square = f'<rect x="1.5" y="1.5" width="13" height="13" rx="1.2" {fill(back)}/>'
            return square + f'<path d="M5 5 11 11M11 5 5 11" fill="none" {line(front, 1.9)}/>'
        case Verdict.UNKNOWN:
            dash = 'stroke-dasharray="2.5 1.46"'
            ring = f'<g {dash}><circle cx="8" cy="8" r="6.3" fill="none" {line(paint, 1.4)}/></g>'
            hook = '<path d="M5.9 6.5C5.9 5.2 6.8 4.4 8 4.4S10.1 5.2 10.1 6.3C10.1 7.7 8 7.9 8 9.5" fill="none"'
            return ring + f'{hook} {line(paint, 1.5)}/><circle cx="8" cy="11.6" r="0.95" {fill(paint)}/>'
        case Verdict.OWN_APPROACH:
            edge = f'<path d="M8 0.9 15.1 8 8 15.1 0.9 8Z" {fill("own-fill")}/>'
            edge += f'<path d="M8 0.9 15.1 8 8 15.1 0.9 8Z" fill="none" {line(paint, 1.4)}/>'
            return edge + f'<path d="M8 5.2 10.8 8 8 10.8 5.2 8Z" {fill(paint)}/>'
        case Verdict.NOT_APPLICABLE:
            return f'<path d="M3.5 8H12.5" fill="none" {line(paint, 1.9)}/>'
        case Verdict.INFORMATIVE:
            letter = f'<circle cx="8" cy="4.9" r="0.95" {fill(paint)}/>'
            letter += f'<path d="M8 7V11.7" fill="none" {line(paint, 1.5)}/>'
            return f'<circle cx="8" cy="8" r="6.5" fill="none" {line(paint, 1.1)}/>' + letter


def _ring(brush: Brush, paint: str, radius: float, width: float) -> str:
    disc = f'<circle cx="8" cy="8" r="{radius:g}" {brush.fill("paper")}/>'
    return disc + f'<circle cx="8" cy="8" r="{radius:g}" fill="none" {brush.stroke(paint, width)}/>'


def mark_at(verdict: Verdict, centre: tuple[float, float], size: float, *, on_dark: bool = False) -> str:
    """A mark of `size` centred on a point of a drawing."""
    x, y = centre
    scale = size / 16
    place = f"translate({x - size / 2:.2f} {y - size / 2:.2f}) scale({scale:.4g})"
    return f'<g transform="{place}">{mark_shapes(verdict, on_dark=on_dark)}</g>'


def palette_css(*, screen: bool) -> str:
    """The palette as custom properties; for a screen also its dark values and the classes that drawings use."""
    light = "".join(f"--{paint}:{values[LIGHT]};" for paint, values in palette().items())
    if not screen:
        return f":root{{{light}}}"
    dark = "".join(f"--{paint}:{values[DARK]};" for paint, values in palette().items())
    classes = "".join(f".f-{paint}{{fill:var(--{paint})}}.s-{paint}{{stroke:var(--{paint})}}" for paint in PALETTE)
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{classes}"


def marks_css(*, dark: bool) -> str:
    """Marks as background pictures of empty spans; with `dark` also for dark screens."""
    rules = _mark_rules(LIGHT)
    if not dark:
        return rules
    dark_rules = _mark_rules(DARK) + _filled_rule(DARK)
    return f"{rules}{_filled_rule(LIGHT)}@media screen and (prefers-color-scheme:dark){{{dark_rules}}}"


def _mark_rules(theme: int) -> str:
    brush = Brush(theme=theme)
    return "".join(_mark_rule(f".m-{verdict.value}", mark_shapes(verdict, brush)) for verdict in Verdict)


def _filled_rule(theme: int) -> str:
    """*Not met* on its own filled cell; where a reader forces colours that cell is not filled."""
    shapes = mark_shapes(Verdict.NOT_MET, Brush(theme=theme), on_dark=True)
    return f"@media (forced-colors:none){{{_mark_rule('.t-not_met .m-not_met', shapes)}}}"


def _mark_rule(selector: str, shapes: str) -> str:
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">{shapes}</svg>'
    data = b64encode(picture.encode()).decode()
    return f'{selector}{{background-image:url("data:image/svg+xml;base64,{data}")}}'
