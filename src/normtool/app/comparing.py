"""`compare`: networks or years side by side, as a page or a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from normtool.app.dossiers import DOSSIER, GivenDossier, cut, read_given
from normtool.app.exits import DONE, NOT_WRITTEN
from normtool.app.reading import (
    Common,
    diagnostics_json,
    in_order,
    not_written,
    refuse,
    show_diagnostics,
    wrong_use,
)
from normtool.core.comparability import NamedDossier, check_comparable, check_editions
from normtool.core.comparison import Comparison, Scope
from normtool.core.comparison import compare as side_by_side
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Circle, Dossier
from normtool.core.house_style import HouseStyle
from normtool.core.own_terms import own_term
from normtool.files.outputs import OutputError, check_target, write_files
from normtool.telling.own_words import own_words, words_for
from normtool.texts import Words

HTML, PDF = ".html", ".pdf"


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
    words = common.words
    if target.suffix.lower() not in (HTML, PDF):
        return wrong_use(common, words.say("cli.wrong_suffix", found=target.name, choices=f"{PDF}, {HTML}"))
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
    named = tuple(NamedDossier(file=file_name(item.path), dossier=item.dossier) for item in given)
    found: list[Diagnostic] = list(check_comparable(named, is_anonymous=is_anonymous))
    parts = []
    for item in given:
        part, refused = cut(item, Circle.NETWORK)
        found += refused
        if part is not None:
            parts.append(part.dossier)
    return tuple(parts), tuple(found)


def file_name(path: Path) -> str:
    """How a dossier is called among others: all are `dossier.json`, so the folder it stands in tells more."""
    folder = path.absolute().parent.name
    return f"{folder}/{path.name}" if path.name == DOSSIER and folder else path.name


def _write(request: CompareRequest, made: tuple[Comparison, tuple[Dossier, ...]], diagnostics: Diagnostics) -> int:
    common, target = request.common, request.target
    show_diagnostics(common, diagnostics, notes=True)
    content = _content(common, target.suffix.lower(), made)
    if content is None:
        sentence = common.words.say("cli.no_pdf_report")
        common.screen.result({"diagnostics": diagnostics_json(common, diagnostics), "error": sentence})
        common.screen.problem(sentence)
        return NOT_WRITTEN
    write_files(target.parent, {target.name: content}, force=common.force)
    circle = Circle.NETWORK.value
    said = {"file": str(target), "circle": circle, "anonymous": request.anonymous}
    common.screen.result({**said, "diagnostics": diagnostics_json(common, diagnostics)})
    word = common.words.say(f"verdicts.circle.{circle}")
    common.screen.lines(common.words.say("cli.made_file", path=target, circle=word))
    return DONE


def _content(common: Common, suffix: str, made: tuple[Comparison, tuple[Dossier, ...]]) -> bytes | None:
    """The bytes of the document; None where a PDF cannot be made on this machine."""
    from normtool.documents.comparison_pages import comparison_html, comparison_pdf
    from normtool.documents.pdf import PdfUnavailable

    comparison, dossiers = made
    house, words = _in_own_style(common, *made)
    if suffix == HTML:
        return comparison_html(comparison, dossiers, words, house).encode("utf-8", "backslashreplace")
    try:
        with common.screen.progress(words.say("cli.making_pdf")):
            return comparison_pdf(comparison, dossiers, words, house)
    except PdfUnavailable:
        return None


def _in_own_style(
    common: Common, comparison: Comparison, dossiers: tuple[Dossier, ...]
) -> tuple[HouseStyle | None, Words]:
    """The house style that was given, with its words; of years of one network that may be named else its own.

    Several networks have none of theirs: it would tell, or choose, who they are.
    """
    latest = max(dossiers, key=lambda item: item.evidence.network.assessment_year)
    if comparison.scope is Scope.YEARS and not comparison.is_anonymous:
        return latest.house_style, words_for(latest, common.words)
    house = latest.house_style if common.house_style is not None else None
    return house, own_words(common.words, own_term((), house))
