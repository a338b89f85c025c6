"""The confirmation on the sheet *Netwerk* that a workbook holds no data of patients: a role and a date in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normtool.core.cells_dates import read_date
from normtool.core.evidence import DateSpan
from normtool.core.form_names import NETWORK_SHEET, NO_PATIENT_DATA
from normtool.core.grids import Grid, GridValue
from normtool.core.intake_network import network_cells
from normtool.core.parsing import shown
from normtool.core.places import CellPlace
from normtool.core.privacy_tokens import weigh
from normtool.core.spellings import NO, UNKNOWN, YES, plain
from normtool.core.tables import sheet_names

DAY = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}|\d{1,2}[ -][^\W\d_]+\.?[ -]\d{4})(?!\d)"
)
LINKING = re.compile(
    r"^(?:(?:bevestigd|confirmed|akkoord|agreed|door|by|de|het|the|ja|yes)\b\W*)+|\W*\b(?:op|on|d\.?d\.?|dd)\W*$",
    re.IGNORECASE,
)
NO_ROLE = YES | NO | UNKNOWN | {"ok", "oke", "akkoord", "bevestigd", "geen", "agreed", "confirmed", "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What the confirmation says; `day` as ISO text. Role or day is empty when the cell does not give it.

    `tells_of_a_person`: the cell itself holds what it says is not there.
    """

    place: CellPlace
    role: str
    day: str
    tells_of_a_person: bool = False

    @property
    def is_valid(self) -> bool:
        """Whether it says who confirms this, and when."""
        return bool(self.role and self.day) and not self.tells_of_a_person


def read_release(grid: Grid) -> Release | None:
    """The confirmation in a workbook; None when its cell is empty or not there."""
    names = {plain(name) for name in sheet_names(NETWORK_SHEET)}
    for sheet in grid.sheets:
        if plain(sheet.name) not in names:
            continue
        for cell in network_cells(sheet):
            if cell.key == NO_PATIENT_DATA:
                place = CellPlace(file=grid.file, sheet=sheet.name, row=cell.row, column=cell.column)
                return _release(cell.value, place)
    return None


def _release(value: GridValue, place: CellPlace) -> Release:
    if not isinstance(value, str):
        return Release(place=place, role="", day="", tells_of_a_person=weigh(value) is not None)
    text = " ".join(value.split())
    match = DAY.search(text)
    span = read_date(match[0]).value if match is not None else None
    day = span.first.isoformat() if isinstance(span, DateSpan) and span.is_exact else ""
    rest = f"{text[: match.start()]} {text[match.end() :]}" if match is not None else text
    return Release(place=place, role=_role(rest), day=day, tells_of_a_person=weigh(value) is not None)


def _role(text: str) -> str:
    """The role that is left when the date is taken out; empty when nothing is left that can be one."""
    role = text
    for _ in range(2):
        role = LINKING.sub("", role.strip(" ,;:.-–()/"))
    role = shown(" ".join(role.split()).strip(" ,;:.-–()/"))
    letters = sum(sign.isalpha() for sign in role)
    return role if letters > 2 and plain(role) not in NO_ROLE else ""
