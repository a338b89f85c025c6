"""A form in parts, filled in from a whole one: what a hospital or tumour group would type, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conftest import built_in
from tests.e2e.filling import Form, excel_value

DOCUMENTS, MEETINGS, INDICATORS = "Documenten", "Overlegvormen", "Indicatoren"
SHOWN = frozenset({"Standaard", "Klasse", "Vraag", "Norm", "Waar", "Vorig jaar", "Aangeleverd", "Bevestigd"})
Row = Mapping[str, Any]


def rows_of(form: Form, sheet: str) -> Iterator[dict[str, Any]]:
    """The rows of a sheet by header, without what last year offers."""
    headers, found = form.headers(sheet), form.sheet(sheet)
    for number in range(form.header_row(sheet) + 1, found.max_row + 1):
        row = {header: found.cell(number, column).value for header, column in headers.items() if header not in SHOWN}
        filled = {header: value for header, value in row.items() if value is not None}
        if filled:
            yield filled


def fill_from(whole: Form, path: Path) -> Form:
    """Fill in a part with the rows of the whole form that stand in it; the network's part gets the rest."""
    part = Form(path)
    is_network = INDICATORS in part.book.sheetnames
    for register in built_in().registers:
        sheet = register.sheet.nl
        if sheet not in part.book.sheetnames or (sheet == DOCUMENTS and not is_network):
            continue
        keys = [column.header.nl for column in register.key_columns if column.type.value != "choice"]
        own = {tuple(row.get(key) for key in keys) for row in rows_of(part, sheet)}
        is_open = register.expected.value in ("none", "choices_used")
        for row in rows_of(whole, sheet):
            if is_open or tuple(row.get(key) for key in keys) in own:
                _put(part, sheet, keys, row)
        _complete(whole, part, sheet)
    if is_network:
        for row in rows_of(whole, INDICATORS):
            part.put(INDICATORS, {"Id": row["Id"]}, row)
        for label, value in whole.sheet("Netwerk").iter_rows(min_row=5, max_col=2, values_only=True):
            if value is not None:
                part.network(str(label), value)
    part.save()
    return part


def _put(part: Form, sheet: str, keys: list[str], row: Row) -> None:
    """Type a row where its key stands already, else where its kind is expected, else in the first empty row."""
    headers, found = part.headers(sheet), part.sheet(sheet)
    first = part.header_row(sheet) + 1
    numbers = range(first, found.max_row + 2)
    names = {
        number: {header: found.cell(number, column).value for header, column in headers.items()} for number in numbers
    }

    def fits(number: int) -> int:
        cells = {header: value for header, value in names[number].items() if header not in SHOWN}
        if all(cells.get(key) == row.get(key) for key in keys):
            return 0
        is_expected = sheet == MEETINGS and cells["Soort"] == row["Soort"] and cells["Naam"] is None
        return 1 if is_expected else 2 if not any(names[number].values()) else 3

    best = min(numbers, key=lambda number: (fits(number), number))
    for header, value in row.items():
        found.cell(best, headers[header]).value = excel_value(value)


def _complete(whole: Form, part: Form, sheet: str) -> None:
    label = "Dit overzicht is volledig"
    cells = [cell for line in whole.sheet(sheet).iter_rows(max_row=10) for cell in line if cell.value == label]
    own = [cell for line in part.sheet(sheet).iter_rows(max_row=10) for cell in line if cell.value == label]
    if cells and own:
        said = cells[0].offset(column=1).value
        part.complete(sheet, said=None if said is None else str(said))


def turn_around(form: Form, sheet: str) -> None:
    """Sort the rows of a sheet the other way, and move its columns."""
    found, head = form.sheet(sheet), form.header_row(sheet)
    columns = sorted(form.headers(sheet).values())
    rows = [[found.cell(row, column).value for column in columns] for row in range(head + 1, found.max_row + 1)]
    used = [row for row in rows if row[0] is not None]
    names = [found.cell(head, column).value for column in columns]
    for offset, row in enumerate([names, *reversed(used)]):
        for column, value in zip(columns, reversed(row), strict=True):
            found.cell(head + offset, column).value = value
