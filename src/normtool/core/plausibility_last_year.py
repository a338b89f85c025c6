"""Questions that last year raises: a figure that jumped, an own approach that did not change.

Source: docs/method.md, Implausible is not below target. How far a figure may move before it is asked about is in the
norms: `corridor.jump` for a share, `settings.jump_percent` and `jump_from` for numbers; all are proposals.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from normtool.core.asking import Asked, explanation_in, explanation_of
from normtool.core.diagnostics import Fact
from normtool.core.evidence import Answer, Previous, PreviousAnswer
from normtool.core.kinds import Pooled
from normtool.core.last_year import came_to
from normtool.core.ledger import Ledger, number_in, place_in, text_in
from normtool.core.offered_rows import binding_columns
from normtool.core.places import CellPlace
from normtool.core.ready import compared
from normtool.core.rules_offers import NUMBER_JUMPED, OWN_APPROACH_UNCHANGED, SHARE_JUMPED
from normtool.core.spellings import plain
from normtool.core.standards import Indicator, Settings


def ask_about_last_year(ledger: Ledger) -> Iterator[Asked]:
    """Everything that stands out when this year is laid beside the last."""
    previous = ledger.evidence.previous
    if previous is None:
        return
    for indicator in ledger.framework.indicators:
        before = previous.answer(indicator.id)
        if before is not None:
            yield from _about_figure(ledger, indicator, before)
            answer = ledger.answers.get(indicator.id)
            if answer is not None:
                yield from _about_own_approach(answer, before)
    yield from _about_numbers(ledger, previous)


def _about_figure(ledger: Ledger, indicator: Indicator, before: PreviousAnswer) -> Iterator[Asked]:
    now = came_to(ledger, indicator)
    place = _place(ledger, indicator)
    if place is None or (now.year is not None and now.year == before.year):
        return
    answer = ledger.answers.get(indicator.id)
    explanation = explanation_of(answer.explanation) if answer is not None else None
    settings = ledger.framework.settings
    jump = indicator.corridor.jump if indicator.corridor is not None else None
    if now.number is not None and before.number is not None and jumps(now.number, before.number, settings):
        facts: dict[str, Fact] = {"number": now.number, "before": before.number}
        yield Asked(rule=NUMBER_JUMPED, place=place, facts=facts, explanation=explanation)
    if not now.denominator or not before.denominator:
        return
    share, then = (Fraction(figure.numerator or 0, figure.denominator or 1) for figure in (now, before))
    if jump is not None and abs(share - then) > Fraction(jump):
        facts = {"indicator": indicator.id, "percent": round(share * 100), "before": round(then * 100)}
        yield Asked(rule=SHARE_JUMPED, place=place, facts=facts, explanation=explanation)
    if jumps(now.denominator, before.denominator, settings):
        facts = {"number": now.denominator, "before": before.denominator}
        yield Asked(rule=NUMBER_JUMPED, place=place, facts=facts, explanation=explanation)


def jumps(now: int, before: int, settings: Settings) -> bool:
    """Whether a number moved by more than the settings allow; small numbers always may."""
    if max(now, before) < settings.jump_from:
        return False
    return abs(now - before) * 100 > settings.jump_percent * before


def _place(ledger: Ledger, indicator: Indicator) -> CellPlace | None:
    """Where the figure of an indicator stands; of one that is summed over rows, the first of them that counts."""
    kind = indicator.kind
    if isinstance(kind, Pooled):
        cells = (row.get(kind.denominator) for row in ledger.rows(kind.register).rows)
        return next((cell.place for cell in cells if cell is not None), None)
    answer = ledger.answers.get(indicator.id)
    cell = (answer.denominator or answer.answer) if answer is not None else None
    return cell.place if cell is not None else None


def _about_own_approach(answer: Answer, before: PreviousAnswer) -> Iterator[Asked]:
    own = answer.own_approach
    if own.aim is None or own.what is None or not before.own_aim or not before.own_what:
        return
    if (plain(own.aim.value), plain(own.what.value)) == (plain(before.own_aim), plain(before.own_what)):
        explanation = explanation_of(answer.explanation)
        facts: dict[str, Fact] = {"indicator": answer.indicator}
        yield Asked(rule=OWN_APPROACH_UNCHANGED, place=own.what.place, facts=facts, explanation=explanation)


def _about_numbers(ledger: Ledger, previous: Previous) -> Iterator[Asked]:
    """Numbers of a register with a year in its key, each beside that of the same row in another year."""
    before = {(item.register, compared(item.key)): item for item in previous.numbers}
    for register in ledger.framework.registers:
        for row in ledger.rows(register.id).rows:
            item = before.get(
                (register.id, compared(text_in(row, column.id) for column in binding_columns(register)))
            )
            number = number_in(row, "number")
            if item is None or number is None or number_in(row, "year") == item.year:
                continue
            if jumps(number, item.number, ledger.framework.settings):
                facts: dict[str, Fact] = {"number": number, "before": item.number}
                place = place_in(row, "number")[0]
                yield Asked(rule=NUMBER_JUMPED, place=place, facts=facts, explanation=explanation_in(row))
