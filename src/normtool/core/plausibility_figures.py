"""Questions about figures beside other figures: counted the wrong way round, copied, passed over.

Source: docs/method.md, Implausible is not below target.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from normtool.core.asking import Asked, explanation_in, explanation_of, form_language
from normtool.core.dates import Truth
from normtool.core.diagnostics import Related
from normtool.core.evidence import RegisterRow
from normtool.core.kinds import Pooled, Test
from normtool.core.ledger import Ledger
from normtool.core.places import CellPlace, Located
from normtool.core.pooled_columns import PooledColumns, PooledFigures, located_number, pooled_columns, pooled_figures
from normtool.core.rules_questions import COUNTED_THE_REST, FIGURES_NOT_COUNTED, SAME_FIGURES
from normtool.core.scoring_rows import evaluate, filter_row
from normtool.core.standards import Indicator

ALIKE = Fraction(1, 10)
"""How near the share of the rest must be to that of the other rows before it looks counted the wrong way round."""
COPIED = 5
"""How many rows with the same two large numbers are too many for chance."""


def ask_about_figures(ledger: Ledger) -> Iterator[Asked]:
    """The questions about pooled columns."""
    for columns in pooled_columns(ledger.framework):
        figures = [item for item in pooled_figures(ledger, columns) if _is_possible(item)]
        if _leaves_out(columns):
            figures = [item for item in figures if _passed_over_by(ledger, columns, item.row) is None]
        yield from _counted_the_rest(ledger, columns, figures)
        yield from _copied(ledger, figures)
    yield from _not_counted(ledger)


def _is_possible(figures: PooledFigures) -> bool:
    """Whether the numbers can be; others have a diagnostic of their own."""
    return figures.numerator.value <= figures.denominator.value


def _counted_the_rest(ledger: Ledger, columns: PooledColumns, figures: list[PooledFigures]) -> Iterator[Asked]:
    """A share below the corridor, while the rest of its denominator is about the share of all other rows."""
    indicator = next((item for item in columns.indicators if item.corridor and item.corridor.low), None)
    if indicator is None or indicator.corridor is None or indicator.corridor.low is None:
        return
    settings, low = ledger.framework.settings, Fraction(indicator.corridor.low)
    least, lowest = max(1, settings.small_below), low.as_integer_ratio()
    odd: list[PooledFigures] = []
    ordinary: list[PooledFigures] = []
    for item in figures:
        share = item.numerator.value, item.denominator.value
        is_low = share[1] >= least and share[0] * lowest[1] < lowest[0] * share[1]
        (odd if is_low else ordinary).append(item)
    patients = sum(item.denominator.value for item in ordinary)
    if patients < settings.large_denominator:
        return
    usual = Fraction(sum(item.numerator.value for item in ordinary), patients)
    for item in odd:
        rest = item.denominator.value - item.numerator.value
        if abs(Fraction(rest, item.denominator.value) - usual) <= ALIKE:
            yield Asked(
                rule=COUNTED_THE_REST,
                place=item.numerator.place,
                facts={
                    "indicator": indicator.id,
                    "numerator": item.numerator.value,
                    "denominator": item.denominator.value,
                    "rest": rest,
                    "percent": int(usual * 100),
                },
                related=(Related(place=item.denominator.place, role="denominator"),),
                explanation=_explained(ledger, item.row, indicator),
            )


def _explained(ledger: Ledger, row: RegisterRow, indicator: Indicator) -> Located[str] | None:
    """The row's own explanation, else that of the indicator."""
    answer = ledger.answers.get(indicator.id)
    return explanation_in(row) or explanation_of(answer.explanation if answer is not None else None)


def _copied(ledger: Ledger, figures: list[PooledFigures]) -> Iterator[Asked]:
    """The same two large numbers in many rows: probably filled down."""
    alike: dict[tuple[int, int], list[PooledFigures]] = {}
    for item in figures:
        if item.denominator.value >= ledger.framework.settings.large_denominator:
            alike.setdefault((item.numerator.value, item.denominator.value), []).append(item)
    for (numerator, denominator), items in alike.items():
        if len(items) >= COPIED:
            said = [explanation_in(item.row) for item in items]
            yield Asked(
                rule=SAME_FIGURES,
                place=items[0].numerator.place,
                facts={"numerator": numerator, "denominator": denominator, "count": len(items)},
                related=tuple(Related(place=item.numerator.place, role="same_figures") for item in items[1:]),
                explanation=said[0] if all(said) else None,
            )


def _not_counted(ledger: Ledger) -> Iterator[Asked]:
    """Numbers in a row that no pool takes in, because of what the row says elsewhere; each row once."""
    asked: set[CellPlace] = set()
    for columns in pooled_columns(ledger.framework):
        for row in ledger.rows(columns.register.id).rows if _leaves_out(columns) else ():
            numbers = (located_number(row, name) for name in (columns.numerator, columns.denominator))
            cells = [cell for cell in numbers if cell is not None and cell.value > 0]
            test = _passed_over_by(ledger, columns, row) if cells and row.place not in asked else None
            if test is None:
                continue
            asked.add(row.place)
            column = columns.register.column(getattr(test, "column", ""))
            header = column.header if column is not None else columns.register.sheet
            filtered = row.get(column.id) if column is not None else None
            yield Asked(
                rule=FIGURES_NOT_COUNTED,
                place=cells[0].place,
                facts={"number": cells[0].value, "header": header.in_language(form_language(ledger))},
                related=(Related(place=filtered.place, role="filter"),) if filtered is not None else (),
                explanation=explanation_in(row),
            )


def _leaves_out(columns: PooledColumns) -> bool:
    """Whether there can be rows that no indicator pools: all of them have a filter."""
    return all(item.kind.where for item in columns.indicators if isinstance(item.kind, Pooled))


def _passed_over_by(ledger: Ledger, columns: PooledColumns, row: RegisterRow) -> Test | None:
    """The first test by which the filters leave the row out; None when the row may count for an indicator."""
    wheres = [item.kind.where for item in columns.indicators if isinstance(item.kind, Pooled)]
    if any(filter_row(ledger, columns.register, row, where) is not Truth.NO for where in wheres):
        return None
    tests = (test for where in wheres for test in where)
    return next(test for test in tests if evaluate(ledger, columns.register, row, test).outcome is Truth.NO)
