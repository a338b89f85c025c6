"""One cell to a value of its column's type: what is safe is read and noted, what is not is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta

from normtool.core.cells_dates import read_date, read_dates, read_year
from normtool.core.diagnostics import Fact, Rule
from normtool.core.evidence import DocumentReference, Said, Unreadable
from normtool.core.grids import GridValue
from normtool.core.parsing import Parsed, Remark, Vocabulary, refuse, shown
from normtool.core.registers import ColumnType
from normtool.core.rules_answers import (
    AMBIGUOUS_NUMBER,
    CHOICE_MISSPELT,
    CHOICE_READ_AS,
    DOCUMENT_MISSPELT,
    ERROR_CELL,
    NAME_MISSPELT,
    NEGATIVE_NUMBER,
    NOT_A_CHOICE,
    NOT_A_WHOLE_NUMBER,
    NOT_YES_NO,
    NUMBER_FROM_TEXT,
    PERCENTAGE_TYPED,
    READ_AS_EMPTY,
    UNKNOWN_DOCUMENT,
    UNKNOWN_GROUP,
    UNKNOWN_INDICATOR,
    UNKNOWN_MEMBER,
    UNKNOWN_TREATMENT,
    VALUE_TOO_LARGE,
)
from normtool.core.spellings import (
    DASHES,
    NO,
    NONE,
    NOT_APPLICABLE,
    PASTED_ERRORS,
    SEPARATORS,
    UNKNOWN,
    YES,
    Names,
    plain,
)

LARGEST = 10_000_000
"""No network counts more than this of anything; a larger number is a slip of the hand."""

BELOW_ONE = re.compile(r"^0[.,]\d*[1-9]\d*$")
MILLIONS = re.compile(r"^\d{1,3}(?:\.\d{3}){2,}$|^\d{1,3}(?:,\d{3}){2,}$")
GROUPED = re.compile(r"^\d{1,3}([.,]\d{3})+$")
PAGE = re.compile(r"^(?P<id>\S+?)(?:[ ]*(?:p|pp|blz|pag|pagina|page)\b[. ]*(?P<page>\S.*))?$", re.IGNORECASE)
PAGE_ONLY = re.compile(r"^(?:p|pp|blz|pag|pagina|page)\b[. ]*(?P<page>\S.*)$", re.IGNORECASE)


def read_cell(value: GridValue, column_type: ColumnType, choices: Names, vocabulary: Vocabulary) -> Parsed:
    """Read a cell as its column's type. Whatever cannot be read keeps what was typed, as Unreadable."""
    if value is None or (isinstance(value, str) and not plain(value)):
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
    """Yes or no, in the words people use for it."""
    if isinstance(value, bool):
        return Parsed(value=value)
    word = plain(value)
    if word in YES or word in NO:
        answer = word in YES
        if word in ("ja", "nee", "yes", "no"):
            return Parsed(value=answer)
        facts: dict[str, Fact] = {"found": shown(value), "read": "ja" if answer else "nee"}
        return Parsed(value=answer, remarks=(Remark(rule=CHOICE_READ_AS, facts=facts),))
    return refuse(NOT_YES_NO, value)


def read_whole(value: GridValue) -> Parsed:
    """A whole number from 0 up; a percentage or a broken number is asked back."""
    if isinstance(value, bool | date | time | timedelta):
        return refuse(NOT_A_WHOLE_NUMBER, value)
    if isinstance(value, int | float):
        return _whole_number(value)
    text = plain(value)
    if text in NONE:
        return Parsed(value=False)
    if text.endswith("%") or BELOW_ONE.match(text):
        return refuse(PERCENTAGE_TYPED, value)
    if MILLIONS.match(text):
        return _noted(value, re.sub(r"\D", "", text))
    if GROUPED.match(text):
        digits = re.sub(r"\D", "", text)
        return refuse(AMBIGUOUS_NUMBER, value, first=digits, second=text.replace(".", ","))
    if not re.fullmatch(r"[-+]?\d{1,12}([.,]0+)?", text):
        return refuse(NOT_A_WHOLE_NUMBER, value)
    return _noted(value, re.split(r"[.,]", text)[0])


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
    text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    if plain(text) in NONE | NOT_APPLICABLE:
        return Parsed(remarks=(Remark(rule=READ_AS_EMPTY, facts={"found": shown(text)}),))
    for part in (" ".join(piece.split()) for piece in SEPARATORS.split(text)):
        only_page = PAGE_ONLY.match(part) if references else None
        if only_page and not documents.find(part):
            references[-1] = DocumentReference(document=references[-1].document, page=only_page.group("page"))
        elif part:
            reference, remark = _read_document(part, documents)
            references.append(reference)
            remarks += [remark] if remark is not None else []
    if not references:
        remarks.append(Remark(rule=READ_AS_EMPTY, facts={"found": shown(text)}))
    return Parsed(value=tuple(references) or None, remarks=tuple(remarks))


def _read_document(part: str, documents: Names) -> tuple[DocumentReference, Remark | None]:
    whole = documents.find(part)
    if whole is not None:
        return DocumentReference(document=whole), None
    found = PAGE.match(part)
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
    text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()
    match column_type:
        case ColumnType.MEMBER | ColumnType.LOCATION:
            return _one_of(text, vocabulary.members, UNKNOWN_MEMBER)
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
            return _many(text, vocabulary.members, None)
        case _:
            return Parsed(value=text)


def _one_of(text: str, names: Names, unknown: Rule) -> Parsed:
    found = names.find(text)
    if found is not None:
        return Parsed(value=found)
    meant = names.guess_spelling(text)
    return refuse(NAME_MISSPELT, text, meant=meant) if meant is not None else refuse(unknown, text)


def _many(text: str, names: Names, unknown: Rule | None) -> Parsed:
    """A list of names. Without an `unknown` rule others than the known ones may be named too (other parties)."""
    values: list[str] = []
    remarks: list[Remark] = []
    if plain(text) in NONE or plain(text) in NOT_APPLICABLE:
        return Parsed(remarks=(Remark(rule=READ_AS_EMPTY, facts={"found": shown(text)}),))
    for part in filter(plain, SEPARATORS.split(text)):
        found = names.find(part)
        if found is None and unknown is not None:
            parsed = _one_of(part.strip(), names, unknown)
            remarks += parsed.remarks
        values.append(found or part.strip())
    if remarks:
        return Parsed(value=Unreadable(text=text), remarks=tuple(remarks))
    return Parsed(value=tuple(values))


READERS: Mapping[ColumnType, Callable[[GridValue], Parsed]] = {
    ColumnType.YES_NO: read_yes_no,
    ColumnType.WHOLE: read_whole,
    ColumnType.YEAR: read_year,
    ColumnType.DATE: read_date,
    ColumnType.DATES: read_dates,
}
"""The column types that are read from the cell alone."""
