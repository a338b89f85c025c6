"""What a house style adds to every document: organisation, logo, a line at the foot."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.house_style import HouseStyle, Logo

HIGHEST, WIDEST = 13.0, 52.0
"""The room for a logo on paper, in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoView:
    """A logo as a data address with its alternative text; width and height on paper in millimetres."""

    address: str
    alternative: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseView:
    """The organisation whose document it is; what is empty is not shown."""

    organisation: str = ""
    footer: str = ""
    logo: LogoView | None = None


def house_view(style: HouseStyle | None) -> HouseView:
    """What pages show of a house style; nothing without one."""
    if style is None:
        return HouseView()
    logo = _logo(style.logo, style.organisation) if style.logo is not None else None
    return HouseView(organisation=style.organisation, footer=style.footer, logo=logo)


def _logo(logo: Logo, organisation: str) -> LogoView:
    scale = min(HIGHEST / logo.height, WIDEST / logo.width)
    return LogoView(
        address=f"data:{logo.media_type};base64,{logo.data}",
        alternative=logo.alternative or organisation or "logo",
        width=f"{logo.width * scale:.2f}mm",
        height=f"{logo.height * scale:.2f}mm",
    )
