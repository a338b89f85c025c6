"""Questions that last year raises: figures that jumped, an own approach that did not change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from normtool.core.scoring import assess
from normtool.core.standards import Corridor, Framework
from tests.conftest import built_in
from tests.core.tables import read, seen

MEMBERS = """
## Deelnemers
| Id | Naam | Soort      |
| A  | Alfa | ziekenhuis |
"""


def asked(page: str, framework: Framework | None = None) -> list[str]:
    """The questions about last year that a form raises, and the notes on those that were answered beforehand."""
    norms = framework or built_in()
    evidence, _ = read(MEMBERS + page, framework=norms)
    _, questions = assess(norms, evidence)
    return [line for line in seen(questions) if line[:5] in ("NT420", "NT421", "NT422", "NT449")]


def figures(indicator: str, before: str, now: str, explanation: str = "") -> str:
    """An indicator with this numerator and denominator last year, and these cells this year."""
    numerator, denominator = before.split("/")
    return f"""
## _aangeboden
| indicators | was_numerator   | {numerator}   | last_year | 2025.xlsx | 2024 | {indicator} |
| indicators | was_denominator | {denominator} | last_year | 2025.xlsx | 2024 | {indicator} |

## Indicatoren
| Id          | Teller | Noemer | Over jaar | Toelichting   |
| {indicator} | {now}  | 2025      | {explanation} |
"""


def with_corridor(corridor: Corridor | None) -> Framework:
    """The built-in framework with another corridor for the share of patients in trials."""
    framework = built_in()
    standards = tuple(
        replace(
            standard,
            indicators=tuple(
                replace(item, corridor=corridor) if item.id == "N5.3" else item for item in standard.indicators
            ),
        )
        for standard in framework.standards
    )
    return replace(framework, standards=standards)


def with_jump(jump: str) -> Framework:
    """The built-in framework, in which the share of patients in trials may move so far."""
    return with_corridor(Corridor(jump=Decimal(jump)))


@pytest.mark.parametrize(
    ("before", "now", "questions"),
    [
        ("40/800", "80 | 800", []),
        ("40/800", "120 | 800", []),
        ("40/800", "121 | 800", ["NT420 Indicatoren!C2 indicator=N5.3 percent=15 before=5"]),
        ("121/800", "40 | 800", ["NT420 Indicatoren!C2 indicator=N5.3 percent=5 before=15"]),
        ("40/800", "60 | 1200", []),
        ("40/800", "60 | 1201", ["NT421 Indicatoren!C2 number=1201 before=800"]),
        ("40/800", "20 | 399", ["NT421 Indicatoren!C2 number=399 before=800"]),
        ("1/10", "1 | 19", []),
        ("1/10", "1 | 20", ["NT421 Indicatoren!C2 number=20 before=10"]),
        ("0/0", "1 | 20", []),
        ("40/800", "0 | 0", []),
        ("40/800", "| ", []),
    ],
)
def test_a_share_or_a_denominator_that_moved_too_far_is_asked_about(
    before: str, now: str, questions: list[str]
) -> None:
    assert asked(figures("N5.3", before, now), with_jump("0.10")) == questions


@pytest.mark.parametrize("corridor", [None, Corridor(low=Decimal("0.01"))])
def test_without_a_limit_in_the_norms_a_share_may_move(corridor: Corridor | None) -> None:
    assert asked(figures("N5.3", "40/800", "700 | 800"), with_corridor(corridor)) == []


def test_an_explanation_answers_the_question_beforehand() -> None:
    found = asked(figures("N5.3", "40/800", "400 | 800", "Nieuwe studies"), with_jump("0.10"))
    assert found == ["NT449 Indicatoren!C2 code=NT420 (explanation: Indicatoren!E2)"]
    dash = asked(figures("N5.3", "40/800", "400 | 800", "-"), with_jump("0.10"))
    assert [line[:5] for line in dash] == ["NT420"]


def test_a_figure_of_last_year_itself_has_not_jumped() -> None:
    page = figures("N5.3", "40/800", "400 | 800").replace("2025      |", "2024 |")
    assert asked(page, with_jump("0.10")) == []


@pytest.mark.parametrize(
    ("before", "now", "questions"),
    [
        ("20", "31", ["NT421 Indicatoren!B2 number=31 before=20"]),
        ("20", "30", []),
        ("2", "19", []),
        ("2", "ja", []),
    ],
)
def test_a_number_that_jumped_is_asked_about(before: str, now: str, questions: list[str]) -> None:
    page = f"## _aangeboden\n| indicators | was_number | {before} | last_year | x.xlsx | 2024 | N5.4 |\n"
    assert asked(page + f"## Indicatoren\n| Id | Antwoord |\n| N5.4 | {now} |") == questions


def test_a_pooled_share_is_the_sum_of_its_rows() -> None:
    page = """
## _aangeboden
| indicators | was_numerator   | 90  | last_year | 2025.xlsx | 2024 | N4.2 |
| indicators | was_denominator | 100 | last_year | 2025.xlsx | 2024 | N4.2 |

## Zorgaanbod
| Locatie | Groep | Behandelt | In MDO | Nieuw |
| A       | Borst | ja        | 30     | 60    |
| A       | Long  | ja        | 30     | 40    |
| A       | Huid  | nee       |        |       |
"""
    assert asked(page) == ["NT420 Zorgaanbod!E2 indicator=N4.2 percent=60 before=90"]
    assert asked(page.replace("30     | 60 ", "| ").replace("30     | 40 ", "| ")) == []


def test_volumes_are_laid_beside_the_same_row_of_another_year() -> None:
    page = """
## _aangeboden
| volumes | number | 40 | last_year | 2025.xlsx | 2024 | A | rectal-resection |

## Volumes
| Locatie | Behandeling    | Jaar | Aantal | Stand      | Toelichting |
| A       | Rectumresectie | 2025 | 61     | definitief |             |
| A       | Rectumresectie | 2023 | 61     | definitief | Verplaatst  |
| A       | Rectumresectie | 2024 | 90     | definitief |             |
| A       | Leverresectie  | 2025 | 90     | definitief |             |
| A       | Rectumresectie | 2022 |        | definitief |             |
| A       | Rectumresectie | 2021 | 45     | definitief |             |
"""
    assert asked(page) == [
        "NT421 Volumes!D2 number=61 before=40",
        "NT449 Volumes!D3 code=NT421 (explanation: Volumes!F3)",
    ]


OWN = """
## _aangeboden
| indicators | own_aim  | Samen sturen   | last_year | 2025.xlsx | 2024 | N2.6 |
| indicators | own_what | Twee overleggen | last_year | 2025.xlsx | 2024 | N2.6 |

## Indicatoren
| Id   | Antwoord | Eigen aanpak: doel | Eigen aanpak: wat | Bevestigd |
"""


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| N2.6 | 1 | samen  sturen. | Twee Overleggen | |", ["D6"]),
        ("| N2.6 | 1 | Samen sturen | Drie overleggen | |", []),
        ("| N2.6 | 1 | Samen sturen |  | |", []),
        ("| N2.6 | 1 | | | |", []),
        ("| N2.6 | 1 | | | ja |", ["D6"]),
        ("| N1.2 | ja | Samen sturen | Twee overleggen | |", []),
    ],
)
def test_an_own_approach_that_says_the_same_is_asked_about(row: str, cells: list[str]) -> None:
    found = asked(OWN + row)
    assert found == [f"NT422 Indicatoren!{cell.replace('6', '2')} indicator=N2.6" for cell in cells]


def test_a_form_that_knows_nothing_of_last_year_raises_nothing() -> None:
    assert asked("## Indicatoren\n| Id | Antwoord |\n| N5.4 | 500 |") == []
    assert asked(OWN) == []
