"""Concentration and spreading as people read it: the section of the report, the sheet for the board, `explain`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

import pytest

from normtool.core.assessment import IzaStepDate, ResultOrigin, StepState
from normtool.core.dossier import Dossier, RegionAbove
from normtool.core.evidence import DateSpan
from normtool.core.intake import take_in
from normtool.core.kinds import DocumentAge
from normtool.core.regions import inherit
from normtool.core.registers import Text
from normtool.core.scoring import assess
from normtool.core.standards import Basis, Framework, Indicator, Iza, IzaDate, Standing
from normtool.documents.charts_drawing import Caption
from normtool.documents.charts_iza import TimePoint, TimeRow, time_line
from normtool.documents.pages import printed_page, report_html
from normtool.documents.views import report_view
from normtool.documents.views_iza import IzaView
from normtool.telling.explaining import explain_indicator, explain_verdict
from normtool.telling.iza_texts import differences, step_words
from normtool.texts import Words
from tests.board_reading import opened
from tests.conftest import built_in
from tests.core.tables import form, read

NL, EN = Words("nl"), Words("en")
PAGE_OF_STEPS = """
## Documenten
| Id | Titel | Datum |
| D1 | Regioplan tranche 1 | 2025-06-18 |
## Indicatoren
| Id | Antwoord | Documenten | Toelichting |
| N1.8 | ja | D1 | Twee groepen volgen. |
## Tumortypenetwerken
| Groep | IZA-stap |
| Urologisch | regioplan |
## IZA-stappen
| Groep | SWOT op | Besluit op | Regioplan op | Implementatie vanaf | Documenten | Toelichting |
| Long | 2023 | 2025-03-25 | 2025-06-18 | 2026-01-01 | D1 | |
| Pancreas | | | 2025 | | | |
| Hoofd-hals | | | | | | <b>Wacht</b> op de buurregio. |
| Huid | 2024-02-01 | | | | | |
"""


@cache
def dossier(page: str = PAGE_OF_STEPS, day: date | None = None, norms: Framework | None = None) -> Dossier:
    framework = norms or built_in()
    evidence, _ = read(page, framework=framework, on=day)
    assessment, diagnostics = assess(framework, evidence)
    return Dossier(framework=framework, evidence=evidence, assessment=assessment, diagnostics=diagnostics)


@cache
def without_a_plan() -> Framework:
    """The built-in norms, in which no indicator asks about a step."""
    framework = built_in()
    standards = tuple(
        replace(standard, indicators=tuple(map(without_step, standard.indicators)))
        for standard in framework.standards
    )
    return replace(framework, standards=standards)


def without_step(indicator: Indicator) -> Indicator:
    if not isinstance(indicator.kind, DocumentAge):
        return indicator
    return replace(indicator, kind=replace(indicator.kind, iza_step="", iza_tranche=""))


def section(item: Dossier, words: Words = NL) -> IzaView:
    found = report_view(item, words).iza
    assert found is not None
    return found


def table(view: IzaView) -> dict[str, list[str]]:
    """The rows by their names: every step as state, text and addition."""
    return {
        row.name: [" ".join(part for part in (step.state, step.text, step.addition) if part) for step in row.steps]
        for row in view.rows
    }


# --- the report ----------------------------------------------------------------------------------------------------


def test_every_group_has_every_step_with_its_state() -> None:
    open_cell = "open –"
    assert table(section(dossier())) == {
        "Hoofd-hals": [open_cell] * 6,
        "Pancreas en lever": [*[open_cell] * 4, "taken 2025", open_cell],
        "Long": [
            "taken 2023",
            open_cell,
            open_cell,
            "taken 25-3-2025",
            "taken 18-6-2025",
            "planned 1-1-2026 gepland",
        ],
        "Nier": [*[open_cell] * 4, "taken klaar zonder datum", open_cell],
        "Slokdarm en maag": [open_cell] * 6,
        "Huid": ["taken 1-2-2024", *[open_cell] * 5],
    }


def test_a_year_on_both_sides_of_the_reference_date_is_neither() -> None:
    rows = table(section(dossier(day=date(2025, 9, 30))))
    assert rows["Pancreas en lever"][4] == "undecided 2025 dag onbekend"


def test_a_month_is_told_as_a_month() -> None:
    step = IzaStepDate(step="swot", day=DateSpan.of_month(2023, 11))
    assert step_words(step, NL) == ("november\xa02023", "")


def test_the_lead_tells_of_the_plan_and_the_caption_its_verdict() -> None:
    view = section(dossier())
    assert view.lead.startswith(
        "Regioplan: klaar voor 3 van de 5 tumorgroepen van tranche 1, namelijk Pancreas en lever, Long en Nier. "
    )
    assert [(item.id, item.anchor, item.verdict.word) for item in view.asked] == [("N1.8", "N1-8", "voldoet")]
    assert section(dossier(), EN).lead.startswith("Regional plan: done for 3 of the 5 tumour groups of tranche 1")


@pytest.mark.parametrize(("count", "lead"), [(0, "Van geen enkele"), (1, "Van 1 van de 5"), (2, "Van 2 van de 5")])
def test_without_an_indicator_about_the_plan_the_lead_counts_groups(count: int, lead: str) -> None:
    rows = "".join(f"| {group} | 2024 |\n" for group in ("Long", "Nier")[:count])
    view = section(dossier(f"## IZA-stappen\n| Groep | SWOT op |\n{rows}", norms=without_a_plan()))
    assert view.lead.startswith(lead)
    assert view.asked == ()


def test_a_remark_and_a_document_stand_below_their_row() -> None:
    rows = {row.name: row for row in section(dossier()).rows}
    assert rows["Hoofd-hals"].remark == "<b>Wacht</b> op de buurregio."
    assert rows["Long"].documents == "Documenten: Regioplan tranche 1."
    assert (
        rows["Long"].cells == ("formulier.xlsx › IZA-stappen!B2, D2, E2, F2",)
        or "IZA-stappen!B2" in rows["Long"].cells[0]
    )
    assert (rows["Huid"].chip.text, rows["Long"].chip.text) == ("geen tranche", "tranche 1")


REGION_PAGE = (
    "## IZA-stappen\n| Groep | Regioplan op | Toelichting |\n| Long | 2025-06-18 | Samen met de buurregio. |"
)


def with_region(*steps: IzaStepDate) -> Dossier:
    """A sub-network below the region Noord, with these steps of lung."""
    item = dossier("")
    results = tuple(
        replace(result, steps=steps) if result.group == "lung" else result for result in item.assessment.iza
    )
    return replace(
        item,
        assessment=replace(item.assessment, iza=results),
        region=RegionAbove(code="NOORD", name="Noord", evidence=read(REGION_PAGE)[0]),
    )


PLAN = IzaStepDate(step="regional_plan", day=DateSpan.of_day(date(2025, 6, 18)), origin=ResultOrigin.INHERITED)
AHEAD = IzaStepDate(
    step="implementation",
    day=DateSpan.of_day(date(2026, 3, 1)),
    state=StepState.PLANNED,
    origin=ResultOrigin.INHERITED,
)
OWN = IzaStepDate(step="swot", day=DateSpan.of_year(2023))


def test_what_comes_from_the_region_says_so() -> None:
    item = with_region(OWN, PLAN, AHEAD)
    steps = table(section(item))["Long"]
    assert (steps[0], steps[4]) == ("taken 2023", "taken 18-6-2025 van de regio")
    assert steps[5] == "planned 1-3-2026 gepland, van de regio"
    assert section(item).note == ""
    assert "(gepland, van de regio)" in flat(explain_verdict(item, "N1.8", NL))
    assert {row[0]: row for row in lines(opened(item))}["Long"][6] == "18-6-2025, van de regio"


def inherited(region_page: str) -> Dossier:
    """A sub-network with steps of its own, in which the answer of its region about the plan is taken over."""
    item = dossier("## IZA-stappen\n| Groep | SWOT op |\n| Long | 2023 |")
    above, found = take_in(built_in(), (form(region_page, "noord.xlsx", built_in()),))
    assert above is not None, found
    answer = assess(built_in(), above)[0].indicator("N1.8")
    assert answer is not None
    taken = inherit(built_in(), item.assessment, {"N1.8": answer}, "NOORD")
    return replace(item, assessment=taken, region=RegionAbove(code="NOORD", name="Noord", evidence=above))


def test_steps_of_a_sub_network_keep_their_cells_beside_an_answer_of_the_region() -> None:
    said = flat(explain_verdict(inherited(PAGE_OF_STEPS), "N1.8", NL))
    assert "geregeld op regioniveau door Noord" in said
    assert "Long: SWOT 2023; laatste stap: SWOT" in said
    assert "formulier.xlsx › 'IZA-stappen'!B2 SWOT op: 2023" in said
    assert "noord.xlsx › Documenten!C2 Datum: 18 juni 2025" in said


def test_a_region_that_did_not_answer_yet_is_not_said_to_have_answered() -> None:
    said = flat(explain_verdict(inherited(REGION_PAGE), "N1.8", NL))
    assert "Noord beantwoordt deze vraag voor alle deelnetwerken, maar deed dat nog niet" in said
    assert "geregeld op regioniveau" not in said


def test_when_all_of_it_is_the_regions_that_is_said_once() -> None:
    view = section(with_region(PLAN, AHEAD))
    assert table(view)["Long"][4:] == ["taken 18-6-2025", "planned 1-3-2026 gepland"]
    assert view.note == "Alle datums komen van Noord."


def test_the_regions_remark_stands_where_there_is_none_of_its_own() -> None:
    item = with_region(PLAN)
    assert {row.name: row.remark for row in section(item).rows}["Long"] == "Samen met de buurregio."
    assert {row[0]: row for row in lines(opened(item))}["Long"][9] == "Samen met de buurregio."


def test_a_step_that_all_sub_networks_have_taken_says_so() -> None:
    item = with_region(replace(PLAN, origin=ResultOrigin.DERIVED))
    assert table(section(item))["Long"][4] == "taken 18-6-2025 in alle deelnetwerken"


def test_with_nothing_filled_in_there_is_one_calm_table_and_a_hint() -> None:
    view = section(dossier(""))
    assert {cell for cells in table(view).values() for cell in cells} == {"open –"}
    assert view.note == "Nog niets ingevuld. Vul de datums in op het blad IZA-stappen."
    assert section(dossier()).note == ""
    assert section(dossier("")).lead.startswith("Voor de tumorgroepen van tranche 1 is nog niet ingevuld")


def test_there_is_no_section_where_nothing_is_asked() -> None:
    item = dossier()
    without = replace(item, assessment=replace(item.assessment, iza=()))
    view = report_view(without, NL)
    assert view.iza is None
    assert "iza" not in [row.anchor for row in view.contents]
    assert 'id="iza"' not in report_html(without, NL)
    assert "IZA" not in opened(without).sheetnames
    assert "iza" in [row.anchor for row in report_view(item, NL).contents]


def test_the_national_dates_stand_with_their_sources_and_what_sources_say_differently() -> None:
    view = section(dossier())
    assert view.dates is not None
    assert view.dates.table.rows[0] == ("Tranche 1", "1\u00a0januari\u00a02024", "gereed volgens plan", "S4")
    assert [row[0] for row in view.dates.table.rows] == ["Tranche 1"] * 4 + ["Tranche 2"]
    first, second = view.differences
    assert first.replace("\u00a0", " ").startswith(
        "Over tranche 1 lopen de bronnen uiteen: volgens het plan (S4) zou zij op 1 januari 2024 gereed zijn"
    )
    assert second.startswith("De tumoren van tranche 2 zijn niet gevonden.")


@pytest.mark.parametrize("words", [NL, EN], ids=["nl", "en"])
def test_screen_and_paper_hold_the_same_table(words: Words) -> None:
    for page in (report_html(dossier(), words), printed_page(dossier(), words)):
        part = page[page.index('id="iza"') : page.index('id="standard-1"')]
        assert part.count('class="step step-mark-taken"') == 7
        assert part.count('class="step step-mark-planned"') == 2
        assert "&lt;b&gt;Wacht&lt;/b&gt;" in part
        assert re.search(r"<title[^>]*>(Landelijke datums|National dates)</title>", part)


# --- the time line -------------------------------------------------------------------------------------------------


def drawn(*days: date, plan: bool = False) -> str:
    points = tuple(
        TimePoint(
            day=day, shown=str(day), what="normen vastgesteld", source="bron", is_plan=plan, is_past=number == 0
        )
        for number, day in enumerate(days)
    )
    return time_line((TimeRow(name="Tranche 1", points=points),), (date(2025, 1, 1), "peildatum"), Caption(title="x"))


def heights(picture: str) -> list[float]:
    """How far down each date is written, in the order of the dates."""
    return [float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>\d{4}-', picture)]


def test_dates_with_room_stand_beside_each_other_and_close_ones_below() -> None:
    apart = heights(drawn(date(2024, 1, 1), date(2025, 3, 25), date(2027, 1, 1)))
    close = heights(drawn(date(2024, 1, 1), date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 1)))
    assert len(set(apart)) == 1
    assert close[0] == close[1] < close[2] < close[3]


def test_a_plan_is_drawn_as_a_diamond_and_what_is_past_as_a_filled_dot() -> None:
    assert drawn(date(2024, 1, 1), plan=True).count("<circle") == 0
    assert 'class="f-accent"' in drawn(date(2024, 1, 1))
    assert 'class="f-accent"' not in drawn(date(2024, 1, 1), plan=True)


def test_a_tranche_without_dates_has_its_name_only() -> None:
    rows = (TimeRow(name="Tranche 3", points=()),)
    assert "Tranche 3" in time_line(rows, (date(2025, 1, 1), "peildatum"), Caption(title="x"))


def test_norms_without_dates_draw_nothing() -> None:
    item = dossier()
    assert item.framework.iza is not None
    tranches = tuple(replace(tranche, dates=()) for tranche in item.framework.iza.tranches)
    bare = replace(item, framework=replace(item.framework, iza=replace(item.framework.iza, tranches=tranches)))
    assert section(bare).dates is None


# --- what sources say differently ----------------------------------------------------------------------------------


def test_two_sources_with_two_days_stand_beside_each_other() -> None:
    iza = built_in().iza
    assert iza is not None
    basis = Basis(text=Text(nl="-", en="-"), standing=Standing.PROPOSAL)
    more = IzaDate(what="carried_out_from", day=date(2026, 7, 1), basis=basis)
    first = replace(iza.tranches[0], dates=(*iza.tranches[0].dates[1:], more))
    told = list(differences(Iza(steps=iza.steps, tranches=(first,)), NL))
    (text,) = told
    days = "1 januari 2026 (via skipr.nl april 2025); 1 juli 2026 (voorstel)"
    said = f"Voor tranche 1, begin van de uitvoering, noemen de bronnen verschillende datums: {days}."
    assert text.replace("\u00a0", " ") == said


# --- the board -----------------------------------------------------------------------------------------------------


def midnight(*parts: int) -> datetime:
    """A day as openpyxl gives it."""
    return datetime.combine(date(*parts), time())


def lines(book: Any) -> list[tuple[object, ...]]:
    return [row for row in book["IZA"].iter_rows(values_only=True) if any(row)]


def test_the_sheet_for_the_board_has_days_as_days_and_words_beside_what_is_planned() -> None:
    found = {row[0]: row for row in lines(opened(dossier()))}
    assert found["Long"][1:9] == (
        "tranche 1",
        "2023",
        "–",
        "–",
        midnight(2025, 3, 25),
        midnight(2025, 6, 18),
        "1-1-2026, gepland",
        "Regioplan",
    )
    assert found["Nier"][6] == "klaar, zonder datum"
    assert found["Hoofd-hals"][9] == "<b>Wacht</b> op de buurregio."
    assert found["Huid"][1] == "–"


def test_the_sheet_tells_finding_verdict_and_sources() -> None:
    book = opened(dossier())
    text = "\n".join(str(value) for row in lines(book) for value in row if value is not None)
    assert "Regioplan: klaar voor 3 van de 5 tumorgroepen van tranche 1" in text
    assert "N1.8 Regioplan concentratie en spreiding: voldoet." in text
    assert "via skipr.nl april 2025" in text
    assert "De tumoren van tranche 2 zijn niet gevonden." in text
    assert "IZA" in [cell.value for cell in book["Overzicht"]["A"]]


def test_an_empty_sheet_says_that_nothing_is_known() -> None:
    assert "nog niet ingevuld hoe ver zij zijn" in str(lines(opened(dossier(""))))
    bare = opened(dossier("", norms=without_a_plan()))
    assert "Er is voor geen enkele groep iets ingevuld." in str(lines(bare))


# --- explain -------------------------------------------------------------------------------------------------------


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("told", [explain_indicator, None], ids=["indicator", "verdict"])
def test_explain_tells_tranche_dates_and_steps(told: object) -> None:
    text = explain_indicator(built_in(), "N1.8", NL) if told else explain_verdict(dossier(), "N1.8", NL)
    said = flat(text)
    assert "tumorgroepen van tranche 1: Hoofd-hals, Pancreas en lever, Long, Nier, Slokdarm en maag" in said
    assert "25 maart 2025: normen vastgesteld (via skipr.nl april 2025" in said
    assert "1 januari 2027: begin van het toezicht (S4)" in said
    assert "stappen: SWOT, impactanalyse, opdracht, besluit, regioplan, implementatie" in said
    assert "tranche 2" not in said
    assert max(map(len, text.splitlines())) <= 80


def test_explain_of_a_verdict_names_every_group_with_its_cells() -> None:
    said = flat(explain_verdict(dossier(), "N1.8", NL))
    assert "Hoofd-hals: nog niets ingevuld" in said
    assert "Long: SWOT 2023, besluit 25-3-2025, regioplan 18-6-2025, implementatie 1-1-2026 (gepland)" in said
    assert "laatste stap: regioplan formulier.xlsx › 'IZA-stappen'!B2 SWOT op: 2023" in said
    assert "Nier: regioplan klaar (zonder datum); laatste stap: regioplan" in said


def test_other_indicators_say_nothing_of_tranches() -> None:
    assert "tranche" not in explain_indicator(built_in(), "N1.2", NL)
    assert "tranche" not in explain_verdict(dossier(), "N1.2", NL).lower().replace("regioplan tranche 1", "")
