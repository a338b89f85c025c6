"""The report on paper, as it is laid out: nothing sticks out, no heading is left behind, no page is half empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import cycle
from typing import Any

import pytest
from pypdf import PdfReader

from normtool.core.dossier import Dossier
from normtool.core.evidence import Answer, Evidence, RegisterRow, RegisterRows
from normtool.core.history import former_year
from normtool.core.places import Located
from normtool.core.registers import ColumnType
from normtool.core.standards import Framework
from normtool.documents.pages import report_pdf
from normtool.texts import Words
from tests.dossier_examples import built_in, mixed, nearly_unknown
from tests.printing import POINT, PrintedWord, fill_of, words_of

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
LEAST = 0.5
"""A page less full than this is half empty; look.md asks for 60 %, which one whole table may keep a page from."""
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
    dossier = {"mixed": mixed, "unknown": nearly_unknown, "hostile": hostile, "years": with_a_former_year}[name]()
    return report_pdf(dossier, Words(language))


def with_a_former_year() -> Dossier:
    """The mixed network beside the year before."""
    former = replace(former_year(built_in(), mixed(), "ab" * 32), assessment_year=2025, reporting_year=2024, cycle=1)
    return replace(mixed(), history=(former,))


REPORTS = [("mixed", "nl"), ("unknown", "en"), ("years", "en"), ("hostile", "nl")]


@pytest.mark.parametrize(("name", "language"), REPORTS)
def test_every_word_stands_between_the_margins(name: str, language: str) -> None:
    outside = [word for word in words_of(printed(name, language)) if word.left < LEFT or word.right > RIGHT]
    assert [(word.page, word.text[:40]) for word in outside] == []


@pytest.mark.parametrize(("name", "language"), REPORTS)
def test_no_heading_stands_at_the_foot_of_a_page(name: str, language: str) -> None:
    words = words_of(printed(name, language))
    lowest: dict[int, float] = {}
    for word in words:
        if word.bottom < 280:
            lowest[word.page] = max(lowest.get(word.page, 0), word.bottom)
    left_behind = [
        (page, title) for title, page, top in headings(printed(name, language)) if lowest[page] - top < AFTER_HEADING
    ]
    assert left_behind == []


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
