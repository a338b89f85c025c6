"""Questions about evidence that is odd but not wrong: when they are asked, and when they are not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from normtool.core.registers import Column
from normtool.core.standards import Corridor, Framework
from tests import cases
from tests.core.judging import judged, norms
from tests.core.tables import NETWORK, seen

SHARE: dict[str, Any] = {"kind": "proportion", "path": 0.8}
PATIENTS: dict[str, Any] = {
    "kind": "pooled",
    "register": "Tumortypenetwerken",
    "numerator": "Verwezen op tijd",
    "denominator": "Verwezen",
    "path": 0.8,
    "counts_patients": True,
}


def asked(framework: Framework, page: str) -> list[str]:
    """The questions about a form."""
    return seen(judged(framework, page)[1])


def with_corridor(given: dict[str, Any], low: str, **more: Any) -> Framework:
    """One indicator with a corridor."""
    framework = norms(given)
    indicator = replace(framework.standards[0].indicators[0], corridor=Corridor(low=Decimal(low)), **more)
    return replace(framework, standards=(replace(framework.standards[0], indicators=(indicator,)),))


@pytest.mark.parametrize(
    ("share", "questions"),
    [
        ("50 | 50", ["NT406 Indicatoren!B2 indicator=N1.1 denominator=50"]),
        ("49 | 49", []),
        ("50 | 51", []),
        ("0 | 0", []),
        ("10 | 51", ["NT407 Indicatoren!B2 indicator=N1.1 percent=19 low=20"]),
        ("20 | 100", []),
        ("199 | 1000", ["NT407 Indicatoren!B2 indicator=N1.1 percent=19 low=20"]),
        (" | 50", []),
    ],
)
def test_a_share_outside_its_corridor_or_of_exactly_all(share: str, questions: list[str]) -> None:
    page = f"## Indicatoren\n| Id | Teller | Noemer |\n| N1.1 | {share} |"
    assert asked(with_corridor(SHARE, "0.20"), page) == questions


def test_without_a_corridor_low_is_not_asked_about() -> None:
    assert asked(norms(SHARE), "## Indicatoren\n| Id | Teller | Noemer |\n| N1.1 | 1 | 100 |") == []
    framework = with_corridor(SHARE, "0.20")
    indicator = replace(framework.standards[0].indicators[0], corridor=Corridor(high=Decimal("0.99")))
    framework = replace(framework, standards=(replace(framework.standards[0], indicators=(indicator,)),))
    assert asked(framework, "## Indicatoren\n| Id | Teller | Noemer |\n| N1.1 | 1 | 100 |") == []


def test_small_numbers_raise_no_question() -> None:
    page = "## Indicatoren\n| Id | Teller | Noemer |\n| N1.1 | 0 | 9 |"
    assert asked(with_corridor({**SHARE, "counts_patients": True}, "0.20"), page) == []
    assert asked(with_corridor(SHARE, "0.20"), page) != []


def test_only_shares_of_patients_and_proportions_are_asked_about() -> None:
    page = "## Tumortypenetwerken\n| Groep | Verwezen op tijd | Verwezen |\n" + "".join(
        f"| {name} | 1 | 100 |\n" for name in ("Huid", "Longen", "Bot en weke delen")
    )
    question = ["NT407 Tumortypenetwerken!B2 indicator=N1.1 percent=1 low=20"]
    assert asked(with_corridor(PATIENTS, "0.20"), page) == question
    assert asked(with_corridor({**PATIENTS, "counts_patients": False}, "0.20"), page) == []


def test_a_share_that_is_not_applicable_is_not_asked_about() -> None:
    given = {**SHARE, "may_be_not_applicable": True}
    page = "## Indicatoren\n| Id | Antwoord | Reden n.v.t. |\n| N1.1 | n.v.t. | Nee |"
    assert [line[:5] for line in asked(with_corridor(given, "0.20"), page)] == ["NT409"]


@pytest.mark.parametrize(
    ("year", "lag", "codes"),
    [(2025, 0, []), (2024, 0, ["NT408"]), (2024, 1, []), (2023, 1, ["NT408"]), (2026, 1, ["NT415"])],
)
def test_figures_may_lag_as_far_as_the_norm_allows(year: int, lag: int, codes: list[str]) -> None:
    framework = with_corridor(SHARE, "0", allowed_lag=lag)
    page = f"## Indicatoren\n| Id | Teller | Noemer | Over jaar |\n| N1.1 | 30 | 40 | {year} |"
    assert [line[:5] for line in asked(framework, page)] == codes


VOLUME: dict[str, Any] = {"kind": "volume", "category": "intervention", "path": 1}
HOSPITAL = """## Deelnemers
| Id | Soort |
| Z1 | ziekenhuis |
## Volumes
| Locatie | Behandeling | Jaar | Aantal |
"""


@pytest.mark.parametrize(
    ("year", "number", "codes"),
    [(2025, 24, []), (2024, 24, []), (2023, 24, ["NT408"]), (2026, 24, ["NT415"]), (2023, "?", []), ("?", 24, [])],
)
def test_volumes_may_lag_as_far_as_their_indicator_allows(year: object, number: object, codes: list[str]) -> None:
    page = HOSPITAL + f"| Z1 | Maagresectie | {year} | {number} |"
    assert [line[:5] for line in asked(with_corridor(VOLUME, "0", allowed_lag=1), page)] == codes


def test_older_volumes_beside_a_new_one_are_history() -> None:
    page = HOSPITAL + "| Z1 | Maagresectie | 2025 | 24 |\n| Z1 | Maagresectie | 2023 | 22 |"
    assert asked(norms(VOLUME), page) == []
    assert asked(norms(VOLUME), page.replace("2025", "2024")) == [
        "NT408 Volumes!C2 indicator=N1.1 year=2024 reporting_year=2025"
    ]


def test_volumes_that_no_indicator_reads_are_not_asked_about() -> None:
    page = HOSPITAL + "| Z1 | Maagresectie | 2019 | 24 |\n| Z1 | Systeemtherapie long | 2019 | 24 |"
    assert asked(norms({"kind": "count", "path": 1}), page) == []
    assert [line[:18] for line in asked(norms(VOLUME), page)] == ["NT408 Volumes!C2 i"]


@pytest.mark.parametrize(
    ("kind", "asked_back"),
    [
        ({"kind": "yes_no"}, True),
        ({"kind": "maturity", "path": 1}, True),
        ({"kind": "document_age", "months": 12}, True),
        ({"kind": "count", "path": 1}, False),
        (SHARE, False),
    ],
)
def test_a_document_without_an_answer(kind: dict[str, Any], *, asked_back: bool) -> None:
    page = "## Documenten\n| Id |\n| D1 |\n## Indicatoren\n| Id | Documenten |\n| N1.1 | D1 |"
    assert asked(norms(kind), page) == (["NT410 Indicatoren!B2 indicator=N1.1"] if asked_back else [])


@pytest.mark.parametrize(
    ("until", "questions"),
    [
        ("2025-12-31", []),
        ("2025", []),
        ("2026", []),
        ("", []),
        ("2025-12-30", ["NT414 Indicatoren!C2 document=D1 date=2025-12-30"]),
        ("2024", ["NT414 Indicatoren!C2 document=D1 date=2024-12-31"]),
    ],
)
def test_a_document_past_its_end_is_asked_about_where_it_is_named(until: str, questions: list[str]) -> None:
    page = f"## Documenten\n| Id | Geldig tot |\n| D1 | {until} |\n| D2 | 2020 |\n"
    page += "## Indicatoren\n| Id | Antwoord | Documenten |\n| N1.1 | ja | D1 p. 3 |"
    assert asked(norms({"kind": "yes_no"}), page) == questions


@pytest.mark.parametrize(
    ("parts", "question"),
    [
        ("Doel | Wat | Meting | 2025-12-31", ""),
        ("Doel | Wat | Meting | 2025-12-30", "NT404 Indicatoren!E2 indicator=N1.1 until=2025-12-30"),
        ("Doel | Wat | Meting | 2024", "NT404 Indicatoren!E2 indicator=N1.1 until=2024-12-31"),
        ("Doel | Wat | Meting |", "NT403 Indicatoren!B2 indicator=N1.1 filled=3"),
        (" | Wat | |", "NT403 Indicatoren!C2 indicator=N1.1 filled=1"),
        (" | | | 2024-01-01", "NT403 Indicatoren!E2 indicator=N1.1 filled=1"),
        (" | | | ", ""),
    ],
)
def test_an_own_approach_that_is_not_whole_or_is_over(parts: str, question: str) -> None:
    headers = "| Id | Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |"
    found = asked(
        norms({"kind": "yes_no", "class": "growth", "opens": 1}), f"## Indicatoren\n{headers}\n| N1.1 | {parts} |"
    )
    assert found == ([question] if question else [])


@pytest.mark.parametrize(
    ("sheet", "column", "typed", "questions"),
    [
        ("Documenten", "Datum", "2025-12-31", []),
        ("Documenten", "Geldig tot", "2030-01-01", []),
        ("Tumortypenetwerken", "Zorgpad van", "2026-01-01", ["NT401"]),
        ("Tumortypenetwerken", "Zorgpad van", "2026", ["NT401"]),
        ("Tumortypenetwerken", "Zorgpad van", "nee", []),
        ("Tumortypenetwerken", "Sinds", "2026-01-01", []),
        ("Tumortypenetwerken", "Cijfers besproken op", "1-1-2026; 1-2-2026", ["NT401", "NT401"]),
        ("Afspraken", "Datum", "2026-01-01", ["NT401"]),
        ("Afspraken", "Geldig tot", "2030-01-01", []),
        ("Verbeteracties", "Gereed", "2030-01-01", []),
        ("Stem van de PAR", "Beantwoord op", "2026-01-01", []),
        ("Stem van de PAR", "Datum", "2026-01-01", ["NT401"]),
        ("Deelnemers", "Tot", "2030-01-01", []),
        ("Deelnemers", "Van", "2026-01-01", []),
    ],
)
def test_a_date_after_the_reference_date_is_asked_about_where_it_should_lie_before(
    sheet: str, column: str, typed: str, questions: list[str]
) -> None:
    keys = {"Tumortypenetwerken": ("Groep", "Huid"), "Stem van de PAR": ("Punt of advies", "Meer")}
    header, key = keys.get(sheet, ("Id", "X1"))
    page = f"## {sheet}\n| {header} | {column} |\n| {key} | {typed} |"
    found = asked(norms({"kind": "yes_no"}), page)
    assert [line[:5] for line in found] == questions
    assert all(f" {sheet}!B2 " in line for line in found)


def test_a_year_alone_around_the_reference_date_is_asked_about_once() -> None:
    page = (
        NETWORK.replace("2025-12-31", "2025-06-30") + "\n## Documenten\n| Id | Datum |\n| D1 | 2025 |\n| D2 | 2024 |"
    )
    page += "\n## Indicatoren\n| Id | Antwoord | Documenten |\n| N1.1 | ja | D1 |"
    framework = norms({"kind": "document_age", "months": 3})
    assert asked(framework, page) == ["NT402 Documenten!B2 year=2025"]


def test_two_indicators_that_hang_on_one_year_ask_once() -> None:
    page = """## Documenten
| Id | Datum |
| D1 | 2021 |
## Indicatoren
| Id | Antwoord | Documenten |
| N1.1 | ja | D1 |
| N1.2 | ja | D1 |"""
    age = {"kind": "document_age", "months": 48}
    assert asked(norms(age, age), page) == ["NT402 Documenten!B2 year=2021"]


@pytest.mark.parametrize(
    ("page", "questions"),
    [
        ("| Dit overzicht is volledig | ja |\n| Id | Soort |", ["NT405 Afspraken!B1 sheet=Afspraken"]),
        ("| Dit overzicht is volledig | nee |\n| Id | Soort |", []),
        ("| Dit overzicht is volledig | ja |\n| Id | Soort |\n| A1 | SLA |", []),
        ("| Id | Soort |", []),
    ],
)
def test_a_complete_register_without_rows(page: str, questions: list[str]) -> None:
    assert asked(norms({"kind": "yes_no"}), f"## Afspraken\n{page}") == questions


def test_a_group_beside_its_sub_type_is_asked_about_per_location() -> None:
    framework = norms({"kind": "yes_no"})
    types = "## Tumortypenetwerken\n| Groep |\n| Bot |\n| Weke delen |\n"
    assert asked(framework, types) == []
    assert asked(framework, types + "| Bot en weke delen |") == [
        "NT413 Tumortypenetwerken!A4 group=Bot en weke delen"
    ]
    care = """## Deelnemers
| Id |
| Z1 |
| Z2 |
## Zorgaanbod
| Locatie | Groep | Behandelt |
| Z1 | Bot | ja |
| {} | Bot en weke delen | ja |"""
    assert asked(framework, care.format("Z2")) == []
    assert asked(framework, care.format("Z1")) == ["NT413 Zorgaanbod!A3 group=Bot en weke delen"]


def test_a_volume_below_its_norm_is_asked_for_its_plan_once() -> None:
    page = """## Deelnemers
| Id | Soort |
| Z1 | ziekenhuis |
## Volumes
| Locatie | Behandeling | Jaar | Aantal | Toelichting |
| Z1 | Maagresectie | 2025 | {} | {} |"""
    framework = norms(VOLUME, VOLUME)
    assert asked(framework, page.format(19, "")) == ["NT412 Volumes!D2 number=19 minimum=20"]
    assert asked(framework, page.format(19, "Stopt in 2026")) == []
    assert asked(framework, page.format(20, "")) == []
    assert asked(framework, page.format(0, "")) == []


def test_a_volume_is_asked_for_its_plan_while_other_rows_must_be_corrected() -> None:
    page = HOSPITAL + "| Z1 | Maagresectie | 2025 | 19 |\n| Z1 | Leverresectie | 2025 | veel |"
    assert asked(norms(VOLUME), page) == ["NT412 Volumes!D2 number=19 minimum=20"]
    declared = "\n## Indicatoren\n| Id | Antwoord | Reden n.v.t. |\n| N1.1 | n.v.t. | Geen chirurgie |"
    found = asked(norms({**VOLUME, "may_be_not_applicable": True}), page + declared)
    assert [line[:5] for line in found] == ["NT409"]


def test_explaining_a_third_of_the_core_is_not_yet_much() -> None:
    headers = (
        "| Id | Antwoord | Reden n.v.t. "
        "| Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot |"
    )
    own = "| N1.{0} | | | Doel | Wat bij {0} | Meting | 2030 |"
    away = "| N1.{} | n.v.t. | Nee | | | | |"
    given = {"kind": "count", "path": 1, "may_be_not_applicable": True}
    growth = {**given, "class": "growth", "opens": 1}
    framework = norms(given, given, given, growth, {**given, "opens": 2})

    def explained(*lines: str) -> list[str]:
        return asked(framework, "\n".join(["## Indicatoren", headers, *lines]))

    assert explained(own.format(1)) == []
    assert explained(away.format(1)) == []
    assert explained(own.format(1), own.format(4), own.format(5)) == []
    assert explained(away.format(1), own.format(2)) == ["NT409 Indicatoren!B2 count=2 core=3"]
    assert asked(norms(growth), f"## Indicatoren\n{headers}\n{own.format(1)}") == []


def test_zero_of_zero_is_not_explained() -> None:
    framework = norms(SHARE)
    assert asked(framework, "## Indicatoren\n| Id | Teller | Noemer |\n| N1.1 | 0 | 0 |") == []


def test_a_register_without_a_group_or_a_since_is_asked_all_the_same() -> None:
    register = cases.register_of("Tumortypenetwerken")
    bare: tuple[Column, ...] = tuple(column for column in register.columns if column.id in ("group", "pathway_date"))
    framework = replace(norms({"kind": "yes_no"}), registers=(replace(register, columns=bare, since=None),))
    page = "## Tumortypenetwerken\n| Groep | Zorgpad van |\n| Huid | 2026-01-01 |"
    assert asked(framework, page) == ["NT401 Tumortypenetwerken!B2 date=2026-01-01 reference_date=2025-12-31"]


# --- shares per group, and what was explained beforehand ---------------------------------------------------------


PER_GROUP: dict[str, Any] = {
    "kind": "pooled",
    "register": "Zorgaanbod",
    "numerator": "Op tijd",
    "denominator": "Behandeld",
    "path": 0.8,
    "counts_patients": True,
    "per_group": True,
}
CARE = """## Deelnemers
| Id | Soort |
| Z1 | ziekenhuis |
| Z2 | ziekenhuis |
## Zorgaanbod
| Locatie | Groep | Op tijd | Behandeld | Toelichting |
"""


def test_each_group_is_asked_about_at_its_own_numbers() -> None:
    page = CARE + "| Z1 | Huid | 60 | 60 | |\n| Z2 | Huid | 40 | 40 | |\n"
    page += "| Z1 | Longen | 11 | 60 | |\n| Z2 | Longen | 1 | 9 | |\n| Z1 | Bot | 5 | 5 | |"
    found = asked(with_corridor(PER_GROUP, "0.20"), page)
    assert [line for line in found if line[:5] in ("NT406", "NT407")] == [
        "NT406 Zorgaanbod!C2 indicator=N1.1 denominator=100",
        "NT407 Zorgaanbod!C4 indicator=N1.1 percent=17 low=20",
    ]


def test_a_group_without_patients_has_no_share() -> None:
    page = CARE + "| Z1 | Huid | 0 | 0 | |\n| Z1 | Longen | 10 | 60 | |"
    assert [line[:19] for line in asked(with_corridor(PER_GROUP, "0.20"), page)] == ["NT407 Zorgaanbod!C3"]


@pytest.mark.parametrize("said", ["", "geen", "-", "n.v.t."])
def test_what_explains_nothing_leaves_the_question(said: str) -> None:
    page = CARE + f"| Z1 | Huid | 9 | 60 | {said} |"
    assert [line[:5] for line in asked(with_corridor(PER_GROUP, "0.20"), page)] == ["NT407"]


def test_an_explained_figure_is_noted_with_its_explanation() -> None:
    page = CARE + "| Z1 | Huid | 9 | 60 | Twee maanden geen operatiekamer |"
    note = "NT449 Zorgaanbod!C2 code=NT407 (explanation: Zorgaanbod!E2)"
    assert asked(with_corridor(PER_GROUP, "0.20"), page) == [note]


def test_an_indicator_may_explain_its_own_figure_or_that_of_its_rows() -> None:
    answer = "\n## Indicatoren\n| Id | Teller | Noemer | Toelichting |\n| N1.1 | {} | Zo is geteld |"
    framework = with_corridor(SHARE, "0.20")
    assert asked(framework, answer.format("50 | 50")) == [
        "NT449 Indicatoren!B2 code=NT406 (explanation: Indicatoren!D2)"
    ]
    page = CARE + "| Z1 | Huid | 9 | 60 | |" + answer.format(" | ")
    assert asked(with_corridor(PER_GROUP, "0.20"), page) == [
        "NT449 Zorgaanbod!C2 code=NT407 (explanation: Indicatoren!D2)"
    ]


def test_names_in_questions_are_in_the_language_of_the_form() -> None:
    page = """## Indicators
| Id | Answer |
| N1.1 | |
## Tumour types
| Group | Since |
| Bone | 2020 |
| Bone and soft tissue | 2020 |"""
    assert asked(norms({"kind": "yes_no"}), page) == ["NT413 Tumour types!A3 group=Bone and soft tissue"]


def test_a_reporting_year_that_cannot_be_right_makes_no_other_question() -> None:
    page = """## Indicatoren
| Id | Teller | Noemer | Over jaar |
| N1.1 | 30 | 40 | 2025 |
## Overlegvormen
| Naam | Sinds | Gehouden |
| DB | 2028 | 4 |"""
    meetings = {
        "kind": "coverage",
        "register": "Overlegvormen",
        "at_least_rows": 1,
        "tests": [{"at_least": {"Gehouden": 2}}],
    }
    framework = norms(SHARE, meetings)
    years = NETWORK.replace("| Verslagjaar      | 2025", "| Verslagjaar      | {}")
    assert [line[:5] for line in asked(framework, years.format(2026) + page)] == ["NT442", "NT408"]
    assert asked(framework, years.format(2027) + page) == []


def test_shares_are_asked_about_while_other_rows_must_be_corrected() -> None:
    page = CARE + "| Z1 | Huid | 9 | 60 | |\n| Z2 | Huid | 11 | 10 | |\n| Z1 | Longen | veel | 60 | |"
    assert [line[:19] for line in asked(with_corridor(PER_GROUP, "0.20"), page)] == ["NT407 Zorgaanbod!C2"]


def test_a_share_that_cannot_be_is_only_an_error() -> None:
    page = "## Indicatoren\n| Id | Teller | Noemer |\n| N1.1 | 51 | 50 |"
    assert asked(with_corridor(SHARE, "0.20"), page) == []


def test_a_low_share_that_looks_reversed_is_asked_about_once() -> None:
    page = CARE + "| Z1 | Huid | 85 | 100 | |\n| Z1 | Longen | 10 | 90 | |"
    found = asked(with_corridor(PER_GROUP, "0.20"), page)
    assert [line[:19] for line in found] == ["NT430 Zorgaanbod!C3"]
