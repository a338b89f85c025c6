"""Concentration and spreading: how far each tumour group is, and the national dates with who says so."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from normtool.core.assessment import IndicatorResult, IzaResult, IzaStepDate
from normtool.core.evidence import RegisterRow
from normtool.core.iza import GROUP, IZA_STEPS
from normtool.core.ledger import documents_in, text_in
from normtool.core.standards import Indicator, Iza
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_iza import TimePoint, TimeRow, time_line
from normtool.documents.views_context import (
    NONE,
    Chip,
    Context,
    VerdictText,
    anchor,
    cells_words,
    document_words,
    verdict_text,
)
from normtool.documents.views_figure import Figure, FigureTable
from normtool.telling.iza_texts import (
    all_of_region,
    date_sentence,
    differences,
    name_of_step,
    remark_on,
    sources_of,
    step_words,
    tranche_behind,
    tranche_of,
    what_happens,
)
from normtool.telling.retelling import retell

LEGEND = ("taken", "planned", "undecided", "open")
"""What can be said of a step, in the order of the legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCell:
    """What is known of one step of one group: its state (the shape), when, and what is said with it in small."""

    name: str
    state: str
    text: str
    addition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One tumour group with its steps; `remark` and `documents` are of its own row, `cells` say where dates stand."""

    name: str
    chip: Chip
    steps: tuple[StepCell, ...]
    remark: str
    documents: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBeside:
    """An indicator that asks about a step of a tranche, with its verdict."""

    id: str
    anchor: str
    verdict: VerdictText


@dataclass(frozen=True, slots=True, kw_only=True)
class IzaView:
    """The section: what it comes to, the steps of every group, the national dates, what sources say differently."""

    title: str
    lead: str
    caption: str
    asked: tuple[AskedBeside, ...]
    head: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    legend: tuple[tuple[str, str], ...]
    note: str
    cells: str
    dates: Figure | None
    differences: tuple[str, ...]


def iza_view(context: Context) -> IzaView | None:
    """The section of a dossier; None when nothing is known or asked of any group."""
    iza, results = context.dossier.framework.iza, context.dossier.assessment.iza
    if iza is None or not results:
        return None
    say, pairs = context.words.say, asked_beside(context)
    of_region = all_of_region(results)
    return IzaView(
        title=say("iza.title"),
        lead=_lead(context, results, pairs),
        caption=say("iza.steps.caption"),
        asked=tuple(
            AskedBeside(id=indicator.id, anchor=anchor(indicator.id), verdict=verdict_text(context, result))
            for indicator, result in pairs
        ),
        head=(say("iza.steps.group"), *(_step_name(context, step.id) for step in iza.steps)),
        rows=tuple(_row(context, iza, item, with_origin=not of_region) for item in results),
        legend=tuple((state, say(f"iza.steps.legend_{state}")) for state in LEGEND),
        note=_note(context, results, of_region=of_region),
        cells=say("iza.steps.cells"),
        dates=_dates(context, iza),
        differences=tuple(differences(iza, context.words)),
    )


def asked_beside(context: Context) -> list[tuple[Indicator, IndicatorResult]]:
    """The indicators that ask about a step of a tranche, with what they came to."""
    framework, found = context.dossier.framework, []
    for indicator in framework.indicators:
        result = context.dossier.assessment.indicator(indicator.id)
        if result is not None and tranche_behind(framework, indicator) is not None:
            found.append((indicator, result))
    return found


def _lead(context: Context, results: tuple[IzaResult, ...], pairs: list[tuple[Indicator, IndicatorResult]]) -> str:
    """What is known of the step that is asked about; else of how many groups anything is known."""
    words = context.words
    told = [
        retell(step, words, context.names)
        for _, result in pairs
        for step in result.because
        if step.rule == "iza_steps"
    ]
    if not told:
        known = sum(bool(item.steps) for item in results)
        form = "nothing" if not known else "one" if known == 1 else "other"
        told = [words.say(f"iza.lead.{form}", count=words.whole(known), of=words.whole(len(results)))]
    return " ".join((*told, words.say("iza.lead_end")))


def _note(context: Context, results: tuple[IzaResult, ...], *, of_region: bool) -> str:
    """Below the table: where to fill it in when it is empty, or that all of it is the region's."""
    register, above = context.dossier.framework.register(IZA_STEPS), context.dossier.region
    if of_region and above is not None:
        return context.words.say("iza.steps.all_of_region", region=above.name)
    if register is None or any(item.steps for item in results):
        return ""
    return context.words.say("iza.steps.none", sheet=context.words.text(register.sheet))


# --- groups and steps ----------------------------------------------------------------------------------------------


def _step_name(context: Context, step_id: str) -> str:
    return name_of_step(context.dossier.framework, step_id, context.words)


def _row(context: Context, iza: Iza, result: IzaResult, *, with_origin: bool) -> GroupRow:
    tranche = tranche_of(context.dossier.framework, result.tranche)
    row = own_row(context, result.group)
    documents = documents_in(row) if row is not None else ()
    named = context.listed([document_words(context, item.value) for item in documents])
    return GroupRow(
        name=context.name(result.group),
        chip=Chip(
            kind="tranche" if tranche is not None else "plain",
            text=context.words.text(tranche.name)
            if tranche is not None
            else context.words.say("iza.steps.no_tranche"),
        ),
        steps=tuple(_cell(context, step.id, result.step(step.id), with_origin=with_origin) for step in iza.steps),
        remark=remark_on(context.dossier, result.group),
        documents=context.words.say("iza.steps.documents", documents=named) if named else "",
        cells=cells_words(tuple(place for step in result.steps for place in step.places)),
    )


def own_row(context: Context, group: str) -> RegisterRow | None:
    """The row of a group in the register of steps; None when it has none of its own."""
    rows = context.dossier.evidence.register(IZA_STEPS).rows
    return next((row for row in rows if text_in(row, GROUP) == group), None)


def _cell(context: Context, step_id: str, step: IzaStepDate | None, *, with_origin: bool) -> StepCell:
    name = _step_name(context, step_id)
    if step is None:
        return StepCell(name=name, state="open", text=NONE)
    text, addition = step_words(step, context.words, with_origin=with_origin)
    return StepCell(name=name, state=step.state.value, text=text, addition=addition)


# --- national dates -------------------------------------------------------------------------------------------------


def _dates(context: Context, iza: Iza) -> Figure | None:
    """The dates of the tranches as a time line; None when there are none."""
    words, today = context.words, context.dossier.evidence.network.reference_date
    dated = [tranche for tranche in iza.tranches if tranche.dates]
    if not dated:
        return None
    rows = tuple(
        TimeRow(
            name=words.text(tranche.name).capitalize(),
            points=tuple(
                TimePoint(
                    day=item.day,
                    shown=words.date(item.day),
                    what=what_happens(item, words),
                    source=sources_of(item.basis, words),
                    is_plan=item.what == "planned",
                    is_past=item.day <= today,
                )
                for item in tranche.dates
            ),
        )
        for tranche in dated
    )
    told = [
        words.say(
            "iza.line.row",
            tranche=words.text(tranche.name),
            dates=", ".join(date_sentence(item, words) for item in tranche.dates),
        )
        for tranche in dated
    ]
    caption = Caption(
        title=words.say("iza.line.caption"), desc=words.say("iza.line.desc", rows="; ".join(told)), key="iza-dates"
    )
    picture = time_line(rows, (today, words.say("iza.line.today", date=words.date(today))), caption)
    return Figure(
        key="iza-line",
        caption=caption.title,
        caption_rest=words.say("iza.line.caption_rest"),
        pictures=(Markup(picture),),  # noqa: S704 (escaped where it is drawn)
        note=words.say("iza.line.note"),
        table=FigureTable(
            head=tuple(words.say(f"iza.line.{key}") for key in ("tranche", "date", "what", "source")),
            rows=tuple((row.name, point.shown, point.what, point.source) for row in rows for point in row.points),
        ),
    )
