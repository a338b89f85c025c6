"""What every test may use: hypothesis profiles, the built-in framework, both languages; what is measured."""

from __future__ import annotations

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

settings.register_profile("quick", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", parent=settings.get_profile("quick"), derandomize=False, max_examples=5000)
settings.load_profile("deep" if os.environ.get("NORMTOOL_DEEP") else "quick")

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests come first: none of them may be left to one process at the end."""
    long = {item.path for item in items if any(map(item.get_closest_marker, ("slow", "browser", "office")))}
    items.sort(key=lambda item: item.path not in long)


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
