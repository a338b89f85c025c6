"""Which indicators an error touches: in a draft they cannot be judged, the others can."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.judging import norms
from tests.core.tables import read

OWN = {"is": {"Stand": "eigen netwerk"}}
REPRESENTED: dict[str, Any] = {
    "kind": "coverage",
    "register": "Tumortypenetwerken",
    "where": [OWN],
    "tests": [{"is": {"Patiëntvertegenwoordiging": "ja"}}],
    "path": 1,
}
REFERRED: dict[str, Any] = {
    "kind": "pooled",
    "register": "Tumortypenetwerken",
    "numerator": "Verwezen op tijd",
    "denominator": "Verwezen",
    "where": [OWN],
    "path": 0.8,
}
VOLUME: dict[str, Any] = {"kind": "volume", "category": "intervention", "path": 1}
YES_NO: dict[str, Any] = {"kind": "yes_no"}
FRAMEWORK = norms(YES_NO, REPRESENTED, REFERRED, VOLUME, {**YES_NO})
DOCUMENTS = "## Documenten\n| Id | Datum |\n| D1 | {} |\n| D2 | 2025 |\n"
TYPES = "## Tumortypenetwerken\n| Groep | Stand | Patiëntvertegenwoordiging | Verwezen | Documenten |\n"


def repaired(*pages: str) -> tuple[str, ...]:
    """The indicators that wait for a repair."""
    return read(*pages, framework=FRAMEWORK)[0].to_repair


@pytest.mark.parametrize(
    ("page", "touched"),
    [
        ("", ()),
        ("## Indicatoren\n| Id | Antwoord |\n| N1.1 | soms |\n| N1.5 | ja |", ("N1.1",)),
        ("## Indicatoren\n| Id | Antwoord |\n| N9.9 | soms |", ()),
        (TYPES + "| Huid | eigen netwerk | soms | |", ("N1.2",)),
        (TYPES + "| Huid | niet behandeld | soms | |", ()),
        (TYPES + "| Huid | | soms | |", ("N1.2",)),
        (TYPES + "| Huid | eigen netwerk | | veel |", ("N1.3",)),
        (TYPES + "| Huid | iets | | |", ("N1.2", "N1.3")),
        (TYPES + "| Huid | eigen netwerk | soms | veel |", ("N1.2", "N1.3")),
        ("## Volumes\n| Locatie | Aantal |\n| Z9 | 4 |", ("N1.4",)),
        (DOCUMENTS.format("ooit") + "## Indicatoren\n| Id | Antwoord | Documenten |\n| N1.1 | ja | D1 |", ("N1.1",)),
        (DOCUMENTS.format("ooit") + "## Indicatoren\n| Id | Antwoord | Documenten |\n| N1.1 | ja | D2 |", ()),
        (DOCUMENTS.format("2025") + "## Indicatoren\n| Id | Antwoord | Documenten |\n| N1.1 | ja | D1 |", ()),
        (DOCUMENTS.format("ooit") + TYPES + "| Huid | eigen netwerk | ja | 4 | D2; D1 |", ("N1.2", "N1.3")),
        (DOCUMENTS.format("ooit") + TYPES + "| Huid | niet behandeld | ja | 4 | D1 |", ()),
        (DOCUMENTS.format("ooit") + TYPES + "| Huid | eigen netwerk | ja | 4 | D2 |", ()),
    ],
)
def test_an_error_touches_what_leans_on_its_cell(page: str, touched: tuple[str, ...]) -> None:
    assert repaired(page) == touched


def test_the_same_cell_of_another_workbook_is_another_cell() -> None:
    mine = DOCUMENTS.format("2025") + "## Indicatoren\n| Id | Antwoord | Documenten |\n| N1.1 | ja | D1 |"
    assert repaired(mine, "## Documenten\n| Id | Datum |\n| D9 | ooit |") == ()
    assert repaired(
        mine.replace("D1 |", "D9 |").replace("| D9 | 2025", "| D1 | 2025"),
        "## Documenten\n| Id | Datum |\n| D9 | ooit |",
    ) == ("N1.1",)
