"""The worked cases of docs/method.md, and the way from such a case to a real framework and a real workbook."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from normtool.core.assessment import Assessment, IndicatorResult, IzaStepDate, RowResult, Share, StepState
from normtool.core.diagnostics import Diagnostics
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.intake import take_in
from normtool.core.kinds import (
    AtLeast,
    CellIs,
    ColumnRef,
    ColumnValue,
    Count,
    Coverage,
    DocumentAge,
    Empty,
    Filled,
    InPeriod,
    InReportingYear,
    Is,
    IsNot,
    Kind,
    Linked,
    Maturity,
    NotOlderThanMonths,
    OneOf,
    Pooled,
    Proportion,
    Step,
    Test,
    Valid,
    VolumeKind,
    YesNo,
)
from normtool.core.registers import Column, ColumnType, Register, Text
from normtool.core.scoring import assess
from normtool.core.standards import (
    Basis,
    Dimension,
    Framework,
    Indicator,
    IndicatorClass,
    Iza,
    IzaStep,
    IzaTranche,
    Layer,
    NormStanding,
    SourceKind,
    Standard,
    Standing,
    Treatment,
    TumourGroup,
    TumourSubType,
    VolumeNorm,
)
from normtool.files.standards_yaml import load_framework

Case = dict[str, Any]
Result = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
METHOD = ROOT / "docs" / "method.md"
CASE = re.compile(r"^### (?P<id>C\d+) (?P<title>.+?)\n(?:(?!^###).)*?^```yaml case\n(?P<body>.*?)^```", re.M | re.S)

SAME = Text(nl="-", en="-")
BASIS = Basis(text=SAME, standing=Standing.PROPOSAL)
ANSWER_HEADERS = ("Antwoord", "Teller", "Noemer", "Over jaar", "Bron", "Documenten", "Toelichting", "Reden n.v.t.")
OWN_PARTS = ("doel", "wat", "werkt het", "tot")


def worked_cases() -> dict[str, Case]:
    """Every case of the page by its id and title, in order."""
    found: dict[str, Case] = {}
    for match in CASE.finditer(METHOD.read_text(encoding="utf-8")):
        name = f"{match['id']} {match['title']}"
        assert name not in found, f"{name} stands twice in {METHOD.name}"
        found[name] = yaml.safe_load(match["body"])
    return found


# --- the framework of a case -----------------------------------------------------------------------------------


@cache
def built_in() -> Framework:
    """The built-in edition, for its registers and its settings."""
    framework, diagnostics = load_framework(ROOT / "standards" / "netwerknormering-voorbeeld")
    assert framework is not None, diagnostics
    return framework


def framework_of(case: Case, indicators: list[Case]) -> Framework:
    """A framework of one standard, with the case's own groups, treatments and volume norms."""
    made = tuple(indicator_of(indicator, f"N1.{number}") for number, indicator in enumerate(indicators, 1))
    standard = Standard(id="1", title=SAME, short=SAME, caveat=SAME, plain=SAME, basis=BASIS, indicators=made)
    groups = [group_of(name, sub_types, expected=True) for name, sub_types in case.get("tumour_groups", {}).items()]
    groups += [group_of(name, [], expected=False) for name in case.get("open_groups", [])]
    treatments = [
        Treatment(
            id=key_of(name),
            name=Text(nl=name, en=name),
            category=category,
            group=key_of(case.get("treatment_groups", {}).get(name, "")),
        )
        for name, category in case.get("treatments", {}).items()
    ]
    norms = [norm_of(norm, f"norm-{number}") for number, norm in enumerate(case.get("volume_norms", []), 1)]
    return replace(
        built_in(),
        standards=(standard,),
        tumour_groups=tuple(groups),
        treatments=tuple(treatments),
        volume_norms=tuple(norms),
        iza=iza_of(case),
    )


TRANCHE = "tranche-1"


def iza_steps() -> tuple[IzaStep, ...]:
    """The steps of the built-in norms."""
    iza = built_in().iza
    assert iza is not None
    return iza.steps


def iza_of(case: Case) -> Iza:
    """The steps, and the case's own tranche if it has one."""
    groups = tuple(key_of(name) for name in case.get("tranche", []))
    return Iza(
        steps=iza_steps(), tranches=(IzaTranche(id=TRANCHE, name=SAME, groups=groups, basis=BASIS),) if groups else ()
    )


def key_of(name: str) -> str:
    """An id for a name."""
    return re.sub(r"\W+", "-", name.lower())


def group_of(name: str, sub_types: list[str], *, expected: bool) -> TumourGroup:
    """A tumour group with its sub-types."""
    parts = tuple(TumourSubType(id=key_of(part), name=Text(nl=part, en=part)) for part in sub_types)
    return TumourGroup(id=key_of(name), name=Text(nl=name, en=name), sub_types=parts, expected=expected)


def norm_of(norm: Case, norm_id: str) -> VolumeNorm:
    """A volume norm."""
    return VolumeNorm(
        id=norm_id,
        treatments=tuple(key_of(name) for name in norm["treatments"]),
        minimum=norm["minimum"],
        unit=norm["unit"],
        standing=NormStanding(norm.get("standing", "in_force")),
        basis=BASIS,
        years=norm.get("years", 1),
        valid_from=norm["valid_from"],
        valid_until=norm.get("valid_until"),
    )


def indicator_of(given: Case, indicator_id: str) -> Indicator:
    """An indicator; what a case leaves out cannot change its verdict."""
    return Indicator(
        id=indicator_id,
        indicator_class=IndicatorClass(given.get("class", "core")),
        dimension=Dimension.STRUCTURE,
        title=Text(nl=indicator_id, en=indicator_id),
        question=SAME,
        norm=SAME,
        guidance=SAME,
        kind=kind_of(given),
        source=SourceKind.REGISTER,
        minutes=5,
        remedy=SAME,
        effort_hours=1,
        basis=BASIS,
        path=path_of(given),
        opens=given.get("opens"),
        layer=Layer(given.get("layer", "either")),
        may_be_not_applicable=given.get("may_be_not_applicable", False),
        counts_patients=given.get("counts_patients", False),
    )


def path_of(given: Case) -> tuple[Step, ...]:
    """The steps of a path; one number alone is the step of cycle 1."""
    targets, bands = ({1: part} if not isinstance(part, dict) else part for part in pair_of_paths(given))
    return tuple(
        Step(
            target=Decimal(str(target)),
            partly_from=Decimal(str(bands[key])) if bands.get(key) is not None else None,
            cycle=key if key < 1000 else None,
            year=key if key >= 1000 else None,
        )
        for key, target in targets.items()
    )


def pair_of_paths(given: Case) -> tuple[Any, Any]:
    """Targets and partly bands as they stand."""
    return given.get("path", {}), given.get("partly_from", {})


def kind_of(given: Case) -> Kind:
    """The kind of an indicator, with its tests."""
    match given["kind"]:
        case "yes_no":
            return YesNo(type="yes_no")
        case "document_age":
            return DocumentAge(
                type="document_age",
                months=given.get("months"),
                deadline=given.get("deadline"),
                iza_tranche=TRANCHE if "step" in given else "",
                iza_step=next((step.id for step in iza_steps() if step.name.nl == given.get("step")), ""),
            )
        case "maturity":
            return Maturity(type="maturity")
        case "count":
            return Count(type="count")
        case "proportion":
            return Proportion(type="proportion")
        case "volume":
            return VolumeKind(type="volume", category=given["category"])
    register = register_of(given["register"])
    where = tuple(test_of(test, register) for test in given.get("where", []))
    if given["kind"] == "pooled":
        return Pooled(
            type="pooled",
            register=register.id,
            numerator=column_of(register, given["numerator"]).id,
            denominator=column_of(register, given["denominator"]).id,
            where=where,
            per_group=given.get("per_group", False),
        )
    return Coverage(
        type="coverage",
        register=register.id,
        tests=tuple(test_of(test, register) for test in given["tests"]),
        where=where,
        at_least_rows=given.get("at_least_rows"),
    )


def register_of(sheet: str) -> Register:
    """The register with this Dutch sheet name."""
    return next(register for register in built_in().registers if register.sheet.nl == sheet)


def column_of(register: Register, header: str) -> Column:
    """The column with this Dutch header."""
    return next(column for column in register.columns if column.header.nl == header)


def value_of(column: Column, typed: Any) -> ColumnValue:
    """What a typed value is in a norm: a choice by its id, a yes or no."""
    if column.type is ColumnType.YES_NO:
        return bool(typed == "ja")
    if column.type is ColumnType.CHOICE:
        return next(choice.id for choice in column.choices if choice.label.nl == str(typed))
    return str(typed)


def test_of(given: Any, register: Register) -> Test:
    """A test on the columns of a register."""
    if given == "valid":
        return Valid(test="valid")
    if "linked" in given:
        return linked_of(given)
    if "in_period" in given:
        start, end = (column_of(register, header).id for header in given["in_period"])
        return InPeriod(test="in_period", start=start, end=end)
    name = next(key for key in given if key not in ("no_without", "no_when"))
    if not isinstance(given[name], dict):
        simple = {"filled": Filled, "empty": Empty, "in_reporting_year": InReportingYear}[name]
        return simple(test=name, column=column_of(register, given[name]).id)  # type: ignore[no-any-return]
    ((header, value),) = given[name].items()
    test = test_of_value(name, column_of(register, header), value, given.get("no_without"))
    for other, said in given.get("no_when", {}).items():
        assert isinstance(test, Is)
        column = column_of(register, other)
        test = replace(test, no_when=CellIs(column=column.id, value=value_of(column, said)))
    return test


def linked_of(given: Any) -> Linked:
    """A test for an agreement, with what that agreement must say."""
    agreements = register_of("Afspraken")
    kinds = tuple(str(value_of(column_of(agreements, "Soort"), kind)) for kind in given["linked"])
    inner = tuple(test_of(test, agreements) for test in given.get("tests", []))
    return Linked(test="linked", kinds=kinds, tests=inner)  # type: ignore[arg-type]


def test_of_value(name: str, column: Column, value: Any, without: str | None) -> Test:
    """A test that compares a cell with a value."""
    match name:
        case "one_of":
            return OneOf(test="one_of", column=column.id, values=tuple(value_of(column, item) for item in value))
        case "at_least":
            return AtLeast(test="at_least", column=column.id, minimum=value)
        case "not_older_than_months":
            return NotOlderThanMonths(test="not_older_than_months", column=column.id, months=value)
        case "is_not":
            return IsNot(test="is_not", column=column.id, value=value_of(column, value))
    groups = register_of("Tumortypenetwerken")
    other = ColumnRef(register=groups.id, column=column_of(groups, without).id) if without else None
    return Is(test="is", column=column.id, value=value_of(column, value), no_without=other)


# --- the workbook of a case ------------------------------------------------------------------------------------


def grid_of(case: Case, answers: list[Case]) -> Grid:
    """The form as a network would have filled it in."""
    sheets = [network_sheet(case), indicator_sheet(answers)]
    sheets += [register_sheet(case, register) for register in built_in().registers]
    return Grid(file="formulier.xlsx", sheets=tuple(sheets), digest="0" * 64)


def network_sheet(case: Case) -> Sheet:
    """The sheet Netwerk."""
    network = {
        "assessment_year": 2026,
        "reporting_year": 2025,
        "reference_date": date(2025, 12, 31),
        "first_assessment_year": 2026,
        **case.get("network", {}),
    }
    rows: tuple[tuple[GridValue, ...], ...] = (
        ("Gegeven", "Waarde"),
        ("Code", "TEST"),
        ("Naam", "Netwerk Test"),
        ("Regio", "Regio Test"),
        ("Toetsjaar", network["assessment_year"]),
        ("Verslagjaar", network["reporting_year"]),
        ("Peildatum", network["reference_date"]),
        ("Eerste toetsjaar", network["first_assessment_year"]),
    )
    return Sheet(name="Netwerk", rows=rows)


def indicator_sheet(answers: list[Case]) -> Sheet:
    """The sheet Indicatoren."""
    headers = ("Id", *ANSWER_HEADERS, *(f"Eigen aanpak: {part}" for part in OWN_PARTS))
    rows = [headers]
    for number, answer in enumerate(answers, 1):
        own = answer.get("Eigen aanpak", {})
        cells = [answer.get(header) for header in ANSWER_HEADERS] + [own.get(part) for part in OWN_PARTS]
        rows.append((f"N1.{number}", *(typed(cell) for cell in cells)))  # type: ignore[arg-type]
    return Sheet(name="Indicatoren", rows=tuple(rows))


def register_sheet(case: Case, register: Register) -> Sheet:
    """The sheet of a register, empty when the case does not name it."""
    content = case.get("sheets", {}).get(register.sheet.nl) or []
    rows = content["rows"] if isinstance(content, dict) else content
    complete = content.get("complete") if isinstance(content, dict) else None
    headers = tuple(column.header.nl for column in register.columns)
    for row in rows:
        assert set(row) <= set(headers), f"{register.sheet.nl} has no {set(row) - set(headers)}"
    lines: list[tuple[GridValue, ...]] = [("Dit overzicht is volledig", complete), headers]
    lines += [tuple(typed(row.get(header)) for header in headers) for row in rows]
    return Sheet(name=register.sheet.nl, rows=tuple(lines))


def typed(value: Any) -> GridValue:
    """A value as a cell holds it; several dates stand in one cell."""
    if isinstance(value, list):
        return "; ".join(item.strftime("%d-%m-%Y") if isinstance(item, date) else str(item) for item in value)
    cell: GridValue = value
    return cell


# --- what the engine makes of it -------------------------------------------------------------------------------


def engine_judges(case: Case) -> Result:
    """The engine's result of the case's one indicator, in the words of the case."""
    found, codes = run(case, [case["indicator"]], [case.get("answer") or {}])
    if found is None:
        return {"error": True, "codes": codes}
    return result_of(found.indicators[0]) | (told_of_steps(case, found) if "tranche" in case else {})


def told_of_steps(case: Case, found: Assessment) -> Result:
    """What is known of the steps of each group, and what is told of the one that the document is about."""
    names = {key_of(name): name for name in case.get("tranche", [])}
    names |= {key_of(part): part for name, parts in case["tumour_groups"].items() for part in (name, *parts)}
    steps = {step.id: step.name.nl for step in iza_steps()}
    said = next(step for step in found.indicators[0].because if step.rule == "iza_steps")
    return {
        "told": f"{said.fact('met')} van {said.fact('of')}",
        "iza": {
            names[result.group]: {steps[step.step]: shown_step(step) for step in result.steps} for result in found.iza
        },
    }


def shown_step(step: IzaStepDate) -> str:
    """A step as a case writes it."""
    state = {StepState.TAKEN: "gezet", StepState.PLANNED: "gepland", StepState.UNDECIDED: "jaar"}[step.state]
    if step.day is None:
        return state
    return f"{state} {step.day.first if step.day.is_exact else step.day.first.year}"


def engine_checks(case: Case) -> dict[tuple[str, str], list[Result]] | None:
    """Per location and treatment what each volume norm comes to, as the oracle tells it; None with an error."""
    found, _ = run(case, [case["indicator"]], [case.get("answer") or {}])
    names = {key_of(name): name for name in case["treatments"]}
    norms = {f"norm-{number}": norm for number, norm in enumerate(case.get("volume_norms", []), 1)}
    rows = [row for row in found.indicators[0].rows if row.number is not None] if found is not None else None
    return rows if rows is None else {(row.key[0], names[row.key[1]]): checks_of(row, norms) for row in rows}


def checks_of(row: RowResult, norms: dict[str, Case]) -> list[Result]:
    """The norms beside one row, in the order of the case."""
    return [
        {
            "norm": norms[check.norm],
            "bound": check.is_bound,
            "state": check.state.value,
            "total": check.total,
            "minimum": check.minimum,
            "locations": sorted(check.locations),
            "years": list(check.years),
        }
        for check in sorted(row.checks, key=lambda item: list(norms).index(item.norm))
    ]


def engine_judges_standard(results: list[Result]) -> Result:
    """The engine's verdict of a standard whose indicators have these results."""
    recipes = [recipe_for(result) for result in results]
    documents = [{"Id": "D1", "Titel": "Plan", "Datum": 2025}]
    case = {"sheets": {"Documenten": documents}}
    assessed, codes = run(case, [recipe[0] for recipe in recipes], [recipe[1] for recipe in recipes])
    assert assessed is not None, codes
    found = assessed.standards[0]
    for wanted, indicator in zip(results, found.indicators, strict=True):
        got = result_of(indicator)
        assert not differences({key: wanted[key] for key in ("verdict", "worst", "best") if key in wanted}, got), got
    share = None
    if found.share_met is not None:
        share = [f"{part.numerator}/{part.denominator}" for part in found.share_met]
    ends = {name: end.value for name, end in (("worst", found.worst), ("best", found.best)) if end is not None}
    return {
        "verdict": found.verdict.value,
        **ends,
        "mostly_undecided": found.mostly_undecided,
        "share_met": share,
        "m": found.counts.scored,
    }


def run(case: Case, indicators: list[Case], answers: list[Case]) -> tuple[Assessment | None, list[str]]:
    """The one standard as assessed; None, with the codes, when the evidence is sent back."""
    framework = framework_of(case, indicators)
    evidence, read = take_in(framework, (grid_of(case, answers),))
    codes = errors_in(read)
    if evidence is None or codes:
        return None, codes
    assessment, judged = assess(framework, evidence)
    codes = errors_in(judged)
    return (None, codes) if codes else (assessment, [])


def errors_in(diagnostics: Diagnostics) -> list[str]:
    """The codes of the errors, with their facts."""
    return [f"{item.code} {dict(item.facts)}" for item in diagnostics if item.is_error]


def result_of(indicator: IndicatorResult) -> Result:
    """An indicator's result in the words of a case."""
    ends = {"worst": indicator.worst, "best": indicator.best, "computed": indicator.computed}
    share = indicator.value
    return {
        "verdict": indicator.verdict.value,
        "reason": indicator.reason.value if indicator.reason else None,
        **{name: end.value for name, end in ends.items() if end is not None},
        "on_path": indicator.on_path,
        **({"share": f"{share.numerator}/{share.denominator}"} if isinstance(share, Share) else {}),
    }


def differences(expected: Result, got: Result) -> dict[str, tuple[Any, Any]]:
    """Where a result is not what was expected: name → (expected, got).

    The worst and best of a decided verdict are the verdict itself, said or not.
    """
    decided = {"worst": got.get("verdict"), "best": got.get("verdict")}
    return {
        name: (value, got.get(name))
        for name, value in expected.items()
        if value != got.get(name, decided.get(name) if got.get("verdict") in ORDERED else None)
    }


ORDERED = ("met", "partly_met", "not_met")

OWN = {"Eigen aanpak": {"doel": "Doel", "wat": "Aanpak", "werkt het": "Meting", "tot": 2030}}
COUNT = {"kind": "count", "path": 2, "partly_from": 1}
RECIPES: dict[tuple[str, str | None, str | None], tuple[Case, Case]] = {
    ("met", None, None): (COUNT, {"Antwoord": 2}),
    ("partly_met", None, None): (COUNT, {"Antwoord": 1}),
    ("not_met", None, None): (COUNT, {"Antwoord": 0}),
    ("unknown", "not_met", "met"): (COUNT, {}),
    ("unknown", "not_met", "partly_met"): ({"kind": "maturity", "path": 3, "partly_from": 2}, {"Antwoord": 2}),
    ("unknown", "not_met", "not_met"): ({"kind": "maturity", "path": 3, "partly_from": 2}, {"Antwoord": 1}),
    ("unknown", "partly_met", "met"): (
        {"kind": "document_age", "deadline": date(2025, 7, 1)},
        {"Antwoord": "ja", "Documenten": "D1"},
    ),
    ("unknown", None, None): ({"kind": "count", "path": {2030: 1}}, {"Antwoord": 1}),
    ("own_approach", "not_met", "met"): (COUNT, OWN),
    ("own_approach", "partly_met", "met"): (COUNT, {"Antwoord": 1, **OWN}),
    ("not_applicable", None, None): (
        {**COUNT, "may_be_not_applicable": True},
        {"Antwoord": "n.v.t.", "Reden n.v.t.": "Dat doet dit netwerk niet."},
    ),
    ("informative", None, None): (COUNT, {"Antwoord": 1}),
}
"""An indicator and an answer that give a result: verdict, worst, best."""


def recipe_for(result: Result) -> tuple[Case, Case]:
    """An indicator of the wanted class and an answer that give this result."""
    indicator, answer = RECIPES[result["verdict"], result.get("worst"), result.get("best")]
    opens = 2 if result.get("reason") == "not_yet_asked" else 1
    return {**indicator, "class": result.get("class", "core"), "opens": opens}, answer
