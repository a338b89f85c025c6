"""From workbooks to evidence: everything is read, every fault is named, nothing is raised on user data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from normtool.core.consequences import NAMED_IN, without_consequences
from normtool.core.conservation import Read, SheetRead, check
from normtool.core.diagnostics import Collector, Diagnostics
from normtool.core.evidence import Answer, DocumentEntry, Evidence, NetworkFacts, RegisterRows, SourceFile
from normtool.core.form_identity import FormIdentity, identity_of
from normtool.core.form_names import (
    GUIDE_SHEET,
    HIDDEN_SHEET,
    INDICATORS_SHEET,
    NETWORK_SHEET,
    OFFERS_SHEET,
    RETURNED_SHEET,
)
from normtool.core.form_texts import FormTexts
from normtool.core.framework_names import framework_names
from normtool.core.grids import Grid, Sheet
from normtool.core.intake_checks import check_answers
from normtool.core.intake_divided import (
    asked_of,
    by_the_network,
    complete_of,
    documents_elsewhere,
    elsewhere,
    is_divided,
    lacking,
    with_members_elsewhere,
)
from normtool.core.intake_indicators import indicator_headers, read_indicators
from normtool.core.intake_network import KEY_NAMES, facts_of, merge, read_network
from normtool.core.intake_offers import carried_in, lay_ready, with_offers
from normtool.core.intake_parts import join_answers, join_rows
from normtool.core.intake_registers import (
    RegisterTable,
    document_entries,
    open_register,
    read_rows,
    register_headers,
    users,
)
from normtool.core.intake_repair import to_repair
from normtool.core.ledger import open_ledger
from normtool.core.network_names import member_spellings, spellings_of_network
from normtool.core.networks import Registry
from normtool.core.parsing import Desk, Vocabulary
from normtool.core.parts import DOCUMENTS, INDICATORS
from normtool.core.places import FilePlace
from normtool.core.privacy import shield, without_follow_ups
from normtool.core.rules_answers import (
    NOT_OUR_FORM,
    OTHER_EDITION,
    OTHER_FRAMEWORK,
    OTHER_NETWORK,
    REGISTER_MISSING,
    SHEET_MISSING,
)
from normtool.core.sheets import KnownSheets, find_sheets
from normtool.core.spellings import Names, is_broken, plain
from normtool.core.standards import Framework
from normtool.core.tables import register_names, sheet_names

OWN_SHEETS = frozenset(plain(text) for name in (GUIDE_SHEET, RETURNED_SHEET) for text in sheet_names(name)) | {
    plain(HIDDEN_SHEET),
    plain(OFFERS_SHEET),
}


@dataclass(slots=True, kw_only=True)
class Opened:
    """One workbook whose sheets were recognised."""

    grid: Grid
    sheets: dict[str, Sheet]
    identity: FormIdentity
    registers: list[RegisterTable] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the workbooks.

    `on` overrides the reference date; `figures` are files of national sources; with `form_texts` it is also told
    where somebody typed over what the form itself shows. `registry` knows by which other names members go.
    """

    on: date | None = None
    figures: tuple[Grid, ...] = ()
    form_texts: FormTexts | None = None
    registry: Registry | None = None


NOTHING_ELSE = Known()


def take_in(
    framework: Framework, grids: tuple[Grid, ...], known: Known = NOTHING_ELSE
) -> tuple[Evidence | None, Diagnostics]:
    """Read the workbooks of one network and year, and files with figures of national sources about it.

    Gives None instead of evidence when it is not known which network or year this is, or when the workbooks
    do not belong together or to these norms: then nothing else is said of them. What seems to be about patients is
    withheld before anything is read.
    """
    shielded, about_persons = shield((*grids, *known.figures))
    forms, tables = shielded[: len(grids)], shielded[len(grids) :]
    evidence, found = _read_all(framework, forms, replace(known, figures=tables))
    return evidence, (*about_persons, *without_follow_ups(found, shielded, about_persons))


def _read_all(framework: Framework, grids: tuple[Grid, ...], known: Known) -> tuple[Evidence | None, Diagnostics]:
    """Everything but the guard over what is about patients."""
    collector = Collector()
    sheets, blank = _known_sheets(framework), Desk(framework=framework, vocabulary=Vocabulary(), collector=collector)
    opened = [_open(grid, sheets, blank) for grid in grids]
    strangers = tuple(item for item in collector.items if item.rule is OTHER_FRAMEWORK)
    if strangers:
        return None, strangers
    ours = [item for item in opened if item.sheets]
    about = [item for item in ours if "network" in item.sheets]
    network_parts = [read_network(item.grid, item.sheets["network"], collector) for item in about]
    if not network_parts:
        _miss_network(ours, collector)
        return None, collector.done()
    read_of = [(item.identity, values) for item, values in zip(about, network_parts, strict=True)]
    merged = merge(by_the_network(read_of, collector), collector)
    if any(item.rule is OTHER_NETWORK for item in collector.items):
        return None, collector.done()
    facts = facts_of(merged, _network_place(ours[0]), known.on, collector)
    _report_missing_sheets(framework, ours, collector)
    desk = replace(blank, ready=carried_in(grids))
    vocabulary, parts = _read_registers(ours, desk, facts, known)
    registers = tuple(_join(framework, ours, rows, collector) for rows in parts)
    desk = replace(desk, vocabulary=vocabulary)
    answered = _read_answers(ours, desk)
    answers = join_answers(answered, collector)
    _miss_names(framework, ours, collector)
    if facts is None:
        return None, without_consequences(collector.done(), _unnamed(ours))
    evidence = Evidence(
        network=facts,
        network_places=tuple((key, value.place) for key, value in merged.items()),
        answers=tuple(answers[item.id] for item in framework.indicators if item.id in answers),
        registers=registers,
        documents=_documents_in(registers),
        files=_files_of(ours),
    )
    evidence = with_offers(evidence, known.figures, desk)
    ledger = open_ledger(framework, evidence)
    check_answers(ledger, collector)
    found = without_consequences(collector.done(), _unnamed(ours))
    read = Read(
        sheets=tuple(_sheets_read(ours, known.form_texts)),
        rows=tuple(part for rows in parts for part in rows),
        answers=answered,
        cells=tuple(value.place for part in network_parts for value in part.values()),
        left_out=tuple(desk.ready.left_out),
    )
    return replace(evidence, to_repair=to_repair(ledger, found)), (*found, *check(framework, read, found))


def _network_place(item: Opened) -> FilePlace:
    """The sheet about the network, or the whole file where it lacks one."""
    return FilePlace(file=item.grid.file, sheet=item.sheets["network"].name if "network" in item.sheets else "")


def _documents_in(registers: tuple[RegisterRows, ...]) -> tuple[DocumentEntry, ...]:
    found = next((rows for rows in registers if rows.register == "documents"), RegisterRows(register="documents"))
    return document_entries(found)


def _files_of(ours: list[Opened]) -> tuple[SourceFile, ...]:
    return tuple(SourceFile(file=item.grid.file, digest=item.grid.digest) for item in ours)


def _sheets_read(ours: list[Opened], form_texts: FormTexts | None) -> Iterator[SheetRead]:
    for item in ours:
        texts = form_texts.of_form(item.identity) if form_texts is not None else None
        for name, sheet in item.sheets.items():
            own_term = item.identity.fact("own_term")
            yield SheetRead(file=item.grid.file, id=name, sheet=sheet, texts=texts, own_term=own_term)


def _known_sheets(framework: Framework) -> KnownSheets:
    """The sheets that a form of these norms has."""
    names = Names(
        [
            *((text, "network") for text in sheet_names(NETWORK_SHEET)),
            *((text, "indicators") for text in sheet_names(INDICATORS_SHEET)),
            *((text, f"register:{item.id}") for item in framework.registers for text in register_names(item)),
        ]
    )
    inside = {f"register:{item.id}": register_headers(framework, item).names for item in framework.registers}
    inside |= {"network": KEY_NAMES, "indicators": indicator_headers(framework).names}
    return KnownSheets(names=names, inside=inside, own=OWN_SHEETS)


def _open(grid: Grid, known: KnownSheets, desk: Desk) -> Opened:
    """Recognise the sheets of a workbook and find the tables of its registers."""
    sheets, identity = find_sheets(grid, known, desk.collector), identity_of(grid)
    item = Opened(grid=grid, sheets=sheets, identity=identity)
    if not sheets:
        desk.collector.add(NOT_OUR_FORM, FilePlace(file=grid.file))
        return item
    _check_framework(desk.framework, identity, desk.collector)
    for register in desk.framework.registers:
        sheet = sheets.get(f"register:{register.id}")
        table = open_register(grid, sheet, register, desk) if sheet is not None else None
        if table is not None:
            item.registers.append(table)
    return item


def _check_framework(framework: Framework, stated: FormIdentity, collector: Collector) -> None:
    """A form says for which norms it was written, on a sheet nobody sees: so this is said of the file."""
    place = FilePlace(file=stated.file)
    found = stated.fact("framework", framework.id)
    edition = stated.fact("edition", framework.edition)
    if found != framework.id:
        collector.add(OTHER_FRAMEWORK, place, found=found, expected=framework.id)
    elif edition != framework.edition:
        collector.add(OTHER_EDITION, place, found=edition, expected=framework.edition)


def _miss_network(ours: list[Opened], collector: Collector) -> None:
    """Say that no form tells which network and year this is."""
    for item in ours[:1]:
        sheet = NETWORK_SHEET.text.in_language(_language(ours, item.identity))
        collector.add(SHEET_MISSING, FilePlace(file=item.grid.file), sheet=sheet)


def _miss_names(framework: Framework, ours: list[Opened], collector: Collector) -> None:
    """Say once that the sheet is missing which gives the documents or members that others refer to."""
    identities = tuple(item.identity for item in ours)
    for register_id in (DOCUMENTS, "members"):
        register = framework.register(register_id)
        unknown = [item for item in collector.items if NAMED_IN.get(item.rule) == register_id]
        if unknown and register and not any(f"register:{register_id}" in item.sheets for item in ours):
            touched = tuple(dict.fromkeys(name for item in unknown for name in item.indicators))
            form = (*asked_of(identities, register_id), *identities)[0]
            sheet = register.sheet.in_language(_language(ours, form))
            collector.add(SHEET_MISSING, FilePlace(file=form.file), indicators=touched, sheet=sheet)


def _report_missing_sheets(framework: Framework, ours: list[Opened], collector: Collector) -> None:
    """Each sheet that a form asks and lacks, at that form."""
    identities = tuple(item.identity for item in ours)
    having = tuple(item.identity for item in ours if INDICATORS in item.sheets)
    for form in lacking(identities, having, INDICATORS):
        sheet = INDICATORS_SHEET.text.in_language(_language(ours, form))
        collector.add(SHEET_MISSING, FilePlace(file=form.file), sheet=sheet)
    for register in framework.registers:
        touched = users(framework, register.id, None)
        having = tuple(item.identity for item in ours if f"register:{register.id}" in item.sheets)
        shared = register.id == DOCUMENTS and having  # one list of documents serves all parts
        for form in lacking(identities, having, register.id) if touched and not shared else ():
            sheet = register.sheet.in_language(_language(ours, form))
            collector.add(REGISTER_MISSING, FilePlace(file=form.file), sheet=sheet, count=len(touched))


def _language(ours: list[Opened], form: FormIdentity) -> str:
    """The language of a form, by the names of the sheets that every form or the network's own has."""
    english = {plain(name.text.en) for name in (NETWORK_SHEET, INDICATORS_SHEET)}
    sheets = next(item.sheets for item in ours if item.identity is form)
    named = {plain(sheets[name].name) for name in ("network", INDICATORS) if name in sheets}
    return "en" if named & english else "nl"


def _own_names(facts: NetworkFacts | None, known: Known) -> tuple[str, ...]:
    """What else the network goes by, as the registry knows it: figures that are delivered may name it so."""
    if facts is None or known.registry is None:
        return ()
    return spellings_of_network(known.registry, facts.code, facts.name)


def _read_registers(
    ours: list[Opened], desk: Desk, facts: NetworkFacts | None, known: Known
) -> tuple[Vocabulary, tuple[list[RegisterRows], ...]]:
    """All registers, each with its parts: first the documents and members, which give names to the rest.

    As soon as it is known who takes part, delivered figures are laid ready for the other registers and the answers.
    """
    framework = desk.framework
    vocabulary = framework_names(framework)
    done: dict[str, list[RegisterRows]] = {}
    order = ["documents", "members"] + [
        register.id for register in framework.registers if register.id not in ("documents", "members")
    ]
    for register_id in order:
        if register_id == "members":
            members = [*_listed(ours, "members", ("id", "name")), *_listed_elsewhere(framework, ours)]
            others = member_spellings(known.registry, ids_and_names(members)) if known.registry is not None else ()
            own = _own_names(facts, known)
            vocabulary = replace(vocabulary, members=Names(members), registered=Names(others), network=own)
        elif register_id == "documents":
            ids = [*_listed(ours, "documents", ("id",)), *documents_elsewhere(tuple(item.identity for item in ours))]
            documents = Names(ids, _listed(ours, "documents", ("id", "title")))
            vocabulary = replace(vocabulary, documents=documents)
        opened = [table for item in ours for table in item.registers if table.register.id == register_id]
        desk = replace(desk, vocabulary=vocabulary)
        parts = [read_rows(table, desk) for table in opened]
        if register_id == "members":
            lay_ready(known.figures, facts, tuple(row for part in parts for row in part.rows), desk)
        if parts:
            done[register_id] = parts
    return vocabulary, tuple(done[register.id] for register in framework.registers if register.id in done)


def ids_and_names(listed: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The members that are listed, as pairs of an id and a name, out of what each goes by."""
    pairs = list(listed)
    names = dict.fromkeys((identity for _, identity in pairs), "")
    names |= {identity: spelling for spelling, identity in pairs if spelling != identity}
    return tuple(names.items())


def _listed(ours: list[Opened], register_id: str, columns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The ids (and names) that a register lists, each with its id; the name where there is no id."""
    for item in ours:
        for opened in item.registers:
            for table in opened.tables if opened.register.id == register_id else ():
                for row in table.rows():
                    cells = [table.text(row, column) for column in columns]
                    spellings = [cell.value for cell in cells if cell is not None]
                    yield from ((spelling, spellings[0]) for spelling in spellings)


def _listed_elsewhere(framework: Framework, ours: list[Opened]) -> Iterator[tuple[str, str]]:
    """The ids and names of members whose part is not here."""
    for listed in elsewhere(framework, tuple(item.identity for item in ours)):
        yield from ((spelling, listed.member.id) for spelling in (listed.member.id, listed.member.name) if spelling)


def _join(framework: Framework, ours: list[Opened], parts: list[RegisterRows], collector: Collector) -> RegisterRows:
    """One register out of its parts, with what only the parts together can say."""
    register = framework.declared(parts[0].register)
    rows = join_rows(framework, register, parts, collector)
    identities = tuple(item.identity for item in ours)
    if not is_divided(identities):
        return rows
    said = [
        (item.identity, table.complete) for item in ours for table in item.registers if table.register is register
    ]
    rows = replace(rows, complete=complete_of(register, said, identities, collector))
    if register.id == "members":
        rows = with_members_elsewhere(register, rows, framework, identities)
    return rows


def _unnamed(ours: list[Opened]) -> dict[str, int | None]:
    """How many rows of the documents and of the members lack an id; None when they cannot be told apart at all."""
    found: dict[str, int | None] = {}
    for register_id in ("documents", "members"):
        opened = [table for item in ours for table in item.registers if table.register.id == register_id]
        tables = [table for register in opened for table in register.tables]
        known = any("id" in table.columns for table in tables)
        rows = [table.value(row, "id") for table in tables for row in table.rows()]
        found[register_id] = sum(value is None or is_broken(value) for value in rows) if known else None
    return found


def _read_answers(ours: list[Opened], desk: Desk) -> tuple[Answer, ...]:
    return tuple(
        answer
        for item in ours
        if "indicators" in item.sheets
        for answer in read_indicators(item.grid, item.sheets["indicators"], desk)
    )
