"""Files from others are read in a process of their own: whatever a file does to it costs one diagnostic.

One process reads all files of a command. When one of them ends it, by its memory, its time or a fault in a
parser, that file gets the diagnostic and a new process reads the rest.

On Linux the process is a fork: it starts in a millisecond or two and is held to all limits. Elsewhere, and in
a program with threads (which a fork would leave behind half-way), it is a new interpreter: it takes the time
of an import, and the system may know no limit on memory; what ends it ends only itself, and the limit on time
always holds.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.grids import Grid
from normtool.core.places import FilePlace
from normtool.files.reading_limits import LIMITS, MEBIBYTE, Limits
from normtool.files.reading_process import LENGTH, OUT_OF_MEMORY, Reader, Result, serve
from normtool.files.workbooks_xlsx import read_workbook

ADMITTED = {
    "normtool.core.grids": {"Grid", "Sheet", "LooseText"},
    "normtool.core.diagnostics": {"Diagnostic", "Related", "Rule", "Severity"},
    "normtool.core.places": {"FilePlace", "CellPlace", "CellRange", "KeyPlace"},
    "datetime": {"date", "datetime", "time", "timedelta"},
}
MAX_RESULT_BYTES = 512 * MEBIBYTE
"""More than a process can hold within its limit; a length beyond it was not written by our own code."""
BOOT = (
    "import pickle, sys\n"
    "sys.path[:] = pickle.load(sys.stdin.buffer)\n"
    "from normtool.files.reading_process import serve_from_standard_input\n"
    "serve_from_standard_input()\n"
)
TIME_SIGNALS = {getattr(signal, name, None) for name in ("SIGXCPU", "SIGALRM")} - {None}
MEMORY_SIGNALS = {getattr(signal, name, None) for name in ("SIGABRT", "SIGKILL")} - {None}
"""A parser in Rust aborts when it is refused memory; the system kills a process when it has none left itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What came of reading one file: `grid` is None when it could not be read, and the diagnostics say why."""

    path: Path
    grid: Grid | None
    diagnostics: Diagnostics


class Process(Protocol):
    """The process that reads: its results, and its end."""

    @property
    def results(self) -> BinaryIO:
        """The stream on which it sends what it has read."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> int:
        """Its exit code, or minus the signal that ended it, once it has ended."""


def read_all(paths: Sequence[Path], reader: Reader = read_workbook, limits: Limits = LIMITS) -> tuple[ReadFile, ...]:
    """Every file, in the order of the paths, read in another process.

    `reader` is a function of a module (the other process looks it up by name): path to grid and diagnostics.
    """
    done: list[ReadFile] = []
    while len(done) < len(paths):
        done += read_until_one_fails(paths[len(done) :], reader, limits)
    return tuple(done)


def read_until_one_fails(paths: Sequence[Path], reader: Reader, limits: Limits) -> list[ReadFile]:
    """The files up to and including the first that ends the process."""
    try:
        process = start(paths, reader, limits)
    except OSError as fault:
        return [not_read(paths[0], Diagnostic(rule=rules.READER_GAVE_UP, facts=(("reason", str(fault)),)))]
    found: list[ReadFile] = []
    try:
        for path in paths:
            result = next_result(process, limits)
            if isinstance(result, Diagnostic):
                found.append(not_read(path, result))
                break
            found.append(ReadFile(path=path, grid=result[0], diagnostics=result[1]))
    finally:
        # Also when the user interrupts: nothing that was started here is left behind.
        process.kill()
        process.results.close()
        process.wait()
    return found


def next_result(process: Process, limits: Limits) -> Result | Diagnostic:
    """What came of the next file, or why the process can read no more."""
    overdue = threading.Event()
    with time_limit(process, limits, overdue):
        try:
            return receive(process.results)
        except EOFError:
            code = process.wait()
        except pickle.UnpicklingError:
            return Diagnostic(rule=rules.READER_GAVE_UP, facts=(("reason", "pickle"),))
    return reason(code, overdue.is_set(), limits)


def not_read(path: Path, why: Diagnostic) -> ReadFile:
    """A file that ended the process."""
    placed = Diagnostic(rule=why.rule, place=FilePlace(file=path.name), facts=why.facts)
    return ReadFile(path=path, grid=None, diagnostics=(placed,))


def reason(code: int, is_overdue: bool, limits: Limits) -> Diagnostic:
    """Why the process ended before it had read the file."""
    if is_overdue or -code in TIME_SIGNALS:
        seconds = limits.wall_seconds if is_overdue else limits.cpu_seconds
        return Diagnostic(rule=rules.TAKES_TOO_LONG, facts=(("seconds", seconds),))
    if code == OUT_OF_MEMORY or -code in MEMORY_SIGNALS:
        return Diagnostic(rule=rules.TAKES_TOO_MUCH_MEMORY, facts=(("limit", limits.memory_bytes // MEBIBYTE),))
    name = str(code)
    with suppress(ValueError):
        name = signal.Signals(-code).name
    return Diagnostic(rule=rules.READER_GAVE_UP, facts=(("reason", name),))


@contextmanager
def time_limit(process: Process, limits: Limits, overdue: threading.Event) -> Iterator[None]:
    """Kill the process, and say so in `overdue`, when what is done inside takes too long.

    A timer and not a wait on the stream: Windows cannot wait on a pipe for a while.
    """

    def stop() -> None:
        overdue.set()
        process.kill()

    timer = threading.Timer(limits.wall_seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def receive(stream: BinaryIO) -> Result:
    """The next result.

    Raises:
        EOFError: the process broke off.
        UnpicklingError: it sent what no reader of ours gives.
    """
    start = stream.read(LENGTH)
    length = int.from_bytes(start, "big")
    if length > MAX_RESULT_BYTES:
        raise pickle.UnpicklingError(length)
    content = stream.read(length)
    if len(start) < LENGTH or len(content) < length:
        raise EOFError
    try:
        grid, diagnostics = OwnValues(io.BytesIO(content)).load()
    except Exception as fault:
        # Bytes of another process can fail in any way; all of them mean the same.
        raise pickle.UnpicklingError(length) from fault
    is_ours = isinstance(diagnostics, tuple) and all(isinstance(item, Diagnostic) for item in diagnostics)
    if not is_ours or not isinstance(grid, Grid | None):
        raise pickle.UnpicklingError(length)
    return grid, diagnostics


class OwnValues(pickle.Unpickler):
    """Admits our own plain values and dates, nothing else.

    A pickle may name any function and have it called. The other process has read a file we do not trust; if
    that file has taken it over, its results must not take over this one as well.
    """

    def find_class(self, module: str, name: str) -> object:
        """The class of that name. Raises UnpicklingError for all but values of a grid or a diagnostic."""
        if name not in ADMITTED.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


# --- starting the process ---------------------------------------------------------------------------------------


def start(paths: Sequence[Path], reader: Reader, limits: Limits) -> Process:
    """A process that reads these files one after the other. Raises OSError when the system refuses one."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return fork(paths, reader, limits)
    return spawn(paths, reader, limits)


class Fork:
    """A copy of this process."""

    def __init__(self, identity: int, results: BinaryIO) -> None:
        self.identity = identity
        self.results = results
        self.code: int | None = None

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        if self.code is None:
            with suppress(ProcessLookupError):
                os.kill(self.identity, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit code, or minus the signal that ended it."""
        if self.code is None:
            try:
                self.code = os.waitstatus_to_exitcode(os.waitpid(self.identity, 0)[1])
            except ChildProcessError:
                self.code = 1  # whoever started this program ignores its children, so the system kept no code
        return self.code


def fork(paths: Sequence[Path], reader: Reader, limits: Limits) -> Fork:
    """A copy of this process that reads the files; all it needs has been imported already."""
    to_read, to_write = os.pipe()
    try:
        with warnings.catch_warnings():
            # A library may keep threads of its own that Python warns of; they hold nothing that reading needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            identity = os.fork()
    except OSError:
        os.close(to_read)
        os.close(to_write)
        raise
    if identity == 0:
        try:
            os.close(to_read)
            serve(paths, reader, limits, to_write)
        finally:
            os._exit(1)
    os.close(to_write)
    return Fork(identity, os.fdopen(to_read, "rb"))


class Spawn:
    """A new interpreter."""

    def __init__(self, paths: Sequence[Path], reader: Reader, limits: Limits) -> None:
        import subprocess

        command = [sys.executable, "-c", BOOT]
        self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and our own code)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.results = cast(BinaryIO, self.process.stdout)
        job = (paths, reader.__module__, reader.__qualname__, limits)
        # When it ends before it has read this, the missing results say so.
        with suppress(OSError), cast(BinaryIO, self.process.stdin) as stream:
            stream.write(pickle.dumps(sys.path) + pickle.dumps(job))

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        self.process.kill()

    def wait(self) -> int:
        """Its exit code, or minus the signal that ended it."""
        return self.process.wait()


def spawn(paths: Sequence[Path], reader: Reader, limits: Limits) -> Spawn:
    """A new interpreter that reads the files."""
    return Spawn(paths, reader, limits)
