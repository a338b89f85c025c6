"""Dossiers as the rows of tidy tables: volumes, echelons, steps, documents, actions and bottlenecks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normtool.core.assessment import EchelonResult, IzaStepDate, NormCheck, RowResult
from normtool.core.comparison import in_order
from normtool.core.dossier import Dossier
from normtool.core.evidence import DateSpan, DocumentEntry, RegisterRow
from normtool.core.kinds import VolumeKind
from normtool.core.ledger import span_in, text_in, texts_in
from normtool.core.places import Located
from normtool.core.standards import VolumeNorm
from normtool.files.frames_records import Record, keys_of, listed, table_of
from normtool.files.frames_tables import (
    ACTIONS,
    BOTTLENECKS,
    DOCUMENTS,
    ECHELONS,
    IZA,
    VOLUMES,
    CellValue,
    Table,
)
from normtool.telling.retelling import Names, names_in
from normtool.texts import Words


def volumes_table(dossiers: Iterable[Dossier], words: Words) -> Table:
    """One row a norm beside a number: a location, a treatment and a year; without any norm one row all the same."""
    return table_of(VOLUMES, _volumes(in_order(dossiers), words))


def _volumes(dossiers: Iterable[Dossier], words: Words) -> Iterator[Record]:
    for dossier in dossiers:
        names, norms = names_in(dossier, words), {norm.id: norm for norm in dossier.framework.volume_norms}
        for result in dossier.assessment.indicators:
            indicator = dossier.framework.indicator(result.id)
            if indicator is None or not isinstance(indicator.kind, VolumeKind):
                continue
            for row in result.rows:
                counted = {**keys_of(dossier), "indicator": result.id, **_volume(row, names)}
                for check in row.checks or (None,):
                    yield {**counted, **_check(check, norms)}


def _volume(row: RowResult, names: Names) -> dict[str, CellValue]:
    location, treatment = (*row.key, "", "")[:2]
    return {
        "location": location,
        "location_name": names.get(location, location),
        "treatment": treatment,
        "treatment_name": names.get(treatment, treatment),
        "year": row.year,
        "number": row.number,
        "state": row.state.value,
    }


def _check(check: NormCheck | None, norms: dict[str, VolumeNorm]) -> dict[str, CellValue]:
    norm = norms.get(check.norm) if check is not None else None
    return {
        "norm": check.norm if check is not None else None,
        "norm_standing": norm.standing.value if norm is not None else None,
        "norm_unit": norm.unit if norm is not None else None,
        "norm_binds": check.is_bound if check is not None else None,
        "norm_state": check.state.value if check is not None else None,
        "norm_total": check.total if check is not None else None,
        "norm_minimum": check.minimum if check is not None else None,
        "norm_locations": listed(check.locations) if check is not None else None,
        "norm_years": listed(check.years) if check is not None else None,
    }


def echelons_table(dossiers: Iterable[Dossier], words: Words) -> Table:
    """One row a location and a tumour group."""
    records = (
        {**keys_of(dossier), **_echelon(item, names)}
        for dossier in in_order(dossiers)
        for names in (names_in(dossier, words),)
        for item in dossier.assessment.echelons
    )
    return table_of(ECHELONS, records)


def _echelon(item: EchelonResult, names: Names) -> dict[str, CellValue]:
    return {
        "location": item.location,
        "location_name": names.get(item.location, item.location),
        "group": item.group,
        "group_name": names.get(item.group, item.group),
        "treats": item.treats,
        "echelon_stated": item.stated,
        "echelon_computed": item.computed,
        "echelons_possible": listed(item.possible),
        "echelon_would_be": item.would_be,
        "open_border": listed(item.open_border),
        "number": item.number,
        "year": item.year,
        "norms": listed(item.norms),
    }


def iza_table(dossiers: Iterable[Dossier], words: Words) -> Table:
    """One row a tumour group and a step that something is known of."""
    records = (
        {
            **keys_of(dossier),
            "group": item.group,
            "group_name": names.get(item.group, item.group),
            "tranche": item.tranche,
            **_step(step, names),
        }
        for dossier in in_order(dossiers)
        for names in (names_in(dossier, words),)
        for item in dossier.assessment.iza
        for step in item.steps
    )
    return table_of(IZA, records)


def _step(step: IzaStepDate, names: Names) -> dict[str, CellValue]:
    return {
        "step": step.step,
        "step_name": names.get(step.step, step.step),
        "step_state": step.state.value,
        **_days(step.day),
        "origin": step.origin.value,
    }


def _days(span: DateSpan | None) -> dict[str, CellValue]:
    """The first and the last day that a date can mean."""
    return {
        "day_first": span.first if span is not None else None,
        "day_last": span.last if span is not None else None,
    }


# --- registers ------------------------------------------------------------------------------------------------------


def documents_table(dossiers: Iterable[Dossier]) -> Table:
    """One row a document; not who keeps it, nor where."""
    records = (
        {**keys_of(dossier), **_document(item)}
        for dossier in in_order(dossiers)
        for item in dossier.evidence.documents
    )
    return table_of(DOCUMENTS, records)


def _document(item: DocumentEntry) -> dict[str, CellValue]:
    return {
        "document": item.id,
        "document_title": item.title,
        **_days(_span(item.date)),
        "valid_until": _last(_span(item.valid_until)),
        "adopted_by": item.adopted_by,
        "access": item.access,
    }


def _span(cell: Located[DateSpan] | None) -> DateSpan | None:
    return cell.value if cell is not None else None


def _last(span: DateSpan | None) -> CellValue:
    return span.last if span is not None else None


def actions_table(dossiers: Iterable[Dossier]) -> Table:
    """One row an action of the register of actions."""
    records = (
        {
            **keys_of(dossier),
            "action": text_in(row, "id"),
            "indicators": _indicators(row),
            "action_text": text_in(row, "action"),
            "owner": text_in(row, "owner"),
            "due": _last(span_in(row, "due")),
            "action_state": text_in(row, "state"),
            "evidence_expected": text_in(row, "evidence_expected"),
        }
        for dossier in in_order(dossiers)
        for row in dossier.evidence.register("actions").rows
    )
    return table_of(ACTIONS, records)


def bottlenecks_table(dossiers: Iterable[Dossier]) -> Table:
    """One row a bottleneck: of their register, and those written beside an answer."""
    records = ({**keys_of(dossier), **item} for dossier in in_order(dossiers) for item in _bottlenecks(dossier))
    return table_of(BOTTLENECKS, records)


def _bottlenecks(dossier: Dossier) -> Iterator[dict[str, CellValue]]:
    for row in dossier.evidence.register("bottlenecks").rows:
        yield {
            "bottleneck": text_in(row, "description"),
            "indicators": _indicators(row),
            "owner": text_in(row, "owner"),
            "request": text_in(row, "request"),
            "beside_answer": False,
        }
    for answer in dossier.evidence.answers:
        if answer.bottleneck is not None and answer.bottleneck.value.strip():
            yield {
                "bottleneck": answer.bottleneck.value,
                "indicators": answer.indicator,
                "owner": None,
                "request": None,
                "beside_answer": True,
            }


def _indicators(row: RegisterRow) -> str:
    return listed(texts_in(row, "indicators") or filter(None, (text_in(row, "indicators"),)))
