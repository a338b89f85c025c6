"""The evidence workbook (invulformulier) as a file: empty, pre-filled with what is known, ready to be sent."""

from __future__ import annotations

import io
import warnings
from datetime import UTC, datetime
from typing import Any

from normtool.core.form_names import GUIDE_SHEET, HIDDEN_SHEET, INDICATORS_SHEET, NETWORK_SHEET
from normtool.core.forms import FormRequest
from normtool.files.form_choices import Choices
from normtool.files.form_guide import write_guide, write_network
from normtool.files.form_indicators import write_indicators
from normtool.files.form_looks import ACCENT, INK2, Looks
from normtool.files.form_registers import Paper, lay_out, offer_ranges, write_register
from normtool.texts import Words

TEMPLATE_VERSION = 1
"""Rises when an older form would be read differently."""


def write_form(request: FormRequest) -> bytes:
    """The form as the bytes of an .xlsx file; the same request gives the same bytes.

    Raises:
        Warning: XlsxWriter would leave something out (a fault in our own code).
    """
    import xlsxwriter

    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = xlsxwriter.Workbook(target, {"in_memory": True})
        fill(book, request)
        book.close()
    return target.getvalue()


def fill(book: Any, request: FormRequest) -> None:
    """All sheets, in their order; the guide comes first and looks at all others."""
    words = Words(request.language)
    fixed = (GUIDE_SHEET, NETWORK_SHEET, INDICATORS_SHEET)
    guide, network, indicators = (book.add_worksheet(words.text(name.text)) for name in fixed)
    layouts = [lay_out(register, request, words) for register in request.framework.registers]
    sheets = [book.add_worksheet(layout.sheet_name) for layout in layouts]
    hidden = book.add_worksheet(HIDDEN_SHEET)
    hidden.hide()
    write_identity(hidden, request)
    choices = Choices(hidden, request, words)
    offer_ranges(layouts, choices)
    paper = Paper(
        request=request, words=words, looks=Looks(book), choices=choices, footer=footer_text(request, words)
    )
    write_guide(guide, layouts, paper)
    write_network(network, paper)
    write_indicators(indicators, paper)
    for sheet, layout in zip(sheets, layouts, strict=True):
        write_register(sheet, layout, paper)
        sheet.set_tab_color(INK2)
    for sheet in (guide, network, indicators):
        sheet.set_tab_color(ACCENT)
    guide.activate()
    book.set_calc_mode("auto")
    book.set_properties(
        {
            "title": words.say("form.properties.title", name=request.name, year=request.assessment_year),
            "subject": words.text(request.framework.name),
            "author": "normtool",
            "created": datetime(request.assessment_year, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        }
    )


def write_identity(hidden: Any, request: FormRequest) -> None:
    """What the form was made for, on the hidden sheet: names in column A, values in column B."""
    framework = request.framework
    facts: dict[str, str | int] = {
        "framework": framework.id,
        "edition": framework.edition,
        "digest": framework.digest,
        "template_version": TEMPLATE_VERSION,
        "network": request.code,
        "assessment_year": request.assessment_year,
        "reporting_year": request.reporting_year,
        "program": request.program,
    }
    for row, (name, value) in enumerate(facts.items()):
        hidden.write_string(row, 0, name)
        if isinstance(value, int):
            hidden.write_number(row, 1, value)
        else:
            hidden.write_string(row, 1, value)


def footer_text(request: FormRequest, words: Words) -> str:
    """The foot of every printed page; an ampersand is doubled, as spreadsheets ask."""
    left = f"{request.name} · {words.say('form.properties.short', year=request.assessment_year)}"
    page = words.say("form.properties.page", page="&P", pages="&N")
    return f"&L&8{left.replace('&', '&&')}&C&8&A&R&8{page}"
