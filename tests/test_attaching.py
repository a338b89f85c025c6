"""The workbooks that go with a report on paper: those it was made of, and never those whose numbers it masks."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from normtool.app.attaching import attached_evidence
from normtool.app.dossiers import GivenDossier
from normtool.app.reading import Common
from normtool.core.circles import part_for
from normtool.core.dossier import Circle, Dossier
from normtool.core.evidence import SourceFile
from normtool.screen import Screen
from normtool.texts import Words
from tests.dossier_examples import mixed

COMMON = Common(words=Words("nl"), screen=Screen(), standards="")
CONTENTS = {"formulier.xlsx": b"a workbook", "cijfers.csv": b"figures"}
FILES = tuple(SourceFile(file=name, digest=hashlib.sha256(content).hexdigest()) for name, content in CONTENTS.items())


@pytest.fixture
def given(tmp_path: Path) -> GivenDossier:
    """A dossier beside the files that it was read from."""
    for name, content in CONTENTS.items():
        (tmp_path / name).write_bytes(content)
    dossier = mixed()
    whole = replace(dossier, evidence=replace(dossier.evidence, files=FILES))
    return GivenDossier(path=tmp_path / "dossier.json", dossier=whole, digest="ab" * 32)


def with_whole_digests(part: Dossier) -> Dossier:
    """A part as earlier versions wrote it: it names its files by their whole digests."""
    return replace(part, evidence=replace(part.evidence, files=FILES))


def test_what_a_whole_dossier_was_read_from_is_attached(given: GivenDossier) -> None:
    attached, found = attached_evidence(COMMON, given)
    assert {item.name: item.content for item in attached} == CONTENTS
    assert [item.media_type.rpartition(".")[2] for item in attached] == ["sheet", "text/csv"]
    assert found == ()


@pytest.mark.parametrize("circle", [Circle.NETWORK, Circle.BOARD, Circle.PUBLIC])
def test_with_masked_numbers_nothing_is_attached_and_it_is_said(given: GivenDossier, circle: Circle) -> None:
    part = with_whole_digests(part_for(given.dossier, circle, given.digest))
    attached, (found,) = attached_evidence(COMMON, replace(given, dossier=part))
    assert attached == ()
    assert (found.code, dict(found.facts)) == ("NT199", {"files": "formulier.xlsx, cijfers.csv"})
