"""Pictures of numbers: paths to a target, shares with intervals, institutions in a funnel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import floor, sqrt

from normtool.core.assessment import Verdict
from normtool.documents.charts_drawing import (
    FULL_WIDTH,
    HALF_WIDTH,
    Caption,
    Lettering,
    Stroke,
    box,
    dot,
    drawing,
    label,
    line,
    shortened,
    text_width,
    wrapped,
)
from normtool.documents.marks import INLINE, mark_at

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

PANEL_PITCH = 122.0
PANEL_HIGH = 127.0
SHARE_AXIS = (120.0, 318.0)
SHARE_PITCH = 12.0
LONGEST_NAME = 96.0
MEAN_OFFSETS = (9.8, -4.2, 19.0, -13.4, 28.0, -22.4, 37.0, -31.4)
"""How far the name of the mean may stand from its line; nearest first."""
NAME_OFFSETS = (-7, 12, *(off for far in range(12, 53, 5) for off in (-far, far + 5)))
"""How far the name of a dot may stand above or below it; nearest first."""
FAR = 13.0
"""A name more than this above or below its dot gets a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """One cycle of a path: what it is called, its target in per cent, and what to write below."""

    cycle: str
    target: float
    target_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPanel:
    """The path of one indicator; `result` (per cent) stands in the `current` step.

    `former` are results of former years, oldest first: the step each fell in, and its per cent.
    """

    name: str
    steps: tuple[PathStep, ...]
    current: int
    result: float
    result_label: str
    verdict: Verdict
    former: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """A share of patients with its interval, all as fractions of 1; without `share` it is withheld, or unknown.

    `chance`: the target lies inside the interval.
    """

    name: str
    shown: str
    counts: str = ""
    chance: str = ""
    share: float | None = None
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """One institution: how many patients, and their share."""

    name: str
    patients: int
    share: float


def target_paths(panels: tuple[PathPanel, ...], caption: Caption) -> str:
    """At most four paths beside each other: steps in ink, the present cycle shaded, the result as a mark."""
    body = "".join(_path_panel(panel, place * PANEL_PITCH) for place, panel in enumerate(panels))
    return drawing((FULL_WIDTH, PANEL_HIGH), body, caption)


def _path_panel(panel: PathPanel, left: float) -> str:
    top, bottom = 28.0, 84.0
    wide = min(34.0, 104.0 / len(panel.steps))
    names = wrapped(panel.name, 8.25, 112)
    body = "".join(
        label(left, 7 + at * 10, text, Lettering(size=8.25, bold=True)) for at, text in enumerate(names[:2])
    )
    first = left + 2

    def height(percent: float) -> float:
        return bottom - (bottom - top - 4) * percent / 100

    body += box((first + panel.current * wide, top - 4), (wide, bottom - top + 4), fill="panel")
    points = []
    for place, step in enumerate(panel.steps):
        y = height(step.target)
        points.append(
            f"{'M' if place == 0 else 'L'}{first + place * wide:.2f} {y:.2f}L{first + (place + 1) * wide:.2f} {y:.2f}"
        )
        centre = first + (place + 0.5) * wide
        now = place == panel.current
        paint = "ink" if now else "ink2"
        body += label(centre, 98, step.cycle, Lettering(size=7.6, paint=paint, bold=now, anchor="middle"))
        body += label(centre, 108.5, step.target_label, Lettering(size=7.6, paint=paint, bold=now, anchor="middle"))
    body += f'<path d="{"".join(points)}" fill="none" {INLINE.stroke("ink", 1.3)}/>'
    body += line((first, bottom), (first + wide * len(panel.steps), bottom), Stroke("rule2", 0.6))
    return body + _path_results(panel, (first, wide), height)


def _path_results(panel: PathPanel, steps: tuple[float, float], height: Callable[[float], float]) -> str:
    """The results over the years as dots joined by a line, the last as the mark of its verdict; below, the numbers.

    `steps`: where the first step begins, and how wide each is. Results that fall in one step share its width.
    """
    first, wide = steps
    results = [*panel.former, (panel.current, panel.result)]
    in_step = Counter(step for step, _ in results)
    seen: Counter[int] = Counter()
    points = []
    for step, percent in results:
        seen[step] += 1
        points.append((first + (step + seen[step] / (in_step[step] + 1)) * wide, height(percent)))
    body = "".join(line(start, end, Stroke("accent", 1.1)) for start, end in pairwise(points))
    body += "".join(dot(point, 2.6, fill="paper", edge=Stroke("accent", 1.3)) for point in points[:-1])
    x, y = points[-1]
    body += f'<circle cx="{x:.2f}" cy="{y:.2f}" r="6.2" {INLINE.fill("panel")}/>' + mark_at(
        panel.verdict, (x, y), 10.5
    )
    for step in in_step:
        texts = [str(round(percent)) for at, percent in panel.former if at == step]
        texts += [panel.result_label] if step == panel.current else []
        style = Lettering(size=7.9, paint="accent", bold=step == panel.current, anchor="middle")
        body += label(first + (step + 0.5) * wide, 119.5, " → ".join(texts), style)
    return body


def axis_ticks(top: int) -> tuple[int, ...]:
    """Round steps from 0 to just above `top`, at most six."""
    step = 1
    while top / step > 5:
        digits = str(step)
        step = int(digits.replace("5", "10").replace("2", "5")) if digits[0] in "25" else step * 2
    last = -(-max(top, 1) // step)
    return tuple(step * place for place in range(last + 1))


def share_intervals(rows: tuple[ShareRow, ...], target: float, words: tuple[str, str, str], caption: Caption) -> str:
    """Shares with their 95 % interval; the target is a line labelled at its foot. `words`: head, target, whole."""
    left, right = SHARE_AXIS
    wide = right - left
    body = label(FULL_WIDTH - 64, 7, words[0], Lettering(size=7.6, paint="ink2", anchor="end"))
    foot = 13 + len(rows) * SHARE_PITCH
    for tick in (0, 25, 50, 75, 100):
        x = left + wide * tick / 100
        body += line((x, 13), (x, foot), Stroke("rule", 0.5))
        body += label(
            x, 7, words[2] if tick == 100 else str(tick), Lettering(size=7.6, paint="ink2", anchor="middle")
        )
    x = left + wide * target
    body += line((x, 13), (x, foot), Stroke("ink", 1.4))
    anchor = "end" if target > 0.9 else "middle"
    body += label(x, foot + 9.5, words[1], Lettering(size=7.9, bold=True, anchor=anchor))
    for place, row in enumerate(rows):
        body += _share_row(row, 13 + (place + 0.5) * SHARE_PITCH)
    return drawing((FULL_WIDTH, foot + 13), body, caption)


def _share_row(row: ShareRow, y: float) -> str:
    left, right = SHARE_AXIS
    wide = right - left
    body = label(0, y + 2.8, shortened(row.name, 8.25, SHARE_AXIS[0] - 5), Lettering(size=8.25))
    if row.share is None:
        return body + label(358, y + 2.8, row.shown, Lettering(size=8.25, paint="ink2", anchor="end"))
    low, high = left + wide * row.low, left + wide * row.high
    body += box((low, y - 2.3), (max(high - low, 1), 4.6), fill="accent-soft")
    body += line((low, y - 3.2), (low, y + 3.2), Stroke("accent", 1)) + line(
        (high, y - 3.2), (high, y + 3.2), Stroke("accent", 1)
    )
    body += dot((left + wide * row.share, y), 3.3)
    body += label(358, y + 2.8, row.shown, Lettering(size=8.25, bold=True, anchor="end"))
    body += label(FULL_WIDTH - 64, y + 2.8, row.counts, Lettering(size=8.25, anchor="end"))
    return body + label(FULL_WIDTH, y + 2.8, row.chance, Lettering(size=7.6, paint="ink2", anchor="end"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelScale:
    """Where patients and shares lie in a funnel: the lowest share shown, the highest number, the plot's edges."""

    low: float
    last: int
    left: float = 20.0
    right: float = HALF_WIDTH - 8
    top: float = 20.0
    bottom: float = 178.0

    def place(self, patients: float, share: float) -> tuple[float, float]:
        """The point for so many patients and this share."""
        x = self.left + (self.right - self.left) * patients / self.last
        return x, self.bottom - (self.bottom - self.top) * (share - self.low) / (1 - self.low)


def funnel(points: tuple[FunnelPoint, ...], mean: float, words: tuple[str, str, str, str], caption: Caption) -> str:
    """Institutions by size, with the 95 % and 99.8 % limits around the network's share.

    `words`: the name of the vertical axis, of the horizontal axis, of the mean, and what to write at a point
    outside the outer limits (a question, never a verdict).
    """
    lowest = min([mean - 0.15, *[point.share - 0.05 for point in points]])
    scale = FunnelScale(
        low=max(0.0, floor(lowest * 10) / 10), last=axis_ticks(max(point.patients for point in points))[-1]
    )
    body = label(0, 8, words[0], Lettering(size=7.6, paint="ink2")) + _funnel_grid(scale)
    body += label(scale.left, scale.bottom + 22, words[1], Lettering(size=7.6, paint="ink2"))
    taken: list[Box] = []
    names: list[Box] = []
    for limit, dash, width in ((1.96, "", 1.0), (3.09, "3 2", 0.9)):
        for curve in _limits(mean, limit, scale):
            taken += [(x - 1, y - 1, x + 1, y + 1) for x, y in curve]
            body += _curve(curve, width, dash)
    level = scale.place(0, mean)[1]
    body += line((scale.left, level), (scale.right, level), Stroke("ink", 0.9))
    taken.append((scale.left, level - 1.5, scale.right, level + 1.5))
    taken += [(scale.left, y, scale.right, y) for y, _ in _levels(scale)]
    for point in points:
        x, y = scale.place(point.patients, point.share)
        taken.append((x - 4, y - 4, x + 4, y + 4))
    for point in sorted(points, key=lambda point: not is_outside(point, mean)):  # these are always named
        body += _funnel_point(point, is_outside(point, mean), scale, (words[3], taken, names))
    body += _mean_name(words[2], level, scale, taken)
    return drawing((HALF_WIDTH, 206), body, caption)


def _mean_name(text: str, level: float, scale: FunnelScale, taken: list[Box]) -> str:
    """The name of the mean, just below or above its line, as far right as nothing else stands."""
    wide = text_width(text, 7.6)
    right = scale.right - wide
    steps = range(int((right - scale.left) / 8))
    near, far = MEAN_OFFSETS[:2], MEAN_OFFSETS[2:]
    places = [(right - step * 8, level + off) for step in steps for off in near]
    places += [(right - step * 8, level + off) for off in far for step in steps]
    x, y = next((place for place in places if _is_free(place, wide, scale, taken)), places[0])
    taken.append((x, y - 7, x + wide, y + 2))
    return label(x, y, text, Lettering(size=7.6))


def _funnel_grid(scale: FunnelScale) -> str:
    body = ""
    for y, percent in _levels(scale):
        body += line((scale.left, y), (scale.right, y), Stroke("rule", 0.5))
        body += label(scale.left - 4, y + 2.6, str(percent), Lettering(size=7.6, paint="ink2", anchor="end"))
    for tick in axis_ticks(scale.last):
        x = scale.place(tick, 0)[0]
        anchor = "end" if tick == scale.last else "middle"  # the last would reach out of the picture
        body += label(x, scale.bottom + 10, str(tick), Lettering(size=7.6, paint="ink2", anchor=anchor))
    return body


def _levels(scale: FunnelScale) -> list[tuple[float, int]]:
    """The lines across: where each lies, and its per cent."""
    lowest = round(scale.low * 10)
    tenths = range(10, lowest - 1, -1 if 10 - lowest <= 5 else -2)
    return [(scale.place(0, tenth / 10)[1], tenth * 10) for tenth in tenths]


def is_outside(point: FunnelPoint, mean: float) -> bool:
    """Whether a point lies outside the 99.8 % limits: something to talk about."""
    return abs(point.share - mean) > 3.09 * sqrt(mean * (1 - mean) / point.patients)


def _limits(mean: float, z: float, scale: FunnelScale) -> list[list[tuple[float, float]]]:
    """The upper and the lower limit as points; what lies outside the picture is left out."""
    curves = []
    for sign in (1, -1):
        curve = []
        for part in range(1, 121):
            patients = scale.last * part / 120
            share = mean + sign * z * sqrt(mean * (1 - mean) / patients)
            if scale.low <= share <= 1:
                curve.append(scale.place(patients, share))
        curves.append(curve)
    return [curve for curve in curves if len(curve) > 1]


def _curve(points: list[tuple[float, float]], width: float, dash: str) -> str:
    path = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" {INLINE.stroke("rule2", width)}{dashes}/>'


def _funnel_point(
    point: FunnelPoint, outside: bool, scale: FunnelScale, words: tuple[str, list[Box], list[Box]]
) -> str:
    """A dot with its name beside, above or below it, where nothing else stands; in a crowd a name may go."""
    x, y = scale.place(point.patients, point.share)
    ask, taken, names = words
    name = shortened(point.name, 7.9, LONGEST_NAME)
    text = f"{name}: {ask}" if outside else name
    wide = text_width(text, 7.9)
    middle = min(max(x - wide / 2, scale.left), scale.right - wide)
    places = [(x + 6, y + 2.7), (x - 6 - wide, y + 2.7), *((middle, y + off) for off in NAME_OFFSETS)]
    free = [
        place
        for place in places
        if _is_free(place, wide, scale, taken) and not any(_overlap(_lead((x, y), place), name) for name in names)
    ]
    edge = Stroke("accent", 1.7)
    drawn = dot((x, y), 3.4, fill="paper", edge=edge) if outside else dot((x, y), 3.3)
    if not free and not outside:
        return drawn
    chosen = free[0] if free else places[0]
    names.append((chosen[0], chosen[1] - 7, chosen[0] + wide, chosen[1] + 2))
    taken.append(names[-1])
    if abs(chosen[1] - y) > FAR:  # another name may be nearer: a thin line says whose this one is
        taken.append(_lead((x, y), chosen))
        end = chosen[1] - 7 if chosen[1] > y else chosen[1] + 2
        drawn = line((x, y), (x, end), Stroke("rule2", 0.5)) + drawn
    return drawn + label(*chosen, text, Lettering(size=7.9, bold=outside))


def _is_free(place: tuple[float, float], wide: float, scale: FunnelScale, taken: list[Box]) -> bool:
    left, top, right, bottom = place[0], place[1] - 7, place[0] + wide, place[1] + 2
    if left < scale.left or right > scale.right + 8:
        return False
    return not any(_overlap((left, top, right, bottom), box) for box in taken)


def _lead(point: tuple[float, float], place: tuple[float, float]) -> Box:
    """Where the thin line from a dot to its name runs."""
    x, y = point
    return x - 1, min(y, place[1]), x + 1, max(y, place[1] - 7)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]
