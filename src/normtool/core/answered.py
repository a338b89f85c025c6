"""How far a form is: of the indicators that it asks, how many have an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from normtool.core.asked_layers import Asks, asks
from normtool.core.assessment import Assessment, IndicatorResult, Reason
from normtool.core.evidence import Evidence
from normtool.core.forms import AGREEMENTS, registers_of
from normtool.core.intake_parts import said_in
from normtool.core.kinds import Coverage
from normtool.core.offered_rows import TOLD_OF_MEMBERS
from normtool.core.registers import Expected
from normtool.core.standards import Framework, Indicator, IndicatorClass

UNANSWERED = frozenset({Reason.NO_ANSWER, Reason.TO_BE_REPAIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How many of the indicators that a form asks have an answer."""

    answered: int
    asked: int


def count_answered(
    framework: Framework, evidence: Evidence, assessment: Assessment, settled: Collection[str] = ()
) -> Answered:
    """Count the open indicators that are asked at the layer of this network, but those that somebody else answers."""
    asked = answered = 0
    for result in assessment.indicators:
        indicator = framework.indicator(result.id)
        if indicator is None or result.id in settled or not _is_asked(evidence, indicator, result):
            continue
        asked += 1
        answered += result.reason not in UNANSWERED and not _only_named(framework, evidence, indicator)
    return Answered(answered=answered, asked=asked)


def _is_asked(evidence: Evidence, indicator: Indicator, result: IndicatorResult) -> bool:
    is_scored = result.is_open and result.indicator_class is not IndicatorClass.INFORMATIVE
    has_norm = result.reason is not Reason.NO_NORM
    return is_scored and has_norm and asks(evidence.network.layer, indicator.layer) is Asks.YES


def _only_named(framework: Framework, evidence: Evidence, indicator: Indicator) -> bool:
    """Whether all there is to go by are members that a form was filled in with beforehand: that answers nothing."""
    kind = indicator.kind
    if not isinstance(kind, Coverage) or framework.declared(kind.register).expected is not Expected.MEMBERS:
        return False
    if any(answer.indicator == indicator.id and said_in(answer) for answer in evidence.answers):
        return False
    read = {register.id: columns for register, columns in registers_of(framework, indicator)}
    if AGREEMENTS in read and evidence.register(AGREEMENTS).rows:
        return False
    rows, answers = evidence.register(kind.register), frozenset(read[kind.register]) - TOLD_OF_MEMBERS
    return not rows.is_complete and all(answers.isdisjoint(row.contents) for row in rows.rows)
