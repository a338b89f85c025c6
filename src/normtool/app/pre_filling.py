"""`template`: what last year's file, national sources, the region and the registry bring to a new form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from normtool.app.figures import read_figures_files
from normtool.app.given_forms import read_given_form
from normtool.app.region_above import RegionAsked, with_region
from normtool.app.registering import registered, with_registered
from normtool.core.diagnostics import Collector, Diagnostics
from normtool.core.evidence import DataNature, NetworkFacts
from normtool.core.expected_rows import treating_in
from normtool.core.figures import Bureau
from normtool.core.form_names import NATURES
from normtool.core.forms import FormMember, FormRequest
from normtool.core.framework_names import framework_names
from normtool.core.intake_offers import figures_for_form
from normtool.core.ledger import Ledger, open_ledger, text_in
from normtool.core.network_names import member_spellings, network_spellings, spellings_of_network
from normtool.core.networks import Registry
from normtool.core.offers import is_closed, last_year_offers
from normtool.core.places import FilePlace
from normtool.core.rules_offers import LAST_YEAR_NOT_ALL_READ, NOT_AN_EARLIER_YEAR, OTHER_NETWORK_LAST_YEAR
from normtool.core.spellings import Names, plain
from normtool.core.standards import Framework
from normtool.files.networks_yaml import load_registry
from normtool.texts import Words

JSON = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastYear:
    """Last year's evidence beside the norms it was given for, and the file it came from."""

    file: str
    ledger: Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Familiar:
    """All that the network goes by, and the registry that knows its members by other names."""

    names: frozenset[str]
    registry: Registry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The files that a form is filled in beforehand with: last year's, delivered figures, the region's, networks."""

    last_year: Path | None = None
    figures: tuple[Path, ...] = ()
    region: Path | None = None
    networks: Path | None = None


def pre_fill(form: FormRequest, given: Given, words: Words) -> tuple[FormRequest | None, Diagnostics]:
    """The form with what is known beforehand: who takes part, what can be confirmed, what was delivered or arranged.

    None, with the diagnostics, when a file cannot be used. What the form was asked for itself goes first, then what
    the network said last year, then what the registry of networks knows.
    """
    collector = Collector()
    filled = _filled(form, given, words, collector)
    is_refused = any(item.is_error for item in collector.items)
    return (None if is_refused else filled), collector.done()


def _filled(form: FormRequest, given: Given, words: Words, collector: Collector) -> FormRequest | None:
    registry, about_networks = load_registry(given.networks)
    collector.items += about_networks
    notes = Collector()
    known = registered(form, registry, notes) if registry is not None else None
    if given.last_year is None:  # last year's file tells who takes part
        collector.items += notes.items
    spellings = known.spellings if known is not None else ()
    filled: FormRequest | None = form
    if given.last_year is not None:
        familiar = Familiar(names=frozenset({form.code, form.name, *spellings}), registry=registry)
        then = _last_year(form, given.last_year, familiar, collector)
        filled = _with_last_year(form, then) if then is not None else None
    if filled is not None and known is not None:
        filled = with_registered(filled, known, words)
    if filled is not None and given.region is not None:
        above = network_spellings(known.region) if known is not None and known.region is not None else ()
        asked = RegionAsked(path=given.region, spellings=above, registry=registry)
        filled = with_region(filled, asked, words, collector)
    if filled is not None and given.figures:
        filled = _with_figures(filled, given.figures, registry, collector)
    return filled


def _last_year(form: FormRequest, path: Path, familiar: Familiar, collector: Collector) -> LastYear | None:
    """Last year's evidence, out of a form or a dossier; None when it is not last year's of this network."""
    is_dossier = path.suffix.lower() == JSON
    registry = familiar.registry
    found = _read_dossier(path, collector) if is_dossier else _read_form(form, path, registry, collector)
    if found is None:
        return None
    network, place = found.ledger.evidence.network, FilePlace(file=path.name)
    own = {plain(name) for name in familiar.names}
    if not own & {plain(network.code), plain(network.name)}:
        collector.add(OTHER_NETWORK_LAST_YEAR, place, found=network.code, expected=form.code)
        return None
    if network.assessment_year >= form.assessment_year:
        collector.add(NOT_AN_EARLIER_YEAR, place, found=str(network.assessment_year), year=form.assessment_year)
        return None
    return found


def _read_dossier(path: Path, collector: Collector) -> LastYear | None:
    from normtool.files.dossiers_json import read_dossier

    dossier, found = read_dossier(path)
    collector.items += found
    if dossier is None:
        return None
    return LastYear(file=path.name, ledger=open_ledger(dossier.framework, dossier.evidence))


def _read_form(form: FormRequest, path: Path, registry: Registry | None, collector: Collector) -> LastYear | None:
    """A form is read with the norms of today; cells that hold an error are not offered, and counted."""
    given = read_given_form(form.framework, path, registry, collector)
    if given is None:
        return None
    evidence, errors = given
    if errors:
        collector.add(LAST_YEAR_NOT_ALL_READ, FilePlace(file=path.name), count=errors)
    return LastYear(file=path.name, ledger=open_ledger(form.framework, evidence))


def _with_last_year(form: FormRequest, then: LastYear) -> FormRequest:
    network = then.ledger.evidence.network
    is_first = form.first_assessment_year in (None, form.assessment_year)
    first = network.first_assessment_year or network.assessment_year
    return replace(
        form,
        name=network.name if form.name == form.code else form.name,
        region=form.region or network.region,
        first_assessment_year=first if is_first else form.first_assessment_year,
        layer=form.layer or network.layer,
        unit_of_review=form.unit_of_review or network.unit_of_review,
        members=form.members or _members(form.framework, then.ledger),
        treating=treating_in(then.ledger),
        facts=_facts(network, form.language),
        offers=(*form.offers, *last_year_offers(form.framework, then.ledger, then.file)),
    )


def _facts(network: NetworkFacts, language: str) -> tuple[tuple[str, str], ...]:
    """What stays the same from year to year, by the keys of the sheet about the network."""
    facts = {"contact_role": network.contact_role, "features": network.features, **dict(network.own_terms)}
    if network.nature is not DataNature.NETWORK:
        facts["nature"] = next(name.text.in_language(language) for name in NATURES if name.id == network.nature.value)
    return tuple((key, value) for key, value in facts.items() if value)


def _members(framework: Framework, then: Ledger) -> tuple[FormMember, ...]:
    """Who took part last year and did not leave."""
    register = framework.register("members")
    rows = then.rows("members").rows if register is not None else ()
    return tuple(
        FormMember(
            id=text_in(row, "id"),
            name=text_in(row, "name"),
            kind=text_in(row, "kind"),
            parent=text_in(row, "parent"),
            role=text_in(row, "role"),
        )
        for row in rows
        if register is not None and text_in(row, "id") and not is_closed(then, register, row)
    )


def _with_figures(
    form: FormRequest, figures: tuple[Path, ...], registry: Registry | None, collector: Collector
) -> FormRequest | None:
    grids, found, are_read = read_figures_files(figures)
    collector.items += found
    if not are_read:
        return None
    names = framework_names(form.framework)
    pairs = [(text, member.id) for member in form.members for text in (member.id, member.name) if text]
    listed = [(member.id, member.name) for member in form.members]
    others = member_spellings(registry, listed) if registry is not None else ()
    own = spellings_of_network(registry, form.code, form.name) if registry is not None else ()
    bureau = Bureau(
        framework=form.framework,
        code=form.code,
        name=form.name,
        reporting_year=form.reporting_year,
        vocabulary=replace(names, members=Names(pairs), registered=Names(others), network=own),
        parents={member.id: member.parent for member in form.members if member.parent},
        collector=collector,
        listed=bool(form.members),
    )
    return replace(form, offers=(*form.offers, *figures_for_form(bureau, grids)))
