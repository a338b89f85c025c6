"""Work of which nothing came: why, and how that is told."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.texts import Words

KILLED, MEMORY, CRASHED = "killed", "memory", "crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A task of which nothing came: its process was killed, memory ran out, or our own code broke (`details`)."""

    reason: str
    details: str = ""


class CrashError(Exception):
    """Our own code broke while documents were made; the text is where."""


def loss_text(lost: Lost, words: Words) -> str:
    """Why nothing came of it, in a sentence."""
    return words.say(f"batch.lost.{lost.reason}")


def raise_crash(*lost: Lost) -> None:
    """End the program as any fault of ours does, when that is what happened.

    Raises:
        CrashError: with the details of all that broke.
    """
    details = [item.details for item in lost if item.reason == CRASHED]
    if details:
        raise CrashError("\n".join(details))
