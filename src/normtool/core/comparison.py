"""Networks or years side by side: what each indicator came to in each, and nothing that ranks them.

Columns stand in the order of the networks' codes, then of the years; nothing is added up per column. An anonymous
comparison keeps letters only: no name, no code, no digest, no text that a network typed. Source: design/documents.md,
compare.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from normtool.core.assessment import IndicatorResult, Interval, Reason, Share, StandardResult, Verdict
from normtool.core.dossier import Dossier, Stage
from normtool.core.evidence import DataNature
from normtool.core.history import counted, is_asked_alike
from normtool.core.standards import Framework, Indicator, IndicatorClass, Standard

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FINAL_STAGES = frozenset({Stage.FINAL, Stage.FOLLOW_UP})
"""Stages at which an assessment does not change any more."""


class Scope(Enum):
    """What stands side by side: several networks, several years of one network, or both."""

    NETWORKS = "networks"
    YEARS = "years"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One dossier of a comparison.

    `network` counts the networks from 0 in their order; `letter` is its letter in an anonymous comparison, in which
    `code`, `name` and `digest` (SHA-256 of the whole dossier.json) are empty. `is_latest`: no later year of this
    network stands beside it.
    """

    network: int
    letter: str
    code: str
    name: str
    digest: str
    assessment_year: int
    reporting_year: int
    cycle: int
    edition: str
    stage: Stage
    nature: DataNature
    draft: bool
    is_latest: bool

    @property
    def short_name(self) -> str:
        """The code of the network, or its letter in an anonymous comparison."""
        return self.code or self.letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What an indicator came to in one column; shares and numbers are absent where masked or anonymous.

    `indicator_class` and the targets are those of the norms of that column.
    """

    verdict: Verdict
    reason: Reason | None
    indicator_class: IndicatorClass
    is_open: bool
    worst: Verdict | None
    best: Verdict | None
    computed: Verdict | None
    target: Decimal | None
    final_target: Decimal | None
    on_path: bool
    first_cycle: bool
    is_masked: bool
    share: Share | None = None
    number: int | None = None
    interval: Interval | None = None

    @property
    def shown(self) -> Verdict:
        """The verdict as it is drawn: without a norm there is nothing to judge."""
        return Verdict.NOT_APPLICABLE if self.reason is Reason.NO_NORM else self.verdict

    @property
    def is_counted(self) -> bool:
        """Whether it counts in *6 of 7*: it is asked here, and applies."""
        return self.is_open and self.shown not in (Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator in all columns; `met` of the `of` networks it applies to meet it, each in its latest year."""

    indicator: Indicator
    standard: str
    cells: tuple[Cell, ...]
    met: int
    of: int

    @property
    def is_core(self) -> bool:
        """Whether it is a core indicator in the latest norms."""
        return self.indicator.indicator_class is IndicatorClass.CORE

    @property
    def is_asked(self) -> bool:
        """Whether it is asked in any column."""
        return any(cell.is_open for cell in self.cells)


class WhyApart(Enum):
    """Why an indicator cannot be compared: it is asked in another way, or not in every edition."""

    CHANGED = "changed"
    NOT_EVERYWHERE = "not_everywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """An indicator that stands outside the comparison, because the editions of the norms differ on it."""

    indicator: Indicator
    why: WhyApart


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardCell:
    """The verdict of a standard in one column, with its bounds and how much of its core is known."""

    verdict: Verdict
    worst: Verdict | None
    best: Verdict | None
    mostly_undecided: bool
    core: int
    core_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRow:
    """One standard in all columns; None where the norms of that column do not have it.

    `counts` are the networks by verdict, each in its latest year. `is_same`: all columns judge it by the same
    indicators, asked in the same way.
    """

    standard: Standard
    cells: tuple[StandardCell | None, ...]
    counts: tuple[tuple[Verdict, int], ...]
    is_same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Dossiers side by side. `framework` are the norms of the latest year, whose texts are shown.

    `apart` are indicators that cannot be compared, because the columns have different norms.
    """

    framework: Framework
    scope: Scope
    is_anonymous: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    standards: tuple[StandardRow, ...]
    apart: tuple[Apart, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """A short label of each column: the year of one network, else the network, with the year where both vary."""
        if self.scope is Scope.YEARS:
            return tuple(str(column.assessment_year) for column in self.columns)
        if self.scope is Scope.NETWORKS:
            return tuple(column.short_name for column in self.columns)
        return tuple(f"{column.short_name} {column.assessment_year}" for column in self.columns)

    @property
    def latest(self) -> tuple[int, ...]:
        """The places of the columns that are the latest of their network."""
        return tuple(place for place, column in enumerate(self.columns) if column.is_latest)

    @property
    def networks(self) -> int:
        """How many networks there are."""
        return len(self.latest)

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of the norms, each once, in the order of the columns."""
        return tuple(dict.fromkeys(column.edition for column in self.columns))

    def row(self, indicator_id: str) -> Row | None:
        """The row of this indicator, if it can be compared."""
        return next((row for row in self.rows if row.indicator.id == indicator_id), None)


def in_order(dossiers: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """Dossiers in the order of their columns: by code of the network, then by year."""
    return tuple(sorted(dossiers, key=lambda item: (network_key(item), item.evidence.network.assessment_year)))


def network_key(dossier: Dossier) -> tuple[str, str]:
    """What tells one network from another: its code, or its name where it has none."""
    network = dossier.evidence.network
    return network.code.strip().casefold(), "" if network.code.strip() else network.name.strip().casefold()


def compare(dossiers: Iterable[Dossier], *, is_anonymous: bool = False) -> Comparison:
    """The dossiers side by side; they are of one framework, and each is of another network or year.

    What a column shows of numbers is what its dossier shows: give parts for the networks' circle.
    """
    ordered = in_order(dossiers)
    columns = _columns(ordered, is_anonymous=is_anonymous)
    framework = max(ordered, key=lambda item: item.evidence.network.assessment_year).framework
    apart = _apart(framework, ordered)
    latest = [place for place, column in enumerate(columns) if column.is_latest]
    outside = {item.indicator.id for item in apart}
    rows = tuple(
        _row(indicator, standard.id, ordered, (latest, is_anonymous))
        for standard in framework.standards
        for indicator in standard.indicators
        if indicator.id not in outside
    )
    return Comparison(
        framework=framework,
        scope=_scope(columns),
        is_anonymous=is_anonymous,
        columns=columns,
        rows=rows,
        standards=tuple(_standard_row(standard, ordered, latest, apart) for standard in framework.standards),
        apart=apart,
    )


def letter_of(place: int) -> str:
    """The letter of the network at a place, from 0: A to Z, then AA, AB and so on."""
    before, rest = divmod(place, len(LETTERS))
    return (letter_of(before - 1) if before else "") + LETTERS[rest]


def _columns(dossiers: tuple[Dossier, ...], *, is_anonymous: bool) -> tuple[Column, ...]:
    networks = list(dict.fromkeys(network_key(item) for item in dossiers))
    last = {network_key(item): item for item in dossiers}
    return tuple(
        _column(
            item,
            networks.index(network_key(item)),
            is_latest=last[network_key(item)] is item,
            is_anonymous=is_anonymous,
        )
        for item in dossiers
    )


def _column(dossier: Dossier, place: int, *, is_latest: bool, is_anonymous: bool) -> Column:
    network = dossier.evidence.network
    return Column(
        network=place,
        letter=letter_of(place),
        code="" if is_anonymous else network.code.strip(),
        name="" if is_anonymous else network.name.strip() or network.code.strip(),
        digest=dossier.part.digest if dossier.part is not None and not is_anonymous else "",
        assessment_year=network.assessment_year,
        reporting_year=network.reporting_year,
        cycle=dossier.assessment.cycle,
        edition=dossier.framework.edition,
        stage=dossier.stage,
        nature=network.nature,
        draft=dossier.draft,
        is_latest=is_latest,
    )


def _scope(columns: tuple[Column, ...]) -> Scope:
    networks = columns[-1].network + 1
    if networks == 1:
        return Scope.YEARS
    return Scope.NETWORKS if networks == len(columns) else Scope.BOTH


# --- norms ----------------------------------------------------------------------------------------------------------


def _apart(framework: Framework, dossiers: tuple[Dossier, ...]) -> tuple[Apart, ...]:
    """The indicators of all editions that cannot be compared; those of the latest norms first."""
    indicators = {item.id: item for dossier in dossiers for item in dossier.framework.indicators}
    indicators = {item.id: item for item in framework.indicators} | indicators
    found = []
    for indicator in indicators.values():
        asked = [dossier.framework.indicator(indicator.id) for dossier in dossiers]
        scored = [dossier.assessment.indicator(indicator.id) for dossier in dossiers]
        if None in asked or None in scored:
            found.append(Apart(indicator=indicator, why=WhyApart.NOT_EVERYWHERE))
        elif not all(is_asked_alike(framework, dossier.framework, indicator.id) for dossier in dossiers):
            found.append(Apart(indicator=indicator, why=WhyApart.CHANGED))
    return tuple(found)


# --- cells ----------------------------------------------------------------------------------------------------------


def _row(indicator: Indicator, standard: str, dossiers: tuple[Dossier, ...], how: tuple[list[int], bool]) -> Row:
    latest, is_anonymous = how
    results = (dossier.assessment.indicator(indicator.id) for dossier in dossiers)
    cells = tuple(_cell(indicator, result, is_anonymous=is_anonymous) for result in results if result is not None)
    asked = [cells[place] for place in latest if cells[place].is_counted]
    met = sum(cell.verdict is Verdict.MET for cell in asked)
    return Row(indicator=indicator, standard=standard, cells=cells, met=met, of=len(asked))


def _cell(indicator: Indicator, result: IndicatorResult, *, is_anonymous: bool) -> Cell:
    shows = not (is_anonymous or result.is_masked)
    number, share = counted(indicator, result) if shows else (None, None)
    return Cell(
        verdict=result.verdict,
        reason=result.reason,
        indicator_class=result.indicator_class,
        is_open=result.is_open,
        worst=result.worst,
        best=result.best,
        computed=result.computed,
        target=result.target,
        final_target=result.final_target,
        on_path=result.on_path,
        first_cycle=result.first_cycle,
        is_masked=result.is_masked,
        share=share,
        number=number,
        interval=result.interval if shows else None,
    )


# --- standards ------------------------------------------------------------------------------------------------------


def _standard_row(
    standard: Standard, dossiers: tuple[Dossier, ...], latest: list[int], apart: tuple[Apart, ...]
) -> StandardRow:
    cells = tuple(_standard_cell(dossier, standard.id) for dossier in dossiers)
    found = [cell.verdict for place in latest if (cell := cells[place]) is not None]
    judged = {item.id for dossier in dossiers for item in _indicators(dossier, standard.id)}
    return StandardRow(
        standard=standard,
        cells=cells,
        counts=tuple((verdict, found.count(verdict)) for verdict in Verdict if verdict in found),
        is_same=not judged & {item.indicator.id for item in apart},
    )


def _standard_cell(dossier: Dossier, standard_id: str) -> StandardCell | None:
    result: StandardResult | None = next(
        (item for item in dossier.assessment.standards if item.id == standard_id), None
    )
    if result is None:
        return None
    return StandardCell(
        verdict=result.verdict,
        worst=result.worst,
        best=result.best,
        mostly_undecided=result.mostly_undecided,
        core=result.counts.core,
        core_known=result.counts.core_known,
    )


def _indicators(dossier: Dossier, standard_id: str) -> tuple[Indicator, ...]:
    """The indicators of a standard in the norms of one dossier."""
    return tuple(
        indicator
        for standard in dossier.framework.standards
        if standard.id == standard_id
        for indicator in standard.indicators
    )
