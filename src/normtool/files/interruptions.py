"""Interruptions at a moment that does no harm: a signal waits until what must stay whole is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name))
"""Ctrl+C, and how a system or another program asks this one to stop."""


@contextmanager
def ended_as_interrupted() -> Iterator[None]:
    """Let a request to stop act as Ctrl+C does: what runs is broken off, and what is whole stays."""
    if not _is_main() or not hasattr(signal, "SIGTERM"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    former = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Do something as a whole: a signal that comes meanwhile is acted on afterwards."""
    if not _is_main():
        yield
        return
    came: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    former = {number: signal.signal(number, remember) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        for number in dict.fromkeys(came):
            signal.raise_signal(number)


def _is_main() -> bool:
    """Only the first thread may say what a signal does, and only it is interrupted by one."""
    return threading.current_thread() is threading.main_thread()
