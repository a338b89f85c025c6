"""Puts faults into a workbook, and lists them with the cell and the code that the program must name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from script.samples.filling import NETWORK, Grown, Values, open_sheet

NO_TABLES = frozenset({NETWORK, "Invulwijzer", "_normtool"})


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


def load_faults(path: Path) -> tuple[str, Values, list[Fault]]:
    """The workbook that the faults are put in, the network's facts that differ, and the faults."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    faults = [
        Fault(number=number, code=item.pop("code"), text=item.pop("wat"), do=item)
        for number, item in enumerate(content["fouten"], 1)
    ]
    return content["uit"], content[NETWORK], faults


def seed(book: Workbook, faults: list[Fault]) -> list[Seeded]:
    """Put in all faults; rows are looked up in the workbook as it was, so that one fault does not hide another."""
    grown = {sheet.title: open_sheet(sheet) for sheet in book if sheet.title not in NO_TABLES}
    before = {name: {row: item.values(row) for row in item.rows()} for name, item in grown.items()}
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
        cells = [seed_header(grown, header, value) for header, value in do["koppen"].items()]
        return Seeded(fault=fault, sheet=sheet, cell=cells[0] if len(cells) == 1 else "")
    row = row_for(grown, do, before[sheet])
    for header, value in do["zet"].items():
        grown.cell(row, header).value = value
    return Seeded(fault=fault, sheet=sheet, cell=grown.cell(row, do.get("bij") or next(iter(do["zet"]))).coordinate)


def seed_header(grown: Grown, header: str, value: str) -> str:
    """Write over a header, or add one when there is none of that name; gives the address."""
    number = grown.columns.get(header) or max(grown.columns.values()) + 1
    cell = grown.sheet.cell(grown.header_row, number)
    cell.value = value
    return cell.coordinate


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
        f"`normtool check {file}` moet precies deze {len(seeded)} fouten noemen. Daarnaast komen er vragen en",
        "opmerkingen, soms als gevolg van een fout. `normtool explain NT301` legt een code uit.",
        "",
        "| nr | blad | cel | wat er mis is | code |",
        "|---:|---|---|---|---|",
    ]
    for item in seeded:
        cell = item.cell or "–"
        lines.append(f"| {item.fault.number} | {item.sheet} | {cell} | {item.fault.text} | {item.fault.code} |")
    return "\n".join(lines) + "\n"
