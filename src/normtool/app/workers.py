"""Work that several processes share: tasks go out one by one, and what comes of each comes back.

On a system that has it, and in a program without threads, a worker is a fork: everything that was imported and
loaded is there already. It does one task: what that leaves behind goes with it, and need not be looked for. Elsewhere
a worker is a new interpreter, to which task after task is sent. A process that dies costs the task it was at; another
takes its place. What is interrupted here ends all of them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from normtool.app.losses import CRASHED, KILLED, MEMORY, Lost
from normtool.files.interruptions import ENDING, uninterrupted

FORK, SPAWN = "fork", "spawn"
THRESHOLDS = (2_000_000, 50, 50)
"""When the collector looks for cycles in a new interpreter: hardly while a document is laid out, in very many objects
that all stay. What that leaves behind is all one large cycle, so where more tasks follow it is looked for after each
of them; else a process grows with every one."""

Work = Callable[[Any], Any]


class Worker:
    """A process with the line to it, and the number of the task that it is at."""

    def __init__(self, method: str, work: Work, tasks: Sequence[object]) -> None:
        context = multiprocessing.get_context(method)
        self.sends_tasks = method != FORK
        self.line, theirs = context.Pipe()
        self.task: int | None = None
        inherited = None if self.sends_tasks else tasks
        # The two kinds of context share no type that has both Pipe and Process.
        self.process = context.Process(target=serve, args=(theirs, work, inherited), daemon=True)  # type: ignore[attr-defined]
        with warnings.catch_warnings(), _deaf() if self.sends_tasks else uninterrupted():
            # A library may keep threads of its own that Python warns of; they hold nothing that the work needs.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        theirs.close()

    def give(self, number: int, task: object) -> None:
        """Send it a task; one that is gone already is found out when its answer is asked."""
        self.task = number
        with suppress(OSError):
            self.line.send((number, task if self.sends_tasks else None))

    def answer(self) -> object:
        """What came of its task."""
        try:
            return self.line.recv()
        except (EOFError, OSError):
            return Lost(reason=KILLED)

    def end(self) -> None:
        """End it at once, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.line.close()


def work_through(tasks: Sequence[object], work: Work, jobs: int) -> Generator[tuple[int, object], None, None]:
    """Each task's number with what `work` made of it, or `Lost`, as they are done; tasks begin in their order.

    With one job everything happens in this process. `work` is a function of a module: another interpreter looks it
    up by name.
    """
    if jobs < 2 or len(tasks) < 2:
        yield from _alone(tasks, work)
        return
    yield from _shared(tasks, work, min(jobs, len(tasks)))


def _alone(tasks: Sequence[object], work: Work) -> Generator[tuple[int, object], None, None]:
    for number, task in enumerate(tasks):
        if number:
            gc.collect()
        yield number, attempt(work, task)


def _shared(tasks: Sequence[object], work: Work, jobs: int) -> Generator[tuple[int, object], None, None]:
    waiting = deque(range(len(tasks)))
    method = start_method()
    if method == FORK:
        gc.freeze()  # what stands now is not looked through in a copy of this process, which keeps its memory shared
    at_work: list[Worker] = []
    try:
        while waiting or any(item.task is not None for item in at_work):
            while waiting and len(at_work) < jobs:
                at_work.append(Worker(method, work, tasks))
                _give_next(at_work[-1], waiting, tasks)
            busy = {item.line: item for item in at_work if item.task is not None}
            for line in wait(list(busy)):
                worker = busy[line]  # type: ignore[index]  # only our own lines were waited for
                number, worker.task, found = worker.task, None, worker.answer()
                if method == FORK or (isinstance(found, Lost) and found.reason == KILLED):
                    worker.end()
                    at_work.remove(worker)
                elif waiting:
                    _give_next(worker, waiting, tasks)
                yield _number(number), found
    finally:
        for item in at_work:
            item.end()
        if method == FORK:
            gc.unfreeze()


def _give_next(worker: Worker, waiting: deque[int], tasks: Sequence[object]) -> None:
    number = waiting.popleft()
    worker.give(number, tasks[number])


def _number(number: int | None) -> int:
    if number is None:
        raise AssertionError("a worker that is at no task answered")
    return number


def start_method() -> str:
    """How a worker is started here: as a fork where there is one and no thread would be left behind half-way."""
    has_fork = sys.platform not in ("win32", "darwin") and hasattr(os, "fork")
    return FORK if has_fork and threading.active_count() == 1 else SPAWN


def cores() -> int:
    """How many processes can be at work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@contextmanager
def _deaf() -> Iterator[None]:
    """While an interpreter starts, Ctrl+C is for the program only: what a process ignores from its start, it keeps
    ignoring, and says nothing of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


# --- in the other process ---------------------------------------------------------------------------------------


def serve(line: Connection, work: Work, tasks: Sequence[object] | None) -> None:
    """Do the tasks that come in, until the program that sends them is gone; a fork, which has them, does one."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    gc.set_threshold(*THRESHOLDS)
    above = multiprocessing.parent_process()
    with suppress(EOFError, OSError):
        while above is not None and line in wait([line, above.sentinel]):
            number, task = line.recv()
            line.send(attempt(work, task if tasks is None else tasks[number]))
            if tasks is not None:
                return
            gc.collect()


def attempt(work: Work, task: object) -> object:
    """What the work makes of a task; a fault in it costs this task only."""
    try:
        return work(task)
    except MemoryError:
        return Lost(reason=MEMORY)
    except Exception as fault:  # noqa: BLE001 (the program says it at its end, when the other tasks are done)
        return Lost(reason=CRASHED, details="".join(traceback.format_exception(fault)))
