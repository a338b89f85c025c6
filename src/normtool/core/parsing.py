"""What reading a cell gives, and what it needs at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from normtool.core.diagnostics import Collector, Fact, Rule
from normtool.core.evidence import Unreadable, Value
from normtool.core.grids import GridValue
from normtool.core.ready import Ready
from normtool.core.spellings import Names
from normtool.core.standards import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The names a workbook may use: documents, members, tumour groups, treatments, indicators, standards.

    `registered` are other names of its members, and `network` those of the network itself, which the registry of
    networks knows.
    """

    documents: Names = field(default_factory=lambda: Names(()))
    members: Names = field(default_factory=lambda: Names(()))
    registered: Names = field(default_factory=lambda: Names(()))
    network: tuple[str, ...] = ()
    groups: Names = field(default_factory=lambda: Names(()))
    treatments: Names = field(default_factory=lambda: Names(()))
    indicators: Names = field(default_factory=lambda: Names(()))
    standards: Names = field(default_factory=lambda: Names(()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What reading a sheet needs at hand: the framework, the names that may be used, and where remarks go.

    `ready` is what stands ready to be confirmed instead of typed.
    """

    framework: Framework
    vocabulary: Vocabulary
    collector: Collector
    ready: Ready = field(default_factory=Ready)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to say about a cell: which rule, with which facts."""

    rule: Rule
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a cell was read as (None: empty), and what there is to say about it."""

    value: Value | None = None
    remarks: tuple[Remark, ...] = ()


def as_typed(value: GridValue) -> str:
    """A value of free text, whole: numbers and days as a reader writes them, other texts as they stand."""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else str(value)
    if isinstance(value, datetime) and value.time() == time():
        return str(value.date())
    return str(value).strip()


def shown(value: GridValue) -> str:
    """A cell's value as the user sees it, short enough for a sentence."""
    if isinstance(value, datetime):
        text = value.strftime("%d-%m-%Y")
    elif isinstance(value, bool):
        text = "WAAR" if value else "ONWAAR"
    elif isinstance(value, float):
        text = f"{value:g}".replace(".", ",")
    else:
        text = str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def refuse(rule: Rule, value: GridValue, **facts: Fact) -> Parsed:
    """A cell that must be asked back."""
    return Parsed(
        value=Unreadable(text=str(value)),
        remarks=(Remark(rule=rule, facts={"found": shown(value), **facts}),),
    )
