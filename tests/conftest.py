"""What every test may use: hypothesis profiles, the built-in framework, both languages."""

from __future__ import annotations

import os
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
