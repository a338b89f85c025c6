"""A workbook without a single fault, as plain values: the fictional network of the samples, made quiet."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from functools import cache
from pathlib import Path

import openpyxl

from normtool.core.form_names import INDICATOR_COLUMNS, NETWORK_KEYS
from tests.conftest import SAMPLES, built_in
from tests.planting.books import Book, Heading, LooseSheet, Row, Spot, Table, Value

SAMPLE = SAMPLES / "fictional" / "voorbeeldland-2026.xlsx"
NETWORK_HEADINGS = (("item", "Gegeven"), ("value", "Waarde"), ("explanation", "Toelichting"))
COMPLETE = "Dit overzicht is volledig"


def valid_book() -> Book:
    """The valid workbook, free to change."""
    book = pickle.loads(_pickled())
    assert isinstance(book, Book)
    return book


@cache
def _pickled() -> bytes:
    """The valid workbook, to be copied many times."""
    return pickle.dumps(_valid_book())


def _valid_book() -> Book:
    sheets = _sheets(SAMPLE)
    tables = {"network": _network(sheets["Netwerk"]), "indicators": _indicators(sheets["Indicatoren"])}
    for register in built_in().registers:
        headings = [Heading(column.id, column.header.nl) for column in register.columns]
        keys = [column.id for column in register.key_columns]
        rows = sheets[register.sheet.nl]
        table = _table(register.id, register.sheet.nl, rows, headings)
        for row in table.rows:
            row.id = " | ".join(str(row.cells[key]) for key in keys if row.cells.get(key) is not None)
        table.complete = [f"{COMPLETE}: ja/nee", _declared(rows)]
        tables[register.id] = table
    loose = [LooseSheet("Invulwijzer", [["Invulwijzer"], ["Vul per blad in wat u weet."]])]
    loose.append(LooseSheet("_normtool", [list(row[:2]) for row in sheets["_normtool"] if row[0]], hidden=True))
    book = Book(tables=tables, loose=loose, order=["Invulwijzer", *tables, "_normtool"])
    _make_quiet(book)
    return book


def _sheets(path: Path) -> dict[str, list[list[Value]]]:
    workbook = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: [[_plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in workbook.worksheets
    }


def _plain(value: object) -> Value:
    if isinstance(value, datetime):
        return value.date()
    assert value is None or isinstance(value, str | int | float | bool | date), value
    return value


def _network(rows: list[list[Value]]) -> Table:
    headings = [Heading(column, text) for column, text in NETWORK_HEADINGS]
    table = _table("network", "Netwerk", rows, headings)
    labels = {key.text.nl: key.id for key in NETWORK_KEYS}
    for row in table.rows:
        row.id = labels[str(row.cells["item"])]
    return table


def _indicators(rows: list[list[Value]]) -> Table:
    headings = [Heading(column.id, column.text.nl) for column in INDICATOR_COLUMNS]
    table = _table("indicators", "Indicatoren", rows, headings)
    for row in table.rows:
        row.id = str(row.cells["id"])
    return table


def _table(table_id: str, name: str, rows: list[list[Value]], headings: list[Heading]) -> Table:
    """The table below the row that begins with these headers; columns that this sheet lacks are left out."""
    texts = [heading.text for heading in headings]
    start = next(number for number, row in enumerate(rows) if row[:2] == texts[:2])
    headers = rows[start]
    there = [heading for heading in headings if heading.text in headers]
    found = [
        Row(str(number), {heading.id: row[headers.index(heading.text)] for heading in there})
        for number, row in enumerate(rows[start + 1 :])
    ]
    for row in found:
        row.cells = {column: value for column, value in row.cells.items() if value is not None}
    titles = [str(row[0]) for row in rows[:start] if row[0] is not None and not str(row[0]).startswith(COMPLETE)]
    return Table(table_id, name, titles, there, [row for row in found if row.cells])


def _declared(rows: list[list[Value]]) -> Value:
    """What stands beside the label that asks whether the overview is complete."""
    for row in rows:
        for number, value in enumerate(row):
            if isinstance(value, str) and value.startswith(COMPLETE):
                return row[number + 1]
    return None


def _make_quiet(book: Book) -> None:
    """Leave nothing to note or to ask, and give the rarer kinds of answers a place to go wrong."""
    book.put(Spot("tumour_types", "Maag-darm-lever", "figures_discussed"), date(2025, 10, 7))
    book.put(Spot("tumour_types", "Hersenen", "figures_discussed"), date(2025, 11, 26))
    _leave_the_tranche_open(book)
    indicators = book.tables["indicators"].rows
    answered: dict[str, Value] = {"numerator": 120, "denominator": 340, "year": 2025}
    indicators.append(
        Row("N3.8", {"id": "N3.8", **answered, "source": "eigen telling (verzonnen)", "documents": "D10"})
    )
    book.tables["indicators"].row("N5.5").cells = {
        "id": "N5.5",
        "answer": "n.v.t.",
        "reason_not_applicable": "De opleidingen zijn landelijk geregeld.",
    }


def _leave_the_tranche_open(book: Book) -> None:
    """Say of the steps of other groups only: what changes a date or a plan then raises no question about them."""
    for row in book.tables["tumour_types"].rows:
        row.cells.pop("iza_step", None)
    steps = {"Huid": date(2023, 5, 11), "Borst": date(2024, 2, 1), "Hersenen": date(2024, 9, 12)}
    book.tables["iza_steps"].rows = [Row(name, {"group": name, "swot": day}) for name, day in steps.items()]
