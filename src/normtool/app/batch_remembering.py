"""A network of a batch of which nothing has changed since its documents were made: it need not be read again.

Its folder remembers from what its dossier was made. Whatever was asked or given enters that digest, unless it is
listed here as something that changes no dossier.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path

from normtool.app.assessing import holds
from normtool.app.batch_reading import Batch, NetworkForms, NetworkRead
from normtool.app.batch_telling import Outcome, Result
from normtool.app.delivering import what_enters
from normtool.app.making import DOSSIER, AssessRequest, document_names
from normtool.app.reading import ReadEvidence
from normtool.files.dossier_glance import glance
from normtool.files.house_style_yaml import read_house_style
from normtool.files.made_before import Kept, all_that_enters, digest_of, digest_of_file, kept_in
from normtool.resources import data_dir

ENTERS_NO_DOSSIER = {
    "request": frozenset({"common", "given", "folder", "only", "require"}),
    "common": frozenset({"screen", "standards", "force", "jobs"}),
    "given": frozenset({"paths", "annotate"}),
}
"""Where results go and what they look like; forms and norms enter by what is in them, and not by their paths."""


def all_that_was_asked(request: AssessRequest) -> str:
    """Everything that was asked and given beside forms and norms, as one text; empty when that cannot be told."""
    told = [
        _told(item.name, getattr(value, item.name))
        for name, value in (("request", request), ("common", request.common), ("given", request.given))
        for item in fields(value)
        if item.name not in ENTERS_NO_DOSSIER[name]
    ]
    return "" if None in told else f"{told!r}"


def _told(name: str, value: object) -> str | None:
    """A value as text, a file by what is in it; None for what cannot be told so."""
    if name == "words":
        return str(getattr(value, "language", ""))
    if name == "house_style":  # with its logo, which stands in a file beside it
        return repr(read_house_style(value)[0]) if isinstance(value, Path) else ""
    if isinstance(value, Path):
        return f"{name}={value.name} {digest}" if (digest := digest_of_file(value)) else None
    if isinstance(value, tuple):
        parts = [_told(name, part) for part in value]
        return None if None in parts else f"{name}={parts!r}"
    return f"{name}={value!r}"


def all_that_entered(request: AssessRequest, batch: Batch, network: NetworkForms, asked: str) -> str:
    """The digest of everything that the dossier of a network follows from; empty when something cannot be told."""
    if not asked or any(file.grid is None for file in network.files):
        return ""
    forms = (f"{grid.file} {grid.digest}" for grid in network.forms.grids)
    norms = f"{batch.framework.digest} {batch.framework.settings!r}"
    # Former years that were given may be those of the other networks.
    others = [(item.forms.code, item.forms.name) for item in batch.networks] if request.given.former else []
    return all_that_enters(*forms, norms, reference_digest(), f"{network.about!r} {others!r}", asked)


@cache
def reference_digest() -> str:
    """The digest of what is known of networks, members and treatments beside the norms."""
    folder = data_dir("standards") / "reference"
    return digest_of("\n".join(digest_of_file(path) for path in sorted(folder.glob("*"))).encode())


def remembered(request: AssessRequest, batch: Batch, network: NetworkForms, entered: str) -> Outcome | None:
    """What came of a network, when all that was asked of it lies there unchanged; None when it must be read."""
    folder = (request.folder or Path()) / network.folder
    former = kept_in(folder)
    kept = former.get(DOSSIER)
    if not entered or kept is None or kept.made_from != entered:
        return None
    wanted = what_enters(kept.content, request.only, request.common.words.language)
    for name, made_from in wanted.items():
        if former.get(name) != Kept(made_from=made_from, content=digest_of_file(folder / name)):
            return None
    try:
        content = (folder / DOSSIER).read_bytes()
    except OSError:
        return None
    seen = glance(content, with_verdicts=bool(request.require)) if digest_of(content) == kept.content else None
    if seen is None:
        return None
    names = document_names(request.only)
    return Outcome(
        network=NetworkRead(
            code=seen.code,
            name=seen.name,
            year=network.forms.year,
            folder=network.folder,
            read=ReadEvidence(
                framework=batch.framework,
                files=network.files,
                forms=(),
                evidence=None,
                diagnostics=seen.diagnostics,
                unusable=False,
            ),
        ),
        folder=folder,
        found=seen.diagnostics,
        result=Result.UNCHANGED,
        files=names,
        unchanged=names,
        is_held=seen.assessment is None or holds(seen.assessment, request.require),
    )
