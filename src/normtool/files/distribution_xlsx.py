"""The distribution list (uitzetlijst): which part goes to whom, in which file, and room to note what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from normtool.core.form_names import HIDDEN_SHEET, INDICATORS_SHEET
from normtool.core.forms import FormRequest
from normtool.core.parts import INDICATORS, Part
from normtool.files.form_looks import ACCENT, LINE_HEIGHT, Looks, lines_needed, set_up_print
from normtool.files.form_parts import role_text
from normtool.files.forms_xlsx import footer_text
from normtool.files.own_outputs import DISTRIBUTION, mark
from normtool.texts import Words
from normtool.workbook_bytes import workbook_bytes

WIDTHS = {
    "part": 32,
    "kind": 13,
    "role": 34,
    "file": 50,
    "sheets": 44,
    "rows": 8,
    "minutes": 10,
    "deadline": 13,
    "sent_on": 14,
    "returned_on": 14,
    "remark": 42,
}
COLUMNS = tuple(WIDTHS)
NUMBERS = frozenset({"rows", "minutes"})
DATES = frozenset({"deadline", "sent_on", "returned_on"})
HEADER_ROW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributedPart:
    """A part with the file it was written to."""

    part: Part
    file: str


def write_distribution(request: FormRequest, parts: tuple[DistributedPart, ...]) -> bytes:
    """The list as the bytes of an .xlsx file; the same parts give the same bytes.

    Raises:
        Warning: XlsxWriter would leave something out (a fault in our own code).
    """
    return workbook_bytes(lambda book: _fill(book, request, parts))


def _fill(book: Any, request: FormRequest, parts: tuple[DistributedPart, ...]) -> None:
    words, looks = Words(request.language), Looks(book)
    sheet = book.add_worksheet(words.say("parts.list.sheet"))
    hidden = book.add_worksheet(HIDDEN_SHEET)
    hidden.hide()
    hidden.write_row(0, 0, [DISTRIBUTION, request.code, request.assessment_year])
    sheet.hide_gridlines(2)
    sheet.set_tab_color(ACCENT)
    for number, width in enumerate(WIDTHS.values()):
        sheet.set_column(number, number, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, words.say("parts.list.title"), looks["title"])
    subtitle = f"{request.name} · {words.say('form.properties.short', year=request.assessment_year)}"
    sheet.write_string(1, 0, subtitle, looks["strong"])
    text = words.say("parts.list.guidance")
    sheet.set_row(2, LINE_HEIGHT * 1.2 * lines_needed(text, sum(WIDTHS.values())) + 6)
    sheet.merge_range(2, 0, 2, len(COLUMNS) - 1, "", looks["body"])
    sheet.write_string(2, 0, text, looks["body"])
    for number, column in enumerate(COLUMNS):
        look = looks["head_number" if column in NUMBERS else "head"]
        sheet.write_string(
            HEADER_ROW, number, words.say("parts.screen.file" if column == "file" else f"parts.list.{column}"), look
        )
    for row, item in enumerate(parts, HEADER_ROW + 1):
        _write_part(sheet, row, (item, request), looks)
    _write_total(sheet, HEADER_ROW + 1 + len(parts), parts, (words, looks))
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    set_up_print(sheet, sum(WIDTHS.values()), HEADER_ROW, footer_text(request, words))
    sheet.activate()
    book.set_properties(
        {
            "title": f"{words.say('parts.list.title')} {request.name} {request.assessment_year}",
            "author": "normtool",
            "created": datetime(request.assessment_year, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        }
    )
    mark(book, DISTRIBUTION)


def _write_part(sheet: Any, row: int, listed: tuple[DistributedPart, FormRequest], looks: Looks) -> None:
    item, request = listed
    part, words = item.part, Words(request.language)
    texts = {
        "part": part.title,
        "kind": words.say(f"parts.kind.{part.kind.value}"),
        "role": role_text(part, request, words),
        "file": item.file,
        "sheets": ", ".join(sheet_names(part, request, words)),
        "remark": "" if part.minutes else words.say("parts.list.nothing_open"),
    }
    height = max(lines_needed(text, WIDTHS[column]) for column, text in texts.items())
    sheet.set_row(row, height * LINE_HEIGHT + 5)
    for number, column in enumerate(COLUMNS):
        if column in NUMBERS:
            sheet.write_number(row, number, part.rows if column == "rows" else part.minutes, looks["number"])
        elif column == "deadline" and request.deadline is not None:
            sheet.write_datetime(row, number, request.deadline, looks["answer_date"])
        elif column in DATES:
            sheet.write_blank(row, number, None, looks["answer_date"])
        else:
            sheet.write_string(row, number, texts[column], looks["strong_cell" if column == "part" else "shown"])


def _write_total(sheet: Any, row: int, parts: tuple[DistributedPart, ...], tools: tuple[Words, Looks]) -> None:
    words, looks = tools
    sheet.write_string(row, 0, words.say("parts.list.total"), looks["strong_cell"])
    for column, value in (
        ("rows", sum(item.part.rows for item in parts)),
        ("minutes", sum(item.part.minutes for item in parts)),
    ):
        number = COLUMNS.index(column)
        letter = chr(ord("A") + number)
        formula = f"=SUM({letter}{HEADER_ROW + 2}:{letter}{row})"
        sheet.write_formula(row, number, formula, looks["number"], value)


def sheet_names(part: Part, request: FormRequest, words: Words) -> list[str]:
    """The names of the sheets a part asks, in the order of the form."""
    names = [words.text(register.sheet) for register in request.framework.registers if register.id in part.sheets]
    return [words.text(INDICATORS_SHEET.text), *names] if INDICATORS in part.sheets else names
