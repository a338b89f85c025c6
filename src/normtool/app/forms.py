"""`template`: the form that a network fills in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from normtool import __version__
from normtool.app.assessing import plain_name
from normtool.app.exits import DONE
from normtool.app.reading import Common, not_written, read_framework, refuse
from normtool.core.forms import FormRequest, expected_minutes, form_indicators
from normtool.files.forms_xlsx import write_form
from normtool.files.outputs import OutputError, check_target, write_files


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRequest:
    """What `template` was asked. `first_year` is the network's first assessment year; empty: this one."""

    common: Common
    network: str
    name: str
    year: int
    first_year: int | None = None
    target: Path | None = None
    all_indicators: bool = False


def template(request: TemplateRequest) -> int:
    """Write the form and say how long filling it takes."""
    common, words = request.common, request.common.words
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    reporting_year = request.year - 1
    form = FormRequest(
        framework=framework,
        code=request.network,
        name=request.name or request.network,
        assessment_year=request.year,
        reporting_year=reporting_year,
        reference_date=common.on or date(reporting_year, 12, 31),
        first_assessment_year=request.first_year or request.year,
        language=words.language,
        all_indicators=request.all_indicators,
        program=__version__,
    )
    target = request.target or Path(f"{plain_name(request.network)}-{request.year}.xlsx")
    try:
        check_target(target.parent, (target.name,), force=common.force)
        with common.screen.progress(words.say("cli.writing_form")):
            write_files(target.parent, {target.name: write_form(form)}, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    asked = form_indicators(form)
    minutes = expected_minutes(asked)
    common.screen.result({"file": str(target), "indicators": len(asked), "minutes": minutes, "diagnostics": []})
    hours = words.whole(-(-minutes // 60))
    common.screen.lines(
        words.say("cli.form_written", path=target, count=len(asked), hours=hours),
        words.say("cli.form_next", path=target),
    )
    return DONE
