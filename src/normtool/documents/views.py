"""A dossier as the report shows it: plain rows of finished text, and pictures; no verdict is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from normtool.core.assessment import Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature
from normtool.core.standards import FrameworkStatus
from normtool.documents.charts import share_boxes, verdict_scale
from normtool.documents.marks import LEGEND_ORDER
from normtool.documents.regional import hospitals, in_order, is_region
from normtool.documents.views_annexes import AnnexView, annex_view, grouped_digest
from normtool.documents.views_context import (
    Chip,
    Context,
    VerdictText,
    anchor,
    open_context,
    standard_number,
    status_chips,
)
from normtool.documents.views_figures import FiguresView, figures_view
from normtool.documents.views_indicators import StandardView, standard_views
from normtool.documents.views_iza import IzaView, iza_view
from normtool.documents.views_layers import layer_words, review_sentence
from normtool.documents.views_programme import ProgrammeView, programme_view
from normtool.documents.views_region import RegionView, region_view
from normtool.documents.views_registers import OrganisationView, organisation_view
from normtool.documents.views_summary import SummaryView, summary_view
from normtool.telling.phrases import in_sentence
from normtool.texts import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverView:
    """What stands on the cover: title lines, notices, and the facts at its foot."""

    above: str
    kicker: str
    network: str
    subtitle: str
    notices: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureView:
    """What returns on every page: header, footer, chips."""

    title: str
    network: str
    layer: str
    document: str
    footer: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendView:
    """How to read verdicts: each word with its meaning, and examples of the two small pictures."""

    verdicts: tuple[tuple[VerdictText, str], ...]
    scale: Markup
    boxes: Markup
    sourced: Chip
    proposal: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsRow:
    """One line of the contents; `on_paper`: the PDF has this section too."""

    anchor: str
    title: str
    on_paper: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The whole report for one circle of readers."""

    language: str
    created: str
    contents: tuple[ContentsRow, ...]
    cover: CoverView
    furniture: FurnitureView
    summary: SummaryView
    region: RegionView | None
    legend: LegendView
    figures: FiguresView
    iza: IzaView | None
    standards: tuple[StandardView, ...]
    organisation: OrganisationView
    programme: ProgrammeView | None
    annex: AnnexView


OWN_TITLES = {"region": "region_report.heading", "iza": "iza.title"}
"""Sections whose title in the contents is that of the section itself."""


def report_view(dossier: Dossier, words: Words) -> ReportView:
    """The report for the review team: everything in the dossier."""
    context = open_context(dossier, words)
    year = dossier.evidence.network.assessment_year
    document = context.say("furniture.document", year=year, circle=_circle(context))
    figures, organisation = figures_view(context), organisation_view(context)
    standards, region, iza = standard_views(context), region_view(context), iza_view(context)
    programme = programme_view(context)
    return ReportView(
        language=words.language,
        created=dossier.evidence.network.reference_date.isoformat(),
        contents=_contents(context, (figures, organisation, programme)),
        cover=_cover(context),
        furniture=furniture(context, document),
        summary=summary_view(context),
        region=region,
        legend=legend_view(context),
        figures=figures,
        iza=iza,
        standards=standards,
        organisation=organisation,
        programme=programme,
        annex=annex_view(context),
    )


def _cover(context: Context) -> CoverView:
    dossier, network = context.dossier, context.dossier.evidence.network
    cycle = context.say(f"cycle.c{min(dossier.assessment.cycle, 6)}", cycle=dossier.assessment.cycle)
    parts = [part for part in (layer_words(context), _hospitals(context), cycle) if part]
    subtitle = context.say(
        "cover.subtitle",
        cycle=", ".join(parts),
        year=network.reporting_year,
        date=context.words.date(network.reference_date),
    )
    title = "norms_title" if dossier.framework.status is FrameworkStatus.EXAMPLE else "norms_other_title"
    notices = [(context.say(f"cover.{title}"), context.words.text(dossier.framework.notice))]
    if network.nature is not DataNature.NETWORK:
        kind = network.nature.value
        notices.insert(0, (context.say(f"cover.{kind}_title"), context.say(f"cover.{kind}")))
    if dossier.draft:
        notices.insert(0, (context.say("cover.draft_title"), context.say("cover.draft")))
    facts = (
        (context.say("facts.framework"), _framework_name(context)),
        (context.say("facts.status"), context.words.say(f"verdicts.status.{dossier.framework.status.value}")),
        (context.say("facts.stage"), context.words.say(f"verdicts.stage.{dossier.stage.value}")),
        (context.say("facts.reference_date"), context.words.date(network.reference_date)),
        (context.say("facts.code"), grouped_digest(_digest(dossier))),
    )
    return CoverView(
        above=context.count("cover.above", len(dossier.framework.standards)),
        kicker=context.say("cover.kicker", year=network.assessment_year, circle=_circle(context)),
        network=network.name,
        subtitle=f"{subtitle[:1].upper()}{subtitle[1:]} {review_sentence(context)}".strip(),
        notices=tuple(notices),
        facts=facts,
    )


def _hospitals(context: Context) -> str:
    rows = context.dossier.evidence.register("members").rows
    kinds = [cell.value for row in rows if (cell := row.get("kind")) is not None]
    count = hospitals(context.dossier) if is_region(context.dossier) else kinds.count("hospital")
    return context.count("cover.hospitals", count) if count else ""


def _digest(dossier: Dossier) -> str:
    """One code for all that the report rests on: evidence, norms, dossiers of sub-networks and of former years."""
    parts = [dossier.framework.digest, *sorted(item.digest for item in dossier.evidence.files)]
    parts += [item.digest for item in in_order(dossier)]
    parts += dossier.region.digests if dossier.region is not None else ()
    parts += [year.digest for year in dossier.history]
    return sha256("\n".join(parts).encode()).hexdigest()


def _circle(context: Context) -> str:
    return context.words.say(f"verdicts.circle.{context.dossier.circle.value}")


def _framework_name(context: Context) -> str:
    framework = context.dossier.framework
    return f"{context.words.text(framework.name)} {framework.edition}"


def furniture(context: Context, document: str) -> FurnitureView:
    """What returns on every page of a document with this name, of a network with its norms and years."""
    dossier, network = context.dossier, context.dossier.evidence.network
    status = context.words.say(f"verdicts.status.{dossier.framework.status.value}")
    footer = context.say(
        "furniture.footer",
        framework=in_sentence(_framework_name(context)),
        status=status,
        assessment=network.assessment_year,
        reporting=network.reporting_year,
        stage=context.words.say(f"verdicts.stage.{dossier.stage.value}"),
    )
    return FurnitureView(
        title=f"{network.name} · {document}",
        network=network.name,
        layer=layer_words(context),
        document=document,
        footer=footer,
        chips=status_chips(context),
    )


def legend_view(context: Context) -> LegendView:
    """The verdicts with their meaning, and an example of each picture."""
    words = context.words
    verdicts = tuple(
        (VerdictText(verdict=item, word=words.say(f"verdicts.{item.value}")), context.say(f"legend.{item.value}"))
        for item in LEGEND_ORDER
    )
    return LegendView(
        verdicts=verdicts,
        scale=_picture(verdict_scale(Verdict.PARTLY_MET, Verdict.PARTLY_MET, context.say("legend.scale_example"))),
        sourced=Chip(kind="sourced", text=context.words.say("verdicts.standing.sourced")),
        proposal=Chip(kind="proposal", text=context.words.say("verdicts.standing.proposal")),
        boxes=_picture(share_boxes(2, 4, 6, context.say("legend.boxes_example"))),
    )


def _picture(drawn: str) -> Markup:
    return Markup(drawn)  # noqa: S704 (escaped where it is drawn)


def _contents(
    context: Context, parts: tuple[FiguresView, OrganisationView, ProgrammeView | None]
) -> tuple[ContentsRow, ...]:
    """The sections that are there, in order."""
    figures, organisation, programme = parts
    present = {
        "summary": True,
        "guide": True,
        "region": is_region(context.dossier),
        "figures": True,
        "trend": figures.trend is not None,
        "shares": bool(figures.intervals),
        "volumes": bool(figures.volumes),
        "echelons": figures.echelons is not None,
        "iza": bool(context.dossier.assessment.iza),
        "standards": True,
        "requirements": bool(organisation.requirements or organisation.cross),
        "organisation": bool(organisation.tables or organisation.features),
        "council": True,
        "programme": programme is not None,
        "annexes": True,
    }
    rows: list[ContentsRow] = []
    for key, is_there in present.items():
        if key == "standards":
            rows += _standard_contents(context)
        elif is_there:
            on_paper = key != "figures" or figures.paths is not None
            title = context.words.say(OWN_TITLES.get(key, f"report.contents.{key}"))
            rows.append(ContentsRow(anchor=key, title=title, on_paper=on_paper))
    return tuple(rows)


def _standard_contents(context: Context) -> list[ContentsRow]:
    rows = []
    for item in context.dossier.framework.standards:
        title = f"{standard_number(item)} {context.words.text(item.short)}"
        rows.append(ContentsRow(anchor=f"standard-{anchor(item.id)}", title=title))
    return rows
