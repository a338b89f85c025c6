"""The sheet of the form with one row per indicator: what is asked, the norm of this cycle, where to answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from normtool.core.asked_layers import Asks
from normtool.core.form_names import INDICATOR_COLUMNS, INDICATORS_SHEET, SHOWN_COLUMNS, FormName
from normtool.core.forms import (
    asked_cells,
    asked_indicators,
    asks_of,
    form_indicators,
    may_lack_a_source,
    needed_cells,
)
from normtool.core.kinds import Maturity, VolumeKind
from normtool.core.ready import INDICATORS
from normtool.core.registers import ColumnType
from normtool.core.standards import Indicator
from normtool.files.form_choices import Validation, column_letter, suggested, with_message
from normtool.files.form_looks import LINE_HEIGHT, lines_needed, protect, set_up_print
from normtool.files.form_offers import WIDTHS as OFFER_WIDTHS
from normtool.files.form_offers import delivered_text, last_year_text, may_be_confirmed
from normtool.files.form_registers import HEADER_HEIGHT, Paper, write_cell
from normtool.telling.form_texts import class_text, standard_text, where_in_form
from normtool.telling.norm_texts import norm_sentence

HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1
"""Rows count from 0."""

WIDTHS: Mapping[str, float] = {
    "id": 6,
    "standard": 16,
    "class": 11,
    "question": 34,
    "norm": 36,
    "where": 24,
    "answer": 13,
    "numerator": 12,
    "denominator": 13,
    "year": 10,
    "source": 20,
    "documents": 15,
    "explanation": 36,
    "reason_not_applicable": 22,
    "own_aim": 24,
    "own_what": 24,
    "own_proof": 24,
    "own_until": 13,
    "bottleneck": 26,
    "last_year": 14,
    "delivered": OFFER_WIDTHS["delivered"],
    "confirmed": 12,
}
COLUMNS = tuple(name.id for name in INDICATOR_COLUMNS)
LAST_YEAR_WIDTH = 36
"""Of last year's answers, when there are any."""
FROZEN_COLUMNS = 4
FEWEST_LINES = 3
"""Room for an answer of a few lines, also where the question is short."""
FORMATS: Mapping[str, str] = {
    "numerator": "answer_whole",
    "denominator": "answer_whole",
    "year": "answer_plain",
    "own_until": "answer_date",
    "answer": "answer_plain",
}
MATURITY_LEVELS = ("0", "1", "2", "3", "4")


def write_indicators(sheet: Any, paper: Paper) -> None:
    """Fill the sheet."""
    words = paper.words
    columns = columns_in(paper)
    for number, name in enumerate(columns):
        sheet.set_column(number, number, WIDTHS[name.id] if name.id != "last_year" else last_year_width(paper))
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, words.text(INDICATORS_SHEET.text), paper.looks["title"])
    sheet.write_string(1, 0, words.say("form.indicators.guidance"), paper.looks["guidance"])
    sheet.set_row(HEADER_ROW, HEADER_HEIGHT)
    for number, name in enumerate(columns):
        sheet.write_string(HEADER_ROW, number, words.text(name.text), paper.looks["head"])
    for row, indicator in enumerate(form_indicators(paper.request), FIRST_ROW):
        write_shown(sheet, row, indicator, paper)
        write_answers(sheet, row, indicator, paper)
    sheet.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
    set_up_print(sheet, sum(WIDTHS.values()), HEADER_ROW, paper.footer)
    protect(sheet)


def write_shown(sheet: Any, row: int, indicator: Indicator, paper: Paper) -> None:
    """The columns that the form fills itself."""
    words, request = paper.words, paper.request
    standard = next(item for item in request.framework.standards if indicator in item.indicators)
    step = indicator.step_in_force(request.cycle, request.assessment_year)
    shown = {
        "id": indicator.id,
        "standard": standard_text(standard, words),
        "class": class_text(indicator, words, is_later=indicator.opening_cycle > request.cycle),
        "question": paper.own.text(indicator.question),
        "norm": norm_sentence(indicator, step, paper.own),
        "where": where_in_form(request, indicator, words),
    }
    offers = paper.offers.of(INDICATORS, (indicator.id,))
    texts = {"last_year": last_year_text(paper.offers, offers), "delivered": delivered_text(paper.offers, offers)}
    widths = {**WIDTHS, "last_year": last_year_width(paper)}
    lines = max(lines_needed(text, widths[column]) for column, text in {**shown, **texts}.items())
    sheet.set_row(row, max(lines, FEWEST_LINES) * LINE_HEIGHT + 3)
    is_elsewhere = asks_of(request, indicator) is Asks.ELSEWHERE
    look = "closed" if is_elsewhere else "shown_first" if standard.indicators[0] is indicator else "shown"
    for column, text in shown.items():
        style = "strong_cell" if column in {"id", "question"} and not is_elsewhere else look
        sheet.write_string(row, COLUMNS.index(column), text, paper.looks[style])
    for number, name in enumerate(columns_in(paper)):
        if name.id in texts:
            write_cell(sheet, (row, number), texts[name.id], paper.looks["shown" if texts[name.id] else "closed"])


def write_answers(sheet: Any, row: int, indicator: Indicator, paper: Paper) -> None:
    """The answer cells: open where the indicator asks something, grey where it does not or somebody else answers."""
    asking = asks_of(paper.request, indicator)
    asked = asked_cells(indicator) if asking is not Asks.ELSEWHERE else frozenset[str]()
    needed = needed_cells(indicator) if asking is Asks.YES else ()
    is_open = indicator.opening_cycle <= paper.request.cycle
    offers = paper.offers.of(INDICATORS, (indicator.id,))
    if asked and may_be_confirmed(paper.request.framework, offers):
        asked |= {"confirmed"}
    for number, column in enumerate(name.id for name in columns_in(paper)):
        if column in SHOWN_COLUMNS:
            continue
        if column not in asked:
            write_cell(sheet, (row, number), None, paper.looks["closed"])
            continue
        look = FORMATS.get(column, "answer")
        if not is_open:
            look = "later_date" if look == "answer_date" else "later"
        write_cell(sheet, (row, number), None, paper.looks[look])
        validation = validation_of(column, indicator, f"{column_letter(number)}{row + 1}", paper)
        if validation is not None:
            sheet.data_validation(row, number, row, number, validation)
        if is_open and (column in needed or column == "confirmed"):
            mark_open(sheet, row, number, paper)


def columns_in(paper: Paper) -> tuple[FormName, ...]:
    """The columns of the sheet; the one for delivered figures only when there are any."""
    has_delivered = "delivered" in paper.offers.columns(INDICATORS)
    return tuple(name for name in INDICATOR_COLUMNS if has_delivered or name.id != "delivered")


def last_year_width(paper: Paper) -> float:
    """Room for last year's answers, when there are any."""
    return LAST_YEAR_WIDTH if "last_year" in paper.offers.columns(INDICATORS) else WIDTHS["last_year"]


def mark_open(sheet: Any, row: int, number: int, paper: Paper) -> None:
    """Colour a needed cell, or the one to confirm in, while there is no answer of any sort."""
    answer = f"${column_letter(COLUMNS.index('answer'))}{row + 1}"
    here = f"${column_letter(number)}{row + 1}"
    said = f"${column_letter(len(columns_in(paper)) - 1)}{row + 1}"
    formula = f'=AND(LEN({here})=0,LEN({answer})=0,{said}<>"{paper.choices.yes_no()[0]}")'
    options = {"type": "formula", "criteria": formula, "format": paper.looks["open"]}
    sheet.conditional_format(row, number, row, number, options)


def validation_of(column: str, indicator: Indicator, cell: str, paper: Paper) -> Validation | None:
    """The dropdown or check of an answer cell, with what belongs in it; None when anything goes unexplained."""
    choices, words = paper.choices, paper.words
    title = words.text(INDICATOR_COLUMNS[COLUMNS.index(column)].text)
    match column:
        case "answer":
            return answer_validation(indicator, paper)
        case "numerator" | "denominator":
            found = choices.whole()
        case "year":
            found = choices.year()
        case "own_until":
            found = choices.day(cell)
        case "confirmed":
            found = choices.of_list(choices.yes_no())
        case "documents":
            source = choices.ranges.get(ColumnType.DOCUMENTS)
            found = suggested(source) if source else {"validate": "any"}
        case _:
            found = {"validate": "any"}
    message = words.say(f"form.help.{column}")
    return with_message(found, f"{indicator.id} · {title}", message)


def answer_validation(indicator: Indicator, paper: Paper) -> Validation:
    """What may be answered: yes or no, a level, a number, and the words of the method where they are allowed."""
    words, choices = paper.words, paper.choices
    special = answer_words(indicator, paper)
    needed = needed_cells(indicator)
    if "answer" not in needed:
        found = choices.of_list(special)
    elif isinstance(indicator.kind, Maturity):
        found = choices.of_list([*MATURITY_LEVELS, *special])
    elif special or indicator.kind.type != "count":
        found = choices.of_list([*choices.yes_no(), *special])
    else:
        found = choices.whole()
    return with_message(found, indicator.id, answer_help(indicator, words.text(indicator.guidance), paper))


def answer_words(indicator: Indicator, paper: Paper) -> list[str]:
    """The answers that are words: not applicable, no existing source."""
    words = paper.words
    found = [words.say("form.answers.not_applicable")] if indicator.may_be_not_applicable else []
    return found + ([words.say("form.answers.no_source")] if may_lack_a_source(indicator) else [])


def answer_help(indicator: Indicator, guidance: str, paper: Paper) -> str:
    """What the answer cell says when it is chosen."""
    if isinstance(indicator.kind, Maturity):
        return f"{paper.words.say('form.help.maturity')} {guidance}"
    if isinstance(indicator.kind, VolumeKind) or not needed_cells(indicator):
        return paper.words.say("form.help.answer_elsewhere")
    return guidance


def progress(paper: Paper) -> tuple[str, int]:
    """The formula that counts the indicators answered on this sheet itself, and how many there are."""
    sheet = paper.words.text(INDICATORS_SHEET.text)
    parts = []
    asked = asked_indicators(paper.request)
    for row, indicator in enumerate(form_indicators(paper.request), FIRST_ROW):
        needed = needed_cells(indicator) if indicator in asked else ()
        if needed and indicator.opening_cycle <= paper.request.cycle:
            cells = {f"'{sheet}'!${column_letter(COLUMNS.index(name))}${row + 1}" for name in ("answer", needed[0])}
            filled = [f"LEN({cell})>0" for cell in sorted(cells)]
            if may_be_confirmed(paper.request.framework, paper.offers.of(INDICATORS, (indicator.id,))):
                said = column_letter(len(columns_in(paper)) - 1)
                filled.append(f"'{sheet}'!${said}${row + 1}=\"{paper.choices.yes_no()[0]}\"")
            parts.append(f"--OR({','.join(filled)})" if len(filled) > 1 else f"--({filled[0]})")
    return f"=SUM({','.join(parts)})" if parts else "=0", len(parts)
