"""The report on paper is PDF/UA-1 and PDF/A-3a: every rule of veraPDF's two profiles that our files could break.

Numbers in brackets are clauses of ISO 14289-1 (UA) and ISO 19005-3 (A).
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import date
from functools import cache
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from normtool.core.circles import part_for
from normtool.core.comparison import compare
from normtool.core.dossier import Circle, Dossier
from normtool.documents.comparison_pages import comparison_pdf
from normtool.documents.pages import printed_page, report_pdf
from normtool.documents.pdf import Attachment, render_pdf
from normtool.documents.pdf_glyphs import in_our_glyphs
from normtool.resources import data_dir
from normtool.texts import Words
from tests.comparison_examples import parts, seven, years
from tests.dossier_examples import HOSTILE, mixed, nearly_unknown
from tests.pdf_parts import Element, Parts

WORDS = Words("nl")
DAY = date(2025, 12, 31)
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
CELLS, ROWS, PARTS = {"TH", "TD"}, {"TR"}, {"THead", "TBody", "TFoot"}
INSIDE: dict[str, set[str]] = {
    **dict.fromkeys(CELLS, ROWS),
    "TR": {"Table", *PARTS},
    **{part: {"Table"} for part in PARTS},
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI"},
    "TOCI": {"TOC"},
    "Reference": {"TOCI"},
}
"""In what each element must stand (UA 7.2)."""
HOLDS: dict[str, set[str]] = {
    "Table": {"Caption", *ROWS, *PARTS},
    **dict.fromkeys(PARTS, ROWS),
    "TR": CELLS,
    "L": {"Caption", "L", "LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI"},
    "TOCI": {"Reference"},
}
"""What each element may hold, and nothing else (UA 7.2)."""
EVIDENCE = Attachment(
    name="antwoorden.xlsx",
    content=b"PK",
    description="een werkmap",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
DOSSIER = Attachment(name="dossier.json", content=b"{}", description="het toetsdossier")


@cache
def report() -> Parts:
    """One report with two attachments, for all tests."""
    return Parts(report_pdf(mixed(), WORDS, (DOSSIER, EVIDENCE), "0" * 64))


def small(body: str, style: str = "") -> Parts:
    """A page of one's own in the report's fonts."""
    css = (data_dir("templates") / "print.css").read_text(encoding="utf-8") + style
    page = f'<html lang="nl"><head><title>Proef</title><style>{css}</style></head><body>{body}</body></html>'
    return Parts(render_pdf(page, templates=data_dir("templates"), day=DAY))


# --- the tree -------------------------------------------------------------------------------------------------


def test_every_element_stands_where_it_may(every: Parts) -> None:
    for item in every.elements:
        if item.tag in INSIDE:
            assert item.parent is not None
            assert item.parent.tag in INSIDE[item.tag], item.tag
        if item.tag in HOLDS:
            assert {kid.tag for kid in item.kids} <= HOLDS[item.tag], item.tag
            assert not item.content


@cache
def for_circle(circle: Circle) -> Parts:
    """The document for a narrower circle."""
    return Parts(report_pdf(part_for(mixed(), circle, "0" * 64), WORDS))


@cache
def unknown() -> Parts:
    """The report of a network of which hardly anything is known."""
    return Parts(report_pdf(nearly_unknown(), WORDS))


@cache
def laid_side_by_side(dossiers: tuple[Dossier, ...]) -> Parts:
    """Networks or years compared."""
    return Parts(comparison_pdf(compare(dossiers), dossiers, WORDS))


@cache
def zoo() -> Parts:
    """Elements in all the ways that HTML allows."""
    picture = (
        '<svg viewBox="0 0 9 9" width="9" height="9"><title>Een vierkant</title><rect width="9" height="9"/></svg>'
    )
    rows = "".join(f"<tr><th scope=row>r{number}<td>a<td><ul><li>b</ul></tr>" for number in range(90))
    return small(
        "<h1>Een</h1><div>los <b>vet</b> <a href='#x'>heen</a><p>p</p>los</div><h2 id=x>Twee</h2>"
        "<dl><div><dt>a<dd>b<dd>c</div><dt>d<dt>e<dd><p>f</p></dl><ol><li>een<ul><li>diep</ul><li>twee</ol>"
        "<table><caption>c</caption><thead><tr><th scope=col colspan=2>h<th>i</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        "<table><tr><th rowspan=2>x<td>y<td>z</tr><tr><td>v</tr></table>"
        "<table role=presentation><tr><td>los<td><h3>Drie</h3></tr></table>"
        f"<p>in een {picture} zin</p><figure>{picture}<figcaption>bijschrift</figcaption></figure>"
        "<p><svg aria-hidden=true width=9 height=9><rect width=9 height=9 /></svg> <span lang=en>English</span></p>"
    )


DOCUMENTS: dict[str, Callable[[], Parts]] = {
    "report": report,
    "board": lambda: for_circle(Circle.BOARD),
    "public": lambda: for_circle(Circle.PUBLIC),
    "unknown": unknown,
    "networks": lambda: laid_side_by_side(parts(seven()[:2])),
    "years": lambda: laid_side_by_side(years()),
    "small": zoo,
}


@pytest.fixture(params=DOCUMENTS)
def every(request: pytest.FixtureRequest) -> Parts:
    """The documents for all circles, and a page with everything that a template may ever use."""
    return DOCUMENTS[request.param]()


def test_only_standard_elements_are_used(every: Parts) -> None:
    standard = {*GROUPS, *INSIDE, *HOLDS, "P", "H1", "H2", "H3", "H4", "Span", "Link", "Figure", "Caption"}
    assert {item.tag for item in every.elements} <= standard
    assert "/RoleMap" not in every.pdf.Root.StructTreeRoot


def test_the_contents_are_references_to_their_pages() -> None:
    contents = DOCUMENTS["report"]().of("TOC")
    assert len(contents) == 1
    assert len(contents[0].kids) > 8
    assert all([kid.tag for kid in item.kids[0].kids] == ["Link"] for item in contents[0].kids)


def test_text_never_stands_loose_in_a_group(every: Parts) -> None:
    assert not [item.tag for item in every.elements if item.tag in GROUPS and (item.content or item.links)]


def test_a_table_over_three_pages_is_one_table_with_one_head() -> None:
    table = zoo().of("Table")[0]
    pages = {page for item in table.below() for page, _ in item.content}
    assert len(pages) >= 3
    assert [kid.tag for kid in table.kids] == ["Caption", "THead", "TBody"]
    head = table.kids[1]
    assert {page for item in head.below() for page, _ in item.content} == {min(pages)}


def test_every_figure_says_what_it_shows(every: Parts) -> None:
    figures = every.of("Figure")  # UA 7.3
    assert figures or every is for_circle(Circle.PUBLIC)
    assert all(item.text("/Alt").strip() for item in figures)
    for item in figures:
        left, low, right, high = (float(value) for value in item.attributes["/BBox"])
        assert 0 <= left < right <= 596
        assert 0 <= low < high <= 843


def test_headings_start_at_one_and_skip_no_level(every: Parts) -> None:
    levels = [int(item.tag[1]) for item in every.of("H1", "H2", "H3", "H4", "H5", "H6")]  # UA 7.4.2
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def cells_of(table: Element) -> list[list[Element]]:
    return [[cell for cell in row.kids if cell.tag in CELLS] for row in table.below() if row.tag == "TR"]


def test_every_table_closes_and_every_cell_is_tied_to_its_headers(every: Parts) -> None:
    names = {item.text("/ID") for item in every.elements if item.text("/ID")}
    tree = every.pdf.Root.StructTreeRoot.IDTree.Names
    listed = [str(name) for name in list(tree)[::2]]
    assert listed == sorted(names)
    for table in every.of("Table"):
        rows = cells_of(table)
        widths, reached = [0] * len(rows), 0
        for number, row in enumerate(rows):
            for cell in row:
                across = int(cell.attributes.get("/ColSpan", 1))
                for line in range(number, number + int(cell.attributes.get("/RowSpan", 1))):
                    widths[line] += across
        assert len(set(widths)) == 1, widths  # UA 7.2
        for cell in (cell for row in rows for cell in row):
            if cell.tag == "TH":
                assert str(cell.attributes["/Scope"]) in {"/Column", "/Row"}  # UA 7.5
            elif cell.kids or cell.content:
                headers = [str(name) for name in cell.attributes["/Headers"]]
                assert headers
                assert set(headers) <= names
                reached += 1
        assert reached


def test_content_and_tree_lead_to_each_other(every: Parts) -> None:
    owned = [place for item in every.elements for place in item.content]
    assert len(owned) == len(set(owned))
    marked = {
        (item.page, int(values["/MCID"])) for item in every.painted for _, values in item.marks if "/MCID" in values
    }
    assert marked <= set(owned)
    numbers = list(every.pdf.Root.StructTreeRoot.ParentTree.Nums)
    back = dict(zip((int(number) for number in numbers[::2]), numbers[1::2], strict=True))
    for item in every.elements:
        for page, mcid in item.content:
            assert back[page][mcid].objgen == item.source.objgen
        for link in item.links:
            assert back[int(link.StructParent)].objgen == item.source.objgen


def test_everything_on_a_page_is_read_out_or_decorates(every: Parts) -> None:
    for item in every.painted:  # UA 7.1
        assert len(item.marks) == 1, item
        (tag, values), *_ = item.marks
        assert ("/MCID" in values) != (tag == "/Artifact")


def test_headers_and_footers_are_not_read_out() -> None:
    kinds = {str(values.get("/Subtype")) for item in report().painted for _, values in item.marks if values}
    assert {"/Header", "/Footer"} <= kinds
    footer = WORDS.say("report.furniture.page")
    decorating = "".join(report().letters(item) for item in report().painted if item.mcid is None)
    assert footer in decorating
    assert footer not in report().told()


@cache
def hidden_classes() -> frozenset[str]:
    """What the style for paper leaves out."""
    css = "".join(path.read_text(encoding="utf-8") for path in data_dir("templates").glob("*print*.css"))
    return frozenset(re.findall(r"^\.([\w-]+) \{ display: none; \}", css, flags=re.MULTILINE))


class _Text(HTMLParser):
    """The text of a page as it is read, without what only draws or runs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        is_running = any(name.startswith("run-") for name in classes)
        if self._hidden or tag in {"style", "title", "svg"} or classes & hidden_classes() or is_running:
            self._hidden += [tag] if tag not in {"br", "col", "meta", "img"} else []

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


def test_the_order_of_reading_is_that_of_the_page() -> None:
    def letters(text: str) -> str:
        return re.sub(r"[^\w%]+", "", text)

    said = letters(report().told())
    written = letters("".join(_Text(printed_page(mixed(), WORDS, "0" * 64)).found))
    # List numbers are made by the printer, so they are looked past on both sides.
    assert re.sub(r"\d", "", said) == re.sub(r"\d", "", written)


# --- links, bookmarks, languages --------------------------------------------------------------------------------


def test_every_link_is_told_in_words_and_belongs_to_the_tree(every: Parts) -> None:
    owners = {link.objgen: item for item in every.elements for link in item.links}
    for page in every.pdf.pages:
        for link in page.get("/Annots", []):
            assert str(link.Subtype) == "/Link"
            assert owners[link.objgen].tag == "Link"  # UA 7.18.5
            assert str(link.Contents).strip()
            assert int(link.F) == 4  # A 6.3: printed, never hidden
        assert "/Annots" not in page or str(page.Tabs) == "/S"  # UA 7.18.3


def test_a_link_says_its_own_text() -> None:
    (link,) = zoo().of("Link")
    assert str(link.links[0].Contents) == "heen"


def test_bookmarks_are_the_headings_in_their_order() -> None:
    with report().pdf.open_outline() as outline:
        titles = [item.title for top in outline.root for item in (top, *top.children)]
    page = _Text(printed_page(mixed(), WORDS, "0" * 64))
    text = re.sub(r"\s+", " ", " ".join(page.found))
    places = [text.find(re.sub(r"^\d+ ", "", title), 0) for title in titles]
    assert len(titles) > 20
    assert -1 not in places


def test_the_language_of_everything_is_known(every: Parts) -> None:
    assert str(every.pdf.Root.Lang) == "nl"  # UA 7.2
    assert every.pdf.Root.MarkInfo.Marked
    assert "/Suspects" not in every.pdf.Root.MarkInfo
    assert every.pdf.Root.ViewerPreferences.DisplayDocTitle  # UA 7.1


def test_words_in_another_language_say_so() -> None:
    (span,) = [item for item in zoo().of("Span") if item.text("/Lang")]
    assert span.text("/Lang") == "en"


# --- metadata -------------------------------------------------------------------------------------------------


def test_the_metadata_claims_both_standards_and_explains_the_claim() -> None:
    root = report().pdf.Root
    tree = ET.fromstring(root.Metadata.read_bytes())
    spaces = {
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
        "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
        "schema": "http://www.aiim.org/pdfa/ns/schema#",
        "property": "http://www.aiim.org/pdfa/ns/property#",
        "dc": "http://purl.org/dc/elements/1.1/",
    }
    told = {name: value for item in tree.iter() for name, value in item.attrib.items()}
    assert told[f"{{{spaces['pdfaid']}}}part"] == "3"
    assert told[f"{{{spaces['pdfaid']}}}conformance"] == "A"
    assert told[f"{{{spaces['pdfuaid']}}}part"] == "1"  # UA 5
    (described,) = tree.iterfind(".//schema:namespaceURI", spaces)  # A 6.6.2.3
    assert described.text == spaces["pdfuaid"]
    assert [item.text for item in tree.iterfind(".//property:name", spaces)] == ["part"]
    title = tree.find(".//dc:title//", spaces)
    assert title is not None
    assert str(report().pdf.docinfo["/Title"]) in "".join(title.itertext())


def test_the_dates_are_those_of_the_assessment() -> None:
    info = report().pdf.docinfo
    assert (
        str(info["/CreationDate"])
        == str(info["/ModDate"])
        == f"D:{mixed().evidence.network.reference_date:%Y%m%d}000000Z"
    )
    assert "normtool=" in str(info["/Keywords"])


def test_colours_are_defined_by_the_file() -> None:
    (intent,) = report().pdf.Root.OutputIntents  # A 6.2.3
    assert str(intent.S) == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    assert len(intent.DestOutputProfile.read_bytes()) > 1000


# --- attachments ------------------------------------------------------------------------------------------------


def test_attached_files_are_named_dated_and_of_a_kind() -> None:
    root = report().pdf.Root
    names = list(root.Names.EmbeddedFiles.Names)
    assert [str(name) for name in names[::2]] == [EVIDENCE.name, DOSSIER.name]
    assert {item.objgen for item in root.AF} == {item.objgen for item in names[1::2]}  # A 6.8
    assert len(root.AF) == 2
    for item, kind in zip(names[1::2], (EVIDENCE, DOSSIER), strict=True):
        assert str(item.F) == str(item.UF) == kind.name  # UA 7.11
        assert str(item.AFRelationship) == "/Source"
        assert str(item.Desc) == kind.description
        file = item.EF.F
        assert str(file.Subtype) == f"/{kind.media_type}"
        assert file.read_bytes() == kind.content
        assert str(file.Params.ModDate) == str(file.Params.CreationDate)
        assert str(file.Params.ModDate).startswith("D:20251231")


# --- what no archive takes --------------------------------------------------------------------------------------


def keys_of(item: Any) -> set[str]:
    return {str(key) for key in item}


def test_nothing_in_the_file_can_run_or_reach_out() -> None:
    forbidden = {"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/Encrypt", "/OCProperties", "/AcroForm"}
    for item in report().dictionaries():
        assert not keys_of(item) & forbidden
        assert not (isinstance(item, pikepdf.Stream) and keys_of(item) & {"/F", "/FFilter", "/Ref", "/OPI", "/PS"})
        assert item.get("/Filter") in {None, pikepdf.Name("/FlateDecode")}  # A 6.1.7
    assert "/Encrypt" not in report().pdf.trailer
    assert len(report().pdf.trailer.ID) == 2


def test_limits_of_the_format_are_kept(every: Parts) -> None:
    assert max(item.depth for item in every.painted) <= 28  # A 6.1.13
    for item in every.dictionaries():
        texts = [value for value in dict(item).values() if isinstance(value, pikepdf.String)]
        assert all(len(bytes(text)) <= 32_767 for text in texts)
        assert all(len(key.encode()) <= 127 for key in keys_of(item))


def test_every_font_is_embedded_and_every_letter_known(every: Parts) -> None:
    fonts = every.dictionaries("/Font")
    assert fonts
    for font in fonts:  # UA 7.21
        assert "Source" in str(font.BaseFont)
        if font.Subtype == "/Type0":
            assert str(font.Encoding) == "/Identity-H"
            assert font.ToUnicode.read_bytes()
        else:
            assert font.CIDToGIDMap == "/Identity" or isinstance(font.CIDToGIDMap, pikepdf.Stream)
            assert {"/FontFile2", "/FontFile3"} & keys_of(font.FontDescriptor)
    for item in every.painted:
        assert b"\x00\x00" not in set(item.codes)  # UA 7.21.8: never the glyph of what is missing
        assert len(every.letters(item)) >= len(list(item.codes))


def test_the_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(report().content)
    ran = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert report().content.startswith(b"%PDF-1.7\n%")


# --- characters and pictures from outside -----------------------------------------------------------------------


def test_characters_without_a_glyph_are_boxes_that_are_read_as_typed() -> None:
    hostile = "Groei 😀 مرحبا 中文 \u202eomgekeerd\u202c \ufeff \x07"
    made = small(f"<h1>Kop</h1><p>{hostile}</p>")
    assert all("Source" in str(font.BaseFont) for font in made.dictionaries("/Font"))
    actual = [item.text("/ActualText") for item in made.of("Span")]
    assert actual[0] == "😀"
    assert "مرحبا" in actual
    assert made.told().replace(" ", "") == "KopGroei□□□□□□□□omgekeerd"


def test_a_page_in_our_own_glyphs_is_left_as_it_is() -> None:
    page = "<p>Één ‘oordeel’ – 95 % ≥ 2½ → <svg><title>😀</title></svg></p>"
    assert in_our_glyphs(page, data_dir("templates") / "fonts") == page


def test_text_in_a_drawing_gets_boxes_without_marks() -> None:
    page = in_our_glyphs("<svg><text>a 😀</text></svg><p>b 😀</p>", data_dir("templates") / "fonts")
    assert page == '<svg><text>a □</text></svg><p>b <span data-text="😀">□</span></p>'


PIXELS = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAoUo8sUAAAAASUVORK5CYII="


def test_a_logo_is_not_smoothed_by_the_reader() -> None:
    made = small(f'<h1>Kop</h1><p><img alt="Logo" src="data:image/png;base64,{PIXELS}"></p>')
    images = [item for item in made.dictionaries() if item.get("/Subtype") == "/Image"]
    assert images
    assert not any(item.get("/Interpolate", False) for item in images)  # A 6.2.8
    assert [item.text("/Alt") for item in made.of("Figure")] == ["Logo"]


def test_hostile_text_stays_text() -> None:
    made = small(f"<h1>Kop</h1><p>{escape(HOSTILE)}</p>")
    assert "<script>alert" in made.told()
