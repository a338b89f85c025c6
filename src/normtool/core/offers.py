"""Values that stand ready in a form, to be confirmed instead of typed: last year's, or of a national source.

They never stand in answer cells. A hidden sheet carries them as a person would have typed them, so that confirming
one goes through the same reading as typing it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from normtool.core.cells_dates import MONTHS
from normtool.core.dates import Truth, on_or_after
from normtool.core.evidence import (
    Answer,
    DateSpan,
    DocumentReference,
    Origin,
    RegisterRow,
    Said,
    Unreadable,
    Value,
)
from normtool.core.forms import asked_cells
from normtool.core.kinds import Count, Proportion
from normtool.core.last_year import came_to
from normtool.core.ledger import Ledger, number_in, span_in, text_in
from normtool.core.offered_rows import binding_columns, has_year, naming_cells
from normtool.core.privacy import is_withheld
from normtool.core.ready import INDICATORS, Key, Offer, Typed, compared
from normtool.core.registers import Register
from normtool.core.standards import Framework, Indicator

ANSWER_CELLS = ("answer", "numerator", "denominator", "year", "source", "documents")
OWN_CELLS = (("own_aim", "aim"), ("own_what", "what"), ("own_proof", "proof"), ("own_until", "until"))
KEPT_CELLS = ("reason_not_applicable", "bottleneck")
FIGURE_CELLS = frozenset({"numerator", "denominator", "year", "source"})
"""One figure is made of these cells together: half of last year's never mixes with half of this year's."""

NEVER_TAKEN_OVER = frozenset({"explanation"})
"""An explanation is about one year, and answers the questions about that year only."""

WAS = ("was_number", "was_numerator", "was_denominator")
"""What an indicator came to last year: carried beside it to compare with, not to confirm."""

WORDS: Mapping[Said, str] = {Said.NOT_APPLICABLE: "n.v.t.", Said.NO_SOURCE: "geen bestaande bron"}


def may_take_over(register: Register, column_id: str) -> bool:
    """Whether last year's value of a column may be confirmed: not what counts or dates one year."""
    column = register.column(column_id)
    named = column_id in naming_cells(register) or column_id in NEVER_TAKEN_OVER
    return column is not None and not column.yearly and not named and not has_year(register)


# --- last year's evidence as offers -----------------------------------------------------------------------------


def last_year_offers(framework: Framework, then: Ledger, file: str) -> tuple[Offer, ...]:
    """Everything of last year's evidence that this year's form can ask to confirm, or shows beside the answer."""
    year = then.reporting_year
    found: list[Offer] = []
    for indicator in framework.indicators:
        answer = then.answers.get(indicator.id)
        cells = (*_answer_cells(indicator, answer, year), *_came_to(then, indicator))
        if cells:
            key = (indicator.id,)
            found.append(Offer(scope=INDICATORS, key=key, origin=Origin.LAST_YEAR, cells=cells, file=file, year=year))
    for register in framework.registers:
        found += _register_offers(register, then, file)
    return tuple(found)


def _answer_cells(indicator: Indicator, answer: Answer | None, year: int) -> tuple[tuple[str, Typed], ...]:
    if answer is None:
        return ()
    asked = asked_cells(indicator)
    values: dict[str, Typed | None] = {}
    for column in (*ANSWER_CELLS, *KEPT_CELLS):
        held = getattr(answer, column)
        if column == "documents":
            values[column] = typed_value(tuple(item.value for item in held))
        elif held is not None:
            values[column] = typed_value(held.value)
    for column, part in OWN_CELLS:
        held = getattr(answer.own_approach, part)
        values[column] = typed_value(held.value) if held is not None else None
    is_answered = values.get("numerator") is not None or isinstance(values.get("answer"), int)
    is_figure = isinstance(indicator.kind, Proportion | Count) and is_answered
    values["year"] = (values.get("year") or year) if is_figure else None
    return tuple((column, value) for column, value in values.items() if value is not None and column in asked)


def _came_to(then: Ledger, indicator: Indicator) -> tuple[tuple[str, Typed], ...]:
    came = came_to(then, indicator)
    numbers = (came.number, came.numerator, came.denominator)
    return tuple((name, number) for name, number in zip(WAS, numbers, strict=True) if number is not None)


def _register_offers(register: Register, then: Ledger, file: str) -> Iterator[Offer]:
    seen: dict[Key, Offer] = {}
    for row in then.rows(register.id).rows:
        if is_closed(then, register, row):
            continue
        offer = _row_offer(register, row, then.reporting_year, file)
        if offer is None:
            continue
        key = compared(offer.key)
        former = seen.get(key)
        if former is None or (has_year(register) and _is_newer(offer, former, then.reporting_year)):
            seen[key] = offer
    yield from seen.values()


def _row_offer(register: Register, row: RegisterRow, year: int, file: str) -> Offer | None:
    values = {
        column.id: typed
        for column in register.columns
        if (cell := row.get(column.id)) is not None and (typed := typed_value(cell.value)) is not None
    }
    key = tuple(str(values.get(column.id, "")) for column in binding_columns(register))
    if not any(key):
        key = (str(values.get(register.expected_column or "", "")),)
    if not any(key):
        return None
    about = number_in(row, "year") if has_year(register) else None
    naming = naming_cells(register)
    named = tuple((name, value) for name, value in values.items() if name in naming and isinstance(value, str | int))
    cells = tuple((column, value) for column, value in values.items() if column not in naming)
    return Offer(
        scope=register.id,
        key=key,
        origin=Origin.LAST_YEAR,
        cells=cells,
        named=named,
        file=file,
        year=about or year,
    )


def _is_newer(offer: Offer, former: Offer, year: int) -> bool:
    """Whether a figure stands for last year rather than another: newer, or definitive instead of provisional."""
    return _rank(offer, year) > _rank(former, year)


def _rank(offer: Offer, year: int) -> tuple[bool, int, bool]:
    about = offer.year or 0
    return about <= year, about, offer.get("standing") == "definitive"


def is_closed(then: Ledger, register: Register, row: RegisterRow) -> bool:
    """What does not come back: an action that is done, a point that was answered, a member that has left."""
    match register.id:
        case "actions":
            return text_in(row, "state") == "done"
        case "patient_council":
            return row.get("answer") is not None
        case "members":
            until = span_in(row, "until")
            return until is not None and on_or_after(until, then.reference_date) is Truth.NO
        case _:
            return False


def typed_value(value: Value) -> Typed | None:
    """A value as a person would type it in a cell; None when there is nothing to type."""
    match value:
        case bool():
            return "ja" if value else "nee"
        case int() | str():
            return None if is_withheld(value) else value
        case Said():
            return WORDS.get(value)
        case DateSpan():
            return _typed_span(value)
        case Unreadable() | ():
            return None
        case _:
            return "; ".join(_typed_item(item) for item in value)


def _typed_span(span: DateSpan) -> Typed:
    if span.is_exact:
        return span.first
    if span == DateSpan.of_year(span.first.year):
        return span.first.year
    return f"{MONTHS[span.first.month - 1][0]} {span.first.year}"


def _typed_item(item: str | DateSpan | DocumentReference) -> str:
    match item:
        case DocumentReference():
            return f"{item.document} p. {item.page}" if item.page else item.document
        case DateSpan():
            typed = _typed_span(item)
            return typed.strftime("%d-%m-%Y") if isinstance(typed, date) else str(typed)
        case _:
            return item
