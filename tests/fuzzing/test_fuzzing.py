"""Whatever is done to a workbook: no exception, no hang, no great memory, and a reason when it cannot be read."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from normtool.files import reading_worker
from normtool.files.reading_worker import read_all
from normtool.telling.diagnostic_texts import as_text
from normtool.texts import Words
from tests.conftest import SAMPLES
from tests.fuzzing.mutations import mutated
from tests.fuzzing.reading import read_and_assess
from tests.test_workbooks_xlsx import soffice

FILES = 2_000 if os.environ.get("NORMTOOL_DEEP") else 200
BATCH = 40
BASES = tuple(sorted((SAMPLES / "fictional").glob("*.xlsx")))
MOST_KILOBYTES = 500_000
ENDED = {"NT217", "NT218", "NT219"}
"""What a process that was ended says: no mutation of a form may do that."""


def fuzz(folder: Path, base: bytes, numbers: range) -> None:
    """Read and assess these mutations of a workbook in one process of their own, and look at what came of it."""
    paths = [folder / f"{number}.xlsx" for number in numbers]
    for number, path in zip(numbers, paths, strict=True):
        path.write_bytes(mutated(number, base))
    started = time.perf_counter()
    found = read_all(paths, read_and_assess)
    assert time.perf_counter() - started < 10 * len(paths)
    for read in found:
        codes = [item.code for item in read.diagnostics]
        told = [as_text(item, Words("nl")) for item in read.diagnostics]
        assert not ENDED & set(codes), f"mutation {read.path.stem}: {[item.facts for item in read.diagnostics]}"
        assert read.grid is not None or any(item.is_error for item in read.diagnostics), read.path.stem
        assert all(told), read.path.stem
        assert read.grid is None or int(read.grid.digest) < MOST_KILOBYTES, read.path.stem


@pytest.fixture(autouse=True)
def in_an_interpreter_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a copy of this one: its memory is measured."""
    monkeypatch.setattr(reading_worker, "fork", reading_worker.spawn)


@pytest.mark.parametrize("first", range(0, FILES, BATCH))
def test_mutations_of_a_sample(tmp_path: Path, first: int) -> None:
    base = BASES[first // BATCH % len(BASES)]
    fuzz(tmp_path, base.read_bytes(), range(first, first + BATCH))


@pytest.mark.office
def test_mutations_of_a_workbook_saved_by_libreoffice(tmp_path: Path) -> None:
    soffice(SAMPLES / "fictional" / "voorbeeldland-2026.xlsx", tmp_path / "uit")
    base = (tmp_path / "uit" / "voorbeeldland-2026.xlsx").read_bytes()
    fuzz(tmp_path, base, range(FILES, FILES + FILES // 5))


def test_a_number_gives_always_the_same_file() -> None:
    base = BASES[0].read_bytes()
    made = [mutated(number, base) for number in range(9)]
    assert made == [mutated(number, base) for number in range(9)]
    assert len({*made, base}) == 10
