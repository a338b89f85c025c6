"""Several workbooks of one network become one."""

from __future__ import annotations

from normtool.core.intake import take_in
from tests.conftest import built_in
from tests.core.tables import form, read, rows, seen, told

ANSWERS = "## Indicatoren\n| Id | Antwoord | Toelichting |\n"
GROUPS = "## Tumortypenetwerken\n| Groep | Stand | Bijeenkomsten |\n"


def test_each_part_answers_its_own_questions() -> None:
    evidence, found = read(ANSWERS + "| N1.2 | nee | |\n| N2.6 | | |", ANSWERS + "| N1.2 | | |\n| N2.6 | 0 | |")
    assert seen(found) == []
    assert [(item.indicator, item.place.file) for item in evidence.answers] == [
        ("N1.2", "formulier.xlsx"),
        ("N2.6", "deel-2.xlsx"),
    ]


def test_equal_answers_merge_and_different_ones_are_asked_back_with_both_cells() -> None:
    equal = read(ANSWERS + "| N1.2 | nee | |", ANSWERS + "| N1.2 | Nee | |")
    assert seen(equal[1]) == []
    evidence, found = read(ANSWERS + "| N1.2 | nee | |", ANSWERS + "| N2.6 | 0 | |\n| N1.2 | ja | |")
    assert seen(found) == ["NT311 Indicatoren!A3 indicator=N1.2 (first: Indicatoren!A2)"]
    assert found[0].indicators == ("N1.2",)
    assert getattr(found[0].place, "file", "") == "deel-2.xlsx"
    assert getattr(found[0].related[0].place, "file", "") == "formulier.xlsx"
    assert evidence.answers[0].answer is not None
    assert evidence.answers[0].answer.value is False


def test_a_different_explanation_document_or_own_approach_is_a_different_answer() -> None:
    for column, first, second in [
        ("Toelichting", "Zo", "Anders"),
        ("Eigen aanpak: wat", "Zo", "Anders"),
        ("Documenten", "D1", "D2"),
    ]:
        documents = "## Documenten\n| Id |\n| D1 |\n| D2 |\n"
        page = f"## Indicatoren\n| Id | {column} |\n| N1.2 | "
        _, found = read(documents + page + first, documents + page + second)
        assert "NT311 Indicatoren!A2 indicator=N1.2 (first: Indicatoren!A2)" in seen(found), column


def test_the_same_document_under_another_answer_is_another_answer() -> None:
    page = "## Documenten\n| Id |\n| D1 |\n## Indicatoren\n| Id | Antwoord | Documenten |\n| N1.2 | {} | D1 |"
    assert seen(read(page.format("ja"), page.format("ja"))[1]) == []
    assert seen(read(page.format("ja"), page.format("nee"))[1]) == [
        "NT311 Indicatoren!A2 indicator=N1.2 (first: Indicatoren!A2)"
    ]


def test_last_year_is_no_answer() -> None:
    page = "## Indicatoren\n| Id | Antwoord | Vorig jaar |\n| N1.2 | {} | {} |"
    evidence, found = read(page.format("", "nee"), page.format("nee", "ja"))
    assert seen(found) == []
    assert told(evidence.answers[0].answer.value if evidence.answers[0].answer else None) is False


def test_a_row_that_is_blank_in_one_part_is_the_filled_one_of_the_other() -> None:
    blank, filled = GROUPS + "| Huid | | |", GROUPS + "| Huid | eigen netwerk | 4 |"
    for pages in [(blank, filled), (filled, blank)]:
        evidence, found = read(*pages)
        assert seen(found) == []
        assert rows(evidence, "tumour_types") == [{"group": "skin", "state": "own", "meetings": 4}]


def test_equal_rows_merge_and_different_ones_are_asked_back() -> None:
    page = GROUPS + "| Huid | eigen netwerk | {} |"
    evidence, found = read(page.format(4), page.format(4))
    assert (seen(found), len(rows(evidence, "tumour_types"))) == ([], 1)
    evidence, found = read(page.format(4), page.format(5))
    assert seen(found) == ["NT312 Tumortypenetwerken!C2 key=Huid (first: Tumortypenetwerken!C2)"]
    assert found[0].indicators != ()
    assert rows(evidence, "tumour_types") == [{"group": "skin", "state": "own", "meetings": 4}]


def test_rows_that_differ_in_more_than_one_cell_are_named_as_rows() -> None:
    page = GROUPS + "| huidkanker | {} |"
    _, found = read(page.format("eigen netwerk | 4"), page.format("niet behandeld | 5"))
    assert seen(found) == ["NT312 Tumortypenetwerken!A2 key=Huid (first: Tumortypenetwerken!A2)"]


def test_a_row_that_differs_is_named_in_the_words_of_its_own_sheet() -> None:
    page = "## Care\n| Location | Group | Treats |\n| ML | {} | {} |"
    members = "## Members\n| Id | Name |\n| ML | Meerlanden |\n"
    _, found = read(members + page.format("Skin", "yes"), page.format("huid", "no"))
    twice = [line for line in seen(found) if line.startswith("NT312")]
    assert twice == ["NT312 Care!C2 key=ML, Skin (first: Care!C2)"]


def test_rows_of_different_parts_stand_in_one_register() -> None:
    evidence, found = read(
        GROUPS + "| Huid | eigen netwerk | |", GROUPS + "| Longen | | |\n| Borst | niet behandeld | |"
    )
    assert [row.get("state") for row in rows(evidence, "tumour_types")] == ["own", None, "not_treated"]
    assert [line[:5] for line in seen(found)] in ([], ["NT316"])


def test_two_rows_of_one_part_are_not_merged_with_each_other() -> None:
    evidence, found = read(GROUPS + "| Huid | eigen netwerk | 4 |\n| Huid | eigen netwerk | 4 |", GROUPS)
    assert seen(found) == ["NT312 Tumortypenetwerken!A3 key=Huid (first: Tumortypenetwerken!A2)"]
    assert len(rows(evidence, "tumour_types")) == 2


def test_meetings_without_a_name_are_told_apart_by_their_rows() -> None:
    page = "## Overlegvormen\n| Naam | Soort | Gehouden |\n|  | PAR | 3 |"
    evidence, found = read(page, page.replace("PAR", "beleid"))
    assert seen(found) == []
    assert [row["kind"] for row in rows(evidence, "meetings")] == ["patient_council", "policy"]


def test_an_overview_is_complete_when_no_part_denies_it() -> None:
    page = "## Documenten\n| Dit overzicht is volledig | {} |\n| Id | Titel |"
    for first, second, complete in [
        ("ja", "ja", True),
        ("ja", "", True),
        ("", "ja", True),
        ("ja", "nee", False),
        ("nee", "ja", False),
        ("", "", None),
    ]:
        evidence, _ = read(page.format(first), page.format(second))
        stated = evidence.register("documents").complete
        assert (stated.value if stated is not None else None) is complete, (first, second)


def test_the_documents_and_members_of_one_part_are_known_in_the_other() -> None:
    first = form("## Documenten\n| Id |\n| D1 |\n## Deelnemers\n| Id | Naam |\n| Z1 | Alba |", "een.xlsx")
    second = form(
        "## Indicatoren\n| Id | Antwoord | Documenten |\n| N1.2 | ja | D1 |\n"
        "## Zorgaanbod\n| Locatie | Groep |\n| Alba | Huid |",
        "twee.xlsx",
    )
    for grids in [(first, second), (second, first)]:
        evidence, found = take_in(built_in(), grids)
        assert seen(found) == []
        assert evidence is not None
        assert [item.digest for item in evidence.files] == ["0" * 64] * 2
