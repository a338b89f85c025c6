"""What real workbooks do to the shape of the form: sheets, headers, rows, languages, hidden things."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normtool.core.diagnostics import Collector
from normtool.core.grids import Grid, Sheet
from normtool.core.intake import take_in
from normtool.core.registers import Text
from normtool.core.spellings import Names, is_blank, near, plain
from normtool.core.tables import Headers, find_tables
from tests.conftest import built_in
from tests.core.tables import NETWORK, form, read, rows, said, seen, workbook

HEADERS = Headers.of(
    [
        ("id", Text(nl="Id", en="Id"), ()),
        ("date", Text(nl="Datum", en="Date"), ("Vastgesteld op",)),
        ("title", Text(nl="Titel", en="Title"), ()),
    ]
)


def find(markdown: str) -> tuple[dict[str, int] | None, int, str, list[str]]:
    """Columns, header row, language, remarks."""
    grid = workbook("## Blad\n" + markdown)
    collector = Collector()
    tables = find_tables(grid, grid.sheets[0], HEADERS, collector)
    if not tables:
        return None, 0, "", seen(collector.done())
    table = tables[0]
    return dict(table.columns), table.header_row, table.language, seen(collector.done())


@pytest.mark.parametrize(
    ("markdown", "row", "columns"),
    [
        ("| Id | Datum | Titel |", 1, {"id": 1, "date": 2, "title": 3}),
        ("| TITEL | id | dAtUm |", 1, {"title": 1, "id": 2, "date": 3}),
        ("| ␣Id | Datum: | Titel * |", 1, {"id": 1, "date": 2, "title": 3}),
        ("| Id |  | Vastgesteld⏎op |", 1, {"id": 1, "date": 3}),
        ("| Documenten van het netwerk |\n| … |\n| Id | Titel |", 3, {"id": 1, "title": 2}),
        ("| Titel | 3 |\n| 2025-01-01 | Id | Titel |", 2, {"id": 2, "title": 3}),
    ],
)
def test_the_header_row_is_found_wherever_it_stands(markdown: str, row: int, columns: dict[str, int]) -> None:
    assert find(markdown) == (columns, row, "nl", [])


def test_the_first_of_two_equal_header_rows_counts() -> None:
    columns, row, _, _ = find("| Id | Titel |\n| D1 | Visie |\n| Titel | Id |")
    assert (columns, row) == ({"id": 1, "title": 2}, 1)


def test_an_english_header_row_makes_an_english_table() -> None:
    assert find("| Id | Date | Title |")[2] == "en"


def test_mixed_headers_stay_dutch() -> None:
    assert find("| Id | Date | Titel |")[2] == "nl"


def test_one_known_header_is_no_table() -> None:
    assert find("| Id | Kleur |") == (None, 0, "", ["NT253 Blad sheet=Blad header=Id"])


def test_one_header_is_enough_where_there_is_only_one() -> None:
    grid = workbook("## Blad\n| Naam |")
    only = Headers.of([("name", Text(nl="Naam", en="Name"), ())])
    assert len(find_tables(grid, grid.sheets[0], only, Collector())) == 1


def test_headers_are_looked_for_in_the_first_forty_rows() -> None:
    assert find("| … |\n" * 39 + "| Id | Titel |")[1] == 40
    assert find("| … |\n" * 40 + "| Id | Titel |")[0] is None


def test_a_misspelt_header_is_asked_back_unless_the_right_one_is_there_too() -> None:
    assert find("| Id | Titel | Datun |")[3] == ["NT258 Blad!C1 found=Datun meant=Datum"]
    assert find("| Id | Datum | Datun |")[3] == ["NT905 Blad!C1 header=Datun"]


def test_a_header_of_two_lines_is_shown_on_one() -> None:
    assert find("| Id | Titel | Kleur⏎van␣de map |")[3] == ["NT905 Blad!C1 header=Kleur van de map"]


def test_columns_and_sheets_may_stand_in_any_order_and_rows_may_have_gaps() -> None:
    evidence, found = read(
        """
## DOCUMENTEN
| Dit overzicht is volledig: |        | ja    |
| …                          |
| Titel                      | Datum⏎ | ID    |
| …                          |
| Visie                      | 2025   | D1    |
| …                          |
|                            |        | D2    |

## netwerk
| Gegeven   | Uitleg     | Waarde  |
| TOETSJAAR |            | 2026    |
| naam:     | hoe u heet | Alba    |
"""
    )
    assert [line for line in seen(found) if "ocument" in line.lower()] == []
    assert evidence.register("documents").is_complete
    assert rows(evidence, "documents") == [
        {"id": "D1", "title": "Visie", "date": "2025-01-01 … 2025-12-31"},
        {"id": "D2"},
    ]
    assert (evidence.network.name, evidence.network.assessment_year) == ("Alba", 2026)


def test_a_form_in_english_is_read_as_well() -> None:
    evidence, found = read(
        """
## Network
| Item                  | Value           |
| Name                  | Alba            |
| Assessment year       | 2026            |
| Reporting year        | 2025            |
| Reference date        | 2025-12-31      |
| Nature of the data    | fictional       |
| Own word for tumour-type network | tumour table |

## Indicators
| Id   | Answer | Documents |
| N1.2 | yes    | D1        |
| N5.3 | n/a    |           |

## Documents
| Id | Date       |
| D1 | 2025-03-01 |
"""
    )
    assert [line for line in seen(found) if not line.startswith(("NT254", "NT331"))] == []
    assert "NT254 Indicators!A1 sheet=Indicators header=Numerator" in seen(found)
    assert evidence.network.nature.value == "fictional"
    assert evidence.network.own_terms == (("own_term_tumour_type_network", "tumour table"),)
    assert evidence.answers[0].answer is not None
    assert evidence.answers[0].answer.value is True


def test_sheets_of_the_form_itself_are_passed_over_in_silence() -> None:
    assert said("## Invulwijzer\n| Wat is dit |\n## Na te kijken\n| NT302 |\n## To correct\n| NT302 |") == []


def test_empty_sheets_are_passed_over_in_silence() -> None:
    assert said("## Blad1\n| … |\n## Docmenten\n| … |") == []


def test_a_sheet_that_looks_misspelt_is_only_a_stranger_when_the_right_one_is_there() -> None:
    assert said("## Docmenten\n| kladje |") == ["NT904 Docmenten sheet=Docmenten"]


def test_of_two_sheets_with_one_meaning_the_first_is_read() -> None:
    evidence, found = read(
        "## Documenten\n| Id | Titel |\n| D1 | Visie |\n## Documents\n| Id | Title |\n| D9 | Vision |"
    )
    assert seen(found) == ["NT255 Documents sheet=Documents (first: Documenten)"]
    assert [entry.id for entry in evidence.documents] == ["D1"]


def test_of_two_columns_with_one_meaning_the_first_is_read() -> None:
    evidence, found = read("## Documenten\n| Id | Titel | Naam |\n| D1 | Visie | Plan |")
    assert seen(found) == ["NT256 Documenten!C1 header=Naam (first: Documenten!B1)"]
    assert evidence.documents[0].title == "Visie"


def test_a_table_without_its_key_column_is_asked_back_and_its_rows_are_kept() -> None:
    evidence, found = take_in(
        built_in(), (workbook(NETWORK + "\n## Documenten\n| Titel | Datum |\n| Visie | 2025-03-01 |"),)
    )
    assert "NT264 Documenten!A1 sheet=Documenten header=Id" in seen(found)
    assert evidence is not None
    assert evidence.documents == ()
    assert [row["title"] for row in rows(evidence, "documents")] == ["Visie"]


def test_only_registers_that_a_norm_leans_on_are_missed() -> None:
    _, found = take_in(built_in(), (workbook(NETWORK + "\n## Indicatoren\n| Id | Antwoord |"),))
    missed = [dict(item.facts)["sheet"] for item in found if item.code == "NT252"]
    assert missed == [
        "Deelnemers",
        "Overlegvormen",
        "Tumortypenetwerken",
        "Zorgaanbod",
        "Afspraken",
        "Volumes",
        "Stem van de PAR",
    ]


def test_a_workbook_that_is_not_ours_does_not_stop_the_others() -> None:
    stranger = workbook("## Begroting\n| 2026 | 100 |", "begroting.xlsx")
    evidence, found = take_in(built_in(), (stranger, form("")))
    assert seen(found) == ["NT250 begroting.xlsx"]
    assert evidence is not None
    assert [item.file for item in evidence.files] == ["formulier.xlsx"]


def test_a_part_without_the_network_sheet_comes_with_the_whole() -> None:
    part = workbook("## Documenten\n| Id | Titel |\n| D1 | Visie |", "deel.xlsx")
    evidence, found = take_in(built_in(), (part, form("")))
    assert seen(found) == []
    assert evidence is not None
    assert [entry.id for entry in evidence.documents] == ["D1"]


def test_nothing_at_all_gives_nothing() -> None:
    assert take_in(built_in(), ()) == (None, ())


def test_the_hidden_sheet_of_the_same_norms_says_nothing() -> None:
    edition = built_in().edition
    page = f"""## _normtool
| framework | netwerknormering-voorbeeld |
| edition | "{edition}" |
| x |
| leeg |  |
|  | los |"""
    assert said(page) == []


def test_a_hidden_sheet_without_norms_says_nothing() -> None:
    assert said("## _normtool\n| program | 1.0 |") == []


def test_the_form_of_another_framework_is_not_asked_for_its_edition() -> None:
    evidence, found = take_in(built_in(), (form('## _normtool\n| framework | ander |\n| edition | "1" |'),))
    assert evidence is None
    assert seen(found) == ["NT259 formulier.xlsx found=ander expected=netwerknormering-voorbeeld"]


def test_ten_thousand_copied_empty_rows_are_no_rows() -> None:
    page = "## Documenten\n| Id | Titel |\n| D1 | Visie |"
    grid = form(page)
    long = tuple(
        replace(sheet, rows=(*sheet.rows, *(((None, " ", ""),) * 10_000))) if sheet.name == "Documenten" else sheet
        for sheet in grid.sheets
    )
    evidence, found = take_in(built_in(), (replace(grid, sheets=long),))
    assert seen(found) == []
    assert evidence is not None
    assert len(evidence.register("documents").rows) == 1


def test_an_error_outside_the_table_is_not_ours() -> None:
    assert said("## Documenten\n| #REF! | … |\n| Id | Titel |\n| D1 | Visie |\n| …") == []


def test_an_error_under_a_header_that_is_not_ours_is_not_read() -> None:
    assert said("## Documenten\n| Id | Titel | Kleur |\n| D1 | Visie | #N/A |") == [
        "NT905 Documenten!C1 header=Kleur"
    ]


@pytest.mark.parametrize(
    ("typed", "form_of_it"),
    [
        (" N.v.t. ", "n.v.t"),
        ("JA\u00a0 \n hoor", "ja hoor"),
        ("Vraag*:", "vraag"),
        (".", "."),
        (48, "48"),
        ("STRASSE", "strasse"),
        ("Pati\u00ebnten\u00adorganisatie", "patientenorganisatie"),
        ("pati\u200be\u0308nt", "patient"),
        ("‘s-Gravenhage’", "s-gravenhage'"),
        ("'ja", "ja"),
        ("non\u2011breaking", "non-breaking"),
    ],
)
def test_texts_are_compared_in_their_plain_form(typed: object, form_of_it: str) -> None:
    assert plain(typed) == form_of_it


def test_a_near_miss_is_near() -> None:
    assert near("Volumse", ["volumes", "documenten"]) == "volumes"
    assert near("Iets", ["volumes", "documenten"]) is None
    assert near("volumes " * 20, ["volumes"]) is None


@pytest.mark.parametrize("typed", ["hersneen", "herseenn", "hersenn", "hersenene", "hersanen", "hersene"])
def test_one_slip_is_near_wherever_it_stands(typed: str) -> None:
    assert near(typed, ["longen", "hersenen"]) == "hersenen"


@pytest.mark.parametrize("typed", ["bto", "lnogen en zo", "hxrsaxen"])
def test_more_than_a_slip_is_not(typed: str) -> None:
    assert near(typed, ["bot", "hersenen"]) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("N32", "N3.2"),
        ("n 3,2", "N3.2"),
        ("3.2", "N3.2"),
        ("Stichting Ziekenhuis de Ward", "De Waard"),
        ("Waard ziekenhuis", "De Waard"),
        ("De Waard (noord)", "De Waard"),
        ("Ziekenhuis", None),
        ("E-mail patiënt", None),
        ("niets van dit alles", None),
        ("de waard " * 20, None),
    ],
)
def test_what_is_meant_by_a_name_that_is_not_known(typed: str, meant: str | None) -> None:
    names = Names([("N3.2", "N3.2"), ("N3.4", "N3.4"), ("De Waard", "Z1"), ("Nummer", "id")])
    assert names.guess_spelling(typed) == meant
    assert names.guess_spelling(typed) == meant, "a second time"


def test_guessing_stops_when_a_workbook_is_nothing_but_misspellings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normtool.core.spellings.MOST_COMPARED", 4)
    names = Names([("Alba", "Z1"), ("Beuken", "Z2")])
    assert [names.guess(typed) for typed in ("Beukan", "Beukin", "Beukon")] == ["Z2", "Z2", None]


@pytest.mark.parametrize("typed", ["\u200b", "\u00ad\ufeff", " \u00a0 "])
def test_what_nobody_sees_is_blank(typed: str) -> None:
    assert is_blank(typed)
    assert not is_blank("\u200bja")


def test_the_first_of_two_equal_spellings_stands() -> None:
    names = Names([("Bot", "bone"), ("bot ", "other"), ("Endocrien", "endocrine")])
    assert (names.find("BOT"), names.guess("endocrin"), names.guess("Huid"), len(names)) == (
        "bone",
        "endocrine",
        None,
        2,
    )
    assert list(names) == ["bot", "endocrien"]


def test_a_sheet_knows_its_cells() -> None:
    sheet = Sheet(name="Blad", rows=(("a", None), ("", 0)))
    assert [sheet.value(1, 1), sheet.value(1, 2), sheet.value(2, 2), sheet.value(2, 3), sheet.value(3, 1)] == [
        "a",
        None,
        0,
        None,
        None,
    ]
    assert sheet.value(0, 1) is None
    assert list(sheet.filled_cells()) == [(1, 1, "a"), (2, 2, 0)]
    assert Grid(file="leeg.xlsx", sheets=()).sheets == ()
