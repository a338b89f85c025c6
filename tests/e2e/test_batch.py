"""Several networks and years in one call: each in its own folder, workers, what is remembered, and interruptions."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from normtool.app import rendering, workers
from normtool.app.making import Stored, render_document
from normtool.app.rendering import Rendered, Task, render_task
from normtool.files.made_before import KEPT, digest_of
from normtool.texts import Words
from tests.case_folders import write_forms
from tests.e2e.reading import files_in, plain, read_dossier
from tests.e2e.running import START, Ran, environment, here, program
from tests.e2e.test_imports import AT_END

PAGE = """
# {file}
## Netwerk
| Gegeven          | Waarde     |
| Code             | {code}     |
| Naam             | {name}     |
| Toetsjaar        | {year}     |
| Verslagjaar      | {before}   |
| Peildatum        | {before}-12-31 |
| Eerste toetsjaar | 2025       |
| Aard van de gegevens | fictief |

## Documenten
| Id | Titel | Datum      |
| D1 | Plan  | 2024-06-01 |

## Indicatoren
| Id   | Antwoord | Documenten |
| N1.2 | {answer} | D1 |
| N1.5 | ja       | D1 |
"""
QUICK = ("--only", "html")
NAMES = {"ALBA": "Netwerk Alba", "BREN": "Netwerk Bren", "CIRA": "Netwerk Cira"}
ALL = ("alba-2026", "bren-2026", "cira-2026")


def form(code: str, year: int = 2026, answer: str = "ja", file: str = "", name: str = "") -> str:
    """A small form as a network sent it in."""
    facts = {"code": code, "name": name or NAMES[code], "year": year, "before": year - 1, "answer": answer}
    return PAGE.format(file=file or f"{code.lower()}-{year}.xlsx", **facts)


def put(folder: Path, *pages: str) -> Path:
    """A folder with these forms."""
    folder.mkdir(parents=True, exist_ok=True)
    write_forms("".join(pages).strip("\n"), {}, folder)
    return folder


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("batch") / "in", *(form(code) for code in NAMES))


@pytest.fixture(scope="module")
def made(forms: Path) -> Path:
    """What three networks give, made by one process."""
    out = forms.parent / "uit"
    assert here("assess", forms, "-o", out, *QUICK, "--jobs", "1").code == 0
    return out


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """A copy of that, to do things to."""
    return shutil.copytree(made, tmp_path / "uit")


def assess(*arguments: str | Path, folder: Path | None = None) -> Ran:
    return here("assess", *arguments, *QUICK, folder=folder)


def results(ran: Ran) -> dict[str, str]:
    """What became of each network, by code and year."""
    return {f"{item['code']}-{item['year']}": item["result"] for item in ran.json["networks"]}


def times(folder: Path) -> dict[str, int]:
    """When each file was last written."""
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


# --- each network by itself ---------------------------------------------------------------------------------------


def test_each_network_and_year_gets_its_own_folder(forms: Path, tmp_path: Path) -> None:
    put(tmp_path / "meer", form("ALBA", 2025))
    ran = assess(forms, tmp_path / "meer", "-o", "uit", folder=tmp_path)
    assert ran.code == 0, ran.err
    assert sorted(path.name for path in (tmp_path / "uit").iterdir()) == ["alba-2025", *ALL]
    lines = ran.out.splitlines()
    assert [line.split("  ")[0] for line in lines[2:6]] == [
        "Netwerk Alba",
        "Netwerk Alba",
        "Netwerk Bren",
        "Netwerk Cira",
    ]
    assert all(len(line) <= 80 for line in lines)


def test_a_network_among_others_gives_what_it_gives_alone(made: Path, forms: Path, tmp_path: Path) -> None:
    assert assess(forms / "bren-2026.xlsx", "-o", tmp_path / "los").code == 0
    alone = files_in(tmp_path / "los")
    del alone[KEPT]
    assert {name: files_in(made / "bren-2026")[name] for name in alone} == alone
    assert set(files_in(made / "bren-2026")) == {KEPT, "dossier.json", "report.html"}


def test_without_an_output_folder_they_stand_here(forms: Path, tmp_path: Path) -> None:
    assert assess(forms, folder=tmp_path).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == list(ALL)


def test_one_with_errors_and_one_that_cannot_be_written_do_not_stop_the_third(tmp_path: Path) -> None:
    put(tmp_path / "in", form("ALBA", answer="misschien"), form("BREN"), form("CIRA"))
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / "bren-2026").write_text("van mij", encoding="utf-8")
    ran = assess("in", "-o", "uit", folder=tmp_path)
    assert ran.code == 1
    assert "bren-2026 is geen map" in plain(ran.err)
    assert "== Netwerk Alba (2026)" in ran.err
    shown = [line.split(maxsplit=3)[2:] for line in ran.out.splitlines() if line.startswith("Netwerk ")][1:]
    assert shown == [["2026", "1 fout; niets gemaakt"], ["2026", "niet weggeschreven"], ["2026", "gemaakt"]]
    assert [path.name for path in (tmp_path / "uit").iterdir() if path.is_dir()] == ["cira-2026"]
    assert (tmp_path / "uit" / "bren-2026").read_text(encoding="utf-8") == "van mij"
    (tmp_path / "in" / "alba-2026.xlsx").unlink()
    assert assess("in", "-o", "uit", folder=tmp_path).code == 3


def test_the_code_of_the_worst_counts(forms: Path, made: Path, out: Path) -> None:
    ran = assess(forms, "-o", out, "--require", "core")
    assert ran.code == 4
    assert ran.out.count("ongewijzigd; niet alles voldoet") == 3
    (out / "bren-2026" / "report.html").write_text("van mij", encoding="utf-8")
    assert assess(forms, "-o", out, "--require", "core").code == 3


def test_a_draft_of_one_is_no_draft_of_the_others(tmp_path: Path) -> None:
    put(tmp_path / "in", form("ALBA", answer="misschien"), form("BREN"))
    assert assess("in", "-o", "uit", "--draft", folder=tmp_path).code == 0
    assert (tmp_path / "uit" / "alba-2026" / "dossier.json").exists()
    assert (tmp_path / "uit" / "bren-2026" / "dossier.json").exists()


def test_json_tells_each_network_apart(tmp_path: Path) -> None:
    put(tmp_path / "in", form("ALBA", answer="misschien"), form("BREN"))
    ran = assess("in", "-o", "uit", "--format", "json", folder=tmp_path)
    assert ran.code == 1
    alba, bren = ran.json["networks"]
    assert (alba["code"], alba["year"], alba["result"], alba["exit_code"], alba["files"]) == (
        "ALBA",
        2026,
        "errors",
        1,
        [],
    )
    assert (bren["folder"], bren["files"], bren["exit_code"]) == ("uit/bren-2026", ["dossier.json", "report.html"], 0)
    assert [item["code"] for item in alba["diagnostics"]] == [item["code"] for item in ran.json["diagnostics"]]
    assert "NT302" in {item["code"] for item in alba["diagnostics"]}
    assert not [item for item in bren["diagnostics"] if item["severity"] == "error"]


def test_the_language_of_the_call_is_that_of_the_table(forms: Path, tmp_path: Path) -> None:
    ran = assess(forms, "-o", tmp_path / "uit", "--lang", "en")
    assert "Network  " in ran.out
    assert "Each network has a folder of its own" in plain(ran.out)


# --- files that do not say where they belong --------------------------------------------------------------------


def test_a_file_that_cannot_be_read_is_of_the_network_it_is_called_after(tmp_path: Path) -> None:
    put(tmp_path / "in", form("ALBA"), form("BREN"))
    (tmp_path / "in" / "alba-2026-dw.xlsx").write_bytes(b"PK\x03\x04half")
    ran = assess("in", "-o", "uit", "--format", "json", folder=tmp_path)
    assert (ran.code, results(ran)) == (1, {"ALBA-2026": "errors", "BREN-2026": "made"})


def test_a_file_that_cannot_be_read_is_of_the_network_in_its_folder(tmp_path: Path) -> None:
    put(tmp_path / "a", form("ALBA"))
    put(tmp_path / "b", form("BREN"))
    (tmp_path / "b" / "deel.xlsx").write_bytes(b"PK\x03\x04half")
    ran = assess("a", "b", "-o", "uit", "--format", "json", folder=tmp_path)
    assert (ran.code, results(ran)) == (1, {"ALBA-2026": "made", "BREN-2026": "errors"})


def test_a_file_that_can_be_anybodys_is_told_and_stops_nobody(tmp_path: Path) -> None:
    put(tmp_path / "in", form("ALBA"), form("BREN"))
    (tmp_path / "in" / "formulier.xlsx").write_bytes(b"PK\x03\x04half")
    ran = assess("in", "-o", "uit", "--format", "json", folder=tmp_path)
    assert (ran.code, results(ran)) == (1, {"ALBA-2026": "made", "BREN-2026": "made"})
    assert {item["file"] for item in ran.json["diagnostics"] if item["severity"] == "error"} == {"formulier.xlsx"}


def test_a_slip_in_the_code_of_one_form_is_asked_back_and_makes_no_network(tmp_path: Path) -> None:
    put(tmp_path / "in", form("ALBA"), form("BREN"), form("ALBAA", name="Netwerk Alba", file="alba-2.xlsx"))
    ran = assess("in", "-o", "uit", folder=tmp_path)
    assert ran.code == 1
    assert "NT260" in ran.err
    assert [path.name for path in (tmp_path / "uit").iterdir()] == ["bren-2026"]


def test_figures_go_to_the_network_they_name(tmp_path: Path) -> None:
    pages = [form(code) + "| N5.3 | | |\n" for code in ("ALBA", "BREN")]
    put(tmp_path / "in", *pages)
    header = "Indicator;Netwerk;Instelling;Groep;Teller;Noemer;Jaar;Bron;Aangeleverd op\n"
    lines = "N5.3;ALBA;;;45;900;2025;NKR;1-3-2026\nN5.3;BREN;;;60;600;2025;NKR;1-3-2026\n"
    (tmp_path / "nkr.csv").write_text(header + lines, encoding="utf-8")
    ran = assess("in", "-o", "uit", "--figures", "nkr.csv", folder=tmp_path)
    assert ran.code == 0, ran.err
    for name, own, other in (("alba-2026", 45, 60), ("bren-2026", 60, 45)):
        numbers = list(_numbers(read_dossier(tmp_path / "uit" / name)["evidence"]))
        assert own in numbers
        assert other not in numbers


def test_former_years_go_to_the_network_they_are_of(tmp_path: Path) -> None:
    put(tmp_path / "toen", form("ALBA", 2025), form("BREN", 2025))
    put(tmp_path / "nu", form("ALBA"), form("BREN"))
    assert assess("toen", "-o", "toen-uit", folder=tmp_path).code == 0
    former = [("--from", f"toen-uit/{name}/dossier.json") for name in ("alba-2025", "bren-2025")]
    ran = assess("nu", "-o", "uit", *(part for pair in former for part in pair), folder=tmp_path)
    assert ran.code == 0, ran.err
    for name in ("alba-2026", "bren-2026"):
        (year,) = read_dossier(tmp_path / "uit" / name)["history"]
        before = (tmp_path / "toen-uit" / name.replace("2026", "2025") / "dossier.json").read_bytes()
        assert (year["assessment_year"], year["digest"]) == (2025, digest_of(before))


def _numbers(value: Any) -> Iterator[Any]:
    """Every single value in an object."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _numbers(item)
    else:
        yield value


# --- check and marked copies ------------------------------------------------------------------------------------


def test_check_says_of_each_network_where_it_stands(tmp_path: Path) -> None:
    put(tmp_path / "in", form("ALBA", answer="misschien"), form("BREN"))
    ran = here("check", "in", folder=tmp_path)
    assert ran.code == 1
    assert "Netwerk Bren: 2 van de" in ran.out
    assert "== Netwerk Alba (2026)" in ran.err
    told = here("check", "in", "--format", "json", folder=tmp_path).json
    assert [(item["code"], item["exit_code"]) for item in told["networks"]] == [("ALBA", 1), ("BREN", 0)]
    put(tmp_path / "in", form("ALBA"))
    good = here("check", "in", folder=tmp_path)
    assert good.code == 0
    assert "normtool assess in -o MAP" in plain(good.err)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


@pytest.mark.parametrize("verb", ["check", "assess"])
def test_marked_copies_stand_in_a_folder_for_each_network(verb: str, tmp_path: Path) -> None:
    put(tmp_path / "a", form("ALBA", answer="misschien", file="formulier.xlsx"))
    put(tmp_path / "b", form("BREN", file="formulier.xlsx"))
    put(tmp_path / "c", form("CIRA", file="los.xlsx").replace("CIRA", "").replace("Netwerk Cira", ""))
    more = ("-o", "uit", *QUICK) if verb == "assess" else ()
    ran = here(verb, "a", "b", "c", "--annotate", "terug", *more, folder=tmp_path)
    assert ran.code == 1
    assert sorted(files_in(tmp_path / "terug")) == [
        "alba-2026/formulier.xlsx",
        "bren-2026/formulier.xlsx",
        "los.xlsx",
    ]


# --- what was made before ---------------------------------------------------------------------------------------


def test_a_second_run_makes_and_writes_nothing(forms: Path, out: Path) -> None:
    before = times(out)
    ran = assess(forms, "-o", out)
    assert ran.code == 0
    assert [line.split()[-1] for line in ran.out.splitlines()[2:5]] == ["ongewijzigd"] * 3
    assert times(out) == before


def test_a_second_run_imports_nothing_that_makes_documents(forms: Path, out: Path, tmp_path: Path) -> None:
    ran = program("assess", forms, "-o", out, *QUICK, folder=tmp_path, prelude=AT_END)
    assert ran.code == 0, ran.err
    modules = set(json.loads((tmp_path / "modules.json").read_text(encoding="utf-8")))
    assert modules.isdisjoint(
        {"weasyprint", "jinja2", "xlsxwriter", "multiprocessing.context", "normtool.documents.pages"}
    )


def test_the_same_is_said_of_a_network_that_is_not_read_again(forms: Path, out: Path, tmp_path: Path) -> None:
    first = assess(forms, "-o", tmp_path / "nieuw", "--format", "json").json
    again = assess(forms, "-o", tmp_path / "nieuw", "--format", "json").json
    for one, two in zip(first["networks"], again["networks"], strict=True):
        assert (one.pop("result"), two.pop("result")) == ("made", "unchanged")
        assert (one.pop("unchanged"), two.pop("unchanged")) == ([], one["files"])
        assert one == two
    assert first["diagnostics"] == again["diagnostics"]


def test_one_network_alone_is_not_made_again_either(forms: Path, tmp_path: Path) -> None:
    arguments = (forms / "alba-2026.xlsx", "-o", tmp_path / "uit")
    assert assess(*arguments).code == 0
    before = times(tmp_path / "uit")
    ran = assess(*arguments)
    assert ran.code == 0
    assert f"Ongewijzigd in {tmp_path / 'uit'}: dossier.json, report.html" in plain(ran.out)
    assert times(tmp_path / "uit") == before
    more = here("assess", *arguments, "--only", "html,xlsx", "--format", "json")
    assert more.code == 0
    assert (more.json["files"], more.json["unchanged"]) == (
        ["dossier.json", "report.html", "board.xlsx"],
        ["dossier.json", "report.html"],
    )
    after = times(tmp_path / "uit")
    assert {name for name in after if after[name] != before.get(name)} == {"board.xlsx", KEPT}


def test_what_changed_is_refused_for_that_network_only(forms: Path, out: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(forms, tmp_path / "in")
    put(changed, form("BREN", answer="nee"))
    before = times(out)
    ran = assess(changed, "-o", out, "--format", "json")
    assert (ran.code, results(ran)) == (
        3,
        {"ALBA-2026": "unchanged", "BREN-2026": "not_written", "CIRA-2026": "unchanged"},
    )
    assert "bren-2026" in ran.err
    assert times(out) == before
    forced = assess(changed, "-o", out, "--force", "--format", "json")
    assert results(forced) == {"ALBA-2026": "unchanged", "BREN-2026": "made", "CIRA-2026": "unchanged"}
    touched = {name for name, at in times(out).items() if before[name] != at}
    assert touched == {f"bren-2026/{name}" for name in ("dossier.json", "report.html", KEPT)}


@pytest.mark.parametrize(
    "more", [("--on", "2026-01-31"), ("--lang", "en"), ("--draft",)], ids=["other day", "other language", "draft"]
)
def test_what_is_asked_otherwise_is_made_again(more: tuple[str, ...], forms: Path, out: Path) -> None:
    ran = assess(forms, "-o", out, *more, "--force", "--format", "json")
    assert set(results(ran).values()) == {"made"}


def test_other_figures_under_the_same_name_are_read(forms: Path, tmp_path: Path) -> None:
    figures = tmp_path / "nkr.csv"
    arguments = (forms, "-o", tmp_path / "uit", "--figures", figures, "--force", "--format", "json")
    for numerator, expected in ((45, "made"), (45, "unchanged"), (46, "made")):
        line = f"N5.3;ALBA;;;{numerator};900;2025;NKR;1-3-2026\n"
        figures.write_text(
            f"Indicator;Netwerk;Instelling;Groep;Teller;Noemer;Jaar;Bron;Aangeleverd op\n{line}", "utf-8"
        )
        assert results(assess(*arguments))["ALBA-2026"] == expected


@pytest.mark.parametrize(
    "damage", [None, b"", b"{", b"[]", b'{"format": 1, "documents": {"report.html": 3}}', b"\xff\xfe", b"[" * 60_000]
)
def test_what_is_remembered_may_be_thrown_away_or_damaged(damage: bytes | None, forms: Path, out: Path) -> None:
    before, kept = files_in(out), out / "alba-2026" / KEPT
    kept.unlink() if damage is None else kept.write_bytes(damage)
    ran = assess(forms, "-o", out, "--format", "json")
    assert (ran.code, set(results(ran).values())) == (0, {"unchanged"})
    assert files_in(out) == before


def test_a_document_that_somebody_changed_is_not_overwritten(forms: Path, out: Path) -> None:
    page = out / "cira-2026" / "report.html"
    page.write_text("van mij", encoding="utf-8")
    assert results(assess(forms, "-o", out, "--format", "json"))["CIRA-2026"] == "not_written"
    (out / "cira-2026" / KEPT).unlink()
    assert results(assess(forms, "-o", out, "--format", "json"))["CIRA-2026"] == "not_written"
    assert page.read_text(encoding="utf-8") == "van mij"
    page.unlink()
    assert results(assess(forms, "-o", out, "--format", "json"))["CIRA-2026"] == "made"


def test_what_is_remembered_is_no_form_and_no_dossier(forms: Path, out: Path) -> None:
    ran = here("check", out / "alba-2026", forms, "--format", "json")
    assert KEPT not in {item["file"] for item in ran.json["diagnostics"]}


def test_a_region_is_not_made_again_either(tmp_path: Path) -> None:
    region = form("ALBA").replace("| Aard", "| Laag | regio |\n| Aard")
    below = form("BREN").replace("| Aard", "| Laag | deelnetwerk |\n| Regio | ALBA |\n| Aard")
    put(tmp_path / "in", region, below)
    arguments = ("in", "--region", "ALBA", "-o", "uit")
    assert assess(*arguments, folder=tmp_path).code == 0
    before = times(tmp_path / "uit")
    again = assess(*arguments, "--format", "json", folder=tmp_path)
    assert again.code == 0
    assert again.json["unchanged"] == again.json["files"]
    assert times(tmp_path / "uit") == before


# --- workers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [workers.FORK, workers.SPAWN])
def test_two_workers_give_the_same_bytes_as_one_process(
    method: str, forms: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "start_method", lambda: method)
    ran = assess(forms, "-o", tmp_path / "uit", "--jobs", "2")
    assert ran.code == 0, ran.err
    assert files_in(tmp_path / "uit") == files_in(made)


def test_two_workers_say_what_one_process_says(forms: Path, tmp_path: Path) -> None:
    said = [assess(forms, "-o", "uit", "--jobs", jobs, "--force", folder=_new(tmp_path, jobs)) for jobs in ("1", "2")]
    assert (said[0].out, said[0].err) == (said[1].out, said[1].err)


def _new(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def test_a_program_with_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = threading.active_count()
    monkeypatch.setattr(threading, "active_count", lambda: len(threading.enumerate()) - alone + 1)
    assert workers.start_method() == (workers.FORK if sys.platform == "linux" else workers.SPAWN)
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert workers.start_method() == workers.SPAWN
    finally:
        done.set()
        thread.join()


def doing(what: str) -> Any:
    """The work of a worker in which one thing goes wrong, with the network Bren."""

    def work(task: Task) -> Rendered:
        if task.stored.dossier.evidence.network.code == "BREN":
            match what:
                case "killed":
                    os.kill(os.getpid(), signal.SIGKILL)
                case "memory":
                    raise MemoryError
                case _:
                    raise ZeroDivisionError("in ons eigen werk")
        return render_task(task)

    return work


@pytest.mark.parametrize(
    ("what", "jobs", "said"),
    [
        ("killed", "2", "te weinig geheugen"),
        ("memory", "1", "te weinig geheugen"),
        ("crashed", "2", "ligt aan het programma"),
    ],
)
def test_a_worker_that_dies_costs_one_network(
    what: str, jobs: str, said: str, forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "start_method", lambda: workers.FORK)
    monkeypatch.setattr(rendering, "render_task", doing(what))
    monkeypatch.setenv("TMPDIR", str(_new(tmp_path, "tmp")))
    monkeypatch.setattr("tempfile.tempdir", None)
    ran = assess(forms, "-o", tmp_path / "uit", "--jobs", jobs)
    assert ran.code == 3
    _, about, told = " ".join(ran.err.split()).partition("Netwerk Bren (2026): ")
    assert about
    assert said in told
    assert sorted(path.name for path in (tmp_path / "uit").iterdir()) == ["alba-2026", "cira-2026"]
    assert ran.out.count("  gemaakt") == 2
    details = [path.read_text(encoding="utf-8") for path in (tmp_path / "tmp").glob("normtool-*.txt")]
    assert ["in ons eigen werk" in text for text in details] == ([True] if what == "crashed" else [])
    monkeypatch.undo()
    again = assess(forms, "-o", tmp_path / "uit", "--format", "json")
    assert results(again) == {"ALBA-2026": "unchanged", "BREN-2026": "made", "CIRA-2026": "unchanged"}


# --- interrupted ------------------------------------------------------------------------------------------------

SLOW = """
import time
from normtool.app import rendering
def slowly(task, quick=rendering.render_task):
    if task.stored.dossier.evidence.network.code == "CIRA":
        open("bezig", "w").close()
        time.sleep(600)
    return quick(task)
rendering.render_task = slowly
"""


def interrupted(number: int, jobs: str, *, forms: Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Ask the program to stop while it is at the third network."""
    command = [sys.executable, "-c", f"{SLOW}\n{START}", "assess", str(forms), "-o", "uit", *QUICK, "--jobs", jobs]
    child = subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    awaited = (folder / "bezig", *(folder / "uit" / name / KEPT for name in ALL[:2]))
    try:
        until = time.monotonic() + 120
        while not all(path.exists() for path in awaited):
            assert time.monotonic() < until, child.poll()
            time.sleep(0.02)
        # Ctrl+C in a terminal reaches every process there; a request to stop only the program.
        os.killpg(child.pid, number) if number == signal.SIGINT else child.send_signal(number)
        out, err = child.communicate(timeout=120)
        assert not _alive(child.pid)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(command, child.returncode, out, err)


def _alive(group: int) -> bool:
    """Whether a process of this group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(("number", "jobs"), [(signal.SIGINT, "2"), (signal.SIGTERM, "1")], ids=["ctrl+c", "stop"])
def test_what_is_done_when_it_is_interrupted_is_whole_and_the_rest_can_be_taken_up(
    number: int, jobs: str, forms: Path, made: Path, tmp_path: Path
) -> None:
    ran = interrupted(number, jobs, forms=forms, folder=tmp_path)
    said = plain(ran.stderr.decode())
    assert ran.returncode == 130, said
    assert (
        "2 netwerken zijn klaar en staan heel in uit; geef dezelfde opdracht nog eens om verder te gaan. afgebroken"
        in said
    )
    assert "Traceback" not in said
    assert "nog niet gemaakt" in ran.stdout.decode()
    assert files_in(tmp_path / "uit") == {
        name: data for name, data in files_in(made).items() if not name.startswith("cira")
    }
    again = assess(forms, "-o", "uit", "--format", "json", folder=tmp_path)
    assert results(again) == {"ALBA-2026": "unchanged", "BREN-2026": "unchanged", "CIRA-2026": "made"}
    assert files_in(tmp_path / "uit") == files_in(made)


# --- the real thing ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_papers_of_two_workers_are_those_of_one_and_are_not_made_again(tmp_path: Path) -> None:
    put(tmp_path / "in", form("ALBA"), form("BREN"))
    for jobs in ("1", "2"):
        ran = program("assess", "in", "-o", f"uit-{jobs}", "--only", "pdf,xlsx", "--jobs", jobs, folder=tmp_path)
        assert ran.code == 0, ran.err
    assert files_in(tmp_path / "uit-1") == files_in(tmp_path / "uit-2")
    before = os.times().children_user
    again = program("assess", "in", "-o", "uit-1", "--only", "pdf,xlsx", folder=tmp_path, prelude=AT_END)
    assert again.code == 0
    assert "weasyprint" not in json.loads((tmp_path / "modules.json").read_text(encoding="utf-8"))
    assert os.times().children_user - before < 10, "nothing was laid out again"
    (tmp_path / "uit-1" / "bren-2026" / KEPT).unlink()
    assert program("assess", "in", "-o", "uit-1", "--only", "pdf,xlsx", folder=tmp_path).code == 0
    assert files_in(tmp_path / "uit-1") == files_in(tmp_path / "uit-2")


def test_small_functions_give_what_assess_writes(made: Path) -> None:
    from normtool.files.dossiers_json import read_dossier as read_back

    dossier, found = read_back(made / "alba-2026" / "dossier.json")
    assert dossier is not None, found
    stored = Stored.of(dossier)
    assert stored.content == (made / "alba-2026" / "dossier.json").read_bytes()
    assert render_document(Words("nl"), stored, "html") == (made / "alba-2026" / "report.html").read_bytes()
