"""Questions about evidence that is odd but not wrong; they never touch a verdict. Source: docs/method.md."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from normtool.core.asking import Asked, explanation_in, explanation_of, form_language, put
from normtool.core.assessment import Assessment, FactValue, Share, Verdict
from normtool.core.dates import Truth, on_or_after
from normtool.core.diagnostics import Collector, Diagnostics, Fact, Rule
from normtool.core.evidence import Answer, RegisterRow
from normtool.core.kinds import Pooled, Proportion
from normtool.core.ledger import Ledger, is_declared, text_in
from normtool.core.places import CellPlace, FilePlace, Located
from normtool.core.plausibility_dates import about_year, ask_about_dates, rows_with_dates, spans_of
from normtool.core.plausibility_documents import ask_about_documents
from normtool.core.plausibility_echelons import ask_about_echelons
from normtool.core.plausibility_figures import ask_about_figures
from normtool.core.plausibility_iza import ask_about_iza
from normtool.core.plausibility_last_year import ask_about_last_year
from normtool.core.plausibility_members import ask_about_members
from normtool.core.plausibility_rows import ask_about_rows
from normtool.core.plausibility_totals import ask_about_totals
from normtool.core.plausibility_volumes import ask_about_volumes
from normtool.core.pooled_columns import PooledColumns, PooledFigures, pooled_figures
from normtool.core.registers import ColumnType, Register
from normtool.core.rules_answers import (
    BELOW_CORRIDOR,
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
from normtool.core.rules_questions import COUNTED_THE_REST, NOT_TAKING_PART, OTHER_YEAR, STARTS_LATER
from normtool.core.scoring_rows import filter_row
from normtool.core.standards import Indicator, IndicatorClass

ABOUT_THE_YEAR = frozenset({FIGURE_AFTER_YEAR, FIGURES_TOO_OLD, STARTS_LATER, OTHER_YEAR, NOT_TAKING_PART})
"""Questions that only follow from the reporting year, when that cannot be right itself."""


def question(ledger: Ledger, assessment: Assessment) -> Diagnostics:
    """Everything that a careful reader would ask about, each with its cell."""
    network, collector = ledger.evidence.network, Collector()
    silent = ABOUT_THE_YEAR if network.reporting_year > network.assessment_year else frozenset()
    _put_all(collector, silent, ask_about_dates(ledger), _about_registers(ledger))
    _put_all(collector, silent, *(_about_indicator(ledger, item) for item in ledger.framework.indicators))
    _ask_about_years(ledger, assessment, collector)
    _put_all(
        collector,
        silent,
        ask_about_volumes(ledger, assessment),
        ask_about_echelons(ledger, assessment.echelons),
        ask_about_figures(ledger),
        ask_about_totals(ledger),
        ask_about_members(ledger),
        ask_about_rows(ledger),
        ask_about_documents(ledger),
        ask_about_last_year(ledger),
        ask_about_iza(ledger),
        _about_explaining(ledger, assessment),
    )
    reversed_counts = {item.place for item in collector.items if item.rule is COUNTED_THE_REST}
    return tuple(
        item for item in collector.done() if item.rule is not BELOW_CORRIDOR or item.place not in reversed_counts
    )


def _put_all(collector: Collector, silent: frozenset[Rule], *questions: Iterator[Asked]) -> None:
    for asked in chain.from_iterable(questions):
        if asked.rule not in silent:
            put(collector, asked)


def _about_indicator(ledger: Ledger, indicator: Indicator) -> Iterator[Asked]:
    answer = ledger.answers.get(indicator.id)
    if answer is not None:
        yield from _about_own_approach(ledger, answer)
        yield from _about_answer(ledger, indicator, answer)
    if not is_declared(ledger, indicator.id):
        yield from _about_shares(ledger, indicator)


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
    for register in ledger.framework.registers:
        for row in rows_with_dates(ledger, register):
            for _, cell in row.values:
                for span in spans_of(cell.value):
                    if not span.is_exact:
                        found[cell.place] = span.first.year
    return found


def _about_registers(ledger: Ledger) -> Iterator[Asked]:
    for register in ledger.framework.registers:
        known = ledger.rows(register.id)
        if known.complete is not None and known.complete.value and not known.rows:
            yield Asked(
                rule=COMPLETE_WITHOUT_ROWS, place=known.complete.place, facts={"sheet": known.complete.place.sheet}
            )
        yield from _about_sub_types(ledger, register)


def _about_sub_types(ledger: Ledger, register: Register) -> Iterator[Asked]:
    column = register.column_of_type(ColumnType.GROUP)
    if column is None or not column.key:
        return
    texts = {group.id: group.name.in_language(form_language(ledger)) for group in ledger.framework.tumour_groups}
    names = [key.id for key in register.key_columns]
    seen: dict[tuple[str, ...], dict[str, RegisterRow]] = {}
    for row in ledger.rows(register.id).rows:
        values = {name: str(row.contents[name]) for name in names if name in row.contents}
        group = values.pop(column.id, "")
        unit = (*values.values(), ledger.groups.get(group, group))
        seen.setdefault(unit, {})[group] = row
    for unit, rows in seen.items():
        if len(rows) > 1 and unit[-1] in rows:
            yield Asked(rule=GROUP_AND_SUB_TYPE, place=rows[unit[-1]].place, facts={"group": texts[unit[-1]]})


def _about_own_approach(ledger: Ledger, answer: Answer) -> Iterator[Asked]:
    own = answer.own_approach
    end_asked_back = len(own.cells) == 3 and own.until is None and answer.indicator in ledger.evidence.to_repair
    if own.cells and not own.has_all_parts and not end_asked_back:
        facts: dict[str, Fact] = {"indicator": answer.indicator, "filled": len(own.cells)}
        yield Asked(rule=OWN_APPROACH_INCOMPLETE, place=own.cells[0].place, facts=facts)
    elif own.until is not None and on_or_after(own.until.value, ledger.reference_date) is Truth.NO:
        until = own.until.value.last.isoformat()
        facts = {"indicator": answer.indicator, "until": until}
        yield Asked(rule=OWN_APPROACH_EXPIRED, place=own.until.place, facts=facts)


def _about_answer(ledger: Ledger, indicator: Indicator, answer: Answer) -> Iterator[Asked]:
    lone = answer.documents and answer.answer is None and indicator.id not in ledger.evidence.to_repair
    if lone and indicator.kind.type in ("yes_no", "document_age", "maturity"):
        yield Asked(rule=PROOF_WITHOUT_ANSWER, place=answer.documents[0].place, facts={"indicator": indicator.id})
    for reference in answer.documents:
        entry = ledger.documents.get(reference.value.document)
        until = entry.valid_until.value if entry is not None and entry.valid_until is not None else None
        if until is not None and on_or_after(until, ledger.reference_date) is Truth.NO:
            facts = {"document": reference.value.document, "date": until.last.isoformat()}
            yield Asked(rule=DOCUMENT_EXPIRED, place=reference.place, facts=facts)
    if answer.year is not None:
        yield from about_year(ledger, indicator, answer.year)


def _about_shares(ledger: Ledger, indicator: Indicator) -> Iterator[Asked]:
    """Shares of exactly all of a large number, and shares below the corridor."""
    large = ledger.framework.settings.large_denominator
    low = indicator.corridor.low if indicator.corridor is not None else None
    answer = ledger.answers.get(indicator.id)
    by_indicator = explanation_of(answer.explanation if answer is not None else None)
    for share, place, by_row in _shares(ledger, indicator):
        explanation = by_row or by_indicator
        if share.numerator == share.denominator >= large:
            facts: dict[str, Fact] = {"indicator": indicator.id, "denominator": share.denominator}
            yield Asked(rule=EXACTLY_ALL, place=place, facts=facts, explanation=explanation)
        if low is not None and share.fraction < low:
            facts = {"indicator": indicator.id, "percent": int(share.fraction * 100), "low": int(low * 100)}
            yield Asked(rule=BELOW_CORRIDOR, place=place, facts=facts, explanation=explanation)


def _shares(ledger: Ledger, indicator: Indicator) -> Iterator[tuple[Share, CellPlace, Located[str] | None]]:
    """The shares of an indicator or of its groups, even while other rows must be corrected, and their words."""
    kind, answer = indicator.kind, ledger.answers.get(indicator.id)
    least = max(1, ledger.framework.settings.small_below if indicator.counts_patients else 1)
    if isinstance(kind, Pooled) and indicator.counts_patients:
        for figures in _pools(ledger, indicator, kind):
            numerator = sum(item.numerator.value for item in figures)
            share = Share(numerator=numerator, denominator=sum(item.denominator.value for item in figures))
            if share.denominator >= least:
                by_row = explanation_in(figures[0].row) if kind.per_group else None
                yield share, figures[0].numerator.place, by_row
    elif isinstance(kind, Proportion) and answer is not None and answer.numerator and answer.denominator:
        share = Share(numerator=answer.numerator.value, denominator=answer.denominator.value)
        if least <= share.denominator >= share.numerator:
            yield share, answer.numerator.place, None


def _pools(ledger: Ledger, indicator: Indicator, kind: Pooled) -> Iterator[list[PooledFigures]]:
    """The rows that are summed: all that may count, or those of each group."""
    register = ledger.framework.declared(kind.register)
    columns = PooledColumns(
        register=register, numerator=kind.numerator, denominator=kind.denominator, indicators=(indicator,)
    )
    group = register.column_of_type(ColumnType.GROUP) if kind.per_group else None
    pools: dict[str, list[PooledFigures]] = {}
    for figures in pooled_figures(ledger, columns):
        possible = figures.numerator.value <= figures.denominator.value
        if possible and filter_row(ledger, register, figures.row, kind.where) is not Truth.NO:
            named = text_in(figures.row, group.id) if group is not None else ""
            pools.setdefault(ledger.groups.get(named, named), []).append(figures)
    yield from pools.values()


def _about_explaining(ledger: Ledger, assessment: Assessment) -> Iterator[Asked]:
    """More than a third of the core explained or declared not applicable."""
    core = [item for item in assessment.indicators if item.indicator_class is IndicatorClass.CORE and item.is_open]
    explained = [item for item in core if item.verdict is Verdict.OWN_APPROACH or is_declared(ledger, item.id)]
    if core and len(explained) * 3 > len(core):
        places = [place for item in explained for place in item.places]
        place = places[0] if places else FilePlace(file=ledger.evidence.files[0].file)
        yield Asked(rule=MUCH_EXPLAINED, place=place, facts={"count": len(explained), "core": len(core)})
