"""Where each part stands (stand van zaken): what came in, what is open, what must be corrected, who owes something.

What is asked is counted on the values that were read, by the rules with which the form colours its open cells;
sorted rows and moved columns make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from normtool.core.asked_counts import Count, count_asked
from normtool.core.diagnostics import Diagnostic, Diagnostics, Severity
from normtool.core.evidence import Evidence
from normtool.core.expected_rows import treating_in
from normtool.core.form_identity import FormIdentity, identity_of
from normtool.core.form_names import NETWORK_SHEET
from normtool.core.forms import FormMember, FormRequest
from normtool.core.grids import Grid
from normtool.core.ledger import open_ledger, text_in
from normtool.core.parts import NETWORK, Owners, Part, PartKind, owners_in, parts_of
from normtool.core.places import CellPlace, CellRange, FilePlace, Place
from normtool.core.rules_answers import INDICATOR_TWICE, ROW_TWICE
from normtool.core.spellings import plain
from normtool.core.standards import Framework

DIFFERENCES = frozenset({ROW_TWICE, INDICATOR_TWICE})


class State(Enum):
    """Where a part stands, the most pressing first."""

    NOT_READ = "not_read"
    TWICE = "twice"
    TO_CORRECT = "to_correct"
    EMPTY = "empty"
    OPEN = "open"
    NOT_RECEIVED = "not_received"
    COMPLETE = "complete"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStanding:
    """One part: the files it came in, how many cells were asked and filled, and where the open ones are."""

    part: Part
    state: State
    files: tuple[str, ...] = ()
    asked: int = 0
    filled: int = 0
    errors: int = 0
    questions: int = 0
    open_on: tuple[tuple[str, int], ...] = ()

    @property
    def open(self) -> int:
        """Cells that are asked and empty."""
        return self.asked - self.filled

    @property
    def owes(self) -> bool:
        """Whether anything is still to be done."""
        return self.state not in (State.COMPLETE, State.NOTHING_ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOfParts:
    """Where all parts stand. `is_divided`: the form was sent in parts, so that parts can be missing."""

    network: str
    assessment_year: int
    is_divided: bool
    parts: tuple[PartStanding, ...]
    deadline: date | None = None

    @property
    def received(self) -> tuple[PartStanding, ...]:
        """The parts that are in, and could be read."""
        return tuple(item for item in self.parts if item.files and item.state is not State.NOT_READ)

    @property
    def can_be_judged(self) -> bool:
        """Whether an assessment makes sense: the network's own part is in, with the answers to the indicators."""
        return not self.is_divided or any(item.part.kind is PartKind.NETWORK for item in self.received)


def stand(
    framework: Framework, grids: tuple[Grid, ...], evidence: Evidence, diagnostics: Diagnostics
) -> StandingOfParts:
    """Where each part of a network's form stands, by the workbooks and what was read from them."""
    read = {item.file for item in evidence.files}
    identities = tuple(identity_of(grid) for grid in grids if grid.file in read)
    members = tuple(_members(evidence, identities))
    request = replace(_request(framework, evidence, members, identities), language=_language(grids))
    owners = owners_in(request)
    parts = _parts(request, identities)
    counts = count_asked(request, evidence, owners, tuple(grid for grid in grids if grid.file in read))
    view = View(
        identities=identities,
        owners=_row_owners(framework, evidence, owners, diagnostics),
        counts=counts,
        unread=tuple(_unread(diagnostics, read)),
    )
    said = _by_part(diagnostics, view)
    return StandingOfParts(
        network=evidence.network.name,
        assessment_year=evidence.network.assessment_year,
        is_divided=view.is_divided,
        parts=tuple(_standing(part, view, said.get(part.id, [])) for part in parts),
        deadline=next((item.deadline for item in identities if item.deadline is not None), None),
    )


RowOwners = Mapping[tuple[str, str, int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is known of all parts together. `owners` maps a row (file, sheet, number) to its part; `unread` are files
    that could not be read."""

    identities: tuple[FormIdentity, ...]
    owners: RowOwners
    counts: Mapping[str, Count]
    unread: tuple[str, ...]

    @property
    def is_divided(self) -> bool:
        """Whether the form was sent in parts."""
        return any(item.is_part for item in self.identities)

    def files_of(self, part: Part) -> tuple[str, ...]:
        """The files in which a part came in: those made for it, and whole forms in which something of it stands."""
        made = [item.file for item in self.identities if part.id in item.parts]
        whole = {item.file for item in self.identities if not item.is_part}
        typed = [file for file in self.counts[part.id].files if file in whole] if part.id in self.counts else []
        return tuple(dict.fromkeys((*made, *typed)))

    def parts_at(self, place: Place | None) -> Iterator[str]:
        """The part that something at this place is said of."""
        identity = next((item for item in self.identities if place is not None and item.file == place.file), None)
        if identity is None:
            return
        owner = NETWORK
        if isinstance(place, CellPlace | CellRange):
            owner = self.owners.get((place.file, place.sheet, place.row), NETWORK)
        yield owner if not identity.parts or owner in identity.parts else identity.parts[0]


def _standing(part: Part, view: View, own: Sequence[Diagnostic]) -> PartStanding:
    """Where a part stands; `own` is all that was said about it."""
    count = view.counts.get(part.id, Count())
    files = view.files_of(part)
    unread = () if files else tuple(file for file in view.unread if _is_named_after(file, part))
    return PartStanding(
        part=part,
        state=State.NOT_READ if unread else _state(count, files, own, is_divided=view.is_divided),
        files=files or unread,
        asked=count.asked,
        filled=count.asked - sum(number for _, number in count.open_on),
        errors=sum(item.is_error for item in own),
        questions=sum(item.rule.severity is Severity.WARNING for item in own),
        open_on=count.open_on,
    )


def _state(count: Count, files: tuple[str, ...], own: Iterable[Diagnostic], *, is_divided: bool) -> State:
    found = tuple(own)
    if len(files) > 1 and any(_is_between(item, files) for item in found):
        return State.TWICE
    if any(item.is_error for item in found):
        return State.TO_CORRECT
    if is_divided and not files:
        return State.NOT_RECEIVED if count.open_on else State.NOTHING_ASKED
    if not count.open_on:
        return State.COMPLETE
    return State.OPEN if count.typed else State.EMPTY


def _by_part(diagnostics: Diagnostics, view: View) -> dict[str, list[Diagnostic]]:
    """What is said about each part; a difference between two parts is about both."""
    found: dict[str, list[Diagnostic]] = {}
    for item in diagnostics:
        places = (item.place, *(related.place for related in item.related))
        for part in dict.fromkeys(part for place in places for part in view.parts_at(place)):
            found.setdefault(part, []).append(item)
    return found


def _is_between(item: Diagnostic, files: tuple[str, ...]) -> bool:
    """Whether two files of one part contradict each other here."""
    if item.rule not in DIFFERENCES or item.place is None:
        return False
    named = {item.place.file, *(related.place.file for related in item.related)}
    return len(named & set(files)) > 1


def _unread(diagnostics: Diagnostics, read: set[str]) -> Iterator[str]:
    """Files that were given but could not be read."""
    files = (item.place.file for item in diagnostics if item.is_error and isinstance(item.place, FilePlace))
    yield from dict.fromkeys(file for file in files if file not in read)


def _is_named_after(file: str, part: Part) -> bool:
    """Whether a file that cannot be read carries the name that the form of this part was given."""
    stem = f"-{_slug(file.rpartition('.')[0])}-"
    return any(f"-{_slug(name)}-" in stem for name in (part.id, part.title) if _slug(name))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


# --- what was read ----------------------------------------------------------------------------------------------


def _members(evidence: Evidence, identities: Iterable[FormIdentity]) -> Iterator[FormMember]:
    """The members that the evidence names, and those that only the parts themselves know of."""
    seen: set[str] = set()
    for row in evidence.register("members").rows:
        name = text_in(row, "id")
        if name and plain(name) not in seen:
            seen.add(plain(name))
            yield FormMember(
                id=name,
                name=text_in(row, "name"),
                kind=text_in(row, "kind"),
                parent=text_in(row, "parent"),
                role=text_in(row, "role"),
            )
    for identity in identities:
        for listed in identity.members:
            if plain(listed.member.id) not in seen:
                seen.add(plain(listed.member.id))
                yield listed.member


def _request(
    framework: Framework, evidence: Evidence, members: tuple[FormMember, ...], identities: Iterable[FormIdentity]
) -> FormRequest:
    """The form that this evidence answers, by what it says of the network and of who treats what."""
    network = evidence.network
    return FormRequest(
        framework=framework,
        code=network.code,
        name=network.name,
        assessment_year=network.assessment_year,
        reporting_year=network.reporting_year,
        reference_date=network.reference_date,
        region=network.region,
        layer=network.layer,
        first_assessment_year=network.first_assessment_year,
        members=members,
        settled=tuple(line for item in identities for line in item.settled),
        treating=treating_in(open_ledger(framework, evidence)),
    )


def _language(grids: tuple[Grid, ...]) -> str:
    names = {plain(sheet.name) for grid in grids for sheet in grid.sheets}
    return "en" if plain(NETWORK_SHEET.text.en) in names and plain(NETWORK_SHEET.text.nl) not in names else "nl"


def _parts(request: FormRequest, identities: Iterable[FormIdentity]) -> tuple[Part, ...]:
    """The parts that were sent; of a form that was not divided, those it could be divided into."""
    sent = {part.id: part for item in reversed(tuple(identities)) for part in item.all_parts}
    if not sent:
        return parts_of(request)
    order = list(dict.fromkeys([part.id for item in identities for part in item.all_parts]))
    return tuple(sent[name] for name in order)


def _row_owners(framework: Framework, evidence: Evidence, owners: Owners, diagnostics: Diagnostics) -> RowOwners:
    """Whose the rows are that something is said of."""
    places = (place for item in diagnostics for place in (item.place, *(other.place for other in item.related)))
    said = {(place.file, place.sheet, place.row) for place in places if isinstance(place, CellPlace | CellRange)}
    numbers = {row for _, _, row in said}
    found: dict[tuple[str, str, int], str] = {}
    for register in framework.registers:
        owner_of = owners.reader(register)
        for row in evidence.register(register.id).rows:
            spot = row.place.line if row.place.row in numbers else None
            if spot in said:
                found[spot] = owner_of(row.contents)
    return found
