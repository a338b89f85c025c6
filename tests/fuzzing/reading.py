"""A reader for the other process: it reads a file, takes it in and assesses it, and gives what there is to say."""

from __future__ import annotations

from pathlib import Path

from normtool.core.diagnostics import Diagnostics
from normtool.core.grids import Grid
from normtool.core.intake import take_in
from normtool.core.scoring import assess
from normtool.files.standards_yaml import load_framework
from normtool.files.workbooks_xlsx import read_workbook
from normtool.resources import data_dir

FRAMEWORK, _ = load_framework(data_dir("standards") / "netwerknormering-voorbeeld")


def read_and_assess(path: Path) -> tuple[Grid | None, Diagnostics]:
    """An empty grid when the file could be read, with the most memory this process ever had as its digest, in kB."""
    grid, found = read_workbook(path)
    if grid is None:
        return None, found
    assert FRAMEWORK is not None
    evidence, taken = take_in(FRAMEWORK, (grid,))
    if evidence is not None:
        assess(FRAMEWORK, evidence)
    return Grid(file=grid.file, sheets=(), digest=str(most_memory())), (*found, *taken)


def most_memory() -> int:
    """The most memory this process ever had, in kB. Not `ru_maxrss`: that begins with what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0])
