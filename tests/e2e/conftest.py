"""One newcomer's journey for all tests of the program, and a clean environment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.browsing import chromium
from tests.e2e.newcomer import Journey, travel


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NORMTOOL_LANG", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """From an empty folder to the four documents, once."""
    return travel(tmp_path_factory.mktemp("reis"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; each page gets a context of its own.

    No longer than a module: other tests look whether a process or thread is left behind.
    """
    with chromium() as found:
        yield found
