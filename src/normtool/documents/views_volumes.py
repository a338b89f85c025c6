"""Volumes against norms, as figures."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from normtool.core.assessment import IndicatorResult, RowResult, RowState
from normtool.core.kinds import VolumeKind
from normtool.core.standards import Indicator, NormStanding, VolumeNorm
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_figures import VolumeGroup, VolumeValue, volume_chart
from normtool.documents.views_context import Context, anchor, verdict_text
from normtool.documents.views_figure import Figure, FigureTable

VALUES_A_PAGE = 34
VALUES_A_CHART = 14


def volume_figure(context: Context, indicator: Indicator, result: IndicatorResult) -> Figure | None:
    """The numbers of a volume indicator per treatment and location; None when there are none."""
    rows = [row for row in result.rows if row.number and len(row.key) >= 2]  # 0 is: not performed here
    if not isinstance(indicator.kind, VolumeKind) or not rows:
        return None
    groups = _volume_groups(context, rows)
    top = max([row.number or 0 for row in rows] + [norm for group in groups for norm in group.in_force])
    heads = (context.say("volumes.treatment"), context.say("volumes.norm"), context.say("volumes.number"))
    pictures = []
    for place, part in enumerate(_chunks(groups)):
        desc = "; ".join(_group_words(group) for group in part)
        title = context.say("volumes.title", groups=desc)
        key = f"volumes-{anchor(indicator.id)}-{place}"
        picture = volume_chart(part, heads, top, Caption(title=title, desc=desc, key=key))
        pictures.append(Markup(picture))  # noqa: S704 (escaped where it is drawn)
    year = context.dossier.evidence.network.reporting_year
    table_rows = tuple(
        (group.name, ", ".join(group.norms), value.name, value.shown) for group in groups for value in group.values
    )
    return Figure(
        key=f"volumes-{anchor(indicator.id)}",
        caption=context.say("volumes.caption", title=context.words.text(indicator.title), year=year),
        caption_rest=indicator.id,
        pictures=tuple(pictures),
        note=_volumes_note(context, groups),
        table=FigureTable(
            head=(*heads[:2], context.say("volumes.location"), heads[2]), rows=table_rows, numeric=(3,)
        ),
        verdict=verdict_text(context, result),
    )


def _volume_groups(context: Context, rows: list[RowResult]) -> list[VolumeGroup]:
    treatments: dict[str, list[RowResult]] = {}
    for row in rows:
        treatments.setdefault(_treatment(context, row), []).append(row)
    groups = [_volume_group(context, treatment, found) for treatment, found in treatments.items()]
    return sorted(groups, key=lambda group: -max(value.number for value in group.values))


def _treatment(context: Context, row: RowResult) -> str:
    known = {item.id for item in context.dossier.framework.treatments}
    return next((part for part in row.key if part in known), row.key[-1])


def _volume_group(context: Context, treatment: str, rows: list[RowResult]) -> VolumeGroup:
    norms = {norm.id: norm for norm in context.dossier.framework.volume_norms}
    bound = list(dict.fromkeys(identifier for row in rows for identifier in row.norms if identifier in norms))
    in_force = [norms[identifier] for identifier in bound]
    waiting = [norm for norm in norms.values() if treatment in norm.treatments and _is_waiting(context, norm)]
    texts = [_norm_words(context, norm) for norm in in_force]
    texts += [context.say(f"volumes.{norm.standing.value}", minimum=norm.minimum) for norm in waiting]
    texts = texts or [context.say("volumes.none")]
    values = [
        VolumeValue(
            name=_locations(context, row, treatment),
            number=row.number or 0,
            shown=context.words.whole(row.number or 0),
            below=row.state is RowState.NOT_MET,
        )
        for row in rows
    ]
    return VolumeGroup(
        name=context.name(treatment),
        norms=tuple(dict.fromkeys(texts)),
        in_force=tuple(sorted({norm.minimum for norm in in_force})),
        announced=tuple(sorted({norm.minimum for norm in waiting})),
        values=tuple(sorted(values, key=lambda value: -value.number)),
    )


def _is_waiting(context: Context, norm: VolumeNorm) -> bool:
    """Announced or intended, and not past its end: shown, never scored."""
    first = date(context.dossier.evidence.network.reporting_year, 1, 1)
    ended = norm.valid_until is not None and norm.valid_until < first
    return norm.standing is not NormStanding.IN_FORCE and norm.unit != "surgeon" and not ended


def _norm_words(context: Context, norm: VolumeNorm) -> str:
    return context.say("volumes.norm_row", minimum=norm.minimum, unit=context.say(f"unit.{norm.unit}"))


def _locations(context: Context, row: RowResult, treatment: str) -> str:
    return ", ".join(context.name(part) for part in row.key if part and part != treatment)


def _chunks(groups: list[VolumeGroup]) -> list[tuple[VolumeGroup, ...]]:
    """One picture if it fits a page, else smaller ones that fill pages."""
    total = sum(len(group.values) for group in groups)
    most = VALUES_A_PAGE if total <= VALUES_A_PAGE else VALUES_A_CHART
    chunks: list[list[VolumeGroup]] = [[]]
    for group in groups:
        if chunks[-1] and sum(len(item.values) for item in chunks[-1]) + len(group.values) > most:
            chunks.append([])
        chunks[-1].append(group)
    return [tuple(chunk) for chunk in chunks]


def _group_words(group: VolumeGroup) -> str:
    values = ", ".join(f"{value.name} {value.shown}" for value in group.values)
    return f"{group.name} ({', '.join(group.norms)}): {values}"


def _volumes_note(context: Context, groups: list[VolumeGroup]) -> str:
    notes = []
    for group in groups:
        for norm in group.announced:
            names = [value.name for value in group.values if value.number < norm]
            if names:
                facts = {"norm": norm, "treatment": group.name.lower(), "names": context.listed(names)}
                notes.append(context.say("volumes.would_not", **facts))
    return " ".join(notes)


def volumes_lead(context: Context, pairs: list[tuple[Indicator, IndicatorResult]]) -> str:
    """How many numbers reach their norm, and which do not."""
    rows = [row for item, result in pairs if isinstance(item.kind, VolumeKind) for row in result.rows]
    bound = [row for row in rows if row.norms and row.number is not None and row.state is not RowState.OUTSIDE]
    if not bound:
        return context.say("volumes.lead_none")
    met = [row for row in bound if row.state is RowState.MET]
    lead = context.count("volumes.lead", len(bound), met=context.number(len(met)))
    below = [
        context.say(
            "volumes.below",
            treatment=context.name(_treatment(context, row)).lower(),
            location=_locations(context, row, _treatment(context, row)),
            number=row.number,
        )
        for row in bound
        if row.state is RowState.NOT_MET
    ]
    return (
        f"{_upper(lead)} {context.say('volumes.lead_below', rows=context.listed(below, 2))}"
        if below
        else _upper(lead)
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
