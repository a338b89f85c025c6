"""Which row of the form a delivered figure is for, and which of several deliveries counts: the newest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from normtool.core.diagnostics import Collector, Related, Rule, Severity
from normtool.core.figures import Bureau, Figure, read_figures
from normtool.core.grids import Grid, GridValue
from normtool.core.kinds import Count, Pooled, Proportion
from normtool.core.offered_rows import binding_columns
from normtool.core.places import Located
from normtool.core.ready import INDICATORS, Delivered, Key, compared
from normtool.core.registers import ColumnType, Register
from normtool.core.rules_offers import DELIVERIES_DISAGREE, FIGURE_DOES_NOT_FIT, FIGURE_TWICE, NEWER_DELIVERY
from normtool.core.spellings import plain


def take_figures(grids: Iterable[Grid], bureau: Bureau) -> tuple[Delivered, ...]:
    """The figures of this network in these files, one for each row of the form; the newest delivery counts."""
    found: dict[tuple[str, Key], list[Figure]] = {}
    for read in (figure for grid in grids for figure in read_figures(grid, bureau)):
        spot = _spot(read, bureau)
        if spot is not None:
            found.setdefault(spot, []).append(read)
    delivered: list[Delivered] = []
    for (scope, key), figures in found.items():
        figure = _newest(_of_year(figures, bureau.reporting_year), bureau.collector)
        if figure is not None:
            delivered.append(_delivered(scope, key, figure, bureau))
    return (*delivered, *_beside_pooled(delivered, bureau))


# --- which row of the form a figure is for ----------------------------------------------------------------------


def _spot(figure: Figure, bureau: Bureau) -> tuple[str, Key] | None:
    """The scope and key of the row that a figure fills; None, with a diagnostic, when there can be none."""
    indicator = bureau.framework.indicator(figure.indicator)
    kind = indicator.kind if indicator is not None else None
    whole = not figure.institution and not figure.group
    fits = False
    key: Key | None = None
    if isinstance(kind, Proportion | Count) and whole:
        fits = (figure.denominator is None) is isinstance(kind, Count)
        key = (figure.indicator,)
    elif isinstance(kind, Pooled):
        register = bureau.framework.declared(kind.register)
        key = _row_of(register, figure, bureau)
        fits = figure.denominator is not None
    if key is None or not fits:
        bureau.collector.add(FIGURE_DOES_NOT_FIT, figure.place, indicator=figure.indicator)
        return None
    scope = kind.register if isinstance(kind, Pooled) else INDICATORS
    return (f"{scope}\n{figure.indicator}" if isinstance(kind, Pooled) else scope), compared(key)


def _row_of(register: Register, figure: Figure, bureau: Bureau) -> Key | None:
    """The key of a register's row, out of the institution and the group; None when one lacks or is too many."""
    parts: list[str] = []
    used: set[str] = set()
    for column in binding_columns(register):
        if column.type in (ColumnType.LOCATION, ColumnType.MEMBER):
            parts.append(_location(figure.institution, bureau.parents))
            used.add("institution")
        elif column.type is ColumnType.GROUP:
            parts.append(figure.group)
            used.add("group")
        else:
            return None
    given = {name for name in ("institution", "group") if getattr(figure, name)}
    return tuple(parts) if all(parts) and given == used else None


def _location(institution: str, parents: Mapping[str, str]) -> str:
    """The one location of an institution; itself when it has none or several."""
    own = [location for location, parent in parents.items() if parent == institution]
    return own[0] if len(own) == 1 else institution


# --- which delivery counts --------------------------------------------------------------------------------------


def _of_year(figures: list[Figure], reporting_year: int) -> list[Figure]:
    """The figures of the newest year that is not after the reporting year; else of the first year after it."""
    years = {figure.year.value for figure in figures}
    past = [year for year in years if year <= reporting_year]
    chosen = max(past) if past else min(years)
    return [figure for figure in figures if figure.year.value == chosen]


def _newest(figures: list[Figure], collector: Collector) -> Figure | None:
    """The figure of the newest delivery; None, with a diagnostic, when deliveries differ and none is newer."""
    ordered = sorted(figures, key=lambda figure: figure.delivered or date.min)
    newest = ordered[-1]
    rivals = [
        figure
        for figure in ordered[:-1]
        if figure.said != newest.said and (figure.delivered is None or figure.delivered == newest.delivered)
    ]
    if rivals:
        same_file = rivals[-1].place.file == newest.place.file
        _tell(FIGURE_TWICE if same_file else DELIVERIES_DISAGREE, newest, rivals[-1], collector)
        return None
    earlier = [figure for figure in ordered[:-1] if figure.said != newest.said]
    if earlier:
        _tell(NEWER_DELIVERY, newest, earlier[-1], collector)
    return newest


def _tell(rule: Rule, figure: Figure, other: Figure, collector: Collector) -> None:
    related = (Related(place=other.place, role="first"),)
    name = "before" if rule is NEWER_DELIVERY else "other"
    facts = {"found": figure.said, name: other.said}
    touched = (figure.indicator,) if rule.severity is Severity.ERROR else ()
    collector.add(rule, figure.place, related=related, indicators=touched, **facts)


def _delivered(scope: str, key: Key, figure: Figure, bureau: Bureau) -> Delivered:
    indicator = bureau.framework.indicator(figure.indicator)
    kind = indicator.kind if indicator is not None else None
    names = ("numerator", "denominator")
    if isinstance(kind, Pooled):
        names = (kind.numerator, kind.denominator)
    elif isinstance(kind, Count):
        names = ("answer", "")
    cells: list[tuple[str, Located[GridValue]]] = [(names[0], _as_cell(figure.numerator))]
    if figure.denominator is not None:
        cells.append((names[1], _as_cell(figure.denominator)))
    if not isinstance(kind, Pooled):
        cells += _about(figure)
    return Delivered(
        scope=scope.partition("\n")[0],
        key=key,
        indicator=figure.indicator,
        cells=tuple(cells),
        year=figure.year.value,
        about=tuple(_about(figure)),
    )


def _as_cell(cell: Located[int] | Located[str]) -> Located[GridValue]:
    return Located(value=cell.value, place=cell.place)


def _about(figure: Figure) -> list[tuple[str, Located[GridValue]]]:
    """Over which year a figure is, and where it comes from."""
    cells: list[tuple[str, Located[GridValue]]] = [("year", _as_cell(figure.year))]
    return [*cells, ("source", _as_cell(figure.source))] if figure.source is not None else cells


def _beside_pooled(delivered: list[Delivered], bureau: Bureau) -> Iterator[Delivered]:
    """For an indicator that is summed over rows: year and source in its own row, when all its figures agree on it."""
    for indicator in bureau.framework.indicators:
        own = [item for item in delivered if item.indicator == indicator.id and item.scope != INDICATORS]
        if own and isinstance(indicator.kind, Pooled):
            cells = tuple(cell for cell in own[0].about if _is_shared(cell, own))
            if cells:
                yield Delivered(
                    scope=INDICATORS,
                    key=compared((indicator.id,)),
                    indicator=indicator.id,
                    cells=cells,
                    year=own[0].year,
                )


def _is_shared(cell: tuple[str, Located[GridValue]], figures: list[Delivered]) -> bool:
    return all(
        any(name == cell[0] and plain(held.value) == plain(cell[1].value) for name, held in item.about)
        for item in figures
    )
