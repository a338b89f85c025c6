"""Files that go by another name in a dossier: a form named after a hospital names it in every place of a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from normtool.core.dossier import Dossier
from normtool.core.evidence import Evidence, RegisterRow
from normtool.core.masking_texts import MASK

T = TypeVar("T")
FILE = "file"
"""The field that holds the name of a file, of a place and of whatever came out of one."""


def with_files_renamed(dossier: Dossier, is_telling: Callable[[str], bool]) -> Dossier:
    """The dossier in which files whose names tell too much are only numbered."""
    names = sorted({name for name in _files_of(dossier) if is_telling(name)})
    if not names:
        return dossier
    return _renamed(dossier, {name: f"{MASK} {number}{_ending(name)}" for number, name in enumerate(names, start=1)})


def _files_of(dossier: Dossier) -> Iterator[str]:
    """The names of the files that anything in a dossier came from."""
    above = dossier.region.evidence if dossier.region is not None else None
    for evidence in (dossier.evidence, above):
        yield from _files_in(evidence) if evidence is not None else ()
    for item in dossier.sub_networks:
        yield from (row.place.file for row in item.members)
        if item.assessment is not None:
            yield from (place.file for result in item.assessment.indicators for place in result.places)
            yield from (
                place.file for result in item.assessment.indicators for row in result.rows for place in row.places
            )
    yield from (place.file for result in dossier.assessment.indicators for place in result.places)


def _files_in(evidence: Evidence) -> Iterator[str]:
    yield from (item.file for item in evidence.files)
    yield from (item.file for item in evidence.taken_over)
    yield from (answer.place.file for answer in evidence.answers)
    if evidence.previous is not None:
        yield evidence.previous.file


def _ending(name: str) -> str:
    """The ending of a file name, with its dot."""
    return name[name.rindex(".") :] if "." in name else ""


def _renamed(value: T, names: Mapping[str, str]) -> T:
    """A value with other names of files, however deep they are."""
    if isinstance(value, tuple):
        return cast(T, tuple(_renamed(item, names) for item in value))
    if isinstance(value, RegisterRow):
        row = RegisterRow(place=_renamed(value.place, names), values=_renamed(value.values, names))
        return cast(T, row)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in fields(value):
        held = getattr(value, field.name)
        new = names.get(held, held) if field.name == FILE else _renamed(held, names)
        if new is not held:
            changed[field.name] = new
    return replace(value, **changed) if changed else value
