"""What must hold before a workbook is parsed: a real .xlsx of bearable size, with nothing hidden in it.

The guard reads the package itself and hands the parser a new one, made only of what it has looked at: the rows of
the sheets, strings and styles. Macros, links and objects are named and left behind.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from normtool.core import rules_workbooks as rules
from normtool.core.diagnostics import Collector, Diagnostic, Diagnostics
from normtool.core.grids import LooseText
from normtool.core.places import FilePlace, Place
from normtool.files.reading_limits import MEBIBYTE
from normtool.files.workbook_cells import MAX_LONG_RUN, MAX_TOTAL_AREA, SheetFacts, area_of, scan_sheet
from normtool.files.workbook_odd_cells import read_odd_sheet
from normtool.files.workbook_package import RefusedError, inflate_parts, refuse_other_files
from normtool.files.workbook_parts import (
    Handlers,
    Parts,
    SheetEntry,
    find_workbook,
    list_sheets,
    only_part,
    read_elements,
    refuse_double_duty,
)
from normtool.files.workbook_surroundings import Comments, comments_of, loose_texts_of, percent_styles, titles_of

MAX_TEXT_BYTES = 40 * MEBIBYTE
"""All texts as often as they are used; 60,000 rows of ten texts of twenty letters are 12 MB."""
MAX_MERGED = 10_000
"""Merged cells of a sheet; the form has some tens, and each is compared with the rows below it."""

SMALLEST_CELL = len('<c t="s"><v>0</v></c>')
END_OF_STRING = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
USE_OF_STRING = re.compile(rb"<c\s[^>]*?\bt=[\"']s[\"'][^>]*>(?:<f\b[^>]*>[^<]*(?:</f>)?)?<v>\s*(\d+)")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedSheet:
    """A sheet that may be parsed, with what the parser would lose."""

    name: str
    hidden: bool
    facts: SheetFacts
    comments: Comments = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedWorkbook:
    """A package that is safe to parse; its sheets stand in the order of `sheets`.

    `percent_styles` are the styles that show a number with a percent sign, and `strings` is the part with texts.
    """

    package: bytes
    sheets: tuple[GuardedSheet, ...]
    uses_1904: bool = False
    percent_styles: frozenset[int] = frozenset()
    strings: bytes = b""
    has_long_text: bool = False
    loose_texts: tuple[LooseText, ...] = ()


def guard_workbook(data: bytes, file: str, *, is_odd: bool = False) -> tuple[GuardedWorkbook | None, Diagnostics]:
    """The parts of a workbook that are safe to parse, or the reason why not; `file` is its name in places.

    With `is_odd` every sheet is read element by element.
    """
    found = Collector()
    place = FilePlace(file=file)
    try:
        refuse_other_files(data)
        parts = inflate_parts(data)
        report_passengers(parts, found, place)
        return assemble(Parts(parts), file, is_odd=is_odd), found.done()
    except RefusedError as refused:
        reason = refused.diagnostic
        placed = Diagnostic(rule=reason.rule, place=reason.place or place, facts=reason.facts)
        return None, (*found.done(), placed)


def report_passengers(parts: Mapping[str, bytes], found: Collector, place: Place) -> None:
    """Name what travels with the workbook and is never run, followed or opened."""
    names = [name.lower() for name in parts]
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        found.add(rules.MACROS, place)
    if any("/externallinks/" in name or name.endswith("/connections.xml") for name in names):
        found.add(rules.EXTERNAL_LINKS, place)
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        found.add(rules.EMBEDDED_OBJECTS, place)


def assemble(parts: Parts, file: str, *, is_odd: bool) -> GuardedWorkbook:
    """Look at every sheet, then build the package that the parser gets."""
    workbook = find_workbook(parts)
    targets = parts.references(workbook)
    entries, uses_1904 = list_sheets(parts, workbook, targets)
    of_strings, of_styles = only_part(targets, "sharedStrings"), only_part(targets, "styles")
    refuse_double_duty(entries, (workbook, of_strings, of_styles))
    strings, styles = parts.contents.get(of_strings, b""), parts.small(of_styles)
    longest = refuse_repeated_text(strings, [parts.contents[entry.part] for entry in entries])
    sheets, loose = look_at_sheets(parts, entries, file, is_odd=is_odd)
    refuse_wide_workbook([sheet.facts for sheet in sheets], file)
    contents = [(f"xl/worksheets/sheet{n}.xml", sheet.facts.content) for n, sheet in enumerate(sheets, 1)]
    contents += [("xl/styles.xml", styles), ("xl/sharedStrings.xml", strings)]
    return GuardedWorkbook(
        package=clean_package([item for item in contents if item[1]], len(sheets), uses_1904),
        sheets=tuple(sheets),
        uses_1904=uses_1904,
        percent_styles=percent_styles(styles, of_styles),
        strings=strings,
        has_long_text=longest > MAX_LONG_RUN,
        loose_texts=(*titles_of(parts), *loose),
    )


def look_at_sheets(
    parts: Parts, entries: list[SheetEntry], file: str, *, is_odd: bool
) -> tuple[list[GuardedSheet], list[LooseText]]:
    """Every sheet with what stands in and around its cells, and the texts that stand in no cell."""
    sheets: list[GuardedSheet] = []
    loose: list[LooseText] = []
    for entry in entries:
        content = parts.contents[entry.part]
        place = FilePlace(file=file, sheet=entry.name)
        facts = None if is_odd else scan_sheet(content)
        facts = facts or read_odd_sheet(content, place)
        if facts.has_strays:
            raise RefusedError(rules.CELLS_NOT_READ, place)
        if len(facts.merged) > MAX_MERGED:
            raise RefusedError(rules.TOO_MANY_MERGED, place, limit=MAX_MERGED)
        references = parts.references(entry.part)
        comments = comments_of(parts, references)
        loose += loose_texts_of(parts, references, entry)
        sheets.append(GuardedSheet(name=entry.name, hidden=entry.hidden, facts=facts, comments=comments))
    return sheets, loose


def refuse_wide_workbook(sheets: list[SheetFacts], file: str) -> None:
    """Many sheets that are each bearable can still be too much together."""
    if sum(facts.area for facts in sheets) <= MAX_TOTAL_AREA:
        return
    if sum(min(facts.area, area_of(facts.content)) for facts in sheets) > MAX_TOTAL_AREA:
        raise RefusedError(rules.TOO_MANY_CELLS, FilePlace(file=file), limit=MAX_TOTAL_AREA)


def refuse_repeated_text(strings: bytes, sheets: list[bytes]) -> int:
    """One long text used five thousand times would take gigabytes: count length times uses. Gives the longest."""
    written = sum(map(len, sheets))
    lengths = [len(text) for text in END_OF_STRING.split(strings)]
    total = written // 2
    longest = max(lengths)
    if total + written // SMALLEST_CELL * longest <= MAX_TEXT_BYTES:
        return longest
    for sheet in sheets:
        for index in USE_OF_STRING.findall(sheet):
            number = int(index[:10])
            total += lengths[number] if number < len(lengths) else 0
    if total > MAX_TEXT_BYTES:
        raise RefusedError(rules.TOO_MUCH_TEXT, limit=MAX_TEXT_BYTES // MEBIBYTE)
    return longest


def shared_texts(strings: bytes) -> list[str]:
    """The texts of a workbook that cells refer to by number."""
    texts: list[list[str]] = []
    state = {"in_text": False, "in_sound": False}

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            texts.append([])
        state["in_text"] = name == "t" and not state["in_sound"]
        state["in_sound"] = state["in_sound"] or name == "rPh"

    def end(name: str) -> None:
        state["in_text"] = False
        state["in_sound"] = state["in_sound"] and name != "rPh"

    def text(characters: str) -> None:
        if state["in_text"] and texts:
            texts[-1].append(characters)

    if strings:
        read_elements("sharedStrings", strings, Handlers(start=start, end=end, text=text))
    return ["".join(text) for text in texts]


def clean_package(contents: list[tuple[str, bytes]], sheets: int, uses_1904: bool) -> bytes:
    """A package of these parts and nothing else; sheet n is called `n`."""
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="sheet{n}"/>' for n in range(1, sheets + 1))
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><workbookPr date1904="{int(uses_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    )
    parts = [part.removeprefix("xl/") for part, _ in contents]
    made = [
        ("[Content_Types].xml", CONTENT_TYPES.encode()),
        ("_rels/.rels", relationship_part(["xl/workbook.xml"])),
        ("xl/workbook.xml", workbook.encode()),
        ("xl/_rels/workbook.xml.rels", relationship_part(parts)),
    ]
    return stored_zip([*made, *contents])


def stored_zip(contents: list[tuple[str, bytes]]) -> bytes:
    """A zip file with these members as they are (`zipfile` takes four times as long, on every reading)."""
    local, central, at = [], [], 0
    for name, content in contents:
        size = len(content)
        known = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(content), size, size, len(name), 0)
        local += [b"PK\3\4", known, name.encode(), content]
        central.append(b"PK\1\2\x14\0" + known + struct.pack("<HHHII", 0, 0, 0, 0, at) + name.encode())
        at += 30 + len(name) + len(content)
    size = sum(map(len, central))
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(central), len(central), size, at, 0)
    return b"".join([*local, *central, end])


def relationship_part(targets: list[str]) -> bytes:
    """References to these parts; the name of a part is its id, and tells its kind."""
    references = ""
    for target in targets:
        name = target.rpartition("/")[2].removesuffix(".xml")
        kind = "worksheet" if name.startswith("sheet") else name
        kind = "officeDocument" if name == "workbook" else kind
        references += f'<Relationship Id="{name}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{references}</Relationships>'.encode()
