"""Volumes against norms: which norms bind a figure, and whether it reaches them.

Source: docs/method.md, Volumes. Only norms in force on 1 January of a figure's year are scored; each in its own
unit; for one location and treatment the worst stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from normtool.core.assessment import Reason, RowResult, RowState
from normtool.core.dates import Truth, all_of
from normtool.core.evidence import RegisterRow
from normtool.core.expected_rows import hospital_locations
from normtool.core.kinds import Step, VolumeKind
from normtool.core.ledger import Ledger, number_in, once, place_in, text_in
from normtool.core.outcomes import Outcome, against, because, decided, not_applicable, undecided
from normtool.core.standards import VolumeNorm

VOLUMES = "volumes"
STATES = {Truth.YES: RowState.MET, Truth.NO: RowState.NOT_MET, Truth.UNDECIDED: RowState.UNDECIDED}


class Figure(NamedTuple):
    """A number of treatments at a location in a year; location and treatment are empty when the row lacks them."""

    location: str
    treatment: str
    year: int
    number: int
    provisional: bool
    row: RegisterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of one category, by location, treatment and year, definitive before provisional.

    `siblings` maps a location to all locations of its institution, itself among them. `complete`: a location
    without any row does not perform the treatment; `performed` are the locations and treatments that have one.
    """

    by_key: Mapping[tuple[str, str, int], Figure]
    siblings: Mapping[str, tuple[str, ...]]
    performed: frozenset[tuple[str, str]]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What there is to judge: bound rows, rows that are missing, and whether anything is performed or normed."""

    rows: tuple[RowResult, ...]
    missing: tuple[RowResult, ...]
    filled: bool
    performed: bool
    any_norm: bool


def score_volume(ledger: Ledger, kind: VolumeKind, step: Step) -> Outcome:
    """Judge all volumes of a category: met when every bound row is, partly met from the step's band up."""
    treatments = {item.id for item in ledger.framework.treatments if item.category == kind.category}
    figures = collect_figures(ledger, treatments)
    latest = newest(figures, ledger.reporting_year)
    norms = [norm for norm in ledger.framework.volume_norms if treatments & set(norm.treatments)]
    binding = BindingNorms(norms)
    results = [_row(figures, figure, binding.of(figure)) for figure in latest]
    bound = tuple(row for row in results if row.norms)
    missing = _missing(ledger, figures, norms, treatments)
    tally = Tally(
        rows=bound,
        missing=missing,
        filled=bool(latest),
        performed=any(figure.number for figure in latest),
        any_norm=any(norm.binds_in(ledger.reporting_year) for norm in norms),
    )
    outcome = _judge(ledger, tally, step)
    unbound = {row.key[1] for row in results if row.reason == "no_norm"}
    notes = (because("volumes_without_norm", treatments=len(unbound)),) if unbound else ()
    shown = tuple(sorted(results, key=lambda row: (row.key[1], row.key[0]))) + missing
    places = tuple(place for row in bound for place in row.places)
    return replace(outcome, rows=shown, because=(*outcome.because, *notes), places=places)


def rows_below(ledger: Ledger, kind: VolumeKind) -> list[RowResult]:
    """The rows of a category that do not reach a norm, by treatment and location, whatever the verdict."""
    treatments = {item.id for item in ledger.framework.treatments if item.category == kind.category}
    figures = collect_figures(ledger, treatments)
    binding = BindingNorms([norm for norm in ledger.framework.volume_norms if treatments & set(norm.treatments)])
    latest = ((figure, binding.of(figure)) for figure in newest(figures, ledger.reporting_year))
    results = [
        _row(figures, figure, norms)
        for figure, norms in latest
        if any(reaches(figures, figure, norm) is Truth.NO for norm in norms)
    ]
    return sorted(results, key=lambda row: (row.key[1], row.key[0]))


def collect_figures(ledger: Ledger, treatments: set[str]) -> Figures:
    """The volumes register by location, treatment and year; definitive figures stand before provisional ones."""
    return once(ledger, ("figures", frozenset(treatments)), lambda: _collect_figures(ledger, treatments))


def volume_figures(ledger: Ledger) -> tuple[Figure, ...]:
    """The rows of the volumes register with a year and a number, as they stand on the sheet."""
    return once(ledger, "volume figures", lambda: tuple(_volume_figures(ledger)))


def _volume_figures(ledger: Ledger) -> Iterator[Figure]:
    for row in ledger.rows(VOLUMES).rows:
        year, number = number_in(row, "year"), number_in(row, "number")
        if year is not None and number is not None:
            yield Figure(
                location=text_in(row, "location"),
                treatment=text_in(row, "treatment"),
                year=year,
                number=number,
                provisional=row.contents.get("standing") == "provisional",
                row=row,
            )


def _collect_figures(ledger: Ledger, treatments: set[str]) -> Figures:
    found: dict[tuple[str, str, int], Figure] = {}
    for figure in volume_figures(ledger):
        if figure.treatment not in treatments or not figure.location:
            continue
        key = figure.location, figure.treatment, figure.year
        former = found.get(key)
        if former is None or (former.provisional and not figure.provisional):
            found[key] = figure
    return Figures(
        by_key=found,
        siblings=_siblings(ledger, {figure.location for figure in found.values()}),
        performed=frozenset((location, treatment) for location, treatment, _ in found),
        complete=ledger.rows(VOLUMES).is_complete,
    )


def _siblings(ledger: Ledger, with_figures: set[str]) -> dict[str, tuple[str, ...]]:
    locations = dict.fromkeys((*hospital_locations(ledger), *sorted(with_figures)))
    institutions: dict[str, list[str]] = {}
    for location in locations:
        institutions.setdefault(ledger.parents.get(location, location), []).append(location)
    return {location: tuple(members) for members in institutions.values() for location in members}


def newest(figures: Figures, reporting_year: int) -> list[Figure]:
    """Per location and treatment the figure of the newest year that is not after the reporting year."""
    latest: dict[tuple[str, str], Figure] = {}
    for figure in figures.by_key.values():
        former = latest.get((figure.location, figure.treatment))
        if figure.year <= reporting_year and (former is None or former.year < figure.year):
            latest[figure.location, figure.treatment] = figure
    return list(latest.values())


class BindingNorms:
    """Which norms bind a figure; they are the same for all locations, and sought once."""

    def __init__(self, norms: Sequence[VolumeNorm]) -> None:
        self.norms = norms
        self.known: dict[tuple[str, int], list[VolumeNorm]] = {}

    def of(self, figure: Figure) -> list[VolumeNorm]:
        """The norms that bind this figure; none when the treatment is not performed."""
        if figure.number == 0:
            return []
        treatment, year = figure.treatment, figure.year
        found = self.known.get((treatment, year))
        if found is None:
            found = [norm for norm in self.norms if treatment in norm.treatments and norm.binds_in(year)]
            self.known[treatment, year] = found
        return found


def _row(figures: Figures, figure: Figure, binding: list[VolumeNorm]) -> RowResult:
    reached = {norm.id: reaches(figures, figure, norm) for norm in binding}
    whole = all_of(list(reached.values()))
    return RowResult(
        key=(figure.location, figure.treatment),
        state=STATES[whole] if binding else RowState.OUTSIDE,
        reason="" if binding and whole is Truth.YES else _reason(figure, reached),
        number=figure.number,
        norms=tuple(reached),
        year=figure.year,
        note=text_in(figure.row, "explanation"),
        places=place_in(figure.row, "number"),
    )


def _reason(figure: Figure, reached: Mapping[str, Truth]) -> str:
    if figure.number == 0:
        return "not_performed"
    if not reached:
        return "no_norm"
    return "below_norm" if Truth.NO in reached.values() else "years_or_locations_missing"


def reaches(figures: Figures, figure: Figure, norm: VolumeNorm) -> Truth:
    """Whether the number a norm asks about, in its own unit and over its own years, reaches the minimum.

    A missing figure cannot lower a sum, so a sum that is already enough decides; otherwise it stays open.
    """
    locations = (figure.location,) if norm.unit == "location" else figures.siblings[figure.location]
    total, whole = 0, True
    for location in locations:
        for treatment in norm.treatments:
            for year in range(figure.year - norm.years + 1, figure.year + 1):
                found = figures.by_key.get((location, treatment, year))
                if found is not None:
                    total += found.number
                elif not (figures.complete and (location, treatment) not in figures.performed):
                    whole = False
    if total >= norm.minimum * norm.years:
        return Truth.YES
    return Truth.NO if whole else Truth.UNDECIDED


def _missing(
    ledger: Ledger, figures: Figures, norms: Iterable[VolumeNorm], treatments: set[str]
) -> tuple[RowResult, ...]:
    """Locations that did not tell whether they perform a treatment that has a norm in force."""
    if figures.complete:
        return ()
    bound = [
        item.id
        for item in ledger.framework.treatments
        if item.id in treatments
        and any(item.id in norm.treatments and norm.binds_in(ledger.reporting_year) for norm in norms)
    ]
    present = {(location, treatment) for location, treatment, year in figures.by_key if year <= ledger.reporting_year}
    return tuple(
        RowResult(key=(location, treatment), state=RowState.UNDECIDED, reason="missing")
        for location in hospital_locations(ledger)
        for treatment in bound
        if (location, treatment) not in present
    )


def _judge(ledger: Ledger, tally: Tally, step: Step) -> Outcome:
    if not tally.rows and (not tally.any_norm or (tally.performed and not tally.missing)):
        return undecided(Reason.NO_NORM, because("no_volume_norm"))
    if not tally.rows and not tally.missing and ledger.rows(VOLUMES).is_complete and ledger.rows(VOLUMES).rows:
        return not_applicable(Reason.NO_ROWS, because("no_rows"))
    if not tally.rows and (not tally.missing or not tally.filled):
        return undecided(Reason.NO_ANSWER, because("no_answer_rows"))
    met = sum(row.state is RowState.MET for row in tally.rows)
    still_open = len(tally.missing) + sum(row.state is RowState.UNDECIDED for row in tally.rows)
    below = tuple(row for row in tally.rows if row.state is RowState.NOT_MET)
    facts = because(
        "volume",
        tuple(place for row in below for place in row.places),
        met=met,
        rows=len(tally.rows),
        below=len(below),
        undecided=still_open,
    )
    total = len(tally.rows) + len(tally.missing)
    worst, best = (against(Fraction(count, total), step) for count in (met, met + still_open))
    if worst is best:
        return decided(worst, facts, value=met)
    return undecided(Reason.INCOMPLETE_ROWS, facts, worst=worst, best=best, value=met)
