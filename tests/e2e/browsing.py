"""Looking at documents in a browser: one Chromium per module, and every page watched for what it asks for."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000
"""Milliseconds that a test waits for something on a page."""
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const side = (found) => found.getBoundingClientRect();
  const isOut = (found) => side(found).width > 1 && (side(found).right > width + 1 || side(found).left < -1);
  const mayScroll = ".scroll, .picture, .vh, .skip, svg";
  const isSeen = (found) => getComputedStyle(found.closest("thead") || found).clipPath === "none";
  const isBound = (found) => !found.parentElement.closest(mayScroll) && !found.matches(mayScroll) && isSeen(found);
  const all = [...document.querySelectorAll("body *")].filter((found) => isOut(found) && isBound(found));
  return all.map((found) => `${found.tagName}.${found.className} ${Math.round(side(found).right)}`);
}"""
"""What stands beyond the sides of the screen, other than what may be scrolled by itself."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium: Playwright's own, else the one on this machine."""
    with sync_playwright() as engine:
        own = Path(engine.chromium.executable_path)
        found = str(own) if own.exists() else shutil.which("chromium") or shutil.which("google-chrome")
        browser = engine.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass(slots=True)
class Opened:
    """A page, what it asked of a network, and what the browser complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def shown(self) -> list[str]:
        """The ids of the indicators that can be seen, in the order in which they stand."""
        return self.of("tbody.indicator", "row => row.id", ":not([hidden])")

    def of(self, selector: str, read: str, condition: str = "") -> list[Any]:
        """What `read`, a function in JavaScript, gives of each element found."""
        found: list[Any] = self.page.eval_on_selector_all(selector + condition, f"all => all.map({read})")
        return found

    def results(self) -> list[str]:
        """The ids in the list of results."""
        return self.of(".results .id", "id => id.textContent")

    def heard(self) -> Counter[str]:
        """What assistive technology is given: how many of each role."""
        session = self.page.context.new_cdp_session(self.page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        return Counter(node["role"]["value"] for node in nodes if not node["ignored"])

    def printed(self) -> list[str]:
        """The text of each page that the browser itself prints, without its choice of printing backgrounds."""
        content = self.page.pdf(prefer_css_page_size=True)
        return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]

    def said(self, sentence: str) -> None:
        """Wait until this has been announced."""
        self.page.wait_for_function(
            "said => document.querySelector('[role=status]').textContent.includes(said)", arg=sentence
        )


@contextmanager
def opened(browser: Browser, path: Path, *, at: str = "", **settings: Any) -> Iterator[Opened]:
    """The document of a file as it opens, `at` being what stands behind the #; closed afterwards.

    Nothing may be asked of a network and the browser may complain of nothing, whatever a test does.
    """
    context = browser.new_context(**settings)
    found = Opened(page=context.new_page())
    found.page.set_default_timeout(PATIENCE)
    address = path.resolve().as_uri()

    def ask(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            found.asked.append(request.url)

    def complain(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.complaints.append(message.text)

    found.page.on("request", ask)
    found.page.on("console", complain)
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.goto(f"{address}#{at}" if at else address)
    yield found
    context.close()
    assert found.asked == []
    assert found.complaints == []
