"""The board workbook read back with openpyxl."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl

from normtool.core.dossier import Dossier
from normtool.documents.board_xlsx import board_workbook
from normtool.texts import Words

NL, EN = Words("nl"), Words("en")
FIRST_ROW = 5
"""The first row under the header of a table."""


def opened(item: Dossier, words: Words = NL, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(BytesIO(board_workbook(item, words)), data_only=values)


def cells(book: Any) -> list[Any]:
    return [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
