"""What stands ready in a form: last year's answers as offers, confirming them, and what becomes of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normtool.core.carried_offers import offer_lines, read_offers
from normtool.core.evidence import DateSpan, DocumentReference, Origin, Said, Unreadable, Value
from normtool.core.form_identity import identity_lines
from normtool.core.forms import FormMember, FormRequest, expected_rows
from normtool.core.grids import Grid, GridValue, Sheet
from normtool.core.intake import take_in
from normtool.core.ledger import open_ledger
from normtool.core.offered_rows import binding_columns, naming_cells, row_key
from normtool.core.offers import last_year_offers, may_take_over, typed_value
from normtool.core.ready import Offer, Typed
from normtool.core.scoring import assess
from normtool.core.standards import Framework
from tests.conftest import built_in, tries
from tests.core.tables import form as whole
from tests.core.tables import read, rows, said, seen, told

LAST_YEAR = """
## Netwerk
| Gegeven          | Waarde       |
| Code             | ALBA         |
| Naam             | Netwerk Alba |
| Toetsjaar        | 2025         |
| Verslagjaar      | 2024         |
| Peildatum        | 2024-12-31   |
| Eerste toetsjaar | 2025         |

## Documenten
| Id | Titel | Datum      |
| D1 | Visie | 2024-03-01 |
| D4 | Plan  | 2023       |

## Deelnemers
| Id | Naam   | Soort      | Rol           | Van | Tot        |
| A  | Alfa   | ziekenhuis | ondertekenaar | maart 2020 | |
| B  | Beta   | ziekenhuis | deelnemer     |            | 2024-06-30 |

## Overlegvormen
| Naam    | Soort        | Sinds      | Afgesproken per jaar | Gehouden | Documenten | Toelichting |
| Bestuur | bestuurlijk  | 2022-01-01 | 4                    | 3        | D1 p. 2;D4 | Uitgevallen |
|         | PAR          | 2023-01-01 | 6                    | 6        | D1         |             |

## Tumortypenetwerken
| Groep          | Stand         | Cijfers besproken op    |
| Borst          | eigen netwerk | 12-03-2024; 2024        |
| Leukemie       | eigen netwerk |                         |

## Zorgaanbod
| Locatie | Groep | Behandelt | In MDO | Nieuw |
| A       | Borst | ja        | 90     | 100   |
| A       | Long  | nee       |        |       |

## Volumes
| Locatie | Behandeling    | Jaar | Aantal | Stand      |
| A       | Rectumresectie | 2023 | 30     | definitief |
| A       | Rectumresectie | 2024 | 41     | voorlopig  |
| A       | Rectumresectie | 2024 | 40     | definitief |
| A       | Rectumresectie | 2025 | 50     | definitief |

## Stem van de PAR
| Punt of advies  | Antwoord van het bestuur |
| Betere brieven  |                          |
| Meer parkeren   | Komt er                  |

## Verbeteracties
| Id | Actie        | Stand |
| V1 | Plan maken   | open  |
| V2 | Brief sturen | klaar |

## Indicatoren
| Id   | Antwoord  | Documenten  | Toelichting | Eigen aanpak: doel | Eigen aanpak: wat | Knelpunt |
| N1.2 | ja        | D4 p. 12;D1 | Zie boven   |                    |                   | Geld     |
| N2.6 | 2         | D1          |             | Samen              | Overleg           |          |
| N3.3 | geen bron |             |             |                    |                   |          |
| N5.4 | 3         |             |             |                    |                   |          |
| N1.5 | misschien |             |             |                    |                   |          |

| Id   | Teller | Noemer | Over jaar | Bron |
| N4.2 |        |        | 2024      | NKR  |
| N5.3 | 40     | 800    |           | NKR  |
"""


@pytest.fixture(scope="module")
def offers() -> tuple[Offer, ...]:
    """Last year's evidence as offers for this year."""
    evidence, _ = read(LAST_YEAR)
    return last_year_offers(built_in(), open_ledger(built_in(), evidence), "2025.xlsx")


def cells(offers: tuple[Offer, ...], scope: str, *key: str) -> dict[str, Typed]:
    """What is offered for one row."""
    return next((dict(item.cells) for item in offers if (item.scope, item.key) == (scope, key)), {})


# --- last year as offers ------------------------------------------------------------------------------------------


def test_an_answer_is_offered_as_it_would_be_typed(offers: tuple[Offer, ...]) -> None:
    assert cells(offers, "indicators", "N1.2") == {"answer": "ja", "documents": "D4 p. 12; D1", "bottleneck": "Geld"}
    assert cells(offers, "indicators", "N2.6") == {
        "answer": 2,
        "documents": "D1",
        "own_aim": "Samen",
        "own_what": "Overleg",
    }
    assert cells(offers, "indicators", "N3.3") == {"answer": "geen bestaande bron"}


def test_the_year_travels_with_a_figure(offers: tuple[Offer, ...]) -> None:
    assert cells(offers, "indicators", "N5.3") == {
        "numerator": 40,
        "denominator": 800,
        "source": "NKR",
        "year": 2024,
        "was_numerator": 40,
        "was_denominator": 800,
    }
    assert cells(offers, "indicators", "N5.4") == {"answer": 3, "year": 2024, "was_number": 3}


def test_the_year_of_figures_in_rows_is_not_offered_but_their_sum_is_remembered(offers: tuple[Offer, ...]) -> None:
    assert cells(offers, "indicators", "N4.2") == {"source": "NKR", "was_numerator": 90, "was_denominator": 100}


def test_what_could_not_be_read_is_not_offered(offers: tuple[Offer, ...]) -> None:
    assert cells(offers, "indicators", "N1.5") == {}
    assert all(offer.file == "2025.xlsx" for offer in offers)


def test_rows_are_offered_by_what_names_them(offers: tuple[Offer, ...]) -> None:
    assert cells(offers, "documents", "D1") == {"title": "Visie", "date": date(2024, 3, 1)}
    assert cells(offers, "documents", "D4") == {"title": "Plan", "date": 2023}
    board = next(item for item in offers if item.key == ("Bestuur",))
    assert board.named == (("name", "Bestuur"), ("kind", "board"))
    assert dict(board.cells)["documents"] == "D1 p. 2; D4"
    assert cells(offers, "meetings", "patient_council")["agreed_per_year"] == 6
    assert cells(offers, "tumour_types", "breast")["figures_discussed"] == "12-03-2024; 2024"


def test_who_left_what_is_done_and_what_was_answered_do_not_come_back(offers: tuple[Offer, ...]) -> None:
    keys = {(item.scope, item.key[0]) for item in offers}
    assert {("members", "A"), ("actions", "V1"), ("patient_council", "Betere brieven")} <= keys
    assert not {("members", "B"), ("actions", "V2"), ("patient_council", "Meer parkeren")} & keys
    assert cells(offers, "members", "A") == {"from": "maart 2020"}


def test_of_a_volume_the_newest_definitive_number_of_last_year_is_shown(offers: tuple[Offer, ...]) -> None:
    (volume,) = [item for item in offers if item.scope == "volumes"]
    assert (volume.key, volume.get("number"), volume.year) == (("A", "rectal-resection"), 40, 2024)


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (True, "ja"),
        (False, "nee"),
        (0, 0),
        ("tekst", "tekst"),
        (Said.NOT_APPLICABLE, "n.v.t."),
        (Said.UNKNOWN, None),
        (Unreadable(text="x"), None),
        ((), None),
        (DateSpan(date(2023, 2, 1), date(2023, 2, 28)), "februari 2023"),
        (("a", "b"), "a; b"),
        ((DateSpan(date(2023, 2, 1), date(2023, 2, 28)),), "februari 2023"),
        ((DocumentReference(document="D1"),), "D1"),
    ],
)
def test_values_as_people_type_them(value: Value, typed: Typed | None) -> None:
    assert typed_value(value) == typed


def test_a_row_that_nothing_names_is_not_offered() -> None:
    evidence, _ = read("## Documenten\n| Id | Titel |\n|  | Los |")
    offers = last_year_offers(built_in(), open_ledger(built_in(), evidence), "x.xlsx")
    assert not [item for item in offers if item.scope == "documents"]


def test_what_counts_or_dates_one_year_is_never_taken_over() -> None:
    framework = built_in()
    meetings, volumes, care = (framework.declared(name) for name in ("meetings", "volumes", "care"))
    allowed = [column.id for column in meetings.columns if may_take_over(meetings, column.id)]
    assert allowed == ["since", "agreed_per_year", "all_hospitals", "rules", "documents"]
    assert not [column.id for column in volumes.columns if may_take_over(volumes, column.id)]
    assert not may_take_over(care, "in_mdt")
    assert not may_take_over(care, "nowhere")
    assert [column.id for column in binding_columns(volumes)] == ["location", "treatment"]
    assert naming_cells(framework.declared("members")) == ("id", "name", "kind", "parent", "role")


# --- the rows of the new form -------------------------------------------------------------------------------------


def form(framework: Framework, offers: tuple[Offer, ...]) -> FormRequest:
    """A form of a network with one hospital."""
    return FormRequest(
        framework=framework,
        code="ALBA",
        name="Netwerk Alba",
        assessment_year=2026,
        reporting_year=2025,
        reference_date=date(2025, 12, 31),
        first_assessment_year=2025,
        members=(FormMember(id="A", name="Alfa", kind="hospital"),),
        offers=offers,
    )


def test_a_part_says_which_documents_it_was_sent_with(offers: tuple[Offer, ...]) -> None:
    lines = list(identity_lines(replace(form(built_in(), offers), part=("A",))))
    assert [line[1] for line in lines if line[0] == "document"] == ["D1", "D4"]
    assert "deadline" not in {line[0] for line in lines}


def test_a_form_remembers_the_own_word_that_it_was_made_with(offers: tuple[Offer, ...]) -> None:
    assert "own_term" not in {line[0] for line in identity_lines(form(built_in(), offers))}
    stated = replace(form(built_in(), offers), facts=(("own_term_tumour_type_network", "tumortafel"),))
    assert ("own_term", "tumortafel") in list(identity_lines(stated))


def test_rows_of_last_year_stand_in_the_form_with_only_what_names_them(offers: tuple[Offer, ...]) -> None:
    framework = built_in()
    request = form(framework, offers)
    assert expected_rows(request, framework.declared("documents")) == ((("id", "D1"),), (("id", "D4"),))
    meetings = expected_rows(request, framework.declared("meetings"))
    assert meetings[0] == (("name", "Bestuur"), ("kind", "board"))
    kinds = [dict(row)["kind"] for row in meetings]
    assert len(kinds) == len(set(kinds))
    assert "patient_council" in kinds
    assert expected_rows(request, framework.declared("members")) == expected_rows(
        replace(request, offers=()), framework.declared("members")
    )
    assert expected_rows(request, framework.declared("volumes")) == expected_rows(
        replace(request, offers=()), framework.declared("volumes")
    )


def test_expected_rows_are_not_doubled_and_a_sub_type_stands_in_for_its_group(offers: tuple[Offer, ...]) -> None:
    framework = built_in()
    groups = framework.tumour_groups
    divided = next(group for group in groups if group.sub_types)
    part = divided.sub_types[0].id
    own = Offer(
        scope="tumour_types",
        key=(part,),
        origin=Origin.LAST_YEAR,
        cells=(("state", "own"),),
        named=(("group", part),),
    )
    register = framework.declared("tumour_types")
    found = [dict(row)["group"] for row in expected_rows(form(framework, (own,)), register)]
    assert part in found
    assert divided.id not in found
    plain = [dict(row)["group"] for row in expected_rows(form(framework, offers), register)]
    assert plain.count("breast") == 1
    assert row_key(register, (("group", "Breast"),)) == ("breast",)


# --- the hidden sheet ---------------------------------------------------------------------------------------------


def test_what_is_carried_comes_back_as_it_was(offers: tuple[Offer, ...]) -> None:
    lines = tuple(tuple(line) for line in offer_lines(offers))
    grid = Grid(file="f.xlsx", sheets=(Sheet(name="_aangeboden", rows=lines),))
    assert read_offers(grid) == tuple(replace(item, named=()) for item in offers if item.cells)


def test_lines_that_say_nothing_are_passed_over() -> None:
    lines = (
        ("indicators", "answer", "ja", "last_year", None, "2024", "N1.2"),
        ("indicators", "answer", 2.5, "last_year", "x.xlsx", 2024, "N2.6"),
        ("indicators", "answer", None, "last_year", "x.xlsx", 2024, "N1.5"),
        ("indicators", "answer", True, "last_year", "x.xlsx", 2024, "N1.5"),
        ("indicators", "answer", "ja", "someone", "x.xlsx", 2024, "N1.5"),
        ("indicators", "answer", "ja", "last_year"),
        (),
    )
    found = read_offers(Grid(file="f.xlsx", sheets=(Sheet(name="_AANGEBODEN", rows=lines),)))
    assert [(item.key, item.cells, item.file, item.year) for item in found] == [
        (("N1.2",), (("answer", "ja"),), "", None),
        (("N2.6",), (("answer", "2.5"),), "x.xlsx", 2024),
    ]
    assert read_offers(Grid(file="f.xlsx", sheets=())) == ()


# --- confirming ---------------------------------------------------------------------------------------------------

READY = """
## _aangeboden
| indicators | answer      | ja      | last_year | 2025.xlsx | 2024 | N1.2 |
| indicators | documents   | D1 p. 3 | last_year | 2025.xlsx | 2024 | N1.2 |
| indicators | answer      | 2       | last_year | 2025.xlsx | 2024 | N2.6 |
| indicators | own_aim     | Samen   | last_year | 2025.xlsx | 2024 | N2.6 |
| indicators | own_what    | Overleg | last_year | 2025.xlsx | 2024 | N2.6 |
| indicators | own_proof   | Enquête | last_year | 2025.xlsx | 2024 | N2.6 |
| indicators | own_until   | 2027    | last_year | 2025.xlsx | 2024 | N2.6 |
| indicators | numerator   | 40      | last_year | 2025.xlsx | 2024 | N5.3 |
| indicators | denominator | 800     | last_year | 2025.xlsx | 2024 | N5.3 |
| indicators | year        | 2024    | last_year | 2025.xlsx | 2024 | N5.3 |
| indicators | was_numerator | 40    | last_year | 2025.xlsx | 2024 | N5.3 |
| indicators | was_denominator | 800 | last_year | 2025.xlsx | 2024 | N5.3 |
| indicators | answer      | n.v.t.  | last_year | 2025.xlsx | 2024 | N5.5 |
| documents  | title       | Visie   | last_year | 2025.xlsx | 2024 | D1 |
| documents  | date        | 2024-03-01 | last_year | 2025.xlsx | 2024 | D1 |
| documents  | title       | Plan    | last_year | 2025.xlsx | 2024 | D4 |
| care       | treats      | ja      | last_year | 2025.xlsx | 2024 | A | breast |
| care       | echelon     | 2       | last_year | 2025.xlsx | 2024 | A | breast |
| care       | in_mdt      | 90      | last_year | 2025.xlsx | 2024 | A | breast |
| members    | from        | 2020    | last_year | 2025.xlsx | 2024 | A |
| volumes    | number      | 40      | last_year | 2025.xlsx | 2024 | A | rectal-resection |
| meetings   | rules       | Ja      | last_year | 2025.xlsx | 2024 | patient_council |

## Deelnemers
| Id | Naam | Soort      | Vorig jaar | Bevestigd |
| A  | Alfa | ziekenhuis | Van 2020   |           |
"""
DOCUMENTS = """
## Documenten
| Id | Titel | Datum | Vorig jaar         | Bevestigd |
| D1 |       |       | Visie · 1-3-2024   | ja        |
| D4 |       |       | Plan               |           |
"""


def test_a_confirmed_row_counts_as_if_it_had_been_typed() -> None:
    evidence, found = read(
        READY + DOCUMENTS + "## Indicatoren\n| Id | Antwoord | Documenten | Bevestigd |\n| N1.2 | | | ja |"
    )
    answer = evidence.answer("N1.2")
    assert answer is not None
    assert answer.answer is not None
    assert (answer.answer.value, answer.answer.place.cell) == (True, "B2")
    assert told(answer.documents[0].value) == "D1 p. 3"
    assert rows(evidence, "documents") == [{"id": "D1", "title": "Visie", "date": date(2024, 3, 1)}]
    assert seen(found) == ["NT932 Documenten!E3 sheet=Documenten count=1"]
    assert [(item.place.cell, item.said.cell, item.origin, item.file, item.year) for item in evidence.taken_over] == [
        ("B2", "E2", Origin.LAST_YEAR, "2025.xlsx", 2024),
        ("C2", "E2", Origin.LAST_YEAR, "2025.xlsx", 2024),
        ("B2", "D2", Origin.LAST_YEAR, "2025.xlsx", 2024),
        ("C2", "D2", Origin.LAST_YEAR, "2025.xlsx", 2024),
    ]


def test_rows_that_nobody_touched_do_not_count_and_raise_one_note() -> None:
    page = (
        READY
        + """
## Documenten
| Id | Titel | Vorig jaar | Bevestigd |
| D1 |       | Visie      |           |
| D4 |       | Plan       |           |

## Indicatoren
| Id   | Antwoord | Bevestigd |
| N1.2 |          |           |
| N2.6 | 3        |           |
"""
    )
    evidence, found = read(page)
    assert evidence.documents == ()
    assert seen(found) == [
        "NT932 Documenten!D2 sheet=Documenten count=2",
        "NT932 Indicatoren!C2 sheet=Indicatoren count=1",
    ]


def test_a_no_leaves_the_row_out_and_is_noted() -> None:
    evidence, found = read(READY + "## Documenten\n| Id | Titel | Bevestigd |\n| D1 | | nee |\n| D4 | Plan 2 | nee |")
    assert rows(evidence, "documents") == [{"id": "D4", "title": "Plan 2"}]
    assert seen(found) == ["NT933 Documenten!C2", "NT933 Documenten!C3"]


def test_a_typed_cell_goes_first_and_a_different_one_is_noted() -> None:
    page = READY + "## Documenten\n| Id | Titel | Datum | Bevestigd |\n| D1 | Visie 2026 | | ja |\n"
    evidence, found = read(
        page + "## Zorgaanbod\n| Locatie | Groep | Behandelt | Bevestigd |\n| A | Borst | Ja | ja |"
    )
    assert rows(evidence, "documents") == [{"id": "D1", "title": "Visie 2026", "date": date(2024, 3, 1)}]
    assert seen(found) == ["NT934 Documenten!B2 found=Visie 2026 offered=Visie"]
    assert evidence.register("care").rows[0].get("in_mdt") is None


def test_a_figure_is_taken_over_whole_or_not_at_all() -> None:
    page = "## Indicatoren\n| Id | Antwoord | Teller | Noemer | Over jaar | Bevestigd |\n"
    evidence, found = read(READY + page + "| N5.3 | | | | | ja |")
    answer = evidence.answer("N5.3")
    assert answer is not None
    assert [cell.value for cell in (answer.numerator, answer.denominator, answer.year) if cell] == [40, 800, 2024]
    evidence, found = read(READY + page + "| N5.3 | | 50 | | | ja |")
    answer = evidence.answer("N5.3")
    assert answer is not None
    assert (answer.numerator and answer.numerator.value, answer.denominator, answer.year) == (50, None, None)
    assert "NT934 Indicatoren!C2 found=50 offered=40" in seen(found)


def test_an_error_in_a_cell_is_not_an_empty_cell() -> None:
    found = said(READY + "## Documenten\n| Id | Titel | Bevestigd |\n| D1 | #REF! | ja |")
    assert found == ["NT317 Documenten!B2 found=#REF!"]


def test_not_applicable_this_year_leaves_last_years_answer_alone() -> None:
    page = "## Indicatoren\n| Id | Antwoord | Reden n.v.t. | Bevestigd |\n| N2.6 | n.v.t. | Geldt niet | ja |"
    evidence, _ = read(READY + page)
    answer = evidence.answer("N2.6")
    assert answer is not None
    assert answer.own_approach.cells == ()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("## Documenten\n| Id | Titel | Bevestigd |\n| D9 |  | ja |", ["NT340 Documenten!C2"]),
        ("## Documenten\n| Id | Titel | Bevestigd |\n| D9 | Nieuw | ja |", ["NT939 Documenten!C2"]),
        (
            "## Documenten\n| Id | Titel | Bevestigd |\n| D9 | Nieuw | wie weet |",
            ["NT302 Documenten!C2 found=wie weet"],
        ),
        ("## Indicatoren\n| Id | Antwoord | Bevestigd |\n| N1.5 |  | ja |", ["NT340 Indicatoren!C2"]),
        (
            "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Bevestigd |\n| A | Rectumresectie | 2025 | | ja |",
            ["NT340 Volumes!E2"],
        ),
    ],
)
def test_saying_yes_where_nothing_stands_ready(page: str, expected: list[str]) -> None:
    assert [line for line in said(READY + page) if not line.startswith("NT932")] == expected


def test_an_error_of_confirming_names_its_indicator() -> None:
    _, found = read("## Indicatoren\n| Id | Antwoord | Bevestigd |\n| N1.5 |  | ja |\n|  |  | ja |")
    assert [item.indicators for item in found if item.code == "NT340"] == [("N1.5",), ()]


def test_a_document_that_waits_proves_nothing_and_is_asked_about_once() -> None:
    page = (
        READY
        + """
## Documenten
| Id | Titel | Bevestigd |
| D1 |       |           |

## Indicatoren
| Id   | Antwoord | Documenten | Bevestigd |
| N1.2 |          |            | ja        |
| N2.6 | 2        | D1         |           |
"""
    )
    assert said(page) == [
        "NT932 Documenten!C2 sheet=Documenten count=1",
        "NT426 Documenten!C2 document=D1 (named_here: Indicatoren!C2)",
    ]


def test_a_document_named_in_a_register_is_asked_about_too() -> None:
    page = "## Documenten\n| Id | Bevestigd |\n| D1 | |\n## Afspraken\n| Id | Documenten |\n| A1 | D1 |"
    assert "NT426 Documenten!B2 document=D1 (named_here: Afspraken!B2)" in said(READY + page)


def test_a_complete_register_in_which_rows_wait_is_asked_about() -> None:
    page = "## Documenten\n| Dit overzicht is volledig | ja |\n| Id | Titel | Bevestigd |\n| D1 | | |\n| D4 | | nee |"
    assert "NT427 Documenten!B1 sheet=Documenten count=1" in said(READY + page)
    open_page = page.replace("volledig | ja", "volledig | nee")
    assert not [line for line in said(READY + open_page) if line.startswith("NT427")]


def test_a_member_stays_a_member_without_being_confirmed() -> None:
    evidence, found = read(READY)
    assert rows(evidence, "members") == [{"id": "A", "name": "Alfa", "kind": "hospital"}]
    assert seen(found) == []
    evidence, _ = read(READY.replace("Van 2020   |          ", "Van 2020 | ja"))
    assert rows(evidence, "members")[0]["from"] == "2020-01-01 … 2020-12-31"


def test_a_number_of_last_year_waits_for_nothing() -> None:
    page = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal | Vorig jaar | Bevestigd |\n"
    evidence, found = read(READY + page + "| A | Rectumresectie | 2025 | | Aantal 40 | |")
    assert (rows(evidence, "volumes"), seen(found)) == ([], [])


def test_a_meeting_without_a_name_is_known_by_its_kind() -> None:
    page = "## Overlegvormen\n| Naam | Soort | Reglement | Bevestigd |\n| | PAR | | ja |"
    evidence, _ = read(READY + page)
    assert rows(evidence, "meetings") == [{"kind": "patient_council", "rules": "Ja"}]


def test_sorted_rows_keep_what_is_theirs() -> None:
    page = "## Documenten\n| Bevestigd | Titel | Id |\n| ja | | D4 |\n| | | D1 |"
    evidence, _ = read(READY + page)
    assert rows(evidence, "documents") == [{"id": "D4", "title": "Plan"}]


def test_what_was_tampered_with_is_read_by_the_same_readers() -> None:
    page = READY.replace("| indicators | answer      | ja ", "| indicators | answer      | wellicht ")
    assert "NT302 Indicatoren!B2 found=wellicht" in said(
        page + DOCUMENTS + "## Indicatoren\n| Id | Antwoord | Documenten | Bevestigd |\n| N1.2 | | | ja |"
    )


def test_what_is_offered_in_one_part_is_not_taken_over_in_another() -> None:
    second = "## Documenten\n| Id | Titel | Bevestigd |\n| D1 | | ja |"
    evidence, found = read(READY, second)
    assert rows(evidence, "documents") == [{"id": "D1"}]
    assert [line for line in seen(found) if line.startswith("NT340")] == ["NT340 Documenten!C2"]


def test_percentages_do_not_touch_what_was_taken_over() -> None:
    page = "## Indicatoren\n| Id | Teller | Noemer | Over jaar | Bevestigd |\n| N5.3 | | | | ja |"
    grid = whole(READY + page)
    sheets = tuple(
        replace(sheet, percentages=((2, 2),)) if sheet.name == "Indicatoren" else sheet for sheet in grid.sheets
    )
    evidence, found = take_in(built_in(), (replace(grid, sheets=sheets),))
    assert evidence is not None
    answer = evidence.answer("N5.3")
    assert answer is not None
    assert answer.numerator is not None
    assert answer.numerator.value == 40
    assert not [item for item in found if item.is_error]


# --- whatever the hidden sheet holds ------------------------------------------------------------------------------

SCOPES = st.sampled_from(["indicators", "documents", "care", "volumes", "members", "nowhere"])
COLUMNS = st.sampled_from(
    ["answer", "numerator", "denominator", "year", "title", "date", "treats", "number", "own_until"]
)
ORIGINS = st.sampled_from(["last_year", "delivered", "x"])
KEYS = st.sampled_from(["N1.2", "N5.3", "N5.4", "D1", "A", "breast", "rectal-resection"])
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.times(), st.text(max_size=8))
LINES = st.lists(
    st.tuples(SCOPES, COLUMNS, VALUES, ORIGINS, VALUES, VALUES, KEYS, st.one_of(st.none(), KEYS)).map(tuple),
    max_size=12,
)
CONFIRMED = """
## Documenten
| Id | Titel | Datum | Bevestigd |
| D1 |       |       | ja        |
| D4 |       |       |           |

## Zorgaanbod
| Locatie | Groep | Behandelt | In MDO | Bevestigd |
| A       | Borst |           |        | ja        |

## Volumes
| Locatie | Behandeling    | Jaar | Aantal | Bevestigd |
| A       | Rectumresectie | 2025 | 5      | ja        |

## Indicatoren
| Id   | Antwoord | Teller | Noemer | Over jaar | Bevestigd |
| N1.2 |          |        |        |           | ja        |
| N5.3 |          |        | 3      |           | ja        |
| N5.4 |          |        |        |           | ja        |
"""


@settings(max_examples=tries(60))
@given(LINES)
def test_whatever_the_hidden_sheet_holds_is_read_without_fail(lines: list[tuple[GridValue, ...]]) -> None:
    grid = whole(READY + CONFIRMED)
    hidden = Sheet(name="_aangeboden", rows=tuple(lines), hidden=True)
    sheets = tuple(hidden if sheet.name == "_aangeboden" else sheet for sheet in grid.sheets)
    evidence, _ = take_in(built_in(), (replace(grid, sheets=sheets),))
    assert evidence is not None
    assessment, _ = assess(built_in(), evidence)
    assert assessment.indicator("N1.2") is not None
