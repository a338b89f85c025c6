"""`export` as its user runs it: one workbook, or a csv for each table; all or none."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from normtool.core.circles import part_for
from normtool.core.dossier import Circle
from normtool.files.dossiers_json import dossier_json
from normtool.files.frames_tables import DICTIONARY, SHAPES
from normtool.screen import WIDTH
from tests.comparison_examples import DIGEST, network, seven
from tests.dossier_examples import answer
from tests.e2e.running import here
from tests.e2e.test_imports import among, loaded

NAMES = {shape.name for shape in (*SHAPES, DICTIONARY)}
CSV = {"t.csv", *(f"t-{name}.csv" for name in NAMES - {"indicators"})}


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Two dossiers in files."""
    files = []
    for place, dossier in enumerate(seven()[:2]):
        files.append(tmp_path / f"{place}.json")
        files[-1].write_bytes(dossier_json(dossier))
    return files


def test_a_csv_for_each_table_and_the_dictionary(two: list[Path], tmp_path: Path) -> None:
    ran = here("export", *two, "-o", "uit/t.csv", folder=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "t-dictionary.csv" in ran.out
    assert max(map(len, ran.out.splitlines())) <= WIDTH
    assert {path.name for path in (tmp_path / "uit").iterdir()} == CSV
    text = (tmp_path / "uit" / "t.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {line["network"] for line in lines} == {"ONAM", "ONBE"}
    assert any("," in line["target"] for line in lines)


def test_english_is_as_english_excel_opens_it(two: list[Path], tmp_path: Path) -> None:
    assert here("export", *two, "-o", "t.csv", "--lang", "en", folder=tmp_path).code == 0
    lines = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8-sig"))))
    assert {line["verdict"] for line in lines} >= {"met", "not_met"}
    assert "1.0" in {line["target"] for line in lines}


def test_one_workbook_and_the_files_that_json_names(two: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    ran = here("export", *two, "-o", target, "--format", "json", folder=tmp_path)
    assert ran.json == {"files": [str(target)], "circle": "network", "diagnostics": []}
    assert set(openpyxl.load_workbook(target).sheetnames) == NAMES
    first = target.read_bytes()
    assert here("export", *reversed(two), "-o", target, "--force", folder=tmp_path).code == 0
    assert target.read_bytes() == first


def test_a_workbook_of_several_years_is_of_the_last_day_that_is_told_of(tmp_path: Path) -> None:
    for year in (2025, 2027, 2026):
        (tmp_path / f"{year}.json").write_bytes(dossier_json(network("ONV", "Voorbeeldland", year=year)))
    assert here("export", *sorted(tmp_path.glob("*.json")), "-o", "t.xlsx", folder=tmp_path).code == 0
    made = openpyxl.load_workbook(tmp_path / "t.xlsx").properties.created
    assert made is not None
    assert made.date() == date(2026, 12, 31)


def test_small_numbers_are_nowhere(tmp_path: Path) -> None:
    few = network("A", "A", answers=(answer("N5.3", numerator=7, denominator=98_765, year=2025, source="register"),))
    (tmp_path / "a.json").write_bytes(dossier_json(few))
    assert here("export", "a.json", "-o", "t.csv", folder=tmp_path).code == 0
    (line,) = [
        line
        for line in csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8-sig")), delimiter=";")
        if line["indicator"] == "N5.3"
    ]
    assert (line["masked"], line["numerator"], line["denominator"], line["share"]) == ("true", "", "", "")
    assert line["verdict"]


def test_all_files_or_none(two: list[Path], tmp_path: Path) -> None:
    (tmp_path / "t-rows.csv").write_text("van mij", encoding="utf-8")
    ran = here("export", *two, "-o", "t.csv", folder=tmp_path)
    assert ran.code == 3
    assert {path.name for path in tmp_path.iterdir()} == {"0.json", "1.json", "t-rows.csv"}
    assert here("export", *two, "-o", "t.csv", "--force", folder=tmp_path).code == 0
    assert (tmp_path / "t-rows.csv").read_text(encoding="utf-8-sig").startswith("network;")


def test_what_cannot_be_exported_is_refused(two: list[Path], tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(dossier_json(part_for(seven()[2], Circle.BOARD, DIGEST)))
    twice = replace(seven()[0], draft=True)
    (tmp_path / "c.json").write_bytes(dossier_json(twice))
    for files, code, word in (
        ([*two, tmp_path / "b.json"], 1, "NT821"),
        ([*two, tmp_path / "c.json"], 1, "NT276"),
        ([tmp_path / "niets.json"], 1, "NT18"),
    ):
        ran = here("export", *files, "-o", "t.csv", folder=tmp_path)
        assert ran.code == code
        assert word in ran.err
    assert here("export", *two, "-o", "t.txt", folder=tmp_path).code == 2
    assert not (tmp_path / "t.csv").exists()


def test_export_and_compare_load_no_frames(two: list[Path], tmp_path: Path) -> None:
    """Only a notebook needs pandas; the tables themselves are written without it."""
    runs: tuple[tuple[str | Path, ...], ...] = (
        ("export", *two, "-o", "t.xlsx"),
        ("compare", *two, "-o", "t.html"),
    )
    for arguments in runs:
        assert among(loaded(tmp_path, *arguments), ("pandas", "numpy", "weasyprint", "openpyxl")) == []
