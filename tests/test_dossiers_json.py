"""A dossier as JSON: the contract that other programs read, the exact way back, and every fault in one go."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normtool.cli_options import DEFAULT_STANDARDS
from normtool.core.assessment import (
    Assessment,
    Because,
    Counts,
    FactValue,
    IndicatorResult,
    Interval,
    Share,
    StandardResult,
    Verdict,
)
from normtool.core.diagnostics import Diagnostic, Diagnostics, Rule, Severity
from normtool.core.dossier import Dossier, RegionAbove, SubNetwork
from normtool.core.evidence import (
    Answer,
    DateSpan,
    DocumentReference,
    Evidence,
    NetworkFacts,
    RegisterRow,
    RegisterRows,
    Said,
    SourceFile,
    Unreadable,
    Value,
)
from normtool.core.places import CellPlace, CellRange, KeyPlace, Located
from normtool.core.scoring import assess
from normtool.core.standards import Framework, IndicatorClass
from normtool.files.dossier_schema import dossier_schema
from normtool.files.dossiers_json import dossier_json, read_dossier
from normtool.files.standards_yaml import find_framework, load_framework
from tests import dossier_examples as examples
from tests.conftest import tries

# ---------------------------------------------------------------- any dossier at all

TEXT = st.text(max_size=12)
NAMES = st.text(alphabet="abc_", min_size=1, max_size=5)
DATES = st.dates()
ROWS, COLUMNS = st.integers(0, 1_048_576), st.integers(0, 16_384)
CELLS = st.builds(CellPlace, file=TEXT, sheet=TEXT, row=ROWS, column=COLUMNS)
RANGES = st.builds(CellRange, file=TEXT, sheet=TEXT, row=ROWS, column=COLUMNS, last_row=ROWS, last_column=COLUMNS)
SPANS = st.one_of(
    DATES.map(DateSpan.of_day), st.integers(1, 9999).map(DateSpan.of_year), st.builds(DateSpan, DATES, DATES)
)
SHARES = st.builds(Share, numerator=st.integers(0, 999), denominator=st.integers(0, 999))
DECIMALS = st.decimals(min_value=0, max_value=100, places=4)
HELD: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-(10**12), 10**12),
    str: TEXT,
    Said: st.sampled_from(Said),
    DateSpan: SPANS,
    Unreadable: st.builds(Unreadable, text=TEXT),
    DocumentReference: st.builds(DocumentReference, document=TEXT, page=TEXT),
}


def any_of(shape: Any) -> st.SearchStrategy[Any]:
    """Any value of a type of the core."""
    origin, inner = get_origin(shape), get_args(shape)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        **HELD,
        date: DATES,
        Decimal: DECIMALS,
        float: st.floats(allow_nan=False, allow_infinity=False),
        CellPlace: CELLS,
        CellRange: RANGES,
        Share: SHARES,
        type(None): st.none(),
    }
    if shape in plain:
        return plain[shape]
    if origin in (Union, UnionType):
        return st.one_of([any_of(member) for member in inner])
    if origin is tuple:
        return st.lists(any_of(inner[0]), max_size=2).map(tuple)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is Located:
        return st.builds(Located, value=any_of(inner[0]), place=CELLS)
    if issubclass(shape, Enum):
        return st.sampled_from(shape)
    return dataclass_of(shape)


def pairs(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Pairs with names that differ."""
    return st.dictionaries(NAMES, values, max_size=2).map(lambda found: tuple(found.items()))


def diagnostic(found: Diagnostic, facts: tuple[tuple[str, Any], ...], severity: Severity) -> Diagnostic:
    """A diagnostic whose rule declares the facts it has."""
    rule = Rule(code="NT301", severity=severity, facts=tuple(name for name, _ in facts))
    return replace(found, rule=rule, facts=facts)


@cache
def dataclass_of(shape: Any) -> st.SearchStrategy[Any]:
    """Any value of a dataclass; where fields depend on each other, one in which they agree."""
    hints = get_type_hints(shape)
    special: dict[Any, dict[str, st.SearchStrategy[Any]]] = {
        Because: {"facts": pairs(any_of(FactValue))},
        RegisterRow: {"values": pairs(any_of(Located[Value]))},
        NetworkFacts: {"own_terms": pairs(TEXT)},
        Evidence: {"network_places": pairs(CELLS)},
        StandardResult: {
            "share_met": st.none()
            | st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)).map(
                lambda n: (Share(numerator=n[0], denominator=n[2]), Share(numerator=n[1], denominator=n[2]))
            ),
            "dimensions": st.tuples(*[st.integers(0, 9)] * 3),
        },
    }
    parts = {field.name: any_of(hints[field.name]) for field in fields(shape)} | special.get(shape, {})
    built = st.builds(shape, **parts)
    if shape is Diagnostic:
        return st.builds(diagnostic, built, pairs(TEXT | st.integers(0, 99)), st.sampled_from(Severity))
    return built


QUICK = settings(max_examples=tries(40), deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(framework=any_of(Framework), evidence=any_of(Evidence), diagnostics=any_of(Diagnostics))
def test_norms_evidence_and_diagnostics_read_back_the_same(
    framework: Framework, evidence: Evidence, diagnostics: Diagnostics, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dossier = Dossier(
        framework=framework,
        evidence=evidence,
        assessment=Assessment(cycle=1, standards=()),
        diagnostics=diagnostics,
    )
    assert_reads_back(dossier, tmp_path_factory.mktemp("dossier") / "dossier.json")


@QUICK
@given(assessment=any_of(Assessment))
def test_an_assessment_reads_back_the_same(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> None:
    dossier = replace(real_dossier(), framework=small_framework(), assessment=assessment)
    assert_reads_back(dossier, tmp_path_factory.mktemp("dossier") / "dossier.json")


@QUICK
@given(sub_networks=any_of(tuple[SubNetwork, ...]), region=any_of(RegionAbove | None))
def test_a_region_and_its_sub_networks_read_back_the_same(
    sub_networks: tuple[SubNetwork, ...],
    region: RegionAbove | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    plain = replace(real_dossier(), framework=small_framework(), assessment=Assessment(cycle=1, standards=()))
    dossier = replace(plain, sub_networks=sub_networks, region=region)
    assert_reads_back(dossier, tmp_path_factory.mktemp("dossier") / "dossier.json")


def assert_reads_back(dossier: Dossier, file: Path) -> None:
    written = dossier_json(dossier)
    file.write_bytes(written)
    assert read_dossier(file) == (dossier, ())
    assert dossier_json(dossier) == written
    schema = dossier_schema()
    jsonschema.Draft202012Validator(schema).validate(json.loads(written))


# ---------------------------------------------------------------- a real one


@cache
def framework() -> Framework:
    folder, _ = find_framework(DEFAULT_STANDARDS)
    assert folder is not None
    loaded, _ = load_framework(folder)
    assert loaded is not None
    return loaded


def small_framework() -> Framework:
    return replace(framework(), standards=(), registers=(), treatments=(), volume_norms=(), tumour_groups=())


def cell(address: tuple[int, int], sheet: str = "Indicatoren") -> CellPlace:
    return CellPlace(file="onz-2026.xlsx", sheet=sheet, row=address[0], column=address[1])


@cache
def real_dossier() -> Dossier:
    """The built-in norms, a few answers and rows, judged."""
    place = cell((14, 11))
    evidence = Evidence(
        network=NetworkFacts(
            code="onz",
            name="Oncologienetwerk Zuidoost",
            region="Zuidoost",
            assessment_year=2026,
            reporting_year=2025,
            reference_date=date(2025, 12, 31),
            own_terms=(("tumour_type_network", "tumorwerkgroep"),),
        ),
        network_places=(("code", cell((2, 2), "Netwerk")),),
        answers=(
            Answer(indicator="N1.2", place=place, answer=Located(value=True, place=place)),
            Answer(indicator="N1.7", place=place, answer=Located(value=Said.NOT_APPLICABLE, place=place)),
        ),
        registers=(
            RegisterRows(
                register="tumour_types",
                rows=tuple(
                    RegisterRow(
                        place=cell((row, 1), "Tumortypenetwerken"),
                        values=(
                            ("group", Located(value=group.id, place=cell((row, 1), "Tumortypenetwerken"))),
                            ("state", Located(value="own", place=cell((row, 2), "Tumortypenetwerken"))),
                            (
                                "pathway_date",
                                Located(value=DateSpan.of_year(2024), place=cell((row, 9), "Tumortypenetwerken")),
                            ),
                        ),
                    )
                    for row, group in enumerate(framework().tumour_groups, 5)
                ),
            ),
        ),
        files=(SourceFile(file="onz-2026.xlsx", digest="00ff"),),
    )
    assessment, diagnostics = assess(framework(), evidence)
    return Dossier(
        framework=framework(),
        evidence=evidence,
        assessment=assessment,
        diagnostics=diagnostics,
        program="0.1.0",
    )


def as_read(dossier: Dossier) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dossier_json(dossier))
    return found


def test_the_contract_has_every_key() -> None:
    data = as_read(real_dossier())
    assert list(data)[:10] == [
        "format",
        "program",
        "stage",
        "draft",
        "network",
        "assessment_year",
        "reporting_year",
        "reference_date",
        "cycle",
        "framework",
    ]
    assert data["network"]["code"] == "onz"
    assert data["framework"]["digest"] == framework().digest
    for standard in data["standards"]:
        assert {"id", "verdict", "worst", "best", "counts", "share_met", "indicators"} <= set(standard)
        for indicator in standard["indicators"]:
            assert {
                *(
                    "id",
                    "class",
                    "verdict",
                    "reason",
                    "worst",
                    "best",
                    "target",
                    "value",
                    "rows",
                    "because",
                    "places",
                )
            } <= set(indicator)
    assert data["norms"]["standards"][0]["indicators"][0]["class"] == "core"


def test_the_schema_is_one_and_fits_a_real_dossier() -> None:
    schema = dossier_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(as_read(real_dossier()))


def test_the_schema_refuses_a_verdict_that_does_not_exist() -> None:
    data = as_read(real_dossier())
    data["standards"][0]["verdict"] = "excellent"
    assert not jsonschema.Draft202012Validator(dossier_schema()).is_valid(data)


def result(value: Any, **more: Any) -> IndicatorResult:
    return IndicatorResult(
        id="N1.1",
        indicator_class=IndicatorClass.CORE,
        is_open=True,
        verdict=Verdict.MET,
        value=value,
        **more,
    )


def dossier_with(indicator: IndicatorResult, share_met: tuple[Share, Share] | None = None) -> Dossier:
    counts = Counts(**{field.name: 1 for field in fields(Counts)})
    standard = StandardResult(
        id="1",
        verdict=Verdict.MET,
        worst=None,
        best=None,
        mostly_undecided=False,
        counts=counts,
        share_met=share_met,
        dimensions=(1, 2, 3),
        next_step=None,
        indicators=(indicator,),
    )
    return replace(real_dossier(), assessment=Assessment(cycle=1, standards=(standard,)))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, True),
        (3, 3),
        (date(2025, 7, 1), "2025-07-01"),
        (None, None),
        (Share(numerator=2, denominator=3), 0.666667),
        (Share(numerator=0, denominator=0), None),
    ],
)
def test_a_value_is_a_plain_json_value(value: Any, written: Any, tmp_path: Path) -> None:
    dossier = dossier_with(result(value))
    (indicator,) = as_read(dossier)["standards"][0]["indicators"]
    assert indicator["value"] == written
    assert type(indicator["value"]) is type(written)
    file = tmp_path / "dossier.json"
    file.write_bytes(dossier_json(dossier))
    again, _ = read_dossier(file)
    assert again is not None
    assert again.assessment.indicators[0].value == value


def test_shares_and_targets_are_numbers_with_the_exact_counts_beside_them() -> None:
    share_met = (Share(numerator=2, denominator=3), Share(numerator=3, denominator=3))
    indicator = result(None, target=Decimal("0.70"), final_target=Decimal(3), interval=Interval(low=0.1, high=0.5))
    standard = as_read(dossier_with(indicator, share_met))["standards"][0]
    assert standard["share_met"] == [0.666667, 1.0]
    assert standard["share_met_counts"] == {"met": 2, "best": 3, "of": 3}
    assert standard["indicators"][0]["target"] == 0.7
    assert standard["indicators"][0]["final_target"] == 3


def test_a_place_is_an_address_that_a_reader_can_find() -> None:
    indicator = result(True, places=(cell((14, 28)),))
    (written,) = as_read(dossier_with(indicator))["standards"][0]["indicators"]
    assert written["places"] == [{"file": "onz-2026.xlsx", "sheet": "Indicatoren", "cell": "AB14"}]


def test_a_dossier_from_before_there_were_regions_is_still_read(tmp_path: Path) -> None:
    data = as_read(real_dossier())
    for key in ("echelons", "iza", "sub_networks", "region"):
        del data[key]
    for standard in data["standards"]:
        for indicator in standard["indicators"]:
            for key in ("origin", "inherited_from", "sub_networks"):
                del indicator[key]
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    before = replace(real_dossier().assessment, echelons=(), iza=())
    assert read_dossier(file) == (replace(real_dossier(), assessment=before), ())
    jsonschema.Draft202012Validator(dossier_schema()).validate(data)


def test_every_fault_in_a_sub_network_has_its_path(tmp_path: Path) -> None:
    data = as_read(replace(real_dossier(), sub_networks=(SubNetwork(code="a", name="A"),)))
    data["sub_networks"][0] |= {"standards": [], "network": 3, "digest": []}
    data["region"] = {"code": "r", "name": 1, "evidence": {}}
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    _, diagnostics = read_dossier(file)
    paths = {str(dict(item.facts)["path"]) for item in diagnostics}
    assert {"sub_networks[0].network", "sub_networks[0].cycle", "sub_networks[0].digest"} <= paths
    assert {"region.name", "region.network"} <= paths


def test_a_volume_tells_what_each_norm_compared() -> None:
    data = as_read(examples.mixed())
    rows = [row for standard in data["standards"] for item in standard["indicators"] for row in item["rows"]]
    lung = next(row for row in rows if row["key"] == ["dewaard", "lung-resection"])
    assert lung["checks"] == [
        {
            "norm": norm,
            "state": state,
            "is_bound": False,
            "total": 55,
            "minimum": minimum,
            "locations": ["dewaard"],
            "years": [2025],
        }
        for norm, state, minimum in (
            ("soncos-lung-resection-50", "met", 50),
            ("iza-lung-resection-60", "not_met", 60),
        )
    ]
    assert "norms" not in lung


def test_half_a_character_is_written_and_read_back_as_none(tmp_path: Path) -> None:
    dossier = replace(real_dossier(), program="kapot \ud800 en heel \U0001f600")
    file = tmp_path / "dossier.json"
    file.write_bytes(dossier_json(dossier))
    assert read_dossier(file) == (replace(dossier, program="kapot \ufffd en heel \U0001f600"), ())
    file.write_bytes(file.read_bytes().replace("\U0001f600".encode(), rb"\ud83d\ude00"))
    assert read_dossier(file) == (replace(dossier, program="kapot \ufffd en heel \U0001f600"), ())


# ---------------------------------------------------------------- what can be wrong with a file


def codes_of(file: Path) -> list[str]:
    dossier, diagnostics = read_dossier(file)
    assert dossier is None
    return [item.code for item in diagnostics]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "NT183"),
        (b"\xff\xfe{}", "NT183"),
        (b'{"format": 1,', "NT183"),
        (b'{"format": NaN}', "NT183"),
        (b'{"format": ' + b"9" * 5000 + b"}", "NT183"),
        (b"[" * 200_000, "NT183"),
        (b"[]", "NT184"),
        (b"{}", "NT184"),
        (b'{"format": true, "standards": []}', "NT184"),
        (b'{"format": 0, "standards": []}', "NT184"),
        (b'{"format": 2, "standards": []}', "NT185"),
    ],
)
def test_a_file_that_is_no_dossier_of_ours(content: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    file.write_bytes(content)
    assert codes_of(file) == [code]


def test_where_the_json_breaks_off_is_told(tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    file.write_bytes(b'{"format": 1,\n "standards": [')
    _, (fault,) = read_dossier(file)
    assert fault.place == KeyPlace(file="dossier.json", line=2, column=16)


def test_a_file_that_is_not_there_a_folder_and_a_path_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert codes_of(tmp_path / "dossier.json") == ["NT180"]
    assert codes_of(tmp_path) == ["NT181"]
    assert codes_of(tmp_path / "file" / "dossier.json") == ["NT181"]


def test_a_file_that_is_far_too_large(tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    with file.open("wb") as opened:
        opened.truncate(60_000_000)
    assert codes_of(file) == ["NT182"]


def test_all_faults_at_once_with_their_paths(tmp_path: Path) -> None:
    data = as_read(real_dossier())
    data["standards"][0]["verdict"] = "excellent"
    data["standards"][1]["indicators"][2]["target"] = "0.7"
    data["standards"][2]["indicators"] = {}
    data["standards"][3] = None
    data["standards"][4]["share_met_counts"] = {"met": 1}
    data["evidence"]["answers"][0]["answer"]["cell"] = "K"
    data["evidence"]["answers"][1]["answer"]["value"] = [1, "a"]
    data["evidence"]["registers"][0]["rows"][0]["values"]["state"] = {"value": {"year": "x"}, **cell_json()}
    data["norms"]["standards"][0]["indicators"][0]["kind"]["type"] = "no"
    data["reference_date"] = "2025-13-01"
    del data["network"]["code"]
    del data["draft"]
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    dossier, diagnostics = read_dossier(file)
    assert dossier is None
    assert {(item.code, dict(item.facts)["path"]) for item in diagnostics} == {
        ("NT187", "standards[0].verdict"),
        ("NT187", "standards[1].indicators[2].target"),
        ("NT187", "standards[2].indicators"),
        ("NT187", "standards[3]"),
        ("NT186", "standards[4].share_met_counts.best"),
        ("NT186", "standards[4].share_met_counts.of"),
        ("NT187", "evidence.answers[0].answer"),
        ("NT187", "evidence.answers[1].answer.value"),
        ("NT187", "evidence.registers[0].rows[0].values.state.value"),
        ("NT187", "norms.standards[0].indicators[0].kind.type"),
        ("NT187", "reference_date"),
        ("NT186", "network.code"),
        ("NT186", "draft"),
    }


def cell_json() -> dict[str, str]:
    return {"file": "a.xlsx", "sheet": "S", "cell": "A1"}


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@settings(QUICK, max_examples=tries(100))
@given(data=st.data())
def test_reading_never_breaks_on_a_damaged_dossier(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = replace(dossier_with(result(Share(numerator=1, denominator=2))), framework=small_framework())
    damaged = json.loads(dossier_json(whole))
    node, key = damaged, data.draw(st.sampled_from(sorted(damaged)))
    while isinstance(node[key], dict | list) and node[key] and data.draw(st.booleans()):
        node = node[key]
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
    if data.draw(st.booleans()) and isinstance(node, dict):
        del node[key]
    else:
        node[key] = data.draw(SHAPES)
    file = tmp_path_factory.mktemp("damaged") / "dossier.json"
    file.write_text(json.dumps(damaged), encoding="utf-8")
    dossier, diagnostics = read_dossier(file)
    assert (dossier is None) is any(item.is_error for item in diagnostics)


def test_keys_of_a_later_version_are_ignored(tmp_path: Path) -> None:
    data = as_read(real_dossier()) | {"reviews": []}
    data["standards"][0]["judged"] = True
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert read_dossier(file) == (real_dossier(), ())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("evidence.answers[0].place", {"file": "a", "line": 1, "column": 1}),
        ("evidence.answers[0].answer", 5),
        ("evidence.answers[0].answer.value", "yes"),
        ("evidence.registers[0].rows[0].values", []),
        ("evidence.registers[0].rows[0].values.since.value", {"first": "2025-01-01", "last": 5}),
        ("evidence.network_places.code", {"sheet": "A"}),
        ("norms.load.budget_hours", "16"),
        ("norms.standards[0].indicators[0].path[0].target", True),
        ("norms.standards[0].indicators[0].layer", 5),
        ("norms.standards", {}),
        ("standards[0].indicators[0].because[0].facts", []),
        ("standards[0].indicators[0].because[0].facts.day", {"date": "x"}),
        ("standards[0].indicators[0].because[0].facts.day", {"decimal": "x"}),
        ("standards[0].indicators[0].because[0].facts.day", 0.5),
        ("standards[0].indicators[0].interval", {"low": "x", "high": 1}),
        ("standards[0].indicators[0].value", 0.5),
        ("standards[0].indicators", 5),
        ("diagnostics", 5),
        ("evidence", 5),
    ],
)
def test_something_else_than_belongs_there(path: str, value: Any, tmp_path: Path) -> None:
    data = as_read(real_dossier())
    node: Any = data
    *steps, last = [
        int(step) if step.isdecimal() else step for step in path.replace("[", ".").replace("]", "").split(".")
    ]
    for step in steps:
        node = node.setdefault(step, {}) if isinstance(node, dict) else node[step]
    node[last] = {**node[last], "value": value} if last == "since" else value
    if last == "value" and "since" in steps:
        node |= cell_json()
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    dossier, faults = read_dossier(file)
    assert dossier is None
    assert any(str(dict(item.facts)["path"]).startswith(path.removesuffix(".day")) for item in faults), faults


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"


def later(**changed: Any) -> dict[str, Any]:
    logo = {"media_type": "image/png", "data": PIXEL, "width": 1, "height": 1, "alternative": "Logo"}
    style = {"accent": "#1F4E8C", "logo": logo}
    return {"release": {"by": "netwerkbestuur", "on": "2026-03-01"}, "house_style": style} | changed


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("", {}),
        ("release.by", {"release": {"by": " ", "on": "2026-03-01"}}),
        ("house_style.accent", {"house_style": {"accent": "red"}}),
        ("house_style.accent", {"house_style": {"accent": "1F4E8C"}}),
        ("house_style.logo", {"house_style": {"logo": {**later()["house_style"]["logo"], "data": "?"}}}),
        ("house_style.logo", {"house_style": {"logo": {**later()["house_style"]["logo"], "data": PIXEL[:40]}}}),
        ("house_style.logo", {"house_style": {"logo": {**later()["house_style"]["logo"], "width": 40}}}),
    ],
)
def test_what_is_set_by_hand_must_be_fit_for_documents(path: str, changed: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(as_read(real_dossier()) | later(**changed)), encoding="utf-8")
    dossier, faults = read_dossier(file)
    assert (dossier is None) is bool(path)
    assert [(item.code, dict(item.facts)["path"]) for item in faults] == ([("NT187", path)] if path else [])
