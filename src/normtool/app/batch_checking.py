"""`check` of several networks and years at once: diagnostics and *Stand van zaken* of each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from normtool.app.assessing import show_state
from normtool.app.batch import copies_of_rest, list_faults, with_copies
from normtool.app.batch_reading import Batch, NetworkForms
from normtool.app.batch_telling import Outcome, Result, batch_json, network_json, show_copies, show_table
from normtool.app.exits import DONE, worst
from normtool.app.reading import Common, Given, in_order
from normtool.app.standing import offer_copies, show_standing, standing_json, standing_of, without_what_is_open
from normtool.core.assessment import Assessment
from normtool.core.scoring import assess as judge
from normtool.core.standing import StandingOfParts


def check_batch(common: Common, given: Given, batch: Batch) -> int:
    """Say everything there is to say about each network, and show where each of its parts stands."""
    checked = [_checked(batch, network) for network in batch.networks]
    outcomes = [with_copies(common, given, outcome) for outcome, _, _ in checked]
    rest = copies_of_rest(common, given, batch)
    told = [_told(common, outcome, standing) for outcome, (_, standing, _) in zip(outcomes, checked, strict=True)]
    common.screen.result(batch_json(common, told, outcomes, rest))
    list_faults(common, batch, outcomes, notes=True)
    for outcome, standing, assessment in checked:
        if assessment is not None and (standing is None or standing.can_be_judged):
            show_state(common, outcome.network.read, assessment)
        if standing is not None:
            show_standing(common, standing)
            offer_copies(common, standing, _own(given, outcome))
    show_table(common, outcomes)
    for outcome in outcomes:
        if outcome.why:
            common.screen.problem(
                common.words.say("batch.problem", title=outcome.title(common.words), why=outcome.why)
            )
    show_copies(common, outcomes, rest)
    code = worst(rest.exit_code, *(item.exit_code for item in outcomes))
    if code == DONE:
        files = " ".join(str(path) for path in given.paths)
        common.screen.remark(common.words.say("batch.next_assess", files=files))
    return code


def _checked(batch: Batch, network: NetworkForms) -> tuple[Outcome, StandingOfParts | None, Assessment | None]:
    """One network: what there is to say of it, where its parts stand, and its verdicts, as far as it can be read."""
    found_in = batch.read(network)
    own = found_in.read
    assessment, questions = judge(batch.framework, own.evidence) if own.evidence is not None else (None, ())
    found = in_order(without_what_is_open(own.forms, [*own.diagnostics, *questions]))
    standing = standing_of(batch.framework, own.forms, own.evidence, found) if own.evidence is not None else None
    outcome = Outcome(network=found_in, folder=Path(network.folder), found=found, result=Result.CHECKED)
    return outcome, standing, assessment


def _own(given: Given, outcome: Outcome) -> Given:
    """What was given, with the files of one network only."""
    return replace(given, paths=tuple(file.path for file in outcome.network.read.files))


def _told(common: Common, outcome: Outcome, standing: StandingOfParts | None) -> dict[str, object]:
    """One network as the JSON contract has it: nothing was made, so no files."""
    made = ("folder", "files", "unchanged")
    said = {key: value for key, value in network_json(common, outcome).items() if key not in made}
    return said | ({"standing": standing_json(common, standing)} if standing is not None else {})
