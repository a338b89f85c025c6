"""Where two accounts of one dossier differ, and what each of them says there, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from normtool.core.assessment import Interval, Share, Verdict
from normtool.core.evidence import DateSpan
from normtool.core.places import CellPlace, Located
from normtool.core.registers import Text
from normtool.core.verifying import Difference, Missing
from normtool.telling.diagnostic_texts import place_text
from normtool.texts import Words

LONGEST = 160
"""Characters of a value that are shown."""


def place_of(item: Difference, words: Words) -> str:
    """Where it stands: the standard and the indicator by name, and what of it, or the cell that it was typed in."""
    kinds = ("standards", "indicators", "answers", *(("registers", "rows") if item.place is None else ()))
    named = [
        words.say(f"verify.part.{kind}", id=_id(kind, item.path[at + 1]))
        for kind in kinds
        for at, part in enumerate(item.path[:-1])
        if part == kind
    ]
    if item.place is not None:
        return ", ".join([*named, place_text(item.place, words, with_file=True)])
    key = f"verify.field.{item.field}"
    return ", ".join([*named, words.say(key) if words.has(key) else ".".join(item.path)])


def _id(kind: str, part: str) -> str:
    """A part by its id; rows have none, and are counted from 1 as people do."""
    return str(int(part) + 1) if kind == "rows" and part.isdigit() else part


def value_text(value: object, words: Words) -> str:
    """A value as it is shown; long ones are cut."""
    if value in (None, Missing.NOTHING, "", ()):
        return words.say("verify.nothing")
    if isinstance(value, Located):
        return value_text(value.value, words)
    if isinstance(value, bool):
        return words.say("verify.yes" if value else "verify.no")
    if isinstance(value, tuple):
        return cut("; ".join(value_text(part, words) for part in value))
    if isinstance(value, Verdict):
        return words.say(f"verdicts.{value.value}")
    if isinstance(value, Enum):
        key = f"verdicts.reason.{value.value}"
        return words.say(key) if words.has(key) else str(value.value)
    return cut(_single(value, words))


def _single(value: object, words: Words) -> str:
    match value:
        case Share():
            return words.say("verify.share", numerator=value.numerator, denominator=value.denominator)
        case Interval():
            return f"{value.low:.4f} – {value.high:.4f}"
        case Decimal():
            return words.decimal(value)
        case date():
            return words.date(value)
        case DateSpan():
            return words.span(value)
        case CellPlace():
            return place_text(value, words, with_file=True)
        case Text():
            return words.text(value)
        case _:
            return _plain(value)


def _plain(value: object) -> str:
    """The values inside something that has no words of its own."""
    if isinstance(value, tuple):
        return "; ".join(part for item in value if (part := _plain(item)))
    if isinstance(value, Enum):
        return str(value.value)
    names = getattr(type(value), "__dataclass_fields__", None)
    if names is None:
        return str(value)
    return " ".join(part for name in names if (part := _plain(getattr(value, name))) not in {"", "None"})


def cut(text: str) -> str:
    """A text, cut where it gets too long to show."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
