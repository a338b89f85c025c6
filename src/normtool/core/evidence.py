"""What a network says of itself in one year; every value keeps the cell it came from."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from normtool.core.places import CellPlace, FilePlace, Located


class Said(Enum):
    """Answers that are words of the method rather than values; `unknown` is a typed *onbekend* or *?*."""

    NOT_APPLICABLE = "not_applicable"
    NO_SOURCE = "no_source"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class DateSpan:
    """A date, or a year alone: the earliest and the latest day it can mean."""

    first: date
    last: date

    @classmethod
    def of_day(cls, day: date) -> DateSpan:
        """A date that is known to the day."""
        return cls(day, day)

    @classmethod
    def of_year(cls, year: int) -> DateSpan:
        """A year alone."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_month(cls, year: int, month: int) -> DateSpan:
        """A month of a year."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReference:
    """A document named in a cell, with the page if one was given: `D4 p. 12`."""

    document: str
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A cell that holds something its column cannot; the diagnostic says what. `text` is what was typed."""

    text: str


Value = (
    bool
    | int
    | str
    | DateSpan
    | Said
    | Unreadable
    | tuple[str, ...]
    | tuple[DateSpan, ...]
    | tuple[DocumentReference, ...]
)


class DataNature(Enum):
    """What a workbook is about: a real network, an invented one, or an exercise on public texts."""

    NETWORK = "network"
    FICTIONAL = "fictional"
    PUBLIC_EXERCISE = "public_exercise"


class NetworkLayer(Enum):
    """Where a network stands: a region, or a sub-network (deelnetwerk) of one."""

    REGION = "region"
    SUB_NETWORK = "sub_network"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFacts:
    """The sheet `Netwerk`: who, which years, from when.

    `layer` is empty for a network that has neither a region above it nor sub-networks below it; `region` is the code
    or name of the region. `unit_of_review` says whom reviewers of another region visit. `cycle` counts the network's
    own rounds: assessment year − first assessment year + 1; 1 when that is empty.
    """

    code: str
    name: str
    region: str
    assessment_year: int
    reporting_year: int
    reference_date: date
    first_assessment_year: int | None = None
    nature: DataNature = DataNature.NETWORK
    contact_role: str = ""
    features: str = ""
    own_terms: tuple[tuple[str, str], ...] = ()
    reference_date_overridden: bool = False
    layer: NetworkLayer | None = None
    unit_of_review: NetworkLayer | None = None

    @property
    def cycle(self) -> int:
        """Which of its own rounds the network is in, from 1."""
        if self.first_assessment_year is None:
            return 1
        return max(1, self.assessment_year - self.first_assessment_year + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnApproach:
    """Comply or explain: which aim, what instead, how do we know it works, until when."""

    aim: Located[str] | None = None
    what: Located[str] | None = None
    proof: Located[str] | None = None
    until: Located[DateSpan] | None = None

    @property
    def cells(self) -> tuple[Located[str] | Located[DateSpan], ...]:
        """The parts that were filled in."""
        return tuple(part for part in (self.aim, self.what, self.proof, self.until) if part is not None)

    @property
    def has_all_parts(self) -> bool:
        """Whether all four questions are answered."""
        return len(self.cells) == 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One row of the sheet `Indicatoren`.

    `answer` holds what its kind asks: bool for yes/no kinds, int for a level or a count, or a word of the method.
    """

    indicator: str
    place: CellPlace
    answer: Located[bool | int | Said] | None = None
    numerator: Located[int] | None = None
    denominator: Located[int] | None = None
    year: Located[int] | None = None
    source: Located[str] | None = None
    documents: tuple[Located[DocumentReference], ...] = ()
    explanation: Located[str] | None = None
    reason_not_applicable: Located[str] | None = None
    own_approach: OwnApproach = OwnApproach()
    bottleneck: Located[str] | None = None
    last_year: Located[str] | None = None
    confirmed: Located[bool] | None = None
    no_source: Located[Said] | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One row of a register: its place, and (column id, value) pairs for the cells that were filled.

    It has no slots: its look-ups are made when first needed, for large registers are read many times. So are the
    cells of a row on a sheet (`on_sheet`): of most rows nobody asks where each value stands.
    """

    place: CellPlace
    values: tuple[tuple[str, Located[Value]], ...]

    @classmethod
    def on_sheet(cls, place: CellPlace, columns: Mapping[str, int], contents: Mapping[str, Value]) -> RegisterRow:
        """A row of a sheet, by what its filled cells hold; `columns` tells in which column (from 1) each stands."""
        row = object.__new__(cls)
        vars(row).update(place=place, columns=columns, contents=contents)
        return row

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The number of the column in which each filled cell stands, by column id; perhaps of other columns too."""
        return {name: cell.place.column for name, cell in self.values}

    @cached_property
    def cells(self) -> Mapping[str, Located[Value]]:
        """The filled cells by column id."""
        return dict(self.values)

    @cached_property
    def contents(self) -> Mapping[str, Value]:
        """What the filled cells hold, by column id."""
        return {name: cell.value for name, cell in self.values}

    def get(self, column: str) -> Located[Value] | None:
        """The cell of this column; None when it is empty."""
        return self.cells.get(column)

    def place_of(self, column: str) -> CellPlace:
        """Where the filled cell of this column stands."""
        if "values" in vars(self):
            return self.cells[column].place
        place = self.place
        return CellPlace(file=place.file, sheet=place.sheet, row=place.row, column=self.columns[column])

    if not TYPE_CHECKING:  # a type checker would take every name for granted

        def __getattr__(self, name: str) -> tuple[tuple[str, Located[Value]], ...]:
            """The `values` of a row on a sheet, made when first asked for; AttributeError for any other name."""
            if name != "values":
                raise AttributeError(name)
            values = tuple(
                [
                    (column, Located(value=self.contents[column], place=self.place_of(column)))
                    for column in self.contents
                ]
            )
            vars(self)["values"] = values
            return values


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRows:
    """The rows of one register, and whether it was declared complete."""

    register: str
    rows: tuple[RegisterRow, ...] = ()
    complete: Located[bool] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the network declared that nothing is missing."""
        return self.complete is not None and self.complete.value


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """One row of the document register."""

    id: str
    place: CellPlace
    title: str = ""
    date: Located[DateSpan] | None = None
    valid_until: Located[DateSpan] | None = None
    adopted_by: str = ""
    location: str = ""
    access: str = ""
    keeper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that evidence was read from, and the digest (SHA-256) of its bytes.

    `is_figures`: it holds figures of a national source, not a form of the network.
    """

    file: str
    digest: str
    is_figures: bool = False


class Origin(Enum):
    """Where an offered value comes from: the network's own answers of last year, or a national source."""

    LAST_YEAR = "last_year"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """A value that counts without having been typed.

    `place` is the cell it answers, which is empty in the form; `said` the cell that gave it: where the network
    confirmed it, or in the file with figures. `file` and `year` tell what it was offered from.
    """

    place: CellPlace
    origin: Origin
    said: CellPlace
    file: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousAnswer:
    """What an indicator came to last year: a number, or a numerator and denominator, and its own approach."""

    indicator: str
    year: int | None = None
    number: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    own_aim: str = ""
    own_what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousNumber:
    """A number that a register with a year in its key held last year; `key` are the ids that name the row."""

    register: str
    key: tuple[str, ...]
    number: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """Last year as far as this year is laid beside it; it came with the form, out of `file`."""

    file: str
    answers: tuple[PreviousAnswer, ...] = ()
    numbers: tuple[PreviousNumber, ...] = ()

    def answer(self, indicator: str) -> PreviousAnswer | None:
        """What this indicator came to last year, if that is known."""
        return next((item for item in self.answers if item.indicator == indicator), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that one network brought for one assessment year.

    `to_repair` are the indicators whose cells hold an error: in a draft they cannot be judged. `taken_over` are
    the values that were not typed but confirmed or delivered.
    """

    network: NetworkFacts
    network_places: tuple[tuple[str, CellPlace | FilePlace], ...] = ()
    answers: tuple[Answer, ...] = ()
    registers: tuple[RegisterRows, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    files: tuple[SourceFile, ...] = ()
    to_repair: tuple[str, ...] = ()
    taken_over: tuple[TakenOver, ...] = ()
    previous: Previous | None = None

    def answer(self, indicator: str) -> Answer | None:
        """The answer to this indicator, if its row was there."""
        return next((answer for answer in self.answers if answer.indicator == indicator), None)

    def register(self, register: str) -> RegisterRows:
        """The rows of a register; none when its sheet is missing."""
        return next((rows for rows in self.registers if rows.register == register), RegisterRows(register=register))

    def document(self, document: str) -> DocumentEntry | None:
        """The registered document with this id."""
        return next((entry for entry in self.documents if entry.id == document), None)
