"""Reading forms of several networks and years that came in together: each network by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from normtool.app.folders import without_strangers
from normtool.app.making import plain_name
from normtool.app.reading import (
    Common,
    Given,
    OpenedFiles,
    ReadEvidence,
    in_order,
    is_unsafe,
    open_files,
    read_forms,
    read_opened,
)
from normtool.app.region_reading import of_one_region
from normtool.core.batches import FormsOfNetwork, about_figures, about_makings, forms_apart
from normtool.core.diagnostics import Diagnostic, Diagnostics
from normtool.core.form_network import made_for, network_in
from normtool.core.grids import Grid
from normtool.core.networks import Registry
from normtool.core.places import FilePlace
from normtool.core.privacy import shield
from normtool.core.region_roster import Identities
from normtool.core.rules_answers import NOT_OUR_FORM
from normtool.core.rules_batch import PART_OF_ANOTHER
from normtool.core.standards import Framework
from normtool.files.reading_worker import ReadFile


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRead:
    """One network and year of a batch: how its forms name it, the folder for it, and what came of reading them."""

    code: str
    name: str
    year: int | None
    folder: str
    read: ReadEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkForms:
    """One network and year of a batch before its forms are read: these, all its files, and what is known of those.

    `about` is what there is to say of the files themselves.
    """

    forms: FormsOfNetwork
    folder: str
    files: tuple[ReadFile, ...]
    about: Diagnostics


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Forms of several networks that came in, in the order of code and year.

    `diagnostics` are about what is of none of them: files that cannot be read or placed, folders, what was delivered
    for all. `rest` are those files. `unusable`: nothing can be made of any of them.
    """

    common: Common
    framework: Framework
    opened: OpenedFiles
    identities: Identities
    networks: tuple[NetworkForms, ...]
    rest: tuple[ReadFile, ...]
    diagnostics: Diagnostics
    unusable: bool

    def read(self, network: NetworkForms) -> NetworkRead:
        """Read the forms of one network as if they had come in alone."""
        forms, evidence, found = read_forms(self.common, self.framework, self.opened, network.forms.grids)
        said = about_makings(forms, self.identities)
        own = (*network.about, *found, *said)
        is_uncertain = any(item.rule is PART_OF_ANOTHER for item in said)
        unread = any(file.grid is None for file in network.files)
        facts = evidence.network if evidence is not None and not is_uncertain else None
        code, name = (facts.code, facts.name) if facts is not None else _names(forms, network.forms)
        return NetworkRead(
            code=code,
            name=name,
            year=network.forms.year,
            folder=network.folder,
            read=ReadEvidence(
                framework=self.framework,
                files=network.files,
                forms=forms,
                evidence=evidence,
                diagnostics=in_order(own),
                unusable=evidence is None or is_uncertain or unread or is_unsafe(own),
            ),
        )


def read_networks(common: Common, framework: Framework, given: Given) -> ReadEvidence | Batch:
    """Read everything that was given: as one network, when all forms are of one and the same year, else apart."""
    opened = open_files(common, given)
    identities = Identities(registry=opened.registry or Registry())
    apart = forms_apart(opened.forms, identities)
    if len(apart.networks) < 2:
        return read_opened(common, framework, opened)
    networks = _with_files(opened, apart.networks)
    own = {item for network in networks for item in network.about}
    figures, _ = shield(opened.figures)
    of_all = (*opened.about_networks, *about_figures(figures))
    if any(item.is_error for item in of_all):
        opened = replace(opened, figures=())  # nothing that would follow from them is said of each network as well
    strays = [item for grid, why in apart.unplaced for item in _of_none((common, framework, opened), grid, why)]
    rest = (item for item in opened.diagnostics if item not in own)
    owned = {file.path for network in networks for file in network.files}
    return Batch(
        common=common,
        framework=framework,
        opened=opened,
        identities=identities,
        networks=networks,
        rest=tuple(file for file in opened.files if file.path not in owned),
        diagnostics=in_order((*of_all, *rest, *strays, *of_one_region(opened.forms, identities))),
        unusable=opened.registry is None
        or len(figures) < len(given.figures)
        or any(item.is_error for item in of_all),
    )


def _with_files(opened: OpenedFiles, networks: Sequence[FormsOfNetwork]) -> tuple[NetworkForms, ...]:
    """Each network with all its files, those that could not be read too, and its folder."""
    owners = _owners(opened, networks)
    found: list[NetworkForms] = []
    for number, (forms, folder) in enumerate(zip(networks, folders_of(networks), strict=True)):
        files = tuple(file for file in opened.files if owners.get(file.path) == number)
        about = _about(opened.diagnostics, files, folder)
        found.append(NetworkForms(forms=forms, folder=folder, files=files, about=about))
    return tuple(found)


def _of_none(at_hand: tuple[Common, Framework, OpenedFiles], grid: Grid, why: Diagnostic) -> Diagnostics:
    """What there is to say of a form that belongs nowhere; a workbook that is no form is told so as always."""
    forms, _, found = read_forms(*at_hand, (grid,))
    kept = tuple(item for item in found if item.rule is NOT_OUR_FORM or item.rule.concerns_safety)
    if kept:
        return without_strangers(at_hand[2].found, forms, kept)
    place = replace(why.place, file=forms[0].file) if isinstance(why.place, FilePlace) else why.place
    return (replace(why, place=place),)


def _names(forms: Sequence[Grid], network: FormsOfNetwork) -> tuple[str, str]:
    """Code and name as the forms may be shown: what seems to be about patients is withheld from them."""
    shown, _ = shield(tuple(forms))
    stated = [network_in(form) for form in shown]
    stated += [made_for(form, FilePlace(file=form.file)) for form in shown]
    known = {text for item in stated for text in (item.code, item.name)}
    code, name = (text if text in known else "" for text in (network.code, network.name))
    return code or name, name or code


def folders_of(networks: Iterable[FormsOfNetwork]) -> list[str]:
    """The folder of each network, CODE-YEAR; two that would have the same get a number."""
    found: list[str] = []
    for item in networks:
        name = (
            f"{plain_name(item.code or item.name)}-{item.year}" if item.year else plain_name(item.code or item.name)
        )
        alike = sum(other == name or other.startswith(f"{name}-") for other in found)
        found.append(f"{name}-{alike + 1}" if name in found else name)
    return found


def _owners(opened: OpenedFiles, networks: Sequence[FormsOfNetwork]) -> dict[Path, int]:
    """The number of the network that each file belongs to.

    A file that cannot be read or placed goes with the network whose folder name its own name begins with, or that is
    alone in the folder it lies in: it may well be a part of it.
    """
    by_name = {grid.file: number for number, item in enumerate(networks) for grid in item.grids}
    owners = {file.path: by_name[name] for file in opened.files if (name := _called(file)) in by_name}
    around: dict[Path, set[int]] = {}
    for path, number in owners.items():
        around.setdefault(path.parent, set()).add(number)
    starts = [(folder, number) for number, folder in enumerate(folders_of(networks))]
    for file in opened.files:
        if file.path in owners or file.grid is not None:
            continue
        beside = around.get(file.path.parent, set())
        named = _begins(file.path.stem, starts)
        if named is not None or len(beside) == 1:
            owners[file.path] = named if named is not None else next(iter(beside))
    return owners


def _called(file: ReadFile) -> str:
    return file.grid.file if file.grid is not None else ""


def _begins(stem: str, starts: Iterable[tuple[str, int]]) -> int | None:
    """The network whose folder name this name begins with; of two the longer."""
    name = f"{plain_name(stem)}-"
    fitting = [(len(folder), number) for folder, number in starts if name.startswith(f"{folder}-")]
    return max(fitting)[1] if fitting else None


def _about(diagnostics: Iterable[Diagnostic], files: Sequence[ReadFile], folder: str) -> Diagnostics:
    """What there is to say of these files, and of others in their folders that are called after this network."""
    names = {item.place.file for file in files for item in file.diagnostics if item.place is not None}
    names |= {_called(file) for file in files}
    return tuple(
        item
        for item in diagnostics
        if item.place is not None
        and (item.place.file in names or _begins(Path(item.place.file).stem, ((folder, 0),)) is not None)
    )
