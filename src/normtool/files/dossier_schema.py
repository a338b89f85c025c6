"""The JSON Schema (draft 2020-12) of dossier.json, made from the same types as the file."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from normtool.core.assessment import (
    Because,
    Counts,
    EchelonResult,
    IndicatorResult,
    IzaResult,
    NextStep,
    Verdict,
)
from normtool.core.diagnostics import Diagnostic, Severity
from normtool.core.dossier import FORMAT, RegionAbove, Stage, SubNetwork
from normtool.core.evidence import DateSpan, Evidence, NetworkFacts
from normtool.core.places import CellPlace, FilePlace, Located, Place
from normtool.core.registers import Text
from normtool.core.standards import Framework, FrameworkStatus
from normtool.files.dossier_reading import COMPOSED
from normtool.files.dossier_writing import KEYS, LATER, PAIRED

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_DATE: Schema = {"type": "string", "format": "date"}
_WHOLE: Schema = {"type": "integer"}
_SHARE: Schema = {"type": ["number", "null"], "minimum": 0}
_PLAIN: dict[Any, Schema] = {
    str: _TEXT,
    int: _WHOLE,
    bool: {"type": "boolean"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    date: _DATE,
}


ADDED = ("echelons", "iza", "sub_networks", "region", *LATER)
"""Keys that older files do not have."""
ADDED_TO_INDICATORS = ("origin", "inherited_from", "sub_networks", "is_masked")


def _closed(properties: dict[str, Schema], *optional: str) -> Schema:
    """An object with these keys; keys may be added later, so others are allowed."""
    required = [key for key in properties if key not in optional]
    return {"type": "object", "properties": properties, "required": required}


_CELL = _closed({"file": _TEXT, "sheet": _TEXT, "cell": {"type": "string", "pattern": "^[A-Z]*[0-9]+$"}})
_PLACE: Schema = {
    "anyOf": [
        _closed({"file": _TEXT, "sheet": _TEXT, "cell": _TEXT}),
        _closed({"file": _TEXT, "line": _WHOLE, "column": _WHOLE, "path": _TEXT}, "path"),
        _closed({"file": _TEXT, "sheet": _TEXT}, "sheet"),
    ]
}
_SPAN: Schema = {
    "anyOf": [_closed({"date": _DATE}), _closed({"year": _WHOLE}), _closed({"first": _DATE, "last": _DATE})]
}
_HELD: Schema = {"type": ["boolean", "integer", "string", "object", "array"]}
_FACT: Schema = {"type": ["string", "integer", "boolean", "null", "object"]}
_FORMS: dict[Any, Schema] = {
    CellPlace: _CELL,
    Place: _PLACE,
    CellPlace | FilePlace: _PLACE,
    DateSpan: _SPAN,
}


def dossier_schema() -> Schema:
    """What dossier.json holds; `$defs` has the types by the names they have in the code."""
    definitions: dict[str, Schema] = {}
    properties: dict[str, Schema] = {
        "format": {"type": "integer", "minimum": 1, "maximum": FORMAT},
        "program": _TEXT,
        "stage": _schema(Stage, definitions),
        "draft": {"type": "boolean"},
        **_years(definitions),
        **_judged(definitions),
        "framework": _closed(
            {
                "id": _TEXT,
                "name": _schema(Text, definitions),
                "edition": _TEXT,
                "status": _schema(FrameworkStatus, definitions),
                "digest": _TEXT,
            }
        ),
        "sub_networks": {"type": "array", "items": _sub_network(definitions)},
        "region": {"anyOf": [_region(definitions), {"type": "null"}]},
        **{key: _schema(shape, definitions) for key, shape in LATER.items()},
        "evidence": _schema(Evidence, definitions),
        "norms": _schema(Framework, definitions),
        "diagnostics": {"type": "array", "items": _diagnostic(definitions)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "normtool dossier",
        **_closed(properties, *ADDED),
        "$defs": definitions,
    }


def _years(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """A network, and its years beside it."""
    network = _fields(NetworkFacts, definitions)
    return {
        "network": _closed(network, *(key for key in network if key not in ("code", "name", "region"))),
        "assessment_year": _WHOLE,
        "reporting_year": _WHOLE,
        "reference_date": _DATE,
    }


def _judged(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """An assessment."""
    return {
        "cycle": _WHOLE,
        "standards": {"type": "array", "items": _standard(definitions)},
        "echelons": _schema(tuple[EchelonResult, ...], definitions),
        "iza": _schema(tuple[IzaResult, ...], definitions),
    }


def _sub_network(definitions: dict[str, Schema]) -> Schema:
    """Of a sub-network that was not received only who it is."""
    own = _fields(SubNetwork, definitions)
    more = _years(definitions) | _judged(definitions)
    return _closed(own | more, *more, "digest", "members")


def _region(definitions: dict[str, Schema]) -> Schema:
    more = _years(definitions) | {"evidence": _schema(Evidence, definitions)}
    return _closed(_fields(RegionAbove, definitions) | more, *more)


def _standard(definitions: dict[str, Schema]) -> Schema:
    pair = {"type": "array", "items": _SHARE, "minItems": 2, "maxItems": 2}
    counts = _closed({"met": _WHOLE, "best": _WHOLE, "of": _WHOLE})
    return _closed(
        {
            "id": _TEXT,
            "verdict": _schema(Verdict, definitions),
            "worst": _schema(Verdict | None, definitions),
            "best": _schema(Verdict | None, definitions),
            "mostly_undecided": {"type": "boolean"},
            "counts": _schema(Counts, definitions),
            "share_met": {"anyOf": [pair, {"type": "null"}]},
            "share_met_counts": {"anyOf": [counts, {"type": "null"}]},
            "dimensions": _closed({"structure": _WHOLE, "process": _WHOLE, "outcome": _WHOLE}),
            "next_step": _schema(NextStep | None, definitions),
            "indicators": {"type": "array", "items": _indicator(definitions)},
        }
    )


def _indicator(definitions: dict[str, Schema]) -> Schema:
    """Every key is always there, but for those that older files do not have."""
    value: Schema = {"type": ["number", "boolean", "string", "null"]}
    share = _closed({"numerator": _WHOLE, "denominator": _WHOLE})
    return _closed(
        _fields(IndicatorResult, definitions) | {"value": value, "value_share": {"anyOf": [share, {"type": "null"}]}},
        *ADDED_TO_INDICATORS,
    )


def _diagnostic(definitions: dict[str, Schema]) -> Schema:
    rule = {"code": _TEXT, "severity": _schema(Severity, definitions), "concerns_safety": {"type": "boolean"}}
    parts = _fields(Diagnostic, definitions)
    return _closed(rule | parts, "concerns_safety", *parts)


def _schema(shape: Any, definitions: dict[str, Schema]) -> Schema:
    known = _PLAIN.get(shape) or _FORMS.get(shape)
    origin, inner = get_origin(shape), get_args(shape)
    if known is not None:
        return known
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(member, definitions) for member in inner]}
    if shape is type(None):
        return {"type": "null"}
    if origin is tuple:
        return {"type": "array", "items": _schema(inner[0], definitions)}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is Located:
        return _closed({"value": _HELD, **_CELL["properties"]})
    if issubclass(shape, Enum):
        return {"enum": [member.value for member in shape]}
    return _reference(shape, definitions)


def _reference(shape: type, definitions: dict[str, Schema]) -> Schema:
    name = shape.__name__
    if name not in definitions:
        definitions[name] = {}  # a type may hold itself
        definitions[name] = _closed(_fields(shape, definitions), *_optional(shape))
    return {"$ref": f"#/$defs/{name}"}


def _fields(shape: Any, definitions: dict[str, Schema]) -> dict[str, Schema]:
    hints = get_type_hints(shape)
    written: dict[str, Schema] = {}
    for field in fields(shape):
        if (shape, field.name) in COMPOSED:
            continue
        hint = hints[field.name]
        if (shape, field.name) in PAIRED:
            value = _FACT if shape in (Because, Diagnostic) else _schema(get_args(get_args(hint)[0])[1], definitions)
            part: Schema = {"type": "object", "additionalProperties": value}
        else:
            part = _schema(hint, definitions)
        written[KEYS.get((shape, field.name), field.name)] = part
    return written


def _optional(shape: Any) -> tuple[str, ...]:
    """The keys that are left out when they hold nothing."""
    return tuple(KEYS.get((shape, field.name), field.name) for field in fields(shape) if field.default is not MISSING)
