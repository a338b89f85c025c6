"""The board workbook of several years, or of several networks: what stands beside what, and what is never told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from normtool.core.dossier import Dossier
from normtool.core.standards import Framework
from normtool.documents.board_networks import BEFORE
from normtool.documents.board_xlsx import board_workbook
from tests.board_examples import MET, MIXED, dossier, with_results
from tests.board_others import (
    NAMES,
    earlier,
    networks,
    of_network,
    older_year_between,
    three_years,
    two_networks_in_two_years,
)
from tests.board_reading import EN, FIRST_ROW, NL, cells, opened, read, recalculate

SIDE_BY_SIDE = ["Overzicht", "Vergelijking", "Knelpunten", "Toelichting", "Gegevens"]


def table(sheet: Any, head: str) -> list[dict[str, Any]]:
    """The rows under the row that begins with this header, by their headers."""
    found = list(sheet.iter_rows(values_only=True))
    start = next(number for number, line in enumerate(found) if line[0] == head)
    heads = found[start]
    return [
        {str(name): value for name, value in zip(heads, line, strict=True) if name is not None}
        for line in found[start + 1 :]
    ]


def years(others: tuple[Dossier, ...] = (), item: Dossier | None = None) -> Any:
    return opened(item or dossier(), NL, others, values=True)["Vergelijking"]


def by_indicator(sheet: Any) -> Mapping[str, dict[str, Any]]:
    return {line["Id"]: line for line in table(sheet, "Id") if line["Klasse"] is not None}


def with_framework(item: Dossier, norms: Framework) -> Dossier:
    return replace(item, framework=norms)


def asked_otherwise(norms: Framework, indicator: str) -> Framework:
    """Norms that word the norm of one indicator in another way."""

    def changed(item: Any) -> Any:
        return replace(item, norm=replace(item.norm, nl="anders")) if item.id == indicator else item

    standards = (replace(one, indicators=tuple(map(changed, one.indicators))) for one in norms.standards)
    return replace(norms, standards=tuple(standards), edition="2027.1")


# --- years --------------------------------------------------------------------------------------------------


def test_a_network_without_earlier_years_has_nothing_beside_it() -> None:
    assert "Vergelijking" not in opened(dossier()).sheetnames


def test_earlier_years_stand_from_the_first_to_the_last_whoever_keeps_them() -> None:
    given = years((earlier(2024), earlier(2025)))
    kept = years(item=three_years())
    for sheet in (given, kept):
        head = next(line for line in sheet.iter_rows(values_only=True) if line[0] == "Id")
        assert head[3:8] == ("2024", "2025", "2026", "Sinds 2025", "Ander doel")


def test_the_latest_dossier_is_the_main_one_whatever_came_first() -> None:
    one = board_workbook(dossier(), NL, (earlier(2024), earlier(2025)))
    other = board_workbook(earlier(2024), NL, (earlier(2025), dossier()))
    assert one == other
    assert "Vijf besluiten" in str(read(one)["Oplegger"]["A3"].value)


def test_what_changed_is_told_per_indicator_and_counted_per_standard() -> None:
    sheet = years((earlier(),))
    found = by_indicator(sheet)
    changes = {indicator: line["Sinds 2025"] for indicator, line in found.items()}
    assert changes["N1.1"] == changes["N3.1"] == changes["N4.1"] == changes["N6.4"] == "vooruit"
    assert (changes["N2.1"], changes["N2.5"], changes["N1.2"]) == (
        "nu te beoordelen",
        "niet meer te beoordelen",
        "gelijk",
    )
    assert (found["N4.1"]["2025"], found["N4.1"]["2026"]) == ("voldoet niet", "voldoet")
    trend = {line["Standaard"]: line for line in table(sheet, "Standaard")}
    assert trend["1 Governance en visie"]["Van 2025 naar 2026"] == "3 → 4 van 4"
    assert (trend["3 Kwaliteit, leren en verbeteren"]["2025"], trend["3 Kwaliteit, leren en verbeteren"]["2026"]) == (
        2,
        3,
    )
    text = [line[0] for line in sheet.iter_rows(values_only=True) if str(line[0]).startswith("Sinds 2025")]
    assert text == ["Sinds 2025: 4 vooruit, 0 achteruit, 1 nu te beoordelen, 1 niet meer te beoordelen."]


def test_what_was_asked_in_another_way_is_not_compared_and_says_so() -> None:
    then = earlier()
    changed = with_framework(then, asked_otherwise(then.framework, "N1.1"))
    sheet = years((changed,))
    found = by_indicator(sheet)
    assert found["N1.1"]["2025"] == found["N1.1"]["Sinds 2025"] == "anders gevraagd"
    assert (found["N1.1"]["Gelijk gevraagd"], found["N1.2"]["Gelijk gevraagd"]) == (0, 1)
    assert table(sheet, "Standaard")[0]["Vergeleken"] == 3


def test_a_first_cycle_keeps_its_words_and_what_was_not_asked_then_is_new() -> None:
    found = by_indicator(years(item=three_years()))
    assert (found["N1.2"]["2024"], found["N1.2"]["2025"]) == ("voldoet nog niet", "voldoet")
    assert found["N1.6"]["2024"] == "niet gevraagd"
    assert by_indicator(years((earlier(cycle=1),)))["N1.6"]["Sinds 2025"] == "nieuw gevraagd"


def test_another_target_stands_beside_the_change() -> None:
    then = earlier()
    results = {item.id: item for item in then.assessment.indicators}
    results["N1.1"] = replace(results["N1.1"], target=Decimal("0.425"))
    assert (
        by_indicator(years((with_results(then, results),)))["N1.1"]["Ander doel"] == "van 42,5\u00a0% naar 85\u00a0%"
    )


def test_the_bars_of_the_years_are_told_in_words() -> None:
    with ZipFile(BytesIO(board_workbook(dossier(), NL, (earlier(),)))) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if "drawings/drawing" in name]
    assert any("Governance en visie: in 2025 3, in 2026 4" in drawing for drawing in drawings)


def test_the_dossiers_of_earlier_years_are_named_by_their_digests() -> None:
    book = opened(three_years())
    told = [[value for value in line if value] for line in book["Toelichting"].values]
    assert ["Toetsdossier 2025", "ef" * 32] in told
    assert ["Toetsdossier 2024", "ef" * 32] in told


def test_years_keep_their_own_rows_of_data() -> None:
    sheet = opened(dossier(), NL, (earlier(),), values=True)["Gegevens"]
    found = table(sheet, "standard")
    assert len(found) == 2 * len(MIXED)
    told = {(line["assessment_year"], line["indicator"]): line["verdict"] for line in found}
    assert (told[2025, "N4.1"], told[2026, "N4.1"]) == ("not_met", "met")


# --- networks -----------------------------------------------------------------------------------------------


def test_networks_side_by_side_have_no_cover_and_stand_in_the_order_of_their_codes() -> None:
    book = read(board_workbook(*networks(7, NL)))
    assert book.sheetnames == SIDE_BY_SIDE
    head = [cell.value for cell in book["Vergelijking"][FIRST_ROW - 1]]
    assert head == ["Id", "Indicator", "Klasse", *(f"R{place}" for place in range(1, 8)), "Voldoen"]
    assert "7 netwerken" in str(book["Overzicht"]["A1"].value)


def test_it_is_told_how_many_meet_an_indicator_and_nothing_is_added_up_per_network() -> None:
    item, words, others = networks(7, NL)
    content = board_workbook(item, words, others)
    found = by_indicator(read(content, values=True)["Vergelijking"])
    met = [dossier.assessment.indicator("N4.7") for dossier in (item, *others)]
    number = sum(result is not None and result.verdict is MET for result in met)
    assert found["N4.7"]["Voldoen"] == f"{number} van 7"
    assert found["N5.3"]["Voldoen"] == "–"
    formulas = [cell for cell in cells(read(content)) if cell.data_type == "f"]
    assert {cell.column_letter for cell in formulas} == {"K"}


def test_a_network_counts_once_in_its_latest_year() -> None:
    found = by_indicator(read(board_workbook(*two_networks_in_two_years(NL)), values=True)["Vergelijking"])
    assert list(found["N1.1"])[3:7] == ["AA 2025", "AA 2026", "BB 2026", "Voldoen"]
    assert found["N1.1"]["AA 2025"] == "voldoet gedeeltelijk"
    assert found["N1.1"]["Voldoen"] == "2 van 2"


def test_an_older_year_that_stands_between_networks_is_in_no_count() -> None:
    content = board_workbook(*older_year_between(NL))
    assert list(by_indicator(read(content, values=True)["Vergelijking"])["N1.1"])[3:7] == [
        "AA 2026",
        "BB 2025",
        "BB 2026",
        "CC 2026",
    ]
    formula = by_indicator(read(content)["Vergelijking"])["N1.1"]["Voldoen"]
    assert set(re.findall(r"\$([A-Z])\d+:\$([A-Z])\d+", formula)) == {("D", "D"), ("F", "G")}


@pytest.mark.parametrize("number", [2, 4])
def test_what_stands_below_a_few_networks_is_as_wide_as_below_three(number: int) -> None:
    sheet = read(board_workbook(*networks(number, NL)))["Vergelijking"]
    last = len(BEFORE) + max(number, 3) + 1
    assert max(item.max_col for item in sheet.merged_cells.ranges) == last


def test_only_what_all_editions_ask_alike_is_compared() -> None:
    one, other = of_network(dossier(), "A", "Aland"), of_network(dossier(), "B", "Beeland", 2027)
    other = with_framework(other, asked_otherwise(other.framework, "N1.1"))
    sheet = opened(one, NL, (other,), values=True)["Vergelijking"]
    assert "N1.1" not in by_indicator(sheet)
    told = [[value for value in line if value] for line in sheet.iter_rows(values_only=True)]
    assert ["N1.1", "Samenwerkingsovereenkomst", "in de versies verschillend gevraagd"] in told
    assert ["Niet elk netwerk is bij deze standaard op dezelfde indicatoren beoordeeld."] in told


def test_bottlenecks_of_networks_stand_by_who_can_solve_them() -> None:
    sheet = read(board_workbook(*networks(2, NL)))["Knelpunten"]
    found = [line[:2] for line in sheet.iter_rows(min_row=FIRST_ROW, values_only=True)]
    assert found == [
        ("de beroepsgroepen", "R1"),
        ("de beroepsgroepen", "R2"),
        ("zorgverzekeraars", "R1"),
        ("zorgverzekeraars", "R2"),
        ("Nog niet bekend wie erover gaat", "R1"),
        ("Nog niet bekend wie erover gaat", "R2"),
    ]


def test_a_name_that_begins_with_a_digit_does_not_change_the_size_of_the_header() -> None:
    item = of_network(dossier(), "A", "7 Bergen")
    for book in (opened(item), read(board_workbook(*networks(7, NL)))):
        assert book["Overzicht"].oddHeader.left.size == 8
        assert str(book["Overzicht"].oddHeader.left.text).strip().startswith("7 ")


# --- without names ------------------------------------------------------------------------------------------


def _parts(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist())


def test_without_names_nothing_tells_who_a_network_is() -> None:
    item, words, others = networks(3, NL)
    named, unnamed = (_parts(board_workbook(item, words, others, is_anonymous=flag)) for flag in (False, True))
    typed = (
        "MDO-platform",
        "verwijsverpleegkundige",
        "zorgverzekeraars",
        "St. Alba",
        "Samenwerkingsovereenkomst 2023",
    )
    telling = (*NAMES[:3], ">R1<", ">R2<", "voorbeeldland.xlsx", "cd" * 32, *typed)
    assert [text for text in (*NAMES[:3], ">R1<", "cd" * 32, "MDO-platform") if text not in named] == []
    assert [text for text in telling if text in unnamed] == []
    assert "netwerk A" in unnamed


def test_without_names_the_bottlenecks_stand_by_indicator_and_are_headed_so() -> None:
    item, words, others = networks(2, NL)
    sheet = read(board_workbook(item, words, others, is_anonymous=True))["Knelpunten"]
    found = [line[0] for line in sheet.iter_rows(min_row=2, max_col=1, values_only=True)]
    assert found[0] == "Waar noemen netwerken knelpunten?"
    assert "staat hier niet" in str(found[1])
    ids = [str(text).split(" ")[0] for text in found[3:]]
    assert ids == sorted(set(ids)) != []


def test_without_names_the_data_have_verdicts_but_no_numbers() -> None:
    item, words, others = networks(2, EN)
    found = table(read(board_workbook(item, words, others, is_anonymous=True), values=True)["Data"], "standard")
    assert {line["network"] for line in found} == {"A", "B"}
    assert {line["verdict"] for line in found} >= {"met", "unknown"}
    for key in ("numerator", "denominator", "value", "reference_date", "documents", "rows"):
        assert {line[key] for line in found} == {None}


# --- live ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Networks side by side with another word for one of them, as LibreOffice calculates them."""
    content = board_workbook(*networks(7, NL))
    row = next(line[0].row for line in read(content)["Vergelijking"].iter_rows() if line[0].value == "N1.2")
    words = {"met": "voldoet", "not_met": "voldoet niet", "first": "voldoet nog niet", "none": "n.v.t."}
    books = {name: (content, {("Vergelijking", f"G{row}"): word}) for name, word in words.items()}
    return recalculate(tmp_path_factory.mktemp("followed"), {"as it is": (content, {}), **books})


@pytest.mark.office
def test_how_many_meet_it_follows_a_chosen_word(followed: Mapping[str, Any]) -> None:
    counted = {
        name: re.split(" van ", by_indicator(book["Vergelijking"])["N1.2"]["Voldoen"])
        for name, book in followed.items()
    }
    met, of = map(int, counted["as it is"])
    assert of == 7
    assert counted["met"] == [str(met + 1), "7"]
    assert counted["not_met"] == counted["first"] == [str(met), "7"]
    assert counted["none"] == [str(met), "6"]
    assert by_indicator(followed["as it is"]["Vergelijking"])["N1.2"]["R4"] == "voldoet nog niet"


# --- the same every time ------------------------------------------------------------------------------------


def test_the_same_dossiers_give_the_same_bytes_in_any_order() -> None:
    item, words, others = networks(4, NL)
    again = board_workbook(others[1], words, (others[0], item, others[2]))
    assert board_workbook(item, words, others) == again
    assert board_workbook(dossier(), EN, (earlier(),)) == board_workbook(earlier(), EN, (dossier(),))


def test_without_names_years_of_one_network_name_nobody_either() -> None:
    content = board_workbook(dossier(), NL, (earlier(),), is_anonymous=True)
    book = read(content)
    assert book.sheetnames == SIDE_BY_SIDE
    assert [cell.value for cell in book["Vergelijking"][FIRST_ROW - 1]][3:5] == ["netwerk A 2025", "netwerk A 2026"]
    assert "Voorbeeldland" not in _parts(content)
    assert ["N1.6 Bestuurlijk overleg", "netwerk A 2025, netwerk A 2026"] in [
        list(line) for line in book["Knelpunten"].values
    ]
