"""What stands ready in a form: last year's answers and delivered figures, to be read, and to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from normtool.core.carried_offers import offer_lines
from normtool.core.evidence import Origin
from normtool.core.form_names import OFFER_COLUMNS, OFFERS_SHEET
from normtool.core.forms import FormRequest, RowValues, answerable_indicators
from normtool.core.offered_rows import has_year, row_key
from normtool.core.offers import NEVER_TAKEN_OVER, WAS, may_take_over
from normtool.core.ready import INDICATORS, Key, Offer, Typed, compared
from normtool.core.registers import Column, ColumnType, Register, Text
from normtool.core.standards import Framework
from normtool.texts import Words

WIDTHS: Mapping[str, float] = {"last_year": 58, "delivered": 24, "confirmed": 12}
"""Of the columns at the right of a register."""
LONGEST = 240
"""Letters of last year's row that are shown: enough to know it again."""
Scope = tuple[str, Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOffers:
    """What stands ready for one row: last year's values, and figures of a national source."""

    last: Offer | None = None
    delivered: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOffers:
    """What stands ready in one form, by scope and key."""

    rows: Mapping[Scope, RowOffers]
    framework: Framework
    words: Words

    def columns(self, scope: str) -> tuple[str, ...]:
        """The columns that a sheet needs for what stands ready in it: none, two, or three with delivered figures."""
        own = [row for (name, _), row in self.rows.items() if name == scope]
        if not own:
            return ()
        has_any = {"last_year": any(row.last for row in own), "delivered": any(row.delivered for row in own)}
        return tuple(name.id for name in OFFER_COLUMNS if has_any.get(name.id, True))

    def of(self, scope: str, key: Key) -> RowOffers:
        """What stands ready for a row."""
        return self.rows.get((scope, compared(key)), RowOffers())

    def of_row(self, register: Register, row: RowValues) -> RowOffers:
        """What stands ready for a row of a register."""
        return self.rows.get((register.id, row_key(register, row)), RowOffers())

    def header(self, column: str) -> str:
        """The header of one of the columns."""
        return self.words.text(next(name.text for name in OFFER_COLUMNS if name.id == column))


def offers_in(request: FormRequest, words: Words) -> ShownOffers:
    """What stands ready in this form."""
    rows: dict[Scope, RowOffers] = {}
    for offer in request.offers:
        spot = (offer.scope, compared(offer.key))
        former = rows.get(spot, RowOffers())
        if offer.origin is Origin.LAST_YEAR:
            rows[spot] = RowOffers(last=offer, delivered=former.delivered)
        else:
            rows[spot] = RowOffers(last=former.last, delivered=(*former.delivered, offer))
    return ShownOffers(rows=rows, framework=request.framework, words=words)


def takeable(framework: Framework, offer: Offer) -> tuple[tuple[str, Typed], ...]:
    """The values of an offer that a yes takes over."""
    if offer.origin is Origin.DELIVERED:
        return offer.cells
    register = framework.register(offer.scope)
    return tuple(
        (column, value)
        for column, value in offer.cells
        if column not in NEVER_TAKEN_OVER
        and column not in WAS
        and (register is None or may_take_over(register, column))
    )


def may_be_confirmed(framework: Framework, row: RowOffers) -> bool:
    """Whether a yes would take anything over."""
    offers = (*row.delivered, *((row.last,) if row.last is not None else ()))
    return any(takeable(framework, offer) for offer in offers)


# --- in words ---------------------------------------------------------------------------------------------------


def last_year_text(shown: ShownOffers, row: RowOffers) -> str:
    """Last year's values as people read them: `ja · D1, D4 p. 12`."""
    offer = row.last
    if offer is None:
        return ""
    register = shown.framework.register(offer.scope)
    if register is not None:
        return _clipped(_register_text(shown, register, offer.cells))
    words = shown.words
    cells = dict(offer.cells)
    answer, figure = _answer_text(shown, cells.get("answer")), _figure_text(shown, cells, offer)
    is_count = isinstance(cells.get("answer"), int)
    parts = [f"{answer} {figure}".strip()] if is_count else [answer, figure]
    parts.append(str(cells.get("documents", "")).replace("; ", ", "))
    parts += [
        words.say(f"offers.{column}", text=_value_text(words, cells[column]))
        for column in ("reason_not_applicable", "own_what", "own_until", "bottleneck")
        if column in cells
    ]
    return _clipped(" · ".join(part for part in parts if part))


def delivered_text(shown: ShownOffers, row: RowOffers) -> str:
    """A delivered figure: `45 van 50 (2025, NKR)`; in a register with the headers of its columns."""
    texts = []
    for offer in row.delivered:
        register = shown.framework.register(offer.scope)
        cells = dict(offer.cells)
        if register is not None:
            texts.append(_register_text(shown, register, offer.cells))
        else:
            said = (_answer_text(shown, cells.get("answer")), _figure_text(shown, cells, offer))
            texts.append(" ".join(part for part in said if part))
    return "\n".join(text for text in texts if text)


def _answer_text(shown: ShownOffers, value: Typed | None) -> str:
    return _value_text(shown.words, value) if value is not None else ""


def _figure_text(shown: ShownOffers, cells: Mapping[str, Typed], offer: Offer) -> str:
    """Numerator and denominator with their year and source; of a pooled figure the sum of last year."""
    words = shown.words
    numerator = cells.get("numerator", cells.get("was_numerator"))
    denominator = cells.get("denominator", cells.get("was_denominator"))
    year = cells.get("year", offer.year if numerator is not None else None)
    about = ", ".join(str(part) for part in (year, cells.get("source")) if part is not None)
    is_share = isinstance(numerator, int) and isinstance(denominator, int)
    figure = ""
    if isinstance(numerator, int) and isinstance(denominator, int):
        figure = words.say("offers.share", numerator=words.whole(numerator), denominator=words.whole(denominator))
    if is_share or isinstance(cells.get("answer"), int):
        return f"{figure} ({about})".strip() if about else figure
    return words.say("offers.source", text=about) if about else ""


def _register_text(shown: ShownOffers, register: Register, cells: Iterable[tuple[str, Typed]]) -> str:
    """The cells of a row, each behind its header; a name or a title needs none."""
    words = shown.words
    own_name = next((column.id for column in register.columns if column.type is ColumnType.TEXT), "")
    parts = []
    for name, value in cells:
        column = register.column(name)
        if column is not None and name not in NEVER_TAKEN_OVER:
            label = _label(shown, column, value)
            parts.append(label if name == own_name else f"{words.text(column.header)} {label}")
    return " · ".join(parts)


def _label(shown: ShownOffers, column: Column, value: Typed) -> str:
    """A value of a register: labels and names for ids."""
    names: dict[str, Text] = {choice.id: choice.label for choice in column.choices}
    if column.type in (ColumnType.GROUP, ColumnType.GROUPS):
        for group in shown.framework.tumour_groups:
            names[group.id] = group.name
            names |= {part.id: part.name for part in group.sub_types}
    elif column.type is ColumnType.TREATMENT:
        names = {item.id: item.name for item in shown.framework.treatments}
    if isinstance(value, str) and names:
        return "; ".join(shown.words.text(names[part]) if part in names else part for part in value.split("; "))
    return _value_text(shown.words, value)


def _value_text(words: Words, value: Typed) -> str:
    if isinstance(value, date):
        return words.short_date(value)
    known = {"ja": "form.answers.yes", "nee": "form.answers.no", "n.v.t.": "form.answers.not_applicable"}
    known["geen bestaande bron"] = "form.answers.no_source"
    return words.say(known[value]) if isinstance(value, str) and value in known else str(value)


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip(" ·;,") + "…"


# --- the hidden sheet -------------------------------------------------------------------------------------------


def carried(request: FormRequest, rows: Mapping[str, tuple[RowValues, ...]], *, asks_indicators: bool) -> list[Offer]:
    """The offers whose row stands in this form, with only what can be confirmed or is laid beside this year.

    `rows` are the pre-filled rows of each register in the form.
    """
    framework = request.framework
    present: set[Scope] = set()
    if asks_indicators:
        present |= {(INDICATORS, compared((indicator.id,))) for indicator in answerable_indicators(request)}
    for name, own in rows.items():
        present |= {(name, row_key(framework.declared(name), row)) for row in own}
    found: list[Offer] = []
    for offer in request.offers:
        register = framework.register(offer.scope)
        whole = register is None or has_year(register)
        cells = offer.cells if whole else takeable(framework, offer)
        if (offer.scope, compared(offer.key)) in present and cells:
            found.append(replace(offer, cells=cells, named=()))
    return found


def write_offers(book: Any, offers: list[Offer], day: Any) -> None:
    """The hidden sheet with what stands ready, as a program reads it; `day` is the format of a date."""
    sheet = book.add_worksheet(OFFERS_SHEET)
    sheet.hide()
    for row, line in enumerate(offer_lines(offers)):
        for column, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value is not None:
                sheet.write_string(row, column, value)
