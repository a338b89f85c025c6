"""A dossier (toetsdossier): one network, one cycle, all stages so far; the only thing a document knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from normtool.core.assessment import Assessment, IndicatorResult, ResultOrigin, Share, Verdict
from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import DateSpan, Evidence, NetworkFacts, RegisterRow
from normtool.core.house_style import HouseStyle
from normtool.core.standards import Framework, IndicatorClass

FORMAT = 1
"""Format number of dossier.json; it rises only when a reader must change."""


class Stage(Enum):
    """How far the cycle is; everything after *filled* is set by whoever keeps the dossier (docs/dossier-json.md)."""

    FILLED = "filled"
    ADOPTED = "adopted"
    IN_REVIEW = "in_review"
    DRAFT = "draft"
    REPLY = "reply"
    FINAL = "final"
    FOLLOW_UP = "follow_up"


class Circle(Enum):
    """Who a document is meant for; it decides the content."""

    REVIEW = "review"
    BOARD = "board"
    NETWORK = "network"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Who released the assessment to the public, as a role or body, and on which day."""

    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a dossier for one circle is a part of: `digest` is the SHA-256 of the whole dossier.json.

    `limit`: numbers of patients from 1 up to this limit are masked, with what would give them away. `member` is the
    id of the member that a board's part was made for, if one.
    """

    circle: Circle
    digest: str
    limit: int
    member: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerResult:
    """What one indicator came to in a former year, and the target of then, in the unit of its path.

    `is_same_norm`: it was asked in the same way as this year.
    """

    id: str
    standard: str
    indicator_class: IndicatorClass
    is_open: bool
    verdict: Verdict
    worst: Verdict | None = None
    best: Verdict | None = None
    number: int | None = None
    share: Share | None = None
    target: Decimal | None = None
    is_same_norm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAction:
    """An improvement action that was not done yet in a former year, as the network wrote it then."""

    id: str
    action: str
    indicators: tuple[str, ...] = ()
    owner: str = ""
    due: DateSpan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerYear:
    """A former year of the same network: with which norms, what came of it, and which actions were left open.

    `framework` and `edition` name the norms of then, `digest` is the SHA-256 of the file it was read from.
    """

    assessment_year: int
    reporting_year: int
    cycle: int
    framework: str
    edition: str
    digest: str
    results: tuple[FormerResult, ...]
    open_actions: tuple[FormerAction, ...] = ()

    def result(self, indicator_id: str) -> FormerResult | None:
        """What this indicator came to then, if it was there."""
        return next((item for item in self.results if item.id == indicator_id), None)


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
    `program` is the version of normtool that made it. `history` are former years, latest first. `part`: this is not
    the whole dossier but what one circle may see of it. `release` and `shares_name` (the network agrees to be named
    in a comparison) are set once the assessment is final.
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
    history: tuple[FormerYear, ...] = ()
    house_style: HouseStyle | None = None
    release: Release | None = None
    shares_name: bool = False
    part: Part | None = None

    @property
    def circle(self) -> Circle:
        """Who this dossier, and every document made of it, is meant for."""
        return self.part.circle if self.part is not None else Circle.REVIEW

    @property
    def is_preliminary(self) -> bool:
        """Whether documents say VOORLOPIG: a draft, or a public version that is not final and released."""
        unreleased = self.stage is not Stage.FINAL or self.release is None
        return self.draft or (self.circle is Circle.PUBLIC and unreleased)

    def evidence_of(self, result: IndicatorResult) -> Evidence:
        """The evidence that a result rests on: the region's for an inherited one, else the network's own."""
        above = self.region.evidence if self.region is not None else None
        return above if above is not None and result.origin is ResultOrigin.INHERITED else self.evidence
