"""Files that are no filled-in form, and forms with faults: clear sentences, the right exit code, nothing written."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from normtool.texts import Words
from tests.e2e.filling import Form
from tests.e2e.newcomer import Journey
from tests.e2e.reading import files_in, plain, read_book, read_dossier, read_page, read_pdf
from tests.e2e.running import Ran, here

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NL, EN = Words("nl"), Words("en")


def ole_file(*names: str) -> bytes:
    """What begins like an OLE file and has these streams in its directory."""
    return OLE + bytes(504) + b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in names)


# --- no form at all -----------------------------------------------------------------------------------------

UNREADABLE = {
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "NT209"),
    "a PDF": (b"%PDF-1.7\n" + bytes(200), "NT208"),
    "a web page": (b"<!DOCTYPE html><html><body>x</body></html>", "NT208"),
    "an empty file": (b"", "NT205"),
    "a password": (ole_file("EncryptionInfo", "EncryptedPackage"), "NT211"),
    "an old xls": (ole_file("Workbook"), "NT210"),
    "a Word document": (ole_file("WordDocument"), "NT209"),
    "a csv": ("Id;Antwoord\nN1.2;ja\nN1.5;één\n".encode(), "NT207"),
    "a csv in UTF-16": ("Id;Antwoord\n".encode("utf-16"), "NT207"),
    "half a zip": (b"PK\x03\x04" + bytes(100), "NT213"),
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=list(UNREADABLE))
@pytest.mark.parametrize("verb", ["check", "assess"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_no_form_is_refused_in_a_sentence(
    content: tuple[bytes, str], verb: str, language: str, tmp_path: Path
) -> None:
    data, code = content
    (tmp_path / "formulier.xlsx").write_bytes(data)
    options = ["--draft", "-o", "uit"] if verb == "assess" else []
    ran = here(verb, "formulier.xlsx", *options, "--lang", language, folder=tmp_path)
    refused(ran, code, Words(language))
    assert sorted(files_in(tmp_path)) == ["formulier.xlsx"]
    assert not (tmp_path / "uit").exists()


def refused(ran: Ran, code: str, words: Words) -> None:
    """One error with its code and a hint, and exit code 1."""
    assert ran.code == 1
    assert ran.out == ""
    said = plain(ran.err)
    assert f"{words.say('diagnostics.severity.error')} {code}" in said
    assert f" {words.say('diagnostics.help')} " in said
    assert f"normtool explain {code}" in said
    assert "Traceback" not in said
    assert words.say_count("cli.count.error", 1) in said


def test_a_truncated_form(journey: Journey, tmp_path: Path) -> None:
    data = journey.workbook.read_bytes()
    for length in (len(data) // 3, len(data) - 10):
        (tmp_path / "half.xlsx").write_bytes(data[:length])
        refused(here("assess", "half.xlsx", folder=tmp_path), "NT213", NL)


def test_a_form_with_a_damaged_part(journey: Journey, tmp_path: Path) -> None:
    with zipfile.ZipFile(journey.workbook) as archive:
        part = archive.getinfo("xl/workbook.xml")
    data = bytearray(journey.workbook.read_bytes())
    start = part.header_offset + 30 + len(part.filename)
    data[start + 20 : start + 40] = bytes(20)
    (tmp_path / "kapot.xlsx").write_bytes(data)
    ran = here("assess", "kapot.xlsx", folder=tmp_path)
    refused(ran, "NT214", NL)
    assert sorted(files_in(tmp_path)) == ["kapot.xlsx"]


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "brief.xlsx", "w") as archive:
        archive.writestr("brief.txt", "Geachte heer")
    ran = here("assess", "brief.xlsx", folder=tmp_path)
    assert ran.code == 1
    assert re.search(r"fout NT2\d\d", ran.err)
    assert sorted(files_in(tmp_path)) == ["brief.xlsx"]


def test_another_workbook_is_no_form(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["omzet", 2025])
    book.save(tmp_path / "omzet.xlsx")
    ran = here("assess", "omzet.xlsx", folder=tmp_path)
    assert ran.code == 1
    assert re.search(r"fout NT2\d\d", ran.err)
    assert sorted(files_in(tmp_path)) == ["omzet.xlsx"]


def test_an_empty_workbook_is_no_form(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "leeg.xlsx")
    for options in ([], ["--draft"]):
        ran = here("assess", "leeg.xlsx", *options, folder=tmp_path)
        assert ran.code == 1
        assert re.search(r"fout NT2\d\d", ran.err)


def test_a_missing_file(tmp_path: Path) -> None:
    refused(here("assess", "weg.xlsx", folder=tmp_path), "NT201", NL)
    refused(here("check", "map/weg.xlsx", folder=tmp_path), "NT201", NL)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_forms(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    refused(here("assess", "map", folder=tmp_path), "NT243", NL)
    refused(here("template", "alba", "--year", "2027", "--from", "map", folder=tmp_path), "NT202", NL)


def test_a_folder_with_one_form_and_a_lock_file(journey: Journey, tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    (folder / "formulier.xlsx").write_bytes(journey.workbook.read_bytes())
    (folder / "~$formulier.xlsx").write_bytes(b"x" * 165)
    assert here("check", folder).code == 0


def test_a_lock_file_itself(tmp_path: Path) -> None:
    (tmp_path / "~$formulier.xlsx").write_bytes(b"\x06Beleid" + bytes(150))
    refused(here("check", "~$formulier.xlsx", folder=tmp_path), "NT206", NL)


def test_one_bad_file_among_good_ones_stops_everything(journey: Journey, tmp_path: Path) -> None:
    (tmp_path / "leeg.xlsx").write_bytes(b"")
    ran = here("assess", journey.workbook, "leeg.xlsx", "--draft", folder=tmp_path)
    assert ran.code == 1
    assert "leeg.xlsx" in ran.err
    assert "NT205" in ran.err
    assert sorted(files_in(tmp_path)) == ["leeg.xlsx"]


# --- dossiers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "NT183"), (b"{", "NT183"), (b"[]", "NT184"), (b'{"naam": 1}', "NT184"), (b"\xff\xfe{}", "NT183")],
)
def test_what_is_no_dossier_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "dossier.json").write_bytes(content)
    refused(here("explain", "N3.2", "--dossier", tmp_path / "dossier.json"), code, NL)


def test_a_dossier_of_a_newer_program(journey: Journey, tmp_path: Path) -> None:
    newer = read_dossier(journey.out) | {"format": 99}
    (tmp_path / "dossier.json").write_text(json.dumps(newer), encoding="utf-8")
    refused(here("explain", "N3.2", "--dossier", tmp_path / "dossier.json"), "NT185", NL)


def test_a_dossier_that_is_a_folder(tmp_path: Path) -> None:
    refused(here("explain", "N3.2", "--dossier", tmp_path), "NT181", NL)


# --- a form with faults -------------------------------------------------------------------------------------

Place = tuple[str, str, str]


def spoil(form: Form) -> dict[Place, str]:
    """Put in one fault of each kind; gives (code, sheet, cell) with what must be in its message."""
    expected: dict[Place, str] = {}

    def wrong(code: str, sheet: str, row: int, header: str, said: str) -> None:
        expected[code, sheet, form.cell(sheet, row, header)] = said

    row = form.answer("N3.8", Teller=12)
    wrong("NT301", "Indicatoren", row, "Teller", "12")
    row = form.answer("N1.2", Antwoord="misschien")
    wrong("NT302", "Indicatoren", row, "Antwoord", "misschien")
    row = form.answer("N2.6", Antwoord=7)
    wrong("NT319", "Indicatoren", row, "Antwoord", "7")
    row = form.answer("N5.4", Antwoord=-2)
    wrong("NT320", "Indicatoren", row, "Antwoord", "-2")
    row = form.answer("N1.5", Documenten="D77")
    wrong("NT308", "Indicatoren", row, "Documenten", "D77")
    row = form.answer("N1.8", Antwoord="n.v.t.")
    wrong("NT330", "Indicatoren", row, "Antwoord", "N1.8")
    row = form.put("Indicatoren", {"Id": "N5.5"}, {"Reden n.v.t.": None})
    wrong("NT331", "Indicatoren", row, "Antwoord", "N5.5")
    row = form.put("Tumortypenetwerken", {"Groep": "Huid"}, {"Zorgpad van": "vorig jaar"})
    wrong("NT305", "Tumortypenetwerken", row, "Zorgpad van", "vorig jaar")
    row = form.put("Tumortypenetwerken", {"Groep": "Borst"}, {"Stand": "eigen netwek"})
    wrong("NT307", "Tumortypenetwerken", row, "Stand", "eigen netwek")
    row = form.put("Tumortypenetwerken", {"Groep": "Long"}, {"Verwezen": "65%"})
    wrong("NT304", "Tumortypenetwerken", row, "Verwezen", "65%")
    row = form.put("Overlegvormen", {"Soort": "PAR"}, {"Gehouden": "zes"})
    wrong("NT303", "Overlegvormen", row, "Gehouden", "zes")
    row = form.put("Volumes", {"Locatie": "XX"}, {"Behandeling": "Rectumresectie", "Jaar": 2025, "Aantal": 3})
    wrong("NT313", "Volumes", row, "Locatie", "XX")
    row = form.put("Afspraken", {"Id": "A7"}, {"Soort": "vriendschap"})
    wrong("NT306", "Afspraken", row, "Soort", "vriendschap")
    row = form.put("Documenten", {"Id": "D2"}, {"Datum": "#REF!"})
    wrong("NT317", "Documenten", row, "Datum", "#REF!")
    return expected


@pytest.fixture
def faulty(journey: Journey, tmp_path: Path) -> tuple[Path, dict[Place, str]]:
    form = Form(journey.workbook)
    expected = spoil(form)
    return form.save(tmp_path / "fouten.xlsx"), expected


def errors_in(found: Any) -> dict[Place, dict[str, Any]]:
    return {
        (item["code"], item["sheet"], item["cell"]): item
        for item in found["diagnostics"]
        if item["severity"] == "error"
    }


@pytest.mark.parametrize("verb", ["check", "assess"])
def test_all_faults_are_named_in_one_run(verb: str, faulty: tuple[Path, dict[Place, str]], tmp_path: Path) -> None:
    path, expected = faulty
    ran = here(verb, path, "--format", "json", folder=tmp_path)
    assert ran.code == 1
    found = errors_in(ran.json)
    assert sorted(found) == sorted(expected)
    for place, said in expected.items():
        assert said in found[place]["message"], place
        assert found[place]["hint"]
        assert found[place]["file"] == path.name
    assert sorted(files_in(tmp_path)) == [path.name]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_fault_is_a_line_with_code_place_and_hint(
    language: str, faulty: tuple[Path, dict[Place, str]], tmp_path: Path
) -> None:
    path, expected = faulty
    words = Words(language)
    ran = here("check", path, "--lang", language)
    assert ran.code == 1
    blocks = [plain(block) for block in ran.err.split("\n\n")]
    for code, sheet, cell in expected:
        head = f"{words.say('diagnostics.severity.error')} {code} {sheet}!{cell} "
        (block,) = [block for block in blocks if block.startswith(head)]
        assert f" {words.say('diagnostics.help')} " in block
        assert f"normtool explain {code}" in block
    assert words.say_count("cli.count.error", len(expected)) in ran.err
    assert max(len(line) for line in ran.err.splitlines()) <= 80
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_every_code_that_is_named_can_be_explained(faulty: tuple[Path, dict[Place, str]]) -> None:
    for code in {code for code, _, _ in faulty[1]}:
        for language in ("nl", "en"):
            ran = here("explain", code, "--lang", language)
            assert ran.code == 0
            assert ran.out.startswith(code)


# --- a draft ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_draft_says_so_in_every_document(faulty: tuple[Path, dict[Place, str]], tmp_path: Path) -> None:
    path, expected = faulty
    ran = here("assess", path, "--draft", "-o", tmp_path / "uit")
    assert ran.code == 0
    assert all(code in ran.err for code, _, _ in expected)
    assert "VOORLOPIG" in ran.out.splitlines()[0]
    page, paper = read_page(tmp_path / "uit" / "report.html"), read_pdf(tmp_path / "uit" / "report.pdf", "-layout")
    assert "VOORLOPIG" in page.text
    pages = paper.rstrip("\f").split("\f")
    assert [number for number, text in enumerate(pages, 1) if "VOORLOPIG" not in text] == []
    for sheet in read_book(tmp_path / "uit" / "board.xlsx"):
        top = [cell.value for row in sheet.iter_rows(max_row=2) for cell in row if cell.value]
        assert any("VOORLOPIG" in str(value) for value in top), sheet.title
    dossier = read_dossier(tmp_path / "uit")
    assert dossier["draft"] is True
    for code, _, cell in expected:
        assert code in page.text, f"{code} {cell}"


@pytest.fixture
def draft(faulty: tuple[Path, dict[Place, str]], tmp_path: Path) -> dict[str, dict[str, Any]]:
    path, _ = faulty
    assert here("assess", path, "--draft", "-o", tmp_path / "uit", "--only", "html").code == 0
    standards = read_dossier(tmp_path / "uit")["standards"]
    return {item["id"]: item for standard in standards for item in standard["indicators"]}


def test_in_a_draft_what_is_affected_waits_for_correction(draft: dict[str, dict[str, Any]]) -> None:
    for name in ("N1.2", "N1.5", "N1.8", "N2.6", "N3.8", "N5.4", "N5.5", "N2.1", "N3.6"):
        assert (draft[name]["verdict"], draft[name]["reason"]) == ("unknown", "to_be_repaired"), name


def test_in_a_draft_what_is_not_affected_stays(draft: dict[str, dict[str, Any]]) -> None:
    assert draft["N1.3"]["verdict"] == "met"
    assert draft["N3.1"]["verdict"] == "not_met"
    assert draft["N5.2"]["verdict"] == "own_approach"


def test_without_faults_a_draft_is_still_a_draft(journey: Journey, tmp_path: Path) -> None:
    ran = here("assess", journey.workbook, "--draft", "-o", tmp_path / "uit", "--only", "html")
    assert ran.code == 0
    assert read_dossier(tmp_path / "uit")["draft"] is True
    assert "VOORLOPIG" in read_page(tmp_path / "uit" / "report.html").text


def test_without_draft_nothing_is_provisional(journey: Journey) -> None:
    assert read_dossier(journey.out)["draft"] is False
    assert "VOORLOPIG" not in read_page(journey.out / "report.html").text


# --- the sample with faults ---------------------------------------------------------------------------------


def test_the_sample_with_faults_gives_what_its_list_says(samples: Path, tmp_path: Path) -> None:
    listed = (samples / "fictional" / "fouten-2026.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| *\d+ *\| (.+?) \| (.+?) \| .+ \| (NT\d+) \|$", listed, re.M)
    assert len(rows) >= 25
    expected = sorted((code, sheet, "" if cell == "–" else cell) for sheet, cell, code in rows)
    ran = here("check", samples / "fictional" / "fouten-2026.xlsx", "--format", "json")
    assert ran.code == 1
    found = [
        (item["code"], item["sheet"] or "", item["cell"] or "")
        for item in ran.json["diagnostics"]
        if item["severity"] == "error"
    ]
    assert sorted(found) == expected


@pytest.mark.parametrize(
    "name",
    ["fictional/voorbeeldland-2026", "fictional/duinmark-2026", "public/onz-2023", "public/groningen-drenthe-2021"],
)
def test_the_other_samples_have_no_faults(name: str, samples: Path) -> None:
    ran = here("check", samples / f"{name}.xlsx", "--format", "json")
    assert ran.code == 0
    assert errors_in(ran.json) == {}


def test_the_day_of_the_year_does_not_matter(journey: Journey, tmp_path: Path) -> None:
    """A date that is no date is asked back whatever today is: nothing reads the clock."""
    form = Form(journey.workbook)
    form.network("Peildatum", date(2035, 12, 31))
    path = form.save(tmp_path / "later.xlsx")
    assert here("check", path).code in (0, 1)
