"""One indicator judged on a form of markdown tables, and the result in lines that a reader would recognise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from normtool.core.assessment import Because, IndicatorResult, RowResult, Share, StandardResult
from normtool.core.diagnostics import Diagnostics
from normtool.core.scoring import assess
from normtool.core.standards import Framework, VolumeNorm
from tests import cases
from tests.conftest import built_in
from tests.core.tables import place, read

GROUPS = ("skin", "lung", "bone-soft-tissue")


def norms(*indicators: dict[str, Any], volume_norms: tuple[VolumeNorm, ...] | None = None) -> Framework:
    """One standard with these indicators, N1.1 and up; three tumour groups, bone and soft tissue in two parts."""
    made = tuple(cases.indicator_of(given, f"N1.{number}") for number, given in enumerate(indicators, 1))
    small = cases.framework_of({}, [])
    return replace(
        small,
        standards=(replace(small.standards[0], indicators=made),),
        tumour_groups=tuple(group for group in built_in().tumour_groups if group.id in GROUPS),
        treatments=built_in().treatments,
        volume_norms=built_in().volume_norms if volume_norms is None else volume_norms,
    )


def judged(framework: Framework, markdown: str) -> tuple[StandardResult, Diagnostics]:
    """The one standard, and the questions that are asked about it; errors are left in, as in a draft."""
    evidence, _ = read(markdown, framework=framework)
    assessment, questions = assess(framework, evidence)
    return assessment.standards[0], questions


def judge(indicator: dict[str, Any], markdown: str) -> IndicatorResult:
    """The result of one indicator."""
    return judged(norms(indicator), markdown)[0].indicators[0]


def verdict(result: IndicatorResult) -> str:
    """`met`, `unknown (small_numbers) not_met … met`, `own_approach, else not_met`."""
    text = result.verdict.value
    if result.reason is not None:
        text += f" ({result.reason.value})"
    if result.worst is not None and result.best is not None and result.worst is not result.best:
        text += f" {result.worst.value} … {result.best.value}"
    if result.computed is not None:
        text += f", else {result.computed.value}"
    return text


def why(result: IndicatorResult) -> list[str]:
    """The reasoning: rule, facts, cells."""
    return [step(item) for item in result.because]


def step(item: Because) -> str:
    """One step of the reasoning."""
    facts = [f"{name}={fact(value)}" for name, value in item.facts]
    return " ".join([item.rule, *facts, *(place(cell) for cell in item.places)])


def fact(value: object) -> object:
    """A fact as it would be printed."""
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Share) else value


def rows(result: IndicatorResult) -> list[str]:
    """Every row that counts: key, state, why, numbers, cells."""
    return [row(item) for item in result.rows]


def row(item: RowResult) -> str:
    """One row."""
    parts: list[object] = ["/".join(item.key), item.state.value, item.reason and f"({item.reason})"]
    parts += [item.share and fact(item.share), item.number, item.norms and "+".join(item.norms), item.year]
    parts += [item.note and f"‘{item.note}’", *(place(cell) for cell in item.places)]
    return " ".join(str(part) for part in parts if part not in ("", None, ()))


def cells(result: IndicatorResult) -> list[str]:
    """The cells a result rests on."""
    return [place(cell) for cell in result.places]
