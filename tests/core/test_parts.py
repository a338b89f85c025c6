"""What belongs to whose part, and what several parts say together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.evidence import Evidence
from normtool.core.form_identity import identity_of
from normtool.core.forms import FormMember, expected_minutes, expected_rows, form_indicators
from normtool.core.grids import Grid
from normtool.core.intake import take_in
from normtool.core.parts import (
    INDICATORS,
    NETWORK,
    PartKind,
    own_parts,
    owners_of,
    part_names,
    parts_of,
    rows_in,
    sheets_in,
)
from normtool.core.standards import Framework
from normtool.files.standards_yaml import load_framework
from normtool.resources import data_dir
from tests.conftest import built_in
from tests.core.parted import MEMBERS, part, request
from tests.core.tables import NETWORK as NETWORK_PAGE
from tests.core.tables import form, rows, seen

COMPLETE = "## Zorgaanbod\n| Dit overzicht is volledig | {said} |\n"
CARE = COMPLETE + "| Locatie | Groep | Behandelt |\n| {place} | Huid | ja |\n"
DOCUMENTS = "## Documenten\n| Id | Titel |\n"
INDICATOR_SHEET = "## Indicatoren\n| Id | Antwoord | Teller | Noemer | Documenten |\n| N1.2 | nee | | | |\n"


def taken(*grids: Grid) -> tuple[Evidence, list[str]]:
    evidence, found = take_in(built_in(), grids)
    assert evidence is not None, seen(found)
    return evidence, [line for line in seen(found) if not line.startswith("NT91")]


def second_framework() -> Framework:
    loaded, found = load_framework(data_dir("standards") / "oncologiezorgnetwerken")
    assert loaded is not None, found
    return loaded


# --- whose is what ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("framework", [built_in(), second_framework()], ids=lambda item: item.id)
@pytest.mark.parametrize("year", [2024, 2026])
def test_every_expected_row_is_in_exactly_one_part_and_so_are_all_minutes(framework: Framework, year: int) -> None:
    whole = request(framework, first_assessment_year=year)
    parts = parts_of(whole)
    assert sum(item.minutes for item in parts) == expected_minutes(form_indicators(whole))
    for register in framework.registers:
        expected = expected_rows(whole, register)
        divided = [row for item in parts for row in rows_in(replace(whole, part=(item.id,)), register)]
        assert sorted(divided, key=str) == sorted(expected, key=str), register.id
    assert sum(item.rows for item in parts) == len(form_indicators(whole)) + sum(
        len(expected_rows(whole, register)) for register in framework.registers
    )


def test_the_parts_of_a_network() -> None:
    parts = {item.id: item for item in parts_of(request())}
    kinds = [item.kind for item in parts.values()]
    assert [kinds.count(kind) for kind in PartKind] == [5, 11, 1]
    assert list(parts)[:5] == ["UMC", "DW", "ML", "SA", "RT"]
    assert list(parts)[-1] == NETWORK
    assert parts["UMC"].sheets == ("documents", "members", "care", "volumes")
    assert parts["UMC"].rows == 3 + 2 * 11 + 2 * (parts["DW"].rows - 12)
    assert parts["UMC"].minutes > parts["DW"].minutes > 0
    assert (parts["RT"].sheets, parts["RT"].rows, parts["RT"].minutes) == (("documents", "members"), 1, 0)
    assert (parts["skin"].title, parts["skin"].sheets) == ("Huid", ("documents", "tumour_types"))
    assert INDICATORS in parts[NETWORK].sheets
    assert not {"care", "volumes", "tumour_types"} & set(parts[NETWORK].sheets)


def test_without_members_the_network_asks_what_is_nobody_elses() -> None:
    parts = {item.id: item for item in parts_of(request(members=()))}
    assert len(parts) == 12
    assert {"care", "volumes"} <= set(parts[NETWORK].sheets)
    assert sum(item.minutes for item in parts.values()) == expected_minutes(form_indicators(request()))


def test_a_location_goes_with_its_hospital_and_a_sub_type_with_its_group() -> None:
    owners = owners_of(built_in(), MEMBERS)
    care, groups = built_in().declared("care"), built_in().declared("tumour_types")
    assert owners.of_row(care, {"location": "UMC-Z", "group": "skin"}) == "UMC"
    sub_type = next(
        item for group in built_in().tumour_groups if group.id == "urological" for item in group.sub_types
    )
    assert owners.of_row(groups, {"group": sub_type.id}) == "urological"
    assert owners.of_row(care, {"location": "elders"}) == NETWORK
    assert owners.of_row(built_in().declared("members"), {"id": "ZK"}) == NETWORK
    assert owners.of_row(built_in().declared("agreements"), {"id": "A1"}) == NETWORK


def test_members_that_are_part_of_each_other_or_of_nobody_still_have_an_owner() -> None:
    around = (
        FormMember(id="A", name="A", kind="location", parent="B"),
        FormMember(id="B", name="B", kind="location", parent="A"),
        FormMember(id="L", name="Losse locatie", kind="location", parent="weg"),
        FormMember(id="skin", name="Huidkliniek", kind="hospital"),
        FormMember(id="network", name="Netwerkhuis", kind="hospital"),
    )
    parts = parts_of(request(members=around))
    assert len({item.id for item in parts if item.kind is PartKind.GROUP}) == 11
    assert "skin-group" in {item.id for item in parts}
    assert [item.title for item in parts if item.id == "L"] == ["Losse locatie"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("DW", "DW"),
        ("de waard", "DW"),
        ("UMC Zuid", "UMC"),
        ("huid", "skin"),
        ("skin", "skin"),
        ("Netwerk", NETWORK),
        ("Netwerk Alba", NETWORK),
        ("ZK", NETWORK),
        ("Waardt", None),
    ],
)
def test_a_part_is_known_by_its_id_its_name_and_what_belongs_to_it(typed: str, found: str | None) -> None:
    names = part_names(built_in(), parts_of(request()), MEMBERS)
    assert names.find(typed) == found


def test_several_parts_in_one_form_ask_what_each_asks() -> None:
    both = request(part=("DW", "skin"))
    assert [item.id for item in own_parts(both)] == ["DW", "skin"]
    assert sheets_in(both) == {"documents", "members", "care", "volumes", "tumour_types"}
    assert len(rows_in(both, built_in().declared("care"))) == 11
    assert len(rows_in(both, built_in().declared("tumour_types"))) == 1


def test_the_hidden_sheet_says_whose_part_it_is() -> None:
    identity = identity_of(part("", "DW", "skin"))
    assert (identity.parts, identity.is_part, identity.is_network) == (("DW", "skin"), True, False)
    assert identity.all_parts == parts_of(request())
    assert [item.member for item in identity.members] == list(MEMBERS)
    assert identity.deadline == request().deadline
    assert identity.sheets == {"documents", "members", "care", "volumes", "tumour_types"}
    assert identity.fact("edition") == built_in().edition
    old = identity_of(form(""))
    assert (old.parts, old.all_parts, old.is_network) == ((), (), True)


# --- what parts say together ------------------------------------------------------------------------------------


def test_a_part_alone_misses_nothing() -> None:
    page = "## Deelnemers\n| Id | Naam | Soort |\n| DW | De Waard | ziekenhuis |\n"
    care = CARE.format(said="", place="De Waard") + "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Stand |\n"
    evidence, found = taken(part(page + care + DOCUMENTS, "DW"))
    assert found == []
    assert rows(evidence, "care") == [{"location": "DW", "group": "skin", "treats": True}]
    assert [row["id"] for row in rows(evidence, "members")] == ["DW"]


def test_a_sheet_that_a_part_should_have_is_missing_all_the_same() -> None:
    _, found = taken(part("## Deelnemers\n| Id | Naam |\n| DW | De Waard |\n" + DOCUMENTS, "DW"))
    assert [line.partition(" count=")[0] for line in found] == [
        "NT252 dw.xlsx sheet=Zorgaanbod",
        "NT252 dw.xlsx sheet=Volumes",
    ]
    _, found = taken(part(DOCUMENTS, "network"))
    assert found[0] == "NT251 network.xlsx sheet=Indicatoren"


def test_the_part_that_asks_a_sheet_misses_it_and_each_part_for_itself() -> None:
    own = "## Deelnemers\n| Id | Naam |\n"
    care = "## Zorgaanbod\n| Locatie | Groep | Behandelt |\n"
    volumes = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Stand |\n"
    skin = part("## Tumortypenetwerken\n| Groep | Stand |\n" + DOCUMENTS, "skin")
    _, found = taken(skin, part(own + care + DOCUMENTS, "DW"), part(own + care + volumes + DOCUMENTS, "ML"))
    assert [line.partition(" count=")[0] for line in found] == ["NT252 dw.xlsx sheet=Volumes"]
    _, found = taken(skin, part(own + care + volumes, "DW"), part(DOCUMENTS, "network"))
    assert "NT251 network.xlsx sheet=Indicatoren" in found
    assert not [line for line in found if "Documenten" in line or "skin.xlsx" in line]


def test_a_sheet_that_another_version_or_a_whole_form_has_is_not_missing() -> None:
    own = "## Deelnemers\n| Id | Naam |\n## Zorgaanbod\n| Locatie | Groep | Behandelt |\n" + DOCUMENTS
    volumes = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Stand |\n"
    for other in (part(own + volumes, "DW", file="dw (1).xlsx"), form(own + volumes, "geheel.xlsx")):
        _, found = taken(part(own, "DW"), other)
        assert not [line for line in found if "sheet=Volumes" in line], other.file


def test_the_networks_part_knows_the_members_whose_part_is_not_in() -> None:
    agreements = "## Afspraken\n| Id | Soort | Partijen |\n| A1 | samenwerking | UMC; De Waard; Zorgzeker |\n"
    own = "## Deelnemers\n| Id | Naam | Soort | Rol |\n| ZK | Zorgzeker | verzekeraar | partner |\n"
    evidence, found = taken(part(INDICATOR_SHEET + agreements + own, "network"))
    assert [line for line in found if "NT31" in line] == []
    assert rows(evidence, "agreements")[0]["parties"] == ["UMC", "DW", "ZK"]
    assert [row["id"] for row in rows(evidence, "members")] == ["ZK", "UMC", "UMC-N", "UMC-Z", "DW", "ML", "SA", "RT"]
    waard = part("## Deelnemers\n| Id | Naam | Soort |\n| DW | De Waard | ziekenhuis |\n" + DOCUMENTS, "DW")
    evidence, _ = taken(part(INDICATOR_SHEET + agreements + own, "network"), waard)
    assert [row["id"] for row in rows(evidence, "members")].count("DW") == 1
    assert "role" not in next(row for row in rows(evidence, "members") if row["id"] == "DW")


@pytest.mark.parametrize(
    ("said", "complete", "told"),
    [
        (("ja", "ja"), None, ["NT946 Zorgaanbod!B2 sheet=Zorgaanbod count=2 total=4"]),
        (("ja", ""), None, ["NT946 Zorgaanbod!B2 sheet=Zorgaanbod count=1 total=4"]),
        (("nee", "ja"), False, []),
        (("", ""), None, []),
        (("ja", "ja", "ja", "ja"), True, []),
    ],
)
def test_an_overview_is_complete_when_every_part_that_asks_it_says_so(
    said: tuple[str, ...], complete: bool | None, told: list[str]
) -> None:
    hospitals = ("DW", "ML", "SA", "UMC")
    page = "## Deelnemers\n| Id |\n| {0} |\n" + DOCUMENTS
    grids = [
        part(
            page.format(name)
            + "## Zorgaanbod\n| Dit overzicht is volledig | "
            + answer
            + " |\n| Locatie | Groep |\n",
            name,
        )
        for name, answer in zip(hospitals, said, strict=False)
    ]
    evidence, found = taken(*grids)
    stated = evidence.register("care").complete
    assert (stated.value if stated is not None else None) is complete
    assert [line.replace("!B1", "!B2") for line in found if "NT946" in line] == told


def test_the_members_are_complete_once_the_part_of_each_is_in() -> None:
    said = "## Deelnemers\n| Dit overzicht is volledig | ja |\n| Id | Naam |\n| ZK | Zorgzeker |\n"
    own = part(INDICATOR_SHEET + said, "network")
    hospitals = [
        part(f"## Deelnemers\n| Id | Naam |\n| {name} | |\n", name) for name in ("UMC", "DW", "ML", "SA", "RT")
    ]
    evidence, found = taken(own, *hospitals[:-1])
    assert not evidence.register("members").is_complete
    assert [line for line in found if "NT946" in line] == ["NT946 Deelnemers!B1 sheet=Deelnemers count=5 total=6"]
    evidence, found = taken(own, *hospitals)
    assert evidence.register("members").is_complete


def test_a_whole_form_that_says_it_is_complete_speaks_for_all() -> None:
    whole = form("## Zorgaanbod\n| Dit overzicht is volledig | ja |\n| Locatie | Groep |\n")
    evidence, _ = taken(
        whole, part(CARE.format(said="", place="DW") + "## Deelnemers\n| Id | Naam |\n| DW | |\n", "DW")
    )
    assert evidence.register("care").is_complete


def test_the_facts_of_the_network_are_what_its_own_part_says() -> None:
    changed = NETWORK_PAGE.replace("Netwerk Alba", "Netwerk Alba en Omstreken").replace("2025-12-31", "2025-12-01")
    own = part(INDICATOR_SHEET, "network", network=changed)
    others = [
        part("## Deelnemers\n| Id | Naam |\n| DW | |\n", "DW"),
        part("## Deelnemers\n| Id | Naam |\n| ML | |\n", "ML"),
    ]
    for grids in ((own, *others), (*others, own)):
        evidence, found = taken(*grids)
        assert evidence.network.name == "Netwerk Alba en Omstreken"
        assert evidence.network.reference_date.day == 1
        assert [line for line in found if "NT945" in line] == [
            "NT945 Netwerk!B3 key=Naam (counts: Netwerk!B3)",
            "NT945 Netwerk!B6 key=Peildatum (counts: Netwerk!B6)",
        ]


def test_parts_of_another_year_are_not_joined() -> None:
    other = part("", "DW", network=NETWORK_PAGE.replace("2026", "2027"))
    evidence, found = take_in(built_in(), (part(INDICATOR_SHEET, "network"), other))
    assert evidence is None
    assert any(line.startswith("NT260") for line in seen(found))


# --- documents --------------------------------------------------------------------------------------------------


def test_one_id_for_different_documents_is_one_error_with_every_cell() -> None:
    pages = [DOCUMENTS + f"| D1 | Jaarverslag {name} |\n" for name in ("De Waard", "Meerlanden", "St. Alba")]
    care = (
        CARE.format(said="", place="{0}")
        .replace("| ja |", "| ja | D1 |")
        .replace("Behandelt |", "Behandelt | Documenten |")
    )
    grids = [
        part(page + care.format(name) + f"## Deelnemers\n| Id |\n| {name} |\n", name)
        for page, name in zip(pages, ("DW", "ML", "SA"), strict=True)
    ]
    evidence, found = taken(*grids)
    assert [line for line in found if "NT242" in line] == [
        "NT242 Documenten!A2 document=D1 (first: Documenten!A2) (first: Documenten!A2)"
    ]
    assert not [line for line in found if line.startswith(("NT308", "NT312"))]
    assert "N2.4" in evidence.to_repair


def test_the_same_document_told_more_fully_is_the_same_document() -> None:
    short, full = DOCUMENTS + "| D1 | Plan |\n", "## Documenten\n| Id | Titel | Datum |\n| D1 | Plan | 2024-05-06 |\n"
    for pages in ((short, full), (full, short)):
        evidence, found = taken(part(pages[0], "DW"), part(pages[1], "ML"))
        assert not [line for line in found if "NT242" in line]
        assert evidence.documents[0].date is not None
