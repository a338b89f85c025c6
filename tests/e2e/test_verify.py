"""`verify`: whatever a forger changes in a document is found and named; what is only saved again is not."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from normtool import __version__
from normtool.app import verifying_documents
from normtool.core.circles import part_for
from normtool.core.dossier import Circle
from normtool.documents.pdf import PdfUnavailable
from normtool.files.dossiers_json import dossier_json, read_dossier
from normtool.files.pdf_reading import pages_of
from normtool.screen import WIDTH
from tests.conftest import SAMPLES
from tests.e2e.filling import Form
from tests.e2e.running import Ran, here

SAMPLE = SAMPLES / "fictional" / "voorbeeldland-2026.xlsx"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of a sample network, made once."""
    folder = tmp_path_factory.mktemp("gemaakt")
    ran = here("assess", SAMPLE, "-o", folder / "vb", folder=folder)
    assert ran.code == 0, ran.err
    return folder / "vb"


read_once = cache(pages_of)
"""What stands on the pages of a PDF: taking it out of the same bytes takes seconds each time."""


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the documents to tamper with. Rendering is the same every time, so the pages are made once."""
    copy = tmp_path / "vb"
    shutil.copytree(made, copy)
    monkeypatch.setattr(verifying_documents, "paper_of", lambda *_: (made / "report.pdf").read_bytes())
    monkeypatch.setattr(verifying_documents, "pages_of", read_once)
    return copy


def verified(*files: Path) -> tuple[Ran, list[dict[str, Any]]]:
    """What `verify` says of these files."""
    ran = here("verify", *files, "--format", "json", folder=files[0].parent)
    told: list[dict[str, Any]] = ran.json["files"]
    return ran, told


def sentences(told: dict[str, Any]) -> str:
    return "\n".join(item["sentence"] for item in told["differs"])


def rewritten(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a dossier as a forger does: read it, change a value, write it."""
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def indicator(data: dict[str, Any], identifier: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        item for standard in data["standards"] for item in standard["indicators"] if item["id"] == identifier
    )
    return found


# --- what nobody touched ----------------------------------------------------------------------------------------


def test_documents_as_they_were_made_agree(made: Path) -> None:
    ran, told = verified(*(made / name for name in ("dossier.json", "report.html", "board.xlsx", "report.pdf")))
    assert ran.code == 0
    assert [item["kind"] for item in told] == ["dossier", "html", "xlsx", "pdf"]
    assert all(item["holds"] and not item["differs"] for item in told)
    assert all(SAMPLE.name in item["cannot_be_checked"][0] for item in told)


def test_with_the_filled_in_file_beside_it_nothing_is_left_open(folder: Path) -> None:
    shutil.copy(SAMPLE, folder.parent / "onder een andere naam.xlsx")
    _, (told,) = verified(folder / "dossier.json")
    assert told["cannot_be_checked"] == []
    assert any(SAMPLE.name in line for line in told["agrees"])


def test_a_folder_means_the_dossier_in_it_and_people_read_plain_words(folder: Path) -> None:
    ran = here("verify", folder, "--lang", "en", folder=folder)
    assert ran.code == 0
    assert "dossier.json (dossier): everything that can be checked here agrees" in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_a_report_that_was_only_saved_again_agrees(folder: Path) -> None:
    with pikepdf.open(folder / "report.pdf", allow_overwriting_input=True) as opened:
        opened.save(folder / "report.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable, recompress_flate=True)
    ran, (told,) = verified(folder / "report.pdf")
    assert ran.code == 0
    assert any("opnieuw opgeslagen" in line for line in told["agrees"])


def test_a_dossier_that_was_only_saved_again_agrees(folder: Path) -> None:
    rewritten(folder / "dossier.json", lambda data: None)
    ran, (told,) = verified(folder / "dossier.json")
    assert ran.code == 0
    assert any("opnieuw opgeslagen" in line for line in told["agrees"])


# --- a changed dossier ------------------------------------------------------------------------------------------


def flip_verdict(data: dict[str, Any]) -> None:
    found = indicator(data, "N3.2")
    assert found["verdict"] != "met"
    found["verdict"] = found["worst"] = found["best"] = "met"


def lower_target(data: dict[str, Any]) -> None:
    for standard in data["norms"]["standards"]:
        for item in standard["indicators"]:
            for step in item.get("path", ()):
                step["target"] = step["partly_from"] = 0.1


def flip_standard(data: dict[str, Any]) -> None:
    data["standards"][2]["verdict"] = "met"


def move_number(data: dict[str, Any]) -> None:
    number = next(row for item in all_indicators(data) for row in item["rows"] if row.get("number") is not None)
    number["number"] += 100


def all_indicators(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for standard in data["standards"] for item in standard["indicators"]]


def rewrite_reasoning(data: dict[str, Any]) -> None:
    next(item for item in all_indicators(data) if item["because"])["because"] = []


def move_place(data: dict[str, Any]) -> None:
    next(item for item in all_indicators(data) if item["places"])["places"][0]["cell"] = "A99"


def change_count(data: dict[str, Any]) -> None:
    data["standards"][0]["counts"]["met"] += 1


def change_digest(data: dict[str, Any]) -> None:
    data["norms"]["digest"] = data["framework"]["digest"] = "0" * 64


def change_heading(data: dict[str, Any]) -> None:
    data["framework"]["edition"] = "2027"


Change = Callable[[dict[str, Any]], None]
CHANGES: dict[Change, str] = {
    flip_verdict: "N3.2, oordeel",
    flip_standard: "standaard 3, oordeel",
    move_number: "aantal",
    rewrite_reasoning: "uitleg van het oordeel",
    move_place: "cellen waarop het rust",
    change_count: "aantal dat voldoet",
    lower_target: "de normen",
    change_digest: "controlecode van de normen",
    change_heading: "framework.edition",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_dossier_is_found_and_named(folder: Path, change: Change) -> None:
    rewritten(folder / "dossier.json", change)
    ran, (told,) = verified(folder / "dossier.json")
    assert ran.code == 4
    assert CHANGES[change] in sentences(told)


def test_a_changed_answer_is_found_when_its_file_is_there(folder: Path) -> None:
    """Changed evidence with verdicts to match: only the filled-in file can tell."""
    path = folder / "dossier.json"

    def change(data: dict[str, Any]) -> None:
        cell = next(item for item in data["evidence"]["answers"] if item.get("explanation"))["explanation"]
        cell["value"] = "Dat is nooit gezegd."

    rewritten(path, change)
    dossier, _ = read_dossier(path)
    assert dossier is not None
    path.write_bytes(dossier_json(dossier))
    assert verified(path)[0].code == 0
    shutil.copy(SAMPLE, folder)
    ran, (told,) = verified(path)
    assert ran.code == 4
    assert "Dat is nooit gezegd." in sentences(told)


# --- a changed document -----------------------------------------------------------------------------------------


def test_a_changed_attachment_is_found(folder: Path) -> None:
    rewritten(folder / "dossier.json", flip_verdict)
    with pikepdf.open(folder / "report.pdf", allow_overwriting_input=True) as opened:
        opened.attachments["dossier.json"] = pikepdf.AttachedFileSpec.from_filepath(opened, folder / "dossier.json")
        opened.save(folder / "report.pdf")
    ran, (told,) = verified(folder / "report.pdf")
    assert ran.code == 4
    assert "N3.2, oordeel" in sentences(told)
    assert "de bijlage dossier.json is niet het toetsdossier" in sentences(told)


def test_a_changed_page_is_found_while_the_attachment_is_right(folder: Path) -> None:
    with pikepdf.open(folder / "report.pdf", allow_overwriting_input=True) as opened:
        page = opened.pages[1]
        commands = pikepdf.parse_content_stream(page)
        shown = [at for at, command in enumerate(commands) if str(command.operator) in {"Tj", "TJ"}]
        del commands[shown[30]]
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(commands))
        opened.save(folder / "report.pdf")
    ran, (told,) = verified(folder / "report.pdf")
    assert ran.code == 4
    assert told["differs"][0]["place"] == "bladzijde 2"
    assert told["differs"][0]["follows"] not in {"", "–"}


def retitle(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as description:
        description["dc:title"] = "Alles voldoet"


def describe(pdf: pikepdf.Pdf) -> None:
    figure = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item)
    figure.Alt = pikepdf.String("Alles voldoet")


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].title = "Alles voldoet"


@pytest.mark.parametrize("change", [retitle, describe, bookmark])
def test_what_a_pdf_says_beside_its_pages_is_checked(folder: Path, change: Callable[[pikepdf.Pdf], None]) -> None:
    forged = folder / "anders.pdf"
    with pikepdf.open(folder / "report.pdf") as pdf:
        change(pdf)
        pdf.save(forged, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    ran, (told,) = verified(forged)
    assert ran.code == 4
    assert "naast de bladzijden" in sentences(told)
    assert "Alles voldoet" in sentences(told)


def test_a_report_that_lost_what_is_beside_its_pages_agrees(folder: Path) -> None:
    with pikepdf.open(folder / "report.pdf") as pdf:
        del pdf.Root.Outlines
        del pdf.Root.StructTreeRoot
        pdf.save(folder / "kaal.pdf")
    ran, (told,) = verified(folder / "kaal.pdf")
    assert (ran.code, told["differs"]) == (0, [])


def test_something_laid_over_a_page_is_found(folder: Path) -> None:
    with pikepdf.open(folder / "report.pdf", allow_overwriting_input=True) as opened:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[50, 700, 300, 740],
            Contents="voldoet",
            DA="/Helv 12 Tf",
        )
        opened.pages[0].Annots = opened.make_indirect(pikepdf.Array([note]))
        opened.save(folder / "report.pdf")
    ran, (told,) = verified(folder / "report.pdf")
    assert ran.code == 4
    assert "bladzijde 1: er is iets over de bladzijde heen gelegd (FreeText)" in sentences(told)


def test_another_workbook_than_the_one_that_was_read_is_found(folder: Path) -> None:
    with pikepdf.open(folder / "report.pdf", allow_overwriting_input=True) as opened:
        opened.attachments[SAMPLE.name] = pikepdf.AttachedFileSpec.from_filepath(opened, folder / "board.xlsx")
        opened.save(folder / "report.pdf")
    ran, (told,) = verified(folder / "report.pdf")
    assert ran.code == 4
    assert SAMPLE.name in sentences(told)


def test_a_changed_word_on_the_screen_is_found(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    word = '<span class="word">voldoet niet</span>'
    assert word in page
    (folder / "report.html").write_text(page.replace(word, '<span class="word">voldoet</span>', 1), encoding="utf-8")
    ran, (told,) = verified(folder / "report.html")
    assert ran.code == 4
    assert (told["differs"][0]["written"], told["differs"][0]["follows"]) == ("voldoet", "voldoet niet")


def test_another_version_in_the_document_hides_no_change(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    changed = page.replace(f"normtool={__version__} ", "normtool=0.0.1 ", 1).replace(">voldoet niet<", ">voldoet<", 1)
    (folder / "report.html").write_text(changed, encoding="utf-8")
    ran, (told,) = verified(folder / "report.html")
    assert ran.code == 4
    assert "0.0.1" in told["differs"][0]["sentence"]
    assert ("voldoet", "voldoet niet") in [(item["written"], item["follows"]) for item in told["differs"]]


def test_a_changed_program_in_the_page_is_found(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    (folder / "report.html").write_text(page.replace("<script>", "<script>document.title='x';", 1), encoding="utf-8")
    ran, (told,) = verified(folder / "report.html")
    assert ran.code == 4
    assert "het programma in het bestand is veranderd" in sentences(told)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<span class="word">voldoet niet</span>', '<span class="word" hidden>voldoet niet</span>'),
        ('<span class="word">voldoet niet</span>', '<span class="word" style="display:none">voldoet niet</span>'),
        ("</body>", '<iframe srcdoc="voldoet"></iframe></body>'),
    ],
)
def test_what_hides_words_or_puts_others_before_them_is_found(folder: Path, old: str, new: str) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert old in page
    (folder / "report.html").write_text(page.replace(old, new, 1), encoding="utf-8")
    ran, (told,) = verified(folder / "report.html")
    assert ran.code == 4
    assert "kan een browser iets anders laten zien" in sentences(told)


def spoil_cell(folder: Path, old: str, new: str) -> str:
    """Change what is stored in one cell of the workbook, and leave everything else; the name of its part."""
    source = (folder / "board.xlsx").read_bytes()
    changed = ""
    with zipfile.ZipFile(BytesIO(source)) as package, zipfile.ZipFile(folder / "board.xlsx", "w") as target:
        for name in package.namelist():
            data = package.read(name)
            if not changed and name.startswith("xl/worksheets/sheet") and old.encode() in data:
                data, changed = data.replace(old.encode(), new.encode(), 1), name
            target.writestr(name, data)
    assert changed
    return changed


def test_a_changed_stored_result_of_a_formula_is_found(folder: Path) -> None:
    spoil_cell(folder, "</f><v>7</v>", "</f><v>9</v>")
    ran, (told,) = verified(folder / "board.xlsx")
    assert ran.code == 4
    assert (told["differs"][0]["written"], told["differs"][0]["follows"]) == ("9", "7")
    assert "!" in told["differs"][0]["place"]


def test_a_formula_that_was_changed_by_hand_is_found(folder: Path) -> None:
    part = spoil_cell(folder, "<f>COUNTIF", "<f>7+0*COUNTIF")
    ran, (told,) = verified(folder / "board.xlsx")
    assert ran.code == 4
    assert part in sentences(told)


def test_a_form_that_was_changed_after_the_assessment_is_found(folder: Path) -> None:
    book = openpyxl.load_workbook(SAMPLE)
    book["Netwerk"]["B16"].value = "anders"
    book.save(folder / SAMPLE.name)
    ran, (told,) = verified(folder / "dossier.json")
    assert ran.code == 4
    assert f"{SAMPLE.name} is veranderd" in sentences(told)


def test_what_was_changed_in_the_form_is_named(folder: Path) -> None:
    form = Form(SAMPLE)
    form.answer("N1.2", Antwoord="nee")
    form.save(folder / SAMPLE.name)
    ran, (told,) = verified(folder / "dossier.json")
    assert ran.code == 4
    assert f"{SAMPLE.name} is veranderd" in sentences(told)
    assert any((item["written"], item["follows"]) == ("ja", "nee") for item in told["differs"])
    assert "N1.2" in sentences(told)


def test_a_form_that_was_only_saved_again_agrees(folder: Path) -> None:
    openpyxl.load_workbook(SAMPLE).save(folder / SAMPLE.name)
    assert (folder / SAMPLE.name).read_bytes() != SAMPLE.read_bytes()
    ran, (told,) = verified(folder / "dossier.json")
    assert ran.code == 0
    assert any("opnieuw opgeslagen" in line and SAMPLE.name in line for line in told["agrees"])
    assert not any(SAMPLE.name in line for line in told["cannot_be_checked"])


@pytest.mark.parametrize("other", ["form of a former year", "no form", "not even a workbook"])
def test_another_file_of_the_same_name_is_no_changed_form(folder: Path, other: str) -> None:
    above = folder.parent / SAMPLE.name
    if other == "form of a former year":
        shutil.copy(SAMPLE.with_name("voorbeeldland-2025.xlsx"), above)
    elif other == "no form":
        openpyxl.Workbook().save(above)
    else:
        above.write_text("iets anders", encoding="utf-8")
    ran, (told,) = verified(folder / "dossier.json")
    assert ran.code == 0
    assert any("met deze naam" in line and SAMPLE.name in line for line in told["cannot_be_checked"])


def test_a_document_in_a_house_style_of_its_own_is_checked_with_that_house_style(folder: Path) -> None:
    style = folder / "huisstijl.yaml"
    style.write_text('organisatie: Netwerkbureau\naccentkleur: "#6B2A00"\n', encoding="utf-8")
    page = folder / "eigen.html"
    assert here("report", folder / "dossier.json", "-o", page, "--house-style", style).code == 0
    alone = here("verify", page, "--format", "json")
    assert (alone.code, [item["code"] for item in alone.json["diagnostics"]]) == (1, ["NT198"])
    ran = here("verify", page, "--house-style", style, "--format", "json")
    assert ran.code == 0, ran.out
    assert any("laatste teken" in line for line in ran.json["files"][0]["agrees"])
    page.write_text(page.read_text(encoding="utf-8").replace("Netwerkbureau", "Bureau"), encoding="utf-8")
    assert here("verify", page, "--house-style", style).code == 4


def test_a_house_style_with_errors_stops_verify(folder: Path) -> None:
    style = folder / "huisstijl.yaml"
    style.write_text("accentkleur: wit\n", encoding="utf-8")
    ran = here("verify", folder / "report.html", "--house-style", style, "--format", "json")
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, ["NT172"])


def test_a_page_of_a_dossier_that_another_program_saved_is_checked(folder: Path) -> None:
    dossier = folder / "dossier.json"
    dossier.write_text(json.dumps(json.loads(dossier.read_text(encoding="utf-8")), indent=4), encoding="utf-8")
    assert here("report", dossier, "-o", folder / "later.html").code == 0
    ran, told = verified(folder / "later.html", folder / "report.html")
    assert ran.code == 0
    assert [item["differs"] for item in told] == [[], []]


@pytest.mark.parametrize("name", ["leeg.pdf", "leeg.html", "leeg.xlsx"])
def test_an_empty_document_is_said_to_be_damaged(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    ran = here("verify", tmp_path / name, "--format", "json")
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, ["NT189"])


@pytest.mark.parametrize("name", ["report.pdf", "report.html", "board.xlsx"])
def test_a_document_given_as_a_dossier_is_called_none(made: Path, tmp_path: Path, name: str) -> None:
    ran = here("report", made / name, "-o", tmp_path / "x.html", "--format", "json")
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, ["NT184"])


def test_names_from_an_own_file_of_networks_are_read_with_that_file(tmp_path: Path) -> None:
    own = SAMPLES / "fictional" / "regio-wolkenland"
    form = Form(own / "mistmark-2026.xlsx")
    form.put("Afspraken", {"Id": "A1"}, {"Partijen": "UMCW; NEV; Stichting Dauwhoven Zorg"})
    path = form.save(tmp_path / "mistmark-2026.xlsx")
    networks = ("--networks", own / "netwerken.yaml")
    assert here("assess", path, *networks, "-o", tmp_path / "uit", "--only", "html").code == 0
    alone, (told,) = verified(tmp_path / "uit" / "dossier.json")
    assert alone.code == 4
    assert any("--networks" in line for line in told["cannot_be_checked"])
    ran = here("verify", tmp_path / "uit", *networks, "--format", "json")
    assert (ran.code, ran.json["files"][0]["cannot_be_checked"]) == (0, [])


def test_a_file_of_networks_with_errors_stops_verify(folder: Path) -> None:
    ran = here("verify", folder / "report.html", "--networks", folder / "weg.yaml", "--format", "json")
    assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, ["NT700"])


def test_a_workbook_of_several_years_refers_to_the_dossiers_it_was_made_of(folder: Path, tmp_path: Path) -> None:
    former = SAMPLE.with_name("voorbeeldland-2025.xlsx")
    assert here("assess", former, "-o", tmp_path / "toen", "--only", "html").code == 0
    several = tmp_path / "toen" / "jaren.xlsx"
    assert here("board", tmp_path / "toen", folder, "-o", several).code == 0
    assert here("export", folder, "-o", tmp_path / "tabel.csv").code == 0
    for file in (several, tmp_path / "tabel.csv"):
        ran = here("verify", file, "--format", "json")
        assert (ran.code, [item["code"] for item in ran.json["diagnostics"]]) == (1, ["NT188"])
        assert "toetsdossiers" in ran.json["diagnostics"][0]["hint"]


def test_what_does_not_follow_from_the_evidence_is_left_open(folder: Path) -> None:
    def released(data: dict[str, Any]) -> None:
        data |= {"stage": "final", "release": {"by": "netwerkbestuur", "on": "2026-03-01"}}

    rewritten(folder / "dossier.json", released)
    ran, (told,) = verified(folder / "dossier.json")
    assert ran.code == 0
    assert any("wie haar heeft vrijgegeven" in line for line in told["cannot_be_checked"])


def test_a_workbook_that_was_saved_by_another_program_is_compared_by_its_cells(folder: Path) -> None:
    path = folder / "board.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book[book.sheetnames[-1]]
    sheet["A3"] = "iets anders"
    book.save(path)
    ran, (told,) = verified(path)
    assert ran.code == 4
    assert [item["written"] for item in told["differs"]] == ["iets anders"]
    assert any("geen uitkomst is opgeslagen" in line for line in told["cannot_be_checked"])


# --- parts, evidence, regions -----------------------------------------------------------------------------------


def codes(ran: Ran) -> list[str]:
    return [item["code"] for item in ran.json["diagnostics"]]


def test_a_page_for_everyone_agrees_with_the_whole_beside_it(folder: Path) -> None:
    page = folder / "openbaar.html"
    ran = here("report", folder / "dossier.json", "-o", page, "--audience", "public", folder=folder)
    assert ran.code == 0
    assert max(map(len, ran.err.splitlines())) <= WIDTH
    assert verified(page)[1][0]["holds"]
    page.write_text(page.read_text(encoding="utf-8").replace("Voorbeeldland", "Elders", 9), encoding="utf-8")
    ran, (told,) = verified(page)
    assert ran.code == 4
    assert "Elders" in sentences(told)


@pytest.fixture
def part(folder: Path) -> Path:
    """What the board may see, as a dossier of its own."""
    whole, _ = read_dossier(folder / "dossier.json")
    assert whole is not None
    digest = hashlib.sha256((folder / "dossier.json").read_bytes()).hexdigest()
    path = folder / "bestuur.json"
    path.write_bytes(dossier_json(part_for(whole, Circle.BOARD, digest)))
    return path


def test_a_part_agrees_with_its_whole_and_says_what_it_lacks_without(part: Path) -> None:
    ran, (told,) = verified(part)
    assert (ran.code, told["cannot_be_checked"]) == (0, [])
    (part.parent / "dossier.json").unlink()
    ran, (told,) = verified(part)
    assert ran.code == 0
    assert "daarvoor is het hele toetsdossier nodig" in told["cannot_be_checked"][0]


def test_a_changed_part_is_found_with_and_without_its_whole(part: Path) -> None:
    rewritten(part, flip_verdict)
    ran, (told,) = verified(part)
    assert ran.code == 4
    assert "N3.2, oordeel" in sentences(told)
    (part.parent / "dossier.json").unlink()
    ran, (told,) = verified(part)
    assert ran.code == 4
    assert "standaard 3, aantal dat voldoet" in sentences(told)


def test_evidence_is_attached_and_compared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    shutil.copy(SAMPLE, folder)
    target = folder / "met bewijs.pdf"
    ran = here("report", folder / "dossier.json", "-o", target, "--attach-evidence", folder=folder)
    assert (ran.code, ran.err) == (0, "")
    (folder / SAMPLE.name).unlink()
    with pikepdf.open(target) as opened:
        file = opened.attachments[SAMPLE.name]
        assert file.get_file().read_bytes() == SAMPLE.read_bytes()
        assert file.get_file().mime_type.endswith("spreadsheetml.sheet")
    ran, (told,) = verified(target)
    assert (ran.code, told["cannot_be_checked"]) == (0, [])
    assert any(SAMPLE.name in line for line in told["agrees"])


def test_a_region_is_compared_with_the_dossiers_of_its_sub_networks(tmp_path: Path) -> None:
    forms = sorted((SAMPLES / "fictional" / "regio-wolkenland").glob("*.xlsx"))
    made = here("assess", *forms, "--region", "wolkenland", "--only", "html", "-o", "r", folder=tmp_path)
    assert made.code == 0, made.err
    region = tmp_path / "r" / "dossier.json"
    ran, (told,) = verified(region)
    assert ran.code == 0
    assert not any("hun eigen toetsdossier" in line for line in told["cannot_be_checked"])
    for path in (tmp_path / "r").glob("*/dossier.json"):
        assert verified(path)[0].code == 0
        path.unlink()
    ran, (told,) = verified(region)
    assert ran.code == 0
    assert any("hun eigen toetsdossier" in line for line in told["cannot_be_checked"])

    def change(data: dict[str, Any]) -> None:
        verdicts = data["sub_networks"][0]["standards"][0]["indicators"]
        found = next(item for item in verdicts if item["verdict"] == "not_met")
        found["verdict"] = found["worst"] = found["best"] = "met"

    rewritten(region, change)
    assert verified(region)[0].code == 4


def test_without_weasyprint_the_pages_are_left_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> bytes:
        raise PdfUnavailable("pango")

    monkeypatch.setattr(verifying_documents, "paper_of", missing)
    ran, (told,) = verified(folder / "report.pdf")
    assert ran.code == 0
    assert any("Pango of WeasyPrint" in line for line in told["cannot_be_checked"])


# --- what cannot be used ----------------------------------------------------------------------------------------


def test_a_document_alone_names_the_dossier_it_needs(folder: Path) -> None:
    digest = hashlib.sha256((folder / "dossier.json").read_bytes()).hexdigest()
    (folder / "dossier.json").unlink()
    ran, told = verified(folder / "report.html", folder / "board.xlsx")
    assert (ran.code, told, codes(ran)) == (1, [], ["NT198", "NT198"])
    assert digest[:12] in ran.out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "NT183"),
        (b"{}", "NT184"),
        (b"%PDF-1.7 and then nothing", "NT189"),
        (b"PK\x03\x04 and then nothing", "NT188"),
        (b"<!DOCTYPE html><title>iets anders</title>", "NT188"),
        (b"\xff\xfe\x00", "NT183"),
    ],
)
def test_what_is_not_ours_gives_one_diagnostic(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "iets").write_bytes(content)
    ran, told = verified(tmp_path / "iets")
    assert (ran.code, told, codes(ran)) == (1, [], [code])


def test_a_missing_file_gives_one_diagnostic(tmp_path: Path) -> None:
    ran, told = verified(tmp_path / "niets.pdf")
    assert (ran.code, told, codes(ran)) == (1, [], ["NT180"])


@pytest.mark.parametrize("name", ["report.html", "board.xlsx", "dossier.json"])
@pytest.mark.parametrize("seed", range(2))
def test_damage_never_ends_the_program(folder: Path, name: str, seed: int) -> None:
    """Bytes flipped here and there: differences or a diagnostic, and never a fault of the program."""
    data = bytearray((folder / name).read_bytes())
    for step in range(1, 4):
        data[(seed * 7919 + step * 104_729) % len(data)] ^= 1 << (seed % 8)
    (folder / name).write_bytes(bytes(data))
    assert verified(folder / name)[0].code in {0, 1, 4}


@pytest.mark.parametrize("seed", range(2))
def test_damage_to_a_pdf_never_ends_the_program(folder: Path, seed: int) -> None:
    data = bytearray((folder / "report.pdf").read_bytes())
    for step in range(1, 30):
        data[(seed * 7919 + step * 15_485) % len(data)] ^= 0x41
    (folder / "report.pdf").write_bytes(bytes(data))
    assert verified(folder / "report.pdf")[0].code in {0, 1, 4}
