"""From workbooks to evidence: everything is read, every fault is named, nothing is raised on user data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from normtool.core.diagnostics import Collector, Diagnostics
from normtool.core.evidence import Answer, Evidence, RegisterRows, SourceFile
from normtool.core.form_names import (
    GUIDE_SHEET,
    HIDDEN_SHEET,
    INDICATORS_SHEET,
    NETWORK_SHEET,
    RETURNED_SHEET,
)
from normtool.core.grids import Grid, Sheet
from normtool.core.intake_checks import check_answers
from normtool.core.intake_indicators import read_indicators
from normtool.core.intake_network import facts_of, merge, read_network
from normtool.core.intake_parts import join_answers, join_rows
from normtool.core.intake_registers import (
    RegisterTable,
    document_entries,
    open_register,
    read_rows,
    users,
)
from normtool.core.intake_repair import to_repair
from normtool.core.ledger import open_ledger
from normtool.core.parsing import Desk, Vocabulary
from normtool.core.places import FilePlace
from normtool.core.rules_answers import (
    NOT_OUR_FORM,
    OTHER_EDITION,
    OTHER_FRAMEWORK,
    OTHER_NETWORK,
    REGISTER_MISSING,
    SHEET_MISSING,
)
from normtool.core.spellings import Names, plain
from normtool.core.standards import Framework, TumourGroup, TumourSubType
from normtool.core.tables import find_sheets, register_names, sheet_names

OWN_SHEETS = frozenset(plain(text) for name in (GUIDE_SHEET, RETURNED_SHEET) for text in sheet_names(name)) | {
    plain(HIDDEN_SHEET)
}


@dataclass(slots=True, kw_only=True)
class Opened:
    """One workbook whose sheets were recognised."""

    grid: Grid
    sheets: dict[str, Sheet]
    registers: list[RegisterTable] = field(default_factory=list)


def take_in(
    framework: Framework, grids: tuple[Grid, ...], on: date | None = None
) -> tuple[Evidence | None, Diagnostics]:
    """Read the workbooks of one network and year.

    Gives None instead of evidence when it is not known which network or year this is, or when the workbooks
    do not belong together or to these norms: then nothing else is said of them. `on` overrides the reference date.
    """
    collector = Collector()
    opened = [_open(framework, grid, collector) for grid in grids]
    strangers = tuple(item for item in collector.items if item.rule is OTHER_FRAMEWORK)
    if strangers:
        return None, strangers
    ours = [item for item in opened if item.sheets]
    network_parts = [
        read_network(item.grid, item.sheets["network"], collector) for item in ours if "network" in item.sheets
    ]
    if not network_parts:
        for item in ours[:1]:
            _miss(collector, item, NETWORK_SHEET.text.nl)
        return None, collector.done()
    place = FilePlace(
        file=ours[0].grid.file, sheet=ours[0].sheets["network"].name if "network" in ours[0].sheets else ""
    )
    merged = merge(network_parts, collector)
    if any(item.rule is OTHER_NETWORK for item in collector.items):
        return None, collector.done()
    facts = facts_of(merged, place, on, collector)
    _report_missing_sheets(framework, ours, collector)
    vocabulary, registers = _read_registers(framework, ours, collector)
    desk = Desk(framework=framework, vocabulary=vocabulary, collector=collector)
    answers = _read_answers(ours, desk)
    if facts is None:
        return None, collector.done()
    documents = next((rows for rows in registers if rows.register == "documents"), RegisterRows(register="documents"))
    evidence = Evidence(
        network=facts,
        answers=answers,
        registers=registers,
        documents=document_entries(documents),
        files=tuple(SourceFile(file=grid.file, digest=grid.digest) for grid in grids),
    )
    ledger = open_ledger(framework, evidence)
    check_answers(ledger, collector)
    return replace(evidence, to_repair=to_repair(ledger, collector.done())), collector.done()


def _open(framework: Framework, grid: Grid, collector: Collector) -> Opened:
    names = Names(
        [
            *((text, "network") for text in sheet_names(NETWORK_SHEET)),
            *((text, "indicators") for text in sheet_names(INDICATORS_SHEET)),
            *((text, f"register:{item.id}") for item in framework.registers for text in register_names(item)),
        ]
    )
    known = {names.find(sheet.name) for sheet in grid.sheets} - {None}
    if not known:
        collector.add(NOT_OUR_FORM, FilePlace(file=grid.file))
        return Opened(grid=grid, sheets={})
    sheets = find_sheets(grid, names, OWN_SHEETS, collector)
    _check_framework(framework, grid, collector)
    item = Opened(grid=grid, sheets=sheets)
    for register in framework.registers:
        sheet = sheets.get(f"register:{register.id}")
        table = open_register(grid, sheet, register, collector) if sheet is not None else None
        if table is not None:
            item.registers.append(table)
    return item


def _check_framework(framework: Framework, grid: Grid, collector: Collector) -> None:
    """The hidden sheet says for which norms a form was written."""
    hidden = next((sheet for sheet in grid.sheets if plain(sheet.name) == plain(HIDDEN_SHEET)), None)
    if hidden is None:
        return
    stated = {
        str(row[0]): str(row[1]) for row in hidden.rows if len(row) > 1 and row[0] is not None and row[1] is not None
    }
    place = FilePlace(file=grid.file, sheet=hidden.name)
    found = stated.get("framework", framework.id)
    if found != framework.id:
        collector.add(OTHER_FRAMEWORK, place, found=found, expected=framework.id)
    elif stated.get("edition", framework.edition) != framework.edition:
        collector.add(OTHER_EDITION, place, found=stated["edition"], expected=framework.edition)


def _miss(collector: Collector, item: Opened, sheet: str) -> None:
    collector.add(SHEET_MISSING, FilePlace(file=item.grid.file), sheet=sheet)


def _report_missing_sheets(framework: Framework, ours: list[Opened], collector: Collector) -> None:
    language = _language(ours[0])
    if not any("indicators" in item.sheets for item in ours):
        _miss(collector, ours[0], INDICATORS_SHEET.text.in_language(language))
    for register in framework.registers:
        touched = users(framework, register.id, None)
        if touched and not any(f"register:{register.id}" in item.sheets for item in ours):
            place = FilePlace(file=ours[0].grid.file)
            sheet = register.sheet.in_language(language)
            collector.add(REGISTER_MISSING, place, sheet=sheet, count=len(touched))


def _language(item: Opened) -> str:
    """The language of a form, by the name of its sheet about the network."""
    sheet = item.sheets.get("network")
    return "en" if sheet is not None and plain(sheet.name) == plain(NETWORK_SHEET.text.en) else "nl"


def _read_registers(
    framework: Framework, ours: list[Opened], collector: Collector
) -> tuple[Vocabulary, tuple[RegisterRows, ...]]:
    """All registers: first the documents and members, which give names to the rest."""
    vocabulary = _framework_names(framework)
    done: dict[str, RegisterRows] = {}
    order = ["documents", "members"] + [
        register.id for register in framework.registers if register.id not in ("documents", "members")
    ]
    for register_id in order:
        if register_id == "members":
            names = _listed_names(ours, "members", ("id", "name"))
            vocabulary = replace(vocabulary, members=names)
        elif register_id == "documents":
            vocabulary = replace(vocabulary, documents=_listed_names(ours, "documents", ("id",)))
        tables = [table for item in ours for table in item.registers if table.register.id == register_id]
        desk = Desk(framework=framework, vocabulary=vocabulary, collector=collector)
        parts = [read_rows(table, desk) for table in tables]
        if parts:
            done[register_id] = join_rows(framework, tables[0].register, parts, collector)
    return vocabulary, tuple(done[register.id] for register in framework.registers if register.id in done)


def _listed_names(ours: list[Opened], register_id: str, columns: tuple[str, ...]) -> Names:
    """The ids (and names) that a register lists, each standing for its id; the name where there is no id."""
    pairs: list[tuple[str, str]] = []
    for item in ours:
        for opened in item.registers:
            if opened.register.id != register_id:
                continue
            for row in opened.table.rows():
                spellings = [cell.value for column in columns if (cell := opened.table.text(row, column)) is not None]
                pairs += [(spelling, spellings[0]) for spelling in spellings]
    return Names(pairs)


def _framework_names(framework: Framework) -> Vocabulary:
    groups: list[tuple[str, str]] = []
    for group in framework.tumour_groups:
        named: list[TumourGroup | TumourSubType] = [group, *group.sub_types]
        groups += [(text, item.id) for item in named for text in (item.name.nl, item.name.en, item.id, *item.also)]
    return Vocabulary(
        groups=Names(groups),
        treatments=Names(
            (text, item.id)
            for item in framework.treatments
            for text in (item.name.nl, item.name.en, item.id, *item.also)
        ),
        indicators=Names((item.id, item.id) for item in framework.indicators),
        standards=Names(
            (text, item.id)
            for item in framework.standards
            for text in (item.id, f"standaard {item.id}", f"standard {item.id}", item.short.nl, item.short.en)
        ),
    )


def _read_answers(ours: list[Opened], desk: Desk) -> tuple[Answer, ...]:
    read = [
        answer
        for item in ours
        if "indicators" in item.sheets
        for answer in read_indicators(item.grid, item.sheets["indicators"], desk)
    ]
    answers = join_answers(read, desk.collector)
    return tuple(answers[item.id] for item in desk.framework.indicators if item.id in answers)
