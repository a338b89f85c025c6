"""House style (huisstijl): what an organisation sets once for all its forms and documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import dist


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture of the organisation: `data` is the file in base64, `media_type` its kind; sizes in pixels."""

    media_type: str
    data: str
    width: int
    height: int
    alternative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """The settings of one organisation; what is empty or None stays as normtool has it.

    `accent` is a colour as `#RRGGBB`. `footer` is a line of text. `own_terms` are (key, word) pairs: the network's
    own words, by the keys of the form. `small_below` replaces the limit under which numbers of patients are small;
    `masks_review` masks them for the review team too.
    """

    organisation: str = ""
    logo: Logo | None = None
    accent: str = ""
    footer: str = ""
    own_terms: tuple[tuple[str, str], ...] = ()
    small_below: int | None = None
    masks_review: bool = False


PAPERS = ("#FFFFFF", "#F6F4EF")
"""The two grounds that an accent colour is read on, by daylight: paper and panel (design, Colour)."""
NEEDED_CONTRAST = 4.5
"""For text; source: WCAG 2.2, success criterion 1.4.3 (AA)."""
DARK_PAPER = "#14181D"
WHITE, BLACK = "#FFFFFF", "#000000"
STEPS = 64
"""How finely a colour is mixed: a channel has 256 values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accents:
    """The tints of one accent colour, each as (light theme, dark theme)."""

    accent: tuple[str, str]
    mid: tuple[str, str]
    soft: tuple[str, str]
    faint: tuple[str, str]


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1. Source: WCAG 2.2, definition of relative luminance."""
    red, green, blue = (_linear(channel) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """How much two colours stand out from each other, 1 to 21. Source: WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#RRGGBB`, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def least_contrast(colour: str) -> float:
    """The contrast of a colour on the ground where it stands out least."""
    return min(contrast(colour, paper) for paper in PAPERS)


def dark_enough(colour: str) -> str:
    """The same colour, darkened as little as needed to be read on paper; itself when it already can be."""
    return _mixed_until(colour, BLACK, lambda mixed: least_contrast(mixed) >= NEEDED_CONTRAST)


def accents_of(colour: str) -> Accents:
    """The tints of an accent colour with the contrasts of our own: the middle one 3 : 1 on paper, in either theme.

    Source of the contrasts: design, Colour. `colour` can be read on paper (`dark_enough`).
    """
    dark = _mixed_until(colour, WHITE, lambda mixed: contrast(mixed, DARK_PAPER) >= 8)
    return Accents(
        accent=(colour, dark),
        mid=(
            _mixed_until(colour, WHITE, lambda mixed: contrast(mixed, PAPERS[0]) <= 3.4),
            _mixed_until(dark, DARK_PAPER, lambda mixed: contrast(mixed, DARK_PAPER) <= 4.6),
        ),
        soft=(
            _mixed_until(colour, WHITE, lambda mixed: contrast(mixed, PAPERS[0]) <= 1.65),
            _mixed_until(dark, DARK_PAPER, lambda mixed: contrast(mixed, DARK_PAPER) <= 1.33),
        ),
        faint=(
            _mixed_until(colour, WHITE, lambda mixed: contrast(mixed, PAPERS[0]) <= 1.19),
            _mixed_until(dark, DARK_PAPER, lambda mixed: contrast(mixed, DARK_PAPER) <= 1.13),
        ),
    )


def difference(first: str, second: str) -> float:
    """How different two colours look: CIE 1976 Delta E; 2 is just seen, over 20 is another colour."""
    return dist(_lab(first), _lab(second))


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _mixed_until(colour: str, other: str, fits: Callable[[str], bool]) -> str:
    """A colour mixed with as little of another as needed to fit; the other colour itself fits."""
    mixtures = (_mixed(colour, other, step / STEPS) for step in range(STEPS + 1))
    return next(mixed for mixed in mixtures if fits(mixed))


def _mixed(colour: str, other: str, part: float) -> str:
    parts = (round(own + (its - own) * part) for own, its in zip(channels(colour), channels(other), strict=True))
    return "#" + "".join(f"{value:02X}" for value in parts)


def _lab(colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of an sRGB colour. Source: IEC 61966-2-1 and CIE 15."""
    red, green, blue = (_linear(channel) for channel in channels(colour))
    x = _bent((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = _bent(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = _bent((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _bent(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
