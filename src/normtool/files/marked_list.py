"""The first sheet of a returned workbook: everything to look at, with links to the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normtool.core.diagnostics import Severity
from normtool.files.marked_colours import FALSE, OUR_SIGN, written
from normtool.files.marked_styles import FIRST_OF_SHEET, LINK, QUIET, STRONG, TEXT, Formats
from normtool.files.marked_xml import escape, text_element
from normtool.files.workbook_cells import parse_address

WIDTHS = (10, 22, 10, 52, 52, 9)
"""Of the columns, in characters; together they fit a page on its side."""
LETTERS_PER_WIDTH, LINE, PADDING = 1.15, 13.5, 4
"""Letters that fit in one unit of width, on the safe side; points of a line, and of the room around lines."""
TITLE_HEIGHT, LEAD_HEIGHT, HEAD_HEIGHT = 30, 16, 20
MOST_LINES = 30
LONGEST_CELL = 32_767
WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
TAB = {Severity.ERROR: "FF8E1B32", Severity.WARNING: "FF9A5B00"}
QUIET_TAB = "FF1F4E8C"
LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A remark on a workbook: where it goes, and what it says, in sentences.

    `cell` is a cell or a range (`D14`, `D14:F20`), or empty for a remark on a whole sheet; `sheet` is empty for one
    on the whole file. What only points at another remark is not `listed`.
    """

    sheet: str
    cell: str
    severity: Severity
    code: str
    title: str
    message: str
    hint: str = ""
    listed: bool = True

    @property
    def first_cell(self) -> str:
        """The cell, or the first one of the range."""
        return self.cell.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Every text of the list that is not in the marks: title, what to do, headers, what stands for each severity."""

    sheet: str
    title: str
    lines: tuple[str, ...]
    headers: tuple[str, ...]
    severities: tuple[tuple[Severity, str], ...]
    whole_file: str
    whole_sheet: str
    footer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list; `begins` on the first of a sheet."""

    mark: Mark
    begins: bool


def in_list_order(marks: Sequence[Mark], sheets: Sequence[str]) -> list[Row]:
    """The marks by sheet, those of the whole file first; the sheet and the mark that weigh most come first."""
    places = {name: number for number, name in enumerate(("", *sheets))}
    heaviest: dict[str, int] = {}
    for mark in marks:
        weight = WEIGHT[mark.severity]
        heaviest[mark.sheet] = min(weight, heaviest.get(mark.sheet, weight))

    def position(mark: Mark) -> tuple[bool, int, int, str, int, tuple[int, int], str]:
        where = parse_address(mark.first_cell) if mark.cell else (0, 0)
        place = places.get(mark.sheet, len(places))
        by_sheet = (mark.sheet != "", heaviest[mark.sheet], place, mark.sheet)
        return *by_sheet, WEIGHT[mark.severity], where, mark.code

    rows: list[Row] = []
    for mark in sorted((mark for mark in marks if mark.listed), key=position):
        rows.append(Row(mark=mark, begins=not rows or rows[-1].mark.sheet != mark.sheet))
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The sheets of the workbook in order, and those that a link can lead to."""

    names: tuple[str, ...]
    visible: frozenset[str]


def head_row(page: ListPage) -> int:
    """The row with the headers: under the title and its lines, after an empty one."""
    return len(page.lines) + 3


def list_sheet(marks: Sequence[Mark], page: ListPage, sheets: Sheets, formats: Formats) -> bytes:
    """What the sheet holds, as XML in the namespace of spreadsheets."""
    rows = in_list_order(marks, sheets.names)
    head = head_row(page)
    body = [_row(1, [(page.title, formats.cell(formats.title))], TITLE_HEIGHT)]
    for number, line in enumerate(page.lines, 2):
        body.append(_row(number, [(line, formats.cell(formats.lead))], LEAD_HEIGHT))
    if rows:
        body.append(_row(head, [(text, formats.cell(formats.head)) for text in page.headers], HEAD_HEIGHT))
    says = dict(page.severities)
    for number, row in enumerate(rows, head + 1):
        cells = _cells(row, page, says, formats)
        body.append(_row(number, cells, _height(cells)))
    last = head + len(rows) if rows else head - 2
    return b"".join(
        [
            _beginning(rows, head, last),
            b"<sheetData>",
            *body,
            b"</sheetData>",
            *_colours(rows, head, formats),
            _links(rows, head, sheets),
            _ending(page),
        ]
    )


def is_list(content: bytes) -> bool:
    """Whether a sheet is a list that we made, whatever program saved it since."""
    return OUR_SIGN.search(content) is not None


def _beginning(rows: Sequence[Row], head: int, last: int) -> bytes:
    most = min((WEIGHT[row.mark.severity] for row in rows), default=2)
    tab = next((TAB[severity] for severity in TAB if WEIGHT[severity] == most), QUIET_TAB)
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width + 0.7109375}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS, 1)
    )
    pane = (
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{head + 1}" sqref="A{head + 1}"/>'
    )
    return (
        f'<sheetPr><tabColor rgb="{tab}"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:F{last}"/>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'{pane if rows else ""}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
    ).encode()


def _ending(page: ListPage) -> bytes:
    margins = '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
    setup = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    footer = escape(f"&L&8{page.title}&R&8{page.footer}").decode()
    return f"{margins}{setup}<headerFooter><oddFooter>{footer}</oddFooter></headerFooter>".encode()


def _row(number: int, cells: Sequence[tuple[str, int]], height: float) -> bytes:
    made = [_cell(f"{letter}{number}", *cell) for letter, cell in zip(LETTERS, cells, strict=False)]
    return f'<row r="{number}" ht="{height:g}" customHeight="1">'.encode() + b"".join(made) + b"</row>"


def _cell(place: str, text: str, style: int) -> bytes:
    if not text:
        return f'<c r="{place}" s="{style}"/>'.encode()
    return f'<c r="{place}" s="{style}" t="inlineStr"><is>'.encode() + text_element(_fit(text)) + b"</is></c>"


def _height(cells: Sequence[tuple[str, int]]) -> float:
    """The height of a row in which every text can be read: not every program finds it by itself."""
    lines = 1
    for (text, _), width in zip(cells, WIDTHS, strict=True):
        letters = int((width - 2) * LETTERS_PER_WIDTH)
        lines = max(lines, sum(max(1, -(-len(part) // letters)) for part in text.split("\n")))
    return min(lines, MOST_LINES) * LINE + PADDING


def _cells(row: Row, page: ListPage, says: Mapping[Severity, str], formats: Formats) -> list[tuple[str, int]]:
    mark = row.mark
    further = FIRST_OF_SHEET if row.begins else 0
    text, strong, link, quiet = (formats.cell(kind + further) for kind in (TEXT, STRONG, LINK, QUIET))
    where = mark.cell or (page.whole_sheet if mark.sheet else "")
    return [
        (says[mark.severity], quiet if mark.severity is Severity.NOTE else strong),
        (mark.sheet or page.whole_file, text),
        (where, link if mark.cell else text),
        (mark.message, text),
        (mark.hint, text),
        (mark.code, quiet),
    ]


def _colours(rows: Sequence[Row], head: int, formats: Formats) -> list[bytes]:
    """The colours of the first column; a list without any still bears our sign, in a rule that never holds."""
    coloured: list[tuple[int, list[str]]] = []
    for severity, number in ((Severity.ERROR, formats.error), (Severity.WARNING, formats.warning)):
        cells = [f"A{line}" for line, row in enumerate(rows, head + 1) if row.mark.severity is severity]
        coloured.append((number, cells))
    return written(coloured) or written([(formats.error, ["A1"])], formula=FALSE)


def _links(rows: Sequence[Row], head: int, sheets: Sheets) -> bytes:
    links = []
    for line, row in enumerate(rows, head + 1):
        mark = row.mark
        if mark.cell and mark.sheet in sheets.visible:
            place = f"'{mark.sheet.replace(chr(39), chr(39) * 2)}'!{mark.cell}"
            links.append(f'<hyperlink ref="C{line}" location="'.encode() + escape(place) + b'"/>')
    return b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b""


def _fit(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
