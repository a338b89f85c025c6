"""What still has to be made in a folder, what lies there already, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from normtool.app.making import DOCUMENTS, DOSSIER, Stored, document_names
from normtool.files.made_before import KEPT, Kept, all_that_enters, digest_of, digest_of_file, kept_in, kept_json
from normtool.files.outputs import OutputError, check_target


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The documents of one dossier in one folder: those that lie there unchanged, and the kinds still to be made.

    `made_from` is the digest of all that enters each document, `former` what is remembered of this folder.
    `in_doubt` are files of which nothing is remembered: they may stay when they turn out to be the same.
    """

    folder: Path
    stored: Stored
    only: tuple[str, ...]
    unchanged: tuple[str, ...]
    to_make: tuple[str, ...]
    made_from: Mapping[str, str]
    former: Mapping[str, Kept] = field(default_factory=dict)
    in_doubt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The files to write for a plan, and the names of the documents that are (or were) made."""

    files: Mapping[str, bytes]
    names: tuple[str, ...]
    unchanged: tuple[str, ...]


def plan_for(folder: Path, stored: Stored, only: tuple[str, ...], asked: tuple[str, bool]) -> Plan:
    """What has to be made of a dossier in a folder; `asked` is the language, and whether files may be overwritten.

    Raises:
        OutputError: a file that would become another one is in the way, or the folder cannot be one.
    """
    language, force = asked
    names = document_names(only)
    check_target(folder, (*names, KEPT), force=True)
    former = kept_in(folder)
    made_from = what_enters(stored.digest, only, language)
    there = {name: digest for name in names if (digest := digest_of_file(folder / name))}
    unchanged = [name for name in names if name in there and _is_same(name, there[name], stored, (made_from, former))]
    others = [name for name in names if name not in unchanged and (folder / name).exists()]
    in_doubt = tuple(name for name in others if DOSSIER in unchanged and name not in former)
    if not force:
        refuse_others(folder, (name for name in others if name not in in_doubt))
    return Plan(
        folder=folder,
        stored=stored,
        only=only,
        unchanged=tuple(unchanged),
        to_make=tuple(kind for kind in only if DOCUMENTS[kind] not in unchanged),
        made_from=made_from,
        former=former,
        in_doubt=() if force else in_doubt,
    )


def what_enters(digest: str, only: tuple[str, ...], language: str) -> dict[str, str]:
    """The digest of all that enters each document, by its name; `digest` is that of the dossier."""
    return {DOCUMENTS[kind]: all_that_enters(kind, language, digest) for kind in only}


def _is_same(name: str, digest: str, stored: Stored, known: tuple[Mapping[str, str], Mapping[str, Kept]]) -> bool:
    """Whether the file that lies there is what would be made now."""
    made_from, former = known
    if name == DOSSIER:
        return digest == stored.digest
    return former.get(name) == Kept(made_from=made_from[name], content=digest)


def refuse_others(folder: Path, names: Iterable[str]) -> None:
    """Refuse to overwrite the first of these.

    Raises:
        OutputError: there is one.
    """
    for name in names:
        raise OutputError("exists", folder / name)


def delivery(plan: Plan, made: Mapping[str, bytes]) -> Delivery:
    """What is to be written, now that these documents were made; what turns out to be the same is left alone.

    Raises:
        OutputError: a file of which nothing was remembered is another one after all.
    """
    folder = plan.folder
    new = {name: content for name, content in made.items() if digest_of_file(folder / name) != digest_of(content)}
    refuse_others(folder, (name for name in plan.in_doubt if name in new))
    same = {*plan.unchanged, *(name for name in made if name not in new)}
    files = {DOSSIER: plan.stored.content} if DOSSIER not in same else {}
    files |= new
    names = tuple(name for name in document_names(plan.only) if name in same or name in files)
    kept = {name: item for name, item in plan.former.items() if name not in plan.made_from}
    kept |= {name: plan.former[name] for name in plan.unchanged if name in plan.made_from}
    kept |= {name: Kept(made_from=plan.made_from[name], content=digest_of(data)) for name, data in made.items()}
    kept.pop(DOSSIER, None)
    if plan.stored.made_from:
        kept[DOSSIER] = Kept(made_from=plan.stored.made_from, content=plan.stored.digest)
    remembered = kept_json(kept)
    if digest_of_file(folder / KEPT) != digest_of(remembered):
        files[KEPT] = remembered
    return Delivery(files=files, names=names, unchanged=tuple(name for name in names if name in same))
