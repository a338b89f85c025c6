"""A reader that misbehaves as the name of a file says; apart from the tests because a new interpreter loads it."""

from __future__ import annotations

import ctypes
import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.grids import Grid, Sheet
from normtool.core.places import FilePlace

VALUES = (
    "tekst", 1, -2.5, True, None, date(2024, 12, 31), datetime(2024, 1, 2, 3, 4),  # noqa: DTZ001
    timedelta(hours=30),
)  # fmt: skip


def by_name(path: Path) -> tuple[Grid | None, Diagnostics]:  # noqa: C901 (a list)
    """A reader that does what the name of the file says."""
    match path.stem:
        case "abort":
            os.abort()
        case "leave":
            os._exit(3)
        case "segfault":
            ctypes.string_at(0)
        case "memory":
            return None, (Diagnostic(rule=rules.UNREADABLE, facts=(("x", len(bytearray(2**40))),)),)
        case "spin":
            while True:
                pass
        case "hang":
            time.sleep(600)
        case "fault":
            raise ZeroDivisionError
        case "print":
            os.write(1, b"out")
            os.write(2, b"err")
        case "strange":
            return None, (Path,)  # type: ignore[return-value]
        case "large":
            return grid_of(path, ("é" * 1_000_000,) * 3), ()
    return grid_of(path, VALUES), (Diagnostic(rule=rules.MACROS, place=FilePlace(file=path.name)),)


def grid_of(path: Path, row: tuple[object, ...]) -> Grid:
    return Grid(file=path.name, sheets=(Sheet(name="Blad", rows=(row,)),))  # type: ignore[arg-type]
