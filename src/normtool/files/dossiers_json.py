"""A dossier as JSON and back. Keys may be added, never renamed: other programs read this file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from normtool.core import rules_standards as rules
from normtool.core.diagnostics import Collector, Diagnostic, Diagnostics
from normtool.core.dossier import FORMAT, Dossier, RegionAbove, Stage
from normtool.core.evidence import Evidence
from normtool.core.places import FilePlace, KeyPlace
from normtool.core.standards import Framework
from normtool.files.dossier_assessments import (
    assessment_from,
    assessment_object,
    network_from,
    network_object,
    sub_network_object,
    sub_networks_from,
    take,
    take_object,
)
from normtool.files.dossier_checks import check_later, without_half_characters
from normtool.files.dossier_reading import Faults, fields_from
from normtool.files.dossier_writing import LATER, object_of, to_json

MAX_MEGABYTES = 50
OTHER_KINDS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<")
"""How a report, a workbook (also with a password) or a page begins: given where a dossier was meant."""
HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Perhaps half a character, written as an escape."""


def dossier_json(dossier: Dossier) -> bytes:
    """The dossier as UTF-8: the same dossier gives the same bytes."""
    text = _laid_out(_dossier(dossier), "") + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a character, from a damaged cell
        return text.encode("utf-8", "backslashreplace")


def _dossier(dossier: Dossier) -> dict[str, Any]:
    framework = dossier.framework
    return {
        "format": FORMAT,
        "program": dossier.program,
        "stage": dossier.stage.value,
        "draft": dossier.draft,
        **network_object(dossier.evidence.network),
        "cycle": dossier.assessment.cycle,
        "framework": {
            "id": framework.id,
            "name": to_json(framework.name),
            "edition": framework.edition,
            "status": framework.status.value,
            "digest": framework.digest,
        },
        **assessment_object(dossier.assessment),
        "sub_networks": [sub_network_object(item) for item in dossier.sub_networks],
        "region": _region(dossier.region) if dossier.region is not None else None,
        **{key: to_json(getattr(dossier, key)) for key in LATER},
        "evidence": _evidence(dossier.evidence),
        "norms": object_of(framework),
        "diagnostics": to_json(dossier.diagnostics),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    """The evidence without its network, which stands beside it."""
    return {key: value for key, value in object_of(evidence).items() if key != "network"}


def _region(region: RegionAbove) -> dict[str, Any]:
    """The region above a sub-network, with the evidence that its answers rest on."""
    written: dict[str, Any] = {"code": region.code, "name": region.name, "digests": list(region.digests)}
    if region.evidence is None:
        return written
    return {**written, **network_object(region.evidence.network), "evidence": _evidence(region.evidence)}


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
"""What holds single values only, in one go."""


def _laid_out(value: Any, indent: str) -> str:
    """JSON with one line per item, except that an object or list of single values stays on one line."""
    inner = indent + " "
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if not any(isinstance(part, dict | list) and part for part in parts):
        return _encode(value)
    if isinstance(value, dict):
        lines = [f"{inner}{_encode(key)}: {_laid_out(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    lines = [inner + _laid_out(item, inner) for item in value]
    return "[\n" + ",\n".join(lines) + f"\n{indent}]"


def read_dossier(path: Path) -> tuple[Dossier | None, Diagnostics]:
    """Read a dossier back; None, with every fault, when it cannot be used. Keys that are not known are ignored."""
    found = Collector()
    data = _read(path, found)
    if data is None:
        return None, found.done()
    faults = Faults()
    dossier = _dossier_from(data, faults)
    file = FilePlace(file=path.name)
    for at, is_missing in faults.items:
        found.add(rules.DOSSIER_KEY_MISSING if is_missing else rules.DOSSIER_VALUE, file, path=at)
    return (None if faults.items else dossier), found.done()


def _read(path: Path, found: Collector) -> dict[str, Any] | None:
    """The object in the file, when its format is one that can be read."""
    file = FilePlace(file=path.name)
    try:
        if path.is_file() and path.stat().st_size > MAX_MEGABYTES * 1_000_000:
            found.add(rules.DOSSIER_TOO_LARGE, file, megabytes=MAX_MEGABYTES)
            return None
        content = path.read_bytes()
        if content.startswith(OTHER_KINDS):
            found.add(rules.NOT_A_DOSSIER, file)
            return None
        text = content.decode("utf-8-sig")
        data = json.loads(text, parse_constant=_refuse)
        if HALF.search(text) is not None:
            data = without_half_characters(data)
    except FileNotFoundError:
        found.add(rules.DOSSIER_MISSING, file)
    except OSError:
        found.add(rules.DOSSIER_UNREADABLE, file)
    except json.JSONDecodeError as error:
        found.add(rules.DOSSIER_NOT_JSON, KeyPlace(file=path.name, line=error.lineno, column=error.colno))
    except (
        ValueError,
        RecursionError,
    ):  # not UTF-8, NaN, a number of thousands of digits, nested without end
        found.add(rules.DOSSIER_NOT_JSON, file)
    else:
        return _of_known_format(data, file, found)
    return None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _of_known_format(data: Any, file: FilePlace, found: Collector) -> dict[str, Any] | None:
    number = data.get("format") if isinstance(data, dict) else None
    if type(number) is not int or number < 1 or "standards" not in data:
        found.add(rules.NOT_A_DOSSIER, file)
        return None
    if number > FORMAT:
        found.add(rules.DOSSIER_NEWER, file, format=number, newest=FORMAT)
        return None
    known: dict[str, Any] = data
    return known


def _dossier_from(data: dict[str, Any], faults: Faults) -> Dossier | None:
    framework = take(Framework, data, "norms", faults)
    evidence = _evidence_from(data, "", faults)
    assessment = assessment_from(data, "", faults)
    rest = {
        "diagnostics": take(tuple[Diagnostic, ...], data, "diagnostics", faults),
        "stage": take(Stage, data, "stage", faults),
        "draft": take(bool, data, "draft", faults),
        "program": take(str, data, "program", faults),
        "sub_networks": sub_networks_from(data, faults),
        "region": _region_from(data, faults) if data.get("region") is not None else None,
        **{key: take(shape, data, key, faults) for key, shape in LATER.items() if key in data},
    }
    if not faults.items:
        check_later(rest, faults)
    if faults.items or evidence is None or assessment is None:
        return None
    return Dossier(framework=framework, evidence=evidence, assessment=assessment, **rest)


def _evidence_from(data: dict[str, Any], path: str, faults: Faults) -> Evidence | None:
    at = f"{path}.evidence" if path else "evidence"
    network = network_from(data, path, faults)
    rest = fields_from(Evidence, take_object(data, "evidence", path, faults), at, faults)
    return None if faults.items or network is None else Evidence(network=network, **rest)


def _region_from(data: dict[str, Any], faults: Faults) -> RegionAbove | None:
    found = take_object(data, "region", "", faults)
    known = fields_from(RegionAbove, found, "region", faults)
    evidence = _evidence_from(found, "region", faults) if "evidence" in found else None
    return None if faults.items else RegionAbove(**known, evidence=evidence)
