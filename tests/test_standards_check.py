"""What `standards check` refuses: good norms with one thing spoilt, through the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from normtool.core import rules_house_style, rules_standards, rules_verifying
from normtool.core.diagnostics import Rule
from normtool.core.places import KeyPlace
from normtool.core.standards_check import first_cycle_minutes
from normtool.core.standards_findings import bare
from normtool.texts import Words, load_topic
from tests.small_framework import FILES, load, spoilt

ONE, TWO, REGISTERS, FRAMEWORK = "1-bestuur.yaml", "2-kwaliteit.yaml", "registers.yaml", "framework.yaml"
VOLUMES, GROUPS, TREATMENTS = "volume-norms.yaml", "reference/tumour-types.yaml", "reference/treatments.yaml"
EMPTY = "  - {id: more, sheet: {nl: %s, en: %s}, row_is: {nl: a, en: b}, columns: []}\n"
TESTS = """\
tests:
          - {test: at_least, column: meetings, minimum: 2}
          - {test: in_reporting_year, column: figures}"""
TREATMENT_TEST = """\
kind: {type: coverage, register: volumes, tests: [{test: is, column: treatment, value: x}]}
      path: [{cycle: 1, target: 1}]"""
KIND = "kind: {type: document_age, months: 48}"

REFUSED: list[tuple[str, str, str, str, str]] = [
    # what it is, file, what stood there, what stands there now, code
    ("two indicators with one id", TWO, "id: N2.1", "id: N1.1", "NT130"),
    ("ids that differ in capitals only", TWO, "id: N2.1", "id: n1.1", "NT130"),
    ("two standards with one id", TWO, 'id: "2"', 'id: "1"', "NT130"),
    (
        "two registers with one id",
        REGISTERS,
        "  - id: agreements\n",
        f"{EMPTY % ('A', 'B')}{EMPTY % ('C', 'D')}  - id: agreements\n",
        "NT130",
    ),
    ("two columns with one id", REGISTERS, "{id: exchange,", "{id: name,", "NT130"),
    ("two choices with one id", REGISTERS, "{id: location, label", "{id: hospital, label", "NT130 NT170"),
    ("a sub-type with the id of a group", GROUPS, "{id: melanoma", "{id: lung", "NT130"),
    ("an id with a blank", TWO, "id: N2.1", "id: N2 1", "NT131"),
    ("an id like the code of a diagnostic", TWO, "id: N2.1", "id: NT301", "NT131"),
    ("an id without end", TWO, "id: N2.1", f"id: {'N' * 61}", "NT131"),
    ("a column id with a capital", REGISTERS, "{id: exchange,", "{id: Exchange,", "NT131"),
    ("a register that is not there", ONE, "register: members", "register: leden", "NT132"),
    (
        "a pooled register that is not there",
        TWO,
        "        register: tumour_types\n        numerator",
        "        register: t\n        numerator",
        "NT132",
    ),
    ("a column that is not there", ONE, "{test: empty, column: parent}", "{test: empty, column: ouder}", "NT133"),
    ("a period on a column that is not there", ONE, "start: from", "start: begin", "NT133"),
    ("a pooled column that is not there", TWO, "numerator: on_time", "numerator: in_time", "NT133"),
    ("a since column that is not there", REGISTERS, "    since: since", "    since: begun", "NT133"),
    (
        "an assumed column that is not there",
        REGISTERS,
        "{column: state, value: not_treated}",
        "{column: status, value: own}",
        "NT133",
    ),
    (
        "an inner test on a column that is not there",
        ONE,
        "{test: is, column: testable",
        "{test: is, column: tested",
        "NT133",
    ),
    (
        "an echelon column that is not there",
        TWO,
        "column: state, value: own}",
        "column: state, value: own, no_without: {register: tumour_types, column: x}}",
        "NT133",
    ),
    (
        "an own cell that is not there, for when an empty one reads as no",
        TWO,
        "column: state, value: own}",
        "column: state, value: own, no_when: {column: x, value: true}}",
        "NT133",
    ),
    (
        "an echelon register that is not there",
        TWO,
        "column: state, value: own}",
        "column: state, value: own, no_without: {register: x, column: x}}",
        "NT132",
    ),
    ("a choice that is not there", TWO, "column: state, value: own}", "column: state, value: owned}", "NT134"),
    ("yes for true", ONE, "value: true}", "value: yes}", "NT134"),
    ("a number for a choice", TWO, "column: state, value: own}", "column: state, value: 1}", "NT134"),
    (
        "a group that is not there, in a filter",
        TWO,
        "column: state, value: own}",
        "column: group, value: brain}",
        "NT134",
    ),
    ("a kind of agreement that is not there", ONE, "kinds: [cooperation]", "kinds: [sla]", "NT134"),
    ("an assumed value that is not there", REGISTERS, "value: not_treated}", "value: nothing}", "NT134"),
    ("a word for a number", TWO, "column: state, value: own}", "column: meetings, value: many}", "NT134"),
    ("a number for a name", ONE, "{test: empty, column: parent}", "{test: is, column: name, value: 5}", "NT134"),
    (
        "a treatment that is not there, in a test",
        ONE,
        KIND,
        TREATMENT_TEST,
        "NT134 NT152 NT152",
    ),
    (
        "a period as what is asked",
        TWO,
        "{test: in_reporting_year, column: figures}",
        "{test: in_period, start: since, end: x}",
        "NT133",
    ),
    (
        "per group, without a group",
        REGISTERS,
        "type: group, key: true",
        "type: identifier, key: true",
        "NT165 NT165 NT166",
    ),
    ("a treatment that is not there", VOLUMES, "[gastrectomy]", "[gastrectomie]", "NT135"),
    ("a group that is not there", TREATMENTS, "group: skin", "group: skins", "NT136"),
    ("a SONCOS requirement that is not there", ONE, "soncos: [eis-1]", "soncos: [eis-9]", "NT137"),
    ("an OECI domain that is not there", ONE, "oeci: [governance]", "oeci: [board]", "NT137"),
    ("one header twice", REGISTERS, "nl: Naam, en: Name", "nl: van, en: Name", "NT138"),
    ("one header twice, in two languages", REGISTERS, "nl: Naam, en: Name", "nl: Naam, en: ID.", "NT138"),
    ("one choice twice", REGISTERS, "also: [eigen]", "also: [not  treated]", "NT138"),
    ("one sheet twice", REGISTERS, "{nl: Afspraken, en: Agreements}", "{nl: Volumes, en: Agreements}", "NT138"),
    (
        "a sheet of the form itself",
        REGISTERS,
        "{nl: Afspraken, en: Agreements}",
        "{nl: Indicatoren, en: Agreements}",
        "NT138",
    ),
    ("one group twice", GROUPS, "{nl: Melanoom, en: Melanoma}", "{nl: Huid, en: Melanoma}", "NT138"),
    (
        "a sheet name that Excel refuses",
        REGISTERS,
        "{nl: Afspraken, en: Agreements}",
        "{nl: Af/spraken, en: Agreements}",
        "NT139",
    ),
    (
        "a sheet name that is too long",
        REGISTERS,
        "{nl: Afspraken, en: Agreements}",
        f"{{nl: {'A' * 32}, en: Agreements}}",
        "NT139",
    ),
    (
        "a coverage norm on patient shares",
        ONE,
        "      soncos: [eis-1]\n",
        "      soncos: [eis-1]\n      counts_patients: true\n",
        "NT140",
    ),
    (
        "a coverage norm on a column that counts patients",
        TWO,
        "{test: at_least, column: meetings",
        "{test: at_least, column: treated",
        "NT140",
    ),
    ("a partly band that reaches its target", ONE, "partly_from: 0.525", "partly_from: 0.70", "NT141"),
    (
        "a partly band above its target",
        ONE,
        "{cycle: 2, target: 0.85}",
        "{cycle: 2, target: 0.85, partly_from: 0.9}",
        "NT141",
    ),
    ("a path for a document", ONE, KIND, f"{KIND}\n      path: [{{cycle: 1, target: 1}}]", "NT142"),
    (
        "a path for a number of rows",
        TWO,
        "          - {test: in_reporting_year, column: figures}\n",
        "          - {test: in_reporting_year, column: figures}\n      path: [{cycle: 2, target: 1}]\n",
        "NT142",
    ),
    ("a core path that begins later", ONE, "{cycle: 1, target: 0.70,", "{cycle: 2, target: 0.70,", "NT143 NT144"),
    ("a core indicator without a path", TWO, "      path: [{cycle: 1, target: 1, partly_from: 0.9}]\n", "", "NT143"),
    (
        "a growth path that begins after it opens",
        TWO,
        "[{cycle: 2, target: 0.8,",
        "[{cycle: 3, target: 0.8,",
        "NT143",
    ),
    ("steps that do not ascend", ONE, "{cycle: 2, target: 0.85}", "{cycle: 1, target: 0.85}", "NT144"),
    (
        "steps by cycle and by year in one path",
        ONE,
        "{cycle: 2, target: 0.85}",
        "{year: 2027, target: 0.85}",
        "NT144",
    ),
    ("a step with a cycle and a year", TWO, "{cycle: 1, target: 1,", "{cycle: 1, year: 2026, target: 1,", "NT145"),
    ("a step with neither", TWO, "{cycle: 1, target: 1,", "{target: 1,", "NT145"),
    ("a share in per cent", TWO, "{cycle: 1, target: 1,", "{cycle: 1, target: 85,", "NT146"),
    ("a target of nothing", TWO, "{cycle: 1, target: 1, partly_from: 0.9}", "{cycle: 1, target: 0}", "NT146"),
    ("a partly band from nothing", TWO, "partly_from: 0.9}", "partly_from: 0}", "NT146"),
    (
        "a level that does not exist",
        TWO,
        "kind: {type: maturity}",
        "kind: {type: maturity}\n      path: [{cycle: 2, target: 5}]",
        "NT146",
    ),
    (
        "half a level",
        TWO,
        "kind: {type: maturity}",
        "kind: {type: maturity}\n      path: [{cycle: 2, target: 1.5}]",
        "NT146",
    ),
    ("a corridor in per cent", TWO, "high: 0.99", "high: 99", "NT146"),
    ("a jump in per cent", TWO, "high: 0.99", "jump: 20", "NT146"),
    ("a core indicator that needs a new count", ONE, "source: register", "source: new_count", "NT147"),
    ("a load over budget", FRAMEWORK, "budget_hours: 4", "budget_hours: 1", "NT148"),
    (
        "at least, on a yes/no column",
        TWO,
        "{test: at_least, column: meetings",
        "{test: at_least, column: state",
        "NT149",
    ),
    ("a period on a text", ONE, "start: from", "start: name", "NT149"),
    ("is, on a date", TWO, "column: state, value: own}", "column: since, value: own}", "NT149"),
    (
        "an agreement test on another register",
        TWO,
        "{test: in_reporting_year, column: figures}",
        "{test: valid}",
        "NT149",
    ),
    ("an age and a deadline", ONE, KIND, "kind: {type: document_age, months: 48, deadline: 2025-07-01}", "NT150"),
    (
        "an indicator that opens before the first cycle",
        ONE,
        "      soncos: [eis-1]\n",
        "      soncos: [eis-1]\n      opens: 0\n",
        "NT151",
    ),
    ("a placeholder that means nothing", TWO, '{nl: "{target} op tijd."', '{nl: "{months} op tijd."', "NT152"),
    ("a placeholder with a format", TWO, '{nl: "{target} op tijd."', '{nl: "{target:d} op tijd."', "NT152"),
    ("a brace that is not closed", TWO, '{nl: "{target} op tijd."', '{nl: "{target op tijd."', "NT152"),
    (
        "a test on no value",
        TWO,
        "{test: is, column: state, value: own}",
        "{test: one_of, column: state, values: []}",
        "NT123",
    ),
    ("a link to no kind", ONE, "kinds: [cooperation]", "kinds: []", "NT123"),
    ("no treatments", VOLUMES, "[gastrectomy]", "[]", "NT123"),
    ("a minimum of nothing", VOLUMES, "minimum: 20", "minimum: 0", "NT156"),
    ("an average over no years", VOLUMES, "    unit: location\n", "    unit: location\n    years: 0\n", "NT156"),
    ("at least nothing", TWO, "column: meetings, minimum: 2}", "column: meetings, minimum: 0}", "NT156"),
    ("at least no rows", TWO, "at_least_rows: 1", "at_least_rows: 0", "NT156"),
    ("minutes below nothing", ONE, "minutes: 20", "minutes: -20", "NT156"),
    (
        "not older than no months",
        TWO,
        "{test: in_reporting_year, column: figures}",
        "{test: not_older_than_months, column: since, months: 0}",
        "NT156",
    ),
    ("a setting of nothing", FRAMEWORK, "small_below: 10", "small_below: 0", "NT156"),
    ("a cycle before the first", TWO, "{cycle: 1, target: 1,", "{cycle: 0, target: 1,", "NT156"),
    ("patients counted unsaid", TWO, "      counts_patients: true\n", "", "NT157 NT157"),
    (
        "no tests",
        TWO,
        TESTS,
        "tests: []",
        "NT152 NT152 NT158",
    ),
    ("a volume norm in force without a start", VOLUMES, "    valid_from: 2016-01-01\n", "", "NT160"),
    ("a volume norm in force on our own proposal", VOLUMES, "standing: sourced", "standing: proposal", "NT161"),
    (
        "a volume norm that ends before it begins",
        VOLUMES,
        "    valid_from: 2016-01-01\n",
        "    valid_from: 2016-01-01\n    valid_until: 2015-01-01\n",
        "NT163",
    ),
    (
        "choices on a text",
        REGISTERS,
        "{id: name, header: {nl: Naam, en: Name}, type: text}",
        "{id: name, header: {nl: Naam, en: Name}, type: text, choices: [{id: a, label: {nl: a, en: a}}]}",
        "NT164",
    ),
    (
        "a choice of nothing",
        REGISTERS,
        "{id: exchange, header: {nl: Uitwisseling, en: Exchange}, type: yes_no}",
        "{id: exchange, header: {nl: Uitwisseling, en: Exchange}, type: choice}",
        "NT164",
    ),
    (
        "expected groups without a group key",
        REGISTERS,
        "{id: group, header: {nl: Groep, en: Group}, type: group, key: true}",
        "{id: group, header: {nl: Groep, en: Group}, type: group}",
        "NT165",
    ),
    (
        "a part of a register that is not there",
        REGISTERS,
        "{id: treated, header",
        "{id: treated, part_of: {register: zorg, column: treated}, header",
        "NT132",
    ),
    (
        "a part of a column that is not there",
        REGISTERS,
        "{id: treated, header",
        "{id: treated, part_of: {register: tumour_types, column: x}, header",
        "NT133",
    ),
    (
        "a part of a column that holds no numbers",
        REGISTERS,
        "{id: treated, header",
        "{id: treated, part_of: {register: tumour_types, column: state}, header",
        "NT166",
    ),
    (
        "a denominator that holds a column that is not there",
        TWO,
        "kind: {type: maturity}",
        "kind: {type: proportion, denominator_holds: {register: tumour_types, column: x}}",
        "NT133",
    ),
    ("since, on a whole number", REGISTERS, "    since: since", "    since: meetings", "NT166"),
    ("a pooled column of another type", TWO, "numerator: on_time", "numerator: since", "NT166"),
    (
        "a column of the program of another type",
        REGISTERS,
        "header: {nl: Datum, en: Date}, type: date}",
        "header: {nl: Datum, en: Date}, type: text}",
        "NT166",
    ),
    (
        "a column of the program that is not there",
        REGISTERS,
        "      - {id: parties, header: {nl: Partijen, en: Parties}, type: members}\n",
        "",
        "NT167",
    ),
    (
        "a choice of the program that is not there",
        REGISTERS,
        "- {id: location, label: {nl: locatie, en: location}}",
        "- {id: site, label: {nl: locatie, en: location}}",
        "NT170",
    ),
    (
        "used choices without their column",
        REGISTERS,
        "    sheet: {nl: Afspraken, en: Agreements}\n",
        "    sheet: {nl: Afspraken, en: Agreements}\n    expected: choices_used\n",
        "NT114",
    ),
    (
        "used choices of a date",
        REGISTERS,
        "    sheet: {nl: Afspraken, en: Agreements}\n",
        "    sheet: {nl: Afspraken, en: Agreements}\n    expected: choices_used\n    expected_column: date\n",
        "NT166",
    ),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "codes"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_it_is_refused_at_its_line(name: str, old: str, new: str, codes: str, tmp_path: Path) -> None:
    framework, diagnostics = load(tmp_path, spoilt(name, old, new))
    assert sorted(item.code for item in diagnostics) == codes.split()
    assert (framework is None) is bool(codes)
    for item in diagnostics:
        assert isinstance(item.place, KeyPlace)
        assert item.place.path


WARNED: list[tuple[str, str, str, str, str]] = [
    (
        "a number typed twice",
        ONE,
        '{nl: "Niet ouder dan {months} maanden."',
        '{nl: "Niet ouder dan 48 maanden."',
        "NT153",
    ),
    (
        "a share typed twice",
        ONE,
        '{nl: "{target} van de deelnemers."',
        '{nl: "Minstens 85 % van de deelnemers."',
        "NT153",
    ),
    ("a standard without a core indicator", TWO, "class: core", "class: growth", "NT154"),
    ("a source without a name", ONE, ", references: [S1]", "", "NT155"),
    ("a path that goes down", ONE, "{cycle: 2, target: 0.85}", "{cycle: 2, target: 0.6}", "NT159"),
    ("a norm per surgeon", VOLUMES, "unit: location", "unit: surgeon", "NT162"),
    (
        "a choice with a comma",
        REGISTERS,
        "{nl: ziekenhuis, en: hospital}",
        '{nl: "ziekenhuis, groot", en: hospital}',
        "NT169",
    ),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "code"), [case[1:] for case in WARNED], ids=[case[0] for case in WARNED]
)
def test_it_is_asked_back_and_loads(name: str, old: str, new: str, code: str, tmp_path: Path) -> None:
    framework, diagnostics = load(tmp_path, spoilt(name, old, new))
    assert framework is not None
    assert [item.code for item in diagnostics] == [code]


MATURITY = "kind: {type: maturity}"
FINE = [
    (
        "a path by year",
        ONE,
        {"{cycle: 1, target: 0.70, partly_from: 0.525}": "{year: 2026, target: 0.70}", "{cycle: 2,": "{year: 2027,"},
    ),
    ("a partly band above an earlier target", ONE, {"target: 0.85}": "target: 0.85, partly_from: 0.75}"}),
    (
        "yes or no",
        ONE,
        {KIND: "kind: {type: yes_no}", "{months} maanden": "twee jaar", "{months} months": "two years"},
    ),
    ("n.v.t. that may be typed", ONE, {KIND: KIND + "\n      may_be_not_applicable: true"}),
    ("another number in the text", ONE, {"{months} maanden.": "{months} maanden (artikel 480)."}),
    (
        "a volume norm that is announced, without a start",
        VOLUMES,
        {"in_force\n    valid_from: 2016-01-01": "announced"},
    ),
    (
        "growth from the first cycle",
        TWO,
        {
            MATURITY: MATURITY + "\n      opens: 1",
            "class: informative": "class: growth\n      path: [{cycle: 1, target: 2, partly_from: 1}]",
        },
    ),
]


@pytest.mark.parametrize(("name", "changes"), [case[1:] for case in FINE], ids=[case[0] for case in FINE])
def test_it_is_fine(name: str, changes: dict[str, str], tmp_path: Path) -> None:
    text = FILES[name]
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    assert load(tmp_path, {**FILES, name: text})[1] == ()


def test_registers_that_need_groups_without_groups(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if not name.startswith("reference")}
    del files[VOLUMES]
    _, diagnostics = load(tmp_path, files)
    assert [item.code for item in diagnostics] == ["NT168"]


def test_norms_on_registers_of_the_program_that_are_not_there(tmp_path: Path) -> None:
    _, diagnostics = load(tmp_path, spoilt(REGISTERS, "- id: agreements", "- id: deals"))
    assert [item.code for item in diagnostics] == ["NT132"]


def test_a_second_id_names_the_first(tmp_path: Path) -> None:
    _, (fault,) = load(tmp_path, spoilt(TWO, "id: N2.1", "id: N1.1"))
    assert fault.place == KeyPlace(
        file="klein/2-kwaliteit.yaml", line=9, column=7, path="standards.2.indicators.N1.1.id"
    )
    (first,) = fault.related
    assert first.place == KeyPlace(
        file="klein/1-bestuur.yaml", line=9, column=7, path="standards.1.indicators.N1.1.id"
    )


def test_the_load_counts_core_indicators_of_the_first_cycle(tmp_path: Path) -> None:
    framework, _ = load(tmp_path, FILES)
    assert framework is not None
    assert first_cycle_minutes(framework) == 20 + 5 + 60
    _, (fault,) = load(tmp_path, spoilt(FRAMEWORK, "budget_hours: 4", "budget_hours: 1"))
    assert dict(fault.facts) == {"hours": 2, "budget": 1}


def test_names_are_compared_as_a_tolerant_reader_sees_them() -> None:
    assert bare(" MDO compleet / gehouden ") == bare("mdo compleet/gehouden")
    assert bare("Eén") == bare("een")


RULES = [rule for rule in vars(rules_standards).values() if isinstance(rule, Rule)]


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_rule_has_its_sentences_and_they_name_its_facts(rule: Rule, language: str) -> None:
    facts = {name: f"<{name}>" for name in rule.facts}
    words = Words(language)
    said = [words.say(f"nt1xx.{rule.code}.{part}", **facts) for part in ("title", "message", "hint", "more")]
    assert all(said)
    assert all(fact in said[1] + said[2] for fact in facts.values())


def test_no_code_is_used_twice_and_no_sentence_is_left_over() -> None:
    others = (rules_house_style, rules_verifying)
    codes = [rule.code for rule in RULES]
    codes += [rule.code for module in others for rule in vars(module).values() if isinstance(rule, Rule)]
    assert len(set(codes)) == len(codes)
    assert set(load_topic("nl", "nt1xx")) == set(load_topic("en", "nt1xx")) == set(codes)
