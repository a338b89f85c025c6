"""A few pages of the report as pictures, beside those that were looked at and found good (tests/pictures).

A page that changed on purpose: NORMTOOL_RECORD=1 pytest tests/test_pictures.py renews the pictures. Look at them,
beside the mocks of the design, before you keep them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from normtool.core.assessment import Share, Verdict
from normtool.core.dossier import Dossier
from normtool.core.history import former_year
from normtool.documents.pages import report_pdf
from normtool.texts import Words
from tests.dossier_examples import built_in, mixed
from tests.printing import pictures_of

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "pictures"
DOTS = 50
"""Per inch: enough to see what moved, little enough to keep."""
LARGEST = 60_000
"""Bytes of a picture."""
NOTICEABLE = 64
"""Of 255: how much darker or lighter a dot must be to count; less is the edge of a letter that is drawn otherwise."""
MOST = 0.004
"""The share of dots that may differ noticeably: about two lines of text."""
PAGES = {
    "cover": "",
    "summary": "Waar staan we?",
    "paths-and-trend": "Hoe ver is het nog?",
    "volumes": "Aantallen en normen",
    "echelons": "Wie doet wat? Echelons voor systeemtherapie",
    "standard": "4 Beoordeeld door de juiste expert",
    "programme": "Verbeterprogramma",
}
"""The pictures, and the heading whose page they show."""


def dossier() -> Dossier:
    """The mixed network beside a former year in which some things were otherwise."""
    former = replace(former_year(built_in(), mixed(), "ab" * 32), assessment_year=2025, reporting_year=2024, cycle=1)
    changes: dict[str, dict[str, Any]] = {
        "N1.2": {"verdict": Verdict.NOT_MET, "best": Verdict.NOT_MET},
        "N4.1": {"verdict": Verdict.PARTLY_MET, "share": Share(numerator=5, denominator=9)},
        "N3.1": {"verdict": Verdict.UNKNOWN},
    }
    results = tuple(replace(item, **changes.get(item.id, {})) for item in former.results)
    return replace(mixed(), history=(replace(former, results=results),))


@cache
def printed() -> bytes:
    """The report."""
    return report_pdf(dossier(), Words("nl"))


@cache
def places() -> dict[str, int]:
    """The page of each heading."""
    reader = PdfReader(BytesIO(printed()))

    def bookmarks(items: list[Any]) -> Iterator[tuple[str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from bookmarks(item)
            else:
                yield str(item.title), (reader.get_destination_page_number(item) or 0) + 1

    return {"": 1, **dict(bookmarks(reader.outline))}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_found_good(name: str, tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(printed())
    (drawn,) = pictures_of(pdf, (places()[PAGES[name]],), DOTS)
    kept = FOLDER / f"{name}.png"
    if os.environ.get("NORMTOOL_RECORD"):
        drawn.quantize(16).save(kept, optimize=True)
    found = Image.open(kept).convert("L")
    assert kept.stat().st_size <= LARGEST
    assert found.size == drawn.size
    differing = different(found, drawn)
    assert differing <= MOST, f"{differing:.2%} of the page differs; NORMTOOL_RECORD=1 renews {kept.name}"


def different(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that differ noticeably."""
    histogram = ImageChops.difference(one, other).histogram()
    return sum(histogram[NOTICEABLE:]) / sum(histogram)


def test_a_page_that_changed_is_noticed(tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(printed())
    pages = places()
    drawn = pictures_of(pdf, (pages[PAGES["summary"]], pages[PAGES["volumes"]]), DOTS)
    assert different(*drawn) > 5 * MOST
