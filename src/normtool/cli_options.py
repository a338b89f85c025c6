"""The options that verbs share, and how their values become one request."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from normtool.cli_help import UsageProblem
from normtool.texts import LANGUAGES, Words

if TYPE_CHECKING:
    from normtool.app.reading import Common

DEFAULT_STANDARDS = "netwerknormering-voorbeeld"
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""No network assesses itself before or after these."""


class Options:
    """The options that verbs share, with their help in one language."""

    def __init__(self, words: Words) -> None:
        def option(name: str, *also: str, told: str = "", **settings: Any) -> Any:
            text = words.say(f"cli.option.{told or name.strip('-').replace('-', '_')}")
            return typer.Option(name, *also, help=text, show_default=False, **settings)

        self.standards = option("--standards", metavar=words.say("cli.metavar.name"))
        self.lang = option("--lang", metavar="nl|en")
        self.on = option("--on", metavar=words.say("cli.metavar.date"))
        self.on_networks = option("--on", metavar=words.say("cli.metavar.date"), told="on_networks")
        self.format = option("--format", metavar="text|json")
        self.quiet = option("--quiet", "-q")
        self.force = option("--force")
        self.annotate = option("--annotate", metavar=words.say("cli.metavar.folder"))
        self.networks = option("--networks", metavar=words.say("cli.metavar.file"))
        self.figures = option("--figures", metavar=words.say("cli.metavar.file"))
        self.house_style = option("--house-style", metavar=words.say("cli.metavar.file"))
        self.jobs = option("--jobs", metavar=words.say("cli.metavar.number"))
        self.member = option("--for", metavar=words.say("cli.metavar.member"), told="member")
        self.target = option("--output", "-o", metavar=words.say("cli.metavar.file"), told="target")
        self.option = option


def common_of(words: Words, values: dict[str, Any]) -> Common:
    """The shared options as one value; wrong ones are a usage error."""
    from normtool.app.reading import Common
    from normtool.screen import Screen

    language, output = values.get("lang") or words.language, values.get("format") or "text"
    if language not in LANGUAGES:
        raise UsageProblem("cli.wrong_choice", option="--lang", found=language, choices="nl, en")
    if output not in ("text", "json"):
        raise UsageProblem("cli.wrong_choice", option="--format", found=output, choices="text, json")
    return Common(
        words=words,
        screen=Screen(as_json=output == "json", quiet=bool(values.get("quiet"))),
        standards=values.get("standards") or DEFAULT_STANDARDS,
        on=date_of(values.get("on")),
        force=bool(values.get("force")),
        house_style=values.get("house_style"),
        jobs=jobs_of(values.get("jobs")),
    )


def jobs_of(number: int | None) -> int:
    """How many networks to work on at once; 0 when nothing was asked, and less than 1 is a usage error."""
    if number is not None and number < 1:
        raise UsageProblem("cli.wrong_jobs", found=str(number))
    return number or 0


def date_of(text: str | None) -> date | None:
    """A date as people type it, the day or the year first; anything else is a usage error."""
    if not text:
        return None
    parts = text.replace("/", "-").split("-")
    try:
        numbers = [int(part) for part in parts]
        year_first = len(parts[0]) == 4
        return date(*numbers) if year_first else date(*reversed(numbers))
    except (ValueError, TypeError) as error:
        raise UsageProblem("cli.wrong_date", found=text) from error


def choices_of(option: str, text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The values of a list with commas, in the order of the known ones; another one is a usage error."""
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for part in chosen:
        if part not in known:
            raise UsageProblem("cli.wrong_choice", option=option, found=part, choices=", ".join(known))
    return tuple(part for part in known if part in chosen)


def names_of(given: list[str]) -> tuple[str, ...]:
    """The names of an option that may be repeated, or hold several with commas between them, each once."""
    return tuple(dict.fromkeys(part.strip() for text in given for part in text.split(",") if part.strip()))


def check_years(year: int, first_year: int | None) -> None:
    """Refuse an assessment year that cannot be one, or that lies before the network's first."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageProblem("cli.wrong_year", found=str(year))
    if first_year is not None and not FIRST_YEAR <= first_year <= year:
        raise UsageProblem("cli.wrong_year", found=str(first_year))
