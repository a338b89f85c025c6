"""Which member a text means, who belongs to it, and the names by which other care institutions go in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from normtool.core.diagnostics import Diagnostic
from normtool.core.dossier import Dossier
from normtool.core.evidence import RegisterRow
from normtool.core.ledger import text_in
from normtool.core.masking_texts import MASK
from normtool.core.region_members import MEMBERS, RegionMember, region_members
from normtool.core.rules_privacy import MEMBER_UNKNOWN, NO_MEMBERS
from normtool.core.spellings import Names, compact, plain, telling_words

PARTNERS = frozenset({"general_practice", "patient_organisation", "insurer", "iknl"})
"""Kinds of members that are no care institution: their names stay."""
MOST_NAMED = 12
"""Members that are proposed to who names one that is not there."""
SHORTEST_WORD = 4
"""Of a name, a word of so many letters tells which one it is."""
SHORT_ID = 3
"""Ids of at most so many letters are only found in capitals as they are written."""


def find_member(dossier: Dossier, text: str) -> str | Diagnostic:
    """The id of the member that a text means, by id or by name; else what is the matter."""
    members = region_members(dossier.evidence, dossier.sub_networks)
    if not members:
        return Diagnostic(rule=NO_MEMBERS)
    names = Names(
        (spelling, member.id) for member in members for spelling in (*_ids(member), member.name) if spelling
    )
    found = names.find_loosely(text)
    if found is not None:
        return found
    near = [item for item in members if item.id == names.guess(text)]
    institutions = [item for item in members if item.kind not in PARTNERS and not item.parent]
    choices = ", ".join(_called(item) for item in (near or institutions or members)[:MOST_NAMED])
    return Diagnostic(rule=MEMBER_UNKNOWN, facts=(("name", text), ("choices", choices)))


def _called(member: RegionMember) -> str:
    """A member by its id, with its name where that is another."""
    name = member.name.replace(",", "")
    return member.id if plain(member.id) == plain(name) else f"{member.id} ({name})"


def _ids(member: RegionMember) -> tuple[str, ...]:
    return tuple(dict.fromkeys((member.id, *(identity for _, identity in member.known_as))))


# --- whose names stay, and whose go -----------------------------------------------------------------------------


def member_rows(dossier: Dossier) -> Iterator[RegisterRow]:
    """The rows of all registers of members in a dossier, also of members that left."""
    yield from dossier.evidence.register(MEMBERS).rows
    if dossier.region is not None and dossier.region.evidence is not None:
        yield from dossier.region.evidence.register(MEMBERS).rows
    for item in dossier.sub_networks:
        yield from item.members


def own_ids(dossier: Dossier, member: str) -> frozenset[str]:
    """The ids, in plain form, of a member: its own, those of its locations, and that of what it is a location of."""
    rows = list(member_rows(dossier))
    itself = {plain(member)}
    called = {plain(text_in(row, "name")) for row in rows if plain(text_in(row, "id")) in itself} - {""}
    itself |= {plain(text_in(row, "id")) for row in rows if plain(text_in(row, "name")) in called}
    locations = {plain(text_in(row, "id")) for row in rows if plain(text_in(row, "parent")) in itself}
    above = {plain(text_in(row, "parent")) for row in rows if plain(text_in(row, "id")) in itself}
    return frozenset((itself | locations | above) - {""})


def owners(dossier: Dossier) -> tuple[frozenset[str], ...]:
    """The members of a dossier, each with its locations: by their ids, in plain form."""
    ids = dict.fromkeys(plain(text_in(row, "id")) for row in member_rows(dossier))
    return tuple(dict.fromkeys(own_ids(dossier, identity) for identity in ids if identity))


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherNames:
    """The other care institutions of a dossier: `ids` in plain form, and what finds their names in a text.

    `own` and `partners` are the ids of the member itself and of members that give no care, `kept` all that these and
    the networks go by; `compacted` are the names of the others without blanks and signs, as in names of files.
    """

    own: frozenset[str]
    partners: frozenset[str]
    ids: frozenset[str]
    kept: frozenset[str]
    compacted: frozenset[str]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, dossier: Dossier, member: str, places: Iterable[str] = ()) -> OtherNames:
        """Those that are not this member; `places` are other ids and names of locations that its evidence tells."""
        own = own_ids(dossier, member)
        kept, others = _Spellings(), _Spellings()
        partners: set[str] = set()
        for row in member_rows(dossier):
            identity = plain(text_in(row, "id"))
            if identity in own or text_in(row, "kind") in PARTNERS:
                kept.add(text_in(row, "id"), text_in(row, "name"))
                partners |= {identity} - own
            else:
                others.add(text_in(row, "id"), text_in(row, "name"))
        for place in places:
            if plain(place) not in own | partners:
                others.add(place, "")
        for name in _network_names(dossier):
            kept.add("", name)
        return cls(
            own=own,
            partners=frozenset(partners),
            ids=frozenset(map(plain, others.ids)),
            kept=frozenset(map(plain, (*kept.ids, *kept.names))),
            compacted=frozenset(name for name in map(compact, others.names) if len(name) > SHORTEST_WORD),
            pattern=_pattern(kept, others),
        )

    def is_other(self, identity: str) -> bool:
        """Whether an id is that of another care institution, or of a place that nobody knows."""
        return plain(identity) not in self.own | self.partners

    def text(self, text: str) -> str:
        """A text without the names of other care institutions."""
        return self.pattern.sub(self._shown, text) if self.pattern is not None else text

    def names_file(self, file: str) -> bool:
        """Whether the name of a file names another care institution."""
        return self.text(file.replace("_", " ")) != file.replace("_", " ") or any(
            name in compact(file) for name in self.compacted
        )

    def _shown(self, found: re.Match[str]) -> str:
        return found[0] if plain(found[0]) in self.kept else MASK


@dataclass(slots=True)
class _Spellings:
    """What members go by: ids, names, and words that tell which one it is."""

    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def add(self, identity: str, name: str) -> None:
        """One member more."""
        self.ids += [identity] if identity and not identity.isdigit() else []
        self.names += [name] if name else []
        telling = set(telling_words(plain(name)))
        self.words |= {word for word in re.findall(r"\w+", name) if plain(word) in telling and word[:1].isupper()}


def _network_names(dossier: Dossier) -> Iterator[str]:
    """What the networks of a dossier are called."""
    network = dossier.evidence.network
    yield from (network.name, network.region, network.code)
    if dossier.region is not None:
        yield from (dossier.region.name, dossier.region.code)
    for item in dossier.sub_networks:
        yield from (item.name, item.code)


def _pattern(kept: _Spellings, others: _Spellings) -> re.Pattern[str] | None:
    """What finds names, the longest first; names that are kept are found too, so that no part of one is taken."""
    words = {word for word in others.words - kept.words if len(word) >= SHORTEST_WORD}
    spelt = [(re.escape(name), True) for name in (*kept.names, *others.names)]
    spelt += [(re.escape(item), len(item) > SHORT_ID) for item in (*kept.ids, *others.ids)]
    spelt += [(re.escape(word), False) for word in words]
    spelt += [(re.escape(word.upper()), False) for word in words]
    if not others.ids and not others.names:
        return None
    ordered = sorted(set(spelt), key=lambda item: (-len(item[0]), item))
    parts = (f"(?i:{text})" if is_loose else text for text, is_loose in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
