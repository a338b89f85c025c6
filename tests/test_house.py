"""The house keeps its shape: imports go down, files stay small, every sentence is said and every code has words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "normtool"
ROOT = PACKAGE.parent.parent
LAYERS = {
    "__main__": 5,
    "core": 0,
    "resources": 1,
    "texts": 1,
    "telling": 1,
    "documents": 2,
    "files": 2,
    "frames": 3,
    "screen": 2,
    "workbook_bytes": 1,
    "app": 3,
    "cli_documents": 4,
    "cli_evidence": 4,
    "cli_help": 4,
    "cli_networks": 4,
    "cli_norms": 4,
    "cli_options": 4,
    "cli": 4,
}
FORBIDDEN_NAMES = {"utils", "common", "helpers", "manager", "base"}
CORE_MAY_IMPORT = {
    "__future__",
    "bisect",
    "calendar",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "itertools",
    "math",
    "re",
    "string",
    "typing",
    "types",
    "unicodedata",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(path: Path) -> None:
    own = layer_of(path)
    if own == "__init__":
        return
    for name in imported(path):
        if not name.startswith("normtool."):
            continue
        other = name.split(".")[1]
        assert LAYERS[other] <= LAYERS[own], f"{own} imports {other}"
        assert {own, other} != {"documents", "files"}, "documents and files do not know each other"


@pytest.mark.parametrize("path", sorted((PACKAGE / "core").rglob("*.py")), ids=lambda path: path.stem)
def test_core_is_pure(path: Path) -> None:
    for name in imported(path):
        assert name.split(".")[0] in CORE_MAY_IMPORT | {"normtool"}, name
        assert not name.startswith("normtool.") or name.startswith("normtool.core"), name


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert path.stem not in FORBIDDEN_NAMES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 50, node.name


def test_no_code_among_the_data() -> None:
    for folder in ("standards", "templates", "sample_data"):
        assert not list((ROOT / folder).rglob("*.py"))


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            assert isinstance(key, str), f"{path}: {key!r} is not text (quote it)"
            yield from leaves(value, f"{path}.{key}" if path else key)
    else:
        assert isinstance(node, str), f"{path} is not a sentence"
        yield path, node


def topic(language: str, name: str) -> dict[str, str]:
    text = (PACKAGE / "words" / language / name).read_text(encoding="utf-8")
    return dict(leaves(yaml.safe_load(text)))


def topics() -> list[str]:
    return sorted(path.name for path in (PACKAGE / "words" / "nl").iterdir())


def test_both_languages_have_the_same_topics() -> None:
    assert topics() == sorted(path.name for path in (PACKAGE / "words" / "en").iterdir())


@pytest.mark.parametrize("name", topics())
def test_both_languages_have_the_same_sentences_with_the_same_facts(name: str) -> None:
    dutch, english = topic("nl", name), topic("en", name)
    assert list(dutch) == list(english)
    for key, sentence in dutch.items():
        facts = set(re.findall(r"{(\w+)", sentence))
        assert facts == set(re.findall(r"{(\w+)", english[key])), key


@cache
def spoken() -> tuple[frozenset[str], frozenset[str]]:
    """What stands in code and templates: runs of words with dots between them, and single words between quotes."""
    sources = [*modules(), *(ROOT / "templates").rglob("*.j2")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    return frozenset(re.findall(r"[\w.]+", code)), frozenset(re.findall(r"[\"'](\w+)[\"']", code))


def is_used(own: str, key: str) -> bool:
    """Whether the code names this sentence: whole, or so that the rest of its key is filled in."""
    runs, quoted = spoken()
    parts = key.split(".")
    if parts[-1] in {"one", "other"}:
        parts.pop()
    begun = [".".join(parts[:n]) for n in range(1, len(parts))]
    named = {".".join(parts), *(f"{start}." for start in begun)}
    named |= {f"{own}.{start}" for start in named}
    if f"{own}." in runs:  # f"topic.{this}.rest", or a key that is chosen from a tuple of words
        named |= {f".{'.'.join(parts[n:])}" for n in range(1, len(parts))}
    return not named.isdisjoint(runs) or (f"{own}." in runs and quoted.issuperset(parts))


@pytest.mark.parametrize("name", [name for name in topics() if not re.match(r"nt\dxx", name)])
def test_every_sentence_is_used(name: str) -> None:
    own = name.partition(".")[0]
    assert [key for key in topic("nl", name) if not is_used(own, key)] == []


def test_a_sentence_that_nobody_says_is_found() -> None:
    assert is_used("cli", "made_file")
    assert not is_used("cli", "made_file_of_old")
    assert not is_used("report", "nobody.says_this")
