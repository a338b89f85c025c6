"""Dossiers as data frames, for notebooks: `read` files, then ask for a table (docs/frames.md).

    from normtool import frames
    dossiers = frames.read(["on-1-2026/dossier.json", "on-2-2026"])
    frames.indicators(dossiers).groupby(["indicator", "verdict"]).size()

Small numbers of patients are masked as in every document for networks. Titles and names are Dutch unless
`language="en"`; names of tables and columns, and codes, are the same in every language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from normtool.core.circles import may_become, part_for
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Circle, Dossier
from normtool.core.places import FilePlace
from normtool.core.rules_privacy import WIDER_THAN_PART
from normtool.files.dossiers_json import read_dossier
from normtool.files.frames import frame_of
from normtool.files.frames_all import dictionary_table
from normtool.files.frames_records import indicators_table, networks_table, rows_table, standards_table
from normtool.files.frames_registers import (
    actions_table,
    bottlenecks_table,
    documents_table,
    echelons_table,
    iza_table,
    volumes_table,
)
from normtool.telling.diagnostic_texts import as_text
from normtool.texts import LANGUAGES, Words

__all__ = [
    "DossierError",
    "actions",
    "bottlenecks",
    "data_dictionary",
    "documents",
    "echelons",
    "indicators",
    "iza",
    "networks",
    "read",
    "rows",
    "standards",
    "volumes",
]

DOSSIER = "dossier.json"
DUTCH = "nl"


class DossierError(ValueError):
    """A file cannot be used; its text says what is wrong, `diagnostics` the same as values."""

    def __init__(self, path: Path, diagnostics: Diagnostics, words: Words) -> None:
        lines = [line for item in diagnostics for line in as_text(item, words)]
        super().__init__("\n".join((str(path), *lines)))
        self.diagnostics = diagnostics


def read(
    paths: str | Path | Iterable[str | Path], *, masked: bool = True, language: str = DUTCH
) -> tuple[Dossier, ...]:
    """The dossiers in these files, or in these folders.

    `language` is that of what is said of a file that cannot be used. `masked=False` keeps small numbers of patients
    as they are: only for the network's own eyes, on its own machine.

    Raises:
        DossierError: a file is not a dossier, or holds less than networks may see.
        ValueError: the language is none of ours.
    """
    words = _words(language)
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return tuple(_read(Path(path), words, masked=masked) for path in given)


def _read(path: Path, words: Words, *, masked: bool) -> Dossier:
    file = path / DOSSIER if path.is_dir() else path
    dossier, diagnostics = read_dossier(file)
    if dossier is None:
        raise DossierError(file, diagnostics, words)
    if not masked:
        return dossier
    if not may_become(dossier, Circle.NETWORK):
        refused = Diagnostic(rule=WIDER_THAN_PART, place=FilePlace(file=file.name))
        raise DossierError(file, (refused,), words)
    return part_for(dossier, Circle.NETWORK, hashlib.sha256(file.read_bytes()).hexdigest())


def _words(language: str) -> Words:
    if language not in LANGUAGES:
        raise ValueError(f"language: {language!r}; choose {' or '.join(LANGUAGES)}")
    return Words(language)


def networks(dossiers: Iterable[Dossier]) -> pd.DataFrame:
    """One row a dossier: which network, which years, by which norms, and how far."""
    return frame_of(networks_table(dossiers))


def standards(dossiers: Iterable[Dossier], language: str = DUTCH) -> pd.DataFrame:
    """One row a standard of a dossier: its verdict with its bounds, and its counts."""
    return frame_of(standards_table(dossiers, _words(language)))


def indicators(dossiers: Iterable[Dossier], language: str = DUTCH) -> pd.DataFrame:
    """One row an indicator of a dossier: its verdict, and what it rests on."""
    return frame_of(indicators_table(dossiers, _words(language)))


def rows(dossiers: Iterable[Dossier], language: str = DUTCH) -> pd.DataFrame:
    """One row a row of a register that an indicator was judged by."""
    return frame_of(rows_table(dossiers, _words(language)))


def volumes(dossiers: Iterable[Dossier], language: str = DUTCH) -> pd.DataFrame:
    """One row a volume norm beside a number of treatments at a location in a year."""
    return frame_of(volumes_table(dossiers, _words(language)))


def echelons(dossiers: Iterable[Dossier], language: str = DUTCH) -> pd.DataFrame:
    """One row a location and a tumour group: its echelon as stated and by its volumes."""
    return frame_of(echelons_table(dossiers, _words(language)))


def iza(dossiers: Iterable[Dossier], language: str = DUTCH) -> pd.DataFrame:
    """One row a tumour group and a step of concentration and spreading that something is known of."""
    return frame_of(iza_table(dossiers, _words(language)))


def documents(dossiers: Iterable[Dossier]) -> pd.DataFrame:
    """One row a document of the register of documents."""
    return frame_of(documents_table(dossiers))


def actions(dossiers: Iterable[Dossier]) -> pd.DataFrame:
    """One row an action of the register of actions."""
    return frame_of(actions_table(dossiers))


def bottlenecks(dossiers: Iterable[Dossier]) -> pd.DataFrame:
    """One row a bottleneck."""
    return frame_of(bottlenecks_table(dossiers))


def data_dictionary(language: str = DUTCH) -> pd.DataFrame:
    """One row a column of every table: its type, unit, values, source and meaning."""
    return frame_of(dictionary_table(_words(language)))
