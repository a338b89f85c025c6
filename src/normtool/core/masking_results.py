"""Results without the numbers that are hidden: verdicts stay, for they rest on the true numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from normtool.core.assessment import Because, IndicatorResult, RowResult, Share
from normtool.core.masking_columns import is_pool_of_patients
from normtool.core.masking_plan import Masks
from normtool.core.masking_sums import is_small
from normtool.core.masking_tables import row_of
from normtool.core.masking_texts import Secrets
from normtool.core.outcomes import because
from normtool.core.standards import Framework

TOLD = frozenset({"share", "denominator", "number"})
"""Facts of a step that tell numbers of patients."""


def counts_patients(framework: Framework, indicator_id: str) -> bool:
    """Whether an indicator is about numbers of patients."""
    indicator = framework.indicator(indicator_id)
    return indicator is not None and (indicator.counts_patients or is_pool_of_patients(framework, indicator))


def is_small_number(number: int | None, limit: int) -> bool:
    """Whether a number is one from 1 up to the limit."""
    return number is not None and 0 < number < limit


def is_small_share(share: Share | None, limit: int) -> bool:
    """Whether numerator, denominator or difference is a number from 1 up to the limit."""
    return share is not None and is_small(row_of(share), limit)


def hides_value(scope: str, result: IndicatorResult, masks: Masks, limit: int) -> bool:
    """Whether the value of a result about patients is hidden; of groups it is that of one of them."""
    value = result.value
    if not isinstance(value, Share):
        return isinstance(value, int) and not isinstance(value, bool) and is_small_number(value, limit)
    of_row = any(row.share == value for row in _hidden_rows(scope, result, masks))
    return of_row or (scope, result.id, ()) in masks.figures or is_small_share(value, limit)


def _hidden_rows(scope: str, result: IndicatorResult, masks: Masks) -> Iterator[RowResult]:
    return (row for row in result.rows if (scope, result.id, row.key) in masks.figures)


def secrets_of(scope: str, result: IndicatorResult, masks: Masks, limit: int) -> Secrets:
    """The hidden numbers of one result about patients."""
    hidden = [row.share for row in _hidden_rows(scope, result, masks)]
    number = None
    if hides_value(scope, result, masks, limit):
        hidden.append(result.value if isinstance(result.value, Share) else None)
        number = result.value if isinstance(result.value, int) else None
    shares = [(share.numerator, share.denominator) for share in hidden if share is not None]
    return Secrets.of(() if number is None else (number,), shares)


def hidden_result(scope: str, result: IndicatorResult, masks: Masks, limit: int) -> IndicatorResult:
    """A result about patients without its hidden numbers."""
    found = _without_rows(result, {row.key for row in _hidden_rows(scope, result, masks)})
    return _without_value(found) if hides_value(scope, result, masks, limit) else found


def without_numbers(result: IndicatorResult) -> IndicatorResult:
    """A result about patients without any of its numbers."""
    found = _without_rows(result, {row.key for row in result.rows})
    return found if result.value is None or isinstance(result.value, bool) else _without_value(found)


def _without_rows(result: IndicatorResult, keys: set[tuple[str, ...]]) -> IndicatorResult:
    rows = tuple(
        replace(row, share=None, number=None, interval=None, is_masked=True)
        if row.key in keys and row.share is not None
        else row
        for row in result.rows
    )
    return replace(result, rows=rows)


def _without_value(result: IndicatorResult) -> IndicatorResult:
    steps = tuple(_hidden_step(step) for step in result.because)
    return replace(result, value=None, interval=None, because=steps, is_masked=True)


def _hidden_step(step: Because) -> Because:
    if TOLD.isdisjoint(name for name, _ in step.facts):
        return step
    return because("masked", step.places)
