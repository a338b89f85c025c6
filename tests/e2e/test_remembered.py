"""A network that was assessed before is assessed again when anything that its documents follow from has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from normtool.resources import data_dir
from tests.e2e.test_batch import assess, form, put, results

MADE, UNCHANGED = {"ALBA-2026": "made", "BREN-2026": "made"}, {"ALBA-2026": "unchanged", "BREN-2026": "unchanged"}


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """Two small forms."""
    return put(tmp_path / "in", form("ALBA"), form("BREN"))


def became(forms: Path, *options: str | Path) -> dict[str, str]:
    """What became of each network, with these options."""
    return results(assess(forms, "-o", forms.parent / "uit", "--format", "json", "--force", *options))


def test_another_house_style_under_the_same_name(forms: Path) -> None:
    style = forms.parent / "huisstijl.yaml"
    for name in ("Een", "Twee"):
        style.write_text(f"organisation: {name}\n", encoding="utf-8")
        assert became(forms, "--house-style", style) == MADE
        assert became(forms, "--house-style", style) == UNCHANGED
        page = (forms.parent / "uit" / "alba-2026" / "report.html").read_text(encoding="utf-8")
        assert name in page
    assert became(forms) == MADE


def test_other_norms_under_the_same_name(forms: Path) -> None:
    norms = forms.parent / "normen" / "netwerknormering-voorbeeld"
    for name in ("netwerknormering-voorbeeld", "reference"):
        shutil.copytree(data_dir("standards") / name, norms.parent / name)
    assert became(forms, "--standards", norms) == MADE
    assert became(forms, "--standards", norms) == UNCHANGED
    first = norms / "1-governance-en-visie.yaml"
    first.write_text(first.read_text(encoding="utf-8") + "\n# herzien\n", encoding="utf-8")
    assert became(forms, "--standards", norms) == MADE


def test_another_language(forms: Path) -> None:
    assert became(forms, "--lang", "nl") == MADE
    assert became(forms, "--lang", "en") == MADE
    assert became(forms, "--lang", "en") == UNCHANGED
