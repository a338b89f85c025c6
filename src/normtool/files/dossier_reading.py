"""JSON values as values of the core again, by the types of their fields; every fault is gathered with its path."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from normtool.core.assessment import Because, FactValue, IndicatorResult, Share, StandardResult
from normtool.core.diagnostics import Diagnostic, Rule, Severity
from normtool.core.dossier import RegionAbove, SubNetwork
from normtool.core.evidence import DateSpan, DocumentReference, Evidence, NetworkFacts, Said, Unreadable
from normtool.core.kinds import ColumnValue
from normtool.core.places import CellPlace, CellRange, FilePlace, KeyPlace, Located, Place
from normtool.files.dossier_writing import KEYS, PAIRED

Decoder = Callable[[Any, str, "Faults"], Any]

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
    (SubNetwork, "network"),
    (SubNetwork, "assessment"),
    (RegionAbove, "evidence"),
}
"""Fields that stand elsewhere or otherwise in JSON; whoever asks for the fields puts them in."""

_CELL = re.compile(r"([A-Z]{0,3})([0-9]{1,7})(?::([A-Z]{0,3})([0-9]{1,7}))?")
"""An address; `0` is the place of a row that nobody filled in."""


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
        is_paired = (shape, field.name) in PAIRED
        decode = _pairs_decoder(shape, hint) if is_paired else decoder_for(hint)
        readers.append((field.name, KEYS.get((shape, field.name), field.name), decode, field.default))
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
    decode_value = _decode_fact if shape in (Because, Diagnostic) else decoder_for(get_args(get_args(hint)[0])[1])

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
