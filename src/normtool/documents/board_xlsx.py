"""The board workbook (board.xlsx): from the cover note to the raw data, as bytes.

The same dossier gives the same bytes: the clock is never read, the date of creation is the reference date.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from normtool.core.dossier import Dossier
from normtool.documents.board_cover import write_cover
from normtool.documents.board_echelons import write_echelons
from normtool.documents.board_guide import write_contents, write_data, write_guide
from normtool.documents.board_indicators import write_indicators
from normtool.documents.board_iza import write_iza
from normtool.documents.board_phrases import Phrases
from normtool.documents.board_programme import write_bottlenecks, write_programme
from normtool.documents.board_region import write_region
from normtool.documents.board_standards import write_standards
from normtool.documents.board_styles import Board, Styles
from normtool.documents.board_volumes import write_volumes
from normtool.texts import Words
from normtool.workbook_bytes import workbook_bytes

WRITERS = (
    write_cover,
    write_standards,
    write_region,
    write_volumes,
    write_echelons,
    write_iza,
    write_programme,
    write_contents,
    write_indicators,
    write_bottlenecks,
    write_guide,
    write_data,
)
"""One per sheet, in their order; a sheet that the norms have nothing for is left out."""


def board_workbook(dossier: Dossier, words: Words) -> bytes:
    """The workbook for the board of one network.

    Raises:
        UserWarning: the workbook would be incomplete (a fault in our own code; XlsxWriter only warns).
    """

    def fill(book: Any) -> None:
        board = Board(dossier, words, Phrases(dossier, words), book, Styles(book))
        _describe(board)
        for write in WRITERS:
            write(board)

    return workbook_bytes(fill)


def _describe(board: Board) -> None:
    """Document properties, with the reference date as date of creation."""
    network, framework = board.dossier.evidence.network, board.dossier.framework
    day = network.reference_date
    board.book.set_properties(
        {
            "title": board.head("cover"),
            "subject": board.say("page.subject", year=network.assessment_year, network=network.name),
            "category": board.say("page.document"),
            "author": f"normtool {board.dossier.program}".strip(),
            "company": network.name,
            "comments": " · ".join((board.foot(), *board.chips)),
            "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001
        }
    )
    board.book.set_custom_property("framework", f"{framework.id} {framework.edition}")
    board.book.set_custom_property("language", board.words.language)
    board.book.set_custom_property("normtool", "board")
