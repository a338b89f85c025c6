"""Who cannot see a picture gets the same from its words: names, numbers and verdicts, under ids of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from normtool.core.dossier import Dossier
from normtool.core.history import former_year
from normtool.documents.pages import printed_page, report_html
from normtool.documents.views import ReportView, report_view
from normtool.documents.views_figure import Figure
from normtool.texts import Words
from tests.dossier_examples import built_in, mixed, nearly_unknown

SVG = "{http://www.w3.org/2000/svg}"
NL, EN = Words("nl"), Words("en")
DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)
REFERRED = re.compile(r'aria-(?:labelledby|describedby)="([^"]+)"')


@cache
def years() -> Dossier:
    """The mixed network beside a former year."""
    former = former_year(built_in(), mixed(), "ab" * 32)
    return replace(mixed(), history=(replace(former, assessment_year=2025, cycle=1),))


@cache
def view(language: str) -> ReportView:
    """The report on it."""
    return report_view(years(), Words(language))


def figures(found: ReportView) -> Iterator[Figure]:
    """Every figure that there is."""
    parts = found.figures
    own = (
        parts.paths,
        parts.trend.figure if parts.trend is not None else None,
        parts.echelons.figure if parts.echelons is not None else None,
        found.iza.dates if found.iza is not None else None,
    )
    yield from (item for item in own if item is not None)
    yield from (*parts.intervals, *parts.funnels, *parts.volumes)


def told(figure: Figure) -> str:
    """What the pictures of a figure say in words."""
    roots = [ET.fromstring(str(picture)) for picture in figure.pictures]
    return " ".join(f"{root.findtext(f'{SVG}title')} {root.findtext(f'{SVG}desc')}" for root in roots)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_figure_is_there(language: str) -> None:
    kinds = {figure.key.partition("-")[0] for figure in figures(view(language))}
    assert {"paths", "trend", "echelons", "intervals", "funnel", "volumes"} <= kinds


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_a_picture_hold_every_name_and_number_of_its_table(language: str) -> None:
    for figure in figures(view(language)):
        words = told(figure)
        for row in figure.table.rows:
            name = row[0]
            assert name.lower() in words.lower(), (figure.key, name)
            for column in figure.table.numeric:
                for number in re.findall(r"\d[\d.,]*", row[column]):
                    assert re.search(rf"(?<!\d){re.escape(number)}(?!\d)", words), (figure.key, row, number)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_number_that_is_drawn_in_a_picture_stands_in_its_words(language: str) -> None:
    """Axes aside: their numbers are in the lightest letters."""
    for figure in figures(view(language)):
        if figure.key.startswith(("echelons", "iza")):  # levels and dates have tests of their own
            continue
        words = told(figure)
        for picture in figure.pictures:
            for text in ET.fromstring(str(picture)).iter(f"{SVG}text"):
                if "f-ink2" in text.attrib.get("class", ""):
                    continue
                for number in re.findall(r"\d+", text.text or ""):
                    assert re.search(rf"(?<!\d){number}(?!\d)", words), (figure.key, text.text)


@pytest.mark.parametrize("make", [years, mixed, nearly_unknown], ids=["years", "mixed", "unknown"])
@pytest.mark.parametrize("page", [report_html, printed_page], ids=["screen", "paper"])
def test_every_picture_has_words_and_no_id_comes_twice(make: object, page: object) -> None:
    assert callable(make)
    assert callable(page)
    drawn = str(page(make(), NL))
    found = DRAWING.findall(drawn)
    assert len(found) > 15
    for picture in found:
        title = ET.fromstring(picture).findtext(f"{SVG}title")
        assert title is not None, picture[:200]
        assert len(title.strip()) > 1, picture[:200]
    ids = Counter(re.findall(r'\sid="([^"]+)"', drawn))
    assert [name for name, count in ids.items() if count > 1] == []
    referred = {name for group in REFERRED.findall(drawn) for name in group.split()}
    assert referred <= set(ids)


def test_the_matrix_names_every_indicator_with_its_verdict() -> None:
    picture = ET.fromstring(str(view("en").figures.matrix.picture))
    words = picture.findtext(f"{SVG}title") or ""
    for result in years().assessment.indicators:
        assert f"{result.id} " in words
    assert "N4.7 not met" in words


def test_small_pictures_say_what_they_show() -> None:
    standard = next(item for item in view("en").standards if item.number == "4")
    scale = ET.fromstring(str(standard.scale)).findtext(f"{SVG}title")
    boxes = ET.fromstring(str(standard.boxes)).findtext(f"{SVG}title")
    assert scale == standard.verdict.word
    assert boxes == f"Indicators met: {standard.met_of} {standard.can_become}".strip()
