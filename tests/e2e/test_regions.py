"""A region with its sub-networks, from forms and dossiers to documents: what its coordinator does and sees."""

from __future__ import annotations

import errno
import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from normtool.files import outputs
from tests.case_folders import write_forms
from tests.e2e.reading import documents_in, read_dossier
from tests.e2e.running import Ran, here

NETWORK = """
# {file}
## Netwerk
| Gegeven              | Waarde     |
|----------------------|------------|
| Code                 | {code}     |
| Naam                 | {name}     |
| Regio                | {region}   |
| Laag                 | {layer}    |
| Toetsjaar            | {year}     |
| Verslagjaar          | 2025       |
| Peildatum            | 2025-12-31 |
| Eerste toetsjaar     | 2026       |
| Aard van de gegevens | fictief    |

## Documenten
| Id | Titel       | Datum      |
|----|-------------|------------|
| D1 | Plan {code} | 2025-06-01 |

## Indicatoren
| Id | Antwoord | Documenten |
|----|----------|------------|
{answers}
"""

MEMBERS = """
## Deelnemers
| Id | Naam | Soort      | Rol       |
|----|------|------------|-----------|
{members}
"""


def form(code: str, name: str, *answers: str, members: str = "", **more: str) -> str:
    """A form as a network sent it in: `N1.5 ja D1`."""
    lines = "\n".join("| {} | {} | {} |".format(*(f"{line}  ".split(" ")[:3])) for line in answers)
    facts = {"file": f"{code}.xlsx", "layer": "deelnetwerk", "region": "Noorderland", "year": "2026", **more}
    page = NETWORK.format(code=code, name=name, answers=lines, **facts)
    rows = "\n".join(f"| {item} | Ziekenhuis {item.upper()} | ziekenhuis | deelnemer |" for item in members.split())
    return page + (MEMBERS.format(members=rows) if rows else "")


REGION = form("NRD", "Noorderland", "N1.2 nee", "N1.5 ja D1", "N1.8 ja D1", layer="regio", region="")
AST = form("AST", "Astenland", "N1.5 nee", "N3.1 ja D1", "N5.1 ja D1", members="h1 h2")
BRK = form("BRK", "Berkenland", "N3.1 ja D1", "N5.1 nee", members="h1 h3")
CYP = form("CYP", "Cypresland", "N3.1 ja D1", members="h3 h4")


def put(folder: Path, *pages: str) -> Path:
    """A folder with these forms."""
    folder.mkdir(parents=True, exist_ok=True)
    write_forms("".join(pages).strip("\n"), {}, folder)
    return folder


def assess(*arguments: str | Path, folder: Path, only: str = "html,xlsx") -> Ran:
    """Assess; the results go to `uit` unless it is said otherwise."""
    return here("assess", *arguments, "--only", only, folder=folder)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("regio"), REGION, AST, BRK, CYP)


@pytest.fixture(scope="module")
def assessed(forms: Path) -> Ran:
    return assess(".", "--region", "noorderland", "-o", "uit", folder=forms)


def indicator(folder: Path, name: str) -> dict[str, Any]:
    """One indicator out of a dossier."""
    found: dict[str, Any] = next(
        item for part in read_dossier(folder)["standards"] for item in part["indicators"] if item["id"] == name
    )
    return found


def verdicts(folder: Path) -> dict[str, Any]:
    """All verdicts out of a dossier."""
    return {
        item["id"]: (item["verdict"], item["worst"], item["best"], item["origin"])
        for part in read_dossier(folder)["standards"]
        for item in part["indicators"]
    }


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and the folders in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- what is made ---------------------------------------------------------------------------------------------------


def test_the_region_and_each_sub_network_get_their_own_documents(forms: Path, assessed: Ran) -> None:
    assert assessed.code == 0, assessed.err
    own = {"dossier.json", "report.html", "board.xlsx"}
    below = {f"{code}-2026/{name}" for code in ("ast", "brk", "cyp") for name in own}
    assert set(documents_in(forms / "uit")) == own | below
    assert "Gemaakt in uit: dossier.json, report.html, board.xlsx" in assessed.out
    assert "ast-2026, brk-2026, cyp-2026" in assessed.out


def test_what_the_region_answers_is_in_every_dossier(forms: Path, assessed: Ran) -> None:
    above = indicator(forms / "uit", "N1.5")
    assert (above["verdict"], above["origin"]) == ("met", "own")
    assert [(item["network"], item["origin"]) for item in above["sub_networks"]] == [
        ("AST", "inherited"),
        ("BRK", "inherited"),
        ("CYP", "inherited"),
    ]
    for code in ("ast", "brk", "cyp"):
        inherited = indicator(forms / "uit" / f"{code}-2026", "N1.5")
        assert inherited == above | {"origin": "inherited", "inherited_from": "NRD", "sub_networks": []}


def test_what_it_does_not_answer_is_derived(forms: Path, assessed: Ran) -> None:
    derived = indicator(forms / "uit", "N5.1")
    assert (derived["verdict"], derived["origin"]) == ("partly_met", "derived")
    assert derived["because"][0] == {"rule": "roll_up", "facts": {"met": 1, "of": 3, "names": "AST"}}
    assert indicator(forms / "uit", "N3.1")["verdict"] == "met"
    assert indicator(forms / "uit" / "ast-2026", "N5.1")["origin"] == "own"


def test_a_dossier_of_a_region_holds_the_digests_of_those_below(forms: Path, assessed: Ran) -> None:
    data = read_dossier(forms / "uit")
    assert [(item["code"], item["name"]) for item in data["sub_networks"]] == [
        ("AST", "Astenland"),
        ("BRK", "Berkenland"),
        ("CYP", "Cypresland"),
    ]
    for item in data["sub_networks"]:
        file = forms / "uit" / f"{item['code'].lower()}-2026" / "dossier.json"
        assert item["digest"] == sha256(file.read_bytes()).hexdigest()
        own = json.loads(file.read_text(encoding="utf-8"))
        assert item["standards"] == own["standards"]
        assert own["region"]["digests"] == [sha256((forms / "NRD.xlsx").read_bytes()).hexdigest()]


def test_an_own_answer_that_is_passed_over_is_asked_about(forms: Path, assessed: Ran) -> None:
    assert "NT792  AST.xlsx › Indicatoren!B2" in assessed.err
    assert "NRD.xlsx › Indicatoren!B3" in assessed.err
    codes = {item["code"] for item in read_dossier(forms / "uit" / "ast-2026")["diagnostics"]}
    assert "NT792" in codes
    assert "NT792" not in {item["code"] for item in read_dossier(forms / "uit")["diagnostics"]}


def test_the_screen_tells_of_the_region_and_those_below(assessed: Ran) -> None:
    lines = assessed.out.splitlines()
    assert lines[1] == "Regio met 3 deelnetwerken: AST, BRK, CYP"
    assert any(line.split() == ["Per", "deelnetwerk", "AST", "BRK", "CYP"] for line in lines)
    assert [line for line in lines if len(line) > 80] == []


def test_the_report_and_the_board_workbook_name_the_sub_networks(forms: Path, assessed: Ran) -> None:
    page = (forms / "uit" / "report.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("Astenland", "Berkenland", "Cypresland"))
    below = (forms / "uit" / "ast-2026" / "report.html").read_text(encoding="utf-8")
    assert "Noorderland" in below
    book = openpyxl.load_workbook(forms / "uit" / "board.xlsx", read_only=True)
    assert "Indicatoren" in book.sheetnames
    book.close()


def test_the_json_names_every_file_and_sub_network(forms: Path, tmp_path: Path) -> None:
    ran = assess(forms, "--region", "NRD", "-o", "uit", "--format", "json", folder=tmp_path, only="html")
    assert ran.code == 0
    assert ran.json["folder"] == "uit"
    assert sorted(ran.json["files"]) == documents_in(tmp_path / "uit")
    assert [(item["code"], item["received"], item["folder"]) for item in ran.json["sub_networks"]] == [
        ("AST", True, "ast-2026"),
        ("BRK", True, "brk-2026"),
        ("CYP", True, "cyp-2026"),
    ]
    assert ran.json["sub_networks"][0]["files"] == ["ast-2026/dossier.json", "ast-2026/report.html"]


# --- the same input, the same bytes ---------------------------------------------------------------------------------


def test_the_same_forms_in_any_order_give_the_same_bytes(forms: Path, assessed: Ran) -> None:
    files = ["CYP.xlsx", "NRD.xlsx", "AST.xlsx", "BRK.xlsx"]
    again = assess(*files, "--region", "NRD", "-o", "weer", folder=forms)
    assert again.code == 0
    assert bytes_in(forms / "weer") == bytes_in(forms / "uit")
    shutil.rmtree(forms / "weer")


def test_dossiers_instead_of_forms_give_the_same_verdicts(forms: Path, assessed: Ran, tmp_path: Path) -> None:
    alone = assess(forms / "AST.xlsx", "-o", "ast", folder=tmp_path)
    assert alone.code == 0
    mixed = [tmp_path / "ast/dossier.json", forms / "BRK.xlsx", forms / "uit/cyp-2026", forms / "NRD.xlsx"]
    ran = assess(*mixed, "--region", "NRD", "-o", "uit", folder=tmp_path)
    assert ran.code == 0, ran.err
    for name in (".", "ast-2026", "brk-2026", "cyp-2026"):
        assert verdicts(tmp_path / "uit" / name) == verdicts(forms / "uit" / name)
    shuffled = assess(*reversed(mixed), "--region", "NRD", "-o", "weer", folder=tmp_path)
    assert shuffled.code == 0
    assert bytes_in(tmp_path / "weer") == bytes_in(tmp_path / "uit")


def test_an_earlier_result_can_be_assessed_again(forms: Path, assessed: Ran, tmp_path: Path) -> None:
    given = [forms / "uit", *(forms / "uit" / f"{code}-2026" for code in ("ast", "brk", "cyp"))]
    ran = assess(*given, "--region", "NRD", "-o", "uit", folder=tmp_path)
    assert ran.code == 0, ran.err
    for name in (".", "ast-2026", "brk-2026", "cyp-2026"):
        assert verdicts(tmp_path / "uit" / name) == verdicts(forms / "uit" / name)
    less = assess(*given[:2], "--region", "NRD", "-o", "min", folder=tmp_path)
    assert less.code == 0
    assert "NT788" in less.err
    assert "BRK" not in {
        item["network"] for item in indicator(tmp_path / "min", "N3.1")["sub_networks"] if item["is_received"]
    }


# --- what does not fit ----------------------------------------------------------------------------------------------


def codes(ran: Ran) -> set[str]:
    """The codes in a JSON answer."""
    return {item["code"] for item in ran.json["diagnostics"]}


def refused(*arguments: str | Path, folder: Path) -> set[str]:
    """The codes of the errors with which nothing is made."""
    before = set(folder.iterdir())
    ran = assess(*arguments, "--format", "json", folder=folder)
    assert ran.code == 1
    assert set(folder.iterdir()) == before
    return {item["code"] for item in ran.json["diagnostics"] if item["severity"] == "error"}


def test_a_region_that_is_not_there(tmp_path: Path) -> None:
    put(tmp_path, AST)
    assert refused(".", "--region", "zuiderland", folder=tmp_path) == {"NT780"}


def test_networks_that_do_not_belong_together(tmp_path: Path) -> None:
    wrong = form("LEM", "Lemland", region="Zuiderland"), form("SOLO", "Alleen", region="", layer="")
    put(tmp_path, REGION, AST, *wrong, form("DEN", "Denland", year="2027"))
    assert refused(".", "--region", "NRD", folder=tmp_path) == {"NT781", "NT782", "NT784"}


def test_a_network_as_form_and_as_dossier(tmp_path: Path) -> None:
    put(tmp_path, REGION, AST)
    assert assess("AST.xlsx", "-o", "ast", folder=tmp_path).code == 0
    assert refused("NRD.xlsx", "AST.xlsx", "ast", "--region", "NRD", folder=tmp_path) == {"NT783"}


def test_errors_in_one_form_stop_all(tmp_path: Path) -> None:
    put(tmp_path, REGION, AST, form("BRK", "Berkenland", "N3.1 misschien", "N5.1 ja D9"))
    ran = assess(".", "--region", "NRD", "-o", "uit", folder=tmp_path)
    assert ran.code == 1
    assert "BRK.xlsx" in ran.err
    assert not (tmp_path / "uit").exists()
    draft = assess(".", "--region", "NRD", "-o", "uit", "--draft", folder=tmp_path)
    assert draft.code == 0
    for name in (".", "ast-2026", "brk-2026"):
        assert read_dossier(tmp_path / "uit" / name)["draft"]
    assert indicator(tmp_path / "uit", "N3.1")["reason"] == "sub_networks"
    carried = refused("NRD.xlsx", "AST.xlsx", "uit/brk-2026", "--region", "NRD", folder=tmp_path)
    assert carried == {"NT786"}


def test_a_form_that_cannot_be_read_stops_all_also_as_a_draft(tmp_path: Path) -> None:
    put(tmp_path, REGION, AST)
    (tmp_path / "BRK.xlsx").write_bytes(b"PK\x03\x04half")
    for more in ((), ("--draft",)):
        ran = assess(".", "--region", "NRD", "-o", "uit", *more, folder=tmp_path)
        assert ran.code == 1
        assert not (tmp_path / "uit").exists()


def test_without_the_form_of_the_region_the_rest_is_derived(tmp_path: Path) -> None:
    put(tmp_path, AST, BRK)
    ran = assess(".", "--region", "Noorderland", folder=tmp_path)
    assert ran.code == 0
    folder = tmp_path / "noorderland-2026"
    assert indicator(folder, "N1.8")["verdict"] == "unknown"
    assert indicator(folder, "N3.1")["verdict"] == "met"
    assert read_dossier(folder)["network"]["layer"] == "region"
    assert indicator(folder / "ast-2026", "N1.8")["because"][0]["rule"] == "region_answers"


def test_parts_of_one_network_still_belong_together(tmp_path: Path) -> None:
    second = form("AST", "Astenland", "N5.1 ja D2", file="AST-2.xlsx").replace("| D1 | Plan", "| D2 | Plan")
    put(tmp_path, REGION, form("AST", "Astenland", "N3.1 ja D1"), second)
    ran = assess(".", "--region", "NRD", "-o", "uit", folder=tmp_path)
    assert ran.code == 0, ran.err
    below = tmp_path / "uit" / "ast-2026"
    assert [indicator(below, name)["verdict"] for name in ("N3.1", "N5.1")] == ["met", "met"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Wat de regio regelt (Noorderland), telt pas mee als u beide samen toetst, met --region."),
        ("en", "What the region arranges (Noorderland) counts only when both are assessed together, with --region."),
    ],
)
def test_a_sub_network_alone_is_told_to_be_assessed_with_its_region(
    language: str, sentence: str, forms: Path, tmp_path: Path
) -> None:
    alone = here("assess", forms / "AST.xlsx", "-o", "ast", "--only", "xlsx", "--lang", language, folder=tmp_path)
    assert sentence in " ".join(alone.out.split())
    region = here("assess", forms / "NRD.xlsx", "-o", "nrd", "--only", "xlsx", "--lang", language, folder=tmp_path)
    assert sentence not in " ".join(region.out.split())


def test_a_sub_network_alone_says_who_answers(tmp_path: Path) -> None:
    put(tmp_path, AST)
    assert assess("AST.xlsx", "-o", "uit", folder=tmp_path).code == 0
    ran = here("explain", "N1.8", "--dossier", "uit/dossier.json", folder=tmp_path)
    assert "De regio beantwoordt deze vraag." in ran.out


def test_several_networks_of_one_region_are_told_how_to_take_them_together(tmp_path: Path) -> None:
    put(tmp_path, AST, BRK)
    for ran in (here("check", ".", folder=tmp_path), assess(".", "-o", "uit", folder=tmp_path, only="html")):
        assert ran.code == 0
        assert "NT791" in ran.err
        assert '--region "Noorderland"' in ran.err
    assert sorted(path.name for path in (tmp_path / "uit").iterdir()) == ["ast-2026", "brk-2026"]
    put(tmp_path, form("LEM", "Lemland", region="Zuiderland"))
    assert "NT791" not in here("check", ".", folder=tmp_path).err


def test_check_says_where_each_network_stands(forms: Path, tmp_path: Path) -> None:
    ran = here("check", forms, "--region", "NRD", folder=tmp_path)
    assert ran.code == 0
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == [
        "Astenland",
        "Berkenland",
        "Cypresland",
        "Noorderland",
    ]
    assert "NT792" in ran.err
    assert f'normtool assess {forms} --region "NRD"' in " ".join(ran.err.split())
    told = here("check", forms, "--region", "NRD", "--format", "json", folder=tmp_path).json
    assert [item["code"] for item in told["networks"]] == ["AST", "BRK", "CYP", "NRD"]
    assert here("check", forms, "--region", "ZZ", folder=tmp_path).code == 1
    assert list(tmp_path.iterdir()) == []


def test_check_returns_marked_copies_of_all(tmp_path: Path) -> None:
    put(tmp_path / "in", REGION, AST)
    ran = here("check", "in", "--region", "NRD", "--annotate", "terug", folder=tmp_path)
    assert ran.code == 0
    assert sorted(path.name for path in (tmp_path / "terug").iterdir()) == ["AST.xlsx", "NRD.xlsx"]
    assert here("check", "in", "--region", "NRD", "--annotate", "in", folder=tmp_path).code == 3


def test_nothing_is_overwritten_unless_it_is_forced(tmp_path: Path) -> None:
    put(tmp_path, REGION, AST)
    (tmp_path / "uit/ast-2026").mkdir(parents=True)
    (tmp_path / "uit/ast-2026/report.html").write_text("van mij", encoding="utf-8")
    ran = assess(".", "--region", "NRD", "-o", "uit", folder=tmp_path)
    assert ran.code == 3
    assert set(bytes_in(tmp_path / "uit")) == {"ast-2026/report.html"}
    assert assess(".", "--region", "NRD", "-o", "uit", "--force", folder=tmp_path).code == 0
    assert (tmp_path / "uit/ast-2026/report.html").read_text(encoding="utf-8") != "van mij"


def test_files_in_folders_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = outputs._write
    files = {"dossier.json": b"{}", "ast-2026/dossier.json": b"{}", "brk-2026/dossier.json": b"{}"}

    def full(path: Path, data: bytes) -> None:
        if path.parent.name == "brk-2026":
            raise OSError(errno.ENOSPC, "full")
        write(path, data)

    monkeypatch.setattr(outputs, "_write", full)
    with pytest.raises(outputs.OutputError, match="disk_full"):
        outputs.write_files(tmp_path / "uit", files, force=False)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit/brk-2026").write_bytes(b"")
    with pytest.raises(outputs.OutputError, match="not_a_folder"):
        outputs.write_files(tmp_path / "uit", files, force=True)
    assert [path.name for path in (tmp_path / "uit").iterdir()] == ["brk-2026"]


def test_two_codes_that_look_alike_get_folders_of_their_own(tmp_path: Path) -> None:
    put(tmp_path, REGION, AST, form("A-ST", "Anderland"), form("A.ST", "Elders"))
    assert assess(".", "--region", "NRD", "-o", "uit", folder=tmp_path, only="html").code == 0
    assert sorted(path.name for path in (tmp_path / "uit").iterdir() if path.is_dir()) == [
        "a-st-2026",
        "a-st-2026-2",
        "ast-2026",
    ]


def test_require_is_about_the_region(tmp_path: Path) -> None:
    put(tmp_path, REGION, AST)
    assert assess(".", "--region", "NRD", "-o", "uit", "--require", "core", folder=tmp_path).code == 4


def test_a_region_must_be_named(tmp_path: Path) -> None:
    assert assess(".", "--region", " ", folder=tmp_path).code == 2


# --- explaining -----------------------------------------------------------------------------------------------------


def test_explain_tells_where_a_verdict_of_a_region_comes_from(forms: Path, assessed: Ran) -> None:
    derived = " ".join(here("explain", "N5.1", "--dossier", "uit/dossier.json", folder=forms).out.split())
    assert "afgeleid uit 3 deelnetwerken AST: voldoet BRK: voldoet nog niet. " in derived
    assert "CYP: niet te beoordelen (geen antwoord). " in derived
    assert "1 van 3 deelnetwerken voldoet, namelijk AST." in derived
    own = here("explain", "N1.5", "--dossier", "uit/dossier.json", folder=forms).out
    assert "antwoord van de regio zelf; het geldt voor alle deelnetwerken" in own


def test_explain_shows_the_cells_and_documents_of_the_region(forms: Path, assessed: Ran) -> None:
    ran = here("explain", "N1.5", "--dossier", "uit/ast-2026/dossier.json", folder=forms)
    assert "geregeld op regioniveau door Noorderland" in ran.out
    assert "NRD.xlsx › Indicatoren!B3  Antwoord: ja" in ran.out
    assert "D1: Plan NRD" in ran.out
    assert "Plan AST" not in ran.out
