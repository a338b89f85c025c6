"""Values of the core as plain JSON values.

A field that may be left out is, when it holds nothing (None, an empty tuple, an empty text). Unions are told
apart by their form: a date is `{"date": …}`, a year alone `{"year": …}`, a word of the method `{"said": …}`; a
place by its keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from normtool.core.assessment import Because, IndicatorResult
from normtool.core.diagnostics import Diagnostic
from normtool.core.dossier import FormerYear, Part, Release
from normtool.core.evidence import DateSpan, Evidence, NetworkFacts, RegisterRow, Said, Unreadable
from normtool.core.house_style import HouseStyle
from normtool.core.places import CellPlace, CellRange, Located
from normtool.core.standards import Indicator

KEYS = {
    (Indicator, "indicator_class"): "class",
    (IndicatorResult, "indicator_class"): "class",
    (IndicatorResult, "is_open"): "open",
}
"""Fields that go by another key in JSON."""

PAIRED = {
    (Because, "facts"),
    (Diagnostic, "facts"),
    (NetworkFacts, "own_terms"),
    (Evidence, "network_places"),
    (RegisterRow, "values"),
    (HouseStyle, "own_terms"),
}
"""Fields whose tuple of (name, value) pairs is an object in JSON."""


LATER: dict[str, Any] = {
    "history": tuple[FormerYear, ...],
    "house_style": HouseStyle | None,
    "release": Release | None,
    "shares_name": bool,
    "part": Part | None,
}
"""Keys that files from before 0.4.0 do not have, with the types of what they hold."""


def to_json(value: Any) -> Any:
    """A value of the core as plain JSON values."""
    writer = _WRITERS.get(type(value))
    if writer is not None:
        return writer(value)
    if isinstance(value, Enum):
        return value.value
    return object_of(value) if is_dataclass(value) else value


def object_of(value: Any) -> dict[str, Any]:
    """A dataclass as an object, without the optional fields that hold nothing."""
    written: dict[str, Any] = {}
    shape: type = type(value)
    for name, key, nothing, is_paired in _layout(shape):
        item = getattr(value, name)
        if item != nothing:
            written[key] = {label: _fact(fact) for label, fact in item} if is_paired else to_json(item)
    return written


@cache
def _layout(shape: type) -> tuple[tuple[str, str, Any, bool], ...]:
    """Per field: its name, its key in JSON, the value that is left out, whether it is an object of pairs."""
    return tuple(
        (
            field.name,
            KEYS.get((shape, field.name), field.name),
            field.default if field.default in (None, (), "") or is_dataclass(field.default) else MISSING,
            (shape, field.name) in PAIRED,
        )
        for field in fields(shape)
    )


def _fact(value: Any) -> Any:
    """A fact: other than in a typed field, a date and a decimal must show what they are."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return {"decimal": str(value)} if isinstance(value, Decimal) else to_json(value)


def number_of(value: Decimal) -> int | float:
    """A decimal as a JSON number."""
    return int(value) if value == value.to_integral_value() else float(value)


def _span(value: DateSpan) -> dict[str, Any]:
    if value.is_exact:
        return {"date": value.first.isoformat()}
    if value == DateSpan.of_year(value.first.year):
        return {"year": value.first.year}
    return {"first": value.first.isoformat(), "last": value.last.isoformat()}


def _located(value: Located[Any]) -> dict[str, Any]:
    held = value.value
    plain = {"said": held.value} if isinstance(held, Said) else to_json(held)
    return {"value": plain, **_cell(value.place)}


def _cell(place: CellPlace | CellRange) -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "cell": place.cell}


def _diagnostic(item: Diagnostic) -> dict[str, Any]:
    rule: dict[str, Any] = {"code": item.rule.code, "severity": item.rule.severity.value}
    if item.rule.concerns_safety:
        rule["concerns_safety"] = True
    rest = object_of(item)
    del rest["rule"]
    return rule | rest


_WRITERS: dict[type, Callable[[Any], Any]] = {
    tuple: lambda items: [to_json(item) for item in items],
    date: date.isoformat,
    Decimal: number_of,
    CellPlace: _cell,
    CellRange: _cell,
    DateSpan: _span,
    Located: _located,
    Unreadable: lambda value: {"unreadable": value.text},
    Diagnostic: _diagnostic,
}
