"""Writes every Dutch and English sentence of the program and of the norms into one page, to be read by an editor.

    .venv/bin/python script/make_sentences.py [PATH]    default: build/sentences.html

Dutch and English stand side by side. A sentence with facts stands there twice: with the shortest and with the longest
facts that are plausible, so that plurals, long names and line lengths show. The same code gives the same page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from normtool.core import form_names
from normtool.core.form_names import FormName
from normtool.core.registers import Register, Text
from normtool.core.standards import Framework, Indicator
from normtool.files.standards_yaml import available_frameworks, load_framework
from normtool.resources import words_dir
from normtool.telling.norm_texts import norm_sentence
from normtool.texts import LANGUAGES, NO_BREAK, Words, load_topic

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT / "build" / "sentences.html"
ONE = frozenset({"count", "number"})
"""Facts that are 1 in the singular form of a sentence."""
ONE_IN_WORDS = {"nl": "één", "en": "one"}
"""How the report writes that number."""


class Fact(NamedTuple):
    """The shortest and the longest plausible value of a fact; English is given only where it differs."""

    short: str
    long: str
    short_en: str = ""
    long_en: str = ""

    def value(self, language: str, *, long: bool) -> str:
        english = self.long_en if long else self.short_en
        return english if language == "en" and english else (self.long if long else self.short)


class Row(NamedTuple):
    """One thing to read: where it stands, and what is said in Dutch and in English."""

    key: str
    dutch: tuple[str, ...]
    english: tuple[str, ...]


GENERIC = Fact(
    "A1", "Overeenkomst Noord-Holland (herziene versie)", "A1", "Agreement Noord-Holland (revised version)"
)
COUNT = Fact("0", "176")
PATIENTS = Fact("0", "1.234", "0", "1,234")
PERCENT = Fact(f"0{NO_BREAK}%", f"63,75{NO_BREAK}%", "0%", "63.75%")
DATE = Fact(
    f"1{NO_BREAK}mei{NO_BREAK}2025",
    f"30{NO_BREAK}september{NO_BREAK}2025",
    f"1{NO_BREAK}May{NO_BREAK}2025",
    f"30{NO_BREAK}September{NO_BREAK}2025",
)
GROUP = Fact("Long", "Endocrien en neuro-endocrien", "Lung", "Endocrine and neuroendocrine")
NAMES = Fact("N1.1", "N1.1, N1.2, N1.10 en nog 14", "N1.1", "N1.1, N1.2, N1.10 and 14 more")
NAME = Fact("ONZ", "Oncologienetwerk Groningen-Drenthe", "ONZ", "Groningen-Drenthe oncology network")
TITLE = Fact(
    "Verbeterprogramma",
    "Bestuur met mandaat en één aanspreekpunt",
    "Improvement programme",
    "Board with a mandate and one point of contact",
)
VERDICT = Fact("voldoet", "tussen voldoet gedeeltelijk en voldoet", "met", "between partly met and met")
FILE = Fact("a.xlsx", "invulformulier-groningen-drenthe-2026 (2).xlsx")
COUNTS = (
    "all answered asked at_most best_met budget can core effort filled free inside known limit met more open outcome "
    "page pages part process rest rows scored structure wanted whole"
)
FACTS: Mapping[str, Fact] = {
    **dict.fromkeys(COUNTS.split(), COUNT),
    **dict.fromkeys(
        ("assessment", "assessment_year", "first_year", "reporting", "reporting_year", "year"), Fact("2025", "2025")
    ),
    **dict.fromkeys(("date", "day", "deadline", "end", "reference_date", "start", "until"), DATE),
    **dict.fromkeys(("denominator", "number", "numerator"), PATIENTS),
    **dict.fromkeys(("percent", "target"), PERCENT),
    **dict.fromkeys(("group", "treatment"), GROUP),
    **dict.fromkeys(("ids", "items", "names"), NAMES),
    **dict.fromkeys(("location", "name", "network", "region"), NAME),
    **dict.fromkeys(("best", "computed", "goal", "verdict", "worst"), VERDICT),
    **dict.fromkeys(("file", "files", "path"), FILE),
    "circle": Fact("bestuur", "patiëntenadviesraad", "board", "patient council"),
    "count": Fact("2", "176"),
    "cycle": Fact("1", "12"),
    "edition": Fact("2026.1", "2026.12"),
    "folder": Fact(
        "uit", "C:\\Gebruikers\\Netwerkbureau\\Toetsing 2026", "out", "C:\\Users\\Network office\\Assessment 2026"
    ),
    "found": Fact("x", "ongeveer 48, waarvan 3 elders", "x", "about 48, of which 3 elsewhere"),
    "groups": Fact("2", "12"),
    "header": Fact("Id", "Alle ziekenhuizen vertegenwoordigd", "Id", "All hospitals represented"),
    "hospitals": Fact("1", "14"),
    "hours": Fact("2", "1.234", "2", "1,234"),
    "indicator": Fact("N1.1", "N1.10"),
    "level": Fact("1", "4"),
    "megabytes": Fact("2", "64"),
    "minimum": Fact("1", "100"),
    "minutes": Fact("5", "240"),
    "months": Fact("12", "48"),
    "of": Fact("2", "176"),
    "owner": Fact("bestuur", "voorzitters van de tumorgroepen", "board", "chairs of the tumour groups"),
    "reason": Fact("noemer 0", "n.v.t. volgens het netwerk", "denominator 0", "n/a, says the network"),
    "share": Fact(
        f"0 van 1 is 0{NO_BREAK}%", f"1.048 van 1.234 is 85{NO_BREAK}%", "0 of 1 is 0%", "1,048 of 1,234 is 85%"
    ),
    "sheet": Fact("Netwerk", "Tumortypenetwerken", "Care", "Working groups"),
    "small_below": Fact("10", "10"),
    "standard": Fact("1", "6"),
    "status": Fact("proef", "voorbeeld", "trial", "example"),
    "step": Fact("SWOT", "impactanalyse", "SWOT", "impact analysis"),
    "title": TITLE,
    "tranche": Fact("tranche 1", "tranche 2"),
    "unit": Fact("per locatie", "per instelling", "per location", "per institution"),
    "version": Fact("1.0", "1.12.3"),
    "years": Fact("2", "3"),
    "because.level.target": Fact("1", "4"),
    "because.count.target": Fact("1", "12"),
    "cli.name": Fact("--on", "--first-assessment-year"),
    "cli.option": Fact("--on", "--first-assessment-year"),
    "region_report.of": Fact("twee", "twaalf", "two", "twelve"),
    "report.met": Fact("geen", "twaalf", "none", "twelve"),
    "report.number": Fact("twee", "twaalf", "two", "twelve"),
    "report.reached": Fact("geen", "acht", "none", "eight"),
}
"""Facts by name, or by the beginning of a key and the name. One that is not here gets a generic pair."""


class Facts(dict[str, str]):
    """The facts of one sentence, as short or as long as they come."""

    def __init__(self, key: str, language: str, *, long: bool) -> None:
        super().__init__()
        self.key, self.language, self.is_long = key, language, long

    def __missing__(self, name: str) -> str:
        topic = self.key.partition(".")[0]
        if name in ONE and self.key.endswith(".one"):
            return ONE_IN_WORDS[self.language] if topic == "report" and name == "number" else "1"
        known = (FACTS[own] for own in (f"{self.key}.{name}", f"{topic}.{name}", name) if own in FACTS)
        return next(known, GENERIC).value(self.language, long=self.is_long)


def filled(key: str, sentence: str, language: str) -> tuple[str, ...]:
    """The sentence with short and with long facts; once when that makes no difference."""
    both = (sentence.format_map(Facts(key, language, long=long)) for long in (False, True))
    return tuple(dict.fromkeys(both))


def leaves(node: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every sentence under a node of a words file, with its key."""
    if isinstance(node, str):
        yield path, node
        return
    for key, value in node.items():
        yield from leaves(value, f"{path}.{key}")


def word_rows(topic: str) -> Iterator[Row]:
    """Every sentence of one topic."""
    dutch, english = (dict(leaves(load_topic(language, topic), topic)) for language in LANGUAGES)
    for key, sentence in dutch.items():
        yield Row(key, filled(key, sentence, "nl"), filled(key, english.get(key, "(missing)"), "en"))


def text_row(key: str, text: Text | None) -> Iterator[Row]:
    """A text of the norms, if there is one."""
    if text is not None:
        yield Row(key, (text.nl,), (text.en,))


def norm_rows(framework: Framework) -> Iterator[Row]:
    """Every text of a framework."""
    own = framework.id
    for part, text in (("name", framework.name), ("notice", framework.notice), ("basis", framework.basis.text)):
        yield from text_row(f"{own}.{part}", text)
    for standard in framework.standards:
        for part in ("title", "short", "caveat", "plain"):
            yield from text_row(f"{own}.{standard.id}.{part}", getattr(standard, part))
        yield from text_row(f"{own}.{standard.id}.basis", standard.basis.text)
        for indicator in standard.indicators:
            yield from indicator_rows(f"{own}.{indicator.id}", indicator)
    for register in framework.registers:
        yield from register_rows(f"{own}.{register.id}", register)
    yield from reference_rows(framework)


def indicator_rows(key: str, indicator: Indicator) -> Iterator[Row]:
    """The texts of an indicator, with its norm at every step of its path."""
    yield from text_row(f"{key}.title", indicator.title)
    yield from text_row(f"{key}.question", indicator.question)
    dutch, english = (
        tuple(norm_sentence(indicator, step, Words(language)) for step in indicator.path or (None,))
        for language in LANGUAGES
    )
    yield Row(f"{key}.norm", tuple(dict.fromkeys(dutch)), tuple(dict.fromkeys(english)))
    yield from text_row(f"{key}.guidance", indicator.guidance)
    yield from text_row(f"{key}.remedy", indicator.remedy)
    yield from text_row(f"{key}.basis", indicator.basis.text)


def register_rows(key: str, register: Register) -> Iterator[Row]:
    """The texts of a register: its sheet, guidance, headers, help and choices."""
    yield from text_row(f"{key}.sheet", register.sheet)
    yield from text_row(f"{key}.row_is", register.row_is)
    yield from text_row(f"{key}.guidance", register.guidance)
    for column in register.columns:
        yield from text_row(f"{key}.{column.id}", column.header)
        yield from text_row(f"{key}.{column.id}.help", column.help)
        for choice in column.choices:
            yield from text_row(f"{key}.{column.id}.{choice.id}", choice.label)


def reference_rows(framework: Framework) -> Iterator[Row]:
    """Tumour groups, treatments, the basis of volume norms, and references to other schemes."""
    own = framework.id
    for group in framework.tumour_groups:
        yield from text_row(f"{own}.{group.id}", group.name)
        for sub_type in group.sub_types:
            yield from text_row(f"{own}.{sub_type.id}", sub_type.name)
    for treatment in framework.treatments:
        yield from text_row(f"{own}.{treatment.id}", treatment.name)
    for norm in framework.volume_norms:
        yield from text_row(f"{own}.{norm.id}", norm.basis.text)
    for item in framework.soncos + framework.oeci:
        yield from text_row(f"{own}.{item.id}", item.title)
        yield from text_row(f"{own}.{item.id}.note", item.note)


def form_rows() -> Iterator[Row]:
    """The names in the form that the program itself depends on."""
    for group in vars(form_names).values():
        names = group if isinstance(group, tuple) else (group,)
        for name in names:
            if isinstance(name, FormName):
                yield from text_row(f"form_names.{name.id}", name.text)


def sections() -> Iterator[tuple[str, list[Row]]]:
    """Everything there is to read, by where it comes from.

    Raises:
        SystemExit: the built-in norms have errors.
    """
    for path in sorted(words_dir("nl").iterdir()):
        yield f"words: {path.stem}", list(word_rows(path.stem))
    yield "names in the form", list(form_rows())
    for folder in available_frameworks():
        framework, _ = load_framework(folder)
        if framework is None:
            raise SystemExit(f"{folder.name} has errors; run: normtool standards check")
        yield f"norms: {framework.id}", list(norm_rows(framework))


STYLE = """
body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem; color: #1b1f24 }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border-top: 1px solid #d9d5cb; padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top }
th { font-weight: 400; font-size: 12px; color: #4d545c; width: 22%; overflow-wrap: anywhere }
p { margin: 0 0 .4rem }
"""


def page() -> str:
    """All sentences as one page."""
    parts = [f"<!doctype html>\n<meta charset=utf-8>\n<title>Sentences of normtool</title>\n<style>{STYLE}</style>"]
    for heading, rows in sections():
        parts.append(f"<h2>{escape(heading)} ({len(rows)})</h2>\n<table>")
        parts += [html_row(row) for row in rows]
        parts.append("</table>")
    return "\n".join(parts) + "\n"


def html_row(row: Row) -> str:
    """One row of the table, with each rendering in a paragraph of its own."""
    cells = "".join(
        f"<td lang={language}>{''.join(f'<p>{escape(text)}</p>' for text in texts)}</td>"
        for language, texts in zip(LANGUAGES, (row.dutch, row.english), strict=True)
    )
    return f"<tr><th>{escape(row.key)}</th>{cells}</tr>"


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else DEFAULT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(), encoding="utf-8", newline="\n")
    print(f"written: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
