"""What was made before in a folder, so that a document that would come out the same is not made again.

`.normtool.json` stands beside the documents and says of each from what it was made and what its bytes were. It can
be thrown away at any time: then everything is made again, once. A damaged one is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from normtool import __version__
from normtool.resources import PACKAGE, data_dir

KEPT = ".normtool.json"
FORMAT = 1
MOST_BYTES = 64 * 1024
"""More than the few documents of one folder need."""
LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "fonttools", "pillow", "jinja2", "xlsxwriter", "babel")
"""What lays out documents beside our own code; asked by name, for importing them takes a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is remembered of one document: the digest of all that entered it, and the SHA-256 of the file itself."""

    made_from: str
    content: str


def kept_in(folder: Path) -> dict[str, Kept]:
    """What is remembered of the documents in a folder, by name; nothing when it cannot be read."""
    try:
        with (folder / KEPT).open("rb") as stream:
            told = json.loads(stream.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    documents = told.get("documents") if isinstance(told, dict) and told.get("format") == FORMAT else None
    found = documents.items() if isinstance(documents, dict) else ()
    return {name: kept for name, item in found if (kept := _kept(item)) is not None}


def _kept(item: object) -> Kept | None:
    if not isinstance(item, dict):
        return None
    made_from, content = item.get("made_from"), item.get("content")
    if not (isinstance(made_from, str) and isinstance(content, str) and made_from and content):
        return None
    return Kept(made_from=made_from, content=content)


def kept_json(documents: Mapping[str, Kept]) -> bytes:
    """The file that remembers these documents."""
    told = {
        "about": "normtool: safe to delete",
        "format": FORMAT,
        "documents": {
            name: {"made_from": item.made_from, "content": item.content} for name, item in sorted(documents.items())
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def digest_of(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file; empty when there is none, or it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def all_that_enters(*parts: str) -> str:
    """The digest of what a document is made from: these parts, and the program that makes it."""
    return digest_of("\n".join((*parts, program_digest())).encode())


@cache
def program_digest() -> str:
    """The digest of the program as it stands here: its code, words, templates and fonts, and its libraries.

    Code and words too, for in a checkout they change without the version doing so.
    """
    total = hashlib.sha256(f"{__version__} {sys.version_info[:3]} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for name in LIBRARIES:
        total.update(f"{name} {_version(name)}\n".encode())
    for folder in (PACKAGE, data_dir("templates")):
        for path in sorted(folder.rglob("*")):
            if path.suffix not in (".pyc", "") and path.is_file():
                total.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                total.update(path.read_bytes())
    return total.hexdigest()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
