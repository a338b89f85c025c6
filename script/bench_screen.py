"""How soon the report opens in a browser: the report of a network with some six hundred rows, in headless Chromium.

The floor is an empty page in the same browser. This section needs Chromium and is only run when it is named:
script/bench screen
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from script.bench_measuring import built_in, program
from script.bench_networks import write_network
from tests.e2e.browsing import chromium

ROUNDS = 7
HOSPITALS = 6
TARGET_SECONDS = 1.0
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def bench_screen() -> None:
    """The report and an empty page by turns, until everything of the page is there."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        rows = write_network(folder / "in", built_in(), HOSPITALS)
        made = program("assess", str(folder / "in"), "--only", "html", "-o", str(folder / "uit"), "-q")
        subprocess.run(made, check=True, capture_output=True)
        empty = folder / "leeg.html"
        empty.write_text('<!DOCTYPE html><html lang="nl"><title>x</title></html>', encoding="utf-8")
        pages = {f"report.html, {rows:,} rows": folder / "uit" / "report.html", "an empty page": empty}
        times: dict[str, list[float]] = {label: [] for label in pages}
        for _ in range(ROUNDS):
            for label, page in pages.items():
                times[label].append(opening(browser, page))
    print(f"\nscreen  (target: < {TARGET_SECONDS:.0f} s; {ROUNDS} rounds by turns)")
    for label, measured in times.items():
        spread = f"{min(measured):.2f} to {max(measured):.2f}"
        print(f"  {label:<28} {statistics.median(measured):.2f} s   ({spread})")


def opening(browser: Browser, page: Path) -> float:
    """Seconds until a page has loaded, in a context of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        tab = context.new_page()
        tab.goto(page.as_uri())
        return float(tab.evaluate(LOADED)) / 1000
    finally:
        context.close()
