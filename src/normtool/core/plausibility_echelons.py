"""Questions about echelons: what a location says of itself beside its volumes, and beside the rest of the network.

Source: docs/method.md, Volumes and echelons. Borders that are announced, intended or unpublished never lead to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtool.core.asking import Asked, explanation_in, form_language
from normtool.core.assessment import EchelonResult
from normtool.core.diagnostics import Fact, Related
from normtool.core.echelons import ECHELON, LEVELS, care_rows, misfit, table_columns, treats_column
from normtool.core.evidence import RegisterRow
from normtool.core.ledger import Ledger, once, place_in, text_in, texts_in
from normtool.core.places import CellPlace, Located
from normtool.core.rules_volumes import (
    ECHELON_DIFFERS,
    ECHELON_NOT_STATED,
    ECHELON_RULED_OUT,
    ECHELON_WITHOUT_CARE,
    ECHELON_WITHOUT_FIRST,
)
from normtool.core.scoring_rows import AGREEMENTS
from normtool.core.units import Unit
from normtool.core.volumes import volume_figures

FIRST, SECOND = LEVELS[:2]
TUMOUR_TYPES = "tumour_types"
PLACED = "placed"
"""What `state` says of a group that another network looks after: echelon 1 is there."""


def ask_about_echelons(ledger: Ledger, results: tuple[EchelonResult, ...]) -> Iterator[Asked]:
    """Levels that do not fit what was counted, then those that do not fit the other locations."""
    rows = care_rows(ledger)
    with_table = _with_table(ledger) if results else frozenset()
    for result in results:
        row = rows.get(Unit(result.location, result.group))
        if row is not None:
            yield from _about_level(ledger, result, row, has_table=result.group in with_table)
    yield from _about_first(ledger, results)


def _about_level(ledger: Ledger, result: EchelonResult, row: RegisterRow, *, has_table: bool) -> Iterator[Asked]:
    place, counted = place_in(row, ECHELON)[0], _counted(result, row)
    facts: dict[str, Fact] = {"number": result.number or 0, "year": result.year or 0}
    related = tuple(Related(place=cell, role="counted") for cell in counted)
    explanation = explanation_in(row) or _explained(ledger, counted)
    match misfit(result):
        case "without_care":
            denied = Related(place=place_in(row, treats_column(ledger.framework))[0], role="not_treated")
            yield Asked(
                rule=ECHELON_WITHOUT_CARE,
                place=place,
                facts={"stated": result.stated},
                related=(denied,),
                explanation=explanation,
            )
        case "differs":
            facts |= {"stated": result.stated, "computed": result.computed}
            yield Asked(rule=ECHELON_DIFFERS, place=place, facts=facts, related=related, explanation=explanation)
        case "ruled_out":
            facts |= {"stated": result.stated}
            yield Asked(rule=ECHELON_RULED_OUT, place=place, facts=facts, related=related, explanation=explanation)
        case _ if result.computed and not result.stated and has_table:
            facts |= {"computed": result.computed}
            yield Asked(rule=ECHELON_NOT_STATED, place=place, facts=facts, related=related)
        case _:
            return


def _counted(result: EchelonResult, row: RegisterRow) -> tuple[CellPlace, ...]:
    """The cells with the numbers, without the cell of the register of care."""
    return tuple(place for place in result.places if place.line != row.place.line)


def _explained(ledger: Ledger, cells: Iterable[CellPlace]) -> Located[str] | None:
    """What the row of one of these numbers says under *Toelichting*."""
    rows = once(ledger, "volume rows", lambda: {item.row.place.line: item.row for item in volume_figures(ledger)})
    said = (explanation_in(rows[cell.line]) for cell in cells if cell.line in rows)
    return next((cell for cell in said if cell is not None), None)


def _with_table(ledger: Ledger) -> frozenset[str]:
    """The groups (and sub-types) with an echelon table."""
    named = {
        text_in(row, "group")
        for column in table_columns(ledger.framework)
        for row in ledger.rows(column.register).rows
        if row.contents.get(column.column) not in (None, False)
    }
    whole = {ledger.groups.get(name, name) for name in named}
    return frozenset(name for name, group in ledger.groups.items() if group in whole)


# --- a level 2 needs a level 1 -------------------------------------------------------------------------------------


def _about_first(ledger: Ledger, results: tuple[EchelonResult, ...]) -> Iterator[Asked]:
    """Groups with an echelon 2 while nobody can be echelon 1, here or by agreement elsewhere; each group once."""
    by_group: dict[str, list[EchelonResult]] = {}
    for result in results:
        by_group.setdefault(ledger.groups.get(result.group, result.group), []).append(result)
    for group, found in by_group.items():
        second = [item for item in found if item.stated == SECOND and item.treats is not False]
        if second and not any(map(_may_be_first, found)) and not _is_arranged(ledger, group):
            yield _without_first(ledger, group, second)


def _may_be_first(result: EchelonResult) -> bool:
    """Whether a location is echelon 1, or may still turn out to be."""
    if result.treats is False:
        return False
    return FIRST in (result.stated, result.computed) or (not result.stated and FIRST in result.possible)


def _is_arranged(ledger: Ledger, group: str) -> bool:
    """Whether another network looks after the group, or an agreement names it."""
    placed = (
        row.contents.get("state") == PLACED
        for row in ledger.rows(TUMOUR_TYPES).rows
        if ledger.groups.get(text_in(row, "group")) == group
    )
    named = (texts_in(row, "groups") for row in ledger.rows(AGREEMENTS).rows)
    return any(placed) or any(ledger.groups.get(name) == group for groups in named for name in groups)


def _without_first(ledger: Ledger, group: str, second: list[EchelonResult]) -> Asked:
    rows = [care_rows(ledger)[Unit(item.location, item.group)] for item in second]
    rows.sort(key=lambda row: row.place.line)
    said = [explanation_in(row) for row in rows]
    names = {item.id: item.name.in_language(form_language(ledger)) for item in ledger.framework.tumour_groups}
    return Asked(
        rule=ECHELON_WITHOUT_FIRST,
        place=place_in(rows[0], ECHELON)[0],
        facts={"group": names[group]},
        related=tuple(Related(place=place_in(row, ECHELON)[0], role="second") for row in rows[1:]),
        explanation=said[0] if all(said) else None,
    )
