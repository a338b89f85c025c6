"""The closed sets of the method: kinds of norm, tests on columns, steps of a target path.

Source: docs/method.md. Data in standards/ can only choose among these; a norm that fits none of
them gets a new kind here, never an expression in data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

ColumnValue = bool | int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRef:
    """A column of a register."""

    register: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellIs:
    """A value in another column of the same row."""

    column: str
    value: ColumnValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """The cell holds this value.

    `no_without`: an empty cell reads as *no* while the row's tumour group leaves that other column empty
    (an empty echelon, for a group that has no echelon table yet). `no_when`: an empty cell reads as *no* when
    the row says this elsewhere (an empty echelon, where the group is not treated).
    """

    test: Literal["is"]
    column: str
    value: ColumnValue
    no_without: ColumnRef | None = None
    no_when: CellIs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IsNot:
    """The cell holds something else than this value."""

    test: Literal["is_not"]
    column: str
    value: ColumnValue


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """The cell holds one of these values."""

    test: Literal["one_of"]
    column: str
    values: tuple[ColumnValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The cell holds an answer; *nee*, *geen* and *n.v.t.* are not answers of this sort."""

    test: Literal["filled"]
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """The cell is empty (for filters: no parent)."""

    test: Literal["empty"]
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InPeriod:
    """The reference date lies between two date columns; an empty one leaves that side open (for filters)."""

    test: Literal["in_period"]
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """The number in the cell is at least the minimum."""

    test: Literal["at_least"]
    column: str
    minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOlderThanMonths:
    """The date in the cell is at most so many months before the reference date (exactly so many still holds)."""

    test: Literal["not_older_than_months"]
    column: str
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InReportingYear:
    """Any of the dates in the cell lies in the reporting year."""

    test: Literal["in_reporting_year"]
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Valid:
    """An agreement holds on the reference date: dated on or before it, and not past its end."""

    test: Literal["valid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A valid agreement of one of these kinds covers the row; the inner tests hold for that agreement."""

    test: Literal["linked"]
    kinds: tuple[str, ...]
    tests: tuple[Is | IsNot | OneOf | Filled | AtLeast, ...] = ()


Test = (
    Is | IsNot | OneOf | Filled | Empty | InPeriod | AtLeast | NotOlderThanMonths | InReportingYear | Valid | Linked
)


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo:
    """Met by *yes* with a registered document."""

    type: Literal["yes_no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAge:
    """Met by *yes* with a document not older than `months`, or dated on or before `deadline`.

    `iza_step` and `iza_tranche`: the document is about this step of all tumour groups of this tranche. What the
    register of steps says of them is told beside the verdict and never decides it.
    """

    type: Literal["document_age"]
    months: int | None = None
    deadline: date | None = None
    iza_tranche: str = ""
    iza_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """Met by a level, 0 to 4 (nothing, plan, do, check, act), of at least the target."""

    type: Literal["maturity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Met by a number in the reporting year of at least the target."""

    type: Literal["count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """Met by a share, numerator over denominator, of at least the target.

    `denominator_holds`: the denominator, of the whole network, also counts what this column counts per location.
    """

    type: Literal["proportion"]
    denominator_holds: ColumnRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """A share summed over the rows of a register; `per_group`: the worst tumour group decides."""

    type: Literal["pooled"]
    register: str
    numerator: str
    denominator: str
    where: tuple[Test, ...] = ()
    per_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The share of rows for which all tests hold, or so many rows (`at_least_rows`)."""

    type: Literal["coverage"]
    register: str
    tests: tuple[Test, ...]
    where: tuple[Test, ...] = ()
    at_least_rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeKind:
    """Every row of the volumes register that a norm binds reaches it; `category` chooses the treatments."""

    type: Literal["volume"]
    category: Literal["intervention", "systemic_therapy"]


Kind = YesNo | DocumentAge | Maturity | Count | Proportion | Pooled | Coverage | VolumeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a target path: from which cycle (or calendar year) which target holds.

    `target` and `partly_from` share a unit: a fraction of 1 for shares, a level or a number otherwise;
    for volumes the fraction of the bound rows. Exactly one of `cycle` and `year` is given.
    """

    target: Decimal
    partly_from: Decimal | None = None
    cycle: int | None = None
    year: int | None = None
