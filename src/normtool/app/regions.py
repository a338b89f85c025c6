"""`assess --region`: a region with its sub-networks; the documents of each, written together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from normtool import __version__
from normtool.app.assessing import ToDeliver, deliver, is_whole, refuse_evidence, show_state
from normtool.app.exits import DONE, INPUT_HAS_ERRORS
from normtool.app.history import history_in, read_former
from normtool.app.making import AssessRequest, Stored, folder_name
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
from normtool.app.region_reading import ReadNetwork, ReadRegion, read_region
from normtool.app.returning import copies_of
from normtool.app.standing import parts_missing, show_standing, standing_json, standing_of, without_what_is_open
from normtool.core.assessment import Assessment
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Dossier, FormerYear, RegionAbove, SubNetwork
from normtool.core.evidence import Evidence
from normtool.core.region_questions import Judged
from normtool.core.region_roster import Arrival, Roster, facts_of
from normtool.core.regions_together import Together, judge_region
from normtool.core.scoring import assess as judge
from normtool.core.standards import Framework
from normtool.core.standing import StandingOfParts
from normtool.files.outputs import OutputError

Found = Mapping[str, Diagnostics]
"""The diagnostics of each network by its code; what is about the region as a whole stands under its own code."""


def assess_region(request: AssessRequest) -> int:
    """Check and score a region with its sub-networks; with errors in any of them nothing is written."""
    common = request.common
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    read = read_region(common, framework, request.given)
    roster = read.roster
    if roster is None:
        return refuse_evidence(request, read.files, read.everything, can_be_made=False)
    judged = judge_all(framework, read, roster)
    histories, about_years = _histories(request, framework, judged, roster)
    shown = in_order(dict.fromkeys((*_new_in(read, judged.found), *about_years)))
    can_be_made = not read.unusable and is_whole(shown) and not any(item.is_error for item in about_years)
    if not can_be_made or (any(item.is_error for item in shown) and not request.draft):
        return refuse_evidence(request, read.files, shown, can_be_made=can_be_made)
    made = MadeOf(request=request, framework=framework, judged=judged, histories=histories)
    folder = request.folder or Path(folder_name(judged.region.evidence.network))
    return deliver(request, read.files, folder, _to_deliver(made, roster, shown))


def _histories(
    request: AssessRequest, framework: Framework, judged: JudgedRegion, roster: Roster
) -> tuple[dict[str, tuple[FormerYear, ...]], Diagnostics]:
    """The former years of the region and of each sub-network, by code, and what is wrong with the files."""
    networks = [judged.region.evidence, *(item.evidence for item in roster.below)]
    found: dict[str, tuple[FormerYear, ...]] = {}
    said: list[Diagnostic] = []
    former = read_former(framework, request.given)
    for evidence in networks:
        others = [item.network for item in networks if item is not evidence]
        found[evidence.network.code], about_years = history_in(framework, evidence, former, others)
        said += about_years
    return found, tuple(said)


def check_region(common: Common, given: Given) -> int:
    """Read a region with its sub-networks, say everything there is to say, and show where each of them stands."""
    framework, diagnostics = read_framework(common)
    if framework is None:
        return refuse(common, diagnostics)
    read = read_region(common, framework, given)
    judged = judge_all(framework, read, read.roster) if read.roster is not None else None
    found = _new_in(read, judged.found) if judged is not None else read.everything
    try:
        returned = copies_of(common, given, read.files, found)
    except OutputError as error:
        return not_written(common, error)
    standings = _standings(framework, read, found)
    told = [
        {"code": network.code, "standing": standing_json(common, standing) if standing is not None else None}
        for network, standing in standings
    ]
    common.screen.result({"diagnostics": diagnostics_json(common, found), "networks": told, **returned.json})
    show_diagnostics(common, found, notes=True, several=True)
    for network, standing in standings:
        if judged is not None:
            show_state(common, _as_read(framework, network), judged.of(network.arrival).assessment)
        if standing is not None:
            show_standing(common, standing)
    common.screen.remark(*returned.sentences)
    if any(item.is_error for item in found):
        return INPUT_HAS_ERRORS
    files = " ".join(str(path) for path in given.paths)
    common.screen.remark(common.words.say("regions.next_assess", files=files, region=given.region))
    return DONE


def _standings(
    framework: Framework, read: ReadRegion, found: Diagnostics
) -> list[tuple[ReadNetwork, StandingOfParts | None]]:
    """Every network that came in as a form, with where its parts stand."""
    networks = [network for network in read.networks if network.forms and network.arrival is not None]
    return [
        (network, standing_of(framework, network.forms, network.arrival.evidence, found))
        for network in networks
        if network.arrival is not None
    ]


def _as_read(framework: Framework, network: ReadNetwork) -> ReadEvidence:
    """One network as if only its own forms had been read."""
    return ReadEvidence(
        framework=framework,
        files=(),
        forms=network.forms,
        evidence=network.arrival.evidence if network.arrival is not None else None,
        diagnostics=network.diagnostics,
        unusable=network.arrival is None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRegion:
    """Every network that came in by itself, the region with its sub-networks, and what there is to say of each."""

    arrivals: tuple[tuple[Arrival, Judged], ...]
    region: Judged
    together: Together
    found: Found

    def of(self, wanted: Arrival | None) -> Judged:
        """What a network that came in was judged to be by itself."""
        return _judged(self.arrivals, wanted)


def _judged(arrivals: Iterable[tuple[Arrival, Judged]], wanted: Arrival | None) -> Judged:
    return next(judged for arrival, judged in arrivals if arrival is wanted)


def judge_all(framework: Framework, read: ReadRegion, roster: Roster) -> JudgedRegion:
    """Judge every network by itself, then the region and its sub-networks together."""
    found: dict[str, list[Diagnostic]] = {}
    judged: list[tuple[Arrival, Judged]] = []
    for network in read.networks:
        arrival = network.arrival
        if arrival is not None:
            assessment, questions = judge(framework, arrival.evidence)
            judged.append((arrival, Judged(evidence=arrival.evidence, assessment=assessment)))
            found.setdefault(arrival.network.code, []).extend(_about(framework, read, network, questions))

    region = _judged(judged, roster.region) if roster.region is not None else _without_form(framework, roster)
    together = judge_region(framework, region, [_judged(judged, item) for item in roster.below], roster.absent)
    for code, questions in together.asked:
        found[code] += questions
    of_networks = {item for items in found.values() for item in items}
    rest = [item for item in read.diagnostics if item not in of_networks]
    found.setdefault(roster.code, []).extend((*rest, *together.questions))
    return JudgedRegion(
        arrivals=tuple(judged),
        region=region,
        together=together,
        found={code: in_order(dict.fromkeys(items)) for code, items in found.items()},
    )


def _about(
    framework: Framework, read: ReadRegion, network: ReadNetwork, questions: Diagnostics
) -> Iterator[Diagnostic]:
    """Everything about one network: its files, what was read in them, what is missing, what is odd."""
    files = {form.file for form in network.forms}
    yield from (item for item in read.diagnostics if item.place is not None and item.place.file in files)
    missing: Diagnostics = ()
    if network.forms and network.arrival is not None:
        missing = parts_missing(framework, network.forms, network.arrival.evidence)
    yield from without_what_is_open(network.forms, [*network.diagnostics, *missing, *questions])


def _without_form(framework: Framework, roster: Roster) -> Judged:
    """A region of which no form came in: it answers nothing."""
    evidence = Evidence(network=facts_of(roster))
    return Judged(evidence=evidence, assessment=judge(framework, evidence)[0], is_received=False)


def _new_in(read: ReadRegion, found: Found) -> Diagnostics:
    """Everything there is to say; what a dossier that came in holds was said when it was made."""
    told = {item for network in read.networks if not network.forms for item in network.diagnostics}
    of_networks = (item for items in found.values() for item in items)
    unread = (item for network in read.networks if network.arrival is None for item in network.diagnostics)
    return in_order(item for item in dict.fromkeys((*of_networks, *unread)) if item not in told)


# --- making ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeOf:
    """What the documents of a region and of its sub-networks are made of; `histories` are former years by code."""

    request: AssessRequest
    framework: Framework
    judged: JudgedRegion
    histories: Mapping[str, tuple[FormerYear, ...]]

    @property
    def folders(self) -> Mapping[str, str]:
        """The folder of each sub-network that came in, by its code."""
        folders: dict[str, str] = {}
        for item in self.judged.together.sub_networks:
            if item.network is not None:
                name = folder_name(item.network)
                alike = sum(other == name or other.startswith(f"{name}-") for other in folders.values())
                folders[item.code] = f"{name}-{alike + 1}" if name in folders.values() else name
        return folders

    def dossier(self, evidence: Evidence, assessment: Assessment) -> Dossier:
        """The dossier of one of the networks."""
        return Dossier(
            framework=self.framework,
            evidence=evidence,
            assessment=assessment,
            diagnostics=self.judged.found.get(evidence.network.code, ()),
            draft=self.request.draft,
            program=__version__,
            history=self.histories.get(evidence.network.code, ()),
            house_style=given_style(self.request.common)[0],
        )


def _to_deliver(made: MadeOf, roster: Roster, shown: Diagnostics) -> ToDeliver:
    """The dossiers of all sub-networks, and that of the region, which holds their digests."""
    words = made.request.common.words
    judged, region = made.judged, made.judged.region
    network = region.evidence.network
    above = RegionAbove(
        code=network.code,
        name=network.name,
        digests=tuple(item.digest for item in region.evidence.files),
        evidence=region.evidence if region.is_received else None,
    )
    evidence = {item.network.code: item.evidence for item in roster.below}
    below: list[tuple[str, Stored]] = []
    sub_networks: list[SubNetwork] = []
    for item in judged.together.sub_networks:
        if item.assessment is None:
            sub_networks.append(item)
            continue
        stored = Stored.of(replace(made.dossier(evidence[item.code], item.assessment), region=above))
        sub_networks.append(replace(item, digest=stored.digest))
        below.append((made.folders[item.code], stored))
    whole = replace(made.dossier(region.evidence, judged.together.region), sub_networks=tuple(sub_networks))
    return ToDeliver(
        parts=(("", Stored.of(whole)), *below),
        shown=shown,
        sentences=(words.say("regions.made_in", folders=", ".join(made.folders.values())),) if below else (),
        tell=lambda names: {"sub_networks": [_told(made, item, names) for item in sub_networks]},
    )


def _told(made: MadeOf, item: SubNetwork, names: Sequence[str]) -> dict[str, object]:
    """A sub-network as the JSON contract has it: which files are its own."""
    folder = made.folders.get(item.code)
    own = [name for name in names if folder is not None and name.startswith(f"{folder}/")]
    return {
        "code": item.code,
        "name": item.name,
        "received": item.assessment is not None,
        "folder": folder,
        "files": own,
    }
