"""What a form asks: which indicators in which cycle, which cells of them, which rows of the registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from normtool.core.asked_layers import Asks, asks
from normtool.core.evidence import NetworkLayer
from normtool.core.house_style import HouseStyle
from normtool.core.kinds import (
    Count,
    Coverage,
    DocumentAge,
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
from normtool.core.own_terms import own_term
from normtool.core.ready import Offer, Typed
from normtool.core.registers import ColumnType, Expected, Register
from normtool.core.standards import Framework, Indicator, IndicatorClass
from normtool.core.treating import Treating, where_care_is_given

BY_GROUP = frozenset({Expected.GROUPS, Expected.LOCATIONS_BY_GROUPS, Expected.LOCATIONS_BY_TREATMENTS})
"""Registers with a row for every tumour group, or for every location and group or treatment."""
AGREEMENTS = "agreements"
"""The register that tests of the sort *linked* and *valid* read."""

OWN_APPROACH = frozenset({"own_aim", "own_what", "own_proof", "own_until"})

RowValues = tuple[tuple[str, Typed], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMember:
    """A member as a form is pre-filled with it. `kind` and `role` are ids of choices; `parent` a member's id.

    `cells` is what else is known of it, by the columns of the register.
    """

    id: str
    name: str
    kind: str
    parent: str = ""
    role: str = ""
    cells: tuple[tuple[str, Typed], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRequest:
    """Everything a form is made of. `all_indicators` asks those not open yet as well, marked so.

    `part` are the ids of the parts (core/parts) this form is for, none for the whole; it is handed in by `deadline`.
    `facts` is what else is known of the network, by the keys of its sheet; `offers` is what stands ready to confirm.
    `layer`: it is a region, or a sub-network of `region`; None: neither. `settled` are the questions that somebody
    else answers, by indicator, each with what stands in its row instead. `treating` is who treats what, if known.
    """

    framework: Framework
    code: str
    name: str
    assessment_year: int
    reporting_year: int
    reference_date: date
    region: str = ""
    layer: NetworkLayer | None = None
    unit_of_review: NetworkLayer | None = None
    first_assessment_year: int | None = None
    members: tuple[FormMember, ...] = ()
    language: str = "nl"
    all_indicators: bool = False
    program: str = ""
    part: tuple[str, ...] = ()
    deadline: date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    offers: tuple[Offer, ...] = ()
    settled: tuple[tuple[str, str], ...] = ()
    treating: Treating | None = None
    house_style: HouseStyle | None = None

    @property
    def own_term(self) -> str:
        """The network's own word for a tumour-type network; empty when it uses ours."""
        return own_term(self.facts, self.house_style)

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


def asks_of(request: FormRequest, indicator: Indicator) -> Asks:
    """Whether this form asks an indicator that stands in it."""
    if any(indicator.id == name for name, _ in request.settled):
        return Asks.ELSEWHERE
    return asks(request.layer, indicator.layer)


def asked_indicators(request: FormRequest) -> tuple[Indicator, ...]:
    """The indicators that this form asks; what may be answered but need not is not among them."""
    return tuple(item for item in form_indicators(request) if asks_of(request, item) is Asks.YES)


def answerable_indicators(request: FormRequest) -> tuple[Indicator, ...]:
    """The indicators that can be answered in this form: nobody else does."""
    return tuple(item for item in form_indicators(request) if asks_of(request, item) is not Asks.ELSEWHERE)


def asked_of_rows(request: FormRequest, register: Register) -> tuple[Indicator, ...]:
    """The open indicators for which rows of a register in use must be whole.

    A row that somebody adds is asked whole; of rows that the form filled in beforehand only what it asks.
    """
    own = asked_indicators if register.expected is Expected.MEMBERS else answerable_indicators
    return tuple(item for item in own(request) if item.opening_cycle <= request.cycle)


def expected_minutes(indicators: Iterable[Indicator]) -> int:
    """What answering costs the reference network of the framework, in minutes."""
    return sum(indicator.minutes for indicator in indicators)


def hospital_locations(members: Sequence[FormMember]) -> tuple[str, ...]:
    """The ids of the members where hospital care is given: the locations of hospitals, and hospitals without any."""
    kinds = {member.id: member.kind for member in members}
    return where_care_is_given(kinds, {member.id: member.parent for member in members})


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


def expected_rows(request: FormRequest, register: Register) -> tuple[RowValues, ...]:
    """The rows a register is pre-filled with, last year's too: (column, value) pairs; closed values are ids."""
    expected = _expected_rows(request, register) if is_expected(request, register) else ()
    offers = tuple(
        item for item in request.offers if item.scope == register.id and _comes_back(request, register, item)
    )
    return with_offered_rows(request.framework, register, expected, offers)


def is_expected(request: FormRequest, register: Register) -> bool:
    """Whether a form has expected rows of a register: not when all that reads it need not be answered here.

    Its members and its meetings stand in it for what they are; and what no indicator reads is asked for itself.
    """
    if register.expected not in BY_GROUP:
        return True
    readers = [item for item in form_indicators(request) if _reads(request.framework, item, register)]
    return not readers or any(asks_of(request, item) is Asks.YES for item in readers)


def _reads(framework: Framework, indicator: Indicator, register: Register) -> bool:
    return any(read.id == register.id for read, _ in registers_of(framework, indicator))


def _comes_back(request: FormRequest, register: Register, offer: Offer) -> bool:
    """Whether a row of last year stands in the form again: not of care that is not given, or that others tell of."""
    if register.expected is Expected.LOCATIONS_BY_GROUPS and request.treating is not None:
        return request.treating.is_given(offer.key[-1])
    return request.layer is NetworkLayer.REGION or is_expected(request, register)


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
        case Expected.IZA_GROUPS:
            column = register.column_of_type(ColumnType.GROUP)
            iza = request.framework.iza
            return tuple(((column.id, group),) for group in iza.groups) if column and iza else ()
        case _:
            return ()


def expected_groups(framework: Framework) -> tuple[str, ...]:
    """Ids of the tumour groups that have a row in every form."""
    return tuple(group.id for group in framework.tumour_groups if group.expected)


def used_choices(request: FormRequest, register: Register) -> Iterator[str]:
    """The choices of the expected column that indicators which this form asks name in a filter."""
    named: set[object] = set()
    for indicator in asked_indicators(request):
        kind = indicator.kind
        if isinstance(kind, Coverage | Pooled) and kind.register == register.id:
            for test in kind.where:
                if isinstance(test, Is | OneOf) and test.column == register.expected_column:
                    named |= {test.value} if isinstance(test, Is) else set(test.values)
    column = register.column(register.expected_column or "")
    return (choice.id for choice in (column.choices if column else ()) if choice.id in named)


def care_rows(request: FormRequest, register: Register) -> Iterator[RowValues]:
    """One row per hospital location and tumour group, but for groups that the network did not treat."""
    place, group = register.column_of_type(ColumnType.LOCATION), register.column_of_type(ColumnType.GROUP)
    if place is None or group is None:
        return
    treating = request.treating
    given = [name for name in expected_groups(request.framework) if treating is None or treating.is_given(name)]
    for location in hospital_locations(request.members):
        for tumour_group in given:
            yield (place.id, location), (group.id, tumour_group)


def volume_rows(request: FormRequest, register: Register) -> Iterator[RowValues]:
    """One row per hospital location and treatment of what it treats, with a norm in force in the reporting year."""
    place = register.column_of_type(ColumnType.LOCATION)
    treatment = register.column_of_type(ColumnType.TREATMENT)
    year = register.column_of_type(ColumnType.YEAR)
    if place is None or treatment is None or year is None:
        return
    categories = {item.kind.category for item in asked_indicators(request) if isinstance(item.kind, VolumeKind)}
    framework = request.framework
    bound = {
        name for norm in framework.volume_norms if norm.binds_in(request.reporting_year) for name in norm.treatments
    }
    asked = [item for item in framework.treatments if item.id in bound and item.category in categories]
    treating = request.treating
    for location in hospital_locations(request.members):
        for item in asked:
            if treating is None or treating.treats(location, item.group) is not False:
                yield (place.id, location), (treatment.id, item.id), (year.id, request.reporting_year)


def member_row(register: Register, member: FormMember) -> RowValues:
    """The cells of a member that are known beforehand, and that this register has room for."""
    known: dict[str, Typed] = {
        "id": member.id,
        "name": member.name,
        "kind": member.kind,
        "parent": member.parent,
        "role": member.role,
        **dict(member.cells),
    }
    return tuple((column, value) for column, value in known.items() if value and takes(register, column, value))


def takes(register: Register, column_id: str, value: Typed) -> bool:
    """Whether a register has this column, and the value among its choices when they are closed."""
    column = register.column(column_id)
    if column is None:
        return False
    return column.type is not ColumnType.CHOICE or value in {choice.id for choice in column.choices}
