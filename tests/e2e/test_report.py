"""`report` and the documents of `assess`: whose numbers are masked, and who hears that it may not go out yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from normtool.app.making import Stored, plain_name, render_document
from normtool.core.dossier import Release, Stage
from normtool.core.house_style import HouseStyle
from normtool.files.dossiers_json import dossier_json
from normtool.texts import Words
from tests.comparison_examples import network
from tests.dossier_examples import DAY, answer, mixed
from tests.e2e.running import here

DENOMINATOR = 98_765


@pytest.mark.parametrize(("masks", "is_told"), [(False, True), (True, False)])
def test_the_page_that_assess_makes_is_masked_where_the_house_style_asks_it(*, masks: bool, is_told: bool) -> None:
    few = network("A", "A", answers=(answer("N5.3", numerator=7, denominator=DENOMINATOR, year=2025, source="bron"),))
    dossier = replace(few, house_style=HouseStyle(organisation="A", masks_review=masks))
    page = render_document(Words("nl"), Stored.of(dossier), "html").decode()
    assert ("98.765" in page or str(DENOMINATOR) in page) is is_told


@pytest.mark.parametrize(
    ("audience", "is_released", "is_remarked"),
    [("public", False, True), ("public", True, False), ("board", False, False)],
)
def test_only_what_is_for_everyone_and_not_released_may_not_go_out(
    tmp_path: Path, audience: str, *, is_released: bool, is_remarked: bool
) -> None:
    release = Release(by="het bestuur", on=DAY)
    dossier = replace(mixed(), stage=Stage.FINAL, release=release) if is_released else replace(mixed(), draft=True)
    (tmp_path / "d.json").write_bytes(dossier_json(dossier))
    ran = here("report", "d.json", "-o", "uit.html", "--audience", audience, folder=tmp_path)
    assert ran.code == 0, ran.err
    assert (" ".join(Words("nl").say("cli.not_released").split()) in " ".join(ran.err.split())) is is_remarked


@pytest.mark.parametrize(
    ("code", "name"),
    [("ONZ", "onz"), (" Noord & Zuid ", "noord-zuid"), ("../x", "x"), ("四", "netwerk"), ("", "netwerk")],
)
def test_a_folder_has_a_name_whatever_the_code_of_the_network(code: str, name: str) -> None:
    assert plain_name(code) == name
