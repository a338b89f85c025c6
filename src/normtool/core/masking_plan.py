"""Which numbers of patients in a dossier are hidden: the small ones, and what would give them away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from normtool.core.kinds import ColumnRef
from normtool.core.ledger import Ledger, number_in, text_in
from normtool.core.masking_below import cells_above, withhold_above, withhold_below
from normtool.core.masking_sums import Hidden, Row, Sum, hide
from normtool.core.masking_tables import ABOVE, BELOW, Cells, Figure, Scope, Tables, Total, add_evidence, add_shares
from normtool.core.registers import Column, ColumnType, Register
from normtool.core.standards import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """What is hidden: figures of assessments, and columns of rows of registers by (scope, register, row number)."""

    figures: frozenset[Figure] = frozenset()
    cells: dict[Cells, frozenset[str]] = field(default_factory=dict)

    def hides_any_of(self, scope: str, indicator: str) -> bool:
        """Whether any figure of an indicator is hidden."""
        return any(figure[:2] == (scope, indicator) for figure in self.figures)


def masks_of(
    framework: Framework, limit: int, scopes: Sequence[Scope], readers: Iterable[frozenset[str]] = ()
) -> Masks:
    """What is hidden in the scopes of one dossier; the first is the network itself.

    `readers` are the members who may read what is made of it, each by its ids in plain form: they know the numbers
    of their own rows. A place that is of none of them is a reader of its own.
    """
    tables = Tables(framework=framework, limit=limit)
    own, *others = scopes
    below = [scope for scope in others if scope.name.startswith(BELOW)]
    above = [scope for scope in others if scope.name == ABOVE]
    for scope in (own, *above):
        if scope.evidence is not None:
            add_evidence(tables, scope, scope.evidence)
        else:
            add_shares(tables, scope)
    withhold_below(tables, own, below)
    for scope in above:
        withhold_above(tables, scope)
    plan = _Plan.of(tables, readers)
    plan.run()
    masks = plan.masks()
    for scope in above:
        masks = replace(masks, cells=masks.cells | cells_above(tables, scope))
    return masks


def _known_to(tables: Tables, names: Sequence[str], readers: Iterable[frozenset[str]]) -> tuple[frozenset[int], ...]:
    """The rows that each reader knows, for they are its own."""
    about: dict[str, set[int]] = {}
    for number, name in enumerate(names):
        for place in tables.rows[name].about:
            about.setdefault(place, set()).add(number)
    named = list(dict.fromkeys(readers))
    alone = [frozenset({place}) for place in sorted(about) if not any(place in reader for reader in named)]
    known = (frozenset().union(*(about.get(place, ()) for place in reader)) for reader in (*named, *alone))
    return tuple(dict.fromkeys(sorted((rows for rows in known if rows), key=sorted)))


@dataclass(slots=True, kw_only=True)
class _Plan:
    """The tables in a fixed order, and what is hidden of them so far."""

    tables: Tables
    names: list[str]
    rows: list[Row]
    totals: list[Total]
    sums: list[Sum]
    hidden: Hidden

    @classmethod
    def of(cls, tables: Tables, readers: Iterable[frozenset[str]]) -> _Plan:
        """Rows by name and sums by their figures, so that the order of rows in a register makes no difference."""
        names = sorted(tables.rows)
        numbers = {name: number for number, name in enumerate(names)}
        totals = sorted(tables.totals, key=lambda total: (min(total.figures), len(total.members), total.is_exact))
        withheld = (total for total in totals if not tables.withheld.isdisjoint(total.figures))
        return cls(
            tables=tables,
            names=names,
            rows=[tables.rows[name].row for name in names],
            totals=totals,
            sums=[
                Sum(
                    members=frozenset(numbers[name] for name in total.members), row=total.row, is_exact=total.is_exact
                )
                for total in totals
            ],
            hidden=Hidden(
                rows={numbers[name] for total in withheld for name in total.members},
                readers=_known_to(tables, names, readers),
            ),
        )

    def run(self) -> None:
        """Hide until nothing more has to be."""
        while True:
            before = (len(self.hidden.rows), len(self.hidden.sums))
            self._hide_subtotals()
            hide(self.rows, self.sums, self.tables.limit, self.hidden)
            self._hide_twins()
            self._hide_parts_of()
            if before == (len(self.hidden.rows), len(self.hidden.sums)):
                return

    def masks(self) -> Masks:
        """What is hidden, by where it stands."""
        cells: dict[Cells, frozenset[str]] = {}
        for number in self.hidden.rows:
            for place, columns in self.tables.rows[self.names[number]].cells:
                cells[place] = cells.get(place, frozenset()) | frozenset(columns)
        return Masks(figures=frozenset(self._figures()), cells=cells)

    def _figures(self) -> set[Figure]:
        rows = (self.tables.rows[self.names[number]] for number in self.hidden.rows)
        told = {figure for held in rows for figure in held.figures}
        return (
            told
            | self.tables.withheld
            | {figure for number in self.hidden.sums for figure in self.totals[number].figures}
        )

    def _hide_subtotals(self) -> None:
        """Protect subtotals within a total before any row is looked at.

        Else the total would go, where another subtotal could protect what is hidden in one.
        """
        for number, total in enumerate(self.sums):
            for parts in self._subtotals(total).values():
                found = Hidden(
                    rows={place for place, part in enumerate(parts) if part in self.hidden.sums},
                    sums={0} if number in self.hidden.sums else set(),
                    readers=self._who_know(parts),
                )
                whole = Sum(members=frozenset(range(len(parts))), row=total.row, is_exact=total.is_exact)
                hide([self.sums[part].row for part in parts], [whole], self.tables.limit, found)
                self.hidden.sums.update(parts[place] for place in found.rows)
                self.hidden.sums.update({number} if found.sums else ())

    def _who_know(self, parts: list[int]) -> tuple[frozenset[int], ...]:
        """Of readers who know all rows of some of these sums: which of them, by their places."""
        known = (
            frozenset(place for place, part in enumerate(parts) if self.sums[part].members <= rows)
            for rows in self.hidden.readers
        )
        return tuple(places for places in known if places)

    def _subtotals(self, total: Sum) -> dict[tuple[str, str], list[int]]:
        """The sums that are part of this one, by the indicator they are of: those of one have no row in common."""
        found: dict[tuple[str, str], list[int]] = {}
        for number, part in enumerate(self.sums):
            if part.is_exact and part.members < total.members:
                found.setdefault(self.totals[number].figures[0][:2], []).append(number)
        return found

    def _hide_twins(self) -> None:
        """Hide a figure wherever it is told, once it is hidden somewhere."""
        hidden = self._figures()
        self.hidden.sums |= {
            number for number, total in enumerate(self.totals) if not hidden.isdisjoint(total.figures)
        }
        self.hidden.rows |= {
            number for number, name in enumerate(self.names) if not hidden.isdisjoint(self.tables.rows[name].figures)
        }

    def _hide_parts_of(self) -> None:
        """Hide what counts part of numbers that are hidden, where it is more than what is shown of those."""
        hidden = self.masks().cells
        found = {
            place
            for scope, ledger in self.tables.ledgers.items()
            for register in self.tables.framework.registers
            for column in register.columns
            if column.counts_patients and column.part_of is not None
            for place in _larger_than_shown(_Part(scope, ledger, register, column), column.part_of, hidden)
        }
        self.hidden.rows |= {
            number
            for number, name in enumerate(self.names)
            if any(place in found for place, _ in self.tables.rows[name].cells)
        }


class _Part(NamedTuple):
    """A column that counts part of another, in one scope."""

    scope: str
    ledger: Ledger
    register: Register
    column: Column

    def numbers(self, register: Register, column: str) -> Iterator[tuple[Cells, str, int]]:
        """The numbers in a column: where, of which tumour group, how many."""
        groups = register.column_of_type(ColumnType.GROUP)
        for place, row in enumerate(self.ledger.rows(register.id).rows):
            number = number_in(row, column)
            if number is not None:
                group = text_in(row, groups.id) if groups is not None else ""
                yield (self.scope, register.id, place), self.ledger.groups.get(group, group), number


def _larger_than_shown(part: _Part, whole: ColumnRef, hidden: Mapping[Cells, frozenset[str]]) -> Iterator[Cells]:
    """Where a part is larger than what is shown of a whole of which something is hidden."""
    shown: dict[str, int] = {}
    open_groups: set[str] = set()
    for place, group, number in part.numbers(part.ledger.framework.declared(whole.register), whole.column):
        if whole.column in hidden.get(place, ()):
            open_groups.add(group)
        else:
            shown[group] = shown.get(group, 0) + number
    for place, group, number in part.numbers(part.register, part.column.id):
        if group in open_groups and number > shown.get(group, 0):
            yield place
