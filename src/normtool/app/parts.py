"""`template --for` and `--parts`: the form in parts, and the list of who gets which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from normtool.app.exits import DONE
from normtool.app.making import plain_name
from normtool.app.reading import Common, diagnostics_json, not_written, wrong_use
from normtool.core.diagnostics import Diagnostics
from normtool.core.forms import FormRequest
from normtool.core.parts import NETWORK, Part, PartKind, part_names, parts_of
from normtool.files.distribution_xlsx import DistributedPart, write_distribution
from normtool.files.form_parts import minutes_text
from normtool.files.forms_xlsx import write_form
from normtool.files.outputs import OutputError, check_target, write_files

LONGEST_TITLE = 32
MOST_NAMED = 30
"""Names in a message; a network with more members sees the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A name that is no part; `sentence` says what can be chosen."""

    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsRequest:
    """The whole form that parts are cut from, and what was said of the files it was pre-filled with."""

    common: Common
    form: FormRequest
    found: Diagnostics = ()


def write_parts(request: PartsRequest, folder: Path) -> int:
    """All parts and the distribution list in one folder, whole or not at all."""
    common, form = request.common, request.form
    words, screen = common.words, common.screen
    parts = distributed(form)
    listed = f"{words.say('parts.list.file')}-{plain_name(form.code)}-{form.assessment_year}.xlsx"
    try:
        check_target(folder, (*(item.file for item in parts), listed), force=common.force)
        with screen.progress(words.say("cli.writing_form")):
            files = {item.file: write_form(replace(form, part=(item.part.id,))) for item in parts}
            files[listed] = write_distribution(form, parts)
            write_files(folder, files, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    made = [part_json(item) for item in parts]
    said = diagnostics_json(common, request.found)
    screen.result({"folder": str(folder), "list": listed, "parts": made, "diagnostics": said})
    if not form.members:
        screen.remark(words.say("parts.screen.no_members"))
    screen.told(words.say_count("parts.screen.made", len(parts), folder=folder, file=listed))
    screen.lines("", *table(common, parts), "")
    screen.told(words.say("parts.screen.next"))
    return DONE


def write_part(request: PartsRequest, names: tuple[str, ...], target: Path | None) -> int:
    """One form for the parts that were named."""
    common, form, words = request.common, request.form, request.common.words
    chosen = choose(common, form, names)
    if isinstance(chosen, Unknown):
        return wrong_use(common, chosen.sentence)
    part = replace(form, part=tuple(item.id for item in chosen))
    ending = "-".join(item.removesuffix(".xlsx") for item in (file_name(form, one, short=True) for one in chosen))
    path = target or Path(f"{plain_name(form.code)}-{form.assessment_year}-{ending}.xlsx")
    try:
        check_target(path.parent, (path.name,), force=common.force)
        with common.screen.progress(words.say("cli.writing_form")):
            write_files(path.parent, {path.name: write_form(part)}, force=common.force)
    except OutputError as error:
        return not_written(common, error)
    made = [DistributedPart(part=item, file=path.name) for item in chosen]
    rows, minutes = sum(item.rows for item in chosen), sum(item.minutes for item in chosen)
    said = diagnostics_json(common, request.found)
    common.screen.result({"file": str(path), "parts": [part_json(item) for item in made], "diagnostics": said})
    titles, time = ", ".join(item.title for item in chosen), minutes_text(minutes, words)
    common.screen.told(
        words.say_count("parts.screen.one_made", rows, path=path, titles=titles, time=time),
        words.say("cli.form_next", path=path),
    )
    return DONE


def choose(common: Common, form: FormRequest, names: Iterable[str]) -> tuple[Part, ...] | Unknown:
    """The parts that were named, in the order of the form; or what is wrong with the first name that is none."""
    words = common.words
    parts = parts_of(form)
    known = part_names(form.framework, parts, form.members)
    chosen: set[str] = set()
    for name in names:
        found = known.find(name)
        if found is None:
            listed = ", ".join(part.id if part.kind is PartKind.MEMBER else part.title for part in parts[:MOST_NAMED])
            meant = known.guess_spelling(name)
            if meant is not None:
                return Unknown(sentence=words.say("parts.unknown.part_meant", found=name, meant=meant, known=listed))
            key = "part" if form.members else "no_members"
            return Unknown(sentence=words.say(f"parts.unknown.{key}", found=name, known=listed))
        chosen.add(found)
    return tuple(part for part in parts if part.id in chosen)


def distributed(form: FormRequest) -> tuple[DistributedPart, ...]:
    """All parts, each with the name of its file; no two the same."""
    found: dict[str, DistributedPart] = {}
    for part in parts_of(form):
        name = file_name(form, part)
        number = 2
        while name in found:
            name = file_name(form, part).replace(".xlsx", f"-{number}.xlsx")
            number += 1
        found[name] = DistributedPart(part=part, file=name)
    return tuple(found.values())


def file_name(form: FormRequest, part: Part, *, short: bool = False) -> str:
    """The file of a part: the network, the year, and the id of a member or the name of a group."""
    own = {PartKind.MEMBER: part.id, PartKind.GROUP: part.title, PartKind.NETWORK: NETWORK}[part.kind]
    if part.kind is PartKind.NETWORK and form.language == "nl":
        own = "netwerk"
    name = f"{plain_name(own)}.xlsx"
    return name if short else f"{plain_name(form.code)}-{form.assessment_year}-{name}"


def table(common: Common, parts: tuple[DistributedPart, ...]) -> list[str]:
    """The parts as lines of a table: whose, how many rows and minutes, which file."""
    words = common.words
    heads = [words.say(f"parts.screen.{key}") for key in ("part", "rows", "minutes", "file")]
    begin = common_begin([item.file for item in parts])
    lines = [f"  {heads[0]:<{LONGEST_TITLE}}{heads[1]:>6}{heads[2]:>9}  {heads[3]} {begin}…"]
    for item in parts:
        title = item.part.title
        title = title if len(title) < LONGEST_TITLE else f"{title[: LONGEST_TITLE - 2]}…"
        name = item.file.removeprefix(begin)
        lines.append(f"  {title:<{LONGEST_TITLE}}{item.part.rows:>6}{item.part.minutes:>9}  …{name}")
    rows, minutes = sum(item.part.rows for item in parts), sum(item.part.minutes for item in parts)
    lines.append(f"  {words.say('parts.screen.total'):<{LONGEST_TITLE}}{rows:>6}{minutes:>9}")
    return lines


def common_begin(names: list[str]) -> str:
    """What all these names begin with, up to a dash."""
    first, last = min(names), max(names)
    same = next((n for n, letter in enumerate(first) if letter != last[n : n + 1]), len(first))
    return first[: first.rfind("-", 0, same) + 1]


def part_json(item: DistributedPart) -> dict[str, object]:
    """A part as the JSON contract has it."""
    part = item.part
    return {
        "id": part.id,
        "kind": part.kind.value,
        "title": part.title,
        "file": item.file,
        "rows": part.rows,
        "minutes": part.minutes,
    }
