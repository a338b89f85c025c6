"""One treatment of the volumes figure: its norms by what they ask, and beside each the numbers that it compares.

A norm may ask the number of a location, the sum over an institution's locations, the sum of several treatments, or
the mean of several years. Norms that ask the same stand in one band.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from normtool.core.assessment import NormCheck, RowResult, RowState, Verdict
from normtool.core.ledger import text_in
from normtool.core.standards import VolumeNorm
from normtool.documents.charts_volumes import NormLine, VolumeBand, VolumeGroup, VolumeRest, VolumeRow, VolumeValue
from normtool.documents.views_context import Context
from normtool.telling.volume_texts import mean_words, norm_words, source_and_standing, sum_words

MOST_VALUES = 14
"""How many numbers a band shows by name."""
MOST_BELOW = 10
"""How many of those that do not reach their norm it still names when there are more."""
MOST_LINES = 20
"""How many lines a band has with the parts of its sums; of more the parts are left out."""

Shape = tuple[str, int, tuple[str, ...]]
"""Unit, years and treatments: what a norm asks."""
Unit = tuple[tuple[str, ...], tuple[int, ...]]
"""The locations and years that are added up."""
VERDICTS = {RowState.MET: Verdict.MET, RowState.NOT_MET: Verdict.NOT_MET, RowState.UNDECIDED: Verdict.UNKNOWN}
GRADES = {Verdict.NOT_MET: 0, Verdict.UNKNOWN: 1, Verdict.MET: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """What every figure of volumes needs: the words, the norms by id, and each member's parent."""

    context: Context
    norms: Mapping[str, VolumeNorm]
    parents: Mapping[str, str]


def open_volumes(context: Context) -> Volumes:
    """Look up norms and parents once."""
    members = context.dossier.evidence.register("members").rows
    return Volumes(
        context=context,
        norms={norm.id: norm for norm in context.dossier.framework.volume_norms},
        parents={text_in(row, "id"): text_in(row, "parent") for row in members if text_in(row, "parent")},
    )


def volume_group(volumes: Volumes, treatment: str, rows: list[RowResult]) -> VolumeGroup:
    """A treatment with its bands; without any norm one band that says so."""
    name = volumes.context.name(treatment)
    shapes = list(dict.fromkeys(_shape(volumes, check) for row in rows for check in row.checks))
    if not shapes:
        return VolumeGroup(name=name, bands=(_plain_band(volumes, rows),))
    bands = tuple(_band(volumes, shape, rows, with_parts=place == 0) for place, shape in enumerate(shapes))
    return VolumeGroup(name=name, bands=bands)


def _shape(volumes: Volumes, check: NormCheck) -> Shape:
    norm = volumes.norms[check.norm]
    return norm.unit, norm.years, norm.treatments


def _plain_band(volumes: Volumes, rows: list[RowResult]) -> VolumeBand:
    values = [_own_number(volumes, row) for row in rows]
    return VolumeBand(norms=((volumes.context.say("volumes.none"), ""),), rows=_shortened(volumes, values))


def _band(volumes: Volumes, shape: Shape, rows: list[RowResult], *, with_parts: bool) -> VolumeBand:
    """The norms that ask this, and the numbers they compare; `with_parts` also the locations' own numbers."""
    units: dict[Unit, tuple[list[NormCheck], list[RowResult]]] = {}
    for row in rows:
        checks = [check for check in row.checks if _shape(volumes, check) == shape]
        if checks:
            unit = units.setdefault((checks[0].locations, checks[0].years), (checks, []))
            unit[1].append(row)
    with_parts_shown = with_parts and len(units) + len(rows) <= MOST_LINES
    values = [_value(volumes, checks, members, with_parts=with_parts_shown) for checks, members in units.values()]
    if with_parts:
        values += [_own_number(volumes, row) for row in rows if not row.checks]
    values.sort(key=lambda value: -value.number)
    norms = {check.norm: _norm_text(volumes, check) for checks, _ in units.values() for check in checks}
    return VolumeBand(norms=tuple(norms.values()), rows=_shortened(volumes, values))


def _norm_text(volumes: Volumes, check: NormCheck) -> tuple[str, str]:
    norm, words = volumes.norms[check.norm], volumes.context.words
    source = source_and_standing(norm, words, is_bound=check.is_bound)
    return norm_words(norm, words, volumes.context.names), source


def _value(volumes: Volumes, checks: list[NormCheck], rows: list[RowResult], *, with_parts: bool) -> VolumeValue:
    """The number that the norms of a band compare for one location or institution."""
    check, words = checks[0], volumes.context.words
    years, detail = len(check.years), sum_words(check, volumes.norms[check.norm], words)
    bound = [VERDICTS[item.state] for item in checks if item.is_bound]
    parts = [_part(volumes, row) for row in rows] if with_parts and detail else []
    return VolumeValue(
        name=unit_name(volumes, check, rows[0]),
        number=check.total / years,
        shown=mean_words(check.total, min(item.minimum for item in checks), years, words),
        lines=tuple(NormLine(minimum=item.minimum // years, is_bound=item.is_bound) for item in checks),
        verdict=min(bound, key=GRADES.__getitem__) if bound else None,
        detail=detail,
        parts=tuple(parts),
    )


def unit_name(volumes: Volumes, check: NormCheck, row: RowResult) -> str:
    """Whose number was compared: a location, or the institution whose locations were added up."""
    first = check.locations[0]
    if len(check.locations) > 1:
        return volumes.context.name(volumes.parents.get(first, first))
    return _dated(volumes, row)


def _dated(volumes: Volumes, row: RowResult) -> str:
    """A location; with the year when its newest number is older than the reporting year."""
    context, name = volumes.context, volumes.context.name(row.key[0])
    if row.year == context.dossier.evidence.network.reporting_year:
        return name
    return context.say("volumes.of_year", name=name, year=row.year)


def _own_number(volumes: Volumes, row: RowResult) -> VolumeValue:
    number = row.number or 0
    return VolumeValue(name=_dated(volumes, row), number=number, shown=volumes.context.words.whole(number))


def _part(volumes: Volumes, row: RowResult) -> VolumeValue:
    """A location's own number under a sum; the name of its institution stands above it already."""
    value, location = _own_number(volumes, row), row.key[0]
    institution = volumes.context.name(volumes.parents.get(location, location))
    return replace(value, name=value.name.removeprefix(f"{institution}, "), is_part=True)


def _shortened(volumes: Volumes, values: list[VolumeValue]) -> tuple[VolumeRow, ...]:
    """All numbers, or of many those that need attention and the rest on a line of its own."""
    if len(values) <= MOST_VALUES:
        return tuple(values)
    attention = [value for value in values if value.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)]
    named = attention[-MOST_BELOW:]
    rest = [value for value in values if value not in named]
    rows: list[VolumeRow] = list(named)
    for key, verdict in (
        ("rest_below", Verdict.NOT_MET),
        ("rest_open", Verdict.UNKNOWN),
        ("rest_met", Verdict.MET),
        ("rest", None),
    ):
        found = [value for value in rest if value.verdict is verdict]
        if found:
            rows.append(_rest(volumes, key, found))
    return tuple(rows)


def _rest(volumes: Volumes, key: str, values: list[VolumeValue]) -> VolumeRest:
    ends = {"highest": values[0].shown, "lowest": values[-1].shown}
    return VolumeRest(
        numbers=tuple(value.number for value in values),
        text=volumes.context.say(f"volumes.{key}", count=len(values), **ends),
        lines=tuple(dict.fromkeys(line for value in values for line in value.lines)),
        verdict=values[0].verdict,
    )


def volume_listing(volumes: Volumes, rows: list[RowResult]) -> str:
    """Every location with its number, where the picture is too small to name them; else empty."""
    if len(rows) <= MOST_VALUES:
        return ""
    return "; ".join(f"{_dated(volumes, row)}: {volumes.context.words.whole(row.number or 0)}" for row in rows)


def band_words(band: VolumeBand) -> str:
    """A band as one sentence, for who cannot see the picture."""
    norms = ", ".join(" · ".join(filter(None, pair)) for pair in band.norms)
    return f"({norms}): {', '.join(_row_words(row) for row in band.rows)}"


def _row_words(row: VolumeRow) -> str:
    if isinstance(row, VolumeRest):
        return row.text
    name = f"{row.name}, {row.detail}" if row.detail else row.name
    return f"{name} {row.shown}"
