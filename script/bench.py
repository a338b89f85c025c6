"""Speed as ratios within one run, each against a named peer or floor; nothing here passes or fails.

    script/bench            everything
    script/bench help read  only these

Absolute times vary from machine to machine and hour to hour; the ratios are what design and notes speak of.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from normtool.core.dossier import Dossier
from normtool.core.intake import take_in
from normtool.core.scoring import assess
from normtool.documents import pages
from normtool.files.reading_worker import read_all
from normtool.files.workbooks_xlsx import read_workbook
from normtool.resources import data_dir
from normtool.texts import Words
from script.bench_evidence import PARTS, write_evidence
from script.bench_measuring import START, Measured, built_in, compare, process, program
from script.bench_networks import bench_networks

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
BARE_WEASYPRINT = """
import sys, weasyprint
page, base, target = sys.argv[1:]
html = weasyprint.HTML(filename=page, base_url=base)
html.write_pdf(target, pdf_variant="pdf/a-3a", pdf_tags=True)
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


def bench_assess() -> None:
    """The whole of `assess` against WeasyPrint rendering the same HTML in a bare script."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(printed_page(), encoding="utf-8")
        templates = data_dir("templates").as_uri() + "/"
        output = str(Path(folder) / "out")
        compare(
            "assess",
            "<= 1.3 x WeasyPrint alone",
            (
                "normtool assess, four documents",
                process(
                    "-c",
                    START,
                    "assess",
                    str(SAMPLE),
                    "-o",
                    output,
                    "--force",
                    "--quiet",
                ),
            ),
            (
                "WeasyPrint alone, the same page",
                process("-c", BARE_WEASYPRINT, str(page), templates, f"{output}.pdf"),
            ),
            rounds=5,
        )


def printed_page() -> str:
    """The page that `assess` hands to WeasyPrint for the sample."""
    framework = built_in()
    grid, _ = read_workbook(SAMPLE)
    if grid is None:
        raise SystemExit("the sample cannot be read; run script/test first")
    evidence, _ = take_in(framework, (grid,))
    if evidence is None:
        raise SystemExit("the sample has no network")
    assessment, _ = assess(framework, evidence)
    return pages.printed_page(Dossier(framework=framework, evidence=evidence, assessment=assessment), Words("nl"))


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
}


def main() -> None:
    """Run the benches named on the command line, or all."""
    chosen = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in chosen if name not in BENCHES]
    if unknown:
        raise SystemExit(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    for name in chosen:
        BENCHES[name]()


if __name__ == "__main__":
    main()
