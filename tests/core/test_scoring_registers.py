"""Norms over the rows of a register: coverage and pooled, row by row."""

from __future__ import annotations

from fractions import Fraction
from itertools import compress, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normtool.core.assessment import RowState, Share, Verdict
from normtool.core.outcomes import wilson
from tests.core.judging import cells, judge, rows, verdict, why
from tests.core.tables import NETWORK

TYPES = "## Tumortypenetwerken"
DOCUMENTS = "\n## Documenten\n| Id | Datum |\n| D1 | 2025-03-01 |\n| D2 | 2026-03-01 |\n"


def coverage(*tests: Any, register: str = "Tumortypenetwerken", **more: Any) -> dict[str, Any]:
    """A coverage norm."""
    given = {"kind": "coverage", "register": register, "tests": list(tests), "path": 0.5, **more}
    return {name: value for name, value in given.items() if value is not None}


OWN = {"is": {"Stand": "eigen netwerk"}}
REPRESENTED = {"is": {"Patiëntvertegenwoordiging": "ja"}}


def groups(
    *lines: str, headers: str = "Stand | Patiëntvertegenwoordiging | Bijeenkomsten", complete: str = ""
) -> str:
    """The sheet of tumour types: Huid, Long, Bot en weke delen, as far as there are lines."""
    names = ("Huid", "Longen", "Bot", "Weke delen")
    body = [f"| {name} | {line} |" for name, line in zip(names, lines, strict=False)]
    return "\n".join([TYPES, f"| Dit overzicht is volledig | {complete} |", f"| Groep | {headers} |", *body])


def test_every_row_says_what_it_is_and_where() -> None:
    result = judge(
        coverage(REPRESENTED, {"at_least": {"Bijeenkomsten": 2}}, where=[OWN], path=0.6, partly_from=0.5),
        groups("eigen netwerk | ja | 4", "eigen netwerk | nee | 3", "eigen netwerk | | 1", "niet behandeld | ja | 9"),
    )
    assert verdict(result) == "partly_met"
    assert rows(result) == [
        "skin met Tumortypenetwerken!C3 Tumortypenetwerken!D3",
        "lung partly_met Tumortypenetwerken!C4 Tumortypenetwerken!D4",
        "bone undecided (empty) Tumortypenetwerken!A5 Tumortypenetwerken!D5",
    ]
    assert cells(result) == ["Tumortypenetwerken!A3", "Tumortypenetwerken!A4", "Tumortypenetwerken!A5"]


@pytest.mark.parametrize(
    ("lines", "expected", "because"),
    [
        (("eigen netwerk | ja", "eigen netwerk | ja"), "met", "met=2 partly_met=0 inside=3 undecided=0 at_most=2"),
        (
            ("eigen netwerk | ja", "eigen netwerk | nee"),
            "partly_met",
            "met=1 partly_met=0 inside=3 undecided=0 at_most=1",
        ),
        (
            ("eigen netwerk | nee", "eigen netwerk | nee"),
            "not_met",
            "met=0 partly_met=0 inside=3 undecided=0 at_most=0",
        ),
        (
            ("eigen netwerk | ja", "eigen netwerk |"),
            "unknown (incomplete_rows) partly_met … met",
            "met=1 partly_met=0 inside=3 undecided=1 at_most=2",
        ),
        (
            ("eigen netwerk | ja", "eigen netwerk | ?"),
            "unknown (incomplete_rows) partly_met … met",
            "met=1 partly_met=0 inside=3 undecided=1 at_most=2",
        ),
        (
            ("eigen netwerk | ja", "eigen netwerk | ja", ""),
            "met",
            "met=2 partly_met=0 inside=2 undecided=1 at_most=3",
        ),
    ],
)
def test_the_share_of_rows(lines: tuple[str, ...], expected: str, because: str) -> None:
    last = ("eigen netwerk | nee",) if len(lines) == 2 else lines[2:]
    page = groups(*lines[:2], *last, headers="Stand | Patiëntvertegenwoordiging")
    page = page.replace("| Bot |", "| Bot en weke delen |")
    result = judge(coverage(REPRESENTED, where=[OWN], path=0.6, partly_from=0.3), page)
    assert verdict(result) == expected
    assert why(result) == [f"coverage {because} target=0.6"]


def test_a_group_is_met_when_all_its_sub_types_are() -> None:
    norm = coverage(REPRESENTED, path=1, partly_from=0.5)
    page = groups("own | ja", "own | ja", "own | {}", "own | {}", headers="State | Patiëntvertegenwoordiging")
    page = page.replace("own", "eigen netwerk").replace("State", "Stand")
    assert verdict(judge(norm, page.format("ja", "ja"))) == "met"
    assert verdict(judge(norm, page.format("ja", "nee"))) == "partly_met"
    assert why(judge(norm, page.format("ja", "nee")))[0].startswith("coverage met=2 partly_met=1 inside=3")
    assert why(judge(norm, page.format("nee", "nee")))[0].startswith("coverage met=2 partly_met=0 inside=3")


def test_without_rows_nothing_is_known_and_in_a_complete_register_nothing_applies() -> None:
    norm = coverage(REPRESENTED, where=[OWN])
    assert verdict(judge(norm, "")) == "unknown (no_answer) not_met … met"
    assert why(judge(norm, "")) == ["no_answer_rows"]
    away = ["niet behandeld | |"] * 4
    assert verdict(judge(norm, groups(*away))) == "unknown (no_answer) not_met … met"
    assert verdict(judge(norm, groups(*away, complete="ja"))) == "not_applicable (no_rows)"
    assert why(judge(norm, groups(*away, complete="ja"))) == ["no_rows"]
    assert verdict(judge(norm, groups(complete="ja"))) == "unknown (no_answer) not_met … met"


def test_a_complete_register_reads_empty_cells_as_no_and_missing_groups_as_not_treated() -> None:
    norm = coverage(REPRESENTED, where=[OWN])
    page = groups("eigen netwerk | |", complete="ja")
    result = judge(norm, page)
    assert verdict(result) == "not_met"
    assert rows(result) == ["skin not_met (empty_in_complete) Tumortypenetwerken!A3"]


def test_the_share_is_of_the_rows_that_are_known() -> None:
    norm = coverage(REPRESENTED, where=[OWN])
    assert judge(norm, groups("eigen netwerk | ja |", "eigen netwerk | |")).value == Share(numerator=1, denominator=2)
    assert judge(norm, groups("eigen netwerk | |", "eigen netwerk | |")).value is None


def test_what_was_written_beside_a_row_is_told_with_it() -> None:
    page = f"{TYPES}\n| Groep | Patiëntvertegenwoordiging | Toelichting |\n| Huid | nee | Vanaf 2026 |"
    result = judge(coverage(REPRESENTED), page)
    assert rows(result)[0] == "skin not_met ‘Vanaf 2026’ Tumortypenetwerken!B2"
    assert cells(result) == ["Tumortypenetwerken!A2"]


def test_what_cannot_be_decided_is_shown_with_what_is_known() -> None:
    page = groups("eigen netwerk | ja |", "eigen netwerk | |", "eigen netwerk | nee |", "eigen netwerk | nee |")
    result = judge(coverage(REPRESENTED, path=0.6, partly_from=0.3), page)
    assert (verdict(result), result.value) == (
        "unknown (incomplete_rows) partly_met … met",
        Share(numerator=1, denominator=3),
    )
    assert why(result) == ["coverage met=1 partly_met=0 inside=3 undecided=1 at_most=2 target=0.6"]


def test_a_missing_row_is_told_as_missing() -> None:
    result = judge(coverage(REPRESENTED), groups("eigen netwerk | ja |", "eigen netwerk | ja |"))
    assert rows(result)[2:] == ["bone-soft-tissue undecided (missing)"]


def test_a_row_whose_filter_is_open_may_be_in_or_out() -> None:
    result = judge(
        coverage(REPRESENTED, where=[OWN], path=0.6), groups("eigen netwerk | ja |", " | nee |", "niet behandeld | |")
    )
    assert rows(result) == [
        "skin met Tumortypenetwerken!C3",
        "lung undecided (filter_undecided) Tumortypenetwerken!C4",
        "soft-tissue undecided (missing)",
    ]
    assert verdict(result) == "unknown (incomplete_rows) not_met … met"


@pytest.mark.parametrize(
    ("test", "header", "typed", "expected"),
    [
        ({"is_not": {"Stand": "niet behandeld"}}, "Stand", "eigen netwerk", "met"),
        ({"is_not": {"Stand": "niet behandeld"}}, "Stand", "niet behandeld", "not_met"),
        ({"one_of": {"Platform": ["gezamenlijk", "eigen"]}}, "Platform", "eigen", "met"),
        ({"one_of": {"Platform": ["gezamenlijk", "eigen"]}}, "Platform", "geen", "not_met"),
        ({"filled": "MDO per week"}, "MDO per week", "elke dinsdag", "met"),
        ({"filled": "MDO per week"}, "MDO per week", "geen", "not_met"),
        ({"filled": "MDO per week"}, "MDO per week", "n.v.t.", "not_met"),
        ({"filled": "MDO per week"}, "MDO per week", "-", "not_met"),
        ({"filled": "Advies binnen dagen"}, "Advies binnen dagen", "0", "met"),
        ({"filled": "Advies binnen dagen"}, "Advies binnen dagen", "nee", "not_met"),
        ({"filled": "Advies binnen dagen"}, "Advies binnen dagen", "?", "undecided (said_unknown)"),
        ({"filled": "Zorgpad van"}, "Zorgpad van", "2025-12-31", "met"),
        ({"filled": "Zorgpad van"}, "Zorgpad van", "2026-01-01", "undecided"),
        ({"filled": "Zorgpad van"}, "Zorgpad van", "nee", "not_met"),
        ({"at_least": {"Bijeenkomsten": 2}}, "Bijeenkomsten", "2", "met"),
        ({"at_least": {"Bijeenkomsten": 2}}, "Bijeenkomsten", "1", "not_met"),
        ({"at_least": {"Bijeenkomsten": 0}}, "Bijeenkomsten", "geen", "not_met"),
        ({"not_older_than_months": {"Zorgpad van": 12}}, "Zorgpad van", "2024-12-31", "met"),
        ({"not_older_than_months": {"Zorgpad van": 12}}, "Zorgpad van", "2024-12-30", "not_met"),
        ({"not_older_than_months": {"Zorgpad van": 12}}, "Zorgpad van", "2024", "undecided (year_only)"),
        ({"not_older_than_months": {"Zorgpad van": 12}}, "Zorgpad van", "2025", "met"),
        ({"not_older_than_months": {"Zorgpad van": 12}}, "Zorgpad van", "2023", "not_met"),
        ({"not_older_than_months": {"Zorgpad van": 12}}, "Zorgpad van", "2026", "undecided (after_reference)"),
        ({"not_older_than_months": {"Zorgpad van": 12}}, "Zorgpad van", "geen", "not_met"),
        ({"in_reporting_year": "Cijfers besproken op"}, "Cijfers besproken op", "2025", "met"),
        ({"in_reporting_year": "Cijfers besproken op"}, "Cijfers besproken op", "2025-01-01", "met"),
        ({"in_reporting_year": "Cijfers besproken op"}, "Cijfers besproken op", "2024-12-31", "not_met"),
        ({"in_reporting_year": "Cijfers besproken op"}, "Cijfers besproken op", "1-5-2024; 31-12-2025", "met"),
        ({"in_reporting_year": "Cijfers besproken op"}, "Cijfers besproken op", "1-5-2024; 1-5-2023", "not_met"),
        (
            {"in_reporting_year": "Cijfers besproken op"},
            "Cijfers besproken op",
            "2026-01-01",
            "undecided (after_reference)",
        ),
        ({"in_reporting_year": "Cijfers besproken op"}, "Cijfers besproken op", "nee", "not_met"),
    ],
)
def test_a_test_on_a_cell(test: Any, header: str, typed: str, expected: str) -> None:
    result = judge(coverage(test), f"{TYPES}\n| Groep | {header} |\n| Huid | {typed} |")
    line = next(line for line in rows(result) if line.startswith("skin"))
    shown = "(filter_undecided)"
    wanted = f"undecided {shown}" if expected == "undecided" else expected
    assert line == f"skin {wanted} Tumortypenetwerken!B2"


def test_a_date_of_the_reporting_year_after_the_reference_date_does_not_count_yet() -> None:
    page = NETWORK.replace("2025-12-31", "2025-06-30") + f"\n{TYPES}\n| Groep | Cijfers besproken op |\n"
    norm = coverage({"in_reporting_year": "Cijfers besproken op"})
    for typed, expected in [
        ("2025-06-30", "met"),
        ("2025-07-01", "undecided (after_reference)"),
        ("2025", "undecided (year_only)"),
        ("2024", "not_met"),
        ("1-7-2025; 30-6-2025", "met"),
        ("1-7-2025; 2024", "undecided (year_only)"),
    ]:
        result = judge(norm, page + f"| Huid | {typed} |")
        line = next(line for line in rows(result) if line.startswith("skin"))
        assert line == f"skin {expected} Tumortypenetwerken!B2", typed


def test_a_row_that_starts_after_the_reporting_year_answers_no() -> None:
    page = f"{TYPES}\n| Groep | Sinds | Patiëntvertegenwoordiging |\n| Huid | {{}} | ja |"
    for since, expected in [
        ("2025-12-31", "skin met Tumortypenetwerken!C2"),
        ("2026-01-01", "skin not_met (starts_later) Tumortypenetwerken!B2"),
        ("2026", "skin not_met (starts_later) Tumortypenetwerken!B2"),
        ("nee", "skin met Tumortypenetwerken!C2"),
    ]:
        assert expected in rows(judge(coverage(REPRESENTED), page.format(since)))


MEETINGS = "\n## Overlegvormen\n| Naam | Soort | Gehouden | Documenten |\n"
COMMITTEE = coverage(
    {"at_least": {"Gehouden": 2}},
    register="Overlegvormen",
    where=[{"is": {"Soort": "oncologiecommissie"}}],
    at_least_rows=1,
    path=None,
)


@pytest.mark.parametrize(
    ("lines", "expected", "because"),
    [
        ("| ROC | oncologiecommissie | 2 | D1 |", "met", "rows met=1 wanted=1 inside=1"),
        ("| ROC | oncologiecommissie | 1 | |", "not_met", "rows met=0 wanted=1 inside=1"),
        (
            "| ROC | oncologiecommissie | 2 | |",
            "unknown (incomplete_rows) not_met … met",
            "rows met=0 wanted=1 inside=1",
        ),
        (
            "| ROC | oncologiecommissie | 2 | D2 |",
            "unknown (incomplete_rows) not_met … met",
            "rows met=0 wanted=1 inside=1",
        ),
        (
            "| ROC | oncologiecommissie | 2 | D1 |\n| ROC 2 | oncologiecommissie | 0 | |",
            "met",
            "rows met=1 wanted=1 inside=2",
        ),
        ("| DB | dagelijks bestuur | 9 | D1 |", "unknown (no_answer) not_met … met", "no_answer_rows"),
        ("", "unknown (no_answer) not_met … met", "no_answer_rows"),
    ],
)
def test_enough_rows(lines: str, expected: str, because: str) -> None:
    result = judge(COMMITTEE, DOCUMENTS + MEETINGS + lines)
    assert (verdict(result), why(result)) == (expected, [because])


def test_rows_that_are_expected_but_missing_leave_the_reason_no_answer() -> None:
    result = judge(coverage(REPRESENTED), groups())
    assert (verdict(result), why(result)) == ("unknown (no_answer) not_met … met", ["no_answer_rows"])


def test_enough_rows_of_a_register_that_expects_none() -> None:
    norm = coverage(
        "valid",
        {"is": {"Toetsbaar": "ja"}},
        register="Afspraken",
        where=[{"is": {"Soort": "SLA"}}],
        at_least_rows=2,
        path=None,
    )
    head, columns = "\n## Afspraken\n", AGREEMENTS.split("\n")[2]

    def result(*lines: str, complete: str = "") -> tuple[str, list[str], object]:
        body = "\n".join(f"| A{number} | {line} |" for number, line in enumerate(lines, 1))
        found = judge(norm, f"{DOCUMENTS}{head}| Dit overzicht is volledig | {complete} |\n{columns}\n{body}")
        return verdict(found), why(found), found.value

    good, half = "SLA | Z1 | | 2024 | | ja | D1", "SLA | Z1 | | 2024 | | nee | D1"
    still_open = "SLA | Z1 | | 2024 | | | D1"
    assert result() == ("unknown (no_answer) not_met … met", ["no_answer_rows"], None)
    assert result(complete="ja") == ("not_met", ["rows met=0 wanted=2 inside=0"], 0)
    assert result(good, good) == ("met", ["rows met=2 wanted=2 inside=2"], 2)
    assert result(good) == ("partly_met", ["rows met=1 wanted=2 inside=1"], 1)
    assert result(half) == ("partly_met", ["rows met=0 wanted=2 inside=1"], 0)
    assert result(good, still_open) == (
        "unknown (incomplete_rows) partly_met … met",
        ["rows met=1 wanted=2 inside=2"],
        1,
    )


def test_a_meeting_without_a_document_is_not_substantiated() -> None:
    result = judge(COMMITTEE, DOCUMENTS + MEETINGS + "| ROC | oncologiecommissie | 2 | |")
    assert rows(result) == ["ROC undecided (unsubstantiated) Overlegvormen!C2"]


def test_a_meeting_is_named_by_its_kind_when_it_has_no_name() -> None:
    result = judge(COMMITTEE, DOCUMENTS + MEETINGS + "|  | oncologiecommissie | 1 | |")
    assert rows(result) == ["oncology_committee not_met Overlegvormen!C2"]


def test_a_body_that_is_only_named_is_there_but_unanswered() -> None:
    result = judge(COMMITTEE, MEETINGS + "| ROC | oncologiecommissie | | |")
    assert (verdict(result), rows(result)) == ("unknown (no_answer) not_met … met", ["ROC undecided (missing)"])


def test_one_column_may_need_a_document() -> None:
    norm = coverage({"is": {"Regionaal MDO": "ja"}})
    page = (
        DOCUMENTS
        + TYPES
        + "\n| Groep | Regionaal MDO | Patiëntvertegenwoordiging | Documenten |\n| Huid | ja | ja | {} |"
    )
    assert rows(judge(norm, page.format("D1")))[0] == "skin met Tumortypenetwerken!B2"
    assert rows(judge(norm, page.format("")))[0] == "skin undecided (unsubstantiated) Tumortypenetwerken!B2"
    assert rows(judge(coverage(REPRESENTED), page.format("")))[0] == "skin met Tumortypenetwerken!C2"


AGREEMENTS = "\n## Afspraken\n| Id | Soort | Partijen | Groepen | Datum | Geldig tot | Toetsbaar | Documenten |\n"
VALID = coverage("valid", register="Afspraken", where=[{"is": {"Soort": "SLA"}}], at_least_rows=1, path=None)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("2025-12-31 | ", "met Afspraken!E2"),
        ("2024 | 2025-12-31", "met Afspraken!E2 Afspraken!F2"),
        ("2024 | 2026", "met Afspraken!E2 Afspraken!F2"),
        ("2026-01-01 | ", "undecided (after_reference) Afspraken!E2"),
        ("2024 | 2025-12-30", "not_met (expired) Afspraken!E2 Afspraken!F2"),
        ("2024 | 2024", "not_met (expired) Afspraken!E2 Afspraken!F2"),
        ("2024 | ?", "undecided (unreadable) Afspraken!E2 Afspraken!F2"),
        (" | 2030", "undecided (empty) Afspraken!F2"),
        (" | ", "undecided (empty) Afspraken!A2"),
        ("nee | 2030", "undecided (unreadable) Afspraken!E2 Afspraken!F2"),
    ],
)
def test_whether_an_agreement_holds(dates: str, expected: str) -> None:
    page = DOCUMENTS + AGREEMENTS + f"| A1 | SLA | Z1 | | {dates} | | D1 |"
    (line,) = rows(judge(VALID, page))
    assert line == f"A1 {expected}"


def test_a_year_alone_may_leave_an_agreement_open() -> None:
    page = NETWORK.replace("2025-12-31", "2025-06-30") + DOCUMENTS + AGREEMENTS
    for dates in ("2025 | 2030", "2024 | 2025"):
        (line,) = rows(judge(VALID, page + f"| A1 | SLA | Z1 | | {dates} | | D1 |"))
        assert line.startswith("A1 undecided (year_only) Afspraken!E2")


@pytest.mark.parametrize("typed", ["geen", "n.v.t.", "nee"])
def test_no_end_is_an_open_end(typed: str) -> None:
    page = DOCUMENTS + AGREEMENTS + f"| A1 | SLA | Z1 | | 2024 | {typed} | | D1 |"
    assert rows(judge(VALID, page))[0].startswith("A1 met")


MEMBERS = """
## Deelnemers
| Id | Naam   | Soort      | Onderdeel van | Rol       |
| Z1 | Alba   | ziekenhuis |               | deelnemer |
| L1 | Noord  | locatie    | Z1            | deelnemer |
| Z2 | Beuken | ziekenhuis |               | deelnemer |
"""
SHARED = coverage(
    {"linked": ["shared care"], "tests": [{"is": {"Toetsbaar": "ja"}}]},
    register="Zorgaanbod",
    where=[{"is": {"Behandelt": "ja"}}],
    path=1,
)
CARE = "\n## Zorgaanbod\n| Locatie | Groep | Behandelt |\n| L1 | Bot | ja |\n"


@pytest.mark.parametrize(
    ("agreement", "complete", "expected"),
    [
        ("shared care | Z1; Z2 | Bot en weke delen | 2024 | | ja | D1", "", "met"),
        ("shared care | L1 | | 2024 | | ja | D1", "", "met"),
        ("shared care | Z2 | | 2024 | | ja | D1", "", "undecided (agreements_not_complete)"),
        ("shared care | Z2 | | 2024 | | ja | D1", "ja", "not_met (no_agreement)"),
        ("shared care | L1 | Huid | 2024 | | ja | D1", "ja", "not_met (no_agreement)"),
        ("SLA | L1 | | 2024 | | ja | D1", "ja", "not_met (no_agreement)"),
        (" | L1 | | 2024 | | ja | D1", "ja", "undecided (no_kind)"),
        ("shared care |  | | 2024 | | ja | D1", "ja", "undecided (no_parties)"),
        ("shared care | L1 | | 2024 | | | D1", "", "undecided (agreement_incomplete)"),
        ("shared care | L1 | | 2024 | | | D1", "ja", "not_met (no_agreement)"),
        ("shared care | L1 | | 2024 | | nee | D1", "ja", "not_met (no_agreement)"),
        ("shared care | L1 | | 2024 | | ja | ", "ja", "undecided (unsubstantiated)"),
        ("shared care | L1 | | 2024 | 2024-12-31 | ja | D1", "ja", "not_met (no_agreement)"),
        ("shared care | L1 | | 2026-01-01 | | ja | D1", "ja", "undecided (after_reference)"),
    ],
)
def test_an_agreement_covers_a_row(agreement: str, complete: str, expected: str) -> None:
    head, columns = "\n## Afspraken\n", AGREEMENTS.split("\n")[2]
    page = (
        f"{MEMBERS}{DOCUMENTS}{CARE}{head}| Dit overzicht is volledig | {complete} |\n{columns}\n| A1 | {agreement} |"
    )
    line = next(line for line in rows(judge(SHARED, page)) if line.startswith("L1/bone"))
    places = (
        "Zorgaanbod!A2" if "not_complete" in expected or "no_agreement" in expected else "Zorgaanbod!A2 Afspraken!A3"
    )
    assert line == f"L1/bone {expected} {places}"


def test_a_valid_agreement_goes_before_one_that_is_open() -> None:
    page = MEMBERS + DOCUMENTS + CARE + AGREEMENTS
    page += "| A1 | shared care | | | 2024 | | ja | D1 |\n| A2 | shared care | L1 | | 2024 | | ja | D1 |"
    line = next(line for line in rows(judge(SHARED, page)) if line.startswith("L1/bone"))
    assert line == "L1/bone met Zorgaanbod!A2 Afspraken!A3"


MEMBER = coverage(
    {"linked": ["samenwerking"]},
    register="Deelnemers",
    where=[{"in_period": ["Van", "Tot"]}, {"empty": "Onderdeel van"}],
    path=1,
)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (" | ", "met"),
        ("2025-12-31 | 2025-12-31", "met"),
        ("2026-01-01 | ", None),
        (" | 2025-12-30", None),
        ("2024 | 2030", "met"),
        ("nee | ", "met"),
        (" | geen", "met"),
        ("? | ", "undecided (filter_undecided)"),
        (" | ?", "undecided (filter_undecided)"),
    ],
)
def test_members_count_in_their_period(period: str, expected: str | None) -> None:
    page = DOCUMENTS + AGREEMENTS + "| A1 | samenwerking | Z1 | | 2024 | | ja | D1 |"
    page += f"""
## Deelnemers
| Id | Soort | Van | Tot | Onderdeel van |
| Z1 | ziekenhuis | {period} | |
| L1 | locatie | | | Z1 |"""
    lines = rows(judge(MEMBER, page))
    assert [line.split(" Deelnemers")[0] for line in lines] == ([f"Z1 {expected}"] if expected else [])


def test_a_year_alone_may_leave_a_filter_open() -> None:
    norm = coverage(REPRESENTED, where=[{"not_older_than_months": {"Zorgpad van": 12}}])
    page = f"{TYPES}\n| Groep | Zorgpad van | Patiëntvertegenwoordiging |\n| Huid | {{}} | ja |"
    assert rows(judge(norm, page.format(2025)))[0] == "skin met Tumortypenetwerken!C2"
    assert rows(judge(norm, page.format(2024)))[0] == "skin undecided (filter_undecided) Tumortypenetwerken!C2"
    assert not any(line.startswith("skin") for line in rows(judge(norm, page.format(2023))))


# --- pooled --------------------------------------------------------------------------------------------------------

REFERRED: dict[str, Any] = {
    "kind": "pooled",
    "register": "Tumortypenetwerken",
    "numerator": "Verwezen op tijd",
    "denominator": "Verwezen",
    "where": [OWN],
    "path": 0.8,
    "partly_from": 0.6,
    "counts_patients": True,
}
PER_GROUP = {**REFERRED, "per_group": True}
HEADERS = "Stand | Verwezen op tijd | Verwezen"


def referred(*shares: str, complete: str = "") -> str:
    """Own networks with these numbers: Huid, Longen, Bot, Weke delen."""
    return groups(*(f"eigen netwerk | {share}" for share in shares), headers=HEADERS, complete=complete)


@pytest.mark.parametrize(
    ("shares", "expected", "because"),
    [
        (("8 | 10", "80 | 100", "0 | 0", "0 | 0"), "met", "pooled share=88/110 rows=4 target=0.8"),
        (("8 | 10", "79 | 100", "0 | 0", "0 | 0"), "partly_met", "pooled share=87/110 rows=4 target=0.8"),
        (("6 | 10", "59 | 100", "0 | 0", "0 | 0"), "not_met", "pooled share=65/110 rows=4 target=0.8"),
        (
            ("5 | 5", "4 | 4", "0 | 0", "0 | 0"),
            "unknown (small_numbers) not_met … met",
            "small_numbers denominator=9 small_below=10",
        ),
        (("5 | 5", "5 | 5", "0 | 0", "0 | 0"), "met", "pooled share=10/10 rows=4 target=0.8"),
        (("0 | 0",) * 4, "not_applicable (zero_denominator)", "zero_denominator"),
        (
            ("8 | 10", "80 | ", "0 | 0", "0 | 0"),
            "unknown (incomplete_rows) not_met … met",
            "pooled_incomplete answered=3 rows=4 share=8/10 target=0.8",
        ),
        (
            ("0 | 0", "80 | ", "0 | 0", "0 | 0"),
            "unknown (incomplete_rows) not_met … met",
            "pooled_incomplete answered=3 rows=4 share=None target=0.8",
        ),
        ((), "unknown (no_answer) not_met … met", "no_answer_rows"),
    ],
)
def test_a_pooled_share(shares: tuple[str, ...], expected: str, because: str) -> None:
    result = judge(REFERRED, referred(*shares))
    assert (verdict(result), why(result)) == (expected, [because])


def test_pooled_rows_are_told_one_by_one() -> None:
    result = judge(REFERRED, referred("8 | 10", "80 | "))
    assert rows(result) == [
        "skin counted 8/10 Tumortypenetwerken!C3 Tumortypenetwerken!D3",
        "lung undecided (empty) Tumortypenetwerken!C4",
        "bone-soft-tissue undecided (missing)",
    ]
    assert cells(result) == ["Tumortypenetwerken!C3", "Tumortypenetwerken!D3", "Tumortypenetwerken!C4"]


def test_rows_outside_the_filter_do_not_end_the_sum() -> None:
    page = groups("niet behandeld | |", "eigen netwerk | 8 | 10", *["niet behandeld | |"] * 2, headers=HEADERS)
    assert why(judge(REFERRED, page)) == ["pooled share=8/10 rows=1 target=0.8"]


def test_a_pool_needs_no_tumour_groups() -> None:
    held = {
        "kind": "pooled",
        "register": "Overlegvormen",
        "numerator": "Gehouden",
        "denominator": "Afgesproken per jaar",
    }
    page = "## Overlegvormen\n| Naam | Gehouden | Afgesproken per jaar |\n| ROC | 3 | 4 |\n| PAR | 6 | 6 |"
    result = judge({**held, "path": 0.9}, page)
    assert (verdict(result), why(result)) == ("met", ["pooled share=9/10 rows=2 target=0.9"])
    assert rows(result) == [
        "ROC counted 3/4 Overlegvormen!B2 Overlegvormen!C2",
        "PAR counted 6/6 Overlegvormen!B3 Overlegvormen!C3",
    ]


def test_a_pool_may_be_filtered_by_date() -> None:
    given = {**REFERRED, "where": [{"not_older_than_months": {"Zorgpad van": 12}}], "counts_patients": False}
    page = groups(
        "2025 | 8 | 10", "2023 | 0 | 90", *["2020 | 0 | 9"] * 2, headers="Zorgpad van | Verwezen op tijd | Verwezen"
    )
    assert why(judge(given, page)) == ["pooled share=8/10 rows=1 target=0.8"]


def test_what_is_no_count_of_patients_is_never_too_small_and_has_no_interval() -> None:
    result = judge({**REFERRED, "counts_patients": False}, referred("1 | 1", "0 | 0", "0 | 0", "0 | 0"))
    assert (verdict(result), result.interval) == ("met", None)
    assert judge(REFERRED, referred("9 | 10", "0 | 0", "0 | 0", "0 | 0")).interval is not None


def test_pooled_without_applicable_rows() -> None:
    away = groups(*["niet behandeld | |"] * 4, headers=HEADERS)
    assert verdict(judge(REFERRED, away)) == "unknown (no_answer) not_met … met"
    assert why(judge(REFERRED, away)) == ["no_answer_rows"]
    complete = groups("niet behandeld | |", headers=HEADERS, complete="ja")
    assert verdict(judge(REFERRED, complete)) == "not_applicable (no_rows)"
    assert why(judge(REFERRED, complete)) == ["no_rows"]


@pytest.mark.parametrize(
    ("open_row", "expected", "because"),
    [
        (" | 30 | 30", "met", "pooled share=120/130 rows=4 target=0.8"),
        (" | 0 | 30", "unknown (incomplete_rows) partly_met … met", "pooled_limbo share=90/130 rows=1 target=0.8"),
        (" | 0 | 0", "met", "pooled share=90/100 rows=4 target=0.8"),
    ],
)
def test_a_pooled_row_whose_filter_is_open_is_weighed_in_and_out(open_row: str, expected: str, because: str) -> None:
    page = groups("eigen netwerk | 90 | 100", open_row, *["eigen netwerk | 0 | 0"] * 2, headers=HEADERS)
    result = judge(REFERRED, page)
    assert (verdict(result), why(result)) == (expected, [because])
    assert isinstance(result.value, Share)
    assert result.interval == wilson(result.value)


def test_too_few_patients_are_certain_to_decide() -> None:
    page = groups("eigen netwerk | 5 | 5", " | 30 | 30", *["eigen netwerk | 0 | 0"] * 2, headers=HEADERS)
    result = judge(REFERRED, page)
    assert verdict(result) == "unknown (incomplete_rows) not_met … met"
    assert why(result) == ["pooled_limbo share=35/35 rows=1 target=0.8"]
    assert result.value == Share(numerator=35, denominator=35)
    assert result.interval == wilson(Share(numerator=35, denominator=35))


def test_small_numbers_are_shown_with_their_interval() -> None:
    result = judge(REFERRED, referred("5 | 5", "3 | 4", "0 | 0", "0 | 0"))
    assert result.value == Share(numerator=8, denominator=9)
    assert result.interval == wilson(Share(numerator=8, denominator=9))


@pytest.mark.parametrize(
    ("shares", "expected", "because"),
    [
        (
            ("9 | 10", "60 | 100", "40 | 40", "0 | 0"),
            "partly_met",
            "pooled_groups group=lung share=60/100 groups=3 met=2 small=0 target=0.8",
        ),
        (
            ("9 | 9", "80 | 100", "1 | 1", "0 | 0"),
            "met",
            "pooled_groups group=lung share=80/100 groups=2 met=2 small=2 target=0.8",
        ),
        (
            ("2 | 9", "80 | 100", "1 | 1", "0 | 0"),
            "not_met",
            "pooled_groups group=other-pooled share=3/10 groups=2 met=1 small=2 target=0.8",
        ),
        (
            ("2 | 5", "80 | 100", "0 | 0", "0 | 0"),
            "unknown (small_numbers) not_met … met",
            "pooled_groups group=other-pooled share=2/5 groups=2 met=1 small=1 target=0.8",
        ),
        (
            ("90 | 100", "80 | ", "40 | 40", "0 | 0"),
            "unknown (incomplete_rows) not_met … met",
            "pooled_groups group=lung share=None groups=3 met=2 small=0 target=0.8",
        ),
        (
            ("20 | 100", "10 | 100", "30 | 100", "0 | 0"),
            "not_met",
            "pooled_groups group=lung share=10/100 groups=3 met=0 small=0 target=0.8",
        ),
        (("0 | 0",) * 4, "not_applicable (zero_denominator)", "zero_denominator"),
    ],
)
def test_per_group_the_worst_group_decides(shares: tuple[str, ...], expected: str, because: str) -> None:
    result = judge(PER_GROUP, referred(*shares))
    assert (verdict(result), why(result)) == (expected, [because])


def test_groups_are_told_with_their_shares_and_rows() -> None:
    result = judge(PER_GROUP, referred("9 | 10", "60 | 100", "20 | 40", "10 | 10"))
    assert rows(result) == [
        "skin met 9/10 1 Tumortypenetwerken!A3",
        "lung partly_met 60/100 1 Tumortypenetwerken!A4",
        "bone-soft-tissue partly_met 30/50 2 Tumortypenetwerken!A5 Tumortypenetwerken!A6",
    ]
    assert all(row.interval is not None for row in result.rows)
    assert result.value is not None
    assert result.interval == result.rows[1].interval or result.interval == result.rows[2].interval


def test_an_open_group_is_undecided() -> None:
    result = judge(PER_GROUP, referred("90 | 100", "80 | "))
    assert [(row.key, row.state, row.reason) for row in result.rows] == [
        (("skin",), RowState.MET, ""),
        (("lung",), RowState.UNDECIDED, "incomplete_rows"),
        (("bone-soft-tissue",), RowState.UNDECIDED, "incomplete_rows"),
    ]
    assert result.interval is None


@pytest.mark.parametrize(
    ("sure", "perhaps", "expected", "value"),
    [
        ("90 | 100", "70 | 100", "unknown (incomplete_rows) partly_met … met", Share(numerator=70, denominator=100)),
        (
            "60 | 100",
            "10 | 100",
            "unknown (incomplete_rows) not_met … partly_met",
            Share(numerator=10, denominator=100),
        ),
        ("60 | 100", "90 | 100", "partly_met", Share(numerator=60, denominator=100)),
        ("60 | 100", "70 | 100", "partly_met", Share(numerator=60, denominator=100)),
    ],
)
def test_a_group_that_may_be_outside_widens_the_bounds(sure: str, perhaps: str, expected: str, value: Share) -> None:
    page = groups(f"eigen netwerk | {sure}", f" | {perhaps}", *["niet behandeld | |"] * 2, headers=HEADERS)
    result = judge(PER_GROUP, page)
    assert (verdict(result), result.value) == (expected, value)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.booleans()), min_size=1, max_size=4),
    st.sampled_from([0.5, 0.8, 1]),
)
def test_the_bounds_of_a_pool_are_the_extremes_of_its_completions(
    numbers: list[tuple[int, int, bool]], target: float
) -> None:
    """Every way in which the open rows are in or out, apart from the one with nobody in it."""
    lines = [
        f"{'eigen netwerk' if certain else ''} | {min(first, second)} | {max(first, second)}"
        for first, second, certain in numbers
    ]
    page = groups(*lines, *["niet behandeld | |"] * (4 - len(lines)), headers=HEADERS)
    result = judge({**REFERRED, "path": target, "partly_from": 0.3, "counts_patients": False}, page)
    shares = set()
    for chosen in product(*[(True,) if certain else (True, False) for *_, certain in numbers]):
        inside = [sorted(pair) for *pair, _ in compress(numbers, chosen)]
        if total := sum(denominator for _, denominator in inside):
            shares.add(Fraction(sum(numerator for numerator, _ in inside), total))
    if not shares:
        assert result.verdict is Verdict.NOT_APPLICABLE
        return
    ends = [
        Verdict.MET
        if share >= Fraction(str(target))
        else Verdict.PARTLY_MET
        if share >= Fraction("0.3")
        else Verdict.NOT_MET
        for share in (min(shares), max(shares))
    ]
    assert [result.worst, result.best] == ends


def test_a_group_that_may_be_outside_cannot_save_the_others() -> None:
    page = groups("eigen netwerk | 50 | 100", " | 90 | 100", *["niet behandeld | |"] * 2, headers=HEADERS)
    assert verdict(judge(PER_GROUP, page)) == "not_met"
    page = groups("eigen netwerk | 90 | 100", " | 50 | 100", *["niet behandeld | |"] * 2, headers=HEADERS)
    assert verdict(judge(PER_GROUP, page)) == "unknown (incomplete_rows) not_met … met"
    page = groups(" | 90 | 100", " | 50 | 100", *["niet behandeld | |"] * 2, headers=HEADERS)
    assert verdict(judge(PER_GROUP, page)) == "unknown (incomplete_rows) not_met … met"


def test_a_path_by_calendar_year_that_has_not_begun_is_no_norm() -> None:
    result = judge(coverage(REPRESENTED, path={2030: 1}), groups("eigen netwerk | ja |"))
    assert (verdict(result), why(result)) == ("unknown (no_norm)", ["no_step"])


def test_a_tumour_group_is_covered_whoever_the_parties_are() -> None:
    norm = coverage({"linked": ["SLA"]}, where=[{"is": {"Stand": "niet behandeld"}}], path=1)
    page = (
        DOCUMENTS
        + AGREEMENTS
        + "| A1 | SLA | | Huid | 2024 | | | D1 |\n"
        + groups("niet behandeld | |", "niet behandeld | |")
    )
    assert rows(judge(norm, page)) == [
        "skin met Tumortypenetwerken!A3 Afspraken!A2",
        "lung undecided (agreements_not_complete) Tumortypenetwerken!A4",
        "bone-soft-tissue undecided (missing)",
    ]


def test_an_echelon_is_not_asked_of_a_group_without_a_table() -> None:
    echelon = {"is": {"Echelon": 2}, "no_without": "Echelontabel van"}
    norm = coverage({"is": {"Vast aanspreekpunt": "ja"}}, register="Zorgaanbod", where=[echelon], path=1)
    care = """## Deelnemers
| Id | Soort |
| Z1 | ziekenhuis |
## Zorgaanbod
| Locatie | Groep | Echelon | Vast aanspreekpunt |
"""
    care += "| Z1 | Huid | | ja |\n| Z1 | Longen | | ja |\n| Z1 | Weke delen | | ja |\n| Z1 | Bot | 2 | ja |\n"
    types = """## Tumortypenetwerken
| Groep | Echelontabel van |
| Huid | 2024-01-01 |
| Longen | nee |
| Bot | 2025 |
"""
    result = judge(norm, care + types)
    assert rows(result) == [
        "Z1/skin undecided (filter_undecided) Zorgaanbod!D2",
        "Z1/soft-tissue undecided (filter_undecided) Zorgaanbod!D4",
        "Z1/bone met Zorgaanbod!D5",
    ]
    assert why(result)[1:] == ["not_classified groups=1"]
