"""House style (huisstijl): what an organisation sets once for all its forms and documents."""

from __future__ import annotations

from dataclasses import dataclass


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
