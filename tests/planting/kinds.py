"""What a kind of fault is: how it is planted, what must be said of it, and what it may not be combined with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from tests.planting.books import ANY, HEADER, Book, Spot
from tests.planting.saving import Program

WARNINGS = frozenset({"NT230", "NT252", "NT254"} | {f"NT81{digit}" for digit in range(1, 8)})
NOTES = frozenset({"NT231", "NT232", "NT445", "NT449", "NT818", "NT819", "NT759"})


class NoRoomError(Exception):
    """There is no free place for this kind in the workbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A diagnostic that must be given: at one spot, or at the first (or `last`) of several as they come to stand.

    `until` makes it the range that ends there; `part` is 1 for the second file of a form that came in two.
    """

    code: str
    spots: tuple[Spot, ...]
    last: bool = False
    facts: tuple[tuple[str, str | int], ...] = ()
    until: Spot | None = None
    part: int = 0

    @property
    def severity(self) -> str:
        """How much it weighs: told by the code, but for a few."""
        if self.code in NOTES or self.code[:3] == "NT9":
            return "note"
        return "warning" if self.code in WARNINGS or self.code[:3] in ("NT4", "NT7") else "error"


@dataclass(slots=True)
class Ground:
    """A workbook that faults are planted in. What one fault touches or leans on is closed to the next."""

    book: Book
    chance: Random
    taken: list[Spot] = field(default_factory=list)

    def is_free(self, *spots: Spot) -> bool:
        """Whether no fault has touched any of these yet."""
        return not any(spot.meets(taken) for spot in spots for taken in self.taken)

    def take(self, *spots: Spot) -> None:
        """Close these to other faults.

        Raises:
            NoRoomError: another fault has one of them.
        """
        if not self.is_free(*spots):
            raise NoRoomError
        self.taken += spots

    def choose(self, spots: Iterable[Spot], leans_on: Callable[[Spot], Iterable[Spot]] | None = None) -> Spot:
        """A free spot, at random, closed from now on with all it leans on: its row's key and its header.

        Raises:
            NoRoomError: none is free.
        """
        candidates = list(spots)
        self.chance.shuffle(candidates)
        for spot in candidates:
            touched = {spot, *self.key_of(spot), *(leans_on(spot) if leans_on is not None else ())}
            if self.is_free(*touched):
                self.taken += touched
                return spot
        raise NoRoomError

    def key_of(self, spot: Spot) -> list[Spot]:
        """The cells that name the row of a spot, and the header of its column."""
        if not spot.row or spot.row == HEADER:
            return []
        keys = [Spot(spot.sheet, spot.row, column) for column in KEYS.get(spot.sheet, ())]
        return [*keys, Spot(spot.sheet, HEADER, spot.column)]


KEYS: dict[str, tuple[str, ...]] = {
    "network": ("item",),
    "indicators": ("id",),
    "documents": ("id",),
    "members": ("id",),
    "meetings": ("name", "kind"),
    "tumour_types": ("group", "state"),
    "iza_steps": ("group",),
    "care": ("location", "group"),
    "agreements": ("id",),
    "volumes": ("location", "treatment", "year", "standing"),
    "working_groups": ("name",),
    "bottlenecks": ("description",),
    "patient_council": ("point",),
    "actions": ("id",),
}

Plant = Callable[[Ground], list[Expected]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of fault. `plant` changes the workbook and tells what must be said, or raises NoRoomError.

    `alone`: it leaves nothing for others to be found in. `programs`: those whose files can hold it.
    """

    name: str
    plant: Plant
    alone: bool = False
    programs: frozenset[Program] = frozenset(Program)


def say(code: str, *spots: Spot, **facts: str | int) -> list[Expected]:
    """One diagnostic at one spot (or at the first of several)."""
    return [Expected(code=code, spots=spots, facts=tuple(facts.items()))]


def say_last(code: str, *spots: Spot, **facts: str | int) -> list[Expected]:
    """One diagnostic at that of several spots that comes last."""
    return [Expected(code=code, spots=spots, last=True, facts=tuple(facts.items()))]


def whole_row(spot: Spot) -> list[Spot]:
    """Every cell of a spot's row."""
    return [Spot(spot.sheet, spot.row, ANY)]


def whole_sheet(sheet: str) -> Spot:
    """Every cell of a sheet."""
    return Spot(sheet, ANY, ANY)
