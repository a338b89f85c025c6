"""The register sheets of the form: guidance, the completeness question, headers, expected and empty rows."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from normtool.core.asked_columns import closed_columns, needed_columns, spared_when, tested_columns
from normtool.core.form_names import COMPLETE_LABEL
from normtool.core.forms import (
    FormRequest,
    RowValues,
    answerable_indicators,
    asked_of_rows,
    open_indicators,
)
from normtool.core.framework_names import group_names
from normtool.core.kinds import Empty, Is, IsNot, OneOf, Test
from normtool.core.parts import DOCUMENTS, asks_completeness, asks_indicators, rows_in
from normtool.core.ready import Typed
from normtool.core.registers import Column, ColumnType, Expected, Register
from normtool.files.form_choices import Choices, column_letter, with_message
from normtool.files.form_looks import FORMAT_OF, Looks, column_width, protect, set_up_print
from normtool.files.form_offers import ShownOffers, offers_in
from normtool.texts import Words

EMPTY_ROWS, FEW_EMPTY_ROWS = 40, 15
"""Below the rows that are filled in beforehand; the form of a member or tumour group needs no more than a few."""
GUIDANCE_WIDTH = 135
"""Characters that fit beside each other on a laptop screen."""
LONGEST_LABEL = 8
LABEL_WIDTH = 24
"""The completeness question needs a column of at least this width."""
HEADER_HEIGHT = 40
MEMBER_TYPES = (ColumnType.MEMBER, ColumnType.MEMBERS, ColumnType.LOCATION)
FROZEN_WIDTH = 65
"""At most this much of the screen stays in place when scrolling to the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What all sheets of one form share; `own` are the words with the network's own terms, for running text."""

    request: FormRequest
    words: Words
    own: Words
    looks: Looks
    choices: Choices
    footer: str
    offers: ShownOffers


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLayout:
    """Where things stand on a register sheet; rows count from 0."""

    register: Register
    sheet_name: str
    guidance: tuple[str, ...]
    rows: tuple[RowValues, ...]
    asks_complete: bool = True
    spare: int = EMPTY_ROWS
    offer_columns: tuple[str, ...] = ()

    @property
    def confirmed(self) -> str:
        """The letter of the column in which offered values are confirmed; empty when nothing stands ready here."""
        if not self.offer_columns:
            return ""
        return column_letter(len(self.register.columns) + len(self.offer_columns) - 1)

    @property
    def complete_row(self) -> int:
        """The row of the completeness question."""
        return 1 + len(self.guidance)

    @property
    def header_row(self) -> int:
        """The row of the headers."""
        return self.complete_row + 2

    @property
    def first_row(self) -> int:
        """The first answer row."""
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        """The last answer row."""
        return self.header_row + len(self.rows) + self.spare

    def column_range(self, column: int, rows: int | None = None) -> str:
        """A reference to the answer cells of a column, for formulas; `rows`: only the first so many."""
        letter = column_letter(column)
        last = self.last_row + 1 if rows is None else self.first_row + max(rows, 1)
        return f"'{self.sheet_name}'!${letter}${self.first_row + 1}:${letter}${last}"


def lay_out(register: Register, request: FormRequest, words: Words) -> RegisterLayout:
    """The layout of a register sheet."""
    guidance = words.text(register.guidance) if register.guidance else ""
    return RegisterLayout(
        register=register,
        sheet_name=words.text(register.sheet),
        guidance=tuple(textwrap.wrap(guidance, GUIDANCE_WIDTH)),
        rows=rows_in(request, register),
        asks_complete=asks_completeness(register, request.part),
        spare=EMPTY_ROWS if asks_indicators(request) or register.id == DOCUMENTS else FEW_EMPTY_ROWS,
        offer_columns=offers_in(request, words).columns(register.id),
    )


def document_label(request: FormRequest) -> str:
    """An example of a document's id in the form of a part: it begins with the part, so that no two are the same."""
    groups = {item.id: item.name.in_language(request.language) for item in request.framework.tumour_groups}
    letters = re.sub(r"[^A-Z0-9]+", "", groups.get(request.part[0], request.part[0]).upper())
    return f"{letters[:LONGEST_LABEL] or 'X'}-D1"


def offer_ranges(layouts: list[RegisterLayout], choices: Choices) -> None:
    """Let documents and members be chosen from where they are registered in the form itself."""
    known = choices.members()
    for kind in MEMBER_TYPES if known else ():
        choices.ranges[kind] = known
    for layout in layouts:
        keys = layout.register.key_columns
        if layout.register.id == "documents" and keys:
            choices.ranges[ColumnType.DOCUMENTS] = "=" + layout.column_range(layout.register.columns.index(keys[0]))
        elif layout.register.expected is Expected.MEMBERS and keys and not known:
            source = "=" + layout.column_range(layout.register.columns.index(keys[0]))
            for kind in MEMBER_TYPES:
                choices.ranges[kind] = source


def write_register(sheet: Any, layout: RegisterLayout, paper: Paper) -> None:
    """Fill one register sheet."""
    register, words = layout.register, paper.words
    widths = [column_width(column, words.language) for column in register.columns]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, layout.sheet_name, paper.looks["title"])
    for number, line in enumerate(layout.guidance, 1):
        sheet.write_string(number, 0, line, paper.looks["guidance"])
    if layout.asks_complete:
        write_complete(sheet, layout, widths, paper)
    sheet.set_row(layout.header_row, HEADER_HEIGHT)
    for number, column in enumerate(register.columns):
        sheet.write_string(layout.header_row, number, words.text(column.header), paper.looks["head"])
    write_rows(sheet, layout, paper)
    mark_open_cells(sheet, layout, paper)
    sheet.freeze_panes(layout.first_row, frozen_columns(register, widths))
    set_up_print(sheet, sum(widths), layout.header_row, paper.footer)
    protect(sheet)


def write_complete(sheet: Any, layout: RegisterLayout, widths: list[float], paper: Paper) -> None:
    """The question whether this overview is complete, with its answer cell to the right."""
    column = next((number for number, width in enumerate(widths[:-1]) if width >= LABEL_WIDTH), 0)
    row = layout.complete_row
    sheet.set_row(row, 22)
    sheet.write_string(row, column, paper.words.text(COMPLETE_LABEL.text), paper.looks["ask"])
    sheet.write_blank(row, column + 1, None, paper.looks["answer"])
    validation = paper.choices.of_list(paper.choices.yes_no())
    message = paper.words.say("form.register.complete_help")
    sheet.data_validation(row, column + 1, row, column + 1, with_message(validation, layout.sheet_name, message))


def complete_cell(layout: RegisterLayout, language: str) -> str:
    """A reference to the answer to the completeness question, for formulas."""
    widths = [column_width(column, language) for column in layout.register.columns]
    column = next((number for number, width in enumerate(widths[:-1]) if width >= LABEL_WIDTH), 0)
    return f"'{layout.sheet_name}'!${column_letter(column + 1)}${layout.complete_row + 1}"


def write_rows(sheet: Any, layout: RegisterLayout, paper: Paper) -> None:
    """The expected rows and the empty ones, each cell with its format and its dropdown."""
    closed = closed_columns(paper.request.framework, layout.register, answerable_indicators(paper.request))
    later = closed_columns(
        paper.request.framework, layout.register, open_indicators(paper.request.framework, paper.request.cycle)
    )
    filled = [dict(row) for row in layout.rows]
    for number, column in enumerate(layout.register.columns):
        look = paper.looks[look_of(column, closed, later)]
        for offset in range(layout.last_row - layout.header_row):
            value = filled[offset].get(column.id) if offset < len(filled) else None
            write_cell(sheet, (layout.first_row + offset, number), shown_value(column, value, paper), look)
        if column.id not in closed:
            cell = f"{column_letter(number)}{layout.first_row + 1}"
            validation = paper.choices.of_column(column, cell)
            if column.key and layout.register.id == DOCUMENTS and not asks_indicators(paper.request):
                said = paper.words.say("form.register.part_documents", label=document_label(paper.request))
                validation = with_message(validation, paper.words.text(column.header), said)
            if validation != {"validate": "any"}:
                sheet.data_validation(layout.first_row, number, layout.last_row, number, validation)


def look_of(column: Column, closed: frozenset[str], later: frozenset[str]) -> str:
    """The name of the format of a column's answer cells."""
    if column.id in closed:
        return "closed"
    if column.id in later:
        return "later_date" if column.type is ColumnType.DATE else "later"
    return FORMAT_OF.get(column.type, "answer")


def write_cell(sheet: Any, place: tuple[int, int], value: Typed | None, look: Any) -> None:
    """One cell; a text is always written as a text, never as a formula."""
    if value is None or value == "":
        sheet.write_blank(*place, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, look)
    elif isinstance(value, int):
        sheet.write_number(*place, value, look)
    else:
        sheet.write_string(*place, value, look)


def shown_value(column: Column, value: Typed | None, paper: Paper) -> Typed | None:
    """A pre-filled value as the reader of the form sees it: labels and names for ids."""
    if not isinstance(value, str):
        return value
    framework, words = paper.request.framework, paper.words
    match column.type:
        case ColumnType.CHOICE:
            return next((words.text(choice.label) for choice in column.choices if choice.id == value), value)
        case ColumnType.GROUP:
            names = group_names(framework)
            return words.text(names[value]) if value in names else value
        case ColumnType.TREATMENT:
            return next((words.text(item.name) for item in framework.treatments if item.id == value), value)
        case _:
            return value


def mark_open_cells(sheet: Any, layout: RegisterLayout, paper: Paper) -> None:
    """Show which asked cells of a row in use are empty, and which do not apply to it."""
    register = layout.register
    row = layout.first_row + 1
    grey = not_asked_when(register, paper)
    needed = needed_columns(paper.request.framework, register, asked_of_rows(paper.request, register))
    for number, column in enumerate(register.columns):
        cells = (layout.first_row, number, layout.last_row, number)
        if grey is not None and column.id not in grey[2]:
            letter, value = grey[0], grey[1]
            options = {"type": "formula", "criteria": f'=${letter}{row}="{value}"', "stop_if_true": True}
            sheet.conditional_format(*cells, {**options, "format": paper.looks["not_asked"]})
        if column.id in needed:
            used = f"LEN(${column_letter(naming_column(register))}{row})>0"
            empty = f"LEN(${column_letter(number)}{row})=0"
            if layout.confirmed and not column.yearly:
                empty = f'{empty},${layout.confirmed}{row}<>"{paper.choices.yes_no()[0]}"'
            when = occasion_formula(register, needed[column.id], row, paper)
            conditions = ",".join(part for part in (used, empty, when) if part)
            options = {"type": "formula", "criteria": f"=AND({conditions})", "format": paper.looks["open"]}
            sheet.conditional_format(*cells, options)


def occasion_formula(register: Register, filters: list[tuple[Test, ...]], row: int, paper: Paper) -> str:
    """When a row must have this column, as a formula; empty: always."""
    cases = []
    for tests in filters:
        parts = [part for test in tests if (part := filter_formula(register, test, row, paper))]
        if not parts:
            return ""
        cases.append(f"AND({','.join(parts)})" if len(parts) > 1 else parts[0])
    unique = list(dict.fromkeys(cases))
    return f"OR({','.join(unique)})" if len(unique) > 1 else "".join(unique)


def filter_formula(register: Register, test: Test, row: int, paper: Paper) -> str:
    """One filter as a formula on the words of this form; empty where the form cannot tell."""
    if not isinstance(test, Is | IsNot | OneOf | Empty):
        return ""
    column = register.column(test.column)
    if column is None:
        return ""
    cell = f"${column_letter(register.columns.index(column))}{row}"
    if isinstance(test, Empty):
        return f"LEN({cell})=0"
    values = test.values if isinstance(test, OneOf) else (test.value,)
    labels = [written(column, value, paper).replace('"', '""') for value in values]
    if isinstance(test, IsNot):
        return f'AND(LEN({cell})>0,{cell}&""<>"{labels[0]}")'
    same = [f'{cell}&""="{label}"' for label in labels]
    return f"OR({','.join(same)})" if len(same) > 1 else same[0]


def written(column: Column, value: bool | int | str, paper: Paper) -> str:
    """A value of a test as it stands in the cells of this form."""
    if isinstance(value, bool):
        return paper.choices.yes_no()[0 if value else 1]
    return str(shown_value(column, value, paper))


def naming_column(register: Register) -> int:
    """The column that shows that a row is in use (from 0): the expected one, else the first key, else the first."""
    named = register.expected_column or next((column.id for column in register.key_columns), None)
    return next((number for number, column in enumerate(register.columns) if column.id == named), 0)


def not_asked_when(register: Register, paper: Paper) -> tuple[str, str, frozenset[str]] | None:
    """A column's letter and the value of it that makes the rest of its row superfluous, and what stays."""
    spared = spared_when(register)
    if spared is None:
        return None
    letter = column_letter(register.columns.index(spared.column))
    return letter, written(spared.column, spared.value, paper), spared.stays


def frozen_columns(register: Register, widths: list[float]) -> int:
    """How many columns stay in place: those up to the last key column, if they are not too wide."""
    keys = [number for number, column in enumerate(register.columns) if column.key]
    named = max(keys, default=0) + 1
    while named > 1 and sum(widths[:named]) > FROZEN_WIDTH:
        named -= 1
    return named


def progress(layout: RegisterLayout, paper: Paper) -> tuple[str, int | None]:
    """The formula that counts what was filled in, and of how many (None: as many as there are)."""
    register = layout.register
    if not layout.rows or register.expected in (Expected.MEMBERS, Expected.NONE):
        return _rows_used(layout, paper), None
    if register.expected is Expected.IZA_GROUPS:
        return _rows_begun(layout), len(layout.rows)
    given: Mapping[str, object] = dict(layout.rows[0])
    tested = tested_columns(register, answerable_indicators(paper.request))
    assumed = register.when_complete.column if register.when_complete else ""
    first = next(
        (
            number
            for number, column in enumerate(register.columns)
            if column.id not in given and (column.id == assumed or (not assumed and column.id in tested))
        ),
        naming_column(register),
    )
    cells = layout.column_range(first, len(layout.rows))
    if not layout.confirmed or register.columns[first].yearly:
        return f"=COUNTA({cells})", len(layout.rows)
    column = len(register.columns) + len(layout.offer_columns) - 1
    said = layout.column_range(column, len(layout.rows))
    return f'=COUNTA({cells})+COUNTIFS({cells},"",{said},"{paper.choices.yes_no()[0]}")', len(layout.rows)


def _rows_begun(layout: RegisterLayout) -> str:
    """The formula that counts expected rows in which any date stands: none of them is asked more than another."""
    dates = [number for number, column in enumerate(layout.register.columns) if column.type is ColumnType.DATE]
    cells = "+".join(f"LEN({layout.column_range(number, len(layout.rows))})" for number in dates)
    return f"=SUMPRODUCT(--(({cells})>0))"


def _rows_used(layout: RegisterLayout, paper: Paper) -> str:
    """The formula that counts rows in use: of rows that stand ready those that were confirmed."""
    register = layout.register
    named = layout.column_range(naming_column(register))
    if not layout.confirmed or register.expected is Expected.MEMBERS:
        return f"=COUNTA({named})"
    column = len(register.columns) + len(layout.offer_columns) - 1
    said = layout.column_range(column, len(layout.rows))
    return f'=COUNTA({named})-{len(layout.rows)}+COUNTIF({said},"{paper.choices.yes_no()[0]}")'
