"""A dossier (toetsdossier): one network, one cycle, all stages so far; the only thing a document knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from normtool.core.assessment import Assessment
from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import Evidence
from normtool.core.standards import Framework

FORMAT = 1
"""Format number of dossier.json; it rises only when a reader must change."""


class Stage(Enum):
    """How far the cycle is. Later stages come with review."""

    FILLED = "filled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Norms, evidence, diagnostics and verdicts of one network in one year.

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
