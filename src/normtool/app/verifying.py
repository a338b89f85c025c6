"""`verify`: does a document still say what follows from its evidence and norms. Never uses a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from re import search
from textwrap import wrap

from normtool.app.attaching import FoundEvidence, bytes_of, folders_beside
from normtool.app.exits import DOES_NOT_HOLD, DONE, INPUT_HAS_ERRORS, worst
from normtool.app.house_style import restyled
from normtool.app.making import DOSSIER
from normtool.app.reading import Common, diagnostics_json, given_style, refuse, show_diagnostics
from normtool.app.verifying_account import Account
from normtool.app.verifying_documents import Given, check_page, check_paper, check_workbook, property_in
from normtool.app.verifying_dossiers import (
    Read,
    check_dossier,
    find_whole,
    find_written_anew,
    read_content,
    unreadable,
)
from normtool.app.verifying_evidence import Around
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.rules_standards import DOSSIER_MISSING, DOSSIER_UNREADABLE
from normtool.core.rules_verifying import DOSSIER_NOT_BESIDE, NOT_OUR_DOCUMENT
from normtool.documents.origin import LINE, Origin, parse_origin
from normtool.files.networks_yaml import load_registry
from normtool.files.pdf_reading import MAX_MEGABYTES, AttachedFile, damaged, read_pdf
from normtool.screen import WIDTH

Checked = tuple[Account | None, Diagnostics]
BEGINS = {b"%PDF": "pdf", b"PK\x03\x04": "xlsx"}
NO_JSON = {".pdf", ".html", ".htm", ".xlsx"}
"""A file with such a name that does not begin as one is empty, damaged, or behind a password."""
TABLES = {".csv", ".tsv", ".txt"}
"""Among them what `export` makes; a table does not say what it was made of."""
HEAD = 4_000
"""Characters of a page in which its `<meta>` stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRequest:
    """What `verify` was asked: documents and dossiers, and the file with own networks that they were made with."""

    common: Common
    files: tuple[Path, ...]
    networks: Path | None = None


def verify(request: VerifyRequest) -> int:
    """Check every file that was given, say what was found, and end with 4 when something in one of them differs."""
    common = request.common
    style, about_style = given_style(common)
    if common.house_style is not None and style is None:
        return refuse(common, about_style)
    if request.networks is not None:
        registry, about_networks = load_registry(request.networks)
        if registry is None:
            return refuse(common, about_networks)
    accounts: list[Account] = []
    said: list[Diagnostic] = [*about_style]
    for path in dict.fromkeys(item / DOSSIER if item.is_dir() else item for item in request.files):
        with common.screen.progress(common.words.say("verify.busy", file=path.name)):
            account, found = _check(request, path)
        said += found
        if account is not None:
            accounts.append(account)
    files = [account.json() for account in accounts]
    common.screen.result({"files": files, "diagnostics": diagnostics_json(common, tuple(said))})
    for account in accounts:
        common.screen.lines(*_told(account))
    show_diagnostics(common, tuple(said), notes=True, several=len(request.files) > 1)
    unread = INPUT_HAS_ERRORS if any(item.is_error for item in said) else DONE
    return worst(unread, DONE if all(account.holds for account in accounts) else DOES_NOT_HOLD)


def _check(request: VerifyRequest, path: Path) -> Checked:
    content = bytes_of(path, MAX_MEGABYTES * 1_000_000)
    if content is None:
        return None, (_why_not(path),)
    kind = BEGINS.get(content[:4]) or ("html" if content.lstrip()[:1] == b"<" else "json")
    suffix = path.suffix.lower()
    if kind == "json" and suffix in NO_JSON:
        return None, (damaged(path),)
    if kind == "json" and suffix in TABLES:
        return None, (unreadable(NOT_OUR_DOCUMENT, path),)
    return CHECKS[kind](request, path, content)


def _why_not(path: Path) -> Diagnostic:
    try:
        if path.is_file() and path.stat().st_size > MAX_MEGABYTES * 1_000_000:
            return damaged(path)
        return unreadable(DOSSIER_UNREADABLE if path.exists() else DOSSIER_MISSING, path)
    except OSError:
        return unreadable(DOSSIER_UNREADABLE, path)


def _json(request: VerifyRequest, path: Path, content: bytes) -> Checked:
    read, found = read_content(content, path.name)
    if read is None:
        return None, found
    account = Account(file=path.name, kind="dossier", words=request.common.words)
    check_dossier(account, read, _around(request, path))
    return account, ()


def _pdf(request: VerifyRequest, path: Path, _content: bytes) -> Checked:
    pdf, found = read_pdf(path)
    if pdf is None:
        return None, found
    origin = parse_origin(pdf.keywords)
    own = next((item for item in pdf.attachments if item.name == DOSSIER), None)
    if origin is None:
        return None, (unreadable(NOT_OUR_DOCUMENT, path),)
    account = Account(file=path.name, kind="pdf", words=request.common.words)
    read, refused = _dossier_of(request.common, path, (account, origin), own)
    if read is None:
        return None, refused or (_not_beside(path, origin),)
    evidence = _evidence_of(account, read, [item for item in pdf.attachments if item is not own])
    check_dossier(account, read, _around(request, path, evidence))
    _check_as_made(Given(account=account, path=path, origin=origin, read=read), lambda given: check_paper(given, pdf))
    return account, ()


def _dossier_of(
    common: Common, path: Path, told: tuple[Account, Origin], own: AttachedFile | None
) -> tuple[Read | None, Diagnostics]:
    """The dossier in a document, else the one beside it; what is attached must be what the document names."""
    account, origin = told
    if own is None:
        return _whole_beside(common, path, origin), ()
    read, found = read_content(own.content, f"{path.name} › {DOSSIER}")
    if read is None:
        return None, found
    if origin.digest != read.whole_digest:
        account.differ("attachment", written=read.whole_digest[:12], follows=origin.digest[:12])
    else:
        account.agree("attachment")
    return read, ()


def _whole_beside(common: Common, path: Path, origin: Origin) -> Read | None:
    """The dossier beside a document that it was made of, in the house style that was given."""
    folders = folders_beside(path)
    whole = find_whole(origin.digest, folders)
    return whole or find_written_anew(origin.digest, folders, lambda dossier: restyled(common, dossier)[0])


def _around(request: VerifyRequest, path: Path, evidence: tuple[FoundEvidence, ...] = ()) -> Around:
    return Around(folders=folders_beside(path), came=evidence, networks=request.networks)


def _evidence_of(account: Account, read: Read, attached: Sequence[AttachedFile]) -> tuple[FoundEvidence, ...]:
    """The workbooks in a document that the dossier was read from; any other is not what it seems."""
    sources = {source.digest: source for source in read.dossier.evidence.files}
    for item in attached:
        if item.digest not in sources:
            account.differ("evidence_attached", file=item.name)
    return tuple(
        FoundEvidence(source=sources[item.digest], content=item.content)
        for item in attached
        if item.digest in sources
    )


def _html(request: VerifyRequest, path: Path, content: bytes) -> Checked:
    head = content[:HEAD].decode("utf-8", "replace")
    stated = search(r'<meta name="normtool" content="([^"]*)"', head)
    account = Account(file=path.name, kind="html", words=request.common.words)
    document = (path, stated[1] if stated else "")
    return _beside(request, account, document, lambda given: check_page(given, content))


def _xlsx(request: VerifyRequest, path: Path, content: bytes) -> Checked:
    account = Account(file=path.name, kind="xlsx", words=request.common.words)
    document = (path, property_in(content))
    return _beside(request, account, document, lambda given: check_workbook(given, content))


def _beside(
    request: VerifyRequest, account: Account, document: tuple[Path, str], check: Callable[[Given], None]
) -> Checked:
    """A document that carries no dossier but says what it was made of, checked with the one that stands beside it."""
    path, stated = document
    lines = " ".join(unescape(stated).split())
    origin = parse_origin(lines)
    # A comparison says of each network or year what it was made of.
    if origin is None or len(LINE.findall(lines)) > 1:
        return None, (unreadable(NOT_OUR_DOCUMENT, path),)
    read = _whole_beside(request.common, path, origin)
    if read is None:
        return None, (_not_beside(path, origin),)
    check_dossier(account, read, _around(request, path))
    _check_as_made(Given(account=account, path=path, origin=origin, read=read), check)
    return account, ()


def _check_as_made(given: Given, check: Callable[[Given], None]) -> None:
    if given.origin.program != given.read.dossier.program:
        given.account.differ("version", written=given.origin.program, follows=given.read.dossier.program)
    if given.can_be_made:
        check(given)
    else:
        given.account.differ("narrower")


def _not_beside(path: Path, origin: Origin) -> Diagnostic:
    return unreadable(DOSSIER_NOT_BESIDE, path, digest=origin.digest[:12])


CHECKS: dict[str, Callable[[VerifyRequest, Path, bytes], Checked]] = {
    "pdf": _pdf,
    "xlsx": _xlsx,
    "html": _html,
    "json": _json,
}


def _told(account: Account) -> list[str]:
    """What was found in one file, as lines for the terminal."""
    words = account.words
    verdict = words.say("verify.holds" if account.holds else "verify.does_not_hold")
    lines = [
        "",
        words.say("verify.head", file=account.file, kind=words.say(f"verify.kind.{account.kind}"), verdict=verdict),
    ]
    for heading, sentences in account.parts():
        lines += ["", f"  {heading}"]
        for sentence in sentences:
            lines += wrap(sentence, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
    return lines
