"""From evidence to verdicts: one small function per kind, and the order in which an answer is read.

Source: docs/method.md. Nothing here reads a clock, a file or a locale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from normtool.core.assessment import Assessment, IndicatorResult, Reason, RowState, Share, Verdict
from normtool.core.dates import Truth, on_or_after
from normtool.core.diagnostics import Diagnostics
from normtool.core.echelons import echelon_results
from normtool.core.evidence import Answer, Evidence, NetworkLayer, OwnApproach, Said
from normtool.core.iza import iza_results
from normtool.core.kinds import (
    Count,
    Coverage,
    DocumentAge,
    Maturity,
    Pooled,
    Step,
    VolumeKind,
    YesNo,
)
from normtool.core.ledger import Ledger, open_ledger
from normtool.core.next_steps import judge_standard
from normtool.core.outcomes import Outcome, because, not_applicable, undecided
from normtool.core.places import CellPlace
from normtool.core.plausibility import question
from normtool.core.scoring_answers import (
    score_count,
    score_document_age,
    score_maturity,
    score_proportion,
    score_yes_no,
)
from normtool.core.scoring_coverage import score_coverage
from normtool.core.scoring_pooled import score_pooled
from normtool.core.standards import Framework, Indicator, IndicatorClass, Layer
from normtool.core.volumes import score_volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """This year's step of a path, and the last one; both None for norms without a path."""

    step: Step | None
    final: Step | None


def assess(framework: Framework, evidence: Evidence) -> tuple[Assessment, Diagnostics]:
    """Judge one network's evidence against a framework, and ask about what is implausible."""
    ledger = open_ledger(framework, evidence)
    standards = tuple(
        judge_standard(standard, tuple(judge(ledger, indicator) for indicator in standard.indicators))
        for standard in framework.standards
    )
    assessment = Assessment(
        cycle=evidence.network.cycle,
        standards=standards,
        echelons=echelon_results(ledger),
        iza=iza_results(ledger),
    )
    return assessment, question(ledger, assessment)


def target_of(indicator: Indicator, cycle: int, assessment_year: int) -> Target:
    """The latest step not after this cycle or year (an indicator not yet open: its first step), and the final one."""
    step = indicator.step_in_force(max(cycle, indicator.opening_cycle), assessment_year)
    return Target(step=step, final=indicator.path[-1] if indicator.path else None)


def judge(ledger: Ledger, indicator: Indicator) -> IndicatorResult:
    """Judge one indicator, in the order of the method: n.v.t., norm met, own approach, the rest."""
    network = ledger.evidence.network
    answer = ledger.answers.get(indicator.id)
    target = target_of(indicator, network.cycle, network.assessment_year)
    outcome = _outcome(ledger, indicator, answer, target.step or _without_target(indicator))
    explained = _explains(ledger, answer)
    is_open = indicator.opening_cycle <= network.cycle
    result = IndicatorResult(
        id=indicator.id,
        indicator_class=indicator.indicator_class,
        is_open=is_open,
        verdict=outcome.verdict,
        reason=outcome.reason,
        worst=outcome.worst,
        best=outcome.best,
        target=target.step.target if target.step is not None else None,
        final_target=target.final.target if target.final is not None else None,
        partly_from=target.step.partly_from if target.step is not None else None,
        value=outcome.value,
        interval=outcome.interval,
        due=outcome.due,
        first_cycle=network.cycle == 1,
        own_approach=explained,
        rows=outcome.rows,
        because=outcome.because,
        places=_places(answer, outcome),
        documents=_documents(answer),
    )
    if is_open and indicator.indicator_class is not IndicatorClass.INFORMATIVE:
        return _without_source(_scored(result), answer)
    return _only_shown(result)


def _scored(result: IndicatorResult) -> IndicatorResult:
    """An open core or growth indicator: a complete own approach stands where the norm is not met."""
    if result.verdict in (Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE):
        return replace(result, worst=None, best=None)
    if result.verdict is Verdict.MET:
        return replace(result, on_path=_below_final(result))
    if result.reason is Reason.NO_NORM:
        return replace(result, worst=None, best=None)
    if result.own_approach and result.reason is not Reason.TO_BE_REPAIRED:
        return replace(result, verdict=Verdict.OWN_APPROACH, computed=result.verdict, best=Verdict.MET)
    return result


def _below_final(result: IndicatorResult) -> bool:
    """Whether this year's target is met and the final one is not yet."""
    if result.final_target is None or result.target == result.final_target:
        return False
    if any(row.norms for row in result.rows):
        return any(row.norms and row.state is not RowState.MET for row in result.rows)
    value = result.value.fraction if isinstance(result.value, Share) else result.value
    return not isinstance(value, Fraction | int) or value < Fraction(result.final_target)


def _without_source(result: IndicatorResult, answer: Answer | None) -> IndicatorResult:
    """*Geen bestaande bron* stands where the norm is not met and nothing before it in the order applies."""
    if answer is None or answer.no_source is None:
        return result
    if result.verdict not in (Verdict.UNKNOWN, Verdict.PARTLY_MET, Verdict.NOT_MET):
        return result
    if result.reason in (Reason.NO_NORM, Reason.TO_BE_REPAIRED):
        return result
    return replace(
        result,
        verdict=Verdict.UNKNOWN,
        reason=Reason.NO_SOURCE,
        worst=Verdict.NOT_MET,
        best=Verdict.MET,
        because=(because("no_source", (answer.no_source.place,)),),
    )


def _only_shown(result: IndicatorResult) -> IndicatorResult:
    """An informative indicator, or one that opens later: shown, never scored."""
    if result.reason is Reason.DECLARED:
        return replace(result, worst=None, best=None)
    later = not result.is_open and result.indicator_class is IndicatorClass.GROWTH
    compared = result.is_open and result.target is not None and result.reason is not Reason.NO_ANSWER
    nothing = not result.is_open and isinstance(result.value, Share) and result.value.numerator == 0
    shown = replace(
        result,
        verdict=Verdict.INFORMATIVE,
        reason=Reason.NOT_YET_ASKED if later else None,
        worst=None,
        best=None,
        computed=result.verdict if compared else None,
        value=None if nothing else result.value,
    )
    if result.target is None and isinstance(result.value, Share):
        return replace(shown, because=(because("shown", share=result.value),))
    return shown


def _without_target(indicator: Indicator) -> Step | None:
    """A step for informative indicators without a target: what they show is computed, not compared."""
    informative = indicator.indicator_class is IndicatorClass.INFORMATIVE
    return Step(cycle=1, target=Decimal(0)) if informative and not indicator.path else None


def _outcome(ledger: Ledger, indicator: Indicator, answer: Answer | None, step: Step | None) -> Outcome:
    if indicator.id in ledger.evidence.to_repair:
        return undecided(Reason.TO_BE_REPAIRED, because("to_be_repaired"))
    if answer is not None and answer.answer is not None and answer.answer.value is Said.NOT_APPLICABLE:
        return not_applicable(Reason.DECLARED, because("declared", (answer.answer.place,)))
    outcome = _compute(ledger, indicator, answer, step)
    if outcome.reason is Reason.NO_ANSWER and _is_left_to_the_region(ledger, indicator):
        return replace(outcome, because=(because("region_answers"),))
    return outcome


def _is_left_to_the_region(ledger: Ledger, indicator: Indicator) -> bool:
    """Whether this network is not asked the indicator, for its region answers it."""
    return indicator.layer is Layer.REGION and ledger.evidence.network.layer is NetworkLayer.SUB_NETWORK


def _compute(ledger: Ledger, indicator: Indicator, answer: Answer | None, step: Step | None) -> Outcome:
    match indicator.kind:
        case YesNo():
            return score_yes_no(ledger, answer)
        case DocumentAge() as kind:
            return score_document_age(ledger, kind, answer)
        case Coverage() as kind:
            return score_coverage(ledger, kind, step)
        case _ if step is None:
            return undecided(Reason.NO_NORM, because("no_step"))
        case kind:
            return _compute_against(ledger, indicator, answer, step)


def _compute_against(ledger: Ledger, indicator: Indicator, answer: Answer | None, step: Step) -> Outcome:
    patients = indicator.counts_patients
    match indicator.kind:
        case Maturity():
            return score_maturity(ledger, answer, step)
        case Count():
            return score_count(answer, step)
        case Pooled() as kind:
            return score_pooled(ledger, kind, step, patients=patients)
        case VolumeKind() as kind:
            return score_volume(ledger, indicator.id, kind, step)
        case _:
            return score_proportion(answer, step, ledger.framework.settings.small_below, patients=patients)


def _explains(ledger: Ledger, answer: Answer | None) -> bool:
    """Whether a complete own approach still holds on the reference date."""
    if answer is None:
        return False
    own: OwnApproach = answer.own_approach
    if not own.has_all_parts or own.until is None:
        return False
    return on_or_after(own.until.value, ledger.reference_date) is not Truth.NO


def _places(answer: Answer | None, outcome: Outcome) -> tuple[CellPlace, ...]:
    if answer is None:
        return outcome.places
    cells = (answer.answer, answer.numerator, answer.denominator, answer.no_source, answer.reason_not_applicable)
    own = [cell.place for cell in cells if cell is not None]
    own += [reference.place for reference in answer.documents]
    own += [cell.place for cell in answer.own_approach.cells]
    return tuple(dict.fromkeys((*own, *outcome.places))) or (answer.place,)


def _documents(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    references = (reference.value for reference in answer.documents)
    return tuple(f"{item.document} p. {item.page}" if item.page else item.document for item in references)
