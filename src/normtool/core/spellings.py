"""How people spell things: plain forms to compare by, near misses, and the words for yes, no and nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

YES = frozenset({"ja", "j", "x", "v", "✓", "✔", "√", "☑", "✅", "yes", "y", "waar", "true", "wel"})
NO = frozenset({"nee", "n", "no", "neen", "onwaar", "false", "niet"})
NONE = frozenset({"geen", "none", "nee", "neen", "no", "niet", "nog niet", "n.v.t", "nvt", "not yet"})
NOT_APPLICABLE = frozenset({"n.v.t", "nvt", "n v t", "n/a", "na", "n.a", "niet van toepassing", "not applicable"})
NO_SOURCE = frozenset({"geen bestaande bron", "geen bron", "no existing source", "no source"})
UNKNOWN = frozenset({"onbekend", "?", "??", "n.b", "nb", "weet niet", "unknown", "not known"})
DASHES = frozenset({"-", "–", "—", "--", "/", "."})
TOTALS = frozenset(
    {"totaal", "totalen", "eindtotaal", "subtotaal", "som", "gemiddelde", "total", "grand total", "subtotal", "sum"}
)
PASTED_ERRORS = frozenset(
    {"#n/b", "#n/a", "#ref!", "#verw!", "#waarde!", "#value!", "#div/0!", "#deel/0!", "#naam?", "#name?"}
    | {"#getal!", "#num!", "#leeg!", "#null!", "#overloop!", "#spill!"}
)

SEPARATORS = re.compile(r"[;,\n]+")
"""What stands between the items of a list in one cell."""

LOOSE_LISTS = re.compile(r"\s+(?:en|and)\s+|\s*[+/&•·●▪]\s*|\s+[-–*]\s+|^\s*[-–*]\s+")
"""What may also stand between them, as long as one of the names is known."""
LOOSE_SEPARATORS = re.compile(rf"{LOOSE_LISTS.pattern}|\s+")
"""The same for ids, which hold no blanks themselves."""

UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Characters that nobody sees: soft hyphens, blanks without width, marks of direction."""
ACCENTS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
"""Marks that stand on a letter once it is taken apart. A pattern: a call per character would take milliseconds."""
SAME_SIGNS = str.maketrans(dict.fromkeys("‘’‚‛`´ʼ", "'") | dict.fromkeys("“”„‟", '"') | {"‐": "-", "‑": "-"})
"""Signs that word processors put in the place of others."""

LONGEST_GUESS = 80
"""Longer texts are not compared with names: they are sentences, and comparing costs the square of their length."""
SHORTEST_SLIP = 5
MOST_COMPARED = 200_000
"""Comparisons that one set of names makes; a workbook with more misspellings than that gets no more proposals."""
FILLERS = re.compile(
    r"(?:de|het|een|van|der|den|en|in|te|st|sint|stichting|ziekenhuis|ziekenhuizen|hospital|umc|mc|medisch|centrum"
    r"|locatie|location|loc|vestiging|afdeling|bijlage|document|documenten|doc|nr|nummer|zie|kopie|copy|blad|tabblad)"
)
"""Words that tell one name from another least of all."""
BEFORE_MORE = re.compile(r"^(.*?\w)\s*(?:[(\[:,;–—]|\s-\s).*$", re.DOTALL)
"""A name, and then something between brackets or behind a dash."""


def plain(text: object) -> str:
    """A text as it is compared: lower case, single spaces, no accents, no trailing dot, colon or asterisk.

    An apostrophe at the start is how a spreadsheet is told that a text follows; it is not part of it.
    """
    shown = text if isinstance(text, str) else str(text)
    return _plain_name(shown) if len(shown) <= LONGEST_GUESS else _plain(shown)


def _plain(shown: str) -> str:
    if not shown.isascii():
        shown = UNSEEN.sub("", shown).translate(SAME_SIGNS)
        shown = ACCENTS.sub("", unicodedata.normalize("NFD", shown))
    folded = " ".join(shown.split()).casefold().removeprefix("'")
    return folded.rstrip(" .:*") or folded


_plain_name = lru_cache(maxsize=20_000)(_plain)
"""The same few names stand in thousands of rows; sentences do not."""


def is_blank_text(text: str) -> bool:
    """Whether a text shows nothing at all."""
    return not text or text.isspace() or (not text.isascii() and not plain(text))


def is_blank(value: object) -> bool:
    """Whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and is_blank_text(value))


def is_broken(value: object) -> bool:
    """Whether a value is the text of an error, pasted from another workbook."""
    return isinstance(value, str) and value.lstrip().startswith("#") and plain(value) in PASTED_ERRORS


def compact(text: object) -> str:
    """Only the letters and digits of a text: `N 3,2` and `N3.2` are the same."""
    return "".join([sign for sign in plain(text) if sign.isalnum()])


def near(text: str, known: Iterable[str], cutoff: float = 0.8) -> str | None:
    """The known spelling that a text most looks like, if any comes close; a long text looks like none."""
    if len(text) > LONGEST_GUESS:
        return None
    word, spellings = plain(text), list(known)
    found = get_close_matches(word, spellings, n=1, cutoff=cutoff)
    return found[0] if found else next((spelling for spelling in spellings if is_slip(word, spelling)), None)


def is_slip(word: str, meant: str) -> bool:
    """Whether a word of five letters or more differs by one slip: a letter more, less or other, or two swapped."""
    if word[:1] != meant[:1] or len(word) < SHORTEST_SLIP or abs(len(word) - len(meant)) > 1:
        return False
    start = next((n for n, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), len(word))
    rest, other = word[start:], meant[start:]
    swapped = rest[1:2] == other[:1] and rest[:1] == other[1:2] and rest[2:] == other[2:]
    return swapped or rest[1:] in (other[1:], other) or rest == other[1:]


class Names(Mapping[str, str]):
    """Spellings, in their plain form, and the id each stands for; it remembers how each was written first.

    Near misses are sought once per text. `hints` are texts that stand for an id only in a guess, such as a title;
    one that is given for two ids is no hint. `beside` are words that may stand before or after any of the spellings,
    such as *tumorwerkgroep*: they tell nothing.
    """

    __slots__ = (
        "_beside",
        "_compared",
        "_hints",
        "_ids",
        "_meant",
        "_others",
        "_starts",
        "_told",
        "_traits",
        "_written",
    )

    def __init__(
        self,
        pairs: Iterable[tuple[str, str]],
        hints: Iterable[tuple[str, str]] = (),
        beside: Iterable[str] = (),
    ) -> None:
        self._beside = around(beside)
        self._ids: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._others: dict[str, str] = {}
        self._meant: dict[str, str | None] = {}
        self._traits: dict[object, set[str]] | None = None
        self._told: dict[str, str] | None = None
        self._starts: set[str] | None = None
        self._compared = 0
        for spelling, identity in pairs:
            key = plain(spelling)
            if plain(self._ids.setdefault(key, identity)) != plain(identity):
                self._others.setdefault(key, identity)
            self._written.setdefault(key, spelling)
        self._hints: dict[str, str] = {}
        for hint, identity in hints:
            if self._hints.setdefault(plain(hint), plain(identity)) != plain(identity):
                self._hints[plain(hint)] = ""

    def __getitem__(self, spelling: str) -> str:
        return self._ids[plain(spelling)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, text: object) -> str | None:
        """The id a text stands for, exactly (but for case, accents, blanks and trailing dots)."""
        word = plain(text)
        found = self._ids.get(word)
        return self._ids.get(self._bare(word)) if found is None and self._beside is not None else found

    def other(self, text: object) -> str | None:
        """A second id that the same text stands for, if there is one."""
        return self._others.get(plain(text))

    def find_loosely(self, text: object) -> str | None:
        """The id a text stands for when only blanks, dots and dashes differ; short texts must be exact."""
        found = self.find(text)
        bare = compact(self._bare(plain(text)))
        if found is None and len(bare) >= 4:
            meant = self._only("compact", bare)
            found = self._ids[meant] if meant is not None else None
        return found

    def starts_one(self, text: str) -> bool:
        """Whether a text is the first part of a longer spelling."""
        if self._starts is None:
            ways = [known.replace(":", " ") for known in self._ids]
            self._starts = {known[:end] for known in ways for end, sign in enumerate(known) if sign == " "}
        return bool(text) and plain(text) in self._starts

    def guess(self, text: object) -> str | None:
        """The id of the spelling a text most looks like."""
        found = self._guess(str(text))
        return self._ids[found] if found is not None else None

    def guess_spelling(self, text: object) -> str | None:
        """The spelling a text most looks like, as it was written."""
        found = self._guess(str(text))
        return self._written[found] if found is not None else None

    def written(self, spelling: str) -> str:
        """How a known spelling was written first."""
        return self._written[plain(spelling)]

    def spellings(self) -> set[str]:
        """All spellings as they were written, also in capitals and in small letters."""
        return {form for text in self._written.values() for form in (text, text.upper(), text.lower())}

    def first_spelling(self) -> str:
        """The first spelling, as it was written; empty when there is none."""
        return next(iter(self._written.values()), "")

    def _bare(self, word: str) -> str:
        """A plain text without the words that may stand beside a spelling; as it is when nothing else is left.

        A text too long to be a name stays as it is: searching it costs its length squared.
        """
        if self._beside is None or len(word) > LONGEST_GUESS:
            return word
        return self._beside.sub("", word).strip(" :,;()-–—") or word

    def _guess(self, text: str) -> str | None:
        """The plain spelling that is probably meant: the same signs, the same words, or nearly so."""
        word = plain(text)
        if len(word) > LONGEST_GUESS:
            return None
        if word not in self._meant:
            self._meant[word] = self._sought(self._bare(word))
        return self._meant[word]

    def _sought(self, word: str) -> str | None:
        if self._hints.get(word) in self._ids:
            return self._hints[word]
        found = self._only("compact", compact(word)) or self._only("words", frozenset(telling_words(word)))
        if found is None and (before := BEFORE_MORE.match(word)):
            found = before.group(1) if before.group(1) in self._ids else None
        if found is None and self._compared < MOST_COMPARED:
            self._compared += len(self._ids)
            found = near(word, self._ids) or self._near_in_telling_words(word)
        return found

    def _near_in_telling_words(self, word: str) -> str | None:
        """The spelling that comes near when words such as *ziekenhuis* are left out."""
        if self._told is None:
            self._told = {told: key for key in self._ids if (told := " ".join(telling_words(key)))}
        told = " ".join(telling_words(word))
        found = near(told, self._told) if told else None
        return self._told[found] if found is not None else None

    def _only(self, trait: str, value: str | frozenset[str]) -> str | None:
        """The one plain spelling with this trait; None when there are two that stand for different ids."""
        if not value:
            return None
        if self._traits is None:
            self._traits = {}
            for key in self._ids:
                self._traits.setdefault(("compact", compact(key)), set()).add(key)
                self._traits.setdefault(("words", frozenset(telling_words(key))), set()).add(key)
        found = self._traits.get((trait, value), set())
        return min(found) if len({self._ids[key] for key in found}) == 1 else None


def around(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds these words at the beginning and at the end of a plain text; None when there are none.

    Where a word has a blank or a hyphen, another or none may stand.
    """
    known = sorted({plain(word) for word in words}, key=len, reverse=True)
    if not known:
        return None
    one = f"(?:{'|'.join('[ -]?'.join(map(re.escape, re.split('[ -]+', word))) for word in known)})"
    return re.compile(rf"^(?:{one}(?!\w)[\s:,;()–—-]*)+|(?:[\s:,;()–—-]+{one})+\W*$")


def telling_words(text: str) -> list[str]:
    """The words of a plain text by which it is told from others."""
    return [word for word in re.split(r"\W+", text) if word and not FILLERS.fullmatch(word)]
