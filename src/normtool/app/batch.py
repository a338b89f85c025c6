"""`assess` of several networks and years at once: each in a folder of its own, and none waits for another's faults.

What is done is whole on disk as soon as it is done, so that a run that was broken off can be taken up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from normtool.app.assessing import holds, judge_network
from normtool.app.batch_reading import Batch, NetworkForms
from normtool.app.batch_remembering import all_that_entered, all_that_was_asked, remembered
from normtool.app.batch_telling import Outcome, Rest, Result, show_made
from normtool.app.delivering import Plan, delivery, plan_for
from normtool.app.exits import worst
from normtool.app.history import ReadFormer, read_former
from normtool.app.losses import Lost, loss_text, raise_crash
from normtool.app.making import AssessRequest, Stored
from normtool.app.reading import Common, Given, show_diagnostics
from normtool.app.returning import check_returning, copies_of
from normtool.core.diagnostics import Severity
from normtool.files.interruptions import ended_as_interrupted, uninterrupted
from normtool.files.outputs import OutputError, write_files

if TYPE_CHECKING:  # what makes documents is loaded when there are any to make
    from normtool.app.rendering import Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A network of which documents can be made: its number in the batch, and the plan for its folder."""

    number: int
    plan: Plan


def assess_batch(request: AssessRequest, batch: Batch) -> int:
    """Check and score every network, and write the documents of each that can be made."""
    common, given, root = request.common, request.given, request.folder or Path()
    desk = Desk(request=request, batch=batch, asked=all_that_was_asked(request))
    judged = [desk.judged(network) for network in batch.networks]
    outcomes = [outcome for outcome, _ in judged]
    ready = [Ready(number=number, plan=plan) for number, (_, plan) in enumerate(judged) if plan is not None]
    list_faults(common, batch, outcomes)
    lost: list[Lost] = []
    interrupted = False
    try:
        with ended_as_interrupted():
            _make(request, ready, outcomes, lost)
    except KeyboardInterrupt:
        interrupted = True
    outcomes = [with_copies(common, given, outcome) for outcome in outcomes]
    rest = copies_of_rest(common, given, batch)
    show_made(request, outcomes, rest)
    if interrupted:
        done = sum(item.is_done for item in outcomes)
        words = common.words
        go_on = (
            words.say_count("batch.interrupted", done, folder=root) if done else words.say("batch.interrupted.none")
        )
        common.screen.problem(go_on)
        raise KeyboardInterrupt
    raise_crash(*lost)
    return worst(rest.exit_code, *(item.exit_code for item in outcomes))


@dataclass(slots=True, kw_only=True)
class Desk:
    """Judges the networks of a batch one by one; what all of them need is read once, when the first needs it."""

    request: AssessRequest
    batch: Batch
    asked: str
    former: ReadFormer | None = None

    def judged(self, network: NetworkForms) -> tuple[Outcome, Plan | None]:
        """What there is to say of one network, and what has to be made of it."""
        request, batch = self.request, self.batch
        entered = all_that_entered(request, batch, network, self.asked)
        known = remembered(request, batch, network, entered) if not batch.unusable else None
        if known is not None:
            return known, None
        if self.former is None:
            self.former = read_former(batch.framework, request.given)
        others = [item.forms for item in batch.networks if item is not network]
        read = batch.read(network)
        judged = judge_network(request, batch.framework, read.read, (self.former, others))
        folder = (request.folder or Path()) / network.folder
        outcome = Outcome(network=read, folder=folder, found=judged.found, result=Result.ERRORS)
        if judged.dossier is None or batch.unusable:
            return outcome, None
        held = not request.require or holds(judged.dossier.assessment, request.require)
        outcome = replace(outcome, result=Result.NOT_BEGUN, is_held=held)
        try:
            return outcome, self._plan(network, folder, Stored.of(judged.dossier, entered))
        except OutputError as error:
            return not_written(request.common, outcome, error), None

    def _plan(self, network: NetworkForms, folder: Path, stored: Stored) -> Plan:
        """What has to be made in the folder of a network.

        Raises:
            OutputError: a file is in the way, of the documents or of the marked copies.
        """
        common, given = self.request.common, self.request.given
        plan = plan_for(folder, stored, self.request.only, (common.words.language, common.force))
        if given.annotate is not None:
            check_returning(common, given.annotate / network.folder, [file.path for file in network.files])
        return plan


def list_faults(common: Common, batch: Batch, outcomes: Sequence[Outcome], *, notes: bool = False) -> None:
    """List the diagnostics, first those of no network, then each network's under its name."""
    show_diagnostics(common, batch.diagnostics, notes=notes, several=True)
    for outcome in outcomes:
        shown = tuple(item for item in outcome.found if notes or item.rule.severity is not Severity.NOTE)
        if shown:
            say = common.screen.problem if any(item.is_error for item in shown) else common.screen.remark
            say("", f"== {outcome.title(common.words)}", "")
            show_diagnostics(common, shown, notes=notes, several=len(outcome.network.read.files) > 1)


def _make(request: AssessRequest, ready: Sequence[Ready], outcomes: list[Outcome], lost: list[Lost]) -> None:
    """Make and write the documents of each network, and put with `outcomes` what came of it as soon as it is done."""
    if not ready:
        return
    from normtool.app.rendering import render_plans

    common = request.common
    plans = [item.plan for item in ready]
    with (
        common.screen.steps(common.words.say("batch.making"), len(plans)) as step,
        closing(render_plans(plans, common.words.language, common.jobs)) as rendered,
    ):
        for index, found in rendered:
            outcome = outcomes[ready[index].number]
            with uninterrupted():  # what stands on disk is also told
                if isinstance(found, Lost):
                    lost.append(found)
                    outcome = replace(outcome, result=Result.LOST, why=loss_text(found, common.words))
                else:
                    outcome = _written(request, outcome, plans[index], found)
                outcomes[ready[index].number] = outcome
            step(outcome.network.name)


def _written(request: AssessRequest, outcome: Outcome, plan: Plan, found: Rendered) -> Outcome:
    """Write what was made of one network, whole or not at all."""
    try:
        made = delivery(plan, found.files)
        if made.files:
            write_files(plan.folder, made.files, force=True)
    except OutputError as error:
        return not_written(request.common, outcome, error)
    same = set(made.names) == set(made.unchanged)
    return replace(
        outcome,
        result=Result.UNCHANGED if same else Result.MADE,
        files=made.names,
        unchanged=made.unchanged,
        is_complete=not found.missing,
    )


def not_written(common: Common, outcome: Outcome, error: OutputError) -> Outcome:
    """The network of which something could not be written, with why."""
    return replace(
        outcome, result=Result.NOT_WRITTEN, why=common.words.say(f"output.{error.reason}", path=error.path)
    )


# --- marked copies --------------------------------------------------------------------------------------------


def with_copies(common: Common, given: Given, outcome: Outcome) -> Outcome:
    """The network with the marked copies of its forms, in a folder of their own, when they were asked for."""
    if given.annotate is None or outcome.result in (Result.NOT_WRITTEN, Result.NOT_BEGUN):
        return outcome
    own = replace(given, annotate=given.annotate / outcome.network.folder)
    try:
        return replace(outcome, copies=copies_of(common, own, outcome.network.read.files, outcome.found))
    except OutputError as error:
        return not_written(common, outcome, error)


def copies_of_rest(common: Common, given: Given, batch: Batch) -> Rest:
    """What is of no network, with its marked copies when they were asked for."""
    rest = Rest(found=batch.diagnostics)
    if given.annotate is None or not batch.rest:
        return rest
    try:
        return replace(rest, copies=copies_of(common, given, batch.rest, batch.diagnostics))
    except OutputError as error:
        return replace(rest, why=common.words.say(f"output.{error.reason}", path=error.path))
