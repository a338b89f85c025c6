"""Invented networks and years to lay side by side: the mixed network under other names, with other answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from normtool.core.circles import part_for
from normtool.core.dossier import Circle, Dossier
from normtool.core.evidence import Answer
from normtool.core.scoring import assess
from tests.dossier_examples import answer, built_in, mixed

DIGEST = "c0de" * 16
NAMES = ("Amstelveld", "Beekoever", "Dijkland", "Eikenrode", "Heidezoom", "Lindewaard", "Zuiderplas")


def network(
    code: str,
    name: str,
    *,
    year: int = 2026,
    without: Iterable[str] = (),
    answers: Iterable[Answer] = (),
    **changes: Any,
) -> Dossier:
    """The mixed network as another one, without the answers to some indicators and with others instead."""
    dossier = mixed()
    evidence = dossier.evidence
    others = tuple(answers)
    left = {*without, *(item.indicator for item in others)}
    facts = replace(
        evidence.network,
        code=code,
        name=name,
        assessment_year=year,
        reporting_year=year - 1,
        reference_date=date(year - 1, 12, 31),
    )
    kept = tuple(item for item in evidence.answers if item.indicator not in left)
    evidence = replace(evidence, network=facts, answers=(*kept, *others))
    assessment, questions = assess(built_in(), evidence)
    return replace(dossier, evidence=evidence, assessment=assessment, diagnostics=questions, **changes)


@cache
def seven() -> tuple[Dossier, ...]:
    """Seven networks; each misses another answer, and two say *no* where the others say *yes*."""
    missing = ("N1.2", "N1.5", "N1.8", "N2.6", "N3.1", "N5.1", "N5.2")
    no = {"Dijkland": "N1.5", "Zuiderplas": "N3.1"}
    return tuple(
        network(
            f"ON{name[:2].upper()}",
            f"Oncologienetwerk {name}",
            without=(left,),
            answers=(answer(no[name], False),) if name in no else (),
        )
        for name, left in zip(NAMES, missing, strict=True)
    )


@cache
def years() -> tuple[Dossier, ...]:
    """Three years of one network, the middle one better than the first."""
    return (
        network("ONV", "Oncologienetwerk Voorbeeldland", year=2025, answers=(answer("N3.1", False),)),
        network("ONV", "Oncologienetwerk Voorbeeldland", year=2026),
        network("ONV", "Oncologienetwerk Voorbeeldland", year=2027, without=("N1.2",)),
    )


def many(count: int) -> tuple[Dossier, ...]:
    """So many networks that are alike."""
    return tuple(network(f"R{place:02d}", f"Regio {place}") for place in range(count))


def parts(dossiers: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """What networks may see of each other."""
    return tuple(part_for(item, Circle.NETWORK, DIGEST) for item in dossiers)
