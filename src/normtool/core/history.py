"""Former years of the same network: what came of them, and what may be laid beside this year.

Source: docs/method.md, Review and improvement, *Trend*: only what was asked in the same way in both years is
compared, and the effect of a target that went up is told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from normtool.core.assessment import Assessment, IndicatorResult, RowState, Share, Verdict
from normtool.core.dossier import Dossier, FormerAction, FormerResult, FormerYear
from normtool.core.kinds import VolumeKind
from normtool.core.ledger import span_in, text_in, texts_in
from normtool.core.standards import Framework, Indicator, IndicatorClass, VolumeNorm

ACTIONS, DONE = "actions", "done"
"""The register of improvement actions, and the state of one that comes back no more."""
ROWS_THAT_COUNT = {RowState.MET, RowState.PARTLY_MET, RowState.NOT_MET, RowState.UNDECIDED}


def former_year(framework: Framework, former: Dossier, digest: str) -> FormerYear:
    """A former year as this year's norms look at it; `digest` is the SHA-256 of the file it was read from."""
    network = former.evidence.network
    return FormerYear(
        assessment_year=network.assessment_year,
        reporting_year=network.reporting_year,
        cycle=former.assessment.cycle,
        framework=former.framework.id,
        edition=former.framework.edition,
        digest=digest,
        results=tuple(_results(framework, former)),
        open_actions=tuple(_open_actions(former)),
    )


def former_years(framework: Framework, former: Dossier, digest: str) -> tuple[FormerYear, ...]:
    """A former year and the years that its own dossier keeps, latest first.

    Of those older years the norms are gone: one was asked in the same way as now when it was in each step between.
    """
    older = (
        replace(
            year,
            results=tuple(
                replace(
                    result,
                    is_same_norm=result.is_same_norm and is_asked_alike(framework, former.framework, result.id),
                )
                for result in year.results
            ),
        )
        for year in former.history
    )
    return (former_year(framework, former, digest), *older)


def is_asked_alike(framework: Framework, former: Framework, indicator_id: str) -> bool:
    """Whether two frameworks ask an indicator in the same way: the same kind and norm, whatever path its target has.

    For volumes the norms of its category must be the same ones too; their dates are such a path.
    """
    now, then = framework.indicator(indicator_id), former.indicator(indicator_id)
    if now is None or then is None or (now.kind, now.norm) != (then.kind, then.norm):
        return False
    if not isinstance(now.kind, VolumeKind):
        return True
    return _volume_norms(framework, now.kind) == _volume_norms(former, now.kind)


def _volume_norms(framework: Framework, kind: VolumeKind) -> set[tuple[tuple[str, ...], int, str, int]]:
    """What the volume norms of a category ask."""
    category = {item.id: item.category for item in framework.treatments}

    def is_of_kind(norm: VolumeNorm) -> bool:
        return any(category.get(treatment) == kind.category for treatment in norm.treatments)

    bound = (norm for norm in framework.volume_norms if is_of_kind(norm))
    return {(norm.treatments, norm.minimum, norm.unit, norm.years) for norm in bound}


def _results(framework: Framework, former: Dossier) -> Iterator[FormerResult]:
    for standard in former.assessment.standards:
        for result in standard.indicators:
            number, share = counted(former.framework.indicator(result.id), result)
            yield FormerResult(
                id=result.id,
                standard=standard.id,
                indicator_class=result.indicator_class,
                is_open=result.is_open,
                verdict=result.verdict,
                worst=result.worst,
                best=result.best,
                number=number,
                share=share,
                target=result.target,
                is_same_norm=is_asked_alike(framework, former.framework, result.id),
            )


def _open_actions(former: Dossier) -> Iterator[FormerAction]:
    """The actions that were not done, as they were written."""
    for row in former.evidence.register(ACTIONS).rows:
        if text_in(row, "state") != DONE:
            yield FormerAction(
                id=text_in(row, "id"),
                action=text_in(row, "action"),
                indicators=texts_in(row, "indicators"),
                owner=text_in(row, "owner"),
                due=span_in(row, "due"),
            )


def counted(indicator: Indicator | None, result: IndicatorResult) -> tuple[int | None, Share | None]:
    """What a result is measured by: a number, or a share (of volumes: the rows that reach their norm)."""
    if indicator is not None and isinstance(indicator.kind, VolumeKind):
        rows = [row for row in result.rows if row.state in ROWS_THAT_COUNT]
        met = sum(row.state is RowState.MET for row in rows)
        return None, Share(numerator=met, denominator=len(rows)) if rows else None
    match result.value:
        case bool():
            return None, None
        case int() as number:
            return number, None
        case Share() as share if share.denominator:
            return None, share
        case _:
            return None, None


# --- this year beside a former one --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPair:
    """An indicator that was scored in both years and asked in the same way: what it came to then and now."""

    then: FormerResult
    now: IndicatorResult


def in_both_years(assessment: Assessment, former: FormerYear) -> tuple[YearPair, ...]:
    """The indicators that may be compared, in this year's order."""
    pairs = ((former.result(item.id), item) for item in assessment.indicators)
    return tuple(
        YearPair(then=then, now=now)
        for then, now in pairs
        if then is not None and then.is_same_norm and _is_scored(then) and _is_scored(now)
    )


def _is_scored(result: FormerResult | IndicatorResult) -> bool:
    """Whether it counts in the share met of its standard; what does not is without bounds."""
    return result.is_open and result.indicator_class is not IndicatorClass.INFORMATIVE and result.worst is not None


def would_be_met(indicator: Indicator | None, pair: YearPair) -> bool:
    """Whether this year's result is met by the target of then: what is left without the norm's own effect.

    Where there is no number to lay beside a target, its verdict stands.
    """
    number, share = counted(indicator, pair.now)
    if pair.then.target is None or pair.now.verdict not in {Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET}:
        return pair.now.verdict is Verdict.MET
    value = share.fraction if share is not None else number
    return pair.now.verdict is Verdict.MET if value is None else value >= Fraction(pair.then.target)
