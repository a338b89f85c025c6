"""The command line: help, usage errors, exit codes, languages, JSON and silence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from normtool import __version__
from normtool.screen import WIDTH
from normtool.texts import Words
from tests.e2e.filling import Form
from tests.e2e.newcomer import CODE, Journey
from tests.e2e.reading import documents_in
from tests.e2e.running import Ran, here, program

VERBS = (
    *("demo", "template", "check", "assess", "report", "board", "compare", "export", "verify"),
    *("explain", "doctor", "standards", "networks"),
)
LATER = ("review", "improve")
STANDARDS_VERBS = ("list", "show", "check", "schema")
NETWORKS_VERBS = ("list", "show", "check")
DUTCH = re.compile(r"\b(het|een|niet|van|voor|wordt|zijn|deze|naar|maak|zonder|geen|waar|kies|bij|alle)\b", re.I)
ENGLISH = re.compile(r"(?<!-)\b(the|not|for|this|make|without|where|choose|with)\b", re.I)


def is_dutch(text: str) -> bool:
    return DUTCH.search(text) is not None


def is_english(text: str) -> bool:
    return ENGLISH.search(text) is not None


# --- help ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_names_every_verb_and_none_that_is_not_there(arguments: list[str]) -> None:
    ran = here(*arguments)
    assert ran.code == 0
    assert ran.err == ""
    listed = set(re.findall(r"^  ([a-z]+)\s{2,}", ran.out, re.M))
    assert set(VERBS) <= listed
    assert not set(LATER) & listed


@pytest.mark.parametrize(
    "verb",
    [
        *([name] for name in VERBS),
        *(["standards", name] for name in STANDARDS_VERBS),
        *(["networks", name] for name in NETWORKS_VERBS),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_verb_explains_itself_in_80_columns_and_one_language(verb: list[str], language: str) -> None:
    ran = here(*verb, "--help", "--lang", language)
    assert ran.code == 0
    assert max(len(line) for line in ran.out.splitlines()) <= 80
    assert ran.out.startswith("Gebruik: normtool" if language == "nl" else "Usage: normtool")
    assert is_dutch(ran.out) == (language == "nl"), ran.out
    assert is_english(ran.out) == (language == "en"), ran.out


def test_help_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NORMTOOL_LANG", "en")
    assert here("--help").out.startswith("Usage:")
    assert here("--help", "--lang", "nl").out.startswith("Gebruik:")
    assert here("--lang", "nl", "check", "--help").out.startswith("Gebruik:")
    monkeypatch.setenv("NORMTOOL_LANG", "fr")
    assert here("--help").out.startswith("Gebruik:")


def test_the_version() -> None:
    assert here("--version") == Ran(0, f"normtool {__version__}\n", "")


# --- wrong use ----------------------------------------------------------------------------------------------

WRONG: list[tuple[list[str], str]] = [
    # arguments, what the sentence must name
    (["toets"], "toets"),
    (["standards", "lijst"], "lijst"),
    (["assess"], "FORM"),
    (["check"], "FORM"),
    (["explain"], "ID"),
    (["template"], "NET"),
    (["template", "onz"], "--year"),
    (["template", "onz", "--year", "twintig"], "--year"),
    (["template", "onz", "--year", "1026"], "1026"),
    (["template", "onz", "--year", "2026", "--first-year", "2027"], "2027"),
    (["assess", "x.xlsx", "--drafts"], "--draft"),
    (["assess", "x.xlsx", "--only", "docx"], "docx"),
    (["assess", "x.xlsx", "--require", "most"], "most"),
    (["assess", "x.xlsx", "--format", "yaml"], "yaml"),
    (["assess", "x.xlsx", "--on", "31-02-2025"], "31-02-2025"),
    (["check", "x.xlsx", "--lang", "fr"], "fr"),
    (["check", "x.xlsx", "--standards"], "--standards"),
    (["doctor", "nu"], "nu"),
    (["doctor", "deel (1)", "nu"], ": deel (1) nu\n"),
    (["explain", "NT999"], "NT999"),
    (["board", "dossier.json", "-o", "b.xlsx", "--for", " "], "--for"),
    (["report", "dossier.json", "-o", "b.pdf", "--audience", "board", "--for", ""], "--for"),
    (["explain", "N9.9"], "N9.9"),
    (["standards", "show", "N9.9"], "N9.9"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG, ids=[" ".join(item[0]) for item in WRONG])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_wrong_use_is_a_sentence_and_exit_code_2(
    arguments: list[str], named: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NORMTOOL_LANG", language)
    ran = here(*arguments, folder=tmp_path)
    assert ran.code == 2
    assert ran.out == ""
    assert named in ran.err
    assert is_english(ran.err) <= (language == "en")
    assert is_dutch(ran.err) <= (language == "nl")
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_misspelt_indicator_is_guessed() -> None:
    ran = here("explain", "N32")
    assert ran.code == 2
    assert "N3.2" in ran.err


def test_standards_without_a_verb_is_wrong_use() -> None:
    ran = here("standards")
    assert ran.code == 2
    assert "schema" in ran.out + ran.err


# --- dates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["30-06-2025", "2025-06-30", "30/6/2025"])
def test_a_reference_date_goes_before_the_form(journey: Journey, tmp_path: Path, written: str) -> None:
    ran = here("assess", journey.workbook, "-o", tmp_path / "uit", "--only", "xlsx", "--on", written)
    assert ran.code == 0
    assert json.loads((tmp_path / "uit" / "dossier.json").read_text())["reference_date"] == "2025-06-30"


# --- explain ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NT301", "nt301", "N3.2", "n3.2"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_explain_knows_codes_and_indicators(name: str, language: str) -> None:
    ran = here("explain", name, "--lang", language)
    assert ran.code == 0
    assert ran.out.startswith(name.upper())
    assert max(len(line) for line in ran.out.splitlines()) <= 80


# --- json ---------------------------------------------------------------------------------------------------

DIAGNOSTIC = {"code", "severity", "file", "sheet", "cell", "related", "facts", "message", "hint"}


def one_object(ran: Ran) -> Any:
    """Standard output is one JSON object and nothing else."""
    found = ran.json
    assert isinstance(found, dict)
    assert isinstance(found["diagnostics"], list)
    return found


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["doctor"], {"checks", "program"}),
        (["standards", "list"], {"frameworks"}),
        (["standards", "show"], {"id", "edition", "status", "digest", "indicators"}),
        (["standards", "show", "N3.2"], {"id", "text"}),
        (["standards", "check"], {"id", "edition", "status", "digest", "indicators"}),
        (["explain", "NT301"], {"id", "text"}),
        (["explain", "N3.2"], {"id", "text"}),
        (["template", "onz", "--year", "2026"], {"file", "indicators", "minutes"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_json_is_one_object(arguments: list[str], keys: set[str], tmp_path: Path) -> None:
    ran = here(*arguments, "--format", "json", folder=tmp_path)
    assert ran.code == 0
    assert keys <= set(one_object(ran))


def test_json_of_a_schema_is_one_object(tmp_path: Path) -> None:
    assert "dossier" in here("standards", "schema", "--format", "json").json
    written = here("standards", "schema", "-o", tmp_path / "schema", "--format", "json")
    assert written.code == 0
    assert isinstance(written.json, dict)


@pytest.mark.parametrize("verb", ["check", "assess"])
def test_json_of_the_evidence_verbs(verb: str, journey: Journey, tmp_path: Path) -> None:
    options = ["-o", str(tmp_path / "uit"), "--only", "xlsx"] if verb == "assess" else []
    ran = here(verb, journey.workbook, *options, "--format", "json")
    assert ran.code == 0
    found = one_object(ran)
    if verb == "assess":
        assert found["folder"] == str(tmp_path / "uit")
        assert found["files"] == ["dossier.json", "board.xlsx"]


@pytest.mark.parametrize("verb", ["check", "assess"])
def test_json_of_a_fault_has_the_keys_of_the_contract(verb: str, faulty: Path, tmp_path: Path) -> None:
    ran = here(verb, faulty, "--format", "json", folder=tmp_path)
    assert ran.code == 1
    errors = [item for item in one_object(ran)["diagnostics"] if item["severity"] == "error"]
    assert errors
    for item in errors:
        assert set(item) >= DIAGNOSTIC
        assert item["file"] == faulty.name
        assert isinstance(item["facts"], dict)
        assert item["message"]
        assert item["hint"]
        for related in item["related"]:
            assert set(related) >= {"role", "file", "sheet", "cell"}


@pytest.fixture(scope="module")
def faulty(journey: Journey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    form = Form(journey.workbook)
    form.answer("N3.8", Teller=11)
    form.answer("N1.2", Antwoord="misschien")
    return form.save(tmp_path_factory.mktemp("fout") / "fout.xlsx")


@pytest.mark.parametrize("arguments", [["explain", "N9.9"], ["standards", "show", "N9.9"], ["explain", "NT999"]])
def test_json_of_something_unknown_leaves_standard_output_to_json(arguments: list[str]) -> None:
    ran = here(*arguments, "--format", "json")
    assert ran.code == 2
    assert ran.out == "" or isinstance(ran.json, dict)


def test_json_when_nothing_can_be_written(journey: Journey, tmp_path: Path) -> None:
    (tmp_path / "bezet").write_text("")
    ran = here("assess", journey.workbook, "-o", tmp_path / "bezet", "--format", "json")
    assert ran.code == 3
    assert "bezet is geen map" in one_object(ran)["error"]


@pytest.mark.parametrize("verb", [["template", "onz", "--year", "2026", "-o"], ["standards", "schema", "-o"]])
def test_json_of_other_verbs_that_cannot_write(verb: list[str], tmp_path: Path) -> None:
    (tmp_path / "bezet").write_text("")
    ran = here(*verb, tmp_path / "bezet" / "x", "--format", "json")
    assert ran.code == 3
    assert "bezet is geen map" in one_object(ran)["error"]


def test_json_of_a_dossier_that_is_not_there(tmp_path: Path) -> None:
    ran = here("explain", "N3.2", "--dossier", tmp_path / "dossier.json", "--format", "json")
    assert ran.code == 1
    assert [item["code"] for item in one_object(ran)["diagnostics"]] == ["NT180"]


def test_json_of_norms_that_are_not_there(tmp_path: Path) -> None:
    for verb in (["standards", "show"], ["standards", "check"], ["explain", "N3.2"]):
        ran = here(*verb, "--standards", tmp_path / "weg", "--format", "json")
        assert ran.code == 1
        assert [item["code"] for item in one_object(ran)["diagnostics"]] == ["NT101"], verb
        named = here(*verb, "--standards", "weg", "--format", "json")
        assert [item["code"] for item in one_object(named)["diagnostics"]] == ["NT126"], verb


# --- quiet --------------------------------------------------------------------------------------------------


def test_quiet_leaves_results_and_errors(journey: Journey, faulty: Path, tmp_path: Path) -> None:
    well = here("assess", journey.workbook, "-o", tmp_path / "uit", "--only", "xlsx", "--quiet")
    assert (well.code, well.err) == (0, "")
    assert well.out.startswith("Oncologienetwerk Waterland")
    wrong = here("check", faulty, "-q")
    assert wrong.code == 1
    assert "NT301" in wrong.err
    assert "opmerking" not in wrong.err


# --- require ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["core", "all"])
def test_require_gives_4_after_writing_everything(journey: Journey, tmp_path: Path, what: str) -> None:
    ran = here("assess", journey.workbook, "-o", tmp_path / "uit", "--only", "xlsx", "--require", what)
    assert ran.code == 4
    assert Words("nl").say(f"cli.require_failed.{what}") in ran.err
    assert documents_in(tmp_path / "uit") == ["board.xlsx", "dossier.json"]


def test_errors_in_the_input_come_before_what_was_required(faulty: Path, tmp_path: Path) -> None:
    ran = here("assess", faulty, "-o", tmp_path / "uit", "--require", "all")
    assert ran.code == 1
    assert not (tmp_path / "uit").exists()


def test_a_folder_that_cannot_be_written_comes_before_what_was_required(journey: Journey, tmp_path: Path) -> None:
    (tmp_path / "bezet").write_text("")
    ran = here("assess", journey.workbook, "-o", tmp_path / "bezet", "--require", "all")
    assert ran.code == 3


# --- interrupts and crashes -------------------------------------------------------------------------------

CRASH = (
    "import normtool.app.assessing as it\ndef check(*_): raise ValueError('geheim van de maker')\nit.check = check"
)
INTERRUPT = "import normtool.app.assessing as it\ndef check(*_): raise KeyboardInterrupt\nit.check = check"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_crash_is_one_sentence_with_the_details_elsewhere(language: str, tmp_path: Path) -> None:
    env = {"TMPDIR": str(tmp_path), "NORMTOOL_LANG": language}
    ran = program("check", "x.xlsx", folder=tmp_path, env=env, prelude=CRASH)
    assert ran.code == 3
    assert ran.out == ""
    (details,) = tmp_path.iterdir()
    assert ran.err.split() == Words(language).say("cli.crashed", path=details).split()
    assert all(len(line) <= WIDTH or line == str(details) for line in ran.err.splitlines())
    assert "geheim van de maker" in details.read_text(encoding="utf-8")
    assert "Traceback" in details.read_text(encoding="utf-8")


def test_a_crash_is_told_even_where_no_details_can_be_kept(tmp_path: Path) -> None:
    prelude = (
        f"{CRASH}\nimport tempfile\ndef full(*_, **__): raise OSError(28, 'full')\ntempfile.NamedTemporaryFile = full"
    )
    ran = program("check", "x.xlsx", folder=tmp_path, prelude=prelude)
    assert ran.code == 3
    assert ran.err.split() == Words("nl").say("cli.crashed", path="-").split()


def test_a_crash_is_json_where_that_was_asked(tmp_path: Path) -> None:
    env = {"TMPDIR": str(tmp_path)}
    ran = program("check", "x.xlsx", "--format", "json", folder=tmp_path, env=env, prelude=CRASH)
    (details,) = tmp_path.iterdir()
    assert ran.code == 3
    assert ran.json == {"diagnostics": [], "error": Words("nl").say("cli.crashed", path=details)}


@pytest.mark.parametrize(
    ("arguments", "said", "verb"),
    [
        (["report", "x.json", "-o", "x.doc"], "x.doc", "report"),
        (["report"], "TOETSDOSSIER", "report"),
        (["report", "x.json", "-o", "x.html", "--audience", " "], "--audience", "report"),
        (["board", "x.json", "-o", "x.xlsx", "--for", " "], "--for", "board"),
        (["standards", "chek"], "chek", "standards"),
        (["verify", "--bestaat-niet"], "--bestaat-niet", "verify"),
        (["chek"], "chek", ""),
    ],
)
def test_wrong_use_is_json_where_that_was_asked(arguments: list[str], said: str, verb: str) -> None:
    ran = here(*arguments, "--format=json")
    assert ran.code == 2
    assert said in ran.json["error"]
    assert ran.json["diagnostics"] == []
    assert ran.err.splitlines()[-1] == " ".join(f"Hulp: normtool {verb} --help".split())


@pytest.mark.parametrize(("language", "said"), [("nl", "afgebroken\n"), ("en", "interrupted\n")])
def test_an_interrupt_gives_130(language: str, said: str, tmp_path: Path) -> None:
    ran = program("check", "x.xlsx", folder=tmp_path, env={"NORMTOOL_LANG": language}, prelude=INTERRUPT)
    assert ran == Ran(130, "", said)


def test_an_interrupt_while_writing_leaves_nothing(journey: Journey, tmp_path: Path) -> None:
    prelude = (
        "import os\nreal = os.fsync\ncount = [0]\n"
        "def fsync(number):\n    count[0] += 1\n    if count[0] == 2: raise KeyboardInterrupt\n    real(number)\n"
        "os.fsync = fsync"
    )
    ran = program("assess", journey.workbook, "-o", "a/uit", "--only", "html,xlsx", folder=tmp_path, prelude=prelude)
    assert ran.code == 130
    assert list(tmp_path.rglob("*")) == []


def test_a_reader_that_stops_reading_is_no_crash(tmp_path: Path) -> None:
    prelude = (
        "import sys\nclass Closed:\n    encoding = 'utf-8'\n    def isatty(self): return False\n"
        "    def write(self, text): raise BrokenPipeError\n    def flush(self): pass\nsys.stdout = Closed()"
    )
    ran = program("standards", "list", folder=tmp_path, env={"TMPDIR": str(tmp_path)}, prelude=prelude)
    assert ran.code == 0
    assert ran.err == ""
    assert list(tmp_path.iterdir()) == []


# --- where the documents go ----------------------------------------------------------------------------------


def test_the_default_folder_carries_network_and_year(journey: Journey, tmp_path: Path) -> None:
    assert here("assess", journey.workbook, "--only", "xlsx", folder=tmp_path).code == 0
    assert (tmp_path / f"{CODE}-2026" / "dossier.json").is_file()
