"""Steps and tranches in the norms: where they are read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from normtool.core.standards import Framework
from normtool.files.standards_yaml import framework_schema, load_framework
from normtool.resources import data_dir
from tests.small_framework import FILES, load

IZA = "reference/iza.yaml"
STEPS = """\
iza:
  steps:
    - {id: swot, name: {nl: SWOT, en: SWOT}}
    - id: plan
      name: {nl: plan, en: plan}
      basis: {text: {nl: Bron., en: Source.}, standing: sourced, references: [S4]}
  tranches:
    - id: first
      name: {nl: eerste, en: first}
      groups: [lung, melanoma]
      basis: {text: {nl: Bron., en: Source.}, standing: sourced, references: [S4]}
      dates:
        - what: planned
          day: 2024-01-01
          basis: {text: {nl: Bron., en: Source.}, standing: sourced, references: [S4]}
        - what: norms_set
          day: 2025-03-25
          basis: {text: {nl: Bron., en: Source.}, standing: sourced, references: [S4]}
        - what: supervised_from
          day: 2027-01-01
          basis: {text: {nl: Bron., en: Source.}, standing: sourced, references: [S4]}
"""
REGISTER = """\
  - id: iza_steps
    sheet: {nl: IZA-stappen, en: IZA steps}
    row_is: {nl: een groep, en: a group}
    expected: iza_groups
    columns:
      - {id: group, header: {nl: Groep, en: Group}, type: group, key: true}
      - {id: swot, header: {nl: SWOT op, en: SWOT on}, type: date}
      - {id: plan, header: {nl: Plan op, en: Plan on}, type: date}
"""
STATED = """\
      - id: iza_step
        header: {nl: IZA-stap, en: IZA step}
        type: choice
        choices:
          - {id: swot, label: {nl: SWOT, en: SWOT}}
          - {id: plan, label: {nl: plan, en: plan}}
"""
ABOUT = ", iza_tranche: first, iza_step: plan}"


def files(iza: str = STEPS, register: str = REGISTER, stated: str = STATED, about: str = ABOUT) -> dict[str, str]:
    """The small framework with steps, their register, the stated step, and an indicator about a step."""
    registers = FILES["registers.yaml"].replace("  - id: agreements\n", f"{stated}  - id: agreements\n")
    indicator = FILES["1-bestuur.yaml"].replace(
        "{type: document_age, months: 48}", f"{{type: document_age, months: 48{about}"
    )
    reference = {IZA: iza} if iza else {}
    return {**FILES, "registers.yaml": registers + register, "1-bestuur.yaml": indicator, **reference}


def found(folder: Path, **changes: str) -> tuple[Framework | None, list[str]]:
    """The framework, and what is said of it: code and line."""
    framework, diagnostics = load(folder, files(**changes))
    return framework, [f"{item.code} {dict(item.facts)}" for item in diagnostics]


def test_steps_and_tranches_are_read_with_their_sources(tmp_path: Path) -> None:
    framework, said = found(tmp_path)
    assert said == []
    assert framework is not None
    assert framework.iza is not None
    assert framework.iza.groups == ("lung", "melanoma")
    assert [step.id for step in framework.iza.steps] == ["swot", "plan"]
    assert framework.iza.tranches[0].dates[0].basis.references == ("S4",)


def test_a_framework_without_register_or_stated_step_holds_the_tranches_all_the_same(tmp_path: Path) -> None:
    framework, said = found(tmp_path, register="", stated="")
    assert said == []
    assert framework is not None
    assert framework.iza is not None


@pytest.mark.parametrize("name", ["netwerknormering-voorbeeld", "oncologiezorgnetwerken"])
def test_both_built_in_frameworks_load_with_the_tranches(name: str) -> None:
    framework, diagnostics = load_framework(data_dir("standards") / name)
    assert not [item for item in diagnostics if item.is_error]
    assert framework is not None
    assert framework.iza is not None


REFUSED: list[tuple[str, dict[str, str], str]] = [
    # what it is, what is spoilt, what is said
    ("a register without tranches", {"iza": "", "about": "}"}, "NT102 {'file': 'iza.yaml'}"),
    ("two steps with one id", {"iza": STEPS.replace("id: plan", "id: SWOT")}, "NT130 NT131 NT133 NT134 NT195"),
    (
        "two tranches with one id",
        {"iza": STEPS + STEPS[STEPS.index("    - id: first") :].replace("lung, mel", "skin] #")},
        "NT130",
    ),
    (
        "no steps",
        {"iza": STEPS.replace(STEPS[STEPS.index("  steps:") : STEPS.index("  tranches:")], "  steps: []\n")},
        "NT123 NT195",
    ),
    ("a step that is no column", {"register": REGISTER.replace("id: plan", "id: other")}, "NT133"),
    (
        "a step that is no date",
        {"register": REGISTER.replace("Plan on}, type: date", "Plan on}, type: text")},
        "NT166",
    ),
    ("a step that cannot be stated", {"stated": STATED.replace("id: plan", "id: other")}, "NT134"),
    ("a register without groups", {"register": REGISTER.replace("id: group", "id: tumour")}, "NT167"),
    (
        "steps by something else than groups",
        {"register": REGISTER.replace("type: group", "type: text")},
        "NT165 NT166",
    ),
    ("a group that is not there", {"iza": STEPS.replace("[lung, melanoma]", "[lungs]")}, "NT136 {'group': 'lungs'}"),
    (
        "a group twice",
        {"iza": STEPS.replace("[lung, melanoma]", "[lung, lung]")},
        "NT196 {'group': 'lung', 'tranche': 'first'}",
    ),
    (
        "a source that is not named",
        {"iza": STEPS.replace("references: [S4]}\n  tranches", "references: []}\n  tranches")},
        "NT155",
    ),
    (
        "a tranche without its source",
        {"iza": STEPS.replace("references: [S4]}\n      dates", "references: []}\n      dates")},
        "NT155",
    ),
    ("a date without its source", {"iza": STEPS[: -len("references: [S4]}\n")] + "references: []}\n"}, "NT155"),
    ("supervised before the norms are set", {"iza": STEPS.replace("2027-01-01", "2025-01-01")}, "NT197"),
    ("a date of an unknown sort", {"iza": STEPS.replace("what: planned", "what: hoped")}, "NT116"),
    ("an indicator about a tranche that is not there", {"about": ", iza_tranche: second, iza_step: plan}"}, "NT194"),
    ("an indicator about a step that is not there", {"about": ", iza_tranche: first, iza_step: besluit}"}, "NT195"),
    ("a step without a tranche", {"about": ", iza_step: plan}"}, "NT114 {'name': 'iza_tranche'}"),
    ("a tranche without a step", {"about": ", iza_tranche: first}"}, "NT114 {'name': 'iza_step'}"),
    ("a step where there are no tranches", {"iza": "", "register": "", "stated": ""}, "NT194 NT195"),
]


@pytest.mark.parametrize(("spoilt", "said"), [item[1:] for item in REFUSED], ids=[item[0] for item in REFUSED])
def test_what_is_refused(tmp_path: Path, spoilt: dict[str, str], said: str) -> None:
    texts = found(tmp_path, **spoilt)[1]
    if "{" in said:
        assert texts == [said]
    else:
        assert sorted({text[:5] for text in texts}) == said.split()


def test_a_plan_may_lie_before_or_after_what_came_of_it(tmp_path: Path) -> None:
    assert found(tmp_path, iza=STEPS.replace("2024-01-01", "2030-01-01"))[1] == []


def test_the_schema_knows_the_file() -> None:
    schema = framework_schema()["iza"]
    assert schema["required"] == ["iza"]
    text = (data_dir("standards") / IZA).read_text(encoding="utf-8")
    assert set(yaml.safe_load(text)) == {"iza"}
