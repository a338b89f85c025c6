"""Names resolve by id, code, abbreviation, synonym and the name in a source; a near miss is only proposed."""

from __future__ import annotations

import pytest

from normtool.core.network_names import (
    Found,
    FoundOrganisation,
    find_network,
    find_organisation,
    member_spellings,
    network_spellings,
    organisation_spellings,
    spellings_of_network,
)
from normtool.core.networks import Alias, Registry
from tests.core.registries import REGION, network, organisation, registry

HOSPITALS = (
    organisation(
        "mst",
        "Medisch Spectrum Twente",
        abbreviation="MST",
        also=("Medisch Spectrum",),
        aliases=(Alias(name="Stichting Medisch Spectrum Twente", source="nza"),),
    ),
    organisation("zgt", "Ziekenhuisgroep Twente", abbreviation="ZGT"),
    organisation("martini", "Martini Ziekenhuis"),
)
NETWORKS = (
    network(
        "ccn-no",
        code="CCN-NO",
        name="CCN Noordoost Nederland",
        layer=REGION,
        also=("Noordoost",),
        aliases=(Alias(name="CCN NO | alles", source="sirm"),),
    ),
    network("onz", code="ONZ", name="ONZ netwerk"),
    network("embraze", code="EMBRAZE", name="EMBRAZE"),
)
REGISTRY = registry(*NETWORKS, organisations=HOSPITALS)


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("ccn-no", "ccn-no"),
        ("CCN-NO", "ccn-no"),
        ("CCN NO", "ccn-no"),
        ("ccn noordoost  nederland", "ccn-no"),
        ("Noordoost", "ccn-no"),
        ("CCN NO | alles", "ccn-no"),
        ("ONZ netwerk.", "onz"),
        ("Embraze", "embraze"),
    ],
)
def test_a_network_goes_by_many_names(text: str, identity: str) -> None:
    found = find_network(REGISTRY, text)
    assert found.network is not None
    assert (found.network.id, found.near, found.ambiguous) == (identity, (), ())


@pytest.mark.parametrize(("text", "near"), [("embrace", "embraze"), ("noordost", "ccn-no"), ("ONZ netwerkk", "onz")])
def test_a_near_miss_is_proposed_and_not_taken(text: str, near: str) -> None:
    found = find_network(REGISTRY, text)
    assert found.network is None
    assert found.near[0].id == near


def test_all_that_look_alike_are_proposed_at_most_three() -> None:
    places = [network(f"n{number}", code=f"Maasoever {number}") for number in range(1, 6)]
    found = find_network(registry(*places), "Maasoever 9")
    assert found.network is None
    assert len({item.id for item in found.near}) == 3


def test_the_same_words_in_another_order_are_proposed() -> None:
    assert [item.id for item in find_organisation(REGISTRY, "Twente Spectrum Medisch").near][:1] == ["mst"]


def test_what_looks_only_a_little_alike_is_not_proposed() -> None:
    assert find_organisation(REGISTRY, "Martinus Kliniek") == FoundOrganisation()


@pytest.mark.parametrize("text", ["", "  ", "Voorbeeldland", "x" * 200])
def test_what_looks_like_nothing_gives_nothing(text: str) -> None:
    assert find_network(REGISTRY, text) == Found()
    assert find_organisation(REGISTRY, text) == FoundOrganisation()


def test_a_name_of_two_networks_is_neither() -> None:
    one, other = network("noord", also=("Delta",)), network("zuid", also=("delta",))
    assert find_network(registry(one, other), "Delta") == Found(ambiguous=(one, other))


def test_a_name_of_two_organisations_is_neither() -> None:
    one, other = organisation("a", "Antonius"), organisation("b", "antonius")
    assert find_organisation(Registry(organisations=(one, other)), "Antonius") == FoundOrganisation(
        ambiguous=(one, other)
    )


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("mst", "mst"),
        ("MST", "mst"),
        ("Medisch Spectrum Twente", "mst"),
        ("medisch spectrum", "mst"),
        ("Stichting Medisch Spectrum Twente", "mst"),
        ("Martini Ziekenhuis", "martini"),
    ],
)
def test_an_organisation_goes_by_many_names(text: str, identity: str) -> None:
    found = find_organisation(REGISTRY, text).organisation
    assert found is not None
    assert found.id == identity


def test_an_organisation_that_is_nearly_named_is_proposed() -> None:
    found = find_organisation(REGISTRY, "Ziekenhuisgroep Twentte")
    assert found.organisation is None
    assert [item.id for item in found.near] == ["zgt"]


@pytest.mark.parametrize(
    ("code", "name", "known"),
    [
        ("ONZ", "Netwerk van ons", True),
        ("N1", "ONZ netwerk", True),
        ("ONZ", "", True),
        ("EMBRAZE", "ONZ netwerk", False),
        ("N1", "Elders", False),
    ],
)
def test_other_names_of_a_network_follow_from_its_code_or_its_name(code: str, name: str, known: bool) -> None:
    found = spellings_of_network(REGISTRY, code, name)
    assert found == (network_spellings(NETWORKS[1]) if known else ())


def test_spellings_are_named_once_and_never_empty() -> None:
    assert network_spellings(NETWORKS[2]) == ("embraze", "EMBRAZE")
    assert organisation_spellings(HOSPITALS[2]) == ("martini", "Martini Ziekenhuis")


# --- the members of a workbook --------------------------------------------------------------------------------------


def test_a_member_gets_every_other_name_of_its_organisation() -> None:
    by_name = member_spellings(REGISTRY, [("T1", "Medisch Spectrum Twente")])
    assert by_name == (
        ("mst", "T1"),
        ("MST", "T1"),
        ("Medisch Spectrum", "T1"),
        ("Stichting Medisch Spectrum Twente", "T1"),
    )
    by_id = member_spellings(REGISTRY, [("zgt", "Het ziekenhuis in Almelo en Hengelo")])
    assert by_id == (("Ziekenhuisgroep Twente", "zgt"),)


def test_a_member_that_is_not_in_the_registry_gets_none() -> None:
    assert member_spellings(REGISTRY, [("DW", "Ziekenhuis De Waard"), ("", "")]) == ()


def test_a_member_whose_id_and_name_mean_two_organisations_gets_none() -> None:
    assert member_spellings(REGISTRY, [("mst", "Ziekenhuisgroep Twente")]) == ()


def test_a_spelling_that_another_member_has_is_left_out() -> None:
    members = [("T1", "Medisch Spectrum Twente"), ("MST", "Een heel ander huis")]
    assert ("MST", "T1") not in member_spellings(REGISTRY, members)
    twice = [("T1", "Ziekenhuisgroep Twente"), ("T2", "Ziekenhuisgroep Twente")]
    assert member_spellings(REGISTRY, twice) == ()


def test_a_name_of_two_organisations_gives_a_member_nothing() -> None:
    unclear = Registry(organisations=(organisation("a", "Antonius"), organisation("b", "Antonius")))
    assert member_spellings(unclear, [("X", "Antonius")]) == ()
