"""Echelons as a grid of tumour groups against locations, for the picture and for the board workbook."""

from __future__ import annotations

from collections.abc import Sequence

from normtool.core.assessment import EchelonResult
from normtool.telling.echelon_texts import says_something


class Grid:
    """Results by group and location, both in their order.

    Groups of which no location tells anything stand apart: those that all say they do not treat, and the rest.
    """

    def __init__(self, results: Sequence[EchelonResult]) -> None:
        shown = {item.group for item in results if says_something(item)}
        treated = {item.group for item in results if item.treats is not False}
        named = list(dict.fromkeys(item.group for item in results))
        self.by_place = {(item.group, item.location): item for item in results}
        self.groups = [group for group in named if group in shown]
        self.not_treated = [group for group in named if group not in shown | treated]
        self.not_filled = [group for group in named if group in treated - shown]
        self.locations = list(dict.fromkeys(item.location for item in results if item.group in shown))
        self.cells = [item for item in results if item.group in shown and (item.treats is not False or item.stated)]
