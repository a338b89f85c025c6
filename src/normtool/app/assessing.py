"""`check` and `assess`: read, diagnose, score, write the dossier and the documents."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normtool import __version__
from normtool.app.exits import DOES_NOT_HOLD, DONE, INPUT_HAS_ERRORS, NOT_WRITTEN, worst
from normtool.app.reading import (
    Common,
    Given,
    ReadEvidence,
    diagnostics_json,
    in_order,
    not_written,
    read_evidence,
    read_framework,
    refuse,
    show_diagnostics,
)
from normtool.app.returning import check_returning, copies_of
from normtool.app.standing import (
    offer_copies,
    parts_missing,
    show_standing,
    standing_json,
    standing_of,
    without_what_is_open,
)
from normtool.core.assessment import Assessment, IndicatorResult, Reason, Verdict
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Dossier
from normtool.core.evidence import Evidence, NetworkFacts
from normtool.core.rules_parts import PART_ALONE
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
    given: Given
    folder: Path | None = None
    only: tuple[str, ...] = ("html", "pdf", "xlsx")
    draft: bool = False
    require: str = ""


def check(common: Common, given: Given) -> int:
    """Read workbooks, say everything there is to say about them, and show where each part stands."""
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    read = read_evidence(common, framework, given)
    assessment, questions = judge(framework, read.evidence) if read.evidence is not None else (None, ())
    found = in_order(without_what_is_open(read.forms, [*read.diagnostics, *questions]))
    try:
        returned = copies_of(common, given, read.files, found)
    except OutputError as error:
        return not_written(common, error)
    standing = standing_of(framework, read.forms, read.evidence, found) if read.evidence is not None else None
    result: dict[str, object] = {"diagnostics": diagnostics_json(common, found)}
    if standing is not None:
        result["standing"] = standing_json(common, standing)
    common.screen.result(result | returned.json)
    show_diagnostics(common, found, notes=True, several=len(read.files) > 1)
    can_be_judged = standing is None or standing.can_be_judged
    if read.evidence is not None and assessment is not None and can_be_judged:
        _show_state(common, read.evidence, assessment)
    if standing is not None:
        show_standing(common, standing)
        offer_copies(common, standing, given)
    common.screen.remark(*returned.sentences)
    if any(item.is_error for item in found):
        return INPUT_HAS_ERRORS
    if can_be_judged:
        common.screen.remark(common.words.say("cli.next_assess", files=" ".join(str(path) for path in given.paths)))
    return DONE


def assess(request: AssessRequest) -> int:
    """Check, score, and write dossier and documents; with errors nothing is written, unless as a draft."""
    common = request.common
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    read = read_evidence(common, framework, request.given)
    if read.evidence is None:
        return _refuse_evidence(request, read, read.diagnostics)
    assessment, questions = judge(framework, read.evidence)
    missing = parts_missing(framework, read.forms, read.evidence)
    found = in_order(without_what_is_open(read.forms, [*read.diagnostics, *missing, *questions]))
    if not _can_be_made(read, found) or (any(item.is_error for item in found) and not request.draft):
        return _refuse_evidence(request, read, found)
    dossier = Dossier(
        framework=framework,
        evidence=read.evidence,
        assessment=assessment,
        diagnostics=found,
        draft=request.draft,
        program=__version__,
    )
    return _write(request, read, dossier)


def _refuse_evidence(request: AssessRequest, read: ReadEvidence, found: Diagnostics) -> int:
    """List what is wrong, and make nothing but the marked copies that were asked for."""
    common = request.common
    try:
        returned = copies_of(common, request.given, read.files, found)
    except OutputError as error:
        show_diagnostics(common, found, notes=False, several=len(read.files) > 1)
        return worst(INPUT_HAS_ERRORS, not_written(common, error))
    common.screen.result({"diagnostics": diagnostics_json(common, found), **returned.json})
    show_diagnostics(common, found, notes=False, several=len(read.files) > 1)
    common.screen.remark(*returned.sentences)
    said = "cli.nothing_made_draft" if _can_be_made(read, found) else "cli.nothing_made"
    common.screen.remark(common.words.say(said))
    return INPUT_HAS_ERRORS


def _can_be_made(read: ReadEvidence, found: Diagnostics) -> bool:
    """Whether at least a draft can be: everything was read, and it is more than a part alone."""
    return not read.unusable and not any(item.rule is PART_ALONE for item in found)


def _write(request: AssessRequest, read: ReadEvidence, dossier: Dossier) -> int:
    """Make the documents and say where they are; the exit code tells what could not be made or does not hold."""
    common, words = request.common, request.common.words
    folder = request.folder or Path(folder_name(dossier.evidence.network))
    names = (DOSSIER, *(DOCUMENTS[kind] for kind in request.only))
    target = request.given.annotate
    try:
        check_target(folder, names, force=common.force)
        if target is not None:
            check_returning(common, target, [file.path for file in read.files])
        files, missing = _render(common, dossier, request.only)
        write_files(folder, files, force=common.force)
        returned = copies_of(common, request.given, read.files, dossier.diagnostics)
    except OutputError as error:
        return not_written(common, error)
    made = {"folder": str(folder), "files": list(files)}
    _show(common, dossier, made | returned.json, several=len(read.files) > 1)
    common.screen.remark(*returned.sentences)
    older = [name for name in DOCUMENTS.values() if name not in files and (folder / name).exists()]
    if older:
        common.screen.remark(words.say("cli.older_files", files=", ".join(older)))
    if missing:
        common.screen.problem(*missing)
    held = not request.require or _holds(dossier.assessment, request.require)
    if not held:
        common.screen.problem(words.say(f"cli.require_failed.{request.require}"))
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


def _show(common: Common, dossier: Dossier, made: Mapping[str, Any], *, several: bool) -> None:
    from normtool.documents.terminal import NEEDED, Characters, summary, wrapped

    words, screen = common.words, common.screen
    screen.result({"diagnostics": diagnostics_json(common, dossier.diagnostics), **made})
    show_diagnostics(common, dossier.diagnostics, notes=False, several=several)
    screen.styled(summary(dossier, words, Characters(plain=not can_show(sys.stdout, NEEDED))))
    sentence = words.say("cli.made_in", folder=made["folder"], files=", ".join(made["files"]))
    screen.lines("", *wrapped(sentence, WIDTH))


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
