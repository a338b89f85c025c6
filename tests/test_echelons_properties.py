"""Echelons against a naive second opinion, and what must hold whatever the numbers are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.core.assessment import Assessment
from normtool.core.evidence import Evidence, NetworkFacts, RegisterRow, RegisterRows, Value
from normtool.core.places import CellPlace, Located
from normtool.core.scoring import assess
from normtool.core.standards import Framework, NormStanding
from tests.conftest import built_in, tries
from tests.fictional_norms import border, with_borders

LOCATIONS = ("L1", "L2", "Z2")
PARENTS = {"L1": "Z1", "L2": "Z1", "Z2": "Z2"}
GROUPS = ("lung", "skin")
YEARS = (2024, 2025)
Numbers = dict[tuple[str, str, int], int]
LARGEST = 120


def row(sheet: str, line: int, **values: Value | None) -> RegisterRow:
    """A row of a register; what is None is not filled in."""
    place = CellPlace(file="formulier.xlsx", sheet=sheet, row=line, column=1)
    cells = [(name, value) for name, value in values.items() if value is not None]
    located = tuple(
        (name, Located(value=value, place=replace(place, column=at))) for at, (name, value) in enumerate(cells, 1)
    )
    return RegisterRow(place=place, values=located)


def evidence(
    numbers: Numbers, care: dict[tuple[str, str], tuple[bool | None, str | None]], *, backwards: bool = False
) -> Evidence:
    """Three locations of two hospitals, with these numbers of systemic therapy and these rows of care."""
    members = [row("Deelnemers", 2, id="Z1", kind="hospital"), row("Deelnemers", 5, id="Z2", kind="hospital")]
    members += [row("Deelnemers", 3 + at, id=f"L{at + 1}", kind="location", parent="Z1") for at in range(2)]
    said = [
        row("Zorgaanbod", at, location=place, group=group, treats=treats, echelon=stated)
        for at, ((place, group), (treats, stated)) in enumerate(care.items(), 2)
    ]
    counted = [
        row("Volumes", at, location=place, treatment=f"systemic-therapy-{group}", year=year, number=number)
        for at, ((place, group, year), number) in enumerate(numbers.items(), 2)
    ]
    order = -1 if backwards else 1
    network = NetworkFacts(
        code="ALBA",
        name="Alba",
        region="",
        assessment_year=2026,
        reporting_year=2025,
        reference_date=date(2025, 12, 31),
    )
    registers = {"members": members, "care": said[::order], "volumes": counted[::order]}
    rows = tuple(RegisterRows(register=name, rows=tuple(found)) for name, found in registers.items())
    return Evidence(network=network, registers=rows)


NUMBER = st.integers(0, LARGEST)
NUMBERS = st.dictionaries(
    st.tuples(st.sampled_from(LOCATIONS), st.sampled_from(GROUPS), st.sampled_from(YEARS)), NUMBER
)
CARE = st.dictionaries(
    st.tuples(st.sampled_from(LOCATIONS), st.sampled_from(GROUPS)),
    st.tuples(st.sampled_from([True, False, None]), st.sampled_from(["1", "2", "3", None])),
)
BORDERS = st.fixed_dictionaries(
    {
        "specific": st.one_of(st.none(), st.integers(30, LARGEST)),
        "generic": st.one_of(st.none(), st.integers(1, 29)),
        "coming": st.one_of(st.none(), st.integers(30, LARGEST)),
        "unit": st.sampled_from(["location", "institution"]),
    }
)


def norms(borders: dict[str, Any]) -> Framework:
    """The built-in norms with these borders for lung, in force or (`coming`) announced; skin has no border."""
    framework = with_borders(built_in(), specific={"lung": 1}, generic=borders["generic"], unit=borders["unit"])
    own = framework.volume_norms[:-1]
    if borders["specific"] is not None:
        own = (*own, border("now", borders["specific"], borders["unit"], "lung"))
    if borders["coming"] is not None:
        later = border("coming", borders["coming"], borders["unit"], "lung")
        own = (*own, replace(later, standing=NormStanding.ANNOUNCED))
    return replace(framework, volume_norms=own)


def assessed(borders: dict[str, Any], numbers: Numbers, care: Any, *, backwards: bool = False) -> Assessment:
    """What comes of it."""
    return assess(norms(borders), evidence(numbers, care, backwards=backwards))[0]


# --- a naive second opinion ----------------------------------------------------------------------------------------


def opinion(borders: dict[str, Any], numbers: Numbers, care: Any, unit: tuple[str, str]) -> set[str]:
    """The levels that remain, by trying every number that a missing figure could be. Slow and obvious on purpose."""
    place, group = unit
    years = [year for where, what, year in numbers if (where, what) == unit]
    if not years:
        return {"1", "2", "3"}
    year = max(years)
    own = numbers[place, group, year]
    if own == 0:
        return {"3"}
    if year < 2025:  # the borders are in force from 2025
        return {"1", "2", "3"}
    others = [name for name in LOCATIONS if PARENTS[name] == PARENTS[place] and name != place]
    rest = could_be(numbers, care, (others[0], group), year) if others and borders["unit"] == "institution" else [0]
    specific = borders["specific"] if group == "lung" else None
    return {level for more in rest for level in by_number(own + more, specific, borders["generic"])}


def could_be(numbers: Numbers, care: Any, unit: tuple[str, str], year: int) -> list[int]:
    """What another location of the hospital can have counted: a location that does not treat the group counts 0."""
    if (*unit, year) in numbers:
        return [numbers[*unit, year]]
    counted_once = any((where, what) == unit for where, what, _ in numbers)
    treats, _ = care.get(unit, (None, None))
    return [0] if treats is False and not counted_once else list(range(LARGEST + 1))


def by_number(total: int, specific: int | None, generic: int | None) -> set[str]:
    """The levels that a number can mean, over the values that an unpublished border could have."""
    found = set()
    for low in [generic] if generic is not None else [1, total + 1]:
        for high in [specific] if specific is not None else [low, max(low, total) + 1]:
            found.add("1" if total >= high else "2" if total >= low else "3")
    return found


@given(borders=BORDERS, numbers=NUMBERS, care=CARE)
@settings(max_examples=tries(120), deadline=None)
def test_the_engine_agrees_with_the_naive_opinion(borders: dict[str, Any], numbers: Numbers, care: Any) -> None:
    for result in assessed(borders, numbers, care).echelons:
        unit = result.location, result.group
        if result.group not in GROUPS:
            continue
        treats, stated = care.get(unit, (None, None))
        none_counted = result.number == 0 and not stated
        if treats is False or (treats is None and none_counted):
            assert (result.treats, result.possible) == (False, ())
        else:
            assert set(result.possible) == opinion(borders, numbers, care, unit), result


@given(borders=BORDERS, numbers=NUMBERS, care=CARE)
@settings(max_examples=tries(60), deadline=None)
def test_the_order_of_rows_does_not_matter(borders: dict[str, Any], numbers: Numbers, care: Any) -> None:
    one, other = (assessed(borders, numbers, care, backwards=turned).echelons for turned in (False, True))
    assert one == other


@given(borders=BORDERS, numbers=NUMBERS, care=CARE, more=st.integers(1, 60), data=st.data())
@settings(max_examples=tries(120), deadline=None)
def test_a_higher_volume_never_gives_a_higher_level_number_nor_opens_one_below(
    borders: dict[str, Any], numbers: Numbers, care: Any, more: int, data: st.DataObject
) -> None:
    filled = [key for key, number in numbers.items() if number]
    if not filled:
        return
    key = data.draw(st.sampled_from(filled))
    before = assessed(borders, numbers, care).echelons
    after = assessed(borders, numbers | {key: numbers[key] + more}, care).echelons
    for old, new in zip(before, after, strict=True):
        assert (old.location, old.group) == (new.location, new.group)
        if old.possible:
            assert max(new.possible) <= max(old.possible)
            assert min(new.possible) <= min(old.possible)


@given(numbers=NUMBERS, care=CARE)
@settings(max_examples=tries(60), deadline=None)
def test_unpublished_borders_never_decide(numbers: Numbers, care: Any) -> None:
    for result in assess(built_in(), evidence(numbers, care))[0].echelons:
        assert not result.computed or result.number == 0
        assert not result.norms


@given(borders=BORDERS, numbers=NUMBERS, care=CARE)
@settings(max_examples=tries(60), deadline=None)
def test_borders_to_come_never_change_what_is_computed(borders: dict[str, Any], numbers: Numbers, care: Any) -> None:
    now = assessed({**borders, "coming": None}, numbers, care).echelons
    for result, without in zip(assessed(borders, numbers, care).echelons, now, strict=True):
        assert replace(result, would_be="") == replace(without, would_be="")
