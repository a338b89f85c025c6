"""Who treats what. It is told once, in Tumortypenetwerken and Zorgaanbod: of care that is not given nothing is asked.

Source: docs/method.md, Missing rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def where_care_is_given(kinds: Mapping[str, str], parents: Mapping[str, str]) -> tuple[str, ...]:
    """Members where hospital care is given: locations of hospitals, and hospitals without any.

    `kinds` are those of the members, `parents` what each is part of; a location of nothing known is of a hospital.
    """
    divided = {parents.get(member, "") for member, kind in kinds.items() if kind == "location"}
    return tuple(
        member
        for member, kind in kinds.items()
        if (kind == "location" and kinds.get(parents.get(member, ""), "hospital") == "hospital")
        or (kind == "hospital" and member not in divided)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Treating:
    """What a network said of who treats which tumour group.

    `groups` maps a group or sub-type to its group, `sub_types` a group to its sub-types. `not_treated` are the groups
    and sub-types that the network as a whole does not treat. `said` is the answer of a location's own row (None: the
    row is there, its answer is not). `assumed` are the groups of which a missing row says no: the care overview was
    declared complete, and they were to be in it.
    """

    groups: Mapping[str, str]
    sub_types: Mapping[str, tuple[str, ...]]
    not_treated: frozenset[str] = frozenset()
    said: Mapping[tuple[str, str], bool | None]
    assumed: frozenset[str] = frozenset()

    def is_given(self, name: str) -> bool:
        """Whether the network as a whole does not deny that a group or sub-type is treated."""
        return name not in self.not_treated and self.groups.get(name, name) not in self.not_treated

    def treats(self, location: str, name: str) -> bool | None:
        """Whether a location treats a group or sub-type; None while nobody told.

        A sub-type's own row goes before that of its group; a group that is given by sub-type is treated when one of
        them is. Where the location does not tell, the network does.
        """
        group = self.groups.get(name, name)
        told = self._by_rows(location, name, group)
        if told is None and not self.is_given(name):
            return False
        return told

    def _by_rows(self, location: str, name: str, group: str) -> bool | None:
        own, above = self.said.get((location, name)), self.said.get((location, group))
        if own is not None or above is not None:
            return above if own is None else own
        unsaid = False if group in self.assumed else None
        parts = self.sub_types.get(group, ()) if name == group else ()
        if any((location, part) in self.said for part in parts):
            answers = [self.said.get((location, part), unsaid) for part in parts]
            return True if True in answers else None if None in answers else False
        is_there = (location, name) in self.said or (location, group) in self.said
        return None if is_there else unsaid
