"""Norms as sentences: the text of an indicator's norm with the numbers of this cycle filled in."""

from __future__ import annotations

from normtool.core.kinds import (
    AtLeast,
    Count,
    Coverage,
    DocumentAge,
    Linked,
    Maturity,
    NotOlderThanMonths,
    Step,
    Test,
)
from normtool.core.standards import Indicator
from normtool.texts import Words

NO_NUMBER = "–"


def norm_sentence(indicator: Indicator, step: Step | None, words: Words) -> str:
    """The norm as it holds at a step of its path; without a step the first one is told."""
    told = step if step is not None else next(iter(indicator.path), None)
    facts = {
        "target": NO_NUMBER if told is None else target_text(indicator, told, words),
        "months": number_text(months_of(indicator), words),
        "minimum": number_text(minimum_of(indicator), words),
        "deadline": deadline_text(indicator, words),
        "rows": number_text(rows_of(indicator), words),
    }
    return words.text(indicator.norm).format_map(facts)


def target_text(indicator: Indicator, step: Step, words: Words) -> str:
    """The target of a step: `85 %` for a share, the bare number for a level or a count."""
    if isinstance(indicator.kind, Maturity | Count):
        return words.decimal(step.target)
    return words.target_share(step.target)


def number_text(number: int | None, words: Words) -> str:
    """A number of the norm, or a dash when the norm has none."""
    return NO_NUMBER if number is None else words.whole(number)


def deadline_text(indicator: Indicator, words: Words) -> str:
    """The date on or before which a document must have been adopted."""
    kind = indicator.kind
    return words.date(kind.deadline) if isinstance(kind, DocumentAge) and kind.deadline else NO_NUMBER


def months_of(indicator: Indicator) -> int | None:
    """How many months old the document, or the date in the tested column, may be."""
    if isinstance(indicator.kind, DocumentAge):
        return indicator.kind.months
    tests = tests_of(indicator)
    return next((test.months for test in tests if isinstance(test, NotOlderThanMonths)), None)


def minimum_of(indicator: Indicator) -> int | None:
    """The least number that the tested column must hold."""
    return next((test.minimum for test in tests_of(indicator) if isinstance(test, AtLeast)), None)


def rows_of(indicator: Indicator) -> int | None:
    """How many rows must meet the norm, when it counts rows instead of a share."""
    return indicator.kind.at_least_rows if isinstance(indicator.kind, Coverage) else None


def tests_of(indicator: Indicator) -> tuple[Test, ...]:
    """The tests of the norm, with those that a linked agreement must pass."""
    kind = indicator.kind
    if not isinstance(kind, Coverage):
        return ()
    inner = tuple(item for test in kind.tests if isinstance(test, Linked) for item in test.tests)
    return kind.tests + inner
