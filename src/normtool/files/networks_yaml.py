"""The registry of networks as YAML: the one that comes with the program, and a network's own beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normtool.core import networks, registers
from normtool.core import rules_networks as rules
from normtool.core import rules_standards as shape_rules
from normtool.core.diagnostics import Collector, Diagnostics, Related
from normtool.core.evidence import DateSpan
from normtool.core.networks import Registry
from normtool.core.networks_check import check_registry
from normtool.core.places import FilePlace, KeyPlace
from normtool.core.spellings import Names
from normtool.core.standards_findings import PlaceOf
from normtool.files.standards_yaml import in_file_order, read_text
from normtool.files.yaml_places import Entry, Node, place_of, read_tree
from normtool.resources import data_dir

if TYPE_CHECKING:  # whoever needs no registry does not wait for pydantic
    from pydantic import TypeAdapter

BUILT_IN = "reference/networks.yaml"
SECTIONS = ("sources", "organisations", "networks")
TIMES = frozenset({"published", "seen", "start", "end", "signed"})
"""Keys that hold a time: a year, a month, a day, or two of these with a slash between them."""

_TIME = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NO_TIME = {"first": "0001-01-01", "last": "0001-01-01"}
"""Stands for a time that could not be read, of which a diagnostic was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRegistry:
    """A registry that was read: what it holds, everything found in it, and where its statements stand."""

    registry: Registry | None
    diagnostics: Diagnostics
    place_of: PlaceOf


def load_registry(extra: Path | None = None) -> tuple[Registry | None, Diagnostics]:
    """The built-in registry with a network's own file added; None, with the errors, when that file cannot be used."""
    read = read_registry(extra)
    return read.registry, read.diagnostics


def read_registry(extra: Path | None = None) -> ReadRegistry:
    """The same, with the places, for whoever looks further into it."""
    found = Collector()
    trees = [tree for name, file in _files(extra) if (tree := _tree(name, file, found)) is not None]
    root = _merged(trees, found)
    registry = _registry_of(root, found)
    if registry is not None and not _has_error(found):
        found.items += check_registry(registry, lambda path: place_of(root, path))
    return ReadRegistry(
        registry=None if _has_error(found) else registry,
        diagnostics=in_file_order(found.items, tuple(tree.file for tree in trees)),
        place_of=lambda path: place_of(root, path),
    )


def networks_schema() -> dict[str, Any]:
    """A JSON Schema for editors of a file with networks; its times are texts (a year may be a number)."""
    schema = _adapter().json_schema()
    time = {"type": ["string", "integer"], "pattern": f"^{_TIME.pattern}(/{_TIME.pattern})?$"}
    schema["$defs"]["DateSpan"] = {"description": "A year, a month, a day, or two of these with a slash.", **time}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _has_error(found: Collector) -> bool:
    return any(item.is_error for item in found.items)


def _files(extra: Path | None) -> Iterable[tuple[str, Path]]:
    yield BUILT_IN, data_dir("standards") / BUILT_IN
    if extra is not None:
        yield extra.name, extra


def _tree(name: str, file: Path, found: Collector) -> Node | None:
    """The tree of one file that is a block with keys."""
    if not file.exists():
        found.add(rules.NETWORKS_FILE_MISSING, FilePlace(file=name), file=str(file))
        return None
    text = read_text(name, file, found)
    tree = read_tree(text, name, found) if text is not None else None
    if tree is not None and not isinstance(tree.value, dict):
        found.add(shape_rules.BLOCK_EXPECTED, place_of(tree, ()), value="…")
        return None
    return tree


def _merged(trees: list[Node], found: Collector) -> Node:
    """One block with the entries of all files; an own entry takes the place of the one with the same id."""
    root = Node(BUILT_IN, 1, 1, {})
    for tree in trees:
        for key, entry in tree.value.items():
            if key not in SECTIONS:
                _refuse_section(key, entry, found)
                continue
            former = root.child(key)
            if former is not None and isinstance(former.value, list) and isinstance(entry.node.value, list):
                _take_over(former, entry.node, found)
            else:
                root.value[key] = entry
    return root


def _refuse_section(key: str, entry: Entry, found: Collector) -> None:
    place = KeyPlace(file=entry.file, line=entry.line, column=entry.column, path=key)
    near = Names((name, name) for name in SECTIONS).guess(key)
    if near is not None:
        found.add(shape_rules.KEY_MISSPELT, place, name=key, nearest=near)
    else:
        found.add(shape_rules.KEY_UNKNOWN, place, name=key, allowed=", ".join(SECTIONS))


def _take_over(former: Node, own: Node, found: Collector) -> None:
    """Put the entries of an own list into the list that was there."""
    positions = {_identity(entry): number for number, entry in enumerate(former.value) if _identity(entry)}
    for entry in own.value:
        position = positions.pop(_identity(entry), None)
        if position is None:
            former.value.append(entry)
            continue
        before = former.value[position]
        former.value[position] = entry
        related = (Related(place=_place(before), role="first"),)
        found.add(rules.OWN_ENTRY_WINS, _place(entry), related=related, id=_identity(entry))


def _identity(entry: Entry) -> str:
    node = entry.node.child("id")
    return node.value if node is not None and isinstance(node.value, str) else ""


def _place(entry: Entry) -> KeyPlace:
    return KeyPlace(file=entry.file, line=entry.line, column=entry.column, path=_identity(entry))


@cache
def _adapter() -> TypeAdapter[Registry]:
    from pydantic import TypeAdapter

    from normtool.files.standards_shapes import forbid_extras

    forbid_extras(registers, networks)
    return TypeAdapter(Registry)


def _registry_of(root: Node, found: Collector) -> Registry | None:
    """The registry that a tree holds; None, with every error at its place, when it holds none."""
    from pydantic import ValidationError

    from normtool.files.standards_shapes import report_shape

    try:
        return _adapter().validate_json(json.dumps(_plain(root, found)))
    except ValidationError as error:
        report_shape(error, root, Registry, found)
        return None


def _plain(node: Node, found: Collector) -> Any:
    """A value without places, its times as the first and the last day that they can mean."""
    if isinstance(node.value, dict):
        return {
            key: _time(entry.node, found) if key in TIMES else _plain(entry.node, found)
            for key, entry in node.value.items()
        }
    if isinstance(node.value, list):
        return [_plain(entry.node, found) for entry in node.value]
    return node.value


def _time(node: Node, found: Collector) -> dict[str, str]:
    text = "" if node.value is None or isinstance(node.value, dict | list) else str(node.value)
    spans = [span for part in text.split("/", 1) if (span := _span(part)) is not None]
    if len(spans) <= text.count("/") or spans[0].first > spans[-1].last:
        found.add(rules.TIME_UNREADABLE, KeyPlace(file=node.file, line=node.line, column=node.column), value=text)
        return _NO_TIME
    return {"first": spans[0].first.isoformat(), "last": spans[-1].last.isoformat()}


def _span(text: str) -> DateSpan | None:
    """A year, a month or a day."""
    parts = _TIME.fullmatch(text.strip())
    if parts is None:
        return None
    year, month, day = (int(part) if part else 0 for part in parts.groups())
    try:
        if day:
            return DateSpan.of_day(date(year, month, day))
        return DateSpan.of_month(year, month) if month else DateSpan.of_year(year)
    except ValueError:  # a month or a day that does not exist
        return None
