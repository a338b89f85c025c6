"""What a check of the registry refuses, asks and notes; each at the path of the statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from normtool.core.diagnostics import Diagnostics
from normtool.core.networks import Alias, Claim, Network, OrganisationKind, Registry
from normtool.core.networks_check import check_registry, span_text
from normtool.core.networks_notes import registry_notes
from normtool.core.places import KeyPlace, Place
from normtool.core.registers import Text
from normtool.core.standards_findings import KeyPath
from tests.core.registries import REGION, SUB_NETWORK, member, network, organisation, registry, source, span


def place(path: KeyPath) -> Place:
    file = "eigen.yaml" if path[:2] == ("networks", 1) else "reference/networks.yaml"
    return KeyPlace(file=file, line=1, column=1, path=".".join(map(str, path)))


def told(found: Iterable[Any]) -> list[tuple[str, str]]:
    """Code and path of each diagnostic."""
    return [(item.code, item.place.path) for item in found]


def check(found: Registry) -> list[tuple[str, str]]:
    return told(check_registry(found, place))


def notes(found: Registry, file: str = "") -> Diagnostics:
    return registry_notes(found, place, file)


def facts(found: Diagnostics) -> list[dict[str, Any]]:
    return [dict(item.facts) for item in found]


def claim(what: Any, number: int, seen: str = "2024", source: str = "S1") -> Claim:
    return Claim(what=what, number=number, source=source, seen=span(seen))


WAARD = network("waard", member("a"), member("b"))
SOUND = registry(WAARD)


def test_a_sound_registry_has_nothing_wrong() -> None:
    assert check(SOUND) == []
    assert notes(SOUND) == ()


# --- ids, texts, names ----------------------------------------------------------------------------------------------


def test_ids_are_unique_and_can_be_typed() -> None:
    twice = replace(SOUND, sources=(source(), source()), organisations=(*SOUND.organisations, organisation("A", "X")))
    assert check(twice) == [
        ("NT130", "sources.1.id"),
        ("NT130", "organisations.2.id"),
        ("NT709", "organisations.2"),
    ]
    assert check(registry(network("de waard", member("a"), code="DW"))) == [("NT131", "networks.0.id")]


def test_a_copy_with_the_same_id_is_named_once() -> None:
    assert check(registry(WAARD, WAARD)) == [("NT130", "networks.1.id")]


@pytest.mark.parametrize(
    ("spoilt", "path"),
    [
        (replace(SOUND, sources=(replace(source(), title=" "),)), "sources.0.title"),
        (replace(SOUND, sources=(replace(source(), address=""),)), "sources.0.address"),
        (registry(replace(WAARD, name="")), "networks.0.name"),
        (registry(replace(WAARD, code=" ")), "networks.0.code"),
        (registry(replace(WAARD, also=("Delta", ""))), "networks.0.also.1"),
        (registry(replace(WAARD, aliases=(Alias(name="", source="nza"),))), "networks.0.aliases.0.name"),
        (
            replace(SOUND, organisations=(replace(organisation("a"), name=""), organisation("b"))),
            "organisations.0.name",
        ),
    ],
)
def test_a_name_says_something(spoilt: Registry, path: str) -> None:
    assert check(spoilt) == [("NT117", path)]


@pytest.mark.parametrize(
    ("spoilt", "path"),
    [
        (registry(replace(WAARD, note=Text(nl="Let op", en=" "))), "networks.0.note.en"),
        (registry(network("waard", member("a", note=Text(nl="", en="Mind")))), "networks.0.members.0.note.nl"),
        (
            registry(replace(WAARD, claims=(replace(claim("parties", 2), note=Text(nl="", en="x")),))),
            "networks.0.claims.0.note.nl",
        ),
    ],
)
def test_a_note_stands_in_both_languages(spoilt: Registry, path: str) -> None:
    assert check(spoilt) == [("NT115", path)]


def test_a_spelling_means_one_organisation() -> None:
    found = check_registry(
        registry(WAARD, organisations=(organisation("a", also=("ZDW",)), organisation("b", abbreviation="zdw"))),
        place,
    )
    assert told(found) == [("NT709", "organisations.1")]
    assert dict(found[0].facts) == {"name": "zdw", "one": "a", "other": "b"}
    assert [item.place for item in found[0].related] == [place(("organisations", 0))]


def test_a_spelling_means_one_network() -> None:
    other = network("delta", member("c"), aliases=(Alias(name="Netwerk Waard", source="nza"),))
    assert check(registry(WAARD, other)) == [("NT709", "networks.1")]


def test_an_organisation_and_a_network_may_share_a_name() -> None:
    assert check(registry(network("waard", member("a")), organisations=(organisation("a", "Netwerk waard"),))) == []


# --- what is named is there -----------------------------------------------------------------------------------------

ALIASED = (Alias(name="Elders", source="S9"), Alias(name="Overal", source="dica"))


@pytest.mark.parametrize(
    ("spoilt", "path"),
    [
        (
            registry(WAARD, organisations=(organisation("a", source="S9"), organisation("b"))),
            "organisations.0.source",
        ),
        (
            registry(WAARD, organisations=(organisation("a", aliases=ALIASED), organisation("b"))),
            "organisations.0.aliases.0.source",
        ),
        (registry(replace(WAARD, source="S9")), "networks.0.source"),
        (registry(replace(WAARD, aliases=ALIASED)), "networks.0.aliases.0.source"),
        (registry(replace(WAARD, own_term="TWG", own_term_source="S9")), "networks.0.own_term_source"),
        (registry(network("waard", member("a", source="S9"))), "networks.0.members.0.source"),
        (registry(replace(WAARD, claims=(claim("parties", 2, source="S9"),))), "networks.0.claims.0.source"),
    ],
)
def test_every_source_is_there(spoilt: Registry, path: str) -> None:
    assert check(spoilt) == [("NT702", path)]


def test_a_member_is_there() -> None:
    spoilt = registry(
        network("waard", member("a"), member("zgtt")), organisations=(organisation("a"), organisation("zgt"))
    )
    found = check_registry(spoilt, place)
    assert told(found) == [("NT703", "networks.0.members.1.organisation")]
    assert dict(found[0].facts) == {"organisation": "zgtt", "available": "zgt"}


def test_of_many_known_ids_the_first_are_named() -> None:
    many = tuple(organisation(f"z{number}") for number in range(20))
    found = check_registry(registry(network("waard", member("delta")), organisations=many), place)
    assert dict(found[0].facts)["available"] == f"{', '.join(f'z{number}' for number in range(12))}, …"


def test_a_parent_is_there_and_is_no_part_of_its_part() -> None:
    unknown = registry(WAARD, organisations=(organisation("a", parent="q"), organisation("b")))
    assert check(unknown) == [("NT703", "organisations.0.parent")]
    circle = (organisation("a", parent="b"), organisation("b", parent="c"), organisation("c", parent="b"))
    assert check(registry(WAARD, organisations=circle)) == [
        ("NT707", "organisations.1.parent"),
        ("NT707", "organisations.2.parent"),
    ]
    chain = (organisation("a", parent="b"), organisation("b", parent="c"), organisation("c"))
    assert check(registry(WAARD, organisations=chain)) == []


def test_a_location_has_a_parent() -> None:
    located = organisation("b", kind=OrganisationKind.LOCATION)
    assert check(registry(WAARD, organisations=(organisation("a"), located))) == [("NT708", "organisations.1")]
    assert check(registry(WAARD, organisations=(organisation("a"), replace(located, parent="a")))) == []


DELTA = network("delta", layer=REGION)


@pytest.mark.parametrize(
    ("spoilt", "code", "path"),
    [
        (replace(WAARD, layer=SUB_NETWORK, region="elders"), "NT704", "networks.1.region"),
        (replace(WAARD, layer=SUB_NETWORK, region="waard"), "NT704", "networks.1.region"),
        (replace(WAARD, layer=SUB_NETWORK), "NT705", "networks.1"),
        (replace(WAARD, layer=REGION, region="delta"), "NT706", "networks.1.region"),
        (replace(WAARD, region="delta"), "NT706", "networks.1.region"),
    ],
)
def test_a_sub_network_names_a_region_and_nothing_else_does(spoilt: Network, code: str, path: str) -> None:
    assert (code, path) in check(registry(replace(DELTA, members=(member("a"),)), spoilt))


def test_a_region_may_have_its_members_through_its_sub_networks() -> None:
    below = replace(WAARD, layer=SUB_NETWORK, region="delta")
    assert check(registry(DELTA, below)) == []
    assert check(registry(DELTA)) == [("NT716", "networks.0")]
    own = replace(DELTA, members=(member("a"),))
    assert check(registry(own, below)) == [("NT717", "networks.1.members.1")]


def test_an_own_term_has_a_source() -> None:
    assert check(registry(replace(WAARD, own_term="expertteam"))) == [("NT714", "networks.0.own_term")]
    assert check(registry(replace(WAARD, own_term="expertteam", own_term_source="S1"))) == []


# --- times ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "start", "end", "expected"),
    [
        ("2023", "2023-03-30", "", []),
        ("2023-03-30", "2023-03-30", "2023-03-30", []),
        ("2022", "2023-03-30", "", [("NT712", "networks.0.members.0.seen")]),
        ("2024", "", "2023", [("NT712", "networks.0.members.0.seen")]),
        ("2024", "2024", "2023", [("NT711", "networks.0.members.0.end")]),
    ],
)
def test_a_source_speaks_of_the_time_between_beginning_and_end(
    seen: str, start: str, end: str, expected: list[tuple[str, str]]
) -> None:
    times = {key: text for key, text in (("start", start), ("end", end)) if text}
    assert check(registry(network("waard", member("a", seen, **times)))) == expected


def test_a_source_does_not_speak_of_what_comes_after_it() -> None:
    dated = {"sources": (source(published="2024-03"),)}
    assert check(registry(network("waard", member("a", "2024")), **dated)) == []
    assert check(registry(network("waard", member("a", "2024-04")), **dated)) == [
        ("NT713", "networks.0.members.0.seen")
    ]
    late = network("waard", member("a", "2024"), claims=(claim("parties", 1, "2025"),))
    assert check(registry(late, **dated)) == [("NT713", "networks.0.claims.0.seen")]


def test_a_source_says_a_thing_once() -> None:
    assert check(registry(network("waard", member("a"), member("a", "2025")))) == [("NT710", "networks.0.members.1")]
    back = (member("a", "2021", end="2022"), member("a", "2025", start="2023"))
    assert check(registry(network("waard", *back))) == []
    other = (member("a"), member("a", source="S2"))
    assert check(registry(network("waard", *other), sources=(source(), source("S2")))) == []
    counted = (claim("parties", 2), claim("parties", 3), claim("parties", 3, "2025"), claim("hospitals", 2))
    assert check(registry(replace(WAARD, claims=counted))) == [("NT715", "networks.0.claims.1")]


def test_a_number_counts_something() -> None:
    assert check(registry(replace(WAARD, claims=(claim("parties", 0),)))) == [("NT156", "networks.0.claims.0.number")]


@pytest.mark.parametrize("text", ["2021", "2021-04", "2021-04-01"])
def test_a_time_is_shown_as_it_is_written(text: str) -> None:
    assert span_text(span(text)) == text


def test_another_time_is_shown_from_day_to_day() -> None:
    assert span_text(replace(span("2024-10"), last=span("2025-03").last)) == "2024-10-01/2025-03-31"


# --- what is good to know -------------------------------------------------------------------------------------------


def test_sources_that_disagree_stand_side_by_side() -> None:
    numbers = (claim("parties", 18, "2024"), claim("parties", 17, "2025"), claim("hospitals", 2))
    found = notes(registry(replace(WAARD, claims=numbers)))
    assert told(found) == [("NT721", "networks.0.claims.1")]
    assert facts(found) == [{"network": "WAARD", "what": "parties", "numbers": "18 (S1), 17 (S1)", "counted": "2"}]


def test_what_a_source_counts_is_held_against_the_members_of_that_day() -> None:
    joined = network("waard", member("a", "2021", start="2021"), member("b", "2023", start="2023"))
    assert notes(registry(replace(joined, claims=(claim("parties", 1, "2021"),)))) == ()
    assert told(notes(registry(replace(joined, claims=(claim("parties", 1, "2024"),))))) == [
        ("NT721", "networks.0.claims.0")
    ]


def test_hospitals_and_sub_networks_are_counted_and_tumour_groups_are_not() -> None:
    body = organisation("b", kind=OrganisationKind.INSURER)
    sound = replace(WAARD, claims=(claim("hospitals", 1), claim("tumour_groups", 9)))
    assert notes(registry(sound, organisations=(organisation("a"), body))) == ()
    differing = replace(WAARD, claims=(claim("tumour_groups", 9), claim("tumour_groups", 11, "2025")))
    assert facts(notes(registry(differing)))[0]["counted"] == "–"
    region = replace(DELTA, claims=(claim("sub_networks", 2),))
    assert facts(notes(registry(region, replace(WAARD, layer=SUB_NETWORK, region="delta"))))[0]["counted"] == "1"


def test_who_is_in_several_networks_is_noted() -> None:
    found = notes(registry(WAARD, network("delta", member("b"))))
    assert told(found) == [("NT722", "networks.1.members.0")]
    assert facts(found) == [{"organisation": "Ziekenhuis b", "networks": "WAARD, DELTA"}]


def test_a_move_is_no_overlap_and_neither_is_a_region_with_its_sub_network() -> None:
    moved = network("waard", member("a", "2021", end="2022")), network("delta", member("a", "2024", start="2023"))
    assert notes(registry(*moved)) == ()
    region = replace(DELTA, members=(member("a"), member("b")))
    assert notes(registry(region, replace(WAARD, layer=SUB_NETWORK, region="delta"))) == ()


def test_an_organisation_in_no_network_is_noted_unless_it_belongs_to_a_member() -> None:
    located = organisation("b1", kind=OrganisationKind.LOCATION, parent="b")
    group = organisation("groep", kind=OrganisationKind.OTHER)
    part = organisation("a", parent="groep")
    lonely = organisation("c")
    found = notes(registry(WAARD, organisations=(part, organisation("b"), located, group, lonely)))
    assert told(found) == [("NT723", "organisations.4")]


def test_only_what_is_about_one_file_may_be_asked_for() -> None:
    found = registry(replace(WAARD, claims=(claim("parties", 5),)), network("delta", member("b")))
    assert told(notes(found)) == [("NT721", "networks.0.claims.0"), ("NT722", "networks.1.members.0")]
    assert told(notes(found, "eigen.yaml")) == [("NT722", "networks.1.members.0")]
