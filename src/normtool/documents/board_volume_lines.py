"""What the sheet of volumes lists: every number beside every norm that speaks of it, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from normtool.core.assessment import FactValue, NormCheck, RowResult, RowState, Verdict
from normtool.core.evidence import RegisterRow
from normtool.core.kinds import VolumeKind
from normtool.core.ledger import Ledger, open_ledger
from normtool.core.plans import plans_for, ways_to_name
from normtool.core.standards import VolumeNorm
from normtool.core.volumes import VOLUMES
from normtool.documents.board_styles import Board
from normtool.telling.retelling import names_of, retell
from normtool.telling.volume_texts import verdict_words

NOT_PERFORMED = "not_performed"
VERDICTS = {RowState.MET: Verdict.MET, RowState.NOT_MET: Verdict.NOT_MET, RowState.UNDECIDED: Verdict.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the sheet: a row, the norm beside it if any, what was compared with it, and what comes of it.

    `plan` is what the network says it does: at the row, else in its improvement actions.
    """

    row: RowResult
    register_row: RegisterRow | None
    norm: VolumeNorm | None
    check: NormCheck | None
    verdict: Verdict
    words: str
    plan: str

    @property
    def is_idle(self) -> bool:
        """Whether the location does not perform the treatment: a nought that no norm speaks of."""
        return self.check is None and self.row.reason == NOT_PERFORMED

    @property
    def compared(self) -> Fraction | None:
        """The number a year that the norm asks."""
        return Fraction(self.check.total, len(self.check.years)) if self.check is not None else None


def volume_lines(board: Board) -> Iterator[Line]:
    """Every row of the volumes, once for each norm that is laid beside it, the norms in force first."""
    dossier = board.dossier
    names = names_of(dossier.framework, dossier.evidence, board.words)
    norms = {norm.id: norm for norm in dossier.framework.volume_norms}
    ledger = open_ledger(dossier.framework, dossier.evidence)
    typed = {(row.place.file, row.place.sheet, row.place.row): row for row in dossier.evidence.register(VOLUMES).rows}
    for indicator in dossier.framework.indicators:
        result = dossier.assessment.indicator(indicator.id)
        if not isinstance(indicator.kind, VolumeKind) or result is None:
            continue
        steps = [step for step in result.because if step.rule == "volume_plan"]
        texts = {step.fact("action"): retell(step, board.words, names) for step in steps}
        for row in result.rows:
            places = (typed.get((place.file, place.sheet, place.row)) for place in row.places)
            register_row = next((found for found in places if found is not None), None)
            plan = row.note or (_actions(ledger, indicator.id, row, texts) if row.state is RowState.NOT_MET else "")
            for check in row.checks or (None,):
                yield _line(board, norms, (row, check), (register_row, plan))


def _actions(ledger: Ledger, indicator: str, row: RowResult, texts: Mapping[FactValue, str]) -> str:
    """The actions that are about a row, in words."""
    named = ways_to_name(ledger, location=row.key[0], treatment=row.key[1])
    plans = plans_for(ledger, indicator)
    return " ".join(texts[plan.id] for plan in plans if plan.id in texts and not named.isdisjoint(plan.about))


def _line(
    board: Board,
    norms: Mapping[str, VolumeNorm],
    pair: tuple[RowResult, NormCheck | None],
    typed: tuple[RegisterRow | None, str],
) -> Line:
    """A row beside one norm; only a norm that binds is judged, of another it is said what it would be."""
    (row, check), (register_row, plan) = pair, typed
    if check is None:
        verdict = Verdict.UNKNOWN if row.state is RowState.UNDECIDED else Verdict.INFORMATIVE
        words = board.say(f"volumes.{row.reason}") if row.reason else board.phrases.verdict(verdict)
    else:
        verdict = VERDICTS[check.state] if check.is_bound else Verdict.INFORMATIVE
        words = verdict_words(check, board.words)
    norm = norms[check.norm] if check is not None else None
    return Line(row=row, register_row=register_row, norm=norm, check=check, verdict=verdict, words=words, plan=plan)
