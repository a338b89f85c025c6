"""The verdict, the score and the next step of a standard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from normtool.core.assessment import StandardResult, Verdict, worst_of
from normtool.core.standards import Dimension
from tests.core.judging import judged, norms

COUNT: dict[str, Any] = {"kind": "count", "path": 2, "partly_from": 1, "may_be_not_applicable": True}
ANSWERS = {"met": "2", "partly": "1", "not": "0", "open": "", "own": "0", "away": "n.v.t."}
OWN = "Doel | Wat | Meting | 2030"


def standard(*names: str, growth: tuple[str, ...] = ()) -> StandardResult:
    """A standard whose core has these results, and whose open growth indicators have those."""
    indicators = [COUNT] * len(names) + [{**COUNT, "class": "growth", "opens": 1}] * len(growth)
    own = "Eigen aanpak: doel | Eigen aanpak: wat | Eigen aanpak: werkt het | Eigen aanpak: tot"
    lines = [f"| Id | Antwoord | Reden n.v.t. | {own} |"]
    for number, name in enumerate((*names, *growth), 1):
        reason = "Past niet" if name == "away" else ""
        lines.append(f"| N1.{number} | {ANSWERS[name]} | {reason} | {OWN if name == 'own' else '| | |'} |")
    framework = norms(*indicators)
    effort = tuple(
        replace(item, effort_hours=10 ** (n % 5)) for n, item in enumerate(framework.standards[0].indicators)
    )
    framework = replace(framework, standards=(replace(framework.standards[0], indicators=effort),))
    return judged(framework, "\n".join(["## Indicatoren", *lines]))[0]


@pytest.mark.parametrize(
    ("core", "verdict", "step"),
    [
        (("met", "met"), "met", None),
        (("met", "partly"), "partly_met", ("partly_met", "met", ("N1.2",), 10)),
        (("partly", "met", "partly"), "partly_met", ("partly_met", "met", ("N1.1", "N1.3"), 101)),
        (("met", "partly", "not"), "not_met", ("not_met", "partly_met", ("N1.3",), 100)),
        (("not", "partly", "not"), "not_met", ("not_met", "partly_met", ("N1.1", "N1.3"), 101)),
        (("met", "open"), "unknown", ("unknown", "unknown", ("N1.2",), 10)),
        (("own", "met", "open"), "unknown", ("unknown", "unknown", ("N1.1", "N1.3"), 101)),
        (("not", "open"), "not_met", ("not_met", "partly_met", ("N1.1", "N1.2"), 11)),
        (("away", "met"), "met", None),
        (("away",), "not_applicable", None),
        ((), "not_applicable", None),
    ],
)
def test_the_core_decides_and_the_next_step_lifts_it(
    core: tuple[str, ...], verdict: str, step: tuple[str, str, tuple[str, ...], int] | None
) -> None:
    found = standard(*core)
    assert found.verdict.value == verdict
    made = found.next_step
    assert (made and (made.start.value, made.goal.value, made.indicators, made.effort_hours)) == step


@pytest.mark.parametrize(
    ("core", "worst", "best"),
    [
        (("met", "partly"), Verdict.PARTLY_MET, Verdict.PARTLY_MET),
        (("met", "open"), Verdict.NOT_MET, Verdict.MET),
        (("partly", "open"), Verdict.NOT_MET, Verdict.PARTLY_MET),
        (("own", "met"), Verdict.NOT_MET, Verdict.MET),
        (("away",), None, None),
    ],
)
def test_a_standard_lies_between_its_worst_and_its_best(
    core: tuple[str, ...], worst: Verdict | None, best: Verdict | None
) -> None:
    found = standard(*core)
    assert (found.worst, found.best) == (worst, best)


@pytest.mark.parametrize(
    ("core", "mostly"),
    [
        (("met", "open"), False),
        (("met", "open", "open"), True),
        (("met", "own", "open"), True),
        (("met", "met", "open"), False),
        (("away", "away", "open", "met"), False),
        (("away",), False),
    ],
)
def test_more_than_half_of_the_core_undecided_is_said_first(core: tuple[str, ...], *, mostly: bool) -> None:
    assert standard(*core).mostly_undecided is mostly


def test_core_and_growth_are_counted_and_nothing_else() -> None:
    found = standard("met", "partly", "not", "open", "own", "away", growth=("met", "met"))
    counts = found.counts
    assert (counts.met, counts.partly_met, counts.not_met, counts.unknown, counts.own_approach) == (3, 1, 1, 1, 1)
    assert (counts.not_applicable, counts.informative, counts.no_norm, counts.not_yet_open) == (1, 0, 0, 0)
    assert (counts.scored, counts.best_met, counts.core, counts.core_known) == (7, 5, 5, 3)
    assert found.share_met is not None
    assert [(part.numerator, part.denominator) for part in found.share_met] == [(3, 7), (5, 7)]


def test_growth_never_decides() -> None:
    assert standard("met", growth=("not",)).verdict is Verdict.MET


def test_what_is_not_counted_is_told_beside_it() -> None:
    framework = norms(
        {**COUNT, "class": "informative", "opens": 1},
        {**COUNT, "class": "growth"},
        {**COUNT, "path": {2030: 1}, "partly_from": {}},
        COUNT,
    )
    found, _ = judged(
        framework, "## Indicatoren\n| Id | Antwoord |\n| N1.1 | 2 |\n| N1.2 | 2 |\n| N1.3 | 2 |\n| N1.4 | 2 |"
    )
    counts = found.counts
    assert (counts.informative, counts.not_yet_open, counts.no_norm, counts.unknown, counts.scored) == (1, 1, 1, 0, 1)
    assert (counts.met, counts.core, counts.core_known) == (1, 1, 1)


def test_without_anything_to_count_there_is_no_share() -> None:
    assert standard("away").share_met is None


def test_dimensions_are_counted_over_what_is_scored() -> None:
    framework = norms(COUNT, COUNT, COUNT, COUNT)
    kinds = (Dimension.STRUCTURE, Dimension.OUTCOME, Dimension.PROCESS, Dimension.PROCESS)
    items = zip(framework.standards[0].indicators, kinds, strict=True)
    made = tuple(replace(item, dimension=kind) for item, kind in items)
    framework = replace(framework, standards=(replace(framework.standards[0], indicators=made),))
    found, _ = judged(framework, "## Indicatoren\n| Id | Antwoord | Reden n.v.t. |\n| N1.4 | n.v.t. | Nee |")
    assert found.dimensions == (1, 1, 1)


def test_the_worst_of_nothing_is_met() -> None:
    assert worst_of(()) is Verdict.MET
    assert worst_of((Verdict.MET, Verdict.NOT_MET, Verdict.PARTLY_MET)) is Verdict.NOT_MET
