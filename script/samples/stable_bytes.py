"""Saves a workbook without a clock in it, and with results stored beside the formulas of its first sheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

from openpyxl.workbook.workbook import Workbook

NO_CLOCK = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a workbook: zip files know no earlier one."""


def saved(book: Workbook, year: int) -> bytes:
    """The workbook as bytes without a clock in them, with results stored beside the formulas of the guide."""
    results = stored_results(book)
    stamp = datetime(year, 1, 1)  # noqa: DTZ001 (no time zones in a workbook)
    book.properties.created = book.properties.modified = stamp
    target = io.BytesIO()
    book.save(target)
    stable = io.BytesIO()
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", f"{year}-01-01T00:00:00Z".encode(), content)
            if name == "xl/worksheets/sheet1.xml":
                content = with_results(content.decode(), results).encode()
            info = zipfile.ZipInfo(name, NO_CLOCK)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return stable.getvalue()


COUNTED = re.compile(r"^=COUNTA\('(.+)'!(.+)\)$")
CELL = re.compile(r"LEN\('([^']+)'!\$([A-Z]+)\$(\d+)\)")
EITHER = re.compile(r"LEN\('([^']+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)\)")
SHOWN = re.compile(r"^=IF\(LEN\('([^']+)'!(\$[A-Z]+\$\d+)\)=0,\"(.+)\",")


def stored_results(book: Workbook) -> dict[str, str | int]:
    """What the sorts of formula on the first sheet come to."""
    return {
        cell.coordinate: result(book, cell.value)
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def result(book: Workbook, formula: str) -> str | int:
    if counted := COUNTED.match(formula):
        cells = book[counted.group(1)][counted.group(2).replace("$", "")]
        return sum(cell.value is not None for (cell,) in cells)
    if shown := SHOWN.match(formula):
        value = book[shown.group(1)][shown.group(2).replace("$", "")].value
        return shown.group(3) if value is None else str(value)
    if formula.startswith("=SUMPRODUCT("):
        return rows_with_any(book, formula)
    if not formula.startswith("=SUM("):
        raise ValueError(f"no result for {formula}")
    return sum(
        any(book[sheet][f"{column}{row}"].value is not None for sheet, column, row in CELL.findall(part))
        for part in formula.split("--")[1:]
    )


def rows_with_any(book: Workbook, formula: str) -> int:
    """How many rows have something in one of the columns that a formula names."""
    filled = {
        row
        for sheet, column, first, _, last in EITHER.findall(formula)
        for row in range(int(first), int(last) + 1)
        if book[sheet][f"{column}{row}"].value is not None
    }
    return len(filled)


def with_results(xml: str, results: Mapping[str, str | int]) -> str:
    def one(found: re.Match[str]) -> str:
        value = results[found.group(1)]
        kind = ' t="str"' if isinstance(value, str) else ""
        attributes = re.sub(r' t="\w+"', "", found.group(2))
        return f'<c r="{found.group(1)}"{attributes}{kind}>{found.group(3)}<v>{value}</v></c>'

    return re.sub(r'<c r="([A-Z]+\d+)"([^>]*)>(<f>[^<]*</f>)<v ?/?>(?:</v>)?</c>', one, xml)
