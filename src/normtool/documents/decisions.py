"""What a board reads first: what goes well, which decisions are asked, what is not yet known.

Nothing is scored here; this only chooses among verdicts and puts them into sentences (words/*/board.yaml).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from math import ceil

from normtool.core.assessment import IndicatorResult, Reason, ResultOrigin, Share, Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature, RegisterRow
from normtool.core.ledger import span_in, text_in, texts_in
from normtool.core.standards import IndicatorClass
from normtool.documents.board_phrases import Phrases, clipped
from normtool.texts import Words

MOST_STRENGTHS = 3
MOST_DECISIONS = 5
LONGEST_OWNER = 60
"""Characters of the party that a bottleneck is put to."""
DASH = "–"


class DecisionKind(Enum):
    """What a board is asked to do."""

    EVIDENCE = "evidence"
    ADOPT = "adopt"
    IMPROVE = "improve"
    OWN_APPROACH = "own_approach"
    BOTTLENECK = "bottleneck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Something that goes well: the indicator that is met, and a sentence with its numbers."""

    indicator: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision asked of the board.

    `sentence` says it, `detail` why (may be empty); `who` is a role; `before` a date in words, or a dash;
    `effort_hours` is an estimate for the reference network, None when none is known; `effort` says it.
    """

    kind: DecisionKind
    sentence: str
    who: str
    indicators: tuple[str, ...] = ()
    detail: str = ""
    before: str = DASH
    effort_hours: int | None = None
    effort: str = DASH


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A standard whose verdict is open, and the core indicators that would decide it."""

    standard: str
    indicators: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The first page of a board: strong points, decisions, gaps.

    `further_points` are core indicators not or partly met for which there was no room among the decisions.
    `unknown` says in one or two sentences what is not yet known.
    """

    strengths: tuple[Strength, ...]
    decisions: tuple[Decision, ...]
    gaps: tuple[Gap, ...]
    unknown: str
    further_points: int


def board_agenda(dossier: Dossier, words: Words) -> Agenda:
    """Everything the first page says, in the language of the words."""
    desk = _Desk(dossier, words, Phrases(dossier, words))
    decisions, further_points = desk.decisions()
    gaps = desk.gaps()
    return Agenda(
        strengths=desk.strengths(),
        decisions=decisions,
        gaps=gaps,
        unknown=desk.unknown(gaps),
        further_points=further_points,
    )


def is_undecided(result: IndicatorResult) -> bool:
    """Whether an open core indicator could still turn out in more than one way."""
    open_core = result.is_open and result.indicator_class is IndicatorClass.CORE
    undecided = result.verdict in (Verdict.UNKNOWN, Verdict.OWN_APPROACH)
    return open_core and undecided and result.reason is not Reason.NO_NORM


def own_approaches(dossier: Dossier) -> tuple[IndicatorResult, ...]:
    """Own approaches that a board agrees with, core first; those of the region above are not for this board."""
    found = [
        item
        for item in dossier.assessment.indicators
        if item.verdict is Verdict.OWN_APPROACH and item.origin is not ResultOrigin.INHERITED
    ]
    return tuple(sorted(found, key=lambda item: item.indicator_class is not IndicatorClass.CORE))


@dataclass(frozen=True, slots=True)
class _Desk:
    dossier: Dossier
    words: Words
    phrases: Phrases

    @property
    def _results(self) -> tuple[IndicatorResult, ...]:
        return self.dossier.assessment.indicators

    def _say(self, key: str, **facts: object) -> str:
        return self.words.say(f"board.{key}", **facts)

    def _count(self, key: str, count: int, **facts: object) -> str:
        return self.words.say_count(f"board.{key}", count, **facts)

    # --- what goes well -------------------------------------------------------------------------------------

    def strengths(self) -> tuple[Strength, ...]:
        """Core before growth; one standard after another; the final target before the path; numbers first."""
        left = [item for item in self._results if _is_met(item)]
        used: Counter[str] = Counter()
        chosen: list[Strength] = []
        while left and len(chosen) < MOST_STRENGTHS:
            best = min(left, key=lambda item: _strength_order(item, used[self.phrases.standard_of(item.id)]))
            left.remove(best)
            used[self.phrases.standard_of(best.id)] += 1
            sentence = self._say("strength", title=self.phrases.title(best.id), finding=self.phrases.finding(best))
            chosen.append(Strength(indicator=best.id, sentence=sentence))
        return tuple(chosen)

    # --- decisions ------------------------------------------------------------------------------------------

    def decisions(self) -> tuple[tuple[Decision, ...], int]:
        """At most five decisions, and how many improvement points found no room."""
        first = self._opening()
        last = [*self._own_approach(), *self._bottleneck()]
        points = self._points()
        room = MOST_DECISIONS - len(first) - len(last)
        asked = [*first, *(self._improve(item) for item in points[:room]), *last]
        if len(asked) < MOST_DECISIONS and not self._mostly_unknown():
            asked.extend(self._evidence())
        return tuple(asked), max(0, len(points) - room)

    def _opening(self) -> list[Decision]:
        """Adopting; first the missing evidence where most is unknown; nothing to adopt in an exercise."""
        evidence = self._evidence() if self._mostly_unknown() else []
        if self.dossier.evidence.network.nature is DataNature.PUBLIC_EXERCISE:
            return evidence
        key = "adopt_draft" if self.dossier.draft else "adopt_after" if evidence else "adopt"
        adopt = Decision(
            kind=DecisionKind.ADOPT,
            sentence=self._say(f"decision.{key}"),
            who=self._say("who.board"),
            before=DASH if evidence else self._today(),
        )
        return [*evidence, adopt]

    def _evidence(self) -> list[Decision]:
        missing = [item for item in self._results if is_undecided(item) and item.verdict is Verdict.UNKNOWN]
        if not missing:
            return []
        asked = [self.dossier.framework.indicator(item.id) for item in missing]
        hours = ceil(sum(indicator.minutes for indicator in asked if indicator) / 60)
        core = sum(standard.counts.core for standard in self.dossier.assessment.standards)
        sentence = self._count("decision.evidence", len(missing), core=core)
        if len(missing) == core > 1:
            sentence = self._say("decision.evidence_all", core=core)
        return [
            Decision(
                kind=DecisionKind.EVIDENCE,
                sentence=sentence,
                who=self._say("who.office"),
                indicators=tuple(item.id for item in missing),
                effort_hours=hours or None,
                effort=self._effort(hours),
            )
        ]

    def _points(self) -> list[IndicatorResult]:
        """Core indicators not met, then partly met; first what alone holds its standard down."""
        ranked: list[tuple[bool, int, int, IndicatorResult]] = []
        for place, standard in enumerate(self.dossier.assessment.standards):
            below = [item for item in standard.indicators if _is_below(item)]
            for item in below:
                alike = sum(other.verdict is item.verdict for other in below)
                ranked.append((item.verdict is Verdict.PARTLY_MET, alike, place, item))
        return [item for *_, item in sorted(ranked, key=lambda entry: entry[:3])]

    def _improve(self, result: IndicatorResult) -> Decision:
        indicator = self.dossier.framework.indicator(result.id)
        remedy = self.words.text(indicator.remedy).rstrip(" .") if indicator else result.id
        hours = indicator.effort_hours if indicator else None
        action = self._action(result.id)
        due = span_in(action, "due") if action else None
        owner = text_in(action, "owner") if action else ""
        return Decision(
            kind=DecisionKind.IMPROVE,
            sentence=self._say("decision.improve", remedy=remedy, id=result.id),
            who=clipped(owner, LONGEST_OWNER) or self._role(result),
            indicators=(result.id,),
            detail=self._why(result),
            before=self.words.short_date(due.last) if due else DASH,
            effort_hours=hours,
            effort=self._effort(hours),
        )

    def _role(self, result: IndicatorResult) -> str:
        """Who is best placed; for what the region arranges, the region."""
        if result.origin is ResultOrigin.INHERITED:
            return self._say("who.region")
        return self.phrases.role(self.dossier.framework.indicator(result.id))

    def _why(self, result: IndicatorResult) -> str:
        """What is so now, and the verdict that stays where it hangs on this indicator."""
        parts = []
        finding = self.phrases.rows_below(result) or self.phrases.finding(result)
        if finding != self.phrases.verdict(result.verdict):
            parts.append(self._say("decision.now", finding=finding))
        standards = self.dossier.assessment.standards
        standard = next((item for item in standards if result in item.indicators), None)
        if standard is not None and standard.verdict is result.verdict:
            verdict = self.phrases.verdict(standard.verdict)
            parts.append(self._say("decision.stays", standard=standard.id, verdict=verdict))
        return " ".join(parts)

    def _own_approach(self) -> list[Decision]:
        found = own_approaches(self.dossier)
        if not found:
            return []
        ids = tuple(item.id for item in found)
        return [
            Decision(
                kind=DecisionKind.OWN_APPROACH,
                sentence=self._count("decision.own_approach", len(found), names=self.phrases.named(ids)),
                who=self._say("who.board"),
                indicators=ids,
                detail=self._what_instead(found[0].id) if len(found) == 1 else "",
                before=self._today(),
            )
        ]

    def _what_instead(self, indicator_id: str) -> str:
        answer = self.dossier.evidence.answer(indicator_id)
        what = answer.own_approach.what if answer else None
        return clipped(what.value) if what else ""

    def _bottleneck(self) -> list[Decision]:
        """The first bottleneck of the network's own list, and how many more there are."""
        register = self.dossier.evidence.register("bottlenecks")
        rows = [row for row in register.rows if text_in(row, "description")]
        if not rows:
            return []
        owner = clipped(text_in(rows[0], "owner"), LONGEST_OWNER) or self._say("bottlenecks.owner_unknown")
        description = clipped(text_in(rows[0], "description")).rstrip(" .")
        return [
            Decision(
                kind=DecisionKind.BOTTLENECK,
                sentence=self._say("decision.bottleneck", owner=owner, description=description),
                who=self._say("who.chair"),
                indicators=texts_in(rows[0], "indicators"),
                detail=self._count("decision.more_bottlenecks", len(rows) - 1) if len(rows) > 1 else "",
            )
        ]

    def _today(self) -> str:
        return DASH if self.dossier.draft else self._say("today")

    def _effort(self, hours: int | None) -> str:
        return self._say("hours", hours=self.words.whole(hours)) if hours else DASH

    def _action(self, indicator_id: str) -> RegisterRow | None:
        """The action that the network already has for this indicator and that is not done."""
        rows = self.dossier.evidence.register("actions").rows
        running = (row for row in rows if text_in(row, "state") != "done")
        return next((row for row in running if indicator_id in texts_in(row, "indicators")), None)

    # --- what is not yet known ------------------------------------------------------------------------------

    def gaps(self) -> tuple[Gap, ...]:
        """Standards whose verdict is open, in their own order."""
        found = []
        for standard in self.dossier.assessment.standards:
            if standard.verdict is not Verdict.UNKNOWN:
                continue
            undecided = tuple(item.id for item in standard.indicators if is_undecided(item))
            sentence = self._say(
                "gap",
                standard=standard.id,
                title=self.phrases.short_title(standard.id),
                verdict=self.phrases.bounds(standard),
                names=self.phrases.named(undecided),
            )
            found.append(Gap(standard=standard.id, indicators=undecided, sentence=sentence))
        return tuple(found)

    def unknown(self, gaps: tuple[Gap, ...]) -> str:
        """What is missing, in a few sentences; missing evidence is never *not met*."""
        if not gaps:
            return self._say("unknown.none")
        missing = {indicator for gap in gaps for indicator in gap.indicators}
        where = self._say("unknown.all")
        if len(gaps) < len(self.dossier.assessment.standards):
            ids = self.phrases.joined([gap.standard for gap in gaps])
            where = self._count("unknown.standards", len(gaps), ids=ids)
        not_failing = self._say("unknown.not_failing", verdict=self.phrases.verdict(Verdict.NOT_MET))
        return f"{where} {not_failing} {self._count('unknown.to_decide', len(missing))}"

    def _mostly_unknown(self) -> bool:
        """Whether less than half of the core indicators over all standards is decided."""
        counts = [standard.counts for standard in self.dossier.assessment.standards]
        return 2 * sum(item.core_known for item in counts) < sum(item.core for item in counts)


def _is_met(result: IndicatorResult) -> bool:
    scored = result.is_open and result.indicator_class is not IndicatorClass.INFORMATIVE
    return scored and result.verdict is Verdict.MET


def _is_below(result: IndicatorResult) -> bool:
    core = result.is_open and result.indicator_class is IndicatorClass.CORE
    return core and result.verdict in (Verdict.NOT_MET, Verdict.PARTLY_MET)


def _strength_order(result: IndicatorResult, already: int) -> tuple[bool, int, bool, bool]:
    countable = isinstance(result.value, Share) and result.value.denominator > 1
    return (
        result.indicator_class is not IndicatorClass.CORE,
        already,
        result.on_path,
        not countable,
    )
