"""The board workbook: text stays text, formulas agree with the engine and follow a changed verdict."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from struct import pack
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile
from zlib import compress, crc32

import pytest

from normtool.core.assessment import Verdict
from normtool.core.dossier import Circle, Dossier
from normtool.core.evidence import DataNature, DateSpan, DocumentReference, Said, Unreadable, Value
from normtool.core.house_style import HouseStyle, Logo
from normtool.documents.board_formulas import COLUMNS as INDICATOR_COLUMNS
from normtool.documents.board_metrics import lines
from normtool.documents.board_texts import LONGEST_CELL, fitted
from normtool.documents.board_xlsx import board_workbook
from normtool.documents.origin import parse_origin
from normtool.texts import Words
from tests.board_evidence import rows
from tests.board_examples import (
    ALL_WELL,
    MIXED,
    NEARLY_UNKNOWN,
    STRUGGLING,
    UNKNOWN,
    dossier,
    for_board,
    with_explanation,
    with_results,
)
from tests.board_others import for_member
from tests.board_reading import EN, FIRST_ROW, NL, cells, opened

SHEETS = [
    "Oplegger",
    "Standaarden",
    "Volumes",
    "Verbeterprogramma",
    "Overzicht",
    "Indicatoren",
    "Knelpunten",
    "Toelichting",
    "Gegevens",
]
HOSTILE = '=1+1 <script>alert("x")</script> {{7*7}} https://example.org/ \u202eabc 😀 & {=A1} _x0041_'


def day(year: int, month: int, number: int) -> datetime:
    """A date as openpyxl reads one."""
    return datetime.combine(date(year, month, number), time())


def all_text(book: Any) -> str:
    return "\n".join(str(cell.value) for cell in cells(book))


def column_of(book: Any, sheet: str, header: str) -> list[Any]:
    headers = {cell.value: cell.column for cell in book[sheet][4]}
    found = [book[sheet].cell(row, headers[header]).value for row in range(FIRST_ROW, book[sheet].max_row + 1)]
    return [value for value in found if value is not None]


# --- the whole ----------------------------------------------------------------------------------------------


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert board_workbook(dossier(), NL) == board_workbook(dossier(), NL)


def test_sheets_stand_in_their_order_in_both_languages() -> None:
    assert opened(dossier()).sheetnames == SHEETS
    english = opened(dossier(), EN).sheetnames
    assert english == [EN.say(f"board.sheet.{key}") for key in _sheet_keys()]
    assert len(set(english)) == len(SHEETS)


def _sheet_keys() -> list[str]:
    named = {NL.say(f"board.sheet.{key}"): key for key in NL.find("board.sheet")}
    return [named[sheet] for sheet in SHEETS]


NETWORKS = (MIXED, NEARLY_UNKNOWN, STRUGGLING, ALL_WELL)


@pytest.mark.parametrize(
    ("words", "nature", "verdicts"),
    [
        *((NL, nature, verdicts) for nature, verdicts in zip(DataNature, NETWORKS, strict=False)),
        *((EN, nature, verdicts) for nature, verdicts in zip(DataNature, reversed(NETWORKS), strict=False)),
        *((NL, DataNature.NETWORK, verdicts) for verdicts in NETWORKS[1:]),
    ],
)
def test_every_sheet_says_its_labels_on_screen_and_in_print(
    words: Words, nature: DataNature, verdicts: Mapping[str, Verdict]
) -> None:
    item = dossier(verdicts, nature=nature, draft=True)
    labels = [words.say("verdicts.label.draft")]
    if nature is not DataNature.NETWORK:
        labels.append(words.say(f"verdicts.label.{nature.value}"))
    for number, sheet in enumerate(opened(item, words)):
        top = " ".join(str(cell.value) for line in sheet.iter_rows(max_row=2) for cell in line if cell.value)
        assert all(label in top for label in labels), sheet.title
        assert "Oncologienetwerk Voorbeeldland" in top
        assert "2026.1" in sheet.oddFooter.left.text
        if number > 0:
            assert all(label in sheet.oddHeader.right.text for label in labels)


def test_the_header_of_the_volumes_repeats_only_over_more_of_them() -> None:
    """The tables under it have headers of their own; over the norms that header would be wrong."""
    item = dossier()
    results = {result.id: result for result in item.assessment.indicators}
    volumes = replace(results["N3.2"], rows=results["N3.2"].rows * 12)
    few, many = opened(item)["Volumes"], opened(with_results(item, results | {"N3.2": volumes}))["Volumes"]
    assert (few.print_title_rows, many.print_title_rows) == (None, "$4:$4")
    (page_break,) = many.row_breaks.brk
    assert many.cell(page_break.id + 1, 1).value == "De normen en hun bron"
    assert not few.row_breaks.brk


def test_document_properties_carry_no_clock() -> None:
    properties = opened(dossier()).properties
    assert properties.created == day(2025, 12, 31)
    assert properties.title.startswith("Oncologienetwerk Voorbeeldland")


def test_every_sheet_is_set_up_for_print() -> None:
    item = with_explanation(dossier(), "N1.1", "lang " * 400)
    for sheet in opened(item):
        assert sheet.page_setup.paperSize == (
            8 if sheet.title == "Volumes" else 9
        )  # A3 for its many columns, else A4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert sheet.page_setup.orientation in ("landscape", "portrait", None)
        if sheet.title not in ("Oplegger", "Overzicht", "Toelichting"):
            assert sheet.freeze_panes
            assert sheet.print_title_rows == (None if sheet.title == "Volumes" else "$4:$4")
    cover = opened(item)["Oplegger"]
    assert (cover.page_setup.fitToWidth, cover.page_setup.fitToHeight) in ((1, 1), (None, None))
    assert not cover.sheet_view.showGridLines


def test_charts_say_in_words_what_they_show() -> None:
    with ZipFile(BytesIO(board_workbook(dossier(), NL))) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if "drawings/drawing" in name]
        charts = [name for name in package.namelist() if "charts/chart" in name]
    assert len(charts) == 2
    assert "Governance en visie: voldoet 4, kan nog 0, rest 0" in drawings[0]
    assert "St. Alba, rectumresectie: 17, norm 20" in drawings[1]


def test_the_bars_share_one_scale_and_keep_their_patterns() -> None:
    with ZipFile(BytesIO(board_workbook(dossier(), NL))) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert 'prst="wdUpDiag"' in chart
    assert '<c:max val="4"/>' in chart
    assert '<c:min val="0"/>' in chart


# --- text stays text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [HOSTILE, "=HYPERLINK(A1)", "@SUM(A1)", "+31 6", "regel\n" * 40, "é" * 10_000])
def test_what_the_network_typed_arrives_as_text(typed: str) -> None:
    book = opened(with_explanation(dossier(), "N1.1", typed))
    found = [cell for cell in cells(book) if cell.value == typed]
    assert [cell.data_type for cell in found] == ["s"]


def test_user_text_elsewhere_is_text_too() -> None:
    item = dossier(draft=False)
    hostile = rows("bottlenecks", {"description": "=2+2", "owner": "=cmd()", "request": HOSTILE})
    registers = tuple(hostile if entry.register == hostile.register else entry for entry in item.evidence.registers)
    network = replace(item.evidence.network, name="=A1&B1", region="https://example.org")
    book = opened(replace(item, evidence=replace(item.evidence, registers=registers, network=network)))
    links = {cell.value for sheet in book for line in sheet.iter_rows() for cell in line if cell.hyperlink}
    assert not {value for value in links if "http" in str(value)}
    ours = re.compile(r"^=(IF\(|COUNTIFS\(|'[^']+'!\$?[A-Z]+\$?\d+(-'[^']+'!\$?[A-Z]+\$?\d+)?$)")
    formulas = [cell.value for cell in cells(book) if cell.data_type == "f"]
    assert formulas
    assert [text for text in formulas if not ours.match(text)] == []
    assert "=2+2" in [cell.value for cell in cells(book) if cell.data_type == "s"]


def test_a_text_longer_than_a_cell_is_cut_not_lost() -> None:
    book = opened(with_explanation(dossier(), "N1.1", "w" * 40_000))
    longest = max((str(cell.value) for cell in cells(book)), key=len)
    assert len(longest) == LONGEST_CELL
    assert longest.endswith(" …")


def test_half_characters_and_control_characters_leave_a_file_that_opens() -> None:
    item = with_explanation(dossier(), "N1.1", "een \x01 teken, een \ud800 half en een \uffff verboden teken")
    members = rows("members", {"id": "stalba", "name": "St.\x07 Alba\ud83d"}, {"id": "dewaard", "name": "De Waard"})
    registers = tuple(members if entry.register == "members" else entry for entry in item.evidence.registers)
    network = replace(item.evidence.network, name="7 Bergen \x02\udfff & co " * 2_000)
    item = replace(item, evidence=replace(item.evidence, network=network, registers=registers))
    with ZipFile(BytesIO(board_workbook(item, NL))) as package:
        for name in package.namelist():
            ET.fromstring(package.read(name))
    text = all_text(opened(item))
    assert "een \ufffd teken, een \ufffd half en een \ufffd verboden teken" in text
    assert "St.\ufffd Alba\ufffd" in text


@pytest.mark.parametrize("letters", ["w", "😀", "w😀"])
def test_a_cell_counts_in_the_units_of_a_spreadsheet(letters: str) -> None:
    whole = letters * (LONGEST_CELL // len(letters.encode("utf-16-le")) * 2)
    assert fitted(whole) == whole
    cut = fitted(whole * 2)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert cut.endswith(" …")
    assert cut.removesuffix(" …") == (whole * 2)[: len(cut) - 2]


def test_a_long_network_name_fits_the_printed_header() -> None:
    item = dossier(nature=DataNature.PUBLIC_EXERCISE)
    network = replace(item.evidence.network, name="Netwerk & partners " * 20)
    book = opened(replace(item, evidence=replace(item.evidence, network=network)))
    assert "Oefening op openbare teksten" in book["Volumes"].oddHeader.right.text


def test_no_cell_shows_codes_of_the_program() -> None:
    book = opened(dossier())
    del book["Gegevens"]
    text = all_text(book)
    assert not re.search(r"Verdict\.|Reason\.|\bNone\b|partly_met|not_met", text)


# --- indicators, volumes, programme, data -------------------------------------------------------------------


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    book = opened(dossier(), values=True)
    targets = dict(zip(column_of(book, "Indicatoren", "Id"), column_of(book, "Indicatoren", "Doel"), strict=True))
    values = dict(zip(column_of(book, "Indicatoren", "Id"), column_of(book, "Indicatoren", "Waarde"), strict=True))
    assert (targets["N1.1"], targets["N3.7"], targets["N1.2"]) == (0.85, 2, "–")
    assert values["N1.5"] == day(2024, 3, 1)
    assert (values["N1.1"], values["N3.7"], values["N1.2"], values["N5.2"]) == ("4 van 4", 3, "ja", "–")
    assert column_of(book, "Volumes", "Aantal")[:2] == [31, 31]


def test_indicators_are_a_table_with_a_dropdown_and_links() -> None:
    sheet = opened(dossier())["Indicatoren"]
    assert list(sheet.tables) == ["Indicatoren"]
    assert sheet.tables["Indicatoren"].ref == "A4:T28"
    validation = sheet.data_validations.dataValidation[0]
    assert validation.formula1 == (
        '"voldoet,voldoet gedeeltelijk,voldoet niet,niet te beoordelen,eigen aanpak,n.v.t.,informatief"'
    )
    assert sheet["B5"].hyperlink.location == "'Standaarden'!A5"
    assert len(sheet.conditional_formatting) == 1


def test_an_indicator_tells_its_documents_cells_basis_and_path() -> None:
    sheet = opened(dossier())["Indicatoren"]
    row = next(line for line in sheet.iter_rows(min_row=FIRST_ROW, values_only=True) if line[0] == "N4.1")
    found = dict(zip(INDICATOR_COLUMNS, row, strict=True))
    assert found["documents"] == "D1 Samenwerkingsovereenkomst 2023"
    assert found["cells"] == "Indicatoren!K9, K10"
    assert found["basis"] == "voorstel: SONCOS, aangehaald"
    assert found["note"] == "op groeipad; einddoel 100\u00a0%"


def test_an_own_approach_shows_what_happens_instead_and_the_computed_verdict() -> None:
    text = all_text(opened(dossier()))
    assert "Eigen aanpak: Een verwijsverpleegkundige in plaats van overeenkomsten" in text
    assert "zonder eigen aanpak: voldoet niet" in text


def test_volumes_stand_beside_every_norm_and_only_norms_in_force_judge() -> None:
    sheet = opened(dossier(), values=True)["Volumes"]
    found = [line[:11] for line in sheet.iter_rows(min_row=FIRST_ROW, max_row=12, values_only=True)]
    alba = [line[3:] for line in found if line[0] == "St. Alba"]
    means = "locatie, gemiddeld over 3 jaar"
    assert alba == [
        (17, 20, "locatie", "geldt", 17, "–", "■", "onder de norm"),
        (17, 50, means, "aangekondigd", 17 / 3, "gemiddeld over 2023-2025", "i", "nog niet te zeggen"),
        (17, 100, "instelling", "voorgenomen", 17, "–", "i", "zou niet voldoen"),
    ]
    assert [line[10] for line in found if line[0] == "noord"] == ["geen getal aangeleverd"]


def test_where_a_treatment_is_not_performed_stands_in_one_line_under_the_table() -> None:
    book = opened(dossier(), values=True)
    lines_found = [[value for value in line if value is not None] for line in book["Volumes"].values]
    assert "overmaas" not in [line[0] for line in lines_found[:15] if line[:1] == ["overmaas"]]
    at = lines_found.index(["Hier niet uitgevoerd, volgens het netwerk"])
    assert lines_found[at + 1] == ["rectumresectie", "2025", "overmaas"]


def test_every_norm_stands_once_with_its_source() -> None:
    lines_found = [[value for value in line if value is not None] for line in opened(dossier())["Volumes"].values]
    norms = lines_found[lines_found.index(["De normen en hun bron"]) + 2 :]
    assert [line[1] for line in norms] == [
        "20 per locatie",
        "50 per locatie, gemiddeld over 3 jaar",
        "100 per instelling",
    ]
    assert {line[2] for line in norms} == {"voorstel: SONCOS, aangehaald [S4]"}


def test_a_network_without_volumes_says_so() -> None:
    assert "Dit netwerk leverde geen volumes aan." in all_text(opened(dossier({**ALL_WELL, "N3.2": UNKNOWN})))


def test_the_programme_proposes_leaves_room_and_lists_what_runs() -> None:
    sheet = opened(dossier(), values=True)["Verbeterprogramma"]
    lines_found = list(sheet.iter_rows(min_row=FIRST_ROW, values_only=True))
    proposed = {line[0]: line for line in lines_found if line[0] and str(line[0]).startswith("N")}
    assert proposed["N4.7"][4:] == (
        "voldoet niet",
        "Regel shared-care-afspraken met alle deelnemers.",
        40,
        None,
        None,
    )
    assert proposed["N5.2"][5] == "Lever het bewijs aan: Is overzicht van studies geregeld?"
    assert "N4.8" not in proposed
    running = next(line for line in lines_found if line[0] == "V1")
    assert "Vijf afspraken opstellen" in running
    assert day(2026, 10, 1) in running


AS_WORDS: list[tuple[Value, str]] = [
    (True, "ja"),
    (False, "nee"),
    (1200, "1.200"),
    ("open", "open nl"),
    ("stalba", "St. Alba"),
    (DateSpan.of_year(2026), "2026"),
    ((DateSpan.of_day(date(2026, 10, 1)),), "1-10-2026"),
    (Said.NOT_APPLICABLE, "n.v.t."),
    (Said.NO_SOURCE, "geen bestaande bron"),
    (Unreadable(text="#REF!"), "#REF!"),
    (("stalba", "dewaard"), "St. Alba; De Waard"),
    ((DocumentReference(document="D1", page="p. 12"), DocumentReference(document="D2")), "D1 p. 12; D2"),
]


def test_register_cells_read_as_words() -> None:
    item = dossier()
    actions = rows("actions", *({"id": f"V{number}", "state": value} for number, (value, _) in enumerate(AS_WORDS)))
    others = tuple(entry for entry in item.evidence.registers if entry.register != "actions")
    changed = replace(item, evidence=replace(item.evidence, registers=(*others, actions)))
    read = column_of(opened(changed), "Verbeterprogramma", "Gereed")
    assert read[-len(AS_WORDS) :] == [said for _, said in AS_WORDS]


def test_the_data_are_one_row_a_result_with_codes_and_raw_numbers() -> None:
    sheet = opened(dossier(), values=True)["Gegevens"]
    header = [cell.value for cell in sheet[4]]
    found = [dict(zip(header, line, strict=True)) for line in sheet.iter_rows(min_row=FIRST_ROW, values_only=True)]
    assert [item["indicator"] for item in found] == list(MIXED)
    first = found[0]
    assert (first["verdict"], first["numerator"], first["denominator"], first["target"]) == ("met", 4, 4, 0.85)
    assert (first["open"], first["reference_date"]) == (True, day(2025, 12, 31))


def test_the_guide_names_norms_files_and_versions() -> None:
    text = all_text(opened(dossier()))
    assert "voorbeeldland.xlsx, controlecode " + "ab" * 32 in text
    assert "normtool 0.1" in text
    assert "Alleen de titels van de standaarden zijn gepubliceerd" in text


def test_nothing_adds_up_over_the_standards() -> None:
    for cell in cells(opened(dossier())):
        assert not (cell.data_type == "f" and "SUM" in cell.value)


def test_the_cover_of_a_mostly_unknown_network_says_how_much_is_known() -> None:
    text = all_text(opened(dossier(NEARLY_UNKNOWN, cycle=1), values=True))
    assert "nog niet te beoordelen: 1 van 3 kernindicatoren bekend" in text
    assert "Wat openbare teksten" not in text


def test_long_texts_make_high_rows_but_not_endless_ones() -> None:
    assert lines("", 10) == 1
    assert lines("woord " * 40, 30) > lines("woord " * 40, 60) > 1
    sheet = opened(with_explanation(dossier(), "N1.1", "lang " * 2000))["Indicatoren"]
    assert sheet.row_dimensions[FIRST_ROW].height < 130


# --- circles ------------------------------------------------------------------------------------------------

DIGEST = "cd" * 32


def masked_dossier() -> Dossier:
    """A board's part in which the numbers of one indicator are withheld."""
    part = for_board(dossier())
    results = {result.id: result for result in part.assessment.indicators}
    results["N6.4"] = replace(results["N6.4"], value=None, interval=None, is_masked=True)
    return with_results(part, results)


def test_a_withheld_number_is_said_to_be_withheld_and_its_verdict_stays() -> None:
    book = opened(masked_dossier(), values=True)
    told = {line[0]: dict(zip(INDICATOR_COLUMNS, line, strict=True)) for line in book["Indicatoren"].values}
    assert (told["N6.4"]["value"], told["N6.4"]["verdict"]) == ("afgeschermd", "voldoet")
    header, *lines_found = list(book["Gegevens"].values)[3:]
    data = {line[1]: dict(zip(header, line, strict=True)) for line in lines_found}
    assert [data["N6.4"][key] for key in ("masked", "numerator", "denominator")] == [True, None, None]
    assert [data["N1.1"][key] for key in ("masked", "numerator", "denominator")] == [False, 4, 4]
    assert "Aantallen patiënten onder 10 (behalve 0) staan er niet in" in all_text(book)


def test_every_sheet_says_for_which_circle_it_is() -> None:
    for item, circle in (
        (for_board(dossier()), "bestuur"),
        (dossier(), "toetsteam"),
        (for_member(), "bestuur van St. Alba"),
    ):
        for sheet in opened(item):
            top = " ".join(str(cell.value) for line in sheet.iter_rows(max_row=2) for cell in line if cell.value)
            assert f"bestemd voor: {circle}" in top, sheet.title
            assert sheet.title == "Oplegger" or f"bestemd voor: {circle}" in sheet.oddHeader.left.text


def test_a_property_tells_of_which_dossier_it_was_made() -> None:
    with ZipFile(BytesIO(board_workbook(for_board(dossier()), NL))) as package:
        origin = parse_origin(re.sub(r"<[^>]+>", "\n", package.read("docProps/custom.xml").decode()))
    assert origin is not None
    assert (origin.digest, origin.circle, origin.language, origin.program) == (DIGEST, Circle.BOARD, "nl", "0.1")


def test_one_member_sees_its_own_rows_beside_the_network_and_no_other_hospital() -> None:
    item = for_member()
    sheet = opened(item, values=True)["Uw ziekenhuis"]
    header, *lines_found = list(sheet.values)[3:]
    rows_found = [dict(zip((*header[:5], "row", "own_mark", *header[7:]), line, strict=True)) for line in lines_found]
    found = {(line["Id"], line["row"]): line for line in rows_found}
    exchange = found["N6.1", "het hele ziekenhuis"]
    assert (exchange["Oordeel over het netwerk"], exchange["Bij u"]) == ("voldoet gedeeltelijk", "niet geregeld")
    assert exchange["Uitkomst van het netwerk"] == "3 van 4"
    volume = next(
        line for (indicator, _), line in found.items() if indicator == "N3.2" and line["Getal bij u"] != "–"
    )
    assert "de norm is" in volume["Getal bij u"]
    assert volume["Bij u"] == "onder de norm"
    words = {line["Bij u"] for line in rows_found}
    assert words.isdisjoint(NL.say(f"verdicts.{verdict.value}") for verdict in Verdict)
    with ZipFile(BytesIO(board_workbook(item, NL))) as package:
        everything = "\n".join(package.read(name).decode() for name in package.namelist())
    assert [
        name for name in ("UMC Voorbeeld", "De Waard", "Meerlanden", ">umc<", ">dewaard<") if name in everything
    ] == []
    assert "St. Alba" in everything


def test_a_member_of_which_nothing_was_filled_in_reads_so() -> None:
    item = dossier()
    part = for_board(item, "dewaard")
    results = {result.id: replace(result, rows=()) for result in part.assessment.indicators}
    assert "Over dit ziekenhuis zijn geen rijen ingevuld." in all_text(opened(with_results(part, results)))


def test_the_contents_list_the_sheets_that_are_there() -> None:
    for item in (dossier(), for_member()):
        book = opened(item)
        listed = [line[0].value for line in book["Overzicht"].iter_rows(min_row=FIRST_ROW) if line[0].hyperlink]
        assert listed == book.sheetnames


# --- house style --------------------------------------------------------------------------------------------


def picture(width: int, height: int) -> str:
    """A white picture as PNG, in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows_of = compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    return b64encode(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows_of) + chunk(b"IEND", b"")).decode()


def test_a_house_style_gives_logo_footer_and_organisation() -> None:
    logo = Logo(
        media_type="image/png", data=picture(200, 80), width=200, height=80, alternative="Logo van het netwerk"
    )
    style = HouseStyle(organisation="Stichting Voorbeeld", footer="Vragen? Bel het bureau & zeg hallo", logo=logo)
    item = replace(dossier(), house_style=style)
    book = opened(item)
    assert book.properties.title.startswith("Oncologienetwerk Voorbeeldland")
    assert "Vragen? Bel het bureau && zeg hallo · netwerknormering" in book["Volumes"].oddFooter.left.text
    with ZipFile(BytesIO(board_workbook(item, NL))) as package:
        assert b64decode(logo.data) == package.read("xl/media/image1.png")
        drawing = package.read("xl/drawings/drawing1.xml").decode()
        assert "Stichting Voorbeeld" in package.read("docProps/app.xml").decode()
    assert 'descr="Logo van het netwerk"' in drawing
    assert book["Oplegger"].row_dimensions[1].height > 40
    assert board_workbook(item, NL) == board_workbook(item, NL)


def test_a_house_style_colours_what_is_accent_and_no_verdict() -> None:
    plain, own = dossier(), replace(dossier(), house_style=HouseStyle(accent="#7A1F5C"))
    with ZipFile(BytesIO(board_workbook(own, NL))) as package:
        drawn = package.read("xl/charts/chart1.xml").decode() + package.read("xl/styles.xml").decode()
    assert "7A1F5C" in drawn
    assert "1F4E8C" not in drawn
    colours = [opened(item)["Oplegger"]["A6"].font.color.rgb for item in (plain, own, plain)]
    assert colours == ["FF1F4E8C", "FF7A1F5C", "FF1F4E8C"]
    for fill in ("DDEEEB", "8E1B32", "7A4B00"):
        assert fill in drawn
