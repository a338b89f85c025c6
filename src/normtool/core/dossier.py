"""A dossier (toetsdossier): one network, one cycle, all stages so far; the only thing a document knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from normtool.core.assessment import Assessment, IndicatorResult, ResultOrigin
from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import Evidence, NetworkFacts, RegisterRow
from normtool.core.standards import Framework

FORMAT = 1
"""Format number of dossier.json; it rises only when a reader must change."""


class Stage(Enum):
    """How far the cycle is. Later stages come with review."""

    FILLED = "filled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubNetwork:
    """A sub-network (deelnetwerk) as its region's dossier keeps it: who, its members, its own assessment.

    `digest` is the SHA-256 of its dossier.json; `assessment` is None when nothing of it was received. `members`
    are the rows of its register of members.
    """

    code: str
    name: str
    network: NetworkFacts | None = None
    digest: str = ""
    assessment: Assessment | None = None
    members: tuple[RegisterRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionAbove:
    """The region whose answers a sub-network inherited: code, name, and the SHA-256 of the files it gave.

    `evidence` is what those answers rest on: the region's own answers, registers and documents.
    """

    code: str
    name: str
    digests: tuple[str, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Norms, evidence, diagnostics and verdicts of one network in one year.

    `sub_networks` are those of a region; `region` is the one a sub-network inherited answers from.
    `draft`: made with errors left in the evidence; every document says VOORLOPIG.
    `program` is the version of normtool that made it.
    """

    framework: Framework
    evidence: Evidence
    assessment: Assessment
    diagnostics: Diagnostics = ()
    stage: Stage = Stage.FILLED
    draft: bool = False
    program: str = ""
    sub_networks: tuple[SubNetwork, ...] = ()
    region: RegionAbove | None = None

    def evidence_of(self, result: IndicatorResult) -> Evidence:
        """The evidence that a result rests on: the region's for an inherited one, else the network's own."""
        above = self.region.evidence if self.region is not None else None
        return above if above is not None and result.origin is ResultOrigin.INHERITED else self.evidence
