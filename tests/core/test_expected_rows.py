"""Which rows a register should have, and the stand-ins for those that are missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from normtool.core.expected_rows import expected_rows, hospital_locations, is_blank, is_missing
from normtool.core.ledger import Ledger, documents_in, number_in, open_ledger, span_in, text_in, texts_in
from normtool.core.places import Located
from normtool.core.registers import Expected
from normtool.core.standards import Framework
from tests import cases
from tests.core.judging import norms
from tests.core.tables import read, row_values

BOARD: dict[str, Any] = {
    "kind": "coverage",
    "register": "Overlegvormen",
    "where": [{"is": {"Soort": "bestuurlijk"}}],
    "tests": [{"at_least": {"Gehouden": 2}}],
    "at_least_rows": 1,
}
EITHER = {**BOARD, "where": [{"one_of": {"Soort": ["PAR", "beleid"]}}]}
OTHER = {**BOARD, "where": [{"is": {"Alle ziekenhuizen vertegenwoordigd": "ja"}}, {"one_of": {"Naam": ["x"]}}]}
MEMBERS = "## Deelnemers\n| Id | Soort | Onderdeel van | Van | Tot |\n"


def ledger(markdown: str, framework: Framework | None = None) -> Ledger:
    """A ledger of this form."""
    made = framework or norms(BOARD, EITHER, OTHER, {"kind": "yes_no"})
    return open_ledger(made, read(markdown, framework=made)[0])


def missing(found: Ledger, sheet: str) -> list[dict[str, object]]:
    """What stands in for the rows that are missing."""
    register = cases.register_of(sheet)
    return [row_values(row) for row in expected_rows(found, register) if is_missing(row)]


def test_a_meeting_of_every_kind_that_a_norm_names_is_expected() -> None:
    assert missing(ledger(""), "Overlegvormen") == [
        {"kind": "board"},
        {"kind": "patient_council"},
        {"kind": "policy"},
    ]
    found = ledger("## Overlegvormen\n| Naam | Soort | Gehouden |\n| Bestuur | bestuurlijk | 2 |\n| | PAR | |")
    assert missing(found, "Overlegvormen") == [{"kind": "policy"}, {"kind": "patient_council"}]


def test_every_expected_tumour_group_has_a_row_or_a_stand_in() -> None:
    found = ledger(
        "## Tumortypenetwerken\n| Groep | Stand |\n| Huid | eigen netwerk |\n| Bot | eigen netwerk |\n| Longen | |"
    )
    assert missing(found, "Tumortypenetwerken") == [{"group": "soft-tissue"}, {"group": "lung"}]
    found = ledger(
        "## Tumortypenetwerken\n| Dit overzicht is volledig | ja |\n| Groep | Stand |\n| Huid | eigen netwerk |"
    )
    assert missing(found, "Tumortypenetwerken") == [
        {"group": "bone-soft-tissue", "state": "not_treated"},
        {"group": "lung", "state": "not_treated"},
    ]


def test_care_is_expected_of_every_hospital_location_and_group_that_is_treated() -> None:
    page = MEMBERS + "| Z1 | ziekenhuis | | | |\n## Zorgaanbod\n| Locatie | Groep | Behandelt |\n| Z1 | Huid | ja |\n"
    assert [row["group"] for row in missing(ledger(page), "Zorgaanbod")] == ["bone-soft-tissue", "lung"]
    types = "## Tumortypenetwerken\n| Groep | Stand |\n"
    away = types + "| Longen | niet behandeld |\n| Bot | niet behandeld |\n"
    assert [row["group"] for row in missing(ledger(page + away), "Zorgaanbod")] == ["bone-soft-tissue"]
    away += "| Weke delen | niet behandeld |"
    assert missing(ledger(page + away), "Zorgaanbod") == []
    complete = types.replace("| Groep", "| Dit overzicht is volledig | ja |\n| Groep") + "| Huid | eigen netwerk |"
    assert missing(ledger(page + complete), "Zorgaanbod") == []


def test_a_complete_overview_of_care_reads_missing_rows_as_no_care() -> None:
    page = (
        MEMBERS
        + """| Z1 | ziekenhuis | | | |
## Zorgaanbod
| Dit overzicht is volledig | ja |
| Locatie | Groep | Behandelt |
| Z1 | Huid | ja |"""
    )
    assert missing(ledger(page), "Zorgaanbod")[0] == {"location": "Z1", "group": "bone-soft-tissue", "treats": False}


def test_care_in_a_framework_without_tumour_types_is_expected_of_all_groups() -> None:
    framework = norms({"kind": "yes_no"})
    few = tuple(register for register in framework.registers if register.id != "tumour_types")
    found = ledger(MEMBERS + "| Z1 | ziekenhuis | | | |", replace(framework, registers=few))
    assert len(missing(found, "Zorgaanbod")) == 3


@pytest.mark.parametrize("sheet", ["Volumes", "Deelnemers", "Afspraken", "Documenten"])
def test_other_registers_expect_nothing(sheet: str) -> None:
    assert missing(ledger(MEMBERS + "| Z1 | ziekenhuis | | | |"), sheet) == []


def test_a_register_may_expect_choices_of_a_column_it_does_not_have() -> None:
    register = replace(cases.register_of("Knelpunten"), expected=Expected.CHOICES_USED)
    assert expected_rows(ledger(""), register) == ()


@pytest.mark.parametrize(
    ("lines", "locations"),
    [
        ("| Z1 | ziekenhuis | | | |", ["Z1"]),
        ("| Z1 | ziekenhuis | | | |\n| L1 | locatie | Z1 | | |\n| L2 | locatie | Z1 | | |", ["L1", "L2"]),
        ("| L1 | locatie | | | |", ["L1"]),
        ("| R1 | radiotherapie | | | |\n| L1 | locatie | R1 | | |", []),
        ("| Z1 | ziekenhuis | | 2025-12-31 | 2025-12-31 |", ["Z1"]),
        ("| Z1 | ziekenhuis | | 2026-01-01 | |", []),
        ("| Z1 | ziekenhuis | | | 2025-12-30 |", []),
        ("| Z1 | ziekenhuis | | 2025 | 2025 |", ["Z1"]),
        ("| Z1 | ziekenhuis | | nee | nee |", ["Z1"]),
        ("| Z1 | ziekenhuis | | | |\n| L1 | locatie | Z1 | | 2024-12-31 |", ["Z1"]),
        ("| Z1 | ziekenhuis | | | 2024-12-31 |\n| L1 | locatie | Z1 | | |", ["L1"]),
        ("| H1 | huisartsen | | | |", []),
        ("|  | ziekenhuis | | | |", []),
    ],
)
def test_where_hospital_care_is_given(lines: str, locations: list[str]) -> None:
    assert list(hospital_locations(ledger(MEMBERS + lines))) == locations


def test_a_row_with_only_its_key_is_blank_where_rows_are_expected() -> None:
    evidence, _ = read(
        "## Tumortypenetwerken\n| Groep | Toelichting |\n| Huid | |\n| Longen | Later |\n## Afspraken\n| Id |\n| A1 |"
    )
    skin, lung = evidence.register("tumour_types").rows
    assert is_blank(cases.register_of("Tumortypenetwerken"), skin)
    assert not is_blank(cases.register_of("Tumortypenetwerken"), lung)
    assert not is_blank(cases.register_of("Afspraken"), evidence.register("agreements").rows[0])


def test_the_ledger_looks_up_what_a_cell_holds() -> None:
    page = (
        "## Documenten\n| Id |\n| D1 |\n## Tumortypenetwerken\n"
        """| Groep | Bijeenkomsten | Zorgpad van | Gevolgd | Documenten | MDO per week |
| Huid | 4 | 2025-01-01 | ja | D1 p. 2 | 3 |"""
    )
    (row,) = ledger(page).rows("tumour_types").rows
    assert (text_in(row, "group"), text_in(row, "meetings"), text_in(row, "state")) == ("skin", "", "")
    assert (number_in(row, "meetings"), number_in(row, "group"), number_in(row, "followed")) == (4, None, None)
    assert number_in(row, "state") is None
    assert span_in(row, "pathway_date") is not None
    assert (span_in(row, "group"), span_in(row, "state")) == (None, None)
    assert (texts_in(row, "documents"), texts_in(row, "group"), texts_in(row, "state")) == ((), (), ())
    (reference,) = documents_in(row)
    assert isinstance(reference, Located)
    assert (reference.value.document, reference.value.page, reference.place.cell) == ("D1", "2", "E2")
    assert ledger(page).rows("nowhere").rows == ()
