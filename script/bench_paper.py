"""What the report on paper costs, against WeasyPrint rendering the same page in a bare script, and per table cell.

Both sides are whole processes. Every round makes its documents anew: what `assess` keeps to skip unchanged ones is
thrown away first.
"""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from normtool.core.dossier import Dossier
from normtool.core.intake import take_in
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from normtool.documents import pages
from normtool.files.reading_worker import read_all
from normtool.resources import data_dir
from normtool.texts import Words
from script.bench_measuring import Measured, built_in, program
from script.bench_networks import write_network

SAMPLE = data_dir("sample_data") / "fictional" / "voorbeeldland-2026.xlsx"
HOSPITALS = 7
"""With twenty tumour groups and three years these fill 600 register rows."""
BARE_WEASYPRINT = """
import sys, weasyprint
page, base, target = sys.argv[1:]
html = weasyprint.HTML(filename=page, base_url=base)
html.write_pdf(target, pdf_variant="pdf/a-3a", pdf_tags=True)
"""
ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Some workbooks, and the page that `assess` hands to WeasyPrint for them."""

    paths: tuple[Path, ...]
    page: str

    @classmethod
    def of(cls, framework: Framework, paths: tuple[Path, ...]) -> Paper:
        """The page of these workbooks. Raises SystemExit when they cannot be read."""
        grids = tuple(read.grid for read in read_all(paths) if read.grid is not None)
        evidence, _ = take_in(framework, grids)
        if evidence is None:
            raise SystemExit("the workbooks have no network")
        assessment, _ = assess(framework, evidence)
        dossier = Dossier(framework=framework, evidence=evidence, assessment=assessment)
        return cls(paths=paths, page=pages.printed_page(dossier, Words("nl")))

    @property
    def cells(self) -> int:
        """Its table cells."""
        return len(re.findall(r"<t[dh]\b", self.page))


def bench_assess() -> None:
    """The whole of `assess`, and its report on paper alone for 600 rows, against WeasyPrint on the same page."""
    framework = built_in()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        print(f"\nassess  (target: <= 1.25 x WeasyPrint alone; {ROUNDS} rounds by turns)")
        _against_bare(root, "four documents", Paper.of(framework, (SAMPLE,)), "html,pdf,xlsx")
        rows = write_network(root / "groot", framework, HOSPITALS)
        paper = Paper.of(framework, tuple(sorted((root / "groot").iterdir())))
        ours = _against_bare(root, f"report.pdf, {rows} rows", paper, "pdf")
        print(f"  {paper.cells} table cells: {ours * 1000 / paper.cells:.2f} ms each, start-up included")


def _against_bare(root: Path, label: str, paper: Paper, only: str) -> float:
    """Print one pair of lines; gives the median seconds of ours."""
    page, output = root / "page.html", root / "out"
    page.write_text(paper.page, encoding="utf-8")
    templates = data_dir("templates").as_uri() + "/"
    made = program("assess", *map(str, paper.paths), "-o", str(output), "--only", only, "--quiet")
    bare = [made[0], "-c", BARE_WEASYPRINT, str(page), templates, str(root / "bare.pdf")]
    ours, theirs = Measured(f"normtool, {label}"), Measured("WeasyPrint alone")
    for _ in range(ROUNDS):
        shutil.rmtree(output, ignore_errors=True)
        ours.run(made)
        theirs.run(bare)
        if ours.code or theirs.code:
            raise SystemExit(f"{label}: ended with {ours.code} and {theirs.code}")
    print(ours.against(theirs))
    print(theirs.against(theirs))
    return statistics.median(ours.seconds)
