"""Where words go: results on standard output, the rest on standard error, JSON alone."""

from __future__ import annotations

import io
import json
import sys

import pytest
from rich.text import Text

from normtool.screen import Screen, can_show, has_colour


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_results_and_remarks_go_apart(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen()
    screen.lines("uitkomst")
    screen.styled([Text("oordeel", style="red")])
    screen.remark("terzijde")
    screen.problem("mis")
    screen.result({"diagnostics": []})
    out, err = capsys.readouterr()
    assert (out, err) == ("uitkomst\noordeel\n", "terzijde\nmis\n")


def test_json_is_alone_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(as_json=True)
    screen.lines("uitkomst")
    screen.styled([Text("oordeel")])
    screen.remark("terzijde")
    screen.result({"naam": "één"})
    out, err = capsys.readouterr()
    assert json.loads(out) == {"naam": "één"}
    assert err == "terzijde\n"


def test_quiet_leaves_results_and_problems(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen(quiet=True)
    screen.lines("uitkomst")
    screen.remark("terzijde")
    screen.problem("mis")
    assert capsys.readouterr() == ("uitkomst\n", "mis\n")


@pytest.mark.parametrize(("encoding", "expected"), [("ascii", "v"), ("cp1252", "v"), ("utf-8", "√")])
def test_a_character_that_cannot_be_shown_is_replaced(
    encoding: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    Screen().lines("√")
    assert written.getvalue().decode(encoding).strip() == expected


def test_json_survives_a_narrow_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence in JSON says the same to a program, whatever the encoding of the stream."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252"))
    Screen(as_json=True).result({"naam": "één √"})
    assert json.loads(written.getvalue().decode("cp1252")) == {"naam": "één √"}


@pytest.mark.parametrize(
    ("env", "expected"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)]
)
def test_colour_is_for_terminals_that_want_it(
    env: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """https://no-color.org: NO_COLOR counts when it is present and not empty."""
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert has_colour(Terminal()) is expected
    assert not has_colour(io.StringIO())


def test_what_a_stream_can_show() -> None:
    assert can_show(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), "√")
    assert not can_show(io.TextIOWrapper(io.BytesIO(), encoding="cp1252"), "√")
    assert can_show(io.TextIOWrapper(io.BytesIO(), encoding="cp1252"), "ë")


@pytest.mark.parametrize("screen", [Screen(), Screen(quiet=True), Screen(as_json=True)])
def test_progress_is_silent_when_nobody_watches(screen: Screen, capsys: pytest.CaptureFixture[str]) -> None:
    with screen.progress("bezig"):
        pass
    assert capsys.readouterr() == ("", "")


def test_progress_shows_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with Screen().progress("bezig"):
        pass
    assert "bezig" in terminal.getvalue()
    assert capsys.readouterr().out == ""
