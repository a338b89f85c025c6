"""A sheet written as no known program writes it, read element by element and written anew for the parser.

Other prefixes and quotes, cells without an address, comments and CDATA in a value, errors of a newer Excel: what
two readers could take differently is decided here, once.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from normtool.core import rules_workbooks as rules
from normtool.core.places import CellPlace, FilePlace, column_letters
from normtool.files.reading_limits import MEBIBYTE
from normtool.files.workbook_cells import (
    MAX_AREA,
    MAX_COLUMN,
    MAX_LONG_RUN,
    MAX_ROW,
    Address,
    SheetFacts,
    alone,
    parse_address,
)
from normtool.files.workbook_package import RefusedError
from normtool.files.workbook_parts import Handlers, read_elements

MAX_ODD_BYTES = 12 * MEBIBYTE
"""Expat reads about 4 MB a second with our handlers; this keeps an odd sheet under four seconds."""
KINDS = frozenset({"n", "s", "str", "inlineStr", "b", "d", "e"})


def read_odd_sheet(content: bytes, place: FilePlace) -> SheetFacts:
    """The facts of a sheet, element by element; every cell that holds something is held against the limits.

    Raises:
        RefusedError: the sheet is too large, or is not well-formed.
    """
    if len(content) > MAX_ODD_BYTES:
        raise RefusedError(rules.TOO_MANY_CELLS, place, limit=MAX_AREA)
    reader = OddSheet()
    try:
        read_elements(place.sheet, content, Handlers(start=reader.start, end=reader.end, text=reader.text))
    except ValueError as fault:
        raise RefusedError(rules.DAMAGED_PART, place, part=place.sheet) from fault
    if reader.root != "worksheet":
        raise RefusedError(rules.DAMAGED_PART, place, part=place.sheet)
    row, column = reader.last_row, reader.last_column
    if row > MAX_ROW or column > MAX_COLUMN:
        row, column = reader.farthest
        far = CellPlace(file=place.file, sheet=place.sheet, row=row, column=column)
        raise RefusedError(rules.CELL_FAR_AWAY, far, cell=far.cell)
    if row * column > MAX_AREA:
        raise RefusedError(rules.TOO_MANY_CELLS, place, limit=MAX_AREA)
    return reader.facts()


class OddSheet:
    """Reads one sheet: its rows wherever they stand, and the cells in them as a parser gets them."""

    def __init__(self) -> None:
        self.found = SheetFacts(content=b"", values=0, area=0)
        self.written: list[str] = []
        self.seen: set[Address] = set()
        self.root = ""
        self.data_sheets = 0
        self.in_data = False
        self.last_row = self.last_column = 0
        self.farthest: Address = (0, 0)
        self.row = self.column = 0
        self.kind = self.style = ""
        self.has_formula = self.in_cell = False
        self.taking: list[str] | None = None
        self.value: list[str] = []
        self.formula: list[str] = []

    def facts(self) -> SheetFacts:
        """What was found, with the sheet as it is written anew."""
        self.found.content = alone("".join(["<sheetData>", *self.written]).encode())
        self.found.area = self.last_row * self.last_column
        return self.found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.root = self.root or tag
        match tag:
            case "sheetData":
                self.in_data = True
                self.data_sheets += 1
            case "row":
                self.begin_row(attributes)
            case "c":
                self.begin_cell(attributes)
            case "f":
                self.has_formula = True
                self.taking = self.formula
            case "v" | "t" if self.in_cell:
                if tag == "v" and self.value:
                    raise ValueError("two values")
                self.taking = self.value
            case "rPh":
                self.in_cell = False  # how a text is pronounced is not the text
            case "mergeCell":
                first, _, last = attributes.get("ref", "").partition(":")
                self.found.merged.append((*parse_address(first), *parse_address(last or first)))

    def begin_row(self, attributes: dict[str, str]) -> None:
        """A row: at its own number, or after the one before it."""
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0
        if attributes.get("hidden") in {"1", "true"}:
            self.found.hidden_rows.append(self.row)

    def begin_cell(self, attributes: dict[str, str]) -> None:
        """A cell: at its own address, or after the one before it."""
        if self.in_cell:
            raise ValueError("a cell in a cell")
        if "r" in attributes:
            self.row, self.column = parse_address(attributes["r"])
        else:
            self.column += 1
        self.kind = attributes.get("t", "n")
        if self.kind not in KINDS:
            raise ValueError(self.kind)
        self.style = str(int(attributes.get("s", "0") or "0"))
        self.in_cell = True
        self.has_formula = False
        self.value, self.formula = [], []

    def text(self, text: str) -> None:
        """Characters inside a value or a formula."""
        if self.taking is not None:
            self.taking.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        match tag:
            case "v" | "t" | "f":
                self.taking = None
            case "rPh":
                self.in_cell = True
            case "c":
                self.end_cell()
            case "sheetData":
                self.in_data = False

    def end_cell(self) -> None:
        """Note what the cell holds, and write it for the parser."""
        self.in_cell = False
        here = (self.row, self.column)
        value = "".join(self.value)
        if self.kind == "e":
            self.found.errors.append((here, value))
        elif value:
            self.write(here, value)
        elif self.has_formula and self.kind != "str":
            self.found.unread_formulas.append((here, "=" + "".join(self.formula)))

    def write(self, here: Address, value: str) -> None:
        """A cell with a value, in the way every program understands."""
        row, column = here
        if here in self.seen or row < 1 or column < 1:
            raise ValueError(here)
        self.seen.add(here)
        if not self.in_data or self.data_sheets > 1:
            self.found.has_strays = True
            return
        kind = "str" if self.kind == "inlineStr" else self.kind
        if kind == "s":
            self.found.shared.append(int(value))
        self.found.values += 1
        self.found.has_long_text = self.found.has_long_text or len(value) > MAX_LONG_RUN
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        if row > MAX_ROW or column > MAX_COLUMN:
            self.farthest = max(self.farthest, here)
        text = escape(value).replace("\r", "_x000D_")
        cell = f'<c r="{column_letters(column)}{row}" s="{self.style}" t="{kind}"><v>{text}</v></c>'
        self.written.append(f'<row r="{row}">{cell}</row>')
