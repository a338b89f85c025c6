"""Making the documents of a dossier: their names, their bytes, and the folder they stand in.

Each document is a function of its own, from words and dossier to bytes; what it needs is imported when it runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from normtool.app.reading import Common, Given
from normtool.core.dossier import Circle, Dossier
from normtool.core.evidence import NetworkFacts
from normtool.telling.own_words import words_for
from normtool.texts import Words

if TYPE_CHECKING:  # forms take their names from here, and need nothing that documents do
    from normtool.documents.pdf import Attachment

DOCUMENTS = {"html": "report.html", "pdf": "report.pdf", "xlsx": "board.xlsx"}
DOSSIER = "dossier.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessRequest:
    """What `assess` was asked. `require` is empty, `core` or `all`."""

    common: Common
    given: Given
    folder: Path | None = None
    only: tuple[str, ...] = ("html", "pdf", "xlsx")
    draft: bool = False
    require: str = ""


def document_names(only: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the files that are made: the dossier, and the documents that were asked for."""
    return (DOSSIER, *(DOCUMENTS[kind] for kind in only))


def folder_name(network: NetworkFacts) -> str:
    """The folder of a network's documents: its code in plain letters, and the year."""
    return f"{plain_name(network.code)}-{network.assessment_year}"


def plain_name(text: str) -> str:
    """A name as part of a file name: small letters and digits only."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "netwerk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A dossier as it stands in dossier.json: its bytes and their SHA-256.

    `made_from` is the digest of everything that was read and asked to come to it; empty when nobody keeps that.
    """

    dossier: Dossier
    content: bytes
    digest: str
    made_from: str = ""

    @classmethod
    def of(cls, dossier: Dossier, made_from: str = "") -> Stored:
        """The dossier with its bytes."""
        from normtool.files.dossiers_json import dossier_json
        from normtool.files.made_before import digest_of

        content = dossier_json(dossier)
        return cls(dossier=dossier, content=content, digest=digest_of(content), made_from=made_from)


def page_of(words: Words, dossier: Dossier, digest: str = "") -> bytes:
    """The report as a page for a browser, for the circle of this dossier; `digest` is of the whole dossier."""
    from normtool.documents.pages import report_html

    return report_html(dossier, words_for(dossier, words), digest).encode("utf-8")


def paper_of(words: Words, dossier: Dossier, attached: tuple[Attachment, ...] = (), digest: str = "") -> bytes:
    """The report on paper, for the circle of this dossier; `digest` is of the whole dossier.

    Raises:
        PdfUnavailable: WeasyPrint, or a system library it needs, is missing.
    """
    from normtool.documents.pages import report_pdf

    return report_pdf(dossier, words_for(dossier, words), attached, digest)


def workbook_of(words: Words, dossier: Dossier, digest: str, member: str = "") -> bytes:
    """The workbook for the board, and no more in it than that may see; `digest` is of the whole dossier."""
    from normtool.core.circles import part_for
    from normtool.documents.board_xlsx import board_workbook

    return board_workbook(part_for(dossier, Circle.BOARD, digest, member), words_for(dossier, words))


def dossier_attached(words: Words, stored: Stored) -> Attachment:
    """The dossier as it is attached to the report on paper."""
    from normtool.documents.pdf import Attachment

    return Attachment(name=DOSSIER, content=stored.content, description=words.say("cli.attached"))


def render_document(words: Words, stored: Stored, kind: str) -> bytes:
    """One of the documents that `assess` makes; `kind` is `html`, `pdf` or `xlsx`.

    Raises:
        PdfUnavailable: WeasyPrint, or a system library it needs, is missing.
    """
    return RENDERERS[kind](words, stored)


def _for_review(stored: Stored) -> Stored:
    """What the review team may see: all of it, unless the house style masks small numbers for them too."""
    from normtool.core.circles import part_for

    part = part_for(stored.dossier, Circle.REVIEW, stored.digest)
    return stored if part is stored.dossier else Stored.of(part)


def _review_page(words: Words, stored: Stored) -> bytes:
    return page_of(words, _for_review(stored).dossier, stored.digest)


def _review_paper(words: Words, stored: Stored) -> bytes:
    shown = _for_review(stored)
    return paper_of(words, shown.dossier, (dossier_attached(words, shown),), stored.digest)


RENDERERS: Mapping[str, Callable[[Words, Stored], bytes]] = {
    "html": _review_page,
    "pdf": _review_paper,
    "xlsx": lambda words, stored: workbook_of(words, stored.dossier, stored.digest),
}
