"""One cell to a value of its column's type: what is safe is read and noted, what is not is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from normtool.core.diagnostics import Collector, Fact, Rule
from normtool.core.evidence import DateSpan, DocumentReference, Said, Unreadable, Value
from normtool.core.grids import GridValue
from normtool.core.registers import ColumnType
from normtool.core.rules_answers import (
    AMBIGUOUS_DATE,
    AMBIGUOUS_NUMBER,
    CHOICE_MISSPELT,
    CHOICE_READ_AS,
    DATE_FROM_TEXT,
    DOCUMENT_MISSPELT,
    ERROR_CELL,
    NAME_MISSPELT,
    NEGATIVE_NUMBER,
    NOT_A_CHOICE,
    NOT_A_DATE,
    NOT_A_WHOLE_NUMBER,
    NOT_A_YEAR,
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
    UNKNOWN,
    YES,
    Names,
    plain,
)
from normtool.core.standards import Framework

MONTHS = (
    ("januari", "jan", "january"),
    ("februari", "feb", "february"),
    ("maart", "mrt", "march", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("augustus", "aug", "august"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
FIRST_YEAR, LAST_YEAR = 1950, 2100
LARGEST = 10_000_000
"""No network counts more than this of anything; a larger number is a slip of the hand."""

DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")
YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]00:00(?::00)?)?$")
WITH_MONTH = re.compile(r"^(?:(\d{1,2})[ -])?([a-z]+)\.?[ -](\d{4})$")
GROUPED = re.compile(r"^\d{1,3}([.,]\d{3})+$")
PAGE = re.compile(r"^(?P<id>\S+?)(?:[ ]*(?:p|pp|blz|pag|pagina|page)\b[. ]*(?P<page>\S.*))?$", re.IGNORECASE)
PAGE_ONLY = re.compile(r"^(?:p|pp|blz|pag|pagina|page)\b[. ]*(?P<page>\S.*)$", re.IGNORECASE)
SEPARATORS = re.compile(r"[;,\n]+")
EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The names a workbook may use: documents, members, tumour groups, treatments, indicators, standards."""

    documents: Names = field(default_factory=lambda: Names(()))
    members: Names = field(default_factory=lambda: Names(()))
    groups: Names = field(default_factory=lambda: Names(()))
    treatments: Names = field(default_factory=lambda: Names(()))
    indicators: Names = field(default_factory=lambda: Names(()))
    standards: Names = field(default_factory=lambda: Names(()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What reading a sheet needs at hand: the framework, the names that may be used, and where remarks go."""

    framework: Framework
    vocabulary: Vocabulary
    collector: Collector


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to say about a cell: which rule, with which facts."""

    rule: Rule
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a cell was read as (None: empty), and what there is to say about it."""

    value: Value | None = None
    remarks: tuple[Remark, ...] = ()


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


def shown(value: GridValue) -> str:
    """A cell's value as the user sees it, short enough for a sentence."""
    if isinstance(value, datetime):
        text = value.strftime("%d-%m-%Y")
    elif isinstance(value, bool):
        text = "WAAR" if value else "ONWAAR"
    elif isinstance(value, float):
        text = f"{value:g}".replace(".", ",")
    else:
        text = str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def refuse(rule: Rule, value: GridValue, **facts: Fact) -> Parsed:
    """A cell that must be asked back."""
    return Parsed(
        value=Unreadable(text=str(value)),
        remarks=(Remark(rule=rule, facts={"found": shown(value), **facts}),),
    )


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
    if text.endswith("%"):
        return refuse(PERCENTAGE_TYPED, value)
    if GROUPED.match(text):
        digits = re.sub(r"\D", "", text)
        return refuse(AMBIGUOUS_NUMBER, value, first=digits, second=text.replace(".", ","))
    if not re.fullmatch(r"[-+]?\d{1,12}([.,]0+)?", text):
        return refuse(NOT_A_WHOLE_NUMBER, value)
    parsed = _whole_number(int(re.split(r"[.,]", text)[0]))
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


def read_year(value: GridValue) -> Parsed:
    """A year of four digits."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
        year = int(value)
        return Parsed(value=year) if FIRST_YEAR <= year <= LAST_YEAR else refuse(NOT_A_YEAR, value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}", plain(value)):
        year = int(plain(value))
        if FIRST_YEAR <= year <= LAST_YEAR:
            facts: dict[str, Fact] = {"found": shown(value), "read": str(year)}
            return Parsed(value=year, remarks=(Remark(rule=NUMBER_FROM_TEXT, facts=facts),))
    return refuse(NOT_A_YEAR, value)


def read_date(value: GridValue) -> Parsed:
    """A date, a month or a year; *nee* and *geen* are an answer too."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            return refuse(NOT_A_DATE, value)
        return Parsed(value=DateSpan.of_day(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date_from_number(value)
    if not isinstance(value, str):
        return refuse(NOT_A_DATE, value)
    text = plain(value)
    if text in NONE:
        return Parsed(value=False)
    return _date_from_text(value, text)


def _date_from_number(value: int | float) -> Parsed:
    if value == int(value) and FIRST_YEAR <= value <= LAST_YEAR:
        return Parsed(value=DateSpan.of_year(int(value)))
    if 18_000 < value < 74_000:
        proposal = EXCEL_EPOCH + timedelta(days=int(value))
        return refuse(AMBIGUOUS_DATE, value, proposal=f"{proposal.day}-{proposal.month}-{proposal.year}")
    return refuse(NOT_A_DATE, value)


def _date_from_text(value: str, text: str) -> Parsed:
    if re.fullmatch(r"\d{4}", text):
        span: DateSpan | None = DateSpan.of_year(int(text)) if FIRST_YEAR <= int(text) <= LAST_YEAR else None
    elif found := DAY_FIRST.match(text):
        day, month, year = (int(part) for part in found.groups())
        if len(found.group(3)) == 2:
            return refuse(AMBIGUOUS_DATE, value, proposal=f"{day}-{month}-{2000 + year}")
        span = _day(year, month, day)
    elif found := YEAR_FIRST.match(text):
        span = _day(*(int(part) for part in found.groups()))
    else:
        span = _date_with_month(text)
    if span is None:
        return refuse(NOT_A_DATE, value)
    read = span.first.isoformat() if span.is_exact else str(span.first.year)
    return Parsed(value=span, remarks=(Remark(rule=DATE_FROM_TEXT, facts={"found": shown(value), "read": read}),))


def _date_with_month(text: str) -> DateSpan | None:
    found = WITH_MONTH.match(text)
    month = MONTH_NUMBERS.get(found.group(2)) if found else None
    if found is None or month is None:
        return None
    year = int(found.group(3))
    if found.group(1):
        return _day(year, month, int(found.group(1)))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return DateSpan(date(year, month, 1), following - timedelta(days=1))


def _day(year: int, month: int, day: int) -> DateSpan | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return DateSpan.of_day(date(year, month, day))
    except ValueError:
        return None


def _read_dates(value: GridValue) -> Parsed:
    """One or more dates, separated by a semicolon, a comma or a new line."""
    if not isinstance(value, str) or plain(value) in NONE:
        parsed = read_date(value)
        spans = (parsed.value,) if isinstance(parsed.value, DateSpan) else None
        return Parsed(value=spans, remarks=parsed.remarks) if spans else parsed
    parts = [read_date(part) for part in SEPARATORS.split(value) if plain(part)]
    remarks = tuple(remark for part in parts for remark in part.remarks)
    spans_read = tuple(part.value for part in parts if isinstance(part.value, DateSpan))
    if len(spans_read) < len(parts):
        return Parsed(value=Unreadable(text=value), remarks=remarks or refuse(NOT_A_DATE, value).remarks)
    return Parsed(value=spans_read, remarks=remarks)


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
    for part in (" ".join(piece.split()) for piece in SEPARATORS.split(text)):
        only_page = PAGE_ONLY.match(part) if references else None
        if only_page and not documents.find(part):
            references[-1] = DocumentReference(document=references[-1].document, page=only_page.group("page"))
        elif part:
            reference, remark = _read_document(part, documents)
            references.append(reference)
            remarks += [remark] if remark is not None else []
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
        return Parsed()
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
    ColumnType.DATES: _read_dates,
}
"""The column types that are read from the cell alone."""
