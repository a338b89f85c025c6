"""Reading what came in of a region: forms, told apart by their network, and dossiers that were made before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from normtool.app.folders import FoundFile, told_apart, without_strangers
from normtool.app.reading import Common, Given, OpenedFiles, in_order, is_unsafe, open_files, read_forms
from normtool.core import rules_standards
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.dossier import Dossier
from normtool.core.evidence import NetworkLayer
from normtool.core.form_network import StatedNetwork, network_in
from normtool.core.grids import Grid
from normtool.core.networks import Registry
from normtool.core.places import FilePlace, KeyPlace, Place
from normtool.core.region_roster import Arrival, Asked, Identities, Roster, call_the_roll
from normtool.core.rules_answers import REFERENCE_DATE_OVERRIDDEN
from normtool.core.rules_parts import FOLDER_WITHOUT_FORMS
from normtool.core.rules_regions import DOSSIER_PASSED_OVER, FOUND_TOGETHER, OF_ONE_REGION
from normtool.core.standards import Framework
from normtool.files.reading_worker import ReadFile

DOSSIERS = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNetwork:
    """One network that came in: its forms (none when it came as a dossier), and what there is to say of it.

    `arrival` is None when its forms could not be read; `code` is what they say of themselves.
    """

    code: str
    arrival: Arrival | None
    forms: tuple[Grid, ...]
    diagnostics: Diagnostics


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRegion:
    """What came of reading a region: its files, its networks, who is who among them, and what does not fit.

    `diagnostics` are those about the files and about the networks beside each other. `unusable`: nothing can be made
    of it, not even a draft.
    """

    files: tuple[ReadFile, ...]
    networks: tuple[ReadNetwork, ...]
    roster: Roster | None
    diagnostics: Diagnostics
    unusable: bool

    @property
    def everything(self) -> Diagnostics:
        """Everything there is to say; what a dossier holds was said when it was made."""
        own = (item for network in self.networks if network.forms for item in network.diagnostics)
        return in_order(dict.fromkeys((*self.diagnostics, *own)))


def read_region(common: Common, framework: Framework, given: Given) -> ReadRegion:
    """Read everything that was given as networks of one region."""
    dossiers, others = _apart(given.paths)
    opened = open_files(common, replace(given, paths=others))
    identities = Identities(registry=opened.registry or Registry())
    of_forms, strangers = _without_strangers(opened, tuple(_from_forms(common, framework, opened, identities)))
    of_dossiers, about_dossiers = _from_dossiers(common, dossiers)
    networks = (*of_forms, *of_dossiers)
    asked = Asked(
        region=given.region,
        identities=identities,
        digest=framework.digest,
        unread=tuple(item.code for item in networks if item.arrival is None),
    )
    roster, said = call_the_roll(asked, [item.arrival for item in networks if item.arrival is not None])
    in_folders = {item.path.parent.name for item in dossiers if not item.is_named}
    about_files = (item for item in opened.diagnostics if not _misses_forms(item, in_folders))
    diagnostics = in_order((*opened.about_networks, *about_files, *strangers, *about_dossiers, *said))
    everything = (*diagnostics, *(item for network in of_forms for item in network.diagnostics))
    return ReadRegion(
        files=opened.files,
        networks=networks,
        roster=roster,
        diagnostics=diagnostics,
        unusable=roster is None
        or opened.registry is None
        or not opened.all_read
        or any(item.is_error for item in about_dossiers)
        or any(item.arrival is None for item in networks)
        or is_unsafe(everything),
    )


def _misses_forms(item: Diagnostic, folders: set[str]) -> bool:
    """Whether it says that there are no forms in a folder that holds dossiers instead."""
    return item.rule is FOLDER_WITHOUT_FORMS and item.place is not None and item.place.file in folders


# --- forms ----------------------------------------------------------------------------------------------------


def _from_forms(
    common: Common, framework: Framework, opened: OpenedFiles, identities: Identities
) -> Iterator[ReadNetwork]:
    """Each network of which forms came in, its parts together; the same whatever the order of the files."""
    for code, grids in _by_network(opened.forms, identities):
        forms, evidence, found = read_forms(common, framework, opened, grids)
        arrival = Arrival(evidence=evidence, file=forms[0].file) if evidence is not None else None
        yield ReadNetwork(code=code, arrival=arrival, forms=forms, diagnostics=found)


def _by_network(grids: Iterable[Grid], identities: Identities) -> list[tuple[str, tuple[Grid, ...]]]:
    """Forms by the network they are of, with its code; one that names no network stands alone."""
    groups: dict[str, tuple[str, list[Grid]]] = {}
    for grid in sorted(grids, key=lambda item: (item.file, item.digest)):
        stated = network_in(grid)
        identity = identities.of_network(stated.code, stated.name) or f"? {grid.file}"
        groups.setdefault(identity, (stated.code or stated.name or grid.file, []))[1].append(grid)
    return [(code, tuple(found)) for code, found in groups.values()]


def _without_strangers(
    opened: OpenedFiles, networks: tuple[ReadNetwork, ...]
) -> tuple[tuple[ReadNetwork, ...], Diagnostics]:
    """The networks without workbooks of a folder that are no forms, and what there is to say of those."""
    forms = tuple(form for item in networks for form in item.forms)
    said = without_strangers(opened.found, forms, tuple(d for item in networks for d in item.diagnostics))
    own = frozenset(diagnostic for item in networks for diagnostic in item.diagnostics)
    kept = frozenset(said)
    left = (replace(item, diagnostics=tuple(d for d in item.diagnostics if d in kept)) for item in networks)
    ours = tuple(item for item in left if item.arrival is not None or any(d.is_error for d in item.diagnostics))
    return ours, tuple(item for item in said if item not in own)


# --- dossiers -------------------------------------------------------------------------------------------------


def _apart(paths: Iterable[Path]) -> tuple[tuple[FoundFile, ...], tuple[Path, ...]]:
    """The dossiers among the files and in the folders that were given, each once, and all that is not a dossier."""
    found: dict[Path, FoundFile] = {}
    others: list[Path] = []
    for path in paths:
        if path.suffix.lower() == DOSSIERS and not path.is_dir():
            found[path.absolute()] = FoundFile(path=path, is_named=True)
            continue
        others.append(path)
        for item in _in_folder(path):
            found.setdefault(item.absolute(), FoundFile(path=item, is_named=False))
    in_order_of_path = [found[path] for path in sorted(found)]
    return tuple(told_apart(tuple(in_order_of_path))), tuple(others)


def _in_folder(path: Path) -> list[Path]:
    try:
        return [item for item in path.glob(f"*{DOSSIERS}") if not item.name.startswith(".")] if path.is_dir() else []
    except OSError:  # opening it as a folder of forms says so
        return []


def _from_dossiers(common: Common, found: tuple[FoundFile, ...]) -> tuple[tuple[ReadNetwork, ...], Diagnostics]:
    """The networks whose dossiers came in; one in a folder that is no dossier is only noted."""
    from normtool.files.dossiers_json import read_dossier

    networks: list[ReadNetwork] = []
    said: list[Diagnostic] = []
    for item in found:
        dossier, faults = read_dossier(item.path)
        if dossier is not None:
            networks.append(_of_dossier(common, dossier, item.called))
        elif not item.is_named and all(fault.rule in NO_DOSSIERS for fault in faults):
            said.append(Diagnostic(rule=DOSSIER_PASSED_OVER, place=FilePlace(file=item.called)))
        else:
            said += [replace(fault, place=_called(fault.place, item.called)) for fault in faults]
    return tuple(networks), tuple(said)


NO_DOSSIERS = (rules_standards.DOSSIER_NOT_JSON, rules_standards.NOT_A_DOSSIER)


def _called(place: Place | None, name: str) -> Place | None:
    return replace(place, file=name) if isinstance(place, FilePlace | KeyPlace) else place


def _of_dossier(common: Common, dossier: Dossier, file: str) -> ReadNetwork:
    """A network as its dossier holds it, judged on the day that was asked for; what depends on others is left out."""
    codes = {rule.code for rule in FOUND_TOGETHER}
    found = [item for item in dossier.diagnostics if item.code not in codes]
    evidence = dossier.evidence
    if common.on is not None and common.on != evidence.network.reference_date:
        network = replace(evidence.network, reference_date=common.on, reference_date_overridden=True)
        evidence = replace(evidence, network=network)
        facts = (("date", common.on.isoformat()),)
        found.append(Diagnostic(rule=REFERENCE_DATE_OVERRIDDEN, place=FilePlace(file=file), facts=facts))
    arrival = Arrival(evidence=evidence, file=file, dossier=dossier)
    return ReadNetwork(code=evidence.network.code, arrival=arrival, forms=(), diagnostics=tuple(found))


# --- several networks without --region ------------------------------------------------------------------------


def of_one_region(forms: Iterable[Grid], identities: Identities) -> Diagnostics:
    """How to assess several networks together, when they came in without `--region` and are all of one."""
    networks = {identities.of_network(stated.code, stated.name): stated for stated in map(network_in, forms)}
    networks.pop("", None)
    named = {identities.of(item.region): item.region for item in networks.values() if item.region}
    regions = {_region_of(identity, stated, (identities, named)) for identity, stated in networks.items()}
    if len(networks) < 2 or len(regions) != 1 or "" in regions:
        return ()
    region = regions.pop()
    known = identities.registered(region)
    said = known.code if known is not None else named.get(region, region)
    return (Diagnostic(rule=OF_ONE_REGION, facts=(("region", said),)),)


def _region_of(identity: str, stated: StatedNetwork, known: tuple[Identities, Mapping[str, str]]) -> str:
    """The region a network is of, or that it is itself; empty when nothing says so."""
    identities, named = known
    registered = identities.registered(identity)
    if registered is not None and registered.layer is NetworkLayer.REGION:
        return identity
    own = next((key for text in (stated.code, stated.name) if (key := identities.of(text)) in named), "")
    if own or stated.region:
        return own or identities.of(stated.region)
    return registered.region if registered is not None else ""
