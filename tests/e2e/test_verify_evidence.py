"""`verify` of a dossier of which some of the filled-in files are elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl

from tests.e2e.filling import Form
from tests.e2e.running import here

FORMS = ("een.xlsx", "twee.xlsx")


def two_forms(folder: Path) -> Path:
    """The dossier of two forms of one network, beside them."""
    assert here("template", "voorbeeldland", "--year", "2026", "-o", folder / FORMS[0]).code == 0
    shutil.copy(folder / FORMS[0], folder / FORMS[1])
    for name in FORMS:
        form = Form(folder / name)
        form.put("Werkgroepen", {"Naam": f"Groep {name}"})
        form.save()
    ran = here("assess", *(folder / name for name in FORMS), "--only", "html", "-o", folder / "uit", "--draft")
    assert ran.code in (0, 1), ran.err
    return folder / "uit" / "dossier.json"


def test_a_form_that_is_not_as_it_was_read_is_no_fault_while_another_is_elsewhere(tmp_path: Path) -> None:
    dossier = two_forms(tmp_path)
    openpyxl.load_workbook(tmp_path / FORMS[0]).save(tmp_path / FORMS[0])
    away = tmp_path / FORMS[1]
    away.rename(tmp_path / "weg.xlsx.oud")
    ran = here("verify", dossier, "--format", "json", folder=tmp_path)
    (told,) = ran.json["files"]
    assert (ran.code, told["differs"]) == (0, [])
    assert any(FORMS[0] in line and "opnieuw opgeslagen of veranderd" in line for line in told["cannot_be_checked"])
    (tmp_path / "weg.xlsx.oud").rename(away)
    ran = here("verify", dossier, "--format", "json", folder=tmp_path)
    (told,) = ran.json["files"]
    assert ran.code == 0
    assert any("opnieuw opgeslagen" in line for line in told["agrees"])
