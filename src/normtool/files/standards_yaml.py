"""A folder with standards files becomes a Framework, with every fault at its file, line and column."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from normtool.core import rules_standards as rules
from normtool.core.diagnostics import Collector, Diagnostic, Diagnostics, Related
from normtool.core.echelons import care_register
from normtool.core.places import FilePlace, KeyPlace
from normtool.core.standards import Framework
from normtool.core.standards_check import check_framework
from normtool.files.yaml_places import Entry, Node, place_of, read_tree
from normtool.resources import data_dir

MAX_MEGABYTES = 2
REFERENCE_FILES = ("tumour-types.yaml", "treatments.yaml", "echelons.yaml", "iza.yaml")

_FILE_KEYS = {
    "framework": (
        ("id", "name", "edition", "status", "notice", "basis", "load", "settings"),
        ("soncos", "oeci"),
    ),
    "registers": (("registers",), ()),
    "volume-norms": (("volume_norms",), ()),
    "tumour-types": (("tumour_groups",), ("network_words",)),
    "treatments": (("treatments",), ()),
    "echelons": (("echelons",), ()),
    "iza": (("iza",), ()),
}
"""Which top keys a kind of file has: required, optional."""

TOP_KEYS = {key for required, optional in _FILE_KEYS.values() for key in required + optional} | {"standard"}


def available_frameworks() -> tuple[Path, ...]:
    """The folders of the built-in frameworks; their names are the names `--standards` takes."""
    return tuple(sorted(file.parent for file in data_dir("standards").glob("*/framework.yaml")))


def find_framework(name: str) -> tuple[Path | None, Diagnostics]:
    """The folder that `--standards NAME|DIR` means: a built-in name goes before a folder of the same name."""
    built_in = {folder.name: folder for folder in available_frameworks()}
    if name in built_in:
        return built_in[name], ()
    if Path(name).is_dir() or Path(name).name != name:  # a path that leads nowhere is not a misspelt name
        return Path(name), ()
    near = difflib.get_close_matches(name, built_in, n=1) or sorted(built_in)
    found = Collector()
    found.add(rules.FRAMEWORK_UNKNOWN, name=name, available=", ".join(near))
    return None, found.done()


def load_framework(folder: Path) -> tuple[Framework | None, Diagnostics]:
    """Read, validate and check a framework: all that was found, and None for it when that holds an error."""
    from normtool.files.standards_shapes import framework_of

    found = Collector()
    if not folder.is_dir():
        found.add(rules.FOLDER_MISSING, FilePlace(file=str(folder)), folder=str(folder))
        return None, found.done()
    texts = _read_texts(folder.resolve(), found)
    trees = [read_tree(text, name, found) for name, text in texts.items()]
    is_whole = not any(item.is_error and item.rule is not rules.KEY_TWICE for item in found.items)
    root = _merge(folder.resolve().name, [tree for tree in trees if tree is not None], found)
    framework = framework_of(root, _digest(folder.resolve().name, texts), found, is_whole=is_whole)
    if framework is not None and care_register(framework) is None:
        framework = replace(framework, echelons=None)  # the reference is shared, also by norms without echelons
    if framework is not None and not any(item.is_error for item in found.items):
        found.items += check_framework(framework, lambda path: place_of(root, path))
    has_error = any(item.is_error for item in found.items)
    return None if has_error else framework, in_file_order(found.items, tuple(texts))


def _read_texts(folder: Path, found: Collector) -> dict[str, str]:
    """The text of every file that belongs to the framework, by a short name, in the order of reading."""
    files = {f"{folder.name}/{file.name}": file for file in _yaml_files(folder)}
    if f"{folder.name}/framework.yaml" not in files:
        found.add(rules.FILE_MISSING, FilePlace(file=folder.name), file="framework.yaml")
    inside, beside = folder / "reference", folder.parent / "reference"
    own = inside if inside.is_dir() else beside
    prefix = f"{folder.name}/reference" if inside.is_dir() else "reference"
    files |= {f"{prefix}/{name}": own / name for name in REFERENCE_FILES if (own / name).is_file()}
    texts = {name: read_text(name, file, found) for name, file in files.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _yaml_files(folder: Path) -> list[Path]:
    files = [file for file in folder.iterdir() if file.suffix in (".yaml", ".yml") and file.name[0] != "."]
    return sorted(files, key=lambda file: (file.name != "framework.yaml", _natural(file.name)))


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key in which 10 comes after 9, and numbers before letters."""
    parts = [part for part in re.split(r"(\d+)", name) if part]
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def read_text(name: str, file: Path, found: Collector) -> str | None:
    """The text of a YAML file, with line feeds for line ends; None, with a diagnostic, when it cannot be read."""
    try:
        if file.stat().st_size > MAX_MEGABYTES * 1_000_000:
            found.add(rules.FILE_TOO_LARGE, FilePlace(file=name), megabytes=MAX_MEGABYTES)
            return None
        data = file.read_bytes()
    except OSError:
        found.add(rules.FILE_UNREADABLE, FilePlace(file=name))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        found.add(rules.NOT_UTF8, KeyPlace(file=name, line=line, column=column))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(folder_name: str, texts: dict[str, str]) -> str:
    """SHA-256 over names and texts: the same on every system, and for a copy under another folder name."""
    total = hashlib.sha256()
    for name, text in sorted((name.removeprefix(f"{folder_name}/"), text) for name, text in texts.items()):
        data = text.encode()
        total.update(f"{name}\n{len(data)}\n".encode() + data)
    return total.hexdigest()


def _merge(folder_name: str, trees: list[Node], found: Collector) -> Node:
    """One block with the keys of all files; the standards of all files in one list."""
    root = Node(f"{folder_name}/framework.yaml", 1, 1, {})
    standards: list[Entry] = []
    for tree in trees:
        if not isinstance(tree.value, dict):
            found.add(rules.BLOCK_EXPECTED, place_of(tree, ()), value="…")
            continue
        for key, entry in tree.value.items():
            if key == "standard":
                standards.append(entry)
            elif key == "standards" and isinstance(entry.node.value, list):
                standards += entry.node.value
            else:
                _merge_key(root, key, entry, found)
    if standards:
        root.value.setdefault("standards", Entry(root.file, 1, 1, Node(root.file, 1, 1, standards)))
    return root


def _merge_key(root: Node, key: str, entry: Entry, found: Collector) -> None:
    place = KeyPlace(file=entry.file, line=entry.line, column=entry.column, path=key)
    first: Entry | None = root.value.get(key)
    if key == "digest":
        found.add(rules.KEY_UNKNOWN, place, name=key, allowed=", ".join(sorted(TOP_KEYS)))
    elif first is None:
        root.value[key] = entry
    elif entry.file.rpartition("/")[2] not in REFERENCE_FILES:  # a framework's own groups go before the reference
        before = KeyPlace(file=first.file, line=first.line, column=first.column, path=key)
        found.add(rules.KEY_TWICE, place, related=(Related(place=before, role="first"),), name=key)


def in_file_order(items: Iterable[Diagnostic], names: tuple[str, ...]) -> Diagnostics:
    """By file in the order of reading, then by line: the order in which somebody would correct them."""

    def position(item: Diagnostic) -> tuple[int, int, int]:
        place = item.place
        file = names.index(place.file) if place is not None and place.file in names else -1
        return (file, place.line, place.column) if isinstance(place, KeyPlace) else (file, 0, 0)

    return tuple(sorted(items, key=position))


def framework_schema() -> dict[str, Any]:
    """A JSON Schema for editors per kind of file: `framework`, `registers`, `standard` and the like."""
    from normtool.files.standards_shapes import framework_adapter

    whole = framework_adapter().json_schema()
    definitions = whole["$defs"]
    standard = {"standard": definitions["Standard"], "standards": whole["properties"]["standards"]}
    schemas = {
        kind: _file_schema({key: whole["properties"][key] for key in required + optional}, required, definitions)
        for kind, (required, optional) in _FILE_KEYS.items()
    }
    return schemas | {"standard": _file_schema(standard, (), definitions)}


def _file_schema(
    properties: dict[str, Any], required: tuple[str, ...], definitions: dict[str, Any]
) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        "$defs": definitions,
    }
