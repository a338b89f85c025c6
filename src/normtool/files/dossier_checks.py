"""What the types of a dossier's fields do not tell: values by hand that no document could be made with."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import replace
from typing import Any

from normtool.core.house_style import HouseStyle, Logo
from normtool.files.dossier_reading import Faults
from normtool.files.house_style_yaml import COLOUR, picture_of


def check_later(values: dict[str, Any], faults: Faults) -> None:
    """Look at what is set after the assessment: who released it, and the house style."""
    release, style = values.get("release"), values.get("house_style")
    if release is not None and not release.by.strip():
        faults.wrong("release.by")
    if style is not None:
        _check_style(style, faults)


def _check_style(style: HouseStyle, faults: Faults) -> None:
    if style.accent and (not style.accent.startswith("#") or COLOUR.fullmatch(style.accent) is None):
        faults.wrong("house_style.accent")
    if style.logo is not None and not _is_picture(style.logo):
        faults.wrong("house_style.logo")


def _is_picture(logo: Logo) -> bool:
    """Whether a logo is the picture that it says it is."""
    try:
        data = b64decode(logo.data, validate=True)
    except (binascii.Error, ValueError):
        return False
    found = picture_of(data)
    return found is not None and replace(found, alternative=logo.alternative) == logo


def without_half_characters(data: Any) -> Any:
    """JSON values with U+FFFD for every half of a character: it is none in any encoding."""
    match data:
        case str():
            return data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [without_half_characters(item) for item in data]
        case dict():
            return {without_half_characters(key): without_half_characters(item) for key, item in data.items()}
        case _:
            return data
