"""Who takes part, as the registry of networks tells it, in the way a form is filled in beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from normtool.core.forms import FormMember
from normtool.core.network_names import organisation_spellings
from normtool.core.networks import Membership, Network, Organisation, OrganisationKind, Registry
from normtool.core.offers import typed_value
from normtool.core.spellings import plain

LONGEST_LETTERS = 4
"""An id of at most so many letters is taken for an abbreviation, and written in capitals."""


def form_members(registry: Registry, network: Network, day: date) -> tuple[FormMember, ...]:
    """Who takes part on a day: each organisation once, and the locations of each hospital behind it.

    Of a region also the members of its sub-networks. What they signed, and when, was said of their own network, so
    that is not said again of the region.
    """
    statements = {item.organisation: item for item in registry.members_on(network, day)}
    for sub_network in registry.sub_networks(network.id):
        for item in registry.members_on(sub_network, day):
            plainly = Membership(organisation=item.organisation, source=item.source, seen=item.seen)
            statements.setdefault(item.organisation, plainly)
    organisations = list(_with_locations(registry, statements))
    written = _written_ids(organisations)
    return tuple(_member(item, statements.get(item.id), written) for item in organisations)


def _with_locations(registry: Registry, listed: Iterable[str]) -> Iterator[Organisation]:
    """The organisations that are listed, each followed by its locations that are not listed themselves."""
    known = set(listed)
    for organisation in (item for name in listed for item in registry.organisations if item.id == name):
        yield organisation
        for item in registry.organisations:
            is_location = item.kind is OrganisationKind.LOCATION and item.parent == organisation.id
            if is_location and item.id not in known:
                yield item


def _written_ids(organisations: list[Organisation]) -> dict[str, str]:
    """The id of each in the form: as short as people write it, and no two the same."""
    written: dict[str, str] = {}
    taken: set[str] = set()
    for item in organisations:
        candidates = (_of_parent(item, written) or _short(item), item.name, item.id)
        own = next((text for text in candidates if plain(text) not in taken), item.id)
        taken.add(plain(own))
        written[item.id] = own
    return written


def _of_parent(organisation: Organisation, written: Mapping[str, str]) -> str:
    """A location whose id begins with that of its hospital goes by what the hospital goes by: `ZDW-Oost`."""
    rest = organisation.id.removeprefix(f"{organisation.parent}-")
    is_own = organisation.abbreviation or organisation.parent not in written or rest == organisation.id
    return "" if is_own else f"{written[organisation.parent]}-{rest.title()}"


def _short(organisation: Organisation) -> str:
    """The abbreviation, else the name that the id was made of, else the id itself as a name is written."""
    if organisation.abbreviation:
        return organisation.abbreviation
    names = organisation_spellings(organisation)[1:]
    named = next((name for name in names if _slug(name) == organisation.id), "")
    letters = organisation.id.upper() if len(organisation.id) <= LONGEST_LETTERS else organisation.id.title()
    return named or letters


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")


def _member(organisation: Organisation, said: Membership | None, written: dict[str, str]) -> FormMember:
    dates = (("from", said.start), ("signed_on", said.signed)) if said is not None else ()
    written_dates = ((column, typed_value(day)) for column, day in dates if day is not None)
    is_location = organisation.kind is OrganisationKind.LOCATION
    return FormMember(
        id=written[organisation.id],
        name=organisation.name,
        kind=organisation.kind.value,
        parent=written.get(organisation.parent, "") if is_location else "",
        role=said.role.value if said is not None else "",
        cells=tuple((column, day) for column, day in written_dates if day is not None),
    )
