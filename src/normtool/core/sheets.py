"""Finding the sheets of the form in a workbook, also when they were renamed, misspelt or copied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from normtool.core.diagnostics import Collector, Related
from normtool.core.grids import Grid, Sheet
from normtool.core.places import FilePlace
from normtool.core.rules_answers import SHEET_BESIDE, SHEET_MISSPELT, SHEET_PASSED_OVER, SHEET_TWICE
from normtool.core.spellings import Names, is_blank_text, plain
from normtool.core.tables import HEADER_ROWS

COPY = re.compile(
    r"^(?:kopie van|kopie|copy of|copy|backup|oud|old)\s+"
    r"|\s*(?:\(\d{1,2}\)|[-–_ ]*(?:kopie|copy|oud|old)(?:\s*\d*)?)$"
)
"""What spreadsheets and people add to the name of a copied sheet."""
FEWEST_HEADERS = 3
"""So many of its headers make a sheet look like one of ours, whatever it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSheets:
    """The sheets of the form: their names, what stands on them by sheet id, and those nobody answers in.

    `inside` holds the headers of each sheet (for the network: its labels); `own` are plain names of sheets that the
    program writes itself.
    """

    names: Names
    inside: Mapping[str, Names]
    own: frozenset[str]

    def meant_by(self, name: str) -> str | None:
        """The id of the sheet that a name probably means: misspelt, a copy, or with something behind it."""
        whole = plain(name)
        found = self.names.guess(name) or self.names.find(COPY.sub("", whole))
        if found is not None:
            return found
        starts = [known for known in self.names if re.match(rf"{re.escape(known)}\W", whole) and len(known) > 3]
        return self.names[max(starts, key=len)] if starts else None

    def resembles(self, sheet: Sheet, sheet_id: str) -> bool:
        """Whether a sheet holds the headers or labels of this sheet of the form."""
        return self._held(sheet, sheet_id) > 0

    def _held(self, sheet: Sheet, sheet_id: str) -> float:
        """Which part of its headers or labels a sheet holds in one line; 0 when they are too few to say."""
        names = self.inside[sheet_id]
        lines = [row[:HEADER_ROWS] for row in sheet.rows[:HEADER_ROWS]]
        if sheet_id == "network":
            width = max((len(row) for row in lines), default=0)
            lines = [tuple(row[n] for row in lines if n < len(row)) for n in range(width)]
        wanted = set(names.values())
        texts = [{names.find(value) for value in line if isinstance(value, str)} - {None} for line in lines]
        most = max((len(found) for found in texts), default=0)
        return most / len(wanted) if most >= min(FEWEST_HEADERS, len(wanted)) else 0

    def like(self, sheet: Sheet, but: Mapping[str, Sheet]) -> str | None:
        """The sheet of the form, of those not found yet, whose headers a sheet holds best; None if none or two."""
        held = {sheet_id: self._held(sheet, sheet_id) for sheet_id in self.inside if sheet_id not in but}
        most = max(held.values(), default=0)
        best = [sheet_id for sheet_id, part in held.items() if part == most > 0]
        return best[0] if len(best) == 1 else None

    def spelling(self, sheet_id: str) -> str:
        """How the form writes the name of a sheet."""
        return next(self.names.written(name) for name, known in self.names.items() if known == sheet_id)


def find_sheets(grid: Grid, known: KnownSheets, collector: Collector) -> dict[str, Sheet]:
    """Our sheets by id. Others are noted; one that looks misspelt is asked back and read as what is probably meant.

    A sheet that is there twice is asked back; the first is read. A workbook with none of ours gives nothing at all.
    """
    found: dict[str, Sheet] = {}
    twice: list[tuple[Sheet, str]] = []
    strangers: list[Sheet] = []
    for sheet in grid.sheets:
        identity = known.names.find_loosely(sheet.name)
        if plain(sheet.name) in known.own:
            continue
        if identity is None:
            strangers += [sheet] if is_used(sheet) else []
        elif identity in found:
            twice.append((sheet, identity))
        else:
            found[identity] = sheet
    meant = {sheet.name: known.meant_by(sheet.name) for sheet in strangers}
    if not found and not any(meant[sheet.name] in ("network", "indicators") for sheet in strangers):
        meant |= {sheet.name: None for sheet in strangers}
        if not any(known.like(sheet, found) in ("network", "indicators") for sheet in strangers):
            return {}
    for sheet, identity in twice:
        other = Related(place=FilePlace(file=grid.file, sheet=found[identity].name), role="first")
        place = FilePlace(file=grid.file, sheet=sheet.name)
        collector.add(SHEET_TWICE, place, related=(other,), sheet=sheet.name)
    for sheet in strangers:
        stranger = (FilePlace(file=grid.file, sheet=sheet.name), sheet, meant[sheet.name])
        _place_stranger(stranger, known, found, collector)
    return found


def _place_stranger(
    stranger: tuple[FilePlace, Sheet, str | None],
    known: KnownSheets,
    found: dict[str, Sheet],
    collector: Collector,
) -> None:
    """Say of a sheet that is not ours by name what it may be; read it when the one that it may be is missing."""
    place, sheet, meant = stranger
    identity = meant if meant is not None and meant not in found else known.like(sheet, found)
    if identity is not None:
        spelling = known.names.guess_spelling(sheet.name)
        if spelling is None or known.names[spelling] != identity:
            spelling = known.spelling(identity)
        collector.add(SHEET_MISSPELT, place, found=sheet.name, meant=spelling)
        found[identity] = sheet
    elif meant is not None and known.resembles(sheet, meant) and sheet.rows != found[meant].rows:
        collector.add(SHEET_BESIDE, place, sheet=sheet.name, meant=found[meant].name)
    else:
        collector.add(SHEET_PASSED_OVER, place, sheet=sheet.name)


def is_used(sheet: Sheet) -> bool:
    """Whether anything stands on a sheet."""
    return any(not (isinstance(value, str) and is_blank_text(value)) for _, _, value in sheet.filled_cells())
