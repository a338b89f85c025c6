"""What every test may use: hypothesis profiles, the built-in framework, both languages; order and measuring."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from normtool.core.standards import Framework
from normtool.files.standards_yaml import load_framework
from normtool.resources import data_dir
from normtool.texts import Words

# As in the program: looking for cycles among what stays anyhow costs a third of the time. Less seldom than there, for
# what a document leaves behind is memory that the next one wants.
gc.set_threshold(200_000, 20, 20)

settings.register_profile("quick", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", parent=settings.get_profile("quick"), derandomize=False, max_examples=5000)
IS_DEEP = bool(os.environ.get("NORMTOOL_DEEP"))
"""Whether `script/test --deep` asks to look much further."""
settings.load_profile("deep" if IS_DEEP else "quick")


def tries(usual: int) -> int:
    """On how many examples a property is tried that takes another number than most."""
    return 20 * usual if IS_DEEP else usual


SAMPLES = data_dir("sample_data")
IN_CHILDREN = "COVERAGE_PROCESS_CONFIG"
"""By this variable a process that a test starts is measured too."""
HERE = Path(__file__).parent
OF_CORE = {
    *(HERE / "core").glob("test_*.py"),
    HERE / "test_conservation_of_forms.py",
    HERE / "test_folders.py",
    HERE / "test_forms_xlsx.py",
    HERE / "test_house_style.py",
    HERE / "test_method_cases.py",
    HERE / "test_standards_check.py",
    HERE / "test_standards_echelons.py",
    HERE / "test_standards_iza.py",
    HERE / "test_standards_yaml.py",
} - {HERE / "core" / "test_reading_properties.py"}
"""The tests by which every branch of core is reached. The others (documents, the program, anything at all in a
workbook, values that hypothesis makes) take up to six times as long when they are measured, and what only they reach
is reached by chance."""


LONGEST = (HERE / "test_docs.py", HERE / "e2e" / "test_batch.py", HERE / "e2e" / "test_verify.py")
"""Files that take more than half a minute."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, then others with long tests: none may be left to one process at the end."""
    long = {item.path for item in items if any(map(item.get_closest_marker, ("slow", "browser", "office")))}
    items.sort(key=lambda item: (item.path not in LONGEST, item.path not in long))


def pytest_collection_finish() -> None:
    """What stands now, some fourteen thousand tests and all they import, stays to the end."""
    keep()


def keep() -> None:
    """Let the collector look no more through what stands now. Each look takes half a second, and the program asks for
    one between two documents."""
    gc.collect()
    gc.freeze()


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """What a test of the program's own workers has unfrozen is frozen again before the next file."""
    if nextitem is not None and nextitem.path != item.path and not gc.get_freeze_count():
        keep()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure coverage, where it is asked for, in the tests of core only, and not in those on generated values."""
    measuring = sys.gettrace()
    if measuring is None or (item.path in OF_CORE and not item.get_closest_marker("hypothesis")):
        return (yield)
    in_children = os.environ.pop(IN_CHILDREN, None)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(measuring)
        if in_children is not None:
            os.environ[IN_CHILDREN] = in_children


@cache
def built_in() -> Framework:
    """The built-in edition, loaded once."""
    framework, diagnostics = load_framework(data_dir("standards") / "netwerknormering-voorbeeld")
    assert framework is not None, diagnostics
    return framework


@pytest.fixture
def framework() -> Framework:
    """The built-in edition."""
    return built_in()


@pytest.fixture(params=["nl", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    """Both languages, one after the other."""
    return Words(request.param)


@pytest.fixture
def samples() -> Path:
    """The folder with sample data."""
    return SAMPLES
