"""The page *Waar staan we?*: sentences made from results by rules, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from normtool.core.assessment import IndicatorResult, Reason, StandardResult, Verdict
from normtool.core.kinds import Count, Coverage, DocumentAge, YesNo
from normtool.core.standards import Indicator, IndicatorClass, SourceKind
from normtool.documents.decisions import DecisionKind, board_agenda
from normtool.documents.regional import is_derived, is_region
from normtool.documents.views_answers import (
    answer_words,
    current_step,
    missing_words,
    own_approach_words,
    reason_words,
)
from normtool.documents.views_context import (
    Context,
    VerdictText,
    anchor,
    standard_number,
    verdict_text,
)
from normtool.documents.views_indicators import scale_picture
from normtool.documents.views_origin import given_answer
from normtool.telling.norm_texts import norm_sentence
from normtool.telling.phrases import in_sentence

Pair = tuple[Indicator, IndicatorResult]

STRONG = 3
DECISIONS = 3
MISSING = 6
FIRST = 5
FEWEST = 2
FEWEST_OF_REGION, MORE_OF_REGION = 1, 8.0
"""What a region waits for takes more words, for its sub-networks are named: so many mm more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A line of a short list: a heading, what follows it, a small remark at the end; where to read on."""

    heading: str
    text: str
    small: str
    anchor: str
    verdict: VerdictText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRow:
    """An indicator that cannot be judged yet: why, what or who to ask, what it can become."""

    id: str
    anchor: str
    title: str
    reason: str
    ask: str
    minutes: str
    scale: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView:
    """The one-page summary. `mostly_unknown`: most of the core cannot be judged yet.

    `is_tight`: it needs smaller type to stay one page.
    """

    lead: str
    mostly_unknown: bool
    is_tight: bool
    points_title: str
    points: tuple[Point, ...]
    points_none: str
    decisions: tuple[Point, ...]
    decisions_none: str
    missing_title: str
    missing: tuple[MissingRow, ...]
    missing_note: str


def summary_view(context: Context) -> SummaryView:
    """The summary of a dossier."""
    assessment = context.dossier.assessment
    core = sum(item.counts.core for item in assessment.standards)
    known = sum(item.counts.core_known for item in assessment.standards)
    unknown = core > 0 and known * 2 < core
    pairs = _pairs(context)
    points = _known(context, pairs) if unknown else _strong(context, pairs)
    decisions = _decisions(context, pairs)
    lead = _lead_unknown(context, known, core) if unknown else _lead(context, assessment.standards)
    title = "known_title" if unknown else "strong_title" if len(points) == STRONG else "strong_few_title"
    room = ROOM - _height_above(context, lead, points, decisions) - (6 if unknown else 0)
    missing, note = _missing(context, pairs, room, first=unknown)
    left = room - _height_of(missing) - NOTE_LINE * max(0, _lines(note, 135) - 1)
    return SummaryView(
        lead=lead,
        mostly_unknown=unknown,
        is_tight=left < TO_SPARE,
        points_title=context.say(f"summary.{title}"),
        points=points,
        points_none=context.say("summary.known_none" if unknown else "summary.strong_none"),
        decisions=decisions,
        decisions_none=context.say("summary.decisions_none"),
        missing_title=context.say("summary.first_title" if unknown else "summary.missing_title"),
        missing=missing,
        missing_note=note,
    )


def _pairs(context: Context) -> list[Pair]:
    results = {item.id: item for item in context.dossier.assessment.indicators}
    return [(item, results[item.id]) for item in context.dossier.framework.indicators if item.id in results]


# --- The lead -----------------------------------------------------------------------------------------------


def _lead(context: Context, standards: tuple[StandardResult, ...]) -> str:
    """`Eén standaard voldoet, twee voldoen gedeeltelijk en één voldoet niet. Bij twee ontbreekt bewijs …`."""
    count = {verdict: sum(item.verdict is verdict for item in standards) for verdict in Verdict}
    clauses: list[str] = []
    for verdict in (Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET):
        if count[verdict]:
            form = "next" if clauses else "first"
            clauses.append(context.count(f"lead.{form}.{verdict.value}", count[verdict]))
    sentences = [f"{_capital(context.listed(clauses))}."] if clauses else []
    if count[Verdict.UNKNOWN]:
        form = "next" if clauses else "first"
        sentences.append(_capital(context.count(f"lead.{form}.unknown", count[Verdict.UNKNOWN])))
    return " ".join([*sentences, _attention(context, standards)]).strip()


def _attention(context: Context, standards: tuple[StandardResult, ...]) -> str:
    """The standard that asks most: the one with most core indicators not met."""
    numbers = {item.id: standard_number(item) for item in context.dossier.framework.standards}
    lacking = {
        item.id: [
            result
            for result in item.indicators
            if result.indicator_class is IndicatorClass.CORE and result.verdict is Verdict.NOT_MET
        ]
        for item in standards
    }
    most = max(standards, key=lambda item: len(lacking[item.id]), default=None)
    if most is None or not lacking[most.id]:
        return ""
    indicator = context.dossier.framework.indicator(lacking[most.id][0].id)
    title = context.words.text(indicator.title) if indicator is not None else lacking[most.id][0].id
    return context.say("lead.attention", number=numbers[most.id], title=in_sentence(title))


def _lead_unknown(context: Context, known: int, core: int) -> str:
    if known == 0:
        return context.say("lead.nothing_known", core=core)
    return context.count("lead.little_known", known, core=core)


def _capital(sentence: str) -> str:
    """A sentence with a capital; in Dutch a capital takes no accent (*Eén*)."""
    first = "E" if sentence.startswith("é") else sentence[:1].upper()
    return first + sentence[1:]


# --- The short lists ----------------------------------------------------------------------------------------


def _strong(context: Context, pairs: list[Pair]) -> tuple[Point, ...]:
    """The strong points that the board reads too."""
    by_id = {indicator.id: (indicator, result) for indicator, result in pairs}
    agenda = board_agenda(context.dossier, context.words)
    return tuple(_point(context, *by_id[item.indicator]) for item in agenda.strengths[:STRONG])


def _known(context: Context, pairs: list[Pair]) -> tuple[Point, ...]:
    """What is known when most is not: everything decided, whatever the verdict."""
    shown = {Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET, Verdict.OWN_APPROACH}
    decided = [pair for pair in pairs if pair[1].verdict in shown and pair[1].is_open]
    decided.sort(key=lambda pair: pair[0].indicator_class is not IndicatorClass.CORE)
    return tuple(_point(context, *pair) for pair in decided[: STRONG + 1])


def _point(context: Context, indicator: Indicator, result: IndicatorResult) -> Point:
    """A finding: where the answer is a plain yes, the norm itself says what is arranged."""
    said, rest, _ = answer_words(context, indicator, result)
    text = f"{said} ({rest})." if rest else f"{said}."
    heading = context.words.text(indicator.title)
    plain = isinstance(indicator.kind, YesNo | DocumentAge | Count)
    if isinstance(indicator.kind, Coverage):
        plain = indicator.kind.at_least_rows is not None
    if plain and result.verdict is Verdict.MET:
        heading, text = "", norm_sentence(indicator, current_step(context, indicator), context.words)
    return Point(
        heading=heading,
        text=text,
        small=indicator.id,
        anchor=anchor(indicator.id),
        verdict=verdict_text(context, result),
    )


def _decisions(context: Context, pairs: list[Pair]) -> tuple[Point, ...]:
    """The improvements and own approaches that the board decides on; a place is kept for an own approach."""
    by_id = {indicator.id: (indicator, result) for indicator, result in pairs}
    asked = board_agenda(context.dossier, context.words).decisions
    improve = [identifier for item in asked if item.kind is DecisionKind.IMPROVE for identifier in item.indicators]
    own = [identifier for item in asked if item.kind is DecisionKind.OWN_APPROACH for identifier in item.indicators]
    chosen = improve[: DECISIONS - min(len(own), 1)]
    chosen += own[: DECISIONS - len(chosen)]
    return tuple(_decision(context, *by_id[identifier]) for identifier in chosen)


def _decision(context: Context, indicator: Indicator, result: IndicatorResult) -> Point:
    title = context.words.text(indicator.title)
    if result.verdict is Verdict.OWN_APPROACH:
        answer = given_answer(context, result)
        own = own_approach_words(context, answer.own_approach) if answer is not None else ""
        text = context.say("summary.agree") if own or is_derived(result) else ""
        return Point(
            heading=context.say("summary.own_approach", title=in_sentence(title)),
            text=text,
            small=indicator.id,
            anchor=anchor(indicator.id),
        )
    small = context.say("summary.effort", id=indicator.id, hours=indicator.effort_hours)
    remedy = context.words.text(indicator.remedy)
    return Point(heading=title, text=remedy, small=small, anchor=anchor(indicator.id))


# --- What is missing ----------------------------------------------------------------------------------------


def _missing(context: Context, pairs: list[Pair], room: float, *, first: bool) -> tuple[tuple[MissingRow, ...], str]:
    """Core indicators without a verdict, as many as fit; when most are, those that cost least time first."""
    unknown = [
        pair
        for pair in pairs
        if pair[1].verdict is Verdict.UNKNOWN and pair[1].is_open and pair[1].reason is not Reason.NO_NORM
    ]
    core = [pair for pair in unknown if pair[0].indicator_class is IndicatorClass.CORE]
    if first:
        core.sort(key=lambda pair: (pair[0].minutes, pair[0].source is not SourceKind.DOCUMENT))
    rows = [_missing_row(context, *pair) for pair in core[: FIRST if first else MISSING]]
    fewest = FEWEST
    if is_region(context.dossier):
        fewest, room = FEWEST_OF_REGION, room - MORE_OF_REGION
    while len(rows) > fewest and _height_of(rows) > room:
        rows.pop()
    growth = [pair[0].id for pair in unknown if pair[0].indicator_class is IndicatorClass.GROWTH]
    notes = [_capital(context.count("summary.more", len(core) - len(rows)))] if len(core) > len(rows) else []
    if growth:
        notes.append(context.say("summary.growth", ids=context.listed(growth, 8)))
    return tuple(rows), " ".join(notes)


# --- How much fits on the page (mm, by estimate) ------------------------------------------------------------

ROOM = 252.0 - 22.0
"""The height of a page without the heading, the head and the note of the last table."""
NOTE_LINE, TO_SPARE = 3.9, 6.0
"""A further line of that note; how much must be left by this estimate, which may be that much too low."""


def _height_above(context: Context, lead: str, points: tuple[Point, ...], decisions: tuple[Point, ...]) -> float:
    standards = context.dossier.framework.standards
    rows = sum(7.4 + 3.9 * max(1, _lines(context.words.text(item.caveat), 46)) for item in standards)
    lists = max(sum(1 + 4.45 * _lines(_point_text(point), 54) for point in part) for part in (points, decisions))
    return 12 + 4 + 5.65 * _lines(lead, 98) + 7 + rows + 14 + 11 + lists


def _height_of(rows: Sequence[MissingRow]) -> float:
    return sum(2 + 4.25 * _row_lines(row) for row in rows)


def _point_text(point: Point) -> str:
    verdict = f"{point.verdict.word}    " if point.verdict is not None else ""
    return f"{verdict}{point.heading}: {point.text} {point.small}"


def _row_lines(row: MissingRow) -> int:
    return max(_lines(f"{row.id} {row.title}", 42), _lines(row.reason, 25), _lines(row.ask, 23), 1)


def _lines(text: str, letters: int) -> int:
    return ceil(len(text) / letters)


def _missing_row(context: Context, indicator: Indicator, result: IndicatorResult) -> MissingRow:
    best, worst = result.best, result.worst
    return MissingRow(
        id=indicator.id,
        anchor=anchor(indicator.id),
        title=context.words.text(indicator.title),
        reason=reason_words(context, result),
        ask=missing_words(context, indicator, result),
        minutes=context.say("minutes", minutes=indicator.minutes),
        scale=scale_picture(worst, best, context.say("summary.can_be_title")),
    )
