"""YAML as a tree that knows the line and column of every value.

Built from the events of the C parser rather than by its composer: the composer works by recursion, so a few
kilobytes of brackets would end the process. Only what the norms need is understood: text, numbers,
true/false, lists and blocks. `yes`, `no`, `on` and `off` are words here, not true and false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from normtool.core import rules_standards as rules
from normtool.core.diagnostics import Collector, Related, Rule
from normtool.core.places import KeyPlace

MAX_DEPTH = 40
MAX_NODES = 200_000
"""How many values a file may hold once its aliases are written out."""

KeyPath = tuple[str | int, ...]

_TRUE_FALSE = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]{1,18}(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?")


@dataclass(slots=True)
class Node:
    """One value: a scalar, a list of entries, or a block of entries by key; where it starts, and its size."""

    file: str
    line: int
    column: int
    value: Any
    size: int = 1

    def entry(self, step: str | int) -> Entry | None:
        """What stands under a key or at a position, if it is there."""
        found: Entry | None = None
        if isinstance(step, str) and isinstance(self.value, dict):
            found = self.value.get(step)
        elif isinstance(step, int) and isinstance(self.value, list) and step < len(self.value):
            found = self.value[step]
        return found

    def child(self, step: str | int) -> Node | None:
        """The value under a key or at a position, if it is there."""
        entry = self.entry(step)
        return entry.node if entry is not None else None

    def plain(self) -> Any:
        """The same value without places."""
        if isinstance(self.value, dict):
            return {key: entry.node.plain() for key, entry in self.value.items()}
        if isinstance(self.value, list):
            return [entry.node.plain() for entry in self.value]
        return self.value


@dataclass(slots=True)
class Entry:
    """A key of a block or an item of a list: where it stands, and its value."""

    file: str
    line: int
    column: int
    node: Node


def place_of(root: Node, path: KeyPath) -> KeyPlace:
    """Where this path stands: its key, or else the nearest block or list around it that is there."""
    node, at = root, Entry(root.file, root.line, root.column, root)
    names: list[str] = []
    for step in path:
        entry = node.entry(step)
        names.append(_name(step, entry))
        if entry is None:
            break
        node, at = entry.node, entry
    return KeyPlace(file=at.file, line=at.line, column=at.column, path=".".join(names))


def _name(step: str | int, entry: Entry | None) -> str:
    """A list item goes by its id when it has one."""
    identity = entry.node.child("id") if entry is not None and isinstance(step, int) else None
    return str(identity.value) if identity is not None and isinstance(identity.value, str) else str(step)


def read_tree(text: str, file: str, found: Collector) -> Node | None:
    """The tree of one file; None when it cannot be used, with a diagnostic that says why."""
    builder = _Builder(file, found)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except _StopReadingError:
        return None
    except yaml.YAMLError as error:
        _note_syntax(text, file, error, found)
        return None
    if builder.root is None or builder.root.value is None:
        found.add(rules.FILE_EMPTY, KeyPlace(file=file, line=1, column=1))
        return None
    return builder.root


class _StopReadingError(Exception):
    """The file cannot be read any further; the diagnostic has been made."""


@dataclass(slots=True)
class _Open:
    """A list or block that is being filled; `key` waits for its value."""

    node: Node
    anchor: str | None
    key: tuple[str, int, int] | None = None

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.node.value, dict)


@dataclass(slots=True)
class _Builder:
    """Puts the events of the parser together, without recursion."""

    file: str
    found: Collector
    root: Node | None = None
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str | None, Node] = field(default_factory=dict)

    def take(self, event: Any) -> None:
        """Add one event to the tree."""
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, [])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            done = self.stack.pop()
            self._add(done.node, done.anchor, event)
        elif isinstance(event, yaml.AliasEvent):
            known = self.anchors.get(event.anchor)
            if known is None:  # unknown, or an alias inside its own anchor
                self._stop(rules.YAML_TOO_DEEP, event)
            else:
                self._add(known, None, event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(rules.YAML_SYNTAX, event)

    def _take_scalar(self, event: Any) -> None:
        mark = event.start_mark
        top = self.stack[-1] if self.stack else None
        if top is not None and top.awaits_key:
            top.key = (event.value, mark.line + 1, mark.column + 1)
            return
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            self._stop(rules.YAML_SYNTAX, event)
        is_plain = event.tag is None and event.implicit[0]
        value = plain_scalar(event.value) if is_plain else event.value
        self._add(Node(self.file, mark.line + 1, mark.column + 1, value), event.anchor, event)

    def _open(self, event: Any, value: Any) -> None:
        if event.tag is not None or (self.stack and self.stack[-1].awaits_key):
            self._stop(rules.YAML_SYNTAX, event)
        if len(self.stack) >= MAX_DEPTH:
            self._stop(rules.YAML_TOO_DEEP, event)
        mark = event.start_mark
        self.stack.append(_Open(Node(self.file, mark.line + 1, mark.column + 1, value), event.anchor))

    def _add(self, node: Node, anchor: str | None, event: Any) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if top.awaits_key:  # an alias as a key
            self._stop(rules.YAML_SYNTAX, event)
        top.node.size += node.size
        if top.node.size > MAX_NODES:
            self._stop(rules.YAML_TOO_DEEP, event)
        if top.key is None:
            top.node.value.append(Entry(self.file, node.line, node.column, node))
        else:
            self._add_key(top, top.key, node)

    def _add_key(self, top: _Open, key_at: tuple[str, int, int], node: Node) -> None:
        key, line, column = key_at
        first: Entry | None = top.node.value.get(key)
        if first is None:
            top.node.value[key] = Entry(self.file, line, column, node)
        else:
            path = ".".join(opened.key[0] for opened in self.stack if opened.key is not None)
            place = KeyPlace(file=self.file, line=line, column=column, path=path)
            before = KeyPlace(file=self.file, line=first.line, column=first.column, path=path)
            self.found.add(rules.KEY_TWICE, place, related=(Related(place=before, role="first"),), name=key)
        top.key = None

    def _stop(self, rule: Rule, event: Any) -> None:
        mark = event.start_mark
        self.found.add(rule, KeyPlace(file=self.file, line=mark.line + 1, column=mark.column + 1))
        raise _StopReadingError


def plain_scalar(text: str) -> str | int | float | bool | None:
    """What an unquoted word means: nothing, true or false, a number, else the text itself (dates too)."""
    if text in _NOTHING:
        return None
    if text in _TRUE_FALSE:
        return _TRUE_FALSE[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _note_syntax(text: str, file: str, error: yaml.YAMLError, found: Collector) -> None:
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # a control character somewhere: the parser gives an offset at most
        offset = getattr(error, "position", 0) or 0
        before = text[:offset]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    else:
        line, column = mark.line + 1, mark.column + 1
    lines = text.splitlines()
    typed = lines[line - 1] if line <= len(lines) else ""
    if typed.startswith("\t") or typed[column - 1 : column] == "\t":
        rule = rules.YAML_TAB
    elif "mapping values are not allowed" in str(getattr(error, "problem", "")):
        rule = rules.YAML_COLON
    else:
        rule = rules.YAML_SYNTAX
    found.add(rule, KeyPlace(file=file, line=line, column=column))
