"""Regions: answers that its sub-networks inherit, and verdicts that are derived from those of its sub-networks.

Source: docs/method.md, Regions. What is inherited are results, unchanged; standards are judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from normtool.core.assessment import (
    Assessment,
    Because,
    IndicatorResult,
    Reason,
    ResultOrigin,
    SubNetworkVerdict,
    Verdict,
)
from normtool.core.dates import Truth
from normtool.core.dossier import SubNetwork
from normtool.core.evidence import Answer, Evidence, Said
from normtool.core.expected_rows import filled_rows
from normtool.core.kinds import Coverage, Pooled, VolumeKind
from normtool.core.ledger import Ledger, open_ledger
from normtool.core.next_steps import judge_standard
from normtool.core.outcomes import because
from normtool.core.scoring_rows import filter_row
from normtool.core.standards import Framework, Indicator, IndicatorClass, Layer
from normtool.core.volumes import VOLUMES

LEFT = (Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE)
"""Verdicts of a sub-network that do not count in what is derived; *no norm* does not either."""


# --- down: what a region answers for all ----------------------------------------------------------------------


def regional_answers(
    framework: Framework, evidence: Evidence, assessment: Assessment
) -> Mapping[str, IndicatorResult]:
    """The results that hold for all sub-networks of this region, by the id of their indicator."""
    ledger = open_ledger(framework, evidence)
    return {
        result.id: result
        for result in assessment.indicators
        if (indicator := framework.indicator(result.id)) is not None and _is_regional(ledger, indicator, result)
    }


def _is_regional(ledger: Ledger, indicator: Indicator, result: IndicatorResult) -> bool:
    if indicator.layer is Layer.EITHER:
        return answers_itself(ledger, indicator, result)
    return indicator.layer is Layer.REGION


def answers_itself(ledger: Ledger, indicator: Indicator, result: IndicatorResult) -> bool:
    """Whether a network gave an answer of its own to an indicator: in its row, or in the register it is about.

    A register answers when it was declared complete and has rows. Where a norm asks a number of rows, it answers when
    one passes the filter: that there is none here does not say that others have none.
    """
    if answers_in_its_row(ledger, result):
        return True
    register_id = register_of(indicator)
    if not register_id:
        return result.reason is Reason.TO_BE_REPAIRED
    register = ledger.framework.declared(register_id)
    rows, kind = filled_rows(ledger, register), indicator.kind
    if isinstance(kind, Coverage) and kind.at_least_rows is not None:
        return any(filter_row(ledger, register, row, kind.where) is Truth.YES for row in rows)
    return ledger.rows(register_id).is_complete and bool(rows)


def answers_in_its_row(ledger: Ledger, result: IndicatorResult) -> bool:
    """Whether the row of an indicator holds an answer, or a complete own approach."""
    return result.own_approach or _is_answered(ledger.answers.get(result.id))


def register_of(indicator: Indicator) -> str:
    """The id of the register that an indicator is about; empty when it is answered in its own row."""
    match indicator.kind:
        case Coverage() | Pooled() as kind:
            return kind.register
        case VolumeKind():
            return VOLUMES
        case _:
            return ""


def _is_answered(answer: Answer | None) -> bool:
    if answer is None:
        return False
    said = answer.answer is not None and answer.answer.value is not Said.UNKNOWN
    return said or any(cell is not None for cell in (answer.numerator, answer.denominator, answer.no_source))


def inherit(
    framework: Framework, assessment: Assessment, answers: Mapping[str, IndicatorResult], region: str
) -> Assessment:
    """The assessment of a sub-network in which the region's answers are taken over; its standards judged again.

    `region` is the code of the region.
    """
    return _judged_again(
        framework,
        assessment,
        (
            replace(answers[own.id], origin=ResultOrigin.INHERITED, inherited_from=region, sub_networks=())
            if own.id in answers
            else own
            for own in assessment.indicators
        ),
    )


def _judged_again(framework: Framework, assessment: Assessment, results: Iterable[IndicatorResult]) -> Assessment:
    """The same assessment with other results."""
    found = {result.id: result for result in results}
    standards = {item.id: item for item in framework.standards}
    return replace(
        assessment,
        standards=tuple(
            judge_standard(standards[former.id], tuple(found[item.id] for item in former.indicators))
            for former in assessment.standards
        ),
    )


# --- up: what follows from the sub-networks -------------------------------------------------------------------


def roll_up(
    framework: Framework,
    own: Assessment,
    answers: Mapping[str, IndicatorResult],
    sub_networks: Sequence[SubNetwork],
) -> Assessment:
    """The assessment of a region: its own answers, and where it has none what follows from its sub-networks.

    `sub_networks` are all that are known, with what they came to after inheriting; of one that was not received
    nothing is known. Every result keeps what it came to in each of them. Without sub-networks nothing follows.
    """
    if not sub_networks:
        return own
    results = []
    for result in own.indicators:
        verdicts = tuple(_verdict_of(item, result.id) for item in sub_networks)
        derived = result if result.id in answers else derive(result, verdicts)
        results.append(replace(derived, sub_networks=verdicts))
    return _judged_again(framework, own, results)


def _verdict_of(item: SubNetwork, indicator: str) -> SubNetworkVerdict:
    result = item.assessment.indicator(indicator) if item.assessment is not None else None
    if result is None:
        return SubNetworkVerdict(
            network=item.code,
            verdict=Verdict.UNKNOWN,
            reason=Reason.NO_ANSWER,
            worst=Verdict.NOT_MET,
            best=Verdict.MET,
            is_received=False,
        )
    return SubNetworkVerdict(
        network=item.code,
        verdict=result.verdict,
        reason=result.reason,
        worst=result.worst,
        best=result.best,
        computed=result.computed,
        origin=result.origin,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Derived:
    """What a region's indicator comes to by its sub-networks alone."""

    verdict: Verdict
    worst: Verdict | None = None
    best: Verdict | None = None
    reason: Reason | None = None
    computed: Verdict | None = None


def derive(frame: IndicatorResult, verdicts: Sequence[SubNetworkVerdict]) -> IndicatorResult:
    """A region's result out of those of its sub-networks; `frame` is what the region's own evidence gives.

    An indicator that the region itself is not asked yet, or that is only shown, stays as it is.
    """
    if not frame.is_open or frame.indicator_class is IndicatorClass.INFORMATIVE:
        return frame
    counted = [item for item in verdicts if _counts(item)]
    found = _combined(counted) if counted else _without_any(verdicts)
    return IndicatorResult(
        id=frame.id,
        indicator_class=frame.indicator_class,
        is_open=frame.is_open,
        verdict=found.verdict,
        reason=found.reason,
        worst=found.worst,
        best=found.best,
        computed=found.computed,
        target=frame.target,
        final_target=frame.final_target,
        partly_from=frame.partly_from,
        due=frame.due if found.reason is Reason.DUE else None,
        first_cycle=frame.first_cycle,
        own_approach=found.verdict is Verdict.OWN_APPROACH,
        because=tuple(_reasoning(verdicts)),
        origin=ResultOrigin.DERIVED,
    )


def _counts(item: SubNetworkVerdict) -> bool:
    return item.verdict not in LEFT and item.reason is not Reason.NO_NORM


def _combined(counted: Sequence[SubNetworkVerdict]) -> _Derived:
    """Met when all are, not met when none is even partly, else partly met; with all worst and with all best."""
    worst = _together(item.worst or Verdict.NOT_MET for item in counted)
    best = _together(item.best or Verdict.MET for item in counted)
    found = {item.verdict for item in counted}
    if Verdict.OWN_APPROACH in found and found <= {Verdict.OWN_APPROACH, Verdict.MET}:
        beside = [item.computed or item.verdict for item in counted if item.verdict is Verdict.OWN_APPROACH]
        met = [Verdict.MET] * (len(counted) - len(beside))
        computed = Verdict.UNKNOWN if Verdict.UNKNOWN in beside else _together((*beside, *met))
        return _Derived(verdict=Verdict.OWN_APPROACH, worst=worst, best=Verdict.MET, computed=computed)
    if worst is best:
        return _Derived(verdict=worst, worst=worst, best=best)
    return _Derived(verdict=Verdict.UNKNOWN, worst=worst, best=best, reason=Reason.SUB_NETWORKS)


def _together(verdicts: Iterable[Verdict]) -> Verdict:
    """The layer rule of the method on verdicts that have an order; there is at least one."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else Verdict.PARTLY_MET


def _without_any(verdicts: Sequence[SubNetworkVerdict]) -> _Derived:
    """Every sub-network left: for all it is not applicable, or for some only shown, or there is no norm."""
    found, reason = {item.verdict for item in verdicts}, _common([item.reason for item in verdicts])
    if found == {Verdict.NOT_APPLICABLE}:
        return _Derived(verdict=Verdict.NOT_APPLICABLE, reason=reason)
    if Verdict.INFORMATIVE in found:
        return _Derived(verdict=Verdict.INFORMATIVE, reason=reason)
    return _Derived(verdict=Verdict.UNKNOWN, reason=Reason.NO_NORM)


def _common(reasons: Sequence[Reason | None]) -> Reason | None:
    """The reason that all have, if there is one."""
    return reasons[0] if len(set(reasons)) == 1 else None


def _reasoning(verdicts: Sequence[SubNetworkVerdict]) -> Iterator[Because]:
    """How many of the sub-networks meet the norm, and which; and what the others came to."""
    counted = [item for item in verdicts if _counts(item)]
    by_verdict: dict[Verdict, list[SubNetworkVerdict]] = {}
    for item in counted:
        by_verdict.setdefault(item.verdict, []).append(item)
    met = by_verdict.get(Verdict.MET, [])
    if counted:
        yield because("roll_up", met=len(met), of=len(counted), names=_named(met))
    partly, not_met = by_verdict.get(Verdict.PARTLY_MET, []), by_verdict.get(Verdict.NOT_MET, [])
    own, unknown = by_verdict.get(Verdict.OWN_APPROACH, []), by_verdict.get(Verdict.UNKNOWN, [])
    received = [item for item in unknown if item.is_received]
    others = [item for item in unknown if not item.is_received]
    left = [item for item in verdicts if not _counts(item)]
    steps = (
        (partly, because("roll_up_partly", names=_named(partly))),
        (not_met, because("roll_up_not_met", names=_named(not_met))),
        (own, because("roll_up_own_approach", names=_named(own))),
        (received, because("roll_up_unknown", names=_named(received))),
        (others, because("roll_up_not_received", names=_named(others))),
        (left, because("roll_up_left", names=_named(left))),
    )
    yield from (step for chosen, step in steps if chosen)


def _named(chosen: Iterable[SubNetworkVerdict]) -> str:
    return ", ".join(item.network for item in chosen)
