"""Concentration and spreading: which groups, which steps, whose date; beside a verdict and never in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from normtool.core.assessment import IzaResult, IzaStepDate, ResultOrigin, StepState
from normtool.core.carried_offers import offer_lines
from normtool.core.evidence import DateSpan
from normtool.core.form_names import OFFERS_SHEET
from normtool.core.forms import expected_rows
from normtool.core.framework_names import framework_names
from normtool.core.grids import Sheet
from normtool.core.intake import take_in
from normtool.core.iza import asks_steps, iza_results, merged_iza
from normtool.core.ledger import Ledger, open_ledger
from normtool.core.offers import last_year_offers
from normtool.core.parts import parts_of, rows_in
from normtool.core.scoring import assess
from normtool.core.standards import Iza
from tests.conftest import built_in
from tests.core.parted import request
from tests.core.tables import form, place, read

TRANCHE_1 = ("Hoofdhals", "Pancreas", "Long", "Nier", "Maag/Slokdarm")
"""The tumours of tranche 1 in the words of seed 004."""


def ledger_of(page: str) -> Ledger:
    evidence, _ = read(page)
    return open_ledger(built_in(), evidence)


def steps(page: str, region: str | None = None) -> dict[str, list[str]]:
    """What is known of every group with known steps: `decision 2025-03-25`, `regional_plan (planned) 2026`."""
    above = ledger_of(region) if region is not None else None
    return {
        item.group: [told(step) for step in item.steps] for item in iza_results(ledger_of(page), above) if item.steps
    }


def told(step: IzaStepDate) -> str:
    parts = [step.step, "" if step.state is StepState.TAKEN else f"({step.state.value})"]
    if step.day is not None:
        parts.append(step.day.first.isoformat() if step.day.is_exact else str(step.day.first.year))
    parts.append("of the region" if step.origin is ResultOrigin.INHERITED else "")
    return " ".join(part for part in parts if part)


def built_in_iza() -> Iza:
    iza = built_in().iza
    assert iza is not None
    return iza


# --- the norms -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tumour", TRANCHE_1)
def test_every_tumour_of_tranche_1_has_a_group_in_the_tranche(tumour: str) -> None:
    group = framework_names(built_in()).groups.find(tumour)
    assert group in built_in_iza().tranches[0].groups


def test_tranche_1_has_these_tumours_and_no_others() -> None:
    known = framework_names(built_in()).groups
    assert {known.find(tumour) for tumour in TRANCHE_1} == set(built_in_iza().tranches[0].groups)


def test_the_four_dates_of_tranche_1_stand_apart_with_their_sources() -> None:
    dates = {item.what: (item.day, item.basis.references) for item in built_in_iza().tranches[0].dates}
    press = "via skipr.nl april 2025"
    assert dates == {
        "planned": (date(2024, 1, 1), ("S4",)),
        "norms_set": (date(2025, 3, 25), (press, "via blikopnieuws.nl maart 2025")),
        "carried_out_from": (date(2026, 1, 1), (press,)),
        "supervised_from": (date(2027, 1, 1), ("S4",)),
    }


def test_of_tranche_2_only_the_plan_is_known() -> None:
    tranche = built_in_iza().tranches[1]
    assert tranche.groups == ()
    assert "niet gevonden" in tranche.basis.text.nl
    assert [(item.what, item.day) for item in tranche.dates] == [("planned", date(2026, 1, 1))]


def test_a_framework_that_asks_nothing_of_steps_shows_none() -> None:
    framework = built_in()
    without = tuple(item for item in framework.registers if item.id not in ("iza_steps", "tumour_types"))
    only_stated = tuple(item for item in framework.registers if item.id != "iza_steps")
    assert asks_steps(framework)
    assert asks_steps(replace(framework, registers=only_stated))
    assert not asks_steps(replace(framework, registers=without))
    assert not asks_steps(replace(framework, iza=None))
    evidence, _ = read("")
    silent = replace(framework, registers=without)
    assert iza_results(open_ledger(silent, evidence)) == ()
    assert assess(replace(framework, iza=None), evidence)[0].iza == ()


def test_without_the_register_the_stated_step_is_shown() -> None:
    framework = built_in()
    only_stated = replace(framework, registers=tuple(item for item in framework.registers if item.id != "iza_steps"))
    evidence, _ = read("## Tumortypenetwerken\n| Groep | IZA-stap |\n| Long | besluit |")
    results = iza_results(open_ledger(only_stated, evidence))
    assert [(item.group, item.last_taken) for item in results if item.steps] == [("lung", "decision")]
    (step,) = (step for item in results for step in item.steps)
    assert [place(cell) for cell in step.places] == ["Tumortypenetwerken!B2"]


# --- results -------------------------------------------------------------------------------------------------------


def test_an_empty_form_shows_every_group_of_the_tranches_open() -> None:
    results = assess(built_in(), read("")[0])[0].iza
    assert [(item.group, item.tranche, item.steps, item.last_taken) for item in results] == [
        (group, "tranche-1", (), "") for group in built_in_iza().groups
    ]


def test_a_step_keeps_its_cell_and_its_day() -> None:
    (result,) = [item for item in iza_results(ledger_of(PAGE)) if item.group == "lung"]
    step = result.step("regional_plan")
    assert step is not None
    assert (step.day, [place(cell) for cell in step.places]) == (
        DateSpan.of_day(date(2025, 6, 18)),
        ["IZA-stappen!C2"],
    )
    assert result.step("assignment") is None
    assert result.last_taken == "regional_plan"


PAGE = """
## IZA-stappen
| Groep | SWOT op | Regioplan op | Implementatie vanaf |
| Long  | 2023    | 2025-06-18   | 2026-01-01          |
| Nier  |         |              |                     |
"""


def test_dates_after_the_reference_date_are_planned() -> None:
    assert steps(PAGE) == {"lung": ["swot 2023", "regional_plan 2025-06-18", "implementation (planned) 2026-01-01"]}


def test_a_row_with_only_an_explanation_is_not_shown_for_a_group_outside_the_tranches() -> None:
    page = "## IZA-stappen\n| Groep | Toelichting |\n| Huid | Niet in een tranche. |"
    assert "skin" not in {item.group for item in iza_results(ledger_of(page))}


def test_a_row_whose_group_cannot_be_read_speaks_for_nobody() -> None:
    assert steps("## IZA-stappen\n| Groep | SWOT op |\n| Knie | 2023-05-11 |") == {}


def test_a_group_speaks_for_its_sub_types_until_they_have_rows_of_their_own() -> None:
    group = "## IZA-stappen\n| Groep | SWOT op |\n| Maag-darm-lever | 2023 |\n"
    assert steps(group) == {"pancreas": ["swot 2023"], "oesophagus-stomach": ["swot 2023"]}
    assert steps(f"{group}| Pancreas | 2024 |") == {"pancreas": ["swot 2024"], "oesophagus-stomach": ["swot 2023"]}
    both = f"{group}| Pancreas | 2024 |\n| Maag/Slokdarm | 2024 |"
    assert steps(both) == {
        "pancreas": ["swot 2024"],
        "oesophagus-stomach": ["swot 2024"],
        "gastroenterological": ["swot 2023"],
    }


# --- a region above ------------------------------------------------------------------------------------------------

OWN = """
## IZA-stappen
| Groep | SWOT op    | Besluit op |
| Long  | 2023-05-11 |            |
| Nier  |            | 2025-04-01 |
## Tumortypenetwerken
| Groep      | IZA-stap  |
| Long       | regioplan |
| Hoofd-hals | opdracht  |
"""
REGION = """
## IZA-stappen
| Groep | SWOT op    | Besluit op | Regioplan op |
| Long  | 2023-09-01 | 2025-03-25 | 2025-06-18   |
| Nier  |            | 2025-03-25 | 2026-02-01   |
| Huid  | 2024-01-15 |            |              |
"""


def test_its_own_date_stands_before_that_of_the_region() -> None:
    assert steps(OWN, REGION) == {
        "head-neck": ["assignment"],
        "lung": ["swot 2023-05-11", "decision 2025-03-25 of the region", "regional_plan 2025-06-18 of the region"],
        "kidney": ["decision 2025-04-01", "regional_plan (planned) 2026-02-01 of the region"],
        "skin": ["swot 2024-01-15 of the region"],
    }


def test_merging_knows_the_file_of_every_date() -> None:
    own, region = (iza_results(ledger_of(page)) for page in (OWN, REGION))
    merged = {item.group: item for item in merged_iza(built_in_iza(), own, region)}
    assert [item.group for item in merged.values()][:5] == list(built_in_iza().groups)
    step = merged["lung"].step("regional_plan")
    assert step is not None
    assert [place(cell) for cell in step.places] == ["IZA-stappen!D2"]


def test_a_group_that_the_region_does_not_name_keeps_what_it_says() -> None:
    own = (IzaResult(group="eye", tranche="", steps=(IzaStepDate(step="swot"),)),)
    assert merged_iza(built_in_iza(), own, ()) == own


# --- beside the verdict --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["ja", "nee", ""])
def test_the_verdict_on_the_plan_is_told_how_many_groups_have_it(answer: str) -> None:
    page = "## Documenten\n| Id | Datum |\n| D1 | 2025-06-18 |\n## Indicatoren\n| Id | Antwoord | Documenten |\n"
    with_steps, without = (
        assess(built_in(), read(f"{page}| N1.8 | {answer} | D1 |\n{more}")[0])[0].indicator("N1.8")
        for more in (PAGE, "")
    )
    assert with_steps is not None
    assert without is not None
    assert with_steps.verdict is without.verdict
    assert dict(with_steps.because[-1].facts) == {
        "step": "regional_plan",
        "tranche": "tranche-1",
        "met": 1,
        "of": 5,
        "known": 1,
        "names": "lung",
    }
    assert [place(cell) for cell in with_steps.because[-1].places] == ["IZA-stappen!C2"]
    assert dict(without.because[-1].facts)["known"] == 0


def test_the_groups_that_have_the_plan_are_named() -> None:
    page = PAGE.replace("| Nier  |         |              |", "| Nier  |         | 2025-09-01   |")
    result = assess(built_in(), read(page)[0])[0].indicator("N1.8")
    assert result is not None
    told_of = dict(result.because[-1].facts)
    assert (told_of["met"], told_of["names"]) == (2, "lung, kidney")


def test_only_the_indicator_about_the_step_is_told() -> None:
    results = assess(built_in(), read(PAGE)[0])[0].indicators
    assert [item.id for item in results if any(step.rule == "iza_steps" for step in item.because)] == ["N1.8"]


# --- the form ------------------------------------------------------------------------------------------------------


def test_the_form_holds_a_row_for_each_group_of_the_tranches() -> None:
    register = built_in().declared("iza_steps")
    assert expected_rows(request(), register) == tuple((("group", group),) for group in built_in_iza().groups)
    assert expected_rows(request(replace(built_in(), iza=None)), register) == ()


def test_a_part_of_a_tumour_group_holds_the_rows_of_its_sub_types() -> None:
    register = built_in().declared("iza_steps")
    rows = rows_in(request(part=("gastroenterological",)), register)
    assert [dict(row)["group"] for row in rows] == ["pancreas", "oesophagus-stomach"]
    with_sheet = {part.id for part in parts_of(request()) if "iza_steps" in part.sheets}
    assert with_sheet == {"gastroenterological", "head-neck", "lung", "urological"}


def test_steps_cost_no_minutes_and_ask_no_cells() -> None:
    framework = built_in()
    lighter = replace(framework, registers=tuple(item for item in framework.registers if item.id != "iza_steps"))
    assert [part.minutes for part in parts_of(request())] == [part.minutes for part in parts_of(request(lighter))]


def test_last_years_dates_are_taken_over_when_they_are_confirmed() -> None:
    offers = last_year_offers(built_in(), ledger_of(f"{PAGE}| Huid | 2024-01-15 | | |"), "2025.xlsx")
    request_with = request(offers=offers)
    rows_of_form = [dict(row)["group"] for row in expected_rows(request_with, built_in().declared("iza_steps"))]
    assert rows_of_form == [*built_in_iza().groups, "skin"]
    lines = tuple(("iza_steps", *line[1:]) for line in offer_lines(offers) if line[0] == "iza_steps")
    page = form(
        """
## IZA-stappen
| Groep | SWOT op | Regioplan op | Vorig jaar | Bevestigd |
| Long  |         | 2025-09-01   | SWOT 2023  | ja        |
| Huid  |         |              | SWOT 2024  |           |
"""
    )
    carried = replace(page, sheets=(*page.sheets, Sheet(name=OFFERS_SHEET, rows=lines, hidden=True)))
    evidence, _ = take_in(built_in(), (carried,))
    assert evidence is not None
    known = {item.group: item.steps for item in iza_results(open_ledger(built_in(), evidence)) if item.steps}
    assert {group: [told(step) for step in found] for group, found in known.items()} == {
        "lung": ["swot 2023", "regional_plan 2025-09-01", "implementation (planned) 2026-01-01"]
    }
