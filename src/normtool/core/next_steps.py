"""The verdict, the score and the next step of a standard. Source: docs/method.md, Standards."""

from __future__ import annotations

from collections.abc import Iterable

from normtool.core.assessment import (
    STEPS,
    Counts,
    IndicatorResult,
    NextStep,
    Reason,
    Share,
    StandardResult,
    Verdict,
    worst_of,
)
from normtool.core.standards import Dimension, IndicatorClass, Standard

SCORED = (Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.OWN_APPROACH)
UNDECIDED = (Verdict.UNKNOWN, Verdict.OWN_APPROACH)
FRAMEWORK_VERDICTS = (Verdict.NOT_MET, Verdict.PARTLY_MET, Verdict.MET)


def counts_in_score(result: IndicatorResult) -> bool:
    """Whether an indicator is among the m of its standard's share met."""
    return (
        result.is_open
        and result.indicator_class is not IndicatorClass.INFORMATIVE
        and result.verdict in SCORED
        and result.reason is not Reason.NO_NORM
    )


def judge_standard(standard: Standard, results: tuple[IndicatorResult, ...]) -> StandardResult:
    """Combine the results of a standard's indicators: its core decides, core and growth are counted."""
    core = [item for item in results if item.indicator_class is IndicatorClass.CORE and counts_in_score(item)]
    known = sum(item.verdict not in UNDECIDED for item in core)
    scored = [item for item in results if counts_in_score(item)]
    counts = _count(results, scored, len(core), known)
    worst: Verdict | None = None
    best: Verdict | None = None
    verdict = Verdict.NOT_APPLICABLE
    if core:
        worst = worst_of(tuple(item.worst or Verdict.NOT_MET for item in core))
        best = worst_of(tuple(item.best or Verdict.MET for item in core))
        verdict = worst if worst is best else Verdict.UNKNOWN
    share = None
    if scored:
        share = (
            Share(numerator=counts.met, denominator=len(scored)),
            Share(numerator=counts.best_met, denominator=len(scored)),
        )
    return StandardResult(
        id=standard.id,
        verdict=verdict,
        worst=worst,
        best=best,
        mostly_undecided=(len(core) - known) * 2 > len(core),
        counts=counts,
        share_met=share,
        dimensions=_dimensions(standard, scored),
        next_step=_next_step(standard, verdict, worst, core),
        indicators=results,
    )


def _count(results: tuple[IndicatorResult, ...], scored: list[IndicatorResult], core: int, known: int) -> Counts:
    def having(verdict: Verdict) -> int:
        return sum(item.verdict is verdict for item in results)

    no_norm = sum(item.reason is Reason.NO_NORM for item in results)
    return Counts(
        met=having(Verdict.MET),
        partly_met=having(Verdict.PARTLY_MET),
        not_met=having(Verdict.NOT_MET),
        unknown=having(Verdict.UNKNOWN) - no_norm,
        own_approach=having(Verdict.OWN_APPROACH),
        not_applicable=having(Verdict.NOT_APPLICABLE),
        informative=sum(
            item.verdict is Verdict.INFORMATIVE and item.reason is not Reason.NOT_YET_ASKED for item in results
        ),
        no_norm=no_norm,
        not_yet_open=sum(item.reason is Reason.NOT_YET_ASKED for item in results),
        scored=len(scored),
        best_met=sum(item.best is Verdict.MET for item in scored),
        core=core,
        core_known=known,
    )


def _dimensions(standard: Standard, scored: Iterable[IndicatorResult]) -> tuple[int, int, int]:
    kinds = {item.id: item.dimension for item in standard.indicators}
    found = [kinds[item.id] for item in scored]
    return (
        found.count(Dimension.STRUCTURE),
        found.count(Dimension.PROCESS),
        found.count(Dimension.OUTCOME),
    )


def _next_step(
    standard: Standard, verdict: Verdict, worst: Verdict | None, core: list[IndicatorResult]
) -> NextStep | None:
    """What lifts the verdict one step: from unknown the undecided ones, from not met all not met, and so on."""
    if worst is None or verdict is Verdict.MET:
        return None
    if verdict is Verdict.UNKNOWN:
        chosen = [item for item in core if item.verdict in UNDECIDED]
        goal = Verdict.UNKNOWN
    else:
        chosen = [item for item in core if item.worst is worst]
        goal = FRAMEWORK_VERDICTS[STEPS[worst] + 1]
    effort = {item.id: item.effort_hours for item in standard.indicators}
    return NextStep(
        start=verdict,
        goal=goal,
        indicators=tuple(item.id for item in chosen),
        effort_hours=sum(effort[item.id] for item in chosen),
    )
