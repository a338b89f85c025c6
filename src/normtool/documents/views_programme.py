"""The improvement programme: what the network does, what has no action yet, and who can solve its bottlenecks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from normtool.core.assessment import IndicatorResult, StandardResult, Verdict
from normtool.core.dossier import FormerAction, FormerYear
from normtool.core.evidence import RegisterRow
from normtool.core.history import ACTIONS, DONE
from normtool.core.ledger import text_in, texts_in
from normtool.core.registers import Register
from normtool.core.spellings import compact, plain
from normtool.core.standards import IndicatorClass, Standard
from normtool.documents.views_context import (
    NONE,
    Context,
    VerdictText,
    anchor,
    standard_number,
    standard_verdict_text,
    verdict_text,
)
from normtool.telling.retelling import value_words

BOTTLENECKS = "bottlenecks"
Link = tuple[str, str]
"""An indicator's id and the place to link to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One improvement action, as the network wrote it."""

    id: str
    action: str
    indicators: tuple[Link, ...]
    owner: str
    due: str
    state: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingRow:
    """A core indicator that is not met and for which no action was named."""

    id: str
    anchor: str
    title: str
    verdict: VerdictText


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeGroup:
    """A standard with its next step, its actions, and what has no action yet."""

    title: str
    anchor: str
    verdict: VerdictText | None
    step: str
    actions: tuple[ActionRow, ...]
    lacking: tuple[LackingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerActionRow:
    """An action that was left open last year: what it was, until when, and how it stands now."""

    id: str
    action: str
    owner: str
    due: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BottleneckView:
    """One bottleneck: what it is, what is asked, and the indicators that it is about."""

    description: str
    request: str
    indicators: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """The whole section. `owners`: bottlenecks by the party that can solve them; those of nobody come last."""

    heading: str
    lead: str
    head: tuple[str, str, str, str]
    steps_head: str
    no_action: str
    evidence: str
    groups: tuple[ProgrammeGroup, ...]
    former_title: str
    former_head: tuple[str, str, str, str]
    former: tuple[FormerActionRow, ...]
    bottlenecks_title: str
    bottlenecks_lead: str
    asked: str
    owners: tuple[tuple[str, tuple[BottleneckView, ...]], ...]


def programme_view(context: Context) -> ProgrammeView | None:
    """The programme of a dossier; None when there is nothing to say: no action, no step, no bottleneck."""
    groups = tuple(_groups(context))
    owners = _owners(context)
    year, former = _former(context)
    if not groups and not owners and not former:
        return None
    return ProgrammeView(
        heading=_say(context, "heading"),
        lead=_lead(context, groups),
        head=(_say(context, "action"), _say(context, "owner"), _say(context, "due"), _say(context, "state")),
        steps_head=_say(context, "steps_head"),
        no_action=_say(context, "no_action"),
        evidence=_say(context, "evidence"),
        groups=groups,
        former_title=_say(context, "former.title", year=year),
        former_head=(
            _say(context, "action"),
            _say(context, "owner"),
            _say(context, "former.due"),
            _say(context, "former.now"),
        ),
        former=former,
        bottlenecks_title=_say(context, "bottlenecks.title"),
        bottlenecks_lead=_say(context, "bottlenecks.lead"),
        asked=_say(context, "bottlenecks.asked"),
        owners=owners,
    )


def _say(context: Context, key: str, **facts: object) -> str:
    return context.words.say(f"programme.{key}", **facts)


def _count(context: Context, key: str, number: int) -> str:
    sentence = context.words.say_count(f"programme.{key}", number, number=context.number(number))
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _lead(context: Context, groups: tuple[ProgrammeGroup, ...]) -> str:
    """How many actions there are, and how many core indicators below their norm have none."""
    actions = sum(len(group.actions) for group in groups)
    lacking = sum(len(group.lacking) for group in groups)
    first = _count(context, "lead.actions", actions) if actions else _say(context, "lead.none")
    return f"{first} {_count(context, 'lead.lacking', lacking)}" if lacking else first


# --- by standard --------------------------------------------------------------------------------------------


def _groups(context: Context) -> Iterator[ProgrammeGroup]:
    """Each standard of which there is something to say, then the actions that name no indicator."""
    register = context.dossier.framework.register(ACTIONS)
    rows = list(context.dossier.evidence.register(ACTIONS).rows) if register is not None else []
    results = {item.id: item for item in context.dossier.assessment.standards}
    named = {identifier for row in rows for identifier in texts_in(row, "indicators")}
    for standard in context.dossier.framework.standards:
        own = {item.id for item in standard.indicators}
        actions = tuple(
            _action(context, register, row)
            for row in rows
            if register is not None and next(iter(texts_in(row, "indicators")), "") in own
        )
        result = results[standard.id]
        lacking = tuple(
            _lacking(context, item) for item in result.indicators if _lacks(item) and item.id not in named
        )
        step = _step(context, result)
        if actions or lacking or step:
            yield _group(context, standard, (standard_verdict_text(context, result), step), (actions, lacking))
    known = {item.id for item in context.dossier.framework.indicators}
    loose = [row for row in rows if next(iter(texts_in(row, "indicators")), "") not in known]
    if loose and register is not None:
        yield ProgrammeGroup(
            title=_say(context, "without_indicator"),
            anchor="",
            verdict=None,
            step="",
            actions=tuple(_action(context, register, row) for row in loose),
            lacking=(),
        )


def _group(
    context: Context,
    standard: Standard,
    said: tuple[VerdictText, str],
    rows: tuple[tuple[ActionRow, ...], tuple[LackingRow, ...]],
) -> ProgrammeGroup:
    return ProgrammeGroup(
        title=f"{standard_number(standard)} {context.words.text(standard.short)}",
        anchor=f"standard-{anchor(standard.id)}",
        verdict=said[0],
        step=said[1],
        actions=rows[0],
        lacking=rows[1],
    )


def _lacks(result: IndicatorResult) -> bool:
    core = result.is_open and result.indicator_class is IndicatorClass.CORE
    return core and result.verdict in (Verdict.NOT_MET, Verdict.PARTLY_MET)


def _lacking(context: Context, result: IndicatorResult) -> LackingRow:
    indicator = context.dossier.framework.indicator(result.id)
    return LackingRow(
        id=result.id,
        anchor=anchor(result.id),
        title=context.words.text(indicator.title) if indicator is not None else "",
        verdict=verdict_text(context, result),
    )


def _step(context: Context, result: StandardResult) -> str:
    """The next step of a standard in one line; what to do for it stands on its own page."""
    step = result.next_step
    if step is None:
        return ""
    names = context.listed(step.indicators)
    if step.goal is Verdict.UNKNOWN:
        return _say(context, "step.evidence", names=names)
    start, goal = context.verdict_word(step.start), context.verdict_word(step.goal)
    return _say(context, "step.improve", start=start, goal=goal, names=names)


def _action(context: Context, register: Register, row: RegisterRow) -> ActionRow:
    return ActionRow(
        id=text_in(row, "id"),
        action=text_in(row, "action") or NONE,
        indicators=_links(context, texts_in(row, "indicators")),
        owner=text_in(row, "owner") or _say(context, "no_owner"),
        due=_cell(context, register, row, "due") or _say(context, "no_due"),
        state=_cell(context, register, row, "state") or NONE,
        evidence=text_in(row, "evidence_expected"),
    )


def _links(context: Context, ids: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple((item, anchor(item)) for item in ids if context.dossier.framework.indicator(item) is not None)


def _cell(context: Context, register: Register, row: RegisterRow, name: str) -> str:
    cell, column = row.get(name), register.column(name)
    return value_words(cell.value, context.words, context.names, column) if cell is not None and column else ""


# --- what was left open last year ---------------------------------------------------------------------------


def _former(context: Context) -> tuple[str, tuple[FormerActionRow, ...]]:
    """The open actions of the latest former year that had any, with their state of now."""
    register = context.dossier.framework.register(ACTIONS)
    rows = context.dossier.evidence.register(ACTIONS).rows
    former: FormerYear | None = next(iter(context.dossier.history), None)
    if former is None or register is None:
        return "", ()
    return str(former.assessment_year), tuple(
        _former_row(context, action, _state_now(context, register, _same_action(rows, action)))
        for action in former.open_actions
    )


def _same_action(rows: tuple[RegisterRow, ...], action: FormerAction) -> RegisterRow | None:
    """This year's row of an action of then: in the same words, or with the same id for one of its indicators.

    An id alone does not tell: a network may number its actions anew.
    """
    words, about = plain(action.action), set(action.indicators)
    same_words = (row for row in rows if words and plain(text_in(row, "action")) == words)
    same_id = (row for row in rows if text_in(row, "id") == action.id and about & set(texts_in(row, "indicators")))
    return next(chain(same_words, same_id), None)


def _state_now(context: Context, register: Register, row: RegisterRow | None) -> str:
    if row is None:
        return _say(context, "former.gone")
    state = _cell(context, register, row, "state")
    if text_in(row, "state") == DONE or not state:
        return state or NONE
    due = _cell(context, register, row, "due")
    return _say(context, "former.until", state=state, due=due) if due else state


def _former_row(context: Context, action: FormerAction, now: str) -> FormerActionRow:
    return FormerActionRow(
        id=action.id,
        action=action.action or NONE,
        owner=action.owner or NONE,
        due=context.words.span(action.due) if action.due is not None else NONE,
        now=now,
    )


# --- bottlenecks --------------------------------------------------------------------------------------------


def _owners(context: Context) -> tuple[tuple[str, tuple[BottleneckView, ...]], ...]:
    """Bottlenecks by who can solve them, in the order of the form; those written beside an answer have no owner.

    What stands beside an answer in the same words as in the form's list is told once, there.
    """
    found: dict[str, list[BottleneckView]] = {}
    told: set[tuple[str, str]] = set()
    for row in context.dossier.evidence.register(BOTTLENECKS).rows:
        owner = text_in(row, "owner").strip()
        view = BottleneckView(
            description=text_in(row, "description") or NONE,
            request=text_in(row, "request"),
            indicators=_links(context, texts_in(row, "indicators")),
        )
        found.setdefault(owner, []).append(view)
        told |= {(compact(view.description), indicator) for indicator in texts_in(row, "indicators")}
    unowned = found.pop("", [])
    for answer in context.dossier.evidence.answers:
        text = answer.bottleneck.value if answer.bottleneck is not None else ""
        if text.strip() and (compact(text), answer.indicator) not in told:
            links = _links(context, (answer.indicator,))
            unowned.append(BottleneckView(description=text, request="", indicators=links))
    groups = [(owner, tuple(views)) for owner, views in found.items()]
    if unowned:
        groups.append((_say(context, "bottlenecks.unowned"), tuple(unowned)))
    return tuple(groups)
