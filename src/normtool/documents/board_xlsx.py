"""The board workbook (board.xlsx): from the cover note to the raw data, as bytes.

The same dossier gives the same bytes: the clock is never read, the date of creation is the reference date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from normtool.core.comparison import compare, in_order, network_key
from normtool.core.dossier import Dossier, FormerYear
from normtool.core.history import former_year
from normtool.documents.board_bottlenecks import write_bottlenecks
from normtool.documents.board_comparison import write_comparison
from normtool.documents.board_cover import write_cover
from normtool.documents.board_data import write_data
from normtool.documents.board_echelons import write_echelons
from normtool.documents.board_guide import write_contents, write_guide
from normtool.documents.board_indicators import write_indicators
from normtool.documents.board_iza import write_iza
from normtool.documents.board_member import write_member
from normtool.documents.board_phrases import Phrases
from normtool.documents.board_programme import write_programme
from normtool.documents.board_region import write_region
from normtool.documents.board_sheets import sheets_of
from normtool.documents.board_standards import write_standards
from normtool.documents.board_styles import Board, Styles
from normtool.documents.board_texts import writable
from normtool.documents.board_volumes import write_volumes
from normtool.documents.marks import painted_as
from normtool.documents.origin import PROPERTY_NAME, origin_of
from normtool.texts import Words
from normtool.workbook_bytes import workbook_bytes

WRITERS: Mapping[str, Callable[[Board], None]] = {
    "cover": write_cover,
    "standards": write_standards,
    "member": write_member,
    "region": write_region,
    "volumes": write_volumes,
    "echelons": write_echelons,
    "iza": write_iza,
    "programme": write_programme,
    "contents": write_contents,
    "indicators": write_indicators,
    "comparison": write_comparison,
    "bottlenecks": write_bottlenecks,
    "guide": write_guide,
    "data": write_data,
}


def board_workbook(
    dossier: Dossier, words: Words, others: tuple[Dossier, ...] = (), *, is_anonymous: bool = False
) -> bytes:
    """The workbook for the board of one network, with its own earlier years; or several networks side by side.

    `others` are further dossiers: other years of the network, or other networks; there is then no cover note, because
    there is no one board to speak to. `is_anonymous` leaves out who the networks are, and the cover note with it.
    Whether they may be named is for the caller to decide (core/comparability).

    Raises:
        UserWarning: the workbook would be incomplete (a fault in our own code; XlsxWriter only warns).
    """

    def fill(book: Any) -> None:
        board = _open(book, words, (dossier, *others), is_anonymous=is_anonymous)
        _describe(board)
        with painted_as(board.house):
            for sheet in sheets_of(board):
                WRITERS[sheet](board)
        book.worksheets()[0].activate()

    return workbook_bytes(fill)


def _open(book: Any, words: Words, dossiers: tuple[Dossier, ...], *, is_anonymous: bool) -> Board:
    ordered = in_order(dossiers)
    latest = max(ordered, key=lambda item: item.evidence.network.assessment_year)
    phrases = Phrases(latest, words)
    if is_anonymous or len({network_key(item) for item in ordered}) > 1:
        networks = compare(ordered, is_anonymous=is_anonymous)
        return Board(latest, words, phrases, book, Styles(book), networks=networks, dossiers=ordered)
    former = _former_years(latest, ordered)
    return Board(latest, words, phrases, book, Styles(book), former=former, dossiers=ordered)


def _former_years(latest: Dossier, ordered: tuple[Dossier, ...]) -> tuple[FormerYear, ...]:
    """The years before the latest, latest first: those with a dossier of their own, and those it keeps itself."""
    this_year = latest.evidence.network.assessment_year
    found = {year.assessment_year: year for year in latest.history}
    for item in ordered:
        digest = item.part.digest if item.part is not None else ""
        found[item.evidence.network.assessment_year] = former_year(latest.framework, item, digest)
    return tuple(found[year] for year in sorted(found, reverse=True) if year < this_year)


def _describe(board: Board) -> None:
    """Document properties, with the reference date as date of creation; without names those say none either."""
    dossier, is_named = board.dossier, board.networks is None or not board.networks.is_anonymous
    day = max(item.evidence.network.reference_date for item in board.everyone)
    properties = {
        "title": board.head(sheets_of(board)[0]),
        "subject": board.say("page.subject", year=board.assessment_years, network=board.name),
        "category": board.say("page.document"),
        "author": f"normtool {dossier.program}".strip(),
        "company": board.house.organisation.strip() or board.name,
        "comments": " · ".join((board.foot(), *board.chips)),
    }
    created = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    board.book.set_properties({key: writable(text) for key, text in properties.items()} | {"created": created})
    board.book.set_custom_property("framework", f"{dossier.framework.id} {dossier.framework.edition}")
    board.book.set_custom_property("language", board.words.language)
    board.book.set_custom_property("normtool", "board")
    for number, item in enumerate(board.everyone if is_named else (), start=1):
        name = PROPERTY_NAME if item is dossier and board.networks is None else f"{PROPERTY_NAME} {number}"
        board.book.set_custom_property(name, origin_of(item, "", board.words))
