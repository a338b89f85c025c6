"""Makes sample_data from script/samples: writes the form, fills it in as a person would, saves stable bytes.

Run from anywhere: python script/make_samples.py [FOLDER]. Twice gives the same files.
"""

from __future__ import annotations

import copy
import io
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from normtool.core.forms import FormMember, FormRequest
from normtool.core.registers import Column
from normtool.core.standards import Framework
from normtool.files.forms_xlsx import write_form
from normtool.files.standards_yaml import load_framework

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "script" / "samples"
TARGET = ROOT / "sample_data"
STANDARDS = ROOT / "standards" / "netwerknormering-voorbeeld"

NETWORK = "Netwerk"
INDICATORS = "Indicatoren"
MEMBERS = "Deelnemers"
COMPLETE = "Dit overzicht is volledig"
SEARCHED_ROWS = 15
"""How far down a header row is looked for."""
NO_CLOCK = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a workbook: zip files know no earlier one."""

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One workbook to make: the network's facts, and by sheet what is filled in."""

    file: str
    network: Values
    sheets: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One seeded fault: what is done to the workbook, and what the program must say about it."""

    number: int
    code: str
    text: str
    do: Values


@dataclass(kw_only=True)
class Seeded:
    """A fault that was put in: where it stands."""

    fault: Fault
    sheet: str
    cell: str = ""


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


# ---------------------------------------------------------------- what is filled in


def load_samples() -> list[Sample]:
    """All samples but the faulty one, from the YAML files."""
    return [load_sample(path) for path in sorted(DATA.glob("*.yaml")) if path.name != "fouten.yaml"]


def load_sample(path: Path) -> Sample:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    folder, network = content.pop("map"), content.pop(NETWORK)
    sheets = {name: expanded(sheet) for name, sheet in content.items()}
    return Sample(file=f"{folder}/{path.stem}.xlsx", network=network, sheets=sheets)


def expanded(sheet: Any) -> dict[str, Any]:
    """A sheet's rows as mappings: written as mappings, as lists under `kolommen`, or as a cross table."""
    if isinstance(sheet, list):
        sheet = {"rijen": sheet}
    rows = [row if isinstance(row, dict) else named(sheet["kolommen"], row) for row in sheet.get("rijen", [])]
    rows = [*cross_table(sheet.get("kruistabel")), *rows]
    return {"volledig": sheet.get("volledig"), "anders": sheet.get("anders", {}), "rijen": rows}


def named(columns: list[str], row: list[Any]) -> dict[str, Any]:
    if len(row) > len(columns):
        raise ValueError(f"{row}: more values than columns; a comma without quotes?")
    return {column: value for column, value in zip(columns, row, strict=False) if value is not None}


def cross_table(table: Values | None) -> Iterator[dict[str, Any]]:
    """A row for every number in a table of rows × columns; `bij` adds cells to some of them."""
    if table is None:
        return
    for row_name, numbers in table["waarden"].items():
        for column_name, number in zip(table["kop"], numbers, strict=True):
            if number is not None:
                row = {table["kolom"]: column_name, table["rij"]: row_name, **table["vast"], table["waarde"]: number}
                row |= table.get("bij", {}).get(f"{column_name} {row_name}", {})
                yield row


# ---------------------------------------------------------------- the form, filled in


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
        first_assessment_year=network["Eerste toetsjaar"],
        members=tuple(members_of(framework, sample)),
    )


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
    """Find the header row: the one with most filled cells among the first rows."""
    filled = {row: [cell.value for cell in sheet[row] if cell.value is not None] for row in range(1, SEARCHED_ROWS)}
    header_row = next(row for row in filled if len(filled[row]) >= 4)  # noqa: PLR2004 (no sheet has fewer columns)
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
    grown.used.add(row)
    for header, value in values.items():
        text = value.strip() if isinstance(value, str) else value
        grown.cell(row, header).value = datetime(text.year, text.month, text.day) if type(text) is date else text  # noqa: DTZ001


# ---------------------------------------------------------------- seeded faults


def load_faults() -> tuple[str, Values, list[Fault]]:
    """The workbook that the faults are put in, the network's facts that differ, and the faults."""
    content = yaml.safe_load((DATA / "fouten.yaml").read_text(encoding="utf-8"))
    faults = [
        Fault(number=number, code=item.pop("code"), text=item.pop("wat"), do=item)
        for number, item in enumerate(content["fouten"], 1)
    ]
    return content["uit"], content[NETWORK], faults


def seed(book: Workbook, faults: list[Fault]) -> list[Seeded]:
    """Put in all faults; rows are looked up in the workbook as it was, so that faults do not get in each other's way."""
    grown = {sheet.title: open_sheet(sheet) for sheet in book if sheet.title not in {NETWORK, "Invulwijzer", "_normtool"}}
    before = {name: {row: copy.copy(item.values(row)) for row in item.rows()} for name, item in grown.items()}
    return [seed_one(book, fault, grown.get(fault.do["blad"]), before) for fault in faults]


def seed_one(book: Workbook, fault: Fault, grown: Grown | None, before: Mapping[str, Any]) -> Seeded:
    do = fault.do
    sheet = do["blad"]
    if "nieuw_blad" in do:
        added = book.create_sheet(do["nieuw_blad"])
        for row in do["cellen"]:
            added.append(row)
        return Seeded(fault=fault, sheet=added.title)
    if "hernoem" in do:
        rename(book, sheet, do["hernoem"])
        return Seeded(fault=fault, sheet=do["hernoem"])
    if sheet == NETWORK:
        return seed_network(book[NETWORK], fault)
    assert grown is not None
    if "koppen" in do:
        for header, value in do["koppen"].items():
            number = grown.columns.get(header) or max(grown.columns.values()) + 1
            grown.sheet.cell(grown.header_row, number).value = value
            cell = grown.sheet.cell(grown.header_row, number).coordinate
        return Seeded(fault=fault, sheet=sheet, cell="" if len(do["koppen"]) > 1 else cell)
    row = row_for(grown, do, before[sheet])
    for header, value in do["zet"].items():
        grown.cell(row, header).value = value
    return Seeded(fault=fault, sheet=sheet, cell=grown.cell(row, do.get("bij") or next(iter(do["zet"]))).coordinate)


def rename(book: Workbook, old: str, new: str) -> None:
    """Give a sheet another name, and follow it in the formulas and links of the guide as Excel does."""
    book[old].title = new
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = cell.value.replace(f"'{old}'!", f"'{new}'!")
            if cell.hyperlink is not None and cell.hyperlink.location:
                cell.hyperlink.location = cell.hyperlink.location.replace(f"'{old}'!", f"'{new}'!")


def seed_network(sheet: Worksheet, fault: Fault) -> Seeded:
    labels = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    ((label, value),) = fault.do["zet"].items()
    row = sheet.max_row + 1 if fault.do.get("erbij") else labels[label]
    sheet.cell(row, 1).value = label
    sheet.cell(row, 2).value = value
    return Seeded(fault=fault, sheet=NETWORK, cell=f"B{row}")


def row_for(grown: Grown, do: Values, before: Mapping[int, Values]) -> int:
    """The row that held these values, or a new one below everything."""
    if "rij" not in do:
        row = next(row for row in before if not before[row] and row not in grown.used)
        grown.used.add(row)
        return row
    return next(row for row, found in before.items() if do["rij"].items() <= found.items())


def fault_list(seeded: list[Seeded], file: str) -> str:
    """The table beside the faulty workbook."""
    lines = [
        f"# Fouten in {file}",
        "",
        "Gemaakt door `script/make_samples.py` uit dezelfde lijst als het werkboek; niet met de hand wijzigen.",
        "",
        f"`normtool check {file}` moet precies deze {len(seeded)} fouten noemen. Daarnaast komen er waarschuwingen en",
        "opmerkingen, soms als gevolg van een fout. `normtool explain NT301` legt een code uit.",
        "",
        "| nr | blad | cel | wat er mis is | code |",
        "|---:|---|---|---|---|",
    ]
    for item in seeded:
        cell = item.cell or "–"
        lines.append(f"| {item.fault.number} | {item.sheet} | {cell} | {item.fault.text} | {item.fault.code} |")
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------- stable bytes


def saved(book: Workbook, year: int) -> bytes:
    """The workbook as bytes without a clock in them, with results stored beside the formulas of the guide."""
    results = stored_results(book)
    stamp = datetime(year, 1, 1)  # noqa: DTZ001 (no time zones in a workbook)
    book.properties.created = book.properties.modified = stamp
    target = io.BytesIO()
    book.save(target)
    stable = io.BytesIO()
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", f"{year}-01-01T00:00:00Z".encode(), content)
            if name == "xl/worksheets/sheet1.xml":
                content = with_results(content.decode(), results).encode()
            info = zipfile.ZipInfo(name, NO_CLOCK)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return stable.getvalue()


COUNTED = re.compile(r"^=COUNTA\('(.+)'!(.+)\)$")
CELL = re.compile(r"LEN\('([^']+)'!\$([A-Z]+)\$(\d+)\)")
SHOWN = re.compile(r"^=IF\(LEN\('([^']+)'!(\$[A-Z]+\$\d+)\)=0,\"(.+)\",")


def stored_results(book: Workbook) -> dict[str, str | int]:
    """What the three sorts of formula on the first sheet come to."""
    return {
        cell.coordinate: result(book, cell.value)
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def result(book: Workbook, formula: str) -> str | int:
    if counted := COUNTED.match(formula):
        cells = book[counted.group(1)][counted.group(2).replace("$", "")]
        return sum(cell.value is not None for (cell,) in cells)
    if shown := SHOWN.match(formula):
        value = book[shown.group(1)][shown.group(2).replace("$", "")].value
        return shown.group(3) if value is None else str(value)
    if not formula.startswith("=SUM("):
        raise ValueError(f"no result for {formula}")
    return sum(
        any(book[sheet][f"{column}{row}"].value is not None for sheet, column, row in CELL.findall(part))
        for part in formula.split("--")[1:]
    )


def with_results(xml: str, results: Mapping[str, str | int]) -> str:
    def one(found: re.Match[str]) -> str:
        value = results[found.group(1)]
        kind = ' t="str"' if isinstance(value, str) else ""
        attributes = re.sub(r' t="\w+"', "", found.group(2))
        return f'<c r="{found.group(1)}"{attributes}{kind}>{found.group(3)}<v>{value}</v></c>'

    return re.sub(r'<c r="([A-Z]+\d+)"([^>]*)>(<f>[^<]*</f>)<v ?/?>(?:</v>)?</c>', one, xml)


# ---------------------------------------------------------------- all files


def make_all() -> dict[str, bytes]:
    """Every generated file of sample_data by its path within it.

    Raises:
        ValueError: the norms in the repository have errors.
    """
    framework, found = load_framework(STANDARDS)
    if framework is None:
        raise ValueError(f"{STANDARDS}: {found}")
    samples = load_samples()
    files = {
        sample.file: saved(make_workbook(framework, sample), sample.network["Toetsjaar"]) for sample in samples
    }
    base, network, faults = load_faults()
    sample = next(item for item in samples if item.file == base)
    changed = Sample(file="fictional/fouten-2026.xlsx", network={**sample.network, **network}, sheets=sample.sheets)
    book = make_workbook(framework, changed)
    seeded = seed(book, faults)
    files[changed.file] = saved(book, sample.network["Toetsjaar"])
    files["fictional/fouten-2026.md"] = fault_list(seeded, "fouten-2026.xlsx").encode()
    return files


def main(arguments: list[str]) -> None:
    target = Path(arguments[0]) if arguments else TARGET
    for name, content in make_all().items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{path} ({len(content):,} bytes)")


if __name__ == "__main__":
    main(sys.argv[1:])
