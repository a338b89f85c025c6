"""What a register row is about: a place and a tumour group, and which other rows are about (some of) the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from normtool.core.evidence import RegisterRow
from normtool.core.ledger import Ledger, text_in
from normtool.core.registers import ColumnType, Register


class Unit(NamedTuple):
    """Where, and which tumour group; empty when the row does not say."""

    location: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReader:
    """Reads the unit of the rows of one register; a treatment stands for its tumour group.

    The fields are the ids of columns; empty when the register has no such column.
    """

    location: str
    group: str
    treatment: str
    groups_of_treatments: Mapping[str, str]

    @classmethod
    def of(cls, ledger: Ledger, register: Register) -> UnitReader:
        """For this register."""
        kinds = (ColumnType.LOCATION, ColumnType.GROUP, ColumnType.TREATMENT)
        columns = [register.column_of_type(kind) for kind in kinds]
        location, group, treatment = (column.id if column is not None else "" for column in columns)
        treatments = {item.id: item.group for item in ledger.framework.treatments}
        return cls(location=location, group=group, treatment=treatment, groups_of_treatments=treatments)

    def unit(self, row: RegisterRow) -> Unit:
        """What this row is about."""
        location = text_in(row, self.location) if self.location else ""
        if self.treatment:
            return Unit(location, self.groups_of_treatments.get(text_in(row, self.treatment), ""))
        return Unit(location, text_in(row, self.group) if self.group else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Which units can hold some of another: a hospital and its locations, a group and its sub-types, both ways."""

    places: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, ledger: Ledger) -> Neighbours:
        """For these members and tumour groups."""
        return cls(places=_linked(ledger.parents), groups=_linked(ledger.groups))

    def around(self, unit: Unit) -> Iterator[Unit]:
        """The unit itself and its neighbours, and those of which place or group is not known."""
        for place in self.places.get(unit.location, _alone(unit.location)):
            for group in self.groups.get(unit.group, _alone(unit.group)):
                yield Unit(place, group)


def _alone(name: str) -> tuple[str, ...]:
    return (name, "") if name else ("",)


def _linked(parents: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Each name with its parent and its children; the empty name stands for what is not known."""
    found: dict[str, dict[str, None]] = {}
    for name, parent in parents.items():
        found.setdefault(name, {name: None})[parent] = None
        found.setdefault(parent, {parent: None})[name] = None
    return {name: (*others, "") for name, others in found.items()}
