"""Verdicts and what they rest on. Source of every rule: docs/method.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from normtool.core.evidence import DateSpan
from normtool.core.places import CellPlace
from normtool.core.standards import IndicatorClass


class Verdict(Enum):
    """The judgement of an indicator or a standard."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    OWN_APPROACH = "own_approach"
    NOT_APPLICABLE = "not_applicable"
    INFORMATIVE = "informative"


class Reason(Enum):
    """Why a verdict is not simply met, partly met or not met."""

    NO_ANSWER = "no_answer"
    UNSUBSTANTIATED = "unsubstantiated"
    INCOMPLETE_ROWS = "incomplete_rows"
    SMALL_NUMBERS = "small_numbers"
    NO_SOURCE = "no_source"
    NO_NORM = "no_norm"
    TO_BE_REPAIRED = "to_be_repaired"
    NOT_YET_ASKED = "not_yet_asked"
    DUE = "due"
    DECLARED = "declared"
    ZERO_DENOMINATOR = "zero_denominator"
    NO_ROWS = "no_rows"
    SUB_NETWORKS = "sub_networks"


STEPS = {Verdict.NOT_MET: 0, Verdict.PARTLY_MET: 1, Verdict.MET: 2}
"""The three verdicts that have an order, as steps."""


def worst_of(verdicts: tuple[Verdict, ...]) -> Verdict:
    """The lowest of verdicts that have an order; met when there are none."""
    return min(verdicts, key=STEPS.__getitem__, default=Verdict.MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """An exact share; never rounded before it is compared."""

    numerator: int
    denominator: int

    @property
    def fraction(self) -> Fraction:
        """The share as a number; the denominator may not be 0."""
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Wilson 95 % interval of a share, both ends between 0 and 1."""

    low: float
    high: float


ResultValue = bool | int | date | Share | None
FactValue = str | int | bool | date | Decimal | Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One step of the reasoning: the rule (a key in words/), its numbers, the cells it read."""

    rule: str
    facts: tuple[tuple[str, FactValue], ...] = ()
    places: tuple[CellPlace, ...] = ()

    def fact(self, name: str) -> FactValue:
        """One fact by name; None when the step does not have it."""
        return dict(self.facts).get(name)


class RowState(Enum):
    """What one row of a register says: met, partly, not; undecided; counted in a sum; or outside the filter."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"
    COUNTED = "counted"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class NormCheck:
    """One volume norm beside one row: what was added up for it, and what came of it.

    `total` is the sum over `locations` and `years` of the treatments of the norm, so `minimum` is the norm times its
    years. A norm that is not `is_bound` is announced or intended: shown, never scored.
    """

    norm: str
    state: RowState
    is_bound: bool
    total: int
    minimum: int
    locations: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """One row of an aggregate. `key` names it (member, group, treatment ...: ids or typed names).

    `reason` says why it is undecided or not met (a key in words/); `norms` are the volume norms that bind it, and
    `checks` what each norm came to, also those that are only shown. `is_masked`: its numbers of patients are hidden.
    """

    key: tuple[str, ...]
    state: RowState
    reason: str = ""
    share: Share | None = None
    number: int | None = None
    norms: tuple[str, ...] = ()
    year: int | None = None
    note: str = ""
    places: tuple[CellPlace, ...] = ()
    interval: Interval | None = None
    checks: tuple[NormCheck, ...] = ()
    is_masked: bool = False


class ResultOrigin(Enum):
    """Whose answer a verdict rests on: the network's own, its region's, or those of its sub-networks together."""

    OWN = "own"
    INHERITED = "inherited"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubNetworkVerdict:
    """What an indicator came to in one sub-network; `worst` and `best` are absent where nothing is scored.

    `computed` is the verdict beside an own approach. `is_received`: something of it was received; else the verdict is
    unknown.
    """

    network: str
    verdict: Verdict
    reason: Reason | None = None
    worst: Verdict | None = None
    best: Verdict | None = None
    computed: Verdict | None = None
    origin: ResultOrigin = ResultOrigin.OWN
    is_received: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EchelonResult:
    """Which echelon a location has for a tumour group: as stated, and by its volumes.

    `possible` are the levels that the volumes leave open, lowest number first: one when it is decided. `open_border`
    says which border is missing (`specific`, `generic`) when it is not. `would_be` is the level by borders that are
    announced or intended. `number` is what was counted in `year`; `norms` are the borders that were used.
    """

    location: str
    group: str
    treats: bool | None
    stated: str = ""
    possible: tuple[str, ...] = ("1", "2", "3")
    would_be: str = ""
    open_border: tuple[str, ...] = ()
    number: int | None = None
    year: int | None = None
    norms: tuple[str, ...] = ()
    places: tuple[CellPlace, ...] = ()

    @property
    def computed(self) -> str:
        """The level by volumes; empty while it is undecided."""
        return self.possible[0] if len(self.possible) == 1 else ""


class StepState(Enum):
    """Whether a step was taken on the reference date, is planned after it, or cannot be told by its year alone."""

    TAKEN = "taken"
    PLANNED = "planned"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class IzaStepDate:
    """A step of a tumour group; `day` is empty when only was stated that it is done.

    `origin` is inherited where the region's date stands because the sub-network gave none.
    """

    step: str
    day: DateSpan | None = None
    state: StepState = StepState.TAKEN
    origin: ResultOrigin = ResultOrigin.OWN
    places: tuple[CellPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IzaResult:
    """How far a tumour group is with concentration and spreading: its tranche (empty: none), and its known steps.

    `steps` stand in their order; a step that nothing was said of is not among them.
    """

    group: str
    tranche: str
    steps: tuple[IzaStepDate, ...] = ()

    def step(self, step_id: str) -> IzaStepDate | None:
        """What is known of a step, if anything."""
        return next((item for item in self.steps if item.step == step_id), None)

    @property
    def last_taken(self) -> str:
        """The last step that was taken; empty when none was."""
        taken = [item.step for item in self.steps if item.state is StepState.TAKEN]
        return taken[-1] if taken else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """The verdict of one indicator.

    `computed` is the verdict beside an own approach. `target` and `final_target` share the unit of the path.
    `on_path`: met, below the final target. `first_cycle`: *voldoet nog niet* instead of *voldoet niet*.
    `origin` tells whose answer it is; `inherited_from` is the code of the region that gave it; `sub_networks` what it
    came to in each sub-network of a region. `is_masked`: its numbers of patients are hidden.
    """

    id: str
    indicator_class: IndicatorClass
    is_open: bool
    verdict: Verdict
    reason: Reason | None = None
    worst: Verdict | None = None
    best: Verdict | None = None
    computed: Verdict | None = None
    target: Decimal | None = None
    final_target: Decimal | None = None
    partly_from: Decimal | None = None
    value: ResultValue = None
    interval: Interval | None = None
    due: date | None = None
    on_path: bool = False
    first_cycle: bool = False
    own_approach: bool = False
    rows: tuple[RowResult, ...] = ()
    because: tuple[Because, ...] = ()
    places: tuple[CellPlace, ...] = ()
    documents: tuple[str, ...] = ()
    origin: ResultOrigin = ResultOrigin.OWN
    inherited_from: str = ""
    sub_networks: tuple[SubNetworkVerdict, ...] = ()
    is_masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many indicators of a standard have which verdict.

    `scored` is m of the method: open core and growth indicators that are met, partly met, not met, unknown
    (but not *no norm*) or own approach. `best_met` counts those whose best verdict is met.
    `core_known` of `core` applicable core indicators are decided.
    """

    met: int
    partly_met: int
    not_met: int
    unknown: int
    own_approach: int
    not_applicable: int
    informative: int
    no_norm: int
    not_yet_open: int
    scored: int
    best_met: int
    core: int
    core_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What lifts a standard one step: from which verdict to which, by which indicators, at what effort (hours)."""

    start: Verdict
    goal: Verdict
    indicators: tuple[str, ...]
    effort_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardResult:
    """The verdict of one standard, with its bounds, its counts and its indicators.

    `mostly_undecided`: more than half of the core is undecided; that sentence comes first.
    `share_met` is (met / m, best is met / m); None when m is 0.
    `dimensions` counts scored indicators per dimension (structure, process, outcome).
    """

    id: str
    verdict: Verdict
    worst: Verdict | None
    best: Verdict | None
    mostly_undecided: bool
    counts: Counts
    share_met: tuple[Share, Share] | None
    dimensions: tuple[int, int, int]
    next_step: NextStep | None
    indicators: tuple[IndicatorResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All standards of one network in one year; no total over them. Echelons and IZA steps are shown beside them."""

    cycle: int
    standards: tuple[StandardResult, ...]
    echelons: tuple[EchelonResult, ...] = ()
    iza: tuple[IzaResult, ...] = ()

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """All indicator results, in order."""
        return tuple(result for standard in self.standards for result in standard.indicators)

    def indicator(self, indicator_id: str) -> IndicatorResult | None:
        """The result of this indicator, if there is one."""
        return next((result for result in self.indicators if result.id == indicator_id), None)
