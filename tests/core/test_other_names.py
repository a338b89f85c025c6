"""Members by the names that the registry knows, and tumour groups beside the word for their network."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.diagnostics import Collector
from normtool.core.figures import Bureau
from normtool.core.framework_names import framework_names
from normtool.core.grids import Grid
from normtool.core.intake import Known, take_in
from normtool.core.intake_offers import figures_for_form
from normtool.core.network_names import member_spellings
from normtool.core.networks import Alias, Network, Organisation, OrganisationKind, Registry
from normtool.core.parts import part_names, parts_of
from normtool.core.spellings import Names
from tests.conftest import built_in
from tests.core.parted import request
from tests.core.tables import form, row_values, seen, workbook

REGISTRY = Registry(
    organisations=(
        Organisation(
            id="dw",
            name="Ziekenhuis De Waard",
            kind=OrganisationKind.HOSPITAL,
            source="s",
            abbreviation="ZDW",
            also=("De Waard",),
            aliases=(Alias(name="Stichting Ziekenhuis De Waard", source="nza"),),
        ),
        Organisation(
            id="ml", name="Meerlanden", kind=OrganisationKind.HOSPITAL, source="s", also=("Meer en Landen",)
        ),
    )
)
MEMBERS = "## Deelnemers\n| Id | Naam | Soort |\n| ZDW | De Waard | ziekenhuis |\n| ML | | ziekenhuis |\n"
CARE = "## Zorgaanbod\n| Locatie | Groep | Behandelt |\n"
PARTIES = "## Afspraken\n| Id | Soort | Partijen | Datum |\n"


def taken(
    page: str, *figures: Grid, registry: Registry | None = REGISTRY
) -> tuple[list[dict[str, object]], list[str]]:
    """The rows of care and agreements as they were read, and what was said."""
    known = Known(figures=figures, registry=registry)
    evidence, found = take_in(built_in(), (form(MEMBERS + page),), known)
    assert evidence is not None
    read = [*evidence.register("care").rows, *evidence.register("agreements").rows]
    return [row_values(row) for row in read], seen(found)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ziekenhuis De Waard", "ZDW"),
        ("STICHTING ziekenhuis de waard", "ZDW"),
        ("dw", "ZDW"),
        ("Meerlanden", "ML"),
    ],
)
def test_a_member_may_go_by_any_name_that_the_registry_has_for_it(typed: str, read: str) -> None:
    (row,), said = taken(CARE + f"| {typed} | Long | nee |")
    assert row["location"] == read
    assert said == [f"NT741 Zorgaanbod!A2 found={typed} read={read}"]


@pytest.mark.parametrize("typed", ["ZDW", "zdw", "De Waard"])
def test_its_own_names_need_no_note(typed: str) -> None:
    (row,), said = taken(CARE + f"| {typed} | Long | nee |")
    assert (row["location"], said) == ("ZDW", [])


def test_without_a_registry_another_name_is_asked_back() -> None:
    _, said = taken(CARE + "| Meerlanden | Long | nee |", registry=None)
    assert said == ["NT313 Zorgaanbod!A2 found=Meerlanden"]


def test_a_name_that_comes_near_is_still_asked_back() -> None:
    _, said = taken(CARE + "| De Waart | Long | nee |")
    assert said == ["NT316 Zorgaanbod!A2 found=De Waart meant=De Waard"]


@pytest.mark.parametrize(
    ("typed", "parties", "noted"),
    [
        ("Ziekenhuis De Waard; Elders", ["ZDW", "Elders"], ["Ziekenhuis De Waard"]),
        ("Meerlanden en ZDW", ["ML", "ZDW"], ["Meerlanden"]),
        ("Meer en Landen", ["ML"], ["Meer en Landen"]),
        ("Elders", ["Elders"], []),
    ],
)
def test_a_party_may_too(typed: str, parties: list[str], noted: list[str]) -> None:
    (row,), said = taken(PARTIES + f"| A1 | SLA | {typed} | 2025-01-01 |")
    assert row["parties"] == parties
    assert [line for line in said if "NT741" in line] == [
        f"NT741 Afspraken!C2 found={name} read={read}"
        for name, read in zip(noted, ["ML" if "Me" in name else "ZDW" for name in noted], strict=True)
    ]


def test_a_list_with_a_slip_in_it_is_asked_back_whole() -> None:
    _, said = taken(PARTIES + "| A1 | SLA | Meerlanden; De Waart | 2025-01-01 |")
    assert [line.split()[0] for line in said] == ["NT316"]


FIGURES = "## nkr\n| Indicator | Instelling | Groep | Teller | Noemer | Jaar |\n"


def test_figures_of_a_national_source_find_the_member_they_are_about() -> None:
    figures = workbook(FIGURES + "| N4.2 | Stichting Ziekenhuis De Waard | Long | 190 | 200 | 2025 |", "nkr.csv")
    care = "## Zorgaanbod\n| Locatie | Groep | Behandelt | In MDO | Nieuw | Bevestigd |\n| ZDW | Long | ja | | | |"
    (row,), said = taken(care, figures)
    assert (row["in_mdt"], row["new_patients"]) == (190, 200)
    assert not [line for line in said if "NT93" in line and "NT930" not in line]
    assert any(line.startswith("NT930") for line in taken(care, figures, registry=None)[1])


def test_figures_find_their_network_by_the_name_that_a_source_has_for_it() -> None:
    source = Network(
        id="alba",
        code="ALB",
        name="Netwerk Alba",
        source="s",
        aliases=(Alias(name="CCN X | Alba", source="nza"),),
    )
    lines = FIGURES.replace("| Indicator |", "| Indicator | Netwerk |")
    figures = workbook(lines + "| N4.2 | CCN X: Alba | ZDW | Long | 190 | 200 | 2025 |", "nkr.csv")
    care = "## Zorgaanbod\n| Locatie | Groep | Behandelt | In MDO | Nieuw | Bevestigd |\n| ZDW | Long | ja | | | |"
    (row,), _ = taken(care, figures, registry=replace(REGISTRY, networks=(source,)))
    assert (row["in_mdt"], row["new_patients"]) == (190, 200)
    (left,), said = taken(care, figures)
    assert "in_mdt" not in left
    assert any(line.startswith("NT930") for line in said)


def test_in_a_new_form_they_do_too() -> None:
    members = (("ZDW", "De Waard"),)
    collector = Collector()
    bureau = Bureau(
        framework=built_in(),
        code="ALBA",
        name="Alba",
        reporting_year=2025,
        vocabulary=replace(
            framework_names(built_in()),
            members=Names([("ZDW", "ZDW"), ("De Waard", "ZDW")]),
            registered=Names(member_spellings(REGISTRY, members)),
        ),
        parents={},
        collector=collector,
    )
    lines = "| N4.2 | Ziekenhuis De Waard | Long | 190 | 200 | 2025 |\n| N4.2 | Elders | Long | 1 | 2 | 2025 |"
    offers = figures_for_form(bureau, (workbook(FIGURES + lines, "nkr.csv"),))
    assert ("care", ("zdw", "lung")) in [(offer.scope, offer.key) for offer in offers]
    assert [line.partition(" ")[0] for line in seen(collector.done())] == ["NT930"]


# --- the word for the network of a tumour group -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "group"),
    [
        ("TWG long", "lung"),
        ("Tumorwerkgroep mamma", "breast"),
        ("NTG urologie", "urological"),
        ("TTN hoofd-hals", "head-neck"),
        ("tumortypenetwerk Hoofd en hals", "head-neck"),
        ("expertteam pancreas", "pancreas"),
        ("Expertise-team nier", "kidney"),
        ("Long (TWG)", "lung"),
        ("mamma – tumorwerkgroep", "breast"),
        ("Regionale TWG: MDL", "gastroenterological"),
        ("tumour working group skin", "skin"),
        ("TWG", None),
        ("netwerk", None),
        ("TWGlong", None),
        ("TWG " * 30 + "long", None),  # too long to be a name; taking words away from it is not tried
        ("TWG oren", None),
    ],
)
def test_the_word_for_the_network_before_or_after_a_group_tells_nothing(typed: str, group: str | None) -> None:
    assert framework_names(built_in()).groups.find(typed) == group


def test_it_may_also_stand_in_a_list_in_a_figure_and_beside_a_slip() -> None:
    groups = framework_names(built_in()).groups
    assert groups.find_loosely("TWG hoofd hals") == "head-neck"
    assert groups.guess_spelling("TWG lonng") == "Long"
    page = PARTIES.replace("Partijen", "Groepen") + "| A1 | SLA | TWG long en mamma | 2025-01-01 |"
    (row,), said = taken(page)
    assert (row["groups"], said) == (["lung", "breast"], [])


def test_a_part_may_be_asked_for_by_the_name_of_its_working_group() -> None:
    made = request()
    names = part_names(built_in(), parts_of(made), made.members)
    assert names.find("TWG mamma") == "breast"


def test_without_such_words_nothing_is_left_out() -> None:
    names = Names([("Long", "lung")])
    assert (names.find("TWG long"), names.find_loosely("TWG long")) == (None, None)
