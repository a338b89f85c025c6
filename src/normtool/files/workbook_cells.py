"""One quick pass over the XML of a sheet: what the parser would lose, and whether the sheet is bearable.

Sheets as the known programs write them are searched as bytes; anything out of the ordinary is read with
expat, which is slower and misses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Diagnostic
from normtool.core.places import CellPlace, FilePlace

Address = tuple[int, int]

MAX_ROW = 99_999
"""60,000 register rows are the most we know of; a stray cell in the last row would make a million."""
MAX_COLUMN = 702
"""Column ZZ; the widest sheet of the form has about 40."""
MAX_AREA = 3_000_000
"""Cells in the rectangle the parser lays out, about 100 MB of memory."""
MAX_ODD_BYTES = 24 * 1024 * 1024
"""Expat reads about 4 MB a second with our handlers; this keeps an odd sheet under ten seconds."""

NOT_PLAIN = re.compile(rb'<c(?! r="A?[A-Za-z]\d{1,4}")')
NOT_ADDRESSED = re.compile(rb'<c(?! r=")')
COLUMNS = re.compile(rb'<c r="([A-Za-z]+)')
ROWS = re.compile(rb'<c r="[A-Za-z]+(\d+)"')
ERROR = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*?\st="e"[^>]*>\s*'
    rb"(?:<f\b[^>]*?/>|<f\b[^>]*>[^<]*</f>)?\s*<v>([^<]*)</v>"
)
UNREAD_FORMULA = re.compile(
    rb'<c r="([A-Z]+)(\d+)"((?:\s[^>]*)?)>\s*'
    rb"(?:<f\b[^>]*?/>|<f\b[^>]*>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>|</c>)"
)
HIDDEN_ROW = re.compile(rb'<row r="(\d{1,7})"[^>]*\shidden="(?:1|true)"')
MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
CELL_REFERENCE = re.compile(r"([A-Za-z]{1,4})(\d{1,8})")
ANY_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\s*>")


@dataclass(slots=True, kw_only=True)
class SheetFacts:
    """What stands in the XML of a sheet beside its plain values; addresses are (row, column) from 1."""

    errors: list[tuple[Address, str]] = field(default_factory=list)
    unread_formulas: list[tuple[Address, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    has_values: bool = False


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def scan_sheet(content: bytes, file: str, sheet: str) -> SheetFacts | Diagnostic:
    """The facts of a sheet, or the reason why it is not read."""
    start, end = content.find(b"<sheetData"), content.rfind(b"</sheetData>")
    body = content[start:end]
    if start < 0 or end < 0 or is_odd(body):
        return read_odd_sheet(content, file, sheet)
    facts = SheetFacts(has_values=ANY_VALUE.search(content) is not None)
    # One byte is found many times faster than a few: error codes begin with #, formulas with <f.
    if b"#" in body and b't="e"' in body:
        facts.errors = [(address(row, column), code.decode()) for column, row, code in ERROR.findall(body)]
        if len(facts.errors) != body.count(b't="e"'):
            return read_odd_sheet(content, file, sheet)
    if b"f" in body and b"<f" in body:
        # A stored empty text (t="str") is a result; nothing at all is not.
        facts.unread_formulas = [
            (address(row, column), "=" + unescape(formula))
            for column, row, attributes, formula in UNREAD_FORMULA.findall(body)
            if b't="str"' not in attributes
        ]
    if b' hidden="' in body:
        facts.hidden_rows = [int(row) for row in HIDDEN_ROW.findall(body)]
    if content.find(b"<mergeCell ", end) >= 0:
        facts.merged = [
            (*address(top, left), *address(bottom, right))
            for left, top, right, bottom in MERGED.findall(content, end)
        ]
    return facts


def is_odd(body: bytes) -> bool:
    """Whether the rows are not written as Excel and its kin write them, or the sheet may be too large.

    The first search settles most sheets: plain addresses up to AZ9999 cannot make a sheet too large.
    """
    if b":c" in body or (b"!" in body and b"<!" in body) or (b"?" in body and b"<?" in body):
        return True
    if NOT_PLAIN.search(body) is None:
        return False
    return NOT_ADDRESSED.search(body) is not None or reaches_too_far(body)


def reaches_too_far(body: bytes) -> bool:
    """Whether the sheet might be too large; then each cell is looked at, to see which hold anything."""
    rows = ROWS.findall(body)
    columns = set(COLUMNS.findall(body))
    widest = max((column_number(column.decode()) for column in columns if len(column) < 4), default=0)
    last = max(map(int, {row[:12] for row in rows}), default=0)
    is_strange = len(rows) != body.count(b"<c") or any(len(column) > 3 for column in columns)
    return is_strange or last > MAX_ROW or widest > MAX_COLUMN or last * widest > MAX_AREA


def address(row: bytes, column: bytes) -> Address:
    """(row, column) from the two halves of an address."""
    return int(row), column_number(column.decode())


def unescape(text: bytes) -> str:
    """Text of a formula as it was typed."""
    plain = text.decode("utf-8")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, sign)
    return plain


def read_odd_sheet(content: bytes, file: str, sheet: str) -> SheetFacts | Diagnostic:
    """The same facts, element by element; every cell that holds something is held against the limits."""
    place = FilePlace(file=file, sheet=sheet)
    if len(content) > MAX_ODD_BYTES:
        return Diagnostic(rule=rules.TOO_MANY_CELLS, place=place, facts=(("limit", MAX_AREA),))
    reader = OddSheet()
    try:
        reader.read(content)
    except (expat.ExpatError, ValueError):
        return Diagnostic(rule=rules.DAMAGED_PART, place=place, facts=(("part", sheet),))
    row, column = reader.last_row, reader.last_column
    if row > MAX_ROW or column > MAX_COLUMN:
        row, column = reader.farthest
        far = CellPlace(file=file, sheet=sheet, row=row, column=column)
        return Diagnostic(rule=rules.CELL_FAR_AWAY, place=far, facts=(("cell", far.cell),))
    if row * column > MAX_AREA:
        return Diagnostic(rule=rules.TOO_MANY_CELLS, place=place, facts=(("limit", MAX_AREA),))
    return reader.facts


class OddSheet:
    """Reads one sheet with expat: other prefixes, quotes and orders, cells without an address, comments."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.last_row = self.last_column = 0
        self.farthest: Address = (0, 0)
        self.row = self.column = 0
        self.kind = ""
        self.has_formula = self.has_value = self.in_value = self.in_formula = False
        self.value: list[str] = []
        self.formula: list[str] = []

    def read(self, content: bytes) -> None:
        """Take in the whole sheet.

        Raises:
            ExpatError, ValueError: it is not well-formed, or an address is not one.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.Parse(content, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if attributes.get("hidden") in {"1", "true"}:
                self.facts.hidden_rows.append(self.row)
        elif tag == "c":
            self.begin_cell(attributes)
        elif tag == "f":
            self.has_formula = self.in_formula = True
        elif tag in {"v", "is"}:
            self.in_value = True
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.facts.merged.append((*parse_address(first), *parse_address(last or first)))

    def begin_cell(self, attributes: dict[str, str]) -> None:
        """A cell: at its own address, or after the one before it."""
        if "r" in attributes:
            self.row, self.column = parse_address(attributes["r"])
        else:
            self.column += 1
        self.kind = attributes.get("t", "n")
        self.has_formula = self.has_value = False
        self.value, self.formula = [], []

    def text(self, text: str) -> None:
        """Characters inside a value or a formula."""
        if self.in_value:
            self.value.append(text)
            self.has_value = True
        elif self.in_formula:
            self.formula.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = name.rpartition(":")[2]
        if tag in {"v", "is"}:
            self.in_value = False
        elif tag == "f":
            self.in_formula = False
        elif tag == "c":
            self.end_cell()

    def end_cell(self) -> None:
        """Note what the cell holds."""
        here = (self.row, self.column)
        if self.has_value:
            self.facts.has_values = True
            self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
            if self.row > MAX_ROW or self.column > MAX_COLUMN:
                self.farthest = max(self.farthest, here)
        if self.kind == "e":
            self.facts.errors.append((here, "".join(self.value)))
        elif self.has_formula and not self.has_value and self.kind != "str":
            self.facts.unread_formulas.append((here, "=" + "".join(self.formula)))


def parse_address(reference: str) -> Address:
    """(row, column) of an address such as B7. Raises ValueError when it is none."""
    match = CELL_REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise ValueError(reference)
    return int(match.group(2)), column_number(match.group(1))
