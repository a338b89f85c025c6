"""`doctor` says what is lacking; without the maker of PDFs everything else is still made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.newcomer import Journey
from tests.e2e.reading import documents_in
from tests.e2e.running import here, program

NO_WEASYPRINT = "import sys\nsys.modules['weasyprint'] = None"
NO_PANGO = """
import sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            print("WeasyPrint could not import some external libraries")
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Finder())
"""
NO_ROOM = """
import tempfile
def full(*_, **__): raise OSError(28, "full")
tempfile.TemporaryDirectory = full
"""
CHECKS = ["program", "standards", "fonts", "pdf", "writing", "characters"]


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Alles wat nodig is, is er."), ("en", "Everything that is needed")]
)
def test_all_is_well_here(language: str, said: str) -> None:
    ran = here("doctor", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert said in ran.out.splitlines()[-1]
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_json_holds_every_check() -> None:
    found = here("doctor", "--format", "json").json
    assert [item["id"] for item in found["checks"]] == CHECKS
    assert all(item["present"] for item in found["checks"])


@pytest.mark.parametrize("prelude", [NO_WEASYPRINT, NO_PANGO], ids=["no weasyprint", "no pango"])
def test_without_the_maker_of_pdfs(prelude: str, tmp_path: Path) -> None:
    ran = program("doctor", folder=tmp_path, prelude=prelude)
    assert ran.code == 3
    assert "WeasyPrint could not" not in ran.out
    for system in ("apt install libpango-1.0-0", "brew install pango", "MSYS2"):
        assert system in ran.out
    as_json = program("doctor", "--format", "json", folder=tmp_path, prelude=prelude)
    assert [item["id"] for item in as_json.json["checks"] if not item["present"]] == ["pdf"]


@pytest.mark.parametrize("prelude", [NO_WEASYPRINT, NO_PANGO], ids=["no weasyprint", "no pango"])
def test_without_the_maker_of_pdfs_the_rest_is_made(prelude: str, journey: Journey, tmp_path: Path) -> None:
    ran = program("assess", journey.workbook, "-o", "uit", folder=tmp_path, prelude=prelude)
    assert ran.code == 3
    assert "apt install libpango-1.0-0" in ran.err
    assert "Traceback" not in ran.err
    assert documents_in(tmp_path / "uit") == ["board.xlsx", "dossier.json", "report.html"]
    assert "report.pdf" not in ran.out
    as_json = program(
        "assess", journey.workbook, "-o", "uit", "--force", "--format", "json", folder=tmp_path, prelude=prelude
    )
    assert as_json.json["files"] == ["dossier.json", "report.html", "board.xlsx"]


def test_without_room_for_temporary_files(tmp_path: Path) -> None:
    ran = program("doctor", "--format", "json", folder=tmp_path, prelude=NO_ROOM)
    assert ran.code == 3
    assert [item["id"] for item in ran.json["checks"] if not item["present"]] == ["writing"]


def test_a_narrow_encoding_is_told_and_is_no_failure(tmp_path: Path) -> None:
    ran = program("doctor", "--format", "json", folder=tmp_path, env={"PYTHONIOENCODING": "cp1252"})
    assert ran.code == 0
    assert [item["id"] for item in ran.json["checks"] if not item["present"]] == ["characters"]
