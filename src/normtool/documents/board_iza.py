"""The sheet of concentration and spreading: the steps of every tumour group, and the national dates with sources."""

from __future__ import annotations

from typing import Any

from normtool.core.assessment import IzaResult, IzaStepDate, StepState
from normtool.core.standards import Iza, IzaTranche
from normtool.documents.board_colours import INK2
from normtool.documents.board_metrics import lines, spanned
from normtool.documents.board_styles import HEADER, LINE, ROW, TABLE_ROW, Board, Page
from normtool.telling.iza_texts import (
    differences,
    name_of_step,
    remark_on,
    sources_of,
    step_words,
    tranche_behind,
    tranche_of,
    what_happens,
)
from normtool.telling.retelling import retell, verdict_words

GROUP_WIDTH, TRANCHE_WIDTH, STEP_WIDTH, LAST_WIDTH, TEXT_WIDTH = 26, 13, 16, 17, 44
WRAPPED = {**ROW, "text_wrap": True}
PLANNED = {"italic": True, "font_color": INK2}
"""A step that is not taken is told apart by its shape of letters and by a word, never by colour alone."""


def write_iza(board: Board) -> None:
    """Write the sheet; none when nothing is known or asked of any group."""
    iza, results = board.dossier.framework.iza, board.dossier.assessment.iza
    if iza is None or not results:
        return
    page = Page(board, "iza", (GROUP_WIDTH, TRANCHE_WIDTH, *(STEP_WIDTH for _ in iza.steps), LAST_WIDTH, TEXT_WIDTH))
    steps = [name_of_step(board.dossier.framework, step.id, board.words) for step in iza.steps]
    headers = [_say(board, "group"), _say(board, "tranche"), *steps, _say(board, "last"), _say(board, "explanation")]
    first = page.open_table(board.words.say("iza.title"), _lead(board), headers)
    for row, result in enumerate(results, start=first):
        _write_group(page, row, (iza, result))
    last = first + len(results) - 1
    page.sheet.autofilter(TABLE_ROW, 0, last, len(headers) - 1)
    page.sheet.freeze_panes(first, 1)
    _write_dates(page, last + 2, iza)
    page.close()


def _say(board: Board, key: str, **facts: object) -> str:
    return board.words.say(f"iza.board.{key}", **facts)


def _lead(board: Board) -> str:
    """What is known of the step that an indicator asks about, with its verdict; else that nothing is."""
    framework, assessment, found = board.dossier.framework, board.dossier.assessment, []
    for indicator in framework.indicators:
        result = assessment.indicator(indicator.id)
        if result is None or tranche_behind(framework, indicator) is None:
            continue
        names = board.phrases.names() | {item.id: board.words.text(item.name) for item in _named(framework.iza)}
        found += [retell(step, board.words, names) for step in result.because if step.rule == "iza_steps"]
        title = board.words.text(indicator.title)
        verdict = verdict_words(result, board.words)
        found.append(f"{_say(board, 'verdict', id=indicator.id, title=title, verdict=verdict)}.")
    if not any(item.steps for item in assessment.iza):
        found = found or [_say(board, "none")]
    return _say(board, "lead", finding=" ".join(found)).replace("  ", " ")


def _named(iza: Iza | None) -> tuple[Any, ...]:
    return (*iza.steps, *iza.tranches) if iza is not None else ()


def _write_group(page: Page, row: int, told: tuple[Iza, IzaResult]) -> None:
    board, (iza, result) = page.board, told
    tranche = tranche_of(board.dossier.framework, result.tranche)
    page.text(row, 0, board.phrases.names().get(result.group, result.group), WRAPPED, bold=True)
    page.text(row, 1, board.words.text(tranche.name) if tranche is not None else "", WRAPPED)
    for column, step in enumerate(iza.steps, start=2):
        _write_step(page, (row, column), result.step(step.id))
    column = 2 + len(iza.steps)
    last = name_of_step(board.dossier.framework, result.last_taken, board.words) if result.last_taken else ""
    page.text(row, column, last, WRAPPED)
    remark = remark_on(board.dossier, result.group)
    page.text(row, column + 1, remark, WRAPPED)
    page.fit(row, ((remark, TEXT_WIDTH), (_longest(board, result), STEP_WIDTH)), 8)


def _write_step(page: Page, cell: tuple[int, int], step: IzaStepDate | None) -> None:
    """A day as a date; with anything to say beside it, as text."""
    if step is None:
        page.text(*cell, "", WRAPPED)
    elif step.day is not None and step.day.is_exact and not step_words(step, page.board.words)[1]:
        page.day(*cell, step.day.first, ROW)
    else:
        look = {} if step.state is StepState.TAKEN else PLANNED
        page.text(*cell, _step_text(page.board, step), WRAPPED, look)


def _step_text(board: Board, step: IzaStepDate) -> str:
    text, addition = step_words(step, board.words)
    return _say(board, "with_addition", text=text, addition=addition) if addition else text


def _longest(board: Board, result: IzaResult) -> str:
    return max((_step_text(board, step) for step in result.steps), key=len, default="")


# --- sources --------------------------------------------------------------------------------------------------------


def _write_dates(page: Page, row: int, iza: Iza) -> None:
    """The dates of every tranche with their sources, and below them what sources say differently."""
    board = page.board
    page.text(row, 0, _say(board, "sources"), bold=True, font_size=14)
    page.sheet.set_row(row, 24)
    row += 1
    heads = ("tranche", "date", "what", "source")
    for column, key in zip((0, 1, 2, 4), heads, strict=True):
        page.text(row, column, board.words.say(f"iza.line.{key}"), HEADER)
    for column in (3, *range(5, len(page.widths))):
        page.text(row, column, " ", HEADER)
    for tranche in iza.tranches:
        row = _write_tranche(page, row, tranche)
    row += 1
    for text in differences(iza, board.words):
        row += 1
        page.merged(row, (0, len(page.widths) - 1), text, font_color=INK2, text_wrap=True, valign="top")
        page.sheet.set_row(row, LINE * lines(text, spanned(page.widths)) + 6)


def _write_tranche(page: Page, row: int, tranche: IzaTranche) -> int:
    """A line for each date; gives the last one written."""
    board, last = page.board, len(page.widths) - 1
    for item in tranche.dates:
        row += 1
        page.text(row, 0, board.words.text(tranche.name), ROW)
        page.day(row, 1, item.day, ROW)
        page.merged(row, (2, 3), what_happens(item, board.words), ROW)
        source = f"{sources_of(item.basis, board.words)}. {board.words.as_written(item.basis.text)}"
        page.merged(row, (4, last), source, WRAPPED)
        page.fit(row, ((source, spanned(page.widths[4:])),))
    return row
