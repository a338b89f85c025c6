"""The network's own workbook back, with what is to be looked at: coloured cells with comments, and a list in front.

Everything else keeps its bytes. Marks of an earlier return are taken out first, so they never pile up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from normtool.core.diagnostics import Severity
from normtool.core.form_names import RETURNED_SHEET
from normtool.core.places import column_letters
from normtool.core.spellings import plain
from normtool.files.marked_book import (
    BookSheet,
    NewSheet,
    beside,
    book_part,
    deselect,
    list_sheets,
    put_first,
    take_out,
)
from normtool.files.marked_colours import joined, with_colours, without_colours
from normtool.files.marked_list import WEIGHT, ListPage, Mark, Sheets, head_row, is_list, list_sheet
from normtool.files.marked_notes import put_remarks_in, take_remarks_out
from normtool.files.marked_package import Package
from normtool.files.marked_remarks import Paragraph
from normtool.files.marked_styles import EMPTY_STYLES, Formats, with_formats, without_formats
from normtool.files.marked_xml import fold, outline, relationships_of, unfold
from normtool.files.workbook_cells import Address, parse_address

STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
AREA = re.compile(r"([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})")
FORMAT_USED = re.compile(rb"<(?:\w+:)?cfRule(?=\s)[^>]*?\sdxfId\s*=\s*[\"'](\d{1,5})[\"']")
OUR_NAMES = frozenset(plain(text) for text in (RETURNED_SHEET.text.nl, RETURNED_SHEET.text.en))

__all__ = ["ListPage", "Mark", "mark_workbook", "take_marks_out"]


def mark_workbook(data: bytes, marks: Sequence[Mark], page: ListPage) -> bytes:
    """The workbook with these marks and no others; without marks its list says that there are none.

    The same workbook and marks give the same bytes, also when it bears marks already. The workbook must have
    passed the guard: it is trusted to be of bearable size.

    Raises:
        MarkingError: it is put together in a way that marks cannot be written into.
    """
    package = Package(data)
    book = book_part(package)
    take_marks_out(package, book)
    sheets = list_sheets(package, book)
    formats = _put_formats_in(package, book, _formats_used(package, sheets))
    for sheet in sheets:
        if sheet.part:
            package.write(sheet.part, deselect(package.read(sheet.part)))
        own = [mark for mark in marks if mark.cell and mark.sheet == sheet.name]
        if own and _has_cells(sheet):
            _mark_sheet(package, sheet.part, own, formats)
    names = tuple(sheet.name for sheet in sheets)
    visible = frozenset(sheet.name for sheet in sheets if _has_cells(sheet) and not sheet.hidden)
    listed = list_sheet(marks, page, Sheets(names=names, visible=visible), formats)
    head = head_row(page) if any(mark.listed for mark in marks) else None
    put_first(package, book, NewSheet(name=_free_sheet_name(page.sheet, names), content=listed, head_row=head))
    return package.packed()


def take_marks_out(package: Package, book: str) -> None:
    """Take every mark of ours out of the package, and its list; what others wrote stays."""
    sheets = list_sheets(package, book)
    for place in reversed(range(len(sheets))):
        sheet = sheets[place]
        if plain(sheet.name) in OUR_NAMES and _has_cells(sheet) and is_list(package.read(sheet.part)):
            take_out(package, book, place)
            del sheets[place]
    for sheet in filter(_has_cells, sheets):
        _change_frame(package, sheet.part, without_colours)
        take_remarks_out(package, sheet.part)
    styles = _styles_part(package, book)
    if styles:
        package.write(styles, without_formats(package.read(styles)))


def _has_cells(sheet: BookSheet) -> bool:
    return sheet.kind == "worksheet" and bool(sheet.part)


def _change_frame(package: Package, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change what stands around the rows of a sheet."""
    folded, rows = fold(package.read(part))
    changed = change(folded)
    if changed != folded:
        package.write(part, unfold(changed, rows))


def _mark_sheet(package: Package, part: str, marks: Sequence[Mark], formats: Formats) -> None:
    """Colour the cells of a sheet, and say in their comments why; what weighs most comes first."""
    merged = _merged(package, part)
    placed = [(_shown_at(mark.first_cell, merged), mark) for mark in sorted(marks, key=_weight)]
    remarks: dict[str, list[Paragraph]] = {}
    for cell, mark in placed:
        said = "\n".join(text for text in (mark.message, mark.hint) if text)
        remarks.setdefault(cell, []).append((mark.title, said))
    areas = [(mark.cell if ":" in mark.cell else cell, mark.severity) for cell, mark in placed]
    errors = [area for area, severity in areas if severity is Severity.ERROR]
    warnings = [area for area, severity in areas if severity is Severity.WARNING and area not in errors]
    coloured = ((formats.error, joined(errors)), (formats.warning, joined(warnings)))
    _change_frame(package, part, lambda frame: with_colours(frame, coloured))
    put_remarks_in(package, part, dict(sorted(remarks.items(), key=lambda item: parse_address(item[0]))))


def _weight(mark: Mark) -> int:
    return WEIGHT[mark.severity]


def _merged(package: Package, part: str) -> list[tuple[Address, Address]]:
    """The first and last cell of merged cells."""
    root = outline(fold(package.read(part))[0])
    found = []
    for group in root.named("mergeCells"):
        for item in group.children:
            corners = AREA.fullmatch(item.attributes.get("ref", ""))
            if corners is not None:
                found.append((parse_address(corners.group(1)), parse_address(corners.group(2))))
    return found


def _shown_at(cell: str, merged: Sequence[tuple[Address, Address]]) -> str:
    """The cell itself, or the one under which merged cells show it."""
    row, column = parse_address(cell)
    for (top, left), (bottom, right) in merged:
        if top <= row <= bottom and left <= column <= right:
            row, column = top, left
    return f"{column_letters(column)}{row}"


def _styles_part(package: Package, book: str) -> str:
    found = (item.target for item in package.relationships(book) if item.kind == "styles")
    return next((target for target in found if target in package), "")


def _formats_used(package: Package, sheets: Sequence[BookSheet]) -> int:
    """How many conditional formats the styles must have for all that the sheets use."""
    frames = (fold(package.read(sheet.part))[0] for sheet in sheets if _has_cells(sheet))
    return max((int(number) + 1 for frame in frames for number in FORMAT_USED.findall(frame)), default=0)


def _put_formats_in(package: Package, book: str, used: int) -> Formats:
    part = _styles_part(package, book)
    if not part:
        root = outline(package.read(book))
        part = beside(book, "styles.xml")
        package.write(part, EMPTY_STYLES.format(namespace=root.namespace).encode())
        package.declare(part, STYLES_TYPE)
        package.relate(book, f"{relationships_of(root)}/styles", part)
    content, formats = with_formats(package.read(part), used)
    package.write(part, content)
    return formats


def _free_sheet_name(name: str, names: Sequence[str]) -> str:
    """The name of the list; with a dot when there is such a sheet already. Neither is read for answers."""
    return f"{name}." if any(plain(other) == plain(name) for other in names) else name
