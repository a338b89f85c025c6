"""The sheet of data: one tidy row a result, with codes and raw numbers, for those who calculate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from normtool.core.assessment import IndicatorResult, Share, StandardResult
from normtool.core.comparison import Comparison
from normtool.core.dossier import Dossier
from normtool.documents.board_styles import TABLE_ROW, Board, Page
from normtool.documents.regional import has_origins

MOST_DATA_WIDTH = 60.0
ROWS_ON_A_PAGE = 50
DATA_COLUMNS = (
    "standard",
    "indicator",
    "title",
    "network",
    "assessment_year",
    "reporting_year",
    "reference_date",
    "cycle",
    "framework",
    "edition",
    "standard_verdict",
    "class",
    "dimension",
    "open",
    "verdict",
    "reason",
    "worst",
    "best",
    "computed",
    "target",
    "final_target",
    "partly_from",
    "value",
    "numerator",
    "denominator",
    "interval_low",
    "interval_high",
    "masked",
    "on_path",
    "own_approach",
    "rows",
    "documents",
)
"""Codes as in dossier.json; the same in every language, for those who calculate with them."""
ORIGIN_COLUMNS = ("origin", "inherited_from")
"""The same, for a region and its sub-networks."""
TELLING = (
    "reference_date",
    "value",
    "numerator",
    "denominator",
    "interval_low",
    "interval_high",
    "rows",
    "documents",
    "inherited_from",
)
"""Columns that could tell who a network is."""


def write_data(board: Board) -> None:
    """Write one tidy row a result: codes and raw numbers, empty where there is none."""
    records = [
        _record(board, (dossier, standard), result)
        for dossier in board.everyone
        for standard in dossier.assessment.standards
        for result in standard.indicators
    ]
    keys = (*DATA_COLUMNS, *ORIGIN_COLUMNS) if any(map(has_origins, board.everyone)) else DATA_COLUMNS
    if board.networks is not None and board.networks.is_anonymous:
        records = list(_without_names(board, board.networks, records))
    page = Page(board, "data", [_data_width(records, key) for key in keys])
    first = page.open_table(board.say("data.title"), board.say("data.lead"), keys)
    for row, record in enumerate(records, start=first):
        for column, key in enumerate(keys):
            _write_raw(page, row, column, record[key])
    last = first + max(1, len(records)) - 1
    page.sheet.autofilter(TABLE_ROW, 0, last, len(keys) - 1)
    page.sheet.freeze_panes(first, 2)
    page.close(TABLE_ROW)
    page.sheet.repeat_columns(0, 1)
    page.sheet.fit_to_pages(3, ceil(len(records) / ROWS_ON_A_PAGE) or 1)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:AE{last + 1}"})


def _data_width(records: list[dict[str, Any]], key: str) -> float:
    """Wide enough for the longest value, so that nothing is cut in print."""
    longest = max((len(str(record[key])) for record in records if record[key] is not None), default=0)
    return min(MOST_DATA_WIDTH, max(len(key), longest) + 3.0)


def _without_names(board: Board, networks: Comparison, records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The same without what could tell who a network is: a letter for its name, and none of its own numbers."""
    letters = [
        column.letter
        for column, item in zip(networks.columns, board.dossiers, strict=True)
        for _ in item.assessment.indicators
    ]
    for letter, record in zip(letters, records, strict=True):
        yield {**record, **dict.fromkeys(TELLING), "network": letter}


def _record(board: Board, place: tuple[Dossier, StandardResult], result: IndicatorResult) -> dict[str, Any]:
    dossier, standard = place
    network, framework = dossier.evidence.network, dossier.framework
    indicator = framework.indicator(result.id)
    value = result.value
    return {
        "network": network.code or network.name,
        "assessment_year": network.assessment_year,
        "reporting_year": network.reporting_year,
        "reference_date": network.reference_date,
        "cycle": dossier.assessment.cycle,
        "framework": framework.id,
        "edition": framework.edition,
        "standard": standard.id,
        "standard_verdict": standard.verdict.value,
        "indicator": result.id,
        "title": board.words.text(indicator.title) if indicator else result.id,
        "class": result.indicator_class.value,
        "dimension": indicator.dimension.value if indicator else None,
        "open": result.is_open,
        "verdict": result.verdict.value,
        "reason": result.reason.value if result.reason else None,
        "worst": result.worst.value if result.worst else None,
        "best": result.best.value if result.best else None,
        "computed": result.computed.value if result.computed else None,
        "target": result.target,
        "final_target": result.final_target,
        "partly_from": result.partly_from,
        "value": None if isinstance(value, Share) else value,
        "numerator": value.numerator if isinstance(value, Share) else None,
        "denominator": value.denominator if isinstance(value, Share) else None,
        "interval_low": result.interval.low if result.interval else None,
        "interval_high": result.interval.high if result.interval else None,
        "masked": result.is_masked,
        "on_path": result.on_path,
        "own_approach": result.own_approach,
        "rows": len(result.rows),
        "documents": "; ".join(result.documents) or None,
        "origin": result.origin.value,
        "inherited_from": result.inherited_from or None,
    }


def _write_raw(page: Page, row: int, column: int, value: object) -> None:
    match value:
        case None:
            return
        case bool():
            page.sheet.write_boolean(row, column, value, page.board.styles.get(font_size=9, align="left"))
        case date():
            page.day(row, column, value, font_size=9)
        case int() | float() | Decimal():
            page.sheet.write_number(row, column, float(value), page.board.styles.get(font_size=9, align="left"))
        case _:
            page.text(row, column, str(value), font_size=9)
