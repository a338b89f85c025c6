"""One figure of the report: pictures, a caption that carries the message, and a table that says the same."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from normtool.documents.views_context import VerdictText


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """The same as a picture, as a table; `numeric` are the columns that stand right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: caption, verdict if it has one, the pictures, a note and the table.

    `listing`: names and numbers for paper, where there is no table and the pictures cannot name them all.
    `on_paper` are the pictures for paper where it needs others, and `paper_note` is what those ask to be said.
    """

    key: str
    caption: str
    caption_rest: str
    pictures: tuple[Markup, ...]
    note: str
    table: FigureTable
    verdict: VerdictText | None = None
    half: bool = False
    listing: tuple[tuple[str, str], ...] = ()
    on_paper: tuple[Markup, ...] = ()
    paper_note: str = ""
