"""Questions about volumes: numbers below a norm without a plan, and numbers of another year than is asked.

Source: docs/method.md, Volumes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normtool.core.asking import Asked
from normtool.core.assessment import Assessment, NormCheck, RowResult
from normtool.core.diagnostics import Fact, Related
from normtool.core.kinds import VolumeKind
from normtool.core.ledger import Ledger, is_declared, place_in
from normtool.core.places import CellPlace, Located
from normtool.core.plans import is_planned, plan_in
from normtool.core.plausibility_dates import about_year
from normtool.core.rules_answers import BELOW_VOLUME_WITHOUT_PLAN
from normtool.core.rules_volumes import BELOW_SUM_WITHOUT_PLAN
from normtool.core.standards import Indicator
from normtool.core.volumes import field_of, is_sum, missed, rows_below, volume_figures


def ask_about_volumes(ledger: Ledger, assessment: Assessment) -> Iterator[Asked]:
    """The questions about every volume indicator; a number below its norm is asked about once."""
    asked: set[CellPlace | NormCheck] = set()
    kinds = [(item, item.kind) for item in ledger.framework.indicators if isinstance(item.kind, VolumeKind)]
    for indicator, kind in kinds:
        rows = _rows(ledger, assessment, indicator.id, kind)
        yield from _about_plans(ledger, kind, _without_plan(ledger, indicator.id, rows), asked)
    for indicator, kind in kinds:
        yield from _about_years(ledger, indicator, kind)


def _rows(ledger: Ledger, assessment: Assessment, indicator: str, kind: VolumeKind) -> Sequence[RowResult]:
    """The rows of a volume indicator; while other rows must be corrected, and it has no verdict, those below."""
    if indicator in ledger.evidence.to_repair and not is_declared(ledger, indicator):
        return rows_below(ledger, kind)
    return next(result.rows for result in assessment.indicators if result.id == indicator)


def _without_plan(ledger: Ledger, indicator: str, rows: Sequence[RowResult]) -> list[tuple[RowResult, NormCheck]]:
    """Rows below a norm beside which nothing is written and that no action is about; one plan is enough for a sum."""
    below = [(row, check) for row in rows if (check := missed(row)) is not None]
    planned = {
        check
        for row, check in below
        if plan_in(row.note) or is_planned(ledger, indicator, location=row.key[0], treatment=row.key[1])
    }
    return [(row, check) for row, check in below if check not in planned]


def _about_plans(
    ledger: Ledger,
    kind: VolumeKind,
    below: Sequence[tuple[RowResult, NormCheck]],
    asked: set[CellPlace | NormCheck],
) -> Iterator[Asked]:
    norms = {norm.id: norm for norm in ledger.framework.volume_norms}
    for row, check in below:
        name = check if is_sum(check, norms[check.norm]) else row.places[0]
        if name in asked:
            continue
        asked.add(name)
        if name is check:
            yield _about_sum(ledger, kind, row, check)
        else:
            facts: dict[str, Fact] = {"number": check.total, "minimum": check.minimum}
            yield Asked(rule=BELOW_VOLUME_WITHOUT_PLAN, place=row.places[0], facts=facts)


def _about_sum(ledger: Ledger, kind: VolumeKind, row: RowResult, check: NormCheck) -> Asked:
    """A question at one of the numbers that were added up, with the others."""
    field = field_of(ledger, kind)
    norm = next(item for item in field.norms if item.id == check.norm)
    keys = ((place, item, year) for place in check.locations for item in norm.treatments for year in check.years)
    figures = [figure for key in keys if (figure := field.figures.by_key.get(key)) is not None]
    places = [place_in(figure.row, "number")[0] for figure in figures]
    return Asked(
        rule=BELOW_SUM_WITHOUT_PLAN,
        place=row.places[0],
        facts={
            "total": check.total,
            "minimum": check.minimum,
            "locations": len(check.locations),
            "treatments": len(norm.treatments),
            "years": len(check.years),
        },
        related=tuple(Related(place=place, role="part") for place in places if place != row.places[0]),
    )


def _about_years(ledger: Ledger, indicator: Indicator, kind: VolumeKind) -> Iterator[Asked]:
    """The newest figure of each location and treatment may be too old; older ones beside it are history."""
    field, last = field_of(ledger, kind), ledger.reporting_year
    read = {id(figure.row) for figure in field.newest(last)}
    for figure in volume_figures(ledger):
        if last - indicator.allowed_lag <= figure.year <= last or figure.treatment not in field.treatments:
            continue
        if figure.year > last or id(figure.row) in read:
            place = place_in(figure.row, "year")[0]
            yield from about_year(ledger, indicator, Located(value=figure.year, place=place))
