"""The numbers of patients of sub-networks, of which a region's dossier has the results without the evidence."""

from __future__ import annotations

from collections.abc import Collection

from normtool.core.assessment import IndicatorResult, Share
from normtool.core.kinds import Pooled, Proportion
from normtool.core.masking_columns import PatientColumns, patient_columns
from normtool.core.masking_sums import Row
from normtool.core.masking_tables import Figure, Scope, Source, Tables, about_patients, add_shares, row_of, shares_of


def add_results(tables: Tables, scope: Scope) -> None:
    """The figures of one sub-network: its rows, the values that are sums of them, and its shares."""
    named: dict[tuple[str, str], set[str]] = {}
    for result, indicator in about_patients(tables.framework, scope):
        if isinstance(indicator.kind, Pooled):
            kind = indicator.kind
            names = _add_rows(tables, scope, result, kind)
            named.setdefault((kind.register, kind.denominator), set()).update(names)
            if not kind.per_group and isinstance(result.value, Share):
                tables.add_total((scope.name, result.id, ()), row_of(result.value), frozenset(names))
    for result, indicator in about_patients(tables.framework, scope):
        held = indicator.kind.denominator_holds if isinstance(indicator.kind, Proportion) else None
        if held is not None and isinstance(result.value, Share):
            names = sorted(named.get((held.register, held.column), ()))
            numbers = {name: tables.rows[name].row.size for name in names}
            tables.add_whole((scope.name, result.id, ()), result.value, numbers)
    add_shares(tables, scope)


def _add_rows(tables: Tables, scope: Scope, result: IndicatorResult, kind: Pooled) -> list[str]:
    """The rows of one pooled result, named as they are in evidence; those per group by their group."""
    register = tables.framework.declared(kind.register)
    source = Source(scope=scope, register=register, columns=_columns_of(tables, kind))
    names = []
    for row, share in shares_of(result):
        numbers = row_of(share)
        name = f"{source.name(row.key, numbers)} 1"
        if kind.per_group:
            name = repr((scope.name, register.id, kind.numerator, kind.denominator, row.key, numbers.parts))
        about = frozenset() if kind.per_group else source.about(row.key)
        tables.add_row(name, numbers, about).figures.append((scope.name, result.id, row.key))
        names.append(name)
    return names


def _columns_of(tables: Tables, kind: Pooled) -> PatientColumns:
    return next(
        item
        for item in patient_columns(tables.framework)
        if item.register == kind.register and kind.numerator in item.columns
    )


def add_region(tables: Tables, region: Scope, below: Collection[str]) -> None:
    """The region's own figures as sums of those of its sub-networks (`below`: their scopes), where they come near."""
    for result, indicator in about_patients(tables.framework, region):
        by_group = isinstance(indicator.kind, Pooled) and indicator.kind.per_group
        figures = [(row.key, share) for row, share in shares_of(result)] if by_group else []
        if not by_group and isinstance(result.value, Share):
            figures = [((), result.value)]
        for key, share in figures:
            members = {
                name: held.row
                for name, held in tables.rows.items()
                if any(_adds_up(figure, below, (result.id, key if by_group else None)) for figure in held.figures)
            }
            _add_sum(tables, (region.name, result.id, key), row_of(share), members)


def _adds_up(figure: Figure, below: Collection[str], wanted: tuple[str, tuple[str, ...] | None]) -> bool:
    """Whether a figure is one of a sub-network that a figure of the region may be a sum of."""
    scope, indicator, key = figure
    return scope in below and indicator == wanted[0] and wanted[1] in (None, key)


def _add_sum(tables: Tables, figure: Figure, row: Row, members: dict[str, Row]) -> None:
    counted = [sum(numbers) for numbers in zip(*(item.parts for item in members.values()), strict=True)]
    if any(abs(number - part) < tables.limit for number, part in zip(counted, row.parts, strict=False)):
        tables.add_total(figure, row, frozenset(members), is_exact=False)
