"""Which cells of a row or an answer are asked, by the rules with which the form colours its open cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from normtool.core.asked_columns import Spared, needed_columns, spared_when
from normtool.core.evidence import Answer
from normtool.core.forms import FormRequest, asked_of_rows, needed_cells
from normtool.core.kinds import Empty, Is, IsNot, OneOf, Test
from normtool.core.registers import Register
from normtool.core.standards import Indicator

Values = Mapping[str, object]
"""What a row holds by column; empty cells are left out."""
ToldByForm = Is | IsNot | OneOf | Empty
"""The tests that a form can tell."""


class AskedColumns:
    """The columns that rows of one register are asked in this form."""

    def __init__(self, request: FormRequest, register: Register) -> None:
        self.needed = needed_columns(request.framework, register, asked_of_rows(request, register))
        self.spared: Spared | None = spared_when(register)
        tests = [test for filters in self.needed.values() for where in filters for test in where]
        self.looked_at = list(dict.fromkeys(test.column for test in tests if isinstance(test, ToldByForm)))
        if self.spared is not None:
            self.looked_at.append(self.spared.column.id)
        self.known: dict[tuple[object, ...], frozenset[str]] = {}

    def of_row(self, values: Values) -> frozenset[str]:
        """The columns that this row is asked, filled or not; it depends on the few columns that filters look at."""
        seen = tuple([values.get(column) for column in self.looked_at])
        asked = self.known.get(seen)
        if asked is None:
            asked = self.known[seen] = self._of_row(values)
        return asked

    def _of_row(self, values: Values) -> frozenset[str]:
        spared = self.spared
        done = spared is not None and values.get(spared.column.id) == spared.value
        return frozenset(
            column
            for column, filters in self.needed.items()
            if _applies(filters, values) and not (done and spared is not None and column not in spared.stays)
        )


def _applies(filters: Iterable[tuple[Test, ...]], values: Values) -> bool:
    """Whether one of the filters lets the row through; a test that a form cannot tell is left out."""
    return any(all(_holds(test, values) for test in tests if isinstance(test, ToldByForm)) for tests in filters)


def _holds(test: ToldByForm, values: Values) -> bool:
    value = values.get(test.column)
    match test:
        case Empty():
            return value is None
        case IsNot():
            return value is not None and value != test.value
        case OneOf():
            return value in test.values
        case _:
            return value == test.value


def open_cells(indicator: Indicator, answer: Answer | None) -> tuple[str, ...]:
    """The cells of an indicator that are asked and empty; none when it was answered in words."""
    needed = needed_cells(indicator)
    if answer is None:
        return needed
    if answer.answer is not None or answer.no_source is not None:
        return ()
    cells = {"numerator": answer.numerator, "denominator": answer.denominator}
    return tuple(name for name in needed if cells.get(name) is None)
