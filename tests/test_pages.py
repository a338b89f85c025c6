"""The report as files: self-contained, escaped, tagged, and the same bytes every time."""

from __future__ import annotations

import re
import sys
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from normtool.documents.page_frame import running_css
from normtool.documents.pages import report_html, report_pdf
from normtool.documents.pdf import Attachment, PdfUnavailable, render_pdf
from normtool.resources import data_dir
from normtool.texts import Words
from tests.dossier_examples import HOSTILE, mixed, nearly_unknown

NL, EN = Words("nl"), Words("en")


class Reader(HTMLParser):
    """Ids, links, headings and outside addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name == "href" and value:
                (self.links if value.startswith("#") else self.outside).append(value)
            elif name in {"src", "action", "style"} or name.startswith("on"):
                self.outside.append(f"{name}={value}")


@cache
def page(language: str = "nl") -> str:
    return report_html(mixed(), Words(language))


@cache
def pdf(language: str = "nl") -> bytes:
    return report_pdf(mixed(), Words(language))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_needs_nothing_from_outside(language: str) -> None:
    reader = Reader(page(language))
    assert reader.outside == []
    assert "http://" not in re.sub(r'xmlns="[^"]*"', "", page(language)).replace("http-equiv", "")
    assert f'<html lang="{language}">' in page(language)


def test_ids_are_unique_and_every_link_arrives() -> None:
    reader = Reader(page())
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links} <= set(reader.ids)


def test_there_is_one_main_part_one_first_heading_and_a_policy() -> None:
    tags = Reader(page()).tags
    assert [tags.count(tag) for tag in ("main", "h1", "header", "nav", "footer")] == [1, 1, 1, 1, 1]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page())
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]


def test_what_users_typed_stays_text() -> None:
    made = report_html(mixed(explanation=HOSTILE), NL)
    assert "<script>alert" not in made
    assert "&lt;script&gt;alert" in made
    assert "{{ 7*7 }}" in made
    assert made.count("</style>") == 1
    assert made.count("<script>") == 1


def test_a_running_text_ends_no_string_and_no_element() -> None:
    hostile = 'Net"werk \\ </style><script> } \n é · 4,5'
    made = running_css(hostile, ["VOORLOPIG", "FICTIEF"], ["", "voet", ""])
    assert '--running-status:"VOORLOPIG · FICTIEF";' in made
    assert '--running-foot:"voet";' in made
    title = re.search('--running-title:"([^"]*)";', made)
    assert title is not None
    assert not set(title[1]) & set("<>}\n")
    assert re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), title[1]) == hostile


def test_the_same_dossier_gives_the_same_page() -> None:
    assert report_html(mixed(), NL).count("</section>") == page().count("</section>")
    dossier = mixed()
    assert report_html(dossier, NL) == report_html(dossier, NL)


ATTACHMENT = Attachment(name="dossier.json", content=b"{}", description="toetsdossier")


SPARSE = nearly_unknown()


@cache
def pdf_with_attachment() -> bytes:
    return report_pdf(SPARSE, NL, attachments=(ATTACHMENT,))


@pytest.mark.slow
def test_the_same_dossier_gives_the_same_pdf() -> None:
    assert report_pdf(SPARSE, NL, attachments=(ATTACHMENT,)) == pdf_with_attachment()


def structure(content: bytes) -> tuple[pikepdf.Pdf, list[Any]]:
    """The file and its structure elements, in order."""
    opened = pikepdf.open(BytesIO(content))
    found: list[Any] = []

    def walk(element: Any) -> None:
        if isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append(element)
            inner = element.get("/K")
            for child in inner if isinstance(inner, pikepdf.Array) else [inner]:
                walk(child)

    walk(opened.Root.StructTreeRoot)
    return opened, found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pdf_is_tagged_and_every_figure_has_a_text(language: str) -> None:
    opened, elements = structure(pdf(language))
    assert str(opened.Root.Lang) == language
    assert opened.Root.MarkInfo.Marked
    figures = [item for item in elements if item.S == "/Figure"]
    assert figures
    assert all(str(item.get("/Alt", "")) for item in figures)
    assert any(item.S == "/TH" for item in elements)


def test_the_pdf_claims_accessibility_and_archiving_and_a_fixed_date() -> None:
    opened, _ = structure(pdf())
    metadata = opened.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20251231")
    assert str(opened.docinfo["/Title"]).startswith("Oncologienetwerk Voorbeeldland")


def test_bookmarks_lead_to_every_standard() -> None:
    opened, _ = structure(pdf())
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[0] == "Waar staan we?"
    assert "4 Beoordeeld door de juiste expert" in titles
    assert titles[-1] == "Bijlagen"


def test_the_pdf_embeds_its_own_fonts_only() -> None:
    fonts = set(re.findall(rb"/BaseFont /([A-Za-z0-9+-]+)", pdf()))
    opened, _ = structure(pdf())
    fonts |= {str(item.get("/BaseFont")).encode() for item in opened.objects if isinstance(item, pikepdf.Dictionary)}
    named = {font for font in fonts if font not in {b"None", b""}}
    assert named
    assert all(b"Source" in font for font in named), named


def test_an_attachment_keeps_its_name_and_relationship() -> None:
    opened = pikepdf.open(BytesIO(pdf_with_attachment()))
    assert opened.attachments["dossier.json"].get_file().read_bytes() == b"{}"
    files = [
        item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Filespec"
    ]
    assert str(files[0].AFRelationship) == "/Source"


@pytest.mark.parametrize("address", ["https://example.org/x.png", "file:///etc/passwd", "fonts/../../pyproject.toml"])
def test_rendering_reads_nothing_but_the_templates(address: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    markup = f'<html lang="nl"><title>x</title><img src="{address}" alt="x">'
    with pytest.raises(FatalURLFetchingError):
        render_pdf(markup, templates=data_dir("templates"), day=mixed().evidence.network.reference_date)


def test_without_weasyprint_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfUnavailable):
        report_pdf(nearly_unknown(), NL)


@pytest.mark.slow
def test_a_very_long_explanation_breaks_nothing() -> None:
    made = report_pdf(mixed(explanation="lang verhaal " * 800 + "x" * 4000), EN)
    assert len(pikepdf.open(BytesIO(made)).pages) > 20
