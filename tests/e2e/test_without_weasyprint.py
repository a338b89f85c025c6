"""Where WeasyPrint or Pango is absent everything else still appears, and one sentence says how to get a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.case_files import one_standard
from tests.conftest import SAMPLES
from tests.e2e.reading import documents_in
from tests.e2e.running import program
from tests.e2e.test_doctor import NO_PANGO, NO_WEASYPRINT

SAMPLE = SAMPLES / "public" / "onz-2023.xlsx"
WAYS = {
    "nl": ("apt install libpango-1.0-0 libpangoft2-1.0-0", "brew install pango", "MSYS2", "browser", "afdrukken"),
    "en": ("apt install libpango-1.0-0 libpangoft2-1.0-0", "brew install pango", "MSYS2", "browser", "print it"),
}
each_absence = pytest.mark.parametrize("prelude", [NO_WEASYPRINT, NO_PANGO], ids=["no weasyprint", "no pango"])


@each_absence
@pytest.mark.parametrize("language", ["nl", "en"])
def test_assess_makes_the_rest_and_says_how(prelude: str, language: str, tmp_path: Path) -> None:
    ran = program("assess", SAMPLE, "-o", "uit", "--lang", language, folder=tmp_path, prelude=prelude)
    assert ran.code == 3
    assert documents_in(tmp_path / "uit") == ["board.xlsx", "dossier.json", "report.html"]
    said = " ".join(ran.err.split())
    assert said.count("Pango") == 1
    assert all(way in said for way in WAYS[language])
    assert "Traceback" not in ran.err
    assert "WeasyPrint could not" not in ran.out + ran.err


@each_absence
def test_a_report_in_pdf_is_refused_with_the_same_ways_out(prelude: str, tmp_path: Path) -> None:
    one_standard(tmp_path)
    ran = program("report", "dossier.json", "-o", "rapport.pdf", folder=tmp_path, prelude=prelude)
    assert ran.code == 3
    assert not (tmp_path / "rapport.pdf").exists()
    assert all(way in " ".join(ran.err.split()) for way in WAYS["nl"][:4])
    page = program("report", "dossier.json", "-o", "rapport.html", folder=tmp_path, prelude=prelude)
    assert (page.code, (tmp_path / "rapport.html").exists()) == (0, True)
