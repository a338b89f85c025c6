"""The board's part for one member: its own rows beside the network's, and no other hospital by name.

Source: docs/privacy.md. What the network has together stays: totals that are not masked, verdicts, documents,
actions. Other care institutions drop out of rows, and out of typed texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from normtool.core.assessment import (
    Assessment,
    Because,
    FactValue,
    IndicatorResult,
    NormCheck,
    RowResult,
)
from normtool.core.dossier import Dossier, FormerYear, SubNetwork
from normtool.core.evidence import (
    Answer,
    DocumentEntry,
    Evidence,
    OwnApproach,
    Previous,
    RegisterRow,
    RegisterRows,
    Unreadable,
    Value,
)
from normtool.core.ledger import text_in, texts_in
from normtool.core.member_files import with_files_renamed
from normtool.core.member_names import OtherNames
from normtool.core.places import Located
from normtool.core.region_members import MEMBERS
from normtool.core.registers import ColumnType, Register
from normtool.core.spellings import plain
from normtool.core.standards import Framework

PLACES = (ColumnType.LOCATION, ColumnType.MEMBER)
LOCATION = "location"
"""The fact of a step of reasoning that names a member."""


def for_member(dossier: Dossier, member: str) -> Dossier:
    """What a board may see that is told no other hospital by name; `member` is an id."""
    names = OtherNames.of(dossier, member, _places_told(dossier))
    cut = _Cut(framework=dossier.framework, names=names, norm_ids=_norm_ids(dossier.framework))
    region = dossier.region
    if region is not None and region.evidence is not None:
        region = replace(region, evidence=cut.evidence(region.evidence))
    found = replace(
        dossier,
        evidence=cut.evidence(dossier.evidence),
        assessment=cut.assessment(dossier.assessment),
        sub_networks=tuple(cut.sub_network(item) for item in dossier.sub_networks),
        region=region,
        history=tuple(cut.year(year) for year in dossier.history),
    )
    return with_files_renamed(found, names.names_file)


def _places_told(dossier: Dossier) -> Iterator[str]:
    """The ids and names of places that registers tell."""
    above = dossier.region.evidence if dossier.region is not None else None
    for evidence in (dossier.evidence, above):
        for rows in evidence.registers if evidence is not None else ():
            register = dossier.framework.register(rows.register)
            if register is not None and register.id != MEMBERS:
                columns = [column.id for column in register.columns if column.type in PLACES]
                yield from (name for row in rows.rows for column in columns if (name := text_in(row, column)))


def _norm_ids(framework: Framework) -> frozenset[str]:
    groups = (item.id for item in framework.tumour_groups)
    sub_types = (item.id for group in framework.tumour_groups for item in group.sub_types)
    treatments = (item.id for item in framework.treatments)
    return frozenset((*groups, *sub_types, *treatments))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """What is left out, and how texts are told.

    `norm_ids` are ids of the norms, which are no names of members even if they look like one.
    """

    framework: Framework
    names: OtherNames
    norm_ids: frozenset[str]

    def _cell(self, cell: Located[str] | None) -> Located[str] | None:
        return replace(cell, value=self.names.text(cell.value)) if cell is not None else None

    # --- evidence -----------------------------------------------------------------------------------------------

    def evidence(self, evidence: Evidence) -> Evidence:
        """The evidence without other care institutions."""
        text = self.names.text
        return replace(
            evidence,
            network=replace(evidence.network, features=text(evidence.network.features)),
            answers=tuple(self._answer(answer) for answer in evidence.answers),
            registers=tuple(self._register(rows) for rows in evidence.registers),
            documents=tuple(self._document(entry) for entry in evidence.documents),
            previous=self._previous(evidence.previous) if evidence.previous is not None else None,
        )

    def _answer(self, answer: Answer) -> Answer:
        own = answer.own_approach
        return replace(
            answer,
            source=self._cell(answer.source),
            explanation=self._cell(answer.explanation),
            reason_not_applicable=self._cell(answer.reason_not_applicable),
            bottleneck=self._cell(answer.bottleneck),
            last_year=self._cell(answer.last_year),
            own_approach=OwnApproach(
                aim=self._cell(own.aim), what=self._cell(own.what), proof=self._cell(own.proof), until=own.until
            ),
        )

    def _document(self, entry: DocumentEntry) -> DocumentEntry:
        text = self.names.text
        return replace(
            entry,
            title=text(entry.title),
            adopted_by=text(entry.adopted_by),
            location=text(entry.location),
            keeper=text(entry.keeper),
        )

    def _previous(self, previous: Previous) -> Previous:
        text = self.names.text
        return replace(
            previous,
            answers=tuple(
                replace(item, own_aim=text(item.own_aim), own_what=text(item.own_what)) for item in previous.answers
            ),
            numbers=tuple(item for item in previous.numbers if not self._is_of_other(item.key)),
        )

    def _register(self, rows: RegisterRows) -> RegisterRows:
        register = self.framework.register(rows.register)
        if register is None:
            return replace(rows, rows=())
        kept = (self._row(register, row) for row in rows.rows)
        return replace(rows, rows=tuple(row for row in kept if row is not None))

    def _row(self, register: Register, row: RegisterRow) -> RegisterRow | None:
        """A row as it may be seen; None when it is about other care institutions."""
        for column in register.columns:
            place = text_in(row, column.id)
            is_named = column.type in PLACES or (register.id == MEMBERS and column.key)
            if place and is_named and self.names.is_other(place):
                return None
            parties = texts_in(row, column.id) if column.type is ColumnType.MEMBERS else ()
            if parties and self.names.own.isdisjoint(map(plain, parties)):
                return None
        values = ((column, self._value(register, column, cell)) for column, cell in row.values)
        return RegisterRow(place=row.place, values=tuple(values))

    def _value(self, register: Register, name: str, cell: Located[Value]) -> Located[Value]:
        column = register.column(name)
        if column is not None and column.type is ColumnType.MEMBERS and isinstance(cell.value, tuple):
            kept = tuple(item for item in cell.value if not (isinstance(item, str) and self.names.is_other(item)))
            return replace(cell, value=cast(Value, kept))
        if column is not None and column.type is ColumnType.TEXT and isinstance(cell.value, str):
            return replace(cell, value=self.names.text(cell.value))
        if isinstance(cell.value, Unreadable):
            return replace(cell, value=Unreadable(text=self.names.text(cell.value.text)))
        return cell

    # --- results ------------------------------------------------------------------------------------------------

    def assessment(self, assessment: Assessment) -> Assessment:
        """Verdicts as they are, with the member's own rows."""
        standards = tuple(
            replace(standard, indicators=tuple(self._result(item) for item in standard.indicators))
            for standard in assessment.standards
        )
        echelons = tuple(item for item in assessment.echelons if not self.names.is_other(item.location))
        return replace(assessment, standards=standards, echelons=echelons)

    def _result(self, result: IndicatorResult) -> IndicatorResult:
        rows = tuple(self._row_result(row) for row in result.rows if not self._is_of_other(row.key))
        steps = tuple(self._step(step) for step in result.because if not self._is_about_other(step))
        return replace(result, rows=rows, because=steps)

    def _row_result(self, row: RowResult) -> RowResult:
        checks = tuple(self._check(check) for check in row.checks)
        key = tuple(self.names.text(part) for part in row.key)
        return replace(row, key=key, note=self.names.text(row.note), checks=checks)

    def _check(self, check: NormCheck) -> NormCheck:
        return replace(check, locations=tuple(item for item in check.locations if not self.names.is_other(item)))

    def _is_of_other(self, key: tuple[str, ...]) -> bool:
        """Whether the key of a row names another care institution."""
        return any(plain(part) in self.names.ids and part not in self.norm_ids for part in key)

    def _is_about_other(self, step: Because) -> bool:
        place = step.fact(LOCATION)
        return isinstance(place, str) and bool(place) and self.names.is_other(place)

    def _step(self, step: Because) -> Because:
        return replace(step, facts=tuple((name, self._fact(fact)) for name, fact in step.facts))

    def _fact(self, fact: FactValue) -> FactValue:
        return self.names.text(fact) if isinstance(fact, str) and fact not in self.norm_ids else fact

    # --- other networks and years -------------------------------------------------------------------------------

    def sub_network(self, item: SubNetwork) -> SubNetwork:
        """A sub-network without other care institutions."""
        register = self.framework.register(MEMBERS)
        network = item.network
        kept = (self._row(register, row) for row in item.members) if register is not None else ()
        return replace(
            item,
            network=replace(network, features=self.names.text(network.features)) if network is not None else None,
            assessment=self.assessment(item.assessment) if item.assessment is not None else None,
            members=tuple(row for row in kept if row is not None),
        )

    def year(self, year: FormerYear) -> FormerYear:
        """A former year without their names."""
        text = self.names.text
        return replace(
            year,
            open_actions=tuple(
                replace(item, action=text(item.action), owner=text(item.owner)) for item in year.open_actions
            ),
        )
