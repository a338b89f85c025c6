"""The report as HTML for a screen and as PDF for paper: one frame, two media, and a document per circle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from normtool.core.dossier import Circle, Dossier
from normtool.core.masking_texts import MASK
from normtool.documents.marks import painted_as
from normtool.documents.origin import META_NAME, origin_of
from normtool.documents.page_frame import (
    PRINT,
    SCREEN,
    environment,
    policy,
    print_style,
    running_css,
    screen_style,
    speaker,
    template_text,
)
from normtool.documents.pdf import Attachment, render_pdf
from normtool.documents.views import FurnitureView, report_view
from normtool.documents.views_board import board_view
from normtool.documents.views_house import HouseView, house_view
from normtool.documents.views_public import public_view
from normtool.resources import data_dir
from normtool.texts import Words

TEMPLATE = "report.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a circle gets: the view of its dossier, and what stands in the one frame, as names in templates/.

    `body` are the parts of the main part on a screen, `paper` is all of it on paper; `styles` are its own, by medium.
    """

    view: Callable[[Dossier, Words], Any]
    body: tuple[str, ...]
    paper: str
    styles: Mapping[str, tuple[str, ...]]


def _parts(*names: str) -> tuple[str, ...]:
    return tuple(f"parts/{name}.j2" for name in names)


DOCUMENTS = {
    Circle.REVIEW: Document(
        view=report_view,
        body=_parts(
            *("summary", "guide", "region", "figures", "echelons", "iza", "standards"),
            *("requirements", "organisation", "council", "programme", "annexes", "tools-foot"),
        ),
        paper="parts/print-frame.j2",
        styles={SCREEN: (), PRINT: ()},
    ),
    Circle.BOARD: Document(
        view=board_view,
        body=_parts("board-cover", "board-member", "board-standards", "board-matters"),
        paper="parts/audience-print.j2",
        styles={SCREEN: ("board.css",), PRINT: ("board-print.css",)},
    ),
    Circle.PUBLIC: Document(
        view=public_view,
        body=_parts("public-front", "public-answers", "public-about"),
        paper="parts/audience-print.j2",
        styles={SCREEN: ("public.css",), PRINT: ("public-print.css",)},
    ),
}
"""The report of each circle; a network's part is compared and exported, and has none."""


def report_html(dossier: Dossier, words: Words, digest: str = "") -> str:
    """The report of a circle as one self-contained page: no network, and everything readable without JavaScript.

    `digest` is the SHA-256 of the whole dossier.json; a part knows it itself.
    """
    script = template_text("report.js")
    document = DOCUMENTS[dossier.circle]
    with painted_as(dossier.house_style):
        view = document.view(dossier, words)
        style = screen_style(*document.styles[SCREEN]) + _running(view.furniture, house_view(dossier.house_style))
        return _render(
            dossier,
            words,
            view=view,
            medium=SCREEN,
            digest=digest,
            style=Markup(style),  # noqa: S704 (our own files; the running texts are escaped)
            script=Markup(script),  # noqa: S704 (our own file)
            policy=policy(style, script),
        )


def report_pdf(dossier: Dossier, words: Words, attachments: tuple[Attachment, ...] = (), digest: str = "") -> bytes:
    """The report of a circle on A4, tagged, with bookmarks and page numbers.

    Raises:
        PdfUnavailable: WeasyPrint, or a system library it needs, is missing.
    """
    day = dossier.evidence.network.reference_date
    page = printed_page(dossier, words, digest)
    return render_pdf(page, templates=data_dir("templates"), day=day, attachments=attachments)


def printed_page(dossier: Dossier, words: Words, digest: str = "") -> str:
    """The page as it is laid out on paper; its addresses are those of files in templates/."""
    with painted_as(dossier.house_style):
        document = DOCUMENTS[dossier.circle]
        style = Markup(print_style(*document.styles[PRINT]))  # noqa: S704 (our own files)
        facts = {"medium": PRINT, "digest": digest, "style": style, "script": "", "policy": ""}
        return _render(dossier, words, view=document.view(dossier, words), **facts)


def _running(furniture: FurnitureView, house: HouseView) -> str:
    """What a browser prints above and below every page."""
    title = " · ".join(filter(None, (furniture.network, furniture.layer, furniture.document)))
    feet = (house.organisation, furniture.footer, house.footer)
    return running_css(title, (chip.text for chip in furniture.chips), feet)


def _render(dossier: Dossier, words: Words, **facts: Any) -> str:
    document = DOCUMENTS[dossier.circle]
    template = environment().get_template(TEMPLATE)
    page = template.render(
        frame="parts/screen-frame.j2" if facts["medium"] == SCREEN else document.paper,
        body=document.body,
        house=house_view(dossier.house_style),
        origin_name=META_NAME,
        origin=origin_of(dossier, facts.pop("digest"), words),
        say=speaker(words, "report"),
        say_screen=speaker(words, "screen_report"),
        say_region=speaker(words, "region_report"),
        say_board=speaker(words, "board_report"),
        say_public=speaker(words, "public_report"),
        say_html=_marked_speaker(words),
        bold=_bold,
        **facts,
    )
    return page.replace(MASK, str(escape(words.say("verdicts.left_out"))))


def _marked_speaker(words: Words) -> Callable[..., Markup]:
    """Sentences whose facts may be mark-up; what is not is escaped, and so is the sentence."""

    def say_html(key: str, **facts: object) -> Markup:
        sentence = words.find(f"report.{key}")
        return Markup(escape(sentence)).format(**facts)  # noqa: S704 (escaped on the spot)

    return say_html


def _bold(text: str) -> Markup:
    return Markup("<strong>{}</strong>").format(text)
