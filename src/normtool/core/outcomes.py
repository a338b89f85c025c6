"""What scoring a kind gives, before own approach, class and cycle are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt

from normtool.core.assessment import (
    Because,
    FactValue,
    Interval,
    Reason,
    ResultValue,
    RowResult,
    Share,
    Verdict,
)
from normtool.core.kinds import Step
from normtool.core.places import CellPlace

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution, for a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The computed result of an indicator's evidence against this year's step."""

    verdict: Verdict
    worst: Verdict
    best: Verdict
    reason: Reason | None = None
    value: ResultValue = None
    interval: Interval | None = None
    due: date | None = None
    rows: tuple[RowResult, ...] = ()
    because: tuple[Because, ...] = ()
    places: tuple[CellPlace, ...] = ()


def because(rule: str, places: tuple[CellPlace, ...] = (), **facts: FactValue) -> Because:
    """One step of the reasoning."""
    return Because(rule=rule, facts=tuple(facts.items()), places=places)


def decided(verdict: Verdict, *steps: Because, value: ResultValue = None) -> Outcome:
    """An outcome that is known."""
    return Outcome(verdict=verdict, worst=verdict, best=verdict, value=value, because=steps)


def undecided(
    reason: Reason,
    *steps: Because,
    worst: Verdict = Verdict.NOT_MET,
    best: Verdict = Verdict.MET,
    value: ResultValue = None,
) -> Outcome:
    """An outcome that is not known, between two verdicts."""
    return Outcome(verdict=Verdict.UNKNOWN, reason=reason, worst=worst, best=best, value=value, because=steps)


def not_applicable(reason: Reason, *steps: Because) -> Outcome:
    """An indicator that has nothing to judge."""
    verdict = Verdict.NOT_APPLICABLE
    return Outcome(verdict=verdict, worst=verdict, best=verdict, reason=reason, because=steps)


def against(value: Fraction | int, step: Step) -> Verdict:
    """A number or share against the target of this year, exactly."""
    if value >= Fraction(step.target):
        return Verdict.MET
    return partly(value, step)


def partly(value: Fraction | int, step: Step) -> Verdict:
    """Partly met when the value reaches the partly band of the step, if it has one."""
    if step.partly_from is not None and value >= Fraction(step.partly_from):
        return Verdict.PARTLY_MET
    return Verdict.NOT_MET


def wilson(share: Share) -> Interval:
    """The Wilson 95 % interval of a share.

    Source: E.B. Wilson, Probable inference, J. Am. Stat. Assoc. 22 (1927) 209-212.
    """
    number, part = share.denominator, share.numerator / share.denominator
    square = Z_95 * Z_95
    centre = (part + square / (2 * number)) / (1 + square / number)
    half = Z_95 / (1 + square / number) * sqrt(part * (1 - part) / number + square / (4 * number * number))
    return Interval(low=round(max(0.0, centre - half), 6), high=round(min(1.0, centre + half), 6))
