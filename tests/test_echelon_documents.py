"""Echelons as readers see them: picture, legend, borders, questions, what is asked; the sheet; the account."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from normtool.core.dossier import Dossier
from normtool.core.scoring import assess
from normtool.core.standards import Framework, NormStanding
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_echelons import EchelonCell, EchelonRow, echelon_listing, echelon_matrix, head_lines
from normtool.documents.pages import printed_page, report_html
from normtool.documents.views_context import open_context
from normtool.documents.views_echelons import EchelonsView, echelons_view
from normtool.telling.explaining import explain_verdict
from normtool.texts import Words
from tests.board_reading import opened
from tests.conftest import built_in
from tests.core.tables import read
from tests.fictional_norms import border, with_borders

NL, EN = Words("nl"), Words("en")
ODD = "Meerlanden noemt zich voor long echelon 1; naar het aantal van 2025 (30) is het 2. Wat klopt?"
CARE = "\n## Zorgaanbod\n| Locatie | Groep | Behandelt | Echelon |\n"
SVG = "{http://www.w3.org/2000/svg}"
PAGE = """
## Deelnemers
| Id | Naam          | Soort      |
| Z1 | UMC Voorbeeld | ziekenhuis |
| Z2 | De Waard      | ziekenhuis |
| Z3 | Meerlanden    | ziekenhuis |

## Zorgaanbod
| Locatie | Groep | Behandelt | Echelon | MDO-route | Toelichting |
| Z1 | Long  | ja  | 1 | | |
| Z2 | Long  | ja  | 2 | volledig | |
| Z3 | Long  | ja  | 1 | | Fusie in 2026 |
| Z1 | Huid  | ja  | 1 | | |
| Z2 | Huid  | nee | 2 | | |
| Z3 | Huid  | nee | 3 | | |
| Z1 | Oog   | nee | | | |
| Z2 | Oog   | nee | | | |
| Z3 | Oog   | nee | | | |
| Z1 | Borst | ja  | 1 | | |
| Z2 | Borst | ja  |   | | |
| Z3 | Borst | ja  | 2 | nee | |

## Afspraken
| Dit overzicht is volledig | ja |
| Id | Soort | Partijen | Groepen | Datum | Toetsbaar | Documenten |
| A1 | shared care | Z1; Z2 | Long | 2025-01-01 | ja | D1 |

## Documenten
| Id | Titel | Datum |
| D1 | Afspraken | 2025-01-01 |

## Volumes
| Locatie | Behandeling | Jaar | Aantal | Stand |
| Z1 | Systeemtherapie long | 2025 | 214 | definitief |
| Z2 | Systeemtherapie long | 2025 | 40 | definitief |
| Z3 | Systeemtherapie long | 2025 | 30 | definitief |
| Z2 | Systeemtherapie borst | 2025 | 12 | definitief |
| Z3 | Systeemtherapie borst | 2025 | 60 | definitief |
"""


def dossier(framework: Framework | None = None, page: str = PAGE) -> Dossier:
    """The dossier of this form."""
    norms = framework or fictional()
    evidence, said = read(page, framework=norms)
    assessment, questions = assess(norms, evidence)
    return Dossier(framework=norms, evidence=evidence, assessment=assessment, diagnostics=(*said, *questions))


@cache
def fictional() -> Framework:
    """Lung has both borders, and one announced; the other groups have the generic minimum alone."""
    framework = with_borders(built_in(), specific={"lung": 50}, generic=20)
    later = replace(border("later", 300, "location", "lung"), standing=NormStanding.ANNOUNCED)
    return replace(framework, volume_norms=(*framework.volume_norms, later))


def view(item: Dossier | None = None, words: Words = NL) -> EchelonsView:
    """The section of the report."""
    found = echelons_view(open_context(item or dossier(), words))
    assert found is not None
    return found


def texts(picture: str) -> list[str]:
    """Every text that stands in a picture."""
    return [item.text or "" for item in ET.fromstring(picture).iter(f"{SVG}text")]


# --- the section ---------------------------------------------------------------------------------------------------


def test_the_matrix_shows_the_computed_level_and_the_stated_one_where_they_differ() -> None:
    (picture,) = view().figure.pictures
    assert texts(str(picture)) == [
        *("UMC Voorbeeld", "De Waard", "Meerlanden"),
        *("Huid", "opgave", "1", "–", "opgave 2", "opgave", "3"),
        *("Long", "1", "2", "2", "opgave: 1"),
        *("Borst", "opgave", "1", "3", "opgave", "2"),
    ]


def test_the_picture_says_in_words_what_it_shows() -> None:
    root = ET.fromstring(str(view().figure.pictures[0]))
    title, desc = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert title is not None
    assert desc is not None
    assert "Long: UMC Voorbeeld 1, De Waard 2, Meerlanden 2 opgave: 1" in (desc.text or "")
    assert (title.text or "").startswith("Echelon per tumorgroep en locatie.")


def test_the_table_says_the_same_and_why_a_level_is_open() -> None:
    table = view().figure.table
    rows = {row[:2]: row[2:] for row in table.rows}
    assert rows["Long", "UMC Voorbeeld"] == ("214", "2025", "1", "1", "2", "–")
    assert rows["Long", "Meerlanden"] == ("30", "2025", "2", "1", "2", "–")
    assert rows["Borst", "Meerlanden"] == (
        "60",
        "2025",
        "1 of 2",
        "2",
        "–",
        "de grens tussen 1 en 2 is niet gepubliceerd",
    )
    assert rows["Borst", "UMC Voorbeeld"] == ("–", "–", "niet te bepalen", "1", "–", "geen aantal ingevuld")
    assert rows["Huid", "De Waard"] == ("–", "–", "geen zorg", "2", "–", "–")


def test_the_lead_counts_what_is_known_and_what_differs() -> None:
    assert view().lead.startswith(
        "Bij 4 van de 7 combinaties van locatie en tumorgroep is het echelon naar volume bekend."
    )
    assert view().lead.endswith(
        "Niet alle grenzen tussen de echelons zijn gepubliceerd. De gearceerde vakken tonen wat locaties zelf "
        "opgeven: 2 keer echelon 1 en 1 keer echelon 2. Bij 1 wijkt de opgave af."
    )
    assert view(dossier(built_in())).lead.startswith("Van geen van de 7 combinaties")
    assert view(dossier(built_in())).lead.endswith("2 keer echelon 2 en 1 keer niets.")
    only = with_borders(built_in(), specific={"lung": 50}, generic=20)
    care = "## Zorgaanbod\n| Locatie | Groep | Behandelt | Echelon |\n| Z1 | Long | ja | 1 |\n"
    members = "## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |\n"
    volumes = "## Volumes\n| Locatie | Behandeling | Jaar | Aantal |\n| Z1 | Systeemtherapie long | 2025 | 60 |\n"
    others = (
        "## Tumortypenetwerken\n| Dit overzicht is volledig | ja |\n| Groep | Stand |\n| Long | eigen netwerk |\n"
    )
    assert view(dossier(only, members + care + volumes + others)).lead == (
        "Bij de enige combinatie van locatie en tumorgroep is het echelon naar volume bekend."
    )


def test_notes_name_groups_that_nobody_treats_and_what_coming_borders_would_do() -> None:
    note = view().figure.note
    assert "Nergens in het netwerk behandeld: oog." in note
    assert "Nog niets ingevuld: bot en weke delen, " in note
    assert "Met de grenzen die nog niet gelden: UMC Voorbeeld bij long echelon 2. Dat telt niet mee." in note


def test_questions_come_with_what_the_network_says_of_them() -> None:
    assert view().questions == (
        "De Waard noemt zich voor huid echelon 2, maar behandelt deze groep niet. Wat klopt?",
        f"{ODD} Toelichting van het netwerk: Fusie in 2026",
    )


def test_a_level_that_is_only_ruled_out_and_a_group_without_a_first_are_questions_too() -> None:
    norms = with_borders(built_in(), specific={"lung": 50})
    page = PAGE.replace("| Z1 | Long  | ja  | 1 |", "| Z1 | Long  | ja  | 3 |").replace("Fusie in 2026", "")
    asked = view(dossier(norms, page)).questions
    assert (
        "UMC Voorbeeld noemt zich voor long echelon 3; naar het aantal van 2025 (214) is het 1. Wat klopt?" in asked
    )
    assert (
        "Meerlanden noemt zich voor long echelon 1; naar het aantal van 2025 (30) is het 2 of 3. Wat klopt?" in asked
    )
    page = PAGE.replace("| Z1 | Borst | ja  | 1 |", "| Z1 | Borst | nee |   |").replace(
        "Borst | ja  |   ", "Borst | ja  | 3 "
    )
    assert view(dossier(None, page)).questions[-1] == (
        "Voor borst is er een echelon 2, maar geen echelon 1. Met welk centrum wordt samengewerkt?"
    )


def test_of_many_questions_a_few_are_told_and_the_rest_is_counted() -> None:
    groups = ("Huid", "Oog", "Borst", "Long", "Hersenen", "Hoofd-hals", "Urologisch", "Gynaecologisch")
    lines = "".join(f"| Z1 | {group} | nee | 1 |\n" for group in groups)
    page = f"## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |{CARE}{lines}"
    found = view(dossier(None, page)).questions
    assert len(found) == 7
    assert found[-1] == "Nog 2 vragen staan in de lijst met vragen."


def test_the_borders_stand_with_number_unit_standing_dates_and_source() -> None:
    rows = [(item.between, item.groups, item.number, item.standing) for item in view().borders]
    day = "1\u00a0januari\u00a02025"
    assert rows == [
        ("tussen 1 en 2", "Long", "50 per jaar per locatie", f"geldt, vanaf {day}"),
        (
            "tussen 1 en 2",
            "Long",
            "300 per jaar per locatie",
            f"aangekondigd, telt nog niet mee, gepland vanaf {day}",
        ),
        ("tussen 1 en 2", "Huid, Borst", "niet gepubliceerd", ""),
        ("tussen 2 en 3", "alle tumorgroepen", "20 per jaar per locatie", f"geldt, vanaf {day}"),
    ]
    assert view().borders[0].source == "Verzonnen voor een test."
    assert view().borders[2].source.startswith("De indeling in drie echelons komt uit S4")


def test_the_built_in_borders_are_said_to_be_unpublished_with_the_source() -> None:
    found = view(dossier(built_in())).borders
    assert [(item.number, item.standing[:11]) for item in found] == [
        ("100 per jaar per instelling", "voorgenomen"),
        ("niet gepubliceerd", ""),
        ("niet gepubliceerd", ""),
    ]
    assert "IZA, 100 per jaar per ziekenhuis" in found[0].source


def test_a_border_over_several_years_says_so() -> None:
    norms = with_borders(built_in(), specific={"lung": 50}, generic=20)
    averaged = replace(norms.volume_norms[-1], years=3)
    found = view(dossier(replace(norms, volume_norms=(*norms.volume_norms[:-1], averaged)))).borders
    assert found[0].number == "50 per jaar per locatie, gemiddeld over 3 jaar"


def test_what_a_level_does_refers_gets_and_is_asked() -> None:
    first, second, third = view().levels
    assert (first.name, third.name) == ("1 volledig aanbod", "3 geen systeemtherapie")
    assert second.cells[1][0] == "Naar echelon 1 voor verdere diagnostiek en behandeling."
    assert len(second.cells[3]) == 2
    assert third.cells[3] == ()


def test_the_source_of_the_levels_is_written_out() -> None:
    assert view().source.startswith("Bron: Presentatie ‘Samen verder’, Oncologienetwerken Nederland")


def test_per_echelon_2_it_is_told_whether_what_is_asked_is_there() -> None:
    (asked,) = view().asked
    assert asked.head[1:] == ("N4.4 Volledig bijwonen door echelon 2", "N4.7 Shared-care-afspraken")
    rows = {(row[0], row[1]): [(cell.verdict.code, cell.reason) for cell in row[2]] for row in asked.rows}
    assert rows["De Waard", "Long"] == [("met", ""), ("met", "")]
    assert rows["Meerlanden", "Long"][0] == ("unknown", "de opgave is echelon 1")
    assert rows["Meerlanden", "Borst"] == [("not_met", ""), ("not_met", "geen afspraak die dit dekt")]
    assert asked.summary == "Bij 1 van de 3 combinaties met echelon 2 is alles geregeld."
    assert asked.notes == ("N4.4 wordt gevraagd vanaf ronde 2; dit oordeel telt nog niet mee.",)


def test_a_computed_level_that_was_not_stated_was_not_asked() -> None:
    page = PAGE.replace("| Z2 | Long  | ja  | 2 |", "| Z2 | Long  | ja  |   |")
    rows = view(dossier(None, page)).asked[0].rows
    assert rows[0][2][0].reason == "er is geen echelon opgegeven"


def test_nobody_at_echelon_2_is_asked_nothing() -> None:
    page = f"## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |{CARE}| Z1 | Long | ja | 1 |\n"
    assert view(dossier(None, page)).asked == ()


def test_there_is_no_section_without_echelons_or_anything_said() -> None:
    silent = dossier(None, "## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |\n")
    assert echelons_view(open_context(silent, NL)) is None
    without = dossier(replace(built_in(), echelons=None))
    assert echelons_view(open_context(without, NL)) is None
    assert "Wie doet wat?" not in report_html(without, NL)


def test_echelons_of_interventions_are_called_so() -> None:
    norms = fictional()
    assert norms.echelons is not None
    other = replace(norms, echelons=replace(norms.echelons, category="intervention"))
    assert view(dossier(other)).heading == "Wie doet wat? Echelons voor ingrepen"


@pytest.mark.parametrize(("count", "pictures"), [(4, 1), (5, 1), (12, 3)])
def test_many_locations_are_split_over_pictures(count: int, pictures: int) -> None:
    members = "".join(f"| Z{at} | Ziekenhuis {at} | ziekenhuis |\n" for at in range(count))
    care = "".join(f"| Z{at} | Long | ja | 2 |\n" for at in range(count))
    page = f"## Deelnemers\n| Id | Naam | Soort |\n{members}{CARE}{care}"
    found = view(dossier(None, page))
    assert len(found.figure.pictures) == pictures
    keys = [key for picture in found.figure.pictures for key in re.findall(r'id="([^"]+)"', str(picture))]
    assert len(set(keys)) == len(keys)


def test_paper_lists_a_part_of_what_is_asked_and_the_screen_all() -> None:
    members = "".join(f"| Z{at} | Ziekenhuis {at} | ziekenhuis |\n" for at in range(33))
    care = "".join(f"| Z{at} | Long | ja | 2 |\n" for at in range(33))
    page = f"## Deelnemers\n| Id | Naam | Soort |\n{members}{CARE}{care}"
    item = dossier(None, page)
    more = "Nog 3 combinaties staan in de HTML-versie."
    paper, screen = printed_page(item, NL), report_html(item, NL)
    assert more in paper
    assert more not in screen
    assert [text.count('data-head="N4.4') for text in (paper, screen)] == [30, 33]


def test_the_section_is_in_english_too() -> None:
    found = view(words=EN)
    assert found.heading == "Who does what? Echelons for systemic therapy"
    assert "stated: 1" in texts(str(found.figure.pictures[0]))
    assert found.borders[0].number == "50 a year per location"


def test_a_lead_without_any_statement_says_so() -> None:
    page = f"## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |{CARE}| Z1 | Long | ja |  |\n"
    assert view(dossier(built_in(), page)).lead == (
        "Van de enige combinatie van locatie en tumorgroep is het echelon naar volume niet te bepalen. "
        "Niet alle grenzen tussen de echelons zijn gepubliceerd. Ook geven de locaties daar zelf geen echelon op."
    )


def test_of_nothing_arranged_it_is_said_in_words() -> None:
    page = PAGE.replace("| volledig |", "| nee |")
    assert view(dossier(None, page)).asked[0].summary == (
        "Bij geen van de 3 combinaties met echelon 2 is bekend dat alles is geregeld."
    )


def test_the_legend_shows_how_each_sign_is_filled() -> None:
    found = [(line.sign, line.look) for line in view().legend]
    assert found == [("1", "1"), ("2", "2"), ("3", "3"), ("opgave 2", "stated"), ("?", "open"), ("–", "none")]


def test_of_many_locations_paper_has_a_dense_listing_and_the_screen_the_matrices() -> None:
    members = "".join(f"| Z{at} | Ziekenhuis {at} | ziekenhuis |\n" for at in range(70))
    care = "".join(f"| Z{at} | Long | ja | 2 |\n| Z{at} | Huid | nee | 2 |\n" for at in range(70))
    page = f"## Deelnemers\n| Id | Naam | Soort |\n{members}{CARE}{care}"
    item = dossier(built_in(), page)
    figure = view(item).figure
    assert (len(figure.pictures), len(figure.on_paper)) == (14, 2)
    listed = texts(str(figure.on_paper[0]))
    assert listed[:2] == ["Huid", "Long"]
    assert listed[2:5] == ["Ziekenhuis 0", "– (2)", "(2)"]
    assert "Ziekenhuis 69: Huid – opgave 2, Long opgave 2" in str(figure.on_paper[1])
    brief = "Op papier staat tussen haakjes wat de locatie zelf opgeeft"
    paper, screen = printed_page(item, NL), report_html(item, NL)
    assert (brief in paper, brief in screen) == (True, False)
    assert (paper.count('class="chart echelons"'), screen.count('class="chart echelons"')) == (0, 14)


def test_two_locations_of_one_name_are_told_apart() -> None:
    page = PAGE.replace("De Waard     ", "Meerlanden   ")
    assert texts(str(view(dossier(None, page)).figure.pictures[0]))[1:3] == [
        "Meerlanden (Z2)",
        "Meerlanden (Z3)",
    ]


# --- the picture ---------------------------------------------------------------------------------------------------


def test_every_level_looks_different_without_colour() -> None:
    cells = tuple(EchelonCell(level=level, text=level) for level in ("1", "2", "3", "?", "–"))
    rows = tuple(EchelonRow(name="Long", cells=(cell,)) for cell in cells)
    drawn = [
        re.sub(r">[^<]*</text>", "", echelon_matrix(("A",), (row,), Caption(title="t"))).replace("#", "")
        for row in rows
    ]
    assert len(set(drawn)) == len(drawn)
    assert "stroke-dasharray" in drawn[3]  # what is not known is hatched, with a broken edge
    assert all("stroke-dasharray" not in other for other in drawn[:3])


def test_a_stated_level_is_recognised_under_the_hatch() -> None:
    cells = [EchelonCell(level="?", text=f"opgave {level}", stated=level) for level in ("1", "2", "3")]
    drawn = [echelon_matrix(("A",), (EchelonRow(name="Long", cells=(cell,)),), Caption(title="t")) for cell in cells]
    fills = [re.findall(r'class="f-(accent-soft|accent-faint)"', picture) for picture in drawn]
    assert fills == [["accent-soft"], ["accent-faint"], []]
    assert all('font-size="10" font-weight="600"' in picture for picture in drawn)


def test_heads_keep_what_tells_locations_apart() -> None:
    assert head_lines(("Buienburg Ziekenhuis, locatie Noord", "Buienburg Ziekenhuis, locatie Zuid")) == [
        ("Buienburg", "Ziekenhuis,", "locatie Noord"),
        ("Buienburg", "Ziekenhuis,", "locatie Zuid"),
    ]
    north, south = head_lines(
        (
            "Streekziekenhuis van de Wijde Wolkenlanden, locatie Noord",
            "Streekziekenhuis van de Wijde Wolkenlanden, locatie Zuid",
        )
    )
    assert (north[-1], south[-1]) == ("locatie Noord", "locatie Zuid")
    long = "Algemeen Christelijk Ziekenhuis van de Verenigde Provincies aan de"
    first, second = head_lines((f"{long} Oever", f"{long} Kade"))
    assert (first, second) == (("… Oever",), ("… Kade",))


def test_in_the_listing_a_long_name_keeps_its_location() -> None:
    name = "Streekziekenhuis van de Wijde Wolkenlanden en Omstreken, locatie Noord"
    row = EchelonRow(
        name=name, cells=(EchelonCell(level="1", text="1"), EchelonCell(level="?", text="(2)", stated="2"))
    )
    picture = echelon_listing(("Long", "Endocrien en neuro-endocrien"), (row,), Caption(title="t"))
    shown = texts(picture)
    assert shown[-3].startswith("Streekziekenhuis")
    assert shown[-3].endswith("… locatie Noord")
    assert shown[-2:] == ["1", "(2)"]
    assert shown[1:3] == ["Endocrien en", "neuro-endocrien"]


def test_hostile_and_long_names_stay_inside() -> None:
    name = '<b onload="x">& een heel lange naam van een ziekenhuis</b>'
    row = EchelonRow(name=name * 2, cells=(EchelonCell(level="?", text=name),))
    picture = echelon_matrix((name,), (row,), Caption(title=name, desc=name, key="k"))
    assert "<b onload" not in picture
    assert "…" in "".join(texts(picture))


# --- the sheet -----------------------------------------------------------------------------------------------------


def test_the_sheet_has_the_matrix_with_fills_the_questions_and_the_borders() -> None:
    book = opened(dossier())
    assert book.sheetnames[2:4] == ["Volumes", "Echelons"]
    assert "Echelons" in [cell.value for cell in book["Overzicht"]["A"]]
    sheet = book["Echelons"]
    assert [cell.value for cell in sheet[4]][:4] == ["Locatie", "Huid", "Long", "Borst"]
    assert [[cell.value for cell in line[:4]] for line in sheet.iter_rows(min_row=5, max_row=7)] == [
        ["UMC Voorbeeld", "opgave 1", "1", "opgave 1"],
        ["De Waard", "– opgave 2", "2", "3"],
        ["Meerlanden", "opgave 3", "2 opgave: 1", "opgave 2"],
    ]
    fills = [sheet.cell(line, 3).fill.fgColor.rgb for line in (5, 6)]
    assert fills == ["FF1F4E8C", "FFB9CCE4"]
    assert sheet.cell(7, 4).border.left.style == "dashed"
    told = [cell.value for line in sheet.iter_rows(min_row=8) for cell in line if cell.value]
    assert (
        "Meerlanden noemt zich voor long echelon 1; naar het aantal van 2025 (30) is het 2. Wat klopt? "
        "Toelichting van het netwerk: Fusie in 2026" in told
    )
    assert "50 per jaar per locatie" in told
    assert "Verzonnen voor een test." in told


def test_the_sheet_says_so_when_there_is_nothing_and_is_absent_without_echelons() -> None:
    silent = opened(dossier(None, "## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |\n"))["Echelons"]
    told = [cell.value for line in silent.iter_rows() for cell in line if cell.value]
    assert "Er zijn geen echelons of aantallen ingevuld." in told
    assert "Er zijn geen vragen over de echelons." in told
    book = opened(dossier(replace(built_in(), echelons=None)))
    assert "Echelons" not in book.sheetnames
    assert "Echelons" not in [cell.value for cell in book["Overzicht"]["A"]]


# --- the account ---------------------------------------------------------------------------------------------------


def told_by_explain(indicator: str, item: Dossier | None = None) -> str:
    """What explain says, on one line."""
    text = explain_verdict(item or dossier(), indicator, NL)
    assert max(map(len, text.splitlines())) <= 80
    return " ".join(text.split())


@pytest.mark.parametrize("indicator", ["N4.4", "N4.5", "N4.6", "N4.7"])
def test_explain_tells_number_levels_and_borders(indicator: str) -> None:
    text = told_by_explain(indicator)
    assert "Bij 4 van de 7 combinaties van locatie en tumorgroep is het echelon naar volume bekend." in text
    assert "Meerlanden, Long: 30 in 2025; naar volume 2; opgave 1" in text
    assert (
        "UMC Voorbeeld, Long: 214 in 2025; naar volume 1; opgave 1; met grenzen die nog niet gelden: echelon 2"
        in text
    )
    assert "Meerlanden, Borst: 60 in 2025; naar volume 1 of 2; de grens tussen 1 en 2 is niet gepubliceerd" in text
    assert "De Waard, Borst: 12 in 2025; naar volume 3; geen opgave" in text
    assert (
        "tussen 1 en 2, Long: 50 per jaar per locatie; geldt, vanaf 1 januari 2025. Verzonnen voor een test." in text
    )
    assert "tussen 1 en 2, Huid, Borst: niet gepubliceerd." in text


def test_explain_puts_what_asks_for_attention_first_and_counts_the_rest() -> None:
    members = "".join(f"| Z{at} | Ziekenhuis {at} | ziekenhuis |\n" for at in range(40))
    care = "".join(f"| Z{at} | Long | {'nee' if at == 39 else 'ja'} | 1 |\n" for at in range(40))
    page = f"## Deelnemers\n| Id | Naam | Soort |\n{members}{CARE}{care}"
    text = told_by_explain("N4.6", dossier(None, page))
    assert text.index("Ziekenhuis 39, Long: naar volume geen zorg; opgave 1") < text.index("Ziekenhuis 0, Long")
    assert "nog 16 combinaties" in text


def test_explain_says_nothing_of_echelons_elsewhere_or_without_any() -> None:
    assert "combinaties van locatie en tumorgroep hebben" not in told_by_explain("N3.2")
    silent = dossier(None, "## Deelnemers\n| Id | Soort |\n| Z1 | ziekenhuis |\n")
    assert "combinaties van locatie en tumorgroep hebben" not in told_by_explain("N4.6", silent)
