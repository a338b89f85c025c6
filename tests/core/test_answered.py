"""How many of the indicators that a form asks have an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.answered import count_answered
from normtool.core.scoring import assess
from tests.conftest import built_in
from tests.core.tables import read

SAID = "## Indicatoren\n| Id | Antwoord |\n"
MEMBERS = "## Deelnemers\n| Id | Naam | Soort | Rol | Van | Getekend op | Uitwisseling met alle |\n"
TOLD = MEMBERS + "| Z1 | Alba | ziekenhuis | ondertekenaar | 2023 | 2023 | |\n"
AGREED = "## Afspraken\n| Id | Soort | Partijen | Datum |\n| A1 | samenwerking | Z1 | 2024-01-01 |\n"


def counted(page: str, *settled: str) -> tuple[int, int]:
    """How many are answered, of how many asked."""
    evidence = read(page)[0]
    found = count_answered(built_in(), evidence, assess(built_in(), evidence)[0], settled)
    return found.answered, found.asked


def layered(layer: str, page: str = "") -> str:
    """The page in the form of a region or sub-network."""
    return f"""## Netwerk
| Gegeven | Waarde |
| Code | ALBA |
| Naam | Netwerk Alba |
| Regio | NOORD |
| Laag | {layer} |
| Toetsjaar | 2026 |
| Verslagjaar | 2025 |
| Peildatum | 2025-12-31 |
{page}"""


@pytest.mark.parametrize(
    ("page", "answered"),
    [
        ("", 0),
        (SAID + "| N1.2 | ja |\n| N5.4 | 0 |", 2),
        (TOLD, 0),
        (TOLD + SAID + "| N6.1 | |", 0),
        (TOLD.replace("2023 | |", "2023 | ja |"), 1),
        (TOLD + AGREED, 1),
        (TOLD + "## Indicatoren\n| Id | Eigen aanpak: doel |\n| N6.1 | Eén beeld |", 1),
        (TOLD.replace("## Deelnemers\n", "## Deelnemers\n| Dit overzicht is volledig | ja |\n"), 2),
    ],
)
def test_members_that_the_form_was_filled_in_with_answer_nothing(page: str, answered: int) -> None:
    assert counted(page) == (answered, 21)


def test_a_sub_network_is_asked_less_and_a_region_only_its_own() -> None:
    own = SAID + "| N1.2 | ja |\n| N1.8 | ja |"
    assert counted(layered("deelnetwerk", own)) == (1, 20)
    assert counted(layered("regio", own)) == (1, 1)
    assert counted(layered("deelnetwerk", own), "N1.2", "N2.1") == (0, 18)


def test_an_indicator_that_the_norms_do_not_have_is_not_counted() -> None:
    evidence = read("")[0]
    assessment = assess(built_in(), evidence)[0]
    few = replace(built_in(), standards=built_in().standards[:1])
    assert count_answered(few, evidence, assessment).asked < 21
