"""A question about evidence, and what happens to it when the network answered it beforehand in *Toelichting*.

Source: docs/method.md, Implausible is not below target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from normtool.core.diagnostics import Collector, Fact, Related, Rule
from normtool.core.evidence import RegisterRow
from normtool.core.form_names import INDICATORS_SHEET
from normtool.core.ledger import Ledger
from normtool.core.places import Located, Place
from normtool.core.rules_questions import ALREADY_EXPLAINED
from normtool.core.spellings import DASHES, NONE, NOT_APPLICABLE, plain

EXPLANATION = "explanation"
"""The column *Toelichting* of a register."""

MOST_RELATED = 12
"""How many other cells a question names at most: more does not help to find the fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question at a cell; `explanation` is the cell that answers it already, if there is one."""

    rule: Rule
    place: Place
    facts: Mapping[str, Fact] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    explanation: Located[str] | None = None


def put(collector: Collector, asked: Asked) -> None:
    """Ask a question; one that the network already answered is only noted, with the cell of the answer."""
    if asked.explanation is None:
        facts: dict[str, Any] = dict(asked.facts)
        collector.add(asked.rule, asked.place, related=asked.related[:MOST_RELATED], **facts)
    else:
        answered = Related(place=asked.explanation.place, role="explanation")
        collector.add(ALREADY_EXPLAINED, asked.place, related=(answered,), code=asked.rule.code)


def explanation_of(cell: Located[str] | None) -> Located[str] | None:
    """The cell, when it explains anything: *geen* and a dash do not."""
    if cell is None or plain(cell.value) in NONE | NOT_APPLICABLE | DASHES:
        return None
    return cell


def explanation_in(row: RegisterRow) -> Located[str] | None:
    """What a register row says under *Toelichting*, if anything."""
    if not isinstance(row.contents.get(EXPLANATION), str):
        return None
    return explanation_of(cast(Located[str], row.cells[EXPLANATION]))


def form_language(ledger: Ledger) -> str:
    """The language of the form, by the name of its sheet with indicators: names in questions are in it too."""
    sheets = {plain(answer.place.sheet) for answer in ledger.answers.values()}
    return "en" if plain(INDICATORS_SHEET.text.en) in sheets else "nl"
