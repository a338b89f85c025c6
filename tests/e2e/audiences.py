"""Every document that is shown on a screen, of invented networks, by what it is and for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from normtool.core.circles import part_for
from normtool.core.comparison import compare
from normtool.core.dossier import Circle, Dossier
from normtool.core.history import former_year
from normtool.documents.comparison_pages import comparison_html
from normtool.documents.pages import report_html
from normtool.files.dossiers_json import dossier_json
from normtool.texts import Words
from tests.dossier_examples import HOSTILE, built_in, mixed, nearly_unknown
from tests.region_examples import three

MEMBER = "dewaard"
AUDIENCES = ("review", "board", "public", "comparison")


def write_page(folder: Path, name: str, language: str) -> Path:
    """A page of `PAGES` as a file."""
    path = folder / f"{name}-{language}.html"
    path.write_text(PAGES[name](Words(language)), encoding="utf-8")
    return path


def _report(dossier: Dossier) -> Callable[[Words], str]:
    return lambda words: report_html(dossier, words)


def _part(whole: Dossier, circle: Circle, member: str = "") -> Callable[[Words], str]:
    digest = sha256(dossier_json(whole)).hexdigest()
    return lambda words: report_html(part_for(whole, circle, digest, member), words)


def _with_former_year() -> Dossier:
    before = replace(former_year(built_in(), nearly_unknown(), "ab" * 32), assessment_year=2025, reporting_year=2024)
    return replace(mixed(), history=(before,))


def _comparison(*dossiers: Dossier, is_anonymous: bool = False) -> Callable[[Words], str]:
    return lambda words: comparison_html(compare(dossiers, is_anonymous=is_anonymous), dossiers, words)


PAGES: dict[str, Callable[[Words], str]] = {
    "review": _report(mixed()),
    "review-sparse": _report(nearly_unknown()),
    "review-hostile": _report(mixed(explanation=HOSTILE)),
    "review-region": _report(three()),
    "review-former-year": _report(_with_former_year()),
    "board": _part(mixed(), Circle.BOARD),
    "board-sparse": _part(nearly_unknown(), Circle.BOARD),
    "board-region": _part(three(), Circle.BOARD),
    "board-member": _part(mixed(), Circle.BOARD, MEMBER),
    "public": _part(mixed(), Circle.PUBLIC),
    "public-sparse": _part(nearly_unknown(), Circle.PUBLIC),
    "public-region": _part(three(), Circle.PUBLIC),
    "comparison": _comparison(mixed(), nearly_unknown(), is_anonymous=True),
}
