"""Files with figures: csv as Dutch and other programs save it, workbooks, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from normtool.core.figures import FIGURE_COLUMNS, NEEDED
from normtool.core.grids import Grid, GridValue
from normtool.files import figures_tables
from normtool.files.figures_tables import read_figures
from normtool.resources import schemas
from tests.core.tables import seen


def read(folder: Path, content: bytes | str, name: str = "nkr.csv") -> tuple[Grid | None, list[str]]:
    """What a file with this content is read as, and what is said."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    grid, found = read_figures(path)
    return grid, seen(found)


def cells(folder: Path, content: bytes | str) -> tuple[tuple[GridValue, ...], ...]:
    """The rows of a file."""
    grid, _ = read(folder, content)
    assert grid is not None
    return grid.sheets[0].rows


ROWS = (("Indicator", "Teller", "Jaar"), ("N5.3", 40, 2025))


@pytest.mark.parametrize(
    "content",
    [
        "Indicator;Teller;Jaar\r\nN5.3;40;2025\r\n",
        "Indicator,Teller,Jaar\nN5.3,40,2025",
        "Indicator\tTeller\tJaar\nN5.3\t40\t2025\n",
        "Indicator|Teller|Jaar\nN5.3|40|2025\n",
        "\ufeffIndicator;Teller;Jaar\nN5.3;40;2025\n",
        '"Indicator";"Teller";"Jaar"\n"N5.3";"40";"2025"\n',
        "\ufeffIndicator\tTeller\tJaar\r\nN5.3\t40\t2025\r\n".encode("utf-16-le"),
        "\ufeffIndicator;Teller;Jaar\nN5.3;40;2025\n".encode("utf-16-be"),
    ],
)
def test_a_table_is_the_same_however_it_was_saved(tmp_path: Path, content: bytes | str) -> None:
    assert cells(tmp_path, content) == ROWS


def test_a_file_names_its_sheet_and_its_bytes(tmp_path: Path) -> None:
    grid, remarks = read(tmp_path, "Indicator;Teller\nN5.3;40\n", "NKR 2025.csv")
    assert grid is not None
    assert (grid.file, grid.sheets[0].name, remarks) == ("NKR 2025.csv", "NKR 2025", [])
    assert len(grid.digest) == 64


def test_excel_may_say_what_separates_the_columns_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    assert cells(tmp_path, "sep=,\nIndicator,Bron\nN5.3,a;b\n") == ((), ("Indicator", "Bron"), ("N5.3", "a;b"))


def test_a_title_above_the_table_does_not_choose_the_separator(tmp_path: Path) -> None:
    assert cells(tmp_path, "Aanlevering 2026\nIndicator;Teller\nN5.3;40\n")[2] == ("N5.3", 40)
    assert cells(tmp_path, "Alleen tekst\nzonder meer\n") == (("Alleen tekst",), ("zonder meer",))


def test_quoted_cells_may_hold_separators_quotes_and_line_breaks(tmp_path: Path) -> None:
    content = 'Bron;Teller\n"a;b ""c""\nd";40\nx;5\n'
    assert cells(tmp_path, content) == (("Bron", "Teller"), ('a;b "c"\nd', 40), ("x", 5))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("40", 40),
        (" 40 ", 40),
        ("0", 0),
        ("007", "007"),
        ("1.200", "1.200"),
        ("12,5", "12,5"),
        ("-3", "-3"),
        ("9" * 13, "9" * 13),
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-02-30", "2026-02-30"),
        ("1-3-2026", "1-3-2026"),
        ("=1+1", "=1+1"),
        ("@SUM(A1)", "@SUM(A1)"),
        ("  ", None),
        ("", None),
    ],
)
def test_cells_are_whole_numbers_days_or_text(tmp_path: Path, typed: str, value: GridValue) -> None:
    assert cells(tmp_path, f"a;b\nx;{typed}\n")[1] == ("x", value)


def test_windows_text_is_read_and_noted(tmp_path: Path) -> None:
    grid, remarks = read(tmp_path, "Instelling;Teller\nCafé;4\n".encode("cp1252"))
    assert grid is not None
    assert grid.sheets[0].rows[1] == ("Café", 4)
    assert remarks == ["NT937 nkr.csv"]


@pytest.mark.parametrize(
    ("content", "remarks"),
    [
        (b"", ["NT205 nkr.csv"]),
        (b" \n\r\n", ["NT205 nkr.csv"]),
        (b"a;b\n\x81;\x8d\n", ["NT344 nkr.csv"]),
        (b"a;b\n\x00;1\n", ["NT344 nkr.csv"]),
        (b"\xff\xfea\x00;\x00b", ["NT344 nkr.csv"]),
        (b'a;b\nx;"nooit dicht\n', ["NT344 nkr!A2"]),
        (b'a;b\nx;1\ny;"dicht" en door\n', ["NT344 nkr!A3"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 oud", ["NT2"]),
        (b"PK\x03\x04 half", ["NT2"]),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, remarks: list[str]) -> None:
    grid, found = read(tmp_path, content)
    assert grid is None
    assert [line[: len(expected)] for line, expected in zip(found, remarks, strict=True)] == remarks


@pytest.mark.parametrize(
    ("limit", "content"),
    [
        ("MAX_BYTES", "a;b\nlang;1\n"),
        ("MAX_ROWS", "a;b\n" * 6),
        ("MAX_COLUMNS", "a;b;c;d;e;f\n"),
        ("MAX_LETTERS", "a;b\nlanger;1\n"),
    ],
)
def test_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, content: str) -> None:
    monkeypatch.setattr(figures_tables, limit, 5)
    assert read(tmp_path, content) == (None, ["NT345 nkr.csv"])


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    grid, found = read_figures(tmp_path / "weg.csv")
    assert (grid, seen(found)) == (None, ["NT201 weg.csv"])


def test_a_workbook_is_read_as_one_whatever_its_name(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "figures.csv"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("NKR")
    for row, line in enumerate(ROWS):
        sheet.write_row(row, 0, line)
    book.close()
    grid, found = read_figures(path)
    assert grid is not None
    assert (grid.sheets[0].name, grid.sheets[0].rows, found) == ("NKR", ROWS, ())


DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_the_page_about_figures_names_the_columns_that_are_read() -> None:
    page = (DOCS / "figures.md").read_text(encoding="utf-8")
    table = page.partition("<!-- columns nl -->")[2].partition("<!-- end -->")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    assert [line[:3] for line in lines] == [
        [item.text.nl, item.text.en, ", ".join(item.also)] for item in FIGURE_COLUMNS
    ]
    assert [line[3].startswith("nodig;") for line in lines] == [item.id in NEEDED for item in FIGURE_COLUMNS]


def test_the_schema_has_the_same_columns_and_needs_the_same() -> None:
    fields = json.loads(schemas()["figures"])["fields"]
    assert [(item["name"], item["title"]) for item in fields] == [
        (item.text.nl, item.text.en) for item in FIGURE_COLUMNS
    ]
    assert [item.get("constraints", {}).get("required", False) for item in fields] == [
        item.id in NEEDED for item in FIGURE_COLUMNS
    ]
