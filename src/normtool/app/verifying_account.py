"""What `verify` found in one file: what agrees, what differs and where, and what only the original can show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from normtool.core.verifying import Difference
from normtool.telling.difference_texts import place_of, value_text
from normtool.texts import Words

MOST = 12
"""Differences of one kind that are shown on the screen; JSON has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that differs: the whole sentence, and its parts where there are two values."""

    sentence: str
    place: str = ""
    written: str = ""
    follows: str = ""

    def json(self) -> dict[str, str]:
        """As the JSON contract has it."""
        return {
            "sentence": self.sentence,
            "place": self.place,
            "written": self.written,
            "follows": self.follows,
        }


@dataclass(slots=True, kw_only=True)
class Account:
    """What was found so far in one file. `kind` is a key in words/*/verify.yaml."""

    file: str
    kind: str
    words: Words
    agrees: list[str] = field(default_factory=list)
    differs: list[Found] = field(default_factory=list)
    cannot: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing differs of what could be checked."""
        return not self.differs

    def agree(self, key: str, **facts: object) -> None:
        """Note that something agrees."""
        self.agrees.append(self.words.say(f"verify.agrees.{key}", **facts))

    def differ(self, key: str, **facts: object) -> None:
        """Note that something differs."""
        self.differs.append(Found(sentence=self.words.say(f"verify.differs.{key}", **facts)))

    def open(self, key: str, **facts: object) -> None:
        """Note what cannot be checked here."""
        self.cannot.append(self.words.say(f"verify.cannot.{key}", **facts))

    def differ_at(self, key: str, place: str, written: str, follows: str) -> None:
        """Note that a value is written otherwise than it follows."""
        sentence = self.words.say(f"verify.differs.{key}", place=place, written=written, follows=follows)
        self.differs.append(Found(sentence=sentence, place=place, written=written, follows=follows))

    def differ_in(self, key: str, items: Iterable[Difference]) -> bool:
        """Note all of these differences; whether there were any."""
        count = len(self.differs)
        for item in items:
            written, follows = value_text(item.written, self.words), value_text(item.follows, self.words)
            self.differ_at(key, place_of(item, self.words), written, follows)
        return len(self.differs) > count

    def json(self) -> dict[str, object]:
        """As the JSON contract has it."""
        return {
            "file": self.file,
            "kind": self.kind,
            "holds": self.holds,
            "agrees": list(self.agrees),
            "differs": [item.json() for item in self.differs],
            "cannot_be_checked": list(self.cannot),
        }

    def parts(self) -> list[tuple[str, list[str]]]:
        """The sentences under their headings, as the screen shows them."""
        differs = [item.sentence for item in self.differs[:MOST]]
        if len(self.differs) > MOST:
            differs.append(self.words.say_count("verify.more", len(self.differs) - MOST))
        told = (("differs", differs), ("agrees", self.agrees), ("cannot", self.cannot))
        return [(self.words.say(f"verify.heading.{key}"), list(lines)) for key, lines in told if lines]
