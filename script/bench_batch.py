"""Many networks in one call: two workers against one process, and a second run in which nothing has changed.

The networks are the sample network under other names, so each takes as long as a real one. This section takes
minutes and is only run when it is named: script/bench batch
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import zipfile
from pathlib import Path

from normtool.resources import data_dir
from script.bench_measuring import Measured, program

SAMPLE = data_dir("sample_data") / "fictional" / "voorbeeldland-2026.xlsx"
SOME, MANY = 7, 50
ROUNDS = 3
WORKERS_TARGET, AGAIN_TARGET = 0.62, 40
LOOK_SECONDS = 0.2
MEBIBYTE = 1024 * 1024


def bench_batch() -> None:
    """Seven networks with one process and with two workers; fifty networks, and the same fifty again."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for count in (SOME, MANY):
            write_networks(root / f"in-{count}", count)
        bench_workers(root)
        bench_again(root)


def write_networks(folder: Path, count: int) -> None:
    """Write the form of the sample network so many times, each under a code and name of its own."""
    folder.mkdir()
    for number in range(1, count + 1):
        recode(SAMPLE, folder / f"proefland-{number:02}.xlsx", number)


def recode(source: Path, target: Path, number: int) -> None:
    """Copy a sample form under another code and name, wherever it says them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xml"):
                part = part.replace(b"voorbeeldland", f"proefland{number:02}".encode())
                part = part.replace(b"Voorbeeldland", f"Proefland {number:02}".encode())
            new.writestr(name, part)


def bench_workers(root: Path) -> None:
    """The same networks by one process and by two workers, in turns, each time from nothing."""
    one, two = Measured("one process"), Measured("two workers")
    memory = {measured.label: 0.0 for measured in (one, two)}
    for turn in range(ROUNDS):
        for jobs, measured in ((1, one), (2, two)):
            output = root / f"out-{jobs}-{turn}"
            with Watched() as watched:
                assess(measured, root / f"in-{SOME}", output, jobs)
            memory[measured.label] = max(memory[measured.label], watched.megabytes)
    same = files_in(root / "out-1-0") == files_in(root / "out-2-0")
    print(
        f"\nbatch, {SOME} networks  (target: two workers <= {WORKERS_TARGET} x one process; {ROUNDS} rounds by turns)"
    )
    for measured in (two, one):
        print(measured.against(one), f"all processes together {memory[measured.label]:5.0f} MB")
    print(f"  the same bytes: {'yes' if same else 'NO'}")


def bench_again(root: Path) -> None:
    """Many networks from nothing, and twice again with nothing changed."""
    first, again = Measured("from nothing"), Measured("unchanged, again")
    source, output = root / f"in-{MANY}", root / "out"
    with Watched() as watched:
        assess(first, source, output, 0)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    for _ in range(ROUNDS):
        assess(again, source, output, 0)
    untouched = before == {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    times = first.seconds[0] / min(again.seconds)
    print(f"\nbatch, {MANY} networks  (target: again >= {AGAIN_TARGET} x faster; measured {times:.0f} x)")
    print(first.against(first), f"all processes together {watched.megabytes:5.0f} MB")
    print(again.against(first), f"files untouched: {'yes' if untouched else 'NO'}")


def assess(measured: Measured, source: Path, output: Path, jobs: int) -> None:
    """One measured run of `assess` over a folder with forms; 0 jobs is as many as the program takes itself."""
    more = ("--jobs", str(jobs)) if jobs else ()
    said = measured.run(program("assess", str(source), "-o", str(output), "--quiet", *more))
    if measured.code != 0:
        sys.exit(f"normtool assess of {source.name} ended with {measured.code}\n{said}")


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path within it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Watched:
    """The most memory that this program's children and theirs had at once, looked at a few times a second.

    What processes share is counted for each of them in proportion (PSS); 0 where the system does not tell.
    """

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(LOOK_SECONDS):
            self.megabytes = max(self.megabytes, sum(map(proportional, below(os.getpid()))) / MEBIBYTE)


def below(parent: int) -> list[int]:
    """All processes that were started by this one, or by one that was."""
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{parent}/task").iterdir():
            children = (thread / "children").read_text(encoding="ascii").split()
            found += [process for child in children for process in (int(child), *below(int(child)))]
    except OSError:
        return found
    return found


def proportional(process: int) -> int:
    """The bytes of memory of a process, what it shares with others in proportion."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) * 1024
