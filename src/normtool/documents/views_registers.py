"""What stands in the registers: organisation, the patient council's page; SONCOS and OECI beside the norms."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.evidence import RegisterRow
from normtool.core.registers import Column, ColumnType, Register
from normtool.documents.views_context import (
    NONE,
    Context,
    VerdictText,
    anchor,
    standard_number,
    verdict_text,
)
from normtool.telling.retelling import value_words

ORGANISATION = ("meetings", "working_groups", "agreements")
COUNCIL = "patient_council"
BOTTLENECKS = "bottlenecks"
ASIDE = ("explanation",)
RIGHT = {ColumnType.WHOLE, ColumnType.YEAR}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTable:
    """A register as a table: its columns in use with their `widths` in per cent, remarks below their row."""

    key: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    numeric: tuple[int, ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]
    complete: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPoint:
    """One point of the patient council, in its own words: (heading, text) pairs."""

    title: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow:
    """One indicator under a SONCOS requirement, with its verdict."""

    id: str
    anchor: str
    title: str
    verdict: VerdictText


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A SONCOS requirement, element by element."""

    title: str
    note: str
    rows: tuple[ElementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTable:
    """Standards × OECI domains: how many indicators speak of both; `open_notes` name the empty domains."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    open_notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """The organisation as the registers tell it."""

    features: str
    tables: tuple[RegisterTable, ...]
    council: tuple[CouncilPoint, ...]
    requirements: tuple[Requirement, ...]
    cross: CrossTable | None


def organisation_view(context: Context) -> OrganisationView:
    """Everything of the registers that a reviewer reads."""
    tables = [_table(context, name) for name in (*ORGANISATION, BOTTLENECKS)]
    return OrganisationView(
        features=context.dossier.evidence.network.features.strip(),
        tables=tuple(table for table in tables if table is not None),
        council=_council(context),
        requirements=_requirements(context),
        cross=_cross(context),
    )


def _table(context: Context, name: str) -> RegisterTable | None:
    register = context.dossier.framework.register(name)
    filled = context.dossier.evidence.register(name)
    if register is None or not filled.rows:
        return None
    used = [
        column
        for column in register.columns
        if column.id not in ASIDE and any(row.get(column.id) is not None for row in filled.rows)
    ]
    aside = next((column.id for column in register.columns if column.id in ASIDE), "")
    rows = []
    for row in filled.rows:
        cells = tuple(_cell(context, column, row) for column in used)
        remark = row.get(aside) if aside else None
        rows.append((cells, str(remark.value) if remark is not None else ""))
    head = tuple(context.words.text(column.header) for column in used)
    return RegisterTable(
        key=name,
        title=context.words.text(register.sheet),
        head=head,
        widths=column_widths([head, *(cells for cells, _ in rows)]),
        numeric=tuple(place for place, column in enumerate(used) if column.type in RIGHT),
        rows=tuple(rows),
        complete=context.say("organisation.complete" if filled.is_complete else "organisation.not_complete"),
    )


def column_widths(rows: list[tuple[str, ...]]) -> tuple[int, ...]:
    """Even per cents for columns, by their longest word and the square root of their longest text."""
    weights = []
    for texts in zip(*rows, strict=True):
        word = max(len(word) for text in texts for word in text.split(" "))
        weights.append(max(word * 1.1, 3 * max(len(text) for text in texts) ** 0.5, 6.0))
    return tuple(int(weight * 50 / sum(weights)) * 2 for weight in weights)


def _cell(context: Context, column: Column, row: RegisterRow) -> str:
    cell = row.get(column.id)
    return NONE if cell is None else value_words(cell.value, context.words, context.names, column)


# --- The patient council ------------------------------------------------------------------------------------


def _council(context: Context) -> tuple[CouncilPoint, ...]:
    """The rows of the patient council, unedited and in its own order."""
    register = context.dossier.framework.register(COUNCIL)
    if register is None:
        return ()
    return tuple(_point(context, register, row) for row in context.dossier.evidence.register(COUNCIL).rows)


def _point(context: Context, register: Register, row: RegisterRow) -> CouncilPoint:
    title, parts = "", []
    for column in register.columns:
        cell = row.get(column.id)
        if cell is None:
            continue
        text = value_words(cell.value, context.words, context.names, column)
        if column.type is ColumnType.STANDARD:
            title = _standard_title(context, text)
        else:
            parts.append((context.words.text(column.header), text))
    return CouncilPoint(title=title, parts=tuple(parts))


def _standard_title(context: Context, identifier: str) -> str:
    found = next((item for item in context.dossier.framework.standards if item.id == identifier), None)
    if found is None:
        return identifier
    return context.say("council.standard", number=standard_number(found), name=context.words.text(found.short))


# --- SONCOS and OECI ----------------------------------------------------------------------------------------


def _requirements(context: Context) -> tuple[Requirement, ...]:
    results = {item.id: item for item in context.dossier.assessment.indicators}
    requirements = []
    for reference in context.dossier.framework.soncos:
        rows = tuple(
            ElementRow(
                id=item.id,
                anchor=anchor(item.id),
                title=context.words.text(item.title),
                verdict=verdict_text(context, results[item.id]),
            )
            for item in context.dossier.framework.indicators
            if reference.id in item.soncos and item.id in results
        )
        note = context.words.text(reference.note) if reference.note else ""
        requirements.append(Requirement(title=context.words.text(reference.title), note=note, rows=rows))
    return tuple(requirement for requirement in requirements if requirement.rows)


def _cross(context: Context) -> CrossTable | None:
    framework = context.dossier.framework
    if not framework.oeci:
        return None
    rows = []
    open_notes = []
    for domain in framework.oeci:
        cells = tuple(
            tuple(item.id.lstrip("N") for item in standard.indicators if domain.id in item.oeci)
            for standard in framework.standards
        )
        title = context.words.text(domain.title)
        rows.append((title, cells))
        if not any(cells):
            open_notes.append((title, context.words.text(domain.note) if domain.note else ""))
    head = tuple(standard_number(standard) for standard in framework.standards)
    return CrossTable(head=head, rows=tuple(rows), open_notes=tuple(open_notes))
