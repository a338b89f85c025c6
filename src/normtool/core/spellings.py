"""How people spell things: plain forms to compare by, near misses, and the words for yes, no and nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

YES = frozenset({"ja", "j", "x", "v", "✓", "✔", "yes", "y", "waar", "true", "wel"})
NO = frozenset({"nee", "n", "no", "neen", "onwaar", "false", "niet"})
NONE = frozenset({"geen", "none", "nee", "neen", "no", "niet", "nog niet", "n.v.t", "nvt", "not yet"})
NOT_APPLICABLE = frozenset({"n.v.t", "nvt", "n v t", "n/a", "na", "n.a", "niet van toepassing", "not applicable"})
NO_SOURCE = frozenset({"geen bestaande bron", "geen bron", "no existing source", "no source"})
UNKNOWN = frozenset({"onbekend", "?", "??", "n.b", "nb", "weet niet", "unknown", "not known"})
DASHES = frozenset({"-", "–", "—", "--", "/", "."})
PASTED_ERRORS = frozenset(
    {"#n/b", "#n/a", "#ref!", "#verw!", "#waarde!", "#value!", "#div/0!", "#deel/0!", "#naam?", "#name?"}
    | {"#getal!", "#num!", "#leeg!", "#null!", "#overloop!", "#spill!"}
)

SEPARATORS = re.compile(r"[;,\n]+")
"""What stands between the items of a list in one cell."""

SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")


def plain(text: object) -> str:
    """A text as it is compared: lower case, single spaces, without a trailing dot, colon or asterisk."""
    folded = SPACES.sub(" ", str(text)).strip().casefold()
    return folded.rstrip(" .:*") or folded


def near(text: str, known: Iterable[str], cutoff: float = 0.8) -> str | None:
    """The known spelling that a text most looks like, if any comes close."""
    found = get_close_matches(plain(text), list(known), n=1, cutoff=cutoff)
    return found[0] if found else None


class Names(Mapping[str, str]):
    """Spellings, in their plain form, and the id each stands for; it remembers how each was written first."""

    __slots__ = ("_ids", "_written")

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._ids: dict[str, str] = {}
        self._written: dict[str, str] = {}
        for spelling, identity in pairs:
            self._ids.setdefault(plain(spelling), identity)
            self._written.setdefault(plain(spelling), spelling)

    def __getitem__(self, spelling: str) -> str:
        return self._ids[plain(spelling)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, text: object) -> str | None:
        """The id a text stands for, exactly (but for case, blanks and trailing dots)."""
        return self._ids.get(plain(text))

    def guess(self, text: object) -> str | None:
        """The id of the spelling a text most looks like."""
        found = near(str(text), self._ids)
        return self._ids[found] if found is not None else None

    def guess_spelling(self, text: object) -> str | None:
        """The spelling a text most looks like, as it was written."""
        found = near(str(text), self._ids)
        return self._written[found] if found is not None else None

    def first_spelling(self) -> str:
        """The first spelling, as it was written; empty when there is none."""
        return next(iter(self._written.values()), "")
