"""The sheets that explain and list: contents, how to read, data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from normtool.core.assessment import IndicatorResult, Share, StandardResult, Verdict
from normtool.documents.board_styles import HEADER, INK2, MARKS, ROW, SOFT, SYMBOLS, TABLE_ROW, Board, Page, lines
from normtool.documents.regional import has_origins, in_order, is_region

SHEETS = (
    "cover",
    "standards",
    "region",
    "volumes",
    "echelons",
    "iza",
    "programme",
    "contents",
    "indicators",
    "bottlenecks",
    "guide",
    "data",
)
"""The sheets in their order."""
WRAPPED = {**ROW, "text_wrap": True}
SECTION = {"font_size": 14, "bold": True, "valign": "bottom"}

# --- contents -----------------------------------------------------------------------------------------------

CONTENTS_WIDTHS = (26, 74)


def write_contents(board: Board) -> None:
    """Write the index with links, and what this assessment is about."""
    page = Page(board, "contents", CONTENTS_WIDTHS, upright=True)
    page.top(board.say("contents.title"), " ")
    page.text(TABLE_ROW, 0, board.say("contents.sheet"), HEADER)
    page.text(TABLE_ROW, 1, board.say("contents.about"), HEADER)
    row = TABLE_ROW + 1
    for key in _sheets(board):
        about = board.say(f"contents.{key}")
        page.link(row, 0, (f"{board.reference(key)}A1", board.sheet(key)), ROW)
        page.text(row, 1, about, WRAPPED)
        page.fit(row, [(about, CONTENTS_WIDTHS[1])])
        row += 1
    page.text(row, 0, board.say("contents.facts"), SECTION)
    page.sheet.set_row(row, 32)
    for name, text in _facts(board):
        row += 1
        page.text(row, 0, name, ROW, font_color=INK2, valign="top")
        page.text(row, 1, text, WRAPPED)
        page.fit(row, [(text, CONTENTS_WIDTHS[1])])
    page.close()
    page.sheet.freeze_panes(TABLE_ROW + 1, 0)


def _sheets(board: Board) -> Iterator[str]:
    """The sheets that this workbook has."""
    absent = {"echelons"} if board.dossier.framework.echelons is None else set()
    absent |= set() if board.dossier.assessment.iza else {"iza"}
    absent |= set() if is_region(board.dossier) else {"region"}
    return (key for key in SHEETS if key not in absent)


def _facts(board: Board) -> list[tuple[str, str]]:
    network, words = board.dossier.evidence.network, board.words
    years = board.say(
        "contents.years_text",
        assessment_year=network.assessment_year,
        reporting_year=network.reporting_year,
    )
    facts = {
        "network": f"{network.name} ({network.code})" if network.code else network.name,
        "region": network.region,
        "years": years,
        "cycle": words.whole(board.dossier.assessment.cycle),
        "reference_date": words.date(network.reference_date),
        "stage": words.say(f"verdicts.stage.{board.dossier.stage.value}"),
        "circle": words.say("verdicts.circle.board"),
        "labels": "; ".join(board.chips),
    }
    return [(board.say(f"contents.{key}"), text) for key, text in facts.items() if text]


# --- how to read --------------------------------------------------------------------------------------------

GUIDE_WIDTHS = (6, 26, 68)
METHOD = ("method_1", "method_2", "method_3", "method_4", "method_5")


def write_guide(board: Board) -> None:
    """Write how to read this: verdicts, the method in short, formulas, norms, provenance."""
    page = Page(board, "guide", GUIDE_WIDTHS, upright=True)
    page.top(board.say("guide.title"), " ")
    for column, key in enumerate(("mark", "word", "meaning")):
        page.text(TABLE_ROW, column, board.say(f"guide.{key}"), HEADER)
    row = TABLE_ROW + 1
    for verdict in Verdict:
        ink = SOFT[verdict][1]
        meaning = board.say(f"guide.{verdict.value}")
        page.text(row, 0, MARKS[verdict], ROW, SYMBOLS, font_color=ink)
        page.text(row, 1, board.phrases.verdict(verdict), ROW, bold=True, font_color=ink)
        page.text(row, 2, meaning, WRAPPED)
        page.fit(row, [(meaning, GUIDE_WIDTHS[2])])
        row += 1
    row = _paragraphs(page, row, "method", [board.say(f"guide.{key}") for key in METHOD])
    sheets = {key: board.sheet(key) for key in ("standards", "cover", "indicators")}
    row = _paragraphs(page, row, "formulas", [board.say("guide.formulas_text", **sheets)])
    framework = board.dossier.framework
    basis = [board.words.text(framework.notice), board.words.text(framework.basis.text), *framework.basis.references]
    row = _paragraphs(page, row, "norms", basis)
    _provenance(page, row)
    page.close()


def _paragraphs(page: Page, row: int, key: str, texts: list[str]) -> int:
    page.text(row, 0, page.board.say(f"guide.{key}"), SECTION)
    page.sheet.set_row(row, 32)
    for text in texts:
        row += 1
        page.merged(row, (0, 2), text, text_wrap=True, valign="top")
        page.sheet.set_row(row, 13.5 * lines(text, sum(GUIDE_WIDTHS)) + 6)
    return row + 1


def _provenance(page: Page, row: int) -> None:
    board = page.board
    page.text(row, 0, board.say("guide.provenance"), SECTION)
    page.sheet.set_row(row, 32)
    for name, text in _origins(board):
        row += 1
        page.merged(row, (0, 1), name, ROW, font_color=INK2)
        page.text(row, 2, text, WRAPPED)
        page.fit(row, [(text, GUIDE_WIDTHS[2])])


def _origins(board: Board) -> list[tuple[str, str]]:
    dossier, framework = board.dossier, board.dossier.framework
    named = board.say(
        "guide.framework_text",
        name=board.words.text(framework.name),
        edition=framework.edition,
        status=board.words.say(f"verdicts.status.{framework.status.value}"),
    )
    found = [(board.say("guide.framework"), named)]
    found.append((board.say("guide.digest"), framework.digest or board.say("guide.not_stated")))
    found.append((board.say("guide.reference_date"), board.words.date(dossier.evidence.network.reference_date)))
    for file in dossier.evidence.files:
        text = board.say("guide.file_text", file=file.file, digest=file.digest)
        found.append((board.say("guide.file"), text))
    say, digests = board.words.say, dossier.region.digests if dossier.region is not None else ()
    dossiers = [(item.name or item.code, item.digest) for item in in_order(dossier) if item.digest]
    found.extend((say("board_region.dossier", name=name), digest) for name, digest in dossiers)
    found.extend((say("board_region.region_file"), digest) for digest in digests)
    version = board.say("guide.program_text", version=dossier.program or board.say("guide.not_stated"))
    found.append((board.say("guide.program"), version))
    return found


# --- data ---------------------------------------------------------------------------------------------------

MOST_DATA_WIDTH = 60.0
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
    "on_path",
    "own_approach",
    "rows",
    "documents",
)
"""Codes as in dossier.json; the same in every language, for those who calculate with them."""
ORIGIN_COLUMNS = ("origin", "inherited_from")
"""The same, for a region and its sub-networks."""


def write_data(board: Board) -> None:
    """Write one tidy row a result: codes and raw numbers, empty where there is none."""
    records = [
        _record(board, standard, result)
        for standard in board.dossier.assessment.standards
        for result in standard.indicators
    ]
    keys = (*DATA_COLUMNS, *ORIGIN_COLUMNS) if has_origins(board.dossier) else DATA_COLUMNS
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
    page.sheet.fit_to_pages(3, 0)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:AE{last + 1}"})


def _data_width(records: list[dict[str, Any]], key: str) -> float:
    """Wide enough for the longest value, so that nothing is cut in print."""
    longest = max((len(str(record[key])) for record in records if record[key] is not None), default=0)
    return min(MOST_DATA_WIDTH, max(len(key), longest) + 3.0)


def _record(board: Board, standard: StandardResult, result: IndicatorResult) -> dict[str, Any]:
    network, framework = board.dossier.evidence.network, board.dossier.framework
    indicator = framework.indicator(result.id)
    value = result.value
    return {
        "network": network.code or network.name,
        "assessment_year": network.assessment_year,
        "reporting_year": network.reporting_year,
        "reference_date": network.reference_date,
        "cycle": board.dossier.assessment.cycle,
        "framework": framework.id,
        "edition": framework.edition,
        "standard": standard.id,
        "standard_verdict": standard.verdict.value,
        "indicator": result.id,
        "title": board.phrases.title(result.id),
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
