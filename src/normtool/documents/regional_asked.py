"""What is asked of a level, per location and tumour group: a network's own rows, for a region those of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normtool.core.assessment import RowResult, RowState
from normtool.core.dossier import Dossier
from normtool.core.region_members import ids_in_the_region
from normtool.core.spellings import plain
from normtool.documents.regional import in_order, members_of

Pair = frozenset[str]
"""A location and a tumour group, in whatever order the row of an indicator names them."""
ORDER = {RowState.NOT_MET: 0, RowState.PARTLY_MET: 1, RowState.MET: 2}
"""The lowest that a sub-network found stands; what it could not judge gives way to what another knows."""


def asked_rows(dossier: Dossier, indicator: str) -> dict[Pair, RowResult]:
    """The rows of an indicator by location and group, each pair once.

    A region whose verdict is derived from its sub-networks has no rows of its own: it shows theirs, with the ids that
    members have in the region.
    """
    result = dossier.assessment.indicator(indicator)
    own = {frozenset(row.key): row for row in result.rows} if result is not None else {}
    if own or not dossier.sub_networks:
        return own
    found: dict[Pair, RowResult] = {}
    for pair, row in _below(dossier, indicator):
        former = found.get(pair)
        if former is None or _rank(row) < _rank(former):
            found[pair] = row
    return found


def _below(dossier: Dossier, indicator: str) -> Iterator[tuple[Pair, RowResult]]:
    ids = ids_in_the_region(members_of(dossier))
    for item in in_order(dossier):
        result = item.assessment.indicator(indicator) if item.assessment is not None else None
        for row in result.rows if result is not None else ():
            yield _here(row, item.code, ids), row


def _here(row: RowResult, code: str, ids: Mapping[tuple[str, str], str]) -> Pair:
    return frozenset(ids.get((code, plain(part)), part) for part in row.key)


def _rank(row: RowResult) -> int:
    return ORDER.get(row.state, len(ORDER))
