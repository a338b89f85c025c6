"""Of which network a form is, before anything else of it is read: forms of several networks are told apart so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from normtool.core.cells_dates import read_year
from normtool.core.diagnostics import Collector
from normtool.core.form_identity import identity_of
from normtool.core.form_names import NETWORK_SHEET
from normtool.core.grids import Grid
from normtool.core.intake_network import NetworkValue, read_network
from normtool.core.places import FilePlace, Place
from normtool.core.spellings import Names
from normtool.core.tables import sheet_names

SHEETS = Names((spelling, "network") for spelling in sheet_names(NETWORK_SHEET))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNetwork:
    """What a form says of its network; each is empty where it says nothing.

    `place` is the cell that says which network it is, else the sheet or the file that should.
    """

    code: str = ""
    name: str = ""
    region: str = ""
    assessment_year: int | None = None
    place: Place | None = field(default=None, compare=False)


def network_in(grid: Grid) -> StatedNetwork:
    """The network and the year on the sheet *Netwerk*; what that does not say is what the form was made for."""
    place = FilePlace(file=grid.file)
    for sheet in grid.sheets:
        if SHEETS.find_loosely(sheet.name):
            values = read_network(grid, sheet, Collector())
            return _said(values, made_for(grid, FilePlace(file=grid.file, sheet=sheet.name)))
    return made_for(grid, place)


def made_for(grid: Grid, place: Place) -> StatedNetwork:
    """The network and the year that a form was made for, by its hidden sheet."""
    identity = identity_of(grid)
    year = read_year(identity.fact("assessment_year")).value
    return StatedNetwork(
        place=place, code=identity.fact("network"), assessment_year=year if isinstance(year, int) else None
    )


def _said(values: Mapping[str, NetworkValue], otherwise: StatedNetwork) -> StatedNetwork:
    """What the sheet says, and otherwise what the form was made for; code and name together, or neither."""
    read = {key: item for key, item in values.items() if item.value is not None}
    year = read["assessment_year"].value if "assessment_year" in read else otherwise.assessment_year
    stated = replace(otherwise, assessment_year=year if isinstance(year, int) else None)
    found = next((read[key] for key in ("code", "name") if key in read), None)
    if found is None:
        return stated
    code, name, region = (str(read[key].value) if key in read else "" for key in ("code", "name", "region"))
    return replace(stated, place=found.place, code=code, name=name, region=region)
