"""A region and its sub-networks judged together: down what it answers for all, up what follows from them.

Source: docs/method.md, Regions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from normtool.core.assessment import Assessment, IndicatorResult
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import SubNetwork
from normtool.core.iza import merged_iza
from normtool.core.region_members import MEMBERS, ids_in_the_region, region_members
from normtool.core.region_merging import region_echelons, region_iza
from normtool.core.region_questions import Judged, ask_about, ask_between
from normtool.core.regions import inherit, regional_answers, roll_up
from normtool.core.spellings import plain
from normtool.core.standards import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What came of judging a region: its assessment, its sub-networks in order of their codes, and questions.

    `asked` are the questions about each sub-network that was received, by its code.
    """

    region: Assessment
    sub_networks: tuple[SubNetwork, ...]
    questions: Diagnostics = ()
    asked: tuple[tuple[str, Diagnostics], ...] = ()


def judge_region(
    framework: Framework, region: Judged, received: Sequence[Judged], absent: Sequence[SubNetwork] = ()
) -> Together:
    """Judge a region with its sub-networks: `received` with their evidence, `absent` known but not received.

    A region of which no form was received gives no answers, so nothing is inherited from it.
    """
    answers = regional_answers(framework, region.evidence, region.assessment)
    passed_down = answers if region.is_received else {}
    below = [_below(framework, region, item, passed_down) for item in received]
    sub_networks = tuple(sorted((*below, *absent), key=lambda item: (plain(item.code), item.code)))
    assessment = roll_up(framework, region.assessment, answers, sub_networks)
    ids = ids_in_the_region(region_members(region.evidence, sub_networks))
    echelons, contradictions = region_echelons(assessment.echelons, sub_networks, ids)
    return Together(
        region=replace(assessment, echelons=echelons, iza=region_iza(framework, assessment.iza, sub_networks)),
        sub_networks=sub_networks,
        questions=ask_between(framework, region, sub_networks, contradictions),
        asked=tuple((item.code, ask_about(framework, region, item, passed_down)) for item in received),
    )


def _below(framework: Framework, region: Judged, item: Judged, answers: Mapping[str, IndicatorResult]) -> SubNetwork:
    """A sub-network with the answers of its region in it."""
    network = item.evidence.network
    assessment = inherit(framework, item.assessment, answers, region.code)
    if framework.iza is not None:
        iza = merged_iza(framework.iza, assessment.iza, region.assessment.iza)
        assessment = replace(assessment, iza=iza)
    return SubNetwork(
        code=network.code,
        name=network.name,
        network=network,
        assessment=assessment,
        members=item.evidence.register(MEMBERS).rows,
    )
