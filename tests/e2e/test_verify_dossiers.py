"""`verify` of a dossier: evidence is read again as it was then, norms are known by name, a file is looked at once.

No document on paper is made here: that takes ten times as long (test_verify.py).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from normtool.core.dossier import Dossier
from normtool.files.dossiers_json import dossier_json, read_dossier
from normtool.resources import data_dir
from tests.conftest import SAMPLES
from tests.e2e.filling import Form
from tests.e2e.running import Ran, here

LAST_YEAR = SAMPLES / "fictional" / "voorbeeldland-2025.xlsx"
FORMS = ("een.xlsx", "twee.xlsx")
NORMS = "netwerknormering-voorbeeld"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two forms of one network that name a working group each, assessed together on another day than the last of the
    reporting year; beside them what was made."""
    folder = tmp_path_factory.mktemp("gemaakt") / "vb"
    folder.mkdir()
    template = ("template", "voorbeeldland", "--year", "2026", "--from", LAST_YEAR)
    assert here(*template, "-o", folder / FORMS[0]).code == 0
    shutil.copy(folder / FORMS[0], folder / FORMS[1])
    for name in FORMS:
        form = Form(folder / name)
        form.put("Werkgroepen", {"Naam": f"Groep {name}"})
        form.save()
    forms = (folder / name for name in FORMS)
    ran = here("assess", *forms, "--on", "30-6-2025", "--only", "html", "-o", folder / "uit", folder=folder)
    assert ran.code == 0, ran.err
    for path in (folder / "uit").iterdir():
        path.rename(folder / path.name)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it to tamper with."""
    return Path(shutil.copytree(made, tmp_path / "vb"))


def verified(*files: Path) -> tuple[Ran, list[dict[str, Any]]]:
    """What `verify` says of these files."""
    ran = here("verify", *files, "--format", "json", folder=files[0].parent)
    told: list[dict[str, Any]] = ran.json["files"]
    return ran, told


def changed(path: Path, change: Callable[[Dossier], Dossier]) -> None:
    """Write a dossier as the program would have written it with this change."""
    dossier, _ = read_dossier(path)
    assert dossier is not None
    path.write_bytes(dossier_json(change(dossier)))


# --- evidence -----------------------------------------------------------------------------------------------------


def test_evidence_is_read_again_on_the_day_that_was_given_then(folder: Path) -> None:
    dossier = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
    assert dossier["reference_date"] == "2025-06-30"
    ran, (told,) = verified(folder / "dossier.json")
    assert (ran.code, told["differs"], told["cannot_be_checked"]) == (0, [], [])
    assert any(", ".join(FORMS) in line for line in told["agrees"])


@pytest.mark.parametrize("name", FORMS)
def test_evidence_is_read_again_in_the_order_of_then_whichever_file_was_saved_again(folder: Path, name: str) -> None:
    openpyxl.load_workbook(folder / name).save(folder / name)
    ran, (told,) = verified(folder / "dossier.json")
    assert (ran.code, told["differs"], told["cannot_be_checked"]) == (0, [], [])
    assert any("opnieuw opgeslagen" in line and name in line for line in told["agrees"])


# --- norms --------------------------------------------------------------------------------------------------------


def retold(dossier: Dossier) -> Dossier:
    """With another text that no verdict rests on."""
    first, *others = dossier.framework.standards
    told = replace(first, plain=replace(first.plain, nl="Alles is al geregeld."))
    return replace(dossier, framework=replace(dossier.framework, standards=(told, *others)))


def test_a_text_of_the_norms_that_decides_nothing_may_be_of_another_version_only(folder: Path) -> None:
    path = folder / "dossier.json"
    changed(path, retold)
    ran, (told,) = verified(path)
    assert ran.code == 4
    assert [item["written"] for item in told["differs"]] == ["Alles is al geregeld."]
    changed(path, lambda dossier: replace(dossier, program="0.0.1"))
    ran, (told,) = verified(path)
    assert (ran.code, told["differs"]) == (0, [])
    assert any("0.0.1" in line for line in told["cannot_be_checked"])


@pytest.mark.parametrize("where", ["absolute", "beside"])
def test_norms_that_are_named_by_a_path_are_not_looked_up(folder: Path, where: str) -> None:
    """A dossier from elsewhere may name any path: nothing of the disk is read for it, nor told."""
    own = Path("eigen", NORMS)
    shutil.copytree(data_dir("standards"), folder / own.parent)
    path = folder / "dossier.json"
    name = str(folder / own if where == "absolute" else own)
    changed(path, lambda dossier: replace(dossier, framework=replace(dossier.framework, id=name)))
    ran, (told,) = verified(path)
    assert (ran.code, told["differs"]) == (0, [])
    assert any("staat niet op deze computer" in line for line in told["cannot_be_checked"])


# --- files --------------------------------------------------------------------------------------------------------


def test_a_file_that_is_given_twice_is_told_of_once(folder: Path) -> None:
    ran, told = verified(folder / "dossier.json", folder, folder / "report.html", folder / "dossier.json")
    assert (ran.code, [item["kind"] for item in told]) == (0, ["dossier", "html"])


def test_a_page_that_begins_with_empty_lines_is_still_a_page(folder: Path) -> None:
    page = folder / "report.html"
    page.write_bytes(b"\n \n" + page.read_bytes())
    ran, (told,) = verified(page)
    assert (ran.code, told["kind"], told["differs"]) == (0, "html", [])


def test_the_workbook_of_one_member_follows_from_the_dossier(folder: Path) -> None:
    book = folder / "een.deelnemer.xlsx"
    assert here("board", folder / "dossier.json", "-o", book, "--for", "dw").code == 0
    ran, (told,) = verified(book)
    assert (ran.code, told["kind"], told["differs"]) == (0, "xlsx", [])
