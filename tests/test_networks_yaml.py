"""Reading the registry of networks: the one that comes with the program, and a file of one's own beside it."""

from __future__ import annotations

import re
import sys
import time
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from normtool.core.evidence import DateSpan, NetworkLayer
from normtool.core.network_names import find_network, find_organisation, member_spellings
from normtool.core.networks import Membership, OrganisationKind, Registry, Role
from normtool.core.places import FilePlace, KeyPlace
from normtool.files.networks_yaml import load_registry, networks_schema, read_registry
from tests.e2e.running import program

DOCS = Path(__file__).parent.parent / "docs" / "networks.md"
OWN = """\
sources:
  - {id: waard-2025, title: Overeenkomst, kind: primary, address: De Waard, published: 2025-03-01}
organisations:
  - {id: dw, name: Ziekenhuis De Waard, kind: hospital, source: waard-2025}
networks:
  - id: waard
    code: WAARD
    name: Netwerk De Waard
    source: waard-2025
    members:
      - {organisation: dw, seen: 2025, source: waard-2025}
"""


def built_in() -> Registry:
    registry, diagnostics = load_registry()
    assert registry is not None, diagnostics
    assert diagnostics == ()
    return registry


def own(folder: Path, text: str) -> tuple[Registry | None, list[tuple[str, str, int, int]]]:
    """The registry with this file added, and code, file, line and column of everything found."""
    file = folder / "eigen.yaml"
    file.write_text(text, encoding="utf-8")
    registry, diagnostics = load_registry(file)
    found = []
    for item in diagnostics:
        assert isinstance(item.place, KeyPlace)
        found.append((item.code, item.place.file, item.place.line, item.place.column))
    return registry, found


def place(text: str, piece: str) -> tuple[str, int, int]:
    before = text[: text.index(piece)]
    return "eigen.yaml", before.count("\n") + 1, len(before) - before.rfind("\n")


# --- the registry that comes with the program -----------------------------------------------------------------------


def test_the_built_in_registry_is_sound() -> None:
    registry = built_in()
    layers = [network.layer for network in registry.networks]
    assert (layers.count(NetworkLayer.REGION), layers.count(NetworkLayer.SUB_NETWORK)) == (7, 6)


NAMED = {
    "noordoost": "ccn-no",
    "CCN NO": "ccn-no",
    "zuidwest": "zuidwest",
    "CCN Zuid-West": "zuidwest",
    "ro-west": "west",
    "RO West": "west",
    "west": "west",
    "OncoNoVo+": "noord-holland-flevoland",
    "onconovo": "noord-holland-flevoland",
    "Noord-Holland/Flevoland": "noord-holland-flevoland",
    "oncomid": "midden",
    "onco-oost": "oost",
    "oncozon": "zuidoost",
    "ONF": "onf",
    "OVIJ": "ovij",
    "Oncologienetwerk Veluwe IJssel": "ovij",
    "Oncologienetwerk Veluwe-IJssel": "ovij",
    "onz": "onz",
    "CCN NO | ONZ netwerk": "onz",
    "Groningen-Drenthe": "groningen-drenthe",
    "CCN Zuid-West | EMBRAZE": "embraze",
    "CCN Zuid-West | Concord": "concord",
}


@pytest.mark.parametrize(("text", "identity"), NAMED.items())
def test_the_names_in_use_mean_a_network(text: str, identity: str) -> None:
    found = find_network(built_in(), text).network
    assert found is not None
    assert found.id == identity


def test_names_of_one_source_and_abbreviations_of_another_mean_one_hospital() -> None:
    registry = built_in()
    for full, short in (
        ("Medisch Spectrum Twente", "MST"),
        ("Streekziekenhuis Koningin Beatrix", "SKB"),
        ("Saxenburgh Medisch Centrum", "SXB"),
        ("Saxenburgh", "SXB"),
        ("Ziekenhuisgroep Twente", "ZGT"),
        ("Ommelander Ziekenhuis Groningen", "OZG"),
        ("Wilhelmina Ziekenhuis Assen", "WZA"),
        ("Universitair Medisch Centrum Groningen", "UMCG"),
    ):
        organisations = {find_organisation(registry, text).organisation for text in (full, short)}
        assert len(organisations) == 1
        assert None not in organisations


def test_a_saint_is_not_taken_for_a_namesake() -> None:
    found = find_organisation(built_in(), "Antonius")
    assert found.organisation is None
    names = ("Antonius Ziekenhuis", "St. Antonius")
    antonius, saint = (find_organisation(built_in(), name).organisation for name in names)
    assert antonius != saint


def test_the_members_of_a_workbook_get_their_other_names() -> None:
    found = dict(member_spellings(built_in(), [("T1", "Saxenburgh"), ("T2", "MST")]))
    assert found["Saxenburgh Medisch Centrum"] == "T1"
    assert found["Medisch Spectrum Twente"] == "T2"


def test_no_start_is_made_up() -> None:
    """Only two beginnings are in a source: of ONZ, and of Groningen-Drenthe."""
    for network in built_in().networks:
        for member in network.members:
            if member.start is not None:
                assert (network.id, member.start) in (
                    ("onz", DateSpan.of_day(date(2023, 3, 30))),
                    ("groningen-drenthe", DateSpan.of_month(2021, 4)),
                )
            assert member.end is None


def test_reading_takes_no_time() -> None:
    load_registry()  # pydantic is loaded once
    begun = time.process_time()
    load_registry()
    assert time.process_time() - begun < 0.1  # measured: 7 ms


def test_pydantic_waits_until_it_is_needed(tmp_path: Path) -> None:
    ran = program(
        "--version",
        folder=tmp_path,
        prelude="import normtool.files.networks_yaml, sys; assert 'pydantic' not in sys.modules",
    )
    assert ran.code == 0, ran.err
    assert sys.modules  # the prelude looked at those of another process


# --- a file of one's own --------------------------------------------------------------------------------------------


def test_the_example_of_the_documentation_is_read(tmp_path: Path) -> None:
    example = re.search(r"^```yaml\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert example is not None
    registry, found = own(tmp_path, example.group(1))
    assert registry is not None
    assert found == []
    network = registry.network("waard")
    assert network is not None
    assert (network.layer, network.own_term) == (None, "expertteam")
    day = DateSpan.of_day(date(2025, 3, 1))
    assert network.members[0] == Membership(
        organisation="dw", source="waard-2025", seen=DateSpan.of_month(2025, 3), role=Role.SIGNATORY, start=day
    )
    location = registry.organisation("dw-oost")
    assert location is not None
    assert (location.kind, location.parent) == (OrganisationKind.LOCATION, "dw")
    assert find_organisation(registry, "stichting ziekenhuis de waard").organisation == registry.organisation("dw")


def test_own_networks_come_beside_the_built_in_ones(tmp_path: Path) -> None:
    text = OWN.replace("organisation: dw,", "organisation: mst,")
    registry, found = own(tmp_path, text)
    assert registry is not None
    assert found == []
    assert [item.id for item in registry.networks] == [*(item.id for item in built_in().networks), "waard"]
    assert registry.organisation_of(registry.networks[-1].members[0]).name == "Medisch Spectrum Twente"


def test_an_own_entry_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    text = (
        OWN.replace("id: waard\n", "id: onz\n")
        .replace("id: dw,", "id: mst,")
        .replace("organisation: dw", "organisation: mst")
    )
    registry, found = own(tmp_path, text)
    assert registry is not None
    assert [item[0] for item in found] == ["NT720", "NT720"]
    assert [item.id for item in registry.networks] == [item.id for item in built_in().networks]
    network, hospital = registry.network("onz"), registry.organisation("mst")
    assert network is not None
    assert hospital is not None
    assert (network.code, hospital.name, hospital.abbreviation) == ("WAARD", "Ziekenhuis De Waard", "")


def test_the_same_own_id_twice_stays_a_fault(tmp_path: Path) -> None:
    line = "  - {id: mst, name: Ziekenhuis De Waard, kind: hospital, source: waard-2025}\n"
    text = OWN.replace("networks:\n", line + line.replace("De Waard", "Rivierzicht") + "networks:\n", 1)
    text = text.replace("  - {id: dw, name: Ziekenhuis De Waard, kind: hospital, source: waard-2025}\n", "")
    registry, found = own(tmp_path, text)
    assert registry is None
    assert "NT130" in [item[0] for item in found]


TIMES = {
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
    "2025-04-01": (date(2025, 4, 1), date(2025, 4, 1)),
    '"2025"': (date(2025, 1, 1), date(2025, 12, 31)),
    "2024-10/2025-02": (date(2024, 10, 1), date(2025, 2, 28)),
    "2021/2022": (date(2021, 1, 1), date(2022, 12, 31)),
}


@pytest.mark.parametrize(("written", "days"), TIMES.items())
def test_a_time_is_a_year_a_month_a_day_or_from_one_to_another(
    written: str, days: tuple[date, date], tmp_path: Path
) -> None:
    registry, found = own(tmp_path, OWN.replace("seen: 2025", f"seen: {written}").replace("2025-03-01", "2026"))
    assert found == []
    assert registry is not None
    assert registry.networks[-1].members[0].seen == DateSpan(*days)


@pytest.mark.parametrize(
    "written",
    [
        "voorjaar",
        "2025-13",
        "2025-02-30",
        "25",
        "2025/",
        "/2025",
        "2025/2024",
        "2023/2024/2025",
        "",
        "[2025]",
        "true",
        "0000",
        "1-4-2025",
        "2025-4-1",
    ],
)
def test_another_time_is_refused_where_it_stands(written: str, tmp_path: Path) -> None:
    text = OWN.replace("seen: 2025, ", f"seen: {written}, ")
    registry, found = own(tmp_path, text)
    assert registry is None
    ((code, *at),) = found
    assert code == "NT701"
    assert at[:2] == list(place(text, "seen:"))[:2]


FAULTS = [
    # what stood there, what stands there now, code, where
    ("kind: hospital", "kind: ziekenhuis", "NT116", "kind: ziekenhuis"),
    ("kind: hospital", "sort: hospital, kind: hospital", "NT113", "sort:"),
    ("kind: hospital, source", "kind: hospital, parnt: dw, source", "NT112", "parnt:"),
    ("seen: 2025, ", "", "NT114", "- {organisation"),
    ("name: Netwerk De Waard", "name: 7", "NT117", "name: 7"),
    (
        "    source: waard-2025\n    members",
        "    source: waard-2025\n    note: Let op\n    members",
        "NT118",
        "note:",
    ),
    (
        "    source: waard-2025\n    members",
        "    source: waard-2025\n    note: {nl: x}\n    members",
        "NT115",
        "note:",
    ),
    ("    source: waard-2025\n    members", "    source: waard-2025\n    also: Waard\n    members", "NT123", "also:"),
    (
        "    source: waard-2025\n    members",
        "    source: waard-2025\n    layer: regio\n    members",
        "NT116",
        "layer:",
    ),
    ("networks:\n", "network: []\nnetworks:\n", "NT112", "network:"),
    ("networks:\n", "versie: 2\nnetworks:\n", "NT113", "versie:"),
    ("code: WAARD\n", "code: WAARD\n    code: DW\n", "NT108", "code: DW"),
    ("code: WAARD\n", "\tcode: WAARD\n", "NT106", "\tcode"),
]


@pytest.mark.parametrize(("was", "now", "code", "piece"), FAULTS)
def test_a_fault_is_named_where_it_stands(was: str, now: str, code: str, piece: str, tmp_path: Path) -> None:
    assert OWN.count(was) == 1
    text = OWN.replace(was, now)
    registry, found = own(tmp_path, text)
    assert registry is None
    ((said, file, line, _),) = found
    assert (said, file, line) == (code, *place(text, piece)[:2])


@pytest.mark.parametrize(
    ("text", "code"), [("", "NT111"), ("- een\n- twee\n", "NT124"), ("networks: waard\n", "NT123")]
)
def test_a_file_of_another_shape_is_refused(text: str, code: str, tmp_path: Path) -> None:
    registry, found = own(tmp_path, text)
    assert registry is None
    assert [item[:2] for item in found] == [(code, "eigen.yaml")]


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        OWN.replace("kind: hospital", "kind: huis").replace("code: WAARD", "code: 7").replace("seen: 2025", "seen: x")
    )
    _, found = own(tmp_path, text)
    assert [item[0] for item in found] == ["NT116", "NT117", "NT701"]


@pytest.mark.parametrize(
    ("time", "fits"), [("2025", True), (2025, True), ("2025-04/2026", True), ("voorjaar", False)]
)
def test_the_schema_for_editors_knows_how_a_time_is_written(time: str | int, fits: bool) -> None:
    source = {"id": "x", "title": "Opgave", "kind": "primary", "address": "De Waard", "published": time}
    assert jsonschema.Draft202012Validator(networks_schema()).is_valid({"sources": [source]}) is fits


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    read = read_registry(tmp_path / "weg.yaml")
    assert read.registry is None
    (item,) = read.diagnostics
    assert (item.code, item.place) == ("NT700", FilePlace(file="weg.yaml"))


def test_a_folder_or_a_file_in_another_coding_cannot_be_read(tmp_path: Path) -> None:
    assert [item.code for item in load_registry(tmp_path)[1]] == ["NT103"]
    (tmp_path / "eigen.yaml").write_bytes(OWN.replace("De Waard", "Zuid").encode() + "# é\n".encode("latin-1"))
    assert [item.code for item in load_registry(tmp_path / "eigen.yaml")[1]] == ["NT104"]
