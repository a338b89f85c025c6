"""axe-core finds nothing to improve: every audience, both languages, light and dark, with and without JavaScript.

Every pair of language, theme and script occurs for each audience, and both widths with each language and theme. The
report is also looked at while it is filtered and unfolded.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.audiences import AUDIENCES, write_page
from tests.e2e.browsing import STICKING_OUT, opened

pytestmark = pytest.mark.browser

Way = tuple[str, str, str, int]
WAYS: tuple[Way, ...] = (
    ("nl", "light", "script", 1280),
    ("nl", "dark", "plain", 360),
    ("en", "light", "plain", 360),
    ("en", "dark", "script", 1280),
)
"""Language, theme, with script or without, width in pixels."""

OTHERS = ("review-region", "review-former-year", "board-region", "board-member")
EVERY = [(name, way) for name in AUDIENCES for way in WAYS]
EVERY += [(name, WAYS[place % len(WAYS)]) for place, name in enumerate(OTHERS)]
"""Each audience in each way; other contents of the same in one of them."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("paginas")


def page_of(folder: Path, name: str, language: str, *, has_script: bool) -> Path:
    """A page, made once; without its script it is as it is where scripts are forbidden."""
    path = folder / f"{name}-{language}.html"
    if not path.exists():
        write_page(folder, name, language)
    if has_script:
        return path
    plain = path.with_suffix(".plain.html")
    text = re.sub(r"<script>.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    plain.write_text(text, encoding="utf-8")
    return plain


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core finds, with the places."""
    found: list[dict[str, Any]] = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(item["id"], [node["html"][:120] for node in item["nodes"]]) for item in found]


@pytest.mark.parametrize(("name", "way"), EVERY, ids=lambda part: "-".join(map(str, part)) if part in WAYS else part)
def test_axe_finds_nothing(browser: Browser, folder: Path, name: str, way: Way) -> None:
    language, theme, script, width = way
    path = page_of(folder, name, language, has_script=script == "script")
    settings: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": theme}
    with opened(browser, path, **settings) as reader:
        assert violations(reader.page) == []


@pytest.mark.parametrize("name", ["board", "board-sparse", "board-region", "board-member", "public-region"])
def test_nothing_sticks_out_at_any_width_for_any_reader(browser: Browser, folder: Path, name: str) -> None:
    with opened(browser, page_of(folder, name, "nl", has_script=True)) as reader:
        for width in (320, 599, 600, 768, 900):
            reader.page.set_viewport_size({"width": width, "height": 800})
            assert (width, reader.page.evaluate(STICKING_OUT)) == (width, [])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_while_the_report_is_used(browser: Browser, folder: Path, theme: str) -> None:
    at = "verdict=met+not_met+unknown&q=en&order=attention&at=N4-8"
    settings: dict[str, Any] = {"color_scheme": theme, "viewport": {"width": 360, "height": 900}}
    with opened(browser, page_of(folder, "review", "nl", has_script=True), at=at, **settings) as reader:
        reader.page.click(".tools summary")
        reader.page.click(".expand")
        reader.page.focus("input[name=q]")
        assert violations(reader.page) == []


def test_axe_does_find_what_is_wrong(browser: Browser, folder: Path) -> None:
    with opened(browser, page_of(folder, "public", "nl", has_script=True)) as reader:
        reader.page.evaluate("document.querySelector('main').insertAdjacentHTML('afterbegin', '<button></button>')")
        assert [name for name, _ in violations(reader.page)] == ["button-name"]
