"""Dossiers that a command was given: read, restyled, and cut to what a circle may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from normtool.app.house_style import restyled
from normtool.app.reading import Common
from normtool.core.circles import may_become, part_for
from normtool.core.comparability import NamedDossier
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Circle, Dossier
from normtool.core.house_style import HouseStyle
from normtool.core.member_names import find_member
from normtool.core.own_terms import own_term
from normtool.core.places import FilePlace
from normtool.core.rules_privacy import WIDER_THAN_PART
from normtool.files.dossiers_json import dossier_json, read_dossier
from normtool.telling.own_words import own_words, words_for
from normtool.texts import Words

DOSSIER = "dossier.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDossier:
    """A dossier, the file it was read from, and the SHA-256 of the whole dossier.json it is (a part of)."""

    path: Path
    dossier: Dossier
    digest: str

    @property
    def place(self) -> FilePlace:
        """The file, for what there is to say of it."""
        return FilePlace(file=self.path.name)


def read_given(common: Common, paths: Iterable[Path]) -> tuple[tuple[GivenDossier, ...], Diagnostics]:
    """The dossiers in these files, or in these folders, in the house style that was given; with all that is wrong.

    A file that was given twice is read once.
    """
    found: list[GivenDossier] = []
    said: list[Diagnostic] = []
    for path in dict.fromkeys(_file(path) for path in paths):
        dossier, diagnostics = read_dossier(path)
        said += diagnostics
        if dossier is None:
            continue
        styled, about_style = restyled(common, dossier)
        said += (item for item in about_style if item not in said)
        if styled is not None:
            found.append(GivenDossier(path=path, dossier=styled, digest=digest_of(styled)))
    return tuple(found), tuple(said)


def named(given: Iterable[GivenDossier]) -> tuple[NamedDossier, ...]:
    """The dossiers, with how each is called where several are spoken of."""
    return tuple(NamedDossier(file=_name_among_others(item.path), dossier=item.dossier) for item in given)


def _name_among_others(path: Path) -> str:
    """All are `dossier.json`, so the folder it stands in tells more."""
    folder = path.absolute().parent.name
    return f"{folder}/{path.name}" if path.name == DOSSIER and folder else path.name


def _file(path: Path) -> Path:
    return path / DOSSIER if path.is_dir() else path


def digest_of(dossier: Dossier) -> str:
    """The SHA-256 of the whole dossier.json: of the dossier itself, or of what it is a part of."""
    return dossier.part.digest if dossier.part is not None else hashlib.sha256(dossier_json(dossier)).hexdigest()


def cut(given: GivenDossier, circle: Circle, member: str = "") -> tuple[GivenDossier | None, Diagnostics]:
    """What a circle, or one member in it, may see of a dossier; None, with the reason, when that cannot be made."""
    dossier = given.dossier
    identifier = ""
    if member:
        found = find_member(dossier, member)
        if isinstance(found, Diagnostic):
            return None, (replace(found, place=given.place),)
        identifier = found
    if not may_become(dossier, circle, identifier):
        return None, (Diagnostic(rule=WIDER_THAN_PART, place=given.place),)
    return replace(given, dossier=part_for(dossier, circle, given.digest, identifier)), ()


def cut_all(
    given: Iterable[GivenDossier], circle: Circle, member: str = ""
) -> tuple[tuple[GivenDossier, ...], Diagnostics]:
    """What a circle may see of each dossier, and why it may not be made of some."""
    made = [cut(item, circle, member) for item in given]
    parts = tuple(part for part, _ in made if part is not None)
    return parts, tuple(item for _, refused in made for item in refused)


def in_own_style(common: Common, dossiers: Sequence[Dossier], *, is_of_one: bool) -> tuple[HouseStyle | None, Words]:
    """The house style and the words for one document of these dossiers.

    Years of one network that may be named have those of its latest year. Several networks have the house style that
    was given and nothing of their own: it would tell, or choose, who they are.
    """
    latest = max(dossiers, key=lambda item: item.evidence.network.assessment_year)
    if is_of_one:
        return latest.house_style, words_for(latest, common.words)
    house = latest.house_style if common.house_style is not None else None
    return house, own_words(common.words, own_term((), house))
