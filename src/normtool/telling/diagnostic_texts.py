"""Diagnostics as sentences: for the terminal, for JSON, for marks in a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import Any

from normtool.core import (
    rules_answers,
    rules_batch,
    rules_comparison,
    rules_history,
    rules_house_style,
    rules_iza,
    rules_networks,
    rules_offers,
    rules_parts,
    rules_privacy,
    rules_questions,
    rules_regions,
    rules_standards,
    rules_verifying,
    rules_volumes,
    rules_workbooks,
)
from normtool.core.diagnostics import Diagnostic, Fact, Rule
from normtool.core.evidence import DateSpan
from normtool.core.places import CellPlace, CellRange, FilePlace, KeyPlace, Place
from normtool.texts import Words

WIDTH = 80
LINE_OF_A_FILE = re.compile(r"\S:\d+:\d+\b")
"""Columns of a terminal that nobody widened."""
RULES: Mapping[str, Rule] = {
    rule.code: rule
    for module in (
        rules_standards,
        rules_house_style,
        rules_workbooks,
        rules_answers,
        rules_batch,
        rules_privacy,
        rules_questions,
        rules_parts,
        rules_offers,
        rules_networks,
        rules_volumes,
        rules_iza,
        rules_regions,
        rules_verifying,
        rules_comparison,
        rules_history,
    )
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}
"""Every rule by its code."""

DATES = frozenset({"date", "reference_date", "until", "read", "first", "second"})
"""Facts that may hold a date, as ISO text."""
YEARS = frozenset({"year", "reporting_year", "assessment_year", "first_year"})
"""Facts that are years: written without separators."""
TENTHS = frozenset({"contrast", "needed"})
"""Facts that count tenths: facts are whole numbers."""
PLAIN_NAME = re.compile(r"\w+")
BOUND = "\ue000"
"""Stands for a blank at which a line may not be broken; never shown."""


def title(code: str, words: Words) -> str:
    """What a rule is about, in a few words.

    Raises:
        KeyError: no rule has this code.
    """
    return _say(code, "title", {}, words)


def more(code: str, words: Words) -> str:
    """The longer text about a rule.

    Raises:
        KeyError: no rule has this code.
    """
    return _say(code, "more", {}, words)


def message(diagnostic: Diagnostic, words: Words) -> str:
    """What is the matter, with the facts."""
    return _say(diagnostic.code, "message", _facts(diagnostic, words), words)


def hint(diagnostic: Diagnostic, words: Words) -> str:
    """What to do about it."""
    return _say(diagnostic.code, "hint", _facts(diagnostic, words), words)


def blank_message(code: str, words: Words) -> str:
    """The message of a rule with a gap for each fact."""
    return _say(code, "message", _gaps(code), words)


def blank_hint(code: str, words: Words) -> str:
    """The hint of a rule with a gap for each fact."""
    return _say(code, "hint", _gaps(code), words)


def place_text(place: Place | None, words: Words, *, with_file: bool = False) -> str:
    """Where it is: `'Standaard 3'!D14`, after the file name when that is asked; a file alone names itself."""
    inside = ""
    match place:
        case CellPlace() | CellRange():
            inside = f"{_quoted(place.sheet)}!{place.cell}"
        case FilePlace(sheet=""):
            return place.file
        case FilePlace():
            inside = words.say("diagnostics.sheet", sheet=place.sheet)
        case KeyPlace():
            return f"{place.file}:{place.line}:{place.column}"
        case None:
            return ""
    return f"{place.file} › {inside}" if with_file else inside


def related_texts(diagnostic: Diagnostic, words: Words, *, with_file: bool = False) -> list[tuple[str, str]]:
    """The other places it speaks of: where, and what stands there."""
    return [
        (place_text(item.place, words, with_file=with_file), words.say(f"diagnostics.role.{item.role}"))
        for item in diagnostic.related
    ]


def as_text(diagnostic: Diagnostic, words: Words, *, with_file: bool = False) -> list[str]:
    """A diagnostic as lines of at most 80 columns: what, where else, and what to do."""
    label = words.say(f"diagnostics.severity.{diagnostic.rule.severity.value}")
    head = f"{label} {diagnostic.code}"
    see = words.say("diagnostics.see")
    place = place_text(diagnostic.place, words, with_file=with_file)
    lines = hung(head, _after(place, message(diagnostic, words)), len(head))
    for where, what in related_texts(diagnostic, words, with_file=with_file):
        lines += hung(see, _after(where, what), len(head))
    return lines + closing(hint(diagnostic, words), diagnostic.code, words, len(head))


def closing(advice: str, code: str, words: Words, width: int) -> list[str]:
    """What to do, and at the right edge how to read more about it."""
    lines = hung(words.say("diagnostics.help"), advice, width)
    command = words.say("diagnostics.explain", code=code)
    if len(lines[-1]) + 2 + len(command) <= WIDTH:
        lines[-1] = f"{lines[-1]:<{WIDTH - len(command)}}{command}"
    else:
        lines.append(f"{command:>{WIDTH}}")
    return lines


def as_json(diagnostic: Diagnostic, words: Words) -> dict[str, Any]:
    """A diagnostic as values for JSON; facts stay as they are, message and hint are sentences."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.rule.severity.value,
        **_place_json(diagnostic.place),
        "related": [{"role": item.role, **_place_json(item.place)} for item in diagnostic.related],
        "facts": dict(diagnostic.facts),
        "message": message(diagnostic, words),
        "hint": hint(diagnostic, words),
    }


def _say(code: str, part: str, facts: Mapping[str, str], words: Words) -> str:
    """A sentence of a rule: those of NT301 stand in the topic nt3xx. A fact may be named `key`, as in NT312."""
    if code not in RULES:
        raise KeyError(code)
    sentence: str = words.find(f"nt{code[2]}xx.{code}.{part}")
    return sentence.format_map(facts)


def _gaps(code: str) -> dict[str, str]:
    return dict.fromkeys(RULES[code].facts, "…")


def _facts(diagnostic: Diagnostic, words: Words) -> dict[str, str]:
    return {name: _fact(name, value, words) for name, value in diagnostic.facts}


def _fact(name: str, value: Fact, words: Words) -> str:
    if isinstance(value, int) and name in TENTHS:
        return words.decimal(Decimal(value) / 10)
    if isinstance(value, int):
        return str(value) if name in YEARS else words.whole(value)
    if not value:
        return words.say("diagnostics.empty")
    if name == "choices":
        return _choice_of(value.split(", "), words)
    if name == "read" and value in ("ja", "nee"):
        return words.say("diagnostics.said.yes" if value == "ja" else "diagnostics.said.no")
    if name in DATES:
        return _date_text(value, words)
    return value


def _date_text(value: str, words: Words) -> str:
    """A date in figures, from which to which day as a month; any other text as it is, also one that only looks so."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?", value) is None:
        return value
    try:
        first, *last = (date.fromisoformat(part) for part in value.split("/"))
    except ValueError:
        return value
    return words.span(DateSpan(first, last[0])) if last else words.short_date(first)


def _choice_of(items: list[str], words: Words) -> str:
    if len(items) < 2:
        return "".join(items)
    return words.say("diagnostics.or", items=", ".join(items[:-1]), last=items[-1])


def _quoted(sheet: str) -> str:
    """A sheet name as a formula would write it: in quotes when it holds more than letters and digits."""
    if PLAIN_NAME.fullmatch(sheet):
        return sheet
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def _after(place: str, text: str) -> str:
    """A text behind its place; the place is not broken over lines."""
    return f"{place.replace(' ', BOUND)}  {text}" if place else text


def hung(label: str, text: str, width: int) -> list[str]:
    """A text beside its label, wrapped under itself; `file:line:column` stays whole, so that it can be copied."""
    first, rest = f"{label:>{width}}  ", " " * (width + 2)
    lines = wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=LINE_OF_A_FILE.search(text) is None,
    )
    return [line.replace(BOUND, " ") for line in lines]


def _place_json(place: Place | None) -> dict[str, str | int | None]:
    found: dict[str, str | int | None] = {
        "file": place.file if place is not None else None,
        "sheet": None,
        "cell": None,
    }
    match place:
        case CellPlace() | CellRange():
            return found | {"sheet": place.sheet, "cell": place.cell}
        case FilePlace():
            return found | {"sheet": place.sheet or None}
        case KeyPlace():
            return found | {"line": place.line, "column": place.column}
        case None:
            return found
