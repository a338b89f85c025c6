"""One hospital beside its network: its own rows of every indicator, its volumes, its levels. No other is named.

A hospital gets no verdict of its own: norms are about the network. Its rows stand beside the network's verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from normtool.core.assessment import IndicatorResult, RowResult, RowState, Share
from normtool.core.evidence import RegisterRow
from normtool.core.kinds import Pooled, VolumeKind
from normtool.core.ledger import number_in, text_in
from normtool.core.standards import Indicator
from normtool.documents.board_phrases import Phrases
from normtool.documents.regional import places_of
from normtool.documents.views_board_matters import volume_row
from normtool.documents.views_context import Context, VerdictText, verdict_text
from normtool.telling.volume_texts import verdict_words

MOST_INDICATORS = 14
MOST_VOLUMES = 8
MOST_NAMED = 3
"""Rows that fit on the page of one member; what is left out is counted."""
STATES = (RowState.NOT_MET, RowState.PARTLY_MET, RowState.UNDECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """One indicator: what stands in the member's own rows, and what came of it in the network."""

    id: str
    title: str
    own: str
    rest: str
    network: str
    verdict: VerdictText


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """The page of one member."""

    name: str
    lead: str
    rows: tuple[OwnRow, ...]
    more: str
    volumes: tuple[tuple[str, ...], ...]
    more_volumes: str
    levels: tuple[str, ...]


def member_view(context: Context) -> MemberView | None:
    """The page of the member that this part was made for; None when it was made for none."""
    part = context.dossier.part
    if part is None or not part.member:
        return None
    own = places_of(context.dossier, part.member)
    rows = tuple(_own_rows(context, own))
    volumes = _volumes(context, own)
    say = context.words.say_count
    left, left_volumes = len(rows) - MOST_INDICATORS, len(volumes) - MOST_VOLUMES
    return MemberView(
        name=context.name(part.member),
        lead=context.words.say(
            f"board_report.member.{'lead' if rows else 'nothing'}", name=context.name(part.member)
        ),
        rows=rows[:MOST_INDICATORS],
        more=say("board_report.more", left) if left > 0 else "",
        volumes=tuple(volumes[:MOST_VOLUMES]),
        more_volumes=say("board_report.more", left_volumes) if left_volumes > 0 else "",
        levels=tuple(_levels(context, own)),
    )


def _own_rows(context: Context, own: frozenset[str]) -> Iterator[OwnRow]:
    phrases = Phrases(context.dossier, context.words)
    for result in context.dossier.assessment.indicators:
        indicator = context.dossier.framework.indicator(result.id)
        if indicator is None or not result.is_open or isinstance(indicator.kind, VolumeKind):
            continue
        found = _own_words(context, indicator, result, own)
        if found is None:
            continue
        yield OwnRow(
            id=result.id,
            title=context.words.text(indicator.title),
            own=found[0],
            rest=found[1],
            network=_network_words(context, phrases, indicator, result),
            verdict=verdict_text(context, result),
        )


def _network_words(context: Context, phrases: Phrases, indicator: Indicator, result: IndicatorResult) -> str:
    """What the whole network came to; where the worst group decides, how many of those that are known meet it."""
    if isinstance(indicator.kind, Pooled) and indicator.kind.per_group and result.rows:
        known = [row for row in result.rows if row.state is not RowState.UNDECIDED]
        met = sum(row.state is RowState.MET for row in known)
        if not known:
            return context.words.say("board_report.member.state.undecided")
        whole = context.words.whole
        return context.words.say("board_report.member.groups", met=whole(met), all=whole(len(known)))
    if result.is_masked:
        return context.words.say("verdicts.masked")
    return phrases.finding(result)


def _own_words(
    context: Context, indicator: Indicator, result: IndicatorResult, own: frozenset[str]
) -> tuple[str, str] | None:
    """What the member's own rows say, and which of them do not; None when it has none."""
    if isinstance(indicator.kind, Pooled):
        return _patients(context, indicator.kind, own)
    rows = [row for row in result.rows if own & set(row.key) and row.state is not RowState.OUTSIDE]
    if not rows:
        return None
    if len(rows) == 1 and set(rows[0].key) <= own:
        return context.words.say(f"board_report.member.state.{rows[0].state.value}"), ""
    known = [row for row in rows if row.state is not RowState.UNDECIDED]
    met = sum(row.state is RowState.MET for row in rows)
    count = context.say("k_of_n", part=context.words.whole(met), whole=context.words.whole(len(known)))
    told = count if known else context.words.say("board_report.member.state.undecided")
    return told, "; ".join(_named(context, state, rows, own) for state in STATES if _in(state, rows))


def _in(state: RowState, rows: list[RowResult]) -> bool:
    return any(row.state is state for row in rows)


def _named(context: Context, state: RowState, rows: list[RowResult], own: frozenset[str]) -> str:
    """`nee: borst, darm`, with the names of groups only."""
    names = [
        " · ".join(context.name(part) for part in row.key if part not in own) for row in rows if row.state is state
    ]
    return context.say(f"rows.{state.value}", names=context.listed(names, MOST_NAMED))


def _patients(context: Context, kind: Pooled, own: frozenset[str]) -> tuple[str, str] | None:
    """The member's own share of patients over all its rows, withheld as soon as one of them is; then by group."""
    keys = [column.id for column in context.dossier.framework.declared(kind.register).key_columns]
    rows = [
        row
        for row in context.dossier.evidence.register(kind.register).rows
        if any(text_in(row, key) in own for key in keys) and _is_counted(row)
    ]
    pairs = [(number_in(row, kind.numerator), number_in(row, kind.denominator)) for row in rows]
    known = [(part_of, whole) for part_of, whole in pairs if part_of is not None and whole is not None]
    if not rows:
        return None
    if len(known) < len(pairs):
        groups = [
            f"{' · '.join(context.name(text_in(row, key)) for key in keys if text_in(row, key) not in own)} {count}"
            for row, (part_of, whole) in zip(rows, pairs, strict=True)
            if (count := _count(context, part_of, whole))
        ]
        told = context.words.say("board_report.member.shown", groups=context.listed(groups, MOST_NAMED))
        return context.words.say("verdicts.masked"), told if groups else ""
    share = Share(numerator=sum(one for one, _ in known), denominator=sum(whole for _, whole in known))
    count = _count(context, share.numerator, share.denominator)
    return count, context.words.share(share) if share.denominator else ""


def _count(context: Context, part_of: int | None, whole: int | None) -> str:
    """`41 van 44`; nothing where a number is withheld."""
    if part_of is None or whole is None:
        return ""
    return context.say("k_of_n", part=context.words.whole(part_of), whole=context.words.whole(whole))


def _is_counted(row: RegisterRow) -> bool:
    """Whether a row is of care that is given there: a place that does not treat has no patients to count."""
    cell = row.get("treats")
    return cell is None or cell.value is not False


# --- volumes and levels -------------------------------------------------------------------------------------


def _volumes(context: Context, own: frozenset[str]) -> list[tuple[str, ...]]:
    """The member's numbers that a norm binds, those below it first."""
    framework = context.dossier.framework
    rows = [
        row
        for result in context.dossier.assessment.indicators
        if (indicator := framework.indicator(result.id)) is not None and isinstance(indicator.kind, VolumeKind)
        for row in result.rows
        if row.norms and own & set(row.key)
    ]
    rows.sort(key=lambda row: STATES.index(row.state) if row.state in STATES else len(STATES))
    return [(*volume_row(context, row)[:4], _outcome(context, row)) for row in rows]


def _outcome(context: Context, row: RowResult) -> str:
    check = next((item for item in row.checks if item.is_bound and item.state is row.state), None)
    return verdict_words(check, context.words) if check is not None else "–"


def _levels(context: Context, own: frozenset[str]) -> Iterator[str]:
    """Per level the tumour groups for which the member has it, as it stated."""
    echelons = context.dossier.framework.echelons
    found = [
        item for item in context.dossier.assessment.echelons if item.location in own and item.treats is not False
    ]
    for level in echelons.levels if echelons is not None else ():
        groups = [context.name(item.group) for item in found if (item.stated or item.computed) == level.id]
        if groups:
            yield context.words.say("board_report.member.level", level=level.id, groups=context.listed(groups))
