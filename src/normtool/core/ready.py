"""What stands ready while a form is read: the values themselves, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from normtool.core.evidence import Origin, TakenOver
from normtool.core.grids import GridValue
from normtool.core.places import CellPlace, Located
from normtool.core.spellings import plain

INDICATORS = "indicators"
"""The scope of offers that stand beside an indicator; other scopes are the ids of registers."""

Key = tuple[str, ...]
Typed = str | int | date


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What stands ready for one row.

    `scope` is `indicators` or a register's id; `key` the ids that name the row; `named` the cells of a register
    row that the form fills in itself; `cells` the values as they would be typed. `year` is what they are about.
    """

    scope: str
    key: Key
    origin: Origin
    cells: tuple[tuple[str, Typed], ...]
    named: tuple[tuple[str, str | int], ...] = ()
    file: str = ""
    year: int | None = None

    def get(self, column: str) -> Typed | None:
        """The value for this column, if there is one."""
        return next((value for name, value in self.cells if name == column), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The figure of a national source for one row, each value at its cell of the file; `about`: year and source."""

    scope: str
    key: Key
    indicator: str
    cells: tuple[tuple[str, Located[GridValue]], ...]
    year: int | None = None
    about: tuple[tuple[str, Located[GridValue]], ...] = ()

    @property
    def is_beside(self) -> bool:
        """Whether it only tells the year and the source of figures that stand in a register."""
        return {name for name, _ in self.cells} <= {"year", "source"}


@dataclass(slots=True, kw_only=True)
class Ready:
    """All that stands ready while a form is read; it remembers what was taken over and which rows were met."""

    offers: Mapping[tuple[str, str, Key], tuple[Offer, ...]] = field(default_factory=dict)
    delivered: Mapping[tuple[str, Key], tuple[Delivered, ...]] = field(default_factory=dict)
    taken: list[TakenOver] = field(default_factory=list)
    met: set[tuple[str, Key]] = field(default_factory=set)
    left_out: list[CellPlace] = field(default_factory=list)
    waiting: dict[str, CellPlace] = field(default_factory=dict)
    """Ids of documents that stand ready but were not confirmed, with the cell to confirm them in."""


def compared(key: Iterable[object]) -> Key:
    """A key as keys are compared."""
    return tuple(plain(part) for part in key)
