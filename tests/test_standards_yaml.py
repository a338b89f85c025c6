"""Reading a folder with norms: every fault at its file, line and column, all at once."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normtool.cli_options import DEFAULT_STANDARDS
from normtool.core.diagnostics import Collector, Diagnostic
from normtool.core.places import FilePlace, KeyPlace
from normtool.core.standards import IndicatorClass
from normtool.files.networks_yaml import networks_schema
from normtool.files.standards_yaml import (
    available_frameworks,
    find_framework,
    framework_schema,
    load_framework,
)
from normtool.files.yaml_places import read_tree
from normtool.resources import data_dir
from tests.conftest import tries
from tests.small_framework import FILES, load, spoilt, write


def summary(item: Diagnostic) -> tuple[str, str, int]:
    """Code, file and line."""
    place = item.place
    assert isinstance(place, KeyPlace | FilePlace)
    return item.code, place.file.removeprefix("klein/"), place.line if isinstance(place, KeyPlace) else 0


def line_of(files: dict[str, str], name: str, piece: str) -> int:
    return files[name][: files[name].index(piece)].count("\n") + 1


def test_a_good_folder_becomes_a_framework(tmp_path: Path) -> None:
    framework, diagnostics = load(tmp_path, FILES)
    assert diagnostics == ()
    assert framework is not None
    assert [indicator.id for indicator in framework.indicators] == ["N1.1", "N1.2", "N2.1", "N2.2", "N2.3", "N2.4"]
    assert framework.indicators[0].indicator_class is IndicatorClass.CORE
    assert [group.id for group in framework.tumour_groups] == ["lung", "skin"]


@pytest.mark.parametrize("folder", available_frameworks(), ids=lambda folder: folder.name)
def test_the_built_in_frameworks_load_without_errors(folder: Path) -> None:
    framework, diagnostics = load_framework(folder)
    assert framework is not None, diagnostics


# ---------------------------------------------------------------- one fault, one diagnostic

STANDARD = "1-bestuur.yaml"
SPOILT: list[tuple[str, str, str, str]] = [
    # file, what stood there, what stands there now, code
    (STANDARD, "      minutes: 5\n", "\t minutes: 5\n", "NT106"),
    (STANDARD, "{nl: Teken., en: Sign.}", "Teken: nu: meteen", "NT107"),
    (STANDARD, "{nl: Teken., en: Sign.}", "{nl: Teken., en: Sign.", "NT105"),
    (STANDARD, "{nl: Teken., en: Sign.}", "!!python/name:os.system x", "NT105"),
    (STANDARD, "{nl: Teken., en: Sign.}", "{[a]: x}", "NT105"),
    (STANDARD, "{nl: Teken., en: Sign.}", "\x07", "NT105"),
    (STANDARD, "{nl: Teken., en: Sign.}", "*unknown", "NT109"),
    (STANDARD, "{nl: Teken., en: Sign.}", "&loop {nl: *loop, en: x}", "NT109"),
    (STANDARD, "{nl: Teken., en: Sign.}", "[" * 50_000, "NT109"),
    (STANDARD, "      minutes: 5\n", "      minutes: 5\n      minutes: 6\n", "NT108"),
    (STANDARD, "      minutes: 5\n", "      minuts: 5\n      minutes: 5\n", "NT113"),
    (STANDARD, "      minutes: 20\n", "      minutes: 20\n      guidence: {nl: x, en: x}\n", "NT113"),
    (STANDARD, "      minutes: 20\n", "      minutes: 20\n      coridor: {low: 0}\n", "NT112"),
    (STANDARD, "      minutes: 20\n", "      minutes: 20\n      indicator_class: core\n", "NT113"),
    (STANDARD, "      minutes: 5\n", "", "NT114"),
    (STANDARD, "{nl: Teken., en: Sign.}", "{nl: Teken.}", "NT115"),
    (STANDARD, "{nl: Teken., en: Sign.}", "{en: Sign.}", "NT115"),
    (STANDARD, "{nl: Teken., en: Sign.}", "{nl: Teken., en: }", "NT115"),
    (STANDARD, "{nl: Teken., en: Sign.}", '{nl: Teken., en: " "}', "NT115"),
    (STANDARD, "source: register", "source: regster", "NT116"),
    (STANDARD, "type: coverage", "type: dekking", "NT116"),
    (STANDARD, "{test: empty, column: parent}", "{test: leeg, column: parent}", "NT116"),
    (STANDARD, "tests: [{test: is, column: testable, value: true}]", "tests: [{test: valid}]", "NT116"),
    (STANDARD, "{test: empty, column: parent}", "{column: parent}", "NT114"),
    (STANDARD, "{test: empty, column: parent}", "empty", "NT124"),
    (STANDARD, "{nl: Teken., en: Sign.}", "{nl: Teken., en: 5}", "NT117"),
    (STANDARD, "{nl: Teken., en: Sign.}", "Teken.", "NT118"),
    (STANDARD, "minutes: 20", 'minutes: "20"', "NT119"),
    (STANDARD, "minutes: 20", "minutes: true", "NT119"),
    (STANDARD, "minutes: 20", "minutes: 20.5", "NT119"),
    (STANDARD, "target: 0.70,", "target: true,", "NT120"),
    (STANDARD, "target: 0.70,", "target: veel,", "NT120"),
    (STANDARD, "target: 0.70,", "target: .nan,", "NT120"),
    (STANDARD, "months: 48", "deadline: 2025-02-30", "NT121"),
    (STANDARD, "months: 48", "deadline: 1 juli 2025", "NT121"),
    (STANDARD, "      minutes: 20\n", "      minutes: 20\n      counts_patients: ja\n", "NT122"),
    (STANDARD, "references: [S1]", "references: S1", "NT123"),
    (
        STANDARD,
        "basis: {text: {nl: Bron., en: Source.}, standing: sourced, references: [S1]}",
        "basis: bron",
        "NT124",
    ),
    (STANDARD, "value: true}", "value: 0.5}", "NT125"),
    (STANDARD, "value: true}", "value: {}}", "NT125"),
    ("framework.yaml", "status: example\n", "status: example\ndigest: abc\n", "NT113"),
    ("framework.yaml", 'edition: "2026"', "edition: 2026", "NT117"),
    ("volume-norms.yaml", "valid_from: 2016-01-01", "valid_from: 2016", "NT121"),
]


@pytest.mark.parametrize(("name", "old", "new", "code"), SPOILT)
def test_one_fault_gives_one_diagnostic_on_its_line(name: str, old: str, new: str, code: str, tmp_path: Path) -> None:
    files = spoilt(name, old, new)
    framework, diagnostics = load(tmp_path, files)
    assert framework is None
    assert [(item.code, item.place.file) for item in diagnostics if isinstance(item.place, KeyPlace)] == [
        (code, f"klein/{name}")
    ]
    (fault,) = diagnostics
    line = fault.place.line if isinstance(fault.place, KeyPlace) else 0
    assert abs(line - line_of(FILES, name, old)) <= (40 if code in ("NT105", "NT114") else 1)


def test_faults_of_all_sorts_are_reported_together_in_the_order_of_the_files(tmp_path: Path) -> None:
    files = spoilt(STANDARD, "minutes: 20", 'minutes: "20"')
    files[STANDARD] = (
        files[STANDARD].replace("en: Sign.", "fr: Signez.").replace("months: 48", "months: 48, weeks: 3")
    )
    files["registers.yaml"] = FILES["registers.yaml"].replace("type: identifier", "type: identifer", 1)
    files["framework.yaml"] = FILES["framework.yaml"] + "id: nog-eens\n"
    framework, diagnostics = load(tmp_path, files)
    assert framework is None
    assert [(item.code, summary(item)[1]) for item in diagnostics] == [
        ("NT108", "framework.yaml"),
        ("NT119", STANDARD),
        ("NT115", STANDARD),
        ("NT113", STANDARD),
        ("NT113", STANDARD),
        ("NT116", "registers.yaml"),
    ]


def test_a_place_has_a_line_a_column_and_a_readable_path(tmp_path: Path) -> None:
    files = spoilt(STANDARD, "target: 0.85", "target: veel")
    _, (fault,) = load(tmp_path, files)
    line = line_of(files, STANDARD, "target: veel")
    assert fault.place == KeyPlace(
        file=f"klein/{STANDARD}", line=line, column=22, path="standards.1.indicators.N1.1.path.1.target"
    )


def test_a_second_key_names_the_first(tmp_path: Path) -> None:
    files = spoilt("framework.yaml", "status: example\n", "status: example\nid: weer\n")
    _, (fault,) = load(tmp_path, files)
    assert fault.related[0].place == KeyPlace(file="klein/framework.yaml", line=1, column=1, path="id")


def test_the_same_key_in_two_files(tmp_path: Path) -> None:
    _, (fault,) = load(tmp_path, {**FILES, "3-meer.yaml": "registers: []\n"})
    assert summary(fault) == ("NT108", "registers.yaml", 1)


def test_what_is_meant_is_asked_back(tmp_path: Path) -> None:
    files = spoilt(STANDARD, "      minutes: 20\n", "      minutes: 20\n      corridr: {low: 0}\n")
    _, (fault,) = load(tmp_path, files)
    assert dict(fault.facts) == {"name": "corridr", "nearest": "corridor"}


def test_a_wrong_choice_names_what_is_allowed(tmp_path: Path) -> None:
    _, (fault,) = load(tmp_path, spoilt(STANDARD, "source: register", "source: 5"))
    assert dict(fault.facts) == {"value": "5", "allowed": "document, register, national, new_count"}


def test_inner_tests_of_a_link_have_choices_of_their_own(tmp_path: Path) -> None:
    files = spoilt(STANDARD, "tests: [{test: is, column: testable, value: true}]", "tests: [{test: valid}]")
    _, (fault,) = load(tmp_path, files)
    assert dict(fault.facts) == {"value": "valid", "allowed": "is, is_not, one_of, filled, at_least"}


# ---------------------------------------------------------------- files


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    framework, (fault,) = load_framework(tmp_path / "nergens")
    assert framework is None
    assert fault.code == "NT101"


def test_an_empty_folder(tmp_path: Path) -> None:
    framework, diagnostics = load_framework(tmp_path)
    assert framework is None
    assert [item.code for item in diagnostics] == ["NT102"]


@pytest.mark.parametrize(
    ("missing", "named"), [("framework.yaml", "framework.yaml"), ("registers.yaml", "registers.yaml")]
)
def test_a_file_that_is_not_there(missing: str, named: str, tmp_path: Path) -> None:
    framework, (fault,) = load(tmp_path, {name: text for name, text in FILES.items() if name != missing})
    assert framework is None
    assert (fault.code, dict(fault.facts)) == ("NT102", {"file": named})


def test_no_standards_at_all(tmp_path: Path) -> None:
    _, (fault,) = load(tmp_path, {name: text for name, text in FILES.items() if name[0] not in "12"})
    assert fault.code == "NT102"


def test_bytes_that_are_not_utf_8(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    (folder / STANDARD).write_bytes(b"standard:\n  id: \xe9\n")
    _, diagnostics = load_framework(folder)
    assert [summary(item) for item in diagnostics] == [("NT104", STANDARD, 2)]


@pytest.mark.parametrize("content", ["", "# niets\n", "---\n", "null\n"])
def test_an_empty_file(content: str, tmp_path: Path) -> None:
    _, diagnostics = load(tmp_path, {**FILES, "3-leeg.yaml": content})
    assert [summary(item)[:2] for item in diagnostics] == [("NT111", "3-leeg.yaml")]


@pytest.mark.parametrize(
    ("content", "code"),
    [("- a\n", "NT124"), ("tekst\n", "NT124"), ("a: 1\n---\nb: 2\n", "NT105"), ("standaard: {}\n", "NT112")],
)
def test_a_file_with_something_else(content: str, code: str, tmp_path: Path) -> None:
    _, diagnostics = load(tmp_path, {**FILES, "3-anders.yaml": content})
    assert [summary(item)[:2] for item in diagnostics] == [(code, "3-anders.yaml")]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    (folder / "3-map.yaml").mkdir()
    _, diagnostics = load_framework(folder)
    assert [summary(item) for item in diagnostics] == [("NT103", "3-map.yaml", 0)]


def test_a_file_that_is_far_too_large(tmp_path: Path) -> None:
    _, diagnostics = load(tmp_path, {**FILES, "3-groot.yaml": "#" * 2_100_000})
    assert [summary(item) for item in diagnostics] == [("NT110", "3-groot.yaml", 0)]


def test_aliases_that_multiply_are_stopped(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    start = time.process_time()
    _, diagnostics = load(tmp_path, {**FILES, "3-bom.yaml": "\n".join(lines)})
    assert [summary(item)[:2] for item in diagnostics] == [("NT109", "3-bom.yaml")]
    assert time.process_time() - start < 5


def test_an_alias_is_read_as_what_it_stands_for(tmp_path: Path) -> None:
    files = spoilt(STANDARD, "{nl: Teken., en: Sign.}", "&doen {nl: Teken., en: Sign.}")
    files[STANDARD] = files[STANDARD].replace("{nl: Schrijf het., en: Write it.}", "*doen")
    framework, diagnostics = load(tmp_path, files)
    assert diagnostics == ()
    assert framework is not None
    assert framework.indicators[1].remedy == framework.indicators[0].remedy


def test_words_that_older_yaml_takes_for_true_and_false_stay_words(tmp_path: Path) -> None:
    framework, _ = load(tmp_path, spoilt(STANDARD, "{nl: Teken., en: Sign.}", "{nl: nee, en: no}"))
    assert framework is not None
    assert framework.indicators[0].remedy.en == "no"


def test_the_order_is_that_of_the_numbers(tmp_path: Path) -> None:
    later = FILES["2-kwaliteit.yaml"].replace('id: "2"', 'id: "10"').replace("id: N2.", "id: N10.")
    framework, _ = load(tmp_path, {**FILES, "10-later.yaml": later})
    assert framework is not None
    assert [standard.id for standard in framework.standards] == ["1", "2", "10"]


def test_a_small_framework_may_be_in_one_or_two_files(tmp_path: Path) -> None:
    names = ("1-bestuur.yaml", "2-kwaliteit.yaml")
    standards = [yaml.load(FILES[name], Loader=yaml.CSafeLoader)["standard"] for name in names]
    rest = {name: text for name, text in FILES.items() if name not in names}
    framework, diagnostics = load(tmp_path, {**rest, "criteria.yaml": json.dumps({"standards": standards})})
    assert diagnostics == ()
    assert framework is not None
    assert len(framework.standards) == 2


def test_reference_data_may_stand_beside_the_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    (folder / "reference").rename(tmp_path / "reference")
    framework, diagnostics = load_framework(folder)
    assert diagnostics == ()
    assert framework is not None
    (tmp_path / "reference" / "treatments.yaml").write_text("treatments: 5\n", encoding="utf-8")
    _, (fault,) = load_framework(folder)
    assert summary(fault) == ("NT123", "reference/treatments.yaml", 1)


def test_a_framework_with_groups_of_its_own_does_without_the_reference(tmp_path: Path) -> None:
    own = FILES["reference/tumour-types.yaml"].replace("lung", "lungs")
    framework, diagnostics = load(tmp_path, {**FILES, "groups.yaml": own})
    assert diagnostics == ()
    assert framework is not None
    assert framework.tumour_groups[0].id == "lungs"


# ---------------------------------------------------------------- digest, schema, names


def test_the_digest_depends_on_what_is_said_not_on_the_system(tmp_path: Path) -> None:
    first, _ = load(tmp_path / "a", FILES)
    other = {name: text.replace("\n", "\r\n") for name, text in FILES.items()}
    folder = tmp_path / "b" / "elders"
    for name, text in other.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    second, _ = load_framework(folder)
    third, _ = load(tmp_path / "c", spoilt(STANDARD, "minutes: 20", "minutes: 21"))
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.digest == second.digest != third.digest
    assert len(first.digest) == 64


def test_the_schemas_fit_the_files_that_ship() -> None:
    schemas = framework_schema() | {"networks": networks_schema()}
    for file in sorted(data_dir("standards").glob("*/*.yaml")):
        schema = schemas[file.stem if file.stem in schemas else "standard"]
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(plain(file))))


def plain(file: Path) -> Any:
    tree = read_tree(file.read_text(encoding="utf-8"), file.name, Collector())
    assert tree is not None
    return tree.plain()


def test_the_schema_refuses_an_unknown_key() -> None:
    schema = framework_schema()["volume-norms"]
    assert not jsonschema.Draft202012Validator(schema).is_valid({"volume_norms": [], "more": 1})
    assert not jsonschema.Draft202012Validator(networks_schema()).is_valid({"networks": [], "more": 1})


def test_a_framework_is_found_by_name_or_folder(tmp_path: Path) -> None:
    folder, diagnostics = find_framework(DEFAULT_STANDARDS)
    assert folder in available_frameworks()
    assert diagnostics == ()
    assert find_framework(str(tmp_path)) == (tmp_path, ())
    nothing, (fault,) = find_framework("netwerknormering-vorbeeld")
    assert nothing is None
    assert dict(fault.facts) == {"name": "netwerknormering-vorbeeld", "available": DEFAULT_STANDARDS}
    _, (far,) = find_framework("xyz")
    assert DEFAULT_STANDARDS in dict(far.facts)["available"]  # type: ignore[operator]


# ---------------------------------------------------------------- whatever is typed


@settings(max_examples=tries(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_reading_never_breaks_whatever_a_file_holds(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    piece = data.draw(
        st.text(max_size=6) | st.sampled_from(["- ", "{", "]", ": ", "\n", "&a ", "*a", "? ", "!x ", '"'])
    )
    folder = write(tmp_path_factory.mktemp("norms"), FILES)
    (folder / name).write_bytes((text[:start] + piece + text[end:]).encode())
    framework, diagnostics = load_framework(folder)
    assert (framework is None) is any(item.is_error for item in diagnostics)
    assert all(item.place is not None for item in diagnostics)


def test_the_built_in_norms_load_quickly() -> None:
    folder, _ = find_framework(DEFAULT_STANDARDS)
    assert folder is not None
    load_framework(folder)
    start = time.process_time()
    load_framework(folder)
    assert time.process_time() - start < 1  # a tenth of that is usual
    assert "pydantic" in sys.modules
