"""How a board reads verdicts, findings, rows and roles: short phrases in the language of the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from normtool.core.assessment import IndicatorResult, RowResult, RowState, Share, StandardResult, Verdict
from normtool.core.dossier import Dossier
from normtool.core.framework_names import group_names
from normtool.core.kinds import Coverage, Maturity, Pooled, VolumeKind
from normtool.core.ledger import text_in
from normtool.core.standards import Indicator, Layer
from normtool.core.volumes import missed
from normtool.documents.regional import is_derived, tally
from normtool.telling.phrases import joined
from normtool.telling.retelling import plain_verdict
from normtool.telling.volume_texts import compared_words
from normtool.texts import Words

MOST_NAMED = 3
"""How many things a sentence names before it says how many more there are."""
LONGEST_QUOTE = 110
"""Characters of a network's own text that a sentence on the first page quotes."""


def clipped(text: str, length: int = LONGEST_QUOTE) -> str:
    """A quotation on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(" .,;:") + " …"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases about one dossier."""

    dossier: Dossier
    words: Words

    def title(self, indicator_id: str) -> str:
        """The title of an indicator; its id when the framework does not have it."""
        indicator = self.dossier.framework.indicator(indicator_id)
        return self.words.text(indicator.title) if indicator else indicator_id

    def standard_of(self, indicator_id: str) -> str:
        """The id of the standard that an indicator belongs to."""
        standards = self.dossier.framework.standards
        return next((s.id for s in standards if any(i.id == indicator_id for i in s.indicators)), "")

    def short_title(self, standard_id: str) -> str:
        """The short title of a standard."""
        standards = self.dossier.framework.standards
        return next((self.words.text(s.short) for s in standards if s.id == standard_id), standard_id)

    def role(self, indicator: Indicator | None) -> str:
        """Who is best placed: from the register the indicator counts, else from its layer."""
        if indicator is not None:
            register = indicator.kind.register if isinstance(indicator.kind, Coverage | Pooled) else ""
            if register and self.words.has(f"board.who.{register}"):
                return self.words.say(f"board.who.{register}")
            if isinstance(indicator.kind, VolumeKind):
                return self.words.say("board.who.volumes")
            if indicator.layer is Layer.REGION:
                return self.words.say("board.who.region")
        return self.words.say("board.who.board")

    def verdict(self, verdict: Verdict) -> str:
        """The word for a verdict; in a network's first cycle *voldoet nog niet* instead of *voldoet niet*."""
        return plain_verdict(verdict, self.words, first_cycle=self.dossier.assessment.cycle == 1)

    def bounds(self, standard: StandardResult) -> str:
        """The verdict of a standard; undecided, between which verdicts it lies."""
        worst, best = standard.worst, standard.best
        if standard.verdict is not Verdict.UNKNOWN or worst is None or best is None:
            return self.verdict(standard.verdict)
        return self.words.say("verdicts.between", worst=self.verdict(worst), best=self.verdict(best))

    def finding(self, result: IndicatorResult) -> str:
        """The answer of an indicator in a few words, such as `4 van 4`."""
        indicator = self.dossier.framework.indicator(result.id)
        if is_derived(result):
            return self._sub_networks(result)
        if indicator is not None and isinstance(indicator.kind, VolumeKind):
            return self._volumes(result)
        return self._value(indicator, result)

    def _value(self, indicator: Indicator | None, result: IndicatorResult) -> str:
        match result.value:
            case bool(value):
                return self.words.say("board.finding.yes" if value else "board.finding.no")
            case int(value) if indicator is not None and isinstance(indicator.kind, Maturity):
                return self.words.say("board.finding.level", level=value)
            case int(value) if indicator is not None and isinstance(indicator.kind, Coverage):
                return self.words.say("board.finding.yes" if value else "board.finding.no")
            case int(value):
                return self.words.say("board.finding.number", number=self.words.whole(value))
            case date() as day:
                return self.words.say("board.finding.date", date=self.words.date(day))
            case Share() as share:
                is_rows = indicator is not None and isinstance(indicator.kind, Coverage)
                return self._share(share, result.target, is_rows=is_rows)
        return self.verdict(result.verdict)

    def _sub_networks(self, result: IndicatorResult) -> str:
        """In how many of the sub-networks a region's indicator is met."""
        found = tally(self.dossier, result)
        if not found.counted:
            return self.verdict(result.verdict)
        met = self.words.whole(len(found.met))
        return self.words.say_count("board_region.finding", found.counted, met=met)

    def _volumes(self, result: IndicatorResult) -> str:
        """How many of the rows that a norm binds reach it; in a part for one member not all rows are there."""
        bound = [row for row in result.rows if row.norms]
        if not bound or (self.dossier.part is not None and self.dossier.part.member):
            return self.verdict(result.verdict)
        met = sum(row.state is RowState.MET for row in bound)
        return self.words.say("board.finding.rows", met=self.words.whole(met), all=self.words.whole(len(bound)))

    def _share(self, share: Share, target: Decimal | None, *, is_rows: bool) -> str:
        facts = {"met": self.words.whole(share.numerator), "all": self.words.whole(share.denominator)}
        if is_rows or share.denominator == 0:
            return self.words.say("board.finding.rows", **facts)
        marks = () if target is None else (target,)
        return self.words.say("board.finding.share", percent=self.words.share(share, *marks), **facts)

    def rows_below(self, result: IndicatorResult) -> str:
        """For volumes: the locations below their norm, with number and minimum."""
        indicator = self.dossier.framework.indicator(result.id)
        if indicator is None or not isinstance(indicator.kind, VolumeKind):
            return ""
        below = [self._row_below(row) for row in result.rows if row.state is RowState.NOT_MET]
        if len(below) > MOST_NAMED:
            more = self.words.say_count("board.more", len(below) - MOST_NAMED)
            below = [*below[:MOST_NAMED], more]
        return "; ".join(below)

    def _row_below(self, row: RowResult) -> str:
        names, check = ", ".join(self.row_names(row)), missed(row)
        norm = next((item for item in self.dossier.framework.volume_norms if check and item.id == check.norm), None)
        if check is None or norm is None:
            return names
        number = compared_words(check, norm, self.words)
        return self.words.say("board.finding.below", names=names, number=number, minimum=norm.minimum)

    def named(self, ids: tuple[str, ...]) -> str:
        """Titles with ids, at most three; then how many more."""
        names = [f"{self.title(indicator_id)} ({indicator_id})" for indicator_id in ids[:MOST_NAMED]]
        if len(ids) > MOST_NAMED:
            names.append(self.words.say_count("board.more", len(ids) - MOST_NAMED))
        return self.joined(names)

    def joined(self, items: list[str]) -> str:
        """A list in words: `a, b en c`."""
        return joined(items, self.words)

    def row_names(self, row: RowResult) -> tuple[str, ...]:
        """The key of a row with names instead of ids: members, tumour groups, treatments."""
        names = self.names()
        return tuple(names.get(part, part) for part in row.key)

    def names(self) -> dict[str, str]:
        """Names of tumour groups, treatments and members by id."""
        framework, words = self.dossier.framework, self.words
        names = {group: words.text(name) for group, name in group_names(framework).items()}
        names |= {item.id: words.text(item.name) for item in framework.treatments}
        below = [row for item in self.dossier.sub_networks for row in item.members]
        members = [*below, *self.dossier.evidence.register("members").rows]
        return names | {text_in(row, "id"): text_in(row, "name") for row in members if text_in(row, "name")}
