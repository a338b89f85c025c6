"""`demo`: a folder with an invented network and a public exercise, both assessed."""

from __future__ import annotations

from pathlib import Path

from normtool.app.assessing import assess
from normtool.app.exits import DONE
from normtool.app.making import AssessRequest
from normtool.app.reading import Common, Given, not_written
from normtool.files.outputs import OutputError, check_target, write_files
from normtool.resources import data_dir

SAMPLES = (("fictional", "voorbeeldland-2026.xlsx"), ("public", "onz-2023.xlsx"))


def demo(common: Common, folder: Path) -> int:
    """Fill a folder with two workbooks and their documents, and say what to look at."""
    words, screen = common.words, common.screen
    source = data_dir("sample_data")
    names = tuple(name for _, name in SAMPLES)
    try:
        check_target(folder, names, force=common.force)
        books = {name: (source / kind / name).read_bytes() for kind, name in SAMPLES}
        write_files(folder, books, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    for name in names:
        screen.remark("", words.say("demo.running", command=f"normtool assess {folder / name}"), "")
        request = AssessRequest(common=common, given=Given(paths=(folder / name,)), folder=folder / Path(name).stem)
        code = assess(request)
        if code != DONE:
            return code
    screen.lines("", words.say("demo.done", folder=folder))
    screen.lines(*(f"  {words.say(f'demo.look.{key}', folder=folder)}" for key in ("fictional", "public", "form")))
    return DONE
