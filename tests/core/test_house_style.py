"""Colours of a house style: contrasts as WCAG counts them, and tints that stay readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.core.house_style import (
    DARK_PAPER,
    NEEDED_CONTRAST,
    PAPERS,
    accents_of,
    contrast,
    dark_enough,
    difference,
    least_contrast,
    luminance,
)

COLOURS = st.tuples(*(st.integers(0, 255),) * 3).map(lambda parts: "#{:02X}{:02X}{:02X}".format(*parts))
SEEN_ON_PAPER = 4.4
"""A tint is mixed in steps, so its contrast comes just under or over what was meant."""


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#FFFFFF", 21),
        ("#FFFFFF", "#FFFFFF", 1),
        ("#777777", "#FFFFFF", 4.48),  # a shade too light: the best known example of WCAG
        ("#1F4E8C", "#FFFFFF", 8.3),  # design, Colour
        ("#1F4E8C", "#F6F4EF", 7.6),
        ("#8DB8F0", "#14181D", 8.7),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.06)
    assert contrast(second, first) == contrast(first, second)


def test_luminance_of_dark_channels_is_linear() -> None:
    assert luminance("#0A0A0A") == pytest.approx(10 / 255 / 12.92)


@given(COLOURS)
def test_a_darkened_colour_can_be_read_and_one_that_could_be_read_stays(colour: str) -> None:
    readable = dark_enough(colour)
    assert least_contrast(readable) >= NEEDED_CONTRAST
    assert (readable == colour) == (least_contrast(colour) >= NEEDED_CONTRAST)


@given(COLOURS)
def test_tints_keep_their_contrasts_in_both_themes(colour: str) -> None:
    accents = accents_of(dark_enough(colour))
    assert accents.accent[0] == dark_enough(colour)
    assert contrast(accents.accent[1], DARK_PAPER) >= 8
    assert contrast(accents.mid[0], PAPERS[0]) >= 3
    assert contrast(accents.mid[1], DARK_PAPER) >= 3
    # The digit of an echelon and the words in a panel stand on the soft tints.
    assert contrast("#1B1F24", accents.soft[0]) >= NEEDED_CONTRAST
    assert contrast("#ECEFF2", accents.soft[1]) >= NEEDED_CONTRAST
    assert contrast(accents.accent[0], accents.faint[0]) >= SEEN_ON_PAPER * 0.8
    assert contrast(accents.accent[1], accents.faint[1]) >= NEEDED_CONTRAST


def test_difference_is_none_between_equals_and_large_between_black_and_white() -> None:
    assert difference("#8E1B32", "#8E1B32") == 0
    assert difference("#000000", "#FFFFFF") == pytest.approx(100, abs=0.1)
    assert difference("#8E1B32", "#901D34") < 3
    assert difference("#1F4E8C", "#8E1B32") > 50
