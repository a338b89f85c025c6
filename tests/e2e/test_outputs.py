"""Writing files: whole or not at all, nothing overwritten unasked, and in one language."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from normtool.texts import Words
from tests.e2e.filling import Form
from tests.e2e.newcomer import CODE, Journey
from tests.e2e.reading import documents_in, files_in, plain, read_book, read_dossier, read_page, read_pdf
from tests.e2e.running import Ran, here, program

QUICK = ("--only", "html,xlsx")
NL = Words("nl")


def not_written(ran: Ran, reason: str) -> None:
    """Exit code 3 and one sentence: the one for this reason, in Dutch."""
    assert ran.code == 3
    assert ran.out == ""
    assert "Traceback" not in ran.err
    sentence = plain(NL.say(f"output.{reason}", path="…"))
    for part in sentence.split("…"):
        assert part.strip() in plain(ran.err)


# --- nothing is overwritten -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dossier.json", "report.html", "board.xlsx"])
def test_a_file_that_is_there_stays_and_nothing_else_is_written(name: str, journey: Journey, tmp_path: Path) -> None:
    (tmp_path / name).write_text("van mij")
    not_written(here("assess", journey.workbook, "-o", tmp_path, *QUICK), "exists")
    assert files_in(tmp_path) == {name: b"van mij"}


def test_force_overwrites_what_is_made_and_nothing_else(journey: Journey, tmp_path: Path) -> None:
    for name in ("dossier.json", "report.html", "report.pdf", "brief.txt"):
        (tmp_path / name).write_text("van mij")
    ran = here("assess", journey.workbook, "-o", tmp_path, "--only", "html", "--force")
    assert ran.code == 0
    kept = [name for name, content in files_in(tmp_path).items() if content == b"van mij"]
    assert kept == ["brief.txt", "report.pdf"]


def test_a_form_is_not_overwritten(tmp_path: Path) -> None:
    arguments = ("template", "onz", "--year", "2026")
    assert here(*arguments, folder=tmp_path).code == 0
    before = files_in(tmp_path)
    not_written(here(*arguments, "--name", "Anders", folder=tmp_path), "exists")
    assert files_in(tmp_path) == before
    assert here(*arguments, "--name", "Anders", "--force", folder=tmp_path).code == 0
    assert files_in(tmp_path) != before


def test_schemas_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "dossier.schema.json").write_text("van mij")
    not_written(here("standards", "schema", "-o", tmp_path), "exists")
    assert files_in(tmp_path) == {"dossier.schema.json": b"van mij"}


# --- only what was asked ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ("html", ["dossier.json", "report.html"]),
        ("xlsx", ["board.xlsx", "dossier.json"]),
        ("xlsx,html", ["board.xlsx", "dossier.json", "report.html"]),
        (" html , html ", ["dossier.json", "report.html"]),
    ],
)
def test_only_makes_what_it_names(only: str, expected: list[str], journey: Journey, tmp_path: Path) -> None:
    assert here("assess", journey.workbook, "-o", tmp_path, "--only", only).code == 0
    assert documents_in(tmp_path) == expected


def test_only_changes_nothing_in_what_is_made(journey: Journey, tmp_path: Path) -> None:
    assert here("assess", journey.workbook, "-o", tmp_path, *QUICK).code == 0
    for name in documents_in(tmp_path):
        content = (tmp_path / name).read_bytes()
        assert content == (journey.out / name).read_bytes(), name


# --- where nothing can be written -----------------------------------------------------------------------


def test_a_folder_that_is_a_file(journey: Journey, tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("van mij")
    not_written(here("assess", journey.workbook, "-o", tmp_path / "uit", *QUICK), "not_a_folder")
    not_written(here("assess", journey.workbook, "-o", tmp_path / "uit" / "diep" / "er", *QUICK), "not_a_folder")
    assert files_in(tmp_path) == {"uit": b"van mij"}


def test_a_file_that_is_a_folder(journey: Journey, tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    not_written(here("assess", journey.workbook, "-o", tmp_path, *QUICK, "--force"), "is_a_folder")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    not_written(here("template", "onz", "--year", "2026", "-o", tmp_path / "report.html"), "is_a_folder")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    ran = here("template", "onz", "--year", "2026", "-o", tmp_path / f"{'x' * 300}.xlsx")
    not_written(ran, "name_too_long")
    assert list(tmp_path.iterdir()) == []


def test_other_verbs_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "bezet").write_text("")
    target = tmp_path / "bezet" / "x"
    not_written(here("template", "onz", "--year", "2026", "-o", target), "not_a_folder")
    not_written(here("standards", "schema", "-o", target), "not_a_folder")
    not_written(here("demo", target), "not_a_folder")


def small_files(limit: int) -> Callable[[], None]:
    """Let no file grow beyond so many bytes, as on a full disk."""

    def before() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return before


@pytest.mark.parametrize("limit", [0, 40_000, 400_000])
def test_a_full_disk_leaves_nothing_behind(limit: int, journey: Journey, tmp_path: Path) -> None:
    """No file fits; the board workbook does not; the page does not (dossier and board do)."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    work = tmp_path / "werk"
    work.mkdir()
    ran = program(
        "assess",
        journey.workbook,
        *("-o", "diep/uit", *QUICK),
        folder=work,
        env={"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"},
        before=small_files(limit),
    )
    not_written(ran, "disk_full")
    assert list(work.iterdir()) == []
    assert list(temporary.iterdir()) == []


def test_a_full_disk_keeps_what_was_there(journey: Journey, tmp_path: Path) -> None:
    for name in ("dossier.json", "report.html", "board.xlsx"):
        (tmp_path / name).write_text("van vorig jaar")
    before = files_in(tmp_path)
    ran = program(
        "assess", journey.workbook, "-o", ".", *QUICK, "--force", folder=tmp_path, before=small_files(40_000)
    )
    not_written(ran, "disk_full")
    assert files_in(tmp_path) == before


def test_a_full_disk_while_writing_a_form(tmp_path: Path) -> None:
    ran = program("template", "onz", "--year", "2026", folder=tmp_path, before=small_files(20_000))
    not_written(ran, "disk_full")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB, where mounting one is allowed."""
    disk = tmp_path / "schijf"
    disk.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full(journey: Journey, small_disk: Path) -> None:
    not_written(here("assess", journey.workbook, "-o", small_disk / "uit", *QUICK), "disk_full")
    assert list(small_disk.iterdir()) == []


# --- one language -------------------------------------------------------------------------------------------

DUTCH = re.compile(
    r"\b(het|een|niet|voor|wordt|zijn|deze|geen|bij|heeft|kan nog|voldoet|welke|elke|naar|blad)\b", re.I
)
ENGLISH = re.compile(r"\b(the|and|not|for|this|with|which|every|from|there|have|been|would|whether|sheet)\b", re.I)


@pytest.fixture(scope="module", params=["nl", "en"])
def spoken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A form in one language with hardly an answer, and all of its documents."""
    language = str(request.param)
    folder = tmp_path_factory.mktemp(language)
    options = ("--lang", language)
    assert here("template", CODE, "--year", "2026", "--name", "Waterland", *options, folder=folder).code == 0
    form = Form(folder / f"{CODE}-2026.xlsx")
    sheet, yes = ("Indicatoren", "ja") if language == "nl" else ("Indicators", "yes")
    answer, documents = ("Antwoord", "Documenten") if language == "nl" else ("Answer", "Documents")
    form.put(documents, {"Id": "D1"}, {"Titel" if language == "nl" else "Title": "Waterland"})
    form.put(sheet, {"Id": "N1.2"}, {answer: yes, documents: "D1"})
    form.put(sheet, {"Id": "N5.1"}, {answer: yes})
    form.save()
    only = ("--only", "html,xlsx") if language == "nl" else ()  # a PDF takes seconds: one language is enough
    ran = here("assess", f"{CODE}-2026.xlsx", "-o", "uit", *only, *options, folder=folder)
    assert ran.code == 0
    (folder / "uit" / "terminal.txt").write_text(ran.out + ran.err, encoding="utf-8")
    return language, folder


def foreign(language: str, text: str) -> list[str]:
    """Words of the other language, each with what stands around it."""
    pattern = ENGLISH if language == "nl" else DUTCH
    return [text[max(0, found.start() - 40) : found.end() + 40] for found in pattern.finditer(text)]


def without_sources(text: str) -> str:
    """A text without what is quoted: names of sources stay in the language they were published in."""
    return re.sub(r"\bS\d: .*?\)|‘[^’]*’|\([^()]*\bvia\b[^()]*\)", "", text)


def test_the_page_is_in_one_language(spoken: tuple[str, Path]) -> None:
    language, folder = spoken
    page = read_page(folder / "uit" / "report.html")
    assert page.one("html").attributes["lang"] == language
    assert foreign(language, without_sources(page.one("body").text)) == []


@pytest.mark.slow
def test_the_pdf_is_in_one_language(spoken: tuple[str, Path]) -> None:
    language, folder = spoken
    if language == "en":
        assert foreign(language, without_sources(plain(read_pdf(folder / "uit" / "report.pdf")))) == []


def test_the_board_workbook_is_in_one_language(spoken: tuple[str, Path]) -> None:
    language, folder = spoken
    for sheet in read_book(folder / "uit" / "board.xlsx"):
        cells = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert foreign(language, without_sources("\n".join(cells))) == [], sheet.title


def test_the_form_is_in_one_language(spoken: tuple[str, Path]) -> None:
    language, folder = spoken
    for sheet in Form(folder / f"{CODE}-2026.xlsx").book:
        if sheet.title == "_normtool":
            continue
        cells = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        cells = [text for text in cells if not text.startswith("=")]
        assert foreign(language, without_sources("\n".join(cells))) == [], sheet.title


def test_the_terminal_is_in_one_language(spoken: tuple[str, Path]) -> None:
    language, folder = spoken
    assert foreign(language, (folder / "uit" / "terminal.txt").read_text(encoding="utf-8")) == []


def test_an_english_form_gives_the_verdicts_of_a_dutch_one(tmp_path: Path) -> None:
    verdicts = {}
    for language, sheet, answer, documents, yes in (
        ("nl", "Indicatoren", "Antwoord", "Documenten", "ja"),
        ("en", "Indicators", "Answer", "Documents", "yes"),
    ):
        name = f"{language}.xlsx"
        here("template", CODE, "--year", "2026", "-o", name, "--lang", language, folder=tmp_path)
        form = Form(tmp_path / name)
        form.put(documents, {"Id": "D1"}, {"Titel" if language == "nl" else "Title": "Waterland"})
        form.put(sheet, {"Id": "N1.2"}, {answer: yes, documents: "D1"})
        form.save()
        assert here("assess", name, "-o", language, "--only", "xlsx", folder=tmp_path).code == 0
        standards = read_dossier(tmp_path / language)["standards"]
        verdicts[language] = {item["id"]: item["verdict"] for part in standards for item in part["indicators"]}
    assert verdicts["nl"]["N1.2"] == "met"
    assert verdicts["nl"] == verdicts["en"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_language_of_the_documents_changes_no_verdict(language: str, journey: Journey, tmp_path: Path) -> None:
    assert here("assess", journey.workbook, "-o", tmp_path, "--only", "xlsx", "--lang", language).code == 0
    assert read_dossier(tmp_path)["standards"] == read_dossier(journey.out)["standards"]
