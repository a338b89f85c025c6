"""Files for cases that no page of tables describes: damaged, hostile, of another kind. Each writes into a folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import DataNature
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from normtool.files.dossiers_json import dossier_json
from tests.conftest import SAMPLES
from tests.dossier_examples import nearly_unknown
from tests.small_framework import FILES

WORKBOOK = "formulier.xlsx"
SAMPLE = SAMPLES / "fictional" / "voorbeeldland-2025.xlsx"
PART = "xl/worksheets/sheet2.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# --- files that are no workbook ------------------------------------------------------------------------------------


def nothing(folder: Path) -> None:
    """No file at all."""


def content(folder: Path, text: str = "", name: str = WORKBOOK, encoding: str = "utf-8") -> None:
    """A file with this text in it."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding=encoding)


def hexadecimal(folder: Path, bytes: str, name: str = WORKBOOK) -> None:  # noqa: A002 (a key of made.yaml)
    """A file with these bytes in it."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"".join(_bytes(part) for part in bytes.split()))


def _bytes(part: str) -> bytes:
    """`d0cf*3` is three times these bytes; `Workbook` in quotes stands for its UTF-16."""
    if part.startswith("'"):
        return part.strip("'").encode("utf-16-le")
    digits, _, times = part.partition("*")
    return bytes.fromhex(digits) * int(times or 1)


def folder(folder: Path, name: str) -> None:
    """A folder where a file is expected."""
    (folder / name).mkdir(parents=True)


def pipe(folder: Path) -> None:
    """Something by the name of a workbook that is no file."""
    os.mkfifo(folder / WORKBOOK)


def truncated(folder: Path) -> None:
    """A download that broke off half-way."""
    data = SAMPLE.read_bytes()
    (folder / WORKBOOK).write_bytes(data[: len(data) // 2])


def large(folder: Path, megabytes: int, name: str = WORKBOOK) -> None:
    """A file of this size, all holes."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("wb") as stream:
        stream.truncate(megabytes * 1024 * 1024)


# --- workbooks in whose package something is changed ----------------------------------------------------------------


def repacked(folder: Path, **changes: object) -> None:
    """The sample with parts changed.

    `drop`: names to leave out · `add`: name to text · `replace`: name to [was, now] · `repeat`: [name, text, times]
    puts a text so many times into a new part · `twice`: a name that is listed twice · `many`: so many empty parts.
    """
    drop, add, replaced = (changes.get(key) or {} for key in ("drop", "add", "replace"))
    target = folder / WORKBOOK
    with zipfile.ZipFile(SAMPLE) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            text = source.read(name)
            if isinstance(replaced, dict) and name in replaced:
                was, now = (part.encode() for part in replaced[name])
                assert was in text, (name, was)
                text = text.replace(was, now, 1)
            if not isinstance(drop, list) or name not in drop:
                archive.writestr(name, text)
        if isinstance(add, dict):
            for name, text in add.items():
                archive.writestr(name, text)
        _swell(archive, changes)


def _swell(archive: zipfile.ZipFile, changes: dict[str, object]) -> None:
    repeat, many, other = changes.get("repeat"), changes.get("many"), changes.get("cased")
    if isinstance(repeat, list):
        archive.writestr(repeat[0], repeat[1] * repeat[2])
    if isinstance(many, int):
        for number in range(many):
            archive.writestr(f"xl/media/{number}.png", b"")
    if isinstance(other, str):
        archive.writestr(other, b"<x/>")


def nested(folder: Path, depth: int) -> None:
    """A workbook with so many elements in elements in its list of sheets."""
    repacked(folder, replace={"xl/workbook.xml": ["</sheets>", f"</sheets>{'<a>' * depth}{'</a>' * depth}"]})


def merged(folder: Path, times: int) -> None:
    """A sheet on which cells are merged so many times."""
    cells = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(500, 500 + times))
    repacked(folder, replace={PART: ["</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>"]})


def long_text(folder: Path, length: int) -> None:
    """A cell with so many letters."""
    row = f'<row r="400"><c r="B400" t="inlineStr"><is><t>{"x" * length}</t></is></c></row>'
    repacked(folder, replace={PART: ["</sheetData>", f"{row}</sheetData>"]})


def without_sheets(folder: Path) -> None:
    """A workbook that lists no sheet."""
    with zipfile.ZipFile(SAMPLE) as source:
        text = source.read("xl/workbook.xml").decode()
    repacked(folder, drop=["xl/workbook.xml"], add={"xl/workbook.xml": re.sub(r"<sheet .*?/>", "", text)})


def damaged(folder: Path) -> None:
    """One byte of a sheet's content is another one."""
    with zipfile.ZipFile(SAMPLE) as source:
        info = source.getinfo(PART)
    data = bytearray(SAMPLE.read_bytes())
    data[info.header_offset + 30 + len(info.filename) + 200] ^= 0xFF
    (folder / WORKBOOK).write_bytes(data)


def other_package(folder: Path, part: str) -> None:
    """A zip file that is no workbook but holds this part."""
    with zipfile.ZipFile(folder / WORKBOOK, "w") as archive:
        archive.writestr(part, "<x/>")


def utf16(folder: Path) -> None:
    """A sheet saved in UTF-16, in which a search for entities would see nothing."""
    with zipfile.ZipFile(SAMPLE) as source:
        text = source.read(PART).decode()
    repacked(folder, drop=[PART])
    with zipfile.ZipFile(folder / WORKBOOK, "a") as archive:
        archive.writestr(PART, text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"))


def repeated_string(folder: Path, length: int, uses: int) -> None:
    """One long shared text in many cells."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(folder / WORKBOOK))
    sheet = book.add_worksheet("Indicatoren")
    for row in range(uses):
        sheet.write_string(row, 0, "x" * length)
    book.close()


# --- saved by other programs ----------------------------------------------------------------------------------------


def saved_by_openpyxl(folder: Path, name: str = WORKBOOK) -> None:
    """The workbook of the case, opened and saved by a program of our own kind."""
    import openpyxl

    openpyxl.load_workbook(folder / name).save(folder / name)


def saved_bare(folder: Path, name: str = WORKBOOK) -> None:
    """The workbook of the case as services on the web write it: texts in the cells, no styles, no properties."""
    import openpyxl

    sheets = openpyxl.load_workbook(folder / name).worksheets
    (folder / name).unlink()
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in _bare_parts([sheet.title for sheet in sheets]).items():
            archive.writestr(part, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
        for number, sheet in enumerate(sheets, 1):
            rows = "".join(f"<row>{''.join(_bare_cell(cell.value) for cell in row)}</row>" for row in sheet.rows)
            data = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
            archive.writestr(f"xl/worksheets/sheet{number}.xml", data)


def _bare_parts(titles: list[str]) -> dict[str, str]:
    types, package = (
        "http://schemas.openxmlformats.org/package/2006/" + end for end in ("content-types", "relationships")
    )
    listed = "".join(f'<sheet name="{title}" sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(titles, 1))
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in enumerate(titles, 1)
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="xml" ContentType="{kind}.worksheet+xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{related}</Relationships>',
    }


def _bare_cell(value: object) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    text = f"{value.day}-{value.month}-{value.year}" if isinstance(value, date) else str(value)
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


# --- in folders -----------------------------------------------------------------------------------------------------


def same(folder: Path, file: str, name: str) -> None:
    """The same file once more, under another name."""
    shutil.copy(folder / file, folder / name)


def copied(folder: Path, source: str, name: str = WORKBOOK) -> None:
    """A file that another program saved and that stands in tests/."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).parent / source, folder / name)


def moved(folder: Path, file: str, name: str) -> None:
    """A file of the case under a name that its page cannot say."""
    (folder / file).rename(folder / name)


def board(folder: Path, name: str) -> None:
    """A workbook that normtool made itself for the board."""
    import xlsxwriter

    from normtool.files.own_outputs import BOARD, mark

    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(folder / name))
    book.add_worksheet()
    mark(book, BOARD)
    book.close()


# --- readers that end before they have read ------------------------------------------------------------------------


def endless(_: Path) -> tuple[None, Diagnostics]:
    """Reads on and on."""
    time.sleep(600)
    return None, ()


def greedy(_: Path) -> tuple[None, Diagnostics]:
    """Wants more memory than there is."""
    bytearray(2**40)
    return None, ()


def broken(_: Path) -> tuple[None, Diagnostics]:
    """Is ended by the system, as by a fault in a parser."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return None, ()


# --- norms and dossiers ---------------------------------------------------------------------------------------------


def norms(folder: Path, drop: str = "", add: dict[str, str] | None = None, latin: str = "") -> None:
    """The small framework without some files, with other texts, or with a file that is not in UTF-8."""
    for name, text in (FILES | (add or {})).items():
        if name not in drop.split():
            content(folder, text, f"normen/{name}")
    if latin:
        (folder / "normen" / latin).write_bytes(FILES[latin].replace("Klein", "Kle\u00efn").encode("latin-1"))


def dossier(folder: Path, text: str | None = None, **changes: object) -> None:
    """A dossier of the sample with keys changed (a value of None: left out), or any text."""
    from normtool.core.dossier import Dossier
    from normtool.core.intake import take_in
    from normtool.core.scoring import assess
    from normtool.files.dossiers_json import dossier_json
    from normtool.files.workbooks_xlsx import read_workbook
    from tests.conftest import built_in

    if text is not None:
        content(folder, text, "dossier.json")
        return
    grid, _ = read_workbook(SAMPLE)
    assert grid is not None
    evidence, _ = take_in(built_in(), (grid,))
    assert evidence is not None
    assessment, _ = assess(built_in(), evidence)
    made = json.loads(dossier_json(Dossier(framework=built_in(), evidence=evidence, assessment=assessment)))
    for name, value in changes.items():
        made[name] = value
    content(folder, json.dumps({key: value for key, value in made.items() if value is not None}), "dossier.json")


def dossier_of(
    folder: Path, form: str, digest: str = "", draft: bool = False, keep: bool = False, other: str = ""
) -> None:
    """The dossier of a form in the folder, perhaps with other norms or as a draft; the form is gone after it.

    `other`: an edition of norms that ask everything in another way.
    """
    from normtool.core.dossier import Dossier
    from normtool.core.intake import take_in
    from normtool.core.scoring import assess
    from normtool.files.dossiers_json import dossier_json
    from normtool.files.workbooks_xlsx import read_workbook
    from tests.conftest import built_in

    grid, _ = read_workbook(folder / form)
    assert grid is not None
    evidence, _ = take_in(built_in(), (grid,))
    assert evidence is not None
    norms = replace(built_in(), digest=digest or built_in().digest)
    norms = asking_otherwise(norms, other) if other else norms
    made = Dossier(framework=norms, evidence=evidence, assessment=assess(norms, evidence)[0], draft=draft)
    (folder / form).with_suffix(".json").write_bytes(dossier_json(made))
    if not keep:
        (folder / form).unlink()


def asking_otherwise(framework: Framework, edition: str) -> Framework:
    """The same indicators under norms in other words."""
    standards = tuple(
        replace(
            standard,
            indicators=tuple(replace(item, norm=replace(item.norm, nl="anders")) for item in standard.indicators),
        )
        for standard in framework.standards
    )
    return replace(framework, edition=edition, standards=standards)


def sample(folder: Path, kind: str, name: str) -> None:
    """A workbook of the samples."""
    shutil.copy(SAMPLES / kind / name, folder / WORKBOOK)


def one_standard(folder: Path) -> None:
    """The dossier of a network of which hardly anything is known, by the first standard alone."""
    known = nearly_unknown()
    framework = replace(known.framework, standards=known.framework.standards[:1])
    assessment, _ = assess(framework, known.evidence)
    dossier = replace(known, framework=framework, assessment=assessment)
    (folder / "dossier.json").write_bytes(dossier_json(dossier))


def side_by_side(folder: Path, **files: dict[str, object]) -> None:
    """Dossiers of networks of which hardly anything is known: file by file what is special about each."""
    for name, said in files.items():
        known = nearly_unknown(DataNature(said.get("nature", "fictional")))
        code = str(said["code"])
        network = replace(known.evidence.network, code=code, name=f"Netwerk {code}")
        norms = known.framework
        framework = replace(norms, id=str(said.get("id", norms.id)), edition=str(said.get("edition", norms.edition)))
        evidence = replace(known.evidence, network=network)
        dossier = replace(known, evidence=evidence, framework=framework, draft=bool(said.get("draft", False)))
        (folder / f"{name}.json").write_bytes(dossier_json(dossier))


def part_of(folder: Path, name: str, circle: str) -> None:
    """Only what one circle may see of a dossier in the folder, in its place."""
    from normtool.core.circles import part_for
    from normtool.core.dossier import Circle
    from normtool.files.dossiers_json import dossier_json, read_dossier

    whole, _ = read_dossier(folder / name)
    assert whole is not None
    (folder / name).write_bytes(dossier_json(part_for(whole, Circle(circle), "ab" * 32)))
