"""Forms of several networks that came in together: which are one assessment, and what must be asked back."""

from __future__ import annotations

import pytest

from normtool.core.batches import FormsApart, about_figures, about_makings, forms_apart
from normtool.core.grids import Grid
from normtool.core.networks import Network, Registry
from normtool.core.region_roster import Identities
from tests.core.parted import part
from tests.core.registries import network as registered
from tests.core.tables import NETWORK, seen, workbook


def whole(code: str = "", name: str = "", year: str = "2026", file: str = "", made_for: str = "") -> Grid:
    """A whole form with these on its sheet *Netwerk*; `made_for` stands on its hidden sheet."""
    lines = {"Code": code, "Naam": name, "Toetsjaar": year}
    rows = "\n".join(f"| {key} | {value} |" for key, value in lines.items() if value)
    hidden = f"\n## _normtool\n| network | {made_for} |\n" if made_for else ""
    return workbook(f"## Netwerk\n| Gegeven | Waarde |\n{rows}\n{hidden}", file or f"{code or name or 'x'}.xlsx")


def identities(*networks: Network) -> Identities:
    return Identities(registry=Registry(networks=networks))


def apart(*grids: Grid, known: Identities | None = None) -> FormsApart:
    return forms_apart(grids, known or identities())


def told(found: FormsApart) -> list[tuple[str, int | None, list[str]]]:
    """Each network with its year and its files."""
    return [(item.code, item.year, [grid.file for grid in item.grids]) for item in found.networks]


def codes(found: FormsApart) -> list[str]:
    """What is said of the forms that belong nowhere."""
    return seen(tuple(why for _, why in found.unplaced))


# --- which forms are one assessment ---------------------------------------------------------------------------


def test_each_network_and_year_is_an_assessment_in_the_order_of_codes() -> None:
    found = apart(
        whole("BREN", "Bren", file="b.xlsx"),
        whole("alba", "Alba", "2025", file="a-oud.xlsx"),
        whole("ALBA", "Alba", file="a.xlsx"),
        whole("Alba", "alba", file="a2.xlsx"),
    )
    assert told(found) == [
        ("alba", 2025, ["a-oud.xlsx"]),
        ("ALBA", 2026, ["a.xlsx", "a2.xlsx"]),
        ("BREN", 2026, ["b.xlsx"]),
    ]
    assert found.unplaced == ()


def test_a_network_goes_by_all_its_names_in_the_registry() -> None:
    known = identities(registered("onz", name="Netwerk Zuid", also=("Zuidnet",)))
    found = apart(whole("ONZ", file="1.xlsx"), whole("", "Zuidnet", file="2.xlsx"), whole("ALBA"), known=known)
    assert told(found) == [("ALBA", 2026, ["ALBA.xlsx"]), ("ONZ", 2026, ["1.xlsx", "2.xlsx"])]
    assert [item.name for item in found.networks] == ["ALBA", "ONZ"]


def test_one_name_is_one_network_also_with_a_slip_in_a_code() -> None:
    forms = [whole("ALBA", "Alba"), whole("ABLA", "Alba"), whole("ALBB", "alba"), whole("BREN", "Bren")]
    assert told(apart(*forms)) == [
        ("ALBA", 2026, ["ALBA.xlsx", "ABLA.xlsx", "ALBB.xlsx"]),
        ("BREN", 2026, ["BREN.xlsx"]),
    ]
    joined = [whole("A", "Een"), whole("B", "Twee"), whole("B", "Een"), whole("C", "Twee")]
    assert [len(item.grids) for item in apart(*joined).networks] == [4]


def test_the_part_with_a_slip_stays_with_the_other_parts() -> None:
    other = NETWORK.replace("ALBA", "ABLA").replace("Netwerk Alba", "Netwerk Anders")
    later = NETWORK.replace("Toetsjaar        | 2026", "Toetsjaar        | 2027")
    parts = [part("", "netwerk"), part("", "UMC", network=other), part("", "DW", network=later)]
    assert told(apart(*parts, whole("BREN", "Bren"))) == [
        ("ALBA", 2026, ["netwerk.xlsx", "umc.xlsx", "dw.xlsx"]),
        ("BREN", 2026, ["BREN.xlsx"]),
    ]


def test_a_part_of_another_network_does_not_join_the_two() -> None:
    stray = part("", "DW", network=NETWORK.replace("ALBA", "BREN").replace("Netwerk Alba", "Netwerk Bren"))
    assert told(apart(whole("BREN", "Netwerk Bren"), stray)) == [
        ("ALBA", 2026, ["dw.xlsx"]),
        ("BREN", 2026, ["BREN.xlsx"]),
    ]


# --- forms that belong nowhere ------------------------------------------------------------------------------------


def test_a_form_that_names_no_network_is_counted_with_none() -> None:
    found = apart(whole("ALBA"), whole("BREN"), whole(file="leeg.xlsx"), workbook("## Blad1\n| a |\n", "los.xlsx"))
    assert [item.code for item in found.networks] == ["ALBA", "BREN"]
    assert [(grid.file, why.code) for grid, why in found.unplaced] == [("leeg.xlsx", "NT265"), ("los.xlsx", "NT265")]
    assert codes(found) == ["NT265 Netwerk", "NT265 los.xlsx"]


def test_a_form_without_a_year_goes_with_the_only_year_of_its_network() -> None:
    found = apart(whole("ALBA", file="1.xlsx"), whole("ALBA", year="", file="2.xlsx"), whole("BREN"))
    assert told(found)[0] == ("ALBA", 2026, ["1.xlsx", "2.xlsx"])


def test_a_form_without_a_year_is_asked_back_when_there_are_more_years() -> None:
    forms = (
        whole("ALBA", year="2025", file="1.xlsx"),
        whole("ALBA", file="2.xlsx"),
        whole("ALBA", year="", file="3.xlsx"),
    )
    found = apart(*forms)
    assert told(found) == [("ALBA", 2025, ["1.xlsx"]), ("ALBA", 2026, ["2.xlsx"])]
    ((grid, why),) = found.unplaced
    assert (grid.file, why.code, dict(why.facts)) == ("3.xlsx", "NT269", {"network": "ALBA", "years": "2025, 2026"})


def test_a_network_without_any_year_is_told_so_when_it_is_read() -> None:
    assert told(apart(whole("ALBA", year=""), whole("BREN"))) == [
        ("ALBA", None, ["ALBA.xlsx"]),
        ("BREN", 2026, ["BREN.xlsx"]),
    ]


# --- forms that were made for another network -----------------------------------------------------------------------


def makings(*grids: Grid, known: Identities | None = None) -> list[tuple[str, dict[str, object]]]:
    found = about_makings(grids, known or identities())
    return [(item.code, dict(item.facts)) for item in found]


def test_a_part_of_another_network_or_year_is_refused() -> None:
    other = part("", "UMC", network=NETWORK.replace("ALBA", "BREN"))
    later = part("", "DW", network=NETWORK.replace("Toetsjaar        | 2026", "Toetsjaar        | 2027"))
    assert makings(other) == [("NT266", {"made_for": "ALBA 2026", "said": "BREN 2026"})]
    assert makings(other, later) == [
        ("NT266", {"made_for": "ALBA 2026", "said": "BREN 2026"}),
        ("NT266", {"made_for": "ALBA 2026", "said": "ALBA 2027"}),
    ]


def test_of_parts_that_contradict_each_other_nothing_more_is_said() -> None:
    assert makings(part("", "netwerk"), part("", "UMC", network=NETWORK.replace("ALBA", "ABLA"))) == []
    assert makings(part("", "netwerk"), part("", "DW")) == []


def test_a_whole_form_of_another_network_is_a_question() -> None:
    assert makings(whole("BREN", made_for="alba")) == [("NT267", {"made_for": "alba", "said": "BREN"})]
    assert makings(whole("ALBA", made_for="alba"), whole("BREN")) == []
    known = identities(registered("onz", name="Netwerk Zuid", also=("Zuidnet",)))
    assert makings(whole("ONZ", made_for="zuidnet"), known=known) == []


# --- figures for all ------------------------------------------------------------------------------------------------


def figures(*rows: str) -> Grid:
    lines = "\n".join(f"| {row} |" for row in rows)
    return workbook(f"## nkr\n| Indicator | Netwerk | Instelling | Teller | Noemer | Jaar |\n{lines}\n", "nkr.csv")


def test_figures_for_several_networks_say_in_each_row_whose_they_are() -> None:
    fine = figures("N5.3 | ALBA | | 45 | 900 | 2025", "N4.2 | | De Waard | 90 | 100 | 2025")
    assert about_figures([fine]) == ()
    (found,) = about_figures(
        [fine, figures("N5.3 | | | 45 | 900 | 2025", "N5.3 | A | | 1 | 2 | 2025", "N5.4 | | | 1 | | 2025")]
    )
    assert seen((found,)) == ["NT268 nkr!A2 count=2"]


@pytest.mark.parametrize(
    "page", ["## _normtool\n| network | alba |\n## nkr\n| Indicator | Teller |\n", "## x\n| a |\n"]
)
def test_a_form_or_any_other_table_has_no_figures(page: str) -> None:
    assert about_figures([workbook(page)]) == ()
