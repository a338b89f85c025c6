"""The guide of a part: whose it is, who fills it in, in how many minutes, until when; and its own sheets only."""

from __future__ import annotations

from typing import Any

from normtool.core.forms import FormRequest, asked_indicators, registers_of
from normtool.core.parts import Part, PartKind, own_parts
from normtool.files.form_guide import (
    GUIDE_WIDTHS,
    NEVER,
    STEPS,
    GuideSheet,
    steps_of,
    write_colours,
    write_progress,
)
from normtool.files.form_looks import protect, set_up_print
from normtool.files.form_registers import Paper, RegisterLayout, document_label
from normtool.texts import Words

PART_STEPS = ("rows", "own_documents", "not_known", "check")
FEW_MINUTES = 5
"""Below this an estimate to the minute would pretend to know too much."""


def part_title(request: FormRequest) -> str:
    """Whose part a form is: the names of its members and tumour groups."""
    return ", ".join(part.title for part in own_parts(request))


def role_text(part: Part, request: FormRequest, words: Words) -> str:
    """The role of whoever fills in a part; never a person."""
    if part.kind is not PartKind.MEMBER:
        return words.say(f"parts.role.{part.kind.value}")
    kind = next((member.kind for member in request.members if member.id == part.id), "")
    known = f"parts.role.{kind}"
    return words.say(known if kind and words.has(known) else "parts.role.member")


def minutes_text(minutes: int, words: Words) -> str:
    """How long a part takes, in minutes or, when that is much, in hours."""
    if minutes < FEW_MINUTES:
        return words.say("parts.minutes.few", count=FEW_MINUTES)
    if minutes < 120:
        return words.say("parts.minutes.some", count=rounded(minutes))
    return words.say("parts.minutes.hours", count=-(-minutes // 60))


def rounded(minutes: int) -> int:
    """Minutes in steps of five, upwards."""
    return -(-minutes // FEW_MINUTES) * FEW_MINUTES


def write_part_guide(sheet: Any, layouts: list[RegisterLayout], paper: Paper) -> None:
    """Fill the guide of a part."""
    request, words = paper.request, paper.words
    parts = own_parts(request)
    for number, width in enumerate(GUIDE_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.hide_gridlines(2)
    guide = GuideSheet(sheet, paper)
    guide.line(words.say("form.guide.heading"), "title", 34)
    guide.line(words.say("parts.guide.of", titles=", ".join(part.title for part in parts)), "section", 24)
    guide.line(f"{request.name} · {words.text(request.framework.name)}", "strong")
    years = {"assessment_year": request.assessment_year, "reporting_year": request.reporting_year}
    guide.line(words.say("form.guide.years", day=words.date(request.reference_date), **years), "subtitle")
    write_asked(guide, parts)
    is_network = any(part.kind is PartKind.NETWORK for part in parts)
    guide.section("steps")
    steps = steps_of(request, STEPS if is_network else PART_STEPS)
    for number, key in enumerate(steps, 1):
        said = f"parts.guide.steps.{key}" if key in PART_STEPS[:3] else f"form.guide.steps.{key}"
        guide.paragraph(f"{number}. " + words.say(said, label=document_label(request)))
    write_colours(guide)
    write_progress(guide, layouts)
    write_used_for(guide, layouts, is_network=is_network)
    write_rest(guide)
    set_up_print(sheet, sum(GUIDE_WIDTHS), None, paper.footer)
    protect(sheet)


def write_asked(guide: GuideSheet, parts: tuple[Part, ...]) -> None:
    """Who, how long, until when."""
    request, words = guide.paper.request, guide.paper.words
    guide.row += 1
    guide.paragraph(words.say("parts.guide.why", reporting_year=request.reporting_year, name=request.name))
    roles = dict.fromkeys(role_text(part, request, words) for part in parts)
    guide.paragraph(words.say("parts.guide.who", roles=", ".join(roles)))
    guide.paragraph(words.say("parts.guide.time", time=minutes_text(sum(part.minutes for part in parts), words)))
    if request.deadline is not None:
        guide.paragraph(words.say("parts.guide.until", day=words.date(request.deadline)))


def write_used_for(guide: GuideSheet, layouts: list[RegisterLayout], *, is_network: bool) -> None:
    """Which indicators read the sheets of this part, so that whoever fills it in sees what it is for."""
    request, words = guide.paper.request, guide.paper.words
    own = {layout.register.id for layout in layouts}
    read = [
        f"{item.id} {words.text(item.title)}"
        for item in asked_indicators(request)
        if any(register.id in own for register, _ in registers_of(request.framework, item))
    ]
    if is_network or not read:
        return
    guide.row += 1
    guide.line(words.say("parts.guide.used_for"), "section", 24)
    guide.paragraph(" · ".join(read))


def write_rest(guide: GuideSheet) -> None:
    """What never belongs in a form, what these norms are, and where to ask."""
    words = guide.paper.words
    guide.section("never")
    guide.paragraph(words.say("form.guide.never.text"))
    for key in NEVER:
        guide.paragraph("– " + words.say(f"form.guide.never.{key}"))
    guide.section("norms")
    guide.paragraph(words.text(guide.paper.request.framework.notice))
    guide.section("help")
    guide.paragraph(words.say("parts.guide.help"))
