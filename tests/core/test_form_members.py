"""Who takes part as the registry tells it, the way a form is filled in beforehand."""

from __future__ import annotations

from datetime import date

import pytest

from normtool.core.evidence import DateSpan, NetworkLayer
from normtool.core.form_members import form_members
from normtool.core.forms import FormMember, member_row
from normtool.core.networks import Alias, Membership, Network, Organisation, OrganisationKind, Registry, Role
from tests.conftest import built_in

DAY = date(2025, 12, 31)
SEEN = DateSpan.of_year(2024)
APRIL = DateSpan(date(2021, 4, 1), date(2021, 4, 30))
HOSPITAL, LOCATION = OrganisationKind.HOSPITAL, OrganisationKind.LOCATION


def organisation(own: str, kind: OrganisationKind = HOSPITAL, **facts: object) -> Organisation:
    facts = {"name": f"Ziekenhuis {own}", **facts}
    return Organisation(id=own, kind=kind, source="s", **facts)  # type: ignore[arg-type]


def member(name: str, **facts: object) -> Membership:
    return Membership(organisation=name, source="s", seen=SEEN, **facts)  # type: ignore[arg-type]


def network(name: str, *members: Membership, region: str = "") -> Network:
    layer = NetworkLayer.SUB_NETWORK if region else NetworkLayer.REGION
    return Network(id=name, code=name.upper(), name=name, source="s", layer=layer, region=region, members=members)


def listed(*organisations: Organisation, **networks: Network) -> tuple[FormMember, ...]:
    """The members of the first network."""
    registry = Registry(organisations=organisations, networks=tuple(networks.values()))
    return form_members(registry, registry.networks[0], DAY)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (organisation("mst", abbreviation="MST"), "MST"),
        (organisation("bovenij", name="BovenIJ"), "BovenIJ"),
        (organisation("antonius-sneek", aliases=(Alias(name="Antonius Sneek", source="s"),)), "Antonius Sneek"),
        (organisation("maxima", name="Máxima"), "Máxima"),
        (organisation("ghc", OrganisationKind.GENERAL_PRACTICE), "GHC"),
        (organisation("de-waard"), "De-Waard"),
        (organisation("alba-noord", LOCATION, parent="alba"), "Alba-Noord"),
        (organisation("noord", LOCATION, parent="alba"), "Noord"),
    ],
)
def test_a_member_goes_by_its_abbreviation_or_as_people_write_its_id(given: Organisation, written: str) -> None:
    (found,) = listed(given, alba=network("alba", member(given.id)))
    assert (found.id, found.name, found.kind) == (written, given.name, given.kind.value)


def test_no_two_members_go_by_the_same() -> None:
    one, other = (
        organisation("rt-a", abbreviation="RT"),
        organisation("rt-b", abbreviation="RT", name="Radiotherapie B"),
    )
    third = organisation("rt-c", abbreviation="RT", name="rt")
    found = listed(one, other, third, alba=network("alba", member("rt-a"), member("rt-b"), member("rt-c")))
    assert [item.id for item in found] == ["RT", "Radiotherapie B", "rt-c"]


def test_what_a_source_says_of_role_and_dates_is_filled_in_and_nothing_else() -> None:
    signed = member("dw", role=Role.SIGNATORY, start=DateSpan.of_day(date(2023, 3, 30)), signed=APRIL)
    (found, plainly) = listed(
        organisation("dw"),
        organisation("ml"),
        alba=network("alba", signed, member("ml", start=DateSpan.of_year(2022))),
    )
    assert (found.role, found.cells) == ("signatory", (("from", date(2023, 3, 30)), ("signed_on", "april 2021")))
    assert (plainly.role, plainly.cells) == ("participant", (("from", 2022),))
    row = dict(member_row(built_in().declared("members"), found))
    assert row["from"], row["signed_on"] == (date(2023, 3, 30), "april 2021")


def test_the_locations_of_a_hospital_stand_behind_it_and_belong_to_it() -> None:
    found = listed(
        organisation("dw"),
        organisation("dw-oost", LOCATION, parent="dw", name="Oost"),
        organisation("dw-west", LOCATION, parent="dw", name="West"),
        organisation("rt", OrganisationKind.RADIOTHERAPY, parent="dw"),
        organisation("ml-zuid", LOCATION, parent="ml", name="Zuid"),
        alba=network("alba", member("dw"), member("dw-west"), member("rt")),
    )
    assert [(item.id, item.kind, item.parent, item.role) for item in found] == [
        ("DW", "hospital", "", "participant"),
        ("DW-Oost", "location", "DW", ""),
        ("DW-West", "location", "DW", "participant"),
        ("RT", "radiotherapy", "", "participant"),
    ]


def test_a_region_has_the_members_of_its_sub_networks_once_and_not_what_they_signed() -> None:
    signed = member("ml", role=Role.SIGNATORY, start=APRIL, signed=APRIL)
    found = listed(
        *(organisation(name) for name in ("dw", "ml", "sa")),
        alba=network("alba", member("dw", start=APRIL)),
        noord=network("noord", member("dw"), signed, region="alba"),
        zuid=network("zuid", member("ml"), member("sa"), region="alba"),
    )
    assert [(item.id, item.role, item.cells) for item in found] == [
        ("DW", "participant", (("from", "april 2021"),)),
        ("ML", "participant", ()),
        ("SA", "participant", ()),
    ]


def test_who_had_not_joined_yet_or_has_left_is_not_a_member() -> None:
    late, gone = member("ml", start=DateSpan.of_year(2026)), member("sa", end=DateSpan.of_year(2023))
    found = listed(
        *(organisation(name) for name in ("dw", "ml", "sa")), alba=network("alba", member("dw"), late, gone)
    )
    assert [item.id for item in found] == ["DW"]
