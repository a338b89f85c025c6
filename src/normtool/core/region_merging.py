"""What a region shows of its sub-networks beside verdicts: echelons of locations, and steps under the IZA.

Source: docs/method.md, Regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from normtool.core.assessment import EchelonResult, IzaResult, IzaStepDate, ResultOrigin, StepState
from normtool.core.dossier import SubNetwork
from normtool.core.region_members import REGION
from normtool.core.spellings import plain
from normtool.core.standards import Framework

Ids = Mapping[tuple[str, str], str]
"""The id of a location in the region, by the code of a network and the location's id there."""

STATES = (StepState.TAKEN, StepState.UNDECIDED, StepState.PLANNED)
"""How far behind a step is; of several sub-networks the one that is furthest behind counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two networks that say something else of one location and tumour group, as the region knows it."""

    location: str
    group: str
    networks: tuple[str, str]
    first: EchelonResult
    second: EchelonResult


def region_echelons(
    own: Sequence[EchelonResult], sub_networks: Sequence[SubNetwork], ids: Ids
) -> tuple[tuple[EchelonResult, ...], tuple[Contradiction, ...]]:
    """One echelon per location and tumour group, and where two networks contradict each other about it."""
    said: dict[tuple[str, str], list[tuple[str, EchelonResult]]] = {}
    for code, results in _stated(own, sub_networks):
        for result in results:
            location = ids.get((code, plain(result.location)), result.location)
            said.setdefault((location, result.group), []).append((code, replace(result, location=location)))
    found: list[EchelonResult] = []
    against: list[Contradiction] = []
    for (location, group), items in said.items():
        for place, (other, result) in enumerate(items):
            code, former = next((item for item in items[:place] if _contradict(item[1], result)), (other, result))
            if former is not result:
                pair = (code, other)
                against.append(
                    Contradiction(location=location, group=group, networks=pair, first=former, second=result)
                )
        found.append(_merged([result for _, result in items]))
    return tuple(found), tuple(against)


def _stated(
    own: Sequence[EchelonResult], sub_networks: Sequence[SubNetwork]
) -> Iterable[tuple[str, Sequence[EchelonResult]]]:
    yield REGION, own
    for item in sub_networks:
        if item.assessment is not None:
            yield item.code, item.assessment.echelons


def _contradict(one: EchelonResult, other: EchelonResult) -> bool:
    """Whether two networks cannot both be right: on treating it, on the echelon, on the number of one year."""
    treats = {item.treats for item in (one, other)} == {True, False}
    stated = bool(one.stated and other.stated) and one.stated != other.stated
    counted = one.number is not None and other.number is not None and one.year == other.year
    return treats or stated or (counted and one.number != other.number)


def _merged(items: Sequence[EchelonResult]) -> EchelonResult:
    """All statements about one location and group as one, whatever their order; what they differ on stays open."""
    treats = {item.treats for item in items if item.treats is not None}
    stated = {item.stated for item in items if item.stated}
    places = tuple(dict.fromkeys(place for item in items for place in item.places))
    merged = replace(
        _by_volume(items),
        treats=treats.pop() if len(treats) == 1 else None,
        stated=stated.pop() if len(stated) == 1 else "",
        places=places,
    )
    if merged.treats is False:
        return replace(merged, possible=(), open_border=(), would_be="", number=None, year=None, norms=())
    return merged


def _by_volume(items: Sequence[EchelonResult]) -> EchelonResult:
    """What the newest numbers say; where they differ, all levels that any of them leaves."""
    newest = max((item.year or 0 for item in items if item.number is not None), default=0)
    counted = [item for item in items if item.number is not None and (item.year or 0) == newest]
    if not counted:
        return next((item for item in items if item.treats), items[0])
    first = counted[0]
    return replace(
        first,
        number=first.number if all(item.number == first.number for item in counted) else None,
        possible=tuple(sorted({level for item in counted for level in item.possible})),
        open_border=tuple(dict.fromkeys(border for item in counted for border in item.open_border)),
        would_be=first.would_be if all(item.would_be == first.would_be for item in counted) else "",
        norms=tuple(dict.fromkeys(norm for item in counted for norm in item.norms)),
    )


def region_iza(
    framework: Framework, own: Sequence[IzaResult], sub_networks: Sequence[SubNetwork]
) -> tuple[IzaResult, ...]:
    """The region's own steps; a step it says nothing of is as far as the sub-network that is furthest behind.

    A step that not every sub-network has stated is not known in the region.
    """
    order = [step.id for step in framework.iza.steps] if framework.iza is not None else []
    below = [{item.group: item for item in one.assessment.iza} for one in sub_networks if one.assessment is not None]
    above = {item.group: item for item in own}
    tranches = {item.group: item.tranche for one in below for item in one.values()}
    found = []
    for group in dict.fromkeys((*above, *tranches)):
        known = above.get(group) or IzaResult(group=group, tranche=tranches[group])
        steps = (known.step(step) or _behind(step, [one.get(group) for one in below]) for step in order)
        found.append(replace(known, steps=tuple(step for step in steps if step is not None)))
    return tuple(found)


def _behind(step: str, results: Sequence[IzaResult | None]) -> IzaStepDate | None:
    """A step as far as the sub-network that is furthest behind; None while one of them says nothing of it."""
    stated = [item.step(step) if item is not None else None for item in results]
    known = [item for item in stated if item is not None]
    if not known or len(known) < len(stated):
        return None
    last = max(known, key=lambda item: (STATES.index(item.state), item.day is not None and item.day.last.toordinal()))
    places = tuple(dict.fromkeys(place for item in known for place in item.places))
    return replace(last, origin=ResultOrigin.DERIVED, places=places)
