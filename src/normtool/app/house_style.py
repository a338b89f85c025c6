"""The house style that a command was given: read, checked beside the colours of verdicts, and put to use."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from normtool.app.reading import Common
from normtool.core import rules_house_style as rules
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Dossier
from normtool.core.house_style import HouseStyle, difference
from normtool.core.places import FilePlace
from normtool.core.standards import Framework
from normtool.documents.marks import LIGHT, PAINTS, PALETTE
from normtool.files.house_style_yaml import read_house_style

ALIKE = 20.0
"""Difference (CIE 1976 Delta E) under which two colours can be taken for each other at a glance."""


@lru_cache(maxsize=1)
def house_style_of(common: Common) -> tuple[HouseStyle | None, Diagnostics]:
    """The house style that was given, with all that is wrong with it; None when none was given or it has errors.

    It is read once a command, so that everything the command makes has the same one.
    """
    style, found = read_house_style(common.house_style)
    if style is None or common.house_style is None or not style.accent:
        return style, found
    near = next(
        (verdict for verdict, paint in PAINTS.items() if difference(style.accent, PALETTE[paint][LIGHT]) < ALIKE),
        None,
    )
    if near is None:
        return style, found
    word = common.words.say(f"verdicts.{near.value}")
    place = FilePlace(file=common.house_style.name)
    facts = (("value", style.accent), ("verdict", word))
    return style, (*found, Diagnostic(rule=rules.COLOUR_LIKE_VERDICT, place=place, facts=facts))


def framework_with(framework: Framework, style: HouseStyle | None) -> Framework:
    """The norms with the limit of small numbers that the organisation chose."""
    if style is None or style.small_below is None:
        return framework
    return replace(framework, settings=replace(framework.settings, small_below=style.small_below))


def restyled(common: Common, dossier: Dossier) -> tuple[Dossier | None, Diagnostics]:
    """A dossier in the house style that was given for its documents; its limit of small numbers stays.

    None, with the errors, when the house style cannot be used.
    """
    if common.house_style is None:
        return dossier, ()
    style, found = house_style_of(common)
    if style is None:
        return None, found
    limit = dossier.framework.settings.small_below
    if style.small_below not in (None, limit):
        place = FilePlace(file=common.house_style.name)
        facts = (("value", style.small_below), ("limit", limit))
        found = (*found, Diagnostic(rule=rules.LIMIT_OF_THE_DOSSIER, place=place, facts=facts))
    return replace(dossier, house_style=replace(style, small_below=limit if style.small_below else None)), found
