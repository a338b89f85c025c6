"""What people can type travels from the workbook to report.html as plain text, and breaks no page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path

import pytest
from openpyxl.cell import Cell
from playwright.sync_api import Browser

from normtool.resources import data_dir
from tests.e2e.browsing import STICKING_OUT, opened
from tests.e2e.filling import Form
from tests.e2e.running import here

pytestmark = pytest.mark.browser

LONG = "Wij leggen het uit. " * 500
WORD = "x" * 400
HOSTILE = (
    '<script>document.title = "kwaad"</script><img src=x onerror="document.title=1">',
    "</style><style>body { display: none }</style>",
    "{{ 7*7 }} {% for x in y %} ${7*7} #{7*7} {{ self.__init__ }}",
    "*{visibility:hidden}@import url(https://kwaad.example/a.css);",
    '=HYPERLINK("https://kwaad.example";"klik")',
    "tekst \u202egnirutset\u202c en שלום עולם، مرحبا بالعالم",
    "👩‍⚕️🏥 e\u0301e\u0301n 𝔽𝕒𝕟𝕔𝕪 ﷽ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    '"><a href="javascript:alert(1)">\'`--><!-- ]]> &lt; &#x3c; &amp;',
    LONG.strip(),
    WORD,
)
"""Beyond the plain: mark-up, styles, templates, formulas, directions, joined signs, and more than fits."""

FREE = {
    "Indicatoren": ("Toelichting", "Eigen aanpak: doel", "Eigen aanpak: wat", "Knelpunt", "Bron"),
    "Documenten": ("Titel", "Vindplaats", "Beheerder (functie)", "Vastgesteld door"),
    "Deelnemers": ("Toelichting",),
    "Overlegvormen": ("Naam", "Reglement", "Toelichting"),
    "Tumortypenetwerken": ("Toelichting",),
    "Werkgroepen": ("Naam", "Opdracht", "Resultaat", "Uitgerold in", "Volgende stap"),
    "Knelpunten": ("Omschrijving", "Wie gaat erover", "Gevraagd"),
    "Stem van de PAR": ("Wat merken patiënten", "Punt of advies", "Antwoord van het bestuur"),
    "Verbeteracties": ("Actie", "Actiehouder (functie)", "Bewijs verwacht"),
    "Volumes": ("Toelichting",),
}
"""Where people may type what they like, by sheet."""


class Texts(HTMLParser):
    """All that is text on a page, and which tags stand in its body."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


@pytest.fixture(scope="module")
def typed() -> set[str]:
    """The texts that were typed somewhere; filled by the report below."""
    return set()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, typed: set[str]) -> Path:
    """The report on the example network, in whose every free text something hostile was typed."""
    folder = tmp_path_factory.mktemp("vijandig")
    form = Form(data_dir("sample_data") / "fictional" / "voorbeeldland-2026.xlsx")
    texts = cycle(HOSTILE)
    for sheet, headers in FREE.items():
        columns = {name: place for name, place in form.headers(sheet).items() if name in headers}
        assert columns.keys() == set(headers), sheet
        first = form.header_row(sheet) + 1
        for column in columns.values():
            for row in range(first, first + 12):
                cell = form.sheet(sheet).cell(row, column)
                if isinstance(cell, Cell) and form.sheet(sheet).cell(row, 1).value is not None:
                    cell.value = next(texts)
                    cell.data_type = "s"
                    typed.add(str(cell.value))
    path = form.save(folder / "vijandig.xlsx")
    ran = here("assess", path, "--only", "html", "-o", folder / "uit")
    assert ran.code == 0, ran.err
    return folder / "uit" / "report.html"


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_text_arrives_whole_and_as_text(report: Path, typed: set[str]) -> None:
    page = report.read_text(encoding="utf-8")
    found = Texts(page)
    text = flat("".join(found.texts))
    assert typed == set(HOSTILE)
    for hostile in HOSTILE:
        assert flat(hostile) in text, hostile[:40]
    assert found.tags.count("script") == found.tags.count("style") == 1
    assert "img" not in found.tags
    assert "49" not in flat("".join(found.texts)).split("${7")[1][:20]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_text_breaks_a_screen(browser: Browser, report: Path, theme: str) -> None:
    with opened(browser, report, at="q=kwaad", color_scheme=theme) as reader:
        assert reader.page.title().startswith("Oncologienetwerk Voorbeeldland")
        assert reader.shown() != []
        reader.page.click(".shown .reset")
        reader.page.click(".expand")
        for width in (320, 600, 900, 1280):
            reader.page.set_viewport_size({"width": width, "height": 800})
            assert (width, reader.page.evaluate(STICKING_OUT)) == (width, [])
            assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
            assert reader.page.evaluate(CLIPPED) == []


CLIPPED = """() => [...document.querySelectorAll("main p, main td, main th, main dd, main li, main .aside, main h3")]
  .filter((found) => getComputedStyle(found).overflow === "hidden" && found.scrollWidth > found.clientWidth + 1)
  .filter((found) => !found.closest(".vh, thead"))
  .map((found) => found.outerHTML.slice(0, 80))"""


def test_paper_takes_them_too(browser: Browser, report: Path) -> None:
    with opened(browser, report, viewport={"width": 642, "height": 900}) as reader:
        reader.page.emulate_media(media="print")
        assert reader.page.evaluate(STICKING_OUT) == []
