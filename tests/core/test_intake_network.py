"""The sheet Netwerk: who, which years, from which day."""

from __future__ import annotations

from datetime import date

import pytest

from normtool.core.evidence import DataNature, Evidence, NetworkLayer
from normtool.core.intake import Known, take_in
from tests.conftest import built_in
from tests.core.tables import form, read, seen


def network(rows: str, on: date | None = None) -> tuple[Evidence | None, list[str]]:
    """The evidence of a form with only these rows in Netwerk, and what is said."""
    evidence, found = take_in(built_in(), (form("## Netwerk\n" + rows),), Known(on=on))
    return evidence, seen(found)


NAMED = "| Naam | Alba |\n| Toetsjaar | 2026 |\n| Verslagjaar | 2025 |\n"


def test_everything_that_is_filled_in_is_read() -> None:
    evidence, found = network(
        """
| Gegeven                           | Waarde       |
| Code                              | ALBA         |
| Naam                              | Netwerk Alba |
| Regio                             | Zuid         |
| Toetsjaar                         | 2026         |
| Verslagjaar                       | 2024         |
| Peildatum                         | 2025-01-31   |
| Eerste toetsjaar                  | 2024         |
| Aard van de gegevens              | fictief      |
| Contactpersoon (functie)          | coördinator  |
| Kenmerken van de regio            | veel water   |
| Eigen woord voor tumortypenetwerk | tumortafel   |
"""
    )
    assert found == []
    assert evidence is not None
    facts = evidence.network
    assert (facts.code, facts.name, facts.region) == ("ALBA", "Netwerk Alba", "Zuid")
    assert (facts.assessment_year, facts.reporting_year, facts.first_assessment_year) == (2026, 2024, 2024)
    assert (facts.reference_date, facts.reference_date_overridden) == (date(2025, 1, 31), False)
    assert (facts.nature, facts.contact_role, facts.features) == (DataNature.FICTIONAL, "coördinator", "veel water")
    assert facts.own_terms == (("own_term_tumour_type_network", "tumortafel"),)
    assert facts.cycle == 3


def test_what_is_left_empty_is_assumed_and_noted() -> None:
    evidence, found = network("| Naam | Alba |\n| Toetsjaar | 2026 |")
    assert found == ["NT911 Netwerk year=2025", "NT910 Netwerk date=2025-12-31"]
    assert evidence is not None
    facts = evidence.network
    assert (facts.code, facts.region, facts.nature) == ("Alba", "", DataNature.NETWORK)
    assert (facts.reporting_year, facts.reference_date) == (2025, date(2025, 12, 31))
    assert (facts.first_assessment_year, facts.cycle, facts.own_terms) == (None, 1, ())


def test_a_network_with_only_a_code_is_called_by_it() -> None:
    evidence, found = network(
        "| Code | ALBA |\n| Toetsjaar | 2026 |\n| Verslagjaar | 2025 |\n| Peildatum | 2025-12-31 |"
    )
    assert found == ["NT270 Netwerk key=Naam"]
    assert evidence is not None
    assert evidence.network.name == "ALBA"


def test_a_code_in_figures_is_a_text() -> None:
    evidence, _ = network(NAMED + "| Code | 7,0 |")
    assert evidence is not None
    assert evidence.network.code == "7"


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        ("| Peildatum | 2025 |", "NT305 Netwerk!B4 found=2025"),
        ("| Peildatum | maart 2025 |", "NT305 Netwerk!B4 found=maart 2025"),
        ("| Peildatum | nee |", "NT305 Netwerk!B4 found=nee"),
        ("| Peildatum | 31-12-25 |", "NT323 Netwerk!B4 found=31-12-25 proposal=31-12-2025"),
    ],
)
def test_a_reference_date_must_be_a_day(row: str, remark: str) -> None:
    evidence, found = network(NAMED + row)
    assert found == [remark]
    assert evidence is not None
    assert evidence.network.reference_date == date(2025, 12, 31)


def test_a_reference_date_as_text_is_read_and_noted() -> None:
    evidence, found = network(NAMED + "| Peildatum | 30-11-2025 |")
    assert found == ["NT902 Netwerk!B4 found=30-11-2025 read=2025-11-30"]
    assert evidence is not None
    assert evidence.network.reference_date == date(2025, 11, 30)


def test_a_reference_date_from_outside_silences_the_one_that_is_missing() -> None:
    evidence, found = network(NAMED, on=date(2025, 6, 30))
    assert found == ["NT908 Netwerk date=2025-06-30"]
    assert evidence is not None
    assert evidence.network.reference_date == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("echt waar", "NT306 Netwerk!B4 found=echt waar choices=netwerk, fictief, oefening op openbare teksten"),
        ("fictif", "NT307 Netwerk!B4 found=fictif meant=fictief"),
    ],
)
def test_the_nature_of_the_data_is_a_choice(typed: str, remark: str) -> None:
    evidence, found = network(f"{NAMED}| Aard van de gegevens | {typed} |\n| Peildatum | 2025-12-31 |")
    assert found == [remark]
    assert evidence is not None
    assert evidence.network.nature is DataNature.NETWORK


@pytest.mark.parametrize(
    ("typed", "layer"),
    [
        ("regio", NetworkLayer.REGION),
        ("Region", NetworkLayer.REGION),
        ("CCN", NetworkLayer.REGION),
        ("deelnetwerk", NetworkLayer.SUB_NETWORK),
        ("sub-netwerk", NetworkLayer.SUB_NETWORK),
        ("", None),
    ],
)
def test_the_layer_and_the_unit_of_review_are_choices(typed: str, layer: NetworkLayer | None) -> None:
    rows = f"| Regio | NOORD |\n| Laag | {typed} |\n| Eenheid van toetsing | {typed} |\n| Peildatum | 2025-12-31 |"
    evidence, found = network(NAMED + rows)
    assert found == []
    assert evidence is not None
    assert (evidence.network.layer, evidence.network.unit_of_review) == (layer, layer)


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("afdeling", "NT306 Netwerk!B4 found=afdeling choices=regio, deelnetwerk"),
        ("deelnetwrk", "NT307 Netwerk!B4 found=deelnetwrk meant=deelnetwerk"),
    ],
)
def test_another_layer_is_asked_back(typed: str, remark: str) -> None:
    evidence, found = network(f"{NAMED}| Laag | {typed} |\n| Peildatum | 2025-12-31 |")
    assert found == [remark]
    assert evidence is not None
    assert evidence.network.layer is None


def test_a_sub_network_is_asked_for_its_region() -> None:
    rows = "| Laag | deelnetwerk |\n| Peildatum | 2025-12-31 |"
    assert network(NAMED + rows)[1] == ["NT740 Netwerk!B4 layer=deelnetwerk"]
    assert network(NAMED + rows + "\n| Regio | NOORD |")[1] == []


def test_an_assessment_year_that_is_no_year_is_wrong_and_not_missing_as_well() -> None:
    evidence, found = network("| Naam | Alba |\n| Toetsjaar | 26 |")
    assert evidence is None
    assert found == ["NT338 Netwerk!B2 found=26 proposal=2026"]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("| Toetsjaar | 2026 |\n| Verslagjaar | 2026 |\n| Eerste toetsjaar | 2026 |", []),
        ("| Toetsjaar | 2026 |\n| Verslagjaar | 2027 |\n| Eerste toetsjaar | 2026 |", ["NT272"]),
        ("| Toetsjaar | 2026 |\n| Verslagjaar | 2025 |\n| Eerste toetsjaar | 2027 |", ["NT273"]),
        ("| Toetsjaar | 2026 |\n| Verslagjaar | 2027 |\n| Eerste toetsjaar | 2028 |", ["NT272", "NT273"]),
    ],
)
def test_years_that_contradict_each_other(rows: str, codes: list[str]) -> None:
    _, found = network(f"| Naam | Alba |\n| Peildatum | 2025-12-31 |\n{rows}")
    assert [line[:5] for line in found] == codes


def test_the_cycle_never_goes_below_one() -> None:
    evidence, _ = network(NAMED + "| Eerste toetsjaar | 2030 |")
    assert evidence is not None
    assert evidence.network.cycle == 1


def test_a_row_without_a_label_or_a_value_says_nothing() -> None:
    evidence, found = network("| 2026 |\n| Naam | |\n| Naam | Waarde |\n| Iets | anders |\n" + NAMED)
    assert found == [
        "NT910 Netwerk date=2025-12-31",
        "NT916 Netwerk!A1 found=2026 count=1",
        "NT916 Netwerk!A4 found=Iets count=1",
        "NT916 Netwerk!B4 found=anders count=1",
    ]
    assert evidence is not None
    assert evidence.network.name == "Alba"


def test_of_two_equal_labels_the_first_is_read() -> None:
    evidence, found = network(NAMED + "| Naam | Beuken |\n| Peildatum | 2025-12-31 |")
    assert found == ["NT271 Netwerk!B4 key=Naam (first: Netwerk!B1)"]
    assert evidence is not None
    assert evidence.network.name == "Alba"


def test_without_a_header_the_first_filled_cell_right_of_the_label_is_the_value() -> None:
    evidence, _ = network("| … |\n|  | Naam | | Alba | (voluit) |\n| Toetsjaar | 2026 | 2025 |")
    assert evidence is not None
    assert (evidence.network.name, evidence.network.assessment_year) == ("Alba", 2026)


def test_under_a_header_what_stands_beside_the_value_is_not_read() -> None:
    evidence, found = network(
        "| Gegeven | Uitleg | Waarde |\n| Naam | voluit | Alba |\n| Toetsjaar | jjjj | 2026 |\n| Regio | vrij | |"
    )
    assert [line[:5] for line in found] == ["NT911", "NT910"]
    assert evidence is not None
    assert (evidence.network.name, evidence.network.region) == ("Alba", "")


def test_parts_complete_each_other() -> None:
    evidence, found = read("## Netwerk\n" + NAMED, "## Netwerk\n| Regio | Zuid |\n| Peildatum | 2025-12-31 |")
    assert seen(found) == []
    assert (evidence.network.name, evidence.network.region) == ("Alba", "Zuid")


def test_a_long_name_that_differs_is_shown_in_part() -> None:
    long = "Netwerk " + "z" * 80
    page = f"## Netwerk\n{NAMED}| Peildatum | 2025-12-31 |"
    _, found = take_in(built_in(), (form(page), form(page.replace("Alba", long))))
    assert dict(found[0].facts)["second"] == f"Netwerk {'z' * 49}..."


def test_a_reporting_year_that_cannot_be_read_is_an_error_and_no_assumption() -> None:
    evidence, found = network("| Naam | Alba |\n| Toetsjaar | 2026 |\n| Verslagjaar | vorig jaar |")
    assert evidence is not None
    assert evidence.network.reporting_year == 2025
    assert [line[:5] for line in found] == ["NT321", "NT910"]
