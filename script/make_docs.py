"""Writes the parts of the documentation that follow from the code, the words and the norms.

    .venv/bin/python script/make_docs.py            write docs/diagnostics.md, and the made parts of other pages
    .venv/bin/python script/make_docs.py --check    write nothing; 1 when something is not up to date

A made part of a page stands between `<!-- made: NAME -->` and `<!-- end -->`. The same code gives the same text.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from normtool.cli_options import DEFAULT_STANDARDS
from normtool.core.diagnostics import Rule, Severity
from normtool.core.form_names import INDICATOR_COLUMNS, NETWORK_KEYS, SHOWN_COLUMNS, FormName
from normtool.core.registers import ColumnType, Expected, Register
from normtool.core.standards import Framework
from normtool.files.standards_yaml import load_framework
from normtool.resources import data_dir
from normtool.telling.diagnostic_texts import RULES, blank_hint, blank_message, title
from normtool.texts import Words

ROOT = Path(__file__).resolve().parent.parent
DUTCH, ENGLISH = Words("nl"), Words("en")
PROGRAM = "from normtool.cli import main; main()"

SERIES = {
    "1": ("Normbestanden en toetsdossiers", "Standards files and dossiers"),
    "2": ("Het formulier als bestand", "The form as a file"),
    "3": ("Waarden", "Values"),
    "4": ("Volledigheid en aannemelijkheid", "Completeness and plausibility"),
    "7": ("Netwerken, volumes, echelons, regio's", "Networks, volumes, echelons, regions"),
    "8": ("Patiëntgegevens", "Patient data"),
    "9": ("Opmerkingen: hoe iets is gelezen", "Notes: how something was read"),
}
"""What the first digit of a code stands for."""

SEVERITIES = {
    Severity.ERROR: "fout · error",
    Severity.WARNING: "let op (vraag) · warning",
    Severity.NOTE: "ter info · note",
}

TYPES = {
    ColumnType.TEXT: "tekst",
    ColumnType.YES_NO: "ja of nee",
    ColumnType.WHOLE: "heel getal",
    ColumnType.YEAR: "jaartal",
    ColumnType.DATE: "datum",
    ColumnType.DATES: "een of meer datums",
    ColumnType.CHOICE: "keuze uit een lijst",
    ColumnType.IDENTIFIER: "eigen kenmerk",
    ColumnType.DOCUMENTS: "kenmerken van documenten",
    ColumnType.MEMBER: "een deelnemer",
    ColumnType.MEMBERS: "deelnemers",
    ColumnType.LOCATION: "een locatie",
    ColumnType.GROUP: "een tumorgroep",
    ColumnType.GROUPS: "tumorgroepen",
    ColumnType.TREATMENT: "een behandeling",
    ColumnType.INDICATORS: "id's van indicatoren",
    ColumnType.STANDARD: "een standaard",
}

EXPECTED = {
    Expected.NONE: "geen",
    Expected.CHOICES_USED: "één per soort waar een indicator naar vraagt",
    Expected.GROUPS: "de tumorgroepen",
    Expected.LOCATIONS_BY_GROUPS: "elke ziekenhuislocatie × elke tumorgroep die het netwerk behandelt",
    Expected.LOCATIONS_BY_TREATMENTS: "elke ziekenhuislocatie × elke behandeling met een geldende norm",
    Expected.MEMBERS: "de deelnemers, uit het register van netwerken of van vorig jaar",
    Expected.IZA_GROUPS: "de tumorgroepen die in een tranche van het IZA staan",
}


# ---------------------------------------------------------------- docs/diagnostics.md


def diagnostics_page() -> str:
    """Every code with its title, message and hint in both languages."""
    lines = [
        "# Meldingen · Diagnostics",
        "",
        "Gemaakt door `script/make_docs.py`; niet met de hand wijzigen. · Made by that script; do not edit.",
        "",
        "Een melding gaat over een bestand, niet over een netwerk. Een *fout* moet eerst worden verbeterd. Een",
        "*vraag* (let op) en een *opmerking* (ter info) houden niets tegen. Op de plaats van … staat in het echt",
        "wat er is gevonden. `normtool explain NT301` geeft ook de langere uitleg. Een code krijgt nooit een andere",
        "betekenis.",
        "",
        "A diagnostic is about a file, not about a network. An *error* must be corrected first; a *warning* and a",
        "*note* stop nothing. Where … stands, the real message shows what was found.",
        "",
    ]
    for digit, (dutch, english) in SERIES.items():
        rules = [RULES[code] for code in sorted(RULES) if code[2] == digit]
        lines += [f"## NT{digit}xx: {dutch} · {english}", ""]
        for rule in rules:
            lines += rule_lines(rule)
    return "\n".join(lines).rstrip() + "\n"


def rule_lines(rule: Rule) -> list[str]:
    """One rule: its code as a heading, then a table of two languages."""
    code = rule.code
    weight = SEVERITIES[rule.severity]
    if rule.concerns_safety:
        weight += ", ook met `--draft` · also with `--draft`"
    rows = [("", title), ("melding · message", blank_message), ("hulp · hint", blank_hint)]
    table = [f"| {label} | {cell(say(code, DUTCH))} | {cell(say(code, ENGLISH))} |" for label, say in rows]
    return [f"### {code}", "", weight, "", table[0], "|---|---|---|", *table[1:], ""]


def cell(text: str) -> str:
    """A text as a cell of a markdown table."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


# ---------------------------------------------------------------- docs/form.md


def built_in() -> Framework:
    """The built-in framework.

    Raises:
        SystemExit: it has errors; `normtool standards check` tells which.
    """
    framework, _ = load_framework(data_dir("standards") / DEFAULT_STANDARDS)
    if framework is None:
        raise SystemExit("the built-in norms have errors; run: normtool standards check")
    return framework


def network_table() -> str:
    """What is asked on the sheet Netwerk."""
    return table("Gegeven", NETWORK_KEYS)


def indicator_table() -> str:
    """The columns of the sheet Indicatoren; the ones that the form fills itself are marked."""
    return table("Kolom", INDICATOR_COLUMNS)


def table(first: str, names: tuple[FormName, ...]) -> str:
    """Names with their English form and other spellings that are understood."""
    lines = [f"| {first} | Engels | Ook goed | |", "|---|---|---|---|"]
    for name in names:
        shown = "staat al ingevuld" if names is INDICATOR_COLUMNS and name.id in SHOWN_COLUMNS else ""
        lines.append(f"| {name.text.nl} | {name.text.en} | {', '.join(name.also)} | {shown} |")
    return "\n".join(lines)


def register_tables() -> str:
    """Every register of the built-in framework: its sheet, its rows and its columns."""
    return "\n\n".join("\n".join(register_lines(register)) for register in built_in().registers)


def register_lines(register: Register) -> Iterator[str]:
    """One register."""
    yield f"### {register.sheet.nl} [{register.sheet.en}]"
    yield ""
    keys = ", ".join(column.header.nl for column in register.key_columns) or "–"
    proof = " Een rij zonder document is *niet onderbouwd*." if register.needs_document else ""
    yield f"Eén rij per {without_article(register.row_is.nl)}. Verwachte rijen: {EXPECTED[register.expected]}."
    yield f"Wat rijen uit elkaar houdt: {keys}.{proof}"
    yield ""
    yield "| Kolom | Engels | Wat erin komt |"
    yield "|---|---|---|"
    for column in register.columns:
        content = TYPES[column.type]
        if column.choices:
            content = " / ".join(choice.label.nl for choice in column.choices)
        if column.counts_patients:
            content += " (telt patiënten)"
        if column.needs_document and not register.needs_document:
            content += " (met document)"
        yield f"| {column.header.nl} | {column.header.en} | {cell(content)} |"


def without_article(text: str) -> str:
    """*een document* as *document*."""
    return text.removeprefix("een ")


# ---------------------------------------------------------------- README.md


def terminal_summary() -> str:
    """What `normtool assess` prints for the invented network, as a block of text."""
    sample = data_dir("sample_data") / "fictional" / "voorbeeldland-2026.xlsx"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", PROGRAM, "assess", str(sample), "-o", "rapport", "--only", "html", "--quiet"]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, check=True, text=True, encoding="utf-8", env=utf8()
        )
    lines = done.stdout.rstrip().splitlines()
    return "\n".join(["```text", *lines[:-2], "```"])  # without the last line, which names the files


def utf8() -> dict[str, str]:
    """This environment, speaking Dutch in UTF-8."""
    import os

    return {**os.environ, "PYTHONUTF8": "1", "NORMTOOL_LANG": "nl"}


# ---------------------------------------------------------------- all pages

MADE_PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "samenvatting": ("README.md", terminal_summary),
    "netwerk": ("docs/form.md", network_table),
    "indicatoren": ("docs/form.md", indicator_table),
    "overzichten": ("docs/form.md", register_tables),
}
"""Made parts by name: in which page they stand, and what makes them."""


def with_part(page: str, name: str, text: str) -> str:
    """The page with this part renewed.

    Raises:
        ValueError: the page has no such part.
    """
    begin = f"<!-- made: {name} -->"
    pattern = re.compile(rf"{re.escape(begin)}.*?<!-- end -->", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"{begin} is missing")
    return pattern.sub(lambda _: f"{begin}\n\n{text}\n\n<!-- end -->", page, count=1)


def make_all() -> dict[str, str]:
    """Every page as it should be, by its path in the repository."""
    pages = {"docs/diagnostics.md": diagnostics_page()}
    for name, (path, make) in MADE_PARTS.items():
        page = pages.get(path) or (ROOT / path).read_text(encoding="utf-8")
        pages[path] = with_part(page, name, make())
    return pages


def main(arguments: list[str]) -> int:
    outdated = []
    for path, text in make_all().items():
        target = ROOT / path
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            continue
        outdated.append(path)
        if "--check" not in arguments:
            target.write_text(text, encoding="utf-8", newline="\n")
    for path in outdated:
        print(f"{path}: {'not up to date; run script/make_docs.py' if '--check' in arguments else 'written'}")
    return 1 if outdated and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
