"""Who takes part in which network on a day: membership is dated, overlaps, and sources know more or less of it."""

from __future__ import annotations

from datetime import date

import pytest

from normtool.core.evidence import DateSpan
from normtool.core.networks import Claim, Registry, Role, are_apart
from tests.core.registries import REGION, SUB_NETWORK, member, network, organisation, registry, span

OLD, NEW = date(2020, 6, 1), date(2025, 6, 1)


def taking_part(found: Registry, day: date) -> list[str]:
    return [item.organisation for item in found.members_on(found.networks[0], day)]


def test_a_month_has_a_first_and_a_last_day() -> None:
    assert DateSpan.of_month(2024, 2) == DateSpan(date(2024, 2, 1), date(2024, 2, 29))


def test_a_member_takes_part_between_its_beginning_and_its_end() -> None:
    found = registry(network("waard", member("a", "2021", start="2021-04", end="2023-06-30")))
    assert taking_part(found, date(2021, 3, 31)) == []
    assert taking_part(found, date(2021, 4, 1)) == ["a"]
    assert taking_part(found, date(2023, 6, 30)) == ["a"]
    assert taking_part(found, date(2023, 7, 1)) == []


def test_what_no_source_knows_is_open() -> None:
    found = registry(network("waard", member("a", "2021")))
    assert taking_part(found, OLD) == taking_part(found, NEW) == ["a"]


def test_a_beginning_that_one_source_knows_holds_for_another_that_speaks_of_later() -> None:
    found = registry(network("waard", member("a", "2021", start="2021-04"), member("a", "2024", source="S2")))
    assert taking_part(found, OLD) == []
    assert taking_part(found, NEW) == ["a"]


def test_an_end_that_one_source_knows_holds_for_another_that_speaks_of_before() -> None:
    found = registry(network("waard", member("a", "2022", end="2023"), member("a", "2021", source="S2")))
    assert taking_part(found, OLD) == ["a"]
    assert taking_part(found, NEW) == []


def test_who_was_seen_after_an_end_has_come_back() -> None:
    found = registry(network("waard", member("a", "2021", end="2022"), member("a", "2025", source="S2")))
    assert taking_part(found, NEW) == ["a"]


def test_the_beginning_of_one_member_says_nothing_of_another() -> None:
    found = registry(network("waard", member("a", "2021", start="2021-04"), member("b", "2024")))
    assert taking_part(found, OLD) == ["b"]


@pytest.mark.parametrize("swapped", [False, True])
def test_the_most_telling_statement_stands_for_a_member(swapped: bool) -> None:
    began = member("a", "2021", start="2021", role=Role.PARTNER)
    signed = member("a", "2022", source="S2", role=Role.SIGNATORY)
    latest = member("a", "2024", source="S3")
    listed = (latest, signed, began) if swapped else (began, signed, latest)
    assert registry(network("waard", *listed)).members_on(network("waard", *listed), NEW) == (began,)
    assert registry().members_on(network("waard", *listed[:2] if swapped else listed[1:]), NEW) == (signed,)
    earlier = member("a", "2023", source="S2")
    both = (latest, earlier) if swapped else (earlier, latest)
    assert registry().members_on(network("waard", *both), NEW) == (latest,)


def test_a_region_has_the_members_of_its_sub_networks_each_once() -> None:
    found = registry(
        network("delta", member("c"), layer=REGION),
        network("noord", member("a"), member("b"), layer=SUB_NETWORK, region="delta"),
        network("zuid", member("b"), layer=SUB_NETWORK, region="delta"),
        network("elders", member("d")),
    )
    members = found.all_members_on(found.networks[0], NEW)
    assert [item.organisation for item in members] == ["c", "a", "b"]
    assert [item.id for item in found.sub_networks("delta")] == ["noord", "zuid"]
    by_member = found.networks_by_member(NEW)
    assert {key: [item.id for item in value] for key, value in by_member.items()} == {
        "c": ["delta"],
        "a": ["noord"],
        "b": ["noord", "zuid"],
        "d": ["elders"],
    }


def test_a_region_and_its_sub_network_are_not_apart() -> None:
    region = network("delta", layer=REGION)
    north, south = (network(item, layer=SUB_NETWORK, region="delta") for item in ("noord", "zuid"))
    assert are_apart(north, south)
    assert not are_apart(north, region)
    assert not are_apart(region, south)
    assert not are_apart(region, region)


def test_things_are_found_by_their_id() -> None:
    found = registry(network("waard", member("a")))
    assert found.network("waard") is found.networks[0]
    assert found.network("WAARD") is None
    assert found.organisation("a") == organisation("a")
    assert found.organisation("b") is None
    assert found.organisation_of(member("a")) == organisation("a")
    with pytest.raises(LookupError, match="b"):
        found.organisation_of(member("b"))


def test_the_latest_day_is_that_of_which_a_source_speaks() -> None:
    claim = Claim(what="parties", number=3, source="S1", seen=span("2025-07"))
    found = registry(network("waard", member("a", "2024"), claims=(claim,)), network("delta", member("b", "2023")))
    assert found.latest_day == date(2025, 7, 31)
    assert registry().latest_day == date.min
