"""A case: a folder with an input that gives one code, and the whole screen that its user sees.

    tests/cases/NT301/form.md      tables that become formulier.xlsx; `# naam.xlsx` starts another workbook
    tests/cases/NT906/beside.yaml  what stands beside its cells: a title, comments, hidden rows, merged cells, formats
    tests/cases/NT130/spoilt.yaml  one or more places of the small framework that are spoilt
    tests/cases/NT710/eigen.yaml   networks of one's own
    tests/cases/NT222/made.yaml    files that functions of tests/case_files.py make
    tests/cases/NT217/run.yaml     how the run is made to meet what a test cannot wait for: another reader, limits
    tests/cases/*/command.txt      what is run, when it is not `check formulier.xlsx`, `standards check normen` or
                                   `networks check eigen.yaml`
    tests/cases/*/screen.txt       exit code, standard output and standard error

After a change of words: NORMTOOL_RECORD=1 pytest tests/test_case_folders.py writes the screens again; read them.
"""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import xlsxwriter
import yaml

from normtool.app import reading
from normtool.cli_options import date_of
from normtool.core.diagnostics import Diagnostics
from normtool.core.form_identity import identity_of
from normtool.core.form_names import INDICATOR_COLUMNS
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.parts import INDICATORS
from normtool.core.standards import Framework
from normtool.files.reading_limits import Limits
from normtool.files.reading_worker import read_all
from normtool.files.standards_yaml import load_framework
from normtool.resources import data_dir
from tests import case_files
from tests.conftest import built_in
from tests.core.parted import part
from tests.core.tables import form, workbook
from tests.e2e.running import Ran, here
from tests.small_framework import FILES

CASES = Path(__file__).parent / "cases"
WORKBOOK = "formulier.xlsx"
NORMS = "normen"
NETWORKS = "eigen.yaml"


@dataclass(frozen=True, slots=True)
class Given:
    """The input of a command as the functions of the library take it; `norms`: a folder with norms; `networks`: a
    file with networks."""

    forms: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    on: date | None = None
    norms: bool = False
    networks: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One case folder."""

    folder: Path

    @property
    def code(self) -> str:
        """The code it is about: `NT301` of `NT301-swapped`."""
        return self.folder.name.partition("-")[0]

    @property
    def command(self) -> list[str]:
        """What is run."""
        stated = self.folder / "command.txt"
        if stated.exists():
            return stated.read_text(encoding="utf-8").split()
        if (self.folder / "spoilt.yaml").exists():
            return ["standards", "check", NORMS]
        if (self.folder / NETWORKS).exists():
            return ["networks", "check", NETWORKS]
        return ["check", WORKBOOK]

    @property
    def given(self) -> Given | None:
        """What its command is given; None when more happens to it than the functions of the library do."""
        if self.command == ["standards", "check", NORMS]:
            return Given(norms=True)
        if self.command == ["networks", "check", NETWORKS]:
            return Given(networks=True)
        verb, *rest = self.command
        if (
            verb != "check"
            or {"retour", "--standards", "--region", "--house-style"} & set(rest)
            or (self.folder / "run.yaml").exists()
        ):
            return None
        options = list(itertools.pairwise(rest))
        figures = tuple(value for name, value in options if name == "--figures")
        days = [value for name, value in options if name == "--on"]
        forms = tuple(value for value in rest if value.endswith((".xlsx", ".csv")) and value not in figures)
        return Given(forms=forms, figures=figures, on=date_of(days[0]) if days else None)

    @property
    def screen(self) -> Path:
        """What the user should see."""
        return self.folder / "screen.txt"

    def prepare(self, target: Path) -> None:
        """Make the input in an empty folder."""
        if (self.folder / "form.md").exists():
            write_forms((self.folder / "form.md").read_text(encoding="utf-8"), self.told("beside") or {}, target)
        if spoilt := self.told("spoilt"):
            spoil(spoilt, target / NORMS)
        if (self.folder / NETWORKS).exists():
            shutil.copy(self.folder / NETWORKS, target / NETWORKS)
        made = self.told("made") or []
        for item in made if isinstance(made, list) else [made]:
            getattr(case_files, item.pop("by"))(target, **item)

    def told(self, name: str) -> Any:
        """What a file of the case says; None when it has no such file."""
        path = self.folder / f"{name}.yaml"
        return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None


def all_cases() -> list[Case]:
    """Every case folder, by name."""
    return [Case(folder) for folder in sorted(CASES.iterdir()) if folder.is_dir()]


def seen(ran: Ran, folder: Path) -> str:
    """A run as a text; the folder it ran in is left out."""
    text = f"exit {ran.code}\n--- out\n{ran.out}--- err\n{ran.err}"
    return text.replace(f"{folder}/", "").replace(str(folder), ".")


def run(case: Case, folder: Path, *more: str) -> Ran:
    """Run the case's command in its folder."""
    with ExitStack() as changed:
        changed.enter_context(patch.object(reading, "load_framework", loaded_once))
        for change in changes(case.told("run") or {}):
            changed.enter_context(change)
        return here(*case.command, *more, folder=folder)


def loaded_once(folder: Path) -> tuple[Framework | None, Diagnostics]:
    """The built-in norms are read once for all cases; those of a case each time."""
    is_built_in = folder == data_dir("standards") / built_in().id
    return (built_in(), ()) if is_built_in else load_framework(folder)


def changes(told: dict[str, Any]) -> Iterator[Any]:
    """What a run is made to meet: `reader` (of tests/case_files.py), `limits`, a folder that is `closed`."""
    if {"reader", "limits"} & set(told):
        reader, limits = read_all.__defaults__ or ()
        reader = getattr(case_files, told["reader"]) if "reader" in told else reader
        yield patch.object(
            read_all, "__defaults__", (reader, Limits(**told["limits"]) if "limits" in told else limits)
        )
    if "closed" in told:
        listed = Path.iterdir

        def refuse(folder: Path) -> Iterator[Path]:
            if folder.name == told["closed"]:
                raise PermissionError
            return listed(folder)

        yield patch.object(Path, "iterdir", refuse)


def write_forms(page: str, beside: dict[str, Any], target: Path) -> None:
    """The workbooks of a page: whole forms, with what the page leaves out empty.

    `# naam.xlsx bare` has no more sheets than the page says, `# naam.xlsx exact` no more columns on those sheets,
    `# naam.xlsx without Volumes` all sheets but that one; `# naam.xlsx part DW` is the part of De Waard of the
    network in tests/core/parted.py.
    """
    parts = re.split(r"^# ", page, flags=re.MULTILINE)
    named = [(WORKBOOK, parts[0])] if parts[0].strip() else []
    named += [(name.strip(), body) for name, _, body in (text.partition("\n") for text in parts[1:])]
    for name, body in named:
        file, _, how = name.partition(" ")
        write_grid(grid_of(file, how, body), beside.get(file, {}), target / file)


def grid_of(file: str, how: str, body: str) -> Grid:
    """A workbook of a page."""
    if how == "bare":
        return workbook(body, file)
    if how.startswith("part "):
        own = {"network": ""} if "## Netwerk" in body else {}
        return with_sheets(part(body, *how.split()[1:], file=file, **own))
    whole = form(body, file)
    if how.startswith("without "):
        return replace(whole, sheets=tuple(item for item in whole.sheets if item.name not in how.split()[1:]))
    if how == "exact":
        own_sheets = {item.name: item for item in workbook(body, file).sheets}
        return replace(whole, sheets=tuple(own_sheets.get(item.name, item) for item in whole.sheets))
    return whole


def with_sheets(grid: Grid) -> Grid:
    """A part with the sheets that it asks and the page leaves out, empty."""
    asked, present = identity_of(grid).sheets, {item.name for item in grid.sheets}
    headers = {
        item.sheet.nl: [column.header.nl for column in item.columns]
        for item in built_in().registers
        if item.id in asked
    }
    if INDICATORS in asked:
        headers["Indicatoren"] = [column.text.nl for column in INDICATOR_COLUMNS]
    more = tuple(Sheet(name=name, rows=(tuple(row),)) for name, row in headers.items() if name not in present)
    return replace(grid, sheets=(*grid.sheets, *more))


def write_grid(grid: Grid, beside: dict[str, Any], target: Path) -> None:
    """A grid as a real workbook, with what stands beside its cells."""
    target.parent.mkdir(parents=True, exist_ok=True)
    told = {"in_memory": True, "default_date_format": "d-m-yyyy", "date_1904": beside.get("date_1904", False)}
    book = xlsxwriter.Workbook(str(target), told)
    book.set_properties({"title": beside.get("title", "")})
    for content in grid.sheets:
        sheet = book.add_worksheet(content.name)
        if content.hidden or content.name.startswith("_"):
            sheet.hide()
        own = beside.get(content.name, {})
        for merged in own.get("merged", []):
            sheet.merge_range(merged, "")
        write_cells(sheet, content)
        write_looks(book, sheet, own)
        for cell, text in own.get("comments", {}).items():
            sheet.write_comment(cell, text)
        for row in own.get("hidden_rows", []):
            sheet.set_row(row - 1, None, None, {"hidden": True})
    book.close()


def write_cells(sheet: xlsxwriter.worksheet.Worksheet, content: Sheet) -> None:
    """The cells of one sheet, texts as texts."""
    for row, column, value in content.filled_cells():
        write_cell(sheet, (row - 1, column - 1), value)
    for (row, column), error in content.errors:
        sheet.write_formula(row - 1, column - 1, "=NA()", None, error)
    for (row, column), formula in content.unread_formulas:
        sheet.write_formula(row - 1, column - 1, formula, None, "")


def write_looks(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, own: dict[str, Any]) -> None:
    """Number formats of cells, formats copied far down, choices of cells and a filter."""
    for cell, (value, shown) in own.get("formats", {}).items():
        sheet.write(cell, value, book.add_format({"num_format": shown}))
    copied = book.add_format({"border": 1, "bg_color": "#EEEEEE"})
    for first, last, columns in own.get("copied_formats", []):
        for row, column in itertools.product(range(first - 1, last), range(columns)):
            sheet.write_blank(row, column, None, copied)
    for cells, choices in own.get("choices", {}).items():
        sheet.data_validation(cells, {"validate": "list", "source": choices})
    if "filter" in own:
        sheet.autofilter(own["filter"])


def write_cell(sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], value: GridValue) -> None:
    """One cell as a person typed it."""
    if isinstance(value, str):
        sheet.write_string(*place, value)
    else:
        sheet.write(*place, value)


def spoil(spoilt: list[dict[str, str]] | dict[str, str], folder: Path) -> None:
    """The small framework with some places replaced; a place that is not there is a fault of the case."""
    files = dict(FILES)
    for item in spoilt if isinstance(spoilt, list) else [spoilt]:
        assert item["was"] in files[item["file"]], item
        files[item["file"]] = files[item["file"]].replace(item["was"], item["now"])
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
