"""The first two sheets of the form: the guide with its progress, and the facts of the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from normtool.core.evidence import NetworkLayer
from normtool.core.form_names import (
    INDICATORS_SHEET,
    NATURES,
    NETWORK_ITEM,
    NETWORK_KEYS,
    NETWORK_LAYERS,
    NETWORK_SHEET,
    NETWORK_VALUE,
    NO_PATIENT_DATA,
    FormName,
)
from normtool.core.forms import BY_GROUP, FormRequest, asked_indicators, expected_minutes, form_indicators
from normtool.core.own_terms import FORM_KEY
from normtool.core.parts import asks_indicators
from normtool.core.registers import Expected
from normtool.files.form_choices import Validation, with_message
from normtool.files.form_indicators import progress as indicator_progress
from normtool.files.form_looks import LINE_HEIGHT, lines_needed, protect, set_up_print
from normtool.files.form_registers import Paper, RegisterLayout, complete_cell, write_cell
from normtool.files.form_registers import progress as register_progress
from normtool.texts import Words

GUIDE_WIDTHS = (2, 24, 50, 46, 10, 8, 12)
LAST_COLUMN = len(GUIDE_WIDTHS) - 1
TEXT_WIDTH = 1.1 * sum(GUIDE_WIDTHS[1:])
"""A paragraph over the whole width loses less room at its edges than a cell does."""
TEXT_LINE = 15.5
"""Height of a line of a paragraph, in points."""
NEVER = ("numbers", "names", "dates", "details", "papers")
STEPS = ("network", "indicators", "registers", "documents", "unknown", "check")
COLOURS = ("open", "answer", "closed")
NETWORK_HEADER_ROW = 3
NETWORK_WIDTHS = (38, 48, 76)
FIXED_KEYS = frozenset({"code", "assessment_year"})
OF_THE_YEAR = frozenset({"reporting_year", "reference_date", "first_assessment_year"})
SHOWN_IN_PARTS = FIXED_KEYS | OF_THE_YEAR | {"name", NO_PATIENT_DATA}
"""What the form of a member or a tumour group shows of the network; the rest is for the network to say."""
MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressLine:
    """One line of the progress table. `total` is empty where nothing fixed is expected."""

    sheet: str
    key: str
    formula: str
    filled: int
    total: int | None
    complete: str = ""


class GuideSheet:
    """Writes the guide from top to bottom; `row` is the next free row."""

    def __init__(self, sheet: Any, paper: Paper) -> None:
        self.sheet = sheet
        self.paper = paper
        self.row = 0

    def line(self, text: str, look: str, height: float = 0) -> None:
        """One line of text."""
        if height:
            self.sheet.set_row(self.row, height)
        self.sheet.write_string(self.row, 1, text, self.paper.looks[look])
        self.row += 1

    def section(self, key: str) -> None:
        """The title of a section."""
        self.row += 1
        self.line(self.paper.words.say(f"form.guide.{key}.title"), "section", 24)

    def paragraph(self, text: str) -> None:
        """A text over the whole width, as high as it needs to be."""
        self.sheet.set_row(self.row, TEXT_LINE * lines_needed(text, TEXT_WIDTH) + 2)
        self.sheet.merge_range(self.row, 1, self.row, LAST_COLUMN, "", self.paper.looks["body"])
        self.sheet.write_string(self.row, 1, text, self.paper.looks["body"])
        self.row += 1


def write_guide(sheet: Any, layouts: list[RegisterLayout], paper: Paper) -> None:
    """Fill the guide."""
    request, words = paper.request, paper.words
    for number, width in enumerate(GUIDE_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.hide_gridlines(2)
    guide = GuideSheet(sheet, paper)
    guide.line(words.say("form.guide.heading"), "title", 34)
    guide.line(f"{request.name} · {words.text(request.framework.name)}", "strong")
    years = {"assessment_year": request.assessment_year, "reporting_year": request.reporting_year}
    guide.line(words.say("form.guide.years", day=words.date(request.reference_date), **years), "subtitle")
    guide.section("what")
    guide.paragraph(words.say("form.guide.what.text", reporting_year=request.reporting_year))
    guide.paragraph(words.say("form.guide.what.tone"))
    guide.section("norms")
    guide.paragraph(words.text(request.framework.notice))
    guide.section("never")
    guide.paragraph(words.say("form.guide.never.text"))
    for key in NEVER:
        guide.paragraph("– " + words.say(f"form.guide.never.{key}"))
    guide.section("steps")
    for number, key in enumerate(steps_of(request, STEPS), 1):
        guide.paragraph(f"{number}. " + words.say(f"form.guide.steps.{key}"))
    write_colours(guide)
    sheet.set_h_pagebreaks([guide.row])
    write_layer(guide)
    write_progress(guide, layouts)
    write_hours(guide)
    guide.section("help")
    guide.paragraph(words.say("form.guide.help.text"))
    set_up_print(sheet, sum(GUIDE_WIDTHS), None, paper.footer)
    protect(sheet)


def write_layer(guide: GuideSheet) -> None:
    """Who answers what, in the form of a region or of a sub-network; nothing in that of a network on its own."""
    request, words = guide.paper.request, guide.paper.words
    if request.layer is None:
        return
    guide.section("layers")
    if request.layer is NetworkLayer.REGION:
        asked = len(asked_indicators(request))
        free = len(form_indicators(request)) - asked
        guide.paragraph(words.say_count("form.guide.layers.region", asked, free=free))
        guide.paragraph(words.say("form.guide.layers.overviews"))
    else:
        count = len(form_indicators(request)) - len(asked_indicators(request))
        guide.paragraph(words.say_count("form.guide.layers.sub_network", count, region=request.region or "–"))


def steps_of(request: FormRequest, steps: tuple[str, ...]) -> tuple[str, ...]:
    """The steps of filling in; where something stands ready, confirming it comes before the documents."""
    if not request.offers:
        return steps
    at = next(number for number, key in enumerate(steps) if key.endswith("documents"))
    return (*steps[:at], "confirm", *steps[at:])


def write_colours(guide: GuideSheet) -> None:
    """What the colours of the cells mean, each beside a cell in that colour."""
    paper = guide.paper
    guide.row += 1
    samples = {"open": paper.looks["sample_open"], "answer": paper.looks["shown"], "closed": paper.looks["closed"]}
    for key in COLOURS:
        guide.sheet.write_blank(guide.row, 1, None, samples[key])
        guide.sheet.write_string(guide.row, 2, paper.words.say(f"form.guide.colours.{key}"), paper.looks["legend"])
        guide.row += 1


def write_hours(guide: GuideSheet) -> None:
    """The hours that answering is expected to cost, and for which network that was reckoned."""
    paper = guide.paper
    load = paper.request.framework.load
    indicators = asked_indicators(paper.request)
    hours = ceil(expected_minutes(indicators) / MINUTES_PER_HOUR)
    said = paper.words.say_count("form.guide.hours.count", hours)
    guide.section("hours")
    if paper.request.layer is NetworkLayer.REGION:
        guide.paragraph(paper.words.say_count("form.guide.hours.region", len(indicators), hours=said))
        return
    reckoned = {"indicators": len(indicators), "hospitals": load.hospitals, "groups": load.groups}
    guide.paragraph(paper.words.say("form.guide.hours.text", hours=said, **reckoned))


def progress_lines(layouts: list[RegisterLayout], paper: Paper) -> list[ProgressLine]:
    """What is to be filled in on each sheet, and how far it is."""
    lines: list[ProgressLine] = []
    if asks_indicators(paper.request):
        formula, total = indicator_progress(paper)
        sheet = paper.words.text(INDICATORS_SHEET.text)
        lines.append(ProgressLine(sheet=sheet, key="indicators", formula=formula, filled=0, total=total))
    for layout in layouts:
        formula, expected = register_progress(layout, paper)
        lines.append(
            ProgressLine(
                sheet=layout.sheet_name,
                key=layout.register.id,
                formula=formula,
                filled=len(layout.rows) if expected is None and counts_rows(layout) else 0,
                total=expected,
                complete=complete_cell(layout, paper.words.language) if layout.asks_complete else "",
            )
        )
    return lines


def counts_rows(layout: RegisterLayout) -> bool:
    """Whether a pre-filled row of this register is one that is in use: not when it waits to be confirmed."""
    return not layout.offer_columns or layout.register.expected is Expected.MEMBERS


def write_progress(guide: GuideSheet, layouts: list[RegisterLayout]) -> None:
    """A table: sheet, what it holds, who fills it in, how much is filled in, of how many, complete or not."""
    paper, sheet = guide.paper, guide.sheet
    words, looks = paper.words, paper.looks
    guide.section("progress")
    guide.paragraph(words.say("form.guide.progress.text"))
    heads = ("sheet", "content", "who", "filled", "total", "complete")
    for column, key in enumerate(heads, 1):
        look = looks["head_number" if key in {"filled", "total"} else "head"]
        sheet.write_string(guide.row, column, words.say(f"form.guide.progress.{key}"), look)
    guide.row += 1
    unsaid = words.say("form.guide.progress.unsaid")
    for line in progress_lines(layouts, paper):
        row = guide.row
        sheet.write_url(row, 1, f"internal:'{line.sheet}'!A1", looks["link"], line.sheet)
        content, who = content_text(line.key, layouts, paper), who_text(line.key, paper)
        sheet.set_row(row, LINE_HEIGHT * lines_needed(who, GUIDE_WIDTHS[3]) + 3)
        sheet.write_string(row, 2, content, looks["shown"])
        sheet.write_string(row, 3, who, looks["shown"])
        sheet.write_formula(row, 4, line.formula, looks["number"], line.filled)
        write_cell(sheet, (row, 5), line.total if line.total is not None else "–", looks["number"])
        if line.complete:
            formula = f'=IF(LEN({line.complete})=0,"{unsaid}",{line.complete})'
            sheet.write_formula(row, 6, formula, looks["shown"], unsaid)
        else:
            sheet.write_string(row, 6, "–", looks["shown"])
        guide.row += 1


def content_text(key: str, layouts: list[RegisterLayout], paper: Paper) -> str:
    """What a sheet holds, in a few words."""
    if key == "indicators":
        return paper.words.say("form.guide.progress.indicators")
    layout = next(layout for layout in layouts if layout.register.id == key)
    return paper.words.say("form.guide.progress.row_is", thing=paper.words.text(layout.register.row_is))


def who_text(key: str, paper: Paper) -> str:
    """Who is in the best position to fill in a sheet; in the form of a part that is whoever gets it."""
    if not asks_indicators(paper.request):
        return paper.words.say("parts.guide.you")
    register = paper.request.framework.register(key)
    if paper.request.layer is NetworkLayer.REGION and register is not None and register.expected in BY_GROUP:
        return paper.words.say("form.who.sub_networks")
    known = f"form.who.{key}"
    return paper.words.say(known if paper.words.has(known) else "form.who.other")


def write_network(sheet: Any, paper: Paper) -> None:
    """Fill the sheet with the facts of the network."""
    request, words, looks = paper.request, paper.words, paper.looks
    for number, width in enumerate(NETWORK_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, words.text(NETWORK_SHEET.text), looks["title"])
    is_fixed = not asks_indicators(request)
    said = "parts.network.fixed" if is_fixed else "form.network.guidance"
    sheet.write_string(1, 0, words.say(said), looks["guidance"])
    heads = (words.text(NETWORK_ITEM.text), words.text(NETWORK_VALUE.text), words.say("form.network.explanation"))
    for number, head in enumerate(heads):
        sheet.write_string(NETWORK_HEADER_ROW, number, head, looks["head"])
    given: dict[str, str | int | date | None] = {
        "code": request.code,
        "name": request.name,
        "region": request.region,
        "assessment_year": request.assessment_year,
        "reporting_year": request.reporting_year,
        "reference_date": request.reference_date,
        "first_assessment_year": request.first_assessment_year,
        "layer": layer_text(request.layer, words),
        "unit_of_review": layer_text(request.unit_of_review, words),
        "nature": words.text(NATURES[0].text),
        FORM_KEY: request.own_term,
        **dict(request.facts),
    }
    keys = [key for key in NETWORK_KEYS if not is_fixed or key.id in SHOWN_IN_PARTS]
    for row, key in enumerate(keys, NETWORK_HEADER_ROW + 1):
        write_fact(sheet, row, (key, given.get(key.id)), paper)
    sheet.freeze_panes(NETWORK_HEADER_ROW + 1, 0)
    set_up_print(sheet, sum(NETWORK_WIDTHS), None, paper.footer)
    protect(sheet)


def layer_text(layer: NetworkLayer | None, words: Words) -> str:
    """A layer as it stands in the form; empty when there is none."""
    own = layer.value if layer is not None else ""
    return next((words.text(name.text) for name in NETWORK_LAYERS if name.id == own), "")


def write_fact(sheet: Any, row: int, fact: tuple[FormName, str | int | date | None], paper: Paper) -> None:
    """One fact of the network: its name, its value, and what belongs in it. In the form of a part it is fixed."""
    words, looks = paper.words, paper.looks
    key, value = fact
    label, help_text = words.text(key.text), words.say(f"form.network.{key.id}")
    is_fixed = key.id in FIXED_KEYS or (not asks_indicators(paper.request) and key.id != NO_PATIENT_DATA)
    look = ("closed" if is_fixed else "answer") + ("_date" if key.id == "reference_date" else "")
    sheet.write_string(row, 0, label, looks["strong_cell"])
    write_cell(sheet, (row, 1), value, looks["answer_plain" if look == "answer" else look])
    sheet.set_row(row, LINE_HEIGHT * max(2, lines_needed(help_text, NETWORK_WIDTHS[2])) + 3)
    sheet.write_string(row, 2, help_text, looks["shown"])
    if not is_fixed:
        validation = network_validation(key.id, f"B{row + 1}", paper)
        sheet.data_validation(row, 1, row, 1, with_message(validation, label, help_text))


def network_validation(key: str, cell: str, paper: Paper) -> Validation:
    """What may be entered as the value of a key."""
    match key:
        case "nature":
            return paper.choices.of_list([paper.words.text(nature.text) for nature in NATURES])
        case "layer" | "unit_of_review":
            return paper.choices.of_list([paper.words.text(layer.text) for layer in NETWORK_LAYERS])
        case "reporting_year" | "first_assessment_year":
            return paper.choices.year()
        case "reference_date":
            return paper.choices.day(cell)
        case _:
            return {"validate": "any"}
