"""Workbooks as three programs save them: XlsxWriter, openpyxl and LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.planting.books import ErrorValue, Formula, Laid, Page, Percent, Value


class Program(Enum):
    """What a workbook is saved by."""

    XLSXWRITER = "xlsxwriter"
    OPENPYXL = "openpyxl"
    LIBREOFFICE = "libreoffice"


def save(laid: Laid, path: Path, program: Program) -> None:
    """Write a workbook. For LibreOffice this is what it opens: `resave` does the rest."""
    if program is Program.OPENPYXL:
        _by_openpyxl(laid, path)
    else:
        _by_xlsxwriter(laid, path)


def add_parts(path: Path, parts: dict[str, bytes]) -> None:
    """Put parts into the package that its program would have put there."""
    if parts:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, content)


AT_A_TIME = 40
"""Of two hundred files on one command line LibreOffice left out some, without a word."""


def resave(folder: Path) -> None:
    """Let LibreOffice open and save every workbook of a folder, as many at a time as it can take."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is missing; script/test says how to install it")
    saved = folder / "opgeslagen"
    files = sorted(folder.glob("*.xlsx"))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved)]
    for first in range(0, len(files), AT_A_TIME):
        batch = map(str, files[first : first + AT_A_TIME])
        subprocess.run([*command, *batch], check=True, capture_output=True, timeout=600)
    for file in files:
        shutil.move(saved / file.name, file)


def _by_xlsxwriter(laid: Laid, path: Path) -> None:
    row_by_row = laid.book.inline_texts and not any(page.merged or page.comments for page in laid.pages)
    book = xlsxwriter.Workbook(str(path), {"date_1904": laid.book.date_1904, "constant_memory": row_by_row})
    if laid.book.title:
        book.set_properties({"title": laid.book.title})
    dates, percent = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"num_format": "0%"})
    coloured = book.add_format({"bg_color": "#EEF6FF"})
    for page in laid.pages:
        sheet = book.add_worksheet(page.name)
        _hide(sheet, page)
        for row, column, last_row, last_column in page.merged:
            sheet.merge_range(row - 1, column - 1, last_row - 1, last_column - 1, "")
        covered = set(_covered(page)) - {merged[:2] for merged in page.merged}
        for (row, column), value in sorted(page.cells.items()):
            if (row, column) not in covered:
                _write(sheet, (row - 1, column - 1), value, (dates, percent))
        for (row, column), text in page.comments.items():
            sheet.write_comment(row - 1, column - 1, text)
        last = max((row for row, _ in page.cells), default=0)
        for row in range(last, last + page.formatted_rows):
            sheet.write_blank(row, 1, None, coloured)
    book.close()


def _hide(sheet: Any, page: Page) -> None:
    for row in page.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for column in page.hidden_columns:
        sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
    if page.hidden:
        sheet.hide()


def _covered(page: Page) -> list[tuple[int, int]]:
    """The cells under a merged one, the first included."""
    return [
        (line, place)
        for row, column, last_row, last_column in page.merged
        for line in range(row, last_row + 1)
        for place in range(column, last_column + 1)
    ]


def _write(sheet: Any, place: tuple[int, int], value: Value, formats: tuple[object, object]) -> None:
    dates, percent = formats
    match value:
        case bool():
            sheet.write_boolean(*place, value)
        case str():
            sheet.write_string(*place, value)
        case int() | float():
            sheet.write_number(*place, value)
        case date():
            sheet.write_datetime(*place, value, dates)
        case Percent():
            sheet.write_number(*place, value.share, percent)
        case ErrorValue():
            sheet.write_formula(*place, "=NA()", None, value.code)
        case Formula():
            sheet.write_formula(*place, value.text, None, "" if value.result is None else value.result)


def _by_openpyxl(laid: Laid, path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if laid.book.date_1904:
        book.epoch = CALENDAR_MAC_1904
    if laid.book.title:
        book.properties.title = laid.book.title
    coloured = PatternFill("solid", fgColor="EEF6FF")
    for page in laid.pages:
        sheet = book.create_sheet(page.name)
        _fill(sheet, page)
        last = max((row for row, _ in page.cells), default=0)
        for row in range(last + 1, last + 1 + page.formatted_rows):
            sheet.cell(row, 2).fill = coloured
        if page.hidden:
            sheet.sheet_state = "hidden"
    book.save(path)


def _fill(sheet: Worksheet, page: Page) -> None:
    for (row, column), value in sorted(page.cells.items()):
        _set(sheet, row, column, value)
    for row, column, last_row, last_column in page.merged:
        sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
    for row in page.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in page.hidden_columns:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    for (row, column), text in page.comments.items():
        sheet.cell(row, column).comment = Comment(text, "collega")


def _set(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    cell = sheet.cell(row, column)
    match value:
        case ErrorValue():
            cell.value = value.code
            cell.data_type = "e"
        case Formula():
            cell.value = value.text if value.result is None else value.result
        case Percent():
            cell.value = value.share
            cell.number_format = "0%"
        case date():
            cell.value = value
            cell.number_format = "dd-mm-yyyy"
        case str():
            cell.value = value
            cell.data_type = "s"
        case _:
            cell.value = value
