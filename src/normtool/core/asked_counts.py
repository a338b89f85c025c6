"""How many cells each part is asked, and which of them are empty, counted on the values that were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from normtool.core.asked import AskedColumns, open_cells
from normtool.core.evidence import Evidence, RegisterRow
from normtool.core.expected_rows import is_blank
from normtool.core.form_identity import identity_of
from normtool.core.form_names import INDICATORS_SHEET
from normtool.core.forms import BY_GROUP, FormRequest, asked_indicators, expected_rows, needed_cells
from normtool.core.grids import Grid
from normtool.core.intake_parts import said_in
from normtool.core.intake_registers import register_headers, said_complete
from normtool.core.offered_rows import TOLD_OF_MEMBERS
from normtool.core.parts import DOCUMENTS, NETWORK, Owners
from normtool.core.registers import ColumnType, Expected, Register
from normtool.core.spellings import Names, plain
from normtool.core.standards import Framework
from normtool.core.tables import register_names

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Of one part: cells asked, rows or answers in which something was typed, open cells by sheet, files of those."""

    asked: int = 0
    typed: int = 0
    open_on: tuple[tuple[str, int], ...] = ()
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """A count that is being made."""

    asked: int = 0
    typed: int = 0
    open_on: dict[str, int] = field(default_factory=dict)
    files: dict[str, None] = field(default_factory=dict)

    def add(self, sheet: str, asked: int, left: int) -> None:
        """Count the cells of one row or answer."""
        self.asked += asked
        if left:
            self.open_on[sheet] = self.open_on.get(sheet, 0) + left

    def add_typed(self, file: str) -> None:
        """Count something that a person filled in."""
        self.typed += 1
        self.files[file] = None

    def done(self) -> Count:
        """The count."""
        return Count(asked=self.asked, typed=self.typed, open_on=tuple(self.open_on.items()), files=tuple(self.files))


def count_asked(
    request: FormRequest, evidence: Evidence, owners: Owners, grids: tuple[Grid, ...]
) -> dict[str, Count]:
    """The count of each part by its id; parts that nothing is asked of are left out.

    Cells that the form fills in itself are not asked. What a part declared complete is not open.
    """
    tallies: dict[str, Tally] = {}
    _count_indicators(request, evidence, tallies.setdefault(NETWORK, Tally()))
    for register in request.framework.registers:
        if register.id == DOCUMENTS:
            _count_documents(evidence, grids, tallies)
        else:
            _count_rows(
                RegisterCount(request, register, evidence, owners),
                _declared(request.framework, register, evidence, grids),
                tallies,
            )
    return {part: tally.done() for part, tally in tallies.items()}


def _count_indicators(request: FormRequest, evidence: Evidence, tally: Tally) -> None:
    sheet = INDICATORS_SHEET.text.in_language(request.language)
    answers = {answer.indicator: answer for answer in evidence.answers}
    for indicator in asked_indicators(request):
        tally.add(sheet, len(needed_cells(indicator)), len(open_cells(indicator, answers.get(indicator.id))))
    for answer in evidence.answers:
        if said_in(answer):
            tally.add_typed(answer.place.file)


def _count_documents(evidence: Evidence, grids: tuple[Grid, ...], tallies: dict[str, Tally]) -> None:
    """Documents are asked of nobody, but whoever lists one has filled in something."""
    parts = {grid.file: identity_of(grid).parts or (NETWORK,) for grid in grids}
    for row in evidence.register(DOCUMENTS).rows:
        for part in parts.get(row.place.file, ()):
            tallies.setdefault(part, Tally()).add_typed(row.place.file)


class RegisterCount:
    """The rows of one register, filled in or only expected, with what each is asked."""

    def __init__(self, request: FormRequest, register: Register, evidence: Evidence, owners: Owners) -> None:
        self.register = register
        self.owners = owners
        self.asked = AskedColumns(request, register)
        self.sheet = register.sheet.in_language(request.language)
        self.rows = evidence.register(register.id).rows
        self.names: dict[object, str] = {}
        self.told = TOLD_OF_MEMBERS if register.expected is Expected.MEMBERS else frozenset[str]()
        self.named = [column.id for column in register.key_columns if column.type is not ColumnType.CHOICE]
        if register.expected is Expected.CHOICES_USED:
            self.named = [register.expected_column or ""]
        self.expected = self._named_rows(request)
        self.written = self._named_rows(replace(request, treating=None)) if request.treating else self.expected

    def _named_rows(self, request: FormRequest) -> dict[tuple[str, ...], Values]:
        """The rows that a form has beforehand, by what names them; only those of care that is given, when known."""
        return {self._name(row): row for row in map(dict, expected_rows(request, self.register))}

    def _name(self, values: Values) -> tuple[str, ...]:
        """What names a row, as far as the form fills it in beforehand; a sub-type stands for its group."""
        known = self.names
        named = [values.get(column, "") for column in self.named]
        return tuple([known[value] if value in known else self._compared(value) for value in named])

    def _compared(self, value: object) -> str:
        """A name as it is compared, remembered: the same few stand in thousands of rows."""
        name = str(value)
        is_group = self.register.expected is Expected.GROUPS
        found = self.names[value] = plain(self.owners.groups.get(name, name) if is_group else name)
        return found

    def _says_nothing(self, row: RegisterRow) -> bool:
        """Whether a row was only filled in beforehand, of care that is not given: it is no longer asked."""
        return self.register.expected in BY_GROUP and is_blank(self.register, row)

    def lines(self) -> Iterator[tuple[str, Values, RegisterRow | None, frozenset[str]]]:
        """Each row: whose it is, its values, the row itself (None: not there), the columns the form fills in."""
        met: set[tuple[str, ...]] = set()
        owner_of = self.owners.reader(self.register)
        given: dict[tuple[str, ...], frozenset[str]] = {}
        for row in self.rows:
            name = self._name(row.contents)
            if name not in self.expected and self._says_nothing(row):
                continue
            if name not in met:
                met.add(name)
                given[name] = self.told | self.written.get(name, {}).keys()
            yield owner_of(row.contents), row.contents, row, given[name]
        for name, expected in self.expected.items():
            if name not in met:
                yield owner_of(expected), expected, None, frozenset(expected)


def _count_rows(counted: RegisterCount, declared: frozenset[str], tallies: dict[str, Tally]) -> None:
    all_done = NETWORK_SAYS in declared
    for owner, values, row, given in counted.lines():
        tally = tallies.get(owner)
        if tally is None:
            tally = tallies[owner] = Tally()
        asked = counted.asked.of_row(values) - given
        left = 0 if all_done or owner in declared else len(asked.difference(values))
        tally.add(counted.sheet, len(asked), left)
        if row is not None and not given.issuperset(values):
            tally.add_typed(row.place.file)


NETWORK_SAYS = "*"
"""Stands for all parts, when the register as a whole was declared complete."""


def _declared(
    framework: Framework, register: Register, evidence: Evidence, grids: tuple[Grid, ...]
) -> frozenset[str]:
    """The parts that say of their own rows in this register that nothing is missing."""
    if not any(identity_of(grid).is_part for grid in grids):
        return frozenset({NETWORK_SAYS}) if evidence.register(register.id).is_complete else frozenset()
    names = Names((spelling, register.id) for spelling in register_names(register))
    headers = register_headers(framework, register)
    found: set[str] = set()
    for grid in grids:
        parts = identity_of(grid).parts or (NETWORK_SAYS,)
        if any(said_complete(grid, sheet, headers) for sheet in grid.sheets if names.find(sheet.name)):
            found.update(parts)
    return frozenset(found)
