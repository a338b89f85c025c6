"""Volumes in the report: each norm beside the number it asks, its source and dates, and many hospitals on a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from normtool.core.dossier import Dossier
from normtool.core.scoring import assess
from normtool.core.standards import Framework, VolumeNorm
from normtool.documents.charts_volumes import VolumeRest, VolumeRow, group_height
from normtool.documents.views_context import Context, open_context
from normtool.documents.views_figure import Figure
from normtool.documents.views_volume_bands import MOST_VALUES, open_volumes, volume_group
from normtool.documents.views_volume_norms import norm_rows
from normtool.documents.views_volumes import volume_figure, volumes_lead, volumes_plans
from normtool.telling.volume_texts import mean_words
from normtool.texts import NO_BREAK, Words
from tests.conftest import built_in
from tests.core.judging import norms
from tests.core.tables import read
from tests.core.test_volumes import ACTIONS, GASTRECTOMY, MEMBERS, OESOPHAGUS, norm

INDICATOR = {"kind": "volume", "category": "intervention", "path": 1, "partly_from": 0.9}
HEAD = """
## Volumes
| Dit overzicht is volledig | ja |
| Locatie | Behandeling | Jaar | Aantal | Stand | Toelichting |
"""


def context(lines: str, *volume_norms: VolumeNorm, members: str = MEMBERS, language: str = "nl") -> Context:
    """A judged network with these volumes."""
    framework: Framework = norms(INDICATOR, volume_norms=volume_norms)
    evidence, _ = read(members + HEAD + lines, framework=framework)
    assessment, _ = assess(framework, evidence)
    return open_context(Dossier(framework=framework, evidence=evidence, assessment=assessment), Words(language))


def row(location: str, number: int, treatment: str = "Maagresectie", year: int = 2025, note: str = "") -> str:
    """A row of the sheet Volumes."""
    return f"| {location} | {treatment} | {year} | {number} | definitief | {note} |\n"


def figure(found: Context) -> Figure:
    """The figure of the one indicator."""
    shown = volume_figure(found, found.dossier.framework.indicators[0], found.dossier.assessment.indicators[0])
    assert shown is not None
    return shown


def drawn(found: Context, treatment: str = GASTRECTOMY) -> list[str]:
    """The lines of the picture of a treatment, band by band: norm, then number and name."""
    rows = [item for item in found.dossier.assessment.indicators[0].rows if item.number and item.key[1] == treatment]
    group = volume_group(open_volumes(found), treatment, rows)
    lines = []
    for band in group.bands:
        lines += [plain(" · ".join(filter(None, pair))) for pair in band.norms]
        lines += [said(item) for item in band.drawn]
    return lines


def plain(text: str) -> str:
    """A text with plain spaces."""
    return text.replace(NO_BREAK, " ")


def said(item: VolumeRow) -> str:
    """One line of the picture."""
    if isinstance(item, VolumeRest):
        return f"  {item.text}"
    state = f" {item.verdict.value}" if item.verdict else ""
    name = f"{item.name}, {item.detail}" if item.detail else item.name
    return f"  {'- ' if item.is_part else ''}{item.shown} {name}{state}"


def test_an_institution_is_drawn_as_the_sum_with_its_locations_below() -> None:
    found = context(row("L1", 9) + row("L2", 8) + row("Z2", 33), norm(20, "institution"))
    assert drawn(found) == [
        "20 per instelling",
        "  33 Beuken met",
        "  17 Alba, 2 locaties samen not_met",
        "  - 9 Noord",
        "  - 8 Zuid",
    ]
    texts = [line[4:] for line in figure(found).table.rows]
    assert ("20 per instelling", "2 locaties samen: 17", "onder de norm") in texts


def test_a_location_under_its_institution_does_not_repeat_its_name() -> None:
    members = MEMBERS.replace("| Noord ", "| Alba, locatie Noord ")
    found = context(row("L1", 9) + row("L2", 8), norm(20, "institution"), members=members)
    assert drawn(found)[2:] == ["  - 9 locatie Noord", "  - 8 Zuid"]


def test_a_mean_and_a_sum_of_treatments_say_so() -> None:
    lines = row("Z2", 9) + row("Z2", 12, year=2024) + row("Z2", 11, year=2023) + row("Z2", 30, "Slokdarmresectie")
    both = norm(40, treatments=(GASTRECTOMY, OESOPHAGUS))
    assert drawn(context(lines, norm(11, years=3), both)) == [
        "11 per locatie, gemiddeld over 3 jaar",
        "  10,7 Beuken, gemiddeld over 2023-2025 not_met",
        "  - 9 Beuken",
        "40 per locatie, maagresectie en slokdarmresectie samen",
        "  39 Beuken, 2 behandelingen samen not_met",
    ]


def test_norms_that_ask_the_same_number_share_a_band_and_show_source_and_standing() -> None:
    intended = [item for item in built_in().volume_norms if "lung-resection" in item.treatments]
    found = context(row("Z2", 55, "Longresectie"), *intended)
    assert drawn(found, "lung-resection") == [
        "50 per instelling · SONCOS v5, voorgenomen",
        "60 per instelling · IZA, voorgenomen",
        "  55 Beuken",
    ]
    assert figure(found).note == (
        "Longresectie: alle aantallen zouden voldoen aan 50 per instelling (SONCOS v5, voorgenomen); "
        "Beuken (55) zou niet voldoen aan 60 per instelling (IZA, voorgenomen)."
    )


def test_a_norm_that_does_not_hold_yet_says_from_when() -> None:
    later = norm(30, valid_from=date(2025, 7, 1))
    assert drawn(context(row("Z2", 25), norm(20), later)) == [
        "20 per locatie",
        "30 per locatie · geldt vanaf 1 juli 2025",
        "  25 Beuken met",
    ]


def test_an_open_sum_an_older_year_and_a_treatment_without_a_norm() -> None:
    lines = row("Z2", 25, year=2024) + row("L1", 5, "Leverresectie")
    found = context(lines, norm(20, years=3))
    assert drawn(found) == [
        "20 per locatie, gemiddeld over 3 jaar",
        "  8,3 Beuken, 2024, gemiddeld over 2022-2024 unknown",
        "  - 25 2024",
    ]
    assert drawn(found, "liver-resection") == ["geen norm", "  5 Noord"]


def test_the_lead_and_the_plans_name_what_is_below() -> None:
    found = context(row("L1", 19, note="Gaat naar Zuid.") + row("L2", 21) + row("Z2", 30), norm(20))
    pairs = [(found.dossier.framework.indicators[0], found.dossier.assessment.indicators[0])]
    assert volumes_lead(found, pairs).endswith("Eronder: maagresectie in Noord (19).")
    assert volumes_plans(found, pairs) == (
        "Maagresectie in Noord (19) blijft onder de norm van 20. Het netwerk schrijft: ‘Gaat naar Zuid’.",
    )
    acted = context(row("Z2", 19) + ACTIONS + "| V1 | N1.1 | Samenvoegen. | 1-7-2026 | open |", norm(20))
    plans = volumes_plans(acted, [(acted.dossier.framework.indicators[0], acted.dossier.assessment.indicators[0])])
    assert plain(plans[1]) == "Verbeteractie V1: Samenvoegen (gereed 1 juli 2026)."


def test_without_a_norm_in_force_the_lead_says_so() -> None:
    found = context(row("Z2", 19), norm(20, standing="intended"))
    pairs = [(found.dossier.framework.indicators[0], found.dossier.assessment.indicators[0])]
    assert volumes_lead(found, pairs).startswith("Voor deze aantallen is geen geldende norm gevonden")
    assert volumes_plans(found, pairs) == ()


def many(hospitals: int, below: int) -> Context:
    """A network of many hospitals, some below the norm."""
    members = "## Deelnemers\n| Id | Naam | Soort |\n"
    members += "".join(f"| Z{n:02} | Ziekenhuis {n:02} | ziekenhuis |\n" for n in range(hospitals))
    lines = "".join(row(f"Z{n:02}", 5 + n % 15 if n < below else 20 + n) for n in range(hospitals))
    return context(lines, norm(20), members=members)


@pytest.mark.parametrize("hospitals", [MOST_VALUES, MOST_VALUES + 1, 70])
def test_many_hospitals_fit_on_a_page_and_all_are_listed(hospitals: int) -> None:
    found = many(hospitals, below=3)
    lines, shown = drawn(found), figure(found)
    assert len([line for line in lines if "not_met" in line]) == 3
    if hospitals == MOST_VALUES:
        assert len(lines) == 1 + hospitals
        assert shown.listing == ()
    else:
        assert lines[-1] == f"  {hospitals - 3} op of boven de norm: 23 – {19 + hospitals}"
        assert f"Ziekenhuis {hospitals - 1:02}: {19 + hospitals}; " in shown.listing[0][1]
    assert len(shown.table.rows) == hospitals


def test_of_very_many_below_their_norm_the_lowest_are_named() -> None:
    lines = drawn(many(70, below=40))
    assert len([line for line in lines if "not_met" in line]) == 10
    assert lines[-2:] == ["  30 onder de norm: 8 – 19", "  30 op of boven de norm: 60 – 89"]


def test_every_picture_fits_a_page() -> None:
    found = many(70, below=40)
    rows = [item for item in found.dossier.assessment.indicators[0].rows if item.number]
    assert group_height(volume_group(open_volumes(found), GASTRECTOMY, rows), 124) < 300


def test_the_annex_gives_each_norm_its_standing_dates_and_source() -> None:
    found = context(row("Z2", 55, "Longresectie"), *built_in().volume_norms)
    rows = {item.norm + item.treatment: item for item in norm_rows(found)}
    assert "25 per instellingLongresectie" not in rows  # it ended in 2016
    iza = rows["60 per instellingLongresectie"]
    assert (iza.standing, iza.chip.text) == ("voorgenomen", "bron")
    assert tuple(map(plain, iza.dates)) == ("zou gelden vanaf 1 januari 2026", "toezicht vanaf 1 januari 2027")
    assert "skipr.nl" in iza.references
    assert rows["10 per chirurgCystectomie"].standing == "wordt niet gevraagd"


def test_four_dates_stand_apart() -> None:
    dated = replace(
        norm(20),
        set_on=date(2025, 3, 25),
        contracted_from=date(2026, 1, 1),
        supervised_from=date(2027, 1, 1),
        valid_until=date(2030, 12, 31),
    )
    assert tuple(map(plain, norm_rows(context(row("Z2", 20), dated))[0].dates)) == (
        "vastgesteld op 25 maart 2025",
        "geldt vanaf 1 januari 2016",
        "in contracten vanaf 1 januari 2026",
        "toezicht vanaf 1 januari 2027",
        "geldt tot en met 31 december 2030",
    )


def test_in_english_the_same_facts() -> None:
    found = context(row("L1", 9) + row("L2", 8), norm(20, "institution"), language="en")
    assert drawn(found)[:2] == ["20 per institution", "  17 Alba, 2 locations together not_met"]


def test_a_mean_is_never_rounded_up_to_the_norm_it_does_not_reach() -> None:
    words = Words("nl")
    assert mean_words(599, 600, 30, words) == "19,9"
    assert mean_words(600, 600, 30, words) == "20"
    assert mean_words(601, 600, 30, words) == "20"
    assert mean_words(4200, 60, 3, words) == "1.400"
