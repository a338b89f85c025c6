"""All tidy tables of dossiers together, and the dictionary that says what their columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtool.core.dossier import Dossier
from normtool.files.frames_records import (
    Record,
    indicators_table,
    listed,
    networks_table,
    rows_table,
    standards_table,
    table_of,
)
from normtool.files.frames_registers import (
    actions_table,
    bottlenecks_table,
    documents_table,
    echelons_table,
    iza_table,
    volumes_table,
)
from normtool.files.frames_tables import DICTIONARY, SHAPES, FrameColumn, Table, TableShape
from normtool.texts import Words


def tables_of(dossiers: Iterable[Dossier], words: Words) -> tuple[Table, ...]:
    """Every table, in the order of `SHAPES`; names and titles in the language of the words."""
    found = tuple(dossiers)
    return (
        networks_table(found),
        standards_table(found, words),
        indicators_table(found, words),
        rows_table(found, words),
        volumes_table(found, words),
        echelons_table(found, words),
        iza_table(found, words),
        documents_table(found),
        actions_table(found),
        bottlenecks_table(found),
    )


def dictionary_table(words: Words) -> Table:
    """One row a column of every table: its type, unit, values, source and meaning."""
    return table_of(DICTIONARY, (record for shape in SHAPES for record in _records(shape, words)))


def _records(shape: TableShape, words: Words) -> Iterator[Record]:
    for column in shape.columns:
        yield {
            "table": shape.name,
            "column": column.name,
            "type": column.kind.value,
            "unit": words.say(f"frames.unit.{column.unit}"),
            "values": listed(column.values),
            "source": words.say(f"frames.source.{column.source.value}"),
            "meaning": meaning_of(column, words),
        }


def meaning_of(column: FrameColumn, words: Words) -> str:
    """What a column holds, in one sentence."""
    return words.say(f"frames.column.{column.name}")
