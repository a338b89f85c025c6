"""What a board can act on: sub-networks that differ, numbers below a norm, echelons, and bottlenecks."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import RowResult, RowState
from normtool.core.kinds import VolumeKind
from normtool.core.ledger import text_in
from normtool.core.volumes import missed
from normtool.documents.board_phrases import Phrases, clipped
from normtool.documents.regional import is_derived, is_region, spoken_names, tally
from normtool.documents.regional_volumes import with_volumes
from normtool.documents.views_context import Context, open_context
from normtool.documents.views_echelons_asked import VERDICTS, asked_view
from normtool.telling.echelon_texts import question_words
from normtool.telling.volume_texts import compared_words, norm_words

MOST_SUB_NETWORK_ROWS = 6
MOST_VOLUMES = 8
MOST_ECHELONS = 6
MOST_QUESTIONS = 3
MOST_BOTTLENECKS = 6
"""Rows that fit on the pages of a board; what is left out is counted."""
FEWER = 5
"""Rows of each list where the report also has a page for one member, or for the sub-networks of a region."""
LONGEST = 150
LONGEST_NOTE = 100
LONGEST_OWNER = 60
"""Characters of the network's own texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A short table: a sentence that says what it shows, its rows of texts, and how many were left out."""

    lead: str
    rows: tuple[tuple[str, ...], ...] = ()
    more: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MattersView:
    """What a board can act on; a part that the dossier says nothing of is not there."""

    sub_networks: Rows | None
    volumes: Rows | None
    echelons: Rows | None
    bottlenecks: Rows | None

    @property
    def present(self) -> tuple[str, ...]:
        """The keys of the parts that are there, in their order."""
        return tuple(
            key for key in ("sub_networks", "volumes", "echelons", "bottlenecks") if getattr(self, key) is not None
        )


def matters_view(context: Context) -> MattersView:
    """All parts."""
    return MattersView(
        sub_networks=_sub_networks(context),
        volumes=_volumes(context),
        echelons=_echelons(context),
        bottlenecks=_bottlenecks(context),
    )


def _room(context: Context, most: int) -> int:
    part = context.dossier.part
    is_full = is_region(context.dossier) or (part is not None and bool(part.member))
    return min(most, FEWER) if is_full else most


def _more(context: Context, left: int) -> str:
    return context.words.say_count("board_report.more", left) if left > 0 else ""


# --- sub-networks -------------------------------------------------------------------------------------------


def _sub_networks(context: Context) -> Rows | None:
    """Where the sub-networks of a region differ: in how many an indicator is met, and in which it is not."""
    dossier, words = context.dossier, context.words
    if not is_region(dossier):
        return None
    names, phrases = spoken_names(dossier), Phrases(dossier, words)
    differing = [item for item in dossier.assessment.indicators if item.is_open and is_derived(item)]
    differing = [item for item in differing if tally(dossier, item).differs]
    rows = []
    for result in differing[:MOST_SUB_NETWORK_ROWS]:
        found = tally(dossier, result)
        met = phrases.joined([names[code] for code in found.met]) or words.say("board_report.sub_networks.none")
        others = phrases.joined([names[code] for code in (*found.partly, *found.below, *found.own)])
        count = context.say("k_of_n", part=len(found.met), whole=found.counted)
        rows.append((result.id, phrases.title(result.id), count, met, others))
    key = "lead" if differing else "alike"
    return Rows(
        lead=words.say(f"board_report.sub_networks.{key}"),
        rows=tuple(rows),
        more=_more(context, len(differing) - len(rows)),
    )


# --- numbers below a norm -----------------------------------------------------------------------------------


def _volumes(context: Context) -> Rows | None:
    """Locations below a norm in force, with their number, the norm, and what the network does about it.

    In a part for one member that stands on the page of that member already.
    """
    part = context.dossier.part
    if part is not None and part.member:
        return None
    wide = with_volumes(context.dossier)
    if wide is not context.dossier:
        context = open_context(wide, context.words)
    bound = [row for result in _volume_results(context) for row in result if row.norms]
    below = [row for row in bound if row.state is RowState.NOT_MET]
    open_rows = sum(row.state is RowState.UNDECIDED for row in bound)
    if not bound:
        return None
    shown = below[: _room(context, MOST_VOLUMES)]
    facts = {"all": context.words.whole(len(bound))}
    lead = context.words.say_count("board_report.volumes.below", len(below), **facts)
    if len(bound) == 1 or not below:
        key = "only_below" if below else "none_below"
        lead = context.words.say(f"board_report.volumes.{key}", **facts)
    return Rows(
        lead=lead,
        rows=tuple(volume_row(context, row) for row in shown),
        more=_more(context, len(below) - len(shown)),
        notes=(context.words.say_count("board_report.volumes.open", open_rows),) if open_rows else (),
    )


def _volume_results(context: Context) -> list[tuple[RowResult, ...]]:
    """The rows of every indicator that lays numbers beside norms and is asked now."""
    framework = context.dossier.framework
    asked = [item for item in context.dossier.assessment.indicators if item.is_open]
    found = ((framework.indicator(item.id), item) for item in asked)
    return [item.rows for indicator, item in found if indicator and isinstance(indicator.kind, VolumeKind)]


def volume_row(context: Context, row: RowResult) -> tuple[str, ...]:
    """Location, treatment, number, norm, and what was written beside it."""
    location, treatment = (*row.key, "", "")[:2]
    check = missed(row) or next((item for item in row.checks if item.is_bound), None)
    norm = next((item for item in context.dossier.framework.volume_norms if check and item.id == check.norm), None)
    number = context.words.whole(row.number) if row.number is not None else "–"
    asked = ""
    if check is not None and norm is not None:
        number, asked = compared_words(check, norm, context.words), norm_words(norm, context.words, context.names)
    return context.name(location), context.name(treatment), number, asked, clipped(row.note, LONGEST_NOTE) or "–"


# --- echelons -----------------------------------------------------------------------------------------------


def _echelons(context: Context) -> Rows | None:
    """Locations that lack what their level asks of them, and what is odd about the levels that were stated."""
    echelons, results = context.dossier.framework.echelons, context.dossier.assessment.echelons
    if echelons is None or not any(item.stated or item.computed for item in results):
        return None
    leads, rows, complete = [], [], True
    for level in echelons.levels:
        asked = asked_view(context, level) if level.asked_in else None
        if asked is None:
            continue
        leads.append(asked.summary)
        for location, group, cells in asked.rows:
            lacking = [
                f"{head.partition(' ')[2] or head}: {cell.verdict.word}"
                for head, cell in zip(asked.head[1:], cells, strict=True)
                if cell.verdict.verdict in VERDICTS.values() and cell.verdict.code != "met"
            ]
            complete = complete and not lacking
            rows += [(location, group, "; ".join(lacking))] if lacking else []
    questions = question_words(context.dossier, context.words, context.names)
    shown = rows[: _room(context, MOST_ECHELONS)]
    left = len(questions) - MOST_QUESTIONS
    notes = [clipped(text, 2 * LONGEST) for text in questions[:MOST_QUESTIONS]]
    notes += [context.words.say_count("echelons.question.more", left)] if left > 0 else []
    if not leads and not notes:
        return None
    return Rows(
        lead=" ".join(leads),
        rows=tuple(shown),
        more=_more(context, len(rows) - len(shown)),
        notes=tuple(notes),
    )


# --- bottlenecks --------------------------------------------------------------------------------------------


def _bottlenecks(context: Context) -> Rows | None:
    """What the network cannot solve alone, by who can; what nobody is named for comes last."""
    found = [
        (text_in(row, "owner"), text_in(row, "description"), text_in(row, "request"))
        for row in context.dossier.evidence.register("bottlenecks").rows
        if text_in(row, "description")
    ]
    titles = {item.id: context.words.text(item.title) for item in context.dossier.framework.indicators}
    for answer in context.dossier.evidence.answers:
        said = answer.bottleneck.value.strip() if answer.bottleneck is not None else ""
        if said and not any(said in text for _, text, _ in found):
            found.append(("", f"{titles.get(answer.indicator, answer.indicator)}: {said}", ""))
    if not found:
        return None
    found.sort(key=lambda item: (not item[0], item[0].casefold()))
    shown = found[: _room(context, MOST_BOTTLENECKS)]
    unnamed = context.words.say("board_report.bottlenecks.nobody")
    return Rows(
        lead=context.words.say("board.bottlenecks.lead"),
        rows=tuple(
            (clipped(owner, LONGEST_OWNER) or unnamed, clipped(text, LONGEST), clipped(request, LONGEST) or "–")
            for owner, text, request in shown
        ),
        more=_more(context, len(found) - len(shown)),
    )
