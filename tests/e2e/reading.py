"""Reading the documents back as their readers see them: a page, a PDF, a workbook."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

VOID = {"meta", "link", "br", "img", "input", "hr", "col", "path", "rect", "circle", "line", "use"}
HIDDEN = {"style", "script", "title", "desc"}


def plain(text: str) -> str:
    """A text with every run of white space (no-break spaces too) as one blank."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Node:
    """One element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> Iterator[Node]:
        """Every element below this one with this tag and these attributes (`class_`: one of its classes)."""
        for child in self.children:
            if isinstance(child, Node):
                if (not tag or child.tag == tag) and all(child.has(*item) for item in attributes.items()):
                    yield child
                yield from child.all(tag, **attributes)

    def one(self, tag: str = "", **attributes: str) -> Node:
        """The first such element."""
        found = next(self.all(tag, **attributes), None)
        assert found is not None, f"no <{tag}> with {attributes}"
        return found

    def has(self, name: str, value: str) -> bool:
        """Whether an attribute has this value."""
        if name == "class_":
            return value in self.attributes.get("class", "").split()
        return self.attributes.get(name.replace("_", "-")) == value

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return plain("".join(self._pieces()))

    def _pieces(self) -> Iterator[str]:
        if self.tag in HIDDEN:
            return
        for child in self.children:
            if isinstance(child, Node):
                yield from child._pieces()
            else:
                yield child
        if self.tag not in {"strong", "b", "em", "i", "a", "code"}:
            yield " "


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tbody" and self.open[-1].tag == "tbody":
            self.open.pop()
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        names = [node.tag for node in self.open]
        if tag in names[1:]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(path: Path) -> Node:
    """An HTML file as a tree."""
    builder = _Builder()
    builder.feed(path.read_text(encoding="utf-8"))
    return builder.root


def read_pdf(path: Path, *options: str) -> str:
    """The text of a PDF, by poppler; with `-layout` lines look as on paper."""
    done = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, check=True, timeout=120)
    return done.stdout.decode("utf-8")


def read_dossier(folder: Path) -> Any:
    """dossier.json as plain values."""
    return json.loads((folder / "dossier.json").read_text(encoding="utf-8"))


def read_book(path: Path) -> Any:
    """A workbook with the values its formulas have stored."""
    return openpyxl.load_workbook(path, data_only=True)


def records(book: Any, sheet: str) -> list[dict[str, Any]]:
    """The rows of a table in the board workbook, by header; the header row is the first with six filled cells."""
    rows = list(book[sheet].iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if sum(value is not None for value in row) > 5)
    headers = [str(value) for value in rows[start] if value is not None]
    found = []
    for row in rows[start + 1 :]:
        if row[0] is None:
            break
        found.append(dict(zip(headers, row, strict=False)))
    return found


def documents_in(folder: Path) -> list[str]:
    """The names of the files below a folder that are meant for readers."""
    return sorted(name for name in files_in(folder) if not name.rpartition("/")[2].startswith("."))


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, by its path within it."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


CELLS = re.compile(r"\b([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?\b")


def names_cell(shown: str, cell: str) -> bool:
    """Whether a text names this cell, by itself or in a range such as `A7:A9`."""
    column, row = coordinate(cell)
    for match in CELLS.finditer(shown):
        first = coordinate(match[1] + match[2])
        last = coordinate(match[3] + match[4]) if match[3] else first
        if first[0] <= column <= last[0] and first[1] <= row <= last[1]:
            return True
    return False


def coordinate(cell: str) -> tuple[int, int]:
    """The column and the row of a cell, both from 1."""
    letters = cell.rstrip("0123456789")
    return column_index_from_string(letters), int(cell[len(letters) :])
