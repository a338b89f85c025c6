"""What is withheld of other networks: in a region of its sub-networks, and in a sub-network of its region.

Each network has documents of its own, and what those hide depends on evidence that the others do not have. So no
document tells numbers of patients of another network that rest on rows, nor a sum of such numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normtool.core.assessment import Share
from normtool.core.kinds import ColumnRef, Pooled, Proportion
from normtool.core.ledger import number_in
from normtool.core.masking_columns import patient_columns
from normtool.core.masking_sums import is_small
from normtool.core.masking_tables import Cells, Figure, Scope, Tables, about_patients, row_of, shares_of


def withhold_below(tables: Tables, region: Scope, below: Sequence[Scope]) -> None:
    """Withhold the region's own figures that come near a sum of those of its sub-networks, and small ones of these.

    Of sub-networks all figures are gone from a region's documents; the small ones no text may tell either.
    """
    counted: dict[tuple[str, tuple[str, ...]], list[Share]] = {}
    for scope in below:
        for (name, indicator, key), share in _figures(tables, scope):
            counted.setdefault((indicator, key), []).append(share)
            if is_small(row_of(share), tables.limit):
                tables.withheld.add((name, indicator, key))
    for figure, share in _figures(tables, region):
        shares = counted.get(figure[1:], [])
        if shares and _comes_near(share, shares, tables.limit):
            tables.withheld.add(figure)


def _comes_near(share: Share, shares: list[Share], limit: int) -> bool:
    """Whether a numerator or difference is, as far as readers can tell, the sum of those of these shares."""
    added = (sum(numbers) for numbers in zip(*(row_of(item).parts for item in shares), strict=True))
    return any(abs(number - part) < limit for number, part in zip(added, row_of(share).parts, strict=True))


def withhold_above(tables: Tables, above: Scope) -> None:
    """Withhold the figures of the region that rest on rows of its own."""
    for result, indicator in about_patients(tables.framework, above):
        held = indicator.kind.denominator_holds if isinstance(indicator.kind, Proportion) else None
        if isinstance(indicator.kind, Pooled) or (held is not None and _has_numbers(tables, above, held)):
            tables.withheld |= {(above.name, result.id, key) for key in ((), *(row.key for row in result.rows))}


def _has_numbers(tables: Tables, scope: Scope, where: ColumnRef) -> bool:
    ledger = tables.ledgers.get(scope.name)
    rows = ledger.rows(where.register).rows if ledger is not None else ()
    return any(number_in(row, where.column) is not None for row in rows)


def cells_above(tables: Tables, above: Scope) -> dict[Cells, frozenset[str]]:
    """All cells of the region that count patients: which columns, by row."""
    found: dict[Cells, frozenset[str]] = {}
    for columns in patient_columns(tables.framework):
        rows = tables.ledgers[above.name].rows(columns.register).rows if above.name in tables.ledgers else ()
        for place, row in enumerate(rows):
            if columns.row(row) is not None:
                cells = (above.name, columns.register, place)
                found[cells] = found.get(cells, frozenset()) | frozenset(columns.columns)
    return found


def _figures(tables: Tables, scope: Scope) -> Iterator[tuple[Figure, Share]]:
    """The figures of one network: those by group, and else its value."""
    for result, indicator in about_patients(tables.framework, scope):
        if isinstance(indicator.kind, Pooled) and indicator.kind.per_group:
            yield from (((scope.name, result.id, row.key), share) for row, share in shares_of(result))
        elif isinstance(result.value, Share):
            yield (scope.name, result.id, ()), result.value
