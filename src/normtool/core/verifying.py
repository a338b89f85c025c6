"""Judging a dossier again from the evidence and the norms in it, and comparing that with what is written.

Nothing here reads a file: whether the evidence is what was once typed is asked of the original workbooks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

from normtool.core.assessment import Assessment, ResultOrigin
from normtool.core.dossier import Dossier
from normtool.core.next_steps import judge_standard
from normtool.core.places import CellPlace, Located
from normtool.core.region_questions import Judged
from normtool.core.regions_together import judge_region
from normtool.core.registers import Text
from normtool.core.scoring import assess
from normtool.core.standards import Basis, Framework


class Missing(Enum):
    """Stands where the other side has something and this one has nothing."""

    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that is written otherwise than what follows.

    `path` leads to it as in dossier.json: `("standards", "3", "indicators", "N3.2", "verdict")`. `place` is the cell
    that it was typed in, where it is what somebody typed.
    """

    path: tuple[str, ...]
    written: object
    follows: object
    place: CellPlace | None = None

    @property
    def field(self) -> str:
        """The name of what differs: the last part of the path that is not a number in a list."""
        return next((part for part in reversed(self.path) if not part.isdigit()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What follows from a dossier's evidence.

    `untested` are the ids of the indicators that rest on what the dossier does not hold: their results are taken as
    they are written.
    """

    assessment: Assessment
    untested: tuple[str, ...] = ()


def follow(dossier: Dossier) -> Followed:
    """The assessment that follows from a dossier; of a part only what follows from the verdicts in it."""
    if dossier.part is not None:
        return _from_verdicts(dossier, dossier.assessment)
    own, _ = assess(dossier.framework, dossier.evidence)
    if dossier.sub_networks:
        region = Judged(evidence=dossier.evidence, assessment=own)
        together = judge_region(dossier.framework, region, (), dossier.sub_networks)
        return Followed(assessment=together.region)
    if dossier.region is None:
        return Followed(assessment=own)
    return _below(dossier, own)


def _below(dossier: Dossier, own: Assessment) -> Followed:
    """A sub-network with the answers of its region; without the region's evidence those are taken as written."""
    above = dossier.region.evidence if dossier.region is not None else None
    if above is None:
        return _as_written(dossier, own)
    region = Judged(evidence=above, assessment=assess(dossier.framework, above)[0])
    together = judge_region(dossier.framework, region, (Judged(evidence=dossier.evidence, assessment=own),))
    (found,) = together.sub_networks
    return Followed(assessment=found.assessment or own)


def _as_written(dossier: Dossier, own: Assessment) -> Followed:
    written = {item.id: item for item in dossier.assessment.indicators if item.origin is ResultOrigin.INHERITED}
    standards = {item.id: item for item in dossier.framework.standards}
    judged = tuple(
        judge_standard(standards[item.id], tuple(written.get(result.id, result) for result in item.indicators))
        for item in own.standards
    )
    return Followed(assessment=replace(own, standards=judged), untested=tuple(written))


def _from_verdicts(dossier: Dossier, written: Assessment) -> Followed:
    """The standards as they follow from the verdicts of their indicators; the rest as it is written."""
    standards = {item.id: item for item in dossier.framework.standards}
    judged = []
    for item in written.standards:
        known = standards.get(item.id)
        found = judge_standard(known, item.indicators) if known is not None else item
        judged.append(found if item.next_step is not None else replace(found, next_step=None))
    untested = tuple(item.id for item in written.indicators)
    return Followed(assessment=replace(written, standards=tuple(judged)), untested=untested)


# --- comparing ------------------------------------------------------------------------------------------------


def differences(written: object, follows: object, path: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Every value in which two values of the same make differ, in the order in which they stand."""
    if written == follows:
        return
    if isinstance(written, Located) and isinstance(follows, Located) and written.value != follows.value:
        yield Difference(path=path, written=written.value, follows=follows.value, place=written.place)
    elif is_dataclass(written) and type(written) is type(follows) and _is_inside(written):
        for field in fields(written):
            yield from differences(getattr(written, field.name), getattr(follows, field.name), (*path, field.name))
    elif isinstance(written, tuple) and isinstance(follows, tuple) and _has_parts(written, follows):
        yield from _between(written, follows, path)
    else:
        yield Difference(path=path, written=written, follows=follows)


def _between(written: tuple[Any, ...], follows: tuple[Any, ...], path: tuple[str, ...]) -> Iterator[Difference]:
    """The differences between two lists, item by item: those that have an id by that, others by their number."""
    first, second = _by_key(written), _by_key(follows)
    for key in dict.fromkeys((*first, *second)):
        yield from differences(first.get(key, Missing.NOTHING), second.get(key, Missing.NOTHING), (*path, key))


def _by_key(items: tuple[Any, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, item in enumerate(items):
        key = getattr(item, "id", "") or getattr(item, "indicator", "") or getattr(item, "register", "")
        found[key if isinstance(key, str) and key and key not in found else str(number)] = item
    return found


def _has_parts(written: tuple[Any, ...], follows: tuple[Any, ...]) -> bool:
    return any(is_dataclass(item) or isinstance(item, tuple) for item in (*written, *follows))


WHOLE = {"Share", "Interval", "DateSpan", "CellPlace", "Text"}
"""What is shown as one value."""


def _is_inside(value: object) -> bool:
    return type(value).__name__ not in WHOLE


# --- norms ----------------------------------------------------------------------------------------------------

TOLD = {"basis", "public", "sources", "name", "title", "short", "plain", "caveat", "guidance", "remedy", "notice"}
"""Parts of norms that are only told; nothing else in them leaves every verdict as it is."""


def norm_differences(dossier: Dossier, installed: Framework) -> tuple[tuple[Difference, ...], bool]:
    """In what the norms of a dossier differ from the installed ones of the same edition.

    Beside them: whether any of it can change a verdict. The limit of small numbers may be the house style's.
    """
    style = dossier.house_style
    limit = style.small_below if style is not None and style.small_below is not None else None
    settings = installed.settings if limit is None else replace(installed.settings, small_below=limit)
    same = replace(installed, settings=settings, digest=dossier.framework.digest)
    found = tuple(differences(dossier.framework, same))
    return found, any(not _is_told(item) for item in found)


def _is_told(item: Difference) -> bool:
    return isinstance(item.follows, Text | Basis) or not TOLD.isdisjoint(item.path)
