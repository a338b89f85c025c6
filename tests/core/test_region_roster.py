"""Which of the networks that came in is the region, which are its sub-networks, and what does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from normtool.core.assessment import Assessment
from normtool.core.dossier import Dossier, SubNetwork
from normtool.core.evidence import DataNature, Evidence, NetworkFacts, NetworkLayer
from normtool.core.networks import Alias, Network, Registry
from normtool.core.places import CellPlace
from normtool.core.region_roster import Arrival, Asked, Identities, Roster, call_the_roll, facts_of
from tests.conftest import built_in
from tests.core.tables import seen

REGION, BELOW = NetworkLayer.REGION, NetworkLayer.SUB_NETWORK
REGISTRY = Registry(
    networks=(
        Network(
            id="nrd",
            code="NRD",
            name="Noorderland",
            layer=REGION,
            source="S0",
            aliases=(Alias(name="Noord", source="S0"),),
            unit_of_review=BELOW,
        ),
        Network(id="ast", code="AST", name="Astenland", layer=BELOW, region="nrd", source="S0"),
        Network(id="brk", code="BRK", name="Berkenland", layer=BELOW, region="nrd", source="S0"),
        Network(id="zdr", code="ZDR", name="Zuiderland", layer=REGION, source="S0"),
        Network(id="lem", code="LEM", name="Lemland", layer=BELOW, region="zdr", source="S0"),
    )
)
FACTS = NetworkFacts(
    code="NRD",
    name="Noorderland",
    region="",
    assessment_year=2026,
    reporting_year=2025,
    reference_date=date(2025, 12, 31),
)


def arrived(code: str, name: str = "", **more: object) -> Arrival:
    """A network of which a form came in; its region stands in B4."""
    facts = replace(FACTS, code=code, name=name or f"Netwerk {code}", **more)  # type: ignore[arg-type]
    cell = CellPlace(file=f"{code}.xlsx", sheet="Netwerk", row=4, column=2)
    return Arrival(evidence=Evidence(network=facts, network_places=(("region", cell),)), file=f"{code}.xlsx")


def filled_in(code: str, name: str = "", **more: object) -> Arrival:
    """A network whose form has these in a cell of its own, from B10 down."""
    plain = arrived(code, name, **more)
    cells = (
        (key, CellPlace(file=plain.file, sheet="Netwerk", row=row, column=2))
        for row, key in enumerate(("code", "layer", "assessment_year", "reporting_year", "nature"), 10)
    )
    return replace(plain, evidence=replace(plain.evidence, network_places=tuple(cells)))


def stored(code: str, *, draft: bool = False, digest: str = "", sub_networks: tuple[str, ...] = ()) -> Arrival:
    """A network that came in as a dossier."""
    plain = arrived(code, region="" if code == "NRD" else "NRD")
    framework = replace(built_in(), digest=digest or built_in().digest)
    dossier = Dossier(
        framework=framework,
        evidence=plain.evidence,
        assessment=Assessment(cycle=1, standards=()),
        draft=draft,
        sub_networks=tuple(SubNetwork(code=item, name=f"Netwerk {item}") for item in sub_networks),
    )
    return replace(plain, file=f"{code}.json", dossier=dossier)


def roll(
    region: str, *came_in: Arrival, registry: Registry = REGISTRY, unread: tuple[str, ...] = ()
) -> tuple[Roster | None, list[str]]:
    """Who is who, and what there is to say about it."""
    asked = Asked(region=region, identities=Identities(registry=registry), digest=built_in().digest, unread=unread)
    roster, found = call_the_roll(asked, came_in)
    return roster, seen(found)


def members(roster: Roster | None) -> tuple[str, str, list[str], list[str]]:
    """The region with its name, those that came in, those that did not."""
    assert roster is not None
    return (
        roster.code,
        roster.name,
        [item.network.code for item in roster.below],
        [item.code for item in roster.absent],
    )


@pytest.mark.parametrize("region", ["nrd", "NRD", "noorderland", "Noord"])
def test_a_region_of_the_registry_goes_by_id_code_name_and_alias(region: str) -> None:
    own = arrived("NRD", "Noorderland", layer=REGION)
    roster, said = roll(region, arrived("BRK"), own, arrived("AST", region="NRD", layer=BELOW))
    assert members(roster) == ("NRD", "Noorderland", ["AST", "BRK"], [])
    assert said == []


def test_a_region_outside_the_registry_goes_by_its_own_form() -> None:
    own = arrived("VRD", "Verdeland", layer=REGION)
    below = [arrived("KIM", region="verdeland", layer=BELOW), arrived("LOO", region="VRD")]
    for region in ("VRD", "Verdeland"):
        roster, said = roll(region, *below, own)
        assert (members(roster), said) == (("VRD", "Verdeland", ["KIM", "LOO"], []), [])


def test_without_its_form_the_registry_names_the_region() -> None:
    roster, said = roll("noord", arrived("AST", region="Noorderland"))
    assert members(roster) == ("NRD", "Noorderland", ["AST"], ["BRK"])
    assert said == [
        "NT789 None region=Noorderland",
        "NT788 None region=Noorderland count=1 names=Berkenland",
    ]


def test_without_its_form_and_outside_the_registry_its_sub_networks_do() -> None:
    roster, said = roll("verdeland", arrived("KIM", region="Verdeland"))
    assert members(roster) == ("Verdeland", "Verdeland", ["KIM"], [])
    assert said == ["NT789 None region=Verdeland"]


def test_nothing_of_the_region_is_an_error_that_names_what_was_found() -> None:
    found = (arrived("AST", region="Noord"), arrived("LEM"), arrived("SOLO"))
    assert roll("wolkenland", *found) == (None, ["NT780 None region=wolkenland found=LEM, NRD, SOLO"])
    assert roll("wolkenland") == (None, ["NT780 None region=wolkenland found=–"])


def test_a_sub_network_is_no_region() -> None:
    assert roll("ast", arrived("AST", region="NRD")) == (None, ["NT780 None region=ast found=NRD"])


def test_a_network_of_another_region_and_one_of_unknown_region_do_not_belong() -> None:
    own = arrived("NRD", "Noorderland", layer=REGION)
    others = (arrived("AST"), arrived("BRK"), arrived("LEM", region="ZDR"), arrived("SOLO"))
    roster, said = roll("nrd", own, *others, arrived("ZDR", layer=REGION, region="NRD"))
    assert members(roster) == ("NRD", "Noorderland", ["AST", "BRK"], [])
    assert said == [
        "NT781 Netwerk!B4 network=LEM region=NRD said=ZDR",
        "NT782 Netwerk!B4 network=SOLO region=NRD",
        "NT782 Netwerk!B4 network=ZDR region=NRD",
    ]


def test_what_the_sheet_says_goes_before_the_registry() -> None:
    _, said = roll("nrd", arrived("NRD", "Noorderland"), arrived("AST"), arrived("BRK", region="Zuiderland"))
    assert said == ["NT781 Netwerk!B4 network=BRK region=NRD said=Zuiderland"]


def test_a_network_that_came_in_twice_is_refused() -> None:
    own = arrived("NRD", "Noorderland", layer=REGION)
    _, said = roll("nrd", own, arrived("BRK"), stored("AST"), arrived("AST"))
    assert said == ["NT783 AST.json network=AST (first: AST.xlsx)"]


def test_years_and_nature_must_be_those_of_the_region() -> None:
    own = arrived("NRD", "Noorderland", layer=REGION)
    _, said = roll(
        "nrd",
        own,
        arrived("AST", assessment_year=2025, reporting_year=2024),
        arrived("BRK", nature=DataNature.FICTIONAL),
    )
    assert said == [
        "NT784 AST.xlsx network=AST key=Toetsjaar found=2025 expected=2026 (first: NRD.xlsx)",
        "NT784 AST.xlsx network=AST key=Verslagjaar found=2024 expected=2025 (first: NRD.xlsx)",
        "NT787 BRK.xlsx network=BRK found=fictief expected=netwerk (first: NRD.xlsx)",
    ]


def test_what_differs_is_shown_in_its_own_cell_beside_that_of_the_region() -> None:
    own = filled_in("NRD", "Noorderland", layer=REGION)
    _, said = roll(
        "nrd",
        own,
        filled_in("AST", assessment_year=2025, reporting_year=2024, nature=DataNature.FICTIONAL),
        replace(stored("BRK"), evidence=filled_in("BRK", assessment_year=2025).evidence),
    )
    assert [line.partition(" network=")[0] + line[line.index(" (first") :] for line in said] == [
        "NT784 Netwerk!B12 (first: Netwerk!B12)",
        "NT784 Netwerk!B13 (first: Netwerk!B13)",
        "NT787 Netwerk!B14 (first: Netwerk!B14)",
        "NT784 BRK.json (first: Netwerk!B12)",
    ]


def test_who_names_no_region_is_shown_at_its_layer_else_at_its_code() -> None:
    own = arrived("NRD", "Noorderland", layer=REGION)
    solo = filled_in("SOLO")
    bare = [(key, cell) for key, cell in solo.evidence.network_places if key == "code"]
    only_code = replace(solo, evidence=replace(solo.evidence, network_places=tuple(bare)))
    for item, cell in ((solo, "B11"), (only_code, "B10")):
        _, said = roll("nrd", own, arrived("AST"), arrived("BRK"), item)
        assert said == [f"NT782 Netwerk!{cell} network=SOLO region=NRD"]


def test_sub_networks_stand_in_order_of_their_codes_whatever_their_capitals() -> None:
    below = [arrived(code, region="VRD") for code in ("loo", "KIM", "Mos")]
    roster, _ = roll("VRD", arrived("VRD", "Verdeland", layer=REGION), *below)
    assert members(roster)[2] == ["KIM", "loo", "Mos"]


def test_a_network_may_be_known_by_its_name_alone() -> None:
    own = arrived("NRD", "Noorderland", layer=REGION)
    roster, said = roll("nrd", own, arrived("A1", "Astenland"), arrived("B1", "Berkenland"))
    assert (members(roster), said) == (("NRD", "Noorderland", ["A1", "B1"], []), [])


def test_a_dossier_with_other_norms_or_with_errors_is_refused() -> None:
    own = arrived("NRD", "Noorderland", layer=REGION)
    _, said = roll("nrd", own, stored("AST", digest="0" * 64), stored("BRK", draft=True))
    assert said == ["NT785 AST.json network=AST", "NT786 BRK.json network=BRK"]


def test_known_sub_networks_that_did_not_come_in_are_named() -> None:
    own = stored("NRD", sub_networks=("AST", "CYP"))
    roster, said = roll("nrd", own, arrived("BRK"))
    assert members(roster)[3] == ["AST", "CYP"]
    assert said == ["NT788 None region=Netwerk NRD count=2 names=Astenland, Netwerk CYP"]
    roster, said = roll("nrd", own, arrived("BRK"), unread=("AST", "cyp"))
    assert (members(roster)[3], said) == ([], [])


def test_a_region_without_any_sub_network_is_asked_about() -> None:
    _, said = roll("VRD", arrived("VRD", "Verdeland", layer=REGION))
    assert said == ["NT790 None region=Verdeland"]


def test_the_facts_of_a_region_without_a_form_are_those_of_its_sub_networks() -> None:
    roster, _ = roll(
        "nrd",
        arrived("AST", first_assessment_year=2024, reference_date=date(2026, 1, 31)),
        arrived("BRK", first_assessment_year=2025, reference_date_overridden=True),
    )
    assert roster is not None
    facts = facts_of(roster)
    assert (facts.code, facts.name, facts.layer, facts.unit_of_review) == ("NRD", "Noorderland", REGION, BELOW)
    assert (facts.assessment_year, facts.reporting_year, facts.region) == (2026, 2025, "")
    assert (facts.cycle, facts.reference_date, facts.reference_date_overridden) == (2, date(2026, 1, 31), True)
    alone, _ = roll("verdeland", arrived("KIM", region="Verdeland", nature=DataNature.FICTIONAL))
    assert alone is not None
    assert (facts_of(alone).unit_of_review, facts_of(alone).nature) == (None, DataNature.FICTIONAL)


def test_the_facts_of_a_region_are_those_of_its_form() -> None:
    roster, _ = roll("nrd", arrived("NRD", "Noorderland", layer=REGION), arrived("AST"), arrived("BRK"))
    assert roster is not None
    assert roster.region is not None
    assert facts_of(roster) is roster.region.network


def test_a_region_that_is_nowhere_registered_has_no_absent_ones() -> None:
    roster, _ = roll("VRD", arrived("VRD", "Verdeland"), arrived("KIM", region="VRD"), registry=Registry())
    assert members(roster) == ("VRD", "Verdeland", ["KIM"], [])
