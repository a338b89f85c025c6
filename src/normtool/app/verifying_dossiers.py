"""Checking a dossier: does what is written follow from the evidence and the norms in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from normtool import __version__
from normtool.app.attaching import bytes_of, files_in
from normtool.app.making import DOSSIER
from normtool.app.verifying_account import Account
from normtool.app.verifying_evidence import Around, check_evidence
from normtool.core.circles import part_for
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Dossier, Stage
from normtool.core.places import FilePlace, KeyPlace
from normtool.core.standards import Framework
from normtool.core.verifying import differences, follow, norm_differences
from normtool.files.dossiers_json import MAX_MEGABYTES, dossier_json, read_dossier
from normtool.files.made_before import digest_of
from normtool.files.standards_yaml import find_framework, load_framework
from normtool.telling.difference_texts import cut

JSON = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A dossier as it was read, with its bytes and their SHA-256."""

    dossier: Dossier
    content: bytes
    digest: str

    @property
    def whole_digest(self) -> str:
        """The SHA-256 of the whole dossier.json: of this one, or of what it is a part of."""
        return self.dossier.part.digest if self.dossier.part is not None else self.digest


def read_content(content: bytes, name: str) -> tuple[Read | None, Diagnostics]:
    """A dossier in bytes, under the name that what is said of it will have."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.json"
        path.write_bytes(content)
        dossier, found = read_dossier(path)
    named = tuple(replace(item, place=_named(item.place, name)) for item in found)
    return (Read(dossier=dossier, content=content, digest=digest_of(content)) if dossier else None), named


def _named(place: Any, name: str) -> Any:
    return replace(place, file=name) if isinstance(place, FilePlace | KeyPlace) else place


def find_whole(digest: str, folders: Iterable[Path]) -> Read | None:
    """The whole dossier.json with this SHA-256, when it stands in one of these folders."""
    return next(
        (read_content(data, path.name)[0] for path, data in _files(folders) if digest_of(data) == digest), None
    )


def find_written_anew(
    digest: str, folders: Iterable[Path], dressed: Callable[[Dossier], Dossier | None]
) -> Read | None:
    """The dossier in one of these folders that has this SHA-256 once it is dressed and written anew.

    So a dossier that another program saved is known again, and one of which a document wears another house style.
    """
    for path, data in _files(folders):
        read, _ = read_content(data, path.name)
        dossier = dressed(read.dossier) if read is not None else None
        if read is None or dossier is None or dossier.part is not None:
            continue
        content = dossier_json(dossier)
        if digest_of(content) == digest:
            return Read(dossier=dossier, content=data if dossier == read.dossier else content, digest=digest)
    return None


def _files(folders: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    """What may be dossiers in these folders, with their bytes: of each folder first the one that is called so."""
    for folder in dict.fromkeys(item.resolve() for item in folders):
        for path in sorted(files_in(folder, JSON), key=lambda path: path.name != DOSSIER):
            content = bytes_of(path, MAX_MEGABYTES * 1_000_000)
            if content is not None:
                yield path, content


def check_dossier(account: Account, read: Read, around: Around) -> None:
    """Note what agrees and differs in a dossier."""
    dossier = read.dossier
    followed = follow(dossier)
    wrong = account.differ_in("value", differences(dossier.assessment, followed.assessment))
    if not wrong:
        indicators = account.words.say_count("verify.indicators", len(dossier.assessment.indicators))
        key = "standards" if dossier.part is not None else "assessment"
        account.agree(key, indicators=indicators, version=__version__)
    if followed.untested and dossier.part is None:
        account.open("inherited", count=len(followed.untested))
    _check_writing(account, read)
    _check_norms(account, dossier)
    _check_sub_networks(account, dossier, around.folders)
    if dossier.part is not None:
        _check_part(account, read, around.folders)
    else:
        check_evidence(account, dossier, around)
        _say_what_evidence_lacks(account, dossier)


def _say_what_evidence_lacks(account: Account, dossier: Dossier) -> None:
    """Name what a dossier tells that does not follow from its evidence: former years, and how far the review is."""
    if dossier.history:
        account.open("history", years=", ".join(str(year.assessment_year) for year in dossier.history))
    if dossier.stage is not Stage.FILLED or dossier.release is not None or dossier.shares_name:
        account.open("stage")


def _check_writing(account: Account, read: Read) -> None:
    """What the file says beside what is read from it (names, digests), and whether it is as it was written."""
    again = dossier_json(read.dossier)
    if again == read.content:
        account.agree("bytes")
        return
    try:
        ours: Any = json.loads(again)
        theirs: Any = json.loads(read.content.decode("utf-8-sig"))
    except ValueError:  # read before, so never
        return
    found = list(_between(theirs, ours, ""))
    for path, written, follows in found:
        account.differ_at("written", path, _short(written), _short(follows))
    if not found:
        account.agree("saved_again")


def _between(written: Any, ours: Any, path: str) -> Iterable[tuple[str, Any, Any]]:
    """Where JSON differs from how it would be written now; keys that only a newer version writes are left out."""
    if isinstance(written, dict) and isinstance(ours, dict):
        for key, value in written.items():
            at = f"{path}.{key}" if path else key
            if key in ours:
                yield from _between(value, ours[key], at)
            else:
                yield at, value, None
    elif isinstance(written, list) and isinstance(ours, list) and len(written) == len(ours):
        for number, (first, second) in enumerate(zip(written, ours, strict=True)):
            yield from _between(first, second, f"{path}[{number}]")
    elif written != ours:
        yield path, written, ours


def _short(value: Any) -> str:
    try:
        return cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    except RecursionError:  # something nested without end, under a key of its own
        return "…"


# --- norms ----------------------------------------------------------------------------------------------------


@cache
def _installed(identifier: str) -> Framework | None:
    folder, _ = find_framework(identifier)
    return load_framework(folder)[0] if folder is not None else None


def _check_norms(account: Account, dossier: Dossier) -> None:
    """The norms in the dossier against the installed ones of the same name and edition."""
    norms = dossier.framework
    # A path would be read from the disk: only a name is looked up.
    is_name = norms.id.replace("-", "").isalnum()
    installed = _installed(norms.id) if is_name else None
    named = {"name": account.words.text(norms.name), "edition": norms.edition}
    if installed is None or installed.edition != norms.edition:
        account.open("norms", **named)
        return
    found, decides = norm_differences(dossier, installed)
    if decides or (found and dossier.program == __version__):
        account.differ_in("norm", found)
    elif found:
        account.open("norm_texts", **named, version=dossier.program)
    elif norms.digest != installed.digest and dossier.program == __version__:
        account.differ("norm_digest", **named)
    else:
        account.agree("norms", **named)


# --- what only the original can show --------------------------------------------------------------------------


def _check_sub_networks(account: Account, dossier: Dossier, folders: Sequence[Path]) -> None:
    """What a region's dossier keeps of its sub-networks, against their own dossiers where those are there."""
    inner = [item for folder in folders[:1] for item in _folders_in(folder)]
    missing = []
    for item in dossier.sub_networks:
        if item.assessment is None or dossier.part is not None:
            continue
        whole = find_whole(item.digest, (*inner, *folders)) if item.digest else None
        if whole is None:
            missing.append(item.name or item.code)
        elif not account.differ_in("sub_network", differences(item.assessment, whole.dossier.assessment)):
            account.agree("sub_network", name=item.name or item.code)
    if missing:
        account.open("sub_networks", names=", ".join(missing))


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(item for item in folder.iterdir() if item.is_dir())[:100]
    except OSError:
        return []


def _check_part(account: Account, read: Read, folders: Sequence[Path]) -> None:
    """A part against the same part of the whole dossier, when that is there."""
    part = read.dossier.part
    if part is None:
        return
    whole = find_whole(part.digest, folders)
    if whole is None:
        account.open("part")
        account.open("whole", digest=part.digest[:12])
        return
    if not account.differ_in("value", differences(whole.dossier.assessment, follow(whole.dossier).assessment)):
        indicators = account.words.say_count("verify.indicators", len(whole.dossier.assessment.indicators))
        account.agree("assessment", indicators=indicators, version=__version__)
    follows = part_for(whole.dossier, part.circle, whole.digest, part.member)
    if not account.differ_in("part", differences(read.dossier, follows)):
        account.agree("part")


def unreadable(rule: Any, path: Path, **facts: str) -> Diagnostic:
    """A diagnostic on a file as a whole."""
    return Diagnostic(rule=rule, place=FilePlace(file=path.name), facts=tuple(facts.items()))
