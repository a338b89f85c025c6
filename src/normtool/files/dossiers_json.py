"""A dossier as JSON and back. Keys may be added, never renamed: other programs read this file."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from normtool.core import rules_standards as rules
from normtool.core.assessment import Assessment, IndicatorResult, Share, StandardResult
from normtool.core.diagnostics import Collector, Diagnostic, Diagnostics
from normtool.core.dossier import FORMAT, Dossier, Stage
from normtool.core.evidence import Evidence, NetworkFacts
from normtool.core.places import FilePlace, KeyPlace
from normtool.core.standards import Framework
from normtool.files.dossier_reading import Faults, fields_from, from_json
from normtool.files.dossier_writing import KEYS, object_of, to_json

MAX_MEGABYTES = 50
DECIMALS = 6
"""Of shares as JSON numbers; the exact numbers stand beside them."""

YEARS = ("assessment_year", "reporting_year", "reference_date")
DIMENSIONS = ("structure", "process", "outcome")


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShareCounts:
    """The two shares of a standard in whole numbers: met and best of m."""

    met: int
    best: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dimensions:
    """How many scored indicators each dimension has."""

    structure: int
    process: int
    outcome: int


_PlainValue = bool | int | None


def dossier_json(dossier: Dossier) -> bytes:
    """The dossier as UTF-8: the same dossier gives the same bytes."""
    text = _laid_out(_dossier(dossier), "") + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a character, from a damaged cell
        return text.encode("utf-8", "backslashreplace")


def _dossier(dossier: Dossier) -> dict[str, Any]:
    network, framework = dossier.evidence.network, dossier.framework
    evidence = object_of(dossier.evidence)
    evidence.pop("network")
    return {
        "format": FORMAT,
        "program": dossier.program,
        "stage": dossier.stage.value,
        "draft": dossier.draft,
        "network": _network(network),
        "assessment_year": network.assessment_year,
        "reporting_year": network.reporting_year,
        "reference_date": network.reference_date.isoformat(),
        "cycle": dossier.assessment.cycle,
        "framework": {
            "id": framework.id,
            "name": to_json(framework.name),
            "edition": framework.edition,
            "status": framework.status.value,
            "digest": framework.digest,
        },
        "standards": [_standard(result) for result in dossier.assessment.standards],
        "evidence": evidence,
        "norms": object_of(framework),
        "diagnostics": to_json(dossier.diagnostics),
    }


def _network(network: NetworkFacts) -> dict[str, Any]:
    return {key: value for key, value in object_of(network).items() if key not in YEARS}


def _standard(result: StandardResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "verdict": result.verdict.value,
        "worst": to_json(result.worst),
        "best": to_json(result.best),
        "mostly_undecided": result.mostly_undecided,
        "counts": object_of(result.counts),
        "share_met": [_rounded(share) for share in result.share_met] if result.share_met else None,
        "share_met_counts": _share_counts(result.share_met) if result.share_met else None,
        "dimensions": dict(zip(DIMENSIONS, result.dimensions, strict=True)),
        "next_step": to_json(result.next_step),
        "indicators": [_indicator(indicator) for indicator in result.indicators],
    }


def _share_counts(share_met: tuple[Share, Share]) -> dict[str, int]:
    met, best = share_met
    return {"met": met.numerator, "best": best.numerator, "of": met.denominator}


def _indicator(result: IndicatorResult) -> dict[str, Any]:
    """Every key always, also where there is nothing to say."""
    written: dict[str, Any] = {}
    for field in fields(result):
        value = getattr(result, field.name)
        key = KEYS.get((IndicatorResult, field.name), field.name)
        if field.name != "value":
            written[key] = to_json(value)
        elif isinstance(value, Share):
            written |= {"value": _rounded(value), "value_share": to_json(value)}
        else:
            written |= {"value": to_json(value), "value_share": None}
    return written


def _rounded(share: Share) -> float | None:
    return round(share.numerator / share.denominator, DECIMALS) if share.denominator else None


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
        data = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_refuse)
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
    framework = _take(Framework, data, "norms", faults)
    evidence = _evidence_from(data, faults)
    cycle = _take(int, data, "cycle", faults)
    standards = [
        _standard_from(item, f"standards[{number}]", faults)
        for number, item in enumerate(_take_list(data, "standards", "", faults))
    ]
    rest = {
        "diagnostics": _take(tuple[Diagnostic, ...], data, "diagnostics", faults),
        "stage": _take(Stage, data, "stage", faults),
        "draft": _take(bool, data, "draft", faults),
        "program": _take(str, data, "program", faults),
    }
    if faults.items or evidence is None:
        return None
    assessment = Assessment(cycle=cycle, standards=tuple(item for item in standards if item is not None))
    return Dossier(framework=framework, evidence=evidence, assessment=assessment, **rest)


def _take(shape: Any, data: dict[str, Any], path: str, faults: Faults) -> Any:
    """What stands under the last key of a path; None, with one fault, when nothing fit stands there."""
    key = path.rpartition(".")[2]
    if key not in data:
        faults.missing(path)
        return None
    return from_json(shape, data[key], path, faults)


def _take_list(data: dict[str, Any], key: str, path: str, faults: Faults) -> list[Any]:
    at = f"{path}.{key}" if path else key
    if key not in data:
        faults.missing(at)
        return []
    if not isinstance(data[key], list):
        faults.wrong(at)
        return []
    found: list[Any] = data[key]
    return found


def _take_object(data: dict[str, Any], key: str, faults: Faults) -> dict[str, Any]:
    if key not in data:
        faults.missing(key)
        return {}
    if not isinstance(data[key], dict):
        faults.wrong(key)
        return {}
    found: dict[str, Any] = data[key]
    return found


def _evidence_from(data: dict[str, Any], faults: Faults) -> Evidence | None:
    network = fields_from(NetworkFacts, _take_object(data, "network", faults), "network", faults)
    network["assessment_year"] = _take(int, data, "assessment_year", faults)
    network["reporting_year"] = _take(int, data, "reporting_year", faults)
    network["reference_date"] = _take(date, data, "reference_date", faults)
    rest = fields_from(Evidence, _take_object(data, "evidence", faults), "evidence", faults)
    return None if faults.items else Evidence(network=NetworkFacts(**network), **rest)


def _standard_from(data: Any, path: str, faults: Faults) -> StandardResult | None:
    found = fields_from(StandardResult, data, path, faults)
    if not found:
        return None
    counts = _take(_ShareCounts | None, data, f"{path}.share_met_counts", faults)
    dimensions = _take(_Dimensions, data, f"{path}.dimensions", faults)
    indicators = [
        _indicator_from(item, f"{path}.indicators[{number}]", faults)
        for number, item in enumerate(_take_list(data, "indicators", path, faults))
    ]
    if faults.items:
        return None
    share_met = (
        (
            Share(numerator=counts.met, denominator=counts.of),
            Share(numerator=counts.best, denominator=counts.of),
        )
        if counts is not None
        else None
    )
    return StandardResult(
        **found,
        share_met=share_met,
        dimensions=(dimensions.structure, dimensions.process, dimensions.outcome),
        indicators=tuple(item for item in indicators if item is not None),
    )


def _indicator_from(data: Any, path: str, faults: Faults) -> IndicatorResult | None:
    found = fields_from(IndicatorResult, data, path, faults)
    if not found:
        return None
    value = _take(Share | None, data, f"{path}.value_share", faults)
    if value is None:
        plain = data.get("value")
        shape = date if isinstance(plain, str) else _PlainValue
        value = _take(shape, data, f"{path}.value", faults)
    return None if faults.items else IndicatorResult(**found, value=value)
