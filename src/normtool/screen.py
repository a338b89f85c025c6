"""What the user sees while a command runs: results on standard output, the rest on standard error."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.text import Text

PLAINER = "normtool-plainer"
PLAIN = {
    "√": "v",
    "▌": "~",
    "×": "x",
    "◊": "e",
    "█": "#",
    "▒": "+",
    "─": "-",
    "·": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "‘": "'",
    "’": "'",
    "›": ">",
    "≥": ">=",
    "≤": "<=",
    "\u00a0": " ",
}
"""What is shown where a terminal lacks a character; never a question mark, which would read as *unknown*."""
WIDTH = 80
"""Columns everything is laid out for; wider terminals get the same lines."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Standard output and standard error of one command.

    With `as_json` standard output gets one JSON object and nothing else; with `quiet` only what was asked for
    (results, errors) is shown.
    """

    as_json: bool = False
    quiet: bool = False

    def lines(self, *lines: str) -> None:
        """Print a result."""
        if not self.as_json:
            _print(sys.stdout, lines)

    def told(self, *sentences: str) -> None:
        """Print a result that is told in sentences, in lines that fit."""
        self.lines(*(line for sentence in sentences for line in folded(sentence)))

    def styled(self, lines: list[Text]) -> None:
        """Print a result with colour where the terminal takes it (and NO_COLOR is not set)."""
        if self.as_json:
            return
        if not has_colour(sys.stdout):
            _print(sys.stdout, [line.plain.rstrip() for line in lines])
            return
        from rich.console import Console

        console = Console(file=sys.stdout, highlight=False, markup=False, width=max(WIDTH, 80))
        for line in lines:
            console.print(line, overflow="ignore", no_wrap=True, crop=False)

    def remark(self, *sentences: str) -> None:
        """Say something about the run itself, on standard error, in lines that fit; silent when quiet."""
        if not self.quiet:
            _print(sys.stderr, [line for sentence in sentences for line in folded(sentence)])

    def problem(self, *sentences: str) -> None:
        """Say what is wrong, on standard error, in lines that fit, always."""
        _print(sys.stderr, [line for sentence in sentences for line in folded(sentence)])

    def listed(self, lines: Iterable[str], *, is_error: bool) -> None:
        """Show an entry of a list that is laid out already, on standard error; only an error also when quiet."""
        if is_error or not self.quiet:
            _print(sys.stderr, lines)

    def result(self, value: Mapping[str, Any]) -> None:
        """The one JSON object of `--format json`."""
        if self.as_json:
            text = json.dumps(value, ensure_ascii=False, indent=2)
            _print(sys.stdout, [text if can_show(sys.stdout, text) else json.dumps(value, indent=2)])

    @contextmanager
    def progress(self, text: str) -> Iterator[None]:
        """Show that something takes a while, when someone is watching."""
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield
            return
        from rich.console import Console

        with Console(stderr=True, highlight=False).status(text, spinner="line"):
            yield

    @contextmanager
    def steps(self, text: str, total: int) -> Iterator[Callable[[str], None]]:
        """Show how far work in so many steps is, when someone is watching: call with what a step was about."""
        if self.quiet or self.as_json or not text or not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(bar_width=24), MofNCompleteColumn())
        console = Console(stderr=True, highlight=False, markup=False)
        # Drawn when a step is done, not by a thread of its own: a program with threads cannot be forked.
        with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
            shown = progress.add_task(_fitting(text), total=total)
            progress.refresh()

            def step(about: str) -> None:
                progress.update(shown, advance=1, description=_fitting(about))
                progress.refresh()

            yield step


STEP_WIDTH = 40
"""Columns for what a step is about, so that bar and count fit beside it."""


def folded(sentence: str) -> list[str]:
    """A sentence in lines that fit.

    A word is never broken, for it may be a path or an option to copy, and a line that is indented stays whole: it is
    a command to copy.
    """
    lines: list[str] = []
    for line in sentence.splitlines():
        fits = len(line) <= WIDTH or line.startswith(" ")
        lines += [line] if fits else wrap(line, WIDTH, break_on_hyphens=False, break_long_words=False)
    return lines or [""]


def _fitting(text: str) -> str:
    return text if len(text) <= STEP_WIDTH else f"{text[: STEP_WIDTH - 1]}…"


def has_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that takes colour."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def can_show(stream: TextIO, text: str) -> bool:
    """Whether a stream's encoding has these characters."""
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def spare_narrow_terminals() -> None:
    """Let a terminal that lacks a character show another one instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=PLAINER)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """The plain characters for what a terminal cannot show."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    return "".join(PLAIN.get(character, "_") for character in found), error.end


def _print(stream: TextIO, lines: Iterable[str]) -> None:
    encoding = stream.encoding or "utf-8"
    for line in lines:
        stream.write(f"{line}\n".encode(encoding, PLAINER).decode(encoding))
    stream.flush()


codecs.register_error(PLAINER, _plainer)
