"""Dossiers as the rows of tidy tables: who, standards, indicators, and the rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from normtool.core.assessment import IndicatorResult, Interval, ResultValue, RowResult, Share, StandardResult
from normtool.core.comparison import in_order
from normtool.core.dossier import Dossier
from normtool.core.standards import Indicator
from normtool.files.frames_tables import (
    INDICATORS,
    NETWORKS,
    ROWS,
    STANDARDS,
    CellValue,
    Table,
    TableShape,
)
from normtool.telling.retelling import Names, names_in
from normtool.texts import Words

Record = Mapping[str, CellValue]
LIST = "; "
"""Between the parts of a list in one cell."""


def table_of(shape: TableShape, records: Iterable[Record]) -> Table:
    """Records as a table; each has exactly the columns of its shape.

    Raises:
        KeyError: a record misses a column, or has one too many (a fault in our own code).
    """
    names = tuple(column.name for column in shape.columns)
    rows = []
    for record in records:
        if record.keys() != set(names):
            raise KeyError(*(record.keys() ^ set(names)))
        rows.append(tuple(_plain(record[name]) for name in names))
    return Table(shape=shape, rows=tuple(rows))


def _plain(value: CellValue) -> CellValue:
    """A value as tables hold it: no text is nothing."""
    return None if value == "" else value


def keys_of(dossier: Dossier) -> dict[str, CellValue]:
    """What every row of a dossier begins with."""
    network = dossier.evidence.network
    return {
        "network": network.code.strip() or network.name.strip(),
        "assessment_year": network.assessment_year,
        "reporting_year": network.reporting_year,
    }


def _round_of(dossier: Dossier) -> dict[str, CellValue]:
    framework = dossier.framework
    return {
        "cycle": dossier.assessment.cycle,
        "framework": framework.id,
        "edition": framework.edition,
        "status": framework.status.value,
        "stage": dossier.stage.value,
    }


def listed(items: Iterable[object]) -> str:
    """A list in one cell."""
    return LIST.join(str(item) for item in items)


# --- networks and standards -----------------------------------------------------------------------------------------


def networks_table(dossiers: Iterable[Dossier]) -> Table:
    """One row a dossier."""
    return table_of(NETWORKS, (_network(dossier) for dossier in in_order(dossiers)))


def _network(dossier: Dossier) -> Record:
    network, part = dossier.evidence.network, dossier.part
    return {
        **keys_of(dossier),
        "network_name": network.name.strip(),
        "region": network.region.strip(),
        "nature": network.nature.value,
        "reference_date": network.reference_date,
        **_round_of(dossier),
        "draft": dossier.draft,
        "masked_below": part.limit if part is not None else None,
        "dossier": part.digest if part is not None else None,
        "program": dossier.program,
    }


def standards_table(dossiers: Iterable[Dossier], words: Words) -> Table:
    """One row a standard of a dossier."""
    found = in_order(dossiers)
    records = (_standard(dossier, item, words) for dossier in found for item in dossier.assessment.standards)
    return table_of(STANDARDS, records)


def _standard(dossier: Dossier, result: StandardResult, words: Words) -> Record:
    counts = result.counts
    standard = next((item for item in dossier.framework.standards if item.id == result.id), None)
    return {
        **keys_of(dossier),
        **_round_of(dossier),
        "standard": result.id,
        "standard_title": words.text(standard.title) if standard is not None else None,
        "verdict": result.verdict.value,
        "worst": result.worst.value if result.worst is not None else None,
        "best": result.best.value if result.best is not None else None,
        "mostly_undecided": result.mostly_undecided,
        "core": counts.core,
        "core_known": counts.core_known,
        "n_met": counts.met,
        "n_partly_met": counts.partly_met,
        "n_not_met": counts.not_met,
        "n_unknown": counts.unknown,
        "n_own_approach": counts.own_approach,
        "n_not_applicable": counts.not_applicable,
        "n_informative": counts.informative,
        "n_no_norm": counts.no_norm,
        "n_not_yet_open": counts.not_yet_open,
        "scored": counts.scored,
        "best_met": counts.best_met,
    }


# --- indicators -----------------------------------------------------------------------------------------------------


def indicators_table(dossiers: Iterable[Dossier], words: Words) -> Table:
    """One row a result: an indicator of a dossier."""
    records = (
        _indicator(dossier, standard.id, result, words)
        for dossier in in_order(dossiers)
        for standard in dossier.assessment.standards
        for result in standard.indicators
    )
    return table_of(INDICATORS, records)


def _indicator(dossier: Dossier, standard: str, result: IndicatorResult, words: Words) -> Record:
    value = result.value
    return {
        **keys_of(dossier),
        **_round_of(dossier),
        "standard": standard,
        "indicator": result.id,
        **_asked(dossier.framework.indicator(result.id), words),
        "class": result.indicator_class.value,
        "open": result.is_open,
        "verdict": result.verdict.value,
        "reason": result.reason.value if result.reason is not None else None,
        "worst": result.worst.value if result.worst is not None else None,
        "best": result.best.value if result.best is not None else None,
        "computed": result.computed.value if result.computed is not None else None,
        "target": _number(result.target),
        "final_target": _number(result.final_target),
        "partly_from": _number(result.partly_from),
        **_counted(value, result.interval),
        "answer": value if isinstance(value, bool) else None,
        "answer_date": value if isinstance(value, date) else None,
        "on_path": result.on_path,
        "own_approach": result.own_approach,
        "masked": result.is_masked,
        "origin": result.origin.value,
        "inherited_from": result.inherited_from,
        "row_count": len(result.rows),
        "documents": listed(result.documents),
    }


def _asked(indicator: Indicator | None, words: Words) -> dict[str, CellValue]:
    if indicator is None:
        return {"indicator_title": None, "dimension": None, "layer": None}
    return {
        "indicator_title": words.text(indicator.title),
        "dimension": indicator.dimension.value,
        "layer": indicator.layer.value,
    }


def _number(value: Decimal | None) -> float | None:
    return float(value) if value is not None else None


def _counted(value: ResultValue, interval: Interval | None) -> dict[str, CellValue]:
    """The numbers of a result; a share without a denominator is none."""
    share = value if isinstance(value, Share) else None
    return {
        "numerator": share.numerator if share is not None else None,
        "denominator": share.denominator if share is not None else None,
        "share": float(share.fraction) if share is not None and share.denominator else None,
        "interval_low": interval.low if interval is not None else None,
        "interval_high": interval.high if interval is not None else None,
        "number": value if isinstance(value, int) and not isinstance(value, bool) else None,
    }


# --- the rows behind them -------------------------------------------------------------------------------------------


def rows_table(dossiers: Iterable[Dossier], words: Words) -> Table:
    """One row a row of a register that an indicator was judged by."""
    return table_of(ROWS, _rows(in_order(dossiers), words))


def _rows(dossiers: Iterable[Dossier], words: Words) -> Iterator[Record]:
    for dossier in dossiers:
        names = names_in(dossier, words)
        for standard in dossier.assessment.standards:
            for result in standard.indicators:
                keys = {**keys_of(dossier), "standard": standard.id, "indicator": result.id}
                for number, row in enumerate(result.rows, 1):
                    yield {**keys, "row": number, **_row(row, names)}


def _row(row: RowResult, names: Names) -> dict[str, CellValue]:
    counted = _counted(row.share if row.share is not None else row.number, row.interval)
    return {
        "row_key": listed(part for part in row.key if part),
        "row_name": listed(names.get(part, part) for part in row.key if part),
        "state": row.state.value,
        "row_reason": row.reason,
        **counted,
        "year": row.year,
        "norms": listed(row.norms),
        "masked": row.is_masked,
    }
