"""The shape of a framework: pydantic on the dataclasses of the core, its errors as our diagnostics.

The core has no pydantic in it: the configuration is set on its classes here, at the border. A union of
dataclasses (kinds, tests) is reported by pydantic once per member; here only the member meant is heard.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from types import ModuleType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from normtool.core import kinds, registers, standards
from normtool.core import rules_standards as rules
from normtool.core.diagnostics import Collector, Rule
from normtool.core.registers import Text
from normtool.core.standards import Framework
from normtool.files.yaml_places import KeyPath, Node, place_of

ALIASES = {"indicator_class": "class"}
"""Fields that go by another name in YAML: `class` is a reserved word in Python."""

_FIELDS = {alias: name for name, alias in ALIASES.items()}
_RULES: tuple[tuple[str, Rule], ...] = (
    ("string", rules.TEXT_EXPECTED),
    ("int", rules.WHOLE_EXPECTED),
    ("decimal", rules.NUMBER_EXPECTED),
    ("finite_number", rules.NUMBER_EXPECTED),
    ("date", rules.DATE_EXPECTED),
    ("bool", rules.TRUE_FALSE_EXPECTED),
    ("tuple", rules.LIST_EXPECTED),
)
"""Which rule an error of pydantic is, by the beginning of its type."""


@cache
def framework_adapter() -> TypeAdapter[Framework]:
    """The validator of a framework."""
    forbid_extras(registers, kinds, standards)
    return TypeAdapter(Framework)


def forbid_extras(*modules: ModuleType) -> None:
    """Let pydantic read the dataclasses of these modules strictly: nothing extra at any level, no text for a number,
    no true for 1."""
    for module in modules:
        for found in vars(module).values():
            if is_dataclass(found) and isinstance(found, type) and found.__module__ == module.__name__:
                found.__pydantic_config__ = ConfigDict(  # type: ignore[attr-defined]
                    extra="forbid", strict=True, alias_generator=lambda name: ALIASES.get(name, name)
                )


def framework_of(root: Node, digest: str, found: Collector, *, is_whole: bool = True) -> Framework | None:
    """The framework that a tree holds; None, with every error at its place, when it holds none.

    When a file could not be read (not `is_whole`), top keys that are not there are not reported.
    """
    plain = root.plain() | {"digest": digest}
    try:
        return framework_adapter().validate_json(json.dumps(plain))
    except ValidationError as error:
        _Reporter(root, Framework, found, is_whole=is_whole).report(error)
        return None


def report_shape(error: ValidationError, root: Node, shape: type, found: Collector) -> None:
    """Report why a tree does not have this shape: every fault at its own place."""
    _Reporter(root, shape, found, is_whole=True).report(error)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an error of pydantic is.

    `path` leads there, `asked` is the type wanted there, `around` the dataclass that the last key belongs to.
    `members` are the union members on the way; `is_plain`: any plain value will do.
    """

    asked: Any
    around: Any
    path: KeyPath = ()
    members: tuple[tuple[KeyPath, type], ...] = ()
    is_plain: bool = False


def _trace(shape: type, loc: tuple[int | str, ...]) -> _Spot:
    spot = _Spot(asked=shape, around=shape)
    for step in loc:
        spot = _follow(spot, step)
    return spot


def _follow(spot: _Spot, step: int | str) -> _Spot:
    members, asked = _members(spot.asked)
    if members:  # this step only names the member that was tried
        member = next((member for member in members if member.__name__ == step), None)
        if is_dataclass(member):
            return replace(spot, asked=member, members=(*spot.members, (spot.path, member)))
        return replace(spot, asked=member, is_plain=True)
    path = (*spot.path, step)
    if is_dataclass(asked) and isinstance(asked, type):
        hint = _hints(asked).get(_FIELDS.get(str(step), str(step)))
        return replace(spot, path=path, asked=hint, around=asked)
    inner = get_args(asked)[0] if get_origin(asked) is tuple else None
    return replace(spot, path=path, asked=inner)


def _members(asked: Any) -> tuple[list[type], Any]:
    """The members of a real union, and the type itself without `None`."""
    if get_origin(asked) not in (Union, UnionType):
        return [], asked
    members = [member for member in get_args(asked) if member is not type(None)]
    return (members, asked) if len(members) > 1 else ([], members[0])


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _tag(member: type) -> tuple[str, str]:
    """The key that tells a member of a union from the others, and its value there."""
    for name, hint in _hints(member).items():
        if get_origin(hint) is Literal:
            return name, str(get_args(hint)[0])
    raise TypeError(f"{member.__name__} has no tag")


class _Reporter:
    """Turns the errors of pydantic into diagnostics, each fault once."""

    def __init__(self, root: Node, shape: type, found: Collector, *, is_whole: bool) -> None:
        self.root = root
        self.shape = shape
        self.found = found
        self.is_whole = is_whole
        self.seen: set[tuple[Rule, KeyPath]] = set()

    def report(self, error: ValidationError) -> None:
        """Report every fault, in the order of the files."""
        details = error.errors(include_url=False, include_input=False)
        spots = [_trace(self.shape, detail["loc"]) for detail in details]
        unions: dict[KeyPath, list[type]] = {}
        for spot in spots:
            for path, member in spot.members:
                if member not in unions.setdefault(path, []):
                    unions[path].append(member)
        for detail, spot in zip(details, spots, strict=True):
            wrong = next(((path, member) for path, member in spot.members if not self._is_meant(path, member)), None)
            if wrong is None:
                self._report_one(detail["type"], spot, detail.get("ctx", {}))
            elif not any(self._is_meant(wrong[0], member) for member in unions[wrong[0]]):
                self._report_union(wrong[0], unions[wrong[0]])

    def _is_meant(self, path: KeyPath, member: type) -> bool:
        key, value = _tag(member)
        node = self._node(path)
        tag = node.child(key) if node is not None else None
        return tag is not None and tag.value == value

    def _report_union(self, path: KeyPath, members: list[type]) -> None:
        node = self._node(path)
        key = _tag(members[0])[0]
        if node is None or not isinstance(node.value, dict):
            self._add(rules.BLOCK_EXPECTED, path, value=self._typed(path))
        elif node.child(key) is None:
            self._add(rules.KEY_MISSING, (*path, key), name=key)
        else:
            allowed = ", ".join(_tag(member)[1] for member in members)
            self._add(rules.CHOICE_UNKNOWN, (*path, key), value=self._typed((*path, key)), allowed=allowed)

    def _report_one(self, kind: str, spot: _Spot, context: dict[str, Any]) -> None:
        path = spot.path
        if kind == "missing":
            self._report_missing(path)
        elif kind == "unexpected_keyword_argument":
            self._report_unknown(path, spot.around)
        elif kind in ("enum", "literal_error"):
            allowed = ", ".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
            self._add(rules.CHOICE_UNKNOWN, path, value=self._typed(path), allowed=allowed)
        elif kind.startswith("dataclass"):
            is_text = _members(spot.asked)[1] is Text
            rule = rules.TWO_LANGUAGES_EXPECTED if is_text else rules.BLOCK_EXPECTED
            self._add(rule, path, value=self._typed(path))
        elif path[-1] in ("nl", "en") and self._is_empty(path):
            self._add(rules.LANGUAGE_MISSING, path, language=str(path[-1]))
        else:
            typed = next((rule for start, rule in _RULES if kind.startswith(start)), rules.PLAIN_VALUE_EXPECTED)
            value = self._typed(path)
            node = self._node(path)
            if node is not None and isinstance(node.value, str):
                value = f'"{value}"'  # a number in quotes is a text, and must look like one
            self._add(rules.PLAIN_VALUE_EXPECTED if spot.is_plain else typed, path, value=value)

    def _report_missing(self, path: KeyPath) -> None:
        key = str(path[-1])
        if len(path) == 1 and not self.is_whole:
            return
        if path == ("registers",):
            self._add(rules.FILE_MISSING, path, file="registers.yaml")
        elif path == ("standards",):
            self._add(rules.FILE_MISSING, path, file="1-….yaml")
        elif key in ("nl", "en"):
            self._add(rules.LANGUAGE_MISSING, path, language=key)
        else:
            self._add(rules.KEY_MISSING, path, name=key)

    def _report_unknown(self, path: KeyPath, shape: Any) -> None:
        key = str(path[-1])
        allowed = [ALIASES.get(item.name, item.name) for item in fields(shape) if item.name != "digest"]
        if shape is Framework:
            allowed.append("standard")
        node = self._node(path[:-1])
        free = [name for name in allowed if node is None or node.child(name) is None]
        near = difflib.get_close_matches(key.lower(), free, n=1)
        if near:
            self._add(rules.KEY_MISSPELT, path, name=key, nearest=near[0])
        else:
            self._add(rules.KEY_UNKNOWN, path, name=key, allowed=", ".join(allowed))

    def _is_empty(self, path: KeyPath) -> bool:
        node = self._node(path)
        return node is None or node.value is None

    def _typed(self, path: KeyPath) -> str:
        """What was typed there, as a short text."""
        node = self._node(path)
        if node is None or node.value is None:
            return "–"
        if isinstance(node.value, dict | list):
            return "{…}" if isinstance(node.value, dict) else "[…]"
        if isinstance(node.value, bool):
            return str(node.value).lower()
        text = str(node.value)
        return text if len(text) <= 60 else f"{text[:59]}…"

    def _node(self, path: KeyPath) -> Node | None:
        node: Node | None = self.root
        for step in path:
            node = node.child(step) if node is not None else None
        return node

    def _add(self, rule: Rule, path: KeyPath, **facts: str) -> None:
        if (rule, path) not in self.seen:
            self.seen.add((rule, path))
            named: dict[str, Any] = {**facts}
            self.found.add(rule, place_of(self.root, path), **named)
