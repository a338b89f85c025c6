"""`check` and `assess`: read, diagnose, score, write the dossier and the documents."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from normtool import __version__
from normtool.app.exits import DOES_NOT_HOLD, DONE, INPUT_HAS_ERRORS, NOT_WRITTEN, worst
from normtool.app.reading import (
    Common,
    diagnostics_json,
    in_order,
    not_written,
    read_evidence,
    read_framework,
    refuse,
    show_diagnostics,
)
from normtool.core.assessment import Assessment, IndicatorResult, Reason, Verdict
from normtool.core.dossier import Dossier
from normtool.core.evidence import Evidence, NetworkFacts
from normtool.core.scoring import assess as judge
from normtool.core.standards import IndicatorClass
from normtool.files.outputs import OutputError, check_target, write_files
from normtool.screen import WIDTH, can_show

DOCUMENTS = {"html": "report.html", "pdf": "report.pdf", "xlsx": "board.xlsx"}
DOSSIER = "dossier.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessRequest:
    """What `assess` was asked. `require` is empty, `core` or `all`."""

    common: Common
    evidence: tuple[Path, ...]
    folder: Path | None = None
    only: tuple[str, ...] = ("html", "pdf", "xlsx")
    draft: bool = False
    require: str = ""


def check(common: Common, paths: tuple[Path, ...]) -> int:
    """Read workbooks and say everything there is to say about them; write nothing."""
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    read = read_evidence(common, framework, paths)
    assessment, questions = judge(framework, read.evidence) if read.evidence is not None else (None, ())
    found = in_order([*read.diagnostics, *questions])
    common.screen.result({"diagnostics": diagnostics_json(common, found)})
    show_diagnostics(common, found, notes=True)
    if read.evidence is not None and assessment is not None:
        _show_state(common, read.evidence, assessment)
    if any(item.is_error for item in found):
        return INPUT_HAS_ERRORS
    common.screen.remark(common.words.say("cli.next_assess", files=" ".join(str(path) for path in paths)))
    return DONE


def assess(request: AssessRequest) -> int:
    """Check, score, and write dossier and documents; with errors nothing is written, unless as a draft."""
    common = request.common
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    read = read_evidence(common, framework, request.evidence)
    if read.evidence is None or read.unusable or (read.has_errors and not request.draft):
        code = refuse(common, read.diagnostics)
        possible = read.evidence is not None and not read.unusable
        common.screen.remark(common.words.say("cli.nothing_made_draft" if possible else "cli.nothing_made"))
        return code
    folder = request.folder or Path(folder_name(read.evidence.network))
    names = (DOSSIER, *(DOCUMENTS[kind] for kind in request.only))
    try:
        check_target(folder, names, force=common.force)
        assessment, questions = judge(framework, read.evidence)
        dossier = Dossier(
            framework=framework,
            evidence=read.evidence,
            assessment=assessment,
            diagnostics=in_order([*read.diagnostics, *questions]),
            draft=request.draft,
            program=__version__,
        )
        files, missing = _render(common, dossier, request.only)
        write_files(folder, files, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    _show(common, dossier, folder, tuple(files))
    older = [name for name in DOCUMENTS.values() if name not in files and (folder / name).exists()]
    if older:
        common.screen.remark(common.words.say("cli.older_files", files=", ".join(older)))
    if missing:
        common.screen.problem(*missing)
    held = not request.require or _holds(assessment, request.require)
    if not held:
        common.screen.problem(common.words.say(f"cli.require_failed.{request.require}"))
    return worst(NOT_WRITTEN if missing else DONE, DONE if held else DOES_NOT_HOLD)


def folder_name(network: NetworkFacts) -> str:
    """The folder of a network's documents: its code in plain letters, and the year."""
    return f"{plain_name(network.code)}-{network.assessment_year}"


def plain_name(text: str) -> str:
    """A name as part of a file name: small letters and digits only."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "netwerk"


def _render(common: Common, dossier: Dossier, only: tuple[str, ...]) -> tuple[dict[str, bytes], list[str]]:
    """The bytes of every document asked for, and what could not be made and why."""
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
            with screen.progress(words.say("cli.making_pdf")):
                attached = Attachment(name=DOSSIER, content=stored, description=words.say("cli.attached"))
                files[DOCUMENTS["pdf"]] = report_pdf(dossier, words, (attached,))
        except PdfUnavailable:
            missing.append(words.say("cli.no_pdf"))
    return files, missing


def _show(common: Common, dossier: Dossier, folder: Path, names: tuple[str, ...]) -> None:
    from normtool.documents.terminal import NEEDED, Characters, summary, wrapped

    words, screen = common.words, common.screen
    found = diagnostics_json(common, dossier.diagnostics)
    screen.result({"diagnostics": found, "folder": str(folder), "files": list(names)})
    show_diagnostics(common, dossier.diagnostics, notes=False)
    screen.styled(summary(dossier, words, Characters(plain=not can_show(sys.stdout, NEEDED))))
    made = words.say("cli.made_in", folder=folder, files=", ".join(names))
    screen.lines("", *wrapped(made, WIDTH))


def _show_state(common: Common, evidence: Evidence, assessment: Assessment) -> None:
    """How far the form is filled in: of the open indicators, those that have an answer."""
    asked = [item for item in assessment.indicators if item.is_open and _is_scored(item)]
    asked = [item for item in asked if item.reason is not Reason.NO_NORM]
    answered = [item for item in asked if item.reason not in (Reason.NO_ANSWER, Reason.TO_BE_REPAIRED)]
    name = evidence.network.name
    common.screen.lines(common.words.say("cli.state", answered=len(answered), asked=len(asked), name=name))


def _is_scored(result: IndicatorResult) -> bool:
    return result.indicator_class is not IndicatorClass.INFORMATIVE


def _holds(assessment: Assessment, require: str) -> bool:
    wanted = (Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE)
    return all(
        item.verdict in wanted
        for item in assessment.indicators
        if require == "all" or item.indicator_class is IndicatorClass.CORE
    )
