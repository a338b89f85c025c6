"""A comparison as HTML for a screen and as PDF for paper: one set of templates, two media, no script."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup, escape

from normtool.core.comparison import Comparison
from normtool.core.dossier import Dossier
from normtool.core.house_style import HouseStyle
from normtool.core.masking_texts import MASK
from normtool.documents.comparison_maps import MOST_COLUMNS, pitch_of, size_of
from normtool.documents.comparison_views import ComparisonView, comparison_view
from normtool.documents.marks import painted_as
from normtool.documents.page_frame import (
    PRINT,
    SCREEN,
    environment,
    policy,
    print_style,
    running_css,
    screen_style,
    speaker,
)
from normtool.documents.pdf import render_pdf
from normtool.documents.views_house import house_view
from normtool.resources import data_dir
from normtool.texts import Words

TEMPLATE = "comparison.html.j2"


def comparison_html(
    comparison: Comparison, dossiers: tuple[Dossier, ...], words: Words, house: HouseStyle | None = None
) -> str:
    """The comparison as one self-contained page, without network and without script, perhaps in a house style."""
    with painted_as(house):
        view, shown = comparison_view(comparison, dossiers, words), house_view(house)
        running = running_css(
            f"{view.network} · {view.document}",
            (chip.text for chip in view.chips),
            (shown.organisation, view.footer, shown.footer),
        )
        style = screen_style("comparison-screen.css") + running
        return _render(view, words, medium=SCREEN, style=style, policy=policy(style), house=shown)


def comparison_pdf(
    comparison: Comparison, dossiers: tuple[Dossier, ...], words: Words, house: HouseStyle | None = None
) -> bytes:
    """The comparison on A4, tagged, with bookmarks and page numbers; nothing is attached.

    Raises:
        PdfUnavailable: WeasyPrint, or a system library it needs, is missing.
    """
    last = max(column.reporting_year for column in comparison.columns)
    page = printed_comparison(comparison, dossiers, words, house)
    return render_pdf(page, templates=data_dir("templates"), day=date(last, 12, 31))


def printed_comparison(
    comparison: Comparison, dossiers: tuple[Dossier, ...], words: Words, house: HouseStyle | None = None
) -> str:
    """The page as it is laid out on paper; its addresses are those of files in templates/."""
    with painted_as(house):
        style = print_style("comparison-print.css") + _pitches_css()
        view = comparison_view(comparison, dossiers, words)
        return _render(view, words, medium=PRINT, style=style, policy="", house=house_view(house))


def _render(view: ComparisonView, words: Words, *, style: str, **facts: Any) -> str:
    """The page; what a text may not tell of small numbers is said in words."""
    page = (
        environment()
        .get_template(TEMPLATE)
        .render(
            view=view,
            say=speaker(words, "comparison"),
            style=Markup(style),  # noqa: S704 (our own files; the running texts are escaped)
            **facts,
        )
    )
    return page.replace(MASK, str(escape(words.say("verdicts.left_out"))))


def _pitches_css() -> str:
    """The width of the columns of a map, by how many there are."""
    sizes = {size_of(columns): pitch_of(columns) for columns in range(1, MOST_COLUMNS + 1)}
    return "".join(f"table.heat.map-{size} .heat-one{{width:{pitch:.2f}pt}}" for size, pitch in sizes.items())
