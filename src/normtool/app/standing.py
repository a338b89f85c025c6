"""*Stand van zaken*: where each part stands, on the screen and as JSON, with a reminder to copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from textwrap import wrap

from normtool.app.reading import Common, Given
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.evidence import Evidence
from normtool.core.form_identity import identity_of
from normtool.core.grids import Grid
from normtool.core.parts import PartKind
from normtool.core.rules_offers import WAITING_ROWS
from normtool.core.rules_parts import PART_ALONE, PARTS_MISSING
from normtool.core.rules_questions import ROWS_MISSING
from normtool.core.standards import Framework
from normtool.core.standing import PartStanding, StandingOfParts, State, stand
from normtool.screen import WIDTH
from normtool.texts import Words

TITLE_WIDTH = 29
NOTHING_IN = (State.NOT_RECEIVED, State.NOT_READ, State.EMPTY)
INDENT = "  "
TOGETHER = (State.EMPTY, State.NOT_RECEIVED, State.COMPLETE, State.NOTHING_ASKED)
"""States of which the parts are named in one line, when there is nothing more to say of each."""


def standing_of(
    framework: Framework, grids: tuple[Grid, ...], evidence: Evidence, diagnostics: Diagnostics
) -> StandingOfParts | None:
    """Where the parts stand; None for a single undivided form, whatever lies beside it. Of a part alone only
    that part, unless another one came in that cannot be read."""
    standing = stand(framework, grids, evidence, diagnostics)
    forms = [item for item in evidence.files if not item.is_figures]
    unread = standing.is_divided and any(item.state is State.NOT_READ for item in standing.parts)
    if len(forms) > 1 or unread:
        return standing
    own = {part for grid in grids for part in identity_of(grid).parts}
    kept = tuple(item for item in standing.parts if item.part.id in own)
    return replace(standing, parts=kept) if own else None


def parts_missing(framework: Framework, grids: tuple[Grid, ...], evidence: Evidence) -> Diagnostics:
    """What an assessment must say when not all parts are there: an error without the network's own part."""
    standing = stand(framework, grids, evidence, ())
    if not standing.is_divided:
        return ()
    if not standing.can_be_judged:
        titles = ", ".join(item.part.title for item in standing.received)
        return (Diagnostic(rule=PART_ALONE, facts=(("parts", titles),)),)
    missing = [item.part.title for item in standing.parts if item.state in NOTHING_IN]
    if not missing:
        return ()
    facts = (("count", len(missing)), ("parts", ", ".join(missing)))
    return (Diagnostic(rule=PARTS_MISSING, facts=facts),)


def standing_json(common: Common, standing: StandingOfParts) -> dict[str, object]:
    """Where the parts stand, as the JSON contract has it."""
    return {
        "divided": standing.is_divided,
        "deadline": standing.deadline.isoformat() if standing.deadline is not None else None,
        "parts": [
            {
                "id": item.part.id,
                "kind": item.part.kind.value,
                "title": item.part.title,
                "state": item.state.value,
                "files": list(item.files),
                "asked": item.asked,
                "filled": item.filled,
                "errors": item.errors,
                "questions": item.questions,
                "open": [{"sheet": sheet, "count": count} for sheet, count in item.open_on],
            }
            for item in standing.parts
        ],
        "reminder": "\n".join(reminder(standing, common.words)),
    }


def show_standing(common: Common, standing: StandingOfParts) -> None:
    """Who still has to do what, and a text to remind them with."""
    words, screen = common.words, common.screen
    if len(standing.parts) == 1:
        item = standing.parts[0]
        text = words.say("standing.own", title=item.part.title, state=state_text(item, standing, words))
        screen.lines("", *wrapped(text, ""))
        return
    screen.lines("", *overview(standing, words))
    asked = reminder(standing, words)
    if asked:
        lines = [line for text in asked for line in (wrapped(text, INDENT) if text else [""])]
        screen.lines("", words.say("standing.reminder.title"), "", *lines)


def offer_copies(common: Common, standing: StandingOfParts, given: Given) -> None:
    """How to make the copies that the reminder promises, when a part must be corrected and none were made."""
    wrong = [item for item in standing.parts if item.state is State.TO_CORRECT]
    if given.annotate is None and wrong and len(standing.parts) > 1:
        files = " ".join(f'"{path}"' if " " in str(path) else str(path) for path in given.paths)
        common.screen.remark(common.words.say("standing.copies", files=files))


def overview(standing: StandingOfParts, words: Words) -> list[str]:
    """One line for each part that needs something; the others together."""
    asked = [item for item in standing.parts if item.state is not State.NOTHING_ASKED]
    complete = [item for item in asked if not item.owes]
    key = "divided" if standing.is_divided else "whole"
    counts = {"received": len(standing.received), "count": len(asked), "complete": len(complete)}
    if not standing.is_divided:
        del counts["received"]
    title = words.say(f"standing.title.{key}", **counts)
    if standing.deadline is not None:
        title = words.say("standing.title.until", title=title, day=words.date(standing.deadline))
    lines = [*wrapped(title, ""), ""]
    order = list(State)
    for item in sorted(standing.parts, key=lambda item: order.index(item.state)):
        if not _is_told_together(item, standing):
            lines += part_lines(item, standing, words)
    for state in TOGETHER:
        alike = [item for item in standing.parts if item.state is state and _is_told_together(item, standing)]
        titles = [item.part.title for item in alike]
        if titles:
            text = words.say(f"standing.together.{state.value}", count=len(titles), titles=", ".join(titles))
            lines += wrapped(text, INDENT)
    if not any(item.owes or item.questions for item in standing.parts):
        lines.append(INDENT + words.say("standing.all_in"))
    return lines


def _is_told_together(item: PartStanding, standing: StandingOfParts) -> bool:
    """Whether a part only needs to be named. Empty is worth a line of its own where its form came back so."""
    came_back_empty = item.state is State.EMPTY and standing.is_divided
    return item.state in TOGETHER and not came_back_empty and not item.questions


def part_lines(item: PartStanding, standing: StandingOfParts, words: Words) -> list[str]:
    """A part with what is to be done about it, beside each other."""
    title = item.part.title
    title = title if len(title) < TITLE_WIDTH else f"{title[: TITLE_WIDTH - 2]}…"
    room = " " * (len(INDENT) + TITLE_WIDTH)
    return wrap(
        state_text(item, standing, words),
        WIDTH,
        initial_indent=f"{INDENT}{title:<{TITLE_WIDTH}}",
        subsequent_indent=room,
        break_on_hyphens=False,
    )


def state_text(item: PartStanding, standing: StandingOfParts, words: Words) -> str:
    """Where a part stands, in a few words."""
    facts = {"asked": words.whole(item.asked), "open": words.whole(item.open), "sheets": sheets_text(item, words)}
    files = ", ".join(item.files)
    match item.state:
        case State.NOT_READ | State.TWICE:
            said = [words.say(f"standing.state.{item.state.value}", files=files)]
        case State.TO_CORRECT:
            said = [words.say_count("standing.state.to_correct", item.errors)]
            left = words.say_count("standing.state.left", item.open, sheets=facts["sheets"])
            said += [left] if item.open else []
        case State.EMPTY:
            key = "empty" if standing.is_divided else "nothing_yet"
            said = [words.say(f"standing.state.{key}", asked=facts["asked"])]
        case State.OPEN:
            said = [words.say("standing.state.open", **facts)]
        case _:
            said = [words.say(f"standing.state.{item.state.value}")]
    if item.questions:
        said.append(words.say_count("standing.state.questions", item.questions))
    return "; ".join(said)


def sheets_text(item: PartStanding, words: Words) -> str:
    """On which sheets cells are open, with how many where there are several."""
    if len(item.open_on) == 1:
        return item.open_on[0][0]
    parts = [words.say("standing.state.sheet", sheet=sheet, count=words.whole(n)) for sheet, n in item.open_on]
    return ", ".join(parts)


def reminder(standing: StandingOfParts, words: Words) -> list[str]:
    """A text for whoever owes something: paragraphs, with empty lines between. Nothing when nobody does.

    The part of the network itself is left out: that is where the text is sent from.
    """
    owing = [item for item in standing.parts if item.owes and item.part.kind is not PartKind.NETWORK]
    if not owing:
        return []
    facts: dict[str, object] = {"year": standing.assessment_year, "network": standing.network}
    if standing.deadline is not None:
        ask = words.say("standing.reminder.ask_until", day=words.date(standing.deadline), **facts)
    else:
        ask = words.say("standing.reminder.ask", **facts)
    asked = [f"– {text}" for text in _asked(owing, standing, words)]
    return [words.say("standing.reminder.greeting"), "", ask, "", *asked, "", words.say("standing.reminder.closing")]


def _asked(owing: list[PartStanding], standing: StandingOfParts, words: Words) -> Iterator[str]:
    """What is asked of whom: a sentence for each, and one for all of whom the same is asked."""
    for state in (State.NOT_RECEIVED, *((State.EMPTY,) if standing.is_divided else ())):
        titles = [item.part.title for item in owing if item.state is state]
        if titles:
            yield words.say(f"standing.reminder.{state.value}", titles=listed(titles, words))
    for item in owing:
        title, sheets = item.part.title, _listed_sheets(item, words)
        match item.state:
            case State.NOT_READ | State.TWICE:
                yield words.say(f"standing.reminder.{item.state.value}", title=title)
            case State.TO_CORRECT if item.open:
                yield words.say_count(
                    "standing.reminder.to_correct_and_open", item.errors, title=title, sheets=sheets
                )
            case State.TO_CORRECT:
                yield words.say_count("standing.reminder.to_correct", item.errors, title=title)
            case _:
                pass
    for (said, sheets), alike in _alike(owing, standing, words).items():
        titles = [_named_with_count(item, words) for item in alike]
        yield words.say(f"standing.reminder.{said}", titles=listed(titles, words), sheets=sheets)


def _alike(
    owing: list[PartStanding], standing: StandingOfParts, words: Words
) -> dict[tuple[str, str], list[PartStanding]]:
    """The parts in which cells are open or nothing stands yet, by what is asked and on which sheets."""
    found: dict[tuple[str, str], list[PartStanding]] = {}
    for item in owing:
        if item.state is State.OPEN:
            found.setdefault(("open", _listed_sheets(item, words)), []).append(item)
        elif item.state is State.EMPTY and not standing.is_divided:
            sheets = listed([sheet for sheet, _ in item.open_on], words)
            found.setdefault(("nothing_yet", sheets), []).append(item)
    return found


def _listed_sheets(item: PartStanding, words: Words) -> str:
    """The sheets on which cells are open, as a sentence has them."""
    if len(item.open_on) == 1:
        return item.open_on[0][0]
    named = [(sheet, f"({words.whole(count)})") for sheet, count in item.open_on]
    return listed([words.say("standing.state.sheet", sheet=sheet, count=count) for sheet, count in named], words)


def _named_with_count(item: PartStanding, words: Words) -> str:
    """A part, with how many cells are open where its sheet alone does not tell."""
    if item.state is State.EMPTY or len(item.open_on) > 1:
        return item.part.title
    return words.say("standing.state.sheet", sheet=item.part.title, count=f"({words.whole(item.open)})")


def without_what_is_open(grids: tuple[Grid, ...], diagnostics: Iterable[Diagnostic]) -> Diagnostics:
    """The diagnostics of a form in parts without those on rows that are still open: *Stand van zaken* tells them."""
    if not any(identity_of(grid).is_part for grid in grids):
        return tuple(diagnostics)
    return tuple(item for item in diagnostics if item.rule not in (ROWS_MISSING, WAITING_ROWS))


def listed(items: list[str], words: Words) -> str:
    """Names with commas, the last after *en*."""
    if len(items) < 2:
        return "".join(items)
    return words.say("standing.and", items=", ".join(items[:-1]), last=items[-1])


def wrapped(text: str, indent: str) -> Iterable[str]:
    """A text in lines of at most 80 columns."""
    return wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + ("  " if text.startswith("– ") else ""),
        break_on_hyphens=False,
    )
