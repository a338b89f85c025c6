"""`export`: dossiers as tidy tables for analysts, in csv files or in one workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from normtool.app.dossiers import GivenDossier, cut_all, named, read_given
from normtool.app.exits import DONE
from normtool.app.reading import Common, diagnostics_json, in_order, not_written, refuse, show_diagnostics
from normtool.core.comparability import check_twice
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Circle, Dossier
from normtool.files.outputs import OutputError, check_target, write_files
from normtool.telling.phrases import joined
from normtool.texts import Words

CSV, XLSX = ".csv", ".xlsx"
FIRST = "indicators"
"""The table that gets the name of the target itself; the others stand beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What `export` was asked; the end of `target` says what is made."""

    common: Common
    dossiers: tuple[Path, ...]
    target: Path


def export(request: ExportRequest) -> int:
    """Write the tables, all or none, and say which files there are."""
    common, target = request.common, request.target
    given, faults = read_given(common, request.dossiers)
    parts, refused = _parts(given)
    diagnostics = in_order((*faults, *refused))
    if not parts or any(item.is_error for item in diagnostics):
        return refuse(common, diagnostics)
    try:
        check_target(target.parent, file_names(target), force=common.force)
        write_files(target.parent, _contents(target, parts, common.words), force=common.force)
    except OutputError as error:
        return not_written(common, error)
    return _told(request, diagnostics)


def _parts(given: tuple[GivenDossier, ...]) -> tuple[tuple[Dossier, ...], Diagnostics]:
    """What networks may see of the dossiers, and what is wrong with giving these together."""
    parts, refused = cut_all(given, Circle.NETWORK)
    return tuple(item.dossier for item in parts), (*check_twice(named(given)), *refused)


def file_names(target: Path) -> tuple[str, ...]:
    """The files that are made: one workbook, or a csv for each table and for the dictionary."""
    if target.suffix.lower() == XLSX:
        return (target.name,)
    from normtool.files.frames_tables import DICTIONARY, SHAPES

    return tuple(_csv_name(target, shape.name) for shape in (*SHAPES, DICTIONARY))


def _csv_name(target: Path, table: str) -> str:
    return target.name if table == FIRST else f"{target.stem}-{table}{target.suffix}"


def _contents(target: Path, dossiers: tuple[Dossier, ...], words: Words) -> dict[str, bytes]:
    from normtool.files.frames_all import dictionary_table, tables_of
    from normtool.files.frames_csv import csv_bytes
    from normtool.files.frames_xlsx import xlsx_bytes

    tables = (*tables_of(dossiers, words), dictionary_table(words))
    if target.suffix.lower() == CSV:
        return {_csv_name(target, table.shape.name): csv_bytes(table, words.language) for table in tables}
    day = max(dossier.evidence.network.reference_date for dossier in dossiers)
    return {target.name: xlsx_bytes(tables, words.say("frames.title"), day)}


def _told(request: ExportRequest, diagnostics: Diagnostics) -> int:
    common, target = request.common, request.target
    circle = Circle.NETWORK.value
    names = file_names(target)
    files = [str(target.with_name(name)) for name in names]
    common.screen.result({"files": files, "circle": circle, "diagnostics": diagnostics_json(common, diagnostics)})
    show_diagnostics(common, diagnostics, notes=True)
    word = common.words.say(f"verdicts.circle.{circle}")
    common.screen.told(common.words.say("cli.made_file", path=target, circle=word))
    if len(names) > 1:
        others = [name for name in names if name != target.name]
        facts = {"count": len(others), "names": joined(others, common.words), "dictionary": names[-1]}
        common.screen.told(common.words.say("frames.beside", **facts))
    return DONE
