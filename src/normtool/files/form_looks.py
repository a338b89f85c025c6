"""How the form looks: the formats, widths and print set-up that its sheets share. Colours: docs, look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from normtool.core.registers import Column, ColumnType

FONT = "Calibri"
INK, INK2 = "#1B1F24", "#4D545C"
PAPER, PANEL = "#FFFFFF", "#F6F4EF"
RULE, RULE2 = "#D9D5CB", "#85807A"
ACCENT, OPEN = "#1F4E8C", "#E6EEF7"

DATE_FORMAT = "[>2100]d-m-yyyy;0"
"""A year alone may stand for a date: a number up to 2100 is shown as the year it is, not as a day in 1905."""
WHOLE_FORMAT, PLAIN_FORMAT = "#,##0", "0"
A3, A4 = 8, 9
WIDEST_ON_A4, WIDEST_ON_A3 = 170, 250
"""Characters; wider tables go on A3 or on several pages, else the letters become too small to read."""
LINE_HEIGHT = 13.5
"""Points, for the letters of a table."""
LETTERS_PER_WIDTH = 1.12
"""Letters that fit in one unit of column width, on average and on the safe side."""

BASE: Mapping[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top"}
GRID: Mapping[str, Any] = {"border": 1, "border_color": RULE, "text_wrap": True, "align": "left", "indent": 1}
HEAD: Mapping[str, Any] = {
    "bold": True,
    "font_size": 9,
    "font_color": INK2,
    "text_wrap": True,
    "valign": "bottom",
    "align": "left",
    "indent": 1,
    "top": 1,
    "top_color": INK,
    "bottom": 1,
    "bottom_color": RULE2,
}

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_size": 20, "bold": True},
    "subtitle": {"font_size": 11, "font_color": INK2},
    "section": {"font_size": 14, "bold": True, "font_color": ACCENT},
    "guidance": {"font_color": INK2, "valign": "vcenter"},
    "body": {"text_wrap": True, "font_size": 11},
    "legend": {"font_size": 11, "align": "left", "indent": 1},
    "strong": {"bold": True, "font_size": 11},
    "ask": {"bold": True, "valign": "vcenter", "text_wrap": True},
    "head": {**HEAD},
    "head_number": {**HEAD, "align": "right"},
    "shown": {**GRID},
    "shown_first": {**GRID, "top_color": RULE2},
    "strong_cell": {**GRID, "bold": True},
    "number": {**GRID, "num_format": WHOLE_FORMAT, "align": "right"},
    "link": {**GRID, "font_color": ACCENT, "underline": 1},
    "closed": {**GRID, "bg_color": PANEL, "font_color": INK2},
    "closed_date": {**GRID, "bg_color": PANEL, "font_color": INK2, "num_format": DATE_FORMAT},
    "answer": {**GRID, "locked": False},
    "answer_whole": {**GRID, "locked": False, "num_format": WHOLE_FORMAT, "align": "right"},
    "answer_plain": {**GRID, "locked": False, "num_format": PLAIN_FORMAT},
    "answer_date": {**GRID, "locked": False, "num_format": DATE_FORMAT},
    "later": {**GRID, "locked": False, "bg_color": PANEL, "font_color": INK2},
    "later_date": {
        **GRID,
        "locked": False,
        "bg_color": PANEL,
        "font_color": INK2,
        "num_format": DATE_FORMAT,
    },
    "sample_open": {**GRID, "bg_color": OPEN},
    "open": {"bg_color": OPEN},
    "not_asked": {"bg_color": PANEL, "font_color": INK2},
}

WIDTHS: Mapping[ColumnType, float] = {
    ColumnType.TEXT: 30,
    ColumnType.YES_NO: 12,
    ColumnType.WHOLE: 12,
    ColumnType.YEAR: 8,
    ColumnType.DATE: 13,
    ColumnType.DATES: 20,
    ColumnType.IDENTIFIER: 10,
    ColumnType.DOCUMENTS: 16,
    ColumnType.MEMBER: 12,
    ColumnType.MEMBERS: 24,
    ColumnType.LOCATION: 12,
    ColumnType.GROUP: 25,
    ColumnType.GROUPS: 28,
    ColumnType.TREATMENT: 38,
    ColumnType.INDICATORS: 16,
    ColumnType.STANDARD: 11,
}
FORMAT_OF: Mapping[ColumnType, str] = {
    ColumnType.WHOLE: "answer_whole",
    ColumnType.YEAR: "answer_plain",
    ColumnType.DATE: "answer_date",
    ColumnType.DATES: "answer_date",
}
HEADER_LETTER = 0.95
"""Width of a bold letter of a header, in units of column width."""
NARROWEST_CHOICE, WIDEST_CHOICE = 13, 30


class Looks:
    """The formats of one workbook, made when they are first used."""

    def __init__(self, book: Any, accent: str = "") -> None:
        self.accent = accent or ACCENT
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            look = {key: self.accent if value == ACCENT else value for key, value in LOOKS[name].items()}
            # A conditional format may only change colours, so it does not start from the base.
            base = {} if name in {"open", "not_asked"} else BASE
            self._made[name] = self._book.add_format({**base, **look})
        return self._made[name]


def column_width(column: Column, language: str) -> float:
    """The width of a column in characters: of its type, its longest choice, the longest word of its header."""
    words = column.header.in_language(language).split()
    header = max((len(word) for word in words), default=0) * HEADER_LETTER + 2.5
    if column.type is not ColumnType.CHOICE:
        return max(WIDTHS[column.type], header)
    longest = max((len(choice.label.in_language(language)) for choice in column.choices), default=0)
    return max(float(min(WIDEST_CHOICE, max(NARROWEST_CHOICE, longest + 3))), header)


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width."""
    letters = max(1, int((width - 1.5) * LETTERS_PER_WIDTH))
    return sum(max(1, -(-len(part) // letters)) for part in text.split("\n"))


def set_up_print(sheet: Any, width: float, header_row: int | None, footer: str) -> None:
    """Landscape, as many pages wide as stay readable, with the header row and first column on each of them."""
    sheet.set_landscape()
    sheet.set_paper(A4 if width <= WIDEST_ON_A4 else A3)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    pages = max(1, round(width / WIDEST_ON_A3))
    sheet.fit_to_pages(pages, 0)
    sheet.set_footer(footer, {"scale_with_doc": False})
    if header_row is not None:
        sheet.repeat_rows(header_row)
    if pages > 1:
        sheet.repeat_columns(0)


PROTECTION: Mapping[str, bool] = {
    "format_cells": False,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "insert_hyperlinks": True,
    "sort": True,
    "autofilter": True,
}


def protect(sheet: Any) -> None:
    """Lock all but the answer cells, without a password: against slips, not against people."""
    sheet.protect("", dict(PROTECTION))
