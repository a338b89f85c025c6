"""A framework of norms as values: standards, indicators, volume norms, tumour groups, treatments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Literal

from normtool.core.kinds import Kind, Step
from normtool.core.registers import Register, Text


class FrameworkStatus(Enum):
    """How far a framework is: an example of ours, a concept, a trial, or in force."""

    EXAMPLE = "example"
    CONCEPT = "concept"
    TRIAL = "trial"
    IN_FORCE = "in_force"


class IndicatorClass(Enum):
    """Core decides the verdict of its standard; growth opens later; informative is only shown."""

    CORE = "core"
    GROWTH = "growth"
    INFORMATIVE = "informative"


class Dimension(Enum):
    """What an indicator looks at, after Donabedian."""

    STRUCTURE = "structure"
    PROCESS = "process"
    OUTCOME = "outcome"


class Layer(Enum):
    """Who answers: the region, the sub-network, or either."""

    REGION = "region"
    SUB_NETWORK = "sub_network"
    EITHER = "either"


class SourceKind(Enum):
    """Where the evidence comes from; a new count is extra registration."""

    DOCUMENT = "document"
    REGISTER = "register"
    NATIONAL = "national"
    NEW_COUNT = "new_count"


class Standing(Enum):
    """Whether a number has a source, or is a proposal of ours."""

    SOURCED = "sourced"
    PROPOSAL = "proposal"


class NormStanding(Enum):
    """How far a volume norm is; only one in force is scored."""

    IN_FORCE = "in_force"
    ANNOUNCED = "announced"
    INTENDED = "intended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an indicator and its threshold rest on."""

    text: Text
    standing: Standing
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """Between which shares a figure raises no question; outside it is a warning, never a verdict.

    `jump` is how far the share may move from last year's, as a fraction of 1, before that is asked about.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    jump: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """What the public reads of an indicator, in plain words (B1): when it is met, and when it is not (yet).

    `noticed`: patients can notice it themselves.
    """

    good: Text
    better: Text
    noticed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator of a standard.

    `norm` may name `{target}`, `{months}`, `{minimum}`, `{deadline}` and `{rows}`: the numbers come from the kind
    and the path. `minutes` and `effort_hours` are for the reference network. `allowed_lag` counts years.
    `opens` is the cycle from which the indicator is asked; empty: 1 for core, 2 for the others.
    """

    id: str
    indicator_class: IndicatorClass
    dimension: Dimension
    title: Text
    question: Text
    norm: Text
    guidance: Text
    kind: Kind
    source: SourceKind
    minutes: int
    remedy: Text
    effort_hours: int
    basis: Basis
    path: tuple[Step, ...] = ()
    opens: int | None = None
    layer: Layer = Layer.EITHER
    may_be_not_applicable: bool = False
    counts_patients: bool = False
    allowed_lag: int = 0
    corridor: Corridor | None = None
    soncos: tuple[str, ...] = ()
    oeci: tuple[str, ...] = ()
    public: PublicText | None = None

    @property
    def opening_cycle(self) -> int:
        """The cycle from which the indicator is asked."""
        if self.opens is not None:
            return self.opens
        return 1 if self.indicator_class is IndicatorClass.CORE else 2

    def step_in_force(self, cycle: int, assessment_year: int) -> Step | None:
        """The latest step of the path not after this cycle or year."""
        passed = [
            step
            for step in self.path
            if (step.cycle is not None and step.cycle <= cycle)
            or (step.year is not None and step.year <= assessment_year)
        ]
        return passed[-1] if passed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One overarching standard. `caveat` says what its verdict does not say; `plain` asks it in B1 Dutch."""

    id: str
    title: Text
    short: Text
    caveat: Text
    plain: Text
    basis: Basis
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TumourSubType:
    """A sub-type that may have a row of its own and stands for its group."""

    id: str
    name: Text
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TumourGroup:
    """A tumour group; `expected` groups get a row in every form, the open rest does not."""

    id: str
    name: Text
    sub_types: tuple[TumourSubType, ...] = ()
    also: tuple[str, ...] = ()
    expected: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """A treatment that volume norms count; `group` is the tumour group or sub-type it belongs to."""

    id: str
    name: Text
    category: Literal["intervention", "systemic_therapy"]
    group: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeNorm:
    """A minimum number a year for a treatment, or for the sum of several.

    `unit` says whose numbers count; `years` how many years are averaged. A norm whose unit has no source is
    `intended` (docs/method.md, Volumes).
    """

    id: str
    treatments: tuple[str, ...]
    minimum: int
    unit: Literal["location", "institution", "surgeon"]
    standing: NormStanding
    basis: Basis
    years: int = 1
    set_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    contracted_from: date | None = None
    supervised_from: date | None = None

    def binds_in(self, year: int) -> bool:
        """Whether figures of this year are scored against it: in force on 1 January."""
        started = self.valid_from is not None and self.valid_from <= date(year, 1, 1)
        return self.standing is NormStanding.IN_FORCE and started and self.is_shown_in(year)

    def is_shown_in(self, year: int) -> bool:
        """Whether it is laid beside figures of this year: not past its end, and never per surgeon."""
        ended = self.valid_until is not None and self.valid_until < date(year, 1, 1)
        return not ended and self.unit != "surgeon"


@dataclass(frozen=True, slots=True, kw_only=True)
class EchelonLevel:
    """One echelon: what a location of this level offers, to whom it refers, whom it gets, and what it is asked.

    `asked_in` are the indicators that look whether it does what it is asked. Source: seed 004 (S4).
    """

    id: Literal["1", "2", "3"]
    name: Text
    offers: tuple[Text, ...]
    refers: tuple[Text, ...]
    receives: tuple[Text, ...]
    asks: tuple[Text, ...] = ()
    asked_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Echelons:
    """How locations are placed by their volumes of one category of treatments, per tumour group.

    The border between 1 and 2 is the volume norm of the treatment itself; that between 2 and 3 is a generic
    minimum (a norm without treatments: for all of the category). A border that is not there is unpublished.
    """

    category: Literal["intervention", "systemic_therapy"]
    levels: tuple[EchelonLevel, ...]
    basis: Basis
    generic_minima: tuple[VolumeNorm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IzaStep:
    """One step on the way to concentration and spreading; `id` is a choice and a date column of the registers."""

    id: str
    name: Text
    basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IzaDate:
    """A date of a tranche: what happens then, and who says so. Sources that disagree stand beside each other."""

    what: Literal["planned", "norms_set", "carried_out_from", "supervised_from"]
    day: date
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class IzaTranche:
    """A tranche: its tumour groups (or sub-types) and its dates."""

    id: str
    name: Text
    groups: tuple[str, ...]
    basis: Basis
    dates: tuple[IzaDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Iza:
    """Concentration and spreading under the IZA: the steps in order, and the tranches."""

    steps: tuple[IzaStep, ...]
    tranches: tuple[IzaTranche, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The tumour groups and sub-types of all tranches, in their order."""
        return tuple(group for tranche in self.tranches for group in tranche.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The hours a first cycle may cost a reference network."""

    budget_hours: int
    hospitals: int
    groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Numbers of the method that are ours to choose; each is a proposal and shown as one."""

    small_below: int
    large_denominator: int
    jump_percent: int
    jump_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    """An element of another scheme (a SONCOS requirement, an OECI domain), and what is said of it here."""

    id: str
    title: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A framework of norms (normenkader) in one edition.

    `network_words` are what people call the group of a tumour type (TWG, netwerktumorgroep ...): beside the name of a
    tumour group they tell nothing.
    """

    id: str
    name: Text
    edition: str
    status: FrameworkStatus
    notice: Text
    basis: Basis
    load: Load
    settings: Settings
    standards: tuple[Standard, ...]
    registers: tuple[Register, ...]
    tumour_groups: tuple[TumourGroup, ...] = ()
    network_words: tuple[str, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    volume_norms: tuple[VolumeNorm, ...] = ()
    echelons: Echelons | None = None
    iza: Iza | None = None
    soncos: tuple[CrossReference, ...] = ()
    oeci: tuple[CrossReference, ...] = ()
    digest: str = ""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the standards."""
        return tuple(indicator for standard in self.standards for indicator in standard.indicators)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator with this id, if there is one."""
        return next((item for item in self.indicators if item.id == indicator_id), None)

    def declared(self, register_id: str) -> Register:
        """The register with this id, which a kind names; that it exists was checked when the norms were loaded.

        Raises:
            KeyError: there is none.
        """
        register = self.register(register_id)
        if register is None:
            raise KeyError(register_id)
        return register

    def register(self, register_id: str) -> Register | None:
        """The register with this id, if there is one."""
        return next((item for item in self.registers if item.id == register_id), None)
