"""`report`: one document of a dossier, for one circle of readers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from normtool.app.attaching import attached_evidence
from normtool.app.dossiers import GivenDossier, cut, read_given
from normtool.app.exits import DONE, NOT_WRITTEN
from normtool.app.making import Stored, dossier_attached, page_of, paper_of
from normtool.app.reading import Common, diagnostics_json, not_written, refuse, show_diagnostics
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Circle
from normtool.documents.pdf import Attachment, PdfUnavailable
from normtool.files.outputs import OutputError, check_target, write_files


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """What `report` was asked: a dossier, the file to make (.pdf or .html), and for whom."""

    common: Common
    dossier: Path
    target: Path
    audience: str
    member: str = ""
    attach_evidence: bool = False


def report(request: ReportRequest) -> int:
    """Make one document: for the review team, the board (or one member of it), or everyone."""
    common, target = request.common, request.target
    read, found = read_given(common, (request.dossier,))
    if not read:
        return refuse(common, found)
    given, refused = cut(read[0], Circle(request.audience), request.member)
    if given is None:
        return refuse(common, (*found, *refused))
    attached, about_evidence = _evidence(request, given)
    found = (*found, *about_evidence)
    try:
        check_target(target.parent, (target.name,), force=common.force)
        data = _document(request, given, attached)
        write_files(target.parent, {target.name: data}, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    except PdfUnavailable:
        return without_pdf(common, found)
    return told(common, target, given, found)


def _document(request: ReportRequest, given: GivenDossier, attached: tuple[Attachment, ...]) -> bytes:
    """The bytes of the document; a pdf carries the dossier that it was made of."""
    common, dossier = request.common, given.dossier
    if request.target.suffix.lower() == ".html":
        return page_of(common.words, dossier, given.digest)
    with common.screen.progress(common.words.say("cli.making_pdf")):
        own = dossier_attached(common.words, Stored.of(dossier))
        return paper_of(common.words, dossier, (own, *attached), given.digest)


def without_pdf(common: Common, found: Diagnostics) -> int:
    """Say that this machine cannot make a PDF, and how it could."""
    sentence = common.words.say("cli.no_pdf_report")
    common.screen.result({"diagnostics": diagnostics_json(common, found), "error": sentence})
    show_diagnostics(common, found, notes=True)
    common.screen.problem(sentence)
    return NOT_WRITTEN


def told(common: Common, target: Path, given: GivenDossier, found: Diagnostics) -> int:
    """Say what was made, for whom, and whether it may leave that circle."""
    dossier, words = given.dossier, common.words
    said = {"file": str(target), "circle": dossier.circle.value, "preliminary": dossier.is_preliminary}
    common.screen.result({**said, "diagnostics": diagnostics_json(common, found)})
    show_diagnostics(common, found, notes=True)
    circle = words.say(f"verdicts.circle.{dossier.circle.value}")
    common.screen.told(words.say("cli.made_file", path=target, circle=circle))
    if dossier.circle is Circle.PUBLIC and dossier.is_preliminary:
        common.screen.remark(words.say("cli.not_released"))
    return DONE


def _evidence(request: ReportRequest, given: GivenDossier) -> tuple[tuple[Attachment, ...], Diagnostics]:
    return attached_evidence(request.common, given) if request.attach_evidence else ((), ())
