"""One network's evidence beside its framework, indexed for scoring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from normtool.core.dates import Truth, all_of, on_or_after, on_or_before
from normtool.core.evidence import (
    Answer,
    DateSpan,
    DocumentEntry,
    DocumentReference,
    Evidence,
    RegisterRow,
    RegisterRows,
    Said,
)
from normtool.core.places import CellPlace, Located
from normtool.core.registers import Register
from normtool.core.standards import Framework

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Framework and evidence, with the look-ups that scoring needs.

    `groups` maps a tumour group or sub-type to its group; `parents` a member to the one it is part of.
    `worked_out` keeps what follows from the rest and is asked for often (`once`).
    """

    framework: Framework
    evidence: Evidence
    answers: Mapping[str, Answer]
    registers: Mapping[str, RegisterRows]
    documents: Mapping[str, DocumentEntry]
    groups: Mapping[str, str]
    parents: Mapping[str, str]
    worked_out: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    @property
    def reference_date(self) -> date:
        """The day on which documents are judged."""
        return self.evidence.network.reference_date

    @property
    def reporting_year(self) -> int:
        """The year in which activities are counted."""
        return self.evidence.network.reporting_year

    def rows(self, register: str) -> RegisterRows:
        """The rows of a register; none when it is absent."""
        return self.registers.get(register) or RegisterRows(register=register)


def once(ledger: Ledger, name: object, make: Callable[[], T]) -> T:
    """What `make` gives, made the first time only; `name` tells it from all else that is kept."""
    if name not in ledger.worked_out:
        ledger.worked_out[name] = make()
    return cast(T, ledger.worked_out[name])


def key_names(ledger: Ledger, register: Register) -> tuple[str, ...]:
    """The ids of the columns that together name a row of this register."""
    return once(ledger, ("key", register.id), lambda: tuple(column.id for column in register.key_columns))


def open_ledger(framework: Framework, evidence: Evidence) -> Ledger:
    """Index the evidence for scoring."""
    groups: dict[str, str] = {}
    for group in framework.tumour_groups:
        groups[group.id] = group.id
        groups.update((sub_type.id, group.id) for sub_type in group.sub_types)
    parents: dict[str, str] = {}
    for row in evidence.register("members").rows:
        member, parent = text_in(row, "id"), text_in(row, "parent")
        if member and parent:
            parents[member] = parent
    return Ledger(
        framework=framework,
        evidence=evidence,
        answers={answer.indicator: answer for answer in evidence.answers},
        registers={rows.register: rows for rows in evidence.registers},
        documents={entry.id: entry for entry in evidence.documents},
        groups=groups,
        parents=parents,
    )


def is_declared(ledger: Ledger, indicator: str) -> bool:
    """Whether the network says that an indicator is not applicable."""
    answer = ledger.answers.get(indicator)
    return answer is not None and answer.answer is not None and answer.answer.value is Said.NOT_APPLICABLE


def text_in(row: RegisterRow, column: str) -> str:
    """The text of a cell; empty when the cell is empty or holds something else."""
    value = row.contents.get(column)
    return value if isinstance(value, str) else ""


def number_in(row: RegisterRow, column: str) -> int | None:
    """The whole number in a cell, if it holds one."""
    value = row.contents.get(column)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def span_in(row: RegisterRow, column: str) -> DateSpan | None:
    """The date in a cell, if it holds one."""
    value = row.contents.get(column)
    return value if isinstance(value, DateSpan) else None


def texts_in(row: RegisterRow, column: str) -> tuple[str, ...]:
    """The list in a cell (members, groups, indicators); empty when it holds none."""
    value = row.contents.get(column)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()


def documents_in(row: RegisterRow) -> tuple[Located[DocumentReference], ...]:
    """The documents that a register row names."""
    return tuple(
        Located(value=item, place=row.place_of(column))
        for column, value in row.contents.items()
        if isinstance(value, tuple)
        for item in value
        if isinstance(item, DocumentReference)
    )


def place_in(row: RegisterRow, *columns: str) -> tuple[CellPlace, ...]:
    """The cells of these columns that are filled, else the row itself."""
    return tuple([row.place_of(column) for column in columns if column in row.contents]) or (row.place,)


def substantiates(entry: DocumentEntry, reference_date: date) -> Truth:
    """Whether a document counts as proof: not dated after the reference date and not past its end."""
    parts = []
    if entry.date is not None:
        parts.append(on_or_before(entry.date.value, reference_date))
    if entry.valid_until is not None:
        parts.append(on_or_after(entry.valid_until.value, reference_date))
    return all_of(parts)


def proof(ledger: Ledger, references: tuple[Located[DocumentReference], ...]) -> Truth:
    """Whether at least one of the documents named counts as proof; undecided ones are no proof yet."""
    for reference in references:
        entry = ledger.documents.get(reference.value.document)
        if entry is not None and substantiates(entry, ledger.reference_date) is Truth.YES:
            return Truth.YES
    return Truth.NO
