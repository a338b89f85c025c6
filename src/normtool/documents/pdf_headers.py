"""Closing the grid of every table, and tying its cells to their headers (ISO 14289-1, 7.2 and 7.5)."""

from __future__ import annotations

from collections.abc import Iterator

from normtool.documents.pdf_elements import Node

Cell = tuple[int, int, Node]
"""A cell with its first row and first column."""


def tie_headers(root: Node) -> None:
    """Give header cells a name, and every other cell the names of its headers."""
    for number, table in enumerate(_tables(root), start=1):
        with_body(table)
        close_grid(table)
        give_scopes(table)
        cells = list(_cells(table))
        across = _headers(cells, "Column", number)
        down = _headers(cells, "Row", number)
        for row, column, cell in cells:
            columns, rows = cell.spans
            beside = [down[at] for at in range(row, row + rows) if at in down] if cell.tag == "TD" else []
            above = [across[at] for at in range(column, column + columns) if at in across] if cell.tag == "TD" else []
            named = [name for names in (*beside, *above) for name in names]
            cell.headers = tuple(dict.fromkeys(named))


def with_body(table: Node) -> None:
    """Make the head of a table without rows its body: a head or foot alone is none (ISO 32000-1, 14.8.4.3.4)."""
    if not table.children("TBody"):
        for part in table.children("THead", "TFoot"):
            part.tag = "TBody"


def close_grid(table: Node) -> None:
    """Give every row as many columns as the longest: one empty cell at the end of those that have fewer."""
    rows = list(_rows(table))
    width = [0] * len(rows)
    for row, _, cell in _cells(table):
        columns, down = cell.spans
        cell.spans = (columns, min(down, len(rows) - row))
        for at in range(row, row + cell.spans[1]):
            width[at] += columns
    for line, columns in zip(rows, width, strict=True):
        if columns < max(width):
            line.add("TD").spans = (max(width) - columns, 1)


def give_scopes(table: Node) -> None:
    """A header that does not say so stands over its column when its row has headers only, else beside its row."""
    for row in _rows(table):
        scope = "Row" if row.children("TD") else "Column"
        for cell in row.children("TH"):
            cell.scope = cell.scope or scope


def _tables(node: Node) -> Iterator[Node]:
    for kid in node.children():
        if kid.tag == "Table":
            yield kid
        yield from _tables(kid)


def _rows(table: Node) -> Iterator[Node]:
    for kid in table.children("TR", "THead", "TBody", "TFoot"):
        if kid.tag == "TR":
            yield kid
        else:
            yield from kid.children("TR")


def _cells(table: Node) -> Iterator[Cell]:
    """Every cell at its place; what an earlier row reaches down into is skipped."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(_rows(table)):
        column = 0
        for cell in line.children("TH", "TD"):
            while (row, column) in taken:
                column += 1
            columns, rows = cell.spans
            taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
            yield row, column, cell
            column += columns


def _headers(cells: list[Cell], scope: str, number: int) -> dict[int, list[str]]:
    """The names of the header cells of this scope, by each column (or row) that they stand over (or beside)."""
    found: dict[int, list[str]] = {}
    for row, column, cell in cells:
        if cell.tag != "TH" or cell.scope != scope:
            continue
        cell.id = f"t{number:04}r{row:04}c{column:04}"
        start, length = (column, cell.spans[0]) if scope == "Column" else (row, cell.spans[1])
        for at in range(start, start + length):
            found.setdefault(at, []).append(cell.id)
    return found
