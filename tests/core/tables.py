"""A workbook as a markdown table, and what a user sees of it: code, sheet, cell, and what was read.

    ## Indicatoren
    | Id   | Antwoord |
    |------|----------|
    | N1.2 | misschien |

The first line of a table is row 1; the line of dashes is not a row. A cell holds what a spreadsheet would hold:
`48` and `0,85` are numbers, `2025-12-31` a date, `TRUE` a boolean, `ja` a text,
`"48"` the text 48, `#REF!` an error, `=A1` a formula without a stored result. `⏎` is a line break, `␣` a
non-breaking space; an empty row is `| … |`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.evidence import DateSpan, DocumentReference, Evidence, RegisterRow, Said, Unreadable
from normtool.core.form_names import INDICATOR_COLUMNS
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.intake import Known, take_in
from normtool.core.places import CellPlace, FilePlace, Place
from normtool.core.spellings import plain
from normtool.core.standards import Framework
from tests.conftest import built_in

NETWORK = """
## Netwerk
| Gegeven          | Waarde       |
| Code             | ALBA         |
| Naam             | Netwerk Alba |
| Toetsjaar        | 2026         |
| Verslagjaar      | 2025         |
| Peildatum        | 2025-12-31   |
| Eerste toetsjaar | 2026         |
"""

DASHES = re.compile(r"^\|[\s:|-]*-{3}[\s:|-]*\|$")


# --- from markdown to a grid ---------------------------------------------------------------------------------------


def workbook(markdown: str, file: str = "formulier.xlsx") -> Grid:
    """The workbook that a page of markdown tables describes."""
    sheets = []
    for part in re.split(r"^## ", markdown, flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        lines = [line.strip() for line in body.splitlines() if line.strip().startswith("|")]
        sheets.append(sheet(name.strip(), [line for line in lines if not DASHES.match(line)]))
    return Grid(file=file, sheets=tuple(sheets), digest="0" * 64)


def sheet(name: str, lines: list[str]) -> Sheet:
    """One sheet out of the lines of its table."""
    rows: list[tuple[GridValue, ...]] = []
    errors: list[tuple[tuple[int, int], str]] = []
    formulas: list[tuple[tuple[int, int], str]] = []
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        for column, cell in enumerate(cells, 1):
            if cell.startswith("#"):
                errors.append(((number, column), cell))
            elif cell.startswith("="):
                formulas.append(((number, column), cell))
        rows.append(tuple(cell_value(cell) for cell in cells))
    return Sheet(name=name, rows=tuple(rows), errors=tuple(errors), unread_formulas=tuple(formulas))


def cell_value(cell: str) -> GridValue:
    """What a spreadsheet holds when this stands in a cell of the table."""
    text = cell.replace("⏎", "\n").replace("␣", "\u00a0")
    if text in ("", "…") or text.startswith(("#", "=")):
        return None
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return text[1:-1]
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+,\d+", text):
        return float(text.replace(",", "."))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", text):
        return datetime.fromisoformat(text)
    return {"TRUE": True, "FALSE": False}.get(text, text)


# --- the form as it is sent out ------------------------------------------------------------------------------------


def form(markdown: str, file: str = "formulier.xlsx", framework: Framework | None = None) -> Grid:
    """A whole form: what the page leaves out of it, sheets as well as columns, is there but empty."""
    norms = framework or built_in()
    given = workbook(markdown, file)
    named = {plain(item.name) for item in given.sheets}
    if not named & {"netwerk", "network"}:
        given = replace(given, sheets=(*workbook(NETWORK, file).sheets, *given.sheets))
    headers = {"Indicatoren": [column.text.nl for column in INDICATOR_COLUMNS]}
    headers |= {item.sheet.nl: [column.header.nl for column in item.columns] for item in norms.registers}
    english = {"Indicatoren": "Indicators"} | {item.sheet.nl: item.sheet.en for item in norms.registers}
    sheets = [completed(item, headers[item.name]) if item.name in headers else item for item in given.sheets]
    sheets += [
        Sheet(name=name, rows=(tuple(row),))
        for name, row in headers.items()
        if not named & {plain(name), plain(english[name])}
    ]
    return replace(given, sheets=tuple(sheets))


def completed(given: Sheet, headers: list[str]) -> Sheet:
    """A sheet with the headers that it lacks to the right of its own."""
    at = next((n for n, row in enumerate(given.rows) if set(row) & set(headers)), None)
    if at is None:
        return given
    width = max(len(row) for row in given.rows)
    more = tuple(header for header in headers if header not in given.rows[at])
    own = given.rows[at] + (None,) * (width - len(given.rows[at]))
    return replace(given, rows=(*given.rows[:at], own + more, *given.rows[at + 1 :]))


def read(
    markdown: str, *more: str, framework: Framework | None = None, on: date | None = None
) -> tuple[Evidence, Diagnostics]:
    """The evidence in a form (or in several parts of it), and what there is to say about it."""
    norms = framework or built_in()
    parts = [form(page, f"deel-{number}.xlsx", norms) for number, page in enumerate(more, 2)]
    evidence, diagnostics = take_in(norms, (form(markdown, framework=norms), *parts), Known(on=on))
    assert evidence is not None, seen(diagnostics)
    return evidence, diagnostics


def said(markdown: str, *more: str, framework: Framework | None = None, on: date | None = None) -> list[str]:
    """What is said about a form."""
    return seen(read(markdown, *more, framework=framework, on=on)[1])


# --- what the user sees --------------------------------------------------------------------------------------------


def seen(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Diagnostics as lines: code, place, facts, and the places they also speak of."""
    return [line(item) for item in diagnostics]


def line(item: Diagnostic) -> str:
    """One diagnostic as a line."""
    parts = [item.code, place(item.place), *(f"{name}={value}" for name, value in item.facts)]
    parts += [f"({related.role}: {place(related.place)})" for related in item.related]
    return " ".join(part for part in parts if part)


def place(of: Place | None) -> str:
    """A place as a user reads it."""
    match of:
        case CellPlace():
            return f"{of.sheet}!{of.cell}"
        case FilePlace():
            return of.sheet or of.file
        case _:
            return str(of)


def rows(evidence: Evidence, register: str) -> list[dict[str, object]]:
    """The rows of a register: column id to the value that was read."""
    return [row_values(row) for row in evidence.register(register).rows]


def row_values(row: RegisterRow) -> dict[str, object]:
    """One row: column id to the value that was read."""
    return {name: told(cell.value) for name, cell in row.values}


def told(value: object) -> object:
    """A value in a few signs: a day as a date, a span as `first … last`, a document as `D4 p. 12`."""
    match value:
        case DateSpan():
            return value.first if value.is_exact else f"{value.first} … {value.last}"
        case Unreadable():
            return f"? {value.text}"
        case Said():
            return value.value
        case tuple():
            return [told(item) for item in value]
        case DocumentReference():
            return f"{value.document} p. {value.page}" if value.page else value.document
        case _:
            return value
