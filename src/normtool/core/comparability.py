"""Which dossiers may stand side by side, and whether their networks may be named."""

from __future__ import annotations

from dataclasses import dataclass

from normtool.core import rules_comparison as rules
from normtool.core.comparison import FINAL_STAGES, Comparison, network_key
from normtool.core.diagnostics import Collector, Diagnostics
from normtool.core.dossier import Dossier
from normtool.core.evidence import DataNature
from normtool.core.places import FilePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDossier:
    """A dossier and the name of the file it was read from."""

    file: str
    dossier: Dossier

    @property
    def place(self) -> FilePlace:
        """The file, as a place to speak of."""
        return FilePlace(file=self.file)

    @property
    def network(self) -> str:
        """The network, by name or else by code."""
        network = self.dossier.evidence.network
        return network.name.strip() or network.code.strip()


def may_be_named(dossiers: tuple[Dossier, ...]) -> bool:
    """Whether the networks may be named: all years of one, or each is invented, or is final and agrees to it."""
    is_one = len({network_key(item) for item in dossiers}) == 1
    return is_one or all(shares_its_name(item) for item in dossiers)


def shares_its_name(dossier: Dossier) -> bool:
    """Whether this network may be named beside others."""
    is_invented = dossier.evidence.network.nature is DataNature.FICTIONAL
    return is_invented or (dossier.stage in FINAL_STAGES and dossier.shares_name)


def check_comparable(named: tuple[NamedDossier, ...], *, is_anonymous: bool) -> Diagnostics:
    """What keeps dossiers from standing side by side, and who among them is preliminary."""
    found = Collector()
    if len(named) < 2:
        found.add(rules.TOO_FEW_DOSSIERS, count=len(named))
        return found.done()
    found.items += check_twice(named)
    _check_frameworks(named, found)
    if not (is_anonymous or may_be_named(tuple(item.dossier for item in named))):
        for item in named:
            if not shares_its_name(item.dossier):
                found.add(rules.NAMES_NOT_ALLOWED, item.place, network=item.network)
    for item in named:
        if item.dossier.draft:
            found.add(rules.PRELIMINARY_AMONG_THEM, item.place, network=item.network)
    return found.done()


def check_twice(named: tuple[NamedDossier, ...]) -> Diagnostics:
    """Whether each dossier is of another network or year."""
    found = Collector()
    seen: dict[tuple[tuple[str, str], int], NamedDossier] = {}
    for item in named:
        year = item.dossier.evidence.network.assessment_year
        first = seen.setdefault((network_key(item.dossier), year), item)
        if first is not item:
            found.add(rules.DOSSIER_TWICE, item.place, network=item.network, year=year, other=first.file)
    return found.done()


def _check_frameworks(named: tuple[NamedDossier, ...], found: Collector) -> None:
    expected = named[0].dossier.framework.id
    for item in named[1:]:
        if item.dossier.framework.id != expected:
            found.add(rules.FRAMEWORKS_DIFFER, item.place, found=item.dossier.framework.id, expected=expected)


def check_editions(comparison: Comparison) -> Diagnostics:
    """Whether the columns have different norms, and how many indicators therefore stand apart."""
    found = Collector()
    if len(comparison.editions) > 1 or comparison.apart:
        found.add(rules.EDITIONS_DIFFER, editions=", ".join(comparison.editions), count=len(comparison.apart))
    return found.done()
