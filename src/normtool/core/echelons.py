"""Echelons: which level a location has for a tumour group, by its volumes and the borders between the levels.

Source: docs/method.md, Volumes and echelons; seed 004 (S4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from normtool.core.assessment import EchelonResult, RowState
from normtool.core.dates import Truth, all_of
from normtool.core.echelon_borders import GENERIC, SPECIFIC, Borders, borders_of, possible_levels
from normtool.core.evidence import RegisterRow
from normtool.core.expected_rows import expected_rows, hospital_locations, is_missing
from normtool.core.kinds import ColumnRef, Coverage, Filled, Is, VolumeKind
from normtool.core.ledger import Ledger, once, place_in, text_in
from normtool.core.places import CellPlace
from normtool.core.registers import ColumnType, Expected, Register
from normtool.core.standards import Echelons, Framework, Indicator, VolumeNorm
from normtool.core.units import Unit
from normtool.core.volumes import Figure, Figures, check_norm, collect_figures, newest

ECHELON = "echelon"
"""The column of the register of care that holds the level that was stated."""
LEVELS = ("1", "2", "3")
LOWEST = LEVELS[-1]
"""What a location has that gives none of these treatments: every border is at least 1."""
REACHED = {RowState.MET: Truth.YES, RowState.NOT_MET: Truth.NO, RowState.UNDECIDED: Truth.UNDECIDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a location counted for a tumour group in the newest year, over the treatments of that group."""

    year: int
    number: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Figures and borders of one category.

    `groups` maps a treatment to its group, `treats` is the column that says whether a location treats a group;
    `known` keeps what was looked up per group and year, `made` what was added up.
    """

    figures: Figures
    borders: Mapping[str, Borders]
    groups: Mapping[str, str]
    treats: str
    reporting_year: int
    known: dict[tuple[str, int], tuple[Borders, Borders]] = field(default_factory=dict)
    made: dict[tuple[object, ...], Truth] = field(default_factory=dict)

    def in_year(self, group: str, year: int) -> tuple[Borders, Borders]:
        """The borders of a group that hold in a year, and those that would hold with what is foreseen."""
        found = self.known.get((group, year))
        if found is None:
            borders = self.borders.get(group, Borders())
            found = borders.binding_in(year), borders.foreseen_in(year)
            self.known[group, year] = found
        return found

    def reached(self, location: str, year: int, norms: tuple[VolumeNorm, ...]) -> Truth | None:
        """Whether every one of these norms is reached, each in its own unit; None when there are none."""
        return all_of([self._reached(location, year, norm) for norm in norms]) if norms else None

    def _reached(self, location: str, year: int, norm: VolumeNorm) -> Truth:
        locations = (location,) if norm.unit == "location" else self.figures.siblings[location]
        key = norm.id, norm.treatments, locations, year
        if key not in self.made:
            self.made[key] = REACHED[check_norm(self.figures, norm, locations, year).state]
        return self.made[key]


# --- a network's locations and groups ------------------------------------------------------------------------------


def echelon_results(ledger: Ledger) -> tuple[EchelonResult, ...]:
    """The level of every location for every tumour group that the register of care or the volumes speak of."""
    echelons = ledger.framework.echelons
    if echelons is None:
        return ()
    scale = _scale(ledger, echelons)
    rows, counted = care_rows(ledger), _counted(ledger, scale)
    units = sorted({*rows, *counted}, key=_order(ledger))
    return tuple(_result(scale, unit, rows.get(unit), counted.get(unit)) for unit in units)


def care_register(framework: Framework) -> Register | None:
    """The register with a row per location and tumour group in which the level is stated."""
    registers = (item for item in framework.registers if item.expected is Expected.LOCATIONS_BY_GROUPS)
    return next((item for item in registers if item.column(ECHELON) is not None), None)


def care_rows(ledger: Ledger) -> Mapping[Unit, RegisterRow]:
    """The rows of that register by location and group, with stand-ins for those that are missing."""
    return once(ledger, "care rows", lambda: _care_rows(ledger))


def _care_rows(ledger: Ledger) -> dict[Unit, RegisterRow]:
    register = care_register(ledger.framework)
    if register is None:
        return {}
    location, group = (_column(register, kind) for kind in (ColumnType.LOCATION, ColumnType.GROUP))
    units = ((Unit(text_in(row, location), text_in(row, group)), row) for row in expected_rows(ledger, register))
    return {unit: row for unit, row in units if unit.location and unit.group}


def _column(register: Register, kind: ColumnType) -> str:
    column = register.column_of_type(kind)
    return column.id if column is not None else ""


def _scale(ledger: Ledger, echelons: Echelons) -> Scale:
    framework = ledger.framework
    groups = {item.id: item.group for item in framework.treatments if item.category == echelons.category}
    borders = borders_of(framework)
    added = (norm.treatments for item in borders.values() for norm in item.specific)
    return Scale(
        figures=collect_figures(ledger, frozenset(groups).union(*added)),
        borders=borders,
        groups=groups,
        treats=treats_column(framework),
        reporting_year=ledger.reporting_year,
    )


def _counted(ledger: Ledger, scale: Scale) -> dict[Unit, Counted]:
    """The newest numbers per location and group; an open group only where the register of care has it."""
    unexpected = {group.id for group in ledger.framework.tumour_groups if not group.expected}
    rows = care_rows(ledger)
    found: dict[Unit, list[Figure]] = {}
    for figure in newest(scale.figures, scale.reporting_year):
        unit = Unit(figure.location, scale.groups.get(figure.treatment, ""))
        if unit.group and (unit in rows or unit.group not in unexpected):
            found.setdefault(unit, []).append(figure)
    return {unit: _sum(figures) for unit, figures in found.items()}


def _sum(figures: list[Figure]) -> Counted:
    year = max(figure.year for figure in figures)
    now = tuple(sorted((figure for figure in figures if figure.year == year), key=lambda figure: figure.treatment))
    return Counted(year=year, number=sum(figure.number for figure in now), figures=now)


def _order(ledger: Ledger) -> Callable[[Unit], tuple[int, str, int]]:
    """Locations in the order of the members, groups in that of the framework, so that row order does not matter."""
    locations = {name: number for number, name in enumerate(hospital_locations(ledger))}
    groups = {name: number for number, name in enumerate(ledger.groups)}

    def order(unit: Unit) -> tuple[int, str, int]:
        place = locations.get(unit.location, len(locations))
        return place, unit.location, groups.get(unit.group, len(groups))

    return order


def _result(scale: Scale, unit: Unit, row: RegisterRow | None, counted: Counted | None) -> EchelonResult:
    base = EchelonResult(
        location=unit.location,
        group=unit.group,
        treats=_treats(scale, row, counted),
        stated=stated_level(row),
        number=counted.number if counted is not None else None,
        year=counted.year if counted is not None else None,
        places=tuple(_places(row, counted)),
    )
    if base.treats is False:
        return replace(base, possible=())
    if counted is None:
        binding, _ = scale.in_year(unit.group, scale.reporting_year)
        return replace(base, open_border=binding.unpublished)
    return _placed(scale, base, counted)


def _placed(scale: Scale, base: EchelonResult, counted: Counted) -> EchelonResult:
    """The level by what was counted."""
    binding, foreseen = scale.in_year(base.group, counted.year)
    norms = tuple(norm.id for norm in binding.norms)
    if counted.number == 0:
        return replace(base, possible=(LOWEST,), norms=norms)
    possible = _levels(scale, base, counted.year, binding)
    would_be = _levels(scale, base, counted.year, foreseen) if foreseen != binding else ()
    return replace(
        base,
        possible=possible,
        would_be=would_be[0] if len(would_be) == 1 else "",
        open_border=_unpublished(possible, binding),
        norms=norms,
    )


def _levels(scale: Scale, base: EchelonResult, year: int, borders: Borders) -> tuple[str, ...]:
    sides = (scale.reached(base.location, year, norms) for norms in (borders.specific, borders.generic))
    return possible_levels(*sides)


def _unpublished(possible: tuple[str, ...], binding: Borders) -> tuple[str, ...]:
    """The unpublished borders between the levels that remain."""
    between = {SPECIFIC: "1" in possible, GENERIC: {"2", LOWEST} <= set(possible)}
    return tuple(side for side in binding.unpublished if between[side])


def misfit(result: EchelonResult) -> str:
    """What makes a stated level odd: `without_care`, `differs`, `ruled_out`; empty when it fits, or nobody can tell.

    The lowest level only refers and supports, so a location may have it that does not treat.
    """
    if result.treats is False:
        return "without_care" if result.stated not in ("", LOWEST) else ""
    if not result.stated or result.number is None or result.stated in result.possible:
        return ""
    return "differs" if result.computed else "ruled_out"


def stated_level(row: RegisterRow | None) -> str:
    """The level that a location gave itself; empty when it gave none."""
    level = text_in(row, ECHELON) if row is not None else ""
    return level if level in LEVELS else ""


def _treats(scale: Scale, row: RegisterRow | None, counted: Counted | None) -> bool | None:
    """Whether the location treats the group: as it says, else not when it counted none and claims no level."""
    said = row.contents.get(scale.treats) if row is not None else None
    if isinstance(said, bool):
        return said
    none_counted = counted is not None and counted.number == 0
    return False if none_counted and not stated_level(row) else None


def treats_column(framework: Framework) -> str:
    """The column of the register of care that says whether the location treats the group."""
    register = care_register(framework)
    return register.when_complete.column if register is not None and register.when_complete is not None else ""


def _places(row: RegisterRow | None, counted: Counted | None) -> Iterable[CellPlace]:
    if row is not None and not is_missing(row):
        yield place_in(row, ECHELON)[0]
    for figure in counted.figures if counted is not None else ():
        yield place_in(figure.row, "number")[0]


# --- which indicators are about echelons ---------------------------------------------------------------------------


def table_columns(framework: Framework) -> frozenset[ColumnRef]:
    """The columns that tell whether a group has an echelon table: filters on the level name them (`no_without`)."""
    tests = (test for item in framework.indicators if isinstance(item.kind, Coverage) for test in item.kind.where)
    return frozenset(
        test.no_without
        for test in tests
        if isinstance(test, Is) and test.column == ECHELON and test.no_without is not None
    )


def concerns_echelons(framework: Framework, indicator: Indicator) -> bool:
    """Whether an indicator looks at echelons: what a level asks, the table of a group, or the volumes behind it."""
    echelons = framework.echelons
    if echelons is None:
        return False
    match indicator.kind:
        case VolumeKind(category=category):
            return category == echelons.category
        case Coverage(register=register, tests=tests):
            columns = {ColumnRef(register=register, column=test.column) for test in tests if isinstance(test, Filled)}
            return bool(columns & table_columns(framework)) or _is_asked(echelons, indicator)
    return _is_asked(echelons, indicator)


def _is_asked(echelons: Echelons, indicator: Indicator) -> bool:
    return any(indicator.id in level.asked_in for level in echelons.levels)
