"""`doctor`: what this machine has, what it lacks, and how to get it. Nothing is fetched and nothing is changed."""

from __future__ import annotations

import io
import platform
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from normtool import __version__
from normtool.app.exits import DONE, NOT_WRITTEN
from normtool.app.reading import Common
from normtool.files.standards_yaml import available_frameworks, load_framework
from normtool.resources import data_dir
from normtool.screen import WIDTH, can_show

FONTS = ("SourceSans3-Regular.ttf", "SourceSerif4Display-Semibold.ttf")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is there, and a detail to show."""

    key: str
    present: bool
    detail: str = ""
    needed: bool = True


def doctor(common: Common) -> int:
    """Look at everything the program needs; 3 when a document could not be made on this machine."""
    words, screen = common.words, common.screen
    findings = [look() for look in CHECKS]
    for finding in findings:
        state = "present" if finding.present else "missing"
        line = words.say(f"doctor.{finding.key}.{state}", detail=finding.detail)
        head = f"{words.say(f'doctor.state.{state}')}  "
        screen.lines(*wrap(line, WIDTH, initial_indent=head, subsequent_indent=" " * len(head)))
        if not finding.present:
            help_text = words.say(f"doctor.{finding.key}.help")
            screen.lines(*wrap(help_text, WIDTH, initial_indent=" " * len(head), subsequent_indent=" " * len(head)))
    well = all(finding.present or not finding.needed for finding in findings)
    screen.lines("", words.say("doctor.well" if well else "doctor.lacking"))
    screen.result(
        {
            "program": __version__,
            "checks": [
                {"id": item.key, "present": item.present, "detail": item.detail, "needed": item.needed}
                for item in findings
            ],
            "diagnostics": [],
        }
    )
    return DONE if well else NOT_WRITTEN


def _program() -> Finding:
    return Finding("program", True, f"normtool {__version__}, Python {platform.python_version()}, {sys.platform}")


def _standards() -> Finding:
    loaded = [load_framework(folder)[0] for folder in available_frameworks()]
    names = ", ".join(f"{item.id} {item.edition}" for item in loaded if item is not None)
    return Finding("standards", bool(loaded) and None not in loaded, names)


def _fonts() -> Finding:
    folder = data_dir("templates") / "fonts"
    return Finding("fonts", all((folder / name).is_file() for name in FONTS), "Source Sans 3, Source Serif 4")


def _pdf() -> Finding:
    try:
        with redirect_stdout(io.StringIO()):  # WeasyPrint prints its own advice there when Pango is missing
            import weasyprint
    except (ImportError, OSError):
        return Finding("pdf", False)
    return Finding("pdf", True, f"WeasyPrint {weasyprint.__version__}")


def _writing() -> Finding:
    try:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "normtool").write_bytes(b"x")
    except OSError:
        return Finding("writing", False)
    return Finding("writing", True)


def _characters() -> Finding:
    encoding = sys.stdout.encoding or "?"
    return Finding("characters", can_show(sys.stdout, "√▌×◊█▒·─ë"), encoding, needed=False)


CHECKS: tuple[Callable[[], Finding], ...] = (_program, _standards, _fonts, _pdf, _writing, _characters)
