"""The documentation tells what is true: its commands run, its made parts are up to date, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from PIL import Image

from normtool import __version__, cli
from normtool.app import exits
from normtool.files.standards_yaml import load_framework
from normtool.telling.diagnostic_texts import RULES
from script import make_docs
from tests.e2e.reading import documents_in
from tests.e2e.running import Ran, here

ROOT = Path(__file__).resolve().parent.parent
FICTIONAL = ROOT / "sample_data" / "fictional"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
SHELL = re.compile(r"^```(?:sh|powershell)\n(.*?)^```", re.MULTILINE | re.DOTALL)


# ---------------------------------------------------------------- commands


def shown_commands(page: str) -> Iterator[tuple[list[str], int]]:
    """The `normtool …` lines in blocks of a page, with the exit code that a comment promises (else 0)."""
    for block in SHELL.findall(page):
        for line in block.splitlines():
            if line.startswith("normtool "):
                command, _, comment = line.partition("#")
                promised = re.search(r"code (\d+)", comment)
                yield shlex.split(command)[1:], int(promised.group(1)) if promised else 0


def what_others_send(folder: Path, arguments: list[str]) -> None:
    """What a reader of the README would have got from others by now: parts that came back, figures of a source."""
    if "terug" in arguments and not (folder / "terug").exists():
        shutil.copytree(folder / "delen", folder / "terug")
    if "vorig-jaar" in arguments and not (folder / "vorig-jaar").exists():
        here(
            "assess", str(FICTIONAL / "voorbeeldland-2025.xlsx"), "-o", "vorig-jaar", "--only", "html", folder=folder
        )
    if "formulieren" in arguments:
        (folder / "formulieren").mkdir()
        for name in ("duinmark-2026.xlsx", "voorbeeldland-2026.xlsx"):
            shutil.copy(FICTIONAL / name, folder / "formulieren")
    if "huisstijl.yaml" in arguments:
        shown = re.search(
            r"```yaml\n(.*?)```", (ROOT / "docs" / "house-style.md").read_text(encoding="utf-8"), re.DOTALL
        )
        assert shown
        (folder / "huisstijl.yaml").write_text(shown.group(1), encoding="utf-8")
        Image.new("RGB", (120, 40), "navy").save(folder / "logo.png")
    if "cijfers.csv" in arguments:
        table = "Indicator;Teller;Noemer;Jaar;Bron\nN5.3;45;900;2026;NKR\n"
        (folder / "cijfers.csv").write_text(table, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who ran every command of the README from top to bottom in one folder, and what each of them gave."""

    folder: Path
    commands: tuple[tuple[list[str], int, Ran], ...]

    def ran(self, *arguments: str) -> Ran:
        """What the first command that begins with this gave."""
        return next(ran for said, _, ran in self.commands if said[: len(arguments)] == list(arguments))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """In one empty folder, as a reader would; only the checkout's samples lie beside it."""
    folder = tmp_path_factory.mktemp("lezer")
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    commands = []
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NORMTOOL_LANG", "nl")
        for arguments, promised in shown_commands(README):
            what_others_send(folder, arguments)
            commands.append((arguments, promised, here(*arguments, folder=folder)))
    return Reader(folder, tuple(commands))


@pytest.mark.slow
def test_every_command_of_the_readme_ends_as_promised(reader: Reader) -> None:
    assert len(reader.commands) > 10
    for arguments, promised, ran in reader.commands:
        assert ran.code == promised, f"normtool {shlex.join(arguments)}\n{ran.out}{ran.err}"
        assert "Traceback" not in ran.err


@pytest.mark.slow
def test_the_readme_names_the_documents_that_are_made(reader: Reader) -> None:
    table = README.split("## De vier documenten")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([\w.]+)`", table, re.MULTILINE)) == {
        path.name for path in (reader.folder / "rapport").iterdir() if not path.name.startswith(".")
    }


@pytest.mark.slow
def test_demo_fills_a_folder_and_says_what_to_look_at(reader: Reader) -> None:
    ran = reader.ran("demo")
    four = ["board.xlsx", "dossier.json", "report.html", "report.pdf"]
    for network, more in (("voorbeeldland-2026", ["bestuur.pdf", "iedereen.pdf"]), ("onz-2023", [])):
        assert (reader.folder / "normtool-demo" / f"{network}.xlsx").is_file()
        made = documents_in(reader.folder / "normtool-demo" / network)
        assert made == sorted(four + more)
    for line in ran.out.splitlines()[-5:]:
        named = line.split()[0]
        assert (reader.folder / named).is_file(), named
    again = here("demo", "normtool-demo", folder=reader.folder)
    assert again.code == 3
    assert "--force" in again.err


def verbs() -> list[list[str]]:
    """All verbs that the program has."""
    from typer.main import get_command

    from normtool.cli import build
    from normtool.texts import Words

    found: list[list[str]] = []
    for name, command in get_command(build(Words("nl"))).commands.items():  # type: ignore[attr-defined]
        under = getattr(command, "commands", None)
        found += [[name, verb] for verb in under] if under else [[name]]
    return found


def options_of(verb: list[str]) -> set[str]:
    return set(re.findall(r"(?<!\w)--[a-z][a-z-]*", here(*verb, "--help").out)) - {"--help"}


def test_the_readme_lists_every_verb_and_no_other() -> None:
    table = README.split("## Opdrachten")[1].split("| optie |")[0]
    listed = re.findall(r"^\| `normtool ([a-z]+(?: [a-z]+)?)", table, re.MULTILINE)
    assert sorted(listed) == sorted(" ".join(verb) for verb in verbs())


def test_the_readme_lists_every_option_and_no_other() -> None:
    table = README.split("| optie |")[1].split("\n\n")[0]
    listed = {option for row in table.splitlines() for option in re.findall(r"--[a-z][a-z-]*", row.split("|")[1])}
    assert listed == set().union(*(options_of(verb) for verb in verbs()))


def test_the_readme_has_the_exit_codes() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper()}
    assert cli.INTERRUPTED == exits.INTERRUPTED
    table = README.split("## Codes waarmee")[1].split("\n\n")[1]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == codes


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_in_running_text_exist(page: Path) -> None:
    known = {verb[0] for verb in verbs()}
    for verb in re.findall(r"`normtool ([a-z]+)", page.read_text(encoding="utf-8")):
        assert verb in known, verb


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_options_on_every_page_exist_for_their_verb(page: Path) -> None:
    """Wherever a page shows a command: in a block, indented, in running text or in a table."""
    known = {tuple(verb) for verb in verbs()}
    for shown in re.findall(r"(?:^ *|`)normtool ([^`\n]+)", page.read_text(encoding="utf-8"), re.MULTILINE):
        said = shown.partition("#")[0].split()
        verb = next((list(verb) for verb in (tuple(said[:2]), tuple(said[:1])) if verb in known), None)
        options = {word for word in said if re.fullmatch(r"--[a-z][a-z-]*", word)} - {"--help"}
        if verb is not None and options:
            assert options <= options_of(verb), shown


# ---------------------------------------------------------------- made parts


def test_made_pages_are_up_to_date() -> None:
    """If not: .venv/bin/python script/make_docs.py."""
    for path, text in make_docs.make_all().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"{path} is not up to date"


def test_every_code_stands_once_in_the_diagnostics_page() -> None:
    headings = re.findall(
        r"^### (NT\d+)$", (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert headings == sorted(RULES)


def test_a_page_without_its_made_part_is_a_fault() -> None:
    with pytest.raises(ValueError, match="samenvatting"):
        make_docs.with_part("no such part here", "samenvatting", "text")


def test_the_example_indicator_is_taken_as_it_stands(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "adding-an-indicator.md").read_text(encoding="utf-8")
    found = re.search(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found
    for name in ("netwerknormering-voorbeeld", "reference"):
        shutil.copytree(ROOT / "standards" / name, tmp_path / name)
    folder = tmp_path / "netwerknormering-voorbeeld"
    target = folder / "2-patient-centraal.yaml"
    target.write_text(f"{target.read_text(encoding='utf-8').rstrip()}\n\n{found.group(1)}", encoding="utf-8")
    framework, diagnostics = load_framework(folder)
    assert framework is not None, diagnostics
    assert framework.indicator("N2.9") is not None


# ---------------------------------------------------------------- facts on other pages


def test_the_changelog_has_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE)
    assert __version__ in README


def test_publiccode_parses_and_has_this_version() -> None:
    content = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert content["softwareVersion"] == __version__
    assert content["legal"]["license"] == "EUPL-1.2"
    assert set(content["description"]) == {"nl", "en"}


def test_the_ict_page_names_every_dependency() -> None:
    page = (ROOT / "docs" / "ict-aanvraag.md").read_text(encoding="utf-8")
    table = page.split("| onderdeel | waarvoor | licentie |")[1].split("\n\n")[0]
    named = {row.split("|")[1].strip().lower() for row in table.splitlines()[2:]}
    lock = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    assert named == set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))


def test_the_glossary_names_things_that_exist() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    table = page.split("## In use")[1].split("\n## ")[0]
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "standards").rglob("*.yaml")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    rows = [row.split("|") for row in table.splitlines() if row.startswith("| ")][1:]
    for row in rows:
        for name in re.findall(r"`(\w+)`", row[2]):
            assert re.search(rf"\b{name}\b", source), name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
