"""What a form asks: which indicators in which cycle, which cells of them, which rows of the registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from normtool.core.kinds import (
    Count,
    Coverage,
    DocumentAge,
    Empty,
    InPeriod,
    Is,
    Linked,
    Maturity,
    OneOf,
    Pooled,
    Proportion,
    Test,
    Valid,
    VolumeKind,
    YesNo,
)
from normtool.core.offered_rows import with_offered_rows
from normtool.core.ready import Offer
from normtool.core.registers import Column, ColumnType, Expected, Register
from normtool.core.standards import Framework, Indicator, IndicatorClass

AGREEMENTS = "agreements"
"""The register that tests of the sort *linked* and *valid* read."""

OWN_APPROACH = frozenset({"own_aim", "own_what", "own_proof", "own_until"})

RowValues = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMember:
    """A member as a form is pre-filled with it. `kind` and `role` are ids of choices; `parent` a member's id."""

    id: str
    name: str
    kind: str
    parent: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRequest:
    """Everything a form is made of. `all_indicators` asks those not open yet as well, marked so.

    `part` are the ids of the parts (core/parts) this form is for, none for the whole; it is handed in by `deadline`.
    `facts` is what else is known of the network, by the keys of its sheet; `offers` is what stands ready to confirm.
    """

    framework: Framework
    code: str
    name: str
    assessment_year: int
    reporting_year: int
    reference_date: date
    region: str = ""
    first_assessment_year: int | None = None
    members: tuple[FormMember, ...] = ()
    language: str = "nl"
    all_indicators: bool = False
    program: str = ""
    part: tuple[str, ...] = ()
    deadline: date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def cycle(self) -> int:
        """Which of its own rounds the network is in, from 1."""
        first = self.first_assessment_year
        return 1 if first is None else max(1, self.assessment_year - first + 1)


def open_indicators(framework: Framework, cycle: int) -> tuple[Indicator, ...]:
    """The indicators that are asked in this cycle, in order."""
    return tuple(indicator for indicator in framework.indicators if indicator.opening_cycle <= cycle)


def form_indicators(request: FormRequest) -> tuple[Indicator, ...]:
    """The indicators that stand in the form, in order."""
    if request.all_indicators:
        return request.framework.indicators
    return open_indicators(request.framework, request.cycle)


def expected_minutes(indicators: Iterable[Indicator]) -> int:
    """What answering costs the reference network of the framework, in minutes."""
    return sum(indicator.minutes for indicator in indicators)


def hospital_locations(members: Iterable[FormMember]) -> tuple[FormMember, ...]:
    """Where hospital care is given: the locations of hospitals, and hospitals without any."""
    known = tuple(members)
    kinds = {member.id: member.kind for member in known}
    parents = {member.parent for member in known if member.kind == "location"}
    return tuple(
        member
        for member in known
        if (member.kind == "location" and kinds.get(member.parent, "hospital") == "hospital")
        or (member.kind == "hospital" and member.id not in parents)
    )


def asked_cells(indicator: Indicator) -> frozenset[str]:
    """The columns of the indicator sheet in which this indicator can be answered."""
    asked = {"explanation", "bottleneck", *needed_cells(indicator)}
    if indicator.indicator_class is not IndicatorClass.INFORMATIVE:
        asked |= OWN_APPROACH
    if indicator.may_be_not_applicable:
        asked |= {"answer", "reason_not_applicable"}
    match indicator.kind:
        case Proportion():
            asked |= {"answer", "year", "source", "documents"}
        case Pooled() | VolumeKind():
            asked |= {"answer", "year", "source"}
        case Count():
            asked |= {"year", "source", "documents"}
        case YesNo() | DocumentAge() | Maturity():
            asked |= {"documents"}
        case _:
            pass
    return frozenset(asked)


def needed_cells(indicator: Indicator) -> tuple[str, ...]:
    """The cells without which there is no answer; none when the answer stands in a register."""
    match indicator.kind:
        case Proportion():
            return ("numerator", "denominator")
        case YesNo() | DocumentAge() | Maturity() | Count():
            return ("answer",)
        case _:
            return ()


def may_lack_a_source(indicator: Indicator) -> bool:
    """Whether *no existing source* is an answer: only for figures."""
    return isinstance(indicator.kind, Proportion | Pooled | VolumeKind)


def registers_of(framework: Framework, indicator: Indicator) -> tuple[tuple[Register, tuple[str, ...]], ...]:
    """The registers an indicator is answered in, each with the columns that decide."""
    kind = indicator.kind
    found: dict[str, list[str]] = {}
    match kind:
        case Coverage():
            found[kind.register] = [column for test in kind.tests for column in columns_of(test)]
            linked = [item for test in kind.tests if isinstance(test, Linked) for item in test.tests]
            if any(isinstance(test, Linked) for test in kind.tests):
                found[AGREEMENTS] = [column for test in linked for column in columns_of(test)]
        case Pooled():
            found[kind.register] = [kind.numerator, kind.denominator]
        case VolumeKind():
            volumes = (item for item in framework.registers if item.expected is Expected.LOCATIONS_BY_TREATMENTS)
            found |= {item.id: [] for item in volumes}
        case _:
            pass
    pairs = ((framework.register(register), columns) for register, columns in found.items())
    return tuple((register, tuple(dict.fromkeys(columns))) for register, columns in pairs if register)


def columns_of(test: Test) -> tuple[str, ...]:
    """The columns of its own register that a test reads."""
    match test:
        case InPeriod():
            return (test.start, test.end)
        case Valid():
            return ("date", "valid_until")
        case Linked():
            return ()
        case _:
            return (test.column,)


def tested_columns(register: Register, indicators: Iterable[Indicator]) -> frozenset[str]:
    """The columns of a register that these indicators read, in tests and filters."""
    found: set[str] = set()
    for indicator in indicators:
        kind = indicator.kind
        if isinstance(kind, Coverage | Pooled):
            tests = (*kind.where, *(kind.tests if isinstance(kind, Coverage) else ()))
            if kind.register == register.id:
                found.update(column for test in tests for column in columns_of(test))
                if isinstance(kind, Pooled):
                    found |= {kind.numerator, kind.denominator}
            found.update(column_elsewhere(register, tests))
        elif isinstance(kind, VolumeKind) and register.expected is Expected.LOCATIONS_BY_TREATMENTS:
            found.update(column.id for column in register.columns if column.type is ColumnType.WHOLE)
    return frozenset(found)


def occasions(register: Register, indicators: Iterable[Indicator]) -> dict[str, list[tuple[Test, ...]]]:
    """For each column that is read, when: the filters that a row must pass first, one tuple per reader.

    A column that a filter reads is itself read when the filters before it hold.
    """
    found: dict[str, list[tuple[Test, ...]]] = {}
    for indicator in indicators:
        kind = indicator.kind
        if not isinstance(kind, Coverage | Pooled) or kind.register != register.id:
            continue
        for number, test in enumerate(kind.where):
            for column in columns_of(test):
                found.setdefault(column, []).append(kind.where[:number])
        tested = [column for test in kind.tests for column in columns_of(test)] if isinstance(kind, Coverage) else []
        if isinstance(kind, Pooled):
            tested = [kind.numerator, kind.denominator]
        for column in tested:
            found.setdefault(column, []).append(kind.where)
    return found


def column_elsewhere(register: Register, tests: Iterable[Test]) -> Iterator[str]:
    """Columns of this register that tests on rows of another register read."""
    for test in tests:
        if isinstance(test, Is) and test.no_without and test.no_without.register == register.id:
            yield test.no_without.column
        elif isinstance(test, Linked) and register.id == AGREEMENTS:
            yield from (column for inner in test.tests for column in columns_of(inner))
            yield from ("kind", "parties", "groups", "date", "valid_until")


def closed_columns(framework: Framework, register: Register, indicators: Iterable[Indicator]) -> frozenset[str]:
    """Columns that only indicators outside this form read: they are greyed."""
    stays = {column.id for column in register.key_columns} | {register.expected_column, register.since}
    if register.when_complete is not None:
        stays.add(register.when_complete.column)
    later = tested_columns(register, framework.indicators) - tested_columns(register, indicators)
    return frozenset(later - stays)


def optional_columns(register: Register, indicators: Iterable[Indicator]) -> frozenset[str]:
    """Columns that are read, but in which an empty cell says something too: still, whole, for all groups."""
    found: set[str] = {"groups", "valid_until"} if register.id == AGREEMENTS else set()
    for indicator in indicators:
        kind = indicator.kind
        if isinstance(kind, Coverage | Pooled) and kind.register == register.id:
            for test in kind.where:
                if isinstance(test, InPeriod | Empty):
                    found.update(columns_of(test))
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """What makes the rest of a row superfluous: a column and its value; `stays` are asked all the same."""

    column: Column
    value: bool | str
    stays: frozenset[str]


def spared_when(register: Register) -> Spared | None:
    """When a row of this register needs no further answers: *not treated*; None when that cannot be."""
    assumed = register.when_complete
    column = register.column(assumed.column) if assumed else None
    if assumed is None or column is None:
        return None
    stays = {item.id for item in register.key_columns} | {column.id, "documents", "explanation"}
    return Spared(column=column, value=assumed.value, stays=frozenset(stays))


def needed_columns(framework: Framework, register: Register, cycle: int) -> dict[str, list[tuple[Test, ...]]]:
    """The columns that a row in use must have in this cycle, and when: keys and required documents always.

    The filters of one column are alternatives; an empty one means always.
    """
    indicators = open_indicators(framework, cycle)
    always = {column.id for column in register.key_columns}
    papers = register.column_of_type(ColumnType.DOCUMENTS)
    if papers is not None and register.needs_document:
        always.add(papers.id)
    needed = occasions(register, indicators)
    for column in tested_columns(register, indicators) - needed.keys() | always:
        needed[column] = [()]
    if register.when_complete is not None and needed:
        needed[register.when_complete.column] = [()]
    closed = closed_columns(framework, register, indicators)
    spared = closed | (optional_columns(register, indicators) - always)
    return {column: filters for column, filters in needed.items() if column not in spared}


def expected_rows(request: FormRequest, register: Register) -> tuple[RowValues, ...]:
    """The rows a register is pre-filled with, last year's too: (column, value) pairs; closed values are ids."""
    expected = _expected_rows(request, register)
    return with_offered_rows(request.framework, register, expected, request.offers)


def _expected_rows(request: FormRequest, register: Register) -> tuple[RowValues, ...]:
    match register.expected:
        case Expected.CHOICES_USED:
            return tuple(((register.expected_column or "", kind),) for kind in used_choices(request, register))
        case Expected.GROUPS:
            column = register.column_of_type(ColumnType.GROUP)
            return tuple(((column.id, group),) for group in expected_groups(request.framework) if column)
        case Expected.LOCATIONS_BY_GROUPS:
            return tuple(care_rows(request, register))
        case Expected.LOCATIONS_BY_TREATMENTS:
            return tuple(volume_rows(request, register))
        case Expected.MEMBERS:
            return tuple(member_row(register, member) for member in request.members)
        case _:
            return ()


def expected_groups(framework: Framework) -> tuple[str, ...]:
    """Ids of the tumour groups that have a row in every form."""
    return tuple(group.id for group in framework.tumour_groups if group.expected)


def used_choices(request: FormRequest, register: Register) -> Iterator[str]:
    """The choices of the expected column that indicators of this form name in a filter."""
    named: set[object] = set()
    for indicator in form_indicators(request):
        kind = indicator.kind
        if isinstance(kind, Coverage | Pooled) and kind.register == register.id:
            for test in kind.where:
                if isinstance(test, Is | OneOf) and test.column == register.expected_column:
                    named |= {test.value} if isinstance(test, Is) else set(test.values)
    column = register.column(register.expected_column or "")
    return (choice.id for choice in (column.choices if column else ()) if choice.id in named)


def care_rows(request: FormRequest, register: Register) -> Iterator[RowValues]:
    """One row per hospital location and tumour group."""
    place, group = register.column_of_type(ColumnType.LOCATION), register.column_of_type(ColumnType.GROUP)
    if place is None or group is None:
        return
    for location in hospital_locations(request.members):
        for tumour_group in expected_groups(request.framework):
            yield (place.id, location.id), (group.id, tumour_group)


def volume_rows(request: FormRequest, register: Register) -> Iterator[RowValues]:
    """One row per hospital location and treatment with a norm in force in the reporting year."""
    place = register.column_of_type(ColumnType.LOCATION)
    treatment = register.column_of_type(ColumnType.TREATMENT)
    year = register.column_of_type(ColumnType.YEAR)
    if place is None or treatment is None or year is None:
        return
    categories = {item.kind.category for item in form_indicators(request) if isinstance(item.kind, VolumeKind)}
    framework = request.framework
    bound = {
        name for norm in framework.volume_norms if norm.binds_in(request.reporting_year) for name in norm.treatments
    }
    for location in hospital_locations(request.members):
        for item in framework.treatments:
            if item.id in bound and item.category in categories:
                yield (place.id, location.id), (treatment.id, item.id), (year.id, request.reporting_year)


def member_row(register: Register, member: FormMember) -> RowValues:
    """The cells of a member that are known beforehand, and that this register has room for."""
    known = {
        "id": member.id,
        "name": member.name,
        "kind": member.kind,
        "parent": member.parent,
        "role": member.role,
    }
    return tuple((column, value) for column, value in known.items() if value and takes(register, column, value))


def takes(register: Register, column_id: str, value: str) -> bool:
    """Whether a register has this column, and the value among its choices when they are closed."""
    column = register.column(column_id)
    if column is None:
        return False
    return column.type is not ColumnType.CHOICE or value in {choice.id for choice in column.choices}
