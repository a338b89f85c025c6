"""Questions about evidence that is odd but not wrong; they never touch a verdict. Source: docs/method.md."""

from __future__ import annotations

from normtool.core.assessment import Assessment, FactValue, IndicatorResult, Reason, RowState, Share, Verdict
from normtool.core.dates import Truth, on_or_after, on_or_before
from normtool.core.diagnostics import Collector, Diagnostics
from normtool.core.evidence import Answer, DateSpan, RegisterRow, Said
from normtool.core.kinds import Proportion
from normtool.core.ledger import Ledger, number_in
from normtool.core.places import CellPlace, FilePlace, Located
from normtool.core.registers import Column, ColumnType, Register
from normtool.core.rules_answers import (
    AFTER_REFERENCE_DATE,
    BELOW_CORRIDOR,
    BELOW_VOLUME_WITHOUT_PLAN,
    COMPLETE_WITHOUT_ROWS,
    DOCUMENT_EXPIRED,
    EXACTLY_ALL,
    FIGURE_AFTER_YEAR,
    FIGURES_TOO_OLD,
    GROUP_AND_SUB_TYPE,
    MUCH_EXPLAINED,
    OWN_APPROACH_EXPIRED,
    OWN_APPROACH_INCOMPLETE,
    PROOF_WITHOUT_ANSWER,
    YEAR_ONLY,
)
from normtool.core.standards import Indicator, IndicatorClass

OPEN_ENDED = frozenset({"valid_until", "until", "due", "answered_on"})
"""Date columns that may well lie in the future."""


def question(ledger: Ledger, assessment: Assessment) -> Diagnostics:
    """Everything that a careful reader would ask about, each with its cell."""
    collector = Collector()
    _ask_about_dates(ledger, collector)
    _ask_about_registers(ledger, collector)
    for indicator in ledger.framework.indicators:
        result = assessment.indicator(indicator.id)
        answer = ledger.answers.get(indicator.id)
        if answer is not None:
            _ask_about_own_approach(ledger, collector, answer)
            _ask_about_answer(ledger, collector, indicator, answer)
        if result is not None and result.verdict is not Verdict.NOT_APPLICABLE:
            _ask_about_share(ledger, collector, indicator, result)
    _ask_about_years(ledger, assessment, collector)
    _ask_about_volumes(ledger, collector, assessment)
    _ask_about_explaining(ledger, collector, assessment)
    return collector.done()


def _ask_about_dates(ledger: Ledger, collector: Collector) -> None:
    for entry in ledger.documents.values():
        if entry.date is not None:
            _ask_about_date(ledger, collector, entry.date)
    for register in ledger.framework.registers:
        columns = [
            column
            for column in register.columns
            if column.type in (ColumnType.DATE, ColumnType.DATES)
            and column.id not in OPEN_ENDED
            and column.id != register.since
        ]
        for row in ledger.rows(register.id).rows if register.id != "documents" else ():
            for column in columns:
                _ask_about_column(ledger, collector, row, column)


def _ask_about_column(ledger: Ledger, collector: Collector, row: RegisterRow, column: Column) -> None:
    cell = row.get(column.id)
    if cell is None:
        return
    spans = cell.value if isinstance(cell.value, tuple) else (cell.value,)
    for span in spans:
        if isinstance(span, DateSpan):
            _ask_about_date(ledger, collector, Located(value=span, place=cell.place))


def _ask_about_date(ledger: Ledger, collector: Collector, cell: Located[DateSpan]) -> None:
    """A date in the future does not count; a year alone that may or may not is asked about."""
    day = ledger.reference_date
    known = on_or_before(cell.value, day)
    if known is Truth.NO:
        collector.add(
            AFTER_REFERENCE_DATE,
            cell.place,
            date=cell.value.first.isoformat() if cell.value.is_exact else str(cell.value.first.year),
            reference_date=day.isoformat(),
        )
    elif known is Truth.UNDECIDED:
        collector.add(YEAR_ONLY, cell.place, year=cell.value.first.year)


def _ask_about_years(ledger: Ledger, assessment: Assessment, collector: Collector) -> None:
    """A year alone that leaves a verdict or a row undecided, each cell once."""
    years = _years_alone(ledger)
    asked = {item.place for item in collector.items if item.rule is YEAR_ONLY}
    for result in assessment.indicators:
        found: list[tuple[CellPlace, FactValue]] = [
            (place, years[place])
            for row in result.rows
            if row.reason == "year_only"
            for place in row.places
            if place in years
        ]
        for step in result.because:
            year = step.fact("year")
            found += [(place, year) for place in step.places]
        for place, year in found:
            if place not in asked and isinstance(year, int):
                asked.add(place)
                collector.add(YEAR_ONLY, place, year=year)


def _years_alone(ledger: Ledger) -> dict[CellPlace, int]:
    """The register cells that hold a year alone, and that year."""
    found: dict[CellPlace, int] = {}
    for rows in ledger.registers.values():
        for row in rows.rows:
            for _, cell in row.values:
                spans = cell.value if isinstance(cell.value, tuple) else (cell.value,)
                for span in spans:
                    if isinstance(span, DateSpan) and not span.is_exact:
                        found[cell.place] = span.first.year
    return found


def _ask_about_registers(ledger: Ledger, collector: Collector) -> None:
    for register in ledger.framework.registers:
        known = ledger.rows(register.id)
        if known.complete is not None and known.complete.value and not known.rows:
            collector.add(COMPLETE_WITHOUT_ROWS, known.complete.place, sheet=register.sheet.nl)
        _ask_about_sub_types(ledger, collector, register)


def _ask_about_sub_types(ledger: Ledger, collector: Collector, register: Register) -> None:
    column = register.column_of_type(ColumnType.GROUP)
    if column is None or not column.key:
        return
    seen: dict[tuple[str, ...], dict[str, RegisterRow]] = {}
    for row in ledger.rows(register.id).rows:
        cells = {key.id: row.get(key.id) for key in register.key_columns}
        values = {name: str(cell.value) for name, cell in cells.items() if cell is not None}
        group = values.pop(column.id, "")
        unit = (*values.values(), ledger.groups.get(group, group))
        seen.setdefault(unit, {})[group] = row
    for unit, rows in seen.items():
        if len(rows) > 1 and unit[-1] in rows:
            collector.add(GROUP_AND_SUB_TYPE, rows[unit[-1]].place, group=unit[-1])


def _ask_about_own_approach(ledger: Ledger, collector: Collector, answer: Answer) -> None:
    own = answer.own_approach
    if own.cells and not own.has_all_parts:
        place = own.cells[0].place
        collector.add(OWN_APPROACH_INCOMPLETE, place, indicator=answer.indicator, filled=len(own.cells))
    elif own.until is not None and on_or_after(own.until.value, ledger.reference_date) is Truth.NO:
        until = own.until.value.last.isoformat()
        collector.add(OWN_APPROACH_EXPIRED, own.until.place, indicator=answer.indicator, until=until)


def _ask_about_answer(ledger: Ledger, collector: Collector, indicator: Indicator, answer: Answer) -> None:
    lone = answer.documents and answer.answer is None and indicator.id not in ledger.evidence.to_repair
    if lone and indicator.kind.type in ("yes_no", "document_age", "maturity"):
        collector.add(PROOF_WITHOUT_ANSWER, answer.documents[0].place, indicator=indicator.id)
    for reference in answer.documents:
        entry = ledger.documents.get(reference.value.document)
        until = entry.valid_until.value if entry is not None and entry.valid_until is not None else None
        if until is not None and on_or_after(until, ledger.reference_date) is Truth.NO:
            last = until.last.isoformat()
            collector.add(DOCUMENT_EXPIRED, reference.place, document=reference.value.document, date=last)
    if answer.year is not None:
        _ask_about_year(ledger, collector, answer.year, indicator.allowed_lag)


def _ask_about_year(ledger: Ledger, collector: Collector, year: Located[int], lag: int) -> None:
    reporting_year = ledger.reporting_year
    if year.value > reporting_year:
        collector.add(FIGURE_AFTER_YEAR, year.place, year=year.value, reporting_year=reporting_year)
    elif year.value < reporting_year - lag:
        collector.add(FIGURES_TOO_OLD, year.place, year=year.value, reporting_year=reporting_year)


def _ask_about_share(ledger: Ledger, collector: Collector, indicator: Indicator, result: IndicatorResult) -> None:
    share = result.value
    if not isinstance(share, Share) or not share.denominator or not result.places:
        return
    counted = indicator.counts_patients or isinstance(indicator.kind, Proportion)
    if not counted or result.reason is Reason.SMALL_NUMBERS:
        return
    large = ledger.framework.settings.large_denominator
    if share.numerator == share.denominator >= large:
        collector.add(EXACTLY_ALL, result.places[0], indicator=indicator.id, denominator=share.denominator)
    low = indicator.corridor.low if indicator.corridor is not None else None
    if low is not None and share.fraction < low:
        percent = int(share.fraction * 100)
        collector.add(BELOW_CORRIDOR, result.places[0], indicator=indicator.id, percent=percent, low=int(low * 100))


def _ask_about_volumes(ledger: Ledger, collector: Collector, assessment: Assessment) -> None:
    minima = {norm.id: norm.minimum for norm in ledger.framework.volume_norms}
    asked: set[object] = set()
    for result in assessment.indicators:
        for row in result.rows:
            if row.norms and row.state is RowState.NOT_MET and not row.note and row.places[0] not in asked:
                asked.add(row.places[0])
                minimum = max(minima[norm] for norm in row.norms)
                collector.add(BELOW_VOLUME_WITHOUT_PLAN, row.places[0], number=row.number or 0, minimum=minimum)
    for figure in ledger.rows("volumes").rows:
        year, number = figure.get("year"), number_in(figure, "number")
        if year is not None and isinstance(year.value, int) and number is not None:
            _ask_about_year(ledger, collector, Located(value=year.value, place=year.place), 1)


def _ask_about_explaining(ledger: Ledger, collector: Collector, assessment: Assessment) -> None:
    """More than a third of the core explained or declared not applicable."""
    core = [item for item in assessment.indicators if item.indicator_class is IndicatorClass.CORE and item.is_open]
    explained = [item for item in core if item.verdict is Verdict.OWN_APPROACH or _is_declared(ledger, item)]
    if core and len(explained) * 3 > len(core):
        places = [place for item in explained for place in item.places]
        place = places[0] if places else FilePlace(file=ledger.evidence.files[0].file)
        collector.add(MUCH_EXPLAINED, place, count=len(explained), core=len(core))


def _is_declared(ledger: Ledger, result: IndicatorResult) -> bool:
    answer = ledger.answers.get(result.id)
    return answer is not None and answer.answer is not None and answer.answer.value is Said.NOT_APPLICABLE
