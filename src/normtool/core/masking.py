"""Masking: a dossier without the small numbers of patients, and without what would give them away.

Source: docs/privacy.md. Verdicts are not touched: they rest on the true numbers. What was typed is not lost: the
whole dossier keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from normtool.core.assessment import Assessment, FactValue, IndicatorResult, ResultOrigin, StandardResult
from normtool.core.diagnostics import Diagnostic, Diagnostics, Fact
from normtool.core.dossier import Dossier, FormerResult, FormerYear, SubNetwork
from normtool.core.evidence import Evidence, RegisterRow
from normtool.core.masking_columns import PatientColumns, patient_columns
from normtool.core.masking_evidence import EvidenceMask, told_in
from normtool.core.masking_plan import Masks, masks_of
from normtool.core.masking_results import (
    counts_patients,
    hidden_result,
    hides_value,
    secrets_of,
    without_numbers,
)
from normtool.core.masking_tables import ABOVE, BELOW, OWN, Scope
from normtool.core.masking_texts import MASK, NO_SECRETS, Secrets, text_about, text_beside
from normtool.core.masking_years import NumbersThen, secrets_then
from normtool.core.member_names import owners
from normtool.core.places import CellPlace, CellRange

MEMBERS = "members"
Line = tuple[str, str, int]
"""A row of a sheet: file, sheet, number."""
YEARS = frozenset({"year", "reporting_year", "assessment_year", "first_year"})
"""Facts of a diagnostic that are years."""


def masked(dossier: Dossier, limit: int) -> Dossier:
    """The dossier without numbers of patients from 1 up to the limit, wherever they stand.

    No member works out those of another with its own numbers. What is hidden does not depend on who reads it, so
    two documents of one dossier never tell together what each of them hides.
    """
    mask = _Mask.of(dossier, limit)
    region = dossier.region
    if region is not None and region.evidence is not None:
        region = replace(region, evidence=mask.evidence(ABOVE, region.evidence))
    return replace(
        dossier,
        evidence=mask.evidence(OWN, dossier.evidence),
        assessment=mask.assessment(OWN, dossier.assessment),
        diagnostics=mask.diagnostics(dossier.diagnostics),
        sub_networks=tuple(mask.sub_network(item) for item in dossier.sub_networks),
        region=region,
        history=tuple(mask.year(year) for year in dossier.history),
    )


def _scopes(dossier: Dossier) -> tuple[Scope, ...]:
    """Whose numbers stand in a dossier; results that are inherited are those of the region."""
    results = dossier.assessment.indicators
    own = tuple(item for item in results if item.origin is not ResultOrigin.INHERITED)
    above = tuple(item for item in results if item.origin is ResultOrigin.INHERITED)
    scopes = [Scope(name=OWN, results=own, evidence=dossier.evidence)]
    if above or dossier.region is not None:
        evidence = dossier.region.evidence if dossier.region is not None else None
        scopes.append(Scope(name=ABOVE, results=above, evidence=evidence))
    for item in dossier.sub_networks:
        if item.assessment is not None:
            below = [result for result in item.assessment.indicators if result.origin is not ResultOrigin.INHERITED]
            scopes.append(Scope(name=BELOW + item.code, results=tuple(below)))
    return tuple(scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mask:
    """What is hidden in one dossier: `about` has the hidden numbers of each indicator, in every scope together."""

    dossier: Dossier
    masks: Masks
    limit: int
    columns: tuple[PatientColumns, ...]
    about: dict[str, Secrets]
    secrets: Secrets
    hidden: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, dossier: Dossier, limit: int) -> _Mask:
        """Find what to hide."""
        framework, scopes = dossier.framework, _scopes(dossier)
        columns = patient_columns(framework)
        masks = masks_of(framework, limit, scopes, owners(dossier))
        about: dict[str, Secrets] = {}
        hidden: set[tuple[str, str]] = set()
        for scope in scopes:
            for result in scope.results:
                if counts_patients(framework, result.id):
                    found = secrets_of(scope.name, result, masks, limit)
                    about[result.id] = about.get(result.id, NO_SECRETS) | found
                    hidden |= {(scope.name, result.id)} if hides_value(scope.name, result, masks, limit) else set()
        for indicator, secrets in secrets_then(dossier, frozenset(indicator for _, indicator in hidden), limit):
            about[indicator] = about.get(indicator, NO_SECRETS) | secrets
        return cls(
            dossier=dossier,
            masks=masks,
            limit=limit,
            columns=columns,
            about=about,
            secrets=Secrets.together((*about.values(), *_in_cells(scopes, masks, columns))),
            hidden=frozenset(hidden),
        )

    def _of_scope(self, scope: str) -> EvidenceMask:
        return EvidenceMask(
            framework=self.dossier.framework,
            scope=scope,
            masks=self.masks,
            hidden=frozenset(indicator for whose, indicator in self.hidden if whose == scope),
            about=self.about,
            secrets=self.secrets,
            limit=self.limit,
            columns=self.columns,
        )

    def evidence(self, scope: str, evidence: Evidence) -> Evidence:
        """The evidence of one scope as far as it may be seen."""
        return self._of_scope(scope).evidence(evidence)

    def assessment(self, scope: str, assessment: Assessment) -> Assessment:
        """An assessment with the verdicts as they are; what a network inherits is its region's."""
        above = ABOVE if scope == OWN else OWN
        return replace(
            assessment,
            standards=tuple(self._standard(standard, (scope, above)) for standard in assessment.standards),
        )

    def _standard(self, standard: StandardResult, scopes: tuple[str, str]) -> StandardResult:
        own, above = scopes
        indicators = tuple(
            self._result(above if result.origin is ResultOrigin.INHERITED else own, result)
            for result in standard.indicators
        )
        return replace(standard, indicators=indicators)

    def _result(self, scope: str, result: IndicatorResult) -> IndicatorResult:
        if counts_patients(self.dossier.framework, result.id):
            result = hidden_result(scope, result, self.masks, self.limit)
        if not self.secrets:
            return result
        rows = tuple(
            replace(
                row,
                key=tuple(text_beside(part, self.secrets) for part in row.key),
                note=text_beside(row.note, self.secrets),
            )
            for row in result.rows
        )
        steps = tuple(
            replace(step, facts=tuple((name, self._told(fact)) for name, fact in step.facts))
            for step in result.because
        )
        return replace(result, rows=rows, because=steps)

    def _told(self, fact: FactValue) -> FactValue:
        return text_beside(fact, self.secrets) if isinstance(fact, str) else fact

    def sub_network(self, item: SubNetwork) -> SubNetwork:
        """A sub-network as far as it may be seen: what numbers of patients it has, its own documents tell."""
        scope = BELOW + item.code
        register = self.dossier.framework.register(MEMBERS)
        mask = self._of_scope(scope)
        return replace(
            item,
            assessment=self._below(scope, item.assessment) if item.assessment is not None else None,
            members=tuple(mask.row(register, row) for row in item.members) if register is not None else item.members,
        )

    def _below(self, scope: str, assessment: Assessment) -> Assessment:
        found = self.assessment(scope, assessment)
        standards = (
            replace(
                standard,
                indicators=tuple(
                    without_numbers(item) if counts_patients(self.dossier.framework, item.id) else item
                    for item in standard.indicators
                ),
            )
            for standard in found.standards
        )
        return replace(found, standards=tuple(standards))

    def year(self, year: FormerYear) -> FormerYear:
        """A former year: without small numbers, and without those of what is hidden this year."""
        actions = (
            replace(
                item,
                action=self._text(item.action, item.indicators),
                owner=self._text(item.owner, item.indicators),
            )
            for item in year.open_actions
        )
        return replace(year, results=tuple(self._former(item) for item in year.results), open_actions=tuple(actions))

    def _text(self, text: str, indicators: tuple[str, ...]) -> str:
        about = Secrets.together(self.about.get(item, NO_SECRETS) for item in indicators)
        return text_beside(text_about(text, about), self.secrets)

    def _former(self, item: FormerResult) -> FormerResult:
        hidden = frozenset(indicator for _, indicator in self.hidden)
        is_hidden = NumbersThen.of_result(item).is_hidden(self.dossier.framework, hidden, self.limit)
        return replace(item, number=None, share=None) if is_hidden else item

    # --- diagnostics, for the review team ----------------------------------------------------------------------

    def diagnostics(self, diagnostics: Diagnostics) -> Diagnostics:
        """Questions and notes without the hidden numbers they tell."""
        if not self.secrets:
            return diagnostics
        lines = set(self._lines())
        patients = {item for item, secrets in self.about.items() if secrets}
        return tuple(
            self._diagnostic(item, is_about=_touches(item, lines) or not patients.isdisjoint(item.indicators))
            for item in diagnostics
        )

    def _diagnostic(self, item: Diagnostic, *, is_about: bool) -> Diagnostic:
        facts: list[tuple[str, Fact]] = []
        for name, fact in item.facts:
            if isinstance(fact, str):
                told = text_about(fact, self.secrets) if is_about else fact
                facts.append((name, text_beside(told, self.secrets)))
            else:
                facts.append((name, MASK if is_about and name not in YEARS else fact))
        return replace(item, facts=tuple(facts))

    def _lines(self) -> Iterator[Line]:
        """The lines of workbooks in which a hidden number stands."""
        region = self.dossier.region
        for scope, evidence in (
            (OWN, self.dossier.evidence),
            (ABOVE, region.evidence if region is not None else None),
        ):
            if evidence is not None:
                for whose, register, place in self.masks.cells:
                    if whose == scope:
                        yield _row_at(evidence, register, place).place.line
                yield from (
                    answer.place.line for answer in evidence.answers if (scope, answer.indicator) in self.hidden
                )


def _touches(item: Diagnostic, lines: set[Line]) -> bool:
    """Whether a diagnostic points at one of these lines."""
    places = (item.place, *(related.place for related in item.related))
    return any(
        (isinstance(place, CellPlace) and place.line in lines)
        or (
            isinstance(place, CellRange)
            and any((place.file, place.sheet, row) in lines for row in range(place.row, place.last_row + 1))
        )
        for place in places
    )


def _in_cells(scopes: tuple[Scope, ...], masks: Masks, columns: tuple[PatientColumns, ...]) -> Iterator[Secrets]:
    """The hidden numbers of registers."""
    evidence = {scope.name: scope.evidence for scope in scopes if scope.evidence is not None}
    for (scope, register, place), hidden in masks.cells.items():
        here = [item for item in columns if item.register == register]
        yield told_in(_row_at(evidence[scope], register, place), here, hidden)


def _row_at(evidence: Evidence, register: str, place: int) -> RegisterRow:
    """A row of a register as scoring sees it: of two registers with one id the last."""
    return next(item for item in reversed(evidence.registers) if item.register == register).rows[place]
