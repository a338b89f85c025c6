"""Texts and pictures of any kind on paper: nothing typed or drawn makes a file that is no PDF/UA-1 or PDF/A-3a.

Numbers in brackets are clauses of ISO 14289-1 (UA) and ISO 19005-3 (A).
"""

from __future__ import annotations

import io
import re
import unicodedata
from base64 import b64encode
from datetime import date
from functools import cache
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from normtool.documents.pages import report_pdf
from normtool.documents.pdf import LONGEST, Attachment, render_pdf
from normtool.documents.pdf_glyphs import BOX, in_our_glyphs
from normtool.resources import data_dir
from normtool.texts import Words
from tests.dossier_examples import mixed
from tests.pdf_parts import Parts

FONTS = data_dir("templates") / "fonts"
DRAWING = (
    '<svg viewBox="0 0 90 9" width="90" height="9"><title>{0}</title>'
    '<text y="8" font-size="8" font-family="Source Sans 3">{0}</text></svg>'
)
TEXTS = {
    "emoji": "Groei 😀 👩\u200d⚕\ufe0f 🇳🇱 ❤\ufe0f",
    "from right to left": "مرحبا שלום \u202eom\u202c",
    "asian": "中文 日本語 한국어 สวัสดี नमस्ते",
    "accents": "bi\u0301j\u0301na q\u0301 z\u0323\u0307 e\u0308 \u0301 los",
    "private": "\ue000 \uf8ff \U000f0001",
    "unseen": "net\u00adwerk\u200b a\u200db\u2060c \ufeffd",
    "control": "a\x01b\x07c\x0bd\x1be\x85f",
    "no characters": "x\ufffey\uffffz \ud800",
    "ligatures": "efficiënt affiliatie ﬁ ĳ ½ H₂O",
    "spaces": "a\u00a0b\u202fc\u2003d\u3000e\u2028f",
}


@cache
def paper(body: str, title: str = "Proef") -> Parts:
    """A page of one's own in the report's style."""
    css = (data_dir("templates") / "print.css").read_text(encoding="utf-8")
    head = f"<head><title>{title}</title><style>{css}</style></head>"
    page = f'<html lang="nl">{head}<body>{body}</body></html>'
    return Parts(render_pdf(page, templates=data_dir("templates"), day=date(2025, 12, 31)))


@cache
def everywhere(text: str) -> Parts:
    """A page with a text in every kind of place."""
    said = escape(text)
    table = f"<table><caption>{said} c</caption><tr><th scope=col>{said} k</tr><tr><td>{said} v</tr></table>"
    return paper(
        f"<div class=run-head>{said} h</div><h1>Een {said}</h1><h2 id=x>{said} twee</h2><p>q z e j {said} q z e j"
        f"<b>{said} q z e j</b> <a href='#x'>{said} heen</a></p>{table}<p>{DRAWING.format(said)}</p>",
        f"Titel {said}",
    )


@cache
def report() -> Parts:
    return Parts(report_pdf(mixed(), Words("nl"), (Attachment(name="a.json", content=b"{}", description="a"),)))


def document(name: str) -> Parts:
    return everywhere(TEXTS[name]) if name in TEXTS else report()


each = pytest.mark.parametrize("name", [*TEXTS, "report"])


# --- letters --------------------------------------------------------------------------------------------------------


def widths_of(font: Any) -> dict[int, float]:
    """The width of every glyph, as the font's `/W` says."""
    told = list(font.W)
    return {
        int(first) + place: float(width)
        for first, widths in zip(told[::2], told[1::2], strict=True)
        for place, width in enumerate(widths)
    }


@each
def test_every_glyph_is_in_its_font_as_wide_as_the_file_says(name: str) -> None:
    parts = document(name)
    used: dict[str, set[int]] = {}
    for item in parts.painted:
        used.setdefault(item.font, set()).update(int.from_bytes(code) for code in item.codes)
    assert used
    for key, glyphs in used.items():
        if not glyphs:
            continue
        (font,) = parts.pdf.pages[0].Resources.Font[key].DescendantFonts
        program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        widths, order = widths_of(font), program.getGlyphOrder()
        assert max(glyphs) < len(order)  # A 6.2.11.4
        assert 0 not in glyphs  # A 6.2.11.8, UA 7.21.8
        for glyph in glyphs:
            advance = program["hmtx"][order[glyph]][0] * 1000 / program["head"].unitsPerEm
            assert abs(widths[glyph] - advance) <= 1, order[glyph]  # A 6.2.11.5, UA 7.21.5


@each
def test_every_glyph_stands_for_letters_that_may_be_said(name: str) -> None:
    parts = document(name)
    for item in parts.painted:
        for letter in map(str, parts.letters_of(item)):
            assert letter
            assert not set(letter) & {"\0", "\ufeff", "\ufffe", "\uffff"}  # A 6.2.11.7, UA 7.21.7
            assert not any(unicodedata.category(character) in {"Co", "Cs", "Cc"} for character in letter)


@each
def test_the_fonts_are_ours(name: str) -> None:
    assert all("Source" in str(font.BaseFont) for font in document(name).dictionaries("/Font"))


def test_a_letter_with_an_accent_of_its_own_leaves_the_others_whole() -> None:
    parts = paper("<h1>Kop</h1><p>q\u0301 x\u0308 dan q x en z\u0323\u0307 z</p>")
    said = unicodedata.normalize("NFD", parts.told()).replace(" ", "")
    assert said == unicodedata.normalize("NFD", "Kopq\u0301x\u0308danqxenz\u0323\u0307z").replace(" ", "")
    assert [item.text("/ActualText") for item in parts.of("Span")] == ["q\u0301", "x\u0308", "z\u0323\u0307"]


def test_letters_that_exist_as_one_are_one() -> None:
    page = in_our_glyphs("<p>ge\u0308integreerd e\u0301e\u0301n</p>", FONTS)
    assert page == "<p>gëintegreerd één</p>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("❤\ufe0f", 0), ("👩\u200d⚕\ufe0f", 2), ("\u20dd", 1), ("a\ufe0fb", 0), ("\u202ex", 0), ("中文", 2)],
)
def test_what_only_steers_gets_no_box(typed: str, shown: int) -> None:
    page = in_our_glyphs(f"<p>{typed}</p>", FONTS)
    assert page.count(BOX) == shown
    assert page.count("data-text") == min(shown, 1)


def test_unseen_and_broken_characters_are_left_out_or_replaced_everywhere() -> None:
    page = in_our_glyphs('<title>a\x07b\ufeff</title><p title="\x01\ufffe">x\ud800</p>', FONTS)
    assert page.startswith('<title>ab</title><p title="\ufffd">x')
    assert "\ud800" not in page


# --- metadata -------------------------------------------------------------------------------------------------------


@each
def test_the_metadata_is_xml_with_the_title_of_the_document(name: str) -> None:
    parts = document(name)
    tree = ET.fromstring(parts.pdf.Root.Metadata.read_bytes())  # A 6.6.2.1
    (title,) = tree.iter("{http://purl.org/dc/elements/1.1/}title")  # UA 7.1
    assert "".join(title.itertext()).split() == str(parts.pdf.docinfo["/Title"]).split() != []


def test_no_text_is_longer_than_a_string_may_be() -> None:
    long = "é中" * 10_000
    drawing = f'<svg viewBox="0 0 9 9" width="9" height="9"><title>{long}</title><rect width="9" height="9"/></svg>'
    parts = paper(f"<h1>Kop</h1><p>{'中' * 2_500}</p><p>{drawing}</p>", long)
    every = [value for item in parts.dictionaries() for value in dict(item).values()]
    sizes = [len(bytes(value)) for value in every if isinstance(value, pikepdf.String)]
    assert 2 * LONGEST <= max(sizes) <= 32_767  # A 6.1.13
    assert "".join(item.text("/ActualText") for item in parts.of("Span")) == "中" * 2_500


# --- structure ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("h2 h3 h3 h2", "H1 H2 H2 H1"),
        ("h1 h3 h4 h2", "H1 H2 H3 H2"),
        ("h3 h2 h1 h2", "H1 H1 H1 H2"),
        ("h1 h2 h3 h1", "H1 H2 H3 H1"),
    ],
)
def test_headings_begin_at_the_highest_level_and_skip_none(written: str, told: str) -> None:
    body = "".join(f"<{tag}>k{place}</{tag}>" for place, tag in enumerate(written.split()))
    assert " ".join(item.tag for item in paper(body).elements if re.fullmatch("H[1-6]", item.tag)) == told


def test_a_table_of_heads_only_has_a_body() -> None:
    (table,) = paper("<h1>k</h1><table><thead><tr><th scope=col>a<th>b</tr></thead></table>").of("Table")
    assert [kid.tag for kid in table.kids] == ["TBody"]  # UA 7.2
    assert [cell.attributes["/Scope"] for cell in table.below() if cell.tag == "TH"] == ["/Column", "/Column"]


# --- bytes ----------------------------------------------------------------------------------------------------------


def test_streams_stand_in_the_file_as_an_archive_wants_them() -> None:
    content = report().content
    begins = [found.end() for found in re.finditer(rb"\nstream\n", content)]
    lengths = [int(found[1]) for found in re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", content)]
    assert len(begins) == len(lengths) > 20
    for begin, length in zip(begins, lengths, strict=True):
        assert content[begin + length : begin + length + 18] == b"\nendstream\nendobj\n"  # A 6.1.7, 6.1.9
    assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}", content)  # A 6.1.2
    assert content.endswith(b"%%EOF\n")  # A 6.1.3


# --- pictures -------------------------------------------------------------------------------------------------------


def logo(picture: Image.Image) -> Parts:
    """A page with a picture."""
    written = io.BytesIO()
    picture.save(written, "PNG")
    data = b64encode(written.getvalue()).decode()
    return paper(f'<h1>Kop</h1><p><img alt="Logo" src="data:image/png;base64,{data}"></p>')


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_logo_of_any_kind_is_as_large_as_it_says(mode: str) -> None:
    parts = logo(Image.new("RGBA", (9, 4), (20, 80, 140, 99)).convert(mode))
    for image in (item for item in parts.dictionaries() if item.get("/Subtype") == "/Image"):
        colours = {"/DeviceRGB": 3, "/DeviceGray": 1}[str(image.ColorSpace)]
        assert len(image.read_bytes()) == 9 * 4 * colours
        assert not image.Interpolate  # A 6.2.8
