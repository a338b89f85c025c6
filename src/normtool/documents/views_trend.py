"""This year beside a former one: only what both years asked in the same way, and what the norm itself changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from normtool.core.assessment import STEPS, IndicatorResult, Share, Verdict
from normtool.core.dossier import FormerResult, FormerYear
from normtool.core.history import YearPair, counted, in_both_years, would_be_met
from normtool.core.kinds import Count, Maturity
from normtool.core.standards import Indicator, IndicatorClass, Standard
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_trend import ShareOfYear, TrendRow, paired_shares
from normtool.documents.views_context import (
    NONE,
    Context,
    VerdictText,
    anchor,
    standard_number,
    verdict_text,
)
from normtool.documents.views_figure import Figure, FigureTable

NAMES_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """An indicator whose verdict changed: then and now, each with its number, and what the target did."""

    id: str
    anchor: str
    title: str
    then: VerdictText
    then_number: str
    now: VerdictText
    now_number: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendView:
    """The section *what changed*: a picture, the changes by name, the norm's own effect, and what is left out."""

    heading: str
    lead: str
    figure: Figure
    changes_title: str
    changes: tuple[ChangeRow, ...]
    changes_head: tuple[str, str, str, str]
    own_effect: tuple[str, str]
    left_out_title: str
    left_out: tuple[str, ...]


def trend_view(context: Context) -> TrendView | None:
    """The latest former year with something to compare; None without one."""
    assessment = context.dossier.assessment
    for former in context.dossier.history:
        pairs = in_both_years(assessment, former)
        if pairs:
            return _trend(context, former, pairs)
    return None


def _trend(context: Context, former: FormerYear, pairs: tuple[YearPair, ...]) -> TrendView:
    then, now = str(former.assessment_year), str(context.dossier.evidence.network.assessment_year)
    changed = [pair for pair in pairs if pair.then.verdict is not pair.now.verdict]
    return TrendView(
        heading=_say(context, "heading", year=then),
        lead=_lead(context, then, changed),
        figure=_figure(context, (then, now), pairs),
        changes_title=_say(context, "changes", year=then),
        changes=tuple(_change(context, pair) for pair in changed),
        changes_head=(_say(context, "indicator"), then, now, _say(context, "target")),
        own_effect=(_say(context, "effect.title"), _own_effect(context, then, pairs)),
        left_out_title=_say(context, "left_out.title"),
        left_out=tuple(_left_out(context, former, pairs)),
    )


def _say(context: Context, key: str, **facts: object) -> str:
    return context.words.say(f"trend.{key}", **facts)


def _count(context: Context, key: str, number: int, **facts: object) -> str:
    return context.words.say_count(f"trend.{key}", number, number=context.number(number), **facts)


def _lead(context: Context, year: str, changed: list[YearPair]) -> str:
    """How many went up and down, and of how many only the evidence changed; nothing is added up per network."""
    if not changed:
        return _say(context, "lead.same", year=year)
    steps = [
        STEPS[pair.now.verdict] - STEPS[pair.then.verdict]
        for pair in changed
        if pair.now.verdict in STEPS and pair.then.verdict in STEPS
    ]
    better, worse = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    other = len(changed) - better - worse
    counts = (("better", better), ("worse", worse), ("other", other))
    there = [(key, number) for key, number in counts if number]
    parts = [
        _count(context, f"lead.{'next' if place else 'first'}.{key}", number)
        for place, (key, number) in enumerate(there)
    ]
    sentence = _say(context, "lead.changed", year=year, changes=context.listed(parts))
    return f"{sentence[:1].upper()}{sentence[1:]}"


# --- the picture --------------------------------------------------------------------------------------------


def _figure(context: Context, years: tuple[str, str], pairs: tuple[YearPair, ...]) -> Figure:
    rows = tuple(_rows(context, pairs))
    desc = "; ".join(
        _say(
            context,
            "row",
            number=row.number,
            name=row.name,
            then=_met_of(context, row.then),
            now=_met_of(context, row.now),
            then_year=years[0],
            now_year=years[1],
        )
        for row in rows
    )
    title = _say(context, "title", rows=desc)
    picture = paired_shares(rows, years, Caption(title=title, desc=desc, key="trend-boxes"))
    shown = tuple(
        (f"{row.number} {row.name}", *(_met_of(context, item) for item in (row.then, row.now))) for row in rows
    )
    return Figure(
        key="trend-figure",
        caption=_say(context, "caption", then=years[0], now=years[1]),
        caption_rest=_say(context, "common"),
        pictures=(Markup(picture),),  # noqa: S704 (escaped where it is drawn)
        note=_say(context, "note"),
        table=FigureTable(head=(_say(context, "standard"), *years), rows=shown, numeric=(1, 2)),
    )


def _met_of(context: Context, share: ShareOfYear) -> str:
    met = context.say("share.met_of", met=share.met, scored=share.total)
    return f"{met}, {context.say('share.can_become', best=share.best)}" if share.best != share.met else met


def _rows(context: Context, pairs: tuple[YearPair, ...]) -> Iterator[TrendRow]:
    by_id = {pair.now.id: pair for pair in pairs}
    for standard in context.dossier.framework.standards:
        own = [by_id[item.id] for item in standard.indicators if item.id in by_id]
        if own:
            yield _row(context, standard, own)


def _row(context: Context, standard: Standard, pairs: list[YearPair]) -> TrendRow:
    then, now = _share([pair.then for pair in pairs]), _share([pair.now for pair in pairs])
    return TrendRow(
        number=standard_number(standard),
        name=context.words.text(standard.short),
        then=then,
        now=now,
        change=_say(context, "change", then=then.met, now=now.met),
    )


def _share(results: list[FormerResult] | list[IndicatorResult]) -> ShareOfYear:
    return ShareOfYear(
        met=sum(item.verdict is Verdict.MET for item in results),
        best=sum(item.best is Verdict.MET for item in results),
        total=len(results),
    )


# --- what changed, by name ----------------------------------------------------------------------------------


def _change(context: Context, pair: YearPair) -> ChangeRow:
    indicator = context.dossier.framework.indicator(pair.now.id)
    targets = _targets(context, indicator, pair)
    return ChangeRow(
        id=pair.now.id,
        anchor=anchor(pair.now.id),
        title=context.words.text(indicator.title) if indicator is not None else "",
        then=_former_verdict(context, pair.then),
        then_number=number_words(context, indicator, (pair.then.number, pair.then.share), pair.then.target),
        now=verdict_text(context, pair.now),
        now_number=number_words(context, indicator, counted(indicator, pair.now), pair.now.target),
        target=targets,
    )


def _targets(context: Context, indicator: Indicator | None, pair: YearPair) -> str:
    """`van 70 % naar 85 %`; empty where the target stayed the same or there is none."""
    then, now = pair.then.target, pair.now.target
    if then is None or now is None or then == now:
        return NONE
    words = [_target_words(context, indicator, item) for item in (then, now)]
    return _say(context, "from_to", then=words[0], now=words[1])


def _target_words(context: Context, indicator: Indicator | None, target: Decimal) -> str:
    if indicator is not None and isinstance(indicator.kind, Maturity | Count):
        return context.words.decimal(target)
    return context.words.target_share(target)


def _former_verdict(context: Context, result: FormerResult) -> VerdictText:
    return VerdictText(verdict=result.verdict, word=context.words.say(f"verdicts.{result.verdict.value}"))


def number_words(
    context: Context, indicator: Indicator | None, measured: tuple[int | None, Share | None], target: Decimal | None
) -> str:
    """The number or share that a result was measured by; empty when there is none."""
    number, share = measured
    if share is not None:
        marks = [target] if target is not None else []
        counts = context.say("k_of_n", part=share.numerator, whole=context.words.whole(share.denominator))
        return f"{counts} ({context.words.share(share, *marks)})"
    if number is None:
        return ""
    match indicator.kind if indicator is not None else None:
        case Maturity():
            return context.say("level", level=number)
        case Count():
            return context.words.whole(number)
        case _:  # so many rows of a register: a number that says little by itself
            return ""


def former_words(context: Context, indicator: Indicator) -> str:
    """What an indicator came to in the latest former year that knows it, in one line below this year's answer."""
    for former in context.dossier.history:
        result = former.result(indicator.id)
        if result is None:
            continue
        said = [number_words(context, indicator, (result.number, result.share), result.target)]
        if result.is_open and result.indicator_class is not IndicatorClass.INFORMATIVE:
            said.append(_former_verdict(context, result).word)
        if not result.is_same_norm:
            said.append(_say(context, "other_norm"))
        texts = [text for text in said if text]
        if texts:
            return _say(context, "former", year=former.assessment_year, result=", ".join(texts))
    return ""


# --- the norm's own effect, and what is not compared --------------------------------------------------------


def _own_effect(context: Context, year: str, pairs: tuple[YearPair, ...]) -> str:
    """Which indicators would be met by the targets of then: what is due to the norm and not to the network."""
    framework = context.dossier.framework
    moved = [pair for pair in pairs if pair.then.target != pair.now.target]
    if not moved:
        return _say(context, "effect.targets_same", year=year)
    other = [
        pair.now.id
        for pair in moved
        if would_be_met(framework.indicator(pair.now.id), pair) != (pair.now.verdict is Verdict.MET)
    ]
    raised = _count(context, "effect.raised", len(moved), year=year)
    if not other:
        return f"{raised} {_say(context, 'effect.none', year=year)}"
    return f"{raised} {_count(context, 'effect.met', len(other), names=context.listed(other), year=year)}"


def _left_out(context: Context, former: FormerYear, pairs: tuple[YearPair, ...]) -> Iterator[str]:
    """What is asked this year, or was, and is not compared, by the reason; informative indicators stay out."""
    compared = {pair.now.id for pair in pairs}
    reasons: dict[str, list[str]] = {}
    for item in context.dossier.assessment.indicators:
        if item.id in compared or item.indicator_class is IndicatorClass.INFORMATIVE or not item.is_open:
            continue
        reasons.setdefault(_reason(former.result(item.id)), []).append(item.id)
    known = {item.id for item in context.dossier.assessment.indicators}
    gone = [item.id for item in former.results if item.id not in known]
    if gone:
        reasons["gone"] = gone
    for key in ("new", "gone", "other_norm", "not_open", "not_scored"):
        if key in reasons:
            names = context.listed(reasons[key], NAMES_SHOWN)
            yield _say(context, f"left_out.{key}", names=names, year=former.assessment_year)


def _reason(then: FormerResult | None) -> str:
    if then is None:
        return "new"
    if not then.is_same_norm:
        return "other_norm"
    return "not_scored" if then.is_open else "not_open"
