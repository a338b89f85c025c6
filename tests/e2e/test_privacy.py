"""A number that may be a patient's is nowhere: not on the screen, not in a file. All numbers are made up."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment

from tests.conftest import SAMPLES
from tests.e2e.filling import Form
from tests.e2e.reading import documents_in, files_in, read_dossier, read_pdf
from tests.e2e.running import Ran, here

SAMPLE = SAMPLES / "fictional" / "voorbeeldland-2026.xlsx"
NUMBER, OTHER, THIRD = "999990019", "999990044", "999990056"
SECRETS = (NUMBER, OTHER, THIRD, "jan.de.boer@example.org", "12-3-1950", "1950-03-12")
CONFIRMATION = "Bevestigd: geen patiëntgegevens"
QUICK = ("--only", "html,xlsx")


@cache
def planted_bytes(*, certain: bool, confirmed: str | None) -> bytes:
    """The sample form with numbers in a document's title, an explanation, a number column, a name and elsewhere."""
    form = Form(SAMPLE)
    documents, row = form.sheet("Documenten"), form.header_row("Documenten") + 1
    documents.cell(row, form.headers("Documenten")["Titel"]).value = f"Reglement, kenmerk {NUMBER}"
    form.answer("N1.1", Toelichting=f"zie {OTHER[:3]}.{OTHER[3:6]}.{OTHER[6:]}")
    volumes, first = form.sheet("Volumes"), form.header_row("Volumes") + 1
    volumes.cell(first, form.headers("Volumes")["Aantal"]).value = int(NUMBER)
    extra = form.book.create_sheet("Kladblok")
    extra["B2"] = int(THIRD)
    extra.sheet_state = "hidden"
    if certain:
        people = form.book.create_sheet("Lijst")
        people.append(["BSN", "Geboortedatum", "E-mail patiënt"])
        for number in (NUMBER, OTHER, THIRD):
            people.append([number, "12-3-1950", "jan.de.boer@example.org"])
        people.sheet_state = "veryHidden"
        extra["D4"] = "zie de opmerking"
        extra["D4"].comment = Comment(f"BSN {OTHER}", "een invuller")
        extra.oddHeader.center.text = f"patiënt {THIRD}"
        form.book.properties.title = f"Lijst van BSN {NUMBER}"
    if confirmed is not None:
        sheet = form.sheet("Netwerk")
        last = sheet.max_row + 1
        sheet.cell(last, 1).value, sheet.cell(last, 2).value = CONFIRMATION, confirmed
    target = io.BytesIO()
    form.book.save(target)
    return target.getvalue()


def planted(folder: Path, *, certain: bool = False, confirmed: str | None = None) -> Path:
    """That form as a file."""
    path = folder / "formulier.xlsx"
    path.write_bytes(planted_bytes(certain=certain, confirmed=confirmed))
    return path


def spellings(secret: str) -> set[str]:
    """A number as it is typed, with points, with commas, with blanks."""
    if not secret.isdigit():
        return {secret}
    groups = re.findall(r"\d{3}", secret)
    return {secret} | {sign.join(groups) for sign in (".", ",", " ", "\u00a0", "\u202f", "&nbsp;")}


def opened(name: str, content: bytes) -> str:
    """A file as text with everything in it unpacked: the parts of a workbook, the streams of a PDF."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "\n".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
            kept = [repr(item) for item in pdf.objects if not isinstance(item, pikepdf.Stream)]
        return "\n".join([*kept, *(stream.decode("utf-8", "replace") for stream in streams)])
    return content.decode("utf-8")


def leaked(ran: Ran, folder: Path | None = None) -> list[tuple[str, str]]:
    """Where a secret shows: on the screen or in a file."""
    places = {"stdout": ran.out, "stderr": ran.err}
    if folder is not None and folder.exists():
        places |= {name: opened(name, content) for name, content in files_in(folder).items()}
        if (folder / "report.pdf").exists():
            places["text of report.pdf"] = read_pdf(folder / "report.pdf")
    return [
        (name, spelled)
        for name, text in places.items()
        for item in SECRETS
        for spelled in spellings(item)
        if spelled in text
    ]


def codes(ran: Ran) -> dict[str, list[str]]:
    """The cells of every NT8 code in a JSON answer."""
    found: dict[str, list[str]] = {}
    for item in ran.json["diagnostics"]:
        if item["code"].startswith("NT8"):
            found.setdefault(item["code"], []).append(f"{item['sheet']}!{item['cell']}")
    return found


def test_the_numbers_here_would_be_seen(tmp_path: Path) -> None:
    """The search itself can fail: it finds the numbers in the form they were planted in."""
    form = planted(tmp_path, certain=True)
    seen = {
        item for item in SECRETS for spelled in spellings(item) if spelled in opened(form.name, form.read_bytes())
    }
    assert seen == {NUMBER, OTHER, THIRD, "jan.de.boer@example.org", "12-3-1950"}


@pytest.mark.parametrize("options", [(), ("--format", "json"), ("--lang", "en"), ("--quiet",)])
def test_check_tells_where_and_never_what(tmp_path: Path, options: tuple[str, ...]) -> None:
    ran = here("check", planted(tmp_path, certain=True), *options)
    assert ran.code == 1
    assert leaked(ran) == []
    for code in ("NT801", "NT802", "NT804"):
        assert code in ran.out + ran.err
    if not options:
        for code, place in (("NT811", "Kladblok!B2"), ("NT801", "Lijst!A2:A4")):
            assert re.search(rf"{code}\s+{place}", ran.err), ran.err


def test_json_has_the_places_and_the_counts(tmp_path: Path) -> None:
    ran = here("check", planted(tmp_path, certain=True), "--format", "json")
    found = codes(ran)
    assert found["NT801"] == ["Lijst!A2:A4"]
    assert found["NT802"] == ["Lijst!B2:B4"]
    assert found["NT804"] == ["Lijst!C2:C4"]
    assert len(found["NT811"]) == 4
    assert "Kladblok!B2" in found["NT811"]
    assert found["NT805"] == ["Kladblok!D4"]
    assert found["NT806"] == ["None!None", "Kladblok!None"]
    counts = [item["facts"] for item in ran.json["diagnostics"] if item["code"] == "NT801"]
    assert counts == [{"count": 3}]


@pytest.mark.parametrize("draft", [(), ("--draft",)], ids=["assess", "draft"])
def test_with_a_certain_one_nothing_is_made(tmp_path: Path, draft: tuple[str, ...]) -> None:
    folder = tmp_path / "uit"
    ran = here("assess", planted(tmp_path, certain=True), "-o", folder, *QUICK, *draft)
    assert leaked(ran, folder) == []
    assert ran.code == 1
    assert not folder.exists()
    assert "NT801" in ran.err


@pytest.mark.parametrize("options", [QUICK, (*QUICK, "--draft"), (*QUICK, "--format", "json")])
def test_what_may_be_one_is_in_no_document(tmp_path: Path, options: tuple[str, ...]) -> None:
    folder = tmp_path / "uit"
    ran = here("assess", planted(tmp_path), "-o", folder, *options)
    assert ran.code == 0
    assert documents_in(folder) == ["board.xlsx", "dossier.json", "report.html"]
    assert leaked(ran, folder) == []
    assert "[niet getoond]" in (folder / "report.html").read_text(encoding="utf-8")
    stored = [item for item in read_dossier(folder)["diagnostics"] if item["code"].startswith("NT8")]
    assert [item["code"] for item in stored] == ["NT811"] * 4


@pytest.mark.slow
def test_nor_in_the_pdf_or_what_is_attached_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "uit"
    ran = here("assess", planted(tmp_path), "-o", folder)
    assert ran.code == 0
    assert (folder / "report.pdf").exists()
    assert "niet getoond" in read_pdf(folder / "report.pdf")
    assert leaked(ran, folder) == []


def test_what_is_confirmed_is_read_and_the_confirmation_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "uit"
    form = planted(tmp_path, confirmed="beleidsmedewerker, 12-02-2026")
    book = openpyxl.load_workbook(form)
    for row in book["Volumes"].iter_rows():
        for cell in row:
            cell.value = None if cell.value == int(NUMBER) else cell.value  # too large for a number of patients
    book.save(form)
    ran = here("assess", form, "-o", folder, *QUICK)
    assert ran.code == 0, ran.err
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert f"Reglement, kenmerk {NUMBER}" in report
    assert "niet getoond" not in report
    stored = [item for item in read_dossier(folder)["diagnostics"] if item["code"].startswith("NT8")]
    assert sorted(item["code"] for item in stored) == ["NT818"] * 3 + ["NT819"]
    assert all(dict(item["facts"])["role"] == "beleidsmedewerker" for item in stored)
    assert all(dict(item["facts"])["date"] == "2026-02-12" for item in stored)
    shown = here("check", form)
    assert "12-2-2026" in shown.err
    assert "beleidsmedewerker" in shown.err


def test_a_confirmation_does_not_release_what_is_certain(tmp_path: Path) -> None:
    folder = tmp_path / "uit"
    form = planted(tmp_path, certain=True, confirmed="beleidsmedewerker, 12-02-2026")
    ran = here("assess", form, "-o", folder, *QUICK)
    assert ran.code == 1
    assert not folder.exists()
    assert {"NT801", "NT802", "NT804"} <= set(re.findall(r"NT80\d", ran.err))
    assert "jan.de.boer@example.org" not in ran.out + ran.err
    assert "12-3-1950" not in ran.out + ran.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_found_in_an_empty_form(language: str, tmp_path: Path) -> None:
    form = tmp_path / "f.xlsx"
    assert here("template", "onz", "--year", "2026", "--all", "--lang", language, "-o", form).code == 0
    assert codes(here("check", form, "--format", "json")) == {}


def test_a_form_asks_for_a_role_and_a_date(tmp_path: Path) -> None:
    assert here("template", "onz", "--year", "2026", "-o", tmp_path / "f.xlsx").code == 0
    form = Form(tmp_path / "f.xlsx")
    sheet = form.sheet("Netwerk")
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == CONFIRMATION)
    assert sheet.cell(row, 2).value is None
    rule = next(item for item in sheet.data_validations.dataValidation if f"B{row}" in str(item.sqref))
    assert "functie en de datum" in rule.prompt
    assert "Geen naam van een persoon" in rule.prompt
    form.network(CONFIRMATION, "ja")
    form.save()
    assert "NT817" in here("check", tmp_path / "f.xlsx").err
