"""What real workbooks do to us: each shape is read safely and noted, or asked back at its cell; nothing follows."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from normtool.core.cells import read_cell
from normtool.core.evidence import Evidence
from normtool.core.grids import Grid, Sheet
from normtool.core.intake import take_in
from normtool.core.parsing import Vocabulary
from normtool.core.registers import ColumnType
from normtool.core.spellings import Names
from tests.conftest import built_in
from tests.core.tables import NETWORK, form, read, rows, said, seen, workbook

DOCUMENTS = "## Documenten\n| Id | Titel | Datum |\n"
MEMBERS = "## Deelnemers\n| Id | Naam | Soort |\n| Z1 | Alba | ziekenhuis |\n| Z2 | Beuken | ziekenhuis |\n"
VOLUMES = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Stand |\n"


def changed(grid: Grid, of: str, **fields: object) -> Grid:
    """A workbook in which one sheet has other marks: merged cells, percentages, errors, a name."""
    sheets = tuple(replace(item, **fields) if item.name == of else item for item in grid.sheets)  # type: ignore[arg-type]
    return replace(grid, sheets=sheets)


def alone(page: str) -> tuple[Evidence, list[str]]:
    """The evidence in a workbook with only these sheets and the network's, and what is said of its tables."""
    evidence, found = take_in(built_in(), (workbook(NETWORK + page),))
    assert evidence is not None
    return evidence, [line for line in seen(found) if not line.startswith(("NT251", "NT252", "NT254"))]


def told(grid: Grid) -> list[str]:
    """What is said of a workbook."""
    return seen(take_in(built_in(), (grid,))[1])


# --- sheets --------------------------------------------------------------------------------------------------------

SHEETS = f"""
## Netwerk
| Gegeven | Waarde |
| Naam | Alba |
| Toetsjaar | 2026 |
| Verslagjaar | 2025 |
| Peildatum | 2025-12-31 |

{DOCUMENTS}| D1 | Visie | 2025-03-01 |

{VOLUMES}

## Indicatoren
| Id | Antwoord | Documenten | Teller | Noemer |
| N1.2 | ja | D1 | | |
"""


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Indicatoren", "Indicatorn"),
        ("Indicatoren", "Indicatoren (2)"),
        ("Indicatoren", "Indicatoren - kopie"),
        ("Indicatoren", "Blad3"),
        ("Volumes", "Kopie van Volumes"),
        ("Volumes", "Volumes ZH-A"),
        ("Documenten", "Documennten"),
        ("Netwerk", "Ntewerk"),
        ("Netwerk", "Blad1"),
    ],
)
def test_a_renamed_sheet_is_asked_back_and_read_as_the_one_that_is_missing(name: str, other: str) -> None:
    grid = changed(form(SHEETS), name, name=other)
    evidence, found = take_in(built_in(), (grid,))
    assert seen(found) == [f"NT257 {other} found={other} meant={name}"]
    assert evidence is not None
    assert evidence.answers[0].documents[0].value.document == "D1"


def test_an_english_sheet_is_proposed_in_english() -> None:
    grid = changed(form(SHEETS), "Documenten", name="Docments")
    assert told(grid) == ["NT257 Docments found=Docments meant=Documents"]


def test_a_workbook_of_which_all_sheets_were_renamed_is_still_ours() -> None:
    grid = form(SHEETS)
    names = {sheet.name: f"Blad{number}" for number, sheet in enumerate(grid.sheets, 1)}
    for name, other in names.items():
        grid = changed(grid, name, name=other)
    found = told(grid)
    assert "NT257 Blad1 found=Blad1 meant=Netwerk" in found
    assert not any(line.startswith(("NT250", "NT251")) for line in found)


@pytest.mark.parametrize("name", ["Volumes (2)", "Kopie van Volumes", "Volumes ZH-A", "Volumess"])
def test_a_sheet_beside_ours_with_something_else_on_it_is_asked_back(name: str) -> None:
    line = "| Z1 | Maagresectie | 2025 | {} | definitief |\n"
    page = f"{MEMBERS}{VOLUMES}{line.format(24)}\n## {name}\n{VOLUMES.splitlines()[1]}\n"
    assert alone(page + line.format(25))[1] == [f"NT261 {name} sheet={name} meant=Volumes"]
    assert alone(page + line.format(24))[1] == [f"NT904 {name} sheet={name}"]


def test_one_missing_sheet_that_others_refer_to_is_one_error() -> None:
    line = "| {} | Maagresectie | 2025 | 24 | definitief |\n"
    grid = form(f"{MEMBERS}{VOLUMES}{line.format('Z1')}{line.format('Z2')}")
    assert told(without(grid, "Deelnemers")) == ["NT251 formulier.xlsx sheet=Deelnemers"]
    assert told(without(form(SHEETS), "Documenten")) == ["NT251 formulier.xlsx sheet=Documenten"]


def without(grid: Grid, name: str) -> Grid:
    """A workbook from which a sheet was thrown away."""
    return replace(grid, sheets=tuple(sheet for sheet in grid.sheets if sheet.name != name))


# --- headers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        "| ID | ANTWOORD | TEL\u00adLER | Noemer\u200b | Over⏎jaar |",
        "| Id | antwoord: | Teller␣ | ␣Noemer * | OVER JAAR |",
        "| Id | Antwoord | Teller | Noemer | Over-jaar |",
    ],
)
def test_headers_as_hurried_hands_leave_them(headers: str) -> None:
    evidence, found = alone(f"## Indicatoren\n{headers}\n| N5.3 | | 40 | 48 | 2025 |")
    assert found == []
    assert evidence.answers[0].year is not None


def test_a_header_with_something_behind_it_is_asked_back_and_its_cells_are_looked_at() -> None:
    assert alone("## Indicatoren\n| Id | Teller (aantal) | Noemer |\n| N5.3 | 85% | 48 |")[1] == [
        "NT258 Indicatoren!B1 found=Teller (aantal) meant=Teller",
        "NT304 Indicatoren!B2 found=85%",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "| Id | Antwoord | Eigen aanpak | … | … | … |\n| … | … | doel | wat | werkt het | tot |",
        "| … | … | Eigen aanpak | … | … | … |\n| Id | Antwoord | doel | wat | werkt het | tot |",
        "| … | … | Eigen aanpak: | … | … | … |\n| Id | Antwoord | Doel | Wat | Werkt het | Tot |",
    ],
)
def test_headers_of_two_lines_are_read_together(lines: str) -> None:
    evidence, found = alone(f"## Indicatoren\n{lines}\n| N1.2 | nee | a | b | c | 2030 |")
    assert found == []
    assert evidence.answers[0].own_approach.has_all_parts


def test_a_header_that_is_an_error_is_the_one_thing_said_of_its_column() -> None:
    page = "## Volumes\n| Locatie | {} | Jaar | Aantal | Stand |\n| Z1 | Maagresectie | 2025 | 24 | definitief |\n"
    for header, code in [("#REF!", "NT317"), ('"#N/B"', "NT317"), ("=A1", "NT318")]:
        found = [line for line in alone(f"{MEMBERS}\n{page.format(header)}")[1] if not line.startswith("NT916")]
        assert [line.partition(" found")[0] for line in found] == [f"{code} Volumes!B1"], header


# --- tables --------------------------------------------------------------------------------------------------------


def test_pasted_rows_with_their_headers_are_read_with_those_headers() -> None:
    evidence, found = read(
        f"""{DOCUMENTS}| D1 | Visie | 2025-03-01 |
| … |
| Titel | ID | Kleur |
| Plan  | D2 | rood  |
| Id | Titel | Datum |
| D1 | Visie | 2024-03-01 |
"""
    )
    assert [row["id"] for row in rows(evidence, "documents")] == ["D1", "D2", "D1"]
    assert seen(found) == [
        "NT905 Documenten!C4 header=Kleur",
        "NT914 Documenten!A4 row=1",
        "NT914 Documenten!A6 row=1",
        "NT312 Documenten!A7 key=D1 (first: Documenten!A2)",
    ]


def test_pasted_headers_among_the_indicators() -> None:
    evidence, found = read("## Indicatoren\n| Id | Antwoord |\n| N1.2 | nee |\n| Antwoord | Id |\n| 2 | N2.6 |")
    assert [(item.indicator, item.answer is not None) for item in evidence.answers] == [
        ("N1.2", True),
        ("N2.6", True),
    ]
    assert "NT914 Indicatoren!A3 row=1" in seen(found)


@pytest.mark.parametrize("name", ["Totaal", "TOTAAL:", "Som", "Totaal netwerk", "Subtotaal", "Gemiddelde"])
def test_a_row_of_totals_is_noted_and_not_counted(name: str) -> None:
    evidence, found = read(f"{MEMBERS}{VOLUMES}| Z1 | Maagresectie | 2025 | 24 | definitief |\n| {name} | | | 24 | |")
    assert seen(found) == [f"NT915 Volumes!A3 found={name}"]
    assert len(rows(evidence, "volumes")) == 1


def test_what_only_begins_like_a_total_is_a_row() -> None:
    evidence, found = read(
        "## Overlegvormen\n| Naam | Soort | Gehouden |\n| Totaal overleg | overig | 3 |\n| Somatiek | PAR | 2 |"
    )
    assert (len(rows(evidence, "meetings")), [line for line in seen(found) if line.startswith("NT9")]) == (2, [])


def test_a_total_among_the_indicators() -> None:
    assert said("## Indicatoren\n| Id | Teller |\n| N5.3 | … |\n| Totaal | 40 |") == [
        "NT915 Indicatoren!A3 found=Totaal"
    ]


def test_the_completeness_question_may_stand_below_or_among_the_rows() -> None:
    page = f"{DOCUMENTS}| D1 | Visie | 2025 |\n| Dit overzicht is volledig | ja | |\n| D2 | Plan | 2025 |\n"
    evidence, found = read(page)
    assert seen(found) == []
    assert evidence.register("documents").is_complete
    assert [row["id"] for row in rows(evidence, "documents")] == ["D1", "D2"]


def test_of_two_answers_whether_all_is_there_a_no_counts() -> None:
    page = "| Dit overzicht is volledig | {} |\n| Overzicht volledig | {} |\n"
    for first, second in [("ja", "nee"), ("nee", "ja")]:
        evidence, _ = read(f"## Documenten\n{page.format(first, second)}| Id | Titel |")
        assert evidence.register("documents").complete is not None
        assert not evidence.register("documents").is_complete


def test_merged_keys_are_one_question_and_not_one_for_each_row() -> None:
    care = "## Zorgaanbod\n| Locatie | Groep | Behandelt |\n| Z1 | Huid | ja |\n| … | Long | ja |\n| … | Borst | ja |"
    page = MEMBERS + care
    found = told(changed(form(page), "Zorgaanbod", merged=((2, 1, 4, 1), (1, 1, 1, 3), (9, 1, 12, 1))))
    assert [line[:5] for line in found] == ["NT262"]
    ids = "## Indicatoren\n| Id | Antwoord |\n| N1.2 | nee |\n| … | ja |"
    assert [line[:5] for line in told(changed(form(ids), "Indicatoren", merged=((2, 1, 3, 1),)))] == ["NT262"]


def test_a_broken_id_is_the_one_thing_said_of_its_row() -> None:
    for typed, expected in [
        ("#REF!", "NT317 Indicatoren!A2 found=#REF!"),
        ('"#N/B"', "NT317 Indicatoren!A2 found=#N/B"),
        ("=A1", "NT318 Indicatoren!A2"),
        ("N12", "NT316 Indicatoren!A2 found=N12 meant=N1.2"),
        ("1,2", "NT316 Indicatoren!A2 found=1.2 meant=N1.2"),
    ]:
        assert said(f"## Indicatoren\n| Id | Antwoord | Toelichting |\n| {typed} | veel | Zo is het |") == [expected]


@pytest.mark.parametrize(("typed", "code"), [("#REF!", "NT317"), ("=A1", "NT318"), ("…", "NT324")])
def test_a_document_without_a_readable_id_is_not_missed_as_well(typed: str, code: str) -> None:
    page = f"{DOCUMENTS}| {typed} | Visie | 2025-03-01 |\n## Indicatoren\n| Id | Antwoord | Documenten |\n"
    answers = "| N1.2 | ja | D1 |\n| N1.5 | ja | D1 |\n"
    assert [line[:5] for line in said(page + answers)] == [code]
    assert [line[:5] for line in said(page + answers + "| N2.6 | 2 | D9 |")] == [code, "NT308", "NT308", "NT308"]


def test_a_reason_beside_an_answer_that_cannot_be_read_is_not_asked_about() -> None:
    assert said("## Indicatoren\n| Id | Antwoord | Reden n.v.t. |\n| N5.3 | #REF! | Geen trials |") == [
        "NT317 Indicatoren!B2 found=#REF!"
    ]


def test_without_a_key_column_rows_are_not_called_doubles() -> None:
    page = f"{MEMBERS}## Volumes\n| Locatie | Jaar | Aantal | Stand |\n| Z1 | 2025 | 24 | … |\n| Z1 | 2025 | 25 | … |"
    found = told(workbook(NETWORK + page))
    assert [line for line in found if "Volumes" in line] == ["NT254 Volumes!A1 sheet=Volumes header=Behandeling"]


# --- cells ---------------------------------------------------------------------------------------------------------


def test_a_percent_sign_of_the_cell_itself_is_asked_back_where_a_number_is_asked() -> None:
    grid = form(
        f"{MEMBERS}{VOLUMES}| Z1 | Maagresectie | 2025 | 1 | definitief |\n"
        "## Indicatoren\n| Id | Antwoord | Teller | Noemer |\n"
        "| N5.3 | … | 0,85 | 1 |\n| N5.4 | 1 | … | … |\n| N2.6 | 1 | | |"
    )
    shares = tuple((row, column) for row in (2, 3, 4) for column in (2, 3, 4))
    grid = changed(changed(grid, "Indicatoren", percentages=shares), "Volumes", percentages=((2, 4), (2, 5)))
    assert told(grid) == [
        "NT304 Volumes!D2 found=100%",
        "NT304 Indicatoren!C2 found=85%",
        "NT304 Indicatoren!D2 found=100%",
        "NT304 Indicatoren!B3 found=100%",
        "NT319 Indicatoren!B4 found=100%",
    ]


def test_a_level_may_be_called_one() -> None:
    evidence, found = read("## Indicatoren\n| Id | Antwoord |\n| N2.6 | niveau 0 |")
    assert seen(found) == []
    assert evidence.answers[0].answer is not None
    assert evidence.answers[0].answer.value == 0


def test_ten_thousand_equal_misspellings_are_quick_and_each_is_named() -> None:
    line = "| Beukn | Maagresectie | 2025 | 24 | definitief |\n"
    grid = form(MEMBERS + VOLUMES + line)
    volumes = next(sheet for sheet in grid.sheets if sheet.name == "Volumes")
    grid = changed(grid, "Volumes", rows=(volumes.rows[0], *(volumes.rows[1] for _ in range(10_000))))
    found = told(grid)
    assert (len(found), found[-1]) == (10_000, "NT316 Volumes!A10001 found=Beukn meant=Beuken")


# --- the network ---------------------------------------------------------------------------------------------------

KEYS = (
    "| Gegeven | Waarde | Toelichting |\n| Naam | Alba | |\n| Verslagjaar | 2025 | |\n| Peildatum | 2025-12-31 | |\n"
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("| Toetsjaar | 2026 | Het jaar van de toets |", []),
        ("| Toetjaar | 2026 | Het jaar van de toets |", ["NT263 Netwerk!A5 found=Toetjaar meant=Toetsjaar"]),
        ("| Toetsjaar | #REF! | |", ["NT317 Netwerk!B5 found=#REF!"]),
        ('| Toetsjaar | "#N/B" | |', ["NT317 Netwerk!B5 found=#N/B"]),
        ("| Toetsjaar | =B1 | |", ["NT318 Netwerk!B5"]),
        ("| Toetsjaar | vorig jaar | |", ["NT321 Netwerk!B5 found=vorig jaar"]),
        ("| Toetsjaar | over 2026 | |", ["NT338 Netwerk!B5 found=over 2026 proposal=2026"]),
    ],
)
def test_one_fault_of_the_network_is_one_diagnostic(line: str, expected: list[str]) -> None:
    grid = form("## Netwerk\n" + KEYS + line)
    assert seen(take_in(built_in(), (grid,))[1]) == expected


def test_of_two_columns_of_values_the_first_is_read() -> None:
    evidence, _ = read("## Netwerk\n| Gegeven | Waarde | Waarde |\n| Naam | Alba | Beuken |\n| Toetsjaar | 2026 | |")
    assert evidence.network.name == "Alba"


def test_values_without_labels_are_one_fault() -> None:
    evidence, found = take_in(built_in(), (form("## Netwerk\n| … | Alba |\n| … | 2026 |"),))
    assert evidence is None
    assert seen(found) == ["NT253 Netwerk sheet=Netwerk header=Code"]


def test_a_value_left_of_its_label_is_read() -> None:
    evidence, _ = read("## Netwerk\n| Alba | Naam |\n| 2026 | Toetsjaar |")
    assert (evidence.network.name, evidence.network.assessment_year) == ("Alba", 2026)


def test_a_broken_cell_in_the_place_of_a_label_is_told() -> None:
    grid = form("## Netwerk\n| Gegeven | Waarde |\n| Naam | Alba |\n| Toetsjaar | 2026 |\n| … | #REF! |")
    assert "NT317 Netwerk!B4 found=#REF!" in told(grid)


def test_parts_of_which_one_cannot_be_read_do_not_contradict_each_other() -> None:
    lines = "## Netwerk\n| Naam | Alba |\n| Toetsjaar | {} |\n| Verslagjaar | 2025 |\n| Peildatum | 2025-12-31 |"
    for first, second in [("tja", "2026"), ("2026", "tja")]:
        evidence, found = read(lines.format(first), lines.format(second))
        assert [line[:5] for line in seen(found)] == ["NT321"]
        assert evidence.network.assessment_year == 2026


def test_an_empty_workbook_sheet_of_ours_has_no_headers() -> None:
    grid = replace(form(""), sheets=(*form("").sheets[:1], Sheet(name="Volumes", rows=())))
    assert "NT253 Volumes sheet=Volumes header=Locatie" in told(grid)


def test_a_merge_of_rows_that_nobody_uses_is_no_question() -> None:
    grid = form(f"{DOCUMENTS}| D1 | Visie | 2025 |\n| … |\n| … |\n| … | | |")
    assert told(changed(grid, "Documenten", merged=((2, 1, 3, 1), (2, 9, 3, 9)))) == []


def test_the_question_as_the_norms_have_it_is_not_remarked_upon() -> None:
    question = built_in().indicators[0].question
    for text in (question.nl, question.en, question.nl.upper()):
        assert said(f"## Indicatoren\n| Id | Vraag | Antwoord |\n| {built_in().indicators[0].id} | {text} | |") == []


def test_a_cell_with_only_what_nobody_sees_is_empty() -> None:
    evidence, found = read(f'{DOCUMENTS}| D1 | "\u200b" | 2025 |')
    assert (seen(found), rows(evidence, "documents")) == ([], [{"id": "D1", "date": "2025-01-01 … 2025-12-31"}])


def test_the_completeness_question_beside_the_headers_is_a_column_that_is_not_ours() -> None:
    evidence, found = read("## Documenten\n| Id | Titel | Dit overzicht is volledig | ja |\n| D1 | Visie | | |")
    assert evidence.register("documents").complete is None
    assert seen(found) == [
        "NT905 Documenten!C1 header=Dit overzicht is volledig",
        "NT905 Documenten!D1 header=ja",
    ]


LONG = 32_000
NASTY = [
    "a" + " " * LONG + "b",
    "0," + "9" * LONG + "x",
    "t" * LONG,
    ":" * LONG,
    "D1" + " :" * (LONG // 2),
    "+ " * (LONG // 2),
    "1." * (LONG // 2),
    "ja " * (LONG // 3),
    "(" * LONG,
]


@pytest.mark.parametrize("typed", NASTY, ids=lambda typed: typed[:4])
def test_no_text_takes_long_to_read(typed: str) -> None:
    evidence, _ = read(MEMBERS + DOCUMENTS + "| D1 | Visie | 2025 |")
    vocabulary = Vocabulary(
        documents=Names((entry.id, entry.id) for entry in evidence.documents), members=Names([("Z1", "Z1")])
    )
    started = process_time()
    for column in ColumnType:
        read_cell(typed, column, Names([("eigen netwerk", "own")]), vocabulary)
    assert process_time() - started < 1
