"""The invented region Wolkenland: a region, three sub-networks, and what comes of them, worked out by hand.

The tables below were written from the lists in script/samples/regio-wolkenland and docs/method.md before the program
was run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from normtool.core.assessment import Assessment, RowResult, RowState
from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import Evidence
from normtool.core.intake import take_in
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from normtool.files.workbooks_xlsx import read_workbook
from tests.conftest import SAMPLES, built_in
from tests.e2e.reading import read_dossier
from tests.e2e.running import Ran, here
from tests.fictional_norms import averaged, bound_lung, with_borders
from tests.test_docs import ROOT, shown_commands

FOLDER = SAMPLES / "fictional" / "regio-wolkenland"
NETWORKS = FOLDER / "netwerken.yaml"
SUB_NETWORKS = ("Hagelveen", "Mistmark", "Regenoord")


def form_of(network: str) -> Path:
    """The filled-in form of the region or of a sub-network."""
    return FOLDER / f"{network.lower()}-2026.xlsx"


@dataclass(frozen=True, slots=True)
class Made:
    """What `assess --region` gave: the run, and the dossiers of the region and its sub-networks by code."""

    ran: Ran
    folder: Path
    dossiers: dict[str, Any]


def made_of(folder: Path, *evidence: Path) -> Made:
    """Assess the region from these forms."""
    options = ("--region", "wolkenland", "--networks", NETWORKS, "--only", "html", "--format", "json")
    ran = here("assess", *evidence, *options, "-o", folder)
    assert ran.code == 0, ran.out + ran.err
    found = [read_dossier(path.parent) for path in folder.rglob("dossier.json")]
    return Made(ran, folder, {dossier["network"]["code"]: dossier for dossier in found})


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The whole region, from its folder."""
    return made_of(tmp_path_factory.mktemp("regio") / "uit", FOLDER)


def indicators(dossier: Any) -> dict[str, Any]:
    return {item["id"]: item for standard in dossier["standards"] for item in standard["indicators"]}


def bounded(item: Any) -> str:
    """A verdict, with its bounds while it is unknown."""
    if item["verdict"] == "unknown" and item["worst"]:
        return f"{item['worst']} … {item['best']}"
    return str(item["verdict"])


@cache
def taken_in(name: str) -> tuple[Evidence, Diagnostics]:
    """One form by itself."""
    grid, found = read_workbook(form_of(name))
    assert grid is not None, found
    evidence, more = take_in(built_in(), (grid,))
    assert evidence is not None, more
    return evidence, (*found, *more)


def assessed(name: str, framework: Framework) -> tuple[Assessment, Diagnostics]:
    """One form by itself, against these norms."""
    return assess(framework, taken_in(name)[0])


# ---------------------------------------------------------------- the registry


def test_the_registry_of_the_region_is_sound() -> None:
    ran = here("networks", "check", NETWORKS, "--format", "json")
    assert ran.code == 0
    own = [item for item in ran.json["diagnostics"] if "netwerken.yaml" in (item["file"] or "")]
    assert not [item for item in own if item["severity"] == "error"]


def members_of(network: str, day: str) -> set[str]:
    shown = here("networks", "show", network, "--networks", NETWORKS, "--on", day, "--format", "json").json
    return {member["organisation"] for member in find(shown, "members")}


def find(value: Any, key: str) -> list[Any]:
    """The first list under this key, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get(key), list):
            return list(value[key])
        value = list(value.values())
    if isinstance(value, list):
        return next((found for item in value if (found := find(item, key))), [])
    return []


def test_a_hospital_moved_and_another_is_in_two_sub_networks() -> None:
    assert "sne" in members_of("Mistmark", "31-12-2023")
    assert "sne" not in members_of("Mistmark", "1-1-2024")
    assert "sne" in members_of("Regenoord", "1-1-2024")
    assert {"umcw", "ppw"} <= members_of("Mistmark", "31-12-2025") & members_of("Regenoord", "31-12-2025")


def listed_members(path: Path) -> dict[str, tuple[Any, ...]]:
    """The rows of *Deelnemers*: name, kind, parent and role by id."""
    rows = list(openpyxl.load_workbook(path)["Deelnemers"].iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == "Id")
    wanted = [rows[start].index(header) for header in ("Naam", "Soort", "Onderdeel van", "Rol")]
    return {str(row[0]): tuple(row[number] for number in wanted) for row in rows[start + 1 :] if row[0]}


@pytest.mark.parametrize("network", ["Wolkenland", *SUB_NETWORKS])
def test_the_template_knows_the_members_of_the_sample(network: str, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    ran = here("template", network, "--year", "2026", "--networks", NETWORKS, "-o", form)
    assert ran.code == 0, ran.err
    assert listed_members(form) == listed_members(form_of(network))


# ---------------------------------------------------------------- the forms by themselves


@pytest.mark.parametrize("network", ["Wolkenland", *SUB_NETWORKS])
def test_a_form_reads_without_errors_or_notes(network: str) -> None:
    evidence, found = taken_in(network)
    assert [(item.code, item.place) for item in found] == []
    assert evidence.network.nature.value == "fictional"


def test_a_university_hospital_says_the_same_in_both_its_sub_networks() -> None:
    def said(network: str, register: str) -> set[tuple[object, ...]]:
        rows = taken_in(network)[0].register(register).rows
        hidden = {"documents", "explanation", "echelon", "mdt_route"}
        return {
            tuple((column, cell.value) for column, cell in row.values if column not in hidden)
            for row in rows
            if row.contents.get("location") == "UMCW" and row.contents.get("treats") is not False
        }

    assert said("Mistmark", "care") == said("Regenoord", "care")
    assert said("Regenoord", "volumes") < said("Mistmark", "volumes")


# ---------------------------------------------------------------- verdicts of the region

DERIVED = {
    # verdict (with bounds while it is unknown), how many sub-networks meet the norm, and which
    "N1.1": ("partly_met", "2 of 3", "Hagelveen, Mistmark"),
    "N1.2": ("met", "3 of 3", "Hagelveen, Mistmark, Regenoord"),
    "N1.3": ("partly_met", "2 of 3", "Mistmark, Regenoord"),
    "N1.4": ("partly_met", "2 of 3", "Mistmark, Regenoord"),
    "N1.5": ("partly_met", "2 of 3", "Mistmark, Regenoord"),
    "N1.7": ("partly_met", "2 of 3", "Mistmark, Regenoord"),
    "N2.3": ("partly_met", "1 of 3", "Mistmark"),
    "N2.4": ("partly_met … met", "2 of 3", "Hagelveen, Mistmark"),
    "N2.5": ("partly_met", "1 of 3", "Mistmark"),
    "N2.6": ("partly_met … met", "2 of 3", "Hagelveen, Mistmark"),
    "N2.7": ("own_approach", "2 of 3", "Hagelveen, Regenoord"),
    "N3.1": ("met", "3 of 3", "Hagelveen, Mistmark, Regenoord"),
    "N3.2": ("partly_met", "2 of 3", "Hagelveen, Mistmark"),
    "N3.5": ("partly_met", "1 of 3", "Mistmark"),
    "N3.6": ("partly_met", "2 of 3", "Mistmark, Regenoord"),
    "N3.7": ("partly_met", "1 of 3", "Mistmark"),
    "N4.1": ("partly_met", "2 of 3", "Mistmark, Regenoord"),
    "N4.4": ("met", "2 of 2", "Mistmark, Regenoord"),
    "N4.5": ("partly_met", "1 of 3", "Mistmark"),
    "N4.7": ("partly_met", "1 of 2", "Mistmark"),
    "N5.4": ("partly_met … met", "2 of 3", "Mistmark, Regenoord"),
    "N5.5": ("met", "2 of 2", "Mistmark, Regenoord"),
    "N6.1": ("partly_met", "1 of 3", "Mistmark"),
    "N6.2": ("met", "3 of 3", "Hagelveen, Mistmark, Regenoord"),
    "N6.3": ("partly_met", "1 of 3", "Mistmark"),
    "N6.5": ("not_met", "0 of 3", ""),
    "N6.6": ("met", "3 of 3", "Hagelveen, Mistmark, Regenoord"),
}
REGIONAL = {
    "N1.6": "met",
    "N1.8": "met",
    "N2.1": "met",
    "N2.2": "partly_met",
    "N4.3": "not_met … met",
    "N4.8": "own_approach",
    "N5.1": "met",
    "N5.2": "met",
    "N5.6": "met",
    "N6.4": "met",
}


def test_the_region_derives_what_its_sub_networks_came_to(region: Made) -> None:
    found = {}
    for name, item in indicators(region.dossiers["Wolkenland"]).items():
        steps = [step["facts"] for step in item["because"] if step["rule"] == "roll_up"]
        if item["origin"] == "derived" and steps:
            found[name] = (bounded(item), f"{steps[0]['met']} of {steps[0]['of']}", steps[0]["names"])
    assert found == DERIVED


def test_no_norm_anywhere_is_no_norm_in_the_region(region: Made) -> None:
    item = indicators(region.dossiers["Wolkenland"])["N4.6"]
    assert (item["verdict"], item["reason"], item["worst"]) == ("unknown", "no_norm", None)


def test_what_the_region_answers_is_the_same_in_every_sub_network(region: Made) -> None:
    own = indicators(region.dossiers["Wolkenland"])
    assert {name: bounded(own[name]) for name in REGIONAL} == REGIONAL
    for code in SUB_NETWORKS:
        results = indicators(region.dossiers[code])
        inherited = {name: item for name, item in results.items() if item["origin"] == "inherited"}
        assert inherited.keys() == REGIONAL.keys()
        for name, item in inherited.items():
            assert item["inherited_from"] == "Wolkenland"
            told = ("verdict", "reason", "worst", "best", "value", "because", "places", "documents", "rows")
            assert {key: item[key] for key in told} == {key: own[name][key] for key in told}, (code, name)


STANDARDS = {
    # worst and best verdict of the standards 1 to 6; m met, p partly, n not
    "Wolkenland": "pp pp pp pp pm pp",
    "Mistmark": "mm mm mm mm mm mm",
    "Regenoord": "pp np nn pp mm pp",
    "Hagelveen": "nn nn nn nn nm nn",
}


@pytest.mark.parametrize("code", STANDARDS)
def test_standards_are_judged_with_what_was_inherited(region: Made, code: str) -> None:
    found = " ".join(f"{item['worst'][0]}{item['best'][0]}" for item in region.dossiers[code]["standards"])
    assert found == STANDARDS[code]


def test_the_region_keeps_what_each_indicator_came_to_in_each_sub_network(region: Made) -> None:
    for name, item in indicators(region.dossiers["Wolkenland"]).items():
        assert [below["network"] for below in item["sub_networks"]] == list(SUB_NETWORKS), name
        for below in item["sub_networks"]:
            assert below["verdict"] == indicators(region.dossiers[below["network"]])[name]["verdict"]


def test_only_what_was_typed_and_differs_is_asked_about(region: Made) -> None:
    asked = sorted((item["code"], item["file"].rpartition("/")[2]) for item in region.ran.json["diagnostics"])
    assert asked == [("NT412", "regenoord-2026.xlsx"), ("NT792", "hagelveen-2026.xlsx")]


def test_a_sub_network_that_is_missing_is_unknown_and_named(tmp_path: Path) -> None:
    forms = [form_of(name) for name in ("Wolkenland", "Mistmark", "Regenoord")]
    made = made_of(tmp_path / "uit", *forms)
    results = indicators(made.dossiers["Wolkenland"])
    assert bounded(results["N1.2"]) == "partly_met … met"
    assert bounded(results["N6.5"]) == "not_met … partly_met"
    assert bounded(results["N3.2"]) == "partly_met"
    assert bounded(results["N5.1"]) == "met"
    assert [item["is_received"] for item in results["N1.2"]["sub_networks"]] == [False, True, True]
    assert any("Hagelveen" in json.dumps(item["facts"]) for item in made.ran.json["diagnostics"])


def test_a_dossier_of_a_sub_network_serves_as_well_as_its_form(region: Made, tmp_path: Path) -> None:
    alone = here("assess", form_of("Mistmark"), "--only", "html", "-o", tmp_path / "Mistmark")
    assert alone.code == 0, alone.err
    forms = [form_of(name) for name in ("Wolkenland", "Regenoord", "Hagelveen")]
    made = made_of(tmp_path / "uit", *forms, tmp_path / "Mistmark" / "dossier.json")
    for code, dossier in region.dossiers.items():
        told = {name: (bounded(item), item["origin"]) for name, item in indicators(dossier).items()}
        again = {name: (bounded(item), item["origin"]) for name, item in indicators(made.dossiers[code]).items()}
        assert again == told, code


# ---------------------------------------------------------------- volumes

CHECKS = [
    # network, location, treatment: number, then norm, total of minimum, and what came of it (in brackets: not bound)
    ("Mistmark", "UMCW", "lung-resection", 97, {"50": "97/50 (met)", "60": "97/60 (met)"}),
    ("Mistmark", "NEV", "lung-resection", 55, {"50": "55/50 (met)", "60": "55/60 (not_met)"}),
    ("Mistmark", "DAU-O", "rectal-resection", 13, {"20": "22/20 met"}),
    ("Mistmark", "DAU-W", "rectal-resection", 9, {"20": "22/20 met"}),
    ("Mistmark", "DAU-O", "partial-nephrectomy", 6, {"10": "10/10 met"}),
    ("Mistmark", "DAU-O", "cystectomy", 20, {"20": "20/20 met"}),
    ("Mistmark", "DAU-O", "prostatectomy", 101, {"100": "101/100 met"}),
    ("Mistmark", "NEV", "systemic-therapy-lung", 96, {"100": "96/100 (not_met)"}),
    ("Regenoord", "BUI-N", "rectal-resection", 19, {"20": "19/20 not_met"}),
    ("Regenoord", "BUI-N", "partial-nephrectomy", 5, {"10": "9/10 not_met"}),
    ("Regenoord", "BUI-Z", "partial-nephrectomy", 4, {"10": "9/10 not_met"}),
    ("Regenoord", "BUI-N", "lung-resection", 47, {"50": "47/50 (not_met)", "60": "47/60 (not_met)"}),
    ("Regenoord", "SNE", "rectal-resection", 24, {"20": "24/20 met"}),
    ("Regenoord", "SNE", "prostatectomy", 88, {"100": "88/100 not_met"}),
    ("Hagelveen", "DON", "rectal-resection", 20, {"20": "20/20 met"}),
]


def rows_of(dossier: Any) -> Iterator[Any]:
    for name in ("N3.2", "N4.6"):
        yield from indicators(dossier)[name]["rows"]


@pytest.mark.parametrize(("network", "location", "treatment", "number", "expected"), CHECKS)
def test_a_volume_beside_its_norms(
    region: Made, network: str, location: str, treatment: str, number: int, expected: dict[str, str]
) -> None:
    row = next(item for item in rows_of(region.dossiers[network]) if item["key"] == [location, treatment])
    told = {}
    for check in row["checks"]:
        state = check["state"] if check["is_bound"] else f"({check['state']})"
        told[str(check["minimum"])] = f"{check['total']}/{check['minimum']} {state}"
    assert (row["number"], told) == (number, expected)


def test_norms_of_an_institution_add_up_its_locations(region: Made) -> None:
    row = next(
        item for item in rows_of(region.dossiers["Mistmark"]) if item["key"] == ["DAU-W", "partial-nephrectomy"]
    )
    assert [check["locations"] for check in row["checks"]] == [["DAU-O", "DAU-W"]]


def test_a_definitive_number_goes_before_a_provisional_one() -> None:
    rows = taken_in("Regenoord")[0].register("volumes").rows
    typed = {
        (row.contents["number"], row.contents["standing"])
        for row in rows
        if row.contents.get("location") == "SNE"
        and row.contents.get("treatment") == "rectal-resection"
        and row.contents.get("year") == 2025
    }
    assert typed == {(18, "provisional"), (24, "definitive")}


def volume_rows(network: str, framework: Framework, indicator: str = "N3.2") -> dict[tuple[str, ...], RowResult]:
    result = assessed(network, framework)[0].indicator(indicator)
    assert result is not None
    return {row.key: row for row in result.rows}


def test_the_worst_stands_once_both_lung_norms_bind() -> None:
    rows = volume_rows("Mistmark", bound_lung(built_in()))
    assert rows["UMCW", "lung-resection"].state is RowState.MET
    nevelborg = rows["NEV", "lung-resection"]
    assert nevelborg.state is RowState.NOT_MET
    assert {check.minimum: check.state.value for check in nevelborg.checks} == {50: "met", 60: "not_met"}


def test_a_mean_of_three_years_is_compared_as_a_sum() -> None:
    framework = averaged(built_in(), "rectal-resection", 20)
    sums = {}
    for network in ("Mistmark", "Regenoord", "Hagelveen"):
        for (location, treatment), row in volume_rows(network, framework).items():
            checks = {check.norm: check for check in row.checks}
            mean = checks.get("mean-rectal-resection")
            if treatment == "rectal-resection" and mean is not None and location != "UMCW":
                sums[location] = (mean.total, mean.minimum, mean.state.value)
    assert sums == {
        "NEV": (26 + 24 + 22, 60, "met"),
        "DAU-O": (13 + 15 + 14, 60, "not_met"),
        "DAU-W": (9 + 8 + 7, 60, "not_met"),
        "BUI-N": (19 + 23 + 18, 60, "met"),
        "SNE": (24 + 21 + 22, 60, "met"),
        "DON": (20 + 14 + 15, 60, "not_met"),
    }


# ---------------------------------------------------------------- echelons


def echelons(network: str, framework: Framework) -> dict[tuple[str, str], tuple[str, tuple[str, ...], str]]:
    """Stated, possible and would-be levels by location and group."""
    return {
        (item.location, item.group): (item.stated, item.possible, item.would_be)
        for item in assessed(network, framework)[0].echelons
    }


def test_echelons_stay_open_while_no_border_is_in_force() -> None:
    found = echelons("Mistmark", built_in())
    assert found["NEV", "lung"][:2] == ("1", ("1", "2", "3"))
    assert found["UMCW", "lung"] == ("1", ("1", "2", "3"), "1")


CONFLICTS = {"Mistmark": [("NEV", "lung")], "Regenoord": []}


@pytest.mark.parametrize("network", CONFLICTS)
def test_a_stated_echelon_conflicts_only_once_borders_are_in_force(network: str) -> None:
    framework = with_borders(built_in(), specific={"lung": 100}, generic=45)
    found = {key: (stated, possible) for key, (stated, possible, _) in echelons(network, framework).items() if stated}
    conflicts = [key for key, (stated, possible) in found.items() if len(possible) == 1 and stated != possible[0]]
    assert conflicts == CONFLICTS[network]
    codes = {item.code for item in assessed(network, framework)[1]} - {
        item.code for item in assessed(network, built_in())[1]
    }
    assert bool(codes) is bool(conflicts)


def test_an_unpublished_border_leaves_two_levels_open() -> None:
    found = echelons("Mistmark", with_borders(built_in(), specific={"lung": 100}))
    assert found["UMCW", "lung"][1] == ("1",)
    assert found["NEV", "lung"][1] == ("2", "3")
    assert found["DAU-O", "lung"][1] == ("2", "3")


# ---------------------------------------------------------------- concentration and spreading


def test_the_steps_of_tranche_1_are_the_regions_and_hold_below(region: Made) -> None:
    for code in ("Wolkenland", *SUB_NETWORKS):
        taken = {
            item["group"]: [step["step"] for step in item["steps"]]
            for item in region.dossiers[code]["iza"]
            if item["tranche"] == "tranche-1"
        }
        until_plan = ["swot", "impact_analysis", "assignment", "decision", "regional_plan"]
        assert taken == {
            "head-neck": [*until_plan, "implementation"],
            "pancreas": [*until_plan, "implementation"],
            "lung": until_plan,
            "kidney": until_plan,
            "oesophagus-stomach": [*until_plan, "implementation"],
        }, code


# ---------------------------------------------------------------- what a reader is told


def test_explaining_names_the_sub_networks(region: Made) -> None:
    told = here("explain", "N3.2", "--dossier", region.folder / "dossier.json").out
    assert "2 van 3 deelnetwerken voldoen, namelijk Hagelveen en Mistmark." in " ".join(told.split())
    assert "Voldoet niet: Regenoord." in told


def test_explaining_an_inherited_answer_names_the_region(region: Made) -> None:
    told = here("explain", "N5.1", "--dossier", region.folder / "hagelveen-2026" / "dossier.json").out
    assert "geregeld op regioniveau" in " ".join(told.split())
    assert "Wolkenland" in told


@pytest.mark.slow
def test_every_command_of_the_page_about_regions_ends_as_promised(tmp_path: Path) -> None:
    (tmp_path / "sample_data").symlink_to(SAMPLES)
    page = (ROOT / "docs" / "regions.md").read_text(encoding="utf-8")
    commands = list(shown_commands(page))
    assert len(commands) > 8
    for arguments, promised in commands:
        ran = here(*arguments, folder=tmp_path)
        assert ran.code == promised, f"normtool {' '.join(arguments)}\n{ran.out}{ran.err}"
        assert "Traceback" not in ran.err
    made = sorted(path.name for path in (tmp_path / "regio").iterdir() if not path.name.startswith("."))
    assert made == [
        "board.xlsx",
        "dossier.json",
        "hagelveen-2026",
        "mistmark-2026",
        "regenoord-2026",
        "report.html",
        "report.pdf",
    ]
