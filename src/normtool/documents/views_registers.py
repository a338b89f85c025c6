"""What stands in the registers: organisation, the patient council's page; SONCOS and OECI beside the norms."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core.assessment import IndicatorResult
from normtool.core.evidence import RegisterRow
from normtool.core.registers import Column, ColumnType, Register
from normtool.core.standards import Indicator
from normtool.documents.views_answers import answer_words, documents_named
from normtool.documents.views_context import (
    NONE,
    Context,
    VerdictText,
    anchor,
    standard_number,
    verdict_text,
)
from normtool.documents.views_origin import given_answer
from normtool.telling.retelling import value_words

ORGANISATION = ("meetings", "working_groups", "agreements")
COUNCIL = "patient_council"
ASIDE = ("explanation",)
RIGHT = {ColumnType.WHOLE, ColumnType.YEAR}
SHORT, MOST_COLUMNS = 30, 6
"""Letters of a text that still fits a column, and columns that fit beside each other."""
ALONE, LONGEST_WORD = 90, 24
"""A first column with longer texts stands alone; a longer word is broken."""
LETTERS = 108.0
"""Letters on a line over the full width of a page, in the type of these tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTable:
    """A register as a table: its short columns with their `widths` in per cent.

    Of a row stand below it, over the full width: its other cells with their headers, and its remark.
    """

    key: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    numeric: tuple[int, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[tuple[str, str], ...], str], ...]
    complete: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPoint:
    """One point of the patient council, in its own words: (heading, text) pairs."""

    title: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRow:
    """One indicator under a SONCOS requirement: what is arranged, by which document, and the verdict."""

    id: str
    anchor: str
    title: str
    said: str
    document: str
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
    tables = [_table(context, name) for name in ORGANISATION]
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
    texts = [tuple(_cell(context, column, row) for column in used) for row in filled.rows]
    headers = tuple(context.words.text(column.header) for column in used)
    shown = _short_columns(texts)
    head = tuple(headers[place] for place in shown)
    cells = [tuple(row[place] for place in shown) for row in texts]
    aside = next((column.id for column in register.columns if column.id in ASIDE), "")
    return RegisterTable(
        key=name,
        title=context.words.text(register.sheet),
        head=head,
        widths=column_widths([head, *cells]),
        numeric=tuple(at for at, place in enumerate(shown) if used[place].type in RIGHT),
        rows=tuple(
            (own, _fields(headers, row, shown), _remark(filled_row, aside))
            for own, row, filled_row in zip(cells, texts, filled.rows, strict=True)
        ),
        complete=context.say("organisation.complete" if filled.is_complete else "organisation.not_complete"),
    )


def _short_columns(rows: list[tuple[str, ...]]) -> tuple[int, ...]:
    """The columns that fit beside each other: the first, and those with short texts, as many as there is room."""
    longest = [max(len(text) for text in texts) for texts in zip(*rows, strict=True)]
    if longest[0] > ALONE:
        return (0,)
    short = [place for place, length in enumerate(longest) if place == 0 or length <= SHORT]
    return tuple(short[:MOST_COLUMNS])


def _fields(headers: tuple[str, ...], row: tuple[str, ...], shown: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    """What a row holds besides its short columns; nothing of empty cells."""
    return tuple(
        (header, text)
        for place, (header, text) in enumerate(zip(headers, row, strict=True))
        if place not in shown and text != NONE
    )


def _remark(row: RegisterRow, column: str) -> str:
    cell = row.get(column) if column else None
    return str(cell.value) if cell is not None else ""


def column_widths(rows: list[tuple[str, ...]]) -> tuple[int, ...]:
    """Even per cents for columns: each has room for its longest word, the rest goes by their longest texts."""
    columns = list(zip(*rows, strict=True))
    words = [min(max(len(word) for text in texts for word in text.split(" ")), LONGEST_WORD) + 4 for texts in columns]
    texts = [min(max(len(text) for text in column), SHORT) + 4 for column in columns]
    left = max(0.0, LETTERS - sum(words))
    wishes = [max(0.0, text - word) for text, word in zip(texts, words, strict=True)]
    shares = [left * wish / (sum(wishes) or 1) for wish in wishes]
    widths = [word + min(share, wish) for word, share, wish in zip(words, shares, wishes, strict=True)]
    return tuple(int(width * 50 / sum(widths)) * 2 for width in widths)


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
            _element(context, item, results[item.id])
            for item in context.dossier.framework.indicators
            if reference.id in item.soncos and item.id in results
        )
        note = context.words.as_written(reference.note) if reference.note else ""
        requirements.append(Requirement(title=context.words.as_written(reference.title), note=note, rows=rows))
    return tuple(requirement for requirement in requirements if requirement.rows)


def _element(context: Context, indicator: Indicator, result: IndicatorResult) -> ElementRow:
    said, rest, _ = answer_words(context, indicator, result)
    return ElementRow(
        id=indicator.id,
        anchor=anchor(indicator.id),
        title=context.words.text(indicator.title),
        said=f"{said}, {rest}" if rest else said,
        document=documents_named(context, result, given_answer(context, result)),
        verdict=verdict_text(context, result),
    )


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
