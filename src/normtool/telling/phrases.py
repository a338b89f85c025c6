"""Small turns of phrase: a list in words, a name within a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from normtool.texts import Words

LAST_IN_WORDS = 12


def joined(items: Sequence[str], words: Words) -> str:
    """`a, b en c`."""
    if len(items) < 2:
        return "".join(items)
    return words.say("phrases.list", items=", ".join(items[:-1]), last=items[-1])


def in_full(number: int, words: Words) -> str:
    """A number in words up to twelve, in figures from there."""
    return words.say(f"phrases.number.n{number}") if 0 <= number <= LAST_IN_WORDS else words.whole(number)


def in_sentence(name: str) -> str:
    """A name or title within a sentence; an abbreviation such as *MDO* keeps its capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
