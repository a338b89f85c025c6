"""Is this about a patient? Tokens in a value, weighed with what is said around it. Names cannot be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import filterfalse

from normtool.core.cells_dates import MONTH_NUMBERS
from normtool.core.grids import GridValue
from normtool.core.privacy_topics import PERSON, Topic, Topics, fold, topics_in


class Kind(Enum):
    """What a value tells of a person, the most serious first."""

    BSN = "bsn"
    PATIENT_NUMBER = "patient_number"
    BIRTH_DATE = "birth_date"
    EMAIL = "email"


SERIOUS = tuple(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a value seems to hold; `certain` when what is said in or around it speaks of a person."""

    kind: Kind
    certain: bool


SMALLEST_BSN, LARGEST_BSN = 10_000_000, 999_999_999
SMALLEST_WHOLE = 100_000_000
"""A number of nine digits; one of eight has lost its zero, and counts only where BSNs are spoken of."""
SMALLEST_PATIENT_NUMBER = 1_000
LARGEST_NUMBER = 10**15
"""Spreadsheets keep no more digits than this."""
BIRTH_SERIALS = range(3_000, 60_000)
"""Days as spreadsheets count them, from 1908 to 2064; below are ages and years."""
FIRST_BIRTH_YEAR = 1900

SEPARATOR = r"[ ._/'\u2010-\u2015\u2212-]"
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
JOINED = re.compile(r"(?<!\d)(?<!\d[.,])\d{9}(?!\d)")
"""Nine digits together; not the decimals of a number."""
PARTED = re.compile(
    rf"(?<!\d)(?<!\d{SEPARATOR})\d{{2,4}}({SEPARATOR})\d{{2,4}}(?:\1\d{{2,4}}){{1,2}}(?!\d)(?!{SEPARATOR}\d)"
)
"""Groups of digits with one sign between them: 123.45.67.82, 1234 56 782."""
SERIES = re.compile(r"\d(?:[^a-z\d\n]{0,3}\d)+")
WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 80
FEW_LETTERS = re.compile(r"[0-9][^A-Za-z\x00\n]{7,}[0-9]")
MANY_DIGITS = re.compile(r"[0-9](?:[^0-9A-Za-z\x00\n]{0,2}[0-9]){8}")
"""Both find whatever JOINED and PARTED may find, and more, quickly in a long text."""
OTHER_SIGNS = re.compile("[\u00ad\u0660-\u0669\u06f0-\u06f9\u200b-\u200f\u2060\ufeff\uff10-\uff19]")
"""Digits of other scripts, and signs without width that may stand between digits."""

DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
MONTH_NAME = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})"
LONG_YEAR = r"(?:19|20)\d\d"
BETWEEN = r"\s?[-/. ]\s?"
SPELLED_DATE = (
    rf"{LONG_YEAR}[-/.]{MONTH}[-/.]{DAY}"
    rf"|(?:{DAY}{BETWEEN}{MONTH}|{MONTH}/{DAY}){BETWEEN}(?:{LONG_YEAR}|'?\d\d)"
    rf"|{DAY}[ .-]{{1,2}}{MONTH_NAME}[ .,-]{{1,2}}(?:{LONG_YEAR}|'?\d\d)"
    rf"|{MONTH_NAME}[ .]{{1,2}}{DAY}(?:st|nd|rd|th)?[ ,]{{1,2}}{LONG_YEAR}"
)
DATE = (
    rf"(?<!\d)(?:{SPELLED_DATE}"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r")(?!\d)"
)
PERIOD = re.compile(rf"(?<!\d)(?:{SPELLED_DATE}|{LONG_YEAR}(?:{BETWEEN}(?:{LONG_YEAR}|\d\d))?)(?!\d)")
"""A day, a year or a span of years: no number of a person, however many digits it has."""
BIRTH_WORD = (
    r"\b(?:geboren|geboortedat(?:um|a)|geb(?:\.?\s?dat(?:um)?)?|born|birth\s?dates?|date of birth|d\.?o\.?b)\b"
)
BORN_ON = re.compile(rf"{BIRTH_WORD}(?P<between>[^\d\n]{{0,30}}){DATE}")
COHORT = re.compile(r"\b(?:na|voor|vanaf|tussen|tot|sinds|before|after|since|between|from|until)\b")
"""Born after a day is about a group, not about a person."""
DATE_BORN = re.compile(rf"{DATE}[^\w\n]{{0,4}}{BIRTH_WORD}")
ANY_DATE = re.compile(DATE)
BIRTH_STEM = re.compile(r"geb|born|birth|d\.?o\.?b")

CODE = r"(?:[a-z]{0,4}[-. ]?\d(?:[-. /]?\d){3,})"
CODE_ONLY = re.compile(CODE)
EIGHT_DIGITS = re.compile(r"\d(?:\D*\d){7}")
FOUR_DIGITS = re.compile(r"\d(?:[-. /]?\d){3}")
PERSON_NUMBER_WORD = (
    r"(?:\bpatient(?:en|s)?[ ._-]?(?:nummers?|numbers?|nrs?|no|ids?|codes?)"
    r"|\bpat[ ._-]{0,2}(?:nummer|nr|no|id)|\bmrn|\bepd[ ._-]?(?:nummer|nr|id)|\bzis[ ._-]?(?:nummer|nr|id)"
    r"|\bmedical record (?:number|no)"
    r"|(?P<bsn>bsn|burger ?service ?(?:nummer|nr)|citizen service number|\bsofi[ -]?(?:nummer|nr)))"
)
FILE_NUMBER_WORD = r"(?:\b(?:dossier|polis|verzekerden?)[ ._-]?(?:nummers?|nrs?|no)\b)"
FOLLOWED_BY = rf"[^\d\n]{{0,12}}?(?<![a-z\d])(?P<code>{CODE})(?!\d)"
PERSON_NUMBER = re.compile(rf"{PERSON_NUMBER_WORD}(?![a-z]){FOLLOWED_BY}")
FILE_NUMBER = re.compile(FILE_NUMBER_WORD + FOLLOWED_BY)

EMAIL = r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"
ANY_EMAIL = re.compile(EMAIL)
PATIENTS_EMAIL = re.compile(
    rf"(?<!elke )(?<!iedere )(?<!voor )(?<!voor de )(?<!every )(?<!each )(?<!for )(?<!for the )"
    rf"\bpatient\b[^@\n]{{0,40}}?{EMAIL}|{EMAIL}[^\w\n]{{0,4}}(?:van )?(?:de )?patient\b"
)


def passes_eleven_test(number: int) -> bool:
    """Whether a number of eight or nine digits is one that a burgerservicenummer may be."""
    if not SMALLEST_BSN <= number <= LARGEST_BSN:
        return False
    digits = [int(digit) for digit in f"{number:09}"]
    return (sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=False)) - digits[8]) % 11 == 0


def weigh(value: GridValue, around: Topics = frozenset()) -> Found | None:
    """What a value tells of a person, if anything; `around` is what its heading, sheet and neighbours speak of."""
    if isinstance(value, str):
        found = list(_in_text(UNSEEN.sub("", fold(value)), around))
    elif isinstance(value, date):
        is_birth = Topic.BIRTH in around and value.year >= FIRST_BIRTH_YEAR
        found = [Found(kind=Kind.BIRTH_DATE, certain=True)] if is_birth else []
    else:
        found = list(_in_number(_number_in(value), around))
    return min(found, key=lambda item: (not item.certain, SERIOUS.index(item.kind)), default=None)


def with_many_digits(texts: list[str], long: str) -> Iterator[str]:
    """Of many texts those with as many digits as a BSN; `long` is all of them with NUL signs between: searching
    one long text is much quicker than searching many.
    """
    for match in FEW_LETTERS.finditer(long):
        if MANY_DIGITS.search(match[0]):
            yield long[slice(*bounds(long, match))]
    yield from filter(OTHER_SIGNS.search, filterfalse(str.isascii, texts))


def is_bsn(value: GridValue) -> bool:
    """Whether a value that is no text may be a BSN, whatever stands around it."""
    number = _number_in(value)
    return number >= SMALLEST_WHOLE and passes_eleven_test(number)


def bounds(long: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the text begins and ends, between NUL signs, in which a match was found."""
    end = long.find("\x00", match.end())
    return long.rfind("\x00", 0, match.start()) + 1, end if end >= 0 else len(long)


def _number_in(value: GridValue) -> int:
    """The whole number in a value; 0 when it is none, or too large for any number of a person."""
    if isinstance(value, bool | str | None):
        return 0
    if isinstance(value, timedelta):  # what a number becomes in a cell for hours
        return value.days
    if isinstance(value, int | float) and 0 < value < LARGEST_NUMBER:
        return int(value)
    return 0


def _in_number(number: int, around: Topics) -> Iterator[Found]:
    if passes_eleven_test(number) and (number >= SMALLEST_WHOLE or Topic.BSN in around):
        yield Found(kind=Kind.BSN, certain=bool(around & PERSON))
    if Topic.NUMBER in around and number >= SMALLEST_PATIENT_NUMBER:
        yield Found(kind=Kind.PATIENT_NUMBER, certain=True)
    if Topic.BSN in around and SMALLEST_BSN <= number <= LARGEST_BSN:
        yield Found(kind=Kind.PATIENT_NUMBER, certain=True)
    if Topic.FILE in around and number >= SMALLEST_PATIENT_NUMBER:
        yield Found(kind=Kind.PATIENT_NUMBER, certain=bool(around & PERSON))
    if Topic.BIRTH in around and (number in BIRTH_SERIALS or ANY_DATE.fullmatch(f"{number:08}")):
        yield Found(kind=Kind.BIRTH_DATE, certain=True)


def _in_text(text: str, around: Topics) -> Iterator[Found]:
    if _tells_birth(text, around):
        yield Found(kind=Kind.BIRTH_DATE, certain=True)
        around |= {Topic.BIRTH}
    if EIGHT_DIGITS.search(text):
        yield from _bsn_in_text(text, around)
    if FOUR_DIGITS.search(text):
        yield from _number_in_text(text, around)
    if "@" in text and Topic.PATIENT in around and ANY_EMAIL.search(text):
        yield Found(kind=Kind.EMAIL, certain=True)
    elif "@" in text and PATIENTS_EMAIL.search(text):
        yield Found(kind=Kind.EMAIL, certain=False)


def _bsn_in_text(text: str, around: Topics) -> Iterator[Found]:
    if any(map(passes_eleven_test, _whole_numbers(text))):
        yield Found(kind=Kind.BSN, certain=_speaks_of_person(text, around))
    elif Topic.BSN in around | topics_in(text) and any(map(passes_eleven_test, _any_numbers(text))):
        yield Found(kind=Kind.BSN, certain=True)


def _tells_birth(text: str, around: Topics) -> bool:
    """Whether a text gives someone's date of birth."""
    if Topic.BIRTH in around and ANY_DATE.search(text):
        return True
    if not BIRTH_STEM.search(text):
        return False
    born = BORN_ON.search(text)
    return bool(born and not COHORT.search(born["between"])) or DATE_BORN.search(text) is not None


def _speaks_of_person(text: str, around: Topics) -> bool:
    return bool((around | topics_in(text)) & PERSON)


def _number_in_text(text: str, around: Topics) -> Iterator[Found]:
    """Numbers of patients: after a word for them, or alone in a cell of which the heading says so."""
    if any(_is_code(match["code"], match["bsn"]) for match in PERSON_NUMBER.finditer(text)):
        yield Found(kind=Kind.PATIENT_NUMBER, certain=True)
    if any(_is_code(match["code"]) for match in FILE_NUMBER.finditer(text)):
        yield Found(kind=Kind.PATIENT_NUMBER, certain=_speaks_of_person(text, around))
    alone = text.strip()
    if not CODE_ONLY.fullmatch(alone) or ANY_DATE.fullmatch(alone):
        return
    if Topic.NUMBER in around or (Topic.BSN in around and _has_digits_of_bsn(alone)):
        yield Found(kind=Kind.PATIENT_NUMBER, certain=True)
    elif Topic.FILE in around:
        yield Found(kind=Kind.PATIENT_NUMBER, certain=_speaks_of_person(text, around))


def _is_code(code: str, bsn: str | None = None) -> bool:
    """Whether this may be the number that a word before it speaks of; `bsn` is that word if it speaks of a BSN."""
    alone = code.lstrip("abcdefghijklmnopqrstuvwxyz-. ").strip()
    return PERIOD.fullmatch(alone) is None and (bsn is None or _has_digits_of_bsn(alone))


def _has_digits_of_bsn(code: str) -> bool:
    return sum(sign.isdigit() for sign in code) in (8, 9)


def _whole_numbers(text: str) -> Iterator[int]:
    """Numbers of nine digits as people write them."""
    for match in JOINED.finditer(text):
        if not _is_part_of_code(text, match):
            yield int(match[0])
    for match in PARTED.finditer(text):
        digits = "".join(sign for sign in match[0] if sign.isdigit())
        if len(digits) == 9:
            yield int(digits)


def _is_part_of_code(text: str, match: re.Match[str]) -> bool:
    """Whether the digits stand in a word with more digits, such as a digest; letters alone may touch them."""
    head = WORD.match(text[max(0, match.start() - LONGEST_WORD) : match.start()][::-1])
    tail = WORD.match(text[match.end() : match.end() + LONGEST_WORD])
    around = (head[0] if head else "") + (tail[0] if tail else "")
    return any(sign.isdigit() for sign in around)


def _any_numbers(text: str) -> Iterator[int]:
    """Numbers of eight or nine digits, however they are cut up."""
    for series in SERIES.finditer(PERIOD.sub("x", text)):
        groups = re.findall(r"\d+", series[0])
        for first in range(len(groups)):
            digits = ""
            for group in groups[first:]:
                digits += group
                if len(digits) in (8, 9):
                    yield int(digits)
                if len(digits) >= 9:
                    break
