"""Echelons that do not fit: what was counted, what is treated, or what the rest of the network is."""

from __future__ import annotations

from collections.abc import Iterable

from tests.planting.books import ANY, Spot
from tests.planting.kinds import Expected, Ground, Kind, say

LOCATIONS = ("UMCV", "DW", "ML", "SA")
OF_ONE_LOCATION = ("Endocrien en neuro-endocrien", "Hersenen", "Huid")
"""Groups of which one location is echelon 1 and nobody else can be."""
TREATED_NOWHERE = ("Bot en weke delen", "Oog")


def _volume(location: str) -> Spot:
    return Spot("volumes", f"{location} | Systeemtherapie borst | 2025 | definitief", "number")


def _group(spot: Spot) -> Iterable[Spot]:
    """All that is said of the group of a care row: by every location, and by the network."""
    group = spot.row.partition(" | ")[2]
    return [
        *(Spot("care", f"{location} | {group}", ANY) for location in LOCATIONS),
        Spot("tumour_types", group, ANY),
        Spot("agreements", ANY, "groups"),
        Spot("members", ANY, ANY),
        *(_volume(location)._replace(column=ANY) for location in LOCATIONS if group == "Borst"),
    ]


def none_counted(ground: Ground) -> list[Expected]:
    """A level that gives systemic therapy, of a location that counted none."""
    spot = ground.choose((Spot("care", f"{name} | Borst", "echelon") for name in LOCATIONS), _group)
    ground.book.put(_volume(spot.row.partition(" | ")[0]), 0)
    return say("NT755", spot, stated=str(ground.book.get(spot)), computed="3", number=0, year=2025)


def not_treated(ground: Ground) -> list[Expected]:
    """A level where the group is not treated."""
    rows = [f"{location} | {group}" for location in LOCATIONS for group in TREATED_NOWHERE]
    spot = ground.choose((Spot("care", row, "echelon") for row in rows), _group)
    ground.book.put(spot, "2")
    return say("NT757", spot, stated="2")


def nobody_at_1(ground: Ground) -> list[Expected]:
    """An echelon 2 in a network without an echelon 1."""
    spot = ground.choose((Spot("care", f"UMCV | {group}", "echelon") for group in OF_ONE_LOCATION), _group)
    ground.book.put(spot, "2")
    return say("NT758", spot, group=spot.row.partition(" | ")[2])


def not_stated(ground: Ground) -> list[Expected]:
    """A row without a level, in a group that has an echelon table."""
    spot = ground.choose((Spot("care", f"{name} | Borst", "location") for name in LOCATIONS[1:]), _group)
    ground.book.put(spot._replace(column="echelon"), None)
    ground.book.put(_volume(spot.row.partition(" | ")[0]), 0)
    return say("NT759", spot, computed="3", number=0, year=2025)


KINDS = [
    Kind(name="echelon: nothing counted", plant=none_counted),
    Kind(name="echelon: not treated", plant=not_treated),
    Kind(name="echelon: nobody at 1", plant=nobody_at_1),
    Kind(name="echelon: not stated", plant=not_stated),
]
