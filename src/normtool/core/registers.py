"""Registers: tables in the evidence workbook, declared in the framework."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from normtool.core.kinds import ColumnRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in both languages."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `nl` or `en`."""
        return self.en if language == "en" else self.nl


class ColumnType(Enum):
    """What a cell of a column may hold."""

    TEXT = "text"
    YES_NO = "yes_no"
    WHOLE = "whole"
    YEAR = "year"
    DATE = "date"
    DATES = "dates"
    CHOICE = "choice"
    IDENTIFIER = "identifier"
    DOCUMENTS = "documents"
    MEMBER = "member"
    MEMBERS = "members"
    LOCATION = "location"
    GROUP = "group"
    GROUPS = "groups"
    TREATMENT = "treatment"
    INDICATORS = "indicators"
    STANDARD = "standard"


class Expected(Enum):
    """Which rows a register is expected to have."""

    NONE = "none"
    CHOICES_USED = "choices_used"
    GROUPS = "groups"
    LOCATIONS_BY_GROUPS = "locations_by_groups"
    LOCATIONS_BY_TREATMENTS = "locations_by_treatments"
    MEMBERS = "members"
    IZA_GROUPS = "iza_groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a closed choice; `also` are other spellings that are understood."""

    id: str
    label: Text
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `key` columns together name the row, `counts_patients` calls for masking.

    `part_of`: what is counted here is also counted in that other column, which can therefore not be smaller.
    `yearly`: it tells of one year, so last year's value is shown in the next form but never taken over.
    """

    id: str
    header: Text
    type: ColumnType
    help: Text | None = None
    choices: tuple[Choice, ...] = ()
    also: tuple[str, ...] = ()
    key: bool = False
    counts_patients: bool = False
    needs_document: bool = False
    part_of: ColumnRef | None = None
    yearly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What a missing expected row reads as once its register is declared complete."""

    column: str
    value: bool | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A table of the workbook: one row per thing.

    `needs_document`: a test on a row without a document is undecided. `since`: the column that tells from
    when the row holds. `expected_column`: for `choices_used`, the column whose choices indicators name.
    `when_complete`: what missing expected rows read as (none: they answer *no*).
    """

    id: str
    sheet: Text
    row_is: Text
    columns: tuple[Column, ...]
    guidance: Text | None = None
    also: tuple[str, ...] = ()
    needs_document: bool = False
    since: str | None = None
    expected: Expected = Expected.NONE
    expected_column: str | None = None
    when_complete: Assumed | None = None

    def column(self, column_id: str) -> Column | None:
        """The column with this id, if there is one."""
        return next((column for column in self.columns if column.id == column_id), None)

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns that together name a row."""
        return tuple(column for column in self.columns if column.key)

    def column_of_type(self, *types: ColumnType) -> Column | None:
        """The first column of one of these types, if there is one."""
        return next((column for column in self.columns if column.type in types), None)
