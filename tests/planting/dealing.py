"""Which faults go into which workbook: cases, each made from its name alone, so that any can be made again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from tests.planting import (
    kinds_answers,
    kinds_beside,
    kinds_echelons,
    kinds_files,
    kinds_form,
    kinds_iza,
    kinds_names,
    kinds_network,
    kinds_parts,
    kinds_persons,
    kinds_questions,
    kinds_values,
)
from tests.planting.books import Laid, lay_out
from tests.planting.kinds import Expected, Ground, Kind, NoRoomError
from tests.planting.saving import Program, add_parts, resave, save
from tests.planting.shapes import reshape
from tests.planting.valid import valid_book

MODULES = (
    kinds_form,
    kinds_network,
    kinds_echelons,
    kinds_iza,
    kinds_beside,
    kinds_questions,
    kinds_answers,
    kinds_parts,
    kinds_persons,
    kinds_names,
    kinds_values,
    kinds_files,
)
"""In the order of the room they need."""
ALL_KINDS: tuple[Kind, ...] = tuple(kind for module in MODULES for kind in module.KINDS)
MANY = 20
ALONE, TWENTY = "alone", "twenty"


@dataclass(frozen=True, slots=True)
class Case:
    """A workbook to be made: with one fault in it or with twenty, its number among those, and what saves it."""

    number: int
    many: bool

    @property
    def program(self) -> Program:
        """The programs take turns."""
        return list(Program)[self.number % len(Program)]

    @property
    def name(self) -> str:
        """How a test calls it."""
        return f"{TWENTY if self.many else ALONE}-{self.number:03d}-{self.program.value}"


def named(name: str) -> Case:
    """The case with this name."""
    many, number, *_ = name.split("-")
    return Case(int(number), many=many == TWENTY)


@dataclass(frozen=True, slots=True)
class Planted:
    """A workbook with faults in it: what was planted, what must be said, and how it was bent otherwise.

    `laid` holds the workbook, and after it a second part of the same form if a fault needs one; `waiting` are kinds
    for which there was no place.
    """

    case: Case
    kinds: tuple[str, ...]
    shapes: tuple[str, ...]
    expected: tuple[Expected, ...]
    laid: tuple[Laid, ...]
    waiting: tuple[Kind, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(f"{self.case.name}{part or ''}.xlsx" for part in range(len(self.laid)))


def deal(alone: int, twenty: int) -> list[Case]:
    """So many workbooks with one fault, and so many with twenty."""
    return [
        *(Case(number, many=False) for number in range(alone)),
        *(Case(number, many=True) for number in range(twenty)),
    ]


def plant(case: Case) -> Planted:
    """The workbook of a case, before it is saved."""
    chance = Random(case.name)
    ground = Ground(book=valid_book(), chance=chance)
    names: list[str] = []
    expected: list[Expected] = []
    due, spare = _deck(case)
    for kind in (*due, *spare):
        if len(names) == (MANY if case.many else 1):
            break
        before = list(ground.taken)
        try:
            expected += kind.plant(ground)
        except NoRoomError:
            ground.taken = before
            continue
        names.append(kind.name)
    waiting = tuple(kind for kind in due if kind.name not in names)
    shapes = reshape(ground.book, chance)
    books = [ground.book] + ([ground.book.second] if ground.book.second is not None else [])
    laid = tuple(lay_out(book) for book in books)
    return Planted(case, tuple(names), tuple(shapes), tuple(expected), laid, waiting)


def _deck(case: Case) -> tuple[list[Kind], list[Kind]]:
    """The kinds whose turn it is, and others for when there is no room for these; each has one turn before its next.

    In company those come first that found no room in the workbook before, then those that need most room.
    """
    if not case.many:
        return _alone(case), []
    able = [kind for kind in ALL_KINDS if case.program in kind.programs and not kind.alone]
    rounds, start = divmod(case.number // len(Program) * MANY, len(able))
    Random(f"{case.program.value} {rounds}").shuffle(able)
    able = _from(able, start)
    waiting = [kind for kind in _waiting(case) if kind not in able[:MANY]]
    due = [*waiting, *sorted(able[:MANY], key=ALL_KINDS.index)]
    return due, [kind for kind in able[MANY:] if kind not in waiting]


@cache
def _waiting(case: Case) -> tuple[Kind, ...]:
    """The kinds that found no room in the workbook before this one."""
    before = Case(case.number - len(Program), many=True)
    return plant(before).waiting if before.number >= 0 else ()


def _alone(case: Case) -> list[Kind]:
    """The kind whose turn it is: those that cannot be in company first; three rounds give each to every program."""
    kinds = list(ALL_KINDS)
    Random(ALONE).shuffle(kinds)
    kinds.sort(key=lambda kind: not kind.alone)
    shift = case.number // len(kinds) if len(kinds) % len(Program) == 0 else 0
    return [kind for kind in _from(kinds, case.number + shift) if case.program in kind.programs][:1]


def _from(kinds: list[Kind], start: int) -> list[Kind]:
    """The kinds from one on, and then those before it."""
    start %= len(kinds)
    return kinds[start:] + kinds[:start]


def save_all(cases: list[Case], folder: Path) -> None:
    """Make the workbooks of these cases; those of LibreOffice are opened and saved by it, all in one go."""
    for_office = folder / "libreoffice"
    parts: dict[str, dict[str, bytes]] = {}
    for case in cases:
        planted = plant(case)
        place = for_office if case.program is Program.LIBREOFFICE else folder
        place.mkdir(parents=True, exist_ok=True)
        for laid, file in zip(planted.laid, planted.files, strict=True):
            save(laid, place / file, case.program)
            parts[file] = laid.book.parts
    if for_office.exists():
        resave(for_office)
        for path in for_office.glob("*.xlsx"):
            path.rename(folder / path.name)
    for file, added in parts.items():
        add_parts(folder / file, added)
