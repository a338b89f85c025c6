"""Checking the evidence in a dossier: does it still stand so in the workbooks that it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from normtool.app.attaching import FoundEvidence, evidence_beside, named_alike
from normtool.app.figures import read_figures_files
from normtool.app.verifying_account import Account
from normtool.core.dossier import Dossier
from normtool.core.evidence import Evidence, SourceFile
from normtool.core.intake import Known, take_in
from normtool.core.verifying import differences
from normtool.files.networks_yaml import load_registry
from normtool.files.reading_worker import read_all
from normtool.telling.form_texts import form_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a dossier is checked beside: where its evidence may stand, the workbooks that came with it, and the file
    with own networks that was named."""

    folders: tuple[Path, ...]
    came: tuple[FoundEvidence, ...] = ()
    networks: Path | None = None


def check_evidence(account: Account, dossier: Dossier, around: Around) -> None:
    """The evidence in the dossier against the workbooks it was read from, when all of those are there."""
    came = {item.source.digest: item for item in around.came}
    beside, missing = evidence_beside(dossier, around.folders)
    found = [*beside, *(came[item.digest] for item in missing if item.digest in came)]
    lost = [item for item in missing if item.digest not in came]
    now = _what_they_are_now(account, dossier, lost, around) if lost else []
    if lost and len(now) == len(lost):
        evidence = _read_again(dossier, [*found, *now], around)
        if not _agrees_still(account, dossier, now, evidence) and around.networks is None:
            account.open("networks")
        return
    for item in now:  # it may only have been saved again: without the others that cannot be told
        account.open("evidence_changed", file=item.source.file)
    if lost or not dossier.evidence.files:
        account.open("evidence", files=_names(lost))
        return
    evidence = _read_again(dossier, found, around)
    if evidence is None:
        account.open("evidence_unread", files=_names(item.source for item in found))
    elif not account.differ_in("evidence", differences(dossier.evidence, evidence)):
        account.agree("evidence", files=_names(dossier.evidence.files))
    elif around.networks is None:
        account.open("networks")


def _agrees_still(
    account: Account, dossier: Dossier, now: Sequence[FoundEvidence], evidence: Evidence | None
) -> bool:
    """Whether files that are no longer as they were read were only saved once more; else they have other answers."""
    files = dossier.evidence.files
    apart = tuple(differences(dossier.evidence, replace(evidence, files=files))) if evidence is not None else ()
    if evidence is not None and not apart:
        account.agree("evidence_saved_again", files=_names(item.source for item in now))
        return True
    for item in now:
        account.differ("evidence_changed", file=item.source.file)
    account.differ_in("evidence", apart)
    return False


def _what_they_are_now(
    account: Account, dossier: Dossier, lost: Sequence[SourceFile], around: Around
) -> list[FoundEvidence]:
    """Of files that are not there as they were read: what each has become, as far as it is here.

    A name alone says little: another year's form may well have the same one.
    """
    ours: dict[str, FoundEvidence] = {}
    strange: dict[str, FoundEvidence] = {}
    for item in named_alike(dossier, lost, around.folders):
        (ours if _is_of(dossier, item, around) else strange).setdefault(item.source.digest, item)
    for digest, item in strange.items():
        if digest not in ours:
            account.open("evidence_other", file=item.source.file)
    return list(ours.values())


def _is_of(dossier: Dossier, item: FoundEvidence, around: Around) -> bool:
    """Whether a file is of the same network and year; a table of figures does not say of which it is."""
    if item.source.is_figures:
        return True
    evidence = _read_again(dossier, (item,), around)
    if evidence is None:
        return False
    first, second = dossier.evidence.network, evidence.network
    return (first.code, first.assessment_year) == (second.code, second.assessment_year)


def _read_again(dossier: Dossier, found: Sequence[FoundEvidence], around: Around) -> Evidence | None:
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
        registry=load_registry(around.networks)[0],
    )
    return take_in(dossier.framework, grids, known)[0]


def _ending(item: FoundEvidence) -> str:
    return ".csv" if item.source.file.lower().endswith(".csv") else ".xlsx"


def _names(files: Iterable[SourceFile]) -> str:
    return ", ".join(item.file for item in files)
