"""`networks list|show|check`: what the seeds say of the members is read back out of what the program shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from normtool.core.networks import ALIAS_SOURCES
from normtool.texts import LANGUAGES
from tests.e2e.running import Ran, here


def shown(name: str = "", *options: str) -> dict[str, Any]:
    """What `networks show` gives as JSON."""
    ran = here("networks", "show", *([name] if name else []), *options, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    return dict(ran.json)


def only(said: dict[str, Any], identity: str) -> dict[str, Any]:
    return next(dict(item) for item in said["networks"] if item["id"] == identity)


def names(network: dict[str, Any], source: str, *kinds: str) -> set[str]:
    """The members of these kinds (all: every one) that a source names."""
    return {
        item["name"]
        for item in network["members"]
        if not kinds or item["kind"] in kinds
        if any(statement["source"] == source for statement in item["statements"])
    }


# --- the seeds ------------------------------------------------------------------------------------------------------

S0 = """\
- Oncologisch Netwerk Friesland (ONF): Antonius Ziekenhuis, Medisch Centrum Leeuwarden, Nij Smellinghe, \
Tjongerschans, Radiotherapeutisch Instituut Friesland (RIF)
- Oncologienetwerk Veluwe IJssel: Deventer Ziekenhuis, Gelre ziekenhuizen, Isala, Radiotherapiegroep Deventer
- ONZ netwerk: Medisch Spectrum Twente, Saxenburgh Medisch Centrum, Streekziekenhuis Koningin Beatrix, \
Ziekenhuisgroep Twente
- Oncologienetwerk Groningen-Drenthe: Martini Ziekenhuis, Ommelander Ziekenhuis Groningen, Wilhelmina Ziekenhuis \
Assen, Treant Zorggroep, Universitair Medisch Centrum Groningen"""
"""Seed 000: ‘De vier deelregio’s met deelnemende ziekenhuizen aan het oncologienetwerk in Noord en Oost Nederland
zijn:’."""

LISTS = {
    "onf": (
        "Oncologisch Netwerk Friesland (ONF)",
        [
            "Antonius Ziekenhuis",
            "Medisch Centrum Leeuwarden",
            "Nij Smellinghe",
            "Tjongerschans",
            "Radiotherapeutisch Instituut Friesland",
        ],
    ),
    "ovij": (
        "Oncologienetwerk Veluwe IJssel",
        ["Deventer Ziekenhuis", "Gelre ziekenhuizen", "Isala", "Radiotherapiegroep Deventer"],
    ),
    "onz": (
        "ONZ netwerk",
        [
            "Medisch Spectrum Twente",
            "Saxenburgh Medisch Centrum",
            "Streekziekenhuis Koningin Beatrix",
            "Ziekenhuisgroep Twente",
        ],
    ),
    "groningen-drenthe": (
        "Oncologienetwerk Groningen-Drenthe",
        [
            "Martini Ziekenhuis",
            "Ommelander Ziekenhuis Groningen",
            "Wilhelmina Ziekenhuis Assen",
            "Treant Zorggroep",
            "Universitair Medisch Centrum Groningen",
        ],
    ),
}


@pytest.mark.parametrize("identity", LISTS)
def test_the_lists_of_seed_000_are_read_back(identity: str) -> None:
    called, listed = LISTS[identity]
    line = next(line for line in S0.splitlines() if line.startswith(f"- {called}:"))
    assert re.sub(r" \([A-Z]+\)", "", line.partition(": ")[2]).split(", ") == listed
    said = shown(called)
    assert [item["id"] for item in said["networks"]] == [identity]
    assert names(only(said, identity), "S0") == set(listed)


def test_the_sub_networks_of_the_north_east_have_5_4_4_and_5_hospital_organisations() -> None:
    said = shown("ccn-no")
    assert [item["id"] for item in said["networks"]] == ["ccn-no", "onf", "ovij", "onz", "groningen-drenthe"]
    assert [len(names(item, "S0")) for item in said["networks"]] == [0, 5, 4, 4, 5]
    assert sum(len(names(item, "S0", "hospital")) for item in said["networks"]) == 16


def test_onz_began_when_seed_001_says() -> None:
    """‘Op 30 maart 2023 ondertekenden MST, Saxenburgh, SKB en ZGT een samenwerkingsovereenkomst’ (seed 001)."""
    members = only(shown("onz"), "onz")["members"]
    signed = {
        item["abbreviation"] for item in members if (item["role"], item["start"]) == ("signatory", "2023-03-30")
    }
    assert signed == {"MST", "SXB", "SKB", "ZGT"}
    assert only(shown("onz", "--on", "29-3-2023"), "onz")["members"] == []
    assert len(only(shown("onz", "--on", "30-3-2023"), "onz")["members"]) == 4


PARTIES = {
    "hospital": [
        "Martini Ziekenhuis",
        "Ommelander Ziekenhuis Groningen",
        "Treant Zorggroep",
        "Universitair Medisch Centrum Groningen",
        "Wilhelmina Ziekenhuis Assen",
    ],
    "general_practice": ["HuisartsenZorg Drenthe", "Groninger Huisartsen Coöperatie"],
    "iknl": ["IKNL"],
    "patient_organisation": ["Zorgbelang Groningen", "Zorgbelang Drenthe"],
    "insurer": ["Menzis", "Zilveren Kruis Achmea"],
}


def test_groningen_drenthe_had_twelve_parties_in_2021() -> None:
    """‘een samenwerking tussen de vijf ziekenhuisorganisaties in Groningen en Drenthe (Martini Ziekenhuis, Ommelander
    Ziekenhuis Groningen, Treant Zorggroep, UMCG en Wilhelmina Ziekenhuis Assen) en zeven zorgorganisaties:
    HuisartsenZorg Drenthe, Groninger Huisartsen Coöperatie, IKNL, Zorgbelang Groningen, Zorgbelang Drenthe, Menzis en
    Zilveren Kruis Achmea’ (seed 002)."""
    network = only(shown("groningen-drenthe", "--on", "2021-12-31"), "groningen-drenthe")
    assert network["counts"] == {"members": 12, "hospitals": 5}
    assert {kind: names(network, "S2", kind) for kind in PARTIES} == {k: set(v) for k, v in PARTIES.items()}
    assert {item["role"] for item in network["members"] if item["kind"] == "hospital"} == {"signatory"}
    assert {item["role"] for item in network["members"] if item["kind"] != "hospital"} == {"participant"}
    claims = {(item["what"], item["number"], item["source"], item["seen"]) for item in network["claims"]}
    assert claims == {("parties", 12, "S2", "2021-04"), ("hospitals", 5, "S2", "2021-04")}
    assert only(shown("groningen-drenthe", "--on", "2021-03-31"), "groningen-drenthe")["members"] == []


def test_erasmus_mc_is_in_both_sub_networks_of_the_south_west() -> None:
    """‘Het Erasmus MC is als academisch ziekenhuis in beide netwerken (hoofd)vertegenwoordiger.’ (seed 003)"""
    said = shown("zuidwest")
    assert [item["id"] for item in said["networks"]] == ["zuidwest", "embraze", "concord"]
    for identity, other in (("embraze", "CONCORD"), ("concord", "EMBRAZE")):
        (found,) = [item for item in only(said, identity)["members"] if item["organisation"] == "erasmus-mc"]
        assert other in found["also_in"]
        assert "S3" in {statement["source"] for statement in found["statements"]}
    region = only(said, "zuidwest")
    assert (
        region["counts"]["members"]
        == sum(only(said, item)["counts"]["members"] for item in ("embraze", "concord")) - 1
    )
    assert (region["own_term"], region["own_term_source"]) == ("netwerktumorgroep", "S3")


def test_three_numbers_of_the_north_east_stand_side_by_side() -> None:
    """‘17 partijen, 4 netwerken’ (seed 004); 16 in the press; 18 names in seed 000."""
    claims = only(shown("ccn-no"), "ccn-no")["claims"]
    assert {(item["what"], item["number"], item["source"]) for item in claims} == {
        ("sub_networks", 4, "S0"),
        ("sub_networks", 4, "S4"),
        ("hospitals", 16, "skipr-2024-02"),
        ("parties", 18, "S0"),
        ("parties", 17, "S4"),
    }


# --- the dossier ----------------------------------------------------------------------------------------------------

DOSSIER = {
    "onf": "Antonius (Sneek), MCL, Nij Smellinghe, Tjongerschans, RIF",
    "ovij": "Deventer, Gelre, Isala, Radiotherapiegroep Deventer",
    "onz": "MST, Saxenburgh, SKB, ZGT",
    "groningen-drenthe": "Martini, OZG, WZA, Treant, UMCG",
    "noord-holland-flevoland": "Amsterdam UMC, AVL, BovenIJ, Tergooi, OLVG, Noordwest, Dijklander, St Jansdal",
    "midden": "UMC Utrecht, Diakonessenhuis, Meander, Beatrix, Rivierenland, St. Antonius, Tergooi, Gelderse Vallei",
    "oost": "Bernhoven, CWZ, Jeroen Bosch, Maasziekenhuis Pantein, Radboudumc, Rijnstate, Slingeland, "
    "Gelderse Vallei, Radiotherapiegroep",
    "zuidoost": "Catharina, Elkerliek, Laurentius, MUMC+, Máxima, SJG Weert, St. Anna, VieCuri, Zuyderland, Maastro",
    "embraze": "Adrz, Amphia, Bravis, ETZ, Erasmus MC, Verbeeten, Jeroen Bosch, ZorgSaam, ZRTI",
    "concord": "ASz, Franciscus, Erasmus MC, Ikazia, Maasstad, IJsselland, Rivas, Spijkenisse, Van Weel-Bethesda",
    "west": "Alrijne, Groene Hart, Haga, HMC, LangeLand, LUMC, Reinier de Graaf",
}
"""Domain dossier, §6: ‘members met’, with who moved or sits in two (‘Design consequence’)."""


@pytest.mark.parametrize(("identity", "listed"), DOSSIER.items())
def test_every_name_of_the_dossier_is_there(identity: str, listed: str) -> None:
    network = only(shown(identity), identity)
    spelt = [
        {
            item["organisation"],
            item["name"],
            item["abbreviation"],
            *item["also"],
            *(a["name"] for a in item["aliases"]),
        }
        for item in network["members"]
    ]
    found = [[n for n, spellings in enumerate(spelt) if name in spellings] for name in listed.split(", ")]
    assert all(len(where) == 1 for where in found)
    if identity != "groningen-drenthe":  # it has seven parties more, in seed 002
        assert len(network["members"]) == len(found)


def test_who_moved_or_sits_in_two_is_kept_in_both() -> None:
    said = shown()
    sitting = {
        organisation: {
            item["id"] for item in said["networks"] for m in item["members"] if m["organisation"] == organisation
        }
        for organisation in ("erasmus-mc", "jbz", "gelderse-vallei", "tergooi", "rivas", "beatrix")
    }
    assert sitting == {
        "erasmus-mc": {"embraze", "concord"},
        "jbz": {"embraze", "oost"},
        "gelderse-vallei": {"midden", "oost"},
        "tergooi": {"noord-holland-flevoland", "midden"},
        "rivas": {"concord"},
        "beatrix": {"midden"},
    }
    (beatrix,) = [item for item in only(said, "midden")["members"] if item["organisation"] == "beatrix"]
    assert beatrix["parent"] == "rivas"
    assert [statement["seen"] for statement in beatrix["statements"]] == ["2022", "2025-07"]


def test_five_hospitals_that_nobody_names_are_a_number_and_no_members() -> None:
    network = only(shown("OncoNoVo+"), "noord-holland-flevoland")
    assert network["counts"] == {"members": 8, "hospitals": 8}
    assert [(item["what"], item["number"]) for item in network["claims"]] == [("hospitals", 13)]


def test_everything_has_a_source() -> None:
    said = shown()
    known = {item["id"] for item in said["sources"]}
    for item in said["sources"]:
        assert item["title"]
        assert item["address"]
        assert item["kind"] in ("primary", "secondary")
    for network in said["networks"]:
        statements = [statement for item in network["members"] for statement in item["statements"]]
        assert all(item["statements"] for item in network["members"])
        things = [network, *network["members"], *network["claims"], *statements]
        assert {thing["source"] for thing in things} <= known
        aliases = [*network["aliases"], *(alias for item in network["members"] for alias in item["aliases"])]
        assert {alias["source"] for alias in aliases} <= known | set(ALIAS_SOURCES)
        assert (network["own_term"] is None) is (network["own_term_source"] is None)
        assert all(thing["seen"] for thing in (*network["claims"], *statements))


def test_every_source_of_the_dossier_is_listed() -> None:
    listed = {(item["address"], (item["published"] or "")[:4]) for item in shown()["sources"]}
    for address, year in (
        ("oncologienetwerken.nl", "2021"),
        ("skipr.nl", "2024"),
        ("skipr.nl", "2025"),
        ("medicalfacts.nl", ""),
        ("medicalfacts.nl", "2021"),
        ("onconovo.nl", ""),
        ("medischeoncologie.nl", "2022"),
        ("medischeoncologie.nl", "2024"),
        ("maastro.nl", ""),
        ("etz.nl", "2016"),
        ("nfu.nl", "2018"),
        ("ro-west.nl", ""),
        ("hagaziekenhuis.nl", ""),
        ("mariehiemstra/Impactanalyse-concentratie-spreiding-tranche-1", "2025"),
    ):
        assert (address, year) in listed


# --- list, show, check ----------------------------------------------------------------------------------------------


def rows(ran: Ran) -> dict[str, tuple[int, int]]:
    """Code, hospitals and members of each line of the list."""
    found = re.findall(r"^ *(\S+) .* (\d+) +(\d+)$", ran.out, re.MULTILINE)
    return {code: (int(hospitals), int(members)) for code, hospitals, members in found}


@pytest.mark.parametrize("group", ["networks", "standards"])
def test_a_group_without_a_verb_shows_its_verbs(group: str) -> None:
    ran = here(group)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == here(group, "--help").out


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_names_the_regions_with_their_sub_networks(language: str) -> None:
    ran = here("networks", "list", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert "31\u00a0juli\u00a02025" in ran.out or "31 July 2025" in ran.out.replace("\u00a0", " ")
    assert "--on" in ran.out
    found = rows(ran)
    assert [code for code in found if not re.search(rf"^  {re.escape(code)} ", ran.out, re.MULTILINE)] == [
        "CCN-NO",
        "OncoNoVo+",
        "Oncomid",
        "Onco-Oost",
        "OncoZON",
        "Zuidwest",
        "RO-West",
    ]
    assert (found["ONF"], found["Groningen-Drenthe"], found["OncoNoVo+"]) == ((4, 5), (5, 12), (8, 8))
    on = rows(here("networks", "list", "--lang", language, "--on", "31-12-2021"))
    assert (on["ONZ"], on["Groningen-Drenthe"]) == ((0, 0), (5, 12))
    said = here("networks", "list", "--on", "2021-12-31", "--format", "json").json
    assert said["on"] == "2021-12-31"
    assert {item["code"]: (item["counts"]["hospitals"], item["counts"]["members"]) for item in said["networks"]} == on


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", [("list",), ("show",), ("show", "ccn-no", "--on", "31-12-2021"), ("check",)])
def test_every_screen_fits_80_columns(arguments: tuple[str, ...], language: str) -> None:
    ran = here("networks", *arguments, "--lang", language)
    assert ran.code == 0
    lines = (ran.out + ran.err).splitlines()
    assert max(map(len, lines)) <= 80
    assert not any("\x1b" in line for line in lines)


def test_show_tells_who_says_what_and_when() -> None:
    ran = here("networks", "show", "concord")
    text = " ".join(ran.out.replace("\u00a0", " ").split())
    assert "CONCORD CONCORD deelnetwerk van Zuidwest; 9 ziekenhuizen" in text
    assert "- Rivas ziekenhuis; deelnemer; genoemd: 29 november 2018 (nfu-2018)" in text
    assert "ook in EMBRAZE" in text
    assert "nfu-2018: nfu.nl, Deelnemers van CONCORD (29 november 2018)" in text
    groningen = " ".join(here("networks", "show", "groningen-drenthe").out.replace("\u00a0", " ").split())
    assert "deelnetwerk van CCN-NO; 5 ziekenhuizen, 7 andere partijen" in groningen
    assert (
        "ziekenhuis; ondertekenaar; sinds april 2021; genoemd: april 2021 (S2), januari – maart 2024 (S0)"
        in groningen
    )
    assert "Volgens S2 (april 2021): 12 partijen" in groningen


def test_show_tells_of_ends_periods_and_who_is_reviewed(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text(
        "sources: [{id: x, title: Opgave, kind: primary, address: De Waard}]\n"
        "organisations:\n"
        "  - {id: dw, name: De Waard, kind: hospital, source: x}\n"
        "  - {id: oost, name: De Waard Oost, kind: location, parent: dw, source: x}\n"
        "networks:\n"
        "  - id: waard\n    code: WAARD\n    name: Netwerk De Waard\n    source: x\n    layer: region\n"
        "    unit_of_review: sub_network\n"
        "    members:\n"
        "      - {organisation: dw, seen: 2021/2022, start: 2020, end: 2024-06-30, source: x}\n"
        "      - {organisation: oost, seen: 2021-03-01/2021-04-15, source: x}\n",
        encoding="utf-8",
    )
    ran = here("networks", "show", "waard", "--networks", "eigen.yaml", "--on", "2023-01-01", folder=tmp_path)
    text = " ".join(ran.out.replace("\u00a0", " ").split())
    assert "regio; 1 ziekenhuis, 1 locatie Eenheid van toetsing: het deelnetwerk" in text
    assert "deelnemer; sinds 2020; tot en met 30 juni 2024; genoemd: 2021 – 2022 (x)" in text
    assert "locatie; deelnemer; genoemd: maart – april 2021 (x); onderdeel van De Waard" in text
    assert "x: De Waard, Opgave (zonder datum)" in text
    said = json.loads(
        here("networks", "show", "waard", "--networks", tmp_path / "eigen.yaml", "--format", "json").out
    )
    assert [item["organisation"] for item in said["networks"][0]["members"]] == ["oost"]


@pytest.mark.parametrize("name", ["Erasmus MC", "EMC", "erasmus mc"])
def test_an_organisation_is_shown_with_the_networks_it_takes_part_in(name: str) -> None:
    ran = here("networks", "show", name)
    text = " ".join(ran.out.replace("\u00a0", " ").split())
    assert "Erasmus MC (EMC) ziekenhuis - EMBRAZE deelnemer; genoemd: 2016 (etz-2016), 2014 – 2022 (S3)" in text
    assert "- CONCORD deelnemer; genoemd: 29 november 2018 (nfu-2018), 2014 – 2022 (S3)" in text
    assert "nfu-2018: nfu.nl, Deelnemers van CONCORD" in text
    said = here("networks", "show", name, "--format", "json").json
    assert (said["organisation"]["organisation"], [item["id"] for item in said["networks"]]) == (
        "erasmus-mc",
        ["embraze", "concord"],
    )


def test_an_organisation_that_takes_no_part_says_so_with_its_names_and_its_whole() -> None:
    apart = " ".join(here("networks", "show", "ARTZ").out.split())
    assert "andere organisatie" in apart
    assert "neemt op deze dag aan geen enkel netwerk deel" in apart
    part = " ".join(here("networks", "show", "Radiotherapiegroep Deventer").out.split())
    assert "Onderdeel van Radiotherapiegroep" in part
    assert "- OVIJ: Oncologienetwerk Veluwe-IJssel deelnemer" in part


@pytest.mark.parametrize(
    ("name", "language", "sentence"),
    [
        ("embrace", "nl", "er is geen netwerk of organisatie embrace in het register; bedoelt u EMBRAZE?"),
        ("embrace", "en", "there is no network or organisation embrace in the registry; do you mean EMBRAZE?"),
        ("erasmus", "nl", "er is geen netwerk of organisatie erasmus in het register; bedoelt u Erasmus MC?"),
        ("maastadt", "nl", "er is geen netwerk of organisatie maastadt in het register; bedoelt u Maasstad?"),
        ("voorbeeldland", "nl", "er is geen netwerk of organisatie voorbeeldland in het register"),
    ],
)
def test_an_unknown_network_is_wrong_use(name: str, language: str, sentence: str) -> None:
    ran = here("networks", "show", name, "--lang", language)
    assert (ran.code, ran.out, " ".join(ran.err.split())) == (2, "", sentence)
    assert here("networks", "show", name, "--lang", language, "--format", "json").json["error"] == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_says_that_the_registry_is_sound_and_what_is_good_to_know(language: str) -> None:
    ran = here("networks", "check", "--lang", language)
    assert ran.code == 0
    assert "18 (S0), 17 (S4)" in ran.err
    said = here("networks", "check", "--format", "json").json
    assert (said["networks"], said["regions"], said["sub_networks"]) == (13, 7, 6)
    assert {item["severity"] for item in said["diagnostics"]} == {"note"}
    several = {item["facts"]["organisation"] for item in said["diagnostics"] if item["code"] == "NT722"}
    assert several == {"Erasmus MC", "Jeroen Bosch", "Gelderse Vallei", "Tergooi"}
    quiet = here("networks", "check", "--quiet", "--lang", language)
    assert (quiet.code, quiet.out, quiet.err) == (0, ran.out, "")


@pytest.mark.parametrize("arguments", [("list",), ("show",), ("show", "onz"), ("check",)])
def test_a_file_with_faults_is_refused_by_every_verb(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text("network: []\n", encoding="utf-8")
    ran = here("networks", *arguments, "--networks", "eigen.yaml", folder=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "NT112  eigen.yaml:1:1" in ran.err


def test_check_takes_its_file_as_an_argument_too(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text("networks: []\n", encoding="utf-8")
    ran = here("networks", "check", "eigen.yaml", folder=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("eigen.yaml is in orde.")
    assert here("networks", "check", "weg.yaml", folder=tmp_path).code == 1


def test_a_warning_about_an_own_network_does_not_stop_it(tmp_path: Path) -> None:
    text = "networks: [{id: waard, code: WAARD, name: Netwerk De Waard, source: algemeen}]\n"
    (tmp_path / "eigen.yaml").write_text(text, encoding="utf-8")
    ran = here("networks", "show", "waard", "--networks", "eigen.yaml", folder=tmp_path)
    assert ran.code == 0
    assert "NT716" in ran.err
    assert "netwerk zonder regio; geen deelnemers bekend" in ran.out
