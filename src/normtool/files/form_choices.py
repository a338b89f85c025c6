"""Dropdowns and input messages of the form. Long lists stand on the hidden sheet and are referred to."""

from __future__ import annotations

from datetime import date
from typing import Any

from normtool.core.form_names import HIDDEN_SHEET
from normtool.core.forms import FormRequest
from normtool.core.registers import Column, ColumnType, Text
from normtool.core.standards import TumourGroup
from normtool.texts import Words

LONGEST_LIST = 255
LONGEST_TITLE = 32
LONGEST_MESSAGE = 255
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
EARLIEST, LATEST = date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)
FIRST_LIST_COLUMN = 8
"""Column I of the hidden sheet; those before it hold what the form is made for (core/form_identity)."""

Validation = dict[str, Any]


def clipped(text: str, longest: int) -> str:
    """A text of at most so many characters; Excel refuses longer ones."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def column_letter(column: int) -> str:
    """Letters of a column that counts from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


class Choices:
    """Makes the validations of one workbook, and keeps its long lists.

    `ranges` gives, for documents and members, where their ids stand in the form itself.
    """

    def __init__(self, hidden: Any, request: FormRequest, words: Words) -> None:
        self._hidden = hidden
        self._request = request
        self._words = words
        self._lists: dict[tuple[str, ...], str] = {}
        self.ranges: dict[ColumnType, str] = {}

    def yes_no(self) -> list[str]:
        """The two words."""
        return [self._words.say("form.answers.yes"), self._words.say("form.answers.no")]

    def of_list(self, labels: list[str]) -> Validation:
        """A closed choice; too long a list, or one with a comma in it, goes to the hidden sheet."""
        literal = len(",".join(labels)) <= LONGEST_LIST and not any("," in label for label in labels)
        source: list[str] | str = labels if literal else self.listed(tuple(labels))
        return {
            "validate": "list",
            "source": source,
            "error_title": clipped(self._words.say("form.refused.title"), LONGEST_TITLE),
            "error_message": clipped(self._words.say("form.refused.choice"), LONGEST_MESSAGE),
        }

    def listed(self, labels: tuple[str, ...]) -> str:
        """A reference to these labels on the hidden sheet, where they stand once."""
        if labels not in self._lists:
            column = FIRST_LIST_COLUMN + len(self._lists)
            for row, label in enumerate(labels):
                self._hidden.write_string(row, column, label)
            letter = column_letter(column)
            self._lists[labels] = f"='{HIDDEN_SHEET}'!${letter}$1:${letter}${len(labels)}"
        return self._lists[labels]

    def members(self) -> str:
        """A reference to the ids of all members, for the form of a part: not all have a row in it; else nothing."""
        ids = tuple(member.id for member in self._request.members) if self._request.part else ()
        return self.listed(ids) if ids else ""

    def whole(self) -> Validation:
        """A whole number from 0 up."""
        return {"validate": "integer", "criteria": ">=", "value": 0, **self._refused("whole")}

    def year(self) -> Validation:
        """A year of four digits, not after the assessment year."""
        bounds = {"minimum": EARLIEST_YEAR, "maximum": self._request.assessment_year}
        return {"validate": "integer", "criteria": "between", **bounds, **self._refused("year")}

    def day(self, cell: str) -> Validation:
        """A date, or a year alone; `cell` is the first cell it applies to, such as D8."""
        first, last = ((day - date(1899, 12, 30)).days for day in (EARLIEST, LATEST))
        rule = f"=OR(AND({cell}>={first},{cell}<={last}),AND({cell}>={EARLIEST_YEAR},{cell}<={LATEST_YEAR}))"
        return {"validate": "custom", "value": rule, **self._refused("date")}

    def _refused(self, kind: str) -> Validation:
        return {
            "error_title": clipped(self._words.say("form.refused.title"), LONGEST_TITLE),
            "error_message": clipped(self._words.say(f"form.refused.{kind}"), LONGEST_MESSAGE),
        }

    def of_column(self, column: Column, cell: str) -> Validation:
        """The validation of a register column, with its help as input message."""
        found = self._of_type(column, cell)
        header = self._words.text(column.header)
        help_text = self._words.text(column.help) if column.help else ""
        return with_message(found, header, help_text)

    def _of_type(self, column: Column, cell: str) -> Validation:
        match column.type:
            case ColumnType.YES_NO:
                return self.of_list(self.yes_no())
            case ColumnType.CHOICE:
                return self.of_list([self._words.text(choice.label) for choice in column.choices])
            case ColumnType.WHOLE:
                return self.whole()
            case ColumnType.YEAR:
                return self.year()
            case ColumnType.DATE:
                return self.day(cell)
            case ColumnType.GROUP | ColumnType.TREATMENT | ColumnType.STANDARD:
                labels = self.names(column.type)
                return self.of_list(labels) if labels else {"validate": "any"}
            case ColumnType.GROUPS:
                return suggested(self.listed(tuple(self.names(ColumnType.GROUP))))
            case _:
                source = self.ranges.get(column.type)
                return suggested(source) if source else {"validate": "any"}

    def names(self, kind: ColumnType) -> list[str]:
        """The names that may be chosen in a column of this type."""
        framework = self._request.framework
        if kind is ColumnType.TREATMENT:
            return [self._words.text(item.name) for item in framework.treatments]
        if kind is ColumnType.STANDARD:
            return [standard.id for standard in framework.standards]
        parts = (text for group in framework.tumour_groups for text in (group.name, *part_names(group)))
        return list(dict.fromkeys(self._words.text(text) for text in parts))


def part_names(group: TumourGroup) -> tuple[Text, ...]:
    """The names of the sub-types of a tumour group."""
    return tuple(part.name for part in group.sub_types)


def suggested(source: str) -> Validation:
    """A list to choose from in which something else may be typed: several ids, a page."""
    return {"validate": "list", "source": source, "show_error": False}


def with_message(validation: Validation, title: str, message: str) -> Validation:
    """The validation with an input message, cut to what Excel allows."""
    if not message:
        return validation
    return {
        **validation,
        "input_title": clipped(title, LONGEST_TITLE),
        "input_message": clipped(message, LONGEST_MESSAGE),
    }
