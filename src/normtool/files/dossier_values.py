"""Values of the core as JSON and back, by the types of their fields; every fault is gathered with its path.

What is nothing (None, an empty tuple, an empty text) is left out. Unions are told apart by their form: a date is
`{"date": …}`, a year alone `{"year": …}`, a word of the method `{"said": …}`; a place by its keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from normtool.core.assessment import Because, FactValue, IndicatorResult, Share, StandardResult
from normtool.core.diagnostics import Diagnostic, Rule, Severity
from normtool.core.evidence import (
    DateSpan,
    DocumentReference,
    Evidence,
    NetworkFacts,
    RegisterRow,
    Said,
    Unreadable,
)
from normtool.core.kinds import ColumnValue
from normtool.core.places import CellPlace, CellRange, FilePlace, KeyPlace, Located, Place
from normtool.core.standards import Indicator

T = TypeVar("T")
Decoder = Callable[[Any, str, "Faults"], Any]

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
}
"""Fields whose tuple of (name, value) pairs is an object in JSON."""

COMPOSED = {
    (Diagnostic, "rule"),
    (Evidence, "network"),
    (NetworkFacts, "assessment_year"),
    (NetworkFacts, "reporting_year"),
    (NetworkFacts, "reference_date"),
    (StandardResult, "share_met"),
    (StandardResult, "dimensions"),
    (StandardResult, "indicators"),
    (IndicatorResult, "value"),
}
"""Fields that stand elsewhere or otherwise in JSON; whoever asks for the fields puts them in."""

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")


class Faults:
    """What was wrong in a file: (path, is missing)."""

    def __init__(self) -> None:
        self.items: list[tuple[str, bool]] = []

    def wrong(self, path: str) -> None:
        """Something else stands here than belongs here."""
        self.items.append((path, False))

    def missing(self, path: str) -> None:
        """A key is not there."""
        self.items.append((path, True))


# ---------------------------------------------------------------- out


def to_json(value: Any) -> Any:
    """A value of the core as plain JSON values."""
    writer = _WRITERS.get(type(value))
    if writer is not None:
        return writer(value)
    if isinstance(value, Enum):
        return value.value
    return object_of(value) if is_dataclass(value) else value


def object_of(value: Any) -> dict[str, Any]:
    """A dataclass as an object, without what is nothing."""
    written: dict[str, Any] = {}
    for name, key, is_paired in _layout(type(value)):
        item = getattr(value, name)
        if item is None or item == () or (isinstance(item, str) and not item):
            continue
        plain = {label: _fact(fact) for label, fact in item} if is_paired else to_json(item)
        if plain != {}:
            written[key] = plain
    return written


@cache
def _layout(shape: type) -> tuple[tuple[str, str, bool], ...]:
    """Per field: its name, its key in JSON, and whether it is an object of pairs."""
    return tuple(
        (field.name, KEYS.get((shape, field.name), field.name), (shape, field.name) in PAIRED)
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
    rule = {"code": item.rule.code, "severity": item.rule.severity.value}
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


# ---------------------------------------------------------------- in


def from_json(shape: Any, data: Any, path: str, faults: Faults) -> Any:
    """The value of this type that the data holds; None, with a fault, when it holds another."""
    return decoder_for(shape)(data, path, faults)


def fields_from(shape: type, data: Any, path: str, faults: Faults) -> dict[str, Any]:
    """The fields of a dataclass that an object holds, those COMPOSED aside. Other keys are ignored."""
    if not isinstance(data, dict):
        faults.wrong(path)
        return {}
    found: dict[str, Any] = {}
    for name, key, decode, default in _readers(shape):
        at = f"{path}.{key}" if path else key
        if key in data:
            found[name] = decode(data[key], at, faults)
        elif default is MISSING:
            faults.missing(at)
        else:
            found[name] = default
    return found


@cache
def _readers(shape: type) -> tuple[tuple[str, str, Decoder, Any], ...]:
    hints = get_type_hints(shape)
    readers = []
    for field in fields(shape):
        if (shape, field.name) in COMPOSED:
            continue
        hint = hints[field.name]
        default: Any = field.default
        if default is MISSING and get_origin(hint) is tuple:
            default = ()
        elif default is MISSING and type(None) in get_args(hint):
            default = None
        elif default is MISSING and hint is str:
            default = ""
        is_paired = (shape, field.name) in PAIRED
        decode = _pairs_decoder(shape, hint) if is_paired else decoder_for(hint)
        readers.append((field.name, KEYS.get((shape, field.name), field.name), decode, default))
    return tuple(readers)


@cache
def decoder_for(shape: Any) -> Decoder:
    """The function that reads this type."""
    if shape in _DECODERS:
        return _DECODERS[shape]
    origin, inner = get_origin(shape), get_args(shape)
    if origin in (Union, UnionType):
        return _union_decoder(inner)
    if origin is tuple:
        return _tuple_decoder(decoder_for(inner[0]))
    if origin is Located:
        return _located_decoder(inner[0])
    if origin is Literal:
        return _one_of(inner)
    if isinstance(shape, type) and issubclass(shape, Enum):
        return _enum_decoder(shape)
    return _dataclass_decoder(shape)


def _dataclass_decoder(shape: type) -> Decoder:
    def decode(data: Any, path: str, faults: Faults) -> Any:
        before = len(faults.items)
        found = fields_from(shape, data, path, faults)
        return shape(**found) if len(faults.items) == before else None

    return decode


def _plain(*kinds: type) -> Decoder:
    def decode(data: Any, path: str, faults: Faults) -> Any:
        if type(data) not in kinds:
            faults.wrong(path)
        return data

    return decode


def _one_of(allowed: tuple[Any, ...]) -> Decoder:
    def decode(data: Any, path: str, faults: Faults) -> Any:
        if data not in allowed:
            faults.wrong(path)
        return data

    return decode


def _enum_decoder(shape: type[Enum]) -> Decoder:
    members = {member.value: member for member in shape}

    def decode(data: Any, path: str, faults: Faults) -> Any:
        found = members.get(data) if isinstance(data, str) else None
        if found is None:
            faults.wrong(path)
        return found

    return decode


def _tuple_decoder(decode_item: Decoder) -> Decoder:
    def decode(data: Any, path: str, faults: Faults) -> Any:
        if not isinstance(data, list):
            faults.wrong(path)
            return ()
        return tuple([decode_item(item, f"{path}[{number}]", faults) for number, item in enumerate(data)])

    return decode


def _union_decoder(members: tuple[Any, ...]) -> Decoder:
    real = tuple(member for member in members if member is not type(None))
    if len(real) < len(members):
        decode_real = decoder_for(real[0] if len(real) == 1 else Union[real])  # noqa: UP007 (built at run time)
        return lambda data, path, faults: None if data is None else decode_real(data, path, faults)
    if all(is_dataclass(member) for member in real):
        return _tagged_decoder(real)
    return _plain(*real)


def _tagged_decoder(members: tuple[type, ...]) -> Decoder:
    """Members that tell themselves apart by their first field, such as `type` or `test`."""
    key = fields(members[0])[0].name
    by_tag = {get_args(get_type_hints(member)[key])[0]: decoder_for(member) for member in members}

    def decode(data: Any, path: str, faults: Faults) -> Any:
        tag = data.get(key) if isinstance(data, dict) else None
        decode_member = by_tag.get(tag) if isinstance(tag, str) else None
        if decode_member is None:
            faults.wrong(f"{path}.{key}" if isinstance(data, dict) else path)
            return None
        return decode_member(data, path, faults)

    return decode


def _pairs_decoder(shape: type, hint: Any) -> Decoder:
    """An object as a tuple of (name, value) pairs, in the order of the file."""
    decode_value = (
        _decode_fact if shape in (Because, Diagnostic) else decoder_for(get_args(get_args(hint)[0])[1])
    )

    def decode(data: Any, path: str, faults: Faults) -> Any:
        if not isinstance(data, dict):
            faults.wrong(path)
            return ()
        return tuple([(name, decode_value(item, f"{path}.{name}", faults)) for name, item in data.items()])

    return decode


def _decode_date(data: Any, path: str, faults: Faults) -> date | None:
    try:
        return date.fromisoformat(data)
    except (TypeError, ValueError):
        faults.wrong(path)
        return None


def _decode_decimal(data: Any, path: str, faults: Faults) -> Decimal | None:
    if type(data) not in (int, float):
        faults.wrong(path)
        return None
    return Decimal(str(data))


def _decode_float(data: Any, path: str, faults: Faults) -> float | None:
    if type(data) not in (int, float):
        faults.wrong(path)
        return None
    return float(data)


def _decode_fact(data: Any, path: str, faults: Faults) -> FactValue:
    if data is None or type(data) in (str, int, bool):
        fact: FactValue = data
        return fact
    match data:
        case {"date": day}:
            return _decode_date(day, path, faults)
        case {"decimal": str(text)}:
            try:
                return Decimal(text)
            except InvalidOperation:
                faults.wrong(path)
                return None
        case {"numerator": _, "denominator": _}:
            share: Share | None = decoder_for(Share)(data, path, faults)
            return share
        case _:
            faults.wrong(path)
            return None


def _decode_span(data: Any, path: str, faults: Faults) -> DateSpan | None:
    match data:
        case {"date": day}:
            first = last = _decode_date(day, path, faults)
        case {"year": int(year)} if 1 <= year <= 9999 and type(year) is int:
            return DateSpan.of_year(year)
        case {"first": start, "last": end}:
            first, last = _decode_date(start, path, faults), _decode_date(end, path, faults)
        case _:
            faults.wrong(path)
            return None
    return DateSpan(first, last) if first is not None and last is not None else None


def _held(data: Any, path: str, faults: Faults) -> Any:
    """What a cell held."""
    match data:
        case bool() | int() | str():
            return data
        case list():
            items = tuple(_held(item, f"{path}[{number}]", faults) for number, item in enumerate(data))
            if len({type(item) for item in items}) > 1:
                faults.wrong(path)
            return items
        case {"said": word}:
            return decoder_for(Said)(word, path, faults)
        case {"unreadable": str(text)}:
            return Unreadable(text=text)
        case {"document": _}:
            return decoder_for(DocumentReference)(data, path, faults)
        case _:
            return _decode_span(data, path, faults)


def _located_decoder(inner: Any) -> Decoder:
    allowed = {get_origin(member) or member for member in get_args(inner) or (inner,)}

    def decode(data: Any, path: str, faults: Faults) -> Any:
        if not isinstance(data, dict) or "value" not in data:
            faults.wrong(path)
            return None
        before = len(faults.items)
        place = _decode_cell(data, path, faults)
        held = _held(data["value"], f"{path}.value", faults)
        if len(faults.items) == before and type(held) not in allowed:
            faults.wrong(f"{path}.value")
        return Located(value=held, place=place) if len(faults.items) == before and place is not None else None

    return decode


def _decode_cell(data: Any, path: str, faults: Faults) -> CellPlace | None:
    place = _decode_place(data, path, faults)
    if place is not None and not isinstance(place, CellPlace):
        faults.wrong(path)
        return None
    return place


def _decode_place(data: Any, path: str, faults: Faults) -> Place | None:
    match data:
        case {"file": str(file), "sheet": str(sheet), "cell": str(cell)}:
            found = _CELL.fullmatch(cell)
            if found is not None:
                return _place_of_cell(file, sheet, found)
        case {"file": str(), "line": _}:
            key: KeyPlace | None = decoder_for(KeyPlace)(data, path, faults)
            return key
        case {"file": str(file)} if isinstance(data.get("sheet", ""), str) and "cell" not in data:
            return FilePlace(file=file, sheet=data.get("sheet", ""))
    faults.wrong(path)
    return None


def _place_of_cell(file: str, sheet: str, found: re.Match[str]) -> CellPlace | CellRange:
    letters, digits, last_letters, last_digits = found.groups()
    row, column = int(digits), _column_number(letters)
    if last_letters is None:
        return CellPlace(file=file, sheet=sheet, row=row, column=column)
    return CellRange(
        file=file,
        sheet=sheet,
        row=row,
        column=column,
        last_row=int(last_digits),
        last_column=_column_number(last_letters),
    )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _decode_diagnostic(data: Any, path: str, faults: Faults) -> Diagnostic | None:
    before = len(faults.items)
    found = fields_from(Diagnostic, data, path, faults)
    if len(faults.items) > before:
        return None
    code = from_json(str, data.get("code"), f"{path}.code", faults)
    severity = from_json(Severity, data.get("severity"), f"{path}.severity", faults)
    concerns_safety = from_json(bool, data.get("concerns_safety", False), f"{path}.concerns_safety", faults)
    names = tuple(name for name, _ in found["facts"])
    rule = Rule(code=code, severity=severity, facts=names, concerns_safety=concerns_safety)
    return Diagnostic(rule=rule, **found)


_DECODERS: dict[Any, Decoder] = {
    str: _plain(str),
    int: _plain(int),
    bool: _plain(bool),
    float: _decode_float,
    date: _decode_date,
    Decimal: _decode_decimal,
    ColumnValue: _plain(bool, int, str),
    CellPlace: _decode_cell,
    Place: _decode_place,
    CellPlace | FilePlace: _decode_place,
    DateSpan: _decode_span,
    Diagnostic: _decode_diagnostic,
}
