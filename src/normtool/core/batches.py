"""Forms of several networks and years that came in together: which of them are one assessment.

A form belongs to the network and the year that it says. The form of a part belongs to those it was made for, for
its own sheet cannot be typed over without a reason: a slip in one of eleven parts is then asked back beside the
other ten, and never becomes a network of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from normtool.core.diagnostics import Collector, Diagnostic, Diagnostics
from normtool.core.figures import nameless_rows
from normtool.core.form_identity import identity_of
from normtool.core.form_network import StatedNetwork, made_for, network_in
from normtool.core.grids import Grid
from normtool.core.places import FilePlace
from normtool.core.region_roster import Identities
from normtool.core.rules_batch import (
    FIGURES_WITHOUT_NETWORK,
    MADE_FOR_ANOTHER,
    NETWORK_NOT_SAID,
    PART_OF_ANOTHER,
    YEAR_NOT_SAID,
)
from normtool.core.spellings import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsOfNetwork:
    """The forms of one network and year, in the order in which they came in, and how they name it."""

    code: str
    name: str
    year: int | None
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsApart:
    """All forms that came in, by network and year; `unplaced` are those of which that is not known, each with why."""

    networks: tuple[FormsOfNetwork, ...]
    unplaced: tuple[tuple[Grid, Diagnostic], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A form, what it says of its network, and by whose identity and year it is told apart.

    `own` is the network it is told apart by, as its sheet names it, or else as it was made for; `name` is empty when
    its sheet names another one.
    """

    grid: Grid
    stated: StatedNetwork
    own: StatedNetwork
    identity: str
    year: int | None
    name: str


def forms_apart(grids: Iterable[Grid], identities: Identities) -> FormsApart:
    """The forms by network and year, in the order of code and year.

    Forms with one name are of one network, also when their codes differ; that is asked back when they are read.
    """
    forms = [_form(grid, identities) for grid in grids]
    same = _one_name(forms)
    years: dict[str, dict[int | None, list[_Form]]] = {}
    unplaced: list[tuple[Grid, Diagnostic]] = []
    for form in forms:
        if form.identity:
            by_year = years.setdefault(same.get(form.identity, form.identity), {})
            by_year.setdefault(form.year, []).append(form)
        else:
            unplaced.append((form.grid, Diagnostic(rule=NETWORK_NOT_SAID, place=form.stated.place)))
    for by_year in years.values():
        unplaced += _without_year(by_year)
    found = [_together(year, own) for by_year in years.values() for year, own in by_year.items()]
    return FormsApart(
        networks=tuple(sorted(found, key=lambda item: (plain(item.code), item.year or 0, item.code))),
        unplaced=tuple(unplaced),
    )


def _form(grid: Grid, identities: Identities) -> _Form:
    stated, made = network_in(grid), made_for(grid, FilePlace(file=grid.file))
    said = identity = identities.of_network(stated.code, stated.name)
    year = stated.assessment_year
    if identity_of(grid).is_part and made.code:
        identity, year = identities.of(made.code), made.assessment_year or year
    return _Form(
        grid=grid,
        stated=stated,
        own=stated if said == identity else made,
        identity=identity,
        year=year,
        name=plain(stated.name) if said == identity else "",
    )


def _one_name(forms: Iterable[_Form]) -> dict[str, str]:
    """The identity under which forms are taken together, by their own: one name is one network."""
    above: dict[str, str] = {}
    first: dict[str, str] = {}

    def top(identity: str) -> str:
        while above.setdefault(identity, identity) != identity:
            identity = above[identity]
        return identity

    for form in forms:
        if form.name and form.identity:
            above[top(form.identity)] = top(first.setdefault(form.name, form.identity))
    return {identity: top(identity) for identity in tuple(above)}


def _without_year(by_year: dict[int | None, list[_Form]]) -> Iterator[tuple[Grid, Diagnostic]]:
    """Forms without a year go with the others of their network when these are of one year; else it must be said."""
    nameless = by_year.get(None, [])
    known = sorted(year for year in by_year if year is not None)
    if not nameless or not known:
        return
    del by_year[None]
    if len(known) == 1:
        by_year[known[0]] += nameless
        return
    said = ", ".join(map(str, known))
    for form in nameless:
        facts = (("network", form.stated.code or form.stated.name), ("years", said))
        yield form.grid, Diagnostic(rule=YEAR_NOT_SAID, place=form.stated.place, facts=facts)


def _together(year: int | None, forms: Sequence[_Form]) -> FormsOfNetwork:
    """One network and year, named as the form does that names it best."""
    best = min((form.own for form in forms), key=lambda own: (not own.code, not own.name))
    return FormsOfNetwork(
        code=best.code or best.name,
        name=best.name or best.code,
        year=year,
        grids=tuple(form.grid for form in forms),
    )


def about_makings(grids: Iterable[Grid], identities: Identities) -> Diagnostics:
    """Of forms of one network: those that were made for another one than they say.

    Of parts only when none of them says otherwise; else the parts contradict each other, and reading them says so.
    """
    collector = Collector()
    differing: list[tuple[StatedNetwork, StatedNetwork]] = []
    parts = 0
    for grid in grids:
        stated, made = network_in(grid), made_for(grid, FilePlace(file=grid.file))
        is_part = identity_of(grid).is_part
        parts += is_part
        if not made.code or _is_same(stated, made, identities, with_year=is_part):
            continue
        if is_part:
            differing.append((stated, made))
        else:
            collector.add(MADE_FOR_ANOTHER, stated.place, made_for=made.code, said=stated.code or stated.name)
    if len(differing) == parts:
        for stated, made in differing:
            collector.add(PART_OF_ANOTHER, stated.place, made_for=_with_year(made), said=_with_year(stated))
    return collector.done()


def _is_same(one: StatedNetwork, other: StatedNetwork, identities: Identities, *, with_year: bool) -> bool:
    if with_year and None not in (years := (one.assessment_year, other.assessment_year)) and years[0] != years[1]:
        return False
    return identities.of_network(one.code, one.name) == identities.of(other.code)


def _with_year(network: StatedNetwork) -> str:
    return " ".join(str(part) for part in (network.code or network.name, network.assessment_year) if part)


def about_figures(figures: Iterable[Grid]) -> Diagnostics:
    """Figures that were delivered for several networks and do not say in each row whose they are."""
    collector = Collector()
    for grid in figures:
        rows = nameless_rows(grid)
        if rows:
            collector.add(FIGURES_WITHOUT_NETWORK, rows[0], count=len(rows))
    return collector.done()
