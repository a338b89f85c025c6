"""Each standard and its indicators as rows of finished text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from markupsafe import Markup

from normtool.core.assessment import (
    IndicatorResult,
    Reason,
    RowState,
    Share,
    StandardResult,
    Verdict,
)
from normtool.core.evidence import Answer, DocumentReference, OwnApproach, Said
from normtool.core.kinds import (
    Count,
    Coverage,
    DocumentAge,
    Maturity,
    Pooled,
    Proportion,
    Step,
    VolumeKind,
    YesNo,
)
from normtool.core.standards import Indicator, IndicatorClass, Standard
from normtool.documents.charts import share_boxes, target_steps, verdict_scale
from normtool.documents.views_context import (
    NONE,
    Chip,
    Context,
    VerdictText,
    anchor,
    cells_words,
    document_words,
    indicator_chips,
    standard_number,
    standard_verdict_text,
    verdict_text,
)
from normtool.norm_texts import norm_sentence
from normtool.retelling import retell

CLASS_ORDER = (IndicatorClass.CORE, IndicatorClass.GROWTH, IndicatorClass.INFORMATIVE)
NAMES_SHOWN = 3


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
    not_asked: str
    next_step: StepView | None


def standard_views(context: Context) -> tuple[StandardView, ...]:
    """All standards, in the order of the framework."""
    results = {result.id: result for result in context.dossier.assessment.standards}
    return tuple(_standard(context, item, results[item.id]) for item in context.dossier.framework.standards)


def scale_picture(context: Context, worst: Verdict | None, best: Verdict | None, title: str) -> Markup:
    """The scale of three stations; nothing when there is no verdict to place."""
    orders = {Verdict.NOT_MET, Verdict.PARTLY_MET, Verdict.MET}
    if worst not in orders or best not in orders or worst is None or best is None:
        return Markup("")
    return Markup(verdict_scale(worst, best, title))  # noqa: S704 (escaped where it is drawn)


def _standard(context: Context, standard: Standard, result: StandardResult) -> StandardView:
    verdict = standard_verdict_text(context, result)
    decided = result.verdict is not Verdict.UNKNOWN
    worst, best = (result.verdict, result.verdict) if decided else (result.worst, result.best)
    counts = result.counts
    met_of, can_become = share_words(context, result)
    boxes_title = f"{met_of} {can_become}".strip()
    boxes = share_boxes(counts.met, counts.best_met, counts.scored, boxes_title) if counts.scored else ""
    rows = _ordered(context, standard, result)
    waiting = [item for item in rows if _is_waiting(context, item[1])]
    return StandardView(
        id=standard.id,
        anchor=f"standard-{anchor(standard.id)}",
        number=standard_number(standard),
        title=context.words.text(standard.title),
        short=context.words.text(standard.short),
        caveat=context.words.text(standard.caveat),
        verdict=verdict,
        scale=scale_picture(context, worst, best, verdict.word),
        boxes=Markup(boxes),  # noqa: S704 (escaped where it is drawn)
        met_of=met_of,
        can_become=can_become,
        why=_why(context, standard, result),
        mix=_mix(context, result),
        rows=tuple(_indicator(context, *item) for item in rows if item not in waiting),
        not_asked=context.listed([f"{item.id} {context.words.text(item.title)}" for item, _ in waiting]),
        next_step=_next_step(context, result),
    )


def share_words(context: Context, result: StandardResult) -> tuple[str, str]:
    """`3 van 7` and `kan 6 worden`; the second is empty when nothing can change."""
    counts = result.counts
    if not counts.scored:
        return context.say("share.none"), ""
    can = context.say("share.can_become", best=counts.best_met) if counts.best_met != counts.met else ""
    return context.say("share.met_of", met=counts.met, scored=counts.scored), can


def _ordered(
    context: Context, standard: Standard, result: StandardResult
) -> list[tuple[Indicator, IndicatorResult]]:
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
        first = context.say("why.known_of", known=known, core=counts.core) if result.mostly_undecided else ""
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


def missing_words(context: Context, indicator: Indicator, result: IndicatorResult) -> str:
    """What is still to be brought: rows by name, else a document, figures or a count."""
    if result.verdict is Verdict.OWN_APPROACH:
        return context.say("ask.own_approach")
    undecided = [context.row_name(row) for row in result.rows if row.state is RowState.UNDECIDED]
    if result.reason is Reason.NO_ANSWER:
        undecided = []
    return context.listed(undecided, 3) or context.say(f"ask.{indicator.source.value}")


def _indicator(context: Context, indicator: Indicator, result: IndicatorResult) -> IndicatorView:
    answer = context.dossier.evidence.answer(indicator.id)
    said, rest, notes = answer_words(context, indicator, result)
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
        answer_notes=notes,
        target=now,
        target_end=end,
        steps=_steps_picture(context, indicator, step, f"{now} · {end}"),
        verdict=verdict_text(context, result),
        verdict_notes=_verdict_notes(context, indicator, result, answer),
        remarks=_remarks(context, answer) if answer is not None else (),
        because=tuple(retell(step_taken, context.words) for step_taken in result.because),
        cells=cells_words(result.places),
        basis=context.words.text(indicator.basis.text),
    )


# --- The answer ---------------------------------------------------------------------------------------------


def answer_words(
    context: Context, indicator: Indicator, result: IndicatorResult
) -> tuple[str, str, tuple[str, ...]]:
    """What was answered: the heart of it, the rest of the line, and the rows that are missing or say no."""
    if result.reason is Reason.NO_ANSWER:
        return _plain_answer(context, result), "", ()
    if isinstance(indicator.kind, Coverage) and indicator.kind.at_least_rows is not None and result.rows:
        return _enough_rows_answer(context, result)
    if isinstance(indicator.kind, Coverage | VolumeKind) and result.rows:
        return _rows_answer(context, result)
    value = result.value
    notes = _pooled_notes(context, indicator.kind, result) if isinstance(indicator.kind, Pooled) else ()
    match value:
        case Share():
            return _share_answer(context, result, value, notes)
        case bool():
            return context.say("yes" if value else "no"), "", ()
        case int() if isinstance(indicator.kind, Maturity):
            return context.say("level", level=value), context.say(f"levels.l{value}"), ()
        case int():
            return context.words.whole(value), "", ()
        case None:
            return _plain_answer(context, result), "", notes
        case _:
            return context.words.date(value), "", ()


def _share_answer(
    context: Context, result: IndicatorResult, share: Share, notes: tuple[str, ...]
) -> tuple[str, str, tuple[str, ...]]:
    counts = context.say(
        "k_of_n", part=context.words.whole(share.numerator), whole=context.words.whole(share.denominator)
    )
    if not share.denominator:
        return counts, "", notes
    return counts, context.words.share(share, *_marks(result)), notes


def _marks(result: IndicatorResult) -> list[Decimal]:
    return [mark for mark in (result.target, result.final_target, result.partly_from) if mark is not None]


def _plain_answer(context: Context, result: IndicatorResult) -> str:
    answer = context.dossier.evidence.answer(result.id)
    if answer is None or answer.answer is None:
        return NONE
    value = answer.answer.value
    if isinstance(value, Said):
        return context.say(f"said.{value.value}")
    if isinstance(value, bool):
        return context.say("yes" if value else "no")
    return context.words.whole(value)


def _pooled_notes(context: Context, kind: Pooled, result: IndicatorResult) -> tuple[str, ...]:
    """Per group: which group is lowest and decides; otherwise which rows are missing."""
    lowest = [context.row_name(row) for row in result.rows if row.share is not None and row.share == result.value]
    if kind.per_group and lowest:
        return (context.say("rows.lowest", name=lowest[0]),)
    missing = [context.row_name(row) for row in result.rows if row.state is RowState.UNDECIDED]
    return (context.say("rows.undecided", names=context.listed(missing, NAMES_SHOWN)),) if missing else ()


def _enough_rows_answer(context: Context, result: IndicatorResult) -> tuple[str, str, tuple[str, ...]]:
    """Where a few rows are enough: which ones do, else that none does."""
    met = [context.row_name(row) for row in result.rows if row.state is RowState.MET]
    if met:
        return context.listed(met, NAMES_SHOWN), "", ()
    return context.say("no_row"), "", _row_notes(context, result)


def _rows_answer(context: Context, result: IndicatorResult) -> tuple[str, str, tuple[str, ...]]:
    rows = [row for row in result.rows if row.state is not RowState.OUTSIDE]
    met = sum(row.state is RowState.MET for row in rows)
    undecided = any(row.state is RowState.UNDECIDED for row in rows)
    counts = context.say("k_of_n", part=met, whole=len(rows))
    share = Fraction(met, len(rows)) if rows else Fraction(0)
    rest = "" if undecided or not rows or result.target is None else context.words.share(share, *_marks(result))
    return counts, rest, _row_notes(context, result)


def _row_notes(context: Context, result: IndicatorResult) -> tuple[str, ...]:
    """Which rows say no, say it in part, or say nothing; by name."""
    notes = []
    for state in (RowState.NOT_MET, RowState.PARTLY_MET, RowState.UNDECIDED):
        names = [context.row_name(row) for row in result.rows if row.state is state]
        if names:
            notes.append(context.say(f"rows.{state.value}", names=context.listed(names, NAMES_SHOWN)))
    return tuple(notes)


# --- The target ---------------------------------------------------------------------------------------------


def current_step(context: Context, indicator: Indicator) -> Step | None:
    """The step of the path that counts now: the latest not after this cycle or year, else the first."""
    cycle = context.dossier.assessment.cycle
    year = context.dossier.evidence.network.assessment_year
    reached = [
        step
        for step in indicator.path
        if (step.cycle is not None and step.cycle <= cycle) or (step.year is not None and step.year <= year)
    ]
    return reached[-1] if reached else next(iter(indicator.path), None)


def target_words(context: Context, indicator: Indicator, step: Step | None) -> str:
    """The target of a step in few words, in the unit of the indicator's kind."""
    match indicator.kind:
        case YesNo():
            return context.say("target.yes")
        case DocumentAge(deadline=None, months=months):
            return context.say("target.months", months=months)
        case DocumentAge(deadline=deadline) if deadline is not None:
            return context.say("target.deadline", date=context.words.date(deadline))
        case Coverage(at_least_rows=rows) if rows is not None:
            return context.say("target.at_least", number=rows)
        case VolumeKind():
            return context.say("target.volume")
    if step is None:
        return context.say("target.none")
    match indicator.kind:
        case Maturity():
            return context.say("level", level=step.target)
        case Count():
            return context.say("target.at_least", number=context.words.decimal(step.target))
        case Proportion() | Pooled() | Coverage():
            return context.words.target_share(step.target)
        case _:
            return NONE


def _steps_picture(context: Context, indicator: Indicator, step: Step | None, title: str) -> Markup:
    if len(indicator.path) < 2 or step is None:
        return Markup("")
    top = indicator.path[-1].target
    heights = tuple(float(item.target / top) for item in indicator.path)
    picture = target_steps(heights, indicator.path.index(step), context.say("steps_title", targets=title))
    return Markup(picture)  # noqa: S704 (escaped where it is drawn)


# --- The verdict --------------------------------------------------------------------------------------------


def _verdict_notes(
    context: Context, indicator: Indicator, result: IndicatorResult, answer: Answer | None
) -> tuple[str, ...]:
    notes = [reason_words(context, result)]
    if result.verdict is Verdict.UNKNOWN and result.reason is not Reason.NO_NORM:
        notes.append(bounds_words(context, result))
    if result.verdict is Verdict.OWN_APPROACH and result.computed is not None:
        notes.append(context.say("without_own_approach", verdict=context.verdict_word(result.computed)))
    notes.append(gap_words(context, indicator, result))
    notes.append(_documents(context, result, answer))
    return tuple(note for note in notes if note)


def reason_words(context: Context, result: IndicatorResult) -> str:
    """Why there is no plain verdict; empty when the word says it already."""
    if result.reason is None:
        return ""
    if result.reason is Reason.NO_NORM:
        return context.say("not_counted")
    reason = context.words.say(f"verdicts.reason.{result.reason.value}")
    if result.reason is Reason.DUE and result.due is not None:
        return f"{reason} ({context.words.date(result.due)})"
    rows = [row for row in result.rows if row.state is not RowState.OUTSIDE]
    open_rows = sum(row.state is RowState.UNDECIDED for row in rows)
    if result.reason is Reason.INCOMPLETE_ROWS and rows:
        return context.say("reason_rows", reason=reason, open=open_rows, rows=len(rows))
    return reason


def bounds_words(context: Context, result: IndicatorResult) -> str:
    """What an undecided verdict can still become."""
    if result.worst is None or result.best is None:
        return ""
    worst, best = context.verdict_word(result.worst), context.verdict_word(result.best)
    if worst == best:
        return ""
    return context.say("can_be", worst=worst, best=best)


def gap_words(context: Context, indicator: Indicator, result: IndicatorResult) -> str:
    """How many rows or units are short of the target, where that can be counted."""
    if result.verdict not in {Verdict.NOT_MET, Verdict.PARTLY_MET} or result.target is None:
        return ""
    if isinstance(indicator.kind, Pooled) and indicator.kind.per_group:
        return ""
    match result.value:
        case Share(numerator=part, denominator=whole) if whole and not isinstance(indicator.kind, VolumeKind):
            short = ceil(Fraction(result.target) * whole) - part
            return context.say("gap", number=short) if short > 0 else ""
        case _:
            return ""


def _documents(context: Context, result: IndicatorResult, answer: Answer | None) -> str:
    named = [item.value for item in answer.documents] if answer is not None else []
    seen = {item.document for item in named}
    named += [DocumentReference(document=item) for item in used_documents(context, result) if item not in seen]
    texts = [document_words(context, item) for item in named]
    return context.listed(tuple(dict.fromkeys(texts)), 3)


def used_documents(context: Context, result: IndicatorResult) -> tuple[str, ...]:
    """The ids of the documents a result rests on: those of its answer, and those of the register rows it read."""
    answer = context.dossier.evidence.answer(result.id)
    found = [item.value.document for item in answer.documents] if answer is not None else []
    read = [row for row in result.rows if row.state not in {RowState.UNDECIDED, RowState.OUTSIDE}]
    for row in read:
        for place in row.places:
            found += context.row_documents.get((place.file, place.sheet, place.row), ())
    return tuple(dict.fromkeys(found))


def _remarks(context: Context, answer: Answer) -> tuple[Remark, ...]:
    texts = [
        ("own", "own_approach", own_approach_words(context, answer.own_approach)),
        ("note", "explanation", answer.explanation.value if answer.explanation else ""),
        ("note", "not_applicable", answer.reason_not_applicable.value if answer.reason_not_applicable else ""),
        ("note", "bottleneck", answer.bottleneck.value if answer.bottleneck else ""),
    ]
    return tuple(
        Remark(kind=kind, heading=context.say(f"remark.{key}"), text=text) for kind, key, text in texts if text
    )


def own_approach_words(context: Context, own: OwnApproach) -> str:
    """The four questions of an own approach as one paragraph; only what was answered."""
    parts = []
    for key, cell in (("aim", own.aim), ("what", own.what), ("proof", own.proof)):
        if cell is not None:
            parts.append(context.say(f"own.{key}", text=cell.value.strip().rstrip(".")))
    if own.until is not None:
        parts.append(context.say("own.until", date=context.words.span(own.until.value)))
    return " ".join(parts)
