"""The sheets that ask others to act: the improvement programme and the bottlenecks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from normtool.core.assessment import IndicatorResult, StandardResult, Verdict
from normtool.core.evidence import DateSpan
from normtool.documents.board_colours import MARKS
from normtool.documents.board_formulas import letter
from normtool.documents.board_region import waiting_words
from normtool.documents.board_styles import FILL_IN, HEADER, ROW, SYMBOLS, TABLE_ROW, Board, Page
from normtool.documents.board_values import cell_text
from normtool.documents.regional import is_derived

COLUMNS = ("id", "standard", "indicator", "mark", "verdict", "remedy", "effort", "owner", "due")
WIDTHS = (8, 30, 34, 6, 24, 58, 9, 28, 14)
WRAPPED = {**ROW, "text_wrap": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposed action: for an indicator that lifts its standard a step."""

    standard: StandardResult
    result: IndicatorResult
    remedy: str
    hours: int


def write_programme(board: Board) -> None:
    """Write the improvement programme: proposals to complete, and the actions that already run."""
    page = Page(board, "programme", WIDTHS)
    headers = [board.say(f"programme.{key}") for key in COLUMNS]
    first = page.open_table(board.say("programme.title"), board.say("programme.lead"), headers)
    found = list(proposals(board))
    for row, proposal in enumerate(found, start=first):
        _write_proposal(page, row, proposal)
    last = first + max(1, len(found)) - 1
    if found:
        _let_fill_in(page, first, last)
        said = {verdict: MARKS[verdict] for verdict in Verdict}
        page.paint_verdicts((first, 3, last, 4), ("D", said))
    else:
        page.text(first, 0, board.say("programme.none"))
    page.sheet.freeze_panes(first, 1)
    _write_running(page, last + 2)
    page.close()


def proposals(board: Board) -> Iterator[Proposal]:
    """What the next step of every standard asks; own approaches wait for the board's consent, not for work."""
    for standard in board.dossier.assessment.standards:
        for indicator_id in standard.next_step.indicators if standard.next_step else ():
            result = board.dossier.assessment.indicator(indicator_id)
            indicator = board.dossier.framework.indicator(indicator_id)
            if result is None or indicator is None or result.verdict is Verdict.OWN_APPROACH:
                continue
            if result.verdict is Verdict.UNKNOWN:
                question = board.words.text(indicator.question)
                if is_derived(result):
                    question = f"{question} ({waiting_words(board, result)})"
                remedy, hours = board.say("programme.evidence", question=question), ceil(indicator.minutes / 60)
            else:
                remedy, hours = board.words.text(indicator.remedy), indicator.effort_hours
            yield Proposal(standard=standard, result=result, remedy=remedy, hours=hours)


def _write_proposal(page: Page, row: int, proposal: Proposal) -> None:
    board, result = page.board, proposal.result
    place = [item.id for item in board.dossier.assessment.indicators].index(result.id) + TABLE_ROW + 2
    sheet = board.reference("indicators")
    title = board.phrases.title(result.id)
    page.link(row, 0, (f"{sheet}A{place}", result.id), WRAPPED)
    page.text(row, 1, board.label(proposal.standard.id), WRAPPED)
    page.text(row, 2, title, WRAPPED)
    page.formula(row, 3, (f"{sheet}{letter(board, 'mark')}{place}", MARKS[result.verdict]), ROW, SYMBOLS)
    verdict = board.phrases.verdict(result.verdict)
    page.formula(row, 4, (f"{sheet}{letter(board, 'verdict')}{place}", verdict), WRAPPED, bold=True)
    page.text(row, 5, proposal.remedy, WRAPPED)
    page.number(row, 6, proposal.hours, ROW, align="center")
    page.sheet.write_blank(row, 7, None, board.styles.get(FILL_IN))
    page.sheet.write_blank(row, 8, None, board.styles.get(FILL_IN, num_format=board.date_format))
    label = board.label(proposal.standard.id)
    page.fit(row, ((proposal.remedy, WIDTHS[5]), (title, WIDTHS[2]), (label, WIDTHS[1])), 6)


def _let_fill_in(page: Page, first: int, last: int) -> None:
    say = page.board.say
    owner = {
        "validate": "any",
        "input_title": say("programme.owner_title"),
        "input_message": say("programme.owner_input"),
    }
    page.sheet.data_validation(first, 7, last, 7, owner)
    due = {
        "validate": "date",
        "criteria": ">=",
        "value": date(2000, 1, 1),
        "input_title": say("programme.due_title"),
        "input_message": say("programme.due_input"),
        "error_message": say("programme.due_error"),
    }
    page.sheet.data_validation(first, 8, last, 8, due)


def _write_running(page: Page, row: int) -> None:
    """The actions of the form, with the columns that the framework gives them, in the columns of this sheet."""
    board = page.board
    page.text(row, 0, board.say("programme.running"), bold=True, font_size=14)
    page.sheet.set_row(row, 26)
    register = board.dossier.framework.register("actions")
    rows = board.dossier.evidence.register("actions").rows
    if register is None or not rows:
        page.text(row + 1, 0, board.say("programme.no_running"))
        return
    places = _spread(len(register.columns))
    for span, column in zip(places, register.columns, strict=False):
        page.merged(row + 1, span, board.words.text(column.header), HEADER)
    for line, action in enumerate(rows, start=row + 2):
        texts = []
        for span, column in zip(places, register.columns, strict=False):
            cell = action.get(column.id)
            if cell is not None and isinstance(cell.value, DateSpan) and cell.value.is_exact and span[0] == span[1]:
                page.day(line, span[0], cell.value.first, ROW)
                continue
            text = cell_text(board, column, cell.value) if cell is not None else ""
            page.merged(line, span, text or "–", WRAPPED)
            texts.append((text, sum(WIDTHS[span[0] : span[1] + 1])))
        page.fit(line, texts)


def _spread(count: int) -> list[tuple[int, int]]:
    """Spans of this sheet's columns for a table of so many columns; the last text takes the wide column before it."""
    spans = [(0, 0), (1, 1), (2, 4), (5, 5), (6, 6), (8, 8), (7, 7)]
    return spans[:count]
