"""An assessment as JSON and back: the verdicts of a network, of its region, of each of its sub-networks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from normtool.core.assessment import (
    Assessment,
    EchelonResult,
    IndicatorResult,
    IzaResult,
    Share,
    StandardResult,
)
from normtool.core.dossier import SubNetwork
from normtool.core.evidence import NetworkFacts
from normtool.files.dossier_reading import Faults, fields_from, from_json
from normtool.files.dossier_writing import KEYS, object_of, to_json

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


# --- writing --------------------------------------------------------------------------------------------------


def network_object(network: NetworkFacts) -> dict[str, Any]:
    """A network as an object, and its years beside it."""
    return {
        "network": {key: value for key, value in object_of(network).items() if key not in YEARS},
        "assessment_year": network.assessment_year,
        "reporting_year": network.reporting_year,
        "reference_date": network.reference_date.isoformat(),
    }


def assessment_object(assessment: Assessment) -> dict[str, Any]:
    """All verdicts, with what is shown beside them."""
    return {
        "standards": [_standard(result) for result in assessment.standards],
        "echelons": to_json(assessment.echelons),
        "iza": to_json(assessment.iza),
    }


def sub_network_object(item: SubNetwork) -> dict[str, Any]:
    """A sub-network with the same keys as its own dossier has; of one that was not received only who it is."""
    written: dict[str, Any] = {"code": item.code, "name": item.name}
    if item.network is not None:
        written |= network_object(item.network)
    if item.digest:
        written["digest"] = item.digest
    if item.assessment is not None:
        written |= {"cycle": item.assessment.cycle, **assessment_object(item.assessment)}
    return written | {"members": to_json(item.members)}


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


# --- reading --------------------------------------------------------------------------------------------------


def take(shape: Any, data: dict[str, Any], path: str, faults: Faults) -> Any:
    """What stands under the last key of a path; None, with one fault, when nothing fit stands there."""
    key = path.rpartition(".")[2]
    if key not in data:
        faults.missing(path)
        return None
    return from_json(shape, data[key], path, faults)


def take_list(data: dict[str, Any], key: str, path: str, faults: Faults) -> list[Any]:
    """The list under a key; an empty one, with a fault, when there is none."""
    at = f"{path}.{key}" if path else key
    if key not in data:
        faults.missing(at)
        return []
    if not isinstance(data[key], list):
        faults.wrong(at)
        return []
    found: list[Any] = data[key]
    return found


def take_object(data: dict[str, Any], key: str, path: str, faults: Faults) -> dict[str, Any]:
    """The object under a key; an empty one, with a fault, when there is none."""
    at = f"{path}.{key}" if path else key
    if key not in data:
        faults.missing(at)
        return {}
    if not isinstance(data[key], dict):
        faults.wrong(at)
        return {}
    found: dict[str, Any] = data[key]
    return found


def network_from(data: dict[str, Any], path: str, faults: Faults) -> NetworkFacts | None:
    """A network, with its years that stand beside it."""
    start = f"{path}." if path else ""
    found = fields_from(NetworkFacts, take_object(data, "network", path, faults), f"{start}network", faults)
    found["assessment_year"] = take(int, data, f"{start}assessment_year", faults)
    found["reporting_year"] = take(int, data, f"{start}reporting_year", faults)
    found["reference_date"] = take(date, data, f"{start}reference_date", faults)
    return None if faults.items else NetworkFacts(**found)


def assessment_from(data: dict[str, Any], path: str, faults: Faults) -> Assessment | None:
    """All verdicts. A file from before echelons, IZA steps and regions does not have those keys."""
    start = f"{path}." if path else ""
    cycle = take(int, data, f"{start}cycle", faults)
    standards = [
        _standard_from(item, f"{start}standards[{number}]", faults)
        for number, item in enumerate(take_list(data, "standards", path, faults))
    ]
    echelons = from_json(tuple[EchelonResult, ...], data.get("echelons", []), f"{start}echelons", faults)
    iza = from_json(tuple[IzaResult, ...], data.get("iza", []), f"{start}iza", faults)
    if faults.items:
        return None
    known = tuple(item for item in standards if item is not None)
    return Assessment(cycle=cycle, standards=known, echelons=echelons, iza=iza)


def sub_networks_from(data: dict[str, Any], faults: Faults) -> tuple[SubNetwork, ...]:
    """The sub-networks of a region; none in the dossier of another network."""
    if "sub_networks" not in data:
        return ()
    items = enumerate(take_list(data, "sub_networks", "", faults))
    read = [_sub_network_from(item, f"sub_networks[{number}]", faults) for number, item in items]
    return tuple(item for item in read if item is not None)


def _sub_network_from(data: Any, path: str, faults: Faults) -> SubNetwork | None:
    found = fields_from(SubNetwork, data, path, faults)
    if not found:
        return None
    network = network_from(data, path, faults) if "network" in data else None
    assessment = assessment_from(data, path, faults) if "standards" in data else None
    return None if faults.items else SubNetwork(**found, network=network, assessment=assessment)


def _standard_from(data: Any, path: str, faults: Faults) -> StandardResult | None:
    found = fields_from(StandardResult, data, path, faults)
    if not found:
        return None
    counts = take(_ShareCounts | None, data, f"{path}.share_met_counts", faults)
    dimensions = take(_Dimensions, data, f"{path}.dimensions", faults)
    indicators = [
        _indicator_from(item, f"{path}.indicators[{number}]", faults)
        for number, item in enumerate(take_list(data, "indicators", path, faults))
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
    value = take(Share | None, data, f"{path}.value_share", faults)
    if value is None:
        plain = data.get("value")
        shape = date if isinstance(plain, str) else _PlainValue
        value = take(shape, data, f"{path}.value", faults)
    return None if faults.items else IndicatorResult(**found, value=value)
