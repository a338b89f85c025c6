"""The borders between echelons: which norms part the levels of a tumour group, and what remains when one is missing.

Source: docs/method.md, Volumes and echelons; seed 004 (S4). The border between 1 and 2 is the volume norm of the
treatment itself, that between 2 and 3 the generic minimum. Only a border in force on 1 January of a figure's year
decides; one that is not there is unpublished and leaves open what it would have decided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from normtool.core.dates import Truth
from normtool.core.standards import Framework, VolumeNorm

SPECIFIC, GENERIC = "specific", "generic"
"""The two borders: between 1 and 2, and between 2 and 3."""
EITHER = frozenset({Truth.YES, Truth.NO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Borders:
    """The norms that part the levels of one tumour group; a side without norms is unpublished."""

    specific: tuple[VolumeNorm, ...] = ()
    generic: tuple[VolumeNorm, ...] = ()

    @property
    def norms(self) -> tuple[VolumeNorm, ...]:
        """All of them, that between 1 and 2 first."""
        return (*self.specific, *self.generic)

    def binding_in(self, year: int) -> Borders:
        """Those in force on 1 January of a year."""
        return self._only(lambda norm: norm.binds_in(year))

    def foreseen_in(self, year: int) -> Borders:
        """Those in force, and those to come: announced, intended, or in force from a later day."""
        return self._only(lambda norm: norm.is_shown_in(year))

    def _only(self, holds: Callable[[VolumeNorm], bool]) -> Borders:
        specific, generic = (tuple(filter(holds, norms)) for norms in (self.specific, self.generic))
        return Borders(specific=specific, generic=generic)

    @property
    def unpublished(self) -> tuple[str, ...]:
        """The sides without a norm."""
        sides = ((SPECIFIC, self.specific), (GENERIC, self.generic))
        return tuple(side for side, norms in sides if not norms)


def treatments_by_group(framework: Framework) -> dict[str, tuple[str, ...]]:
    """The treatments whose numbers place a location, by tumour group (or sub-type)."""
    found: dict[str, tuple[str, ...]] = {}
    for item in framework.treatments:
        if framework.echelons is not None and item.category == framework.echelons.category:
            found[item.group] = (*found.get(item.group, ()), item.id)
    return found


def borders_of(framework: Framework) -> dict[str, Borders]:
    """The borders of every tumour group (or sub-type) that has treatments of the category; never per surgeon."""
    treatments = treatments_by_group(framework)
    groups = {name: group for group, names in treatments.items() for name in names}
    specific: dict[str, dict[str, VolumeNorm]] = {}
    for norm in framework.volume_norms:
        for name in norm.treatments:
            if name in groups and norm.unit != "surgeon":
                specific.setdefault(groups[name], {})[norm.id] = norm
    stated = framework.echelons.generic_minima if framework.echelons is not None else ()
    minima = [norm for norm in stated if norm.unit != "surgeon"]
    return {
        group: Borders(
            specific=tuple(specific.get(group, {}).values()),
            generic=tuple(replace(norm, treatments=names) for norm in minima),
        )
        for group, names in treatments.items()
    }


def possible_levels(specific: Truth | None, generic: Truth | None) -> tuple[str, ...]:
    """The levels that remain, by whether each border is reached; None: the border is unpublished.

    A generic minimum lies below every specific norm: who misses the one misses the other too, whatever its number.
    """
    above = EITHER if specific in (None, Truth.UNDECIDED) else {specific}
    below = EITHER if generic in (None, Truth.UNDECIDED) else {generic}
    if specific is None and generic is Truth.NO:
        above = {Truth.NO}
    levels = {"1"} if Truth.YES in above else set()
    if Truth.NO in above:
        levels |= {"2" if reached is Truth.YES else "3" for reached in below}
    return tuple(sorted(levels))
