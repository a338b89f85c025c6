"""`assess --from`: former years of the same network, from their dossiers or from the forms of then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from normtool.app.reading import Given, is_unsafe
from normtool.core.diagnostics import Collector, Diagnostics
from normtool.core.dossier import Dossier, FormerYear
from normtool.core.evidence import Evidence, NetworkFacts
from normtool.core.form_identity import identity_of
from normtool.core.grids import Grid
from normtool.core.history import former_years
from normtool.core.intake import Known, take_in
from normtool.core.network_names import spellings_of_network
from normtool.core.networks import Registry
from normtool.core.places import FilePlace
from normtool.core.rules_history import FORMER_YEAR_TWICE, NOTHING_COMPARED
from normtool.core.rules_offers import LAST_YEAR_NOT_ALL_READ, NOT_AN_EARLIER_YEAR, OTHER_NETWORK_LAST_YEAR
from normtool.core.scoring import assess
from normtool.core.spellings import plain
from normtool.core.standards import Framework
from normtool.files.networks_yaml import load_registry
from normtool.files.reading_worker import read_all

JSON = ".json"


class Named(Protocol):
    """A network as it is told from others: by its code and its name."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A former year as it was found: in which file, its SHA-256, and the dossier read from it or made of it."""

    file: str
    digest: str
    dossier: Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFormer:
    """What came of reading the files of former years, of whatever network, and what is wrong with them."""

    found: tuple[Former, ...] = ()
    registry: Registry | None = None
    diagnostics: Diagnostics = ()


def read_former(framework: Framework, given: Given) -> ReadFormer:
    """Read the files of former years; for several networks of one run once is enough."""
    if not given.former:
        return ReadFormer()
    collector = Collector()
    registry, about_networks = load_registry(given.networks)
    collector.items += about_networks
    found = (*_from_dossiers(given.former, collector), *_from_forms(framework, given.former, registry, collector))
    return ReadFormer(found=found, registry=registry, diagnostics=collector.done())


def history_in(
    framework: Framework, evidence: Evidence, read: ReadFormer, others: Iterable[Named] = ()
) -> tuple[tuple[FormerYear, ...], Diagnostics]:
    """The former years of one network in what was read, latest first and each once, and what is wrong with the files.

    The years that a former dossier keeps itself are taken along, unless such a year was given in a file of its own.
    Files of `others`, the other networks of the same run, are left to them.
    """
    collector = Collector()
    collector.items += read.diagnostics
    own = _names(evidence.network, read.registry)
    theirs = frozenset(name for network in others for name in _names(network, read.registry)) - own
    ours = [item for item in read.found if own & _stated(item) or not theirs & _stated(item)]
    kept = [item for item in ours if _belongs(item, evidence.network, own, collector)]
    return _in_order(framework, kept, collector), collector.done()


def _from_dossiers(paths: Iterable[Path], collector: Collector) -> list[Former]:
    from normtool.files.dossiers_json import read_dossier

    found = []
    for path in paths:
        if path.suffix.lower() == JSON:
            dossier, faults = read_dossier(path)
            collector.items += faults
            if dossier is not None:
                digest = sha256(path.read_bytes()).hexdigest()
                found.append(Former(file=path.name, digest=digest, dossier=dossier))
    return found


def _from_forms(
    framework: Framework, paths: Iterable[Path], registry: Registry | None, collector: Collector
) -> list[Former]:
    """Forms read and judged with the norms of today, the parts of one network and year together."""
    read = read_all([path for path in paths if path.suffix.lower() != JSON])
    collector.items += (said for file in read if file.grid is None for said in file.diagnostics)
    years: dict[tuple[str, int], list[Grid]] = {}
    known = Known(registry=registry)
    for grid in (file.grid for file in read if file.grid is not None):
        alone, found = take_in(framework, (grid,), known)
        made_for = identity_of(grid)
        network, year = made_for.fact("network"), made_for.fact("assessment_year")
        if alone is not None:
            network, year = alone.network.code or alone.network.name, str(alone.network.assessment_year)
        if not year.isdecimal():
            collector.items += (item for item in found if item.is_error)
            continue
        years.setdefault((plain(network), int(year)), []).append(grid)
    made = (_from_form(framework, tuple(grids), known, collector) for grids in years.values())
    return [item for item in made if item is not None]


def _from_form(framework: Framework, grids: tuple[Grid, ...], known: Known, collector: Collector) -> Former | None:
    evidence, found = take_in(framework, grids, known)
    errors = tuple(item for item in found if item.is_error)
    file = grids[0].file
    if evidence is None or is_unsafe(errors):
        collector.items += errors
        return None
    if errors:
        collector.add(LAST_YEAR_NOT_ALL_READ, FilePlace(file=file), count=len(errors))
    assessment, _ = assess(framework, evidence)
    digests = sorted(grid.digest for grid in grids)
    digest = digests[0] if len(digests) == 1 else sha256("\n".join(digests).encode()).hexdigest()
    return Former(
        file=file,
        digest=digest,
        dossier=Dossier(framework=framework, evidence=evidence, assessment=assessment),
    )


def _names(network: Named, registry: Registry | None) -> frozenset[str]:
    """All that the network goes by, in plain form."""
    known = spellings_of_network(registry, network.code, network.name) if registry is not None else ()
    return frozenset(plain(name) for name in (network.code, network.name, *known))


def _stated(item: Former) -> frozenset[str]:
    """What a former year calls its network, in plain form."""
    network = item.dossier.evidence.network
    return frozenset((plain(network.code), plain(network.name)))


def _belongs(item: Former, network: NetworkFacts, own: frozenset[str], collector: Collector) -> bool:
    """Whether it is a former year of this network; otherwise it is said what it is."""
    then, place = item.dossier.evidence.network, FilePlace(file=item.file)
    if not own & _stated(item):
        collector.add(OTHER_NETWORK_LAST_YEAR, place, found=then.code, expected=network.code)
        return False
    if then.assessment_year >= network.assessment_year:
        collector.add(NOT_AN_EARLIER_YEAR, place, found=str(then.assessment_year), year=network.assessment_year)
        return False
    return True


def _in_order(framework: Framework, found: list[Former], collector: Collector) -> tuple[FormerYear, ...]:
    """Each year once, latest first; one that was given goes before the same year in a dossier of later."""
    given: dict[int, Former] = {}
    for item in found:
        year = item.dossier.evidence.network.assessment_year
        first = given.setdefault(year, item)
        if first.digest != item.digest:
            collector.add(FORMER_YEAR_TWICE, FilePlace(file=item.file), year=year, other=first.file)
    years: dict[int, FormerYear] = {}
    own: list[FormerYear] = []
    for year in sorted(given, reverse=True):
        itself, *older = former_years(framework, given[year].dossier, given[year].digest)
        years[year] = itself
        own += older
        if not any(result.is_same_norm for result in itself.results):
            collector.add(NOTHING_COMPARED, FilePlace(file=given[year].file), year=year, edition=itself.edition)
    for former in own:
        years.setdefault(former.assessment_year, former)
    return tuple(years[year] for year in sorted(years, reverse=True))
