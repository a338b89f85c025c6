"""Tests on the rows of a register, in three values: yes, no, undecided. Source: docs/method.md, Rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from normtool.core.dates import Truth, all_of, any_of, is_recent, on_or_after, on_or_before, truth
from normtool.core.evidence import DateSpan, RegisterRow, Said, Unreadable, Value
from normtool.core.kinds import (
    AtLeast,
    ColumnRef,
    Empty,
    Filled,
    InPeriod,
    InReportingYear,
    Is,
    IsNot,
    Linked,
    NotOlderThanMonths,
    OneOf,
    Test,
    Valid,
)
from normtool.core.ledger import Ledger, documents_in, once, place_in, proof, span_in, text_in, texts_in
from normtool.core.places import CellPlace, Located
from normtool.core.registers import ColumnType, Register
from normtool.core.spellings import DASHES, NONE, NOT_APPLICABLE, plain

AGREEMENTS = "agreements"
CellTest = Is | IsNot | OneOf | Filled | AtLeast | NotOlderThanMonths | InReportingYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """The outcome of one test on one row; `reason` (a key in words/) says why it is not a plain yes or no."""

    outcome: Truth
    reason: str = ""
    places: tuple[CellPlace, ...] = ()


def test_row(ledger: Ledger, register: Register, row: RegisterRow, test: Test) -> Tested:
    """One test on one row, with what holds for every test: *Sinds*, documents, a register declared complete."""
    if register.since is not None:
        since = span_in(row, register.since)
        if since is not None and since.first.year > ledger.reporting_year:
            return Tested(outcome=Truth.NO, reason="starts_later", places=place_in(row, register.since))
    tested = evaluate(ledger, register, row, test)
    if tested.reason == "empty" and ledger.rows(register.id).is_complete:
        tested = Tested(outcome=Truth.NO, reason="empty_in_complete", places=tested.places)
    if tested.outcome is Truth.YES and _needs_document(register, test) and not _has_proof(ledger, row):
        return Tested(outcome=Truth.UNDECIDED, reason="unsubstantiated", places=tested.places)
    return tested


def filter_row(ledger: Ledger, register: Register, row: RegisterRow, where: tuple[Test, ...]) -> Truth:
    """Whether a row passes a filter; an empty cell leaves it undecided, also in a complete register."""
    return all_of([_outcome(ledger, register, row, test) for test in where])


def _outcome(ledger: Ledger, register: Register, row: RegisterRow, test: Test) -> Truth:
    """The outcome of a test by itself, without the cells that it rests on."""
    if isinstance(test, CellTest):
        return read_cell(ledger, row, test)[0]
    return evaluate(ledger, register, row, test).outcome


def evaluate(ledger: Ledger, register: Register, row: RegisterRow, test: Test) -> Tested:
    """A test by itself, on the cells alone."""
    match test:
        case Valid():
            return _valid(ledger, row)
        case Linked():
            return _linked(ledger, register, row, test)
        case InPeriod():
            return _in_period(row, test, ledger.reference_date)
        case Empty():
            return Tested(outcome=truth(test.column not in row.contents), places=place_in(row, test.column))
        case _:
            return _on_cell(ledger, row, test)


def _on_cell(ledger: Ledger, row: RegisterRow, test: CellTest) -> Tested:
    outcome, reason = read_cell(ledger, row, test)
    return Tested(outcome=outcome, reason=reason, places=place_in(row, test.column))


def read_cell(ledger: Ledger, row: RegisterRow, test: CellTest) -> tuple[Truth, str]:
    """The outcome of a test on one cell, and why it is not a plain yes or no."""
    value = row.contents.get(test.column)
    if value is None:
        return _read_empty(ledger, row, test) if isinstance(test, Is) else (Truth.UNDECIDED, "empty")
    if isinstance(value, Unreadable):
        return Truth.UNDECIDED, "unreadable"
    if value is Said.UNKNOWN:
        return Truth.UNDECIDED, "said_unknown"
    if isinstance(test, NotOlderThanMonths | InReportingYear):
        return _on_dates(ledger, value, test)
    return _holds(ledger, value, test), ""


def _read_empty(ledger: Ledger, row: RegisterRow, test: Is) -> tuple[Truth, str]:
    """What an empty cell says: undecided, unless the row or its tumour group shows that it must be *no*."""
    if test.no_when is not None and row.contents.get(test.no_when.column) == test.no_when.value:
        return Truth.NO, "not_treated"
    if test.no_without is not None and not _group_has(ledger, row, test.no_without):
        return Truth.NO, "not_classified"
    return Truth.UNDECIDED, "empty"


def _holds(ledger: Ledger, value: object, test: Is | IsNot | OneOf | Filled | AtLeast) -> Truth:
    match test:
        case Is():
            return truth(value == test.value)
        case IsNot():
            return truth(value != test.value)
        case OneOf():
            return truth(value in test.values)
        case Filled():
            return _filled(value, ledger.reference_date)
        case _:
            number = value if isinstance(value, int) and not isinstance(value, bool) else -1
            return truth(number >= test.minimum)


def _filled(value: object, reference_date: date) -> Truth:
    """A filled cell says yes, unless it says no; a date in the future does not count yet."""
    if isinstance(value, DateSpan):
        return Truth.YES if on_or_before(value, reference_date) is Truth.YES else Truth.UNDECIDED
    if isinstance(value, str):
        return truth(plain(value) not in NONE | NOT_APPLICABLE | DASHES)
    return truth(value is not False)


def _on_dates(ledger: Ledger, value: object, test: NotOlderThanMonths | InReportingYear) -> tuple[Truth, str]:
    spans = (value,) if isinstance(value, DateSpan) else value if isinstance(value, tuple) else ()
    outcomes = [_date_holds(ledger, span, test) for span in spans if isinstance(span, DateSpan)]
    if not outcomes:
        return Truth.NO, ""
    outcome = any_of(outcomes)
    if outcome is not Truth.UNDECIDED:
        return outcome, ""
    later = all(
        isinstance(span, DateSpan) and on_or_before(span, ledger.reference_date) is Truth.NO for span in spans
    )
    return outcome, "after_reference" if later else "year_only"


def _date_holds(ledger: Ledger, span: DateSpan, test: NotOlderThanMonths | InReportingYear) -> Truth:
    """A year alone is decided when its first and its last day agree."""
    first, last = (_day_holds(ledger, day, test) for day in (span.first, span.last))
    return first if first is last else Truth.UNDECIDED


def _day_holds(ledger: Ledger, day: date, test: NotOlderThanMonths | InReportingYear) -> Truth:
    if day > ledger.reference_date:
        return Truth.UNDECIDED
    if isinstance(test, InReportingYear):
        return truth(day.year == ledger.reporting_year)
    return truth(is_recent(day, test.months, ledger.reference_date))


def _in_period(row: RegisterRow, test: InPeriod, reference_date: date) -> Tested:
    start, end = row.get(test.start), row.get(test.end)
    begun = Truth.YES
    if start is not None and start.value is not False:
        known = start.value if isinstance(start.value, DateSpan) else None
        begun = on_or_before(known, reference_date) if known is not None else Truth.UNDECIDED
    outcome = all_of([begun, _not_ended(end, reference_date)])
    return Tested(outcome=outcome, places=place_in(row, test.start, test.end))


def _not_ended(end: Located[Value] | None, day: date) -> Truth:
    """Whether something has not ended before a day; no end, or *geen*, is open."""
    if end is None or end.value is False:
        return Truth.YES
    return on_or_after(end.value, day) if isinstance(end.value, DateSpan) else Truth.UNDECIDED


def _valid(ledger: Ledger, row: RegisterRow) -> Tested:
    """Dated on or before the reference date, and that not past its end; an open end is open."""
    places = place_in(row, "date", "valid_until")
    start, end = span_in(row, "date"), row.get("valid_until")
    if row.get("date") is None:
        return Tested(outcome=Truth.UNDECIDED, reason="empty", places=places)
    if start is None or on_or_before(start, ledger.reference_date) is Truth.NO:
        return Tested(outcome=Truth.UNDECIDED, reason="after_reference" if start else "unreadable", places=places)
    outcome = all_of([on_or_before(start, ledger.reference_date), _not_ended(end, ledger.reference_date)])
    undecided = "unreadable" if end is not None and not isinstance(end.value, DateSpan) else "year_only"
    reason = {Truth.NO: "expired", Truth.UNDECIDED: undecided, Truth.YES: ""}[outcome]
    return Tested(outcome=outcome, reason=reason, places=places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement of the kinds that a test asks: who and what it covers, and what came of the test on it."""

    row: RegisterRow
    parties: frozenset[str]
    groups: frozenset[str]
    tested: tuple[Tested, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """The agreements of the kinds that a test asks, in their order; `by_party` has the numbers of those it is in.

    `without_parties` may cover anybody.
    """

    items: tuple[Agreement, ...]
    by_party: Mapping[str, tuple[int, ...]]
    without_parties: tuple[int, ...]

    def for_parties(self, *parties: str) -> Iterator[Agreement]:
        """Those that name one of these parties, or nobody, in their order."""
        numbers = {number for party in parties for number in self.by_party.get(party, ())}
        return (self.items[number] for number in sorted(numbers.union(self.without_parties)))


def _linked(ledger: Ledger, register: Register, row: RegisterRow, test: Linked) -> Tested:
    """Whether a valid agreement of the right kind covers the row's member and group."""
    agreements = once(ledger, ("agreements", test), lambda: _agreements(ledger, test))
    member, group = _member_of(register, row), _group_of(register, row)
    of_parties = agreements.for_parties(member, ledger.parents.get(member, "")) if member else agreements.items
    found = [(item, _covers(ledger, item, member, group)) for item in of_parties]
    best = next((item for item in found if item[1].outcome is Truth.YES), None)
    if best is None:
        best = next((item for item in found if item[1].outcome is Truth.UNDECIDED), None)
    if best is not None:
        agreement, tested = best
        return Tested(outcome=tested.outcome, reason=tested.reason, places=(row.place, agreement.row.place))
    is_complete = ledger.rows(AGREEMENTS).is_complete
    outcome = Truth.NO if is_complete else Truth.UNDECIDED
    reason = "no_agreement" if is_complete else "agreements_not_complete"
    return Tested(outcome=outcome, reason=reason, places=(row.place,))


def _agreements(ledger: Ledger, test: Linked) -> Agreements:
    """What does not depend on the row that is asked about, worked out once."""
    rows = ledger.rows(AGREEMENTS).rows
    items = tuple(
        Agreement(
            row=row,
            parties=frozenset(texts_in(row, "parties")),
            groups=frozenset(texts_in(row, "groups")),
            tested=tuple(_tested(ledger, row, test)),
        )
        for row in rows
        if not text_in(row, "kind") or text_in(row, "kind") in test.kinds
    )
    by_party: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        for party in item.parties:
            by_party.setdefault(party, []).append(number)
    return Agreements(
        items=items,
        by_party={party: tuple(numbers) for party, numbers in by_party.items()},
        without_parties=tuple(number for number, item in enumerate(items) if not item.parties),
    )


def _tested(ledger: Ledger, row: RegisterRow, test: Linked) -> Iterator[Tested]:
    tests: tuple[Test, ...] = (Valid(test="valid"), *test.tests)
    register = ledger.framework.declared(AGREEMENTS)
    return (test_row(ledger, register, row, inner) for inner in tests)


def _covers(ledger: Ledger, agreement: Agreement, member: str, group: str) -> Tested:
    parts = [
        Tested(outcome=Truth.YES if text_in(agreement.row, "kind") else Truth.UNDECIDED, reason="no_kind"),
        Tested(outcome=_covers_member(ledger, agreement, member), reason="no_parties"),
        Tested(outcome=_covers_group(ledger, agreement, group)),
        *agreement.tested,
    ]
    outcome = all_of([part.outcome for part in parts])
    reason = next((part.reason for part in parts if part.outcome is outcome and outcome is not Truth.YES), "")
    return Tested(outcome=outcome, reason="agreement_incomplete" if reason == "empty" else reason)


def _member_of(register: Register, row: RegisterRow) -> str:
    """The member that a row is about; empty when it is about none."""
    column = register.column_of_type(ColumnType.LOCATION)
    return text_in(row, column.id) if column else text_in(row, "id") if register.id == "members" else ""


def _group_of(register: Register, row: RegisterRow) -> str:
    """The tumour group or sub-type that a row is about; empty when it is about none."""
    column = register.column_of_type(ColumnType.GROUP)
    return text_in(row, column.id) if column else ""


def _covers_member(ledger: Ledger, agreement: Agreement, member: str) -> Truth:
    if not member:
        return Truth.YES
    if not agreement.parties:
        return Truth.UNDECIDED
    return truth(member in agreement.parties or ledger.parents.get(member, "") in agreement.parties)


def _covers_group(ledger: Ledger, agreement: Agreement, group: str) -> Truth:
    if not group or not agreement.groups:
        return Truth.YES
    return truth(group in agreement.groups or ledger.groups.get(group, "") in agreement.groups)


def _group_has(ledger: Ledger, row: RegisterRow, reference: ColumnRef) -> bool:
    """Whether the row's tumour group fills a column of another register."""
    group = text_in(row, "group")
    filled = once(ledger, ("groups with", reference), lambda: frozenset(_groups_with(ledger, reference)))
    return ledger.groups.get(group, group) in filled


def _groups_with(ledger: Ledger, reference: ColumnRef) -> Iterator[str]:
    for row in ledger.rows(reference.register).rows:
        named, cell = text_in(row, "group"), row.get(reference.column)
        if cell is not None and cell.value is not False:
            yield ledger.groups.get(named, named)


def _needs_document(register: Register, test: Test) -> bool:
    if register.needs_document:
        return True
    column = register.column(getattr(test, "column", ""))
    return column is not None and column.needs_document


def _has_proof(ledger: Ledger, row: RegisterRow) -> bool:
    return proof(ledger, documents_in(row)) is Truth.YES
