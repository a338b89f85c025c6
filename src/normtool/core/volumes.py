"""Volumes against norms: which norms bind a figure, which are only shown, and what each comes to.

Source: docs/method.md, Volumes. Only norms in force on 1 January of a figure's year are scored; each in its own
unit; for one location and treatment the worst stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from normtool.core.assessment import Because, NormCheck, Reason, RowResult, RowState
from normtool.core.evidence import RegisterRow
from normtool.core.expected_rows import hospital_locations, owes_volume
from normtool.core.kinds import Step, VolumeKind
from normtool.core.ledger import Ledger, number_in, once, place_in, text_in
from normtool.core.outcomes import Outcome, against, because, decided, not_applicable, undecided
from normtool.core.plans import plan_in, plans_for, ways_to_name
from normtool.core.standards import VolumeNorm

VOLUMES = "volumes"
NAMED = 8
"""How many rows below their norm, and how many actions, the reasoning names; the rest is counted."""


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
    `owes` tells whether a location is asked for a treatment at all.
    """

    by_key: Mapping[tuple[str, str, int], Figure]
    siblings: Mapping[str, tuple[str, ...]]
    performed: frozenset[tuple[str, str]]
    complete: bool
    owes: Callable[[str, str], bool]

    def adds_nothing(self, location: str, treatment: str) -> bool:
        """Whether a location without any figure of a treatment adds 0 to a sum, rather than a missing part."""
        if (location, treatment) in self.performed:
            return False
        return self.complete or not self.owes(location, treatment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What there is to judge: bound rows, rows that are missing, and whether anything is performed or normed."""

    rows: tuple[RowResult, ...]
    missing: tuple[RowResult, ...]
    filled: bool
    performed: bool
    any_norm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a volume indicator looks at: the treatments of its category, their figures and their norms."""

    treatments: frozenset[str]
    norms: tuple[VolumeNorm, ...]
    figures: Figures

    def newest(self, reporting_year: int) -> list[Figure]:
        """Per location and treatment the figure that is scored."""
        return [item for item in newest(self.figures, reporting_year) if item.treatment in self.treatments]


def field_of(ledger: Ledger, kind: VolumeKind) -> Field:
    """The figures and norms of a category; figures of another category count where a norm adds them up."""
    treatments = frozenset(item.id for item in ledger.framework.treatments if item.category == kind.category)
    norms = tuple(norm for norm in ledger.framework.volume_norms if not treatments.isdisjoint(norm.treatments))
    added = treatments.union(*(norm.treatments for norm in norms))
    return Field(treatments=treatments, norms=norms, figures=collect_figures(ledger, added))


def score_volume(ledger: Ledger, indicator: str, kind: VolumeKind, step: Step) -> Outcome:
    """Judge all volumes of a category: met when every bound row is, partly met from the step's band up."""
    field = field_of(ledger, kind)
    checker = Checker(field.figures, field.norms)
    results = sorted((_row(checker, item) for item in field.newest(ledger.reporting_year)), key=_in_order)
    bound = tuple(row for row in results if row.norms)
    missing = _missing(ledger, field)
    tally = Tally(
        rows=bound,
        missing=missing,
        filled=bool(results),
        performed=any(row.number for row in results),
        any_norm=any(norm.binds_in(ledger.reporting_year) for norm in field.norms),
    )
    outcome = _judge(ledger, tally, step)
    steps = (*outcome.because, *_below(ledger, indicator, bound), *_without_norm(results))
    places = tuple(place for row in bound for place in row.places)
    return replace(outcome, rows=(*results, *missing), because=steps, places=places)


def _in_order(row: RowResult) -> tuple[str, str]:
    """By treatment, then by location: the order of a sheet says nothing."""
    return row.key[1], row.key[0]


def _without_norm(rows: Sequence[RowResult]) -> Iterator[Because]:
    unbound = {row.key[1] for row in rows if row.reason == "no_norm"}
    if unbound:
        yield because("volumes_without_norm", treatments=len(unbound))


def _below(ledger: Ledger, indicator: str, bound: Sequence[RowResult]) -> Iterator[Because]:
    """The rows below their norm, each with its plan, and the actions that name the indicator."""
    below = [(row, check) for row in bound if (check := missed(row)) is not None]
    named = {name for row, _ in below for name in ways_to_name(ledger, location=row.key[0], treatment=row.key[1])}
    added = {norm.id: len(norm.treatments) for norm in ledger.framework.volume_norms}
    for row, check in below[:NAMED]:
        location, treatment = row.key
        yield because(
            "volume_below",
            row.places,
            location=location,
            treatment=treatment,
            norm=check.norm,
            total=check.total,
            minimum=check.minimum,
            locations=len(check.locations),
            treatments=added[check.norm],
            years=len(check.years),
            plan=plan_in(row.note),
        )
    if len(below) > NAMED:
        yield because("volumes_below_more", rows=len(below) - NAMED)
    plans = [plan for plan in plans_for(ledger, indicator) if not named.isdisjoint(plan.about)]
    for plan in plans[:NAMED]:
        yield because("volume_plan", plan.places, action=plan.id, plan=plan.text, due=plan.due)


def missed(row: RowResult) -> NormCheck | None:
    """The norm in force that a row stays furthest below, as a part of it; None when it stays below none."""
    below = [check for check in row.checks if _is_below(check)]
    return min(below, key=lambda check: Fraction(check.total, check.minimum), default=None)


def _is_below(check: NormCheck) -> bool:
    """Whether a norm in force is not reached."""
    return check.is_bound and check.state is RowState.NOT_MET


def is_sum(check: NormCheck, norm: VolumeNorm) -> bool:
    """Whether the number compared is not the row's own: of several locations, treatments or years."""
    return len(check.locations) > 1 or len(check.years) > 1 or len(norm.treatments) > 1


def rows_below(ledger: Ledger, kind: VolumeKind) -> list[RowResult]:
    """The rows of a category that do not reach a norm, by treatment and location, whatever the verdict."""
    field = field_of(ledger, kind)
    checker = Checker(field.figures, field.norms)
    figures = field.newest(ledger.reporting_year)
    below = (figure for figure in figures if any(_is_below(check) for check in checker.checks(figure)))
    return sorted((_row(checker, figure) for figure in below), key=_in_order)


def collect_figures(ledger: Ledger, treatments: Set[str]) -> Figures:
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


def _collect_figures(ledger: Ledger, treatments: Set[str]) -> Figures:
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
        owes=partial(owes_volume, ledger),
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


class Checker:
    """Lays norms beside figures; what is the same for several rows is looked up and added up once."""

    def __init__(self, figures: Figures, norms: Sequence[VolumeNorm]) -> None:
        self.figures = figures
        self.norms = norms
        self.known: dict[tuple[str, int], list[VolumeNorm]] = {}
        self.made: dict[tuple[str, str, int], NormCheck] = {}

    def checks(self, figure: Figure) -> tuple[NormCheck, ...]:
        """The norms that bind a figure, then those that are only shown; none when the treatment is not performed."""
        if figure.number == 0:
            return ()
        return tuple(self._check(figure, norm) for norm in self._about(figure.treatment, figure.year))

    def _about(self, treatment: str, year: int) -> list[VolumeNorm]:
        found = self.known.get((treatment, year))
        if found is None:
            found = [norm for norm in self.norms if treatment in norm.treatments and norm.is_shown_in(year)]
            found.sort(key=lambda norm: not norm.binds_in(year))
            self.known[treatment, year] = found
        return found

    def _check(self, figure: Figure, norm: VolumeNorm) -> NormCheck:
        locations = (figure.location,) if norm.unit == "location" else self.figures.siblings[figure.location]
        name = norm.id, locations[0], figure.year
        if name not in self.made:
            self.made[name] = check_norm(self.figures, norm, locations, figure.year)
        return self.made[name]


def check_norm(figures: Figures, norm: VolumeNorm, locations: tuple[str, ...], year: int) -> NormCheck:
    """What these locations come to against a norm, over its own treatments and the years that it averages.

    A missing figure cannot lower a sum, so a sum that is already enough decides; otherwise it stays open.
    """
    years = tuple(range(year - norm.years + 1, year + 1))
    total, is_whole = 0, True
    for location in locations:
        for treatment in norm.treatments:
            found = [figures.by_key.get((location, treatment, one)) for one in years]
            total += sum(figure.number for figure in found if figure is not None)
            is_whole = is_whole and (None not in found or figures.adds_nothing(location, treatment))
    minimum = norm.minimum * norm.years
    state = RowState.MET if total >= minimum else RowState.NOT_MET if is_whole else RowState.UNDECIDED
    return NormCheck(
        norm=norm.id,
        state=state,
        is_bound=norm.binds_in(year),
        total=total,
        minimum=minimum,
        locations=locations,
        years=years,
    )


def _row(checker: Checker, figure: Figure) -> RowResult:
    checks = checker.checks(figure)
    binding = [check for check in checks if check.is_bound]
    state = _worst([check.state for check in binding])
    return RowResult(
        key=(figure.location, figure.treatment),
        state=state,
        reason=_reason(figure, state),
        number=figure.number,
        norms=tuple(check.norm for check in binding),
        year=figure.year,
        note=text_in(figure.row, "explanation"),
        places=place_in(figure.row, "number"),
        checks=checks,
    )


def _worst(states: Sequence[RowState]) -> RowState:
    """Not met when one is, undecided when one is, else met; a row without a norm in force is outside."""
    worst_first = (RowState.NOT_MET, RowState.UNDECIDED, RowState.MET)
    return next((state for state in worst_first if state in states), RowState.OUTSIDE)


def _reason(figure: Figure, state: RowState) -> str:
    reasons = {RowState.NOT_MET: "below_norm", RowState.UNDECIDED: "years_or_locations_missing", RowState.MET: ""}
    return reasons.get(state, "not_performed" if figure.number == 0 else "no_norm")


def _missing(ledger: Ledger, field: Field) -> tuple[RowResult, ...]:
    """Locations that owe it but did not tell whether they perform a treatment that has a norm in force."""
    year = ledger.reporting_year
    if field.figures.complete:
        return ()
    normed = {treatment for norm in field.norms if norm.binds_in(year) for treatment in norm.treatments}
    bound = [item.id for item in ledger.framework.treatments if item.id in normed & field.treatments]
    present = {(location, treatment) for location, treatment, one in field.figures.by_key if one <= year}
    return tuple(
        RowResult(key=(location, treatment), state=RowState.UNDECIDED, reason="missing")
        for location in hospital_locations(ledger)
        for treatment in bound
        if (location, treatment) not in present and owes_volume(ledger, location, treatment)
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
