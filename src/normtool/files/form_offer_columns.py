"""The columns at the right of a register sheet: last year's row, delivered figures, and the answer to them."""

from __future__ import annotations

from typing import Any

from normtool.files.form_choices import column_letter, with_message
from normtool.files.form_looks import LINE_HEIGHT, lines_needed
from normtool.files.form_offers import WIDTHS, delivered_text, last_year_text, may_be_confirmed
from normtool.files.form_registers import Paper, RegisterLayout, write_cell


def write_register_offers(sheet: Any, layout: RegisterLayout, paper: Paper) -> None:
    """Write the columns for what stands ready in this register; nothing when there is nothing."""
    first = len(layout.register.columns)
    for number, column in enumerate(layout.offer_columns, first):
        sheet.set_column(number, number, WIDTHS[column])
        sheet.write_string(layout.header_row, number, paper.offers.header(column), paper.looks["head"])
    if not layout.offer_columns:
        return
    yes_no = paper.choices.of_list(paper.choices.yes_no())
    title = paper.offers.header("confirmed")
    validation = with_message(yes_no, title, paper.words.say("form.help.confirmed"))
    for offset in range(layout.last_row - layout.header_row):
        row = layout.first_row + offset
        offers = paper.offers.of_row(layout.register, layout.rows[offset]) if offset < len(layout.rows) else None
        texts = {
            "last_year": last_year_text(paper.offers, offers) if offers is not None else "",
            "delivered": delivered_text(paper.offers, offers) if offers is not None else "",
        }
        lines = max(lines_needed(text, WIDTHS[column]) for column, text in texts.items())
        if lines > 1:
            sheet.set_row(row, lines * LINE_HEIGHT + 3)
        is_open = offers is not None and may_be_confirmed(paper.request.framework, offers)
        for number, column in enumerate(layout.offer_columns, first):
            look = "answer" if column == "confirmed" and is_open else "shown" if texts.get(column) else "closed"
            write_cell(sheet, (row, number), texts.get(column), paper.looks[look])
            if column == "confirmed" and is_open:
                sheet.data_validation(row, number, row, number, validation)
                mark_waiting(sheet, (row, number), (first - 1, len(layout.rows[offset])), paper)


def mark_waiting(sheet: Any, place: tuple[int, int], filled: tuple[int, int], paper: Paper) -> None:
    """Colour the answer while nobody touched the row; `filled`: its last cell, and how many the form filled."""
    row, number = place
    last, standing = filled
    here, cells = f"${column_letter(number)}{row + 1}", f"$A{row + 1}:${column_letter(last)}{row + 1}"
    formula = f"=AND(LEN({here})=0,COUNTA({cells})<={standing})"
    options = {"type": "formula", "criteria": formula, "format": paper.looks["open"]}
    sheet.conditional_format(row, number, row, number, options)
