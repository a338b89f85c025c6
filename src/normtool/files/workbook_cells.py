"""One quick pass over the XML of a sheet: what the parser would lose, and whether the sheet is bearable.

A sheet in which every element is written as the known programs write it is matched as a whole, in bytes. Anything
else goes to `workbook_odd_cells`, which is slower, misses nothing, and writes the sheet anew for the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Address = tuple[int, int]

MAX_ROW = 99_999
"""60,000 register rows are the most we know of; a stray cell in the last row would make a million."""
MAX_COLUMN = 702
"""Column ZZ; the widest sheet of the form has about 40."""
MAX_AREA = 3_000_000
"""Cells in the rectangle the parser lays out, about 100 MB of memory."""
MAX_TOTAL_AREA = 10_000_000
"""Cells in the rectangles of all sheets: each takes eight bytes when they are kept, also when it is empty."""
MAX_LONG_RUN = 32_767
"""Characters that Excel allows in a cell; more bytes without a tag mean that every text is measured."""

_ATTRIBUTES = rb'(?: (?:s|t|cm|vm|ph)="\w++")*+'
_NO_ERROR = rb'(?: s="\d++")?+(?: t="(?!e")\w++")?+'
_VALUE = rb'(?:<v>[^<]*+</v>|<is><t(?: xml:space="preserve")?>[^<]*+</t></is>)?+'
_FORMULA = rb"(?:<f(?: [^<>]*+)?>[^<]*+(?:</f>)?+)?+"
_ROW = rb'<row r="\d{1,7}+"%s>(?:%s)*+(?:</row>)?+'
_SHOWN = rb"[^<>h]*+(?:h(?!idden)[^<>h]*+)*+"
PLAIN = re.compile(
    rb"<sheetData>(?:%s)*+" % (_ROW % (_SHOWN, rb'<c r="A?[A-Z]\d{1,4}+"%s(?:/>|>%s</c>)' % (_NO_ERROR, _VALUE)))
)
"""Rows of values without formulas, none hidden and none beyond AZ9999: so most sheets are settled."""
PLAIN_AREA = 52 * 9_999
"""Cells of the largest sheet that PLAIN admits."""
_CELL = rb'\s*+<c r="[A-Z]{1,3}+\d{1,7}+"%s(?:/>|>%s%s</c>)\s*+' % (_ATTRIBUTES, _FORMULA, _VALUE)
FULL = re.compile(rb"<sheetData>\s*+(?:%s\s*+)*+" % (_ROW % (rb"[^<>]*+", _CELL)))
"""The same with formulas, anywhere, also when it was written with a line for each."""

COLUMNS = re.compile(rb'<c r="([A-Z]+)')
ROWS = re.compile(rb'<c r="[A-Z]+(\d+)"')
ERROR = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*?\st="e"[^>]*>'
    rb"(?:<f\b[^>]*?/>|<f\b[^>]*>[^<]*</f>)?<v>([^<]*)</v>"
)
UNREAD_FORMULA = re.compile(
    rb'<c r="([A-Z]+)(\d+)"((?:\s[^>]*)?)>'
    rb"(?:<f\b[^>]*?/>|<f\b[^>]*>([^<]*)</f>)(?:<v></v>|</c>)"
)
HIDDEN_ROW = re.compile(rb'<row r="(\d{1,7})"[^>]*\shidden="(?:1|true)"')
MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
CELL_REFERENCE = re.compile(r"([A-Za-z]{1,4})(\d{1,8})")
KNOWN_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""Errors that the parser knows; at any other it gives up."""


@dataclass(slots=True, kw_only=True)
class SheetFacts:
    """What stands in the XML of a sheet beside its plain values; addresses are (row, column) from 1.

    `content` is what the parser gets; `values` counts the cells that it must find filled. `area` is at least the
    number of cells it will lay out. `has_strays`: values stand where no parser looks for them.
    """

    content: bytes
    values: int
    area: int
    errors: list[tuple[Address, str]] = field(default_factory=list)
    unread_formulas: list[tuple[Address, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    shared: list[int] = field(default_factory=list)
    has_long_text: bool = False
    has_strays: bool = False


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def scan_sheet(content: bytes) -> SheetFacts | None:
    """The facts of a sheet; None when it must be read element by element."""
    start, end = content.find(b"<sheetData>"), content.rfind(b"</sheetData>")
    if start < 0 or end < start or b"<!" in content[:start] or has_value(content[:start], content[end:]):
        return None
    body = content[start:end]
    is_plain = PLAIN.fullmatch(body) is not None
    if not is_plain and FULL.fullmatch(body) is None:
        return None
    area = PLAIN_AREA if is_plain else area_of(body)
    if area > MAX_AREA:
        return None
    values = body.count(b"</v>") + body.count(b"</is>")
    facts = SheetFacts(content=alone(body), values=values, area=area)
    facts.has_long_text = has_long_run(body)
    if not is_plain and not add_broken_cells(facts, body):
        return None
    if not is_plain and b' hidden="' in body:
        facts.hidden_rows = [int(row) for row in HIDDEN_ROW.findall(body)]
    if content.find(b"<mergeCell ", end) >= 0:
        facts.merged = [
            (*address(top, left), *address(bottom, right))
            for left, top, right, bottom in MERGED.findall(content, end)
        ]
    return facts


def has_value(*around: bytes) -> bool:
    """Whether cells that may hold something stand outside the rows, where the parser does not look."""
    return any(b"</c>" in text for text in around)


def alone(body: bytes) -> bytes:
    """A sheet of these rows and nothing else: the parser need not look at the rest."""
    return b"<worksheet>%s</sheetData></worksheet>" % body


def add_broken_cells(facts: SheetFacts, body: bytes) -> bool:
    """Note errors and formulas without a result; False when they are not all written as they should be."""
    if b't="e"' in body:
        facts.errors = [(address(row, column), code.decode()) for column, row, code in ERROR.findall(body)]
        if len(facts.errors) != body.count(b't="e"') or not {code for _, code in facts.errors} <= KNOWN_ERRORS:
            return False
    # A stored empty text (t="str") is a result; nothing at all is not.
    facts.unread_formulas = [
        (address(row, column), "=" + unescape(formula))
        for column, row, attributes, formula in UNREAD_FORMULA.findall(body)
        if b't="str"' not in attributes
    ]
    facts.values -= body.count(b"<v></v>") + len(facts.errors)
    return True


def area_of(body: bytes) -> int:
    """Cells in the rectangle of the sheet; more than allowed when a cell lies far away."""
    columns = set(COLUMNS.findall(body))
    widest = max((column_number(column.decode()) for column in columns), default=0)
    last = max(map(int, ROWS.findall(body)), default=0)
    return MAX_AREA + 1 if last > MAX_ROW or widest > MAX_COLUMN else last * widest


def has_long_run(body: bytes) -> bool:
    """Whether a text may be longer than a cell of Excel can hold: only every so many bytes are looked at."""
    place = 0
    while place + MAX_LONG_RUN < len(body):
        place = body.rfind(b"<", place + 1, place + MAX_LONG_RUN + 1)
        if place < 0:
            return True
    return False


def address(row: bytes, column: bytes) -> Address:
    """(row, column) from the two halves of an address."""
    return int(row), column_number(column.decode())


def unescape(text: bytes) -> str:
    """Text of a formula as it was typed."""
    plain = text.decode("utf-8")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, sign)
    return plain


def parse_address(reference: str) -> Address:
    """(row, column) of an address such as B7. Raises ValueError when it is none."""
    match = CELL_REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise ValueError(reference)
    return int(match.group(2)), column_number(match.group(1))
