"""One cell to a value of its column's type: what is safe is read and noted, what is not is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta

from normtool.core.cells_dates import read_date, read_dates, read_year
from normtool.core.diagnostics import Fact, Rule
from normtool.core.evidence import DocumentReference, Said, Unreadable
from normtool.core.grids import GridValue
from normtool.core.parsing import Parsed, Remark, Vocabulary, as_typed, refuse, shown
from normtool.core.registers import ColumnType
from normtool.core.rules_answers import (
    AMBIGUOUS_NUMBER,
    CHOICE_MISSPELT,
    CHOICE_READ_AS,
    DOCUMENT_MISSPELT,
    ERROR_CELL,
    NAME_MISSPELT,
    NAME_OF_TWO,
    NEGATIVE_NUMBER,
    NOT_A_CHOICE,
    NOT_A_WHOLE_NUMBER,
    NOT_YES_NO,
    NUMBER_FROM_TEXT,
    NUMBER_WITH_WORDS,
    PERCENTAGE_TYPED,
    READ_AS_EMPTY,
    UNKNOWN_DOCUMENT,
    UNKNOWN_GROUP,
    UNKNOWN_INDICATOR,
    UNKNOWN_MEMBER,
    UNKNOWN_TREATMENT,
    VALUE_TOO_LARGE,
    YES_NO_WITH_MORE,
)
from normtool.core.rules_networks import KNOWN_BY_OTHER_NAME
from normtool.core.spellings import (
    DASHES,
    LOOSE_LISTS,
    LOOSE_SEPARATORS,
    NO,
    NONE,
    NOT_APPLICABLE,
    PASTED_ERRORS,
    SEPARATORS,
    UNKNOWN,
    YES,
    Names,
    is_blank_text,
    near,
    plain,
)

LARGEST = 10_000_000
"""No network counts more than this of anything; a larger number is a slip of the hand."""

LONGEST_VALUE = 120
"""A longer text is a sentence, not a number or a reference; it is not searched for one."""
BELOW_ONE = re.compile(r"^0[.,]\d*[1-9]\d*$")
MILLIONS = re.compile(r"^\d{1,3}(?:\.\d{3}){2,}(?:,0+)?$|^\d{1,3}(?:,\d{3}){2,}(?:\.0+)?$")
SURELY_GROUPED = re.compile(r"^\d{1,3}(?:[ ']\d{3})+(?:[.,]0+)?$|^\d{1,3}\.\d{3},0+$|^\d{1,3},\d{3}\.0+$")
HALF_GROUPED = re.compile(r"^\d{4,}[.,]000$")
"""`1200.000`: twelve hundred with a fraction of nothing, or over a million with a dot left out."""
GROUPED = re.compile(r"^\d{1,3}([.,]\d{3})+$")
WITH_WORDS = re.compile(r"^\D{0,12}?(\d{1,7})\D{0,60}$", re.DOTALL)
"""One number among words: `ca. 50`, `50 patiënten`."""
BOUNDS = re.compile(
    r"[<>≤≥]|\b(?:min|max|minimaal|maximaal|meer|minder|tot|ruim|bijna|tussen|over|under|least|most)\b"
)
"""Signs and words that make a number a bound or a guess of one: there is nothing to propose then."""
NOT_QUITE = re.compile(
    r"\b(?:behalve|uitgezonderd|deels|gedeeltelijk|nog niet|bijna|niet alle|except|partly|not yet|almost)\b"
)
"""Words that make a yes no yes."""
OF_OTHER_PARTIES = frozenset({UNKNOWN_MEMBER, KNOWN_BY_OTHER_NAME})
"""What is no fault in a list of parties: a party outside the network, or a member by another name of it."""
LEADING = {"ja": "ja", "yes": "ja", "nee": "nee", "neen": "nee", "no": "nee"}
PAGE = re.compile(
    r"^(?P<id>\S+?)(?:[ :]*\(?[ ]*(?:p|pp|blz|pag|pagina|page)\b[. ]*(?P<page>[^\s)][^)]*))?\)?$", re.IGNORECASE
)
PLAIN_PAGE = re.compile(r"^\S{1,80}[ :(]{1,9}(?:p|pp|blz|pag|pagina|page)\b[. ]*[\d–-]+\)?$", re.IGNORECASE)
PAGE_ONLY = re.compile(r"^(?:p|pp|blz|pag|pagina|page)\b[. ]*(?P<page>\S.*)$", re.IGNORECASE)


def read_cell(value: GridValue, column_type: ColumnType, choices: Names, vocabulary: Vocabulary) -> Parsed:
    """Read a cell as its column's type. Whatever cannot be read keeps what was typed, as Unreadable."""
    if value is None or (isinstance(value, str) and is_blank_text(value)):
        return Parsed()
    if isinstance(value, str):
        nothing = _read_nothing(value, column_type)
        if nothing is not None:
            return nothing
    simple = READERS.get(column_type)
    if simple is not None:
        return simple(value)
    if column_type is ColumnType.CHOICE:
        return read_choice(value, choices)
    if column_type is ColumnType.DOCUMENTS:
        return read_documents(value, vocabulary.documents)
    return _read_name(value, column_type, vocabulary)


def _read_nothing(text: str, column_type: ColumnType) -> Parsed | None:
    """Dashes, question marks and pasted error texts; None when the text is something else."""
    word = plain(text)
    if word in PASTED_ERRORS:
        return refuse(ERROR_CELL, text)
    if column_type is ColumnType.TEXT:
        return None
    if word in DASHES:
        return Parsed(remarks=(Remark(rule=READ_AS_EMPTY, facts={"found": shown(text)}),))
    if word in UNKNOWN and column_type is not ColumnType.IDENTIFIER:
        return Parsed(value=Said.UNKNOWN, remarks=(Remark(rule=READ_AS_EMPTY, facts={"found": shown(text)}),))
    return None


def read_yes_no(value: GridValue) -> Parsed:
    """Yes or no, in the words people use for it. A yes with a reservation is asked back, with what it may mean."""
    if isinstance(value, bool):
        return Parsed(value=value)
    word = plain(value)
    if word in YES or word in NO:
        answer = word in YES
        if word in ("ja", "nee", "yes", "no"):
            return Parsed(value=answer)
        facts: dict[str, Fact] = {"found": shown(value), "read": "ja" if answer else "nee"}
        return Parsed(value=answer, remarks=(Remark(rule=CHOICE_READ_AS, facts=facts),))
    meant = _meant_answer(word)
    return refuse(YES_NO_WITH_MORE, value, proposal=meant) if meant else refuse(NOT_YES_NO, value)


def _meant_answer(word: str) -> str:
    """The answer that is probably meant by what is not simply one; empty when it may be any."""
    if word in ("1", "1.0", "0", "0.0"):
        return "ja" if word.startswith("1") else "nee"
    words = re.findall(r"\w+", word)
    if not words or ({"ja", "yes"} & set(words) and {"nee", "neen", "no"} & set(words)):
        return ""
    if NOT_QUITE.search(word):
        return "nee"
    if re.match(r"n\.?v\.?t\b|niet van toepassing", word):
        return "n.v.t."
    return LEADING.get(words[0], "") or LEADING.get((near(word, LEADING) if word.isalpha() else None) or "", "")


def read_whole(value: GridValue) -> Parsed:
    """A whole number from 0 up; a percentage, a broken number or a number among words is asked back."""
    if isinstance(value, bool | date | time | timedelta):
        return refuse(NOT_A_WHOLE_NUMBER, value)
    if isinstance(value, int | float):
        return _whole_number(value)
    text = plain(value)
    if text in NONE:
        return Parsed(value=False)
    return _number_in_text(value, text) if len(text) <= LONGEST_VALUE else refuse(NOT_A_WHOLE_NUMBER, value)


def _number_in_text(value: GridValue, text: str) -> Parsed:
    """A number that was typed as text, where that can mean one number only."""
    if "%" in text or "procent" in text or BELOW_ONE.match(text):
        return refuse(PERCENTAGE_TYPED, value)
    if MILLIONS.match(text) or SURELY_GROUPED.match(text):
        return _noted(value, re.sub(r"\D", "", text if GROUPED.match(text) else re.sub(r"[.,]0+$", "", text)))
    if GROUPED.match(text) or HALF_GROUPED.match(text):
        digits = re.sub(r"\D", "", text)
        return refuse(AMBIGUOUS_NUMBER, value, first=digits, second=text.replace(".", ","))
    if re.fullmatch(r"[-+]?\d{1,12}([.,]0+)?", text) and "*" not in str(value):
        return _noted(value, re.split(r"[.,]", text)[0])
    return _with_words(value, text)


def _with_words(value: GridValue, text: str) -> Parsed:
    """Ask back what is no number alone, with the one number that it speaks of."""
    found = WITH_WORDS.match(text) if not BOUNDS.search(text) else None
    if found is None or "-" in text[: found.start(1)]:
        return refuse(NOT_A_WHOLE_NUMBER, value)
    return refuse(NUMBER_WITH_WORDS, value, proposal=str(int(found.group(1))))


def read_percentage(share: int | float) -> Parsed:
    """A number that its cell shows with a percent sign, where a number is asked."""
    return refuse(PERCENTAGE_TYPED, as_percentage(share))


def as_percentage(share: float) -> str:
    """A number as a cell shows it that was given a percent sign."""
    return f"{share * 100:g}%".replace(".", ",")


def _noted(value: GridValue, digits: str) -> Parsed:
    """A number that was typed as text."""
    parsed = _whole_number(int(digits))
    if isinstance(parsed.value, Unreadable):
        return parsed
    facts: dict[str, Fact] = {"found": shown(value), "read": str(parsed.value)}
    return Parsed(value=parsed.value, remarks=(Remark(rule=NUMBER_FROM_TEXT, facts=facts),))


def _whole_number(value: int | float) -> Parsed:
    if value < 0:
        return refuse(NEGATIVE_NUMBER, value)
    if value > LARGEST:
        return refuse(VALUE_TOO_LARGE, value)
    if value != int(value):
        return refuse(PERCENTAGE_TYPED if value < 1 else NOT_A_WHOLE_NUMBER, value)
    return Parsed(value=int(value))


def read_choice(value: GridValue, choices: Names) -> Parsed:
    """One of a closed set; a near miss is asked back with the one that was probably meant."""
    found = choices.find(value)
    if found is not None:
        return Parsed(value=found)
    if isinstance(value, float | int) and not isinstance(value, bool) and value == int(value):
        found = choices.find(int(value))
        if found is not None:
            return Parsed(value=found)
    meant = choices.guess_spelling(value)
    if meant is not None:
        return refuse(CHOICE_MISSPELT, value, meant=meant)
    return refuse(NOT_A_CHOICE, value, choices="")


def read_documents(value: GridValue, documents: Names) -> Parsed:
    """Document ids with an optional page: `D4 p. 12; D7`."""
    references: list[DocumentReference] = []
    remarks: list[Remark] = []
    text = as_typed(value)
    if plain(text) in NONE | NOT_APPLICABLE:
        return Parsed(remarks=(Remark(rule=READ_AS_EMPTY, facts={"found": shown(text)}),))
    for part in _document_parts(text, documents):
        only_page = PAGE_ONLY.match(part) if references else None
        if only_page and not documents.find(part):
            references[-1] = DocumentReference(document=references[-1].document, page=only_page.group("page"))
        else:
            reference, remark = _read_document(part, documents)
            references.append(reference)
            remarks += [remark] if remark is not None else []
    if not references:
        remarks.append(Remark(rule=READ_AS_EMPTY, facts={"found": shown(text)}))
    return Parsed(value=tuple(references) or None, remarks=tuple(remarks))


def _document_parts(text: str, documents: Names) -> list[str]:
    """The documents that a cell names, with their pages; ids without a separator are told apart when known."""
    parts: list[str] = []
    for piece in (" ".join(item.split()) for item in SEPARATORS.split(text)):
        whole = documents.find(piece) is not None or (len(piece) <= LONGEST_VALUE and PLAIN_PAGE.search(piece))
        loose = [] if whole else [item for item in LOOSE_SEPARATORS.split(piece) if item]
        known = [item for item in loose if documents.find(item.strip("()"))]
        if len(known) > 1:
            parts += _with_pages(loose, documents)
        elif piece:
            parts.append(known[0].strip("()") if len(loose) == 1 and known else piece)
    return parts


def _with_pages(words: list[str], documents: Names) -> list[str]:
    """Words between known ids joined to the id before them: `D4`, `p.`, `12`, `D7` are two documents."""
    parts: list[str] = []
    for word in words:
        if not parts or documents.find(word.strip("()")):
            parts.append(word.strip("()"))
        else:
            parts[-1] += f" {word}"
    return parts


def _read_document(part: str, documents: Names) -> tuple[DocumentReference, Remark | None]:
    whole = documents.find(part)
    if whole is not None:
        return DocumentReference(document=whole), None
    found = PAGE.match(part) if len(part) <= LONGEST_VALUE else None
    name, page = (found.group("id"), found.group("page") or "") if found else (part, "")
    known = documents.find(name)
    if known is not None:
        return DocumentReference(document=known, page=page), None
    meant = documents.guess(name)
    if meant is not None:
        remark = Remark(rule=DOCUMENT_MISSPELT, facts={"found": shown(name), "meant": meant})
    else:
        remark = Remark(rule=UNKNOWN_DOCUMENT, facts={"found": shown(name)})
    return DocumentReference(document=name, page=page), remark


def _read_name(value: GridValue, column_type: ColumnType, vocabulary: Vocabulary) -> Parsed:
    text = as_typed(value)
    match column_type:
        case ColumnType.MEMBER | ColumnType.LOCATION:
            return _member(text, vocabulary)
        case ColumnType.GROUP:
            return _one_of(text, vocabulary.groups, UNKNOWN_GROUP)
        case ColumnType.TREATMENT:
            return _one_of(text, vocabulary.treatments, UNKNOWN_TREATMENT)
        case ColumnType.STANDARD:
            return Parsed(value=vocabulary.standards.find(text) or text)
        case ColumnType.GROUPS:
            return _many(text, vocabulary.groups, UNKNOWN_GROUP)
        case ColumnType.INDICATORS:
            return _many(text, vocabulary.indicators, UNKNOWN_INDICATOR)
        case ColumnType.MEMBERS:
            return _members(text, vocabulary)
        case _:
            return Parsed(value=text)


def _one_of(text: str, names: Names, unknown: Rule) -> Parsed:
    found, other = names.find(text), names.other(text)
    if found is not None and other is not None and unknown is UNKNOWN_MEMBER:
        return refuse(NAME_OF_TWO, text, first=found, second=other)
    if found is not None:
        return Parsed(value=found)
    meant = names.guess_spelling(text)
    return refuse(NAME_MISSPELT, text, meant=meant) if meant is not None else refuse(unknown, text)


def _member(text: str, vocabulary: Vocabulary) -> Parsed:
    """A member by its id or name; a name that only the registry of networks has for it is read, and noted."""
    own = vocabulary.registered.find(text) if vocabulary.members.find(text) is None else None
    if own is None:
        return _one_of(text, vocabulary.members, UNKNOWN_MEMBER)
    return Parsed(value=own, remarks=(Remark(rule=KNOWN_BY_OTHER_NAME, facts={"found": shown(text), "read": own}),))


def _members(text: str, vocabulary: Vocabulary) -> Parsed:
    """A list of members; other parties may be named in it too."""
    parts = _listed(text, vocabulary.members, vocabulary.registered)
    read = [(part, _member(part, vocabulary)) for part in parts]
    faults = [item for _, parsed in read for item in parsed.remarks if item.rule not in OF_OTHER_PARTIES]
    if faults or plain(text) in NONE | NOT_APPLICABLE:
        return _many_of([], faults, text)
    known = _many_of([parsed.value if isinstance(parsed.value, str) else part for part, parsed in read], [], text)
    noted = (item for _, parsed in read for item in parsed.remarks if item.rule is KNOWN_BY_OTHER_NAME)
    return Parsed(value=known.value, remarks=(*known.remarks, *noted))


def _many(text: str, names: Names, unknown: Rule) -> Parsed:
    """A list of names, all of which must be known."""
    if plain(text) in NONE | NOT_APPLICABLE:
        return _many_of([], [], text)
    parsed = [_one_of(part, names, unknown) for part in _listed(text, names)]
    remarks = [remark for item in parsed for remark in item.remarks]
    return _many_of([item.value for item in parsed if isinstance(item.value, str)], remarks, text)


def _many_of(values: list[str], faults: list[Remark], text: str) -> Parsed:
    """The names of a list; what was typed when one of them is asked back, nothing when there are none."""
    if faults:
        return Parsed(value=Unreadable(text=text), remarks=tuple(faults))
    if not values:
        return Parsed(remarks=(Remark(rule=READ_AS_EMPTY, facts={"found": shown(text)}),))
    return Parsed(value=tuple(values))


def _listed(text: str, *known: Names) -> list[str]:
    """The names in a cell: between semicolons, and within those whatever separates names that are known."""
    parts: list[str] = []

    def is_known(item: str) -> bool:
        return any(names.find(item) is not None for names in known)

    for piece in (" ".join(item.split()) for item in SEPARATORS.split(text)):
        loose = [item for item in LOOSE_LISTS.split(piece) if plain(item)] if not is_known(piece) else []
        if any(map(is_known, loose)):
            parts += loose
        elif not is_blank_text(piece):
            parts.append(piece)
    return parts


READERS: Mapping[ColumnType, Callable[[GridValue], Parsed]] = {
    ColumnType.YES_NO: read_yes_no,
    ColumnType.WHOLE: read_whole,
    ColumnType.YEAR: read_year,
    ColumnType.DATE: read_date,
    ColumnType.DATES: read_dates,
}
"""The column types that are read from the cell alone."""
