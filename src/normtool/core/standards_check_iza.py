"""Checks on concentration and spreading (IZA): steps, tranches, their groups and dates, and who refers to them."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.core import rules_standards as rules
from normtool.core.iza import IZA_STEPS, STATED_STEP, TUMOUR_TYPES
from normtool.core.kinds import DocumentAge
from normtool.core.registers import ColumnType
from normtool.core.standards import Basis, Framework, Indicator, Iza, IzaTranche
from normtool.core.standards_check_registers import check_value, find_column
from normtool.core.standards_findings import FIELD_ID, Findings, KeyPath, listed

IN_ORDER = ("norms_set", "carried_out_from", "supervised_from")
"""What happens to norms one after the other; a plan may lie before or after all of them."""


def check_iza(found: Findings) -> None:
    """Check the steps and tranches of a framework, if it has them."""
    iza = found.framework.iza
    if iza is None:
        return
    path: KeyPath = ("iza",)
    found.ids((((*path, "steps", number), step.id) for number, step in enumerate(iza.steps)), FIELD_ID)
    found.ids(((*path, "tranches", number), tranche.id) for number, tranche in enumerate(iza.tranches))
    if not iza.steps:
        found.add(rules.LIST_EXPECTED, (*path, "steps"), value="[]")
    _check_columns(found, iza)
    _check_groups(found, iza)
    for number, tranche in enumerate(iza.tranches):
        _check_dates(found, (*path, "tranches", number), tranche)


def bases_of_iza(iza: Iza | None) -> Iterator[tuple[KeyPath, str, Basis]]:
    """What steps, tranches and dates rest on, each with its path and the id it belongs to."""
    for number, step in enumerate(iza.steps if iza is not None else ()):
        if step.basis is not None:
            yield ("iza", "steps", number, "basis"), step.id, step.basis
    for number, tranche in enumerate(iza.tranches if iza is not None else ()):
        path: KeyPath = ("iza", "tranches", number)
        yield (*path, "basis"), tranche.id, tranche.basis
        for place, item in enumerate(tranche.dates):
            yield (*path, "dates", place, "basis"), tranche.id, item.basis


def _check_columns(found: Findings, iza: Iza) -> None:
    """A step is a date column of the register with steps, and a choice of the last step, where there are such."""
    register = found.framework.register(IZA_STEPS)
    types = found.framework.register(TUMOUR_TYPES)
    stated = types.column(STATED_STEP) if types is not None else None
    for number, step in enumerate(iza.steps):
        at: KeyPath = ("iza", "steps", number, "id")
        column = find_column(found, at, register, step.id) if register is not None else None
        if column is not None and column.type is not ColumnType.DATE:
            found.add(rules.COLUMN_TYPE, at, column=step.id, register=IZA_STEPS, type=ColumnType.DATE.value)
        if stated is not None:
            check_value(found, at, stated, step.id)


def _check_groups(found: Findings, iza: Iza) -> None:
    """Groups exist, and each is in one tranche only."""
    known = _group_ids(found.framework)
    seen: dict[str, tuple[str, KeyPath]] = {}
    for first, tranche in enumerate(iza.tranches):
        for second, group in enumerate(tranche.groups):
            at: KeyPath = ("iza", "tranches", first, "groups", second)
            if group not in known:
                found.add(rules.GROUP_UNKNOWN, at, group=group)
            former, earlier = seen.setdefault(group, (tranche.id, at))
            if earlier != at:
                found.add_pair(rules.GROUP_IN_TWO_TRANCHES, at, earlier, group=group, tranche=former)


def _group_ids(framework: Framework) -> set[str]:
    parts = {part.id for group in framework.tumour_groups for part in group.sub_types}
    return parts | {group.id for group in framework.tumour_groups}


def _check_dates(found: Findings, path: KeyPath, tranche: IzaTranche) -> None:
    """Norms are set, then carried out, then supervised; sources that say otherwise are worth a second look."""
    places = {what: rank for rank, what in enumerate(IN_ORDER)}
    dated = [(places[item.what], item.day, at) for at, item in enumerate(tranche.dates) if item.what in places]
    for rank, day, at in dated:
        later = min((other for place, other, _ in dated if place > rank), default=day)
        if later < day:
            facts = {"tranche": tranche.id, "first": later.isoformat(), "second": day.isoformat()}
            found.add(rules.IZA_DATES_OUT_OF_ORDER, (*path, "dates", at, "day"), **facts)


def check_document_step(found: Findings, path: KeyPath, indicator: Indicator, kind: DocumentAge) -> None:
    """The step and the tranche that a document is about exist, and are both named."""
    if not kind.iza_step and not kind.iza_tranche:
        return
    iza = found.framework.iza
    known = {
        "iza_tranche": [item.id for item in iza.tranches] if iza is not None else [],
        "iza_step": [item.id for item in iza.steps] if iza is not None else [],
    }
    unknown = {"iza_tranche": rules.IZA_TRANCHE_UNKNOWN, "iza_step": rules.IZA_STEP_UNKNOWN}
    for key, value in (("iza_tranche", kind.iza_tranche), ("iza_step", kind.iza_step)):
        if not value:
            found.add(rules.KEY_MISSING, (*path, key), name=key)
        elif value not in known[key]:
            facts = {"indicator": indicator.id, "name": value, "available": listed(known[key])}
            found.add(unknown[key], (*path, key), **facts)
