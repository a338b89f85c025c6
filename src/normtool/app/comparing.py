"""`compare`: networks or years side by side, as a page or a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from normtool.app.dossiers import GivenDossier, cut_all, in_own_style, named, read_given
from normtool.app.exits import DONE
from normtool.app.reading import Common, diagnostics_json, in_order, not_written, refuse, show_diagnostics
from normtool.app.reporting import without_pdf
from normtool.core.comparability import check_comparable, check_editions
from normtool.core.comparison import Comparison, Scope
from normtool.core.comparison import compare as side_by_side
from normtool.core.diagnostics import Diagnostics
from normtool.core.dossier import Circle, Dossier
from normtool.files.outputs import OutputError, check_target, write_files

HTML = ".html"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRequest:
    """What `compare` was asked; the end of `target` says what is made."""

    common: Common
    dossiers: tuple[Path, ...]
    target: Path
    anonymous: bool = False


def compare(request: CompareRequest) -> int:
    """Lay dossiers side by side in one document, and say where it is."""
    common, target = request.common, request.target
    given, faults = read_given(common, request.dossiers)
    if any(item.is_error for item in faults):
        return refuse(common, in_order(faults))
    parts, found = _parts(given, is_anonymous=request.anonymous)
    diagnostics = in_order((*faults, *found))
    if any(item.is_error for item in diagnostics):
        return refuse(common, diagnostics)
    try:
        check_target(target.parent, (target.name,), force=common.force)
        comparison = side_by_side(parts, is_anonymous=request.anonymous)
        diagnostics = in_order((*diagnostics, *check_editions(comparison)))
        return _write(request, (comparison, parts), diagnostics)
    except OutputError as error:
        return not_written(common, error)


def _parts(given: tuple[GivenDossier, ...], *, is_anonymous: bool) -> tuple[tuple[Dossier, ...], Diagnostics]:
    """What networks may see of the dossiers, and what keeps these from standing side by side."""
    apart = check_comparable(named(given), is_anonymous=is_anonymous)
    parts, refused = cut_all(given, Circle.NETWORK)
    return tuple(item.dossier for item in parts), (*apart, *refused)


def _write(request: CompareRequest, made: tuple[Comparison, tuple[Dossier, ...]], diagnostics: Diagnostics) -> int:
    common, target = request.common, request.target
    content = _content(common, target.suffix.lower(), made)
    if content is None:
        return without_pdf(common, diagnostics)
    show_diagnostics(common, diagnostics, notes=True)
    write_files(target.parent, {target.name: content}, force=common.force)
    circle = Circle.NETWORK.value
    said = {"file": str(target), "circle": circle, "anonymous": request.anonymous}
    common.screen.result({**said, "diagnostics": diagnostics_json(common, diagnostics)})
    word = common.words.say(f"verdicts.circle.{circle}")
    common.screen.told(common.words.say("cli.made_file", path=target, circle=word))
    return DONE


def _content(common: Common, suffix: str, made: tuple[Comparison, tuple[Dossier, ...]]) -> bytes | None:
    """The bytes of the document; None where a PDF cannot be made on this machine."""
    from normtool.documents.comparison_pages import comparison_html, comparison_pdf
    from normtool.documents.pdf import PdfUnavailable

    comparison, dossiers = made
    is_of_one = comparison.scope is Scope.YEARS and not comparison.is_anonymous
    house, words = in_own_style(common, dossiers, is_of_one=is_of_one)
    if suffix == HTML:
        return comparison_html(comparison, dossiers, words, house).encode("utf-8", "backslashreplace")
    try:
        with common.screen.progress(words.say("cli.making_pdf")):
            return comparison_pdf(comparison, dossiers, words, house)
    except PdfUnavailable:
        return None
