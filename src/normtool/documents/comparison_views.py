"""A comparison as its pages show it: finished text and pictures; nothing is judged, added up or ranked here."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.comparison import Column, Comparison, Row, Scope, WhyApart
from normtool.core.comparison_changes import Change, IndicatorChange, YearChange, changes_of
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature
from normtool.documents.comparison_context import Beside
from normtool.documents.comparison_lessons import (
    BottleneckView,
    LearningView,
    OwnApproachView,
    bottleneck_views,
    learning_view,
    own_approach_views,
)
from normtool.documents.comparison_maps import HeatMap, SpreadView, core_maps, growth_maps, spread_view, standards_map
from normtool.documents.marks import LEGEND_ORDER
from normtool.documents.views_annexes import grouped_digest
from normtool.documents.views_context import Chip, VerdictText
from normtool.telling.phrases import in_sentence
from normtool.texts import Words

MOST_NAMED = 3
"""Indicators that the lead names."""
ONLY_LISTED = frozenset({Change.NEWLY_ASKED, Change.NEW_TARGET})
"""Changes of the norms rather than of the network: a list of indicators is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One indicator that changed: what it came to before and after, and what is said of it."""

    id: str
    title: str
    before: VerdictText
    after: VerdictText
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """What changed between two years: a heading, a sentence that counts, and the indicators by kind of change.

    `listed` are kinds of which only the indicators are named.
    """

    heading: str
    summary: str
    before: str
    after: str
    groups: tuple[tuple[str, tuple[ChangeRow, ...]], ...]
    listed: tuple[tuple[str, tuple[ChangeRow, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A column in the account: label, name, years, round, stage, edition, and the code of its dossier."""

    label: str
    name: str
    years: str
    cycle: str
    stage: str
    edition: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    """The whole document."""

    language: str
    is_anonymous: bool
    is_years: bool
    title: str
    network: str
    document: str
    footer: str
    chips: tuple[Chip, ...]
    heading: str
    lead: str
    names: str
    order: str
    legend: tuple[VerdictText, ...]
    standards: tuple[HeatMap, ...]
    core: tuple[HeatMap, ...]
    growth: tuple[HeatMap, ...]
    not_asked: str
    spread: SpreadView | None
    changes: tuple[ChangesView, ...]
    learning: LearningView | None
    own: tuple[OwnApproachView, ...]
    bottlenecks: tuple[BottleneckView, ...]
    apart: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    columns: tuple[ColumnView, ...]
    account: tuple[str, ...]


def comparison_view(comparison: Comparison, dossiers: tuple[Dossier, ...], words: Words) -> ComparisonView:
    """The document about dossiers side by side; `dossiers` are those that `comparison` was made of."""
    beside = Beside(comparison=comparison, dossiers=dossiers, words=words)
    network, document = _who(beside), beside.say("document", years=_years(beside))
    return ComparisonView(
        language=words.language,
        is_anonymous=comparison.is_anonymous,
        is_years=beside.is_years,
        title=f"{network} · {document}",
        network=network,
        document=document,
        footer=_footer(beside),
        chips=_chips(beside),
        heading=_heading(beside),
        lead=_lead(beside),
        names=_names(beside),
        order=beside.say(f"order.{comparison.scope.value}"),
        legend=_legend(beside),
        standards=standards_map(beside),
        core=core_maps(beside),
        growth=growth_maps(beside),
        not_asked=_not_asked(beside),
        spread=spread_view(beside),
        changes=tuple(_changes(beside, item) for item in changes_of(comparison)),
        learning=learning_view(beside),
        own=own_approach_views(beside),
        bottlenecks=bottleneck_views(beside),
        apart=_apart(beside),
        columns=tuple(_column(beside, place) for place in range(len(comparison.columns))),
        account=_account(beside),
    )


# --- head and foot --------------------------------------------------------------------------------------------------


def _who(beside: Beside) -> str:
    """The network whose years these are, or how many networks there are."""
    comparison = beside.comparison
    if comparison.scope is Scope.YEARS:
        return beside.say("one_network") if comparison.is_anonymous else beside.name(0)
    number = beside.count("networks", comparison.networks)
    return f"{number[:1].upper()}{number[1:]}"


def _years(beside: Beside) -> str:
    return beside.years(column.assessment_year for column in beside.comparison.columns)


def _heading(beside: Beside) -> str:
    comparison, years = beside.comparison, len({item.assessment_year for item in beside.comparison.columns})
    networks, of_years = beside.count("networks", comparison.networks), beside.count("years", years)
    facts = {"networks": networks, "years": of_years}
    heading = beside.say(f"heading.{comparison.scope.value}", **facts)
    return f"{heading[:1].upper()}{heading[1:]}"


def _footer(beside: Beside) -> str:
    comparison, words = beside.comparison, beside.words
    framework = comparison.framework
    stages = list(dict.fromkeys(column.stage for column in comparison.columns))
    stage = words.say(f"verdicts.stage.{stages[0].value}") if len(stages) == 1 else beside.say("stages_differ")
    name = in_sentence(f"{words.text(framework.name)} {', '.join(comparison.editions)}")
    return beside.say(
        "footer",
        framework=name,
        status=words.say(f"verdicts.status.{framework.status.value}"),
        years=beside.count(
            "assessment_years", len({c.assessment_year for c in comparison.columns}), years=_years(beside)
        ),
        stage=stage,
    )


def _chips(beside: Beside) -> tuple[Chip, ...]:
    columns, say = beside.comparison.columns, beside.words.say
    natures = [column.nature for column in columns]
    chips = []
    if any(column.draft for column in columns):
        chips.append(Chip(kind="draft", text=say("verdicts.label.draft")))
    if all(nature is DataNature.FICTIONAL for nature in natures):
        chips.append(Chip(kind="fictional", text=say("verdicts.label.fictional")))
    elif DataNature.FICTIONAL in natures:
        chips.append(Chip(kind="exercise", text=beside.say("partly_fictional")))
    if DataNature.PUBLIC_EXERCISE in natures:
        chips.append(Chip(kind="exercise", text=say("verdicts.label.public_exercise")))
    return tuple(chips)


# --- the first page -------------------------------------------------------------------------------------------------


def _lead(beside: Beside) -> str:
    """The finding in a few sentences: of years what changed, of networks where work is left and who can help."""
    comparison = beside.comparison
    if beside.is_years:
        return " ".join(_change_summary(beside, item) for item in changes_of(comparison)[-1:])
    core = [row for row in comparison.rows if row.is_core and row.of]
    if not core:
        return beside.say("lead.no_core")
    all_met = sum(row.met == row.of for row in core)
    least = min(row.met * 100 // row.of for row in core)
    lowest = [row for row in core if row.met * 100 // row.of == least and row.met < row.of]
    key = "lead.all_met" if all_met == len(core) else "lead.met_by_all" if all_met else "lead.none_by_all"
    parts = [beside.say(key, met=beside.number(all_met), of=beside.words.whole(len(core)))]
    if lowest:
        parts.append(_least(beside, lowest))
    shown = [row for row in core if row.met < row.of]
    helped = sum(row.met > 0 for row in shown)
    if shown and helped in (0, len(shown)):
        parts.append(beside.say("lead.helped_all" if helped else "lead.helped_none"))
    elif shown:
        parts.append(beside.count("lead.helped", len(shown), helped=beside.number(helped)))
    return " ".join(parts)


def _least(beside: Beside, lowest: list[Row]) -> str:
    """The indicators that are met least often: all of a few, some of many."""
    names = beside.listed([beside.named(row.indicator) for row in lowest[:MOST_NAMED]])
    if len(lowest) <= MOST_NAMED:
        return beside.say("lead.least", names=names)
    return beside.say("lead.least_of_many", number=beside.number(len(lowest)), names=names)


def _names(beside: Beside) -> str:
    """Which network each label stands for; nothing where the label is the name, or may not be told."""
    comparison = beside.comparison
    if comparison.is_anonymous or comparison.scope is Scope.YEARS:
        return ""
    pairs = dict.fromkeys((beside.speaker(place), beside.name(place)) for place in range(len(comparison.columns)))
    told = [beside.say("name_of", label=label, name=name) for label, name in pairs if name != label]
    return "; ".join(told)


def _legend(beside: Beside) -> tuple[VerdictText, ...]:
    dash = beside.words.say("report.legend.dash")
    return tuple(
        VerdictText(
            verdict=item, word=dash if item.value == "not_applicable" else beside.words.say(f"verdicts.{item.value}")
        )
        for item in LEGEND_ORDER
    )


def _not_asked(beside: Beside) -> str:
    waiting = [row.indicator.id for row in beside.comparison.rows if not row.is_asked]
    return beside.say("not_asked", ids=beside.listed(waiting)) if waiting else ""


# --- what changed ---------------------------------------------------------------------------------------------------


def _changes(beside: Beside, found: YearChange) -> ChangesView:
    groups = {
        change: (beside.say(f"change.{change.value}"), tuple(_change_row(beside, item) for item in items))
        for change in Change
        if (items := found.of_kind(change))
    }
    before, after = (str(beside.comparison.columns[place].assessment_year) for place in (found.before, found.after))
    name = "" if beside.is_years else beside.name(found.after)
    return ChangesView(
        heading=beside.say(f"changes.heading{'_of' if name else ''}", name=name, before=before, after=after),
        summary=_change_summary(beside, found),
        before=before,
        after=after,
        groups=tuple(group for change, group in groups.items() if change not in ONLY_LISTED),
        listed=tuple(group for change, group in groups.items() if change in ONLY_LISTED),
    )


def _change_summary(beside: Beside, found: YearChange) -> str:
    """How many improved, worsened, and so on, in one sentence."""
    counts = [
        beside.count(f"changes.{change.value}", len(items)) for change in Change if (items := found.of_kind(change))
    ]
    counts.append(beside.count("changes.same", found.same))
    years = (str(beside.comparison.columns[place].assessment_year) for place in (found.before, found.after))
    before, after = years
    return beside.say("changes.summary", before=before, after=after, counts=beside.listed(counts))


def _change_row(beside: Beside, item: IndicatorChange) -> ChangeRow:
    remark = beside.say("changes.new_target_remark") if item.has_new_target else ""
    return ChangeRow(
        id=item.row.indicator.id,
        title=beside.title(item.row.indicator),
        before=beside.verdict(item.before),
        after=beside.verdict(item.after),
        remark=remark,
    )


# --- the account ----------------------------------------------------------------------------------------------------


def _apart(beside: Beside) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The indicators that stand outside the comparison, by why."""
    groups = []
    for why in WhyApart:
        items = [item.indicator for item in beside.comparison.apart if item.why is why]
        if items:
            named = tuple((item.id, beside.title(item)) for item in items)
            groups.append((beside.say(f"apart.{why.value}"), named))
    return tuple(groups)


def _column(beside: Beside, place: int) -> ColumnView:
    column: Column = beside.comparison.columns[place]
    stage = beside.words.say(f"verdicts.stage.{column.stage.value}")
    return ColumnView(
        label=beside.label(place),
        name=beside.name(place),
        years=beside.say("years_value", assessment=column.assessment_year, reporting=column.reporting_year),
        cycle=str(column.cycle),
        stage=beside.say("draft_stage", stage=stage) if column.draft else stage,
        edition=column.edition,
        digest=grouped_digest(column.digest) if column.digest else "–",
    )


def _account(beside: Beside) -> tuple[str, ...]:
    """How this was made, in sentences."""
    comparison = beside.comparison
    keys = ["made", "masked", "targets"]
    if comparison.is_anonymous:
        keys.insert(0, "anonymous")
    elif comparison.scope is not Scope.YEARS:
        keys.insert(0, "consent")
    return (
        *(beside.say(f"account.{key}") for key in keys),
        beside.words.text(comparison.framework.notice),
    )
