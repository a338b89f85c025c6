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
    """A figure: caption, verdict if it has one, the pictures, a note and the table."""

    key: str
    caption: str
    caption_rest: str
    pictures: tuple[Markup, ...]
    note: str
    table: FigureTable
    verdict: VerdictText | None = None
    half: bool = False
