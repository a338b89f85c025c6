"""What became of each network of a batch: as a table in a terminal, and as the JSON contract has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from normtool.app.batch_reading import NetworkRead
from normtool.app.exits import DOES_NOT_HOLD, DONE, INPUT_HAS_ERRORS, NOT_WRITTEN, worst
from normtool.app.making import AssessRequest
from normtool.app.reading import Common, diagnostics_json, in_order
from normtool.app.returning import NothingAsked, Returned
from normtool.core.diagnostics import Diagnostics, Severity
from normtool.texts import Words

NAME_WIDTH, YEAR_WIDTH = 38, 10


class Result(Enum):
    """What became of one network."""

    MADE = "made"
    UNCHANGED = "unchanged"
    ERRORS = "errors"
    NOT_WRITTEN = "not_written"
    LOST = "lost"
    NOT_BEGUN = "not_begun"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One network of a batch: what there is to say of it, what became of it, and the files that are there then.

    `is_held`: what was asked with `--require` holds; `is_complete`: nothing is missing on this machine to make all
    its documents. `why` says why something was not written or made.
    """

    network: NetworkRead
    folder: Path
    found: Diagnostics
    result: Result
    files: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    is_held: bool = True
    is_complete: bool = True
    why: str = ""
    copies: Returned | NothingAsked = field(default_factory=NothingAsked)

    @property
    def is_done(self) -> bool:
        """Whether its documents are there."""
        return self.result in (Result.MADE, Result.UNCHANGED)

    @property
    def exit_code(self) -> int:
        """The code that this network alone would end with."""
        if self.result is Result.ERRORS:
            return INPUT_HAS_ERRORS
        if self.result is Result.CHECKED:
            return INPUT_HAS_ERRORS if any(item.is_error for item in self.found) else DONE
        if not self.is_done:
            return NOT_WRITTEN
        return worst(DONE if self.is_complete else NOT_WRITTEN, DONE if self.is_held else DOES_NOT_HOLD)

    def title(self, words: Words) -> str:
        """The network with its year."""
        year = self.network.year
        return words.say("batch.title", name=self.network.name, year=year) if year else self.network.name

    def count(self, severity: Severity) -> int:
        """How many diagnostics of a severity there are."""
        return sum(item.rule.severity is severity for item in self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is of no network of a batch: what there is to say of it, its marked copies, or why there are none."""

    found: Diagnostics
    copies: Returned | NothingAsked = field(default_factory=NothingAsked)
    why: str = ""

    @property
    def exit_code(self) -> int:
        """The code that this alone would end with."""
        has_errors = any(item.is_error for item in self.found)
        return worst(INPUT_HAS_ERRORS if has_errors else DONE, NOT_WRITTEN if self.why else DONE)


def show_made(request: AssessRequest, outcomes: Sequence[Outcome], rest: Rest) -> None:
    """What became of each network, as `assess` says it."""
    common, words = request.common, request.common.words
    root = request.folder or Path()
    common.screen.result(batch_json(common, [network_json(common, item) for item in outcomes], outcomes, rest))
    show_table(common, outcomes)
    folders = [item.network.folder for item in outcomes if item.is_done]
    said = words.say("batch.made_in", folder=root, folders=", ".join(folders)) if folders else ""
    common.screen.told("", said or words.say("batch.nothing_made"))
    for item in outcomes:
        if item.why:
            common.screen.problem(words.say("batch.problem", title=item.title(words), why=item.why))
    if any(item.is_done and not item.is_complete for item in outcomes):
        common.screen.problem(words.say("cli.no_pdf"))
    if any(item.is_done and not item.is_held for item in outcomes):
        common.screen.problem(words.say(f"cli.require_failed.{request.require}"))
    show_copies(common, outcomes, rest)


def show_copies(common: Common, outcomes: Sequence[Outcome], rest: Rest) -> None:
    """Where the marked copies are, and of which files there are none."""
    copies = (*(item.copies for item in outcomes), rest.copies)
    common.screen.remark(*(line for item in copies for line in item.sentences))
    if rest.why:
        common.screen.problem(rest.why)


def show_table(common: Common, outcomes: Sequence[Outcome]) -> None:
    """A line for each network, in the order of code and year: never an order of merit."""
    words = common.words
    lines = [_line(*(words.say(f"batch.head.{key}") for key in ("network", "year", "result")))]
    lines += [_line(item.network.name, str(item.network.year or ""), result_text(item, words)) for item in outcomes]
    common.screen.lines("", *lines)


def _line(name: str, year: str, result: str) -> str:
    shown = name if len(name) <= NAME_WIDTH else f"{name[: NAME_WIDTH - 1]}…"
    return f"{shown:<{NAME_WIDTH}}  {year:<{YEAR_WIDTH}}{result}".rstrip()


def result_text(item: Outcome, words: Words) -> str:
    """What became of a network, in a few words."""
    if item.result is Result.ERRORS and not item.count(Severity.ERROR):
        return words.say("batch.result.held_back")
    if item.result is Result.ERRORS:
        return words.say_count("batch.result.errors", item.count(Severity.ERROR))
    if item.result is Result.CHECKED:
        errors, questions = item.count(Severity.ERROR), item.count(Severity.WARNING)
        said = [words.say_count("batch.checked.errors", errors)] if errors else []
        said += [words.say_count("batch.checked.questions", questions)] if questions else []
        return ", ".join(said) or words.say("batch.checked.nothing")
    if item.is_done and not item.is_complete:
        return words.say("batch.result.made_without_pdf")
    if item.is_done and not item.is_held:
        return words.say(f"batch.result.{item.result.value}_not_held")
    return words.say(f"batch.result.{item.result.value}")


def batch_json(
    common: Common, networks: list[dict[str, object]], outcomes: Sequence[Outcome], rest: Rest
) -> dict[str, object]:
    """The one object of `--format json`; `diagnostics` are all of them, those of no network too."""
    everything = dict.fromkeys((*rest.found, *(found for item in outcomes for found in item.found)))
    said: dict[str, object] = {"networks": networks, "diagnostics": diagnostics_json(common, in_order(everything))}
    return said | rest.copies.json | ({"error": rest.why} if rest.why else {})


def network_json(common: Common, item: Outcome) -> dict[str, object]:
    """One network as the JSON contract has it."""
    said: dict[str, object] = {
        "code": item.network.code,
        "name": item.network.name,
        "year": item.network.year,
        "result": item.result.value,
        "exit_code": item.exit_code,
        "folder": str(item.folder),
        "files": list(item.files),
        "unchanged": list(item.unchanged),
        "diagnostics": diagnostics_json(common, item.found),
    }
    return said | item.copies.json | ({"error": item.why} if item.why else {})
