"""The evidence workbook (invulformulier) as a file: empty, pre-filled with what is known, ready to be sent."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from normtool.core.form_identity import identity_lines
from normtool.core.form_names import GUIDE_SHEET, HIDDEN_SHEET, INDICATORS_SHEET, NETWORK_SHEET
from normtool.core.forms import FormRequest
from normtool.core.parts import INDICATORS, sheets_in
from normtool.files.form_choices import Choices
from normtool.files.form_guide import GUIDE_WIDTHS, write_guide, write_network
from normtool.files.form_indicators import write_indicators
from normtool.files.form_looks import INK2, Looks
from normtool.files.form_offer_columns import write_register_offers
from normtool.files.form_offers import carried, offers_in, write_offers
from normtool.files.form_parts import part_title, write_part_guide
from normtool.files.form_registers import Paper, lay_out, offer_ranges, write_register
from normtool.telling.own_words import own_words
from normtool.texts import Words
from normtool.workbook_bytes import workbook_bytes

LOGO_HEIGHT, LOGO_WIDTH = 60, 240
"""The room that the logo of the house style has on the guide (pixels)."""
PIXELS_OF_A_LETTER, PIXELS_OF_AN_EDGE = 7, 5
"""Of which a column's width is made up, in the letters of the form."""
LOGO_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}


def write_form(request: FormRequest) -> bytes:
    """The form as the bytes of an .xlsx file; the same request gives the same bytes.

    Raises:
        Warning: XlsxWriter would leave something out (a fault in our own code).
    """
    return workbook_bytes(lambda book: fill(book, request))


def fill(book: Any, request: FormRequest) -> None:
    """All sheets, in their order; the guide comes first and looks at all others."""
    words = Words(request.language)
    asked = sheets_in(request)
    guide, network = (book.add_worksheet(words.text(name.text)) for name in (GUIDE_SHEET, NETWORK_SHEET))
    indicators = book.add_worksheet(words.text(INDICATORS_SHEET.text)) if INDICATORS in asked else None
    layouts = [lay_out(item, request, words) for item in request.framework.registers if item.id in asked]
    sheets = [book.add_worksheet(layout.sheet_name) for layout in layouts]
    hidden = book.add_worksheet(HIDDEN_SHEET)
    hidden.hide()
    write_identity(hidden, request)
    choices = Choices(hidden, request, words)
    offer_ranges(layouts, choices)
    paper = Paper(
        request=request,
        words=words,
        own=own_words(words, request.own_term),
        looks=Looks(book, request.house_style.accent if request.house_style else ""),
        choices=choices,
        footer=footer_text(request, words),
        offers=offers_in(request, words),
    )
    (write_part_guide if request.part else write_guide)(guide, layouts, replace(paper, words=paper.own))
    write_house_style(guide, request)
    write_network(network, paper)
    if indicators is not None:
        write_indicators(indicators, paper)
        indicators.set_tab_color(paper.looks.accent)
    for sheet, layout in zip(sheets, layouts, strict=True):
        write_register(sheet, layout, paper)
        write_register_offers(sheet, layout, paper)
        sheet.set_tab_color(INK2)
    for sheet in (guide, network):
        sheet.set_tab_color(paper.looks.accent)
    rows = {layout.register.id: layout.rows for layout in layouts}
    offers = carried(request, rows, asks_indicators=indicators is not None)
    if offers:
        write_offers(book, offers, paper.looks["answer_date"])
    guide.activate()
    book.set_calc_mode("auto")
    book.set_properties(
        {
            "title": title_text(request, words),
            "subject": words.text(request.framework.name),
            "author": "normtool",
            "created": datetime(request.assessment_year, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        }
    )


def write_identity(hidden: Any, request: FormRequest) -> None:
    """What the form was made for, on the hidden sheet: names in column A, values to the right of them."""
    for row, line in enumerate(identity_lines(request)):
        for column, value in enumerate(line):
            if isinstance(value, int):
                hidden.write_number(row, column, value)
            else:
                hidden.write_string(row, column, value)


def write_house_style(guide: Any, request: FormRequest) -> None:
    """The logo at the top right of the first sheet."""
    logo = request.house_style.logo if request.house_style else None
    if logo is None:
        return
    scale = min(LOGO_HEIGHT / logo.height, LOGO_WIDTH / logo.width, 1)
    right = sum(round(width * PIXELS_OF_A_LETTER) + PIXELS_OF_AN_EDGE for width in GUIDE_WIDTHS)
    options = {
        "x_offset": right - round(logo.width * scale),
        "y_offset": 4,
        "image_data": BytesIO(b64decode(logo.data)),
        "x_scale": scale,
        "y_scale": scale,
        "description": logo.alternative,
        "object_position": 3,
    }
    guide.insert_image(0, 0, f"logo{LOGO_ENDINGS[logo.media_type]}", options)


def title_text(request: FormRequest, words: Words) -> str:
    """The title of the file."""
    title = words.say("form.properties.title", name=request.name, year=request.assessment_year)
    return f"{title} · {part_title(request)}" if request.part else title


def footer_text(request: FormRequest, words: Words) -> str:
    """The foot of every printed page; an ampersand is doubled, as spreadsheets ask."""
    style = request.house_style
    left = f"{style.organisation} · " if style and style.organisation else ""
    left += f"{request.name} · {words.say('form.properties.short', year=request.assessment_year)}"
    left += f" · {part_title(request)}" if request.part else ""
    page = words.say("form.properties.page", page="&P", pages="&N")
    return f"&L&8{left.replace('&', '&&')}&C&8&A&R&8{page}"
