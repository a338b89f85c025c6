"""A board's report: a cover note (oplegger) with what is asked, its own hospital, the standards, and what to act on.

At most four pages of A4. Nothing is scored here, and nothing is left out: the dossier is already the board's part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from normtool.core.assessment import IndicatorResult, Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature
from normtool.documents.board_phrases import Phrases
from normtool.documents.decisions import Decision, board_agenda
from normtool.documents.regional import in_order, is_derived, is_region, layer_above, spoken_names, tally
from normtool.documents.views import ContentsRow, FurnitureView, LegendView, furniture, legend_view
from normtool.documents.views_board_matters import MattersView, Rows, matters_view
from normtool.documents.views_board_member import MemberView, member_view
from normtool.documents.views_context import Context, open_context
from normtool.documents.views_figures import MatrixView, matrix_view
from normtool.documents.views_indicators import StandardView, standard_views
from normtool.telling.phrases import in_full
from normtool.texts import NO_BREAK, Words

SHORT = 12
"""Characters of a finding that stays on one line."""
MOST_STEPS = 2
"""Lines of the next step of a standard; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthView:
    """Something that goes well: what, and how well in a few words."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverNoteView:
    """The first page: where do we stand, what goes well, what is asked, what is not known, how firm are the norms.

    `is_tight`: it needs smaller type to stay one page.
    """

    kicker: str
    title: str
    lead: str
    strengths: tuple[StrengthView, ...]
    regional: tuple[str, ...]
    decisions: tuple[Decision, ...]
    further: str
    unknown: str
    norms: str
    is_tight: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStandardView:
    """One standard: why its verdict is what it is, and the lines of its next step; `more` counts those left out."""

    standard: StandardView
    why: str
    steps: tuple[tuple[str, str, str], ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """The whole report of a board; `member` is there when it was made for one of the members.

    `matrix` fills the last page on paper, where what the board can act on leaves it half empty.
    """

    language: str
    furniture: FurnitureView
    contents: tuple[ContentsRow, ...]
    cover: CoverNoteView
    member: MemberView | None
    standards: tuple[BoardStandardView, ...]
    matters: MattersView
    matrix: MatrixView | None
    legend: LegendView


def board_view(dossier: Dossier, words: Words) -> BoardView:
    """The report of a board, of what its part of the dossier holds."""
    context = open_context(dossier, words)
    member, matters, standards = member_view(context), matters_view(context), standard_views(context)
    return BoardView(
        language=words.language,
        furniture=_furniture(context, member),
        contents=_contents(words, member, matters),
        cover=_cover(context, standards),
        member=member,
        standards=tuple(_standard(context, item) for item in standards),
        matters=matters,
        matrix=matrix_view(context) if member is None and 0 < _height_of_matters(matters) < HALF_EMPTY else None,
        legend=legend_view(context),
    )


def _furniture(context: Context, member: MemberView | None) -> FurnitureView:
    dossier, network = context.dossier, context.dossier.evidence.network
    circle = context.words.say(f"verdicts.circle.{dossier.circle.value}")
    say = context.words.say
    if member is not None:
        circle = say("board_report.circle_member", circle=circle, member=member.name)
    document = say("board_report.document", year=network.assessment_year, circle=circle)
    return furniture(context, document)


def _contents(words: Words, member: MemberView | None, matters: MattersView) -> tuple[ContentsRow, ...]:
    acting = matters.present
    keys = ("cover", "member", *acting, "standards") if member is not None else ("cover", "standards", *acting)
    return tuple(ContentsRow(anchor=f"board-{key}", title=words.say(f"board_report.contents.{key}")) for key in keys)


# --- the cover note -----------------------------------------------------------------------------------------


def _cover(context: Context, standards: tuple[StandardView, ...]) -> CoverNoteView:
    dossier, words = context.dossier, context.words
    agenda, phrases = board_agenda(dossier, words), Phrases(dossier, words)
    is_exercise = dossier.evidence.network.nature is DataNature.PUBLIC_EXERCISE
    title = words.say("board.title.exercise" if is_exercise else f"board.title.{len(agenda.decisions)}")
    further, kind = agenda.further_points, "exercise" if is_exercise else "own"
    view = CoverNoteView(
        kicker=words.say(f"board_report.kicker.{kind}", year=dossier.evidence.network.assessment_year),
        title=title,
        lead=" ".join(filter(None, (_lead(context, is_exercise=is_exercise), _layer(context, phrases)))),
        strengths=tuple(_strength(phrases, item.indicator) for item in agenda.strengths),
        regional=_regional(context, phrases),
        decisions=agenda.decisions,
        further=words.say_count("board_report.further", further) if further else "",
        unknown=agenda.unknown,
        norms=words.text(dossier.framework.notice),
        is_tight=False,
    )
    return replace(view, is_tight=_height(view, standards) > ROOM)


def _strength(phrases: Phrases, indicator_id: str) -> StrengthView:
    """What goes well as a sentence, with its numbers where it has any."""
    indicator = phrases.dossier.framework.indicator(indicator_id)
    result = phrases.dossier.assessment.indicator(indicator_id)
    found = finding_words(phrases, result) if result is not None else ""
    public = indicator.public if indicator is not None else None
    if public is None:
        return StrengthView(title=phrases.title(indicator_id), text=_capital(f"{found}."))
    text = phrases.words.text(public.good)
    if found not in ("", phrases.words.say("board.finding.yes"), phrases.verdict(Verdict.MET)):
        text = f"{text.rstrip('.')} ({found.replace(' ', NO_BREAK) if len(found) < SHORT else found})."
    return StrengthView(title=phrases.title(indicator_id), text=text)


def finding_words(phrases: Phrases, result: IndicatorResult) -> str:
    """The finding of an indicator in a few words; where its numbers are withheld, that instead."""
    return phrases.words.say("verdicts.masked") if result.is_masked else phrases.finding(result)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


# --- how much fits on a page (mm, by estimate) --------------------------------------------------------------

ROOM = 249.0
HALF_EMPTY = 155.0
"""Below this the last page has room for the verdict matrix, and needs it."""
LETTERS = {
    "sub_networks": (40, 11, 24, 24),
    "volumes": (25, 18, 12, 14, 29),
    "echelons": (30, 18, 53),
    "bottlenecks": (24, 39, 36),
}
"""Letters on a line of each column of what the board can act on."""


def _height_of_matters(matters: MattersView) -> float:
    """How high what the board can act on gets; nothing where it is not there."""
    parts = {key: getattr(matters, key) for key in matters.present}
    return sum(_height_of_rows(rows, LETTERS[key]) for key, rows in parts.items()) + (11 if parts else 0)


def _height_of_rows(part: Rows, letters: tuple[int, ...]) -> float:
    rows = [max(map(_lines, row, letters)) for row in part.rows]
    below = [part.more, *part.notes]
    return 17.5 + (7 if rows else 0) + sum(2 + 4.05 * lines for lines in rows) + sum(5.4 for text in below if text)


def _height(view: CoverNoteView, standards: tuple[StandardView, ...]) -> float:
    """How high the first page gets in its usual type."""
    asked = sum(
        2.4
        + 4.45 * max(_lines(item.sentence, 47), _lines(item.who, 22), 2 if item.effort_hours else 1)
        + 3.9 * _lines(item.detail, 64)
        for item in view.decisions
    )
    stand = 12 + sum(2.2 + 4.45 * _verdict_lines(item) for item in standards)
    well = 7 + sum(1.6 + 4.6 * _lines(f"{item.title} {item.text}", 34) for item in view.strengths)
    regional = 3 + 4.6 * _lines(" ".join(view.regional), 112) if view.regional else 0
    panel = 15 + 4.6 * max(_lines(view.unknown, 50), _lines(view.norms, 54))
    lead = 21 + 10.2 * _lines(view.title, 44) + 5.5 * _lines(view.lead, 102)
    return lead + max(stand, well) + regional + 18 + asked + (6 if view.further else 0) + panel


def _verdict_lines(item: StandardView) -> int:
    """Lines of a standard in the table: its name, or its verdict with what is known below it."""
    return max(_lines(item.short, 33), _lines(item.verdict.word, 33) + bool(item.verdict.addition))


def _lines(text: str, letters: int) -> int:
    return ceil(len(text) / letters)


# --- what stands beside it ----------------------------------------------------------------------------------


def _lead(context: Context, *, is_exercise: bool) -> str:
    """What was done, and what this page is for."""
    number, words = len(context.dossier.assessment.standards), context.words
    form = "one" if number == 1 else "other"
    kind = "exercise" if is_exercise else "own"
    done = words.say(f"board.lead.{kind}.{form}", count=in_full(number, words))
    return f"{done} {words.say(f'board_report.page_says.{kind}')}"


def _layer(context: Context, phrases: Phrases) -> str:
    """What this network is among others; nothing for a network on its own."""
    dossier, words = context.dossier, context.words
    if is_region(dossier):
        names = list(spoken_names(dossier).values())
        return words.say_count("board_region.cover.region", len(names), names=phrases.joined(names))
    above = layer_above(dossier)
    return words.say("board_region.cover.sub_network", region=above) if above else ""


def _regional(context: Context, phrases: Phrases) -> tuple[str, ...]:
    """What its sub-networks ask of the board of a region: what is missing, and on how many points they differ."""
    dossier, words = context.dossier, context.words
    items = in_order(dossier)
    absent = [item.name or item.code for item in items if item.assessment is None]
    found = []
    if absent:
        found.append(words.say_count("board_region.cover.absent", len(absent), names=phrases.joined(absent)))
    results = dossier.assessment.indicators
    differing = sum(item.is_open and is_derived(item) and tally(dossier, item).differs for item in results)
    if differing:
        found.append(words.say_count("board_report.differ", differing))
    elif len(items) > 1:
        found.append(words.say("board_report.alike"))
    return tuple(found)


# --- the standards ------------------------------------------------------------------------------------------


def _standard(context: Context, view: StandardView) -> BoardStandardView:
    lines = view.next_step.lines if view.next_step is not None else ()
    left = len(lines) - MOST_STEPS
    return BoardStandardView(
        standard=view,
        why=_why(context, view),
        steps=lines[:MOST_STEPS],
        more=context.words.say_count("board_report.more_steps", left) if left > 0 else "",
    )


def _why(context: Context, view: StandardView) -> str:
    """Why a verdict is what it is; where most is unknown, how much is known: what decides stands beside it."""
    result = next((item for item in context.dossier.assessment.standards if item.id == view.id), None)
    if result is None or result.verdict is not Verdict.UNKNOWN or not result.mostly_undecided:
        return view.why
    core, known = result.counts.core, result.counts.core_known
    return context.words.say_count("board_report.standards.known", known, known=known, core=core)
