"""What an indicator comes to in one year, as it is laid beside the next."""

from __future__ import annotations

from normtool.core.dates import Truth
from normtool.core.evidence import PreviousAnswer
from normtool.core.kinds import Count, Pooled, Proportion
from normtool.core.ledger import Ledger, number_in
from normtool.core.scoring_rows import filter_row
from normtool.core.standards import Indicator


def came_to(ledger: Ledger, indicator: Indicator) -> PreviousAnswer:
    """The number or the share that an indicator came to; nothing of it when it was not answered.

    A pooled share is the sum of the rows that surely count and have both numbers.
    """
    answer = ledger.answers.get(indicator.id)
    kind = indicator.kind
    number = numerator = denominator = year = None
    if answer is not None:
        year = answer.year.value if answer.year is not None else None
    if isinstance(kind, Count) and answer is not None and answer.answer is not None:
        value = answer.answer.value
        number = value if isinstance(value, int) and not isinstance(value, bool) else None
    elif isinstance(kind, Proportion) and answer is not None:
        numerator = answer.numerator.value if answer.numerator is not None else None
        denominator = answer.denominator.value if answer.denominator is not None else None
    elif isinstance(kind, Pooled):
        numerator, denominator = _sum(ledger, kind)
    if numerator is None or denominator is None:
        numerator = denominator = None
    return PreviousAnswer(
        indicator=indicator.id, year=year, number=number, numerator=numerator, denominator=denominator
    )


def _sum(ledger: Ledger, kind: Pooled) -> tuple[int | None, int | None]:
    register = ledger.framework.declared(kind.register)
    counted = [
        (numerator, denominator)
        for row in ledger.rows(register.id).rows
        if (numerator := number_in(row, kind.numerator)) is not None
        and (denominator := number_in(row, kind.denominator)) is not None
        and filter_row(ledger, register, row, kind.where) is Truth.YES
    ]
    if not counted:
        return None, None
    return sum(numerator for numerator, _ in counted), sum(denominator for _, denominator in counted)
