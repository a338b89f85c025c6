"""Reading in another process: a file that ends it costs one diagnostic, the rest is read, nothing stays behind."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Diagnostic, Related
from normtool.core.grids import Grid, LooseText, Sheet
from normtool.core.places import CellPlace, CellRange, FilePlace, KeyPlace
from normtool.files import reading_worker
from normtool.files.reading_limits import LIMITS, MEBIBYTE, Limits
from normtool.files.reading_process import LENGTH, Reader
from normtool.files.reading_worker import Process, ReadFile, read_all, receive
from normtool.files.workbooks_xlsx import read_workbook
from tests.conftest import SAMPLES
from tests.hostile_readers import VALUES, by_name

PATHS = sorted(SAMPLES.rglob("*.xlsx"))
STRICT = replace(LIMITS, memory_bytes=64 * MEBIBYTE, cpu_seconds=0, wall_seconds=60)


def outcome(read: ReadFile) -> str:
    assert read.grid is None or not any(item.is_error for item in read.diagnostics)
    assert all(item.place == FilePlace(file=read.path.name) for item in read.diagnostics)
    return "read" if read.grid is not None else " ".join(item.code for item in read.diagnostics)


def outcomes(names: str, limits: Limits = STRICT) -> list[str]:
    paths = [Path(f"{name}.xlsx") for name in names.split()]
    found = read_all(paths, by_name, limits)
    assert [item.path for item in found] == paths
    return [outcome(item) for item in found]


@pytest.fixture(params=["fork", "spawn"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to start a process."""
    if request.param == "spawn":
        monkeypatch.setattr(reading_worker, "fork", reading_worker.spawn)
    return str(request.param)


def test_the_samples_come_back_as_they_are(way: str) -> None:
    assert [(item.path, item.grid, item.diagnostics) for item in read_all(PATHS)] == [
        (path, *read_workbook(path)) for path in PATHS
    ]


def test_no_files_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_worker, "start", None)
    assert read_all([]) == ()


def test_values_keep_their_types(way: str) -> None:
    (read,) = read_all([Path("goed.xlsx")], by_name)
    assert read.grid is not None
    assert [(type(value), value) for value in read.grid.sheets[0].rows[0]] == [
        (type(value), value) for value in VALUES
    ]
    assert [item.code for item in read.diagnostics] == ["NT230"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("abort", "NT218"),
        ("memory", "NT218"),
        ("segfault", "NT219"),
        ("leave", "NT219"),
        ("fault", "NT219"),
        ("strange", "NT219"),
    ],
)
def test_what_ends_the_process_costs_one_diagnostic(way: str, name: str, code: str) -> None:
    assert outcomes(f"{name} goed") == [code, "read"]


def test_every_file_after_a_crash_is_read() -> None:
    names = "abort goed leave leave goed memory fault large abort"
    codes = "NT218 read NT219 NT219 read NT218 NT219 read NT218"
    assert outcomes(names) == codes.split()


def test_computing_too_long() -> None:
    (read, _) = read_all([Path("spin.xlsx"), Path("goed.xlsx")], by_name, STRICT)
    assert [(item.code, item.facts) for item in read.diagnostics] == [("NT217", (("seconds", 0),))]


def test_waiting_too_long(way: str) -> None:
    limits = replace(STRICT, cpu_seconds=60, wall_seconds=1)
    started = time.perf_counter()
    (read,) = read_all([Path("hang.xlsx")], by_name, limits)
    assert [(item.code, item.facts) for item in read.diagnostics] == [("NT217", (("seconds", 1),))]
    assert time.perf_counter() - started < 60  # it hangs ten minutes


def test_a_fault_in_a_reader_is_told_with_its_place() -> None:
    (read,) = read_all([Path("fault.xlsx")], by_name)
    reason = dict(read.diagnostics[0].facts)["reason"]
    assert str(reason).startswith("ZeroDivisionError, hostile_readers.py:")


def test_the_signal_that_ended_it_is_named() -> None:
    (read,) = read_all([Path("segfault.xlsx")], by_name)
    assert dict(read.diagnostics[0].facts) == {"reason": "SIGSEGV"}


def test_a_reader_cannot_write_on_the_screen(way: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert outcomes("print abort") == ["read", "NT218"]
    assert capfd.readouterr() == ("", "")


def test_the_limit_on_memory_holds_for_a_large_program() -> None:
    """What the program itself holds does not count."""
    ballast = bytearray(3 * STRICT.memory_bytes)
    assert outcomes("goed large memory") == ["read", "read", "NT218"]
    assert ballast


def test_a_process_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "too many processes")

    before = open_descriptors()
    monkeypatch.setattr(os, "fork", refuse)
    assert outcomes("goed goed") == ["NT219", "NT219"]
    assert open_descriptors() == before


def test_threads_are_not_left_behind_half_way(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    def watched(paths: Sequence[Path], reader: Reader, limits: Limits) -> Process:
        started.append("spawn")
        return original(paths, reader, limits)

    original = reading_worker.spawn
    monkeypatch.setattr(reading_worker, "spawn", watched)
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert outcomes("goed", LIMITS) == ["read"]
    finally:
        stop.set()
        other.join()
    assert started == ["spawn"]


def large_workbook(path: Path, spoiled: str) -> None:
    """Three hundred thousand different numbers; what is spoiled is written as no program writes it."""
    cells = '<c r="A{0}"><v>0.{0}</v></c><c r="B{0}"><v>1.{0}</v></c><c r="C{0}"><v>2.{0}</v></c>'
    rows = "".join(f'<row{spoiled} r="{n}">{cells.format(n)}</row>' for n in range(1, 90_000))
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Blad")
    book.close()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("spoiled", "limits", "code"),
    [
        ("", replace(LIMITS, memory_bytes=20 * MEBIBYTE), "NT218"),
        (" q='1'", replace(LIMITS, cpu_seconds=0), "NT217"),
        ("", LIMITS, ""),
    ],
)
def test_a_workbook_beyond_the_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoiled: str, limits: Limits, code: str
) -> None:
    monkeypatch.setattr(reading_worker, "fork", reading_worker.spawn)  # a copy of this process has room left over
    large_workbook(tmp_path / "groot.xlsx", spoiled)
    (found,) = read_all([tmp_path / "groot.xlsx"], limits=limits)
    assert [item.code for item in found.diagnostics] == ([code] if code else [])
    assert (found.grid is None) == bool(code)


# --- nothing stays behind ---------------------------------------------------------------------------------------


def open_descriptors() -> list[str]:
    return sorted(path.name for path in Path("/proc/self/fd").iterdir())


def children() -> set[str]:
    """The processes under this one. Another test may have left a browser, or the tracker that spawning starts."""
    return {child for tasks in Path("/proc/self/task").glob("*/children") for child in tasks.read_text().split()}


def test_no_process_and_no_descriptor_is_left(way: str) -> None:
    outcomes("goed")
    before = open_descriptors(), threading.active_count(), children()
    outcomes("goed abort fault")
    assert (open_descriptors(), threading.active_count(), children()) == before


def test_an_interrupt_ends_the_other_process(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_stream: object) -> None:
        raise KeyboardInterrupt

    before = open_descriptors(), children()
    monkeypatch.setattr(reading_worker, "receive", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_all([Path("hang.xlsx")], by_name)
    assert (open_descriptors(), children()) == before


SCRIPT = """
import sys
sys.path[:] = {path!r}
from pathlib import Path
from normtool.files.reading_worker import read_all
from tests.hostile_readers import by_name
found = read_all([Path(name) for name in {names!r}], by_name)
Path({target!r}).write_text(" ".join(item.diagnostics[0].code for item in found))
"""


def script(folder: Path, *names: str) -> list[str]:
    code = SCRIPT.format(path=sys.path, names=names, target=str(folder / "uit"))
    return [sys.executable, "-W", "error", "-c", code]


@pytest.mark.parametrize("closed", ["", "<&-", "<&- >&- 2>&-", ">&-"])
def test_without_standard_streams(tmp_path: Path, closed: str) -> None:
    command = [
        "bash",
        "-c",
        f'exec "$@" {closed}',
        "bash",
        *script(tmp_path, "goed.xlsx", "abort.xlsx", "print.xlsx"),
    ]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert (tmp_path / "uit").read_text() == "NT230 NT218 NT230"


def is_asleep(process: str) -> bool:
    """Whether a process waits: here, in the file that it hangs in."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "S"


def test_an_interrupt_from_the_keyboard_reaches_both(tmp_path: Path) -> None:
    """A terminal sends it to the program and to the other process at once."""
    program = subprocess.Popen(
        script(tmp_path, "hang.xlsx"), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
    deadline = time.monotonic() + 120
    while not children.read_text() and time.monotonic() < deadline:
        time.sleep(0.01)
    child = children.read_text().strip()
    while not is_asleep(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(program.pid, signal.SIGINT)
    _, err = program.communicate(timeout=120)
    assert program.returncode == -signal.SIGINT
    assert err.count("Traceback") == 1
    assert child
    assert not Path(f"/proc/{child}").exists()


# --- what may come back -----------------------------------------------------------------------------------------


class Harmful:
    """A pickle that runs a command when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch gevaar",)


def framed(content: bytes) -> io.BytesIO:
    return io.BytesIO(len(content).to_bytes(LENGTH, "big") + content)


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps(Harmful()),
        pickle.dumps((None, (Harmful(),))),
        pickle.dumps((None, (FilePlace(file="x"),))),
        pickle.dumps((None, "NT219")),
        pickle.dumps(("grid", ())),
        pickle.dumps(None),
        pickle.dumps(Path("x")),
        b"",
        b"\x80",
        b"cos\nsystem\n(S'touch gevaar'\ntR.",
    ],
)
def test_only_our_own_values_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(pickle.UnpicklingError):
        receive(framed(content))
    assert list(tmp_path.iterdir()) == []


def test_a_length_that_is_none() -> None:
    with pytest.raises(pickle.UnpicklingError):
        receive(io.BytesIO(b"\xff" * 20))
    for broken_off in (b"", b"\0\0", b"\0" * 7 + b"\5abcd"):
        with pytest.raises(EOFError):
            receive(io.BytesIO(broken_off))


def test_every_value_of_ours_comes_back() -> None:
    here = CellPlace(file="a.xlsx", sheet="Blad", row=1, column=2)
    found = Diagnostic(
        rule=rules.CELL_FAR_AWAY,
        place=CellRange(file="a.xlsx", sheet="Blad", row=1, column=2, last_row=3, last_column=4),
        related=(Related(place=here, role="x"), Related(place=KeyPlace(file="a", line=1, column=2), role="y")),
        facts=(("cell", "B1"),),
    )
    sheet = Sheet(name="Blad", rows=(VALUES,), comments=(((1, 1), "kijk"),), percentages=((1, 2),))
    grid = Grid(file="a.xlsx", sheets=(sheet,), loose_texts=(LooseText(sheet="", where="properties", text="x"),))
    assert receive(framed(pickle.dumps((grid, (found,))))) == (grid, (found,))
