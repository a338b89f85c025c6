"""Checks on echelons: the levels, what they ask, and the generic minimum. Source: docs/method.md."""

from __future__ import annotations

from normtool.core import rules_standards as rules
from normtool.core.echelon_borders import treatments_by_group
from normtool.core.standards import Echelons, NormStanding, VolumeNorm
from normtool.core.standards_findings import Findings, KeyPath, listed

LEVELS = ("1", "2", "3")


def check_echelons(found: Findings) -> None:
    """Everything that is wrong with the echelons, but for what holds of every volume norm."""
    echelons = found.framework.echelons
    if echelons is None:
        return
    _check_levels(found, echelons)
    for path, norm in minima(echelons):
        if norm.treatments:
            found.add(rules.MINIMUM_NAMES_TREATMENTS, (*path, "treatments"), norm=norm.id)
        _check_below(found, path, norm)


def minima(echelons: Echelons | None) -> list[tuple[KeyPath, VolumeNorm]]:
    """The generic minima with the way to each; none without echelons."""
    norms = echelons.generic_minima if echelons is not None else ()
    return [(("echelons", "generic_minima", at), norm) for at, norm in enumerate(norms)]


def _check_levels(found: Findings, echelons: Echelons) -> None:
    levels = [level.id for level in echelons.levels]
    if levels != list(LEVELS):
        found.add(rules.ECHELON_LEVELS, ("echelons", "levels"), levels=listed(levels) or "–")
    for first, level in enumerate(echelons.levels):
        for second, indicator in enumerate(level.asked_in):
            if found.framework.indicator(indicator) is None:
                at: KeyPath = ("echelons", "levels", first, "asked_in", second)
                found.add(rules.ECHELON_INDICATOR_UNKNOWN, at, level=level.id, indicator=indicator)


def _check_below(found: Findings, path: KeyPath, minimum: VolumeNorm) -> None:
    """Between the generic minimum and a specific norm there must be room for echelon 2."""
    placed = {name for names in treatments_by_group(found.framework).values() for name in names}
    for norm in found.framework.volume_norms:
        compared = norm.unit == minimum.unit and _meet(norm, minimum) and not placed.isdisjoint(norm.treatments)
        if compared and minimum.minimum >= norm.minimum:
            facts = {"minimum": minimum.minimum, "other": norm.id, "number": norm.minimum}
            found.add(rules.MINIMUM_NOT_BELOW, (*path, "minimum"), norm=minimum.id, **facts)


def _meet(one: VolumeNorm, other: VolumeNorm) -> bool:
    """Whether two norms, equally far in force, hold at the same time."""
    if (one.standing is NormStanding.IN_FORCE) is not (other.standing is NormStanding.IN_FORCE):
        return False
    return not any(
        first.valid_until is not None and second.valid_from is not None and first.valid_until < second.valid_from
        for first, second in ((one, other), (other, one))
    )
