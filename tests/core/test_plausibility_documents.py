"""Documents and explanations that do a lot of work: one for many, one twice, the same words again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.judging import judged, norms
from tests.core.tables import seen

PLAIN: dict[str, Any] = {"kind": "yes_no"}


def asked(page: str, *, indicators: int = 12) -> list[str]:
    """The questions about documents and own approaches as a whole."""
    found = seen(judged(norms(*[PLAIN] * indicators), page)[1])
    return [line for line in found if line[:5] in ("NT446", "NT447", "NT448")]


def naming(count: int, reference: str) -> str:
    rows = "".join(f"| N1.{number} | ja | {reference} |\n" for number in range(1, count + 1))
    return f"## Documenten\n| Id |\n| D0 |\n| D1 |\n## Indicatoren\n| Id | Antwoord | Documenten |\n{rows}"


@pytest.mark.parametrize(
    ("count", "reference", "questions"),
    [
        (11, "D1", ["NT446 Documenten!A3 document=D1 count=11"]),
        (10, "D1", []),
        (12, "D1 p. 3", []),
        (12, "D9", []),
        (11, "D0; D1", ["NT446 Documenten!A2 document=D0 count=11", "NT446 Documenten!A3 document=D1 count=11"]),
    ],
)
def test_one_document_for_more_than_ten_indicators(count: int, reference: str, questions: list[str]) -> None:
    assert asked(naming(count, reference)) == questions


@pytest.mark.parametrize(
    ("first", "second", "asks"),
    [
        ("Visie | 2024-05-01", "Visie | 2024-05-01", True),
        ("Visie | 2024-05-01", "VISIE  | 2024-05-01", True),
        ("Visie | 2024", "Visie | 2024", True),
        ("Visie | 2024-05-01", "Visie | 2025-05-01", False),
        ("Visie | 2024-05-01", "Plan | 2024-05-01", False),
        ("Visie | ", "Visie | ", False),
        (" | 2024-05-01", " | 2024-05-01", False),
    ],
)
def test_one_document_listed_twice(first: str, second: str, *, asks: bool) -> None:
    page = f"## Documenten\n| Id | Titel | Datum |\n| D1 | {first} |\n| D2 | {second} |"
    question = "NT447 Documenten!A3 document=D2 other=D1 (first: Documenten!A2)"
    assert asked(page) == ([question] if asks else [])


def test_the_same_own_approach_under_several_indicators() -> None:
    page = "## Indicatoren\n| Id | Eigen aanpak: doel | Eigen aanpak: wat |\n"
    rows = "| N1.1 | Eén doel | Wij bellen |\n| N1.2 | Eén doel | wij  bellen |\n"
    rows += "| N1.3 | Eén doel | {} |\n| N1.4 | Eén doel | |"
    assert asked(page + rows.format("Wij schrijven")) == ["NT448 Indicatoren!C2 count=2 (same_text: Indicatoren!C3)"]
    assert asked(page + rows.format("Wij bellen")) == [
        "NT448 Indicatoren!C2 count=3 (same_text: Indicatoren!C3) (same_text: Indicatoren!C4)"
    ]
