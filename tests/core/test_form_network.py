"""Of which network a form is, before the rest of it is read."""

from __future__ import annotations

import pytest

from normtool.core.form_network import StatedNetwork, network_in
from normtool.core.places import CellPlace, FilePlace
from tests.core.tables import workbook


@pytest.mark.parametrize("sheet", ["Netwerk", "NETWERK ", "Network"])
def test_the_sheet_about_the_network_says_it(sheet: str) -> None:
    page = f"## {sheet}\n| Gegeven | Waarde |\n| Code | ALBA |\n| Naam | Netwerk Alba |\n| Regio | Noord |\n"
    assert network_in(workbook(page)) == StatedNetwork(code="ALBA", name="Netwerk Alba", region="Noord")


MADE_FOR = "## _normtool\n| network | alba |\n"


def test_a_part_without_that_sheet_is_of_the_network_it_was_made_for() -> None:
    assert network_in(workbook(MADE_FOR)) == StatedNetwork(code="alba")
    nameless = "## Netwerk\n| Gegeven | Waarde |\n| Code | #REF! |\n| Regio | Noord |\n"
    assert network_in(workbook(nameless + MADE_FOR)) == StatedNetwork(code="alba")


def test_any_other_workbook_is_of_no_network() -> None:
    assert network_in(workbook("## Blad1\n| a | b |\n")) == StatedNetwork()


def test_the_year_is_what_the_sheet_says_and_else_what_the_form_was_made_for() -> None:
    hidden = "## _normtool\n| network | alba |\n| assessment_year | 2026 |\n"
    for year, expected in (("| Toetsjaar | 2027 |", 2027), ("", 2026), ("| Toetsjaar | #REF! |", 2026)):
        page = f"## Netwerk\n| Gegeven | Waarde |\n| Code | ALBA |\n{year}\n{hidden}"
        assert network_in(workbook(page)).assessment_year == expected
    endless = f'"{"9" * 5000}"'
    assert network_in(workbook(hidden.replace("2026", endless))).assessment_year is None


def test_it_is_known_where_a_form_says_it() -> None:
    page = "## Netwerk\n| Gegeven | Waarde |\n| Naam | Netwerk Alba |\n"
    assert network_in(workbook(page)).place == CellPlace(file="formulier.xlsx", sheet="Netwerk", row=2, column=2)
    assert network_in(workbook("## Blad1\n| a |\n")).place == FilePlace(file="formulier.xlsx")
