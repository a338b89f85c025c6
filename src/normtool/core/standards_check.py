"""Checks on a whole framework: what norms may ask is checked, not hoped for. Source: docs/method.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from normtool.core import rules_standards as rules
from normtool.core.diagnostics import Diagnostics
from normtool.core.registers import Text
from normtool.core.standards import (
    Basis,
    Corridor,
    Framework,
    Indicator,
    IndicatorClass,
    NormStanding,
    Standing,
    VolumeNorm,
)
from normtool.core.standards_check_echelons import check_echelons, minima
from normtool.core.standards_check_iza import bases_of_iza, check_iza
from normtool.core.standards_check_norms import check_norm
from normtool.core.standards_check_registers import check_registers
from normtool.core.standards_findings import Findings, KeyPath, PlaceOf, listed

MINUTES_PER_HOUR = 60


def check_framework(framework: Framework, place_of: PlaceOf) -> Diagnostics:
    """Everything that is wrong with a framework whose files have the right shape.

    `place_of` gives the place of a path such as `("standards", 0, "indicators", 2, "path", 0)`.
    """
    found = Findings(place_of, framework=framework)
    _check_texts(found)
    _check_settings(found)
    check_registers(found)
    _check_reference(found)
    _check_standards(found)
    for path, indicator in _indicators(framework):
        _check_indicator(found, path, indicator)
    check_iza(found)
    for path, owner, basis in bases_of_iza(framework.iza):
        _check_basis(found, path, owner, basis)
    _check_load(found)
    for number, norm in enumerate(framework.volume_norms):
        _check_volume_norm(found, ("volume_norms", number), norm)
    check_echelons(found)
    for path, norm in minima(framework.echelons):
        _check_minimum(found, path, norm)
    if framework.echelons is not None:
        _check_basis(found, ("echelons", "basis"), "echelons", framework.echelons.basis)
    return found.collector.done()


def first_cycle_minutes(framework: Framework) -> int:
    """The minutes that a first cycle costs the reference network: the core indicators open in cycle 1."""
    return sum(
        indicator.minutes
        for indicator in framework.indicators
        if indicator.indicator_class is IndicatorClass.CORE and indicator.opening_cycle <= 1
    )


def _indicators(framework: Framework) -> Iterator[tuple[KeyPath, Indicator]]:
    for first, standard in enumerate(framework.standards):
        for second, indicator in enumerate(standard.indicators):
            yield ("standards", first, "indicators", second), indicator


def _check_texts(found: Findings) -> None:
    """Every text has to say something in both languages."""
    for path, text in _texts((), found.framework):
        for language, words in (("nl", text.nl), ("en", text.en)):
            if not words.strip():
                found.add(rules.LANGUAGE_MISSING, (*path, language), language=language)


def _texts(path: KeyPath, value: object) -> Iterator[tuple[KeyPath, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts((*path, number), item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts((*path, field.name), getattr(value, field.name))


def _check_settings(found: Findings) -> None:
    load, settings = found.framework.load, found.framework.settings
    for name in ("budget_hours", "hospitals", "groups"):
        found.at_least(("load", name), getattr(load, name))
    for name in ("small_below", "large_denominator", "jump_percent", "jump_from"):
        found.at_least(("settings", name), getattr(settings, name))
    _check_basis(found, ("basis",), found.framework.id, found.framework.basis)


def _check_basis(found: Findings, path: KeyPath, owner: str, basis: Basis) -> None:
    if basis.standing is Standing.SOURCED and not basis.references:
        found.add(rules.SOURCE_NOT_NAMED, path, id=owner)


def _check_reference(found: Findings) -> None:
    """Ids and names of tumour groups and treatments; a treatment belongs to a group that is there."""
    framework = found.framework
    groups: list[tuple[KeyPath, str, tuple[str, ...]]] = []
    for first, group in enumerate(framework.tumour_groups):
        path: KeyPath = ("tumour_groups", first)
        groups.append((path, group.id, (group.name.nl, group.name.en, *group.also)))
        for second, part in enumerate(group.sub_types):
            groups.append(((*path, "sub_types", second), part.id, (part.name.nl, part.name.en, *part.also)))
    treatments: list[tuple[KeyPath, str, tuple[str, ...]]] = [
        (("treatments", number), item.id, (item.name.nl, item.name.en, *item.also))
        for number, item in enumerate(framework.treatments)
    ]
    for things in (groups, treatments):
        found.ids((path, identity) for path, identity, _ in things)
    words = [(("network_words", number), (word,)) for number, word in enumerate(framework.network_words)]
    found.names([*((path, names) for path, _, names in groups), *words])
    found.names((path, names) for path, _, names in treatments)
    known = {identity for _, identity, _ in groups}
    for number, treatment in enumerate(framework.treatments):
        if treatment.group not in known:
            found.add(rules.GROUP_UNKNOWN, ("treatments", number, "group"), group=treatment.group)
    for key, references in (("soncos", framework.soncos), ("oeci", framework.oeci)):
        found.ids(((key, number), reference.id) for number, reference in enumerate(references))


def _check_standards(found: Findings) -> None:
    framework = found.framework
    found.ids((("standards", number), standard.id) for number, standard in enumerate(framework.standards))
    found.ids((path, indicator.id) for path, indicator in _indicators(framework))
    norms: list[tuple[KeyPath, VolumeNorm]] = [
        (("volume_norms", at), norm) for at, norm in enumerate(framework.volume_norms)
    ]
    found.ids((path, norm.id) for path, norm in [*norms, *minima(framework.echelons)])
    for number, standard in enumerate(framework.standards):
        _check_basis(found, ("standards", number, "basis"), standard.id, standard.basis)
        if not any(item.indicator_class is IndicatorClass.CORE for item in standard.indicators):
            found.add(rules.STANDARD_WITHOUT_CORE, ("standards", number), standard=standard.id)


def _check_indicator(found: Findings, path: KeyPath, indicator: Indicator) -> None:
    check_norm(found, path, indicator)
    _check_basis(found, (*path, "basis"), indicator.id, indicator.basis)
    for name in ("minutes", "effort_hours", "allowed_lag"):
        found.at_least((*path, name), getattr(indicator, name), smallest=0)
    framework = found.framework
    for key, named, known in (
        ("soncos", indicator.soncos, framework.soncos),
        ("oeci", indicator.oeci, framework.oeci),
    ):
        available = [reference.id for reference in known]
        for number, reference in enumerate(named):
            if reference not in available:
                at = (*path, key, number)
                found.add(rules.CROSS_REFERENCE_UNKNOWN, at, reference=reference, available=listed(available))
    if indicator.corridor is not None:
        _check_corridor(found, (*path, "corridor"), indicator.id, indicator.corridor)


def _check_corridor(found: Findings, path: KeyPath, owner: str, corridor: Corridor) -> None:
    for key, number in (("low", corridor.low), ("high", corridor.high), ("jump", corridor.jump)):
        if number is not None and not 0 <= number <= 1:
            at = (*path, key)
            found.add(
                rules.TARGET_OUT_OF_RANGE,
                at,
                indicator=owner,
                target=format(number, "f"),
                low=0,
                high=1,
            )


def _check_load(found: Findings) -> None:
    budget = found.framework.load.budget_hours
    minutes = first_cycle_minutes(found.framework)
    if minutes > budget * MINUTES_PER_HOUR:
        hours = -(-minutes // MINUTES_PER_HOUR)
        found.add(rules.LOAD_OVER_BUDGET, ("load", "budget_hours"), hours=hours, budget=budget)


def _check_volume_norm(found: Findings, path: KeyPath, norm: VolumeNorm) -> None:
    known = {treatment.id for treatment in found.framework.treatments}
    for number, treatment in enumerate(norm.treatments):
        if treatment not in known:
            found.add(rules.TREATMENT_UNKNOWN, (*path, "treatments", number), treatment=treatment)
    if not norm.treatments:
        found.add(rules.LIST_EXPECTED, (*path, "treatments"), value="[]")
    _check_minimum(found, path, norm)


def _check_minimum(found: Findings, path: KeyPath, norm: VolumeNorm) -> None:
    """What holds of every minimum, also of one for all treatments of a category."""
    found.at_least((*path, "minimum"), norm.minimum)
    found.at_least((*path, "years"), norm.years)
    _check_basis(found, (*path, "basis"), norm.id, norm.basis)
    if norm.standing is NormStanding.IN_FORCE:
        if norm.valid_from is None:
            found.add(rules.VOLUME_WITHOUT_START, path, norm=norm.id)
        if norm.basis.standing is Standing.PROPOSAL or not norm.basis.references:
            found.add(rules.VOLUME_WITHOUT_SOURCE, (*path, "basis"), norm=norm.id)
        if norm.unit == "surgeon":
            found.add(rules.VOLUME_PER_SURGEON, (*path, "unit"), norm=norm.id)
    _check_period(found, path, norm.valid_from, norm.valid_until)


def _check_period(found: Findings, path: KeyPath, first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        found.add(rules.DATES_OUT_OF_ORDER, (*path, "valid_until"), first=first.isoformat(), last=last.isoformat())
