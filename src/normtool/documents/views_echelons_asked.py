"""What is asked of a level of echelons: per location and tumour group whether it is there."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import EchelonResult, IndicatorResult, RowResult, RowState, Verdict
from normtool.core.standards import EchelonLevel
from normtool.documents.regional_asked import asked_rows
from normtool.documents.views_context import Context, VerdictText
from normtool.telling.retelling import row_reason

MOST_ON_PAPER = 30
"""Combinations with echelon 2 that the PDF lists; the HTML has them all."""
VERDICTS = {
    RowState.MET: Verdict.MET,
    RowState.PARTLY_MET: Verdict.PARTLY_MET,
    RowState.NOT_MET: Verdict.NOT_MET,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCell:
    """Whether what is asked is there, and if not, why."""

    verdict: VerdictText
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """What is asked of one level, per location and tumour group; `more` counts what paper leaves out."""

    caption: str
    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[AskedCell, ...]], ...]
    on_paper: int
    more: str
    notes: tuple[str, ...]


def asked_view(context: Context, level: EchelonLevel) -> AskedView | None:
    """Per location of this level whether what it is asked is there; None when nobody has the level."""
    words, dossier = context.words, context.dossier
    results = [result for name in level.asked_in if (result := dossier.assessment.indicator(name)) is not None]
    rows_of = [asked_rows(dossier, result.id) for result in results]
    rows, complete = [], 0
    for item in dossier.assessment.echelons:
        if item.treats is not False and level.id in (item.stated, item.computed):
            found = [rows.get(frozenset((item.location, item.group))) for rows in rows_of]
            cells = tuple(_cell(context, level, item, row) for row in found)
            complete += all(row is not None and row.state is RowState.MET for row in found)
            rows.append((context.name(item.location), context.name(item.group), cells))
    if not rows:
        return None
    left = len(rows) - MOST_ON_PAPER
    return AskedView(
        caption=words.say("echelons.asked.caption", level=level.id),
        summary=_summary(context, level, complete, len(rows)),
        head=(words.say("echelons.asked.place"), *(_head(context, result) for result in results)),
        rows=tuple(rows),
        on_paper=MOST_ON_PAPER,
        more=words.say_count("echelons.asked.more", left) if left > 0 else "",
        notes=tuple(_not_open(context, result) for result in results if not result.is_open),
    )


def _summary(context: Context, level: EchelonLevel, complete: int, count: int) -> str:
    key = "none" if not complete else "all" if complete == count else "some"
    facts = {"complete": context.words.whole(complete), "level": level.id}
    return context.words.say_count(f"echelons.asked.summary.{key}", count, **facts)


def _cell(context: Context, level: EchelonLevel, item: EchelonResult, row: RowResult | None) -> AskedCell:
    """A row that is not there was not asked: nothing was stated, or another level was."""
    if row is None:
        key = "not_stated" if not item.stated else "not_known" if item.stated == level.id else "other_stated"
        verdict, reason = Verdict.UNKNOWN, context.words.say(f"echelons.asked.{key}", level=item.stated)
    else:
        verdict, reason = VERDICTS.get(row.state, Verdict.UNKNOWN), row_reason(row, context.words)
    return AskedCell(verdict=VerdictText(verdict=verdict, word=context.verdict_word(verdict)), reason=reason)


def _head(context: Context, result: IndicatorResult) -> str:
    indicator = context.dossier.framework.indicator(result.id)
    title = context.words.text(indicator.title) if indicator is not None else ""
    return context.words.say("echelons.asked.head", id=result.id, title=title).strip()


def _not_open(context: Context, result: IndicatorResult) -> str:
    indicator = context.dossier.framework.indicator(result.id)
    cycle = indicator.opening_cycle if indicator is not None else context.dossier.assessment.cycle + 1
    return context.words.say("echelons.asked.not_open", id=result.id, cycle=cycle)
