"""The picture of volumes: per treatment every number beside the norms it is compared with (design/look.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from normtool.core.assessment import Verdict
from normtool.documents.charts_drawing import (
    FULL_WIDTH,
    Caption,
    Lettering,
    Stroke,
    dot,
    drawing,
    label,
    line,
    shortened,
    text_width,
    wrapped,
)
from normtool.documents.charts_figures import axis_ticks
from normtool.documents.marks import mark_at

PITCH = 13.2
NEXT_LINE = 9.2
LINE_PITCH = 10.4
NAME_COLUMN = 80.0
NORM_LEFT = 84.0
NORM_COLUMN = 108.0
CHART_LEFT = 196.0
NAMES_WIDE = (61.0, 124.0)
NAME_LINES = 2
HEAD = 13.0
REST_LEFT = 19.0
ROW_HEAD = Lettering(bold=True)
SMALL = Lettering(size=7.9, paint="ink2")
TINY = Lettering(size=7.6, paint="ink2")


@dataclass(frozen=True, slots=True, kw_only=True)
class NormLine:
    """A norm as a line: where it stands, and whether it is in force."""

    minimum: int
    is_bound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeValue:
    """One number, or the sum or mean that a norm asks; `verdict` is met, not met or unknown, or none without a norm.

    `detail` says what it is the sum of, and `parts` are the numbers in it: drawn light, and compared with nothing.
    """

    name: str
    number: float
    shown: str
    lines: tuple[NormLine, ...] = ()
    verdict: Verdict | None = None
    detail: str = ""
    parts: tuple[VolumeValue, ...] = ()
    is_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRest:
    """Many numbers on one line, when there are too many to name; `text` says how many, and from where to where."""

    numbers: tuple[float, ...]
    text: str
    lines: tuple[NormLine, ...] = ()
    verdict: Verdict | None = None


VolumeRow = VolumeValue | VolumeRest


def _parts(row: VolumeRow) -> tuple[VolumeRow, ...]:
    return row.parts if isinstance(row, VolumeValue) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeBand:
    """Norms that ask the same number (in one unit, over the same years and treatments), and those numbers.

    `norms` are lines of text: the norm itself, and in small print its source and standing.
    """

    norms: tuple[tuple[str, str], ...]
    rows: tuple[VolumeRow, ...]

    @property
    def drawn(self) -> tuple[VolumeRow, ...]:
        """Every line of the picture: the rows, and under a sum its parts."""
        return tuple(item for row in self.rows for item in (row, *_parts(row)))


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeGroup:
    """One treatment."""

    name: str
    bands: tuple[VolumeBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """How wide one treatment is, where the column of names begins, and how wide that is."""

    unit: float
    names: float
    wide: float

    def x(self, number: float) -> float:
        """Where a number lies."""
        return CHART_LEFT + number * self.unit


def volume_chart(
    groups: tuple[VolumeGroup, ...], heads: tuple[str, str, str], sizes: tuple[int, float], caption: Caption
) -> str:
    """Numbers beside their norms; `sizes` are the highest number and how wide names are: charts share a scale."""
    top, wide = sizes
    names, ticks = FULL_WIDTH - wide, axis_ticks(top)
    scale = _Scale(unit=(names - 35 - CHART_LEFT) / ticks[-1], names=names, wide=wide)
    head = Lettering(size=7.6, paint="ink2", bold=True)
    body = (
        label(0, 7, heads[0], head)
        + label(NORM_LEFT, 7, heads[1], head)
        + label(names - REST_LEFT, 7, heads[2], head)
    )
    middle = Lettering(size=7.6, paint="ink2", anchor="middle")
    last_tick = names - 33
    shown = [tick for tick in ticks if scale.x(tick) <= last_tick]
    body += "".join(label(scale.x(tick), 7, str(tick), middle) for tick in shown)
    y, rule = HEAD, Stroke("rule", 0.5)
    for group in groups:
        high = group_height(group, wide)
        body += "".join(line((scale.x(tick), y), (scale.x(tick), y + high), rule) for tick in shown)
        body += _group(group, y, scale)
        y += high
        body += line((0, y), (FULL_WIDTH, y), rule)
    return drawing((FULL_WIDTH, y + 1), body, caption)


def names_width(groups: Iterable[VolumeGroup]) -> float:
    """How wide the column of names must be; the text of many numbers begins where their numbers would stand."""
    rows = [row for group in groups for band in group.bands for row in band.drawn]
    names = [text for row in rows if isinstance(row, VolumeValue) for text in (row.name, row.detail)]
    rests = [row.text for row in rows if isinstance(row, VolumeRest)]
    wide = max([text_width(text, 7.9) for text in names] + [text_width(text, 7.9) - REST_LEFT for text in rests])
    return min(max(wide, NAMES_WIDE[0]), NAMES_WIDE[1])


def group_height(group: VolumeGroup, wide: float) -> float:
    """How high a treatment is drawn, in points, with names this wide."""
    name = LINE_PITCH * len(wrapped(group.name, 8.25, NAME_COLUMN)) + 6
    return max(name, sum(_band_height(band, wide) for band in group.bands))


def _band_height(band: VolumeBand, wide: float) -> float:
    rows = sum(_pitch(row, wide) for row in band.drawn) + 4
    texts = LINE_PITCH * len(_norm_lines(band)) + 6
    return max(rows, texts)


def _pitch(row: VolumeRow, wide: float) -> float:
    texts = _texts(row, wide) if isinstance(row, VolumeValue) else _rest_lines(row, wide)
    return PITCH + NEXT_LINE * (len(texts) - 1)


def _texts(value: VolumeValue, wide: float) -> tuple[str, ...]:
    """The name, over two lines where one is too short for it, and under it what was added up."""
    lines = _name_lines(value.name, wide)
    return (*lines, shortened(value.detail, 7.6, wide)) if value.detail else lines


def _name_lines(name: str, wide: float) -> tuple[str, ...]:
    """A name whole: what tells the locations of a hospital apart stands together on the second line."""
    if text_width(name, 7.9) <= wide:
        return (name,)
    hospital, comma, location = name.rpartition(", ")
    if comma and max(text_width(f"{hospital},", 7.9), text_width(location, 7.9)) <= wide:
        return f"{hospital},", location
    return _in_lines(name, wide)


def _rest_lines(rest: VolumeRest, wide: float) -> tuple[str, ...]:
    return _in_lines(rest.text, wide + REST_LEFT)


def _in_lines(text: str, wide: float) -> tuple[str, ...]:
    lines = wrapped(text, 7.9, wide)
    last = " ".join(lines[NAME_LINES - 1 :])
    return (*lines[: NAME_LINES - 1], *((shortened(last, 7.9, wide),) if last else ()))


def _norm_lines(band: VolumeBand) -> list[tuple[str, Lettering]]:
    """The norms of a band: on one line with the source where both fit, else the source below."""
    lines: list[tuple[str, Lettering]] = []
    for norm, source in band.norms:
        whole = f"{norm} · {source}" if source else norm
        if text_width(whole, 7.9) <= NORM_COLUMN:
            lines.append((whole, SMALL))
            continue
        lines += [(part, SMALL) for part in wrapped(norm, 7.9, NORM_COLUMN)]
        lines += [(part, TINY) for part in wrapped(source, 7.6, NORM_COLUMN)]
    return lines


def _group(group: VolumeGroup, y: float, scale: _Scale) -> str:
    body = ""
    for place, text in enumerate(wrapped(group.name, 8.25, NAME_COLUMN)):
        body += label(0, y + 11.4 + place * LINE_PITCH, text, ROW_HEAD)
    for band in group.bands:
        body += _band(band, y, scale)
        y += _band_height(band, scale.wide)
    return body


def _band(band: VolumeBand, y: float, scale: _Scale) -> str:
    body = ""
    for place, (text, style) in enumerate(_norm_lines(band)):
        body += label(NORM_LEFT, y + 11.4 + place * LINE_PITCH, text, style)
    for norm, top, foot in _runs(band, y + 2, scale.wide):
        stroke = Stroke("ink", 1.6) if norm.is_bound else Stroke("ink", 1.1, "2 1.4")
        body += line((scale.x(norm.minimum), top), (scale.x(norm.minimum), foot), stroke)
    at = y + 2
    for row in band.drawn:
        body += _rest(row, at + 6.6, scale) if isinstance(row, VolumeRest) else _value(row, at + 6.6, scale)
        at += _pitch(row, scale.wide)
    return body


def _runs(band: VolumeBand, y: float, wide: float) -> Iterator[tuple[NormLine, float, float]]:
    """Where each norm is drawn: over every run of rows that are compared with it."""
    rows = band.drawn
    tops = list(accumulate((_pitch(row, wide) for row in rows), initial=y))
    for norm in dict.fromkeys(norm for row in rows for norm in row.lines):
        spans = [(norm in row.lines, top, foot) for row, (top, foot) in zip(rows, pairwise(tops), strict=True)]
        for is_compared, run in groupby(spans, key=lambda span: span[0]):
            found = list(run)
            if is_compared:
                yield norm, found[0][1], found[-1][2]


def _value(value: VolumeValue, y: float, scale: _Scale) -> str:
    x = scale.x(value.number)
    is_below = value.verdict is Verdict.NOT_MET
    paint = "not-text" if is_below else "ink2" if value.is_part else "ink"
    if value.is_part:
        drawn = line((CHART_LEFT, y), (x, y), Stroke("rule2", 0.8)) + dot((x, y), 2.2, fill="accent-mid")
    else:
        stem = Stroke("not", 1.6) if is_below else Stroke("accent-mid", 1.2)
        drawn = line((CHART_LEFT, y), (x, y), stem) + _point(value.verdict, (x, y))
    style = Lettering(paint=paint, bold=not value.is_part, anchor="end")
    body = drawn + label(scale.names - 5, y + 2.8, value.shown, style)
    name = Lettering(size=7.9, paint=paint, bold=is_below)
    texts = _texts(value, scale.wide)
    for place, text in enumerate(texts):
        is_detail = bool(value.detail) and place == len(texts) - 1
        body += label(scale.names, y + 2.8 + place * NEXT_LINE, text, TINY if is_detail else name)
    return body


def _point(verdict: Verdict | None, place: tuple[float, float]) -> str:
    """Below a norm or not known yet: the mark of that verdict; else a dot."""
    if verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
        return mark_at(verdict, place, 9)
    return dot(place, 3.6)


def _rest(rest: VolumeRest, y: float, scale: _Scale) -> str:
    is_below = rest.verdict is Verdict.NOT_MET
    fill = "not" if is_below else "accent"
    edge = Stroke("paper", 0.6)
    body = "".join(dot((scale.x(number), y), 2.6, fill=fill, edge=edge) for number in rest.numbers)
    style = Lettering(size=7.9, paint="not-text" if is_below else "ink2", bold=is_below)
    lines = enumerate(_rest_lines(rest, scale.wide))
    return body + "".join(label(scale.names - REST_LEFT, y + 2.8 + at * NEXT_LINE, text, style) for at, text in lines)
