"""The board workbook read back: with openpyxl, and recalculated by LibreOffice from its formulas alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import openpyxl
import pytest

from normtool.core.dossier import Dossier
from normtool.documents.board_xlsx import board_workbook
from normtool.texts import Words

NL, EN = Words("nl"), Words("en")
FIRST_ROW = 5
"""The first row under the header of a table."""
RESULT = re.compile(r"(<c [^>]*>)(<f>[^<]*</f>)<v>[^<]*</v>")
Changes = Mapping[tuple[str, str], str]
"""Words to type before it is recalculated, by sheet and cell."""


def opened(item: Dossier, words: Words = NL, others: tuple[Dossier, ...] = (), *, values: bool = False) -> Any:
    return read(board_workbook(item, words, others), values=values)


def read(content: bytes, *, values: bool = False, rich: bool = False) -> Any:
    return openpyxl.load_workbook(BytesIO(content), data_only=values, rich_text=rich)


def cells(book: Any) -> list[Any]:
    return [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]


def formula_cells(content: bytes) -> Iterator[tuple[str, str, object]]:
    """Every formula of a workbook: sheet, cell, stored result."""
    values = read(content, values=True)
    for cell in cells(read(content)):
        if cell.data_type == "f":
            yield cell.parent.title, cell.coordinate, values[cell.parent.title][cell.coordinate].value


# --- recalculated -------------------------------------------------------------------------------------------


def without_results(content: bytes, changes: Changes) -> bytes:
    """The same file without the stored results of its formulas, and with other words in some cells.

    Only those parts of the package change, so that what is recalculated is what we wrote.
    """
    target = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(target, "w") as bare:
        sheets = re.findall(r'<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
        names = {f"xl/worksheets/sheet{number}.xml": name for number, name in enumerate(sheets, start=1)}
        for item in package.infolist():
            part = package.read(item)
            if item.filename in names:
                typed = {cell: word for (sheet, cell), word in changes.items() if sheet == names[item.filename]}
                part = _sheet_without_results(part.decode(), typed).encode()
            bare.writestr(item, part)
    return target.getvalue()


def _sheet_without_results(xml: str, typed: Mapping[str, str]) -> str:
    xml = RESULT.sub(r"\1\2", xml)
    for cell, word in typed.items():
        found = re.compile(rf'<c r="{cell}"( s="\d+")?[^>]*>.*?</c>')
        new = rf'<c r="{cell}"\1 t="inlineStr"><is><t>{escape(word)}</t></is></c>'
        xml, times = found.subn(new, xml)
        assert times == 1, cell
    return xml


def recalculate(folder: Path, books: Mapping[str, tuple[bytes, Changes]]) -> Mapping[str, Any]:
    """The workbooks as LibreOffice calculates them, by name."""
    names = {}
    for number, (name, (content, changes)) in enumerate(books.items()):
        names[name] = folder / f"{number}.xlsx"
        names[name].write_bytes(without_results(content, changes))
    convert(folder, "xlsx", list(names.values()))
    return {name: openpyxl.load_workbook(folder / "xlsx" / path.name, data_only=True) for name, path in names.items()}


def convert(folder: Path, kind: str, files: list[Path]) -> None:
    """What LibreOffice makes of files, in a folder with the name of the kind."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("LibreOffice is missing; script/test says how to install it")
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
    paths = [str(path) for path in files]
    subprocess.run([*command, "--outdir", str(folder / kind), *paths], check=True, capture_output=True, timeout=300)
