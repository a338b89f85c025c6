"""Dossiers that stand beside each other in a board workbook: earlier years, other networks, one member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from normtool.core.assessment import Verdict
from normtool.core.dossier import Dossier
from normtool.core.history import former_year
from normtool.texts import Words
from tests import dossier_examples
from tests.board_examples import ALL_WELL, MET, MIXED, NOT, PARTLY, STRUGGLING, UNKNOWN, dossier, for_board

EARLIER: Mapping[str, Verdict] = {
    **MIXED,
    "N1.1": PARTLY,
    "N2.1": UNKNOWN,
    "N2.5": MET,
    "N3.1": NOT,
    "N3.7": MET,
    "N4.1": NOT,
    "N6.4": PARTLY,
}
NAMES = ("Noordwold", "Oostmark", "Zuiderlei", "Westerkwartier", "Heuvelzoom", "Rivierenland", "Duinrand")
VERDICTS: tuple[Mapping[str, Verdict], ...] = (MIXED, EARLIER, ALL_WELL, STRUGGLING)
MEMBER = "alba"


def of_network(item: Dossier, code: str, name: str, year: int = 2026) -> Dossier:
    """The dossier as that of another network or year."""
    network = replace(item.evidence.network, code=code, name=name, assessment_year=year, reporting_year=year - 1)
    return replace(item, evidence=replace(item.evidence, network=network))


def earlier(year: int = 2025, verdicts: Mapping[str, Verdict] = EARLIER, *, cycle: int = 2) -> Dossier:
    """The same network in an earlier year."""
    return of_network(dossier(verdicts, cycle=cycle), "VBL", "Oncologienetwerk Voorbeeldland", year)


def three_years() -> Dossier:
    """A dossier that keeps two earlier years itself, the first of them in its first cycle."""
    item = dossier()
    before = (earlier(), earlier(2024, STRUGGLING, cycle=1))
    return replace(item, history=tuple(former_year(item.framework, one, "ef" * 32) for one in before))


def networks(number: int, words: Words) -> tuple[Dossier, Words, tuple[Dossier, ...]]:
    """So many networks, in another order than that of their codes."""
    found = [
        for_board(of_network(dossier(VERDICTS[place % 4], cycle=2 - place % 2), f"R{place + 1}", name))
        for place, name in enumerate(NAMES[:number])
    ]
    return found[-1], words, tuple(found[:-1])


def two_networks_in_two_years(words: Words) -> tuple[Dossier, Words, tuple[Dossier, ...]]:
    """Two networks, one of them in two years."""
    one, other = of_network(dossier(), "AA", "Aland"), of_network(dossier(ALL_WELL), "BB", "Beeland")
    return one, words, (other, of_network(dossier(STRUGGLING), "AA", "Aland", 2025))


def older_year_between(words: Words) -> tuple[Dossier, Words, tuple[Dossier, ...]]:
    """Three networks of which the one in the middle stands there with an older year too."""
    older, this = (of_network(dossier(), "BB", "Beeland", year) for year in (2025, 2026))
    return of_network(dossier(), "AA", "Aland"), words, (older, this, of_network(dossier(ALL_WELL), "CC", "Celand"))


def for_member() -> Dossier:
    """What the board of one hospital gets."""
    return for_board(dossier_examples.mixed(), MEMBER)
