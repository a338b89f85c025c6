"""The picture of echelons: tumour groups against locations, one cell per level. Source of the measures: look.md."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from normtool.documents.charts_drawing import (
    FULL_WIDTH,
    Caption,
    Lettering,
    Stroke,
    box,
    drawing,
    hatch,
    label,
    shortened,
    text_width,
    wrapped,
)

CELL = (62.0, 15.5)
PITCH = (65.5, 17.7)
COLUMNS = 5
"""Locations in one picture."""
NAMES = 152.0
"""How wide the names of the groups are."""
OPEN, NO_CARE = "?", "–"
SIGNS = frozenset({"1", "2", "3", OPEN, NO_CARE})
"""What is set large in a cell, with a word beside it in small letters."""
HEAD, NAME, TEXT, SIGN, WORD = 7.6, 8.25, 8.0, 10.0, 7.5
"""Sizes of letters: locations, groups, the text of a cell, its sign, the word beside that."""
HEAD_LINES = 3
HEAD_PITCH = 8.6
STATED = {"1": ("accent-soft", "accent"), "2": ("accent-faint", "accent-mid"), "3": ("paper", "hatch")}
"""How a level that is only stated is filled and hatched: lighter than the level itself, in the same order."""
LISTED_NAMES, LISTED_PITCH, LISTED_CELL, WIDEST_CELL = 150.0, 11.6, 10.4, 30.0
"""Measures of the listing for paper: names of locations, rows, the height and greatest width of a cell."""
LISTED_HEAD = 74.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EchelonCell:
    """One cell: the level that it is drawn as (1, 2, 3, ? or –), and what is written in it.

    `stated` is the level that is stated while none can be computed.
    """

    level: str
    text: str
    stated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EchelonRow:
    """One line of cells with its name: a tumour group, or in the listing a location."""

    name: str
    cells: tuple[EchelonCell, ...]


def echelon_matrix(heads: tuple[str, ...], rows: tuple[EchelonRow, ...], caption: Caption) -> str:
    """Groups against at most `COLUMNS` locations."""
    names = head_lines(heads)
    top = 8.0 + HEAD_PITCH * max((len(lines) for lines in names), default=1)
    style = Lettering(size=HEAD, paint="ink2", bold=True, anchor="middle")
    body = ""
    for column, lines in enumerate(names):
        x = NAMES + column * PITCH[0] + CELL[0] / 2
        start = top - 7.4 - HEAD_PITCH * (len(lines) - 1)
        body += "".join(label(x, start + at * HEAD_PITCH, text, style) for at, text in enumerate(lines))
    for place, row in enumerate(rows):
        y = top + place * PITCH[1]
        body += _group(row.name, y)
        body += "".join(_cell(cell, (NAMES + at * PITCH[0], y), CELL) for at, cell in enumerate(row.cells))
    return drawing((FULL_WIDTH, top + len(rows) * PITCH[1]), body, caption, kind="chart echelons")


def echelon_listing(heads: tuple[str, ...], rows: tuple[EchelonRow, ...], caption: Caption) -> str:
    """Many locations on paper: a row each, a narrow column per group, its name upright, and signs only."""
    pitch = min(WIDEST_CELL, (FULL_WIDTH - LISTED_NAMES) / max(len(heads), 1))
    size = pitch - 1.6, LISTED_CELL
    style = Lettering(size=HEAD, paint="ink2", bold=True)
    fitting = max(1, int(pitch // HEAD_PITCH))
    body, high = "", max((text_width(text, HEAD) for head in heads for text in _upright(head, fitting)), default=0.0)
    top = high + 6
    for column, head in enumerate(heads):
        lines = _upright(head, fitting)
        middle = LISTED_NAMES + column * pitch + size[0] / 2
        for at, text in enumerate(lines):
            x = middle + 2.6 + (at - (len(lines) - 1) / 2) * HEAD_PITCH
            body += f'<g transform="translate({x:.2f} {high + 2:.2f}) rotate(-90)">{label(0, 0, text, style)}</g>'
    for place, row in enumerate(rows):
        y = top + place * LISTED_PITCH
        body += label(0, y + 7.8, _on_one_line(row.name), Lettering(size=HEAD))
        body += "".join(_cell(cell, (LISTED_NAMES + at * pitch, y), size) for at, cell in enumerate(row.cells))
    return drawing((FULL_WIDTH, top + len(rows) * LISTED_PITCH), body, caption)


def _on_one_line(name: str) -> str:
    """A name on one line; of a long one the part that tells locations apart is kept."""
    room = LISTED_NAMES - 6
    hospital, _, location = name.rpartition(", ")
    if not hospital or text_width(name, HEAD) <= room:
        return shortened(name, HEAD, room)
    return shortened(f"{shortened(hospital, HEAD, room - text_width(f', {location}', HEAD))} {location}", HEAD, room)


def _upright(head: str, most: int) -> tuple[str, ...]:
    lines = wrapped(head, HEAD, LISTED_HEAD)
    return (*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), HEAD, LISTED_HEAD)) if lines[most:] else lines


def head_lines(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The names over a matrix in lines; no two are equal, unless the names themselves are."""
    told = [_in_lines(name) for name in names]
    for lines in set(told):
        alike = [at for at, found in enumerate(told) if found == lines]
        words = [names[at].split() for at in alike]
        shared = sum(1 for _ in takewhile(lambda found: len(set(found)) == 1, zip(*words, strict=False)))
        if len(alike) > 1 and shared:
            for at, rest in zip(alike, words, strict=True):
                told[at] = _in_lines(" ".join(("…", *rest[shared:])))
    return told


def _in_lines(name: str) -> tuple[str, ...]:
    """A name in at most three lines: of a long one the part that tells locations apart is kept."""
    lines = wrapped(name, HEAD, CELL[0])
    if len(lines) <= HEAD_LINES:
        return lines
    hospital, _, location = name.rpartition(", ")
    tail = wrapped(location, HEAD, CELL[0])[: HEAD_LINES - 1] if hospital else ()
    first = wrapped(hospital or name, HEAD, CELL[0])
    room = HEAD_LINES - len(tail)
    return (*first[: room - 1], shortened(" ".join(first[room - 1 :]), HEAD, CELL[0]), *tail)


def _group(name: str, y: float) -> str:
    lines = wrapped(name, NAME, NAMES - 6)
    if len(lines) == 1:
        return label(0, y + 10.8, lines[0], Lettering(size=NAME))
    second = shortened(" ".join(lines[1:]), NAME, NAMES - 6)
    return label(0, y + 6.6, lines[0], Lettering(size=NAME)) + label(0, y + 15.2, second, Lettering(size=NAME))


def _cell(cell: EchelonCell, corner: tuple[float, float], size: tuple[float, float]) -> str:
    paint = "paper" if cell.level == "1" else "ink2" if cell.level not in SIGNS - {NO_CARE} else "ink"
    middle = corner[0] + size[0] / 2, corner[1] + size[1] * 0.5 + 3.1
    wide, written = _written(cell.text, middle, size[0] - 4, paint)
    match cell.level:
        case "1":
            return box(corner, size, fill="accent") + written
        case "2":
            return box(corner, size, fill="accent-soft", edge=Stroke("accent", 1.1)) + written
        case "3":
            return box(corner, size, fill="paper", edge=Stroke("accent", 1.1)) + written
        case "?":
            return _open(cell.stated, corner, size) + _plate(corner, size, wide) + written
        case _:
            return written


def _open(stated: str, corner: tuple[float, float], size: tuple[float, float]) -> str:
    """Hatched, with a broken edge: not known; under it the level that was stated, lighter than when it is known."""
    fill, lines = STATED.get(stated, ("paper", "hatch"))
    inside = (corner[0] + 0.7, corner[1] + 0.7), (size[0] - 1.4, size[1] - 1.4)
    ground = box(corner, size, fill=fill) + hatch(*inside, Stroke(lines, 0.6), step=4.2)
    return ground + box(corner, size, edge=Stroke("accent" if stated else "unknown", 0.9, "2.6 1.6"))


def _plate(corner: tuple[float, float], size: tuple[float, float], wide: float) -> str:
    """Paper under the text: never letters over hatching."""
    plate = min(wide + 6, size[0] - 3)
    return box((corner[0] + (size[0] - plate) / 2, corner[1] + 1.6), (plate, size[1] - 3.2), fill="paper")


def _written(text: str, middle: tuple[float, float], room: float, paint: str) -> tuple[float, str]:
    """The text of a cell, and how wide it is: its sign large, a word beside it small."""
    words = text.split()
    place = 0 if words[:1] and words[0] in SIGNS else -1
    if len(words) < 2 or words[place] not in SIGNS or "(" in text:
        shown = shortened(text, TEXT, room)
        large = Lettering(size=SIGN if shown in SIGNS and room > WIDEST_CELL else TEXT, paint=paint, bold=True)
        return text_width(shown, large.size), label(*middle, shown, replace(large, anchor="middle"))
    sign, word = words[place], " ".join(words[1:] if place == 0 else words[:-1])
    parts = [(sign, SIGN, True), (shortened(word, WORD, room - 9), WORD, False)]
    ordered = parts if place == 0 else parts[::-1]
    wide = sum(text_width(part, size) for part, size, _ in ordered) + 2.4
    x, body = middle[0] - wide / 2, ""
    for part, size, bold in ordered:
        body += label(x, middle[1], part, Lettering(size=size, paint=paint, bold=bold))
        x += text_width(part, size) + 2.4
    return wide, body
