"""Which network or organisation of the registry a text means: by id, code, name, synonym, or a source's own name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from normtool.core.networks import Network, Organisation, Registry
from normtool.core.spellings import LONGEST_GUESS, Names, plain

MOST_NEAR = 3
CUTOFF = 0.75
"""How much a text must look like a spelling to be proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The network that a text means; else those it comes near, or those that it means equally well."""

    network: Network | None = None
    near: tuple[Network, ...] = ()
    ambiguous: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOrganisation:
    """The organisation that a text means; else those it comes near, or those that it means equally well."""

    organisation: Organisation | None = None
    near: tuple[Organisation, ...] = ()
    ambiguous: tuple[Organisation, ...] = ()


def find_network(registry: Registry, text: str) -> Found:
    """The network of the registry that goes by this text; capitals, accents and blanks make no difference."""
    by_id = {item.id: item for item in registry.networks}
    one, near, ambiguous = _sought(names_of_networks(registry), text)
    return Found(
        network=by_id[one] if one else None,
        near=tuple(by_id[item] for item in near),
        ambiguous=tuple(by_id[item] for item in ambiguous),
    )


def names_of_networks(registry: Registry) -> Names:
    """Everything that the networks of the registry go by, with their ids."""
    return Names(_network_pairs(registry))


def meant(names: Names, text: str) -> str | None:
    """The id that a text stands for, as `find_network` finds it; None for one that stands for none, or for two."""
    return None if names.other(text) is not None else names.find_loosely(text)


def find_organisation(registry: Registry, text: str) -> FoundOrganisation:
    """The organisation of the registry that goes by this text."""
    by_id = {item.id: item for item in registry.organisations}
    one, near, ambiguous = _sought(Names(_organisation_pairs(registry)), text)
    return FoundOrganisation(
        organisation=by_id[one] if one else None,
        near=tuple(by_id[item] for item in near),
        ambiguous=tuple(by_id[item] for item in ambiguous),
    )


def network_spellings(network: Network) -> tuple[str, ...]:
    """All that a network goes by, each once: id, code, name, synonyms, and its name in every source."""
    aliases = (alias.name for alias in network.aliases)
    return _each_once((network.id, network.code, network.name, *network.also, *aliases))


def spellings_of_network(registry: Registry, code: str, name: str) -> tuple[str, ...]:
    """All that the network with this code and name goes by; none when they mean different networks, or none."""
    found = {item.id: item for text in (code, name) if text and (item := find_network(registry, text).network)}
    return network_spellings(*found.values()) if len(found) == 1 else ()


def organisation_spellings(organisation: Organisation) -> tuple[str, ...]:
    """All that an organisation goes by, each once: id, abbreviation, name, synonyms, and its name in every source."""
    aliases = (alias.name for alias in organisation.aliases)
    own = (organisation.id, organisation.abbreviation, organisation.name)
    return _each_once((*own, *organisation.also, *aliases))


def member_spellings(registry: Registry, members: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What else the members of a workbook go by: pairs of a spelling and the id of the member.

    `members` are ids and names. A member whose id and name mean different organisations is left alone, and so is a
    spelling that another of these members goes by as well.
    """
    listed = tuple(members)
    names = Names(_organisation_pairs(registry))
    by_id = {item.id: item for item in registry.organisations}
    owners: dict[str, set[str]] = {}
    for identity, name in listed:
        for text in (identity, name):
            owners.setdefault(plain(text), set()).add(identity)
    pairs: list[tuple[str, str]] = []
    for identity, name in listed:
        meant = _meant(names, identity, name)
        spellings = organisation_spellings(by_id[meant]) if meant else ()
        own = (plain(identity), plain(name))
        pairs += [(spelling, identity) for spelling in spellings if plain(spelling) not in own]
    for spelling, identity in pairs:
        owners.setdefault(plain(spelling), set()).add(identity)
    return tuple((spelling, identity) for spelling, identity in pairs if len(owners[plain(spelling)]) == 1)


def _meant(names: Names, identity: str, name: str) -> str | None:
    """The organisation that both the id and the name of a member allow."""
    found = {item for text in (identity, name) if text and (item := _only(names, text))}
    return found.pop() if len(found) == 1 else None


def _only(names: Names, text: str) -> str | None:
    return None if names.other(text) else names.find(text)


def _sought(names: Names, text: str) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """The id that is meant, those that come near, and those that are meant equally well."""
    found, other = names.find_loosely(text), names.other(text)
    if found is not None and other is not None:
        return None, (), (found, other)
    return found, () if found else _near(names, text), ()


def _near(names: Names, text: str) -> tuple[str, ...]:
    """The ids whose spellings look most like the text, the likeliest first."""
    if not text.strip() or len(text) > LONGEST_GUESS:
        return ()
    close = get_close_matches(plain(text), names, n=MOST_NEAR, cutoff=CUTOFF)
    guess = names.guess(text)
    return _each_once((guess or "", *(names[spelling] for spelling in close)))[:MOST_NEAR]


def _network_pairs(registry: Registry) -> Iterable[tuple[str, str]]:
    return ((spelling, item.id) for item in registry.networks for spelling in network_spellings(item))


def _organisation_pairs(registry: Registry) -> Iterable[tuple[str, str]]:
    return ((spelling, item.id) for item in registry.organisations for spelling in organisation_spellings(item))


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
