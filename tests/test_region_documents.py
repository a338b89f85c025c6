"""What a region's documents say: its sub-networks, the roll-up, whose answer a verdict is; and what others keep."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from normtool.core.assessment import IndicatorResult, Reason, SubNetworkVerdict, Verdict
from normtool.core.dossier import Dossier
from normtool.core.next_steps import judge_standard
from normtool.core.places import Located
from normtool.core.regions import derive
from normtool.documents.board_formulas import COLUMNS, COLUMNS_WITH_ORIGIN
from normtool.documents.board_phrases import Phrases
from normtool.documents.board_standards import COLUMNS as STANDARD_COLUMNS
from normtool.documents.board_standards import stored
from normtool.documents.board_styles import Board, Styles
from normtool.documents.decisions import board_agenda, own_approaches
from normtool.documents.pages import printed_page, report_html, report_pdf
from normtool.documents.regional import members_of, short_codes, spoken_names, tally
from normtool.documents.regional_volumes import with_volumes
from normtool.documents.views import ReportView, report_view
from normtool.documents.views_indicators import IndicatorView
from normtool.documents.views_region import HeatRow, RegionView
from normtool.texts import Words
from tests.board_reading import EN, FIRST_ROW, NL, cells, opened
from tests.dossier_examples import mixed
from tests.region_examples import SIX, below, region_of, six, sub_network_evidence, three, two_of_three
from tests.test_pages import Reader, structure


@cache
def view(name: str = "three", language: str = "nl") -> ReportView:
    found: Mapping[str, Callable[[], Dossier]] = {
        "three": three,
        "two_of_three": two_of_three,
        "six": six,
        "below": below,
        "mixed": mixed,
    }
    return report_view(found[name](), Words(language))


def region(name: str = "three", language: str = "nl") -> RegionView:
    found = view(name, language).region
    assert found is not None
    return found


def heat(indicator: str, name: str = "three", language: str = "nl") -> HeatRow:
    rows = [row for block in region(name, language).maps[-1].blocks for row in block.rows]
    return next(row for row in rows if row.id == indicator)


def shown(report: ReportView, indicator: str) -> IndicatorView:
    return next(row for standard in report.standards for row in standard.rows if row.id == indicator)


def result_of(dossier: Dossier, indicator: str) -> IndicatorResult:
    found = dossier.assessment.indicator(indicator)
    assert found is not None
    return found


# --- cover and furniture ------------------------------------------------------------------------------------


def test_the_cover_says_which_layer_this_is_and_whom_reviewers_visit() -> None:
    cover = view().cover
    assert cover.subtitle.startswith("Regio met drie deelnetwerken, zes ziekenhuizen, tweede ronde.")
    assert cover.subtitle.endswith("Eenheid van toetsing: elk deelnetwerk.")
    assert view().furniture.layer == "regio met drie deelnetwerken"
    assert view(language="en").cover.subtitle.startswith(
        "Region with three sub-networks, six hospitals, second cycle."
    )


def test_a_sub_network_says_which_region_it_is_part_of() -> None:
    report = view("below")
    assert report.cover.subtitle.startswith("Deelnetwerk van Oncologieregio Voorbeeldland, twee ziekenhuizen")
    assert report.furniture.layer == "deelnetwerk van Oncologieregio Voorbeeldland"
    assert report.region is None


def test_what_a_dossier_rests_on_is_named_with_its_digest() -> None:
    files = dict(view().annex.files)
    assert files["Toetsdossier van Oncologienetwerk Noord"] == three().sub_networks[0].digest
    assert dict(view("below").annex.files)["Bestand van Oncologieregio Voorbeeldland"] == "e4" * 32
    assert ("Laag", "regio met drie deelnetwerken") in view().annex.facts
    assert ("Eenheid van toetsing", "elk deelnetwerk") in view().annex.facts


def test_the_code_on_the_cover_changes_with_a_sub_networks_dossier() -> None:
    dossier = three()
    first = replace(dossier.sub_networks[0], digest="00" * 32)
    other = replace(dossier, sub_networks=(first, *dossier.sub_networks[1:]))
    assert report_view(other, NL).cover.facts[-1] != view().cover.facts[-1]


# --- the sub-networks ---------------------------------------------------------------------------------------


def test_sub_networks_are_named_with_hospitals_and_whom_they_share() -> None:
    section = region()
    assert [row.code for row in section.sub_networks] == ["NOORD", "OOST", "ZUID"]
    assert section.sub_networks[1].hospitals == "UMC Voorbeeld, Meerlanden en St. Alba"
    assert section.sub_networks[2].others == "en één andere deelnemer"
    assert section.shared == ("UMC Voorbeeld hoort bij NOORD en OOST.",)
    assert section.total == "De hele regio heeft zes ziekenhuizen; elk is één keer geteld."


def test_a_member_of_two_sub_networks_and_the_region_is_one_member() -> None:
    umc = next(member for member in members_of(three()) if member.name == "UMC Voorbeeld")
    assert umc.sub_networks == ("NOORD", "OOST")


def test_the_order_is_that_of_the_codes_whatever_came_first() -> None:
    dossier = replace(three(), sub_networks=three().sub_networks[::-1])
    section = report_view(dossier, NL).region
    assert section is not None
    assert [code for code, _ in section.maps[0].heads] == ["NOORD", "OOST", "ZUID"]
    assert section.maps == region().maps


def test_sentences_use_codes_where_names_are_long() -> None:
    assert set(spoken_names(six())) == set(spoken_names(six()).values())
    short = replace(
        three(), sub_networks=tuple(replace(item, name=item.code.title()) for item in three().sub_networks)
    )
    assert list(spoken_names(short).values()) == ["Noord", "Oost", "Zuid"]


def test_codes_beside_a_name_in_a_picture_are_short_and_explained() -> None:
    assert short_codes(three()) == {"NOORD": "NOORD", "OOST": "OOST", "ZUID": "ZUID"}
    names = ("Hagelveen", "Hagelland", "Mistmark")
    items = tuple(replace(item, code=name) for item, name in zip(three().sub_networks, names, strict=True))
    assert list(short_codes(replace(three(), sub_networks=items)).values()) == ["Hagell", "Hagelv", "Mistma"]
    assert "Achter elke locatie" not in view().figures.volumes_note
    assert "Hagell: Hagelland" in report_view(replace(three(), sub_networks=items), NL).figures.volumes_note


def test_a_region_without_sub_networks_is_just_a_region() -> None:
    report = report_view(region_of(()), NL)
    assert report.region is None
    assert report.furniture.layer == "regio"
    assert all(row.origin is None for standard in report.standards for row in standard.rows)


def test_a_region_of_which_nothing_else_came_in_names_every_dossier_that_is_missing() -> None:
    section = report_view(region_of((), missing=[("NOORD", "Noord"), ("ZUID", "Zuid")]), NL).region
    assert section is not None
    assert [text.split(" is ")[0] for text in section.absent] == ["Van Noord", "Van Zuid"]
    rows = {row.id: row for block in section.maps[0].blocks for row in block.rows}
    assert rows["N1.5"].cells[0].span == 2
    assert [cell.word for cell in rows["N1.1"].cells] == ["niet ontvangen", "niet ontvangen"]


# --- the map ------------------------------------------------------------------------------------------------


def test_each_indicator_has_a_cell_for_every_sub_network_and_says_how_many_meet_it() -> None:
    row = heat("N1.3")
    assert [(cell.code, cell.word) for cell in row.cells] == [
        ("NOORD", "voldoet"),
        ("OOST", "voldoet niet"),
        ("ZUID", "voldoet"),
    ]
    assert (row.verdict.word, row.count) == ("voldoet gedeeltelijk", "2 van 3, namelijk NOORD en ZUID")
    assert heat("N1.6").count == "3 van 3"
    assert heat("N3.5").count == "0 van 3"


def test_what_the_region_answers_is_one_cell_over_all() -> None:
    row = heat("N1.5")
    assert [(cell.span, cell.text, cell.word) for cell in row.cells] == [(3, "geregeld op regioniveau", "voldoet")]
    assert row.count == ""
    assert "geregeld op regioniveau" in row.cells[0].picture


def test_what_is_only_shown_is_counted_nowhere() -> None:
    row = heat("N3.3")
    assert {cell.verdict for cell in row.cells} == {Verdict.INFORMATIVE}
    assert row.count == ""
    assert heat("N3.3", "two_of_three").count == ""


def test_rows_stand_by_standard_with_the_core_first_and_no_totals() -> None:
    for block in region().maps[0].blocks:
        core = [row.is_core for row in block.rows]
        assert core == sorted(core, reverse=True)
    assert [block.number for block in region().maps[0].blocks] == ["1", "2", "3", "4", "5", "6"]
    assert "N3.4" in region().not_asked


def test_seven_sub_networks_make_two_maps_and_the_region_stands_in_the_last() -> None:
    evidences = [sub_network_evidence(*item, place) for place, item in enumerate(SIX)]
    section = report_view(region_of(evidences, missing=[("VBL-G", "Gouwe")]), NL).region
    assert section is not None
    assert [len(part.heads) for part in section.maps] == [4, 3]
    assert [part.has_region for part in section.maps] == [False, True]
    assert [cell.code for cell in section.maps[1].blocks[0].rows[0].cells] == ["VBL-E", "VBL-F", "VBL-G"]


# --- what asks attention ------------------------------------------------------------------------------------


def test_a_dossier_that_is_missing_is_said_first_and_nothing_is_made_up_for_it() -> None:
    section = region("two_of_three")
    assert section.absent[0].startswith("Van Oncologienetwerk Zuid is geen toetsdossier ontvangen.")
    assert section.sub_networks[2].received == "niet ontvangen"
    row = heat("N1.6", "two_of_three")
    assert row.cells[2].verdict is Verdict.UNKNOWN
    assert row.cells[2].word == "niet ontvangen"
    assert row.verdict.verdict is Verdict.UNKNOWN
    asked = {row.id: row.ask for row in view("two_of_three").summary.missing}
    assert asked["N1.2"] == "toetsdossier van ZUID en bewijs van NOORD"


def test_where_sub_networks_differ_it_is_told_who_does_and_who_does_not() -> None:
    found = {row.id: row for row in region().differences}
    assert (found["N1.3"].met, found["N1.3"].below) == (("NOORD", "ZUID"), ("OOST",))
    assert "N1.6" not in found
    assert "N1.2" not in found
    in_order = [row for block in region().maps[0].blocks for row in block.rows if row.id in found]
    assert list(found) == [row.id for row in sorted(in_order, key=lambda row: not row.is_core)]


# --- whose answer it is -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "label", "text"),
    [
        ("nl", "afgeleid uit de deelnetwerken", "2 van 3 voldoen, namelijk NOORD en ZUID; OOST voldoet niet."),
        ("en", "derived from the sub-networks", "2 of 3 meet it, namely NOORD and ZUID; OOST does not meet it."),
    ],
)
def test_a_derived_verdict_names_who_meets_it_and_who_does_not(language: str, label: str, text: str) -> None:
    row = shown(view(language=language), "N1.3")
    assert row.origin is not None
    assert (row.origin.chip.text, row.origin.text) == (label, text)


def test_a_derived_answer_is_a_count_of_sub_networks() -> None:
    assert shown(view(), "N1.3").answer == "2 van 3 deelnetwerken"
    row = shown(view("two_of_three"), "N1.6")
    assert row.origin is not None
    assert row.origin.text.endswith("van ZUID is geen toetsdossier ontvangen.")


def test_a_region_says_which_answers_are_its_own() -> None:
    row = shown(view(), "N1.5")
    assert row.origin is not None
    assert row.origin.chip.text == "eigen antwoord van de regio"
    assert shown(view(), "N3.3").origin is None


def test_an_inherited_answer_shows_the_regions_cell_and_document() -> None:
    row = shown(view("below"), "N1.5")
    assert row.origin is not None
    assert row.origin.chip.text == "geregeld op regioniveau"
    assert row.origin.text.startswith(
        "Door Oncologieregio Voorbeeldland; bron: voorbeeldregio-2026.xlsx › Indicatoren!"
    )
    assert "Plan van de hele regio (van de regio)" in row.verdict_notes
    assert row.cells[0].startswith("voorbeeldregio-2026.xlsx › ")


def test_a_document_of_the_region_is_no_proof_in_the_sub_networks_own_register() -> None:
    used = {row.id: row.used_by for row in view("below").annex.documents}
    assert "N1.5" not in used["D3"]


@pytest.mark.parametrize("known", [True, False])
def test_an_own_answer_that_the_region_passed_over_is_not_shown_as_the_answer(known: bool) -> None:
    dossier = below()
    answer = dossier.evidence.answer("N1.5")
    assert answer is not None
    assert dossier.region is not None
    typed = replace(answer, explanation=Located(value="Ons eigen plan.", place=answer.place))
    others = tuple(item for item in dossier.evidence.answers if item.indicator != "N1.5")
    above = dossier.region if known else replace(dossier.region, evidence=None)
    changed = replace(dossier, evidence=replace(dossier.evidence, answers=(*others, typed)), region=above)
    row = shown(report_view(changed, NL), "N1.5")
    assert [remark.text for remark in row.remarks] == (["Geldt voor ons allen."] if known else [])
    assert row.answer == shown(view("below"), "N1.5").answer


def test_what_the_region_wrote_is_said_to_be_the_regions() -> None:
    assert [remark.heading for remark in shown(view("below"), "N1.5").remarks] == ["Toelichting (van de regio)"]


def test_a_sub_network_keeps_its_own_answers_without_a_label() -> None:
    assert shown(view("below"), "N1.7").origin is None


# --- volumes ------------------------------------------------------------------------------------------------


def test_a_region_shows_each_location_once_with_its_sub_networks() -> None:
    whole = with_volumes(three())
    rows = result_of(whole, "N3.2").rows
    assert len({row.key for row in rows}) == len(rows)
    names = {text for row in whole.evidence.register("members").rows if (text := row.contents.get("name"))}
    assert {"UMC Voorbeeld (NOORD, OOST)", "De Waard (NOORD)", "Overmaas (ZUID)"} <= names
    figure = view().figures.volumes[0]
    assert sum("UMC Voorbeeld (NOORD, OOST)" in row for row in figure.table.rows if "ERCP" in row) == 1
    assert "St. Alba (OOST)" in view().figures.volumes_lead


def test_a_number_beside_a_missing_one_wins() -> None:
    dossier = three()
    east = dossier.sub_networks[1]
    assert east.assessment is not None
    rows = tuple(
        replace(row, number=None, checks=(), norms=()) if row.key[0] == "umc" else row
        for row in _volumes(east.assessment)
    )
    other = replace(east, assessment=_with_volumes(east.assessment, rows))
    for order in (dossier.sub_networks[0], other), (other, dossier.sub_networks[0]):
        whole = with_volumes(replace(dossier, sub_networks=order))
        found = [row.number for row in result_of(whole, "N3.2").rows if row.key == ("umc", "ercp")]
        assert found == [210]


def test_two_different_numbers_of_one_location_both_stand() -> None:
    dossier = three()
    east = dossier.sub_networks[1]
    assert east.assessment is not None
    rows = tuple(
        replace(row, number=(row.number or 0) + 1) if row.key[0] == "umc" and row.number else row
        for row in _volumes(east.assessment)
    )
    other = replace(east, assessment=_with_volumes(east.assessment, rows))
    whole = with_volumes(replace(dossier, sub_networks=(dossier.sub_networks[0], other, dossier.sub_networks[2])))
    found = [row.number for row in result_of(whole, "N3.2").rows if row.key[1] == "ercp" and "umc" in row.key[0]]
    assert found == [210, 211]


def _volumes(assessment: Any) -> Any:
    return assessment.indicator("N3.2").rows


def _with_volumes(assessment: Any, rows: Any) -> Any:
    standards = tuple(
        replace(
            standard,
            indicators=tuple(replace(item, rows=rows) if item.id == "N3.2" else item for item in standard.indicators),
        )
        for standard in assessment.standards
    )
    return replace(assessment, standards=standards)


def test_other_dossiers_are_left_as_they_are() -> None:
    ordinary = mixed()
    assert with_volumes(ordinary) is ordinary
    assert with_volumes(below()) is below()


# --- pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["three", "six", "below"])
def test_a_page_has_unique_ids_and_links_that_arrive(name: str) -> None:
    dossier = {"three": three, "six": six, "below": below}[name]()
    reader = Reader(report_html(dossier, NL))
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    assert reader.outside == []


def test_every_cell_of_the_map_says_its_verdict_in_words_on_screen_and_on_paper() -> None:
    screen = report_html(three(), NL)
    cells_on_screen = re.findall(r'<span class="cell t-.*?</span></span>', screen)
    assert cells_on_screen
    assert all(re.search(r'class="vh">[^<]+<', cell) for cell in cells_on_screen)
    pictures = re.findall(r'<svg [^>]*class="(?:heat-cell|lone-mark)".*?</svg>', printed_page(three(), NL))
    assert pictures
    assert all(re.search(r"<title>[^<]+</title>", picture) for picture in pictures)


@pytest.mark.slow
def test_the_pdf_of_a_region_has_a_text_for_every_picture_and_a_bookmark() -> None:
    file, elements = structure(report_pdf(three(), NL))
    figures = [item for item in elements if item.S == "/Figure"]
    assert len(figures) > 100
    assert all(str(item.get("/Alt", "")) for item in figures)
    with file.open_outline() as outline:
        assert "De regio en haar deelnetwerken" in [item.title for item in outline.root]


def test_an_ordinary_network_has_nothing_of_a_region() -> None:
    report = view("mixed")
    assert (report.region, report.furniture.layer) == (None, "")
    assert all(row.origin is None for standard in report.standards for row in standard.rows)
    page = report_html(mixed(), NL)
    assert "deelnetwerken</h2>" not in page
    assert 'class="heat' not in page


def test_english_has_no_dutch_left() -> None:
    page = report_html(two_of_three(), EN)
    section = page[page.index('id="region"') : page.index('id="figures"')]
    for word in ("deelnetwerk", "namelijk", "regioniveau", "ontvangen", "voldoe"):
        assert word not in section


# --- the board workbook -------------------------------------------------------------------------------------


def test_the_sheet_of_a_region_has_a_word_in_every_cell_and_counts_beside_it() -> None:
    sheet = opened(three(), values=True)["Regio"]
    head = [cell.value for cell in sheet[FIRST_ROW - 1]]
    assert head[:10] == ["Id", "Indicator", "NOORD", "OOST", "ZUID", "Voldoen", "Van", "Namelijk", "Teken", "Regio"]
    rows = {line[0].value: [cell.value for cell in line] for line in sheet.iter_rows(min_row=FIRST_ROW)}
    assert rows["N1.3"][2:10] == [
        "voldoet",
        "voldoet niet",
        "voldoet",
        2,
        3,
        "NOORD, ZUID",
        "◐",
        "voldoet gedeeltelijk",
    ]
    assert rows["N1.5"][2:5] == ["geregeld op regioniveau", None, None]
    assert rows["N1.5"][9] == "voldoet"
    assert rows["NOORD"][1] == "Oncologienetwerk Noord"


def test_only_a_region_and_its_sub_networks_have_a_column_of_origins() -> None:
    assert len(COLUMNS_WITH_ORIGIN) == len(COLUMNS) + 1
    for item, wanted in ((three(), True), (below(), True), (mixed(), False)):
        head = [cell.value for cell in opened(item)["Indicatoren"][FIRST_ROW - 1]]
        assert ("Herkomst" in head) is wanted
    assert "Regio" not in opened(mixed()).sheetnames
    assert "Regio" not in opened(below()).sheetnames
    column = COLUMNS_WITH_ORIGIN.index("origin") + 1
    found = {cell.value for cell in next(opened(below())["Indicatoren"].iter_cols(column, column, FIRST_ROW))}
    assert found == {"eigen antwoord", "geregeld op regioniveau (VBR)"}


def test_the_cover_names_the_sub_networks_and_what_they_ask() -> None:
    texts = " ".join(str(cell.value) for cell in cells(opened(two_of_three())) if cell.parent.title == "Oplegger")
    assert "Onze regio heeft 3 deelnetwerken: NOORD, OOST en ZUID." in texts
    assert "Van Oncologienetwerk Zuid ontbreekt het toetsdossier." in texts
    assert "zie het blad Regio" in texts
    own = " ".join(str(cell.value) for cell in cells(opened(below())) if cell.parent.title == "Oplegger")
    assert "Wij zijn een deelnetwerk van Oncologieregio Voorbeeldland." in own


def test_what_the_region_arranges_is_for_the_region_to_improve() -> None:
    missed = replace(result_of(below(), "N1.5"), verdict=Verdict.NOT_MET, worst=Verdict.NOT_MET, best=Verdict.NOT_MET)
    agenda = board_agenda(with_result(below(), missed), NL)
    assert {item.who for item in agenda.decisions if item.indicators == ("N1.5",)} == {NL.say("board.who.region")}
    own = replace(missed, verdict=Verdict.OWN_APPROACH)
    assert own_approaches(with_result(below(), own)) == own_approaches(below())


def test_a_board_reads_in_how_many_sub_networks_something_is_arranged() -> None:
    assert Phrases(three(), NL).finding(result_of(three(), "N1.3")) == "2 van 3 deelnetwerken"
    assert Phrases(three(), EN).finding(result_of(three(), "N4.6")) == "cannot be judged"


def test_the_volumes_of_a_region_name_the_sub_networks() -> None:
    locations = {line[0].value for line in opened(three())["Volumes"].iter_rows(min_row=FIRST_ROW)}
    assert "UMC Voorbeeld (NOORD, OOST)" in locations


def test_every_number_of_a_region_says_where_it_comes_from() -> None:
    sheet = opened(three())["Volumes"]
    heads = [cell.value for cell in sheet[FIRST_ROW - 1]]
    number, source = heads.index("Aantal"), heads.index("Bron van het getal")
    last = int(re.sub(r".*:[A-Z]+", "", sheet.auto_filter.ref))
    lines = sheet.iter_rows(min_row=FIRST_ROW, max_row=last)
    told = [str(line[source].value) for line in lines if isinstance(line[number].value, int)]
    assert len(told) > 20
    assert all(text.startswith("voorbeeldland-2026.xlsx › Volumes!D") for text in told)


# --- recalculated -------------------------------------------------------------------------------------------

CHANGES: Mapping[str, tuple[str, str, Verdict]] = {
    "the last one that was open": ("N1.2", "NOORD", Verdict.MET),
    "met to not met": ("N1.6", "ZUID", Verdict.NOT_MET),
    "not met to n.v.t.": ("N1.3", "OOST", Verdict.NOT_APPLICABLE),
    "met to unknown": ("N1.6", "OOST", Verdict.UNKNOWN),
    "own approach to not met": ("N4.8", "NOORD", Verdict.NOT_MET),
}
BASES = {"three": three, "two_of_three": two_of_three, "six": six, "below": below}


def with_verdict(item: Dossier, indicator: str, code: str, verdict: Verdict) -> Dossier:
    """The region as the engine would judge it with another verdict in one sub-network."""
    decided = verdict in (Verdict.MET, Verdict.PARTLY_MET, Verdict.NOT_MET)
    changed = SubNetworkVerdict(
        network=code,
        verdict=verdict,
        reason=Reason.NO_ANSWER if verdict is Verdict.UNKNOWN else None,
        worst=verdict if decided else Verdict.NOT_MET,
        best=verdict if decided else Verdict.MET,
    )
    former = result_of(item, indicator)
    verdicts = tuple(changed if one.network == code else one for one in former.sub_networks)
    return with_result(item, replace(derive(former, verdicts), sub_networks=verdicts))


def with_result(item: Dossier, result: IndicatorResult) -> Dossier:
    """The dossier with another result, its standards judged again."""
    framework = {standard.id: standard for standard in item.framework.standards}
    standards = tuple(
        judge_standard(
            framework[standard.id], tuple(result if one.id == result.id else one for one in standard.indicators)
        )
        for standard in item.assessment.standards
    )
    return replace(item, assessment=replace(item.assessment, standards=standards))


def row_of(item: Dossier, indicator: str) -> int:
    asked = [result.id for result in item.assessment.indicators if result.is_open]
    return FIRST_ROW + asked.index(indicator)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Every base and every change, without stored results, as LibreOffice calculates them."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("LibreOffice is missing; script/test says how to install it")
    folder = tmp_path_factory.mktemp("recalculated")
    names: dict[str, Path] = {}
    for number, name in enumerate((*BASES, *CHANGES)):
        book = opened(BASES.get(name, three)())
        if name in CHANGES:
            indicator, code, verdict = CHANGES[name]
            column = 3 + ["NOORD", "OOST", "ZUID"].index(code)
            book["Regio"].cell(row_of(three(), indicator), column).value = NL.say(f"verdicts.{verdict.value}")
        names[name] = folder / f"{number}.xlsx"
        book.save(names[name])
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    files = [str(path) for path in names.values()]
    subprocess.run([*command, "--outdir", str(folder / "done"), *files], check=True, capture_output=True, timeout=300)
    return {name: openpyxl.load_workbook(folder / "done" / path.name, data_only=True) for name, path in names.items()}


@pytest.mark.office
@pytest.mark.parametrize("name", list(BASES))
def test_recalculated_every_formula_gives_the_stored_value(recalculated: Mapping[str, Any], name: str) -> None:
    item = BASES[name]()
    formulas, values = opened(item), opened(item, values=True)
    compared = 0
    for cell in cells(formulas):
        if cell.data_type == "f":
            sheet, place = cell.parent.title, cell.coordinate
            assert (recalculated[name][sheet][place].value or "") == (values[sheet][place].value or ""), (
                sheet,
                place,
            )
            compared += 1
    assert compared > 300


@pytest.mark.office
@pytest.mark.parametrize("name", list(CHANGES))
def test_a_changed_sub_network_is_followed_by_the_region_and_its_standards(
    recalculated: Mapping[str, Any], name: str
) -> None:
    indicator, code, verdict = CHANGES[name]
    expected = with_verdict(three(), indicator, code, verdict)
    board = Board(expected, NL, Phrases(expected, NL), None, Styles(None))
    book, result = recalculated[name], result_of(expected, indicator)
    found = [book["Regio"].cell(row_of(expected, indicator), column).value for column in (6, 7, 10)]
    counts = tally(expected, result)
    assert found == [len(counts.met), counts.counted, board.phrases.verdict(result.verdict)]
    for row, standard in enumerate(expected.assessment.standards, start=FIRST_ROW):
        wanted = stored(board, standard)
        sheet = book["Standaarden"]
        assert {key: sheet.cell(row, STANDARD_COLUMNS.index(key) + 1).value for key in wanted} == wanted, standard.id
