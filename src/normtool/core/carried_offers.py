"""What a form carries ready to be confirmed, on its hidden sheet, and what of last year it lays beside this year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from normtool.core.evidence import Origin, Previous, PreviousAnswer, PreviousNumber
from normtool.core.form_names import OFFERS_SHEET
from normtool.core.grids import Grid, GridValue
from normtool.core.offered_rows import has_year
from normtool.core.offers import WAS
from normtool.core.parsing import as_typed
from normtool.core.ready import INDICATORS, Key, Offer, Typed, compared
from normtool.core.spellings import plain
from normtool.core.standards import Framework

LINE = ("scope", "column", "value", "origin", "file", "year")
"""The first cells of a line; the parts of the row's key come behind them."""


def offer_lines(offers: Iterable[Offer]) -> Iterator[tuple[Typed | None, ...]]:
    """The lines of the hidden sheet, one for each value."""
    for offer in offers:
        for column, value in offer.cells:
            yield (offer.scope, column, value, offer.origin.value, offer.file or None, offer.year, *offer.key)


def read_offers(grid: Grid) -> tuple[Offer, ...]:
    """What a form carries ready to be confirmed; lines that say nothing, or something else, are passed over."""
    sheet = next((sheet for sheet in grid.sheets if plain(sheet.name) == plain(OFFERS_SHEET)), None)
    rows: dict[tuple[str, Key, Origin], list[tuple[str, Typed]]] = {}
    about: dict[tuple[str, Key, Origin], tuple[str, int | None]] = {}
    for line in sheet.rows if sheet is not None else ():
        cells = (*line, *(None for _ in LINE))
        scope, column, value, origin, file, year = cells[: len(LINE)]
        key = tuple(str(part) for part in line[len(LINE) :] if part is not None)
        known = next((item for item in Origin if item.value == origin), None)
        if known is None or not key or value is None or isinstance(value, bool):
            continue
        name = (str(scope), key, known)
        rows.setdefault(name, []).append((str(column), _as_carried(value)))
        about[name] = (str(file or ""), year if isinstance(year, int) else None)
    return tuple(
        Offer(
            scope=scope,
            key=key,
            origin=origin,
            cells=tuple(cells),
            file=about[scope, key, origin][0],
            year=about[scope, key, origin][1],
        )
        for (scope, key, origin), cells in rows.items()
    )


def _as_carried(value: GridValue) -> Typed:
    """A value of the hidden sheet; whatever was put there is read by the same readers as a typed one."""
    return value if isinstance(value, int | date) else as_typed(value)


def by_row(offers: Mapping[str, tuple[Offer, ...]]) -> dict[tuple[str, str, Key], tuple[Offer, ...]]:
    """Offers of each file, by file, scope and key."""
    found: dict[tuple[str, str, Key], tuple[Offer, ...]] = {}
    for file, items in offers.items():
        for item in items:
            name = (file, item.scope, compared(item.key))
            found[name] = (*found.get(name, ()), item)
    return found


def previous_of(framework: Framework, offers: Iterable[Offer]) -> Previous | None:
    """Last year as the forms carry it; None when they carry nothing of it."""
    last = [offer for offer in offers if offer.origin is Origin.LAST_YEAR]
    if not last:
        return None
    answers = {
        offer.key[0]: _previous_answer(offer)
        for offer in last
        if offer.scope == INDICATORS
        and framework.indicator(offer.key[0]) is not None
        and any(offer.get(name) is not None for name in (*WAS, "own_what"))
    }
    years = {register.id for register in framework.registers if has_year(register)}
    numbers = {
        (offer.scope, compared(offer.key)): PreviousNumber(
            register=offer.scope, key=offer.key, number=number, year=offer.year
        )
        for offer in last
        if offer.scope in years and isinstance(number := offer.get("number"), int)
    }
    return Previous(file=last[0].file, answers=tuple(answers.values()), numbers=tuple(numbers.values()))


def _previous_answer(offer: Offer) -> PreviousAnswer:
    number, numerator, denominator = (value if isinstance(value := offer.get(name), int) else None for name in WAS)
    year = offer.get("year")
    return PreviousAnswer(
        indicator=offer.key[0],
        year=year if isinstance(year, int) else offer.year,
        number=number,
        numerator=numerator,
        denominator=denominator,
        own_aim=str(offer.get("own_aim") or ""),
        own_what=str(offer.get("own_what") or ""),
    )
