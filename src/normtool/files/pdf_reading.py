"""A PDF that may be one of ours: its words, what is attached, and whether anything was laid over it.

It is read in the process for files of others (`reading_worker`), which admits grids only. So there a PDF is a grid:
a sheet a page with a row a line, and everything else as texts beside them; `read_pdf` makes it a value again.
"""

from __future__ import annotations

import hashlib
import logging
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from normtool.core import rules_verifying as rules
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.grids import Grid, LooseText, Sheet
from normtool.core.places import FilePlace
from normtool.files.reading_limits import LIMITS
from normtool.files.reading_worker import read_all

MAX_MEGABYTES = 100
MAX_PAGES = 2_000
MAX_ATTACHED_BYTES = 60_000_000
PDF_LIMITS = replace(LIMITS, memory_bytes=4 * LIMITS.memory_bytes, cpu_seconds=60, wall_seconds=120)
"""Finding the words of a page takes about 50 ms; a report of a large network has two hundred."""

ATTACHED, ORIGIN, DRAWN, ADDED, BESIDE = "attached", "origin", "drawn", "added", "beside"
SAID_BESIDE = ("/Alt", "/ActualText", "/E", "/Title", "/Contents")
"""Where a PDF says something that is on no page: descriptions of figures, its title, bookmarks, what a link is to."""
HARMLESS = {"/Link"}
"""What lies over a page of ours: links, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file inside a PDF."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfContent:
    """What a PDF holds: its keywords, its attachments, and how many pages.

    `drawn` are the digests of everything that is drawn or embedded, in order; `added` names, per page from 1, what
    was laid over it that is no link. `beside` is what it says that is on no page, in order of the alphabet.
    """

    keywords: str = ""
    pages: int = 0
    attachments: tuple[AttachedFile, ...] = ()
    drawn: tuple[str, ...] = ()
    added: tuple[tuple[int, str], ...] = ()
    beside: tuple[str, ...] = ()


Pages = tuple[tuple[str, ...], ...]
"""The lines of each page."""


def read_pdf(path: Path) -> tuple[PdfContent | None, Diagnostics]:
    """The PDF at a path; None, with the reason, when it cannot be read."""
    (read,) = read_all((path,), pdf_as_grid, PDF_LIMITS)
    return (_content(read.grid), ()) if read.grid is not None else (None, (damaged(path),))


def read_pages(path: Path) -> Pages | None:
    """What is written on the pages of the PDF at a path, line by line; None when it cannot be read."""
    (read,) = read_all((path,), pages_as_grid, PDF_LIMITS)
    return _pages(read.grid) if read.grid is not None else None


def damaged(path: Path) -> Diagnostic:
    """That a document cannot be read."""
    facts = (("megabytes", MAX_MEGABYTES),)
    return Diagnostic(rule=rules.DOCUMENT_DAMAGED, place=FilePlace(file=path.name), facts=facts)


def pdf_as_grid(path: Path) -> tuple[Grid | None, Diagnostics]:
    """What the PDF at a path holds, as a grid (see above); any fault in it ends in one diagnostic."""
    return (_grid_of(_opened(path.read_bytes()), path.name), ()) if _is_fit(path) else (None, (damaged(path),))


def pages_as_grid(path: Path) -> tuple[Grid | None, Diagnostics]:
    """What is written on the pages of the PDF at a path, as a grid."""
    return (_grid_of_pages(_opened(path.read_bytes())), ()) if _is_fit(path) else (None, (damaged(path),))


def _is_fit(path: Path) -> bool:
    return path.stat().st_size <= MAX_MEGABYTES * 1_000_000


def content_of(data: bytes) -> PdfContent:
    """What a PDF holds that we made ourselves."""
    return _content(_grid_of(_opened(data), ""))


def pages_of(data: bytes) -> Pages:
    """What is written on the pages of a PDF that we made ourselves."""
    return _pages(_grid_of_pages(_opened(data)))


def _opened(data: bytes) -> Any:
    """The file in the hands of the reader of PDFs, which raises anything on a damaged one."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").disabled = True  # it tells a damaged file's story on standard error
    return PdfReader(BytesIO(data))


def _grid_of(reader: Any, name: str) -> Grid:
    texts = [LooseText(sheet=str(len(reader.pages)), where=ORIGIN, text=_keywords(reader))]
    texts += [LooseText(sheet=part, where=ATTACHED, text=text) for part, text in _attached(reader)]
    texts += [LooseText(sheet="", where=DRAWN, text=digest) for digest in _drawn(reader)]
    texts += [LooseText(sheet="", where=BESIDE, text=text) for text in sorted(_beside(reader))]
    texts += [
        LooseText(sheet=str(number), where=ADDED, text=kind)
        for number, page in enumerate(reader.pages[:MAX_PAGES], start=1)
        for kind in _laid_over(page)
    ]
    return Grid(file=name, sheets=(), loose_texts=tuple(texts))


def _grid_of_pages(reader: Any) -> Grid:
    sheets = tuple(
        Sheet(name=str(number), rows=tuple((line,) for line in page.extract_text().splitlines()))
        for number, page in enumerate(reader.pages[:MAX_PAGES], start=1)
    )
    return Grid(file="", sheets=sheets)


def _pages(grid: Grid) -> Pages:
    return tuple(tuple(str(row[0]) for row in sheet.rows) for sheet in grid.sheets)


def _content(grid: Grid) -> PdfContent:
    def texts(where: str) -> Iterator[LooseText]:
        return (item for item in grid.loose_texts if item.where == where)

    first = next(texts(ORIGIN))
    return PdfContent(
        keywords=first.text,
        pages=int(first.sheet),
        attachments=tuple(AttachedFile(name=item.sheet, content=b64decode(item.text)) for item in texts(ATTACHED)),
        drawn=tuple(item.text for item in texts(DRAWN)),
        added=tuple((int(item.sheet), item.text) for item in texts(ADDED)),
        beside=tuple(item.text for item in texts(BESIDE)),
    )


def _keywords(reader: Any) -> str:
    metadata = reader.metadata
    return str(metadata.get("/Keywords", "")) if metadata is not None else ""


def _attached(reader: Any) -> Iterator[tuple[str, str]]:
    """Each attachment by name, as text; more than anyone would attach is left out."""
    left = MAX_ATTACHED_BYTES
    for name, contents in reader.attachments.items():
        for content in contents:
            left -= len(content)
            if left < 0:
                return
            yield str(name), b64encode(content).decode()


def _objects(reader: Any) -> Iterator[Any]:
    """Everything in a PDF that has a number, in their order."""
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _beside(reader: Any) -> Iterator[str]:
    """What a PDF says that is on no page: the texts of its objects, and the title in its description (XMP)."""
    for found in _objects(reader):
        if isinstance(found, dict):
            # Looked up by its key a value is what it refers to, should it stand elsewhere in the file.
            yield from (
                f"{key[1:]}: {found[key]}" for key in SAID_BESIDE if key in found and isinstance(found[key], str)
            )
    yield from (f"Title: {text}" for text in _titles_in_description(reader))


def _titles_in_description(reader: Any) -> tuple[str, ...]:
    """The titles in the description (XMP), each once; none when another program made that unreadable."""
    from pypdf.errors import PdfReadError

    try:
        described = reader.xmp_metadata
        return tuple(dict.fromkeys(described.dc_title.values())) if described is not None else ()
    except PdfReadError:
        return ()


def _drawn(reader: Any) -> Iterator[str]:
    """The digest of every stream but those that only keep the file together or describe it."""
    from pypdf.generic import StreamObject

    for found in _objects(reader):
        if isinstance(found, StreamObject) and found.get("/Type") not in {"/XRef", "/ObjStm", "/Metadata"}:
            yield hashlib.sha256(found.get_data()).hexdigest()


def _laid_over(page: Any) -> Iterator[str]:
    for item in page.get("/Annots") or ():
        kind = str(item.get_object().get("/Subtype", ""))
        if kind not in HARMLESS:
            yield kind.lstrip("/")
