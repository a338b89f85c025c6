"""Of which network a form is, before anything else of it is read: forms of several networks are told apart so."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.diagnostics import Collector
from normtool.core.form_identity import identity_of
from normtool.core.form_names import NETWORK_SHEET
from normtool.core.grids import Grid
from normtool.core.intake_network import read_network
from normtool.core.spellings import Names
from normtool.core.tables import sheet_names

SHEETS = Names((spelling, "network") for spelling in sheet_names(NETWORK_SHEET))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNetwork:
    """What a form says of its network; each is empty where it says nothing."""

    code: str = ""
    name: str = ""
    region: str = ""


def network_in(grid: Grid) -> StatedNetwork:
    """The network on the sheet *Netwerk*; without that sheet the one that the form was made for."""
    made_for = StatedNetwork(code=identity_of(grid).fact("network"))
    for sheet in grid.sheets:
        if SHEETS.find_loosely(sheet.name):
            values = read_network(grid, sheet, Collector())
            said = {key: str(values[key].value) for key in ("code", "name", "region") if key in values}
            known = {key: text for key, text in said.items() if text != str(None)}
            return StatedNetwork(**known) if "code" in known or "name" in known else made_for
    return made_for
