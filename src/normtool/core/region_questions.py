"""What a careful reader asks when a region and its sub-networks lie beside each other; no verdict rests on it.

Source: docs/method.md, Regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from normtool.core.asking import form_language
from normtool.core.assessment import Assessment, IndicatorResult, ResultOrigin, Verdict
from normtool.core.diagnostics import Collector, Diagnostics, Related
from normtool.core.dossier import SubNetwork
from normtool.core.evidence import Answer, Evidence, RegisterRow
from normtool.core.framework_names import group_names
from normtool.core.kinds import VolumeKind
from normtool.core.ledger import Ledger, open_ledger, text_in
from normtool.core.places import CellPlace, FilePlace, Place
from normtool.core.region_members import MEMBERS, REGION, ids_in_the_region, region_members
from normtool.core.region_merging import Contradiction
from normtool.core.regions import answers_in_its_row, answers_itself, register_of
from normtool.core.rules_regions import (
    ANSWER_PASSED_OVER,
    CYCLES_DIFFER,
    ECHELON_CONTRADICTED,
    ONE_ID_TWO_NAMES,
    ONE_NAME_TWO_IDS,
    REFERENCE_DATES_DIFFER,
    VOLUME_CONTRADICTED,
)
from normtool.core.spellings import plain
from normtool.core.standards import Framework, Indicator

Answers = Mapping[str, IndicatorResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A network whose evidence was read, and what it came to by itself.

    `is_received` is untrue for a region of which no form was received: its evidence is empty.
    """

    evidence: Evidence
    assessment: Assessment
    is_received: bool = True

    @property
    def code(self) -> str:
        """The code of the network."""
        return self.evidence.network.code


def network_place(evidence: Evidence, *keys: str) -> Place | None:
    """Where a network says one of these on its sheet; else the first file that was read."""
    places = dict(evidence.network_places)
    found = next((places[key] for key in keys if key in places), None)
    files = [item.file for item in evidence.files if not item.is_figures]
    return found or (FilePlace(file=files[0]) if files else None)


def ask_about(framework: Framework, region: Judged, item: Judged, answers: Answers) -> Diagnostics:
    """What stands out about one sub-network beside its region: other dates, own answers that are passed over."""
    collector = Collector()
    if region.is_received:
        _ask_about_years(region, item, collector)
    own, above = open_ledger(framework, item.evidence), open_ledger(framework, region.evidence)
    for result in item.assessment.indicators:
        indicator = framework.indicator(result.id)
        if indicator is None or result.id not in answers or not answers_itself(own, indicator, result):
            continue
        if _differs((own, above), indicator, (result, answers[result.id])):
            collector.add(
                ANSWER_PASSED_OVER,
                _place(own, indicator, result),
                related=_related(_place(above, indicator, answers[result.id]), "region_answer"),
                indicators=(result.id,),
                indicator=result.id,
                network=item.code,
                region=region.code,
            )
    return collector.done()


def _ask_about_years(region: Judged, item: Judged, collector: Collector) -> None:
    own, above = item.evidence.network, region.evidence.network
    if own.cycle != above.cycle and own.assessment_year == above.assessment_year:
        place = network_place(item.evidence, "first_assessment_year", "assessment_year")
        collector.add(CYCLES_DIFFER, place, network=item.code, found=own.cycle, expected=above.cycle)
    if own.reference_date != above.reference_date:
        collector.add(
            REFERENCE_DATES_DIFFER,
            network_place(item.evidence, "reference_date"),
            network=item.code,
            first=own.reference_date.isoformat(),
            second=above.reference_date.isoformat(),
        )


def _differs(
    ledgers: tuple[Ledger, Ledger], indicator: Indicator, results: tuple[IndicatorResult, IndicatorResult]
) -> bool:
    """Whether a sub-network says something else than its region: other values in the row, or another verdict.

    What only follows from a register is laid beside an answer out of that register, not beside one in the row.
    """
    own, above = (_said(ledger.answers.get(indicator.id)) for ledger in ledgers)
    if own is not None and above is not None:
        return own != above
    typed = [answers_in_its_row(ledger, result) for ledger, result in zip(ledgers, results, strict=True)]
    if typed == [False, True]:
        return False
    first, second = results
    return first.verdict is not second.verdict and first.verdict is not Verdict.UNKNOWN


def _said(answer: Answer | None) -> tuple[object, ...] | None:
    """The values in a row; None when there are none."""
    if answer is None:
        return None
    cells = (answer.answer, answer.numerator, answer.denominator, answer.no_source)
    values = tuple(cell.value if cell is not None else None for cell in cells)
    return values if any(value is not None for value in values) else None


def _place(ledger: Ledger, indicator: Indicator, result: IndicatorResult) -> CellPlace | None:
    """The cell that answers: in the indicator's row, else in its register; None where nothing was filled in."""
    answer = ledger.answers.get(indicator.id)
    if answer is not None:
        cells = (answer.answer, answer.numerator, answer.denominator, answer.no_source, *answer.own_approach.cells)
        typed = next((cell.place for cell in cells if cell is not None), None)
        if typed is not None or not register_of(indicator):
            return typed or answer.place
    return result.places[0] if result.places else None


def _related(place: CellPlace | None, role: str) -> tuple[Related, ...]:
    return (Related(place=place, role=role),) if place is not None else ()


def ask_between(
    framework: Framework, region: Judged, sub_networks: Sequence[SubNetwork], contradictions: Sequence[Contradiction]
) -> Diagnostics:
    """What two networks of a region say differently of one location, and members that may be the same one."""
    collector = Collector()
    groups = _group_names(framework, region)
    members = region_members(region.evidence, sub_networks)
    names = {item.id: item.name for item in members}
    for item in contradictions:
        places = [result.places[0] if result.places else None for result in (item.first, item.second)]
        first, second = (code or region.code for code in item.networks)
        collector.add(
            ECHELON_CONTRADICTED,
            places[1] or places[0],
            related=_related(places[0], "first") if places[1] is not None else (),
            location=names.get(item.location, item.location),
            group=groups.get(item.group, item.group),
            first=first,
            second=second,
        )
    told = [(REGION, region.assessment), *((item.code, item.assessment) for item in sub_networks if item.assessment)]
    treatments = _treatment_names(framework, region)
    for former, here in _other_numbers(framework, told, ids_in_the_region(members)):
        collector.add(
            VOLUME_CONTRADICTED,
            here.place,
            related=_related(former.place, "first"),
            location=names.get(here.location, here.location),
            treatment=treatments.get(here.treatment, here.treatment),
            year=here.year,
            first=former.network or region.code,
            second=here.network or region.code,
            number=former.number,
            other=here.number,
        )
    _ask_about_names([(REGION, region.evidence.register(MEMBERS).rows), *_listed(sub_networks)], collector)
    return collector.done()


class _Told(NamedTuple):
    """A number of treatments as a network tells it; `location` is its id in the region."""

    network: str
    location: str
    treatment: str
    year: int
    number: int
    place: CellPlace


def _other_numbers(
    framework: Framework, told: Iterable[tuple[str, Assessment]], ids: Mapping[tuple[str, str], str]
) -> Iterator[tuple[_Told, _Told]]:
    """Two numbers of one location, treatment and year that differ; an echelon asks about those it rests on."""
    of_echelons = framework.echelons.category if framework.echelons is not None else ""
    wanted = {item.id for item in framework.treatments if item.category != of_echelons}
    first: dict[tuple[str, str, int], _Told] = {}
    for code, assessment in told:
        for here in _volumes_told(framework, code, assessment, ids):
            former = first.setdefault((here.location, here.treatment, here.year), here)
            if here.treatment in wanted and former.network != code and former.number != here.number:
                yield former, here


def _volumes_told(
    framework: Framework, code: str, assessment: Assessment, ids: Mapping[tuple[str, str], str]
) -> Iterator[_Told]:
    """The numbers on which a network's own verdicts on volumes rest."""
    for result in assessment.indicators:
        indicator = framework.indicator(result.id)
        if indicator is None or not isinstance(indicator.kind, VolumeKind):
            continue
        for row in result.rows if result.origin is not ResultOrigin.INHERITED else ():
            location, treatment = row.key
            if row.year is not None and row.number is not None:
                here = ids.get((code, plain(location)), location)
                yield _Told(code, here, treatment, row.year, row.number, row.places[0])


def _treatment_names(framework: Framework, region: Judged) -> dict[str, str]:
    """Treatments by their names, in the language of the region's form."""
    language = form_language(open_ledger(framework, region.evidence))
    return {item.id: item.name.in_language(language) for item in framework.treatments}


def _listed(sub_networks: Sequence[SubNetwork]) -> Iterator[tuple[str, Sequence[RegisterRow]]]:
    return ((item.code, item.members) for item in sub_networks)


def _group_names(framework: Framework, region: Judged) -> dict[str, str]:
    """Tumour groups and sub-types by their names, in the language of the region's form."""
    language = form_language(open_ledger(framework, region.evidence))
    return {group: name.in_language(language) for group, name in group_names(framework).items()}


def _ask_about_names(listed: Sequence[tuple[str, Sequence[RegisterRow]]], collector: Collector) -> None:
    """One id with two names, or one name with two ids, in different networks: each pair is asked about once."""
    for shared, other, rule in (("id", "name", ONE_ID_TWO_NAMES), ("name", "id", ONE_NAME_TWO_IDS)):
        first: dict[str, tuple[str, RegisterRow]] = {}
        asked: set[tuple[str, str]] = set()
        for code, row in ((code, row) for code, rows in listed for row in rows):
            pair = plain(text_in(row, shared)), plain(text_in(row, other))
            if not all(pair):
                continue
            network, former = first.setdefault(pair[0], (code, row))
            if network != code and plain(text_in(former, other)) != pair[1] and pair not in asked:
                asked.add(pair)
                collector.add(
                    rule,
                    row.place_of(other),
                    related=(Related(place=former.place_of(other), role="first"),),
                    member=text_in(row, shared),
                    first=text_in(former, other),
                    second=text_in(row, other),
                )
