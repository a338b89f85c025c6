"""The summary in the terminal: 80 columns, plain letters where needed, colour only where it is wanted."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.newcomer import Journey
from tests.e2e.reading import read_dossier
from tests.e2e.running import START, environment, here, program

ANSI = re.compile(r"\x1b\[[0-9;]*m")
SAMPLES = (
    "fictional/voorbeeldland-2026",
    "fictional/duinmark-2026",
    "public/onz-2023",
    "public/groningen-drenthe-2021",
)
MARKS = "√▌◊█▒─"
"""Marks that no code page of western Windows has; × and · are in it."""


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_line_is_wider_than_80_columns(name: str, language: str, samples: Path, tmp_path: Path) -> None:
    ran = here("assess", samples / f"{name}.xlsx", "-o", "uit", "--only", "xlsx", "--lang", language, folder=tmp_path)
    assert ran.code == 0
    lines = (ran.out + ran.err).splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_what_it_is_comes_first(samples: Path, tmp_path: Path) -> None:
    fictional = here("assess", samples / "fictional/voorbeeldland-2026.xlsx", "--only", "xlsx", folder=tmp_path).out
    assert fictional.splitlines()[0].endswith("FICTIEF")
    public = here("assess", samples / "public/onz-2023.xlsx", "--only", "xlsx", folder=tmp_path).out
    assert "Oefening op openbare teksten; geen oordeel over dit netwerk" in public.splitlines()[1]


def test_a_bar_has_as_many_boxes_as_there_are_indicators(journey: Journey) -> None:
    out = journey.assessed.out
    for standard in read_dossier(journey.out)["standards"]:
        counts = standard["counts"]
        line = next(line for line in out.splitlines() if line.startswith(f"{standard['id']}  "))
        bar = line[67:75]
        if counts["scored"] <= 8:
            open_ones = counts["best_met"] - counts["met"]
            rest = counts["scored"] - counts["best_met"]
            assert bar.strip() == "█" * counts["met"] + "▒" * open_ones + "·" * rest, line
        assert line.endswith(f"{counts['met']}/{counts['scored']}") or not counts["scored"]


# --- characters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_plain_letters_where_the_terminal_has_no_marks(encoding: str, journey: Journey, tmp_path: Path) -> None:
    env = {"PYTHONIOENCODING": encoding}
    ran = program("assess", journey.workbook, "-o", "uit", "--only", "xlsx", folder=tmp_path, env=env)
    assert ran.code == 0
    assert not set(MARKS) & set(ran.out)
    assert re.search(r"^1  Governance en visie +~ voldoet gedeeltelijk +#+\.+ +6/8$", ran.out, re.M)
    assert max(len(line) for line in ran.out.splitlines()) <= 80


@pytest.mark.parametrize("encoding", ["ascii", "cp850"])
@pytest.mark.parametrize("arguments", [["--help"], ["standards", "show"], ["explain", "N2.1"], ["doctor"]])
def test_no_verb_stumbles_over_a_narrow_encoding(encoding: str, arguments: list[str], tmp_path: Path) -> None:
    env = {"PYTHONIOENCODING": encoding, "TMPDIR": str(tmp_path)}
    ran = program(*arguments, folder=tmp_path, env=env)
    assert ran.code == 0, ran.err
    assert ran.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["assess", "wég.xlsx"], ["check", "x", "--förmat"], ["explain", "É"]])
def test_no_error_stumbles_over_a_narrow_encoding(arguments: list[str], tmp_path: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii", "TMPDIR": str(tmp_path)}
    ran = program(*arguments, folder=tmp_path, env=env)
    assert ran.code in (1, 2), ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_full_marks_where_they_can_be_shown(journey: Journey) -> None:
    assert set("√▌×◊█▒·─") <= set(journey.assessed.out)


# --- colour -------------------------------------------------------------------------------------------------


def test_no_colour_codes_when_it_is_no_terminal(journey: Journey, tmp_path: Path) -> None:
    for env in ({"TERM": "xterm-256color"}, {"FORCE_COLOR": "1"}):
        ran = program("assess", journey.workbook, "-o", "uit", "--only", "xlsx", "--force", folder=tmp_path, env=env)
        assert ran.code == 0
        assert "\x1b" not in ran.out + ran.err


def on_a_terminal(folder: Path, env: dict[str, str], *arguments: str | Path) -> str:
    """What a terminal of 80 columns receives (standard output and standard error)."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", START, *map(str, arguments)]
    process = subprocess.Popen(command, cwd=folder, env=environment(env), stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    received, deadline = b"", time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            received += piece
        elif process.poll() is not None:
            break
    os.close(ours)
    assert process.wait(10) == 0
    return received.decode().replace("\r\n", "\n")


def test_colour_on_a_terminal_is_on_the_marks(journey: Journey, tmp_path: Path) -> None:
    arguments = ("assess", journey.workbook, "-o", "uit", "--only", "xlsx")
    seen = on_a_terminal(tmp_path, {"TERM": "xterm-256color", "COLUMNS": "80"}, *arguments)
    assert ANSI.search(seen)
    assert re.search(r"\x1b\[32m√", seen)
    assert re.search(r"\x1b\[31m×", seen)
    plain_lines = [line.rstrip() for line in ANSI.sub("", seen).splitlines()]
    printed = journey.assessed.out.splitlines()
    assert plain_lines[-len(printed) : -1] == printed[:-1]  # questions stand above it
    assert max(len(line) for line in plain_lines) <= 80


@pytest.mark.parametrize("env", [{"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb"}])
def test_a_terminal_without_colour(env: dict[str, str], journey: Journey, tmp_path: Path) -> None:
    seen = on_a_terminal(tmp_path, env, "assess", journey.workbook, "-o", "uit", "--only", "xlsx")
    assert "\x1b" not in seen
