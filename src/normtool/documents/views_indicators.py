"""Each standard and its indicators as rows of finished text."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from normtool.core.assessment import STEPS, IndicatorResult, RowState, StandardResult, Verdict
from normtool.core.evidence import Answer
from normtool.core.kinds import Maturity, Step
from normtool.core.standards import Indicator, IndicatorClass, Standard
from normtool.documents.charts import share_boxes, target_steps, verdict_scale
from normtool.documents.regional import is_inherited
from normtool.documents.views_answers import (
    answer_words,
    current_step,
    missing_words,
    own_approach_words,
    target_words,
    verdict_notes,
)
from normtool.documents.views_context import (
    Chip,
    Context,
    VerdictText,
    anchor,
    between_words,
    cells_words,
    indicator_chips,
    standard_number,
    standard_verdict_text,
    verdict_text,
)
from normtool.documents.views_origin import OriginView, given_answer, of_region, origin_view
from normtool.documents.views_trend import former_words
from normtool.telling.norm_texts import norm_sentence
from normtool.telling.retelling import named as named_row
from normtool.telling.retelling import retell

CLASS_ORDER = (IndicatorClass.CORE, IndicatorClass.GROWTH, IndicatorClass.INFORMATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What the network wrote beside an answer: its kind (own, explanation …), a heading, the text."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorView:
    """One indicator, ready to print."""

    id: str
    anchor: str
    title: str
    question: str
    norm: str
    chips: tuple[Chip, ...]
    indicator_class: str
    answer: str
    answer_rest: str
    answer_notes: tuple[str, ...]
    target: str
    target_end: str
    steps: Markup
    verdict: VerdictText
    verdict_notes: tuple[str, ...]
    remarks: tuple[Remark, ...]
    because: tuple[str, ...]
    cells: tuple[str, ...]
    basis: str
    origin: OriginView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """What lifts a standard: from which verdict to which, one line per indicator, the sum of effort.

    `is_evidence`: the verdict is open, so the step is to bring evidence rather than to improve.
    """

    start: str
    goal: str
    lines: tuple[tuple[str, str, str], ...]
    effort: str
    is_evidence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardView:
    """One standard with its indicators, ready to print."""

    id: str
    anchor: str
    number: str
    title: str
    short: str
    caveat: str
    verdict: VerdictText
    scale: Markup
    boxes: Markup
    met_of: str
    can_become: str
    why: str
    mix: str
    rows: tuple[IndicatorView, ...]
    not_asked: tuple[tuple[str, str], ...]
    next_step: StepView | None


def standard_views(context: Context) -> tuple[StandardView, ...]:
    """All standards, in the order of the framework."""
    results = {result.id: result for result in context.dossier.assessment.standards}
    return tuple(_standard(context, item, results[item.id]) for item in context.dossier.framework.standards)


def scale_picture(worst: Verdict | None, best: Verdict | None, title: str) -> Markup:
    """The scale of three stations; nothing when there is no verdict to place."""
    if worst not in STEPS or best not in STEPS:
        return Markup("")
    return Markup(verdict_scale(worst, best, title))  # noqa: S704 (escaped where it is drawn)


def _standard(context: Context, standard: Standard, result: StandardResult) -> StandardView:
    verdict = standard_verdict_text(context, result)
    decided = result.verdict is not Verdict.UNKNOWN
    worst, best = (result.verdict, result.verdict) if decided else (result.worst, result.best)
    counts = result.counts
    met_of, can_become = share_words(context, result)
    boxes_title = f"{context.say('share.told', counted=met_of)} {can_become}".strip()
    boxes = share_boxes(counts.met, counts.best_met, counts.scored, boxes_title) if counts.scored else ""
    rows = _ordered(standard, result)
    waiting = [item for item in rows if _is_waiting(context, item[1])]
    return StandardView(
        id=standard.id,
        anchor=f"standard-{anchor(standard.id)}",
        number=standard_number(standard),
        title=context.words.text(standard.title),
        short=context.words.text(standard.short),
        caveat=context.words.text(standard.caveat),
        verdict=verdict,
        scale=scale_picture(worst, best, verdict.word),
        boxes=Markup(boxes),  # noqa: S704 (escaped where it is drawn)
        met_of=met_of,
        can_become=can_become,
        why=_why(context, standard, result),
        mix=_mix(context, result),
        rows=tuple(_indicator(context, *item) for item in rows if item not in waiting),
        not_asked=tuple((anchor(item.id), f"{item.id} {context.words.text(item.title)}") for item, _ in waiting),
        next_step=_next_step(context, result),
    )


def share_words(context: Context, result: StandardResult) -> tuple[str, str]:
    """`3 van 7` and `kan 6 worden`; the second is empty when nothing can change."""
    counts = result.counts
    if not counts.scored:
        return context.say("share.none"), ""
    can = context.say("share.can_become", best=counts.best_met) if counts.best_met != counts.met else ""
    return context.say("share.met_of", met=counts.met, scored=counts.scored), can


def _ordered(standard: Standard, result: StandardResult) -> list[tuple[Indicator, IndicatorResult]]:
    by_id = {item.id: item for item in result.indicators}
    pairs = [(indicator, by_id[indicator.id]) for indicator in standard.indicators if indicator.id in by_id]
    return sorted(pairs, key=lambda pair: CLASS_ORDER.index(pair[0].indicator_class))


def _is_waiting(context: Context, result: IndicatorResult) -> bool:
    """Not yet asked, and nothing was said of it: one line instead of a row."""
    answer = context.dossier.evidence.answer(result.id)
    said = answer is not None and (answer.answer or answer.numerator or answer.explanation or answer.documents)
    return not result.is_open and not said and result.value is None


def _why(context: Context, standard: Standard, result: StandardResult) -> str:
    """In one or two sentences: which core indicators decide this verdict."""
    titles = {item.id: context.words.text(item.title) for item in standard.indicators}
    core = [item for item in result.indicators if item.indicator_class is IndicatorClass.CORE]
    named = {
        verdict: [f"{titles[item.id]} ({item.id})" for item in core if item.verdict is verdict] for verdict in Verdict
    }
    known, counts = result.counts.core_known, result.counts
    if result.verdict is Verdict.NOT_APPLICABLE:
        return context.say("why.not_applicable")
    if result.verdict is Verdict.UNKNOWN:
        facts = {"known": known, "core": counts.core, "between": between_words(context, result)}
        first = context.say("why.known_of", **facts) if result.mostly_undecided else ""
        open_ones = named[Verdict.UNKNOWN] + named[Verdict.OWN_APPROACH]
        return f"{first} {context.count('why.open', len(open_ones), names=context.listed(open_ones, 3))}".strip()
    if result.verdict is Verdict.MET:
        return context.count("why.met", counts.core)
    deciding = named[result.verdict]
    return context.count(f"why.{result.verdict.value}", len(deciding), names=context.listed(deciding, 3))


def _mix(context: Context, result: StandardResult) -> str:
    structure, process, outcome = result.dimensions
    return context.say("standard.mix", structure=structure, process=process, outcome=outcome)


def _next_step(context: Context, result: StandardResult) -> StepView | None:
    step = result.next_step
    if step is None:
        return None
    is_evidence = step.goal is Verdict.UNKNOWN
    results = {item.id: item for item in result.indicators}
    undecided = {Verdict.UNKNOWN, Verdict.OWN_APPROACH}
    all_remedies = all(results[identifier].verdict not in undecided for identifier in step.indicators)
    lines = []
    for identifier in step.indicators:
        indicator = context.dossier.framework.indicator(identifier)
        if indicator is not None and results[identifier].verdict in undecided:
            lines.append(_evidence_line(context, indicator, results[identifier]))
        elif indicator is not None:
            hours = context.say("hours", hours=indicator.effort_hours)
            lines.append((identifier, context.words.text(indicator.remedy), hours))
    return StepView(
        start=standard_verdict_text(context, result).word,
        goal=context.verdict_word(step.goal),
        lines=tuple(lines),
        effort=context.say("next_step.effort", hours=step.effort_hours) if all_remedies else "",
        is_evidence=is_evidence,
    )


def _evidence_line(context: Context, indicator: Indicator, result: IndicatorResult) -> tuple[str, str, str]:
    title, minutes = context.words.text(indicator.title), context.say("minutes", minutes=indicator.minutes)
    return indicator.id, f"{title}: {missing_words(context, indicator, result)}", minutes


def _indicator(context: Context, indicator: Indicator, result: IndicatorResult) -> IndicatorView:
    answer = given_answer(context, result)
    said, rest, notes = answer_words(context, indicator, result)
    former = former_words(context, indicator)
    step, final = current_step(context, indicator), indicator.path[-1] if indicator.path else None
    now = target_words(context, indicator, step)
    end = target_words(context, indicator, final) if final is not None and final is not step else ""
    if end and isinstance(indicator.kind, Maturity) and final is not None:
        end = context.words.decimal(final.target)
    return IndicatorView(
        id=indicator.id,
        anchor=anchor(indicator.id),
        title=context.words.text(indicator.title),
        question=context.words.text(indicator.question),
        norm=norm_sentence(indicator, step, context.words),
        chips=indicator_chips(context, indicator),
        indicator_class=indicator.indicator_class.value,
        answer=said,
        answer_rest=rest,
        answer_notes=(*notes, *((former,) if former else ())),
        target=now,
        target_end=end,
        steps=_steps_picture(context, indicator, step, f"{now} · {end}"),
        verdict=verdict_text(context, result),
        verdict_notes=verdict_notes(context, indicator, result, answer),
        remarks=(*(_remarks(context, answer, result) if answer is not None else ()), *_plans(context, result)),
        because=tuple(retell(step_taken, context.words, context.names) for step_taken in result.because),
        cells=cells_words(result.places),
        basis=context.words.as_written(indicator.basis.text),
        origin=origin_view(context, result),
    )


def _plans(context: Context, result: IndicatorResult) -> tuple[Remark, ...]:
    """What the network wrote beside a number below its norm."""
    below = [row for row in result.rows if row.norms and row.note and row.state is RowState.NOT_MET]
    names = [named_row(row, context.words, context.names) for row in below]
    return tuple(
        Remark(kind="note", heading=context.say("remark.plan", name=name), text=row.note)
        for name, row in zip(names, below, strict=True)
    )


def _remarks(context: Context, answer: Answer, result: IndicatorResult) -> tuple[Remark, ...]:
    own_key = "own_approach" if answer.own_approach.has_all_parts else "own_incomplete"
    texts = [
        ("own", own_key, own_approach_words(context, answer.own_approach)),
        ("note", "explanation", answer.explanation.value if answer.explanation else ""),
        ("note", "not_applicable", answer.reason_not_applicable.value if answer.reason_not_applicable else ""),
        ("note", "bottleneck", answer.bottleneck.value if answer.bottleneck else ""),
    ]
    found = [(kind, context.say(f"remark.{key}"), text) for kind, key, text in texts if text]
    if is_inherited(result):
        found = [(kind, of_region(context, heading), text) for kind, heading, text in found]
    return tuple(Remark(kind=kind, heading=heading, text=text) for kind, heading, text in found)


def _steps_picture(context: Context, indicator: Indicator, step: Step | None, title: str) -> Markup:
    if len(indicator.path) < 2 or step is None:
        return Markup("")
    top = indicator.path[-1].target
    heights = tuple(float(item.target / top) for item in indicator.path)
    picture = target_steps(heights, indicator.path.index(step), context.say("steps_title", targets=title))
    return Markup(picture)  # noqa: S704 (escaped where it is drawn)
