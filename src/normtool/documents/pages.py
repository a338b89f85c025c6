"""The report as HTML for a screen and as PDF for paper: one set of templates, two media."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from normtool.core.dossier import Dossier
from normtool.documents.marks import marks_css, palette_css
from normtool.documents.pdf import Attachment, render_pdf
from normtool.documents.views import report_view
from normtool.resources import data_dir
from normtool.texts import Words

SCREEN, PRINT = "screen", "print"
TEMPLATE = "report.html.j2"

SCREEN_FONTS = (
    ("Source Sans 3", 400, "SourceSans3-Regular.ttf.woff2"),
    ("Source Sans 3", 600, "SourceSans3-Semibold.ttf.woff2"),
    ("Source Serif 4 Display", 600, "SourceSerif4Display-Semibold.ttf.woff2"),
)


def report_html(dossier: Dossier, words: Words) -> str:
    """The report as one self-contained page: no network, and everything readable without JavaScript."""
    script = _template_text("report.js")
    paint = palette_css(screen=True) + marks_css(dark=True) + _widths_css()
    style = _font_faces() + paint + _template_text("screen.css")
    return _render(
        dossier,
        words,
        medium=SCREEN,
        style=Markup(style),  # noqa: S704 (our own files)
        script=Markup(script),  # noqa: S704 (our own file)
        policy=_policy(style, script),
    )


def report_pdf(dossier: Dossier, words: Words, attachments: tuple[Attachment, ...] = ()) -> bytes:
    """The report on A4, tagged, with bookmarks and page numbers.

    Raises:
        PdfUnavailable: WeasyPrint, or a system library it needs, is missing.
    """
    day = dossier.evidence.network.reference_date
    page = printed_page(dossier, words)
    return render_pdf(page, templates=data_dir("templates"), day=day, attachments=attachments)


def printed_page(dossier: Dossier, words: Words) -> str:
    """The page as it is laid out on paper; its addresses are those of files in templates/."""
    style = palette_css(screen=False) + marks_css(dark=False) + _widths_css() + _template_text("print.css")
    return _render(dossier, words, medium=PRINT, style=Markup(style), script="", policy="")  # noqa: S704 (ours)


def _render(dossier: Dossier, words: Words, **facts: Any) -> str:
    template = _environment().get_template(TEMPLATE)
    return template.render(
        view=report_view(dossier, words),
        say=_speaker(words, "report"),
        say_region=_speaker(words, "region_report"),
        say_html=_marked_speaker(words),
        bold=_bold,
        **facts,
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(data_dir("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _speaker(words: Words, topic: str) -> Callable[..., str]:
    def say(key: str, **facts: object) -> str:
        return words.say(f"{topic}.{key}", **facts)

    return say


def _marked_speaker(words: Words) -> Callable[..., Markup]:
    """Sentences whose facts may be mark-up; what is not is escaped, and so is the sentence."""

    def say_html(key: str, **facts: object) -> Markup:
        sentence = words.find(f"report.{key}")
        return Markup(escape(sentence)).format(**facts)  # noqa: S704 (escaped on the spot)

    return say_html


def _bold(text: str) -> Markup:
    return Markup("<strong>{}</strong>").format(text)


@cache
def _template_text(name: str) -> str:
    return (data_dir("templates") / name).read_text(encoding="utf-8")


@cache
def _font_faces() -> str:
    folder: Path = data_dir("templates") / "fonts"
    faces = []
    for family, weight, name in SCREEN_FONTS:
        data = b64encode((folder / name).read_bytes()).decode()
        source = f'url("data:font/woff2;base64,{data}") format("woff2")'
        faces.append(f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;src:{source}}}')
    return "".join(faces)


def _widths_css() -> str:
    """Column widths in even per cents, as classes: the policy allows no style attributes."""
    return "".join(f".w-{percent}{{width:{percent}%}}" for percent in range(2, 101, 2))


def _policy(style: str, script: str) -> str:
    """A policy that allows this style and this script by their digests, and no address at all."""
    rules = (
        "default-src 'none'",
        f"style-src '{_digest(style)}'",
        f"script-src '{_digest(script)}'",
        "img-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
