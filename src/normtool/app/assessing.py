"""`check` and `assess`: read, diagnose, score, write the dossier and the documents."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from normtool import __version__
from normtool.app.exits import DOES_NOT_HOLD, DONE, INPUT_HAS_ERRORS, NOT_WRITTEN, worst
from normtool.app.making import DOCUMENTS, DOSSIER, AssessRequest, document_names, folder_name, render
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
from normtool.app.region_reading import of_one_region
from normtool.app.returning import check_returning, copies_of
from normtool.app.standing import (
    offer_copies,
    parts_missing,
    show_standing,
    standing_json,
    standing_of,
    without_what_is_open,
)
from normtool.core.answered import count_answered
from normtool.core.assessment import Assessment, Verdict
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Dossier
from normtool.core.evidence import NetworkLayer
from normtool.core.form_identity import identity_of
from normtool.core.rules_parts import PART_ALONE
from normtool.core.scoring import assess as judge
from normtool.core.standards import IndicatorClass
from normtool.files.outputs import OutputError, check_target, write_files
from normtool.files.reading_worker import ReadFile
from normtool.screen import WIDTH, can_show


def check(common: Common, given: Given) -> int:
    """Read workbooks, say everything there is to say about them, and show where each part stands."""
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    read = read_evidence(common, framework, given)
    assessment, questions = judge(framework, read.evidence) if read.evidence is not None else (None, ())
    hint = of_one_region(read.forms, read.diagnostics, given)
    found = in_order(without_what_is_open(read.forms, [*read.diagnostics, *hint, *questions]))
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
    if assessment is not None and can_be_judged:
        show_state(common, read, assessment)
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
        found = in_order((*read.diagnostics, *of_one_region(read.forms, read.diagnostics, request.given)))
        return refuse_evidence(request, read.files, found, can_be_made=False)
    assessment, questions = judge(framework, read.evidence)
    missing = parts_missing(framework, read.forms, read.evidence)
    found = in_order(without_what_is_open(read.forms, [*read.diagnostics, *missing, *questions]))
    can_be_made = not read.unusable and is_whole(found)
    if not can_be_made or (any(item.is_error for item in found) and not request.draft):
        return refuse_evidence(request, read.files, found, can_be_made=can_be_made)
    dossier = Dossier(
        framework=framework,
        evidence=read.evidence,
        assessment=assessment,
        diagnostics=found,
        draft=request.draft,
        program=__version__,
    )
    folder = request.folder or Path(folder_name(read.evidence.network))
    return deliver(request, read.files, (folder, document_names(request.only)), lambda: made_of(request, dossier))


def refuse_evidence(
    request: AssessRequest, files: Sequence[ReadFile], found: Diagnostics, *, can_be_made: bool
) -> int:
    """List what is wrong, and make nothing but the marked copies that were asked for."""
    common, several = request.common, len(files) > 1
    try:
        returned = copies_of(common, request.given, files, found)
    except OutputError as error:
        show_diagnostics(common, found, notes=False, several=several)
        return worst(INPUT_HAS_ERRORS, not_written(common, error))
    common.screen.result({"diagnostics": diagnostics_json(common, found), **returned.json})
    show_diagnostics(common, found, notes=False, several=several)
    common.screen.remark(*returned.sentences)
    common.screen.remark(common.words.say("cli.nothing_made_draft" if can_be_made else "cli.nothing_made"))
    return INPUT_HAS_ERRORS


def is_whole(found: Diagnostics) -> bool:
    """Whether what came in of a network is more than a part alone; of a part not even a draft is made."""
    return not any(item.rule is PART_ALONE for item in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Everything that an assessment made: the files by name, what could not be made and why, what is to be shown.

    `dossier` is the one that is summed up; `told` are further keys of the JSON contract, `sentences` say more.
    """

    dossier: Dossier
    files: Mapping[str, bytes]
    missing: Sequence[str]
    shown: Diagnostics
    told: Mapping[str, object] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()


def made_of(request: AssessRequest, dossier: Dossier) -> Made:
    """The documents of one network; of a sub-network on its own it is said that its region may answer for it."""
    files, missing = render(request.common, dossier, request.only)
    network = dossier.evidence.network
    alone = network.layer is NetworkLayer.SUB_NETWORK
    said = (request.common.words.say("cli.without_region", region=network.region),) if alone else ()
    return Made(dossier=dossier, files=files, missing=missing, shown=dossier.diagnostics, sentences=said)


def deliver(
    request: AssessRequest, read: Sequence[ReadFile], target: tuple[Path, tuple[str, ...]], make: Callable[[], Made]
) -> int:
    """Make the documents and say where they are; the exit code tells what could not be made or does not hold.

    `target` is the folder with the names of the files; nothing is made when one of them is in the way.
    """
    common, words = request.common, request.common.words
    folder, names = target
    copies = request.given.annotate
    try:
        check_target(folder, names, force=common.force)
        if copies is not None:
            check_returning(common, copies, [file.path for file in read])
        made = make()
        write_files(folder, made.files, force=common.force)
        returned = copies_of(common, request.given, read, made.shown)
    except OutputError as error:
        return not_written(common, error)
    told = {"folder": str(folder), "files": list(made.files), **made.told, **returned.json}
    _show(common, made, told, several=len(read) > 1)
    common.screen.remark(*returned.sentences)
    older = [name for name in _all_names(made.files) if name not in made.files and (folder / name).exists()]
    if older:
        common.screen.remark(words.say("cli.older_files", files=", ".join(older)))
    if made.missing:
        common.screen.problem(*made.missing)
    held = not request.require or holds(made.dossier.assessment, request.require)
    if not held:
        common.screen.problem(words.say(f"cli.require_failed.{request.require}"))
    return worst(NOT_WRITTEN if made.missing else DONE, DONE if held else DOES_NOT_HOLD)


def _all_names(files: Iterable[str]) -> list[str]:
    """Every document that may stand beside a dossier that was made."""
    folders = [name.removesuffix(DOSSIER) for name in files if name.endswith(DOSSIER)]
    return [f"{folder}{name}" for folder in folders for name in DOCUMENTS.values()]


def _show(common: Common, made: Made, told: Mapping[str, object], *, several: bool) -> None:
    from normtool.documents.terminal import NEEDED, Characters, summary, wrapped

    words, screen = common.words, common.screen
    screen.result({"diagnostics": diagnostics_json(common, made.shown), **told})
    show_diagnostics(common, made.shown, notes=False, several=several)
    screen.styled(summary(made.dossier, words, Characters(plain=not can_show(sys.stdout, NEEDED))))
    own = ", ".join(name for name in made.files if "/" not in name)
    said = (words.say("cli.made_in", folder=told["folder"], files=own), *made.sentences)
    screen.lines("", *(line for sentence in said for line in wrapped(sentence, WIDTH)))


def show_state(common: Common, read: ReadEvidence, assessment: Assessment) -> None:
    """How far the form is filled in: of the indicators that it asks, those that have an answer."""
    if read.evidence is None:
        return
    settled = {indicator for form in read.forms for indicator, _ in identity_of(form).settled}
    state = count_answered(read.framework, read.evidence, assessment, settled)
    facts = {"answered": state.answered, "name": read.evidence.network.name}
    common.screen.lines(common.words.say_count("cli.state", state.asked, **facts))


def holds(assessment: Assessment, require: str) -> bool:
    """Whether all core indicators (`core`) or all indicators (`all`) are met, of those that apply."""
    wanted = (Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE)
    return all(
        item.verdict in wanted
        for item in assessment.indicators
        if require == "all" or item.indicator_class is IndicatorClass.CORE
    )
