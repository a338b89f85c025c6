"""Fills in the form from a list of rows, by sheet and header names, as a person would."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from normtool.core.evidence import NetworkLayer
from normtool.core.form_names import NETWORK_LAYERS
from normtool.core.forms import FormMember, FormRequest
from normtool.core.registers import Column
from normtool.core.standards import Framework
from normtool.files.forms_xlsx import write_form

NETWORK = "Netwerk"
INDICATORS = "Indicatoren"
MEMBERS = "Deelnemers"
COMPLETE = "Dit overzicht is volledig"
SEARCHED_ROWS = 15
"""How far down a header row is looked for."""
FEWEST_COLUMNS = 4
LINE = 15.0
"""Height of a line in a row, in points."""

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One workbook to make: the network's facts, and by sheet what is filled in."""

    file: str
    network: Values
    sheets: Mapping[str, Any]


@dataclass(kw_only=True)
class Grown:
    """A sheet of the form with its header row found; `used` are rows that were filled."""

    sheet: Worksheet
    header_row: int
    columns: dict[str, int]
    used: set[int] = field(default_factory=set)

    def cell(self, row: int, header: str) -> Cell:
        """An answer cell.

        Raises:
            KeyError: the sheet has no such header.
        """
        found = self.sheet.cell(row, self.columns[header])
        assert isinstance(found, Cell), f"{self.sheet.title}: merged cell in row {row}"
        return found

    def values(self, row: int) -> dict[str, Any]:
        """What a row holds, by header."""
        found = {header: self.sheet.cell(row, column).value for header, column in self.columns.items()}
        return {header: value for header, value in found.items() if value is not None}

    def rows(self) -> range:
        """The rows below the header."""
        return range(self.header_row + 1, self.sheet.max_row + 1)


def load_sample(path: Path) -> Sample:
    """One workbook to make, from its YAML file."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    folder, network = content.pop("map"), content.pop(NETWORK)
    sheets = {name: expanded(sheet) for name, sheet in content.items()}
    return Sample(file=f"{folder}/{path.stem}.xlsx", network=network, sheets=sheets)


def expanded(sheet: Any) -> dict[str, Any]:
    """A sheet's rows as mappings: written as mappings, as lists under `kolommen`, or as cross tables."""
    if isinstance(sheet, list):
        sheet = {"rijen": sheet}
    rows = [row if isinstance(row, dict) else named(sheet["kolommen"], row) for row in sheet.get("rijen", [])]
    tables = sheet.get("kruistabel") or []
    crossed = [row for table in ([tables] if isinstance(tables, dict) else tables) for row in cross_table(table)]
    rows = [*crossed, *rows]
    return {"volledig": sheet.get("volledig"), "anders": sheet.get("anders", {}), "rijen": rows}


def named(columns: list[str], row: list[Any]) -> dict[str, Any]:
    if len(row) > len(columns):
        raise ValueError(f"{row}: more values than columns; a comma without quotes?")
    return {column: value for column, value in zip(columns, row, strict=False) if value is not None}


def cross_table(table: Values) -> Iterator[dict[str, Any]]:
    """A row for every number in a table of rows × columns; `bij` adds cells to some of them."""
    for row_name, numbers in table["waarden"].items():
        for column_name, number in zip(table["kop"], numbers, strict=True):
            if number is not None:
                row = {table["kolom"]: column_name, table["rij"]: row_name, **table["vast"], table["waarde"]: number}
                row |= table.get("bij", {}).get(f"{column_name} {row_name}", {})
                yield row


def make_workbook(framework: Framework, sample: Sample) -> Workbook:
    """The form for this network, filled in."""
    book = openpyxl.load_workbook(io.BytesIO(write_form(request_for(framework, sample))))
    fill_network(book[NETWORK], sample.network)
    for name, content in sample.sheets.items():
        if name == INDICATORS:
            fill_indicators(open_sheet(book[name]), content["rijen"])
        else:
            fill_register(open_sheet(book[name]), content)
    return book


def request_for(framework: Framework, sample: Sample) -> FormRequest:
    network = sample.network
    return FormRequest(
        framework=framework,
        code=network["Code"],
        name=network["Naam"],
        assessment_year=network["Toetsjaar"],
        reporting_year=network["Verslagjaar"],
        reference_date=network["Peildatum"],
        region=network.get("Regio", ""),
        layer=layer(network.get("Laag")),
        unit_of_review=layer(network.get("Eenheid van toetsing")),
        first_assessment_year=network["Eerste toetsjaar"],
        members=tuple(members_of(framework, sample)),
    )


def layer(label: str | None) -> NetworkLayer | None:
    """The layer by its name on the form."""
    found = (item for item in NETWORK_LAYERS if item.text.nl == label)
    return next((NetworkLayer(item.id) for item in found), None)


def members_of(framework: Framework, sample: Sample) -> Iterator[FormMember]:
    """The members as the registry would have pre-filled them."""
    columns = {column.id: column for column in framework.declared("members").columns}
    for row in sample.sheets[MEMBERS]["rijen"]:
        yield FormMember(
            id=row["Id"],
            name=row["Naam"],
            kind=choice(columns["kind"], row["Soort"]),
            parent=row.get("Onderdeel van", ""),
            role=choice(columns["role"], row["Rol"]) if "Rol" in row else "",
        )


def choice(column: Column, label: str) -> str:
    return next(item.id for item in column.choices if item.label.nl == label)


def fill_network(sheet: Worksheet, network: Values) -> None:
    labels = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for label, value in network.items():
        sheet.cell(labels[label], 2).value = value


def open_sheet(sheet: Worksheet) -> Grown:
    """Find the header row: the first with as many cells as a table has columns."""
    filled = {row: [cell.value for cell in sheet[row] if cell.value is not None] for row in range(1, SEARCHED_ROWS)}
    header_row = next(row for row in filled if len(filled[row]) >= FEWEST_COLUMNS)
    columns = {str(cell.value): cell.column for cell in sheet[header_row] if cell.value is not None}
    return Grown(sheet=sheet, header_row=header_row, columns=columns)


def fill_indicators(grown: Grown, rows: list[Values]) -> None:
    numbers = {grown.cell(row, "Id").value: row for row in grown.rows()}
    for row in rows:
        write(grown, numbers[row["Id"]], row)


def fill_register(grown: Grown, content: Values) -> None:
    """Each row goes where its key was pre-filled, else in the first empty row; the rest gets `anders`."""
    before = {row: grown.values(row) for row in grown.rows()}
    for row in content["rijen"]:
        known = row.get("op", row)
        values = {header: value for header, value in row.items() if header != "op"}
        fits = (
            number
            for number, found in before.items()
            if number not in grown.used and (found or "op" not in row) and found.items() <= known.items()
        )
        best = sorted(fits, key=lambda number: (not before[number], number))
        write(grown, best[0], values)
    for number, found in before.items():
        if found and number not in grown.used and content["anders"]:
            write(grown, number, content["anders"])
    if content["volledig"] is not None:
        complete_cell(grown).value = content["volledig"]


def complete_cell(grown: Grown) -> Cell:
    for row in range(1, grown.header_row):
        for cell in grown.sheet[row]:
            if cell.value == COMPLETE:
                found = grown.sheet.cell(row, cell.column + 1)
                assert isinstance(found, Cell)
                return found
    raise ValueError(f"{grown.sheet.title}: {COMPLETE}?")


def write(grown: Grown, row: int, values: Values) -> None:
    """Type values into a row; dates and row heights as Excel makes them while typing."""
    grown.used.add(row)
    for header, value in values.items():
        cell = grown.cell(row, header)
        if type(value) is date:
            cell.value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 (no time zones in a workbook)
            if cell.number_format == "yyyy-mm-dd h:mm:ss":
                cell.number_format = "d-m-yyyy"
        else:
            cell.value = value.strip() if isinstance(value, str) else value
    lines = max(lines_of(grown, header, value) for header, value in values.items())
    height = grown.sheet.row_dimensions[row].height or LINE
    grown.sheet.row_dimensions[row].height = max(height, lines * LINE)


def lines_of(grown: Grown, header: str, value: object) -> int:
    """How many lines a text takes in its column, roughly."""
    width = grown.sheet.column_dimensions[get_column_letter(grown.columns[header])].width
    return ceil(len(value) / width) if isinstance(value, str) else 1
