"""Dossiers with small numbers of patients, and an attacker who reads what is left of them.

The attacker is written by the text of docs/privacy.md and knows nothing of `core/masking*.py`: it reads the JSON of a
part, works out every number that is gone from the sums that are shown, and knows the rule by which they went.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from normtool.core.dossier import Dossier, FormerYear
from normtool.core.evidence import Evidence, NetworkFacts, RegisterRow
from normtool.core.places import Located
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from normtool.files.dossiers_json import dossier_json
from tests.dossier_examples import answer, at, built_in, mixed, row, rows

LIMIT = 10
MOST_TRIED = 14
"""Patients of whom every way to share them out over rows is tried."""
DIGEST = "ab" * 32
GROUPS = ("skin", "lung", "breast", "brain", "endocrine", "urological")
PAIRS = {"N3.3": ("on_time", "treated"), "N4.2": ("in_mdt", "new_patients")}

Counts = tuple[int, int]
"""A numerator and a denominator."""


class Care(NamedTuple):
    """What one location says of one tumour group: on time of treated, discussed of new."""

    location: str
    group: str
    on_time: Counts
    discussed: Counts


@cache
def framework(limit: int = LIMIT) -> Framework:
    """The indicators about patients of the built-in edition, with another limit of small numbers."""
    found = built_in()
    asked = ((item, [one for one in item.indicators if one.counts_patients]) for item in found.standards)
    kept = tuple(replace(item, indicators=tuple(indicators)) for item, indicators in asked if indicators)
    return replace(found, standards=kept, settings=replace(found.settings, small_below=limit))


def care_row(care: Care, explanation: str = "") -> RegisterRow:
    """A row of *Zorgaanbod*."""
    (on_time, treated), (in_mdt, new) = care.on_time, care.discussed
    numbers = {"on_time": on_time, "treated": treated, "in_mdt": in_mdt, "new_patients": new}
    told = {"explanation": explanation} if explanation else {}
    return row("Zorgaanbod", location=care.location, group=care.group, treats=True, **numbers, **told)


def network(cares: Iterable[Care], limit: int = LIMIT, **more: Any) -> Dossier:
    """A network with these numbers; `more`: `trials` (N5.3), `answers`, and registers by their id."""
    norms = framework(limit)
    found = list(cares)
    hospitals = dict.fromkeys(care.location for care in found)
    registers = [
        rows(
            "members", *(row("Deelnemers", id=name, name=f"Ziekenhuis {name}", kind="hospital") for name in hospitals)
        ),
        rows("care", *map(care_row, found)),
        *(rows(name, *held) for name, held in more.items() if name not in ("trials", "answers")),
    ]
    answers = [*more.get("answers", ())]
    if "trials" in more:
        numerator, denominator = more["trials"]
        answers.append(answer("N5.3", None, numerator=numerator, denominator=denominator))
    evidence = replace(Evidence(network=_facts()), answers=tuple(answers), registers=tuple(registers))
    return judged(norms, evidence)


@cache
def _facts() -> NetworkFacts:
    return mixed().evidence.network


def former_year(**told: Any) -> FormerYear:
    """The year before, in the same cycle and by other norms, with what it tells."""
    year = {"assessment_year": 2025, "reporting_year": 2024, "cycle": 1, "framework": "x", "edition": "1"}
    return FormerYear(**{**year, "digest": "00", "results": (), **told})


def judged(norms: Framework, evidence: Evidence) -> Dossier:
    """The dossier of this evidence."""
    assessment, questions = assess(norms, evidence)
    return Dossier(framework=norms, evidence=evidence, assessment=assessment, diagnostics=questions, program="0.1.0")


def read(dossier: Dossier) -> dict[str, Any]:
    """What an attacker has: the JSON of a part."""
    found: dict[str, Any] = json.loads(dossier_json(dossier))
    return found


# --- the attacker ------------------------------------------------------------------------------------------------


class Range(NamedTuple):
    """Between which numbers a hidden one must lie."""

    low: int
    high: float


@dataclass(slots=True)
class Cluster:
    """Hidden rows of which only the sum is known: how many met and how many did not, or only how many in all."""

    rows: list[int]
    met: int | None = None
    other: int | None = None
    total: int | None = None


class Attacker:
    """Works out, of one pair of columns, what the rows of *Zorgaanbod* must have been.

    `known` are locations whose own numbers the attacker has: `(location, group) -> (numerator, denominator)`.
    """

    def __init__(self, part: dict[str, Any], indicator: str, known: Mapping[tuple[str, str], Counts] | None = None):
        self.part, self.indicator = part, indicator
        self.pair = PAIRS[indicator]
        self.rows = self._rows(known or {})

    def _rows(self, known: Mapping[tuple[str, str], Counts]) -> list[tuple[str, str, Counts | None]]:
        """Location, group and numbers as far as they are there."""
        found = []
        for line in self._register("care"):
            values = {name: cell["value"] for name, cell in line["values"].items()}
            key = (values["location"], values["group"])
            shown = tuple(values[name] for name in self.pair if name in values)
            assert len(shown) in (0, 2), "numerator and denominator go together"
            counts = (shown[0], shown[1]) if shown else known.get(key)
            found.append((*key, counts))
        return found

    def _register(self, register: str) -> list[dict[str, Any]]:
        registers = self.part["evidence"].get("registers", [])
        return next((item.get("rows", []) for item in registers if item["register"] == register), [])

    def _results(self) -> Iterator[dict[str, Any]]:
        return (item for standard in self.part["standards"] for item in standard["indicators"])

    def result(self, indicator: str) -> dict[str, Any]:
        """One result."""
        return next(item for item in self._results() if item["id"] == indicator)

    @property
    def totals(self) -> dict[str, Counts]:
        """The shown sums by group; groups taken together under `other-pooled`."""
        rows = self.result(self.indicator)["rows"]
        return {
            item["key"][0]: (item["share"]["numerator"], item["share"]["denominator"])
            for item in rows
            if "share" in item
        }

    @property
    def groups(self) -> dict[str, list[int]]:
        """The rows of each sum, shown or not."""
        named = {item["key"][0] for item in self.result(self.indicator)["rows"]}
        found: dict[str, list[int]] = {}
        for number, (_, group, _) in enumerate(self.rows):
            found.setdefault(group if group in named else "other-pooled", []).append(number)
        return found

    def hidden(self) -> list[int]:
        """The rows of which the numbers are gone."""
        return [number for number, (_, _, counts) in enumerate(self.rows) if counts is None]

    def clusters(self) -> list[Cluster]:
        """The hidden rows by the sum that is known of them; a row of which no sum is known is in none."""
        found = []
        for group, members in self.groups.items():
            hidden = [number for number in members if self.rows[number][2] is None]
            if group in self.totals and hidden:
                met, other = self._rest(members, self.totals[group])
                found.append(Cluster(rows=hidden, met=met, other=other))
        whole = self._whole()
        if whole is not None:
            rest, loose = whole, []
            for group, members in self.groups.items():
                if group in self.totals:
                    rest -= self.totals[group][1]
                else:
                    loose += [number for number in members if self.rows[number][2] is None]
                    rest -= sum(counts[1] for number in members if (counts := self.rows[number][2]) is not None)
            if loose:
                found.append(Cluster(rows=loose, total=rest))
        return found

    def _rest(self, members: list[int], total: Counts) -> Counts:
        """What is left of a sum for the rows that are hidden: met, and not met."""
        shown = [counts for number in members if (counts := self.rows[number][2]) is not None]
        met = total[0] - sum(item[0] for item in shown)
        return met, total[1] - sum(item[1] for item in shown) - met

    def _whole(self) -> int | None:
        """How many new patients the network has, when N5.3 tells it: taken for the sum of all rows."""
        share = self.result("N5.3")["value_share"]
        return share["denominator"] if share is not None and self.indicator == "N4.2" else None

    def ranges(self) -> dict[int, tuple[Range, Range, Range]]:
        """Per hidden row, between which its numerator, its difference and its denominator lie."""
        free = Range(0, float("inf"))
        found = dict.fromkeys(self.hidden(), (free, free, free))
        for cluster in self.clusters():
            alone = len(cluster.rows) == 1
            for number in cluster.rows:
                met, other, whole = found[number]
                if cluster.met is not None and cluster.other is not None:
                    total = cluster.met + cluster.other
                    met, other = _between(cluster.met, alone=alone), _between(cluster.other, alone=alone)
                    whole = _between(total, alone=alone)
                elif cluster.total is not None:
                    limits = _between(cluster.total, alone=alone)
                    met, other = Range(0, min(met.high, limits.high)), Range(0, min(other.high, limits.high))
                    whole = Range(max(whole.low, limits.low), min(whole.high, limits.high))
                found[number] = (met, other, whole)
        return found

    def open_totals(self) -> dict[str, bool]:
        """The sums that are gone, by group: whether they are still open for who has all that is left."""
        loose = {group for group in self.groups if group not in self.totals}
        hidden = set(self.hidden())
        moving = {group for group in loose if not hidden.isdisjoint(self.groups[group])}
        is_bound = self._whole() is not None
        return {group: group in moving and (not is_bound or len(moving) > 1) for group in loose}

    def worlds(self, cluster: Cluster, limit: int) -> list[list[Counts]]:
        """All numbers that the rows of a cluster may have had; none when there are too many to try.

        The attacker knows the rule: one of them at least was small, or none had to go.
        """
        if cluster.met is None or cluster.other is None or cluster.met + cluster.other > MOST_TRIED:
            return []
        size = len(cluster.rows)
        return [
            [(met, met + other) for met, other in zip(mets, others, strict=True)]
            for mets in _splits(cluster.met, size)
            for others in _splits(cluster.other, size)
            if any(is_small((met, met + other), limit) for met, other in zip(mets, others, strict=True))
        ]


def is_small(counts: Counts, limit: int) -> bool:
    """The rule of docs/privacy.md: numerator, denominator or difference from 1 up to the limit."""
    numerator, denominator = counts
    return any(0 < number < limit for number in (numerator, denominator, denominator - numerator))


def _between(total: int, *, alone: bool) -> Range:
    return Range(total, total) if alone else Range(0, total)


def _splits(total: int, size: int) -> Iterator[tuple[int, ...]]:
    """All ways to share out a total."""
    if size == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _splits(total - first, size - 1))


# --- one network whose hidden numbers are like no others ----------------------------------------------------------

CRAFTED = (
    Care("Aker", "skin", (4704, 4711), (6113, 6121)),
    Care("Bergzicht", "skin", (5209, 5737), (7351, 8123)),
    Care("Aker", "lung", (6, 5939), (3571, 5003)),
    Care("Bergzicht", "lung", (2411, 3307), (2909, 3833)),
    Care("Duinoord", "lung", (1613, 2311), (4421, 5519)),
    Care("Aker", "brain", (3, 8), (4, 7)),
)
TOLD = "Op tijd: 4704 van 4.711 patiënten, dat is 99,85 %; 5737 elders."


@cache
def crafted() -> Dossier:
    """A network with hidden numbers that stand nowhere by chance, and that are told in typed texts as well."""
    numbers = [care_row(care, TOLD if care.group == "skin" else "") for care in CRAFTED]
    told = Located(value=TOLD, place=at("Indicatoren"))
    evidence = replace(
        mixed().evidence,
        answers=(
            *(item for item in mixed().evidence.answers if item.indicator not in ("N3.3", "N4.2", "N5.3")),
            answer("N3.3", explanation=TOLD, source=TOLD, last_year="4704 van 4711 (2024)"),
            answer("N5.3", None, numerator=7, denominator=6911, explanation="Maar 7 van 6911."),
        ),
        registers=(
            *(item for item in mixed().evidence.registers if item.register not in ("members", "care", "bottlenecks")),
            rows("members", *(row("Deelnemers", id=name, name=name, kind="hospital") for name in HOSPITALS)),
            rows("care", *numbers),
            rows("bottlenecks", row("Knelpunten", description=TOLD, indicators=("N3.3",))),
        ),
        documents=tuple(
            replace(item, title=f"Cijfers van {told.value}") if item.id == "D1" else item
            for item in mixed().evidence.documents
        ),
    )
    return judged(built_in(), evidence)


HOSPITALS = ("Aker", "Bergzicht", "Duinoord")


def secret_numbers() -> tuple[str, ...]:
    """Hidden numbers as they may be written: plain, and with signs between the thousands."""
    plain = [4704, 4711, 9913, 10448, 6113, 6121, 13464, 14244, 5939, 6911]
    forms = [form for number in plain for form in (str(number), f"{number:,}", f"{number:,}".replace(",", "."))]
    return (*forms, "99,85", "99.85", "0.998514")
