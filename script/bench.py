"""Speed as ratios within one run, each against a named peer or floor; nothing here passes or fails.

    script/bench            everything but what takes minutes (batch)
    script/bench help read  only these
    script/bench batch      many networks in one call

Absolute times vary from machine to machine and hour to hour; the ratios are what design and notes speak of.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from normtool.files.reading_worker import read_all
from normtool.files.workbooks_xlsx import read_workbook
from normtool.resources import data_dir
from script.bench_batch import bench_batch
from script.bench_evidence import PARTS, write_evidence
from script.bench_measuring import START, Measured, built_in, compare, process, program
from script.bench_networks import bench_networks
from script.bench_paper import bench_assess
from script.bench_screen import bench_screen

SAMPLE = data_dir("sample_data") / "fictional" / "voorbeeldland-2026.xlsx"
BARE_TYPER = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
@app.command()
def one(name: str = "x", force: bool = False) -> None: "Do one thing."
@app.command()
def two(name: str = "x", force: bool = False) -> None: "Do another."
app()
"""


def bench_help() -> None:
    """`normtool --help` against a bare typer application."""
    compare(
        "help",
        "<= 1.4 x a bare typer app",
        ("normtool --help", process("-c", START, "--help")),
        ("bare typer app --help", process("-c", BARE_TYPER, "--help")),
        rounds=15,
    )


def bench_read() -> None:
    """One workbook in process: ours, openpyxl, and calamine alone."""
    import openpyxl
    from python_calamine import CalamineWorkbook

    def calamine() -> None:
        book = CalamineWorkbook.from_path(str(SAMPLE))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    def with_openpyxl() -> None:
        book = openpyxl.load_workbook(SAMPLE, data_only=True)
        for sheet in book:
            list(sheet.iter_rows(values_only=True))

    compare(
        "read",
        "<= 2 x calamine, >= 8 x faster than openpyxl",
        ("normtool (guard and reader)", lambda: read_workbook(SAMPLE)),
        ("openpyxl", with_openpyxl),
        ("calamine alone", calamine),
        rounds=15,
    )


def bench_check() -> None:
    """Seven workbooks with 60,000 register rows, against frictionless on the same files; and the worker alone."""
    framework = built_in()
    peer = Path(__file__).parent.parent / ".venv-bench" / "bin" / "python"
    if not peer.exists():
        raise SystemExit("start this one with script/bench, which makes the environment of the peer")
    with tempfile.TemporaryDirectory() as folder:
        rows, faults = write_evidence(Path(folder), framework)
        print(f"\n{PARTS} workbooks, {rows} register rows, {faults} cells and keys made wrong")
        check = program("check", folder, "--format", "json")
        other = [str(peer), str(Path(__file__).parent / "bench_frictionless.py"), folder]
        ours, theirs = Measured("normtool check"), Measured("frictionless validate")
        said = count = ""
        for _ in range(3):
            said, count = ours.run(check), theirs.run(other)
        found = json.loads(said)["diagnostics"]
        errors = sum(item["severity"] == "error" for item in found)
        print("\ncheck  (target: <= 0.6 x the wall time of frictionless; 3 rounds by turns)")
        print(ours.against(theirs), f"{errors} errors, {len(found) - errors} questions and notes")
        print(theirs.against(theirs), f"{count.strip()} errors")
    compare(
        "worker",
        "start-up and way back of one small workbook, apart",
        ("read in a worker", lambda: read_all((SAMPLE,))),
        ("read in this process", lambda: read_workbook(SAMPLE)),
        rounds=15,
    )


BENCHES = {
    "help": bench_help,
    "read": bench_read,
    "check": bench_check,
    "assess": bench_assess,
    "networks": bench_networks,
    "batch": bench_batch,
    "screen": bench_screen,
}
ON_REQUEST = frozenset({"batch", "screen"})
"""What takes minutes, or a browser, is only run when it is named."""


def main() -> None:
    """Run the benches named on the command line, or all."""
    chosen = sys.argv[1:] or [name for name in BENCHES if name not in ON_REQUEST]
    unknown = [name for name in chosen if name not in BENCHES]
    if unknown:
        raise SystemExit(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    for name in chosen:
        BENCHES[name]()


if __name__ == "__main__":
    main()
