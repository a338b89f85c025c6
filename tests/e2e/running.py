"""Running the program: in this process, or as a user does in one of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import normtool
from normtool.cli import run

SOURCE = Path(normtool.__file__).resolve().parent.parent
START = "from normtool.cli import main; main()"
TIMEOUT = 300
"""Seconds after which a process hangs; a report on paper takes ten, on a machine that does much else a minute."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on standard output."""
        return json.loads(self.out)


def here(*arguments: str | Path, folder: Path | None = None) -> Ran:
    """Run in this process: quick, and a warning is an error. Standard output is no terminal and takes UTF-8."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.chdir(folder or Path.cwd()):
        code = run([str(argument) for argument in arguments])
    return Ran(code, *(_written(stream) for stream in (out, err)))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def program(
    *arguments: str | Path,
    folder: Path,
    env: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
    prelude: str = "",
) -> Ran:
    """Run in a process of its own, in this folder; `prelude` is Python that runs first, `before` in the child."""
    done = subprocess.run(
        [sys.executable, "-c", f"{prelude}\n{START}", *map(str, arguments)],
        cwd=folder,
        env=environment(env),
        preexec_fn=before,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
    )
    encoding = (env or {}).get("PYTHONIOENCODING", "utf-8")
    return Ran(done.returncode, *(stream.decode(encoding, "replace") for stream in (done.stdout, done.stderr)))


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """A bare environment; nothing of the machine that runs the tests leaks into the program."""
    bare = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", ""),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(SOURCE),
        "PYTHONDONTWRITEBYTECODE": "1",  # a test with a full disk would leave half a file that breaks the next import
        "MUTANT_UNDER_TEST": "",  # mutmut's copies of the program ask for it
    }
    return bare | dict(extra or {})
