"""`standards list|show|check|schema`, and norms that somebody changed without touching the program."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from normtool.resources import data_dir
from tests.e2e.filling import Form
from tests.e2e.newcomer import Journey
from tests.e2e.reading import documents_in, files_in, plain, read_dossier, read_page
from tests.e2e.running import Ran, here

BUILT_IN, SECOND = "netwerknormering-voorbeeld", "oncologiezorgnetwerken"
GOVERNANCE, QUALITY = "1-governance-en-visie.yaml", "3-kwaliteit-leren-en-verbeteren.yaml"


@pytest.fixture
def norms(tmp_path: Path) -> Path:
    """A copy of the built-in edition, with the reference files beside it."""
    shutil.copytree(data_dir("standards"), tmp_path / "normen")
    return tmp_path / "normen" / BUILT_IN


def change(file: Path, old: str, new: str, *, after: str = "") -> int:
    """Replace a text once, as somebody with an editor would; gives the number of its line (from 1)."""
    text = file.read_text(encoding="utf-8")
    start = text.index(old, text.index(after) if after else 0)
    file.write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")
    return text.count("\n", 0, start) + 1


# --- list, show, check, schema ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_list_names_both_frameworks(language: str) -> None:
    ran = here("standards", "list", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.splitlines()] == [BUILT_IN, SECOND]
    assert "45" in ran.out.splitlines()[0]
    found = here("standards", "list", "--format", "json").json["frameworks"]
    assert [item["id"] for item in found] == [BUILT_IN, SECOND]
    assert [len(item["indicators"]) for item in found] == [45, 12]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", [BUILT_IN, SECOND])
def test_show_gives_every_indicator_in_80_columns(name: str, language: str) -> None:
    ran = here("standards", "show", "--standards", name, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    listed = re.findall(r"^ +([A-Z]\d+[a-z.\d]*) ", ran.out, re.M)
    assert listed == here("standards", "show", "--standards", name, "--format", "json").json["indicators"]
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_show_of_an_indicator_is_what_explain_says() -> None:
    assert here("standards", "show", "n3.2").out == here("explain", "N3.2").out


@pytest.mark.parametrize("name", ["", BUILT_IN, SECOND])
def test_the_norms_that_come_with_the_program_are_sound(name: str) -> None:
    ran = here("standards", "check", *([name] if name else []), "--format", "json")
    assert ran.code == 0
    assert [item for item in ran.json["diagnostics"] if item["severity"] == "error"] == []
    assert here("standards", "check", *([name] if name else [])).out


def test_the_dossier_keeps_to_its_schema(journey: Journey) -> None:
    schemas = json.loads(here("standards", "schema").out)
    jsonschema.Draft202012Validator.check_schema(schemas["dossier"])
    jsonschema.Draft202012Validator(schemas["dossier"]).validate(read_dossier(journey.out))


def test_the_norms_keep_to_their_schemas(tmp_path: Path) -> None:
    ran = here("standards", "schema", "-o", tmp_path)
    assert ran.code == 0
    assert len(ran.out.splitlines()) == len(files_in(tmp_path))
    schemas = {name.removesuffix(".schema.json"): json.loads(text) for name, text in files_in(tmp_path).items()}
    folder = data_dir("standards") / BUILT_IN
    by_file = {"framework": "framework.yaml", "registers": "registers.yaml", "volume-norms": "volume-norms.yaml"}
    by_file |= {"standard": GOVERNANCE}
    assert set(by_file) < set(schemas)
    for name, file in by_file.items():
        content = yaml.load((folder / file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        jsonschema.Draft202012Validator(schemas[name]).validate(json.loads(json.dumps(content, default=str)))


# --- what is refused ----------------------------------------------------------------------------------------

STEP = '- {cycle: 1, target: "0.60", partly_from: "0.45"}'
REFUSED = {
    "a coverage norm on patient shares": (
        QUALITY,
        "id: N3.5",
        "minutes: 20",
        "minutes: 20\n      counts_patients: true",
        "NT140",
    ),
    "a partly band that reaches its target": (QUALITY, "id: N3.5", '"0.45"', '"0.60"', "NT141"),
    "a core path without a first step": (QUALITY, "id: N3.5", f"        {STEP}\n", "", "NT143"),
    "a core indicator that needs a new count": (
        QUALITY,
        "id: N3.7",
        "source: document",
        "source: new_count",
        "NT147",
    ),
    "a load over budget": ("framework.yaml", "", "budget_hours: 16", "budget_hours: 2", "NT148"),
    "a duplicate id": (QUALITY, "", "id: N3.6", "id: N3.5", "NT130"),
    "an unknown key": (QUALITY, "id: N3.1", "effort_hours: 32", "effort_hours: 32\n      zwaarte: 3", "NT113"),
    "a missing language": (QUALITY, "id: N3.1", ", en: Regional quality policy", "", "NT115"),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=list(REFUSED))
def test_check_refuses(refused: tuple[str, str, str, str, str], norms: Path) -> None:
    file, after, old, new, code = refused
    change(norms / file, old, new, after=after)
    ran = here("standards", "check", norms)
    assert ran.code == 1
    assert ran.out == ""
    assert f"fout {code} " in ran.err
    assert re.search(rf"{re.escape(file)}:\d+:\d+", ran.err)
    assert f"normtool explain {code}" in plain(ran.err)
    found = here("standards", "check", norms, "--format", "json").json["diagnostics"]
    (item,) = [item for item in found if item["code"] == code]
    assert item["severity"] == "error"
    assert item["file"] == f"{BUILT_IN}/{file}"
    assert item["line"] > 1
    assert item["column"] > 0
    assert item["hint"]


def test_the_place_of_a_fault_is_its_line(norms: Path) -> None:
    line = change(norms / QUALITY, '"0.45"', '"0.60"', after="id: N3.5")
    found = here("standards", "check", norms, "--format", "json").json["diagnostics"]
    assert [(item["code"], item["line"]) for item in found if item["severity"] == "error"] == [("NT141", line)]


def spoil_all(norms: Path, names: list[str]) -> list[str]:
    for name in names:
        file, after, old, new, _ = REFUSED[name]
        change(norms / file, old, new, after=after)
    return sorted(REFUSED[name][-1] for name in names)


def test_all_faults_in_the_norms_are_named_at_once(norms: Path) -> None:
    names = [name for name in REFUSED if name not in ("an unknown key", "a missing language", "a duplicate id")]
    names.remove("a partly band that reaches its target")  # the step it stands in is taken away by another
    expected = spoil_all(norms, names)
    found = here("standards", "check", norms, "--format", "json").json["diagnostics"]
    assert sorted(item["code"] for item in found if item["severity"] == "error") == expected


def test_all_faults_in_the_files_are_named_at_once(norms: Path) -> None:
    expected = spoil_all(norms, ["an unknown key", "a missing language"])
    change(norms / GOVERNANCE, "id: N1.2", "ident: N1.2")
    found = here("standards", "check", norms, "--format", "json").json["diagnostics"]
    assert set(expected) <= {item["code"] for item in found}
    assert {item["file"] for item in found} == {f"{BUILT_IN}/{GOVERNANCE}", f"{BUILT_IN}/{QUALITY}"}


@pytest.mark.parametrize("verb", ["check", "assess", "template", "explain", "show"])
def test_no_verb_works_with_norms_that_are_refused(verb: str, norms: Path, journey: Journey, tmp_path: Path) -> None:
    change(norms / QUALITY, '"0.45"', '"0.60"', after="id: N3.5")
    arguments: dict[str, list[str | Path]] = {
        "check": ["check", journey.workbook],
        "assess": ["assess", journey.workbook, "-o", tmp_path / "uit", "--draft"],
        "template": ["template", "onz", "--year", "2026", "-o", tmp_path / "uit.xlsx"],
        "explain": ["explain", "N3.2"],
        "show": ["standards", "show"],
    }
    ran = here(*arguments[verb], "--standards", norms)
    assert ran.code == 1
    assert "NT141" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["normen"]


# --- norms that were changed --------------------------------------------------------------------------------


def indicators(folder: Path) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for part in read_dossier(folder)["standards"] for item in part["indicators"]}


def test_a_changed_target_changes_form_and_verdict(norms: Path, journey: Journey, tmp_path: Path) -> None:
    before = indicators(journey.out)["N1.4"]
    assert (before["verdict"], before["value"], before["target"]) == ("partly_met", 0.9, 1)
    change(
        norms / GOVERNANCE,
        '{cycle: 3, target: "1", partly_from: "0.75"}',
        '{cycle: 3, target: "0.90"}',
        after="id: N1.4",
    )
    made = here(
        "template",
        "onz",
        "--year",
        "2026",
        "--first-year",
        "2024",
        "-o",
        "f.xlsx",
        "--standards",
        norms,
        folder=tmp_path,
    )
    assert made.code == 0
    form = Form(tmp_path / "f.xlsx")
    row = form.row_with("Indicatoren", {"Id": "N1.4"})
    norm = form.sheet("Indicatoren").cell(row, form.headers("Indicatoren")["Norm"]).value
    assert plain(str(norm)).startswith("90 % van de tumorgroepen")
    ran = here("assess", journey.workbook, "-o", "uit", "--only", "html", "--standards", norms, folder=tmp_path)
    assert ran.code == 0
    after = indicators(tmp_path / "uit")["N1.4"]
    assert (after["verdict"], after["value"], after["target"]) == ("met", 0.9, 0.9)
    told = here("explain", "N1.4", "--dossier", tmp_path / "uit" / "dossier.json").out
    assert "90 % van de tumorgroepen" in plain(told)


NEW_INDICATOR = """
    - id: N1.9
      class: core
      dimension: process
      title: {nl: Jaarlijkse netwerkdag, en: Yearly network day}
      question: {nl: Hield het netwerk een netwerkdag?, en: Did the network hold a network day?}
      norm: {nl: Er is een netwerkdag gehouden., en: A network day was held.}
      guidance: {nl: Antwoord ja of nee., en: Answer yes or no.}
      kind: {type: yes_no}
      source: document
      minutes: 5
      remedy: {nl: Houd een netwerkdag., en: Hold a network day.}
      effort_hours: 8
      basis:
        text: {nl: Ons voorstel., en: Our proposal.}
        standing: proposal
"""
NEW_COVERAGE = """
    - id: N1.10
      class: core
      dimension: structure
      title: {nl: Voorzitter benoemd, en: Chair appointed}
      question: {nl: Heeft elk netwerk een voorzitter?, en: Does every network have a chair?}
      norm:
        nl: "{target} van de eigen tumortypenetwerken heeft een benoemde voorzitter."
        en: "{target} of the network's own tumour-type networks have an appointed chair."
      guidance: {nl: Vul de kolom Voorzitter in., en: Fill in the column Chair.}
      kind:
        type: coverage
        register: tumour_types
        where: [{test: is, column: state, value: own}]
        tests: [{test: is, column: chair, value: true}]
      path: [{cycle: 1, target: "0.80", partly_from: "0.50"}]
      source: register
      minutes: 5
      remedy: {nl: Benoem voorzitters., en: Appoint chairs.}
      effort_hours: 8
      basis:
        text: {nl: Ons voorstel., en: Our proposal.}
        standing: proposal
"""
NEW_COLUMN = "      - {id: chair, header: {nl: Voorzitter, en: Chair}, type: yes_no}\n"


def test_an_indicator_and_a_column_are_added_without_code(norms: Path, tmp_path: Path) -> None:
    standard = norms / GOVERNANCE
    standard.write_text(standard.read_text(encoding="utf-8") + NEW_INDICATOR + NEW_COVERAGE, encoding="utf-8")
    registers = norms / "registers.yaml"
    text = registers.read_text(encoding="utf-8")
    column = text.index("id: state", text.index("id: tumour_types"))
    start = text.rindex("\n      - ", 0, column) + 1
    registers.write_text(text[:start] + NEW_COLUMN + text[start:], encoding="utf-8")
    assert here("standards", "check", norms).code == 0

    options = ("--standards", norms)
    assert here("template", "onz", "--year", "2026", "-o", "f.xlsx", *options, folder=tmp_path).code == 0
    form = Form(tmp_path / "f.xlsx")
    assert "Voorzitter" in form.headers("Tumortypenetwerken")
    form.put("Documenten", {"Id": "D1"}, {"Titel": "Verslag van de netwerkdag"})
    form.answer("N1.9", Antwoord="ja", Documenten="D1")
    for number, group in enumerate(("Huid", "Long", "Borst", "Urologisch")):
        values = {"Stand": "eigen netwerk", "Voorzitter": "ja" if number else "nee"}
        form.put("Tumortypenetwerken", {"Groep": group}, values)
    for group in ("Bot en weke delen", "Oog", "Hersenen", "Gynaecologisch", "Hoofd-hals", "Maag-darm-lever"):
        form.put("Tumortypenetwerken", {"Groep": group}, {"Stand": "niet behandeld"})
    form.put("Tumortypenetwerken", {"Groep": "Endocrien en neuro-endocrien"}, {"Stand": "niet behandeld"})
    form.save()
    ran = here("assess", "f.xlsx", "-o", "uit", "--only", "html", *options, folder=tmp_path)
    assert ran.code == 0, ran.err
    found = indicators(tmp_path / "uit")
    assert found["N1.9"]["verdict"] == "met"
    assert (found["N1.10"]["verdict"], found["N1.10"]["value"]) == ("partly_met", 0.75)
    page = read_page(tmp_path / "uit" / "report.html")
    assert "Jaarlijkse netwerkdag" in page.text
    assert "3 van 4" in page.one("tbody", id="N1-10").text


def test_a_framework_folder_of_ones_own(norms: Path, tmp_path: Path) -> None:
    own = tmp_path / "eigen" / "mijn-kader"
    shutil.copytree(norms.parent / SECOND, own)
    shutil.copytree(norms.parent / "reference", own.parent / "reference")
    change(own / "framework.yaml", f"id: {SECOND}", "id: mijn-kader")
    assert here("standards", "check", own).code == 0
    assert here("standards", "show", "--standards", own, "--format", "json").json["id"] == "mijn-kader"
    assert here("template", "onz", "--year", "2026", "-o", "f.xlsx", "--standards", own, folder=tmp_path).code == 0
    ran = here("assess", "f.xlsx", "-o", "uit", "--only", "html,xlsx", "--standards", own, folder=tmp_path)
    assert ran.code == 0, ran.err
    assert read_dossier(tmp_path / "uit")["framework"]["id"] == "mijn-kader"
    assert sorted(indicators(tmp_path / "uit"))[:2] == ["C10", "C1a"]


@pytest.mark.slow
def test_the_second_framework_goes_all_the_way(tmp_path: Path) -> None:
    options = ("--standards", SECOND)
    assert here("template", "onz", "--year", "2026", "-o", "f.xlsx", *options, folder=tmp_path).code == 0
    assert here("check", "f.xlsx", *options, folder=tmp_path).code == 0
    ran = here("assess", "f.xlsx", "-o", "uit", *options, folder=tmp_path)
    assert ran.code == 0, ran.err
    assert documents_in(tmp_path / "uit") == ["board.xlsx", "dossier.json", "report.html", "report.pdf"]


def test_a_form_of_another_framework_is_noticed(tmp_path: Path) -> None:
    assert here("template", "onz", "--year", "2026", "-o", "f.xlsx", "--standards", SECOND, folder=tmp_path).code == 0
    ran: Ran = here("check", "f.xlsx", "--format", "json", folder=tmp_path)
    said = " ".join(item["message"] for item in ran.json["diagnostics"])
    assert SECOND in said
