"""`check` and `assess`: read, diagnose, score, write the dossier and the documents."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from normtool import __version__
from normtool.app.batch_reading import Batch, read_networks
from normtool.app.delivering import Delivery, Plan, delivery, plan_for
from normtool.app.exits import DOES_NOT_HOLD, DONE, INPUT_HAS_ERRORS, NOT_WRITTEN, worst
from normtool.app.history import Named, ReadFormer, history_in, read_former
from normtool.app.losses import Lost, loss_text, raise_crash
from normtool.app.making import DOCUMENTS, DOSSIER, AssessRequest, Stored, folder_name
from normtool.app.reading import (
    Common,
    Given,
    ReadEvidence,
    diagnostics_json,
    given_style,
    in_order,
    not_written,
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
from normtool.core.answered import count_answered
from normtool.core.assessment import Assessment, Verdict
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Dossier
from normtool.core.evidence import NetworkLayer
from normtool.core.form_identity import identity_of
from normtool.core.rules_batch import PART_OF_ANOTHER
from normtool.core.rules_parts import PART_ALONE
from normtool.core.scoring import assess as judge
from normtool.core.standards import Framework, IndicatorClass
from normtool.files.interruptions import ended_as_interrupted
from normtool.files.outputs import OutputError, write_files
from normtool.files.reading_worker import ReadFile
from normtool.screen import can_show


def check(common: Common, given: Given) -> int:
    """Read workbooks, say everything there is to say about them, and show where each part stands."""
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    read = read_networks(common, framework, given)
    if isinstance(read, Batch):
        from normtool.app.batch_checking import check_batch

        return check_batch(common, given, read)
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
    read = read_networks(common, framework, request.given)
    if isinstance(read, Batch):
        from normtool.app.batch import assess_batch

        return assess_batch(request, read)
    judged = judge_network(request, framework, read)
    if judged.dossier is None:
        return refuse_evidence(request, read.files, judged.found, can_be_made=judged.can_be_made)
    folder = request.folder or Path(folder_name(judged.dossier.evidence.network))
    return deliver(request, read.files, folder, made_of(request, judged.dossier))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of judging one network: everything there is to say of it, and its dossier.

    `dossier` is None where errors stand in the way; `can_be_made`: then a draft could be made all the same.
    """

    found: Diagnostics
    dossier: Dossier | None
    can_be_made: bool


def judge_network(
    request: AssessRequest,
    framework: Framework,
    read: ReadEvidence,
    former: tuple[ReadFormer, Sequence[Named]] | None = None,
) -> Judged:
    """Judge what was read of one network, and put it together with its former years as its dossier.

    `former` is what was read of former years, with the other networks in the same call: some may be theirs.
    """
    if read.evidence is None:
        return Judged(found=in_order(read.diagnostics), dossier=None, can_be_made=False)
    assessment, questions = judge(framework, read.evidence)
    is_strange = any(item.rule is PART_OF_ANOTHER for item in read.diagnostics)
    missing = parts_missing(framework, read.forms, read.evidence) if not is_strange else ()
    history, about_years = history_in(
        framework, read.evidence, *(former or (read_former(framework, request.given), ()))
    )
    found = in_order(without_what_is_open(read.forms, [*read.diagnostics, *missing, *questions, *about_years]))
    can_be_made = not read.unusable and is_whole(found) and not any(item.is_error for item in about_years)
    if not can_be_made or (any(item.is_error for item in found) and not request.draft):
        return Judged(found=found, dossier=None, can_be_made=can_be_made)
    dossier = Dossier(
        framework=framework,
        evidence=read.evidence,
        assessment=assessment,
        diagnostics=found,
        draft=request.draft,
        program=__version__,
        history=history,
        house_style=given_style(request.common)[0],
    )
    return Judged(found=found, dossier=dossier, can_be_made=True)


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


def _nothing_more(names: Sequence[str]) -> Mapping[str, object]:
    del names
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDeliver:
    """Dossiers of which the documents appear together or not at all, each with its folder in the one asked for.

    The first, in the folder itself, is the one that is summed up. `shown` are the diagnostics to list, `sentences`
    say more, and `tell` gives further keys of the JSON contract by the names of all files that are there then.
    """

    parts: tuple[tuple[str, Stored], ...]
    shown: Diagnostics
    sentences: tuple[str, ...] = ()
    tell: Callable[[Sequence[str]], Mapping[str, object]] = _nothing_more

    @property
    def dossier(self) -> Dossier:
        """The dossier that is summed up."""
        return self.parts[0][1].dossier


def made_of(request: AssessRequest, dossier: Dossier) -> ToDeliver:
    """The documents of one network; of a sub-network on its own it is said that its region may answer for it."""
    network = dossier.evidence.network
    alone = network.layer is NetworkLayer.SUB_NETWORK
    said = (request.common.words.say("cli.without_region", region=network.region),) if alone else ()
    return ToDeliver(parts=(("", Stored.of(dossier)),), shown=dossier.diagnostics, sentences=said)


def deliver(request: AssessRequest, read: Sequence[ReadFile], folder: Path, wanted: ToDeliver) -> int:
    """Make the documents and say where they are; the exit code tells what could not be made or does not hold.

    Nothing is made when a file is in the way.
    """
    from normtool.app.rendering import render_together

    common, words = request.common, request.common.words
    copies = request.given.annotate
    asked = (words.language, common.force)
    try:
        plans = [plan_for(folder / below, stored, request.only, asked) for below, stored in wanted.parts]
        if copies is not None:
            check_returning(common, copies, [file.path for file in read])
        with ended_as_interrupted():
            rendered = render_together(common, plans)
            if isinstance(rendered, Lost):
                return _not_made(common, rendered)
            made = Gathered.of(wanted, plans, [item.files for item in rendered])
            if made.files:
                write_files(folder, made.files, force=True)
        returned = copies_of(common, request.given, read, wanted.shown)
    except OutputError as error:
        return not_written(common, error)
    told: dict[str, object] = {"folder": str(folder), "files": list(made.names), "unchanged": list(made.unchanged)}
    told |= {"diagnostics": diagnostics_json(common, wanted.shown), **wanted.tell(made.names), **returned.json}
    common.screen.result(told)
    show_diagnostics(common, wanted.shown, notes=False, several=len(read) > 1)
    _show(common, wanted, made, folder)
    common.screen.remark(*returned.sentences)
    older = [name for name in _all_names(made.names) if name not in made.names and (folder / name).exists()]
    if older:
        common.screen.remark(words.say("cli.older_files", files=", ".join(older)))
    is_complete = not any(item.missing for item in rendered)
    if not is_complete:
        common.screen.problem(words.say("cli.no_pdf"))
    held = not request.require or holds(wanted.dossier.assessment, request.require)
    if not held:
        common.screen.problem(words.say(f"cli.require_failed.{request.require}"))
    return worst(DONE if is_complete else NOT_WRITTEN, DONE if held else DOES_NOT_HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All files to write in one folder, and the names of everything that is there then, made or unchanged."""

    files: Mapping[str, bytes]
    names: tuple[str, ...]
    unchanged: tuple[str, ...]

    @classmethod
    def of(cls, wanted: ToDeliver, plans: Sequence[Plan], made: Sequence[Mapping[str, bytes]]) -> Gathered:
        """What comes of these plans together, each in its own folder.

        Raises:
            OutputError: a file is in the way.
        """
        found: list[tuple[str, Delivery]] = [
            (f"{below}/" if below else "", delivery(plan, files))
            for (below, _), plan, files in zip(wanted.parts, plans, made, strict=True)
        ]
        return cls(
            files={f"{below}{name}": data for below, item in found for name, data in item.files.items()},
            names=tuple(f"{below}{name}" for below, item in found for name in item.names),
            unchanged=tuple(f"{below}{name}" for below, item in found for name in item.unchanged),
        )


def _not_made(common: Common, lost: Lost) -> int:
    """Say why the documents could not be made; what our own code broke on ends the program as any crash does."""
    raise_crash(lost)
    sentence = loss_text(lost, common.words)
    common.screen.result({"diagnostics": [], "error": sentence})
    common.screen.problem(sentence)
    return NOT_WRITTEN


def _all_names(files: Iterable[str]) -> list[str]:
    """Every document that may stand beside a dossier that was made."""
    folders = [name.removesuffix(DOSSIER) for name in files if name.endswith(DOSSIER)]
    return [f"{folder}{name}" for folder in folders for name in DOCUMENTS.values()]


def _show(common: Common, wanted: ToDeliver, made: Gathered, folder: Path) -> None:
    from normtool.documents.terminal import NEEDED, Characters, summary

    words, screen = common.words, common.screen
    screen.styled(summary(wanted.dossier, words, Characters(plain=not can_show(sys.stdout, NEEDED))))
    own = [name for name in made.names if "/" not in name]
    new = ", ".join(name for name in own if name not in made.unchanged)
    same = ", ".join(name for name in own if name in made.unchanged)
    said = [words.say("cli.made_in", folder=folder, files=new)] if new else []
    said += [words.say("batch.unchanged_in", folder=folder, files=same)] if same else []
    screen.told("", *said, *wanted.sentences)


def show_state(common: Common, read: ReadEvidence, assessment: Assessment) -> None:
    """How far the form is filled in: of the indicators that it asks, those that have an answer."""
    if read.evidence is None:
        return
    settled = {indicator for form in read.forms for indicator, _ in identity_of(form).settled}
    state = count_answered(read.framework, read.evidence, assessment, settled)
    facts = {"answered": state.answered, "name": read.evidence.network.name}
    common.screen.told(common.words.say_count("cli.state", state.asked, **facts))


def holds(assessment: Assessment, require: str) -> bool:
    """Whether all core indicators (`core`) or all indicators (`all`) are met, of those that apply."""
    wanted = (Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE)
    return all(
        item.verdict in wanted
        for item in assessment.indicators
        if require == "all" or item.indicator_class is IndicatorClass.CORE
    )
