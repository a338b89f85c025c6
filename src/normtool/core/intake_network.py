"""The sheet `Netwerk`: who this is, which years, from which day. Several workbooks must agree on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from normtool.core.cells import read_choice
from normtool.core.cells_dates import read_date, read_year
from normtool.core.diagnostics import Collector, Fact, Related
from normtool.core.evidence import DataNature, DateSpan, NetworkFacts, NetworkLayer
from normtool.core.form_names import (
    NATURES,
    NETWORK_ITEM,
    NETWORK_KEYS,
    NETWORK_LAYERS,
    NETWORK_VALUE,
    NO_PATIENT_DATA,
)
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.parsing import Parsed, as_typed, refuse, shown
from normtool.core.places import CellPlace, FilePlace, Located
from normtool.core.rules_answers import (
    ERROR_CELL,
    FIRST_YEAR_LATER,
    FORMULA_WITHOUT_RESULT,
    HEADER_NOT_FOUND,
    KEY_MISSPELT,
    NETWORK_KEY_TWICE,
    NETWORK_VALUE_MISSING,
    NOT_A_DATE,
    OTHER_NETWORK,
    REFERENCE_DATE_ASSUMED,
    REFERENCE_DATE_OVERRIDDEN,
    REPORTING_YEAR_ASSUMED,
    YEARS_DISAGREE,
)
from normtool.core.rules_networks import SUB_NETWORK_WITHOUT_REGION
from normtool.core.spellings import PASTED_ERRORS, Names, is_blank_text, plain
from normtool.core.tables import sheet_names

KEY_NAMES = Names((spelling, key.id) for key in NETWORK_KEYS for spelling in sheet_names(key))
CHOICES = {"nature": NATURES, "layer": NETWORK_LAYERS, "unit_of_review": NETWORK_LAYERS}
"""The keys of which the value is one of a closed list."""
CHOICE_NAMES = {
    key: Names((spelling, choice.id) for choice in choices for spelling in sheet_names(choice))
    for key, choices in CHOICES.items()
}
ITEM_WORDS = frozenset(plain(text) for text in sheet_names(NETWORK_ITEM))
EXPLANATION_WORDS = frozenset({"toelichting", "uitleg", "explanation"})
"""Headers of the column in which the form explains its own rows."""
VALUE_WORDS = frozenset(plain(text) for text in sheet_names(NETWORK_VALUE))
OF_ONE_WORKBOOK = frozenset({NO_PATIENT_DATA})
"""Keys that say something of their own workbook only; others may say something else."""
YEAR_KEYS = ("assessment_year", "reporting_year", "first_assessment_year")
LABELS = {key.id: key.text.nl for key in NETWORK_KEYS}


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkValue:
    """One value of the sheet: what was read (None when it was asked back), and its cell."""

    value: object
    place: CellPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCell:
    """A filled cell of the sheet: for which key, where, and what was typed."""

    key: str
    row: int
    column: int
    value: GridValue


def network_cells(sheet: Sheet) -> Iterator[NetworkCell]:
    """The filled cells of the keys, without reading them."""
    value_column = _value_column(sheet)
    for row_number, row in enumerate(sheet.rows, 1):
        label = _label(row)
        key = KEY_NAMES.find(label[1]) if label is not None else None
        number = _value_cell(row, label[0], value_column) if label is not None and key is not None else None
        if key is not None and number is not None:
            yield NetworkCell(key=key, row=row_number, column=number, value=row[number - 1])


def read_network(grid: Grid, sheet: Sheet, collector: Collector) -> dict[str, NetworkValue]:
    """The values of one sheet by key: under the header *Waarde*, else the first filled cell right of the label.

    A label that looks misspelt is asked back and read as what is probably meant.
    """
    found: dict[str, NetworkValue] = {}
    value_column = _value_column(sheet)
    known = {KEY_NAMES.find(value) for row in sheet.rows for value in row if isinstance(value, str)} - {None}
    broken = dict(sheet.errors) | {cell: "" for cell, _ in sheet.unread_formulas}
    for row_number, row in enumerate(sheet.rows, 1):
        label = _label(row)
        place = CellPlace(file=grid.file, sheet=sheet.name, row=row_number, column=label[0] if label else 1)
        key = KEY_NAMES.find(label[1]) if label is not None else None
        if label is not None and key is None:
            key = _misspelt(label[1], known, place, collector)
        if label is None or key is None:
            _report_broken(broken, replace(place, column=value_column or 0), collector)
            continue
        number = _value_cell(row, label[0], value_column)
        spot = replace(place, column=number or value_column or label[0] + 1)
        value = sheet.value(row_number, number) if number is not None else None
        if _report_broken(broken, spot, collector):
            found.setdefault(key, NetworkValue(value=None, place=spot))
        elif isinstance(value, str) and plain(value) in PASTED_ERRORS:
            collector.add(ERROR_CELL, spot, found=value.strip())
            found.setdefault(key, NetworkValue(value=None, place=spot))
        elif value is not None and not (isinstance(value, str) and plain(value) in VALUE_WORDS):
            _keep(found, key, value, (spot, collector))
    if not known and not found:
        header = NETWORK_KEYS[0].text.nl
        collector.add(HEADER_NOT_FOUND, FilePlace(file=grid.file, sheet=sheet.name), sheet=sheet.name, header=header)
    return found


def _keep(found: dict[str, NetworkValue], key: str, value: GridValue, at_hand: tuple[CellPlace, Collector]) -> None:
    place, collector = at_hand
    if key in found:
        collector.add(NETWORK_KEY_TWICE, place, key=LABELS[key], related=_first(found[key]))
    else:
        found[key] = NetworkValue(value=_read_value(key, value, place, collector), place=place)


def _label(row: tuple[GridValue, ...]) -> tuple[int, str] | None:
    """The label of a row, with its column: the first text that is a key, else the first text."""
    texts = [(n, v) for n, v in enumerate(row, 1) if isinstance(v, str) and not is_blank_text(v)]
    return next((cell for cell in texts if KEY_NAMES.find(cell[1])), texts[0] if texts else None)


def _value_cell(row: tuple[GridValue, ...], label: int, value_column: int | None) -> int | None:
    """The column of the value of a row: the one of the header, else the first right of the label, else left of it."""
    filled = [n for n, v in enumerate(row, 1) if v is not None and not (isinstance(v, str) and is_blank_text(v))]
    if value_column is not None:
        return value_column if value_column in filled and value_column != label else None
    right = [number for number in filled if number > label]
    left = [number for number in filled if number < label]
    return right[0] if right else left[-1] if left else None


def _misspelt(label: str, known: set[str | None], place: CellPlace, collector: Collector) -> str | None:
    """The key that a label probably means, if the right one is not there as well; it is asked back."""
    meant = KEY_NAMES.guess_spelling(label)
    if meant is None or KEY_NAMES[meant] in known:
        return None
    collector.add(KEY_MISSPELT, place, found=shown(label), meant=meant)
    return KEY_NAMES[meant]


def _report_broken(broken: Mapping[tuple[int, int], str], place: CellPlace, collector: Collector) -> bool:
    """Ask back a cell with an error or a formula without a result."""
    text = broken.get((place.row, place.column))
    if text:
        collector.add(ERROR_CELL, place, found=text)
    elif text is not None:
        collector.add(FORMULA_WITHOUT_RESULT, place)
    return text is not None


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
    elif key in CHOICES:
        parsed = read_choice(value, CHOICE_NAMES[key])
    else:
        return as_typed(value)
    for remark in parsed.remarks:
        facts: dict[str, Fact] = dict(remark.facts)
        if "choices" in facts:
            facts["choices"] = ", ".join(choice.text.nl for choice in CHOICES[key])
        collector.add_facts(remark.rule, place, facts)
    return parsed.value if isinstance(parsed.value, int | str | DateSpan) else None


def _first(value: NetworkValue) -> tuple[Related, ...]:
    return (Related(place=value.place, role="first"),)


def merge(parts: list[dict[str, NetworkValue]], collector: Collector) -> dict[str, NetworkValue]:
    """The values of several workbooks as one; where they differ both cells are named."""
    merged: dict[str, NetworkValue] = {}
    for part in parts:
        for key, value in part.items():
            if key in OF_ONE_WORKBOOK:
                continue
            former = merged.setdefault(key, value)
            if former.value is None:
                merged[key] = value
            elif value.value is not None and former.value != value.value:
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
        value = values[key].value if key in values else None
        return str(value) if value is not None else ""

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
        if "reporting_year" not in values:
            collector.add(REPORTING_YEAR_ASSUMED, place, year=reporting_year)
    _check_years(values, collector)
    _check_layer(values, collector)
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
        nature=DataNature(text("nature")) if text("nature") else DataNature.NETWORK,
        contact_role=text("contact_role"),
        features=text("features"),
        own_terms=tuple((key, text(key)) for key in ("own_term_tumour_type_network",) if text(key)),
        reference_date_overridden=on is not None,
        layer=NetworkLayer(text("layer")) if text("layer") else None,
        unit_of_review=NetworkLayer(text("unit_of_review")) if text("unit_of_review") else None,
    )


def _check_layer(values: Mapping[str, NetworkValue], collector: Collector) -> None:
    """A sub-network names its region, for that answers what the sub-network is not asked."""
    layer = values.get("layer")
    if layer is not None and layer.value == NetworkLayer.SUB_NETWORK.value and "region" not in values:
        said = next(choice.text.nl for choice in NETWORK_LAYERS if choice.id == layer.value)
        collector.add(SUB_NETWORK_WITHOUT_REGION, layer.place, layer=said)


def _check_years(values: Mapping[str, NetworkValue], collector: Collector) -> None:
    assessment, reporting, first = (_stated_year(values, key) for key in YEAR_KEYS)
    if assessment and reporting and reporting.value > assessment.value:
        related = (Related(place=assessment.place, role="first"),)
        collector.add(
            YEARS_DISAGREE,
            reporting.place,
            related=related,
            assessment_year=assessment.value,
            reporting_year=reporting.value,
        )
    if assessment and first and first.value > assessment.value:
        related = (Related(place=assessment.place, role="first"),)
        collector.add(
            FIRST_YEAR_LATER,
            first.place,
            related=related,
            assessment_year=assessment.value,
            first_year=first.value,
        )


def _stated_year(values: Mapping[str, NetworkValue], key: str) -> Located[int] | None:
    stated = values.get(key)
    if stated is None or not isinstance(stated.value, int):
        return None
    return Located(value=stated.value, place=stated.place)


def _reference_date(
    values: Mapping[str, NetworkValue], place: FilePlace, assumed: date, collector: Collector
) -> date:
    stated = values["reference_date"].value if "reference_date" in values else None
    if isinstance(stated, DateSpan):
        return stated.first
    if "reference_date" not in values:
        collector.add(REFERENCE_DATE_ASSUMED, place, date=assumed.isoformat())
    return assumed
