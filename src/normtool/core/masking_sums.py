"""Which numbers to hide so that the small ones cannot be worked out from sums that are shown.

A row holds *parts*: numbers that are added up side by side (met and not met). A row is small when a part, or the
whole of its parts, is a number from 1 up to the limit. What protects a small row is another hidden row that stands
in exactly the same shown sums: then one can be larger by as much as the other is smaller, whatever else is known.
A reader that knows some rows all the same, for they are its own, must not work out a small one of another either.
Source: docs/privacy.md; L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control (2001), ch. 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

ENDLESS = 1 << 60
"""Room that no number of patients comes near."""
MOST_TRIED = 40
"""Rows that are tried as the one that protects the others, the smallest first."""

Signature = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Numbers that are shown or hidden together: `parts` are independent, `wholes` are made up of them."""

    parts: tuple[int, ...]
    wholes: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many patients it counts."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A figure that is the sum of rows, by their numbers in a list.

    `is_exact` is false where it may also be more than that: it is guarded as a sum, for readers may take it as one.
    """

    members: frozenset[int]
    row: Row
    is_exact: bool = True


@dataclass(slots=True)
class Hidden:
    """What is hidden: rows and sums, by their numbers in their lists.

    `readers` are, for each of those who know rows of their own, these rows: they protect nothing from it.
    """

    rows: set[int] = field(default_factory=set)
    sums: set[int] = field(default_factory=set)
    readers: tuple[frozenset[int], ...] = ()


def is_small(row: Row, limit: int) -> bool:
    """Whether a number from 1 up to the limit stands in it (a negative one is a fault, and is hidden as well)."""
    return any(number < 0 or 0 < number < limit for number in (*row.parts, *row.wholes))


def hide(rows: Sequence[Row], sums: Sequence[Sum], limit: int, hidden: Hidden | None = None) -> Hidden:
    """What to hide of rows and sums; `hidden` is what is hidden already."""
    found = hidden or Hidden()
    found.rows |= {number for number, row in enumerate(rows) if is_small(row, limit)}
    found.sums |= {number for number, item in enumerate(sums) if is_small(item.row, limit)}
    known_to: dict[int, list[int]] = {}
    for number, known in enumerate(found.readers):
        for row in known:
            known_to.setdefault(row, []).append(number)
    guard = _Guard(rows=rows, sums=sums, limit=limit, hidden=found, known_to=known_to)
    while guard.hides_more():
        pass
    return found


NOBODY: frozenset[int] = frozenset()
"""What a reader knows who has no rows of its own."""


@dataclass(slots=True, kw_only=True)
class _Guard:
    """Rows and sums while what must be hidden grows."""

    rows: Sequence[Row]
    sums: Sequence[Sum]
    limit: int
    hidden: Hidden
    known_to: dict[int, list[int]]
    """Who of the readers know a row, for it is their own: by their numbers."""

    def hides_more(self) -> bool:
        """Hide what is needed next; whether anything was."""
        classes = self._classes()
        for signature, members in classes.items():
            if signature and self._hides_in(signature, members):
                return True
        signatures = {row: signature for signature, members in classes.items() for row in members}
        concealed = [number for number in sorted(self.hidden.sums) if self.sums[number].is_exact]
        return any(self._hides_for(number, signatures, classes) for number in concealed)

    def _classes(self) -> dict[Signature, list[int]]:
        """The rows by the shown sums they stand in."""
        shown: list[list[int]] = [[] for _ in self.rows]
        for number, item in enumerate(self.sums):
            if number not in self.hidden.sums:
                for member in item.members:
                    shown[member].append(number)
        classes: dict[Signature, list[int]] = {}
        for row, numbers in enumerate(shown):
            classes.setdefault(tuple(numbers), []).append(row)
        return classes

    def _hides_in(self, signature: Signature, members: list[int]) -> bool:
        """Protect the hidden rows of a class: with further rows of it, or else by hiding a sum it stands in.

        Rows are hidden here; whether a sum was is told, for then the classes are others.
        """
        readers = self._who_know(members)
        while hidden := [row for row in members if row in self.hidden.rows]:
            further = self._further_for(readers, members, hidden)
            if further is None:
                self._hide_smallest(signature)
                return True
            if not further:
                break
            self.hidden.rows.update(further)
        return False

    def _further_for(
        self, readers: list[frozenset[int]], members: list[int], hidden: list[int]
    ) -> Sequence[int] | None:
        """The rows of a class that protect those hidden from all who read: none, or None when it cannot be."""
        free = self._free(members)
        further: Sequence[int] | None = self._further(hidden, free)
        if further is None:
            self.hidden.rows.update(free)
            return None
        if not readers or not self._is_any_small(hidden):
            return further
        ample = self._further_ample(hidden, free)
        if ample is None:
            return None
        further, room = further or ample, self._room(hidden)
        for known in readers:
            secret = [row for row in hidden if row not in known]
            if self._is_room_left(room, known.intersection(hidden)) or not self._is_any_small(secret):
                continue
            needed = self._further(secret, [row for row in free if row not in known])
            if needed is None:
                return None
            further = further or needed
        return further

    def _further_ample(self, hidden: list[int], free: list[int]) -> Sequence[int] | None:
        """The rows it takes until there is so much to share out that no reader can tell it from its own share."""
        choices: Iterable[list[int]] = ([], *([row] for row in free[:MOST_TRIED]), free)
        return next((rows for rows in choices if self._is_ample([*hidden, *rows])), None)

    def _is_ample(self, rows: list[int]) -> bool:
        totals = map(sum, self._by_part(rows))
        return all(total == 0 or total >= 2 * (self.limit - 1) for total in totals)

    def _room(self, rows: list[int]) -> list[tuple[int, int]]:
        """By how much all these rows but any one may be larger, and smaller, together; per part."""
        return [
            (
                sum(map(self._up, numbers)) - max(map(self._up, numbers)),
                sum(map(self._down, numbers)) - max(map(self._down, numbers)),
            )
            for numbers in self._by_part(rows)
        ]

    def _is_room_left(self, room: list[tuple[int, int]], known: Iterable[int]) -> bool:
        """Whether that is enough for any small number, also without the rows that a reader knows."""
        own = list(self._by_part(list(known))) or [()] * len(room)
        needed = max(1, self.limit - 2)
        return all(
            up - sum(map(self._up, numbers)) >= needed and down - sum(map(self._down, numbers)) >= needed
            for (up, down), numbers in zip(room, own, strict=True)
        )

    def _who_know(self, members: Iterable[int]) -> list[frozenset[int]]:
        """What readers know who know some of these rows."""
        found = sorted({number for row in members for number in self.known_to.get(row, ())})
        return [self.hidden.readers[number] for number in found]

    def _is_any_small(self, rows: Iterable[int]) -> bool:
        return any(is_small(self.rows[row], self.limit) for row in rows)

    def _further(self, hidden: list[int], free: list[int]) -> list[int] | None:
        """The fewest further rows that protect those hidden: none when they are safe already; None: it cannot be."""
        roomy = [row for row in free if min(self.rows[row].parts) >= 2 * self.limit][:1]
        tried = list(dict.fromkeys((*free[:MOST_TRIED], *roomy)))
        for is_enough in (self._is_wide, self._is_safe):
            if is_enough(hidden):
                return []
            one = next((row for row in tried if is_enough([*hidden, row])), None)
            if one is not None:
                return [one]
        return free if free and self._is_safe([*hidden, *free]) else None

    def _hides_for(self, number: int, signatures: dict[int, Signature], classes: dict[Signature, list[int]]) -> bool:
        """Protect a hidden sum, so that neither its rows nor other sums give it away."""
        members = self.sums[number].members
        hidden = sorted(members & self.hidden.rows)
        if not hidden:
            free = self._free(members)
            roomy = [row for row in free if min(self.rows[row].parts) >= 2 * self.limit][:1]
            self.hidden.rows.update(roomy or free)
            return bool(free)
        if any(not signatures[row] for row in hidden):
            return False
        outside = [
            row
            for signature in {signatures[row] for row in hidden}
            for row in classes[signature]
            if row not in members
        ]
        known = next(
            (known for known in self._who_ask(number, outside) if not self._is_any_secret(outside, known)), None
        )
        if known is None:
            return False
        free = self._free(row for row in outside if row not in known)
        if free:
            self.hidden.rows.add(free[0])
        else:
            self._hide_smallest(signatures[hidden[0]])
        return True

    def _who_ask(self, number: int, outside: list[int]) -> Iterator[frozenset[int]]:
        """What those know from whom a hidden sum is kept: all, and of a small one each who has rows beside it."""
        yield NOBODY
        item = self.sums[number]
        if is_small(item.row, self.limit):
            counted = frozenset(row for row in item.members if self.rows[row].size)
            yield from (known for known in self._who_know(outside) if not counted <= known)

    def _is_any_secret(self, rows: Iterable[int], known: frozenset[int]) -> bool:
        return any(row in self.hidden.rows and row not in known for row in rows)

    def _free(self, rows: Iterable[int]) -> list[int]:
        """Rows that can be hidden still and count someone, the smallest first."""
        shown = [row for row in rows if row not in self.hidden.rows and self.rows[row].size > 0]
        return sorted(shown, key=lambda row: (self.rows[row].size, self.rows[row].parts))

    def _hide_smallest(self, signature: Signature) -> None:
        self.hidden.sums.add(min(signature, key=lambda number: (self.sums[number].row.size, number)))

    def _by_part(self, rows: list[int]) -> Iterable[tuple[int, ...]]:
        return zip(*(self.rows[row].parts for row in rows), strict=True)

    def _is_wide(self, rows: list[int]) -> bool:
        """Whether each small number may be any from 1 up to the limit, even for who knows which rows are small."""
        return len(rows) > 1 and all(self._is_wide_part(numbers) for numbers in self._by_part(rows))

    def _is_wide_part(self, numbers: tuple[int, ...]) -> bool:
        up, down = sum(map(self._up, numbers)), sum(map(self._down, numbers))
        for number in numbers:
            others_up, others_down = up - self._up(number), down - self._down(number)
            if 0 < number < self.limit:
                if others_up < number - 1 or others_down < self.limit - 1 - number:
                    return False
            elif others_down < 1 and (number < 1 or others_up < 1):
                return False
        return True

    def _is_safe(self, rows: list[int]) -> bool:
        """Whether they are covered, and no small number is sure for who knows which rows are small."""
        return self._is_covered(rows) and all(self._is_loose(numbers) for numbers in self._by_part(rows))

    def _is_loose(self, numbers: tuple[int, ...]) -> bool:
        up, down = sum(map(self._up, numbers)), sum(map(self._down, numbers))
        return all(
            (number > 1 and up > self._up(number)) or (number < self.limit - 1 and down > self._down(number))
            for number in numbers
            if 0 < number < self.limit
        )

    def _is_covered(self, rows: list[int]) -> bool:
        """Whether each small number may be any from 1 up to the limit, for who does not know which rows are small."""
        return len(rows) > 1 and all(self._is_covered_part(numbers) for numbers in self._by_part(rows))

    def _is_covered_part(self, numbers: tuple[int, ...]) -> bool:
        total = sum(numbers)
        return total > 0 and all(total >= self.limit - 1 for number in numbers if 0 < number < self.limit)

    def _up(self, number: int) -> int:
        """By how much a number may be larger while its row stays as small, or as large, as it is."""
        if number >= self.limit:
            return ENDLESS
        return self.limit - 1 - number if number > 0 else 0

    def _down(self, number: int) -> int:
        """By how much a number may be smaller in the same way."""
        return max(0, number - self.limit if number >= self.limit else number - 1)
