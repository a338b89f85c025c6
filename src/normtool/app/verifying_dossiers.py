"""Checking a dossier: does what is written follow from the evidence and the norms in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from normtool import __version__
from normtool.app.attaching import FoundEvidence, bytes_of, changed_beside, evidence_beside, files_in
from normtool.app.figures import read_figures_files
from normtool.app.making import DOSSIER
from normtool.app.verifying_account import Account
from normtool.core.circles import part_for
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Dossier, Stage
from normtool.core.evidence import Evidence
from normtool.core.intake import Known, take_in
from normtool.core.places import FilePlace, KeyPlace
from normtool.core.standards import Framework
from normtool.core.verifying import differences, follow, norm_differences
from normtool.files.dossiers_json import MAX_MEGABYTES, dossier_json, read_dossier
from normtool.files.made_before import digest_of
from normtool.files.networks_yaml import load_registry
from normtool.files.reading_worker import read_all
from normtool.files.standards_yaml import find_framework, load_framework
from normtool.telling.difference_texts import cut
from normtool.telling.form_texts import form_texts

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
    for folder in dict.fromkeys(item.resolve() for item in folders):
        for path in sorted(files_in(folder, JSON), key=lambda path: path.name != DOSSIER):
            content = bytes_of(path, MAX_MEGABYTES * 1_000_000)
            if content is not None and digest_of(content) == digest:
                return read_content(content, path.name)[0]
    return None


def check_dossier(account: Account, read: Read, folders: Sequence[Path], evidence: Sequence[FoundEvidence]) -> None:
    """Note what agrees and differs in a dossier; `evidence` are workbooks that came with it."""
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
    _check_sub_networks(account, dossier, folders)
    if dossier.part is not None:
        _check_part(account, read, folders)
    else:
        _check_evidence(account, dossier, folders, evidence)
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


def _check_evidence(
    account: Account, dossier: Dossier, folders: Sequence[Path], given: Sequence[FoundEvidence]
) -> None:
    """The evidence in the dossier against the workbooks it was read from, when all of those are there."""
    came = {item.source.digest: item for item in given}
    beside, missing = evidence_beside(dossier, folders)
    found = [*beside, *(came[item.digest] for item in missing if item.digest in came)]
    absent = [item.file for item in missing if item.digest not in came]
    for file in changed_beside(absent, folders):
        account.differ("evidence_changed", file=file)
    if absent or not dossier.evidence.files:
        account.open("evidence", files=", ".join(absent))
        return
    evidence = _read_again(dossier, found)
    if evidence is None:
        account.open("evidence_unread", files=", ".join(item.source.file for item in found))
    elif not account.differ_in("evidence", differences(dossier.evidence, evidence)):
        account.agree("evidence", files=", ".join(item.file for item in dossier.evidence.files))


def _read_again(dossier: Dossier, found: Sequence[FoundEvidence]) -> Evidence | None:
    """The evidence as these files give it now, in the order in which they were read."""
    order = {item.digest: place for place, item in enumerate(dossier.evidence.files)}
    in_order = sorted(found, key=lambda item: order[item.source.digest])
    with TemporaryDirectory() as folder:
        # Under names of our own: a dossier from elsewhere may name any path.
        paths = [Path(folder) / f"{number}{_ending(item)}" for number, item in enumerate(in_order)]
        for path, item in zip(paths, in_order, strict=True):
            path.write_bytes(item.content)
        named = {path: item.source for path, item in zip(paths, in_order, strict=True)}
        forms = [path for path in paths if not named[path].is_figures]
        read = read_all(forms)
        figures, _, _ = read_figures_files(tuple(path for path in paths if named[path].is_figures))
    names = {path.name: source.file for path, source in named.items()}
    grids = tuple(replace(item.grid, file=names[item.path.name]) for item in read if item.grid is not None)
    if len(grids) != len(forms):
        return None
    network = dossier.evidence.network
    known = Known(
        on=network.reference_date if network.reference_date_overridden else None,
        figures=tuple(replace(item, file=names[item.file]) for item in figures),
        form_texts=form_texts(dossier.framework),
        registry=load_registry(None)[0],
    )
    return take_in(dossier.framework, grids, known)[0]


def _ending(item: FoundEvidence) -> str:
    return ".csv" if item.source.file.lower().endswith(".csv") else ".xlsx"


def unreadable(rule: Any, path: Path, **facts: str) -> Diagnostic:
    """A diagnostic on a file as a whole."""
    return Diagnostic(rule=rule, place=FilePlace(file=path.name), facts=tuple(facts.items()))
