"""The sheet `Netwerk`: who this is, which years, from which day. Several workbooks must agree on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from normtool.core.cells import read_choice
from normtool.core.cells_dates import read_date, read_year
from normtool.core.diagnostics import Collector, Fact, Related
from normtool.core.evidence import DataNature, DateSpan, NetworkFacts
from normtool.core.form_names import NATURES, NETWORK_ITEM, NETWORK_KEYS, NETWORK_VALUE
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.parsing import Parsed, refuse, shown
from normtool.core.places import CellPlace, FilePlace
from normtool.core.rules_answers import (
    FIRST_YEAR_LATER,
    NETWORK_KEY_TWICE,
    NETWORK_VALUE_MISSING,
    NOT_A_DATE,
    OTHER_NETWORK,
    REFERENCE_DATE_ASSUMED,
    REFERENCE_DATE_OVERRIDDEN,
    REPORTING_YEAR_ASSUMED,
    YEARS_DISAGREE,
)
from normtool.core.spellings import Names, plain
from normtool.core.tables import sheet_names

KEY_NAMES = Names((spelling, key.id) for key in NETWORK_KEYS for spelling in sheet_names(key))
NATURE_NAMES = Names((spelling, nature.id) for nature in NATURES for spelling in sheet_names(nature))
ITEM_WORDS = frozenset(plain(text) for text in sheet_names(NETWORK_ITEM))
VALUE_WORDS = frozenset(plain(text) for text in sheet_names(NETWORK_VALUE))
YEAR_KEYS = ("assessment_year", "reporting_year", "first_assessment_year")
LABELS = {key.id: key.text.nl for key in NETWORK_KEYS}


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkValue:
    """One value of the sheet: what was read, and its cell."""

    value: object
    place: CellPlace


def read_network(grid: Grid, sheet: Sheet, collector: Collector) -> dict[str, NetworkValue]:
    """The values of one sheet by key: under the header *Waarde*, else the first filled cell right of the label."""
    found: dict[str, NetworkValue] = {}
    value_column = _value_column(sheet)
    for row_number, row in enumerate(sheet.rows, 1):
        label = next(((n, v) for n, v in enumerate(row, 1) if isinstance(v, str) and plain(v)), None)
        key = KEY_NAMES.find(label[1]) if label is not None else None
        if label is None or key is None:
            continue
        cells = [(n, v) for n, v in enumerate(row, 1) if v not in (None, "") and n > label[0]]
        cell = next(((n, v) for n, v in cells if value_column in (None, n)), None)
        if cell is None or (isinstance(cell[1], str) and plain(cell[1]) in VALUE_WORDS):
            continue
        place = CellPlace(file=grid.file, sheet=sheet.name, row=row_number, column=cell[0])
        if key in found:
            collector.add(NETWORK_KEY_TWICE, place, key=LABELS[key], related=_first(found[key]))
            continue
        value = _read_value(key, cell[1], place, collector)
        if value is not None:
            found[key] = NetworkValue(value=value, place=place)
    return found


def _value_column(sheet: Sheet) -> int | None:
    """The column of the header *Waarde*, if the sheet has its header row beside *Gegeven*."""
    for row in sheet.rows:
        words = [plain(value) if isinstance(value, str) else "" for value in row]
        if any(word in ITEM_WORDS for word in words) and any(word in VALUE_WORDS for word in words):
            return next(number for number, word in enumerate(words, 1) if word in VALUE_WORDS)
    return None


def _read_value(key: str, value: GridValue, place: CellPlace, collector: Collector) -> object:
    parsed: Parsed
    if key in YEAR_KEYS:
        parsed = read_year(value)
    elif key == "reference_date":
        parsed = read_date(value)
        if (isinstance(parsed.value, DateSpan) and not parsed.value.is_exact) or parsed.value is False:
            parsed = refuse(NOT_A_DATE, value)
    elif key == "nature":
        parsed = read_choice(value, NATURE_NAMES)
    else:
        return shown_text(value)
    for remark in parsed.remarks:
        facts: dict[str, Fact] = dict(remark.facts)
        if "choices" in facts:
            facts["choices"] = ", ".join(nature.text.nl for nature in NATURES)
        collector.add_facts(remark.rule, place, facts)
    return parsed.value if isinstance(parsed.value, int | str | DateSpan) else None


def shown_text(value: GridValue) -> str:
    """A value of free text, whole."""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()


def _first(value: NetworkValue) -> tuple[Related, ...]:
    return (Related(place=value.place, role="first"),)


def merge(parts: list[dict[str, NetworkValue]], collector: Collector) -> dict[str, NetworkValue]:
    """The values of several workbooks as one; where they differ both cells are named."""
    merged: dict[str, NetworkValue] = {}
    for part in parts:
        for key, value in part.items():
            former = merged.setdefault(key, value)
            if former.value != value.value:
                first, second = _said(former.value), _said(value.value)
                collector.add(
                    OTHER_NETWORK,
                    value.place,
                    related=_first(former),
                    key=LABELS[key],
                    first=first,
                    second=second,
                )
    return merged


def _said(value: object) -> str:
    return value.first.isoformat() if isinstance(value, DateSpan) else shown(str(value))


def facts_of(
    values: Mapping[str, NetworkValue], place: FilePlace, on: date | None, collector: Collector
) -> NetworkFacts | None:
    """The network's facts, or None when there is no assessment year. What is assumed is noted."""

    def text(key: str) -> str:
        return str(values[key].value) if key in values else ""

    def year(key: str) -> int | None:
        value = values[key].value if key in values else None
        return value if isinstance(value, int) else None

    assessment_year = year("assessment_year")
    for key in ("assessment_year", "name"):
        if key not in values:
            collector.add(NETWORK_VALUE_MISSING, place, key=LABELS[key])
    if assessment_year is None:
        return None
    reporting_year = year("reporting_year")
    if reporting_year is None:
        reporting_year = assessment_year - 1
        collector.add(REPORTING_YEAR_ASSUMED, place, year=reporting_year)
    _check_years(values, collector)
    if on is not None:
        collector.add(REFERENCE_DATE_OVERRIDDEN, place, date=on.isoformat())
    reference = on or _reference_date(values, place, date(reporting_year, 12, 31), collector)
    return NetworkFacts(
        code=text("code") or text("name"),
        name=text("name") or text("code"),
        region=text("region"),
        assessment_year=assessment_year,
        reporting_year=reporting_year,
        reference_date=reference,
        first_assessment_year=year("first_assessment_year"),
        nature=DataNature(text("nature")) if "nature" in values else DataNature.NETWORK,
        contact_role=text("contact_role"),
        features=text("features"),
        own_terms=tuple((key, text(key)) for key in ("own_term_tumour_type_network",) if key in values),
        reference_date_overridden=on is not None,
    )


def _check_years(values: Mapping[str, NetworkValue], collector: Collector) -> None:
    assessment, reporting, first = (values.get(key) for key in YEAR_KEYS)
    if assessment and reporting and int(str(reporting.value)) > int(str(assessment.value)):
        collector.add(
            YEARS_DISAGREE,
            reporting.place,
            related=_first(assessment),
            assessment_year=int(str(assessment.value)),
            reporting_year=int(str(reporting.value)),
        )
    if assessment and first and int(str(first.value)) > int(str(assessment.value)):
        collector.add(
            FIRST_YEAR_LATER,
            first.place,
            related=_first(assessment),
            assessment_year=int(str(assessment.value)),
            first_year=int(str(first.value)),
        )


def _reference_date(
    values: Mapping[str, NetworkValue], place: FilePlace, assumed: date, collector: Collector
) -> date:
    stated = values["reference_date"].value if "reference_date" in values else None
    if isinstance(stated, DateSpan):
        return stated.first
    collector.add(REFERENCE_DATE_ASSUMED, place, date=assumed.isoformat())
    return assumed
