"""The sample workbooks: reproducible, readable, faithful to the public texts, with exactly the faults they list."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest

from normtool.core.assessment import Assessment
from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import DateSpan, DocumentReference, Evidence, Value
from normtool.core.intake import take_in
from normtool.core.places import CellPlace
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from normtool.files.standards_yaml import load_framework
from normtool.files.workbooks_xlsx import read_workbook
from script import make_samples

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_data"
GOOD = sorted(path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.xlsx") if "fouten" not in path.name)
PUBLIC = [name for name in GOOD if name.startswith("public/")]
FAULT_LINE = re.compile(r"^\| \d+ \| (?P<sheet>.+?) \| (?P<cell>.+?) \| .+ \| (?P<code>NT\d+) \|$")


@cache
def framework() -> Framework:
    loaded, found = load_framework(ROOT / "standards" / "netwerknormering-voorbeeld")
    assert loaded is not None, found
    return loaded


@cache
def taken_in(name: str) -> tuple[Evidence, Diagnostics]:
    grid, found = read_workbook(SAMPLES / name)
    assert grid is not None, found
    evidence, more = take_in(framework(), (grid,))
    assert evidence is not None, more
    return evidence, (*found, *more)


@cache
def assessed(name: str) -> tuple[Assessment, Diagnostics]:
    return assess(framework(), taken_in(name)[0])


# ---------------------------------------------------------------- made by the script


def members(data: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    """The parts of a workbook: compressed bytes may differ between versions of zlib, these may not."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(info.filename, info.date_time, package.read(info)) for info in package.infolist()]


@pytest.mark.slow
def test_script_makes_the_committed_files_twice_over() -> None:
    first, second = make_samples.make_all(), make_samples.make_all()
    assert first == second
    made = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    assert set(first) | {"README.md"} == made
    for name, content in first.items():
        committed = (SAMPLES / name).read_bytes()
        if name.endswith(".xlsx"):
            assert members(committed) == members(content), name
        else:
            assert committed == content, name


def test_sample_data_holds_no_code() -> None:
    assert not list(SAMPLES.rglob("*.py"))


def test_progress_on_the_first_sheet_has_stored_results() -> None:
    grid, _ = read_workbook(SAMPLES / "fictional/voorbeeldland-2026.xlsx")
    assert grid is not None
    assert not any(sheet.unread_formulas for sheet in grid.sheets)
    filled = {row[1]: row[4:7] for row in grid.sheets[0].rows if len(row) >= 7 and isinstance(row[4], int)}
    assert filled["Indicatoren"] == (12, 12, "–")
    assert filled["Documenten"][0] == 15
    assert filled["Zorgaanbod"] == (44, 44, "nog open")
    assert filled["Deelnemers"][2] == "ja"


# ---------------------------------------------------------------- read without errors


@pytest.mark.parametrize("name", GOOD)
def test_sample_reads_without_errors(name: str) -> None:
    evidence, found = taken_in(name)
    assert [(item.code, item.place) for item in found if item.rule.severity.value != "note"] == []
    assert evidence.to_repair == ()
    nature = "public_exercise" if name in PUBLIC else "fictional"
    assert evidence.network.nature.value == nature


ASKED_BACK = {
    "fictional/voorbeeldland-2025.xlsx": [],
    "fictional/voorbeeldland-2026.xlsx": ["NT449", "NT449"],
    "fictional/duinmark-2025.xlsx": ["NT402", "NT412", "NT412", "NT412", "NT444"],
    "fictional/duinmark-2026.xlsx": ["NT401", "NT401", "NT402", "NT403", "NT412", "NT412", "NT444", "NT444", "NT449"],
    "fictional/regio-wolkenland/hagelveen-2026.xlsx": [],
    "fictional/regio-wolkenland/mistmark-2026.xlsx": [],
    "fictional/regio-wolkenland/regenoord-2026.xlsx": ["NT412"],
    "fictional/regio-wolkenland/wolkenland-2026.xlsx": [],
    "public/onz-2023.xlsx": [],
    "public/groningen-drenthe-2021.xlsx": [],
}


@pytest.mark.parametrize("name", GOOD)
def test_sample_asks_these_questions(name: str) -> None:
    assert sorted(item.code for item in assessed(name)[1]) == ASKED_BACK[name]


# ---------------------------------------------------------------- the faulty workbook


def test_faulty_workbook_gives_exactly_the_listed_errors() -> None:
    listed = []
    for line in (SAMPLES / "fictional/fouten-2026.md").read_text(encoding="utf-8").splitlines():
        found = FAULT_LINE.match(line)
        if found:
            cell = "" if found["cell"] == "–" else found["cell"]
            listed.append((found["code"], found["sheet"], cell))
    errors = []
    for item in taken_in("fictional/fouten-2026.xlsx")[1]:
        if item.is_error:
            cell = item.place.cell if isinstance(item.place, CellPlace) else ""
            errors.append((item.code, getattr(item.place, "sheet", ""), cell))
    assert sorted(errors) == sorted(listed)
    assert len(listed) >= 25
    assert len({code for code, _, _ in listed}) == len(listed)


# ---------------------------------------------------------------- verdicts of the invented networks

STANDARDS = {
    # worst and best verdict of each standard, and the share met as (met, can be met, of)
    "fictional/voorbeeldland-2025.xlsx": {
        "1": ("met", "met", (5, 5, 5)),
        "2": ("met", "met", (3, 3, 3)),
        "3": ("partly_met", "partly_met", (1, 1, 4)),
        "4": ("met", "met", (3, 3, 3)),
        "5": ("not_met", "not_met", (1, 1, 3)),
        "6": ("partly_met", "partly_met", (1, 1, 2)),
    },
    # As in the design's pictures (look/02-samenvatting.png).
    "fictional/voorbeeldland-2026.xlsx": {
        "1": ("met", "met", (7, 7, 8)),
        "2": ("partly_met", "met", (3, 6, 7)),
        "3": ("partly_met", "partly_met", (3, 3, 5)),
        "4": ("not_met", "not_met", (2, 5, 6)),
        "5": ("not_met", "met", (3, 4, 5)),
        "6": ("partly_met", "partly_met", (3, 4, 6)),
    },
    "fictional/duinmark-2026.xlsx": {
        "1": ("not_met", "not_met", (0, 0, 8)),
        "2": ("not_met", "partly_met", (0, 0, 7)),
        "3": ("not_met", "not_met", (0, 2, 5)),
        "4": ("not_met", "not_met", (0, 3, 5)),
        "5": ("not_met", "not_met", (0, 0, 4)),
        "6": ("not_met", "not_met", (1, 3, 6)),
    },
}


@pytest.mark.parametrize("name", STANDARDS)
def test_standards_come_out_as_meant(name: str) -> None:
    found = {}
    for standard in assessed(name)[0].standards:
        low, high = standard.share_met or (None, None)
        assert standard.worst is not None
        assert standard.best is not None
        assert low is not None
        assert high is not None
        share = (low.numerator, high.numerator, low.denominator)
        found[standard.id] = (standard.worst.value, standard.best.value, share)
    assert found == STANDARDS[name]


INDICATORS = {
    "fictional/voorbeeldland-2026.xlsx": {
        "N2.5": "unknown incomplete_rows",
        "N2.7": "own_approach",
        "N3.2": "partly_met",
        "N4.3": "unknown no_source",
        "N4.5": "unknown incomplete_rows",
        "N4.6": "unknown no_norm",
        "N4.7": "not_met",
        "N4.8": "own_approach",
        "N5.2": "unknown unsubstantiated",
        "N5.6": "not_met",
    },
    "fictional/duinmark-2026.xlsx": {
        "N1.1": "not_met",
        "N1.3": "not_met",
        "N1.8": "partly_met",
        "N2.6": "unknown unsubstantiated",
        "N4.7": "not_applicable declared",
        "N4.8": "not_met",
        "N6.4": "partly_met",
    },
    "public/onz-2023.xlsx": {
        "N1.1": "met",
        "N1.2": "unknown no_answer",
        "N1.3": "not_met",
        "N1.8": "informative due",
        "N2.1": "unknown incomplete_rows",
        "N3.1": "unknown unsubstantiated",
    },
    "public/groningen-drenthe-2021.xlsx": {"N1.1": "unknown incomplete_rows", "N1.2": "unknown no_answer"},
}


@pytest.mark.parametrize("name", INDICATORS)
def test_indicators_come_out_as_meant(name: str) -> None:
    found = {}
    for indicator in INDICATORS[name]:
        result = assessed(name)[0].indicator(indicator)
        assert result is not None
        found[indicator] = f"{result.verdict.value} {result.reason.value if result.reason else ''}".strip()
    assert found == INDICATORS[name]


def test_invented_numbers_are_those_of_the_pictures() -> None:
    assessment = assessed("fictional/voorbeeldland-2026.xlsx")[0]
    volumes = assessment.indicator("N3.2")
    shared_care = assessment.indicator("N4.7")
    assert volumes is not None
    assert shared_care is not None
    below = [(row.key, row.number) for row in volumes.rows if row.reason == "below_norm"]
    assert below == [(("SA", "rectal-resection"), 17)]
    assert str(shared_care.value) == "Share(numerator=3, denominator=8)"


# ---------------------------------------------------------------- public texts: nothing but what they say


def shown(value: Value) -> str:
    if isinstance(value, DateSpan):
        return value.first.isoformat() if value.is_exact else f"{value.first}/{value.last}"
    if isinstance(value, tuple):
        return "; ".join(
            f"{item.document} {item.page}".strip() if isinstance(item, DocumentReference) else str(item)
            for item in value
        )
    return str(value)


def facts(name: str) -> dict[str, list[dict[str, str]]]:
    """All that was filled in beyond what the form brings, as text, by register."""
    evidence, _ = taken_in(name)
    found = {}
    for rows in evidence.registers:
        register = framework().declared(rows.register)
        given = {column.id for column in register.key_columns} | {register.expected_column}
        listed = [{column: shown(cell.value) for column, cell in row.values} for row in rows.rows]
        found[rows.register] = [row for row in listed if register.expected.value == "none" or not row.keys() <= given]
    return {register: rows for register, rows in found.items() if rows}


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_row_names_its_text(name: str) -> None:
    evidence, _ = taken_in(name)
    known = {entry.id for entry in evidence.documents}
    for register, rows in facts(name).items():
        for row in rows if register != "documents" else ():
            named = set(re.findall(r"\bD\d+\b", " ".join(row.values())))
            assert named, (register, row)
            assert named <= known
    for answer in evidence.answers:
        said = [cell.value for cell in (answer.explanation, answer.bottleneck, answer.source) if cell is not None]
        if said or answer.answer is not None or answer.documents:
            texts = " ".join([*said, *(reference.value.document for reference in answer.documents)])
            assert set(re.findall(r"\bD\d+\b", texts)) <= known
            assert re.search(r"\bD\d+\b", texts), answer.indicator


ONZ_AGREEMENTS = [
    {
        "id": "A1",
        "kind": "cooperation",
        "parties": "MST; Saxenburgh; SKB; ZGT",
        "date": "2023-03-30",
        "documents": "D1",
    }
]
ONZ = {
    "meetings": [
        {"name": "Bestuurlijk oncologie overleg", "kind": "board", "agreed_per_year": "2"},
        {"name": "Netwerk-oncologiecommissie", "kind": "oncology_committee", "since": "2024-01-01/2024-12-31"},
        {"name": "Netwerk-patiëntenadviesraad", "kind": "patient_council", "since": "2024-01-01/2024-12-31"},
        {"name": "Dagelijks bestuur overleg", "kind": "executive_board", "agreed_per_year": "12"},
        {"name": "Patiënten Adviesraad (werkgroep PAR)", "kind": "patient_council"},
        {"name": "Beleidsondersteuners overleg", "kind": "policy", "agreed_per_year": "12"},
        {"name": "Tumorwerkgroepen (TWG) overleg", "kind": "tumour_group"},
    ],
    "tumour_types": [
        {"group": group, "iza_step": "assignment"}
        for group in ("oesophagus-stomach", "head-neck", "lung", "kidney", "pancreas")
    ],
}
TALK = {"documents", "explanation"}
"""Cells that say where a fact stands, or what the text leaves open."""


def test_onz_holds_no_fact_beyond_the_texts() -> None:
    found = facts("public/onz-2023.xlsx")
    assert found.keys() == {"documents", "members", "agreements", *ONZ, "working_groups"}
    assert [row["id"] for row in found["members"]] == ["MST", "Saxenburgh", "SKB", "ZGT"]
    for row in found["members"]:
        assert row.keys() - TALK == {"id", "name", "kind", "role", "signed_on"}
        assert (row["kind"], row["role"], row["signed_on"]) == ("hospital", "signatory", "2023-03-30")
    assert found["agreements"] == ONZ_AGREEMENTS
    for register, expected in ONZ.items():
        bare = [{key: value for key, value in row.items() if key not in TALK} for row in found[register]]
        assert sorted(bare, key=str) == sorted(expected, key=str)
    assert all(row.keys() <= {"id", "title", "place", "access"} for row in found["documents"])
    assert [row.keys() for row in found["working_groups"]] == [{"name", "result"}] * 5
    answers = taken_in("public/onz-2023.xlsx")[0].answers
    assert [answer.indicator for answer in answers if answer.answer is not None or answer.documents] == ["N3.1"]


def test_groningen_drenthe_holds_no_fact_beyond_the_text() -> None:
    found = facts("public/groningen-drenthe-2021.xlsx")
    assert found.keys() == {"documents", "members", "tumour_types", "agreements", "working_groups"}
    kinds = [row["kind"] for row in found["members"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "hospital": 5,
        "general_practice": 2,
        "iknl": 1,
        "patient_organisation": 2,
        "insurer": 2,
    }
    signed = {"role": "signatory", "signed_on": "2021-04-01/2021-04-30"}
    assert all((signed.items() <= row.items()) is (row["kind"] == "hospital") for row in found["members"])
    assert [(row["kind"], row["date"]) for row in found["agreements"]] == [("cooperation", "2021-04-01/2021-04-30")]
    assert [row.keys() for row in found["tumour_types"]] == [{"group", "documents", "explanation"}]
    assert len(found["working_groups"]) == 5
    answers = taken_in("public/groningen-drenthe-2021.xlsx")[0].answers
    assert not [answer for answer in answers if answer.answer is not None or answer.documents]
