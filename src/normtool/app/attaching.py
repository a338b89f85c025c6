"""The workbooks that a dossier was read from, found beside it and attached to the report on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Dossier
from normtool.core.evidence import SourceFile
from normtool.core.rules_verifying import EVIDENCE_NOT_ATTACHED
from normtool.documents.pdf import Attachment
from normtool.texts import Words

if TYPE_CHECKING:  # `verify` looks for evidence too, and needs nothing that reading needs
    from normtool.app.dossiers import GivenDossier
    from normtool.app.reading import Common

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {".xlsx": WORKBOOK, ".csv": "text/csv"}
MAX_BYTES = 50_000_000
"""A larger file is not looked at: no form comes near it."""
MAX_LOOKED_AT = 500
"""Files of a folder that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvidence:
    """A file that a dossier was read from, as it was then."""

    source: SourceFile
    content: bytes


def evidence_beside(
    dossier: Dossier, folders: Iterable[Path]
) -> tuple[tuple[FoundEvidence, ...], tuple[SourceFile, ...]]:
    """The files that a dossier was read from that stand unchanged in one of these folders, and those that do not.

    A file is known by its SHA-256; its name may have changed.
    """
    wanted = {source.digest: source for source in dossier.evidence.files}
    found: dict[str, bytes] = {}
    for path in _candidates(dossier.evidence.files, tuple(dict.fromkeys(folder.resolve() for folder in folders))):
        content = bytes_of(path)
        digest = hashlib.sha256(content).hexdigest() if content is not None else ""
        if content is not None and digest in wanted:
            found[digest] = content
        if len(found) == len(wanted):
            break
    there = tuple(
        FoundEvidence(source=item, content=found[digest]) for digest, item in wanted.items() if digest in found
    )
    return there, tuple(item for digest, item in wanted.items() if digest not in found)


def _candidates(sources: tuple[SourceFile, ...], folders: tuple[Path, ...]) -> Iterator[Path]:
    """Files that may be the ones: first those with their names, then any other of their kind."""
    names = dict.fromkeys(Path(source.file).name for source in sources)
    yield from (folder / name for folder in folders for name in names)
    endings = dict.fromkeys(Path(name).suffix.lower() for name in names)
    others = (path for folder in folders for ending in endings for path in files_in(folder, ending))
    yield from (path for path in others if path.name not in names)


def named_alike(
    dossier: Dossier, missing: Iterable[SourceFile], folders: Iterable[Path]
) -> tuple[FoundEvidence, ...]:
    """Of files that are not there as they were read: what stands in these folders under their name.

    A file that is itself evidence, under a name that two of them share, is none of these.
    """
    known = {source.digest for source in dossier.evidence.files}
    places = tuple(dict.fromkeys(folder.resolve() for folder in folders))
    found = ((source, bytes_of(folder / Path(source.file).name)) for source in missing for folder in places)
    return tuple(
        FoundEvidence(source=source, content=content)
        for source, content in found
        if content is not None and hashlib.sha256(content).hexdigest() not in known
    )


def folders_beside(path: Path) -> tuple[Path, ...]:
    """Where what belongs to a file may stand: its folder, the one above, and where the program was started."""
    return path.absolute().parent, path.absolute().parent.parent, Path.cwd()


def files_in(folder: Path, ending: str) -> tuple[Path, ...]:
    """The files of a folder with this ending, in order of their names; none when it cannot be looked into."""
    try:
        return tuple(sorted(item for item in folder.iterdir() if item.suffix.lower() == ending)[:MAX_LOOKED_AT])
    except OSError:
        return ()


def bytes_of(path: Path, most: int = MAX_BYTES) -> bytes | None:
    """What stands in a file; None when it is not there, cannot be read or is too large."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= most else None
    except OSError:
        return None


def attached_evidence(common: Common, given: GivenDossier) -> tuple[tuple[Attachment, ...], Diagnostics]:
    """The workbooks to attach to a report for the review team, and a warning that names those that are not attached.

    To a report with masked numbers nothing is attached: the workbooks hold those numbers.
    """
    dossier = given.dossier
    folders = folders_beside(given.path) if dossier.part is None else ()
    found, missing = evidence_beside(dossier, folders)
    attached = tuple(as_attachment(common.words, item.source.file, item.content) for item in found)
    if not missing:
        return attached, ()
    facts = (("files", ", ".join(item.file for item in missing)),)
    return attached, (Diagnostic(rule=EVIDENCE_NOT_ATTACHED, place=given.place, facts=facts),)


def as_attachment(words: Words, name: str, content: bytes) -> Attachment:
    """A filled-in file as it is attached to a report."""
    kind = MEDIA_TYPES.get(Path(name).suffix.lower(), WORKBOOK)
    told = words.say("verify.evidence", file=name)
    return Attachment(name=name, content=content, description=told, media_type=kind)
