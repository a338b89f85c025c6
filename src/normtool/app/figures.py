"""`--figures`: files of national sources, read in the same safe way as workbooks."""

from __future__ import annotations

from pathlib import Path

from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.grids import Grid
from normtool.files.figures_tables import read_figures
from normtool.files.reading_worker import read_all


def read_figures_files(paths: tuple[Path, ...]) -> tuple[tuple[Grid, ...], Diagnostics, bool]:
    """The files as plain values, what there is to say about them, and whether all of them could be read."""
    if not paths:
        return (), (), True
    found: list[Diagnostic] = []
    grids: list[Grid] = []
    for item in read_all(paths, read_figures):
        found += item.diagnostics
        if item.grid is not None:
            grids.append(item.grid)
    return tuple(grids), tuple(found), len(grids) == len(paths)
