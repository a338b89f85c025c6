"""What a form says of itself on its hidden sheet: for which norms and network, and whose part it is.

Written and read here, so that the two agree. Forms without such a sheet, and those that name no part, are whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from normtool.core.form_names import HIDDEN_SHEET
from normtool.core.forms import FormMember, FormRequest, expected_rows
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.parts import DOCUMENTS, NETWORK, Part, PartKind, parts_of
from normtool.core.places import CellPlace
from normtool.core.spellings import plain

TEMPLATE_VERSION = 1
"""Rises when an older form would be read differently."""
SEPARATOR = ";"

Line = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMember:
    """A member as the form of a part knows it, with the cell that says so."""

    member: FormMember
    place: CellPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIdentity:
    """What a form was made for. `facts` are names and values; `parts` the ids of its own part, none when whole.

    `all_parts`, `members` and `documents` (ids that stood in it already) are those of the whole form that this part
    was cut from. `settled` are the questions that somebody else answers, each with what the form shows instead.
    """

    file: str
    facts: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()
    all_parts: tuple[Part, ...] = ()
    members: tuple[ListedMember, ...] = ()
    documents: tuple[str, ...] = ()
    deadline: date | None = None
    settled: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str, default: str = "") -> str:
        """A fact by its name."""
        return dict(self.facts).get(name, default)

    @property
    def is_part(self) -> bool:
        """Whether this is the form of a part."""
        return bool(self.parts)

    @property
    def is_network(self) -> bool:
        """Whether it asks what the network itself answers."""
        return not self.parts or NETWORK in self.parts

    @property
    def sheets(self) -> frozenset[str]:
        """What this part asks: ids of registers, and `indicators`."""
        return frozenset(sheet for part in self.all_parts if part.id in self.parts for sheet in part.sheets)


def identity_lines(request: FormRequest) -> Iterator[Line]:
    """The lines of the hidden sheet: a name in the first column, values beside it."""
    framework = request.framework
    yield "framework", framework.id
    yield "edition", framework.edition
    yield "digest", framework.digest
    yield "template_version", TEMPLATE_VERSION
    yield "network", request.code
    yield "assessment_year", request.assessment_year
    yield "reporting_year", request.reporting_year
    yield "program", request.program
    if request.own_term:
        yield "own_term", request.own_term
    for indicator, text in request.settled:
        yield "settled", indicator, text
    if not request.part:
        return
    for part in request.part:
        yield "part", part
    if request.deadline is not None:
        yield "deadline", request.deadline.isoformat()
    for item in parts_of(request):
        yield (
            *("all_parts", item.id, item.kind.value, item.title),
            *(SEPARATOR.join(item.sheets), item.rows, item.minutes),
        )
    for member in request.members:
        yield "member", member.id, member.name, member.kind, member.parent, member.role
    register = framework.register(DOCUMENTS)
    for row in expected_rows(request, register) if register is not None else ():
        yield "document", str(dict(row).get("id", ""))


def hidden_sheet(grid: Grid) -> Sheet | None:
    """The sheet on which a form says what it was made for."""
    return next((sheet for sheet in grid.sheets if plain(sheet.name) == plain(HIDDEN_SHEET)), None)


def identity_of(grid: Grid) -> FormIdentity:
    """What a workbook says of itself; a whole form when it says nothing."""
    sheet = hidden_sheet(grid)
    if sheet is None:
        return FormIdentity(file=grid.file)
    lines = [(number, _texts(row)) for number, row in enumerate(sheet.rows, 1) if len(row) > 1]
    parts = tuple(line[1] for _, line in lines if line[0] == "part" and line[1])
    facts = {line[0]: line[1] for _, line in reversed(lines) if line[0] and line[1]}
    members = [
        ListedMember(
            member=FormMember(id=line[1], name=line[2], kind=line[3], parent=line[4], role=line[5]),
            place=CellPlace(file=grid.file, sheet=sheet.name, row=number, column=2),
        )
        for number, line in lines
        if line[0] == "member" and line[1] and parts
    ]
    return FormIdentity(
        file=grid.file,
        facts=tuple(facts.items()),
        parts=parts,
        all_parts=tuple(_part(line) for _, line in lines if line[0] == "all_parts" and line[1] and parts),
        members=tuple(members),
        documents=tuple(line[1] for _, line in lines if line[0] == "document" and line[1] and parts),
        deadline=_day(facts.get("deadline", "")),
        settled=tuple((line[1], line[2]) for _, line in lines if line[0] == "settled" and line[1]),
    )


WIDTH = 7
"""The columns of the hidden sheet that say what the form is; the lists to choose from stand to the right of them."""


def _texts(row: tuple[GridValue, ...]) -> tuple[str, ...]:
    cells = ["" if value is None else str(value).strip() for value in row[:WIDTH]]
    return (*cells, *[""] * (WIDTH - len(cells)))


def _part(line: tuple[str, ...]) -> Part:
    _, name, kind, title, sheets, rows, minutes = line
    known = {item.value: item for item in PartKind}
    return Part(
        id=name,
        kind=known.get(kind, PartKind.MEMBER),
        title=title or name,
        sheets=tuple(part for part in sheets.split(SEPARATOR) if part),
        rows=int(rows) if rows.isdigit() else 0,
        minutes=int(minutes) if minutes.isdigit() else 0,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
