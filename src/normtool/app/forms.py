"""`template`: the form that a network fills in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from normtool import __version__
from normtool.app.exits import DONE
from normtool.app.making import plain_name
from normtool.app.parts import PartsRequest, write_part, write_parts
from normtool.app.pre_filling import Given, pre_fill
from normtool.app.reading import (
    Common,
    diagnostics_json,
    given_style,
    not_written,
    read_framework,
    refuse,
    show_diagnostics,
)
from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import NetworkLayer
from normtool.core.forms import FormRequest, asked_indicators, expected_minutes, form_indicators
from normtool.core.standards import Framework
from normtool.files.forms_xlsx import write_form
from normtool.files.outputs import OutputError, check_target, write_files
from normtool.texts import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRequest:
    """What `template` was asked. `first_year` is the network's first assessment year; empty: this one.

    `given` are the files to fill in beforehand from; `part` names the members or tumour groups the form is
    for; `parts` is the folder for all parts at once, handed in by `deadline`.
    """

    common: Common
    network: str
    name: str
    year: int
    first_year: int | None = None
    target: Path | None = None
    all_indicators: bool = False
    given: Given = field(default_factory=Given)
    part: tuple[str, ...] = ()
    parts: Path | None = None
    deadline: date | None = None


def template(request: TemplateRequest) -> int:
    """Write the form, whole or in parts, and say how long filling it takes."""
    common = request.common
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    form, found = pre_fill(empty_form(request, framework), request.given, common.words)
    found = (*given_style(common)[1], *found)
    if form is None:
        return refuse(common, found)
    show_diagnostics(common, found, notes=True)
    if request.parts is not None:
        return write_parts(PartsRequest(common=common, form=form, found=found), request.parts)
    if request.part:
        return write_part(PartsRequest(common=common, form=form, found=found), request.part, request.target)
    return write_whole(request, form, found)


def empty_form(request: TemplateRequest, framework: Framework) -> FormRequest:
    """The form that was asked for, with nothing known beforehand."""
    reporting_year = request.year - 1
    return FormRequest(
        framework=framework,
        code=request.network,
        name=request.name or request.network,
        assessment_year=request.year,
        reporting_year=reporting_year,
        reference_date=request.common.on or date(reporting_year, 12, 31),
        first_assessment_year=request.first_year or request.year,
        language=request.common.words.language,
        all_indicators=request.all_indicators,
        program=__version__,
        deadline=request.deadline,
        house_style=given_style(request.common)[0],
    )


def write_whole(request: TemplateRequest, form: FormRequest, found: Diagnostics) -> int:
    """One form for everything."""
    common, words = request.common, request.common.words
    target = request.target or Path(f"{plain_name(request.network)}-{request.year}.xlsx")
    try:
        check_target(target.parent, (target.name,), force=common.force)
        with common.screen.progress(words.say("cli.writing_form")):
            write_files(target.parent, {target.name: write_form(form)}, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    asked = asked_indicators(form)
    minutes = expected_minutes(asked)
    said = diagnostics_json(common, found)
    common.screen.result({"file": str(target), "indicators": len(asked), "minutes": minutes, "diagnostics": said})
    common.screen.told(_made(form, target, words), words.say("cli.form_next", path=target))
    return DONE


def _made(form: FormRequest, target: Path, words: Words) -> str:
    """What was made, and what filling it in asks; of a region only what it must answer itself."""
    asked = asked_indicators(form)
    if form.layer is NetworkLayer.REGION:
        free = len(form_indicators(form)) - len(asked)
        return words.say_count("cli.form_written_region", len(asked), path=target, free=free)
    hours = words.whole(-(-expected_minutes(asked) // 60))
    return words.say_count("cli.form_written", len(asked), path=target, hours=hours)
