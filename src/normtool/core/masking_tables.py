"""The numbers of patients in a dossier as rows and sums, for all of its networks at once.

One number may stand in several places: a location's row in the evidence of its network and of its region. It is one
row here, so that it is hidden in all of them or in none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from normtool.core.assessment import IndicatorResult, RowResult, Share
from normtool.core.dates import Truth
from normtool.core.evidence import Evidence, RegisterRow
from normtool.core.kinds import Pooled, Proportion
from normtool.core.ledger import Ledger, number_in, open_ledger, text_in
from normtool.core.masking_columns import PatientColumns, is_pool_of_patients, patient_columns
from normtool.core.masking_sums import Row
from normtool.core.registers import ColumnType, Register
from normtool.core.scoring_pooled import OTHER
from normtool.core.scoring_rows import filter_row
from normtool.core.spellings import plain
from normtool.core.standards import Framework, Indicator

Figure = tuple[str, str, tuple[str, ...]]
"""A figure in an assessment: the scope it is of, its indicator, and the key of its row (none: the value)."""

Cells = tuple[str, str, int]
"""Numbers in a register: the scope it is of, the register, the number of the row. Which columns: by its table."""


OWN, ABOVE, BELOW = "own", "region", "below "
"""Names of scopes: the network's own, its region's, and (with its code) each of its sub-networks'."""

PLACES = (ColumnType.LOCATION, ColumnType.MEMBER)
"""Types of columns that name a member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One network's results, and the evidence they rest on; a region has only the results of its sub-networks."""

    name: str
    results: tuple[IndicatorResult, ...]
    evidence: Evidence | None = None


@dataclass(slots=True, kw_only=True)
class Numbers:
    """One row, with all places where its numbers stand: cells of registers (and which columns), and figures.

    `about` are the ids of the members it is about, in plain form.
    """

    row: Row
    about: frozenset[str] = frozenset()
    cells: list[tuple[Cells, tuple[str, ...]]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Total:
    """One sum of rows, by their names, with the figures that tell it. `is_exact`: see masking_sums."""

    row: Row
    members: frozenset[str]
    figures: list[Figure]
    is_exact: bool = True


@dataclass(slots=True, kw_only=True)
class Tables:
    """All rows by name, and all sums; `limit` is that of small numbers. `ledgers`: the evidence, by scope.

    `withheld` are figures that are hidden whatever they are.
    """

    framework: Framework
    limit: int
    rows: dict[str, Numbers] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    withheld: set[Figure] = field(default_factory=set)

    def add_row(self, name: str, row: Row, about: frozenset[str] = frozenset()) -> Numbers:
        """The row by this name."""
        return self.rows.setdefault(name, Numbers(row=row, about=about))

    def add_total(self, figure: Figure, row: Row, members: frozenset[str], *, is_exact: bool = True) -> None:
        """A figure that is the sum of rows; the same sum may be told by several figures."""
        for total in self.totals:
            if total.members == members and total.row == row and total.is_exact is is_exact:
                total.figures.append(figure)
                return
        self.totals.append(Total(row=row, members=members, figures=[figure], is_exact=is_exact))

    def add_whole(self, figure: Figure, share: Share, counted: dict[str, int]) -> None:
        """A share whose denominator is, as far as readers can tell, the sum of these numbers by row."""
        if abs(share.denominator - sum(counted.values())) < self.limit:
            members = frozenset(name for name, number in counted.items() if number)
            self.add_total(figure, row_of(share), members, is_exact=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Columns that count patients in one scope: where the rows of a table come from."""

    scope: Scope
    register: Register
    columns: PatientColumns

    def name(self, key: tuple[str, ...], row: Row) -> str:
        """What a row goes by: the same in every scope when it is about one place and its numbers are the same."""
        has_place = any(
            column.type in (ColumnType.LOCATION, ColumnType.MEMBER) for column in self.register.key_columns
        )
        whose = "" if has_place else self.scope.name
        return repr((self.register.id, self.columns.columns, whose, tuple(map(plain, key)), row.parts))

    def about(self, key: tuple[str, ...]) -> frozenset[str]:
        """The ids, in plain form, of the members that a row with this key is about."""
        columns = zip(self.register.key_columns, key, strict=False)
        return frozenset(plain(part) for column, part in columns if column.type in PLACES)


def row_of(share: Share) -> Row:
    """A share as the parts that it is made of."""
    rest = share.denominator - share.numerator
    return Row(parts=(share.numerator, rest), wholes=(share.denominator,))


def shares_of(result: IndicatorResult) -> Iterator[tuple[RowResult, Share]]:
    """The rows of a result that tell a share."""
    return ((row, row.share) for row in result.rows if row.share is not None)


def about_patients(framework: Framework, scope: Scope) -> Iterator[tuple[IndicatorResult, Indicator]]:
    """The results about patients, with their indicators."""
    for result in scope.results:
        indicator = framework.indicator(result.id)
        if indicator is not None and (indicator.counts_patients or is_pool_of_patients(framework, indicator)):
            yield result, indicator


def add_shares(tables: Tables, scope: Scope) -> None:
    """The shares that stand by themselves."""
    for result, indicator in about_patients(tables.framework, scope):
        if isinstance(indicator.kind, Proportion) and isinstance(result.value, Share):
            figure = (scope.name, result.id, ())
            tables.add_row(repr(figure), row_of(result.value)).figures.append(figure)


# --- a network with its evidence --------------------------------------------------------------------------------


def add_evidence(tables: Tables, scope: Scope, evidence: Evidence) -> None:
    """The rows of the registers of one network, and the figures that are sums of them."""
    ledger = tables.ledgers[scope.name] = open_ledger(tables.framework, evidence)
    for columns in patient_columns(tables.framework):
        register = tables.framework.declared(columns.register)
        source = Source(scope=scope, register=register, columns=columns)
        names = _add_rows(tables, source, ledger.rows(register.id).rows)
        for result, indicator in about_patients(tables.framework, scope):
            match indicator.kind:
                case Pooled(register=register.id, numerator=numerator) if numerator in columns.columns:
                    _add_row_figures(tables, source, result, names)
                    counted = _counted(ledger, register, indicator.kind, names)
                    _add_figures(tables, (scope.name, result), indicator.kind, counted)
                case Proportion(denominator_holds=held) if held is not None and isinstance(result.value, Share):
                    if held.register == register.id and held.column in columns.columns:
                        rows = ledger.rows(register.id).rows
                        numbers = {name: number_in(rows[place], held.column) or 0 for place, name in names.items()}
                        tables.add_whole((scope.name, result.id, ()), result.value, numbers)
    add_shares(tables, scope)


def _add_rows(tables: Tables, source: Source, rows: Sequence[RegisterRow]) -> dict[int, str]:
    """The rows of one register; gives the name of each by its number."""
    names: dict[int, str] = {}
    times: dict[str, int] = {}
    keys = [column.id for column in source.register.key_columns]
    for place, row in enumerate(rows):
        numbers = source.columns.row(row)
        if numbers is not None:
            key = tuple(text_in(row, name) for name in keys)
            name = source.name(key, numbers)
            times[name] = times.get(name, 0) + 1
            names[place] = f"{name} {times[name]}"
            held = tables.add_row(names[place], numbers, source.about(key))
            held.cells.append(((source.scope.name, source.register.id, place), source.columns.columns))
    return names


def _add_row_figures(tables: Tables, source: Source, result: IndicatorResult, names: dict[int, str]) -> None:
    """Tell which rows of a pooled result are rows of its register; those per group are sums of them."""
    keys: dict[tuple[str, ...], list[str]] = {}
    rows = tables.ledgers[source.scope.name].rows(source.register.id).rows
    for place, name in names.items():
        key = tuple(text_in(rows[place], column.id) for column in source.register.key_columns)
        keys.setdefault(key, []).append(name)
    for row, _ in shares_of(result):
        for name in keys.get(row.key, ()):
            tables.rows[name].figures.append((source.scope.name, result.id, row.key))


def _counted(ledger: Ledger, register: Register, kind: Pooled, names: dict[int, str]) -> dict[str, set[str]]:
    """The names of the rows that a pooled indicator counts, by group."""
    counted: dict[str, set[str]] = {}
    column = register.column_of_type(ColumnType.GROUP)
    for place, row in enumerate(ledger.rows(register.id).rows):
        both = number_in(row, kind.numerator) is not None and number_in(row, kind.denominator) is not None
        if both and filter_row(ledger, register, row, kind.where) is not Truth.NO:
            group = text_in(row, column.id) if column else ""
            counted.setdefault(ledger.groups.get(group, group), set()).add(names[place])
    return counted


def _add_figures(
    tables: Tables, whose: tuple[str, IndicatorResult], kind: Pooled, counted: dict[str, set[str]]
) -> None:
    """The figures of one pooled indicator: its value, or one per group."""
    scope, result = whose
    if not kind.per_group:
        if isinstance(result.value, Share):
            tables.add_total((scope, result.id, ()), row_of(result.value), _members(counted, counted))
        return
    own = {row.key[0] for row in result.rows}
    for row, share in shares_of(result):
        groups = row.key if row.key[0] != OTHER else [group for group in counted if group not in own]
        tables.add_total((scope, result.id, row.key), row_of(share), _members(counted, groups))


def _members(counted: dict[str, set[str]], groups: Iterable[str]) -> frozenset[str]:
    return frozenset(name for group in groups for name in counted.get(group, ()))
