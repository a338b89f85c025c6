"""The volumes of a region: those of its sub-networks together, every location once, with its sub-networks named.

A region's own dossier holds no rows of volumes where its verdict is derived. Here it is given those of its
sub-networks, so that every picture and sheet that shows the volumes of a network shows those of a region alike.
Nothing is judged again: each row keeps what it came to in its sub-network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from normtool.core.assessment import Assessment, Because, FactValue, IndicatorResult, NormCheck, RowResult
from normtool.core.dossier import Dossier
from normtool.core.evidence import Evidence, RegisterRow, RegisterRows, Value
from normtool.core.kinds import VolumeKind
from normtool.core.places import CellPlace, Located
from normtool.core.region_members import MEMBERS, RegionMember, ids_in_the_region
from normtool.core.spellings import plain
from normtool.documents.regional import in_order, is_derived, is_region, members_of


def with_volumes(dossier: Dossier, codes: Mapping[str, str] | None = None) -> Dossier:
    """The dossier of a region with the volumes of its sub-networks in it; any other dossier as it is.

    `codes` are other spellings of the codes that stand behind a location, such as shorter ones.
    """
    if not is_region(dossier):
        return dossier
    found = [item for item in dossier.assessment.indicators if _is_pooled(dossier, item)]
    if not found:
        return dossier
    pool = _open_pool(dossier, codes or {})
    pooled = {item.id: _pooled(dossier, item, pool) for item in found}
    return replace(
        dossier,
        assessment=_with_results(dossier.assessment, pooled),
        evidence=_with_members(dossier.evidence, pool),
    )


def _is_pooled(dossier: Dossier, result: IndicatorResult) -> bool:
    """Whether an indicator is about volumes, and the region gave none itself."""
    indicator = dossier.framework.indicator(result.id)
    is_volume = indicator is not None and isinstance(indicator.kind, VolumeKind)
    return is_volume and not result.rows and (is_derived(result) or bool(result.sub_networks))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """The members of the region by id, the ids they have in each network, and which sub-networks tell of them."""

    members: Mapping[str, RegionMember]
    ids: Mapping[tuple[str, str], str]
    codes: Mapping[str, str]
    networks: dict[str, list[str]] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)

    def id_of(self, code: str, identifier: str) -> str:
        """The id in the region of what a sub-network knows by this id; what is no member stays as it was typed."""
        return self.ids.get((code, plain(identifier)), identifier)

    def set_apart(self, code: str, identifier: str) -> str:
        """An id of its own for a location of which this sub-network tells another number."""
        here = f"{code}/{identifier}"
        self.apart[here] = self.id_of(code, identifier)
        return here

    def takes_part(self, code: str, here: str) -> None:
        """Note that a location has volumes in this sub-network."""
        found = self.networks.setdefault(here, [])
        if code not in found:
            found.append(code)


def _open_pool(dossier: Dossier, codes: Mapping[str, str]) -> _Pool:
    members = members_of(dossier)
    return _Pool(members={member.id: member for member in members}, ids=ids_in_the_region(members), codes=codes)


def _pooled(dossier: Dossier, result: IndicatorResult, pool: _Pool) -> IndicatorResult:
    """A result with the rows of all sub-networks; what two of them say alike stands once."""
    rows: dict[tuple[str, ...], RowResult] = {}
    steps = {(step.rule, step.facts): step for step in result.because}
    for item in in_order(dossier):
        below = item.assessment.indicator(result.id) if item.assessment is not None else None
        if below is None:
            continue
        for row in below.rows:
            _take(rows, row, item.code, pool)
        for step in (_retold(step, item.code, pool) for step in below.because):
            steps.setdefault((step.rule, step.facts), step)
    return replace(result, rows=tuple(rows.values()), because=tuple(steps.values()))


def _take(rows: dict[tuple[str, ...], RowResult], row: RowResult, code: str, pool: _Pool) -> None:
    """Add a row of a sub-network: a number beside a missing one wins, two different numbers both stand."""
    here = _here(row, pool.id_of(code, row.key[0]), code, pool)
    former = rows.get(here.key)
    if former is not None and here.number is None:
        return
    if former is not None and former.number not in (None, here.number):
        here, former = _here(row, pool.set_apart(code, row.key[0]), code, pool), None
    pool.takes_part(code, here.key[0])
    if former is None or former.number is None or _width(here) > _width(former):
        rows[here.key] = here


def _width(row: RowResult) -> int:
    """How many locations were added up for its norms: who knows more of an institution is followed."""
    return max((len(check.locations) for check in row.checks), default=0)


def _here(row: RowResult, location: str, code: str, pool: _Pool) -> RowResult:
    """A row with the ids that the members of its sub-network have in the region."""

    def check_here(check: NormCheck) -> NormCheck:
        places = (location if one == row.key[0] else pool.id_of(code, one) for one in check.locations)
        return replace(check, locations=tuple(places))

    return replace(row, key=(location, *row.key[1:]), checks=tuple(check_here(check) for check in row.checks))


def _retold(step: Because, code: str, pool: _Pool) -> Because:
    """A step of the reasoning of a sub-network with the ids that its members have in the region."""

    def here(value: FactValue) -> FactValue:
        return pool.id_of(code, value) if isinstance(value, str) else value

    return replace(step, facts=tuple((name, here(value)) for name, value in step.facts))


def _with_results(assessment: Assessment, results: dict[str, IndicatorResult]) -> Assessment:
    standards = tuple(
        replace(standard, indicators=tuple(results.get(item.id, item) for item in standard.indicators))
        for standard in assessment.standards
    )
    return replace(assessment, standards=standards)


def _with_members(evidence: Evidence, pool: _Pool) -> Evidence:
    """The evidence with the members of the region, those with volumes named with their sub-networks."""
    rows = [_member_row(evidence, pool, here, pool.members[here]) for here in pool.members]
    rows += [
        _member_row(evidence, pool, here, pool.members[own])
        for here, own in pool.apart.items()
        if own in pool.members
    ]
    others = tuple(item for item in evidence.registers if item.register != MEMBERS)
    return replace(evidence, registers=(*others, RegisterRows(register=MEMBERS, rows=tuple(rows))))


def _member_row(evidence: Evidence, pool: _Pool, here: str, member: RegionMember) -> RegisterRow:
    networks = [pool.codes.get(code, code) for code in pool.networks.get(here, [])]
    name = f"{member.name} ({', '.join(networks)})" if networks else member.name
    texts = {"id": here, "name": name, "kind": member.kind, "parent": member.parent}
    place = CellPlace(file=evidence.network.code, sheet=MEMBERS, row=1, column=1)
    values: list[tuple[str, Located[Value]]] = []
    values += ((column, Located(value=text, place=place)) for column, text in texts.items() if text)
    return RegisterRow(place=place, values=tuple(values))
