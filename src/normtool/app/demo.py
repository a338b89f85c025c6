"""`demo`: a folder with an invented network and a public exercise, both assessed, and a report for each reader."""

from __future__ import annotations

from pathlib import Path

from normtool.app.assessing import assess
from normtool.app.exits import DONE
from normtool.app.making import DOSSIER, AssessRequest
from normtool.app.reading import Common, Given, not_written
from normtool.app.reporting import ReportRequest, report
from normtool.files.outputs import OutputError, check_target, write_files
from normtool.resources import data_dir

FORMER, LATEST, EXERCISE = "voorbeeldland-2025.xlsx", "voorbeeldland-2026.xlsx", "onz-2023.xlsx"
SAMPLES = (("fictional", FORMER), ("fictional", LATEST), ("public", EXERCISE))
AUDIENCES = ("board", "public")
LOOK_AT = ("fictional", "board", "everyone", "public", "form")


def demo(common: Common, folder: Path) -> int:
    """Fill a folder with workbooks and their documents, and say what to look at."""
    words, screen = common.words, common.screen
    source = data_dir("sample_data")
    try:
        check_target(folder, tuple(name for _, name in SAMPLES), force=common.force)
        books = {name: (source / kind / name).read_bytes() for kind, name in SAMPLES}
        write_files(folder, books, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    code = _assess(common, folder / LATEST, folder / FORMER)
    code = code or _reports(common, folder)
    code = code or _assess(common, folder / EXERCISE)
    if code != DONE:
        return code
    screen.lines("", words.say("demo.done", folder=folder))
    screen.lines(*(f"  {words.say(f'demo.look.{key}', folder=folder)}" for key in LOOK_AT))
    return DONE


def _assess(common: Common, workbook: Path, *former: Path) -> int:
    """Assess one of the workbooks, with its former years."""
    command = " ".join(["normtool assess", str(workbook), *(f"--from {path}" for path in former)])
    common.screen.remark("", common.words.say("demo.running", command=command), "")
    given = Given(paths=(workbook,), former=former)
    return assess(AssessRequest(common=common, given=given, folder=workbook.with_suffix("")))


def _reports(common: Common, folder: Path) -> int:
    """The reports of the invented network for its board and for everyone."""
    made = folder / Path(LATEST).stem
    for audience in AUDIENCES:
        target = made / common.words.say(f"demo.file.{audience}")
        command = f"normtool report {made / DOSSIER} -o {target} --audience {audience}"
        common.screen.remark("", common.words.say("demo.running", command=command))
        code = report(ReportRequest(common=common, dossier=made / DOSSIER, target=target, audience=audience))
        if code != DONE:
            return code
    return DONE
