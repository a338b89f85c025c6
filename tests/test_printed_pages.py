"""The report on paper, as it is laid out: nothing sticks out, no heading is left behind, no page is half empty."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import cycle, groupby
from math import prod
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from normtool.core.dossier import Dossier
from normtool.core.evidence import Answer, Evidence, RegisterRow, RegisterRows
from normtool.core.history import former_year
from normtool.core.house_style import HouseStyle, Logo
from normtool.core.places import Located
from normtool.core.registers import ColumnType
from normtool.core.standards import Framework
from normtool.documents.pages import report_pdf
from normtool.texts import Words
from tests.dossier_examples import built_in, mixed, nearly_unknown
from tests.printing import POINT, PrintedWord, fill_of, words_of
from tests.test_audience_reports import board, public, sample

pytestmark = pytest.mark.slow

LONG = "Wij leggen het uit. " * 500
WORD = "x" * 400
HOSTILE = (
    '<script>alert("x")</script> </style> <img src=x onerror="y">',
    "{{ 7*7 }} {% for x in y %} ${7*7} *{visibility:hidden}",
    "tekst \u202egnirutset\u202c en שלום עולם، مرحبا بالعالم",
    "👩‍⚕️🏥 e\u0301e\u0301n 𝔽𝕒𝕟𝕔𝕪 ﷽ A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́",
    '=1+1 "><a href="javascript:alert(1)">',
    LONG.strip(),
    WORD,
)
LEFT, RIGHT = 19.0, 191.0
"""Between the margins of A4, with a millimetre for letters that reach out."""
LEAST = 0.6
"""A page less full than this is half empty. Source: look.md."""
SMALLEST = 7.5
"""Points of a letter. Source: look.md."""
COVERED = 0.25
"""How much of a word may lie under another: their boxes are higher than the letters in them."""
FOOT_OF_HEADER = 22.0
AFTER_HEADING = 12.0
"""A heading must leave room for at least two lines below it, in mm."""


def hostile() -> Dossier:
    """The mixed network, with something hostile in every free text."""
    dossier, texts = mixed(), cycle(HOSTILE)
    registers = tuple(spoilt_register(dossier.framework, item, texts) for item in dossier.evidence.registers)
    answers = tuple(spoilt_answer(item, texts) for item in dossier.evidence.answers)
    documents = tuple(replace(item, title=next(texts), location=next(texts)) for item in dossier.evidence.documents)
    network = replace(dossier.evidence.network, features=LONG, contact_role=WORD)
    evidence: Evidence = replace(
        dossier.evidence, registers=registers, answers=answers, documents=documents, network=network
    )
    return replace(dossier, evidence=evidence)


def spoilt_register(framework: Framework, rows: RegisterRows, texts: Iterator[str]) -> RegisterRows:
    """Rows with something else in the cells in which people type what they like."""
    register = framework.declared(rows.register)
    free = {column.id for column in register.columns if column.type is ColumnType.TEXT}

    def spoilt(row: RegisterRow) -> RegisterRow:
        values = tuple(
            (name, replace(cell, value=next(texts)) if name in free else cell) for name, cell in row.values
        )
        return RegisterRow(place=row.place, values=values)

    return replace(rows, rows=tuple(spoilt(row) for row in rows.rows))


def spoilt_answer(item: Answer, texts: Iterator[str]) -> Answer:
    """An answer with something in every free text."""

    def text() -> Located[str]:
        return Located(value=next(texts), place=item.place)

    return replace(item, explanation=text(), bottleneck=text(), reason_not_applicable=text(), source=text())


@cache
def printed(name: str, language: str) -> bytes:
    """A report as PDF."""
    return report_pdf(NETWORKS[name](), Words(language))


@cache
def printed_for(audience: str, name: str, language: str) -> bytes:
    """The report of a board, or of one of its members, or of the public, as PDF."""
    dossier = NETWORKS[name]() if name in NETWORKS else sample(name)
    part = public(dossier) if audience == "public" else board(dossier, audience.removeprefix("board"))
    return report_pdf(part, Words(language))


def with_a_former_year() -> Dossier:
    """The mixed network beside the year before."""
    former = replace(former_year(built_in(), mixed(), "ab" * 32), assessment_year=2025, reporting_year=2024, cycle=1)
    return replace(mixed(), history=(former,))


def with_long_names() -> Dossier:
    """A network of which little is known but its very long name; its organisation has one too, and a wide logo."""
    file = BytesIO()
    Image.new("RGB", (600, 60), "#224466").save(file, "PNG")
    logo = Logo(media_type="image/png", data=b64encode(file.getvalue()).decode(), width=600, height=60)
    name = "Samenwerkende Ziekenhuizen voor Oncologische Netwerkzorg Noordoost-Nederland en Omstreken"
    dossier = nearly_unknown()
    network = replace(dossier.evidence.network, name=f"{name}, met Aangrenzende Grensgebieden")
    style = HouseStyle(organisation=f"Stichting {name}", logo=logo, footer="Postbus 1, Voorbeeldstad")
    return replace(dossier, evidence=replace(dossier.evidence, network=network), house_style=style)


NETWORKS: dict[str, Callable[[], Dossier]] = {
    "mixed": mixed,
    "unknown": nearly_unknown,
    "hostile": hostile,
    "years": with_a_former_year,
    "long names": with_long_names,
    "duinmark": lambda: sample("duinmark-2026"),
}
REPORTS = [("mixed", "nl"), ("long names", "en"), ("duinmark", "en"), ("years", "en"), ("hostile", "nl")]
AUDIENCES = [
    ("board", "duinmark", "nl"),
    ("board", "mistmark-2026", "en"),
    ("board", "long names", "nl"),
    ("boardML", "voorbeeldland-2026", "en"),
    ("public", "duinmark", "nl"),
    ("public", "mistmark-2026", "en"),
    ("public", "onz-2023", "nl"),
    ("public", "hostile", "en"),
]


@pytest.mark.parametrize(("name", "language"), REPORTS)
def test_every_word_stands_between_the_margins(name: str, language: str) -> None:
    outside = [word for word in words_of(printed(name, language)) if word.left < LEFT or word.right > RIGHT]
    assert [(word.page, word.text[:40]) for word in outside] == []


@pytest.mark.parametrize(("name", "language"), REPORTS)
def test_no_heading_stands_at_the_foot_of_a_page(name: str, language: str) -> None:
    assert headings_left_behind(printed(name, language)) == []


def headings_left_behind(pdf: bytes) -> list[tuple[int, str]]:
    """The headings with nothing below them on their page."""
    lowest: dict[int, float] = {}
    for word in words_of(pdf):
        if word.bottom < 280:
            lowest[word.page] = max(lowest.get(word.page, 0), word.bottom)
    return [(page, title) for title, page, top in headings(pdf) if lowest[page] - top < AFTER_HEADING]


def headings(pdf: bytes) -> Iterator[tuple[str, int, float]]:
    """Every bookmark: its title, its page, and how far from the top it stands, in mm."""
    reader = PdfReader(BytesIO(pdf))
    waiting: list[Any] = list(reader.outline)
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item
            continue
        page = reader.get_destination_page_number(item)
        assert page is not None
        yield str(item.title), page + 1, 297 - float(item.top) * POINT


@pytest.mark.parametrize(("name", "language"), [item for item in REPORTS if item[0] != "hostile"])
def test_no_page_is_half_empty_but_the_last(name: str, language: str) -> None:
    fills = fill_of(words_of(printed(name, language)))
    nearly_empty = {page: round(fill, 2) for page, fill in enumerate(fills, 1) if fill < LEAST}
    assert set(nearly_empty) <= {len(fills)}, nearly_empty


def test_hostile_texts_arrive_on_paper_whole_and_break_nothing() -> None:
    words = words_of(printed("hostile", "nl"))
    text = "".join(word.text for word in words)
    assert text.count("Wijleggenhetuit.") >= 500
    assert WORD in without_furniture(words)
    for told in ('<script>alert("x")</script>', "{{7*7}}", "*{visibility:hidden}", "=1+1"):
        assert told in text
    assert len({word.page for word in words}) < 250


def without_furniture(words: list[PrintedWord]) -> str:
    """The text between header and footer, as one line."""
    return "".join(word.text for word in words if 22 < word.top < 278)


@pytest.mark.parametrize(("audience", "name", "language"), AUDIENCES)
def test_short_reports_are_laid_out_as_well(audience: str, name: str, language: str) -> None:
    pdf = printed_for(audience, name, language)
    words = words_of(pdf)
    assert [word.text for word in words if not (word.left >= LEFT and word.right <= RIGHT)] == []
    assert [word.text for word in words if not 3 <= word.top < word.bottom <= 294] == []
    fills = fill_of(words)
    assert 2 <= len(fills) <= 4
    pages = fills[:-1] if audience == "public" else fills  # a leaflet may end before its page does
    assert [round(fill, 2) for fill in pages if fill < LEAST] == []
    assert headings_left_behind(pdf) == []


LAID_OUT = [
    *((printed, item) for item in REPORTS if item[0] != "hostile"),
    *((printed_for, item) for item in AUDIENCES),
]


@pytest.mark.parametrize(
    ("made", "which"), LAID_OUT, ids=lambda item: "-".join(item) if isinstance(item, tuple) else None
)
def test_no_text_lies_over_other_text(made: Any, which: tuple[str, ...]) -> None:
    covered = []
    for _, page in groupby(words_of(made(*which)), lambda word: word.page):
        lines = sorted(page, key=lambda word: word.top)
        for place, word in enumerate(lines):
            below = []
            for other in lines[place + 1 :]:
                if other.top >= word.bottom:
                    break
                below.append(other)
            covered += [(word.page, word.text, other.text) for other in below if shared(word, other) > COVERED]
    assert covered == []


def shared(one: PrintedWord, other: PrintedWord) -> float:
    """How much of the smaller of two words lies under the other."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min((word.right - word.left) * (word.bottom - word.top) for word in (one, other))
    return max(wide, 0) * max(high, 0) / smaller if smaller else 0


@pytest.mark.parametrize(("made", "which"), LAID_OUT[::2])
def test_every_letter_is_large_enough_to_read(made: Any, which: tuple[str, ...]) -> None:
    assert {text: size for text, size in sizes_of(made(*which)) if size < SMALLEST - 0.01} == {}


def sizes_of(pdf: bytes) -> list[tuple[str, float]]:
    """Every piece of text with the size of its letters, in points."""
    found: list[tuple[str, float]] = []

    def note(text: str, page: list[float], line: list[float], _font: object, size: float) -> None:
        if text.strip():
            scales = (matrix[0] * matrix[3] - matrix[1] * matrix[2] for matrix in (page, line))
            found.append((text.strip(), abs(size) * prod(map(abs, scales)) ** 0.5))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=note)
    return found


def test_the_cover_stays_one_page_however_long_the_name() -> None:
    words = words_of(printed("long names", "en"))
    first = [word.text for word in words if word.page == 1]
    assert {"Aangrenzende", "Stichting", "informative", "Reference"} <= set(first)
    assert next(word.text for word in words if word.page == 2 and word.top > FOOT_OF_HEADER) == "Where"
