"""Echelons in the norms: what the built-in ones say, what is refused, and which norms have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from normtool.core.diagnostics import Diagnostics
from normtool.core.standards import Framework
from normtool.files.standards_yaml import framework_schema, load_framework
from normtool.resources import data_dir
from tests.conftest import built_in
from tests.small_framework import FILES, load

CARE = """\
  - id: care
    sheet: {nl: Zorgaanbod, en: Care}
    row_is: {nl: een locatie en tumorgroep, en: a location and tumour group}
    expected: locations_by_groups
    when_complete: {column: treats, value: false}
    columns:
      - {id: location, header: {nl: Locatie, en: Location}, type: location, key: true}
      - {id: group, header: {nl: Groep, en: Group}, type: group, key: true}
      - {id: treats, header: {nl: Behandelt, en: Treats}, type: yes_no}
      - id: echelon
        header: {nl: Echelon, en: Echelon}
        type: choice
        choices:
          - {id: "1", label: {nl: "1", en: "1"}}
          - {id: "2", label: {nl: "2", en: "2"}}
          - {id: "3", label: {nl: "3", en: "3"}}
"""
LEVEL = '    - {{id: "{0}", name: {{nl: "{0}", en: "{0}"}}, offers: [], refers: [], receives: []{1}}}\n'
LEVELS = "".join(LEVEL.format(number, "") for number in (1, 2, 3))
MINIMUM = """\
    - id: minimum
      treatments: []
      minimum: 10
      unit: location
      standing: in_force
      valid_from: 2020-01-01
      basis: {text: {nl: Bron., en: Source.}, standing: sourced, references: [bron]}
"""
TEXT = """\
echelons:
  category: intervention
  levels:
{levels}  generic_minima:{minima}
  basis: {{text: {{nl: Van ons., en: Ours.}}, standing: {standing}}}
"""


def echelons(levels: str = LEVELS, minima: str = MINIMUM, standing: str = "proposal") -> str:
    """A file with echelons."""
    return TEXT.format(levels=levels, minima=f"\n{minima.rstrip()}" if minima else " []", standing=standing)


def loaded(folder: Path, text: str, norms: tuple[str, str] = ("", "")) -> tuple[Framework | None, Diagnostics]:
    """The small framework with a care register and this file; `norms`: what is replaced among the volume norms."""
    files = dict(FILES) | {"reference/echelons.yaml": text}
    files["registers.yaml"] = f"{FILES['registers.yaml']}{CARE}"
    files["volume-norms.yaml"] = FILES["volume-norms.yaml"].replace(*norms)
    return load(folder, files)


def codes(found: Diagnostics) -> str:
    """The codes, in order."""
    return " ".join(item.code for item in found)


def test_the_built_in_echelons_say_what_the_source_says() -> None:
    found = built_in().echelons
    assert found is not None
    assert found.category == "systemic_therapy"
    assert [level.id for level in found.levels] == ["1", "2", "3"]
    assert found.generic_minima == ()  # its value was not found
    assert found.basis.references[0] == "S4"
    first, second, third = found.levels
    assert [text.nl for text in first.refers] == [
        "Naar echelon 2 voor systeemtherapie.",
        "Naar echelon 2 of 3 voor palliatieve zorg gericht op klachten, en ondersteuning.",
    ]
    assert (first.asks, third.asks) == ((), ())
    assert second.asked_in == ("N4.4", "N4.7")
    assert [len(level.receives) for level in found.levels] == [2, 3, 2]


def test_good_echelons_load(tmp_path: Path) -> None:
    framework, found = loaded(tmp_path, echelons())
    assert codes(found) == ""
    assert framework is not None
    assert framework.echelons is not None
    assert framework.echelons.generic_minima[0].minimum == 10


def test_norms_without_a_care_register_have_no_echelons_though_the_reference_has() -> None:
    framework, found = load_framework(data_dir("standards") / "oncologiezorgnetwerken")
    assert codes(found) == ""
    assert framework is not None
    assert framework.echelons is None


def test_the_editor_knows_the_file() -> None:
    schema = framework_schema()["echelons"]
    assert schema["required"] == ["echelons"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (echelons(levels=LEVEL.format(1, "") + LEVEL.format(3, "")), "NT190"),
        (echelons(levels="".join(LEVEL.format(number, "") for number in (2, 1, 3))), "NT190"),
        (echelons(levels=LEVEL.format(4, "")), "NT116"),
        (echelons(levels=LEVELS + LEVEL.format(1, ", asked_in: [N1.1, N7.7]")), "NT190 NT191"),
        (echelons(minima=MINIMUM.replace("[]", "[gastrectomy]")), "NT192"),
        (echelons(minima=MINIMUM + MINIMUM), "NT130"),
        (echelons(minima=MINIMUM.replace("id: minimum", "id: soncos-20")), "NT130"),
        (echelons(minima=MINIMUM.replace("minimum: 10", "minimum: 0")), "NT156"),
        (echelons(minima=MINIMUM.replace("      valid_from: 2020-01-01\n", "")), "NT160"),
        (echelons(minima=MINIMUM.replace(", references: [bron]", "")), "NT155 NT161"),
        (echelons(minima=MINIMUM.replace("sourced, references: [bron]", "proposal")), "NT161"),
        (echelons(minima=MINIMUM.replace("2020-01-01", "2020-01-01\n      valid_until: 2019-01-01")), "NT163"),
    ],
)
def test_it_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    framework, found = loaded(tmp_path, text)
    assert " ".join(sorted(codes(found).split())) == expected
    assert framework is None


@pytest.mark.parametrize(
    ("text", "norms", "expected"),
    [
        (echelons(minima=MINIMUM.replace("minimum: 10", "minimum: 20")), ("", ""), "NT193"),
        (echelons(minima=MINIMUM.replace("minimum: 10", "minimum: 21")), ("", ""), "NT193"),
        (echelons(minima=MINIMUM.replace("minimum: 10", "minimum: 19")), ("", ""), ""),
        (echelons(minima=MINIMUM.replace("10", "20").replace("unit: location", "unit: institution")), ("", ""), ""),
        (echelons(minima=MINIMUM.replace("minimum: 10", "minimum: 20")), ("in_force", "announced"), ""),
        (
            echelons(minima=MINIMUM.replace("minimum: 10", "minimum: 20")),
            ("2016-01-01", "2016-01-01\n    valid_until: 2019-12-31"),
            "",
        ),
        (
            echelons(minima=MINIMUM.replace("minimum: 10", "minimum: 20")),
            ("2016-01-01", "2016-01-01\n    valid_until: 2020-01-01"),
            "NT193",
        ),
        (echelons(minima=MINIMUM.replace("unit: location", "unit: surgeon")), ("", ""), "NT162"),
        (echelons(standing="sourced"), ("", ""), "NT155"),
        (
            echelons(minima=MINIMUM.replace("minimum: 10", "minimum: 20")).replace(
                "intervention", "systemic_therapy"
            ),
            ("", ""),
            "",
        ),
        (echelons(minima=""), ("", ""), ""),
    ],
)
def test_it_is_asked_back_or_fine(tmp_path: Path, text: str, norms: tuple[str, str], expected: str) -> None:
    framework, found = loaded(tmp_path, text, norms)
    assert codes(found) == expected
    assert framework is not None
