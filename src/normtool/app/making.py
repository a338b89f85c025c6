"""Making the documents of a dossier: their names, their bytes, and the folder they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from normtool.app.reading import Common, Given
from normtool.core.dossier import Dossier
from normtool.core.evidence import NetworkFacts

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


def render(
    common: Common, dossier: Dossier, only: tuple[str, ...], busy: str = ""
) -> tuple[dict[str, bytes], list[str]]:
    """The bytes of every document asked for, and what could not be made and why; `busy` says which takes a while."""
    from normtool.files.dossiers_json import dossier_json

    words, screen = common.words, common.screen
    stored = dossier_json(dossier)
    files = {DOSSIER: stored}
    missing: list[str] = []
    if "html" in only:
        from normtool.documents.pages import report_html

        files[DOCUMENTS["html"]] = report_html(dossier, words).encode("utf-8")
    if "xlsx" in only:
        from normtool.documents.board_xlsx import board_workbook

        files[DOCUMENTS["xlsx"]] = board_workbook(dossier, words)
    if "pdf" in only:
        from normtool.documents.pages import report_pdf
        from normtool.documents.pdf import Attachment, PdfUnavailable

        try:
            with screen.progress(busy or words.say("cli.making_pdf")):
                attached = Attachment(name=DOSSIER, content=stored, description=words.say("cli.attached"))
                files[DOCUMENTS["pdf"]] = report_pdf(dossier, words, (attached,))
        except PdfUnavailable:
            missing.append(words.say("cli.no_pdf"))
    return files, missing
