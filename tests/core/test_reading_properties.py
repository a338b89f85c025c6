"""Whatever stands in a workbook, reading raises nothing and loses nothing; order and case do not matter."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from normtool.core.assessment import Assessment
from normtool.core.diagnostics import Diagnostics
from normtool.core.evidence import Answer, Evidence
from normtool.core.form_names import INDICATOR_COLUMNS, NETWORK_KEYS, SHOWN_COLUMNS
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.intake import take_in
from normtool.core.intake_registers import COMPLETE_NAMES
from normtool.core.places import CellPlace
from normtool.core.scoring import assess
from tests.conftest import built_in
from tests.core.tables import form, seen

NORMS = built_in()
HEADERS = [
    header
    for register in NORMS.registers
    for column in register.columns
    for header in (column.header.nl, column.header.en)
]
HEADERS += [column.text.nl for column in INDICATOR_COLUMNS] + [key.text.nl for key in NETWORK_KEYS]
SHEETS = [
    "Netwerk",
    "Indicatoren",
    "Indicators",
    "_normtool",
    "Na te kijken",
    "Blad1",
    "Documnten",
    *(item.sheet.nl for item in NORMS.registers),
]
CHOICES = [
    choice.label.nl for register in NORMS.registers for column in register.columns for choice in column.choices
]
TYPED = st.sampled_from(
    [
        *("ja", "nee", "JA ", "x", "✓", "n.v.t.", "nvt", "-", "?", "geen", "onbekend", "geen bestaande bron"),
        *("1.200", "85%", "0,85", "48 ", "12.5", "-1", "2025", "31-12-25", "31-12-2025", "maart 2025", "29-2-2025"),
        *("#N/B", "#REF!", "=1+1", "D1", "D1 p. 4; D2", "Z1", "Z1; Z2", "Huid", "Huid; Longen", "Bot", "Hart"),
        *("N1.2", "N3.4; N9.9", "Maagresectie", "Dit overzicht is volledig", "Dit overzicht is volledig: ja"),
        *("2 - uitgevoerd", "\u00a0", "\n", ";;", "Standaard 1"),
        *CHOICES,
    ]
)
VALUES: st.SearchStrategy[GridValue] = st.one_of(
    st.none(),
    TYPED,
    st.sampled_from(HEADERS),
    st.text(max_size=12),
    st.booleans(),
    st.integers(min_value=-(10**14), max_value=10**14),
    st.integers(min_value=1990, max_value=2040),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@st.composite
def any_sheets(draw: st.DrawFn) -> Sheet:
    """A sheet with a header row of ours, and anything at all above and below it."""
    width = draw(st.integers(1, 6))
    row = st.lists(VALUES, min_size=0, max_size=width).map(tuple)
    headers = draw(st.lists(st.sampled_from(HEADERS), min_size=width, max_size=width))
    above, below = draw(st.lists(row, max_size=2)), draw(st.lists(row, max_size=5))
    cells = st.tuples(st.integers(1, 8), st.integers(1, 7))
    return Sheet(
        name=draw(st.sampled_from(SHEETS)),
        rows=(*above, tuple(headers), *below),
        errors=tuple(draw(st.lists(st.tuples(cells, st.sampled_from(["#REF!", "#N/A"])), max_size=2))),
        unread_formulas=tuple(draw(st.lists(st.tuples(cells, st.just("=A1")), max_size=2))),
        hidden_rows=tuple(draw(st.lists(st.integers(1, 8), max_size=2))),
    )


@given(st.lists(any_sheets(), max_size=5), st.booleans())
def test_reading_and_judging_raise_nothing(sheets: list[Sheet], with_form: bool) -> None:
    grid = Grid(file="iets.xlsx", sheets=tuple(sheets))
    grids = (grid, form("")) if with_form else (grid,)
    evidence, diagnostics = take_in(NORMS, grids)
    assert (evidence is not None) or diagnostics
    if evidence is not None:
        assess(NORMS, evidence)


# --- nothing that was typed is lost --------------------------------------------------------------------------------

NOT_LOST = [(register.sheet.nl, column.header.nl) for register in NORMS.registers for column in register.columns] + [
    ("Indicatoren", column.text.nl)
    for column in INDICATOR_COLUMNS
    if column.id not in SHOWN_COLUMNS - {"id", "last_year"}
]


@given(
    st.sampled_from(NOT_LOST),
    VALUES,
    st.sampled_from(["N1.2", "N1.3", "N1.5", "N2.6", "N3.2", "N3.4", "N5.3", "N5.4"]),
)
def test_every_filled_cell_ends_in_the_evidence_or_in_a_diagnostic(
    where: tuple[str, str], value: GridValue, indicator: str
) -> None:
    name, header = where
    if value is None or not str(value).strip(";, \n\t\u00a0") or COMPLETE_NAMES.find(value) is not None:
        return  # nothing was typed, or only a question of the form itself
    grid = form("")
    sheets = []
    at: CellPlace | None = None
    for sheet in grid.sheets:
        if sheet.name != name:
            sheets.append(sheet)
            continue
        headers = [str(item) for item in sheet.rows[0]]
        cells: list[GridValue] = [None] * len(headers)
        if name == "Indicatoren":
            cells[headers.index("Id")] = indicator
        cells[headers.index(header)] = value
        sheets.append(replace(sheet, rows=(*sheet.rows, tuple(cells))))
        at = CellPlace(file=grid.file, sheet=name, row=2, column=headers.index(header) + 1)
    evidence, diagnostics = take_in(NORMS, (replace(grid, sheets=tuple(sheets)),))
    assert evidence is not None
    note(f"{seen(diagnostics)}")
    assert at in places_read(evidence) or at in {item.place for item in diagnostics}


def places_read(evidence: Evidence) -> set[object]:
    """Every cell that the evidence keeps."""
    found: set[object] = {cell.place for rows in evidence.registers for row in rows.rows for _, cell in row.values}
    for answer in evidence.answers:
        found |= {answer.place} | {item.place for item in located(answer)}
    return found


def located(answer: Answer) -> list[Any]:
    """The filled cells of an answer."""
    single = (answer.answer, answer.numerator, answer.denominator, answer.year, answer.source, answer.explanation)
    single += (answer.reason_not_applicable, answer.bottleneck, answer.last_year, answer.confirmed, answer.no_source)  # type: ignore[assignment]
    return [cell for cell in (*single, *answer.documents, *answer.own_approach.cells) if cell is not None]


# --- order and spelling --------------------------------------------------------------------------------------------

FULL = """
## Deelnemers
| Id | Naam   | Soort      | Onderdeel van | Rol       | Uitwisseling met alle |
| Z1 | Alba   | ziekenhuis |               | deelnemer | ja                    |
| L1 | Noord  | locatie    | Alba          | deelnemer |                       |
| Z2 | Beuken | ziekenhuis |               | partner   | nee                   |

## Documenten
| Id | Titel | Datum      |
| D1 | Visie | 2025-03-01 |
| D2 | Plan  | 2019       |

## Tumortypenetwerken
| Groep      | Stand          | Bijeenkomsten | Verwezen op tijd | Verwezen | Regionaal MDO | Documenten |
| Huid       | eigen netwerk  | 4             | 40               | 50       | ja            | D1         |
| Longen     | eigen netwerk  | 2             | 8                | 9        | nee           |            |
| Bot        | niet behandeld |               |                  |          |               |            |
| Weke delen | nog geen netwerk |             |                  |          | ja            |            |

## Zorgaanbod
| Locatie | Groep  | Behandelt | Op tijd | Behandeld |
| L1      | Huid   | ja        | 30      | 40        |
| Z2      | Huid   | ja        | 9       | 10        |
| Z2      | Longen | nee       |         |           |

## Overlegvormen
| Naam    | Soort              | Gehouden | Documenten | Alle ziekenhuizen vertegenwoordigd |
| ROC     | oncologiecommissie | 3        | D1         | ja                                 |
| Bestuur | bestuurlijk        | 2        |            | ja                                 |

## Volumes
| Locatie | Behandeling      | Jaar | Aantal | Stand      |
| L1      | Maagresectie     | 2025 | 24     | definitief |
| L1      | Maagresectie     | 2024 | 30     | definitief |
| Z2      | Slokdarmresectie | 2025 | 12     | voorlopig  |

## Afspraken
| Id | Soort        | Partijen   | Datum      | Documenten | Toetsbaar |
| A1 | samenwerking | Alba; Z2   | 2024       | D1         | ja        |
| A2 | shared care  | Noord      | 2023-01-01 | D2         | ja        |

## Indicatoren
| Id   | Antwoord | Teller | Noemer | Documenten |
| N1.2 | ja       |        |        | D1         |
| N1.5 | ja       |        |        | D2; D1     |
| N2.6 | 2        |        |        | D1         |
| N5.2 | nee      |        |        |            |
| N5.4 | 1        |        |        |            |
| N3.8 |          | 30     | 40     |            |
"""
FORM = form(FULL)


def judged(grid: Grid) -> tuple[Assessment, Diagnostics]:
    """Verdicts and errors of a form."""
    evidence, diagnostics = take_in(NORMS, (grid,))
    assert evidence is not None
    return assess(NORMS, evidence)[0], tuple(item for item in diagnostics if item.is_error)


def verdicts(assessment: Assessment) -> list[tuple[object, ...]]:
    """What does not depend on where a cell stands."""
    return [
        (
            item.id,
            item.verdict,
            item.reason,
            item.worst,
            item.best,
            item.value,
            sorted((row.key, row.state.value, row.reason) for row in item.rows),
        )
        for item in assessment.indicators
    ]


USUAL = judged(FORM)


def test_the_form_of_the_properties_has_no_errors_and_every_sort_of_verdict() -> None:
    assert USUAL[1] == ()
    assert {item.verdict.value for item in USUAL[0].indicators} >= {
        "met",
        "partly_met",
        "not_met",
        "unknown",
        "informative",
    }


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(order: random.Random) -> None:
    sheets = []
    for sheet in FORM.sheets:
        body = list(sheet.rows[1:])
        order.shuffle(body)
        sheets.append(sheet if sheet.name == "Netwerk" else replace(sheet, rows=(sheet.rows[0], *body)))
    found, errors = judged(replace(FORM, sheets=tuple(sheets)))
    assert (verdicts(found), errors) == (verdicts(USUAL[0]), ())


@given(st.randoms(use_true_random=False))
def test_the_order_of_sheets_and_columns_does_not_matter(order: random.Random) -> None:
    sheets = []
    for sheet in FORM.sheets:
        width = max(len(row) for row in sheet.rows)
        columns = list(range(width)) if sheet.name == "Netwerk" else order.sample(range(width), width)
        full = [row + (None,) * (width - len(row)) for row in sheet.rows]
        sheets.append(replace(sheet, rows=tuple(tuple(row[column] for column in columns) for row in full)))
    order.shuffle(sheets)
    found, errors = judged(replace(FORM, sheets=tuple(sheets)))
    assert (verdicts(found), errors) == (verdicts(USUAL[0]), ())


def dressed(text: str, order: random.Random) -> str:
    """The same header as a hurried hand leaves it."""
    changed = order.choice([text, text.upper(), text.lower(), text.title()])
    return (
        order.choice(["{}", " {}", "{} ", "{}:", "{} *", "{}\u00a0"])
        .format(changed)
        .replace(" ", order.choice([" ", "\n", "  "]))
    )


@given(st.randoms(use_true_random=False))
def test_the_case_and_blanks_of_headers_and_sheets_do_not_matter(order: random.Random) -> None:
    sheets = []
    for sheet in FORM.sheets:
        headers = tuple(dressed(str(item), order) for item in sheet.rows[0])
        name = order.choice([sheet.name, sheet.name.upper(), sheet.name.lower()])
        sheets.append(replace(sheet, name=name, rows=(headers, *sheet.rows[1:])))
    found, errors = judged(replace(FORM, sheets=tuple(sheets)))
    assert (verdicts(found), errors) == (verdicts(USUAL[0]), ())


@given(st.integers(0, 3), st.integers(0, 3))
def test_empty_rows_and_columns_do_not_matter(above: int, beside: int) -> None:
    sheets = []
    for sheet in FORM.sheets:
        lines = [(None,) * beside + row for row in sheet.rows]
        body = [line for row in lines[1:] for line in (row, (None, ""))]
        sheets.append(replace(sheet, rows=((None,),) * above + (lines[0], *body)))
    found, errors = judged(replace(FORM, sheets=tuple(sheets)))
    assert (verdicts(found), errors) == (verdicts(USUAL[0]), ())
