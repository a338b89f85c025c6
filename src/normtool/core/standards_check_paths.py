"""Checks on the target path of an indicator."""

from __future__ import annotations

from decimal import Decimal

from normtool.core import rules_standards as rules
from normtool.core.kinds import Count, Coverage, DocumentAge, Maturity, Step, YesNo
from normtool.core.standards import Indicator, IndicatorClass
from normtool.core.standards_findings import Findings, KeyPath

HIGHEST_LEVEL = 4
HIGHEST_COUNT = 100_000


def asks_share(indicator: Indicator) -> bool:
    """Whether the targets of this indicator are shares, fractions of 1."""
    return not isinstance(indicator.kind, Maturity | Count)


def takes_path(indicator: Indicator) -> bool:
    """Whether the kind of this indicator is judged against a target."""
    kind = indicator.kind
    if isinstance(kind, Coverage):
        return kind.at_least_rows is None
    return not isinstance(kind, YesNo | DocumentAge)


def check_path(found: Findings, path: KeyPath, indicator: Indicator) -> None:
    """Check the steps of one indicator: may it have them, where they begin, their order, their numbers."""
    at = (*path, "path")
    steps = indicator.path
    if not takes_path(indicator):
        if steps:
            found.add(rules.PATH_NOT_USED, at, indicator=indicator.id, kind=indicator.kind.type)
        return
    for number, step in enumerate(steps):
        _check_step(found, (*at, number), indicator, step)
    _check_start(found, at, indicator)
    _check_order(found, at, indicator)


def _check_step(found: Findings, path: KeyPath, indicator: Indicator, step: Step) -> None:
    if (step.cycle is None) is (step.year is None):
        found.add(rules.STEP_WITHOUT_START, path, indicator=indicator.id)
    found.at_least((*path, "cycle"), step.cycle)
    low, high = _range(indicator)
    for key, number in (("target", step.target), ("partly_from", step.partly_from)):
        if number is None:
            continue
        is_whole = asks_share(indicator) or number == number.to_integral_value()
        if not 0 < number <= high or not is_whole:
            found.add(
                rules.TARGET_OUT_OF_RANGE,
                (*path, key),
                indicator=indicator.id,
                target=_shown(number),
                low=low,
                high=high,
            )
    if step.partly_from is not None and step.partly_from >= step.target:
        found.add(
            rules.PARTLY_REACHES_TARGET,
            (*path, "partly_from"),
            indicator=indicator.id,
            partly_from=_shown(step.partly_from),
            target=_shown(step.target),
        )


def _range(indicator: Indicator) -> tuple[int, int]:
    """Between which numbers a target lies; a share lies above the lowest."""
    if isinstance(indicator.kind, Maturity):
        return 1, HIGHEST_LEVEL
    return (1, HIGHEST_COUNT) if isinstance(indicator.kind, Count) else (0, 1)


def _check_start(found: Findings, path: KeyPath, indicator: Indicator) -> None:
    """A scored indicator needs a target as soon as it opens; steps by calendar year begin when they begin."""
    if indicator.indicator_class is IndicatorClass.INFORMATIVE:
        return
    steps = indicator.path
    opening = max(1, indicator.opening_cycle)
    if not steps or (steps[0].cycle is not None and steps[0].cycle > opening):
        found.add(rules.FIRST_STEP_MISSING, path, indicator=indicator.id, cycle=opening)


def _check_order(found: Findings, path: KeyPath, indicator: Indicator) -> None:
    steps = indicator.path
    for number in range(1, len(steps)):
        before, step = steps[number - 1], steps[number]
        if not _follows(before, step):
            found.add(rules.STEPS_OUT_OF_ORDER, (*path, number), indicator=indicator.id)
        elif step.target < before.target:
            found.add(rules.TARGET_GOES_DOWN, (*path, number, "target"), indicator=indicator.id)


def _follows(before: Step, step: Step) -> bool:
    """Whether both count the same thing, cycles or years, and the second comes later."""
    if before.cycle is not None and step.cycle is not None:
        return before.cycle < step.cycle
    return before.year is not None and step.year is not None and before.year < step.year


def _shown(number: Decimal) -> str:
    return format(number, "f")
