"""What only shows when all sheets are read: n.v.t. and own approach, numerators, rows that contradict an answer."""

from __future__ import annotations

from fractions import Fraction

from normtool.core.dates import Truth
from normtool.core.diagnostics import Collector, Related
from normtool.core.evidence import Answer, RegisterRow, Said
from normtool.core.expected_rows import is_blank
from normtool.core.kinds import Coverage, Pooled, Test, VolumeKind
from normtool.core.ledger import Ledger, number_in, text_in
from normtool.core.places import Located
from normtool.core.pooled_columns import pooled_columns, pooled_figures
from normtool.core.registers import Register
from normtool.core.rules_answers import (
    NOT_APPLICABLE_REFUSED,
    NOT_APPLICABLE_WITH_ANSWER,
    NOT_APPLICABLE_WITH_ROWS,
    NOT_APPLICABLE_WITHOUT_REASON,
    NUMERATOR_TOO_LARGE,
    REASON_WITHOUT_NOT_APPLICABLE,
    ZERO_DENOMINATOR,
)
from normtool.core.scoring_rows import filter_row
from normtool.core.standards import Corridor, Indicator


def check_answers(ledger: Ledger, collector: Collector) -> None:
    """Errors that hold whatever else is said (docs/method.md, Reading an answer, 1, 2, 7)."""
    for indicator in ledger.framework.indicators:
        answer = ledger.answers.get(indicator.id)
        if answer is not None:
            _check_not_applicable(ledger, collector, indicator, answer)
            _check_share(collector, (indicator,), answer.numerator, answer.denominator)
    _check_pooled(ledger, collector)


def _check_not_applicable(ledger: Ledger, collector: Collector, indicator: Indicator, answer: Answer) -> None:
    touched = (indicator.id,)
    declared = answer.answer is not None and answer.answer.value is Said.NOT_APPLICABLE
    reason = answer.reason_not_applicable
    if not declared or answer.answer is None:
        if reason is not None:
            collector.add(REASON_WITHOUT_NOT_APPLICABLE, reason.place, indicators=touched, indicator=indicator.id)
        return
    place = answer.answer.place
    others = [answer.numerator, answer.denominator, answer.no_source, *answer.own_approach.cells]
    filled = next((cell for cell in others if cell is not None), None)
    if filled is not None:
        related = (Related(place=filled.place, role="also_filled"),)
        collector.add(NOT_APPLICABLE_WITH_ANSWER, place, related=related, indicators=touched, indicator=indicator.id)
    row = _applicable_row(ledger, indicator)
    if row is not None:
        collector.add(
            NOT_APPLICABLE_WITH_ROWS,
            place,
            related=(Related(place=row.place, role="row"),),
            indicators=touched,
            indicator=indicator.id,
            sheet=row.place.sheet,
        )
    if not indicator.may_be_not_applicable:
        collector.add(NOT_APPLICABLE_REFUSED, place, indicators=touched, indicator=indicator.id)
    elif reason is None:
        collector.add(NOT_APPLICABLE_WITHOUT_REASON, place, indicators=touched, indicator=indicator.id)


def _applicable_row(ledger: Ledger, indicator: Indicator) -> RegisterRow | None:
    """A filled row that surely falls within the indicator's filter, and answers something it asks."""
    kind = indicator.kind
    if isinstance(kind, VolumeKind):
        treatments = {item.id for item in ledger.framework.treatments if item.category == kind.category}
        rows = ledger.rows("volumes").rows
        return next(
            (row for row in rows if text_in(row, "treatment") in treatments and (number_in(row, "number") or 0) > 0),
            None,
        )
    if not isinstance(kind, Coverage | Pooled):
        return None
    register = ledger.framework.declared(kind.register)
    return next((row for row in ledger.rows(register.id).rows if _applies(ledger, register, row, kind.where)), None)


def _applies(ledger: Ledger, register: Register, row: RegisterRow, where: tuple[Test, ...]) -> bool:
    return not is_blank(register, row) and filter_row(ledger, register, row, where) is Truth.YES


def _check_pooled(ledger: Ledger, collector: Collector) -> None:
    for columns in pooled_columns(ledger.framework):
        for figures in pooled_figures(ledger, columns):
            _check_share(collector, columns.indicators, figures.numerator, figures.denominator)


def _check_share(
    collector: Collector,
    indicators: tuple[Indicator, ...],
    numerator: Located[int] | None,
    denominator: Located[int] | None,
) -> None:
    """A numerator is part of its denominator; where the two may have changed places, that is said."""
    if numerator is None or denominator is None or numerator.value <= denominator.value:
        return
    touched = tuple(indicator.id for indicator in indicators)
    swapped = Fraction(denominator.value, numerator.value)
    role = "swapped" if any(_is_ordinary(indicator.corridor, swapped) for indicator in indicators) else "denominator"
    related = (Related(place=denominator.place, role=role),)
    if denominator.value == 0:
        collector.add(
            ZERO_DENOMINATOR, numerator.place, related=related, indicators=touched, numerator=numerator.value
        )
    else:
        collector.add(
            NUMERATOR_TOO_LARGE,
            numerator.place,
            related=related,
            indicators=touched,
            numerator=numerator.value,
            denominator=denominator.value,
        )


def _is_ordinary(corridor: Corridor | None, share: Fraction) -> bool:
    """Whether a share lies inside the corridor; without a lower end nothing is known about shares."""
    if corridor is None or corridor.low is None:
        return False
    return Fraction(corridor.low) <= share and (corridor.high is None or share <= Fraction(corridor.high))
