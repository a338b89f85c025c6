"""What the engine makes of the worked cases about regions (docs/method.md, Regions)."""

from __future__ import annotations

from typing import Any

from normtool.core.assessment import IndicatorResult, Reason, SubNetworkVerdict, Verdict
from normtool.core.intake import take_in
from normtool.core.regions import derive, regional_answers
from normtool.core.scoring import assess
from normtool.core.standards import IndicatorClass
from tests import cases

Case = dict[str, Any]
Result = dict[str, Any]

FRAME = IndicatorResult(
    id="N1.1", indicator_class=IndicatorClass.CORE, is_open=True, verdict=Verdict.UNKNOWN, reason=Reason.NO_ANSWER
)
"""What the region's own evidence says: nothing."""


def engine_rolls_up(results: list[Result | str]) -> Result:
    """The result of a region whose sub-networks came to these."""
    verdicts = [verdict_of(f"S{number}", result) for number, result in enumerate(results, 1)]
    return cases.result_of(derive(FRAME, verdicts))


def verdict_of(network: str, result: Result | str) -> SubNetworkVerdict:
    """A result of a case as the verdict of a sub-network."""
    if isinstance(result, str):
        assert result == "not_received"
        return SubNetworkVerdict(
            network=network,
            verdict=Verdict.UNKNOWN,
            reason=Reason.NO_ANSWER,
            worst=Verdict.NOT_MET,
            best=Verdict.MET,
            is_received=False,
        )
    verdict = result["verdict"]
    ends = [result.get(name, verdict if verdict in cases.ORDERED else None) for name in ("worst", "best", "computed")]
    worst, best, computed = (Verdict(end) if end is not None else None for end in ends)
    return SubNetworkVerdict(
        network=network,
        verdict=Verdict(verdict),
        reason=Reason(result["reason"]) if "reason" in result else None,
        worst=worst,
        best=best,
        computed=computed if "computed" in result else None,
    )


def engine_is_regional(case: Case) -> bool:
    """Whether the answer of this form holds for the sub-networks of its region."""
    framework = cases.framework_of(case, [case["indicator"]])
    evidence, _ = take_in(framework, (cases.grid_of(case, [case.get("answer") or {}]),))
    assert evidence is not None
    assessment, _ = assess(framework, evidence)
    return bool(regional_answers(framework, evidence, assessment))
