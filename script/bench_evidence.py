"""Seven workbooks of one network with 60,000 register rows, some of them wrong, for script/bench.

Beside each stands a description of its sheets that frictionless can check the same files by: types, closed choices,
required cells and keys; that is all it can be told.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from normtool.core.registers import ColumnType, Register
from normtool.core.standards import Framework

PARTS = 7
HOSPITALS = 120
YEARS = (2024, 2025)
DOCUMENTS = 200
WRONG = 0.002
"""The share of cells that are made wrong: text for a number, an unknown choice, a row twice."""
NAMING = ("documents", "members")
"""Other sheets refer to the keys of these; they stay whole, so that every fault counts once."""
TYPES = {
    ColumnType.WHOLE: "integer",
    ColumnType.YEAR: "integer",
    ColumnType.DATE: "date",
    ColumnType.YES_NO: "boolean",
}
NETWORK = (
    ("Gegeven", "Waarde"),
    ("Code", "meetnet"),
    ("Naam", "Meetnet"),
    ("Toetsjaar", 2026),
    ("Verslagjaar", 2025),
    ("Peildatum", date(2025, 12, 31)),
    ("Eerste toetsjaar", 2026),
    ("Aard van de gegevens", "fictief"),
)

Row = dict[str, object]


def write_evidence(folder: Path, framework: Framework) -> tuple[int, int]:
    """Write the workbooks and their descriptions; gives the number of register rows and of planted faults."""
    rows = faults = 0
    for part in range(1, PARTS + 1):
        chance = random.Random(part)
        book = xlsxwriter.Workbook(str(folder / f"deel-{part}.xlsx"), {"default_date_format": "d-m-yyyy"})
        sheet = book.add_worksheet("Netwerk")
        for number, pair in enumerate(NETWORK):
            sheet.write_row(number, 0, pair)
        described = []
        for register_id, found in part_rows(part, framework):
            register = framework.declared(register_id)
            content = list(found)
            faults += spoil(content, register, chance)
            rows += len(content)
            write_register(book, register, content)
            described.append(description(register, list(content[0])))
        book.close()
        (folder / f"deel-{part}.json").write_text(json.dumps(described), encoding="utf-8")
    return rows, faults


def part_rows(part: int, framework: Framework) -> Iterator[tuple[str, Iterator[Row]]]:
    """The rows of one part, by register."""
    hospitals = [f"H{part}-{number}" for number in range(1, HOSPITALS + 1)]
    groups = [group.name.nl for group in framework.tumour_groups if group.expected]
    treatments = [item.name.nl for item in framework.treatments]
    documents = [f"P{part}-D{number}" for number in range(1, DOCUMENTS + 1)]
    yield "documents", ({"id": name, "title": f"Stuk {name}", "date": date(2025, 3, 14)} for name in documents)
    yield "members", ({"id": name, "name": f"Ziekenhuis {name}", "kind": "ziekenhuis"} for name in hospitals)
    yield (
        "care",
        (
            {
                "location": hospital,
                "group": group,
                "treats": "ja",
                "on_time": 40 + number % 7,
                "treated": 50 + number % 7,
                "documents": documents[number % DOCUMENTS],
            }
            for hospital in hospitals
            for number, group in enumerate(groups)
        ),
    )
    yield (
        "volumes",
        (
            {
                "location": hospital,
                "treatment": treatment,
                "year": year,
                "number": 20 + number,
                "standing": "definitief",
            }
            for hospital in hospitals
            for number, treatment in enumerate(treatments)
            for year in YEARS
        ),
    )


def spoil(rows: list[Row], register: Register, chance: random.Random) -> int:
    """Make some cells wrong, and one row in so many a copy of the one before it; gives how many."""
    count = 0
    for number, row in enumerate(rows):
        for column in register.columns:
            if column.id not in row or chance.random() >= WRONG:
                continue
            if column.type is ColumnType.WHOLE:
                row[column.id] = "een stuk of tien"
            elif column.type in (ColumnType.CHOICE, ColumnType.YES_NO):
                row[column.id] = "misschien wel"
            elif column.type is ColumnType.YEAR:
                row[column.id] = "vorig jaar"
            else:
                continue
            count += 1
        named = register.id in NAMING
        if number and not named and chance.random() < WRONG:
            for key in register.key_columns:
                row[key.id] = rows[number - 1][key.id]
            count += 1
    return count


def write_register(book: Any, register: Register, rows: list[Row]) -> None:
    """One register sheet with its headers in the first row."""
    sheet = book.add_worksheet(register.sheet.nl)
    columns = list(rows[0])
    headers = {column.id: column.header.nl for column in register.columns}
    sheet.write_row(0, 0, [headers[column] for column in columns])
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [row[column] for column in columns])


def description(register: Register, columns: list[str]) -> dict[str, object]:
    """What frictionless can be told about a sheet."""
    fields = []
    for column in register.columns:
        if column.id not in columns:
            continue
        field: dict[str, object] = {"name": column.header.nl, "type": TYPES.get(column.type, "string")}
        if column.type is ColumnType.YES_NO:
            field |= {"trueValues": ["ja"], "falseValues": ["nee"]}
        if column.choices:
            field["constraints"] = {"enum": [choice.label.nl for choice in column.choices]}
        fields.append(field)
    keys = [column.header.nl for column in register.key_columns if column.id in columns]
    return {"sheet": register.sheet.nl, "schema": {"fields": fields, "primaryKey": keys}}
