"""Many diagnostics as one list that stays readable: by sheet, counted, the most important first.

A few are shown one by one. More than a screenful get a heading for each sheet; what is the matter in many cells of
one sheet is said once, with all its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normtool.core.diagnostics import Diagnostic, Diagnostics, Severity
from normtool.core.places import CellPlace, CellRange, KeyPlace, Place, column_letters
from normtool.telling.diagnostic_texts import (
    as_text,
    blank_hint,
    closing,
    hint,
    hung,
    message,
    place_text,
    title,
)
from normtool.texts import Words

FEW = 12
"""As many as fit on a screen or two; no headings are needed."""
SAME = 3
"""From so many of one code on a sheet they are said once."""
MOST_MESSAGES = 4
"""Different sentences shown of one code; the cells of the others follow."""
MOST_ADDRESSES = 60
"""Addresses shown of one code, runs counted as one; the JSON form and a marked copy have them all."""
RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Some lines of the list; what an error needs is shown also when all else is silenced."""

    lines: tuple[str, ...]
    is_error: bool


def listed(diagnostics: Diagnostics, words: Words, *, several: bool = False) -> list[Entry]:
    """The whole list, entry by entry. `several` files were read: each is named, also when only one has faults."""
    several = several or len({place.file for item in diagnostics for place in _places(item)}) > 1
    if len(diagnostics) <= FEW:
        return [_single(item, words, with_file=several) for item in diagnostics]
    entries: list[Entry] = []
    for items in _by_sheet(diagnostics):
        entries.append(_heading(items, words, with_file=several))
        for same in _by_code(items):
            if len(same) < SAME or not isinstance(same[0].place, CellPlace | CellRange):
                entries += [_single(item, words, with_file=_is_between_files(item)) for item in same]
            else:
                entries.append(_group(same, words))
    return entries


def counts_text(diagnostics: Iterable[Diagnostic], words: Words) -> str:
    """How many errors, questions and notes; empty when there are none."""
    found = [item.rule.severity for item in diagnostics]
    return ", ".join(
        words.say_count(f"cli.count.{severity.value}", found.count(severity))
        for severity in Severity
        if severity in found
    )


def _places(item: Diagnostic) -> list[Place]:
    """All places that a diagnostic speaks of."""
    return [place for place in (item.place, *(other.place for other in item.related)) if place is not None]


def _is_between_files(item: Diagnostic) -> bool:
    return len({place.file for place in _places(item)}) > 1


def _single(item: Diagnostic, words: Words, *, with_file: bool) -> Entry:
    return Entry(lines=tuple(as_text(item, words, with_file=with_file)), is_error=item.is_error)


def _where(item: Diagnostic) -> tuple[str, str]:
    """The file and sheet a diagnostic is about."""
    place = item.place
    sheet = "" if place is None or isinstance(place, KeyPlace) else place.sheet
    return (place.file if place is not None else ""), sheet


def _by_sheet(diagnostics: Diagnostics) -> list[list[Diagnostic]]:
    """Per sheet; what is wrong with a file as a whole first, then the sheets with most errors."""
    sheets: dict[tuple[str, str], list[Diagnostic]] = {}
    for item in diagnostics:
        sheets.setdefault(_where(item), []).append(item)

    def weight(where: tuple[str, str]) -> tuple[str, bool, int, int, str]:
        items = sheets[where]
        errors = sum(item.is_error for item in items)
        return where[0], where[1] != "", -errors, -len(items), where[1]

    return [sheets[where] for where in sorted(sheets, key=weight)]


def _by_code(items: list[Diagnostic]) -> list[list[Diagnostic]]:
    """Per code, errors before questions before notes; else in the order in which the sheet has them."""
    codes: dict[str, list[Diagnostic]] = {}
    for item in sorted(items, key=lambda item: RANK[item.rule.severity]):
        codes.setdefault(item.code, []).append(item)
    return list(codes.values())


def _heading(items: list[Diagnostic], words: Words, *, with_file: bool) -> Entry:
    file, sheet = _where(items[0])
    name = " › ".join(part for part in (file if with_file or not sheet else "", sheet) if part)
    name = name or words.say("diagnostics.no_file")
    return Entry(lines=(f"== {name}: {counts_text(items, words)}",), is_error=any(item.is_error for item in items))


def _group(same: Sequence[Diagnostic], words: Words) -> Entry:
    """One code in many cells: what it is, the cells by sentence, and what to do."""
    first = same[0]
    label = words.say(f"diagnostics.severity.{first.rule.severity.value}")
    head = f"{label} {first.code}"
    lines = hung(head, words.say("diagnostics.times", count=len(same), title=title(first.code, words)), len(head))
    sentences: dict[str, list[Diagnostic]] = {}
    for item in same:
        sentences.setdefault(message(item, words), []).append(item)
    shown = list(sentences.items())[:MOST_MESSAGES]
    for sentence, items in shown:
        between = _is_between_files(items[0])
        related = [_see(item.place, words, with_file=between) for item in items[0].related]
        see = f" ({words.say('diagnostics.see')} {', '.join(related)})" if related and len(items) == 1 else ""
        lines += hung("", f"{_addresses(items, words)}  {sentence}{see}", len(head))
    rest = [item for items in list(sentences.values())[MOST_MESSAGES:] for item in items]
    if rest:
        lines += hung("", words.say("diagnostics.also_in", cells=_addresses(rest, words)), len(head))
    hints = {hint(item, words) for item in same}
    advice = hints.pop() if len(hints) == 1 else blank_hint(first.code, words)
    lines += closing(advice, first.code, words, len(head))
    return Entry(lines=tuple(lines), is_error=first.is_error)


def _see(place: Place, words: Words, *, with_file: bool) -> str:
    """Another place, as briefly as is clear: the address alone, unless it lies in another file."""
    text = place_text(place, words, with_file=with_file)
    return text if with_file else text.rpartition("!")[2]


def _addresses(items: Sequence[Diagnostic], words: Words) -> str:
    """The cells of these diagnostics; cells under each other as one range."""
    parts = runs([item.place for item in items if item.place is not None])
    if len(parts) <= MOST_ADDRESSES:
        return ", ".join(parts)
    return words.say(
        "diagnostics.and_more", cells=", ".join(parts[:MOST_ADDRESSES]), count=len(parts) - MOST_ADDRESSES
    )


def runs(places: Sequence[Place]) -> list[str]:
    """Addresses of cells, by column; cells that stand under each other become one range, such as `D5:D60`."""
    ranges = [place.cell for place in places if isinstance(place, CellRange)]
    cells = sorted({(place.column, place.row) for place in places if isinstance(place, CellPlace)})
    found: list[str] = []
    start = 0
    for number, (column, row) in enumerate(cells):
        if number + 1 < len(cells) and cells[number + 1] == (column, row + 1):
            continue
        first = cells[start][1]
        letters = column_letters(column)
        found.append(f"{letters}{row}" if first == row else f"{letters}{first}:{letters}{row}")
        start = number + 1
    return [*ranges, *found]
