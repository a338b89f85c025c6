"""From whom networks can learn: who meets what another does not, and with what; own approaches; bottlenecks.

An anonymous comparison tells only which letters meet an indicator and by what kind of evidence: titles of documents
and whatever a network typed could tell who it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from normtool.core.assessment import IndicatorResult, ResultOrigin, Share, Verdict
from normtool.core.comparison import Comparison, Row, Scope, in_order
from normtool.core.dossier import Dossier
from normtool.core.evidence import Answer, DateSpan, DocumentReference, Evidence, RegisterRow
from normtool.core.ledger import text_in, texts_in
from normtool.core.places import CellPlace, Located
from normtool.core.spellings import compact

BOTTLENECKS = "bottlenecks"
INDICATORS = "indicators"
NOT_THERE_YET = frozenset({Verdict.NOT_MET, Verdict.PARTLY_MET})


class Means(Enum):
    """By what kind of evidence an indicator is met."""

    DOCUMENT = "document"
    FIGURES = "figures"
    REGISTER = "register"
    OWN_APPROACH = "own_approach"
    REGION = "region"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A network that meets an indicator, or has an own approach to it: its column, and by what means.

    `documents` are titles with their page, if one was given; `text` is its explanation or what it does instead. Both
    are empty in an anonymous comparison.
    """

    column: int
    verdict: Verdict
    means: tuple[Means, ...]
    documents: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """An indicator that some networks do not meet, or in part; `behind` are their columns, `examples` the others'."""

    row: Row
    behind: tuple[int, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnApproachHere:
    """An own approach in one column. The texts are empty in an anonymous comparison."""

    row: Row
    column: int
    verdict: Verdict
    computed: Verdict | None
    aim: str = ""
    what: str = ""
    proof: str = ""
    until: DateSpan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BottleneckHere:
    """A bottleneck that one column names, with the indicators it touches."""

    column: int
    description: str
    request: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BottleneckGroup:
    """The bottlenecks that one party can solve; `owner` is empty where none was named, or may not be told."""

    owner: str
    bottlenecks: tuple[BottleneckHere, ...]


# --- who meets what another does not --------------------------------------------------------------------------------


def lessons_of(comparison: Comparison, dossiers: tuple[Dossier, ...]) -> tuple[Lesson, ...]:
    """The indicators that some network does not meet in its latest year, in the order of the norms.

    Years of one network give none. `dossiers` are those the comparison was made of.
    """
    if comparison.scope is Scope.YEARS:
        return ()
    ordered = in_order(dossiers)
    found = []
    for row in comparison.rows:
        behind = tuple(place for place in comparison.latest if row.cells[place].shown in NOT_THERE_YET)
        if behind:
            examples = tuple(_examples(comparison, row, ordered))
            found.append(Lesson(row=row, behind=behind, examples=examples))
    return tuple(found)


def _examples(comparison: Comparison, row: Row, dossiers: tuple[Dossier, ...]) -> Iterator[Example]:
    for place in comparison.latest:
        if row.cells[place].shown not in (Verdict.MET, Verdict.OWN_APPROACH):
            continue
        result = _result(dossiers[place], row)
        yield _example(dossiers[place], result, place, is_anonymous=comparison.is_anonymous)


def _result(dossier: Dossier, row: Row) -> IndicatorResult:
    """The result behind a cell; every dossier of a comparison has one for each of its rows."""
    return {item.id: item for item in dossier.assessment.indicators}[row.indicator.id]


def _example(dossier: Dossier, result: IndicatorResult, place: int, *, is_anonymous: bool) -> Example:
    evidence = dossier.evidence_of(result)
    answer = evidence.answer(result.id)
    titles = tuple(_titles(evidence, result))
    means = tuple(_means(result, has_document=bool(titles or result.documents)))
    if is_anonymous:
        return Example(column=place, verdict=result.verdict, means=means)
    text = _own_text(answer) if result.verdict is Verdict.OWN_APPROACH else _explanation(answer)
    return Example(column=place, verdict=result.verdict, means=means, documents=titles, text=text)


def _means(result: IndicatorResult, *, has_document: bool) -> Iterator[Means]:
    if result.origin is ResultOrigin.INHERITED:
        yield Means.REGION
    if result.verdict is Verdict.OWN_APPROACH:
        yield Means.OWN_APPROACH
        return
    if has_document:
        yield Means.DOCUMENT
    if result.is_masked or result.interval is not None:
        yield Means.FIGURES
    elif result.rows:
        yield Means.REGISTER
    elif isinstance(result.value, Share):
        yield Means.FIGURES
    elif not has_document:
        yield Means.ANSWER


def _titles(evidence: Evidence, result: IndicatorResult) -> Iterator[tuple[str, str]]:
    """The documents that a result rests on, by title and page, each title once: of its answer, then of its rows."""
    answer = evidence.answer(result.id)
    named = [cell.value for cell in answer.documents] if answer is not None else []
    rows = {_line(row.place): row for register in evidence.registers for row in register.rows}
    lines = dict.fromkeys(_line(place) for found in result.rows for place in found.places)
    named += [item for line in lines if line in rows for item in _documents(rows[line])]
    pages: dict[str, str] = {}
    for item in named:
        entry = evidence.document(item.document)
        if entry is not None and entry.title.strip():
            pages.setdefault(entry.title.strip(), item.page)
    yield from pages.items()


def _line(place: CellPlace) -> tuple[str, str, int]:
    return place.file, place.sheet, place.row


def _documents(row: RegisterRow) -> Iterator[DocumentReference]:
    for _, cell in row.values:
        if isinstance(cell.value, tuple):
            yield from (item for item in cell.value if isinstance(item, DocumentReference))


def _explanation(answer: Answer | None) -> str:
    return _said(answer.explanation) if answer is not None else ""


def _own_text(answer: Answer | None) -> str:
    return _said(answer.own_approach.what) if answer is not None else ""


def _said(cell: Located[str] | None) -> str:
    return cell.value.strip() if cell is not None else ""


# --- own approaches -------------------------------------------------------------------------------------------------


def own_approaches_of(comparison: Comparison, dossiers: tuple[Dossier, ...]) -> tuple[OwnApproachHere, ...]:
    """The own approaches of all columns, side by side per indicator, in the order of the norms."""
    ordered = in_order(dossiers)
    return tuple(
        _own_approach(comparison, row, place, ordered[place])
        for row in comparison.rows
        for place in _speaking(comparison)
        if row.cells[place].verdict is Verdict.OWN_APPROACH
    )


def _own_approach(comparison: Comparison, row: Row, place: int, dossier: Dossier) -> OwnApproachHere:
    cell, evidence = row.cells[place], dossier.evidence_of(_result(dossier, row))
    bare = OwnApproachHere(row=row, column=place, verdict=cell.verdict, computed=cell.computed)
    answer = evidence.answer(row.indicator.id)
    if comparison.is_anonymous or answer is None:
        return bare
    own = answer.own_approach
    return OwnApproachHere(
        row=row,
        column=place,
        verdict=cell.verdict,
        computed=cell.computed,
        aim=_said(own.aim),
        what=_said(own.what),
        proof=_said(own.proof),
        until=own.until.value if own.until is not None else None,
    )


def _speaking(comparison: Comparison) -> tuple[int, ...]:
    """The columns whose texts stand beside each other: each network's latest, or all years of one network."""
    return tuple(range(len(comparison.columns))) if comparison.scope is Scope.YEARS else comparison.latest


# --- bottlenecks ----------------------------------------------------------------------------------------------------


def bottlenecks_of(comparison: Comparison, dossiers: tuple[Dossier, ...]) -> tuple[BottleneckGroup, ...]:
    """The bottlenecks by who can solve them: parties by name, and last those that nobody was named for."""
    ordered = in_order(dossiers)
    groups: dict[str, tuple[str, list[BottleneckHere]]] = {}
    for place in _speaking(comparison):
        for owner, found in _bottlenecks(ordered[place], place, is_anonymous=comparison.is_anonymous):
            groups.setdefault(compact(owner), (owner, []))[1].append(found)
    ranked = sorted(groups.items(), key=lambda item: (not item[0], item[0]))
    return tuple(BottleneckGroup(owner=owner, bottlenecks=tuple(found)) for _, (owner, found) in ranked)


def _bottlenecks(dossier: Dossier, place: int, *, is_anonymous: bool) -> Iterator[tuple[str, BottleneckHere]]:
    """Those of the register, and those beside an answer in other words; anonymous only the indicators they touch."""
    told: set[tuple[str, str]] = set()
    for row in dossier.evidence.register(BOTTLENECKS).rows:
        touched = texts_in(row, INDICATORS) or tuple(filter(None, (text_in(row, INDICATORS),)))
        description, request = text_in(row, "description").strip(), text_in(row, "request").strip()
        told |= {(compact(description), indicator) for indicator in touched}
        if is_anonymous:
            description = request = ""
        owner = "" if is_anonymous else text_in(row, "owner").strip()
        yield (
            owner,
            BottleneckHere(column=place, description=description, request=request, indicators=touched),
        )
    for answer in dossier.evidence.answers:
        text = _said(answer.bottleneck)
        if text and (compact(text), answer.indicator) not in told:
            yield (
                "",
                BottleneckHere(
                    column=place,
                    description="" if is_anonymous else text,
                    request="",
                    indicators=(answer.indicator,),
                ),
            )
