"""Small dossiers for the tests of the board workbook and of the decisions; standards are judged by the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from normtool.core.assessment import (
    Assessment,
    IndicatorResult,
    NormCheck,
    Reason,
    RowResult,
    RowState,
    Share,
    Verdict,
)
from normtool.core.circles import part_for
from normtool.core.dossier import Circle, Dossier
from normtool.core.evidence import (
    Answer,
    DataNature,
)
from normtool.core.kinds import Coverage, DocumentAge, Filled, Kind, Maturity, VolumeKind, YesNo
from normtool.core.next_steps import judge_standard
from normtool.core.registers import Text
from normtool.core.standards import (
    Basis,
    Dimension,
    Framework,
    FrameworkStatus,
    Indicator,
    IndicatorClass,
    Layer,
    Load,
    NormStanding,
    Settings,
    SourceKind,
    Standard,
    Standing,
    Treatment,
    VolumeNorm,
)
from tests.board_evidence import evidence, located, place, registers

MET, PARTLY, NOT, UNKNOWN = Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET, Verdict.UNKNOWN
OWN, NA, INFO = Verdict.OWN_APPROACH, Verdict.NOT_APPLICABLE, Verdict.INFORMATIVE

STANDARDS = (
    (
        "1",
        "Governance en visie",
        (
            ("N1.1", "Samenwerkingsovereenkomst"),
            ("N1.2", "Bestuur met mandaat"),
            ("N1.5", "Visie en meerjarenplan"),
            ("N1.6", "Bestuurlijk overleg"),
        ),
    ),
    (
        "2",
        "Patiënt centraal",
        (
            ("N2.1", "Patiëntenadviesraad"),
            ("N2.5", "Waar welke zorg: informatie"),
            ("N2.6", "Patiëntervaringen benut"),
            ("N2.2", "Opvolging adviezen"),
        ),
    ),
    (
        "3",
        "Kwaliteit, leren en verbeteren",
        (
            ("N3.1", "Regionaal kwaliteitsbeleid"),
            ("N3.2", "Volumenormen per locatie"),
            ("N3.7", "Verbeterprogramma"),
            ("N3.6", "Regionale zorgpaden"),
        ),
    ),
    (
        "4",
        "Beoordeeld door de juiste expert",
        (
            ("N4.1", "Regionaal MDO"),
            ("N4.7", "Shared-care-afspraken"),
            ("N4.5", "Echelonindeling vastgelegd"),
            ("N4.8", "Verwijzen buiten de regio"),
        ),
    ),
    (
        "5",
        "Onderzoek, onderwijs en opleiding",
        (
            ("N5.1", "Regionaal onderzoeksbeleid"),
            ("N5.2", "Overzicht van studies"),
            ("N5.4", "Onderwijs en symposia"),
            ("N5.3", "Deelname aan studies"),
        ),
    ),
    (
        "6",
        "Uitwisseling van patiëntgegevens",
        (
            ("N6.1", "Beeld- en verslaguitwisseling"),
            ("N6.4", "Afspraken privacy"),
            ("N6.5", "Geen herhaald onderzoek"),
            ("N6.7", "Spiegelinformatie"),
        ),
    ),
)
"""The first two or three of each are core, the last is growth; N5.3 and N6.7 are informative."""
INFORMATIVE = ("N5.3", "N6.7")
GROWTH = ("N1.6", "N2.2", "N3.6", "N4.8", "N6.5")
MATURE = ("N2.6", "N3.7")
AGED = ("N1.5", "N3.1", "N5.1")

MIXED: Mapping[str, Verdict] = {
    "N1.1": MET,
    "N1.2": MET,
    "N1.5": MET,
    "N1.6": MET,
    "N2.1": MET,
    "N2.5": UNKNOWN,
    "N2.6": PARTLY,
    "N2.2": UNKNOWN,
    "N3.1": MET,
    "N3.2": PARTLY,
    "N3.7": MET,
    "N3.6": MET,
    "N4.1": MET,
    "N4.7": NOT,
    "N4.5": UNKNOWN,
    "N4.8": OWN,
    "N5.1": MET,
    "N5.2": UNKNOWN,
    "N5.4": MET,
    "N5.3": INFO,
    "N6.1": PARTLY,
    "N6.4": MET,
    "N6.5": NA,
    "N6.7": INFO,
}
NEARLY_UNKNOWN: Mapping[str, Verdict] = {**dict.fromkeys(MIXED, UNKNOWN), "N1.1": MET, "N5.3": INFO, "N6.7": INFO}
STRUGGLING: Mapping[str, Verdict] = {**dict.fromkeys(MIXED, NOT), "N1.1": PARTLY, "N5.3": INFO, "N6.7": INFO}
ALL_WELL: Mapping[str, Verdict] = {**dict.fromkeys(MIXED, MET), "N5.3": INFO, "N6.7": INFO}


def framework() -> Framework:
    """Six standards with four indicators each, one treatment with three norms."""
    return Framework(
        id="voorbeeld",
        name=Text(nl="netwerknormering, voorbeeldversie", en="network norms, example version"),
        edition="2026.1",
        status=FrameworkStatus.EXAMPLE,
        notice=Text(
            nl="Alleen de titels van de standaarden zijn gepubliceerd; de grenzen zijn een voorstel.",
            en="Only the titles of the standards have been published; the limits are a proposal.",
        ),
        basis=_basis(),
        load=Load(budget_hours=16, hospitals=4, groups=11),
        settings=Settings(small_below=10, large_denominator=50, jump_percent=50, jump_from=20),
        standards=tuple(_standard(*spec) for spec in STANDARDS),
        registers=registers(),
        treatments=(
            Treatment(
                id="rectal-resection",
                name=Text(nl="rectumresectie", en="rectal resection"),
                category="intervention",
                group="colorectal",
            ),
        ),
        volume_norms=(
            _norm("soncos-20", 20, NormStanding.IN_FORCE),
            replace(_norm("insurers-50", 50, NormStanding.ANNOUNCED), years=3),
            replace(_norm("intended-100", 100, NormStanding.INTENDED), unit="institution"),
        ),
        digest="0123456789abcdef" * 4,
    )


def dossier(
    verdicts: Mapping[str, Verdict] = MIXED,
    *,
    nature: DataNature = DataNature.FICTIONAL,
    cycle: int = 2,
    draft: bool = True,
) -> Dossier:
    """A dossier with these verdicts."""
    norms = framework()
    results = {indicator.id: _result(indicator, verdicts[indicator.id], cycle) for indicator in norms.indicators}
    return with_results(
        Dossier(
            framework=norms,
            evidence=evidence(nature, cycle),
            assessment=Assessment(cycle=cycle, standards=()),
            draft=draft,
            program="0.1",
        ),
        results,
    )


def for_board(item: Dossier, member: str = "") -> Dossier:
    """The part of a dossier that its board may see, or the board of one member."""
    return part_for(item, Circle.BOARD, "cd" * 32, member)


def with_results(item: Dossier, results: Mapping[str, IndicatorResult]) -> Dossier:
    """The dossier with these results, its standards judged anew by the engine."""
    standards = tuple(
        judge_standard(standard, tuple(results[indicator.id] for indicator in standard.indicators))
        for standard in item.framework.standards
    )
    return replace(item, assessment=replace(item.assessment, standards=standards))


def with_verdict(item: Dossier, indicator: str, verdict: Verdict) -> Dossier:
    """The dossier as it would be with another, decided verdict for one indicator."""
    results = {result.id: result for result in item.assessment.indicators}
    bound = None if verdict in (NA, INFO) else verdict
    results[indicator] = replace(results[indicator], verdict=verdict, worst=bound, best=bound, reason=None)
    return with_results(item, results)


def with_unknown(item: Dossier, indicator: str) -> Dossier:
    """The dossier as it would be without an answer to one indicator."""
    results = {result.id: result for result in item.assessment.indicators}
    results[indicator] = replace(results[indicator], verdict=UNKNOWN, worst=NOT, best=MET, reason=Reason.NO_ANSWER)
    return with_results(item, results)


def with_explanation(item: Dossier, indicator: str, text: str) -> Dossier:
    """The dossier with an explanation that the network typed."""
    answer = item.evidence.answer(indicator) or Answer(indicator=indicator, place=place(9))
    changed = replace(answer, explanation=located(text, place(9)))
    others = tuple(other for other in item.evidence.answers if other.indicator != indicator)
    return replace(item, evidence=replace(item.evidence, answers=(*others, changed)))


def _basis() -> Basis:
    return Basis(
        text=Text(nl="SONCOS, aangehaald", en="SONCOS, quoted"), standing=Standing.PROPOSAL, references=("S4",)
    )


def _norm(norm_id: str, minimum: int, standing: NormStanding) -> VolumeNorm:
    return VolumeNorm(
        id=norm_id,
        treatments=("rectal-resection",),
        minimum=minimum,
        unit="location",
        standing=standing,
        basis=_basis(),
        valid_from=date(2016, 1, 1),
    )


def _standard(standard_id: str, short: str, indicators: Iterable[tuple[str, str]]) -> Standard:
    title = Text(nl=short, en=f"{short} (en)")
    return Standard(
        id=standard_id,
        title=title,
        short=title,
        caveat=Text(
            nl="Dit oordeel zegt of het is geregeld, niet of het goed werkt.",
            en="This verdict says whether it is arranged, not whether it works well.",
        ),
        plain=title,
        basis=_basis(),
        indicators=tuple(_indicator(*spec) for spec in indicators),
    )


def _kind(indicator_id: str) -> Kind:
    if indicator_id == "N3.2":
        return VolumeKind(type="volume", category="intervention")
    if indicator_id in MATURE:
        return Maturity(type="maturity")
    if indicator_id in AGED:
        return DocumentAge(type="document_age", months=48)
    if indicator_id in ("N1.2", "N5.2"):
        return YesNo(type="yes_no")
    return Coverage(type="coverage", register="members", tests=(Filled(test="filled", column="name"),))


def _indicator(indicator_id: str, title: str) -> Indicator:
    which = IndicatorClass.CORE
    if indicator_id in INFORMATIVE:
        which = IndicatorClass.INFORMATIVE
    elif indicator_id in GROWTH:
        which = IndicatorClass.GROWTH
    return Indicator(
        id=indicator_id,
        indicator_class=which,
        dimension=Dimension.STRUCTURE if indicator_id.endswith(("1", "5")) else Dimension.PROCESS,
        title=Text(nl=title, en=f"{title} (en)"),
        question=Text(nl=f"Is {title.lower()} geregeld?", en=f"Is {title.lower()} arranged?"),
        norm=Text(nl="norm", en="norm"),
        guidance=Text(nl="uitleg", en="guidance"),
        kind=_kind(indicator_id),
        source=SourceKind.DOCUMENT,
        minutes=30,
        remedy=Text(nl=f"Regel {title.lower()} met alle deelnemers.", en=f"Arrange {title.lower()} with all."),
        effort_hours=40,
        basis=_basis(),
        layer=Layer.REGION if indicator_id == "N4.7" else Layer.EITHER,
        counts_patients=indicator_id == "N5.3",
    )


def _result(indicator: Indicator, verdict: Verdict, cycle: int) -> IndicatorResult:
    is_open = indicator.indicator_class is IndicatorClass.CORE or cycle > 1
    if not is_open:
        verdict = INFO
    worst: Verdict | None = verdict
    best: Verdict | None = verdict
    if verdict in (UNKNOWN, OWN):
        worst, best = (PARTLY if indicator.id == "N2.5" else NOT), MET
    elif verdict in (NA, INFO):
        worst = best = None
    values = {MET: Share(numerator=4, denominator=4), PARTLY: Share(numerator=3, denominator=4)}
    value: object = values.get(verdict)
    if isinstance(indicator.kind, Maturity):
        value = {MET: 3, PARTLY: 1}.get(verdict)
    elif isinstance(indicator.kind, DocumentAge):
        value = date(2024, 3, 1) if verdict is MET else None
    elif isinstance(indicator.kind, YesNo):
        value = True if verdict is MET else None
    elif isinstance(indicator.kind, VolumeKind):
        value = 1 if verdict in (MET, PARTLY) else None
    share = isinstance(indicator.kind, Coverage)
    return IndicatorResult(
        id=indicator.id,
        indicator_class=indicator.indicator_class,
        is_open=is_open,
        verdict=verdict,
        reason=_reason(verdict, is_open=is_open),
        worst=worst,
        best=best,
        computed=NOT if verdict is OWN else None,
        target=Decimal("0.85") if share else Decimal(2) if isinstance(indicator.kind, Maturity) else None,
        final_target=Decimal(1) if share else None,
        value=value,  # type: ignore[arg-type]
        on_path=verdict is MET and indicator.id == "N4.1",
        first_cycle=cycle == 1,
        own_approach=verdict is OWN,
        rows=_rows() if isinstance(indicator.kind, VolumeKind) and value else (),
        places=(place(9), place(10)),
        documents=("D1",) if verdict is MET else (),
    )


def _reason(verdict: Verdict, *, is_open: bool) -> Reason | None:
    if not is_open:
        return Reason.NOT_YET_ASKED
    return {UNKNOWN: Reason.NO_ANSWER, NA: Reason.DECLARED}.get(verdict)


def _rows() -> tuple[RowResult, ...]:
    def row(location: str, state: RowState, number: int | None, reason: str = "") -> RowResult:
        return RowResult(
            key=(location, "rectal-resection"),
            state=state,
            reason=reason,
            number=number,
            year=2025 if number is not None else None,
            norms=("soncos-20",) if number else (),
            note="=1+1 is geen formule" if state is RowState.NOT_MET else "",
            checks=_checks(location, number, state) if number else (),
        )

    return (
        row("dewaard", RowState.MET, 31),
        row("stalba", RowState.NOT_MET, 17, "below_norm"),
        row("overmaas", RowState.OUTSIDE, 0, "not_performed"),
        row("noord", RowState.UNDECIDED, None, "missing"),
    )


def _checks(location: str, number: int, state: RowState) -> tuple[NormCheck, ...]:
    """A number beside the norm in force, a mean of three years of which two are missing, and an intended norm."""
    one = NormCheck(
        norm="soncos-20", state=state, is_bound=True, total=number, minimum=20, locations=(location,), years=(2025,)
    )
    mean = replace(
        one, norm="insurers-50", state=RowState.UNDECIDED, is_bound=False, minimum=150, years=(2023, 2024, 2025)
    )
    intended = replace(one, norm="intended-100", state=RowState.NOT_MET, is_bound=False, minimum=100)
    return one, mean, intended
