"""Register sheets: rows, keys, names that other sheets give, and the cell that says whether all is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from normtool.core.intake_registers import users
from tests.conftest import built_in
from tests.core.tables import form, read, rows, said, seen

MEMBERS = """
## Deelnemers
| Id | Naam       | Soort      | Onderdeel van | Rol       |
| Z1 | Alba       | ziekenhuis |               | deelnemer |
| L1 | Alba Noord | locatie    | Alba          |           |
| Z2 | Beuken     | umc        |               | partner   |
"""


def test_every_type_of_column_is_read() -> None:
    evidence, found = read(
        MEMBERS
        + """
## Documenten
| Id | Titel | Datum      | Geldig tot | Inzage   | Vastgesteld door | Vindplaats | Beheerder (functie) |
| D1 | Visie | 2025-03-01 | 2029-12-31 | openbaar | bestuur          | site       | secretaris          |

## Afspraken
| Id | Soort       | Partijen                 | Groepen    | Datum | Toetsbaar | Documenten |
| A1 | shared care | Alba; Z2; Huisartsen     | Huid; Long | 2024  | ja        | D1 p. 3    |

## Tumortypenetwerken
| Groep | Cijfers besproken op | Bijeenkomsten | IZA-stap |
| Huid  | 1-5-2025; 1-11-2025  | 4             | …        |

## Stem van de PAR
| Standaard   | Punt of advies |
| Standaard 2 | Meer avonden   |

## Knelpunten
| Omschrijving | Indicatoren |
| Geld         | n1.2; N3.2  |
"""
    )
    assert [line for line in seen(found) if not line.startswith("NT902")] == []
    assert rows(evidence, "members")[1] == {"id": "L1", "name": "Alba Noord", "kind": "location", "parent": "Z1"}
    assert rows(evidence, "members")[2]["kind"] == "hospital"
    assert rows(evidence, "agreements") == [
        {
            "id": "A1",
            "kind": "shared_care",
            "parties": ["Z1", "Z2", "Huisartsen"],
            "groups": ["skin", "lung"],
            "date": "2024-01-01 … 2024-12-31",
            "testable": True,
            "documents": ["D1 p. 3"],
        }
    ]
    assert rows(evidence, "tumour_types")[0]["figures_discussed"] == [date(2025, 5, 1), date(2025, 11, 1)]
    assert rows(evidence, "patient_council") == [{"standard": "2", "point": "Meer avonden"}]
    assert rows(evidence, "bottlenecks") == [{"description": "Geld", "indicators": ["N1.2", "N3.2"]}]
    (document,) = evidence.documents
    assert (document.id, document.title, document.adopted_by, document.location) == ("D1", "Visie", "bestuur", "site")
    assert (document.access, document.keeper, document.place.cell) == ("public", "secretaris", "A2")
    assert document.date is not None
    assert document.valid_until is not None
    assert (document.date.value.first, document.date.place.cell) == (date(2025, 3, 1), "C2")
    assert (document.valid_until.value.first, document.valid_until.place.cell) == (date(2029, 12, 31), "D2")


def test_a_cell_keeps_what_was_typed_when_it_cannot_be_read() -> None:
    evidence, found = read("## Tumortypenetwerken\n| Groep | Bijeenkomsten |\n| Huid | vier of vijf |")
    assert rows(evidence, "tumour_types") == [{"group": "skin", "meetings": "? vier of vijf"}]
    assert seen(found) == ["NT303 Tumortypenetwerken!B2 found=vier of vijf"]


def test_a_row_of_which_only_strange_columns_are_filled_is_no_row() -> None:
    evidence, _ = read("## Documenten\n| Id | Titel | Kleur |\n| D1 | Visie | rood |\n|  |  | blauw |")
    assert len(rows(evidence, "documents")) == 1


def test_a_row_of_dashes_is_no_row() -> None:
    evidence, found = read("## Tumortypenetwerken\n| Groep | Bijeenkomsten |\n| - | - |")
    assert rows(evidence, "tumour_types") == []
    assert seen(found) == ["NT903 Tumortypenetwerken!A2 found=-", "NT903 Tumortypenetwerken!B2 found=-"]


@pytest.mark.parametrize(
    ("line", "complete", "cell", "remarks"),
    [
        ("| Dit overzicht is volledig | ja |", True, "B1", []),
        ("| Dit overzicht is volledig: | … | nee |", False, "C1", []),
        ("| Dit overzicht is volledig: ja |", True, "A1", []),
        ("| … | This overview is complete | yes |", True, "C1", []),
        ("| Overzicht volledig (ja/nee) | ja |", True, "B1", []),
        ("| DIT OVERZICHT IS VOLLEDIG | ja |", True, "B1", []),
        ("| ja | Dit overzicht is volledig |", True, "A1", []),
        ("| los | Dit overzicht is volledig |", None, "", ["NT916 Documenten!A1 found=los count=1"]),
        ("| Dit overzicht is volledig: ja/nee | nee |", False, "B1", []),
        ("| Dit overzicht is volledig: ja/nee |", None, "", []),
        ("| Dit overzicht is volledig | … |", None, "", []),
        ("| Dit overzicht is volledig | x |", True, "B1", ["NT912 Documenten!B1 found=x read=ja"]),
        ("| Dit overzicht is volledig | bijna |", None, "", ["NT337 Documenten!B1 found=bijna proposal=nee"]),
        (
            "| 2026 | Iets anders |",
            None,
            "",
            ["NT916 Documenten!A1 found=2026 count=1", "NT916 Documenten!B1 found=Iets anders count=1"],
        ),
    ],
)
def test_one_cell_says_whether_the_overview_is_complete(
    line: str, complete: bool | None, cell: str, remarks: list[str]
) -> None:
    evidence, found = read(f"## Documenten\n{line}\n| Id | Titel |\n| D1 | Visie |")
    stated = evidence.register("documents").complete
    assert (stated.value if stated is not None else None) is complete
    assert (stated.place.cell if stated is not None else "") == cell
    assert seen(found) == remarks


def test_the_header_row_is_never_the_answer_whether_all_is_there() -> None:
    evidence, _ = read("## Documenten\n| Id | Titel | Dit overzicht is volledig | ja |\n| D1 | Visie | | |")
    assert evidence.register("documents").complete is None


def test_nothing_is_complete_until_it_is_said() -> None:
    evidence, _ = read("## Documenten\n| Id |\n| D1 |")
    assert not evidence.register("documents").is_complete
    assert not evidence.register("nowhere").is_complete


def test_volumes_of_one_location_differ_by_treatment_year_and_standing() -> None:
    page = """
## Volumes
| Locatie | Behandeling      | Jaar | Aantal | Stand      |
| Z1      | Maagresectie     | 2025 | 24     | definitief |
| Z1      | Maagresectie     | 2025 | 23     | voorlopig  |
| Z1      | Maagresectie     | 2024 | 22     | definitief |
| Z2      | Maagresectie     | 2025 | 21     | definitief |
| Z1      | Slokdarmresectie | 2025 | 20     | definitief |
"""
    assert said(MEMBERS + page) == []
    assert said(MEMBERS + page + "| Alba | Maagresectie | 2025 | 24 | definitief |") == [
        "NT312 Volumes!A7 key=Alba, Maagresectie, 2025, definitief (first: Volumes!A2)"
    ]


def test_a_standing_may_be_left_out_of_a_key() -> None:
    page = MEMBERS + "## Volumes\n| Locatie | Behandeling | Jaar | Aantal |\n| Z1 | Maagresectie | 2025 | 24 |"
    assert said(page) == []


def test_a_meeting_of_a_known_kind_needs_no_name() -> None:
    evidence, found = read("## Overlegvormen\n| Naam | Soort | Gehouden |\n|  | PAR | 3 |\n|  | bestuurlijk | 2 |")
    assert seen(found) == []
    assert [row["kind"] for row in rows(evidence, "meetings")] == ["patient_council", "board"]


def test_a_meeting_without_name_and_kind_is_asked_back() -> None:
    assert said("## Overlegvormen\n| Naam | Soort | Gehouden |\n|  |  | 3 |") == [
        "NT324 Overlegvormen!A2 header=Naam"
    ]


def test_rows_without_a_key_are_kept_but_never_doubles() -> None:
    evidence, found = read("## Stem van de PAR\n| Punt of advies | Antwoord van het bestuur |\n| | ja |\n| | ja |")
    assert [line[:5] for line in seen(found)] == ["NT324", "NT324"]
    assert len(rows(evidence, "patient_council")) == 2


def test_two_rows_with_one_unreadable_key_speak_of_what_was_typed() -> None:
    found = said("## Tumortypenetwerken\n| Groep | Stand |\n| Hart | eigen netwerk |\n| Hart | eigen netwerk |")
    assert not any("Unreadable" in line for line in found)


@pytest.mark.parametrize("typed", ["geen", "n.v.t."])
def test_no_groups_is_kept_or_told(typed: str) -> None:
    evidence, found = read(f"## Afspraken\n| Id | Groepen |\n| A1 | {typed} |")
    assert found or "groups" in rows(evidence, "agreements")[0]


def test_members_may_be_named_by_id_or_name_and_documents_by_id() -> None:
    page = MEMBERS + "## Zorgaanbod\n| Locatie | Groep | Behandelt |\n| {} | Huid | ja |"
    for name in ("Z1", "z1", "ALBA"):
        evidence, found = read(page.format(name))
        assert seen(found) == []
        assert rows(evidence, "care")[0]["location"] == "Z1"


def test_a_member_without_an_id_is_known_by_its_name() -> None:
    evidence, found = read(
        "## Deelnemers\n| Id | Naam |\n|  | Cypres |\n\n## Afspraken\n| Id | Partijen |\n| A1 | cypres |"
    )
    assert seen(found) == ["NT324 Deelnemers!A2 header=Id"]
    assert rows(evidence, "agreements")[0]["parties"] == ["Cypres"]


def test_sub_types_and_other_spellings_are_known() -> None:
    evidence, _ = read("## Tumortypenetwerken\n| Groep |\n| melanoom |\n| Weke delen |\n| Soft-tissue tumours |")
    assert [row["group"] for row in rows(evidence, "tumour_types")] == ["skin", "soft-tissue", "soft-tissue"]


@pytest.mark.parametrize(
    ("sheet", "column", "typed", "indicators"),
    [
        ("Tumortypenetwerken", "Platform", "fax", ("N6.2",)),
        ("Tumortypenetwerken", "Verwezen", "veel", ("N3.4",)),
        ("Tumortypenetwerken", "MDO per week", '"#N/B"', ()),
        ("Zorgaanbod", "Behandeld", "veel", ("N3.3",)),
        ("Overlegvormen", "Gehouden", "vaak", ("N1.3", "N1.6", "N2.1")),
        ("Volumes", "Aantal", "veel", ("N3.2", "N4.6")),
    ],
)
def test_an_error_touches_the_indicators_that_lean_on_its_column(
    sheet: str, column: str, typed: str, indicators: tuple[str, ...]
) -> None:
    keys = {"Tumortypenetwerken": "Groep", "Zorgaanbod": "Locatie", "Overlegvormen": "Naam", "Volumes": "Locatie"}
    names = {"Tumortypenetwerken": "Huid", "Zorgaanbod": "Z1", "Overlegvormen": "ROC", "Volumes": "Z1"}
    _, found = read(f"{MEMBERS}\n## {sheet}\n| {keys[sheet]} | {column} |\n| {names[sheet]} | {typed} |")
    (error,) = [item for item in found if item.is_error and item.code != "NT324"]
    assert error.indicators == indicators


def test_an_error_in_a_key_touches_all_that_lean_on_the_register() -> None:
    framework = built_in()
    assert users(framework, "volumes", "location") == ("N3.2", "N4.6")
    assert users(framework, "volumes", None) == ("N3.2", "N4.6")
    assert users(framework, "agreements", "testable") == users(framework, "agreements", None)
    assert users(framework, "meetings", "explanation") == ()
    assert users(framework, "documents", None) == ()
    assert users(framework, "nowhere", "id") == ()


def test_a_remark_is_no_error_and_touches_nothing() -> None:
    _, (note,) = read('## Tumortypenetwerken\n| Groep | Verwezen |\n| Huid | "12" |')
    assert (note.code, note.indicators) == ("NT901", ())


def test_what_a_draft_must_repair() -> None:
    evidence, _ = read(
        """
## Documenten
| Id | Datum      |
| D1 | binnenkort |
| D2 | 2025-01-01 |

## Tumortypenetwerken
| Groep | Platform |
| Huid  | fax      |

## Indicatoren
| Id   | Antwoord | Documenten |
| N1.2 | ja       | D1         |
| N1.5 | ja       | D2         |
| N5.4 | veel     |            |
"""
    )
    assert evidence.to_repair == ("N1.2", "N5.4", "N6.2")


def test_a_framework_may_have_registers_of_its_own() -> None:
    register = replace(built_in().declared("bottlenecks"), id="worries")
    others = tuple(item for item in built_in().registers if item.id != "bottlenecks")
    framework = replace(built_in(), registers=(*others, register))
    evidence, _ = read("## Knelpunten\n| Omschrijving |\n| Geld |", framework=framework)
    assert rows(evidence, "worries") == [{"description": "Geld"}]
    assert form("", framework=framework).sheets[-1].name == "Knelpunten"
