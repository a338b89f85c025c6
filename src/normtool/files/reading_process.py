"""The other side of `reading_worker`: reads file after file within limits, and sends what it found."""

from __future__ import annotations

import gc
import importlib
import io
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.grids import Grid
from normtool.core.places import FilePlace
from normtool.files.reading_limits import Limits

Result = tuple[Grid | None, Diagnostics]
Reader = Callable[[Path], Result]

LENGTH = 8
"""Bytes before each result that say how long it is."""
OUT_OF_MEMORY = 97
"""Exit code: a limit on memory was met. Python itself ends with 0, 1, 2 or 120."""
GRACE_SECONDS = 5
"""The program ends this process when its time is over; when the program itself is gone, an alarm does."""
PROTOCOL = 5


def serve(paths: Sequence[Path], reader: Reader, limits: Limits, results: int) -> NoReturn:
    """Read the files, write each result to the descriptor, and end without what a program does at its end."""
    try:
        results = keep_quiet(results)
        gc.freeze()
        limit_memory(limits)
        for path in paths:
            limit_time(limits)
            send(results, pickle.dumps(read(path, reader), PROTOCOL))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException:  # noqa: BLE001 (nobody is left to tell: the other side sees that no result came)
        os._exit(1)
    os._exit(0)


def serve_from_standard_input() -> NoReturn:
    """The same in a new interpreter: standard input says what to read, standard output takes the results."""
    paths, module, name, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own program wrote it)
    reader = importlib.import_module(module)
    for part in name.split("."):
        reader = getattr(reader, part)
    serve(paths, reader, limits, 1)  # type: ignore[arg-type]


def read(path: Path, reader: Reader) -> Result:
    """What the reader makes of a file; a fault in the reader is told with its place, and costs only this file."""
    try:
        return reader(path)
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 (the file is the cause, whatever the fault; the next may be fine)
        steps = traceback.extract_tb(fault.__traceback__)
        reason = f"{type(fault).__name__}, {Path(steps[-1].filename).name}:{steps[-1].lineno}"
        place = FilePlace(file=path.name)
        return None, (Diagnostic(rule=rules.READER_GAVE_UP, place=place, facts=(("reason", reason),)),)


def send(results: int, content: bytes) -> None:
    """Write one result, after its length."""
    with io.FileIO(results, "wb", closefd=False) as stream, io.BufferedWriter(stream) as buffer:
        buffer.write(len(content).to_bytes(LENGTH, "big"))
        buffer.write(content)


def keep_quiet(results: int) -> int:
    """Take the three standard streams away, so that no parser writes on the screen; where results go now.

    An interrupt is for the program itself: it ends this process.
    """
    import faulthandler

    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while results < 3:  # a program that was started without standard streams gets these numbers for its pipes
        results = os.dup(results)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        if nothing != stream:
            os.dup2(nothing, stream)
    return results


def limit_memory(limits: Limits) -> None:
    """Allow no more address space than what is in use and the limit; and never write a core file."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        lower(resource.RLIMIT_CORE, 0)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        lower(resource.RLIMIT_AS, pages * resource.getpagesize() + limits.memory_bytes)


def limit_time(limits: Limits) -> None:
    """Allow this file its own seconds, of computing and of waiting."""
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(limits.wall_seconds + GRACE_SECONDS)
    with suppress(ImportError, OSError, ValueError):
        import resource

        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        used = resource.getrusage(resource.RUSAGE_SELF)
        lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + limits.cpu_seconds + 1)


def lower(kind: int, value: int) -> None:
    """Set a limit of the system, never above what it already was."""
    import resource

    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
