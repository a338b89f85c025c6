"""A look into a dossier.json of our own: who it is of and what was said of it, without the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass

from normtool.core.assessment import Assessment
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.files.dossier_assessments import assessment_from, network_from, take
from normtool.files.dossier_reading import Faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The network, the diagnostics and, when they were asked for, the verdicts of a dossier."""

    code: str
    name: str
    diagnostics: Diagnostics
    assessment: Assessment | None


def glance(content: bytes, *, with_verdicts: bool) -> Glance | None:
    """What a dossier says at a glance; None when it cannot be read so."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    faults = Faults()
    network = network_from(data, "", faults)
    diagnostics = take(tuple[Diagnostic, ...], data, "diagnostics", faults)
    assessment = assessment_from(data, "", faults) if with_verdicts else None
    if faults.items or network is None:
        return None
    return Glance(code=network.code, name=network.name, diagnostics=diagnostics, assessment=assessment)
