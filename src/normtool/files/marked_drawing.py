"""The yellow notes of comments: old-fashioned drawings (VML) without which no spreadsheet shows a comment.

Such a part is often not well-formed, so it is searched and not parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from normtool.files.marked_xml import outline
from normtool.files.workbook_cells import Address, parse_address

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SHAPE = re.compile(rb"<((?:\w+:)?)shape\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*(?<!/)>.*?</\1shape\s*>", re.DOTALL)
ANY_SHAPE = re.compile(rb"<(?:\w+:)?(?:shape|group|rect|roundrect|line|oval|polyline|image)\s")
NOTE = re.compile(rb"<(?:\w+:)?ClientData[^>]*ObjectType\s*=\s*[\"']Note[\"']")
ROW = re.compile(rb"<(?:\w+:)?Row\s*>\s*(\d{1,7})\s*<")
COLUMN = re.compile(rb"<(?:\w+:)?Column\s*>\s*(\d{1,7})\s*<")
CELL = re.compile(r"[A-Z]{1,3}\d{1,7}")
SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})\b")
ID_MAP = re.compile(rb"<(?:\w+:)?idmap[^>]*\sdata\s*=\s*[\"']([\d,\s]*)[\"']")
BLOCKS = re.compile(rb"\b\d{1,6}\b")
ROOT = re.compile(rb"<xml\b[^>]*>")
ROW_HEIGHT = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,7})"[^>]*?>')
HEIGHT = re.compile(rb'\sht="([\d.]+)"')
HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
OUR_TOP = re.compile(rb"<v:shape(?:type)?(?= )")
BLOCK = 1024
"""Shapes are numbered by the thousand and twenty-four; each drawing has a block of numbers of its own."""

SPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
NOTE_KIND = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
WIDTH, LINE, MARGIN, LETTERS, TALLEST = 320, 15, 14, 50, 420
"""Of a note, in pixels: its width, a line, the room above and below; letters on a line; and how tall it may be."""
MAX_ROW, MAX_COLUMN = 1_048_575, 16_383
"""The last row and column of a sheet, from 0."""
MOST_STEPS = 500
"""Rows or columns that a note reaches over at most, when they are hidden or have no size."""
GAP = 12
"""Pixels between a cell and its note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How wide and tall the columns and rows of a sheet are, in pixels."""

    columns: tuple[tuple[int, int, int], ...]
    rows: Mapping[int, int]
    width: int = 64
    height: int = 20

    def column(self, number: int) -> int:
        """The width of a column, from 1."""
        return next((width for first, last, width in self.columns if first <= number <= last), self.width)

    def row(self, number: int) -> int:
        """The height of a row, from 1."""
        return self.rows.get(number, self.height)


def measures(folded: bytes, rows: bytes) -> Measures:
    """The measures of a sheet, from its frame and its rows."""
    root = outline(folded)
    standard = root.child("sheetFormatPr")
    widths = []
    for group in root.named("cols"):
        for item in group.children:
            hidden = item.attributes.get("hidden") in {"1", "true"}
            width = 0 if hidden else _pixels(item.attributes.get("width", ""), 7, 64)
            widths.append((item.number("min"), item.number("max"), width))
    heights = {}
    for match in ROW_HEIGHT.finditer(rows):
        height = HEIGHT.search(match.group())
        if HIDDEN.search(match.group()):
            heights[int(match.group(1))] = 0
        elif height is not None:
            heights[int(match.group(1))] = _pixels(height.group(1).decode(), 4 / 3, 20)
    usual = standard.attributes if standard is not None else {}
    return Measures(
        columns=tuple(widths),
        rows=heights,
        width=_pixels(usual.get("defaultColWidth", ""), 7, 64),
        height=_pixels(usual.get("defaultRowHeight", ""), 4 / 3, 20),
    )


def without_notes(content: bytes, cells: Sequence[str]) -> tuple[bytes, bool]:
    """The drawing without the notes of these cells, and whether anything is left in it."""
    addresses = {parse_address(cell) for cell in cells if CELL.fullmatch(cell)}
    kept = SHAPE.sub(lambda match: b"" if note_address(match.group()) in addresses else match.group(), content)
    return kept, ANY_SHAPE.search(kept) is not None


def note_address(shape: bytes) -> Address | None:
    """The (row, column) of the cell whose note this is; None when it is no note."""
    row, column = ROW.search(shape), COLUMN.search(shape)
    if NOTE.search(shape) is None or row is None or column is None:
        return None
    return int(row.group(1)) + 1, int(column.group(1)) + 1


def empty_drawing(block: int) -> bytes:
    """A drawing without shapes, with a block of numbers of its own."""
    spaces = b" ".join(b'xmlns:%s="%s"' % item for item in SPACES.items())
    shapes = b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>' % block
    return b"<xml " + spaces + b">" + shapes + NOTE_KIND + b"</xml>"


def blocks(content: bytes) -> set[int]:
    """The blocks of numbers that a drawing uses."""
    found = ID_MAP.search(content)
    said = {int(part) for part in BLOCKS.findall(found.group(1))} if found is not None else set()
    return said | {int(number) // BLOCK for number in SHAPE_ID.findall(content)}


def with_notes(content: bytes, texts: Mapping[str, str], sheet: Measures, block: int) -> bytes:
    """The drawing with a hidden note for each cell that has none; `block` is a free block of numbers."""
    numbers = [int(number) for number in SHAPE_ID.findall(content)]
    number = max(numbers, default=max(blocks(content), default=block) * BLOCK)
    present = [note_address(match.group()) for match in SHAPE.finditer(content)]
    shapes: list[bytes] = []
    for cell, text in texts.items():
        address, count = parse_address(cell), len(shapes) + 1
        if address not in present:
            shapes.append(_note(number + count, len(present) + count, address, _box(text, address, sheet)))
    root = ROOT.search(content)
    lacking = [item for item in SPACES.items() if root is None or b"xmlns:%s=" % item[0] not in root.group()]
    spaces = b"".join(b' xmlns:%s="%s"' % item for item in lacking)
    added = b"".join(shapes if b"_x0000_t202" in content else [NOTE_KIND, *shapes])
    added = OUR_TOP.sub(rb"\g<0>" + spaces, added)
    end = content.rfind(b"</")
    return content[:end] + added + content[end:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where a note stands (column, pixels, row, pixels, and the same where it ends), and how tall it is in pixels."""

    anchor: str
    height: int


def _box(text: str, cell: Address, sheet: Measures) -> Box:
    """A box for a text beside its cell, tall enough to read it all."""
    row, column = cell
    lines = sum(max(1, -(-len(line) // LETTERS)) for line in text.split("\n"))
    height = min(TALLEST, lines * LINE + MARGIN)
    left = (column, GAP)
    right = _reach(column, GAP + WIDTH, sheet.column, MAX_COLUMN)
    above = max(0, row - 2)
    bottom = _reach(above, height, sheet.row, MAX_ROW)
    anchor = f"{left[0]}, {left[1]}, {above}, 0, {right[0]}, {right[1]}, {bottom[0]}, {bottom[1]}"
    return Box(anchor=anchor, height=height)


def _reach(start: int, pixels: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    """The row or column (from 0) that so many pixels reach to, and the pixels within it."""
    number = start
    last = min(last, start + MOST_STEPS)
    while number < last and pixels > size(number + 1):
        pixels -= size(number + 1)
        number += 1
    return number, pixels


def _note(number: int, order: int, cell: Address, box: Box) -> bytes:
    row, column = cell
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f"margin-top:1.5pt;width:{WIDTH * 3 // 4}pt;height:{box.height * 3 / 4:g}pt;z-index:{order};"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{box.anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    ).encode()


def _pixels(text: str, factor: float, otherwise: int) -> int:
    try:
        return max(0, round(float(text) * factor))
    except (ValueError, OverflowError):
        return otherwise
