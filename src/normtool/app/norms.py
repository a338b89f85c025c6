"""`standards list|show|check|schema`: the norms themselves."""

from __future__ import annotations

import json
from pathlib import Path

from normtool.app.exits import DONE
from normtool.app.explaining import show_indicator
from normtool.app.reading import Common, diagnostics_json, not_written, read_framework, refuse, show_diagnostics
from normtool.core.forms import expected_minutes, open_indicators
from normtool.core.standards import Framework, Indicator
from normtool.documents.terminal import wrapped
from normtool.files.networks_yaml import networks_schema
from normtool.files.outputs import OutputError, write_files
from normtool.files.standards_yaml import available_frameworks, framework_schema, load_framework
from normtool.resources import schemas as written_schemas


def list_standards(common: Common) -> int:
    """The frameworks that come with the program."""
    words, found = common.words, []
    for folder in available_frameworks():
        framework, _ = load_framework(folder)
        if framework is not None:
            found.append(framework)
            common.screen.lines(
                words.say(
                    "norms.listed",
                    id=framework.id,
                    name=words.text(framework.name),
                    edition=framework.edition,
                    status=words.say(f"verdicts.status.{framework.status.value}"),
                    count=len(framework.indicators),
                )
            )
    common.screen.result({"frameworks": [_summary(framework) for framework in found], "diagnostics": []})
    return DONE


def show_standards(common: Common, name: str) -> int:
    """A framework at a glance, or one of its indicators."""
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics, notes=True)
    if not name:
        common.screen.result({**_summary(framework), "diagnostics": []})
        common.screen.lines(*_overview(common, framework))
        return DONE
    return show_indicator(common, framework, name)


def check_standards(common: Common) -> int:
    """Check a framework: everything that is wrong with it at once."""
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics, notes=True)
    common.screen.result({**_summary(framework), "diagnostics": diagnostics_json(common, diagnostics)})
    show_diagnostics(common, diagnostics, notes=True)
    minutes = expected_minutes(open_indicators(framework, 1))
    told = common.words.say(
        "norms.checked",
        id=framework.id,
        edition=framework.edition,
        count=len(framework.indicators),
        hours=common.words.whole(-(-minutes // 60)),
        budget=framework.load.budget_hours,
    )
    common.screen.told(told)
    return DONE


def write_schema(common: Common, folder: Path | None) -> int:
    """The JSON Schemas of the standards files, of networks and of the dossier, for editors."""
    from normtool.files.dossier_schema import dossier_schema

    by_hand = {name: json.loads(text) for name, text in written_schemas().items()}
    schemas = {**framework_schema(), "networks": networks_schema(), "dossier": dossier_schema(), **by_hand}
    if folder is None:
        common.screen.lines(json.dumps(schemas, ensure_ascii=False, indent=2))
        common.screen.result(schemas)
        return DONE
    files = {
        f"{name}.schema.json": (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name, schema in schemas.items()
    }
    try:
        written = write_files(folder, files, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    common.screen.result({"files": [str(path) for path in written], "diagnostics": []})
    common.screen.lines(*(str(path) for path in written))
    return DONE


def _summary(framework: Framework) -> dict[str, object]:
    return {
        "id": framework.id,
        "edition": framework.edition,
        "status": framework.status.value,
        "digest": framework.digest,
        "indicators": [item.id for item in framework.indicators],
    }


def _overview(common: Common, framework: Framework) -> list[str]:
    words = common.words
    status = words.say(f"verdicts.status.{framework.status.value}")
    lines = [f"{words.text(framework.name)} {framework.edition} ({status})", ""]
    lines += [*wrapped(words.text(framework.notice), 80)]
    for standard in framework.standards:
        lines += ["", *wrapped(f"{standard.id}  {words.text(standard.title)}", 80)]
        lines += [_line(common, indicator) for indicator in standard.indicators]
    return lines


def _line(common: Common, indicator: Indicator) -> str:
    words = common.words
    kind = words.say(f"verdicts.class.{indicator.indicator_class.value}")
    standing = words.say(f"verdicts.standing.{indicator.basis.standing.value}")
    title = words.text(indicator.title)
    return f"   {indicator.id:<6} {title[:48]:<48} {kind:<12} {standing}"
