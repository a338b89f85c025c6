"""Several workbooks of one network become one: equal answers merge, different ones are asked back with both cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from normtool.core.diagnostics import Collector, Related
from normtool.core.evidence import Answer, OwnApproach, RegisterRow, RegisterRows
from normtool.core.expected_rows import is_blank
from normtool.core.framework_names import group_names
from normtool.core.intake_registers import users
from normtool.core.places import CellPlace
from normtool.core.registers import Register
from normtool.core.rules_answers import INDICATOR_TWICE, ROW_TWICE
from normtool.core.rules_parts import SAME_DOCUMENT_ID
from normtool.core.spellings import plain
from normtool.core.standards import Framework

DOCUMENTS = "documents"
NOT_ANSWERS = frozenset({"indicator", "place", "last_year"})


def join_rows(
    framework: Framework, register: Register, parts: list[RegisterRows], collector: Collector
) -> RegisterRows:
    """One register out of its parts; a row that says less in one part than in another is the fuller one."""
    joined: list[RegisterRow] = []
    seen: dict[tuple[str, ...], int] = {}
    clashes: dict[int, list[RegisterRow]] = {}
    columns = tuple(column.id for column in register.key_columns)
    plain_texts: dict[object, str] = {}
    for row in (row for part in parts for row in part.rows):
        key = _key(columns, row, plain_texts)
        former = joined[seen[key]] if key in seen else None
        if former is None or former.place.file == row.place.file:
            seen.setdefault(key, len(joined))
            joined.append(row)
        elif is_blank(register, former) or _says_more(row, former):
            joined[seen[key]] = row
        elif is_blank(register, row) or _said_in_row(row) == _said_in_row(former) or _says_more(former, row):
            continue
        elif register.id == DOCUMENTS:
            clashes.setdefault(seen[key], []).append(row)
        else:
            here, there = _apart(row, former)
            touched = users(framework, register.id, None)
            name = _name_of(framework, register, row)
            collector.add(
                ROW_TWICE, here, related=(Related(place=there, role="first"),), indicators=touched, key=name
            )
    _report_clashes(joined, clashes, collector)
    stated = [part.complete for part in parts if part.complete is not None]
    complete = next((cell for cell in stated if not cell.value), stated[0] if stated else None)
    return RegisterRows(register=register.id, rows=tuple(joined), complete=complete)


def _says_more(row: RegisterRow, other: RegisterRow) -> bool:
    """Whether a row says all that the other does, and more."""
    return set(_said_in_row(row)) > set(_said_in_row(other))


def _apart(row: RegisterRow, former: RegisterRow) -> tuple[CellPlace, CellPlace]:
    """Where two rows differ: the cells, when they do in one column only; else the rows themselves."""
    columns = dict.fromkeys((*former.cells, *row.cells))
    pairs = [(row.get(column), former.get(column)) for column in columns]
    different = [(own, other) for own, other in pairs if own is None or other is None or own.value != other.value]
    if len(different) == 1 and different[0][0] is not None and different[0][1] is not None:
        return different[0][0].place, different[0][1].place
    return row.place, former.place


def _name_of(framework: Framework, register: Register, row: RegisterRow) -> str:
    """A row as people call it, in the language of its sheet: a member by its id, the rest as the norms name it."""
    language = "en" if plain(row.place.sheet) == plain(register.sheet.en) != plain(register.sheet.nl) else "nl"
    names = group_names(framework) | {item.id: item.name for item in framework.treatments}
    parts: list[str] = []
    for column in register.key_columns:
        labels = names | {choice.id: choice.label for choice in column.choices}
        cell = row.get(column.id)
        text = "" if cell is None else str(cell.value)
        parts.append(labels[text].in_language(language) if text in labels else text)
    return ", ".join(part for part in parts if part)


def _report_clashes(joined: list[RegisterRow], clashes: dict[int, list[RegisterRow]], collector: Collector) -> None:
    """One error for an id that parts use for different documents, with every cell it stands in."""
    for place, others in clashes.items():
        row = joined[place]
        related = tuple(Related(place=other.place, role="first") for other in others)
        cell = row.get("id")
        collector.add(
            SAME_DOCUMENT_ID, row.place, related=related, document=str(cell.value) if cell is not None else ""
        )


def join_answers(parts: Iterable[Answer], collector: Collector) -> dict[str, Answer]:
    """One answer per indicator; an empty row gives way to an answered one."""
    joined: dict[str, Answer] = {}
    for answer in parts:
        former = joined.get(answer.indicator)
        if former is None or not said_in(former):
            joined[answer.indicator] = answer
        elif said_in(answer) and said_in(answer) != said_in(former):
            related = (Related(place=former.place, role="first"),)
            touched = (answer.indicator,)
            collector.add(
                INDICATOR_TWICE, answer.place, related=related, indicators=touched, indicator=answer.indicator
            )
    return joined


def said_in(answer: Answer) -> tuple[tuple[str, object], ...]:
    """What an answer says, without the cells it stands in; empty when nothing was filled in."""
    said: list[tuple[str, object]] = []
    for item in fields(answer):
        value = getattr(answer, item.name)
        if item.name in NOT_ANSWERS or value is None or value == ():
            continue
        if isinstance(value, OwnApproach):
            said += [(item.name, cell.value) for cell in value.cells]
        elif isinstance(value, tuple):
            said += [(item.name, cell.value) for cell in value]
        else:
            said.append((item.name, value.value))
    return tuple(said)


def _key(columns: tuple[str, ...], row: RegisterRow, plain_texts: dict[object, str]) -> tuple[str, ...]:
    """The key of a row as it is compared; `plain_texts` remembers the plain form of what was met before."""
    values = row.contents
    key = []
    for column in columns:
        value = values.get(column, "")
        known = plain_texts.get(value)
        if known is None:
            known = plain_texts[value] = plain(value)
        key.append(known)
    return tuple(key) if any(key) else (f"{row.place.file}:{row.place.row}",)


def _said_in_row(row: RegisterRow) -> tuple[tuple[str, object], ...]:
    return tuple(row.contents.items())
